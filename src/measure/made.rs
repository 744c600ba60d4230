//! How measures are made: what each report says of a quantity, the verdict on every figure, the sum.

mod newest;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use rayon::prelude::*;

use newest::{left_by_heirs, succeed, supersede};

use super::{
    Amount, Answers, Contribution, Measure, Origin, Other, Reason, Unknown, Verdict, growth, of_indicator, sum,
};
use crate::model::{
    Agency, Aggregation, Answer, Entry, Given, Indicator, IndicatorId, Place, Plan, Quantity, Rate, Report, Round,
    Said, Task, TaskStatus,
};
use crate::source::{FileId, Span};
use crate::status::{Progress, RoundStatus, TaskState, Validity};
use crate::workspace::Workspace;

/// A report of the round or of one before it, or an ad hoc one.
struct Source<'p> {
    agency: &'p Agency,
    origin: Origin<'p>,
    report: &'p Report,
    /// The day of what it says: that of an ad hoc report; of another that of its newest version, no later than its data.
    day: NaiveDate,
    /// Why nothing in it counts.
    left_out: Option<Reason>,
    /// What it answers: most quantities are not in most reports.
    figures: BTreeSet<IndicatorId>,
}

/// What a report says of a quantity, in one place.
struct Told<'s, 'p> {
    source: &'s Source<'p>,
    task: Option<&'p Task>,
    given: Cow<'p, Given>,
    span: Span,
    verdict: Verdict,
}

/// Every quantity that a round asks for, in the order of the plan.
///
/// `rounds` are all rounds; `current` is the one asked about. Earlier ones (by the end of their
/// data) and ad hoc reports serve indicators of which each agency's newest answer counts; what ad hoc reports say of
/// others is told and left out.
pub(crate) fn measures<'p>(
    workspace: &'p Workspace,
    rounds: &[RoundStatus<'p>],
    current: &RoundStatus<'p>,
) -> Vec<Measure<'p>> {
    let plan = &workspace.plan;
    let round = current.round;
    let sources = sources(workspace, rounds, current);
    let is_asked = |indicator: &Indicator| indicator.tasks.iter().any(|task| round.covers(*task));
    let asked = plan.quantities().into_par_iter().filter(|quantity| match quantity {
        Quantity::Indicator(indicator) | Quantity::Complaints(indicator, _) => is_asked(indicator),
        Quantity::Funding(_) | Quantity::Violators | Quantity::Fines | Quantity::Warnings => true,
    });
    let mut measures: Vec<Measure<'p>> = asked
        .map(|quantity| {
            let looked_at = |source: &&Source<'_>| match source.origin {
                Origin::Round(of) => of.id == round.id || is_latest(quantity),
                Origin::AdHoc(..) => true,
            };
            let has = |source: &&Source<'_>| match quantity {
                Quantity::Indicator(indicator) => source.figures.contains(&indicator.id),
                _ => true,
            };
            let counted = sources.iter().filter(has).filter(looked_at);
            let mut said: Vec<_> = counted.flat_map(|source| told(plan, round, quantity, source)).collect();
            if quantity.is_cumulative() {
                let left = left_by_heirs(plan, round, quantity, &said, &sources);
                said.extend(left);
            }
            let measure = measure(plan, quantity, said);
            match measure.value {
                Amount::Unknown(Unknown::NoAnswer) if !is_anyone_asked(plan, current, quantity) => {
                    Measure { value: Amount::Unknown(Unknown::NotAsked), ..measure }
                }
                Amount::Unknown(Unknown::Mixed) if nothing_arose(current, &measure) => {
                    Measure { value: Amount::Unknown(Unknown::NothingArose), ..measure }
                }
                _ => measure,
            }
        })
        .collect();
    for index in 0..measures.len() {
        if let Some(rate) = measures[index].quantity.rate() {
            measures[index].value = percent(rate, |id| match of_indicator(&measures, id) {
                Some(Measure { value: Amount::Sum(sum), carried_over, .. }) => Ok((*sum, *carried_over)),
                Some(Measure { value: Amount::Unknown(why), .. }) => Err(*why),
                Some(Measure { value: Amount::Percent { .. }, .. }) | None => Err(Unknown::NotAsked),
            });
        }
    }
    growth::set(plan, current, &mut measures);
    measures
}

/// Whether only each agency's newest answer counts.
fn is_latest(quantity: Quantity<'_>) -> bool {
    quantity.indicator().is_some_and(|of| of.aggregation == Aggregation::Latest)
}

/// Whether nothing arose in any task that asks for a number, for those of its leads to whom it applies, and nobody says
/// that the number is still to come.
fn nothing_arose(current: &RoundStatus<'_>, measure: &Measure<'_>) -> bool {
    let tasks = measure.quantity.indicator().into_iter().flat_map(|indicator| &indicator.tasks);
    let idle = |state: &TaskState<'_>| matches!(state.progress, Progress::NothingArose | Progress::NotApplicable);
    measure.answers.unanswered == 0 && tasks.filter_map(|task| current.task(*task)).all(idle)
}

/// Whether the plan asks an agency of the round; what is no indicator is asked of all.
fn is_anyone_asked(plan: &Plan, current: &RoundStatus<'_>, quantity: Quantity<'_>) -> bool {
    quantity.indicator().is_none_or(|indicator| {
        current.agencies.iter().map(|status| status.agency.id).any(|agency| {
            let asked = |task: &Task| indicator.tasks.contains(&task.id);
            indicator.allows(agency) && plan.asked_tasks(current.round, agency).iter().any(|(task, _)| asked(task))
        })
    })
}

/// The reports of the round and of those before it, and the ad hoc ones, in the order of the plan's agencies, each one's
/// newest first.
fn sources<'p>(workspace: &'p Workspace, rounds: &[RoundStatus<'p>], status: &RoundStatus<'p>) -> Vec<Source<'p>> {
    let (plan, current) = (&workspace.plan, status.round);
    let states = rounds.iter().flat_map(|status| &status.agencies);
    let counted: BTreeSet<FileId> =
        states.filter(|state| state.validity == Validity::Valid).filter_map(|state| state.file).collect();
    let mut found: Vec<Source<'p>> = Vec::new();
    for submission in &workspace.submissions {
        let Some(report) = submission.report.as_ref().filter(|_| submission.blank.is_none()) else { continue };
        let is_invalid = || workspace.errors_in(submission.file) > 0;
        let (agency, origin, day, left_out) = match submission.place {
            Place::Round { round, agency } => {
                let round = &plan[round];
                if round.id != current.id && round.data_to >= current.data_to {
                    continue;
                }
                let left_out = match counted.contains(&submission.file) {
                    true => None,
                    false if is_invalid() => Some(Reason::InvalidReport),
                    false => Some(Reason::NotCounted),
                };
                let corrected = report.corrections.iter().map(|correction| correction.date.value).max();
                let day = corrected.or(report.received()).map_or(round.data_to, |day| day.min(round.data_to));
                (agency, Origin::Round(round), day, left_out)
            }
            Place::AdHoc { date, agency } => {
                let within = (current.data_from..=current.data_to).contains(&date);
                let left_out = match within {
                    false => Some(Reason::OutsideData),
                    true if is_invalid() => Some(Reason::InvalidReport),
                    true => {
                        let counts = !status.accepted_only && plan.is_asked(&plan[agency], current);
                        (!counts).then_some(Reason::NotCounted)
                    }
                };
                (agency, Origin::AdHoc(&plan.ad_hoc, date), date, left_out)
            }
            Place::Unread { .. } | Place::Astray => continue,
        };
        let figures = report.tasks.iter().flat_map(|entry| &entry.figures).map(|figure| figure.key.value);
        let idle = report.tasks.iter().filter(|entry| of_whole_task(entry).is_some());
        let idle =
            idle.flat_map(|entry| plan.typed_indicators(entry.key.value, agency)).map(|indicator| indicator.id);
        let figures = figures.chain(idle).collect();
        found.push(Source { agency: &plan[agency], origin, report, day, left_out, figures });
    }
    // Of one day the report of a round is the newer: it tells of the day as a whole.
    found.sort_by_key(|source| {
        let round = if let Origin::Round(round) = source.origin { Some(round.data_to) } else { None };
        (usize::from(source.agency.id), Reverse((source.day, round)))
    });
    found
}

/// What a report says of a quantity, each answer with its own verdict.
fn told<'s, 'p>(
    plan: &'p Plan,
    current: &Round,
    quantity: Quantity<'p>,
    source: &'s Source<'p>,
) -> Vec<Told<'s, 'p>> {
    let told = |said: Said<'p>| {
        let Said { given, span, .. } = said;
        let task = said.task.map(|task| &plan[task]);
        let elsewhere = source.report.counted_elsewhere(&given);
        let verdict = match verdict(current, quantity, source, task) {
            Verdict::Added | Verdict::Control if elsewhere.is_some() => Verdict::LeftOut(Reason::CountedElsewhere),
            verdict => verdict,
        };
        Told { source, task, given, span, verdict }
    };
    said(plan, current, quantity, source).into_iter().map(told).collect()
}

/// What a report says of a quantity. Who says of a whole task that nothing arose in it, or that it does not apply, says so of
/// each number that the plan asks of the agency there and that has no answer of its own.
fn said<'p>(plan: &Plan, current: &Round, quantity: Quantity<'p>, source: &Source<'p>) -> Vec<Said<'p>> {
    let mut said = quantity.said(plan, source.report);
    let asking = if let Origin::Round(round) = source.origin { round } else { current };
    let agency = source.agency.id;
    let Some(indicator) = quantity.indicator().filter(|of| of.is_typed() && of.allows(agency)) else { return said };
    let mut asked = None;
    for entry in &source.report.tasks {
        let (task, figures) = (entry.key.value, &entry.figures);
        let Some(answer) = of_whole_task(entry).filter(|_| indicator.tasks.contains(&task)) else { continue };
        let asked = asked.get_or_insert_with(|| plan.asked_tasks(asking, agency));
        if !asked.iter().any(|(asked, _)| asked.id == task) || figures.unread.contains(&Some(indicator.id)) {
            continue;
        }
        let given = Cow::Owned(answer.into());
        match said.iter_mut().find(|said| said.task == Some(task)) {
            Some(own) if is_blank(&own.given.answer) => own.given = given,
            Some(_) => {}
            None => said.push(Said { task: Some(task), given, span: entry.key.span }),
        }
    }
    said
}

/// What a report says of a whole task instead of its numbers.
fn of_whole_task(entry: &Entry) -> Option<Answer> {
    match entry.status? {
        TaskStatus::NothingArose => Some(Answer::NothingArose),
        TaskStatus::NotApplicable => Some(Answer::NotApplicable),
        TaskStatus::NotStarted | TaskStatus::InProgress | TaskStatus::Done => None,
    }
}

/// Whether a figure counts, looked at by itself.
fn verdict(current: &Round, quantity: Quantity<'_>, source: &Source<'_>, task: Option<&Task>) -> Verdict {
    let asking = match source.origin {
        Origin::Round(round) => round,
        Origin::AdHoc(..) if source.left_out == Some(Reason::OutsideData) || is_latest(quantity) => current,
        Origin::AdHoc(..) => return Verdict::LeftOut(Reason::AdHoc),
    };
    let indicator = match quantity {
        Quantity::Indicator(indicator) | Quantity::Complaints(indicator, _) => Some(indicator),
        // What an agency spent and published is its own, whosever totals it gives besides.
        Quantity::Funding(_) | Quantity::Violators | Quantity::Fines | Quantity::Warnings => None,
    };
    if indicator.is_some_and(|indicator| !indicator.allows(source.agency.id)) {
        Verdict::LeftOut(Reason::NotAllowed)
    } else if let Some(reason) = source.left_out {
        Verdict::LeftOut(reason)
    } else if task.is_some_and(|task| !asking.covers(task.id)) {
        Verdict::LeftOut(Reason::TaskOutsideRound)
    } else if indicator.is_some() && source.agency.control_total_of.is_some() {
        Verdict::Control
    } else {
        Verdict::Added
    }
}

/// `told`: agency by agency, the newest report first, what one report says together.
fn measure<'p>(plan: &'p Plan, quantity: Quantity<'p>, mut told: Vec<Told<'_, 'p>>) -> Measure<'p> {
    told.chunk_by_mut(|one, next| one.source.agency.id == next.source.agency.id).for_each(supersede);
    succeed(plan, &mut told);
    let mut answers = Answers::default();
    for of_agency in told.chunk_by(|one, next| one.source.agency.id == next.source.agency.id) {
        answers
            .count(of_agency.iter().filter(|told| told.verdict == Verdict::Added).map(|told| &told.given.answer));
    }
    let carried_over = told
        .iter()
        .filter(|told| told.verdict == Verdict::Added)
        .map(|told| u128::from(told.given.carried_over))
        .sum();
    let numbers = told.iter().filter_map(|told| match told.given.answer {
        Answer::Value(value) => {
            let Source { agency, origin, .. } = *told.source;
            let Given { carried_over, counted_by, itself_alone, .. } = *told.given;
            let counted_by = counted_by.map(|counter| &plan[counter]);
            let Told { task, verdict, span, .. } = *told;
            Some(Contribution {
                agency,
                task,
                value,
                carried_over,
                counted_by,
                itself_alone,
                sources: match told.given {
                    Cow::Borrowed(given) => &given.sources,
                    Cow::Owned(_) => &[],
                },
                verdict,
                origin,
                span,
            })
        }
        Answer::NothingArose | Answer::NotApplicable | Answer::Unanswered(_) => None,
    });
    let mut contributions: Vec<Contribution<'p>> = numbers.collect();
    contributions.sort_by_key(|part| (!part.verdict.counts()).then_some(part.span.file));
    let others = told.iter().filter_map(other).collect();
    let value = Amount::Unknown(Unknown::NoAnswer);
    let measure = Measure { quantity, value, contributions, others, answers, carried_over, last_year: None };
    let value = sum(measure.added()).map_or_else(|| Amount::Unknown(measure.unknown(|_| true)), Amount::Sum);
    Measure { value, ..measure }
}

/// What was told, where it is no number and no blank that an older answer stands in for.
fn other<'p>(told: &Told<'_, 'p>) -> Option<Other<'p>> {
    let answer = match &told.given {
        Cow::Borrowed(given) => &given.answer,
        Cow::Owned(given) if given.answer == Answer::NothingArose => &Answer::NothingArose,
        Cow::Owned(given) if given.answer == Answer::NotApplicable => &Answer::NotApplicable,
        Cow::Owned(_) => return None,
    };
    let task = told.task?;
    let is_stood_in_for = is_blank(answer) && told.verdict == Verdict::LeftOut(Reason::Superseded);
    if matches!(answer, Answer::Value(_)) || is_stood_in_for {
        return None;
    }
    let Source { agency, origin, .. } = *told.source;
    Some(Other { agency, task, answer, verdict: told.verdict, origin, span: told.span })
}

/// Nothing was written: no answer, not even a reason.
fn is_blank(answer: &Answer) -> bool {
    *answer == Answer::Unanswered(None)
}

/// A rate of two sums, each with the cases taken over from last year beside it.
pub(super) fn percent(rate: Rate, sum: impl Fn(IndicatorId) -> Result<(u128, u128), Unknown>) -> Amount {
    let part = sum(rate.of).map(|(part, _)| part);
    let whole = sum(rate.over).map(|(whole, carried_over)| whole + carried_over);
    Amount::Unknown(match (part, whole) {
        (Ok(0), Ok(0)) => Unknown::ZeroOverZero,
        // Parts and whole of different agencies may contradict each other: no rate then.
        (Ok(part), Ok(whole)) if part > whole => Unknown::PartExceedsWhole,
        (Ok(part), Ok(whole)) => return Amount::Percent { part, whole },
        (Err(_), Ok(_)) => Unknown::LacksPart,
        (Ok(_), Err(_)) => Unknown::LacksWhole,
        (Err(part), Err(whole)) if part == whole => part,
        (Err(_), Err(_)) => Unknown::LacksBoth,
    })
}

impl Answers {
    /// Counts one agency by its answers for all tasks; none where it gave none.
    fn count<'a>(&mut self, answers: impl Iterator<Item = &'a Answer> + Clone) {
        let any = |wanted: fn(&Answer) -> bool| answers.clone().any(wanted);
        if any(|answer| matches!(answer, Answer::Value(_))) {
            self.numbers += 1;
            self.zeros += usize::from(!any(|answer| matches!(answer, Answer::Value(1..))));
        } else if any(|answer| *answer == Answer::NothingArose) {
            self.nothing_arose += 1;
        } else if any(|answer| *answer == Answer::NotApplicable) {
            self.not_applicable += 1;
        } else {
            self.unanswered += usize::from(any(|_| true));
        }
    }
}
