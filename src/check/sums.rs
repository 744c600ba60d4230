//! Figures that must add up, and figures against what is said of them.

use super::Check;
use super::scope::{All, One, Scope};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{Answer, NoFigure, Quantity, Report, TaskStatus};
use crate::source::Span;
use crate::vietnamese::number;

pub(super) const CHECKS: &[Check] = &[
    Check::warning(
        "parts-do-not-add-up",
        "Số theo lĩnh vực cộng lại không bằng tổng số đã báo",
        Scope::Report(parts_do_not_add_up),
        "\
Số phản ánh, khiếu nại theo lĩnh vực phải cộng thành số đã tiếp nhận; hai con số cùng vào báo cáo tổng hợp.

Sai:
  figures: {complaints_received: 12}
  complaints_by_field: {e_commerce: 5, other: 4}
Đúng:
  complaints_by_field: {e_commerce: 8, other: 4}",
    ),
    Check::warning(
        "sources-do-not-add-up",
        "Con số tổng hợp khác tổng các nguồn của nó",
        Scope::Report(sources_do_not_add_up),
        "\
Con số do cấp dưới tổng hợp (plan compile --for-superior) kèm nguồn: cơ quan, con số, nơi ghi. Các nguồn cộng lại phải bằng con số; khác
nhau là tệp đã bị sửa sau khi lập, và không còn truy được con số từ đâu ra.

Sai:
  inspections: {value: 69, sources: [{of: Sở A, value: 65, at: reports/annual/so-a.yaml:16}]}
Đúng:
  inspections: {value: 65, sources: [{of: Sở A, value: 65, at: reports/annual/so-a.yaml:16}]}",
    ),
    Check::warning(
        "control-total-below-members",
        "Số tổng hợp nhỏ hơn số các thành viên đã báo cộng lại",
        Scope::All(control_total_below_members),
        "\
Số của cơ quan đầu mối (ví dụ Văn phòng thường trực Ban Chỉ đạo 389) đã gồm số của các thành viên, nên không thể nhỏ hơn. Nhỏ hơn nghĩa
là có thành viên báo sai, hoặc đầu mối chưa cập nhật.

Sai: Văn phòng thường trực báo 900 vụ, các thành viên báo tổng cộng 1.203 vụ
Đúng: đối chiếu với từng thành viên rồi sửa số sai",
    ),
    Check::error(
        "figures-with-nothing-arose",
        "Trạng thái là không phát sinh hoặc không áp dụng nhưng lại có số liệu",
        Scope::Report(figures_with_nothing_arose),
        "\
Không phát sinh là không có việc gì; không áp dụng là nhiệm vụ không thuộc cơ quan. Có số liệu lớn hơn 0 thì một trong hai sai.

Sai:
  status: nothing-arose
  figures: {inspections: 12}
Đúng:
  status: in-progress
  figures: {inspections: 12}",
    ),
];

fn parts_do_not_add_up(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let Some(whole) = one.plan.complaints.of.map(|of| &one.plan[of]) else { return };
    if !one.report.complaints_by_field.unread.is_empty() {
        return;
    }
    let Some(place) = one.report.complaints_by_field.first().map(|row| row.key.span) else { return };
    // Where the round does not ask, what is told is compared all the same.
    let round = one.round.filter(|round| whole.tasks.iter().any(|task| round.covers(*task)));
    let answers = Quantity::Indicator(whole).said(one.plan, one.report);
    let elsewhere = answers.iter().find(|said| one.report.counted_elsewhere(&said.given).is_some());
    let added = |quantity: Quantity<'_>| quantity.added(one.plan, round, one.report);
    let sum = |added: Option<(u128, Span)>| added.map_or(0, |(sum, _)| sum);
    let (parts, total) = (sum(added(Quantity::Complaints(whole, None))), added(Quantity::Indicator(whole)));
    if parts != sum(total) {
        let told = match answers.first().map(|said| &said.given.answer) {
            _ if total.is_some() => format!("ghi {}", number(sum(total))),
            Some(Answer::NothingArose) => format!("ghi “{}”", NoFigure::NothingArose.label()),
            Some(Answer::NotApplicable) => format!("ghi “{}”", NoFigure::NotApplicable.label()),
            _ if elsewhere.is_some() => "ghi là do cơ quan khác tính".to_owned(),
            Some(_) | None => "để trống, chưa ghi số".to_owned(),
        };
        let message = format!("các lĩnh vực cộng lại {}, {} {told}", number(parts), whole.key);
        let hint = match elsewhere {
            Some(_) => "việc do cơ quan khác tính thì không ghi ở lĩnh vực nào; việc khó xếp ghi vào lĩnh vực khác",
            None => "xem lại từng lĩnh vực; việc khó xếp ghi vào lĩnh vực khác",
        };
        let diagnostic = Diagnostic::new(rule, place, message).hint(hint);
        let related = total.map(|(_, span)| span).or(elsewhere.map(|said| said.span));
        sink.push(match related {
            Some(span) => diagnostic.related(span, "tổng số đã báo"),
            None => diagnostic,
        });
    }
}

fn sources_do_not_add_up(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let figures = one.report.tasks.iter().flat_map(|entry| entry.figures.iter());
    let figures = figures.map(|figure| (&figure.value, figure.span));
    let funding = one.report.funding.iter().map(|row| (&row.value.0, row.span));
    let complaints = one.report.complaints_by_field.iter().map(|row| (&row.value.0, row.span));
    for (given, span) in figures.chain(funding).chain(complaints) {
        let Answer::Value(value) = given.answer else { continue };
        let sum: u128 = given.sources.iter().map(|source| u128::from(source.value)).sum();
        if !given.sources.is_empty() && sum != u128::from(value) {
            let message = format!("ghi {}, các nguồn cộng lại {}", number(value.into()), number(sum));
            sink.push(Diagnostic::new(rule, span, message).hint("lấy lại tệp do cấp dưới lập, không sửa tay"));
        }
    }
}

fn control_total_below_members(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for (round, agency, report) in all.round_reports() {
        let Some(group) = agency.control_total_of.map(|group| &all.plan[group]) else { continue };
        let members = group.members.iter().filter_map(|member| all.report(round, &all.plan[*member]));
        let members: Vec<&Report> = members.collect();
        for indicator in &all.plan.indicators {
            let added = |report: &Report| Quantity::Indicator(indicator).added(all.plan, Some(round), report);
            let Some((control, place)) = added(report) else { continue };
            let of_members: u128 = members.iter().filter_map(|member| Some(added(member)?.0)).sum();
            if control < of_members {
                let message = format!(
                    "số tổng hợp {} nhỏ hơn số các thành viên đã báo cộng lại ({})",
                    number(control),
                    number(of_members)
                );
                let hint = format!("đối chiếu với các thành viên của “{}”", group.name);
                sink.push(Diagnostic::new(rule, place, message).hint(hint));
            }
        }
    }
}

fn figures_with_nothing_arose(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for entry in &one.report.tasks {
        let Some(status @ (TaskStatus::NothingArose | TaskStatus::NotApplicable)) = entry.status else {
            continue;
        };
        for figure in entry.figures.iter().filter(|figure| matches!(figure.answer, Answer::Value(1..))) {
            let indicator = &one.plan[figure.key.value].key;
            let message = format!("trạng thái “{}” nhưng có số liệu {indicator}", status.label());
            let hint = "sửa trạng thái, hoặc xóa số liệu";
            sink.push(Diagnostic::new(rule, figure.span, message).hint(hint));
        }
    }
}
