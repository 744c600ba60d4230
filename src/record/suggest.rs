//! “Did you mean”: the known names nearest to a word, never a guess between two that are as near.

use std::collections::BTreeMap;

use crate::vietnamese::unaccented;

/// A hint that names what was probably meant, from `candidates` of id and name, the first name of an
/// id being the one to show; `None` where nothing is near. Several near ones are all listed (Mường
/// La, Mường Lạn, Mường Lầm).
pub(crate) fn among<'c>(written: &str, candidates: impl Iterator<Item = (&'c str, &'c str)>) -> Option<String> {
    /// Nobody means an id by a text as long as this.
    const LONGEST: usize = 80;
    if written.len() > LONGEST * 4 {
        return None;
    }
    let key = normal(written);
    let reach = (key.chars().count() / 4).clamp(1, 3);
    // By id: how near its nearest name is, and its first name.
    let mut by_id: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for (id, name) in candidates {
        let (nearest, _) = by_id.entry(id).or_insert((usize::MAX, name));
        let near = |text: &str| {
            let text = normal(text);
            let apart = text.chars().count().abs_diff(key.chars().count());
            (apart <= reach).then(|| strsim::damerau_levenshtein(&key, &text))
        };
        *nearest = [id, name].into_iter().filter_map(near).min().unwrap_or(*nearest).min(*nearest);
    }
    let mut near: Vec<(usize, &str, &str)> =
        by_id.into_iter().map(|(id, (distance, name))| (distance, id, name)).collect();
    near.retain(|(distance, ..)| *distance <= reach);
    near.sort();
    // What differs in case or diacritics alone is meant, whatever else is near.
    if let [(0, ..), (1.., ..), ..] = near.as_slice() {
        near.truncate(1);
    }
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

/// Without diacritics and with one mark between words: `Sở Y tế`, `so_y_te` → `so-y-te`.
fn normal(text: &str) -> String {
    unaccented(text).replace([' ', '_', '.'], "-")
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
            ("XA-MUONG-LA", Some("có phải “xa-muong-la” (UBND xã Mường La)?")),
            ("hoàn toàn khác", None),
        ] {
            assert_eq!(among(written, agencies.into_iter()).as_deref(), hint, "{written}");
        }
    }
}
