//! The lists of the plan: items in the order of the plan, each found by its key. An id is the place in its list; it is
//! made where a list is made, so that what holds one needs no second look whether there is such an item. Knows no item.

use std::ops::Deref;

use foldhash::{HashMap, HashMapExt};

use crate::record::{Id, Ids, Names};

/// What the plan lists under a key of its own.
pub(crate) trait Listed {
    type Id: Id + Into<usize>;

    fn key(&self) -> &str;
    /// What it is called, the name to show first.
    fn names(&self) -> Vec<&str>;
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

/// A list of whatever items.
pub(crate) trait Known: Sync {
    fn ids(&self) -> Ids;
    fn place(&self, written: &str) -> Option<usize>;
    fn names(&self) -> Vec<(&str, &str)>;
}

impl<T: Listed + Sync> Known for List<T> {
    fn ids(&self) -> Ids {
        T::Id::IDS
    }

    fn place(&self, written: &str) -> Option<usize> {
        self.place(written)
    }

    fn names(&self) -> Vec<(&str, &str)> {
        let pairs = self.items.iter().flat_map(|item| item.names().into_iter().map(|name| (item.key(), name)));
        pairs.collect()
    }
}

/// The lists that are read so far.
#[derive(Default)]
pub(crate) struct Declared<'p> {
    pub(crate) lists: Vec<&'p dyn Known>,
    /// What is declared in files that could not be read in full.
    pub(crate) gaps: &'p [Ids],
}

impl<'p> Declared<'p> {
    fn of(&self, ids: Ids) -> Option<&'p dyn Known> {
        self.lists.iter().copied().find(|list| list.ids() == ids)
    }

    /// Every id with each name it goes by; parties are named as agencies are.
    pub(crate) fn names(&self, ids: Ids) -> Vec<(&'p str, &'p str)> {
        let ids = if ids == Ids::Parties { Ids::Agencies } else { ids };
        self.of(ids).map(Known::names).unwrap_or_default()
    }
}

impl Names for Declared<'_> {
    fn find(&self, ids: Ids, written: &str) -> Option<usize> {
        self.of(ids)?.place(written)
    }

    fn known(&self, ids: Ids) -> Vec<(&str, &str)> {
        self.names(ids)
    }

    fn has_gaps(&self, ids: Ids) -> bool {
        self.gaps.contains(&ids)
    }

    fn of_plan(&self) -> bool {
        true
    }
}

macro_rules! ids {
    ($($(#[doc = $doc:literal])* $id:ident of $ids:ident;)*) => {$(
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
    )*};
}

ids! {
    AgencyId of Agencies;
    GroupId of Groups;
    TaskId of Tasks;
    IndicatorId of Indicators;
    RoundId of Rounds;
    /// A source of funding.
    SourceId of FundingSources;
    /// A field that complaints are counted by.
    FieldId of ComplaintFields;
    /// A body that recommendations are addressed to.
    BodyId of Recipients;
    /// What difficulties and recommendations are about.
    ThemeId of Themes;
    /// An agency or a group, as a group names it; which of both, the plan says.
    PartyId of Parties;
    /// A rule of `plan check`, of which the plan knows nothing.
    RuleName of Rules;
}
