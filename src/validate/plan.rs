//! The files under `plan/` → `model::Plan`. What the code never asks for (purposes, requirements,
//! sources) is checked for its shape and stays in the files.

mod agencies;
mod indicators;
mod rounds;
mod tasks;

use std::collections::HashMap;

use super::fields::{self, Fields, text};
use super::rules::{DUPLICATE_ID, MISSING_FIELD, NOT_A_NUMBER, UNKNOWN_AGENCY, UNKNOWN_TASK};
use super::{suggest, wording};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{Agency, AgencyId, Group, List, Named, Plan, Task, TaskGroup, TaskId};
use crate::source::{Files, PLAN_FILE, Span};
use crate::yaml::Node;

/// The files besides `plan/tasks/*.yaml`.
pub(super) const FILES: [&str; 6] = [
    PLAN_FILE,
    "plan/agencies.yaml",
    "plan/rounds.yaml",
    "plan/indicators.yaml",
    "plan/holidays.yaml",
    "plan/report.yaml",
];

/// The plan, or `None` where a file is missing or is not YAML: nothing can be checked against it then.
pub(super) fn plan(files: &Files, sink: &mut Sink) -> Option<Plan> {
    let [general, agencies, rounds, indicators, holidays, wording] = FILES.map(|path| tree(files, path, sink));
    let task_files: Vec<_> = files.iter().filter(|(_, file)| is_task_file(&file.path)).collect();
    let tasks: Vec<_> = task_files.iter().map(|(_, file)| tree(files, &file.path, sink)).collect();
    let tasks: Option<Vec<_>> = tasks.into_iter().collect();
    let (general, agencies, rounds, indicators) = (general?, agencies?, rounds?, indicators?);
    let (holidays, wording, tasks) = (holidays?, wording?, tasks?);

    let (agencies, groups) = agencies::agencies_and_groups(&agencies, sink)?;
    let names = Names { agencies: &agencies, groups: &groups };
    let task_groups: Vec<_> = tasks.iter().filter_map(|node| tasks::task_group(node, &names, sink)).collect();
    let (task_groups, tasks) = in_order(task_groups, sink);
    let holidays = rounds::holidays(&holidays, sink)?;
    let rounds = rounds::rounds(&rounds, &tasks, sink)?;
    let (indicators, complaints) = indicators::indicators(&indicators, &tasks, &names, sink)?;
    let wording = wording::wording(&wording, sink)?;

    let mut fields = Fields::new(&general, "Kế hoạch", sink)?;
    let title = fields.required_text("title", sink);
    let year = fields.required("year", sink).and_then(|node| year(node, sink));
    let province = fields.required_text("province", sink);
    let number = fields.optional_text("number", sink);
    let date = fields.optional_date("date", sink);
    let issuer = fields.required_text("issuer", sink);
    let consolidator = fields.required("consolidator", sink).and_then(|node| names.agency(node, sink));
    let bases = fields.list("bases", sink, basis);
    if bases.is_empty() {
        let message = "Kế hoạch không có căn cứ nào (mục “bases”)";
        sink.push(
            Diagnostic::new(&MISSING_FIELD, fields.span(), message).hint("chép các căn cứ từ văn bản Kế hoạch"),
        );
    }
    for key in ["purposes", "requirements", "peak_periods", "recipients"] {
        fields.texts(key, sink);
    }
    let funding_sources = fields.required("funding", sink).and_then(|node| funding(node, sink)).unwrap_or_default();
    if let Some(mut signer) = fields.required("signer", sink).and_then(|node| Fields::new(node, "người ký", sink))
    {
        signer.texts("authority", sink);
        signer.required_text("post", sink);
        signer.optional_text("name", sink);
        signer.finish(sink);
    }
    fields.optional_text("source", sink);
    fields.finish(sink);

    Some(Plan {
        title: title?,
        year: year?,
        province: province?,
        number,
        date,
        issuer: issuer?,
        consolidator,
        funding_sources,
        agencies,
        groups,
        task_groups,
        tasks,
        rounds: rounds.rounds,
        unread_rounds: rounds.unread,
        ad_hoc: rounds.ad_hoc,
        indicators,
        complaints,
        holidays,
        wording,
    })
}

/// The groups by their numerals, each with its tasks, and the tasks of all.
fn in_order(mut read: Vec<(TaskGroup, Vec<Task>)>, sink: &mut Sink) -> (Vec<TaskGroup>, List<Task>) {
    reject_duplicates(read.iter().map(|(group, _)| (group.key.as_str(), group.span)), sink);
    read.sort_by_key(|(group, _)| tasks::roman(&group.key));
    let (mut groups, mut all) = (Vec::new(), Vec::new());
    for (mut group, tasks) in read {
        group.tasks = (all.len()..all.len() + tasks.len()).map(TaskId::from).collect();
        groups.push(group);
        all.extend(tasks);
    }
    reject_duplicates(all.iter().map(|task| (task.key.as_str(), task.span)), sink);
    (groups, List::new(all))
}

pub(super) fn is_task_file(path: &str) -> bool {
    path.strip_prefix("plan/tasks/").is_some_and(|name| name.ends_with(".yaml") && !name.contains('/'))
}

fn tree<'a>(files: &'a Files, path: &str, sink: &mut Sink) -> Option<Node<'a>> {
    let Some((id, _)) = files.find(path) else {
        // There is no place to point at but the plan's own file, which is what makes a workspace.
        if let Some((id, _)) = files.find(PLAN_FILE) {
            let message = format!("không có tệp {path}");
            let hint = "chép tệp này từ bản lưu của Kế hoạch vào đúng thư mục";
            sink.push(Diagnostic::new(&MISSING_FIELD, Span::start_of(id), message).hint(hint));
        }
        return None;
    };
    super::parse(files, id, sink)
}

/// A year that a plan can be of.
fn year(node: &Node<'_>, sink: &mut Sink) -> Option<i32> {
    let written = fields::whole(node, sink)?;
    let year = i32::try_from(written).ok().filter(|year| (2000..=2100).contains(year));
    if year.is_none() {
        let message = format!("năm {written} không hợp lệ");
        sink.push(Diagnostic::new(&NOT_A_NUMBER, node.span, message).hint("viết đủ bốn chữ số, ví dụ 2026"));
    }
    year
}

/// The ids that other parts of the plan may name.
struct Names<'p> {
    agencies: &'p List<Agency>,
    groups: &'p List<Group>,
}

impl<'p> Names<'p> {
    fn agency(&self, node: &Node<'_>, sink: &mut Sink) -> Option<AgencyId> {
        super::known_agency(self.agencies, node, sink).map(|id| id.value)
    }

    fn group(&self, node: &Node<'_>, sink: &mut Sink) -> Option<&'p Group> {
        known_group(self.groups, node, sink)
    }
}

fn known_group<'p>(groups: &'p List<Group>, node: &Node<'_>, sink: &mut Sink) -> Option<&'p Group> {
    let key = text(node, sink)?;
    let found = groups.find(&key.value);
    if found.is_none() {
        let candidates = groups.iter().map(|group| (group.key.as_str(), group.name.as_str()));
        sink.push(unknown(&UNKNOWN_AGENCY, key.span, "nhóm cơ quan", &key.value, candidates));
    }
    found
}

fn unknown<'c>(
    rule: &'static Rule,
    span: Span,
    what: &str,
    written: &str,
    candidates: impl Iterator<Item = (&'c str, &'c str)>,
) -> Diagnostic {
    let hint = suggest::among(written, candidates)
        .unwrap_or_else(|| format!("khai {what} này trong plan/ trước, hoặc sửa lại mã"));
    Diagnostic::new(rule, span, format!("không có {what} “{written}”")).hint(hint)
}

pub(super) fn reject_duplicates<'i>(ids: impl Iterator<Item = (&'i str, Span)>, sink: &mut Sink) {
    let mut seen = HashMap::new();
    for (id, span) in ids {
        let first = *seen.entry(id).or_insert(span);
        if first != span {
            sink.push(
                Diagnostic::new(&DUPLICATE_ID, span, format!("mã “{id}” đã dùng cho mục khác"))
                    .hint("đặt mã khác cho một trong hai mục")
                    .related(first, "đã dùng ở đây"),
            );
        }
    }
}

/// A list of ids with names, each id once; the name stands under `label`.
pub(super) fn named_list(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    label: &'static str,
    sink: &mut Sink,
) -> Vec<Named> {
    let read = fields.list(key, sink, |node, sink| Some((named(node, label, sink)?, fields::place(node))));
    reject_duplicates(read.iter().map(|(named, span)| (named.id.as_str(), *span)), sink);
    read.into_iter().map(|(named, _)| named).collect()
}

fn named(node: &Node<'_>, label: &'static str, sink: &mut Sink) -> Option<Named> {
    let mut fields = Fields::new(node, "mục này", sink)?;
    let id = fields.required_text("id", sink);
    let name = fields.required_text(label, sink);
    fields.finish(sink);
    Some(Named { id: id?, name: name? })
}

fn basis(node: &Node<'_>, sink: &mut Sink) -> Option<()> {
    let mut fields = Fields::new(node, "căn cứ", sink)?;
    fields.required_text("text", sink);
    fields.list("documents", sink, |node, sink| {
        let mut fields = Fields::new(node, "văn bản", sink)?;
        fields.required_text("number", sink);
        fields.required_date("date", sink);
        fields.finish(sink);
        Some(())
    });
    fields.finish(sink);
    Some(())
}

fn funding(node: &Node<'_>, sink: &mut Sink) -> Option<Vec<Named>> {
    let mut fields = Fields::new(node, "kinh phí", sink)?;
    fields.required_text("text", sink);
    let sources = named_list(&mut fields, "sources", "name", sink);
    fields.finish(sink);
    Some(sources)
}

fn known_task(tasks: &List<Task>, node: &Node<'_>, sink: &mut Sink) -> Option<TaskId> {
    let key = text(node, sink)?;
    let found = tasks.find(&key.value);
    if found.is_none() {
        let candidates = tasks.iter().map(|task| (task.key.as_str(), task.short_title.as_str()));
        sink.push(unknown(&UNKNOWN_TASK, key.span, "nhiệm vụ", &key.value, candidates));
    }
    found.map(|task| task.id)
}
