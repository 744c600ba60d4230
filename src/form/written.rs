//! What stands in a cell of a spreadsheet, as people see it there.

use std::borrow::Cow;

use calamine::DataRef;

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
fn lines(text: &str) -> Option<String> {
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
