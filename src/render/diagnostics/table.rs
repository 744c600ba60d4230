//! What was found as a thing that is shown: a row a problem, and more of each where there is room for it.

use super::Findings;
use crate::diagnostic::Diagnostic;
use crate::doc::{Align, Block, Cell, Column, Document, Row, Shown, Style, Table};

impl Shown for Findings<'_> {
    fn document(&self) -> Document {
        let columns = [("Mức", 2), ("Quy tắc", 4), ("Nơi", 6), ("Vấn đề", 12)];
        let table = self.table(&columns, |found| {
            let (start, _) = self.range(found.span);
            let accepted = if found.accepted.is_some() { " (đã chấp nhận)" } else { "" };
            vec![
                Cell::text(self.severity(found).label()),
                Cell::text(found.rule.name),
                Cell::text(format!("{}:{}", self.path(found.span.file), start.line)),
                Cell::text(format!("{}{accepted}", self.message(found))),
            ]
        });
        let summary = Block::Paragraph { style: Style::Body, text: self.summary() };
        let blocks = (!table.rows.is_empty()).then_some(Block::Table(table)).into_iter().chain([summary]).collect();
        Document::page("Kết quả kiểm tra", "", blocks)
    }

    fn rows(&self) -> Table {
        let titles = ["Mức", "Quy tắc", "Tệp", "Dòng", "Cột", "Vấn đề", "Cách sửa", "Lý do chấp nhận"];
        self.table(&titles.map(|title| (title, 1)), |found| {
            let (start, _) = self.range(found.span);
            vec![
                Cell::text(self.severity(found).label()),
                Cell::text(found.rule.name),
                Cell::text(self.path(found.span.file)),
                Cell::number(start.line),
                Cell::number(start.column),
                Cell::text(self.message(found)),
                Cell::text(found.hint.as_deref().unwrap_or_default()),
                Cell::text(found.accepted.as_deref().unwrap_or_default()),
            ]
        })
    }
}

impl Findings<'_> {
    fn table(&self, columns: &[(&str, u16)], cells: impl Fn(&Diagnostic) -> Vec<Cell>) -> Table {
        let columns = columns.iter().map(|(title, width)| Column::new(*title, *width, Align::Left)).collect();
        Table::new("problems", columns, self.diagnostics.iter().map(|found| Row::Cells(cells(found))))
    }
}
