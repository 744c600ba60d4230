//! Numbers of people that are not those of the data for the same quantity, as far as words alone can tell: a number that was
//! changed between the same words, or that stands behind the same words as one of the report.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::{OPENING, counts, figure, number_of, spelled};
use crate::doc::Line;
use crate::vietnamese::numbered;

/// A number that people wrote, and the one of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Against {
    pub(crate) typed: String,
    pub(crate) given: String,
}

/// By the words around a number, those numbers.
type Places = BTreeMap<String, BTreeSet<String>>;

/// The sentences of a report, by how they begin.
pub(super) struct Given(Places);

impl Given {
    pub(super) fn of(lines: &[Line]) -> Self {
        let mut given = Places::new();
        for place in lines.iter().filter(|line| !line.table).flat_map(|line| places(&line.text)) {
            given.entry(place.sentence).or_default().insert(place.figure);
        }
        Self(given)
    }

    /// `own` is what the data give in place of the text. Where several numbers stand between the same words nobody knows
    /// which is meant.
    pub(super) fn against(&self, text: &str, own: Option<&str>) -> Vec<Against> {
        let between = |text: &str| {
            let mut between = Places::new();
            places(text)
                .into_iter()
                .for_each(|place| _ = between.entry(place.between).or_default().insert(place.figure));
            between
        };
        let (own, typed) = (own.map(between).unwrap_or_default(), between(text));
        let one = |places: &Places, words: &str| -> Option<String> {
            let numbers = places.get(words)?;
            numbers.first().filter(|_| numbers.len() == 1).cloned()
        };
        let against = places(text).into_iter().filter_map(|place| {
            let in_own = one(&typed, &place.between).and_then(|_| one(&own, &place.between));
            let has_begun =
                place.sentence.split(MARK).next().is_some_and(|head| head.split_whitespace().count() >= HEAD);
            let given = in_own.or_else(|| one(&self.0, &place.sentence).filter(|_| has_begun))?;
            (!is_same(&given, &place.figure)).then_some(Against { typed: place.figure, given })
        });
        against.collect()
    }
}

/// Stands for a number among words.
const MARK: char = '#';
/// So many words must come before a number to tell what a sentence is about.
const HEAD: usize = 2;
/// Behind more words than this no number is known by how its sentence begins: a file may be made of one.
const LONG: usize = 100;
/// So many words before a number in the same place must be the same.
const BEFORE: usize = 3;

struct Place {
    figure: String,
    /// The words before it in its sentence, and the one behind.
    between: String,
    /// All words before it in its sentence, and the one behind; nothing where they are too many.
    sentence: String,
}

fn places(text: &str) -> Vec<Place> {
    let words: Vec<&str> = numbered(text).1.split_whitespace().collect();
    let word = |word: &str| match figure(word) {
        Some(_) => MARK.to_string(),
        None => word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase(),
    };
    let ends = |word: &str| word.ends_with(['.', ';', ':', '/']);
    let spelled = spelled(text, &words);
    let (mut places, mut before): (Vec<Place>, Vec<String>) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(written) = words.get(at) {
        let of = spelled.iter().find(|of| of.first == at);
        let last = of.map_or(at, |of| of.last);
        let found = match of {
            Some(of) if of.is_in_words() || counts(&words, at) => Some(of.text.as_str()),
            Some(_) => None,
            None => figure(written).filter(|_| counts(&words, at)),
        };
        if let Some(figure) = found {
            let has_unit = match of {
                Some(_) => words[last].ends_with(char::is_alphanumeric),
                None => written.trim_start_matches(OPENING).len() == figure.len(),
            };
            let unit = if !has_unit {
                0
            } else if before.is_empty() {
                2
            } else {
                1
            };
            let behind = words[last + 1..].iter().take(unit).map(|next| word(next)).collect::<Vec<_>>().join(" ");
            let told = |words: &[String]| format!("{} {MARK} {behind}", words.join(" "));
            places.push(Place {
                figure: figure.to_owned(),
                between: told(&before[before.len().saturating_sub(BEFORE)..]),
                sentence: if before.len() <= LONG { told(&before) } else { String::new() },
            });
        }
        before.push(if of.is_some() { MARK.to_string() } else { word(written) });
        if ends(words[last]) {
            before.clear();
        }
        at = last + 1;
    }
    places
}

/// Whether two figures are one number as exactly as both are written: `08` is 8, `1356` is 1.356, `8.060,9 triệu đồng` is 8,06 tỷ
/// đồng.
fn is_same(one: &str, other: &str) -> bool {
    let plain = |figure: &str| figure.trim_start_matches('0').replace('.', "");
    match (number_of(one), number_of(other)) {
        (Some((one, step)), Some((other, other_step))) => one.abs_diff(other) < step.max(other_step),
        _ => plain(one) == plain(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_people_is_held_against_that_of_the_data_between_the_same_words() {
        let report = [
            "Đã kiểm tra 2.898 vụ, phát hiện 1.027 vụ vi phạm (35,4%), xử phạt 965 vụ.",
            "Có 23 cơ quan nêu 35 khó khăn.",
            "b) Cấp tỉnh có 15 cơ quan gửi; cấp xã có 26 cơ quan gửi.",
            "Tổng tiền phạt là 8,06 tỷ đồng.",
        ];
        let lines = report.map(|text| Line { id: String::new(), text: text.to_owned(), table: false });
        let given = Given::of(&lines);
        for (text, own, told) in [
            (
                "Đã kiểm tra 2.889 vụ, phát hiện 1.027 vụ vi phạm, xử phạt 965 vụ.",
                Some(0),
                &[("2.889", "2.898")][..],
            ),
            ("Kiểm tra nhiều, phát hiện 1.027 vụ vi phạm (35,4%), xử phạt 956 vụ.", Some(0), &[("956", "965")]),
            ("Toàn tỉnh phát hiện nhiều vi phạm; Sở Y tế xử phạt 43 vụ.", Some(0), &[]),
            // Written otherwise it is the same number.
            ("Đã kiểm tra 2898 vụ.", Some(0), &[]),
            ("Đã kiểm tra 2 898 vụ.", Some(0), &[]),
            ("Đã kiểm tra hai nghìn tám trăm chín mươi tám vụ.", Some(0), &[]),
            ("Đã kiểm tra 2 889 vụ.", Some(0), &[("2 889", "2.898")]),
            (
                "Đã kiểm tra hai nghìn tám trăm tám mươi chín vụ.",
                Some(0),
                &[("hai nghìn tám trăm tám mươi chín", "2.898")],
            ),
            ("Tổng tiền phạt là 8.060 triệu đồng.", None, &[]),
            ("Tổng tiền phạt là 8.060,9 triệu đồng.", None, &[]),
            ("Tổng tiền phạt là 8.600 triệu đồng.", None, &[("8.600 triệu đồng", "8,06 tỷ đồng")]),
            ("Đã kiểm tra gần 2.900 vụ.", Some(0), &[]),
            // What stands elsewhere is known by how its sentence begins.
            ("Đã kiểm tra 2.900 vụ, tăng nhiều.", None, &[("2.900", "2.898")]),
            ("Sở Y tế đã kiểm tra 318 vụ.", None, &[]),
            ("Riêng xã Mai Sơn kiểm tra 40 vụ, phát hiện 12 vụ vi phạm.", None, &[]),
            ("Có 12 cơ quan nêu thiếu người.", None, &[]),
            // Between the same words stand several.
            ("Cấp tỉnh có 16 cơ quan gửi.", Some(2), &[("16", "15")]),
            ("Có 16 cơ quan gửi.", Some(2), &[]),
            ("Kế hoạch số 12/KH-UBND ngày 03/12/2026.", Some(1), &[]),
        ] {
            let own: Option<&str> = own.map(|at: usize| report[at]);
            let against = given.against(text, own);
            let against: Vec<(&str, &str)> =
                against.iter().map(|of| (of.typed.as_str(), of.given.as_str())).collect();
            assert_eq!(against, told, "{text}");
        }
    }
    #[test]
    fn a_sentence_is_known_by_how_it_begins_as_far_as_it_is_one() {
        for (words, is_known) in [(LONG, true), (LONG + 1, false)] {
            let sentence = |figure: u32| format!("{}{figure} vụ.", "từ ".repeat(words));
            let given = Given::of(&[Line { id: String::new(), text: sentence(5), table: false }]);
            assert_eq!(given.against(&sentence(6), None).len(), usize::from(is_known), "{words}");
            assert_eq!(given.against(&sentence(6), Some(&sentence(5))).len(), 1, "between the same words: {words}");
        }
    }
}
