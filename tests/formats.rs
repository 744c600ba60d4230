//! What is printed and written: the formats of `plan check` word by word, every list in every format and place.

use crate::common;

use common::Workspace;

/// An error with a second place, a warning, an accepted warning, and text that formats must escape.
const REPORT: &str = r#"agency: xa-muong-la
round: annual
document: {number: 1/BC-UBND, date: 2026-11-16}
received: 2026-11-18
received: "<18% & more>"
tasks:
  I.1:
    status: done
    results: "Đã làm"
    figures: {directives: 1.000}
accepted:
  - {rule: stray-file, reason: "một lần"}
"#;

/// A workspace of few agencies.
fn small() -> Workspace {
    let workspace = Workspace::empty();
    for (path, file) in common::files(&common::repository().join("tests/workspace")) {
        workspace.write(&path, std::fs::read(file).expect("a file"));
    }
    workspace
}

#[test]
fn what_others_read_changes_only_on_purpose() {
    let workspace = small();
    workspace.write("reports/annual/xa-muong-la.yaml", REPORT);
    workspace.write("reports/annual/ghi chú.docx", "");
    for format in ["full", "short", "table", "csv", "markdown", "json", "github", "junit"] {
        let run = workspace.run(&format!("check reports/annual --format {format}"));
        assert_eq!((run.code, run.err.as_str()), (1, ""), "{format}");
        insta::assert_snapshot!(format, run.out);
    }
}

#[test]
fn a_hundred_like_problems_are_listed_and_the_rest_counted() {
    let workspace = small();
    let report = REPORT.replace("Đã làm", &"kiểm trа ".repeat(5_000));
    workspace.write("reports/annual/xa-muong-la.yaml", report);
    for (format, listed) in [
        ("full", "cảnh báo[mixed-letters]: "),
        ("short", "cảnh báo[mixed-letters]: "),
        ("csv", "cảnh báo,mixed-letters,"),
        ("json", "\"rule\": \"mixed-letters\""),
    ] {
        let out = workspace.run(&format!("check reports/annual --format {format}")).out;
        assert_eq!(out.matches(listed).count(), 100, "{format}");
        assert!(out.contains("4.900 chỗ nữa như vậy trong tệp này") || out.contains("\"more\": 4900"), "{format}");
        let counted = out.contains("5.001 cảnh báo") || out.contains("\"warnings\": 5001");
        assert!(counted || format == "csv", "{format}: {}", out.lines().last().unwrap_or_default());
        let longest = out.lines().map(|line| line.chars().count()).max();
        assert!(longest < Some(1_000), "{format}: {longest:?}");
    }
}

#[test]
fn every_list_is_printed_and_written_in_every_format() {
    let workspace = small();
    workspace.run("form export xa-muong-la -o bm");
    let formats = [("table", "txt"), ("json", "json"), ("csv", "csv"), ("markdown", "md"), ("html", "html")];
    for line in [
        "status",
        "show",
        "show xa-muong-la",
        "difficulties",
        "trace inspections",
        "check",
        "explain",
        "explain not-a-number",
        "schema",
        "form import bm --dry-run",
    ] {
        let listed = workspace.run(&format!("{line} --format table")).out;
        let page = workspace.run(&format!("{line} --format html")).out;
        assert!(!page.contains("\"></a>") && !page.contains("aria-label=\"\""), "{line}: a link without a name");
        for (format, ending) in formats {
            let printed = workspace.run(&format!("{line} --format {format}"));
            assert!(printed.code <= 1 && !printed.out.is_empty(), "{line} {format}: {}", printed.err);
            assert_eq!(
                workspace.run(&format!("{line} --format {format} -o -")).out,
                printed.out,
                "{line} {format}"
            );
            let name = format!("ra.{ending}");
            let written = workspace.run(&format!("{line} --format {format} -o {name}"));
            assert!(written.out.starts_with(&format!("Đã ghi {name}\n")), "{line} {format}: {}", written.err);
            assert_eq!(workspace.read(&name), printed.out, "{line} {format}");
            // A text of problems is `full`.
            if (line, format) != ("check", "table") {
                workspace.run(&format!("{line} -o {name} --force"));
                assert_eq!(workspace.read(&name), printed.out, "{line} {format}: the ending chooses");
            }
            workspace.write(&name, "cũ");
            let refused = workspace.run(&format!("{line} --format {format} -o {name}"));
            assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{line} {format}");
            assert!(refused.err.contains("--force"), "{line} {format}: {}", refused.err);
            assert_eq!(workspace.read(&name), "cũ", "{line} {format}");
            std::fs::remove_file(workspace.path(&name)).expect("a file to remove");
        }
        assert_eq!(workspace.run(&format!("{line} --format table")).out, listed, "{line}: nothing else is written");
    }
}

#[test]
fn letters_are_written_and_the_list_of_those_urged_is_printed() {
    let workspace = small();
    let run = |line: &str| workspace.run(&format!("remind --round annual --within 9 {line}"));
    for (line, begins, file) in [
        ("", "Đã ghi don-doc-annual-2026.docx\n", Some("don-doc-annual-2026.docx")),
        ("--format md", "Đã ghi don-doc-annual-2026.md\n", Some("don-doc-annual-2026.md")),
        ("-o thu.html", "Đã ghi thu.html\n", Some("thu.html")),
        ("-o tin.txt", "Đã ghi tin.txt\n", Some("tin.txt")),
        ("-o ds.csv", "Đã ghi ds.csv\n", Some("ds.csv")),
        ("--format text", "*** DỮ LIỆU MINH HỌA", None),
        ("--format table", "Đôn đốc gửi báo cáo kỳ Năm 2026", None),
        ("--format csv", "\u{feff}Mã cơ quan,", None),
        ("--format json", "{\n  \"schema_version\": 1", None),
    ] {
        let before = workspace.contents();
        let run = run(line);
        assert_eq!(run.code, 0, "{line}: {}", run.err);
        assert!(run.out.starts_with(begins), "{line}: {}", run.out);
        let after = workspace.contents();
        let new = after.keys().filter(|path| !before.contains_key(*path)).map(String::as_str);
        // Where it is written down who was written to, and what was.
        let acts = [".plan.lock", ".plan.written", "reports/annual/register.yaml"];
        let new: Vec<&str> = new.filter(|path| !acts.contains(path)).collect();
        assert_eq!(new, Vec::from_iter(file), "{line}");
    }
    assert_eq!(run("--each -o -").code, 2, "letters to each need a folder");
}
