//! What a word processor itself puts before the paragraphs of a list, which stands in no text: `a) `, `2. `, `- `. A mark
//! that somebody typed becomes one as soon as they press Enter behind its paragraph.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use crate::draft::xml::{Refusal, attribute, next, reader};
use crate::vietnamese::{letter, roman};

/// A document has nine levels.
const LEVELS: usize = 9;
/// Of the part, in bytes: a long document's is some 500,000.
const MAX_BYTES: usize = 5_000_000;
/// How many styles may be made like one another.
const MAX_LIKE: usize = 20;
/// Of what stands before a paragraph, in bytes; longer is no mark.
const MAX_MARK: usize = 60;

/// The lists of a file, as far as they were counted.
#[derive(Default)]
pub(super) struct Lists {
    /// By the list that others are made like, and the level.
    levels: BTreeMap<(String, usize), Level>,
    /// Which one a list is like; those that begin anew are like it and counted apart.
    like: BTreeMap<String, (String, bool)>,
    /// Which list and level the paragraphs of a style are of, and the style that it is made like.
    styles: BTreeMap<String, Style>,
    counted: BTreeMap<String, [usize; LEVELS]>,
}

#[derive(Default)]
struct Style {
    number: Option<String>,
    level: usize,
    like: Option<String>,
}

struct Level {
    format: String,
    /// Whose paragraphs are of it.
    style: Option<String>,
    /// `%1)`, where `%1` stands for the number of the first level.
    text: String,
    start: usize,
}

impl Lists {
    /// # Errors
    /// When the part is broken or too large.
    pub(super) fn read(xml: &str) -> Result<Self, Refusal> {
        if xml.len() > MAX_BYTES {
            return Err(Refusal::too_much());
        }
        let mut lists = Self::default();
        let (mut list, mut level, mut number) = (String::new(), 0, String::new());
        let mut reader = reader(xml);
        loop {
            let tag = match next(&mut reader)? {
                Event::Start(tag) => tag,
                Event::Eof => return Ok(lists),
                _ => continue,
            };
            let value = || attribute(&tag, "val").unwrap_or_default();
            match tag.local_name().as_ref() {
                "abstractNum" => list = attribute(&tag, "abstractNumId").unwrap_or_default(),
                "num" => {
                    (list, number) = (String::new(), attribute(&tag, "numId").unwrap_or_default());
                }
                "abstractNumId" => {
                    lists.like.insert(number.clone(), (value(), false));
                }
                "startOverride" => {
                    lists.like.entry(number.clone()).and_modify(|(_, apart)| *apart = true);
                }
                "lvl" if !list.is_empty() => {
                    level = attribute(&tag, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
                    let new = Level { format: String::new(), style: None, text: String::new(), start: 1 };
                    lists.levels.insert((list.clone(), level), new);
                }
                name => {
                    let Some(of) = lists.levels.get_mut(&(list.clone(), level)) else { continue };
                    match name {
                        "start" => of.start = value().parse().unwrap_or(1),
                        "numFmt" => of.format = value(),
                        "pStyle" => of.style = Some(value()),
                        "lvlText" => {
                            of.text = Some(value()).filter(|text| text.len() <= MAX_MARK).unwrap_or_default()
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    /// Learns which styles put their paragraphs into a list.
    ///
    /// # Errors
    /// When the part is broken or too large.
    pub(super) fn read_styles(&mut self, xml: &str) -> Result<(), Refusal> {
        if xml.len() > MAX_BYTES {
            return Err(Refusal::too_much());
        }
        let mut name = String::new();
        let mut reader = reader(xml);
        loop {
            let tag = match next(&mut reader)? {
                Event::Start(tag) => tag,
                Event::Eof => return Ok(()),
                _ => continue,
            };
            let value = || attribute(&tag, "val");
            match tag.local_name().as_ref() {
                "style" => {
                    name = attribute(&tag, "styleId").unwrap_or_default();
                    self.styles.insert(name.clone(), Style::default());
                }
                of => {
                    let Some(style) = self.styles.get_mut(&name) else { continue };
                    match of {
                        "basedOn" => style.like = value(),
                        "numId" => style.number = value(),
                        "ilvl" => style.level = value().and_then(|level| level.parse().ok()).unwrap_or(0),
                        _ => {}
                    }
                }
            }
        }
    }

    /// The list and the level of a style's paragraphs, its own or those of the style that it is made like.
    pub(super) fn of_style(&self, name: &str) -> Option<(String, usize)> {
        let made_like = |name: &&str| self.styles.get(*name)?.like.as_deref();
        let styles = std::iter::successors(Some(name), made_like).take(MAX_LIKE);
        let (name, style) =
            styles.filter_map(|name| Some((name, self.styles.get(name)?))).find(|(_, of)| of.number.is_some())?;
        let number = style.number.clone()?;
        let list = self.like.get(&number).map(|(list, _)| list);
        let mut levels =
            self.levels.iter().filter(|((of, _), level)| Some(of) == list && level.style.as_deref() == Some(name));
        let level = levels.next().map_or(style.level, |((_, level), _)| *level);
        Some((number, level))
    }

    /// What stands before the next paragraph of a list, with the blank behind it; nothing of one that is not known.
    pub(super) fn mark(&mut self, number: &str, level: usize) -> String {
        let level = level.min(LEVELS - 1);
        let Some((list, apart)) = self.like.get(number) else { return String::new() };
        let of = |level: usize| self.levels.get(&(list.clone(), level));
        let Some(own) = of(level) else { return String::new() };
        if own.format == "bullet" {
            return "- ".to_owned();
        }
        let counted = self.counted.entry(if *apart { format!("+{number}") } else { list.clone() }).or_default();
        counted[level] += 1;
        counted[level + 1..].fill(0);
        let mut mark = own.text.clone();
        for (at, count) in counted.iter().enumerate() {
            let Some(of) = of(at) else { continue };
            let number = of.start.saturating_add(count.max(&1) - 1);
            let told = match of.format.as_str() {
                "lowerLetter" => letter(number.saturating_sub(1)),
                "upperLetter" => letter(number.saturating_sub(1)).to_uppercase(),
                "lowerRoman" if number < LIKE_ROMAN => roman(number).to_lowercase(),
                "upperRoman" if number < LIKE_ROMAN => roman(number),
                "none" => String::new(),
                _ => number.to_string(),
            };
            mark = mark.replace(&format!("%{}", at + 1), &told);
        }
        if mark.is_empty() { mark } else { mark + " " }
    }
}

/// From here on numbers stand for themselves.
const LIKE_ROMAN: usize = 400;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_paragraph_of_a_list_has_its_mark() {
        let level = |at: usize, format: &str, text: &str| {
            format!(
                "<lvl ilvl=\"{at}\"><start val=\"1\"/><numFmt val=\"{format}\"/><lvlText val=\"{text}\"/></lvl>"
            )
        };
        let list = |id: usize, levels: &[String]| {
            format!("<abstractNum abstractNumId=\"{id}\">{}</abstractNum>", levels.concat())
        };
        let lists = [
            list(0, &[level(0, "lowerLetter", "%1)")]),
            list(1, &[level(0, "decimal", "%1."), level(1, "decimal", "%1.%2.")]),
            list(2, &[level(0, "bullet", "\u{f0b7}")]),
            list(3, &[level(0, "upperRoman", "%1.")]),
        ];
        let num = |id: usize, list: usize, more: &str| {
            format!("<num numId=\"{id}\"><abstractNumId val=\"{list}\"/>{more}</num>")
        };
        let again = "<lvlOverride ilvl=\"0\"><startOverride val=\"1\"/></lvlOverride>";
        let nums = [num(1, 0, ""), num(2, 1, ""), num(3, 2, ""), num(4, 3, ""), num(5, 0, again), num(6, 0, "")];
        let xml = format!("<numbering>{}{}</numbering>", lists.concat(), nums.concat());
        for (paragraphs, marks) in [
            // In the order of the paragraphs: the number of the list, the level.
            (&[("1", 0), ("1", 0), ("1", 0), ("1", 0), ("1", 0), ("1", 0), ("1", 0)][..], "a) b) c) d) đ) e) g) "),
            (&[("2", 0), ("2", 1), ("2", 1), ("2", 0), ("2", 1)], "1. 1.1. 1.2. 2. 2.1. "),
            (&[("3", 0), ("3", 0)], "- - "),
            (&[("4", 0), ("4", 0)], "I. II. "),
            // One that begins anew, and one that goes on.
            (&[("1", 0), ("1", 0), ("5", 0), ("1", 0)], "a) b) a) c) "),
            (&[("1", 0), ("1", 0), ("6", 0)], "a) b) c) "),
            // One that is not there, a level that is not there, none.
            (&[("9", 0), ("1", 4), ("0", 0)], ""),
        ] {
            let mut lists = Lists::read(&xml).unwrap();
            let told: String = paragraphs.iter().map(|(number, level)| lists.mark(number, *level)).collect();
            assert_eq!(told, marks, "{paragraphs:?}");
        }
    }
}
