//! A file as it was sent, before any cell of it is read: is it a spreadsheet, does it carry a form's mark, does what it
//! unpacks to fit a form. Whose it is comes before how large it is. Keeps nothing of what it unpacks.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::result::ZipResult;

use super::hidden::Hidden;
use super::problem::{Refusal, broken, too_much};
use super::{SHEET_MARK, beside, sober};
use crate::vietnamese::number;

/// Forms are 20–60 KB, 300–700 KB unpacked; somebody may have added a picture.
const MAX_BYTES: u64 = 10_000_000;
const MAX_UNPACKED: u64 = 30_000_000;
const MAX_PARTS: usize = 1_000;
/// How far the mark of a form is looked for.
const MAX_LOOKED: u64 = 200_000_000;

pub(super) fn not_a_form() -> Refusal {
    Refusal::new(
        "không phải biểu mẫu do “plan form export” lập, hoặc các trang, dòng, cột ẩn của biểu mẫu đã bị xóa",
        "chép nội dung vào biểu mẫu đã phát",
    )
}

/// What a spreadsheet is looked at for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sought {
    Form,
    /// Rows of anything else.
    Rows,
}

/// What each part hides of its cells, by its name in small letters.
///
/// # Errors
/// When the file is not what is sought, or is too large or broken.
pub(super) fn check(file: &mut (impl Read + Seek), sought: Sought) -> Result<BTreeMap<String, Hidden>, Refusal> {
    is_spreadsheet(file)?;
    let listed = listed(file)?;
    let mut archive = ZipArchive::new(&mut *file).map_err(|_| broken())?;
    let names = archive.file_names().map(|name| Ok(name?.to_lowercase().replace('\\', "/")));
    let names: Vec<String> = names.collect::<ZipResult<_>>().map_err(|_| broken())?;
    let told_apart: BTreeSet<&str> = names.iter().map(|name| name.trim_start_matches('/')).collect();
    if !names.iter().any(|name| name.ends_with("workbook.xml")) {
        let remedy = "điền vào biểu mẫu đã phát, lưu dạng Excel Workbook .xlsx";
        return Err(Refusal::new("không phải tệp bảng tính .xlsx", remedy));
    }
    if told_apart.len() < names.len() || listed.is_some_and(|listed| listed != names.len()) {
        return Err(Refusal::new(
            "tệp không do phần mềm bảng tính ghi: có hai phần cùng tên, mỗi phần mềm mở ra một nội dung",
            "mở tệp bằng Excel hoặc LibreOffice, xem lại nội dung, lưu lại dạng .xlsx",
        ));
    }
    let (marked, fits) = unpacked(&mut archive)?;
    match (sought, marked) {
        (Sought::Form, false) => return Err(not_a_form()),
        (Sought::Rows, true) => return Err(Refusal::new("là biểu mẫu", "nhận như biểu mẫu")),
        _ => {}
    }
    let mut hidden = BTreeMap::new();
    for at in (0..names.len()).filter(|_| fits) {
        let mut content = Vec::new();
        let part = archive.by_index(at).map_err(|_| broken())?;
        part.take(MAX_UNPACKED).read_to_end(&mut content).map_err(|_| broken())?;
        let part = sober::check(&content).map_err(|refusal| in_sheet(refusal, &names[at], &mut archive))?;
        hidden.insert(names[at].clone(), part);
    }
    let size = file.seek(SeekFrom::End(0)).map_err(|_| broken())?;
    if size > MAX_BYTES {
        return Err(too_much(format!("tệp quá lớn ({} KB)", number(u128::from(size.div_ceil(1000))))));
    }
    if names.len() > MAX_PARTS || !fits {
        return Err(too_much("tệp phình quá lớn khi mở"));
    }
    file.rewind().map_err(|_| broken())?;
    Ok(hidden)
}

/// A refusal of a cell with the sheet that it stands in, where the workbook tells it.
fn in_sheet(mut refusal: Refusal, part: &str, archive: &mut ZipArchive<impl Read + Seek>) -> Refusal {
    if !refusal.reason.contains(", ô ") {
        return refusal;
    }
    let sheets = beside::sheets(archive).unwrap_or_default();
    if let Some(sheet) = sheets.iter().find(|sheet| sheet.part.eq_ignore_ascii_case(part)) {
        refusal.reason = refusal.reason.replacen(", ô ", &format!(", ô {}!", sheet.name), 1);
    }
    refusal
}

/// How many parts the archive lists at its end, of which the library keeps the last of each name; `None` where it does not say.
///
/// # Errors
/// When the file cannot be read.
fn listed(file: &mut (impl Read + Seek)) -> Result<Option<usize>, Refusal> {
    const END: &[u8] = b"PK\x05\x06";
    /// With the longest comment.
    const MOST: u64 = 22 + u16::MAX as u64;
    let size = file.seek(SeekFrom::End(0)).map_err(|_| broken())?;
    file.seek(SeekFrom::Start(size.saturating_sub(MOST))).map_err(|_| broken())?;
    let mut tail = Vec::new();
    file.by_ref().take(MOST).read_to_end(&mut tail).map_err(|_| broken())?;
    let end = tail.windows(END.len()).rposition(|part| part == END);
    let count = end.and_then(|end| Some(u16::from_le_bytes(tail.get(end + 10..end + 12)?.try_into().ok()?)));
    // Of more, another record tells.
    Ok(count.filter(|count| *count < u16::MAX).map(usize::from))
}

fn is_spreadsheet(file: &mut (impl Read + Seek)) -> Result<(), Refusal> {
    const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    file.rewind().map_err(|_| broken())?;
    let mut head = Vec::new();
    file.by_ref().take(OLE.len() as u64).read_to_end(&mut head).map_err(|_| broken())?;
    if head == OLE {
        return Err(Refusal::new(
            "tệp có mật khẩu hoặc ở dạng Excel cũ (.xls)",
            "bỏ mật khẩu, lưu dạng Excel Workbook .xlsx",
        ));
    }
    if !head.starts_with(b"PK") {
        return Err(Refusal::new("không phải tệp bảng tính .xlsx", "điền vào biểu mẫu đã phát, lưu dạng .xlsx"));
    }
    Ok(())
}

/// Whether there is the mark of a form's hidden sheet, and whether the parts fit a form: each is unpacked once, since sizes
/// that a file declares may be lies.
///
/// # Errors
/// When a part is broken.
fn unpacked(archive: &mut ZipArchive<impl Read + Seek>) -> Result<(bool, bool), Refusal> {
    let mark = format!("{SHEET_MARK}mark:");
    let (mut unpacked, mut marked, mut spoilt) = (0, false, false);
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|_| broken())?;
        let mut piece = vec![0; 1 << 16];
        let mut kept = 0;
        while unpacked <= MAX_LOOKED && !(marked && unpacked > MAX_UNPACKED) {
            let Ok(read @ 1..) = part.read(&mut piece[kept..]).map_err(|_| spoilt = true) else { break };
            unpacked += read as u64;
            let there = &piece[..kept + read];
            marked |= there.windows(mark.len()).any(|part| part == mark.as_bytes());
            // The mark may stand across two pieces.
            let rest = there.len().saturating_sub(mark.len())..there.len();
            kept = rest.len();
            piece.copy_within(rest, 0);
        }
    }
    if spoilt { Err(broken()) } else { Ok((marked, unpacked <= MAX_UNPACKED)) }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn what_is_no_spreadsheet_is_told_from_what_is_locked() {
        for (bytes, words) in [
            (&b"agency,round"[..], "không phải tệp bảng tính"),
            (&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0][..], "mật khẩu"),
            (&b"PK\x03\x04spoilt"[..], "tệp hỏng"),
            (&b""[..], "không phải tệp bảng tính"),
        ] {
            let refusal = check(&mut Cursor::new(bytes), Sought::Form).unwrap_err();
            assert!(refusal.reason.contains(words), "{refusal:?}");
        }
    }

    #[test]
    fn whose_it_is_comes_before_how_large_it_is() {
        // Across two pieces, at the end of a large part, not at all.
        let mark = format!("{SHEET_MARK}mark:2026:annual:so-y-te");
        let across = " ".repeat((1 << 16) - 8) + &mark;
        let after = |size: usize| " ".repeat(size) + &mark;
        for (workbook, sheet, words) in [
            ("xl/workbook.xml", mark.clone(), None),
            ("xl/workbook.xml", across, None),
            ("xl/workbook.xml", after(MAX_UNPACKED as usize + 1), Some("phình quá lớn")),
            ("xl/workbook.xml", " ".repeat(MAX_UNPACKED as usize + 1), Some("không phải biểu mẫu")),
            ("xl/workbook.xml", String::new(), Some("không phải biểu mẫu")),
            ("word/document.xml", mark.clone(), Some("không phải tệp bảng tính")),
        ] {
            let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
            for (name, content) in [(workbook, ""), ("xl/worksheets/sheet1.xml", sheet.as_str())] {
                archive.start_file(name, SimpleFileOptions::default()).unwrap();
                archive.write_all(content.as_bytes()).unwrap();
            }
            let refusal = check(&mut archive.finish().unwrap(), Sought::Form).err().map(|refusal| refusal.reason);
            assert_eq!(refusal.is_some(), words.is_some(), "{refusal:?}");
            assert!(refusal.unwrap_or_default().contains(words.unwrap_or_default()), "{words:?}");
        }
    }

    #[test]
    fn what_the_library_keeps_beside_cells_is_bounded_wherever_it_stands() {
        let styles = |inside: &str, count: usize| {
            format!("<styleSheet>{inside}<cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(count))
        };
        for (part, fits) in [
            // As many as spreadsheets make, each with how it is laid out.
            (
                format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf><alignment/></xf>".repeat(65_490)),
                true,
            ),
            (styles("", 200_001), false),
            (styles("<!-- sheetData -->", 100_000), true),
            (styles("<!-- sheetData -->", 200_001), false),
            (format!("<workbook><sheets>{}</sheets></workbook>", "<sheet/>".repeat(200_001)), false),
            // A picture.
            (format!("\u{89}PNG{}", "<a".repeat(300_000)), true),
        ] {
            assert_eq!(
                sober::check(part.as_bytes()).is_ok(),
                fits,
                "{}",
                part.chars().take(60).collect::<String>()
            );
        }
    }

    #[test]
    fn parts_of_one_name_are_seen_however_it_is_written() {
        const SHEET: &str = "xl/worksheets/sheet1.xml";
        for (other, twice) in [
            ("xl/worksheets/sheet2.xml", false),
            ("xl/worksheets/Sheet1.xml", true),
            ("xl\\worksheets\\sheet1.xml", true),
            ("/xl/worksheets/sheet1.xml", true),
            ("xl/worksheets/sheetX.xml", true),
        ] {
            let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
            let mark = format!("{SHEET_MARK}mark:2026:annual:so-y-te");
            for (name, content) in [("xl/workbook.xml", ""), (SHEET, mark.as_str()), (other, mark.as_str())] {
                archive.start_file(name, SimpleFileOptions::default()).unwrap();
                archive.write_all(content.as_bytes()).unwrap();
            }
            // The library writes no name twice.
            let mut bytes = archive.finish().unwrap().into_inner();
            if other.ends_with("X.xml") {
                for at in 0..bytes.len() - other.len() {
                    if bytes[at..].starts_with(other.as_bytes()) {
                        bytes[at..at + SHEET.len()].copy_from_slice(SHEET.as_bytes());
                    }
                }
            }
            let refusal = check(&mut Cursor::new(bytes), Sought::Form).err().map(|refusal| refusal.reason);
            assert_eq!(refusal.is_some_and(|reason| reason.contains("hai phần cùng tên")), twice, "{other}");
        }
    }

    #[test]
    fn a_refused_cell_is_named_with_its_sheet() {
        const RELATIONS: &str = "<Relationships><Relationship Id=\"r\" Type=\"x/worksheet\" Target=\"worksheets/a.xml\"/></Relationships>";
        let sheet = format!(
            "<worksheet><sheetData><row r=\"16\"><c r=\"D16\"><v>1&#57;</v></c></row></sheetData><!--{SHEET_MARK}mark:--></worksheet>"
        );
        for (named, told) in [("r", "ô Kết quả!D16"), ("other", "ô D16")] {
            let workbook =
                format!("<workbook><sheets><sheet name=\"Kết quả\" r:id=\"{named}\"/></sheets></workbook>");
            let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
            for (name, content) in [
                ("xl/workbook.xml", workbook.as_str()),
                ("xl/_rels/workbook.xml.rels", RELATIONS),
                ("xl/worksheets/a.xml", sheet.as_str()),
            ] {
                archive.start_file(name, SimpleFileOptions::default()).unwrap();
                archive.write_all(content.as_bytes()).unwrap();
            }
            let refusal = check(&mut archive.finish().unwrap(), Sought::Form).unwrap_err();
            assert!(refusal.reason.contains(told), "{refusal:?}");
        }
    }
}
