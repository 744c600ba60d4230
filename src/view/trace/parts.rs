//! What `plan trace` tells of a total beside its rows: the figures that the report's sentences and tables make of it.

use std::collections::BTreeSet;

use super::Trace;
use crate::measure::{self, Amount, Measure, Verdict, made_of};
use crate::model::{Agency, FEW};
use crate::vietnamese::{count, date, fixed, lower_first, number, percent};
use crate::view::cells::in_words;
use crate::view::{level, names};

/// One line each, of all tasks.
pub(super) fn parts(trace: &Trace<'_, '_>) -> Vec<String> {
    let own = [share(trace), of_whole_told(trace), since(trace), left(trace), beyond_told(trace)];
    let agencies = by_agency(trace).into_iter();
    levels(trace).into_iter().chain(own.into_iter().flatten()).chain(agencies).chain(comparisons(trace)).collect()
}

/// The parts of the agencies of each level, where there are several.
fn levels(trace: &Trace<'_, '_>) -> Vec<String> {
    let quantity = trace.measure.quantity;
    let levels = measure::levels(trace.brief.plan, trace.brief.measures, trace.measure);
    let several = levels.len() > 1;
    let told = levels.into_iter().filter(|_| several).map(|(of, agencies, value)| {
        let value = in_words(quantity, value);
        format!("{}: {value} ({} cơ quan báo số)", level(trace.brief.plan, of), number(agencies as u128))
    });
    told.collect()
}

/// Of a list of sources or of fields.
fn share(trace: &Trace<'_, '_>) -> Option<String> {
    let quantity = trace.measure.quantity;
    let whole =
        if quantity.is_money() { "tổng kinh phí đã sử dụng" } else { "tổng số vụ theo lĩnh vực" };
    let share = measure::share(trace.brief.measures, quantity)?;
    Some(format!("Chiếm {}% {whole}", fixed(share.scaled, share.places)))
}

/// What the indicator is a part of, where a share of it says something: the whole, and both sums.
pub(in crate::view) fn of_whole<'t, 'p>(trace: &Trace<'t, 'p>) -> Option<(&'t Measure<'p>, u128, u128)> {
    // Of what is settled a rate tells, with what last year left.
    let whole = whole(trace).filter(|whole| whole.carried_over == 0)?;
    let (part, of) = (sum(trace.measure)?, sum(whole)?);
    percent_of(part, of).map(|_| (whole, part, of))
}

fn of_whole_told(trace: &Trace<'_, '_>) -> Option<String> {
    let (whole, part, of) = of_whole(trace)?;
    let (share, label) = (percent_of(part, of)?, lower_first(&whole.quantity.label()));
    Some(format!("Chiếm {share} {label}; xem: {}", trace.brief.trace(&whole.quantity.key())))
}

fn since(trace: &Trace<'_, '_>) -> Option<String> {
    let (value, from) = trace.brief.since(trace.measure)?;
    Some(format!("Từ ngày {}: {}", date(from), with_share(trace.measure, value)))
}

/// What the whole of a rate holds beside its part.
fn left(trace: &Trace<'_, '_>) -> Option<String> {
    let whole = made_of(trace.brief.measures, trace.measure.quantity).first()?.quantity;
    trace.measure.left().map(|left| format!("Còn lại: {}", in_words(whole, Amount::Sum(left))))
}

/// What the agency that gave most of the whole holds there beside its part in this.
pub(in crate::view) fn beyond<'p>(trace: &Trace<'_, 'p>) -> Option<(&'p Agency, u128)> {
    trace.measure.beyond(whole(trace)?)
}

fn beyond_told(trace: &Trace<'_, '_>) -> Option<String> {
    let whole = whole(trace)?.quantity;
    let (most, value) = beyond(trace)?;
    let (label, value) = (lower_first(&whole.label()), in_words(whole, Amount::Sum(value)));
    Some(format!("{}: {value} trong {label} không thuộc chỉ tiêu này", most.name))
}

/// What those that are named reported under several tasks, and under how many.
pub(in crate::view) fn sums<'t, 'p>(trace: &Trace<'t, 'p>) -> impl Iterator<Item = (&'p Agency, u128, usize)> {
    let named = trace.measure.shares().filter(|share| {
        trace.brief.folding_group(share.first.agency).is_none() && share.first.verdict == Verdict::Added
    });
    let counted = named.map(|share| {
        let tasks = share.parts.iter().filter_map(|part| Some(part.task?.id)).collect::<BTreeSet<_>>().len();
        (share.first.agency, share.value, tasks)
    });
    counted.filter(|(.., tasks)| *tasks > 1)
}

/// Who gave most, and what those that are named reported under several tasks.
fn by_agency(trace: &Trace<'_, '_>) -> Vec<String> {
    let most = trace.measure.most();
    let most = most.filter(|(agency, _)| trace.brief.folding_group(agency).is_none());
    let mut told: Vec<(&Agency, u128, Vec<String>)> =
        most.map(|(agency, value)| (agency, value.into(), vec!["nhiều nhất".to_owned()])).into_iter().collect();
    for (agency, value, tasks) in sums(trace) {
        let of_tasks = format!("cộng {} nhiệm vụ", count(tasks as u128));
        match told.iter_mut().find(|(known, ..)| known.id == agency.id) {
            Some((.., words)) => words.push(of_tasks),
            None => told.push((agency, value, vec![of_tasks])),
        }
    }
    let line = |(agency, value, words): (&Agency, u128, Vec<String>)| {
        format!("{}: {}, {}", agency.name, with_share(trace.measure, value), words.join("; "))
    };
    told.into_iter().map(line).collect()
}

/// What control totals differ by from the members' figures, and why.
fn comparisons(trace: &Trace<'_, '_>) -> Vec<String> {
    let quantity = trace.measure.quantity;
    let told = trace.brief.controls.iter().filter_map(|control| {
        let compared = control.of(quantity)?;
        let in_words = |value: Option<u128>| {
            value.map_or("chưa có số liệu".to_owned(), |value| in_words(quantity, Amount::Sum(value)))
        };
        let difference = compared.difference();
        let silent = names::joined(control.silent.iter().copied());
        let why = match (difference, control.until) {
            (0, _) => "hai số khớp nhau".to_owned(),
            (_, Some(until)) if control.explains(compared) => format!(
                "chênh lệch {}, đúng bằng số lũy kế đến ngày {} của {} thành viên chưa có báo cáo hợp lệ ({silent})",
                in_words(Some(difference.unsigned_abs())),
                date(until),
                count(control.silent.len() as u128),
            ),
            _ => {
                let less = if difference < 0 { "thấp hơn" } else { "cao hơn" };
                let why = if control.silent.is_empty() {
                    String::new()
                } else {
                    format!("; {} thành viên chưa có báo cáo hợp lệ ({silent})", count(control.silent.len() as u128))
                };
                format!("số đối chiếu {less} {}, chưa rõ do đâu{why}", in_words(Some(difference.unsigned_abs())))
            }
        };
        Some(format!(
            "Đối chiếu: {} nêu {}; các thành viên đã báo cáo {}; {why}",
            control.agency.name,
            in_words(Some(compared.given)),
            in_words(compared.of_members),
        ))
    });
    told.collect()
}

/// The indicator that this one is part of.
fn whole<'t, 'p>(trace: &Trace<'t, 'p>) -> Option<&'t Measure<'p>> {
    measure::of_indicator(trace.brief.measures, trace.measure.quantity.indicator()?.at_most?)
}

fn sum(measure: &Measure<'_>) -> Option<u128> {
    if let Amount::Sum(sum) = measure.value { Some(sum) } else { None }
}

/// As templates have it.
pub(in crate::view) fn percent_of(part: u128, whole: u128) -> Option<String> {
    percent(part, whole).filter(|_| whole >= FEW.into())
}

fn with_share(measure: &Measure<'_>, part: u128) -> String {
    let share = sum(measure).and_then(|whole| percent_of(part, whole));
    let told = in_words(measure.quantity, Amount::Sum(part));
    share.map_or_else(|| told.clone(), |share| format!("{told} ({share})"))
}
