//! What stands where nothing is read, and what is gone, is named.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value as Yaml;

use super::super::hidden::Hidden;
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
