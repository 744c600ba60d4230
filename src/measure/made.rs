//! How measures are made: what each report says of a quantity, the verdict on every figure, the sum.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use super::{Amount, Answers, Contribution, Measure, Reason, Verdict, of_indicator, sum};
use crate::model::{
    Agency, AgencyId, Aggregation, Answer, Given, Indicator, IndicatorId, Place, Plan, Quantity, Rate, Report,
    Round, Said, Task,
};
use crate::source::{FileId, Span};
use crate::status::{RoundStatus, Validity};
use crate::workspace::Workspace;

/// A report of the round or of one before it.
struct Source<'p> {
    agency: &'p Agency,
    round: &'p Round,
    report: &'p Report,
    /// Why nothing in it counts.
    left_out: Option<Reason>,
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
/// data) serve indicators of which each agency's newest figure counts.
pub(crate) fn measures<'p>(
    workspace: &'p Workspace,
    rounds: &[RoundStatus<'p>],
    current: &RoundStatus<'p>,
) -> Vec<Measure<'p>> {
    let plan = &workspace.plan;
    let round = current.round;
    let sources = sources(workspace, rounds, round);
    let is_asked = |indicator: &Indicator| indicator.tasks.iter().any(|task| round.covers(*task));
    let asked = plan.quantities().into_iter().filter(|quantity| match quantity {
        Quantity::Indicator(indicator) | Quantity::Complaints(indicator, _) => is_asked(indicator),
        Quantity::Funding(_) | Quantity::Violators | Quantity::Fines | Quantity::Warnings => true,
    });
    let mut measures: Vec<Measure<'p>> = asked
        .map(|quantity| {
            let newest = quantity.indicator().is_some_and(|of| of.aggregation == Aggregation::Latest);
            let counts = |source: &&Source<'_>| newest || source.round.id == round.id;
            measure(
                plan,
                quantity,
                sources.iter().filter(counts).flat_map(|source| told(plan, quantity, source)).collect(),
            )
        })
        .collect();
    for index in 0..measures.len() {
        if let Some(Aggregation::Percent(Some(rate))) =
            measures[index].quantity.indicator().map(|of| of.aggregation)
        {
            measures[index].value = percent(&measures, rate);
        }
    }
    measures
}

/// The reports of the round and of those before it, the newest round first, in the order of the plan's agencies.
fn sources<'p>(workspace: &'p Workspace, rounds: &[RoundStatus<'p>], current: &Round) -> Vec<Source<'p>> {
    let plan = &workspace.plan;
    let states = rounds.iter().flat_map(|status| &status.agencies);
    let counted: BTreeSet<FileId> =
        states.filter(|state| state.validity == Validity::Valid).filter_map(|state| state.file).collect();
    let mut found: Vec<Source<'p>> = Vec::new();
    for submission in &workspace.submissions {
        let (Place::Round { round, agency }, Some(report)) = (submission.place, &submission.report) else {
            continue;
        };
        let (round, agency) = (&plan[round], &plan[agency]);
        if round.id == current.id || round.data_to < current.data_to {
            let left_out = match counted.contains(&submission.file) {
                true => None,
                false if workspace.errors_in(submission.file) > 0 => Some(Reason::InvalidReport),
                false => Some(Reason::NotCounted),
            };
            found.push(Source { agency, round, report, left_out });
        }
    }
    found.sort_by_key(|source| (Reverse(source.round.data_to), usize::from(source.agency.id)));
    found
}

/// What a report says of a quantity, each answer with its own verdict.
fn told<'s, 'p>(plan: &'p Plan, quantity: Quantity<'p>, source: &'s Source<'p>) -> Vec<Told<'s, 'p>> {
    let told = |said: Said<'p>| {
        let Said { given, span, .. } = said;
        let task = said.task.map(|task| &plan[task]);
        let counted_by = given.counted_by.filter(|counter| *counter != source.agency.id);
        let verdict = match verdict(quantity, source, task) {
            Verdict::Added | Verdict::Control if counted_by.is_some() => Verdict::LeftOut(Reason::CountedElsewhere),
            verdict => verdict,
        };
        Told { source, task, given, span, verdict }
    };
    quantity.said(plan, source.report).into_iter().map(told).collect()
}

/// Whether a figure counts, looked at by itself.
fn verdict(quantity: Quantity<'_>, source: &Source<'_>, task: Option<&Task>) -> Verdict {
    let indicator = match quantity {
        Quantity::Indicator(indicator) | Quantity::Complaints(indicator, _) => Some(indicator),
        // What an agency spent and published is its own, whosever totals it gives besides.
        Quantity::Funding(_) | Quantity::Violators | Quantity::Fines | Quantity::Warnings => None,
    };
    if indicator.is_some_and(|indicator| !indicator.allows(source.agency.id)) {
        Verdict::LeftOut(Reason::NotAllowed)
    } else if let Some(reason) = source.left_out {
        Verdict::LeftOut(reason)
    } else if task.is_some_and(|task| !source.round.covers(task.id)) {
        Verdict::LeftOut(Reason::TaskOutsideRound)
    } else if indicator.is_some() && source.agency.control_total_of.is_some() {
        Verdict::Control
    } else {
        Verdict::Added
    }
}

/// `told`: the newest round first, what one report says together.
fn measure<'p>(plan: &'p Plan, quantity: Quantity<'p>, mut told: Vec<Told<'_, 'p>>) -> Measure<'p> {
    let mut reports: Vec<&mut [Told<'_, 'p>]> =
        told.chunk_by_mut(|one, next| std::ptr::eq(one.source, next.source)).collect();
    supersede(&mut reports);
    let mut answers = Answers::default();
    for report in &reports {
        answers.count(report.iter().filter(|told| told.verdict == Verdict::Added).map(|told| &told.given.answer));
    }
    let carried_over = told
        .iter()
        .filter(|told| told.verdict == Verdict::Added)
        .map(|told| u128::from(told.given.carried_over))
        .sum();
    let numbers = told.iter().filter_map(|told| match told.given.answer {
        Answer::Value(value) => {
            let Source { agency, round, .. } = *told.source;
            let Given { carried_over, counted_by, .. } = *told.given;
            let counted_by = counted_by.map(|counter| &plan[counter]);
            let Told { task, verdict, span, .. } = *told;
            Some(Contribution { agency, task, value, carried_over, counted_by, verdict, round, span })
        }
        Answer::NothingArose | Answer::NotApplicable | Answer::Unanswered(_) => None,
    });
    let mut contributions: Vec<Contribution<'p>> = numbers.collect();
    contributions.sort_by_key(|part| (!part.verdict.counts()).then_some(part.span.file));
    let added = contributions.iter().filter(|part| part.verdict == Verdict::Added);
    let value = sum(added).map_or(Amount::Unknown, Amount::Sum);
    Measure { quantity, value, contributions, answers, carried_over }
}

/// Leaves out what an agency said before its newest answer. What could not be given this time leaves an older answer
/// standing.
fn supersede(reports: &mut [&mut [Told<'_, '_>]]) {
    let counts = |told: &&Told<'_, '_>| told.verdict.counts();
    let is_open = |told: &Told<'_, '_>| matches!(told.given.answer, Answer::Unanswered(_));
    let mut standing: HashMap<AgencyId, usize> = HashMap::new();
    for (index, report) in reports.iter().enumerate().rev() {
        let Some(first) = report.iter().find(counts) else { continue };
        let open = report.iter().filter(counts).all(is_open);
        if !open || !standing.contains_key(&first.source.agency.id) {
            standing.insert(first.source.agency.id, index);
        }
    }
    for (index, report) in reports.iter_mut().enumerate() {
        for told in report.iter_mut().filter(|told| told.verdict.counts()) {
            if standing.get(&told.source.agency.id) != Some(&index) {
                told.verdict = Verdict::LeftOut(Reason::Superseded);
            }
        }
    }
}

fn percent(measures: &[Measure<'_>], rate: Rate) -> Amount {
    let sum = |id: IndicatorId| match of_indicator(measures, id)? {
        Measure { value: Amount::Sum(sum), carried_over, .. } => Some((*sum, *carried_over)),
        _ => None,
    };
    let of_whole = sum(rate.over).map(|(whole, carried_over)| whole + carried_over);
    match (sum(rate.of), of_whole) {
        // Parts and whole of different agencies may contradict each other: no rate then.
        (Some((part, _)), Some(whole)) if whole > 0 && part <= whole => Amount::Percent { part, whole },
        _ => Amount::Unknown,
    }
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
