//! How far tasks are: each over its leads, and how many stand where.

use chrono::NaiveDate;

use super::{AgencyStatus, RoundStatus};
use crate::model::{Due, Task, TaskStatus};

/// A task's state over its leads.
#[derive(Debug)]
pub(crate) struct TaskState<'p> {
    pub(crate) task: &'p Task,
    pub(crate) progress: Progress,
    pub(crate) leads: usize,
    /// Leads whose valid report has an entry for the task.
    pub(crate) reported: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Progress {
    NoReport,
    NotStarted,
    NothingArose,
    NotApplicable,
    Ongoing(Pace),
    Done(Pace),
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
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct TaskCounts {
    pub(crate) total: usize,
    pub(crate) done: usize,
    pub(crate) ongoing: usize,
    /// Among those.
    pub(crate) overdue: usize,
    pub(crate) not_started: usize,
    pub(crate) nothing_arose: usize,
    pub(crate) not_applicable: usize,
    pub(crate) no_report: usize,
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
                Progress::NotStarted => &mut counts.not_started,
                Progress::NothingArose => &mut counts.nothing_arose,
                Progress::NotApplicable => &mut counts.not_applicable,
                Progress::Ongoing(_) => &mut counts.ongoing,
                Progress::Done(_) => &mut counts.done,
            } += 1;
            counts.total += 1;
            counts.overdue += usize::from(state.is_overdue());
            counts.leads += state.leads;
            counts.reported += state.reported;
        }
        counts
    }
}

impl TaskCounts {
    /// Tasks with nothing to do in them.
    pub(crate) fn idle(self) -> usize {
        self.nothing_arose + self.not_applicable
    }
}

impl TaskState<'_> {
    pub(crate) fn is_overdue(&self) -> bool {
        self.progress == Progress::Ongoing(Pace::Overdue)
    }
}

/// The state of a task on a day, from the valid reports of its leads.
pub(super) fn task_state<'p>(task: &'p Task, round: &RoundStatus<'_>, as_of: NaiveDate) -> TaskState<'p> {
    // Whom nobody asks cannot keep a task from being finished.
    let leads: Vec<&AgencyStatus<'_>> = task.leads.iter().filter_map(|lead| round.agency(*lead)).collect();
    let mut declared: Vec<(TaskStatus, NaiveDate)> = Vec::new();
    for lead in &leads {
        let Some(report) = lead.valid_report() else { continue };
        if let (Some(entry), Some(received)) = (report.entry(task.id), report.received())
            && let Some(status) = entry.status
        {
            // Without a day of completion, the report's arrival is the latest it can have been.
            declared.push((status, entry.completed.unwrap_or(received)));
        }
    }
    let progress = progress(task.due, leads.len(), &declared, as_of);
    TaskState { task, progress, leads: leads.len(), reported: declared.len() }
}

pub(super) fn progress(due: Due, leads: usize, declared: &[(TaskStatus, NaiveDate)], as_of: NaiveDate) -> Progress {
    let all = |status: TaskStatus| declared.iter().all(|(declared, _)| *declared == status);
    let pace = |reached: NaiveDate| match due {
        Due::NoDeadline | Due::Unstated => Pace::NoDeadline,
        Due::On(due) if reached > due => Pace::Overdue,
        Due::On(_) => Pace::InTime,
    };
    if declared.is_empty() {
        return Progress::NoReport;
    }
    for (status, progress) in [
        (TaskStatus::NotApplicable, Progress::NotApplicable),
        (TaskStatus::NothingArose, Progress::NothingArose),
        (TaskStatus::NotStarted, Progress::NotStarted),
    ] {
        if all(status) {
            return progress;
        }
    }
    let closed = |status: &TaskStatus| {
        matches!(status, TaskStatus::Done | TaskStatus::NothingArose | TaskStatus::NotApplicable)
    };
    let active = declared.iter().any(|(status, _)| matches!(status, TaskStatus::Done | TaskStatus::InProgress));
    if declared.len() == leads && declared.iter().all(|(status, _)| closed(status)) {
        let completed =
            declared.iter().filter(|(status, _)| *status == TaskStatus::Done).map(|(_, day)| *day).max();
        return match completed {
            Some(day) => Progress::Done(pace(day)),
            // Some say nothing arose, the others that it does not apply.
            None => Progress::NothingArose,
        };
    }
    if active { Progress::Ongoing(pace(as_of)) } else { Progress::NotStarted }
}
