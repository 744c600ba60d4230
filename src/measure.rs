//! Every number that is printed, with all that was reported for it and what became of each figure, judged once. Pure:
//! reports and the state of their rounds in, sums out. Whoever shows a number adds nothing up.

mod control;
mod growth;
mod made;
mod split;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{
    Agency, AgencyId, Aggregation, Answer, FigureSource, Indicator, IndicatorId, Named, Quantity, Round, Task,
    TaskId,
};
use crate::source::Span;
use crate::status::RoundStatus;
use crate::workspace::Workspace;

pub(crate) use control::{Compared, Control, controls};
pub(crate) use growth::{Change, Comparison, LastYear, NotCompared, Unlike};
pub(crate) use made::measures;
pub(crate) use split::{Of, Party, Portion, amount_of, by_agency, by_field, by_level, levels, share};

/// A quantity over all agencies.
#[derive(Debug)]
pub(crate) struct Measure<'p> {
    pub(crate) quantity: Quantity<'p>,
    pub(crate) value: Amount,
    /// Every number given: those that count in the order of agencies and tasks, then those left out in that of files.
    pub(crate) contributions: Vec<Contribution<'p>>,
    /// Every other answer, in the order of agencies and tasks.
    pub(crate) others: Vec<Other<'p>>,
    pub(crate) answers: Answers,
    /// Cases taken over from last year: not in the sum, but in the whole that a rate is of.
    pub(crate) carried_over: u128,
    /// Of an indicator of which last year's number is known.
    pub(crate) last_year: Option<LastYear<'p>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    /// There is no number: not zero.
    Unknown(Unknown),
    Sum(u128),
    Percent {
        part: u128,
        /// Cases taken over from last year included.
        whole: u128,
    },
}

/// Why there is no number. No answer is taken for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unknown {
    /// No agency of the round is asked.
    NotAsked,
    /// Agencies are asked, and none has answered.
    NoAnswer,
    /// Every answer says that nothing arose.
    NothingArose,
    /// Every answer says that it does not apply.
    NotApplicable,
    /// Every answer is a reason why there is no number.
    Unanswered,
    /// Several of these answers.
    Mixed,
    /// A rate of nothing.
    ZeroOverZero,
    /// A rate of more than there is.
    PartExceedsWhole,
    /// A rate without one of its numbers, or both, for different reasons.
    LacksPart,
    LacksWhole,
    LacksBoth,
}

/// The report that an answer stands in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Origin<'p> {
    /// An earlier one where only the newest answer counts.
    Round(&'p Round),
    /// An ad hoc report: what the plan calls those, and its day.
    AdHoc(&'p Named, NaiveDate),
}

/// An answer that is no number, given for a figure or for the whole task.
#[derive(Debug)]
pub(crate) struct Other<'p> {
    pub(crate) agency: &'p Agency,
    pub(crate) task: &'p Task,
    pub(crate) answer: &'p Answer,
    pub(crate) verdict: Verdict,
    pub(crate) origin: Origin<'p>,
    pub(crate) span: Span,
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
    /// Of a successor, without the figures of those that it succeeds.
    pub(crate) itself_alone: bool,
    /// Of a total: what it was added up of.
    pub(crate) sources: &'p [FigureSource],
    pub(crate) verdict: Verdict,
    pub(crate) origin: Origin<'p>,
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
    /// Only the newest answer counts, and there is a newer one.
    Superseded,
    /// The agency is gone, and its successor has answered since for both.
    Succeeded,
    /// The agency is gone, this is of an earlier round, and its successor tells in this one of itself alone.
    SuccessorAlone,
    /// Of an ad hoc report, where the figures of rounds add up.
    AdHoc,
    /// Of an ad hoc report dated outside the round's data.
    OutsideData,
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

impl Unknown {
    /// What an answer says that is no number.
    pub(crate) fn said(answer: &Answer) -> Option<Self> {
        match answer {
            Answer::Value(_) => None,
            Answer::NothingArose => Some(Self::NothingArose),
            Answer::NotApplicable => Some(Self::NotApplicable),
            Answer::Unanswered(Some(_)) => Some(Self::Unanswered),
            Answer::Unanswered(None) => Some(Self::NoAnswer),
        }
    }

    /// What several say together; who left it blank says nothing.
    pub(crate) fn together(said: impl Iterator<Item = Self>) -> Self {
        let mut said = said.filter(|said| *said != Self::NoAnswer);
        match said.next() {
            None => Self::NoAnswer,
            Some(first) if said.all(|other| other == first) => first,
            Some(_) => Self::Mixed,
        }
    }
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
            Self::LeftOut(Reason::Succeeded) => "succeeded",
            Self::LeftOut(Reason::SuccessorAlone) => "successor_alone",
            Self::LeftOut(Reason::AdHoc) => "ad_hoc",
            Self::LeftOut(Reason::OutsideData) => "outside_data",
            Self::LeftOut(Reason::NotCounted) => "not_counted",
            Self::LeftOut(Reason::CountedElsewhere) => "counted_elsewhere",
        }
    }

    pub(crate) fn counts(self) -> bool {
        !matches!(self, Self::LeftOut(_))
    }
}

impl<'p> Origin<'p> {
    /// Of the round, or of all ad hoc reports.
    pub(crate) fn id(self) -> &'p str {
        match self {
            Self::Round(round) => &round.key,
            Self::AdHoc(named, _) => &named.id,
        }
    }

    /// Of an ad hoc report.
    pub(crate) fn day(self) -> Option<NaiveDate> {
        if let Self::AdHoc(_, day) = self { Some(day) } else { None }
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

    /// What was added since an earlier round of cumulative figures; `None` where somebody gave no number there, whose figure
    /// of before nobody knows, or a number fell. `gone`: whose figures of before an agency's of now contain beside its own.
    pub(crate) fn since(&self, earlier: &Measure<'_>, gone: impl Fn(AgencyId) -> Vec<AgencyId>) -> Option<u128> {
        let cumulative = |of: &Indicator| of.is_typed() && of.aggregation == Aggregation::Sum;
        self.quantity.indicator().filter(|of| cumulative(of))?;
        let told = self.heard(gone);
        let before: BTreeSet<AgencyId> = earlier.added().map(|part| part.agency.id).collect();
        let now = self.added_by(&told).filter(|_| told.is_subset(&before))?;
        now.checked_sub(earlier.added_by(&told)?)
    }

    /// Whose figures it holds: of who gave a number, and of those `gone` whose figures of before that contains.
    pub(crate) fn heard(&self, gone: impl Fn(AgencyId) -> Vec<AgencyId>) -> BTreeSet<AgencyId> {
        let of_both: BTreeSet<AgencyId> =
            self.added().filter(|part| !part.itself_alone).map(|part| part.agency.id).collect();
        let heirs = self.added().map(|part| part.agency.id);
        heirs.chain(of_both.into_iter().flat_map(gone)).collect()
    }

    /// Which agency added most, and how much; `None` where one agency gave all, or several gave as much.
    pub(crate) fn most(&self) -> Option<(&'p Agency, u64)> {
        let mut of_each: Vec<(&'p Agency, u64)> = Vec::new();
        for part in self.added() {
            match of_each.last_mut() {
                Some((agency, value)) if agency.id == part.agency.id => *value += part.value,
                _ => of_each.push((part.agency, part.value)),
            }
        }
        of_each.sort_by_key(|(_, value)| std::cmp::Reverse(*value));
        match of_each[..] {
            [(agency, most), (_, second), ..] if most > second => Some((agency, most)),
            _ => None,
        }
    }

    /// Of a part of another total: who gave most of the whole, and how much of that this part leaves out.
    pub(crate) fn beyond(&self, whole: &Measure<'p>) -> Option<(&'p Agency, u128)> {
        let (most, value) = whole.most()?;
        let rest = u128::from(value).checked_sub(self.added_by([&most.id])?)?;
        (rest > 0).then_some((most, rest))
    }

    pub(crate) fn added(&self) -> impl Iterator<Item = &Contribution<'p>> {
        self.contributions.iter().filter(|part| part.verdict == Verdict::Added)
    }

    pub(crate) fn is_rate(&self) -> bool {
        self.quantity.indicator().is_some_and(|indicator| !indicator.is_typed())
    }

    /// Of a rate: what its whole holds beside its part.
    pub(crate) fn left(&self) -> Option<u128> {
        match self.value {
            Amount::Percent { part, whole } => whole.checked_sub(part),
            _ => None,
        }
    }

    /// What was reported under one task; a rate is of all.
    pub(crate) fn under_task(&self, task: TaskId) -> Amount {
        if self.quantity.indicator().is_none_or(|indicator| !indicator.is_typed()) {
            return self.value;
        }
        let sum = sum(self.added().filter(|part| part.task.is_some_and(|of| of.id == task)));
        sum.map_or_else(|| Amount::Unknown(self.unknown(|other| other.task.id == task)), Amount::Sum)
    }

    /// What some of the answers that count say instead of a number.
    pub(crate) fn unknown(&self, of: impl Fn(&Other<'p>) -> bool) -> Unknown {
        let counted = self.others.iter().filter(|other| other.verdict == Verdict::Added && of(other));
        Unknown::together(counted.filter_map(|other| Unknown::said(other.answer)))
    }

    /// What an agency added to the sum.
    fn added_of(&self, agency: AgencyId) -> impl Iterator<Item = &Contribution<'p>> {
        let counted = self.counted();
        let from = counted.partition_point(|part| part.agency.id < agency);
        let own = counted[from..].iter().take_while(move |part| part.agency.id == agency);
        own.filter(|part| part.verdict == Verdict::Added)
    }

    /// What some agencies, none of them twice, added to the sum; `None` where none gave a number.
    pub(crate) fn added_by<'i>(&self, agencies: impl IntoIterator<Item = &'i AgencyId>) -> Option<u128> {
        sum(agencies.into_iter().flat_map(|id| self.added_of(*id)))
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
    let known = indicators(&measures).any(|(_, total)| !matches!(total.value, Amount::Unknown(_)));
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

pub(crate) fn of_quantity<'m, 'p>(measures: &'m [Measure<'p>], of: Quantity<'_>) -> Option<&'m Measure<'p>> {
    measures.iter().find(|measure| measure.quantity.key() == of.key())
}

pub(crate) fn of_indicator<'m, 'p>(measures: &'m [Measure<'p>], id: IndicatorId) -> Option<&'m Measure<'p>> {
    indicators(measures).find(|(indicator, _)| indicator.id == id).map(|(_, measure)| measure)
}

#[cfg(test)]
mod tests;
