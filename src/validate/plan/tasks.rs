//! `plan/tasks/*.yaml`: groups of tasks, with what each cell of the annex stands for.

use indexmap::IndexSet;

use super::super::fields::{self, Fields};
use super::super::rules::MISSING_FIELD;
use super::Names;
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{AgencyId, Due, Task, TaskGroup, TaskId};
use crate::yaml::{Kind, Node};

pub(super) fn task_group(node: &Node<'_>, names: &Names<'_>, sink: &mut Sink) -> Option<(TaskGroup, Vec<Task>)> {
    let mut fields = Fields::new(node, "nhóm nhiệm vụ", sink)?;
    let span = fields.span();
    fields.optional_text("source", sink);
    let id = fields.required_text("id", sink);
    let short_title = fields.required_text("short_title", sink);
    let title = fields.required_text("title", sink);
    fields.required_text("title_in_body", sink);
    fields.required("number_in_body", sink).and_then(|node| fields::whole(node, sink));
    let tasks = fields.list("tasks", sink, |node, sink| task(node, names, sink));
    fields.finish(sink);
    let group = TaskGroup { key: id?, short_title: short_title?, title: title?, tasks: IndexSet::new(), span };
    Some((group, tasks))
}

fn task(node: &Node<'_>, names: &Names<'_>, sink: &mut Sink) -> Option<Task> {
    let mut fields = Fields::new(node, "nhiệm vụ", sink)?;
    let span = fields.span();
    let id = fields.required_text("id", sink);
    let short_title = fields.required_text("short_title", sink);
    let content = fields.texts("content", sink);
    let leads = fields.required("leads", sink).and_then(|node| assignments(node, names, sink));
    let coordinators = fields.optional("coordinators").and_then(|node| assignments(node, names, sink));
    let (due, due_as_worded) =
        fields.optional("time").and_then(|node| due(node, sink)).unwrap_or((Due::Unstated, None));
    fields.finish(sink);
    let leads_unread = leads.as_ref().is_none_or(|leads| leads.unread);
    let Assignments { as_worded, agencies, through, open, .. } = leads.unwrap_or_default();
    let coordinators = coordinators.unwrap_or_default();
    let worded = Some(coordinators.as_worded).filter(|words| !words.is_empty());
    let id = id?;
    Some(Task {
        id: TaskId::default(),
        short_title: short_title.unwrap_or_else(|| id.clone()),
        key: id,
        content,
        leads_as_worded: as_worded,
        leads: agencies,
        leads_unread,
        through,
        coordinators_as_worded: worded,
        coordinators: coordinators.agencies,
        open_to_others: open || coordinators.open,
        due,
        due_as_worded,
        span,
    })
}

/// A cell of the annex: its wording and the agencies it stands for, groups expanded, each agency once.
#[derive(Default)]
struct Assignments {
    as_worded: String,
    agencies: IndexSet<AgencyId>,
    through: IndexSet<AgencyId>,
    /// Whether a group is among them that names nobody in particular.
    open: bool,
    /// Whether somebody is named who is not known.
    unread: bool,
}

fn assignments(node: &Node<'_>, names: &Names<'_>, sink: &mut Sink) -> Option<Assignments> {
    let mut fields = Fields::new(node, "phân công", sink)?;
    let as_worded = fields.required_text("as_worded", sink).unwrap_or_default();
    let mut through = IndexSet::new();
    let (mut written, mut open) = (0, false);
    let parties = fields.list("assigned", sink, |node, sink| {
        written += 1;
        let mut fields = Fields::new(node, "cơ quan được phân công", sink)?;
        let span = fields.span();
        let agency = fields.optional("agency");
        let group = fields.optional("group");
        through.extend(fields.optional("through").and_then(|node| names.agency(node, sink)));
        fields.finish(sink);
        match (agency, group) {
            (Some(node), None) => names.agency(node, sink).map(|id| IndexSet::from([id])),
            (None, Some(node)) => names.group(node, sink).map(|group| {
                open |= group.open;
                group.members.clone()
            }),
            _ => {
                let message = "mỗi dòng phân công nêu đúng một cơ quan (agency) hoặc một nhóm (group)";
                sink.push(
                    Diagnostic::new(&MISSING_FIELD, span, message).hint("viết {agency: mã} hoặc {group: mã}"),
                );
                None
            }
        }
    });
    fields.finish(sink);
    let unread = parties.len() < written;
    let agencies = parties.into_iter().flatten().collect();
    Some(Assignments { as_worded, agencies, through, open, unread })
}

/// When, and how the plan says it.
fn due(node: &Node<'_>, sink: &mut Sink) -> Option<(Due, Option<String>)> {
    let mut fields = Fields::new(node, "thời gian", sink)?;
    let as_worded = fields.required_text("as_worded", sink);
    let due = fields.required("due", sink).and_then(|node| match &node.kind {
        Kind::Scalar { text, .. } if text == "no-deadline" => Some(Due::NoDeadline),
        _ => fields::date(node, sink).map(|date| Due::On(date.value)),
    });
    fields.finish(sink);
    Some((due.unwrap_or(Due::Unstated), as_worded))
}

/// The value of a Roman numeral, for the order of the groups; what is no numeral comes last.
pub(super) fn roman(numeral: &str) -> u32 {
    let value = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let Some(digits) = numeral.chars().map(value).collect::<Option<Vec<u32>>>() else { return u32::MAX };
    let (mut total, mut previous) = (0, 0);
    for digit in digits.into_iter().rev() {
        total = if digit < previous { total - digit } else { total + digit };
        previous = previous.max(digit);
    }
    total
}
