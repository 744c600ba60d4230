//! `plan compile --format json`: every measure with the contributions it is made of, so that each printed figure can be
//! traced.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::changes_json::{ChangesJson, changes};
use super::difficulties_json::{RemarkJson, remark};
use super::draft_json::{EditJson, edit};
use super::json::{HeadJson, PlaceJson, RateJson, amount, head, place, values};
use super::measured_json::{
    ComparedJson, ControlJson, LevelJson, MostJson, UnderTaskJson, comparisons, control, levels, most, under_tasks,
};
use super::previous_json::{PreviousJson, previous};
use super::report::{Brief, Gap, gaps};
use super::status_json::{TaskJson, task};
use super::summary_json::{SummaryJson, summary};
use super::words;

use crate::changes;
use crate::draft::Judged;
use crate::measure::{Answers, Contribution, Measure, Other, Portion, Unknown, of_quantity, share};
use crate::model::{
    Agency, Answer, Correction, FigureSource, NextStep, PaperRef, Period, Report, Reporting, RoundRef, Violator,
    Warning,
};
use crate::remark::Kind;
use crate::source::{Files, SourceFile};
use crate::status::{AgencyStatus, RoundStatus, Validity};

values! {
    ReportJson<'j> = fn report(brief: &Brief<'j, 'j>, edits: &'j [Judged<'_>]) where {
        let (status, files) = (brief.status, brief.files);
        let others = brief.measures.iter().filter(|measure| measure.quantity.indicator().is_none());
        let of = |kind: fn(&Kind<'_>) -> bool| brief.remarks.iter().filter(move |remark| kind(&remark.kind));
    } {
        #[serde(flatten)]
        head: HeadJson = head(brief.as_of, &brief.banner),
        round: RoundJson<'j> = round(status),
        /// Whose figures are today's: corrected after the day, and not kept as they were on it.
        not_kept: Vec<&'j str> = words::keys(&status.not_kept),
        /// Whether it is of accepted reports alone.
        accepted_only: bool = status.accepted_only,
        /// What the text counts beside the measures.
        summary: SummaryJson<'j> = summary(brief),
        /// The indicators.
        totals: Vec<SplitJson<'j>> = brief.totals().map(|(_, total)| split(brief, total)).collect(),
        /// All else that is counted, the whole of a list before its parts: `funding`, `funding.state_budget`, …,
        /// `complaints_by_field`, …, `violators.count`, `violators.fine`, `warnings.count`.
        measures: Vec<SplitJson<'j>> = others.map(|item| split(brief, item)).collect(),
        /// Who gives totals of others, and what they are compared with.
        controls: Vec<ControlJson<'j>> = brief.controls.iter().map(control).collect(),
        violators: Vec<ViolatorJson<'j>> =
            brief.records(|report| &report.violators).map(|(agency, found)| violator(agency, found, files)).collect(),
        warnings: Vec<WarningJson<'j>> =
            brief.records(|report| &report.warnings).map(|(agency, found)| warning(agency, found, files)).collect(),
        /// Of the valid reports and the ad hoc ones, as `plan difficulties` has them.
        difficulties: Vec<RemarkJson<'j>> =
            of(|kind| *kind == Kind::Difficulty).map(|found| remark(found, files)).collect(),
        recommendations: Vec<RemarkJson<'j>> =
            of(|kind| *kind != Kind::Difficulty).map(|found| remark(found, files)).collect(),
        tasks: Vec<TaskJson<'j>> = status.tasks.iter().map(task).collect(),
        submissions: Vec<SubmissionJson<'j>> =
            status.agencies.iter().map(|status| submission(status, files)).collect(),
        /// Valid reports without a deadline, dated within the round's data.
        ad_hoc: Vec<AdHocJson<'j>> = brief
            .ad_hoc
            .iter()
            .filter_map(|(agency, report)| Some(ad_hoc(agency, report, report.date.as_ref()?.value, files)))
            .collect(),
        /// The other rounds whose data end no later, whose figures may stand beside the round's or in their place.
        other_rounds: Vec<OtherRoundJson<'j>> =
            changes::others(brief.rounds, status.round).map(|of| other_round(of, files)).collect(),
        /// The days of last year's data; absent where there are none.
        last_year: Option<DaysJson> =
            brief.plan.previous.row(RoundRef::Of(status.round.id)).map(|of| days(of.data_from.value, of.data_to.value)),
        /// What agencies will do next, as they wrote it.
        next_steps: Vec<NextStepJson<'j>> = brief
            .voices()
            .flat_map(|(agency, report)| report.next_steps.iter().map(|step| next_step(agency, step, files)))
            .collect(),
        /// What people changed in the report, as `plan draft` has it.
        edits: Vec<EditJson<'j>> = edits.iter().map(|judged| edit(judged, files)).collect(),
        /// What of a total was added since the round before, where everybody who gives a number gave one then.
        since: Vec<SinceJson<'j>> =
            brief.totals().filter_map(|(_, total)| Some(added(total, brief.since(total)?))).collect(),
        /// What to look at before the report is sent; the document does not say it.
        gaps: Vec<GapJson> = gaps(brief).into_iter().map(gap).collect(),
        /// What changed since the draft given with `--since`.
        #[serde(skip_serializing_if = "Option::is_none")]
        changes: Option<ChangesJson<'j>> = brief.changes.map(changes),
    }

    SinceJson<'j> = fn added(total: &Measure<'j>, added: (u128, NaiveDate)) {
        indicator: Cow<'j, str> = total.quantity.key(),
        value: u128 = added.0,
        from: NaiveDate = added.1,
    }

    GapJson = fn gap(found: Gap) {
        /// `no_reports`, `data_open`, `plan_number`, `unexpected`, `after_data`, `no_highlight`, `no_theme`, `no_cause`,
        /// `expired`, `past_step`, `no_wording`, `of_one`, `conflict`, `overlap`, `changed_since_accepted`, `older`, `fell`,
        /// `successor_alone`, `not_compared`, `unlike`, `control`
        kind: &'static str = found.kind,
        text: String = found.text,
    }

    RoundJson<'j> = fn round(status: &RoundStatus<'j>) where {
        let round = status.round;
    } {
        id: &'j str = &round.key,
        title: &'j str = &round.title,
        data_from: NaiveDate = round.data_from,
        data_to: NaiveDate = round.data_to,
        /// Agencies report before this day, and the consolidated report is sent before that one.
        agencies_before: NaiveDate = round.agencies.before,
        consolidated_before: NaiveDate = round.consolidated.before,
        /// How many working days those have left that did not report; absent where none waits for the round's deadline.
        working_days_left: Option<usize> = changes::days_left(status),
    }

    /// The reports of another round.
    OtherRoundJson<'j> = fn other_round(of: &RoundStatus<'j>, files: &'j Files) where {
        let sent = of.agencies.iter().filter(|status| status.file.is_some());
    } {
        id: &'j str = &of.round.key,
        #[serde(flatten)]
        days: DaysJson = days(of.round.data_from, of.round.data_to),
        submissions: Vec<OtherSubmissionJson<'j>> = sent.map(|status| other_submission(status, files)).collect(),
    }

    DaysJson = fn days(from: NaiveDate, to: NaiveDate) {
        data_from: NaiveDate = from,
        data_to: NaiveDate = to,
    }

    /// As of the round itself.
    OtherSubmissionJson<'j> = fn other_submission(status: &AgencyStatus<'j>, files: &'j Files) {
        agency: &'j str = &status.agency.key,
        included: bool = status.validity == Validity::Valid,
        not_accepted: bool = status.validity == Validity::NotAccepted,
        sha256: Option<String> = status.file.map(|file| files.get(file).sha256()),
    }

    NextStepJson<'j> = fn next_step(agency: &'j Agency, step: &'j NextStep, files: &'j Files) {
        agency: &'j str = &agency.key,
        text: &'j str = &step.text.value,
        /// `tháng 12/2026`; absent of what says no time.
        when: Option<String> = step.when.map(Period::words),
        #[serde(flatten)]
        place: PlaceJson<'j> = place(files, step.text.span),
    }

    /// A measure with its parts.
    SplitJson<'j> = fn split(brief: &Brief<'j, 'j>, of: &'j Measure<'j>) {
        #[serde(flatten)]
        measure: MeasureJson<'j> = measure(of, brief.files),
        /// Level by level, those that gave a number.
        levels: Vec<LevelJson<'j>> = levels(brief.plan, brief.measures, of),
        most: Option<MostJson<'j>> = of.most().map(|(agency, value)| most(agency, value)),
        /// The sum of the round before, where there is one.
        earlier: Option<u128> = brief
            .earlier
            .and_then(|(_, measures)| of_quantity(measures, of.quantity))
            .and_then(|before| amount(before.value).0),
        /// Task by task.
        under_tasks: Vec<UnderTaskJson<'j>> = under_tasks(brief.status, of),
        /// The control totals, with what they differ by from what members reported.
        comparisons: Vec<ComparedJson<'j>> = comparisons(brief.controls, of.quantity),
        /// Of a field of complaints and of a source of funding: its share of all in thousandths, of which the least has one.
        share_per_mille: Option<u128> = share(brief.measures, of.quantity).map(Portion::per_mille),
    }

    MeasureJson<'j> = fn measure(measure: &'j Measure<'j>, files: &'j Files) where {
        let (value, rate, unknown) = amount(measure.value);
        let others = measure.others.iter().filter(|answer| answer.verdict.counts());
    } {
        /// What is counted, as `plan trace` takes it.
        indicator: Cow<'j, str> = measure.quantity.key(),
        label: Cow<'j, str> = measure.quantity.label(),
        unit: &'j str = measure.quantity.unit(),
        /// Absent where no agency gave a number, and for rates.
        value: Option<u128> = value,
        rate: Option<RateJson> = rate,
        /// Why there is neither.
        unknown: Option<Unknown> = unknown,
        control_total: Option<u128> = measure.control(),
        /// Last year's number; absent where it is not known.
        previous: Option<PreviousJson<'j>> = measure.last_year.as_ref().map(|of| previous(of, files)),
        answers: Answers = measure.answers,
        contributions: Vec<ContributionJson<'j>> =
            measure.counted().iter().map(|part| contribution(part, files)).collect(),
        /// The answers that are no numbers.
        others: Vec<OtherJson<'j>> = others.map(|answer| other(answer, files)).collect(),
    }

    /// One figure of one agency, where it is written.
    ContributionJson<'j> = fn contribution(part: &Contribution<'j>, files: &'j Files) {
        agency: &'j str = &part.agency.key,
        /// Absent for what is not reported under a task.
        task: Option<&'j str> = part.task.map(|task| task.key.as_str()),
        round: &'j str = part.origin.id(),
        /// Of an ad hoc report.
        date: Option<NaiveDate> = part.origin.day(),
        value: u64 = part.value,
        /// Cases taken over from last year, beside the value; absent where none are.
        carried_over: Option<u64> = (part.carried_over > 0).then_some(part.carried_over),
        /// `added`, or `control`: compared, never added.
        #[serde(rename = "use")]
        use_: &'static str = part.verdict.id(),
        /// Of a total that the agency itself added up: of what.
        #[serde(skip_serializing_if = "Option::is_none")]
        sources: Option<Vec<FigureSourceJson<'j>>> =
            (!part.sources.is_empty()).then(|| part.sources.iter().map(source).collect()),
        #[serde(flatten)]
        place: PlaceJson<'j> = place(files, part.span),
    }

    FigureSourceJson<'j> = fn source(source: &'j FigureSource) {
        of: &'j str = &source.of,
        value: u64 = source.value,
        /// File and line, of the agency's own workspace.
        at: &'j str = &source.at,
    }

    /// An answer that is no number, where it is written.
    OtherJson<'j> = fn other(other: &Other<'j>, files: &'j Files) {
        agency: &'j str = &other.agency.key,
        task: &'j str = &other.task.key,
        round: &'j str = other.origin.id(),
        /// Of an ad hoc report.
        date: Option<NaiveDate> = other.origin.day(),
        /// `nothing_arose`, `not_applicable`, `unanswered`, or `no_answer` where it was left blank.
        answer: Option<Unknown> = Unknown::said(other.answer),
        /// Why there is no number, in the agency's words.
        reason: Option<&'j str> = reason(other.answer),
        /// As of a contribution.
        #[serde(rename = "use")]
        use_: &'static str = other.verdict.id(),
        #[serde(flatten)]
        place: PlaceJson<'j> = place(files, other.span),
    }

    /// An organisation or person in violation that was published.
    ViolatorJson<'j> = fn violator(agency: &'j Agency, found: &'j Violator, files: &'j Files) {
        agency: &'j str = &agency.key,
        name: &'j str = &found.name.value,
        address: Option<&'j str> = found.address.as_ref().map(|text| text.value.as_str()),
        violation: &'j str = &found.violation.value,
        decision: Option<PaperJson<'j>> = found.decision.as_ref().map(PaperRef::from).map(paper),
        /// Đồng.
        fine: Option<u64> = found.fine.as_ref().map(|fine| fine.value),
        published: Option<NaiveDate> = found.published.map(|day| day.value),
        published_on: Option<&'j str> = found.published_on.as_ref().map(|text| text.value.as_str()),
        #[serde(flatten)]
        place: PlaceJson<'j> = place(files, found.name.span),
    }

    /// A warning to consumers.
    WarningJson<'j> = fn warning(agency: &'j Agency, found: &'j Warning, files: &'j Files) {
        agency: &'j str = &agency.key,
        subject: &'j str = &found.subject.value,
        content: Option<&'j str> = found.content.as_ref().map(|text| text.value.as_str()),
        issued: Option<NaiveDate> = found.issued.map(|day| day.value),
        channel: Option<&'j str> = found.channel.as_ref().map(|text| text.value.as_str()),
        #[serde(flatten)]
        place: PlaceJson<'j> = place(files, found.subject.span),
    }

    /// A paper by number and date.
    PaperJson<'j> = fn paper(paper: PaperRef<'j>) {
        /// Empty where it is not known.
        number: &'j str = paper.number.unwrap_or_default(),
        date: Option<NaiveDate> = paper.date,
    }

    /// A corrected version of a report.
    CorrectionJson<'j> = fn correction(of: &'j Correction) {
        /// When it came.
        date: NaiveDate = of.date.value,
        /// What it came with, where that is known.
        paper: Option<PaperJson<'j>> = of.document.as_ref().map(PaperRef::from).map(paper),
        note: Option<&'j str> = of.note.as_deref(),
    }

    SubmissionJson<'j> = fn submission(status: &AgencyStatus<'j>, files: &'j Files) where {
        let file = status.file.map(|file| files.get(file));
        let (timeliness, days) = words::timeliness_id(status.timeliness);
    } {
        agency: &'j str = &status.agency.key,
        name: &'j str = &status.agency.name,
        required: bool = status.agency.reporting == Reporting::Required,
        timeliness: &'static str = timeliness,
        days: Option<i64> = days,
        /// Until when, by the paper that extended its deadline, and how many working days it has left.
        extended_until: Option<NaiveDate> = status.extension.and_then(|act| *act.until),
        working_days_left: Option<usize> = changes::own_days_left(status),
        /// When the first that came did: `days` count from it.
        received: Option<NaiveDate> = status.first_received,
        /// When the report's own document came, which a paper with another number may have come before.
        document_received: Option<NaiveDate> = status.received,
        /// Days of the corrected versions.
        corrections: Vec<NaiveDate> = status.corrections.iter().map(|correction| correction.date.value).collect(),
        corrected_by: Vec<CorrectionJson<'j>> = status.corrections.iter().map(correction).collect(),
        /// What the file in the report's place holds where it says nothing, as in the JSON of `plan status`.
        blank: Option<&'static str> = status.blank.map(|(blank, _)| words::blank(blank).0),
        /// Whether the report is in the totals.
        included: bool = status.validity == Validity::Valid,
        /// Whether it is valid, and left out for not being accepted.
        not_accepted: bool = status.validity == Validity::NotAccepted,
        /// The report's file and the SHA-256 of its content; absent while there is none.
        file: Option<&'j str> = file.map(|file| file.path.as_str()),
        sha256: Option<String> = file.map(SourceFile::sha256),
    }

    AdHocJson<'j> = fn ad_hoc(agency: &'j Agency, report: &'j Report, date: NaiveDate, files: &'j Files) where {
        let file = files.get(report.span.file);
    } {
        agency: &'j str = &agency.key,
        name: &'j str = &agency.name,
        date: NaiveDate = date,
        subject: Option<&'j str> = report.subject.as_ref().map(|subject| subject.value.as_str()),
        file: &'j str = &file.path,
        sha256: String = file.sha256(),
    }
}

fn reason(answer: &Answer) -> Option<&str> {
    if let Answer::Unanswered(reason) = answer { reason.as_deref() } else { None }
}
