//! Checked types: what the plan says and what the agencies report, each item with its place.
//! Holds data and the questions that follow from it alone; reads no text and judges nothing.

mod plan;
mod report;

use std::fmt;

use crate::source::Span;

pub(crate) use plan::*;
pub(crate) use report::*;

/// A value and where it was written.
#[derive(Debug, Clone)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(String);

        impl $name {
            pub(crate) fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// `so-y-te`
    AgencyId,
    /// `ubnd-cap-xa`
    GroupId,
    /// `III.5`: group and number of the plan's annex
    TaskId,
    /// `annual`
    RoundId,
    /// `inspections`
    IndicatorId,
}
