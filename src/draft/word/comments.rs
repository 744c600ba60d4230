//! The comments beside a text. Nothing is taken from them.

use std::collections::BTreeSet;

use quick_xml::events::Event;

use crate::draft::blocks::folded;
use crate::draft::xml::{Refusal, attribute, next, reader, resolved};

/// Of the part, in which Word writes some 500 bytes around each: the words of a report are a few hundred thousand.
const MAX_BYTES: usize = 10_000_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comment {
    pub(crate) author: String,
    /// As the file has it: `2026-12-03T09:00:00Z`.
    pub(crate) date: String,
    pub(crate) text: String,
}

/// The comments of a file, each once.
///
/// # Errors
/// When the part is broken or too large.
pub(super) fn comments(xml: &str) -> Result<Vec<Comment>, Refusal> {
    if xml.len() > MAX_BYTES {
        return Err(Refusal::too_much());
    }
    let mut reader = reader(xml);
    let (mut comments, mut within): (Vec<Comment>, bool) = (Vec::new(), false);
    loop {
        match (next(&mut reader)?, comments.last_mut()) {
            (Event::Start(tag), _) if tag.local_name().as_ref() == "comment" => comments.push(Comment {
                author: attribute(&tag, "author").unwrap_or_default(),
                date: attribute(&tag, "date").unwrap_or_default(),
                text: String::new(),
            }),
            (Event::Start(tag), _) => within = tag.local_name().as_ref() == "t",
            (Event::End(tag), Some(last)) => {
                within = false;
                if tag.local_name().as_ref() == "p" {
                    last.text.push(' ');
                }
            }
            (Event::Text(text), Some(last)) if within => last.text += &text.xml10_content(),
            (Event::GeneralRef(reference), Some(last)) if within => last.text += &resolved(&reference)?,
            (Event::Eof, _) => break,
            _ => {}
        }
    }
    let mut seen = BTreeSet::new();
    comments.iter_mut().for_each(|comment| comment.text = folded(&comment.text));
    comments.retain(|comment| seen.insert((comment.author.clone(), comment.text.clone())));
    Ok(comments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_read_than_people_comment() {
        for (count, fits) in [(900_000, true), (1_100_000, false)] {
            assert_eq!(
                comments(&format!("<comments>{}</comments>", "<comment/>".repeat(count))).is_ok(),
                fits,
                "{count}"
            );
        }
    }
}
