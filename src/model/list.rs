//! The lists of the plan: items in the order of the plan, each found by its key. An id is the place in its list; it is
//! made where a list is made, so that what holds one needs no second look whether there is such an item.

use std::collections::HashMap;
use std::ops::{Deref, Index};

use super::plan::{PartyId, RuleName};
use super::{Agency, Group, Indicator, Named, Plan, Round, RoundRef, Task};

/// What the plan lists under a key of its own.
pub(crate) trait Listed {
    type Id: Copy + From<usize> + Into<usize>;

    fn id(&self) -> Self::Id;
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
        self.by_key.get(key).map(|index| &self.items[*index])
    }

    /// The keys of some of the items.
    pub(crate) fn keys<'i>(&self, ids: impl IntoIterator<Item = &'i T::Id>) -> Vec<&str>
    where
        T::Id: 'i,
    {
        ids.into_iter().map(|id| self[*id].key()).collect()
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

impl<T: Listed> Index<T::Id> for List<T> {
    type Output = T;

    fn index(&self, id: T::Id) -> &T {
        &self.items[id.into()]
    }
}

macro_rules! ids {
    ($($id:ident: $item:ident in $list:ident,)*) => {$(
        /// A place in the plan's list.
        #[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
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

        impl Listed for $item {
            type Id = $id;

            fn id(&self) -> $id {
                self.id
            }

            fn key(&self) -> &str {
                &self.key
            }

            fn set_id(&mut self, id: $id) {
                self.id = id;
            }
        }

        impl Index<$id> for Plan {
            type Output = $item;

            fn index(&self, id: $id) -> &$item {
                &self.$list[id]
            }
        }
    )*};
}

ids! {
    AgencyId: Agency in agencies,
    GroupId: Group in groups,
    TaskId: Task in tasks,
    IndicatorId: Indicator in indicators,
    RoundId: Round in rounds,
}

/// Places in the plan's short lists of ids and names.
macro_rules! named_ids {
    ($($(#[doc = $doc:literal])* $id:ident in $($list:ident).+;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $id(u32);

        impl From<usize> for $id {
            fn from(index: usize) -> Self {
                Self(index as u32)
            }
        }

        impl Index<$id> for Plan {
            type Output = Named;

            fn index(&self, id: $id) -> &Named {
                &self.$($list).+[id.0 as usize]
            }
        }
    )*};
}

named_ids! {
    /// A source of funding.
    SourceId in funding_sources;
    /// A field that complaints are counted by.
    FieldId in complaints.fields;
    /// A body that recommendations are addressed to.
    BodyId in wording.recommend_to;
}

macro_rules! record_ids {
    ($($id:ident: $ids:ident,)*) => {$(
        impl crate::record::Id for $id {
            const IDS: crate::record::Ids = crate::record::Ids::$ids;

            fn at(index: usize) -> Self {
                Self::from(index)
            }
        }
    )*};
}

record_ids! {
    AgencyId: Agencies,
    GroupId: Groups,
    PartyId: Parties,
    TaskId: Tasks,
    IndicatorId: Indicators,
    SourceId: FundingSources,
    FieldId: ComplaintFields,
    BodyId: Recipients,
    RoundRef: Rounds,
    RuleName: Rules,
}
