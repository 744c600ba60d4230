//! What ids stand for in the whole plan.

use std::ops::Index;

use super::{Agency, Group, Indicator, Named, Plan, Round, Task, Theme};
use crate::model::{
    AgencyId, BodyId, Declared, FieldId, GroupId, IndicatorId, Known, Listed, RoundId, RoundRef, SourceId, TaskId,
    ThemeId,
};
use crate::record::{Id, Ids, Names};
use crate::source::Span;

macro_rules! listed {
    ($($item:ident by $id:ident: $names:expr;)*) => {$(
        impl Listed for $item {
            type Id = $id;

            fn key(&self) -> &str {
                &self.key
            }

            fn names(&self) -> Vec<&str> {
                let names: fn(&Self) -> Vec<&str> = $names;
                names(self)
            }

            fn set_id(&mut self, id: $id) {
                self.id = id;
            }
        }
    )*};
}

listed! {
    Agency by AgencyId: |agency| {
        let aliases = agency.aliases.iter().map(|alias| alias.value.as_str());
        let code = agency.commune_code.as_deref();
        [agency.name.as_str(), &agency.short_name].into_iter().chain(aliases).chain(code).collect()
    };
    Group by GroupId: |group| vec![&group.name];
    Task by TaskId: |task| vec![&task.short_title];
    Indicator by IndicatorId: |indicator| vec![&indicator.label];
    Round by RoundId: |round| vec![&round.name];
}

macro_rules! places {
    ($($id:ident in $($list:ident).+: $item:ident;)*) => {$(
        impl Index<$id> for Plan {
            type Output = $item;

            fn index(&self, id: $id) -> &$item {
                &self.$($list).+[usize::from(id)]
            }
        }
    )*};
}

places! {
    AgencyId in agencies: Agency;
    GroupId in groups: Group;
    TaskId in tasks: Task;
    IndicatorId in indicators: Indicator;
    RoundId in rounds: Round;
    SourceId in funding_sources: Named;
    FieldId in complaints.fields: Named;
    BodyId in wording.recommend_to: Named;
    ThemeId in wording.themes: Theme;
}

impl Plan {
    /// Ids with their names, of lists that nothing but their ids tells apart.
    fn named(&self, ids: Ids) -> Vec<(&str, &str)> {
        fn of(list: &[Named]) -> Vec<(&str, &str)> {
            list.iter().map(|named| (named.id.as_str(), named.name.as_str())).collect()
        }
        match ids {
            Ids::FundingSources => of(&self.funding_sources),
            Ids::ComplaintFields => of(&self.complaints.fields),
            Ids::Recipients => of(&self.wording.recommend_to),
            Ids::Themes => {
                self.wording.themes.iter().map(|theme| (theme.id.as_str(), theme.name.as_str())).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Plan {
    /// Where an id of a list is declared.
    pub(crate) fn declared_at(&self, ids: Ids, id: &str) -> Option<Span> {
        let of = |list: &[Named]| list.iter().find(|named| named.id == id).map(|named| named.span);
        match ids {
            Ids::Agencies | Ids::Parties => self.agencies.find(id).map(|agency| agency.span),
            Ids::Groups => self.groups.find(id).map(|group| group.span),
            Ids::Tasks => self.tasks.find(id).map(|task| task.span),
            Ids::Indicators => self.indicators.find(id).map(|indicator| indicator.span),
            Ids::Rounds if id == self.ad_hoc.id => Some(self.ad_hoc.span),
            Ids::Rounds => self.rounds.find(id).map(|round| round.span),
            Ids::FundingSources => of(&self.funding_sources),
            Ids::ComplaintFields => of(&self.complaints.fields),
            Ids::Recipients => of(&self.wording.recommend_to),
            Ids::Themes => self.wording.themes.iter().find(|theme| theme.id == id).map(|theme| theme.span),
            Ids::Rules => None,
        }
    }
}

impl Names for Plan {
    fn find(&self, ids: Ids, written: &str) -> Option<usize> {
        match ids {
            Ids::Rounds => self.round_ref(written).map(RoundRef::place),
            Ids::FundingSources | Ids::ComplaintFields | Ids::Recipients | Ids::Themes => {
                self.named(ids).iter().position(|(id, _)| *id == written)
            }
            Ids::Agencies => self.agencies.place(written),
            Ids::Groups => self.groups.place(written),
            Ids::Tasks => self.tasks.place(written),
            Ids::Indicators => self.indicators.place(written),
            Ids::Parties | Ids::Rules => None,
        }
    }

    fn known(&self, ids: Ids) -> Vec<(&str, &str)> {
        match ids {
            Ids::Rounds => {
                let rounds = self.rounds.iter().map(|round| (round.key.as_str(), round.name.as_str()));
                rounds.chain([(self.ad_hoc.id.as_str(), self.ad_hoc.name.as_str())]).collect()
            }
            Ids::FundingSources | Ids::ComplaintFields | Ids::Recipients | Ids::Themes => self.named(ids),
            _ => {
                let lists: Vec<&dyn Known> = vec![&self.agencies, &self.groups, &self.tasks, &self.indicators];
                Declared { lists, gaps: &self.gaps }.names(ids)
            }
        }
    }

    fn has_gaps(&self, ids: Ids) -> bool {
        self.gaps.contains(&ids)
    }

    fn of_plan(&self) -> bool {
        false
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
