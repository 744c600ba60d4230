//! Last year's number beside a figure, in an earlier draft and now: what it is, and what of it is compared.

use super::earlier::{EarlierMeasure, EarlierPrevious};
use crate::measure::{Amount, LastYear, Measure, NotCompared};
use crate::model::Quantity;

/// Last year's number that changed, or what of it is compared; `None` where there is none.
#[derive(Debug)]
pub(crate) struct LastYearChange<'p> {
    pub(crate) quantity: Quantity<'p>,
    pub(crate) before: Option<Known<'p>>,
    pub(crate) after: Option<Known<'p>>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Known<'p> {
    /// As last year had it; `None` of a rate of numbers of other units.
    pub(crate) value: Option<Amount>,
    /// What of it is compared, or why nothing is; `None` where the earlier draft does not say.
    pub(crate) compared: Option<Result<With<'p>, NotCompared>>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct With<'p> {
    pub(crate) number: Amount,
    /// Whose number it is, where that is not the whole.
    pub(crate) agencies: Option<Vec<&'p str>>,
}

/// `None` where nothing of it changed.
pub(super) fn last_year<'p>(then: &'p EarlierMeasure, now: &Measure<'p>) -> Option<LastYearChange<'p>> {
    let before = then.previous.as_ref().map(known_then);
    let mut after = now.last_year.as_ref().map(known);
    if let (Some(Known { compared: None, .. }), Some(after)) = (&before, &mut after) {
        after.compared = None;
    }
    (before != after).then_some(LastYearChange { quantity: now.quantity, before, after })
}

fn known<'p>(of: &LastYear<'p>) -> Known<'p> {
    let compared = of.comparison.as_ref().map_err(|why| *why).map(|of| With {
        number: of.before,
        agencies: of.both.as_ref().map(|both| both.iter().map(|agency| agency.key.as_str()).collect()),
    });
    Known { value: Some(of.value).filter(|value| !matches!(value, Amount::Unknown(_))), compared: Some(compared) }
}

fn known_then(then: &EarlierPrevious) -> Known<'_> {
    let compared = then.comparison.as_ref().and_then(|of| {
        let agencies = of.agencies.as_ref().map(|agencies| agencies.iter().map(String::as_str).collect());
        Some(With { number: of.number()?, agencies })
    });
    Known { value: then.number(), compared: compared.map(Ok).or(then.not_compared.map(Err)) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;
    use crate::measure::measures;
    use crate::status::derive;
    use crate::workspace::tests::fixture;

    #[test]
    fn what_of_last_year_is_compared_is_told_when_it_changes() {
        let of_days = |to: &str, directives: &str| {
            format!(
                "rounds:\n  annual:\n    data_from: 2025-01-01\n    data_to: {to}\n    source: Báo cáo số 1\n    figures: {{directives: \
                 {directives}}}\n"
            )
        };
        let whole = json!({"before": 20});
        let part = |agencies: &[&str]| json!({"before": 20, "agencies": agencies});
        let (one, none) = ("{agencies: {so-cong-thuong: 20}}", Value::Null);
        let other_unit = "{total: 20, unit: nghìn văn bản}";
        let (same, other) = ("2025-11-20", "2025-12-31");
        for (to, now, value, comparison, not_compared, is_told) in [
            (same, one, json!(20), part(&["so-cong-thuong"]), none.clone(), false),
            (same, one, json!(19), part(&["so-cong-thuong"]), none.clone(), true),
            // The same number, of others or of all.
            (same, one, json!(20), part(&["toa-an"]), none.clone(), true),
            (same, one, json!(20), whole, none.clone(), true),
            (same, one, json!(20), none.clone(), json!("other_days"), true),
            (other, one, json!(20), none.clone(), json!("other_days"), false),
            (other, one, json!(20), part(&["so-cong-thuong"]), none.clone(), true),
            (same, other_unit, json!(20), none.clone(), json!("other_unit"), false),
            (same, other_unit, json!(20), none.clone(), json!("other_days"), true),
            // A draft that does not say what it compared.
            (other, one, json!(20), none.clone(), none.clone(), false),
            (other, one, json!(19), none.clone(), none.clone(), true),
        ] {
            let previous = of_days(to, now);
            let workspace = fixture(&[("plan/previous.yaml", &previous)], "2026-12-03", None);
            let rounds = derive(&workspace);
            let measures = measures(&workspace, &rounds, &rounds[1]);
            let total = measures.iter().find(|now| now.quantity.key() == "directives").unwrap();
            let previous = json!({"value": value, "comparison": comparison, "not_compared": not_compared});
            let then = json!({
                "indicator": "directives", "label": "Số văn bản chỉ đạo", "unit": "văn bản", "contributions": [], "previous": previous,
            });
            let then: EarlierMeasure = from_value(then).unwrap();
            let found = last_year(&then, total);
            assert_eq!(found.is_some(), is_told, "{to} {now}: {then:?} {found:?}");
        }
    }
}
