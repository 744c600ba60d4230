//! The file around the body: properties, headers, the parts that never change, and the archive that holds them all.
//! Never stamps a time, so that the same document gives the same bytes.

use std::io::{Cursor, Write};

use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

use super::{
    body::{self, NAMESPACES},
    chart,
    paragraph::{self, Paragraph},
    xml::{Attributes, Xml},
};
use crate::doc::Document;

/// Every part of the file by its name; the content types come first, where readers look for them.
pub(super) fn parts(document: &Document) -> Vec<(String, String)> {
    let banner = document.banner.as_deref();
    let charts = chart::all(document);
    let with = |list: &str, end: &str, more: String| list.replace(end, &(more + end));
    let fixed = [
        (
            "[Content_Types].xml",
            with(include_str!("parts/content_types.xml"), "</Types>", chart::content_types(charts.len())),
        ),
        ("_rels/.rels", include_str!("parts/package.rels").into()),
        ("docProps/app.xml", extended_properties(document)),
        ("docProps/core.xml", core_properties(document)),
        (
            "word/_rels/document.xml.rels",
            with(include_str!("parts/document.rels"), "</Relationships>", chart::relationships(charts.len())),
        ),
        ("word/document.xml", body::part(document, &charts)),
        ("word/firstHeader.xml", header(banner, |xml| paragraph::empty(xml, "Header", |_| {}))),
        ("word/header.xml", header(banner, page_number)),
        ("word/settings.xml", include_str!("parts/settings.xml").into()),
        ("word/styles.xml", include_str!("parts/styles.xml").into()),
    ];
    let fixed = fixed.into_iter().map(|(name, content)| (name.to_owned(), content));
    let charts = charts.iter().enumerate().map(|(index, chart)| (chart::part_name(index), chart::part(chart)));
    fixed.chain(charts).collect()
}

pub(super) fn archive(parts: &[(String, String)]) -> anyhow::Result<Vec<u8>> {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::DEFAULT);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name.as_str(), options)?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn core_properties(document: &Document) -> String {
    let namespaces: Attributes = &[
        ("xmlns:cp", &"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", &"http://purl.org/dc/elements/1.1/"),
    ];
    Xml::part("cp:coreProperties", namespaces, |xml| {
        xml.element("dc:title", &[], |xml| xml.text(&document.title));
        xml.element("dc:creator", &[], |xml| xml.text(&document.author));
        xml.element("dc:language", &[], |xml| xml.text("vi-VN"));
    })
}

fn extended_properties(document: &Document) -> String {
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    Xml::part("Properties", &[("xmlns", &namespace)], |xml| {
        xml.element("Application", &[], |xml| xml.text(env!("CARGO_PKG_NAME")));
        xml.element("Company", &[], |xml| xml.text(&document.author));
    })
}

/// What stands in the top margin: the banner, if there is one, and under it `last`.
fn header(banner: Option<&str>, last: impl FnOnce(&mut Xml)) -> String {
    Xml::part("w:hdr", NAMESPACES, |xml| {
        if let Some(banner) = banner {
            Paragraph::new("Banner").write(xml, banner);
        }
        last(xml);
    })
}

fn page_number(xml: &mut Xml) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", "Header"));
        xml.element("w:fldSimple", &[("w:instr", &"PAGE")], |xml| {
            xml.element("w:r", &[], |xml| xml.element("w:t", &[], |xml| xml.text("2")));
        });
    });
}
