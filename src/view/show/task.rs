//! A task: its wording, who owes what, who said what.

use chrono::NaiveDate;
use indexmap::IndexSet;

use super::answers::{self, Part, Role};
use super::{Subject, heading, round_heading};
use crate::doc::{Block, Cell, Table};
use crate::model::{Agency, AgencyId, Group, Plan, Task};
use crate::status::RoundStatus;
use crate::vietnamese::listed;
use crate::view::{public, words};

/// Up to how many missing members of a folded group are named.
const NAMED: usize = 10;

pub(super) fn blocks(subject: &Subject<'_, '_>, task: &Task) -> Vec<Block> {
    let plan = subject.scene.plan;
    let mut blocks = vec![heading(format!("{}. {}", task.key, task.short_title))];
    blocks.extend(task.content.iter().map(Block::body));
    blocks.push(heading("PHÂN CÔNG"));
    blocks.push(Block::item(format!(
        "Chủ trì: {}.{}",
        task.leads_as_worded,
        resolved(plan, &task.leads_as_worded, &task.leads, subject.scene.as_of)
    )));
    let through = task.through.iter().map(|id| &plan[*id]).filter(|agency| agency.is_there(subject.scene.as_of));
    let through = listed(through.map(|agency| &agency.name), "; ");
    blocks.extend(through.map(|names| Block::item(format!("Được giao thực hiện, báo số liệu: {names}."))));
    blocks.push(Block::item(match &task.coordinators_as_worded {
        Some(words) => {
            format!("Phối hợp: {words}.{}", resolved(plan, words, &task.coordinators, subject.scene.as_of))
        }
        None => "Phối hợp: không ghi trong Kế hoạch.".to_owned(),
    }));
    blocks.push(Block::item(format!("Thời gian: {}.", words::due(task))));
    let indicators = plan.indicators.iter().filter(|indicator| indicator.tasks.contains(&task.id));
    let indicators = listed(indicators.map(|of| format!("{} ({})", of.label, of.key)), "; ");
    blocks.extend(indicators.map(|indicators| Block::item(format!("Chỉ tiêu phải báo: {indicators}."))));
    if let Some(list) = task.publishes {
        blocks.push(heading(format!("DANH SÁCH CÔNG KHAI: {}", list.label().to_uppercase())));
        blocks.push(public::of_task(plan, subject.public, list));
    }
    for status in subject.rounds() {
        blocks.extend(round(subject, status, task));
    }
    blocks
}

/// The agencies that a cell of the plan stands for on a day, where it does not name each of them.
fn resolved(plan: &Plan, worded: &str, agencies: &IndexSet<AgencyId>, as_of: NaiveDate) -> String {
    let there = agencies.iter().map(|id| &plan[*id]).filter(|agency| agency.is_there(as_of));
    let (folded, alone): (Vec<&Agency>, Vec<&Agency>) =
        there.partition(|agency| plan.folding_group(agency.id).is_some());
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
        return vec![Block::item(format!("Kỳ {}: nhiệm vụ không thuộc kỳ này.", status.round.short_name))];
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
    let told = told.iter().map(|part| {
        let who = format!("{} ({})", part.agency.name, part.role.label());
        let account = part.entry.map(|entry| answers::account(plan, entry)).unwrap_or_default();
        (who, answers::declared(status, part), account)
    });
    let members = plan.groups.iter().filter(|group| group.folded).filter_map(|group| {
        let members = folded.iter().filter(|part| group.members.contains(&part.agency.id));
        folded_row(group, &members.collect::<Vec<_>>())
    });
    let table = Table::of("answers", told.chain(members))
        .left("Cơ quan", 3, |(who, ..)| who)
        .left("Cơ quan báo", 2, |(_, declared, _)| declared)
        .left("Nội dung", 7, |(.., account)| account);
    blocks.extend(table.any());
    let silent = listed(silent.iter().map(|part| &part.agency.name), "; ");
    blocks.extend(silent.map(|names| Block::item(format!("Cơ quan phối hợp chưa nêu nhiệm vụ này: {names}."))));
    blocks
}

/// The members of a group that is shown as one line: how many answered what, and who is missing.
fn folded_row(group: &Group, members: &[&Part<'_>]) -> Option<(String, Cell, String)> {
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
    let who = format!("{} ({})", group.name, first.role.label());
    Some((who, Cell::text(format!("{}/{} đơn vị đã báo cáo", entries.count(), members.len())), text))
}

/// One row a round and agency that has a part in the task.
pub(super) fn rows(subject: &Subject<'_, '_>, task: &Task) -> Table {
    let plan = subject.scene.plan;
    let rounds = subject.scene.rounds.iter().filter(|status| status.round.covers(task.id));
    let parts =
        rounds.flat_map(|status| answers::of_task(plan, status, task).into_iter().map(move |part| (status, part)));
    Table::of("answers", &parts.collect::<Vec<_>>())
        .field("Kỳ", |(status, _)| &status.round.key)
        .field("Mã cơ quan", |(_, part)| &part.agency.key)
        .field("Cơ quan", |(_, part)| &part.agency.name)
        .field("Vai trò", |(_, part)| part.role.label())
        .field("Cơ quan báo", |(status, part)| answers::declared(status, part))
        .field("Kết quả", |(_, part)| part.entry.map(words::entry).unwrap_or_default())
        .field("Số liệu", |(_, part)| answers::figures(plan, part.entry).join("\n"))
        .table()
}
