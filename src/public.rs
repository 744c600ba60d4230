//! What of the reports is for everyone to know: who was published for a violation, what was warned of, whom to call. Each
//! has an address of its own that stays as others come. Pure: checked reports in; says of what is held back why.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::check;
use crate::model::{
    Agency, AgencyId, PERSONAL_NUMBER, Paper, Place, Plan, Report, Round, RoundRef, Spanned, Violator,
    ViolatorKind, Warning,
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
        violators: items(&reports, |report| &report.violators),
        warnings: items(&reports, |report| &report.warnings),
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
    /// Whether it is what others of the same name told, and by how much: the first thing that agrees counts most.
    fn is(&self, key: &Key, item: &Item<'_, Self>, known: &Known, is_own: bool) -> Option<[bool; 3]>;
}

/// What a telling is compared by, folded.
struct Key {
    name: String,
    /// The number of the paper, the day: where both tell it, it decides.
    sure: Option<String>,
    /// What was done, what is warned of.
    about: String,
}

/// What all tellings of an item together tell.
struct Known {
    agencies: Vec<AgencyId>,
    sure: Option<String>,
    about: Vec<String>,
}

impl Known {
    fn add(&mut self, agency: &Agency, key: Key) {
        if !self.agencies.contains(&agency.id) {
            self.agencies.push(agency.id);
        }
        if !self.about.contains(&key.about) {
            self.about.push(key.about);
        }
        self.sure = key.sure.or(self.sure.take());
    }
}

impl Told for Violator {
    fn key(&self) -> Key {
        let number = |paper: &Paper| unaccented(&paper_number(&paper.number.value));
        Key {
            name: fold(&self.name.value),
            sure: self.decision.as_ref().map(number),
            about: fold(&self.violation.value),
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

    /// Two agencies' are one by the same paper alone; one agency's, for the same where one telling lacks the paper.
    fn is(&self, key: &Key, item: &Item<'_, Self>, known: &Known, is_own: bool) -> Option<[bool; 3]> {
        let date = |paper: Option<&Paper>| paper.and_then(|paper| paper.date);
        let is_for_same = known.about.contains(&key.about);
        let by_same = match (&known.sure, &key.sure) {
            (Some(one), Some(other)) if one != other => return None,
            (Some(_), Some(_)) if is_own || agree(date(item.decision()), date(self.decision.as_ref())) => true,
            (Some(_), Some(_)) => return None,
            _ if is_own && is_for_same => false,
            _ => return None,
        };
        let same_day = item.found.published.is_some() && agree(item.found.published, self.published);
        Some([by_same, is_for_same, same_day])
    }
}

impl Told for Warning {
    fn key(&self) -> Key {
        Key {
            name: fold(&self.subject.value),
            sure: self.issued.map(|day| day.value.to_string()),
            about: self.content.as_ref().map_or_else(String::new, |text| fold(&text.value)),
        }
    }

    fn known_by(&self, agency: &Agency) -> String {
        format!("{}\u{1f}{:?}\u{1f}{}", fold(&self.subject.value), self.issued.map(|day| day.value), agency.key)
    }

    fn order(&self) -> (Option<NaiveDate>, Option<u64>, Vec<&str>) {
        (self.issued.map(|day| day.value), None, self.words().map(|text| text.value.as_str()).collect())
    }

    /// Another agency's warning is another warning.
    fn is(&self, key: &Key, _: &Item<'_, Self>, known: &Known, is_own: bool) -> Option<[bool; 3]> {
        let is_one = known.sure.as_ref().zip(key.sure.as_ref()).is_none_or(|(one, other)| one == other);
        let same_day = known.sure == key.sure;
        (is_own && is_one).then(|| [same_day, known.about.contains(&key.about), true])
    }
}

/// Whether two days are one, as far as both are told.
fn agree(one: Option<Spanned<NaiveDate>>, other: Option<Spanned<NaiveDate>>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one.value == other.value)
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

/// Each once. Two of one report are two, however alike.
fn items<'p, T: Told>(
    reports: &[(&'p Agency, &'p Report)],
    of: impl Fn(&'p Report) -> &'p [T],
) -> Vec<Item<'p, T>> {
    let (mut items, mut known): (Vec<Item<'p, T>>, Vec<Known>) = (Vec::new(), Vec::new());
    // Only those are compared that may be one: of an agency, or by a paper.
    let mut by: HashMap<String, Vec<usize>> = HashMap::new();
    let mut ids: HashMap<String, usize> = HashMap::new();
    for &(agency, report) in reports {
        let places = |key: &Key| {
            let sure = key.sure.iter().map(|of| format!("{of}\u{1f}\u{1f}{}", key.name));
            sure.chain([format!("{}\u{1f}{}", agency.key, key.name)]).collect::<Vec<_>>()
        };
        let mut new: Vec<&T> = of(report).iter().collect();
        new.sort_by_cached_key(|told| told.order());
        let keys: Vec<Key> = new.iter().map(|told| told.key()).collect();
        let mut pairs = Vec::new();
        for (at, (told, key)) in new.iter().zip(&keys).enumerate() {
            for &of in places(key).iter().filter_map(|place| by.get(place)).flatten() {
                let is_own = known[of].agencies.contains(&agency.id);
                let agree = told.is(key, &items[of], &known[of], is_own);
                pairs.extend(agree.map(|agree| (Reverse(agree), at, of)));
            }
        }
        // What agrees best is paired first.
        pairs.sort_by_key(|(agree, ..)| *agree);
        let (mut same, mut taken) = (vec![None; new.len()], HashSet::new());
        for (_, at, of) in pairs {
            if same[at].is_none() && taken.insert(of) {
                same[at] = Some(of);
            }
        }
        for ((found, key), same) in new.into_iter().zip(keys).zip(same) {
            let at = same.unwrap_or(items.len());
            if same.is_none() {
                let by = found.known_by(agency);
                let before = ids.entry(by.clone()).or_default();
                let id = source::short_id(if *before == 0 { by } else { format!("{by}\u{1f}{before}") });
                *before += 1;
                items.push(Item { id, agency, report, found, told: Vec::new(), held: None, is_dropped: false });
                known.push(Known { agencies: Vec::new(), sure: None, about: Vec::new() });
            }
            let item = &mut items[at];
            (item.agency, item.report, item.found) = (agency, report, found);
            item.told.push((agency, found));
            for place in places(&key) {
                let list = by.entry(place).or_default();
                list.extend((!list.contains(&at)).then_some(at));
            }
            known[at].add(agency, key);
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
