//! This year's numbers beside last year's: over the same days and the same agencies, or not at all.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Amount, Measure, Origin, Unknown, Verdict, of_indicator};
use crate::model::{
    Agency, AgencyId, Answer, FEW, Indicator, Part, Plan, Previous, PreviousFigure, PreviousShare, Rate, Reporting,
    RoundRef,
};
use crate::percent;
use crate::source::Span;
use crate::status::{RoundStatus, Validity};

/// Last year's number of an indicator, where it stands, and how this year's compares with it.
#[derive(Debug, Clone)]
pub(crate) struct LastYear<'p> {
    /// As last year had it, whoever it is of; of a rate, made of its two numbers, and unknown where these are of other units.
    pub(crate) value: Amount,
    /// In which it was counted.
    pub(crate) unit: &'p str,
    pub(crate) source: &'p str,
    pub(crate) span: Span,
    /// Its agencies as far as they are known, each as it was then.
    pub(crate) agencies: Vec<(&'p Agency, PreviousShare)>,
    pub(crate) comparison: Result<Comparison<'p>, NotCompared>,
    /// Who gave a number in both years, and what these two are not both of.
    pub(crate) unlike: Vec<(&'p Agency, Unlike<'p>)>,
}

/// Why an agency's numbers of two years are not of the same.
#[derive(Debug, Clone)]
pub(crate) enum Unlike<'p> {
    /// Last year's is of one of those alone that are in this year's.
    AloneThen(&'p Agency),
    /// This year's is its own alone, last year's is of others too.
    AloneNow,
    /// Of these there is no number of last year, and this year's contains them.
    Lacks(Vec<&'p Agency>),
}

/// Two numbers of the same days of two years and of the same agencies.
#[derive(Debug, Clone)]
pub(crate) struct Comparison<'p> {
    pub(crate) before: Amount,
    pub(crate) now: Amount,
    /// Those that gave a number in both years, where these are not all; a successor stands for those that it succeeds.
    pub(crate) both: Option<Vec<&'p Agency>>,
}

/// Why there is no comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NotCompared {
    /// Last year's was counted in another unit, of a rate one of its two.
    OtherUnit,
    /// Last year's data are not of the days of this year's.
    OtherDays,
    /// Days of this year's data are still to come.
    StillOpen,
    /// There is no number of this year.
    NoNumber,
    /// Of last year only a sum is known, and of this year somebody who is in it has not told.
    Incomplete,
    /// No agency gave a number in both years.
    NoAgencyInBoth,
    /// A rate of fewer than twenty.
    TooFew,
    /// A rate of which one number is not compared over all agencies.
    Parts,
}

/// How a number changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Same,
    /// There is a number now and was none.
    FromZero,
    Up(u128),
    Down(u128),
}

impl Comparison<'_> {
    /// By how much; of rates, what both differ by as they are printed, in percentage points to `places` decimals.
    pub(crate) fn change(&self) -> Change {
        let places = self.places();
        let of = |amount| match amount {
            Amount::Sum(sum) => sum,
            Amount::Percent { part, whole } => percent::in_print(part, whole, places),
            Amount::Unknown(_) => 0,
        };
        change(of(self.before), of(self.now), matches!(self.now, Amount::Percent { .. }))
    }

    /// With how many decimals the finer of two rates is printed; zero of sums.
    pub(crate) fn places(&self) -> u32 {
        let of = |amount| match amount {
            Amount::Percent { part, whole } => percent::places(part, whole),
            Amount::Sum(_) | Amount::Unknown(_) => 0,
        };
        of(self.before).max(of(self.now))
    }

    /// What a sum changed by and what it changed from, where that is enough for a percentage.
    pub(crate) fn share(&self) -> Option<(u128, u128)> {
        match (self.change(), self.before) {
            (Change::Up(by) | Change::Down(by), Amount::Sum(before)) if before >= FEW.into() => Some((by, before)),
            _ => None,
        }
    }
}

fn change(before: u128, now: u128, of_rates: bool) -> Change {
    match (before, now) {
        _ if before == now => Change::Same,
        (0, _) if !of_rates => Change::FromZero,
        _ if before < now => Change::Up(now - before),
        _ => Change::Down(before - now),
    }
}

/// Sets last year's number beside each of the measures of a round that has one.
pub(super) fn set<'p>(plan: &'p Plan, current: &RoundStatus<'p>, measures: &mut [Measure<'p>]) {
    let Some(previous) = plan.previous.row(RoundRef::Of(current.round.id)) else { return };
    let day = current.round.agencies.last_on_time(&plan.holidays);
    let heirs: Vec<AgencyId> = plan.agencies.iter().map(|agency| plan.heir(agency.id, day)).collect();
    let last = previous.data_to.value;
    let mut parts = BTreeMap::<_, Vec<_>>::new();
    for (agency, heir) in plan.agencies.iter().zip(&heirs) {
        if agency.is_there(last) {
            parts.entry(*heir).or_default().push(agency.id);
        }
    }
    let years = Years { plan, current, previous, heirs, parts };
    for measure in measures.iter_mut() {
        measure.last_year = years.of_sum(measure);
    }
    for at in 0..measures.len() {
        if let Some(rate) = measures[at].quantity.rate() {
            measures[at].last_year = of_rate(previous, measures, measures[at].value, rate);
        }
    }
}

/// A round and the same days of last year.
struct Years<'p, 'c> {
    plan: &'p Plan,
    current: &'c RoundStatus<'p>,
    previous: &'p Previous,
    /// Who tells in the round of what each agency told before.
    heirs: Vec<AgencyId>,
    /// Of each of those, who was there at the end of last year's data.
    parts: BTreeMap<AgencyId, Vec<AgencyId>>,
}

impl<'p> Years<'p, '_> {
    fn of_sum(&self, measure: &Measure<'p>) -> Option<LastYear<'p>> {
        let Self { plan, current, previous, .. } = *self;
        let indicator = measure.quantity.indicator().filter(|indicator| indicator.is_typed())?;
        let figure = previous.figures.row(indicator.id)?;
        let other_unit = figure.other_unit(indicator).map(|unit| unit.value.as_str());
        let (comparison, unlike) = match measure.value {
            _ if other_unit.is_some() => (Err(NotCompared::OtherUnit), Vec::new()),
            _ if !previous.is_of_same_days(current.round) => (Err(NotCompared::OtherDays), Vec::new()),
            _ if current.is_open => (Err(NotCompared::StillOpen), Vec::new()),
            Amount::Sum(_) => self.compare(indicator, measure, figure),
            Amount::Unknown(_) | Amount::Percent { .. } => (Err(NotCompared::NoNumber), Vec::new()),
        };
        Some(LastYear {
            value: Amount::Sum(figure.total()),
            unit: other_unit.unwrap_or(&indicator.unit),
            source: figure.source.as_deref().unwrap_or(&previous.source),
            span: figure.key.span,
            agencies: figure.agencies.iter().map(|row| (&plan[row.key.value], row.value)).collect(),
            comparison,
            unlike,
        })
    }

    /// What can honestly be compared, the first that holds:
    ///
    /// * nothing last year was nothing of whichever agencies;
    /// * where each number of last year is known by its agency: all, if the same agencies gave a number this year; if not,
    ///   those that did in both years. Whoever told “không phát sinh” gave no number;
    /// * where (a part of) last year's sum is not known by agency: the two sums, if nobody is missing this year who must tell
    ///   (`is_complete`); if not, those agencies that are known in both years. A part of this year beside the whole of last
    ///   year is never a fall.
    ///
    /// Of a stock only answers of this round count: one from an earlier round is of other days.
    fn compare(
        &self,
        indicator: &Indicator,
        measure: &Measure<'p>,
        figure: &PreviousFigure,
    ) -> (Result<Comparison<'p>, NotCompared>, Vec<(&'p Agency, Unlike<'p>)>) {
        let is_of_round =
            |origin: Origin<'_>| matches!(origin, Origin::Round(of) if of.id == self.current.round.id);
        let added = measure.added().filter(|part| is_of_round(part.origin));
        let now = self.of_heirs(added.map(|part| (part.agency.id, part.value)));
        let mut then = self.of_heirs(figure.agencies.iter().map(|row| (row.key.value, row.value.value)));
        let (named, total) = (then.len(), figure.total());
        let mut unlike = self.unlike(figure, measure, then.keys().chain(now.keys()).copied().collect());
        let is_alone_then = unlike.iter().any(|(_, why)| matches!(why, Unlike::AloneThen(_)));
        let is_alone_now = unlike.iter().any(|(_, why)| matches!(why, Unlike::AloneNow));
        unlike.retain(|(agency, _)| then.contains_key(&agency.id));
        then.retain(|heir, _| unlike.iter().all(|(agency, _)| agency.id != *heir));
        unlike.retain(|(agency, _)| now.contains_key(&agency.id));
        let is_whole = match figure.of_agencies() == total {
            true => then.len() == named && then.keys().eq(now.keys()),
            false => !is_alone_then && !is_alone_now && self.is_complete(indicator, measure),
        };
        let is_nothing = total == 0 && !is_alone_then;
        if is_nothing || (is_whole && measure.added().all(|part| is_of_round(part.origin))) {
            let comparison = Comparison { before: Amount::Sum(total), now: measure.value, both: None };
            return (Ok(comparison), Vec::new());
        }
        let both: Vec<AgencyId> = then.keys().filter(|agency| now.contains_key(agency)).copied().collect();
        if both.is_empty() {
            let why = if named == 0 { NotCompared::Incomplete } else { NotCompared::NoAgencyInBoth };
            return (Err(why), unlike);
        }
        let sum = |of: &BTreeMap<AgencyId, u128>| Amount::Sum(both.iter().map(|agency| of[agency]).sum());
        let agencies = both.iter().map(|agency| &self.plan[*agency]).collect();
        (Ok(Comparison { before: sum(&then), now: sum(&now), both: Some(agencies) }), unlike)
    }

    /// Numbers by who tells of them in the round.
    fn of_heirs(&self, given: impl Iterator<Item = (AgencyId, u64)>) -> BTreeMap<AgencyId, u128> {
        let mut sums: BTreeMap<AgencyId, u128> = BTreeMap::new();
        given.for_each(|(of, value)| *sums.entry(self.heirs[usize::from(of)]).or_default() += u128::from(value));
        sums
    }

    /// Which agencies tell now of others than they did: of some that were there last year and have gone into them, and of whom
    /// there is no number then; of itself alone in one year, and not in the other. Whoever ended with last year's data was
    /// asked for none: its successor told of both.
    fn unlike(
        &self,
        figure: &PreviousFigure,
        measure: &Measure<'_>,
        heirs: BTreeSet<AgencyId>,
    ) -> Vec<(&'p Agency, Unlike<'p>)> {
        let known: BTreeMap<AgencyId, bool> =
            figure.agencies.iter().map(|row| (row.key.value, row.value.itself_alone)).collect();
        let alone = measure.added().filter(|part| part.itself_alone);
        let alone: BTreeSet<AgencyId> = alone.map(|part| part.agency.id).collect();
        let asked = self.previous.data_to.value.succ_opt().unwrap_or(self.previous.data_to.value);
        let is_known =
            |part: &AgencyId| known.contains_key(part) || known.contains_key(&self.plan.heir(*part, asked));
        let plan = self.plan;
        let told = heirs.into_iter().filter_map(|heir| {
            let parts = self.parts.get(&heir).map_or(&[][..], Vec::as_slice);
            let lacks: Vec<&Agency> =
                parts.iter().filter(|part| !is_known(part)).map(|part| &plan[*part]).collect();
            let is_alone = alone.contains(&heir);
            let alone_then = parts.iter().find(|part| known.get(part) == Some(&true));
            let why = match alone_then {
                _ if is_alone && parts.iter().any(|part| *part != heir) => Unlike::AloneNow,
                _ if !lacks.is_empty() => Unlike::Lacks(lacks),
                Some(part) if !is_alone => Unlike::AloneThen(&plan[*part]),
                _ => return None,
            };
            Some((&plan[heir], why))
        });
        told.collect()
    }

    /// Whether nobody is missing who must tell of an indicator this year: every agency that the round asks for one of its
    /// tasks, of those only requested to report the leads, has a valid report; each lead told a number or that there is none;
    /// and none says that its number is still to come.
    fn is_complete(&self, indicator: &Indicator, measure: &Measure<'_>) -> bool {
        let mut told: BTreeSet<AgencyId> = measure.added().map(|part| part.agency.id).collect();
        let mut to_come = BTreeSet::new();
        for other in measure.others.iter().filter(|other| other.verdict == Verdict::Added) {
            match other.answer {
                Answer::Unanswered(None) => {}
                Answer::Unanswered(Some(_)) => _ = to_come.insert(other.agency.id),
                _ => _ = told.insert(other.agency.id),
            }
        }
        self.current.agencies.iter().all(|status| {
            let agency = status.agency;
            let asked = self.plan.asked_tasks(self.current.round, agency.id).into_iter();
            let parts: Vec<Part> =
                asked.filter(|(task, _)| indicator.tasks.contains(&task.id)).map(|(_, part)| part).collect();
            let leads = parts.contains(&Part::Leads);
            let must = leads || (!parts.is_empty() && agency.reporting == Reporting::Required);
            if !must || !indicator.allows(agency.id) || agency.control_total_of.is_some() {
                return true;
            }
            let is_told = !leads || told.contains(&agency.id);
            status.validity == Validity::Valid && !to_come.contains(&agency.id) && is_told
        })
    }
}

/// A rate of last year from its two numbers; compared where both are, over all agencies, and neither rate is of few. Of numbers
/// of other units there is none.
fn of_rate<'p>(previous: &'p Previous, measures: &[Measure<'p>], now: Amount, rate: Rate) -> Option<LastYear<'p>> {
    let last_year = |id| of_indicator(measures, id)?.last_year.as_ref();
    let (of, over) = (last_year(rate.of)?, last_year(rate.over)?);
    let (Amount::Sum(part), Amount::Sum(whole)) = (of.value, over.value) else { return None };
    let whole = whole + previous.figures.row(rate.over).map_or(0, |figure| u128::from(figure.carried_over));
    let is_of_unit = |of: &LastYear<'_>| !matches!(of.comparison, Err(NotCompared::OtherUnit));
    let value = match (is_of_unit(of), is_of_unit(over)) {
        (true, true) if whole == 0 || part > whole => return None,
        (true, true) => Amount::Percent { part, whole },
        (true, false) => Amount::Unknown(Unknown::LacksWhole),
        (false, _) => Amount::Unknown(Unknown::LacksPart),
    };
    let is_whole = |of: &LastYear<'_>| of.comparison.as_ref().is_ok_and(|comparison| comparison.both.is_none());
    let comparison = match (value, now) {
        (Amount::Unknown(_), _) => Err(NotCompared::OtherUnit),
        _ if matches!(of.comparison, Err(NotCompared::OtherDays)) => Err(NotCompared::OtherDays),
        (_, Amount::Percent { whole: now, .. }) if now.min(whole) < FEW.into() => Err(NotCompared::TooFew),
        (_, Amount::Percent { .. }) if is_whole(of) && is_whole(over) => {
            Ok(Comparison { before: value, now, both: None })
        }
        (_, Amount::Percent { .. }) => Err(NotCompared::Parts),
        (_, Amount::Sum(_) | Amount::Unknown(_)) => Err(NotCompared::NoNumber),
    };
    let (source, span) = (over.source, over.span);
    Some(LastYear { value, unit: "%", source, span, agencies: Vec::new(), comparison, unlike: Vec::new() })
}
