//! Days and times that are printed, in an earlier draft and now.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Now;
use super::earlier::{Earlier, EarlierStep};
use crate::model::{Agency, Period, Report, Round, RoundRef};

/// A day or a time that changed; `None` where none is told.
#[derive(Debug)]
pub(crate) struct TimeChange<'p> {
    pub(crate) of: TimeOf<'p>,
    pub(crate) before: Option<Time>,
    pub(crate) after: Option<Time>,
}

#[derive(Debug)]
pub(crate) enum Time {
    Day(NaiveDate),
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
    if let Some(then) = &earlier.next_steps {
        found.extend(steps(then, now.voices()));
    }
    found
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
}
