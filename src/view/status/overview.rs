//! The morning screen: deadlines, reports, who is missing, tasks by group.

use chrono::NaiveDate;

use super::{Scene, current, heading, tasks_title};
use crate::agenda::{self, Whose};
use crate::calendar::Deadline;
use crate::doc::{Block, Cell, Table, Tone};
use crate::model::{Act, Agency, Blank, Plan, Review, Round, Standing};
use crate::status::{AgencyStatus, Counts, Issued, RoundStatus, TaskCounts, Timeliness, Validity};
use crate::vietnamese::{date, listed, lower_first, number, percent};
use crate::view::words;

pub(super) fn overview(scene: &Scene<'_, '_>) -> Vec<Block> {
    let mut blocks = vec![deadlines_heading(scene)];
    let past = match scene.plan.rounds_to_fill() {
        Some(_) => "Hạn của các kỳ đã điền đều đã qua.",
        None if due(scene, |due| due.last >= scene.as_of).is_empty() => "Mọi hạn gửi báo cáo đã qua.",
        None => "Không còn hạn nào: đã gửi báo cáo tổng hợp.",
    };
    let wanted = |due: &Due<'_>| due.late.is_some() || due.is_open(scene.as_of);
    blocks.push(deadlines(scene, wanted).unwrap_or_else(|| Block::item(past)));
    blocks.extend([heading("TIẾN ĐỘ GỬI BÁO CÁO"), rounds_table(scene.rounds, bar)]);
    blocks.extend(requested(scene));
    if scene.rounds.iter().all(|status| status.counts.received + status.counts.requested_received == 0) {
        let made =
            scene.rounds.iter().flat_map(RoundStatus::blank).filter(|(_, held)| *held == Blank::Questions).count();
        blocks.push(Block::Hint(match made {
            0 => "Chưa có báo cáo nào. Phát biểu mẫu Excel: plan form export --all -o bieu-mau; hoặc tạo báo cáo để điền: \
                  plan new --all."
                .to_owned(),
            made => format!("Chưa có báo cáo nào; {made} báo cáo tạo sẵn chưa điền: điền xong, kiểm tra bằng plan check."),
        }));
    }
    for status in scene.rounds {
        for (title, agencies) in lists(status) {
            blocks.push(heading(title));
            blocks.extend(names(scene.plan, status, &agencies, usize::MAX));
        }
        blocks.extend(anomalies(status));
    }
    blocks.extend([heading(tasks_title(scene)), groups_table(scene)]);
    blocks
}

/// Agencies to be looked after, each list with its title.
pub(super) fn lists<'s, 'p>(status: &'s RoundStatus<'p>) -> Vec<(String, Vec<&'s AgencyStatus<'p>>)> {
    type Wanted = fn(&AgencyStatus<'_>) -> bool;
    let is_invalid: Wanted = |status| matches!(status.validity, Validity::Invalid(_));
    // What was not in the consolidated report when it was sent is told, and not waited for any more.
    let kinds: &[Wanted] = match status.issued {
        Some(_) => &[|status| status.is_missing(), is_invalid],
        None => {
            let is_soon: Wanted = |status| matches!(status.timeliness, Timeliness::DueSoon { .. });
            &[|status| status.is_overdue(), is_soon, is_invalid]
        }
    };
    let mut lists = Vec::new();
    for wanted in kinds {
        let mut agencies: Vec<_> = status.agencies.iter().filter(|agency| wanted(agency)).collect();
        // Where the deadline was put off for some, they are a list of their own.
        let day = |agency: &&AgencyStatus<'_>| status.issued.is_none().then_some(agency.last_on_time);
        agencies.sort_by_key(day);
        for agencies in agencies.chunk_by(|one, other| day(one) == day(other)) {
            let Some(first) = agencies.first() else { continue };
            let what = match first.timeliness {
                _ if status.issued.is_some() && first.is_missing() => {
                    "ĐÃ GỬI BÁO CÁO TỔNG HỢP, CÒN CHƯA GỬI".to_owned()
                }
                Timeliness::Overdue(days) => format!("QUÁ HẠN {days} NGÀY, CHƯA GỬI"),
                Timeliness::DueSoon { days, working } => {
                    format!("SẮP ĐẾN HẠN ({}), CHƯA GỬI", words::left(days, working).to_uppercase())
                }
                _ => "CHƯA HỢP LỆ, ĐỀ NGHỊ BỔ SUNG".to_owned(),
            };
            let (name, count) = (&status.round.short_name, number(agencies.len() as u128));
            lists.push((format!("{what} – kỳ {name}: {count} cơ quan"), agencies.to_vec()));
        }
    }
    lists
}

/// Something that is to be done by a day.
#[derive(Clone)]
pub(in crate::view) struct Due<'p> {
    /// Its last on-time day.
    pub(super) last: NaiveDate,
    pub(super) round: &'p Round,
    /// As the plan has it, whoever was given more time.
    pub(super) usual: &'p Deadline,
    /// Who does what.
    pub(super) who: String,
    pub(super) is_met: bool,
    /// How many days the office is late with its own report.
    pub(super) late: Option<i64>,
}

impl Due<'_> {
    /// Whether it is still to be done, and can be in time.
    pub(super) fn is_open(&self, as_of: NaiveDate) -> bool {
        self.last >= as_of && !self.is_met
    }
}

/// What stands above the deadlines, those that are over and not met among them.
pub(super) fn deadlines_heading(scene: &Scene<'_, '_>) -> Block {
    let is_late = !due(scene, |due| due.late.is_some()).is_empty();
    heading(if is_late { "HẠN ĐÃ QUÁ, HẠN SẮP TỚI" } else { "HẠN SẮP TỚI" })
}

/// The consolidated reports that are late, and how their sending is recorded, for views without the deadlines.
pub(super) fn unsent(scene: &Scene<'_, '_>) -> Vec<Block> {
    let Some(table) = deadlines(scene, |due| due.late.is_some()) else { return Vec::new() };
    let record = "Đã gửi thì ghi vào sổ: plan issue KỲ --number SỐ --date NGÀY";
    vec![heading("QUÁ HẠN GỬI BÁO CÁO TỔNG HỢP"), table, Block::Hint(record.to_owned())]
}

/// The deadlines that are wanted, the nearest first.
pub(super) fn due<'p>(scene: &Scene<'_, 'p>, wanted: impl Fn(&Due<'_>) -> bool) -> Vec<Due<'p>> {
    let of_round = |status: &RoundStatus<'p>| {
        let due = agenda::deadlines(scene.plan, status, None).filter_map(|deadline| {
            let agenda::Deadline { round, last, .. } = deadline;
            let (usual, who, is_met, late) = match deadline.of {
                Whose::Consolidator => {
                    let late = status.consolidated_late(scene.plan, scene.as_of);
                    (&round.consolidated, "Gửi báo cáo tổng hợp".to_owned(), deadline.met.is_some(), late)
                }
                Whose::Extended(acts) => (&round.agencies, extended(status, &acts)?, false, None),
                _ => (&round.agencies, "Các cơ quan gửi báo cáo".to_owned(), false, None),
            };
            Some(Due { last, round, usual, who, is_met, late })
        });
        due.filter(&wanted).collect::<Vec<_>>()
    };
    let mut due: Vec<Due<'_>> = scene.rounds.iter().flat_map(of_round).collect();
    due.sort_by_key(|due| due.last);
    due
}

/// Who of those that were given more time has not sent yet: a supplement can hold what still comes in time.
fn extended(status: &RoundStatus<'_>, acts: &[(&Agency, &Act)]) -> Option<String> {
    let is_awaited = |agency: &&Agency| status.agency(agency.id).is_some_and(|own| !own.has_report());
    let awaited: Vec<&Agency> = acts.iter().map(|(agency, _)| *agency).filter(is_awaited).collect();
    let who = match awaited.len() {
        0 => return None,
        1..=FEW => awaited.iter().map(|agency| agency.name.as_str()).collect::<Vec<_>>().join("; "),
        many => format!("{} cơ quan", number(many as u128)),
    };
    Some(format!("Gửi báo cáo (gia hạn): {who}"))
}

/// Those deadlines in a table.
pub(in crate::view) fn deadlines(scene: &Scene<'_, '_>, wanted: impl Fn(&Due<'_>) -> bool) -> Option<Block> {
    let holidays = &scene.plan.holidays;
    let left = |due: Due<'_>| {
        let left = holidays.working_days_between(scene.as_of, due.last);
        match due.late {
            Some(days) => Cell::text(format!("quá {days} ngày")).tone(Tone::Bad),
            None if due.is_met => Cell::text("đã gửi"),
            None if due.last < scene.as_of => Cell::text("đã qua"),
            None => Cell::number(left).tone(if left <= 5 { Tone::Warning } else { Tone::Plain }),
        }
    };
    Table::of("deadlines", due(scene, wanted))
        .left("Kỳ", 2, |due| &due.round.short_name)
        .left("Việc", 4, |due| due.who)
        .left("Hạn theo Kế hoạch", 4, |due| due.usual.worded(holidays))
        .left("Ngày cuối còn đúng hạn", 3, |due| words::day(due.last))
        .left("Ngày làm việc cuối", 3, |due| words::day(holidays.last_working_day(due.last)))
        .right("Còn (ngày làm việc)", 2, left)
        .any()
}

/// `bar`: how far a round is.
pub(in crate::view) fn rounds_table(rounds: &[RoundStatus<'_>], bar: fn(Counts) -> String) -> Block {
    let bad = |value: usize, tone: Tone| Cell::number(value).tone(if value > 0 { tone } else { Tone::Plain });
    let missing = |counts: Counts| bad(counts.missing, if counts.overdue > 0 { Tone::Bad } else { Tone::Plain });
    let state = |status: &RoundStatus<'_>| {
        let (_, state, tone) = words::round_state(status.state());
        Cell::text(state).tone(tone)
    };
    Table::of("rounds", rounds)
        .left("Kỳ", 3, |status| &status.round.short_name)
        .right("Phải gửi", 1, |status| status.counts.expected)
        .right("Đã gửi", 1, |status| status.counts.received)
        .right("Đúng hạn", 1, |status| status.counts.on_time)
        .right("Muộn", 1, |status| bad(status.counts.late, Tone::Warning))
        .right("Chưa gửi", 1, |status| missing(status.counts))
        .right("Chưa hợp lệ", 1, |status| bad(status.counts.invalid, Tone::Bad))
        .left("Tiến độ", 3, |status| bar(status.counts))
        .left("Tình trạng", 3, state)
        .block()
}

/// A percentage of received over expected.
pub(super) fn rate(counts: Counts) -> String {
    percent(counts.received as u128, counts.expected as u128).unwrap_or_default()
}

/// Ten squares and that percentage.
pub(in crate::view) fn bar(counts: Counts) -> String {
    const SQUARES: usize = 10;
    let Some(full) = (counts.received * SQUARES).checked_div(counts.expected) else { return String::new() };
    format!("{}{} {}", "█".repeat(full), "░".repeat(SQUARES - full), rate(counts))
}

fn requested(scene: &Scene<'_, '_>) -> Option<Block> {
    let asked = scene.rounds.iter().filter(|status| status.counts.requested > 0).map(|status| {
        let counts = status.counts;
        let invalid = match counts.requested_invalid {
            0 => String::new(),
            invalid => format!(", {invalid} chưa hợp lệ"),
        };
        format!("kỳ {} đã gửi {}/{}{invalid}", status.round.short_name, counts.requested_received, counts.requested)
    });
    let told = listed(asked, "; ")?;
    Some(Block::item(format!("Được đề nghị báo cáo (không tính quá hạn): {told}.")))
}

/// So many names are a few.
pub(super) const FEW: usize = 3;

/// Names, `most` in all, with the members of a folded group as one count unless they are a few, and how to see those.
pub(in crate::view) fn names(
    plan: &Plan,
    round: &RoundStatus<'_>,
    agencies: &[&AgencyStatus<'_>],
    most: usize,
) -> Vec<Block> {
    let name = |status: &&AgencyStatus<'_>| match status.validity {
        Validity::Invalid(errors) => format!("{} ({} lỗi)", status.agency.name, number(errors as u128)),
        Validity::NoReport | Validity::PaperAlone | Validity::Valid | Validity::NotAccepted => {
            match status.extension.and_then(|act| *act.until) {
                Some(until) => format!("{} (gia hạn đến hết {})", status.agency.name, date(until)),
                None => status.agency.name.clone(),
            }
        }
    };
    let alone = agencies.iter().filter(|status| plan.folding_group(status.agency.id).is_none());
    let mut parts: Vec<String> = alone.map(name).collect();
    let others = parts.len().saturating_sub(most);
    parts.truncate(most);
    parts.extend((others > 0).then(|| format!("{} cơ quan khác", number(others as u128))));
    let mut hints = Vec::new();
    for group in plan.groups.iter().filter(|group| group.folded) {
        let inside: Vec<&&AgencyStatus<'_>> =
            agencies.iter().filter(|status| group.members.contains(&status.agency.id)).collect();
        if inside.len() <= FEW {
            parts.extend(inside.into_iter().map(name));
            continue;
        }
        let asked = round.members(group).count();
        parts.push(format!("{}: {}/{asked}", group.name, inside.len()));
        hints.push(Block::Hint(format!("Xem tên từng đơn vị: plan status --group {}", group.key)));
    }
    std::iter::once(Block::item(format!("{}.", parts.join("; ")))).chain(hints).collect()
}

/// What the office did about a round's reports: accepted them, sent the consolidated report.
pub(in crate::view) fn acts(status: &RoundStatus<'_>) -> Vec<Block> {
    let (mut blocks, name) = (Vec::new(), &status.round.short_name);
    if status.counts.accepted > 0 {
        let counts = status.counts;
        blocks.push(Block::item(format!(
            "Kỳ {name}: đã duyệt {} trên {} báo cáo hợp lệ.",
            counts.accepted, counts.included
        )));
    }
    let is_changed = |review: &Review| matches!(review.standing, Standing::Changed(_));
    let changed = status.agencies.iter().filter(|state| state.review.is_some_and(is_changed));
    let changed = listed(changed.map(|state| &state.agency.name), "; ");
    blocks.extend(changed.map(|names| Block::item(format!("Kỳ {name}: báo cáo thay đổi sau khi duyệt: {names}."))));
    if let Some(Issued { act, changed, gone, changed_beside }) = &status.issued {
        let paper = act.number.as_ref().map(|number| format!(" số {number}")).unwrap_or_default();
        let mut told = format!("Kỳ {name}: đã gửi báo cáo tổng hợp{paper} ngày {}", date(act.date.value));
        let changed = listed(changed.iter().map(|agency| &agency.name), "; ");
        told.extend(changed.map(|names| format!("; báo cáo thay đổi sau khi gửi: {names}")));
        if *gone > 0 {
            told += &format!("; {} báo cáo đã gửi là của cơ quan không còn trong Kế hoạch", number(*gone as u128));
        }
        if *changed_beside == Some(true) {
            told += "; báo cáo kỳ khác hoặc báo cáo đột xuất có thể tính vào thay đổi sau khi gửi";
        }
        blocks.push(Block::item(told + "."));
    }
    blocks
}

/// That, and what does not add up to the counts and must be seen.
pub(super) fn anomalies(status: &RoundStatus<'_>) -> Vec<Block> {
    let (mut blocks, name) = (acts(status), &status.round.short_name);
    let unexpected = listed(status.unexpected.iter().map(|agency| &agency.name), "; ")
        .map(|names| format!("Kỳ {name}: có báo cáo của cơ quan không phải gửi, không tính vào tiến độ: {names}."));
    let (sent, made): (Vec<_>, Vec<_>) = status.blank().partition(|(_, blank)| *blank != Blank::Questions);
    let sent = sent.iter().map(|(agency, blank)| format!("{} ({})", agency.name, words::blank(*blank).1));
    let sent = listed(sent, "; ")
        .map(|names| format!("Kỳ {name}: có tệp báo cáo không có nội dung, không tính là đã gửi: {names}."));
    blocks.extend(unexpected.into_iter().chain(sent).map(Block::item));
    if !made.is_empty() {
        let count = number(made.len() as u128);
        blocks.push(Block::item(format!("Kỳ {name}: {count} báo cáo tạo sẵn chưa điền, không tính là đã gửi.")));
    }
    if status.dated_later > 0 {
        blocks.push(Block::item(format!(
            "Kỳ {}: {} báo cáo ghi ngày nhận sau ngày xem nên chưa tính.",
            status.round.short_name, status.dated_later
        )));
    }
    blocks.extend(
        words::not_kept("số liệu", &status.not_kept)
            .map(|told| Block::item(format!("Kỳ {}: {}", status.round.short_name, lower_first(&told)))),
    );
    blocks
}

type Count = fn(&TaskCounts) -> usize;
pub(super) const STATES: [(&str, Count); 7] = [
    ("Hoàn thành", |counts| counts.done),
    ("Đang làm", |counts| counts.in_progress),
    ("Một phần", |counts| counts.partly_reported),
    ("Chưa làm", |counts| counts.not_started),
    ("Không phát sinh", |counts| counts.nothing_arose),
    ("Không áp dụng", |counts| counts.not_applicable),
    ("Chưa có báo cáo", |counts| counts.no_report),
];

/// One row a group of tasks. A state has a column where there is any task in it: few are in use at a time.
fn groups_table(scene: &Scene<'_, '_>) -> Block {
    let tasks = current(scene).map_or(&[][..], |status| &status.tasks);
    let total: TaskCounts = tasks.iter().collect();
    let groups = scene.plan.task_groups.iter().map(|group| {
        let counts: TaskCounts = tasks.iter().filter(|state| group.tasks.contains(&state.task.id)).collect();
        (format!("{}. {}", group.key, group.short_title), counts)
    });
    let present = groups.filter(|(_, counts)| counts.total > 0);
    let all = current(scene).map(|_| ("Cộng".to_owned(), total));
    let is_summed = all.is_some();
    let mut table = Table::of("task_groups", present.chain(all))
        .left("Nhóm", 6, |(title, _)| title)
        .right("Nhiệm vụ", 1, |(_, counts)| counts.total)
        .right("Chủ trì đã báo", 1, |(_, counts)| format!("{}/{}", counts.reported, counts.leads));
    for (title, count) in STATES {
        table = table.right(title, 1, |(_, counts)| count(&counts)).when(count(&total) > 0);
    }
    let overdue = |count| Cell::number(count).tone(if count > 0 { Tone::Bad } else { Tone::Plain });
    let mut table = table.right("Quá hạn", 1, |(_, counts)| overdue(counts.overdue)).table();
    if is_summed {
        table.last_is_total();
    }
    Block::Table(table)
}
