//! Characters that a reader does not see or that reorder what he sees.

/// Whether a text has nothing but what nearly every report is made of: ASCII without its control characters, Latin letters,
/// composed, and the quotes, dashes and dots of print. Looks at bytes, many at once; what it denies may still be in order.
pub(crate) fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let odd = |byte: u8, next: u8, third: u8| {
        let control = byte < b' ' && byte != b'\n' && byte != b'\t' || byte == 0x7f;
        // U+00C0 to U+024F; U+1E00 to U+1EFF; U+2010 to U+2027 and U+2030 to U+203F.
        let latin = (0xc3..=0xc8).contains(&byte) | (byte == 0xe1) & (0xb8..=0xbb).contains(&next);
        let of_print = (byte == 0xe2) & (next == 0x80) & ((0x90..=0xa7).contains(&third) | (third >= 0xb0));
        control | (byte >= 0xc0) & !latin & !of_print
    };
    // Without a way out in the middle of a chunk the compiler looks at many bytes at once.
    const CHUNK: usize = 256;
    let mut from = 0;
    while from + 2 < bytes.len() {
        let chunk = &bytes[from..bytes.len().min(from + CHUNK + 2)];
        let three = chunk.iter().zip(&chunk[1..]).zip(&chunk[2..]);
        if three.fold(false, |found, ((byte, next), third)| found | odd(*byte, *next, *third)) {
            return false;
        }
        from += CHUNK;
    }
    // The last two begin no character of three bytes.
    let last = &bytes[bytes.len().saturating_sub(2)..];
    !last.iter().any(|byte| odd(*byte, 0, 0))
}

/// The characters of a text that a reader does not see, with where they stand; what makes a picture of the sign before it
/// (⚠️, 1️⃣) is seen.
pub(crate) fn hidden(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut before = '\0';
    text.char_indices().filter(move |&(at, c)| {
        let before = std::mem::replace(&mut before, c);
        let keycap =
            || text[at + c.len_utf8()..].starts_with('\u{20e3}') && matches!(before, '0'..='9' | '#' | '*');
        is_hidden(c) || matches!(c, '\u{fe0e}' | '\u{fe0f}') && !is_picture(before) && !keycap()
    })
}

/// Control characters but tab and line feed, what Unicode calls ignorable by default (zero-width and bidirectional characters,
/// soft hyphens, fillers, tags: Default_Ignorable_Code_Point of DerivedCoreProperties.txt) but for what makes a picture of
/// the sign before it, blanks that are none, what is kept from being characters (U+FFFE, U+FDD0): programs act on them, and
/// text with them is not what it looks like.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{8}'
            | '\u{b}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0d}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    ) || u32::from(c) & 0xfffe == 0xfffe
}

/// A sign that may be shown as a picture.
fn is_picture(c: char) -> bool {
    matches!(c, '©' | '®' | '‼' | '⁉' | '\u{2100}'..='\u{27ff}' | '\u{2900}'..='\u{2bff}' | '\u{3030}' | '\u{303d}'
        | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// A letter of the Latin alphabets, composed: nearly every letter of a Vietnamese text, told without a look into Unicode's tables.
pub(crate) fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') && !matches!(c, '×' | '÷')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_for_a_latin_letter_is_a_letter_that_stands_composed() {
        for c in ('\0'..=char::MAX).filter(|c| is_latin(*c)) {
            assert!(c.is_alphabetic() && unicode_normalization::is_nfc(&c.to_string()), "{}", c.escape_unicode());
        }
    }

    #[test]
    fn what_is_no_character_is_hidden() {
        for (c, hidden) in [
            ('\u{fffe}', true),
            ('\u{ffff}', true),
            ('\u{1fffe}', true),
            ('\u{fdd0}', true),
            ('\u{fdf0}', false),
            ('\u{fffd}', false),
            ('\u{fffc}', false),
            ('\u{2009}', false),
            ('\u{301}', false),
        ] {
            assert_eq!(is_hidden(c), hidden, "{}", c.escape_unicode());
        }
    }

    #[test]
    fn what_nobody_sees_is_hidden_wherever_it_stands() {
        // Characters without a width that are no marks of letters.
        let ignorable = "\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{180b}\u{180e}\u{200d}\u{2060}\u{2064}\u{3164}\u{fe00}\u{fe0f}\u{feff}\u{ffa0}\u{fff8}\u{1bca0}\u{1d173}\u{e0001}\u{e0020}\u{e007f}\u{e0100}\u{e01ef}\u{e0fff}\u{2800}";
        for c in ignorable.chars() {
            let text = format!("kiểm{c}tra");
            assert_eq!(hidden(&text).collect::<Vec<_>>(), [(6, c)], "{}", c.escape_unicode());
        }
        for (text, found) in [
            ("⚠️ ✔️ ©️ ❤︎ 1️⃣ #️⃣ 🇻🇳 👍🏽", ""),
            ("⚠️️", "\u{fe0f}"),
            ("1️ a️", "\u{fe0f}\u{fe0f}"),
            ("️⚠", "\u{fe0f}"),
            ("👩\u{200d}⚕️", "\u{200d}"),
        ] {
            assert_eq!(hidden(text).map(|(_, c)| c).collect::<String>(), found, "{text}");
        }
    }

    #[test]
    fn a_plain_text_is_composed_and_hides_nothing() {
        let mut plain = 0;
        for c in ('\0'..=char::MAX).filter(|c| is_plain(&format!("a{c}a"))) {
            assert!(!is_hidden(c) && unicode_normalization::is_nfc(&c.to_string()), "{}", c.escape_unicode());
            assert!(
                c.is_ascii() || is_latin(c) || matches!(c, '×' | '÷' | '‐'..='‧' | '‰'..='‿'),
                "{}",
                c.escape_unicode()
            );
            plain += 1;
        }
        assert!(plain > 600, "{plain}");
        let long = "Kiểm tra “đột xuất” – 5 chợ… ".repeat(40);
        for odd in ["\u{301}", "\u{200b}", "\r", "\u{7f}", "°", "а", "\u{2028}", "ệ\u{323}"] {
            assert!(is_plain(&long) && is_plain("") && is_plain("ă"));
            for at in long.char_indices().map(|(at, _)| at).chain([long.len()]) {
                let (before, after) = long.split_at(at);
                assert!(!is_plain(&format!("{before}{odd}{after}")), "{} at {at}", odd.escape_unicode());
            }
        }
    }
}
