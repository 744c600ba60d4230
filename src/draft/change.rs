//! What was changed against what the data gave, a record a line: found by comparing the two, laid over the data again.
//! What is laid over the same data gives what was compared, word for word.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::heading_over;
use crate::doc::{Line, Written};
use crate::model::EditKind;
use crate::source::{sha256, short_id};
use crate::vietnamese::{fold, numbered};

/// Marks what somebody wrote anew in the id of its line.
const NEW: &str = "/+";

/// A change of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// The line; of an insertion an id of its own.
    pub(crate) block: String,
    pub(crate) kind: EditKind,
    /// The line that it follows, of an insertion or a move; `None` at the very beginning.
    pub(crate) after: Option<String>,
    /// The heading that it stands under, where there is one; versions before did not say.
    pub(crate) under: Option<String>,
    /// What the data gave there; of an insertion the text of the line that it follows.
    pub(crate) base: String,
    /// What is to be read there; empty where it was deleted.
    pub(crate) text: String,
}

impl Change {
    /// What it is dropped or kept by: eight hexadecimal digits of what it does.
    pub(crate) fn id(&self) -> String {
        let after = self.after.as_deref().filter(|_| self.kind == EditKind::Move).unwrap_or_default();
        short_id([&self.block, self.kind.id(), after, &self.text].join("\u{1f}"))
    }

    /// The line that tells where it stands: of an insertion the one before it, whose id says more than its own.
    pub(crate) fn place(&self) -> &str {
        self.after.as_deref().filter(|_| self.kind == EditKind::Insert).unwrap_or(&self.block)
    }
}

/// The part that a line stands in, by its id: `III.5/so-y-te` in `III.5`.
pub(crate) fn part(id: &str) -> &str {
    id.split_once('/').map_or(id, |(part, _)| part)
}

/// What was changed: `read` in its order, each line with where it comes from, nothing for one that is new.
pub(crate) fn changes(source: &[Line], read: &[Written]) -> Vec<Change> {
    let places: BTreeMap<&str, usize> =
        source.iter().enumerate().map(|(at, line)| (line.id.as_str(), at)).collect();
    let from: Vec<Option<usize>> = read.iter().map(|line| places.get(line.of.as_str()).copied()).collect();
    let in_order = longest_rise(&from);
    let mut taken: BTreeSet<String> = read.iter().map(|line| line.of.clone()).collect();
    let (mut changes, mut after): (Vec<Change>, Option<usize>) = (Vec::new(), None);
    for (index, line) in read.iter().enumerate() {
        let text = line.text.clone();
        let anchor = after.map(|at| source[at].id.clone());
        let under = |at: Option<usize>| Some(heading_over(source, at?)?.text.clone());
        match from[index].map(|at| (at, &source[at])) {
            Some((at, given)) if in_order[index] => {
                after = Some(at);
                if !is_same(&given.text, &text) && !given.table {
                    let (block, base) = (given.id.clone(), given.text.clone());
                    let (kind, under) = (EditKind::Replace, under(Some(at)));
                    changes.push(Change { block, kind, after: None, under, base, text });
                }
            }
            // Tables do not move.
            Some((_, given)) if given.table => {}
            Some((_, given)) => {
                let (block, base) = (given.id.clone(), given.text.clone());
                let (kind, under) = (EditKind::Move, under(after));
                changes.push(Change { block, kind, after: anchor, under, base, text });
            }
            None if line.table => {}
            None => {
                let base = after.map(|at| source[at].text.clone()).unwrap_or_default();
                let block =
                    if line.of.is_empty() { new_id(anchor.as_deref(), &text, &mut taken) } else { line.of.clone() };
                let (kind, under) = (EditKind::Insert, under(after));
                changes.push(Change { block, kind, after: anchor, under, base, text });
            }
        }
    }
    let there: BTreeSet<usize> = from.into_iter().flatten().collect();
    let gone = source.iter().enumerate().filter(|(at, line)| !there.contains(at) && !line.table);
    changes.extend(gone.map(|(_, line)| Change {
        block: line.id.clone(),
        kind: EditKind::Delete,
        after: None,
        under: None,
        base: line.text.clone(),
        text: String::new(),
    }));
    changes
}

/// Whether two texts are the same, items whatever their letter, which is written anew each time, and words wherever their
/// tone stands, which spell-checkers move (`hoà`, `hòa`).
fn is_same(given: &str, text: &str) -> bool {
    if given == text {
        return true;
    }
    let capitals = |word: &str| word.chars().map(char::is_uppercase).collect::<Vec<_>>();
    let is_word =
        |(one, other): (&str, &str)| one == other || (fold(one) == fold(other) && capitals(one) == capitals(other));
    let is_letter = |mark: &str| mark.ends_with(") ");
    let ((mark, given), (new_mark, text)) = (numbered(given), numbered(text));
    let words = |text: &str| text.split(' ').count();
    (mark == new_mark || (is_letter(mark) && is_letter(new_mark)))
        && words(given) == words(text)
        && given.split(' ').zip(text.split(' ')).all(is_word)
}

fn new_id(after: Option<&str>, text: &str, taken: &mut BTreeSet<String>) -> String {
    let part = part(after.unwrap_or("opening"));
    let id = format!("{part}{NEW}{}", &sha256([after.unwrap_or_default(), text].join("\n"))[..8]);
    let free = |id: &String| !taken.contains(id);
    let id = std::iter::once(id.clone()).chain((2..).map(|n| format!("{id}-{n}"))).find(free).unwrap_or(id);
    taken.insert(id.clone());
    id
}

/// Which of some places are in a longest run that rises.
fn longest_rise(places: &[Option<usize>]) -> Vec<bool> {
    // The index that ends the best run of each length, and what each index comes after.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), vec![None; places.len()]);
    for (index, place) in places.iter().enumerate().filter(|(_, place)| place.is_some()) {
        let length = ends.partition_point(|end| places[*end] < *place);
        before[index] = length.checked_sub(1).map(|shorter| ends[shorter]);
        ends.truncate(length.max(ends.len()));
        if length == ends.len() {
            ends.push(index);
        } else {
            ends[length] = index;
        }
    }
    let mut rising = vec![false; places.len()];
    let mut last = ends.last().copied();
    while let Some(index) = last {
        rising[index] = true;
        last = before[index];
    }
    rising
}

/// A change with its place in the document that it is laid over.
#[derive(Debug, Clone)]
pub(crate) struct Placed<'c> {
    pub(crate) change: &'c Change,
    /// The line that is changed; of an insertion none.
    pub(crate) at: Option<usize>,
    /// The line that it is put after; `None` at the beginning.
    pub(crate) after: Option<usize>,
    /// What is to be read there.
    pub(crate) text: &'c str,
}

/// Changes laid over the lines of a document.
#[derive(Debug)]
pub(crate) struct Laid<'c> {
    /// What becomes of each line.
    pub(super) fates: Vec<Fate<'c>>,
    /// What is put at the beginning, and after each line.
    pub(super) put: Vec<Vec<Placed<'c>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate<'c> {
    Stays,
    Becomes(&'c str),
    Goes,
}

/// Each line is changed once at most.
pub(crate) fn lay<'c>(lines: usize, placed: impl IntoIterator<Item = Placed<'c>>) -> Laid<'c> {
    let mut laid = Laid { fates: vec![Fate::Stays; lines], put: vec![Vec::new(); lines + 1] };
    for placed in placed {
        if let Some(at) = placed.at {
            laid.fates[at] = match placed.change.kind {
                EditKind::Replace => Fate::Becomes(placed.text),
                EditKind::Insert | EditKind::Delete | EditKind::Move => Fate::Goes,
            };
        }
        if let EditKind::Insert | EditKind::Move = placed.change.kind {
            laid.put[placed.after.map_or(0, |after| after + 1)].push(placed);
        }
    }
    laid
}

impl Laid<'_> {
    /// What is written then.
    pub(crate) fn written(&self, source: &[Line]) -> Vec<Written> {
        let put = |at: usize| {
            self.put[at].iter().map(|placed| Written {
                of: placed.change.block.clone(),
                text: placed.text.to_owned(),
                table: false,
            })
        };
        let mut written: Vec<Written> = put(0).collect();
        for (at, (line, fate)) in source.iter().zip(&self.fates).enumerate() {
            let text = match fate {
                Fate::Stays => Some(line.text.as_str()),
                Fate::Becomes(text) => Some(*text),
                Fate::Goes => None,
            };
            let line = text.map(|text| Written { of: line.id.clone(), text: text.to_owned(), table: line.table });
            written.extend(line);
            written.extend(put(at + 1));
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn letters_of_items_and_places_of_tones_are_no_change() {
        for (given, text, same) in [
            ("c) Hòa giải xong.", "d) Hoà giải xong.", true),
            ("Thủy, ủy ban", "Thuỷ, uỷ ban", true),
            ("c) Hòa giải", "Hòa giải", false),
            ("2. Hòa giải", "3. Hòa giải", false),
            ("sở Y tế", "Sở Y tế", false),
            ("hòa giải", "họa giải", false),
            ("hòa giải", "hòa giải xong", false),
        ] {
            assert_eq!(is_same(given, text), same, "{given} | {text}");
        }
    }
}
