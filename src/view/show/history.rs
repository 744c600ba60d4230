//! What happened to an agency's reports, day by day.

use super::{Subject, heading};
use crate::doc::{Block, Cell, Table};
use crate::history::{Event, What, history};
use crate::model::{Act, ActKind, Agency, PaperRef};
use crate::vietnamese::{date, others};
use crate::view::cells;
use crate::view::moved::MovedJson;

/// So many changes of one version are told on the screen; JSON tells all.
const MOVED: usize = 10;

/// None where the history was not asked for.
pub(in crate::view) fn events<'s>(subject: &'s Subject<'_, '_>, agency: &Agency) -> Option<Vec<Event<'s>>> {
    Some(history(subject.workspace, agency, subject.versions?))
}

pub(super) fn blocks(subject: &Subject<'_, '_>, agency: &Agency) -> Vec<Block> {
    let Some(events) = events(subject, agency) else { return Vec::new() };
    let round = |event: &Event<'_>| subject.scene.plan.rounds.find(event.folder);
    let table = Table::of("history", &events)
        .left("Ngày", 3, |event| event.day.map_or_else(|| Cell::text("không rõ"), Cell::from))
        .left("Kỳ", 3, |event| round(event).map_or("Đột xuất", |round| &round.short_name))
        .left("Việc", 10, |event| told(subject, event))
        .left("Văn bản", 5, |event| cells::paper(paper(event)));
    vec![heading("LỊCH SỬ"), table.block()]
}

/// What happened, for spreadsheets; none where the history was not asked for.
pub(super) fn rows(subject: &Subject<'_, '_>, agency: &Agency) -> Option<Table> {
    let events = events(subject, agency)?;
    let number = |event: &Event<'_>| paper(event).and_then(|paper| paper.number.map(str::to_owned));
    let table = Table::of("history", &events)
        .field("Ngày", |event| event.day)
        .field("Kỳ", |event| event.folder)
        .field("Việc", |event| told(subject, event))
        .field("Số văn bản", number)
        .field("Ngày văn bản", |event| paper(event).and_then(|paper| paper.date))
        .table();
    Some(table)
}

pub(in crate::view) fn paper<'e>(event: &'e Event<'_>) -> Option<PaperRef<'e>> {
    match &event.what {
        What::Came { paper, .. } | What::Replaced { paper, .. } => paper.as_ref().map(PaperRef::from),
        What::Did(act) => Some(PaperRef::from(*act)).filter(|paper| paper.number.is_some() || paper.date.is_some()),
        What::Corrected { correction } => correction.document.as_ref().map(PaperRef::from),
        What::ChangedByHand { .. } => None,
    }
}

fn told(subject: &Subject<'_, '_>, event: &Event<'_>) -> String {
    match &event.what {
        What::Came { origin, .. } => format!("Nhận báo cáo{}", came_as(origin)),
        What::Replaced { moved, origin, .. } => {
            with_changes(&format!("Nhận bản bổ sung, thay thế{}", came_as(origin)), subject, moved)
        }
        What::Corrected { correction } => match &correction.note {
            Some(note) => format!("Bổ sung: {note}"),
            None => "Bổ sung".to_owned(),
        },
        What::ChangedByHand { moved } => with_changes("Sửa tay trong tệp đang dùng", subject, moved),
        What::Did(act) => did(act),
    }
}

fn came_as(origin: &Option<String>) -> String {
    origin.as_ref().map(|origin| format!(": {origin}")).unwrap_or_default()
}

fn with_changes(what: &str, subject: &Subject<'_, '_>, moved: &[crate::arrivals::Moved]) -> String {
    let lines = moved.iter().take(MOVED).map(|moved| MovedJson::new(moved, subject.scene.plan).line());
    let more = others(moved.len().saturating_sub(MOVED), "chỗ").map(|more| format!("… {more}"));
    let lines: Vec<String> = lines.chain(more).map(|line| format!("\n{line}")).collect();
    format!("{what}{}", lines.concat())
}

/// What the office did, by whom, and on which day it was written down where that is another.
fn did(act: &Act) -> String {
    let what = match (act.act, *act.of) {
        // Two scans of one paper are two files.
        (ActKind::Paper, _) => {
            let scan = act.file.as_ref().map(|name| format!(": bản chụp {name}")).unwrap_or_default();
            format!("Nhận bản giấy{scan}")
        }
        (ActKind::Accept, _) => "Duyệt báo cáo".to_owned(),
        (ActKind::Withdraw, of) => format!("Rút lại việc {}{}", of.map_or("", ActKind::label), until(act)),
        (ActKind::Extend, _) => format!("Gia hạn{}", until(act)),
        (ActKind::Settle, _) => {
            let note = act.note.as_ref().map(|note| format!(" – {note}")).unwrap_or_default();
            format!("Ghi là đã giải quyết: {}{note}", act.text.as_deref().unwrap_or_default())
        }
        (ActKind::Issue, _) => "Gửi báo cáo tổng hợp".to_owned(),
        (ActKind::Remind, _) => "Soạn văn bản đôn đốc".to_owned(),
    };
    let by = act.by.as_ref().map(|by| format!(", {by}")).unwrap_or_default();
    let entered = act.entered_on().filter(|entered| *entered != act.date.value);
    let entered = entered.map(|entered| format!(" (ghi vào sổ ngày {})", date(entered))).unwrap_or_default();
    format!("{what}{by}{entered}")
}

fn until(act: &Act) -> String {
    let until = act.until.map(|until| format!(" đến hết ngày {}", date(until)));
    until.or_else(|| act.of_date.map(|day| format!(" ngày {}", date(day)))).unwrap_or_default()
}
