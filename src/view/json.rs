//! Values that several commands print as JSON. A field may join within a schema version; none is removed or changed,
//! which the fields of released versions hold (`tests/releases`).

use chrono::NaiveDate;

use crate::changes::SCHEMA_VERSION;
use crate::measure::{Amount, Unknown};
use crate::source::{Files, Span};

pub(super) use crate::doc::values;

values! {
    // What every output begins with.
    HeadJson = fn head(as_of: NaiveDate, banner: &Option<String>) {
        schema_version: u32 = SCHEMA_VERSION,
        as_of: NaiveDate = as_of,
        /// Set while any report read is illustrative.
        illustrative: bool = banner.is_some(),
    }

    // Where something is written.
    PlaceJson<'j> = fn place(files: &'j Files, span: Span) {
        file: &'j str = &files.get(span.file).path,
        line: usize = files.position(span).line,
    }

    /// Of a rate: the two sums it is made of.
    RateJson = fn rate(part: u128, whole: u128) {
        numerator: u128 = part,
        denominator: u128 = whole,
    }
}

/// A sum, a rate, or why there is neither.
pub(super) fn amount(amount: Amount) -> (Option<u128>, Option<RateJson>, Option<Unknown>) {
    match amount {
        Amount::Unknown(why) => (None, None, Some(why)),
        Amount::Sum(sum) => (Some(sum), None, None),
        Amount::Percent { part, whole } => (None, Some(rate(part, whole)), None),
    }
}
