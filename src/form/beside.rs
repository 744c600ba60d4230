//! What stands in a form beside its cells, where nothing is read: notes on cells, text boxes, pictures. It is found so that it
//! can be named; it never becomes a part of a report.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use super::problem::{Place, Problem, Refusal, broken, short};

/// More than anybody reads.
const MAX_NAMED: usize = 100;

/// A note, a box or a picture: at which row and column, from 0, and what it says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    row: u32,
    column: u32,
    text: String,
}

/// What is beside the cells of each sheet, in the order of the workbook.
///
/// # Errors
/// When a part cannot be read.
pub(super) fn find(file: impl Read + Seek) -> Result<Vec<Problem>, Refusal> {
    let mut archive = ZipArchive::new(file).map_err(|_| broken())?;
    let mut names = archive.file_names().flatten();
    let workbook =
        names.find(|name| name.to_lowercase().ends_with("workbook.xml")).ok_or_else(broken)?.into_owned();
    drop(names);
    let sheets = elements(&part(&mut archive, &workbook)?, &["sheet"], &["name", "id"])?;
    let mut leads = relations(&mut archive, &workbook)?;
    let mut problems = Vec::new();
    for sheet in sheets {
        let [Some(name), Some(id)] = &sheet[..] else { continue };
        let Some((_, at)) = leads.remove(id) else { continue };
        for (kind, target) in relations(&mut archive, &at)?.into_values() {
            let what = match kind.rsplit('/').next() {
                Some("comments" | "threadedComment") => "ghi chú",
                Some("drawing") => "khung chữ hoặc hình",
                Some("oleObject" | "package" | "control") => "tệp đính kèm",
                _ => continue,
            };
            let found = if what == "tệp đính kèm" {
                vec![Found::default()]
            } else {
                found(&part(&mut archive, &target)?)?
            };
            // Programs of before show this in place of a conversation, which is a part of its own.
            let found = found.into_iter().filter(|found| !found.text.starts_with("[Threaded comment]"));
            problems.extend(found.map(|found| {
                let says =
                    if found.text.is_empty() { String::new() } else { format!(": “{}”", short(&found.text)) };
                Problem {
                    place: Some(Place { sheet: name.clone(), row: found.row, column: found.column }),
                    message: format!("{what} ở ô này không được đọc{says}"),
                    remedy: "nếu là nội dung báo cáo thì ghi vào ô nền vàng".to_owned(),
                }
            }));
        }
    }
    problems.truncate(MAX_NAMED);
    Ok(problems)
}

fn part(archive: &mut ZipArchive<impl Read + Seek>, name: &str) -> Result<String, Refusal> {
    let mut content = String::new();
    let same = |at: &usize| {
        archive.name_for_index(*at).is_some_and(|known| known.is_ok_and(|known| known.eq_ignore_ascii_case(name)))
    };
    let at = (0..archive.len()).find(same).ok_or_else(broken)?;
    archive.by_index(at).map_err(|_| broken())?.read_to_string(&mut content).map_err(|_| broken())?;
    Ok(content)
}

/// Where a part leads to, by id: the kind and the name of the other part. What lies outside the file is not there.
fn relations(
    archive: &mut ZipArchive<impl Read + Seek>,
    of: &str,
) -> Result<BTreeMap<String, (String, String)>, Refusal> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let path = format!("{folder}/_rels/{name}.rels");
    if archive.index_for_name(&path).is_none() {
        return Ok(BTreeMap::new());
    }
    let found = elements(&part(archive, &path)?, &["Relationship"], &["Id", "Type", "Target", "TargetMode"])?;
    let relations = found.into_iter().filter_map(|found| match &found[..] {
        [Some(id), Some(kind), Some(target), None] => Some((id.clone(), (kind.clone(), joined(folder, target)))),
        _ => None,
    });
    Ok(relations.collect())
}

/// `xl/worksheets` and `../drawings/a.xml` → `xl/drawings/a.xml`.
fn joined(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut folders: Vec<&str> = folder.split('/').collect();
    let mut rest = target;
    while let Some(above) = rest.strip_prefix("../") {
        folders.pop();
        rest = above;
    }
    folders.push(rest);
    folders.join("/")
}

/// Some attributes of every element that goes by one of some names, whatever the namespaces.
fn elements(xml: &str, names: &[&str], attributes: &[&str]) -> Result<Vec<Vec<Option<String>>>, Refusal> {
    let mut reader = Reader::from_str(xml);
    let mut elements = Vec::new();
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(tag) | Event::Empty(tag) if names.contains(&tag.local_name().as_ref()) => {
                elements.push(attributes.iter().map(|name| attribute(&tag, name)).collect());
            }
            Event::Eof => return Ok(elements),
            _ => {}
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|found| found.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Explicit1_0).ok()?.into_owned())
}

/// The notes or boxes of a part.
fn found(xml: &str) -> Result<Vec<Found>, Refusal> {
    let mut reader = Reader::from_str(xml);
    let (mut all, mut within): (Vec<Found>, String) = (Vec::new(), String::new());
    loop {
        let event = reader.read_event().map_err(|_| broken())?;
        match (&event, all.last_mut()) {
            (Event::Start(tag) | Event::Empty(tag), _) => {
                within = tag.local_name().as_ref().to_owned();
                match within.as_str() {
                    "comment" | "threadedComment" => {
                        let (column, row) = place(&attribute(tag, "ref").unwrap_or_default());
                        all.push(Found { row, column, text: String::new() });
                    }
                    "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => all.push(Found::default()),
                    _ => {}
                }
            }
            (Event::Text(text), Some(last)) => match within.as_str() {
                "t" | "text" => last.text += &text.xml10_content(),
                "col" if last.column == 0 => last.column = text.xml10_content().trim().parse().unwrap_or(0),
                "row" if last.row == 0 => last.row = text.xml10_content().trim().parse().unwrap_or(0),
                _ => {}
            },
            (Event::GeneralRef(name), Some(last)) if matches!(within.as_str(), "t" | "text") => {
                let known = quick_xml::escape::resolve_predefined_entity(name.as_ref()).map(str::to_owned);
                let written = || name.resolve_char_ref().ok().flatten().map(String::from);
                last.text += &known.or_else(written).unwrap_or_default();
            }
            (Event::End(tag), Some(last)) => {
                // A paragraph ends.
                if tag.local_name().as_ref() == "p" {
                    last.text.push(' ');
                }
                within.clear();
            }
            (Event::Eof, _) => return Ok(all),
            _ => {}
        }
    }
}

/// `D14` → its column and row, from 0.
fn place(written: &str) -> (u32, u32) {
    let letters = written.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters
        .fold(0_u32, |sum, c| sum.saturating_mul(26).saturating_add(u32::from(c.to_ascii_uppercase() - b'A') + 1));
    let row: u32 = written.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().unwrap_or(1);
    (column.saturating_sub(1), row.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_and_boxes_are_found_with_their_places() {
        let at = |row, column, text: &str| Found { row, column, text: text.to_owned() };
        for (xml, all) in [
            (
                "<comments><authors><author>t</author></authors><commentList><comment ref=\"D46\" authorId=\"0\"><text>\
                 <r><t>Chưa gồm </t></r><r><t>quý &lt;IV&gt;</t></r></text></comment></commentList></comments>",
                vec![at(45, 3, "Chưa gồm quý <IV>")],
            ),
            (
                "<ThreadedComments><threadedComment ref=\"AA1\"><text>a&#7879;</text></threadedComment></ThreadedComments>",
                vec![at(0, 26, "aệ")],
            ),
            (
                "<xdr:wsDr><xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row></xdr:from>\
                 <xdr:to><xdr:col>9</xdr:col><xdr:row>9</xdr:row></xdr:to><xdr:sp><a:p><a:t>Ý kiến</a:t></a:p></xdr:sp></xdr:twoCellAnchor>\
                 <xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col></xdr:from><xdr:pic/></xdr:oneCellAnchor></xdr:wsDr>",
                vec![at(4, 2, "Ý kiến "), at(0, 1, "")],
            ),
            ("<xdr:wsDr/>", Vec::new()),
        ] {
            assert_eq!(found(xml).unwrap(), all);
        }
        assert!(found("<a><b></a>").is_err());
    }

    #[test]
    fn parts_are_found_from_where_they_are_named() {
        for (folder, target, whole) in [
            ("xl/worksheets", "../drawings/a.xml", "xl/drawings/a.xml"),
            ("xl", "worksheets/a.xml", "xl/worksheets/a.xml"),
            ("xl", "/xl/a.xml", "xl/a.xml"),
        ] {
            assert_eq!(joined(folder, target), whole);
        }
    }
}
