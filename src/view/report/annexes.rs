//! The annexes: figures, tasks, who reported, violators, warnings, details.

mod details;

use chrono::NaiveDate;

use super::{Brief, falls, growth, older, tables};
use crate::arrivals::CAME_LATER;
use crate::doc::{Block, Cell, Row, Table, Value};
use crate::measure::{Amount, Unknown};
use crate::model::{Agency, AnnexContent, Quantity, Report, Reporting, Standing, Task, Violator};
use crate::status::{AgencyStatus, Timeliness, Validity};
use crate::vietnamese::{clause, date, lower_first, number, upper_first};
use crate::view::cells::{self, day, optional, paper, sum, value};
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

/// For everyone: what each total is, and of how many; how many gave which answer is for spreadsheets.
fn indicators(brief: &Brief<'_, '_>) -> Vec<Block> {
    let table = Table::of("", brief.totals())
        .numbered(6)
        .left("Chỉ tiêu", 50, |(indicator, _)| &indicator.label)
        .center("Đơn vị tính", 14, |(indicator, _)| &indicator.unit)
        .right("Số liệu", 22, |(_, total)| value(total))
        // A derived rate has no answers of its own.
        .right("Số cơ quan báo số", 12, |(of, total)| of.is_typed().then_some(total.answers.numbers));
    let compares = growth::is_compared(brief);
    let unknown = brief.totals().any(|(_, total)| matches!(total.value, Amount::Unknown(Unknown::NoAnswer)));
    let unknown = if unknown {
        let within = if brief.leaves_unaccepted() { "trong báo cáo đã duyệt " } else { "" };
        format!(
            " “Chưa có số liệu”: {within}chưa cơ quan nào trả lời về chỉ tiêu đó; khác với số 0, không phát sinh, không áp dụng."
        )
    } else {
        String::new()
    };
    let last = match brief.status.is_open {
        true => "thời điểm từng cơ quan báo cáo".to_owned(),
        false => format!("ngày {}", date(brief.status.round.data_to)),
    };
    let mut blocks = vec![
        growth::compared(table, brief).block(),
        Block::note(format!(
            "Số liệu lũy kế từ ngày {} đến {last}, chỉ gồm báo cáo {}.{unknown}",
            date(brief.status.round.data_from),
            brief.counted()
        )),
    ];
    let totals: Vec<_> = brief.totals().map(|(_, total)| total).collect();
    let carried_over = tables::carried_over(brief.measures, &totals);
    let notes = carried_over.into_iter().chain(older::told(brief)).chain(falls::told(brief));
    blocks.extend(notes.map(|told| Block::note(format!("{}.", upper_first(&told)))));
    let source = growth::previous(brief)
        .source
        .map(|source| format!(" Nguồn số liệu cùng kỳ: {source}."))
        .unwrap_or_default();
    blocks.extend(compares.then(|| Block::note(format!("So với cùng kỳ: chỉ tính các cơ quan có số liệu cả hai năm, ghi số cơ quan trong ngoặc khi không phải mọi cơ quan; cùng kỳ dưới 20 thì không tính tỷ lệ. “Không so sánh”: khác thời gian lấy số liệu, đơn vị tính hoặc không cùng phạm vi cơ quan.{source}"))));
    blocks
}

fn tasks(brief: &Brief<'_, '_>) -> Block {
    let groups = brief.plan.task_groups.iter();
    let tasks = groups.flat_map(|group| brief.status.tasks_of(group).map(move |state| (group, state)));
    let (reported, counted, reports) = match brief.leaves_unaccepted() {
        true => ("Chủ trì có báo cáo đã duyệt", "Số cơ quan chủ trì có báo cáo đã duyệt", "báo cáo đã duyệt"),
        false => ("Chủ trì đã báo cáo", "Số cơ quan chủ trì đã báo cáo", "báo cáo"),
    };
    Table::of("tasks", tasks)
        .center("Mã nhóm", 6, |(group, _)| &group.key)
        .reckoning()
        .center("Mã", 6, |(_, state)| &state.task.key)
        .left("Nhiệm vụ", 30, |(_, state)| &state.task.short_title)
        .left("Cơ quan chủ trì", 24, |(_, state)| &state.task.leads_as_worded)
        .center(reported, 10, |(_, state)| format!("{}/{}", state.declared.len(), state.leads))
        .reading()
        .right("Số cơ quan chủ trì", 9, |(_, state)| state.leads)
        .reckoning()
        .right(counted, 9, |(_, state)| state.declared.len())
        .reckoning()
        .left("Trạng thái", 16, |(_, state)| words::progress(state).1.replace("báo cáo", reports))
        .left("Số liệu", 40, |(_, state)| figures(brief, state.task))
        .under(|(group, _)| format!("{}. {}", group.key, clause(&group.title)))
        .block()
}

/// In spreadsheets too, so with every đồng.
fn figures(brief: &Brief<'_, '_>, task: &Task) -> String {
    let figures = brief.totals_of(&task.id).filter_map(|total| {
        let amount = total.under_task(task.id);
        let is_silent = matches!(amount, Amount::Unknown(Unknown::NoAnswer | Unknown::NotAsked));
        let told = cells::amount(total.quantity, amount).value.to_text();
        let unit = matches!(amount, Amount::Sum(_)) && total.quantity.is_money();
        let unit = if unit { " đồng" } else { "" };
        let older = older::beside(brief, total, |part| part.task.is_some_and(|of| of.id == task.id));
        let older = older.map(|older| format!(" ({older})")).unwrap_or_default();
        (!is_silent).then(|| format!("{}: {told}{unit}{older}", total.quantity.label()))
    });
    figures.collect::<Vec<_>>().join("\n")
}

fn submissions(brief: &Brief<'_, '_>) -> Block {
    // Each under a heading: who, which paper, received when, and a remark.
    type Listed<'p> = (String, &'p Agency, Option<String>, Option<NaiveDate>, Cell);
    let mut rows: Vec<Listed<'_>> = Vec::new();
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
    let groups: [(&str, Wanted<'_>); 7] = [
        (on_time, &valid(|timeliness| timeliness == Timeliness::OnTime)),
        (late, &valid(|timeliness| matches!(timeliness, Timeliness::Late(_)))),
        ("Chưa hợp lệ, đề nghị bổ sung", &invalid),
        ("Mới gửi bản giấy, chưa có số liệu", &|status| required(status) && on_paper(status)),
        ("Chưa gửi", &|status| status.is_missing() && status.extension.is_none()),
        ("Chưa gửi, được gia hạn", &|status| status.is_missing() && status.extension.is_some()),
        (asked, &|status| !required(status) && !invalid(status)),
    ];
    for (title, wanted) in groups {
        let members: Vec<&AgencyStatus<'_>> =
            brief.status.agencies.iter().filter(|status| wanted(status)).collect();
        if members.is_empty() {
            continue;
        }
        // What all are in is said once.
        let same = members.iter().all(|status| status.timeliness == members[0].timeliness);
        let case = match members[0].timeliness {
            Timeliness::Overdue(days) if same => format!(", quá hạn {days} ngày"),
            Timeliness::DueSoon { days, working } if same => format!(", {}", words::left(days, working)),
            Timeliness::NotDue if same => ", chưa đến hạn".to_owned(),
            _ => String::new(),
        };
        let heading = format!("{title}{case}: {}", members.len());
        rows.extend(members.into_iter().map(|status| {
            let told = remark(brief, status).into();
            (heading.clone(), status.agency, status.paper().map(words::paper), status.received, told)
        }));
    }
    rows.extend(brief.ad_hoc.iter().map(|(agency, report)| {
        let heading = format!("Báo cáo đột xuất: {}", brief.ad_hoc.len());
        let papers = words::papers(report.document.as_ref(), &report.corrections);
        (heading, *agency, papers, report.received(), optional(report.subject.as_ref()))
    }));
    Table::of("submissions", rows)
        .numbered(6)
        .code("Mã cơ quan", 18, |(_, agency, ..)| &agency.key)
        .left("Cơ quan, đơn vị", 31, |(_, agency, ..)| &agency.name)
        .left("Số, ngày báo cáo", 23, |(_, _, papers, ..)| papers.clone())
        .center("Ngày nhận", 14, |(.., received, _)| received)
        .left("Ghi chú", 34, |(.., told)| told)
        .under(|(heading, ..)| heading)
        .block()
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
    parts.extend(status.came_before.map(words::came_before));
    parts.extend(status.extension.and_then(words::extension));
    if let Some((blank, _)) = status.blank.filter(|(blank, _)| blank.was_sent()) {
        parts.push(words::blank(blank).1.to_owned());
    }
    if status.validity == Validity::NotAccepted {
        parts.push(words::validity(status.validity).1);
    }
    if let Validity::Invalid(errors) = status.validity {
        parts.push(format!("{} lỗi, chưa đưa vào số liệu", number(errors as u128)));
    }
    for correction in status.corrections {
        let corrected = words::corrected(correction);
        // Which file it came in is for the office.
        parts.push(match correction.note.as_ref().filter(|note| !note.starts_with(CAME_LATER)) {
            Some(note) => format!("bổ sung ngày {corrected}: {}", lower_first(clause(note))),
            None => format!("bổ sung ngày {corrected}"),
        });
    }
    parts.extend(status.review.filter(|review| matches!(review.standing, Standing::Changed(_))).map(words::review));
    upper_first(&parts.iter().map(|part| lower_first(part)).collect::<Vec<_>>().join("; "))
}

fn violators(brief: &Brief<'_, '_>) -> Block {
    let published = |found: &Violator| {
        let day = found.published.map(|day| date(day.value)).into_iter();
        day.chain(found.published_on.as_ref().map(|place| place.value.clone())).collect::<Vec<_>>().join(", ")
    };
    let mut table = Table::of("violators", brief.records(|report| &report.violators))
        .numbered(5)
        .left("Tổ chức, cá nhân", 24, |(_, found)| &found.name.value)
        .left("Địa chỉ", 18, |(_, found)| optional(found.address.as_ref()))
        .left("Hành vi vi phạm", 34, |(_, found)| &found.violation.value)
        .left("Quyết định xử phạt", 18, |(_, found)| paper(found.decision.as_ref()))
        .right("Tiền phạt (đồng)", 14, |(_, found)| found.fine.map(|fine| sum(Quantity::Fines, fine.value)))
        .left("Ngày, nơi công bố", 22, |(_, found)| published(found))
        .reading()
        .center("Ngày công bố", 12, |(_, found)| day(found.published))
        .reckoning()
        .left("Nơi công bố", 22, |(_, found)| optional(found.published_on.as_ref()))
        .reckoning()
        .code("Mã cơ quan", 18, |(agency, _)| &agency.key)
        .left("Cơ quan báo cáo", 16, |(agency, _)| &agency.name)
        .table();
    let fines = brief.measures.iter().find(|measure| matches!(measure.quantity, Quantity::Fines));
    if let Some(fines) = fines.filter(|fines| fines.added().nth(1).is_some()) {
        let mut total = vec![Cell::new(Value::Empty); table.columns.len()];
        total[1] = Cell::text("Tổng cộng");
        total[5] = value(fines);
        table.rows.push(Row::Total(total));
    }
    Block::Table(table)
}

fn warnings(brief: &Brief<'_, '_>) -> Block {
    Table::of("warnings", brief.records(|report| &report.warnings))
        .numbered(5)
        .left("Cảnh báo", 30, |(_, found)| &found.subject.value)
        .left("Nội dung", 56, |(_, found)| optional(found.content.as_ref()))
        .center("Ngày phát hành", 14, |(_, found)| day(found.issued))
        .left("Kênh phát hành", 24, |(_, found)| optional(found.channel.as_ref()))
        .code("Mã cơ quan", 18, |(agency, _)| &agency.key)
        .left("Cơ quan", 18, |(agency, _)| &agency.name)
        .block()
}
