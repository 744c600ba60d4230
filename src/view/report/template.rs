//! What the paragraphs of the report may name, and totals in the words of a sentence.

use super::Brief;
use crate::consolidate::{Amount, Total};
use crate::model::Reporting;
use crate::status::{Pace, Progress, RoundStatus, Validity};
use crate::template::scope::{self, Figures, Part, Tasks};
use crate::vietnamese::{money, number, percent};
use crate::view::template;

pub(super) fn scope(brief: &Brief<'_, '_>) -> scope::Report {
    let (plan, status) = (brief.plan, brief.status);
    // Every indicator is there, so that a misspelt one is an error and an unknown total is none.
    let of_all = |words: fn(&Total<'_>) -> Option<String>| -> Figures {
        let unknown = plan.indicators.iter().map(|indicator| (indicator.key.clone(), None));
        unknown.chain(brief.totals.iter().map(|total| (total.indicator.key.clone(), words(total)))).collect()
    };
    let tasks = |wanted: fn(&Progress) -> bool| status.tasks.iter().filter(|state| wanted(&state.progress)).count();
    scope::Report {
        common: template::common(plan, status, brief.as_of),
        annex: scope::annexes(plan),
        parts: parts(brief, status),
        tasks: Tasks {
            total: status.tasks.len(),
            done: tasks(|progress| matches!(progress, Progress::Done(_))),
            in_progress: tasks(|progress| matches!(progress, Progress::Ongoing(_))),
            not_started: tasks(|progress| *progress == Progress::NotStarted),
            nothing_arose: tasks(|progress| matches!(progress, Progress::NothingArose | Progress::NotApplicable)),
            no_report: tasks(|progress| *progress == Progress::NoReport),
            overdue: tasks(|progress| matches!(progress, Progress::Ongoing(Pace::Overdue))),
        },
        totals: of_all(with_unit),
        numbers: of_all(without_unit),
    }
}

/// The agencies that must report, part by part.
fn parts(brief: &Brief<'_, '_>, status: &RoundStatus<'_>) -> Vec<Part> {
    let parts = crate::view::parts(brief.plan, status).into_iter();
    let required = parts.filter(|(_, members)| members.iter().any(|a| a.agency.reporting == Reporting::Required));
    let counted = required.map(|(name, members)| {
        let received = members.iter().filter(|agency| agency.validity != Validity::NoReport).count();
        Part { name: name.to_owned(), expected: members.len(), received }
    });
    counted.collect()
}

/// A total inside a sentence: `1.356 vụ`, `13,2 tỷ đồng`, `92,5%`; `None` where nobody gave a number.
pub(super) fn with_unit(total: &Total<'_>) -> Option<String> {
    match total.value {
        Amount::Unknown => None,
        Amount::Sum(sum) if total.indicator.is_money() => Some(money(sum)),
        Amount::Sum(sum) => Some(format!("{} {}", number(sum), total.indicator.unit)),
        Amount::Percent { part, whole } => percent(part, whole),
    }
}

/// A sum inside a sentence; a count without its unit, which the label beside it says.
pub(super) fn in_words(sum: u128, total: &Total<'_>) -> String {
    if total.indicator.is_money() { money(sum) } else { number(sum) }
}

fn without_unit(total: &Total<'_>) -> Option<String> {
    match total.value {
        Amount::Sum(sum) => Some(in_words(sum, total)),
        Amount::Unknown | Amount::Percent { .. } => with_unit(total),
    }
}
