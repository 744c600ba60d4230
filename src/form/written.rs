//! What stands in a cell of a spreadsheet, as people see it there.

use std::borrow::Cow;

use calamine::DataRef;

use super::looks::{Look, Rgb, SMALLEST, is_near};
use super::{day_formats, formats};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    /// To 15 digits, as spreadsheets show it.
    Number(f64),
    /// A number that people see as another, and its format.
    Disguised(f64, String),
    /// A number shown as a date or a time.
    Serial(f64),
    /// ISO 8601.
    DateText(String),
    Bool,
    Error,
}

impl Value {
    /// `None` where nothing stands there. The library has decoded the text, which is done once.
    pub(super) fn of(cell: &DataRef<'_>) -> Option<Self> {
        match cell {
            DataRef::Empty => None,
            DataRef::String(_) | DataRef::SharedString(_) => lines(text(cell)?).map(Self::Text),
            DataRef::Int(number) => Some(Self::Number(*number as f64)),
            DataRef::Float(number) => Some(Self::Number(as_shown(*number))),
            DataRef::DateTime(date) => Some(Self::Serial(as_shown(date.as_f64()))),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Some(Self::DateText(text.clone())),
            DataRef::Bool(_) => Some(Self::Bool),
            DataRef::Error(_) => Some(Self::Error),
        }
    }

    /// What it says; of numbers whole ones alone, which some programs make of text that looks like one.
    pub(super) fn words(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(text.trim().into()),
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => Some(number.to_string().into()),
            _ => None,
        }
    }
}

/// Why the value of a cell is not taken for what was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Odd {
    /// It is computed.
    Formula,
    /// A line is drawn through it.
    Struck,
    /// A day that is shown as another one might be, in this format.
    MonthFirst(String),
    /// A day of which a part is shown alone, by this format.
    PartOfDay(String),
    /// A text that is shown with more than it says, by this format.
    Reworded(String),
}

impl Odd {
    /// What is said of it, and what is to be done.
    pub(super) fn told(&self) -> (String, &'static str) {
        match self {
            Self::Formula => (
                "ô này là công thức, không phải giá trị đã nhập".to_owned(),
                "chép ô rồi dán lại bằng Dán đặc biệt – Giá trị (Paste Special – Values)",
            ),
            Self::Struck => (
                "nội dung ô này, cả ô hoặc một phần, bị gạch ngang, không rõ còn dùng hay đã bỏ".to_owned(),
                "bỏ thì xóa phần đó; còn dùng thì bỏ gạch ngang (Ctrl+5)",
            ),
            Self::MonthFirst(format) => {
                (format!("định dạng “{format}” của ô làm người xem thấy tháng đứng trước ngày"), AS_DAY)
            }
            Self::PartOfDay(format) => {
                (format!("định dạng “{format}” của ô làm người xem không thấy đủ ngày, tháng"), AS_DAY)
            }
            Self::Reworded(format) => (
                format!("định dạng “{format}” của ô làm người xem thấy khác với chữ trong tệp"),
                "định dạng ô là Text rồi ghi đủ nội dung",
            ),
        }
    }
}

/// What is to be done with a day that is not seen as it is.
pub(super) const AS_DAY: &str = "định dạng ô là dd/mm/yyyy, xem lại ngày, tháng rồi ghi lại";

/// What a style makes of a value.
#[derive(Debug)]
pub(super) struct Style {
    /// A format that shows another number.
    pub(super) disguise: Option<String>,
    /// One that shows the month before the day.
    pub(super) month_first: Option<String>,
    /// One that shows a part of the day.
    pub(super) part_of_day: Option<String>,
    /// One that shows more than a text says.
    pub(super) reworded: Option<String>,
    pub(super) struck: bool,
    /// Nobody sees numbers and days in it.
    pub(super) hides: bool,
    /// Nor words.
    pub(super) hides_text: bool,
    /// What is behind what a cell says: the one colour, or those of a pattern.
    behind: Vec<Rgb>,
}

impl Style {
    pub(super) fn of(style: &calamine::Style) -> Self {
        /// From here on formats are written out: those before are shown as the system shows days.
        const OWN: u32 = 164;
        let format = |is: fn(&str) -> bool| {
            let format = style.number_format.as_ref().filter(|format| is(&format.format_code))?;
            Some((format.format_id, format.format_code.clone()))
        };
        let is_own = |id: &Option<u32>| id.is_none_or(|id| id >= OWN);
        let code = style.number_format.as_ref().map_or("", |format| &format.format_code);
        let font = style.font.as_ref();
        let is_tiny = font.and_then(|font| font.size).is_some_and(|size| size < SMALLEST);
        let behind = behind(style.fill.as_ref());
        let is_faint = |of_text: bool| {
            let ink = formats::ink(code, of_text).or_else(|| Some(rgb(font?.color?))).unwrap_or_default();
            is_tiny || behind.iter().all(|behind| is_near(ink, *behind))
        };
        Self {
            hides: is_faint(false),
            hides_text: is_faint(true) || formats::hides_text(code),
            disguise: format(formats::disguises).map(|(_, format)| format),
            month_first: format(day_formats::is_month_first).filter(|(id, _)| is_own(id)).map(|(_, format)| format),
            part_of_day: format(day_formats::shows_a_part).map(|(_, format)| format),
            reworded: format(formats::rewords).map(|(_, format)| format),
            struck: style.font.as_ref().is_some_and(calamine::Font::has_strikethrough),
            behind,
        }
    }

    /// Whether everything is seen in it as it is.
    pub(super) fn is_plain(&self) -> bool {
        let formats = [&self.disguise, &self.month_first, &self.part_of_day, &self.reworded];
        let shows = formats.iter().all(|format| format.is_none());
        shows && !self.struck && !self.hides && !self.hides_text
    }

    /// Whether nobody sees a part of a text in it that looks so.
    pub(super) fn hides_part(&self, look: Look) -> bool {
        match look {
            Look::Struck => false,
            Look::Tiny => true,
            Look::Ink(ink) => self.behind.iter().all(|behind| is_near(ink, *behind)),
        }
    }
}

impl Default for Style {
    fn default() -> Self {
        Self::of(&calamine::Style::default())
    }
}

fn rgb(color: calamine::Color) -> Rgb {
    [color.red, color.green, color.blue]
}

/// The colours behind what a cell says. Of a pattern, those that the system chooses are black on white; a plain fill in one
/// that it chooses may be either.
fn behind(fill: Option<&calamine::Fill>) -> Vec<Rgb> {
    const WHITE: Rgb = [u8::MAX; 3];
    let Some(fill) = fill else { return vec![WHITE] };
    let [drawn, ground] = [fill.foreground_color, fill.background_color].map(|color| color.map(rgb));
    match (&fill.pattern, drawn) {
        (calamine::FillPattern::None, _) => vec![WHITE],
        (calamine::FillPattern::Solid, Some(color)) => vec![color],
        _ => vec![drawn.unwrap_or_default(), ground.unwrap_or(WHITE)],
    }
}

/// The text of a cell that holds one.
pub(super) fn text<'c>(cell: &'c DataRef<'_>) -> Option<&'c str> {
    match cell {
        DataRef::String(text) => Some(text),
        DataRef::SharedString(text) => Some(text),
        _ => None,
    }
}

/// To the 15 digits that spreadsheets show: what stands after them is noise of reckoning.
fn as_shown(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
}

/// Line ends as one newline, blank ends of lines cut; `None` where nothing is left.
pub(super) fn lines(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let text = lines.join("\n").trim().to_owned();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_spreadsheets_show() {
        for (stored, shown) in [
            (300_000.000_000_000_06, 300_000.0),
            (299_999.999_999_999_94, 300_000.0),
            (100_000_000_000_000.0, 100_000_000_000_000.0),
            (337.5, 337.5),
            (0.1 + 0.2, 0.3),
            (300_000.001, 300_000.001),
            (-1.0, -1.0),
        ] {
            assert_eq!(as_shown(stored), shown, "{stored}");
        }
    }

    fn of_text(text: &str) -> Option<Value> {
        Value::of(&DataRef::SharedString(text))
    }

    #[test]
    fn a_text_is_decoded_once_and_numbers_may_stand_for_words() {
        for (value, words) in [
            (of_text("_x000D_ là gì"), Some("_x000D_ là gì")),
            (of_text("a\r\nb \r"), Some("a\nb")),
            (of_text(" \n "), None),
            (Some(Value::Number(2026.0)), Some("2026")),
            (Some(Value::Number(0.5)), None),
            (Some(Value::Bool), None),
        ] {
            assert_eq!(value.as_ref().and_then(Value::words).as_deref(), words, "{value:?}");
        }
    }
}
