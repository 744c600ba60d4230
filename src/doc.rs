//! What every format shows: a `Document` of sections, blocks and typed cells. Holds finished words
//! and values; computes nothing and knows no format.

mod base;
mod chart;
mod sent;

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::Serialize;

use crate::vietnamese;
pub(crate) use base::{Base, Line, Written};
pub(crate) use chart::{Chart, Event, Mark, Picture, Series};
pub(crate) use sent::{Entry, Mail};

/// One thing that is shown: to read, to count with, to program with.
pub(crate) trait Shown: AsJson {
    fn document(&self) -> Document;

    /// Its main table, a line a record, for spreadsheets.
    fn rows(&self) -> Table;

    /// What of it belongs in a calendar.
    fn entries(&self) -> Vec<Entry> {
        Vec::new()
    }
}

/// The values of what is shown, apart, so that what is read knows nothing of them.
pub(crate) trait AsJson {
    type Json<'s>: Serialize
    where
        Self: 's;

    fn json(&self) -> Self::Json<'_>;
}

/// A whole document, ready for any renderer.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    /// Title for the file's properties, one line.
    pub(crate) title: String,
    /// The issuer, for the file's properties.
    pub(crate) author: String,
    /// A warning that every page and screen repeats, e.g. that the data are illustrative.
    pub(crate) banner: Option<String>,
    pub(crate) sections: Vec<Section>,
    /// What a file of the document carries so that what people change in it can be taken back.
    pub(crate) base: Option<Base>,
}

/// A run of pages with one orientation; each section after the first numbers its pages from 1 again.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    /// A few words for a tab, a sheet, an entry of a table of contents: `Phụ lục I`.
    pub(crate) name: String,
    pub(crate) audience: Audience,
    pub(crate) landscape: bool,
    pub(crate) blocks: Vec<Block>,
}

/// Which formats show a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    Everyone,
    /// What is looked at, never printed and signed.
    Screens,
    /// Long lists to search, sort and add up.
    Spreadsheets,
}

#[derive(Debug, Clone)]
pub(crate) enum Block {
    Letterhead(Letterhead),
    /// The kind of document (`BÁO CÁO`) and, centred under it, its subject.
    Subject {
        kind: String,
        subject: String,
    },
    /// `Kính gửi:` and the bodies addressed, without punctuation.
    Addressees(Vec<String>),
    /// Level 1 is `I. TIÊU ĐỀ`, level 2 is `1. Tiêu đề`, level 3 a smaller lead-in; the text carries its number.
    Heading {
        level: u8,
        text: String,
    },
    Paragraph {
        style: Style,
        text: String,
    },
    /// A command to type next: only where commands are typed.
    Hint(String),
    /// Files beside a page, by their names: only where pages lead to others.
    Files(Vec<String>),
    /// What the block that follows is known by from one writing to the next, by where its words come from: a task and
    /// an agency (`III.5/so-y-te`), a part. Shown nowhere.
    Id(String),
    /// Opens an annex: `Phụ lục I`, its title, and the document it comes with.
    AnnexTitle {
        number: String,
        title: String,
        reference: String,
    },
    Table(Table),
    /// Charts that belong together, side by side where there is room.
    Charts(Vec<Chart>),
    /// The signature block and, beside it, the recipients.
    Closing(Closing),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Justified body text.
    Body,
    /// A legal basis: as body text, in italics.
    Basis,
    /// An item of a list; the text carries its own mark.
    Item,
    /// A remark in italics, e.g. under a table.
    Note,
    /// What the table below shows; stays on its page.
    Caption,
    /// Lines as they are, of a file for example.
    Example,
}

/// The nation and its motto, which every official document bears.
pub(crate) const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
pub(crate) const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";

/// The top of an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I).
#[derive(Debug, Clone)]
pub(crate) struct Letterhead {
    /// The superior body, upper case; absent where there is none.
    pub(crate) superior: Option<String>,
    /// The issuing body, upper case.
    pub(crate) issuer: String,
    /// `Số:      /BC-SCT`, the number left for the registry.
    pub(crate) number: String,
    /// The summary under the number of a letter (`V/v …`).
    pub(crate) summary: Option<String>,
    /// `Sơn La, ngày      tháng      năm 2026`, the day left for the registry.
    pub(crate) place_and_date: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Closing {
    /// Recipients as printed after `- `, with their punctuation.
    pub(crate) recipients: Vec<String>,
    /// Lines above the post: `TM. ỦY BAN NHÂN DÂN`, `KT. GIÁM ĐỐC`.
    pub(crate) authority: Vec<String>,
    /// The signer's post, upper case.
    pub(crate) post: String,
    /// The signer's name; absent until somebody signs.
    pub(crate) name: Option<String>,
}

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
    pub(crate) sum_of: Option<SumOf>,
    /// What a page can be led to it by, unique on the page: small letters, digits and dashes.
    pub(crate) anchor: Option<String>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
        Self { anchor: Some(anchor), ..self }
    }

    pub(crate) fn sum_of(self, sum_of: SumOf) -> Self {
        Self { sum_of: Some(sum_of), ..self }
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

impl Document {
    /// A document of one section, called `name`, by nobody in particular.
    pub(crate) fn page(title: impl Into<String>, name: &str, blocks: Vec<Block>) -> Self {
        let section = Section { name: name.to_owned(), audience: Audience::Everyone, landscape: false, blocks };
        Self { title: title.into(), author: String::new(), banner: None, sections: vec![section], base: None }
    }

    /// The sections that everyone sees and those for one kind of format besides.
    pub(crate) fn sections_for(&self, audience: Audience) -> impl Iterator<Item = &Section> {
        self.sections
            .iter()
            .filter(move |section| section.audience == Audience::Everyone || section.audience == audience)
    }
}

impl Table {
    pub(crate) fn new(name: &'static str, columns: Vec<Column>, rows: impl IntoIterator<Item = Row>) -> Self {
        Self { name, columns, rows: rows.into_iter().collect() }
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

    pub(crate) fn reading(self) -> Self {
        Self { purpose: Purpose::Reading, ..self }
    }

    pub(crate) fn reckoning(self) -> Self {
        Self { purpose: Purpose::Reckoning, ..self }
    }
}
