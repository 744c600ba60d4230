//! Text that nobody can read: Vietnamese of encodings from before Unicode, characters that stand for lost ones. Known by what
//! belongs in a text rather than by a list of what does not.

use super::Check;
use super::scope::{Scope, Text};
use crate::characters::{is_hidden, is_latin};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::source::Span;
use crate::vietnamese::legible::Honest;

pub(super) const CHECKS: &[Check] = &[Check::warning(
    "unreadable-letters",
    "Chữ Việt sai bảng mã, hoặc ký tự không đọc được",
    Scope::Text(unreadable_letters),
    "\
Chữ gõ bằng bảng mã cũ (TCVN3, VNI) hoặc tệp bị đọc nhầm bảng mã thì máy khác không đọc được; ký tự thay thế (U+FFFD), dấu đầu
dòng của phông riêng thì hiện thành ô vuông.

Sai: BÕp ¨n b¸n tró; Beáp aên; Báº¿p Äƒn
Đúng: Bếp ăn bán trú",
)];

fn unreadable_letters(text: &mut Text<'_>, rule: &'static Rule, sink: &mut Sink) {
    let Text { file, text, is_plain, honest } = text;
    if *is_plain && suspects(text).all(|word| honest.garbled(word).is_none()) {
        return;
    }
    for line in text.lines().filter(|line| !line.is_ascii()) {
        let offset = line.as_ptr() as usize - text.as_ptr() as usize;
        let span = |start: usize, end: usize| Span {
            file: *file,
            start: (offset + start) as u32,
            end: (offset + end) as u32,
        };
        if let Some((start, end, message, hint)) = in_old_encoding(line, honest) {
            sink.push(Diagnostic::new(rule, span(start, end), message).hint(hint));
        } else if let Some((at, c)) = line.char_indices().filter(|_| !*is_plain).find(|(_, c)| !belongs(*c)) {
            let message = format!("có ký tự không đọc được (U+{:04X})", u32::from(c));
            let hint = "xem lại bản gốc, xóa ký tự này rồi gõ lại chỗ đó";
            sink.push(Diagnostic::new(rule, span(at, at + c.len_utf8()), message).hint(hint));
        }
    }
}

/// The words that may be in an encoding of before: what those have in the place of letters stands in UTF-8 after one of two
/// bytes.
fn suspects(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let is_blank = |byte: &u8| *byte <= b' ';
    std::iter::from_fn(move || {
        let bytes = rest.as_bytes();
        let found = bytes.iter().position(|byte| matches!(byte, 0xc2 | 0xc3))?;
        let start = bytes[..found].iter().rposition(is_blank).map_or(0, |blank| blank + 1);
        let end = bytes[found..].iter().position(is_blank).map_or(rest.len(), |length| found + length);
        let (before, after) = rest.split_at(end);
        rest = after;
        Some(&before[start..])
    })
}

/// From the first to the last word of a line that is in an encoding of before, with what is to be said of it.
fn in_old_encoding(line: &str, honest: &mut Honest) -> Option<(usize, usize, String, String)> {
    let place = |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
    let words = suspects(line).filter_map(|word| Some((word, honest.garbled(word)?)));
    let mut found = words.map(|(word, encoding)| (place(word), word, encoding));
    let first = found.next()?;
    let last = found.last().unwrap_or(first);
    let closing = [',', ';', '.', ':', '"', '\'', ')', ']', '}'];
    let (start, end) = (first.0, last.0 + last.1.trim_end_matches(closing).len());
    let written: Vec<&str> = line[start..end].split_ascii_whitespace().take(12).collect();
    let meant: Vec<String> = written.iter().map(|word| first.2.decode(word)).collect();
    let message = format!("“{}” không phải chữ Việt Unicode ({})", written.join(" "), first.2.name());
    let hint = format!(
        "có lẽ là “{}”: chuyển cả đoạn sang Unicode bằng công cụ chuyển mã của bộ gõ, hoặc gõ lại",
        meant.join(" ")
    );
    Some((start, end, message, hint))
}

/// What is said of a line in an encoding of before, and what is to be done.
pub(crate) fn garbled(line: &str) -> Option<(String, String)> {
    let (.., message, hint) = in_old_encoding(line, &mut Honest::new())?;
    Some((message, hint))
}

/// What people write and printers print: letters and digits of any script, their marks, punctuation, signs, pictures.
/// Hidden characters are another rule's.
fn belongs(c: char) -> bool {
    if c.is_ascii() || is_latin(c) {
        return true;
    }
    let sign = matches!(c,
        '\u{a0}'..='\u{bf}' | '×' | '÷'
        // Accents that stand alone, marks above letters, those of Lao and Thai.
        | '\u{2b0}'..='\u{36f}' | '\u{e00}'..='\u{eff}'
        // Blanks, dashes, quotes, currencies, letter-like signs, fractions, arrows, mathematics, boxes, pictures.
        | '\u{2000}'..='\u{205f}' | '\u{2070}'..='\u{27ff}' | '\u{2900}'..='\u{2bff}'
        | '\u{3000}'..='\u{303f}' | '\u{fe00}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff65}' | '\u{1f000}'..='\u{1faff}'
    );
    is_hidden(c) || c.is_alphanumeric() || sign
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_stand_for_nothing_are_told_from_those_that_people_write() {
        for c in "\u{fffd}\u{f0b7}\u{e000}\u{fffc}\u{100000}".chars() {
            assert!(!belongs(c), "U+{:04X}", u32::from(c));
        }
        for c in "aệĐ1 “”–—…•·§°²½µΩ№€₫→≤√■✓✅👍🇻🇳ລ໌ไ中，（\u{a0}\u{202f}\u{301}\t".chars()
        {
            assert!(belongs(c), "U+{:04X} {c}", u32::from(c));
        }
    }

    #[test]
    fn a_line_is_named_from_its_first_to_its_last_garbled_word() {
        for (line, found) in [
            ("  - {text: BÕp ¨n b¸n tró khã kiÓm so¸t, cause: Thiếu người}", Some("BÕp ¨n b¸n tró khã kiÓm so¸t")),
            ("  results: Beáp aên", Some("Beáp aên")),
            ("  results: Bếp ăn của São Paulo và Müller", None),
        ] {
            let told = in_old_encoding(line, &mut Honest::new());
            assert_eq!(told.as_ref().map(|(start, end, ..)| &line[*start..*end]), found);
        }
        let (.., hint) = in_old_encoding("BÕp ¨n b¸n tró khã kiÓm so¸t", &mut Honest::new()).unwrap();
        assert!(hint.contains("“Bếp ăn bán trú khó kiểm soát”"), "{hint}");
    }
}
