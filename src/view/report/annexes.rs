//! The annexes: figures, tasks, who reported, violators, warnings, details.

mod details;

use super::{Brief, growth};
use crate::arrivals::CAME_LATER;
use crate::doc::{Align, Block, Cell, Column, Row, Style, Table, Value};
use crate::measure::{Amount, Unknown};
use crate::model::{AnnexContent, Quantity, Report, Reporting, Standing};
use crate::source::Spanned;
use crate::status::{AgencyStatus, Timeliness, Validity};
use crate::vietnamese::{clause, date, lower_first, upper_first};
use crate::view::cells::{self, sum, value};
use crate::view::words::paper;
use crate::view::{charts, words};

/// Whether anything stands in an annex: one without is not printed, and nothing points to it.
pub(super) fn tells(brief: &Brief<'_, '_>, content: AnnexContent) -> bool {
    let any = |of: fn(&Report) -> bool| brief.status.valid_reports().any(|(_, report)| of(report));
    match content {
        AnnexContent::Indicators | AnnexContent::Tasks | AnnexContent::Submissions => true,
        AnnexContent::Violators => any(|report| !report.violators.is_empty()),
        AnnexContent::Warnings => any(|report| !report.warnings.is_empty()),
        // What nobody settled of an earlier round or year is told there, too.
        AnnexContent::Details => {
            brief.voices().next().is_some() || brief.remarks.iter().any(|found| brief.before(found).is_some())
        }
    }
}

pub(super) fn blocks(brief: &Brief<'_, '_>, content: AnnexContent) -> Vec<Block> {
    match content {
        AnnexContent::Indicators => indicators(brief),
        AnnexContent::Tasks => {
            vec![Block::Charts(vec![charts::tasks(brief.plan, brief.status)]), tasks(brief)]
        }
        AnnexContent::Submissions => {
            vec![Block::Charts(vec![charts::received(brief.plan, brief.status)]), submissions(brief)]
        }
        AnnexContent::Violators => vec![violators(brief)],
        AnnexContent::Warnings => vec![warnings(brief)],
        AnnexContent::Details => details::details(brief),
    }
}

fn note(text: impl Into<String>) -> Block {
    Block::Paragraph { style: Style::Note, text: text.into() }
}

/// For everyone: what each total is, and of how many; how many gave which answer is for spreadsheets.
fn indicators(brief: &Brief<'_, '_>) -> Vec<Block> {
    let mut columns = vec![
        Column::new("STT", 6, Align::Center),
        Column::new("Chỉ tiêu", 50, Align::Left),
        Column::new("Đơn vị tính", 14, Align::Center),
        Column::new("Số liệu", 22, Align::Right),
        Column::new("Số cơ quan báo số", 12, Align::Right),
    ];
    let compared = growth::columns(brief);
    let compares = !compared.is_empty();
    columns.extend(compared);
    let rows = brief.totals().enumerate().map(|(index, (indicator, total))| {
        // A derived rate has no answers of its own.
        let of = if indicator.is_typed() { Cell::number(total.answers.numbers) } else { Cell::new(Value::Empty) };
        let unit = Cell::text(&indicator.unit);
        let mut cells = vec![Cell::number(index + 1), Cell::text(&indicator.label), unit, value(total), of];
        cells.extend(growth::cells(indicator, total.last_year.as_ref()).into_iter().filter(|_| compares));
        Row::Cells(cells)
    });
    let mut blocks = vec![
        Block::Table(Table::new("", columns, rows)),
        note(format!(
            "Số liệu lũy kế từ ngày {} đến ngày {}, chỉ gồm báo cáo hợp lệ. “Chưa có số liệu”: chưa cơ quan nào trả lời; khác với số 0, không phát sinh, không áp dụng.",
            date(brief.status.round.data_from),
            date(brief.status.round.data_to)
        )),
    ];
    let source = growth::previous(brief)
        .source
        .map(|source| format!(" Nguồn số liệu cùng kỳ: {source}."))
        .unwrap_or_default();
    blocks.extend(compares.then(|| note(format!("So với cùng kỳ: chỉ tính các cơ quan có số liệu cả hai năm, ghi số cơ quan trong ngoặc khi không phải mọi cơ quan; cùng kỳ dưới 20 thì không tính tỷ lệ. “Không so sánh”: khác thời gian lấy số liệu hoặc không cùng phạm vi cơ quan.{source}"))));
    blocks
}

fn tasks(brief: &Brief<'_, '_>) -> Block {
    let columns = vec![
        Column::new("Mã nhóm", 6, Align::Center).reckoning(),
        Column::new("Mã", 6, Align::Center),
        Column::new("Nhiệm vụ", 30, Align::Left),
        Column::new("Cơ quan chủ trì", 24, Align::Left),
        Column::new("Chủ trì đã báo cáo", 10, Align::Center).reading(),
        Column::new("Số cơ quan chủ trì", 9, Align::Right).reckoning(),
        Column::new("Số cơ quan chủ trì đã báo cáo", 9, Align::Right).reckoning(),
        Column::new("Trạng thái", 16, Align::Left),
        Column::new("Số liệu", 40, Align::Left),
    ];
    let mut rows = Vec::new();
    for group in &brief.plan.task_groups {
        let tasks = brief.status.tasks_of(group).collect::<Vec<_>>();
        if tasks.is_empty() {
            continue;
        }
        rows.push(Row::Group(format!("{}. {}", group.key, clause(&group.title))));
        for state in tasks {
            // In spreadsheets too, so with every đồng.
            let figures = brief.totals_of(&state.task.id).filter_map(|total| {
                let amount = total.under_task(state.task.id);
                let is_silent = matches!(amount, Amount::Unknown(Unknown::NoAnswer | Unknown::NotAsked));
                let told = cells::amount(total.quantity, amount).value.to_text();
                let unit = matches!(amount, Amount::Sum(_)) && total.quantity.is_money();
                let unit = if unit { " đồng" } else { "" };
                (!is_silent).then(|| format!("{}: {told}{unit}", total.quantity.label()))
            });
            let figures: Vec<String> = figures.collect();
            rows.push(Row::Cells(vec![
                Cell::text(&group.key),
                Cell::text(state.task.key.as_str()),
                Cell::text(&state.task.short_title),
                Cell::text(&state.task.leads_as_worded),
                Cell::text(format!("{}/{}", state.declared.len(), state.leads)),
                Cell::number(state.leads),
                Cell::number(state.declared.len()),
                Cell::text(words::progress(state).1),
                Cell::text(figures.join("\n")),
            ]));
        }
    }
    Block::Table(Table::new("tasks", columns, rows))
}

fn submissions(brief: &Brief<'_, '_>) -> Block {
    let columns = vec![
        Column::new("STT", 6, Align::Center),
        Column::new("Mã cơ quan", 18, Align::Left).reckoning(),
        Column::new("Cơ quan, đơn vị", 31, Align::Left),
        Column::new("Số, ngày báo cáo", 23, Align::Left),
        Column::new("Ngày nhận", 14, Align::Center),
        Column::new("Ghi chú", 34, Align::Left),
    ];
    let mut rows = Vec::new();
    let mut index = 0;
    let required = |status: &AgencyStatus<'_>| status.agency.reporting == Reporting::Required;
    let invalid = |status: &AgencyStatus<'_>| matches!(status.validity, Validity::Invalid(_));
    let on_paper = |status: &AgencyStatus<'_>| status.validity == Validity::PaperAlone;
    type Wanted<'w> = &'w dyn Fn(&AgencyStatus<'_>) -> bool;
    let valid = |timeliness: fn(Timeliness) -> bool| {
        move |status: &AgencyStatus<'_>| {
            required(status) && !invalid(status) && !on_paper(status) && timeliness(status.timeliness)
        }
    };
    // Reports to be mended came in time or late too, and are counted so elsewhere.
    let [on_time, late, asked] = match brief.status.counts.invalid {
        0 => ["Gửi đúng hạn", "Gửi muộn", "Được đề nghị báo cáo"],
        _ => ["Gửi đúng hạn, hợp lệ", "Gửi muộn, hợp lệ", "Được đề nghị báo cáo, không kể báo cáo chưa hợp lệ"],
    };
    let groups: [(&str, Wanted<'_>); 6] = [
        (on_time, &valid(|timeliness| timeliness == Timeliness::OnTime)),
        (late, &valid(|timeliness| matches!(timeliness, Timeliness::Late(_)))),
        ("Chưa hợp lệ, đề nghị bổ sung", &invalid),
        ("Đã nhận bản giấy, chưa có số liệu", &|status| required(status) && on_paper(status)),
        ("Chưa gửi", &|status| required(status) && status.validity == Validity::NoReport),
        (asked, &|status| !required(status) && !invalid(status)),
    ];
    for (title, wanted) in groups {
        let members: Vec<&AgencyStatus<'_>> =
            brief.status.agencies.iter().filter(|status| wanted(status)).collect();
        if members.is_empty() {
            continue;
        }
        // Whoever has not sent is in the same case as the others, but for whom the deadline was put off: said once.
        let common = members.iter().find(|status| status.extension.is_none()).unwrap_or(&members[0]);
        let case = match common.timeliness {
            Timeliness::Overdue(days) => format!(", quá hạn {days} ngày"),
            Timeliness::DueSoon { days, working } => format!(", {}", words::left(days, working)),
            Timeliness::NotDue => ", chưa đến hạn".to_owned(),
            Timeliness::OnTime | Timeliness::Late(_) | Timeliness::Undated | Timeliness::NotSent => String::new(),
        };
        rows.push(Row::Group(format!("{title}{case}: {}", members.len())));
        for status in members {
            index += 1;
            rows.push(Row::Cells(vec![
                Cell::number(index),
                Cell::text(status.agency.key.as_str()),
                Cell::text(&status.agency.name),
                status.paper().map_or(Cell::new(Value::Empty), |reference| Cell::text(paper(reference))),
                Cell::new(status.received.map_or(Value::Empty, Value::Date)),
                Cell::text(remark(brief, status)),
            ]));
        }
    }
    if !brief.ad_hoc.is_empty() {
        rows.push(Row::Group(format!("Báo cáo đột xuất: {}", brief.ad_hoc.len())));
    }
    for (agency, report) in brief.ad_hoc {
        index += 1;
        rows.push(Row::Cells(vec![
            Cell::number(index),
            Cell::text(agency.key.as_str()),
            Cell::text(&agency.name),
            report.document.as_ref().map_or(Cell::new(Value::Empty), |reference| Cell::text(paper(reference))),
            Cell::new(report.received().map_or(Value::Empty, Value::Date)),
            optional(report.subject.as_ref()),
        ]));
    }
    Block::Table(Table::new("submissions", columns, rows))
}

/// What the group's heading does not say already.
fn remark(brief: &Brief<'_, '_>, status: &AgencyStatus<'_>) -> String {
    let report = brief.status.valid_report(status.agency.id);
    let coverage = report.and_then(|report| report.coverage.as_ref());
    let mut parts: Vec<String> = coverage.map(words::coverage).into_iter().collect();
    match status.timeliness {
        Timeliness::OnTime if status.validity == Validity::Valid => {}
        Timeliness::Overdue(_) | Timeliness::DueSoon { .. } | Timeliness::NotDue => {}
        timeliness => parts.push(words::timeliness(timeliness)),
    }
    parts.extend(status.extension.and_then(words::extension));
    if let Some((blank, _)) = status.blank.filter(|(blank, _)| blank.was_sent()) {
        parts.push(words::blank(blank).1.to_owned());
    }
    if status.validity == Validity::NotAccepted {
        parts.push(words::validity(status.validity));
    }
    if let Validity::Invalid(errors) = status.validity {
        parts.push(format!("{errors} lỗi, chưa đưa vào số liệu"));
    }
    for correction in status.corrections {
        let day = date(correction.date.value);
        // Which file it came in is for the office.
        parts.push(match correction.note.as_ref().filter(|note| !note.starts_with(CAME_LATER)) {
            Some(note) => format!("bổ sung ngày {day}: {}", lower_first(clause(note))),
            None => format!("bổ sung ngày {day}"),
        });
    }
    parts.extend(status.review.filter(|review| matches!(review.standing, Standing::Changed(_))).map(words::review));
    upper_first(&parts.join("; "))
}

fn violators(brief: &Brief<'_, '_>) -> Block {
    let columns = vec![
        Column::new("STT", 5, Align::Center),
        Column::new("Tổ chức, cá nhân", 24, Align::Left),
        Column::new("Địa chỉ", 18, Align::Left),
        Column::new("Hành vi vi phạm", 34, Align::Left),
        Column::new("Quyết định xử phạt", 18, Align::Left),
        Column::new("Tiền phạt (đồng)", 14, Align::Right),
        Column::new("Ngày, nơi công bố", 22, Align::Left).reading(),
        Column::new("Ngày công bố", 12, Align::Center).reckoning(),
        Column::new("Nơi công bố", 22, Align::Left).reckoning(),
        Column::new("Mã cơ quan", 18, Align::Left).reckoning(),
        Column::new("Cơ quan báo cáo", 16, Align::Left),
    ];
    let reports = brief.status.valid_reports();
    let mut rows: Vec<Row> = reports
        .flat_map(|(agency, report)| report.violators.iter().map(move |violator| (agency, violator)))
        .enumerate()
        .map(|(index, (agency, violator))| {
            let published: Vec<String> = violator
                .published
                .map(|day| date(day.value))
                .into_iter()
                .chain(violator.published_on.as_ref().map(|place| place.value.clone()))
                .collect();
            Row::Cells(vec![
                Cell::number(index + 1),
                Cell::text(&violator.name.value),
                optional(violator.address.as_ref()),
                Cell::text(&violator.violation.value),
                violator.decision.as_ref().map_or(Cell::new(Value::Empty), |decision| Cell::text(paper(decision))),
                violator.fine.as_ref().map_or(Cell::new(Value::Empty), |fine| sum(Quantity::Fines, fine.value)),
                Cell::text(published.join(", ")),
                Cell::new(violator.published.map_or(Value::Empty, |day| Value::Date(day.value))),
                optional(violator.published_on.as_ref()),
                Cell::text(agency.key.as_str()),
                Cell::text(&agency.name),
            ])
        })
        .collect();
    let fines = brief.measures.iter().find(|measure| matches!(measure.quantity, Quantity::Fines));
    if let Some(fines) = fines.filter(|fines| fines.added().nth(1).is_some()) {
        let mut total = vec![Cell::new(Value::Empty); columns.len()];
        total[1] = Cell::text("Tổng cộng");
        total[5] = value(fines);
        rows.push(Row::Total(total));
    }
    Block::Table(Table::new("violators", columns, rows))
}

fn warnings(brief: &Brief<'_, '_>) -> Block {
    let columns = vec![
        Column::new("STT", 5, Align::Center),
        Column::new("Cảnh báo", 30, Align::Left),
        Column::new("Nội dung", 56, Align::Left),
        Column::new("Ngày phát hành", 14, Align::Center),
        Column::new("Kênh phát hành", 24, Align::Left),
        Column::new("Mã cơ quan", 18, Align::Left).reckoning(),
        Column::new("Cơ quan", 18, Align::Left),
    ];
    let records =
        brief.status.valid_reports().flat_map(|(agency, report)| report.warnings.iter().map(move |w| (agency, w)));
    let rows: Vec<Row> = records
        .enumerate()
        .map(|(index, (agency, warning))| {
            Row::Cells(vec![
                Cell::number(index + 1),
                Cell::text(&warning.subject.value),
                optional(warning.content.as_ref()),
                Cell::new(warning.issued.map_or(Value::Empty, |day| Value::Date(day.value))),
                optional(warning.channel.as_ref()),
                Cell::text(agency.key.as_str()),
                Cell::text(&agency.name),
            ])
        })
        .collect();
    Block::Table(Table::new("warnings", columns, rows))
}

fn optional(text: Option<&Spanned<String>>) -> Cell {
    text.map_or(Cell::new(Value::Empty), |text| Cell::text(&text.value))
}
