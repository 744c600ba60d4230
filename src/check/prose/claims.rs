//! What an account claims of the figures beside it, and whether a figure bears it out.

use std::collections::HashSet;
use std::ops::Range;

use super::clues::{self, Stands};
use super::phrases::{Owned, Phrases};
use super::tokens::Tokens;
use crate::model::{IndicatorId, Plan, Round, TaskId};

/// A number that an account tells of an indicator of its task, this period's whole or a part of it.
#[derive(Debug)]
pub(in crate::check) struct Claim {
    number: u64,
    /// The words that tell it, as they stand.
    pub(in crate::check) words: String,
    /// Where these stand in the text.
    pub(in crate::check) part: Range<usize>,
    owners: Vec<IndicatorId>,
    /// How far below and above the number a figure may lie that is told with it.
    slack: (u64, u64),
    is_about: bool,
    counts: Counts,
}

/// What a claim says of the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// In so many words.
    Total,
    Whole,
    Part,
    /// More of what was counted just before, of whatever kind, or what is left: it bears a figure out, and contradicts none.
    Beside,
}

impl Claim {
    pub(in crate::check) fn is_of(&self, indicator: IndicatorId) -> bool {
        self.owners.contains(&indicator)
    }

    /// Whether the words say by themselves that something was done.
    pub(in crate::check) fn is_certain(&self) -> bool {
        self.number > 0 && self.counts != Counts::Beside
    }

    fn is(&self, value: u64) -> bool {
        value >= self.number.saturating_sub(self.slack.0) && value <= self.number.saturating_add(self.slack.1)
    }
}

/// The claims of one text, in order.
pub(in crate::check) fn claims(
    text: &str,
    tokens: &Tokens<'_>,
    phrases: &Phrases,
    plan: &Plan,
    task: TaskId,
    round: Option<&Round>,
) -> Vec<Claim> {
    let mut owned = phrases.owned(tokens, plan);
    keep_own(&mut owned, plan, task);
    if owned.is_empty() {
        return Vec::new();
    }
    let mut told = HashSet::new();
    let read = clues::read(tokens, &owned, plan.year, round);
    let claims = owned.into_iter().zip(read).filter_map(|(owned, (stands, lists_parts))| {
        let again = owned.owners.iter().any(|owner| !told.insert(*owner));
        (owned.is_beside || stands != Stands::Other).then(|| {
            let part = tokens.place(owned.at.clone());
            let (number, step) = (owned.number.value, owned.number.step);
            let is_about = clues::is_about(tokens, &owned);
            let about = if is_about { number / 2 } else { 0 };
            Claim {
                number,
                words: text[part.clone()].to_owned(),
                part,
                slack: (step / 2 + about, step - 1 + about),
                is_about,
                counts: match stands {
                    _ if owned.is_beside || stands == Stands::Rest => Counts::Beside,
                    _ if lists_parts && again => Counts::Part,
                    Stands::Whole if owned.is_total => Counts::Total,
                    Stands::Whole => Counts::Whole,
                    _ => Counts::Part,
                },
                owners: owned.owners,
            }
        })
    });
    claims.collect()
}

/// Leaves the numbers of the task's indicators. Those who came to another task's event (“tập huấn 3 lớp cho 90 lượt người”)
/// are of that task.
fn keep_own(owned: &mut Vec<Owned<'_>>, plan: &Plan, task: TaskId) {
    let own = |owner: &IndicatorId| plan[*owner].tasks.contains(&task);
    let together = |one: &IndicatorId, other: &IndicatorId| !plan[*one].tasks.is_disjoint(&plan[*other].tasks);
    let mut before: Vec<IndicatorId> = Vec::new();
    owned.retain_mut(|number| {
        let foreign = !before.is_empty() && !before.iter().any(own);
        let came = |owner: &IndicatorId| !own(owner) && before.iter().any(|event| together(event, owner));
        let elsewhere = foreign && number.owners.iter().any(came);
        before.clone_from(&number.owners);
        number.owners.retain(own);
        !elsewhere && !number.owners.is_empty()
    });
}

/// The claim that a figure contradicts, of those about its indicator.
pub(in crate::check) fn contradicted<'c>(claims: &[&'c Claim], value: u64) -> Option<&'c Claim> {
    use Counts::{Beside, Part, Total, Whole};
    let of = |kinds: &'static [Counts]| claims.iter().copied().filter(move |claim| kinds.contains(&claim.counts));
    // A rounded number bears a figure out, and says nothing of another number.
    let open = |kinds| of(kinds).filter(|claim| !(claim.is_about && claim.is(value)));
    let adds_up = |kinds| of(kinds).fold(0, |sum: u64, claim| sum.saturating_add(claim.number)) == value;
    let exact = open(&[Total, Whole, Part, Beside]).any(|claim| claim.is(value));
    if exact || adds_up(&[Total, Whole, Part, Beside]) || adds_up(&[Total, Whole]) || adds_up(&[Part, Beside]) {
        return None;
    }
    let mut wholes = open(&[Total, Whole]);
    // A smaller number may be a part of the figure, unless it is the only one told.
    let only = wholes.next().filter(|_| wholes.next().is_none());
    let total = open(&[Total]).next();
    total.or(only).or_else(|| open(&[Whole, Part]).find(|claim| claim.number > value))
}
