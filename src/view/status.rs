//! `plan status`: the state of the plan on one screen, and closer looks at one agency, task or group.

pub(super) mod closer;
mod first;
pub(super) mod overview;
mod rows;

use chrono::NaiveDate;

use super::{charts, document};
use crate::doc::{Block, Document, Section, Shown, Table};
use crate::model::{Agency, Group, Plan, Task, TaskGroup};
use crate::status::{AgencyStatus, Progress, RoundStatus, TaskState};
use crate::vietnamese::{date, upper_first, weekday};
use crate::workspace;

/// What the reader asked to see.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Focus<'p> {
    Overview,
    All,
    Overdue,
    Agency(&'p Agency),
    Agencies(&'p Group),
    Task(&'p Task),
    Tasks(&'p TaskGroup),
}

/// Everything the view needs to know.
pub(crate) struct Scene<'s, 'p> {
    pub(crate) plan: &'p Plan,
    /// The rounds chosen, or all.
    pub(crate) rounds: &'s [RoundStatus<'p>],
    pub(crate) focus: Focus<'p>,
    /// What stands above it: the page for who signs the report.
    pub(crate) note: Vec<Section>,
    /// What could not be read, each with its place and its remedy.
    pub(crate) unread: Vec<String>,
    pub(crate) as_of: NaiveDate,
    pub(crate) banner: Option<String>,
}

impl Shown for Scene<'_, '_> {
    fn document(&self) -> Document {
        let blocks = match self.focus {
            _ if self.rounds.is_empty() => Vec::new(),
            Focus::Overview => overview::overview(self),
            Focus::All => {
                let mut blocks = overview::unsent(self);
                blocks.extend([
                    heading("TẤT CẢ CƠ QUAN"),
                    closer::agencies_table(self, |_| true),
                    heading(tasks_title(self)),
                    closer::tasks_table(self, |_| true),
                ]);
                blocks
            }
            Focus::Overdue => closer::overdue(self),
            Focus::Agency(agency) => closer::agency(self, agency),
            Focus::Agencies(group) => {
                vec![
                    heading(group.name.to_uppercase()),
                    closer::agencies_table(self, |agency| group.members.contains(&agency.id)),
                ]
            }
            Focus::Task(task) => closer::task(self, task),
            Focus::Tasks(group) => vec![
                heading(format!("{}. {}", group.key, group.title)),
                closer::tasks_table(self, |task| group.tasks.contains(&task.id)),
            ],
        };
        self.page(blocks)
    }

    fn first_screen(&self) -> Option<Document> {
        let is_whole = matches!(self.focus, Focus::Overview) && !self.rounds.is_empty();
        is_whole.then(|| self.page(first::first(self)))
    }

    fn rows(&self) -> Table {
        rows(self)
    }
}

impl Scene<'_, '_> {
    fn page(&self, blocks: Vec<Block>) -> Document {
        let plan = self.plan;
        let title = format!(
            "Tình hình thực hiện Kế hoạch năm {} {} – {}, ngày {}",
            plan.year,
            plan.place(),
            weekday(self.as_of),
            date(self.as_of)
        );
        let state = Section::new("Tình hình", gaps(self).into_iter().chain(blocks).collect());
        let charts = current(self).map(|current| charts::page(plan, self.rounds, current, self.as_of));
        let sections = self.note.iter().cloned().chain([state]).chain(charts).collect();
        document(plan, &self.banner, title, sections)
    }
}

/// The table behind the view, one row an agency and round, or a task and round, for spreadsheets.
pub(super) fn rows(scene: &Scene<'_, '_>) -> Table {
    if matches!(scene.focus, Focus::Task(_) | Focus::Tasks(_)) {
        rows::task_rows(scene)
    } else {
        rows::agency_rows(scene)
    }
}

/// Whether an agency of a round belongs to what the reader asked to see.
pub(crate) fn shows_agency(focus: Focus<'_>, round: &RoundStatus<'_>, status: &AgencyStatus<'_>) -> bool {
    match focus {
        Focus::Overview | Focus::All | Focus::Tasks(_) => true,
        Focus::Overdue => round.issued.is_none() && status.is_overdue(),
        Focus::Agency(agency) => agency.id == status.agency.id,
        Focus::Agencies(group) => group.members.contains(&status.agency.id),
        Focus::Task(task) => task.leads.contains(&status.agency.id),
    }
}

/// Whether a task of a round belongs to what the reader asked to see.
pub(crate) fn shows_task(scene: &Scene<'_, '_>, round: &RoundStatus<'_>, state: &TaskState<'_>) -> bool {
    match scene.focus {
        Focus::Overview | Focus::All => true,
        Focus::Overdue => is_overdue(scene, round, state),
        Focus::Agency(agency) => state.task.leads.contains(&agency.id),
        Focus::Agencies(group) => !group.members.is_disjoint(&state.task.leads),
        Focus::Task(task) => task.id == state.task.id,
        Focus::Tasks(group) => group.tasks.contains(&state.task.id),
    }
}

/// The round that says how far a task is: that which is worked on, or, where it does not ask for the task, the next that
/// does, or else the last that did. Others know of no later answer, or are not asked yet.
fn telling<'s, 'p>(scene: &Scene<'s, 'p>, task: &Task) -> Option<&'s RoundStatus<'p>> {
    let now = current(scene)?.round;
    let asking = || scene.rounds.iter().filter(|status| status.round.covers(task.id));
    let next = asking().filter(|status| status.round.id == now.id || status.round.data_to > now.data_to);
    let next = next.min_by_key(|status| (status.round.id != now.id, status.round.data_to));
    next.or_else(|| asking().max_by_key(|status| status.round.data_to))
}

/// Whether a task is overdue by what the round says that tells how far it is, and by no other as finished: by none of later
/// data, and where it has no answer by the last one before.
fn is_overdue(scene: &Scene<'_, '_>, round: &RoundStatus<'_>, state: &TaskState<'_>) -> bool {
    let asking = scene.rounds.iter().filter(|other| other.round.covers(state.task.id));
    let (later, before): (Vec<_>, Vec<_>) = asking.partition(|other| other.round.data_to > round.round.data_to);
    let before = before.into_iter().filter(|other| other.round.data_to < round.round.data_to);
    let before = before.max_by_key(|other| other.round.data_to).filter(|_| state.declared.is_empty());
    let is_finished =
        |other: &RoundStatus<'_>| other.task(state.task.id).is_some_and(|other| other.progress == Progress::Done);
    if later.into_iter().chain(before).any(is_finished) {
        return false;
    }
    state.is_overdue() && telling(scene, state.task).is_some_and(|telling| telling.round.id == round.round.id)
}

/// The tasks that are overdue, in the order of the plan.
fn overdue_tasks<'s, 'p>(scene: &'s Scene<'s, 'p>) -> impl Iterator<Item = &'s TaskState<'p>> {
    let telling = scene.plan.tasks.iter().filter_map(|task| Some((telling(scene, task)?, task)));
    let states = telling.filter_map(|(round, task)| Some((round, round.task(task.id)?)));
    states.filter(|(round, state)| is_overdue(scene, round, state)).map(|(_, state)| state)
}

/// Whether an agency, a task or a consolidated report that the reader asked to see is overdue.
pub(crate) fn anything_overdue(scene: &Scene<'_, '_>) -> bool {
    let is_own = match scene.focus {
        Focus::Overview | Focus::All | Focus::Overdue => true,
        Focus::Agency(agency) => scene.plan.consolidator == Some(agency.id),
        Focus::Agencies(_) | Focus::Task(_) | Focus::Tasks(_) => false,
    };
    let late = |round: &RoundStatus<'_>| round.consolidated_late(scene.plan, scene.as_of).is_some();
    let shows = |round: &RoundStatus<'_>, state: &TaskState<'_>| shows_task(scene, round, state);
    scene.rounds.iter().any(|round| {
        round.overdue().any(|status| shows_agency(scene.focus, round, status))
            || round.tasks.iter().any(|state| shows(round, state) && is_overdue(scene, round, state))
            || (is_own && late(round))
    })
}

/// What is to be mended or filled in before all that can be said is said.
pub(super) fn gaps(scene: &Scene<'_, '_>) -> Vec<Block> {
    let plan = scene.plan;
    let mut blocks = Vec::new();
    if !scene.unread.is_empty() {
        blocks.push(heading("CHƯA ĐỦ: CÓ CHỖ KHÔNG ĐỌC ĐƯỢC, SỬA RỒI XEM LẠI"));
        blocks.extend(scene.unread.iter().map(Block::item));
    }
    let flawed = "Kế hoạch (plan/) còn lỗi nên các báo cáo chưa được đối chiếu: “plan check plan” nêu từng chỗ.";
    let flaw = || plan.is_flawed.then(|| Block::item(flawed));
    let to_fill = plan.rounds_to_fill().map(|words| Block::item(format!("{}.", upper_first(&words))));
    blocks.extend(to_fill.or_else(flaw));
    blocks
}

pub(super) fn heading(text: impl Into<String>) -> Block {
    Block::heading(1, text)
}

/// The round whose tasks are shown.
pub(super) fn current<'s, 'p>(scene: &Scene<'s, 'p>) -> Option<&'s RoundStatus<'p>> {
    let rounds = scene.rounds.iter().map(|status| (status.round, status.is_waiting));
    let current = workspace::current(rounds, &scene.plan.holidays, scene.as_of)?;
    scene.rounds.iter().find(|status| status.round.id == current.id)
}

fn tasks_title(scene: &Scene<'_, '_>) -> String {
    current(scene)
        .map_or_else(|| "NHIỆM VỤ".to_owned(), |status| format!("NHIỆM VỤ – kỳ {}", status.round.short_name))
}
