//! The form that an agency fills in with a spreadsheet and sends back, as data: which sheets, rows and
//! cells there are, what each cell takes, and the key under which it is found again. What writes a form
//! and what reads it share this layout, so they cannot disagree.

mod fill;
mod layout;
mod merge;
mod places;
mod read;
mod values;

use crate::model::{Agency, Part, Plan, Report, Round, TaskId, TaskStatus};
use crate::vietnamese::unaccented;

pub(crate) use fill::fill;
pub(crate) use merge::{Merged, merge};
pub(crate) use places::Places;
pub(crate) use read::{MAX_BYTES, Problem, Refusal, read};

/// Changes whenever keys or columns do: a form of another version is refused, never guessed at.
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
    tasks: Vec<FormTask>,
    funding: Vec<String>,
    complaint_fields: Vec<String>,
}

/// A task that the form asks about.
#[derive(Debug)]
struct FormTask {
    id: TaskId,
    key: String,
    part: Part,
    short_title: String,
    /// Those that this agency types.
    indicators: Vec<String>,
}

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
    /// `tasks.I.1.results`; unique for rows that ask. Begins with `#` where nothing is asked.
    pub(crate) key: String,
    /// The list that this row is an item of; rows that are inserted after it are items as well.
    pub(crate) list: Option<String>,
    pub(crate) cells: Vec<Cell>,
    /// The least height of a row that is filled in, in lines.
    pub(crate) lines: u16,
}

#[derive(Debug)]
pub(crate) struct Cell {
    /// First and last column; they differ where cells are merged.
    pub(crate) columns: (char, char),
    pub(crate) content: Content,
}

#[derive(Debug)]
pub(crate) enum Content {
    Label(Style, String),
    Input(Input),
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Input {
    Text,
    /// A number of a paper, a telephone number: text that a spreadsheet would take for a number or a date.
    Code,
    Date,
    /// A whole number that is not negative.
    Whole,
    Choice(List),
}

/// A drop-down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum List {
    Status,
    /// In place of a figure.
    NoFigure,
    Addressee,
    Task,
}

impl Form {
    /// The form of one agency for one round. `earlier` is the agency's report of the round before, whose
    /// figures are shown beside the fields.
    pub(crate) fn new(plan: &Plan, round: &Round, agency: &Agency, earlier: Option<(&Round, &Report)>) -> Self {
        let asked = plan.asked_tasks(round, agency.id);
        let tasks: Vec<FormTask> = asked
            .iter()
            .map(|(task, part)| FormTask {
                part: *part,
                indicators: plan.typed_indicators(task.id, agency.id).map(|typed| typed.key.clone()).collect(),
                id: task.id,
                key: task.key.clone(),
                short_title: task.short_title.clone(),
            })
            .collect();
        let options = vec![
            (
                List::Status,
                TaskStatus::ALL.iter().map(|status| (status.id().to_owned(), capital(status.label()))).collect(),
            ),
            (
                List::NoFigure,
                [TaskStatus::NothingArose, TaskStatus::NotApplicable]
                    .map(|status| (status.id().to_owned(), capital(status.label())))
                    .to_vec(),
            ),
            (
                List::Addressee,
                plan.wording.recommend_to.iter().map(|body| (body.id.clone(), body.name.clone())).collect(),
            ),
            (
                List::Task,
                tasks
                    .iter()
                    .map(|task| (task.key.clone(), format!("{} – {}", task.key, task.short_title)))
                    .collect(),
            ),
        ];
        Self {
            mark: Mark::new(plan, round, agency),
            agency_name: agency.name.clone(),
            title: round.title.clone(),
            sheets: layout::sheets(plan, round, agency, &tasks, earlier),
            options,
            tasks,
            funding: plan.funding_sources.iter().map(|source| source.id.clone()).collect(),
            complaint_fields: plan.complaints.fields.iter().map(|field| field.id.clone()).collect(),
        }
    }

    pub(crate) fn task_ids(&self) -> impl Iterator<Item = &str> {
        self.tasks.iter().map(|task| task.key.as_str())
    }

    /// Whether the form has a field for this figure.
    fn asks_figure(&self, task: &str, indicator: &str) -> bool {
        let mut tasks = self.tasks.iter().filter(|asked| asked.key == task);
        tasks.any(|asked| asked.indicators.iter().any(|known| known == indicator))
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

    /// The locked words that tell a reader what a row asks for: row, column and words. They are kept in
    /// the hidden sheet, so that a row whose words were moved away from its key is seen.
    pub(crate) fn questions(&self) -> impl Iterator<Item = (&str, char, &str)> {
        let rows = self.sheets.iter().flat_map(|sheet| &sheet.rows);
        rows.flat_map(|row| {
            row.cells.iter().filter_map(|cell| match &cell.content {
                Content::Label(Style::Question | Style::ColumnHead | Style::Task, words) => {
                    Some((row.key.as_str(), cell.columns.0, words.as_str()))
                }
                _ => None,
            })
        })
    }
}

/// With its first letter upper case.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
