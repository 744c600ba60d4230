//! A part against the whole that it is of: in each report, and where they are of different agencies, over all.

use super::Check;
use super::scope::{All, One, Scope};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{AgencyId, Aggregation, Answer, Indicator, NoFigure, Quantity, Said};
use crate::vietnamese::{lower_first, number};

pub(super) const CHECKS: &[Check] = &[
    Check::error(
        "part-exceeds-whole",
        "Số của một phần lớn hơn số của toàn bộ, hoặc không có số của toàn bộ",
        Scope::Report(part_exceeds_whole),
        "\
Số vụ vi phạm không thể nhiều hơn số vụ kiểm tra, số vụ đã giải quyết không thể nhiều hơn số vụ tiếp nhận. Công cụ so trong từng nhiệm
vụ và trong cả báo cáo: có số của phần thì phải có số của toàn bộ. Vụ việc từ năm trước chuyển sang ghi ở carried_over của toàn bộ.

Sai:
  inspections: 12
  violations: 15
Sai:
  complaints_received: nothing-arose
  complaints_resolved: 5
Đúng:
  inspections: 15
  violations: 12
Đúng (8 vụ tiếp nhận trong năm, 3 vụ năm trước chuyển sang):
  complaints_received: {value: 8, carried_over: 3}
  complaints_resolved: 10",
    ),
    Check::warning(
        "parts-exceed-whole",
        "Các cơ quan báo số của một phần cộng lại lớn hơn toàn bộ do cơ quan khác báo",
        Scope::All(parts_exceed_whole),
        "\
Khi toàn bộ chỉ một cơ quan được báo, số của phần do các cơ quan khác báo cộng lại không thể lớn hơn. Nếu lớn hơn, tỷ lệ trong báo cáo
tổng hợp không tính được.

Sai: Tòa án báo thụ lý 6 vụ, các cơ quan khác báo đã giải quyết tổng cộng 9 vụ
Đúng: đối chiếu với cơ quan báo số của toàn bộ rồi sửa số sai",
    ),
    Check::warning(
        "carried-over-of-no-whole",
        "Ghi số năm trước chuyển sang cho chỉ tiêu không phải là toàn bộ của chỉ tiêu nào",
        Scope::Report(carried_over_of_no_whole),
        "\
Số năm trước chuyển sang (carried_over) chỉ có nghĩa ở chỉ tiêu mà chỉ tiêu khác là một phần, ví dụ số vụ tiếp nhận: nó được tính vào
toàn bộ khi so số vụ đã giải quyết. Ở chỉ tiêu khác nó không được dùng vào đâu.

Sai:
  complaints_settled: {value: 5, carried_over: 3}
Đúng:
  complaints_received: {value: 8, carried_over: 3}",
    ),
];

fn sum(said: &[Said<'_>]) -> u128 {
    said.iter().filter_map(Said::number).sum()
}

/// The sum of a whole: with the cases taken over from last year.
fn whole(said: &[Said<'_>]) -> u128 {
    sum(said) + said.iter().map(|said| u128::from(said.given.carried_over)).sum::<u128>()
}

fn part_exceeds_whole(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for (part, of) in one.plan.parts() {
        let asked = one.round.is_none_or(|round| of.tasks.iter().any(|task| round.covers(*task)));
        let could_tell = asked && of.allows(one.agency.id) && !Quantity::Indicator(of).is_unread(one.report);
        if !could_tell || !part.allows(one.agency.id) {
            continue;
        }
        let counted = |of| Quantity::Indicator(of).counted(one.plan, one.round, one.report);
        let (parts, wholes) = (counted(part), counted(of));
        let whole_of_another = || {
            let said = Quantity::Indicator(of).said(one.plan, one.report);
            said.into_iter().find(|said| one.report.counted_elsewhere(&said.given).is_some())
        };
        let mut found = Vec::new();
        for part in &parts {
            let beside = wholes.iter().find(|whole| whole.task == part.task && whole.number().is_some());
            let Some(beside) = beside.map(std::slice::from_ref) else { continue };
            if part.number() > Some(whole(beside)) {
                found.push((std::slice::from_ref(part), beside));
            }
        }
        // An ad hoc report need not tell of everything, and a stock may have been told before.
        let may_lack = one.round.is_none() || of.aggregation != Aggregation::Sum;
        if found.is_empty()
            && sum(&parts) > whole(&wholes)
            && (!may_lack || wholes.iter().any(|of| of.number().is_some()))
        {
            found.push((&parts, &wholes));
        }
        for (parts, wholes) in found {
            let problem = exceeding(rule, (part, parts), (of, wholes));
            let Some(whole) = whole_of_another().filter(|_| wholes.is_empty()) else {
                sink.push(problem);
                continue;
            };
            let by = whole.given.counted_by.map_or("", |by| &one.plan[by].name);
            let (part, of) = (format!("{} ({})", part.label, number(sum(parts))), lower_first(&of.label));
            let message = format!("{part} do báo cáo này tính, nhưng {of} do {by} tính");
            let hint = "việc nào do cơ quan khác tính thì ghi counted_by ở cả số của một phần và số của toàn bộ";
            let problem = Diagnostic { message, ..problem };
            sink.push(problem.hint(hint).related(whole.span, "số của toàn bộ, do cơ quan khác tính"));
        }
    }
}

fn exceeding(
    rule: &'static Rule,
    (part, parts): (&Indicator, &[Said<'_>]),
    (of, wholes): (&Indicator, &[Said<'_>]),
) -> Diagnostic {
    let told = format!("{} ({})", part.label, number(sum(parts)));
    let label = lower_first(&of.label);
    let is_number = wholes.iter().any(|whole| whole.number().is_some());
    let message = match wholes.first().map(|whole| &whole.given.answer) {
        _ if is_number => format!("{told} lớn hơn {label} ({})", number(whole(wholes))),
        Some(Answer::NothingArose) => format!("{told}, nhưng {label} ghi “{}”", NoFigure::NothingArose.label()),
        Some(Answer::NotApplicable) => format!("{told}, nhưng {label} ghi “{}”", NoFigure::NotApplicable.label()),
        Some(_) => format!("{told}, nhưng {label} chưa có số"),
        None => format!("{told}, nhưng báo cáo không có {label}"),
    };
    let place =
        parts.iter().find(|part| part.number() > Some(0)).or(parts.first()).map_or(of.span, |part| part.span);
    let diagnostic = Diagnostic::new(rule, place, message)
        .hint(
            "ghi số của toàn bộ không nhỏ hơn số của một phần; việc từ năm trước chuyển sang ghi ở số của toàn bộ: {value: …, carried_over: …}",
        )
        .in_form(
            "ghi số của toàn bộ không nhỏ hơn số của một phần; việc từ năm trước chuyển sang ghi ở cột “Năm trước chuyển sang” của dòng toàn bộ",
        );
    match wholes.first() {
        Some(whole) => diagnostic.related(whole.span, "số của toàn bộ"),
        None => diagnostic,
    }
}

fn parts_exceed_whole(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for round in &all.plan.rounds {
        for (part, of) in all.plan.parts() {
            let said = |indicator: &Indicator| -> Vec<(AgencyId, Said<'_>)> {
                let reports = all.round_reports().filter(|(of, agency, _)| {
                    of.id == round.id && agency.control_total_of.is_none() && indicator.allows(agency.id)
                });
                let said = reports.flat_map(|(_, agency, report)| {
                    let said = Quantity::Indicator(indicator).counted(all.plan, Some(round), report);
                    said.into_iter().map(move |said| (agency.id, said))
                });
                said.collect()
            };
            let parts = said(part);
            if parts.iter().all(|(agency, _)| of.allows(*agency)) {
                continue;
            }
            let [parts, wholes] =
                [parts, said(of)].map(|said| said.into_iter().map(|(_, said)| said).collect::<Vec<_>>());
            if sum(&parts) > whole(&wholes) && wholes.iter().any(|whole| whole.number().is_some()) {
                sink.push(exceeding(rule, (part, &parts), (of, &wholes)));
            }
        }
    }
}

fn carried_over_of_no_whole(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for figure in one.report.tasks.iter().flat_map(|entry| &entry.figures).filter(|figure| figure.carried_over > 0)
    {
        if one.plan.parts().any(|(_, whole)| whole.id == figure.key.value) {
            continue;
        }
        let indicator = &one.plan[figure.key.value];
        let message = format!("chỉ tiêu {} ({}) không có số năm trước chuyển sang", indicator.key, indicator.label);
        let hint = "xóa phần năm trước chuyển sang, hoặc ghi ở chỉ tiêu của toàn bộ";
        sink.push(Diagnostic::new(rule, figure.span, message).hint(hint));
    }
}
