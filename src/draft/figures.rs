//! The figures in a text, as far as they can be told from one another: of three characters or more by themselves, a shorter
//! one with the word that follows it.

use std::collections::BTreeSet;

use super::blocks::ROWS;
use super::edit::Edit;
use crate::doc::Line;

/// What a figure shorter than this is goes by the next word.
const TELLING: usize = 3;
/// How many words may make a unit.
const UNIT: usize = 4;

/// In their order, each once: `1.356`, `92,5%`, `26/75`, `3 hội`.
pub(crate) fn figures(text: &str) -> Vec<String> {
    let mut figures: Vec<String> = Vec::new();
    for (_, figure, _) in told(text) {
        if !figures.contains(&figure) {
            figures.push(figure);
        }
    }
    figures
}

/// The figures of an edit that did not stand in the draft: whoever edited wrote them. Each with what follows it; not the
/// numbers of papers, days and headings.
pub(crate) fn typed(edit: &Edit) -> Vec<(String, String)> {
    let words: Vec<&str> = edit.change.text.split_whitespace().collect();
    let told = told(&edit.change.text).into_iter();
    let typed = told.filter(|(at, figure, _)| !edit.figures.contains(figure) && counts(&words, *at));
    typed.map(|(_, figure, behind)| (figure, behind)).collect()
}

/// Words before the number of a part of a paper.
const PARTS: [&str; 9] = ["điều", "khoản", "điểm", "mục", "chương", "phần", "lục", "tiết", "luật"];

/// Whether the number that a word begins with tells how many, instead of which paper, part of one, day or heading.
pub(super) fn counts(words: &[&str], at: usize) -> bool {
    let word = words[at].trim_start_matches(OPENING);
    let Some(figure) = figure(word) else { return false };
    let rest = &word[figure.len()..];
    let before =
        |steps: usize| at.checked_sub(steps).map_or("", |at| words[at]).trim_start_matches(OPENING).to_lowercase();
    let (last, number) = (before(1), figure.parse::<u32>().ok());
    let is_up_to = |most: u32| number.is_some_and(|number| number <= most);
    let is_paper = rest.starts_with(['/', '-']) && rest.contains(char::is_uppercase);
    let is_heading = at == 0 && matches!(rest, "." | ")");
    let is_named = match last.as_str() {
        "số" => !["tổng", "trong", "con"].contains(&before(2).as_str()),
        "ngày" => is_up_to(31),
        "tháng" => is_up_to(12),
        "quý" => is_up_to(4),
        "năm" | "đoạn" => figure.len() == 4 && number.is_some(),
        last => PARTS.contains(&last),
    };
    let parts: Option<Vec<u32>> = figure.split('/').map(|part| part.parse().ok()).collect();
    let is_day = match parts.unwrap_or_default()[..] {
        [_, _, _] => true,
        [month, 1900..=2100] => month <= 12,
        [day, month] => day <= 31 && month <= 12 && ["ngày", "từ", "đến"].contains(&last.as_str()),
        _ => false,
    };
    !(is_paper || is_heading || is_named || is_day)
}

/// What may stand before a figure in its word.
pub(super) const OPENING: [char; 4] = ['(', '“', '"', '['];

/// Each figure with the number of its word and the words behind it, in small letters.
fn told(text: &str) -> Vec<(usize, String, String)> {
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
        told.push((at, figure, words[at + 1..words.len().min(at + 1 + UNIT)].join(" ").to_lowercase()));
    }
    told
}

/// The figure that a word begins with: `(1.356` → `1.356`, `92,5%;` → `92,5%`, `342/BC-SYT` → `342`.
pub(super) fn figure(word: &str) -> Option<&str> {
    let word = word.trim_start_matches(OPENING);
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '/' | '%')).unwrap_or(word.len());
    Some(word[..end].trim_end_matches(['.', ',', '/']))
}

/// All that the lines of a document say, its tables included.
pub(crate) fn of_lines(lines: &[Line]) -> BTreeSet<String> {
    let in_cells = lines.iter().filter(|line| line.table).flat_map(|line| in_cells(&line.text));
    lines.iter().flat_map(|line| figures(&line.text)).chain(in_cells).collect()
}

/// The short figures of a table as a text would tell them: there the unit stands before the number, and nothing behind it.
fn in_cells(table: &str) -> Vec<String> {
    let mut told = Vec::new();
    for row in table.split(ROWS) {
        let words: Vec<&str> = row.split_whitespace().collect();
        for (at, word) in words.iter().enumerate() {
            let Some(figure) = figure(word).filter(|figure| figure == word && figure.chars().count() < TELLING)
            else {
                continue;
            };
            let before = words[..at].iter().rev().take(UNIT).take_while(|before| self::figure(before).is_none());
            for unit in before.map(|unit| unit.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()) {
                told.extend((figure.len() == 1).then(|| format!("0{figure} {unit}")));
                told.push(format!("{figure} {unit}"));
            }
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_papers_days_and_headings_count_nothing() {
        for (text, counted) in [
            ("Kế hoạch số 45/KH-UBND ngày 20/01/2026, khen thưởng 03 tập thể.", &["03"][..]),
            ("9. Thi đua", &[]),
            ("9 đơn vị thi đua", &["9"]),
            ("Điều 12, khoản 3 Luật số 19/2023/QH15 và Chỉ thị 30-CT/TW", &[]),
            ("ngày 20 tháng 6 năm 2023; tháng 11/2026; từ ngày 15 đến 20/3", &[]),
            ("trong 20 ngày, 6 tháng, 2 năm liền", &["20", "6", "2"]),
            ("tổng số 45 vụ; trong số 12 vụ; 13/15 xã (500 hộ), đạt 10/12", &["45", "12", "13/15", "500", "10/12"]),
            ("Quyết định số 45 ngày 02 tháng 3", &[]),
            ("trong ngày 45 vụ, năm 1.356 vụ", &["45", "1.356"]),
        ] {
            let words: Vec<&str> = text.split_whitespace().collect();
            let found: Vec<&str> =
                (0..words.len()).filter(|at| counts(&words, *at)).filter_map(|at| figure(words[at])).collect();
            assert_eq!(found, counted, "{text}");
        }
    }

    #[test]
    fn a_short_figure_of_a_table_is_the_one_that_a_text_tells_with_its_unit() {
        let line = |text: &str, table| Line { id: String::new(), text: text.to_owned(), table };
        let table = "STT Chỉ tiêu Đơn vị Số liệu ¦ 1 Số vụ kiểm tra vụ 47 10 ¦ 2 Đường dây nóng đường dây 8 3";
        for (text, told) in [
            ("đã kiểm tra 47 vụ", true),
            ("có 8 đường dây", true),
            ("có 08 đường dây", true),
            ("đã kiểm tra 10 vụ", false),
            ("47 chợ", false),
        ] {
            let said = of_lines(&[line(table, true)]);
            assert_eq!(figures(text).iter().all(|figure| said.contains(figure)), told, "{text}");
        }
        assert!(!of_lines(&[line(table, false)]).contains("47 vụ"), "no table");
    }

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
