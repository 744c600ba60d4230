//! What falls on which day of the plan: deadlines of both levels, extensions, peak days, tasks that fall due. Pure: the
//! state of the rounds in, days in their order out. Reckons no deadline anew and knows no words.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::{Act, ActKind, Agency, Due, PeakDays, Plan, Reporting, Round, Task, TaskStatus};
use crate::register::Register;
use crate::status::{AgencyStatus, Progress, RoundStatus, TaskState};

/// Something that falls on a day or some days.
#[derive(Debug)]
pub(crate) struct Event<'p> {
    pub(crate) what: What<'p>,
    /// The first and the last day.
    pub(crate) days: (NaiveDate, NaiveDate),
    /// The day since when it is so, as far as the data tell; what is taken back does not make it earlier.
    pub(crate) since: NaiveDate,
    /// How many papers have moved it or taken that back.
    pub(crate) moves: usize,
}

#[derive(Debug)]
pub(crate) enum What<'p> {
    Deadline(Deadline<'p>),
    Peak(&'p PeakDays),
    /// And whether it is done.
    TaskDue(&'p Task, bool),
}

#[derive(Debug, Clone)]
pub(crate) struct Deadline<'p> {
    pub(crate) round: &'p Round,
    pub(crate) of: Whose<'p>,
    /// The last day that is on time.
    pub(crate) last: NaiveDate,
    /// The last working day until then.
    pub(crate) working: NaiveDate,
    /// Since when all was sent that is to be sent by it.
    pub(crate) met: Option<NaiveDate>,
}

/// Who sends by a deadline.
#[derive(Debug, Clone)]
pub(crate) enum Whose<'p> {
    Agencies,
    /// Those that have until one day, each by its paper.
    Extended(Vec<(&'p Agency, &'p Act)>),
    One(&'p Agency, Option<&'p Act>),
    Consolidator,
}

impl Whose<'_> {
    /// The day of the newest paper that moved the deadline in a round, met it or took that back, and how many there are.
    fn moved(&self, round: &Round, register: &Register) -> (Option<NaiveDate>, usize) {
        let kind = match self {
            Self::Agencies => return (None, 0),
            Self::Consolidator => ActKind::Issue,
            Self::Extended(_) | Self::One(..) => ActKind::Extend,
        };
        let is_own = |act: &&Act| match self {
            Self::One(agency, _) => act.agency.is_some_and(|of| of.value == agency.id),
            _ => true,
        };
        let days = register.with_withdrawals(round.id, kind).filter(is_own).map(|act| act.date.value);
        days.fold((None, 0), |(newest, count), day| (newest.max(Some(day)), count + 1))
    }
}

impl Event<'_> {
    /// What it is known by from one day to the next, whatever is reported or moved meanwhile.
    pub(crate) fn id(&self) -> String {
        match &self.what {
            What::Deadline(deadline) => {
                let of = match &deadline.of {
                    Whose::Agencies => "agencies".to_owned(),
                    // Whoever joins or leaves, and whatever day it is moved to.
                    Whose::Extended(acts) => {
                        format!("extended-{}", acts.first().map_or("", |(agency, _)| &agency.key))
                    }
                    Whose::One(agency, _) => agency.key.clone(),
                    Whose::Consolidator => "consolidated".to_owned(),
                };
                let day = if self.is_working_day() { ".working-day" } else { "" };
                format!("round.{}.{of}{day}", deadline.round.key)
            }
            What::Peak(peak) => format!("peak.{}", peak.id),
            What::TaskDue(task, _) => format!("task.{}", task.key),
        }
    }

    /// Whether it is the last working day before a deadline that is on a day off.
    pub(crate) fn is_working_day(&self) -> bool {
        matches!(&self.what, What::Deadline(deadline) if deadline.last != self.days.0)
    }
}

/// All that falls on days, the earliest first; with `only` what one agency owes, by its own deadlines.
pub(crate) fn events<'p>(
    plan: &'p Plan,
    register: &Register,
    rounds: &[RoundStatus<'p>],
    only: Option<&'p Agency>,
) -> Vec<Event<'p>> {
    // The plan may not bear its day yet.
    let since = plan.date.or_else(|| NaiveDate::from_ymd_opt(plan.year, 1, 1)).unwrap_or_default();
    let mut events = Vec::new();
    for deadline in rounds.iter().flat_map(|status| deadlines(plan, status, only)) {
        let (moved, moves) = deadline.of.moved(deadline.round, register);
        let since = moved.unwrap_or(since).max(deadline.met.unwrap_or_default());
        let before = (deadline.working != deadline.last).then_some(deadline.working);
        events.extend(before.into_iter().chain([deadline.last]).map(|day| {
            let what = What::Deadline(deadline.clone());
            Event { what, days: (day, day), since, moves }
        }));
    }
    if only.is_none() {
        let peak = |peak: &'p PeakDays| {
            let first = peak.from.value;
            let last = peak.to.map_or(first, |to| to.value.max(first));
            Event { what: What::Peak(peak), days: (first, last), since, moves: 0 }
        };
        events.extend(plan.peak_days.iter().map(peak));
    }
    events.extend(plan.tasks.iter().filter_map(|task| {
        let Due::On(day) = task.due else { return None };
        // After its last day nobody does what was an agency's.
        let is_of = |agency: &Agency| plan.takes_part(task, agency.id) && agency.is_there(day);
        let done = done(task, rounds, only);
        let since = since.max(done.unwrap_or_default());
        let what = What::TaskDue(task, done.is_some());
        only.is_none_or(is_of).then_some(Event { what, days: (day, day), since, moves: 0 })
    }));
    events.sort_by_key(|event| event.days);
    events
}

/// Since when a task is done, as all leads say or one agency alone.
fn done(task: &Task, rounds: &[RoundStatus<'_>], only: Option<&Agency>) -> Option<NaiveDate> {
    rounds.iter().find_map(|status| {
        let says = |own: &AgencyStatus<'_>| {
            let entry = own.valid_report().and_then(|report| report.entry(task.id));
            entry.is_some_and(|entry| entry.status == Some(TaskStatus::Done))
        };
        let own = only.and_then(|agency| status.agency(agency.id)).filter(|own| says(own));
        let is_done = |state: &TaskState<'_>| state.task.id == task.id && state.progress == Progress::Done;
        let leads = task.leads.iter().filter_map(|lead| status.agency(*lead));
        let received = |own: &AgencyStatus<'_>| own.first_received;
        match own {
            Some(own) => received(own),
            None => status.tasks.iter().any(is_done).then(|| leads.filter_map(received).max())?,
        }
    })
}

/// Since when all have sent who send by a deadline.
fn met(of: &Whose<'_>, status: &RoundStatus<'_>) -> Option<NaiveDate> {
    let day = |own: &AgencyStatus<'_>| own.has_report().then(|| own.first_received.unwrap_or_default());
    let of_agency = |agency: &Agency| status.agency(agency.id).and_then(day);
    let required = |own: &&AgencyStatus<'_>| own.agency.reporting == Reporting::Required;
    let days: Vec<Option<NaiveDate>> = match of {
        Whose::Consolidator => vec![status.issued.as_ref().map(|issued| issued.act.date.value)],
        Whose::Agencies => status.agencies.iter().filter(required).map(day).collect(),
        Whose::Extended(acts) => acts.iter().map(|(agency, _)| of_agency(agency)).collect(),
        Whose::One(agency, _) => vec![of_agency(agency)],
    };
    days.into_iter().collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// The deadlines of a round; with `only` those of one agency.
pub(crate) fn deadlines<'p>(
    plan: &Plan,
    status: &RoundStatus<'p>,
    only: Option<&'p Agency>,
) -> impl Iterator<Item = Deadline<'p>> {
    let round = status.round;
    let usual = round.agencies.last_on_time(&plan.holidays);
    let mut found = Vec::new();
    match only {
        Some(agency) => {
            let own = status.agency(agency.id);
            let extension = |own: &AgencyStatus<'p>| own.extension.filter(|_| own.last_on_time != usual);
            found.extend(own.map(|own| (Whose::One(agency, extension(own)), own.last_on_time)));
        }
        None => {
            found.push((Whose::Agencies, usual));
            let mut extended: BTreeMap<NaiveDate, Vec<_>> = BTreeMap::new();
            for own in status.agencies.iter().filter(|own| own.last_on_time != usual) {
                let act = own.extension.map(|act| (own.agency, act));
                extended.entry(own.last_on_time).or_default().extend(act);
            }
            found.extend(extended.into_iter().map(|(last, acts)| (Whose::Extended(acts), last)));
        }
    }
    if only.is_none_or(|agency| Some(agency.id) == plan.consolidator) {
        found.push((Whose::Consolidator, round.consolidated.last_on_time(&plan.holidays)));
    }
    found.into_iter().map(move |(of, last)| {
        let met = met(&of, status);
        Deadline { round, of, last, working: plan.holidays.last_working_day(last), met }
    })
}
