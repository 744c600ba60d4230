//! `plan difficulties --format json`. A field may be added within a schema version, none removed or changed.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::difficulties::Digest;
use crate::remark::{Kind, Remark, Voice};
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
pub(super) struct RemarkJson<'d> {
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

pub(super) fn remark<'d>(remark: &Remark<'d>, files: &'d Files) -> RemarkJson<'d> {
    let (kind, to) = match remark.kind {
        Kind::Difficulty => ("difficulty", None),
        Kind::Recommendation { to } => ("recommendation", to),
    };
    RemarkJson {
        kind,
        agency: remark.agency.key.as_str(),
        name: &remark.agency.name,
        text: &remark.text.value,
        cause: remark.cause.map(|cause| cause.value.as_str()),
        to,
        task: remark.task.map(|task| task.key.as_str()),
        since: remark.since,
        ad_hoc: remark.is_urgent,
        valid: remark.is_valid(),
        file: &files.get(remark.text.span.file).path,
        line: files.position(remark.text.span).line,
        reports: remark.said.iter().map(|saying| report(saying.voice, files)).collect(),
    }
}

fn report<'d>(voice: Voice<'d>, files: &'d Files) -> SayingJson<'d> {
    SayingJson {
        round: voice.round.map(|round| round.key.as_str()),
        subject: voice.report.subject.as_ref().map(|subject| subject.value.as_str()),
        date: voice.day,
        valid: voice.valid,
        file: &files.get(voice.report.span.file).path,
    }
}
