//! The file around the body: properties, headers, the parts that never change.

use super::{
    base,
    body::{self, NAMESPACES},
    chart,
    paragraph::{self, Paragraph},
};
use crate::doc::Document;
use crate::render::markup::{Attributes, Markup};
use crate::render::visible::Visible;

/// Every part of the file by its name; the content types come first, where readers look for them.
pub(super) fn parts(document: &Document) -> Vec<(String, Visible)> {
    let banner = document.banner.as_deref();
    let charts = chart::all(document);
    let base = document.base.as_ref();
    let with = |list: &str, end: &str, more: String| Visible::from(list.replace(end, &(more + end)));
    let types = chart::content_types(charts.len()) + base.map_or("", |_| base::CONTENT_TYPE);
    let relationships =
        chart::relationships(charts.len()) + &base.map_or_else(String::new, |_| base::relationship());
    let fixed = [
        ("[Content_Types].xml", with(include_str!("parts/content_types.xml"), "</Types>", types)),
        ("_rels/.rels", include_str!("parts/package.rels").into()),
        ("docProps/app.xml", extended_properties(document)),
        ("docProps/core.xml", core_properties(document)),
        (
            "word/_rels/document.xml.rels",
            with(include_str!("parts/document.rels"), "</Relationships>", relationships),
        ),
        ("word/document.xml", body::part(document, &charts)),
        ("word/firstHeader.xml", header(banner, |xml| paragraph::empty(xml, "Header", |_| {}))),
        ("word/header.xml", header(banner, page_number)),
        ("word/settings.xml", include_str!("parts/settings.xml").into()),
        ("word/styles.xml", include_str!("parts/styles.xml").into()),
    ];
    let fixed = fixed.into_iter().map(|(name, content)| (name.to_owned(), content));
    let charts = charts.iter().enumerate().map(|(index, chart)| (chart::part_name(index), chart::part(chart)));
    fixed.chain(charts).chain(base.into_iter().flat_map(base::parts)).collect()
}

fn core_properties(document: &Document) -> Visible {
    let namespaces: Attributes = &[
        ("xmlns:cp", &"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", &"http://purl.org/dc/elements/1.1/"),
    ];
    Markup::part("cp:coreProperties", namespaces, |xml| {
        xml.element("dc:title", &[], |xml| xml.text(&document.title));
        xml.element("dc:creator", &[], |xml| xml.text(&document.author));
        xml.element("dc:language", &[], |xml| xml.text("vi-VN"));
    })
}

fn extended_properties(document: &Document) -> Visible {
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    Markup::part("Properties", &[("xmlns", &namespace)], |xml| {
        xml.element("Application", &[], |xml| xml.text(env!("CARGO_PKG_NAME")));
        xml.element("Company", &[], |xml| xml.text(&document.author));
    })
}

/// What stands in the top margin: the banner, if there is one, and under it `last`.
fn header(banner: Option<&str>, last: impl FnOnce(&mut Markup)) -> Visible {
    Markup::part("w:hdr", NAMESPACES, |xml| {
        if let Some(banner) = banner {
            Paragraph::new("Banner").write(xml, banner);
        }
        last(xml);
    })
}

fn page_number(xml: &mut Markup) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", "Header"));
        xml.element("w:fldSimple", &[("w:instr", &"PAGE")], |xml| {
            xml.element("w:r", &[], |xml| xml.element("w:t", &[], |xml| xml.text("2")));
        });
    });
}
