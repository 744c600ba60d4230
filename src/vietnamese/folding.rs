//! How names are compared: whatever their case, their composition, the place of their tones, or how short they are written.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::characters::is_plain;

/// Whether a text is in NFC; nearly every one is, by its letters and a few marks.
pub(crate) fn is_composed(text: &str) -> bool {
    is_plain(text) || is_nfc(text)
}

/// A text in NFC.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    if is_composed(text) { text.into() } else { text.nfc().collect::<String>().into() }
}

/// A name as it is compared: NFC, lower case, single spaces, new tone placement (`hoà` → `hòa`).
pub(crate) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in composed(name).split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded += &fold_word(word);
    }
    folded
}

/// A single word in NFC as it is compared; most words are already.
pub(crate) fn fold_word(word: &str) -> Cow<'_, str> {
    let small = |c: char| {
        matches!(c, 'a'..='z' | '\u{df}'..='\u{ff}' | 'ă' | 'đ' | 'ơ' | 'ư')
            || ('ạ'..='ỹ').contains(&c) && u32::from(c) % 2 == 1
    };
    let lower: Cow<'_, str> =
        if word.chars().any(|c| !small(c) && c.is_uppercase()) { word.to_lowercase().into() } else { word.into() };
    let lower = if lower.contains(LIKE_D) { lower.replace(LIKE_D, "đ").into() } else { lower };
    match moved_tone(&lower) {
        Some(moved) => moved.into(),
        None => lower,
    }
}

/// A name with its diacritics taken off as well (`Đoàn Kết` → `doan ket`), for suggestions.
pub(crate) fn unaccented(name: &str) -> String {
    fold(name)
        .nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// An office's name as it is compared, folded or without diacritics as it is written: with the usual abbreviations, without
/// a closing mark and without “tỉnh” at its end (`Uỷ ban nhân dân xã Tân Yên.` → `ubnd xã tân yên`).
pub(crate) fn office(name: &str) -> String {
    const SHORT: [(&str, &str); 10] = [
        ("ủy ban nhân dân", "ubnd"),
        ("uy ban nhan dan", "ubnd"),
        ("hội đồng nhân dân", "hđnd"),
        ("hoi dong nhan dan", "hdnd"),
        ("tòa án nhân dân", "tand"),
        ("toa an nhan dan", "tand"),
        ("mặt trận tổ quốc", "mttq"),
        ("mat tran to quoc", "mttq"),
        ("ủy ban mttq", "ub mttq"),
        ("uy ban mttq", "ub mttq"),
    ];
    let mut office = fold(name);
    for (long, short) in SHORT {
        if office.contains(long) {
            office = office.replace(long, short);
        }
    }
    let bare = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let office = bare(&office);
    let within = [" tỉnh", " tinh"].iter().find_map(|tail| office.strip_suffix(tail)).map(bare);
    within.unwrap_or(office)
}

/// Letters of other languages that look like đ in capitals, and come of a wrong keyboard or an old font.
const LIKE_D: [char; 2] = ['ð', 'ɖ'];

/// A word in lower case with its tone moved from the second to the first vowel wherever a run of letters ends in oa, oe or
/// uy: `hoà` → `hòa`, `thuỷ,` → `thủy,`; `None` where there is nothing to move. `quý` keeps its tone: there `qu` is the
/// consonant.
fn moved_tone(word: &str) -> Option<String> {
    const MOVED: [(&str, &str); 15] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
    ];
    // In most words no accent follows an o or a u.
    let may_move = word.as_bytes().windows(2).any(|pair| matches!(pair, [b'o' | b'u', next] if !next.is_ascii()));
    let (mut moved, mut done) = (String::new(), 0);
    for (at, _) in word.char_indices().filter(|(_, c)| may_move && matches!(c, 'o' | 'u')) {
        let Some((old, new)) = MOVED.iter().find(|(old, _)| word[at..].starts_with(old)) else { continue };
        let end = at + old.len();
        if !word[end..].starts_with(char::is_alphabetic) && !word[..at].ends_with('q') {
            moved += &word[done..at];
            moved += new;
            done = end;
        }
    }
    (done > 0).then(|| moved + &word[done..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    #[test]
    fn offices_compare_however_long_their_names_are_written() {
        for (name, office_name) in [
            ("Uỷ ban nhân dân xã Mường La.", "ubnd xã mường la"),
            ("UBND xã Mường La", "ubnd xã mường la"),
            ("uy ban nhan dan xa muong la", "ubnd xa muong la"),
            ("Toà án nhân dân tỉnh", "tand"),
            ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "ub mttq việt nam"),
            ("Tỉnh đoàn", "tỉnh đoàn"),
        ] {
            assert_eq!(office(name), office_name, "{name}");
        }
    }

    #[test]
    fn names_compare_after_folding() {
        for (left, right) in [
            ("Uỷ ban  nhân dân", "ủy ban nhân dân"),
            ("HOÀ BÌNH", "hòa bình"),
            ("Tho\u{e3}n", "thoãn"),
            ("Quý", "quý"),
        ] {
            assert_eq!(fold(left), fold(right));
        }
        assert_eq!(fold("quý"), "quý");
        assert_eq!(unaccented("Xã Đoàn Kết"), "xa doan ket");
    }

    #[test]
    fn tones_move_where_a_run_of_letters_ends() {
        for (written, compared) in [
            ("hoà,", "hòa,"),
            ("(Thuỷ)", "(thủy)"),
            ("hoà-thuỷ", "hòa-thủy"),
            ("khoẻ/oẹ.", "khỏe/ọe."),
            ("hoàn", "hoàn"),
            ("quỳ;", "quỳ;"),
            ("Ðồng Ɖăng", "đồng đăng"),
        ] {
            assert_eq!(fold(written), compared);
        }
    }

    /// A name as one person and as another writes it.
    fn written_twice() -> impl Strategy<Value = (String, String)> {
        const SYLLABLES: [(&str, &str); 12] = [
            ("hòa", "hoà"),
            ("thủy", "thuỷ"),
            ("khỏe", "khoẻ"),
            ("quý", "quý"),
            ("đồng", "ðồng"),
            ("ủy", "uỷ"),
            ("toàn", "toàn"),
            ("mường", "mường"),
            ("nghiệp", "nghiệp"),
            ("tỏa,", "toả,"),
            ("sở", "sở"),
            ("xã", "xã"),
        ];
        let pair = (select(&SYLLABLES[..]), any::<(bool, bool, bool)>(), select(vec![" ", "  ", "\u{a0}", "\t"]));
        let twice = pair.prop_map(|((new, old), (is_old, is_upper, is_apart), blank)| {
            let other = if is_old { old } else { new };
            let other = if is_upper { other.to_uppercase() } else { other.to_owned() };
            let other = if is_apart { other.nfd().collect() } else { other };
            (new.to_owned() + " ", other + blank)
        });
        prop::collection::vec(twice, 1..6)
            .prop_map(|words| words.into_iter().unzip::<_, _, Vec<_>, Vec<_>>())
            .prop_map(|(one, other)| (one.concat(), other.concat()))
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: prop::test_runner::RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::with_cases(500) })]

        #[test]
        fn however_a_name_is_written_it_compares_the_same((one, other) in written_twice()) {
            prop_assert_eq!(fold(&one), fold(&other));
            prop_assert_eq!(unaccented(&one), unaccented(&other));
            prop_assert_eq!(office(&one), office(&other));
        }

        #[test]
        fn what_was_folded_folds_to_itself(any in "([aeiouyAOUY][\u{300}\u{301}\u{303}\u{309}\u{323}]?|[b-dg-tvđĐðÐăâêôơưàỳ ,.()/-]){0,20}") {
            let folded = fold(&any);
            prop_assert_eq!(&fold(&folded), &folded);
            prop_assert_eq!(unaccented(&folded), unaccented(&any));
            prop_assert_eq!(unaccented(&unaccented(&any)), unaccented(&any));
        }
    }
}
