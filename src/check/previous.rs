//! Last year's figures, before this year's are compared with them: of last year, of the same days, whole and counted once.

use chrono::{Datelike, NaiveDate};

use super::Check;
use super::scope::Scope;
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{Plan, Previous, RoundRef, Spanned};
use crate::vietnamese::{date, number};

pub(super) const CHECKS: &[Check] = &[
    Check::error(
        "previous-of-another-year",
        "Số liệu cùng kỳ không phải của năm trước",
        Scope::Plan(previous_of_another_year),
        "\
Báo cáo so sánh với cùng kỳ năm liền trước năm của Kế hoạch. Số của năm khác ghi vào plan/previous.yaml thì câu “tăng, giảm so với cùng
kỳ” sai.

Sai (Kế hoạch năm 2026):
  data_from: 2024-01-01
  data_to: 2024-11-20
Đúng:
  data_from: 2025-01-01
  data_to: 2025-11-20",
    ),
    Check::warning(
        "previous-of-other-days",
        "Số liệu năm trước không cùng thời gian lấy số liệu nên không so sánh",
        Scope::Plan(previous_of_other_days),
        "\
Số liệu là số lũy kế, nên chỉ so được khi hai năm tính từ cùng ngày, tháng đến cùng ngày, tháng: số cả năm trước luôn lớn hơn số đến 20/11
năm nay. Khác thời gian thì báo cáo nói rõ và không so sánh.

Sai (kỳ năm nay lấy số liệu đến 20/11/2026):
  data_to: 2025-12-31
Đúng:
  data_to: 2025-11-20",
    ),
    Check::warning(
        "previous-of-another-unit",
        "Số liệu năm trước khác đơn vị tính nên không so sánh",
        Scope::Plan(previous_of_another_unit),
        "\
“plan init --from” ghi đơn vị tính của từng số năm trước (unit). Chỉ tiêu đổi đơn vị tính mà số năm trước giữ nguyên thì so đồng với triệu
đồng: “giảm 99,9999%”. Khác đơn vị thì không so sánh, không in số năm trước.

Sai (chỉ tiêu năm nay tính bằng triệu đồng):
  fines: {total: 7000000000, unit: đồng}
Đúng:
  fines: {total: 7000, unit: triệu đồng}",
    ),
    Check::error(
        "previous-total-below-parts",
        "Tổng số năm trước nhỏ hơn số của các cơ quan cộng lại",
        Scope::Plan(previous_total_below_parts),
        "\
Tổng số (total) là của mọi cơ quan, nên không thể nhỏ hơn số của những cơ quan được kê. Số đối chiếu của Ban Chỉ đạo 389 không kê ở đây.

Sai:
  inspections: {total: 2576, agencies: {quan-ly-thi-truong: 2100, cong-an: 700}}
Đúng:
  inspections: {total: 2800, agencies: {quan-ly-thi-truong: 2100, cong-an: 700}}",
    ),
    Check::error(
        "previous-never-counted",
        "Số năm trước của chỉ tiêu được tính chứ không nhập, hoặc của cơ quan không được cộng",
        Scope::Plan(previous_never_counted),
        "\
Tỷ lệ được tính từ các chỉ tiêu khác: ghi số của các chỉ tiêu đó. Số của cơ quan tổng hợp (đã gồm số của các thành viên) và của cơ quan
không được báo chỉ tiêu đó không nằm trong tổng số của năm nay, nên cũng không được so.

Sai:
  resolution_rate: 93
Đúng:
  complaints_received: 160
  complaints_resolved: 149",
    ),
];

/// A day of last year's data that is of another year.
fn astray(plan: &Plan, previous: &Previous) -> Option<Spanned<NaiveDate>> {
    [previous.data_from, previous.data_to].into_iter().find(|day| day.value.year() != plan.year - 1)
}

fn previous_of_another_year(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    for day in plan.previous.iter().filter_map(|row| astray(plan, row)) {
        let message = format!("ngày {} không thuộc năm {}", date(day.value), plan.year - 1);
        let hint = format!("ghi số liệu năm {}, hoặc xóa kỳ này khỏi plan/previous.yaml", plan.year - 1);
        sink.push(Diagnostic::new(rule, day.span, message).hint(hint));
    }
}

fn previous_of_other_days(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    for row in plan.previous.iter().filter(|row| astray(plan, row).is_none()) {
        let RoundRef::Of(round) = row.key.value else { continue };
        let round = &plan[round];
        if !row.is_of_same_days(round) {
            let message = format!(
                "số liệu năm trước tính từ ngày {} đến ngày {}, kỳ “{}” từ ngày {} đến ngày {}: không so sánh",
                date(row.data_from.value),
                date(row.data_to.value),
                round.short_name,
                date(round.data_from),
                date(round.data_to)
            );
            let hint = "ghi số liệu năm trước của đúng thời gian đó nếu có; không có thì để nguyên, báo cáo nói rõ là không so sánh";
            sink.push(Diagnostic::new(rule, row.data_to.span, message).hint(hint));
        }
    }
}

fn previous_of_another_unit(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    for row in plan.previous.iter().flat_map(|row| &row.figures) {
        let indicator = &plan[row.key.value];
        if let Some(then) = row.other_unit(indicator) {
            let (label, now) = (&indicator.label, &indicator.unit);
            let message = format!(
                "{label}: số năm trước tính bằng “{}”, năm nay tính bằng “{now}”: không so sánh",
                then.value
            );
            let hint = format!(
                "nếu đó là một đơn vị viết theo hai cách thì chỉ sửa thành unit: {now}, giữ nguyên số; nếu khác đơn vị thì đổi các số năm \
                 trước của chỉ tiêu này sang {now} rồi ghi unit: {now}; không đổi được thì để nguyên, báo cáo không so sánh"
            );
            sink.push(Diagnostic::new(rule, then.span, message).hint(hint));
        }
    }
}

fn previous_total_below_parts(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    for row in plan.previous.iter().flat_map(|row| &row.figures) {
        let (total, parts) = (row.total(), row.of_agencies());
        if total < parts {
            let label = &plan[row.key.value].label;
            let message =
                format!("{label}: tổng số {} nhỏ hơn các cơ quan cộng lại ({})", number(total), number(parts));
            let hint = "xem lại tổng số và số của từng cơ quan trong văn bản năm trước";
            sink.push(Diagnostic::new(rule, row.key.span, message).hint(hint));
        }
    }
}

fn previous_never_counted(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    for row in plan.previous.iter().flat_map(|row| &row.figures) {
        let indicator = &plan[row.key.value];
        if !indicator.is_typed() {
            let message = format!("chỉ tiêu {} ({}) được tính, không nhập số", indicator.key, indicator.label);
            let hint = "xóa dòng này; ghi số của các chỉ tiêu mà tỷ lệ được tính từ đó";
            sink.push(Diagnostic::new(rule, row.key.span, message).hint(hint));
        }
        for of in &row.agencies {
            let agency = &plan[of.key.value];
            let why = match (indicator.allows(agency.id), agency.control_total_of) {
                (false, _) => format!("không báo chỉ tiêu {} ({})", indicator.key, indicator.label),
                (true, Some(_)) => "có số đã gồm số của các thành viên, chỉ để đối chiếu".to_owned(),
                (true, None) => continue,
            };
            let message = format!("{} {why}", agency.name);
            sink.push(Diagnostic::new(rule, of.key.span, message).hint("bỏ cơ quan này khỏi agencies"));
        }
    }
}
