//! Which answers stand: the newest of an agency where only that counts, and those of agencies that are gone beside their
//! successors' own.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use super::{Source, Told, is_blank, told};
use crate::measure::{Origin, Reason, Verdict};
use crate::model::{AgencyId, Answer, Plan, Quantity, Round, Task};

/// Leaves out what an agency said before its newest answer, whatever that is: a round's report answers for all tasks that the
/// round asks about, an ad hoc one for those that it names. `told`: the newest report first.
pub(super) fn supersede(told: &mut [Told<'_, '_>]) {
    let mut reports = told.chunk_by_mut(|one, next| std::ptr::eq(one.source, next.source)).collect::<Vec<_>>();
    reports.retain(|report| report.iter().any(|told| told.verdict.counts()));
    let is_answer = |told: &Told<'_, '_>| told.verdict.counts() && !is_blank(&told.given.answer);
    let is_any = reports.iter().any(|report| report.iter().any(is_answer));
    let mut rounds: Vec<&Round> = Vec::new();
    let mut answered = BTreeSet::new();
    for (at, report) in reports.into_iter().enumerate() {
        let tasks: Vec<Option<&Task>> =
            report.iter().filter(|told| is_answer(told)).map(|told| told.task).collect();
        let is_replaced = if is_any { tasks.is_empty() } else { at > 0 };
        let is_answered =
            |task: &Task| answered.contains(&task.id) || rounds.iter().any(|round| round.covers(task.id));
        for told in report.iter_mut().filter(|told| told.verdict.counts()) {
            if is_replaced || told.task.is_some_and(is_answered) {
                told.verdict = Verdict::LeftOut(Reason::Superseded);
            }
        }
        if let (Origin::Round(round), [_, ..]) = (report[0].source.origin, &tasks[..]) {
            rounds.push(round);
        }
        answered.extend(tasks.into_iter().flatten().map(|task| task.id));
    }
}

/// Leaves out what an agency that is gone said, where its successor has answered since for both.
pub(super) fn succeed(plan: &Plan, told: &mut [Told<'_, '_>]) {
    let newer =
        |told: &Told<'_, '_>| told.verdict.counts() && !told.given.itself_alone && !is_blank(&told.given.answer);
    let mut answered: HashMap<AgencyId, Vec<&Source<'_>>> = HashMap::new();
    for told in told.iter().filter(|told| newer(told)) {
        answered.entry(told.source.agency.id).or_default().push(told.source);
    }
    for old in told.iter_mut().filter(|told| told.verdict.counts()) {
        let gone = old.source.agency;
        let Some(until) = gone.active.1 else { continue };
        // Whoever is no longer asked in a round is answered for there.
        let for_both = |answer: &Source<'_>| match answer.origin {
            Origin::Round(round) => until < round.agencies.last_on_time(&plan.holidays),
            Origin::AdHoc(_, day) => day > until,
        };
        let mut heirs = std::iter::successors(gone.successor, |heir| plan[*heir].successor);
        if heirs
            .any(|heir| answered.get(&heir).is_some_and(|answers| answers.iter().any(|answer| for_both(answer))))
        {
            old.verdict = Verdict::LeftOut(Reason::Succeeded);
        }
    }
}

/// The newest that agencies told in earlier rounds that are gone, where a successor tells in this one of itself alone: left out.
pub(super) fn left_by_heirs<'s, 'p>(
    plan: &'p Plan,
    round: &Round,
    quantity: Quantity<'p>,
    said: &[Told<'_, 'p>],
    sources: &'s [Source<'p>],
) -> Vec<Told<'s, 'p>> {
    let alone = said.iter().filter(|told| told.verdict == Verdict::Added && told.given.itself_alone);
    let heirs: BTreeSet<AgencyId> = alone.map(|told| told.source.agency.id).collect();
    let gone: BTreeSet<AgencyId> =
        heirs.into_iter().flat_map(|heir| plan.predecessors(heir, round)).map(|of| of.id).collect();
    let mut rounds: Vec<&Round> = plan.rounds_inside(round).collect();
    rounds.sort_by_key(|of| (Reverse(of.data_to), of.data_from));
    let mut left = Vec::new();
    for gone in gone {
        // Days that a newer figure is of are not told twice.
        let mut known_from = None;
        for of in &rounds {
            if known_from.is_some_and(|from| of.data_to >= from) {
                continue;
            }
            let is_of = |source: &&Source<'_>| matches!(source.origin, Origin::Round(one) if one.id == of.id);
            let Some(source) = sources.iter().find(|source| source.agency.id == gone && is_of(source)) else {
                continue;
            };
            let mut told = told(plan, round, quantity, source);
            told.retain(|one| one.verdict.counts() && matches!(one.given.answer, Answer::Value(1..)));
            told.iter_mut().for_each(|one| one.verdict = Verdict::LeftOut(Reason::SuccessorAlone));
            if !told.is_empty() {
                known_from = Some(of.data_from);
                left.extend(told);
            }
        }
    }
    left
}
