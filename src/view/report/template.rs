//! What the paragraphs of the report may name, and totals in the words of a sentence.

use super::coverage::{coverage, earlier_rounds, silent_ever};
use super::{Brief, growth, themes};
use crate::measure::{Amount, Measure};
use crate::model::{Agency, Level, Quantity};
use crate::status::{Counts, TaskCounts, Timeliness};
use crate::template::scope::{self, Figures, Part, States, Tasks};
use crate::vietnamese::{clause, count, date, lower_first};
use crate::view::template::TemplateError;
use crate::view::words::in_sentence;
use crate::view::{level, names, template};

/// # Errors
/// When a template of `growth` cannot be rendered.
pub(super) fn scope(brief: &Brief<'_, '_>) -> Result<scope::Report, TemplateError> {
    let (plan, status) = (brief.plan, brief.status);
    // Every indicator is there, so that a misspelt one is an error and an unknown total is none.
    let of_all = |words: fn(&Measure<'_>) -> Option<String>| -> Figures {
        let unknown = plan.indicators.iter().map(|indicator| (indicator.key.clone(), None));
        unknown.chain(brief.totals().map(|(of, total)| (of.key.clone(), words(total)))).collect()
    };
    let tasks: TaskCounts = status.tasks.iter().collect();
    let [growth, growth_in_list, growth_of_both] = growth::phrases(brief)?;
    Ok(scope::Report {
        common: template::common(plan, status, brief.as_of),
        annex: scope::annexes(plan),
        parts: parts(brief),
        included: status.counts.included,
        silent: silent(brief),
        values: plan
            .indicators
            .iter()
            .map(|indicator| (indicator.key.clone(), None))
            .chain(brief.totals().map(|(of, total)| (of.key.clone(), value(total))))
            .collect(),
        previous: growth::previous(brief),
        growth,
        growth_in_list,
        growth_of_both,
        control: control(brief),
        difficulties: themes::voiced(plan, brief.difficulties()),
        own_petitions: themes::voiced(plan, themes::own_petitions(brief)),
        petitions: themes::counted(brief),
        ad_hoc: brief.ad_hoc.iter().filter_map(|(agency, report)| ad_hoc(agency, report)).collect(),
        funding: funding(brief),
        tasks: Tasks { total: tasks.total, states: states(&tasks), overdue: tasks.overdue },
        totals: of_all(with_unit),
        numbers: of_all(without_unit),
    })
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

/// The agencies that must report, level by level.
fn parts(brief: &Brief<'_, '_>) -> Vec<Part> {
    let levels = coverage(brief).into_iter().filter_map(|covered| Some((covered.level?, covered.counts)));
    let counted = levels.map(|(of, Counts { expected, received, missing, .. })| {
        let folded = matches!(of, Level::Folded(_));
        Part { name: level(brief.plan, of).to_owned(), expected, received, missing, folded }
    });
    counted.collect()
}

/// Who must report and did not.
pub(crate) fn silent(brief: &Brief<'_, '_>) -> scope::Silent {
    let before = earlier_rounds(brief);
    let silent = brief.status.agencies.iter().filter(|status| silent_ever(status, &[]));
    let named: Vec<&Agency> =
        silent.clone().map(|status| status.agency).filter(|agency| brief.folding_group(agency).is_none()).collect();
    let days = silent.clone().filter_map(|status| match status.timeliness {
        Timeliness::Overdue(days) => Some(days),
        _ => None,
    });
    scope::Silent {
        names: (!named.is_empty()).then(|| names::joined(named)),
        days: days.max(),
        ever: silent.filter(|status| silent_ever(status, &before)).count(),
        compared: !before.is_empty(),
    }
}

/// The figures that hold those of a group beside the group's own, where there are both.
fn control(brief: &Brief<'_, '_>) -> Option<scope::Control> {
    let control = brief.controls.first()?;
    let first = control.compared.first()?;
    Some(scope::Control {
        agency: control.agency.name.clone(),
        members: control.reported,
        silent: control.silent.len(),
        silent_names: names::joined(control.silent.iter().copied()),
        equal: control.is_equal(),
        explained: control.is_explained(),
        until: control.until.filter(|_| !control.silent.is_empty()).map(date),
        difference: format!("{} {}", count(first.difference().unsigned_abs()), first.measure.quantity.unit()),
    })
}

fn ad_hoc(agency: &Agency, report: &crate::model::Report) -> Option<scope::AdHoc> {
    Some(scope::AdHoc {
        agency: agency.name.clone(),
        date: date(report.date.as_ref()?.value),
        subject: report.subject.as_ref().map(|subject| lower_first(clause(&subject.value))).unwrap_or_default(),
    })
}

pub(crate) fn funding(brief: &Brief<'_, '_>) -> scope::Funding {
    let whole = brief.measures.iter().find(|measure| matches!(measure.quantity, Quantity::Funding(None)));
    let reports = whole.map_or(0, |whole| whole.answers.numbers);
    scope::Funding {
        total: whole.and_then(with_unit),
        reports,
        silent: brief.status.counts.included.saturating_sub(reports),
    }
}

fn value(total: &Measure<'_>) -> Option<u64> {
    if let Amount::Sum(sum) = total.value { u64::try_from(sum).ok() } else { None }
}

/// A total inside a sentence; `None` where nobody gave a number.
fn with_unit(total: &Measure<'_>) -> Option<String> {
    in_sentence(total.quantity, total.value)
}

fn without_unit(total: &Measure<'_>) -> Option<String> {
    match total.value {
        Amount::Sum(sum) if !total.quantity.is_money() => Some(count(sum)),
        _ => with_unit(total),
    }
}
