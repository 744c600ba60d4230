//! What an account claims of the figures beside it, and whether a figure bears it out.

use std::ops::Range;

use super::clues::Counts::{self, Part, Unsure, Whole};
use super::clues::{self, Teller};
use super::phrases::{Owned, Phrases};
use crate::model::{IndicatorId, Plan, TaskId};
use crate::vietnamese::Tokens;

/// A number that an account tells of an indicator of its task, this period's whole or a part of it.
#[derive(Debug)]
pub(in crate::check) struct Claim {
    number: u64,
    /// Of how many, where the words say so: “13/15 vụ”.
    of: Option<u64>,
    /// The words that tell it, as they stand.
    pub(in crate::check) words: String,
    /// Where these stand in the text.
    pub(in crate::check) part: Range<usize>,
    owners: Vec<IndicatorId>,
    /// How far below and above the number a figure may lie that is told with it.
    slack: (u64, u64),
    is_about: bool,
    counts: Counts,
    /// Whether the words say by “tổng số”, “lũy kế” that it is a total.
    is_total: bool,
}

impl Claim {
    pub(in crate::check) fn is_of(&self, indicator: IndicatorId) -> bool {
        self.owners.contains(&indicator)
    }

    /// Whether the words say by themselves that something was done.
    pub(in crate::check) fn is_certain(&self) -> bool {
        self.number > 0 && self.counts > Counts::Unsure
    }

    fn is(&self, value: u64) -> bool {
        let (least, most) = (self.number.saturating_sub(self.slack.0), self.number.saturating_add(self.slack.1));
        (least..=most).contains(&value) || self.of == Some(value)
    }
}

/// The claims of one text, in order.
pub(in crate::check) fn claims(
    tokens: &Tokens<'_>,
    phrases: &Phrases,
    plan: &Plan,
    task: TaskId,
    teller: &Teller<'_>,
) -> Vec<Claim> {
    let mut owned = phrases.owned(tokens, plan);
    keep_own(&mut owned, plan, task);
    if owned.is_empty() {
        return Vec::new();
    }
    let counts = clues::read(tokens, &owned, teller);
    let claims = owned.into_iter().zip(counts).map(|(owned, counts)| {
        let part = tokens.place(owned.at.clone());
        let (number, step) = (owned.number.value, owned.number.step);
        let is_about = clues::is_about(tokens, &owned);
        let about = if is_about { number / 2 } else { 0 };
        Claim {
            number,
            of: owned.number.of,
            words: tokens.text(owned.at.clone()).to_owned(),
            part,
            slack: (step / 2 + about, step - 1 + about),
            is_about,
            counts: if owned.is_beside { Counts::Unsure } else { counts },
            is_total: owned.is_total,
            owners: owned.owners,
        }
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

/// The claim that a figure contradicts, of those about its indicator, where no number told is the figure and none add up to it. A
/// smaller one may be a part that the words do not name, unless they say that it is the total, or tell no other whole.
pub(in crate::check) fn contradicted<'c>(claims: &[&'c Claim], value: u64) -> Option<&'c Claim> {
    let of = |least: Counts, most: Counts| {
        claims.iter().copied().filter(move |claim| (least..=most).contains(&claim.counts))
    };
    let adds_up =
        |least, most| of(least, most).fold(0, |sum: u64, claim| sum.saturating_add(claim.number)) == value;
    // A rounded number bears a figure out, and says nothing of another number.
    let exact = claims.iter().any(|claim| !claim.is_about && claim.is(value));
    if exact || adds_up(Unsure, Whole) || adds_up(Whole, Whole) || adds_up(Unsure, Part) {
        return None;
    }
    let mut told = of(Part, Whole).filter(|claim| !claim.is(value));
    let alone = of(Whole, Whole).count() == 1;
    told.find(|claim| claim.number > value || claim.counts == Whole && (claim.is_total || alone))
}
