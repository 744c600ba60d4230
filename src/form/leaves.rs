//! The single values of a report wherever they stand: in no time they tell most versions of a report apart, of which one
//! cannot say what the other says. Those that they do not tell apart are still to be compared.

use std::collections::HashSet;

use serde_yaml::Value;

use super::Told;

/// Without what is said of the paper, which the receiver may say otherwise.
#[derive(Debug, Default)]
pub(crate) struct Leaves(HashSet<Value>);

impl Leaves {
    pub(crate) fn of(told: &Told) -> Self {
        let mut leaves = Self::default();
        leaves.add(told.report.iter().filter(|(key, _)| *key != "document"));
        leaves
    }

    /// Of the text of a report; none of what cannot be read.
    pub(crate) fn of_text(text: &str) -> Self {
        Told::whole(text.to_owned()).map(|told| Self::of(&told)).unwrap_or_default()
    }

    fn add<'v>(&mut self, entries: impl Iterator<Item = (&'v Value, &'v Value)>) {
        entries.for_each(|(_, value)| self.value(value));
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Mapping(mapping) => self.add(mapping.iter()),
            Value::Sequence(items) => items.iter().for_each(|item| self.value(item)),
            leaf => _ = self.0.insert(leaf.clone()),
        }
    }

    /// Whether another report holds all of them.
    pub(crate) fn are_in(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }
}
