//! Checked types: what the plan says and what the agencies report, each item with its place.
//! Holds data and the questions that follow from it alone; reads no text and judges nothing.

mod answer;
mod draft;
mod earlier;
mod list;
pub(crate) mod plan;
mod published;
mod quantity;
mod register;
mod report;
mod submission;

pub(crate) use crate::record::Period;
pub(crate) use answer::*;
pub(crate) use draft::*;
pub(crate) use earlier::*;
pub(crate) use list::*;
pub(crate) use plan::*;
pub(crate) use published::*;
pub(crate) use quantity::*;
pub(crate) use register::*;
pub(crate) use report::*;
pub(crate) use submission::*;

pub(crate) use crate::source::Spanned;
