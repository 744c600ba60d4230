//! How far tasks are: each over its leads, and how many stand where.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::{AgencyStatus, RoundStatus};
use crate::model::{Due, Task, TaskStatus};

/// A task's state over its leads.
#[derive(Debug)]
pub(crate) struct TaskState<'p> {
    pub(crate) task: &'p Task,
    pub(crate) progress: Progress,
    /// Of what is not finished and not idle: of the day of the view; of what is done, of its completion.
    pub(crate) pace: Pace,
    pub(crate) leads: usize,
    /// What the leads whose valid report has an entry for the task declare there.
    pub(crate) declared: Vec<TaskStatus>,
}

/// What all leads together say, or that only some of them have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Progress {
    NoReport,
    /// Of some leads: nothing is concluded for the others.
    Partly,
    NotStarted,
    NothingArose,
    NotApplicable,
    Ongoing,
    Done,
}

/// A state against the task's due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pace {
    /// “Thường xuyên”, or the plan is silent.
    NoDeadline,
    InTime,
    Overdue,
}

/// How tasks stand.
#[derive(Debug, Default, Clone, Copy, Serialize, JsonSchema)]
pub(crate) struct TaskCounts {
    pub(crate) total: usize,
    pub(crate) done: usize,
    pub(crate) in_progress: usize,
    pub(crate) partly_reported: usize,
    pub(crate) not_started: usize,
    pub(crate) nothing_arose: usize,
    pub(crate) not_applicable: usize,
    pub(crate) no_report: usize,
    /// Past their date and neither done nor idle, whatever their state.
    pub(crate) overdue: usize,
    /// Of all tasks together.
    pub(crate) leads: usize,
    pub(crate) reported: usize,
}

impl<'s, 'p: 's> FromIterator<&'s TaskState<'p>> for TaskCounts {
    fn from_iter<I: IntoIterator<Item = &'s TaskState<'p>>>(tasks: I) -> Self {
        let mut counts = Self::default();
        for state in tasks {
            *match state.progress {
                Progress::NoReport => &mut counts.no_report,
                Progress::Partly => &mut counts.partly_reported,
                Progress::NotStarted => &mut counts.not_started,
                Progress::NothingArose => &mut counts.nothing_arose,
                Progress::NotApplicable => &mut counts.not_applicable,
                Progress::Ongoing => &mut counts.in_progress,
                Progress::Done => &mut counts.done,
            } += 1;
            counts.total += 1;
            counts.overdue += usize::from(state.is_overdue());
            counts.leads += state.leads;
            counts.reported += state.declared.len();
        }
        counts
    }
}

impl TaskState<'_> {
    /// Whether the task's date has passed with something left to do, or with nobody saying that there is not.
    pub(crate) fn is_overdue(&self) -> bool {
        let closed = matches!(self.progress, Progress::Done | Progress::NothingArose | Progress::NotApplicable);
        !closed && self.pace == Pace::Overdue
    }

    /// How many leads declare each state, without those that nobody declares.
    pub(crate) fn counts(&self) -> impl Iterator<Item = (usize, TaskStatus)> {
        let count = |status| self.declared.iter().filter(|declared| **declared == status).count();
        TaskStatus::ALL.iter().map(move |status| (count(*status), *status)).filter(|(count, _)| *count > 0)
    }
}

/// The state of a task on a day, from the valid reports of its leads.
pub(super) fn task_state<'p>(task: &'p Task, round: &RoundStatus<'_>, as_of: NaiveDate) -> TaskState<'p> {
    // Whom nobody asks cannot keep a task from being finished.
    let leads: Vec<&AgencyStatus<'_>> = task.leads.iter().filter_map(|lead| round.agency(*lead)).collect();
    let (mut declared, mut completed) = (Vec::new(), None);
    for lead in &leads {
        let Some(report) = lead.valid_report() else { continue };
        if let (Some(entry), Some(received)) = (report.entry(task.id), report.received())
            && let Some(status) = entry.status
        {
            declared.push(status);
            if status == TaskStatus::Done {
                // Without a day of completion, the last day of the data is the latest that the report can tell of, or its arrival.
                let latest = received.min(round.round.data_to);
                completed = completed.max(Some(entry.completed.map_or(latest, |day| day.value)));
            }
        }
    }
    let progress = progress(leads.len(), &declared);
    let reached = completed.filter(|_| progress == Progress::Done).unwrap_or(as_of);
    let pace = match task.due {
        Due::NoDeadline | Due::Unstated => Pace::NoDeadline,
        Due::On(due) if reached > due => Pace::Overdue,
        Due::On(_) => Pace::InTime,
    };
    TaskState { task, progress, pace, leads: leads.len(), declared }
}

pub(super) fn progress(leads: usize, declared: &[TaskStatus]) -> Progress {
    use TaskStatus::{Done, InProgress, NotApplicable, NothingArose};
    let any = |wanted: TaskStatus| declared.contains(&wanted);
    let all = |wanted: &[TaskStatus]| declared.iter().all(|status| wanted.contains(status));
    if declared.is_empty() {
        Progress::NoReport
    } else if declared.len() < leads {
        Progress::Partly
    } else if all(&[NotApplicable]) {
        Progress::NotApplicable
    } else if all(&[NothingArose, NotApplicable]) {
        // Nothing arose for those to whom it applies.
        Progress::NothingArose
    } else if all(&[Done, NothingArose, NotApplicable]) {
        Progress::Done
    } else if any(Done) || any(InProgress) {
        Progress::Ongoing
    } else {
        Progress::NotStarted
    }
}
