//! Agencies by what a register's rows call them.

use std::collections::HashMap;

use super::super::super::known;
use crate::lookup::{Item, Known, within_province};
use crate::model::{Agency, Plan};
use crate::vietnamese::{fold, number, office, unaccented};

/// So many names that are no agency's whole name are looked up, each of which costs a look at all that there are.
const LOOKED_UP: usize = 200;

/// A longer name is none, in bytes.
const LONGEST: usize = 1_000;

/// Agencies by what they are called.
pub(super) struct Names<'p> {
    plan: &'p Plan,
    /// By their ids and by their names in every way of writing them out; nothing by a name that several have.
    exact: HashMap<String, Option<&'p Agency>>,
    /// What else was looked for, with what came of it.
    looked_up: HashMap<String, Result<&'p Agency, String>>,
}

impl<'p> Names<'p> {
    pub(super) fn of(plan: &'p Plan) -> Self {
        let mut exact: HashMap<String, Option<&'p Agency>> = HashMap::new();
        for agency in &plan.agencies {
            for name in Item::Agency(agency).names() {
                for name in [fold(&name), unaccented(&name)].into_iter().flat_map(|name| [office(&name), name]) {
                    let known = exact.entry(name).or_insert(Some(agency));
                    *known = known.filter(|known| known.id == agency.id);
                }
            }
        }
        exact.extend(plan.agencies.iter().map(|agency| (fold(&agency.key), Some(agency))));
        Self { plan, exact, looked_up: HashMap::new() }
    }

    /// The agency of a name; by far the most are written as the plan writes them.
    ///
    /// # Errors
    /// When nobody or several are called so, in one line.
    pub(super) fn find(&mut self, written: &str) -> Result<&'p Agency, String> {
        if written.len() > LONGEST {
            return Err(format!(
                "ô này dài {} chữ, không phải tên cơ quan",
                number(written.chars().count() as u128)
            ));
        }
        let folded = fold(written);
        let ways = [folded.clone(), office(&folded), within_province(&folded, &self.plan.province)];
        let mut known = ways.iter().filter_map(|name| self.exact.get(name));
        if let Some(Some(agency)) = known.next() {
            return Ok(agency);
        }
        if self.looked_up.len() == LOOKED_UP && !self.looked_up.contains_key(written) {
            return Err("không có cơ quan nào mang đúng tên này".to_owned());
        }
        let look_up = || {
            known::agency(self.plan, written).map_err(|error| {
                let message = error.to_string().lines().map(str::trim).collect::<Vec<_>>().join("; ");
                message.replace(":; ", ": ")
            })
        };
        self.looked_up.entry(written.to_owned()).or_insert_with(look_up).clone()
    }
}
