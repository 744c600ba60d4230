//! `plan compile --format json`: every total with the contributions it is made of, so that each
//! printed figure can be traced. A field may be added within a schema version, none removed or changed.

use chrono::NaiveDate;
use serde::Serialize;

use super::report::Brief;
use super::status_json::{TaskJson, task};
use super::words;
use crate::consolidate::{Amount, Contribution, Total, Use};
use crate::model::Reporting;
use crate::source::Files;
use crate::status::{AgencyStatus, Validity};

#[derive(Serialize)]
pub(crate) struct ReportJson<'r> {
    schema_version: u32,
    as_of: NaiveDate,
    /// Set while any report read is illustrative.
    illustrative: bool,
    round: RoundJson<'r>,
    totals: Vec<TotalJson<'r>>,
    tasks: Vec<TaskJson<'r>>,
    submissions: Vec<SubmissionJson<'r>>,
}

#[derive(Serialize)]
struct RoundJson<'r> {
    id: &'r str,
    title: &'r str,
    data_from: NaiveDate,
    data_to: NaiveDate,
}

#[derive(Serialize)]
struct TotalJson<'r> {
    indicator: &'r str,
    label: &'r str,
    unit: &'r str,
    /// Absent where no agency gave a number, and for rates.
    value: Option<u128>,
    /// Of a rate: the two sums it is made of.
    rate: Option<RateJson>,
    control_total: Option<u128>,
    answers: AnswersJson,
    contributions: Vec<ContributionJson<'r>>,
}

#[derive(Serialize)]
struct RateJson {
    numerator: u128,
    denominator: u128,
}

#[derive(Serialize)]
struct AnswersJson {
    numbers: usize,
    zeros: usize,
    nothing_arose: usize,
    not_applicable: usize,
    unanswered: usize,
}

#[derive(Serialize)]
struct ContributionJson<'r> {
    agency: &'r str,
    task: &'r str,
    round: &'r str,
    value: u64,
    /// `added`, or `control`: compared, never added.
    #[serde(rename = "use")]
    use_: &'static str,
    file: &'r str,
    line: usize,
}

#[derive(Serialize)]
struct SubmissionJson<'r> {
    agency: &'r str,
    name: &'r str,
    required: bool,
    timeliness: &'static str,
    days: Option<i64>,
    received: Option<NaiveDate>,
    /// Whether the report is in the totals.
    included: bool,
}

pub(crate) fn report<'r>(brief: &Brief<'r, 'r>) -> ReportJson<'r> {
    let round = brief.status.round;
    ReportJson {
        schema_version: 1,
        as_of: brief.as_of,
        illustrative: brief.banner.is_some(),
        round: RoundJson {
            id: round.id.as_str(),
            title: &round.title,
            data_from: round.data_from,
            data_to: round.data_to,
        },
        totals: brief.totals.iter().map(|item| total(item, brief.files)).collect(),
        tasks: brief.status.tasks.iter().map(task).collect(),
        submissions: brief.status.agencies.iter().map(submission).collect(),
    }
}

fn total<'r>(total: &'r Total<'_>, files: &'r Files) -> TotalJson<'r> {
    let (value, rate) = match total.value {
        Amount::Unknown => (None, None),
        Amount::Sum(sum) => (Some(sum), None),
        Amount::Percent { part, whole } => (None, Some(RateJson { numerator: part, denominator: whole })),
    };
    let answers = total.answers;
    TotalJson {
        indicator: total.indicator.id.as_str(),
        label: &total.indicator.label,
        unit: &total.indicator.unit,
        value,
        rate,
        control_total: total.control(),
        answers: AnswersJson {
            numbers: answers.numbers,
            zeros: answers.zeros,
            nothing_arose: answers.nothing_arose,
            not_applicable: answers.not_applicable,
            unanswered: answers.unanswered,
        },
        contributions: total.contributions.iter().map(|part| contribution(part, files)).collect(),
    }
}

fn contribution<'r>(part: &'r Contribution<'_>, files: &'r Files) -> ContributionJson<'r> {
    ContributionJson {
        agency: part.agency.id.as_str(),
        task: part.task.as_str(),
        round: part.round.id.as_str(),
        value: part.value,
        use_: match part.use_ {
            Use::Added => "added",
            Use::Control => "control",
        },
        file: &files.get(part.span.file).path,
        line: files.position(part.span).line,
    }
}

fn submission<'r>(status: &'r AgencyStatus<'_>) -> SubmissionJson<'r> {
    let (timeliness, days) = words::timeliness_id(status.timeliness);
    SubmissionJson {
        agency: status.agency.id.as_str(),
        name: &status.agency.name,
        required: status.agency.reporting == Reporting::Required,
        timeliness,
        days,
        received: status.received,
        included: status.validity == Validity::Valid,
    }
}
