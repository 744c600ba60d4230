//! What the consolidated report prints numbers of, and what a report says of each.

use std::borrow::Cow;

use super::{Aggregation, Answer, DONG, Entry, Given, Indicator, Named, Plan, Rate, Report, Round, TaskId, Total};
use crate::source::Span;

/// No percentage is told of fewer.
pub(crate) const FEW: u64 = 20;

/// Something that is counted. Each has a key of its own: indicators theirs, the others the key under which reports hold
/// them, with a part's behind it (`funding.state_budget`).
#[derive(Debug, Clone, Copy)]
pub(crate) enum Quantity<'p> {
    Indicator(&'p Indicator),
    /// Money spent, from one source or from all.
    Funding(Option<&'p Named>),
    /// Complaints in one field or in all, and the indicator that they add up to.
    Complaints(&'p Indicator, Option<&'p Named>),
    /// Organisations and persons in violation that were published.
    Violators,
    /// The fines of those.
    Fines,
    Warnings,
}

/// What a report says of a quantity, in one place.
pub(crate) struct Said<'r> {
    /// Absent for what is not reported under a task.
    pub(crate) task: Option<TaskId>,
    pub(crate) given: Cow<'r, Given>,
    pub(crate) span: Span,
}

impl Said<'_> {
    pub(crate) fn number(&self) -> Option<u128> {
        if let Answer::Value(value) = self.given.answer { Some(value.into()) } else { None }
    }
}

impl<'p> Quantity<'p> {
    /// Everything that a report says of it.
    pub(crate) fn said<'r>(self, plan: &Plan, report: &'r Report) -> Vec<Said<'r>> {
        let number = |value, span| Said { task: None, given: Cow::Owned(Answer::Value(value).into()), span };
        let total = |of: &'r Total, span| Said { task: None, given: Cow::Borrowed(&of.0), span };
        let is_of = |part: &Named, wanted: Option<&Named>| wanted.is_none_or(|wanted| wanted.id == part.id);
        match self {
            Self::Indicator(indicator) => {
                let figures = report.tasks.iter().filter_map(|entry| Some((entry, entry.figure(indicator.id)?)));
                let said = figures.map(|(entry, figure)| Said {
                    task: Some(entry.key.value),
                    given: Cow::Borrowed(&figure.value),
                    span: figure.span,
                });
                said.collect()
            }
            Self::Funding(source) => {
                let parts = report.funding.iter().filter(|row| is_of(&plan[row.key.value], source));
                parts.map(|row| total(&row.value, row.span)).collect()
            }
            Self::Complaints(_, field) => {
                let parts = report.complaints_by_field.iter().filter(|row| is_of(&plan[row.key.value], field));
                parts.map(|row| total(&row.value, row.span)).collect()
            }
            Self::Violators => report.violators.iter().map(|found| number(1, found.name.span)).collect(),
            Self::Fines => {
                let fines = report.violators.iter().filter_map(|found| found.fine);
                fines.map(|fine| number(fine.value, fine.span)).collect()
            }
            Self::Warnings => report.warnings.iter().map(|found| number(1, found.subject.span)).collect(),
        }
    }

    /// What a report says of it, as far as it is added up.
    pub(crate) fn counted<'r>(self, plan: &Plan, round: Option<&Round>, report: &'r Report) -> Vec<Said<'r>> {
        let mut said = self.said(plan, report);
        said.retain(|said| report.adds(round, said.task, &said.given));
        said
    }

    /// What a report adds to it, all tasks together, and where the first number above zero stands; absent without a number.
    pub(crate) fn added(self, plan: &Plan, round: Option<&Round>, report: &Report) -> Option<(u128, Span)> {
        let numbers = self.counted(plan, round, report).into_iter();
        let numbers = numbers.filter_map(|said| Some((said.number()?, said.span)));
        numbers.reduce(|(sum, place), (value, at)| (sum + value, if sum == 0 && value > 0 { at } else { place }))
    }

    /// Whether something that a report says of it could not be read.
    pub(crate) fn is_unread(self, report: &Report) -> bool {
        match self {
            Self::Indicator(indicator) => {
                let is_of = |task: &TaskId| indicator.tasks.contains(task);
                // A key that nobody knows may be meant for what its task lacks.
                let is_meant = |entry: &Entry| {
                    entry.figures.unread.contains(&Some(indicator.id))
                        || is_of(&entry.key.value)
                            && entry.figure(indicator.id).is_none()
                            && entry.figures.unread.contains(&None)
                };
                report.tasks.unread.iter().flatten().any(is_of) || report.tasks.iter().any(is_meant)
            }
            Self::Funding(_) => !report.funding.unread.is_empty(),
            Self::Complaints(..) => !report.complaints_by_field.unread.is_empty(),
            Self::Violators | Self::Fines | Self::Warnings => false,
        }
    }

    /// Whether its number runs from the beginning of the year, so that it never falls within one, and is no sum of others.
    pub(crate) fn is_cumulative(self) -> bool {
        match self {
            Self::Indicator(indicator) => indicator.aggregation == Aggregation::Sum,
            Self::Funding(part) | Self::Complaints(_, part) => part.is_some(),
            Self::Violators | Self::Fines | Self::Warnings => false,
        }
    }

    pub(crate) fn key(self) -> Cow<'p, str> {
        let (list, part) = match self {
            Self::Indicator(indicator) => return indicator.key.as_str().into(),
            Self::Funding(source) => ("funding", source),
            Self::Complaints(_, field) => ("complaints_by_field", field),
            Self::Violators => return "violators.count".into(),
            Self::Fines => return "violators.fine".into(),
            Self::Warnings => return "warnings.count".into(),
        };
        part.map_or(list.into(), |part| format!("{list}.{}", part.id).into())
    }

    /// As people read it.
    pub(crate) fn label(self) -> Cow<'p, str> {
        match self {
            Self::Indicator(indicator) => indicator.label.as_str().into(),
            Self::Funding(None) => "Tổng kinh phí đã sử dụng".into(),
            Self::Funding(Some(source)) => format!("Kinh phí – {}", source.name).into(),
            Self::Complaints(_, None) => "Tổng số vụ theo lĩnh vực".into(),
            Self::Complaints(_, Some(field)) => format!("Số vụ theo lĩnh vực – {}", field.name).into(),
            Self::Violators => "Số tổ chức, cá nhân trong danh sách vi phạm đã công bố".into(),
            Self::Fines => "Tiền phạt của tổ chức, cá nhân trong danh sách vi phạm đã công bố".into(),
            Self::Warnings => "Số cảnh báo trong danh sách cảnh báo đã phát hành".into(),
        }
    }

    /// What else it is called: by its part alone, or by its list.
    pub(crate) fn short_names(self) -> Vec<&'p str> {
        match self {
            Self::Funding(Some(part)) | Self::Complaints(_, Some(part)) => vec![&part.id, &part.name],
            Self::Violators => vec!["violators"],
            Self::Fines => vec!["fine"],
            Self::Warnings => vec!["warnings"],
            Self::Indicator(_) | Self::Funding(None) | Self::Complaints(_, None) => Vec::new(),
        }
    }

    pub(crate) fn unit(self) -> &'p str {
        match self {
            Self::Indicator(indicator) | Self::Complaints(indicator, _) => &indicator.unit,
            Self::Funding(_) | Self::Fines => DONG,
            Self::Violators => "tổ chức, cá nhân",
            Self::Warnings => "cảnh báo",
        }
    }

    pub(crate) fn is_money(self) -> bool {
        self.unit() == DONG
    }

    /// Whether the parts of a list add up to it.
    pub(crate) fn is_whole(self) -> bool {
        matches!(self, Self::Funding(None) | Self::Complaints(_, None))
    }

    pub(crate) fn indicator(self) -> Option<&'p Indicator> {
        if let Self::Indicator(indicator) = self { Some(indicator) } else { None }
    }

    /// Of an indicator that is a rate: of which two others.
    pub(crate) fn rate(self) -> Option<Rate> {
        if let Aggregation::Percent(rate) = self.indicator()?.aggregation { rate } else { None }
    }
}

impl Plan {
    /// All that is counted: the indicators, then each list, the whole of it before its parts.
    pub(crate) fn quantities(&self) -> Vec<Quantity<'_>> {
        let mut all: Vec<Quantity<'_>> = self.indicators.iter().map(Quantity::Indicator).collect();
        all.push(Quantity::Funding(None));
        all.extend(self.funding_sources.iter().map(|source| Quantity::Funding(Some(source))));
        if let Some(whole) = self.complaints.of.map(|of| &self[of]) {
            all.push(Quantity::Complaints(whole, None));
            all.extend(self.complaints.fields.iter().map(|field| Quantity::Complaints(whole, Some(field))));
        }
        all.extend([Quantity::Violators, Quantity::Fines, Quantity::Warnings]);
        all
    }
}
