//! Checked types: what the plan says and what the agencies report, each item with its place.
//! Holds data and the questions that follow from it alone; reads no text and judges nothing.

mod list;
mod plan;
mod report;

use crate::source::Span;

pub(crate) use list::*;
pub(crate) use plan::*;
pub(crate) use report::*;

/// A value and where it was written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}
