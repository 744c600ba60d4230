//! What changed since an earlier draft, for those who work on the report: a part that is not sent.

use crate::changes::{Changes, FigureChange, ReportChangeKind};
use crate::doc::{Block, Cell, Row, Section, Table};
use crate::measure::Amount;
use crate::vietnamese::date;
use crate::view::cells::{amount, amount_in};
use crate::view::words;

pub(super) fn section(changes: &Changes<'_>) -> Section {
    let day = date(changes.since);
    let mut blocks = vec![Block::AnnexTitle {
        number: "Phụ lục theo dõi nội bộ".to_owned(),
        title: format!("THAY ĐỔI SO VỚI BẢN TỔNG HỢP NGÀY {day}"),
        reference: "(Không gửi kèm báo cáo)".to_owned(),
    }];
    if changes.reports.is_empty() && changes.agencies_gone.is_empty() {
        blocks.push(Block::note(format!("Không có báo cáo nào thay đổi so với bản tổng hợp ngày {day}.")));
    } else {
        blocks.push(Block::Table(reports(changes)));
    }
    if changes.figures.is_empty() && changes.figures_gone.is_empty() {
        blocks.push(Block::note(format!("Không có số liệu nào thay đổi so với bản tổng hợp ngày {day}.")));
    } else {
        blocks.push(Block::Table(figures(changes)));
    }
    Section::new("Thay đổi", blocks).landscape()
}

/// `5 báo cáo mới, 1 báo cáo đã sửa; 12 số liệu thay đổi`
pub(crate) fn summary(changes: &Changes<'_>) -> String {
    let count = |kind| changes.reports.iter().filter(|change| change.kind == kind).count();
    let gone = match (changes.figures_gone.len(), changes.agencies_gone.len()) {
        (0, 0) => String::new(),
        (figures, agencies) => format!(" Kế hoạch không còn {figures} số liệu, {agencies} cơ quan của bản đó."),
    };
    format!(
        "So với bản tổng hợp ngày {}: {} báo cáo mới, {} báo cáo đã sửa, bổ sung, {} báo cáo không còn; {} số liệu thay đổi.{gone}",
        date(changes.since),
        count(ReportChangeKind::New),
        count(ReportChangeKind::Corrected),
        count(ReportChangeKind::Withdrawn),
        changes.figures.len()
    )
}

fn reports(changes: &Changes<'_>) -> Table {
    let told = changes.reports.iter().map(|change| {
        let name = match change.date {
            Some(day) => format!("{} (báo cáo đột xuất ngày {})", change.agency.name, date(day)),
            None => change.agency.name.clone(),
        };
        let counted = match change.included {
            (true, true) => "có",
            (false, true) => "nay có",
            (true, false) => "không còn",
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

fn figures(changes: &Changes<'_>) -> Table {
    let by = |change: &FigureChange<'_>| {
        let part = |value: Amount| amount(change.quantity, value).value.to_text();
        let of_plan = |what, before: Option<&str>, now: &str| {
            before.map(|before| format!("Kế hoạch đổi {what}: {before} → {now}"))
        };
        let of_plan = [
            of_plan("tên gọi", change.label, &change.quantity.label()),
            of_plan("đơn vị tính", change.unit, change.quantity.unit()),
        ];
        let by = change.by.iter();
        let by = by.map(|(agency, before, after)| format!("{}: {} → {}", agency.name, part(*before), part(*after)));
        of_plan.into_iter().flatten().chain(by).collect::<Vec<_>>().join("\n")
    };
    let mut table = Table::of("figure_changes", &changes.figures)
        .left("Số liệu", 38, |change| change.quantity.label().into_owned())
        .right("Trước", 14, |change| amount_in(change.unit.unwrap_or(change.quantity.unit()), change.before))
        .right("Nay", 14, |change| amount(change.quantity, change.after))
        .left("Do báo cáo của", 64, by)
        .table();
    let gone = changes.figures_gone.iter().map(|then| {
        Row::Cells(vec![
            Cell::text(&then.label),
            amount_in(&then.unit, then.value()),
            Cell::text("không còn"),
            Cell::text("Kế hoạch không còn mục này"),
        ])
    });
    table.rows.extend(gone);
    table
}
