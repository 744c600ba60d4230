//! What changed since an earlier draft, for those who work on the report: a part that is not sent.

use super::Brief;
use crate::changes::{
    Aspect, Changes, CountChange, FigureChange, Gave, Known, Lack, LastYearChange, ReportChange, ReportChangeKind,
    Time, TimeOf,
};
use crate::doc::{Block, Cell, Section, Table};
use crate::measure::Amount;
use crate::model::Quantity;
use crate::vietnamese::{clause, counts, cut, date, listed, number};
use crate::view::cells::{amount, amount_in, sum};
use crate::view::{last_year, names, words};

/// A number that is printed, before and now, and why it changed.
type Changed = (String, Cell, Cell, String);

pub(super) fn section(brief: &Brief<'_, '_>, changes: &Changes<'_>) -> Section {
    let day = date(changes.since);
    let mut blocks = vec![Block::AnnexTitle {
        number: "Phụ lục theo dõi nội bộ".to_owned(),
        title: format!("THAY ĐỔI SO VỚI BẢN TỔNG HỢP NGÀY {day}"),
        reference: "(Không gửi kèm báo cáo)".to_owned(),
    }];
    blocks.extend(scope(changes).map(Block::note));
    if changes.reports.is_empty() && changes.agencies_gone.is_empty() {
        blocks.push(Block::note(format!("Không có báo cáo nào thay đổi so với bản tổng hợp ngày {day}.")));
    } else {
        blocks.push(Block::Table(reports(changes)));
    }
    let changed = changed(brief, changes);
    if changed.is_empty() {
        blocks.push(Block::note(format!("Không có số liệu nào thay đổi so với bản tổng hợp ngày {day}.")));
    } else {
        let table = Table::of("figure_changes", changed)
            .left("Số liệu", 38, |(label, ..)| label)
            .right("Trước", 14, |(_, before, ..)| before)
            .right("Nay", 14, |(_, _, after, _)| after)
            .left("Do báo cáo của", 64, |(.., why)| why);
        blocks.push(table.block());
    }
    let parts: Vec<&FigureChange<'_>> = changes.figures.iter().filter(|change| !change.is_of_report()).collect();
    if !parts.is_empty() {
        let table = Table::of("part_changes", parts)
            .left("Số của từng cơ quan thay đổi", 38, |change| change.quantity.label().into_owned())
            .right("Tổng số, không đổi", 14, |change| amount(change.quantity, change.after))
            .left("Do báo cáo của", 78, by);
        blocks.push(table.block());
    }
    blocks.push(Block::note(covers(changes)));
    Section::new("Thay đổi", blocks).landscape()
}

/// `5 báo cáo mới, 1 báo cáo đã sửa; 12 số liệu thay đổi`
pub(crate) fn summary(changes: &Changes<'_>) -> String {
    let count = |kind| changes.reports.iter().filter(|change| change.kind == kind).count();
    let counted = changes.counts.as_ref().map_or(0, Vec::len);
    let of_report = changes.figures.iter().filter(|change| change.is_of_report()).count();
    let parts = match changes.figures.len() - of_report {
        0 => String::new(),
        parts => format!("; {parts} số liệu chỉ thay đổi ở từng cơ quan, tổng số không đổi"),
    };
    let told = |kind, what: &str| match count(kind) {
        0 => String::new(),
        count => format!(", {count} báo cáo {what}"),
    };
    let reviewed = told(ReportChangeKind::Reviewed, "thay đổi việc duyệt");
    let judged = told(ReportChangeKind::Judged, "xét lại khác trước là hợp lệ hay chưa");
    let of_scope = |change: &&ReportChange<'_>| change.kind == ReportChangeKind::Scope;
    let of_others = changes.reports.iter().filter(|change| change.round.is_some() && !of_scope(change));
    let before = match of_others.count() {
        0 => String::new(),
        before => format!(", trong đó {before} báo cáo của kỳ khác"),
    };
    let times = match changes.times.len() {
        0 => String::new(),
        times => format!("; {times} ngày, thời gian thay đổi"),
    };
    let scope = scope(changes).map(|told| format!(" {told}{}", apart(changes))).unwrap_or_default();
    let is_older = changes.counts.is_none() || !changes.is_of_others;
    let older = if is_older { format!(" {}", covers(changes)) } else { String::new() };
    let gone = match (changes.figures_gone.len(), changes.agencies_gone.len()) {
        (0, 0) => String::new(),
        (figures, agencies) => format!(" Kế hoạch không còn {figures} số liệu, {agencies} cơ quan của bản đó."),
    };
    format!(
        "So với bản tổng hợp ngày {}: {} báo cáo mới, {} báo cáo đã sửa, bổ sung, {} báo cáo không còn{reviewed}{judged}{before}; {} số liệu thay \
         đổi{parts}{times}.{scope}{older}{gone}",
        date(changes.since),
        count(ReportChangeKind::New),
        count(ReportChangeKind::Corrected),
        count(ReportChangeKind::Withdrawn),
        of_report + changes.beside.len() + changes.last_year.len() + counted
    )
}

/// Where one of the drafts is of accepted reports alone.
fn scope(changes: &Changes<'_>) -> Option<String> {
    let accepted = "chỉ gồm báo cáo đã duyệt";
    let all = "gồm cả báo cáo chưa duyệt, báo cáo đột xuất";
    match changes.accepted_only {
        (true, false) => Some(format!("Khác phạm vi: bản trước {accepted}, bản này {all}.")),
        (false, true) => Some(format!("Khác phạm vi: bản trước {all}, bản này {accepted}.")),
        _ => None,
    }
}

/// The reports that are in one of the drafts alone because of that: of the round, of others, ad hoc ones.
fn apart(changes: &Changes<'_>) -> String {
    let of = |round: bool, ad_hoc: bool| {
        let apart = changes.reports.iter().filter(|change| change.kind == ReportChangeKind::Scope);
        apart.filter(|change| (change.round.is_some(), change.date.is_some()) == (round, ad_hoc)).count()
    };
    let found = counts([
        (of(false, false), "báo cáo của kỳ này"),
        (of(true, false), "báo cáo của kỳ khác"),
        (of(false, true), "báo cáo đột xuất"),
    ]);
    match (listed(found, ", "), changes.accepted_only.1) {
        (None, _) => String::new(),
        (Some(told), true) => format!(" Nay để ngoài: {told}."),
        (Some(told), false) => format!(" Nay thêm: {told}."),
    }
}

/// What was compared.
fn covers(changes: &Changes<'_>) -> String {
    match changes.counts {
        Some(_) if changes.is_of_others => {
            "Đã so: báo cáo của kỳ này và của kỳ khác có số liệu liên quan; số liệu các cơ quan báo, số tổng hợp để đối chiếu, số kỳ trước, số cùng kỳ năm trước \
             và phạm vi so sánh; số báo cáo, số nhiệm vụ, số khó khăn, số kiến nghị; số việc của kỳ tới và thời gian thực hiện; thời gian lấy \
             số liệu; hạn gửi, gia hạn, số ngày còn lại, số ngày muộn. Không so câu chữ và các ngày khác."
                .to_owned()
        }
        Some(_) => "Bản trước do phiên bản cũ của công cụ lập: chưa so hết báo cáo của kỳ khác, số kỳ trước, thời gian lấy số liệu, thời \
                    gian của việc kỳ tới, hạn gửi. Không so câu chữ."
            .to_owned(),
        None => "Bản trước do phiên bản cũ của công cụ lập, chỉ so được số liệu các cơ quan báo; chưa so số báo cáo, nhiệm vụ, khó khăn, \
                 kiến nghị, việc của kỳ tới."
            .to_owned(),
    }
}

fn reports(changes: &Changes<'_>) -> Table {
    let told = changes.reports.iter().map(|change| {
        let name = match (change.date, change.round) {
            (Some(day), _) => format!("{} (báo cáo đột xuất ngày {})", change.agency.name, date(day)),
            (None, Some(round)) => format!("{} (báo cáo kỳ {})", change.agency.name, round.short_name),
            (None, None) => change.agency.name.clone(),
        };
        let counted = match change.included {
            (_, true) if change.round.is_some() => "làm số của kỳ đó",
            (true, true) => "có",
            (false, true) => "nay có",
            (true, false) => "không còn",
            (false, false) if change.waits => "không (chưa duyệt)",
            (false, false) => "không (chưa hợp lệ)",
        };
        (name, words::report_change(change.kind).1, counted)
    });
    let gone = changes.agencies_gone.iter().map(|then| {
        let counted = if then.included { "không còn" } else { "không (chưa hợp lệ)" };
        (then.name.clone(), "Nay không phải báo cáo, hoặc Kế hoạch không còn", counted)
    });
    Table::of("report_changes", told.chain(gone))
        .numbered(5)
        .left("Cơ quan, đơn vị", 40, |(name, ..)| name)
        .left("Thay đổi", 30, |(_, change, _)| change)
        .left("Đưa vào số liệu", 45, |(.., counted)| counted)
        .table()
}

/// Every printed number that changed: figures, what stands beside them, what the text counts, what the plan counts no more.
fn changed(brief: &Brief<'_, '_>, changes: &Changes<'_>) -> Vec<Changed> {
    let figures = changes.figures.iter().filter(|change| change.is_of_report()).map(|change| {
        let unit = change.unit.unwrap_or(change.quantity.unit());
        let (before, after) = (amount_in(unit, change.before), amount(change.quantity, change.after));
        (change.quantity.label().into_owned(), before, after, by(change))
    });
    let beside = changes.beside.iter().map(|change| {
        let of = change.quantity.label();
        let label = match change.aspect {
            Aspect::CarriedOver => format!("{of}: năm trước chuyển sang"),
            Aspect::Control(agency) => format!("{of}: số tổng hợp của {}, để đối chiếu", agency.name),
            Aspect::Difference(agency) => format!("{of}: chênh lệch của số {} so với các thành viên", agency.name),
            Aspect::Task(task) => format!("{of}, nhiệm vụ {}", task.key),
            Aspect::Earlier => format!("{of}: số kỳ trước"),
            Aspect::OfRound(round) => format!("{of}: phần lấy từ báo cáo kỳ {}", round.short_name),
            Aspect::OfAdHoc => format!("{of}: phần lấy từ báo cáo đột xuất"),
        };
        let value = |value| signed(change.quantity, value);
        (label, value(change.before), value(change.after), String::new())
    });
    let counts = changes.counts.iter().flatten();
    let counts = counts.map(|CountChange { label, before, after, .. }| {
        let value = |value: Option<u64>| Cell::text(value.map_or(NONE.to_owned(), |value| number(value.into())));
        (label.clone(), value(*before), value(*after), String::new())
    });
    let gone = changes.figures_gone.iter().map(|then| {
        let why = "Kế hoạch không còn mục này".to_owned();
        (then.label.clone(), amount_in(&then.unit, then.value()), Cell::text("không còn"), why)
    });
    let last_year = changes.last_year.iter().map(|change| of_last_year(brief, change));
    let times = changes.times.iter().map(|change| {
        let label = match change.of {
            TimeOf::DataFrom(round) => format!("Kỳ {}: lấy số liệu từ ngày", round.short_name),
            TimeOf::DataTo(round) => format!("Kỳ {}: lấy số liệu đến ngày", round.short_name),
            TimeOf::LastYearFrom => format!("Cùng kỳ năm {}: lấy số liệu từ ngày", brief.plan.year - 1),
            TimeOf::LastYearTo => format!("Cùng kỳ năm {}: lấy số liệu đến ngày", brief.plan.year - 1),
            TimeOf::Deadline(round) => format!("Kỳ {}: hạn các cơ quan gửi, trước ngày", round.short_name),
            TimeOf::ConsolidatedDeadline(round) => {
                format!("Kỳ {}: hạn gửi báo cáo tổng hợp, trước ngày", round.short_name)
            }
            TimeOf::DaysLeft(round, None) => {
                format!("Kỳ {}: số ngày làm việc còn lại đến hạn gửi", round.short_name)
            }
            TimeOf::DaysLeft(_, Some(agency)) => {
                format!("{}: số ngày làm việc còn lại đến hạn được gia hạn", agency.name)
            }
            TimeOf::Extension(agency) => format!("{}: được gia hạn đến hết ngày", agency.name),
            TimeOf::DaysLate(agency) => format!("{}: số ngày gửi muộn", agency.name),
            TimeOf::Step(agency, text) => {
                format!("Thời gian việc kỳ tới của {}: {}", agency.name, cut(clause(text), STEP))
            }
        };
        let told = |time: &Option<Time>| match time {
            Some(Time::Day(day)) => Cell::text(date(*day)),
            Some(Time::Days(days)) => Cell::text(number(days.unsigned_abs().into())),
            Some(Time::Period(words)) => Cell::text(words.as_str()),
            None => Cell::text(NONE),
        };
        (label, told(&change.before), told(&change.after), String::new())
    });
    figures.chain(beside).chain(last_year).chain(counts).chain(times).chain(gone).collect()
}

/// So much of what an agency will do is told.
const STEP: usize = 80;

/// Last year's number, then what of it is compared.
fn of_last_year(brief: &Brief<'_, '_>, change: &LastYearChange<'_>) -> Changed {
    let year = brief.plan.year - 1;
    let told = |known: &Option<Known<'_>>| {
        let Some(known) = known else { return Cell::text(NONE) };
        let value = known.value.map(|value| amount(change.quantity, value));
        let how = match &known.compared {
            Some(Err(why)) => format!("không so sánh: {}", last_year::not_compared(*why)),
            Some(Ok(of)) => match &of.agencies {
                Some(both) => {
                    format!(
                        "chỉ so sánh {} của {} cơ quan",
                        amount(change.quantity, of.number).value.to_text(),
                        both.len()
                    )
                }
                None => String::new(),
            },
            None => String::new(),
        };
        match value {
            Some(value) if how.is_empty() => value,
            Some(value) => Cell::text(format!("{}; {how}", value.value.to_text())),
            None => Cell::text(how),
        }
    };
    let [before, after] = [&change.before, &change.after].map(|known| {
        let of = known.as_ref()?.compared.as_ref()?.as_ref().ok()?;
        of.agencies.as_deref()
    });
    let apart = |what, of: &[&str], other: &[&str]| {
        let apart = brief.plan.agencies.iter().filter(|agency| of.contains(&agency.key.as_str()));
        let apart: Vec<_> = apart.filter(|agency| !other.contains(&agency.key.as_str())).collect();
        (!apart.is_empty()).then(|| format!("{what} {}", names::joined_or_counted(apart)))
    };
    let why = match (before, after) {
        (Some(before), Some(after)) => [apart("thêm", after, before), apart("bớt", before, after)],
        _ => [None, None],
    };
    let why: Vec<String> = why.into_iter().flatten().collect();
    let label = format!("{}: cùng kỳ năm {year}", change.quantity.label());
    (label, told(&change.before), told(&change.after), why.join("\n"))
}

const NONE: &str = "không có";

fn signed(quantity: Quantity<'_>, value: Option<i128>) -> Cell {
    let Some(value) = value else { return Cell::text(NONE) };
    let cell = sum(quantity, value.unsigned_abs());
    if value < 0 { Cell::text(format!("-{}", cell.value.to_text())) } else { cell }
}

/// What the plan changed of a figure, then whose part moved.
fn by(change: &FigureChange<'_>) -> String {
    let of_plan = |what, before: Option<&str>, now: &str| {
        before.map(|before| format!("Kế hoạch đổi {what}: {before} → {now}"))
    };
    let of_plan = [
        of_plan("tên gọi", change.label, &change.quantity.label()),
        of_plan("đơn vị tính", change.unit, change.quantity.unit()),
    ];
    let by = change.by.iter().map(|part| {
        let [before, after] = [(&part.before, "chưa có báo cáo"), (&part.after, "không còn báo cáo")]
            .map(|(gave, no_report)| gave_words(change.quantity, gave, no_report));
        format!("{}: {before} → {after}", part.agency.name)
    });
    of_plan.into_iter().flatten().chain(by).collect::<Vec<_>>().join("\n")
}

/// What an agency gave, or why there is nothing of it.
fn gave_words(quantity: Quantity<'_>, gave: &Gave<'_>, no_report: &str) -> String {
    let told = |value: Amount| amount(quantity, value).value.to_text();
    match gave.lack {
        None => told(gave.amount),
        Some(Lack::NoReport) => no_report.to_owned(),
        Some(Lack::PaperAlone) => "mới có bản giấy".to_owned(),
        Some(Lack::Invalid) => "báo cáo chưa hợp lệ".to_owned(),
        Some(Lack::NotAccepted) => "báo cáo chưa duyệt".to_owned(),
        Some(Lack::NotAsked) => "không phải báo cáo".to_owned(),
        Some(Lack::NotInTotal) => "không có trong tổng số".to_owned(),
        Some(Lack::LeftOut { value, verdict, counter }) => {
            let told = told(Amount::Sum(value));
            match counter {
                Some(counter) => format!("{told}, do {} tính", counter.name),
                None => format!("{told} ({})", words::verdict(verdict)),
            }
        }
    }
}
