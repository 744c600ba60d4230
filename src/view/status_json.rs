//! `plan status --format json`.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::json::{HeadJson, head, values};
use super::status::{Scene, shows_agency, shows_task};
use super::words;
use crate::calendar::Deadline;
use crate::doc::as_json;
use crate::model::{Plan, Reporting, Review, Standing};
use crate::status::{AgencyStatus, Counts, Issued, RoundStatus, TaskState, Validity};

as_json!(Scene<'_, '_>, it => status(it));

values! {
    StatusJson<'j> = fn status(scene: &'j Scene<'_, '_>) {
        #[serde(flatten)]
        head: HeadJson = head(scene.as_of, &scene.banner),
        plan: PlanJson<'j> = plan(scene.plan),
        /// Rounds that are declared and not filled in, or could not be read.
        unread_rounds: &'j [String] = &scene.plan.unread_rounds,
        /// What could not be read, so that the rest may lack something or be wrong; each with its place and its remedy.
        unread: &'j [String] = &scene.unread,
        /// Whether the plan has errors, so that no report was judged by it.
        flawed: bool = scene.plan.is_flawed,
        rounds: Vec<RoundJson<'j>> = scene.rounds.iter().map(|status| round(scene, status)).collect(),
    }

    PlanJson<'j> = fn plan(plan: &'j Plan) {
        title: &'j str = &plan.title,
        year: i32 = plan.year,
        province: &'j str = &plan.province,
    }

    RoundJson<'j> = fn round(scene: &'j Scene<'_, '_>, status: &'j RoundStatus<'_>) where {
        let (round, plan) = (status.round, scene.plan);
        let agencies = status.agencies.iter().filter(|state| shows_agency(scene.focus, status, state));
        let tasks = status.tasks.iter().filter(|state| shows_task(scene, status, state));
    } {
        id: &'j str = &round.key,
        name: &'j str = &round.name,
        data_from: NaiveDate = round.data_from,
        data_to: NaiveDate = round.data_to,
        state: &'static str = words::round_state(status.state()).0,
        agencies_deadline: DeadlineJson<'j> = deadline(plan, &round.agencies, scene.as_of),
        consolidated_deadline: DeadlineJson<'j> = deadline(plan, &round.consolidated, scene.as_of),
        /// Days since its last on-time day, while no sending is recorded.
        consolidated_days_late: Option<i64> = status.consolidated_late(plan, scene.as_of),
        counts: Counts = status.counts,
        agencies: Vec<AgencyJson<'j>> = agencies.map(agency).collect(),
        tasks: Vec<TaskJson<'j>> = tasks.map(task).collect(),
        unexpected_agencies: Vec<&'j str> = words::keys(&status.unexpected),
        reports_dated_later: usize = status.dated_later,
        /// Whose figures are today's: corrected after the day, and not kept as they were on it.
        not_kept: Vec<&'j str> = words::keys(&status.not_kept),
        issued: Option<IssuedJson<'j>> = status.issued.as_ref().map(issued),
    }

    /// The consolidated report as it was sent last.
    IssuedJson<'j> = fn issued(issued: &'j Issued<'_>) {
        date: NaiveDate = issued.act.date.value,
        number: Option<&'j str> = issued.act.number.as_deref(),
        /// Whose report was not in it as it is now.
        changed: Vec<&'j str> = words::keys(&issued.changed),
        /// How many reports were in it of agencies that the plan names no more.
        gone: usize = issued.gone,
        /// Whether reports of other rounds or ad hoc ones that may count in it are not as they were then, where that is known.
        changed_beside: Option<bool> = issued.changed_beside,
    }

    DeadlineJson<'j> = fn deadline(plan: &Plan, deadline: &'j Deadline, as_of: NaiveDate) where {
        let last = deadline.last_on_time(&plan.holidays);
    } {
        as_worded: &'j str = &deadline.as_worded,
        before: NaiveDate = deadline.before,
        last_on_time: NaiveDate = last,
        last_working_day: NaiveDate = plan.holidays.last_working_day(last),
        /// From the day of the view to the last on-time day, both included.
        working_days_left: usize = plan.holidays.working_days_between(as_of, last),
    }

    AgencyJson<'j> = fn agency(status: &'j AgencyStatus<'_>) where {
        let (timeliness, days) = words::timeliness_id(status.timeliness);
    } {
        id: &'j str = &status.agency.key,
        name: &'j str = &status.agency.name,
        required: bool = status.agency.reporting == Reporting::Required,
        timeliness: &'static str = timeliness,
        /// Days late, overdue or left, by `timeliness`.
        days: Option<i64> = days,
        validity: Option<&'static str> = words::validity(status.validity).0,
        errors: usize = if let Validity::Invalid(errors) = status.validity { errors } else { 0 },
        /// When the first that came did: `days` count from it.
        received: Option<NaiveDate> = status.first_received,
        /// When the report's own document came, which a paper with another number may have come before.
        document_received: Option<NaiveDate> = status.received,
        /// The last day that the report is on time: the round's, or the agency's own where it was extended.
        last_on_time: NaiveDate = status.last_on_time,
        /// Until when, by the paper that extended it.
        extended_until: Option<NaiveDate> = status.extension.and_then(|act| *act.until),
        corrected: Vec<NaiveDate> = status.corrections.iter().map(|correction| correction.date.value).collect(),
        accepted: Option<AcceptedJson<'j>> = status.review.map(accepted),
        /// What the file in the report's place holds where it says nothing and is not received: `nothing`, `comments`,
        /// `questions` (as `plan new` wrote it), `identity` or `statuses`.
        blank: Option<&'static str> = status.blank.map(|(blank, _)| words::blank(blank).0),
    }

    /// The department's acceptance of a report.
    AcceptedJson<'j> = fn accepted(review: &'j Review) {
        date: NaiveDate = review.date,
        by: Option<&'j str> = review.by.as_deref(),
        /// Whether the report was changed afterwards.
        changed: bool = matches!(review.standing, Standing::Changed(_)),
    }

    /// A task, also in the consolidated report's JSON.
    TaskJson<'j> = fn task(state: &'j TaskState<'_>) {
        id: &'j str = &state.task.key,
        short_title: &'j str = &state.task.short_title,
        /// `partly_reported` where only some of the leads have said anything: nothing is concluded for the others.
        progress: &'static str = words::progress(state).0,
        /// Past its date and not finished, whatever its progress.
        overdue: bool = state.is_overdue(),
        leads: usize = state.leads,
        reported: usize = state.declared.len(),
        /// How many leads declare each state.
        declared: BTreeMap<&'static str, usize> =
            state.counts().map(|(count, status)| (status.id(), count)).collect(),
    }
}
