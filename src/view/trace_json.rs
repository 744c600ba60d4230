//! `plan trace --format json`: a total with everything that was reported for it. A field may be added within a schema
//! version, none removed or changed.

use std::borrow::Cow;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::report_json::{ContributionJson, RateJson, amount, contribution};
use super::trace::Trace;

#[derive(Serialize, JsonSchema)]
pub(crate) struct TraceJson<'t> {
    schema_version: u32,
    as_of: NaiveDate,
    /// Set while any report read is illustrative.
    illustrative: bool,
    round: &'t str,
    /// What is counted: an indicator's id, or that of another measure (`funding.state_budget`).
    indicator: Cow<'t, str>,
    label: Cow<'t, str>,
    unit: &'t str,
    task: Option<&'t str>,
    /// Absent where no agency gave a number, and for rates.
    value: Option<u128>,
    rate: Option<RateJson>,
    contributions: Vec<ContributionJson<'t>>,
    left_out: Vec<LeftOutJson<'t>>,
}

#[derive(Serialize, JsonSchema)]
struct LeftOutJson<'t> {
    agency: &'t str,
    /// Absent for what is not reported under a task.
    task: Option<&'t str>,
    round: &'t str,
    value: u64,
    reason: &'static str,
    file: &'t str,
    line: usize,
}

pub(super) fn trace<'t>(trace: &Trace<'t, '_>) -> TraceJson<'t> {
    let (value, rate) = amount(trace.value());
    let quantity = trace.measure.quantity;
    let (counted, left_out): (Vec<_>, Vec<_>) = trace.parts().partition(|part| part.verdict.counts());
    let left_out = left_out.into_iter().map(|part| LeftOutJson {
        agency: part.agency.key.as_str(),
        task: part.task.map(|task| task.key.as_str()),
        round: part.round.key.as_str(),
        value: part.value,
        reason: part.verdict.id(),
        file: &trace.files.get(part.span.file).path,
        line: trace.files.position(part.span).line,
    });
    TraceJson {
        schema_version: 1,
        as_of: trace.as_of,
        illustrative: trace.banner.is_some(),
        round: trace.round.key.as_str(),
        indicator: quantity.key(),
        label: quantity.label(),
        unit: quantity.unit(),
        task: trace.task.map(|task| task.key.as_str()),
        value,
        rate,
        contributions: counted.into_iter().map(|part| contribution(part, trace.files)).collect(),
        left_out: left_out.collect(),
    }
}
