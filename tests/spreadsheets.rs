//! `plan compile --format csv`: one file a table, one table alone, nothing overwritten.

use crate::common;

use std::collections::BTreeMap;

use common::Workspace;

const TABLES: [&str; 10] = [
    "tasks",
    "submissions",
    "violators",
    "warnings",
    "details",
    "difficulties",
    "indicators",
    "funding",
    "complaints_by_field",
    "sources",
];

/// The files of a folder of the workspace by name.
fn folder(workspace: &Workspace, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let inside =
        |(path, bytes): (String, Vec<u8>)| Some((path.strip_prefix(folder)?.strip_prefix('/')?.to_owned(), bytes));
    workspace.contents().into_iter().filter_map(inside).collect()
}

#[test]
fn every_table_is_a_file_of_its_own() {
    let workspace = Workspace::of_repository();
    let run = workspace.run("compile --format csv");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("Đã ghi 10 tệp") && run.out.contains("DỮ LIỆU MINH HỌA"), "{}", run.out);
    let files = folder(&workspace, "bao-cao-annual-2026-csv");
    let mut names = TABLES.map(|table| format!("{table}.csv"));
    names.sort();
    assert!(files.keys().eq(&names), "{:?}", files.keys());

    assert_eq!(workspace.run("compile --format csv -o again").code, 0);
    assert!(folder(&workspace, "again") == files, "the same input gives the same bytes");
}

#[test]
fn a_table_alone_is_the_same_as_in_the_folder() {
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run("compile --format csv -o all").code, 0);
    for (line, file) in [
        ("compile --table sources -o a.csv", "a.csv"),
        ("compile --table sources --format csv -o a.txt", "a.txt"),
        ("compile --table sources --format csv", "bao-cao-annual-2026-sources.csv"),
    ] {
        assert_eq!(workspace.run(line).code, 0, "{line}");
        assert_eq!(workspace.read(file), workspace.read("all/sources.csv"), "{line}");
    }
    let printed = workspace.run("compile --table sources --format csv -o -");
    assert_eq!(printed.out, workspace.read("all/sources.csv"));
    assert!(printed.err.contains("DỮ LIỆU MINH HỌA"), "{}", printed.err);
}

#[test]
fn what_cannot_be_written_is_said_with_the_remedy() {
    let workspace = Workspace::of_repository();
    let before = workspace.contents();
    let names = TABLES.join(", ");
    for (line, said) in [
        ("compile --format csv -o -", names.as_str()),
        ("compile -o a.csv", names.as_str()),
        ("compile --table source --format csv -o -", names.as_str()),
        ("compile --table sources", "--format csv"),
        ("compile --table sources -o a.xlsx", "--format csv"),
    ] {
        let run = workspace.run(line);
        assert_eq!(run.code, 2, "{line}: {}", run.out);
        assert!(run.err.contains(said), "{line}: {}", run.err);
    }
    assert!(workspace.contents() == before);
}

#[test]
fn one_file_that_is_there_keeps_all_from_being_written() {
    let workspace = Workspace::of_repository();
    workspace.write("so-lieu/warnings.csv", "của tôi");
    let before = workspace.contents();
    let run = workspace.run("compile --format csv -o so-lieu");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("warnings.csv") && run.err.contains("--force"), "{}", run.err);
    assert!(workspace.contents() == before);

    assert_eq!(workspace.run("compile --format csv -o so-lieu --force").code, 0);
    assert_eq!(folder(&workspace, "so-lieu").len(), TABLES.len());
    assert_ne!(workspace.read("so-lieu/warnings.csv"), "của tôi");
}

#[test]
fn every_line_is_a_whole_record() {
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run("compile --format csv -o all").code, 0);
    // A heading inside a table is a column; what adds up other lines is left out.
    let submissions = workspace.read("all/submissions.csv");
    assert!(submissions.starts_with("\u{feff}Nhóm,STT,"), "{submissions}");
    assert!(submissions.contains("\r\nGửi đúng hạn: 41,1,"), "{submissions}");
    let violators = workspace.read("all/violators.csv");
    assert!(violators.starts_with("\u{feff}STT,") && !violators.contains("Tổng cộng"), "{violators}");
}

#[test]
fn a_round_without_reports_gives_both() {
    let workspace = Workspace::without_reports();
    for line in ["compile -o a.xlsx", "compile --format csv"] {
        let run = workspace.run(line);
        assert_eq!(run.code, 0, "{line}: {}", run.err);
        assert!(!run.out.contains("MINH HỌA"), "{line}: {}", run.out);
    }
}

/// The records of a CSV file, the first of them its headers.
fn records(csv: &str) -> Vec<Vec<String>> {
    let text = csv.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let records = reader.records().map(|record| record.expect("a record").iter().map(str::to_owned).collect());
    records.collect()
}

#[test]
fn other_programs_join_tables_by_code_and_take_no_ratio_for_a_date() {
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run("compile --format csv -o so-lieu").code, 0);
    let mut tables: Vec<(String, String)> =
        TABLES.iter().map(|name| ((*name).to_owned(), workspace.read(&format!("so-lieu/{name}.csv")))).collect();
    let lists =
        ["status", "status --task III.5", "show so-y-te", "show fines", "difficulties", "remind --format csv -o -"];
    let lists = lists.into_iter().chain([
        "trace inspections",
        "trace tasks.done",
        "receive reports --dry-run",
        "publish",
        "calendar",
    ]);
    tables.extend(lists.map(|line| {
        let format = if line.contains("--format") { "" } else { " --format csv" };
        (line.to_owned(), workspace.run(&format!("{line}{format}")).out)
    }));
    for (name, csv) in tables {
        // Some programs do not find the quotes of a first header behind a byte order mark.
        assert!(csv.starts_with('\u{feff}') && !csv.starts_with("\u{feff}\""), "{name}");
        let records = records(&csv);
        let (headers, rows) = records.split_first().expect("headers");
        let has = |wanted: &str| headers.iter().any(|header| header == wanted);
        for (named, code) in
            [("Cơ quan", "Mã cơ quan"), ("Cơ quan, đơn vị", "Mã cơ quan"), ("Chỉ tiêu", "Mã chỉ tiêu")]
        {
            assert!(!has(named) || has(code), "{name}: {named} without {code}: {headers:?}");
        }
        let is_ratio = |cell: &&String| {
            let parts = cell.split_once('/').map(|(part, whole)| [part, whole]);
            parts.is_some_and(|parts| parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())))
        };
        assert_eq!(rows.iter().flatten().find(is_ratio), None, "{name}");
        assert_eq!(
            rows.iter().flatten().find(|cell| (2..8).contains(&cell.len()) && cell.ends_with('%')),
            None,
            "{name}"
        );
    }
}
