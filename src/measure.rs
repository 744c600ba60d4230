//! Every number that is printed, with all that was reported for it and what became of each figure, judged once. Pure:
//! reports and the state of their rounds in, sums out. Whoever shows a number adds nothing up.

mod made;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Agency, Aggregation, Group, Indicator, IndicatorId, Quantity, Round, Task, TaskId};
use crate::source::Span;
use crate::status::RoundStatus;
use crate::workspace::Workspace;

pub(crate) use made::measures;

/// A quantity over all agencies.
#[derive(Debug)]
pub(crate) struct Measure<'p> {
    pub(crate) quantity: Quantity<'p>,
    pub(crate) value: Amount,
    /// Every number given: those that count in the order of agencies and tasks, then those left out in that of files.
    pub(crate) contributions: Vec<Contribution<'p>>,
    pub(crate) answers: Answers,
    /// Cases taken over from last year: not in the sum, but in the whole that a rate is of.
    pub(crate) carried_over: u128,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    /// No agency gave a number: not zero.
    Unknown,
    Sum(u128),
    Percent {
        part: u128,
        /// Cases taken over from last year included.
        whole: u128,
    },
}

/// A number that an agency gave.
#[derive(Debug)]
pub(crate) struct Contribution<'p> {
    pub(crate) agency: &'p Agency,
    /// Absent for what is not reported under a task.
    pub(crate) task: Option<&'p Task>,
    pub(crate) value: u64,
    /// Cases taken over from last year, beside the value.
    pub(crate) carried_over: u64,
    /// Who counts a joint event, where another does.
    pub(crate) counted_by: Option<&'p Agency>,
    pub(crate) verdict: Verdict,
    /// The round the figure comes from: an earlier one where only the newest counts.
    pub(crate) round: &'p Round,
    pub(crate) span: Span,
}

/// What became of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Added,
    /// Already contained in its members' figures: compared, never added.
    Control,
    LeftOut(Reason),
}

/// Why a figure does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Only other agencies may report this indicator.
    NotAllowed,
    InvalidReport,
    /// The round does not ask for the task.
    TaskOutsideRound,
    /// Only the newest figure counts, and there is a newer one.
    Superseded,
    /// Of an agency that nobody asked.
    NotCounted,
    /// Of a joint event that another agency counts.
    CountedElsewhere,
}

/// How many agencies gave each kind of answer; they are never confused. An agency that answers for
/// several tasks is counted once, by the most telling of its answers.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Answers {
    /// A number, zero included.
    pub(crate) numbers: usize,
    /// Among those, zero for all tasks.
    pub(crate) zeros: usize,
    pub(crate) nothing_arose: usize,
    pub(crate) not_applicable: usize,
    pub(crate) unanswered: usize,
}

/// What one agency gave that counts, all its tasks together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Share<'m, 'p> {
    pub(crate) first: &'m Contribution<'p>,
    pub(crate) parts: &'m [Contribution<'p>],
    pub(crate) value: u128,
}

impl Verdict {
    /// As machine formats write it.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Control => "control",
            Self::LeftOut(Reason::NotAllowed) => "not_allowed",
            Self::LeftOut(Reason::InvalidReport) => "invalid_report",
            Self::LeftOut(Reason::TaskOutsideRound) => "task_outside_round",
            Self::LeftOut(Reason::Superseded) => "superseded",
            Self::LeftOut(Reason::NotCounted) => "not_counted",
            Self::LeftOut(Reason::CountedElsewhere) => "counted_elsewhere",
        }
    }

    pub(crate) fn counts(self) -> bool {
        !matches!(self, Self::LeftOut(_))
    }
}

impl<'p> Measure<'p> {
    /// The figures that count, control totals among them.
    pub(crate) fn counted(&self) -> &[Contribution<'p>] {
        &self.contributions[..self.contributions.partition_point(|part| part.verdict.counts())]
    }

    /// The figures that count, agency by agency.
    pub(crate) fn shares(&self) -> impl Iterator<Item = Share<'_, 'p>> {
        let shares = self.counted().chunk_by(|one, next| one.agency.id == next.agency.id);
        shares.filter_map(|parts| {
            let value = parts.iter().map(|part| u128::from(part.value)).sum();
            Some(Share { first: parts.first()?, parts, value })
        })
    }

    pub(crate) fn added(&self) -> impl Iterator<Item = &Contribution<'p>> {
        self.contributions.iter().filter(|part| part.verdict == Verdict::Added)
    }

    /// The part of the sum that was reported under one task; `None` where nobody gave a number there.
    pub(crate) fn under_task(&self, task: TaskId) -> Option<u128> {
        sum(self.added().filter(|part| part.task.is_some_and(|of| of.id == task)))
    }

    /// What the members of a group added to the sum; `None` where none gave a number.
    pub(crate) fn of_members(&self, group: &Group) -> Option<u128> {
        sum(self.added().filter(|part| group.members.contains(&part.agency.id)))
    }

    /// The control total, where an agency gave one.
    pub(crate) fn control(&self) -> Option<u128> {
        sum(self.contributions.iter().filter(|part| part.verdict == Verdict::Control))
    }
}

fn sum<'c, 'p: 'c>(parts: impl Iterator<Item = &'c Contribution<'p>>) -> Option<u128> {
    parts.map(|part| u128::from(part.value)).reduce(|sum, value| sum + value)
}

/// The round whose data end last before those of `current`, with its measures, if an indicator has a number there.
pub(crate) fn earlier<'p>(
    workspace: &'p Workspace,
    rounds: &[RoundStatus<'p>],
    current: &RoundStatus<'p>,
) -> Option<(&'p Round, Vec<Measure<'p>>)> {
    let before = rounds.iter().filter(|other| other.round.data_to < current.round.data_to);
    let earlier = before.max_by_key(|other| other.round.data_to)?;
    let measures = measures(workspace, rounds, earlier);
    let known = indicators(&measures).any(|(_, total)| total.value != Amount::Unknown);
    known.then_some((earlier.round, measures))
}

/// Those of the measures that are of indicators.
pub(crate) fn indicators<'m, 'p>(
    measures: &'m [Measure<'p>],
) -> impl Iterator<Item = (&'p Indicator, &'m Measure<'p>)> {
    measures.iter().filter_map(|measure| Some((measure.quantity.indicator()?, measure)))
}

/// The measures that a rate or the whole of a list is made of.
pub(crate) fn made_of<'m, 'p>(measures: &'m [Measure<'p>], of: Quantity<'p>) -> Vec<&'m Measure<'p>> {
    if let Some(Aggregation::Percent(rate)) = of.indicator().map(|of| of.aggregation) {
        let parts = rate.into_iter().flat_map(|rate| [rate.of, rate.over]);
        return parts.filter_map(|id| of_indicator(measures, id)).collect();
    }
    let is_part = |measure: &&Measure<'_>| {
        matches!(
            (of, measure.quantity),
            (Quantity::Funding(None), Quantity::Funding(Some(_)))
                | (Quantity::Complaints(_, None), Quantity::Complaints(_, Some(_)))
        )
    };
    measures.iter().filter(is_part).collect()
}

pub(crate) fn of_indicator<'m, 'p>(measures: &'m [Measure<'p>], id: IndicatorId) -> Option<&'m Measure<'p>> {
    indicators(measures).find(|(indicator, _)| indicator.id == id).map(|(_, measure)| measure)
}

#[cfg(test)]
mod tests;
