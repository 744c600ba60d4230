//! Figures against what the plan says of their indicators.

use super::Check;
use super::scope::{One, Scope};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::Aggregation;
use crate::vietnamese::fold;

pub(super) const CHECKS: &[Check] = &[
    Check::error(
        "figure-of-another-task",
        "Số liệu ghi dưới nhiệm vụ không thuộc chỉ tiêu đó",
        Scope::Report(figure_of_another_task),
        "\
Mỗi chỉ tiêu chỉ được báo dưới các nhiệm vụ nêu ở plan/indicators.yaml; ghi nhầm chỗ, số sẽ vào nhầm bảng.

Sai:
  II.2:
    figures: {inspections: 12}
Đúng:
  III.3:
    figures: {inspections: 12}",
    ),
    Check::error(
        "figure-not-allowed",
        "Cơ quan không được báo chỉ tiêu này, chỉ tiêu được tính chứ không nhập, hoặc đơn vị tính khác",
        Scope::Report(figure_not_allowed),
        "\
Một số chỉ tiêu chỉ một cơ quan được báo (ví dụ số vụ án do Tòa án nhân dân tỉnh báo), để không bị tính hai lần. Tỷ lệ được tính từ
các số đã báo, không nhập. Con số do cấp dưới tổng hợp (plan compile --for-superior) kèm đơn vị tính; khác đơn vị tính của chỉ tiêu ở
Kế hoạch này thì không cộng được.

Sai: UBND xã ghi
  civil_cases_accepted: 3
Đúng: để Tòa án nhân dân tỉnh báo chỉ tiêu này",
    ),
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
            Aggregation::Sum | Aggregation::Latest => match &figure.value.unit {
                Some(unit) if fold(&unit.value) != fold(&indicator.unit) => (
                    format!(
                        "con số của chỉ tiêu {} tính bằng {}, ở Kế hoạch này chỉ tiêu đó tính bằng {}",
                        indicator.key, unit.value, indicator.unit
                    ),
                    "thống nhất đơn vị tính ở plan/indicators.yaml của hai cấp rồi lập lại báo cáo; không sửa tay con số"
                        .to_owned(),
                ),
                _ => continue,
            },
        };
        sink.push(Diagnostic::new(rule, figure.key.span, message).hint(hint));
    }
}
