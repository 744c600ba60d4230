//! Whether a report speaks of what its agency owes.

use super::Check;
use super::scope::{All, One, Scope};
use crate::diagnostic::{Diagnostic, InForm, Rule, Sink};
use crate::model::{Answer, Blank, Entry, Reporting, Submission, Task, TaskStatus};
use crate::source::Span;
use crate::vietnamese::{fold, listed};

pub(super) const CHECKS: &[Check] = &[
    Check::error(
        "lead-without-entry",
        "Cơ quan chủ trì không báo cáo nhiệm vụ của mình",
        Scope::Report(lead_without_entry),
        "\
Cơ quan phải báo cáo và được Kế hoạch giao chủ trì nhiệm vụ nào (kể cả giao chung cho cả nhóm: các sở, ngành; UBND các xã, phường) thì
báo cáo phải có mục về nhiệm vụ đó. Không có việc gì phát sinh thì ghi rõ trạng thái, không bỏ trống. Báo cáo tổng hợp của cấp dưới
(coverage) mà còn cơ quan chưa báo cáo thì để ngoài được nhiệm vụ chưa ai báo cáo.

Sai: UBND xã không có mục I.1
Đúng:
  tasks:
    I.1:
      status: nothing-arose
      reason: …",
    ),
    Check::warning(
        "task-outside-round",
        "Nhiệm vụ không thuộc kỳ báo cáo này",
        Scope::Report(task_outside_round),
        "\
Kỳ báo cáo có thể chỉ gồm một số nhiệm vụ (mục tasks trong plan/rounds.yaml). Nội dung về nhiệm vụ khác không vào báo cáo tổng hợp
của kỳ này.

Sai: báo cáo kỳ consumer-day có mục I.4
Đúng: chuyển mục I.4 sang báo cáo kỳ annual",
    ),
    Check::warning(
        "figure-without-reason",
        "Bỏ trống số liệu mà không nêu lý do",
        Scope::Report(figure_without_reason),
        "\
Bỏ trống không phải là 0. Khi đã báo kết quả của nhiệm vụ, mỗi chỉ tiêu của nhiệm vụ cần một câu trả lời: con số, nothing-arose,
not-applicable, hoặc lý do chưa có số.

Sai:
  figures: {inspections: 12}
Đúng:
  figures:
    inspections: 12
    fines: {reason: Chưa có quyết định xử phạt}",
    ),
    Check::warning(
        "status-without-account",
        "Có trạng thái nhưng không nêu kết quả hoặc lý do",
        Scope::Report(status_without_account),
        "\
Đang thực hiện hoặc hoàn thành thì nêu kết quả; chưa thực hiện, không phát sinh thì nêu lý do. Chỉ có trạng thái thì báo cáo tổng hợp
không có gì để viết.

Sai:
  status: done
Đúng:
  status: done
  results: Đã ban hành 2 văn bản, phổ biến tới 12 bản.",
    ),
    Check::warning(
        "lead-not-applicable-without-reason",
        "Cơ quan chủ trì trả lời không áp dụng cho nhiệm vụ của mình mà không nêu lý do",
        Scope::Report(lead_not_applicable_without_reason),
        "\
Kế hoạch giao nhiệm vụ cho cơ quan này chủ trì; trả lời không áp dụng thì phải nói vì sao, để còn kiến nghị điều chỉnh Kế hoạch.

Sai:
  IV.1: {status: not-applicable}
Đúng:
  IV.1: {status: not-applicable, reason: Xã chưa có tổ chức của Hội}",
    ),
    Check::warning(
        "difficulty-without-cause",
        "Khó khăn không nêu nguyên nhân",
        Scope::Report(difficulty_without_cause),
        "\
Báo cáo tổng hợp có phần nguyên nhân; khó khăn không có nguyên nhân thì không tháo gỡ được.

Sai:
  - {text: Thiếu kinh phí}
Đúng:
  - {text: Thiếu kinh phí, cause: Chưa được bố trí trong dự toán đầu năm}",
    ),
    Check::warning(
        "recommendation-without-addressee",
        "Kiến nghị không nêu gửi ai",
        Scope::Report(recommendation_without_addressee),
        "\
Kiến nghị được xếp theo nơi nhận: Bộ Công Thương, UBND tỉnh, Sở Công Thương. Không có nơi nhận thì không ai xem xét.

Sai:
  - {text: Bố trí kinh phí}
Đúng:
  - {to: ubnd-tinh, text: Bố trí kinh phí}",
    ),
    Check::error(
        "empty-report",
        "Tệp báo cáo không có nội dung, không tính là đã gửi",
        Scope::Each(empty_report),
        "\
Tệp trống, tệp chỉ có ghi chú, chỉ có tên cơ quan, văn bản, ngày nhận, hoặc chỉ có trạng thái nhiệm vụ không phải là báo cáo. Tính nó
là đã gửi thì tỷ lệ báo cáo sẽ cao hơn thực tế: cơ quan vẫn được nêu là chưa gửi.

Sai:
  tasks:
    I.1: {status: done}
Đúng:
  tasks:
    I.1: {status: done, results: Đã ban hành 2 văn bản.}",
    ),
    Check::warning(
        "unfilled-report",
        "Tệp báo cáo tạo sẵn chưa điền, không tính là đã gửi",
        Scope::Each(unfilled_report),
        "\
Tệp do plan new tạo, chưa điền mục nào. Cơ quan vẫn được nêu là chưa gửi; báo cáo tổng hợp vẫn lập được.

Sai: tệp như plan new đã ghi
Đúng: điền số, ngày văn bản, ngày nhận và kết quả các nhiệm vụ",
    ),
    Check::warning(
        "unexpected-report",
        "Báo cáo của cơ quan không phải gửi trong kỳ này",
        Scope::Report(unexpected_report),
        "\
Cơ quan không phải báo cáo, hoặc không hoạt động vào ngày cuối còn đúng hạn của kỳ, thì báo cáo được nêu riêng, không tính vào tiến độ và không
cộng vào số liệu: nếu không, tỷ lệ có thể vượt 100%.

Sai: báo cáo năm 2026 của một xã đã giải thể năm 2025
Đúng: cơ quan kế thừa báo số của cả hai, nêu lại khó khăn, vi phạm; hoặc sửa reporting, active trong plan/agencies.yaml",
    ),
];

fn lead_without_entry(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let Some(round) = one.round else { return };
    if one.agency.reporting != Reporting::Required || !one.plan.is_asked(one.agency, round) {
        return;
    }
    let owed = one.plan.tasks.iter();
    let owed = owed.filter(|task| round.covers(task.id) && task.leads.contains(&one.agency.id));
    // What nobody below has told of yet, a consolidated report cannot tell.
    if one.report.coverage.as_ref().is_some_and(|of| of.reported < of.expected) {
        return;
    }
    // A report without tasks is a problem of its own, and so is one that tells nothing, or an entry that cannot be read.
    let tasks = &one.report.tasks;
    if tasks.is_missing() || tasks.is_empty() && tasks.unread.is_empty() && one.report.blank().is_some() {
        return;
    }
    let told =
        |task: &Task| one.report.entry(task.id).is_some() || one.report.tasks.unread.contains(&Some(task.id));
    for task in owed.filter(|task| !told(task)) {
        let message = format!("thiếu nhiệm vụ {} ({}) do {} chủ trì", task.key, task.short_title, one.agency.name);
        let hint =
            format!("thêm mục {} dưới tasks; không phát sinh thì ghi status: nothing-arose kèm reason", task.key);
        let in_form = "chọn trạng thái nhiệm vụ đó ở trang “Kết quả”; nếu không có việc gì thì chọn “Không phát sinh” và ghi lý do";
        sink.push(Diagnostic::new(rule, one.report.span, message).hint(hint).in_form(in_form));
    }
}

fn task_outside_round(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let Some(round) = one.round else { return };
    for entry in one.report.tasks.iter().filter(|entry| !round.covers(entry.key.value)) {
        let message = format!("nhiệm vụ {} không thuộc kỳ báo cáo “{}”", one.plan[entry.key.value].key, round.name);
        let hint = "nội dung này không vào báo cáo tổng hợp của kỳ; chuyển sang kỳ khác nếu cần";
        sink.push(Diagnostic::new(rule, entry.key.span, message).hint(hint));
    }
}

/// “Không phát sinh” is an answer of its own, not why there is none.
fn answers_for_reasons(one: &One<'_>, entry: &Entry, rule: &'static Rule, sink: &mut Sink) {
    for row in entry.figures.iter() {
        let Answer::Unanswered(Some(reason)) = &row.value.answer else { continue };
        let said = fold(reason);
        let answer = match said.trim_end_matches('.') {
            "không phát sinh" | "không có phát sinh" | "chưa phát sinh" | "nothing-arose" => "nothing-arose",
            "không áp dụng" | "not-applicable" => "not-applicable",
            _ => continue,
        };
        let message = format!(
            "lý do “{reason}” của {} là một câu trả lời, không phải lý do chưa có số",
            one.plan[row.key.value].key
        );
        let hint = format!("thay cả mục bằng {answer}");
        let in_form = "chọn câu trả lời đó ở cột “Nếu không có số”, xóa lý do";
        sink.push(Diagnostic::new(rule, row.key.span, message).hint(hint).in_form(in_form));
    }
}

fn figure_without_reason(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let Some(round) = one.round else { return };
    if one.agency.reporting != Reporting::Required || one.agency.control_total_of.is_some() {
        return;
    }
    for entry in one.report.tasks.iter().filter(|entry| round.covers(entry.key.value)) {
        answers_for_reasons(one, entry, rule, sink);
        let task = &one.plan[entry.key.value];
        // A lead that directs another agency leaves the figures to it.
        let directs = task.directs.iter().any(|(lead, _)| *lead == one.agency.id);
        if directs
            || !entry.figures.unread.is_empty()
            || !matches!(entry.status, Some(TaskStatus::InProgress | TaskStatus::Done))
        {
            continue;
        }
        let asked = one.plan.typed_indicators(task.id, one.agency.id);
        let unanswered = asked.filter(|indicator| {
            entry.figure(indicator.id).is_none_or(|figure| figure.answer == Answer::Unanswered(None))
        });
        if let Some(missing) = listed(unanswered.map(|indicator| &indicator.key), ", ") {
            let message = format!("nhiệm vụ {} bỏ trống số liệu: {missing}", task.key);
            let hint = "ghi con số, nothing-arose, not-applicable, hoặc {reason: lý do chưa có số}";
            let in_form = "ghi số liệu, hoặc chọn “Không phát sinh”, “Không áp dụng”, hoặc ghi lý do chưa có số";
            sink.push(Diagnostic::new(rule, entry.key.span, message).hint(hint).in_form(in_form));
        }
    }
}

fn status_without_account(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for entry in &one.report.tasks {
        let (missing, key) = match entry.status {
            Some(TaskStatus::InProgress | TaskStatus::Done) => {
                (entry.results.is_none() && !entry.results.unread, "results")
            }
            Some(TaskStatus::NotStarted | TaskStatus::NothingArose) => (entry.reason.is_none(), "reason"),
            Some(TaskStatus::NotApplicable) | None => continue,
        };
        if missing {
            let status = entry.status.map_or("", TaskStatus::label);
            let what = if key == "results" { "kết quả" } else { "lý do" };
            let message = format!("nhiệm vụ {} “{status}” nhưng không nêu {what}", one.plan[entry.key.value].key);
            sink.push(
                Diagnostic::new(rule, entry.key.span, message)
                    .hint(format!("thêm dòng {key}: …"))
                    .in_form("điền ô kết quả thực hiện, hoặc ô lý do"),
            );
        }
    }
}

fn lead_not_applicable_without_reason(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for entry in &one.report.tasks {
        let task = &one.plan[entry.key.value];
        if task.leads.contains(&one.agency.id)
            && entry.status == Some(TaskStatus::NotApplicable)
            && entry.reason.is_none()
        {
            let message = format!(
                "{} chủ trì nhiệm vụ {} nhưng trả lời không áp dụng, không nêu lý do",
                one.agency.name, task.key
            );
            sink.push(
                Diagnostic::new(rule, entry.key.span, message).hint("thêm dòng reason: …").in_form("điền ô lý do"),
            );
        }
    }
}

fn difficulty_without_cause(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for difficulty in one.report.difficulties.iter().filter(|difficulty| difficulty.cause.is_none()) {
        let message = "khó khăn chưa nêu nguyên nhân";
        sink.push(
            Diagnostic::new(rule, difficulty.text.span, message)
                .hint("thêm dòng cause: …")
                .in_form("điền ô nguyên nhân cùng dòng"),
        );
    }
}

fn recommendation_without_addressee(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for recommendation in one.report.recommendations.iter().filter(|recommendation| recommendation.to.is_missing())
    {
        let bodies: Vec<&str> = one.plan.wording.recommend_to.iter().map(|body| body.id.as_str()).collect();
        let hint = format!("thêm dòng to: {}", bodies.join(" hoặc "));
        sink.push(
            Diagnostic::new(rule, recommendation.text.span, "kiến nghị chưa nêu gửi ai")
                .hint(hint)
                .in_form("chọn ô “Gửi tới” cùng dòng"),
        );
    }
}

fn empty_report(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for submission in all.submissions {
        let path = &all.files.get(submission.file).path;
        let (what, hint) = match submission.blank {
            Some(Blank::Nothing) => ("tệp trống", format!("đề nghị cơ quan gửi lại báo cáo, hoặc xóa tệp {path}")),
            Some(Blank::Comments) => (
                "tệp chỉ có ghi chú",
                "bỏ dấu # ở đầu các dòng là nội dung báo cáo, hoặc xóa tệp rồi tạo lại bằng plan new".to_owned(),
            ),
            Some(Blank::Identity) => (
                "báo cáo chỉ nêu cơ quan, văn bản, ngày nhận",
                "nhập kết quả các nhiệm vụ, hoặc xóa tệp này".to_owned(),
            ),
            Some(Blank::Statuses) => (
                "báo cáo chỉ có trạng thái nhiệm vụ, không có kết quả, lý do hay số liệu nào",
                "nhập kết quả (results), lý do (reason) hoặc số liệu (figures) của các nhiệm vụ".to_owned(),
            ),
            // That it is no file was said where it was to be read.
            Some(Blank::Questions | Blank::NoFile) | None => continue,
        };
        let message = format!("{what}: không có nội dung, không tính là đã gửi");
        let in_form = InForm {
            message: Some("báo cáo không có nội dung, không tính là đã gửi"),
            remedy: Some("điền kết quả các nhiệm vụ".into()),
        };
        sink.push(Diagnostic { in_form, ..Diagnostic::new(rule, place(submission), message).hint(hint) });
    }
}

fn unfilled_report(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for submission in all.submissions.iter().filter(|found| found.blank == Some(Blank::Questions)) {
        let message = "báo cáo tạo sẵn chưa điền mục nào, không tính là đã gửi";
        let hint = "điền khi nhận được báo cáo của cơ quan, hoặc xóa tệp này";
        sink.push(Diagnostic::new(rule, place(submission), message).hint(hint));
    }
}

fn place(submission: &Submission) -> Span {
    submission.report.as_ref().map_or_else(|| Span::start_of(submission.file), |report| report.span)
}

fn unexpected_report(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let Some(round) = one.round.filter(|round| !one.plan.is_asked(one.agency, round)) else { return };
    let why = one.plan.why_unasked(one.agency, round);
    let message = format!("{} {why}: báo cáo không được tính", one.agency.name);
    let remedy = "đúng là phải gửi thì sửa reporting, active trong plan/agencies.yaml";
    let hint = match one.agency.successor {
        Some(heir) => {
            format!("đề nghị {} báo số của cả hai, nêu lại khó khăn, vi phạm ở đây; {remedy}", one.plan[heir].name)
        }
        None => format!("{remedy}; không thì để nguyên"),
    };
    sink.push(Diagnostic::new(rule, one.report.span, message).hint(hint));
}
