//! The plan against itself.

use super::{Check, Context};
use crate::diagnostic::{Diagnostic, Rule, Severity, Sink};

pub(super) const CHECKS: &[Check] = &[
    Check {
        rule: Rule {
            name: "task-without-lead",
            severity: Severity::Error,
            summary: "Nhiệm vụ không có cơ quan chủ trì nào xác định được",
            explain: "\
Nhiệm vụ không ai chủ trì thì không ai phải báo cáo, và sẽ không bao giờ bị nhắc. Nhóm mở (open: true) không nêu tên ai nên không đủ.

Sai:
  leads:
    as_worded: Các đơn vị có liên quan
    assigned:
      - {group: lien-quan}
Đúng:
  leads:
    as_worded: Sở Y tế
    assigned:
      - {agency: so-y-te}",
        },
        run: task_without_lead,
    },
    Check {
        rule: Rule {
            name: "empty-group",
            severity: Severity::Error,
            summary: "Nhóm cơ quan không có thành viên",
            explain: "\
Nhóm không có thành viên thì nhiệm vụ giao cho nhóm không đến tay ai. Cụm từ không nêu tên ai (“các đơn vị có liên quan”) khai là
nhóm mở.

Sai:
  - id: bcd-389
    members: []
Đúng:
  - id: bcd-389
    members: [so-cong-thuong, cong-an]",
        },
        run: empty_group,
    },
];

fn task_without_lead(context: &Context<'_>, rule: &'static Rule, sink: &mut Sink) {
    for task in context.plan.tasks().filter(|task| task.leads.is_empty()) {
        let message = format!("nhiệm vụ {} không có cơ quan chủ trì nào xác định được", task.id);
        sink.push(
            Diagnostic::new(rule, task.span, message)
                .hint("nêu ít nhất một cơ quan hoặc một nhóm có thành viên dưới leads.assigned"),
        );
    }
}

fn empty_group(context: &Context<'_>, rule: &'static Rule, sink: &mut Sink) {
    for group in context.plan.groups.iter().filter(|group| group.members.is_empty() && !group.open) {
        let message = format!("nhóm {} ({}) không có thành viên", group.id, group.name);
        let hint = "kê thành viên ở members, hoặc ghi open: true nếu cụm từ không nêu tên ai";
        sink.push(Diagnostic::new(rule, group.span, message).hint(hint));
    }
}
