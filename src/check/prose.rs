//! Reading running text for the rules: words, placeholders, numbers told.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use unicode_normalization::is_nfc;

use crate::vietnamese::{fold, fold_word};

/// A number told in prose, with the words that tell it as they stand.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) number: u64,
    pub(super) words: String,
    /// Where these stand in the text.
    pub(super) part: Range<usize>,
    /// Which words of the text: the number, and the first after the phrase.
    pub(super) at: usize,
    pub(super) end: usize,
}

const MARKS: [char; 15] = ['.', ',', ';', ':', '!', '?', '(', ')', '"', '“', '”', '-', '–', '…', '/'];

/// What stands in the place of an account still to be written. “Sở đang cập nhật cơ sở dữ liệu” is one
/// already: the phrase counts only where it is all that a text or a bracket says.
pub(super) fn placeholder(text: &str) -> Option<&str> {
    if says_nothing(text) {
        return Some(text.trim());
    }
    let mut brackets = text.split('(').skip(1).filter_map(|rest| rest.split(')').next());
    brackets.find(|part| says_nothing(part)).or_else(|| instruction(text)).or_else(|| word_to_fill(text))
}

/// “Số liệu sẽ bổ sung sau.”; “đợt bổ sung sau Tết” says something.
fn says_nothing(part: &str) -> bool {
    const PHRASES: [&str; 7] =
        ["đang cập nhật", "đang tổng hợp", "cập nhật sau", "bổ sung sau", "báo cáo sau", "chưa điền", "điền sau"];
    /// What may follow them without saying more.
    const OBJECTS: [&str; 9] = ["số", "liệu", "kết", "quả", "thông", "tin", "thêm", "khi", "có"];
    const SHORT: usize = 5;
    if part.split_whitespace().nth(SHORT).is_some() {
        return false;
    }
    let part = fold(part);
    let rest = PHRASES.iter().find_map(|phrase| Some(part.split_once(phrase)?.1));
    rest.is_some_and(|rest| {
        rest.split_whitespace()
            .all(|word| OBJECTS.contains(&word.trim_matches(MARKS)) || word.trim_matches(MARKS).is_empty())
    })
}

/// “[điền số vụ]”; “[nhập khẩu từ nước ngoài]” tells of goods.
fn instruction(text: &str) -> Option<&str> {
    const TO_WRITE: [&str; 10] = ["số", "tên", "ngày", "nội", "rõ", "vào", "kết", "lý", "địa", "đơn"];
    let mut starts = text.match_indices(['[', '<']).map(|(start, _)| &text[start..]);
    let found = starts.find(|rest| {
        // What is asked for stands right after the bracket.
        let near = rest.char_indices().nth(40).map_or(*rest, |(end, _)| &rest[..end]);
        let mut said = near.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold);
        match said.next().as_deref() {
            Some("điền") => true,
            Some("ghi" | "nhập") => said.next().is_some_and(|next| TO_WRITE.contains(&next.as_str())),
            _ => false,
        }
    })?;
    Some(&found[..=found.find([']', '>'])?])
}

/// A word for another, or for a part of a paper's number; the ellipsis that ends a list is honest, and so is the
/// number of a congress: “Đại hội lần thứ XX”.
fn word_to_fill(text: &str) -> Option<&str> {
    const MADE_OF: [&str; 7] = ["…", "..", "TODO", "FIXME", "TBD", "xx", "XX"];
    const ORDINAL: [&str; 6] = ["thứ", "khóa", "kỷ", "hội", "lần", "kỳ"];
    if !MADE_OF.iter().any(|part| text.contains(part)) {
        return None;
    }
    let ellipsis = |part: &str| matches!(part, "…" | "..." | "…." | "....");
    let filler = |part: &str| {
        let bare = part.trim_matches([',', ';', '.', ':', '(', ')', '[', ']']);
        ["TODO", "FIXME", "TBD", "xxx", "XXX", "xx", "XX"].contains(&bare)
    };
    let (mut in_list, mut before) = (false, "");
    text.split_whitespace().find(|word| {
        let bare = word.trim_matches([',', ';', ':', '(', ')', '[', ']']);
        let after_comma = std::mem::replace(&mut in_list, word.ends_with([',', ';']));
        let numbered = bare.starts_with("XX") && ORDINAL.contains(&&*fold(before));
        before = word;
        if ellipsis(bare) {
            !after_comma
        } else {
            !numbered && word.split('/').any(|part| filler(part) || ellipsis(part))
        }
    })
}

/// A text in tokens, folded once for all the patterns that are looked for in it.
pub(super) struct Tokens<'t> {
    text: &'t str,
    raw: Vec<&'t str>,
    folded: Vec<Cow<'t, str>>,
    /// Which tokens are numbers, and which numbers.
    numbers: Vec<(usize, u64)>,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let raw: Vec<&str> = text.split_whitespace().collect();
        let composed = is_nfc(text);
        let fold_token = |token: &&'t str| -> Cow<'t, str> {
            let bare = token.trim_matches(MARKS);
            if composed { fold_word(bare) } else { fold(bare).into() }
        };
        let folded: Vec<Cow<'t, str>> = raw.iter().map(fold_token).collect();
        let numbers = folded.iter().enumerate().filter_map(|(at, token)| Some((at, number(token)?))).collect();
        Self { text, raw, folded, numbers }
    }

    /// Folded words without punctuation.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.folded.iter().map(|word| &**word).filter(|word| !word.is_empty())
    }

    /// Every three words that follow each other, after those that only turn an order into an account
    /// (“đã triển khai”); none where there are fewer than five words in all.
    pub(super) fn triples(&self) -> Vec<[&str; 3]> {
        const OPENING: [&str; 8] = ["đã", "đang", "sẽ", "tiếp", "tục", "triển", "khai", "thực"];
        let words: Vec<&str> = self.words().skip_while(|word| OPENING.contains(word)).collect();
        if words.len() < 5 {
            return Vec::new();
        }
        words.windows(3).map(|three| [three[0], three[1], three[2]]).collect()
    }

    /// How many digits the numbers have that tell of something, apart from days, years, and parts of a paper's number.
    pub(super) fn digits_told(&self) -> usize {
        const OF_A_DAY: [&str; 8] = ["ngày", "tháng", "năm", "quý", "số", "điều", "khoản", "đến"];
        let told = self.numbers.iter().filter(|(at, number)| {
            let named = at.checked_sub(1).is_some_and(|before| OF_A_DAY.contains(&&*self.folded[before]));
            !named && *number > 0
        });
        told.map(|(_, number)| number.ilog10() as usize + 1).sum()
    }

    /// The numbers told by one of the patterns, `{n}` being the number: `{n} vụ kiểm tra`. Each once,
    /// by the pattern that reaches furthest.
    pub(super) fn mentions(&self, patterns: &[String]) -> Vec<Mention> {
        let mut mentions = Vec::new();
        for pattern in patterns {
            let pattern: Vec<&str> = pattern.split_whitespace().collect();
            let Some(slot) = pattern.iter().position(|word| *word == "{n}") else { continue };
            let starts = self.numbers.iter().filter_map(|&(at, number)| Some((at.checked_sub(slot)?, at, number)));
            mentions.extend(starts.filter_map(|(start, at, number)| self.mention(start, at, number, &pattern)));
        }
        mentions.sort_by_key(|mention: &Mention| (mention.at, std::cmp::Reverse(mention.end)));
        mentions.dedup_by_key(|mention| mention.at);
        mentions
    }

    /// The pattern from word `start` on, around the number at word `at`.
    fn mention(&self, start: usize, at: usize, number: u64, pattern: &[&str]) -> Option<Mention> {
        let range = start..start + pattern.len();
        let folded = self.folded.get(range.clone())?;
        if folded.iter().zip(pattern).any(|(word, wanted)| word != wanted && *wanted != "{n}") {
            return None;
        }
        // “95 vụ; vi phạm 15 vụ” does not tell of 95 “vụ vi phạm”.
        let raw = &self.raw[range];
        let one_phrase = raw.iter().rev().skip(1).all(|token| !token.ends_with(MARKS));
        if !one_phrase || self.is_inexact(at) {
            return None;
        }
        let place = |part: &str| part.as_ptr() as usize - self.text.as_ptr() as usize;
        let first = raw.first()?.trim_start_matches(MARKS);
        let last = raw.last()?.trim_end_matches(MARKS);
        let part = place(first)..place(last) + last.len();
        let words = raw.join(" ").trim_matches(MARKS).to_owned();
        Some(Mention { number, words, part, at, end: start + pattern.len() })
    }

    /// Whether the word before makes the number a rounded one or a difference: “hơn 120 vụ”, “tăng 20 vụ”.
    fn is_inexact(&self, at: usize) -> bool {
        const WORDS: [&str; 11] =
            ["hơn", "trên", "gần", "khoảng", "dưới", "ngót", "chừng", "tăng", "giảm", "thêm", "mỗi"];
        let before = at.checked_sub(1).filter(|&before| !self.raw[before].ends_with(MARKS));
        before.is_some_and(|before| WORDS.contains(&&*self.folded[before]))
    }
}

/// Every three words that follow each other in the plan's words for a task, by task.
pub(super) struct Echoes<'p>(pub(super) Vec<HashSet<[&'p str; 3]>>);

impl<'p> Echoes<'p> {
    pub(super) fn new(wording: &'p [Vec<Tokens<'p>>]) -> Self {
        Self(wording.iter().map(|texts| texts.iter().flat_map(Tokens::triples).collect()).collect())
    }
}

/// `120`, `1.250`, `08`: a whole number as prose writes it.
fn number(token: &str) -> Option<u64> {
    if !token.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut groups = token.split('.');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let thousands =
        rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || (1..=3).contains(&first.len()));
    let digits = token.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (thousands && digits).then(|| token.replace('.', "").parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_for_nothing_is_a_placeholder() {
        for (text, found) in [
            ("Đang cập nhật", Some("Đang cập nhật")),
            ("Sẽ bổ sung sau.", Some("Sẽ bổ sung sau.")),
            ("Kiểm tra 12 vụ (đang cập nhật)", Some("đang cập nhật")),
            ("Số văn bản: …", Some("…")),
            ("Đã cấp TODO, chờ ký", Some("TODO,")),
            ("Sở đang cập nhật cơ sở dữ liệu về giá để dùng chung", None),
            ("Kiểm tra sữa, thuốc… tại chợ", None),
            ("Kiểm tra sữa, thuốc, … tại chợ", None),
            ("Kiểm tra ... vụ", Some("...")),
            ("Theo Công văn số …/UBND-KT", Some("…/UBND-KT")),
            ("Đã giải quyết [điền số vụ] vụ", Some("[điền số vụ]")),
            ("Hồ sơ [bản ghi âm] đã lưu", None),
            ("Số liệu đang cập nhật.", Some("Số liệu đang cập nhật.")),
            ("Kiểm tra 12 vụ (bổ sung sau)", Some("bổ sung sau")),
            ("Kiểm tra 12 vụ (đợt bổ sung sau Tết)", None),
            ("Kiểm tra 12 vụ (đang cập nhật phần mềm)", None),
            ("Thuốc lá [nhập khẩu từ nước ngoài] bị thu giữ", None),
            ("Thuốc lá [nhập số lượng] bao", Some("[nhập số lượng]")),
            ("Ý kiến [ghi nhận từ người dân]", None),
            ("Chào mừng Đại hội Đảng bộ tỉnh lần thứ XX, nhiệm kỳ 2025 - 2030", None),
            ("Hàng hóa từ thế kỷ XX", None),
            ("Đã xử lý XX vụ", Some("XX")),
            ("Ngày XX/11/2026 đã họp", Some("XX/11/2026")),
        ] {
            assert_eq!(placeholder(text), found, "{text}");
        }
    }

    #[test]
    fn numbers_are_read_as_prose_writes_them() {
        let patterns = ["{n} vụ kiểm tra".to_owned(), "kiểm tra {n} vụ".to_owned()];
        for (text, told) in [
            ("Đã thực hiện 1.250 vụ kiểm tra.", vec![(1250, "1.250 vụ kiểm tra")]),
            ("Kiểm tra 08 vụ, phạt 2 vụ", vec![(8, "Kiểm tra 08 vụ")]),
            ("Kiểm tra 1,5 vụ", vec![]),
            ("Kiểm tra nhiều vụ", vec![]),
            ("95 vụ; kiểm tra 12", vec![]),
            ("Hơn 95 vụ kiểm tra, tăng 12 vụ kiểm tra", vec![]),
            ("Kiểm tra 12 vụ kiểm tra", vec![(12, "12 vụ kiểm tra")]),
        ] {
            let found: Vec<_> =
                Tokens::new(text).mentions(&patterns).into_iter().map(|m| (m.number, m.words)).collect();
            let told: Vec<_> = told.into_iter().map(|(number, words)| (number, words.to_owned())).collect();
            assert_eq!(found, told, "{text}");
        }
    }
}
