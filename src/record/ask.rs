//! How a form asks for a field and what stands beside it in a report to fill in: declared in the brackets after the
//! field's name. Where the rows and columns of a sheet stand, `form` knows; how lines are written, `scaffold`.

use super::{Field, Shape};
use crate::vietnamese::one_line;

/// Who fills a field in, and where a form asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// What lies within it is asked: the fields of a record, the items of a list, the rows of a table.
    Within,
    /// In a row of its own.
    Row,
    /// In a column of its item's row.
    Cell(char),
    /// In the cell of another field, with what begins in one of these ways.
    InCellOf(&'static str, &'static [&'static str]),
    /// The form tells it.
    Told,
    /// A form does not ask: it is known when the form comes.
    NotInForm,
    /// Reports of a round do not have it, and there are no forms for others.
    AdHoc,
    /// Nobody fills it in.
    Never,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask {
    pub(crate) way: Way,
    /// The question, the head of the column, the title above a list or table.
    pub(crate) words: &'static str,
    /// Beside the question, or before the number of an item.
    pub(crate) note: &'static str,
    /// Columns with their heads: of a table, of a list of words, of a record within an item.
    pub(crate) heads: &'static [(char, &'static str)],
    /// The sheet of a list or table of the whole report.
    pub(crate) sheet: &'static str,
    /// What the row of the heads is called, where it is not the field's key.
    pub(crate) head_key: Option<&'static str>,
    /// Items that are there from the start.
    pub(crate) items: usize,
    /// The least height of its rows.
    pub(crate) lines: u16,
    /// Text that a spreadsheet would take for a number or a date.
    pub(crate) code: bool,
    /// Of a figure, told beside its number, where the indicator is the whole of another.
    pub(crate) beside: bool,
    /// Asked after the others, though written before them.
    pub(crate) last: bool,
    /// What a report to fill in says beside the key, where the documentation would not do.
    pub(crate) hint: Option<&'static str>,
}

impl Ask {
    pub(super) const WITHIN: Self = Self {
        way: Way::Within,
        words: "",
        note: "",
        heads: &[],
        sheet: "",
        head_key: None,
        items: 0,
        lines: 1,
        code: false,
        beside: false,
        last: false,
        hint: None,
    };
}

/// In the brackets after a field's name.
impl Field {
    const fn way(self, way: Way, words: &'static str) -> Self {
        Self { ask: Ask { way, words, ..self.ask }, ..self }
    }

    /// A question in a row of its own, with a note beside the answer.
    pub(crate) const fn row(self, question: &'static str, note: &'static str) -> Self {
        let asked = self.way(Way::Row, question);
        Self { ask: Ask { note, ..asked.ask }, ..asked }
    }

    /// A column of an item's row, with its head.
    pub(crate) const fn cell(self, column: char, head: &'static str) -> Self {
        self.way(Way::Cell(column), head)
    }

    /// Filled in where `other` is, and told from it by how it begins.
    pub(crate) const fn in_cell_of(self, other: &'static str, beginnings: &'static [&'static str]) -> Self {
        self.way(Way::InCellOf(other, beginnings), "")
    }

    /// A list or table of the whole report: the sheet it stands on, and its title there.
    pub(crate) const fn section(self, sheet: &'static str, title: &'static str) -> Self {
        let asked = self.way(Way::Within, title);
        Self { ask: Ask { sheet, ..asked.ask }, ..asked }
    }

    /// A list within a task's rows: its title, and what its items are called.
    pub(crate) const fn list(self, title: &'static str, item: &'static str) -> Self {
        let asked = self.way(Way::Within, title);
        Self { ask: Ask { note: item, ..asked.ask }, ..asked }
    }

    pub(crate) const fn heads(self, heads: &'static [(char, &'static str)]) -> Self {
        Self { ask: Ask { heads, ..self.ask }, ..self }
    }

    pub(crate) const fn head_key(self, key: &'static str) -> Self {
        Self { ask: Ask { head_key: Some(key), ..self.ask }, ..self }
    }

    /// So many blank items.
    pub(crate) const fn items(self, items: usize) -> Self {
        Self { ask: Ask { items, ..self.ask }, ..self }
    }

    /// Rows of at least so many lines.
    pub(crate) const fn lines(self, lines: u16) -> Self {
        Self { ask: Ask { lines, ..self.ask }, ..self }
    }

    /// Text that a spreadsheet would take for a number or a date.
    pub(crate) const fn code(self) -> Self {
        Self { ask: Ask { code: true, ..self.ask }, ..self }
    }

    /// Asked after the others, though written before them.
    pub(crate) const fn last(self) -> Self {
        Self { ask: Ask { last: true, ..self.ask }, ..self }
    }

    /// The form itself tells it, beside these words.
    pub(crate) const fn told(self, words: &'static str) -> Self {
        self.way(Way::Told, words)
    }

    pub(crate) const fn not_in_form(self) -> Self {
        self.way(Way::NotInForm, "")
    }

    pub(crate) const fn ad_hoc(self) -> Self {
        self.way(Way::AdHoc, "")
    }

    pub(crate) const fn beside(self) -> Self {
        Self { ask: Ask { beside: true, ..self.ask }, ..self }
    }

    pub(crate) const fn never_asked(self) -> Self {
        self.way(Way::Never, "")
    }

    /// What stands beside the key in a report to fill in.
    pub(crate) const fn hint(self, hint: &'static str) -> Self {
        Self { ask: Ask { hint: Some(hint), ..self.ask }, ..self }
    }
}

impl Field {
    /// Whether a form may ask for it or for something within.
    pub(crate) fn is_asked(&self) -> bool {
        !matches!(self.ask.way, Way::Told | Way::NotInForm | Way::AdHoc | Way::Never)
    }

    /// Its documentation, or what a form asks.
    pub(crate) fn words(&self) -> &'static str {
        if self.doc.is_empty() { self.ask.words } else { self.doc.trim_end() }
    }

    /// What it is, in words.
    pub(crate) fn description(&self) -> String {
        let of_shape = match self.shape {
            Shape::Record(record) => record.doc,
            Shape::Choice(doc, _) | Shape::Either(doc, _) => doc,
            Shape::Id(ids) => ids.title(),
            _ => "",
        };
        one_line(if self.words().is_empty() { of_shape } else { self.words() })
    }
}
