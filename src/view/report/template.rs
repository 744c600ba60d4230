//! The values behind the variables of `plan/report.yaml`, and its templates rendered with them.

use std::collections::BTreeMap;
use std::fmt;

use minijinja::{Environment, Value, context};

use super::Brief;
use crate::consolidate::{Amount, Total};
use crate::model::{Reporting, Spanned};
use crate::source::Span;
use crate::status::{Pace, Progress, RoundStatus, Validity};
use crate::template;
use crate::vietnamese::{date, money, number, percent};

/// A template that cannot be rendered, at its place in the file.
#[derive(Debug)]
pub(crate) struct TemplateError {
    pub(crate) span: Span,
    pub(crate) message: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TemplateError {}

pub(super) struct Templates {
    engine: Environment<'static>,
    variables: Value,
}

impl Templates {
    pub(super) fn new(brief: &Brief<'_, '_>) -> Self {
        Self { engine: template::engine(), variables: variables(brief) }
    }

    /// The text of a template on one line; empty where its conditions leave nothing.
    pub(super) fn render(&self, template: &Spanned<String>) -> Result<String, TemplateError> {
        let text = self.engine.render_str(&template.value, &self.variables).map_err(|error| TemplateError {
            span: template.span,
            message: format!("câu mẫu không dùng được: {}", template::reason(&error)),
        })?;
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

fn variables(brief: &Brief<'_, '_>) -> Value {
    let (plan, status) = (brief.plan, brief.status);
    let (round, counts) = (status.round, status.counts);
    // Every indicator is there, so that a misspelt one is an error and an unknown total is none.
    let of_all = |words: fn(&Total<'_>) -> Option<String>| -> BTreeMap<String, Option<String>> {
        let unknown = plan.indicators.iter().map(|indicator| (indicator.id.to_string(), None));
        unknown.chain(brief.totals.iter().map(|total| (total.indicator.id.to_string(), words(total)))).collect()
    };
    let skipped = status.agencies.iter().filter(|agency| matches!(agency.validity, Validity::Invalid(_))).count();
    let tasks = |wanted: fn(&Progress) -> bool| status.tasks.iter().filter(|state| wanted(&state.progress)).count();
    context! {
        issuer_name => plan.wording.issuer_name.clone(),
        as_of => date(brief.as_of),
        plan => context! {
            title => plan.title.clone(),
            year => plan.year,
            province => plan.province.clone(),
            issuer => plan.issuer.clone(),
            number => plan.number.clone(),
            date => plan.date.map(date),
        },
        round => context! {
            name => round.name.clone(),
            title => round.title.clone(),
            data_from => date(round.data_from),
            data_to => date(round.data_to),
            agencies_deadline => round.agencies.as_worded.clone(),
            consolidated_deadline => round.consolidated.as_worded.clone(),
        },
        counts => context! {
            expected => counts.expected,
            received => counts.received,
            on_time => counts.on_time,
            late => counts.late,
            missing => counts.missing,
            invalid => counts.invalid,
            skipped => skipped,
            requested => counts.requested,
            requested_received => counts.requested_received,
        },
        parts => parts(brief, status),
        tasks => context! {
            total => status.tasks.len(),
            done => tasks(|progress| matches!(progress, Progress::Done(_))),
            in_progress => tasks(|progress| matches!(progress, Progress::Ongoing(_))),
            not_started => tasks(|progress| *progress == Progress::NotStarted),
            nothing_arose => tasks(|progress| matches!(progress, Progress::NothingArose | Progress::NotApplicable)),
            no_report => tasks(|progress| *progress == Progress::NoReport),
            overdue => tasks(|progress| matches!(progress, Progress::Ongoing(Pace::Overdue))),
        },
        totals => of_all(with_unit),
        numbers => of_all(without_unit),
    }
}

/// The agencies that must report, part by part.
fn parts(brief: &Brief<'_, '_>, status: &RoundStatus<'_>) -> Vec<Value> {
    let parts = crate::view::parts(brief.plan, status).into_iter();
    let required = parts.filter(|(_, members)| members.iter().any(|a| a.agency.reporting == Reporting::Required));
    let counted = required.map(|(name, members)| {
        let received = members.iter().filter(|agency| agency.validity != Validity::NoReport).count();
        context! { name => name, expected => members.len(), received => received }
    });
    counted.collect()
}

/// A total inside a sentence: `1.356 vụ`, `13,2 tỷ đồng`, `92,5%`; `None` where nobody gave a number.
pub(super) fn with_unit(total: &Total<'_>) -> Option<String> {
    match total.value {
        Amount::Unknown => None,
        Amount::Sum(sum) if total.indicator.is_money() => Some(money(sum)),
        Amount::Sum(sum) => Some(format!("{} {}", number(sum), total.indicator.unit)),
        Amount::Percent { part, whole } => percent(part, whole),
    }
}

/// A sum inside a sentence; a count without its unit, which the label beside it says.
pub(super) fn in_words(sum: u128, total: &Total<'_>) -> String {
    if total.indicator.is_money() { money(sum) } else { number(sum) }
}

fn without_unit(total: &Total<'_>) -> Option<String> {
    match total.value {
        Amount::Sum(sum) => Some(in_words(sum, total)),
        Amount::Unknown | Amount::Percent { .. } => with_unit(total),
    }
}
