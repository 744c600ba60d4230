//! What a person means by a few words: an agency, a task, a group, an indicator, a round. Nothing is guessed: words that
//! fit several things give all of them. Pure.

use std::borrow::Cow;

use crate::model::{Agency, Group, Indicator, Plan, Quantity, Round, Task, TaskGroup};
use crate::vietnamese::{fold, office, unaccented};

#[derive(Debug, Clone, Copy)]
pub(crate) enum Item<'p> {
    Agency(&'p Agency),
    Task(&'p Task),
    TaskGroup(&'p TaskGroup),
    Group(&'p Group),
    Indicator(&'p Indicator),
    Round(&'p Round),
}

impl<'p> Item<'p> {
    pub(crate) fn id(self) -> &'p str {
        match self {
            Self::Agency(agency) => agency.key.as_str(),
            Self::Task(task) => task.key.as_str(),
            Self::TaskGroup(group) => &group.key,
            Self::Group(group) => group.key.as_str(),
            Self::Indicator(indicator) => indicator.key.as_str(),
            Self::Round(round) => round.key.as_str(),
        }
    }

    /// The name to show.
    pub(crate) fn name(self) -> &'p str {
        match self {
            Self::Agency(agency) => &agency.name,
            Self::Task(task) => &task.short_title,
            Self::TaskGroup(group) => &group.short_title,
            Self::Group(group) => &group.name,
            Self::Indicator(indicator) => &indicator.label,
            Self::Round(round) => &round.name,
        }
    }
}

/// What is known by an id and by names.
pub(crate) trait Known<'p>: Copy {
    fn id(self) -> Cow<'p, str>;

    /// Every name it goes by besides its id, the one to show first.
    fn names(self) -> Vec<Cow<'p, str>>;
}

impl<'p> Known<'p> for Item<'p> {
    fn id(self) -> Cow<'p, str> {
        self.id().into()
    }

    fn names(self) -> Vec<Cow<'p, str>> {
        let mut names = vec![self.name()];
        match self {
            Self::Agency(agency) => {
                names.push(&agency.short_name);
                names.extend(agency.aliases.iter().map(|alias| alias.value.as_str()));
                names.extend(agency.commune_code.as_deref());
            }
            Self::TaskGroup(group) => names.push(&group.title),
            Self::Round(round) => names.push(&round.short_name),
            Self::Task(_) | Self::Group(_) | Self::Indicator(_) => {}
        }
        names.into_iter().map(Cow::Borrowed).collect()
    }
}

impl<'p> Known<'p> for Quantity<'p> {
    fn id(self) -> Cow<'p, str> {
        self.key()
    }

    fn names(self) -> Vec<Cow<'p, str>> {
        std::iter::once(self.label()).chain(self.short_names().into_iter().map(Cow::Borrowed)).collect()
    }
}

/// Everything that can be asked for, in the order of the plan.
pub(crate) fn items(plan: &Plan) -> Vec<Item<'_>> {
    let agencies = plan.agencies.iter().map(Item::Agency);
    agencies
        .chain(plan.groups.iter().map(Item::Group))
        .chain(plan.task_groups.iter().map(Item::TaskGroup))
        .chain(plan.tasks.iter().map(Item::Task))
        .chain(plan.indicators.iter().map(Item::Indicator))
        .chain(plan.rounds.iter().map(Item::Round))
        .collect()
}

/// Those of `items` that the words mean: by id, else by a whole name, else by a whole name without its accents, else by
/// one however long or short it is written, with the plan's province or without, else by whole words of a name
/// (`mường la` for UBND xã Mường La). The first way that finds anything decides.
pub(crate) fn meant<'p, K: Known<'p>>(items: &[K], written: &str, province: &str) -> Vec<K> {
    let written = written.trim();
    let (folded, plain) = (fold(written), unaccented(written));
    if !plain.contains(char::is_alphanumeric) {
        return Vec::new();
    }
    // Accents that are written count: `tân yến` is not `Tân Yên`.
    let without = folded == plain;
    let as_written = |name: &str| if without { unaccented(name) } else { fold(name) };
    let office_as_written = |name: &str| office(&as_written(name));
    let (whole, local) = (office(&folded), within_province(&folded, province));
    let code = digits(written);
    let ways: [&dyn Fn(&K) -> bool; 7] = [
        &|item| item.id().eq_ignore_ascii_case(written),
        &|item| item.names().iter().any(|name| fold(name) == folded),
        &|item| item.names().iter().any(|name| as_written(name) == folded),
        &|item| code.is_some() && item.names().iter().any(|name| digits(name) == code),
        &|item| item.names().iter().any(|name| office_as_written(name) == whole),
        &|item| item.names().iter().any(|name| office_as_written(name) == local),
        &|item| {
            let holds = |name: &str| holds_words(name, &folded) || holds_words(&office(name), &local);
            item.names().iter().any(|name| holds(&as_written(name)))
        },
    ];
    let found = |way: &dyn Fn(&K) -> bool| items.iter().copied().filter(way).collect::<Vec<_>>();
    ways.into_iter().map(found).find(|found| !found.is_empty()).unwrap_or_default()
}

/// An office's folded name without the plan's province behind it: `ubnd xã mường la, tỉnh sơn la`. Another province
/// stays, and makes it another office.
pub(crate) fn within_province(folded: &str, province: &str) -> String {
    let name = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
    let spelled = [fold(province), unaccented(province)];
    office(spelled.iter().find_map(|province| name.strip_suffix(province.as_str())).unwrap_or(name))
}

/// A code's digits without the zeros that it begins with, which spreadsheets take off; `None` of what is no code.
fn digits(written: &str) -> Option<String> {
    let digits: String = written.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{a0}')).collect();
    let code = digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    code.then(|| digits.trim_start_matches('0').to_owned())
}

fn holds_words(name: &str, words: &str) -> bool {
    let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    name.match_indices(words)
        .any(|(at, _)| alone(name[..at].chars().next_back()) && alone(name[at + words.len()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::{Known, holds_words, meant};

    /// An id and names.
    type Named = (&'static str, &'static [&'static str]);

    impl<'p> Known<'p> for Named {
        fn id(self) -> std::borrow::Cow<'p, str> {
            self.0.into()
        }

        fn names(self) -> Vec<std::borrow::Cow<'p, str>> {
            self.1.iter().map(|name| (*name).into()).collect()
        }
    }

    #[test]
    fn an_office_is_found_however_its_name_is_written() {
        let offices: [Named; 6] = [
            ("xa-muong-la", &["UBND xã Mường La", "xã Mường La", "03808"]),
            ("xa-muong-lan", &["UBND xã Mường Lạn", "xã Mường Lạn", "04246"]),
            ("phuong-to-hieu", &["UBND phường Tô Hiệu", "phường Tô Hiệu", "03646"]),
            ("hq-son-la", &["Hải quan Sơn La"]),
            ("hq-long-sap", &["Hải quan Cửa khẩu quốc tế Lóng Sập; chi nhánh"]),
            ("toa-an", &["Tòa án nhân dân tỉnh", "TAND tỉnh"]),
        ];
        for (written, ids) in [
            ("=======", &[] as &[&str]),
            (";", &[]),
            ("Ủy ban nhân dân xã Mường La", &["xa-muong-la"]),
            ("Uỷ ban nhân dân xã Mường La, tỉnh Sơn La.", &["xa-muong-la"]),
            ("UBND XÃ MƯỜNG LA - TỈNH SƠN LA", &["xa-muong-la"]),
            ("uy ban nhan dan xa muong la, tinh son la", &["xa-muong-la"]),
            ("xã Mường La (Sơn La)", &["xa-muong-la"]),
            ("Mường La.", &["xa-muong-la"]),
            ("3808", &["xa-muong-la"]),
            ("03 808", &["xa-muong-la"]),
            ("Toà án nhân dân tỉnh Sơn La", &["toa-an"]),
            ("Hải quan Sơn La", &["hq-son-la"]),
            ("Hải quan tỉnh Sơn La", &["hq-son-la", "hq-long-sap"]),
            ("UBND xã Mường La, tỉnh Điện Biên", &[]),
            ("UBND xã Mường Lá", &[]),
            ("808", &[]),
        ] {
            let found: Vec<&str> = meant(&offices, written, "Sơn La").into_iter().map(|(id, _)| id).collect();
            assert_eq!(found, ids, "{written}");
        }
    }

    #[test]
    fn words_are_whole() {
        for (name, words, holds) in [
            ("ubnd xa muong la", "muong la", true),
            ("ubnd xa muong lan", "muong la", false),
            ("so y te", "y te", true),
            ("so y te", "te", true),
            ("so y te", "e", false),
            ("van phong hdnd, ubnd tinh", "hdnd", true),
        ] {
            assert_eq!(holds_words(name, words), holds, "{words} in {name}");
        }
    }
}
