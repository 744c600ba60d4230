//! Names of agencies within a sentence, those of a kind together: `các Sở: Công Thương, Y tế; Thuế tỉnh, phường Tô Hiệu; các
//! xã Mai Sơn, Sông Mã`.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::model::{Agency, AgencyId};
use crate::vietnamese::{count, lower_first};

/// So many are named where more would be counted.
const NAMED: usize = 8;

/// The names in the order of the plan, kind by kind: offices, those whose names hold a comma last, then places.
pub(super) fn joined<'a>(agencies: impl IntoIterator<Item = &'a Agency>) -> String {
    let mut agencies: Vec<&Agency> = agencies.into_iter().collect();
    agencies.sort_by_key(|agency| usize::from(agency.id));
    agencies.dedup_by_key(|agency| agency.id);
    of_names(agencies.iter().map(|agency| agency.name.as_str()))
}

/// Their names, or how many they are: a line of thirty names is not read.
pub(super) fn joined_or_counted(agencies: Vec<&Agency>) -> String {
    let ids: BTreeSet<AgencyId> = agencies.iter().map(|agency| agency.id).collect();
    if ids.len() <= NAMED { joined(agencies) } else { format!("{} cơ quan", count(ids.len() as u128)) }
}

/// The name of a place rather than of the office in it: an office says, a place is spoken of.
pub(super) fn place(name: &str) -> &str {
    name.strip_prefix("UBND ").unwrap_or(name)
}

/// What agencies of a level are called behind a number: `xã, phường` of `UBND các xã, phường`.
pub(super) fn members(level: &str) -> String {
    let level = lower_first(place(level));
    level.strip_prefix("các ").unwrap_or(&level).to_owned()
}

/// The name of a place without the word for its kind: where a document of it is dated.
pub(super) fn proper(name: &str) -> &str {
    let place = place(name);
    place.split_once(' ').map_or(place, |(_, proper)| proper)
}

fn of_names<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut kinds: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for name in names.map(place) {
        let proper = name.split_once(' ').filter(|(_, rest)| rest.starts_with(char::is_uppercase));
        let (kind, own) = proper.unwrap_or((name, ""));
        kinds.entry(kind).or_default().push(own);
    }
    let told = |(kind, own): (&str, Vec<&str>)| {
        let is_place = kind.starts_with(char::is_lowercase);
        let commas = own.iter().any(|name| name.contains(',')) || kind.contains(',');
        let several = own.len() > 1;
        let colon = if is_place { "" } else { ":" };
        let text = match own[..] {
            [one] => format!("{kind} {one}").trim_end().to_owned(),
            _ => format!("các {kind}{colon} {}", own.join(if commas { "; " } else { ", " })),
        };
        // Behind a list that has semicolons within no other office can stand.
        let is_last = if is_place { several } else { commas };
        ((is_place, is_last), several || commas, text)
    };
    let mut parts: Vec<_> = kinds.into_iter().map(told).collect();
    parts.sort_by_key(|(order, ..)| *order);
    let mut joined = String::new();
    let mut before = None;
    for (_, is_list, text) in parts {
        joined += match before {
            None => "",
            Some(false) if !is_list => ", ",
            Some(_) => "; ",
        };
        joined += &text;
        before = Some(is_list);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::of_names;

    #[test]
    fn names_of_a_kind_stand_together() {
        for (names, told) in [
            (&["Sở Y tế"][..], "Sở Y tế"),
            (&["Sở Công Thương", "Công an tỉnh", "Sở Y tế"], "các Sở: Công Thương, Y tế; Công an tỉnh"),
            (
                &["Sở Y tế", "UBND phường Tô Hiệu", "Thuế tỉnh", "UBND xã Mai Sơn"],
                "Sở Y tế, Thuế tỉnh, phường Tô Hiệu, xã Mai Sơn",
            ),
            (
                &[
                    "Sở Nội vụ",
                    "UBND xã Mai Sơn",
                    "Sở Văn hóa, Thể thao và Du lịch",
                    "UBND xã Sông Mã",
                    "Công an tỉnh",
                ],
                "Công an tỉnh; các Sở: Nội vụ; Văn hóa, Thể thao và Du lịch; các xã Mai Sơn, Sông Mã",
            ),
            (
                &["UBND xã Mai Sơn", "UBND phường Tô Hiệu", "UBND xã Sông Mã"],
                "phường Tô Hiệu; các xã Mai Sơn, Sông Mã",
            ),
            (
                &["Sở Nội vụ", "Sở Văn hóa, Thể thao và Du lịch", "Thanh tra tỉnh", "Hải quan Sơn La"],
                "Thanh tra tỉnh, Hải quan Sơn La; các Sở: Nội vụ; Văn hóa, Thể thao và Du lịch",
            ),
            (
                &["Chi cục Quản lý thị trường tỉnh", "Chi cục Kiểm lâm tỉnh"],
                "Chi cục Quản lý thị trường tỉnh, Chi cục Kiểm lâm tỉnh",
            ),
            (
                &["Sở Văn hóa, Thể thao và Du lịch", "Thuế tỉnh", "Công an tỉnh"],
                "Thuế tỉnh, Công an tỉnh; Sở Văn hóa, Thể thao và Du lịch",
            ),
        ] {
            assert_eq!(of_names(names.iter().copied()), told);
        }
    }
}
