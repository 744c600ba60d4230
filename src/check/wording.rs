//! The wording of the report to be compiled: its templates, and what it leaves unsaid.

use std::ops::Range;

use super::Check;
use super::scope::Scope;
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{AnnexContent, Plan};
use crate::record::Ids;
use crate::source::{Files, Span};
use crate::template::{dry, scope, templates};
use crate::validate::WORDING;
use crate::vietnamese::roman;

/// The number of an annex above which nobody looks.
const ANNEXES: usize = 30;

/// Words near a number that make it the annex of another paper.
const OTHER_PAPERS: [&str; 6] = ["Nghị định", "Thông tư", "Quyết định", "Luật", "Kế hoạch", "Công văn"];

/// The rule that every template can be printed.
pub(super) const BROKEN_TEMPLATE: &str = "broken-template";

pub(super) const CHECKS: &[Check] = &[
    Check::error(
        BROKEN_TEMPLATE,
        "Câu mẫu trong plan/report.yaml sai cú pháp, dùng biến không có, hoặc có khi không in được",
        Scope::Wording(broken_template),
        "\
Câu mẫu sai chỉ lộ ra lúc lập báo cáo, thường là ngày cuối cùng. Vì vậy mỗi câu mẫu được in thử trước: mọi nhánh {% if %}, khi không có,
có một và có nhiều số liệu. Các biến dùng được kê ở đầu plan/report.yaml.

Sai: chưa cơ quan nào báo số thì câu này không in được
  - \"Đã kiểm tra {{ totals.inspections }}.\"
Đúng:
  - \"{% if totals.inspections %}Đã kiểm tra {{ totals.inspections }}.{% endif %}\"",
    ),
    Check::notice(
        "annex-by-number",
        "Câu mẫu ghi sẵn số phụ lục, không theo thứ tự ở annexes",
        Scope::Wording(annex_by_number),
        "\
Số phụ lục theo thứ tự kê ở annexes. Ghi sẵn “Phụ lục III” thì khi thêm, bớt, đổi thứ tự phụ lục, báo cáo chỉ sai chỗ mà không ai
biết. Phụ lục của văn bản khác thì ghi tên văn bản đó trong cùng câu.

Sai:
  - \"Tình hình gửi báo cáo nêu tại Phụ lục III.\"
Đúng:
  - \"Tình hình gửi báo cáo nêu tại {{ annex.submissions }}.\"",
    ),
    Check::notice(
        "group-told-nowhere",
        "Báo cáo tổng hợp không có phụ lục nào nêu kết quả của từng đơn vị trong nhóm",
        Scope::Plan(group_told_nowhere),
        "\
Nhóm có folded: true chỉ được đếm trong phần thân của báo cáo; kết quả, khó khăn, phương hướng của từng đơn vị nằm ở phụ lục details.
Bỏ phụ lục đó thì những gì các đơn vị viết không in ra ở đâu.

Sai: nhóm có folded: true, annexes không có details
Đúng:
annexes:
  - {content: details, title: Kết quả của cơ quan phối hợp và UBND các xã, phường}",
    ),
];

fn broken_template(files: &Files, plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    for (template, problem) in dry::problems(plan) {
        let span = files.within(template.span, &template.value, problem.at);
        let found = Diagnostic::new(rule, span, format!("câu mẫu không dùng được: {}", problem.message));
        sink.push(Diagnostic { hint: problem.hint, ..found });
    }
    unread_braces(files, plan, rule, sink);
}

/// What looks like a template where none is read would be printed as it is written.
fn unread_braces(files: &Files, plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    // What could not be read may be a template.
    let Some((id, file)) = files.find(WORDING).filter(|_| !plan.gaps.contains(&Ids::Recipients)) else { return };
    let read: Vec<Span> = templates(&plan.wording).map(|template| template.span).collect();
    let mut start = 0;
    for line in file.text().split_inclusive('\n') {
        // A comment may tell of templates.
        let told = line.find(" #").unwrap_or(line.len());
        let braces = ["{{", "{%"].iter().filter_map(|braces| line[..told].find(braces)).min();
        let at = braces.filter(|_| !line.trim_start().starts_with('#')).map(|at| (start + at) as u32);
        start += line.len();
        let Some(at) = at.filter(|at| read.iter().all(|span| !(span.start..span.end).contains(at))) else {
            continue;
        };
        let message = "chỗ này in nguyên văn, không nhận biến hay câu điều kiện";
        let span = Span { file: id, start: at, end: at + 2 };
        sink.push(Diagnostic::new(rule, span, message).hint("viết thẳng nội dung cần in, bỏ phần trong {{ … }}"));
    }
}

fn annex_by_number(files: &Files, plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    let wording = &plan.wording;
    for template in templates(wording) {
        let text = template.value.as_str();
        for (index, at) in annexes_named(text) {
            let rest = text[at.end..].split(['.', ';']).next().unwrap_or_default();
            if OTHER_PAPERS.iter().any(|word| rest.contains(word)) {
                continue;
            }
            let (name, written) = (scope::annex_name(index), &text[at.clone()]);
            let (message, hint) = match wording.annexes.get(index) {
                Some(annex) => (
                    format!("“{written}” ghi sẵn; {name} nay là “{}”", annex.title),
                    format!("ghi {{{{ annex.{} }}}}", annex.content.id()),
                ),
                None => (
                    format!("“{written}” ghi sẵn, mà annexes chỉ có {} phụ lục", wording.annexes.len()),
                    "ghi {{ annex.… }} của phụ lục cần nêu".to_owned(),
                ),
            };
            sink.push(Diagnostic::new(rule, files.within(template.span, text, at), message).hint(hint));
        }
    }
}

/// The annexes that a text names by number, each by its place in the outline, and where: `Phụ lục II`, `phụ lục số 3`, and
/// the second of `các Phụ lục I, II`.
fn annexes_named(text: &str) -> Vec<(usize, Range<usize>)> {
    let mut named = Vec::new();
    for (start, _) in text.char_indices() {
        let Some(mut at) = after(text, start, "phụ lục ") else { continue };
        at = after(text, at, "số ").unwrap_or(at);
        let (mut start, mut is_first) = (start, true);
        loop {
            let number = &text[at..at + text[at..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - at)];
            let is_it =
                |index: &usize| number == roman(index + 1) || (is_first && number == (index + 1).to_string());
            let Some(index) = (0..ANNEXES).find(is_it) else { break };
            let end = at + number.len();
            named.push((index, start..end));
            let Some(next) = [", ", " và ", ", và "].iter().find_map(|between| after(text, end, between)) else {
                break;
            };
            // What follows a comma in digits may be a count.
            (start, at, is_first) = (next, next, false);
        }
    }
    named
}

/// The place behind words that stand at a place of a text, in any case.
fn after(text: &str, at: usize, words: &str) -> Option<usize> {
    let mut rest = text[at..].chars();
    let is_there = words.chars().all(|word| rest.next().is_some_and(|c| c.to_lowercase().eq([word])));
    is_there.then(|| text.len() - rest.as_str().len())
}

fn group_told_nowhere(plan: &Plan, rule: &'static Rule, sink: &mut Sink) {
    // An annex that could not be read may be the one.
    let has_gaps = plan.gaps.contains(&Ids::Recipients);
    if has_gaps || plan.wording.annexes.iter().any(|annex| annex.content == AnnexContent::Details) {
        return;
    }
    for group in plan.groups.iter().filter(|group| group.folded) {
        let message =
            format!("kết quả, khó khăn của từng đơn vị thuộc nhóm “{}” không in ở phụ lục nào", group.name);
        let hint = "thêm - {content: details, title: …} vào annexes trong plan/report.yaml, hoặc bỏ folded: true";
        sink.push(Diagnostic::new(rule, group.span, message).hint(hint));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_annex_is_named_by_number_however_it_is_written() {
        for (text, named) in [
            ("nêu tại Phụ lục II.", vec![(1, "Phụ lục II")]),
            ("nêu tại phụ lục II.", vec![(1, "phụ lục II")]),
            ("PHỤ LỤC III", vec![(2, "PHỤ LỤC III")]),
            ("Phụ lục số III và biểu 1", vec![(2, "Phụ lục số III")]),
            ("Phụ lục 3, 4 biểu", vec![(2, "Phụ lục 3")]),
            ("các Phụ lục I, II và IV", vec![(0, "Phụ lục I"), (1, "II"), (3, "IV")]),
            ("Phụ lục kèm theo", vec![]),
            ("các phụ lục, 2 biểu", vec![]),
            ("Phụ lục IIa, Phụ lục 2026", vec![]),
            ("phụ lục v.v.", vec![]),
            ("phụ lục", vec![]),
        ] {
            let found: Vec<(usize, &str)> =
                annexes_named(text).into_iter().map(|(index, at)| (index, &text[at])).collect();
            assert_eq!(found, named, "{text}");
        }
    }
}
