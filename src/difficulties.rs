//! Difficulties and recommendations that stand open, so that those above can be told promptly. Pure: checked reports in,
//! remarks out.
//!
//! Open is what an agency's newest report with a deadline says, and what every ad hoc report says. Reports that are not
//! valid count too: an urgent difficulty is not silenced by a wrong figure.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::check::Checked;
use crate::model::{Agency, AgencyId, Place, Plan, Report, Round, Spanned, Task, TaskId};
use crate::vietnamese::{clause, fold};

/// What an agency says in one report or several.
#[derive(Debug)]
pub(crate) struct Remark<'p> {
    pub(crate) agency: &'p Agency,
    pub(crate) kind: Kind<'p>,
    /// As the newest report words it.
    pub(crate) text: &'p Spanned<String>,
    pub(crate) task: Option<&'p Task>,
    /// The agency's reports that say the same, the earliest first; at least one.
    pub(crate) said: Vec<Saying<'p>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind<'p> {
    Difficulty {
        cause: Option<&'p str>,
    },
    Recommendation {
        /// Id of the body addressed.
        to: Option<&'p str>,
    },
}

/// One report that says it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Saying<'p> {
    pub(crate) report: &'p Report,
    /// Absent for an ad hoc report.
    pub(crate) round: Option<&'p Round>,
    /// The day of an ad hoc report, the day of receipt of another; absent where it cannot be read.
    pub(crate) day: Option<NaiveDate>,
    pub(crate) valid: bool,
}

impl Remark<'_> {
    /// The day from which the agency has been saying so.
    pub(crate) fn since(&self) -> Option<NaiveDate> {
        self.said.first().and_then(|saying| saying.day)
    }

    pub(crate) fn is_urgent(&self) -> bool {
        self.said.iter().any(|saying| saying.round.is_none())
    }

    /// Whether the newest report that says it is valid.
    pub(crate) fn is_valid(&self) -> bool {
        self.said.last().is_some_and(|saying| saying.valid)
    }
}

/// Every open remark: of ad hoc reports first, then the newest, then in the order of the plan.
pub(crate) fn open<'p>(plan: &'p Plan, checked: &'p Checked, as_of: NaiveDate) -> Vec<Remark<'p>> {
    let mut remarks = Vec::new();
    let mut by_agency = by_agency(plan, checked, as_of);
    for agency in &plan.agencies {
        let mut sayings = by_agency.remove(&agency.id).unwrap_or_default();
        // What has no day is taken for new.
        sayings.sort_by_key(|saying| (saying.day.is_none(), saying.day));
        remarks.extend(of_agency(plan, agency, &sayings));
    }
    remarks.sort_by_key(|remark: &Remark<'_>| (!remark.is_urgent(), remark.since().map(std::cmp::Reverse)));
    remarks
}

/// The reports that had come, by agency.
fn by_agency<'p>(plan: &'p Plan, checked: &'p Checked, as_of: NaiveDate) -> HashMap<AgencyId, Vec<Saying<'p>>> {
    let mut found: HashMap<AgencyId, Vec<Saying<'p>>> = HashMap::new();
    for submission in &checked.submissions {
        let Some(report) = submission.report.as_ref().filter(|report| !report.is_empty()) else { continue };
        let (agency, round, day) = match submission.place {
            Place::Round { round, agency } => (agency, Some(&plan[round]), report.received()),
            Place::AdHoc { date, agency } => (agency, None, Some(date)),
            Place::Unread { .. } | Place::Astray => continue,
        };
        if day.is_none_or(|day| day <= as_of) {
            let valid = checked.errors_in(submission.file) == 0;
            found.entry(agency).or_default().push(Saying { report, round, day, valid });
        }
    }
    found
}

/// `sayings`: the earliest first.
fn of_agency<'p>(plan: &'p Plan, agency: &'p Agency, sayings: &[Saying<'p>]) -> Vec<Remark<'p>> {
    let newest = sayings.iter().filter_map(|saying| saying.round).max_by_key(|round| round.data_to);
    let newest = newest.map(|round| round.id);
    let is_open = |saying: &Saying<'_>| saying.round.is_none_or(|round| Some(round.id) == newest);
    let mut places: HashMap<(String, Option<Option<&str>>), usize> = HashMap::new();
    let mut remarks: Vec<Remark<'p>> = Vec::new();
    for saying in sayings {
        for (kind, text, task) in told(plan, saying.report) {
            let task = task.map(|task| &plan[task]);
            let to = match kind {
                Kind::Difficulty { .. } => None,
                Kind::Recommendation { to } => Some(to),
            };
            let place = *places.entry((fold(clause(&text.value)), to)).or_insert(remarks.len());
            match remarks.get_mut(place) {
                Some(known) => {
                    known.text = text;
                    known.task = task.or(known.task);
                    if !matches!(kind, Kind::Difficulty { cause: None }) {
                        known.kind = kind;
                    }
                    // One report may say it twice.
                    if known.said.last().is_none_or(|last| last.report.span != saying.report.span) {
                        known.said.push(*saying);
                    }
                }
                None => remarks.push(Remark { agency, kind, text, task, said: vec![*saying] }),
            }
        }
    }
    remarks.retain(|remark| remark.said.iter().any(is_open));
    remarks
}

/// What a report says, in its order.
fn told<'p>(
    plan: &'p Plan,
    report: &'p Report,
) -> impl Iterator<Item = (Kind<'p>, &'p Spanned<String>, Option<TaskId>)> {
    let difficulties = report.difficulties.iter().map(|found| {
        let cause = found.cause.as_ref().map(|cause| cause.value.as_str());
        (Kind::Difficulty { cause }, &found.text, found.task)
    });
    let recommendations = report.recommendations.iter().map(move |found| {
        (Kind::Recommendation { to: found.to.map(|to| plan[to].id.as_str()) }, &found.text, found.task)
    });
    difficulties.chain(recommendations)
}
