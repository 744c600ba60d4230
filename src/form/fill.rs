//! A filled form → its cells, each with the part of the report that it fills. Rows are found by their keys
//! and columns by their letters, so that rows and columns that were moved or inserted are still read;
//! what stands where nothing is read is refused, so that nothing is lost. What the form did not ask is not in it.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Mapping;

use super::merge::Told;
use super::problem::{Place, Problem, short};
use super::read::{SheetCells, Workbook};
use super::spans::Spans;
use super::told::{self, Asked, Given};
use super::written::Value;
use super::{Content, Form, Input, Path, Places, Row, Sheet, Style, gone, values};

/// What stands in a cell whose value is not known.
const UNKNOWN: &Value = &Value::Error;

const AGAIN: &str = "phát lại biểu mẫu (plan form export) và điền vào biểu mẫu mới";

/// What a form tells.
#[derive(Debug)]
pub(crate) struct Filled {
    pub(crate) told: Told,
    pub(crate) places: Places,
    /// What could not be read; a report with any is not to be taken.
    pub(crate) problems: Vec<Problem>,
    /// The parts of the report that this concerns; nothing where it may be any.
    pub(crate) unread: Option<Vec<Path>>,
    /// What was not read and need not keep the report from being taken, but somebody should know of.
    pub(crate) notes: Vec<Problem>,
}

/// Whether anybody wrote anything in a form, be it where it is not read.
pub(crate) fn is_filled_in(form: &Form, book: &Workbook) -> bool {
    let Reader { cells, problems, .. } = read(form, book);
    !book.unread.is_empty() || !problems.is_empty() || cells.values().any(|cell| cell.value.is_some())
}

/// The cells of `form` in a workbook.
fn read<'b>(form: &'b Form, book: &'b Workbook) -> Reader<'b> {
    let mut reader = Reader {
        book,
        cells: BTreeMap::new(),
        asked: BTreeSet::new(),
        items: BTreeMap::new(),
        spans: Spans::default(),
        problems: Vec::new(),
    };
    for sheet in &form.sheets {
        let found: Vec<&SheetCells> = book.sheets.iter().filter(|cells| cells.id == sheet.id).collect();
        match found[..] {
            [cells] => reader.sheet(sheet, cells),
            [] if gone::has_lost_its_mark(sheet, book) => reader.problem(
                None,
                format!("thiếu trang “{}”: trang mang tên đó đã mất cột A hoặc dòng 1 đang ẩn", sheet.name),
                "chép nội dung vào biểu mẫu đã phát, giữ nguyên cột và dòng ẩn",
            ),
            [] => reader.problem(
                None,
                format!("thiếu trang “{}”", sheet.name),
                "chép nội dung vào biểu mẫu còn đủ các trang",
            ),
            [..] => {
                reader.problem(None, format!("có hai bản của trang “{}”", sheet.name), "xóa bản thừa");
            }
        }
    }
    for cells in book.sheets.iter().filter(|cells| form.sheets.iter().all(|sheet| sheet.id != cells.id)) {
        let message = format!("trang “{}” không còn trong biểu mẫu nên không được đọc", cells.name);
        reader.problem(None, message, AGAIN);
    }
    reader
}

/// Reads the fields of `form` in a workbook.
pub(crate) fn fill(form: &Form, book: &Workbook, given: &[Given]) -> Filled {
    let Reader { cells, asked, spans, mut problems, .. } = read(form, book);
    let mut notes: Vec<Problem> =
        gone::unread(form, book).chain(gone::deleted(form, book)).chain(unseen(book, &cells)).collect();
    if problems.is_empty() && cells.values().all(|cell| cell.value.is_none()) {
        let remedy = "điền các ô nền vàng; chưa điền thì không tính là đã gửi".to_owned();
        problems.push(Problem { place: None, message: "biểu mẫu chưa điền".to_owned(), remedy });
        let told = Told::form(Mapping::new(), asked);
        return Filled { told, places: Places::default(), problems, unread: None, notes };
    }
    let (report, places) = told::report(form, book, &cells, given, &mut problems, &mut notes);
    // Of what is in doubt as a whole nothing else is said.
    let is_odd = |place: &Place| {
        let mut sheets = book.sheets.iter().filter(|cells| cells.name == place.sheet);
        sheets.any(|cells| cells.odd.contains_key(&(place.row, place.column)))
    };
    problems.retain(|problem| {
        !problem.place.as_ref().is_some_and(|place| is_odd(place) || spans.covered.contains(place))
    });
    problems.extend(book.sheets.iter().flat_map(SheetCells::in_doubt).chain(spans.problems));
    let at =
        |place: &Place| (book.sheets.iter().position(|cells| cells.name == place.sheet), place.row, place.column);
    problems.sort_by_key(|problem| problem.place.as_ref().map(at));
    let unread = problems.iter().map(|problem| {
        let cell = cells.iter().find(|(_, cell)| Some(&cell.place) == problem.place.as_ref());
        cell.map(|(path, _)| path.clone())
    });
    let covered = cells.iter().filter(|(_, cell)| spans.covered.contains(&cell.place));
    let unread = unread.chain(covered.map(|(path, _)| Some(path.clone()))).collect();
    Filled { told: Told::form(report, asked), places, problems, unread, notes }
}

struct Reader<'b> {
    book: &'b Workbook,
    /// What the form asked, filled in or not; of lists, what the items ask of which anything is filled in.
    cells: BTreeMap<Path, Asked<'b>>,
    asked: BTreeSet<Path>,
    /// How many items of a list there are so far.
    items: BTreeMap<&'b Path, usize>,
    spans: Spans,
    problems: Vec<Problem>,
}

impl<'b> Reader<'b> {
    fn problem(&mut self, place: Option<Place>, message: String, remedy: &str) {
        self.problems.push(Problem { place, message, remedy: remedy.to_owned() });
    }

    fn sheet(&mut self, sheet: &'b Sheet, cells: &'b SheetCells) {
        let letters = letters(cells);
        if !self.are_whole(cells, &letters) {
            let message = format!("trang “{}” thiếu cột của biểu mẫu", cells.name);
            self.problem(None, message, "chép nội dung vào đúng trang của biểu mẫu đã phát");
            return;
        }
        let mut rows: BTreeMap<u32, Vec<(u32, &'b Value)>> = BTreeMap::new();
        let unknown =
            cells.odd.keys().filter(|place| !cells.cells.contains_key(place)).map(|place| (place, UNKNOWN));
        for ((row, column), value) in cells.cells.iter().chain(unknown) {
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
                (Some(key), None) if key.starts_with('#') => {
                    for (column, value) in written.into_iter().filter(|(column, _)| *column != cells.key_column) {
                        self.locked(key, letters.get(&column).copied(), value, cells.place(row, column));
                    }
                }
                (Some(_), None) => self.problem(
                    Some(cells.place(row, cells.key_column + 1)),
                    "dòng này không còn trong Kế hoạch".to_owned(),
                    AGAIN,
                ),
            }
        }
        self.spans.of_sheet(cells, sheet);
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
                    if letter != Some(cell.columns.0) || !asked.is_some_and(|words| says_one_of(value, words)) {
                        self.problem(
                            Some(place),
                            "lời của biểu mẫu ở ô này đã bị đổi, không chắc dòng hoặc cột còn đúng chỗ".to_owned(),
                            "chép nội dung vào biểu mẫu đã phát",
                        );
                    }
                }
                // The numbers of a list's items go with rows that are inserted, copied and moved.
                (Some((_, Content::Label(_, words))), _) if template.item && is_numbered(value, words) => {}
                (Some((cell, Content::Label(_, words))), key) => {
                    let key = key.unwrap_or_default();
                    // Forms of before keep no words of whose they are.
                    let own = template.path.is_empty() && !key.starts_with('#') && self.book.labels.is_empty();
                    if own && !says_one_of(value, std::slice::from_ref(words)) {
                        self.changed(place, value, std::slice::from_ref(words));
                    } else {
                        self.locked(key, letter.filter(|letter| *letter == cell.columns.0), value, place);
                    }
                }
                (None, _) => {
                    let remedy = format!("chuyển nội dung vào ô nền vàng của trang “{}”, hoặc xóa", sheet.name);
                    self.problem(Some(place), "ô này nằm ngoài các ô điền nên không được đọc".to_owned(), &remedy);
                }
            }
        }
        let is_known = written.iter().all(|(column, _)| !cells.odd.contains_key(&(row, *column)));
        if let Some((letter, message, remedy)) = wrong_answer(template, &filled).filter(|_| is_known) {
            let column = letters.iter().find(|(_, known)| **known == letter).map(|(column, _)| *column);
            self.problem(column.map(|column| cells.place(row, column)), message.to_owned(), remedy);
        }
        self.take(template, row, &filled, letters, cells);
    }

    /// Holds that a locked cell says what it said when the form was made: what is written there is not read.
    fn locked(&mut self, key: &str, letter: Option<char>, value: &Value, place: Place) {
        let book = self.book;
        let at = (key.to_owned(), letter.unwrap_or_default());
        let words = book.labels.get(&at).or_else(|| book.questions.get(&at)).map_or(&[][..], Vec::as_slice);
        if !book.labels.is_empty() && !says_one_of(value, words) {
            self.changed(place, value, words);
        }
    }

    fn changed(&mut self, place: Place, value: &Value, words: &[String]) {
        let now = value.words().map_or_else(String::new, |now| format!(", nay ghi “{}”", short(&now)));
        let message = match words {
            [words] => format!("ô này đã khóa, biểu mẫu phát ra ghi “{}”{now}", short(words)),
            _ => format!("ô này đã khóa, nội dung ở đây không được đọc{now}"),
        };
        let remedy = "ghi nội dung vào ô nền vàng và trả lại ô này như cũ, hoặc chép nội dung vào biểu mẫu đã phát";
        self.problem(Some(place), message, remedy);
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
            self.spans.answers.entry(column).or_default().insert(row);
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

/// Two answers in one row, or what is told beside a number without one: in which column, what is wrong, and a remedy.
fn wrong_answer(row: &Row, filled: &BTreeMap<char, &Value>) -> Option<(char, &'static str, &'static str)> {
    let given = row.inputs().filter(|(letter, ..)| !row.item && filled.contains_key(letter));
    let (beside, answers): (Vec<_>, Vec<_>) = given.partition(|(.., target)| target.beside);
    let is_number = |(letter, input, _): &(char, Input, _)| {
        matches!(input, Input::WholeOr(_)) && values::whole(filled[letter]).is_ok()
    };
    if let [(letter, ..), ..] = beside[..]
        && !answers.iter().any(is_number)
    {
        return Some((
            letter,
            "có số năm trước chuyển sang thì phải có số liệu của năm nay",
            "ghi số liệu của năm nay, kể cả số 0; không có vụ việc chuyển sang thì xóa ô này",
        ));
    }
    let [(letter, ..), _, ..] = answers[..] else { return None };
    Some((
        letter,
        "một chỉ tiêu chỉ có một câu trả lời: số liệu, hoặc không có số, hoặc lý do chưa có số",
        "giữ một ô, xóa các ô kia; nếu cần giải thích số liệu thì viết vào ô kết quả thực hiện",
    ))
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

/// Whether a cell says one of some words: a spreadsheet may have moved blanks and line ends.
fn says_one_of(value: &Value, words: &[String]) -> bool {
    value
        .words()
        .is_some_and(|value| words.iter().any(|words| value.split_whitespace().eq(words.split_whitespace())))
}

/// Whether a cell says the number of an item, as `words` do.
fn is_numbered(value: &Value, words: &str) -> bool {
    let bare = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').trim_end().to_owned();
    value.words().is_some_and(|value| bare(&value) == bare(words))
}

/// What is filled in where nobody who opens the form sees it, sheet by sheet.
fn unseen(book: &Workbook, cells: &BTreeMap<Path, Asked<'_>>) -> Vec<Problem> {
    let problem = |sheet: &SheetCells| {
        let filled = cells.values().filter(|cell| cell.value.is_some() && cell.place.sheet == sheet.name);
        let filled: BTreeSet<_> = filled.map(|cell| (cell.place.row, cell.place.column)).collect();
        let (row, column) = *filled.iter().find(|(row, column)| sheet.hidden.holds(*row, *column))?;
        Some(Problem {
            place: Some(sheet.place(row, column)),
            message: format!("{} đang ẩn, nội dung ở đó vẫn được đọc", sheet.hidden.told(&filled)?),
            remedy: "bỏ ẩn, bỏ lọc, đổi màu chữ hoặc định dạng ô rồi xem lại; nội dung không dùng thì xóa"
                .to_owned(),
        })
    };
    book.sheets.iter().filter_map(problem).collect()
}
