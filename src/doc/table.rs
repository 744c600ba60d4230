//! Tables: columns, rows and typed cells, and how a table is made of records.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::Block;
use crate::vietnamese;

#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// English id, unique within a report: the name of a file of its own; empty where only readers of the text see it.
    pub(crate) name: &'static str,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) title: String,
    /// Share of the table's width, relative to the other columns.
    pub(crate) width: u16,
    pub(crate) align: Align,
    pub(crate) purpose: Purpose,
}

/// Who a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Everyone,
    /// Several values in a few words.
    Reading,
    /// Values apart and codes, to reckon with and to join by: spreadsheets and CSV.
    Reckoning,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Center,
    Right,
}

#[derive(Debug, Clone)]
pub(crate) enum Row {
    /// One cell a column.
    Cells(Vec<Cell>),
    /// A heading inside the table that spans every column.
    Group(String),
    /// As `Cells`, set apart as a sum: its numbers add up those above them in the table.
    Total(Vec<Cell>),
}

#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) value: Value,
    pub(crate) tone: Tone,
    /// How a spreadsheet can add the value up again.
    pub(crate) sum_of: Option<Box<SumOf>>,
    /// What a page can be led to it by, unique on the page: small letters, digits and dashes.
    pub(crate) anchor: Option<Box<str>>,
}

/// The numbers in one column of another table of the document, over the rows that match.
#[derive(Debug, Clone)]
pub(crate) struct SumOf {
    pub(crate) table: &'static str,
    /// From 0.
    pub(crate) column: usize,
    /// Columns and the text that each holds.
    pub(crate) matching: Vec<(usize, String)>,
}

#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// Words; a newline separates paragraphs.
    Text(String),
    Number(u128),
    /// An amount in đồng.
    Money(u128),
    /// `part` over `whole`, shown as a percentage; `whole` is never zero.
    Percent {
        part: u128,
        whole: u128,
    },
    Date(NaiveDate),
    /// Nothing to show.
    Empty,
}

/// How a cell should strike the reader where the format has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Tone {
    Plain,
    Good,
    Warning,
    Bad,
    Muted,
}

impl Cell {
    pub(crate) fn new(value: Value) -> Self {
        Self { value, tone: Tone::Plain, sum_of: None, anchor: None }
    }

    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::new(Value::Text(text.into()))
    }

    pub(crate) fn number(number: impl TryInto<u128>) -> Self {
        Self::new(number.try_into().map_or(Value::Empty, Value::Number))
    }

    pub(crate) fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    pub(crate) fn anchored(self, anchor: String) -> Self {
        Self { anchor: Some(anchor.into()), ..self }
    }

    pub(crate) fn sum_of(self, sum_of: SumOf) -> Self {
        Self { sum_of: Some(Box::new(sum_of)), ..self }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::text(text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::number(number)
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Self::new(Value::Date(day))
    }
}

/// Nothing to show where there is nothing.
impl<C: Into<Cell>> From<Option<C>> for Cell {
    fn from(cell: Option<C>) -> Self {
        cell.map_or(Self::new(Value::Empty), C::into)
    }
}

impl Value {
    /// The value as a reader sees it, the Vietnamese way; an amount with every đồng.
    pub(crate) fn to_text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number(value) | Value::Money(value) => vietnamese::number(*value),
            Value::Percent { part, whole } => vietnamese::percent_in_column(*part, *whole).unwrap_or_default(),
            Value::Date(date) => vietnamese::date(*date),
            Value::Empty => String::new(),
        }
    }
}

impl Table {
    pub(crate) fn new(name: &'static str, columns: Vec<Column>, rows: impl IntoIterator<Item = Row>) -> Self {
        Self { name, columns, rows: rows.into_iter().collect() }
    }

    /// Sets the last row apart.
    pub(crate) fn last_is_total(&mut self) {
        if let Some(Row::Cells(cells)) = self.rows.pop() {
            self.rows.push(Row::Total(cells));
        }
    }

    pub(crate) fn for_reading(&self) -> Cow<'_, Self> {
        self.without(Purpose::Reckoning)
    }

    pub(crate) fn for_reckoning(&self) -> Cow<'_, Self> {
        self.without(Purpose::Reading)
    }

    fn without(&self, unwanted: Purpose) -> Cow<'_, Self> {
        if self.columns.iter().all(|column| column.purpose != unwanted) {
            return Cow::Borrowed(self);
        }
        let wanted: Vec<bool> = self.columns.iter().map(|column| column.purpose != unwanted).collect();
        let cells = |cells: &[Cell]| {
            cells.iter().zip(&wanted).filter(|(_, wanted)| **wanted).map(|(cell, _)| cell.clone()).collect()
        };
        let rows = self.rows.iter().map(|row| match row {
            Row::Group(title) => Row::Group(title.clone()),
            Row::Cells(of) => Row::Cells(cells(of)),
            Row::Total(of) => Row::Total(cells(of)),
        });
        let columns = self.columns.iter().filter(|column| column.purpose != unwanted).cloned().collect();
        Cow::Owned(Self::new(self.name, columns, rows))
    }
}

impl Column {
    pub(crate) fn new(title: impl Into<String>, width: u16, align: Align) -> Self {
        Self { title: title.into(), width, align, purpose: Purpose::Everyone }
    }
}

/// A table in the making: a record a row, and column by column what is shown of each.
pub(crate) struct Made<T> {
    table: Table,
    records: Vec<T>,
    cells: Vec<Vec<Cell>>,
    /// The headings that records stand under.
    groups: Vec<String>,
}

impl Table {
    /// Takes its columns from the calls that follow.
    pub(crate) fn of<T: Clone>(name: &'static str, records: impl IntoIterator<Item = T>) -> Made<T> {
        let records: Vec<T> = records.into_iter().collect();
        let cells = vec![Vec::new(); records.len()];
        Made { table: Self { name, ..Self::default() }, records, cells, groups: Vec::new() }
    }
}

impl<T: Clone> Made<T> {
    fn column<C: Into<Cell>>(
        mut self,
        title: impl ToString,
        width: u16,
        align: Align,
        mut of: impl FnMut(T) -> C,
    ) -> Self {
        self.table.columns.push(Column::new(title.to_string(), width, align));
        for (cells, record) in self.cells.iter_mut().zip(&self.records) {
            cells.push(of(record.clone()).into());
        }
        self
    }

    pub(crate) fn left<C: Into<Cell>>(self, title: impl ToString, width: u16, of: impl FnMut(T) -> C) -> Self {
        self.column(title, width, Align::Left, of)
    }

    pub(crate) fn center<C: Into<Cell>>(self, title: impl ToString, width: u16, of: impl FnMut(T) -> C) -> Self {
        self.column(title, width, Align::Center, of)
    }

    pub(crate) fn right<C: Into<Cell>>(self, title: impl ToString, width: u16, of: impl FnMut(T) -> C) -> Self {
        self.column(title, width, Align::Right, of)
    }

    /// A column of codes to join by.
    pub(crate) fn code<C: Into<Cell>>(self, title: &str, width: u16, of: impl FnMut(T) -> C) -> Self {
        self.left(title, width, of).reckoning()
    }

    /// A column of a list for other programs.
    pub(crate) fn field<C: Into<Cell>>(self, title: &str, cell: impl FnMut(T) -> C) -> Self {
        self.left(title, 1, cell)
    }

    /// The numbers of the rows, from 1.
    pub(crate) fn numbered(self, width: u16) -> Self {
        let mut index = 0;
        self.center("STT", width, |_| {
            index += 1;
            index
        })
    }

    /// The last column is for reading alone.
    pub(crate) fn reading(self) -> Self {
        self.purpose(Purpose::Reading)
    }

    /// The last column is to reckon with.
    pub(crate) fn reckoning(self) -> Self {
        self.purpose(Purpose::Reckoning)
    }

    fn purpose(mut self, purpose: Purpose) -> Self {
        self.table.columns.iter_mut().next_back().into_iter().for_each(|column| column.purpose = purpose);
        self
    }

    /// Without the last column unless it is wanted.
    pub(crate) fn when(mut self, wanted: bool) -> Self {
        if !wanted {
            self.table.columns.pop();
            self.cells.iter_mut().for_each(|cells| _ = cells.pop());
        }
        self
    }

    /// A whole row in a tone.
    pub(crate) fn toned(mut self, tone: impl Fn(T) -> Tone) -> Self {
        for (cells, record) in self.cells.iter_mut().zip(&self.records) {
            let tone = tone(record.clone());
            cells.iter_mut().filter(|_| tone != Tone::Plain).for_each(|cell| cell.tone = tone);
        }
        self
    }

    /// A heading above the rows that have it in common.
    pub(crate) fn under(mut self, heading: impl Fn(T) -> String) -> Self {
        self.groups = self.records.iter().cloned().map(heading).collect();
        self
    }

    pub(crate) fn table(self) -> Table {
        let Self { mut table, cells, groups, .. } = self;
        let mut above = None;
        for (index, cells) in cells.into_iter().enumerate() {
            let group = groups.get(index);
            table.rows.extend(group.filter(|_| above != group).cloned().map(Row::Group));
            above = group;
            table.rows.push(Row::Cells(cells));
        }
        table
    }

    pub(crate) fn block(self) -> Block {
        Block::Table(self.table())
    }

    /// None where there is no record.
    pub(crate) fn any(self) -> Option<Block> {
        (!self.records.is_empty()).then(|| self.block())
    }
}
