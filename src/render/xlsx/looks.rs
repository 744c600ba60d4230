//! Fonts, borders, formats of numbers, colours.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::doc::{Align, Tone};

/// Sizes of type.
pub(super) const POINTS: u64 = 12;
pub(super) const TITLE_POINTS: u64 = 14;
/// Height and width of a cell in Times New Roman 12.
pub(super) const DEFAULT_CELL_PIXELS: (u32, u32) = (21, 72);

// Excel puts the reader's own separators into `#,##0`: dots on a Vietnamese computer. `[$-42A]` says
// Vietnamese to the programs that ask the format instead, such as LibreOffice.
pub(super) const NUMBER: &str = "[$-42A]#,##0";
pub(super) const DATE: &str = "[$-42A]dd/mm/yyyy";

/// A percentage with some decimals.
pub(super) fn percent(places: u32) -> String {
    format!("[$-42A]0.{}%", "0".repeat(places as usize))
}

const SHADE: u32 = 0xE7_E6_E6;
const RED: u32 = 0xC0_00_00;

pub(super) fn plain() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(POINTS as f64)
}

/// A line of text above or below a table, over its whole width.
pub(super) fn line() -> Format {
    plain().set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

/// A line of the title of an annex.
pub(super) fn title() -> Format {
    line().set_align(FormatAlign::Center).set_font_size(TITLE_POINTS as f64)
}

pub(super) fn banner() -> Format {
    line().set_align(FormatAlign::Center).set_bold().set_font_color(RED)
}

pub(super) fn header() -> Format {
    boxed()
        .set_bold()
        .set_background_color(SHADE)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
}

/// A heading inside a table.
pub(super) fn group() -> Format {
    boxed().set_bold()
}

pub(super) fn cell(align: Align, tone: Tone) -> Format {
    let aligned = match align {
        Align::Left => boxed().set_align(FormatAlign::Left),
        Align::Center => boxed().set_align(FormatAlign::Center),
        // Clear of the text in the next column.
        Align::Right => boxed().set_align(FormatAlign::Right).set_indent(1),
    };
    match tone {
        Tone::Plain => aligned,
        Tone::Good => aligned.set_font_color(0x1E_7B_34),
        Tone::Warning => aligned.set_font_color(0x9C_57_00),
        Tone::Bad => aligned.set_font_color(RED),
        Tone::Muted => aligned.set_font_color(0x59_59_59),
    }
}

fn boxed() -> Format {
    plain().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top)
}
