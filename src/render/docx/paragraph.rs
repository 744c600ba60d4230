//! Paragraphs, one for each line of a text, in the styles of `parts/styles.xml`. Formats directly only what a style
//! cannot know: a column's alignment, a cell's colour, the length of a line.

use crate::doc::{Align, Tone};
use crate::render::markup::Markup;
use crate::render::metrics::{self, lines};

#[derive(Clone, Copy)]
pub(super) struct Paragraph {
    style: &'static str,
    align: Option<Align>,
    tone: Tone,
    keep_next: bool,
}

impl Paragraph {
    pub(super) fn new(style: &'static str) -> Self {
        Self { style, align: None, tone: Tone::Plain, keep_next: false }
    }

    pub(super) fn align(self, align: Align) -> Self {
        Self { align: Some(align), ..self }
    }

    pub(super) fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    /// The end of the text on the same page as what follows it.
    pub(super) fn keep_next(self, keep_next: bool) -> Self {
        Self { keep_next, ..self }
    }

    /// Each line becomes a paragraph of its own: `w:br` would stretch the words of a justified one.
    pub(super) fn write(&self, xml: &mut Markup, text: &str) {
        let mut lines = lines(text).into_iter().peekable();
        while let Some(line) = lines.next() {
            xml.element("w:p", &[], |xml| {
                self.properties(xml, lines.peek().is_none());
                if !line.is_empty() {
                    xml.element("w:r", &[], |xml| self.run(xml, line));
                }
            });
        }
    }

    fn properties(&self, xml: &mut Markup, last: bool) {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", self.style);
            if self.keep_next && last {
                xml.empty("w:keepNext", &[]);
            }
            if let Some(align) = self.align {
                let side = match align {
                    Align::Left => "left",
                    Align::Center => "center",
                    Align::Right => "right",
                };
                xml.value("w:jc", side);
            }
        });
    }

    fn run(&self, xml: &mut Markup, line: &str) {
        // Colour only where a reader must not miss it: the paper is printed in black.
        match self.tone {
            Tone::Bad => xml.element("w:rPr", &[], |xml| xml.value("w:color", "C00000")),
            Tone::Muted => xml.element("w:rPr", &[], |xml| xml.empty("w:i", &[])),
            Tone::Plain | Tone::Good | Tone::Warning => {}
        }
        xml.element("w:t", &[("xml:space", &"preserve")], |xml| xml.text(line));
    }
}

/// A solid line as long as `text` runs in bold, centred in `room`.
pub(super) fn full_rule(xml: &mut Markup, text: &str, points: u64, room: u64) {
    rule(xml, longest_line(text, points, room), room);
}

/// As `full_rule`, 5/12 as long: the middle of the third to the half that the decree asks for.
pub(super) fn short_rule(xml: &mut Markup, text: &str, points: u64, room: u64) {
    rule(xml, longest_line(text, points, room) * 5 / 12, room);
}

fn longest_line(text: &str, points: u64, room: u64) -> u64 {
    lines(text).into_iter().map(|line| metrics::width(line, points)).max().unwrap_or_default().min(room)
}

/// The border of an empty paragraph: underlined text is not what the decree means by a line.
fn rule(xml: &mut Markup, length: u64, room: u64) {
    let side = (room - length) / 2;
    empty(xml, "Rule", |xml| xml.empty("w:ind", &[("w:left", &side), ("w:right", &side)]));
}

/// A paragraph without text; `properties` come after its style.
pub(super) fn empty(xml: &mut Markup, style: &'static str, properties: impl FnOnce(&mut Markup)) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", style);
            properties(xml);
        });
    });
}

/// A paragraph of runs that hold no text of their own.
pub(super) fn with_runs(xml: &mut Markup, style: &'static str, runs: impl FnOnce(&mut Markup)) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", style));
        runs(xml);
    });
}
