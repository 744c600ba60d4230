//! `plan show --format json`.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::json::{HeadJson, PlaceJson, head, place, values};
use super::moved::MovedJson;
use super::public_json::{PublishedJson, published};
use super::report_json::{CorrectionJson, MeasureJson, PaperJson, correction, measure, paper};
use super::show::answers::{self, Part};
use super::show::{
    Items, Subject, agency as agency_view, history as history_view, indicator as indicator_view, kind, not_kept,
};
use super::status_json::{
    AgencyJson, DeadlineJson, TaskJson, agency as agency_state, deadline, task as task_state,
};
use super::words;
use crate::changes::SCHEMA_VERSION;
use crate::diagnostic::Diagnostic;
use crate::doc::as_json;
use crate::history::{Event, What};
use crate::lookup::Item;
use crate::model::{
    Agency, Aggregation, Answer, Contact, Due, Entry, Evidence, Figure, Group, Indicator, Plan, Rate, Reporting,
    Round, Submission, Task, TaskGroup, TaskStatus,
};
use crate::source::Files;
use crate::status::{RoundStatus, TaskState};

/// An item, or the list of those that can be asked for.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum ShownJson<'j> {
    Item(Box<ShowJson<'j>>),
    List(ListJson<'j>),
}

as_json!(Subject<'_, '_>, it => ShownJson::Item(Box::new(show(it))));

as_json!(Items<'_>, it => ShownJson::List(list(it)));

#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum ItemJson<'j> {
    Agency(AgencyShownJson<'j>),
    Group(GroupJson<'j>),
    TaskGroup(TaskGroupJson<'j>),
    Task(TaskShownJson<'j>),
    Indicator(IndicatorJson<'j>),
    Round(RoundJson<'j>),
}

fn item<'j>(subject: &'j Subject<'_, '_>) -> ItemJson<'j> {
    match subject.item {
        Item::Agency(of) => ItemJson::Agency(agency(subject, of)),
        Item::Group(of) => ItemJson::Group(group(subject, of)),
        Item::TaskGroup(of) => ItemJson::TaskGroup(task_group(subject, of)),
        Item::Task(of) => ItemJson::Task(task(subject, of)),
        Item::Indicator(of) => ItemJson::Indicator(indicator(subject, of)),
        Item::Round(of) => ItemJson::Round(round(subject, of)),
    }
}

values! {
    ListJson<'j> = fn list(items: &'j Items<'_>) {
        schema_version: u32 = SCHEMA_VERSION,
        items: Vec<ListedJson<'j>> = items.items.iter().map(listed).collect(),
    }

    ListedJson<'j> = fn listed(item: &'j Item<'_>) {
        kind: &'static str = kind(*item).0,
        id: &'j str = item.id(),
        name: &'j str = item.name(),
    }

    ShowJson<'j> = fn show(subject: &'j Subject<'_, '_>) {
        #[serde(flatten)]
        head: HeadJson = head(subject.scene.as_of, &subject.scene.banner),
        /// `agency`, `group`, `task_group`, `task`, `indicator` or `round`: which fields follow.
        kind: &'static str = kind(subject.item).0,
        id: &'j str = subject.item.id(),
        name: &'j str = subject.item.name(),
        /// Whose figures are today's: corrected after the day, and not kept as they were on it.
        not_kept: Vec<&'j str> = words::keys(&not_kept(subject)),
        #[serde(flatten)]
        item: ItemJson<'j> = item(subject),
    }

    /// One thing that happened to an agency's reports.
    EventJson = fn event(event: &Event<'_>, subject: &Subject<'_, '_>) where {
        let paper = history_view::paper(event);
        let (what, file, moved) = match &event.what {
            What::Came { file, .. } => ("received", Some(*file), &[][..]),
            What::Replaced { file, moved, .. } => ("replaced", Some(*file), &moved[..]),
            What::Corrected { .. } => ("corrected", None, &[][..]),
            What::ChangedByHand { moved } => ("changed_by_hand", None, &moved[..]),
            What::Did(act) => (act.act.id(), None, &[][..]),
        };
        let act = if let What::Did(act) = event.what { Some(act) } else { None };
        let origin = if let What::Came { origin, .. } | What::Replaced { origin, .. } = &event.what { origin.clone() } else { None };
    } {
        date: Option<NaiveDate> = event.day,
        /// The folder of `reports/` that it is about.
        round: String = event.folder.to_owned(),
        /// `received`, `replaced`, `corrected`, `changed_by_hand`, or the act: `paper`, `accept`, `withdraw`, `extend`,
        /// `settle`, `remind`.
        what: &'static str = what,
        number: Option<String> = paper.and_then(|paper| paper.number.map(str::to_owned)),
        /// The day of the paper.
        signed: Option<NaiveDate> = paper.and_then(|paper| paper.date),
        file: Option<String> = file.map(str::to_owned),
        /// The form, the file, the mail that it came as, in words.
        origin: Option<String> = origin,
        moved: Vec<MovedJson> = moved.iter().map(|moved| MovedJson::new(moved, subject.scene.plan)).collect(),
        by: Option<String> = act.and_then(|act| act.by.clone()),
        /// When the act was written down.
        entered: Option<String> = act.and_then(|act| act.entered.as_ref().map(|moment| moment.0.clone())),
        until: Option<NaiveDate> = act.and_then(|act| *act.until),
        /// The day of what a withdrawal takes back.
        of_date: Option<NaiveDate> = act.and_then(|act| act.of_date),
        note: Option<String> = act.and_then(|act| act.note.clone()),
    }

    AgencyShownJson<'j> = fn agency(subject: &'j Subject<'_, '_>, agency: &'j Agency) where {
        let (plan, files) = (subject.scene.plan, &subject.workspace.files);
        let groups = plan.groups.iter().filter(|group| group.members.contains(&agency.id));
        let named = agency_view::contact(subject, agency);
        let ad_hocs = agency_view::ad_hoc(subject, agency).into_iter();
    } {
        short_name: &'j str = &agency.short_name,
        aliases: Vec<&'j str> = agency.aliases.iter().map(|alias| alias.value.as_str()).collect(),
        document_code: Option<&'j str> = agency.document_code.as_deref(),
        commune_code: Option<&'j str> = agency.commune_code.as_deref(),
        /// Where mail is sent to.
        email: &'j [String] = &agency.emails,
        /// Where `--history` asks for it, the oldest first.
        #[serde(skip_serializing_if = "Option::is_none")]
        history: Option<Vec<EventJson>> = history_view::events(subject, agency)
            .map(|events| events.iter().map(|found| event(found, subject)).collect()),
        /// `required`, `requested` or `none`.
        reporting: &'static str = match agency.reporting {
            Reporting::Required => "required",
            Reporting::Requested => "requested",
            Reporting::None => "none",
        },
        active_from: Option<NaiveDate> = agency.active.0,
        active_until: Option<NaiveDate> = agency.active.1,
        /// Whose cumulative figures are also of this agency once it is gone.
        successor: Option<&'j str> = agency.successor.map(|heir| plan[heir].key.as_str()),
        /// The agency that it belongs to.
        parent: Option<&'j str> = agency.parent.map(|parent| plan[parent].key.as_str()),
        groups: Vec<&'j str> = groups.map(|group| group.key.as_str()).collect(),
        /// The group whose figures its own already contain.
        control_total_of: Option<&'j str> = agency.control_total_of.map(|group| plan[group].key.as_str()),
        contact: Option<ContactJson<'j>> =
            named.map(|(named, report)| contact(named, &files.get(report.span.file).path)),
        rounds: Vec<AgencyRoundJson<'j>> =
            subject.scene.rounds.iter().map(|status| agency_round(subject, status, agency)).collect(),
        ad_hoc: Vec<AdHocJson<'j>> = ad_hocs.map(|(date, submission)| ad_hoc(subject, date, submission)).collect(),
        problems: Vec<ProblemJson<'j>> =
            agency_view::problems(subject, agency).into_iter().map(|found| problem(files, found)).collect(),
    }

    ContactJson<'j> = fn contact(contact: &'j Contact, file: &'j str) {
        unit: Option<&'j str> = contact.unit.as_deref(),
        name: Option<&'j str> = contact.name.as_deref(),
        phone: Option<&'j str> = contact.phone.as_deref(),
        email: Option<&'j str> = contact.email.as_deref(),
        /// The report that names it.
        file: &'j str = file,
    }

    AgencyRoundJson<'j> = fn agency_round(
        subject: &'j Subject<'_, '_>,
        status: &'j RoundStatus<'_>,
        agency: &'j Agency,
    ) where {
        let (plan, state) = (subject.scene.plan, status.agency(agency.id));
        let file = state.and_then(|state| state.file);
        let parts = answers::of_agency(plan, status, agency).into_iter();
    } {
        id: &'j str = &status.round.key,
        deadline: DeadlineJson<'j> = deadline(plan, &status.round.agencies, subject.scene.as_of),
        /// Absent where the agency is not asked to report.
        report: Option<AgencyJson<'j>> = state.map(agency_state),
        paper: Option<PaperJson<'j>> = state.and_then(|state| state.paper()).map(paper),
        corrected_by: Vec<CorrectionJson<'j>> =
            state.map_or(&[][..], |state| state.corrections).iter().map(correction).collect(),
        file: Option<&'j str> = file.map(|file| subject.workspace.files.get(file).path.as_str()),
        tasks: Vec<TaskPartJson<'j>> = parts.map(|part| task_part(plan, &part)).collect(),
    }

    AdHocJson<'j> = fn ad_hoc(subject: &'j Subject<'_, '_>, date: NaiveDate, submission: &'j Submission) where {
        let told = submission.report.as_ref().and_then(|report| report.subject.as_ref());
    } {
        date: NaiveDate = date,
        subject: Option<&'j str> = told.map(|told| told.value.as_str()),
        valid: bool = submission.blank.is_none() && subject.workspace.errors_in(submission.file) == 0,
        file: &'j str = &subject.workspace.files.get(submission.file).path,
    }

    ProblemJson<'j> = fn problem(files: &'j Files, found: &'j Diagnostic) {
        #[serde(flatten)]
        place: PlaceJson<'j> = place(files, found.span),
        column: usize = files.position(found.span).column,
        rule: &'j str = found.rule.name,
        severity: &'static str = found.rule.severity.id(),
        message: &'j str = &found.message,
        hint: Option<&'j str> = found.hint.as_deref(),
        /// How many problems of the rule in the file are counted and not listed; on the last that is.
        #[serde(skip_serializing_if = "Option::is_none")]
        more: Option<usize> = (found.more > 0).then_some(found.more),
    }

    /// A task that an agency has a part in.
    TaskPartJson<'j> = fn task_part(plan: &'j Plan, part: &Part<'j>) {
        id: &'j str = &part.task.key,
        short_title: &'j str = &part.task.short_title,
        /// `lead`, `directed`, `coordinator` or `other`.
        role: &'static str = part.role.id(),
        /// Absent where no valid report speaks of the task.
        answer: Option<EntryJson<'j>> = part.entry.map(|said| entry(plan, said)),
    }

    /// An agency that has a part in a task.
    AgencyPartJson<'j> = fn agency_part(plan: &'j Plan, part: &Part<'j>) {
        id: &'j str = &part.agency.key,
        name: &'j str = &part.agency.name,
        /// `lead`, `directed`, `coordinator` or `other`.
        role: &'static str = part.role.id(),
        /// Absent where no valid report speaks of the task.
        answer: Option<EntryJson<'j>> = part.entry.map(|said| entry(plan, said)),
    }

    EntryJson<'j> = fn entry(plan: &'j Plan, entry: &'j Entry) {
        status: Option<&'static str> = entry.status.map(TaskStatus::id),
        results: Option<&'j str> = entry.results.as_ref().map(|results| results.value.as_str()),
        reason: Option<&'j str> = entry.reason.as_ref().map(|reason| reason.value.as_str()),
        completed: Option<NaiveDate> = entry.completed.map(|day| day.value),
        figures: Vec<FigureJson<'j>> = entry.figures.iter().map(|given| figure(plan, given)).collect(),
        evidence: Vec<String> = entry.evidence.iter().map(Evidence::text).collect(),
    }

    FigureJson<'j> = fn figure(plan: &'j Plan, figure: &'j Figure) where {
        let (answer, value, reason) = match &figure.answer {
            Answer::Value(value) => ("value", Some(*value), None),
            Answer::NothingArose => (TaskStatus::NothingArose.id(), None, None),
            Answer::NotApplicable => (TaskStatus::NotApplicable.id(), None, None),
            Answer::Unanswered(reason) => ("unanswered", None, reason.as_deref()),
        };
    } {
        indicator: &'j str = &plan[figure.key.value].key,
        /// `value`, `nothing-arose`, `not-applicable` or `unanswered`.
        answer: &'static str = answer,
        value: Option<u64> = value,
        reason: Option<&'j str> = reason,
        /// Cases taken over from last year, beside the value; absent where none are.
        carried_over: Option<u64> = (figure.carried_over > 0).then_some(figure.carried_over),
        /// Who counts a joint event: the value is shown, never added.
        counted_by: Option<&'j str> = figure.counted_by.map(|agency| plan[agency].key.as_str()),
        /// Whether the value of a successor is without those that it succeeds.
        itself_alone: bool = figure.itself_alone,
    }

    TaskShownJson<'j> = fn task(subject: &'j Subject<'_, '_>, task: &'j Task) where {
        let plan = subject.scene.plan;
        let indicators = plan.indicators.iter().filter(|indicator| indicator.tasks.contains(&task.id));
        let rounds = subject.scene.rounds.iter().filter_map(|status| {
            let state = status.task(task.id)?;
            Some(task_round(plan, status, state))
        });
    } {
        content: &'j [String] = &task.content,
        leads_as_worded: &'j str = &task.leads_as_worded,
        leads: Vec<&'j str> = plan.agencies.keys(&task.leads),
        through: Vec<&'j str> = plan.agencies.keys(&task.through),
        coordinators_as_worded: Option<&'j str> = task.coordinators_as_worded.as_deref(),
        coordinators: Vec<&'j str> = plan.agencies.keys(&task.coordinators),
        open_to_others: bool = task.open_to_others,
        due: DueJson<'j> = due(task),
        indicators: Vec<&'j str> = indicators.map(|indicator| indicator.key.as_str()).collect(),
        /// The list that the task makes for everyone, with what is held back.
        publishes: Option<PublishedJson<'j>> = task.publishes.map(|list| published(plan, subject.public, list)),
        rounds: Vec<TaskRoundJson<'j>> = rounds.collect(),
    }

    DueJson<'j> = fn due(task: &'j Task) where {
        let (kind, on) = match task.due {
            Due::On(day) => ("on", Some(day)),
            Due::NoDeadline => ("no-deadline", None),
            Due::Unstated => ("unstated", None),
        };
    } {
        /// `on`, `no-deadline` or `unstated`.
        kind: &'static str = kind,
        on: Option<NaiveDate> = on,
        as_worded: Option<&'j str> = task.due_as_worded.as_deref(),
    }

    TaskRoundJson<'j> = fn task_round(plan: &'j Plan, status: &'j RoundStatus<'_>, state: &'j TaskState<'_>) where {
        let parts = answers::of_task(plan, status, state.task).into_iter();
    } {
        round: &'j str = &status.round.key,
        state: TaskJson<'j> = task_state(state),
        agencies: Vec<AgencyPartJson<'j>> = parts.map(|part| agency_part(plan, &part)).collect(),
    }

    GroupJson<'j> = fn group(subject: &'j Subject<'_, '_>, group: &'j Group) {
        /// Names nobody in particular.
        open: bool = group.open,
        members: Vec<&'j str> = subject.scene.plan.agencies.keys(&group.members),
        rounds: Vec<GroupRoundJson<'j>> =
            subject.scene.rounds.iter().map(|status| group_round(status, group)).collect(),
    }

    GroupRoundJson<'j> = fn group_round(status: &'j RoundStatus<'_>, group: &Group) where {
        let members = status.members(group);
    } {
        round: &'j str = &status.round.key,
        agencies: Vec<AgencyJson<'j>> = members.map(agency_state).collect(),
    }

    TaskGroupJson<'j> = fn task_group(subject: &'j Subject<'_, '_>, group: &'j TaskGroup) {
        title: &'j str = &group.title,
        tasks: Vec<&'j str> = subject.scene.plan.tasks.keys(&group.tasks),
        rounds: Vec<TasksRoundJson<'j>> =
            subject.scene.rounds.iter().map(|status| tasks_round(status, group)).collect(),
    }

    TasksRoundJson<'j> = fn tasks_round(status: &'j RoundStatus<'_>, group: &TaskGroup) where {
        let tasks = status.tasks_of(group);
    } {
        round: &'j str = &status.round.key,
        tasks: Vec<TaskJson<'j>> = tasks.map(task_state).collect(),
    }

    IndicatorJson<'j> = fn indicator(subject: &'j Subject<'_, '_>, indicator: &'j Indicator) where {
        let plan = subject.scene.plan;
        let (aggregation, rate) = match indicator.aggregation {
            Aggregation::Sum => ("sum", None),
            Aggregation::Latest => ("latest", None),
            Aggregation::Percent(rate) => ("derived", rate),
        };
        let rounds = indicator_view::totals(subject, indicator)
            .filter_map(|(status, of)| Some(indicator_round(&status.round.key, measure(of?, &subject.workspace.files))));
    } {
        unit: &'j str = &indicator.unit,
        tasks: Vec<&'j str> = plan.tasks.keys(&indicator.tasks),
        /// `sum`, `latest` or `derived`.
        aggregation: &'static str = aggregation,
        /// Of a derived one: the two that it is made of.
        percent: Option<PercentJson<'j>> = rate.map(|rate| percent(plan, rate)),
        only: Vec<&'j str> = plan.agencies.keys(&indicator.only),
        at_most: Option<&'j str> = indicator.at_most.map(|whole| plan[whole].key.as_str()),
        at_place: bool = indicator.at_place,
        in_prose: &'j [String] = &indicator.in_prose,
        /// The rounds that ask for it.
        rounds: Vec<IndicatorRoundJson<'j>> = rounds.collect(),
    }

    PercentJson<'j> = fn percent(plan: &'j Plan, rate: Rate) {
        of: &'j str = &plan[rate.of].key,
        over: &'j str = &plan[rate.over].key,
    }

    IndicatorRoundJson<'j> = fn indicator_round(round: &'j str, total: MeasureJson<'j>) {
        round: &'j str = round,
        total: MeasureJson<'j> = total,
    }

    RoundJson<'j> = fn round(subject: &'j Subject<'_, '_>, round: &'j Round) where {
        let (plan, as_of) = (subject.scene.plan, subject.scene.as_of);
        let status = subject.scene.rounds.iter().find(|status| status.round.id == round.id);
        let agencies = || status.into_iter().flat_map(|status| &status.agencies);
        let missing = agencies().filter(|state| state.is_missing());
    } {
        title: &'j str = &round.title,
        data_from: NaiveDate = round.data_from,
        data_to: NaiveDate = round.data_to,
        state: Option<&'static str> = status.map(|status| words::round_state(status.state()).0),
        agencies_deadline: DeadlineJson<'j> = deadline(plan, &round.agencies, as_of),
        consolidated_deadline: DeadlineJson<'j> = deadline(plan, &round.consolidated, as_of),
        tasks: Vec<&'j str> =
            plan.tasks.iter().filter(|task| round.covers(task.id)).map(|task| task.key.as_str()).collect(),
        /// Those that must report and sent nothing.
        missing: Vec<&'j str> = missing.map(|state| state.agency.key.as_str()).collect(),
        agencies: Vec<AgencyJson<'j>> = agencies().map(agency_state).collect(),
    }
}
