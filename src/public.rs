//! What of the reports is for everyone to know: who was published for a violation, what was warned of, whom to call. Each
//! has an address of its own that stays as others come. Pure: checked reports in; says of what is held back why.

use std::collections::HashMap;

use chrono::NaiveDate;
use indexmap::IndexMap;

use crate::check;
use crate::model::{Agency, PERSONAL_NUMBER, Place, Plan, Report, Round, Spanned, Violator, ViolatorKind, Warning};
use crate::source::{self, FileId};
use crate::status::RoundStatus;
use crate::vietnamese::fold;
use crate::workspace::Workspace;

#[derive(Debug)]
pub(crate) struct Public<'p> {
    /// The newest first, as are the warnings.
    pub(crate) violators: Vec<Item<'p, Violator>>,
    pub(crate) warnings: Vec<Item<'p, Warning>>,
    /// In the order of the plan: the agency, and its number by its newest report, else by the plan.
    pub(crate) hotlines: Vec<(&'p Agency, &'p str)>,
    /// What reports tell of agencies that are gone: in no list.
    pub(crate) hotlines_gone: Vec<(&'p Agency, &'p Spanned<String>)>,
    pub(crate) unheard: Vec<Unheard<'p>>,
}

/// A report with errors, or one that nobody asked for and that tells something: that is in no list.
#[derive(Debug)]
pub(crate) struct Unheard<'p> {
    pub(crate) agency: Option<&'p Agency>,
    /// Of a valid one: the round that does not ask the agency.
    pub(crate) unasked: Option<&'p Round>,
    pub(crate) file: FileId,
    /// How much it tells for the lists, where it can be read.
    pub(crate) items: Option<usize>,
}

/// Something that is told of in one report or several, as the newest tells it.
#[derive(Debug)]
pub(crate) struct Item<'p, T> {
    /// What it is known by as others come.
    pub(crate) id: String,
    pub(crate) agency: &'p Agency,
    /// That tells it.
    report: &'p Report,
    pub(crate) found: &'p T,
    /// Why it is not for everyone on the day.
    pub(crate) held: Option<Held>,
}

/// Why something is held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    /// A person, and no paper that allows the name.
    NotAllowed,
    /// From this day on.
    NotYet(NaiveDate),
    /// Since the day after this one.
    Over(NaiveDate),
    /// There is somebody's number in it.
    PersonalNumber,
}

/// Of the valid reports of all rounds and the ad hoc ones.
pub(crate) fn public<'p>(workspace: &'p Workspace, rounds: &[RoundStatus<'p>]) -> Public<'p> {
    let reports = reports(workspace, rounds);
    let told = |agency: &Agency| {
        let mut told = reports.iter().rev().filter(|(of, _)| of.id == agency.id);
        told.find_map(|(_, report)| report.hotline.as_ref())
    };
    let (there, gone): (Vec<&Agency>, Vec<&Agency>) =
        workspace.plan.agencies.iter().partition(|agency| agency.is_there(workspace.as_of));
    let hotlines = there.into_iter().filter_map(|agency| {
        let hotline = told(agency).map(|told| told.value.as_str()).or(agency.hotline.as_deref());
        Some((agency, hotline?))
    });
    let hotlines_gone = gone.into_iter().filter_map(|agency| Some((agency, told(agency)?)));
    let violators = items(&reports, |report| &report.violators, of_violator);
    let warnings = items(&reports, |report| &report.warnings, of_warning);
    let mut public = Public {
        violators: violators
            .into_iter()
            .map(|item| {
                let held = held(&workspace.plan, item.found, workspace.as_of);
                Item { held: held.or_else(|| numbered(&workspace.plan, item.report, item.found.words())), ..item }
            })
            .collect(),
        warnings: warnings
            .into_iter()
            .map(|item| {
                let held = not_yet(item.found.issued, workspace.as_of);
                Item { held: held.or_else(|| numbered(&workspace.plan, item.report, item.found.words())), ..item }
            })
            .collect(),
        hotlines: hotlines.collect(),
        hotlines_gone: hotlines_gone.collect(),
        unheard: unheard(workspace).collect(),
    };
    public.violators.sort_by_key(|item| std::cmp::Reverse(item.found.published.map(|day| day.value)));
    public.warnings.sort_by_key(|item| std::cmp::Reverse(item.found.issued.map(|day| day.value)));
    public
}

/// The earliest first.
fn reports<'p>(workspace: &'p Workspace, rounds: &[RoundStatus<'p>]) -> Vec<(&'p Agency, &'p Report)> {
    let of_rounds = rounds
        .iter()
        .flat_map(|status| status.valid_reports().map(|(agency, report)| (status.round.data_to, agency, report)));
    let ad_hoc = workspace.submissions.iter().filter_map(|submission| {
        let Place::AdHoc { date, agency } = submission.place else { return None };
        let counts = submission.blank.is_none() && workspace.errors_in(submission.file) == 0;
        Some((date, &workspace.plan[agency], submission.report.as_ref().filter(|_| counts)?))
    });
    let mut reports: Vec<_> = of_rounds.chain(ad_hoc).collect();
    reports.sort_by_key(|(day, agency, _)| (*day, agency.id));
    reports.into_iter().map(|(_, agency, report)| (agency, report)).collect()
}

fn unheard(workspace: &Workspace) -> impl Iterator<Item = Unheard<'_>> {
    let plan = &workspace.plan;
    let sent = workspace.submissions.iter().filter(|submission| submission.blank.is_none());
    sent.filter_map(|submission| {
        let told = |report: &Report| {
            report.violators.len() + report.warnings.len() + usize::from(report.hotline.is_some())
        };
        let agency = submission.place.agency().map(|agency| &plan[agency]);
        let items = submission.report.as_ref().map(told);
        let unasked = match submission.place {
            _ if workspace.errors_in(submission.file) > 0 => None,
            Place::Round { round, agency } if !plan.is_asked(&plan[agency], &plan[round]) && items > Some(0) => {
                Some(&plan[round])
            }
            _ => return None,
        };
        Some(Unheard { agency, unasked, file: submission.file, items })
    })
}

/// Each once, as the last report tells it.
fn items<'p, T>(
    reports: &[(&'p Agency, &'p Report)],
    of: impl Fn(&'p Report) -> &'p [T],
    what: impl Fn(&T) -> String,
) -> Vec<Item<'p, T>> {
    let mut found: IndexMap<String, Item<'p, T>> = IndexMap::new();
    for (agency, report) in reports {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for item in of(report) {
            let what = what(item);
            let before = seen.entry(what.clone()).or_default();
            // Two of one report are two, however alike.
            let told = if *before == 0 { what } else { format!("{what}\u{1f}{before}") };
            *before += 1;
            let id = source::short_id(told);
            found.insert(id.clone(), Item { id, agency, report, found: item, held: None });
        }
    }
    found.into_values().collect()
}

/// Who was fined by which paper, or for what.
fn of_violator(violator: &Violator) -> String {
    let by = violator.decision.as_ref().map(|decision| decision.number.value.as_str());
    format!("{}\u{1f}{}", fold(&violator.name.value), fold(by.unwrap_or(&violator.violation.value)))
}

fn of_warning(warning: &Warning) -> String {
    format!("{}\u{1f}{:?}", fold(&warning.subject.value), warning.issued.map(|day| day.value))
}

fn held(plan: &Plan, violator: &Violator, as_of: NaiveDate) -> Option<Held> {
    let until = violator.until.map(|day| day.value).filter(|until| *until < as_of);
    let allowed = violator.publishable.as_ref().and_then(|paper| paper.date);
    let person = is_person(plan, violator);
    let waits = not_yet(allowed.filter(|_| person), as_of).or(not_yet(violator.published, as_of));
    until.map(Held::Over).or((person && allowed.is_none()).then_some(Held::NotAllowed)).or(waits)
}

fn not_yet(day: Option<Spanned<NaiveDate>>, as_of: NaiveDate) -> Option<Held> {
    day.filter(|day| day.value > as_of).map(|day| Held::NotYet(day.value))
}

/// What the report says, else the name: whoever's does not begin as organisations' do is taken for a person.
fn is_person(plan: &Plan, violator: &Violator) -> bool {
    if let Some(kind) = violator.kind {
        return kind == ViolatorKind::Person;
    }
    let name = fold(&violator.name.value);
    let begins = |word: &String| {
        let rest = name.strip_prefix(&fold(word));
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    !plan.wording.publish.iter().flat_map(|publish| &publish.organisations).any(begins)
}

/// Where somebody lives is nobody's business.
pub(crate) fn hides_address(plan: &Plan, violator: &Violator) -> bool {
    violator.address.is_some() && is_person(plan, violator)
}

/// Whether there is a personal number in what a report tells, and nobody said that it is none. Not by the problems that were
/// found: of many like ones the last are only counted.
fn numbered<'t>(
    plan: &Plan,
    report: &Report,
    mut words: impl Iterator<Item = &'t Spanned<String>>,
) -> Option<Held> {
    let is_accepted = || report.accepted.iter().any(|accepted| accepted.rule.written.value == PERSONAL_NUMBER);
    let is_found = words.any(|text| {
        // Most texts hold none, whoever's it may be.
        check::somebodys(&text.value, &[]).is_some()
            && check::somebodys(&text.value, &check::hotlines(plan, report)).is_some()
    });
    (is_found && !is_accepted()).then_some(Held::PersonalNumber)
}
