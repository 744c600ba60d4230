//! The page of Nghị định 30/2020/NĐ-CP: A4, its margins, and the section properties that say so. Knows no block.

use crate::render::markup::Markup;

const SHORT_SIDE: u64 = 11906;
const LONG_SIDE: u64 = 16838;
const TOP: u64 = 1134;
const BOTTOM: u64 = 1134;
const LEFT: u64 = 1701;
const RIGHT: u64 = 851;
/// From the paper's edge to the header: high enough that banner and page number both end above the text.
const HEADER: u64 = 340;
const FOOTER: u64 = 567;

/// Lengths in twips.
pub(super) struct Page {
    landscape: bool,
    width: u64,
    height: u64,
}

impl Page {
    pub(super) fn new(landscape: bool) -> Self {
        let (width, height) = if landscape { (LONG_SIDE, SHORT_SIDE) } else { (SHORT_SIDE, LONG_SIDE) };
        Self { landscape, width, height }
    }

    pub(super) fn text_width(&self) -> u64 {
        self.width - LEFT - RIGHT
    }

    pub(super) fn text_height(&self) -> u64 {
        self.height - TOP - BOTTOM
    }

    /// `w:sectPr`: pages count from 1 again, and the first one has a header of its own, without a number.
    pub(super) fn write(&self, xml: &mut Markup) {
        xml.element("w:sectPr", &[], |xml| {
            xml.empty("w:headerReference", &[("w:type", &"default"), ("r:id", &"header")]);
            xml.empty("w:headerReference", &[("w:type", &"first"), ("r:id", &"firstHeader")]);
            xml.value("w:type", "nextPage");
            let orientation = if self.landscape { "landscape" } else { "portrait" };
            xml.empty("w:pgSz", &[("w:w", &self.width), ("w:h", &self.height), ("w:orient", &orientation)]);
            xml.empty(
                "w:pgMar",
                &[
                    ("w:top", &TOP),
                    ("w:right", &RIGHT),
                    ("w:bottom", &BOTTOM),
                    ("w:left", &LEFT),
                    ("w:header", &HEADER),
                    ("w:footer", &FOOTER),
                    ("w:gutter", &0),
                ],
            );
            xml.empty("w:pgNumType", &[("w:start", &1)]);
            xml.empty("w:titlePg", &[]);
        });
    }
}
