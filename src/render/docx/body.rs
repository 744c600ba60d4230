//! `word/document.xml`: every section and block in its order. Decides which style a block takes; how a style looks
//! is said in `parts/styles.xml`.

use super::{
    chart, form,
    page::Page,
    paragraph::{self, Paragraph},
    table,
};
use crate::doc::{Audience, Block, Chart, Document, Section, Style};
use crate::render::markup::{Attributes, Markup};
use crate::render::visible::Visible;

pub(super) const NAMESPACES: Attributes = &[
    ("xmlns:w", &"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", &"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
];

/// `charts` are all those of the document.
pub(super) fn part(document: &Document, charts: &[&Chart]) -> Visible {
    Markup::part("w:document", NAMESPACES, |xml| {
        xml.element("w:body", &[], |xml| {
            let sections: Vec<&Section> = document.sections_for(Audience::Everyone).collect();
            xml.each(&sections, |xml, at, section| {
                let page = blocks(xml, section, charts);
                if at + 1 == sections.len() {
                    return page.write(xml);
                }
                // A section but the last one ends in a paragraph that holds its properties.
                paragraph::empty(xml, "Gap", |xml| page.write(xml));
            });
        });
    })
}

fn blocks(xml: &mut Markup, section: &Section, charts: &[&Chart]) -> Page {
    let page = Page::new(section.landscape);
    let mut blocks = section.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        // A signature may not stand on a page without any of the text that it signs, nor a note without its table.
        let keep = match blocks.peek() {
            Some(Block::Closing(_)) => true,
            Some(Block::Paragraph { style: Style::Note, .. }) => matches!(block, Block::Table(_)),
            _ => false,
        };
        write(xml, block, &page, keep, charts);
    }
    page
}

fn write(xml: &mut Markup, block: &Block, page: &Page, keep: bool, all_charts: &[&Chart]) {
    match block {
        Block::Letterhead(letterhead) => form::letterhead(xml, letterhead, page),
        Block::Subject { kind, subject } => {
            Paragraph::new("Title").write(xml, kind);
            Paragraph::new("Subtitle").write(xml, subject);
            paragraph::short_rule(xml, subject, 14, page.text_width());
        }
        Block::Addressees(lines) => addressees(xml, lines),
        Block::Heading { level, text } => {
            let style = match level {
                1 => "Heading1",
                2 => "Heading2",
                _ => "Heading3",
            };
            Paragraph::new(style).write(xml, text);
        }
        Block::Paragraph { style, text } => {
            let style = match style {
                Style::Body => "Body",
                Style::Basis => "Basis",
                Style::Item | Style::Example => "Item",
                Style::Note => "Note",
                Style::Caption => "TableCaption",
            };
            Paragraph::new(style).keep_next(keep).write(xml, text);
        }
        Block::Hint(_) | Block::Id(_) | Block::Files(_) => {}
        Block::AnnexTitle { number, title, reference } => {
            Paragraph::new("AnnexNumber").write(xml, number);
            Paragraph::new("AnnexTitle").write(xml, title);
            Paragraph::new("AnnexReference").write(xml, reference);
        }
        Block::Table(table) => table::write(xml, table, page, keep),
        Block::Charts(charts) => chart::write(xml, charts, all_charts, page),
        Block::Closing(closing) => form::closing(xml, closing, page),
    }
}

fn addressees(xml: &mut Markup, lines: &[String]) {
    for line in lines {
        let style = match lines {
            [_] => "SoleAddressee",
            _ if line.starts_with("- ") => "Addressee",
            _ => "Addressees",
        };
        Paragraph::new(style).write(xml, line);
    }
}
