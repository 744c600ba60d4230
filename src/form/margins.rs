//! What is printed at the head and the foot of the pages of a sheet, where nothing is read.

use std::io::{Read, Seek};

use quick_xml::events::Event;
use quick_xml::reader::Reader;
use zip::ZipArchive;

use super::beside::character;
use super::problem::{Place, Problem, Refusal, broken, short};
use super::{Form, beside};

/// Words at the head or the foot of a sheet's pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Margin {
    pub(super) sheet: String,
    pub(super) text: String,
}

impl Margin {
    pub(super) fn told(&self) -> Problem {
        Problem {
            place: Some(Place { sheet: self.sheet.clone(), row: 0, column: 0 }),
            message: format!(
                "chữ ở đầu trang, cuối trang in của trang này không được đọc: “{}”",
                short(&self.text)
            ),
            remedy: "nếu là nội dung báo cáo thì ghi vào ô nền vàng".to_owned(),
        }
    }
}

/// What the sheets of a workbook say there, in its order.
///
/// # Errors
/// When a part cannot be read.
pub(super) fn find(file: impl Read + Seek) -> Result<Vec<Margin>, Refusal> {
    let mut archive = ZipArchive::new(file).map_err(|_| broken())?;
    let mut found = Vec::new();
    for sheet in beside::sheets(&mut archive)? {
        let texts = margins(&beside::part(&mut archive, &sheet.part)?)?;
        found.extend(texts.into_iter().map(|text| Margin { sheet: sheet.name.clone(), text }));
    }
    Ok(found)
}

/// Whether a form says it itself: whose it is, which sheet and page.
pub(super) fn is_own(text: &str, form: &Form) -> bool {
    let agency =
        text.strip_suffix('…').map_or(text == form.agency_name, |begin| form.agency_name.starts_with(begin));
    agency || form.sheets.iter().any(|sheet| text == format!("{} – trang /", sheet.name))
}

/// The words at the head and the foot of a sheet's pages, of each part once; `xml` is the sheet.
///
/// # Errors
/// When it is broken.
fn margins(xml: &str) -> Result<Vec<String>, Refusal> {
    if !xml.contains("eader") && !xml.contains("ooter") {
        return Ok(Vec::new());
    }
    let mut reader = Reader::from_str(xml);
    let (mut all, mut within): (Vec<String>, Option<String>) = (Vec::new(), None);
    loop {
        match (reader.read_event().map_err(|_| broken())?, &mut within) {
            (Event::Start(tag), _) => {
                let name = tag.local_name();
                within = ["Header", "Footer"].iter().any(|end| name.as_ref().ends_with(end)).then(String::new);
            }
            (Event::Text(text), Some(code)) => *code += &text.xml10_content(),
            (Event::GeneralRef(name), Some(code)) => *code += &character(&name),
            (Event::End(_), _) => {
                for text in within.take().iter().flat_map(|code| words(code)) {
                    if text.contains(char::is_alphanumeric) && !all.contains(&text) {
                        all.push(text);
                    }
                }
            }
            (Event::Eof, _) => return Ok(all),
            _ => {}
        }
    }
}

/// The words on the left, in the middle and on the right of `&L&"Times New Roman"&9Sở Y tế&R&P`, without what stands for pages,
/// days and names of files.
fn words(code: &str) -> Vec<String> {
    let (mut parts, mut chars) = (vec![String::new()], code.chars().peekable());
    while let Some(c) = chars.next() {
        let Some(part) = parts.last_mut() else { break };
        match (c, chars.peek().copied()) {
            ('&', Some('&')) => part.extend(chars.next()),
            ('&', Some('L' | 'C' | 'R')) => {
                chars.next();
                parts.push(String::new());
            }
            ('&', Some('"')) => {
                chars.next();
                chars.by_ref().find(|c| *c == '"');
            }
            // A colour by six signs.
            ('&', Some('K')) => drop(chars.by_ref().nth(6)),
            ('&', Some(size)) if size.is_ascii_digit() => while chars.next_if(char::is_ascii_digit).is_some() {},
            ('&', _) => drop(chars.next()),
            (c, _) => part.push(c),
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_margins_are_told_from_their_codes() {
        for (code, told) in [
            (
                "&L&\"Times New Roman\"&9Sở Y tế&R&\"Times New Roman\"&9Kết quả – trang &P/&N",
                &["Sở Y tế", "Kết quả – trang /"][..],
            ),
            ("&L&\"Times New Roman,Regular\"&9 389 && Ban&R", &["389 & Ban"]),
            ("Số vụ kiểm tra sửa thành 330", &["Số vụ kiểm tra sửa thành 330"]),
            ("&C&KFF0000&BMẬT&B", &["MẬT"]),
            ("&C&D &T&F", &[]),
            ("", &[]),
        ] {
            assert_eq!(words(code), told, "{code}");
        }
        let sheet = "<worksheet><sheetData><row><c><is><t>Header</t></is></c></row></sheetData><headerFooter>\
                     <oddHeader>&amp;CBáo cáo &amp;&amp; số</oddHeader><evenHeader>&amp;CBáo cáo &amp;&amp; số</evenHeader>\
                     <oddFooter>&amp;P</oddFooter></headerFooter></worksheet>";
        assert_eq!(margins(sheet).unwrap(), ["Báo cáo & số"]);
    }
}
