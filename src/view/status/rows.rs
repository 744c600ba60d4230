//! The table behind a view, one row an agency and round, or a task and round, for spreadsheets.

use super::{Scene, shows_agency, shows_task};
use crate::doc::{Cell, Table};
use crate::status::{AgencyStatus, Validity};
use crate::view::words;

pub(super) fn agency_rows(scene: &Scene<'_, '_>) -> Table {
    let states = scene.rounds.iter().flat_map(|round| round.agencies.iter().map(move |status| (round, status)));
    let errors = |validity| match validity {
        Validity::Invalid(errors) => Some(errors),
        Validity::Valid | Validity::NotAccepted => Some(0),
        Validity::NoReport | Validity::PaperAlone => None,
    };
    let last = |status: &AgencyStatus<'_>| status.corrections.last().map(|correction| correction.date.value);
    Table::of("agencies", states.filter(|(round, status)| shows_agency(scene.focus, round, status)))
        .field("Kỳ", |(round, _)| &round.round.key)
        .field("Mã cơ quan", |(_, status)| &status.agency.key)
        .field("Cơ quan", |(_, status)| &status.agency.name)
        .field("Tình trạng gửi", |(_, status)| words::timeliness(status.timeliness))
        .field("Số ngày", |(_, status)| words::timeliness_id(status.timeliness).1.map(Cell::number))
        .field("Ngày nhận", |(_, status)| status.first_received)
        .field("Ngày bổ sung gần nhất", |(_, status)| last(status))
        .field("Tính hợp lệ", |(_, status)| words::validity(status.validity).1)
        .field("Số lỗi", |(_, status)| errors(status.validity))
        .field("Duyệt", |(_, status)| status.review.map(words::review))
        .table()
}

pub(super) fn task_rows(scene: &Scene<'_, '_>) -> Table {
    let states = scene.rounds.iter().flat_map(|round| round.tasks.iter().map(move |state| (round, state)));
    Table::of("tasks", states.filter(|(round, state)| shows_task(scene, round, state)))
        .field("Kỳ", |(round, _)| &round.round.key)
        .field("Mã nhiệm vụ", |(_, state)| &state.task.key)
        .field("Nhiệm vụ", |(_, state)| &state.task.short_title)
        .field("Số cơ quan chủ trì", |(_, state)| state.leads)
        .field("Số cơ quan chủ trì đã báo cáo", |(_, state)| state.declared.len())
        .field("Trạng thái", |(_, state)| words::progress(state).1)
        .table()
}
