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
