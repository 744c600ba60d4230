//! A time limit in words: whether it can mean a day. Reads days (`30/11/2026`, `30-11`, `ngày 30 tháng 11 năm 2026`),
//! months, quarters and years; what names none of them is held against nothing.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate};

use crate::record::parse_date;
use crate::vietnamese::fold;

/// What the words before a day, or before a month, a quarter or a year, make of it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Bound {
    /// “Trước ngày X”: the last day is the one before.
    Before,
    /// “Chậm nhất ngày X”, “đến hết ngày X”, “trước 17 giờ ngày X”, “trong tháng X”: its last day.
    Until,
    /// Either of both, or a day of something else; “đầu tháng X”: any day of it.
    Open,
}

struct Day {
    day: u32,
    month: u32,
    /// Absent where it goes without saying.
    year: Option<i32>,
    bound: Bound,
}

/// Whether the words name days, or else months, quarters, years, none of which makes `last` the last day; `None` is no limit
/// at all.
pub(super) fn contradicts(words: &str, last: Option<NaiveDate>) -> bool {
    let text = fold(words);
    // “ngày 30 tháng 11 năm 2026”
    let days = named(&text.replace(" tháng ", "/").replace(" năm ", "/"));
    let (bound, open): (Vec<Day>, Vec<Day>) = days.into_iter().partition(|day| day.bound != Bound::Open);
    let Some(last) = last else { return !bound.is_empty() };
    // A day without a limit and a year is of something else: “dịp 15/3”.
    let open: Vec<Day> = open.into_iter().filter(|day| day.year.is_some()).collect();
    let limits = if bound.is_empty() { &open } else { &bound };
    match (limits.as_slice(), periods(&text).as_slice()) {
        ([], []) => text.contains("thường xuyên"),
        ([], periods) => !periods.iter().any(|period| period.ends(last)),
        (limits, _) => !limits.iter().any(|limit| limit.ends(last)),
    }
}

/// A month, a quarter or a year.
struct Period {
    months: RangeInclusive<u32>,
    /// Absent where it goes without saying.
    year: Option<i32>,
    bound: Bound,
}

impl Period {
    fn ends(&self, last: NaiveDate) -> bool {
        let Some(next) = last.checked_add_days(Days::new(1)) else { return false };
        let is_of = |day: NaiveDate, months: RangeInclusive<u32>| {
            months.contains(&day.month()) && self.year.is_none_or(|year| year == day.year())
        };
        let (first, end) = (*self.months.start(), *self.months.end());
        match self.bound {
            Bound::Before => next.day() == 1 && is_of(next, first..=first),
            Bound::Until => next.day() == 1 && is_of(last, end..=end),
            Bound::Open => is_of(last, first..=end),
        }
    }
}

/// `Trong tháng 6 năm 2026`, `quý II/2026`, `năm 2026`.
fn periods(text: &str) -> Vec<Period> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let year = |word: &str| word.parse().ok().filter(|year| (2000..=2100).contains(year));
    let (mut found, mut rest) = (Vec::new(), words.as_slice());
    while let [word, after @ ..] = rest {
        let before = words[..words.len() - rest.len()].iter().rev().find(|word| **word != "năm");
        let bound = match before.copied() {
            Some("trước") => Bound::Before,
            Some("đầu" | "giữa" | "cuối" | "tuần") => Bound::Open,
            _ => Bound::Until,
        };
        rest = after;
        let months = match (*word, after.first().copied()) {
            ("tháng", Some(month)) => month.parse().ok().map(|month: u32| month..=month),
            ("quý", Some(quarter)) => ["i", "ii", "iii", "iv"]
                .iter()
                .zip(1..)
                .find(|(roman, number)| **roman == quarter || number.to_string() == quarter)
                .map(|(_, number)| 3 * number - 2..=3 * number),
            _ => None,
        };
        let Some(months) = months else {
            found.extend(year(word).map(|year| Period { months: 1..=12, year: Some(year), bound }));
            continue;
        };
        rest = &after[1..];
        let of = match rest {
            ["năm", of, ..] | [of, ..] => year(of),
            [] => None,
        };
        // Its year is of no period of its own.
        rest = if of.is_some() { &rest[usize::from(rest[0] == "năm") + 1..] } else { rest };
        found.push(Period { months, year: of, bound });
    }
    found
}

impl Day {
    fn ends(&self, last: NaiveDate) -> bool {
        let is = |day: NaiveDate| {
            (day.day(), day.month()) == (self.day, self.month) && self.year.is_none_or(|year| year == day.year())
        };
        let before = || last.checked_add_days(Days::new(1)).is_some_and(is);
        match self.bound {
            Bound::Before => before(),
            Bound::Until => is(last),
            Bound::Open => is(last) || before(),
        }
    }
}

/// The days of a folded text.
fn named(text: &str) -> Vec<Day> {
    let mut days = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let bound = bound(&text[..text.len() - rest.len() + at]);
        let run = &rest[at..];
        let run =
            &run[..run.find(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '-' | '.')).unwrap_or(run.len())];
        let written = run.trim_end_matches(['/', '-', '.']);
        let numbers: Vec<u32> = written.split(['/', '-', '.']).map_while(|part| part.parse().ok()).collect();
        match (numbers.as_slice(), parse_date(written)) {
            (_, Some(day)) => days.push(Day { day: day.day(), month: day.month(), year: Some(day.year()), bound }),
            (&[day @ 1..=31, month @ 1..=12], _) => days.push(Day { day, month, year: None, bound }),
            (&[day @ 1..=31, month @ 1..=12, year @ 2000..=2100], _) => {
                days.push(Day { day, month, year: Some(year as i32), bound });
            }
            _ => {}
        }
        rest = &rest[at + run.len()..];
    }
    days
}

fn bound(before: &str) -> Bound {
    const UNTIL: [&str; 6] = ["hết", "chậm nhất", "muộn nhất", "không quá", "muộn hơn", "trong"];
    let mut words = before.trim_end();
    for filler in ["ngày", "vào", "là"] {
        words = words.strip_suffix(filler).unwrap_or(words).trim_end();
    }
    // “17 giờ 00”, “17h00”: an hour of the day itself.
    let is_hour = |word: &str| {
        let is_number = word.starts_with(|c: char| c.is_ascii_digit()) && !word.contains(['/', '-', '.']);
        is_number || ["giờ", "phút"].contains(&word)
    };
    let hour = words.split(' ').rev().take_while(|word| is_hour(word)).map(|word| word.len() + 1).sum::<usize>();
    let before_hour = &words[..words.len().saturating_sub(hour)];
    if words.ends_with("trước") {
        Bound::Before
    } else if before_hour.ends_with("trước") || UNTIL.iter().any(|word| words.ends_with(word)) {
        Bound::Until
    } else {
        Bound::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_held_against_the_last_day_that_they_allow() {
        let eve = NaiveDate::from_ymd_opt(2026, 11, 29);
        let end = NaiveDate::from_ymd_opt(2026, 12, 31);
        let march = NaiveDate::from_ymd_opt(2026, 3, 31);
        for (words, last, contradicts) in [
            ("trước ngày 30/11/2026", eve, false),
            ("trước 30/11/2026", eve, false),
            ("Trước ngày 30-11-2026.", eve, false),
            ("trước ngày 30 tháng 11 năm 2026", eve, false),
            ("trước ngày 30/11", eve, false),
            ("chậm nhất ngày 29/11/2026", eve, false),
            ("chậm nhất là ngày 29.11.2026", eve, false),
            ("đến hết ngày 29/11", eve, false),
            ("ngày 29/11/2026", eve, false),
            ("dịp 15/3 và trước ngày 30/11/2026", eve, false),
            // A day of something else, and one of two limits.
            ("dịp 15/3", eve, false),
            ("trước ngày 30/6/2026 và trước ngày 30/11/2026", eve, false),
            ("Trong 5 ngày", eve, false),
            ("như Kế hoạch", eve, false),
            ("", eve, false),
            ("trước ngày 29/11/2026", eve, true),
            ("trước ngày 10/12/2026", eve, true),
            ("trước ngày 30/11/2025", eve, true),
            ("trước ngày 10 tháng 12", eve, true),
            ("chậm nhất ngày 30/11/2026", eve, true),
            ("đến hết ngày 30/11/2026", eve, true),
            ("ngày 10/12/2026", eve, true),
            ("Trong năm 2026", end, false),
            ("Quý IV/2026", end, false),
            ("Trong tháng 12 năm 2026", end, false),
            ("Thường xuyên trong năm 2026", end, false),
            ("Trong năm 2026, tập trung tháng 3", end, false),
            ("Quý IV năm 2026", end, false),
            ("quý 4/2026", end, false),
            ("Từ tháng 3 đến tháng 12", end, false),
            ("trước 17 giờ 00 ngày 29/11/2026", eve, false),
            ("trước 17h ngày 29/11", eve, false),
            ("Cuối tháng 11/2026", eve, false),
            ("Trước năm 2027", end, false),
            ("Trước quý II năm 2026", march, false),
            ("Trước quý II năm 2026", eve, true),
            ("trước tháng 01/2027", end, false),
            ("trước 17 giờ ngày 30/11/2026", eve, true),
            ("Báo cáo trước 17 giờ ngày 30/11/2026", eve, true),
            ("trước 17h ngày 30/11/2026", eve, true),
            ("Tháng 12, năm 2025", end, true),
            ("Trong năm 2026", eve, true),
            ("Trong tháng 11 năm 2026", eve, true),
            ("Trước tháng 11/2026", eve, true),
            ("Đầu tháng 12/2026", eve, true),
            ("Trong năm 2025", end, true),
            ("Quý II/2026", end, true),
            ("Quý III năm 2026", eve, true),
            ("Quý IV/2025", end, true),
            ("Trong tháng 6 năm 2026", end, true),
            ("Tháng 3", end, true),
            ("Thường xuyên", end, true),
            ("Thường xuyên", None, false),
            ("Thường xuyên, cao điểm 15/3/2026", None, false),
            ("Trong năm 2026", None, false),
            ("Trước ngày 15/6/2026", None, true),
        ] {
            assert_eq!(super::contradicts(words, last), contradicts, "{words} {last:?}");
        }
    }
}
