//! The templates of `plan/report.yaml` rendered: the values that every text may use, and the words when one cannot be made.

use std::fmt;

use chrono::NaiveDate;
use minijinja::{Environment, Value, context};

use crate::model::{Plan, Spanned};
use crate::source::Span;
use crate::status::{RoundStatus, Validity};
use crate::template;
use crate::vietnamese::date;

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
    pub(super) fn new(variables: Value) -> Self {
        Self { engine: template::engine(), variables }
    }

    /// The text of a template on one line; empty where its conditions leave nothing.
    pub(super) fn render(&self, template: &Spanned<String>) -> Result<String, TemplateError> {
        let text = self.engine.render_str(&template.value, &self.variables).map_err(|error| TemplateError {
            span: template.span,
            message: format!("câu mẫu không dùng được: {}", template::reason(&error)),
        })?;
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// As `render`, with more variables.
    pub(super) fn render_with(&self, template: &Spanned<String>, more: Value) -> Result<String, TemplateError> {
        let variables = context! { ..more, ..self.variables.clone() };
        Self { engine: self.engine.clone(), variables }.render(template)
    }

    /// Those texts of a list that say anything.
    pub(super) fn render_all(&self, templates: &[Spanned<String>]) -> Result<Vec<String>, TemplateError> {
        let mut texts = templates.iter().map(|template| self.render(template)).collect::<Result<Vec<_>, _>>()?;
        texts.retain(|text| !text.is_empty());
        Ok(texts)
    }
}

/// What every template may use: the plan, the round, the day, how many reports came.
pub(super) fn common(plan: &Plan, status: &RoundStatus<'_>, as_of: NaiveDate) -> Value {
    let (round, counts) = (status.round, status.counts);
    let skipped = status.agencies.iter().filter(|agency| matches!(agency.validity, Validity::Invalid(_))).count();
    context! {
        issuer_name => plan.wording.issuer_name.clone(),
        as_of => date(as_of),
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
    }
}
