//! How parts of a text look in ways that change what it says: set above or below the line, crossed out, in white or too small to
//! be seen.

use quick_xml::events::BytesStart;

use crate::draft::blocks::folded;
use crate::draft::xml::attribute;
use crate::vietnamese::Offset;

/// In half points; what is smaller nobody reads.
const SMALLEST: f64 = 8.0;
const WHITE: &str = "FFFFFF";
/// What a draft's own warnings are printed in.
const OWN_INK: &str = "C00000";

/// How the part that is being read looks.
#[derive(Debug, Default)]
pub(super) struct Look {
    pub(super) offset: Option<Offset>,
    pub(super) is_struck: bool,
    is_white: bool,
    is_tiny: bool,
    /// Something is behind it on which white is seen.
    is_backed: bool,
}

impl Look {
    /// Takes what a property says, which is on; whether it is told as a matter of looks alone.
    pub(super) fn take(&mut self, property: &str, tag: &BytesStart<'_>) -> bool {
        let value = || attribute(tag, "val").unwrap_or_default();
        match property {
            "vertAlign" => self.offset = Offset::of(&value()),
            "strike" | "dstrike" => self.is_struck = true,
            "sz" => self.is_tiny = value().parse::<f64>().is_ok_and(|size| size < SMALLEST),
            "color" => {
                let ink = value().to_uppercase();
                self.is_white = ink == WHITE;
                return ![WHITE, "AUTO", "000000", OWN_INK].contains(&&*ink);
            }
            "shd" => {
                let fill = attribute(tag, "fill").unwrap_or_default().to_uppercase();
                self.is_backed = !["", WHITE, "AUTO"].contains(&&*fill);
                return self.is_backed;
            }
            "highlight" => {
                self.is_backed = true;
                return true;
            }
            "b" | "i" | "u" | "caps" | "smallCaps" => return true,
            _ => {}
        }
        false
    }

    /// Whether nobody sees it on white paper.
    pub(super) fn is_faint(&self) -> bool {
        self.is_tiny || self.is_white && !self.is_backed
    }
}

/// Words that look so, those together that stand together.
#[derive(Debug, Default)]
pub(super) struct Marked {
    texts: Vec<String>,
    goes_on: bool,
}

impl Marked {
    /// Takes the next words, whether they look so or not.
    pub(super) fn push(&mut self, text: &str, looks_so: bool) {
        match self.texts.last_mut().filter(|_| self.goes_on) {
            Some(last) if looks_so => *last += text,
            _ if looks_so => self.texts.push(text.to_owned()),
            _ => {}
        }
        self.goes_on = looks_so;
    }

    /// What follows stands in another line.
    pub(super) fn end(&mut self) {
        self.goes_on = false;
    }

    pub(super) fn told(self) -> Vec<String> {
        self.texts.iter().map(|text| folded(text)).filter(|text| !text.is_empty()).collect()
    }
}
