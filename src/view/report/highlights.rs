//! Which agencies' own sentences the report quotes: few of each group of tasks, by what they tell; never cut, never the
//! first that comes.

use std::collections::BTreeSet;

use super::Brief;
use crate::model::{Agency, AgencyId, Answer, Entry, HIGHLIGHT_WORDS, TaskId};
use crate::status::TaskState;
use crate::template::scope::Highlight;
use crate::vietnamese::{clause, fold, number};
use crate::view::names;

/// Of a group of tasks.
const MOST: usize = 2;

struct Candidate<'p> {
    agency: &'p Agency,
    task: TaskId,
    text: String,
    /// Before what depends on those chosen already.
    score: u32,
    /// Whether it holds a number that no table tells.
    tells_more: bool,
    /// Whether it holds one of its figures that a sentence before it tells.
    repeats: bool,
}

/// Every sentence that may be quoted, in the order of the plan.
pub(super) fn all(brief: &Brief<'_, '_>) -> Vec<Highlight> {
    let entries =
        brief.status.tasks.iter().flat_map(|state| brief.entries(state.task.id).map(move |found| (state, found)));
    let told = entries.filter_map(|(state, (agency, entry))| {
        Some(Highlight { task: state.task.key.clone(), text: named(agency, &brief.quoted(quoted(entry)?)) })
    });
    told.collect()
}

fn quoted(entry: &Entry) -> Option<&str> {
    let text = entry.highlight.as_ref()?.value.as_str();
    (text.split_whitespace().count() <= HIGHLIGHT_WORDS).then_some(text)
}

/// The sentences chosen for some tasks but for those `told` already, each naming who says so, in the order of the tasks.
/// `before`: the sentences that they stand behind.
pub(super) fn of_tasks<'p>(
    brief: &Brief<'_, 'p>,
    tasks: &[&TaskState<'p>],
    told: &str,
    before: &str,
) -> Vec<(AgencyId, TaskId, String)> {
    let entries = tasks.iter().flat_map(|state| brief.entries(state.task.id).map(move |found| (state, found)));
    let said: BTreeSet<(String, String)> = numbers(before).collect();
    let mut candidates: Vec<Candidate<'p>> = entries
        .filter_map(|(state, (agency, entry))| {
            let text = quoted(entry)?;
            let leads = state.task.leads.contains(&agency.id);
            let (own, others): (Vec<_>, Vec<_>) = numbers(text).partition(|(number, _)| is_figure(entry, number));
            let (tells_more, repeats) = (!others.is_empty(), own.iter().any(|number| said.contains(number)));
            let score =
                3 * u32::from(leads) + 2 * u32::from(tells_more) + u32::from(brief.folding_group(agency).is_none());
            Some(Candidate { agency, task: state.task.id, text: brief.quoted(text), score, tells_more, repeats })
        })
        .collect();
    // What says nothing new is not said again.
    candidates.retain(|candidate| candidate.tells_more || !candidate.repeats);
    // What stands elsewhere in the report is as good as chosen here.
    let before = candidates.extract_if(.., |candidate| told.contains(clause(&candidate.text))).count();
    let mut chosen: Vec<Candidate<'p>> = Vec::new();
    while before + chosen.len() < MOST && !candidates.is_empty() {
        let worth = |candidate: &Candidate<'_>| {
            let new_voice = chosen.iter().all(|other| other.agency.id != candidate.agency.id);
            let new_task = chosen.iter().all(|other| other.task != candidate.task);
            (!candidate.repeats, candidate.score + u32::from(new_voice) + u32::from(new_task))
        };
        // A second one must tell a number that no table tells, and none again.
        if before + chosen.len() > 0 {
            candidates.retain(|candidate| candidate.tells_more && !candidate.repeats);
        }
        let best = candidates.iter().map(worth).max();
        // The first of the best, in the order of the plan.
        let Some(at) = candidates.iter().position(|candidate| Some(worth(candidate)) == best) else { break };
        chosen.push(candidates.remove(at));
    }
    chosen.sort_by_key(|candidate| (usize::from(candidate.task), usize::from(candidate.agency.id)));
    chosen.into_iter().map(|found| (found.agency.id, found.task, named(found.agency, &found.text))).collect()
}

/// Whether a number is one of the figures beside a sentence, which a table tells.
fn is_figure(entry: &Entry, told: &str) -> bool {
    entry.figures.iter().any(|figure| matches!(figure.answer, Answer::Value(value) if number(value.into()) == told))
}

/// Each with the word behind it: `03` is 3.
fn numbers(text: &str) -> impl Iterator<Item = (String, String)> + '_ {
    let words: Vec<&str> = text.split_whitespace().collect();
    let trimmed = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let number = move |at: usize| {
        let number = trimmed(words[at]);
        let is_number = number.starts_with(|c: char| c.is_ascii_digit());
        let next = words.get(at + 1).map(|next| trimmed(next)).unwrap_or_default();
        is_number.then(|| (number.strip_prefix('0').unwrap_or(&number).to_owned(), next))
    };
    (0..text.split_whitespace().count()).filter_map(number)
}

/// With who says so behind it, where it does not say so itself.
fn named(agency: &Agency, text: &str) -> String {
    let told = fold(text);
    let says = |name: &str| told.contains(&fold(names::place(name)));
    if says(&agency.name) || says(&agency.short_name) {
        return format!("{}.", clause(text));
    }
    format!("{} ({}).", clause(text), names::place(&agency.name))
}
