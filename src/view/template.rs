//! The templates of `plan/report.yaml` in a document: rendered with the state of its round.

use std::fmt;

use chrono::NaiveDate;
use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::model::{Plan, Round, Spanned};
use crate::status::{self, RoundStatus};
use crate::template::scope::{Common, Consolidated, Counts};
use crate::template::{Engine, Problem};
use crate::vietnamese::date;

/// A template that cannot be rendered, and what is wrong with it.
#[derive(Debug)]
pub(crate) struct TemplateError {
    pub(crate) template: Spanned<String>,
    pub(crate) problem: Problem,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "câu mẫu không dùng được: {}", self.problem.message)
    }
}

impl std::error::Error for TemplateError {}

pub(super) struct Templates {
    engine: Engine,
    scope: Value,
}

impl Templates {
    pub(super) fn new(scope: impl Serialize) -> Self {
        Self { engine: Engine::new(), scope: Value::from(Serde(scope)) }
    }

    /// The text of a template on one line; empty where its conditions leave nothing.
    pub(super) fn render(&self, template: &Spanned<String>) -> Result<String, TemplateError> {
        let failed = |problem| TemplateError { template: template.clone(), problem };
        self.engine.render(&template.value, &self.scope).map_err(failed)
    }

    /// Those texts of a list that say anything.
    pub(super) fn render_all(&self, templates: &[Spanned<String>]) -> Result<Vec<String>, TemplateError> {
        let mut texts = templates.iter().map(|template| self.render(template)).collect::<Result<Vec<_>, _>>()?;
        texts.retain(|text| !text.is_empty());
        Ok(texts)
    }
}

/// What became of the round's report.
pub(super) fn consolidated(plan: &Plan, status: &RoundStatus<'_>, as_of: NaiveDate) -> Consolidated {
    Consolidated {
        passed: status.round.consolidated.last_on_time(&plan.holidays) < as_of,
        issued: status.issued.as_ref().map(|issued| {
            let number = issued.act.number.as_ref().map(|number| format!("số {number} ")).unwrap_or_default();
            format!("{number}ngày {}", date(issued.act.date.value))
        }),
    }
}

/// What every template may name: the plan, the round, the day, how many reports came.
pub(super) fn common(plan: &Plan, status: &RoundStatus<'_>, as_of: NaiveDate) -> Common {
    common_of(plan, status.round, status.counts, as_of)
}

/// Of some of the agencies.
pub(super) fn common_of(plan: &Plan, round: &Round, counts: status::Counts, as_of: NaiveDate) -> Common {
    let counts = Counts {
        expected: counts.expected,
        received: counts.received,
        on_time: counts.on_time,
        late: counts.late,
        missing: counts.missing,
        invalid: counts.invalid,
        skipped: counts.invalid,
        not_accepted: counts.not_accepted,
        paper_alone: counts.paper_alone,
        requested: counts.requested,
        requested_received: counts.requested_received,
        requested_skipped: counts.requested_invalid,
    };
    Common::new(plan, round, as_of, counts)
}
