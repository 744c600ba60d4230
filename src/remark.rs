//! Difficulties and recommendations, merged and put in order once for whoever shows them: what an agency says in several
//! reports, or said in an earlier year and nobody settled, is one remark. Pure: checked reports in, remarks out.
//!
//! Reports that are not valid are heard too: an urgent difficulty is not silenced by a wrong figure. Whoever speaks of
//! some reports alone takes what is said `within` them.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use indexmap::IndexMap;

use crate::model::{
    Act, Agency, AgencyId, Carried, CarriedKind, Place, Plan, Report, Round, Spanned, Task, TaskId, Theme, ThemeId,
    raised_on, remark_id, remark_key,
};
use crate::source::{Span, as_id};
use crate::workspace::Workspace;

/// What an agency says in one report or several, or said in an earlier year.
#[derive(Debug)]
pub(crate) struct Remark<'p> {
    /// What it is settled by: an id of the agency and of the words that it was first said in.
    pub(crate) id: String,
    /// What texts that say the same have in common.
    key: String,
    pub(crate) agency: &'p Agency,
    pub(crate) kind: Kind<'p>,
    /// As the newest report words it.
    pub(crate) text: &'p Spanned<String>,
    /// Of a difficulty: the newest that was given.
    pub(crate) cause: Option<&'p Spanned<String>>,
    pub(crate) task: Option<&'p Task>,
    /// What it is about, as the newest report says.
    pub(crate) theme: Option<&'p Theme>,
    /// The last day that a recommendation means something.
    pub(crate) expires: Option<NaiveDate>,
    /// What it was when it was carried over from an earlier year.
    pub(crate) carried: Option<&'p Carried>,
    /// The agency's reports that say so, the earliest first; none where it was carried over and nobody has said it since.
    pub(crate) said: Vec<Saying<'p>>,
    /// The day from which the agency has been saying so.
    pub(crate) since: Option<NaiveDate>,
    /// Whether an ad hoc report says so.
    pub(crate) is_urgent: bool,
    /// The act that says what became of it; it is open until then.
    pub(crate) settled: Option<&'p Act>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind<'p> {
    Difficulty,
    Recommendation {
        /// Id of the body addressed.
        to: Option<&'p str>,
    },
}

/// A report that had come.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Voice<'p> {
    pub(crate) report: &'p Report,
    /// Absent for an ad hoc report.
    pub(crate) round: Option<&'p Round>,
    /// The day of an ad hoc report, the day of receipt of another; absent where it cannot be read.
    pub(crate) day: Option<NaiveDate>,
    pub(crate) valid: bool,
}

/// What one report says of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Saying<'p> {
    pub(crate) voice: Voice<'p>,
    text: &'p Spanned<String>,
    cause: Option<&'p Spanned<String>>,
    task: Option<&'p Task>,
    theme: Option<&'p Theme>,
    expires: Option<NaiveDate>,
}

/// The same text from several agencies.
#[derive(Debug)]
pub(crate) struct Shared<'p> {
    /// As the first of them words it.
    pub(crate) text: &'p str,
    pub(crate) by: Vec<&'p Agency>,
}

impl<'p> Remark<'p> {
    fn new(
        plan: &'p Plan,
        agency: &'p Agency,
        (id, key, kind): (String, String, Kind<'p>),
        (carried, said): Told<'p>,
    ) -> Option<Self> {
        let of_carried = carried.map(|carried| &carried.text);
        let first = of_carried.or(said.first().map(|saying| saying.text))?;
        let newest = said.iter().rev();
        let expires = newest.clone().find_map(|saying| saying.expires).or(carried.and_then(|of| of.expires));
        // Who asks again after the day named before, and names no other, asks anew.
        let holds = |day: &NaiveDate| {
            let asked = |last: &Saying<'_>| last.voice.day.is_some_and(|asked| asked <= *day);
            said.last().is_none_or(|last| last.expires.is_some() || asked(last))
        };
        Some(Self {
            id,
            key,
            agency,
            kind,
            text: said.last().map_or(first, |saying| saying.text),
            cause: newest.clone().find_map(|saying| saying.cause).or(carried.and_then(|of| of.cause.as_ref())),
            task: newest.clone().find_map(|saying| saying.task).or(carried.and_then(|of| Some(&plan[of.task?]))),
            theme: newest.clone().find_map(|saying| saying.theme).or(carried.and_then(|of| Some(&plan[of.theme?]))),
            expires: expires.filter(holds),
            since: carried.map_or_else(|| said.first()?.voice.day, |carried| carried.since),
            is_urgent: said.iter().any(|saying| saying.voice.round.is_none()),
            settled: None,
            carried,
            said,
        })
    }

    /// What some of the reports say of it, where one of them does or it was carried over; it has been said since the same
    /// day, and is as urgent.
    pub(crate) fn within(&self, plan: &'p Plan, reports: impl Fn(&Report) -> bool) -> Option<Self> {
        let said = self.said.iter().copied().filter(|saying| reports(saying.voice.report));
        let of = (self.id.clone(), self.key.clone(), self.kind);
        let part = Self::new(plan, self.agency, of, (self.carried, said.collect()))?;
        let Self { since, is_urgent, settled, .. } = *self;
        Some(Self { since, is_urgent, settled, ..part })
    }

    /// Whether the agency tells both in one report, and of one task where the report tells of many.
    pub(crate) fn is_told_with(&self, other: &Self, plan: &Plan) -> bool {
        let of_one_task = self.task.zip(other.task).is_some_and(|(one, two)| one.id == two.id);
        let together = |one: &Saying<'_>, two: &Saying<'_>| {
            one.voice.report.span == two.voice.report.span && (one.voice.round.is_none() || of_one_task)
        };
        let from = |of: &'p Carried| (of.since, of.year.0, of.round.as_str());
        let both = self.carried.zip(other.carried);
        let both_carried =
            both.is_some_and(|(one, two)| (one.round == plan.ad_hoc.id || of_one_task) && from(one) == from(two));
        self.agency.id == other.agency.id
            && (both_carried || self.said.iter().any(|one| other.said.iter().any(|two| together(one, two))))
    }

    /// Whether it is a recommendation whose last day is past: it does not come back.
    pub(crate) fn is_over(&self, as_of: NaiveDate) -> bool {
        self.kind != Kind::Difficulty && self.expires.is_some_and(|last| last < as_of)
    }

    /// The first day on which it can have been raised; absent where nobody knows.
    pub(crate) fn raised(&self) -> Option<NaiveDate> {
        let said = self.said.iter().map(|saying| raised_on(saying.voice.report));
        self.carried.map_or_else(|| said.min().flatten(), |carried| carried.since)
    }

    /// Where reports say so.
    pub(crate) fn places(&self) -> impl Iterator<Item = Span> {
        self.said.iter().map(|saying| saying.text.span)
    }

    /// Whether the newest report that says so is valid; what was carried over is.
    pub(crate) fn is_valid(&self) -> bool {
        self.said.last().is_none_or(|saying| saying.voice.valid)
    }
}

/// Every remark of the reports: those of ad hoc reports first, the newest before the others; then agency by
/// agency in the order of the plan, each one's newest first.
pub(crate) fn remarks(workspace: &Workspace) -> Vec<Remark<'_>> {
    let plan = &workspace.plan;
    let mut by_agency = by_agency(workspace);
    let mut remarks = Vec::new();
    for agency in &plan.agencies {
        let mut voices = by_agency.remove(&agency.id).unwrap_or_default();
        // What has no day is taken for new.
        voices.sort_by_key(|voice| (voice.day.is_none(), voice.day));
        let carried = plan.carried.iter().filter(|carried| {
            carried.agency == agency.id && carried.since.is_none_or(|since| since <= workspace.as_of)
        });
        remarks.extend(of_agency(plan, agency, carried, &voices));
    }
    for remark in &mut remarks {
        remark.settled = workspace.register.settled(&remark.id);
    }
    remarks.sort_by_key(|remark: &Remark<'_>| {
        let place = usize::from(remark.agency.id);
        (!remark.is_urgent, (!remark.is_urgent).then_some(place), remark.since.map(Reverse))
    });
    remarks
}

/// The same text of several agencies as one, in the order in which they come.
pub(crate) fn shared<'p>(said: impl IntoIterator<Item = (&'p Agency, &'p Spanned<String>)>) -> Vec<Shared<'p>> {
    let mut shared: IndexMap<String, Shared<'p>> = IndexMap::new();
    for (agency, text) in said {
        let known = shared.entry(remark_key(text)).or_insert(Shared { text: &text.value, by: Vec::new() });
        if known.by.iter().all(|other| other.id != agency.id) {
            known.by.push(agency);
        }
    }
    shared.into_values().collect()
}

/// How one may begin to ask for something, without tones: the words behind are what is asked.
const OPENINGS: [&str; 6] = ["kinh de nghi ", "de nghi ", "kien nghi ", "de xuat ", "xem xet ", "quan tam "];

/// What a recommendation asks, by its key: `Đề nghị xem xét tăng kinh phí` and `Tăng kinh phí` ask the same.
fn asked<'k>(kind: Kind<'_>, key: &'k str) -> &'k str {
    let begins = |key: &&'k str| OPENINGS.iter().find_map(|opening| key.strip_prefix(opening));
    let shorter = std::iter::successors(Some(key), begins).last().unwrap_or(key);
    if kind == Kind::Difficulty { key } else { shorter }
}

/// Remarks that say the same as one, in the order in which the first of each comes.
pub(crate) fn alike<'r, 'p>(remarks: impl IntoIterator<Item = &'r Remark<'p>>) -> Vec<Vec<&'r Remark<'p>>> {
    let mut alike: IndexMap<(Kind<'p>, &str), Vec<&Remark<'p>>> = IndexMap::new();
    for remark in remarks {
        alike.entry((remark.kind, asked(remark.kind, &remark.key))).or_default().push(remark);
    }
    alike.into_values().collect()
}

/// How many agencies say something.
pub(crate) fn agencies(remarks: &[Remark<'_>]) -> usize {
    remarks.iter().map(|remark| remark.agency.id).collect::<BTreeSet<AgencyId>>().len()
}

/// The reports by agency.
fn by_agency(workspace: &Workspace) -> HashMap<AgencyId, Vec<Voice<'_>>> {
    let mut found: HashMap<AgencyId, Vec<Voice<'_>>> = HashMap::new();
    for submission in &workspace.submissions {
        let Some(report) = submission.report.as_ref().filter(|_| submission.blank.is_none()) else { continue };
        let (agency, round, day) = match submission.place {
            Place::Round { round, agency } => (agency, Some(&workspace.plan[round]), report.received()),
            Place::AdHoc { date, agency } => (agency, None, Some(date)),
            Place::Unread { .. } | Place::Astray => continue,
        };
        let valid = workspace.errors_in(submission.file) == 0;
        found.entry(agency).or_default().push(Voice { report, round, day, valid });
    }
    found
}

/// What was carried over of a remark, and what reports say of it.
type Told<'p> = (Option<&'p Carried>, Vec<Saying<'p>>);

/// `voices`: the earliest first.
fn of_agency<'p>(
    plan: &'p Plan,
    agency: &'p Agency,
    carried: impl Iterator<Item = &'p Carried>,
    voices: &[Voice<'p>],
) -> Vec<Remark<'p>> {
    let mut merged: IndexMap<(String, Kind<'p>), Told<'p>> = IndexMap::new();
    for carried in carried {
        let to = || carried.to.map(|to| plan[to].id.as_str());
        let kind = match carried.kind {
            CarriedKind::Difficulty => Kind::Difficulty,
            CarriedKind::Recommendation => Kind::Recommendation { to: to() },
        };
        merged.entry((remark_key(&carried.text), kind)).or_default().0.get_or_insert(carried);
    }
    for (kind, saying) in voices.iter().flat_map(|voice| told(plan, *voice)) {
        let (_, said) = merged.entry((remark_key(saying.text), kind)).or_default();
        match said.last_mut() {
            // One report may say it twice.
            Some(last) if last.voice.report.span == saying.voice.report.span => {
                *last = Saying {
                    cause: saying.cause.or(last.cause),
                    task: saying.task.or(last.task),
                    theme: saying.theme.or(last.theme),
                    expires: saying.expires.max(last.expires),
                    ..saying
                };
            }
            _ => said.push(saying),
        }
    }
    let remark = |((key, kind), told): ((String, Kind<'p>), Told<'p>)| {
        let id = told.0.map_or_else(|| remark_id(agency, &key), |carried| as_id(&carried.id.0).into_owned());
        Remark::new(plan, agency, (id, key, kind), told)
    };
    merged.into_iter().filter_map(remark).collect()
}

/// What a report says, in its order.
fn told<'p>(plan: &'p Plan, voice: Voice<'p>) -> impl Iterator<Item = (Kind<'p>, Saying<'p>)> {
    let saying = move |text, task: Option<TaskId>, theme: Option<ThemeId>| Saying {
        voice,
        text,
        cause: None,
        task: task.map(|task| &plan[task]),
        theme: theme.map(|theme| &plan[theme]),
        expires: None,
    };
    let difficulties = voice.report.difficulties.iter().map(move |found| {
        let cause = found.cause.as_ref();
        (Kind::Difficulty, Saying { cause, ..saying(&found.text, found.task, found.theme) })
    });
    let recommendations = voice.report.recommendations.iter().map(move |found| {
        let kind = Kind::Recommendation { to: found.to.map(|to| plan[to].id.as_str()) };
        let expires = found.expires.as_ref().map(|day| day.value);
        (kind, Saying { expires, ..saying(&found.text, found.task, found.theme) })
    });
    difficulties.chain(recommendations)
}

#[cfg(test)]
mod tests;
