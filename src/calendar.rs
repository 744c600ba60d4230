//! Working days and deadlines. Knows no clock: every question carries its own date.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::record::choices;
use crate::source::{Span, Spanned};
use crate::vietnamese::{date, weekday};

/// “Sắp đến hạn” begins this many days before the last on-time day.
pub(crate) const SOON_DAYS: i64 = 7;

/// Public holidays and make-up working days, each sorted.
#[derive(Debug, Default)]
pub(crate) struct Holidays {
    /// First and last day off, both included, and what is kept on them.
    pub(crate) days_off: Vec<Spanned<(NaiveDate, NaiveDate, Option<String>)>>,
    pub(crate) working_days: Vec<Spanned<NaiveDate>>,
}

pub(crate) fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

impl Holidays {
    pub(crate) fn is_working_day(&self, date: NaiveDate) -> bool {
        let made_up = self.working_days.iter().any(|day| day.value == date);
        made_up || !(is_weekend(date) || self.is_declared_off(date))
    }

    /// Whether the day lies in a holiday, whatever weekday it is.
    pub(crate) fn is_declared_off(&self, date: NaiveDate) -> bool {
        self.declared_off(date).next().is_some()
    }

    fn declared_off(&self, date: NaiveDate) -> impl Iterator<Item = Option<&str>> {
        let within = self.days_off.iter().filter(move |off| off.value.0 <= date && date <= off.value.1);
        within.map(|off| off.value.2.as_deref())
    }

    /// The weekday, and the holiday that it is: `Thứ Ba, Ngày Văn hóa Việt Nam`.
    pub(crate) fn told(&self, date: NaiveDate) -> String {
        let holiday = self.declared_off(date).find_map(|name| Some(format!(", {}", name?)));
        format!("{}{}", weekday(date), holiday.unwrap_or_default())
    }

    /// The newest working day on or before `date`, within a year.
    pub(crate) fn last_working_day(&self, date: NaiveDate) -> NaiveDate {
        let mut days = date.iter_days().rev().take(366);
        days.find(|&day| self.is_working_day(day)).unwrap_or(date)
    }

    /// Working days from `from` to `to`, both included; 0 where `to` is earlier.
    pub(crate) fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> usize {
        from.iter_days().take_while(|day| *day <= to).filter(|day| self.is_working_day(*day)).count()
    }
}

/// “Trước ngày X”: on time is a day strictly earlier than X.
#[derive(Debug, Clone)]
pub(crate) struct Deadline {
    /// X, as the plan writes it.
    pub(crate) before: NaiveDate,
    /// The wording of the plan.
    pub(crate) as_worded: String,
    pub(crate) rule: DeadlineRule,
    /// Where the date is written.
    pub(crate) span: Span,
}

choices! {
    /// strict giữ nguyên hạn; next-working-day lùi sang ngày làm việc kế tiếp
    "" UNKNOWN_VALUE DeadlineRule {
        // No statute decides it for fixed dates (Civil Code 2015, art. 148.5 speaks of periods), so every round says.
        Strict "strict" "giữ nguyên hạn",
        /// The last on-time day moves to the next working day.
        NextWorkingDay "next-working-day" "lùi sang ngày làm việc kế tiếp",
    }
}

impl Deadline {
    /// The day before X.
    pub(crate) fn eve(&self) -> NaiveDate {
        self.before.pred_opt().unwrap_or(self.before)
    }

    /// The wording of the plan, which of itself says another last day where the rule moves it.
    pub(crate) fn worded(&self, holidays: &Holidays) -> String {
        let (eve, last) = (self.eve(), self.last_on_time(holidays));
        if last == eve {
            return self.as_worded.clone();
        }
        // Without brackets: sentences put the whole of it into theirs.
        format!("{}, do ngày {} là ngày nghỉ nên lùi đến hết ngày {}", self.as_worded, date(eve), date(last))
    }

    /// That wording with both days that matter to who sends: the last that is on time, and the last one at work.
    pub(crate) fn in_full(&self, holidays: &Holidays) -> String {
        let day = |day| format!("{} {}", weekday(day), date(day));
        let last = self.last_on_time(holidays);
        let told = match holidays.last_working_day(last) {
            working if working == last => {
                format!("ngày cuối còn đúng hạn, cũng là ngày làm việc cuối: {}", day(last))
            }
            working => format!("ngày cuối còn đúng hạn: {}; ngày làm việc cuối: {}", day(last), day(working)),
        };
        format!("{} ({told})", self.worded(holidays))
    }

    pub(crate) fn last_on_time(&self, holidays: &Holidays) -> NaiveDate {
        let eve = self.eve();
        match self.rule {
            DeadlineRule::Strict => eve,
            DeadlineRule::NextWorkingDay => {
                eve.iter_days().take(366).find(|&day| holidays.is_working_day(day)).unwrap_or(eve)
            }
        }
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn holidays() -> Holidays {
        let span = Span::nowhere();
        let named = Some("Ngày Văn hóa Việt Nam".to_owned());
        let off = [(day(8, 29), day(9, 2), None), (day(11, 24), day(11, 24), named)];
        Holidays {
            days_off: off.map(|value| Spanned { value, span }).into(),
            working_days: [day(8, 22), day(12, 5)].map(|value| Spanned { value, span }).into(),
        }
    }

    #[test]
    fn a_day_is_told_with_the_holiday_that_it_is() {
        for (month, date, told) in [
            (11, 24, "Thứ Ba, Ngày Văn hóa Việt Nam"),
            (11, 25, "Thứ Tư"),
            (11, 28, "Thứ Bảy"),
            // Nobody wrote down what is kept.
            (9, 1, "Thứ Ba"),
        ] {
            assert_eq!(holidays().told(day(month, date)), told);
        }
    }

    #[test]
    fn working_days_mind_weekends_holidays_and_swaps() {
        for (date, works) in [
            (day(11, 23), true),
            (day(11, 24), false),
            (day(11, 28), false),
            (day(8, 22), true),
            (day(9, 1), false),
        ] {
            assert_eq!(holidays().is_working_day(date), works, "{date}");
        }
        assert_eq!(holidays().last_working_day(day(11, 29)), day(11, 27));
        assert_eq!(holidays().working_days_between(day(11, 23), day(11, 29)), 4);
        assert_eq!(holidays().working_days_between(day(11, 30), day(11, 29)), 0);
    }

    #[test]
    fn on_time_is_strictly_before_the_date() {
        let span = Span::nowhere();
        for (rule, before, last) in [
            (DeadlineRule::Strict, day(11, 30), day(11, 29)),
            (DeadlineRule::NextWorkingDay, day(11, 30), day(11, 30)),
            // The eve decides: it is a working day, whatever X is.
            (DeadlineRule::NextWorkingDay, day(11, 24), day(11, 23)),
            (DeadlineRule::NextWorkingDay, day(11, 28), day(11, 27)),
            (DeadlineRule::NextWorkingDay, day(11, 25), day(11, 25)),
            (DeadlineRule::NextWorkingDay, day(8, 30), day(9, 3)),
            (DeadlineRule::NextWorkingDay, day(8, 23), day(8, 22)),
        ] {
            let deadline = Deadline { before, as_worded: String::new(), rule, span };
            assert_eq!(deadline.last_on_time(&holidays()), last, "{rule:?} {before}");
        }
    }

    #[test]
    fn a_deadline_that_is_moved_says_so() {
        let words = "trước ngày 30/11/2026";
        for (rule, before, worded, days) in [
            (
                DeadlineRule::Strict,
                day(11, 30),
                words.to_owned(),
                "ngày cuối còn đúng hạn: Chủ nhật 29/11/2026; ngày làm việc cuối: Thứ Sáu 27/11/2026",
            ),
            // The eve is a working day.
            (
                DeadlineRule::NextWorkingDay,
                day(11, 24),
                words.to_owned(),
                "ngày cuối còn đúng hạn, cũng là ngày làm việc cuối: Thứ Hai 23/11/2026",
            ),
            (
                DeadlineRule::NextWorkingDay,
                day(11, 30),
                format!("{words}, do ngày 29/11/2026 là ngày nghỉ nên lùi đến hết ngày 30/11/2026"),
                "ngày cuối còn đúng hạn, cũng là ngày làm việc cuối: Thứ Hai 30/11/2026",
            ),
        ] {
            let deadline = Deadline { before, as_worded: words.to_owned(), rule, span: Span::nowhere() };
            assert_eq!(deadline.worded(&holidays()), worded, "{rule:?} {before}");
            assert_eq!(deadline.in_full(&holidays()), format!("{worded} ({days})"), "{rule:?} {before}");
        }
    }
}
