//! A workbook as it was sent → its cells, each with its place. The file is hostile until read: `package` looks at it first,
//! cells are streamed, and no more is kept than a form could hold.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::hidden::{Hidden, MAX_ROWS};
use super::looks::{Look, Looks};
use super::margins::{self, Margin};
use super::package::{Sought, not_a_form};
use super::problem::{Place, Problem, Refusal, broken, short, too_much};
use super::written::{self, Odd, Style, Value};
use super::{Mark, SHEET_MARK, beside, days, package};
use crate::vietnamese::{number, one_line};

const MAX_SHEETS: usize = 40;
const MAX_COLUMNS: u32 = 60;
/// Of a sheet: a form merges the words of a row, no more than one or two times in each.
const MAX_MERGED: usize = 10_000;
/// More than spreadsheets take in one cell, in characters.
const MAX_LETTERS: usize = 32_767;
/// How much of a sheet is read, in words.
fn extent() -> String {
    format!("{} dòng, {MAX_COLUMNS} cột đầu", number(MAX_ROWS.into()))
}

/// Of all cells together: a form has 1,000–5,000.
const MAX_CELLS: usize = 100_000;
/// Of all texts together, in bytes: five times what a report may be.
const MAX_TEXT: usize = 5_000_000;

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
    /// Cells that hold more than a value that was typed, by row and column.
    pub(crate) odd: BTreeMap<(u32, u32), Odd>,
    pub(super) hidden: Hidden,
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

    /// What is said of the cells whose value is not taken for what was meant.
    pub(super) fn in_doubt(&self) -> impl Iterator<Item = Problem> {
        self.odd.iter().map(|((row, column), odd)| {
            let (message, remedy) = odd.told();
            Problem { place: Some(self.place(*row, *column)), message, remedy: remedy.to_owned() }
        })
    }

    pub(crate) fn text(&self, row: u32, column: u32) -> Option<&str> {
        match self.cells.get(&(row, column)) {
            Some(Value::Text(text)) => Some(text.trim()),
            _ => None,
        }
    }
}

/// Locked words by row key and column; rows of one style share a key.
pub(super) type Words = BTreeMap<(String, char), Vec<String>>;

#[derive(Debug)]
pub(crate) struct Workbook {
    pub(crate) mark: Mark,
    /// Whether days are counted from 1904.
    pub(crate) from_1904: bool,
    /// What each row asked when the form was made.
    pub(super) questions: Words,
    /// The other locked words; forms of before do not tell them.
    pub(super) labels: Words,
    /// Sheets of the form, in the order of the workbook.
    pub(crate) sheets: Vec<SheetCells>,
    /// What stands where nothing is read.
    pub(super) unread: Vec<Problem>,
    /// What stands at the head and the foot of its pages.
    pub(super) margins: Vec<Margin>,
}

/// Reads a form that `plan form export` made, wherever its sheets, rows and columns are now.
///
/// # Errors
/// When it is no such form, or is too large, encrypted or broken.
pub(crate) fn read(mut file: impl Read + Seek) -> Result<Workbook, Refusal> {
    let parts = package::check(&mut file, Sought::Form)?;
    let (hidden, looks) = beside::hidden(&mut file, parts)?;
    // The library counts rows and columns of a spoilt file without minding overflow.
    let mut book =
        catch_unwind(AssertUnwindSafe(|| workbook(&mut file, hidden, &looks))).unwrap_or_else(|_| Err(broken()))?;
    let shown = |place: &Place| {
        let sheet = book.sheets.iter().find(|sheet| sheet.name == place.sheet)?;
        sheet.text(place.row, place.column).map(str::to_owned)
    };
    let beside = beside::find(&mut file, shown)?;
    book.unread.extend(beside);
    book.margins = margins::find(&mut file)?;
    Ok(book)
}

/// A workbook and the names of its sheets.
pub(super) fn opened<F: Read + Seek>(file: F) -> Result<(Xlsx<F>, Vec<String>), Refusal> {
    let book: Xlsx<_> = Xlsx::new(file).map_err(|error| match error {
        XlsxError::Password => Refusal::new("tệp có mật khẩu", "bỏ mật khẩu"),
        _ => broken(),
    })?;
    let names = book.sheet_names();
    if names.len() > MAX_SHEETS {
        return Err(Refusal::new(
            "tệp có quá nhiều trang tính",
            "chỉ gửi biểu mẫu đã phát, không ghép nhiều biểu mẫu vào một tệp",
        ));
    }
    Ok((book, names))
}

fn workbook(
    file: impl Read + Seek,
    mut hidden: BTreeMap<String, Hidden>,
    looks: &Looks,
) -> Result<Workbook, Refusal> {
    let (mut book, names) = opened(file)?;
    let from_1904 = book.has_1904_epoch();
    let mut left = Left::new(from_1904, looks);
    let (mut sheets, mut unread) = (Vec::new(), Vec::new());
    for name in names {
        let cells = left.cells(&mut book, &name)?;
        match cells.marks()[..] {
            [] => unread.extend(cells.unread(name)),
            [place] => {
                let hidden = hidden.remove(&name).unwrap_or_default();
                sheets.push(cells.marked(name, place, hidden)?);
            }
            [..] => {
                return Err(Refusal::new(
                    format!("trang “{name}” ghép hai trang của biểu mẫu"),
                    "chép nội dung vào đúng trang của biểu mẫu đã phát",
                ));
            }
        }
    }
    let marks = sheets.iter().filter(|(_, sheet)| sheet.id == "mark").count();
    if marks > 1 {
        return Err(Refusal::new("tệp ghép nhiều biểu mẫu", "gửi mỗi biểu mẫu một tệp"));
    }
    let Some(at) = sheets.iter().position(|(_, sheet)| sheet.id == "mark") else { return Err(not_a_form()) };
    let (whole, hidden) = sheets.remove(at);
    let mark = self::mark(&hidden)?;
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
    let [questions, labels] = [super::QUESTIONS, super::LABELS].map(|column| words(&hidden, column));
    let sheets = sheets.into_iter().map(|(_, sheet)| sheet).collect();
    Ok(Workbook { mark, from_1904, questions, labels, sheets, unread, margins: Vec::new() })
}

/// How much more may be kept.
pub(super) struct Left<'l> {
    cells: usize,
    text: usize,
    from_1904: bool,
    looks: &'l Looks,
}

/// The cells of a sheet that hold anything.
#[derive(Default)]
pub(super) struct Cells {
    pub(super) values: BTreeMap<(u32, u32), Value>,
    pub(super) odd: BTreeMap<(u32, u32), Odd>,
    /// Those of which nobody sees what they hold.
    pub(super) faint: BTreeSet<(u32, u32)>,
    /// What no form holds, where the sheet is one of a form.
    pub(super) beyond: Option<Refusal>,
    /// A chart has none.
    chart: bool,
}

impl<'l> Left<'l> {
    pub(super) fn new(from_1904: bool, looks: &'l Looks) -> Self {
        Self { cells: MAX_CELLS, text: MAX_TEXT, from_1904, looks }
    }

    pub(super) fn cells(&mut self, book: &mut Xlsx<impl Read + Seek>, name: &str) -> Result<Cells, Refusal> {
        let mut cells = Cells::default();
        let mut reader = match book.worksheet_cells_reader(name) {
            Ok(reader) => reader,
            Err(XlsxError::NotAWorksheet(_)) => return Ok(Cells { chart: true, ..cells }),
            Err(_) => return Err(broken()),
        };
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|_| broken())? {
            let (row, column) = cell.pos;
            let place = || Place { sheet: name.to_owned(), row, column };
            let text = written::text(&cell.value);
            if row >= MAX_ROWS || column >= MAX_COLUMNS {
                let empty = matches!(cell.value, DataRef::Empty) || text.is_some_and(|text| text.trim().is_empty());
                if !empty || cell.formula.is_some() {
                    cells.beyond.get_or_insert_with(|| {
                        Refusal::new(
                            format!("ô {} nằm quá xa: một trang chỉ đọc {}", place(), extent()),
                            "xóa nội dung ở ô đó, hoặc chép nội dung vào biểu mẫu đã phát",
                        )
                    });
                }
                continue;
            }
            let text = text.unwrap_or_default();
            if text.len() > 4 * MAX_LETTERS || text.chars().count() > MAX_LETTERS {
                cells.beyond.get_or_insert_with(|| {
                    let most = number(MAX_LETTERS as u128);
                    Refusal::new(format!("ô {} dài quá {most} ký tự", place()), "viết gọn lại nội dung ở ô đó")
                });
                continue;
            }
            let value = Value::of(&cell.value);
            if value.is_none() && cell.formula.is_none() {
                continue;
            }
            let room = self.cells.checked_sub(1).zip(self.text.checked_sub(text.len()));
            (self.cells, self.text) =
                room.ok_or_else(|| too_much("tệp có quá nhiều nội dung so với một biểu mẫu"))?;
            if cell.formula.is_some() {
                cells.odd.insert((row, column), Odd::Formula);
            }
            cells.values.extend(value.map(|value| ((row, column), value)));
        }
        let styles: BTreeMap<usize, Style> = reader.styles().iter().map(Style::of).enumerate().collect();
        drop(reader);
        let mut looks = BTreeMap::new();
        for (place, value) in cells.values.iter_mut().filter(|_| !self.looks.is_empty()) {
            let Value::Text(text) = value else { continue };
            let Some(parts) = self.looks.get(&one_line(text)) else { continue };
            looks.insert(*place, parts.looks.as_slice());
            *text = parts.seen.as_deref().and_then(written::lines).unwrap_or_else(|| std::mem::take(text));
        }
        if !looks.is_empty() || styles.values().any(|style| !style.is_plain()) {
            cells.judge(book, name, &styles, looks, self.from_1904)?;
        }
        Ok(cells)
    }
}

impl Cells {
    /// Where the sheet says that it is one of a form.
    fn marks(&self) -> Vec<(u32, u32)> {
        let marks = self
            .values
            .iter()
            .filter(|(_, value)| matches!(value, Value::Text(text) if text.starts_with(SHEET_MARK)));
        marks.map(|(place, _)| *place).collect()
    }

    /// Marks what is shown as something else than it is, by the ids of styles.
    fn judge(
        &mut self,
        book: &mut Xlsx<impl Read + Seek>,
        name: &str,
        styles: &BTreeMap<usize, Style>,
        mut looks: BTreeMap<(u32, u32), &[Look]>,
        from_1904: bool,
    ) -> Result<(), Refusal> {
        let part_of_day = |style: &Style| style.part_of_day.clone().map(Odd::PartOfDay);
        let mut reader = book.worksheet_cells_reader(name).map_err(|_| broken())?;
        while let Some((row, column, style)) = reader.next_style_id().map_err(|_| broken())? {
            if let (Some(style), Some(looks)) = (styles.get(&style), looks.remove(&(row, column))) {
                self.judge_parts((row, column), looks, style);
            }
            let (Some(style), Some(value)) = (styles.get(&style), self.values.get_mut(&(row, column))) else {
                continue;
            };
            let odd = match &*value {
                _ if style.struck => Some(Odd::Struck),
                Value::Serial(serial) if days::is_ambiguous(*serial, from_1904) => {
                    style.month_first.clone().map(Odd::MonthFirst).or_else(|| part_of_day(style))
                }
                Value::Serial(serial) if days::of_serial(*serial, from_1904).is_some() => part_of_day(style),
                Value::Text(_) => style.reworded.clone().map(Odd::Reworded),
                _ => None,
            };
            if let Some(odd) = odd {
                self.odd.entry((row, column)).or_insert(odd);
            }
            if if matches!(value, Value::Text(_)) { style.hides_text } else { style.hides } {
                self.faint.insert((row, column));
            }
            if let (Value::Number(number), Some(format)) = (&*value, &style.disguise) {
                *value = Value::Disguised(*number, format.clone());
            }
        }
        looks.into_iter().for_each(|(place, looks)| self.judge_parts(place, looks, &Style::default()));
        Ok(())
    }

    /// Marks a text of which parts look so, in a cell of this style.
    fn judge_parts(&mut self, place: (u32, u32), looks: &[Look], style: &Style) {
        if looks.contains(&Look::Struck) {
            self.odd.entry(place).or_insert(Odd::Struck);
        }
        if looks.iter().any(|look| style.hides_part(*look)) {
            self.faint.insert(place);
        }
    }

    /// What is to be said of a sheet that is none of a form's.
    fn unread(&self, sheet: String) -> Option<Problem> {
        let message = match self.values.first_key_value() {
            Some((_, first)) => {
                let begins =
                    first.words().map_or_else(String::new, |words| format!(", bắt đầu là “{}”", short(&words)));
                let count = number(self.values.len() as u128);
                format!("trang này không thuộc biểu mẫu nên không được đọc ({count} ô có nội dung{begins})")
            }
            None if self.chart => "trang biểu đồ này không được đọc".to_owned(),
            None if self.beyond.is_some() => "trang này không thuộc biểu mẫu nên không được đọc".to_owned(),
            None => return None,
        };
        let (row, column) = self.values.first_key_value().map_or((0, 0), |(place, _)| *place);
        Some(Problem {
            place: Some(Place { sheet, row, column }),
            message,
            remedy: "chuyển nội dung báo cáo vào các ô nền vàng; nếu chỉ để tham khảo thì xóa trang".to_owned(),
        })
    }

    /// The sheet of a form with its mark, which stands at `place`.
    fn marked(self, name: String, place: (u32, u32), mut hidden: Hidden) -> Result<(String, SheetCells), Refusal> {
        if let Some(refusal) = self.beyond {
            return Err(refusal);
        }
        if hidden.merged.len() > MAX_MERGED {
            return Err(too_much("tệp có quá nhiều ô gộp so với một biểu mẫu"));
        }
        let whole = self.values.get(&place).and_then(Value::words).unwrap_or_default().into_owned();
        let id = whole[SHEET_MARK.len()..].split(':').next().unwrap_or_default().to_owned();
        let (key_row, key_column) = place;
        hidden.cells = self.faint;
        Ok((whole, SheetCells { name, id, key_row, key_column, cells: self.values, odd: self.odd, hidden }))
    }
}

/// What the hidden sheet says.
fn mark(sheet: &SheetCells) -> Result<Mark, Refusal> {
    let words = |row: u32, column| sheet.cells.get(&(row, column)).and_then(Value::words);
    let field = |name: &str| {
        let named = (0..20).find(|row| words(*row, 0).as_deref() == Some(name));
        named.and_then(|row| words(row, 1)).map(Cow::into_owned).ok_or_else(not_a_form)
    };
    Ok(Mark {
        version: field("version")?.parse().map_err(|_| not_a_form())?,
        workspace: field("workspace")?,
        year: field("year")?.parse().map_err(|_| not_a_form())?,
        agency: field("agency")?,
        round: field("round")?,
    })
}

/// Locked words as the hidden sheet keeps them from a column on.
fn words(sheet: &SheetCells, column: u16) -> Words {
    let column = u32::from(column);
    let mut all = Words::new();
    for (row, _) in sheet.cells.keys().filter(|(_, at)| *at == column) {
        let at = |beside| sheet.cells.get(&(*row, column + beside)).and_then(Value::words);
        if let (Some(key), Some(letter), Some(words)) = (at(0), at(1), at(2)) {
            let letter = letter.chars().next().unwrap_or_default();
            all.entry((key.into_owned(), letter)).or_default().push(words.into_owned());
        }
    }
    all
}
