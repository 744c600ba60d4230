//! Figures against their indicators, against each other and against earlier rounds.

use std::collections::HashMap;

use super::Check;
use super::scope::{All, One, Scope};
use crate::diagnostic::{Diagnostic, Rule, Severity, Sink};
use crate::model::{AgencyId, Aggregation, Answer, Entry, Plan, Report, Round};
use crate::vietnamese::number;

pub(super) const CHECKS: &[Check] = &[
    Check {
        rule: Rule {
            name: "figure-of-another-task",
            severity: Severity::Error,
            summary: "Số liệu ghi dưới nhiệm vụ không thuộc chỉ tiêu đó",
            explain: "\
Mỗi chỉ tiêu chỉ được báo dưới các nhiệm vụ nêu ở plan/indicators.yaml; ghi nhầm chỗ, số sẽ vào nhầm bảng.

Sai:
  II.2:
    figures: {inspections: 12}
Đúng:
  III.3:
    figures: {inspections: 12}",
        },
        scope: Scope::Report(figure_of_another_task),
    },
    Check {
        rule: Rule {
            name: "figure-not-allowed",
            severity: Severity::Error,
            summary: "Cơ quan không được báo chỉ tiêu này, hoặc chỉ tiêu được tính chứ không nhập",
            explain: "\
Một số chỉ tiêu chỉ một cơ quan được báo (ví dụ số vụ án do Tòa án nhân dân tỉnh báo), để không bị tính hai lần. Tỷ lệ được tính từ
các số đã báo, không nhập.

Sai: UBND xã ghi
  civil_cases_accepted: 3
Đúng: để Tòa án nhân dân tỉnh báo chỉ tiêu này",
        },
        scope: Scope::Report(figure_not_allowed),
    },
    Check {
        rule: Rule {
            name: "part-exceeds-whole",
            severity: Severity::Error,
            summary: "Số của một phần lớn hơn số của toàn bộ",
            explain: "\
Số vụ vi phạm không thể nhiều hơn số vụ kiểm tra, số vụ đã giải quyết không thể nhiều hơn số vụ tiếp nhận.

Sai:
  inspections: 12
  violations: 15
Đúng:
  inspections: 15
  violations: 12",
        },
        scope: Scope::Report(part_exceeds_whole),
    },
    Check {
        rule: Rule {
            name: "below-earlier-round",
            severity: Severity::Error,
            summary: "Số lũy kế nhỏ hơn số đã báo ở kỳ trước",
            explain: "\
Mọi số đếm đều lũy kế từ đầu năm, nên số của kỳ sau không thể nhỏ hơn kỳ trước. Thường do chỉ ghi phần phát sinh thêm, hoặc kỳ trước
ghi nhầm.

Sai: kỳ consumer-day ghi inspections: 40, kỳ annual ghi inspections: 25
Đúng: kỳ annual ghi inspections: 65",
        },
        scope: Scope::All(below_earlier_round),
    },
];

fn figure_of_another_task(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for entry in &one.report.tasks {
        for figure in &entry.figures {
            let indicator = &one.plan[figure.key.value];
            if indicator.tasks.contains(&entry.key.value) {
                continue;
            }
            let message = format!(
                "chỉ tiêu {} ({}) không thuộc nhiệm vụ {}",
                indicator.key, indicator.label, one.plan[entry.key.value].key
            );
            let tasks = one.plan.tasks.keys(&indicator.tasks);
            let hint = format!("ghi chỉ tiêu này dưới nhiệm vụ {}", tasks.join(", "));
            sink.push(Diagnostic::new(rule, figure.key.span, message).hint(hint));
        }
    }
}

fn figure_not_allowed(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for figure in one.report.tasks.iter().flat_map(|entry| &entry.figures) {
        let indicator = &one.plan[figure.key.value];
        let (message, hint) = match indicator.aggregation {
            Aggregation::Percent(rate) => (
                format!("chỉ tiêu {} ({}) được tính, không nhập", indicator.key, indicator.label),
                rate.map_or_else(
                    || "xóa dòng này".to_owned(),
                    |rate| {
                        let (of, over) = (&one.plan[rate.of].key, &one.plan[rate.over].key);
                        format!("xóa dòng này; tỷ lệ tính từ {of} và {over}")
                    },
                ),
            ),
            Aggregation::Sum | Aggregation::Latest if !indicator.allows(one.agency.id) => {
                let only: Vec<&str> = indicator.only.iter().map(|id| one.plan[*id].name.as_str()).collect();
                (
                    format!("{} không báo chỉ tiêu {} ({})", one.agency.name, indicator.key, indicator.label),
                    format!("xóa dòng này; chỉ tiêu do {} báo", only.join(", ")),
                )
            }
            Aggregation::Sum | Aggregation::Latest => continue,
        };
        sink.push(Diagnostic::new(rule, figure.key.span, message).hint(hint));
    }
}

fn part_exceeds_whole(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for entry in &one.report.tasks {
        for figure in &entry.figures {
            let part = &one.plan[figure.key.value];
            let Some(whole) = part.at_most.map(|whole| &one.plan[whole]) else { continue };
            let Some(whole_figure) = entry.figure(whole.id) else { continue };
            let (Answer::Value(value), Answer::Value(limit)) = (&figure.answer, &whole_figure.answer) else {
                continue;
            };
            let limit = limit + whole_figure.carried_over;
            if *value <= limit {
                continue;
            }
            let message = format!(
                "{} ({}) lớn hơn {} ({})",
                part.label,
                number(u128::from(*value)),
                whole.label,
                number(u128::from(limit))
            );
            sink.push(
                Diagnostic::new(rule, figure.span, message)
                    .hint("xem lại hai số; số của một phần không thể lớn hơn số của toàn bộ")
                    .related(whole_figure.span, "số của toàn bộ"),
            );
        }
    }
}

fn below_earlier_round(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    let mut by_agency: HashMap<AgencyId, Vec<(&Round, &Report)>> = HashMap::new();
    for (round, agency, report) in all.round_reports() {
        by_agency.entry(agency.id).or_default().push((round, report));
    }
    for (round, agency, report) in all.round_reports() {
        let others = by_agency.get(&agency.id).into_iter().flatten();
        let earlier =
            others.filter(|(other, _)| other.data_from == round.data_from && other.data_to < round.data_to);
        for (earlier, before) in earlier {
            for entry in &report.tasks {
                if let Some(before) = before.entry(entry.key.value) {
                    compare(all.plan, rule, entry, (earlier, before), sink);
                }
            }
        }
    }
}

/// Reports the figures of an entry that are smaller than those of an earlier round.
fn compare(plan: &Plan, rule: &'static Rule, entry: &Entry, before: (&Round, &Entry), sink: &mut Sink) {
    let (earlier, before) = before;
    for figure in &entry.figures {
        let indicator = &plan[figure.key.value];
        if indicator.aggregation != Aggregation::Sum {
            continue;
        }
        let Some(previous) = before.figure(indicator.id) else { continue };
        if let (Answer::Value(now), Answer::Value(then)) = (&figure.answer, &previous.answer)
            && now < then
        {
            let message = format!(
                "{}: {} nhỏ hơn số đã báo ở kỳ “{}” ({})",
                indicator.label,
                number(u128::from(*now)),
                earlier.short_name,
                number(u128::from(*then))
            );
            sink.push(
                Diagnostic::new(rule, figure.span, message)
                    .hint("số liệu lũy kế từ đầu năm: ghi tổng số, không ghi riêng phần tăng thêm")
                    .related(previous.span, "số đã báo kỳ trước"),
            );
        }
    }
}
