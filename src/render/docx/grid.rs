//! What every table is made of: fixed columns, rows, cells. Knows no content.

use super::paragraph;
use crate::render::markup::Markup;

/// A table of fixed columns, followed by a paragraph of no height: two tables in a row would melt into one, and a
/// table may not end the body.
pub(super) fn table(xml: &mut Markup, style: &str, widths: &[u64], rows: impl FnOnce(&mut Markup)) {
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.value("w:tblStyle", style);
            xml.empty("w:tblW", &[("w:w", &widths.iter().sum::<u64>()), ("w:type", &"dxa")]);
            xml.empty("w:tblLayout", &[("w:type", &"fixed")]);
        });
        xml.element("w:tblGrid", &[], |xml| {
            for width in widths {
                xml.empty("w:gridCol", &[("w:w", width)]);
            }
        });
        rows(xml);
    });
    paragraph::empty(xml, "Gap", |_| {});
}

#[derive(Clone, Copy)]
pub(super) struct RowLook {
    /// Never split over two pages.
    pub(super) whole: bool,
    /// Repeated on every page.
    pub(super) header: bool,
}

pub(super) fn row(xml: &mut Markup, look: RowLook, cells: impl FnOnce(&mut Markup)) {
    xml.element("w:tr", &[], |xml| {
        if look.whole || look.header {
            xml.element("w:trPr", &[], |xml| {
                if look.whole {
                    xml.empty("w:cantSplit", &[]);
                }
                if look.header {
                    xml.empty("w:tblHeader", &[]);
                }
            });
        }
        cells(xml);
    });
}

pub(super) fn cell(xml: &mut Markup, width: u64, content: impl FnOnce(&mut Markup)) {
    cell_with(xml, width, |_| {}, content);
}

/// A cell whose `w:tcPr` holds more than the width: what `look` writes.
pub(super) fn cell_with(
    xml: &mut Markup,
    width: u64,
    look: impl FnOnce(&mut Markup),
    content: impl FnOnce(&mut Markup),
) {
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &width), ("w:type", &"dxa")]);
            look(xml);
        });
        content(xml);
    });
}
