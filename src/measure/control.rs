//! Totals that an agency gives of a group beside what the group's members reported: compared, never added. What they
//! differ by is explained where the members that are silent had said just so much before.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Measure, Verdict, of_quantity, sum};
use crate::model::{Agency, AgencyId, Aggregation, Group, Plan, Quantity, Round};
use crate::status::{RoundStatus, Validity};

/// An agency's totals of a group, beside the group's own.
#[derive(Debug)]
pub(crate) struct Control<'m, 'p> {
    pub(crate) agency: &'p Agency,
    pub(crate) group: &'p Group,
    /// How many members have a report that counts, and who has none.
    pub(crate) reported: usize,
    pub(crate) silent: Vec<&'p Agency>,
    /// The last day of what the silent members said in the round before; `None` without one.
    pub(crate) until: Option<NaiveDate>,
    /// At least one.
    pub(crate) compared: Vec<Compared<'m, 'p>>,
}

/// One quantity of which there is such a total.
#[derive(Debug)]
pub(crate) struct Compared<'m, 'p> {
    pub(crate) measure: &'m Measure<'p>,
    pub(crate) given: u128,
    /// What the members added; `None` where none gave a number.
    pub(crate) of_members: Option<u128>,
    /// What the silent members said in the round before, where it is not counted already.
    pub(crate) said_last: Option<u128>,
}

impl Compared<'_, '_> {
    /// Negative where the members report more.
    pub(crate) fn difference(&self) -> i128 {
        self.given as i128 - self.of_members.unwrap_or(0) as i128
    }
}

impl<'m, 'p> Control<'m, 'p> {
    pub(crate) fn of(&self, quantity: Quantity<'_>) -> Option<&Compared<'m, 'p>> {
        self.compared.iter().find(|compared| compared.measure.quantity.key() == quantity.key())
    }

    pub(crate) fn is_equal(&self) -> bool {
        self.compared.iter().all(|compared| compared.difference() == 0)
    }

    /// Whether what the silent members said last makes up the difference, to the unit.
    pub(crate) fn explains(&self, compared: &Compared<'_, '_>) -> bool {
        let said_last = compared.said_last.unwrap_or(0) as i128;
        self.until.is_some() && !self.silent.is_empty() && said_last == compared.difference()
    }

    pub(crate) fn is_explained(&self) -> bool {
        self.compared.iter().all(|compared| self.explains(compared))
    }
}

/// Of every agency that gives such totals. `earlier` is the round before, with its measures.
pub(crate) fn controls<'m, 'p>(
    plan: &'p Plan,
    status: &RoundStatus<'p>,
    measures: &'m [Measure<'p>],
    earlier: Option<&(&'p Round, Vec<Measure<'p>>)>,
) -> Vec<Control<'m, 'p>> {
    let controls = plan.agencies.iter().filter_map(|agency| {
        let group = &plan[agency.control_total_of?];
        let members = status.members(group).filter(|member| member.agency.id != agency.id);
        let (valid, silent): (Vec<_>, Vec<_>) = members.partition(|member| member.validity == Validity::Valid);
        let silent: Vec<&Agency> = silent.iter().map(|member| member.agency).collect();
        // What members said that are gone is of those that carry it on.
        let carried_on = silent.iter().flat_map(|agency| plan.predecessors(agency.id, status.round));
        let carried_on = carried_on.map(|gone| gone.id).filter(|gone| group.members.contains(gone));
        let unheard: BTreeSet<AgencyId> = silent.iter().map(|agency| agency.id).chain(carried_on).collect();
        let compared = |measure: &'m Measure<'p>| {
            let own =
                |part: &&super::Contribution<'_>| part.verdict == Verdict::Control && part.agency.id == agency.id;
            let is_latest = measure.quantity.indicator().is_some_and(|of| of.aggregation == Aggregation::Latest);
            let before = earlier.filter(|_| !is_latest);
            let before = before.and_then(|(_, measures)| of_quantity(measures, measure.quantity));
            Some(Compared {
                measure,
                given: sum(measure.contributions.iter().filter(own))?,
                of_members: measure.added_by(&group.members),
                said_last: before.and_then(|before| before.added_by(&unheard)),
            })
        };
        let compared: Vec<_> = measures.iter().filter_map(compared).collect();
        let until = earlier.map(|(round, _)| round.data_to);
        let found = Control { agency, group, reported: valid.len(), silent, until, compared };
        (!found.compared.is_empty()).then_some(found)
    });
    controls.collect()
}
