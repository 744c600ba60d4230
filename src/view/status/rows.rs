//! The table behind a view, one row an agency and round, or a task and round, for spreadsheets.

use chrono::NaiveDate;

use super::{Scene, shows_agency, shows_task};
use crate::doc::{Align, Cell, Column, Row, Table, Value};
use crate::status::Validity;
use crate::view::words;

pub(super) fn agency_rows(scene: &Scene<'_, '_>) -> Table {
    let titles = [
        "Kỳ",
        "Mã cơ quan",
        "Cơ quan",
        "Tình trạng gửi",
        "Số ngày",
        "Ngày nhận",
        "Ngày bổ sung gần nhất",
        "Tính hợp lệ",
        "Số lỗi",
        "Duyệt",
    ];
    let columns = titles.map(|title| Column::new(title, 1, Align::Left)).into();
    let mut rows = Vec::new();
    for round in scene.rounds {
        for status in round.agencies.iter().filter(|status| shows_agency(scene.focus, status)) {
            let (_, days) = words::timeliness_id(status.timeliness);
            let optional_date = |day: Option<NaiveDate>| Cell::new(day.map_or(Value::Empty, Value::Date));
            rows.push(Row::Cells(vec![
                Cell::text(round.round.key.as_str()),
                Cell::text(status.agency.key.as_str()),
                Cell::text(&status.agency.name),
                Cell::text(words::timeliness(status.timeliness)),
                days.map_or(Cell::new(Value::Empty), Cell::number),
                optional_date(status.received),
                optional_date(status.corrections.last().map(|correction| correction.date.value)),
                Cell::text(words::validity(status.validity)),
                match status.validity {
                    Validity::Invalid(errors) => Cell::number(errors),
                    Validity::Valid | Validity::NotAccepted => Cell::number(0_u32),
                    Validity::NoReport | Validity::PaperAlone => Cell::new(Value::Empty),
                },
                status.review.map_or(Cell::new(Value::Empty), |review| Cell::text(words::review(review))),
            ]));
        }
    }
    Table::new("agencies", columns, rows)
}

pub(super) fn task_rows(scene: &Scene<'_, '_>) -> Table {
    let titles =
        ["Kỳ", "Mã nhiệm vụ", "Nhiệm vụ", "Số cơ quan chủ trì", "Số cơ quan chủ trì đã báo cáo", "Trạng thái"];
    let columns = titles.map(|title| Column::new(title, 1, Align::Left)).into();
    let mut rows = Vec::new();
    for round in scene.rounds {
        for state in round.tasks.iter().filter(|state| shows_task(scene, round, state)) {
            rows.push(Row::Cells(vec![
                Cell::text(round.round.key.as_str()),
                Cell::text(state.task.key.as_str()),
                Cell::text(&state.task.short_title),
                Cell::number(state.leads),
                Cell::number(state.declared.len()),
                Cell::text(words::progress(state).1),
            ]));
        }
    }
    Table::new("tasks", columns, rows)
}
