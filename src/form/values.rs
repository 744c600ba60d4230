//! What stands in a cell → what a field takes. Every reader refuses what could be read in two ways.

use serde_yaml::Value as Yaml;

use super::days::{date, of_serial};
use super::problem::short;
use super::written::{AS_DAY, Value};
use super::wrong::{Wrong, decimal, unusable, wrong};
use super::{Form, Input};
use crate::record::{Instead, MAX_WHOLE, instead, number_hint};
use crate::vietnamese::{fold, listed, one_line, others, unaccented};

/// The value that a cell of `form` holds, as a report writes it.
pub(super) fn read(value: &Value, input: Input, form: &Form, from_1904: bool) -> Result<Yaml, Wrong> {
    let remedy = match input {
        Input::Text | Input::Code | Input::Choice(_) => AS_TEXT,
        Input::Date => AS_DAY,
        Input::Whole | Input::WholeOr(_) => {
            "đổi định dạng của ô thành số (Number, không có phần thập phân) rồi ghi lại đúng số"
        }
    };
    if let Some(wrong) = disguised(value, remedy) {
        return Err(wrong);
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

/// What is said of a number that people see as another.
pub(super) fn disguised(value: &Value, remedy: &'static str) -> Option<Wrong> {
    let Value::Disguised(number, format) = value else { return None };
    let number = decimal(*number);
    Some(wrong(
        format!("định dạng “{format}” của ô làm người xem thấy số khác với số trong tệp là {number}"),
        remedy,
    ))
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
    Some(wrong(
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

/// What is to be done with words of which a spreadsheet made something else.
pub(super) const AS_TEXT: &str = "gõ lại, bắt đầu bằng dấu nháy đơn ('), hoặc định dạng ô là Text trước khi gõ";

fn text(value: &Value) -> Result<String, Wrong> {
    match value {
        Value::Number(number) if value.words().is_none() => {
            let number = decimal(*number);
            Err(wrong(format!("ô này ghi chữ nhưng bảng tính đã đổi thành số {number}"), AS_TEXT))
        }
        Value::Text(_) | Value::Number(_) => Ok(value.words().unwrap_or_default().into_owned()),
        Value::Serial(_) | Value::DateText(_) => {
            Err(wrong("ô này ghi chữ nhưng bảng tính đã đổi thành ngày hoặc giờ", AS_TEXT))
        }
        Value::Disguised(..) | Value::Bool | Value::Error => unusable(),
    }
}

pub(super) fn whole(value: &Value) -> Result<u64, Wrong> {
    match value {
        Value::Number(number) if *number < 0.0 => Err(wrong(
            format!("số liệu không thể âm: {}", decimal(*number)),
            "nếu cần điều chỉnh giảm, ghi số đã điều chỉnh",
        )),
        Value::Number(number) if number.fract() != 0.0 || !number.is_finite() => Err(wrong(
            format!("số liệu phải là số nguyên, ô này là {}", decimal(*number)),
            "ghi số nguyên; tiền ghi đủ số đồng; nếu dấu chấm ngăn cách hàng nghìn thì gõ liền các chữ số",
        )),
        Value::Number(number) if *number > MAX_WHOLE as f64 => Err(too_large(&decimal(*number))),
        Value::Number(number) => Ok(*number as u64),
        Value::Text(text) => grouped(text),
        Value::Serial(_) | Value::DateText(_) => {
            Err(wrong("ô này ghi số nhưng bảng tính đã đổi thành ngày", "định dạng ô là số rồi gõ lại"))
        }
        Value::Disguised(..) | Value::Bool | Value::Error => unusable(),
    }
}

/// So many digits may begin with a zero.
const MOST_LED: usize = 3;

/// Digits alone, or digits with one kind of mark before every three: a dot, or a blank of any kind.
fn grouped(text: &str) -> Result<u64, Wrong> {
    let blank = |c: char| c.is_whitespace() && !c.is_control();
    let written: String = text.chars().map(|c| if blank(c) { ' ' } else { c }).collect();
    let mark = if written.contains('.') { '.' } else { ' ' };
    let groups: Vec<&str> = written.split(mark).collect();
    let digits = groups.iter().all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    let sized = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    // Offices write `02` for 2; `0912345678` is a telephone, `0.500` may be a half.
    let leads = groups[0].starts_with('0') && (groups.len() > 1 || written.len() > MOST_LED);
    if !digits || !sized || leads {
        return Err(no_whole(text, number_hint(text)));
    }
    match groups.concat().parse::<u64>() {
        Ok(number) if number <= MAX_WHOLE => Ok(number),
        _ => Err(too_large(text)),
    }
}

/// What is said of words in the place of a number, which may stand beside it for a figure.
fn told(value: &Value, figure: bool) -> Option<Wrong> {
    const CHOOSE: &str = "không phát sinh thì chọn “Không phát sinh” ở cột “Nếu không có số”";
    let Value::Text(text) = value else { return None };
    let remedy = match (instead(text)?, figure) {
        (Instead::WithUnit { number, .. }, true) if number == "0" => format!("{}; {CHOOSE}", number_hint(text)),
        (Instead::WithUnit { .. }, _) => return None,
        (_, false) => "không có thì xóa ô này; đếm được đúng là không thì ghi 0".to_owned(),
        (Instead::NothingArose, _) => format!("{CHOOSE}; đếm được đúng là không thì ghi 0"),
        (Instead::NotApplicable, _) => "chọn “Không áp dụng” ở cột “Nếu không có số”".to_owned(),
        (Instead::NotYet, _) => "chưa có số thì xóa ô này và ghi lý do ở cột “Lý do, nếu chưa có số”".to_owned(),
        (Instead::Unclear, _) => {
            "không phát sinh, không áp dụng thì chọn ở cột “Nếu không có số”; chưa có số thì ghi lý do; đếm được đúng là \
             không thì ghi 0"
                .to_owned()
        }
    };
    Some(no_whole(text, remedy))
}

fn no_whole(text: &str, remedy: String) -> Wrong {
    wrong(format!("“{}” không phải số nguyên không âm", short(text)), remedy)
}

fn too_large(written: &str) -> Wrong {
    wrong(format!("số {} quá lớn", short(written)), "tiền tính bằng đồng, không nhân thêm; xem lại số chữ số")
}

/// So many options of a list are named.
const LISTED: usize = 6;

/// The id of the option that is named by its words or its id, whatever the case.
fn choice(value: &Value, options: &[(String, String)]) -> Result<String, Wrong> {
    let written = text(value)?;
    let key = fold(written.trim_end_matches('.'));
    // Accents that are written count.
    let plain = unaccented(&key) == key;
    let is = |words: &str| fold(words) == key || (plain && unaccented(words) == key);
    let found = options.iter().find(|(id, words)| is(words) || is(id));
    found.map(|(id, _)| id.clone()).ok_or_else(|| {
        // A short list is named whole.
        let named = if options.len() > LISTED + 1 { LISTED } else { options.len() };
        let words = options.iter().take(named).map(|(_, words)| words.clone());
        let words = words.chain(others(options.len() - named, "mục"));
        let message = format!("“{}” không có trong danh sách: ", short(&written));
        wrong(message + &listed(words, "; ").unwrap_or_default(), "bấm mũi tên bên phải ô và chọn một mục")
    })
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
    fn the_remedy_is_the_number() {
        for (value, remedy) in [
            (words("12 tr"), "ghi đủ số đồng: 12000000"),
            (words("337,5 triệu"), "ghi đủ số đồng: 337500000"),
            (words("12 vụ"), "chỉ ghi 12, không kèm “vụ”"),
            (words("15.000.000 đồng"), "không kèm “đồng”; viết liền các chữ số: 15000000"),
            (words("0318"), "bỏ số 0 ở đầu: 318"),
            (words("999.999.999.999.999.999"), "tiền tính bằng đồng, không nhân thêm; xem lại số chữ số"),
        ] {
            assert_eq!(whole(&value).unwrap_err().1, remedy, "{value:?}");
        }
        assert!(told(&words("12 vụ"), true).is_none());
        assert!(
            told(&words("0 vụ"), true).unwrap().1.contains("chỉ ghi 0, không kèm “vụ”; không phát sinh thì chọn")
        );
        for (number, message) in [(1e300, "số 1e300 quá lớn"), (2e14, "số 200000000000000 quá lớn")] {
            assert_eq!(whole(&Value::Number(number)).unwrap_err().0, message);
        }
    }

    #[test]
    fn a_long_list_is_not_told_whole() {
        for (count, told) in
            [(4, "1; 2; 3; 4"), (7, "1; 2; 3; 4; 5; 6; 7"), (25, "1; 2; 3; 4; 5; 6; và 19 mục khác")]
        {
            let options: Vec<_> = (1..=count).map(|at| (format!("id{at}"), at.to_string())).collect();
            let (message, _) = choice(&words("Nhiệm vụ 5"), &options).unwrap_err();
            assert_eq!(message, format!("“Nhiệm vụ 5” không có trong danh sách: {told}"));
        }
    }
}
