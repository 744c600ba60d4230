//! `plan trace --format json`: a measure with everything that was reported for it.

use std::borrow::Cow;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::count::Counted;
use super::count_json::{CountJson, TypedJson, count, typed};
use super::json::{HeadJson, PlaceJson, RateJson, amount, head, place, rate, values};
use super::measured_json::{ComparedJson, LevelJson, MostJson, comparisons, levels, most};
use super::previous_json::{PreviousJson, previous};
use super::report_json::{ContributionJson, OtherJson, SinceJson, added, contribution, other};
use super::trace::{self, Trace};
use super::words;
use crate::doc::as_json;
use crate::measure::{Answers, Contribution, Measure, Portion, Unknown, share};
use crate::model::Agency;
use crate::source::Files;

/// A measure, or a count.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum TracedJson<'j> {
    Measure(Box<TraceJson<'j>>),
    Count(CountJson<'j>),
}

as_json!(Counted<'_, '_>, it => TracedJson::Count(count(it)));

as_json!(Trace<'_, '_>, it => TracedJson::Measure(Box::new(trace(it))));

values! {
    TraceJson<'j> = fn trace(trace: &Trace<'j, 'j>) where {
        let (value, rate, unknown) = amount(trace.value());
        let quantity = trace.measure.quantity;
        let (counted, rest): (Vec<_>, Vec<_>) = trace.parts().partition(|part| part.verdict.counts());
        let whole = trace.task.is_none().then_some(trace);
    } {
        #[serde(flatten)]
        head: HeadJson = head(trace.brief.as_of, &trace.brief.banner),
        round: &'j str = &trace.brief.status.round.key,
        /// Whose figures are today's: corrected after the day, and not kept as they were on it.
        not_kept: Vec<&'j str> = words::keys(&trace.brief.status.not_kept),
        /// What is counted: an indicator's id, or that of another measure (`funding.state_budget`).
        indicator: Cow<'j, str> = quantity.key(),
        label: Cow<'j, str> = quantity.label(),
        unit: &'j str = quantity.unit(),
        task: Option<&'j str> = trace.task.map(|task| task.key.as_str()),
        /// Absent where no agency gave a number, and for rates.
        value: Option<u128> = value,
        rate: Option<RateJson> = rate,
        /// Why there is neither.
        unknown: Option<Unknown> = unknown,
        /// Of all tasks: level by level, those that gave a number.
        levels: Vec<LevelJson<'j>> = levels(trace.brief.plan, trace.brief.measures, trace.measure),
        /// Of all tasks: the control totals, with what they differ by from what members reported.
        comparisons: Vec<ComparedJson<'j>> = comparisons(trace.brief.controls, quantity),
        /// Of a field of complaints and of a source of funding: its share of all in thousandths, of which the least has one.
        share_per_mille: Option<u128> = share(trace.brief.measures, quantity).map(Portion::per_mille),
        /// Of all tasks: what it is a part of, where a sentence may tell its share.
        of_whole: Option<WholeJson<'j>> =
            whole.and_then(trace::of_whole).map(|(of, part, whole)| of_whole(of, part, whole)),
        /// Of all tasks: what of it was added since the round before.
        since: Option<SinceJson<'j>> =
            whole.and_then(|of| Some(added(of.measure, of.brief.since(of.measure)?))),
        /// Of a rate: what its whole holds beside its part.
        left: Option<u128> = trace.measure.left(),
        /// Of all tasks: who gave most.
        most: Option<MostJson<'j>> = whole.and_then(|of| of.measure.most()).map(|(agency, value)| most(agency, value)),
        /// Of all tasks: what who gave most of the whole holds there beside its part in this.
        beyond: Option<BeyondJson<'j>> =
            whole.and_then(trace::beyond).map(|(agency, value)| beyond(agency, value)),
        /// What agencies reported under several tasks, without members of folded groups.
        sums: Vec<SumJson<'j>> =
            whole.into_iter().flat_map(trace::sums).map(|(agency, value, tasks)| sum(agency, value, tasks)).collect(),
        /// Of all tasks.
        answers: Answers = trace.measure.answers,
        /// Last year's number, of all tasks; absent where it is not known.
        previous: Option<PreviousJson<'j>> =
            trace.measure.last_year.as_ref().map(|of| previous(of, trace.brief.files)),
        contributions: Vec<ContributionJson<'j>> =
            counted.into_iter().map(|part| contribution(part, trace.brief.files)).collect(),
        /// The answers that are no numbers, those left out among them.
        others: Vec<OtherJson<'j>> = trace.others().map(|answer| other(answer, trace.brief.files)).collect(),
        /// Whose reports are invalid, and in what could be read of them have no answer: what they told is not known.
        unread: Vec<&'j str> = words::keys(&trace.unread()),
        left_out: Vec<LeftOutJson<'j>> = rest.into_iter().map(|part| left_out(part, trace.brief.files)).collect(),
        /// Figures that whoever edited the consolidated report wrote in it: no agency reported them.
        typed: Vec<TypedJson<'j>> =
            trace.typed().map(|found| typed(found, trace.brief.files)).collect(),
    }

    WholeJson<'j> = fn of_whole(of: &Measure<'j>, part: u128, whole: u128) {
        /// What is counted, as `plan trace` takes it.
        indicator: Cow<'j, str> = of.quantity.key(),
        #[serde(flatten)]
        share: RateJson = rate(part, whole),
    }

    BeyondJson<'j> = fn beyond(agency: &'j Agency, value: u128) {
        agency: &'j str = &agency.key,
        value: u128 = value,
    }

    SumJson<'j> = fn sum(agency: &'j Agency, value: u128, tasks: usize) {
        agency: &'j str = &agency.key,
        value: u128 = value,
        tasks: usize = tasks,
    }

    LeftOutJson<'j> = fn left_out(part: &Contribution<'j>, files: &'j Files) {
        agency: &'j str = &part.agency.key,
        /// Absent for what is not reported under a task.
        task: Option<&'j str> = part.task.map(|task| task.key.as_str()),
        round: &'j str = part.origin.id(),
        /// Of an ad hoc report.
        date: Option<NaiveDate> = part.origin.day(),
        value: u64 = part.value,
        reason: &'static str = part.verdict.id(),
        /// Who counts a joint event, where another agency does.
        counted_by: Option<&'j str> = part.counted_by.map(|agency| agency.key.as_str()),
        #[serde(flatten)]
        place: PlaceJson<'j> = place(files, part.span),
    }
}
