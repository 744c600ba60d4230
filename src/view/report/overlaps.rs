//! What two agencies may both have counted: an agency tells that it held something at a place whose own agency reports the
//! same figure. Says whose and how much, for a person to compare; takes nothing out of a total.

use std::collections::{BTreeMap, BTreeSet};

use super::{Brief, conflicts};
use crate::measure::{Amount, Measure};
use crate::model::{Agency, AgencyId, Task};
use crate::template::scope::Overlap;
use crate::view::names;
use crate::view::words::in_sentence;

/// Every indicator is there, as templates ask.
pub(super) fn of_each(brief: &Brief<'_, '_>) -> BTreeMap<String, Option<Overlap>> {
    let none = brief.plan.indicators.iter().map(|indicator| (indicator.key.clone(), None));
    let places = conflicts::Places::of(brief.plan);
    let held = brief.totals().filter(|(indicator, _)| indicator.at_place);
    let told = held.map(|(indicator, total)| {
        let of_task = |task: &Task| of_task(brief, &places, total, task);
        let tasks = brief.status.tasks.iter().map(|state| state.task).filter(|of| indicator.tasks.contains(&of.id));
        (indicator.key.clone(), tasks.map(of_task).reduce(Found::and).and_then(|found| found.told(total)))
    });
    none.chain(told).collect()
}

#[derive(Default)]
struct Found<'p> {
    by: BTreeMap<AgencyId, (&'p Agency, u64)>,
    others: BTreeMap<AgencyId, &'p Agency>,
}

impl Found<'_> {
    fn and(mut self, other: Self) -> Self {
        other.by.into_iter().for_each(|(id, (agency, value))| self.by.entry(id).or_insert((agency, 0)).1 += value);
        self.others.extend(other.others);
        self
    }

    fn told(self, total: &Measure<'_>) -> Option<Overlap> {
        let value = self.by.values().map(|(_, value)| value).sum();
        let amount = in_sentence(total.quantity, Amount::Sum(u128::from(value)))?;
        let names = names::joined(self.by.into_values().map(|(agency, _)| agency));
        let others = names::joined(self.others.into_values());
        (value > 0).then_some(Overlap { names, others, amount, value })
    }
}

fn of_task<'p>(
    brief: &Brief<'_, 'p>,
    places: &conflicts::Places<'p>,
    total: &Measure<'p>,
    task: &Task,
) -> Found<'p> {
    let counted = total.added().filter(|part| part.value > 0 && part.task.is_some_and(|of| of.id == task.id));
    let (at_places, others): (Vec<_>, Vec<_>) =
        counted.partition(|part| brief.folding_group(part.agency).is_some());
    let others: BTreeSet<AgencyId> = others.into_iter().map(|part| part.agency.id).collect();
    let mut found = Found::default();
    for (agency, entry) in brief.entries(task.id).filter(|(agency, _)| others.contains(&agency.id)) {
        let words = entry.results.as_ref().map(|results| conflicts::words(&results.value)).unwrap_or_default();
        let named = places.named(&words, &agency.name);
        for part in at_places.iter().filter(|part| named.contains(names::place(&part.agency.name))) {
            found.by.insert(part.agency.id, (part.agency, part.value));
            found.others.insert(agency.id, agency);
        }
    }
    found
}
