//! The plan: agencies, tasks, rounds, indicators.

use chrono::NaiveDate;
use indexmap::IndexSet;

use super::{AgencyId, GroupId, IndicatorId, List, RoundId, Spanned, TaskId};
use crate::calendar::{Deadline, Holidays};
use crate::source::Span;

/// Everything under `plan/`, with groups resolved into agencies.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) title: String,
    pub(crate) year: i32,
    pub(crate) province: String,
    /// The plan's own number and date; absent where the document is silent.
    pub(crate) number: Option<String>,
    pub(crate) date: Option<NaiveDate>,
    pub(crate) issuer: String,
    /// Who follows, urges and consolidates; absent where it could not be read.
    pub(crate) consolidator: Option<AgencyId>,
    pub(crate) funding_sources: Vec<Named>,
    pub(crate) agencies: List<Agency>,
    pub(crate) groups: List<Group>,
    pub(crate) task_groups: Vec<TaskGroup>,
    pub(crate) tasks: List<Task>,
    pub(crate) rounds: List<Round>,
    /// The keys of rounds that are declared but could not be read: nothing can be said of their reports.
    pub(crate) unread_rounds: Vec<String>,
    /// The folder and name of reports without a deadline.
    pub(crate) ad_hoc: Named,
    pub(crate) indicators: List<Indicator>,
    pub(crate) complaints: Complaints,
    pub(crate) holidays: Holidays,
    pub(crate) wording: Wording,
}

/// An id and the name that people read.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// The fields that complaints are counted by.
#[derive(Debug)]
pub(crate) struct Complaints {
    /// The indicator that the fields add up to; absent where the plan has none such.
    pub(crate) of: Option<IndicatorId>,
    pub(crate) fields: Vec<Named>,
}

#[derive(Debug)]
pub(crate) struct Agency {
    pub(crate) id: AgencyId,
    /// `so-y-te`
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) short_name: String,
    pub(crate) aliases: Vec<Spanned<String>>,
    /// The agency’s part of a paper’s number: `SCT` in `278/BC-SCT`; absent where unknown.
    pub(crate) document_code: Option<String>,
    /// The code of the commune or ward (QĐ 19/2025/QĐ-TTg), a text that may begin with 0.
    pub(crate) commune_code: Option<String>,
    /// First and last day of the agency's life, where it began or ended within the plan's year.
    pub(crate) active: (Option<NaiveDate>, Option<NaiveDate>),
    pub(crate) reporting: Reporting,
    /// This agency's totals already contain those of the group's members: compared, never added.
    pub(crate) control_total_of: Option<GroupId>,
    pub(crate) span: Span,
}

/// Whether an agency owes reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reporting {
    Required,
    /// The plan says “Đề nghị”: listed, never overdue.
    Requested,
    None,
}

#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) id: GroupId,
    /// `ubnd-cap-xa`
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) members: IndexSet<AgencyId>,
    /// Names nobody in particular (“các đơn vị có liên quan”): never expanded.
    pub(crate) open: bool,
    /// Its members are shown as one line.
    pub(crate) folded: bool,
    pub(crate) span: Span,
}

/// A group of tasks: `I` to `VIII` of the annex.
#[derive(Debug)]
pub(crate) struct TaskGroup {
    pub(crate) key: String,
    /// For tables.
    pub(crate) short_title: String,
    pub(crate) title: String,
    pub(crate) tasks: IndexSet<TaskId>,
    pub(crate) span: Span,
}

#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) id: TaskId,
    /// `III.5`: group and number of the plan's annex
    pub(crate) key: String,
    pub(crate) short_title: String,
    /// The plan's wording, a paragraph each.
    pub(crate) content: Vec<String>,
    pub(crate) leads_as_worded: String,
    /// Every agency that leads, groups expanded, in the order of the plan, each once.
    pub(crate) leads: IndexSet<AgencyId>,
    /// Whether the cell names somebody who is not known: a problem of its own.
    pub(crate) leads_unread: bool,
    /// Agencies that the leads direct (“chỉ đạo …”): they report the figures.
    pub(crate) through: IndexSet<AgencyId>,
    /// Absent where the plan's cell is empty.
    pub(crate) coordinators_as_worded: Option<String>,
    /// Every agency that takes part under the leads, groups expanded.
    pub(crate) coordinators: IndexSet<AgencyId>,
    /// Whether the plan also calls on agencies that it does not name (“các đơn vị có liên quan”).
    pub(crate) open_to_others: bool,
    pub(crate) due: Due,
    /// Absent where the plan's cell is empty.
    pub(crate) due_as_worded: Option<String>,
    pub(crate) span: Span,
}

/// What an agency has to do with a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Leads,
    /// Named beside the leads, itself or with the group whose totals it gives.
    Beside,
    /// The plan also calls on agencies that it does not name.
    Open,
}

/// When a task falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// “Thường xuyên”: done all the time, never late.
    NoDeadline,
    On(NaiveDate),
    /// The plan's cell is empty.
    Unstated,
}

/// A reporting period with deadlines.
#[derive(Debug)]
pub(crate) struct Round {
    pub(crate) id: RoundId,
    /// `annual`
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) short_name: String,
    /// The subject of the consolidated report.
    pub(crate) title: String,
    /// Agencies → consolidator.
    pub(crate) agencies: Deadline,
    /// Consolidator → the bodies above.
    pub(crate) consolidated: Deadline,
    pub(crate) data_from: NaiveDate,
    pub(crate) data_to: NaiveDate,
    /// The tasks reported on; all where the plan does not narrow them.
    pub(crate) tasks: Option<IndexSet<TaskId>>,
    pub(crate) span: Span,
}

#[derive(Debug)]
pub(crate) struct Indicator {
    pub(crate) id: IndicatorId,
    /// `inspections`
    pub(crate) key: String,
    pub(crate) label: String,
    pub(crate) unit: String,
    pub(crate) tasks: IndexSet<TaskId>,
    pub(crate) aggregation: Aggregation,
    /// The only agencies whose figure counts; empty: any.
    pub(crate) only: IndexSet<AgencyId>,
    /// The indicator that this one is a part of.
    pub(crate) at_most: Option<IndicatorId>,
    /// What follows the number where prose tells this figure: “vụ kiểm tra”.
    pub(crate) in_prose: Vec<String>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aggregation {
    /// Added over agencies and tasks.
    Sum,
    /// A stock: each agency's newest figure, also from an earlier round, then added.
    Latest,
    /// One over the other, never typed; absent where the plan has no such indicators.
    Percent(Option<Rate>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    pub(crate) of: IndicatorId,
    pub(crate) over: IndicatorId,
}

/// What a report is of, as a folder or the report itself names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum RoundRef {
    Of(RoundId),
    AdHoc,
    /// A place in the list of rounds that could not be read.
    Unread(usize),
}

impl Indicator {
    /// Whether the unit is money, whole đồng.
    pub(crate) fn is_money(&self) -> bool {
        self.unit == "đồng"
    }

    /// Whether agencies report it, instead of it being derived.
    pub(crate) fn is_typed(&self) -> bool {
        !matches!(self.aggregation, Aggregation::Percent(_))
    }

    pub(crate) fn allows(&self, agency: AgencyId) -> bool {
        self.only.is_empty() || self.only.contains(&agency)
    }
}

/// The wording and outline of the consolidated report (`plan/report.yaml`); strings that hold
/// `{{ … }}` are templates, kept with their place so that a mistake in one can be shown.
#[derive(Debug)]
pub(crate) struct Wording {
    /// Upper case, as in the letterhead.
    pub(crate) superior: Option<String>,
    pub(crate) issuer: String,
    /// The issuer inside a sentence: “Sở Công Thương”.
    pub(crate) issuer_name: String,
    /// `BC-SCT`
    pub(crate) number_code: String,
    pub(crate) place: String,
    pub(crate) kind: String,
    pub(crate) addressees: Vec<String>,
    /// Bodies that recommendations may be addressed to.
    pub(crate) recommend_to: Vec<Named>,
    pub(crate) bases: Vec<Spanned<String>>,
    pub(crate) opening: Vec<Spanned<String>>,
    pub(crate) outline: Vec<OutlineSection>,
    pub(crate) annexes: Vec<AnnexWording>,
    pub(crate) authority: Vec<String>,
    pub(crate) post: String,
    pub(crate) signer: Option<String>,
    pub(crate) recipients: Vec<String>,
    /// Absent where the department urges nobody in writing.
    pub(crate) reminder: Option<ReminderWording>,
}

/// The letter that urges agencies to report; its head and signer are the report's.
#[derive(Debug)]
pub(crate) struct ReminderWording {
    /// `SCT-QLTM`: a letter has no code for its kind.
    pub(crate) number_code: String,
    /// `V/v …`
    pub(crate) summary: Spanned<String>,
    pub(crate) text: Vec<Spanned<String>>,
    /// What follows the list of what is missing.
    pub(crate) closing: Vec<Spanned<String>>,
    /// The title of the list that goes with a letter to several agencies.
    pub(crate) list_title: String,
    /// A short message to one agency, for mail or chat.
    pub(crate) message: Spanned<String>,
    /// Whom to ask: unit, telephone, mail, as one text.
    pub(crate) contact: String,
    pub(crate) recipients: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct OutlineSection {
    pub(crate) content: OutlineContent,
    pub(crate) title: String,
    pub(crate) text: Vec<Spanned<String>>,
    /// Of the results: how the account of each group of tasks begins.
    pub(crate) group_opening: Option<Spanned<String>>,
    pub(crate) parts: Vec<OutlinePart>,
}

/// A numbered part inside a section.
#[derive(Debug)]
pub(crate) struct OutlinePart {
    pub(crate) content: PartContent,
    pub(crate) title: String,
    pub(crate) text: Vec<Spanned<String>>,
}

/// What a section of the report is made of, besides its own text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutlineContent {
    Text,
    Results,
    Funding,
    NextSteps,
    Recommendations,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartContent {
    Text,
    Difficulties,
    Causes,
}

#[derive(Debug)]
pub(crate) struct AnnexWording {
    pub(crate) content: AnnexContent,
    pub(crate) title: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnnexContent {
    Indicators,
    Tasks,
    Submissions,
    Violators,
    Warnings,
    /// What coordinating agencies and folded groups report, task by task.
    Details,
}

impl AnnexContent {
    /// Every kind, as `plan/report.yaml` calls it.
    pub(crate) const ALL: [(&str, Self); 6] = [
        ("indicators", Self::Indicators),
        ("tasks", Self::Tasks),
        ("submissions", Self::Submissions),
        ("violators", Self::Violators),
        ("warnings", Self::Warnings),
        ("details", Self::Details),
    ];
}

impl Plan {
    /// The round, or what else reports are of, under this key.
    pub(crate) fn round_ref(&self, key: &str) -> Option<RoundRef> {
        if key == self.ad_hoc.id {
            return Some(RoundRef::AdHoc);
        }
        let unread = || self.unread_rounds.iter().position(|unread| unread == key).map(RoundRef::Unread);
        self.rounds.find(key).map(|round| RoundRef::Of(round.id)).or_else(unread)
    }

    pub(crate) fn round_key(&self, round: RoundRef) -> &str {
        match round {
            RoundRef::Of(id) => &self[id].key,
            RoundRef::AdHoc => &self.ad_hoc.id,
            RoundRef::Unread(index) => &self.unread_rounds[index],
        }
    }

    /// The tasks of a round that an agency is asked about: what it leads, then where it takes part, then what the plan
    /// leaves open to anybody concerned.
    pub(crate) fn asked_tasks(&self, round: &Round, agency: AgencyId) -> Vec<(&Task, Part)> {
        let covered = self.tasks.iter().filter(|task| round.covers(task.id));
        let mut tasks: Vec<_> = covered.filter_map(|task| Some((task, self.part(task, agency)?))).collect();
        tasks.sort_by_key(|(_, part)| *part);
        tasks
    }

    fn part(&self, task: &Task, agency: AgencyId) -> Option<Part> {
        if task.leads.contains(&agency) {
            return Some(Part::Leads);
        }
        // Whoever gives the totals of a group takes part where all of the group does.
        let group = self[agency].control_total_of.map(|group| &self[group].members);
        let with_group = |named: &IndexSet<AgencyId>| group.is_some_and(|members| members.is_subset(named));
        let takes_part = task.through.contains(&agency)
            || task.coordinators.contains(&agency)
            || with_group(&task.leads)
            || with_group(&task.coordinators);
        if takes_part { Some(Part::Beside) } else { task.open_to_others.then_some(Part::Open) }
    }

    /// The indicators of a task that an agency types, in the order of the plan.
    pub(crate) fn typed_indicators(&self, task: TaskId, agency: AgencyId) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |indicator| {
            indicator.is_typed() && indicator.tasks.contains(&task) && indicator.allows(agency)
        })
    }

    /// The group under whose name this agency is shown in one line with others.
    pub(crate) fn folding_group(&self, agency: AgencyId) -> Option<&Group> {
        self.groups.iter().find(|group| group.folded && group.members.contains(&agency))
    }
}

impl Agency {
    /// Whether the agency is to report in a round: asked at all, and alive while its data are gathered.
    pub(crate) fn is_asked(&self, round: &Round) -> bool {
        let (from, until) = self.active;
        self.reporting != Reporting::None
            && from.is_none_or(|from| from <= round.data_to)
            && until.is_none_or(|until| until >= round.data_from)
    }
}

impl Round {
    pub(crate) fn covers(&self, task: TaskId) -> bool {
        self.tasks.as_ref().is_none_or(|tasks| tasks.contains(&task))
    }
}
