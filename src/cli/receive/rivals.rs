//! Files of one report that came on one paper and say different things: nobody but the agency knows which of them is right.
//! Never chooses one.

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use serde_yaml::Mapping;

use super::files::Found;
use super::judged::{Read, Rejected};
use crate::vietnamese;
use crate::view::form::{Taken, TakenAs};

/// So many files that contradict one are named.
const LISTED: usize = 5;

/// So many rivals are judged one by one, each against everything that is there.
const JUDGED: usize = 20;

/// What was read, without what is refused though it came alone: it is no rival of the copy that mends it.
///
/// # Errors
/// When `alone`, which takes a file by itself, fails.
pub(super) fn without_refused(
    found: &[Found],
    mut read: Vec<Result<Read, Rejected>>,
    alone: impl Fn(&Found) -> Result<Vec<Taken>>,
) -> Result<Vec<Result<Read, Rejected>>> {
    let doubles = doubles(found, &read.iter().map(|read| read.as_ref().ok()).collect::<Vec<_>>());
    // What others sent in an agency's name is refused beside its own, whatever it says.
    let is_own = |at: &usize| read[*at].as_ref().is_ok_and(|read| read.stranger.is_none());
    let rivals: Vec<usize> = (0..found.len()).filter(|at| doubles[*at].is_some()).filter(is_own).collect();
    for at in rivals.iter().copied().filter(|_| rivals.len() <= JUDGED) {
        for Taken { agency, round, result, problems, is_sent, .. } in alone(&found[at])? {
            if result == TakenAs::Refused {
                read[at] = Err(Rejected { of: agency.zip(round), result, problems, is_sent, rest: None });
            }
        }
    }
    Ok(read)
}

/// Of each file that was read the others of its report that came on a paper of the same day and say something else: nobody but the agency
/// knows which of them is the right one.
pub(super) fn doubles(found: &[Found], read: &[Option<&Read>]) -> Vec<Option<String>> {
    let mut contents: HashMap<&Mapping, usize> = HashMap::new();
    let mut of_paper: BTreeMap<_, Vec<(usize, &str, bool)>> = BTreeMap::new();
    let mut known = Vec::new();
    for (file, read) in found.iter().zip(read) {
        known.push(read.map(|read| {
            let next = contents.len();
            let content = *contents.entry(&read.told.report).or_insert(next);
            let (paper, strange) = ((read.report.as_str(), read.told.paper_day()), read.stranger.is_some());
            of_paper.entry(paper).or_default().push((content, file.name.as_str(), strange));
            (paper, content, strange)
        }));
    }
    let others = |(paper, content, strange)| {
        let others = of_paper[&paper].iter().filter(|other| other.0 != content && (strange || !other.2));
        let mut others = others.map(|(_, name, _)| *name);
        let mut listed = others.by_ref().take(LISTED).collect::<Vec<_>>().join(", ");
        match others.count() {
            0 => {}
            more => listed += &format!(" và {} tệp khác", vietnamese::number(more as u128)),
        }
        (!listed.is_empty()).then_some(listed)
    };
    known.into_iter().map(|known| known.and_then(others)).collect()
}
