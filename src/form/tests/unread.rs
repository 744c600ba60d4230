//! What stands where nothing is read, and what is gone, is named.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value as Yaml;

use super::super::hidden::Hidden;
use super::super::margins::Margin;
use super::super::problem::{Place, Problem};
use super::super::read::{SheetCells, Workbook};
use super::super::told::below;
use super::super::written::{Odd, Value};
use super::{Dice, fill, filled_in, form, plan};

#[test]
fn what_stands_where_nothing_is_read_is_named() {
    let plan = plan();
    let form = form(&plan, "so-y-te");
    let told = Dice(3).report(&form, 60);
    let row_of = |book: &Workbook, key: &str| {
        let found = |sheet: &SheetCells| sheet.keys().find(|(_, known)| *known == key).map(|(row, _)| row);
        book.sheets.iter().enumerate().find_map(|(at, sheet)| Some((at, found(sheet)?))).unwrap()
    };
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    // A cell, what is written there, whether that keeps the form from being taken.
    for (key, column, value, problems) in [
        ("tasks.III.5.figures.fines", 5, Some(Value::Number(12.0)), 1),
        ("tasks.III.5.figures.fines", 2, text("Tiền phạt khác"), 1),
        ("agency", 2, text("Sở Khoa học và Công nghệ"), 1),
        ("agency", 2, text(" Sở  Y tế"), 0),
        ("agency", 3, text("Sở Khoa học và Công nghệ"), 1),
        ("round", 2, text("Ngày 15/3"), 1),
        ("#Subtitle", 1, text("Sở Khoa học và Công nghệ – kỳ báo cáo: Năm 2026"), 1),
        ("#Wording", 1, text("12 vụ"), 1),
        ("#Section", 2, text("12 vụ"), 1),
        ("#", 1, text("Xem thêm danh sách kèm theo"), 1),
        ("violators.1", 1, Some(Value::Number(7.0)), 0),
        ("violators.1", 1, text("Cửa hàng B"), 1),
    ] {
        let mut book = filled_in(&form, &told);
        let (sheet, row) = row_of(&book, key);
        book.sheets[sheet].cells.extend(value.clone().map(|value| ((row, column), value)));
        let found = fill(&form, &book, &[]).problems;
        assert_eq!(found.len(), problems, "{key} {value:?}: {found:?}");
        let places = found.iter().map(|problem| problem.place.as_ref().map(|place| (place.row, place.column)));
        assert!(places.into_iter().all(|place| place == Some((row, column))), "{key} {value:?}: {found:?}");
        // A form of before does not know its titles; whose it is it shows all the same.
        book.labels.clear();
        let of_before = fill(&form, &book, &[]).problems.len();
        let known = ["agency", "round"].contains(&key) || (key, column) == ("tasks.III.5.figures.fines", 2);
        assert_eq!(of_before, if known { problems } else { 0 }, "{key} {value:?}");
    }
}

/// What is in doubt in one cell keeps nothing back that is wrong with the others, and brings nothing with it.
#[test]
fn all_that_is_wrong_with_cells_is_told_at_once() {
    let plan = plan();
    let form = form(&plan, "so-y-te");
    let told = ["status", "results"].map(|key| (below(&[], &["tasks", "III.5", key]), Yaml::from("done")));
    let told = BTreeMap::from(told);
    let sheet_of = |book: &Workbook, wanted: &str| {
        let has = |sheet: &SheetCells| sheet.keys().any(|(_, key)| key == wanted);
        book.sheets.iter().position(has).unwrap()
    };
    let figure = |indicator: &str| format!("tasks.III.5.figures.{indicator}");
    // What is odd, with its value or without one; what stands in another cell; the indicators that are told of.
    for (odd, value, other, told_of) in [
        (Odd::Formula, Some(Value::Number(12.0)), None, &["fines"][..]),
        (Odd::Formula, None, None, &["fines"]),
        (Odd::Struck, Some(Value::Text("mười hai".to_owned())), None, &["fines"]),
        (Odd::Formula, None, Some("chưa rõ"), &["fines", "inspections"]),
        (Odd::Struck, Some(Value::Number(12.0)), Some("chưa rõ"), &["fines", "inspections"]),
    ] {
        let mut book = filled_in(&form, &told);
        let at = sheet_of(&book, &figure("fines"));
        let sheet = &mut book.sheets[at];
        let rows: BTreeMap<String, u32> = sheet.keys().map(|(row, key)| (key.to_owned(), row)).collect();
        let place = |indicator: &str| (rows[&figure(indicator)], 3);
        for indicator in ["fines", "inspections"] {
            for column in 3..8 {
                sheet.cells.remove(&(rows[&figure(indicator)], column));
            }
        }
        sheet.cells.extend(value.clone().map(|value| (place("fines"), value)));
        sheet.odd.insert(place("fines"), odd.clone());
        sheet.cells.extend(other.map(|other| (place("inspections"), Value::Text(other.to_owned()))));
        let problems = fill(&form, &book, &[]).problems;
        let found = problems.iter().filter_map(|problem| problem.place.as_ref());
        let found: BTreeSet<(u32, u32)> = found.map(|place| (place.row, place.column)).collect();
        let expected: BTreeSet<(u32, u32)> = told_of.iter().map(|indicator| place(indicator)).collect();
        assert_eq!(found, expected, "{odd:?} {value:?} {other:?}: {problems:?}");
    }
}

#[test]
fn a_block_that_was_deleted_is_named_once() {
    let plan = plan();
    let form = form(&plan, "so-y-te");
    let told = BTreeMap::from([(below(&[], &["document", "number"]), Yaml::from("1342/BC-SYT"))]);
    for (begins, words) in [
        (&["tasks.II.1.", "#tasks.II.1"][..], &["II.1 "][..]),
        (&["contact.phone"], &["Điện thoại"]),
        (&["violators", "#violators", "warnings", "#warnings"], &["Tên tổ chức", "Cảnh báo"]),
        (&["violators.3"], &[]),
    ] {
        let mut book = filled_in(&form, &told);
        for sheet in &mut book.sheets {
            let gone: BTreeSet<u32> = sheet
                .keys()
                .filter(|(_, key)| begins.iter().any(|begin| key.starts_with(begin)))
                .map(|(row, _)| row)
                .collect();
            sheet.cells.retain(|(row, _), _| !gone.contains(row));
        }
        let notes: Vec<String> = fill(&form, &book, &[]).notes.into_iter().map(|note| note.message).collect();
        assert_eq!(notes.len(), words.len(), "{notes:?}");
        assert!(words.iter().all(|words| notes.iter().any(|note| note.contains(words))), "{words:?} in {notes:?}");
    }
}

#[test]
fn of_a_sheet_that_is_gone_nothing_else_is_said() {
    let plan = plan();
    let form = form(&plan, "so-y-te");
    let told = BTreeMap::from([(below(&[], &["document", "number"]), Yaml::from("1342/BC-SYT"))]);
    // Gone; there without its hidden column; there under another name.
    for (renamed, words) in [
        (None, "thiếu trang “Vi phạm, cảnh báo”"),
        (Some("Vi phạm, cảnh báo"), "thiếu trang “Vi phạm, cảnh báo”: trang mang tên đó đã mất cột A hoặc dòng 1"),
        (Some("Khác"), "thiếu trang “Vi phạm, cảnh báo”"),
    ] {
        let mut book = filled_in(&form, &told);
        let at = form.sheets.iter().position(|sheet| sheet.name == "Vi phạm, cảnh báo").unwrap();
        book.sheets.retain(|cells| cells.id != form.sheets[at].id);
        let unread = |sheet: &str| Problem {
            place: Some(Place { sheet: sheet.to_owned(), row: 0, column: 0 }),
            message: "trang này không thuộc biểu mẫu".to_owned(),
            remedy: String::new(),
        };
        book.unread.extend(renamed.map(unread));
        let filled = fill(&form, &book, &[]);
        let of_sheets: Vec<&Problem> = filled.problems.iter().filter(|problem| problem.place.is_none()).collect();
        assert!(matches!(of_sheets[..], [only] if only.message.contains(words)), "{:?}", filled.problems);
        assert_eq!(filled.notes.len(), usize::from(renamed == Some("Khác")), "{:?}", filled.notes);
    }
}

#[test]
fn what_a_form_says_at_the_foot_of_its_pages_is_told_from_what_others_do() {
    let plan = plan();
    let form = form(&plan, "so-y-te");
    let told = BTreeMap::from([(below(&[], &["document", "number"]), Yaml::from("1342/BC-SYT"))]);
    for (text, named) in [
        ("Sở Y tế", false),
        ("Sở Y…", false),
        ("Kết quả – trang /", false),
        ("Số vụ kiểm tra sửa thành 330", true),
        ("330 Kết quả – trang /", true),
    ] {
        let mut book = filled_in(&form, &told);
        book.margins.push(Margin { sheet: "Kết quả".to_owned(), text: text.to_owned() });
        let notes = fill(&form, &book, &[]).notes;
        assert_eq!(notes.iter().any(|note| note.message.contains(text)), named, "{notes:?}");
    }
}

#[test]
fn a_sheet_that_is_asked_no_more_is_not_passed_over() {
    let plan = plan();
    let form = form(&plan, "so-y-te");
    let mut book = filled_in(&form, &Dice(3).report(&form, 60));
    assert_eq!(fill(&form, &book, &[]).problems, []);
    let cells = book.sheets[0].cells.clone();
    let (name, id) = ("Trang cũ".to_owned(), "before".to_owned());
    book.sheets.push(SheetCells {
        name,
        id,
        key_row: 0,
        key_column: 0,
        cells,
        odd: BTreeMap::new(),
        hidden: Hidden::default(),
    });
    let found = fill(&form, &book, &[]).problems;
    assert!(matches!(&found[..], [only] if only.message.contains("Trang cũ")), "{found:?}");
}

#[test]
fn what_nobody_sees_is_read_and_named_where_anything_is_filled_in() {
    let plan = plan();
    let form = form(&plan, "so-y-te");
    let told = BTreeMap::from([(below(&[], &["document", "number"]), Yaml::from("1342/BC-SYT"))]);
    let number = filled_in(&form, &told).sheets[0].keys().find(|(_, key)| *key == "document.number").unwrap().0;
    let hides = |rows: Vec<u32>| Hidden { rows, ..Hidden::default() };
    for (sheet, hidden, names) in [
        (0, hides(vec![0, number]), true),
        (0, hides(vec![0, number + 1]), false),
        (0, Hidden { columns: vec![(0, 0), (2, 2)], ..Hidden::default() }, true),
        (0, Hidden { columns: vec![(0, 0)], ..Hidden::default() }, false),
        (0, Hidden { sheet: true, ..Hidden::default() }, true),
        (1, Hidden { sheet: true, ..Hidden::default() }, false),
    ] {
        let mut book = filled_in(&form, &told);
        book.sheets[sheet].hidden = hidden.clone();
        let notes: Vec<String> = fill(&form, &book, &[]).notes.into_iter().map(|note| note.message).collect();
        let is_named = notes.iter().any(|note| note.contains("đang ẩn, nội dung ở đó vẫn được đọc"));
        assert_eq!((is_named, notes.len()), (names, usize::from(names)), "{hidden:?}: {notes:?}");
    }
}

#[test]
fn of_answers_that_are_merged_none_is_taken_for_all() {
    let plan = plan();
    let form = form(&plan, "so-y-te");
    let figure = |indicator: &str| format!("tasks.III.5.figures.{indicator}");
    let book = filled_in(&form, &Dice(3).report(&form, 60));
    let at = |key: &str| {
        let has = |(at, sheet): (usize, &SheetCells)| Some((at, sheet.keys().find(|(_, known)| *known == key)?.0));
        book.sheets.iter().enumerate().find_map(has).unwrap()
    };
    let (tasks, fines) = at(&figure("fines"));
    let (identity, number) = at("document.number");
    let (violations, violator) = at("violators.1");
    let all = u32::MAX;
    let named = |first: char, row: u32, last: char, end: u32| format!("{first}{}:{last}{}", row + 1, end + 1);
    // A sheet; the rows and the columns that are merged; whether the first answer is given; what is told, at which cell.
    for (sheet, rows, columns, is_given, told) in [
        (tasks, (fines, fines + 1), (3, 3), true, Some((named('D', fines, 'D', fines + 1), (fines, 3)))),
        (tasks, (fines, fines), (3, 4), true, Some((named('D', fines, 'E', fines), (fines, 3)))),
        (tasks, (fines, fines), (2, 3), true, Some((named('C', fines, 'D', fines), (fines, 3)))),
        (tasks, (fines - 1, fines), (3, 3), true, Some((named('D', fines - 1, 'D', fines), (fines - 1, 3)))),
        (
            violations,
            (violator, violator + 2),
            (1, 2),
            true,
            Some((named('B', violator, 'C', violator + 2), (violator, 2))),
        ),
        (tasks, (0, all), (3, all), true, Some(("D1:XFD1048576".to_owned(), (0, 0)))),
        // Nothing is lost; beside the answers, or an answer and what no answer stands in.
        (tasks, (fines, fines + 1), (3, 3), false, None),
        (tasks, (fines, fines + 1), (5, 5), true, None),
        (tasks, (fines, fines), (3, 3), true, None),
        (tasks, (fines, fines), (1, 2), true, None),
        (identity, (number, number), (2, 3), true, None),
        (identity, (0, 3), (1, 3), true, None),
    ] {
        let mut book = filled_in(&form, &Dice(3).report(&form, 60));
        let cells = &mut book.sheets[tasks].cells;
        cells.retain(|(row, column), _| !(fines - 1..=fines + 1).contains(row) || *column < 3 || *column == 5);
        cells.extend(is_given.then_some(((fines, 3), Value::Number(1.0))));
        // Twice, as a spreadsheet does not write it.
        book.sheets[sheet].hidden.merged = vec![(rows, columns); 2];
        let filled = fill(&form, &book, &[]);
        let place = |(row, column)| book.sheets[sheet].place(row, column);
        let merged: Vec<_> = filled.problems.iter().filter(|problem| problem.message.contains("bị gộp")).collect();
        match (&merged[..], told) {
            ([], None) => {}
            ([only], Some((range, at))) => {
                assert!(only.message.contains(&range), "{only:?}");
                let is_there = only.place == Some(place(at)) || at == (0, 0);
                assert!(is_there && filled.unread.is_some(), "{only:?}");
            }
            (problems, told) => panic!("{rows:?} {columns:?} {told:?}: {problems:?}"),
        }
    }
}
