//! A Word file as somebody reads it: paragraphs and tables in their order.

use std::io::{Cursor, Read};

use quick_xml::events::Event;
use quick_xml::reader::Reader;
use zip::ZipArchive;

#[derive(Debug)]
pub(super) enum Block {
    Paragraph(String),
    /// Rows of cells; a cell that spans all is a row of one.
    Table(Vec<Vec<String>>),
}

/// The blocks of a document's body; a table within a cell is text of the cell.
pub(super) fn blocks(file: &[u8]) -> Vec<Block> {
    let mut xml = String::new();
    let mut archive = ZipArchive::new(Cursor::new(file)).expect("a Word file");
    archive.by_name("word/document.xml").expect("a body").read_to_string(&mut xml).expect("its text");
    let mut reader = Reader::from_str(&xml);
    let (mut blocks, mut rows, mut text, mut depth, mut in_text) =
        (Vec::new(), Vec::<Vec<String>>::new(), String::new(), 0, false);
    loop {
        match reader.read_event().expect("XML") {
            Event::Eof => return blocks,
            Event::Start(tag) => match tag.name().as_ref() {
                "w:tbl" => {
                    depth += 1;
                    rows.clear();
                    text.clear();
                }
                "w:tr" => rows.push(Vec::new()),
                "w:t" => in_text = true,
                _ => {}
            },
            Event::Text(part) if in_text => text += &part.xml10_content(),
            Event::GeneralRef(part) if in_text => {
                text += match &*part.xml10_content() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    other => panic!("&{other};"),
                }
            }
            Event::End(tag) => match tag.name().as_ref() {
                "w:t" => in_text = false,
                "w:p" if depth == 0 => blocks.push(Block::Paragraph(std::mem::take(&mut text))),
                "w:p" => text.push('\n'),
                "w:tc" => {
                    let cell = std::mem::take(&mut text).trim().to_owned();
                    rows.last_mut().expect("a row").push(cell);
                }
                "w:tbl" => {
                    depth -= 1;
                    blocks.push(Block::Table(std::mem::take(&mut rows)));
                }
                _ => {}
            },
            _ => {}
        }
    }
}
