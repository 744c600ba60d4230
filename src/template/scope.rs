//! What the templates of each place may name: the one definition from which come the values of a real document
//! and the samples of a dry run. Derives nothing; who knows the state of a round fills in its counts.

mod groups;
mod growth;
mod letters;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::{Plan, Round};
use crate::vietnamese::{date, lower_first, roman, weekday};

pub(crate) use groups::{Declared, Group, GroupDone, GroupOpening, OpenTask, States, Tasks, Unconcerned};
pub(crate) use growth::{Change, Growth, Previous};
pub(crate) use letters::{Body, Consolidated, Deadline, Letter, Paper, Petition, Raised, Urged, Urgee};

/// What every template may name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct General {
    issuer_name: String,
    as_of: String,
    pub(super) plan: PlanWords,
}

/// What every template of a round may name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Common {
    #[serde(flatten)]
    pub(super) general: General,
    pub(super) round: RoundWords,
    counts: Counts,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct PlanWords {
    title: String,
    year: String,
    province: String,
    issuer: String,
    pub(super) number: Option<String>,
    pub(super) date: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct RoundWords {
    id: String,
    name: String,
    title: String,
    pub(super) topic: Option<String>,
    data_from: String,
    data_to: String,
    /// Whether days of its data are still to come.
    data_open: bool,
    agencies_deadline: String,
    consolidated_deadline: String,
    /// The last working day before it.
    consolidated_last_day: String,
}

/// How many reports came in.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Counts {
    pub(crate) expected: usize,
    pub(crate) received: usize,
    pub(crate) on_time: usize,
    pub(crate) late: usize,
    pub(crate) missing: usize,
    pub(crate) invalid: usize,
    pub(crate) skipped: usize,
    /// Received and left out, where only what the department accepted counts.
    pub(crate) not_accepted: usize,
    /// Among the received, whose paper came without its data.
    pub(crate) paper_alone: usize,
    pub(crate) requested: usize,
    pub(crate) requested_received: usize,
    pub(crate) requested_skipped: usize,
}

/// What the paragraphs of the report may name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Report {
    #[serde(flatten)]
    pub(crate) common: Common,
    pub(crate) annex: Annexes,
    pub(crate) parts: Vec<Part>,
    /// Valid reports, of agencies that are only requested to report too.
    pub(crate) included: usize,
    pub(crate) silent: Silent,
    pub(crate) tasks: Tasks,
    pub(crate) totals: Figures,
    pub(crate) numbers: Figures,
    pub(crate) values: BTreeMap<String, Option<u64>>,
    pub(crate) previous: Previous,
    /// How a number of all agencies changed, behind the number.
    pub(crate) growth: Figures,
    /// The same in brackets.
    pub(crate) growth_in_list: Figures,
    /// How the number of those changed that gave one in both years, as a sentence.
    pub(crate) growth_of_both: Figures,
    /// Who gave most of a total among those named one by one; none where it has no total, or one agency gave all.
    pub(crate) top: BTreeMap<String, Option<Top>>,
    /// Who gave all of a total, where it is one agency.
    pub(crate) sole: Figures,
    /// Of an indicator that is at most another: who gave most of that other, and what of it is not this one.
    pub(crate) beyond: BTreeMap<String, Option<Top>>,
    /// What may stand in a total twice: held where another agency tells that it held its own.
    pub(crate) overlaps: BTreeMap<String, Option<Overlap>>,
    /// What of a total is of an earlier round, of which each agency's newest answer counts.
    pub(crate) older: BTreeMap<String, Vec<Older>>,
    /// What of a total was added since the round before, where everybody who gives a number gave one then.
    pub(crate) since: BTreeMap<String, Option<Since>>,
    /// A total task by task, where it is asked for under several.
    pub(crate) by_task: BTreeMap<String, Vec<OfTask>>,
    /// Of a rate, what its whole holds beside its part, where there is some.
    pub(crate) left: Figures,
    /// How many agencies gave a number.
    pub(crate) reporters: BTreeMap<String, usize>,
    /// Cases taken over from last year, beside the total.
    pub(crate) carried_over: Figures,
    /// Whether every answer is that nothing arose.
    pub(crate) nothing_arose: BTreeMap<String, bool>,
    pub(crate) consolidated: Consolidated,
    pub(crate) groups: Vec<GroupDone>,
    pub(crate) violators: Violators,
    /// What the cases are about that are counted, the most frequent first.
    pub(crate) fields: Vec<OfField>,
    /// Sentences of agencies on single tasks, in the order of the plan.
    pub(crate) highlights: Vec<Highlight>,
    pub(crate) control: Option<Control>,
    pub(crate) difficulties: Voiced,
    pub(crate) ad_hoc: Vec<AdHoc>,
    /// The indicators whose newest number an ad hoc report gave.
    pub(crate) ad_hoc_newest: Vec<String>,
    /// Recommendations of ad hoc reports alone that mean nothing any more on the day of the report.
    pub(crate) ad_hoc_expired: usize,
    pub(crate) funding: Funding,
    /// Recommendations as the report lists them, by whom they are addressed to.
    pub(crate) petitions: Vec<Petitions>,
    /// Those addressed to who writes the report.
    pub(crate) own_petitions: Voiced,
    /// What agencies propose differently.
    pub(crate) conflicts: Vec<Conflict>,
}

/// Who must report and did not.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Silent {
    /// Those that are named one by one.
    pub(crate) names: Option<String>,
    /// Of those that would be, who has reported, where they are the fewer by far.
    pub(crate) heard: Option<String>,
    /// Those whose own deadline has passed: not whoever has an extension that runs.
    pub(crate) overdue: usize,
    /// Since the deadline, at most; none before it has passed.
    pub(crate) days: Option<i64>,
    /// Whether some are overdue for fewer days.
    pub(crate) varied: bool,
    /// In this round and in every one before it.
    pub(crate) ever: usize,
    /// Whether there is a round before it.
    pub(crate) compared: bool,
}

/// The figures of an agency that holds those of a group, beside the group's own.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Control {
    pub(crate) agency: String,
    pub(crate) members: usize,
    /// What its members are behind a number.
    pub(crate) of: String,
    pub(crate) silent: usize,
    pub(crate) silent_names: String,
    /// Whether both say the same.
    pub(crate) equal: bool,
    /// Whether every difference is what the silent members said last.
    pub(crate) explained: bool,
    /// The last day of what they said last.
    pub(crate) until: Option<String>,
    /// Whether it holds more than those of the members together, of the first indicator that differs.
    pub(crate) is_more: bool,
    /// Of the first indicator that differs, which is named where it is not the first of all.
    pub(crate) difference: String,
}

/// What is raised, how often, by how many, and what it is about, most agencies first.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Voiced {
    pub(crate) total: usize,
    pub(crate) agencies: usize,
    /// How many paragraphs or items it is put together into.
    pub(crate) groups: usize,
    /// Raised before, and not in this round.
    pub(crate) earlier: usize,
    /// Whether any of it is told in the department's own words.
    pub(crate) reworded: bool,
    pub(crate) themes: Vec<String>,
}

/// What one agency gave of a total.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Top {
    pub(crate) agency: String,
    /// With its unit.
    pub(crate) amount: String,
    pub(crate) value: u64,
}

/// Figures of some agencies that others may have counted too.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Overlap {
    pub(crate) names: String,
    /// Whose reports name the places of those.
    pub(crate) others: String,
    pub(crate) amount: String,
    pub(crate) value: u64,
}

/// What was told in an earlier round and stands.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Older {
    pub(crate) amount: String,
    /// The last day of what that round tells.
    pub(crate) until: String,
    pub(crate) names: String,
    /// Whether it is the whole total.
    pub(crate) is_all: bool,
}

/// What was added since the round before.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Since {
    pub(crate) amount: String,
    pub(crate) value: u64,
    /// The first day of it.
    pub(crate) from: String,
}

/// What of a total was reported under one task.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OfTask {
    pub(crate) task: String,
    pub(crate) amount: String,
    pub(crate) value: u64,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct OfField {
    pub(crate) name: String,
    pub(crate) value: u64,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Highlight {
    pub(crate) task: String,
    pub(crate) text: String,
}

/// Organisations and persons in violation that were published.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Violators {
    /// Who published them.
    pub(crate) agencies: Option<String>,
    /// All their fines.
    pub(crate) fines: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct AdHoc {
    pub(crate) agency: String,
    pub(crate) date: String,
    pub(crate) subject: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Funding {
    /// Beside its sources: all add up in print.
    pub(crate) total: Option<String>,
    /// Where no source stands beside it.
    pub(crate) alone: Option<String>,
    /// In đồng.
    pub(crate) value: Option<u64>,
    /// Where it came from, of which there is some.
    pub(crate) sources: Vec<FundingSource>,
    /// Reports that give an amount, and that give none.
    pub(crate) reports: usize,
    pub(crate) silent: usize,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct FundingSource {
    pub(crate) name: String,
    pub(crate) amount: String,
    /// Of all that was spent; those of all sources make 100%.
    pub(crate) share: Option<String>,
    pub(crate) value: u64,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Petitions {
    pub(crate) to: String,
    /// Of items, each put together of several petitions.
    pub(crate) count: usize,
    pub(crate) total: usize,
    pub(crate) agencies: usize,
    /// Whether any of it is told in the department's own words.
    pub(crate) reworded: bool,
}

/// Petitions on one matter that differ: to whom, and who proposes what.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Conflict {
    pub(crate) to: String,
    pub(crate) text: String,
}

/// `Phụ lục III` by the kind of annex; none where the outline lacks it, or it tells nothing.
pub(crate) type Annexes = BTreeMap<&'static str, Option<String>>;

/// A total in words by the indicator's id; every indicator is there, none where nobody gave a number.
pub(crate) type Figures = BTreeMap<String, Option<String>>;

/// Agencies that the report speaks of together.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Part {
    pub(crate) name: String,
    /// What its members are behind a number: `xã, phường`.
    pub(crate) members: String,
    pub(crate) expected: usize,
    pub(crate) received: usize,
    pub(crate) included: usize,
    /// Of those that must report.
    pub(crate) missing: usize,
    /// Whether its members are counted rather than named.
    pub(crate) folded: bool,
}

impl General {
    pub(crate) fn new(plan: &Plan, as_of: NaiveDate) -> Self {
        Self {
            issuer_name: plan.wording.issuer_name.clone(),
            as_of: date(as_of),
            plan: PlanWords {
                title: plan.title.clone(),
                year: plan.year.to_string(),
                province: plan.province.clone(),
                issuer: plan.issuer.clone(),
                number: plan.number.clone(),
                date: plan.date.map(date),
            },
        }
    }
}

impl Common {
    pub(crate) fn new(plan: &Plan, round: &Round, as_of: NaiveDate, counts: Counts) -> Self {
        Self {
            general: General::new(plan, as_of),
            round: RoundWords {
                id: round.key.clone(),
                name: round.name.clone(),
                title: round.title.clone(),
                topic: round.topic.clone(),
                data_from: date(round.data_from),
                data_to: date(round.data_to),
                data_open: as_of < round.data_to,
                agencies_deadline: round.agencies.worded(&plan.holidays),
                consolidated_deadline: round.consolidated.worded(&plan.holidays),
                consolidated_last_day: {
                    let last = plan.holidays.last_working_day(round.consolidated.last_on_time(&plan.holidays));
                    format!("{} {}", lower_first(weekday(last)), date(last))
                },
            },
            counts,
        }
    }
}

/// The name of the annex that stands at `index` in the outline.
pub(crate) fn annex_name(index: usize) -> String {
    format!("Phụ lục {}", roman(index + 1))
}
