//! A ministry whose agencies are provinces: what each province compiles is a report there, and every figure leads back to
//! the line that a commune wrote.

use crate::common;

use common::{Workspace, files, repository};
use serde_json::Value;

const DAY: &str = "--as-of 2026-12-04";
/// Each with how many inspections its department and its commune report, and the papers of both.
const PROVINCES: [(&str, u64, u64); 3] = [("son-la", 65, 4), ("lai-chau", 41, 0), ("dien-bien", 0, 7)];
const SETTING: &str = "for_superior: {agency: ID, to: bo-cong-thuong, own_indicators: [civil_cases]}\n";

fn copied(folder: &str) -> Workspace {
    let workspace = Workspace::empty();
    // What was reported before the year's end would only have to be less.
    for (path, file) in
        files(&repository().join(folder)).into_iter().filter(|(path, _)| !path.contains("/consumer-day/"))
    {
        workspace.write(&path, common::read(&file));
    }
    workspace
}

fn province(id: &str, department: u64, commune: u64) -> Workspace {
    let workspace = copied("tests/workspace");
    let wording = workspace.read("plan/report.yaml") + &SETTING.replace("ID", id);
    workspace.write("plan/report.yaml", wording);
    workspace.edit("plan/plan.yaml", "UBND tỉnh Sơn La", &format!("UBND tỉnh {id}"));
    let report = "reports/annual/so-cong-thuong.yaml";
    workspace.edit(report, "inspections: 65", &format!("inspections: {department}"));
    workspace.edit(report, "violations: 12", "violations: 0");
    workspace.edit(report, "next_steps:", "  - {to: ubnd-tinh, text: Bố trí kho tang vật.}\nnext_steps:");
    let told = "    status: nothing-arose\n    reason: Đoàn của tỉnh chưa về xã.\n    figures: {inspections: not-applicable, violations: nothing-arose}";
    let now = format!(
        "    status: done\n    results: Đã kiểm tra chợ.\n    figures:\n      inspections: {commune}\n      violations: 0"
    );
    workspace.edit("reports/annual/xa-muong-la.yaml", told, &now);
    for (from, to) in [("inspections: 4", "inspections: 0"), ("violations: 1", "violations: 0")] {
        workspace.edit("reports/ad-hoc/2026-08-05-xa-muong-la.yaml", from, to);
    }
    workspace
}

/// The ministry's workspace with what the provinces sent.
fn ministry(provinces: &[(&str, Workspace)]) -> Workspace {
    let ministry = copied("tests/ministry");
    for (id, province) in provinces {
        let run = province.run(&format!("{DAY} compile --round annual --for-superior -o {id}.yaml"));
        assert_eq!(run.code, 0, "{id}: {}{}", run.out, run.err);
        ministry.write(&format!("come/{id}.yaml"), province.read(&format!("{id}.yaml")));
    }
    let run = ministry.run(&format!("{DAY} receive come --on 2026-12-04"));
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    ministry
}

fn json(workspace: &Workspace, line: &str) -> Value {
    let run = workspace.run(&format!("{DAY} {line} --format json"));
    assert_eq!(run.code, 0, "{line}: {}{}", run.out, run.err);
    serde_json::from_str(&run.out).expect("JSON")
}

#[test]
fn a_ministry_adds_up_its_provinces_and_leads_to_the_line_of_a_commune() {
    let provinces: Vec<(&str, Workspace)> =
        PROVINCES.iter().map(|(id, department, commune)| (*id, province(id, *department, *commune))).collect();
    let ministry = ministry(&provinces);
    let check = ministry.run(&format!("{DAY} check"));
    assert_eq!((check.code, check.out.contains("lỗi[")), (0, false), "{}", check.out);
    let compiled = json(&ministry, "compile --round annual -o -");
    let value = |of: &Value, key: &str| -> Option<u64> {
        let totals = of["totals"].as_array().expect("totals").iter();
        totals.clone().find(|total| total["indicator"] == key).and_then(|total| total["value"].as_u64())
    };
    for key in ["directives", "inspections", "violations", "hotlines", "complaints_received"] {
        let sum: u64 = provinces
            .iter()
            .map(|(_, province)| value(&json(province, "compile --round annual -o -"), key).unwrap_or_default())
            .sum();
        assert_eq!(value(&compiled, key), Some(sum), "{key}");
    }
    for (asked, line) in [
        ("inspections", "inspections: {}"),
        ("funding.state_budget", "state_budget: {}"),
        ("complaints_by_field.other", "complaints_by_field: {e_commerce: 6, other: {}}"),
    ] {
        let traced = json(&ministry, &format!("trace {asked} --round annual"));
        let parts = traced["contributions"].as_array().expect("contributions");
        assert_eq!(parts.len(), 3, "{asked}");
        for part in parts {
            let id = part["agency"].as_str().expect("a province");
            assert_eq!(part["file"], format!("reports/annual/{id}.yaml"));
            let (_, province) = provinces.iter().find(|(of, _)| *of == id).expect("one of them");
            let sources = part["sources"].as_array().unwrap_or_else(|| panic!("no sources: {part}"));
            let sum: Option<u64> = sources.iter().map(|source| source["value"].as_u64()).sum();
            assert_eq!(sum, part["value"].as_u64(), "{part}");
            for source in sources {
                let (file, at) = source["at"].as_str().and_then(|at| at.rsplit_once(':')).expect("a place");
                let at: usize = at.parse().expect("a line");
                let text = province.read(file);
                let told = text.lines().nth(at - 1).expect("the line");
                assert_eq!(told.trim(), line.replace("{}", &source["value"].to_string()), "{source}");
            }
        }
    }
    let text = ministry.run(&format!("{DAY} compile --round annual --format md -o -")).out;
    assert!(text.contains("theo đề nghị của Sở Công Thương (") && !text.contains(") ("), "{text}");
    let shown = ministry.run(&format!("{DAY} trace inspections --round annual"));
    for told in ["– UBND xã Mường", "reports/annual/xa-muong-la.yaml:", "báo cáo của 2/3 cơ quan"] {
        assert!(shown.out.contains(told), "{told}: {}", shown.out);
    }
}

#[test]
fn what_is_asked_of_others_stays_and_answers_are_not_confused() {
    let son_la = province("son-la", 0, 0);
    let run = son_la.run(&format!("{DAY} compile --round annual --for-superior -o -"));
    assert_eq!(run.code, 0, "{}", run.err);
    let report: serde_yaml::Value = serde_yaml::from_str(&run.out).expect("YAML");
    let asked = report["recommendations"].as_sequence().expect("recommendations");
    assert!(asked.iter().all(|asked| asked["to"] == "bo-cong-thuong"), "{asked:?}");
    assert!(!run.out.contains("kho tang vật") && !run.out.contains("civil_cases"), "{}", run.out);
    let figures = |task: &str| &report["tasks"][task]["figures"];
    assert_eq!(figures("II.1")["inspections"]["value"], 0);
    assert!(figures("II.2")["complaints_resolved"]["reason"].is_string());
    assert_eq!(report["coverage"]["expected"], 3);
    // Without a superior in the data, and over a file that is there, nothing is written.
    let plain = copied("tests/workspace");
    let run = plain.run(&format!("{DAY} compile --round annual --for-superior"));
    assert_eq!((run.code, run.err.contains("for_superior")), (2, true), "{}", run.err);
    son_la.write("son-la.yaml", "của tôi");
    assert_eq!(son_la.run(&format!("{DAY} compile --round annual --for-superior")).code, 2);
    assert_eq!(son_la.read("son-la.yaml"), "của tôi");
    // A report in error keeps it from being made, as every compiled report.
    son_la.edit("reports/annual/so-cong-thuong.yaml", "inspections: 0", "inspections: nhiều");
    assert_eq!(son_la.run(&format!("{DAY} compile --round annual --for-superior -o -")).code, 1);
}

/// Of what no lead below has reported on, a province says nothing, and the ministry knows of no report.
#[test]
fn what_nobody_has_reported_on_is_not_told_as_not_started() {
    let son_la = province("son-la", 3, 1);
    std::fs::remove_file(son_la.path("reports/annual/so-cong-thuong.yaml")).expect("its report");
    let run = son_la.run(&format!("{DAY} compile --round annual --for-superior -o -"));
    let report: serde_yaml::Value = serde_yaml::from_str(&run.out).expect("YAML");
    let tasks = report["tasks"].as_mapping().expect("tasks");
    assert!(!tasks.contains_key("I.2") && tasks.contains_key("II.1"), "{}", run.out);
    assert!(run.out.contains("nhiệm vụ I.1: mới có báo cáo của 1/2 cơ quan chủ trì (1 "), "{}", run.out);
    let ministry = ministry(&[("son-la", son_la)]);
    let shown = ministry.run(&format!("{DAY} show I.2"));
    assert!(shown.out.contains("Chưa có báo cáo, 0/"), "{}", shown.out);
}

/// A province's own ids become those of the ministry, one for one.
#[test]
fn what_has_another_id_above_is_told_under_that() {
    let son_la = province("son-la", 3, 1);
    let renamed = "own_sources: [socialised], renamed: [{task: II.1, above: IX.1}, {indicator: inspections, above: kiem_tra}, \
                   {round: annual, above: nam}, {source: state_budget, above: ngan_sach}, {field: other, above: khac}]";
    son_la.edit("plan/report.yaml", "own_indicators: [civil_cases]", &format!("own_tasks: [I.2], {renamed}"));
    let run = son_la.run(&format!("{DAY} compile --round annual --for-superior -o -"));
    assert_eq!(run.code, 0, "{}", run.err);
    let report: serde_yaml::Value = serde_yaml::from_str(&run.out).expect("YAML");
    assert_eq!(report["round"], "nam");
    assert_eq!(report["tasks"]["IX.1"]["figures"]["kiem_tra"]["value"], 4);
    let keys = |table: &str| -> Vec<&str> {
        report[table].as_mapping().expect("a table").keys().filter_map(|key| key.as_str()).collect()
    };
    assert_eq!((keys("funding"), keys("complaints_by_field")), (vec!["ngan_sach"], vec!["e_commerce", "khac"]));
    let tasks = report["tasks"].as_mapping().expect("tasks");
    assert!(!tasks.contains_key("II.1") && !tasks.contains_key("I.2") && tasks.contains_key("I.1"), "{}", run.out);
    // Two of them are no one task, and what nobody knows is an error.
    son_la.edit("plan/report.yaml", "above: IX.1", "above: I.1");
    let run = son_la.run(&format!("{DAY} compile --round annual --for-superior -o -"));
    assert_eq!(
        (run.code, (run.out.clone() + &run.err).contains("nhiệm vụ I.1 và II.1 cùng mang mã I.1")),
        (1, true),
        "{}{}",
        run.out,
        run.err
    );
    let check = son_la.run(&format!("{DAY} check"));
    assert_eq!((check.code, check.out.contains("duplicate-id")), (1, true), "{}", check.out);
    son_la.edit("plan/report.yaml", "above: I.1", "above: IX.1");
    // Two fields that are one above are added, each number with its line.
    let fields = &report["complaints_by_field"];
    let sum = [&fields["e_commerce"], &fields["khac"]]
        .map(|field| field["value"].as_u64())
        .into_iter()
        .sum::<Option<u64>>();
    son_la.edit("plan/report.yaml", "above: khac", "above: e_commerce");
    let run = son_la.run(&format!("{DAY} compile --round annual --for-superior -o -"));
    let report: serde_yaml::Value = serde_yaml::from_str(&run.out).expect("YAML");
    let field = &report["complaints_by_field"]["e_commerce"];
    assert_eq!(
        (field["value"].as_u64(), field["sources"].as_sequence().map(Vec::len)),
        (sum, Some(2)),
        "{}",
        run.out
    );
    son_la.edit("plan/report.yaml", "task: II.1, above: IX.1", "task: II.9, above: IX.1");
    assert!(son_la.run(&format!("{DAY} check")).out.contains("unknown-task"));
}

/// Of another unit nothing is added, whatever the number.
#[test]
fn a_figure_in_another_unit_than_the_ministrys_is_refused() {
    let son_la = province("son-la", 3, 1);
    let sample = son_la.run(&format!("{DAY} compile --round annual --for-superior -o -")).out;
    assert!(sample.contains("unit: vụ") || sample.contains("unit: \"vụ\""), "{sample}");
    for (to, code) in [("vụ", 0), ("Vụ", 0), ("nghìn vụ", 1), ("cuộc", 1)] {
        let ministry = copied("tests/ministry");
        let unit = "label: Số vụ kiểm tra, unit: ";
        ministry.edit("plan/indicators.yaml", &format!("{unit}vụ,"), &format!("{unit}{to},"));
        ministry.write("come/son-la.yaml", &sample);
        let run = ministry.run(&format!("{DAY} receive come/son-la.yaml --on 2026-12-04"));
        assert_eq!(run.code, code, "{to}: {}{}", run.out, run.err);
        let said = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        let told = format!("tính bằng vụ, ở Kế hoạch này chỉ tiêu đó tính bằng {to}");
        assert_eq!(said.contains(&told), code == 1, "{to}: {said}");
    }
}

/// What a sample takes the place of is a sample, and nothing else.
#[test]
fn a_sample_is_received_again_and_never_over_what_is_real() {
    let son_la = province("son-la", 3, 1);
    let sample = son_la.run(&format!("{DAY} compile --round annual --for-superior -o -")).out;
    let ministry = copied("tests/ministry");
    let receive = |text: &str| {
        ministry.write("come/son-la.yaml", text);
        ministry.run(&format!("{DAY} receive come/son-la.yaml --on 2026-12-04 --format json"))
    };
    let result =
        |run: &common::Run| serde_json::from_str::<Value>(&run.out).expect("JSON")["forms"][0]["result"].clone();
    assert!(sample.contains("illustrative: true"), "{sample}");
    assert_eq!(result(&receive(&sample)), "received");
    assert_eq!(result(&receive(&sample)), "unchanged");
    assert_eq!(result(&receive(&sample.replace("status: done", "status: in-progress"))), "corrected");
    assert!(ministry.read("reports/annual/son-la.yaml").contains("illustrative: true"));
    let real = sample.replace("illustrative: true\n", "");
    assert_eq!(result(&receive(&real)), "refused");
    std::fs::remove_file(ministry.path("reports/annual/son-la.yaml")).expect("the sample");
    assert_eq!(result(&receive(&real)), "received");
    assert_eq!(result(&receive(&sample.replace("status: done", "status: in-progress"))), "refused");
}

/// Once it was sent, its number and day are there.
#[test]
fn the_paper_is_the_one_that_was_sent() {
    let son_la = province("son-la", 1, 1);
    assert_eq!(son_la.run(&format!("{DAY} issue annual --number 520/BC-SCT --date 2026-12-03")).code, 0);
    let provinces = [("son-la", son_la)];
    let ministry = ministry(&provinces);
    assert!(ministry.run(&format!("{DAY} show son-la")).out.contains("520/BC-SCT ngày 03/12/2026"));
    assert!(!ministry.run(&format!("{DAY} check")).out.contains("report-without-number"));
}
