//! What changed between two drafts of a consolidated report: the earlier one as `plan compile --format json` wrote it,
//! and the state now. Pure.

use std::collections::BTreeMap;
use std::num::NonZero;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::measure::{Amount, Measure, Unknown, Verdict};
use crate::model::{Agency, Plan, Quantity, Report};
use crate::source::Files;
use crate::status::{AgencyStatus, RoundStatus, Validity};

/// The version of the earlier draft's format that is understood.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// An earlier draft: the part of its JSON that is compared.
#[derive(Debug, Deserialize)]
pub(crate) struct Earlier {
    pub(crate) schema_version: u32,
    pub(crate) as_of: NaiveDate,
    pub(crate) round: EarlierRound,
    totals: Vec<EarlierMeasure>,
    /// What is no indicator; older drafts do not say.
    measures: Option<Vec<EarlierMeasure>>,
    submissions: Vec<EarlierSubmission>,
    #[serde(default)]
    ad_hoc: Vec<EarlierAdHoc>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct EarlierRound {
    pub(crate) id: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct EarlierMeasure {
    pub(crate) indicator: String,
    pub(crate) label: String,
    pub(crate) unit: String,
    value: Option<u128>,
    rate: Option<EarlierRate>,
    /// Why there is neither; older drafts do not say.
    unknown: Option<Unknown>,
    contributions: Vec<EarlierContribution>,
    /// Answers that are no numbers; older drafts do not have them.
    others: Option<Vec<EarlierOther>>,
}

#[derive(Debug, Deserialize)]
struct EarlierRate {
    numerator: u128,
    denominator: NonZero<u128>,
}

#[derive(Debug, Deserialize)]
struct EarlierContribution {
    agency: String,
    value: u64,
    #[serde(rename = "use")]
    use_: String,
}

#[derive(Debug, Deserialize)]
struct EarlierOther {
    agency: String,
    answer: Unknown,
    #[serde(rename = "use")]
    use_: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct EarlierSubmission {
    pub(crate) agency: String,
    pub(crate) name: String,
    /// Of the report's file; absent where there was none.
    sha256: Option<String>,
    pub(crate) included: bool,
}

impl EarlierMeasure {
    /// A number or a rate, or why there was neither; `None` where the draft does not say why.
    fn amount(&self) -> Option<Amount> {
        let rate = self.rate.as_ref();
        let rate = rate.map(|rate| Amount::Percent { part: rate.numerator, whole: rate.denominator.get() });
        rate.or(self.value.map(Amount::Sum)).or(self.unknown.map(Amount::Unknown))
    }

    /// What was printed for it.
    pub(crate) fn value(&self) -> Amount {
        self.amount().unwrap_or(Amount::Unknown(Unknown::NoAnswer))
    }
}

#[derive(Debug, Deserialize)]
struct EarlierAdHoc {
    agency: String,
    date: NaiveDate,
    sha256: String,
}

#[derive(Debug)]
pub(crate) struct Changes<'p> {
    /// The day of the earlier draft.
    pub(crate) since: NaiveDate,
    pub(crate) reports: Vec<ReportChange<'p>>,
    pub(crate) figures: Vec<FigureChange<'p>>,
    /// What the plan counts no more.
    pub(crate) figures_gone: Vec<&'p EarlierMeasure>,
    /// Agencies that reported and are asked no more.
    pub(crate) agencies_gone: Vec<&'p EarlierSubmission>,
}

#[derive(Debug)]
pub(crate) struct ReportChange<'p> {
    pub(crate) agency: &'p Agency,
    /// Of an ad hoc report.
    pub(crate) date: Option<NaiveDate>,
    pub(crate) kind: ReportChangeKind,
    /// Whether the report counted then, and counts now.
    pub(crate) included: (bool, bool),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReportChangeKind {
    New,
    Corrected,
    Withdrawn,
    /// The same file, judged otherwise: the plan or a rule changed.
    Judged,
}

#[derive(Debug)]
pub(crate) struct FigureChange<'p> {
    pub(crate) quantity: Quantity<'p>,
    /// What the plan called it then, where that was something else, and in which unit it counted.
    pub(crate) label: Option<&'p str>,
    pub(crate) unit: Option<&'p str>,
    pub(crate) before: Amount,
    pub(crate) after: Amount,
    /// Agencies whose part moved, in the order of the plan. Empty for rates.
    pub(crate) by: Vec<(&'p Agency, Amount, Amount)>,
}

/// Everything that changed since the earlier draft of the same round.
pub(crate) fn changes<'p>(
    earlier: &'p Earlier,
    plan: &'p Plan,
    status: &RoundStatus<'p>,
    measures: &[Measure<'p>],
    ad_hoc: &[(&'p Agency, &'p Report)],
    files: &Files,
) -> Changes<'p> {
    let submissions = status.agencies.iter().filter_map(|now| {
        let then = earlier.submissions.iter().find(|then| then.agency == now.agency.key.as_str());
        submission(then, now, files)
    });
    let mut reports: Vec<ReportChange<'p>> = submissions.collect();
    reports.extend(ad_hoc_changes(earlier, plan, ad_hoc, files));
    let figures = measures.iter().filter_map(|now| {
        let then = if now.quantity.indicator().is_some() { &earlier.totals } else { earlier.measures.as_ref()? };
        figure(then, plan, now)
    });
    let figures = figures.collect();
    let is_measured = |then: &EarlierMeasure| measures.iter().any(|now| now.quantity.key() == then.indicator);
    let is_asked = |then: &EarlierSubmission| status.agencies.iter().any(|now| now.agency.key == then.agency);
    let counted = earlier.totals.iter().chain(earlier.measures.iter().flatten());
    let figures_gone = counted.filter(|then| !is_measured(then)).collect();
    let reported = earlier.submissions.iter().filter(|then| then.sha256.is_some());
    let agencies_gone = reported.filter(|then| !is_asked(then)).collect();
    Changes { since: earlier.as_of, reports, figures, figures_gone, agencies_gone }
}

fn submission<'p>(
    then: Option<&EarlierSubmission>,
    now: &AgencyStatus<'p>,
    files: &Files,
) -> Option<ReportChange<'p>> {
    let before = then.and_then(|then| then.sha256.as_deref());
    let after = now.file.map(|file| files.get(file).sha256());
    let included = (then.is_some_and(|then| then.included), now.validity == Validity::Valid);
    let kind = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => ReportChangeKind::New,
        (Some(_), None) => ReportChangeKind::Withdrawn,
        (Some(before), Some(after)) if before != after => ReportChangeKind::Corrected,
        _ if included.0 != included.1 => ReportChangeKind::Judged,
        _ => return None,
    };
    Some(ReportChange { agency: now.agency, date: None, kind, included })
}

/// Ad hoc reports are known by agency and day; only valid ones are in a draft.
fn ad_hoc_changes<'p>(
    earlier: &Earlier,
    plan: &'p Plan,
    ad_hoc: &[(&'p Agency, &'p Report)],
    files: &Files,
) -> Vec<ReportChange<'p>> {
    let now = ad_hoc.iter().filter_map(|(agency, report)| Some((*agency, *report, report.date.as_ref()?.value)));
    let same = |then: &EarlierAdHoc, agency: &Agency, date| then.agency == agency.key.as_str() && then.date == date;
    let mut found = Vec::new();
    for (agency, report, date) in now.clone() {
        let kind = match earlier.ad_hoc.iter().find(|then| same(then, agency, date)) {
            None => ReportChangeKind::New,
            Some(then) if then.sha256 != files.get(report.span.file).sha256() => ReportChangeKind::Corrected,
            Some(_) => continue,
        };
        let included = (kind == ReportChangeKind::Corrected, true);
        found.push(ReportChange { agency, date: Some(date), kind, included });
    }
    for then in &earlier.ad_hoc {
        let still = now.clone().any(|(agency, _, date)| same(then, agency, date));
        let agency = plan.agencies.find(&then.agency);
        if let (false, Some(agency)) = (still, agency) {
            let kind = ReportChangeKind::Withdrawn;
            found.push(ReportChange { agency, date: Some(then.date), kind, included: (true, false) });
        }
    }
    found
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

fn figure<'p>(earlier: &'p [EarlierMeasure], plan: &'p Plan, now: &Measure<'p>) -> Option<FigureChange<'p>> {
    let then = earlier.iter().find(|then| then.indicator == now.quantity.key());
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
        (before != after).then_some((agency, before, after))
    });
    let by: Vec<_> = moved.collect();
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;
    use crate::measure::measures;
    use crate::status::derive;
    use crate::workspace::tests::fixture;

    #[test]
    fn a_rate_is_one_of_something() {
        let whole = |whole: u32| json!({"numerator": 1, "denominator": whole});
        assert_eq!(from_value::<EarlierRate>(whole(1)).unwrap().denominator.get(), 1);
        from_value::<EarlierRate>(whole(0)).unwrap_err();
    }

    #[test]
    fn a_report_counted_then_where_the_earlier_draft_says_so() {
        let workspace = fixture(&[], "2026-12-03", None);
        let rounds = derive(&workspace);
        let now = rounds[1].agencies.iter().find(|now| now.agency.key == "so-cong-thuong").unwrap();
        let sha256 = workspace.files.get(now.file.unwrap()).sha256();
        let of = |sha256: Option<&str>, included: bool| {
            let agency = "so-cong-thuong";
            json!({"agency": agency, "name": "", "sha256": sha256, "included": included})
        };
        for (then, told) in [
            // The plan had no such agency.
            (Value::Null, Some((ReportChangeKind::New, (false, true)))),
            (of(None, false), Some((ReportChangeKind::New, (false, true)))),
            (of(Some("0"), true), Some((ReportChangeKind::Corrected, (true, true)))),
            (of(Some(&sha256), false), Some((ReportChangeKind::Judged, (false, true)))),
            (of(Some(&sha256), true), None),
        ] {
            let then: Option<EarlierSubmission> = from_value(then).unwrap();
            let found = submission(then.as_ref(), now, &workspace.files);
            assert_eq!(found.map(|change| (change.kind, change.included)), told, "{then:?}");
        }
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
            let found = figure(std::slice::from_ref(&then), &workspace.plan, now);
            let by = found.iter().flat_map(|change| &change.by);
            let by: Vec<_> = by.map(|(agency, before, after)| (agency.key.as_str(), *before, *after)).collect();
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
            let found = figure(std::slice::from_ref(&then), &workspace.plan, now);
            assert_eq!(found.map(|change| (change.label, change.unit)), told, "{then:?}");
        }
    }
}
