//! Warnings that a report's author stands by, with a reason (`accepted:` in the report). They stay in
//! every list, marked as accepted; errors cannot be accepted.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::model::{Acceptance, Submission};
use crate::record::suggest;
use crate::source::FileId;

pub(super) const RULES: &[&Rule] = &[&UNACCEPTABLE, &UNUSED];

static UNACCEPTABLE: Rule = Rule::error(
    "unacceptable-rule",
    "Không thể chấp nhận: quy tắc không tồn tại hoặc là lỗi",
    "\
Chỉ cảnh báo và lưu ý mới chấp nhận được; lỗi phải sửa. Tên quy tắc phải đúng như trong danh sách của plan explain.

Sai:
  accepted:
    - {rule: not-a-date, reason: \"Ngày ghi theo lối cũ\"}
Đúng: sửa ngày theo dạng năm-tháng-ngày",
);

static UNUSED: Rule = Rule::warning(
    "unused-acceptance",
    "Mục chấp nhận không còn ứng với cảnh báo nào",
    "\
Khi cảnh báo không còn, mục chấp nhận cũng phải bỏ đi, để lần sau cảnh báo thật không bị che.

Sai: báo cáo đã sửa nhưng vẫn còn
  accepted:
    - {rule: task-outside-round, reason: …}
Đúng: xóa mục accepted đó",
);

/// Marks what each report accepts of the problems, which are in the order of their places, and adds what is wrong with the
/// acceptances themselves.
pub(super) fn apply(submissions: &[Submission], is_judged: bool, diagnostics: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    for submission in submissions {
        // Of what was not looked for nobody knows whether it is there still: not where a report says nothing.
        let is_judged = is_judged && submission.blank.is_none();
        let accepted = submission.report.iter().flat_map(|report| &report.accepted);
        let problems = accepted.filter_map(|acceptance| mark(acceptance, submission.file, diagnostics));
        found.extend(problems.filter(|problem| is_judged || problem.rule.name != UNUSED.name));
    }
    diagnostics.extend(found);
}

/// Marks what one acceptance covers; gives the problem where it may cover nothing or does not.
fn mark(acceptance: &Acceptance, file: FileId, diagnostics: &mut [Diagnostic]) -> Option<Diagnostic> {
    let (name, span) = (acceptance.rule.written.value.as_str(), acceptance.rule.written.span);
    let Some(rule) = super::rules().find(|rule| rule.name == name) else {
        let hint = suggest::among(name, super::rules().map(|rule| (rule.name, rule.name)))
            .unwrap_or_else(|| "xem danh sách quy tắc: plan explain".to_owned());
        return Some(Diagnostic::new(&UNACCEPTABLE, span, format!("không có quy tắc “{name}”")).hint(hint));
    };
    if rule.severity == Severity::Error {
        let message = format!("“{name}” là lỗi, không thể chấp nhận");
        return Some(
            Diagnostic::new(&UNACCEPTABLE, span, message).hint("sửa chỗ bị lỗi rồi xóa mục chấp nhận này"),
        );
    }
    let mut matched = false;
    let of_file = diagnostics.partition_point(|found| found.span.file < file);
    let of_file = diagnostics[of_file..].iter_mut().take_while(|found| found.span.file == file);
    for diagnostic in of_file.filter(|found| found.rule.name == name) {
        diagnostic.accepted = Some(acceptance.reason.clone());
        matched = true;
    }
    let unused = || Diagnostic::new(&UNUSED, span, format!("báo cáo không còn vấn đề “{name}”"));
    (!matched).then(|| unused().hint("xóa mục chấp nhận này"))
}
