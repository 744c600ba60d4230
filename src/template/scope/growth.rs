//! What sentences that compare with last year may name.

use serde::Serialize;

/// Last year's figures as a whole.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Previous {
    /// `2025`
    pub(crate) year: String,
    /// Whether the plan has any for the round.
    pub(crate) known: bool,
    /// Whether they are of the days of the round's data, a year before.
    pub(crate) same_days: bool,
    /// The first and the last day of their data.
    pub(crate) data_from: Option<String>,
    pub(crate) data_to: Option<String>,
    /// The paper that all of them are taken from; none where there are several.
    pub(crate) source: Option<String>,
    /// How many indicators are compared.
    pub(crate) compared: usize,
}

/// What a template of `growth` may name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Growth {
    pub(crate) change: Change,
}

/// How one number changed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Change {
    /// Of the indicator, within a sentence.
    pub(crate) label: String,
    pub(crate) year: String,
    /// `up`, `down`, `same`, or `from_zero` where there was nothing last year.
    pub(crate) way: &'static str,
    /// `322 vụ`, `1,2 tỷ đồng`, `2,5 điểm phần trăm`
    pub(crate) by: String,
    /// None of few, of money or counts that did not change, and of rates.
    pub(crate) percent: Option<String>,
    pub(crate) now: String,
    pub(crate) before: String,
    /// How many gave a number in both years, where those are not all.
    pub(crate) agencies: Option<usize>,
    /// Their names, where they are few.
    pub(crate) names: Option<String>,
    /// What `after_number` says.
    pub(crate) told: String,
}
