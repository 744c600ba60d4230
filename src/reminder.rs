//! Whom to urge, and for what (“đôn đốc”, one of the consolidator's three duties). Pure: the state of a round in,
//! the agencies to write to out.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Reporting, Task};
use crate::status::{AgencyStatus, RoundStatus, Validity};
use crate::workspace::Workspace;

/// One agency that still owes something.
#[derive(Debug)]
pub(crate) struct Reminder<'r, 'p> {
    pub(crate) status: &'r AgencyStatus<'p>,
    pub(crate) debt: Debt<'r>,
    /// The tasks of the round that the agency leads.
    pub(crate) tasks: Vec<&'p Task>,
}

#[derive(Debug)]
pub(crate) enum Debt<'r> {
    /// Nothing came, and the deadline is over: days since the last on-time day.
    Overdue(i64),
    /// Nothing came yet: days to the last on-time day, and the working days among them, today included.
    Due { days: i64, working: usize },
    /// A paper came, without its data.
    Data,
    /// What keeps the report from being counted.
    Invalid(Vec<&'r Diagnostic>),
}

impl Reminder<'_, '_> {
    /// How many errors keep the report from being counted: those that are not listed one by one too.
    pub(crate) fn errors(&self) -> usize {
        match self.status.validity {
            Validity::Invalid(errors) => errors,
            Validity::NoReport | Validity::PaperAlone | Validity::Valid | Validity::NotAccepted => 0,
        }
    }
}

/// The agencies that must report and are late, due within so many days, or have to mend their report, in the order of the
/// plan, the consolidator itself among them. Those that the plan only asks (“Đề nghị”) are urged for mending alone.
pub(crate) fn reminders<'r, 'p>(
    workspace: &'p Workspace,
    round: &'r RoundStatus<'p>,
    within: i64,
) -> Vec<Reminder<'r, 'p>> {
    let plan = &workspace.plan;
    let left = |status: &AgencyStatus<'_>| (status.last_on_time - workspace.as_of).num_days();
    let debt = |status: &AgencyStatus<'_>| match status.validity {
        Validity::Valid | Validity::NotAccepted => None,
        Validity::Invalid(_) => Some(Debt::Invalid(errors(workspace, status))),
        Validity::NoReport if status.agency.reporting != Reporting::Required => None,
        Validity::PaperAlone => Some(Debt::Data),
        Validity::NoReport if left(status) < 0 => Some(Debt::Overdue(-left(status))),
        Validity::NoReport => (left(status) <= within).then(|| Debt::Due {
            days: left(status),
            working: plan.holidays.working_days_between(workspace.as_of, status.last_on_time),
        }),
    };
    let owing = round.agencies.iter().filter_map(|status| {
        let led = |task: &&Task| round.round.covers(task.id) && task.leads.contains(&status.agency.id);
        Some(Reminder { status, debt: debt(status)?, tasks: plan.tasks.iter().filter(led).collect() })
    });
    owing.collect()
}

fn errors<'p>(workspace: &'p Workspace, status: &AgencyStatus<'_>) -> Vec<&'p Diagnostic> {
    let of_file = status.file.into_iter().flat_map(|file| workspace.open_in(file));
    of_file.filter(|found| found.rule.severity == Severity::Error).collect()
}
