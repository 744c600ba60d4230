//! A workbook as it was sent → its cells, each with its place. The file is hostile until read: sizes
//! are checked before anything is unpacked, cells are streamed, and nothing outside a form's bounds is taken.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::{Mark, SHEET_MARK};

/// Forms are 20–60 KB.
pub(crate) const MAX_BYTES: u64 = 10_000_000;
const MAX_UNPACKED: u64 = 50_000_000;
const MAX_PARTS: usize = 1_000;
/// More strings than cells that could hold them.
const MAX_STRINGS: u64 = 1_000_000;
const MAX_SHEETS: usize = 40;
/// No form comes near, with any number of rows inserted.
const MAX_ROWS: u32 = 5_000;
const MAX_COLUMNS: u32 = 60;

/// Why a file is not taken at all, in words, with the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) reason: String,
    pub(crate) remedy: String,
}

impl Refusal {
    pub(crate) fn new(reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { reason: reason.into(), remedy: remedy.into() }
    }
}

/// A cell as people find it: `Kết quả!D14`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) sheet: String,
    /// From 0.
    pub(crate) row: u32,
    pub(crate) column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut letters, mut rest) = (Vec::new(), self.column + 1);
        while rest > 0 {
            letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
            rest = (rest - 1) / 26;
        }
        let letters: String = letters.into_iter().rev().collect();
        write!(f, "{}!{letters}{}", self.sheet, self.row + 1)
    }
}

/// What is wrong with a cell, and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) place: Option<Place>,
    pub(crate) message: String,
    pub(crate) remedy: String,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Number(f64),
    /// A number shown as a date or a time.
    Serial(f64),
    /// ISO 8601.
    DateText(String),
    Bool,
    Error,
}

#[derive(Debug)]
pub(crate) struct SheetCells {
    /// As it is called now.
    pub(crate) name: String,
    /// Its id in the layout.
    pub(crate) id: String,
    /// The hidden row and column that hold the keys.
    pub(crate) key_row: u32,
    pub(crate) key_column: u32,
    /// By row and column.
    pub(crate) cells: BTreeMap<(u32, u32), Value>,
    /// Cells whose value is computed.
    pub(crate) formulas: Vec<(u32, u32)>,
}

impl SheetCells {
    pub(crate) fn place(&self, row: u32, column: u32) -> Place {
        Place { sheet: self.name.clone(), row, column }
    }

    /// The keys of rows, by row.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (u32, &str)> {
        let keys = self.cells.keys().filter(|(_, column)| *column == self.key_column);
        keys.filter_map(|(row, _)| Some((*row, self.text(*row, self.key_column)?)))
    }

    pub(crate) fn text(&self, row: u32, column: u32) -> Option<&str> {
        match self.cells.get(&(row, column)) {
            Some(Value::Text(text)) => Some(text.trim()),
            _ => None,
        }
    }
}

type Questions = BTreeMap<(String, char), String>;

#[derive(Debug)]
pub(crate) struct Workbook {
    pub(crate) mark: Mark,
    /// Whether days are counted from 1904.
    pub(crate) from_1904: bool,
    /// What each row asked when the form was made, by row key and column.
    pub(crate) questions: Questions,
    /// Sheets of the form, in the order of the workbook.
    pub(crate) sheets: Vec<SheetCells>,
}

/// Reads a form that `plan form export` made, wherever its sheets, rows and columns are now.
///
/// # Errors
/// When it is no such form, or is too large, encrypted or broken.
pub(crate) fn read(bytes: &[u8]) -> Result<Workbook, Refusal> {
    is_spreadsheet(bytes)?;
    is_bounded(bytes)?;
    // The library counts rows and columns of a spoilt file without minding overflow.
    catch_unwind(AssertUnwindSafe(|| workbook(bytes))).unwrap_or_else(|_| Err(broken()))
}

fn broken() -> Refusal {
    Refusal::new("tệp hỏng, không đọc được", "mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi gửi lại")
}

fn not_a_form() -> Refusal {
    Refusal::new(
        "không phải biểu mẫu do “plan form export” lập, hoặc các trang, dòng, cột ẩn của biểu mẫu đã bị xóa",
        "chép nội dung vào biểu mẫu đã phát rồi gửi lại",
    )
}

fn is_spreadsheet(bytes: &[u8]) -> Result<(), Refusal> {
    const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    if bytes.starts_with(OLE) {
        return Err(Refusal::new(
            "tệp có mật khẩu hoặc ở dạng Excel cũ (.xls)",
            "bỏ mật khẩu, lưu dạng .xlsx (Excel Workbook) rồi gửi lại",
        ));
    }
    if !bytes.starts_with(b"PK") {
        return Err(Refusal::new(
            "không phải tệp bảng tính .xlsx",
            "điền vào biểu mẫu đã phát, lưu dạng .xlsx rồi gửi lại",
        ));
    }
    Ok(())
}

/// Unpacks every part once into nothing, since sizes that a file declares may be lies.
fn is_bounded(bytes: &[u8]) -> Result<(), Refusal> {
    let large = || {
        Refusal::new(
            "tệp phình quá lớn khi mở",
            "một biểu mẫu chỉ vài chục KB; chép nội dung vào biểu mẫu đã phát rồi gửi lại",
        )
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.len() > MAX_PARTS {
        return Err(large());
    }
    let (mut left, mut spreadsheet) = (MAX_UNPACKED, false);
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| broken())?;
        if part.size() > left {
            return Err(large());
        }
        let name = part.name().map_err(|_| broken())?.to_lowercase();
        spreadsheet |= name.ends_with("workbook.xml");
        let mut content = Vec::new();
        let read = part.take(left + 1).read_to_end(&mut content).map_err(|_| broken())? as u64;
        left = left.checked_sub(read).ok_or_else(large)?;
        if name.ends_with("sharedstrings.xml") && !counts_soberly(&content) {
            return Err(broken());
        }
    }
    if !spreadsheet {
        let remedy = "điền vào biểu mẫu đã phát, lưu dạng .xlsx (Excel Workbook) rồi gửi lại";
        return Err(Refusal::new("không phải tệp bảng tính .xlsx", remedy));
    }
    Ok(())
}

/// Whether the number of strings that a part declares is one that memory may be set aside for: the
/// library takes it at its word. Other encodings than UTF-8 could hide it.
fn counts_soberly(part: &[u8]) -> bool {
    const COUNT: &[u8] = b"uniqueCount";
    let plain = !part.contains(&0) && !part.contains(&0x1b);
    let declared = part.windows(COUNT.len()).enumerate().filter(|(_, word)| *word == COUNT).map(|(at, _)| {
        let rest = part[at + COUNT.len()..].iter().skip_while(|byte| !byte.is_ascii_digit());
        rest.take_while(|byte| byte.is_ascii_digit())
            .fold(0_u64, |count, digit| count.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
    });
    plain && declared.into_iter().all(|count| count <= MAX_STRINGS)
}

fn workbook(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Refusal::new("tệp có mật khẩu", "bỏ mật khẩu rồi gửi lại"),
        _ => broken(),
    })?;
    let from_1904 = book.has_1904_epoch();
    let names = book.sheet_names();
    if names.len() > MAX_SHEETS {
        return Err(Refusal::new(
            "tệp có quá nhiều trang tính",
            "chỉ gửi biểu mẫu đã phát, không ghép nhiều biểu mẫu vào một tệp",
        ));
    }
    let mut sheets = Vec::new();
    for name in names {
        // A chart has no cells; whatever else cannot be read may hold what somebody filled in.
        let Some(cells) = self::cells(&mut book, &name)? else { continue };
        if let Some(sheet) = marked(name, cells)? {
            sheets.push(sheet);
        }
    }
    let marks = sheets.iter().filter(|(_, sheet)| sheet.id == "mark").count();
    if marks > 1 {
        return Err(Refusal::new("tệp ghép nhiều biểu mẫu", "gửi mỗi biểu mẫu một tệp"));
    }
    let Some(at) = sheets.iter().position(|(_, sheet)| sheet.id == "mark") else { return Err(not_a_form()) };
    let (whole, hidden) = sheets.remove(at);
    let (mark, questions) = self::mark(&hidden)?;
    let other = |(whole, sheet): &&(String, SheetCells)| *whole != mark.of_sheet(&sheet.id);
    if whole != mark.of_sheet("mark") {
        return Err(not_a_form());
    }
    if let Some((_, sheet)) = sheets.iter().find(other) {
        return Err(Refusal::new(
            format!("trang “{}” là của biểu mẫu khác (cơ quan khác, kỳ khác hoặc năm khác)", sheet.name),
            "chép nội dung vào đúng trang của biểu mẫu đã phát",
        ));
    }
    Ok(Workbook { mark, from_1904, questions, sheets: sheets.into_iter().map(|(_, sheet)| sheet).collect() })
}

type Cells = (BTreeMap<(u32, u32), Value>, Vec<(u32, u32)>);

/// The cells of a sheet that hold anything; `None` where the sheet is no worksheet.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Option<Cells>, Refusal> {
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(None),
        Err(_) => return Err(broken()),
    };
    let (mut cells, mut formulas) = (BTreeMap::new(), Vec::new());
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|_| broken())? {
        let (row, column) = cell.pos;
        let value = match cell.value {
            DataRef::Empty => None,
            DataRef::String(text) => text_value(&text),
            DataRef::SharedString(text) => text_value(text),
            DataRef::Int(number) => Some(Value::Number(number as f64)),
            DataRef::Float(number) => Some(Value::Number(number)),
            DataRef::DateTime(date) => Some(Value::Serial(date.as_f64())),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Some(Value::DateText(text)),
            DataRef::Bool(_) => Some(Value::Bool),
            DataRef::Error(_) => Some(Value::Error),
        };
        if value.is_none() && cell.formula.is_none() {
            continue;
        }
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            let place = Place { sheet: name.to_owned(), row, column };
            return Err(Refusal::new(
                format!("ô {place} nằm quá xa phần biểu mẫu"),
                "xóa nội dung ở ô đó, hoặc chép nội dung vào biểu mẫu đã phát",
            ));
        }
        if cell.formula.is_some() {
            formulas.push((row, column));
        }
        if let Some(value) = value
            && cells.insert((row, column), value).is_some()
        {
            return Err(broken());
        }
    }
    Ok(Some((cells, formulas)))
}

/// Line ends as one newline, blank ends of lines cut; `None` where nothing is left.
fn text_value(text: &str) -> Option<Value> {
    let text = text.replace("_x000D_", "").replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let text = lines.join("\n").trim().to_owned();
    (!text.is_empty()).then_some(Value::Text(text))
}

/// The sheet with the mark that it carries, where it is one of a form.
fn marked(name: String, (cells, formulas): Cells) -> Result<Option<(String, SheetCells)>, Refusal> {
    let mut marks = cells.iter().filter_map(|(place, value)| match value {
        Value::Text(text) if text.starts_with(SHEET_MARK) => Some((*place, text.clone())),
        _ => None,
    });
    let Some(((key_row, key_column), whole)) = marks.next() else { return Ok(None) };
    if marks.next().is_some() {
        return Err(Refusal::new(
            format!("trang “{name}” ghép hai trang của biểu mẫu"),
            "chép nội dung vào đúng trang của biểu mẫu đã phát",
        ));
    }
    let id = whole[SHEET_MARK.len()..].split(':').next().unwrap_or_default().to_owned();
    Ok(Some((whole, SheetCells { name, id, key_row, key_column, cells, formulas })))
}

/// What the hidden sheet says.
fn mark(sheet: &SheetCells) -> Result<(Mark, Questions), Refusal> {
    let field = |name: &str| {
        let rows = sheet.cells.range((0, 0)..(20, 0)).map(|((row, _), _)| *row);
        let mut named = rows.filter(|row| sheet.text(*row, 0) == Some(name));
        named.next().and_then(|row| sheet.text(row, 1)).ok_or_else(not_a_form)
    };
    let mark = Mark {
        version: field("version")?.parse().map_err(|_| not_a_form())?,
        workspace: field("workspace")?.to_owned(),
        year: field("year")?.parse().map_err(|_| not_a_form())?,
        agency: field("agency")?.to_owned(),
        round: field("round")?.to_owned(),
    };
    let columns = super::QUESTIONS;
    let questions = sheet.cells.iter().filter(|((_, column), _)| *column == u32::from(columns)).filter_map(
        |((row, column), value)| {
            let Value::Text(key) = value else { return None };
            let letter = sheet.text(*row, column + 1)?.chars().next()?;
            Some(((key.clone(), letter), sheet.text(*row, column + 2)?.to_owned()))
        },
    );
    let questions = questions.collect();
    Ok((mark, questions))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_spreadsheets_do() {
        for (row, column, written) in
            [(0, 0, "A1"), (13, 3, "D14"), (9, 25, "Z10"), (9, 26, "AA10"), (0, 701, "ZZ1")]
        {
            assert_eq!(Place { sheet: "Kết quả".into(), row, column }.to_string(), format!("Kết quả!{written}"));
        }
    }

    #[test]
    fn a_count_that_would_fill_the_memory_is_seen() {
        for (part, sober) in [
            ("<sst count=\"2\" uniqueCount=\"2\">", true),
            ("<sst uniqueCount = '99999999999'>", false),
            ("<!-- uniqueCount=1 --><sst uniqueCount=\"99999999999999999999999\">", false),
            ("<sst>\u{1b}(J", false),
        ] {
            assert_eq!(counts_soberly(part.as_bytes()), sober, "{part}");
        }
    }

    #[test]
    fn what_is_no_spreadsheet_is_told_from_what_is_locked() {
        for (bytes, words) in [
            (&b"agency,round"[..], "không phải tệp bảng tính"),
            (&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0][..], "mật khẩu"),
            (&b"PK\x03\x04spoilt"[..], "tệp hỏng"),
            (&b""[..], "không phải tệp bảng tính"),
        ] {
            let refusal = read(bytes).unwrap_err();
            assert!(refusal.reason.contains(words), "{refusal:?}");
        }
    }
}
