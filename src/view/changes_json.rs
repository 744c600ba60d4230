//! What changed since an earlier draft, as JSON: in the report.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::json::{RateJson, amount, values};
use super::words;
use crate::changes::{
    Aspect, BesideChange, Changes, CountChange, EarlierMeasure, EarlierSubmission, FigureChange, Known, Lack,
    LastYearChange, PartChange, ReportChange, Time, TimeChange, TimeOf, With,
};
use crate::measure::{NotCompared, Unknown};

values! {
    ChangesJson<'j> = fn changes(changes: &'j Changes<'_>) {
        /// The day of the earlier draft.
        since: NaiveDate = changes.since,
        /// Whether that draft was, and this one is, of accepted reports alone.
        accepted_only_before: bool = changes.accepted_only.0,
        accepted_only_after: bool = changes.accepted_only.1,
        reports: Vec<ReportChangeJson<'j>> = changes.reports.iter().map(report_change).collect(),
        figures: Vec<FigureChangeJson<'j>> = changes.figures.iter().map(figure_change).collect(),
        /// What is printed beside figures and changed.
        beside: Vec<BesideChangeJson<'j>> = changes.beside.iter().map(beside_change).collect(),
        /// Last year's numbers that changed, or what of them is compared.
        last_year: Vec<LastYearChangeJson<'j>> = changes.last_year.iter().map(last_year_change).collect(),
        /// Days and times that are printed and changed.
        times: Vec<TimeChangeJson<'j>> = changes.times.iter().map(time_change).collect(),
        /// What of `summary` changed; absent where the earlier draft has none.
        counts: Option<Vec<CountChangeJson<'j>>> =
            changes.counts.as_ref().map(|counts| counts.iter().map(count_change).collect()),
        /// What the plan counts no more.
        figures_gone: Vec<FigureGoneJson<'j>> = changes.figures_gone.iter().copied().map(figure_gone).collect(),
        /// Agencies that reported and are asked no more.
        agencies_gone: Vec<AgencyGoneJson<'j>> = changes.agencies_gone.iter().copied().map(agency_gone).collect(),
    }

    BesideChangeJson<'j> = fn beside_change(change: &'j BesideChange<'_>) where {
        let (mut agency, mut task, mut round) = (None, None, None);
        let aspect = match change.aspect {
            Aspect::CarriedOver => "carried_over",
            Aspect::Control(of) => {
                agency = Some(of.key.as_str());
                "control"
            }
            Aspect::Difference(of) => {
                agency = Some(of.key.as_str());
                "difference"
            }
            Aspect::Task(of) => {
                task = Some(of.key.as_str());
                "task"
            }
            Aspect::Earlier => "earlier",
            Aspect::OfRound(of) => {
                round = Some(of.key.as_str());
                "of_round"
            }
            Aspect::OfAdHoc => "of_ad_hoc",
        };
    } {
        indicator: Cow<'j, str> = change.quantity.key(),
        /// `carried_over`; `control` and `difference` of an agency's total; `task`; `earlier`, the sum of the round
        /// before; `of_round` and `of_ad_hoc`, what of the number stands in reports of another round and in ad hoc ones.
        aspect: &'static str = aspect,
        agency: Option<&'j str> = agency,
        task: Option<&'j str> = task,
        round: Option<&'j str> = round,
        before: Option<i128> = change.before,
        after: Option<i128> = change.after,
    }

    LastYearChangeJson<'j> = fn last_year_change(change: &'j LastYearChange<'_>) {
        indicator: Cow<'j, str> = change.quantity.key(),
        /// Absent where there was none, or is none.
        before: Option<LastYearNumberJson<'j>> = change.before.as_ref().map(last_year_number),
        after: Option<LastYearNumberJson<'j>> = change.after.as_ref().map(last_year_number),
    }

    LastYearNumberJson<'j> = fn last_year_number(known: &'j Known<'_>) where {
        let (value, rate, _) = known.value.map(amount).unwrap_or_default();
        let compared = known.compared.as_ref().and_then(|of| of.as_ref().ok());
    } {
        value: Option<u128> = value,
        rate: Option<RateJson> = rate,
        /// What of it is compared; absent where nothing is, or the earlier draft does not say.
        compared: Option<ComparedPartJson<'j>> = compared.map(compared_part),
        /// Why nothing is.
        not_compared: Option<NotCompared> = known.compared.as_ref().and_then(|of| of.as_ref().err().copied()),
    }

    ComparedPartJson<'j> = fn compared_part(of: &'j With<'_>) where {
        let (value, rate, _) = amount(of.number);
    } {
        value: Option<u128> = value,
        rate: Option<RateJson> = rate,
        /// Whose it is, where that is not the whole.
        agencies: Option<&'j [&'j str]> = of.agencies.as_deref(),
    }

    TimeChangeJson<'j> = fn time_change(change: &'j TimeChange<'_>) where {
        let (of, round, agency, text) = match change.of {
            TimeOf::DataFrom(round) => ("data_from", Some(round.key.as_str()), None, None),
            TimeOf::DataTo(round) => ("data_to", Some(round.key.as_str()), None, None),
            TimeOf::LastYearFrom => ("last_year_from", None, None, None),
            TimeOf::LastYearTo => ("last_year_to", None, None, None),
            TimeOf::Deadline(round) => ("agencies_before", Some(round.key.as_str()), None, None),
            TimeOf::ConsolidatedDeadline(round) => ("consolidated_before", Some(round.key.as_str()), None, None),
            TimeOf::DaysLeft(round, agency) => {
                ("working_days_left", Some(round.key.as_str()), agency.map(|agency| agency.key.as_str()), None)
            }
            TimeOf::Extension(agency) => ("extended_until", None, Some(agency.key.as_str()), None),
            TimeOf::DaysLate(agency) => ("days_late", None, Some(agency.key.as_str()), None),
            TimeOf::Step(agency, text) => ("next_step", None, Some(agency.key.as_str()), Some(text)),
        };
    } {
        /// `data_from` and `data_to` of a round, `last_year_from` and `last_year_to`, `next_step`; the deadlines
        /// `agencies_before` and `consolidated_before`; `working_days_left` until the round's deadline or an agency's own,
        /// `extended_until` and `days_late` of an agency.
        of: &'static str = of,
        round: Option<&'j str> = round,
        agency: Option<&'j str> = agency,
        text: Option<&'j str> = text,
        /// A day, how many days, or a period as the report tells it: `quý II/2027`; absent where it tells none.
        before: Option<Cow<'j, str>> = change.before.as_ref().map(time),
        after: Option<Cow<'j, str>> = change.after.as_ref().map(time),
    }

    CountChangeJson<'j> = fn count_change(change: &'j CountChange) {
        /// The way to it in `summary`, ids in the place of positions, as `plan trace` takes it.
        count: &'j str = &change.key,
        label: &'j str = &change.label,
        before: Option<u64> = change.before,
        after: Option<u64> = change.after,
    }

    FigureGoneJson<'j> = fn figure_gone(then: &'j EarlierMeasure) where {
        let (before, rate_before, unknown_before) = amount(then.value());
    } {
        indicator: &'j str = &then.indicator,
        label: &'j str = &then.label,
        before: Option<u128> = before,
        rate_before: Option<RateJson> = rate_before,
        unknown_before: Option<Unknown> = unknown_before,
    }

    AgencyGoneJson<'j> = fn agency_gone(then: &'j EarlierSubmission) {
        agency: &'j str = &then.agency,
        name: &'j str = &then.name,
        included_before: bool = then.included,
    }

    ReportChangeJson<'j> = fn report_change(change: &'j ReportChange<'_>) {
        agency: &'j str = &change.agency.key,
        /// Another round than the draft's, whose figures stand beside its own or in their place.
        round: Option<&'j str> = change.round.map(|round| round.key.as_str()),
        /// Of an ad hoc report.
        date: Option<NaiveDate> = change.date,
        /// `new`, `corrected`, `withdrawn`; or the same file: `judged`, valid in one draft alone; `reviewed`, accepted in one
        /// alone; `scope`, left out of the one that is of accepted reports.
        change: &'static str = words::report_change(change.kind).0,
        included_before: bool = change.included.0,
        included_after: bool = change.included.1,
    }

    FigureChangeJson<'j> = fn figure_change(change: &'j FigureChange<'_>) where {
        let (before, rate_before, unknown_before) = amount(change.before);
        let (after, rate_after, unknown_after) = amount(change.after);
    } {
        /// What is counted, as `plan trace` takes it.
        indicator: Cow<'j, str> = change.quantity.key(),
        /// What the plan called it then, where that was something else, and in which unit it counted.
        label_before: Option<&'j str> = change.label,
        unit_before: Option<&'j str> = change.unit,
        /// Whether what the report prints changed; else agencies' parts alone, which together are as they were.
        of_report: bool = change.is_of_report(),
        before: Option<u128> = before,
        after: Option<u128> = after,
        rate_before: Option<RateJson> = rate_before,
        rate_after: Option<RateJson> = rate_after,
        /// Why there is neither a number nor a rate.
        unknown_before: Option<Unknown> = unknown_before,
        unknown_after: Option<Unknown> = unknown_after,
        by: Vec<PartChangeJson<'j>> =
            change.by.iter().map(part_change).collect(),
    }

    PartChangeJson<'j> = fn part_change(part: &'j PartChange<'_>) where {
        let (before, _, unknown_before) = amount(part.before.amount);
        let (after, _, unknown_after) = amount(part.after.amount);
    } {
        agency: &'j str = &part.agency.key,
        before: Option<u128> = before,
        after: Option<u128> = after,
        /// What the agency said instead of a number.
        unknown_before: Option<Unknown> = unknown_before,
        unknown_after: Option<Unknown> = unknown_after,
        /// Why there is nothing of it, where it is not the answer that is lacking: `no_report`, `paper_alone`, `invalid`,
        /// `not_accepted`, `not_asked`, `not_in_total`, or what became of a figure that it tells.
        lack_before: Option<&'static str> = part.before.lack.map(lack),
        lack_after: Option<&'static str> = part.after.lack.map(lack),
    }
}

fn time(time: &Time) -> Cow<'_, str> {
    match time {
        Time::Day(day) => day.to_string().into(),
        Time::Days(days) => days.to_string().into(),
        Time::Period(words) => words.into(),
    }
}

fn lack(lack: Lack<'_>) -> &'static str {
    match lack {
        Lack::NoReport => "no_report",
        Lack::PaperAlone => "paper_alone",
        Lack::Invalid => "invalid",
        Lack::NotAccepted => "not_accepted",
        Lack::NotAsked => "not_asked",
        Lack::NotInTotal => "not_in_total",
        Lack::LeftOut { verdict, .. } => verdict.id(),
    }
}
