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
        fold_word(word, &mut folded);
    }
    folded
}

/// Puts a single word in NFC at the end of what is folded, as it is compared; most words are already.
pub(crate) fn fold_word(word: &str, folded: &mut String) {
    let start = folded.len();
    folded.push_str(word);
    if is_folded(word) {
        return;
    }
    folded[start..].make_ascii_lowercase();
    if !is_folded(&folded[start..]) {
        let lower = word.to_lowercase();
        let lower = if lower.contains(LIKE_D) { lower.replace(LIKE_D, "đ") } else { lower };
        folded.truncate(start);
        folded.push_str(moved_tone(&lower).as_deref().unwrap_or(&lower));
    }
}

/// Whether a word is sure to be as it is compared.
fn is_folded(word: &str) -> bool {
    let mut before = '\0';
    word.chars().all(|c| stays(std::mem::replace(&mut before, c), c))
}

/// Whether a letter is sure to be as it is compared, after the one before it: a small one of Vietnamese, with no tone that may
/// have to move.
pub(crate) fn stays(before: char, c: char) -> bool {
    let is_small = match c {
        '\0'..='\u{7f}' => !c.is_ascii_uppercase(),
        'ð' => false,
        '\u{df}'..='\u{ff}' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => true,
        'ạ'..='ỹ' => u32::from(c) % 2 == 1,
        _ => false,
    };
    let may_move = match before {
        'o' => matches!(c, 'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ'),
        'u' => matches!(c, 'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ'),
        _ => false,
    };
    is_small && !may_move
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
    let (mut moved, mut done) = (String::new(), 0);
    for (at, _) in word.char_indices().filter(|(_, c)| matches!(c, 'o' | 'u')) {
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

    #[test]
    fn what_is_sure_to_be_folded_is() {
        for c in '\0'..='\u{1fff}' {
            for word in ["", "o", "u"].map(|before| format!("{before}{c}")).iter().filter(|word| is_folded(word)) {
                let as_it_is = word.to_lowercase() == *word && !word.contains(LIKE_D) && moved_tone(word).is_none();
                assert!(as_it_is, "{word}");
            }
        }
        for word in ["vụ,", "toan", "quản", "thuế", "mũ", "37,5"] {
            assert!(is_folded(word), "{word}");
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
