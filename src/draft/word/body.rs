//! The body of a Word file → lines. What was deleted or moved away under tracking is not there, a paragraph mark that was
//! deleted joins its paragraph to the next; pictures, boxes, formulas and what other files put in are counted and not read.

use quick_xml::events::{BytesStart, Event};

use super::comments::Comment;
use super::lists::Lists;
use super::runs::{Look, Marked};
use crate::characters::hidden;
use crate::draft::blocks::{folded, table_line};
use crate::draft::xml::{Refusal, attribute, declares, next, reader, resolved};
use crate::vietnamese::OffsetText;

/// Deeper than any document nests.
const MAX_DEPTH: usize = 200;
/// More than any report has.
const MAX_LINES: usize = 5_000;
/// Of all words together, in bytes: those of a report are a few hundred thousand.
const MAX_TEXT: usize = 5_000_000;
/// Of ECMA-376, which nearly every file is of, and of ISO/IEC 29500 Strict.
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// A line as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Read {
    /// In NFC, blanks folded, not empty.
    pub(crate) text: String,
    pub(crate) table: bool,
}

/// What stands in a file and is not taken from it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) comments: Vec<Comment>,
    /// Paragraphs with words in bold, italics, capitals, underlined, in a colour or marked.
    pub(crate) formatted: usize,
    pub(crate) footnotes: usize,
    /// Lines with characters that nobody sees.
    pub(crate) hidden: Vec<String>,
    /// Words that were made invisible.
    pub(crate) unseen: Vec<String>,
    /// Words that are crossed out, or that nobody sees on white paper, which are read as others are.
    pub(crate) struck: Vec<String>,
    pub(crate) faint: Vec<String>,
    /// What stands at the head and the foot of pages, but for their numbers.
    pub(crate) margins: Vec<String>,
    pub(crate) pictures: usize,
    /// Text boxes, formulas, letters of symbol fonts, other files put into this one.
    pub(crate) boxes: usize,
    /// Tracked changes, which are read as if accepted.
    pub(crate) tracked: usize,
}

/// # Errors
/// When it is broken or too large.
pub(super) fn read(xml: &str, lists: Lists) -> Result<(Vec<Read>, Found), Refusal> {
    let mut reading = Reading { lists, ..Reading::default() };
    let mut reader = reader(xml);
    loop {
        match next(&mut reader)? {
            Event::Start(tag) => reading.start(&tag)?,
            Event::End(_) => reading.end()?,
            Event::Text(text) => reading.text(&text.xml10_content())?,
            Event::CData(text) => reading.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => reading.text(&resolved(&reference)?)?,
            Event::Eof if reading.open.is_empty() => break,
            Event::Eof => return Err(Refusal::broken()),
            _ => {}
        }
    }
    reading.paragraph()?;
    if !reading.has_body {
        return Err(Refusal::no_word());
    }
    (reading.found.struck, reading.found.faint) = (reading.struck.told(), reading.faint.told());
    Ok((reading.lines, reading.found))
}

#[derive(Default)]
struct Reading {
    lines: Vec<Read>,
    found: Found,
    lists: Lists,
    /// The list that the paragraph is of, its level there, and the style that may tell both.
    list: Option<String>,
    level: Option<usize>,
    style: Option<String>,
    has_body: bool,
    /// The local names of the elements that are open.
    open: Vec<String>,
    /// From how deep on nothing is read.
    hidden: Option<usize>,
    text: OffsetText,
    look: Look,
    struck: Marked,
    faint: Marked,
    /// The text of what was made invisible.
    unseen: Option<String>,
    /// How much was read by now, in bytes.
    said: usize,
    /// The mark of the paragraph was deleted.
    joins: bool,
    is_formatted: bool,
    /// Tables in tables.
    tables: usize,
    rows: Vec<String>,
    row: String,
    row_is_deleted: bool,
}

impl Reading {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        let name = tag.local_name().as_ref().to_owned();
        match (self.open.len(), name.as_str()) {
            (0, "document") if NAMESPACES.iter().any(|namespace| declares(tag, namespace)) => {}
            (0, _) => return Err(Refusal::no_word()),
            (1, "body") if std::mem::replace(&mut self.has_body, true) => return Err(Refusal::broken()),
            (1, "body") => {}
            (1, _) => self.hide(),
            _ => {}
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(Refusal::too_much());
        }
        if let "blip" | "imagedata" = name.as_str() {
            self.found.pictures += 1;
        }
        if self.hidden.is_none() {
            self.element(&name, tag)?;
        }
        self.open.push(name);
        Ok(())
    }

    fn element(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        let is_on = || attribute(tag, "val").is_none_or(|value| !["0", "false", "none", "off"].contains(&&*value));
        match (name, self.above(0), self.above(1)) {
            ("del" | "moveFrom", "rPr", "pPr") => self.joins = true,
            ("del" | "moveFrom", "trPr", _) => self.row_is_deleted = true,
            ("ins" | "moveTo", "rPr" | "trPr", _) => {}
            ("ins" | "moveTo", ..) => self.found.tracked += 1,
            ("del" | "moveFrom", ..) => {
                self.found.tracked += 1;
                self.hide();
            }
            ("txbxContent" | "oMath" | "altChunk" | "subDoc" | "sym", ..) => {
                self.found.boxes += 1;
                self.hide();
            }
            ("drawing" | "pict" | "object", ..) => {}
            ("pStyle", "pPr", _) => self.style = attribute(tag, "val"),
            ("numId", "numPr", "pPr") => self.list = attribute(tag, "val"),
            ("ilvl", "numPr", "pPr") => self.level = attribute(tag, "val").and_then(|level| level.parse().ok()),
            ("Fallback" | "sdtPr" | "pPrChange" | "rPrChange" | "sectPr", ..) => self.hide(),
            ("br", "r", _) if attribute(tag, "type").is_some_and(|of| of != "textWrapping") => {}
            ("br" | "cr", "r", _) => self.text.push("\n", None),
            ("tab" | "ptab", "r", _) => self.text.push(" ", None),
            ("noBreakHyphen", "r", _) => self.text.push("-", None),
            // What was made invisible was taken out.
            ("vanish", "rPr", "r") if is_on() => {
                self.hidden = Some(self.open.len() - 2);
                self.unseen = Some(String::new());
            }
            ("footnoteReference" | "endnoteReference", ..) => self.found.footnotes += 1,
            ("r", ..) => self.look = Look::default(),
            (property, "rPr", "r") if is_on() => self.is_formatted |= self.look.take(property, tag),
            ("tbl", ..) => {
                if self.tables == 0 {
                    self.paragraph()?;
                }
                self.tables += 1;
            }
            _ => {}
        }
        Ok(())
    }

    /// The name of an open element, the innermost first.
    fn above(&self, steps: usize) -> &str {
        self.open.iter().rev().nth(steps).map_or("", String::as_str)
    }

    fn hide(&mut self) {
        self.hidden = Some(self.open.len());
    }

    fn end(&mut self) -> Result<(), Refusal> {
        let Some(name) = self.open.pop() else { return Err(Refusal::broken()) };
        // What was not read begins nothing, so it ends nothing, whatever it is called.
        if let Some(depth) = self.hidden {
            self.hidden = Some(depth).filter(|depth| self.open.len() > *depth);
            let unseen = self.unseen.take_if(|_| self.hidden.is_none()).map(|text| folded(&text));
            self.found.unseen.extend(unseen.filter(|text| !text.is_empty()));
            return Ok(());
        }
        match name.as_str() {
            "p" if self.tables > 0 => {
                self.row.push(' ');
                self.row += std::mem::take(&mut self.text).seen();
                self.end_marks();
                (self.joins, self.is_formatted, self.list, self.style) = (false, false, None, None);
            }
            // What is joined to the next goes on.
            "p" if std::mem::take(&mut self.joins) => {}
            "p" => self.paragraph()?,
            "tr" if self.tables == 1 => {
                let row = folded(&std::mem::take(&mut self.row));
                if !std::mem::take(&mut self.row_is_deleted) {
                    self.rows.push(row);
                }
            }
            "tbl" => {
                self.tables -= 1;
                if self.tables == 0 {
                    let rows = std::mem::take(&mut self.rows);
                    self.add(table_line(&rows), true)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        if self.above(0) == "t" {
            match &mut self.unseen {
                _ if self.hidden.is_none() => {
                    self.text.push(text, self.look.offset);
                    self.struck.push(text, self.look.is_struck);
                    // The heads of tables may be white on something dark.
                    self.faint.push(text, self.look.is_faint() && self.tables == 0);
                    self.said += text.len();
                }
                Some(unseen) => {
                    *unseen += text;
                    self.said += text.len();
                }
                None => {}
            }
        }
        if self.said > MAX_TEXT { Err(Refusal::too_much()) } else { Ok(()) }
    }

    fn paragraph(&mut self) -> Result<(), Refusal> {
        let text = std::mem::take(&mut self.text);
        let text = text.seen();
        self.end_marks();
        let is_formatted = std::mem::take(&mut self.is_formatted);
        let (list, level, style) = (self.list.take(), self.level.take(), self.style.take());
        let of_style = style.and_then(|style| self.lists.of_style(&style));
        let list = list.map(|list| (list, 0)).or(of_style).filter(|_| !text.trim().is_empty());
        let mark = list.map(|(list, of_style)| self.lists.mark(&list, level.unwrap_or(of_style)));
        let text = mark.unwrap_or_default() + text.trim_start();
        let lines: Vec<String> = text.lines().map(folded).filter(|line| !line.is_empty()).collect();
        self.found.formatted += usize::from(is_formatted && !lines.is_empty());
        lines.into_iter().try_for_each(|line| self.add(line, false))
    }

    fn end_marks(&mut self) {
        self.struck.end();
        self.faint.end();
    }

    fn add(&mut self, text: String, table: bool) -> Result<(), Refusal> {
        if self.lines.len() >= MAX_LINES {
            return Err(Refusal::too_much());
        }
        if !table && hidden(&text).next().is_some() {
            self.found.hidden.push(text.clone());
        }
        self.lines.push(Read { text, table });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_of_a_list_is_read_with_its_mark() {
        let numbering = "<numbering><abstractNum abstractNumId=\"0\"><lvl ilvl=\"0\"><numFmt val=\"lowerLetter\"/>\
                         <lvlText val=\"%1)\"/></lvl><lvl ilvl=\"1\"><pStyle val=\"Deep\"/>\
                         <numFmt val=\"bullet\"/><lvlText val=\"-\"/></lvl></abstractNum><num numId=\"7\"><abstractNumId val=\"0\"/></num></numbering>";
        let numbered = |list: &str| format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr>");
        let of = |list: &str, words: &str| {
            format!("<w:p><w:pPr>{}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>", numbered(list))
        };
        let style = |name: &str, told: &str| format!("<style styleId=\"{name}\">{told}</style>");
        let styles = [
            style("List", "<numId val=\"7\"/>"),
            style("Mine", "<basedOn val=\"List\"/>"),
            style("Deep", "<numId val=\"7\"/><ilvl val=\"0\"/>"),
            style("Plain", "<basedOn val=\"Gone\"/>"),
            style("Round", "<basedOn val=\"Round\"/>"),
        ];
        let styles = format!("<styles>{}</styles>", styles.concat());
        let styled = |name: &str, list: &str, words: &str| {
            let list = if list.is_empty() { String::new() } else { numbered(list) };
            format!("<w:p><w:pPr><w:pStyle w:val=\"{name}\"/>{list}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
        };
        let plain = "<w:p><w:r><w:t>Giữa</w:t></w:r></w:p>";
        let table = |of: &str| format!("<w:tbl><w:tr><w:tc>{of}</w:tc></w:tr></w:tbl>");
        for (paragraphs, lines) in [
            (of("7", "Một") + &of("7", "Hai"), &["a) Một", "b) Hai"][..]),
            (of("7", "Một") + plain + &of("7", "Hai"), &["a) Một", "Giữa", "b) Hai"]),
            (of("7", "Một") + &of("7", " ") + &of("7", "Hai"), &["a) Một", "b) Hai"]),
            (table(&of("7", "Một")) + &of("7", "Hai"), &["Một", "a) Hai"]),
            (of("0", "Một") + &of("9", "Hai"), &["Một", "Hai"]),
            // By its style alone, by the style that this one is made like; a list of its own or none comes first.
            (styled("List", "", "Một") + &styled("Mine", "", "Hai"), &["a) Một", "b) Hai"]),
            (styled("Deep", "", "Một") + &styled("List", "", "Hai"), &["- Một", "a) Hai"]),
            (styled("Plain", "", "Một") + &styled("None", "", "Hai"), &["Một", "Hai"]),
            (styled("List", "0", "Một") + &styled("Round", "", "Hai"), &["Một", "Hai"]),
            (table(&styled("List", "", "Một")) + "<w:p><w:r><w:t>Hai</w:t></w:r></w:p>", &["Một", "Hai"]),
        ] {
            let body =
                format!("<w:document xmlns:w=\"{}\"><w:body>{paragraphs}</w:body></w:document>", NAMESPACES[0]);
            let mut lists = Lists::read(numbering).unwrap();
            lists.read_styles(&styles).unwrap();
            let (read, _) = read(&body, lists).unwrap();
            assert_eq!(read.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), lines, "{paragraphs}");
        }
    }

    #[test]
    fn what_stands_beside_the_body_is_not_read_whatever_it_is_called() {
        let paragraph = |words: &str| format!("<p><r><t>{words}</t></r></p>");
        let table = |words: &str| format!("<tbl><tr><tc>{}</tc></tr></tbl>", paragraph(words));
        for beside in [paragraph("Một"), table("Một"), format!("<tr>{}</tr>", table("Một")), "<tbl/>".to_owned()]
        {
            let body = format!("<body>{}{}</body>", paragraph("Hai"), table("Ba"));
            let document = format!("<document xmlns:w=\"{}\">{beside}{body}{beside}</document>", NAMESPACES[0]);
            let (read, _) = read(&document, Lists::default()).unwrap();
            assert_eq!(read.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["Hai", "Ba"], "{beside}");
        }
    }

    #[test]
    fn no_more_is_read_than_a_report_says() {
        let document = |words: &str| {
            let namespace = NAMESPACES[0];
            format!(
                "<w:document xmlns:w=\"{namespace}\"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"
            )
        };
        for (count, fits) in [(MAX_TEXT / 2, true), (MAX_TEXT / 2 + 1, false)] {
            assert_eq!(read(&document(&"a ".repeat(count)), Lists::default()).is_ok(), fits, "{count}");
            assert_eq!(
                read(&document(&"a&amp;".repeat(count)), Lists::default()).is_ok(),
                fits,
                "{count} references"
            );
        }
    }
}
