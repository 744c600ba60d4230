//! A row a problem: a table for the screen, and CSV for spreadsheets, which have room for more.

use super::Findings;
use crate::diagnostic::Diagnostic;
use crate::doc::{Align, Audience, Block, Cell, Column, Document, Row, Section, Table};
use crate::render::visible::Visible;
use crate::render::{csv, terminal};

pub(super) fn screen(findings: &Findings<'_>) -> Visible {
    let columns = [
        ("Mức", 2, Align::Left),
        ("Quy tắc", 4, Align::Left),
        ("Nơi", 6, Align::Left),
        ("Vấn đề", 12, Align::Left),
    ];
    let table = table(findings, &columns, |found| {
        let (start, _) = findings.range(found.span);
        let accepted = if found.accepted.is_some() { " (đã chấp nhận)" } else { "" };
        vec![
            Cell::text(findings.severity(found).label()),
            Cell::text(found.rule.name),
            Cell::text(format!("{}:{}", findings.path(found.span.file), start.line)),
            Cell::text(format!("{}{accepted}", found.message)),
        ]
    });
    if table.rows.is_empty() {
        return findings.summary().into();
    }
    let blocks = vec![Block::Table(table)];
    let section = Section { name: String::new(), audience: Audience::Everyone, landscape: false, blocks };
    let document =
        Document {
            title: "Kết quả kiểm tra".into(), author: String::new(), banner: None, sections: vec![section]
        };
    let screen = terminal::Screen { width: findings.width, colour: findings.colour };
    let mut out = terminal::render(&document, screen);
    out += &format!("\n{}", findings.summary());
    out
}

pub(super) fn csv(findings: &Findings<'_>) -> Visible {
    let titles = ["Mức", "Quy tắc", "Tệp", "Dòng", "Cột", "Vấn đề", "Cách sửa", "Lý do chấp nhận"];
    csv::render(&table(findings, &titles.map(|title| (title, 1, Align::Left)), |found| {
        let (start, _) = findings.range(found.span);
        vec![
            Cell::text(findings.severity(found).label()),
            Cell::text(found.rule.name),
            Cell::text(findings.path(found.span.file)),
            Cell::number(start.line),
            Cell::number(start.column),
            Cell::text(&found.message),
            Cell::text(found.hint.as_deref().unwrap_or_default()),
            Cell::text(found.accepted.as_deref().unwrap_or_default()),
        ]
    }))
}

fn table(
    findings: &Findings<'_>,
    columns: &[(&str, u16, Align)],
    cells: impl Fn(&Diagnostic) -> Vec<Cell>,
) -> Table {
    Table {
        name: "problems",
        columns: columns.iter().map(|(title, width, align)| Column::new(*title, *width, *align)).collect(),
        rows: findings.diagnostics.iter().map(|found| Row::Cells(cells(found))).collect(),
    }
}
