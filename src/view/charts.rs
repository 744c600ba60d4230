//! Charts of the state of a round: for the annexes of the report, and the page for screens.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::agenda::deadline_title;
use super::{level, words};
use crate::agenda;
use crate::calendar::SOON_DAYS;
use crate::doc::{Audience, Block, Chart, Event, Mark, Picture, Section, Series, Tone};
use crate::model::{Due, Plan, Reporting};
use crate::status::{AgencyStatus, Progress, RoundStatus, TaskState, Timeliness, Validity};
use crate::vietnamese::{date, upper_first};

/// Reports received, by group of agencies.
pub(super) fn received(plan: &Plan, status: &RoundStatus<'_>) -> Chart {
    let levels = status.levels(plan).into_iter();
    let bars = levels.map(|(of, agencies)| (level(plan, of).to_owned(), agencies));
    chart("Tình hình gửi báo cáo theo nhóm cơ quan", &reports(), bars)
}

/// Reports received, by round.
fn by_round(rounds: &[RoundStatus<'_>]) -> Chart {
    let bars = rounds.iter().map(|status| {
        let required = status.agencies.iter().filter(|agency| agency.agency.reporting == Reporting::Required);
        (status.round.short_name.clone(), required.collect())
    });
    chart("Tình hình gửi báo cáo theo kỳ (cơ quan phải báo cáo)", &reports(), bars)
}

/// A series of a chart: its name, its tone, and what it counts.
type Counted<T> = (&'static str, Tone, fn(&T) -> bool);

fn reports<'s, 'p>() -> [Counted<&'s AgencyStatus<'p>>; 5] {
    [
        ("Đúng hạn", Tone::Good, |of| of.timeliness == Timeliness::OnTime),
        ("Gửi muộn", Tone::Warning, |of| matches!(of.timeliness, Timeliness::Late(_))),
        ("Đã gửi, chưa rõ ngày nhận", Tone::Warning, |of| of.timeliness == Timeliness::Undated),
        ("Quá hạn – chưa gửi", Tone::Bad, |of| matches!(of.timeliness, Timeliness::Overdue(_))),
        ("Chưa gửi", Tone::Muted, |of| {
            matches!(of.timeliness, Timeliness::NotDue | Timeliness::DueSoon { .. } | Timeliness::NotSent)
        }),
    ]
}

/// Where valid reports are left out because nobody accepted them, of the others.
fn states<'s, 'p>(leaves_unaccepted: bool) -> [Counted<&'s TaskState<'p>>; 8] {
    let (partly, none) = match leaves_unaccepted {
        true => ("Mới có báo cáo đã duyệt một phần", "Chưa có báo cáo đã duyệt"),
        false => ("Mới có báo cáo một phần", "Chưa có báo cáo"),
    };
    [
        ("Hoàn thành", Tone::Good, |of| is(of, Progress::Done)),
        ("Không phát sinh", Tone::Good, |of| is(of, Progress::NothingArose)),
        ("Đang thực hiện", Tone::Plain, |of| is(of, Progress::Ongoing)),
        (partly, Tone::Plain, |of| is(of, Progress::Partly)),
        ("Chưa thực hiện", Tone::Warning, |of| is(of, Progress::NotStarted)),
        (none, Tone::Muted, |of| is(of, Progress::NoReport)),
        ("Không áp dụng", Tone::Muted, |of| is(of, Progress::NotApplicable)),
        ("Quá hạn", Tone::Bad, |of| of.is_overdue()),
    ]
}

fn is(state: &TaskState<'_>, progress: Progress) -> bool {
    !state.is_overdue() && state.progress == progress
}

/// The states of a round's tasks, by group of tasks.
pub(super) fn tasks(plan: &Plan, status: &RoundStatus<'_>) -> Chart {
    let groups = plan.task_groups.iter();
    let groups =
        groups.map(|group| (format!("{}. {}", group.key, group.short_title), status.tasks_of(group).collect()));
    let present = groups.filter(|(_, tasks): &(_, Vec<_>)| !tasks.is_empty());
    chart("Trạng thái nhiệm vụ theo nhóm", &states(status.counts.not_accepted > 0), present)
}

/// Stacked bars; series without a single count are left out.
fn chart<T>(title: &str, series: &[Counted<T>], bars: impl Iterator<Item = (String, Vec<T>)>) -> Chart {
    let bars: Vec<(String, Vec<T>)> = bars.collect();
    let all = series.iter().map(|(name, tone, counts)| Series {
        name: (*name).to_owned(),
        tone: *tone,
        values: bars.iter().map(|(_, of)| of.iter().filter(|one| counts(one)).count() as u64).collect(),
    });
    let shown: Vec<Series> = all.filter(|series| series.values.iter().any(|value| *value > 0)).collect();
    let described = bars.iter().enumerate().map(|(index, (name, of))| {
        let present = shown.iter().filter(|series| series.values[index] > 0);
        let parts: Vec<String> =
            present.map(|series| format!("{} {}", series.name.to_lowercase(), series.values[index])).collect();
        format!("{name} (tổng {}): {}", of.len(), parts.join(", "))
    });
    Chart {
        title: title.to_owned(),
        description: format!("{}.", described.collect::<Vec<_>>().join("; ")),
        picture: Picture::Bars { categories: bars.iter().map(|(name, _)| name.clone()).collect(), series: shown },
    }
}

/// The members of a group that is elsewhere one line, those that stand out first.
fn strips(plan: &Plan, status: &RoundStatus<'_>) -> Vec<Chart> {
    let folded = plan.groups.iter().filter(|group| group.folded);
    let strips = folded.map(|group| {
        let members = status.members(group);
        let mut marks: Vec<(Reverse<u8>, Mark)> = members.map(mark).collect();
        marks.sort_by_key(|(weight, _)| *weight);
        let marks: Vec<Mark> = marks.into_iter().map(|(_, mark)| mark).collect();
        let states = marks.iter().map(|mark| format!("{}: {}", mark.label, mark.state.to_lowercase()));
        Chart {
            title: format!("{} – kỳ {}", group.name, status.round.short_name),
            description: format!("{}.", states.collect::<Vec<_>>().join("; ")),
            picture: Picture::Strip(marks),
        }
    });
    strips.collect()
}

fn mark(status: &AgencyStatus<'_>) -> (Reverse<u8>, Mark) {
    let invalid = matches!(status.validity, Validity::Invalid(_));
    let state = if invalid { words::validity(status.validity).1 } else { words::timeliness(status.timeliness) };
    let tone = if invalid { Tone::Bad } else { words::timeliness_tone(status.timeliness) };
    let weight = match tone {
        Tone::Bad => 4,
        Tone::Warning => 3,
        Tone::Muted => 2,
        Tone::Plain => 1,
        Tone::Good => 0,
    };
    (Reverse(weight), Mark { label: status.agency.short_name.clone(), state, tone })
}

/// The last on-time day of every deadline, and the days that tasks fall due.
fn deadlines(plan: &Plan, rounds: &[RoundStatus<'_>], as_of: NaiveDate) -> Chart {
    let deadlines = rounds.iter().flat_map(|status| agenda::deadlines(plan, status, None));
    let mut days: Vec<(NaiveDate, String)> = deadlines
        .map(|deadline| (deadline.last, upper_first(deadline_title("", &deadline).trim_start())))
        .collect();
    let mut due: BTreeMap<NaiveDate, Vec<&str>> = BTreeMap::new();
    for task in plan.tasks.iter() {
        if let Due::On(day) = task.due {
            due.entry(day).or_default().push(task.key.as_str());
        }
    }
    days.extend(due.into_iter().map(|(day, tasks)| (day, format!("Nhiệm vụ đến hạn: {}", tasks.join(", ")))));
    days.sort();
    let events = days.into_iter().map(|(day, label)| {
        let tone = match (day - as_of).num_days() {
            ..0 => Tone::Muted,
            0..=SOON_DAYS => Tone::Warning,
            _ => Tone::Plain,
        };
        Event { date: day, label, tone }
    });
    let events: Vec<Event> = events.collect();
    let described = events.iter().map(|event| format!("{}: {}", date(event.date), event.label));
    Chart {
        title: "Các mốc thời gian (ngày cuối còn đúng hạn)".to_owned(),
        description: format!("{}.", described.collect::<Vec<_>>().join("; ")),
        picture: Picture::Timeline { today: as_of, events },
    }
}

/// The page of charts: every round, and one of them more closely.
pub(super) fn page(
    plan: &Plan,
    rounds: &[RoundStatus<'_>],
    current: &RoundStatus<'_>,
    as_of: NaiveDate,
) -> Section {
    let title = Block::heading(1, format!("BIỂU ĐỒ – ngày {}", date(as_of)));
    let charts = [
        vec![by_round(rounds), received(plan, current)],
        vec![tasks(plan, current)],
        strips(plan, current),
        vec![deadlines(plan, rounds, as_of)],
    ];
    let blocks = std::iter::once(title).chain(charts.map(Block::Charts)).collect();
    Section::new("Biểu đồ", blocks).audience(Audience::Screens).landscape()
}
