//! What of the reports is for everyone to know: who was published for a violation, what was warned of, whom to call. Each
//! has an address of its own that stays as others come. Pure: checked reports in; says of what is held back why.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::check;
use crate::model::{
    Agency, PERSONAL_NUMBER, Paper, Place, Plan, Report, Round, RoundRef, Spanned, Violator, ViolatorKind, Warning,
};
use crate::source::{self, FileId};
use crate::status::RoundStatus;
use crate::vietnamese::{fold, paper_number, unaccented};
use crate::workspace::Workspace;

#[derive(Debug)]
pub(crate) struct Public<'p> {
    /// The newest first, as are the warnings.
    pub(crate) violators: Vec<Item<'p, Violator>>,
    pub(crate) warnings: Vec<Item<'p, Warning>>,
    /// In the order of the plan: the agency, and its number by its newest report, else by the plan.
    pub(crate) hotlines: Vec<(&'p Agency, &'p str)>,
    /// What is in no list: why, else of an agency that is gone.
    pub(crate) hotlines_held: Vec<(&'p Agency, &'p Spanned<String>, Option<Held>)>,
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
    /// What it is known by as others come: by what the earliest told.
    pub(crate) id: String,
    /// Whose report is the newest that tells it.
    pub(crate) agency: &'p Agency,
    report: &'p Report,
    pub(crate) found: &'p T,
    /// By all reports that tell it, the earliest first.
    told: Vec<(&'p Agency, &'p T)>,
    /// Why it is not for everyone on the day.
    pub(crate) held: Option<Held>,
    /// Whether the newest report of a round of who told it tells it no more: lists are of the whole year.
    pub(crate) is_dropped: bool,
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
        told.find_map(|(_, report)| {
            let hotline = report.hotline.as_ref()?;
            let is_personal = check::personal(&hotline.value).is_some() && !is_accepted(report);
            Some((hotline, is_personal.then_some(Held::PersonalNumber)))
        })
    };
    let (there, gone): (Vec<&Agency>, Vec<&Agency>) =
        workspace.plan.agencies.iter().partition(|agency| agency.is_there(workspace.as_of));
    let hotlines = there.iter().filter_map(|agency| {
        let told = told(agency).filter(|(_, held)| held.is_none());
        Some((*agency, told.map(|(told, _)| told.value.as_str()).or(agency.hotline.as_deref())?))
    });
    let personal = there.iter().filter_map(|agency| told(agency).map(|(told, held)| (*agency, told, held)));
    let personal = personal.filter(|(.., held)| held.is_some());
    let hotlines_gone = gone.iter().filter_map(|agency| Some((*agency, told(agency)?.0, None)));
    let mut public = Public {
        violators: items(&reports, |report| &report.violators, false),
        warnings: items(&reports, |report| &report.warnings, true),
        hotlines: hotlines.collect(),
        hotlines_held: personal.chain(hotlines_gone).collect(),
        unheard: unheard(workspace).collect(),
    };
    let (plan, as_of) = (&workspace.plan, workspace.as_of);
    let mut newest: HashMap<_, Vec<&Report>> = HashMap::new();
    for (agency, report) in
        reports.iter().filter(|(_, report)| report.round.is_some_and(|of| of.value != RoundRef::AdHoc))
    {
        newest.entry(agency.id).or_default().push(report);
    }
    // What an ad hoc report tells no other has to tell again.
    let is_dropped = |agency: &Agency, report: &Report| {
        let before = newest.get(&agency.id).and_then(|of| of.split_last()).map(|(_, before)| before);
        before.is_some_and(|before| before.iter().any(|of| std::ptr::eq(*of, report)))
    };
    for item in &mut public.violators {
        item.held = held(plan, item, as_of).or_else(|| numbered(plan, item.report, item.found.words()));
        item.is_dropped = item.held.is_none() && is_dropped(item.agency, item.report);
    }
    for item in &mut public.warnings {
        item.held = not_yet(item.issued(), as_of).or_else(|| numbered(plan, item.report, item.found.words()));
        item.is_dropped = item.held.is_none() && is_dropped(item.agency, item.report);
    }
    public.violators.sort_by_key(|item| Reverse(item.published().map(|day| day.value)));
    public.warnings.sort_by_key(|item| Reverse(item.issued().map(|day| day.value)));
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

/// What reports tell and tell again.
trait Told: Sized {
    /// By what it is known again.
    fn key(&self) -> Key;
    /// What it is known by, in the first report that tells it.
    fn known_by(&self, agency: &Agency) -> String;
    /// Which of alike ones of a report comes first, wherever it stands there: the earlier.
    fn order(&self) -> (Option<NaiveDate>, Option<u64>, Vec<&str>);
}

/// What a telling is compared by, folded.
struct Key {
    name: String,
    /// The number of the paper, the day: where both tell it, it decides.
    sure: Option<String>,
    /// What was done, what is warned of.
    about: String,
    day: Option<NaiveDate>,
    /// The day of a paper, which other agencies may tell of too.
    paper: Option<NaiveDate>,
}

impl Key {
    /// By what an earlier telling is looked up, what agrees most first: by what is sure, whoever told it, and then by one agency's
    /// words, for the same where one of the two lacks what is sure.
    fn ways(&self, agency: &Agency, is_own_alone: bool) -> [Vec<String>; 2] {
        let Self { name, sure, about, day, .. } = self;
        let whose = if is_own_alone { agency.key.as_str() } else { "" };
        let within = |whose: &str, words: bool| {
            let same_day = day.map(|day| format!("{whose}\u{1f}{name}\u{1f}{about}\u{1f}{day}"));
            let by_name = words.then(|| format!("{whose}\u{1f}{name}"));
            same_day.into_iter().chain([format!("{whose}\u{1f}{name}\u{1f}{about}")]).chain(by_name).collect()
        };
        let by_sure = sure.as_ref().map_or_else(Vec::new, |sure| within(&format!("{whose}\u{1f}{sure}"), true));
        [by_sure, within(&agency.key, is_own_alone)]
    }
}

impl Told for Violator {
    fn key(&self) -> Key {
        let number = |paper: &Paper| unaccented(&paper_number(&paper.number.value));
        Key {
            name: fold(&self.name.value),
            sure: self.decision.as_ref().map(number),
            about: fold(&self.violation.value),
            day: self.published.map(|day| day.value),
            paper: self.decision.as_ref().and_then(|paper| paper.date).map(|day| day.value),
        }
    }

    /// Who was fined by which paper, or for what by whom.
    fn known_by(&self, agency: &Agency) -> String {
        let by = match &self.decision {
            Some(decision) => fold(&paper_number(&decision.number.value)),
            None => format!("{}\u{1f}{}", fold(&self.violation.value), agency.key),
        };
        format!("{}\u{1f}{by}", fold(&self.name.value))
    }

    fn order(&self) -> (Option<NaiveDate>, Option<u64>, Vec<&str>) {
        let fine = self.fine.as_ref().map(|fine| fine.value);
        (self.published.map(|day| day.value), fine, self.words().map(|text| text.value.as_str()).collect())
    }
}

impl Told for Warning {
    fn key(&self) -> Key {
        Key {
            name: fold(&self.subject.value),
            sure: self.issued.map(|day| day.value.to_string()),
            about: self.content.as_ref().map_or_else(String::new, |text| fold(&text.value)),
            day: None,
            paper: None,
        }
    }

    fn known_by(&self, agency: &Agency) -> String {
        format!("{}\u{1f}{:?}\u{1f}{}", fold(&self.subject.value), self.issued.map(|day| day.value), agency.key)
    }

    fn order(&self) -> (Option<NaiveDate>, Option<u64>, Vec<&str>) {
        (self.issued.map(|day| day.value), None, self.words().map(|text| text.value.as_str()).collect())
    }
}

impl<'p, T> Item<'p, T> {
    /// What the newest tells that tells any.
    fn newest<D>(&self, of: impl Fn(&'p T) -> Option<D>) -> Option<D> {
        self.told.iter().rev().find_map(|(_, told)| of(told))
    }
}

/// A later report that leaves out a day, a paper or that it is a person does not take it back.
impl<'p> Item<'p, Violator> {
    pub(crate) fn decision(&self) -> Option<&'p Paper> {
        self.newest(|found| found.decision.as_ref())
    }

    pub(crate) fn published(&self) -> Option<Spanned<NaiveDate>> {
        self.newest(|found| found.published)
    }

    pub(crate) fn until(&self) -> Option<Spanned<NaiveDate>> {
        self.newest(|found| found.until)
    }
}

impl Item<'_, Warning> {
    pub(crate) fn issued(&self) -> Option<Spanned<NaiveDate>> {
        self.newest(|found| found.issued)
    }
}

/// Each once. Two of one report are two, however alike. A paper is one, whichever agencies tell of it, as far as they tell its
/// day; what another agency warns of is another warning (`is_own_alone`).
fn items<'p, T: Told>(
    reports: &[(&'p Agency, &'p Report)],
    of: impl Fn(&'p Report) -> &'p [T],
    is_own_alone: bool,
) -> Vec<Item<'p, T>> {
    let mut items: Vec<Item<'p, T>> = Vec::new();
    // Of each whether what is sure of it is known, the day of its paper, and the last report that told it.
    let mut known: Vec<(bool, Option<NaiveDate>, usize)> = Vec::new();
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    let mut ids: HashMap<String, usize> = HashMap::new();
    for (at_report, &(agency, report)) in reports.iter().enumerate() {
        let mut new: Vec<&T> = of(report).iter().collect();
        new.sort_by_cached_key(|told| told.order());
        let keys: Vec<Key> = new.iter().map(|told| told.key()).collect();
        let ways: Vec<[Vec<String>; 2]> = keys.iter().map(|key| key.ways(agency, is_own_alone)).collect();
        let mut same: Vec<Option<usize>> = vec![None; new.len()];
        // Where the next that nobody took stands: of many alike none is looked at again.
        let mut next: HashMap<&str, usize> = HashMap::new();
        let most = ways.iter().flatten().map(Vec::len).max().unwrap_or_default();
        for (kind, rank) in (0..2).flat_map(|kind| (0..most).map(move |rank| (kind, rank))) {
            for at in 0..new.len() {
                if same[at].is_some() {
                    continue;
                }
                let Some(way) = ways[at][kind].get(rank) else { continue };
                let Some(all) = places.get(way) else { continue };
                let from = next.entry(way).or_default();
                *from += all[*from..].iter().take_while(|of| known[**of].2 == at_report).count();
                let fits = |of: &&usize| {
                    let (is_sure, paper, last) = known[**of];
                    let is_one = || paper.zip(keys[at].paper).is_none_or(|(one, other)| one == other);
                    let is_own = || items[**of].told.iter().any(|(by, _)| by.id == agency.id);
                    let may_be = match kind {
                        0 => is_one() || is_own(),
                        _ => !is_sure || keys[at].sure.is_none(),
                    };
                    last != at_report && may_be
                };
                if let Some(of) = all[*from..].iter().find(fits).copied() {
                    same[at] = Some(of);
                    known[of].2 = at_report;
                }
            }
        }
        for (((found, key), ways), same) in new.into_iter().zip(keys).zip(ways).zip(same) {
            let at = same.unwrap_or(items.len());
            if same.is_none() {
                let by = found.known_by(agency);
                let before = ids.entry(by.clone()).or_default();
                let id = source::short_id(if *before == 0 { by } else { format!("{by}\u{1f}{before}") });
                *before += 1;
                items.push(Item { id, agency, report, found, told: Vec::new(), held: None, is_dropped: false });
                known.push((false, None, at_report));
            }
            let item = &mut items[at];
            (item.agency, item.report, item.found) = (agency, report, found);
            item.told.push((agency, found));
            let (is_sure, paper, _) = known[at];
            known[at] = (is_sure || key.sure.is_some(), key.paper.or(paper), at_report);
            for way in ways.into_iter().flatten() {
                places.entry(way).or_default().push(at);
            }
        }
    }
    items
}

fn held(plan: &Plan, item: &Item<'_, Violator>, as_of: NaiveDate) -> Option<Held> {
    let until = item.until().map(|day| day.value).filter(|until| *until < as_of);
    let allowed = item.found.publishable.as_ref().and_then(|paper| paper.date);
    let person = is_person(plan, item);
    let waits = not_yet(allowed.filter(|_| person), as_of).or(not_yet(item.published(), as_of));
    until.map(Held::Over).or((person && allowed.is_none()).then_some(Held::NotAllowed)).or(waits)
}

fn not_yet(day: Option<Spanned<NaiveDate>>, as_of: NaiveDate) -> Option<Held> {
    day.filter(|day| day.value > as_of).map(|day| Held::NotYet(day.value))
}

/// What the report says, else the name: whoever's does not begin as organisations' do is taken for a person.
fn is_person(plan: &Plan, item: &Item<'_, Violator>) -> bool {
    if let Some(kind) = item.newest(|found| found.kind) {
        return kind == ViolatorKind::Person;
    }
    let name = fold(&item.found.name.value);
    let begins = |word: &String| {
        let rest = name.strip_prefix(&fold(word));
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    !plan.wording.publish.iter().flat_map(|publish| &publish.organisations).any(begins)
}

/// Where somebody lives is nobody's business.
pub(crate) fn hides_address(plan: &Plan, item: &Item<'_, Violator>) -> bool {
    item.found.address.is_some() && is_person(plan, item)
}

/// Whether there is a personal number in what a report tells, and nobody said that it is none. Not by the problems that were
/// found: of many like ones the last are only counted.
fn numbered<'t>(
    plan: &Plan,
    report: &Report,
    mut words: impl Iterator<Item = &'t Spanned<String>>,
) -> Option<Held> {
    let is_found = words.any(|text| {
        // Most texts hold none, whoever's it may be.
        check::somebodys(&text.value, &[]).is_some()
            && check::somebodys(&text.value, &check::hotlines(plan, report)).is_some()
    });
    (is_found && !is_accepted(report)).then_some(Held::PersonalNumber)
}

fn is_accepted(report: &Report) -> bool {
    report.accepted.iter().any(|accepted| accepted.rule.written.value == PERSONAL_NUMBER)
}
