//! The parts that carry the base of a draft: a custom XML part, whose properties make LibreOffice keep it.

use std::collections::BTreeMap;

use crate::doc::{Base, Line};
use crate::render::markup::{Attributes, Markup};
use crate::render::visible::Visible;

/// Never changes, so that the same document gives the same bytes.
const ITEM: &str = "{5B0F2C0E-6E0B-4D0B-9A55-6C1D5B1D7A01}";
const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml";

/// What `[Content_Types].xml` says of them.
pub(super) const CONTENT_TYPE: &str = r#"<Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>"#;

/// What `word/_rels/document.xml.rels` says of them.
pub(super) fn relationship() -> String {
    format!(r#"<Relationship Id="base" Type="{TYPE}" Target="../customXml/item1.xml"/>"#)
}

pub(super) fn parts(base: &Base) -> [(String, Visible); 3] {
    [
        ("customXml/item1.xml".to_owned(), item(base)),
        (
            "customXml/itemProps1.xml".to_owned(),
            Markup::framed(include_str!("parts/item_properties.xml"), |xml, name| {
                xml.text(if name == "id" { ITEM } else { Base::NAMESPACE })
            }),
        ),
        ("customXml/_rels/item1.xml.rels".to_owned(), include_str!("parts/item.rels").into()),
    ]
}

/// A line that was written as the data gave it is not told twice.
fn item(base: &Base) -> Visible {
    let about: Attributes = &[
        ("xmlns", &Base::NAMESPACE),
        ("round", &base.round),
        ("year", &base.year),
        ("province", &base.province),
        ("as_of", &base.as_of),
        ("edits", &base.edits.join(" ")),
        ("check", &base.check),
    ];
    let given: BTreeMap<&str, &String> = base.source.iter().map(|line| (line.id.as_str(), &line.text)).collect();
    Markup::part("draft", about, |xml| {
        for Line { id, text, table } in &base.source {
            let name = if *table { "table" } else { "line" };
            xml.element(name, &[("id", id)], |xml| xml.text(text));
        }
        for written in &base.written {
            match given.get(written.of.as_str()) {
                Some(text) if **text == written.text => xml.empty("written", &[("of", &written.of)]),
                _ => xml.element("written", &[("of", &written.of)], |xml| xml.text(&written.text)),
            }
        }
    })
}
