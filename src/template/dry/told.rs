//! What is said of a template that failed: which name was wrong, what was probably meant, what there is instead.

use std::ops::Range;

use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, Value};

use super::super::Problem;
use super::super::branches::Steered;
use super::super::sample::Scope;
use crate::record::suggest;
use crate::vietnamese::upper_first;

/// More names than these are not listed: a plan has dozens of indicators.
const LISTED: usize = 20;

/// What a path of names leads to.
pub(super) fn part(value: &Value, path: &str) -> Option<Value> {
    let mut names = path.split('.');
    names.try_fold(value.clone(), |value, name| value.get_attr(name).ok().filter(|value| !value.is_undefined()))
}

/// The beginning of a path at which there is nothing.
pub(super) fn lacking<'n>(value: &Value, path: &'n str) -> Option<&'n str> {
    let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    ends.map(|end| &path[..end]).find(|begun| part(value, begun).is_none_or(|value| value.is_none()))
}

/// Where a name stands in a template.
pub(super) fn found(text: &str, name: &str) -> Option<Range<usize>> {
    let within_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let places = text.match_indices(name).map(|(at, _)| at..at + name.len());
    let mut whole = places.filter(|at| {
        !text[..at.start].ends_with(within_word) && !text[at.end..].starts_with(|c| c != '.' && within_word(c))
    });
    whole.next()
}

/// What was probably meant by a name, and what there is instead.
pub(super) fn usable(name: &str, prefix: &str, owner: &Value) -> Option<String> {
    let names = owner.try_iter().ok().filter(|_| owner.kind() == ValueKind::Map)?;
    let names: Vec<String> = names.map(|key| format!("{prefix}{key}")).collect();
    let meant = suggest::among(name, names.iter().map(|name| (name.as_str(), name.as_str())));
    let listed = match names.len() {
        0 => return meant,
        1..=LISTED => format!("ở đây dùng được: {}", names.join(", ")),
        _ if prefix.is_empty() => "các biến dùng được nêu ở đầu tệp plan/report.yaml mà plan init tạo".to_owned(),
        _ => format!("sau “{prefix}” ghi mã chỉ tiêu có trong plan/indicators.yaml"),
    };
    Some(meant.map_or(listed.clone(), |meant| format!("{meant} {}", upper_first(&listed))))
}

/// Why a rendering failed.
pub(super) fn failed(error: &Error, steered: &Steered, text: &str, case: &Value, scope: &Scope) -> Problem {
    let mut at = error.range().map_or(0..text.len(), |range| steered.original(range));
    // The engine names what is undefined, and points at what it was doing with it.
    let undefined = error.detail().and_then(|detail| detail.split_once("` is undefined")?.0.rsplit('`').next());
    at = undefined.and_then(|name| found(text, name)).unwrap_or(at);
    let problem = Problem::at(error, text, at);
    if undefined.is_none() && error.kind() != ErrorKind::UndefinedError {
        return problem;
    }
    let name = text.get(problem.at.clone()).unwrap_or_default();
    let is_path = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
    match lacking(case, name).filter(|_| is_path) {
        Some(absent) if part(&scope.full, absent).is_some() => Problem {
            message: match absent.strip_prefix("annex.") {
                Some(kind) => format!("“{absent}” không có giá trị: annexes không có phụ lục {kind}"),
                None => format!("“{absent}” có khi không có giá trị"),
            },
            hint: Some(format!("đặt đoạn này trong {{% if {absent} %}} … {{% endif %}}")),
            ..problem
        },
        Some(_) if name.contains('.') => {
            let message = format!("không có biến “{name}”");
            Problem { message, hint: of_items(name, text, &scope.full), ..problem }
        }
        // Every other name that there is nothing for was told before: this one is given by the template itself.
        Some(_) => Problem {
            hint: Some(
                "danh sách có khi không có mục nào: đặt đoạn này trong {% if danh_sách %} … {% endif %}".to_owned(),
            ),
            ..Problem::undefined(name, problem.at)
        },
        None => Problem::undefined(name, problem.at.clone()),
    }
}

/// What an item of a list has, for a misspelt part of the name that a loop gives it.
fn of_items(name: &str, text: &str, full: &Value) -> Option<String> {
    let (item, _) = name.rsplit_once('.')?;
    let (_, after) = text.split_once(&format!("for {item} in "))?;
    let list = after.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.')).next()?;
    usable(name, &format!("{item}."), &part(full, list)?.get_item_by_index(0).ok()?)
}
