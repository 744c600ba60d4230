//! `plan status --format json`: structs of its own, so that a change inside breaks no script.
//! A field may be added within a schema version; removing or changing one makes a new version.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::status::{Scene, shows_agency, shows_task};
use super::words;
use crate::calendar::Deadline;
use crate::model::{Plan, Reporting, Standing};
use crate::status::{AgencyStatus, RoundStatus, TaskState, Validity};

#[derive(Serialize, JsonSchema)]
pub(crate) struct StatusJson<'s> {
    schema_version: u32,
    as_of: NaiveDate,
    /// Set while any report read is illustrative.
    illustrative: bool,
    plan: PlanJson<'s>,
    rounds: Vec<RoundJson<'s>>,
}

#[derive(Serialize, JsonSchema)]
struct PlanJson<'s> {
    title: &'s str,
    year: i32,
    province: &'s str,
}

#[derive(Serialize, JsonSchema)]
struct RoundJson<'s> {
    id: &'s str,
    name: &'s str,
    data_from: NaiveDate,
    data_to: NaiveDate,
    state: &'static str,
    agencies_deadline: DeadlineJson<'s>,
    consolidated_deadline: DeadlineJson<'s>,
    counts: CountsJson,
    agencies: Vec<AgencyJson<'s>>,
    tasks: Vec<TaskJson<'s>>,
    unexpected_agencies: Vec<&'s str>,
    reports_dated_later: usize,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct DeadlineJson<'s> {
    as_worded: &'s str,
    before: NaiveDate,
    last_on_time: NaiveDate,
    last_working_day: NaiveDate,
    /// From the day of the view to the last on-time day, both included.
    working_days_left: usize,
}

#[derive(Serialize, JsonSchema)]
struct CountsJson {
    expected: usize,
    received: usize,
    on_time: usize,
    late: usize,
    missing: usize,
    overdue: usize,
    invalid: usize,
    requested: usize,
    requested_received: usize,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct AgencyJson<'s> {
    id: &'s str,
    name: &'s str,
    required: bool,
    timeliness: &'static str,
    /// Days late, overdue or left, by `timeliness`.
    days: Option<i64>,
    validity: Option<&'static str>,
    errors: usize,
    received: Option<NaiveDate>,
    corrected: Vec<NaiveDate>,
    accepted: Option<AcceptedJson<'s>>,
}

/// The department's acceptance of a report.
#[derive(Serialize, JsonSchema)]
struct AcceptedJson<'s> {
    date: NaiveDate,
    by: Option<&'s str>,
    /// Whether the report was changed afterwards.
    changed: bool,
}

/// A task, also in the consolidated report's JSON.
#[derive(Serialize, JsonSchema)]
pub(super) struct TaskJson<'s> {
    id: &'s str,
    short_title: &'s str,
    progress: &'static str,
    leads: usize,
    reported: usize,
}

pub(super) fn status<'s>(scene: &'s Scene<'_, '_>) -> StatusJson<'s> {
    let plan = scene.plan;
    StatusJson {
        schema_version: 1,
        as_of: scene.as_of,
        illustrative: scene.banner.is_some(),
        plan: PlanJson { title: &plan.title, year: plan.year, province: &plan.province },
        rounds: scene.rounds.iter().map(|status| round(scene, status)).collect(),
    }
}

fn round<'s>(scene: &'s Scene<'_, '_>, status: &'s RoundStatus<'_>) -> RoundJson<'s> {
    let counts = status.counts;
    RoundJson {
        id: status.round.key.as_str(),
        name: &status.round.name,
        data_from: status.round.data_from,
        data_to: status.round.data_to,
        state: words::round_state(status.state()).0,
        agencies_deadline: deadline(scene.plan, &status.round.agencies, scene.as_of),
        consolidated_deadline: deadline(scene.plan, &status.round.consolidated, scene.as_of),
        counts: CountsJson {
            expected: counts.expected,
            received: counts.received,
            on_time: counts.on_time,
            late: counts.late,
            missing: counts.missing,
            overdue: counts.overdue,
            invalid: counts.invalid,
            requested: counts.requested,
            requested_received: counts.requested_received,
        },
        agencies: status.agencies.iter().filter(|state| shows_agency(scene.focus, state)).map(agency).collect(),
        tasks: status.tasks.iter().filter(|state| shows_task(scene.focus, state)).map(task).collect(),
        unexpected_agencies: status.unexpected.iter().map(|agency| agency.key.as_str()).collect(),
        reports_dated_later: status.dated_later,
    }
}

pub(super) fn deadline<'s>(plan: &Plan, deadline: &'s Deadline, as_of: NaiveDate) -> DeadlineJson<'s> {
    let last = deadline.last_on_time(&plan.holidays);
    DeadlineJson {
        as_worded: &deadline.as_worded,
        before: deadline.before,
        last_on_time: last,
        last_working_day: plan.holidays.last_working_day(last),
        working_days_left: plan.holidays.working_days_between(as_of, last),
    }
}

pub(super) fn agency<'s>(status: &'s AgencyStatus<'_>) -> AgencyJson<'s> {
    let (timeliness, days) = words::timeliness_id(status.timeliness);
    AgencyJson {
        id: status.agency.key.as_str(),
        name: &status.agency.name,
        required: status.agency.reporting == Reporting::Required,
        timeliness,
        days,
        validity: words::validity_id(status.validity),
        errors: match status.validity {
            Validity::Invalid(errors) => errors,
            Validity::Valid | Validity::NoReport => 0,
        },
        received: status.received,
        corrected: status.corrections.iter().map(|correction| correction.date.value).collect(),
        accepted: status.review.map(|review| AcceptedJson {
            date: review.date,
            by: review.by.as_deref(),
            changed: matches!(review.standing, Standing::Changed(_)),
        }),
    }
}

pub(super) fn task<'s>(state: &'s TaskState<'_>) -> TaskJson<'s> {
    TaskJson {
        id: state.task.key.as_str(),
        short_title: &state.task.short_title,
        progress: words::progress(state.progress).0,
        leads: state.leads,
        reported: state.reported,
    }
}
