//! The plan against itself.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Check;
use super::scope::Scope;
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{Agency, Plan, Round};
use crate::source::Span;
use crate::vietnamese::{fold, office};

pub(super) const CHECKS: &[Check] = &[
    Check::error(
        "task-without-lead",
        "Nhiệm vụ không có cơ quan chủ trì nào xác định được",
        Scope::Plan(task_without_lead),
        "\
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
    ),
    Check::error(
        "task-never-reported",
        "Nhiệm vụ không có ai phải báo cáo trong kỳ nào",
        Scope::Plan(task_never_reported),
        "\
Nhiệm vụ chỉ do cơ quan không báo cáo riêng (reporting: none) hoặc đã thôi hoạt động chủ trì, hoặc không thuộc kỳ báo cáo nào, thì
không bao giờ có kết quả, và không ai bị nhắc.

Sai: cong-ttdt có reporting: none
  leads:
    as_worded: Cổng thông tin điện tử tỉnh
    assigned:
      - {agency: cong-ttdt}
Đúng:
  leads:
    as_worded: Văn phòng UBND tỉnh
    assigned:
      - {agency: vp-ubnd}",
    ),
    Check::warning(
        "task-without-lead-in-round",
        "Nhiệm vụ không còn cơ quan chủ trì nào trong một kỳ",
        Scope::Plan(task_without_lead_in_round),
        "\
Cơ quan chủ trì đã ngừng hoạt động mà nhiệm vụ chưa giao cho cơ quan kế thừa thì từ kỳ đó không ai phải báo cáo nhiệm vụ này, và báo cáo
của cơ quan kế thừa không làm nhiệm vụ hoàn thành.

Sai: bao-ptth có active: {until: 2026-08-31}, successor: so-vhttdl
  leads:
    assigned:
      - {agency: bao-ptth}
Đúng: kỳ trước do bao-ptth báo cáo, kỳ sau do so-vhttdl
  leads:
    assigned:
      - {agency: bao-ptth}
      - {agency: so-vhttdl}",
    ),
    Check::error(
        "empty-group",
        "Nhóm cơ quan không có thành viên",
        Scope::Plan(empty_group),
        "\
Nhóm không có thành viên thì nhiệm vụ giao cho nhóm không đến tay ai. Cụm từ không nêu tên ai (“các đơn vị có liên quan”) khai là
nhóm mở.

Sai:
  - id: bcd-389
    members: []
Đúng:
  - id: bcd-389
    members: [so-cong-thuong, cong-an]",
    ),
    Check::warning(
        "indicator-without-task",
        "Chỉ tiêu không thuộc nhiệm vụ nào",
        Scope::Plan(indicator_without_task),
        "\
Chỉ tiêu không gắn với nhiệm vụ thì không ai được báo số, và không vào bảng nào.

Sai:
  - {id: leaflets, label: Số tờ rơi, unit: bản, tasks: [], aggregation: sum}
Đúng:
  - {id: leaflets, label: Số tờ rơi, unit: bản, tasks: [II.2], aggregation: sum}",
    ),
    Check::error(
        "alias-claimed-twice",
        "Một tên gọi được khai cho hai cơ quan",
        Scope::Plan(alias_claimed_twice),
        "\
Tên gọi dùng để tìm cơ quan; hai cơ quan cùng một tên thì báo cáo của cơ quan này có thể bị ghi cho cơ quan kia. Tên so sau khi bỏ khác
biệt chữ hoa, chữ thường và vị trí dấu thanh (hoà, hòa); tên đầy đủ, tên viết tắt (short_name) và aliases đều tính.

Sai: hai cơ quan cùng có aliases: [Hội Bảo vệ người tiêu dùng]
Đúng: mỗi tên gọi thuộc một cơ quan",
    ),
    Check::warning(
        "code-claimed-twice",
        "Một mã đơn vị hành chính hoặc ký hiệu văn bản được khai cho hai cơ quan",
        Scope::Plan(code_claimed_twice),
        "\
Mã đơn vị hành chính (commune_code) dùng để tìm xã, phường; ký hiệu văn bản (document_code) dùng để biết báo cáo có bị nhập nhầm của
cơ quan khác không. Hai cơ quan chung một mã thì không phân biệt được. Các xã, phường cùng ký hiệu UBND; cơ quan kế thừa có thể mang mã
của cơ quan đã thôi hoạt động.

Sai:
  - {id: so-y-te, document_code: STC}
  - {id: so-tai-chinh, document_code: STC}
Đúng:
  - {id: so-y-te, document_code: SYT}
  - {id: so-tai-chinh, document_code: STC}",
    ),
];

fn task_without_lead(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    for task in plan.tasks.iter().filter(|task| task.leads.is_empty() && !task.leads_unread) {
        let message = format!("nhiệm vụ {} không có cơ quan chủ trì nào xác định được", task.key);
        sink.push(
            Diagnostic::new(rule, task.span, message)
                .hint("nêu ít nhất một cơ quan hoặc một nhóm có thành viên dưới leads.assigned"),
        );
    }
}

fn empty_group(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    for group in plan.groups.iter().filter(|group| group.members.is_empty() && !group.open) {
        let message = format!("nhóm {} ({}) không có thành viên", group.key, group.name);
        let hint = "kê thành viên ở members, hoặc ghi open: true nếu cụm từ không nêu tên ai";
        sink.push(Diagnostic::new(rule, group.span, message).hint(hint));
    }
}

fn indicator_without_task(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    for indicator in plan.indicators.iter().filter(|indicator| indicator.tasks.is_empty()) {
        let message = format!("chỉ tiêu {} ({}) không thuộc nhiệm vụ nào", indicator.key, indicator.label);
        sink.push(
            Diagnostic::new(rule, indicator.span, message).hint("thêm mã nhiệm vụ vào tasks, hoặc xóa chỉ tiêu"),
        );
    }
}

fn task_never_reported(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    // Of a round that cannot be read nobody knows whom it asks.
    if !plan.unread_rounds.is_empty() || plan.rounds.is_empty() {
        return;
    }
    for task in plan.tasks.iter().filter(|task| !task.leads.is_empty() && !task.leads_unread) {
        let mut rounds = plan.rounds.iter().filter(|round| round.covers(task.id));
        let leads = || task.leads.iter().map(|lead| &plan[*lead]);
        let why = if !plan.rounds.iter().any(|round| round.covers(task.id)) {
            "không thuộc kỳ báo cáo nào"
        } else if !rounds.any(|round| leads().any(|lead| plan.is_asked(lead, round))) {
            "chỉ do cơ quan không phải báo cáo chủ trì"
        } else {
            continue;
        };
        let message = format!("nhiệm vụ {} {why}", task.key);
        let hint = "xem lại tasks của các kỳ trong plan/rounds.yaml; reporting, active của cơ quan chủ trì trong plan/agencies.yaml";
        sink.push(Diagnostic::new(rule, task.span, message).hint(hint));
    }
}

fn task_without_lead_in_round(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    for task in plan.tasks.iter().filter(|task| !task.leads.is_empty() && !task.leads_unread) {
        let rounds = plan.rounds.iter().filter(|round| round.covers(task.id));
        let is_led = |round: &Round| task.leads.iter().any(|lead| plan.is_asked(&plan[*lead], round));
        let (led, unled): (Vec<&Round>, Vec<&Round>) = rounds.partition(|round| is_led(round));
        // Of what nobody leads in any round another rule tells.
        let Some(round) = unled.first().filter(|_| !led.is_empty()) else { continue };
        let why = task.leads.iter().map(|lead| &plan[*lead]);
        let why = why.map(|lead| format!("{} {}", lead.name, plan.why_unasked(lead, round))).collect::<Vec<_>>();
        let message = format!(
            "nhiệm vụ {} không có cơ quan chủ trì trong kỳ “{}”: {}",
            task.key,
            round.short_name,
            why.join("; ")
        );
        let hint = "ghi thêm cơ quan nhận nhiệm vụ vào leads, giữ cả cơ quan cũ cho các kỳ trước";
        sink.push(Diagnostic::new(rule, task.span, message).hint(hint));
    }
}

fn alias_claimed_twice(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    let mut claimed: HashMap<String, (&Agency, Span)> = HashMap::new();
    for agency in &plan.agencies {
        let names = [&agency.name, &agency.short_name].map(|name| (name.as_str(), agency.span));
        let aliases = agency.aliases.iter().map(|alias| (alias.value.as_str(), alias.span));
        for (name, span) in names.into_iter().chain(aliases) {
            let (first, place) = *claimed.entry(office(name)).or_insert((agency, span));
            if first.key != agency.key {
                let message = format!("tên “{name}” đã khai cho {}", first.key);
                sink.push(
                    Diagnostic::new(rule, span, message)
                        .hint("giữ tên này cho một cơ quan")
                        .related(place, "đã khai ở đây"),
                );
            }
        }
    }
}

fn code_claimed_twice(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    // Codes of papers of communes apart: their people's committees all write UBND.
    let mut claimed: HashMap<(&str, String, bool), Vec<&Agency>> = HashMap::new();
    for agency in &plan.agencies {
        let of_papers = ("ký hiệu văn bản", &agency.document_code, agency.commune_code.is_some());
        let mut shared = Vec::new();
        for (what, code, apart) in [("mã đơn vị hành chính", &agency.commune_code, false), of_papers] {
            let Some(code) = code.as_deref() else { continue };
            let key = |apart| (what, fold(code), apart);
            let others = [false, !apart].into_iter().filter_map(|apart| claimed.get(&key(apart)));
            let others = others.filter_map(|others| others.iter().find(|other| lived_together(agency, other)));
            shared.extend(others.map(|other| (what, code, *other)));
            claimed.entry(key(apart)).or_default().push(agency);
        }
        if let Some((what, code, other)) = shared.into_iter().min_by_key(|(.., other)| other.id) {
            let message = format!("{what} {code} của {} đã khai cho {}", agency.key, other.key);
            sink.push(
                Diagnostic::new(rule, agency.span, message)
                    .hint("tra lại mã của hai cơ quan; chưa rõ thì bỏ trống")
                    .related(other.span, "đã khai ở đây"),
            );
        }
    }
}

/// Whether there was a day on which both were active: who succeeds another may take its code.
fn lived_together(one: &Agency, other: &Agency) -> bool {
    let ends_before = |(_, until): (_, Option<NaiveDate>), (from, _): (Option<NaiveDate>, _)| {
        until.zip(from).is_some_and(|(until, from)| until < from)
    };
    !ends_before(one.active, other.active) && !ends_before(other.active, one.active)
}
