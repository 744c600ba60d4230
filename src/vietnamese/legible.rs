//! Whether a word can be Vietnamese as it is written, and what it says when its letters are taken for those of an encoding
//! from before Unicode. Judges by how Vietnamese syllables are built, so that foreign names stay what they are.

use std::sync::LazyLock;

use foldhash::HashSet;
use unicode_normalization::UnicodeNormalization;

/// Why words are not what they were meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Garbled {
    /// UTF-8 that was read as Windows-1252: `Báº¿p`.
    As1252,
    /// TCVN3, of fonts that begin with .Vn: `BÕp`.
    Tcvn3,
    /// VNI, of fonts that begin with VNI-: `Beáp`.
    Vni,
}

impl Garbled {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::As1252 => "UTF-8 bị đọc nhầm bảng mã",
            Self::Tcvn3 => "bảng mã TCVN3, phông .Vn…",
            Self::Vni => "bảng mã VNI, phông VNI-…",
        }
    }

    /// What was meant by some words; what is none of this encoding stays.
    pub(crate) fn decode(self, word: &str) -> String {
        match self {
            Self::As1252 => utf8_of_1252(word).unwrap_or_else(|| word.to_owned()),
            Self::Tcvn3 => word.chars().map(|c| of_tcvn3(c).unwrap_or(c)).collect(),
            Self::Vni => of_vni(word),
        }
    }
}

/// Words that were found to be in no encoding of before: most come again. Of those that fall on one place the last is known.
/// Each is kept as it stands: texts that were read before lie far away.
pub(crate) struct Honest(Vec<[u8; Honest::LONGEST]>);

impl Honest {
    const PLACES: usize = 4096;
    /// Bytes of a word that is kept.
    const LONGEST: usize = 16;

    pub(crate) fn new() -> Self {
        Self(vec![[0; Self::LONGEST]; Self::PLACES])
    }

    /// How a word is garbled.
    pub(crate) fn garbled(&mut self, word: &str) -> Option<Garbled> {
        let mut kept = [0; Self::LONGEST];
        let Some(bytes) = kept.get_mut(..word.len()) else { return garbled(word) };
        bytes.copy_from_slice(word.as_bytes());
        let number = u128::from_le_bytes(kept);
        // The golden ratio gathers what all letters say in the highest bits.
        let spread = ((number >> 64) as u64 ^ number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let known = &mut self.0[(spread >> 48) as usize % Self::PLACES];
        if *known == kept {
            return None;
        }
        let garbled = garbled(word);
        if garbled.is_none() {
            *known = kept;
        }
        garbled
    }
}

/// How a word without blanks is garbled, where it is Vietnamese once it is decoded and is not as it stands.
fn garbled(word: &str) -> Option<Garbled> {
    let latin1 = |c: char| matches!(c, '\u{80}'..='\u{ff}');
    if !word.contains(latin1) {
        return None;
    }
    if utf8_of_1252(word).is_some() {
        return Some(Garbled::As1252);
    }
    let apart = |c: char| !c.is_alphabetic() && !matches!(c, '\u{a1}'..='\u{ff}' | '\u{300}'..='\u{36f}');
    let mut parts = word.split(apart).filter(|part| part.contains(latin1) && !is_syllable(part));
    parts.find_map(|part| {
        // A vowel and a mark after it are seldom anything else.
        [Garbled::Vni, Garbled::Tcvn3].into_iter().find(|encoding| {
            let decoded = encoding.decode(part);
            // “µm” is a unit.
            decoded != part && part != "µm" && decoded.chars().count() > 1 && is_syllable(&decoded.to_lowercase())
        })
    })
}

/// The text whose bytes in UTF-8 were read as Windows-1252, with or without what stands around it.
fn utf8_of_1252(word: &str) -> Option<String> {
    const FROM_80: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let byte = |c: char| match c {
        '\0'..='\u{7f}' | '\u{a0}'..='\u{ff}' => u8::try_from(c).ok(),
        _ => FROM_80.chars().position(|known| known == c).map(|at| 0x80 + at as u8),
    };
    // What is no ASCII takes two bytes at least, the second of 0x80 to 0xBF.
    let begins =
        |(first, second)| matches!(first, '\u{c2}'..='\u{f4}') && matches!(byte(second), Some(0x80..=0xbf));
    if !word.chars().zip(word.chars().skip(1)).any(begins) {
        return None;
    }
    let whole = |part: &str| -> Option<String> {
        let bytes: Vec<u8> = part.chars().map(byte).collect::<Option<_>>()?;
        String::from_utf8(bytes).ok().filter(|text| !text.is_ascii())
    };
    let begun = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let parts = [word, begun, begun.trim_end_matches(|c: char| !c.is_alphanumeric())];
    parts.iter().find_map(|part| Some(word.replacen(part, &whole(part)?, 1)))
}

fn of_tcvn3(c: char) -> Option<char> {
    const WRITTEN: &str = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u{ad}õøö÷ùúýûüþ¡¢§£¤¥¦";
    const MEANT: &str = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ";
    let at = WRITTEN.chars().position(|known| known == c)?;
    MEANT.chars().nth(at)
}

/// In VNI marks stand after the vowel, as letters of their own.
fn of_vni(word: &str) -> String {
    const TONES: [(char, &str); 5] =
        [('ù', "\u{301}"), ('ø', "\u{300}"), ('û', "\u{309}"), ('õ', "\u{303}"), ('ï', "\u{323}")];
    const ROOFS: [(char, &str); 6] = [
        ('â', "\u{302}"),
        ('á', "\u{302}\u{301}"),
        ('à', "\u{302}\u{300}"),
        ('å', "\u{302}\u{309}"),
        ('ã', "\u{302}\u{303}"),
        ('ä', "\u{302}\u{323}"),
    ];
    const BOWLS: [(char, &str); 6] = [
        ('ê', "\u{306}"),
        ('é', "\u{306}\u{301}"),
        ('è', "\u{306}\u{300}"),
        ('ú', "\u{306}\u{309}"),
        ('ü', "\u{306}\u{303}"),
        ('ë', "\u{306}\u{323}"),
    ];
    const LETTERS: [(char, char); 8] =
        [('ñ', 'đ'), ('ô', 'ơ'), ('ö', 'ư'), ('í', 'í'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('ò', 'ị'), ('î', 'ỵ')];
    let mark = |before: char, c: char| {
        let find =
            |marks: &[(char, &'static str)]| marks.iter().find(|(known, _)| *known == c).map(|(_, mark)| *mark);
        let tone = || find(&TONES).filter(|_| "aeiouyơư".contains(before));
        let roof = || find(&ROOFS).filter(|_| "aeo".contains(before));
        tone().or_else(roof).or_else(|| find(&BOWLS).filter(|_| before == 'a'))
    };
    let (mut meant, mut before) = (String::new(), ' ');
    for written in word.chars() {
        let lower = written.to_lowercase().next().unwrap_or(written);
        if let Some(mark) = mark(before, lower) {
            meant += mark;
            before = ' ';
            continue;
        }
        let letter = LETTERS.iter().find(|(known, _)| *known == lower).map_or(lower, |(_, letter)| *letter);
        match written == lower {
            true => meant.push(letter),
            false => meant.extend(letter.to_uppercase()),
        }
        before = letter;
    }
    meant.nfc().collect()
}

/// Whether a word is one Vietnamese syllable, in small letters, in capitals or with one capital at its beginning.
fn is_syllable(word: &str) -> bool {
    const ONSETS: [&str; 27] = [
        "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l",
        "m", "n", "p", "r", "s", "t", "v", "x",
    ];
    let lower = word.to_lowercase();
    let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
    let cased =
        word == lower || word == word.to_uppercase() || (first != first.to_lowercase() && lower.ends_with(rest));
    let tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let (tones, letters): (Vec<char>, Vec<char>) = lower.nfd().partition(tone);
    let toneless: String = letters.into_iter().nfc().collect();
    // Syllables that are cut short have two tones alone.
    let short = toneless.ends_with(['c', 'p', 't']) || toneless.ends_with("ch");
    let toned = match tones[..] {
        [] => !short,
        [tone] => !short || matches!(tone, '\u{301}' | '\u{323}'),
        [..] => false,
    };
    static RHYMES: LazyLock<HashSet<&str>> = LazyLock::new(|| TONELESS.split_ascii_whitespace().collect());
    let is_rhyme = |rest: &str| RHYMES.contains(rest);
    cased
        && toned
        && (is_rhyme(&toneless) || ONSETS.iter().any(|onset| toneless.strip_prefix(*onset).is_some_and(is_rhyme)))
}

/// What may follow the onset of a syllable, without tones.
const TONELESS: &str = "\
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên \
    ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay \
    oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân \
    uâng uât uây uc uê uêch uênh uêu ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyp uyt uyu \
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y ych yêm yên yêng yêt yêu ynh yt";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_encodings_are_told_from_honest_ones() {
        for (words, encoding, meant) in [
            ("BÕp ¨n b¸n kiÓm so¸t ®Þa ph\u{ad}¬ng", Some(Garbled::Tcvn3), "Bếp ăn bán kiểm soát địa phương"),
            ("§· thùc hiÖn kh«ng", Some(Garbled::Tcvn3), "Đã thực hiện không"),
            ("Beáp aên khoù kieåm soaùt", Some(Garbled::Vni), "Bếp ăn khó kiểm soát"),
            ("ñòa phöông khoâng ñuû", Some(Garbled::Vni), "địa phương không đủ"),
            ("NGHÒ ÑÒNH ÑAÕ", Some(Garbled::Vni), "NGHỊ ĐỊNH ĐÃ"),
            ("Báº¿p Äƒn khÃ³ kiá»ƒm soÃ¡t, â€œÄ‘á»§â€\u{9d}", Some(Garbled::As1252), "Bếp ăn khó kiểm soát, “đủ”"),
            ("vÃ\u{a0}", Some(Garbled::As1252), "và"),
            ("“Báº¿p", Some(Garbled::As1252), "“Bếp"),
        ] {
            let found: Vec<Garbled> = words.split(' ').filter_map(garbled).collect();
            assert!(found.len() * 2 > words.split(' ').count(), "{words}: {found:?}");
            assert!(found.iter().all(|found| Some(*found) == encoding), "{words}: {found:?}");
            let decoded: Vec<String> = words.split(' ').map(|word| found[0].decode(word)).collect();
            assert_eq!(decoded.join(" ").nfc().collect::<String>(), meant);
        }
        for words in [
            "São Paulo, Müller, café, Zürich, Besançon, Noël, José, Raúl, Malmö, Björn, niño, España, Łódź, Curaçao, Perú",
            "5 µg, 3 µm, 12 m², 7 m³, ½ giờ, 1½, 25 °C, ± 5, 3 × 4, § 12, Windows®, ©2026, № 5, 100 €, ¹ ghi chú, kΩ",
            "“Kiểm tra” – ‘đợt 1’ … • hoà, thuỷ, khoẻ, quý, xoong, khuâng, nguệch, quốc, giêng, gì, khúc khuỷu, toàn",
            "Mường É, Đắk Lắk, Krông Pắc, Ê Đê, Tà Xùa, Huổi Một, Xím Vàng, QĐ-UBND, HĐND, TÂN LẬP, H’Mông, «trích»",
            "ພາສາລາວ, 中文, Привет, ✅ 👍, Tho\u{e1}t, thoa\u{301}t",
        ] {
            let found: Vec<&str> = words.split(' ').filter(|word| garbled(word).is_some()).collect();
            assert_eq!(found, [] as [&str; 0]);
        }
    }
}
