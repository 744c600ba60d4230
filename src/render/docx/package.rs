//! The file around the body: properties, headers, the parts that never change.

use super::{
    base,
    body::{self, NAMESPACES},
    chart,
    paragraph::{self, Paragraph},
};
use crate::doc::Document;
use crate::render::markup::Markup;
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
    let properties =
        |xml: &mut Markup, name: &str| xml.text(if name == "title" { &document.title } else { &document.author });
    let fixed = [
        ("[Content_Types].xml", with(include_str!("parts/content_types.xml"), "</Types>", types)),
        ("_rels/.rels", include_str!("parts/package.rels").into()),
        ("docProps/app.xml", Markup::framed(include_str!("parts/app.xml"), properties)),
        ("docProps/core.xml", Markup::framed(include_str!("parts/core.xml"), properties)),
        (
            "word/_rels/document.xml.rels",
            with(include_str!("parts/document.rels"), "</Relationships>", relationships),
        ),
        ("word/document.xml", body::part(document, &charts)),
        ("word/firstHeader.xml", header(banner, |xml| paragraph::empty(xml, "Header", |_| {}))),
        ("word/header.xml", header(banner, |xml| xml.frame(include_str!("parts/page_number.xml"), |_, _| {}))),
        ("word/settings.xml", include_str!("parts/settings.xml").into()),
        ("word/styles.xml", include_str!("parts/styles.xml").into()),
    ];
    let fixed = fixed.into_iter().map(|(name, content)| (name.to_owned(), content));
    let charts = charts.iter().enumerate().map(|(index, chart)| (chart::part_name(index), chart::part(chart)));
    fixed.chain(charts).chain(base.into_iter().flat_map(base::parts)).collect()
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
