//! The formats of `plan check` that editors and scripts read, held word by word.

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

#[test]
fn what_others_read_changes_only_on_purpose() {
    let workspace = Workspace::empty();
    let shared = common::repository().join("tests/workspace");
    for (path, file) in common::files(&shared) {
        workspace.write(&path, std::fs::read(file).expect("a file"));
    }
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
    let workspace = Workspace::empty();
    for (path, file) in common::files(&common::repository().join("tests/workspace")) {
        workspace.write(&path, std::fs::read(file).expect("a file"));
    }
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
