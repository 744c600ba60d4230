//! What was found as a thing that is shown: a row a problem, and more of each where there is room for it.

use super::Findings;
use crate::diagnostic::Diagnostic;
use crate::doc::{Block, Document, Shown, Table};

impl Shown for Findings<'_> {
    fn document(&self) -> Document {
        let place =
            |found: &Diagnostic| format!("{}:{}", self.path(found.span.file), self.range(found.span).0.line);
        let accepted = |found: &Diagnostic| if found.accepted.is_some() { " (đã chấp nhận)" } else { "" };
        let table = Table::of("problems", self.diagnostics.iter().copied())
            .left("Mức", 2, |found| self.severity(found).label())
            .left("Quy tắc", 4, |found| found.rule.name)
            .left("Nơi", 6, place)
            .left("Vấn đề", 12, |found| format!("{}{}", self.message(found), accepted(found)));
        let blocks = table.any().into_iter().chain([Block::body(self.summary())]).collect();
        Document::page("Kết quả kiểm tra", "Vấn đề", blocks)
    }

    fn rows(&self) -> Table {
        Table::of("problems", self.diagnostics.iter().copied())
            .field("Mức", |found| self.severity(found).label())
            .field("Quy tắc", |found| found.rule.name)
            .field("Tệp", |found| self.path(found.span.file))
            .field("Dòng", |found| self.range(found.span).0.line)
            .field("Cột", |found| self.range(found.span).0.column)
            .field("Vấn đề", |found| self.message(found))
            .field("Cách sửa", |found| found.hint.as_deref().unwrap_or_default())
            .field("Lý do chấp nhận", |found| found.accepted.as_deref().unwrap_or_default())
            .table()
    }
}
