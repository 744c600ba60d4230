//! What became of a figure since an earlier draft.

use std::collections::BTreeMap;

use super::earlier::{Earlier, EarlierMeasure};
use crate::measure::{Amount, Contribution, Measure, Unknown, Verdict};
use crate::model::{Agency, Plan, Quantity};
use crate::status::{RoundStatus, Validity};

#[derive(Debug)]
pub(crate) struct FigureChange<'p> {
    pub(crate) quantity: Quantity<'p>,
    /// What the plan called it then, where that was something else, and in which unit it counted.
    pub(crate) label: Option<&'p str>,
    pub(crate) unit: Option<&'p str>,
    pub(crate) before: Amount,
    pub(crate) after: Amount,
    /// Agencies whose part moved, in the order of the plan. Empty for rates.
    pub(crate) by: Vec<PartChange<'p>>,
}

impl FigureChange<'_> {
    /// Whether what the report prints changed; else agencies' parts alone, which together are as they were.
    pub(crate) fn is_of_report(&self) -> bool {
        self.before != self.after || self.label.is_some() || self.unit.is_some()
    }
}

#[derive(Debug)]
pub(crate) struct PartChange<'p> {
    pub(crate) agency: &'p Agency,
    pub(crate) before: Gave<'p>,
    pub(crate) after: Gave<'p>,
}

/// What an agency gave that counts.
#[derive(Debug)]
pub(crate) struct Gave<'p> {
    pub(crate) amount: Amount,
    /// Why there is nothing of it, where it is not the answer that is lacking.
    pub(crate) lack: Option<Lack<'p>>,
}

/// Why nothing of an agency is in a figure.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lack<'p> {
    NoReport,
    PaperAlone,
    Invalid,
    NotAccepted,
    /// It is not asked to report.
    NotAsked,
    /// Something may have been told that did not count.
    NotInTotal,
    /// What it tells is not added; `counter`: who counts it.
    LeftOut {
        value: u128,
        verdict: Verdict,
        counter: Option<&'p Agency>,
    },
}

/// What one agency gave.
#[derive(Debug, Default)]
struct Part {
    sum: Option<u128>,
    said: Vec<Unknown>,
}

impl Part {
    fn add(&mut self, value: u64) {
        self.sum = Some(self.sum.unwrap_or(0) + u128::from(value));
    }

    fn amount(&self) -> Amount {
        self.sum.map_or_else(|| Amount::Unknown(Unknown::together(self.said.iter().copied())), Amount::Sum)
    }
}

/// What an indicator, or what else is counted, was in an earlier draft and is now; `None` where nothing of it changed.
pub(super) fn figure<'p>(
    earlier: &Earlier,
    then: Option<&'p EarlierMeasure>,
    (plan, status): (&'p Plan, &RoundStatus<'p>),
    now: &Measure<'p>,
) -> Option<FigureChange<'p>> {
    let before = then.and_then(EarlierMeasure::amount).unwrap_or(match now.value {
        Amount::Unknown(why) => Amount::Unknown(why),
        _ => Amount::Unknown(Unknown::NoAnswer),
    });
    let mut parts: BTreeMap<&str, [Part; 2]> = BTreeMap::new();
    let added = |use_: &str| use_ == Verdict::Added.id();
    for part in then.iter().flat_map(|then| &then.contributions).filter(|part| added(&part.use_)) {
        parts.entry(&part.agency).or_default()[0].add(part.value);
    }
    let others = then.and_then(|then| then.others.as_ref());
    for other in others.into_iter().flatten().filter(|other| added(&other.use_)) {
        parts.entry(&other.agency).or_default()[0].said.push(other.answer);
    }
    for part in now.added() {
        parts.entry(part.agency.key.as_str()).or_default()[1].add(part.value);
    }
    for other in now.others.iter().filter(|other| other.verdict == Verdict::Added) {
        let agency = other.agency.key.as_str();
        // An older draft does not say who answered without a number.
        if others.is_some() || parts.contains_key(agency) {
            parts.entry(agency).or_default()[1].said.extend(Unknown::said(other.answer));
        }
    }
    let moved = plan.agencies.iter().filter_map(|agency| {
        let [before, after] = parts.get(agency.key.as_str())?.each_ref().map(Part::amount);
        (before != after).then(|| PartChange {
            agency,
            before: Gave { amount: before, lack: lacked(earlier, agency).filter(|_| is_nothing(before)) },
            after: Gave { amount: after, lack: lacks(status, now, agency).filter(|_| is_nothing(after)) },
        })
    });
    let by: Vec<PartChange<'p>> = moved.collect();
    let label = then.map(|then| then.label.as_str()).filter(|label| *label != now.quantity.label());
    let unit = then.map(|then| then.unit.as_str()).filter(|unit| *unit != now.quantity.unit());
    (before != now.value || !by.is_empty() || label.is_some() || unit.is_some()).then_some(FigureChange {
        quantity: now.quantity,
        label,
        unit,
        before,
        after: now.value,
        by,
    })
}

fn is_nothing(amount: Amount) -> bool {
    amount == Amount::Unknown(Unknown::NoAnswer)
}

/// Why an earlier draft has nothing of an agency: it tells what counted alone.
fn lacked<'p>(earlier: &Earlier, agency: &Agency) -> Option<Lack<'p>> {
    let submission = earlier.submissions.iter().find(|then| then.agency == agency.key);
    Some(if submission.is_some_and(|then| then.sha256.is_some()) { Lack::NotInTotal } else { Lack::NoReport })
}

/// Why nothing of an agency is in a measure now, where it is not the answer that is lacking.
fn lacks<'p>(status: &RoundStatus<'p>, now: &Measure<'p>, agency: &Agency) -> Option<Lack<'p>> {
    match status.agency(agency.id).map(|of| of.validity) {
        None => return Some(Lack::NotAsked),
        Some(Validity::NoReport) => return Some(Lack::NoReport),
        Some(Validity::PaperAlone) => return Some(Lack::PaperAlone),
        Some(Validity::Invalid(_)) => return Some(Lack::Invalid),
        Some(Validity::NotAccepted) => return Some(Lack::NotAccepted),
        Some(Validity::Valid) => {}
    }
    let is_left_out = |part: &&Contribution<'_>| part.agency.id == agency.id && !part.verdict.counts();
    let left_out = now.contributions.iter().filter(is_left_out);
    let first = left_out.clone().next()?;
    let value = left_out.map(|part| u128::from(part.value)).sum();
    Some(Lack::LeftOut { value, verdict: first.verdict, counter: first.counted_by })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;
    use crate::measure::measures;
    use crate::status::derive;
    use crate::workspace::tests::fixture;

    /// A draft without reports.
    fn none() -> Earlier {
        let round = json!({"id": "annual"});
        from_value(
            json!({"schema_version": 1, "as_of": "2026-12-01", "round": round, "totals": [], "submissions": []}),
        )
        .unwrap()
    }

    #[test]
    fn who_said_something_else_than_a_number_is_compared_where_the_earlier_draft_tells_it() {
        let workspace = fixture(&[], "2026-12-03", None);
        let rounds = derive(&workspace);
        let measures = measures(&workspace, &rounds, &rounds[1]);
        // 12 of Sở Công Thương; in the commune nothing arose.
        let now = measures.iter().find(|now| now.quantity.key() == "violations").unwrap();
        let department = json!({"agency": "so-cong-thuong", "value": 12, "use": "added"});
        let commune = json!({"agency": "xa-muong-la", "value": 4, "use": "added"});
        let nothing = json!({"agency": "xa-muong-la", "answer": "nothing_arose", "use": "added"});
        let to = |before| Some(("xa-muong-la", before, Amount::Unknown(Unknown::NothingArose)));
        for (value, contributions, others, told) in [
            (12, json!([department]), json!([nothing]), None),
            (12, json!([department]), json!([]), to(Amount::Unknown(Unknown::NoAnswer))),
            // An older draft, which tells numbers alone.
            (12, json!([department]), Value::Null, None),
            (16, json!([department, commune]), Value::Null, to(Amount::Sum(4))),
        ] {
            let then = json!({
                "indicator": "violations", "label": "Số vụ vi phạm", "unit": "vụ",
                "value": value, "contributions": contributions, "others": others,
            });
            let then: EarlierMeasure = from_value(then).unwrap();
            let found = figure(&none(), Some(&then), (&workspace.plan, &rounds[1]), now);
            let by = found.iter().flat_map(|change| &change.by);
            let by: Vec<_> =
                by.map(|part| (part.agency.key.as_str(), part.before.amount, part.after.amount)).collect();
            assert_eq!(by, Vec::from_iter(told), "{then:?}");
        }
    }

    #[test]
    fn another_name_or_unit_is_a_change_though_the_number_is_the_same() {
        let workspace = fixture(&[], "2026-12-03", None);
        let rounds = derive(&workspace);
        let measures = measures(&workspace, &rounds, &rounds[1]);
        let now = measures.iter().find(|now| now.quantity.key() == "violations").unwrap();
        let (label, unit) = ("Số vụ vi phạm", "vụ");
        for (label, unit, value, told) in [
            (label, unit, 12, None),
            (label, unit, 11, Some((None, None))),
            (label, "lượt", 12, Some((None, Some("lượt")))),
            ("Số vi phạm", unit, 12, Some((Some("Số vi phạm"), None))),
            ("Số vi phạm", "lượt", 11, Some((Some("Số vi phạm"), Some("lượt")))),
        ] {
            let department = json!({"agency": "so-cong-thuong", "value": value, "use": "added"});
            let then = json!({
                "indicator": "violations", "label": label, "unit": unit, "value": value, "contributions": [department],
            });
            let then: EarlierMeasure = from_value(then).unwrap();
            let found = figure(&none(), Some(&then), (&workspace.plan, &rounds[1]), now);
            assert_eq!(found.map(|change| (change.label, change.unit)), told, "{then:?}");
        }
    }

    #[test]
    fn why_an_agency_is_in_a_figure_no_more_is_told_as_it_is() {
        let report = |figure: &str| {
            format!(
                "agency: xa-muong-la\nround: annual\ndocument: {{number: 1/BC-UBND, date: 2026-11-18}}\nreceived: 2026-11-18\ntasks:\n  \
                 I.1: {{status: done, results: Đã làm., figures: {{{figure}}}}}\n"
            )
        };
        let path = "reports/annual/xa-muong-la.yaml";
        let submission =
            |sha256: Option<&str>| json!({"agency": "xa-muong-la", "name": "", "sha256": sha256, "included": true});
        for (now, then, part, told) in [
            (
                Some(report("directives: {value: 4, counted_by: so-cong-thuong}")),
                Some("0"),
                Some(4),
                ["", "counted_elsewhere 4"],
            ),
            (Some(report("directives: {reason: Chưa tổng hợp}")), Some("0"), Some(4), ["", ""]),
            (Some(report("")), Some("0"), Some(4), ["", ""]),
            (Some(report("violations: 4")), Some("0"), Some(4), ["", "Invalid"]),
            (None, Some("0"), Some(4), ["", "NoReport"]),
            (Some(report("directives: 4")), None, None, ["NoReport", ""]),
            // That draft tells what counted alone.
            (Some(report("directives: 4")), Some("0"), None, ["NotInTotal", ""]),
        ] {
            let workspace = fixture(&[(path, now.as_deref().unwrap_or_default())], "2026-12-03", None);
            let rounds = derive(&workspace);
            let measures = measures(&workspace, &rounds, &rounds[1]);
            let now = measures.iter().find(|now| now.quantity.key() == "directives").unwrap();
            let mut earlier = none();
            earlier.submissions = vec![from_value(submission(then)).unwrap()];
            let part = part.map(|value: u64| json!({"agency": "xa-muong-la", "value": value, "use": "added"}));
            let measure = json!({
                "indicator": "directives", "label": "Số văn bản chỉ đạo", "unit": "văn bản", "value": 1,
                "contributions": Vec::from_iter(part), "others": [],
            });
            let measure: EarlierMeasure = from_value(measure).unwrap();
            let found = figure(&earlier, Some(&measure), (&workspace.plan, &rounds[1]), now).unwrap();
            let part = found.by.iter().find(|part| part.agency.key == "xa-muong-la").unwrap();
            let lack = |gave: &Gave<'_>| match gave.lack {
                None => String::new(),
                Some(Lack::LeftOut { value, verdict, .. }) => format!("{} {value}", verdict.id()),
                Some(lack) => format!("{lack:?}"),
            };
            assert_eq!([&part.before, &part.after].map(lack), told, "{then:?} {measure:?}");
        }
    }
}
