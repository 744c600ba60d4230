//! Who reported and who did not: the table of the body, and who has been silent in every round.

use super::Brief;
use super::tables::Numbered;
use crate::doc::{Align, Block, Cell, Column, Row, Table};
use crate::model::{Level, Reporting};
use crate::status::{AgencyStatus, Counts, RoundStatus};
use crate::vietnamese::date;
use crate::view::level;

/// How many of some agencies reported.
pub(crate) struct Covered {
    /// All of them together where there is none.
    pub(crate) level: Option<Level>,
    pub(crate) counts: Counts,
    /// Who has in no round of the plan so far; `None` without a round before.
    pub(crate) silent_ever: Option<usize>,
}

/// Of those who must report: level by level, then all together.
pub(crate) fn coverage(brief: &Brief<'_, '_>) -> Vec<Covered> {
    let mut levels = brief.status.levels(brief.plan);
    levels.remove(&Level::Requested);
    let each: Vec<Covered> = levels.iter().map(|(level, members)| covered(brief, Some(*level), members)).collect();
    let all = covered(brief, None, &levels.into_values().flatten().collect::<Vec<_>>());
    each.into_iter().chain([all]).collect()
}

/// Of some agencies.
pub(crate) fn covered(brief: &Brief<'_, '_>, level: Option<Level>, members: &[&AgencyStatus<'_>]) -> Covered {
    let before = earlier_rounds(brief);
    let silent = || members.iter().filter(|status| silent_ever(status, &before)).count();
    Covered { level, counts: members.iter().copied().collect(), silent_ever: (!before.is_empty()).then(silent) }
}

pub(super) fn submissions(brief: &Brief<'_, '_>, numbered: &mut Numbered) -> Vec<Block> {
    let covered = coverage(brief);
    let mut columns = vec![
        Column::new("Cơ quan phải báo cáo", 34, Align::Left),
        Column::new("Phải gửi", 12, Align::Right),
        Column::new("Đã gửi đúng hạn", 14, Align::Right),
        Column::new("Gửi muộn", 12, Align::Right),
        Column::new("Chưa gửi", 12, Align::Right),
    ];
    if covered.iter().any(|covered| covered.silent_ever.is_some()) {
        columns.push(Column::new("Trong đó không gửi kỳ nào", 16, Align::Right));
    }
    let several = covered.len() > 2;
    let rows = covered.iter().filter(|covered| several || covered.level.is_some()).map(|covered| {
        let name = covered.level.map_or("Tổng cộng", |of| level(brief.plan, of));
        let Counts { expected, on_time, late, missing, .. } = covered.counts;
        // One whose day of receipt is not known counts among those on time nowhere.
        let counts = [expected, on_time, late, missing].into_iter().chain(covered.silent_ever);
        let cells = std::iter::once(Cell::text(name)).chain(counts.map(Cell::number)).collect();
        if covered.level.is_some() { Row::Cells(cells) } else { Row::Total(cells) }
    });
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
