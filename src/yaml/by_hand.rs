//! Slips of people who write YAML by hand: what the parser stumbles over a line later is found where it was typed, with a
//! remedy that keeps the line what it was meant to be. Guesses at no value.

use std::ops::Range;

/// How many lines above may tell what a line was meant to be.
const FAR: usize = 200;

/// Where a slip is, what it is, the remedy.
pub(super) struct Slip {
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) hint: String,
}

/// A line that is neither blank nor a comment: where its content begins and what it is.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    /// Blanks before the content, and before that of an item of a list.
    indent: usize,
    content: &'t str,
    is_item: bool,
}

impl<'t> Line<'t> {
    fn new(start: usize, line: &'t str) -> Option<Self> {
        let blank = |c: char| c.is_ascii_whitespace();
        let mut content = line.trim_start_matches(blank);
        let is_item = content.starts_with("- ");
        if is_item {
            content = content[2..].trim_start_matches(blank);
        }
        let before = &line[..line.len() - content.len()];
        let content = content.trim_end_matches(blank);
        let told = !content.is_empty() && !content.starts_with('#');
        told.then_some(Self { start: start + before.len(), indent: before.chars().count(), content, is_item })
    }

    /// What looks like a key at the beginning, and what follows it.
    fn key(&self) -> Option<(&'t str, &'t str)> {
        let end = self.content.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | '.'));
        let (key, rest) = self.content.split_at(end.unwrap_or(self.content.len()));
        key.starts_with(|c: char| c.is_ascii_alphabetic()).then_some((key, rest))
    }

    /// The value of a line that is a key and a value, or a key alone.
    fn pair(&self) -> Option<(&'t str, &'t str)> {
        let (key, rest) = self.key()?;
        let value = rest.strip_prefix(':')?;
        (value.is_empty() || value.starts_with(' ')).then_some((key, value.trim_start()))
    }
}

/// A blank that is none to YAML.
fn odd_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn is_colon_of_another_kind(c: char) -> bool {
    matches!(c, '：' | '﹕' | '︰' | '∶' | '꞉' | 'ː')
}

/// The line at a place, and those before it, backwards.
fn backwards(text: &str, at: usize) -> impl Iterator<Item = Line<'_>> {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let mut start = end;
    text[..end].rsplit('\n').filter_map(move |line| {
        let here = start - line.len();
        start = here.saturating_sub(1);
        Line::new(here, line)
    })
}

/// The slip that kept the parser from going on at `at`: on the line before, or there.
pub(super) fn before(text: &str, at: usize) -> Option<Slip> {
    let mut lines = backwards(text, at);
    let here = lines.next()?;
    let above: Vec<Line<'_>> = lines.take(FAR).collect();
    let typed = above.first().and_then(|above| typed(*above)).or_else(|| typed(here));
    typed.or_else(|| without_colon(&above, here)).or_else(|| indented(text, &above, here))
}

/// The comment that cuts off the bracket whose lack the parser noticed at `at`: on that line, or the one before.
pub(super) fn cut_off(text: &str, at: usize) -> Option<Slip> {
    let cut = |line: Line<'_>| {
        let comment = line.content.find(" #")? + 1;
        let (read, cut) = line.content.split_at(comment);
        (read.contains(['{', '[']) && cut.contains(['}', ']'])).then_some(line.start + comment)
    };
    let at = backwards(text, at).take(2).find_map(cut)?;
    Some(Slip {
        at: at..at + 1,
        message: "phần sau dấu # không được đọc, cả ngoặc đóng ở đó".to_owned(),
        hint: "nếu là nội dung, đặt đoạn chữ có dấu # trong dấu nháy: \"…\"; nếu là ghi chú, chuyển xuống một dòng riêng"
            .to_owned(),
    })
}

/// The slip in a word that was to be a key and a value.
pub(super) fn within(text: &str, at: Range<usize>) -> Option<Slip> {
    // A blank before the colon is none of the word's own.
    let end = if text.get(at.end..)?.starts_with(odd_blank) { text.len() } else { at.end };
    let line = text.get(at.start..end)?.lines().next()?;
    typed(Line::new(at.start, line)?)
}

/// A key and a value as they are to be written, whatever stood between them.
fn written(key: &str, value: &str) -> String {
    let between = |c: char| c.is_whitespace() || matches!(c, ':' | '=') || is_colon_of_another_kind(c);
    let value: String = value.trim_start_matches(between).chars().take(40).collect();
    format!("{key}: {value}").trim_end().to_owned()
}

/// What is wrong with the characters of a line, whatever stands around it.
fn typed(line: Line<'_>) -> Option<Slip> {
    let part = |skipped: usize, c: char| line.start + skipped..line.start + skipped + c.len_utf8();
    if let Some((skipped, c)) = line.content.char_indices().next().filter(|(_, c)| odd_blank(*c)) {
        let message = format!("dòng thụt vào bằng dấu cách lạ (U+{:04X})", u32::from(c));
        return Some(Slip { at: part(skipped, c), message, hint: "thay bằng dấu cách thường".to_owned() });
    }
    let (key, rest) = line.key()?;
    let blanks = rest.len() - rest.trim_start_matches(' ').len();
    let blanks = if rest[blanks..].starts_with(is_colon_of_another_kind) { blanks } else { 0 };
    let mut after = rest[blanks..].chars();
    let first = after.next()?;
    let value = after.as_str();
    let written = |value: &str| written(key, value);
    let at = part(key.len() + blanks, first);
    if is_colon_of_another_kind(first) {
        let message = format!("“{first}” (U+{:04X}) không phải dấu hai chấm thường", u32::from(first));
        return Some(Slip {
            at,
            message,
            hint: format!("xóa rồi gõ dấu hai chấm và dấu cách: “{}”", written(value)),
        });
    }
    if odd_blank(first) {
        let message = format!("sau “{key}” là dấu cách lạ (U+{:04X})", u32::from(first));
        let hint = if value.is_empty() {
            "xóa dấu cách đó".to_owned()
        } else {
            format!("viết “{}”", written(value))
        };
        return Some(Slip { at, message, hint });
    }
    let next = value.chars().next().filter(|_| first == ':')?;
    if odd_blank(next) {
        let message = format!("sau dấu hai chấm là dấu cách lạ (U+{:04X})", u32::from(next));
        let hint = format!("xóa rồi gõ một dấu cách thường: “{}”", written(value));
        return Some(Slip { at: part(key.len() + 1, next), message, hint });
    }
    // An address is no key.
    if next == ' ' || value.starts_with("//") {
        return None;
    }
    let hint = match value.starts_with("- ") {
        true => format!("viết “{key}:”, xuống dòng rồi mới viết “- …”"),
        false => format!("viết “{}”", written(value)),
    };
    Some(Slip { at, message: "thiếu dấu cách sau dấu hai chấm".to_owned(), hint })
}

/// A line among keys that has a key's word and no colon.
fn without_colon(above: &[Line<'_>], here: Line<'_>) -> Option<Slip> {
    let bare = |line: &Line<'_>| !line.is_item && !line.content.contains(": ") && !line.content.ends_with(':');
    let last = above.first()?;
    let alone = |line: &Line<'_>| line.key().is_some_and(|(_, rest)| rest.is_empty());
    let leads = here.pair().is_some() && (here.indent == last.indent || (alone(last) && here.indent > last.indent));
    let beside =
        || above.iter().find(|line| line.indent <= here.indent).filter(|line| line.indent == here.indent)?.pair();
    let line = if leads && bare(last) { *last } else { Some(here).filter(bare).filter(|_| beside().is_some())? };
    let (key, rest) = line.key().filter(|(_, rest)| rest.is_empty() || rest.starts_with(' '))?;
    let at = line.start..line.start + key.len();
    let hint = format!("viết “{}”; nếu là chữ tiếp của dòng trên thì thụt vào sâu hơn", written(key, rest));
    Some(Slip { at, message: format!("thiếu dấu hai chấm sau “{key}”"), hint })
}

/// A key that stands deeper than those around it, or between two depths.
fn indented(text: &str, above: &[Line<'_>], here: Line<'_>) -> Option<Slip> {
    let (key, _) = here.pair()?;
    let at = here.start..here.start + key.len();
    let depth = |blanks: usize| match blanks {
        0 => "viết sát lề trái".to_owned(),
        blanks => format!("thụt vào {blanks} dấu cách"),
    };
    let last = above.first()?;
    if let Some((other, _)) = last.pair().filter(|(_, value)| !value.is_empty() && here.indent > last.indent) {
        let message = format!("“{key}” thụt vào sâu hơn dòng trên {} dấu cách", here.indent - last.indent);
        let hint = format!(
            "nếu “{key}” là một mục thì {} cho thẳng hàng với “{other}”; nếu là chữ của dòng trên thì đặt cả đoạn chữ trong \
             dấu nháy: \"…\"",
            depth(last.indent)
        );
        return Some(Slip { at, message, hint });
    }
    let other = above.iter().find(|line| line.pair().is_some() && line.indent.abs_diff(here.indent) == 1)?;
    let (name, _) = other.pair()?;
    let message = format!("“{key}” không thẳng hàng với mục nào ở trên");
    let line = text[..other.start].matches('\n').count() + 1;
    let hint = format!("{} nếu cùng bậc với “{name}” ở dòng {line}", depth(other.indent));
    Some(Slip { at, message, hint })
}

/// What is said of a text in which git left its marks where two people changed the same lines, and what is to be done.
pub(crate) fn conflicted(text: &str) -> Option<(String, String)> {
    conflict(text).map(|slip| (slip.message, slip.hint))
}

/// What git leaves where two people changed the same lines.
pub(super) fn conflict(text: &str) -> Option<Slip> {
    const MARKS: [&str; 2] = ["<<<<<<< ", ">>>>>>> "];
    // Whether they are there at all is told many times faster than where.
    if !MARKS.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let begins_line = |at: &usize| *at == 0 || text.as_bytes()[at - 1] == b'\n';
    let marks = MARKS.iter().flat_map(|mark| text.match_indices(mark));
    let at = marks.map(|(at, _)| at).filter(begins_line).min()?;
    Some(Slip {
        at: at..at + 7,
        message: "tệp còn dấu xung đột của git: hai người cùng sửa một đoạn".to_owned(),
        hint: "giữ lại đoạn đúng (hoặc ghép cả hai), xóa các dòng “<<<<<<<”, “=======”, “>>>>>>>” rồi lưu lại"
            .to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of the slip, from 1, with what is said of it.
    fn told(text: &str, slip: Option<Slip>) -> Option<(usize, usize, String)> {
        let slip = slip?;
        let before = &text[..slip.at.start];
        let line = before.rsplit('\n').next().unwrap_or_default();
        Some((
            before.matches('\n').count() + 1,
            line.chars().count() + 1,
            format!("{} ({})", slip.message, slip.hint),
        ))
    }

    #[test]
    fn slips_are_found_where_they_were_typed() {
        for (text, place) in [
            ("a: 1\nstatus:done\nb: 2|", Some((2, 7, "viết “status: done”"))),
            ("a: 1\nstatus：done\nb: 2|", Some((2, 7, "“status: done”"))),
            ("a: 1\nstatus:\u{a0}done\nb: 2|", Some((2, 8, "U+00A0"))),
            ("a: 1\nstatus:\u{3000}done\nb: 2|", Some((2, 8, "U+3000"))),
            ("a: 1\nstatus done\nb: 2|", Some((2, 1, "“status: done”"))),
            ("a: 1\nstatus ： done\nb: 2|", Some((2, 8, "“status: done”"))),
            ("a: 1\nstatus = done\nb: 2|", Some((2, 1, "“status: done”"))),
            ("a: 1\n# thêm\n\nstatus done\n|", Some((4, 1, "“status: done”"))),
            ("a: 1\ntasks\n  I.1: {}|", Some((2, 1, "viết “tasks:”"))),
            ("a: 1\nsteps:- một\nb: 2|", Some((2, 6, "xuống dòng"))),
            ("a:\n  b: 1\n   c: 2|", Some((3, 4, "thụt vào 2 dấu cách"))),
            ("b: 1\n c: 2|", Some((2, 2, "sát lề trái"))),
            ("a:\n  b: 1\n c: 2|", Some((3, 2, "ở dòng 2"))),
            ("a:\n  b: 1\n \u{a0}c: 2|", Some((3, 2, "U+00A0"))),
            ("- b: 1\n   c: 2|", Some((2, 4, "thụt vào 2 dấu cách"))),
            // What is in order, or no slip of these.
            ("a: 1\nlink: https://a.vn\nb: Kết quả: tốt|", None),
            ("a: 1\nb: Kết quả: tốt|", None),
            ("a: >-\n  chữ\nb: Kết quả: tốt|", None),
            ("|", None),
        ] {
            let at = text.find('|').unwrap();
            let text = text.replace('|', "");
            let found = told(&text, before(&text, at));
            assert_eq!(
                found.as_ref().map(|(line, column, _)| (*line, *column)),
                place.map(|(l, c, _)| (l, c)),
                "{text}"
            );
            let words = found.unwrap_or_default().2;
            assert!(words.contains(place.map_or("", |(.., words)| words)), "{text}: {words}");
        }
    }

    #[test]
    fn words_that_were_to_be_pairs_are_told_from_others() {
        for (text, word, slip) in [
            ("phone:0912", 0..10, true),
            ("{phone：0912, a: b}", 1..13, true),
            ("status\u{a0}: done", 0..6, true),
            ("{inspections:42, a: b}", 1..15, true),
            ("status : done", 0..6, false),
            ("a:\n  Đầu mối: x", 5..13, false),
            ("https://a.vn", 0..12, false),
            ("12:30", 0..5, false),
        ] {
            assert_eq!(within(text, word).is_some(), slip, "{text}");
        }
    }

    #[test]
    fn a_comment_that_takes_a_bracket_with_it_is_found() {
        for (text, place) in [
            ("a: {number: 1/BC #gốc, b: 2}\n|c: 3", Some((1, 18))),
            ("a: [một #1,|", None),
            ("a: [một, hai #1]\n\n|", Some((1, 14))),
            ("a: {b: 1 # một\n|c: 3", None),
            ("a: {b: 1#một}\n|c: [", None),
        ] {
            let at = text.find('|').unwrap();
            let text = text.replace('|', "");
            let found = told(&text, cut_off(&text, at));
            assert_eq!(found.map(|(line, column, _)| (line, column)), place, "{text}");
        }
    }

    #[test]
    fn marks_of_a_conflict_begin_a_line() {
        for (text, at) in [
            ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n", Some(5)),
            ("<<<<<<< HEAD\n", Some(0)),
            ("a: 1\n>>>>>>> x\n", Some(5)),
            ("a: '<<<<<<< HEAD'\n", None),
            ("a: >-\n  >>>>>>> x\n", None),
        ] {
            assert_eq!(conflict(text).map(|slip| slip.at.start), at, "{text}");
        }
    }
}
