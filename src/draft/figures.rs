//! The figures in a text, as far as they can be told from one another: of three characters or more by themselves, a shorter
//! one with the word that follows it.

use std::collections::BTreeSet;

use super::edit::Edit;
use crate::doc::Line;

/// What a figure shorter than this is goes by the next word.
const TELLING: usize = 3;
/// How many words may make a unit.
const UNIT: usize = 4;

/// In their order, each once: `1.356`, `92,5%`, `26/75`, `3 hội`.
pub(crate) fn figures(text: &str) -> Vec<String> {
    let mut figures: Vec<String> = Vec::new();
    for (figure, _) in told(text) {
        if !figures.contains(&figure) {
            figures.push(figure);
        }
    }
    figures
}

/// The figures of an edit that did not stand in the draft: whoever edited wrote them. Each with what follows it.
pub(crate) fn typed(edit: &Edit) -> Vec<(String, String)> {
    let mut typed = told(&edit.change.text);
    typed.retain(|(figure, _)| !edit.figures.contains(figure));
    typed
}

/// Each figure with the words behind it, in small letters.
fn told(text: &str) -> Vec<(String, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut told = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(figure) = figure(word) else { continue };
        let next = words.get(at + 1).map(|next| next.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
        let figure = match next.filter(|next| !next.is_empty()) {
            _ if figure.chars().count() >= TELLING => figure.to_owned(),
            Some(next) => format!("{figure} {next}"),
            None => continue,
        };
        told.push((figure, words[at + 1..words.len().min(at + 1 + UNIT)].join(" ").to_lowercase()));
    }
    told
}

/// The figure that a word begins with: `(1.356` → `1.356`, `92,5%;` → `92,5%`, `342/BC-SYT` → `342`.
fn figure(word: &str) -> Option<&str> {
    let word = word.trim_start_matches(['(', '“', '"', '[']);
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '/' | '%')).unwrap_or(word.len());
    Some(word[..end].trim_end_matches(['.', ',', '/']))
}

/// All that the lines of a document say, its tables included.
pub(crate) fn of_lines(lines: &[Line]) -> BTreeSet<String> {
    lines.iter().flat_map(|line| figures(&line.text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_from_one_another() {
        for (text, told) in [
            (
                "Đã kiểm tra 1.356 vụ (tăng 12,5%), 3 hội nghị; 26/75 đơn vị.",
                &["1.356", "12,5%", "3 hội", "26/75"][..],
            ),
            ("tính đến ngày 03/12/2026", &["03/12/2026"][..]),
            ("theo báo cáo số 342/BC-SYT và III.5", &["342"][..]),
            ("còn 7", &[][..]),
            ("3 vụ, 3 vụ, 3 hội nghị", &["3 vụ", "3 hội"][..]),
            ("không có số nào", &[][..]),
        ] {
            assert_eq!(figures(text), told, "{text}");
        }
    }
}
