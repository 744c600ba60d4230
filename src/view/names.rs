//! Names of agencies within a sentence, those of a kind together: `Thuế tỉnh, phường Tô Hiệu; các Sở: Công Thương, Y tế; các
//! xã Mai Sơn, Sông Mã`.

use indexmap::IndexMap;

use crate::model::Agency;

/// The names in the order of the plan: those alone of their kind, then kind by kind, those whose names hold a comma last.
pub(super) fn joined<'a>(agencies: impl IntoIterator<Item = &'a Agency>) -> String {
    let mut agencies: Vec<&Agency> = agencies.into_iter().collect();
    agencies.sort_by_key(|agency| usize::from(agency.id));
    agencies.dedup_by_key(|agency| agency.id);
    of_names(agencies.iter().map(|agency| agency.name.as_str()))
}

/// The name of a place rather than of the office in it: an office says, a place is spoken of.
pub(super) fn place(name: &str) -> &str {
    name.strip_prefix("UBND ").unwrap_or(name)
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
    let (alone, several): (Vec<_>, Vec<_>) = kinds.into_iter().partition(|(_, own)| own.len() == 1);
    let alone = alone.into_iter().map(|(kind, own)| format!("{kind} {}", own[0]).trim_end().to_owned());
    let (with_comma, without): (Vec<String>, Vec<String>) = alone.partition(|name| name.contains(','));
    let mut several: Vec<(bool, String)> = several
        .into_iter()
        .map(|(kind, own)| {
            let commas = own.iter().any(|name| name.contains(','));
            let colon = if kind.starts_with(char::is_uppercase) { ":" } else { "" };
            (commas, format!("các {kind}{colon} {}", own.join(if commas { "; " } else { ", " })))
        })
        .collect();
    several.sort_by_key(|(commas, _)| *commas);
    let alone = (!without.is_empty()).then(|| without.join(", ")).into_iter().chain(with_comma);
    alone.chain(several.into_iter().map(|(_, part)| part)).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::of_names;

    #[test]
    fn names_of_a_kind_stand_together() {
        for (names, told) in [
            (&["Sở Y tế"][..], "Sở Y tế"),
            (&["Sở Công Thương", "Công an tỉnh", "Sở Y tế"], "Công an tỉnh; các Sở: Công Thương, Y tế"),
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
