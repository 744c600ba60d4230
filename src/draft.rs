//! What people change in a compiled report comes back: its lines with ids, what was changed against what was written, and
//! those changes laid over what the data give by now. Pure but for reading a Word file that is handed to it; never decides
//! between two people, and never takes a word of theirs for one of the data.

mod against;
mod align;
mod base;
mod blocks;
mod change;
mod edit;
mod figures;
mod judged;
mod merge;
mod numbering;
mod rewritten;
#[cfg(test)]
mod tests;
mod word;
mod xml;

pub(crate) use against::Against;
pub(crate) use align::align;
pub(crate) use blocks::{ROWS, folded, lines, where_it_stands};
pub(crate) use change::{Change, part};
pub(crate) use edit::{Edit, comments, file};
pub(crate) use figures::typed;
pub(crate) use judged::{Judged, State, judge, laid};
pub(crate) use merge::{Copy, Merged, keep, merge};
pub(crate) use rewritten::rewritten;
pub(crate) use word::{MAX_BYTES, ReadLine, Word, carries_base, read};

use chrono::NaiveDate;

use crate::doc::{Base, Line, Written};

/// The lines of a copy, each with the line of the source that it comes from or the edit that put it there; nothing for what
/// is new in it.
pub(crate) fn recognised(base: &Base, read: &[ReadLine]) -> Vec<Written> {
    let of = align(&base.written, read).into_iter().zip(read);
    let of = of.map(|(at, line)| Written {
        of: at.map_or_else(String::new, |at| base.written[at].of.clone()),
        text: line.text.clone(),
        table: line.table,
    });
    of.collect()
}

/// What a draft is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of<'o> {
    /// Id of the round.
    pub(crate) round: &'o str,
    pub(crate) year: i32,
    pub(crate) province: &'o str,
    /// The day that it tells of.
    pub(crate) as_of: NaiveDate,
}

/// What a file carries that is written from some lines with what became of the edits; `printed` are its lines then.
pub(crate) fn base(of: Of<'_>, source: &[Line], judged: &[Judged<'_>], printed: Vec<Line>) -> Base {
    let applied = judged.iter().filter(|judged| judged.state == State::Applied);
    // A block of several texts words some of them itself.
    let laid = laid(source, judged).written(source);
    let read: Vec<ReadLine> =
        printed.iter().map(|line| ReadLine { text: line.text.clone(), table: line.table }).collect();
    let known = align(&laid, &read).into_iter().zip(printed);
    let written = known.map(|(at, Line { id, text, table })| Written {
        of: at.map_or_else(|| format!("printed/{id}"), |at| laid[at].of.clone()),
        text,
        table,
    });
    base::checked(Base {
        round: of.round.to_owned(),
        year: of.year,
        province: folded(of.province),
        as_of: of.as_of,
        edits: applied.map(|judged| judged.edit.change.id()).collect(),
        written: written.collect(),
        source: source.to_vec(),
        check: String::new(),
    })
}
