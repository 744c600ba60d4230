//! The parts that every official document has, whatever it says (Nghị định 30/2020/NĐ-CP, Phụ lục I): head, end mark,
//! signature and recipients.

use chrono::{Datelike, NaiveDate};

use crate::doc::{Audience, Block, Closing, Letterhead, Section, Style};
use crate::model::Wording;

/// The head of a document; number and day are left to the registry.
pub(super) fn letterhead(wording: &Wording, number_code: &str, summary: Option<String>, as_of: NaiveDate) -> Block {
    Block::Letterhead(Letterhead {
        superior: wording.superior.clone(),
        issuer: wording.issuer.clone(),
        number: format!("Số:        /{number_code}"),
        summary,
        place_and_date: format!("{}, ngày      tháng      năm {}", wording.place, as_of.year()),
    })
}

/// A letter, from its head to its signature; `text` is what it says.
pub(super) fn letter(
    wording: &Wording,
    number_code: &str,
    summary: String,
    as_of: NaiveDate,
    addressees: Vec<String>,
    text: Vec<Block>,
    recipients: &[String],
) -> Section {
    let head = letterhead(wording, number_code, Some(summary), as_of);
    let mut blocks = vec![head, Block::Addressees(addressees)];
    blocks.extend(text);
    end_mark(&mut blocks);
    blocks.push(closing(wording, recipients));
    Section { name: "Công văn".to_owned(), audience: Audience::Everyone, landscape: false, blocks }
}

pub(super) fn paragraph(text: String) -> Block {
    Block::Paragraph { style: Style::Body, text }
}

pub(super) fn item(text: &str) -> Block {
    Block::Paragraph { style: Style::Item, text: format!("- {text}") }
}

/// Who signs, and who gets the document.
pub(super) fn closing(wording: &Wording, recipients: &[String]) -> Block {
    Block::Closing(Closing {
        recipients: punctuated(recipients),
        authority: wording.signer.authority.clone(),
        post: wording.signer.post.clone(),
        name: wording.signer.name.clone(),
    })
}

/// `./.` closes the text (Nghị định 30/2020/NĐ-CP, Phụ lục I).
pub(super) fn end_mark(blocks: &mut [Block]) {
    if let Some(Block::Paragraph { text, .. } | Block::Heading { text, .. }) = blocks.last_mut() {
        let end = text.trim_end_matches(['.', ';', ' ']).len();
        text.truncate(end);
        text.push_str("./.");
    }
}

/// Every item ends with a semicolon, the last with a full stop.
pub(super) fn punctuated(items: &[String]) -> Vec<String> {
    let last = items.len().saturating_sub(1);
    items
        .iter()
        .enumerate()
        .map(|(index, item)| format!("{item}{}", if index == last { "." } else { ";" }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_paragraph_carries_the_end_mark() {
        for (text, ended) in [("Hết.", "Hết./."), ("- a;", "- a./."), ("Hết", "Hết./.")] {
            let mut blocks = [Block::Paragraph { style: Style::Body, text: text.to_owned() }];
            end_mark(&mut blocks);
            assert!(matches!(&blocks[0], Block::Paragraph { text, .. } if text == ended), "{text}");
        }
    }
}
