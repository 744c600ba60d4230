//! What matters first of the morning screen, where the whole would run off it: what is due, how far the rounds are, who is
//! missing from the current one, the tasks in a line, and what to type next.

use super::overview::{Due, FEW, STATES, anomalies, deadlines_heading, due, lists, names, rate, rounds_table};
use super::{Scene, current, heading};
use crate::calendar::SOON_DAYS;
use crate::doc::Block;
use crate::status::{AgencyStatus, RoundState, RoundStatus, TaskCounts, Timeliness};
use crate::vietnamese::{listed, lower_first};
use crate::view::words;

/// Deadlines further off can wait.
const NEXT: usize = 2;
/// Late reports of the department, each in a line.
const LATE: usize = 2;
/// Rounds with a row of their own, where a plan has a round a month.
const ROUNDS: usize = 3;

pub(super) fn first(scene: &Scene<'_, '_>) -> Vec<Block> {
    let mut blocks = vec![deadlines_heading(scene)];
    let late = due(scene, |due| due.late.is_some());
    // Of many the first is told, and the next deadline alone.
    let (shown, next_shown) = if late.len() > LATE { (1, 1) } else { (late.len(), NEXT) };
    blocks.extend(late.iter().take(shown).map(|due| {
        let (name, days, last) = (&due.round.short_name, due.late.unwrap_or_default(), words::day(due.last));
        Block::item(format!("Kỳ {name}: QUÁ HẠN {days} NGÀY, CHƯA GỬI BÁO CÁO TỔNG HỢP – hết {last}"))
    }));
    let others = listed(late[shown..].iter().map(|due| due.round.short_name.as_str()), ", ");
    blocks.extend(others.map(|names| Block::item(format!("Và {} kỳ nữa: {names}", late.len() - shown))));
    // Those whose deadline was moved have a list of their own when it is near, until the round is issued.
    let is_waited = |status: &RoundStatus<'_>| status.issued.is_none();
    let is_listed = |due: &Due<'_>| {
        scene.rounds.iter().any(|status| status.round.id == due.round.id && is_waited(status))
            && due.last != due.usual.last_on_time(&scene.plan.holidays)
            && (due.last - scene.as_of).num_days() <= SOON_DAYS
    };
    let next = due(scene, |due| due.is_open(scene.as_of) && !is_listed(due));
    blocks.extend(next.iter().take(next_shown).map(|due| {
        let left = scene.plan.holidays.working_days_between(scene.as_of, due.last);
        let (what, day) = (lower_first(&due.who), words::day(due.last));
        Block::item(format!("Kỳ {}: {what} – hết {day}, còn {left} ngày làm việc", due.round.short_name))
    }));
    blocks.extend((late.is_empty() && next.is_empty()).then(|| Block::item("Không còn hạn nào.")));
    let (rounds, others) = near(scene);
    blocks.extend([heading("TIẾN ĐỘ GỬI BÁO CÁO"), rounds_table(rounds, rate)]);
    blocks.extend(others.map(Block::item));
    let Some(status) = current(scene) else { return blocks };
    blocks.push(Block::item(tasks(status)));
    // The first list has names, the others are counted.
    let mut lists = lists(status).into_iter();
    if let Some((title, agencies)) = lists.next() {
        blocks.push(heading(title));
        blocks.extend(names(scene.plan, status, &agencies, FEW).into_iter().take(1));
    }
    blocks.extend(lists.map(|(title, _)| Block::item(title)));
    blocks.extend(anomalies(status));
    blocks.extend([
        heading("VIỆC TIẾP THEO"),
        Block::Hint(to_do(scene, status)),
        Block::Hint("Xem thêm: plan status --overdue; plan status --all; plan status -o trang.html".to_owned()),
    ]);
    blocks
}

/// The rounds up to the one that is worked on, as many as have a row, and what is said of the others.
fn near<'s, 'p>(scene: &Scene<'s, 'p>) -> (&'s [RoundStatus<'p>], Option<String>) {
    let rounds = scene.rounds;
    if rounds.len() <= ROUNDS + 1 {
        return (rounds, None);
    }
    let now = current(scene).and_then(|now| rounds.iter().position(|status| status.round.id == now.round.id));
    let end = (now.unwrap_or_default() + 1).max(ROUNDS);
    let (near, left) = (end - ROUNDS..end, rounds.len() - ROUNDS);
    let others = rounds[..near.start].iter().chain(&rounds[near.end..]);
    let overdue = others.filter(|status| status.state() == RoundState::OverdueIncomplete).count();
    let overdue = if overdue > 0 {
        format!(", trong đó {overdue} kỳ quá hạn, còn thiếu báo cáo")
    } else {
        String::new()
    };
    (&rounds[near], Some(format!("Và {left} kỳ khác{overdue}: plan status --all")))
}

/// How many tasks there are, and in which states, by the round that is worked on.
fn tasks(status: &RoundStatus<'_>) -> String {
    let total: TaskCounts = status.tasks.iter().collect();
    let states = STATES.iter().map(|(title, count)| (lower_first(title), count(&total)));
    let states = states.chain([("quá hạn".to_owned(), total.overdue)]).filter(|(_, count)| *count > 0);
    let states: Vec<String> = states.map(|(title, count)| format!("{count} {title}")).collect();
    format!("{} nhiệm vụ: {}.", total.total, states.join(", "))
}

fn to_do(scene: &Scene<'_, '_>, status: &RoundStatus<'_>) -> String {
    let counts = status.counts;
    let waited = status.issued.is_none();
    let is_due =
        |state: &AgencyStatus<'_>| matches!(state.timeliness, Timeliness::Overdue(_) | Timeliness::DueSoon { .. });
    let parts = [
        (counts.invalid > 0, format!("plan check reports/{} (sửa báo cáo chưa hợp lệ)", status.round.key)),
        (counts.received == 0, "plan form export --all -o bieu-mau (phát biểu mẫu)".to_owned()),
        (waited && status.agencies.iter().any(is_due), "plan remind (đôn đốc)".to_owned()),
        (
            waited && counts.included > 0 && counts.missing == counts.overdue,
            "plan compile (lập báo cáo tổng hợp)".to_owned(),
        ),
        (
            status.consolidated_late(scene.plan, scene.as_of).is_some(),
            format!("plan issue {} (ghi báo cáo tổng hợp đã gửi)", status.round.key),
        ),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(wanted, _)| *wanted).map(|(_, words)| words).collect();
    if parts.is_empty() {
        "plan difficulties (khó khăn, kiến nghị còn mở)".to_owned()
    } else {
        parts.join("; ")
    }
}
