//! What stands in a form beside its cells, where nothing is read: notes on cells, text boxes, pictures, where a link leads. It is
//! found so that it can be named; it never becomes a part of a report.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use super::hidden::{Conditional, Hidden, MAX_RANGES};
use super::looks::{self, Looks};
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

/// What is beside the cells of each sheet, in the order of the workbook; `shown` tells the words of a cell.
///
/// # Errors
/// When a part cannot be read.
pub(super) fn find(
    file: impl Read + Seek,
    shown: impl Fn(&Place) -> Option<String>,
) -> Result<Vec<Problem>, Refusal> {
    let mut archive = ZipArchive::new(file).map_err(|_| broken())?;
    let mut problems = Vec::new();
    for Sheet { name, part: at, .. } in sheets(&mut archive)? {
        problems.extend(links(&mut archive, &at)?.into_iter().filter_map(|found| {
            let place = Place { sheet: name.clone(), row: found.row, column: found.column };
            // Spreadsheets make a link of what is typed like one.
            let is_shown = shown(&place).is_some_and(|words| words.contains(found.text.trim_end_matches('/')));
            (!is_shown).then(|| Problem {
                place: Some(place),
                message: format!("đường dẫn gắn ở ô này không được đọc: “{}”", short(&found.text)),
                remedy: "nếu là nội dung báo cáo thì ghi đường dẫn thành chữ trong ô".to_owned(),
            })
        }));
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

/// What is hidden of each sheet, by its name, and how parts of texts look in all of them; `parts` tells of each part what is
/// hidden of the cells in it.
///
/// # Errors
/// When a part cannot be read.
pub(super) fn hidden(
    file: impl Read + Seek,
    mut parts: BTreeMap<String, Hidden>,
) -> Result<(BTreeMap<String, Hidden>, Looks), Refusal> {
    let mut archive = ZipArchive::new(file).map_err(|_| broken())?;
    let has_formats = parts.values().any(|part| !part.formats.is_empty());
    let styles = parts.keys().find(|name| has_formats && name.ends_with("styles.xml"));
    let hiding = match styles {
        Some(styles) => looks::hiding(&part(&mut archive, styles)?)?,
        None => Vec::new(),
    };
    let texts = parts.values_mut().flat_map(|part| std::mem::take(&mut part.texts)).collect();
    let sheets = sheets(&mut archive)?.into_iter().map(|Sheet { name, part, is_hidden }| {
        let mut hidden = parts.remove(&part.to_lowercase()).unwrap_or_default();
        hidden.sheet = is_hidden;
        let hides =
            |of: &Conditional| of.hides || of.formats.iter().any(|format| hiding.get(*format) == Some(&true));
        let hides = std::mem::take(&mut hidden.formats).into_iter().filter(hides);
        hidden.conditional = hides.flat_map(|of| of.cells).take(MAX_RANGES).collect();
        if hidden.conditional.len() == MAX_RANGES {
            hidden.conditional = vec![((0, u32::MAX), (0, u32::MAX))];
        }
        (name, hidden)
    });
    Ok((sheets.collect(), texts))
}

/// A sheet as the workbook lists it.
pub(super) struct Sheet {
    pub(super) name: String,
    /// The name of the part that holds its cells.
    pub(super) part: String,
    is_hidden: bool,
}

/// # Errors
/// When a part cannot be read.
pub(super) fn sheets(archive: &mut ZipArchive<impl Read + Seek>) -> Result<Vec<Sheet>, Refusal> {
    let mut names = archive.file_names().flatten();
    let workbook =
        names.find(|name| name.to_lowercase().ends_with("workbook.xml")).ok_or_else(broken)?.into_owned();
    drop(names);
    let sheets = elements(&part(archive, &workbook)?, &["sheet"], &["state", "name", "id"])?;
    let mut leads = relations(archive, &workbook)?;
    let named = sheets.into_iter().filter_map(|mut sheet| {
        let (_, part) = leads.remove(sheet.pop()??.as_str())?;
        let name = sheet.pop()??;
        let is_hidden = sheet.pop()?.is_some_and(|state| state != "visible");
        Some(Sheet { name, part, is_hidden })
    });
    Ok(named.collect())
}

/// The links of a sheet that lead out of the file, each at its first cell.
fn links(archive: &mut ZipArchive<impl Read + Seek>, sheet: &str) -> Result<Vec<Found>, Refusal> {
    let targets = external(archive, sheet)?;
    if targets.is_empty() {
        return Ok(Vec::new());
    }
    let links = elements(&part(archive, sheet)?, &["hyperlink"], &["ref", "id"])?;
    let links = links.into_iter().filter_map(|link| {
        let [Some(cells), Some(id)] = &link[..] else { return None };
        let (column, row) = place(cells.split(':').next()?);
        let target = targets.get(id)?;
        Some(Found { row, column, text: target.strip_prefix("mailto:").unwrap_or(target).to_owned() })
    });
    Ok(links.collect())
}

pub(super) fn part(archive: &mut ZipArchive<impl Read + Seek>, name: &str) -> Result<String, Refusal> {
    let mut content = String::new();
    let same = |at: &usize| {
        archive.name_for_index(*at).is_some_and(|known| known.is_ok_and(|known| known.eq_ignore_ascii_case(name)))
    };
    let at = (0..archive.len()).find(same).ok_or_else(broken)?;
    archive.by_index(at).map_err(|_| broken())?.read_to_string(&mut content).map_err(|_| broken())?;
    Ok(content)
}

/// Where a part leads to within the file, by id: the kind and the name of the other part.
fn relations(
    archive: &mut ZipArchive<impl Read + Seek>,
    of: &str,
) -> Result<BTreeMap<String, (String, String)>, Refusal> {
    let folder = of.rsplit_once('/').map_or("", |(folder, _)| folder);
    let relations = led(archive, of)?.into_iter().filter_map(|found| match &found[..] {
        [Some(id), Some(kind), Some(target), None] => Some((id.clone(), (kind.clone(), joined(folder, target)))),
        _ => None,
    });
    Ok(relations.collect())
}

/// Where its links lead to outside of the file, by id.
fn external(archive: &mut ZipArchive<impl Read + Seek>, of: &str) -> Result<BTreeMap<String, String>, Refusal> {
    let links = led(archive, of)?.into_iter().filter_map(|found| match &found[..] {
        [Some(id), Some(kind), Some(target), Some(_)] if kind.ends_with("/hyperlink") => {
            Some((id.clone(), target.clone()))
        }
        _ => None,
    });
    Ok(links.collect())
}

/// What a part leads to: the id, the kind, the target, and whether it lies outside of the file.
fn led(archive: &mut ZipArchive<impl Read + Seek>, of: &str) -> Result<Vec<Vec<Option<String>>>, Refusal> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let path = format!("{folder}/_rels/{name}.rels");
    if archive.index_for_name(&path).is_none() {
        return Ok(Vec::new());
    }
    elements(&part(archive, &path)?, &["Relationship"], &["Id", "Type", "Target", "TargetMode"])
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

/// What `&amp;` and `&#7879;` stand for.
pub(super) fn character(name: &BytesRef<'_>) -> String {
    let known = quick_xml::escape::resolve_predefined_entity(name.as_ref()).map(str::to_owned);
    let written = || name.resolve_char_ref().ok().flatten().map(String::from);
    known.or_else(written).unwrap_or_default()
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
                last.text += &character(name);
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

    #[test]
    fn where_a_link_leads_is_told_unless_the_cell_says_it() {
        let rels = |of: &str| format!("<Relationships>{of}</Relationships>");
        let (office, outside) =
            ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", " TargetMode=\"External\"");
        let link = |target: &str| {
            rels(&format!("<Relationship Id=\"a\" Type=\"{office}/hyperlink\" Target=\"{target}\"{outside}/>"))
        };
        for (of_sheet, words, told) in [
            (
                link("http://a.vn/kh.pdf"),
                "Kế hoạch số 5",
                Some("đường dẫn gắn ở ô này không được đọc: “http://a.vn/kh.pdf”"),
            ),
            (link("http://a.vn/kh.pdf"), "Kế hoạch: http://a.vn/kh.pdf", None),
            (link("http://a.vn/"), "http://a.vn", None),
            (link("mailto:a@b.vn"), "a@b.vn", None),
            (link("file:///C:/kh.pdf"), "", Some("file:///C:/kh.pdf")),
            (rels(""), "Kế hoạch số 5", None),
        ] {
            let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            let sheet = format!("<Relationship Id=\"s\" Type=\"{office}/worksheet\" Target=\"worksheets/a.xml\"/>");
            let parts = [
                (
                    "xl/workbook.xml",
                    "<workbook><sheets><sheet name=\"A\" r:id=\"s\"/></sheets></workbook>".to_owned(),
                ),
                ("xl/_rels/workbook.xml.rels", rels(&sheet)),
                (
                    "xl/worksheets/a.xml",
                    "<worksheet><hyperlinks><hyperlink ref=\"D14\" r:id=\"a\"/></hyperlinks></worksheet>"
                        .to_owned(),
                ),
                ("xl/worksheets/_rels/a.xml.rels", of_sheet.clone()),
            ];
            for (name, content) in parts {
                archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
                std::io::Write::write_all(&mut archive, content.as_bytes()).unwrap();
            }
            let shown = |place: &Place| (place.to_string() == "A!D14").then(|| words.to_owned());
            let found = find(archive.finish().unwrap(), shown).unwrap();
            assert_eq!(found.len(), usize::from(told.is_some()), "{of_sheet}, {words}: {found:?}");
            assert!(told.is_none_or(|told| found[0].message.contains(told)), "{of_sheet}: {found:?}");
        }
    }
}
