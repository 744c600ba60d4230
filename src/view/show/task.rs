//! A task: its wording, who owes what, who said what.

use indexmap::IndexSet;

use super::answers::{self, Part, Role};
use super::{Subject, heading, item, round_heading};
use crate::doc::{Align, Block, Cell, Column, Row, Style, Table};
use crate::model::{Agency, AgencyId, Group, Plan, Task};
use crate::status::RoundStatus;
use crate::view::{public, words};

/// Up to how many missing members of a folded group are named.
const NAMED: usize = 10;

pub(super) fn blocks(subject: &Subject<'_, '_>, task: &Task) -> Vec<Block> {
    let plan = subject.scene.plan;
    let mut blocks = vec![heading(format!("{}. {}", task.key, task.short_title))];
    blocks.extend(task.content.iter().map(|text| Block::Paragraph { style: Style::Body, text: text.clone() }));
    blocks.push(heading("PHÂN CÔNG"));
    blocks.push(item(format!(
        "Chủ trì: {}.{}",
        task.leads_as_worded,
        resolved(plan, &task.leads_as_worded, &task.leads)
    )));
    if !task.through.is_empty() {
        let names: Vec<&str> = task.through.iter().map(|id| plan[*id].name.as_str()).collect();
        blocks.push(item(format!("Được giao thực hiện, báo số liệu: {}.", names.join("; "))));
    }
    blocks.push(item(match &task.coordinators_as_worded {
        Some(words) => format!("Phối hợp: {words}.{}", resolved(plan, words, &task.coordinators)),
        None => "Phối hợp: không ghi trong Kế hoạch.".to_owned(),
    }));
    blocks.push(item(format!("Thời gian: {}.", words::due(task))));
    let indicators = plan.indicators.iter().filter(|indicator| indicator.tasks.contains(&task.id));
    let indicators: Vec<String> =
        indicators.map(|indicator| format!("{} ({})", indicator.label, indicator.key)).collect();
    if !indicators.is_empty() {
        blocks.push(item(format!("Chỉ tiêu phải báo: {}.", indicators.join("; "))));
    }
    if let Some(list) = task.publishes {
        blocks.push(heading(format!("DANH SÁCH CÔNG KHAI: {}", list.label().to_uppercase())));
        blocks.push(public::of_task(plan, subject.public, list));
    }
    for status in subject.rounds() {
        blocks.extend(round(subject, status, task));
    }
    blocks
}

/// The agencies that a cell of the plan stands for, where it does not name each of them.
fn resolved(plan: &Plan, worded: &str, agencies: &IndexSet<AgencyId>) -> String {
    let (folded, alone): (Vec<&Agency>, Vec<&Agency>) =
        agencies.iter().map(|id| &plan[*id]).partition(|agency| plan.folding_group(agency.id).is_some());
    let named = |agency: &&Agency| {
        let names =
            std::iter::once(agency.name.as_str()).chain(agency.aliases.iter().map(|name| name.value.as_str()));
        names.into_iter().any(|name| worded.contains(name))
    };
    if folded.is_empty() && alone.iter().all(named) {
        return String::new();
    }
    let mut parts: Vec<String> = alone.iter().map(|agency| agency.name.clone()).collect();
    for group in plan.groups.iter().filter(|group| group.folded) {
        match folded.iter().filter(|agency| group.members.contains(&agency.id)).count() {
            0 => {}
            count => parts.push(format!("{} ({count} đơn vị)", group.name)),
        }
    }
    format!(" Gồm: {}.", parts.join("; "))
}

fn round(subject: &Subject<'_, '_>, status: &RoundStatus<'_>, task: &Task) -> Vec<Block> {
    let plan = subject.scene.plan;
    let Some(state) = status.task(task.id) else {
        return vec![item(format!("Kỳ {}: nhiệm vụ không thuộc kỳ này.", status.round.short_name))];
    };
    let (_, label, _) = words::progress(state);
    let title = format!("{label}, {}/{} cơ quan chủ trì đã báo cáo", state.declared.len(), state.leads);
    let mut blocks = vec![round_heading(status, &title)];
    let (folded, alone): (Vec<Part<'_>>, Vec<Part<'_>>) = answers::of_task(plan, status, task)
        .into_iter()
        .filter(|part| status.agency(part.agency.id).is_some())
        .partition(|part| plan.folding_group(part.agency.id).is_some());
    let (told, silent): (Vec<Part<'_>>, Vec<Part<'_>>) = alone
        .into_iter()
        .partition(|part| part.entry.is_some() || matches!(part.role, Role::Lead | Role::Directed));
    let columns = vec![
        Column::new("Cơ quan", 3, Align::Left),
        Column::new("Cơ quan báo", 2, Align::Left),
        Column::new("Nội dung", 7, Align::Left),
    ];
    let mut rows: Vec<Row> = told
        .iter()
        .map(|part| {
            Row::Cells(vec![
                Cell::text(format!("{} ({})", part.agency.name, part.role.label())),
                answers::declared(status, part),
                Cell::text(part.entry.map(|entry| answers::account(plan, entry)).unwrap_or_default()),
            ])
        })
        .collect();
    for group in plan.groups.iter().filter(|group| group.folded) {
        let members: Vec<&Part<'_>> =
            folded.iter().filter(|part| group.members.contains(&part.agency.id)).collect();
        rows.extend(folded_row(group, &members));
    }
    if !rows.is_empty() {
        blocks.push(Block::Table(Table::new("answers", columns, rows)));
    }
    if !silent.is_empty() {
        let names: Vec<&str> = silent.iter().map(|part| part.agency.name.as_str()).collect();
        blocks.push(item(format!("Cơ quan phối hợp chưa nêu nhiệm vụ này: {}.", names.join("; "))));
    }
    blocks
}

/// The members of a group that is shown as one line: how many answered what, and who is missing.
fn folded_row(group: &Group, members: &[&Part<'_>]) -> Option<Row> {
    let first = members.first()?;
    let entries = members.iter().filter_map(|part| part.entry);
    let missing: Vec<&str> =
        members.iter().filter(|part| part.entry.is_none()).map(|part| part.agency.short_name.as_str()).collect();
    let mut text = words::statuses(entries.clone());
    if !missing.is_empty() {
        let names =
            if missing.len() <= NAMED { missing.join(", ") } else { format!("xem tên: plan show {}", group.key) };
        let then = if text.is_empty() { "" } else { "; " };
        text += &format!("{then}{} đơn vị chưa có báo cáo hợp lệ về nhiệm vụ này ({names})", missing.len());
    }
    Some(Row::Cells(vec![
        Cell::text(format!("{} ({})", group.name, first.role.label())),
        Cell::text(format!("{}/{} đơn vị đã báo cáo", entries.count(), members.len())),
        Cell::text(text),
    ]))
}

/// One row a round and agency that has a part in the task.
pub(super) fn rows(subject: &Subject<'_, '_>, task: &Task) -> Table {
    let titles = ["Kỳ", "Mã cơ quan", "Cơ quan", "Vai trò", "Cơ quan báo", "Kết quả", "Số liệu"];
    let columns = titles.map(|title| Column::new(title, 1, Align::Left)).into();
    let plan = subject.scene.plan;
    let mut rows = Vec::new();
    for status in subject.scene.rounds.iter().filter(|status| status.round.covers(task.id)) {
        for part in answers::of_task(plan, status, task) {
            let figures = part.entry.map(|entry| answers::figures(plan, entry)).unwrap_or_default();
            rows.push(Row::Cells(vec![
                Cell::text(status.round.key.as_str()),
                Cell::text(part.agency.key.as_str()),
                Cell::text(&part.agency.name),
                Cell::text(part.role.label()),
                answers::declared(status, &part),
                Cell::text(part.entry.map(words::entry).unwrap_or_default()),
                Cell::text(figures.join("\n")),
            ]));
        }
    }
    Table::new("answers", columns, rows)
}
