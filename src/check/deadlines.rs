//! The plan's deadlines and calendar: what is worded against what is reckoned with, one day against another.

use std::ops::Range;

use chrono::NaiveDate;

use super::Check;
use super::scope::Scope;
use super::worded::contradicts;
use crate::calendar::{Deadline, is_weekend};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{Due, Plan, Round};
use crate::source::{Span, Spanned};
use crate::vietnamese::{date, weekday};

pub(super) const CHECKS: &[Check] = &[
    Check::error(
        "wording-contradicts-date",
        "Hạn ghi bằng lời khác hạn ghi bằng ngày",
        Scope::Plan(wording_contradicts_date),
        "\
Công văn, biểu mẫu và báo cáo in hạn bằng lời (as_worded); đúng hạn hay muộn thì tính theo ngày (agencies_before, consolidated_before,
due). Hai nơi khác nhau thì cơ quan gửi đúng lời văn vẫn bị tính muộn. Lời không nêu ngày thì không đối chiếu. “Trước ngày 30/11”
thì ngày cuối là 29/11; “chậm nhất ngày 29/11”, “đến hết ngày 29/11” cũng là hạn đó.

Sai:
  as_worded: {agencies: trước ngày 30/11/2026}
  agencies_before: 2026-12-10
Đúng:
  as_worded: {agencies: trước ngày 10/12/2026}
  agencies_before: 2026-12-10",
    ),
    Check::error(
        "deadlines-out-of-order",
        "Hạn gửi báo cáo tổng hợp không sau hạn của các cơ quan",
        Scope::Plan(deadlines_out_of_order),
        "\
Báo cáo tổng hợp làm từ báo cáo của các cơ quan, nên hạn gửi lên trên phải sau hạn các cơ quan gửi về, kể cả khi hạn được lùi vì rơi
vào ngày nghỉ (deadline_rule: next-working-day).

Sai:
  agencies_before: 2026-11-30
  consolidated_before: 2026-11-30
Đúng:
  consolidated_before: 2026-12-05",
    ),
    Check::warning(
        "data-after-deadline",
        "Số liệu chốt sau ngày cuối các cơ quan phải gửi báo cáo",
        Scope::Plan(data_after_deadline),
        "\
Thời gian chốt số liệu phải trước hạn gửi (Nghị định 09/2019/NĐ-CP): nếu không, báo cáo gửi đúng hạn nào cũng thiếu số của những ngày
cuối kỳ.

Sai:
  agencies_before: 2026-11-30
  data_to: 2026-12-15
Đúng:
  data_to: 2026-11-20",
    ),
    Check::error(
        "outside-plan-year",
        "Ngày trong Kế hoạch thuộc năm khác",
        Scope::Plan(outside_plan_year),
        "\
Ngày của năm khác thường là gõ nhầm năm hoặc chép từ Kế hoạch năm trước rồi quên sửa: hạn không bao giờ đến, ngày nghỉ không được tính.
Hạn gửi có thể sang ba tháng đầu năm sau; số liệu có thể tính từ tháng 12 năm trước.

Sai: Kế hoạch năm 2026 ghi
  agencies_before: 2025-11-30
Đúng:
  agencies_before: 2026-11-30",
    ),
    Check::notice(
        "deadline-on-day-off",
        "Ngày cuối còn đúng hạn rơi vào ngày nghỉ",
        Scope::Plan(deadline_on_day_off),
        "\
Hạn “trước ngày X” thì ngày cuối còn đúng hạn là ngày liền trước X. Ngày đó rơi vào ngày nghỉ mà deadline_rule là strict thì hạn vẫn
giữ nguyên: cần nhắc các cơ quan gửi từ ngày làm việc trước đó. Với next-working-day thì hạn đã lùi sang ngày làm việc kế tiếp.

Ví dụ: hạn trước 30/11/2026, ngày cuối là Chủ nhật 29/11; ngày làm việc cuối cùng còn đúng hạn là Thứ Sáu 27/11.
Sai: chờ đến Thứ Hai mới gửi
Đúng: gửi chậm nhất ngày làm việc cuối cùng mà plan status nêu",
    ),
    Check::warning(
        "not-a-make-up-day",
        "Ngày làm bù là ngày làm việc bình thường, trùng ngày nghỉ hoặc khai hai lần",
        Scope::Plan(not_a_make_up_day),
        "\
Ngày làm bù là Thứ Bảy hoặc Chủ nhật phải đi làm thay ngày nghỉ lễ. Khai vào ngày khác thường là gõ nhầm ngày, nên số ngày làm việc
còn lại bị tính sai.

Sai: 2026-01-12 là Thứ Hai
  working_days:
    - {date: 2026-01-12}
Đúng: 2026-01-10 là Thứ Bảy
  working_days:
    - {date: 2026-01-10}",
    ),
    Check::warning(
        "days-off-overlap",
        "Hai đợt nghỉ chồng nhau",
        Scope::Plan(days_off_overlap),
        "\
Hai đợt nghỉ không thể có chung một ngày; thường là gõ nhầm tháng, hoặc một đợt khai hai lần.

Sai:
  - {from: 2026-04-26, to: 2026-05-01, name: Giỗ Tổ Hùng Vương}
  - {from: 2026-04-30, to: 2026-05-03, name: Ngày Chiến thắng}
Đúng:
  - {from: 2026-04-26, to: 2026-04-27, name: Giỗ Tổ Hùng Vương}
  - {from: 2026-04-30, to: 2026-05-03, name: Ngày Chiến thắng}",
    ),
];

/// Whether the words say another day: a problem of its own, after which the day is compared with nothing else.
fn is_contradicted(deadline: &Deadline) -> bool {
    contradicts(&deadline.as_worded, Some(deadline.eve()))
}

fn wording_contradicts_date(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    for deadline in plan.rounds.iter().flat_map(|round| [&round.agencies, &round.consolidated]) {
        if is_contradicted(deadline) {
            let (day, words) = (date(deadline.before), &deadline.as_worded);
            let message = format!("hạn ghi bằng ngày là trước {day}, nhưng lời ghi “{words}”");
            let hint = "sửa as_worded hoặc ngày cho khớp nhau, theo văn bản quy định hạn";
            sink.push(Diagnostic::new(rule, deadline.span, message).hint(hint));
        }
    }
    for task in plan.tasks.iter() {
        let (last, due) = match task.due {
            Due::On(day) => (Some(day), format!("ngày cuối là {}", date(day))),
            Due::NoDeadline => (None, "không có hạn".to_owned()),
            Due::Unstated => continue,
        };
        let words = task.due_as_worded.as_deref().unwrap_or_default();
        if contradicts(words, last) {
            let message = format!("nhiệm vụ {}: theo due thì {due}, nhưng lời ghi “{words}”", task.key);
            let hint = "sửa due theo đúng lời của Kế hoạch; “trước ngày X” thì due là ngày liền trước X";
            sink.push(Diagnostic::new(rule, task.span, message).hint(hint));
        }
    }
}

fn deadlines_out_of_order(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    for round in &plan.rounds {
        let (agencies, consolidated) = (&round.agencies, &round.consolidated);
        let [last, last_of_agencies] =
            [consolidated, agencies].map(|deadline| deadline.last_on_time(&plan.holidays));
        if last <= last_of_agencies && ![agencies, consolidated].into_iter().any(is_contradicted) {
            let message = format!(
                "ngày cuối gửi báo cáo tổng hợp ({}) không sau ngày cuối của các cơ quan ({})",
                date(last),
                date(last_of_agencies)
            );
            sink.push(
                Diagnostic::new(rule, consolidated.span, message)
                    .hint("xem lại hai hạn theo Kế hoạch")
                    .related(agencies.span, "hạn của các cơ quan"),
            );
        }
    }
}

fn data_after_deadline(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    for round in &plan.rounds {
        let last = round.agencies.last_on_time(&plan.holidays);
        if round.data_to > last && !is_contradicted(&round.agencies) {
            let message = format!(
                "số liệu tính đến ngày {}, sau ngày cuối các cơ quan phải gửi báo cáo ({})",
                date(round.data_to),
                date(last)
            );
            sink.push(
                Diagnostic::new(rule, round.data_spans.1, message)
                    .hint("chốt số liệu trước hạn gửi ít nhất một ngày làm việc")
                    .related(round.agencies.span, "hạn của các cơ quan"),
            );
        }
    }
}

/// The days from the first of a month to the first of another.
fn months(from: (i32, u32), until: (i32, u32)) -> Range<NaiveDate> {
    let first = |(year, month)| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
    first(from)..first(until)
}

/// Where holidays can matter: in the year, in what data of it reach back to, and until the last deadline.
fn of_calendar(plan: &Plan) -> Range<NaiveDate> {
    months((plan.year - 1, 12), (plan.year + 1, 4))
}

fn outside_plan_year(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    let (of_data, of_deadlines) =
        (months((plan.year - 1, 12), (plan.year + 1, 1)), months((plan.year, 1), (plan.year + 1, 4)));
    let of_rounds = |round: &Round| [round.data_from, round.data_to, round.agencies.before];
    if !plan.rounds.is_empty() && !plan.rounds.iter().flat_map(of_rounds).any(|day| of_data.contains(&day)) {
        let message = format!("không kỳ báo cáo nào thuộc năm {} của Kế hoạch", plan.year);
        let hint = "sửa năm ở đây, hoặc ngày của các kỳ trong plan/rounds.yaml";
        sink.push(Diagnostic::new(rule, plan.year_span, message).hint(hint));
        return;
    }
    let mut within = |days: &Range<NaiveDate>, day: NaiveDate, what: &str, span: Span| {
        if !days.contains(&day) {
            let message = format!("{what} ({}) không thuộc năm {} của Kế hoạch", date(day), plan.year);
            sink.push(Diagnostic::new(rule, span, message).hint("xem lại năm của ngày này"));
        }
    };
    for round in &plan.rounds {
        within(&of_data, round.data_from, "ngày đầu lấy số liệu", round.data_spans.0);
        within(&of_data, round.data_to, "ngày cuối lấy số liệu", round.data_spans.1);
        for deadline in
            [&round.agencies, &round.consolidated].into_iter().filter(|deadline| !is_contradicted(deadline))
        {
            within(&of_deadlines, deadline.before, "hạn", deadline.span);
        }
    }
    for task in plan.tasks.iter() {
        let words = task.due_as_worded.as_deref().unwrap_or_default();
        if let Due::On(day) = task.due
            && !contradicts(words, Some(day))
        {
            within(&of_deadlines, day, &format!("hạn của nhiệm vụ {}", task.key), task.span);
        }
    }
    for peak in &plan.peak_days {
        within(&of_calendar(plan), peak.from.value, "đợt cao điểm", peak.from.span);
    }
    for off in &plan.holidays.days_off {
        let (from, to) = (off.value.0, off.value.1);
        let far = if of_calendar(plan).contains(&from) { to } else { from };
        within(&of_calendar(plan), far, "ngày nghỉ", off.span);
    }
    for day in &plan.holidays.working_days {
        within(&of_calendar(plan), day.value, "ngày làm bù", day.span);
    }
}

fn deadline_on_day_off(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    let holidays = &plan.holidays;
    if is_year_mistyped(plan) {
        return;
    }
    for deadline in plan.rounds.iter().flat_map(|round| [&round.agencies, &round.consolidated]) {
        let last = deadline.last_on_time(holidays);
        if !holidays.is_working_day(last) && !is_contradicted(deadline) {
            let message = format!(
                "hạn trước ngày {}: ngày cuối còn đúng hạn {} rơi vào ngày nghỉ ({})",
                date(deadline.before),
                date(last),
                holidays.told(last)
            );
            let working = holidays.last_working_day(last);
            let hint = format!("gửi chậm nhất {} {}", weekday(working), date(working));
            sink.push(Diagnostic::new(rule, deadline.span, message).hint(hint));
        }
    }
}

fn not_a_make_up_day(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    let holidays = &plan.holidays;
    if is_year_mistyped(plan) || overlaps(plan).next().is_some() {
        return;
    }
    let mut before = None;
    for day in &holidays.working_days {
        let why = if before == Some(day.value) {
            "đã khai ở dòng khác"
        } else if holidays.is_declared_off(day.value) {
            "nằm trong một đợt nghỉ"
        } else if !is_weekend(day.value) {
            "vốn là ngày làm việc"
        } else {
            ""
        };
        before = Some(day.value);
        if !why.is_empty() {
            let message = format!("ngày làm bù {} ({}) {why}", date(day.value), weekday(day.value));
            sink.push(Diagnostic::new(rule, day.span, message).hint("xem lại ngày theo thông báo lịch nghỉ"));
        }
    }
}

type DaysOff = Spanned<(NaiveDate, NaiveDate, Option<String>)>;

/// Whether a holiday begins or ends in a year that cannot be: whoever mistyped it mends that before what it covers.
pub(super) fn is_year_mistyped(plan: &Plan) -> bool {
    plan.holidays.days_off.iter().any(|off| !is_of_calendar(plan, off))
}

fn is_of_calendar(plan: &Plan, off: &DaysOff) -> bool {
    let days = of_calendar(plan);
    days.contains(&off.value.0) && days.contains(&off.value.1)
}

/// Each holiday that begins before the one before it is over; one far outside of the year is a problem of its own.
fn overlaps(plan: &Plan) -> impl Iterator<Item = (&DaysOff, &DaysOff)> {
    let days_off = || plan.holidays.days_off.iter().filter(|off| is_of_calendar(plan, off));
    days_off().zip(days_off().skip(1)).filter(|(before, off)| off.value.0 <= before.value.1)
}

fn days_off_overlap(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    for (before, off) in overlaps(plan) {
        let message =
            format!("đợt nghỉ từ {} bắt đầu khi đợt trước chưa hết ({})", date(off.value.0), date(before.value.1));
        sink.push(
            Diagnostic::new(rule, off.span, message)
                .hint("xem lại ngày theo thông báo lịch nghỉ; một đợt chỉ khai một lần")
                .related(before.span, "đợt trước"),
        );
    }
}
