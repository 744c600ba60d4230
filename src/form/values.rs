//! What stands in a cell → what a field takes. Every reader refuses what could be read in two ways.

use chrono::{Datelike, Days, NaiveDate};
use serde_yaml::Value as Yaml;

use super::written::Value;
use super::{Form, Input};
use crate::record::{Instead, MAX_WHOLE, date_as_written, in_full, instead, month_first, parse_date};
use crate::vietnamese::{fold, one_line, unaccented};

/// What is wrong and the remedy.
pub(super) type Wrong = (String, &'static str);

/// The value that a cell of `form` holds, as a report writes it.
pub(super) fn read(value: &Value, input: Input, form: &Form, from_1904: bool) -> Result<Yaml, (String, String)> {
    taken(value, input, form, from_1904)
        .map_err(|(message, remedy)| (message, told_in_full(value, input).unwrap_or_else(|| remedy.to_owned())))
}

fn taken(value: &Value, input: Input, form: &Form, from_1904: bool) -> Result<Yaml, Wrong> {
    if let Value::Disguised(number, format) = value {
        let number = decimal(*number);
        return Err((
            format!("định dạng “{format}” của ô làm người xem thấy số khác với số trong tệp là {number}"),
            "đổi định dạng của ô thành số (Number, không có phần thập phân) rồi ghi lại đúng số",
        ));
    }
    match input {
        Input::Text | Input::Code => text(value).map(Yaml::from),
        Input::Date => date(value, from_1904).map(|date| Yaml::from(date.to_string())),
        Input::Whole => whole(value).map_err(|wrong| told(value, false).unwrap_or(wrong)).map(Yaml::from),
        Input::WholeOr(list) => match choice(value, form.options(list)) {
            Ok(word) => Ok(Yaml::from(word)),
            Err(_) => whole(value).map_err(|wrong| told(value, true).unwrap_or(wrong)).map(Yaml::from),
        },
        Input::Choice(list) => choice(value, form.options(list)).map(Yaml::from),
    }
}

/// What may be lost of a value that is taken as it is: zeros that it began with, where the spreadsheet made it a number.
pub(super) fn doubt(value: &Value, input: Input) -> Option<Wrong> {
    let number = matches!(value, Value::Number(_)) && matches!(input, Input::Text | Input::Code);
    let words = value.words().filter(|_| number)?;
    // A year has none.
    let is_year = words.len() == 4 && words.starts_with("20");
    if is_year && matches!(input, Input::Text) {
        return None;
    }
    Some((
        format!("bảng tính đã đổi chữ ở ô này thành số {words}; nếu có số 0 ở đầu thì số 0 đó đã mất"),
        "xem lại; cần số 0 ở đầu thì gõ lại, bắt đầu bằng dấu nháy đơn (')",
    ))
}

/// What people see in a cell, on one line; a day as `YYYY-MM-DD`.
pub(super) fn shown(value: &Value, from_1904: bool) -> String {
    match value {
        Value::Serial(serial) => {
            of_serial(*serial, from_1904).map_or_else(|| decimal(*serial), |day| day.to_string())
        }
        Value::DateText(text) => text.split('T').next().unwrap_or_default().to_owned(),
        Value::Number(number) | Value::Disguised(number, _) => decimal(*number),
        Value::Text(text) => one_line(text),
        Value::Bool => "TRUE/FALSE".to_owned(),
        Value::Error => "#LỖI".to_owned(),
    }
}

fn text(value: &Value) -> Result<String, Wrong> {
    const RETYPE: &str = "gõ lại, bắt đầu bằng dấu nháy đơn ('), hoặc định dạng ô là Text trước khi gõ";
    match value {
        Value::Number(number) if value.words().is_none() => {
            let number = decimal(*number);
            Err((format!("ô này ghi chữ nhưng bảng tính đã đổi thành số {number}"), RETYPE))
        }
        Value::Text(_) | Value::Number(_) => Ok(value.words().unwrap_or_default().into_owned()),
        Value::Serial(_) | Value::DateText(_) => {
            Err(("ô này ghi chữ nhưng bảng tính đã đổi thành ngày hoặc giờ".to_owned(), RETYPE))
        }
        Value::Disguised(..) | Value::Bool | Value::Error => unusable(),
    }
}

/// With a comma before the decimals.
fn decimal(number: f64) -> String {
    number.to_string().replace('.', ",")
}

pub(super) fn whole(value: &Value) -> Result<u64, Wrong> {
    match value {
        Value::Number(number) if *number < 0.0 => Err((
            format!("số liệu không thể âm: {}", decimal(*number)),
            "nếu cần điều chỉnh giảm, ghi số đã điều chỉnh",
        )),
        Value::Number(number) if number.fract() != 0.0 || !number.is_finite() => Err((
            format!("số liệu phải là số nguyên, ô này là {}", decimal(*number)),
            "ghi số nguyên; tiền ghi đủ số đồng; nếu dấu chấm ngăn cách hàng nghìn thì gõ liền các chữ số",
        )),
        Value::Number(number) if *number > MAX_WHOLE as f64 => Err(too_large(&number.to_string())),
        Value::Number(number) => Ok(*number as u64),
        Value::Text(text) => grouped(text),
        Value::Serial(_) | Value::DateText(_) => {
            Err(("ô này ghi số nhưng bảng tính đã đổi thành ngày".to_owned(), "định dạng ô là số rồi gõ lại"))
        }
        Value::Disguised(..) | Value::Bool | Value::Error => unusable(),
    }
}

/// So many digits may begin with a zero.
const MOST_LED: usize = 3;

/// Digits alone, or digits with one kind of mark before every three: a dot, or a blank of any kind.
fn grouped(text: &str) -> Result<u64, Wrong> {
    let wrong = || {
        Err((format!("“{text}” không phải số nguyên không âm"), "chỉ ghi chữ số, ví dụ 1279; tiền ghi đủ số đồng"))
    };
    let blank = |c: char| c.is_whitespace() && !c.is_control();
    let written: String = text.chars().map(|c| if blank(c) { ' ' } else { c }).collect();
    let mark = if written.contains('.') { '.' } else { ' ' };
    let groups: Vec<&str> = written.split(mark).collect();
    let digits = groups.iter().all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    let sized = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    // Offices write `02` for 2; `0912345678` is a telephone, `0.500` may be a half.
    let leads = groups[0].starts_with('0') && (groups.len() > 1 || written.len() > MOST_LED);
    if !digits || !sized || leads {
        return wrong();
    }
    match groups.concat().parse::<u64>() {
        Ok(number) if number <= MAX_WHOLE => Ok(number),
        _ => Err(too_large(text)),
    }
}

/// What is said of words in the place of a number, which may stand beside it for a figure.
fn told(value: &Value, figure: bool) -> Option<Wrong> {
    let Value::Text(text) = value else { return None };
    let remedy = match (instead(text)?, figure) {
        (Instead::WithUnit { .. }, _) => "chỉ ghi chữ số, không kèm đơn vị tính; không phát sinh thì không ghi 0",
        (_, false) => "không có thì xóa ô này; đếm được đúng là không thì ghi 0",
        (Instead::NothingArose, _) => {
            "không phát sinh thì chọn “Không phát sinh” ở cột “Nếu không có số”; đếm được đúng là không thì ghi 0"
        }
        (Instead::NotApplicable, _) => "chọn “Không áp dụng” ở cột “Nếu không có số”",
        (Instead::NotYet, _) => "chưa có số thì xóa ô này và ghi lý do ở cột “Lý do, nếu chưa có số”",
        (Instead::Unclear, _) => {
            "không phát sinh, không áp dụng thì chọn ở cột “Nếu không có số”; chưa có số thì ghi lý do; đếm được đúng là \
             không thì ghi 0"
        }
    };
    Some((format!("“{text}” không phải số nguyên không âm"), remedy))
}

/// The remedy for a number of thousands, millions or billions.
fn told_in_full(value: &Value, input: Input) -> Option<String> {
    let (Value::Text(text), Input::Whole | Input::WholeOr(_)) = (value, input) else { return None };
    match instead(text)? {
        Instead::WithUnit { number, unit } => in_full(&number, &unit),
        _ => None,
    }
}

fn too_large(written: &str) -> Wrong {
    (format!("số {written} quá lớn"), "tiền tính bằng đồng, không nhân thêm; xem lại số chữ số")
}

/// A serial number of either system, or text with the day first or in ISO order.
fn date(value: &Value, from_1904: bool) -> Result<NaiveDate, Wrong> {
    const REMEDY: &str = "ghi ngày/tháng/năm, đủ bốn chữ số của năm, ví dụ 05/6/2026";
    match value {
        Value::Serial(serial) | Value::Number(serial) => {
            of_serial(*serial, from_1904).ok_or_else(|| (format!("{serial} không phải ngày hợp lệ"), REMEDY))
        }
        Value::Text(text) => {
            let wrong = || match month_first(text) {
                Some(day) => {
                    format!("“{text}” ghi tháng trước ngày; ngày {} thì ghi như vậy", crate::vietnamese::date(day))
                }
                None => format!("“{text}” không phải ngày hợp lệ"),
            };
            date_as_written(text).ok_or_else(|| (wrong(), REMEDY))
        }
        Value::DateText(text) => {
            let day = text.split('T').next().and_then(parse_date);
            day.ok_or_else(|| (format!("“{text}” không phải ngày hợp lệ"), REMEDY))
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
fn of_serial(serial: f64, from_1904: bool) -> Option<NaiveDate> {
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

/// The id of the option that is named by its words or its id, whatever the case.
fn choice(value: &Value, options: &[(String, String)]) -> Result<String, Wrong> {
    let written = text(value)?;
    let key = fold(written.trim_end_matches('.'));
    // Accents that are written count.
    let plain = unaccented(&key) == key;
    let is = |words: &str| fold(words) == key || (plain && unaccented(words) == key);
    let found = options.iter().find(|(id, words)| is(words) || is(id));
    found.map(|(id, _)| id.clone()).ok_or_else(|| {
        let words: Vec<&str> = options.iter().map(|(_, words)| words.as_str()).collect();
        (
            format!("“{written}” không có trong danh sách: {}", words.join("; ")),
            "bấm mũi tên bên phải ô và chọn một mục",
        )
    })
}

fn unusable<T>() -> Result<T, Wrong> {
    Err(("ô này là TRUE, FALSE hoặc báo lỗi công thức".to_owned(), "xóa ô rồi gõ lại nội dung"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn whole_numbers_are_read_in_one_way_or_refused() {
        for (value, read) in [
            (Value::Number(0.0), Some(0)),
            (Value::Number(1279.0), Some(1279)),
            (Value::Number(100_000_000_000_000.0), Some(100_000_000_000_000)),
            (words("0"), Some(0)),
            (words("1279"), Some(1279)),
            (words("1.279"), Some(1279)),
            (words("4.186.000.000"), Some(4_186_000_000)),
            (words("1 234"), Some(1234)),
            (words("1\u{a0}234\u{a0}567"), Some(1_234_567)),
            (words("1\u{202f}234"), Some(1234)),
            (words("1\u{2009}234\u{2007}567\u{3000}890"), Some(1_234_567_890)),
            (words("1\n234"), None),
            (words("1\u{200b}234"), None),
            (Value::Number(-1.0), None),
            (Value::Number(12.5), None),
            (Value::Number(f64::NAN), None),
            (Value::Number(1e15), None),
            (words("1,279"), None),
            (words("12,5"), None),
            (words("12.5"), None),
            (words("1.2790"), None),
            (words("1.234 567"), None),
            (words("1..234"), None),
            (words("1234.567"), None),
            (words("0.500"), None),
            (words("02"), Some(2)),
            (words("002"), Some(2)),
            (words("00"), Some(0)),
            (words("0002"), None),
            (words("0912345678"), None),
            (words("02.000"), None),
            (words("0x2"), None),
            (words("2-3"), None),
            (words("-3"), None),
            (words("+3"), None),
            (words("12 vụ"), None),
            (words("1 23"), None),
            (words("١٢"), None),
            (words("999.999.999.999.999.999.999"), None),
            (Value::Serial(46000.0), None),
            (Value::Bool, None),
            (Value::Error, None),
        ] {
            assert_eq!(whole(&value).ok(), read, "{value:?}");
        }
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
    fn choices_are_named_by_their_words() {
        let options = [
            ("done".to_owned(), "Hoàn thành".to_owned()),
            ("nothing-arose".to_owned(), "Không phát sinh".to_owned()),
        ];
        for (value, read) in [
            (words("Hoàn thành"), Some("done")),
            (words("  hoàn  thành"), Some("done")),
            (words("Hoàn tha\u{300}nh"), Some("done")),
            (words("KHONG PHAT SINH"), Some("nothing-arose")),
            (words("Không phát sinh."), Some("nothing-arose")),
            (words("Khống phát sinh"), None),
            (words("xong"), None),
            (Value::Number(1.0), None),
        ] {
            assert_eq!(choice(&value, &options).ok().as_deref(), read, "{value:?}");
        }
    }

    #[test]
    fn text_is_what_was_typed_or_the_whole_number_that_a_spreadsheet_made_of_it() {
        for (value, read, doubted) in [
            (words("12/BC-UBND"), Some("12/BC-UBND"), false),
            (words("0912345678"), Some("0912345678"), false),
            (Value::Number(912_345_678.0), Some("912345678"), true),
            (Value::Number(1342.0), Some("1342"), true),
            (Value::Number(0.5), None, false),
            (Value::Number(1e20), None, false),
            (Value::Serial(46343.0), None, false),
            (Value::Error, None, false),
        ] {
            assert_eq!(text(&value).ok().as_deref(), read, "{value:?}");
            assert_eq!(doubt(&value, Input::Code).is_some(), doubted, "{value:?}");
        }
        assert_eq!(doubt(&Value::Number(5.0), Input::Whole), None);
    }

    #[test]
    fn an_amount_with_its_unit_is_told_in_full() {
        for (value, input, told) in [
            (words("12 tr"), Input::Whole, Some("ghi đủ số đồng: 12000000")),
            (words("337,5 triệu"), Input::Whole, Some("ghi đủ số đồng: 337500000")),
            (words("12 vụ"), Input::Whole, None),
            (words("12000000 đồng"), Input::Whole, None),
            (words("12 tr"), Input::Text, None),
            (Value::Number(12.0), Input::Whole, None),
        ] {
            assert_eq!(told_in_full(&value, input).as_deref(), told, "{value:?}");
        }
    }
}
