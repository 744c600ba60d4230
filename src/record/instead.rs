//! What somebody probably meant who wrote words or marks where a figure is wanted: a remedy is offered, nothing is read.

use crate::vietnamese::{fold, unaccented};

/// Larger counts and amounts are slips: the province's whole budget is under 10^14 đồng.
pub(crate) const MAX_WHOLE: u64 = 100_000_000_000_000;

/// An answer that is no number, or a number with more than its digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Instead {
    NothingArose,
    NotApplicable,
    NotYet,
    /// `-`, `x`: any of these, or 0.
    Unclear,
    /// The number without the unit behind it.
    WithUnit {
        number: String,
        unit: String,
    },
}

/// How people say that something is no task of theirs: plain words, as everything here.
const NOT_APPLICABLE: &[&str] = &["khong ap dung", "khong thuoc", "khong lien quan", "kad", "not applicable"];

/// How people say that there was nothing, unless it is one of the above.
const NOTHING_AROSE: &[&str] = &["khong", "ko", "k", "kps", "chua phat sinh", "nothing arose"];

/// `None` where what is written is some other slip.
pub(crate) fn instead(written: &str) -> Option<Instead> {
    let plain = unaccented(written).replace(['_', '-'], " ");
    let words = plain.trim_matches(|c: char| !c.is_alphanumeric());
    let begins = |with: &[&str]| with.iter().any(|with| words.strip_prefix(with).is_some_and(begins_anew));
    Some(if words.is_empty() || ["x", "n/a", "na", "null", "nil", "none"].contains(&words) {
        Instead::Unclear
    } else if begins(NOT_APPLICABLE) {
        Instead::NotApplicable
    } else if begins(NOTHING_AROSE) {
        Instead::NothingArose
    } else if begins(&["chua", "dang", "cho"]) {
        Instead::NotYet
    } else {
        let at = written.find(|c: char| c.is_alphabetic())?;
        let (number, unit) = (written[..at].trim(), written[at..].trim());
        // `1e3` is no 1.
        if !number.starts_with(|c: char| c.is_ascii_digit()) || unit.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        Instead::WithUnit { number: number.to_owned(), unit: unit.to_owned() }
    })
}

/// What goes with a remedy where the number itself cannot be told.
pub(crate) const IN_FULL: &str = "ví dụ 1,5 triệu ghi 1500000";

/// How to write a number of thousands, millions or billions in digits alone: `1,5 triệu đồng` is 1500000. `None` where the
/// unit is none of these.
pub(crate) fn in_full(number: &str, unit: &str) -> Option<String> {
    const SCALES: [(&str, u32); 9] = [
        ("nghìn", 3),
        ("ngàn", 3),
        ("k", 3),
        ("triệu", 6),
        ("tr", 6),
        ("trđ", 6),
        ("tỷ", 9),
        ("tỉ", 9),
        ("tỷđ", 9),
    ];
    let unit = fold(unit);
    let end = unit.find(|c: char| !c.is_alphabetic()).unwrap_or(unit.len());
    let (word, of) = (&unit[..end], unit[end..].trim_matches(|c: char| !c.is_alphanumeric()));
    let zeros = SCALES.iter().find(|(known, _)| *known == word)?.1;
    let is_money =
        word.ends_with('đ') || matches!(of, "đồng" | "đ" | "vnđ" | "vnd") || (of.is_empty() && zeros > 3);
    let what = if is_money { "ghi đủ số đồng" } else { "ghi đủ chữ số" };
    Some(match whole(number, zeros) {
        Some(whole) => format!("{what}: {whole}"),
        None => format!("{what}, {IN_FULL}"),
    })
}

/// A number of so many zeros, with a decimal mark or marks of thousands; `None` where it is none, is not whole, or `1.500`,
/// which may be either.
fn whole(number: &str, zeros: u32) -> Option<u64> {
    let groups: Vec<&str> = number.split([',', '.']).collect();
    let marks: Vec<char> = number.chars().filter(|c| [',', '.'].contains(c)).collect();
    let (head, decimals) = match (&groups[..], &marks[..]) {
        ([head], _) => ((*head).to_owned(), ""),
        ([head, decimals], _) if decimals.len() != 3 => ((*head).to_owned(), *decimals),
        ([head @ .., decimals], [of_thousands @ .., mark])
            if !of_thousands.is_empty() && !of_thousands.contains(mark) =>
        {
            (head.concat(), *decimals)
        }
        ([head, thousands @ ..], [mark, _, ..]) if marks.iter().all(|other| other == mark) => {
            (format!("{head}{}", thousands.concat()), "")
        }
        _ => return None,
    };
    let thousands = groups.len() - usize::from(!decimals.is_empty());
    let is_grouped = groups[1..thousands].iter().all(|group| group.len() == 3);
    let decimals = decimals.trim_end_matches('0');
    let digits = format!("{head}{decimals:0<width$}", width = zeros as usize);
    let is_whole = decimals.len() <= zeros as usize && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|number| is_grouped && is_whole && *number <= MAX_WHOLE)
}

/// The word for the state of a task that was probably meant.
pub(crate) fn state(written: &str) -> Option<&'static str> {
    /// By how it is said, the more telling first.
    const SAID: [(&str, &[&str]); 8] = [
        ("in-progress", &["da trien khai mot phan", "da thuc hien mot phan", "co ban hoan thanh"]),
        ("not-applicable", NOT_APPLICABLE),
        // In the place of a figure, where there may be one that nobody knows, these tell nothing.
        ("not-applicable", &["n/a", "na"]),
        ("nothing-arose", &["none"]),
        ("nothing-arose", NOTHING_AROSE),
        ("not-started", &["chua", "not", "todo", "pending"]),
        ("in-progress", &["dang", "ongoing", "doing", "in", "tiep tuc"]),
        ("done", &["xong", "da", "hoan tat", "completed", "complete", "finished", "ok"]),
    ];
    let plain = unaccented(written).replace(['_', '-'], " ");
    let words = plain.trim_matches(|c: char| !c.is_alphanumeric());
    let begins = |with: &&str| words.strip_prefix(*with).is_some_and(begins_anew);
    SAID.iter().find(|(_, said)| said.iter().any(begins)).map(|(id, _)| *id)
}

/// Whether a word has ended here.
fn begins_anew(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_place_of_a_state_have_a_meaning() {
        for (written, meant) in [
            ("xong", Some("done")),
            ("Đã xong.", Some("done")),
            ("completed", Some("done")),
            ("đang làm", Some("in-progress")),
            ("Đang triển khai thực hiện", Some("in-progress")),
            ("đã triển khai một phần", Some("in-progress")),
            ("chưa làm", Some("not-started")),
            ("chưa phát sinh", Some("nothing-arose")),
            ("không có", Some("nothing-arose")),
            ("KPS", Some("nothing-arose")),
            ("không thuộc thẩm quyền", Some("not-applicable")),
            ("không liên quan", Some("not-applicable")),
            ("KAD", Some("not-applicable")),
            ("not_applicable", Some("not-applicable")),
            ("n/a", Some("not-applicable")),
            ("nothing arose", Some("nothing-arose")),
            ("không thuận lợi", Some("nothing-arose")),
            ("not yet", Some("not-started")),
            ("danh sách", None),
            ("tốt", None),
        ] {
            assert_eq!(state(written), meant, "{written}");
        }
    }

    #[test]
    fn words_in_the_place_of_a_number_have_a_meaning() {
        let unit =
            |number: &str, unit: &str| Some(Instead::WithUnit { number: number.to_owned(), unit: unit.to_owned() });
        for (written, meant) in [
            ("không phát sinh", Some(Instead::NothingArose)),
            ("Không phát sinh.", Some(Instead::NothingArose)),
            ("KHONG PHAT SINH", Some(Instead::NothingArose)),
            ("không có", Some(Instead::NothingArose)),
            ("KPS", Some(Instead::NothingArose)),
            ("không", Some(Instead::NothingArose)),
            ("chưa phát sinh", Some(Instead::NothingArose)),
            ("nothing_arose", Some(Instead::NothingArose)),
            ("k", Some(Instead::NothingArose)),
            ("không áp dụng", Some(Instead::NotApplicable)),
            ("not-applicable", Some(Instead::NotApplicable)),
            ("khong ap dung", Some(Instead::NotApplicable)),
            ("Không thuộc thẩm quyền", Some(Instead::NotApplicable)),
            ("không liên quan", Some(Instead::NotApplicable)),
            ("KAD", Some(Instead::NotApplicable)),
            ("không thuận lợi", Some(Instead::NothingArose)),
            ("n/a", Some(Instead::Unclear)),
            ("none", Some(Instead::Unclear)),
            ("chưa có", Some(Instead::NotYet)),
            ("Chưa có số liệu", Some(Instead::NotYet)),
            ("đang tổng hợp", Some(Instead::NotYet)),
            ("-", Some(Instead::Unclear)),
            ("–", Some(Instead::Unclear)),
            ("…", Some(Instead::Unclear)),
            ("/", Some(Instead::Unclear)),
            ("x", Some(Instead::Unclear)),
            ("0 vụ", unit("0", "vụ")),
            ("12 vụ", unit("12", "vụ")),
            ("1.250 lượt người", unit("1.250", "lượt người")),
            ("1e3", None),
            ("khoảng 12", None),
            ("mười hai", None),
            ("chuẩn bị", None),
            ("-12", None),
            ("1.250", None),
        ] {
            assert_eq!(instead(written), meant, "{written}");
        }
    }

    #[test]
    fn amounts_of_millions_are_written_in_full() {
        for (number, unit, remedy) in [
            ("12", "tr", Some("ghi đủ số đồng: 12000000")),
            ("5", "triệu", Some("ghi đủ số đồng: 5000000")),
            ("1,5", "triệu đồng", Some("ghi đủ số đồng: 1500000")),
            ("1.5", "Triệu đ.", Some("ghi đủ số đồng: 1500000")),
            ("1", "tỷ", Some("ghi đủ số đồng: 1000000000")),
            ("337,5", "triệu", Some("ghi đủ số đồng: 337500000")),
            ("1.234,5", "tr.đ", Some("ghi đủ số đồng: 1234500000")),
            ("1.234.567", "nghìn đồng", Some("ghi đủ số đồng: 1234567000")),
            ("30", "trđ", Some("ghi đủ số đồng: 30000000")),
            ("3", "nghìn", Some("ghi đủ chữ số: 3000")),
            ("1,2", "triệu lượt người", Some("ghi đủ chữ số: 1200000")),
            // One and a half, or fifteen hundred; less than one; more than any.
            ("1.500", "triệu", Some("ghi đủ số đồng, ví dụ 1,5 triệu ghi 1500000")),
            ("1,500", "triệu", Some("ghi đủ số đồng, ví dụ 1,5 triệu ghi 1500000")),
            ("1,23456", "nghìn đồng", Some("ghi đủ số đồng, ví dụ 1,5 triệu ghi 1500000")),
            ("1.23.4", "triệu", Some("ghi đủ số đồng, ví dụ 1,5 triệu ghi 1500000")),
            ("999999", "tỷ", Some("ghi đủ số đồng, ví dụ 1,5 triệu ghi 1500000")),
            ("12", "vụ", None),
            ("5000000", "đồng", None),
            ("12", "trường hợp", None),
            ("2", "kg", None),
        ] {
            assert_eq!(in_full(number, unit).as_deref(), remedy, "{number} {unit}");
        }
    }
}
