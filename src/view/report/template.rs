//! What the paragraphs of the report may name, and totals in the words of a sentence.

use std::collections::BTreeMap;

use super::coverage::{coverage, earlier_rounds, silent_ever};
use super::{Brief, growth, highlights, older, overlaps, petitions, results, themes};
use crate::measure::{Amount, Measure, Origin, Unknown, by_field, made_of, of_indicator, share};
use crate::model::{Agency, AnnexContent, Indicator, Level, Quantity, Report, TaskGroup};
use crate::remark::Remark;
use crate::status::{AgencyStatus, Counts, TaskCounts, Timeliness};
use crate::template::scope::{self, Part, Tasks};
use crate::vietnamese::{clause, count, date, decimal, lower_first, sum_in_report};
use crate::view::template::TemplateError;
use crate::view::words::in_sentence;
use crate::view::{level, names, template};

/// # Errors
/// When a template of `growth` cannot be rendered.
pub(super) fn scope(brief: &Brief<'_, '_>) -> Result<scope::Report, TemplateError> {
    let (plan, status) = (brief.plan, brief.status);
    let tasks: TaskCounts = status.tasks.iter().collect();
    let [growth, growth_in_list, growth_of_both] = growth::phrases(brief)?;
    Ok(scope::Report {
        common: template::common(plan, status, brief.as_of),
        annex: AnnexContent::ALL.iter().map(|content| (content.id(), brief.annex(*content))).collect(),
        parts: parts(brief),
        included: status.counts.included,
        silent: silent(brief),
        values: figure_of_each(brief, value),
        sole: figure_of_each(brief, sole),
        top: figure_of_each(brief, |measure| top(brief, measure)),
        beyond: figure_of_each(brief, |measure| beyond(brief, measure)),
        overlaps: overlaps::of_each(brief),
        older: older::of_each(brief),
        since: figure_of_each(brief, |measure| since(brief, measure)),
        by_task: {
            let none = plan.indicators.iter().map(|indicator| (indicator.key.clone(), Vec::new()));
            none.chain(brief.totals().map(|(of, total)| (of.key.clone(), by_task(brief, of, total)))).collect()
        },
        left: figure_of_each(brief, |measure| left(brief, measure)),
        reporters: {
            let none = plan.indicators.iter().map(|indicator| (indicator.key.clone(), 0));
            none.chain(brief.totals().map(|(of, total)| (of.key.clone(), total.answers.numbers))).collect()
        },
        carried_over: figure_of_each(brief, |measure| {
            let carried_over = Some(measure.carried_over).filter(|carried_over| *carried_over > 0)?;
            in_sentence(measure.quantity, Amount::Sum(carried_over))
        }),
        nothing_arose: {
            let none = plan.indicators.iter().map(|indicator| (indicator.key.clone(), false));
            let is_so = |total: &Measure<'_>| total.value == Amount::Unknown(Unknown::NothingArose);
            none.chain(brief.totals().map(|(of, total)| (of.key.clone(), is_so(total)))).collect()
        },
        consolidated: template::consolidated(plan, status, brief.as_of),
        groups: plan.task_groups.iter().filter_map(|group| group_done(brief, group)).collect(),
        violators: violators(brief),
        fields: by_field(brief.measures)
            .into_iter()
            .filter_map(|(measure, cases, _)| match measure.quantity {
                Quantity::Complaints(_, Some(field)) => {
                    Some(scope::OfField { name: lower_first(&field.name), value: cases.try_into().ok()? })
                }
                _ => None,
            })
            .collect(),
        previous: growth::previous(brief),
        growth,
        growth_in_list,
        growth_of_both,
        highlights: highlights::all(brief),
        control: control(brief),
        difficulties: themes::voiced(brief, brief.difficulties()),
        own_petitions: themes::voiced(brief, petitions::own_petitions(brief)),
        petitions: petitions::counted(brief),
        conflicts: petitions::conflicting(brief),
        ad_hoc: brief.ad_hoc.iter().filter_map(|(agency, report)| ad_hoc(agency, report)).collect(),
        ad_hoc_newest: brief.totals().filter_map(|(of, total)| ad_hoc_newest(of, total)).collect(),
        ad_hoc_expired: expired_ad_hoc(brief).count(),
        funding: funding(brief),
        tasks: Tasks { total: tasks.total, states: results::states(&tasks), overdue: tasks.overdue },
        totals: figure_of_each(brief, with_unit),
        numbers: figure_of_each(brief, without_unit),
    })
}

/// A number as far as it stands in ad hoc reports, with whose that is.
fn ad_hoc_newest(of: &Indicator, total: &Measure<'_>) -> Option<String> {
    let by: Vec<&Agency> =
        total.added().filter(|part| matches!(part.origin, Origin::AdHoc(..))).map(|part| part.agency).collect();
    (!by.is_empty()).then(|| format!("{} của {}", lower_first(&of.label), names::joined_or_counted(by)))
}

/// Every indicator is there, so that a misspelt one is an error and what is not known is none.
fn figure_of_each<'p, T>(
    brief: &Brief<'_, 'p>,
    of: impl Fn(&Measure<'p>) -> Option<T>,
) -> BTreeMap<String, Option<T>> {
    let unknown = brief.plan.indicators.iter().map(|indicator| (indicator.key.clone(), None));
    unknown.chain(brief.totals().map(|(indicator, total)| (indicator.key.clone(), of(total)))).collect()
}

/// Who gave most, where it is one of those named and others gave something too.
fn top(brief: &Brief<'_, '_>, total: &Measure<'_>) -> Option<scope::Top> {
    let (most, value) = total.most()?;
    brief.folding_group(most).is_none().then_some(())?;
    let amount = in_sentence(total.quantity, Amount::Sum(value.into()))?;
    Some(scope::Top { agency: most.name.clone(), amount, value })
}

/// Who gave all of it, where it is one.
fn sole(total: &Measure<'_>) -> Option<String> {
    let mut by = total.added().map(|part| part.agency);
    by.next().filter(|one| by.all(|other| other.id == one.id)).map(|one| one.name.clone())
}

/// Of a part of another total: see `Measure::beyond`.
fn beyond(brief: &Brief<'_, '_>, part: &Measure<'_>) -> Option<scope::Top> {
    let whole = of_indicator(brief.measures, part.quantity.indicator()?.at_most?)?;
    let (most, value) = part.beyond(whole).filter(|(most, _)| brief.folding_group(most).is_none())?;
    let amount = in_sentence(whole.quantity, Amount::Sum(value))?;
    Some(scope::Top { agency: most.name.clone(), amount, value: value.try_into().ok()? })
}

fn since(brief: &Brief<'_, '_>, total: &Measure<'_>) -> Option<scope::Since> {
    let (value, from) = brief.since(total)?;
    let amount = in_sentence(total.quantity, Amount::Sum(value))?;
    Some(scope::Since { amount, value: value.try_into().ok()?, from: date(from) })
}

/// Task by task, where there are several with a number.
fn by_task(brief: &Brief<'_, '_>, indicator: &Indicator, total: &Measure<'_>) -> Vec<scope::OfTask> {
    let tasks = brief.status.tasks.iter().filter(|state| indicator.tasks.contains(&state.task.id));
    let told: Vec<scope::OfTask> = tasks
        .filter_map(|state| match total.under_task(state.task.id) {
            Amount::Sum(sum) => Some(scope::OfTask {
                task: lower_first(&state.task.short_title),
                amount: in_sentence(total.quantity, Amount::Sum(sum))?,
                value: u64::try_from(sum).ok()?,
            }),
            _ => None,
        })
        .collect();
    if told.len() > 1 { told } else { Vec::new() }
}

/// In the unit of what the rate is made of; none where nothing is left.
fn left(brief: &Brief<'_, '_>, rate: &Measure<'_>) -> Option<String> {
    let left = rate.left().filter(|left| *left > 0)?;
    in_sentence(made_of(brief.measures, rate.quantity).first()?.quantity, Amount::Sum(left))
}

/// `None` where the round asks for none of its tasks.
fn group_done(brief: &Brief<'_, '_>, group: &TaskGroup) -> Option<scope::GroupDone> {
    let tasks: TaskCounts = brief.status.tasks_of(group).collect();
    let title = lower_first(results::title(brief.plan, group));
    (tasks.total > 0).then_some(scope::GroupDone { title, tasks: tasks.total, done: tasks.done })
}

fn violators(brief: &Brief<'_, '_>) -> scope::Violators {
    let of = |wanted: fn(Quantity<'_>) -> bool| brief.measures.iter().find(|measure| wanted(measure.quantity));
    let published = of(|quantity| matches!(quantity, Quantity::Violators));
    let agencies: Vec<&Agency> = published.into_iter().flat_map(Measure::added).map(|part| part.agency).collect();
    let fines = of(|quantity| matches!(quantity, Quantity::Fines)).filter(|fines| value(fines) != Some(0));
    scope::Violators {
        agencies: (!agencies.is_empty()).then(|| names::joined(agencies)),
        fines: fines.and_then(with_unit),
    }
}

/// The agencies that must report, level by level.
fn parts(brief: &Brief<'_, '_>) -> Vec<Part> {
    let levels = coverage(brief).into_iter().filter_map(|covered| Some((covered.level?, covered.counts)));
    let counted = levels.map(|(of, Counts { expected, received, included, missing, .. })| {
        let folded = matches!(of, Level::Folded(_));
        let name = level(brief.plan, of);
        let (name, members) = (name.to_owned(), names::members(name));
        Part { name, members, expected, received, included, missing, folded }
    });
    counted.collect()
}

/// Who must report and did not.
pub(crate) fn silent(brief: &Brief<'_, '_>) -> scope::Silent {
    let before = earlier_rounds(brief);
    let silent = brief.status.agencies.iter().filter(|status| silent_ever(status, &[]));
    let province = brief.status.agencies.iter().filter(|of| brief.plan.level(of.agency) == Level::Province);
    let (named, heard): (Vec<_>, Vec<_>) = province.partition(|status| silent_ever(status, &[]));
    let names =
        |of: &[&AgencyStatus<'_>]| (!of.is_empty()).then(|| names::joined(of.iter().map(|status| status.agency)));
    let overdue = silent.clone().filter_map(|status| match status.timeliness {
        Timeliness::Overdue(days) => Some(days),
        _ => None,
    });
    let days = overdue.clone().max();
    scope::Silent {
        names: names(&named),
        heard: names(&heard).filter(|_| heard.len() * 2 < named.len()),
        overdue: overdue.clone().count(),
        varied: overdue.min() != days,
        days,
        ever: silent.filter(|status| silent_ever(status, &before)).count(),
        compared: !before.is_empty(),
    }
}

/// The figures that hold those of a group beside the group's own, where there are both.
pub(super) fn control(brief: &Brief<'_, '_>) -> Option<scope::Control> {
    let control = brief.controls.first()?;
    let first = control.compared.first()?;
    let differs = control.compared.iter().find(|compared| compared.difference() != 0).unwrap_or(first);
    let amount = Amount::Sum(differs.difference().unsigned_abs());
    let of = lower_first(&differs.measure.quantity.label());
    let of = if std::ptr::eq(differs, first) { String::new() } else { format!(" ({of})") };
    Some(scope::Control {
        agency: control.agency.name.clone(),
        members: control.reported,
        of: names::members(&control.group.name),
        silent: control.silent.len(),
        silent_names: names::joined(control.silent.iter().copied()),
        equal: control.is_equal(),
        explained: control.is_explained(),
        until: control.until.filter(|_| !control.silent.is_empty()).map(date),
        is_more: differs.difference() > 0,
        difference: in_sentence(differs.measure.quantity, amount)? + &of,
    })
}

/// What ad hoc reports alone recommended, and nobody needs any more.
pub(crate) fn expired_ad_hoc<'b, 'p>(brief: &Brief<'b, 'p>) -> impl Iterator<Item = &'b Remark<'p>> {
    let (remarks, as_of) = (brief.remarks.iter(), brief.as_of);
    let alone = |remark: &&Remark<'_>| remark.is_urgent && remark.said.iter().all(|one| one.voice.round.is_none());
    remarks.filter(alone).filter(move |remark| remark.is_over(as_of))
}

fn ad_hoc(agency: &Agency, report: &Report) -> Option<scope::AdHoc> {
    Some(scope::AdHoc {
        agency: agency.name.clone(),
        date: date(report.date.as_ref()?.value),
        subject: report.subject.as_ref().map(|subject| lower_first(clause(&subject.value))).unwrap_or_default(),
    })
}

pub(crate) fn funding(brief: &Brief<'_, '_>) -> scope::Funding {
    let whole = brief.measures.iter().find(|measure| matches!(measure.quantity, Quantity::Funding(None)));
    let reports = whole.map_or(0, |whole| whole.answers.numbers);
    let sources = brief.measures.iter().filter_map(|measure| match (measure.quantity, value(measure)?) {
        (Quantity::Funding(Some(source)), value @ 1..) => Some((source, measure, value)),
        _ => None,
    });
    let sources: Vec<_> = sources.collect();
    let sum = whole.and_then(value);
    let parts: Vec<u128> = sources.iter().map(|(.., value)| u128::from(*value)).collect();
    let (total, amounts) = sum_in_report(sum.unwrap_or(0).into(), &parts);
    let sources = sources.into_iter().zip(amounts).map(|((source, measure, value), amount)| {
        let share = share(brief.measures, measure.quantity);
        let share = share.map(|share| format!("{}%", decimal(share.scaled, share.places)));
        scope::FundingSource { name: lower_first(&source.name), amount, share, value }
    });
    scope::Funding {
        total: sum.map(|_| total),
        alone: whole.and_then(with_unit),
        value: sum,
        sources: sources.collect(),
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

#[cfg(test)]
mod tests;
