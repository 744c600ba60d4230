//! Petitions on one matter to one addressee that ask for the same thing at different places: who decides
//! must know. Only what two petitions word alike is compared, so that two wishes side by side are no conflict.

use std::collections::BTreeSet;

use crate::model::{Agency, Plan};
use crate::remark::Remark;
use crate::vietnamese::fold;
use crate::view::names;

/// So many words in a row must be the same in both.
const SHARED: usize = 3;

/// What each of several agencies proposes, where they differ: one phrase, or none.
pub(super) fn told(plan: &Plan, remarks: &[&Remark<'_>]) -> Option<String> {
    let sides: Vec<(&Remark<'_>, BTreeSet<String>)> =
        remarks.iter().map(|remark| (*remark, places(plan, remark))).filter(|(_, said)| !said.is_empty()).collect();
    let differs = |one: &&(&Remark<'_>, BTreeSet<String>)| {
        let other_place = |other: &&(&Remark<'_>, BTreeSet<String>)| {
            one.0.agency.id != other.0.agency.id && one.1 != other.1 && speak_of_one(one.0, other.0)
        };
        sides.iter().any(|other| other_place(&other))
    };
    let told: Vec<String> = sides
        .iter()
        .filter(differs)
        .map(|(remark, said)| {
            let said = said.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            format!("{} đề xuất {said}", names::place(&remark.agency.name))
        })
        .collect();
    (told.len() > 1).then(|| format!("về địa điểm, {}", told.join("; ")))
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold).collect()
}

fn speak_of_one(one: &Remark<'_>, other: &Remark<'_>) -> bool {
    let (one, other) = (words(&one.text.value), words(&other.text.value));
    let runs: BTreeSet<&[String]> = one.windows(SHARED).collect();
    other.windows(SHARED).any(|run| runs.contains(run))
}

/// The places of agencies that a text names, but for that of who says so: everyone asks for itself.
fn places(plan: &Plan, remark: &Remark<'_>) -> BTreeSet<String> {
    let text = words(&remark.text.value);
    let own = words(&remark.agency.name);
    let members = plan.groups.iter().filter(|group| group.folded).flat_map(|group| &group.members);
    let is_named = |agency: &&Agency| {
        let name = words(names::place(&agency.name));
        // Without the word for its kind.
        let proper = name.get(1..).filter(|proper| !proper.is_empty()).unwrap_or(&name);
        let within = |of: &[String]| of.windows(proper.len()).any(|run| run == proper);
        within(&text) && !within(&own)
    };
    let named = members.map(|id| &plan[*id]).filter(is_named);
    named.map(|agency| names::place(&agency.name).to_owned()).collect()
}
