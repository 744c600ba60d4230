//! Closer looks: one agency, one task, a group, what is overdue.

use super::overview::unsent;
use super::{Scene, current, heading, overdue_tasks};
use crate::doc::{Align, Block, Cell, Column, Row, Table, Tone};
use crate::model::{Agency, Task};
use crate::status::{AgencyStatus, TaskState};
use crate::vietnamese::number;
use crate::view::{cells, words};

pub(in crate::view) fn tasks_table(scene: &Scene<'_, '_>, wanted: impl Fn(&Task) -> bool) -> Block {
    let states = current(scene).into_iter().flat_map(|status| &status.tasks);
    states_table(states.filter(|state| wanted(state.task)))
}

fn states_table<'s, 'p: 's>(states: impl Iterator<Item = &'s TaskState<'p>>) -> Block {
    Table::of("tasks", states)
        .left("Mã", 1, |state| &state.task.key)
        .left("Nhiệm vụ", 6, |state| &state.task.short_title)
        .left("Chủ trì", 4, |state| &state.task.leads_as_worded)
        .right("Đã báo", 1, |state| format!("{}/{}", state.declared.len(), state.leads))
        .left("Trạng thái", 3, |state| Cell::text(words::progress(state).1).tone(words::progress(state).2))
        .block()
}

/// One row an agency, one column a round.
pub(in crate::view) fn agencies_table(scene: &Scene<'_, '_>, wanted: impl Fn(&Agency) -> bool) -> Block {
    let mut columns = vec![Column::new("Cơ quan", 4, Align::Left)];
    columns.extend(
        scene.rounds.iter().map(|status| Column::new(format!("Kỳ {}", status.round.short_name), 4, Align::Left)),
    );
    let rows = scene.plan.agencies.iter().filter(|agency| wanted(agency)).filter_map(|agency| {
        let states: Vec<Cell> =
            scene.rounds.iter().filter_map(|status| status.agency(agency.id)).map(cells::report).collect();
        (!states.is_empty()).then(|| Row::Cells(std::iter::once(Cell::text(&agency.name)).chain(states).collect()))
    });
    Block::Table(Table::new("agencies", columns, rows))
}

pub(super) fn overdue(scene: &Scene<'_, '_>) -> Vec<Block> {
    let mut blocks = unsent(scene);
    for status in scene.rounds {
        let overdue: Vec<&AgencyStatus<'_>> = status.overdue().collect();
        if overdue.is_empty() {
            continue;
        }
        blocks.push(heading(format!("QUÁ HẠN, CHƯA GỬI – kỳ {}: {}", status.round.short_name, overdue.len())));
        let mut index = 0;
        let table = Table::of("overdue", overdue)
            .right("STT", 1, |_| {
                index += 1;
                index
            })
            .left("Cơ quan", 6, |status| &status.agency.name)
            .left("Quá hạn", 2, |status| Cell::text(words::timeliness(status.timeliness)).tone(Tone::Bad));
        blocks.push(table.block());
    }
    let mut late = overdue_tasks(scene).peekable();
    if late.peek().is_some() {
        blocks.extend([heading("NHIỆM VỤ QUÁ HẠN"), states_table(late)]);
    }
    if blocks.is_empty() {
        blocks.push(Block::item("Không có cơ quan, nhiệm vụ hay báo cáo tổng hợp nào quá hạn."));
    }
    for status in scene.rounds.iter().filter(|status| status.issued.is_some()) {
        let missing = status.agencies.iter().filter(|agency| agency.is_overdue()).count();
        if missing > 0 {
            let (name, missing) = (&status.round.short_name, number(missing as u128));
            blocks.push(Block::item(format!(
                "Kỳ {name} đã gửi báo cáo tổng hợp: không còn chờ {missing} cơ quan chưa gửi."
            )));
        }
    }
    blocks
}

pub(super) fn agency(scene: &Scene<'_, '_>, agency: &Agency) -> Vec<Block> {
    let is_own = scene.plan.consolidator == Some(agency.id);
    let mut blocks = if is_own { unsent(scene) } else { Vec::new() };
    blocks.push(heading(agency.name.clone()));
    for status in scene.rounds {
        let state = status.agency(agency.id);
        let cell = state.map_or_else(|| cells::unasked(scene.plan, status, agency), cells::report);
        blocks.push(Block::item(format!("Kỳ {}: {}.", status.round.short_name, cell.value.to_text())));
    }
    blocks.push(heading(format!("CHỦ TRÌ – kỳ {}", current(scene).map_or("", |status| &status.round.short_name))));
    let led =
        current(scene).filter(|status| scene.plan.is_active(agency, status.round)).into_iter().flat_map(|status| {
            let tasks = status.tasks.iter().map(|state| state.task);
            tasks.filter(|task| task.leads.contains(&agency.id)).map(move |task| (status, task))
        });
    let table = Table::of("tasks", led)
        .left("Mã", 1, |(_, task)| &task.key)
        .left("Nhiệm vụ", 6, |(_, task)| &task.short_title)
        .left("Cơ quan báo", 3, |(status, task)| cells::declared(status, agency, task));
    blocks.push(table.any().unwrap_or_else(|| Block::item("Không chủ trì nhiệm vụ nào trong kỳ này.")));
    blocks
}

pub(super) fn task(scene: &Scene<'_, '_>, task: &Task) -> Vec<Block> {
    let mut blocks = vec![
        heading(format!("{}. {}", task.key, task.short_title)),
        Block::item(format!("Chủ trì theo Kế hoạch: {}.", task.leads_as_worded)),
    ];
    for status in scene.rounds {
        let Some(state) = status.task(task.id) else {
            blocks.push(Block::item(format!("Kỳ {}: nhiệm vụ không thuộc kỳ này.", status.round.short_name)));
            continue;
        };
        let (_, label, _) = words::progress(state);
        blocks.push(heading(format!(
            "Kỳ {}: {label}, {}/{} cơ quan chủ trì đã báo cáo",
            status.round.short_name,
            state.declared.len(),
            state.leads
        )));
        let leads = task.leads.iter().filter(|id| status.agency(**id).is_some()).map(|id| &scene.plan[*id]);
        let table = Table::of("leads", leads).left("Cơ quan chủ trì", 5, |agency| &agency.name).left(
            "Cơ quan báo",
            3,
            |agency| cells::declared(status, agency, task),
        );
        blocks.push(table.block());
    }
    blocks
}
