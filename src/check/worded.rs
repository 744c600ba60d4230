//! A time limit in words: whether it can mean a day. Reads days (`30/11/2026`, `30-11`, `ngày 30 tháng 11 năm 2026`)
//! and years; what names neither is held against nothing.

use chrono::{Datelike, Days, NaiveDate};

use crate::record::parse_date;
use crate::vietnamese::fold;

/// What the words before a day make of it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Bound {
    /// “Trước ngày X”: the last day is the one before.
    Before,
    /// “Chậm nhất ngày X”, “đến hết ngày X”.
    Until,
    /// Either of both, or a day of something else.
    Open,
}

struct Day {
    day: u32,
    month: u32,
    /// Absent where it goes without saying.
    year: Option<i32>,
    bound: Bound,
}

/// Whether the words name days or years, none of which makes `last` the last day; `None` is no limit at all.
pub(super) fn contradicts(words: &str, last: Option<NaiveDate>) -> bool {
    // “ngày 30 tháng 11 năm 2026”
    let text = fold(words).replace(" tháng ", "/").replace(" năm ", "/");
    let (days, years) = named(&text);
    let (bound, open): (Vec<Day>, Vec<Day>) = days.into_iter().partition(|day| day.bound != Bound::Open);
    let Some(last) = last else { return !bound.is_empty() };
    // A day without a limit and a year is of something else: “dịp 15/3”.
    let open: Vec<Day> = open.into_iter().filter(|day| day.year.is_some()).collect();
    let limits = if bound.is_empty() { &open } else { &bound };
    match (limits.as_slice(), years.as_slice()) {
        ([], []) => text.contains("thường xuyên"),
        ([], years) => !years.contains(&last.year()),
        (limits, _) => !limits.iter().any(|limit| limit.ends(last)),
    }
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

/// The days of a folded text, and the years that are of none of them.
fn named(text: &str) -> (Vec<Day>, Vec<i32>) {
    let (mut days, mut years) = (Vec::new(), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let run = &rest[at..];
        let run =
            &run[..run.find(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '-' | '.')).unwrap_or(run.len())];
        let written = run.trim_end_matches(['/', '-', '.']);
        let numbers: Vec<u32> = written.split(['/', '-', '.']).map_while(|part| part.parse().ok()).collect();
        let bound = bound(&rest[..at]);
        match (numbers.as_slice(), parse_date(written)) {
            (_, Some(day)) => days.push(Day { day: day.day(), month: day.month(), year: Some(day.year()), bound }),
            (&[day @ 1..=31, month @ 1..=12], _) => days.push(Day { day, month, year: None, bound }),
            (&[day @ 1..=31, month @ 1..=12, year @ 2000..=2100], _) => {
                days.push(Day { day, month, year: Some(year as i32), bound });
            }
            (&[year @ 2000..=2100] | &[_, year @ 2000..=2100], _) => years.push(year as i32),
            _ => {}
        }
        rest = &rest[at + run.len()..];
    }
    (days, years)
}

fn bound(before: &str) -> Bound {
    const UNTIL: [&str; 6] = ["hết", "chậm nhất", "muộn nhất", "không quá", "muộn hơn", "trong"];
    let mut words = before.trim_end();
    for filler in ["ngày", "vào", "là"] {
        words = words.strip_suffix(filler).unwrap_or(words).trim_end();
    }
    if words.ends_with("trước") {
        Bound::Before
    } else if UNTIL.iter().any(|word| words.ends_with(word)) {
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
            ("Trong năm 2025", end, true),
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
