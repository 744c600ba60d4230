//! A text in words and marks, folded once for all that is looked for in it. Knows no meaning.

use std::borrow::Cow;
use std::ops::Range;

use super::numbers::{self, Number};
use crate::characters::is_latin;
use crate::vietnamese::{fold, fold_word, is_composed};

pub(super) struct Token<'t> {
    /// As it stands.
    pub(super) raw: &'t str,
    /// As it is compared: `Uỷ` is `ủy`.
    pub(super) folded: Cow<'t, str>,
    /// Neither a mark nor a blank.
    pub(super) is_word: bool,
}

pub(in crate::check) struct Tokens<'t> {
    text: &'t str,
    pub(super) all: Vec<Token<'t>>,
    pub(super) numbers: Vec<Number>,
}

impl<'t> Tokens<'t> {
    pub(in crate::check) fn new(text: &'t str) -> Self {
        let composed = is_composed(text);
        let token = |raw: &'t str| {
            let folded = if composed { fold_word(raw) } else { fold(raw).into() };
            Token { raw, folded, is_word: raw.starts_with(|c| is_latin(c) || c.is_alphanumeric()) }
        };
        // A word and its blank have five bytes or more.
        let mut all = Vec::with_capacity(text.len() / 5);
        all.extend(split(text).map(token));
        let numbers = numbers::read(all.len(), &|at| all.get(at).map_or("", |token| &token.folded));
        Self { text, all, numbers }
    }

    /// A token as it is compared; nothing before the first and after the last.
    pub(super) fn word(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |token| &token.folded)
    }

    /// Some tokens as they stand.
    pub(super) fn text(&self, tokens: Range<usize>) -> &'t str {
        &self.text[self.place(tokens)]
    }

    /// Where some tokens stand in the text.
    pub(super) fn place(&self, tokens: Range<usize>) -> Range<usize> {
        let place = |part: &str| part.as_ptr() as usize - self.text.as_ptr() as usize;
        let last = self.all[tokens.end - 1].raw;
        place(self.all[tokens.start].raw)..place(last) + last.len()
    }

    /// Folded words without punctuation.
    pub(in crate::check) fn words(&self) -> impl Iterator<Item = &str> + Clone {
        self.all.iter().filter(|token| token.is_word).map(|token| &*token.folded)
    }

    /// The words after those that only turn an order into an account (“đã triển khai”); none where there are fewer than
    /// five in all.
    pub(in crate::check) fn told(&self) -> impl Iterator<Item = &str> + Clone {
        const OPENING: [&str; 8] = ["đã", "đang", "sẽ", "tiếp", "tục", "triển", "khai", "thực"];
        let words = self.words().skip_while(|word| OPENING.contains(word));
        let is_enough = words.clone().nth(4).is_some();
        words.filter(move |_| is_enough)
    }

    /// How many digits the numbers have that tell of something, apart from days, years and parts of a paper's number.
    pub(in crate::check) fn digits_told(&self) -> usize {
        const OF_A_DAY: [&str; 10] = ["ngày", "tháng", "năm", "quý", "số", "điều", "khoản", "đến", "/", "-"];
        let told = self.numbers.iter().filter(|number| {
            let (before, after) = (number.at.start.checked_sub(1), self.word(number.at.end));
            number.value > 0 && !before.is_some_and(|at| OF_A_DAY.contains(&self.word(at))) && after != "/"
        });
        told.map(|number| number.value.ilog10() as usize + 1).sum()
    }
}

/// Runs of letters, numbers with what divides their digits, single marks.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
        let first = rest.chars().next()?;
        let length = match first {
            '0'..='9' => number_length(rest),
            _ if is_letter(first) => rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        Some(token)
    })
}

fn is_letter(c: char) -> bool {
    is_latin(c) || c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}

/// Digits, and a dot or a comma where a digit follows: `1.250`, `37,5`.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let divides = |at: usize| matches!(bytes.get(at), Some(b'.' | b',')) && digit(at + 1);
    (1..).find(|&at| !(digit(at) || divides(at))).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_words_numbers_and_marks() {
        for (text, tokens) in [
            ("Kiểm tra 1.250 vụ, phạt 37,5 triệu.", "Kiểm|tra|1.250|vụ|,|phạt|37,5|triệu|."),
            ("tin,bài 42/50; 22.000.000đ", "tin|,|bài|42|/|50|;|22.000.000|đ"),
            ("1\u{a0}250 (5,)", "1|250|(|5|,|)"),
            ("", ""),
        ] {
            assert_eq!(split(text).collect::<Vec<_>>().join("|"), tokens, "{text}");
        }
    }
}
