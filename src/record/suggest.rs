//! “Did you mean”: the known names nearest to a word, never a guess between two that are as near.

use std::collections::BTreeMap;

use crate::vietnamese::{listed, office, unaccented};

/// Nobody means an id by a text as long as this.
const LONGEST: usize = 80;

/// So many candidates are listed; words that more names hold say nothing.
const LISTED: usize = 4;

/// Words that too many offices have in their names.
const KINDS: [&str; 12] = ["so", "ban", "phong", "xa", "phuong", "ubnd", "tinh", "chi", "cuc", "hoi", "van", "ve"];

/// A hint that names what was probably meant, from `candidates` of id and name, the first name of an
/// id being the one to show; `None` where nothing is near. Several near ones are all listed (Mường
/// La, Mường Lạn, Mường Lầm).
pub(crate) fn among<'c>(written: &str, candidates: impl Iterator<Item = (&'c str, &'c str)>) -> Option<String> {
    let show =
        |(id, name): &(&str, &str)| if id == name { format!("“{id}”") } else { format!("“{id}” ({name})") };
    match nearest(written, candidates).as_slice() {
        [] => None,
        [only] => Some(format!("có phải {}?", show(only))),
        several => {
            let list: Vec<String> = several.iter().take(LISTED).map(show).collect();
            Some(format!("chọn đúng một trong các mã gần giống: {}", list.join(", ")))
        }
    }
}

/// The candidates that were probably meant, the nearest first.
pub(crate) fn nearest<'c>(
    written: &str,
    candidates: impl Iterator<Item = (&'c str, &'c str)>,
) -> Vec<(&'c str, &'c str)> {
    if written.len() > LONGEST * 4 {
        return Vec::new();
    }
    let spelled = spellings(written);
    // By id: how near its nearest name is, whether one begins so, whether one holds the words, and its first name.
    let mut by_id: BTreeMap<&str, (usize, bool, bool, &str)> = BTreeMap::new();
    for (id, name) in candidates {
        let (nearest, begins, holds, _) = by_id.entry(id).or_insert((usize::MAX, false, false, name));
        for text in [id, name].map(normal) {
            for key in &spelled {
                *nearest = apart(key, &text).unwrap_or(usize::MAX).min(*nearest);
                *begins |= key.len() >= LISTED && [&text, commune(&text)].iter().any(|text| text.starts_with(key));
                // “Hải quan Lóng Sập” is Hải quan Cửa khẩu quốc tế Lóng Sập.
                let mut words = text.split(['-', ',']);
                *holds |= key.len() >= LISTED && key.split('-').all(|word| words.any(|other| other == word));
                // “Sở Y tế Sơn La” is Sở Y tế.
                let whole =
                    text.len() > LISTED && key.strip_prefix(&text).is_some_and(|rest| rest.starts_with('-'));
                *holds |= whole;
            }
        }
    }
    let near = |wanted: &dyn Fn(usize, bool, bool) -> bool| {
        let found = by_id.iter().filter(|(_, (distance, begins, holds, _))| wanted(*distance, *begins, *holds));
        let mut found: Vec<_> = found.map(|(id, (distance, .., name))| (*distance, *id, *name)).collect();
        found.sort();
        found
    };
    let mut found = near(&|distance, _, _| distance < usize::MAX);
    // “Mường L” is more of what begins so than Mường É.
    let begun = near(&|_, begins, _| begins);
    if (1..=LISTED).contains(&begun.len()) && found.first().is_none_or(|(distance, ..)| *distance > 0) {
        found = begun;
    }
    if found.is_empty() {
        found = near(&|_, _, holds| holds);
        found.truncate(if found.len() > LISTED { 0 } else { LISTED });
    }
    // What differs in case or diacritics alone is meant, whatever else is near.
    if let [(0, ..), (1.., ..), ..] = found.as_slice() {
        found.truncate(1);
    }
    found.into_iter().map(|(_, id, name)| (id, name)).collect()
}

/// A hint that lists the candidates most like words of which none is near: those with more than half of them, or one of few.
pub(crate) fn alike<'c>(written: &str, candidates: impl Iterator<Item = (&'c str, &'c str)>) -> Option<String> {
    let key = normal(written.get(..LONGEST).unwrap_or(written));
    let words: Vec<&str> =
        commune(&key).split('-').filter(|word| !KINDS.contains(word) && word.len() > 1).collect();
    let mut found: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for (id, name) in candidates {
        let text = normal(name);
        let shared = words.iter().filter(|word| text.split('-').any(|other| other == **word)).count();
        // One word of many says nothing.
        if 2 * shared > words.len() || (shared == 1 && words.len() < 4) {
            let apart = strsim::damerau_levenshtein(commune(&key), commune(&text));
            let (nearest, _) = found.entry(id).or_insert((apart, name));
            *nearest = apart.min(*nearest);
        }
    }
    let mut found: Vec<_> = found.into_iter().map(|(id, (apart, name))| (apart, id, name)).collect();
    found.sort();
    let list = listed(found.iter().take(LISTED).map(|(_, id, name)| format!("“{id}” ({name})")), ", ");
    list.map(|list| format!("gần giống nhất: {list}"))
}

/// What is written, and the part of it in front of a province: `UBND xã Mường La, tỉnh Sơn La`.
fn spellings(written: &str) -> Vec<String> {
    let whole = normal(written);
    let local = whole.split_once(",-").or_else(|| whole.rsplit_once("-tinh-")).map(|(local, _)| local.to_owned());
    [Some(whole), local].into_iter().flatten().collect()
}

/// How many letters lie between two texts, or between the communes that they name; `None` where too many.
fn apart(key: &str, text: &str) -> Option<usize> {
    let communes = (commune(key), commune(text));
    let pairs = [Some((key, text)), (communes != (key, text)).then_some(communes)];
    let near = |(key, text): (&str, &str)| {
        let reach = (key.chars().count() / 4).clamp(1, 3);
        // Most names are told apart by their lengths, in no time.
        let alike = text.chars().count().abs_diff(key.chars().count()) <= reach;
        alike.then(|| strsim::damerau_levenshtein(key, text)).filter(|distance| *distance <= reach)
    };
    pairs.into_iter().flatten().filter_map(near).min()
}

/// The name of a commune without what it is: `ubnd-xa-muong-la` → `muong-la`.
fn commune(text: &str) -> &str {
    let text = text.strip_prefix("ubnd-").unwrap_or(text);
    ["xa-", "phuong-", "thi-tran-", "x-", "p-"].iter().find_map(|kind| text.strip_prefix(kind)).unwrap_or(text)
}

/// Without diacritics and with one mark between words: `Sở Y tế`, `so_y_te` → `so-y-te`; codes without their zeros.
fn normal(text: &str) -> String {
    // Ids are what becomes of names.
    let is_id = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') && !text.starts_with('-');
    if is_id && !text.ends_with('-') {
        return text.to_owned();
    }
    let text = unaccented(&office(text)).replace([' ', '_', '.'], "-");
    let code = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if code { text.replace('-', "").trim_start_matches('0').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::{alike, among};

    #[test]
    fn near_names_are_listed_and_never_chosen_between() {
        let agencies = [
            ("xa-muong-la", "UBND xã Mường La"),
            ("xa-muong-lan", "UBND xã Mường Lạn"),
            ("xa-muong-lam", "UBND xã Mường Lầm"),
            ("so-y-te", "Sở Y tế"),
            ("xa-muong-la", "03808"),
            ("phuong-to-hieu", "UBND phường Tô Hiệu"),
            ("hq-long-sap", "Hải quan Cửa khẩu quốc tế Lóng Sập"),
        ];
        let near = [("xa-muong-e", "UBND xã Mường É")];
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
            ("Hải quan Lóng Sập", Some("có phải “hq-long-sap” (Hải quan Cửa khẩu quốc tế Lóng Sập)?")),
            ("Lóng Sập Hải quan", None),
            ("Mường Xyz", None),
            (
                "Mường L",
                Some(
                    "chọn đúng một trong các mã gần giống: “xa-muong-la” (UBND xã Mường La), \
                     “xa-muong-lam” (UBND xã Mường Lầm), “xa-muong-lan” (UBND xã Mường Lạn)",
                ),
            ),
            ("XA-MUONG-LA", Some("có phải “xa-muong-la” (UBND xã Mường La)?")),
            ("Uỷ ban nhân dân xã Mường La, tỉnh Sơn La.", Some("có phải “xa-muong-la” (UBND xã Mường La)?")),
            ("UBND XA MUONG LA TINH SON LA", Some("có phải “xa-muong-la” (UBND xã Mường La)?")),
            ("3808", Some("có phải “xa-muong-la” (UBND xã Mường La)?")),
            ("Mường La", Some("có phải “xa-muong-la” (UBND xã Mường La)?")),
            ("P. Tô Hiêu", Some("có phải “phuong-to-hieu” (UBND phường Tô Hiệu)?")),
            ("phường Tô Hiu", Some("có phải “phuong-to-hieu” (UBND phường Tô Hiệu)?")),
            ("Y tế Sơn La", None),
            ("Sở Y tế Sơn La", Some("có phải “so-y-te” (Sở Y tế)?")),
            ("Y tế", Some("có phải “so-y-te” (Sở Y tế)?")),
            ("hoàn toàn khác", None),
        ] {
            assert_eq!(among(written, agencies.into_iter().chain(near)).as_deref(), hint, "{written}");
        }
        let list = "gần giống nhất: “xa-muong-la” (UBND xã Mường La), “xa-muong-lam” (UBND xã Mường Lầm), \
                    “xa-muong-lan” (UBND xã Mường Lạn)";
        assert_eq!(alike("Mường Xyz", agencies.into_iter()).as_deref(), Some(list));
        assert_eq!(alike("xã Xyz", agencies.into_iter()), None);
    }
}
