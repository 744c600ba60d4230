//! What a form asked when it was made and what is not there any more, and what stands where nothing is read.

use std::collections::{BTreeMap, BTreeSet};

use super::margins::is_own;
use super::problem::{Problem, short};
use super::read::{SheetCells, Workbook};
use super::{Form, Row, Sheet};

/// Whether a sheet of a form is there by its name alone: nothing of it can be read without its hidden row and column.
pub(super) fn has_lost_its_mark(sheet: &Sheet, book: &Workbook) -> bool {
    book.unread.iter().any(|problem| problem.place.as_ref().is_some_and(|place| place.sheet == sheet.name))
        && book.sheets.iter().all(|cells| cells.name != sheet.name)
}

/// What stands where nothing is read, but for what the form itself says at the foot of its pages.
pub(super) fn unread(form: &Form, book: &Workbook) -> impl Iterator<Item = Problem> {
    let is_of_form = |problem: &&Problem| {
        let place = problem.place.as_ref();
        !form
            .sheets
            .iter()
            .any(|sheet| place.is_some_and(|place| place.sheet == sheet.name) && has_lost_its_mark(sheet, book))
    };
    let margins = book.margins.iter().filter(|margin| !is_own(&margin.text, form));
    book.unread.iter().filter(is_of_form).cloned().chain(margins.map(|margin| margin.told()))
}

/// What the form asked when it was made and asks no more: rows that somebody deleted, each block once.
///
/// Of a sheet that is gone as a whole nothing more is said.
pub(super) fn deleted(form: &Form, book: &Workbook) -> Vec<Problem> {
    let there: BTreeSet<&str> = book.sheets.iter().flat_map(SheetCells::keys).map(|(_, key)| key).collect();
    let mut gone: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let sheets = form.sheets.iter().filter(|sheet| book.sheets.iter().all(|cells| cells.id != sheet.id));
    let rows: Vec<&Row> = sheets.flat_map(|sheet| &sheet.rows).collect();
    let is_of_sheet = |key: &str| rows.iter().any(|row| row.is(key) || row.is_beside(key));
    for ((key, _), words) in &book.questions {
        if !there.contains(key.as_str()) && !is_of_sheet(key) {
            gone.entry(key).or_default().extend(words.iter().map(String::as_str));
        }
    }
    let within = |key: &str| {
        let key = key.trim_start_matches('#');
        key.match_indices('.').any(|(dot, _)| gone.contains_key(format!("#{}", &key[..dot]).as_str()))
    };
    let blocks = gone.iter().filter(|(key, _)| !within(key));
    let problem = |(_, words): (&&str, &Vec<&str>)| Problem {
        place: None,
        message: format!("phần “{}” đã bị xóa khỏi biểu mẫu nên không có câu trả lời", short(&words.join(" "))),
        remedy: "nếu cơ quan có nội dung ở phần đó thì điền lại vào biểu mẫu đã phát".to_owned(),
    };
    blocks.map(problem).collect()
}
