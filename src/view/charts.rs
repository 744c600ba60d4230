//! Charts of the state of a round: for the annexes of the report, and the page for screens.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{level, words};
use crate::doc::{Audience, Block, Chart, Event, Mark, Picture, Section, Series, Tone};
use crate::model::{Due, Plan, Reporting};
use crate::status::{AgencyStatus, Progress, RoundStatus, SOON_DAYS, Timeliness, Validity};
use crate::vietnamese::date;

/// Reports received, by group of agencies.
pub(super) fn received(plan: &Plan, status: &RoundStatus<'_>) -> Chart {
    let levels = status.levels(plan).into_iter();
    let bars = levels.map(|(of, agencies)| (level(plan, of).to_owned(), timeliness(&agencies)));
    chart("Tình hình gửi báo cáo theo nhóm cơ quan", &TIMELINESS, bars)
}

/// Reports received, by round.
fn by_round(rounds: &[RoundStatus<'_>]) -> Chart {
    let bars = rounds.iter().map(|status| {
        let required = status.agencies.iter().filter(|agency| agency.agency.reporting == Reporting::Required);
        (status.round.short_name.clone(), timeliness(&required.collect::<Vec<_>>()))
    });
    chart("Tình hình gửi báo cáo theo kỳ (cơ quan phải báo cáo)", &TIMELINESS, bars)
}

const TIMELINESS: [(&str, Tone); 5] = [
    ("Đúng hạn", Tone::Good),
    ("Gửi muộn", Tone::Warning),
    ("Đã gửi, chưa rõ ngày nhận", Tone::Warning),
    ("Quá hạn – chưa gửi", Tone::Bad),
    ("Chưa gửi", Tone::Muted),
];

fn timeliness(agencies: &[&AgencyStatus<'_>]) -> [u64; 5] {
    let mut counts = [0; 5];
    for agency in agencies {
        counts[match agency.timeliness {
            Timeliness::OnTime => 0,
            Timeliness::Late(_) => 1,
            Timeliness::Undated => 2,
            Timeliness::Overdue(_) => 3,
            Timeliness::NotDue | Timeliness::DueSoon { .. } | Timeliness::NotSent => 4,
        }] += 1;
    }
    counts
}

/// The states of a round's tasks, by group of tasks.
pub(super) fn tasks(plan: &Plan, status: &RoundStatus<'_>) -> Chart {
    const STATES: [(&str, Tone); 8] = [
        ("Hoàn thành", Tone::Good),
        ("Không phát sinh", Tone::Good),
        ("Đang thực hiện", Tone::Plain),
        ("Mới có báo cáo một phần", Tone::Plain),
        ("Chưa thực hiện", Tone::Warning),
        ("Chưa có báo cáo", Tone::Muted),
        ("Không áp dụng", Tone::Muted),
        ("Quá hạn", Tone::Bad),
    ];
    let groups = plan.task_groups.iter().map(|group| {
        let mut counts = [0; STATES.len()];
        for state in status.tasks_of(group) {
            counts[match state.progress {
                _ if state.is_overdue() => 7,
                Progress::Done => 0,
                Progress::NothingArose => 1,
                Progress::Ongoing => 2,
                Progress::Partly => 3,
                Progress::NotStarted => 4,
                Progress::NoReport => 5,
                Progress::NotApplicable => 6,
            }] += 1;
        }
        (format!("{}. {}", group.key, group.short_title), counts)
    });
    let present = groups.filter(|(_, counts)| counts.iter().any(|count| *count > 0));
    chart("Trạng thái nhiệm vụ theo nhóm", &STATES, present)
}

/// Stacked bars; series without a single count are left out.
fn chart<const N: usize>(
    title: &str,
    series: &[(&str, Tone); N],
    bars: impl Iterator<Item = (String, [u64; N])>,
) -> Chart {
    let bars: Vec<(String, [u64; N])> = bars.collect();
    let all = series.iter().enumerate().map(|(index, (name, tone))| Series {
        name: (*name).to_owned(),
        tone: *tone,
        values: bars.iter().map(|(_, counts)| counts[index]).collect(),
    });
    let shown: Vec<Series> = all.filter(|series| series.values.iter().any(|value| *value > 0)).collect();
    let described = bars.iter().enumerate().map(|(index, (name, counts))| {
        let present = shown.iter().filter(|series| series.values[index] > 0);
        let parts: Vec<String> =
            present.map(|series| format!("{} {}", series.name.to_lowercase(), series.values[index])).collect();
        format!("{name} (tổng {}): {}", counts.iter().sum::<u64>(), parts.join(", "))
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
    let state = if invalid { words::validity(status.validity) } else { words::timeliness(status.timeliness) };
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
    let mut days: Vec<(NaiveDate, String)> = Vec::new();
    for round in rounds.iter().map(|status| status.round) {
        for (who, deadline) in [("cơ quan gửi", &round.agencies), ("gửi Bộ, UBND tỉnh", &round.consolidated)]
        {
            let label = format!("Kỳ {}, {who} {}", round.short_name, deadline.worded(&plan.holidays));
            days.push((deadline.last_on_time(&plan.holidays), label));
        }
    }
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
