//! Days and times that are printed, in an earlier draft and now.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Now;
use super::earlier::{Earlier, EarlierStep};
use crate::model::{Agency, Period, Report, Round, RoundRef};
use crate::status::{AgencyStatus, RoundStatus, Timeliness};

/// A day or a time that changed; `None` where none is told.
#[derive(Debug)]
pub(crate) struct TimeChange<'p> {
    pub(crate) of: TimeOf<'p>,
    pub(crate) before: Option<Time>,
    pub(crate) after: Option<Time>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Time {
    Day(NaiveDate),
    /// How many.
    Days(i64),
    /// A month, a quarter or a year in words: `quý II/2027`.
    Period(String),
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum TimeOf<'p> {
    /// The first or the last day of a round's data.
    DataFrom(&'p Round),
    DataTo(&'p Round),
    /// Those of last year's.
    LastYearFrom,
    LastYearTo,
    /// Before which day agencies report, and before which the consolidated report is sent.
    Deadline(&'p Round),
    ConsolidatedDeadline(&'p Round),
    /// How many working days are left until the round's deadline, or an agency's own.
    DaysLeft(&'p Round, Option<&'p Agency>),
    /// Until when an agency's deadline is extended.
    Extension(&'p Agency),
    /// How late its report came.
    DaysLate(&'p Agency),
    /// When an agency will do something.
    Step(&'p Agency, &'p str),
}

/// What the earlier draft does not tell of is not compared.
pub(super) fn times<'p>(earlier: &'p Earlier, now: &Now<'_, 'p>) -> Vec<TimeChange<'p>> {
    let mut found = Vec::new();
    let mut add = |of, before: Option<NaiveDate>, after: Option<NaiveDate>| {
        if before != after {
            found.push(TimeChange { of, before: before.map(Time::Day), after: after.map(Time::Day) });
        }
    };
    let round = now.status.round;
    let others = earlier.other_rounds.iter().flatten();
    let of_others =
        others.filter_map(|then| Some((now.others().find(|of| of.round.key == then.id)?.round, then.data)));
    for (round, then) in earlier.round.data.map(|then| (round, then)).into_iter().chain(of_others) {
        add(TimeOf::DataFrom(round), Some(then.data_from), Some(round.data_from));
        add(TimeOf::DataTo(round), Some(then.data_to), Some(round.data_to));
    }
    if earlier.other_rounds.is_some() {
        let of_now = now.plan.previous.row(RoundRef::Of(round.id));
        let then = earlier.last_year;
        add(TimeOf::LastYearFrom, then.map(|then| then.data_from), of_now.map(|of| of.data_from.value));
        add(TimeOf::LastYearTo, then.map(|then| then.data_to), of_now.map(|of| of.data_to.value));
    }
    if earlier.round.agencies_before.is_some() {
        found.extend(deadlines(earlier, now.status));
    }
    if let Some(then) = &earlier.next_steps {
        found.extend(steps(then, now.voices()));
    }
    found
}

/// The deadlines that are printed, and the days that are counted from them.
fn deadlines<'p>(earlier: &Earlier, status: &RoundStatus<'p>) -> Vec<TimeChange<'p>> {
    let (then, round) = (&earlier.round, status.round);
    let days = |days: Option<usize>| days.map(|days| Time::Days(days as i64));
    let mut found = vec![
        (TimeOf::Deadline(round), then.agencies_before.map(Time::Day), Some(Time::Day(round.agencies.before))),
        (
            TimeOf::ConsolidatedDeadline(round),
            then.consolidated_before.map(Time::Day),
            Some(Time::Day(round.consolidated.before)),
        ),
        (TimeOf::DaysLeft(round, None), days(then.working_days_left), days(days_left(status))),
    ];
    for now in &status.agencies {
        let agency = now.agency;
        let Some(then) = earlier.submissions.iter().find(|then| then.agency == agency.key) else { continue };
        let until = now.extension.and_then(|act| *act.until);
        let left = (days(then.working_days_left), days(own_days_left(now)));
        found.push((TimeOf::Extension(agency), then.extended_until.map(Time::Day), until.map(Time::Day)));
        found.push((TimeOf::DaysLeft(round, Some(agency)), left.0, left.1));
        // What came since, or is gone, is told by its report.
        if then.sha256.is_some() && now.file.is_some() {
            let then = then.days.filter(|_| then.timeliness.as_deref() == Some("late"));
            let now = if let Timeliness::Late(days) = now.timeliness { Some(days) } else { None };
            found.push((TimeOf::DaysLate(agency), then.map(Time::Days), now.map(Time::Days)));
        }
    }
    let found = found.into_iter().filter(|(_, before, after)| before != after);
    found.map(|(of, before, after)| TimeChange { of, before, after }).collect()
}

/// How many working days those have left that did not report and whose deadline is the round's.
pub(crate) fn days_left(status: &RoundStatus<'_>) -> Option<usize> {
    let mut waiting = status.agencies.iter().filter(|agency| agency.is_missing() && agency.extension.is_none());
    waiting.find_map(working_days)
}

/// How many who did not report has left of its own time.
pub(crate) fn own_days_left(status: &AgencyStatus<'_>) -> Option<usize> {
    if status.is_missing() && status.extension.is_some() { working_days(status) } else { None }
}

fn working_days(status: &AgencyStatus<'_>) -> Option<usize> {
    if let Timeliness::DueSoon { working, .. } = status.timeliness { Some(working) } else { None }
}

/// The words of a step, and when it will be done.
type Told<'p> = (&'p str, Option<String>);

/// Of each agency the steps of the same words, then those that are left in their order: words are not compared.
fn steps<'p>(
    then: &'p [EarlierStep],
    voices: impl Iterator<Item = (&'p Agency, &'p Report)>,
) -> Vec<TimeChange<'p>> {
    let mut before: BTreeMap<&str, Vec<&EarlierStep>> = BTreeMap::new();
    then.iter().for_each(|step| before.entry(&step.agency).or_default().push(step));
    let mut agencies: Vec<(&Agency, Vec<Told<'_>>)> = Vec::new();
    for (agency, report) in voices {
        let told = report.next_steps.iter().map(|step| (step.text.value.as_str(), step.when.map(Period::words)));
        match agencies.iter_mut().find(|(of, _)| of.id == agency.id) {
            Some((_, steps)) => steps.extend(told),
            None => agencies.push((agency, told.collect())),
        }
    }
    let mut found = Vec::new();
    for (agency, mut after) in agencies {
        // Of who told nothing then, all is new, and its report is named.
        let Some(mut before) = before.remove(agency.key.as_str()) else { continue };
        let mut pairs = Vec::new();
        before.retain(|then| match after.iter().position(|(text, _)| *text == then.text) {
            Some(at) => {
                pairs.push((Some(*then), Some(after.remove(at))));
                false
            }
            None => true,
        });
        let mut before = before.into_iter();
        pairs.extend(after.into_iter().map(|step| (before.next(), Some(step))));
        pairs.extend(before.map(|then| (Some(then), None)));
        for (then, now) in pairs {
            let text = now.as_ref().map_or_else(|| then.map_or("", |then| &then.text), |(text, _)| text);
            let (before, after) = (then.and_then(|then| then.when.clone()), now.and_then(|(_, when)| when));
            if before != after {
                let (before, after) = (before.map(Time::Period), after.map(Time::Period));
                found.push(TimeChange { of: TimeOf::Step(agency, text), before, after });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;
    use crate::status::derive;
    use crate::workspace::tests::fixture;

    #[test]
    fn a_time_that_changed_is_told_and_words_are_not() {
        type Steps = &'static [(&'static str, &'static str)];
        const LESSON: Steps = &[("Mở lớp", "2027-Q2"), ("Họp", "")];
        for (then, now, told) in [
            (LESSON, LESSON, &[][..]),
            (LESSON, &[("Mở lớp", "2027-Q3"), ("Họp", "")], &[("Mở lớp", "quý II/2027", "quý III/2027")]),
            // In another order; in other words; both.
            (LESSON, &[("Họp", ""), ("Mở lớp", "2027-Q2")], &[]),
            (LESSON, &[("Mở hai lớp", "2027-Q2"), ("Họp", "")], &[]),
            (LESSON, &[("Mở hai lớp", "2027-Q1"), ("Họp", "")], &[("Mở hai lớp", "quý II/2027", "quý I/2027")]),
            (LESSON, &[("Mở lớp", ""), ("Họp", "2027")], &[("Mở lớp", "quý II/2027", ""), ("Họp", "", "năm 2027")]),
            // One more, one less; of no time, there is none to tell.
            (LESSON, &[("Mở lớp", "2027-Q2"), ("Họp", ""), ("In sách", "2027")], &[("In sách", "", "năm 2027")]),
            (LESSON, &[("Mở lớp", "2027-Q2"), ("Họp", ""), ("In sách", "")], &[]),
            (LESSON, &[("Họp", "")], &[("Mở lớp", "quý II/2027", "")]),
            (&[], LESSON, &[]),
        ] {
            let step = |(text, when): &(&str, &str)| match *when {
                "" => format!("  - {{text: {text}}}\n"),
                when => format!("  - {{text: {text}, when: {when}}}\n"),
            };
            let steps: String = now.iter().map(step).collect();
            let report = format!(
                "agency: xa-muong-la\nround: annual\ndocument: {{number: 1/BC-UBND, date: 2026-11-20}}\nreceived: 2026-11-20\ntasks: \
                 {{I.1: {{status: done, results: Đã làm.}}}}\nnext_steps:\n{steps}"
            );
            let workspace = fixture(&[("reports/annual/xa-muong-la.yaml", &report)], "2026-12-03", None);
            let rounds = derive(&workspace);
            let then = then.iter().map(|(text, when)| {
                let when = Period::parse(when).map(Period::words);
                from_value(json!({"agency": "xa-muong-la", "text": text, "when": when})).unwrap()
            });
            let then: Vec<EarlierStep> = then.collect();
            let voices = rounds[1].valid_reports().filter(|(agency, _)| agency.key == "xa-muong-la");
            let found = super::steps(&then, voices);
            let found: Vec<(&str, &str, &str)> = found
                .iter()
                .map(|change| {
                    let TimeOf::Step(_, text) = change.of else { panic!("{change:?}") };
                    let [before, after] = [&change.before, &change.after].map(|of| match of {
                        Some(Time::Period(words)) => words.as_str(),
                        _ => "",
                    });
                    (text, before, after)
                })
                .collect();
            assert_eq!(found, told, "{now:?}");
        }
    }

    #[test]
    fn a_deadline_that_moved_is_told_with_the_days_that_are_counted_from_it() {
        const SENT: &str = r#""sha256": "0", "included": true"#;
        let register = "- {act: extend, agency: vptt-389, date: 2026-11-20, until: 2026-12-02}\n";
        let workspace = fixture(&[("reports/annual/register.yaml", register)], "2026-11-25", None);
        let rounds = derive(&workspace);
        // The round, the agency whose own deadline was extended, one whose report came in time.
        let then = |round: &str, extended: &str, sent: &str| -> Earlier {
            let json = format!(
                r#"{{"schema_version": 1, "as_of": "2026-11-25", "totals": [], "round": {{"id": "annual", {round}}}, "submissions":
                [{{"agency": "vptt-389", "included": false{extended}}}, {{"agency": "so-cong-thuong", {SENT}{sent}}}]}}"#
            );
            serde_json::from_str(&json).unwrap()
        };
        let days = r#""agencies_before": "2026-11-30", "consolidated_before": "2026-12-04""#;
        let extended = r#", "extended_until": "2026-12-02", "working_days_left": 6"#;
        for (round, extended, sent, told) in [
            (days, extended, "", &[][..]),
            (
                r#""agencies_before": "2026-11-28", "consolidated_before": "2026-12-04""#,
                extended,
                "",
                &[("Deadline", "2026-11-28", "2026-11-30")][..],
            ),
            (
                r#""agencies_before": "2026-11-30", "consolidated_before": "2026-12-05""#,
                extended,
                "",
                &[("ConsolidatedDeadline", "2026-12-05", "2026-12-04")],
            ),
            (days, "", "", &[("Extension", "", "2026-12-02"), ("DaysLeft", "", "6")]),
            (
                days,
                r#", "extended_until": "2026-12-01", "working_days_left": 5"#,
                "",
                &[("Extension", "2026-12-01", "2026-12-02"), ("DaysLeft", "5", "6")],
            ),
            (days, extended, r#", "timeliness": "late", "days": 2"#, &[("DaysLate", "2", "")]),
            (days, extended, r#", "timeliness": "on_time""#, &[]),
        ] {
            let then = then(round, extended, sent);
            let found = deadlines(&then, &rounds[1]);
            let said = |time: &Option<Time>| match time {
                Some(Time::Day(day)) => day.to_string(),
                Some(Time::Days(days)) => days.to_string(),
                _ => String::new(),
            };
            let name = |of: TimeOf<'_>| format!("{of:?}").split('(').next().unwrap_or_default().to_owned();
            let found: Vec<[String; 3]> =
                found.iter().map(|change| [name(change.of), said(&change.before), said(&change.after)]).collect();
            let told: Vec<[String; 3]> =
                told.iter().map(|(a, b, c)| [a, b, c].map(|text| (*text).to_owned())).collect();
            assert_eq!(found, told, "{round} {extended} {sent}");
        }
    }
}
