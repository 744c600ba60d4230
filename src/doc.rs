//! What every format shows: a `Document` of sections, blocks and typed cells. Holds finished words
//! and values; computes nothing and knows no format.

use chrono::NaiveDate;

use crate::vietnamese;

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
}

/// A run of pages with one orientation; each section after the first numbers its pages from 1 again.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) landscape: bool,
    pub(crate) blocks: Vec<Block>,
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
    /// Opens an annex: `Phụ lục I`, its title, and the document it comes with.
    AnnexTitle {
        number: String,
        title: String,
        reference: String,
    },
    Table(Table),
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
}

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
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) title: String,
    /// Share of the table's width, relative to the other columns.
    pub(crate) width: u16,
    pub(crate) align: Align,
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
    /// As `Cells`, set apart as a sum.
    Total(Vec<Cell>),
}

#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) value: Value,
    pub(crate) tone: Tone,
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
        Self { value, tone: Tone::Plain }
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
}

impl Value {
    /// The value as a reader sees it, the Vietnamese way; an amount with every đồng.
    pub(crate) fn to_text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number(value) | Value::Money(value) => vietnamese::number(*value),
            Value::Percent { part, whole } => vietnamese::percent(*part, *whole).unwrap_or_default(),
            Value::Date(date) => vietnamese::date(*date),
            Value::Empty => String::new(),
        }
    }
}

impl Column {
    pub(crate) fn new(title: impl Into<String>, width: u16, align: Align) -> Self {
        Self { title: title.into(), width, align }
    }
}
