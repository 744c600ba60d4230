//! What a file of a document carries so that what people change in it can be taken back: its lines as the data gave them
//! and as they were written. Says nothing of what a change is.

use chrono::NaiveDate;

/// The document that a file was written from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Base {
    /// Id of the round, and the year and the province of its plan.
    pub(crate) round: String,
    pub(crate) year: i32,
    pub(crate) province: String,
    /// The day that it tells of.
    pub(crate) as_of: NaiveDate,
    /// Ids of the edits that are in what was written.
    pub(crate) edits: Vec<String>,
    /// As the data gave them.
    pub(crate) source: Vec<Line>,
    /// As they were written, in their order.
    pub(crate) written: Vec<Written>,
    /// A hash of all the above: half of it is nobody's base.
    pub(crate) check: String,
}

/// A paragraph, or a table in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Unique within the document.
    pub(crate) id: String,
    /// In NFC, blanks folded, not empty.
    pub(crate) text: String,
    /// Whether it is a table, which people do not edit this way.
    pub(crate) table: bool,
}

/// A line as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// The id of the line of the source that it comes from, or of the edit that put it there.
    pub(crate) of: String,
    pub(crate) text: String,
    pub(crate) table: bool,
}

impl Base {
    /// The namespace of the part of the file that holds it: file names are not kept by all programs.
    pub(crate) const NAMESPACE: &'static str = "urn:plan:draft:1";
}
