//! `plan trace` and the printed report tell the same story, figure by figure.

use crate::common;

use common::Workspace;
use serde_json::Value;

fn trace(workspace: &Workspace, line: &str) -> Value {
    let run = workspace.run(&format!("trace {line} --format json"));
    assert_eq!(run.code, 0, "{line}: {}", run.err);
    serde_json::from_str(&run.out).expect("JSON")
}

fn added(trace: &Value) -> u64 {
    let parts = trace["contributions"].as_array().into_iter().flatten().filter(|part| part["use"] == "added");
    parts.filter_map(|part| part["value"].as_u64()).sum()
}

/// 1279 as `1.279`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

#[test]
fn every_total_of_annex_one_is_traced_to_the_last_unit() {
    let workspace = Workspace::of_repository();
    for round in ["annual", "consumer-day"] {
        let printed = workspace.run(&format!("compile --round {round} --format md -o -")).out.replace('\\', "");
        let json = workspace.run(&format!("compile --round {round} --format json -o -"));
        let compiled: Value = serde_json::from_str(&json.out).unwrap();
        for total in compiled["totals"].as_array().unwrap() {
            let indicator = total["indicator"].as_str().unwrap();
            let traced = trace(&workspace, &format!("{indicator} --round {round}"));
            assert_eq!(traced["value"], total["value"], "{round} {indicator}");
            assert_eq!(traced["rate"], total["rate"], "{round} {indicator}");
            assert_eq!(traced["contributions"], total["contributions"], "{round} {indicator}");
            let Some(value) = total["value"].as_u64() else { continue };
            assert_eq!(added(&traced), value, "{round} {indicator}");
            let label = total["label"].as_str().unwrap();
            let row = printed.lines().find(|line| line.contains(&format!("| {label} |"))).unwrap();
            assert_eq!(row.split(" | ").nth(3), Some(grouped(value).as_str()), "{round}: {row}");
        }
    }
}

#[test]
fn every_figure_under_a_task_is_traced() {
    let workspace = Workspace::of_repository();
    let printed = workspace.run("compile --round consumer-day --format csv --table tasks -o -").out;
    let json = workspace.run("compile --round consumer-day --format json -o -");
    let compiled: Value = serde_json::from_str(&json.out).unwrap();
    let mut held = 0;
    for total in compiled["totals"].as_array().unwrap().iter().filter(|total| total["unit"] != "đồng") {
        let (indicator, label) = (total["indicator"].as_str().unwrap(), total["label"].as_str().unwrap());
        let mut tasks: Vec<&str> =
            total["contributions"].as_array().unwrap().iter().map(|part| part["task"].as_str().unwrap()).collect();
        tasks.sort_unstable();
        tasks.dedup();
        for task in tasks {
            let traced = trace(&workspace, &format!("{indicator} --task {task} --round consumer-day"));
            let Some(value) = traced["value"].as_u64() else { continue };
            assert_eq!(added(&traced), value, "{indicator} {task}");
            let row = printed.split("\r\n").find(|row| row.contains(&format!(",{task},"))).unwrap();
            assert!(row.contains(&format!("{label}: {}", grouped(value))), "{indicator} {task}: {row}");
            held += 1;
        }
    }
    assert!(held > 30, "{held}");
}

#[test]
fn what_is_left_out_says_why() {
    let workspace = Workspace::of_repository();
    workspace.edit("reports/annual/so-y-te.yaml", "status: done", "status: finished");
    workspace.edit(
        "reports/annual/toa-an.yaml",
        "civil_cases_accepted:",
        "school_activities: 7\n      civil_cases_accepted:",
    );
    for (line, reason, value) in [
        ("inspections", "invalid_report", 318),
        ("school_activities", "not_allowed", 7),
        ("complaint_desks", "superseded", 41),
    ] {
        let traced = trace(&workspace, line);
        let left_out = traced["left_out"].as_array().unwrap();
        let found = left_out.iter().find(|part| part["reason"] == reason);
        assert_eq!(found.map(|part| part["value"].as_u64()), Some(Some(value)), "{line}: {left_out:?}");
    }
    let table = workspace.run("trace inspections --format csv");
    for row in [",318,không tính: báo cáo chưa hợp lệ,", ",2166,đối chiếu,"] {
        assert!(table.out.contains(row), "{row}: {}", table.out);
    }
}

#[test]
fn what_cannot_be_traced_says_why() {
    let workspace = Workspace::of_repository();
    for (line, why) in [
        ("trace khong-co", "không có chỉ tiêu “khong-co”"),
        ("trace inspections --task II.1", "chỉ tiêu inspections không thuộc nhiệm vụ II.1. Các nhiệm vụ: III.1, "),
        ("trace advice_calls --round khac", "không có kỳ báo cáo “khac”"),
        ("trace warnings_issued --task III.66", "không có nhiệm vụ “III.66”"),
    ] {
        let run = workspace.run(line);
        assert_eq!(run.code, 2, "{line}");
        assert!(run.err.contains(why), "{line}: {}", run.err);
    }
}
