//! The head and the foot of pages → what people wrote there. Nothing is taken from it.

use std::collections::BTreeSet;

use quick_xml::events::Event;

use crate::draft::blocks::folded;
use crate::draft::xml::{Refusal, next, reader, resolved};

/// The lines of such a part, each once, without the numbers of pages.
///
/// # Errors
/// When it is broken.
pub(super) fn lines(xml: &str) -> Result<BTreeSet<String>, Refusal> {
    let mut reader = reader(xml);
    let (mut lines, mut line, mut is_text, mut deleted) = (BTreeSet::new(), String::new(), false, 0_usize);
    loop {
        match next(&mut reader)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "del" | "moveFrom" => deleted += 1,
                "tab" | "br" => line.push(' '),
                name => is_text = name == "t" && deleted == 0,
            },
            Event::End(tag) => {
                is_text = false;
                match tag.local_name().as_ref() {
                    "del" | "moveFrom" => deleted = deleted.saturating_sub(1),
                    "p" => {
                        let line = folded(&std::mem::take(&mut line));
                        lines.extend(line.contains(char::is_alphabetic).then_some(line));
                    }
                    _ => {}
                }
            }
            Event::Text(text) if is_text => line += &text.xml10_content(),
            Event::GeneralRef(reference) if is_text => line += &resolved(&reference)?,
            Event::Eof => return Ok(lines),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_at_the_head_of_pages_are_told_from_their_numbers() {
        let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
        for (inside, told) in [
            (run("MẬT"), &["MẬT"][..]),
            (
                format!("{}<w:r><w:tab/></w:r>{}", run("Dự thảo &lt;2&gt;"), run("tháng 12")),
                &["Dự thảo <2> tháng 12"],
            ),
            (format!("<w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:pict>", run("MẬT")), &["MẬT"]),
            (format!("<w:ins>{}</w:ins>", run("MẬT")), &["MẬT"]),
            (format!("<w:del>{}</w:del>", run("MẬT")), &[]),
            (format!("<w:r><w:instrText>PAGE</w:instrText></w:r>{}", run("- 2 -")), &[]),
            (String::new(), &[]),
        ] {
            let part = format!("<w:hdr xmlns:w=\"urn:w\"><w:p>{inside}</w:p></w:hdr>");
            assert_eq!(lines(&part).unwrap().iter().collect::<Vec<_>>(), told, "{inside}");
        }
    }
}
