//! A round's consolidated report as it is compiled: what the data give, with what people changed in it laid over that.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use chrono::NaiveDate;

use super::output;
use crate::changes::{self, Earlier};
use crate::doc::{Audience, Document};
use crate::draft::{self, Edit, Judged};
use crate::model::{Plan, Round};
use crate::remark::{self, Remark};
use crate::source::{self, Span};
use crate::view::report::{self, Brief};
use crate::workspace::Workspace;
use crate::{measure, status, view};

/// Which reports go into it, and what it is compared with.
#[derive(Debug, Default)]
pub(super) struct Wanted<'w> {
    pub(super) accepted_only: bool,
    pub(super) since: Option<&'w Earlier>,
}

/// Does something with all that the report is made from.
pub(super) fn brief<T>(
    workspace: &Workspace,
    round: &Round,
    wanted: &Wanted<'_>,
    run: impl FnOnce(&Brief<'_, '_>) -> Result<T>,
) -> Result<T> {
    let plan = &workspace.plan;
    let mut rounds = status::derive(workspace);
    if wanted.accepted_only {
        rounds.iter_mut().for_each(|of| of.keep_accepted(workspace.as_of));
    }
    let current = &rounds[usize::from(round.id)];
    let ((measures, earlier), remarks) = rayon::join(
        || {
            rayon::join(
                || measure::measures(workspace, &rounds, current),
                || measure::earlier(workspace, &rounds, current),
            )
        },
        || remark::remarks(workspace),
    );
    let controls = measure::controls(plan, current, &measures, earlier.as_ref());
    let ad_hoc = status::ad_hoc(workspace, current.round);
    // Nobody accepts an ad hoc report.
    let told_ad_hoc = if wanted.accepted_only { &[] } else { ad_hoc.as_slice() };
    // What was said before and is not settled goes on until it is.
    let before = rounds.iter().filter(|other| other.round.data_to < round.data_to);
    let before = before.flat_map(|other| other.valid_reports());
    let voices = current.valid_reports().chain(told_ad_hoc.iter().copied()).chain(before);
    let voices: BTreeSet<Span> = voices.map(|(_, report)| report.span).collect();
    let open = remarks.iter().filter(|remark| remark.settled.is_none());
    let remarks: Vec<Remark<'_>> =
        open.filter_map(|remark| remark.within(plan, |report| voices.contains(&report.span))).collect();
    let now = changes::Now {
        plan,
        status: current,
        rounds: &rounds,
        measures: &measures,
        controls: &controls,
        before: earlier.as_ref(),
        ad_hoc: told_ad_hoc,
        files: &workspace.files,
    };
    let mut brief = Brief {
        plan,
        status: current,
        measures: &measures,
        controls: &controls,
        rounds: &rounds,
        earlier: earlier.as_ref(),
        changes: None,
        ad_hoc: told_ad_hoc,
        remarks: &remarks,
        as_of: workspace.as_of,
        banner: view::illustrative_banner(workspace),
        files: &workspace.files,
    };
    let changes = wanted.since.map(|since| {
        let counts = since.summary.as_ref().map(|then| view::count::moved(&brief, then));
        changes::Changes { counts, ..changes::changes(since, &now) }
    });
    brief.changes = changes.as_ref();
    run(&brief)
}

/// What people had changed in the report by a day.
///
/// # Errors
/// When the file that keeps it has errors: some of it would be lost.
pub(super) fn edits(workspace: &Workspace, round: &Round, day: NaiveDate) -> Result<Vec<Edit>> {
    if let Some(file) = workspace.draft(round)
        && workspace.errors_in(file) > 0
    {
        let path = &workspace.files.get(file).path;
        bail!(
            "tệp {path} có lỗi nên chưa xem được chỗ người soạn đã sửa.\nChạy “plan check {path}” để xem lỗi và cách sửa."
        );
    }
    let of_round = workspace.edits.iter().filter(|(of, edit)| *of == round.id && edit.date <= day);
    Ok(of_round.map(|(_, edit)| Edit::from(edit)).collect())
}

/// The report, and what became of the edits.
#[derive(Default)]
pub(super) struct Drafted<'e> {
    /// With the edits that stand.
    pub(super) document: Document,
    pub(super) judged: Vec<Judged<'e>>,
}

/// What the data give, as far as those see it whom it is for.
///
/// # Errors
/// When a template in `plan/report.yaml` cannot be rendered.
pub(super) fn given(brief: &Brief<'_, '_>, audience: Audience) -> Result<Document> {
    report::document(brief, audience).map_err(|error| output::in_template(&error, brief.files))
}

/// With `carries`, the document has what a file of it carries so that others' changes can be taken back.
///
/// # Errors
/// When a template in `plan/report.yaml` cannot be rendered.
pub(super) fn drafted<'e>(
    brief: &Brief<'_, '_>,
    edits: &'e [Edit],
    audience: Audience,
    carries: bool,
) -> Result<Drafted<'e>> {
    let mut document = given(brief, audience)?;
    if edits.is_empty() && !carries {
        return Ok(Drafted { document, judged: Vec::new() });
    }
    let as_of = brief.as_of;
    let source = draft::lines(&document, as_of);
    let judged = draft::judge(&source, edits, as_of);
    if !judged.is_empty() {
        document = draft::rewritten(document, &draft::laid(&source, &judged));
    }
    if carries {
        let printed = if judged.is_empty() { source.clone() } else { draft::lines(&document, as_of) };
        let (round, province) = (&brief.status.round.key, &brief.plan.province);
        let of = draft::Of { round, year: brief.plan.year, province, as_of };
        document.base = Some(draft::base(of, &source, &judged, printed));
    }
    Ok(Drafted { document, judged })
}

/// The name of the file that `plan compile` writes, without its ending.
pub(super) fn stem(plan: &Plan, round: &Round) -> String {
    format!("bao-cao-{}-{}", round.key, plan.year)
}

/// Whether a file is a draft that still carries what it was written from, spoilt as that may be.
pub(super) fn carries_base(path: &Path) -> bool {
    read(path).is_ok_and(|bytes| draft::carries_base(&bytes))
}

/// The bytes of a Word file.
///
/// # Errors
/// When it cannot be read, or is larger than any report.
pub(super) fn read(path: &Path) -> Result<Vec<u8>> {
    let failed = |error: std::io::Error| {
        anyhow!("không đọc được tệp {}: {}", path.display(), source::reason(source::kind_of(&error)))
    };
    let mut bytes = Vec::new();
    source::open_plain(path)
        .and_then(|file| file.take(draft::MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    Ok(bytes)
}
