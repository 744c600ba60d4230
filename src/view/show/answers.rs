//! Who has to do with a task, and what each of them says of it.

use crate::doc::{Cell, Tone};
use crate::model::{Agency, AgencyId, Entry, Plan, Task};
use crate::status::RoundStatus;
use crate::vietnamese::{listed, lower_first};
use crate::view::{cells, words};

/// How many characters of an account are shown on a screen.
const ACCOUNT: usize = 160;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Lead,
    /// Directed by the lead: reports the figures.
    Directed,
    Coordinator,
    /// Not named in the plan for this task, and reports on it all the same.
    Other,
}

impl Role {
    pub(in crate::view) fn id(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Directed => "directed",
            Self::Coordinator => "coordinator",
            Self::Other => "other",
        }
    }

    pub(in crate::view) fn label(self) -> &'static str {
        match self {
            Self::Lead => "chủ trì",
            Self::Directed => "được giao thực hiện",
            Self::Coordinator => "phối hợp",
            Self::Other => "báo cáo thêm",
        }
    }
}

/// An agency's part in a task.
pub(crate) struct Part<'p> {
    pub(in crate::view) agency: &'p Agency,
    pub(in crate::view) task: &'p Task,
    pub(in crate::view) role: Role,
    /// What its valid report says.
    pub(in crate::view) entry: Option<&'p Entry>,
}

/// The tasks of a round that the agency has a part in: those it leads first.
pub(in crate::view) fn of_agency<'p>(plan: &Plan, status: &RoundStatus<'p>, agency: &'p Agency) -> Vec<Part<'p>> {
    if !plan.is_active(agency, status.round) {
        return Vec::new();
    }
    let report = status.valid_report(agency.id);
    let part = |task: &'p Task| {
        let entry = report.and_then(|report| report.entry(task.id));
        let role = role(task, agency.id).or(entry.map(|_| Role::Other))?;
        Some(Part { agency, task, role, entry })
    };
    let mut parts: Vec<Part<'_>> = status.tasks.iter().filter_map(|state| part(state.task)).collect();
    parts.sort_by_key(|part| part.role);
    parts
}

/// The agencies that have a part in a task of a round: its leads first.
pub(in crate::view) fn of_task<'p>(plan: &'p Plan, status: &RoundStatus<'p>, task: &'p Task) -> Vec<Part<'p>> {
    let part = |agency: &'p Agency| {
        let entry = status.valid_report(agency.id).and_then(|report| report.entry(task.id));
        let role = role(task, agency.id).or(entry.map(|_| Role::Other))?;
        Some(Part { agency, task, role, entry })
    };
    let mut parts: Vec<Part<'_>> =
        plan.agencies.iter().filter(|agency| plan.is_active(agency, status.round)).filter_map(part).collect();
    // As the plan's cell names them.
    let place = |part: &Part<'_>| task.leads.get_index_of(&part.agency.id);
    parts.sort_by_key(|part| (part.role, place(part)));
    parts
}

fn role(task: &Task, agency: AgencyId) -> Option<Role> {
    [(&task.leads, Role::Lead), (&task.through, Role::Directed), (&task.coordinators, Role::Coordinator)]
        .into_iter()
        .find_map(|(agencies, role)| agencies.contains(&agency).then_some(role))
}

/// What the agency declares, or why it says nothing; only a lead has to.
pub(super) fn declared(status: &RoundStatus<'_>, part: &Part<'_>) -> Cell {
    let cell = cells::declared(status, part.agency, part.task);
    if part.role != Role::Lead && part.entry.is_none() { cell.tone(Tone::Muted) } else { cell }
}

/// The beginning of an account, then the figures.
pub(super) fn account(plan: &Plan, entry: &Entry) -> String {
    let told = entry.results.is_some() || entry.reason.is_some();
    let words = told.then(|| words::opening(&words::entry(entry), ACCOUNT));
    let figures = listed(figures(plan, Some(entry)).iter().map(|figure| lower_first(figure)), "; ");
    let figures = figures.map(|figures| format!("Số liệu: {figures}."));
    listed(words.into_iter().chain(figures), "\n").unwrap_or_default()
}

/// `Số vụ kiểm tra: 318`.
pub(super) fn figures(plan: &Plan, entry: Option<&Entry>) -> Vec<String> {
    let told = entry.into_iter().flat_map(|entry| &entry.figures).map(|figure| {
        let indicator = &plan[figure.key.value];
        format!("{}: {}", indicator.label, words::given(plan, &figure.value, indicator))
    });
    told.collect()
}
