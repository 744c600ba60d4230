//! Another province, another plan: other groups, rounds, indicators, agencies and superior. Nothing in the code knows the
//! one whose plan the program carries.

use crate::common;

use std::collections::BTreeSet;

use common::form::{fill, number, words};
use common::{Workspace, files, list, repository, yaml};

const DAY: &str = "--as-of 2026-11-06";

fn elsewhere() -> Workspace {
    let workspace = Workspace::empty();
    for (path, file) in files(&repository().join("tests/other")) {
        workspace.write(&path, common::read(&file));
    }
    workspace
}

#[test]
fn every_command_works_with_another_plan() {
    let workspace = elsewhere();
    for (line, told) in [
        ("check", "Không có lỗi"),
        ("status", "tỉnh Cà Mau"),
        ("status --round thang-10 --overdue", "Tân Thành"),
        ("show I.1", "Lấy mẫu, xét nghiệm"),
        ("trace mau_xet_nghiem --round thang-10", "270 mẫu"),
        ("compile --round thang-10 --format md -o -", "CHI CỤC AN TOÀN VỆ SINH THỰC PHẨM"),
        ("compile --round thang-10 --format md -o -", "### Giám sát nguy cơ\n\nChưa có nhiệm vụ hoàn thành."),
        ("compile --round thang-10 --for-superior -o -", "agency: \"ca-mau\""),
        ("remind --round thang-10 --format text -o -", "UBND phường Tân Thành: hạn trước ngày 05/11/2026"),
        ("difficulties --to bo-nn-mt", "phòng xét nghiệm"),
        ("new xa-dat-mui --round ca-nam", "reports/ca-nam/xa-dat-mui.yaml"),
    ] {
        let run = workspace.run(&format!("{DAY} {line}"));
        assert_eq!(run.code, 0, "{line}: {}{}", run.out, run.err);
        assert!(run.out.contains(told), "{line}: {}", run.out);
        for word in ["Sơn La", "người tiêu dùng", "so-cong-thuong"] {
            assert!(!run.out.contains(word), "{line}: {word}: {}", run.out);
        }
    }
}

#[test]
fn a_form_of_another_plan_comes_back() {
    let workspace = elsewhere();
    let run = workspace.run(&format!("{DAY} form export phuong-tan-thanh --round thang-10 -o bm"));
    assert_eq!(run.code, 0, "{}", run.err);
    let form = workspace.path("bm/phuong-tan-thanh-thang-10-2026.xlsx");
    let cells = [
        ("document.number", 'C', words("17/BC-UBND")),
        ("document.date", 'C', words("04/11/2026")),
        ("tasks.I.1.status", 'G', words("Đang thực hiện")),
        ("tasks.I.1.results", 'G', words("Đã lấy mẫu tại chợ phường.")),
        ("tasks.I.1.figures.mau_xet_nghiem", 'D', number("12")),
        ("tasks.I.1.figures.mau_khong_dat", 'D', number("0")),
    ];
    fill(&form, &cells);
    let run = workspace.run(&format!("{DAY} form import bm --on 2026-11-04"));
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let traced = workspace.run(&format!("{DAY} trace mau_xet_nghiem --round thang-10"));
    assert!(traced.out.contains("282 mẫu"), "{}", traced.out);
    assert!(workspace.run(&format!("{DAY} status")).out.contains("Đủ báo cáo"));
}

/// Names and ids of the plan that the program carries stand in examples that people read, and nowhere else in the code.
#[test]
fn nothing_in_the_code_knows_the_plan_that_it_carries() {
    let agencies = yaml("plan/agencies.yaml");
    let ids = |items: &serde_yaml::Value| -> Vec<String> {
        list(items).iter().filter_map(|item| item["id"].as_str().map(str::to_owned)).collect()
    };
    let mut known: BTreeSet<String> =
        ids(&agencies["agencies"]).into_iter().chain(ids(&agencies["groups"])).collect();
    // An abbreviation that every province uses is no id of one.
    known.retain(|id| id.contains('-'));
    known.extend(list(&agencies["agencies"]).iter().filter_map(|item| item["name"].as_str().map(str::to_owned)));
    for (path, _) in files(&repository().join("plan/tasks")) {
        known.extend(ids(&yaml(&format!("plan/tasks/{path}"))["tasks"]));
    }
    known.insert("Sơn La".to_owned());
    let mut found = Vec::new();
    for (path, file) in files(&repository().join("src")) {
        let examples = [
            "tests.rs",
            "fixtures.rs",
            "mutations.rs",
            "sample.rs",
            "sample/groups.rs",
            "sample/reports.rs",
            "agreement.rs",
            "record/rules.rs",
        ];
        if !path.ends_with(".rs") || path.contains("tests/") || examples.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        let text = common::read(&file);
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let mut in_example = false;
        for line in code.lines() {
            // What explains a rule stands on lines of its own, from one that only opens it.
            let begins =
                line.split_once("after_help = \"").or_else(|| line.trim().eq("\"\\").then_some(("", "\\")));
            in_example |= begins.is_some();
            let is_word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
            let told = |word: &String| {
                let mut places = line.match_indices(word.as_str());
                places
                    .any(|(at, _)| !line[..at].ends_with(is_word) && !line[at + word.len()..].starts_with(is_word))
            };
            if !in_example && !line.trim_start().starts_with("//") {
                found.extend(known.iter().filter(|word| told(word)).map(|word| format!("{path}: {word}")));
            }
            let rest = begins.map_or(line, |(_, rest)| rest);
            in_example &= !["\"", "\",", "\")"].iter().any(|end| rest.trim_end().ends_with(end));
        }
    }
    assert_eq!(found, [] as [String; 0]);
}

/// Filled in where it asks to be, a blank plan writes every paper; a name in small letters says itself of what it is.
#[test]
fn a_blank_plan_that_is_filled_in_has_all_papers() {
    let workspace = Workspace::empty();
    assert_eq!(workspace.run("init --blank . --year 2026").code, 0);
    let given = [
        ("agencies", "trước ngày 30/11/2026"),
        ("consolidated", "trước ngày 05/12/2026"),
        ("agencies_before", "2026-11-30"),
        ("consolidated_before", "2026-12-05"),
        ("data_from", "2026-01-01"),
        ("data_to", "2026-11-20"),
        ("province", "thành phố Huế"),
        ("number_code", "SCT-QLTM"),
    ];
    for problem in common::problems(&workspace.run("check --format full").out) {
        let text = workspace.read(&problem.path);
        let lines = text.lines().enumerate().map(|(at, line)| {
            let (told, _) = line.split_once("  #").unwrap_or((line, ""));
            let key = told.trim().trim_start_matches("- ").trim_end_matches(':');
            let value = given.iter().find(|(known, _)| *known == key).map(|(_, value)| (*value).to_owned());
            // No two agencies have one name.
            let value = value.unwrap_or_else(|| format!("Nội dung {at}"));
            if at + 1 == problem.line { format!("{told} {value}\n") } else { format!("{line}\n") }
        });
        workspace.write(&problem.path, lines.collect::<String>());
    }
    let day = "--as-of 2026-12-01";
    let run = |line: &str| {
        let run = workspace.run(&format!("{day} {line}"));
        assert_eq!(run.code, 0, "{line}: {}{}", run.out, run.err);
        run.out
    };
    run("check");
    assert!(run("status").contains("Kế hoạch năm 2026 thành phố Huế –"));
    let message = run("remind --format text");
    assert!(message.contains("đã quá hạn 02 ngày; đề nghị gửi ngay"), "{message}");
    run("remind -o don-doc.docx");
    run("publish -o cong-khai");
    run("compile --round nam -o bao-cao.docx");
    let report = "agency: co-quan-1\nround: nam\nreceived: 2026-11-20\ntasks:\n  I.1: {status: done, results: Xong., figures: {so_viec: 3}}\n\
                  recommendations: [{to: cap-tren, text: Bố trí xe.}]\n";
    workspace.write("reports/nam/co-quan-1.yaml", report);
    run("compile --round nam --agency co-quan-1 -o co-quan.docx");
    run("difficulties --to cap-tren -o cong-van.docx");
    assert!(workspace.read("README.md").contains("plan new co-quan-1"));
    assert!(run("show co-quan-1").contains("co-quan-1") && run("trace so_viec --round nam").contains(": 3"));
}

#[test]
fn a_blank_plan_says_what_is_to_be_filled_in_and_nothing_else() {
    let workspace = Workspace::empty();
    let run = workspace.run("init --blank moi");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("Kế hoạch còn trống") && run.out.contains("plan check"), "{}", run.out);
    let check = workspace.run("-C moi check --format full");
    assert_eq!(check.code, 1, "{}", check.out);
    let problems = common::problems(&check.out);
    assert!(problems.iter().all(|problem| problem.rule == "missing-field"), "{}", check.out);
    for file in ["plan", "agencies", "rounds", "indicators", "report", "tasks/I"] {
        let path = format!("moi/plan/{file}.yaml");
        assert!(problems.iter().any(|problem| problem.path == path), "{path}: {}", check.out);
        let text = workspace.read(&path);
        for problem in problems.iter().filter(|problem| problem.path == path) {
            let line = text.lines().nth(problem.line - 1).unwrap_or_default().trim_end();
            let (key, _) = line.split_once('#').unwrap_or((line, ""));
            assert!(key.trim_end().ends_with([':', '-']), "{path}: {line}");
        }
    }
    assert_eq!(workspace.run("-C moi status").code, 2);
    assert_eq!(workspace.run("init --blank moi").code, 2);
    // Here where no folder is named.
    let here = Workspace::empty();
    assert_eq!(here.run("init --blank").code, 0);
    assert!(here.path("plan/plan.yaml").is_file());
    // Of a year that is known: it is in its place and in the examples, and all else is still to be filled in.
    let run = workspace.run("init --blank nam --year 2027");
    assert!(run.code == 0 && run.out.contains("Kế hoạch năm 2027 còn trống"), "{}{}", run.out, run.err);
    let plan = workspace.read("nam/plan/plan.yaml");
    assert!(plan.contains("\nyear: 2027  #") && !plan.contains("2026"), "{plan}");
    let check = common::problems(&workspace.run("-C nam check --format full").out);
    assert_eq!(check.len() + 1, problems.len());
    for line in ["init a --year 2027", "init --blank a --year 2027 --from moi", "init --blank a --year 27"] {
        let run = workspace.run(line);
        assert!(run.code == 2 && !workspace.path("a").exists(), "{line}: {}", run.err);
    }
}
