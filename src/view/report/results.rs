//! Part II of the report: each group of tasks by its result first, then how its tasks stand, its figures in a table, and
//! a few sentences of agencies. What everybody reports in full stands in an annex.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::tables::{self, Numbered};
use super::{Brief, highlights, words_of as words_of_paragraphs};
use crate::doc::Block;
use crate::model::{Agency, AgencyId, OutlineSection, Plan, Spanned, TaskGroup, TaskStatus};
use crate::status::{Progress, TaskCounts, TaskState};
use crate::template::scope::{self, Declared, GroupOpening, OpenTask, States, Unconcerned};
use crate::vietnamese::{clause, count, lower_first};
use crate::view::template::{TemplateError, Templates};
use crate::view::{level, names};

pub(super) fn blocks(
    brief: &Brief<'_, '_>,
    section: &OutlineSection,
    scope: &scope::Report,
    numbered: &mut Numbered,
    told: &str,
) -> Result<Vec<Block>, TemplateError> {
    let mut blocks = Vec::new();
    let mut index = 0;
    for group in &brief.plan.task_groups {
        let tasks: Vec<&TaskState<'_>> = brief.status.tasks_of(group).collect();
        if tasks.is_empty() {
            continue;
        }
        index += 1;
        let wording = brief.plan.wording.groups.iter().find(|wording| wording.group.0 == group.key);
        let title = title(brief.plan, group);
        blocks.push(Block::heading(2, format!("{index}. {title}")));
        let headed = blocks.len();
        let templates =
            Templates::new(GroupOpening { report: scope, group: words_of(brief, group, title, &tasks) });
        let known = |part: String, text: String| [Block::Id(format!("{}/{part}", group.key)), Block::body(text)];
        let render = |written: &[Spanned<String>], part: &str| -> Result<Vec<Block>, TemplateError> {
            let texts = templates.render_all(written)?.into_iter().enumerate();
            Ok(texts.flat_map(|(at, text)| known(format!("{part}/{at}"), text)).collect())
        };
        if let Some(wording) = wording {
            blocks.extend(render(&wording.text, "text")?);
        }
        if let Some(opening) = &section.group_opening {
            blocks.extend(known("tasks".to_owned(), templates.render(opening)?));
        }
        blocks.extend(tables::of_group(brief, group, wording.and_then(|wording| wording.table.as_ref()), numbered));
        blocks.extend(tables::fields(brief, group, numbered));
        if let Some(wording) = wording {
            blocks.extend(render(&wording.closing, "closing")?);
        }
        let before = words_of_paragraphs(&blocks[headed..]);
        for (agency, task, text) in highlights::of_tasks(brief, &tasks, told, &before) {
            let id = format!("{}/{}", brief.plan[task].key, brief.plan[agency].key);
            blocks.extend([Block::Id(id), Block::body(text)]);
        }
        // Where the wording has no sentence, and no figure is known: no heading stands above nothing.
        if blocks.len() == headed {
            let counts: TaskCounts = tasks.iter().copied().collect();
            let (done, total) = (count(counts.done as u128), count(counts.total as u128));
            let told = match counts.done {
                0 if counts.no_report == counts.total => {
                    let accepted = if brief.leaves_unaccepted() { " đã duyệt" } else { "" };
                    format!("Chưa có báo cáo{accepted} của cơ quan chủ trì.")
                }
                0 => "Chưa có nhiệm vụ hoàn thành.".to_owned(),
                _ => format!("{done}/{total} nhiệm vụ hoàn thành."),
            };
            blocks.extend(known("tasks".to_owned(), told));
        }
    }
    Ok(blocks)
}

/// What a group is called in the report.
pub(super) fn title<'p>(plan: &'p Plan, group: &'p TaskGroup) -> &'p str {
    let wording = plan.wording.groups.iter().find(|wording| wording.group.0 == group.key);
    wording.and_then(|wording| wording.title.as_deref()).unwrap_or_else(|| clause(&group.title))
}

/// What templates may say of a group.
fn words_of<'p>(brief: &Brief<'_, 'p>, group: &TaskGroup, title: &str, tasks: &[&TaskState<'p>]) -> scope::Group {
    let counts: TaskCounts = tasks.iter().copied().collect();
    let leads = tasks.iter().flat_map(|state| leads(brief, state));
    let silent = told(brief, leads.filter(|agency| brief.status.valid_report(agency.id).is_none()));
    let in_part = silent_in_part(brief, tasks);
    scope::Group {
        id: group.key.clone(),
        title: title.to_owned(),
        tasks: counts.total,
        states: states(&counts),
        leads: counts.leads,
        reported: counts.reported,
        silent: (!silent.is_empty()).then_some(silent),
        silent_in_part: (!in_part.is_empty()).then(|| few_or_counted(brief, &in_part)),
        overdue: counts.overdue,
        open: together(tasks.iter().filter_map(|state| open(brief, state))),
        unconcerned: tasks.iter().filter_map(|state| unconcerned(state)).collect(),
    }
}

/// How many tasks are in each state.
pub(super) fn states(tasks: &TaskCounts) -> States {
    States {
        done: tasks.done,
        in_progress: tasks.in_progress,
        partly_reported: tasks.partly_reported,
        not_started: tasks.not_started,
        nothing_arose: tasks.nothing_arose,
        not_applicable: tasks.not_applicable,
        no_report: tasks.no_report,
    }
}

/// `None` of a task that is done or has nothing to do.
fn open(brief: &Brief<'_, '_>, state: &TaskState<'_>) -> Option<OpenTask> {
    let id = match state.progress {
        Progress::NoReport => "no_report",
        Progress::Partly => "partly_reported",
        Progress::NotStarted => "not_started",
        Progress::Ongoing => "in_progress",
        Progress::Done | Progress::NothingArose | Progress::NotApplicable => return None,
    };
    Some(OpenTask {
        title: lower_first(&state.task.short_title),
        tasks: 1,
        leads: state.leads,
        reported: state.declared.len(),
        state: id,
        silent: silent(brief, state),
        overdue: state.is_overdue(),
        declared: declared(&state.declared),
    })
}

/// Of which the same is to be said: once, by their titles. How many have reported is said of those that some have.
fn together(open: impl Iterator<Item = OpenTask>) -> Vec<OpenTask> {
    let said = |task: &OpenTask| {
        let counts = (task.state == "partly_reported").then(|| (task.leads, task.reported, task.declared.clone()));
        (task.state, task.silent.clone(), task.overdue, counts)
    };
    let mut alike: IndexMap<_, Vec<OpenTask>> = IndexMap::new();
    for task in open {
        alike.entry(said(&task)).or_default().push(task);
    }
    let told = alike.into_values().filter_map(|alike| {
        let mut titles: Vec<String> = alike.iter().map(|task| task.title.clone()).collect();
        let last = titles.pop()?;
        let title = if titles.is_empty() {
            last
        } else {
            format!("{} và nhiệm vụ {last}", titles.join(", nhiệm vụ "))
        };
        Some(OpenTask { title, tasks: alike.len(), ..alike.into_iter().next()? })
    });
    told.collect()
}

/// What is told of a task of which some leads have not reported has its own count of them.
fn unconcerned(state: &TaskState<'_>) -> Option<Unconcerned> {
    let agencies = state.declared.iter().filter(|status| **status == TaskStatus::NotApplicable).count();
    let some = state.progress != Progress::Partly && (1..state.declared.len()).contains(&agencies);
    some.then(|| Unconcerned { task: lower_first(&state.task.short_title), agencies })
}

/// So many are named; more are in the part on who reported.
const FEW: usize = 4;

/// Those leads of some tasks without a valid report that no group folds, in the order of the plan.
pub(crate) fn silent_leads<'p>(brief: &Brief<'_, 'p>, tasks: &[&TaskState<'p>]) -> Vec<&'p Agency> {
    let leads = tasks.iter().flat_map(|state| leads(brief, state));
    let silent = leads.filter(|agency| brief.status.valid_report(agency.id).is_none());
    let named = silent.filter(|agency| brief.folding_group(agency).is_none());
    named
        .map(|agency| (usize::from(agency.id), agency))
        .collect::<BTreeMap<usize, &Agency>>()
        .into_values()
        .collect()
}

/// Those of them that lead a task of which others reported.
pub(crate) fn silent_in_part<'p>(brief: &Brief<'_, 'p>, tasks: &[&TaskState<'p>]) -> Vec<&'p Agency> {
    let partly: Vec<_> = tasks.iter().copied().filter(|state| state.progress == Progress::Partly).collect();
    silent_leads(brief, &partly)
}

/// By name, or how many of which level.
fn few_or_counted(brief: &Brief<'_, '_>, agencies: &[&Agency]) -> String {
    let ids: BTreeSet<AgencyId> = agencies.iter().map(|agency| agency.id).collect();
    if ids.len() <= FEW {
        return names::joined(agencies.iter().copied());
    }
    let level = agencies.first().map_or("", |agency| level(brief.plan, brief.plan.level(agency)));
    format!("{} {}", count(ids.len() as u128), names::members(level))
}

fn declared(by: &[TaskStatus]) -> Declared {
    let count = |wanted: &[TaskStatus]| by.iter().filter(|status| wanted.contains(status)).count();
    Declared {
        done: count(&[TaskStatus::Done]),
        in_progress: count(&[TaskStatus::InProgress]),
        not_started: count(&[TaskStatus::NotStarted]),
        nothing_arose: count(&[TaskStatus::NothingArose]),
        not_applicable: count(&[TaskStatus::NotApplicable]),
    }
}

/// The leads of a task that are asked in the round.
fn leads<'b, 'p>(brief: &'b Brief<'_, 'p>, state: &'b TaskState<'p>) -> impl Iterator<Item = &'p Agency> + 'b {
    state.task.leads.iter().filter_map(|lead| Some(brief.status.agency(*lead)?.agency))
}

/// The leads of a task without a valid report of it.
fn silent(brief: &Brief<'_, '_>, state: &TaskState<'_>) -> String {
    let has_said = |agency: &Agency| {
        brief.status.valid_report(agency.id).is_some_and(|report| report.entry(state.task.id).is_some())
    };
    told(brief, leads(brief, state).filter(|agency| !has_said(agency)))
}

/// Agencies by name, those of folded groups by how many; empty of none.
fn told<'p>(brief: &Brief<'_, 'p>, agencies: impl Iterator<Item = &'p Agency>) -> String {
    let (folded, named): (Vec<&Agency>, Vec<&Agency>) =
        agencies.partition(|agency| brief.folding_group(agency).is_some());
    let folded: BTreeSet<AgencyId> = folded.iter().map(|agency| agency.id).collect();
    let named = (!named.is_empty()).then(|| few_or_counted(brief, &named));
    let counted = brief.plan.groups.iter().filter(|group| group.folded).filter_map(|group| {
        let members = folded.iter().filter(|agency| group.members.contains(*agency)).count();
        (members > 0).then(|| format!("{} {}", count(members as u128), names::members(&group.name)))
    });
    named.into_iter().chain(counted).collect::<Vec<_>>().join(" và ")
}

#[cfg(test)]
mod tests;
