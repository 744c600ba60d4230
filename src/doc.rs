//! What every format shows: a `Document` of sections, blocks and typed cells. Holds finished words
//! and values; computes nothing and knows no format.

mod base;
mod chart;
mod json;
mod sent;
mod table;

use serde::Serialize;

pub(crate) use base::{Base, Line, Written};
pub(crate) use chart::{Chart, Event, Mark, Picture, Series, shaded};
pub(crate) use json::{as_json, values};
pub(crate) use sent::{Entry, Mail};
pub(crate) use table::{Align, Cell, Column, Made, Row, SumOf, Table, Tone, Value};

/// One thing that is shown: to read, to count with, to program with.
pub(crate) trait Shown: AsJson {
    fn document(&self) -> Document;

    /// What matters first, for a screen that the whole would run off; nothing where the whole is a list.
    fn first_screen(&self) -> Option<Document> {
        None
    }

    /// Its main table, a line a record, for spreadsheets.
    fn rows(&self) -> Table;

    /// What of it belongs in a calendar.
    fn entries(&self) -> Vec<Entry> {
        Vec::new()
    }
}

/// The values of what is shown, apart, so that what is read knows nothing of them.
pub(crate) trait AsJson {
    fn json(&self) -> impl Serialize;
}

/// A whole document, ready for any renderer.
#[derive(Debug, Clone, Default)]
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
    /// `Kính gửi:` and the bodies addressed, a line each as printed; items begin with `- `.
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

impl Block {
    /// One addressee stands beside `Kính gửi:`, several under its colon, a line each (Nghị định 30/2020/NĐ-CP, Phụ lục I);
    /// `bodies` are named without punctuation.
    pub(crate) fn addressees(bodies: &[String]) -> Self {
        Self::Addressees(match bodies {
            [] => Vec::new(),
            [body] => vec![format!("Kính gửi: {body}")],
            [others @ .., last] => {
                let others = others.iter().map(|body| format!("- {body};"));
                std::iter::once("Kính gửi:".to_owned()).chain(others).chain([format!("- {last}.")]).collect()
            }
        })
    }

    pub(crate) fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading { level, text: text.into() }
    }

    pub(crate) fn body(text: impl Into<String>) -> Self {
        Self::Paragraph { style: Style::Body, text: text.into() }
    }

    pub(crate) fn item(text: impl Into<String>) -> Self {
        Self::Paragraph { style: Style::Item, text: text.into() }
    }

    pub(crate) fn note(text: impl Into<String>) -> Self {
        Self::Paragraph { style: Style::Note, text: text.into() }
    }
}

impl Section {
    /// Pages held upright, for everyone.
    pub(crate) fn new(name: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { name: name.into(), audience: Audience::Everyone, landscape: false, blocks }
    }

    pub(crate) fn landscape(self) -> Self {
        Self { landscape: true, ..self }
    }

    pub(crate) fn audience(self, audience: Audience) -> Self {
        Self { audience, ..self }
    }
}

impl Document {
    /// A document by nobody in particular.
    pub(crate) fn new(title: impl Into<String>, sections: Vec<Section>) -> Self {
        Self { title: title.into(), author: String::new(), banner: None, sections, base: None }
    }

    /// A document of one section, called `name`, by nobody in particular.
    pub(crate) fn page(title: impl Into<String>, name: &str, blocks: Vec<Block>) -> Self {
        Self::new(title, vec![Section::new(name, blocks)])
    }

    /// The charts of those sections, in their order.
    pub(crate) fn charts_for(&self, audience: Audience) -> impl Iterator<Item = &Chart> {
        let blocks = self.sections_for(audience).flat_map(|section| &section.blocks);
        blocks.flat_map(|block| if let Block::Charts(charts) = block { &charts[..] } else { &[] })
    }

    /// The sections that everyone sees and those for one kind of format besides.
    pub(crate) fn sections_for(&self, audience: Audience) -> impl Iterator<Item = &Section> {
        self.sections
            .iter()
            .filter(move |section| section.audience == Audience::Everyone || section.audience == audience)
    }
}
