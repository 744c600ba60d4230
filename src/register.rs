//! What the office did, as known on a day: acts by their own day, not by that of typing. An act is never undone but by
//! another that withdraws it, so that lists which two people added to can be put together in any order.

mod fingerprint;
mod line;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub(crate) use fingerprint::fingerprint;
pub(crate) use line::Line;

use crate::model::{Act, ActKind, AgencyId, Place, Recorded, Review, RoundId, RoundRef, Standing, Submission};
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
    /// Where the acts stand that settled something and were not withdrawn since, by what they settled.
    settled: BTreeMap<String, usize>,
}

impl Register {
    /// What was done by `day`; the order in which files and lines were read does not matter.
    pub(crate) fn on(acts: Vec<Recorded>, day: NaiveDate) -> Self {
        let (mut acts, later): (Vec<_>, Vec<_>) =
            acts.into_iter().partition(|recorded| recorded.act.date.value <= day);
        acts.sort_by(|one, other| key(one).cmp(&key(other)));
        let mut by_agency: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut settled = BTreeMap::new();
        for (at, recorded) in acts.iter().enumerate() {
            match &recorded.act {
                Act { id: Some(id), act: ActKind::Settle, .. } => _ = settled.insert(as_id(id).into_owned(), at),
                Act { id: Some(id), .. } if withdraws(&recorded.act, ActKind::Settle) => {
                    _ = settled.remove(&*as_id(id))
                }
                _ => {}
            }
            if let (Some(RoundRef::Of(round)), Some(agency)) = (recorded.round, recorded.act.agency) {
                by_agency.entry((round, agency.value)).or_default().push(at);
            }
        }
        Self { acts, later, by_agency, settled }
    }

    /// What counts only from a day on that is after the one looked at.
    pub(crate) fn later(&self) -> impl Iterator<Item = &Act> {
        self.later.iter().map(|recorded| &recorded.act)
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

    /// The acts of a kind about an agency in a round since the last that withdrew one, newest first.
    pub(crate) fn all_standing(
        &self,
        round: RoundId,
        agency: AgencyId,
        kind: ActKind,
    ) -> impl Iterator<Item = &Act> {
        let since = self.about(round, agency).rev().take_while(move |act| !withdraws(act, kind));
        since.filter(move |act| act.act == kind)
    }

    /// What came on paper alone for an agency's report of a round, the newest first; a paper that was told again with more
    /// once.
    pub(crate) fn papers(&self, round: RoundId, agency: AgencyId) -> Vec<&Act> {
        let papers: Vec<&Act> = self.all_standing(round, agency, ActKind::Paper).collect();
        papers.iter().copied().filter(|act| !papers.iter().any(|other| is_told_more(act, other))).collect()
    }

    /// The extensions that stand, the longest first: a shorter one takes nothing back. What is withdrawn is that to the day
    /// named, or, where none is, all before.
    pub(crate) fn extensions(&self, round: RoundId, agency: AgencyId) -> Vec<&Act> {
        let mut back = Vec::new();
        let since = self.about(round, agency).rev().take_while(|act| !withdraws(act, ActKind::Extend));
        let mut standing: Vec<&Act> = since
            .filter(|act| {
                back.extend(act.until.filter(|_| act.of == Some(ActKind::Extend)));
                act.act == ActKind::Extend && !back.contains(&act.until.unwrap_or_default())
            })
            .collect();
        standing.sort_by_key(|act| std::cmp::Reverse(act.until));
        standing
    }

    /// The last sending of a round's consolidated report that was not withdrawn since.
    pub(crate) fn issued(&self, round: RoundId) -> Option<&Act> {
        let of_round =
            |recorded: &&Recorded| recorded.round == Some(RoundRef::Of(round)) && recorded.act.agency.is_none();
        standing(self.acts.iter().filter(of_round).map(|recorded| &recorded.act), ActKind::Issue)
    }

    /// What became of a difficulty or a recommendation, unless that was withdrawn since.
    pub(crate) fn settled(&self, id: &str) -> Option<&Act> {
        self.settled.get(&*as_id(id)).map(|at| &self.acts[*at].act)
    }

    /// Every act of settling that stands.
    pub(crate) fn settlements(&self) -> impl Iterator<Item = &Act> {
        self.settled.values().map(|at| &self.acts[*at].act)
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
            Some(Review { round, agency: act.agency?, date: act.date.value, by: act.by.clone(), standing })
        };
        found.filter_map(review).collect()
    }
}

/// What orders acts whatever lines they stand on. Of two of one moment the withdrawal is the later: what is withdrawn was
/// there before.
fn key(recorded: &Recorded) -> impl Ord {
    let Act { act, date, entered, by, number, signed, until, of, content, id, text, file, sha256, note, .. } =
        &recorded.act;
    let moment = (date.value, entered.as_ref().map(|moment| moment.0.as_str()), *act == ActKind::Withdraw);
    let content = content.as_ref().map(|content| content.0.as_str());
    let sha256 = sha256.as_ref().map(|sha256| sha256.0.as_str());
    let paper = [by, number].map(Option::as_deref);
    let told = [id, text, file, note].map(Option::as_deref);
    (moment, paper, content, *until, told, sha256, *signed, *act, *of)
}

fn standing<'r>(acts: impl DoubleEndedIterator<Item = &'r Act>, kind: ActKind) -> Option<&'r Act> {
    let is_of = |act: &&Act| act.act == kind || withdraws(act, kind);
    acts.rev().find(is_of).filter(|act| act.act == kind)
}

/// Whether another line tells the same paper and more of it.
pub(crate) fn is_told_more(act: &Act, other: &Act) -> bool {
    let told = |act: &Act| {
        [act.number.is_some(), act.sha256.is_some(), act.signed.is_some()].iter().filter(|told| **told).count()
    };
    let number = |act: &Act| act.number.as_deref().map(paper_number);
    act.act == ActKind::Paper
        && other.act == ActKind::Paper
        && act.date.value == other.date.value
        && (act.number.is_none() || number(act) == number(other))
        && (act.sha256.is_none() || act.sha256 == other.sha256)
        && (act.signed.is_none() || act.signed == other.signed)
        && told(act) < told(other)
}

/// Whether all of a kind is taken back that stood before.
fn withdraws(act: &Act, kind: ActKind) -> bool {
    act.act == ActKind::Withdraw && act.of == Some(kind) && act.until.is_none()
}

/// Whether a report says what it said when it was accepted.
fn is_as_accepted(act: &Act, file: FileId, files: &Files) -> bool {
    match (&act.content, &act.sha256) {
        (Some(content), _) => fingerprint(files.get(file).text()) == *content,
        (None, Some(sha256)) => files.get(file).sha256() == sha256.0,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests;
