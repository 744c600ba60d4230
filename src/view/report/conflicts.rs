//! Petitions on one matter to one addressee that ask for the same thing at different places: who decides
//! must know. Only what two petitions word alike is compared, so that two wishes side by side are no conflict.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::model::{AgencyId, Plan};
use crate::remark::Remark;
use crate::vietnamese::{count, fold};
use crate::view::names;

/// So many sides are told; nobody reads a line of thirty.
const NAMED: usize = 8;
/// So many words in a row must be the same in both.
const SHARED: usize = 3;

/// A petition that names places.
struct Side<'r, 'p> {
    remark: &'r Remark<'p>,
    words: Vec<String>,
    places: BTreeSet<&'p str>,
}

/// What each of several agencies proposes, where they differ: one phrase, or none.
pub(super) fn told<'p>(places: &Places<'p>, remarks: &[&Remark<'p>]) -> Option<String> {
    let sides = remarks.iter().map(|remark| {
        let words = words(&remark.text.value);
        Side { remark, places: places.named(&words, &remark.agency.name), words }
    });
    let sides: Vec<Side<'_, '_>> = sides.filter(|side| !side.places.is_empty()).collect();
    // Who proposes which places with some words in a row.
    let mut said: BTreeMap<&[String], BTreeMap<&BTreeSet<&str>, BTreeSet<AgencyId>>> = BTreeMap::new();
    for side in &sides {
        for run in side.words.windows(SHARED) {
            said.entry(run).or_default().entry(&side.places).or_default().insert(side.remark.agency.id);
        }
    }
    let differs = |side: &&Side<'_, '_>| {
        let id = side.remark.agency.id;
        let others = side.words.windows(SHARED).filter_map(|run| said.get(run)).flatten();
        others.filter(|(places, _)| **places != &side.places).any(|(_, by)| by.iter().any(|other| *other != id))
    };
    // Who proposes in several petitions is named once.
    let mut of_each: IndexMap<&str, BTreeSet<&str>> = IndexMap::new();
    for side in sides.iter().filter(differs) {
        of_each.entry(names::place(&side.remark.agency.name)).or_default().extend(&side.places);
    }
    let told: Vec<String> = of_each
        .iter()
        .map(|(name, places)| format!("{name} đề xuất {}", places.iter().copied().collect::<Vec<_>>().join(", ")))
        .collect();
    let more = told.len().saturating_sub(NAMED);
    let rest = (more > 0).then(|| format!("{} cơ quan khác đề xuất các địa điểm khác", count(more as u128)));
    let named = told.iter().take(NAMED).cloned().chain(rest).collect::<Vec<_>>();
    (named.len() > 1).then(|| format!("về địa điểm, {}", named.join("; ")))
}

pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold).collect()
}

/// The places of the agencies that are told by number, by the first word of their names.
pub(super) struct Places<'p>(BTreeMap<String, Vec<(Vec<String>, &'p str)>>);

impl<'p> Places<'p> {
    pub(super) fn of(plan: &'p Plan) -> Self {
        let mut places: BTreeMap<String, Vec<(Vec<String>, &str)>> = BTreeMap::new();
        for id in plan.groups.iter().filter(|group| group.folded).flat_map(|group| &group.members) {
            let place = names::place(&plan[*id].name);
            let mut proper = words(place);
            // Without the word for its kind.
            if proper.len() > 1 {
                proper.remove(0);
            }
            if let Some(first) = proper.first() {
                places.entry(first.clone()).or_default().push((proper, place));
            }
        }
        Self(places)
    }

    /// The places that a text names, but for that of who says so: everyone asks for itself.
    pub(super) fn named(&self, text: &[String], own: &str) -> BTreeSet<&'p str> {
        let own = words(own);
        let at = (0..text.len()).filter_map(|at| Some((&text[at..], self.0.get(&text[at])?)));
        let named = at.flat_map(|(rest, places)| places.iter().filter(|(proper, _)| rest.starts_with(proper)));
        let others = named.filter(|(proper, _)| !own.windows(proper.len()).any(|run| run == proper));
        others.map(|(_, place)| *place).collect()
    }
}
