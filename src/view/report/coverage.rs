//! Who reported and who did not: the table of the body, and who has been silent in every round.

use super::Brief;
use super::tables::Numbered;
use crate::doc::{Block, Table};
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
    let several = covered.len() > 2;
    let shown = covered.iter().filter(|covered| several || covered.level.is_some());
    // One whose day of receipt is not known counts among those on time nowhere.
    let mut table = Table::of("", shown)
        .left("Cơ quan phải báo cáo", 34, |of| of.level.map_or("Tổng cộng", |of| level(brief.plan, of)))
        .right("Phải gửi", 12, |of| of.counts.expected)
        .right("Đã gửi đúng hạn", 14, |of| of.counts.on_time)
        .right("Gửi muộn", 12, |of| of.counts.late)
        .right("Chưa gửi", 12, |of| of.counts.missing)
        .right("Trong đó không gửi kỳ nào", 16, |of| of.silent_ever)
        .when(covered.iter().any(|covered| covered.silent_ever.is_some()))
        .table();
    if several {
        table.last_is_total();
    }
    let deadline = brief.status.round.agencies.worded(&brief.plan.holidays);
    let title = format!("Tình hình gửi báo cáo đến ngày {} (hạn gửi: {deadline})", date(brief.as_of));
    vec![numbered.title(&title), Block::Table(table)]
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
