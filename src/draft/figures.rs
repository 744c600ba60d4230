//! The figures in a text, as far as they can be told from one another: of three characters or more by themselves, a shorter
//! one with the word that follows it. However it is written, a number is the same: `2.898`, `2898`, `2 898`, in words.

use std::collections::BTreeSet;

use super::blocks::ROWS;
use super::edit::Edit;
use crate::doc::Line;
use crate::vietnamese::{Tokens, number};

/// What a figure shorter than this is goes by the next word.
const TELLING: usize = 3;
/// How many words may make a unit.
const UNIT: usize = 4;

/// In their order, each once: `1.356`, `92,5%`, `26/75`, `3 hội`, `8,06 tỷ đồng`.
pub(crate) fn figures(text: &str) -> Vec<String> {
    let mut figures: Vec<String> = Vec::new();
    for Told { whole, .. } in told(text) {
        if !figures.contains(&whole) {
            figures.push(whole);
        }
    }
    figures
}

/// Whether a figure that an edit keeps is this one: versions before kept `8,06` of `8,06 tỷ đồng`.
pub(super) fn is_known(known: &str, whole: &str) -> bool {
    whole.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// The figures of an edit that did not stand in the draft: whoever edited wrote them. Each with what follows it; not the
/// numbers of papers, days and headings.
pub(crate) fn typed(edit: &Edit) -> Vec<(String, String)> {
    let words: Vec<&str> = edit.change.text.split_whitespace().collect();
    let is_of_draft = |told: &Told| edit.figures.iter().any(|known| is_known(known, &told.whole));
    let typed = told(&edit.change.text).into_iter().filter(|told| !is_of_draft(told) && counts(&words, told.at));
    typed.map(|told| (told.figure, told.behind)).collect()
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

/// A figure of a text.
struct Told {
    /// The number of its first word.
    at: usize,
    /// `1.356`, `3 hội`; of `2 898` too it is `2.898`.
    figure: String,
    /// As it stands: `2 898`, `8,06 tỷ đồng`, `hai mươi lăm vụ`.
    whole: String,
    /// The words behind it, in small letters.
    behind: String,
}

/// Fewer than this in words may be no number: `một số`, `ba con`.
const IN_WORDS: u64 = 10;

fn told(text: &str) -> Vec<Told> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let next = |at: usize| {
        let next = words.get(at + 1).map(|next| next.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
        next.filter(|next| !next.is_empty())
    };
    let behind =
        |at: usize| words[(at + 1).min(words.len())..words.len().min(at + 1 + UNIT)].join(" ").to_lowercase();
    let (mut told, mut at) = (Vec::new(), 0);
    let spelled = spelled(text, &words);
    while let Some(word) = words.get(at) {
        let spelled = spelled.iter().find(|spelled| spelled.first == at);
        let digits = figure(word);
        match (spelled, digits) {
            // “8,06 tỷ đồng”: what is told with it is what its digits are.
            (Some(of), Some(digits)) if !of.is_grouped => {
                let figure = match next(at) {
                    Some(next) if digits.chars().count() < TELLING => format!("{digits} {next}"),
                    _ => digits.to_owned(),
                };
                told.push(Told { at, figure, whole: of.text.clone(), behind: behind(at) });
            }
            (Some(of), _) => {
                let unit =
                    next(of.last).filter(|_| of.value < SHORT).map(|unit| format!(" {unit}")).unwrap_or_default();
                let (figure, whole) = (format!("{}{unit}", number(of.value.into())), format!("{}{unit}", of.text));
                told.push(Told { at, figure, whole, behind: behind(of.last) });
            }
            (None, Some(digits)) => {
                let figure = match next(at) {
                    _ if digits.chars().count() >= TELLING => Some(digits.to_owned()),
                    Some(next) => Some(format!("{digits} {next}")),
                    None => None,
                };
                told.extend(figure.map(|figure| Told { at, whole: figure.clone(), figure, behind: behind(at) }));
            }
            (None, None) => {}
        }
        at = spelled.map_or(at, |spelled| spelled.last) + 1;
    }
    told
}

/// The least number that is told by itself.
const SHORT: u64 = 100;

/// A number of several words, or in words.
pub(super) struct Spelled {
    pub(super) first: usize,
    pub(super) last: usize,
    /// As it stands.
    pub(super) text: String,
    value: u64,
    /// Whether blanks divide its digits: `2 898`.
    is_grouped: bool,
}

impl Spelled {
    pub(super) fn is_in_words(&self) -> bool {
        !self.text.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Those of a text, whose words are told too.
pub(super) fn spelled(text: &str, words: &[&str]) -> Vec<Spelled> {
    let mut ends = Vec::new();
    for word in words {
        let from = ends.last().copied().unwrap_or_default();
        ends.push(from + text[from..].find(word).unwrap_or_default() + word.len());
    }
    let tokens = Tokens::new(text);
    let spelled = tokens.numbers.iter().filter_map(|number| {
        let place = tokens.place(number.at.clone());
        let of = |byte: usize| ends.partition_point(|end| *end <= byte);
        let (first, last) = (of(place.start), of(place.end - 1));
        let said = &text[place];
        let in_words = !said.starts_with(|c: char| c.is_ascii_digit());
        let is_one = if in_words { number.value >= IN_WORDS } else { first < last };
        let second = words.get(first + 1).filter(|_| first < last);
        let is_grouped = second.is_some_and(|second| second.starts_with(|c: char| c.is_ascii_digit()));
        let text = said.split_whitespace().collect::<Vec<_>>().join(" ");
        is_one.then_some(Spelled { first, last, text, value: number.value, is_grouped })
    });
    spelled.collect()
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

/// All figures that the lines of a document say, its tables included.
pub(crate) struct Said {
    figures: BTreeSet<String>,
    values: BTreeSet<u64>,
}

pub(crate) fn of_lines(lines: &[Line]) -> Said {
    let mut said = Said { figures: BTreeSet::new(), values: BTreeSet::new() };
    for line in lines {
        if line.table {
            // Numbers of two cells are not one.
            let words = || line.text.split_whitespace();
            said.figures.extend(words().flat_map(figures).chain(in_cells(&line.text)));
            said.values.extend(words().filter_map(|word| Some(number_of(figure(word)?)?.0)));
        } else {
            said.figures.extend(told(&line.text).into_iter().flat_map(|told| [told.figure, told.whole]));
            said.values.extend(Tokens::new(&line.text).numbers.iter().map(|number| number.value));
        }
    }
    said
}

impl Said {
    /// Whether the figure is said, in whatever spelling.
    pub(crate) fn has(&self, figure: &str) -> bool {
        let tokens = Tokens::new(figure);
        // “8.060,9 triệu đồng”: a table says the unit above.
        let in_table = || {
            let digits = figure.split_once(' ').filter(|(_, unit)| unit.starts_with(char::is_alphabetic));
            digits.is_some_and(|(digits, _)| digits.chars().count() >= TELLING && self.figures.contains(digits))
        };
        if self.figures.contains(figure) || in_table() {
            return true;
        }
        let [number] = &tokens.numbers[..] else { return false };
        if number.at.start > 0 || number.of.is_some() {
            return false;
        }
        match &figure[tokens.place(number.at.clone()).end..] {
            "" => number.value >= SHORT && self.values.contains(&number.value),
            unit => [format!("{}{unit}", number.value), format!("0{}{unit}", number.value)]
                .iter()
                .any(|short| self.figures.contains(short)),
        }
    }
}

/// What a figure is, and how much its last place counts; nothing where it is no whole number.
pub(super) fn number_of(figure: &str) -> Option<(u64, u64)> {
    let tokens = Tokens::new(figure);
    let number = tokens.numbers.first().filter(|number| number.at == (0..tokens.len()) && number.of.is_none())?;
    Some((number.value, number.step))
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
            assert_eq!(figures(text).iter().all(|figure| said.has(figure)), told, "{text}");
        }
        assert!(!of_lines(&[line(table, false)]).has("47 vụ"), "no table");
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let line = |text: &str, table| Line { id: String::new(), text: text.to_owned(), table };
        let said = of_lines(&[
            line(
                "Kiểm tra 2.898 vụ, phạt 8,06 tỷ đồng; 08 lớp, 12 buổi; 35,4%; 26/750 xã, ngày 03/12/2026.",
                false,
            ),
            line("Số vụ tiền ¦ A 5 318 8.060,9", true),
        ]);
        for (figure, is_said) in [
            ("2.898", true),
            ("2898", true),
            ("2 898", true),
            // Three thousandths short of three.
            ("2,898", false),
            ("hai nghìn tám trăm chín mươi tám", true),
            ("2.899", false),
            ("2899", false),
            ("2 899", false),
            ("hai nghìn tám trăm chín mươi chín", false),
            ("8,06 tỷ đồng", true),
            ("8.060 triệu đồng", true),
            ("8.060.000.000 đồng", true),
            ("8.061 triệu đồng", false),
            ("8,07 tỷ đồng", false),
            ("8,06", true),
            ("8,07", false),
            // The unit of a table stands above it.
            ("8.060,9 triệu đồng", true),
            ("8.061,9 triệu đồng", false),
            ("318", true),
            // Two cells are no number.
            ("5.318", false),
            ("5 318", false),
            ("8 lớp", true),
            ("08 lớp", true),
            ("mười hai buổi", true),
            ("mười ba buổi", false),
            ("35,4%", true),
            ("35,5%", false),
            ("26/750", true),
            ("27/750", false),
            ("03/12/2026", true),
            ("04/12/2026", false),
        ] {
            assert_eq!(said.has(figure), is_said, "{figure}");
        }
    }

    #[test]
    fn what_versions_before_kept_of_a_figure_is_known() {
        for (known, whole, is_it) in [
            ("8,06", "8,06 tỷ đồng", true),
            ("3 tỷ", "3 tỷ đồng", true),
            ("2.898", "2.898", true),
            ("8,0", "8,06 tỷ đồng", false),
            ("8,06 tỷ đồng", "8,06", false),
        ] {
            assert_eq!(is_known(known, whole), is_it, "{known} {whole}");
        }
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
            (
                "Đã kiểm tra 2 898 vụ (hai nghìn tám trăm chín mươi tám vụ)",
                &["2 898", "hai nghìn tám trăm chín mươi tám"],
            ),
            ("phạt 8,06 tỷ đồng, 8 triệu", &["8,06 tỷ đồng", "8 triệu"]),
            ("mười hai vụ, ba vụ, một số vụ", &["mười hai vụ"]),
        ] {
            assert_eq!(figures(text), told, "{text}");
        }
    }
}
