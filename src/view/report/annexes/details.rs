//! What everybody reports, in their own words.

use std::collections::BTreeSet;

use super::super::Brief;
use crate::doc::{Align, Block, Cell, Column, Row, Table};
use crate::model::{Agency, Evidence, TaskStatus};
use crate::remark::{Kind, Remark};
use crate::source::{Span, Spanned};
use crate::vietnamese::{clause, date, lower_first, sentence, upper_first};
use crate::view::words;

/// What everybody reports, task by task, then what each finds hard, asks for and will do: the body tells the sum of it.
pub(super) fn details(brief: &Brief<'_, '_>) -> Vec<Block> {
    let columns = vec![
        Column::new("Mã nhiệm vụ", 8, Align::Center).reckoning(),
        Column::new("Mã cơ quan", 18, Align::Left).reckoning(),
        Column::new("Cơ quan, đơn vị", 26, Align::Left),
        Column::new("Trạng thái", 14, Align::Left),
        Column::new("Kết quả", 80, Align::Left),
        Column::new("Tài liệu kiểm chứng", 30, Align::Left),
    ];
    let mut rows = Vec::new();
    for state in &brief.status.tasks {
        let mut entries = brief.entries(state.task.id).peekable();
        if entries.peek().is_some() {
            rows.push(Row::Group(format!("{}. {}", state.task.key, state.task.short_title)));
        }
        for (agency, entry) in entries {
            rows.push(Row::Cells(vec![
                Cell::text(state.task.key.as_str()),
                Cell::text(agency.key.as_str()),
                Cell::text(&agency.name),
                Cell::text(entry.status.map_or("", TaskStatus::label)),
                Cell::text(upper_first(&words::entry(entry))),
                Cell::text(entry.evidence.iter().map(Evidence::text).collect::<Vec<_>>().join("\n")),
            ]));
        }
    }
    let table = (!rows.is_empty()).then(|| Block::Table(Table::new("details", columns, rows)));
    table.into_iter().chain(voices(brief)).collect()
}

/// Difficulties, recommendations and next steps as each wrote them.
fn voices(brief: &Brief<'_, '_>) -> Option<Block> {
    let columns = vec![
        Column::new("Mã cơ quan", 18, Align::Left).reckoning(),
        Column::new("Cơ quan, đơn vị", 24, Align::Left),
        Column::new("Khó khăn, vướng mắc và nguyên nhân", 50, Align::Left),
        Column::new("Kiến nghị, đề xuất", 42, Align::Left),
        Column::new("Phương hướng, nhiệm vụ", 38, Align::Left),
    ];
    let row = |agency: &Agency, beside: &str, told: [Vec<String>; 3]| {
        let who = [agency.key.to_string(), format!("{}{beside}", agency.name)];
        Row::Cells(who.into_iter().chain(told.map(|told| told.join("\n"))).map(Cell::text).collect())
    };
    let petition = |to: &str, text: &str| format!("Với {to}: {}", lower_first(&sentence(text)));
    let bodies = &brief.plan.wording.recommend_to;
    // What was settled, or has come to its end, does not come back.
    let open = brief.remarks.iter().filter(|remark| !remark.is_over(brief.as_of));
    let open: BTreeSet<Span> = open.flat_map(Remark::places).collect();
    let open = |text: &Spanned<String>| open.contains(&text.span);
    let now = brief.voices().filter_map(|(agency, report)| {
        let ad_hoc = report.date.as_ref().map(|_| " (báo cáo đột xuất)").unwrap_or_default();
        let difficulties = report.difficulties.iter().filter(|found| open(&found.text));
        let difficulties = difficulties.map(|found| trouble(&found.text, found.cause.as_ref()));
        let petitions = report.recommendations.iter().filter(|found| open(&found.text)).map(|found| {
            let to = found.to.map_or("cơ quan có thẩm quyền", |to| &brief.plan[to].name);
            petition(to, &found.text.value)
        });
        let next = report.next_steps.iter().map(|step| {
            let when = step.when.map(|when| format!(" ({})", when.words())).unwrap_or_default();
            sentence(&format!("{}{when}", clause(&step.text.value)))
        });
        let told = [difficulties.collect(), petitions.collect(), next.collect::<Vec<_>>()];
        told.iter().any(|told| !told.is_empty()).then(|| row(agency, ad_hoc, told))
    });
    // What nobody settled of an earlier round or year is counted in the body, too.
    let before = brief.remarks.iter().filter_map(|found| {
        let since = format!(" (nêu từ ngày {})", date(brief.before(found)?));
        let told = match found.kind {
            Kind::Difficulty => [vec![trouble(found.text, found.cause)], Vec::new(), Vec::new()],
            Kind::Recommendation { to } => {
                let body = bodies.iter().find(|body| Some(body.id.as_str()) == to);
                let to = body.map_or("cơ quan có thẩm quyền", |body| &body.name);
                [Vec::new(), vec![petition(to, &found.text.value)], Vec::new()]
            }
        };
        Some(row(found.agency, &since, told))
    });
    let rows: Vec<Row> = now.chain(before).collect();
    (!rows.is_empty()).then_some(Block::Table(Table::new("difficulties", columns, rows)))
}

fn trouble(text: &Spanned<String>, cause: Option<&Spanned<String>>) -> String {
    let cause = cause.map(|cause| format!(" Nguyên nhân: {}", lower_first(&sentence(&cause.value))));
    format!("{}{}", upper_first(&sentence(&text.value)), cause.unwrap_or_default())
}
