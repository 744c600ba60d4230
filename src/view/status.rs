//! `plan status`: the state of the plan on one screen, and closer looks at one agency, task or group.

use chrono::{Datelike, NaiveDate};

use super::words;
use crate::doc::{Align, Block, Cell, Column, Document, Row, Section, Style, Table, Tone, Value};
use crate::model::{Agency, Group, Plan, Round, Task, TaskGroup};
use crate::status::{AgencyStatus, Counts, Pace, Progress, RoundStatus, TaskState, Timeliness, Validity};
use crate::vietnamese::{date, month, number, percent, weekday};

/// What the reader asked to see.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Focus<'p> {
    Overview,
    All,
    Overdue,
    Agency(&'p Agency),
    Agencies(&'p Group),
    Task(&'p Task),
    Tasks(&'p TaskGroup),
}

/// Everything the view needs to know.
pub(crate) struct Scene<'s, 'p> {
    pub(crate) plan: &'p Plan,
    /// The rounds chosen, or all.
    pub(crate) rounds: &'s [RoundStatus<'p>],
    pub(crate) focus: Focus<'p>,
    pub(crate) as_of: NaiveDate,
    pub(crate) banner: Option<String>,
}

pub(crate) fn document(scene: &Scene<'_, '_>) -> Document {
    let plan = scene.plan;
    let blocks = match scene.focus {
        Focus::Overview => overview(scene),
        Focus::All => [heading("TẤT CẢ CƠ QUAN")]
            .into_iter()
            .chain([agencies_table(scene, |_| true), heading(tasks_title(scene)), tasks_table(scene, |_| true)])
            .collect(),
        Focus::Overdue => overdue(scene),
        Focus::Agency(agency) => self::agency(scene, agency),
        Focus::Agencies(group) => {
            vec![
                heading(group.name.to_uppercase()),
                agencies_table(scene, |agency| group.members.contains(&agency.id)),
            ]
        }
        Focus::Task(task) => self::task(scene, task),
        Focus::Tasks(group) => vec![
            heading(format!("{}. {}", group.id, group.title)),
            tasks_table(scene, |task| group.tasks.iter().any(|other| other.id == task.id)),
        ],
    };
    Document {
        title: format!(
            "Tình hình thực hiện Kế hoạch năm {} tỉnh {} – {}, ngày {}",
            plan.year,
            plan.province,
            weekday(scene.as_of),
            date(scene.as_of)
        ),
        author: plan.wording.issuer_name.clone(),
        banner: scene.banner.clone(),
        sections: vec![Section { landscape: false, blocks }],
    }
}

/// The table behind the view, one row an agency and round, or a task and round, for spreadsheets.
pub(crate) fn rows(scene: &Scene<'_, '_>) -> Table {
    if matches!(scene.focus, Focus::Task(_) | Focus::Tasks(_)) { task_rows(scene) } else { agency_rows(scene) }
}

/// Whether an agency belongs to what the reader asked to see.
pub(crate) fn shows_agency(focus: Focus<'_>, status: &AgencyStatus<'_>) -> bool {
    match focus {
        Focus::Overview | Focus::All | Focus::Tasks(_) => true,
        Focus::Overdue => status.is_overdue(),
        Focus::Agency(agency) => agency.id == status.agency.id,
        Focus::Agencies(group) => group.members.contains(&status.agency.id),
        Focus::Task(task) => task.leads.contains(&status.agency.id),
    }
}

/// Whether a task belongs to what the reader asked to see.
pub(crate) fn shows_task(focus: Focus<'_>, state: &TaskState<'_>) -> bool {
    match focus {
        Focus::Overview | Focus::All => true,
        Focus::Overdue => is_overdue(state.progress),
        Focus::Agency(agency) => state.task.leads.contains(&agency.id),
        Focus::Agencies(group) => group.members.iter().any(|member| state.task.leads.contains(member)),
        Focus::Task(task) => task.id == state.task.id,
        Focus::Tasks(group) => group.tasks.iter().any(|task| task.id == state.task.id),
    }
}

/// Whether an agency or a task that the reader asked to see is overdue.
pub(crate) fn anything_overdue(scene: &Scene<'_, '_>) -> bool {
    scene.rounds.iter().any(|round| {
        let agencies = round.agencies.iter().filter(|status| shows_agency(scene.focus, status));
        let tasks = round.tasks.iter().filter(|state| shows_task(scene.focus, state));
        agencies.into_iter().any(AgencyStatus::is_overdue)
            || tasks.into_iter().any(|state| is_overdue(state.progress))
    })
}

fn is_overdue(progress: Progress) -> bool {
    matches!(progress, Progress::Ongoing(Pace::Overdue))
}

fn heading(text: impl Into<String>) -> Block {
    Block::Heading { level: 1, text: text.into() }
}

fn item(text: impl Into<String>) -> Block {
    Block::Paragraph { style: Style::Item, text: text.into() }
}

fn overview(scene: &Scene<'_, '_>) -> Vec<Block> {
    let mut blocks = vec![heading("HẠN SẮP TỚI")];
    blocks.push(deadlines(scene).unwrap_or_else(|| item("Mọi hạn trong Kế hoạch đã qua.")));
    blocks.extend([heading("TIẾN ĐỘ GỬI BÁO CÁO"), rounds_table(scene)]);
    blocks.extend(requested(scene));
    for status in scene.rounds {
        let name = &status.round.short_name;
        let lists: [fn(&AgencyStatus<'_>) -> bool; 3] = [
            |status| status.is_overdue(),
            |status| matches!(status.timeliness, Timeliness::DueSoon(_)),
            |status| matches!(status.validity, Validity::Invalid(_)),
        ];
        for wanted in lists {
            let agencies: Vec<&AgencyStatus<'_>> = status.agencies.iter().filter(|agency| wanted(agency)).collect();
            if let Some(first) = agencies.first() {
                let title = match first.timeliness {
                    Timeliness::Overdue(days) => format!("QUÁ HẠN {days} NGÀY, CHƯA GỬI"),
                    Timeliness::DueSoon(days) => format!("SẮP ĐẾN HẠN (CÒN {days} NGÀY), CHƯA GỬI"),
                    _ => "CHƯA HỢP LỆ, ĐỀ NGHỊ BỔ SUNG".to_owned(),
                };
                blocks.push(heading(format!("{title} – kỳ {name}: {} cơ quan", number(agencies.len() as u128))));
                blocks.push(item(names(scene.plan, status, &agencies)));
            }
        }
        blocks.extend(anomalies(status));
    }
    blocks.extend([heading(tasks_title(scene)), groups_table(scene)]);
    blocks
}

/// The deadlines not yet passed, the nearest first.
fn deadlines(scene: &Scene<'_, '_>) -> Option<Block> {
    let holidays = &scene.plan.holidays;
    let mut rows: Vec<(NaiveDate, &Round, &str, &str)> = scene
        .rounds
        .iter()
        .flat_map(|status| {
            [
                (status.round, &status.round.agencies, "Các cơ quan gửi báo cáo"),
                (status.round, &status.round.consolidated, "Gửi báo cáo tổng hợp"),
            ]
        })
        .map(|(round, deadline, who)| (deadline.last_on_time(holidays), round, who, deadline.as_worded.as_str()))
        .filter(|(last, ..)| *last >= scene.as_of)
        .collect();
    rows.sort_by_key(|(last, ..)| *last);
    if rows.is_empty() {
        return None;
    }
    let columns = vec![
        Column::new("Kỳ", 2, Align::Left),
        Column::new("Việc", 4, Align::Left),
        Column::new("Hạn theo Kế hoạch", 4, Align::Left),
        Column::new("Ngày cuối còn đúng hạn", 3, Align::Left),
        Column::new("Ngày làm việc cuối", 3, Align::Left),
        Column::new("Còn (ngày làm việc)", 2, Align::Right),
    ];
    let rows = rows.into_iter().map(|(last, round, who, worded)| {
        let left = holidays.working_days_between(scene.as_of, last);
        let tone = if left <= 5 { Tone::Warning } else { Tone::Plain };
        Row::Cells(vec![
            Cell::text(&round.short_name),
            Cell::text(who),
            Cell::text(worded),
            Cell::text(day_name(last)),
            Cell::text(day_name(holidays.last_working_day(last))),
            Cell::number(left).tone(tone),
        ])
    });
    Some(Block::Table(Table { columns, rows: rows.collect() }))
}

/// `Chủ nhật 29/11`: the year stands beside it, in the deadline's wording.
fn day_name(day: NaiveDate) -> String {
    format!("{} {:02}/{}", weekday(day), day.day(), month(day))
}

fn rounds_table(scene: &Scene<'_, '_>) -> Block {
    let mut columns = vec![Column::new("Kỳ", 3, Align::Left)];
    for title in ["Phải gửi", "Đã gửi", "Đúng hạn", "Muộn", "Chưa gửi", "Chưa hợp lệ"] {
        columns.push(Column::new(title, 1, Align::Right));
    }
    columns.extend([Column::new("Tiến độ", 3, Align::Left), Column::new("Tình trạng", 3, Align::Left)]);
    let rows = scene.rounds.iter().map(|status| {
        let counts = status.counts;
        let (_, state, tone) = words::round_state(status.state());
        let bad = |value: usize, tone: Tone| Cell::number(value).tone(if value > 0 { tone } else { Tone::Plain });
        Row::Cells(vec![
            Cell::text(&status.round.short_name),
            Cell::number(counts.expected),
            Cell::number(counts.received),
            Cell::number(counts.on_time),
            bad(counts.late, Tone::Warning),
            bad(counts.missing, if counts.overdue > 0 { Tone::Bad } else { Tone::Plain }),
            bad(counts.invalid, Tone::Bad),
            Cell::text(bar(counts)),
            Cell::text(state).tone(tone),
        ])
    });
    Block::Table(Table { columns, rows: rows.collect() })
}

/// Ten squares and a percentage of received over expected.
fn bar(counts: Counts) -> String {
    const SQUARES: usize = 10;
    let Some(rate) = percent(counts.received as u128, counts.expected as u128) else { return String::new() };
    let full = counts.received * SQUARES / counts.expected;
    format!("{}{} {rate}", "█".repeat(full), "░".repeat(SQUARES - full))
}

fn requested(scene: &Scene<'_, '_>) -> Option<Block> {
    let parts: Vec<String> = scene
        .rounds
        .iter()
        .filter(|status| status.counts.requested > 0)
        .map(|status| {
            let counts = status.counts;
            format!("kỳ {} đã gửi {}/{}", status.round.short_name, counts.requested_received, counts.requested)
        })
        .collect();
    (!parts.is_empty())
        .then(|| item(format!("Cơ quan được đề nghị báo cáo (không tính quá hạn): {}.", parts.join("; "))))
}

/// Names, with the members of a folded group as one count unless they are a few.
fn names(plan: &Plan, round: &RoundStatus<'_>, agencies: &[&AgencyStatus<'_>]) -> String {
    const FEW: usize = 3;
    let name = |status: &&AgencyStatus<'_>| match status.validity {
        Validity::Invalid(errors) => format!("{} ({errors} lỗi)", status.agency.name),
        Validity::NoReport | Validity::Valid => status.agency.name.clone(),
    };
    let alone = agencies.iter().filter(|status| plan.folding_group(&status.agency.id).is_none());
    let mut parts: Vec<String> = alone.map(name).collect();
    for group in plan.groups.iter().filter(|group| group.folded) {
        let inside: Vec<&&AgencyStatus<'_>> =
            agencies.iter().filter(|status| group.members.contains(&status.agency.id)).collect();
        if inside.len() <= FEW {
            parts.extend(inside.into_iter().map(name));
            continue;
        }
        let asked = round.agencies.iter().filter(|status| group.members.contains(&status.agency.id)).count();
        parts.push(format!("{}: {}/{asked} (xem tên: plan status --group {})", group.name, inside.len(), group.id));
    }
    format!("{}.", parts.join("; "))
}

/// What does not add up to the counts and must be seen.
fn anomalies(status: &RoundStatus<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !status.unexpected.is_empty() {
        let names: Vec<&str> = status.unexpected.iter().map(|agency| agency.name.as_str()).collect();
        blocks.push(item(format!(
            "Kỳ {}: có báo cáo của cơ quan không phải gửi, không tính vào tiến độ: {}.",
            status.round.short_name,
            names.join("; ")
        )));
    }
    if status.dated_later > 0 {
        blocks.push(item(format!(
            "Kỳ {}: {} báo cáo ghi ngày nhận sau ngày xem nên chưa tính (plan check nêu từng tệp).",
            status.round.short_name, status.dated_later
        )));
    }
    blocks
}

/// The round whose tasks are shown: the first still to be consolidated, or the last.
fn current<'s, 'p>(scene: &Scene<'s, 'p>) -> Option<&'s RoundStatus<'p>> {
    let open =
        |status: &&RoundStatus<'_>| status.round.consolidated.last_on_time(&scene.plan.holidays) >= scene.as_of;
    scene.rounds.iter().find(open).or(scene.rounds.last())
}

fn tasks_title(scene: &Scene<'_, '_>) -> String {
    current(scene)
        .map_or_else(|| "NHIỆM VỤ".to_owned(), |status| format!("NHIỆM VỤ – kỳ {}", status.round.short_name))
}

fn groups_table(scene: &Scene<'_, '_>) -> Block {
    let mut columns = vec![Column::new("Nhóm", 6, Align::Left)];
    let titles = [
        "Nhiệm vụ",
        "Chủ trì đã báo",
        "Hoàn thành",
        "Đang làm",
        "Chưa làm",
        "Không phát sinh",
        "Chưa có báo cáo",
        "Quá hạn",
    ];
    columns.extend(titles.map(|title| Column::new(title, 1, Align::Right)));
    let mut rows = Vec::new();
    if let Some(status) = current(scene) {
        for group in &scene.plan.task_groups {
            let states: Vec<&TaskState<'_>> = status
                .tasks
                .iter()
                .filter(|state| group.tasks.iter().any(|task| task.id == state.task.id))
                .collect();
            if !states.is_empty() {
                rows.push(Row::Cells(group_cells(format!("{}. {}", group.id, group.short_title), &states)));
            }
        }
        let all: Vec<&TaskState<'_>> = status.tasks.iter().collect();
        rows.push(Row::Total(group_cells("Cộng".to_owned(), &all)));
    }
    Block::Table(Table { columns, rows })
}

fn group_cells(title: String, states: &[&TaskState<'_>]) -> Vec<Cell> {
    let count =
        |wanted: fn(Progress) -> bool| Cell::number(states.iter().filter(|state| wanted(state.progress)).count());
    let reported: usize = states.iter().map(|state| state.reported).sum();
    let leads: usize = states.iter().map(|state| state.leads).sum();
    let overdue = states.iter().filter(|state| is_overdue(state.progress)).count();
    vec![
        Cell::text(title),
        Cell::number(states.len()),
        Cell::text(format!("{reported}/{leads}")),
        count(|progress| matches!(progress, Progress::Done(_))),
        count(|progress| matches!(progress, Progress::Ongoing(_))),
        count(|progress| progress == Progress::NotStarted),
        count(|progress| matches!(progress, Progress::NothingArose | Progress::NotApplicable)),
        count(|progress| progress == Progress::NoReport),
        Cell::number(overdue).tone(if overdue > 0 { Tone::Bad } else { Tone::Plain }),
    ]
}

fn tasks_table(scene: &Scene<'_, '_>, wanted: impl Fn(&Task) -> bool) -> Block {
    let columns = vec![
        Column::new("Mã", 1, Align::Left),
        Column::new("Nhiệm vụ", 6, Align::Left),
        Column::new("Chủ trì", 4, Align::Left),
        Column::new("Đã báo", 1, Align::Right),
        Column::new("Trạng thái", 3, Align::Left),
    ];
    let states = current(scene).into_iter().flat_map(|status| &status.tasks);
    let rows = states.filter(|state| wanted(state.task)).map(|state| {
        let (_, label, tone) = words::progress(state.progress);
        Row::Cells(vec![
            Cell::text(state.task.id.as_str()),
            Cell::text(&state.task.short_title),
            Cell::text(&state.task.leads_as_worded),
            Cell::text(format!("{}/{}", state.reported, state.leads)),
            Cell::text(label).tone(tone),
        ])
    });
    Block::Table(Table { columns, rows: rows.collect() })
}

/// One row an agency, one column a round.
fn agencies_table(scene: &Scene<'_, '_>, wanted: impl Fn(&Agency) -> bool) -> Block {
    let mut columns = vec![Column::new("Cơ quan", 4, Align::Left)];
    columns.extend(
        scene.rounds.iter().map(|status| Column::new(format!("Kỳ {}", status.round.short_name), 4, Align::Left)),
    );
    let rows = scene.plan.agencies.iter().filter(|agency| wanted(agency)).filter_map(|agency| {
        let states: Vec<Cell> =
            scene.rounds.iter().filter_map(|status| status.agency(&agency.id)).map(state_cell).collect();
        (!states.is_empty()).then(|| Row::Cells(std::iter::once(Cell::text(&agency.name)).chain(states).collect()))
    });
    Block::Table(Table { columns, rows: rows.collect() })
}

fn state_cell(status: &AgencyStatus<'_>) -> Cell {
    let mut text = words::timeliness(status.timeliness);
    if let Some(received) = status.received {
        text += &format!(", nhận {}", date(received));
    }
    if let Some(last) = status.corrections.last() {
        text += &format!(", bổ sung {}", date(last.date.value));
    }
    if let Validity::Invalid(_) = status.validity {
        text += &format!("; {}", words::validity(status.validity).to_lowercase());
        return Cell::text(text).tone(Tone::Bad);
    }
    Cell::text(text).tone(words::timeliness_tone(status.timeliness))
}

fn overdue(scene: &Scene<'_, '_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for status in scene.rounds {
        let overdue: Vec<&AgencyStatus<'_>> = status.agencies.iter().filter(|agency| agency.is_overdue()).collect();
        if overdue.is_empty() {
            continue;
        }
        blocks.push(heading(format!("QUÁ HẠN, CHƯA GỬI – kỳ {}: {}", status.round.short_name, overdue.len())));
        let columns = vec![
            Column::new("STT", 1, Align::Right),
            Column::new("Cơ quan", 6, Align::Left),
            Column::new("Quá hạn", 2, Align::Left),
        ];
        let rows = overdue.iter().enumerate().map(|(index, status)| {
            Row::Cells(vec![
                Cell::number(index + 1),
                Cell::text(&status.agency.name),
                Cell::text(words::timeliness(status.timeliness)).tone(Tone::Bad),
            ])
        });
        blocks.push(Block::Table(Table { columns, rows: rows.collect() }));
    }
    if current(scene).is_some_and(|status| status.tasks.iter().any(|state| is_overdue(state.progress))) {
        let late = |task: &Task| {
            current(scene).is_some_and(|status| {
                status.tasks.iter().any(|state| state.task.id == task.id && is_overdue(state.progress))
            })
        };
        blocks.extend([heading("NHIỆM VỤ QUÁ HẠN"), tasks_table(scene, late)]);
    }
    if blocks.is_empty() {
        blocks.push(item("Không có cơ quan hay nhiệm vụ nào quá hạn."));
    }
    blocks
}

fn agency(scene: &Scene<'_, '_>, agency: &Agency) -> Vec<Block> {
    let mut blocks = vec![heading(agency.name.clone())];
    for status in scene.rounds {
        match status.agency(&agency.id) {
            Some(state) => {
                let text = state_cell(state).value.to_text();
                blocks.push(item(format!("Kỳ {}: {text}.", status.round.short_name)));
            }
            None => blocks.push(item(format!("Kỳ {}: không phải gửi báo cáo.", status.round.short_name))),
        }
    }
    blocks.push(heading(format!("CHỦ TRÌ – kỳ {}", current(scene).map_or("", |status| &status.round.short_name))));
    let led = |task: &Task| task.leads.contains(&agency.id);
    let columns = vec![
        Column::new("Mã", 1, Align::Left),
        Column::new("Nhiệm vụ", 6, Align::Left),
        Column::new("Cơ quan báo", 3, Align::Left),
    ];
    let mut rows = Vec::new();
    if let Some(status) = current(scene) {
        for state in status.tasks.iter().filter(|state| led(state.task)) {
            let cells = vec![
                Cell::text(state.task.id.as_str()),
                Cell::text(&state.task.short_title),
                declared(status, agency, state.task),
            ];
            rows.push(Row::Cells(cells));
        }
    }
    blocks.push(if rows.is_empty() {
        item("Không chủ trì nhiệm vụ nào trong kỳ này.")
    } else {
        Block::Table(Table { columns, rows })
    });
    blocks
}

fn task(scene: &Scene<'_, '_>, task: &Task) -> Vec<Block> {
    let mut blocks = vec![
        heading(format!("{}. {}", task.id, task.short_title)),
        item(format!("Chủ trì theo Kế hoạch: {}.", task.leads_as_worded)),
    ];
    for status in scene.rounds {
        let Some(state) = status.tasks.iter().find(|state| state.task.id == task.id) else {
            blocks.push(item(format!("Kỳ {}: nhiệm vụ không thuộc kỳ này.", status.round.short_name)));
            continue;
        };
        let (_, label, _) = words::progress(state.progress);
        blocks.push(heading(format!(
            "Kỳ {}: {label}, {}/{} cơ quan chủ trì đã báo cáo",
            status.round.short_name, state.reported, state.leads
        )));
        let columns =
            vec![Column::new("Cơ quan chủ trì", 5, Align::Left), Column::new("Cơ quan báo", 3, Align::Left)];
        let leads = task.leads.iter().filter_map(|id| scene.plan.agency(id));
        let rows = leads.map(|agency| Row::Cells(vec![Cell::text(&agency.name), declared(status, agency, task)]));
        blocks.push(Block::Table(Table { columns, rows: rows.collect() }));
    }
    blocks
}

/// What an agency says of a task it leads, or why it says nothing.
fn declared(status: &RoundStatus<'_>, agency: &Agency, task: &Task) -> Cell {
    let Some(state) = status.agency(&agency.id) else { return Cell::new(Value::Empty) };
    let report = status.valid_reports().find(|(other, _)| other.id == agency.id);
    match (report, state.validity) {
        (Some((_, report)), _) => match report.entry(&task.id).and_then(|entry| entry.status) {
            Some(declared) => Cell::text(declared.label()),
            None => Cell::text("không nêu trong báo cáo").tone(Tone::Warning),
        },
        (None, Validity::Invalid(_)) => Cell::text(words::validity(state.validity).to_lowercase()).tone(Tone::Bad),
        (None, _) => Cell::text(words::timeliness(state.timeliness).to_lowercase())
            .tone(words::timeliness_tone(state.timeliness)),
    }
}

fn agency_rows(scene: &Scene<'_, '_>) -> Table {
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
    ];
    let columns = titles.map(|title| Column::new(title, 1, Align::Left)).into();
    let mut rows = Vec::new();
    for round in scene.rounds {
        for status in round.agencies.iter().filter(|status| shows_agency(scene.focus, status)) {
            let (_, days) = words::timeliness_id(status.timeliness);
            let optional_date = |day: Option<NaiveDate>| Cell::new(day.map_or(Value::Empty, Value::Date));
            rows.push(Row::Cells(vec![
                Cell::text(round.round.id.as_str()),
                Cell::text(status.agency.id.as_str()),
                Cell::text(&status.agency.name),
                Cell::text(words::timeliness(status.timeliness)),
                days.map_or(Cell::new(Value::Empty), Cell::number),
                optional_date(status.received),
                optional_date(status.corrections.last().map(|correction| correction.date.value)),
                Cell::text(words::validity(status.validity)),
                match status.validity {
                    Validity::Invalid(errors) => Cell::number(errors),
                    Validity::Valid => Cell::number(0_u32),
                    Validity::NoReport => Cell::new(Value::Empty),
                },
            ]));
        }
    }
    Table { columns, rows }
}

fn task_rows(scene: &Scene<'_, '_>) -> Table {
    let titles =
        ["Kỳ", "Mã nhiệm vụ", "Nhiệm vụ", "Số cơ quan chủ trì", "Số cơ quan chủ trì đã báo cáo", "Trạng thái"];
    let columns = titles.map(|title| Column::new(title, 1, Align::Left)).into();
    let mut rows = Vec::new();
    for round in scene.rounds {
        for state in round.tasks.iter().filter(|state| shows_task(scene.focus, state)) {
            rows.push(Row::Cells(vec![
                Cell::text(round.round.id.as_str()),
                Cell::text(state.task.id.as_str()),
                Cell::text(&state.task.short_title),
                Cell::number(state.leads),
                Cell::number(state.reported),
                Cell::text(words::progress(state.progress).1),
            ]));
        }
    }
    Table { columns, rows }
}
