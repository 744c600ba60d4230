//! What a copy of a draft brings back, put together with the edits that are known by now: what this copy did not touch stays
//! as it is known; what it and somebody else touched is kept twice, for a person to decide.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::change::{Change, changes};
use super::edit::Edit;
use super::figures::{figures, of_lines};
use super::judged::Judged;
use crate::doc::{Base, Line, Written};
use crate::model::EditKind;
use crate::source::as_id;

/// Whose copy it is, and when it came.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Copy<'c> {
    pub(crate) base: &'c Base,
    pub(crate) by: Option<&'c str>,
    pub(crate) date: NaiveDate,
}

/// What came of taking a copy back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Merged {
    /// All that is known then.
    pub(crate) edits: Vec<Edit>,
    /// How many of them this copy brought.
    pub(crate) new: usize,
    /// How many of those delete a line.
    pub(crate) deleted: usize,
    /// How many lines it and somebody else changed.
    pub(crate) contested: usize,
    /// How many edits that it was written with it undid.
    pub(crate) undone: usize,
    /// How many edits its author had made in it before, taken in then and not there any more.
    pub(crate) withdrawn: usize,
    /// How many are not there any more of which nobody said whose they are: they stay.
    pub(crate) unclear: usize,
}

impl Copy<'_> {
    /// What the draft that was edited is known by: eight hexadecimal digits of what it says.
    fn mark(&self) -> &str {
        self.base.check.get(..8).unwrap_or_default()
    }

    /// Whether an edit was taken from this very copy, as it was then.
    fn has_brought(&self, edit: &Edit) -> bool {
        edit.by.as_deref() == self.by && edit.copy.as_deref() == Some(self.mark())
    }
}

/// `read`: the lines of the copy, each with where it comes from.
pub(crate) fn merge(known: &[Edit], copy: Copy<'_>, read: &[Written]) -> Merged {
    let base = copy.base;
    let by_block = |changes: Vec<Change>| -> BTreeMap<String, Change> {
        changes.into_iter().map(|change| (change.block.clone(), change)).collect()
    };
    let before = by_block(changes(&base.source, &base.written));
    let now = changes(&base.source, read);
    let gave = of_lines(&base.source);
    let of_draft = |edit: &&Edit| base.edits.iter().any(|id| as_id(id) == edit.change.id());
    // What somebody says later of the same draft is said in place of what they said before.
    let is_own = |edit: &Edit| copy.by.is_some() && copy.has_brought(edit);
    let mut merged =
        Merged { edits: Vec::new(), new: 0, deleted: 0, contested: 0, undone: 0, withdrawn: 0, unclear: 0 };
    let mut seen = BTreeSet::new();
    for change in now {
        seen.insert(change.block.clone());
        let mut there: Vec<Edit> = known.iter().filter(|edit| edit.change.block == change.block).cloned().collect();
        let count = there.len();
        there.retain(|edit| !is_own(edit) || edit.change.id() == change.id());
        // Written as the draft had it, what stood there before its author changed it stands again.
        let is_back = there.is_empty() && count > 0;
        // What this copy did not touch stays as it is known, dropped or decided since it was written.
        let is_touched = before.get(&change.block) != Some(&change) || is_back;
        if is_touched && there.iter().all(|edit| edit.change.id() != change.id()) {
            there.retain(|edit| !of_draft(&edit));
            merged.new += 1;
            merged.deleted += usize::from(change.kind == EditKind::Delete);
            merged.contested += usize::from(!there.is_empty());
            there.push(Edit {
                figures: figures(&change.text).into_iter().filter(|figure| gave.has(figure)).collect(),
                change,
                by: copy.by.map(str::to_owned),
                date: copy.date,
                as_of: Some(base.as_of),
                copy: Some(copy.mark().to_owned()),
                span: None,
            });
        }
        merged.edits.extend(there);
    }
    let undone = |block: &String| before.contains_key(block) && !seen.contains(block);
    for edit in known.iter().filter(|edit| !seen.contains(&edit.change.block)) {
        if undone(&edit.change.block) && of_draft(&edit) {
            merged.undone += 1;
        } else if is_own(edit) {
            merged.withdrawn += 1;
        } else {
            merged.unclear += usize::from(copy.by.is_none() && copy.has_brought(edit));
            merged.edits.push(edit.clone());
        }
    }
    merged
}

impl Merged {
    /// Whether anything is known then that was not before.
    pub(crate) fn changed(&self, known: &[Edit]) -> bool {
        self.edits != known
    }
}

/// All edits when a person has decided that those named stand: made of what the data give by now, alone on their lines.
pub(crate) fn keep(
    judged: &[Judged<'_>],
    source: &[Line],
    as_of: NaiveDate,
    is_named: impl Fn(&Edit) -> bool,
) -> Vec<Edit> {
    let decided: BTreeSet<&str> = judged
        .iter()
        .filter(|judged| is_named(judged.edit))
        .map(|judged| judged.edit.change.block.as_str())
        .collect();
    let said = of_lines(source);
    let mut kept = Vec::new();
    for judged in judged {
        let edit = judged.edit;
        if is_named(edit) {
            let figures = edit.figures.iter().filter(|figure| said.has(figure)).cloned().collect();
            let change = judged.rebased(source);
            kept.push(Edit { change, figures, as_of: Some(as_of), copy: None, ..edit.clone() });
        } else if !decided.contains(edit.change.block.as_str()) {
            kept.push(edit.clone());
        }
    }
    kept
}
