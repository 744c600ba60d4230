//! A report to fill in, as YAML with the questions as comments: what `plan new` writes. Text, since no library writes
//! comments; a test reads every scaffold back. Pure.

use chrono::NaiveDate;

use crate::model::{Agency, Answer, Indicator, Part, Plan, Report, Round, Task, TaskStatus};
use crate::vietnamese::{date, number, weekday};

/// Longer lines of comments are broken.
const WIDTH: usize = 110;

/// A report of one agency for a round. `earlier` is its report of the round before, whose figures stand beside the
/// fields; `schema` leads from the report's folder to the JSON Schema.
pub(crate) fn report(
    plan: &Plan,
    round: &Round,
    agency: &Agency,
    earlier: Option<(&Round, &Report)>,
    schema: &str,
) -> String {
    let holidays = &plan.holidays;
    let working = holidays.last_working_day(round.agencies.last_on_time(holidays));
    let mut out = head(plan, agency, schema, &format!("kỳ {}: {}", round.short_name, round.name));
    let sent = format!(
        "Gửi {} {} (ngày làm việc cuối cùng trước hạn: {}, ngày {}). Số liệu lũy kế từ ngày {} đến ngày {}.",
        plan.wording.issuer_name,
        round.agencies.as_worded,
        weekday(working),
        date(working),
        date(round.data_from),
        date(round.data_to)
    );
    comment(&mut out, "", &sent);
    comment(
        &mut out,
        "",
        "Trạng thái (status): not-started (chưa thực hiện), in-progress (đang thực hiện), done (hoàn thành), nothing-arose (không phát \
         sinh), not-applicable (không áp dụng).",
    );
    comment(
        &mut out,
        "",
        "Số liệu: viết liền các chữ số, tiền tính bằng đồng; không có thì ghi nothing-arose, not-applicable hoặc {reason: \"lý do\"}; số 0 \
         khác với không phát sinh. Nhiệm vụ phối hợp không có kết quả thì xóa cả mục.",
    );
    out += &format!("agency: {}\nround: {}\n", agency.key, round.key);
    paper(&mut out, plan, agency);
    out += "tasks:\n";
    let tasks = plan.asked_tasks(round, agency.id);
    // What is open to anybody concerned is for those that the plan names nowhere.
    let open = tasks.iter().all(|(_, part)| *part == Part::Open);
    if tasks.is_empty() {
        comment(
            &mut out,
            "  ",
            "Kế hoạch không nêu tên cơ quan trong nhiệm vụ nào: ghi mã nhiệm vụ đã tham gia, ví dụ II.2, và kết quả.",
        );
    }
    for (heading, part) in [("CHỦ TRÌ", Part::Leads), ("PHỐI HỢP", Part::Beside), ("CÓ LIÊN QUAN", Part::Open)]
    {
        let of_kind: Vec<&Task> = tasks
            .iter()
            .filter(|(_, of)| *of == part && (part != Part::Open || open))
            .map(|(task, _)| *task)
            .collect();
        if !of_kind.is_empty() {
            out += &format!("\n  # {heading}\n");
        }
        for task in of_kind {
            entry(&mut out, plan, agency, task, earlier);
        }
    }
    closing(&mut out, plan);
    out
}

/// An ad hoc report of a day.
pub(crate) fn ad_hoc(plan: &Plan, agency: &Agency, day: NaiveDate, schema: &str) -> String {
    let mut out = head(plan, agency, schema, "báo cáo đột xuất");
    out +=
        &format!("agency: {}\nround: {}\ndate: {day}\nsubject:  # nội dung báo cáo\n", agency.key, plan.ad_hoc.id);
    paper(&mut out, plan, agency);
    closing(&mut out, plan);
    out
}

fn head(plan: &Plan, agency: &Agency, schema: &str, what: &str) -> String {
    let mut out = format!("# yaml-language-server: $schema={schema}\n");
    comment(&mut out, "", &format!("{} – {what} (Kế hoạch năm {})", agency.name, plan.year));
    comment(
        &mut out,
        "",
        "Điền sau dấu hai chấm; ngày viết năm-tháng-ngày, ví dụ 2026-11-20. Kiểm tra: plan check",
    );
    out
}

fn paper(out: &mut String, plan: &Plan, agency: &Agency) {
    let code = agency.document_code.as_deref().unwrap_or("…");
    *out += &format!(
        "document:\n  number:  # số, ký hiệu, ví dụ 12/BC-{code}\n  date:  # ngày ký\nreceived:  # ngày {} nhận\n",
        plan.wording.issuer_name
    );
}

fn entry(out: &mut String, plan: &Plan, agency: &Agency, task: &Task, earlier: Option<(&Round, &Report)>) {
    out.push('\n');
    for (index, paragraph) in task.content.iter().enumerate() {
        let number = if index == 0 { format!("{}. ", task.key) } else { String::new() };
        comment(out, "  ", &format!("{number}{paragraph}"));
    }
    *out += &format!(
        "  {}:\n    status:\n    results:  # kết quả bằng lời; không có thì xóa dòng này và ghi reason: lý do\n",
        task.key
    );
    let typed: Vec<&Indicator> = plan.typed_indicators(task.id, agency.id).collect();
    if typed.is_empty() {
        return;
    }
    *out += "    figures:\n";
    for indicator in typed {
        let before = earlier.and_then(|(round, report)| {
            let answer = &report.entry(task.id)?.figure(indicator.id)?.value;
            Some(format!("; kỳ {}: {}", round.short_name, told(answer)?))
        });
        *out += &format!(
            "      {}:  # {} ({}){}\n",
            indicator.key,
            one_line(&indicator.label),
            one_line(&indicator.unit),
            before.unwrap_or_default()
        );
    }
}

fn told(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Value(value) => Some(number(u128::from(*value))),
        Answer::NothingArose => Some(TaskStatus::NothingArose.label().to_owned()),
        Answer::NotApplicable => Some(TaskStatus::NotApplicable.label().to_owned()),
        Answer::Unanswered(_) => None,
    }
}

/// What most reports also tell; to be uncommented, since an empty item would be a mistake.
fn closing(out: &mut String, plan: &Plan) {
    let list = |named: &mut dyn Iterator<Item = String>| named.collect::<Vec<_>>().join(", ");
    let sources = list(&mut plan.funding_sources.iter().map(|source| format!("{} ({})", source.id, source.name)));
    let bodies = list(&mut plan.wording.recommend_to.iter().map(|body| format!("{} ({})", body.id, body.name)));
    *out += "\n# Các mục dưới đây nếu có thì bỏ dấu # đầu dòng và điền.\n";
    *out += "# difficulties:  # khó khăn, vướng mắc\n#   - text: nội dung\n#     cause: nguyên nhân\n#     task: mã nhiệm vụ\n";
    *out += &format!("# recommendations:  # kiến nghị; to là một trong: {}\n", one_line(&bodies));
    *out += "#   - to: mã nơi nhận kiến nghị\n#     text: nội dung\n";
    *out += "# next_steps:  # phương hướng, nhiệm vụ\n#   - nội dung\n";
    *out += &format!("# funding:  # kinh phí đã sử dụng, đồng; nguồn là một trong: {}\n", one_line(&sources));
    *out += "#   mã nguồn: 0\n";
}

/// Comment lines of at most [`WIDTH`] characters.
fn comment(out: &mut String, indent: &str, text: &str) {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + word.chars().count() + 1 > WIDTH {
            *out += &format!("{indent}#{line}\n");
            line.clear();
        }
        line.push(' ');
        line += word;
    }
    *out += &format!("{indent}#{line}\n");
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
