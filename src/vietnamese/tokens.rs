//! A text in words and marks, folded once for all that is looked for in it. Knows no meaning.

use std::ops::Range;
use std::sync::LazyLock;

use super::folding::{fold, fold_word, is_composed, stays};
use super::numbers::{self, Number};
use crate::characters::is_latin;

/// Where a word, a number or a mark stands: places instead of slices, since reports have millions.
struct Token {
    start: u32,
    end: u32,
    /// And among what is folded.
    folded_start: u32,
    folded_end: u32,
    /// Neither a mark nor a blank.
    is_word: bool,
    /// Whether a number may begin with it.
    may_count: bool,
}

pub(crate) struct Tokens<'t> {
    text: &'t str,
    /// The text with each token as it is compared: `Uỷ` is `ủy`.
    folded: String,
    all: Vec<Token>,
    pub(crate) numbers: Vec<Number>,
}

impl<'t> Tokens<'t> {
    /// Of a text below 4 GB, as every file is.
    pub(crate) fn new(text: &'t str) -> Self {
        let composed = is_composed(text);
        // A word and its blank have five bytes or more.
        let (mut folded, mut all) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() / 5));
        let (mut at, mut copied, letters) = (0, 0, &**LETTERS);
        while let Some((place, kind)) = next(text, letters, at) {
            at = place.end;
            let folded_start = if composed && kind.stands {
                // Most do, and are copied together.
                folded.len() + place.start - copied
            } else {
                folded.push_str(&text[copied..place.start]);
                copied = at;
                let (start, raw) = (folded.len(), &text[place.clone()]);
                match composed {
                    true => fold_word(raw, &mut folded),
                    false => folded += &fold(raw),
                }
                start
            };
            all.push(Token {
                start: place.start as u32,
                end: place.end as u32,
                folded_start: folded_start as u32,
                folded_end: (folded.len() + at - copied) as u32,
                is_word: kind.is_word,
                may_count: kind.may_count,
            });
        }
        folded.push_str(&text[copied..]);
        let mut tokens = Self { text, folded, all, numbers: Vec::new() };
        let starts = tokens.all.iter().enumerate().filter(|(_, token)| token.may_count).map(|(at, _)| at);
        tokens.numbers = numbers::read(starts, |at| tokens.word(at));
        tokens
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    fn folded(&self, token: &Token) -> &str {
        &self.folded[token.folded_start as usize..token.folded_end as usize]
    }

    /// A token as it is compared; nothing before the first and after the last.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |token| self.folded(token))
    }

    /// Whether there is a token, and one that is neither a mark nor a blank.
    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.all.get(at).is_some_and(|token| token.is_word)
    }

    /// Whether there is a token, and how it begins as it stands.
    pub(crate) fn begins(&self, at: usize, with: fn(char) -> bool) -> bool {
        self.all.get(at).is_some_and(|token| self.text[token.start as usize..].starts_with(with))
    }

    /// Some tokens as they stand.
    pub(crate) fn text(&self, tokens: Range<usize>) -> &'t str {
        &self.text[self.place(tokens)]
    }

    /// Where some tokens stand in the text.
    pub(crate) fn place(&self, tokens: Range<usize>) -> Range<usize> {
        self.all[tokens.start].start as usize..self.all[tokens.end - 1].end as usize
    }

    /// Folded words without punctuation.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> + Clone {
        self.all.iter().filter(|token| token.is_word).map(|token| self.folded(token))
    }

    /// The words after those that only turn an order into an account (“đã triển khai”); none where there are fewer than
    /// five in all.
    pub(crate) fn told(&self) -> impl Iterator<Item = &str> + Clone {
        const OPENING: [&str; 8] = ["đã", "đang", "sẽ", "tiếp", "tục", "triển", "khai", "thực"];
        let words = self.words().skip_while(|word| OPENING.contains(word));
        let is_enough = words.clone().nth(4).is_some();
        words.filter(move |_| is_enough)
    }

    /// How many digits the numbers have that tell of something, apart from days, years and parts of a paper's number.
    pub(crate) fn digits_told(&self) -> usize {
        const OF_A_DAY: [&str; 10] = ["ngày", "tháng", "năm", "quý", "số", "điều", "khoản", "đến", "/", "-"];
        let told = self.numbers.iter().filter(|number| {
            let (before, after) = (number.at.start.checked_sub(1), self.word(number.at.end));
            number.value > 0 && !before.is_some_and(|at| OF_A_DAY.contains(&self.word(at))) && after != "/"
        });
        told.map(|number| number.value.ilog10() as usize + 1).sum()
    }
}

#[derive(Clone, Copy)]
struct Kind {
    is_word: bool,
    may_count: bool,
    /// Whether it is sure to be compared as it stands.
    stands: bool,
}

/// The token that begins at a place or after the blanks there: a run of letters, a number with what divides its digits, a
/// single mark.
fn next(text: &str, letters: &[u8], mut at: usize) -> Option<(Range<usize>, Kind)> {
    let known = |at: usize| {
        // Three characters in four are ASCII, and need not be put together from their bytes.
        let byte = *text.as_bytes().get(at)?;
        if byte.is_ascii() {
            return Some((*letters.get(usize::from(byte))?, 1));
        }
        let c = text[at..].chars().next()?;
        Some((letters.get(place_of(c)).copied().unwrap_or_else(|| letter(c)), c.len_utf8()))
    };
    let (first, length) = loop {
        let (first, length) = known(at)?;
        if first & BLANK == 0 {
            break (first, length);
        }
        at += length;
    };
    let start = at;
    if first & DIGIT != 0 {
        let end = start + number_length(&text[start..]);
        return Some((start..end, Kind { is_word: true, may_count: true, stands: true }));
    }
    at += length;
    let (mut stands, mut now, mut before) = (true, first, 0);
    while now & LETTER != 0 {
        stands &= now & STAYS != 0 && now & before & MOVES == 0;
        before = now >> 1;
        let Some((next, length)) = known(at).filter(|(next, _)| next & LETTER != 0) else { break };
        (now, at) = (next, at + length);
    }
    Some((start..at, Kind { is_word: first & WORD != 0, may_count: first & COUNTS != 0, stands }))
}

/// What a character is: letters come by the million, and are looked up rather than asked each time.
const LETTER: u8 = 1;
/// Of one that a word may begin with.
const WORD: u8 = 16;
/// Of one that a number in words may begin with.
const COUNTS: u8 = 32;
/// Of a small letter that is compared as it stands.
const STAYS: u8 = 2;
/// Of a tone that may have to move to the letter before it, and, doubled, of those letters.
const MOVES: u8 = 4;
/// Of what stands between tokens; the end of a line is one.
const BLANK: u8 = 64;
const DIGIT: u8 = 128;

/// Those of U+0000 to U+024F and U+1E00 to U+1EFF, each as `letter` says.
static LETTERS: LazyLock<Vec<u8>> =
    LazyLock::new(|| ('\0'..'\u{250}').chain('\u{1e00}'..'\u{1f00}').map(letter).collect());

/// Where a character stands in `LETTERS`, or beyond its end.
fn place_of(c: char) -> usize {
    match c {
        ..'\u{250}' => c as usize,
        '\u{1e00}'..'\u{1f00}' => c as usize - 0x1e00 + 0x250,
        _ => usize::MAX,
    }
}

fn letter(c: char) -> u8 {
    let begins_word = is_latin(c) || c.is_alphanumeric();
    let [stays, stays_after_o, stays_after_u] = ['\0', 'o', 'u'].map(|before| stays(before, c));
    let flag = |flag: u8, is: bool| if is { flag } else { 0 };
    flag(WORD, begins_word)
        | flag(LETTER, begins_word || matches!(c, '\u{300}'..='\u{36f}'))
        | flag(COUNTS, numbers::may_begin(c))
        | flag(STAYS, stays)
        | flag(MOVES, stays && !(stays_after_o && stays_after_u))
        | flag(MOVES << 1, matches!(c, 'o' | 'u'))
        | flag(BLANK, c != '\n' && c.is_whitespace())
        | flag(DIGIT, c.is_ascii_digit())
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
            let found = Tokens::new(text);
            let raw: Vec<&str> = (0..found.len()).map(|at| found.text(at..at + 1)).collect();
            assert_eq!(raw.join("|"), tokens, "{text}");
        }
    }

    #[test]
    fn a_token_is_compared_as_the_word_that_it_is() {
        let (letters, marks): (Vec<char>, Vec<char>) = ('\0'..'\u{3000}').partition(|c| letter(*c) & WORD != 0);
        for mark in marks.into_iter().map(String::from) {
            let mut folded = String::new();
            fold_word(&mark, &mut folded);
            assert_eq!(folded, mark);
        }
        let words = letters
            .into_iter()
            .flat_map(|c| [format!("{c}"), format!("o{c}n"), format!("u{c}"), format!("qu{c}"), format!("A{c}")]);
        let words = words.chain(["Uỷ", "hoà", "THUỶ", "Ða", "o\u{300}a"].map(String::from));
        for word in words {
            let text = format!("“{word}” – {word}, 5 {word}");
            let found = Tokens::new(&text);
            let told: Vec<&str> = found.words().collect();
            let folded = fold(&word);
            assert_eq!(told, [folded.as_str(), folded.as_str(), "5", folded.as_str()], "{word}");
        }
    }
}
