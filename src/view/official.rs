//! The parts that every official document has, whatever it says (Nghị định 30/2020/NĐ-CP, Phụ lục I): head, end mark,
//! signature and recipients.

use chrono::{Datelike, NaiveDate};

use crate::doc::{Block, Closing, Letterhead, Section};
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
    let mut blocks = vec![head, Block::addressees(&addressees)];
    blocks.extend(text);
    end_mark(&mut blocks);
    blocks.push(closing(wording, recipients));
    Section::new("Công văn", blocks)
}

pub(super) fn item(text: &str) -> Block {
    Block::item(format!("- {text}"))
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
    let ended = |(index, item)| format!("{item}{}", if index == last { "." } else { ";" });
    items.iter().enumerate().map(ended).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_paragraph_carries_the_end_mark() {
        for (text, ended) in [("Hết.", "Hết./."), ("- a;", "- a./."), ("Hết", "Hết./.")] {
            let mut blocks = [Block::body(text)];
            end_mark(&mut blocks);
            assert!(matches!(&blocks[0], Block::Paragraph { text, .. } if text == ended), "{text}");
        }
    }
}
