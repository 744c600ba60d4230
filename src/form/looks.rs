//! How parts of a text look, and formats that come with a condition: what people do not see of a cell, or see struck out,
//! though the cell's own style says nothing of it. Judges no cell: how it looks behind them is for the style to tell.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::formats;
use super::problem::{Refusal, broken};
use crate::vietnamese::{Offset, OffsetText, one_line};

/// A colour by red, green and blue.
pub(super) type Rgb = [u8; 3];

/// In points; what is smaller nobody reads.
pub(super) const SMALLEST: f64 = 4.0;

/// Of red, green and blue: colours as far apart as white and the yellow of a form's cells, on which nobody sees white.
const ALIKE: u8 = 40;

/// Whether nobody tells one colour from the other.
pub(super) fn is_near(one: Rgb, other: Rgb) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) <= ALIKE)
}

/// How a part of a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Struck,
    /// Too small to be read.
    Tiny,
    Ink(Rgb),
}

/// A text of which some parts look otherwise than the cell.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) looks: Vec<Look>,
    /// As people read it, where that is another text.
    pub(super) seen: Option<String>,
}

/// The parts of texts, by the whole text with single blanks.
pub(super) type Looks = BTreeMap<String, Parts>;

/// Reads the parts of texts as they go by.
#[derive(Debug, Default)]
pub(super) struct Runs {
    /// Whether a text is being read.
    is_open: bool,
    /// Of the part that is being read.
    struck: Option<Look>,
    tiny: Option<Look>,
    ink: Option<Look>,
    offset: Option<Offset>,
    /// The text as far as it is read, with the looks of its parts that say anything.
    text: OffsetText,
    looks: Vec<Look>,
    pub(super) texts: Looks,
}

impl Runs {
    pub(super) fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        let size = || Ok(attribute(tag, "val")?.and_then(|size| size.parse::<f64>().ok()));
        match tag.local_name().as_ref() {
            "si" | "is" => {
                *self = Self { is_open: true, texts: std::mem::take(&mut self.texts), ..Self::default() }
            }
            "r" => self.begin(),
            "strike" => self.struck = is_on(attribute(tag, "val")?).then_some(Look::Struck),
            "sz" => self.tiny = size()?.filter(|size| *size < SMALLEST).map(|_| Look::Tiny),
            "color" => self.ink = color(tag)?.map(Look::Ink),
            "vertAlign" => self.offset = Offset::of(&attribute(tag, "val")?.unwrap_or_default()),
            _ => {}
        }
        Ok(())
    }

    /// A part begins or ends: what follows looks as the cell does until it says otherwise.
    fn begin(&mut self) {
        (self.struck, self.tiny, self.ink, self.offset) = (None, None, None, None);
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.is_open {
            self.text.push(text, self.offset);
            let says = !text.trim().is_empty();
            self.looks.extend([self.struck, self.tiny, self.ink].into_iter().flatten().filter(|_| says));
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        match name {
            "r" => self.begin(),
            "si" | "is" => {
                self.is_open = false;
                let (whole, seen) = (self.text.whole(), self.text.seen());
                if !self.looks.is_empty() || seen != whole {
                    self.looks.dedup();
                    let parts = self.texts.entry(one_line(whole)).or_default();
                    parts.looks.append(&mut self.looks);
                    if seen != whole {
                        parts.seen = Some(seen.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
}

/// As it is written: the library resolves nothing in it.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let mut found = None;
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| broken())?;
        if attribute.key.as_ref() == name {
            found = Some(attribute.value.into_owned());
        }
    }
    Ok(found)
}

fn is_on(value: Option<String>) -> bool {
    value.is_none_or(|value| !["0", "false", "off"].contains(&value.as_str()))
}

/// Written out, or black and white by a name; of no other does the part itself tell what colour it is.
fn color(tag: &BytesStart<'_>) -> Result<Option<Rgb>, Refusal> {
    let part = |rgb: &str, at: usize| u8::from_str_radix(rgb.get(at..at + 2)?, 16).ok();
    if let Some(rgb) = attribute(tag, "rgb")? {
        let rgb = &rgb[rgb.len().saturating_sub(6)..];
        return Ok(part(rgb, 0).zip(part(rgb, 2)).zip(part(rgb, 4)).map(|((r, g), b)| [r, g, b]));
    }
    let named = [attribute(tag, "theme")?, attribute(tag, "indexed")?];
    Ok(match named.each_ref().map(|name| name.as_deref()) {
        _ if attribute(tag, "tint")?.is_some() => None,
        [Some("0"), _] | [_, Some("1" | "9")] => Some([u8::MAX; 3]),
        [Some("1"), _] | [_, Some("0" | "8" | "64")] => Some([0; 3]),
        _ => None,
    })
}

/// A format that comes with a condition, as it goes by.
#[derive(Debug, Default)]
pub(super) struct Conditioned {
    ink: Option<Rgb>,
    behind: Option<Rgb>,
    within: String,
    /// By its number format.
    hides: bool,
}

impl Conditioned {
    pub(super) fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        match tag.local_name().as_ref() {
            name @ ("font" | "patternFill") => self.within = name.to_owned(),
            "color" if self.within == "font" => self.ink = color(tag)?,
            "bgColor" => self.behind = color(tag)?,
            "numFmt" => {
                let format = attribute(tag, "formatCode")?.unwrap_or_default();
                let format = quick_xml::escape::unescape(&format).map_err(|_| broken())?;
                self.hides |= formats::disguises(&format) || formats::hides_text(&format);
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether people then see nothing of the cell, or another number.
    pub(super) fn hides(&self) -> bool {
        let unseen = (self.ink, self.behind) != (None, None)
            && is_near(self.ink.unwrap_or_default(), self.behind.unwrap_or([u8::MAX; 3]));
        self.hides || unseen
    }
}

/// Of each format that comes with a condition, in the order of the workbook, whether it hides.
///
/// # Errors
/// When the part with the workbook's styles cannot be read.
pub(super) fn hiding(styles: &str) -> Result<Vec<bool>, Refusal> {
    let (mut reader, mut hiding, mut open) = (Reader::from_str(styles), Vec::new(), None);
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(tag) if tag.local_name().as_ref() == "dxf" => open = Some(Conditioned::default()),
            Event::Start(tag) => open.iter_mut().try_for_each(|format| format.start(&tag))?,
            Event::End(tag) if tag.local_name().as_ref() == "dxf" => {
                hiding.extend(open.take().map(|format| format.hides()));
            }
            Event::Eof => return Ok(hiding),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_text_are_known_by_how_they_look() {
        let run = |look: &str, text: &str| format!("<r><rPr>{look}</rPr><t>{text}</t></r>");
        let white = Look::Ink([u8::MAX; 3]);
        for (look, text, looks) in [
            ("<strike/>", "2", vec![Look::Struck]),
            ("<b/><strike val=\"1\"/><sz val=\"1\"/>", "chưa làm", vec![Look::Struck, Look::Tiny]),
            ("<color rgb=\"FFFFFFFF\"/>", "&#7879;", vec![white]),
            ("<color theme=\"0\"/>", "2", vec![white]),
            ("<color indexed=\"9\"/>", "2", vec![white]),
            ("<color rgb=\"FF0000\"/>", "2", vec![Look::Ink([u8::MAX, 0, 0])]),
            ("<color theme=\"0\" tint=\"-0.5\"/>", "2", vec![]),
            ("<color theme=\"4\"/>", "2", vec![]),
            ("<strike/>", " ", vec![]),
            ("<strike val=\"0\"/>", "2", vec![]),
            ("<b/><sz val=\"11\"/>", "2", vec![]),
        ] {
            let told = format!("<r><t>1 </t></r>{}<r><t>3</t></r>", run(look, text));
            let strings = format!("<sst uniqueCount=\"2\"><si>{told}</si><si><t>4</t></si></sst>");
            let cell = format!(
                "<c r=\"D16\" t=\"inlineStr\"><is>{told}</is></c><c r=\"E16\" t=\"inlineStr\"><is><t>4</t></is></c>"
            );
            let inline = format!("<worksheet><sheetData><row r=\"16\">{cell}</row></sheetData></worksheet>");
            let text = if text == "&#7879;" { "ệ" } else { text };
            let parts = Parts { looks: looks.clone(), seen: None };
            let texts = Looks::from_iter((!looks.is_empty()).then(|| (one_line(&format!("1 {text}3")), parts)));
            for part in [strings, inline] {
                assert_eq!(super::super::sober::check(part.as_bytes()).unwrap().texts, texts, "{part}");
            }
        }
    }

    #[test]
    fn digits_above_and_below_the_line_are_no_digits_of_the_number_before_them() {
        let run = |offset: &str, text: &str| {
            let offset = if offset.is_empty() { String::new() } else { format!("<vertAlign val=\"{offset}\"/>") };
            format!("<r><rPr><b/>{offset}</rPr><t>{text}</t></r>")
        };
        for (runs, whole, seen) in [
            ([("", "318"), ("superscript", "1")], "3181", Some("318¹")),
            ([("", "CO"), ("subscript", "2")], "CO2", Some("CO₂")),
            ([("", "318"), ("baseline", "1")], "3181", None),
            ([("superscript", "318"), ("superscript", "1")], "3181", None),
            ([("", "318"), ("", "")], "318", None),
        ] {
            let runs = runs.map(|(offset, text)| run(offset, text)).concat();
            let part = format!("<sst uniqueCount=\"1\"><si>{runs}</si></sst>");
            let parts = Parts { looks: Vec::new(), seen: seen.map(str::to_owned) };
            let texts = Looks::from_iter(seen.map(|_| (whole.to_owned(), parts)));
            assert_eq!(super::super::sober::check(part.as_bytes()).unwrap().texts, texts, "{runs}");
        }
    }

    #[test]
    fn formats_with_a_condition_that_show_nothing_are_told_from_others() {
        const WHITE: &str = "<font><color rgb=\"FFFFFFFF\"/></font>";
        let fill = |rgb: &str| format!("<fill><patternFill><bgColor rgb=\"{rgb}\"/></patternFill></fill>");
        for (format, hides) in [
            (WHITE.to_owned(), true),
            (format!("{WHITE}{}", fill("FFFFFFFF")), true),
            (format!("{WHITE}{}", fill("FFFF0000")), false),
            (fill("FF000000"), true),
            (fill("FFFFC7CE"), false),
            ("<font><b/><color rgb=\"FF9C0006\"/></font>".to_owned(), false),
            ("<font><b/></font>".to_owned(), false),
            ("<numFmt numFmtId=\"170\" formatCode=\";;;\"/>".to_owned(), true),
            ("<numFmt numFmtId=\"170\" formatCode=\"0%\"/>".to_owned(), true),
            ("<numFmt numFmtId=\"170\" formatCode=\"0\\.000\\.000\"/>".to_owned(), false),
        ] {
            let styles =
                format!("<styleSheet><fonts>{WHITE}</fonts><dxfs><dxf/><dxf>{format}</dxf></dxfs></styleSheet>");
            assert_eq!(hiding(&styles).unwrap(), [false, hides], "{format}");
        }
    }
}
