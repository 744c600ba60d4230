//! What `check` says of files that it did not look at, or not at all rules of: nothing more than it knows.

use serde_json::Value;

use crate::common::{Workspace, problems};

const AGENCIES: &str = "plan/agencies.yaml";
const REPORT: &str = "reports/annual/so-y-te.yaml";

#[test]
fn no_file_is_called_clean_that_was_not_held_against_the_plan() {
    for (file, from, to, clean) in [
        (REPORT, "agency:", "agency:", true),
        (AGENCIES, "reporting: none", "reporting: nobody", false),
        (AGENCIES, "agencies:", "agencies: [", false),
    ] {
        let workspace = Workspace::of_repository();
        workspace.edit(file, from, to);
        let told = workspace.run(&format!("check {REPORT}")).out;
        assert_eq!(told.contains("Không có lỗi: đã kiểm tra 1 tệp."), clean, "{to}: {told}");
        assert_eq!(told.contains("1 tệp chưa kiểm tra hết"), !clean, "{to}: {told}");
        let json: Value =
            serde_json::from_str(&workspace.run(&format!("check {REPORT} --format json")).out).unwrap();
        assert_eq!(json["clean_files"].as_array().unwrap().len(), usize::from(clean), "{to}");
        let junit = workspace.run(&format!("check {REPORT} --format junit")).out;
        assert_eq!(junit.contains("<skipped>"), !clean, "{to}: {junit}");
    }
}

#[test]
fn a_file_is_told_the_same_of_whichever_files_are_asked_about() {
    let workspace = Workspace::of_repository();
    workspace.edit(REPORT, "inspections: 318", "inspections: 318.000");
    // The last one mixes letters of two alphabets.
    workspace.edit(REPORT, "next_steps:", "next_steps:\n  - TODO\n  - Sở Tài \u{441}hính");
    let of_file = |line: &str| {
        let told = problems(&workspace.run(line).out).into_iter();
        told.filter(|found| found.path == REPORT).map(|found| found.rule).collect::<Vec<_>>()
    };
    let all = of_file("check --format full");
    assert!(all.len() > 1, "{all:?}");
    assert_eq!(of_file(&format!("check --format full {REPORT}")), all);
    assert_eq!(of_file(&format!("check --format full --alone {REPORT}")), all);
}

#[test]
fn what_needs_other_reports_is_left_out_alone_and_that_is_said() {
    let workspace = Workspace::of_repository();
    // Less than in the round before.
    workspace.edit(REPORT, "inspections: 318", "inspections: 1");
    for (alone, found) in [("", true), ("--alone", false)] {
        let told = workspace.run(&format!("check --format short {alone} {REPORT}")).out;
        assert_eq!(told.contains("below-earlier-round"), found, "{told}");
        assert_eq!(told.contains("Chỉ xét riêng các tệp này"), !found, "{told}");
    }
    let refused = workspace.run(&format!("check --alone {AGENCIES}"));
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(refused.err.contains("chỉ xét báo cáo"), "{}", refused.err);
}

#[test]
fn a_file_of_another_program_is_not_read_as_text() {
    let workspace = Workspace::of_repository();
    for (name, code, told) in [
        ("ban-chup.pdf", 2, "bản chụp thì ghi nhận bản giấy"),
        (
            "bao-cao.XLS",
            2,
            "không phải biểu mẫu (.xlsx) hay báo cáo (.yaml); mở bằng phần mềm bảng tính, lưu lại dạng .xlsx",
        ),
        ("thu.eml", 2, "plan receive TỆP --dry-run"),
        ("bao-cao.docx", 2, "plan receive CƠ_QUAN --on NGÀY --file TỆP; dự thảo"),
        ("bao-cao.txt", 1, "bao-cao.txt:1:"),
    ] {
        workspace.write(name, "%PDF-1.7\n");
        let run = workspace.run(&format!("check {name}"));
        assert!(
            run.code == code && format!("{}{}", run.out, run.err).contains(told),
            "{name}: {}{}",
            run.out,
            run.err
        );
    }
    // Whatever it is called.
    workspace.write(REPORT, b"%PDF-1.7\n\xb5\xb5");
    let told = workspace.run(&format!("check {REPORT}")).out;
    assert!(told.contains("là tệp PDF, không phải tệp văn bản (.yaml)"), "{told}");
}

/// Nothing in it is doubted for what it stands for.
#[test]
fn a_file_from_elsewhere_stands_for_the_report_that_it_is_of() {
    let workspace = Workspace::of_repository();
    let dated = workspace.read(REPORT).replacen("\nround: annual\n", "\nround: annual\ndate: 2026-11-18\n", 1);
    for (text, found) in [
        (workspace.read(REPORT), vec![]),
        (workspace.read("reports/ad-hoc/2026-08-05-xa-muong-la.yaml"), vec![]),
        // A day that is none of its own makes no ad hoc report of it.
        (dated, vec!["unknown-key"]),
    ] {
        workspace.write("moi.yaml", &text);
        let told = workspace.run("check --as-of 2026-12-01 --format full moi.yaml").out;
        let rules: Vec<_> = problems(&told).into_iter().map(|problem| problem.rule).collect();
        assert_eq!(rules, found, "{told}");
    }
}

#[test]
fn a_folder_that_is_not_looked_at_as_a_whole_is_answered_with_what_looks_at_its_files() {
    for (files, told) in [
        (
            &["b m.xlsx", "a.yaml", "c.xlsx", "thu.eml"][..],
            &[
                "plan check \"mix/b m.xlsx\" mix/c.xlsx\n",
                "plan check mix/a.yaml\n",
                "plan receive mix --dry-run\n",
            ][..],
        ),
        (&["a.yml"], &["plan check mix/a.yml\n"]),
        (&["a.txt"], &[]),
    ] {
        let workspace = Workspace::of_repository();
        files.iter().for_each(|name| workspace.write(&format!("mix/{name}"), "PK"));
        let run = workspace.run("check mix");
        assert_eq!(run.code, 2, "{files:?}: {}", run.err);
        assert!(told.iter().all(|line| run.err.contains(line)), "{files:?}: {}", run.err);
        assert_eq!(run.err.contains("nêu riêng từng loại"), !told.is_empty(), "{files:?}: {}", run.err);
    }
}
