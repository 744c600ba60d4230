//! What stands in a cell → a day.

use chrono::{Datelike, Days, NaiveDate};

use super::problem::short;
use super::written::Value;
use super::wrong::{Wrong, decimal, unusable, wrong};
use crate::record::{date_as_written, month_first, no_such_day, parse_date};

/// A serial number of either system, or text with the day first or in ISO order.
pub(super) fn date(value: &Value, from_1904: bool) -> Result<NaiveDate, Wrong> {
    const REMEDY: &str = "ghi ngày/tháng/năm, đủ bốn chữ số của năm, ví dụ 05/6/2026";
    match value {
        Value::Serial(serial) | Value::Number(serial) => of_serial(*serial, from_1904)
            .ok_or_else(|| wrong(format!("{} không phải ngày hợp lệ", decimal(*serial)), REMEDY)),
        Value::Text(text) => {
            let is_wrong = || match month_first(text) {
                Some(day) => {
                    let day = crate::vietnamese::date(day);
                    wrong(format!("“{text}” ghi tháng trước ngày; ngày {day} thì ghi như vậy"), REMEDY)
                }
                None => {
                    let message = format!("“{}” không phải ngày hợp lệ", short(text));
                    wrong(message, no_such_day(text).unwrap_or(REMEDY))
                }
            };
            date_as_written(text).ok_or_else(is_wrong)
        }
        Value::DateText(text) => {
            let day = text.split('T').next().and_then(parse_date);
            day.ok_or_else(|| wrong(format!("“{text}” không phải ngày hợp lệ"), REMEDY))
        }
        Value::Disguised(..) | Value::Bool | Value::Error => unusable(),
    }
}

/// Whether a day may be taken for another one where its month stands in front.
pub(super) fn is_ambiguous(serial: f64, from_1904: bool) -> bool {
    of_serial(serial, from_1904).is_some_and(|day| day.day() <= 12 && day.day() != day.month())
}

/// Days of the years 2000 to 2100 alone: `2026` in a date's field is a year, not a day of 1905. The time is
/// rounded to seconds, as spreadsheets show it.
pub(super) fn of_serial(serial: f64, from_1904: bool) -> Option<NaiveDate> {
    let epoch =
        if from_1904 { NaiveDate::from_ymd_opt(1904, 1, 1)? } else { NaiveDate::from_ymd_opt(1899, 12, 30)? };
    if !(0.0..80_000.0).contains(&serial) {
        return None;
    }
    const SECONDS: f64 = 86_400.0;
    let days = ((serial * SECONDS).round() / SECONDS).floor();
    let day = epoch.checked_add_days(Days::new(days as u64))?;
    (NaiveDate::from_ymd_opt(2000, 1, 1)?..=NaiveDate::from_ymd_opt(2100, 12, 31)?).contains(&day).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn dates_are_day_first_or_iso_or_serial() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d);
        for (value, from_1904, read) in [
            (words("6/5/2026"), false, day(2026, 5, 6)),
            (words("06/05/2026"), false, day(2026, 5, 6)),
            (words("17-11-2026"), false, day(2026, 11, 17)),
            (words("17.11.2026"), false, day(2026, 11, 17)),
            (words("2026-11-17"), false, day(2026, 11, 17)),
            (Value::Serial(46343.0), false, day(2026, 11, 17)),
            (Value::Serial(46343.5), false, day(2026, 11, 17)),
            (Value::Serial(46_342.999_999_999_9), false, day(2026, 11, 17)),
            (Value::Serial(46_342.999_99), false, day(2026, 11, 16)),
            (Value::Serial(46_343.000_000_000_1), false, day(2026, 11, 17)),
            (Value::Number(46343.0), false, day(2026, 11, 17)),
            (Value::Serial(44881.0), true, day(2026, 11, 17)),
            (Value::DateText("2026-11-17T00:00:00".into()), false, day(2026, 11, 17)),
            (words("17/11/26"), false, None),
            (words("11/17/2026"), false, None),
            (words("31/11/2026"), false, None),
            (words("17/11"), false, None),
            (words("ngày 17/11/2026"), false, None),
            (Value::Number(2026.0), false, None),
            (Value::Number(17_112_026.0), false, None),
            (Value::Number(-5.0), false, None),
            (Value::Bool, false, None),
        ] {
            assert_eq!(date(&value, from_1904).ok(), read, "{value:?}");
        }
    }

    #[test]
    fn a_month_before_its_day_is_told() {
        for (text, told) in [
            ("11/17/2026", Some("ngày 17/11/2026")),
            ("9-30-2026", Some("ngày 30/9/2026")),
            ("17/17/2026", None),
            ("2/30/2026", None),
            ("11/17/26", None),
        ] {
            let (message, _) = date(&words(text), false).unwrap_err();
            assert_eq!(message.contains("tháng trước ngày"), told.is_some(), "{message}");
            assert!(message.contains(told.unwrap_or_default()), "{message}");
        }
    }

    #[test]
    fn the_remedy_says_what_is_wrong_with_a_day() {
        for (text, remedy) in [
            ("31/11/2026", "không có ngày này trong lịch"),
            ("2026-02-30", "không có ngày này trong lịch"),
            ("17/11/9999", "xem lại năm"),
            ("17/11/26", "đủ bốn chữ số của năm"),
            ("17/11", "đủ bốn chữ số của năm"),
            ("11/17/2026", "đủ bốn chữ số của năm"),
        ] {
            assert!(date(&words(text), false).unwrap_err().1.contains(remedy), "{text}");
        }
    }
}
