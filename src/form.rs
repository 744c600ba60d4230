//! The form that an agency fills in with a spreadsheet and sends back, as data: which sheets, rows and
//! cells there are, what each cell takes, and which part of the report it fills. All of that follows from what is
//! declared of a report's fields; what writes a form and what reads it share this layout, so they cannot disagree.

mod beside;
mod cells;
mod day_formats;
mod days;
mod fill;
mod formats;
mod gone;
mod hidden;
mod layout;
mod leaves;
mod looks;
mod margins;
mod merge;
mod package;
mod places;
mod problem;
mod quoted;
mod read;
mod rows;
mod sober;
mod spans;
mod told;
mod values;
mod written;
mod wrong;

use crate::model::{Agency, Earlier, Plan, Report, Round};
use crate::record::{Ids, Names, Shape};
use crate::vietnamese::{unaccented, upper_first};

pub(crate) use crate::record::MAX_WHOLE;
pub(crate) use fill::{fill, is_filled_in};
pub(crate) use hidden::Hidden;
pub(crate) use leaves::Leaves;
pub(crate) use merge::{Merged, Told, merge, newest_paper};
pub(crate) use places::{Places, part_at};
pub(crate) use problem::{Place, Problem, Refusal};
pub(crate) use read::read;
pub(crate) use rows::rows;
pub(crate) use told::Given;

impl Told {
    /// Whether it was filled into a form, whose cells its problems are told by.
    pub(crate) fn is_form(&self) -> bool {
        self.asked.is_some()
    }
}

/// A form of another version is refused, never guessed at. Questions that come, go or are renamed need no other
/// version: a form tells what it asked.
pub(crate) const VERSION: u32 = 1;

/// The hidden sheet that says whose form it is, and holds the lists.
pub(crate) const MARK_SHEET: &str = "_plan";

/// What the hidden mark says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) version: u32,
    /// The plan's province and title, without diacritics: two plans of a year may name the same agencies.
    pub(crate) workspace: String,
    pub(crate) year: i32,
    pub(crate) agency: String,
    pub(crate) round: String,
}

impl Mark {
    pub(crate) fn new(plan: &Plan, round: &Round, agency: &Agency) -> Self {
        Self {
            version: VERSION,
            workspace: unaccented(&format!("{} {}", plan.province, plan.title)),
            year: plan.year,
            agency: agency.key.clone(),
            round: round.key.clone(),
        }
    }

    /// As rows of the hidden sheet.
    pub(crate) fn fields(&self) -> [(&'static str, String); 5] {
        [
            ("version", self.version.to_string()),
            ("workspace", self.workspace.clone()),
            ("year", self.year.to_string()),
            ("agency", self.agency.clone()),
            ("round", self.round.clone()),
        ]
    }

    /// What marks one sheet as a part of this form: `plan-form:tasks:2026:annual:so-y-te`.
    pub(crate) fn of_sheet(&self, sheet: &str) -> String {
        format!("{SHEET_MARK}{sheet}:{}:{}:{}", self.year, self.round, self.agency)
    }
}

/// Column of the hidden sheet from which the questions stand: row key, column, words.
pub(crate) const QUESTIONS: u16 = 10;

/// The same for the other locked words.
pub(crate) const LABELS: u16 = 13;

/// Begins the hidden first cell of every sheet of a form.
const SHEET_MARK: &str = "plan-form:";

#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) mark: Mark,
    pub(crate) agency_name: String,
    /// The subject of the report, for the document's properties.
    pub(crate) title: String,
    pub(crate) sheets: Vec<Sheet>,
    /// Ids and what people read, by list.
    options: Vec<(List, Vec<(String, String)>)>,
}

/// The keys that lead to a part of a report: `["tasks", "I.1", "results"]`; items of lists by their number from 0.
pub(crate) type Path = Vec<String>;

#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) id: &'static str,
    /// As people see it; they may rename it.
    pub(crate) name: &'static str,
    /// In characters, from column B on. Column A holds the keys and is hidden.
    pub(crate) widths: &'static [u16],
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug)]
pub(crate) struct Row {
    /// As it is written, `tasks.I.1.results`, then as it was in forms of before. Begins with `#` where nothing is asked.
    keys: Vec<String>,
    /// What it asks for; the list, where it is an item of one.
    path: Path,
    /// Rows that are inserted after an item are items as well.
    item: bool,
    /// The keys of the row with the heads of its columns.
    heads: Vec<String>,
    pub(crate) cells: Vec<Cell>,
    /// The least height of a row that is filled in, in lines.
    pub(crate) lines: u16,
}

#[derive(Debug, Clone)]
pub(crate) struct Cell {
    /// First and last column; they differ where cells are merged.
    pub(crate) columns: (char, char),
    pub(crate) content: Content,
}

#[derive(Debug, Clone)]
pub(crate) enum Content {
    Label(Style, String),
    Input(Input, Target),
}

/// What a locked cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Style {
    Title,
    Subtitle,
    Section,
    Task,
    /// The plan's wording, or an instruction.
    Wording,
    Warning,
    ColumnHead,
    /// What the input beside it asks for.
    Question,
    /// A figure of another round, a number in a list: for the eye alone, may be changed by anyone.
    Aside,
}

/// What an unlocked cell takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Input {
    Text,
    /// A number of a paper, a telephone number: text that a spreadsheet would take for a number or a date.
    Code,
    Date,
    /// A whole number that is not negative.
    Whole,
    /// A whole number, or a word in its place.
    WholeOr(List),
    Choice(List),
}

/// The part of a report that an unlocked cell fills.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// From what its row asks for, or from the item, on.
    path: Vec<&'static str>,
    /// What asks for it: the question, or the head of the column.
    words: &'static str,
    required: bool,
    /// Told beside a number, instead of being an answer by itself.
    beside: bool,
    /// The field that is meant instead by what begins so.
    other: Option<(&'static str, &'static [&'static str])>,
}

/// A drop-down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Words(&'static [(&'static str, &'static str)]),
    Ids(Ids),
}

impl Form {
    /// The form of one agency for one round. `earlier` is the agency's report of the round before, whose
    /// figures are shown beside the fields.
    pub(crate) fn new(plan: &Plan, round: &Round, agency: &Agency, earlier: Option<&Earlier<'_>>) -> Self {
        let tasks = plan.asked_tasks(round, agency.id);
        let mut lists = Vec::new();
        collect(&Shape::Record(Report::RECORD), &mut lists);
        // Of all lists, that of the tasks alone differs from form to form.
        lists.sort_by_key(|list| *list == List::Ids(Ids::Tasks));
        let owned = |id: &str, words: String| (id.to_owned(), words);
        let options = |list| match list {
            List::Words(words) => words.iter().map(|(id, words)| owned(id, upper_first(words))).collect(),
            List::Ids(Ids::Tasks) => tasks
                .iter()
                .map(|(task, _)| owned(&task.key, format!("{} – {}", task.key, task.short_title)))
                .collect(),
            List::Ids(ids) => {
                let mut known = plan.known(ids);
                known.dedup_by_key(|(id, _)| *id);
                known.into_iter().map(|(id, name)| owned(id, name.to_owned())).collect()
            }
        };
        Self {
            mark: Mark::new(plan, round, agency),
            agency_name: agency.name.clone(),
            title: round.title.clone(),
            options: lists.into_iter().map(|list| (list, options(list))).collect(),
            sheets: layout::Layout { plan, round, agency, tasks, earlier }.sheets(),
        }
    }

    /// `so-y-te-annual-2026.xlsx`
    pub(crate) fn file_name(&self) -> String {
        format!("{}-{}-{}.xlsx", self.mark.agency, self.mark.round, self.mark.year)
    }

    /// Ids and words of a drop-down.
    pub(crate) fn options(&self, list: List) -> &[(String, String)] {
        self.options.iter().find(|(known, _)| *known == list).map_or(&[], |(_, options)| options)
    }

    /// Every drop-down with its words.
    pub(crate) fn lists(&self) -> impl Iterator<Item = (List, impl Iterator<Item = &str>)> {
        self.options.iter().map(|(list, options)| (*list, options.iter().map(|(_, words)| words.as_str())))
    }

    /// The locked words, by row, column and words: those that tell a reader what a row asks for, or the others. They are kept
    /// in the hidden sheet, so that words that were moved away from their key, and what is written over them, are seen.
    pub(crate) fn locked(&self, asking: bool) -> impl Iterator<Item = (&str, char, &str)> {
        let rows = self.sheets.iter().flat_map(|sheet| &sheet.rows);
        rows.flat_map(move |row| {
            row.cells.iter().filter_map(move |cell| match &cell.content {
                Content::Label(style, words) if style.asks() == asking && !words.is_empty() => {
                    Some((row.key(), cell.columns.0, words.as_str()))
                }
                _ => None,
            })
        })
    }
}

impl Cell {
    fn is_beside(&self) -> bool {
        matches!(&self.content, Content::Input(_, target) if target.beside)
    }
}

impl Style {
    fn asks(self) -> bool {
        matches!(self, Self::Question | Self::ColumnHead | Self::Task)
    }
}

/// The drop-downs that the fields of a report need.
fn collect(shape: &'static Shape, lists: &mut Vec<List>) {
    let list = match shape {
        Shape::Choice(_, words) => List::Words(words),
        Shape::Id(ids) => List::Ids(*ids),
        Shape::Record(record) => {
            return record
                .fields
                .iter()
                .filter(|field| field.is_asked())
                .for_each(|field| collect(field.shape, lists));
        }
        Shape::List(inner) | Shape::Table(_, inner) => return collect(inner, lists),
        Shape::Either(_, shapes) => return shapes.iter().for_each(|shape| collect(shape, lists)),
        _ => return,
    };
    if !lists.contains(&list) {
        lists.push(list);
    }
}

impl Row {
    pub(crate) fn key(&self) -> &str {
        self.keys.first().map_or("", String::as_str)
    }

    /// Whether a row of a workbook with this key is this one.
    fn is(&self, key: &str) -> bool {
        self.keys.iter().any(|known| known == key)
    }

    /// Whether it would be a further item of the same list.
    fn is_beside(&self, key: &str) -> bool {
        let list = key.rsplit_once('.').map(|(list, _)| list);
        self.item && self.keys.iter().any(|known| known.rsplit_once('.').map(|(list, _)| list) == list)
    }

    fn inputs(&self) -> impl Iterator<Item = (char, Input, &Target)> {
        self.cells.iter().filter_map(|cell| match &cell.content {
            Content::Input(input, target) => Some((cell.columns.0, *input, target)),
            Content::Label(..) => None,
        })
    }
}

#[cfg(test)]
mod tests;
