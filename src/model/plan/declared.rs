//! What ids stand for: in the plan as far as it is read, and in the whole plan.

use super::{Agency, Group, Indicator, Named, Plan, Task};
use crate::model::{List, Listed, RoundRef};
use crate::record::{Id, Ids, Names};

/// The lists that are read so far.
#[derive(Default, Clone, Copy)]
pub(crate) struct Declared<'p> {
    pub(crate) agencies: Option<&'p List<Agency>>,
    pub(crate) groups: Option<&'p List<Group>>,
    pub(crate) tasks: Option<&'p List<Task>>,
    pub(crate) indicators: Option<&'p List<Indicator>>,
}

impl Names for Declared<'_> {
    fn find(&self, ids: Ids, written: &str) -> Option<usize> {
        match ids {
            Ids::Agencies => self.agencies?.place(written),
            Ids::Groups => self.groups?.place(written),
            Ids::Tasks => self.tasks?.place(written),
            Ids::Indicators => self.indicators?.place(written),
            Ids::Parties
            | Ids::Rounds
            | Ids::FundingSources
            | Ids::ComplaintFields
            | Ids::Recipients
            | Ids::Rules => None,
        }
    }

    fn known(&self, ids: Ids) -> Vec<(&str, &str)> {
        match ids {
            Ids::Agencies | Ids::Parties => {
                self.agencies.into_iter().flat_map(|list| list.iter()).flat_map(names).collect()
            }
            Ids::Groups => pairs(self.groups, |group| &group.name),
            Ids::Tasks => pairs(self.tasks, |task| &task.short_title),
            Ids::Indicators => pairs(self.indicators, |indicator| &indicator.label),
            Ids::Rounds | Ids::FundingSources | Ids::ComplaintFields | Ids::Recipients | Ids::Rules => Vec::new(),
        }
    }

    fn of_plan(&self) -> bool {
        true
    }
}

fn names(agency: &Agency) -> impl Iterator<Item = (&str, &str)> {
    let aliases = agency.aliases.iter().map(|alias| alias.value.as_str());
    std::iter::once(agency.name.as_str()).chain(aliases).map(|name| (agency.key.as_str(), name))
}

fn pairs<T: Listed>(list: Option<&List<T>>, name: fn(&T) -> &str) -> Vec<(&str, &str)> {
    list.into_iter().flat_map(|list| list.iter()).map(|item| (item.key(), name(item))).collect()
}

fn named(list: &[Named]) -> Vec<(&str, &str)> {
    list.iter().map(|named| (named.id.as_str(), named.name.as_str())).collect()
}

impl Plan {
    fn declared(&self) -> Declared<'_> {
        Declared {
            agencies: Some(&self.agencies),
            groups: Some(&self.groups),
            tasks: Some(&self.tasks),
            indicators: Some(&self.indicators),
        }
    }

    fn named(&self, ids: Ids) -> &[Named] {
        match ids {
            Ids::FundingSources => &self.funding_sources,
            Ids::ComplaintFields => &self.complaints.fields,
            Ids::Recipients => &self.wording.recommend_to,
            _ => &[],
        }
    }
}

impl Names for Plan {
    fn find(&self, ids: Ids, written: &str) -> Option<usize> {
        match ids {
            Ids::Rounds => self.round_ref(written).map(RoundRef::place),
            Ids::FundingSources | Ids::ComplaintFields | Ids::Recipients => {
                self.named(ids).iter().position(|named| named.id == written)
            }
            _ => self.declared().find(ids, written),
        }
    }

    fn known(&self, ids: Ids) -> Vec<(&str, &str)> {
        match ids {
            Ids::Rounds => {
                let rounds = self.rounds.iter().map(|round| (round.key.as_str(), round.name.as_str()));
                rounds.chain([(self.ad_hoc.id.as_str(), self.ad_hoc.name.as_str())]).collect()
            }
            Ids::FundingSources | Ids::ComplaintFields | Ids::Recipients => named(self.named(ids)),
            Ids::Agencies => self.agencies.iter().flat_map(names).collect(),
            Ids::Groups => pairs(Some(&self.groups), |group| &group.name),
            Ids::Tasks => pairs(Some(&self.tasks), |task| &task.short_title),
            Ids::Indicators => pairs(Some(&self.indicators), |indicator| &indicator.label),
            Ids::Parties | Ids::Rules => Vec::new(),
        }
    }

    fn of_plan(&self) -> bool {
        false
    }
}

/// A rule of `plan check`, of which the plan knows nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct RuleName;

impl Id for RuleName {
    const IDS: Ids = Ids::Rules;
}

impl From<usize> for RuleName {
    fn from(_: usize) -> Self {
        Self
    }
}

/// An agency or a group, as a group names it; which of both, the plan says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PartyId;

impl Id for PartyId {
    const IDS: Ids = Ids::Parties;
}

impl From<usize> for PartyId {
    fn from(_: usize) -> Self {
        Self
    }
}

impl RoundRef {
    /// A number for each round and what else reports are of.
    fn place(self) -> usize {
        match self {
            Self::AdHoc => 0,
            Self::Of(round) => usize::from(round) * 2 + 1,
            Self::Unread(index) => index * 2 + 2,
        }
    }
}

impl Id for RoundRef {
    const IDS: Ids = Ids::Rounds;
}

impl From<usize> for RoundRef {
    fn from(place: usize) -> Self {
        match place.checked_sub(1) {
            None => Self::AdHoc,
            Some(index) if index % 2 == 0 => Self::Of((index / 2).into()),
            Some(index) => Self::Unread(index / 2),
        }
    }
}
