//! “Did you mean”: the known names nearest to a word, never a guess between two that are as near.

use crate::vietnamese::unaccented;

/// A hint that names what was probably meant, from `candidates` of id and name; `None` where
/// nothing is near. Several near ones are all listed (Mường La, Mường Lạn, Mường Lầm).
pub(crate) fn among<'c>(written: &str, candidates: impl Iterator<Item = (&'c str, &'c str)>) -> Option<String> {
    let key = unaccented(written).replace([' ', '_', '.'], "-");
    let reach = (key.chars().count() / 4).clamp(1, 3);
    let mut near: Vec<(usize, &str, &str)> = candidates
        .filter_map(|(id, name)| {
            let by_id = strsim::damerau_levenshtein(&key, &unaccented(id).replace(['_', '.'], "-"));
            let by_name = strsim::damerau_levenshtein(&key, &unaccented(name).replace(' ', "-"));
            let distance = by_id.min(by_name);
            (distance <= reach).then_some((distance, id, name))
        })
        .collect();
    near.sort();
    near.dedup_by_key(|(_, id, _)| *id);
    let show = |(_, id, name): &(usize, &str, &str)| {
        if id == name { format!("“{id}”") } else { format!("“{id}” ({name})") }
    };
    match near.as_slice() {
        [] => None,
        [only] => Some(format!("có phải {}?", show(only))),
        several => {
            let list: Vec<String> = several.iter().take(4).map(show).collect();
            Some(format!("chọn đúng một trong các mã gần giống: {}", list.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::among;

    #[test]
    fn near_names_are_listed_and_never_chosen_between() {
        let agencies = [
            ("xa-muong-la", "UBND xã Mường La"),
            ("xa-muong-lan", "UBND xã Mường Lạn"),
            ("xa-muong-lam", "UBND xã Mường Lầm"),
            ("so-y-te", "Sở Y tế"),
        ];
        for (written, hint) in [
            ("so-yte", Some("có phải “so-y-te” (Sở Y tế)?")),
            ("Sở Y tế", Some("có phải “so-y-te” (Sở Y tế)?")),
            (
                "xa-muong-l",
                Some(
                    "chọn đúng một trong các mã gần giống: “xa-muong-la” (UBND xã Mường La), \
                     “xa-muong-lam” (UBND xã Mường Lầm), “xa-muong-lan” (UBND xã Mường Lạn)",
                ),
            ),
            ("hoàn toàn khác", None),
        ] {
            assert_eq!(among(written, agencies.into_iter()).as_deref(), hint, "{written}");
        }
    }
}
