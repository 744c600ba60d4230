//! A document as a Word file, in the form of Nghị định 30/2020/NĐ-CP. Writes WordprocessingML itself: the library there
//! is can neither repeat a table's header nor number an annex from 1. Never reads a clock, so that the same document
//! gives the same bytes; never decides on a word.

mod base;
mod body;
mod chart;
mod columns;
mod form;
mod grid;
mod package;
mod page;
mod paragraph;
mod table;

use crate::doc::Document;
use crate::render::visible::Bytes;

pub(crate) fn render(document: &Document) -> anyhow::Result<Bytes> {
    Bytes::archive(package::parts(document))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use quick_xml::{Reader, XmlVersion, events::Event};

    use chrono::NaiveDate;

    use super::*;
    use crate::draft;
    use crate::render::sample::sample;
    use crate::render::visible::Visible;

    #[test]
    fn every_part_is_well_formed() {
        for (name, content) in package::parts(&sample()) {
            values(&content, "", "");
            assert!(!content.contains(['\0', '\u{202e}']), "{name}");
        }
    }

    #[test]
    fn equal_documents_give_equal_bytes() {
        assert_eq!(render(&sample()).unwrap(), render(&sample()).unwrap());
    }

    #[test]
    fn an_empty_document_is_a_file_too() {
        let empty = Document::new("", Vec::new());
        assert!(render(&empty).unwrap().as_ref().starts_with(b"PK"));
    }

    #[test]
    fn every_style_in_use_is_defined() {
        let styles = part("word/styles.xml");
        let defined: BTreeSet<String> = values(&styles, "w:style", "w:styleId").into_iter().collect();
        for (name, content) in package::parts(&sample()) {
            for element in ["w:pStyle", "w:tblStyle", "w:basedOn", "w:next"] {
                for style in values(&content, element, "w:val") {
                    assert!(defined.contains(&style), "{name}: {style}");
                }
            }
        }
    }

    #[test]
    fn every_relationship_leads_to_a_part() {
        let relationships = part("word/_rels/document.xml.rels");
        let ids = values(&relationships, "Relationship", "Id");
        for element in ["w:headerReference", "c:chart"] {
            for id in values(&part("word/document.xml"), element, "r:id") {
                assert!(ids.contains(&id), "{id}");
            }
        }
        let parts = package::parts(&sample());
        for target in values(&relationships, "Relationship", "Target") {
            let path = target.strip_prefix("../").map_or_else(|| format!("word/{target}"), str::to_owned);
            assert!(parts.iter().any(|(name, _)| *name == path), "{target}");
        }
    }

    #[test]
    fn lines_become_paragraphs_and_hostile_text_stays_text() {
        let body = part("word/document.xml");
        assert!(!body.contains("<w:br"));
        assert!(body.contains("&lt;w:br/&gt; &amp; \\u{0}\\u{202e}"));
        assert!(body.contains(">Dòng một</w:t></w:r></w:p><w:p>"));
    }

    #[test]
    fn what_is_written_is_read_again_with_what_it_was_written_from() {
        let sample = sample();
        let read = draft::read(render(&sample).unwrap().as_ref()).unwrap();
        let shown = |text: &str| Visible::from(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let lines = draft::lines(&sample, NaiveDate::MIN);
        assert_eq!(
            read.lines
                .iter()
                .map(|line| (line.text.clone(), line.table))
                .filter(|(_, table)| !table)
                .collect::<Vec<_>>(),
            lines
                .iter()
                .map(|line| (shown(&line.text), line.table))
                .filter(|(_, table)| !table)
                .collect::<Vec<_>>()
        );
        assert_eq!(read.lines.len(), lines.len());
        assert_eq!(read.base, sample.base);
        assert_eq!(
            format!("{:?}", read.found),
            "Found { comments: [], formatted: 0, footnotes: 0, hidden: [], unseen: [], struck: [], faint: [], margins: [\"DỮ LIỆU MINH HỌA\"], \
             pictures: 0, boxes: 0, tracked: 0 }"
        );
    }

    fn part(wanted: &str) -> Visible {
        package::parts(&sample()).into_iter().find(|(name, _)| *name == wanted).unwrap().1
    }

    /// Reads a whole part and gives the values of an attribute of the elements so named.
    fn values(part: &str, element: &str, attribute: &str) -> Vec<String> {
        let mut values = Vec::new();
        let mut depth = 0;
        let mut reader = Reader::from_str(part);
        reader.config_mut().expand_empty_elements = true;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => {
                    depth += 1;
                    for found in tag.attributes() {
                        let found = found.unwrap();
                        let value = found.normalized_value(XmlVersion::Explicit1_0).unwrap();
                        if tag.name().as_ref() == element && found.key.as_ref() == attribute {
                            values.push(value.into_owned());
                        }
                    }
                }
                Event::End(_) => depth -= 1,
                Event::Eof => {
                    assert_eq!(depth, 0);
                    return values;
                }
                _ => {}
            }
        }
    }
}
