//! Names of agencies within a sentence, those of a kind together: `các Sở: Công Thương, Y tế; phường Tô Hiệu; các xã Mai
//! Sơn, Sông Mã`.

use indexmap::IndexMap;

use crate::model::Agency;

/// The names in the order of the plan, each kind where its first stands; kinds whose names hold a comma come last.
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

fn of_names<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut kinds: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for name in names.map(place) {
        let proper = name.split_once(' ').filter(|(_, rest)| rest.starts_with(char::is_uppercase));
        let (kind, own) = proper.unwrap_or((name, ""));
        kinds.entry(kind).or_default().push(own);
    }
    let mut parts: Vec<(bool, String)> = Vec::new();
    for (kind, own) in kinds {
        let commas = own.len() > 1 && own.iter().any(|name| name.contains(','));
        parts.push((
            commas,
            match own[..] {
                [""] => kind.to_owned(),
                [alone] => format!("{kind} {alone}"),
                _ => {
                    let colon = if kind.starts_with(char::is_uppercase) { ":" } else { "" };
                    format!("các {kind}{colon} {}", own.join(if commas { "; " } else { ", " }))
                }
            },
        ));
    }
    parts.sort_by_key(|(commas, _)| *commas);
    parts.into_iter().map(|(_, part)| part).collect::<Vec<_>>().join("; ")
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
                &["UBND xã Mai Sơn", "UBND phường Tô Hiệu", "UBND xã Sông Mã"],
                "các xã Mai Sơn, Sông Mã; phường Tô Hiệu",
            ),
            (
                &["Sở Nội vụ", "Sở Văn hóa, Thể thao và Du lịch", "Thanh tra tỉnh", "Hải quan Sơn La"],
                "Thanh tra tỉnh; Hải quan Sơn La; các Sở: Nội vụ; Văn hóa, Thể thao và Du lịch",
            ),
            (
                &["Chi cục Quản lý thị trường tỉnh", "Chi cục Kiểm lâm tỉnh"],
                "Chi cục Quản lý thị trường tỉnh; Chi cục Kiểm lâm tỉnh",
            ),
        ] {
            assert_eq!(of_names(names.iter().copied()), told);
        }
    }
}
