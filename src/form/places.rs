//! From a place in the YAML that a form became back to the cell that it came from.

use std::collections::BTreeMap;

use super::read::Place;
use crate::diagnostic::Sink;
use crate::source::{Files, Span};
use crate::yaml::{self, Kind, Node};

/// The cell behind each part of a report, by the keys that lead to it: `["tasks", "I.1", "results"]`;
/// items of lists by their number from 0.
#[derive(Debug, Default)]
pub(crate) struct Places(BTreeMap<Vec<String>, Place>);

impl Places {
    pub(super) fn insert(&mut self, path: &[&str], place: Place) {
        self.0.insert(path.iter().map(|key| (*key).to_owned()).collect(), place);
    }

    /// The cell nearest to what stands at `span` of a file; `None` where it is no part of the form.
    pub(crate) fn find(&self, files: &Files, span: Span) -> Option<&Place> {
        let root = yaml::parse(span.file, files.get(span.file).text(), &mut Sink::default())?;
        let mut path = Vec::new();
        descend(&root, span, &mut path);
        loop {
            if let Some(place) = self.0.get(&path) {
                return Some(place);
            }
            // A key of its own has no cell; the first one below it is the nearest.
            let below = self.0.range(path.clone()..).next().filter(|(known, _)| known.starts_with(&path));
            if let Some((_, place)) = below.filter(|_| path.len() > 1) {
                return Some(place);
            }
            path.pop()?;
        }
    }
}

fn descend(node: &Node<'_>, span: Span, path: &mut Vec<String>) {
    let within = |outer: Span| outer.start <= span.start && span.start <= outer.end;
    match &node.kind {
        Kind::Mapping(entries) => {
            if let Some(entry) = entries.iter().rev().find(|entry| entry.key_span.start <= span.start) {
                path.push(entry.key.to_string());
                if !within(entry.key_span) {
                    descend(&entry.value, span, path);
                }
            }
        }
        Kind::Sequence(items) => {
            if let Some(at) = items.iter().rposition(|item| item.span.start <= span.start) {
                path.push(at.to_string());
                descend(&items[at], span, path);
            }
        }
        Kind::Null | Kind::Scalar { .. } => {}
    }
}
