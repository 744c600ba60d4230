//! Closer looks: one agency, one task, a group, what is overdue.

use super::{Scene, current, heading, item};
use crate::doc::{Align, Block, Cell, Column, Row, Table, Tone};
use crate::model::{Agency, Task};
use crate::status::AgencyStatus;
use crate::view::{cells, words};

pub(in crate::view) fn tasks_table(scene: &Scene<'_, '_>, wanted: impl Fn(&Task) -> bool) -> Block {
    let columns = vec![
        Column::new("Mã", 1, Align::Left),
        Column::new("Nhiệm vụ", 6, Align::Left),
        Column::new("Chủ trì", 4, Align::Left),
        Column::new("Đã báo", 1, Align::Right),
        Column::new("Trạng thái", 3, Align::Left),
    ];
    let states = current(scene).into_iter().flat_map(|status| &status.tasks);
    let rows = states.filter(|state| wanted(state.task)).map(|state| {
        let (_, label, tone) = words::progress(state);
        Row::Cells(vec![
            Cell::text(state.task.key.as_str()),
            Cell::text(&state.task.short_title),
            Cell::text(&state.task.leads_as_worded),
            Cell::text(format!("{}/{}", state.declared.len(), state.leads)),
            Cell::text(label).tone(tone),
        ])
    });
    Block::Table(Table::new("tasks", columns, rows))
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
    let mut blocks = Vec::new();
    for status in scene.rounds {
        let overdue: Vec<&AgencyStatus<'_>> = status.agencies.iter().filter(|agency| agency.is_overdue()).collect();
        if overdue.is_empty() {
            continue;
        }
        blocks.push(heading(format!("QUÁ HẠN, CHƯA GỬI – kỳ {}: {}", status.round.short_name, overdue.len())));
        let columns = vec![
            Column::new("STT", 1, Align::Right),
            Column::new("Cơ quan", 6, Align::Left),
            Column::new("Quá hạn", 2, Align::Left),
        ];
        let rows = overdue.iter().enumerate().map(|(index, status)| {
            Row::Cells(vec![
                Cell::number(index + 1),
                Cell::text(&status.agency.name),
                Cell::text(words::timeliness(status.timeliness)).tone(Tone::Bad),
            ])
        });
        blocks.push(Block::Table(Table::new("overdue", columns, rows)));
    }
    if current(scene).is_some_and(|status| status.tasks.iter().any(|state| state.is_overdue())) {
        let late = |task: &Task| {
            current(scene).is_some_and(|status| {
                status.tasks.iter().any(|state| state.task.id == task.id && state.is_overdue())
            })
        };
        blocks.extend([heading("NHIỆM VỤ QUÁ HẠN"), tasks_table(scene, late)]);
    }
    if blocks.is_empty() {
        blocks.push(item("Không có cơ quan hay nhiệm vụ nào quá hạn."));
    }
    blocks
}

pub(super) fn agency(scene: &Scene<'_, '_>, agency: &Agency) -> Vec<Block> {
    let mut blocks = vec![heading(agency.name.clone())];
    for status in scene.rounds {
        let state = status.agency(agency.id);
        let cell = state.map_or_else(|| cells::unasked(scene.plan, status, agency), cells::report);
        blocks.push(item(format!("Kỳ {}: {}.", status.round.short_name, cell.value.to_text())));
    }
    blocks.push(heading(format!("CHỦ TRÌ – kỳ {}", current(scene).map_or("", |status| &status.round.short_name))));
    let columns = vec![
        Column::new("Mã", 1, Align::Left),
        Column::new("Nhiệm vụ", 6, Align::Left),
        Column::new("Cơ quan báo", 3, Align::Left),
    ];
    let mut rows = Vec::new();
    if let Some(status) = current(scene) {
        let leads = scene.plan.is_active(agency, status.round);
        for state in status.tasks.iter().filter(|state| leads && state.task.leads.contains(&agency.id)) {
            let cells = vec![
                Cell::text(state.task.key.as_str()),
                Cell::text(&state.task.short_title),
                cells::declared(status, agency, state.task),
            ];
            rows.push(Row::Cells(cells));
        }
    }
    blocks.push(if rows.is_empty() {
        item("Không chủ trì nhiệm vụ nào trong kỳ này.")
    } else {
        Block::Table(Table::new("tasks", columns, rows))
    });
    blocks
}

pub(super) fn task(scene: &Scene<'_, '_>, task: &Task) -> Vec<Block> {
    let mut blocks = vec![
        heading(format!("{}. {}", task.key, task.short_title)),
        item(format!("Chủ trì theo Kế hoạch: {}.", task.leads_as_worded)),
    ];
    for status in scene.rounds {
        let Some(state) = status.task(task.id) else {
            blocks.push(item(format!("Kỳ {}: nhiệm vụ không thuộc kỳ này.", status.round.short_name)));
            continue;
        };
        let (_, label, _) = words::progress(state);
        blocks.push(heading(format!(
            "Kỳ {}: {label}, {}/{} cơ quan chủ trì đã báo cáo",
            status.round.short_name,
            state.declared.len(),
            state.leads
        )));
        let columns =
            vec![Column::new("Cơ quan chủ trì", 5, Align::Left), Column::new("Cơ quan báo", 3, Align::Left)];
        let leads = task.leads.iter().filter(|id| status.agency(**id).is_some()).map(|id| &scene.plan[*id]);
        let rows =
            leads.map(|agency| Row::Cells(vec![Cell::text(&agency.name), cells::declared(status, agency, task)]));
        blocks.push(Block::Table(Table::new("leads", columns, rows)));
    }
    blocks
}
