//! The lists of the plan: items in the order of the plan, each found by its key. An id is the place in its list; it is
//! made where a list is made, so that what holds one needs no second look whether there is such an item.

use std::collections::HashMap;
use std::ops::{Deref, Index};

use super::{Agency, Group, Indicator, Named, Plan, Round, Task};
use crate::record::{Id, Ids};

/// What the plan lists under a key of its own.
pub(crate) trait Listed {
    type Id: Copy + From<usize> + Into<usize>;

    fn key(&self) -> &str;
    fn set_id(&mut self, id: Self::Id);
}

/// Items in the order of the plan.
#[derive(Debug)]
pub(crate) struct List<T> {
    items: Vec<T>,
    by_key: HashMap<String, usize>,
}

impl<T: Listed> List<T> {
    /// Gives the items their ids. A key given twice, a problem of its own, always means the first.
    pub(crate) fn new(mut items: Vec<T>) -> Self {
        let mut by_key = HashMap::new();
        for (index, item) in items.iter_mut().enumerate() {
            let first = *by_key.entry(item.key().to_owned()).or_insert(index);
            item.set_id(T::Id::from(first));
        }
        Self { items, by_key }
    }

    /// The item of a key as somebody wrote it.
    pub(crate) fn find(&self, key: &str) -> Option<&T> {
        self.place(key).map(|index| &self.items[index])
    }

    pub(crate) fn place(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// The keys of some of the items.
    pub(crate) fn keys<'i>(&self, ids: impl IntoIterator<Item = &'i T::Id>) -> Vec<&str>
    where
        T::Id: 'i,
    {
        ids.into_iter().map(|id| self.items[(*id).into()].key()).collect()
    }

    /// Changes the items where they are.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.items.iter_mut()
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<'l, T> IntoIterator for &'l List<T> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

macro_rules! ids {
    ($($(#[doc = $doc:literal])* $id:ident in $($list:ident).+: $item:ident, $ids:ident;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $id(u32);

        impl From<usize> for $id {
            fn from(index: usize) -> Self {
                Self(index as u32)
            }
        }

        impl From<$id> for usize {
            fn from(id: $id) -> Self {
                id.0 as usize
            }
        }

        impl Id for $id {
            const IDS: Ids = Ids::$ids;
        }

        impl Index<$id> for Plan {
            type Output = $item;

            fn index(&self, id: $id) -> &$item {
                &self.$($list).+[usize::from(id)]
            }
        }
    )*};
}

ids! {
    AgencyId in agencies: Agency, Agencies;
    GroupId in groups: Group, Groups;
    TaskId in tasks: Task, Tasks;
    IndicatorId in indicators: Indicator, Indicators;
    RoundId in rounds: Round, Rounds;
    /// A source of funding.
    SourceId in funding_sources: Named, FundingSources;
    /// A field that complaints are counted by.
    FieldId in complaints.fields: Named, ComplaintFields;
    /// A body that recommendations are addressed to.
    BodyId in wording.recommend_to: Named, Recipients;
}

macro_rules! listed {
    ($($item:ident: $id:ident,)*) => {$(
        impl Listed for $item {
            type Id = $id;

            fn key(&self) -> &str {
                &self.key
            }

            fn set_id(&mut self, id: $id) {
                self.id = id;
            }
        }
    )*};
}

listed! {
    Agency: AgencyId,
    Group: GroupId,
    Task: TaskId,
    Indicator: IndicatorId,
    Round: RoundId,
}
