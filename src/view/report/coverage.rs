//! Who reported and who did not: the table of the body, and who has been silent in every round.

use super::Brief;
use super::tables::Numbered;
use crate::doc::{Align, Block, Cell, Column, Row, Table};
use crate::model::{Level, Reporting};
use crate::status::{AgencyStatus, Counts, RoundStatus};
use crate::vietnamese::date;
use crate::view::level;

/// Who reported, level by level, and who has in no round of the plan so far.
pub(super) fn submissions(brief: &Brief<'_, '_>, numbered: &mut Numbered) -> Vec<Block> {
    let before = earlier_rounds(brief);
    let mut columns = vec![
        Column::new("Cơ quan phải báo cáo", 34, Align::Left),
        Column::new("Phải gửi", 12, Align::Right),
        Column::new("Đã gửi đúng hạn", 14, Align::Right),
        Column::new("Gửi muộn", 12, Align::Right),
        Column::new("Chưa gửi", 12, Align::Right),
    ];
    if !before.is_empty() {
        columns.push(Column::new("Trong đó không gửi kỳ nào", 16, Align::Right));
    }
    let cells = |name: &str, members: &[&AgencyStatus<'_>]| {
        let counts: Counts = members.iter().copied().collect();
        let mut cells = vec![Cell::text(name), Cell::number(counts.expected)];
        // One whose day of receipt is not known counts among those on time nowhere.
        cells.extend([counts.on_time, counts.late, counts.missing].map(Cell::number));
        if !before.is_empty() {
            cells.push(Cell::number(members.iter().filter(|status| silent_ever(status, &before)).count()));
        }
        cells
    };
    let mut levels = brief.status.levels(brief.plan);
    levels.remove(&Level::Requested);
    let mut rows: Vec<Row> =
        levels.iter().map(|(of, members)| Row::Cells(cells(level(brief.plan, *of), members))).collect();
    if rows.len() > 1 {
        rows.push(Row::Total(cells("Tổng cộng", &levels.into_values().flatten().collect::<Vec<_>>())));
    }
    let deadline = brief.status.round.agencies.worded(&brief.plan.holidays);
    let title = format!("Tình hình gửi báo cáo đến ngày {} (hạn gửi: {deadline})", date(brief.as_of));
    vec![numbered.title(&title), Block::Table(Table::new("", columns, rows))]
}

/// The rounds whose data end before those of this one.
pub(super) fn earlier_rounds<'b, 'p>(brief: &Brief<'b, 'p>) -> Vec<&'b RoundStatus<'p>> {
    let to = brief.status.round.data_to;
    brief.rounds.iter().filter(|other| other.round.data_to < to).collect()
}

/// Whether an agency has sent no report in the round, nor in those before it that asked it.
pub(super) fn silent_ever(status: &AgencyStatus<'_>, before: &[&RoundStatus<'_>]) -> bool {
    let silent = |status: &AgencyStatus<'_>| !status.has_report();
    let required = status.agency.reporting == Reporting::Required;
    required && silent(status) && before.iter().filter_map(|round| round.agency(status.agency.id)).all(silent)
}
