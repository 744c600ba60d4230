//! `reports/<round>/accepted.yaml` → the reviews of a round's reports, each held against the report as it is now.

use super::fields::{Fields, text};
use super::plan::reject_duplicates;
use super::rules::WRONG_SHAPE;
use super::{known_agency, parse};
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{Place, Plan, Review, RoundRef, Standing, Submission};
use crate::source::Files;
use crate::yaml::Node;

pub(super) const FILE: &str = "accepted.yaml";

/// The folder of the round whose reviews a file keeps.
pub(super) fn round(path: &str) -> Option<&str> {
    let (folder, name) = path.strip_prefix("reports/")?.split_once('/')?;
    (name == FILE).then_some(folder)
}

pub(super) fn reviews(files: &Files, plan: &Plan, submissions: &[Submission], sink: &mut Sink) -> Vec<Review> {
    let mut found = Vec::new();
    for (id, file) in files.iter().filter(|(_, file)| !file.outside) {
        let Some(folder) = round(&file.path) else { continue };
        let round = plan.round_ref(folder);
        let Some(node) = parse(files, id, sink) else { continue };
        let Some(mut fields) = Fields::new(&node, "danh sách báo cáo đã duyệt", sink) else { continue };
        let read = fields.list("accepted", sink, |node, sink| review(node, round, plan, sink));
        fields.finish(sink);
        reject_duplicates(
            read.iter().map(|review| (plan[review.agency.value].key.as_str(), review.agency.span)),
            sink,
        );
        found.extend(read);
    }
    for review in &mut found {
        let place = review.round.map(|round| Place::of(round, review.agency.value));
        let report = submissions.iter().find(|submission| Some(submission.place) == place);
        review.standing = match report.map(|report| files.get(report.file).sha256() == review.sha256) {
            None => Standing::Gone,
            Some(true) => Standing::AsReviewed,
            Some(false) => Standing::Changed,
        };
    }
    found
}

fn review(node: &Node<'_>, round: Option<RoundRef>, plan: &Plan, sink: &mut Sink) -> Option<Review> {
    let mut fields = Fields::new(node, "báo cáo đã duyệt", sink)?;
    let agency = fields.required("agency", sink).and_then(|node| known_agency(&plan.agencies, node, sink));
    let date = fields.required_date("date", sink);
    let by = fields.optional_text("by", sink);
    let sha256 = fields.required("sha256", sink).and_then(|node| text(node, sink));
    fields.finish(sink);
    let sha256 = sha256?;
    if sha256.value.len() != 64 || !sha256.value.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        sink.push(
            Diagnostic::new(&WRONG_SHAPE, sha256.span, "mã SHA-256 gồm 64 chữ số hệ mười sáu")
                .hint("duyệt lại bằng plan accept để công cụ ghi mã"),
        );
        return None;
    }
    let standing = Standing::Gone;
    Some(Review { round, agency: agency?, date: date?.value, by, sha256: sha256.value, standing })
}
