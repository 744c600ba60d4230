//! The numbers of items when people have taken some away, moved or added some: they are the document's, in their order. A list
//! that somebody wrote stays as it is.

use std::collections::BTreeSet;

use crate::doc::{Audience, Block, Document, Style};
use crate::vietnamese::{letter, numbered};

/// The texts of the items that the document numbers.
pub(super) fn items(document: &Document) -> BTreeSet<String> {
    let blocks = document.sections_for(Audience::Everyone).flat_map(|section| &section.blocks);
    let items = blocks.filter_map(|block| match block {
        Block::Paragraph { style: Style::Body, text } => Some(numbered(text)),
        _ => None,
    });
    items.filter(|(mark, _)| !mark.is_empty()).map(|(_, text)| text.to_owned()).collect()
}

/// The items below each heading in their order: one may be gone or new. A list that somebody wrote alone stays as it is.
pub(super) fn number_anew(blocks: &mut [Block], items: &BTreeSet<String>) {
    let is_heading = |block: &Block| matches!(block, Block::Heading { .. } | Block::AnnexTitle { .. });
    for part in blocks.chunk_by_mut(|_, next| !is_heading(next)) {
        for end in [") ", ". "] {
            let lines = part.iter_mut().filter_map(|block| match block {
                Block::Paragraph { style: Style::Body, text } => Some(text),
                _ => None,
            });
            let list: Vec<&mut String> = lines.filter(|text| numbered(text).0.ends_with(end)).collect();
            let list = without_own(list, items);
            if !list.iter().any(|text| items.contains(numbered(text).1)) {
                continue;
            }
            let several = list.len() > 1;
            for (at, text) in list.into_iter().enumerate() {
                let mark = if end == ") " { letter(at) } else { (at + 1).to_string() };
                let mark = if several { mark + end } else { String::new() };
                *text = mark + numbered(text).1;
            }
        }
    }
}

/// A list without those that somebody put into it, each from its own first and second item on.
fn without_own<'t>(list: Vec<&'t mut String>, items: &BTreeSet<String>) -> Vec<&'t mut String> {
    let is_own = |at: usize| list.get(at).is_some_and(|text| !items.contains(numbered(text).1));
    let begins = |at: usize, marks: [&str; 2]| list.get(at).is_some_and(|text| marks.contains(&numbered(text).0));
    let mut own = false;
    let mut stays = Vec::new();
    for at in 0..list.len() {
        let new = begins(at, ["a) ", "1. "]) && begins(at + 1, ["b) ", "2. "]) && is_own(at + 1);
        own = is_own(at) && (own || (at > 0 && new));
        stays.push(!own);
    }
    list.into_iter().zip(stays).filter_map(|(text, stays)| stays.then_some(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_numbered_in_their_order_again() {
        // Small letters stand for the items of the document, capitals for what somebody wrote.
        let items: BTreeSet<String> = ["một", "hai", "ba"].map(str::to_owned).into();
        for (given, told) in [
            (&["a) một", "c) ba"][..], &["a) một", "b) ba"][..]),
            (&["b) hai"], &["hai"]),
            (&["2. hai", "3. ba"], &["1. hai", "2. ba"]),
            (&["a) MỘT", "b) hai"], &["a) MỘT", "b) hai"]),
            (&["a) một", "c) MỚI", "b) hai"], &["a) một", "b) MỚI", "c) hai"]),
            (&["a) MỚI", "a) một", "b) hai"], &["a) MỚI", "b) một", "c) hai"]),
            (&["a) một", "Giữa hai mục.", "c) ba"], &["a) một", "Giữa hai mục.", "b) ba"]),
            // Lists of whoever wrote them.
            (&["một", "c) MỚI"], &["một", "c) MỚI"]),
            (&["a) một", "a) Ý", "b) TỨ", "c) ba"], &["a) một", "a) Ý", "b) TỨ", "b) ba"]),
            (&["a) một", "c) ba", "1. Ý", "3. TỨ"], &["a) một", "b) ba", "1. Ý", "3. TỨ"]),
        ] {
            let paragraph = |text: &&str| Block::body(*text);
            let mut blocks: Vec<Block> = given.iter().map(paragraph).collect();
            number_anew(&mut blocks, &items);
            let told: Vec<Block> = told.iter().map(paragraph).collect();
            assert_eq!(format!("{blocks:?}"), format!("{told:?}"), "{given:?}");
        }
        let mut parts = [Block::body("b) hai"), Block::heading(1, "II. SAU"), Block::body("c) ba")];
        number_anew(&mut parts, &items);
        let told = [Block::body("hai"), Block::heading(1, "II. SAU"), Block::body("ba")];
        assert_eq!(format!("{parts:?}"), format!("{told:?}"));
    }
}
