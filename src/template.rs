//! The small template language of `plan/report.yaml` (minijinja): its engine, and what is wrong with a template in words.

mod branches;
pub(crate) mod dry;
mod places;
pub(crate) use places::templates;
mod sample;
pub(crate) mod scope;
mod size;

use std::ops::Range;

use minijinja::value::ValueKind;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Template, UndefinedBehavior, Value};

use crate::model::FEW;
use crate::record::suggest;
use crate::vietnamese::{count, fraction, one_line, percent, spelt};

/// The filters worth naming to who looks for one.
const FILTERS: [&str; 13] = [
    "capitalize",
    "default",
    "first",
    "join",
    "last",
    "length",
    "lower",
    "over",
    "percent_of",
    "replace",
    "round",
    "spelt",
    "upper",
];

/// What has a name inside for each indicator.
pub(crate) const OF_INDICATORS: [&str; 17] = [
    "beyond.",
    "by_task.",
    "carried_over.",
    "growth.",
    "growth_in_list.",
    "growth_of_both.",
    "left.",
    "nothing_arose.",
    "numbers.",
    "older.",
    "overlaps.",
    "reporters.",
    "since.",
    "sole.",
    "top.",
    "totals.",
    "values.",
];

/// More steps than any paragraph takes, and few enough to be counted at once.
const STEPS: u64 = 100_000;

/// What is wrong with a template.
#[derive(Debug)]
pub(crate) struct Problem {
    /// The bytes that are wrong; all where no part of the template is.
    pub(crate) at: Range<usize>,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

/// An engine in which a name that does not exist is an error, never a blank in a report to the Ministry.
pub(crate) struct Engine(Environment<'static>);

impl Engine {
    pub(crate) fn new() -> Self {
        let mut engine = Environment::new();
        engine.set_undefined_behavior(UndefinedBehavior::Strict);
        engine.set_fuel(Some(STEPS));
        // By itself it tells less of an error in a release.
        engine.set_debug(true);
        // Text is plain until a renderer escapes it for its own format.
        engine.set_auto_escape_callback(|_| AutoEscape::None);
        engine.set_formatter(|out, state, value| match value.kind() {
            ValueKind::Number => match u64::try_from(value.clone()) {
                Ok(counted) => out.write_str(&count(counted.into())).map_err(Error::from),
                Err(_) => minijinja::escape_formatter(out, state, value),
            },
            ValueKind::String => minijinja::escape_formatter(out, state, value),
            ValueKind::Undefined | ValueKind::None => Err(Error::from(ErrorKind::UndefinedError)),
            _ => Err(Error::from(ErrorKind::BadSerialization)),
        });
        // Nothing where the whole is too small for a percentage to say more than its two numbers.
        engine.add_filter("percent_of", |part: u64, whole: u64| {
            let share = percent(part.into(), whole.into()).filter(|_| whole >= FEW);
            share.unwrap_or_default()
        });
        // A report's value that is not there is none, which the engine's own takes for a value.
        engine.add_filter("default", |value: Value, other: Value, lax: Option<bool>| {
            let is_absent = matches!(value.kind(), ValueKind::Undefined | ValueKind::None);
            if is_absent || lax.unwrap_or_default() && !value.is_true() { other } else { value }
        });
        engine.add_filter("over", |part: u64, whole: u64| fraction(part.into(), whole.into()));
        engine.add_filter("spelt", |value: u64| spelt(value.into()));
        Self(engine)
    }

    /// The text of a template on one line; empty where its conditions leave nothing.
    pub(crate) fn render(&self, template: &str, scope: &Value) -> Result<String, Problem> {
        size::check(template)?;
        let text = self.0.render_str(template, scope).map_err(|error| Problem::of(&error, template))?;
        Ok(one_line(&text))
    }

    /// The names that a template asks for, `plan.title`, in the order of the alphabet.
    fn names(&self, template: &Template<'_, '_>) -> Vec<String> {
        let known = |name: &String| !self.0.globals().any(|(global, _)| global == name);
        let mut names: Vec<String> = template.undeclared_variables(true).into_iter().filter(known).collect();
        names.sort();
        names
    }
}

impl Problem {
    /// What the engine says against a template.
    fn of(error: &Error, template: &str) -> Self {
        let whole = 0..template.len();
        Self::at(error, template, error.range().unwrap_or(whole))
    }

    /// The same where the engine was given another text, in which the wrong bytes stand elsewhere.
    fn at(error: &Error, template: &str, at: Range<usize>) -> Self {
        let words = template.get(at.clone()).unwrap_or_default();
        let detail = error.detail().unwrap_or_default();
        let (message, hint) = match error.kind() {
            ErrorKind::SyntaxError if detail.starts_with("unexpected end of input") => (
                "chưa kết thúc: thiếu }}, %}, {% endif %} hoặc {% endfor %}".to_owned(),
                Some("mỗi {% if … %} cần một {% endif %}, mỗi {% for … %} cần một {% endfor %}".to_owned()),
            ),
            ErrorKind::SyntaxError if detail.starts_with("unknown statement") => (
                format!("không có lệnh {{% {words} %}}, hoặc lệnh này đứng sai chỗ"),
                Some("dùng được if, elif, else, endif, for, endfor, set".to_owned()),
            ),
            ErrorKind::SyntaxError if detail.contains("maximum recursion") => (
                "lồng nhau quá sâu".to_owned(),
                Some("bớt số dấu ngoặc, số lệnh {% if %}, {% for %} đặt trong nhau".to_owned()),
            ),
            ErrorKind::SyntaxError => {
                (format!("sai cú pháp ở “{words}”"), Some("xem lại các dấu {{ }}, {% %} và dấu ngoặc".to_owned()))
            }
            ErrorKind::UndefinedError => return Self::undefined(words, at),
            ErrorKind::UnknownFilter => (
                format!("không có bộ lọc “{words}”"),
                Some(match suggest::among(words, FILTERS.iter().map(|name| (*name, *name))) {
                    Some(meant) => meant,
                    None => format!("các bộ lọc thường dùng: {}", FILTERS.join(", ")),
                }),
            ),
            ErrorKind::UnknownTest => (
                format!("không có phép thử “{words}”"),
                Some("so sánh bằng ==, !=, <, >; thử có giá trị bằng {% if … %}".to_owned()),
            ),
            ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => (
                format!("không có hàm “{words}”"),
                Some("câu mẫu dùng biến và bộ lọc: {{ biến | bộ_lọc }}".to_owned()),
            ),
            ErrorKind::OutOfFuel => (
                "lặp quá nhiều lần".to_owned(),
                Some("danh sách dài nhất là các chỉ tiêu: bớt vòng lặp lồng nhau, bớt số lần lặp".to_owned()),
            ),
            ErrorKind::BadSerialization => (
                format!("“{words}” không phải chữ hay số nên không in được"),
                Some("danh sách thì dùng {% for … %} … {% endfor %}; đúng/sai thì dùng {% if … %}".to_owned()),
            ),
            _ => (
                format!("không tính được “{words}”"),
                Some("xem lại phép tính và bộ lọc có hợp với loại giá trị, có chia cho 0".to_owned()),
            ),
        };
        Self { at, message, hint }
    }

    fn undefined(words: &str, at: Range<usize>) -> Self {
        let message = format!("“{words}” có khi không có giá trị");
        Self { at, message, hint: Some("đặt đoạn này trong {% if … %} … {% endif %}".to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Engine, FILTERS};
    use minijinja::ErrorKind;

    #[test]
    fn the_filters_that_are_named_exist() {
        let unknown = |filter: &str| {
            let rendered = Engine::new().0.render_str(&format!("{{{{ 'a' | {filter} }}}}"), ());
            rendered.is_err_and(|error| error.kind() == ErrorKind::UnknownFilter)
        };
        assert!(unknown("no_such_filter"));
        assert_eq!(FILTERS.into_iter().filter(|filter| unknown(filter)).collect::<Vec<_>>(), [] as [&str; 0]);
    }
}
