//! `plan compile --format json`: every total with the contributions it is made of, so that each
//! printed figure can be traced. A field may be added within a schema version, none removed or changed.

use std::borrow::Cow;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::difficulties_json::{RemarkJson, remark};
use super::report::Brief;
use super::status_json::{TaskJson, task};
use super::words;
use crate::changes::{Changes, SCHEMA_VERSION};
use crate::measure::{Amount, Answers, Contribution, Measure};
use crate::model::{Agency, Paper, Report, Reporting, Violator, Warning};
use crate::remark::Kind;
use crate::source::{Files, SourceFile};
use crate::status::{AgencyStatus, Validity};

#[derive(Serialize, JsonSchema)]
pub(crate) struct ReportJson<'r> {
    schema_version: u32,
    as_of: NaiveDate,
    /// Set while any report read is illustrative.
    illustrative: bool,
    round: RoundJson<'r>,
    /// The indicators.
    totals: Vec<MeasureJson<'r>>,
    /// All else that is counted, the whole of a list before its parts: `funding`, `funding.state_budget`, …,
    /// `complaints_by_field`, …, `violators.count`, `violators.fine`, `warnings.count`.
    measures: Vec<MeasureJson<'r>>,
    violators: Vec<ViolatorJson<'r>>,
    warnings: Vec<WarningJson<'r>>,
    /// Of the valid reports and the ad hoc ones, as `plan difficulties` has them.
    difficulties: Vec<RemarkJson<'r>>,
    recommendations: Vec<RemarkJson<'r>>,
    tasks: Vec<TaskJson<'r>>,
    submissions: Vec<SubmissionJson<'r>>,
    /// Valid reports without a deadline, dated within the round's data.
    ad_hoc: Vec<AdHocJson<'r>>,
    /// What changed since the draft given with `--since`.
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<ChangesJson<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct RoundJson<'r> {
    id: &'r str,
    title: &'r str,
    data_from: NaiveDate,
    data_to: NaiveDate,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct MeasureJson<'r> {
    /// What is counted, as `plan trace` takes it.
    indicator: Cow<'r, str>,
    label: Cow<'r, str>,
    unit: &'r str,
    /// Absent where no agency gave a number, and for rates.
    value: Option<u128>,
    rate: Option<RateJson>,
    control_total: Option<u128>,
    answers: Answers,
    contributions: Vec<ContributionJson<'r>>,
}

/// Of a rate: the two sums it is made of.
#[derive(Serialize, JsonSchema)]
pub(super) struct RateJson {
    numerator: u128,
    denominator: u128,
}

/// One figure of one agency, where it is written.
#[derive(Serialize, JsonSchema)]
pub(super) struct ContributionJson<'r> {
    agency: &'r str,
    /// Absent for what is not reported under a task.
    task: Option<&'r str>,
    round: &'r str,
    value: u64,
    /// `added`, or `control`: compared, never added.
    #[serde(rename = "use")]
    use_: &'static str,
    file: &'r str,
    line: usize,
}

/// An organisation or person in violation that was published.
#[derive(Serialize, JsonSchema)]
struct ViolatorJson<'r> {
    agency: &'r str,
    name: &'r str,
    address: Option<&'r str>,
    violation: &'r str,
    decision: Option<PaperJson<'r>>,
    /// Đồng.
    fine: Option<u64>,
    published: Option<NaiveDate>,
    published_on: Option<&'r str>,
    file: &'r str,
    line: usize,
}

/// A warning to consumers.
#[derive(Serialize, JsonSchema)]
struct WarningJson<'r> {
    agency: &'r str,
    subject: &'r str,
    content: Option<&'r str>,
    issued: Option<NaiveDate>,
    channel: Option<&'r str>,
    file: &'r str,
    line: usize,
}

/// A paper by number and date.
#[derive(Serialize, JsonSchema)]
pub(super) struct PaperJson<'r> {
    number: &'r str,
    date: Option<NaiveDate>,
}

#[derive(Serialize, JsonSchema)]
struct SubmissionJson<'r> {
    agency: &'r str,
    name: &'r str,
    required: bool,
    timeliness: &'static str,
    days: Option<i64>,
    received: Option<NaiveDate>,
    /// Days of the corrected versions.
    corrections: Vec<NaiveDate>,
    /// Whether the report is in the totals.
    included: bool,
    /// The report's file and the SHA-256 of its content; absent while there is none.
    file: Option<&'r str>,
    sha256: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct AdHocJson<'r> {
    agency: &'r str,
    name: &'r str,
    date: NaiveDate,
    subject: Option<&'r str>,
    file: &'r str,
    sha256: String,
}

#[derive(Serialize, JsonSchema)]
struct ChangesJson<'r> {
    /// The day of the earlier draft.
    since: NaiveDate,
    reports: Vec<ReportChangeJson<'r>>,
    figures: Vec<FigureChangeJson<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct ReportChangeJson<'r> {
    agency: &'r str,
    /// Of an ad hoc report.
    date: Option<NaiveDate>,
    /// `new`, `corrected`, `withdrawn`, or `judged`: the same file, valid then and not now, or the reverse.
    change: &'static str,
    included_before: bool,
    included_after: bool,
}

#[derive(Serialize, JsonSchema)]
struct FigureChangeJson<'r> {
    /// What is counted, as `plan trace` takes it.
    indicator: Cow<'r, str>,
    before: Option<u128>,
    after: Option<u128>,
    rate_before: Option<RateJson>,
    rate_after: Option<RateJson>,
    by: Vec<PartChangeJson<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct PartChangeJson<'r> {
    agency: &'r str,
    before: Option<u128>,
    after: Option<u128>,
}

pub(crate) fn report<'r>(brief: &Brief<'r, 'r>) -> ReportJson<'r> {
    let round = brief.status.round;
    let others = brief.measures.iter().filter(|measure| measure.quantity.indicator().is_none());
    let (difficulties, recommendations): (Vec<_>, Vec<_>) =
        brief.remarks.iter().partition(|remark| remark.kind == Kind::Difficulty);
    ReportJson {
        schema_version: SCHEMA_VERSION,
        as_of: brief.as_of,
        illustrative: brief.banner.is_some(),
        round: RoundJson {
            id: round.key.as_str(),
            title: &round.title,
            data_from: round.data_from,
            data_to: round.data_to,
        },
        totals: brief.totals().map(|(_, total)| measure(total, brief.files)).collect(),
        measures: others.map(|item| measure(item, brief.files)).collect(),
        violators: records(brief, |report| &report.violators, |agency, found| violator(agency, found, brief.files)),
        warnings: records(brief, |report| &report.warnings, |agency, found| warning(agency, found, brief.files)),
        difficulties: difficulties.into_iter().map(|found| remark(found, brief.files)).collect(),
        recommendations: recommendations.into_iter().map(|found| remark(found, brief.files)).collect(),
        tasks: brief.status.tasks.iter().map(task).collect(),
        submissions: brief.status.agencies.iter().map(|status| submission(status, brief.files)).collect(),
        ad_hoc: brief.ad_hoc.iter().filter_map(|(agency, report)| ad_hoc(agency, report, brief.files)).collect(),
        changes: brief.changes.map(changes),
    }
}

pub(super) fn measure<'r>(measure: &Measure<'r>, files: &'r Files) -> MeasureJson<'r> {
    let (value, rate) = amount(measure.value);
    MeasureJson {
        indicator: measure.quantity.key(),
        label: measure.quantity.label(),
        unit: measure.quantity.unit(),
        value,
        rate,
        control_total: measure.control(),
        answers: measure.answers,
        contributions: measure.counted().iter().map(|part| contribution(part, files)).collect(),
    }
}

pub(super) fn contribution<'r>(part: &Contribution<'r>, files: &'r Files) -> ContributionJson<'r> {
    ContributionJson {
        agency: part.agency.key.as_str(),
        task: part.task.map(|task| task.key.as_str()),
        round: part.round.key.as_str(),
        value: part.value,
        use_: part.verdict.id(),
        file: &files.get(part.span.file).path,
        line: files.position(part.span).line,
    }
}

/// A sum, or a rate.
pub(super) fn amount(amount: Amount) -> (Option<u128>, Option<RateJson>) {
    match amount {
        Amount::Unknown => (None, None),
        Amount::Sum(sum) => (Some(sum), None),
        Amount::Percent { part, whole } => (None, Some(RateJson { numerator: part, denominator: whole })),
    }
}

/// Every record of the valid reports, in the order of the plan.
fn records<'r, T: 'r, J>(
    brief: &Brief<'r, 'r>,
    of: impl Fn(&'r Report) -> &'r [T],
    record: impl Fn(&'r Agency, &'r T) -> J,
) -> Vec<J> {
    let reports = brief.status.valid_reports();
    reports
        .flat_map(|(agency, report)| of(report).iter().map(move |found| (agency, found)))
        .map(|(agency, found)| record(agency, found))
        .collect()
}

fn violator<'r>(agency: &'r Agency, found: &'r Violator, files: &'r Files) -> ViolatorJson<'r> {
    ViolatorJson {
        agency: agency.key.as_str(),
        name: &found.name.value,
        address: found.address.as_deref(),
        violation: &found.violation,
        decision: found.decision.as_ref().map(paper),
        fine: found.fine.as_ref().map(|fine| fine.value),
        published: found.published,
        published_on: found.published_on.as_deref(),
        file: &files.get(found.name.span.file).path,
        line: files.position(found.name.span).line,
    }
}

fn warning<'r>(agency: &'r Agency, found: &'r Warning, files: &'r Files) -> WarningJson<'r> {
    WarningJson {
        agency: agency.key.as_str(),
        subject: &found.subject.value,
        content: found.content.as_deref(),
        issued: found.issued,
        channel: found.channel.as_deref(),
        file: &files.get(found.subject.span.file).path,
        line: files.position(found.subject.span).line,
    }
}

pub(super) fn paper(paper: &Paper) -> PaperJson<'_> {
    PaperJson { number: &paper.number.value, date: paper.date.as_ref().map(|date| date.value) }
}

fn ad_hoc<'r>(agency: &'r Agency, report: &'r Report, files: &'r Files) -> Option<AdHocJson<'r>> {
    let file = files.get(report.span.file);
    Some(AdHocJson {
        agency: agency.key.as_str(),
        name: &agency.name,
        date: report.date.as_ref()?.value,
        subject: report.subject.as_ref().map(|subject| subject.value.as_str()),
        file: &file.path,
        sha256: file.sha256(),
    })
}

fn changes<'r>(changes: &'r Changes<'_>) -> ChangesJson<'r> {
    let reports = changes.reports.iter().map(|change| ReportChangeJson {
        agency: change.agency.key.as_str(),
        date: change.date,
        change: words::report_change(change.kind).0,
        included_before: change.included.0,
        included_after: change.included.1,
    });
    let figures = changes.figures.iter().map(|change| {
        let ((before, rate_before), (after, rate_after)) = (amount(change.before), amount(change.after));
        let part = |(agency, before, after): &(&'r Agency, Option<u128>, Option<u128>)| PartChangeJson {
            agency: agency.key.as_str(),
            before: *before,
            after: *after,
        };
        let by = change.by.iter().map(part).collect();
        FigureChangeJson { indicator: change.quantity.key(), before, after, rate_before, rate_after, by }
    });
    ChangesJson { since: changes.since, reports: reports.collect(), figures: figures.collect() }
}

fn submission<'r>(status: &'r AgencyStatus<'_>, files: &'r Files) -> SubmissionJson<'r> {
    let file = status.file.map(|file| files.get(file));
    let (timeliness, days) = words::timeliness_id(status.timeliness);
    SubmissionJson {
        agency: status.agency.key.as_str(),
        name: &status.agency.name,
        required: status.agency.reporting == Reporting::Required,
        timeliness,
        days,
        received: status.received,
        corrections: status.corrections.iter().map(|correction| correction.date.value).collect(),
        included: status.validity == Validity::Valid,
        file: file.map(|file| file.path.as_str()),
        sha256: file.map(SourceFile::sha256),
    }
}
