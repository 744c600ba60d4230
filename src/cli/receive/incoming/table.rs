//! The rows of a register of incoming papers, from text or a spreadsheet, under the heads of their columns.

use super::super::files::{Found, Kind};
use super::super::judged::Rejected;
use super::super::judgement::{nobodys, notice, of_problem};
use super::columns::{COLUMNS, Column, is_day, named};
use crate::diagnostic::Severity;
use crate::form::{self, Hidden, Place, Problem, Refusal};
use crate::source::Limits;
use crate::vietnamese::listed;
use crate::view::form::Remark;

/// In how many rows the heads of columns are looked for: titles may stand above them.
const BEFORE_HEADS: usize = 10;

/// So many lines with cells that are not read are named.
const NAMED: usize = 10;

/// Of a spreadsheet's register that holds more than is read.
const SPLIT: &str = "xóa nội dung ở ô đó nếu là ô lạc; sổ dài thì chia theo ngày, theo tuần rồi nhận từng phần";

/// Of a day's register as text.
const LIMITS: Limits = Limits {
    remedy: "sổ dài đến thế thì chia theo ngày, theo tuần rồi nhận từng phần; mỗi phần không quá 1.000 KB",
    ..Limits::REPORT
};

/// Rows under heads.
pub(super) struct Table {
    /// Of a spreadsheet.
    sheet: Option<String>,
    heads: Vec<(String, Option<Column>)>,
    /// Each with its number, from 1.
    rows: Vec<(u32, Vec<String>)>,
    /// Cells of which nobody knows what they mean.
    odd: Vec<Problem>,
    /// What is said of what is beside its cells, and of sheets that are no tables.
    beside: Vec<Remark>,
    hidden: Hidden,
}

/// A row with anything in it.
pub(super) struct Row<'t> {
    table: &'t Table,
    pub(super) number: u32,
    cells: &'t [String],
}

/// The tables of a register; `None` of a file that is meant as something else.
pub(super) fn read(file: &Found) -> Option<Result<Vec<Table>, Rejected>> {
    match file.kind {
        Kind::Register => match of_text(file) {
            Ok(Some(table)) => Some(Ok(vec![table])),
            Ok(None) => None,
            Err(refusal) => Some(Err(nobodys(refusal))),
        },
        Kind::Form if file.content.is_none() => {
            let sheets = form::rows(file.open().ok()?).ok()?.into_iter();
            let (mut tables, mut others) = (Vec::new(), Vec::new());
            for sheet in sheets {
                let is_empty = sheet.rows.iter().flatten().all(String::is_empty);
                let table = Table::new(Some(sheet.sheet.clone()), (1..).zip(sheet.rows).collect());
                let beside = sheet.beside.into_iter();
                let beside = beside.map(|found| Remark { remedy: None, ..of_problem(found, Severity::Notice) });
                match table.map(|table| sheet.beyond.map_or(Ok(table), Err)) {
                    Some(Err(refusal)) => return Some(Err(nobodys(Refusal::new(refusal.reason, SPLIT)))),
                    Some(Ok(table)) => tables.push(Table {
                        odd: sheet.odd,
                        beside: beside.collect(),
                        hidden: sheet.hidden,
                        ..table
                    }),
                    None if is_empty => others.extend(beside),
                    None => others.push(notice(format!(
                        "trang “{}” không có dòng tên cột của sổ nên không được đọc",
                        sheet.sheet
                    ))),
                }
            }
            if let Some(first) = tables.first_mut() {
                first.beside.extend(others);
            }
            (!tables.is_empty()).then_some(Ok(tables))
        }
        Kind::Form | Kind::Report | Kind::Mail | Kind::Other => None,
    }
}

/// `None` of text in a folder that nothing shows to be a register. Text that cannot be read may be one.
fn of_text(file: &Found) -> Result<Option<Table>, Refusal> {
    const SAVE: &str = "lưu lại dạng “CSV UTF-8” hoặc .xlsx rồi nhận lại";
    let bytes = file.bytes(&LIMITS)?;
    if !file.named && is_form(&bytes) {
        return Ok(None);
    }
    let text = String::from_utf8(bytes).map_err(|_| Refusal::new("sổ không lưu theo bảng mã UTF-8", SAVE))?;
    // The library counts lines by one of the two characters that end them; old programs write the other alone.
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    // The rows after a quote that nothing ends would be one cell.
    if text.matches('"').count() % 2 == 1 {
        return Err(Refusal::new("có dấu ngoặc kép (\") không đóng", format!("sửa chỗ đó, hoặc {SAVE}")));
    }
    let mut separated = [b',', b';', b'\t'].map(|separator| rows(&text, separator));
    let is_none = !file.named && !separated.iter().any(|rows| is_meant(rows));
    let found = separated.iter_mut().find_map(|rows| Table::new(None, std::mem::take(rows)));
    if found.is_some() || is_none {
        return Ok(found);
    }
    Err(Refusal::new(
        "không phải sổ công văn đến: không thấy dòng tên cột có cơ quan gửi cùng số, ký hiệu hoặc ngày nhận",
        "ghi tên cột ở dòng đầu: Cơ quan; Số, ký hiệu; Ngày văn bản; Ngày nhận; Tệp; Trích yếu; Ghi chú",
    ))
}

/// Whether it is a form that was saved as text, in whatever letters: its hidden keys are there.
fn is_form(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    ["document.number", "tasks."].iter().any(|key| text.contains(key))
}

/// Whether two heads of a register's columns stand in one row: a list of telephones names agencies, and may have notes.
fn is_meant(rows: &[(u32, Vec<String>)]) -> bool {
    let heads = |cells: &[String]| {
        cells.iter().filter_map(|head| named(head)).filter(|column| !column.is_of_words()).count()
    };
    rows.iter().take(BEFORE_HEADS).any(|(_, cells)| heads(cells) > 1)
}

fn rows(text: &str, separator: u8) -> Vec<(u32, Vec<String>)> {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    // The text is whole and in UTF-8: nothing else can go wrong.
    let records = reader.records().filter_map(Result::ok);
    let line = |record: csv::StringRecord| {
        let number = record.position().map_or(0, |position| position.line() as u32);
        (number, record.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).collect())
    };
    records.map(line).collect()
}

impl Table {
    /// `None` where none of the first rows holds the heads of a register's columns.
    fn new(sheet: Option<String>, mut rows: Vec<(u32, Vec<String>)>) -> Option<Self> {
        let heads = |cells: &[String]| -> Option<Vec<(String, Option<Column>)>> {
            let mut heads: Vec<_> = cells.iter().map(|head| (head.clone(), named(head))).collect();
            let has = |column| heads.iter().any(|(_, found)| *found == Some(column));
            let is_register = has(Column::Agency) && (has(Column::Number) || has(Column::Received));
            if has(Column::Received) && !has(Column::Date) {
                heads
                    .iter_mut()
                    .filter(|(head, _)| is_day(head))
                    .for_each(|(_, found)| *found = Some(Column::Date));
            }
            is_register.then_some(heads)
        };
        let found = |(at, (_, cells)): (usize, &(u32, Vec<String>))| Some((at, heads(cells)?));
        let (at, heads) = rows.iter().take(BEFORE_HEADS).enumerate().find_map(found)?;
        rows.drain(..=at);
        Some(Self { sheet, heads, rows, odd: Vec::new(), beside: Vec::new(), hidden: Hidden::default() })
    }

    fn has(&self, column: Column) -> bool {
        self.heads.iter().any(|(_, found)| *found == Some(column))
    }

    /// What is to be known of columns that nothing is read from, of cells that stand under no head, of what is beside them.
    pub(super) fn unread(&self) -> impl Iterator<Item = Remark> {
        let unread = self.heads.iter().filter(|(head, column)| column.is_none() && !head.is_empty());
        let unread: Vec<String> = unread.map(|(head, _)| format!("“{head}”")).collect();
        let columns = if unread.len() > 1 { "các cột" } else { "cột" };
        let columns = listed(unread, ", ").map(|heads| format!("không đọc {columns} {heads}"));
        let headless = self.lines().filter(|line| line.headless().next().is_some()).take(NAMED);
        let cells = listed(headless.map(|line| line.number.to_string()), ", ");
        let cells = cells.map(|lines| format!("không đọc ô nằm ngoài các cột có tên, ở dòng {lines}"));
        let read =
            |at: usize, cell: &str| !cell.is_empty() && self.heads.get(at).is_some_and(|(_, of)| of.is_some());
        let places = self.rows.iter().flat_map(|(number, cells)| {
            let cells = cells.iter().enumerate().filter(move |(at, cell)| read(*at, cell));
            cells.map(move |(at, _)| (number - 1, at as u32))
        });
        let hidden = self.hidden.told(&places.collect());
        let sheet = self.sheet.as_deref().unwrap_or_default();
        let hidden = hidden.map(|what| match self.hidden.sheet {
            true => format!("trang “{sheet}” đang ẩn, vẫn được đọc như các trang khác"),
            false => format!("trang “{sheet}”: {what} đang ẩn, vẫn được đọc như chỗ khác"),
        });
        hidden.into_iter().chain(columns).chain(cells).map(notice).chain(self.beside.iter().cloned())
    }

    /// What is wrong with the heads, and the cells that are read of which nobody knows what they mean.
    pub(super) fn wrong(&self, day_is_known: bool) -> Vec<Remark> {
        let is_read = |place: &Place| self.heads.get(place.column as usize).is_some_and(|(_, of)| of.is_some());
        let odd = self.odd.iter().filter(|odd| odd.place.as_ref().is_some_and(is_read));
        let mut wrong: Vec<Remark> = odd.map(|odd| of_problem(odd.clone(), Severity::Error)).collect();
        for (column, name, _) in COLUMNS {
            let heads: Vec<String> = self
                .heads
                .iter()
                .filter(|(_, found)| found == &Some(*column))
                .map(|(head, _)| format!("“{head}”"))
                .collect();
            if heads.len() > 1 && !column.is_of_words() {
                wrong.push(problem(
                    None,
                    format!("các cột {} cùng là {name}", heads.join(", ")),
                    "gộp hoặc bỏ bớt, giữ lại một cột",
                ));
            }
        }
        let unclear = self.heads.iter().filter(|(head, _)| !self.has(Column::Received) && is_day(head));
        if let Some(heads) = listed(unclear.map(|(head, _)| format!("“{head}”")), ", ") {
            wrong.push(problem(
                None,
                format!("không rõ cột {heads} là ngày văn bản hay ngày nhận"),
                "sửa tên cột thành “Ngày văn bản” hoặc “Ngày nhận”",
            ));
        } else if !self.has(Column::Received) && !day_is_known {
            wrong.push(problem(
                None,
                "không có cột Ngày nhận".to_owned(),
                "thêm cột Ngày nhận, hoặc thêm --on NGÀY",
            ));
        }
        wrong
    }

    /// The rows in which a column that is read holds anything.
    pub(super) fn lines(&self) -> impl Iterator<Item = Row<'_>> {
        let lines = self.rows.iter().map(|(number, cells)| Row { table: self, number: *number, cells });
        lines.filter(|line| COLUMNS.iter().any(|(column, ..)| line.text(*column).is_some()))
    }
}

impl Row<'_> {
    pub(super) fn has(&self, column: Column) -> bool {
        self.table.has(column)
    }

    /// The places of what stands under no head.
    fn headless(&self) -> impl Iterator<Item = usize> {
        let is_headless = |at: usize| self.table.heads.get(at).is_none_or(|(head, _)| head.is_empty());
        self.cells
            .iter()
            .enumerate()
            .filter(move |(at, cell)| !cell.is_empty() && is_headless(*at))
            .map(|(at, _)| at)
    }

    /// What is wrong with a line of text that has more cells than there are heads: what follows the first of them may stand
    /// one column too far.
    pub(super) fn overlong(&self) -> Option<Remark> {
        let beyond = |at: usize| self.table.sheet.is_none() && at >= self.table.heads.len();
        self.headless().any(beyond).then(|| {
            problem(
                Some(self.place()),
                "có nhiều ô hơn số cột có tên, nên không biết ô nào thuộc cột nào".to_owned(),
                "chữ có dấu phẩy, chấm phẩy thì đặt trong dấu ngoặc kép (\"), hoặc bỏ ô thừa",
            )
        })
    }

    /// What stands in a column; of several for words all of it.
    pub(super) fn text(&self, column: Column) -> Option<String> {
        let cells = self.table.heads.iter().zip(self.cells);
        let texts = cells.filter(|((_, found), cell)| *found == Some(column) && !cell.is_empty());
        listed(texts.map(|(_, cell)| cell), "; ")
    }

    /// `dòng 3`, with the sheet of a spreadsheet.
    pub(super) fn place(&self) -> String {
        let sheet = self.table.sheet.as_ref().map_or_else(String::new, |sheet| format!("trang “{sheet}” "));
        format!("{sheet}dòng {}", self.number)
    }

    pub(super) fn problem(&self, column: Column, message: &str, remedy: &str) -> Remark {
        let at = self.table.heads.iter().position(|(_, found)| *found == Some(column));
        let head = at.and_then(|at| self.table.heads.get(at)).map_or("", |(head, _)| head);
        let place = match (&self.table.sheet, at) {
            (Some(sheet), Some(at)) => {
                Place { sheet: sheet.clone(), row: self.number - 1, column: at as u32 }.to_string()
            }
            _ => format!("dòng {}, cột {head}", self.number),
        };
        problem(Some(place), message.to_owned(), remedy)
    }
}

pub(super) fn problem(cell: Option<String>, message: String, remedy: &str) -> Remark {
    Remark { cell, ..of_problem(Problem { place: None, message, remedy: remedy.to_owned() }, Severity::Error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_a_name_of_its_own_is_that_which_the_other_columns_leave_or_is_asked_for() {
        for (heads, date, refused) in [
            ("Cơ quan;Số;Ngày;Ngày nhận", Some("Ngày"), None),
            ("Ngày đến;Tác giả;Số, ký hiệu;Ngày, tháng", Some("Ngày, tháng"), None),
            ("Cơ quan;Số;Ngày văn bản;Ngày nhận", Some("Ngày văn bản"), None),
            ("Cơ quan;Số;Ngày;Ngày văn bản;Ngày nhận", Some("Ngày văn bản"), None),
            ("Cơ quan;Số;Ngày ký", Some("Ngày ký"), None),
            ("Cơ quan;Số", None, None),
            ("Cơ quan;Số;Ngày", None, Some("không rõ cột “Ngày” là ngày văn bản hay ngày nhận")),
            (
                "Cơ quan;Số;Ngày tháng năm;Ngày ký",
                Some("Ngày ký"),
                Some("không rõ cột “Ngày tháng năm” là ngày văn bản hay ngày nhận"),
            ),
            (
                "Cơ quan;Số;Ngày;Ngày tháng;Ngày nhận",
                Some("Ngày, Ngày tháng"),
                Some("các cột “Ngày”, “Ngày tháng” cùng là Ngày văn bản"),
            ),
        ] {
            let table = Table::new(None, rows(heads, b';')).unwrap();
            let of_date = table.heads.iter().filter(|(_, found)| *found == Some(Column::Date));
            assert_eq!(listed(of_date.map(|(head, _)| head), ", ").as_deref(), date, "{heads}");
            let wrong: Vec<String> = table.wrong(true).into_iter().map(|wrong| wrong.message).collect();
            assert_eq!(wrong, Vec::from_iter(refused), "{heads}");
        }
    }
}
