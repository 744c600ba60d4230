//! `plan show --format json`: structs of its own, so that a change inside breaks no script. A field may be added within
//! a schema version, none removed or changed.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::report_json::{MeasureJson, PaperJson, measure, paper};
use super::show::answers::{self, Part};
use super::show::{Subject, agency as agency_view, indicator as indicator_view, kind};
use super::status_json::{
    AgencyJson, DeadlineJson, TaskJson, agency as agency_state, deadline, task as task_state,
};
use super::words;
use crate::diagnostic::Diagnostic;
use crate::lookup::Item;
use crate::model::{
    Agency, Aggregation, Answer, Due, Entry, Evidence, Figure, Group, Indicator, Plan, Reporting, Round, Task,
    TaskGroup, TaskStatus,
};
use crate::status::{RoundStatus, Validity};

const SCHEMA_VERSION: u32 = 1;

/// An item, or the list of those that can be asked for.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum ShownJson<'s> {
    Item(Box<ShowJson<'s>>),
    List(ListJson<'s>),
}

#[derive(Serialize, JsonSchema)]
pub(crate) struct ListJson<'s> {
    schema_version: u32,
    items: Vec<ListedJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
struct ListedJson<'s> {
    kind: &'static str,
    id: &'s str,
    name: &'s str,
}

#[derive(Serialize, JsonSchema)]
pub(crate) struct ShowJson<'s> {
    schema_version: u32,
    as_of: NaiveDate,
    /// Set while any report read is illustrative.
    illustrative: bool,
    /// `agency`, `group`, `task_group`, `task`, `indicator` or `round`: which fields follow.
    kind: &'static str,
    id: &'s str,
    name: &'s str,
    #[serde(flatten)]
    item: ItemJson<'s>,
}

#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum ItemJson<'s> {
    Agency(AgencyShownJson<'s>),
    Group(GroupJson<'s>),
    TaskGroup(TaskGroupJson<'s>),
    Task(TaskShownJson<'s>),
    Indicator(IndicatorJson<'s>),
    Round(RoundJson<'s>),
}

#[derive(Serialize, JsonSchema)]
struct AgencyShownJson<'s> {
    short_name: &'s str,
    aliases: Vec<&'s str>,
    document_code: Option<&'s str>,
    commune_code: Option<&'s str>,
    /// `required`, `requested` or `none`.
    reporting: &'static str,
    groups: Vec<&'s str>,
    /// The group whose figures its own already contain.
    control_total_of: Option<&'s str>,
    contact: Option<ContactJson<'s>>,
    rounds: Vec<AgencyRoundJson<'s>>,
    ad_hoc: Vec<AdHocJson<'s>>,
    problems: Vec<ProblemJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
struct ContactJson<'s> {
    unit: Option<&'s str>,
    name: Option<&'s str>,
    phone: Option<&'s str>,
    email: Option<&'s str>,
    /// The report that names it.
    file: &'s str,
}

#[derive(Serialize, JsonSchema)]
struct AgencyRoundJson<'s> {
    id: &'s str,
    deadline: DeadlineJson<'s>,
    /// Absent where the agency is not asked to report.
    report: Option<AgencyJson<'s>>,
    paper: Option<PaperJson<'s>>,
    file: Option<&'s str>,
    tasks: Vec<TaskPartJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
struct AdHocJson<'s> {
    date: NaiveDate,
    subject: Option<&'s str>,
    valid: bool,
    file: &'s str,
}

#[derive(Serialize, JsonSchema)]
struct ProblemJson<'s> {
    file: &'s str,
    line: usize,
    column: usize,
    rule: &'s str,
    severity: &'static str,
    message: &'s str,
    hint: Option<&'s str>,
}

/// A task that an agency has a part in.
#[derive(Serialize, JsonSchema)]
struct TaskPartJson<'s> {
    id: &'s str,
    short_title: &'s str,
    /// `lead`, `directed`, `coordinator` or `other`.
    role: &'static str,
    /// Absent where no valid report speaks of the task.
    answer: Option<EntryJson<'s>>,
}

/// An agency that has a part in a task.
#[derive(Serialize, JsonSchema)]
struct AgencyPartJson<'s> {
    id: &'s str,
    name: &'s str,
    /// `lead`, `directed`, `coordinator` or `other`.
    role: &'static str,
    /// Absent where no valid report speaks of the task.
    answer: Option<EntryJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
struct EntryJson<'s> {
    status: Option<&'static str>,
    results: Option<&'s str>,
    reason: Option<&'s str>,
    completed: Option<NaiveDate>,
    figures: Vec<FigureJson<'s>>,
    evidence: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct FigureJson<'s> {
    indicator: &'s str,
    /// `value`, `nothing-arose`, `not-applicable` or `unanswered`.
    answer: &'static str,
    value: Option<u64>,
    reason: Option<&'s str>,
}

#[derive(Serialize, JsonSchema)]
struct TaskShownJson<'s> {
    content: &'s [String],
    leads_as_worded: &'s str,
    leads: Vec<&'s str>,
    through: Vec<&'s str>,
    coordinators_as_worded: Option<&'s str>,
    coordinators: Vec<&'s str>,
    open_to_others: bool,
    due: DueJson<'s>,
    indicators: Vec<&'s str>,
    rounds: Vec<TaskRoundJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
struct DueJson<'s> {
    /// `on`, `no-deadline` or `unstated`.
    kind: &'static str,
    on: Option<NaiveDate>,
    as_worded: Option<&'s str>,
}

#[derive(Serialize, JsonSchema)]
struct TaskRoundJson<'s> {
    round: &'s str,
    state: TaskJson<'s>,
    agencies: Vec<AgencyPartJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
struct GroupJson<'s> {
    /// Names nobody in particular.
    open: bool,
    members: Vec<&'s str>,
    rounds: Vec<GroupRoundJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
struct GroupRoundJson<'s> {
    round: &'s str,
    agencies: Vec<AgencyJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
struct TaskGroupJson<'s> {
    title: &'s str,
    tasks: Vec<&'s str>,
    rounds: Vec<TasksRoundJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
struct TasksRoundJson<'s> {
    round: &'s str,
    tasks: Vec<TaskJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
struct IndicatorJson<'s> {
    unit: &'s str,
    tasks: Vec<&'s str>,
    /// `sum`, `latest` or `derived`.
    aggregation: &'static str,
    /// Of a derived one: the two that it is made of.
    percent: Option<PercentJson<'s>>,
    only: Vec<&'s str>,
    at_most: Option<&'s str>,
    in_prose: &'s [String],
    /// The rounds that ask for it.
    rounds: Vec<IndicatorRoundJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
struct PercentJson<'s> {
    of: &'s str,
    over: &'s str,
}

#[derive(Serialize, JsonSchema)]
struct IndicatorRoundJson<'s> {
    round: &'s str,
    total: MeasureJson<'s>,
}

#[derive(Serialize, JsonSchema)]
struct RoundJson<'s> {
    title: &'s str,
    data_from: NaiveDate,
    data_to: NaiveDate,
    state: Option<&'static str>,
    agencies_deadline: DeadlineJson<'s>,
    consolidated_deadline: DeadlineJson<'s>,
    tasks: Vec<&'s str>,
    /// Those that must report and sent nothing.
    missing: Vec<&'s str>,
    agencies: Vec<AgencyJson<'s>>,
}

pub(super) fn list<'s>(items: &[Item<'s>]) -> ShownJson<'s> {
    let items = items.iter().map(|item| ListedJson { kind: kind(*item).0, id: item.id(), name: item.name() });
    ShownJson::List(ListJson { schema_version: SCHEMA_VERSION, items: items.collect() })
}

pub(super) fn show<'s>(subject: &'s Subject<'_, '_>) -> ShownJson<'s> {
    let item = match subject.item {
        Item::Agency(of) => ItemJson::Agency(agency(subject, of)),
        Item::Group(of) => ItemJson::Group(group(subject, of)),
        Item::TaskGroup(of) => ItemJson::TaskGroup(task_group(subject, of)),
        Item::Task(of) => ItemJson::Task(task(subject, of)),
        Item::Indicator(of) => ItemJson::Indicator(indicator(subject, of)),
        Item::Round(of) => ItemJson::Round(round(subject, of)),
    };
    ShownJson::Item(Box::new(ShowJson {
        schema_version: SCHEMA_VERSION,
        as_of: subject.scene.as_of,
        illustrative: subject.scene.banner.is_some(),
        kind: kind(subject.item).0,
        id: subject.item.id(),
        name: subject.item.name(),
        item,
    }))
}

fn agency<'s>(subject: &'s Subject<'_, '_>, agency: &'s Agency) -> AgencyShownJson<'s> {
    let plan = subject.scene.plan;
    let contact = agency_view::contact(subject, agency).map(|(contact, report)| ContactJson {
        unit: contact.unit.as_deref(),
        name: contact.name.as_deref(),
        phone: contact.phone.as_deref(),
        email: contact.email.as_deref(),
        file: &subject.workspace.files.get(report.span.file).path,
    });
    let rounds = subject.scene.rounds.iter().map(|status| agency_round(subject, status, agency));
    let ad_hoc = agency_view::ad_hoc(subject, agency).into_iter().map(|(date, submission)| AdHocJson {
        date,
        subject: submission.report.as_ref().and_then(|report| Some(report.subject.as_ref()?.value.as_str())),
        valid: subject.workspace.errors_in(submission.file) == 0,
        file: &subject.workspace.files.get(submission.file).path,
    });
    let problems = agency_view::problems(subject, agency).into_iter().map(|found| problem(subject, found));
    let groups = plan.groups.iter().filter(|group| group.members.contains(&agency.id));
    AgencyShownJson {
        short_name: &agency.short_name,
        aliases: agency.aliases.iter().map(|alias| alias.value.as_str()).collect(),
        document_code: agency.document_code.as_deref(),
        commune_code: agency.commune_code.as_deref(),
        reporting: match agency.reporting {
            Reporting::Required => "required",
            Reporting::Requested => "requested",
            Reporting::None => "none",
        },
        groups: groups.map(|group| group.key.as_str()).collect(),
        control_total_of: agency.control_total_of.map(|group| plan[group].key.as_str()),
        contact,
        rounds: rounds.collect(),
        ad_hoc: ad_hoc.collect(),
        problems: problems.collect(),
    }
}

fn agency_round<'s>(
    subject: &'s Subject<'_, '_>,
    status: &'s RoundStatus<'_>,
    agency: &'s Agency,
) -> AgencyRoundJson<'s> {
    let (plan, state) = (subject.scene.plan, status.agency(agency.id));
    let part = |part: Part<'s>| TaskPartJson {
        id: part.task.key.as_str(),
        short_title: &part.task.short_title,
        role: part.role.id(),
        answer: part.entry.map(|said| entry(plan, said)),
    };
    AgencyRoundJson {
        id: status.round.key.as_str(),
        deadline: deadline(plan, &status.round.agencies, subject.scene.as_of),
        report: state.map(agency_state),
        paper: state.and_then(|state| state.paper()).map(paper),
        file: state.and_then(|state| state.file).map(|file| subject.workspace.files.get(file).path.as_str()),
        tasks: answers::of_agency(status, agency).into_iter().map(part).collect(),
    }
}

fn problem<'s>(subject: &'s Subject<'_, '_>, found: &'s Diagnostic) -> ProblemJson<'s> {
    let position = subject.workspace.files.position(found.span);
    ProblemJson {
        file: &subject.workspace.files.get(found.span.file).path,
        line: position.line,
        column: position.column,
        rule: found.rule.name,
        severity: found.rule.severity.id(),
        message: &found.message,
        hint: found.hint.as_deref(),
    }
}

fn entry<'s>(plan: &'s Plan, entry: &'s Entry) -> EntryJson<'s> {
    EntryJson {
        status: entry.status.map(TaskStatus::id),
        results: entry.results.as_ref().map(|results| results.value.as_str()),
        reason: entry.reason.as_ref().map(|reason| reason.value.as_str()),
        completed: entry.completed,
        figures: entry.figures.iter().map(|given| figure(plan, given)).collect(),
        evidence: entry.evidence.iter().map(Evidence::text).collect(),
    }
}

fn figure<'s>(plan: &'s Plan, figure: &'s Figure) -> FigureJson<'s> {
    let (answer, value, reason) = match &figure.value {
        Answer::Value(value) => ("value", Some(*value), None),
        Answer::NothingArose => (TaskStatus::NothingArose.id(), None, None),
        Answer::NotApplicable => (TaskStatus::NotApplicable.id(), None, None),
        Answer::Unanswered(reason) => ("unanswered", None, reason.as_deref()),
    };
    FigureJson { indicator: &plan[figure.key.value].key, answer, value, reason }
}

fn task<'s>(subject: &'s Subject<'_, '_>, task: &'s Task) -> TaskShownJson<'s> {
    let plan = subject.scene.plan;
    let (kind, on) = match task.due {
        Due::On(day) => ("on", Some(day)),
        Due::NoDeadline => ("no-deadline", None),
        Due::Unstated => ("unstated", None),
    };
    let indicators = plan.indicators.iter().filter(|indicator| indicator.tasks.contains(&task.id));
    let rounds = subject.scene.rounds.iter().filter_map(|status| {
        let state = status.task(task.id)?;
        let agencies = answers::of_task(plan, status, task).into_iter().map(|part| AgencyPartJson {
            id: part.agency.key.as_str(),
            name: &part.agency.name,
            role: part.role.id(),
            answer: part.entry.map(|said| entry(plan, said)),
        });
        Some(TaskRoundJson {
            round: status.round.key.as_str(),
            state: task_state(state),
            agencies: agencies.collect(),
        })
    });
    TaskShownJson {
        content: &task.content,
        leads_as_worded: &task.leads_as_worded,
        leads: plan.agencies.keys(&task.leads),
        through: plan.agencies.keys(&task.through),
        coordinators_as_worded: task.coordinators_as_worded.as_deref(),
        coordinators: plan.agencies.keys(&task.coordinators),
        open_to_others: task.open_to_others,
        due: DueJson { kind, on, as_worded: task.due_as_worded.as_deref() },
        indicators: indicators.map(|indicator| indicator.key.as_str()).collect(),
        rounds: rounds.collect(),
    }
}

fn group<'s>(subject: &'s Subject<'_, '_>, group: &'s Group) -> GroupJson<'s> {
    let rounds = subject.scene.rounds.iter().map(|status| {
        let members = status.members(group);
        GroupRoundJson { round: status.round.key.as_str(), agencies: members.map(agency_state).collect() }
    });
    GroupJson {
        open: group.open,
        members: subject.scene.plan.agencies.keys(&group.members),
        rounds: rounds.collect(),
    }
}

fn task_group<'s>(subject: &'s Subject<'_, '_>, group: &'s TaskGroup) -> TaskGroupJson<'s> {
    let rounds = subject.scene.rounds.iter().map(|status| {
        let tasks = status.tasks_of(group);
        TasksRoundJson { round: status.round.key.as_str(), tasks: tasks.map(task_state).collect() }
    });
    TaskGroupJson {
        title: &group.title,
        tasks: subject.scene.plan.tasks.keys(&group.tasks),
        rounds: rounds.collect(),
    }
}

fn indicator<'s>(subject: &'s Subject<'_, '_>, indicator: &'s Indicator) -> IndicatorJson<'s> {
    let plan = subject.scene.plan;
    let (aggregation, percent) = match indicator.aggregation {
        Aggregation::Sum => ("sum", None),
        Aggregation::Latest => ("latest", None),
        Aggregation::Percent(rate) => {
            ("derived", rate.map(|rate| PercentJson { of: &plan[rate.of].key, over: &plan[rate.over].key }))
        }
    };
    let rounds = indicator_view::totals(subject, indicator).filter_map(|(status, of)| {
        Some(IndicatorRoundJson { round: status.round.key.as_str(), total: measure(of?, &subject.workspace.files) })
    });
    IndicatorJson {
        unit: &indicator.unit,
        tasks: plan.tasks.keys(&indicator.tasks),
        aggregation,
        percent,
        only: plan.agencies.keys(&indicator.only),
        at_most: indicator.at_most.map(|whole| plan[whole].key.as_str()),
        in_prose: &indicator.in_prose,
        rounds: rounds.collect(),
    }
}

fn round<'s>(subject: &'s Subject<'_, '_>, round: &'s Round) -> RoundJson<'s> {
    let (plan, as_of) = (subject.scene.plan, subject.scene.as_of);
    let status = subject.scene.rounds.iter().find(|status| status.round.id == round.id);
    let agencies = || status.into_iter().flat_map(|status| &status.agencies);
    let missing = agencies()
        .filter(|state| state.validity == Validity::NoReport && state.agency.reporting == Reporting::Required);
    RoundJson {
        title: &round.title,
        data_from: round.data_from,
        data_to: round.data_to,
        state: status.map(|status| words::round_state(status.state()).0),
        agencies_deadline: deadline(plan, &round.agencies, as_of),
        consolidated_deadline: deadline(plan, &round.consolidated, as_of),
        tasks: plan.tasks.iter().filter(|task| round.covers(task.id)).map(|task| task.key.as_str()).collect(),
        missing: missing.map(|state| state.agency.key.as_str()).collect(),
        agencies: agencies().map(agency_state).collect(),
    }
}
