//! This year's numbers beside last year's, in the words of `plan/report.yaml`.

use super::Brief;
use crate::doc::{Cell, Made, Value};
use crate::measure::{Amount, Change, Comparison, LastYear, Measure, NotCompared};
use crate::model::{Indicator, Quantity, RoundRef};
use crate::template::scope::{self, Figures, Growth};
use crate::vietnamese::{
    as_reported, count, date, decimal, lower_first, money_in_report, number, percent, percent_in_column,
};
use crate::view::cells::amount;
use crate::view::template::{TemplateError, Templates};
use crate::view::{last_year, names, words};

/// So many agencies are named, more are counted.
const NAMED: usize = 5;

/// An indicator with its total.
type Total<'b, 'p> = (&'p Indicator, &'b Measure<'p>);

/// Last year's figures as a whole.
pub(super) fn previous(brief: &Brief<'_, '_>) -> scope::Previous {
    let previous = brief.plan.previous.row(RoundRef::Of(brief.status.round.id));
    let known: Vec<&LastYear<'_>> = brief.totals().filter_map(|(_, total)| of_unit(total)).collect();
    let source = known.first().map(|first| first.source);
    scope::Previous {
        year: (brief.plan.year - 1).to_string(),
        known: previous.is_some() && !known.is_empty(),
        same_days: previous.is_some_and(|previous| previous.is_of_same_days(brief.status.round)),
        data_from: previous.map(|previous| date(previous.data_from.value)),
        data_to: previous.map(|previous| date(previous.data_to.value)),
        source: source.filter(|source| known.iter().all(|of| of.source == *source)).map(str::to_owned),
        compared: known.iter().filter(|of| of.comparison.is_ok()).count(),
    }
}

/// By indicator how its number changed: behind a number and in brackets where all agencies are compared, as a sentence
/// where only some are.
pub(super) fn phrases(brief: &Brief<'_, '_>) -> Result<[Figures; 3], TemplateError> {
    let mut phrases = [(); 3].map(|()| -> Figures {
        brief.plan.indicators.iter().map(|indicator| (indicator.key.clone(), None)).collect()
    });
    let Some(wording) = &brief.plan.wording.growth else { return Ok(phrases) };
    for (indicator, total) in brief.totals() {
        let Some(Ok(comparison)) = total.last_year.as_ref().map(|last_year| &last_year.comparison) else {
            continue;
        };
        let change = change(brief, indicator, comparison);
        let told = Templates::new(Growth { change: change.clone() }).render(&wording.after_number)?;
        let templates = Templates::new(Growth { change: scope::Change { told: told.clone(), ..change } });
        let mut set = |at: usize, text: String| phrases[at].insert(indicator.key.clone(), Some(text));
        match comparison.both {
            None => {
                set(0, told);
                set(1, templates.render(&wording.in_list)?);
            }
            Some(_) => _ = set(2, templates.render(&wording.of_both)?),
        }
    }
    Ok(phrases)
}

fn change(brief: &Brief<'_, '_>, indicator: &Indicator, comparison: &Comparison<'_>) -> scope::Change {
    let quantity = Quantity::Indicator(indicator);
    let (way, by) = match comparison.change() {
        Change::Same => ("same", None),
        Change::FromZero => ("from_zero", None),
        Change::Up(by) => ("up", Some(by)),
        Change::Down(by) => ("down", Some(by)),
    };
    let both = comparison.both.as_deref();
    scope::Change {
        label: lower_first(&indicator.label),
        year: (brief.plan.year - 1).to_string(),
        way,
        by: by.map(|by| difference(indicator, comparison, by)).unwrap_or_default(),
        percent: comparison.share().and_then(|(by, before)| percent(by, before)),
        now: words::in_sentence(quantity, comparison.now).unwrap_or_default(),
        before: words::in_sentence(quantity, comparison.before).unwrap_or_default(),
        agencies: both.map(<[_]>::len),
        names: both.filter(|both| both.len() <= NAMED).map(|both| names::joined(both.iter().copied())),
        told: String::new(),
    }
}

/// What the two numbers differ by as they are printed, so that they add up in print; to the đồng where they look alike.
fn difference(indicator: &Indicator, comparison: &Comparison<'_>, by: u128) -> String {
    let in_print = |amount| if let Amount::Sum(sum) = amount { as_reported(sum) } else { 0 };
    match in_print(comparison.now).abs_diff(in_print(comparison.before)) {
        _ if !indicator.is_typed() => format!("{} điểm phần trăm", decimal(by, comparison.places())),
        _ if !indicator.is_money() => format!("{} {}", count(by), indicator.unit),
        0 => money_in_report(by),
        in_print => money_in_report(in_print),
    }
}

/// Which indicators are not compared though last year's number is known, by why.
pub(super) fn not_compared(brief: &Brief<'_, '_>) -> Vec<String> {
    let mut by_reason: Vec<(NotCompared, Vec<&str>)> = Vec::new();
    for (indicator, total) in brief.totals() {
        let Some(Err(why)) = total.last_year.as_ref().map(|last_year| &last_year.comparison) else { continue };
        match by_reason.iter_mut().find(|(known, _)| known == why) {
            Some((_, labels)) => labels.push(&indicator.label),
            None => by_reason.push((*why, vec![&indicator.label])),
        }
    }
    let told = by_reason.into_iter().map(|(why, labels)| {
        format!(
            "{} chỉ tiêu có số liệu năm {} nhưng không so sánh vì {}: {}",
            count(labels.len() as u128),
            brief.plan.year - 1,
            last_year::not_compared(why),
            some(&labels)
        )
    });
    told.collect()
}

/// Of which agencies the numbers of two years are not of the same, and of how many indicators, by why.
pub(super) fn unlike(brief: &Brief<'_, '_>) -> Vec<String> {
    let mut by_reason: Vec<(String, Vec<&str>)> = Vec::new();
    for (indicator, total) in brief.totals() {
        for (agency, why) in total.last_year.iter().flat_map(|last_year| &last_year.unlike) {
            let why = format!("{} vì {}", agency.name, last_year::unlike(agency, why));
            match by_reason.iter_mut().find(|(known, _)| *known == why) {
                Some((_, labels)) => labels.push(&indicator.label),
                None => by_reason.push((why, vec![&indicator.label])),
            }
        }
    }
    let told = by_reason.into_iter().map(|(why, labels)| {
        let (count, named) = (count(labels.len() as u128), some(&labels));
        format!("so với cùng kỳ năm {}: {count} chỉ tiêu không tính {why}: {named}", brief.plan.year - 1)
    });
    told.collect()
}

/// The first of some indicators by name, and how many others.
fn some(labels: &[&str]) -> String {
    let named: Vec<String> = labels.iter().take(NAMED).map(|label| lower_first(label)).collect();
    match labels.len() - named.len() {
        0 => named.join("; "),
        others => format!("{} và {} chỉ tiêu khác", named.join("; "), count(others as u128)),
    }
}

/// Last year's number, where it was counted in this year's unit.
fn of_unit<'m, 'p>(total: &'m Measure<'p>) -> Option<&'m LastYear<'p>> {
    total.last_year.as_ref().filter(|of| !matches!(of.comparison, Err(NotCompared::OtherUnit)))
}

/// Whether last year's number of any indicator is known.
pub(super) fn is_compared(brief: &Brief<'_, '_>) -> bool {
    brief.totals().any(|(_, total)| of_unit(total).is_some())
}

/// A table of indicators with last year's number, what this year's is more or less by, and its share of that, where there
/// is any to compare with.
pub(super) fn compared<'b, 'p>(table: Made<Total<'b, 'p>>, brief: &Brief<'_, '_>) -> Made<Total<'b, 'p>> {
    let compares = is_compared(brief);
    let of_last_year = |total: &'b Measure<'p>| total.last_year.as_ref();
    table
        .right("Cùng kỳ năm trước", 22, |(indicator, total)| {
            of_unit(total).map(|of| amount(Quantity::Indicator(indicator), of.value))
        })
        .when(compares)
        .left("So với cùng kỳ", 24, |(indicator, total)| of_last_year(total).map(|of| told(indicator, of)))
        .when(compares)
        .right("Năm nay bằng cùng kỳ", 12, |(_, total)| of_last_year(total).map(share))
        .reckoning()
        .when(compares)
}

fn share(last_year: &LastYear<'_>) -> Cell {
    Cell::new(match &last_year.comparison {
        Ok(Comparison { before: Amount::Sum(whole), now: Amount::Sum(part), .. }) if *whole > 0 => {
            Value::Percent { part: *part, whole: *whole }
        }
        _ => Value::Empty,
    })
}

fn told(indicator: &Indicator, last_year: &LastYear<'_>) -> String {
    match &last_year.comparison {
        Err(_) => "không so sánh".to_owned(),
        Ok(comparison) => {
            let of = comparison.both.as_ref().map(|both| format!(" ({} cơ quan)", both.len())).unwrap_or_default();
            format!("{}{of}", in_table(indicator, comparison))
        }
    }
}

fn in_table(indicator: &Indicator, comparison: &Comparison<'_>) -> String {
    let (sign, by) = match comparison.change() {
        Change::Same => return "bằng".to_owned(),
        Change::FromZero => return "cùng kỳ không có".to_owned(),
        Change::Up(by) => ("tăng", by),
        Change::Down(by) => ("giảm", by),
    };
    let share = comparison.share().and_then(|(by, before)| percent_in_column(by, before));
    let by = share.unwrap_or_else(|| match indicator.is_typed() {
        true => number(by),
        false => format!("{} điểm", decimal(by, comparison.places())),
    });
    format!("{sign} {by}")
}
