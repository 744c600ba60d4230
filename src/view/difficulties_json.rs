//! `plan difficulties --format json`.

use chrono::NaiveDate;

use super::difficulties::Digest;
use super::json::{HeadJson, PlaceJson, head, place, values};
use super::words;
use crate::doc::as_json;
use crate::model::Carried;
use crate::remark::{Kind, Remark, Voice};
use crate::source::Files;

as_json!(Digest<'_, '_>, it => difficulties(it));

values! {
    DifficultiesJson<'j> = fn difficulties(digest: &'j Digest<'_, '_>) {
        #[serde(flatten)]
        head: HeadJson = head(digest.as_of, &digest.banner),
        /// Whose reports are today's: corrected after the day, and not kept as they were on it.
        not_kept: Vec<&'j str> = words::keys(&digest.not_kept),
        remarks: Vec<RemarkJson<'j>> = digest.remarks.iter().map(|found| remark(found, digest.files)).collect(),
    }

    RemarkJson<'j> = fn remark(remark: &'j Remark<'_>, files: &'j Files) where {
        let (kind, to) = match remark.kind {
            Kind::Difficulty => ("difficulty", None),
            Kind::Recommendation { to } => ("recommendation", to),
        };
    } {
        /// What `plan settle` takes.
        id: &'j str = &remark.id,
        /// `difficulty` or `recommendation`.
        kind: &'static str = kind,
        agency: &'j str = &remark.agency.key,
        name: &'j str = &remark.agency.name,
        text: &'j str = &remark.text.value,
        cause: Option<&'j str> = remark.cause.map(|cause| cause.value.as_str()),
        /// Id of the body that a recommendation is addressed to.
        to: Option<&'j str> = to,
        task: Option<&'j str> = remark.task.map(|task| task.key.as_str()),
        since: Option<NaiveDate> = remark.since,
        /// The last day that a recommendation means something.
        expires: Option<NaiveDate> = remark.expires,
        /// What was open at the end of an earlier year.
        carried: Option<CarriedJson<'j>> = remark.carried.map(carried),
        /// Whether an ad hoc report says it.
        ad_hoc: bool = remark.is_urgent,
        /// Whether the newest report that says it is valid.
        valid: bool = remark.is_valid(),
        #[serde(flatten)]
        place: PlaceJson<'j> = place(files, remark.text.span),
        /// The agency's reports that say the same, the earliest first.
        reports: Vec<SayingJson<'j>> = remark.said.iter().map(|saying| report(saying.voice, files)).collect(),
    }

    CarriedJson<'j> = fn carried(carried: &'j Carried) {
        /// Of the plan under which it was first said.
        year: i32 = carried.year.0,
        /// As that plan called it.
        round: &'j str = &carried.round,
    }

    SayingJson<'j> = fn report(voice: Voice<'j>, files: &'j Files) {
        /// Absent for an ad hoc report.
        round: Option<&'j str> = voice.round.map(|round| round.key.as_str()),
        subject: Option<&'j str> = voice.report.subject.as_ref().map(|subject| subject.value.as_str()),
        date: Option<NaiveDate> = voice.day,
        valid: bool = voice.valid,
        file: &'j str = &files.get(voice.report.span.file).path,
    }
}
