//! What changed between two drafts of a consolidated report: the earlier one as `plan compile --format json` wrote it,
//! and the state now. Pure.

mod beside;
mod earlier;
mod figures;
mod last_year;
mod times;

use std::collections::HashMap;

use chrono::NaiveDate;

pub(crate) use beside::{Aspect, BesideChange};
use earlier::EarlierAdHoc;
pub(crate) use earlier::{Earlier, EarlierMeasure, EarlierSubmission, Tree};
pub(crate) use figures::{FigureChange, Gave, Lack, PartChange};
pub(crate) use last_year::{Known, LastYearChange, With};
pub(crate) use times::{Time, TimeChange, TimeOf, days_left, own_days_left};

use crate::measure::{Control, Measure};
use crate::model::{Agency, Plan, Report, Round};
use crate::source::Files;
use crate::status::{AgencyStatus, RoundStatus, Validity};

/// The version of the earlier draft's format that is understood.
pub(crate) const SCHEMA_VERSION: u32 = 1;

#[derive(Debug)]
pub(crate) struct Changes<'p> {
    /// The day of the earlier draft.
    pub(crate) since: NaiveDate,
    /// Whether that draft was, and this one is, of accepted reports alone.
    pub(crate) accepted_only: (bool, bool),
    /// What the text counts and counted otherwise; older drafts do not say.
    pub(crate) counts: Option<Vec<CountChange>>,
    pub(crate) reports: Vec<ReportChange<'p>>,
    pub(crate) figures: Vec<FigureChange<'p>>,
    pub(crate) beside: Vec<BesideChange<'p>>,
    pub(crate) last_year: Vec<LastYearChange<'p>>,
    pub(crate) times: Vec<TimeChange<'p>>,
    /// Whether that draft tells of other rounds' reports and of times; older ones do not.
    pub(crate) is_of_others: bool,
    /// What the plan counts no more.
    pub(crate) figures_gone: Vec<&'p EarlierMeasure>,
    /// Agencies that reported and are asked no more.
    pub(crate) agencies_gone: Vec<&'p EarlierSubmission>,
}

#[derive(Debug)]
pub(crate) struct ReportChange<'p> {
    pub(crate) agency: &'p Agency,
    /// Another round than the draft's, whose figures stand beside its own or in their place.
    pub(crate) round: Option<&'p Round>,
    /// Of an ad hoc report.
    pub(crate) date: Option<NaiveDate>,
    pub(crate) kind: ReportChangeKind,
    /// Whether the report counted then, and counts now.
    pub(crate) included: (bool, bool),
    /// Whether it is valid now, and left out for not being accepted.
    pub(crate) waits: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReportChangeKind {
    New,
    Corrected,
    Withdrawn,
    /// The same file, judged otherwise: the plan or a rule changed.
    Judged,
    /// The same file, accepted since, or not any more.
    Reviewed,
    /// The same file, in one of the drafts alone: the other is of accepted reports.
    Scope,
}

/// A count of the text that changed; none where nothing of the kind is counted.
#[derive(Debug)]
pub(crate) struct CountChange {
    /// The way to it in `summary` of the draft.
    pub(crate) key: String,
    pub(crate) label: String,
    pub(crate) before: Option<u64>,
    pub(crate) after: Option<u64>,
}

/// All that a draft is made from, as it is now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Now<'n, 'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) status: &'n RoundStatus<'p>,
    /// Every round of the plan.
    pub(crate) rounds: &'n [RoundStatus<'p>],
    pub(crate) measures: &'n [Measure<'p>],
    pub(crate) controls: &'n [Control<'n, 'p>],
    /// The measures of the round before.
    pub(crate) before: Option<&'n (&'p Round, Vec<Measure<'p>>)>,
    pub(crate) ad_hoc: &'n [(&'p Agency, &'p Report)],
    pub(crate) files: &'n Files,
}

impl<'n, 'p> Now<'n, 'p> {
    /// The other rounds whose figures may stand beside the round's, or in their place.
    fn others(&self) -> impl Iterator<Item = &'n RoundStatus<'p>> + use<'n, 'p> {
        others(self.rounds, self.status.round)
    }

    fn voices(&self) -> impl Iterator<Item = (&'p Agency, &'p Report)> {
        self.status.valid_reports().chain(self.ad_hoc.iter().copied())
    }
}

/// Those of the rounds whose data end no later than another's.
pub(crate) fn others<'n, 'p>(
    rounds: &'n [RoundStatus<'p>],
    round: &'p Round,
) -> impl Iterator<Item = &'n RoundStatus<'p>> + use<'n, 'p> {
    rounds.iter().filter(move |of| of.round.id != round.id && of.round.data_to <= round.data_to)
}

/// Everything that changed since the earlier draft of the same round, but for what the text counts.
pub(crate) fn changes<'p>(earlier: &'p Earlier, now: &Now<'_, 'p>) -> Changes<'p> {
    let Now { plan, status, files, .. } = *now;
    let accepted_only = (earlier.is_of_accepted(), status.accepted_only);
    let of_agencies = |then: &[EarlierSubmission], status: &RoundStatus<'p>, round: Option<&'p Round>| {
        let then: HashMap<&str, &EarlierSubmission> =
            then.iter().map(|then| (then.agency.as_str(), then)).collect();
        let submissions = status.agencies.iter().filter_map(|now| {
            let then = then.get(now.agency.key.as_str()).copied();
            Some(ReportChange { round, ..submission(then, now, accepted_only, files)? })
        });
        submissions.collect::<Vec<_>>()
    };
    let mut reports = of_agencies(&earlier.submissions, status, None);
    reports.extend(ad_hoc_changes(earlier, plan, now.ad_hoc, accepted_only, files));
    for then_of in earlier.other_rounds.iter() {
        for of in now.others() {
            let then = then_of.iter().find(|then| then.id == of.round.key);
            let then = then.map_or(&[][..], |then| then.submissions.as_slice());
            reports.extend(of_agencies(then, of, Some(of.round)));
        }
    }
    let is_of_others = earlier.other_rounds.is_some();
    let (mut figures, mut besides, mut last_years) = (Vec::new(), Vec::new(), Vec::new());
    for measure in now.measures {
        let then =
            if measure.quantity.indicator().is_some() { Some(&earlier.totals) } else { earlier.measures.as_ref() };
        let Some(then) = then else { continue };
        let then = then.iter().find(|then| then.indicator == measure.quantity.key());
        figures.extend(figures::figure(earlier, then, (plan, status), measure));
        let Some(then) = then else { continue };
        besides.extend(beside::beside(then, (now, measure), is_of_others));
        last_years.extend(last_year::last_year(then, measure));
    }
    let is_measured = |then: &EarlierMeasure| now.measures.iter().any(|now| now.quantity.key() == then.indicator);
    let is_asked = |then: &EarlierSubmission| status.agencies.iter().any(|now| now.agency.key == then.agency);
    let counted = earlier.totals.iter().chain(earlier.measures.iter().flatten());
    let figures_gone = counted.filter(|then| !is_measured(then)).collect();
    let reported = earlier.submissions.iter().filter(|then| then.sha256.is_some());
    let agencies_gone = reported.filter(|then| !is_asked(then)).collect();
    Changes {
        since: earlier.as_of,
        accepted_only,
        counts: None,
        reports,
        figures,
        beside: besides,
        last_year: last_years,
        times: times::times(earlier, now),
        is_of_others: is_of_others && earlier.round.agencies_before.is_some(),
        figures_gone,
        agencies_gone,
    }
}

fn submission<'p>(
    then: Option<&EarlierSubmission>,
    now: &AgencyStatus<'p>,
    accepted_only: (bool, bool),
    files: &Files,
) -> Option<ReportChange<'p>> {
    let before = then.and_then(|then| then.sha256.as_deref());
    let after = now.file.map(|file| files.get(file).sha256());
    let included = (then.is_some_and(|then| then.included), now.validity == Validity::Valid);
    let waits = now.validity == Validity::NotAccepted;
    // An older draft does not say which of those that it leaves out were valid.
    let waited = then.is_some_and(|then| then.not_accepted.unwrap_or(accepted_only.0 && !then.included));
    let kind = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => ReportChangeKind::New,
        (Some(_), None) => ReportChangeKind::Withdrawn,
        (Some(before), Some(after)) if before != after => ReportChangeKind::Corrected,
        _ if included.0 == included.1 => return None,
        _ if !waited && !waits => ReportChangeKind::Judged,
        _ if accepted_only.0 == accepted_only.1 => ReportChangeKind::Reviewed,
        _ => ReportChangeKind::Scope,
    };
    Some(ReportChange { agency: now.agency, round: None, date: None, kind, included, waits })
}

/// Ad hoc reports are known by agency and day; only valid ones are in a draft, and none in one of accepted reports.
fn ad_hoc_changes<'p>(
    earlier: &Earlier,
    plan: &'p Plan,
    ad_hoc: &[(&'p Agency, &'p Report)],
    accepted_only: (bool, bool),
    files: &Files,
) -> Vec<ReportChange<'p>> {
    let now = ad_hoc.iter().filter_map(|(agency, report)| Some((*agency, *report, report.date.as_ref()?.value)));
    let same = |then: &EarlierAdHoc, agency: &Agency, date| then.agency == agency.key.as_str() && then.date == date;
    let mut found = Vec::new();
    for (agency, report, date) in now.clone() {
        let kind = match earlier.ad_hoc.iter().find(|then| same(then, agency, date)) {
            None if accepted_only == (true, false) => ReportChangeKind::Scope,
            None => ReportChangeKind::New,
            Some(then) if then.sha256 != files.get(report.span.file).sha256() => ReportChangeKind::Corrected,
            Some(_) => continue,
        };
        let included = (kind == ReportChangeKind::Corrected, true);
        found.push(ReportChange { agency, round: None, date: Some(date), kind, included, waits: false });
    }
    for then in &earlier.ad_hoc {
        let still = now.clone().any(|(agency, _, date)| same(then, agency, date));
        let agency = plan.agencies.find(&then.agency);
        if let (false, Some(agency)) = (still, agency) {
            let kind = match accepted_only {
                (false, true) => ReportChangeKind::Scope,
                _ => ReportChangeKind::Withdrawn,
            };
            let (date, included) = (Some(then.date), (true, false));
            found.push(ReportChange { agency, round: None, date, kind, included, waits: false });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;
    use crate::status::derive;
    use crate::workspace::tests::fixture;

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
        const ALL: (bool, bool) = (false, false);
        let waited = |waited: bool| {
            let agency = "so-cong-thuong";
            json!({"agency": agency, "name": "", "sha256": sha256, "included": false, "not_accepted": waited})
        };
        use ReportChangeKind::{Corrected, Judged, New, Reviewed, Scope};
        for (then, accepted_only, told) in [
            // The plan had no such agency.
            (Value::Null, ALL, Some((New, (false, true)))),
            (of(None, false), ALL, Some((New, (false, true)))),
            (of(Some("0"), true), ALL, Some((Corrected, (true, true)))),
            (of(Some(&sha256), false), ALL, Some((Judged, (false, true)))),
            (of(Some(&sha256), true), ALL, None),
            // Valid and not accepted then: left out of a draft of accepted reports, whatever was judged.
            (waited(true), (true, false), Some((Scope, (false, true)))),
            (waited(true), (true, true), Some((Reviewed, (false, true)))),
            (waited(false), (true, false), Some((Judged, (false, true)))),
            (waited(false), (true, true), Some((Judged, (false, true)))),
            (of(Some(&sha256), true), (false, true), None),
            // An older draft of accepted reports.
            (of(Some(&sha256), false), (true, false), Some((Scope, (false, true)))),
        ] {
            let then: Option<EarlierSubmission> = from_value(then).unwrap();
            let found = submission(then.as_ref(), now, accepted_only, &workspace.files);
            assert_eq!(found.map(|change| (change.kind, change.included)), told, "{then:?} {accepted_only:?}");
        }
    }
}
