//! What the office did, as known on a day: acts by their own day, not by that of typing. An act is never undone but by
//! another that withdraws it, so that lists which two people added to can be put together in any order.

mod fingerprint;
mod line;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

pub(crate) use fingerprint::{fingerprint, fingerprint_of_all};
pub(crate) use line::Line;

use crate::model::{
    Act, ActKind, AgencyId, Place, Recorded, Review, RoundId, RoundRef, Standing, Submission, Which,
};
use crate::source::{FileId, Files, as_id};
use crate::vietnamese::paper_number;

/// Acts by a day, in the order of their days, on one day in that of their writing.
#[derive(Debug, Default)]
pub(crate) struct Register {
    acts: Vec<Recorded>,
    /// What is written down for a day that has not come.
    later: Vec<Recorded>,
    /// Where the acts about a round stand, by the agency they are about.
    by_agency: BTreeMap<(RoundId, AgencyId), Vec<usize>>,
    /// Where the acts about a difficulty or a recommendation stand, by its id.
    by_id: BTreeMap<String, Vec<usize>>,
}

impl Register {
    /// What was done by `day`; the order in which files and lines were read does not matter.
    pub(crate) fn on(mut acts: Vec<Recorded>, day: NaiveDate) -> Self {
        acts.sort_by(|one, other| key(one).cmp(&key(other)));
        let later = acts.split_off(acts.partition_point(|recorded| recorded.act.date.value <= day));
        let mut by_agency: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut by_id: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, recorded) in acts.iter().enumerate() {
            if let Some(id) = &*recorded.act.id {
                by_id.entry(as_id(id).into_owned()).or_default().push(at);
            }
            if let (Some(RoundRef::Of(round)), Some(agency)) = (recorded.round, *recorded.act.agency) {
                by_agency.entry((round, agency.value)).or_default().push(at);
            }
        }
        Self { acts, later, by_agency, by_id }
    }

    /// What counts only from a day on that is after the one looked at.
    pub(crate) fn later(&self) -> impl Iterator<Item = &Act> {
        self.later.iter().map(|recorded| &recorded.act)
    }

    /// All that is written down, whenever it counts.
    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = &Recorded> {
        self.acts.iter().chain(&self.later)
    }

    /// What was done about an agency in a round, oldest first.
    pub(crate) fn about(&self, round: RoundId, agency: AgencyId) -> impl DoubleEndedIterator<Item = &Act> {
        self.by_agency.get(&(round, agency)).into_iter().flatten().map(|at| &self.acts[*at].act)
    }

    /// What was done about an agency in any round or beside them, oldest first.
    pub(crate) fn about_agency(&self, agency: AgencyId) -> impl Iterator<Item = (Option<RoundRef>, &Act)> {
        let about =
            self.acts.iter().filter(move |recorded| recorded.act.agency.is_some_and(|of| of.value == agency));
        about.map(|recorded| (recorded.round, &recorded.act))
    }

    /// The newest act of a kind about an agency in a round that was not withdrawn since.
    pub(crate) fn standing(&self, round: RoundId, agency: AgencyId, kind: ActKind) -> Option<&Act> {
        standing(self.about(round, agency), kind)
    }

    /// The acts of a kind about an agency in a round that were not withdrawn since, newest first.
    pub(crate) fn all_standing(
        &self,
        round: RoundId,
        agency: AgencyId,
        kind: ActKind,
    ) -> impl Iterator<Item = &Act> {
        all_standing(self.about(round, agency), kind)
    }

    /// What came on paper alone for an agency's report of a round, the newest first; a paper that was told again with more
    /// once.
    pub(crate) fn papers(&self, round: RoundId, agency: AgencyId) -> Vec<&Act> {
        let papers = self.all_standing(round, agency, ActKind::Paper).map(|act| (None, act)).collect();
        told_once(papers).into_iter().map(|(_, act)| act).collect()
    }

    /// What came on paper alone and was taken back, each with the last day of that.
    pub(crate) fn withdrawn_papers(&self, round: RoundId, agency: AgencyId) -> Vec<(&Act, NaiveDate)> {
        let is_withdrawal = |act: &&Act| act.act == ActKind::Withdraw && *act.of == Some(ActKind::Paper);
        let withdrawals: Vec<&Act> = self.about(round, agency).filter(is_withdrawal).collect();
        let day_of = |paper: &Act| {
            let is_of = |act: &&&Act| act.of_date.is_none_or(|day| day == paper.date.value);
            withdrawals.iter().filter(is_of).map(|act| act.date.value).max()
        };
        let papers = judged(self.about(round, agency), ActKind::Paper).filter(|(_, stands)| !stands);
        papers.filter_map(|(act, _)| Some((act, day_of(act)?))).collect()
    }

    /// The extensions that stand, the longest first: a shorter one takes nothing back.
    pub(crate) fn extensions(&self, round: RoundId, agency: AgencyId) -> Vec<&Act> {
        let mut standing: Vec<&Act> = self.all_standing(round, agency, ActKind::Extend).collect();
        standing.sort_by_key(|act| std::cmp::Reverse(*act.until));
        standing
    }

    /// The sendings of a round's consolidated report that were not withdrawn since, the last first.
    pub(crate) fn issued(&self, round: RoundId) -> impl Iterator<Item = &Act> {
        let of_round = move |recorded: &&Recorded| {
            recorded.round == Some(RoundRef::Of(round)) && recorded.act.agency.is_none()
        };
        all_standing(self.acts.iter().filter(of_round).map(|recorded| &recorded.act), ActKind::Issue)
    }

    /// The acts of a kind in a round and those that take some back.
    pub(crate) fn with_withdrawals(&self, round: RoundId, kind: ActKind) -> impl Iterator<Item = &Act> {
        let of_round = self.acts.iter().filter(move |recorded| recorded.round == Some(RoundRef::Of(round)));
        let acts = of_round.map(|recorded| &recorded.act);
        acts.filter(move |act| act.act == kind || (act.act == ActKind::Withdraw && *act.of == Some(kind)))
    }

    /// What became of a difficulty or a recommendation, unless that was withdrawn since.
    pub(crate) fn settled(&self, id: &str) -> Option<&Act> {
        self.settling(self.by_id.get(&*as_id(id))?)
    }

    /// Every act of settling that stands.
    pub(crate) fn settlements(&self) -> impl Iterator<Item = &Act> {
        self.by_id.values().filter_map(|acts| self.settling(acts))
    }

    fn settling(&self, acts: &[usize]) -> Option<&Act> {
        standing(acts.iter().map(|at| &self.acts[*at].act), ActKind::Settle)
    }

    /// The acceptances that stand, each held against the report as it is now.
    pub(crate) fn reviews(&self, files: &Files, submissions: &[Submission]) -> Vec<Review> {
        let reports: BTreeMap<(RoundId, AgencyId), FileId> = submissions
            .iter()
            .filter_map(|found| match found.place {
                Place::Round { round, agency } => Some(((round, agency), found.file)),
                _ => None,
            })
            .collect();
        let known = self.by_agency.keys().filter_map(|(round, agency)| {
            let act = self.standing(*round, *agency, ActKind::Accept)?;
            Some((Some(RoundRef::Of(*round)), act, reports.get(&(*round, *agency)).copied()))
        });
        let astray = self.acts.iter().filter(|recorded| {
            recorded.act.act == ActKind::Accept && !matches!(recorded.round, Some(RoundRef::Of(_)))
        });
        let found = known.chain(astray.map(|recorded| (recorded.round, &recorded.act, None)));
        let review = |(round, act, file): (Option<RoundRef>, &Act, Option<FileId>)| {
            let standing = match file {
                None => Standing::Gone,
                Some(file) if is_as_accepted(act, file, files) => Standing::AsReviewed,
                Some(file) => Standing::Changed(file),
            };
            Some(Review { round, agency: (*act.agency)?, date: act.date.value, by: act.by.clone(), standing })
        };
        found.filter_map(review).collect()
    }
}

/// What orders acts whatever lines they stand on. Of two of one moment the withdrawal is the later: what is withdrawn was
/// there before.
fn key(recorded: &Recorded) -> impl Ord {
    let Act {
        act,
        date,
        entered,
        by,
        number,
        signed,
        until,
        of,
        of_date,
        content,
        id,
        text,
        file,
        sha256,
        note,
        ..
    } = &recorded.act;
    let moment = (date.value, entered.as_ref().map(|moment| moment.0.as_str()), *act == ActKind::Withdraw);
    let content = content.as_ref().map(|content| content.0.as_str());
    let sha256 = sha256.as_ref().map(|sha256| sha256.0.as_str());
    let paper = [by, number].map(Option::as_deref);
    let told = [id, text, file, note].map(Option::as_deref);
    (moment, paper, content, **until, told, sha256, [*signed, *of_date], *act, **of)
}

fn standing<'r>(acts: impl DoubleEndedIterator<Item = &'r Act>, kind: ActKind) -> Option<&'r Act> {
    all_standing(acts, kind).next()
}

fn all_standing<'r>(
    acts: impl DoubleEndedIterator<Item = &'r Act>,
    kind: ActKind,
) -> impl Iterator<Item = &'r Act> {
    judged(acts, kind).filter(|(_, stands)| *stands).map(|(act, _)| act)
}

/// The acts of a kind, newest first, and whether they stand.
fn judged<'r>(
    acts: impl DoubleEndedIterator<Item = &'r Act>,
    kind: ActKind,
) -> impl Iterator<Item = (&'r Act, bool)> {
    let mut later = Withdrawals::default();
    acts.rev().filter_map(move |act| {
        if act.act == ActKind::Withdraw && *act.of == Some(kind) {
            later.add(act);
        }
        (act.act == kind).then(|| (act, !later.take_back(act)))
    })
}

/// Withdrawals of one kind of act by what they name, each with the moment when the last was written down; without one where
/// that is not known.
#[derive(Default)]
pub(crate) struct Withdrawals<'r>(HashMap<Which<'r>, Option<&'r str>>);

impl<'r> Withdrawals<'r> {
    pub(crate) fn add(&mut self, withdrawal: &'r Act) {
        let moment = withdrawal.entered_at();
        let [.., named] = withdrawal.named_by();
        let last = self.0.entry(named).or_insert(moment);
        *last = last.zip(moment).map(|(last, moment)| last.max(moment));
    }

    /// Whether one of them takes back an act on no later day: that which is named, or, where none is, any. What was written
    /// down only after it, as somebody does who mends a slip, stands, whatever its day.
    pub(crate) fn take_back(&self, act: &'r Act) -> bool {
        let takes = |last: &Option<&str>| act.entered_at().zip(*last).is_none_or(|(act, last)| act <= last);
        act.named_by().iter().any(|named| self.0.get(named).is_some_and(takes))
    }
}

/// The acts without the papers that another line tells again, or tells with more: one is entered before its number is known.
pub(crate) fn told_once(mut acts: Vec<(Option<RoundRef>, &Act)>) -> Vec<(Option<RoundRef>, &Act)> {
    let numbers: Vec<Option<String>> =
        acts.iter().map(|(_, act)| act.number.as_deref().map(paper_number)).collect();
    let told = acts.iter().zip(&numbers).map(|((round, act), number)| {
        let sha256 = act.sha256.as_ref().map(|sha256| sha256.0.as_str());
        (act.act == ActKind::Paper).then_some((*round, act.date.value, number.as_deref(), sha256, act.signed))
    });
    let told: Vec<_> = told.collect();
    // What each would tell if it left out something.
    let mut parts = HashSet::new();
    for whole @ (round, day, number, sha256, signed) in told.iter().flatten().copied() {
        for kept in 0..0b111_u8 {
            let (number, sha256) = (number.filter(|_| kept & 0b001 > 0), sha256.filter(|_| kept & 0b010 > 0));
            let part = (round, day, number, sha256, signed.filter(|_| kept & 0b100 > 0));
            if part != whole {
                parts.insert(part);
            }
        }
    }
    // Two people may have written down the same.
    let mut seen = HashSet::new();
    let mut is_once = told.iter().map(|told| told.is_none_or(|told| !parts.contains(&told) && seen.insert(told)));
    acts.retain(|_| is_once.next().unwrap_or(true));
    acts
}

/// Whether a report says what it said when it was accepted.
fn is_as_accepted(act: &Act, file: FileId, files: &Files) -> bool {
    match (&*act.content, &act.sha256) {
        (Some(content), _) => fingerprint(files.get(file).text()) == *content,
        (None, Some(sha256)) => files.get(file).sha256() == sha256.0,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests;
