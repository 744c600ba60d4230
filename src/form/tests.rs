//! Every field that is declared is asked, and what is filled in comes back; forms of before lose nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path as Folder;

use chrono::NaiveDate;
use serde_yaml::{Mapping, Value as Yaml};

use self::dice::Dice;
use super::hidden::Hidden;
use super::read::{SheetCells, Words, Workbook};
use super::told::below;
use super::written::Value;
use super::{Cell, Content, Form, Input, List, Merged, Path, Row, Sheet, Target, fill, merge};
use crate::check::{self, Clock, Depth};
use crate::diagnostic::Sink;
use crate::model::{Plan, Report};
use crate::record::{self, Field, Record, Shape, Way};
use crate::scaffold;
use crate::source::{self, Files};

mod dice;
mod unread;

type Parts = BTreeMap<Path, Yaml>;

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

/// The repository's own plan.
fn plan() -> Plan {
    let files = source::read(Folder::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    check::run(&files, Clock { today: day(), as_of: None }, Depth::Errors).plan.unwrap()
}

fn form(plan: &Plan, agency: &str) -> Form {
    Form::new(plan, plan.rounds.find("annual").unwrap(), plan.agencies.find(agency).unwrap(), None)
}

/// The workbook that a form is; `value` gives what stands in a cell that may fill one of some parts of the report.
fn workbook(form: &Form, value: &mut dyn FnMut(&[Path], Input) -> Option<Value>) -> Workbook {
    let text = |text: &str| Value::Text(text.to_owned());
    let mut sheets = Vec::new();
    for sheet in &form.sheets {
        let mut cells = BTreeMap::from([((0, 0), text("mark"))]);
        cells.extend((1..).zip(sheet.widths).map(|(column, _)| ((0, column), text(letter(column)))));
        let mut items = 0;
        for (row, asked) in (1..).zip(&sheet.rows) {
            cells.insert((row, 0), text(asked.key()));
            items = if asked.item { items + 1 } else { 0 };
            for cell in &asked.cells {
                let value = match &cell.content {
                    Content::Label(_, words) => Some(text(words)).filter(|_| !words.is_empty()),
                    Content::Input(input, target) => {
                        let mut path = asked.path.clone();
                        path.extend(asked.item.then(|| (items - 1).to_string()));
                        let paths: Vec<Path> = target.names().map(|names| below(&path, &names)).collect();
                        value(&paths, *input)
                    }
                };
                cells.extend(value.map(|value| ((row, u32::from(cell.columns.0 as u8 - b'A')), value)));
            }
        }
        let (name, id) = (sheet.name.to_owned(), sheet.id.to_owned());
        sheets.push(SheetCells {
            name,
            id,
            key_row: 0,
            key_column: 0,
            cells,
            odd: BTreeMap::new(),
            hidden: Hidden::default(),
        });
    }
    let [questions, labels] = [true, false].map(|asking| {
        let mut words = Words::new();
        for (key, column, locked) in form.locked(asking) {
            words.entry((key.to_owned(), column)).or_default().push(locked.to_owned());
        }
        words
    });
    Workbook {
        mark: form.mark.clone(),
        from_1904: false,
        questions,
        labels,
        sheets,
        unread: Vec::new(),
        margins: Vec::new(),
    }
}

fn letter(column: u32) -> &'static str {
    &"ABCDEFGHIJKLMN"[column as usize..=column as usize]
}

/// The form filled in with what a report says.
fn filled_in(form: &Form, report: &Parts) -> Workbook {
    workbook(form, &mut |paths, input| {
        let value = paths.iter().find_map(|path| report.get(path))?;
        match (input, value) {
            (Input::Choice(list), Yaml::String(id)) => form
                .options(list)
                .iter()
                .find(|(known, _)| known == id)
                .map(|(_, words)| Value::Text(words.clone())),
            (Input::Text | Input::Code | Input::Date, Yaml::String(text)) => Some(Value::Text(text.clone())),
            (Input::Whole | Input::WholeOr(_), Yaml::Number(number)) => number.as_f64().map(Value::Number),
            _ => None,
        }
    })
}

/// Every word of a report by the path that leads to it.
fn parts(value: &Yaml) -> Parts {
    fn walk(value: &Yaml, path: &mut Path, parts: &mut Parts) {
        match value {
            Yaml::Mapping(fields) => fields.iter().for_each(|(key, value)| match key.as_str().unwrap() {
                // A number with what is told beside it.
                "value" => walk(value, path, parts),
                key => {
                    path.push(key.to_owned());
                    walk(value, path, parts);
                    path.pop();
                }
            }),
            Yaml::Sequence(items) => items.iter().enumerate().for_each(|(at, value)| {
                path.push(at.to_string());
                walk(value, path, parts);
                path.pop();
            }),
            value => {
                parts.insert(path.clone(), value.clone());
            }
        }
    }
    let mut parts = Parts::new();
    walk(value, &mut Vec::new(), &mut parts);
    parts
}

/// The paths of a record's fields that hold no record, those of lists and tables under an empty key, with their fields
/// and whether a record cannot be without them.
fn leaves(record: &'static Record, path: &[String]) -> Vec<(Path, &'static Field, bool)> {
    let of_field = |field: &'static Field| {
        let mut path = below(path, &[field.key]);
        let mut shape = field.shape;
        while let Shape::List(inner) | Shape::Table(_, inner) = shape {
            path.push(String::new());
            shape = at_length(inner);
        }
        match shape {
            Shape::Record(inner) if field.is_asked() => leaves(inner, &path),
            _ => vec![(path, field, field.required || record.any_of.contains(&field.key))],
        }
    };
    record.fields.iter().flat_map(of_field).collect()
}

/// The record of what may be its first field alone too.
fn at_length(shape: &'static Shape) -> &'static Shape {
    match shape {
        Shape::Either(_, [_, record @ Shape::Record(_)]) => record,
        shape => shape,
    }
}

/// With an empty key in place of each id and number.
fn general(path: &[String]) -> Path {
    let mut shape = Some(&Shape::Record(Report::RECORD));
    let general = path.iter().map_while(|key| {
        let (below, field) = shape?.under(key)?;
        shape = Some(below);
        Some(field.map_or_else(String::new, |field| field.key.to_owned()))
    });
    general.collect()
}

#[test]
fn no_field_is_forgotten() {
    let plan = plan();
    let form = form(&plan, "so-cong-thuong");
    let mut asked: BTreeSet<Path> = BTreeSet::new();
    workbook(&form, &mut |paths, _| {
        asked.extend(paths.iter().map(|path| general(path)));
        None
    });
    let (round, agency) = (plan.rounds.find("annual").unwrap(), plan.agencies.find("so-cong-thuong").unwrap());
    let lines = scaffold::report(&plan, round, agency, None, "") + &scaffold::ad_hoc(&plan, agency, day(), "");
    let fields = leaves(Report::RECORD, &[]);
    assert!(fields.len() > 40);
    let mut forgotten = Vec::new();
    for (path, field, _) in fields {
        let path_words = path.join(".");
        let key = field.key;
        if field.is_asked() && !asked.contains(&path) {
            forgotten.push(format!("{path_words}: no question of the form, nor a word that it has none"));
        }
        if field.is_asked() && matches!(field.shape, Shape::Flag) {
            forgotten.push(format!("{path_words}: a form takes no true or false, but a choice of words"));
        }
        if field.description().is_empty() {
            forgotten.push(format!("{path_words}: no words that say what it is"));
        }
        let line = [":", " (", ",", ")"].iter().any(|after| lines.contains(&format!("{key}{after}")));
        if field.ask.way != Way::Never && !line {
            forgotten.push(format!("{path_words}: no line in a report to fill in"));
        }
    }
    assert_eq!(forgotten, [] as [String; 0]);
}

#[test]
fn what_a_report_to_fill_in_offers_can_be_uncommented() {
    let plan = plan();
    let (round, agency) = (plan.rounds.find("annual").unwrap(), plan.agencies.find("so-y-te").unwrap());
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    for text in [scaffold::report(&plan, round, agency, None, ""), scaffold::ad_hoc(&plan, agency, day, "")] {
        let (begun, offered) = text.split_once("bỏ dấu # đầu dòng và điền.\n").unwrap();
        let bare: String = offered.lines().map(|line| format!("{}\n", line.strip_prefix("# ").unwrap())).collect();
        // A key that stood twice would be refused.
        let read: Yaml = serde_yaml::from_str(&format!("{begun}\n{bare}")).unwrap();
        let there: BTreeSet<Path> = parts(&read).keys().map(|path| general(path)).collect();
        let fields = leaves(Report::RECORD, &[]);
        let is_begun = |path: &Path| Report::RECORD.fields.iter().any(|field| field.key == path[0] && field.begun);
        let asked =
            fields.iter().filter(|(path, field, _)| field.is_asked() && !is_begun(path) && path[0] != "tasks");
        let missing: Vec<&Path> = asked.map(|(path, ..)| path).filter(|path| !there.contains(*path)).collect();
        assert_eq!(missing, [] as [&Path; 0]);
    }
}

/// The parts of a report that was written; a step of the next period may be its text alone.
fn read_back(text: &str) -> Parts {
    let at_length = |(path, value): (Path, Yaml)| match &path[..] {
        [list, item] if list == "next_steps" => (below(&[], &[list, item, "text"]), value),
        _ => (path, value),
    };
    parts(&serde_yaml::from_str(text).unwrap()).into_iter().map(at_length).collect()
}

fn text(merged: Merged) -> String {
    match merged {
        Merged::New(text) | Merged::Completed(text) | Merged::Corrected { text, .. } => text,
        Merged::Unchanged => panic!("unchanged"),
    }
}

#[test]
fn what_is_filled_in_comes_back() {
    let plan = plan();
    let form = form(&plan, "so-cong-thuong");
    for seed in 0..60 {
        let mut meant = Dice(seed).report(&form, 10 + 80 * (seed as usize % 2));
        let filled = fill(&form, &filled_in(&form, &meant), &[]);
        // Nothing must be told: a form without anything is none.
        if meant.is_empty() {
            assert_eq!(filled.problems.len(), 1, "{seed}");
            continue;
        }
        assert_eq!(filled.problems, [], "{seed}: {meant:?}");
        let text = text(merge(&filled.told, None, day(), "a.xlsx").unwrap());
        let told = [("agency", "so-cong-thuong"), ("round", "annual"), ("received", "2026-11-23")];
        meant.extend(told.map(|(key, value)| (vec![key.to_owned()], value.into())));
        assert_eq!(read_back(&text), meant, "{seed}: {text}");

        let files = Files::from_memory([("a.yaml".to_owned(), text.as_bytes().to_vec())]);
        let (id, file) = files.find("a.yaml").unwrap();
        let mut sink = Sink::default();
        let report = record::read::<Report>(id, file, &plan, &mut sink).unwrap();
        let tasks = meant.keys().filter(|path| path[0] == "tasks").map(|path| &path[1]);
        assert_eq!(report.tasks.len(), tasks.collect::<BTreeSet<_>>().len(), "{seed}");
        let figures: usize = report.tasks.iter().map(|entry| entry.figures.len()).sum();
        assert_eq!(
            figures,
            meant
                .keys()
                .filter(|path| path.get(2).is_some_and(|key| key == "figures"))
                .map(|path| &path[..4])
                .collect::<BTreeSet<_>>()
                .len()
        );
        // A report may tell of no task.
        let broken: Vec<_> =
            sink.into_diagnostics().into_iter().filter(|found| found.rule.name != "missing-field").collect();
        assert!(broken.is_empty(), "{seed}: {broken:?}");
        assert!(matches!(merge(&filled.told, Some(&text), day(), "b.xlsx").unwrap(), Merged::Unchanged), "{seed}");
    }
}

/// A form as it was before a field was asked: without its rows, without its column.
fn without(plan: &Plan, field: &[String]) -> Form {
    let mut form = form(plan, "so-cong-thuong");
    for sheet in &mut form.sheets {
        let of_row = |row: &Row, target: &Target| {
            let item = if row.item { &["0"][..] } else { &[] };
            general(&below(&below(&row.path, item), &target.path)).starts_with(field)
        };
        let asks = |row: &Row| row.inputs().any(|(_, _, target)| of_row(row, target));
        let lost: Vec<(String, char)> = sheet
            .rows
            .iter()
            .filter(|row| row.inputs().count() > 1)
            .flat_map(|row| {
                let columns = row.inputs().filter(|(_, _, target)| of_row(row, target));
                columns.flat_map(|(column, ..)| row.heads.iter().map(move |head| (head.clone(), column)))
            })
            .collect();
        sheet.rows.retain(|row| !(asks(row) && row.inputs().all(|(_, _, target)| of_row(row, target))));
        for row in &mut sheet.rows {
            let key = row.key().to_owned();
            let heads = row.heads.clone();
            row.cells.retain(|cell| {
                !lost
                    .iter()
                    .any(|(head, column)| *column == cell.columns.0 && (*head == key || heads.contains(head)))
            });
        }
    }
    form
}

#[test]
fn a_form_that_did_not_ask_deletes_nothing() {
    let plan = plan();
    let now = form(&plan, "so-cong-thuong");
    let before = Dice(7).report(&now, 100);
    let old = {
        let filled = fill(&now, &filled_in(&now, &before), &[]);
        assert_eq!(filled.problems, []);
        text(merge(&filled.told, None, day(), "a.xlsx").unwrap())
    };
    let fields = leaves(Report::RECORD, &[]);
    let name = below(&[], &["contact", "name"]);
    for (path, ..) in fields.iter().filter(|(_, field, must)| field.is_asked() && !must) {
        let form_of_before = without(&plan, path);
        let mut told = before.clone();
        told.insert(name.clone(), "Người khác".into());
        told.retain(|known, _| general(known) != *path);
        let filled = fill(&now, &filled_in(&form_of_before, &told), &[]);
        assert_eq!(filled.problems, [], "{path:?}");
        let merged = match merge(&filled.told, Some(&old), day(), "b.xlsx").unwrap() {
            Merged::Unchanged => before.clone(),
            merged => read_back(&text(merged)),
        };
        assert!(merged.get(&name) == told.get(&name) || *path == name, "{path:?}");
        let kept = before.iter().filter(|(known, _)| general(known) == *path);
        let lost: Vec<_> = kept.filter(|(known, value)| merged.get(*known) != Some(value)).collect();
        assert!(lost.is_empty(), "{path:?}: {lost:?}");
    }
}

#[test]
fn what_is_told_beside_a_figure_is_asked_of_a_whole_and_stays_where_a_form_does_not_ask_it() {
    let plan = plan();
    let form = form(&plan, "so-cong-thuong");
    let at = ["tasks", "V.1", "figures", "complaints_received"];
    let merged = |old: &str, new: &Yaml, asked: bool| {
        let figure = Mapping::from_iter([(at[3].into(), new.clone())]);
        let figures = Mapping::from_iter([(at[2].into(), figure.into()), ("status".into(), "done".into())]);
        let task = Mapping::from_iter([(at[1].into(), figures.into())]);
        let report = parts(&Mapping::from_iter([(at[0].into(), task.into())]).into());
        let mut book = filled_in(&form, &report);
        book.questions.retain(|(_, column), _| asked || *column != 'H');
        let filled = fill(&form, &book, &[]);
        if let Some(problem) = filled.problems.iter().find(|problem| problem.message.contains("chuyển sang")) {
            return Yaml::from(problem.message.as_str());
        }
        let old = format!("tasks: {{V.1: {{figures: {{complaints_received: {old}}}}}}}");
        let text = text(merge(&filled.told, Some(&old), day(), "a.xlsx").unwrap());
        at.iter().fold(serde_yaml::from_str::<Yaml>(&text).unwrap(), |within, key| within[*key].clone())
    };
    let no_number = "có số năm trước chuyển sang thì phải có số liệu của năm nay";
    for (old, new, asked, kept) in [
        ("{value: 5, carried_over: 3}", "6", false, "{value: 6, carried_over: 3}"),
        ("{value: 5, counted_by: so-y-te}", "{reason: Chưa rõ}", false, "{reason: Chưa rõ, counted_by: so-y-te}"),
        ("{reason: Chưa rõ, carried_over: 3}", "6", false, "{value: 6, carried_over: 3}"),
        ("{value: 5, carried_over: 3}", "nothing-arose", false, "nothing-arose"),
        ("{reason: Chưa rõ}", "6", false, "6"),
        ("5", "6", false, "6"),
        ("{value: 5, carried_over: 3}", "6", true, "6"),
        ("5", "{value: 6, carried_over: 2}", true, "{value: 6, carried_over: 2}"),
        ("{value: 5, carried_over: 3}", "{value: 0, carried_over: 2}", true, "{value: 0, carried_over: 2}"),
        (
            "{value: 5, counted_by: so-y-te, carried_over: 3}",
            "{value: 6, carried_over: 2}",
            true,
            "{value: 6, carried_over: 2, counted_by: so-y-te}",
        ),
        ("5", "{carried_over: 2}", true, no_number),
        ("5", "{reason: Chưa rõ, carried_over: 2}", true, no_number),
    ] {
        let (new, kept): (Yaml, Yaml) = (serde_yaml::from_str(new).unwrap(), serde_yaml::from_str(kept).unwrap());
        assert_eq!(merged(old, &new, asked), kept, "{old}, {new:?}");
    }
    let beside = |sheet: &Sheet| sheet.rows.iter().filter(|row| row.cells.iter().any(Cell::is_beside)).count();
    assert_eq!(form.sheets.iter().map(beside).sum::<usize>(), 8 * 3 + 2, "three wholes of III.1–III.8, two of V.1");
}

#[test]
fn whose_figures_an_agencys_contain_is_said_where_they_are_asked() {
    let read = source::read(Folder::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    for (until, heir, is_said) in [
        ("2026-06-30", "xa-thuan-chau", true),
        ("2026-06-30", "xa-mai-son", false),
        // Gone before the first day of the data, and still there on the last day in time.
        ("2025-12-31", "xa-thuan-chau", false),
        ("2026-11-29", "xa-thuan-chau", false),
    ] {
        let code = "commune_code: \"03781\"\n";
        let gone = format!("{code}    active: {{until: {until}}}\n    successor: xa-thuan-chau\n");
        let plan = read.iter().filter(|(_, file)| file.path.starts_with("plan/"));
        let texts = plan.map(|(_, file)| (file.path.clone(), file.text().replacen(code, &gone, 1).into_bytes()));
        let files = Files::from_memory(texts);
        let plan = check::run(&files, Clock { today: day(), as_of: None }, Depth::Errors).plan.unwrap();
        let cells = form(&plan, heir).sheets.into_iter().flat_map(|sheet| sheet.rows).flat_map(|row| row.cells);
        let words = cells.filter_map(|cell| match cell.content {
            Content::Label(_, words) => Some(words),
            Content::Input(..) => None,
        });
        let said = words.filter(|words| words.contains("gồm cả số của UBND xã Co Mạ")).count();
        let (round, agency) = (plan.rounds.find("annual").unwrap(), plan.agencies.find(heir).unwrap());
        let scaffold = scaffold::report(&plan, round, agency, None, "").replace("\n#", "");
        let in_scaffold = scaffold.contains("gồm cả số của UBND xã Co Mạ; số của riêng");
        assert_eq!((said, in_scaffold), (if is_said { 2 } else { 0 }, is_said), "{until} {heir}");
    }
}

#[test]
fn a_row_is_found_under_its_key_of_before() {
    let plan = plan();
    let rename = |keys: &[&str]| {
        let mut form = form(&plan, "so-cong-thuong");
        let row =
            form.sheets.iter_mut().flat_map(|sheet| &mut sheet.rows).find(|row| row.is("contact.phone")).unwrap();
        row.keys = keys.iter().map(|key| (*key).to_owned()).collect();
        form
    };
    let mut told = Dice(1).report(&form(&plan, "so-cong-thuong"), 20);
    told.insert(below(&[], &["contact", "phone"]), "0912".into());
    let book = filled_in(&rename(&["contact.telephone"]), &told);
    for (now, problems) in [(&["contact.phone", "contact.telephone"][..], 0), (&["contact.phone"], 1)] {
        let filled = fill(&rename(now), &book, &[]);
        assert_eq!(filled.problems.len(), problems, "{:?}", filled.problems);
        let read = parts(&Yaml::Mapping(filled.told.report));
        assert_eq!(read.contains_key(&below(&[], &["contact", "phone"])), problems == 0);
    }
}

#[test]
fn a_title_names_what_its_sheet_asks() {
    let titles = |plan: &Plan| -> String {
        let form = form(plan, "so-cong-thuong");
        let labels = form.sheets.iter().filter_map(|sheet| match &sheet.rows[0].cells[0].content {
            Content::Label(_, title) => Some(title.clone()),
            Content::Input(..) => None,
        });
        labels.collect::<Vec<_>>().join("; ")
    };
    let mut plan = plan();
    let all = titles(&plan);
    assert!(all.contains("PHƯƠNG HƯỚNG, KINH PHÍ;") && all.ends_with("CẢNH BÁO, PHẢN ÁNH THEO LĨNH VỰC"), "{all}");
    plan.funding_sources.clear();
    plan.complaints.fields.clear();
    let fewer = titles(&plan);
    assert!(
        fewer.contains("KHÓ KHĂN, KIẾN NGHỊ, PHƯƠNG HƯỚNG;") && fewer.ends_with("VI PHẠM ĐÃ CÔNG BỐ, CẢNH BÁO"),
        "{fewer}"
    );
}
