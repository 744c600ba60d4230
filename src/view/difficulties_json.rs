//! `plan difficulties --format json`. A field may be added within a schema version, none removed or changed.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::difficulties::Digest;
use crate::difficulties::{Kind, Remark, Saying};
use crate::source::Files;

#[derive(Serialize, JsonSchema)]
pub(crate) struct DifficultiesJson<'d> {
    schema_version: u32,
    as_of: NaiveDate,
    /// Set while any report read is illustrative.
    illustrative: bool,
    remarks: Vec<RemarkJson<'d>>,
}

#[derive(Serialize, JsonSchema)]
struct RemarkJson<'d> {
    /// `difficulty` or `recommendation`.
    kind: &'static str,
    agency: &'d str,
    name: &'d str,
    text: &'d str,
    cause: Option<&'d str>,
    /// Id of the body that a recommendation is addressed to.
    to: Option<&'d str>,
    task: Option<&'d str>,
    since: Option<NaiveDate>,
    /// Whether an ad hoc report says it.
    ad_hoc: bool,
    /// Whether the newest report that says it is valid.
    valid: bool,
    file: &'d str,
    line: usize,
    /// The agency's reports that say the same, the earliest first.
    reports: Vec<SayingJson<'d>>,
}

#[derive(Serialize, JsonSchema)]
struct SayingJson<'d> {
    /// Absent for an ad hoc report.
    round: Option<&'d str>,
    subject: Option<&'d str>,
    date: Option<NaiveDate>,
    valid: bool,
    file: &'d str,
}

pub(super) fn difficulties<'d>(digest: &'d Digest<'_, '_>) -> DifficultiesJson<'d> {
    DifficultiesJson {
        schema_version: 1,
        as_of: digest.as_of,
        illustrative: digest.banner.is_some(),
        remarks: digest.remarks.iter().map(|found| remark(found, digest.files)).collect(),
    }
}

fn remark<'d>(remark: &'d Remark<'_>, files: &'d Files) -> RemarkJson<'d> {
    let (kind, cause, to) = match remark.kind {
        Kind::Difficulty { cause } => ("difficulty", cause, None),
        Kind::Recommendation { to } => ("recommendation", None, to),
    };
    RemarkJson {
        kind,
        agency: remark.agency.key.as_str(),
        name: &remark.agency.name,
        text: &remark.text.value,
        cause,
        to,
        task: remark.task.map(|task| task.key.as_str()),
        since: remark.since(),
        ad_hoc: remark.is_urgent(),
        valid: remark.is_valid(),
        file: &files.get(remark.text.span.file).path,
        line: files.position(remark.text.span).line,
        reports: remark.said.iter().map(|said| saying(said, files)).collect(),
    }
}

fn saying<'d>(saying: &Saying<'d>, files: &'d Files) -> SayingJson<'d> {
    SayingJson {
        round: saying.round.map(|round| round.key.as_str()),
        subject: saying.report.subject.as_ref().map(|subject| subject.value.as_str()),
        date: saying.day,
        valid: saying.valid,
        file: &files.get(saying.report.span.file).path,
    }
}
