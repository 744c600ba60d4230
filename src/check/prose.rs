//! Reading running text for the rules: words, placeholders, numbers told. Judges nothing of the reports themselves.

mod claims;
mod clues;
mod phrases;
mod placeholder;
#[cfg(test)]
mod sentences;
mod words;

use foldhash::HashSet;
use rayon::prelude::*;

use crate::model::Plan;
pub(super) use crate::vietnamese::Tokens;
pub(super) use claims::{Claim, claims, contradicted};
pub(super) use clues::Teller;
pub(crate) use phrases::{Owners, Phrases};
pub(super) use placeholder::placeholder;

/// Every three words that follow each other.
pub(super) fn triples<'t>(words: impl Iterator<Item = &'t str> + Clone) -> impl Iterator<Item = [&'t str; 3]> {
    let (second, third) = (words.clone().skip(1), words.clone().skip(2));
    words.zip(second).zip(third).map(|((first, second), third)| [first, second, third])
}

/// The plan's own words, taken apart once for every report.
pub(super) struct Wording<'p> {
    /// Every three words that follow each other in what the plan says of a task, by task.
    pub(super) echoes: Vec<HashSet<[&'p str; 3]>>,
    pub(super) phrases: Phrases,
}

impl<'p> Wording<'p> {
    /// From the words of each task.
    pub(super) fn new(plan: &Plan, tasks: &'p [Vec<Tokens<'p>>]) -> Self {
        let triples = |text: &'p Tokens<'p>| triples(text.told());
        let echoes = tasks.par_iter().map(|texts| texts.iter().flat_map(triples).collect());
        let (echoes, phrases) = rayon::join(|| echoes.collect(), || Phrases::new(plan));
        Self { echoes, phrases }
    }
}
