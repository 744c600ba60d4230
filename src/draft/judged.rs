//! Edits against what the data give by now, block by block: what stands in the new document as it was edited, what must be
//! decided by a person first, what has lost its place.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::against::{Against, Given};
use super::align::alike;
use super::blocks::{
    CLOSING, END, NAMED, WORDS, days, group, heading_over, is_heading, is_of_heading, settled, title,
};
use super::change::{Change, Fate, Laid, Placed, lay, part};
use super::edit::Edit;
use super::figures::{figures, is_known, of_lines};
use crate::doc::Line;
use crate::model::EditKind;
use crate::vietnamese::numbered;

/// Parts of a thousand that a line must keep of its words to be the same, its data changed.
const ALIKE: u64 = 500;

/// An edit, and what becomes of it.
#[derive(Debug)]
pub(crate) struct Judged<'e> {
    pub(crate) edit: &'e Edit,
    pub(crate) state: State,
    /// What is to be read there: the day of the document in it is the one of now.
    pub(crate) text: String,
    /// Figures that it has from the draft that was edited, and that the data do not give any more.
    pub(crate) moved: Vec<String>,
    /// Numbers in it that are not what the data give for the same.
    pub(crate) against: Vec<Against>,
    /// The line that it was put after is not there any more: it stands at the end of the same part.
    pub(crate) displaced: bool,
    /// Where its line is by now.
    at: Option<usize>,
    after: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// It stands in the document.
    Applied,
    /// The data give something else there by now, which is printed.
    Changed(String),
    /// The data give nothing there any more, or the part that somebody added to is not there.
    Gone,
    /// Another edit says something else of the same line; what the data give is printed, told here where they changed since.
    Contested(Option<String>),
    /// What it takes away is not there any more.
    Moot,
}

impl State {
    /// What the data give by now, where that changed since the edit.
    pub(crate) fn now(&self) -> Option<&str> {
        match self {
            Self::Changed(now) | Self::Contested(Some(now)) => Some(now),
            _ => None,
        }
    }

    /// Whether a person has to decide.
    pub(crate) fn is_conflict(&self) -> bool {
        matches!(self, Self::Changed(_) | Self::Gone | Self::Contested(_))
    }
}

impl Judged<'_> {
    /// The change as it is to be made to what the data give by now, of which a line that is gone is put where its part ends.
    pub(super) fn rebased(&self, source: &[Line]) -> Change {
        let change = &self.edit.change;
        let line = |at: usize| (source[at].id.clone(), source[at].text.clone());
        let (text, anchor) = (self.text.clone(), self.after.map(line));
        let after = anchor.clone().map(|(id, _)| id);
        let place = self.after.or(self.at);
        let under = place.and_then(|at| heading_over(source, at)).map(|heading| heading.text.clone());
        match (self.at.map(line), change.kind) {
            (Some((block, base)), kind) => Change { block, kind, after, under, base, text },
            (None, _) if self.state == State::Moot => change.clone(),
            (None, EditKind::Delete) => change.clone(),
            (None, _) => {
                let base = anchor.map(|(_, text)| text).unwrap_or_default();
                Change { block: change.block.clone(), kind: EditKind::Insert, after, under, base, text }
            }
        }
    }

    /// Whether a person should look at it, though it stands.
    pub(crate) fn needs_a_look(&self) -> bool {
        self.state == State::Applied && (self.displaced || !self.moved.is_empty())
    }
}

/// Where the line of an edit is by now.
#[derive(Debug, Clone, Copy)]
enum Where {
    Same(usize),
    Changed(usize),
    Gone,
}

/// What becomes of edits in a document of some lines that tells of a day.
pub(crate) fn judge<'e>(source: &[Line], edits: &'e [Edit], as_of: NaiveDate) -> Vec<Judged<'e>> {
    let now =
        Now { source, as_of, ids: source.iter().enumerate().map(|(at, line)| (line.id.as_str(), at)).collect() };
    let (said, given) = (of_lines(source), Given::of(source));
    let mut of: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for edit in edits {
        of.entry(&edit.change.block).or_default().insert(edit.change.id());
    }
    let judge = |edit: &'e Edit| {
        let mut judged = now.judged(edit);
        if of.get(edit.change.block.as_str()).is_some_and(|ids| ids.len() > 1) {
            judged.state = State::Contested(judged.state.now().map(str::to_owned));
        }
        let figures = figures(&judged.text);
        judged.moved = edit
            .figures
            .iter()
            .filter(|known| figures.iter().any(|figure| is_known(known, figure)) && !said.has(known))
            .cloned()
            .collect();
        judged.against = given.against(&judged.text, judged.at.map(|at| source[at].text.as_str()));
        judged
    };
    let mut judged: Vec<Judged<'e>> = edits.iter().map(judge).collect();
    // Two edits that found one line: whatever they were made of, one cannot be laid over the other.
    let mut taken = BTreeSet::new();
    for judged in judged.iter_mut().filter(|judged| judged.state == State::Applied) {
        if judged.at.is_some_and(|at| !taken.insert(at)) {
            judged.state = State::Contested(None);
        }
    }
    judged
}

/// The edits that stand, laid over the document.
pub(crate) fn laid<'j>(source: &'j [Line], judged: &'j [Judged<'_>]) -> Laid<'j> {
    let applied = || judged.iter().filter(|judged| judged.state == State::Applied);
    let mut laid = lay(
        source.len(),
        applied().map(|judged| Placed {
            change: &judged.edit.change,
            at: judged.at,
            after: judged.after,
            text: &judged.text,
        }),
    );
    // What somebody ends the text with takes the mark from what the data end with.
    if applied().any(|judged| closes(judged.edit)) {
        let ends = source.iter().position(|line| line.text.ends_with(END));
        if let Some(at) = ends.filter(|at| laid.fates[*at] == Fate::Stays) {
            laid.fates[at] = Fate::Becomes(&source[at].text[..source[at].text.len() - END.len() + 1]);
        }
    }
    laid
}

/// Whether it is the last paragraph of the text.
fn closes(edit: &Edit) -> bool {
    edit.change.kind == EditKind::Insert && edit.change.text.ends_with(END)
}

struct Now<'s> {
    source: &'s [Line],
    as_of: NaiveDate,
    ids: BTreeMap<&'s str, usize>,
}

impl Now<'_> {
    fn judged<'e>(&self, edit: &'e Edit) -> Judged<'e> {
        let change = &edit.change;
        let mut judged = Judged {
            edit,
            state: State::Applied,
            text: self.of_today(&change.text, edit),
            moved: Vec::new(),
            against: Vec::new(),
            displaced: false,
            at: None,
            after: None,
        };
        if change.kind != EditKind::Insert {
            match self.find(&change.block, &change.base, edit.as_of) {
                Where::Same(at) if self.source[at].table => judged.state = State::Gone,
                Where::Same(at) => judged.at = Some(at),
                Where::Changed(at) => {
                    judged.at = Some(at);
                    judged.state = State::Changed(self.source[at].text.clone());
                }
                // Nobody misses a line that was only to be deleted or moved.
                Where::Gone if change.text.is_empty() || change.text == change.base => judged.state = State::Moot,
                Where::Gone => {
                    judged.state = State::Gone;
                    judged.after = self.home(&change.block, change).or_else(|| self.before_end());
                }
            }
        }
        // What it is numbered by is the place of today's, unless somebody numbered it anew.
        if let Some(line) = judged.at.map(|at| &self.source[at]) {
            let ((mark, text), (was, _)) = (numbered(&judged.text), numbered(&change.base));
            if mark == was && !text.is_empty() {
                judged.text = format!("{}{text}", numbered(&line.text).0);
            }
        }
        if closes(edit) {
            judged.after = self.end_of_text();
        } else if let (EditKind::Insert | EditKind::Move, Some(after)) = (change.kind, &change.after) {
            judged.after = self.anchor(after, edit);
            if judged.after.is_none() {
                judged.displaced = true;
                judged.after = self.home(after, change);
            }
            // Nobody knows where it belongs.
            if judged.after.is_none() && judged.state == State::Applied {
                judged.state = State::Gone;
                judged.after = self.before_end();
            }
        }
        judged
    }

    /// The line that an edit is put after, where it still stands under the same heading.
    fn anchor(&self, id: &str, edit: &Edit) -> Option<usize> {
        let change = &edit.change;
        let (insert, under) = (change.kind == EditKind::Insert, change.under.as_deref());
        // The head of the paper and its signature are always there.
        if let Some(at) = self.ids.get(id).filter(|at| is_of_heading(id) && self.source[**at].table) {
            return Some(*at);
        }
        // Headings are numbered anew where a part before them has nothing to say.
        if is_of_heading(id)
            && let Some(heading) = under.or_else(|| Some(&*change.base).filter(|_| insert))
        {
            return self.headed(heading);
        }
        let (at, by_number) = match self.find(id, if insert { &change.base } else { "" }, edit.as_of) {
            Where::Same(at) => (at, self.source[at].table),
            Where::Changed(at) => (at, self.source[at].table || id.contains(WORDS)),
            Where::Gone => return None,
        };
        // What is known by the number of its part may be another part's.
        let over = || heading_over(self.source, at).map(|heading| title(&heading.text));
        let elsewhere = by_number && under.is_some_and(|under| over() != Some(title(under)));
        (!elsewhere).then_some(at)
    }

    /// The one heading of these words.
    fn headed(&self, heading: &str) -> Option<usize> {
        let is_it = |at: &usize| is_heading(&self.source[*at]) && title(&self.source[*at].text) == title(heading);
        let mut found = (0..self.source.len()).filter(is_it);
        found.next().filter(|_| found.next().is_none())
    }

    /// The last line of where a line stood that is gone: of its task, under its heading, of its group of tasks, of a part
    /// that goes by a name. A number is no name: another part may bear it by now.
    fn home(&self, id: &str, change: &Change) -> Option<usize> {
        let of_part = part(id);
        let last =
            |is_it: &dyn Fn(&str) -> bool| (0..self.source.len()).rev().find(|at| is_it(&self.source[*at].id));
        let of_task = last(&|id| of_part.contains('.') && part(id) == of_part);
        let headed = || self.headed(change.under.as_deref()?).map(|at| self.end_of(at));
        let of_group = || {
            let wanted = group(id)?;
            last(&|id| group(id) == Some(wanted)).map(|at| self.end_of(at))
        };
        let is_name = NAMED.iter().any(|(name, _)| *name == of_part);
        of_task.or_else(headed).or_else(of_group).or_else(|| last(&|id| is_name && part(id) == of_part))
    }

    /// The last line under the same heading; what ends the text comes after all.
    fn end_of(&self, at: usize) -> usize {
        let ends = |line: &Line| is_heading(line) || line.id == CLOSING || line.text.ends_with(END);
        let behind = self.source[at + 1..].iter().position(ends).unwrap_or(self.source.len() - at - 1);
        at + behind
    }

    /// The last line before those that end the text.
    fn before_end(&self) -> Option<usize> {
        let end = self.end_of_text()?;
        if self.source[end].text.ends_with(END) { end.checked_sub(1) } else { Some(end) }
    }

    fn find(&self, id: &str, base: &str, as_of: Option<NaiveDate>) -> Where {
        let was = settled(base, as_of.unwrap_or(self.as_of));
        let is_same = |at: &usize| settled(&self.source[*at].text, self.as_of) == was;
        if let Some(at) = self.ids.get(id).copied() {
            return if is_same(&at) { Where::Same(at) } else { Where::Changed(at) };
        }
        // A line that the view has no name for is known by its words: elsewhere the same, or here alike.
        let Some((part, _)) = id.split_once(WORDS) else { return Where::Gone };
        let mut same = (0..self.source.len()).filter(is_same);
        if let (Some(at), None) = (same.next(), same.next()) {
            return Where::Same(at);
        }
        let here = (0..self.source.len())
            .filter(|at| self.source[*at].id.split_once(WORDS).is_some_and(|(other, _)| other == part));
        let alike = here.map(|at| (alike(&was, &settled(&self.source[at].text, self.as_of)), at));
        let best =
            alike.filter(|(alike, _)| *alike >= ALIKE).max_by_key(|(alike, at)| (*alike, std::cmp::Reverse(*at)));
        best.map_or(Where::Gone, |(_, at)| Where::Changed(at))
    }

    /// The last line before the signature.
    fn end_of_text(&self) -> Option<usize> {
        let end = self.source.iter().position(|line| line.id == CLOSING).unwrap_or(self.source.len());
        end.checked_sub(1)
    }

    /// The day that the edited draft told of gives way to the day of now, where the tool wrote it.
    fn of_today(&self, text: &str, edit: &Edit) -> String {
        let Some(then) = edit.as_of else { return text.to_owned() };
        let days = days(then).into_iter().zip(days(self.as_of)).filter(|(then, _)| edit.change.base.contains(then));
        days.fold(text.to_owned(), |text, (then, now)| text.replace(&then, &now))
    }
}
