//! What the paragraphs of the report may name, and totals in the words of a sentence.

use super::Brief;
use crate::measure::{Amount, Measure};
use crate::model::Reporting;
use crate::status::{Counts, RoundStatus, TaskCounts};
use crate::template::scope::{self, Figures, Part, States, Tasks};
use crate::vietnamese::{money, number, percent};
use crate::view::template;

pub(super) fn scope(brief: &Brief<'_, '_>) -> scope::Report {
    let (plan, status) = (brief.plan, brief.status);
    // Every indicator is there, so that a misspelt one is an error and an unknown total is none.
    let of_all = |words: fn(&Measure<'_>) -> Option<String>| -> Figures {
        let unknown = plan.indicators.iter().map(|indicator| (indicator.key.clone(), None));
        unknown.chain(brief.totals().map(|(of, total)| (of.key.clone(), words(total)))).collect()
    };
    let tasks: TaskCounts = status.tasks.iter().collect();
    scope::Report {
        common: template::common(plan, status, brief.as_of),
        annex: scope::annexes(plan),
        parts: parts(brief, status),
        tasks: Tasks { total: tasks.total, states: states(&tasks), overdue: tasks.overdue },
        totals: of_all(with_unit),
        numbers: of_all(without_unit),
    }
}

/// How many tasks are in each state.
pub(super) fn states(tasks: &TaskCounts) -> States {
    States {
        done: tasks.done,
        in_progress: tasks.ongoing,
        partly_reported: tasks.partly,
        not_started: tasks.not_started,
        nothing_arose: tasks.nothing_arose,
        not_applicable: tasks.not_applicable,
        no_report: tasks.no_report,
    }
}

/// The agencies that must report, part by part.
fn parts(brief: &Brief<'_, '_>, status: &RoundStatus<'_>) -> Vec<Part> {
    let parts = crate::view::parts(brief.plan, status).into_iter();
    let required = parts.filter(|(_, members)| members.iter().any(|a| a.agency.reporting == Reporting::Required));
    let counted = required.map(|(name, members)| {
        let Counts { expected, received, .. } = members.into_iter().collect();
        Part { name: name.to_owned(), expected, received }
    });
    counted.collect()
}

/// A total inside a sentence: `1.356 vụ`, `13,2 tỷ đồng`, `92,5%`; `None` where nobody gave a number.
pub(super) fn with_unit(total: &Measure<'_>) -> Option<String> {
    match total.value {
        Amount::Unknown(_) => None,
        Amount::Sum(sum) if total.quantity.is_money() => Some(money(sum)),
        Amount::Sum(sum) => Some(format!("{} {}", number(sum), total.quantity.unit())),
        Amount::Percent { part, whole } => percent(part, whole),
    }
}

/// A sum inside a sentence; a count without its unit, which the label beside it says.
pub(super) fn in_words(sum: u128, total: &Measure<'_>) -> String {
    if total.quantity.is_money() { money(sum) } else { number(sum) }
}

fn without_unit(total: &Measure<'_>) -> Option<String> {
    match total.value {
        Amount::Sum(sum) => Some(in_words(sum, total)),
        Amount::Unknown(_) | Amount::Percent { .. } => with_unit(total),
    }
}
