//! A measure split by who gave its figures, level by level or agency by agency, so that the parts add up to the whole.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::made::percent;
use super::{Amount, Measure, Unknown, made_of, of_indicator};
use crate::model::{Agency, AgencyId, Level, Plan, Quantity};
use crate::percent;

/// Agencies whose figures are told as one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Party {
    pub(crate) of: Of,
    /// Those of them that gave a number.
    pub(crate) members: BTreeSet<AgencyId>,
}

/// Who is named by itself comes before those that are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Of {
    Agency(AgencyId),
    Level(Level),
}

pub(crate) fn by_level<'m>(plan: &Plan, measures: impl IntoIterator<Item = &'m Measure<'m>>) -> Vec<Party> {
    parties(measures, |agency| Of::Level(plan.level(agency)))
}

/// A measure level by level: how many agencies gave a number, and what it is of them.
pub(crate) fn levels(plan: &Plan, measures: &[Measure<'_>], measure: &Measure<'_>) -> Vec<(Level, usize, Amount)> {
    let parts = if measure.is_rate() { made_of(measures, measure.quantity) } else { vec![measure] };
    let levels = by_level(plan, parts).into_iter().filter_map(|party| match party.of {
        Of::Level(level) => Some((level, party.members.len(), amount_of(measures, measure, &party.members))),
        Of::Agency(_) => None,
    });
    levels.collect()
}

/// Members of folded groups together, but for those whose totals another agency gives too.
pub(crate) fn by_agency<'m>(plan: &Plan, measures: impl IntoIterator<Item = &'m Measure<'m>>) -> Vec<Party> {
    let controls = plan.agencies.iter().filter_map(|agency| agency.control_total_of);
    let compared: BTreeSet<AgencyId> = controls.flat_map(|group| plan[group].members.iter().copied()).collect();
    parties(measures, |agency| match plan.level(agency) {
        level @ Level::Folded(_) if !compared.contains(&agency.id) => Of::Level(level),
        _ => Of::Agency(agency.id),
    })
}

fn parties<'m>(measures: impl IntoIterator<Item = &'m Measure<'m>>, of: impl Fn(&Agency) -> Of) -> Vec<Party> {
    let mut parties: BTreeMap<Of, BTreeSet<AgencyId>> = BTreeMap::new();
    for part in measures.into_iter().flat_map(Measure::added) {
        parties.entry(of(part.agency)).or_default().insert(part.agency.id);
    }
    parties.into_iter().map(|(of, members)| Party { of, members }).collect()
}

/// The number of some agencies, or what they say instead.
pub(crate) fn amount_of(measures: &[Measure<'_>], measure: &Measure<'_>, members: &BTreeSet<AgencyId>) -> Amount {
    let sum = |measure: &Measure<'_>| {
        measure.added_by(members).ok_or_else(|| measure.unknown(|other| members.contains(&other.agency.id)))
    };
    match measure.quantity.rate() {
        Some(rate) => percent(rate, |id| {
            let of = of_indicator(measures, id).ok_or(Unknown::NotAsked)?;
            let carried_over = members.iter().flat_map(|id| of.added_of(*id));
            Ok((sum(of)?, carried_over.map(|part| u128::from(part.carried_over)).sum()))
        }),
        None => sum(measure).map_or_else(Amount::Unknown, Amount::Sum),
    }
}

/// A part of a sum in percent: `scaled` divided by 10^`places`, so that the parts add up, and only what is nothing, or all, is
/// printed as that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Portion {
    pub(crate) scaled: u128,
    pub(crate) places: u32,
}

impl Portion {
    /// All of what this is a part of.
    pub(crate) fn whole(self) -> Self {
        Self { scaled: 10_u128.pow(2 + self.places), ..self }
    }

    /// In thousandths, of which the least part has one.
    pub(crate) fn per_mille(self) -> u128 {
        (self.scaled / 10_u128.pow(self.places - 1)).max(1)
    }
}

/// What cases are about, the most frequent first and “khác” last, each with how many and its share; fields without any
/// are passed over.
pub(crate) fn by_field<'m, 'p>(measures: &'m [Measure<'p>]) -> Vec<(&'m Measure<'p>, u128, Portion)> {
    let mut fields = with_shares(measures, |part| matches!(part, Quantity::Complaints(_, Some(_))));
    let is_rest =
        |measure: &Measure<'_>| matches!(measure.quantity, Quantity::Complaints(_, Some(field)) if field.is_rest());
    fields.sort_by_key(|(measure, cases, _)| (is_rest(measure), Reverse(*cases)));
    fields
}

/// The share of a field in all cases, or of a source in all that was spent; `None` of whatever else is counted.
pub(crate) fn share(measures: &[Measure<'_>], of: Quantity<'_>) -> Option<Portion> {
    let parts = with_shares(measures, |part| match part {
        Quantity::Complaints(_, Some(_)) => matches!(of, Quantity::Complaints(..)),
        Quantity::Funding(Some(_)) => matches!(of, Quantity::Funding(_)),
        _ => false,
    });
    parts.iter().find(|(part, ..)| part.quantity.key() == of.key()).map(|(.., share)| *share)
}

/// The parts of a list that are not nothing, each with its share.
fn with_shares<'m, 'p>(
    measures: &'m [Measure<'p>],
    is_part: impl Fn(Quantity<'p>) -> bool,
) -> Vec<(&'m Measure<'p>, u128, Portion)> {
    let parts =
        measures.iter().filter(|measure| is_part(measure.quantity)).filter_map(|measure| match measure.value {
            Amount::Sum(sum @ 1..) => Some((measure, sum)),
            _ => None,
        });
    let parts: Vec<_> = parts.collect();
    let portions = portions(&parts.iter().map(|(_, sum)| *sum).collect::<Vec<_>>());
    parts.into_iter().zip(portions).map(|((measure, sum), portion)| (measure, sum, portion)).collect()
}

/// Of parts that are not nothing: what rounding down leaves goes to the largest remainders.
fn portions(parts: &[u128]) -> Vec<Portion> {
    let sum: u128 = parts.iter().sum();
    let places = parts.iter().map(|part| percent::places(*part, sum)).max().unwrap_or_default();
    let whole = 10_u128.pow(2 + places);
    let mut portions: Vec<Portion> =
        parts.iter().map(|part| Portion { scaled: part * whole / sum, places }).collect();
    let mut at: Vec<usize> = (0..parts.len()).collect();
    at.sort_by_key(|at| Reverse(parts[*at] * whole % sum));
    let rest = whole - portions.iter().map(|portion| portion.scaled).sum::<u128>();
    at.iter().take(rest as usize).for_each(|at| portions[*at].scaled += 1);
    portions
}

#[cfg(test)]
mod tests {
    use super::portions;

    #[test]
    fn shares_add_up_to_a_hundred_percent_and_none_is_nothing_or_all() {
        for (parts, shares) in [
            (&[1, 1, 1][..], &[334, 333, 333][..]),
            (&[91, 86, 24, 21, 12, 6, 5, 18], &[346, 327, 91, 80, 46, 23, 19, 68]),
            (&[5], &[1000]),
            // Each rounded by itself, these would make 100,1%.
            (&[3_211_500, 957_000, 636_500, 57_000], &[660, 197, 131, 12]),
            (&[1, 999], &[1, 999]),
            // 0,02% and 99,98%.
            (&[1, 4999], &[2, 9998]),
            (&[1, 300, 99_999_699], &[1, 300, 99_999_699]),
        ] {
            let portions = portions(parts);
            assert_eq!(portions.iter().map(|portion| portion.scaled).collect::<Vec<_>>(), shares);
            assert_eq!(portions[0].whole().scaled, shares.iter().sum());
            assert!(
                portions.len() == 1 || portions.iter().all(|of| (1..1000).contains(&of.per_mille())),
                "{shares:?}"
            );
        }
    }
}
