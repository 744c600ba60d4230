//! Which sheet holds what, and in which rows: known before anything is written, since formulas refer to it.

use std::borrow::Cow;

use rust_xlsxwriter::utility::{cell_range_absolute, quote_sheet_name};

use crate::doc::{Audience, Block, Document, Row, Section, Style, SumOf, Table, Value};
use crate::render::visible::Visible;

/// A sheet holds one table at most: it has one filter, one frozen header and one set of widths.
pub(super) struct Sheet<'d> {
    pub(super) name: String,
    pub(super) above: Vec<Line>,
    pub(super) table: Option<Cow<'d, Table>>,
    pub(super) below: Vec<Line>,
}

/// A line of text as wide as the sheet.
pub(super) struct Line {
    pub(super) kind: Kind,
    pub(super) text: Visible,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Title,
    Reference,
    Banner,
    Heading,
    Text,
    Note,
}

const LONG_NUMBER: &str = "Số có trên 15 chữ số được ghi dạng chữ, vì Excel chỉ giữ đúng 15 chữ số.";
const MAX_NAME: usize = 31;
/// Excel refuses a longer text inside a formula.
const MAX_CRITERION: usize = 255;

/// A sheet for every annex, and for every other section that holds a table.
pub(super) fn sheets(document: &Document) -> Vec<Sheet<'_>> {
    let mut sheets = Vec::new();
    for section in document.sections_for(Audience::Spreadsheets) {
        let is_shown = |block: &Block| match block {
            Block::Table(table) => !table.name.is_empty(),
            block => matches!(block, Block::AnnexTitle { .. }),
        };
        if section.blocks.iter().any(is_shown) {
            section_sheets(document, section, &mut sheets);
        }
    }
    sheets
}

/// The sheet of a section; a second table of it goes on a sheet of its own, under the same title.
fn section_sheets<'d>(document: &'d Document, section: &'d Section, sheets: &mut Vec<Sheet<'d>>) {
    let first = sheets.len();
    sheets.push(Sheet::new(unused_name(&section.name, sheets)));
    let mut last = first;
    for block in &section.blocks {
        if matches!(block, Block::Table(_)) && sheets[last].table.is_some() {
            sheets.push(Sheet::new(unused_name(&section.name, sheets)));
            last += 1;
            sheets[last].above = titles(section);
        }
        match block {
            Block::Table(table) => sheets[last].table = Some(table.for_reckoning()),
            Block::Heading { text, .. } => sheets[last].push(Kind::Heading, text),
            Block::Paragraph { style, text } => {
                sheets[last].push(if *style == Style::Note { Kind::Note } else { Kind::Text }, text);
            }
            // Charts have a sheet of their own; a letterhead and a signature belong to paper.
            Block::Hint(_)
            | Block::Id(_)
            | Block::Files(_)
            | Block::AnnexTitle { .. }
            | Block::Charts(_)
            | Block::Letterhead(_)
            | Block::Subject { .. }
            | Block::Addressees(_)
            | Block::Closing(_) => {}
        }
    }
    sheets[first].above.splice(0..0, titles(section));
    for sheet in &mut sheets[first..] {
        // Right above the table's header: both stay on the screen and are repeated on every page.
        sheet.above.extend(document.banner.as_deref().map(|banner| Line::new(Kind::Banner, banner)));
        if sheet.table.as_deref().is_some_and(has_long_number) {
            sheet.below.push(Line::new(Kind::Note, LONG_NUMBER));
        }
    }
}

fn titles(section: &Section) -> Vec<Line> {
    let annex = section.blocks.iter().find_map(|block| match block {
        Block::AnnexTitle { number, title, reference } => Some((number, title, reference)),
        _ => None,
    });
    match annex {
        Some((number, title, reference)) => vec![
            Line::new(Kind::Title, number),
            Line::new(Kind::Title, title),
            Line::new(Kind::Reference, reference),
        ],
        None => vec![Line::new(Kind::Title, &section.name.to_uppercase())],
    }
}

/// Whether Excel shows every digit: it has room for 15.
pub(super) fn is_exact(number: u128) -> bool {
    number < 1_000_000_000_000_000
}

fn has_long_number(table: &Table) -> bool {
    table.rows.iter().any(|row| match row {
        Row::Cells(cells) | Row::Total(cells) => cells
            .iter()
            .any(|cell| matches!(cell.value, Value::Number(number) | Value::Money(number) if !is_exact(number))),
        Row::Group(_) => false,
    })
}

impl Line {
    pub(super) fn new(kind: Kind, text: &str) -> Self {
        Self { kind, text: text.into() }
    }
}

impl Sheet<'_> {
    fn new(name: String) -> Self {
        Self { name, above: Vec::new(), table: None, below: Vec::new() }
    }

    fn push(&mut self, kind: Kind, text: &str) {
        let lines = if self.table.is_some() { &mut self.below } else { &mut self.above };
        lines.push(Line::new(kind, text));
    }

    /// Rows that it takes.
    pub(super) fn rows(&self) -> usize {
        self.above.len() + self.table.as_ref().map_or(0, |table| 1 + table.rows.len()) + self.below.len()
    }

    pub(super) fn columns(&self) -> usize {
        self.table.as_ref().map_or(1, |table| table.columns.len())
    }

    /// The row of the table's header, from 0.
    pub(super) fn header(&self) -> u32 {
        self.above.len() as u32
    }
}

/// A formula for the sum, without `=`; `None` where a sheet cannot express it.
pub(super) fn sum_formula(sum: &SumOf, sheets: &[Sheet<'_>]) -> Option<String> {
    let holds = |sheet: &&Sheet<'_>| sheet.table.as_ref().is_some_and(|table| table.name == sum.table);
    let sheet = sheets.iter().find(holds)?;
    let rows = sheet.table.as_ref().map_or(0, |table| table.rows.len()) as u32;
    if rows == 0 || sum.matching.is_empty() {
        return None;
    }
    let range = |column: usize| {
        let column = u16::try_from(column).ok()?;
        let cells = cell_range_absolute(sheet.header() + 1, column, sheet.header() + rows, column);
        Some(format!("{}!{cells}", quote_sheet_name(&sheet.name)))
    };
    let mut arguments = vec![range(sum.column)?];
    for (column, text) in &sum.matching {
        arguments.push(range(*column)?);
        arguments.push(criterion(text)?);
    }
    Some(format!("SUMIFS({})", arguments.join(",")))
}

/// A text in a formula that matches itself alone: no wildcard, no comparison.
fn criterion(text: &str) -> Option<String> {
    // As the cells show it.
    let text = Visible::from(text);
    let mut pattern = String::new();
    if text.starts_with(['=', '<', '>']) {
        pattern.push('=');
    }
    for c in text.chars() {
        if matches!(c, '*' | '?' | '~') {
            pattern.push('~');
        }
        pattern.push(c);
    }
    let fits = !text.is_empty() && pattern.encode_utf16().count() <= MAX_CRITERION;
    fits.then(|| format!("\"{}\"", pattern.replace('"', "\"\"")))
}

/// A name that Excel takes and no sheet has: without `[]:*?/\`, not between apostrophes, 31 characters at most.
pub(super) fn unused_name(wanted: &str, sheets: &[Sheet<'_>]) -> String {
    let allowed = Visible::from(wanted).replace(['[', ']', ':', '*', '?', '/', '\\', '\n', '\t'], " ");
    let allowed = allowed.trim_matches(['\'', ' ']);
    let allowed = if allowed.is_empty() { "Bảng" } else { allowed };
    let is_used = |name: &str| sheets.iter().any(|sheet| sheet.name.to_lowercase() == name.to_lowercase());
    let mut name = shortened(allowed, "", MAX_NAME);
    let mut number = 2;
    while is_used(&name) {
        name = shortened(allowed, &format!(" ({number})"), MAX_NAME);
        number += 1;
    }
    name
}

/// A text, shortened where it is longer than so many characters.
pub(in crate::render) fn fitting(text: &str, end: &str, max: usize) -> String {
    // No text has more characters than bytes.
    if text.len() <= max || text.encode_utf16().count() <= max {
        text.to_owned()
    } else {
        shortened(text, end, max)
    }
}

/// As much of a text as leaves room for what is put after it, within a length that counts as Excel does.
fn shortened(text: &str, end: &str, max: usize) -> String {
    let room = max.saturating_sub(end.encode_utf16().count());
    let mut length = 0;
    let fits = |c: &char| {
        length += c.len_utf16();
        length <= room
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}{end}", kept.trim_end_matches(['\'', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_what_excel_takes() {
        let long = "Phụ lục có tên dài hơn ba mươi mốt ký tự";
        let mut sheets = Vec::new();
        for (wanted, name) in [
            ("Phụ lục I", "Phụ lục I"),
            ("phụ lục i", "phụ lục i (2)"),
            ("a/b[c]:*?\\d", "a b c     d"),
            ("'Trích'", "Trích"),
            ("", "Bảng"),
            (long, "Phụ lục có tên dài hơn ba mươi"),
            (long, "Phụ lục có tên dài hơn ba m (2)"),
        ] {
            let given = unused_name(wanted, &sheets);
            assert_eq!(given, name);
            rust_xlsxwriter::utility::check_sheet_name(&given).unwrap();
            sheets.push(Sheet::new(given));
        }
    }

    #[test]
    fn a_criterion_matches_its_text_alone() {
        for (text, written) in [
            ("cộng vào", Some("\"cộng vào\"")),
            ("a\"b*?~", Some("\"a\"\"b~*~?~~\"")),
            ("<>", Some("\"=<>\"")),
            ("", None),
            (&"a".repeat(256), None),
        ] {
            assert_eq!(criterion(text).as_deref(), written);
        }
    }
}
