//! A filled form → its cells, each with the part of the report that it fills. Rows are found by their keys
//! and columns by their letters, so that rows and columns that were moved or inserted are still read;
//! what stands where nothing is read is refused, so that nothing is lost. What the form did not ask is not in it.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Mapping;

use super::read::{Place, Problem, SheetCells, Value, Workbook};
use super::told::{self, Asked, Given};
use super::{Content, Form, Path, Places, Row, Sheet, Style};

/// What a form tells.
#[derive(Debug)]
pub(crate) struct Filled {
    /// Without the day of receipt and corrections, which are for the receiver to say.
    pub(crate) report: Mapping,
    /// What the form asked, items of lists under an empty key.
    pub(super) asked: BTreeSet<Path>,
    pub(crate) places: Places,
    /// What could not be read; a report with any is not to be taken.
    pub(crate) problems: Vec<Problem>,
}

/// Reads the fields of `form` in a workbook.
pub(crate) fn fill(form: &Form, book: &Workbook, given: &Given<'_>) -> Filled {
    let mut reader = Reader {
        book,
        cells: BTreeMap::new(),
        asked: BTreeSet::new(),
        items: BTreeMap::new(),
        problems: Vec::new(),
    };
    for sheet in &form.sheets {
        let found: Vec<&SheetCells> = book.sheets.iter().filter(|cells| cells.id == sheet.id).collect();
        match found[..] {
            [cells] => reader.sheet(sheet, cells),
            [] => {
                reader.problem(None, format!("thiếu trang “{}”", sheet.name), "gửi lại đủ các trang của biểu mẫu")
            }
            [..] => {
                reader.problem(None, format!("có hai bản của trang “{}”", sheet.name), "xóa bản thừa rồi gửi lại");
            }
        }
    }
    let Reader { cells, asked, mut problems, .. } = reader;
    if problems.is_empty() && cells.values().all(|cell| cell.value.is_none()) {
        let (message, remedy) = ("biểu mẫu chưa điền".to_owned(), "điền các ô nền vàng rồi gửi lại".to_owned());
        problems.push(Problem { place: None, message, remedy });
        return Filled { report: Mapping::new(), asked, places: Places::default(), problems };
    }
    let (report, places) = told::report(form, book, &cells, given, &mut problems);
    let at =
        |place: &Place| (book.sheets.iter().position(|cells| cells.name == place.sheet), place.row, place.column);
    problems.sort_by_key(|problem| problem.place.as_ref().map(at));
    Filled { report, asked, places, problems }
}

struct Reader<'b> {
    book: &'b Workbook,
    /// What the form asked, filled in or not; of lists, what the items ask of which anything is filled in.
    cells: BTreeMap<Path, Asked<'b>>,
    asked: BTreeSet<Path>,
    /// How many items of a list there are so far.
    items: BTreeMap<&'b Path, usize>,
    problems: Vec<Problem>,
}

impl<'b> Reader<'b> {
    fn problem(&mut self, place: Option<Place>, message: String, remedy: &str) {
        self.problems.push(Problem { place, message, remedy: remedy.to_owned() });
    }

    fn sheet(&mut self, sheet: &'b Sheet, cells: &'b SheetCells) {
        for (row, column) in &cells.formulas {
            self.problem(
                Some(cells.place(*row, *column)),
                "ô này là công thức, không phải giá trị đã nhập".to_owned(),
                "chép ô rồi dán lại bằng Dán đặc biệt – Giá trị (Paste Special – Values)",
            );
        }
        if !cells.formulas.is_empty() {
            return;
        }
        let letters = letters(cells);
        if !self.are_whole(cells, &letters) {
            let message = format!("trang “{}” thiếu cột của biểu mẫu", cells.name);
            self.problem(None, message, "chép nội dung vào đúng trang của biểu mẫu đã phát");
            return;
        }
        let mut rows: BTreeMap<u32, Vec<(u32, &'b Value)>> = BTreeMap::new();
        for ((row, column), value) in &cells.cells {
            if *row != cells.key_row {
                rows.entry(*row).or_default().push((*column, value));
            }
        }
        let mut list: Option<&'b Row> = None;
        for (row, written) in rows {
            let key = cells.text(row, cells.key_column);
            let known = key.and_then(|key| {
                let of_list = || sheet.rows.iter().find(|known| known.is_beside(key));
                sheet.rows.iter().find(|known| known.is(key)).or_else(of_list)
            });
            if key.is_some() {
                list = known.filter(|template| template.item);
            }
            // A row that somebody inserted after an item of a list is another item.
            match (key, known.or(list)) {
                (_, Some(template)) => self.row(template, row, &written, &letters, cells, sheet),
                (None, None) => {
                    for (column, _) in written {
                        self.problem(
                            Some(cells.place(row, column)),
                            "dòng này không thuộc biểu mẫu nên không được đọc".to_owned(),
                            "chuyển nội dung vào ô nền vàng; dòng chèn thêm chỉ dùng được ngay dưới các mục có đánh số",
                        );
                    }
                }
                // Titles differ with the plan and with what was reported before.
                (Some(key), None) if key.starts_with('#') => {}
                (Some(_), None) => self.problem(
                    Some(cells.place(row, cells.key_column + 1)),
                    "dòng này không còn trong Kế hoạch".to_owned(),
                    "phát lại biểu mẫu (plan form export) và điền vào biểu mẫu mới",
                ),
            }
        }
    }

    /// Whether no column is missing: a form of before may have fewer, but none between others, and the answers
    /// stand to the right of what is asked.
    fn are_whole(&self, cells: &SheetCells, letters: &BTreeMap<u32, char>) -> bool {
        let there: BTreeSet<char> = letters.values().copied().collect();
        let last = there.last().copied().unwrap_or('A');
        let keys: BTreeSet<&str> = cells.keys().map(|(_, key)| key).collect();
        let questions = self.book.questions.keys().filter(|(key, _)| keys.contains(key.as_str()));
        there.iter().copied().eq('B'..=last)
            && questions.into_iter().all(|(key, column)| *column < last || *column == last && key.starts_with('#'))
    }

    fn row(
        &mut self,
        template: &'b Row,
        row: u32,
        written: &[(u32, &'b Value)],
        letters: &BTreeMap<u32, char>,
        cells: &SheetCells,
        sheet: &Sheet,
    ) {
        let key = cells.text(row, cells.key_column);
        let mut filled: BTreeMap<char, &'b Value> = BTreeMap::new();
        for (column, value) in written.iter().filter(|(column, _)| *column != cells.key_column) {
            let place = cells.place(row, *column);
            let letter = letters.get(column).copied();
            let within = |letter: char| {
                template.cells.iter().find(|cell| (cell.columns.0..=cell.columns.1).contains(&letter))
            };
            let cell = letter.and_then(within);
            match (cell.map(|cell| (cell, &cell.content)), key) {
                (Some((_, Content::Input(..))), _) => {
                    filled.insert(letter.unwrap_or_default(), value);
                }
                (Some((cell, Content::Label(Style::Question | Style::ColumnHead, _))), Some(key)) => {
                    let asked = self.book.questions.get(&(key.to_owned(), cell.columns.0));
                    let same = |words: &str| matches!(value, Value::Text(text) if folded(text) == folded(words));
                    if letter != Some(cell.columns.0) || !asked.is_some_and(|words| same(words)) {
                        self.problem(
                            Some(place),
                            "lời của biểu mẫu ở ô này đã bị đổi, không chắc dòng hoặc cột còn đúng chỗ".to_owned(),
                            "chép nội dung vào biểu mẫu đã phát",
                        );
                    }
                }
                (Some((_, Content::Label(..))), _) => {}
                (None, _) => {
                    let remedy = format!("chuyển nội dung vào ô nền vàng của trang “{}”, hoặc xóa", sheet.name);
                    self.problem(Some(place), "ô này nằm ngoài các ô điền nên không được đọc".to_owned(), &remedy);
                }
            }
        }
        if filled.len() > 1 && !template.item {
            let first = template.inputs().find_map(|(letter, ..)| filled.contains_key(&letter).then_some(letter));
            let column = letters.iter().find(|(_, letter)| Some(**letter) == first).map(|(column, _)| *column);
            self.problem(
                column.map(|column| cells.place(row, column)),
                "một chỉ tiêu chỉ có một câu trả lời: số liệu, hoặc không có số, hoặc lý do chưa có số".to_owned(),
                "giữ một ô, xóa các ô kia; nếu cần giải thích số liệu thì viết vào ô kết quả thực hiện",
            );
        }
        self.take(template, row, &filled, letters, cells);
    }

    /// Notes what the cells of a row ask, and what is filled in there.
    fn take(
        &mut self,
        template: &'b Row,
        row: u32,
        filled: &BTreeMap<char, &'b Value>,
        letters: &BTreeMap<u32, char>,
        cells: &SheetCells,
    ) {
        let mut of = template.path.clone();
        if template.item {
            let items = self.items.entry(&template.path).or_default();
            of.push(items.to_string());
            *items += usize::from(!filled.is_empty());
        }
        for (letter, input, target) in template.inputs() {
            let at = letters.iter().find(|(_, known)| **known == letter).map(|(column, _)| *column);
            let value = filled.get(&letter).copied();
            let Some(column) = at.filter(|_| self.has_asked(template, letter) || value.is_some()) else { continue };
            for name in target.names() {
                let mut list = template.path.clone();
                list.extend(template.item.then(String::new));
                self.asked.insert(told::below(&list, &name));
            }
            if template.item && filled.is_empty() {
                continue;
            }
            let cell = Asked { place: cells.place(row, column), input, target, value };
            let path = told::below(&of, &target.path);
            match self.cells.get(&path).map(|other| (other.value.is_some(), &other.place)) {
                Some((true, other)) if value.is_some() && other.row != row => {
                    let message = format!("hai dòng cùng điền một mục: {other} và ô này");
                    self.problem(Some(cell.place), message, "giữ một dòng, xóa dòng kia");
                }
                Some((there, _)) if there || value.is_none() => {}
                _ => {
                    self.cells.insert(path, cell);
                }
            }
        }
    }

    /// Whether the form, when it was made, had the words that ask for what stands in a column of the row.
    fn has_asked(&self, row: &Row, column: char) -> bool {
        let asked = |keys: &[String], column: char| {
            keys.is_empty() || keys.iter().any(|key| self.book.questions.contains_key(&(key.clone(), column)))
        };
        let question = row.cells.iter().find(|cell| matches!(cell.content, Content::Label(Style::Question, _)));
        question.is_none_or(|cell| asked(&row.keys, cell.columns.0)) && asked(&row.heads, column)
    }
}

/// The column that each letter of the layout is in now.
fn letters(cells: &SheetCells) -> BTreeMap<u32, char> {
    let heads = cells.cells.range((cells.key_row, 0)..=(cells.key_row, u32::MAX));
    let letters = heads.filter_map(|((_, column), value)| match value {
        Value::Text(text) if text.chars().count() == 1 => Some((*column, text.chars().next()?)),
        _ => None,
    });
    letters.collect()
}

/// Words as they are compared: a spreadsheet may have moved blanks and line ends.
fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
