//! The small template language of `plan/report.yaml` (minijinja): its engine, its variables by name, and
//! what is wrong with a template in words. Holds no values.

use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};

/// Which text a template is part of; each has variables of its own besides those of all.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    Report,
    Reminder,
}

/// The variables of every template; the comment at the head of `plan/report.yaml` says what they hold.
const COMMON: &[&str] = &[
    "issuer_name",
    "as_of",
    "plan.title",
    "plan.year",
    "plan.province",
    "plan.issuer",
    "plan.number",
    "plan.date",
    "round.name",
    "round.title",
    "round.data_from",
    "round.data_to",
    "round.agencies_deadline",
    "round.consolidated_deadline",
    "counts.expected",
    "counts.received",
    "counts.on_time",
    "counts.late",
    "counts.missing",
    "counts.invalid",
    "counts.skipped",
    "counts.requested",
    "counts.requested_received",
    "loop.first",
    "loop.last",
    "loop.index",
    "loop.length",
    "loop",
];

/// Those of the report, besides `totals.<indicator>` and `numbers.<indicator>`.
const REPORT: &[&str] = &[
    "parts",
    "tasks.total",
    "tasks.done",
    "tasks.in_progress",
    "tasks.not_started",
    "tasks.nothing_arose",
    "tasks.no_report",
    "tasks.overdue",
    "group.id",
    "group.title",
    "group.tasks",
    "group.done",
    "group.in_progress",
    "group.not_started",
    "group.nothing_arose",
    "group.not_applicable",
    "group.no_report",
    "group.leads",
    "group.reported",
];

const REMINDER: &[&str] = &[
    "agency",
    "agency.name",
    "agency.tasks",
    "agency.errors",
    "urged.total",
    "urged.missing",
    "urged.invalid",
    "deadline.passed",
    "deadline.days",
    "deadline.last_day",
    "deadline.last_working_day",
    "contact",
];

/// An engine in which a name that does not exist is an error, never a blank in a report to the Ministry.
pub(crate) fn engine() -> Environment<'static> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    // Text is plain until a renderer escapes it for its own format.
    engine.set_auto_escape_callback(|_| AutoEscape::None);
    engine
}

/// What is wrong with a template before there are values; `None` where nothing is.
pub(crate) fn problem(template: &str, purpose: Purpose, is_indicator: impl Fn(&str) -> bool) -> Option<String> {
    let engine = engine();
    let parsed = match engine.template_from_str(template) {
        Ok(parsed) => parsed,
        Err(error) => return Some(reason(&error)),
    };
    let known = |name: &str| {
        let of_indicator = ["totals.", "numbers."].iter().find_map(|prefix| name.strip_prefix(prefix));
        let own = match purpose {
            Purpose::Report => REPORT.contains(&name) || of_indicator.is_some_and(&is_indicator),
            Purpose::Reminder => REMINDER.contains(&name),
        };
        own || COMMON.contains(&name)
    };
    let mut unknown: Vec<String> =
        parsed.undeclared_variables(true).into_iter().filter(|name| !known(name)).collect();
    unknown.sort();
    (!unknown.is_empty()).then(|| format!("không có biến {}", unknown.join(", ")))
}

/// An error of the engine in words.
pub(crate) fn reason(error: &Error) -> String {
    let what = match error.kind() {
        ErrorKind::SyntaxError => "sai cú pháp, xem lại các dấu {{ }}, {% %} và {% endif %}",
        ErrorKind::UndefinedError => "có biến không nằm trong danh sách ở đầu tệp",
        ErrorKind::UnknownFilter
        | ErrorKind::UnknownFunction
        | ErrorKind::UnknownTest
        | ErrorKind::UnknownMethod => "có hàm hoặc bộ lọc không tồn tại",
        _ => "phép tính trong câu mẫu không thực hiện được",
    };
    match error.line() {
        Some(line) => format!("{what} (dòng {line} của câu mẫu)"),
        None => what.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Purpose, problem};

    #[test]
    fn templates_are_judged_before_there_are_values() {
        for (template, wrong) in [
            ("{{ plan.title[0] | lower }} {% if totals.inspections %}{{ numbers.inspections }}{% endif %}", None),
            ("{% for part in parts %}{{ part.name }}{% if loop.last %}.{% endif %}{% endfor %}", None),
            ("{{ plan.titel }}", Some("không có biến plan.titel")),
            ("{{ totals.inspection }}", Some("không có biến totals.inspection")),
            ("{% if plan.title %}", Some("sai cú pháp")),
        ] {
            let found = problem(template, Purpose::Report, |id| id == "inspections");
            assert_eq!(found.is_some(), wrong.is_some(), "{template}: {found:?}");
            assert!(found.unwrap_or_default().contains(wrong.unwrap_or_default()), "{template}");
        }
    }
}
