//! `plan show`: all that is known of one agency, task, group, indicator or round; or what can be asked for.

pub(super) mod agency;
pub(super) mod answers;
mod groups;
pub(super) mod history;
pub(super) mod indicator;
mod round;
mod task;

use super::status::{self, Focus, Scene, heading};
use super::{document, words};
use crate::arrivals::Arrival;
use crate::doc::{Block, Document, Section, Shown, Table};
use crate::lookup::Item;
use crate::measure::Measure;
use crate::model::{Agency, Plan};
use crate::public::Public;
use crate::status::RoundStatus;
use crate::vietnamese::{date, weekday};
use crate::workspace::Workspace;

/// What was asked for, and all there is to tell it from.
pub(crate) struct Subject<'s, 'p> {
    pub(crate) item: Item<'p>,
    /// The rounds chosen, focused on the item.
    pub(crate) scene: Scene<'s, 'p>,
    /// The measures of each of those rounds.
    pub(crate) measures: &'s [Vec<Measure<'p>>],
    pub(crate) workspace: &'p Workspace,
    /// What came, version by version, where an agency's history is asked for.
    pub(crate) versions: Option<&'s [Arrival]>,
    /// What is for everyone to know.
    pub(crate) public: &'s Public<'p>,
}

impl<'s, 'p> Subject<'s, 'p> {
    /// The rounds chosen, the one that is being worked on first.
    fn rounds(&self) -> Vec<&'s RoundStatus<'p>> {
        let current = status::current(&self.scene);
        let is_current =
            |round: &RoundStatus<'_>| current.is_some_and(|current| current.round.id == round.round.id);
        let mut rounds: Vec<&RoundStatus<'p>> = self.scene.rounds.iter().collect();
        rounds.sort_by_key(|round| !is_current(round));
        rounds
    }
}

/// Whose figures a day that is past is told with as they are today, of those that the item is about.
pub(super) fn not_kept<'p>(subject: &Subject<'_, 'p>) -> Vec<&'p Agency> {
    let mut agencies: Vec<&Agency> =
        subject.scene.rounds.iter().flat_map(|round| &round.not_kept).copied().collect();
    agencies.retain(|agency| match subject.item {
        Item::Agency(of) => agency.id == of.id,
        Item::Group(of) => of.members.contains(&agency.id),
        Item::Task(_) | Item::TaskGroup(_) | Item::Indicator(_) | Item::Round(_) => true,
    });
    agencies.sort_by_key(|agency| agency.id);
    agencies.dedup_by_key(|agency| agency.id);
    agencies
}

/// The view of the state that says most of an item.
pub(crate) fn focus(item: Item<'_>) -> Focus<'_> {
    match item {
        Item::Agency(agency) => Focus::Agency(agency),
        Item::Task(task) => Focus::Task(task),
        Item::TaskGroup(group) => Focus::Tasks(group),
        Item::Group(group) => Focus::Agencies(group),
        Item::Indicator(_) => Focus::Overview,
        Item::Round(_) => Focus::All,
    }
}

/// What an item is: for JSON, and for people.
pub(super) fn kind(item: Item<'_>) -> (&'static str, &'static str) {
    match item {
        Item::Agency(_) => ("agency", "Cơ quan"),
        Item::Group(_) => ("group", "Nhóm cơ quan"),
        Item::TaskGroup(_) => ("task_group", "Nhóm nhiệm vụ"),
        Item::Task(_) => ("task", "Nhiệm vụ"),
        Item::Indicator(_) => ("indicator", "Chỉ tiêu"),
        Item::Round(_) => ("round", "Kỳ báo cáo"),
    }
}

impl Shown for Subject<'_, '_> {
    fn document(&self) -> Document {
        let scene = &self.scene;
        let blocks = match self.item {
            Item::Agency(agency) => agency::blocks(self, agency),
            Item::Task(task) => task::blocks(self, task),
            Item::TaskGroup(group) => groups::of_tasks(self, group),
            Item::Group(group) => groups::of_agencies(self, group),
            Item::Indicator(indicator) => indicator::blocks(self, indicator),
            Item::Round(_) => round::blocks(self),
        };
        let (_, what) = kind(self.item);
        let title = format!("{what} {} – {}, ngày {}", self.item.id(), weekday(scene.as_of), date(scene.as_of));
        let not_kept = words::not_kept("số liệu", &not_kept(self)).map(Block::item);
        let told = status::gaps(scene).into_iter().chain(not_kept);
        page(scene.plan, title, &scene.banner, told.chain(blocks).collect())
    }

    /// The main table of the item, for spreadsheets.
    fn rows(&self) -> Table {
        match self.item {
            Item::Agency(agency) => history::rows(self, agency).unwrap_or_else(|| agency::rows(self, agency)),
            Item::Task(task) => task::rows(self, task),
            Item::Indicator(indicator) => indicator::rows(self, indicator),
            Item::TaskGroup(_) | Item::Group(_) | Item::Round(_) => status::rows(&self.scene),
        }
    }
}

/// Everything that can be asked for.
pub(crate) struct Items<'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) items: Vec<Item<'p>>,
}

impl Shown for Items<'_> {
    fn document(&self) -> Document {
        let example = self.items.first().map(|item| format!(", ví dụ plan show {}", item.id())).unwrap_or_default();
        let how = format!("Xem một mục: plan show MÃ{example}. Ghi tên cũng được, có dấu hoặc không dấu.");
        page(self.plan, "Các mục của Kế hoạch".to_owned(), &None, vec![Block::item(how), Block::Table(self.rows())])
    }

    fn rows(&self) -> Table {
        Table::of("items", self.items.iter().copied())
            .left("Loại", 2, |item| kind(item).1)
            .left("Mã", 3, |item| item.id())
            .left("Tên", 8, |item| item.name())
            .table()
    }
}

fn page(plan: &Plan, title: String, banner: &Option<String>, blocks: Vec<Block>) -> Document {
    document(plan, banner, title, vec![Section::new("Chi tiết", blocks)])
}

/// A heading for what is told of a round.
fn round_heading(status: &RoundStatus<'_>, rest: &str) -> Block {
    heading(format!("Kỳ {}: {rest}", status.round.short_name))
}
