//! Totals by indicator, each with the contributions it is made of. Pure: valid reports in, sums out.

use std::collections::HashSet;

use crate::check::Checked;
use crate::model::{
    Agency, AgencyId, Aggregation, Answer, Entry, Figure, Group, Indicator, IndicatorId, Place, Plan, Rate, Round,
    Task, TaskId,
};
use crate::source::Span;
use crate::status::RoundStatus;

/// An indicator over all agencies.
#[derive(Debug)]
pub(crate) struct Total<'p> {
    pub(crate) indicator: &'p Indicator,
    pub(crate) value: Amount,
    /// Every number given, in the order of agencies and tasks, with what became of it.
    pub(crate) contributions: Vec<Contribution<'p>>,
    pub(crate) answers: Answers,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    /// No agency gave a number: not zero.
    Unknown,
    Sum(u128),
    Percent {
        part: u128,
        whole: u128,
    },
}

#[derive(Debug)]
pub(crate) struct Contribution<'p> {
    pub(crate) agency: &'p Agency,
    pub(crate) task: &'p Task,
    pub(crate) value: u64,
    pub(crate) use_: Use,
    /// The round the figure comes from: an earlier one where only the newest counts.
    pub(crate) round: &'p Round,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Added,
    /// Already contained in its members' figures: compared, never added.
    Control,
}

impl Use {
    /// As machine formats write it.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Control => "control",
        }
    }
}

/// How many agencies gave each kind of answer; they are never confused. An agency that answers for
/// several tasks is counted once, by the most telling of its answers.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answers {
    /// A number, zero included.
    pub(crate) numbers: usize,
    /// Among those, zero for all tasks.
    pub(crate) zeros: usize,
    pub(crate) nothing_arose: usize,
    pub(crate) not_applicable: usize,
    pub(crate) unanswered: usize,
}

impl Total<'_> {
    /// The part of the sum that was reported under one task; `None` where nobody gave a number there.
    pub(crate) fn under_task(&self, task: TaskId) -> Option<u128> {
        let added = self.contributions.iter().filter(|part| part.use_ == Use::Added && part.task.id == task);
        added.fold(None, |sum, part| Some(sum.unwrap_or(0) + u128::from(part.value)))
    }

    /// What the members of a group added to the sum; `None` where none gave a number.
    pub(crate) fn of_members(&self, group: &Group) -> Option<u128> {
        let added = self.contributions.iter().filter(|part| part.use_ == Use::Added);
        let members = added.filter(|part| group.members.contains(&part.agency.id));
        members.fold(None, |sum, part| Some(sum.unwrap_or(0) + u128::from(part.value)))
    }

    /// The control total, where an agency gave one.
    pub(crate) fn control(&self) -> Option<u128> {
        let control = self.contributions.iter().filter(|part| part.use_ == Use::Control);
        control.fold(None, |sum, part| Some(sum.unwrap_or(0) + u128::from(part.value)))
    }
}

/// The round whose data end last before those of `current`, with its totals, if there are any.
pub(crate) fn earlier<'p>(
    plan: &'p Plan,
    rounds: &[RoundStatus<'p>],
    current: &RoundStatus<'p>,
) -> Option<(&'p Round, Vec<Total<'p>>)> {
    let before = rounds.iter().filter(|other| other.round.data_to < current.round.data_to);
    let earlier = before.max_by_key(|other| other.round.data_to)?;
    let totals = totals(plan, rounds, earlier);
    totals.iter().any(|total| total.value != Amount::Unknown).then_some((earlier.round, totals))
}

/// The total of every indicator that the round's tasks ask for, in the order of the plan.
///
/// `rounds` are all rounds; `current` is the one consolidated. Earlier ones (by the end of their
/// data) serve indicators of which each agency's newest figure counts.
pub(crate) fn totals<'p>(plan: &'p Plan, rounds: &[RoundStatus<'p>], current: &RoundStatus<'p>) -> Vec<Total<'p>> {
    let asked = |indicator: &&Indicator| indicator.tasks.iter().any(|task| current.round.covers(*task));
    let mut totals: Vec<Total<'p>> = plan
        .indicators
        .iter()
        .filter(asked)
        .map(|indicator| match indicator.aggregation {
            Aggregation::Sum => total(plan, indicator, &[current]),
            Aggregation::Latest => {
                let mut upto: Vec<&RoundStatus<'p>> =
                    rounds.iter().filter(|other| other.round.data_to <= current.round.data_to).collect();
                upto.sort_by_key(|status| std::cmp::Reverse(status.round.data_to));
                total(plan, indicator, &upto)
            }
            Aggregation::Percent(_) => {
                Total { indicator, value: Amount::Unknown, contributions: Vec::new(), answers: Answers::default() }
            }
        })
        .collect();
    for index in 0..totals.len() {
        if let Aggregation::Percent(Some(rate)) = totals[index].indicator.aggregation {
            totals[index].value = percent(&totals, rate);
        }
    }
    totals
}

/// A figure that was reported and is in no total.
#[derive(Debug)]
pub(crate) struct LeftOut<'p> {
    pub(crate) agency: &'p Agency,
    pub(crate) task: &'p Task,
    pub(crate) value: u64,
    pub(crate) round: &'p Round,
    pub(crate) span: Span,
    pub(crate) reason: Reason,
}

/// Why a figure is in no total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Only other agencies may report this indicator.
    NotAllowed,
    InvalidReport,
    /// The round does not ask for the task.
    TaskOutsideRound,
    /// Only the newest figure counts, and there is a newer one.
    Superseded,
    /// Dated later than the day of the view, or of an agency that nobody asked.
    NotCounted,
}

/// What was reported for a total's indicator in its round, or in an earlier one where those count, and is not in it.
pub(crate) fn left_out<'p>(
    total: &Total<'p>,
    plan: &'p Plan,
    checked: &'p Checked,
    current: &RoundStatus<'p>,
) -> Vec<LeftOut<'p>> {
    let indicator = total.indicator;
    let latest = indicator.aggregation == Aggregation::Latest;
    let mut found = Vec::new();
    for submission in &checked.submissions {
        let (Place::Round { round, agency }, Some(report)) = (submission.place, &submission.report) else {
            continue;
        };
        let (round, agency) = (&plan[round], &plan[agency]);
        let counts = round.id == current.round.id || latest && round.data_to < current.round.data_to;
        for entry in report.tasks.iter().filter(|_| counts) {
            let Some(Figure { value: Answer::Value(value), span, .. }) = entry.figure(indicator.id) else {
                continue;
            };
            if total.contributions.iter().any(|part| part.span == *span) {
                continue;
            }
            let reason = if !indicator.allows(agency.id) {
                Reason::NotAllowed
            } else if checked.errors_in(submission.file) > 0 {
                Reason::InvalidReport
            } else if !round.covers(entry.key.value) {
                Reason::TaskOutsideRound
            } else if round.id != current.round.id {
                Reason::Superseded
            } else {
                Reason::NotCounted
            };
            let task = &plan[entry.key.value];
            found.push(LeftOut { agency, task, value: *value, round, span: *span, reason });
        }
    }
    found
}

fn percent(totals: &[Total<'_>], rate: Rate) -> Amount {
    let sum = |id: IndicatorId| {
        totals.iter().find(|total| total.indicator.id == id).and_then(|total| match total.value {
            Amount::Sum(sum) => Some(sum),
            Amount::Unknown | Amount::Percent { .. } => None,
        })
    };
    match (sum(rate.of), sum(rate.over)) {
        (Some(part), Some(whole)) if whole > 0 => Amount::Percent { part, whole },
        _ => Amount::Unknown,
    }
}

/// `rounds` newest first: an agency that answered in one is not looked up in the next.
fn total<'p>(plan: &'p Plan, indicator: &'p Indicator, rounds: &[&RoundStatus<'p>]) -> Total<'p> {
    let mut contributions: Vec<Contribution<'p>> = Vec::new();
    let mut answers = Answers::default();
    let mut answered: HashSet<AgencyId> = HashSet::new();
    for (index, status) in rounds.iter().enumerate() {
        for (agency, report) in status.valid_reports().filter(|(agency, _)| indicator.allows(agency.id)) {
            let entries = report.tasks.iter().filter(|entry| status.round.covers(entry.key.value));
            let figures: Vec<(TaskId, &Figure)> =
                entries.filter_map(|entry| Some((entry.key.value, entry.figure(indicator.id)?))).collect();
            // What could not be given this time leaves an older number standing.
            let open = figures.iter().all(|(_, figure)| matches!(figure.value, Answer::Unanswered(_)));
            let older = || rounds[index + 1..].iter().any(|older| gives(older, agency.id, indicator));
            if figures.is_empty() || answered.contains(&agency.id) || (open && older()) {
                continue;
            }
            answered.insert(agency.id);
            let use_ = if agency.control_total_of.is_some() { Use::Control } else { Use::Added };
            if use_ == Use::Added {
                answers.count(figures.iter().map(|(_, figure)| &figure.value));
            }
            contributions.extend(figures.into_iter().filter_map(|(task, figure)| match figure.value {
                Answer::Value(value) => Some(Contribution {
                    agency,
                    task: &plan[task],
                    value,
                    use_,
                    round: status.round,
                    span: figure.span,
                }),
                Answer::NothingArose | Answer::NotApplicable | Answer::Unanswered(_) => None,
            }));
        }
    }
    let added = contributions.iter().filter(|part| part.use_ == Use::Added);
    let value = match answers.numbers {
        0 => Amount::Unknown,
        _ => Amount::Sum(added.map(|part| u128::from(part.value)).sum()),
    };
    Total { indicator, value, contributions, answers }
}

/// Whether an agency's valid report of a round answers for an indicator.
fn gives(status: &RoundStatus<'_>, agency: AgencyId, indicator: &Indicator) -> bool {
    let mut reports = status.valid_reports().filter(|(other, _)| other.id == agency);
    let covered = |entry: &&Entry| status.round.covers(entry.key.value);
    let answers = |entry: &Entry| entry.figure(indicator.id).is_some();
    reports.any(|(_, report)| report.tasks.iter().filter(covered).any(answers))
}

impl Answers {
    /// Counts one agency by its answers for all tasks.
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
            self.unanswered += 1;
        }
    }
}
