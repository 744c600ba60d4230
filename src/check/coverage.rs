//! Whether a report speaks of what its agency owes.

use super::{Check, Context};
use crate::diagnostic::{Diagnostic, Rule, Severity, Sink};
use crate::model::Reporting;

pub(super) const CHECKS: &[Check] = &[
    Check {
        rule: Rule {
            name: "lead-without-entry",
            severity: Severity::Error,
            summary: "Cơ quan chủ trì không báo cáo nhiệm vụ của mình",
            explain: "\
Cơ quan phải báo cáo và được Kế hoạch giao chủ trì nhiệm vụ nào (kể cả giao chung cho cả nhóm: các sở, ngành; UBND các xã, phường) thì
báo cáo phải có mục về nhiệm vụ đó. Không có việc gì phát sinh thì ghi rõ trạng thái, không bỏ trống.

Sai: UBND xã không có mục I.1
Đúng:
  tasks:
    I.1:
      status: nothing-arose
      reason: …",
        },
        run: lead_without_entry,
    },
    Check {
        rule: Rule {
            name: "task-outside-round",
            severity: Severity::Warning,
            summary: "Nhiệm vụ không thuộc kỳ báo cáo này",
            explain: "\
Kỳ báo cáo có thể chỉ gồm một số nhiệm vụ (mục tasks trong plan/rounds.yaml). Nội dung về nhiệm vụ khác không vào báo cáo tổng hợp
của kỳ này.

Sai: báo cáo kỳ consumer-day có mục I.4
Đúng: chuyển mục I.4 sang báo cáo kỳ annual",
        },
        run: task_outside_round,
    },
];

fn lead_without_entry(context: &Context<'_>, rule: &'static Rule, sink: &mut Sink) {
    for (round, agency, report) in context.round_reports() {
        if context.plan.agency(agency).is_none_or(|agency| agency.reporting != Reporting::Required) {
            continue;
        }
        let owed = context.plan.tasks().filter(|task| round.covers(&task.id) && task.leads.contains(agency));
        for task in owed.filter(|task| report.entry(&task.id).is_none()) {
            let message = format!(
                "thiếu nhiệm vụ {} ({}) do {} chủ trì",
                task.id,
                task.short_title,
                context.plan.agency_name(agency)
            );
            let hint = format!(
                "thêm mục {} dưới tasks; không phát sinh thì ghi status: nothing-arose kèm reason",
                task.id
            );
            sink.push(Diagnostic::new(rule, report.span, message).hint(hint));
        }
    }
}

fn task_outside_round(context: &Context<'_>, rule: &'static Rule, sink: &mut Sink) {
    for (round, _, report) in context.round_reports() {
        for entry in report.entries.iter().filter(|entry| !round.covers(&entry.task.value)) {
            let message = format!("nhiệm vụ {} không thuộc kỳ báo cáo “{}”", entry.task.value, round.name);
            let hint = "nội dung này không vào báo cáo tổng hợp của kỳ; chuyển sang kỳ khác nếu cần";
            sink.push(Diagnostic::new(rule, entry.task.span, message).hint(hint));
        }
    }
}
