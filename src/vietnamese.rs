//! How Vietnamese administrative text writes dates, numbers and money, and how names are compared.
//! Knows nothing of plans or reports.

mod folding;
pub(crate) mod legible;
mod lines;
mod money;
mod numbers;
mod offset;
mod tokens;

use std::collections::BTreeSet;
use std::fmt::Display;

use chrono::{Datelike, NaiveDate};

use crate::percent;

pub(crate) use folding::{composed, fold, is_composed, office, unaccented};
pub(crate) use lines::{cut, one_line, wrapped};
pub(crate) use money::{as_reported, millions, millions_in_print, money, money_in_report, sum_in_report};
pub(crate) use numbers::Number;
pub(crate) use offset::{Offset, OffsetText};
pub(crate) use tokens::Tokens;

/// A date in running text: days under 10 and months 1 and 2 take a leading zero
/// (Nghị định 30/2020/NĐ-CP, Phụ lục I), e.g. `05/6/2026`, `03/02/2026`.
pub(crate) fn date(date: NaiveDate) -> String {
    format!("{:02}/{}/{}", date.day(), month(date), date.year())
}

/// The month as Nghị định 30 writes it: `01`, `02`, then `3` to `12`.
pub(crate) fn month(date: NaiveDate) -> String {
    match date.month() {
        low @ 1..=2 => format!("0{low}"),
        month => month.to_string(),
    }
}

/// The weekday by name: `Thứ Hai` to `Chủ nhật`.
pub(crate) fn weekday(date: NaiveDate) -> &'static str {
    ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"]
        [date.weekday().num_days_from_monday() as usize]
}

/// `Số văn bản …` inside a sentence.
pub(crate) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    // UBND, HTX, SIM: no word that a sentence began with.
    if text.chars().nth(1).is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// The beginning of a sentence.
pub(crate) fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Parts one after the other; `None` where there is none.
pub(crate) fn listed(parts: impl IntoIterator<Item = impl AsRef<str>>, between: &str) -> Option<String> {
    parts.into_iter().map(|part| part.as_ref().to_owned()).reduce(|told, part| told + between + &part)
}

/// What there is any of, behind how many there are: `3 lỗi`.
pub(crate) fn counts<W: Display>(counted: impl IntoIterator<Item = (usize, W)>) -> impl Iterator<Item = String> {
    let there = counted.into_iter().filter(|(count, _)| *count > 0);
    there.map(|(count, words)| format!("{} {words}", number(count as u128)))
}

/// How many are not named one by one: `và 1.205 tệp khác`; `None` where all are.
pub(crate) fn others(count: usize, of: &str) -> Option<String> {
    (count > 0).then(|| format!("và {} {of} khác", number(count as u128)))
}

/// A text as a sentence of its own: trimmed, with a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{}.", text.trim_end_matches([';', ',']))
    }
}

/// A text inside a sentence: without its closing full stop.
pub(crate) fn clause(text: &str) -> &str {
    text.trim().trim_end_matches(['.', ';', ',', ' '])
}

/// A whole number with a dot between thousands: `1.279`.
pub(crate) fn number(value: u128) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// The number of an annex or a section: `IV`.
pub(crate) fn roman(mut number: usize) -> String {
    let mut out = String::new();
    for (value, digits) in
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while number >= value {
            out.push_str(digits);
            number -= value;
        }
    }
    out
}

/// The letters of items, in the order of Nghị định 30/2020/NĐ-CP, Phụ lục I.
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

/// The letter of an item by its place: a, b, c, d, đ, e, g, …; those after the last are numbers.
pub(crate) fn letter(index: usize) -> String {
    LETTERS.chars().nth(index).map_or_else(|| (index + 1).to_string(), String::from)
}

/// What an item is numbered by, and its text: `đ) Trang bị` → `đ) `, `Trang bị`; `12. Trong năm` → `12. `, `Trong năm`.
pub(crate) fn numbered(text: &str) -> (&str, &str) {
    let is_letter = |mark: &str| mark.chars().count() == 1 && mark.chars().all(|mark| LETTERS.contains(mark));
    let is_number = |mark: &str| matches!(mark.len(), 1..=2) && mark.bytes().all(|byte| byte.is_ascii_digit());
    let mark = |end: &str| Some(&text[..text.find(end)?]);
    let known = mark(") ").filter(|mark| is_letter(mark)).or_else(|| mark(". ").filter(|mark| is_number(mark)));
    text.split_at(known.map_or(0, |mark| mark.len() + 2))
}

/// A count within a sentence: `08`, `18`, `1.356`; those of one digit with a zero before them, as official papers write.
pub(crate) fn count(value: u128) -> String {
    if (1..10).contains(&value) { format!("0{value}") } else { number(value) }
}

/// A text with its counts of one digit as `count` writes them, where one stands before a unit: `7 vụ` is `07 vụ`, `tháng 7`
/// and `7,5 tấn` stay. `units`: the first words of units.
pub(crate) fn counted(text: &str, units: &BTreeSet<&str>) -> String {
    const ORDINAL: [&str; 8] = ["tháng", "ngày", "năm", "quý", "số", "thứ", "lộ", "khóa"];
    let words: Vec<&str> = text.split(' ').collect();
    let is_of = |at: usize| {
        let next = words.get(at + 1).map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()));
        let before = at.checked_sub(1).map(|before| words[before].to_lowercase());
        // “đợt 1 tháng 3”: the unit is of the number behind it.
        let is_behind = words.get(at + 2).is_some_and(|behind| behind.starts_with(|c: char| c.is_ascii_digit()));
        next.is_some_and(|next| units.contains(next))
            && !(is_behind && words[at + 1].ends_with(char::is_alphanumeric))
            && before.is_none_or(|before| !ORDINAL.contains(&before.as_str()))
    };
    let each = words.iter().enumerate().map(|(at, word)| match word.strip_prefix('(').unwrap_or(word).as_bytes() {
        [b'1'..=b'9'] if is_of(at) => format!("{}0{}", &word[..word.len() - 1], &word[word.len() - 1..]),
        _ => (*word).to_owned(),
    });
    each.collect::<Vec<_>>().join(" ")
}

/// A count at the beginning of a sentence, where no digit stands: `Tám`, `Mười hai`; those over twenty in digits that do not open
/// it: `Có 21`.
pub(crate) fn spelt(value: u128) -> String {
    const WORDS: [&str; 21] = [
        "Không",
        "Một",
        "Hai",
        "Ba",
        "Bốn",
        "Năm",
        "Sáu",
        "Bảy",
        "Tám",
        "Chín",
        "Mười",
        "Mười một",
        "Mười hai",
        "Mười ba",
        "Mười bốn",
        "Mười lăm",
        "Mười sáu",
        "Mười bảy",
        "Mười tám",
        "Mười chín",
        "Hai mươi",
    ];
    let word = usize::try_from(value).ok().and_then(|at| WORDS.get(at));
    word.map_or_else(|| format!("Có {}", number(value)), |word| (*word).to_owned())
}

/// `part` of `whole` within a sentence: `8/13`; a zero stands before counts of one digit where both are: `05/09`.
pub(crate) fn fraction(part: u128, whole: u128) -> String {
    if whole < 10 {
        format!("{}/{}", count(part), count(whole))
    } else {
        format!("{}/{}", number(part), number(whole))
    }
}

/// `part` over `whole` as a percentage, rounded half up to as many decimals as `percent::places` says: `87,5%`.
/// `None` where the whole is zero: a rate of nothing is no rate.
pub(crate) fn percent(part: u128, whole: u128) -> Option<String> {
    let places = percent::places(part, whole);
    (whole > 0).then(|| format!("{}%", decimal(percent::scaled(part, whole, places), places)))
}

/// As `percent`, with every decimal, so that a column of rates has one form: `92,0%`.
pub(crate) fn percent_in_column(part: u128, whole: u128) -> Option<String> {
    let places = percent::places(part, whole);
    (whole > 0).then(|| format!("{}%", fixed(percent::scaled(part, whole, places), places)))
}

/// `scaled` divided by 10^`places`, which is 1 at least, decimals after a comma.
pub(crate) fn fixed(scaled: u128, places: u32) -> String {
    let unit = 10_u128.pow(places);
    format!("{},{:0width$}", number(scaled / unit), scaled % unit, width = places as usize)
}

/// As `fixed`, trailing zeros dropped.
pub(crate) fn decimal(scaled: u128, places: u32) -> String {
    fixed(scaled, places).trim_end_matches('0').trim_end_matches(',').to_owned()
}

/// A paper's number as it is compared: with hyphens for the dashes that word processors put there, no blanks around these and no
/// zeros before it (`05/BC – SCT` → `5/BC-SCT`).
pub(crate) fn paper_number(number: &str) -> String {
    let part =
        |part: &str| part.split(['-', '‐', '‑', '‒', '–', '—', '−']).map(str::trim).collect::<Vec<_>>().join("-");
    number.trim().trim_start_matches('0').split('/').map(part).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_is_counted() {
        for (count, told) in [(0, None), (1, Some("và 1 tệp khác")), (1_205, Some("và 1.205 tệp khác"))] {
            assert_eq!(others(count, "tệp").as_deref(), told);
        }
    }

    #[test]
    fn counts_of_one_digit_take_a_zero_before_a_unit() {
        let units = BTreeSet::from(["vụ", "lớp", "cơ"]);
        for (text, told) in [
            ("xử lý 7 vụ việc báo chí nêu", "xử lý 07 vụ việc báo chí nêu"),
            ("mở 4 lớp (9 cơ sở), 12 lớp", "mở 04 lớp (09 cơ sở), 12 lớp"),
            ("7 vụ, 3 vụ.", "07 vụ, 03 vụ."),
            ("tháng 7 vụ đông", "tháng 7 vụ đông"),
            ("lần 2 vụ 15 hộ", "lần 2 vụ 15 hộ"),
            ("Quốc lộ 6 vụ tai nạn", "Quốc lộ 6 vụ tai nạn"),
            ("có 2 vụ, 15 hộ", "có 02 vụ, 15 hộ"),
            ("7,5 tấn; 2 tấn; 1/3 vụ", "7,5 tấn; 2 tấn; 1/3 vụ"),
            ("0 vụ, 07 vụ", "0 vụ, 07 vụ"),
        ] {
            assert_eq!(counted(text, &units), told);
        }
    }

    #[test]
    fn items_are_numbered_as_the_decree_says() {
        assert_eq!((0..6).map(letter).collect::<String>(), "abcdđe");
        for (text, mark) in [
            ("đ) Trang bị", "đ) "),
            ("12. Trong năm", "12. "),
            ("f) Không", ""),
            ("ab) Không", ""),
            ("2026. Năm", ""),
            ("Mở (lớp) mới. Xong", ""),
        ] {
            assert_eq!(numbered(text), (mark, &text[mark.len()..]), "{text}");
        }
    }

    #[test]
    fn a_sentence_goes_on_in_small_letters_and_abbreviations_stay() {
        for (text, told) in [
            ("Đường xa", "đường xa"),
            ("UBND xã", "UBND xã"),
            ("HTX", "HTX"),
            ("Ủy ban", "ủy ban"),
            ("Ở xã", "ở xã"),
            ("", ""),
        ] {
            assert_eq!(lower_first(text), told);
        }
    }

    #[test]
    fn dates_take_leading_zeros_as_the_decree_says() {
        for (y, m, d, text) in [(2026, 6, 5, "05/6/2026"), (2026, 2, 3, "03/02/2026"), (2026, 11, 30, "30/11/2026")]
        {
            assert_eq!(date(NaiveDate::from_ymd_opt(y, m, d).unwrap()), text);
        }
    }

    #[test]
    fn annexes_are_numbered_as_the_decree_says() {
        for (number, text) in [(1, "I"), (4, "IV"), (8, "VIII"), (19, "XIX")] {
            assert_eq!(roman(number), text);
        }
    }

    #[test]
    fn counts_of_one_digit_have_a_zero_before_them_and_begin_sentences_as_words() {
        for (value, inside, first) in [
            (0, "0", "Không"),
            (8, "08", "Tám"),
            (10, "10", "Mười"),
            (20, "20", "Hai mươi"),
            (21, "21", "Có 21"),
            (1_356, "1.356", "Có 1.356"),
        ] {
            assert_eq!((count(value).as_str(), spelt(value).as_str()), (inside, first));
        }
    }

    #[test]
    fn fractions_of_ten_and_more_have_no_zero_before_them() {
        for (part, whole, told) in
            [(8, 13, "8/13"), (1, 10, "1/10"), (5, 9, "05/09"), (0, 75, "0/75"), (1_000, 2_000, "1.000/2.000")]
        {
            assert_eq!(fraction(part, whole), told);
        }
    }

    #[test]
    fn percents_round_half_up_and_are_0_or_100_only_when_they_are() {
        for (part, whole, text) in [
            (7, 8, Some("87,5%")),
            (1, 3, Some("33,3%")),
            (68, 68, Some("100%")),
            (0, 5, Some("0%")),
            (0, 0, None),
            (1, 1000, Some("0,1%")),
            (1, 2000, Some("0,1%")),
            (1, 2001, Some("0,05%")),
            (1, 250_000, Some("0,0004%")),
            (9994, 10_000, Some("99,9%")),
            (9996, 10_000, Some("99,96%")),
            (999_999, 1_000_000, Some("99,9999%")),
            (10_001, 10_000, Some("100,01%")),
        ] {
            assert_eq!(percent(part, whole).as_deref(), text);
        }
        for (part, whole, text) in [(81, 88, "92,0%"), (1, 1, "100,0%"), (0, 5, "0,0%"), (1, 2001, "0,05%")] {
            assert_eq!(percent_in_column(part, whole).as_deref(), Some(text));
        }
    }
}
