//! The days that a report tells of, against the day that it came on and the year of the plan.

use chrono::{Datelike, Days, NaiveDate};

use super::Check;
use super::reports::{OTHER_YEAR, before_data};
use super::scope::{One, Scope};
use crate::diagnostic::{Diagnostic, Rule, Severity, Sink};
use crate::model::{Plan, Round, Spanned, TaskStatus};
use crate::vietnamese::date;

/// A report of a round may come so many days before the last day of its data, or after the round is consolidated:
/// sooner or later its day of receipt was mistyped, or the report is another round's.
const EARLY: u64 = 31;
const LATE: u64 = 60;

pub(super) const CHECKS: &[Check] = &[
    Check::warning(
        "received-far-from-round",
        "Ngày nhận cách xa kỳ báo cáo",
        Scope::Report(received_far_from_round),
        "\
Báo cáo nhận hơn một tháng trước ngày chốt số liệu thì chưa thể có số của cả kỳ; nhận hơn hai tháng sau hạn gửi báo cáo tổng hợp thì
không còn được tổng hợp. Cả hai thường do gõ nhầm tháng, năm, hoặc đặt báo cáo vào sai kỳ. Nếu đúng, chấp nhận ở accepted kèm lý do.

Sai: báo cáo năm 2026 (số liệu đến 20/11/2026) ghi
  received: 2026-03-18
Đúng:
  received: 2026-11-18",
    ),
    Check::warning(
        "day-after-receipt",
        "Việc đã làm ghi ngày sau ngày nhận báo cáo",
        Scope::Report(day_after_receipt),
        "\
Báo cáo không thể kể việc chưa xảy ra: ngày hoàn thành nhiệm vụ, ngày công bố vi phạm, ngày phát hành cảnh báo không sau ngày nhận báo
cáo hoặc lần bổ sung cuối cùng. Ngày hoàn thành quyết định nhiệm vụ đúng hạn hay quá hạn.

Sai:
  received: 2026-11-18
  tasks:
    I.2: {status: done, completed: 2026-12-18, results: Đã ban hành Quy chế}
Đúng:
  tasks:
    I.2: {status: done, completed: 2026-10-18, results: Đã ban hành Quy chế}",
    ),
    Check::warning(
        "day-in-another-year",
        "Việc đã làm ghi ngày của năm khác",
        Scope::Report(day_in_another_year),
        "\
Báo cáo kể kết quả của năm Kế hoạch. Ngày hoàn thành, công bố, phát hành của năm khác thường do gõ nhầm năm hoặc chép báo cáo năm trước.

Sai: Kế hoạch năm 2026, báo cáo ghi
  tasks:
    I.2: {status: done, completed: 2025-10-18, results: Đã ban hành Quy chế}
Đúng:
  tasks:
    I.2: {status: done, completed: 2026-10-18, results: Đã ban hành Quy chế}",
    ),
    Check::warning(
        "completed-but-not-done",
        "Có ngày hoàn thành nhưng trạng thái không phải hoàn thành",
        Scope::Report(completed_but_not_done),
        "\
Ngày hoàn thành chỉ tính khi trạng thái là done (hoàn thành); với trạng thái khác, một trong hai mục ghi nhầm.

Sai:
  I.2: {status: in-progress, completed: 2026-10-18, results: Đã ban hành Quy chế}
Đúng:
  I.2: {status: done, completed: 2026-10-18, results: Đã ban hành Quy chế}",
    ),
];

fn received_far_from_round(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let (Some(round), Some(received)) = (one.round, &one.report.received) else { return };
    if let Some(message) = far_from_round(received.value, round, one.plan) {
        sink.push(Diagnostic::new(rule, received.span, message).hint(FAR));
    }
}

const FAR: &str = "xem lại ngày nhận và kỳ báo cáo";

fn far_from_round(received: NaiveDate, round: &Round, plan: &Plan) -> Option<String> {
    // Data that close after the deadline are a problem of the plan.
    let closed = round.data_to.min(round.agencies.last_on_time(&plan.holidays));
    let early = received < closed - Days::new(EARLY) && received >= round.data_from;
    let far = match early {
        true => format!("hơn một tháng trước ngày chốt số liệu của kỳ ({})", date(closed)),
        false => long_after(received, round)?,
    };
    Some(format!("ngày nhận {} {far}", date(received)))
}

/// Of a day on which nothing comes for a round any more, how far it is from it.
pub(super) fn long_after(day: NaiveDate, round: &Round) -> Option<String> {
    let due = round.consolidated.before;
    let words = || format!("hơn hai tháng sau hạn gửi báo cáo tổng hợp (trước {})", date(due));
    (day > due + Days::new(LATE)).then(words)
}

/// What the days of a paper that came alone break of the rules for reports: how bad it is, what is wrong and the remedy.
pub(crate) fn of_paper(
    received: NaiveDate,
    signed: Option<NaiveDate>,
    round: &Round,
    plan: &Plan,
) -> Option<(Severity, String, &'static str)> {
    let of_another_year = before_data("ngày nhận", received, round)
        .or_else(|| signed.and_then(|signed| before_data("văn bản ngày", signed, round)));
    let far = || Some((Severity::Warning, far_from_round(received, round, plan)?, FAR));
    of_another_year.map(|message| (Severity::Error, message, OTHER_YEAR)).or_else(far)
}

/// What the report says was done on a day.
fn done_on<'c>(one: &One<'c>) -> impl Iterator<Item = (&'c Spanned<NaiveDate>, &'static str)> {
    let report = one.report;
    let completed = report.tasks.iter().filter_map(|entry| Some((entry.completed.as_ref()?, "ngày hoàn thành")));
    let published = report.violators.iter().filter_map(|found| Some((found.published.as_ref()?, "ngày công bố")));
    let issued = report.warnings.iter().filter_map(|found| Some((found.issued.as_ref()?, "ngày phát hành")));
    completed.chain(published).chain(issued)
}

fn day_after_receipt(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let Some(received) = &one.report.received else { return };
    let last = one
        .report
        .corrections
        .iter()
        .map(|correction| correction.date)
        .fold(*received, |last, day| if day.value > last.value { day } else { last });
    for (day, what) in done_on(one).filter(|(day, _)| day.value > last.value) {
        let message = format!("{what} {} sau ngày nhận báo cáo {}", date(day.value), date(last.value));
        sink.push(
            Diagnostic::new(rule, day.span, message)
                .hint("xem lại hai ngày; việc chưa làm thì chưa ghi ngày")
                .related(last.span, "ngày nhận"),
        );
    }
}

fn day_in_another_year(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let year = one.plan.year;
    for (day, what) in done_on(one).filter(|(day, _)| day.value.year() != year) {
        let message = format!("{what} {} không thuộc năm {year} của Kế hoạch", date(day.value));
        sink.push(Diagnostic::new(rule, day.span, message).hint("xem lại năm của ngày này"));
    }
}

fn completed_but_not_done(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for entry in one.report.tasks.iter() {
        if let (Some(day), Some(status)) = (&entry.completed, entry.status)
            && status != TaskStatus::Done
        {
            let message = format!("có ngày hoàn thành {} nhưng trạng thái là {}", date(day.value), status.label());
            let hint = "nếu đã xong, chọn trạng thái hoàn thành; nếu chưa, bỏ ngày hoàn thành";
            sink.push(Diagnostic::new(rule, day.span, message).hint(hint));
        }
    }
}
