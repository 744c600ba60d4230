//! What people change in a compiled report comes back: its lines with ids, what was changed against what was written, and
//! those changes laid over what the data give by now. Pure but for reading a Word file that is handed to it; never decides
//! between two people, and never takes a word of theirs for one of the data.

#[cfg_attr(not(test), allow(dead_code, reason = "what reads the files of people is yet to come"))]
mod base;
mod blocks;
#[cfg_attr(not(test), allow(dead_code, reason = "what reads the files of people is yet to come"))]
mod word;
#[cfg_attr(not(test), allow(dead_code, reason = "what reads the files of people is yet to come"))]
mod xml;

#[cfg(test)]
pub(crate) use blocks::folded;
pub(crate) use blocks::lines;
#[cfg(test)]
pub(crate) use word::{Found, read};

use chrono::NaiveDate;

use crate::doc::{Base, Document, Line, Written};

/// What a file of a document carries that was written as the data gave it.
pub(crate) fn base(document: &Document, round: &str, year: i32, as_of: NaiveDate) -> Base {
    let source = lines(document, as_of);
    let written = |Line { id, text, table }: &Line| Written { of: id.clone(), text: text.clone(), table: *table };
    let written = source.iter().map(written).collect();
    Base { round: round.to_owned(), year, as_of, edits: Vec::new(), source, written }
}
