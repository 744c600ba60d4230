//! What was reported for an agency in the round before: its own figures, and those of the agencies that it succeeds.
//! Judges nothing.

use super::{Answer, IndicatorId, Report, Round, TaskId, TaskStatus};
use crate::vietnamese::number;

/// The reports of an earlier round, the agency's own first.
#[derive(Debug, Clone)]
pub(crate) struct Earlier<'p> {
    pub(crate) round: &'p Round,
    pub(crate) reports: Vec<&'p Report>,
}

impl Earlier<'_> {
    pub(crate) fn is_illustrative(&self) -> bool {
        self.reports.iter().any(|report| report.illustrative)
    }

    /// What was told of an indicator under a task, all numbers together; none where nothing was.
    pub(crate) fn told(&self, task: TaskId, indicator: IndicatorId) -> Option<String> {
        let answers = self.reports.iter().filter_map(|report| report.entry(task)?.figure(indicator));
        let answers = answers.map(|figure| &figure.value.answer);
        let numbers = answers.clone().filter_map(|answer| match answer {
            Answer::Value(value) => Some(u128::from(*value)),
            _ => None,
        });
        if let Some(sum) = numbers.reduce(|sum, value| sum + value) {
            return Some(number(sum));
        }
        answers.into_iter().find_map(|answer| match answer {
            Answer::NothingArose => Some(TaskStatus::NothingArose.label().to_owned()),
            Answer::NotApplicable => Some(TaskStatus::NotApplicable.label().to_owned()),
            Answer::Value(_) | Answer::Unanswered(_) => None,
        })
    }
}
