//! An earlier draft, as its JSON tells it.

use std::collections::BTreeMap;
use std::num::NonZero;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::measure::{Amount, NotCompared, Unknown};

/// An earlier draft: the part of its JSON that is compared.
#[derive(Debug, Deserialize)]
pub(crate) struct Earlier {
    pub(crate) schema_version: u32,
    pub(crate) as_of: NaiveDate,
    pub(crate) round: EarlierRound,
    /// What its text counts; older drafts do not say.
    pub(crate) summary: Option<Tree>,
    /// Whether it is of accepted reports alone; older drafts do not say.
    pub(super) accepted_only: Option<bool>,
    pub(super) totals: Vec<EarlierMeasure>,
    /// What is no indicator; older drafts do not say.
    pub(super) measures: Option<Vec<EarlierMeasure>>,
    pub(super) submissions: Vec<EarlierSubmission>,
    #[serde(default)]
    pub(super) ad_hoc: Vec<EarlierAdHoc>,
    /// The other rounds that may count in it; older drafts do not say, nor the two below.
    pub(super) other_rounds: Option<Vec<EarlierOtherRound>>,
    /// The days of last year's data.
    pub(super) last_year: Option<EarlierDays>,
    pub(super) next_steps: Option<Vec<EarlierStep>>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct EarlierRound {
    pub(crate) id: String,
    #[serde(flatten)]
    pub(super) data: Option<EarlierDays>,
    /// Deadlines; older drafts do not say.
    pub(super) agencies_before: Option<NaiveDate>,
    pub(super) consolidated_before: Option<NaiveDate>,
    pub(super) working_days_left: Option<usize>,
}

#[derive(Debug, Deserialize)]
pub(super) struct EarlierOtherRound {
    pub(super) id: String,
    #[serde(flatten)]
    pub(super) data: EarlierDays,
    pub(super) submissions: Vec<EarlierSubmission>,
}

/// Of data.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct EarlierDays {
    pub(super) data_from: NaiveDate,
    pub(super) data_to: NaiveDate,
}

#[derive(Debug, Deserialize)]
pub(super) struct EarlierStep {
    pub(super) agency: String,
    pub(super) text: String,
    pub(super) when: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct EarlierMeasure {
    pub(crate) indicator: String,
    pub(crate) label: String,
    pub(crate) unit: String,
    value: Option<u128>,
    rate: Option<EarlierRate>,
    /// Why there is neither; older drafts do not say.
    unknown: Option<Unknown>,
    pub(super) contributions: Vec<EarlierContribution>,
    /// Answers that are no numbers; older drafts do not have them.
    pub(super) others: Option<Vec<EarlierOther>>,
    /// Control totals; older drafts do not have them, nor the two below.
    pub(super) comparisons: Option<Vec<EarlierCompared>>,
    pub(super) under_tasks: Option<Vec<EarlierUnderTask>>,
    pub(super) previous: Option<EarlierPrevious>,
    /// The sum of the round before.
    pub(super) earlier: Option<i128>,
}

#[derive(Debug, Deserialize)]
struct EarlierRate {
    numerator: u128,
    denominator: NonZero<u128>,
}

#[derive(Debug, Deserialize)]
pub(super) struct EarlierContribution {
    pub(super) agency: String,
    pub(super) value: u64,
    pub(super) carried_over: Option<u64>,
    /// In whose report it stands, or that it is an ad hoc one.
    pub(super) round: Option<String>,
    #[serde(rename = "use")]
    pub(super) use_: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct EarlierCompared {
    pub(super) agency: String,
    pub(super) value: i128,
    pub(super) difference: i128,
}

#[derive(Debug, Deserialize)]
pub(super) struct EarlierUnderTask {
    pub(super) task: String,
    pub(super) value: Option<i128>,
}

/// Last year's number, and what of it was compared.
#[derive(Debug, Deserialize)]
pub(super) struct EarlierPrevious {
    value: Option<u128>,
    rate: Option<EarlierRate>,
    pub(super) comparison: Option<EarlierComparison>,
    pub(super) not_compared: Option<NotCompared>,
}

#[derive(Debug, Deserialize)]
pub(super) struct EarlierComparison {
    before: Option<u128>,
    rate_before: Option<EarlierRate>,
    /// Absent where all are compared.
    pub(super) agencies: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct EarlierOther {
    pub(super) agency: String,
    pub(super) answer: Unknown,
    #[serde(rename = "use")]
    pub(super) use_: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct EarlierSubmission {
    pub(crate) agency: String,
    /// Not told of those of other rounds.
    #[serde(default)]
    pub(crate) name: String,
    /// Of the report's file; absent where there was none.
    pub(super) sha256: Option<String>,
    /// `late` where `days` count how late it came.
    pub(super) timeliness: Option<String>,
    pub(super) days: Option<i64>,
    pub(super) extended_until: Option<NaiveDate>,
    pub(super) working_days_left: Option<usize>,
    pub(crate) included: bool,
    /// Whether it was valid, and left out for not being accepted; older drafts do not say.
    pub(super) not_accepted: Option<bool>,
}

impl Earlier {
    /// Whether it is of accepted reports alone; an older draft shows it where it left any out.
    pub(super) fn is_of_accepted(&self) -> bool {
        let left_out = || self.summary.as_ref()?.under("reports")?.under("not_accepted");
        self.accepted_only
            .unwrap_or_else(|| left_out().is_some_and(|left_out| matches!(left_out, Tree::Number(1..))))
    }
}

/// Numbers and words under names, as they come.
#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub(crate) enum Tree {
    Number(u64),
    Flag(bool),
    Words(String),
    List(Vec<Tree>),
    Names(BTreeMap<String, Tree>),
    Nothing(()),
}

impl Tree {
    fn under(&self, name: &str) -> Option<&Self> {
        if let Self::Names(names) = self { names.get(name) } else { None }
    }
}

impl EarlierMeasure {
    /// A number or a rate, or why there was neither; `None` where the draft does not say why.
    pub(super) fn amount(&self) -> Option<Amount> {
        number(self.value, self.rate.as_ref()).or(self.unknown.map(Amount::Unknown))
    }

    /// What was printed for it.
    pub(crate) fn value(&self) -> Amount {
        self.amount().unwrap_or(Amount::Unknown(Unknown::NoAnswer))
    }
}

impl EarlierPrevious {
    pub(super) fn number(&self) -> Option<Amount> {
        number(self.value, self.rate.as_ref())
    }
}

impl EarlierComparison {
    pub(super) fn number(&self) -> Option<Amount> {
        number(self.before, self.rate_before.as_ref())
    }
}

/// A sum or a rate.
fn number(sum: Option<u128>, rate: Option<&EarlierRate>) -> Option<Amount> {
    let rate = rate.map(|rate| Amount::Percent { part: rate.numerator, whole: rate.denominator.get() });
    rate.or(sum.map(Amount::Sum))
}

#[derive(Debug, Deserialize)]
pub(super) struct EarlierAdHoc {
    pub(super) agency: String,
    pub(super) date: NaiveDate,
    pub(super) sha256: String,
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn a_rate_is_one_of_something() {
        let whole = |whole: u32| json!({"numerator": 1, "denominator": whole});
        assert_eq!(from_value::<EarlierRate>(whole(1)).unwrap().denominator.get(), 1);
        from_value::<EarlierRate>(whole(0)).unwrap_err();
    }
}
