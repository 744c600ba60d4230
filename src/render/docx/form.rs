//! The two blocks that the decree lays out side by side, as tables without borders: the letterhead and the closing.
//! Never adds a word but those that every official document bears.

use super::{
    grid::{self, RowLook},
    page::Page,
    paragraph::{self, Paragraph},
};
use crate::doc::{Closing, Letterhead, MOTTO, NATION};
use crate::render::markup::Markup;
use crate::render::metrics;

const WHOLE: RowLook = RowLook { whole: true, header: false };

pub(super) fn letterhead(xml: &mut Markup, letterhead: &Letterhead, page: &Page) {
    let [left, right] = letterhead_widths(page);
    grid::table(xml, "FormTable", &[left, right], |xml| {
        grid::row(xml, WHOLE, |xml| {
            grid::cell(xml, left, |xml| issuer(xml, letterhead, left));
            grid::cell(xml, right, |xml| nation(xml, right));
        });
        grid::row(xml, WHOLE, |xml| {
            grid::cell(xml, left, |xml| number(xml, letterhead));
            grid::cell(xml, right, |xml| Paragraph::new("PlaceAndDate").write(xml, &letterhead.place_and_date));
        });
    });
}

fn issuer(xml: &mut Markup, letterhead: &Letterhead, room: u64) {
    if let Some(superior) = &letterhead.superior {
        Paragraph::new("Superior").write(xml, superior);
    }
    Paragraph::new("Issuer").write(xml, &letterhead.issuer);
    paragraph::short_rule(xml, &letterhead.issuer, 13, room);
}

fn nation(xml: &mut Markup, room: u64) {
    Paragraph::new("Nation").write(xml, NATION);
    Paragraph::new("Motto").write(xml, MOTTO);
    paragraph::full_rule(xml, MOTTO, 14, room);
}

fn number(xml: &mut Markup, letterhead: &Letterhead) {
    Paragraph::new("Number").write(xml, &letterhead.number);
    if let Some(summary) = &letterhead.summary {
        Paragraph::new("Summary").write(xml, summary);
    }
}

pub(super) fn closing(xml: &mut Markup, closing: &Closing, page: &Page) {
    let left = page.text_width() / 2;
    let right = page.text_width() - left;
    // Recipients that fill more than a page have to be split: Word would cut them off.
    let height: u64 = closing.recipients.iter().map(|recipient| metrics::height(recipient, 11, left)).sum();
    let look = RowLook { whole: height < page.text_height(), header: false };
    grid::table(xml, "FormTable", &[left, right], |xml| {
        grid::row(xml, look, |xml| {
            grid::cell(xml, left, |xml| recipients(xml, closing));
            grid::cell(xml, right, |xml| signature(xml, closing));
        });
    });
}

fn recipients(xml: &mut Markup, closing: &Closing) {
    Paragraph::new("RecipientsLead").write(xml, "Nơi nhận:");
    for recipient in &closing.recipients {
        Paragraph::new("Recipient").write(xml, &format!("- {recipient}"));
    }
}

fn signature(xml: &mut Markup, closing: &Closing) {
    for line in closing.authority.iter().chain([&closing.post]) {
        Paragraph::new("Post").write(xml, line);
    }
    // The empty paragraph of a name to come keeps the room for the signature.
    Paragraph::new("Signer").write(xml, closing.name.as_deref().unwrap_or_default());
}

/// Three fifths hold the nation's name on one line.
fn letterhead_widths(page: &Page) -> [u64; 2] {
    let right = page.text_width() * 3 / 5;
    [page.text_width() - right, right]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nation_fits_on_one_line() {
        for landscape in [false, true] {
            let [_, right] = letterhead_widths(&Page::new(landscape));
            assert!(metrics::width(NATION, 13) + 150 < right);
        }
    }
}
