//! `plan trace --format json`: a total with everything that was reported for it. A field may be added within a schema
//! version, none removed or changed.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::report_json::{ContributionJson, RateJson, amount, contribution};
use super::trace::Trace;
use super::words;

#[derive(Serialize, JsonSchema)]
pub(crate) struct TraceJson<'t> {
    schema_version: u32,
    as_of: NaiveDate,
    /// Set while any report read is illustrative.
    illustrative: bool,
    round: &'t str,
    indicator: &'t str,
    label: &'t str,
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
    task: &'t str,
    round: &'t str,
    value: u64,
    reason: &'static str,
    file: &'t str,
    line: usize,
}

pub(super) fn trace<'t>(trace: &'t Trace<'_, '_>) -> TraceJson<'t> {
    let (value, rate) = amount(trace.value());
    let parts = trace.total.contributions.iter().filter(|part| trace.is_shown(part.task));
    let left_out = trace.left_out.iter().filter(|part| trace.is_shown(part.task)).map(|part| LeftOutJson {
        agency: part.agency.key.as_str(),
        task: part.task.key.as_str(),
        round: part.round.key.as_str(),
        value: part.value,
        reason: words::reason(part.reason).0,
        file: &trace.files.get(part.span.file).path,
        line: trace.files.position(part.span).line,
    });
    TraceJson {
        schema_version: 1,
        as_of: trace.as_of,
        illustrative: trace.banner.is_some(),
        round: trace.round.key.as_str(),
        indicator: trace.total.indicator.key.as_str(),
        label: &trace.total.indicator.label,
        unit: &trace.total.indicator.unit,
        task: trace.task.map(|task| task.key.as_str()),
        value,
        rate,
        contributions: parts.map(|part| contribution(part, trace.files)).collect(),
        left_out: left_out.collect(),
    }
}
