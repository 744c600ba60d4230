//! Whom `plan remind` writes to, what it writes, and when it writes nothing.

use crate::common;

use common::Workspace;

#[test]
fn late_due_and_faulty_are_urged_and_nobody_else() {
    for (day, within, summary) in [
        ("2026-02-01", "7", "không có cơ quan nào phải đôn đốc"),
        ("2026-11-21", "7", "không có cơ quan nào phải đôn đốc"),
        ("2026-11-22", "7", "64 cơ quan: 0 quá hạn, 64 sắp đến hạn, 0 phải bổ sung"),
        ("2026-11-23", "7", "59 cơ quan: 0 quá hạn, 59 sắp đến hạn, 0 phải bổ sung"),
        ("2026-11-14", "15", "0 phải bổ sung"),
        ("2026-11-29", "0", "59 cơ quan: 0 quá hạn, 59 sắp đến hạn, 0 phải bổ sung"),
        ("2026-11-30", "0", "59 cơ quan: 59 quá hạn, 0 sắp đến hạn, 0 phải bổ sung"),
    ] {
        let workspace = Workspace::of_repository();
        let line = format!("--as-of {day} remind --round annual --within {within}");
        let run = workspace.run(&line);
        assert_eq!(run.code, 0, "{line}: {}", run.err);
        assert!(run.out.contains(summary), "{line}: {}", run.out);
        let written = workspace.contents().keys().any(|file| file.starts_with("don-doc"));
        assert_eq!(written, !summary.starts_with("không có"), "{line}");
    }
}

#[test]
fn a_faulty_report_is_urged_with_its_problems_in_words() {
    let workspace = Workspace::of_repository();
    workspace.edit("reports/annual/so-y-te.yaml", "inspections: 318", "inspections: 318.000");
    let run = workspace.run("--as-of 2026-11-23 remind --round annual --within 0 --format text");
    assert_eq!(run.code, 0, "{}", run.err);
    let told: Vec<&str> = run.out.lines().filter(|line| line.contains("318.000")).collect();
    assert!(
        matches!(told[..], [line] if line.starts_with("- Dòng 50: “318.000” không phải số nguyên")),
        "{}",
        run.out
    );
    assert!(run.out.contains("Sở Công Thương kính gửi Sở Y tế: báo cáo"), "{}", run.out);
}

/// Whoever filled in a spreadsheet knows questions, and nothing of lines and keys.
#[test]
fn who_sent_a_form_is_told_in_its_words() {
    let workspace = Workspace::of_repository();
    let report = "reports/annual/so-y-te.yaml";
    let edits = [("inspections: 318", "inspections: 318.000"), ("  VI.1:\n    status: nothing-arose\n", "")];
    edits.into_iter().for_each(|(old, new)| workspace.edit(report, old, new));
    workspace.edit(
        report,
        "    reason: Ngành y tế chưa được cấp tài khoản vào cơ sở dữ liệu chung về người tiêu dùng\n",
        "",
    );
    workspace.edit(report, "state_budget: 310000000", "state_budget: 310 triệu");
    let yaml =
        ["Dòng 1: thiếu nhiệm vụ VI.1", "thêm mục VI.1 dưới tasks", "Dòng 50: “318.000”", "Dòng 62: “310 triệu”"];
    let form = [
        "- thiếu nhiệm vụ VI.1",
        "chọn trạng thái nhiệm vụ đó ở trang “Kết quả”",
        "- Nhiệm vụ III.5, “Số vụ kiểm tra”: “318.000”",
        "- Mục “Kinh phí đã sử dụng theo nguồn, đồng”: “310 triệu”",
    ];
    let text = workspace.read(report);
    for (comment, words, others) in
        [("", yaml, form), ("# Đã gọi điện.\n# Nhận từ biểu mẫu so-y-te-annual-2026.xlsx\n", form, yaml)]
    {
        workspace.write(report, format!("{comment}{text}"));
        let run = workspace.run("--as-of 2026-11-23 remind --round annual --within 0 --format text");
        for word in words {
            assert!(run.out.contains(word), "{comment}: {word}: {}", run.out);
        }
        for word in others {
            assert!(!run.out.contains(word), "{comment}: {word}: {}", run.out);
        }
    }
}

#[test]
fn each_agency_gets_a_letter_of_its_own_and_none_replaces_another() {
    let workspace = Workspace::of_repository();
    let line = "--as-of 2026-12-03 remind --round annual --each -o thu --format md";
    let run = workspace.run(line);
    assert_eq!(run.code, 0, "{}", run.err);
    let letters: Vec<String> = workspace.contents().into_keys().filter(|file| file.starts_with("thu/")).collect();
    assert_eq!(letters.len(), 59);
    let letter = workspace.read("thu/so-noi-vu.md");
    for words in
        ["Kính gửi:\n\n- Sở Nội vụ", "quá hạn 4 ngày", "Nhiệm vụ VI\\.1", "/SCT-QLTM", "V/v đôn đốc báo cáo"]
    {
        let plain = words.replace("\\.", ".");
        assert!(letter.contains(words) || letter.contains(&plain), "{words}: {letter}");
    }

    let before = workspace.contents();
    assert_eq!(workspace.run(line).code, 2, "letters are there already");
    assert!(workspace.contents() == before);
    assert_eq!(workspace.run(&format!("{line} --force")).code, 0);
    assert!(workspace.contents() == before, "the same input gives the same letters");
}

#[test]
fn who_consolidates_is_not_urged_by_itself() {
    let workspace = Workspace::of_repository();
    std::fs::remove_file(workspace.path("reports/annual/so-cong-thuong.yaml")).unwrap();
    let run = workspace.run("--as-of 2026-12-03 remind --round annual --format text");
    assert!(!run.out.contains("kính gửi Sở Công Thương"), "{}", run.out);
}

#[test]
fn a_plan_without_the_letter_says_what_to_add() {
    let workspace = Workspace::of_repository();
    let wording = workspace.read("plan/report.yaml");
    let (without, _) = wording.split_once("# Công văn đôn đốc").unwrap();
    workspace.write("plan/report.yaml", without);
    let run = workspace.run("--as-of 2026-12-03 remind");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("thêm phần reminder vào plan/report.yaml"), "{}", run.err);
}
