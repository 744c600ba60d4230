//! Characters that a reader does not see or that reorder what he sees.

/// Whether a byte of UTF-8 can be a part of a hidden character.
pub(crate) fn may_be_hidden(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0xb..=0x1f | 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef | 0xf3)
}

/// Control characters but tab and line feed, zero-width and bidirectional characters, tags: terminals act
/// on them, and text with them is not what it looks like.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{8}'
            | '\u{b}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
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
    fn every_hidden_character_has_a_byte_that_gives_it_away() {
        for c in ('\0'..=char::MAX).filter(|c| is_hidden(*c)) {
            assert!(c.to_string().bytes().any(may_be_hidden), "{}", c.escape_unicode());
        }
    }
}
