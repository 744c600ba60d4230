//! A fresh workspace, a plan carried over to another year, and reports to fill in.

use crate::common;

use std::collections::BTreeSet;

use common::{Workspace, files, repository};

#[test]
fn the_program_carries_the_whole_plan() {
    let workspace = Workspace::empty();
    let run = workspace.run("init moi");
    assert_eq!(run.code, 0, "{}", run.err);
    for (path, file) in files(&repository().join("plan")) {
        assert_eq!(workspace.read(&format!("moi/plan/{path}")), common::read(&file), "{path}");
    }
    let carried: BTreeSet<String> = files(&workspace.path("moi/plan")).into_keys().collect();
    assert_eq!(carried, files(&repository().join("plan")).into_keys().collect());
    assert_eq!(files(&workspace.path("moi/reports")).len(), 0, "no samples, and no day of theirs");
    assert_eq!(workspace.run("-C moi check --strict").code, 0);
    assert_eq!(workspace.run("-C moi status").code, 0);
    for step in ["cd moi", "plan status", "plan form export"] {
        assert!(run.out.contains(step), "{step}: {}", run.out);
    }
}

#[test]
fn a_folder_that_holds_anything_is_left_alone() {
    let workspace = Workspace::empty();
    workspace.write("cu/ghi-chu.txt", "của tôi");
    let run = workspace.run("init cu");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("đã có và không trống"), "{}", run.err);
    assert_eq!(workspace.contents().len(), 1);
}

#[test]
fn without_a_plan_the_first_step_is_told() {
    let workspace = Workspace::empty();
    for line in ["", "status", "check", "compile", "new so-y-te"] {
        let run = workspace.run(line);
        assert_eq!(run.code, 2, "{line}");
        assert!(run.err.contains("plan init ke-hoach"), "{line}: {}", run.err);
    }
}

#[test]
fn a_plan_is_carried_over_with_its_dates_to_fill() {
    let workspace = Workspace::of_repository();
    let run = workspace.run("init moi --year 2027 --from .");
    assert_eq!(run.code, 0, "{}", run.err);
    for kept in ["agencies.yaml", "indicators.yaml", "report.yaml"] {
        assert_eq!(workspace.read(&format!("moi/plan/{kept}")), workspace.read(&format!("plan/{kept}")), "{kept}");
    }
    let check = workspace.run("-C moi check --format full");
    let problems = common::problems(&check.out);
    let files: BTreeSet<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(
        files,
        ["moi/plan/plan.yaml", "moi/plan/rounds.yaml", "moi/plan/tasks/I.yaml", "moi/plan/tasks/IV.yaml"].into()
    );
    assert!(problems.iter().all(|problem| problem.rule == "missing-field"), "{}", check.out);
    for (line, code) in
        [("status", 0), ("status --overdue", 0), ("calendar", 0), ("compile", 2), ("remind", 2), ("show annual", 2)]
    {
        let run = workspace.run(&format!("-C moi {line}"));
        assert_eq!(run.code, code, "{line}: {}{}", run.out, run.err);
        let said = if code == 0 { &run.out } else { &run.err }.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            said.contains("consumer-day, annual chưa điền đủ") && said.contains("plan/rounds.yaml"),
            "{line}: {said}"
        );
        assert!(!said.contains("đã qua") && !said.contains("Không có cơ quan"), "{line}: {said}");
    }
    let review = workspace.read("moi/RA-SOAT.md");
    for place in [
        "plan/rounds.yaml: hạn gửi",
        "plan/tasks/I.yaml:67: time: {as_worded: Trong năm 2026",
        "Kế hoạch số 8370/KH-BCT ngày 27/10/2025",
    ] {
        assert!(review.contains(place) && run.out.contains(place), "{place}: {review}");
    }
    assert!(!review.contains("ngày 20 tháng 6 năm 2023"), "a law stays");
    // Nobody reviewed it: the plan after that still speaks of the year before, and says where.
    let later = workspace.run("init sau --year 2030 --from moi").out;
    for place in
        ["plan/tasks/I.yaml:67: time: {as_worded: Trong năm 2026", "plan/plan.yaml:44: tỉnh Sơn La năm 2026"]
    {
        assert!(later.contains(place), "{place}: {later}");
    }
    assert!(!later.contains("ngày 20 tháng 6 năm 2023"), "a law stays");
    assert!(workspace.read("moi/plan/plan.yaml").contains("\nyear: 2027\n"));
    assert!(!workspace.path("moi/reports/annual").exists(), "no report comes along");
}

#[test]
fn what_is_to_fill_in_has_only_open_answers() {
    let workspace = Workspace::without_reports();
    assert!(workspace.run("status").out.contains("plan new --all"));
    let run = workspace.run("new --all --round annual");
    assert_eq!(run.code, 0, "{}", run.err);
    let status = workspace.run("status").out;
    assert!(status.contains("102 báo cáo tạo sẵn chưa điền") && !status.contains("plan new --all"), "{status}");
    let problems = || common::problems(&workspace.run("check --format full").out);
    let rules = |problems: &[common::Problem]| -> BTreeSet<String> {
        problems.iter().map(|problem| problem.rule.clone()).collect()
    };
    assert_eq!(rules(&problems()), ["deadline-on-day-off", "unfilled-report"].map(str::to_owned).into());
    let compiled = workspace.run("compile --round annual");
    assert!(compiled.code == 0 && compiled.out.contains("100 cơ quan phải gửi chưa gửi"), "{}", compiled.out);
    let scaffolds = files(&workspace.path("reports/annual"));
    assert_eq!(scaffolds.len(), 102);
    // Once something is told, all else that must be is missed.
    for path in scaffolds.values() {
        std::fs::write(path, common::read(path) + "next_steps: [Tiếp tục kiểm tra.]\n").unwrap();
    }
    let problems = problems();
    let missed = ["deadline-on-day-off", "missing-field", "report-without-number"];
    assert_eq!(rules(&problems), missed.map(str::to_owned).into());
    for (name, path) in scaffolds {
        let text = common::read(&path);
        assert!(text.starts_with("# yaml-language-server: $schema=../../schemas/report.schema.json\n"), "{name}");
        let open = text.lines().filter(|line| line.trim_start().starts_with("status:")).count();
        let pointed = problems.iter().filter(|problem| problem.path.ends_with(&format!("/{name}"))).count();
        // Number, date and receipt of the paper; and each status, or that there are no tasks.
        assert_eq!(pointed, 3 + open.max(1), "{name}");
        let tree: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(tree["tasks"].as_mapping().map_or(0, |tasks| tasks.len()), open, "{name}");
    }
    let schema: serde_json::Value = serde_json::from_str(&workspace.read("schemas/report.schema.json")).unwrap();
    assert_eq!(schema["title"], "Báo cáo");
}

#[test]
fn a_report_that_is_there_is_never_replaced() {
    let workspace = Workspace::of_repository();
    let before = workspace.contents();
    let run = workspace.run("new so-y-te --round annual");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("Đã có reports/annual/so-y-te.yaml, không ghi đè."), "{}", run.out);
    assert!(workspace.contents() == before);

    assert_eq!(workspace.run("new --all --round annual").code, 0);
    let after = workspace.contents();
    assert!(before.iter().all(|(path, content)| after.get(path) == Some(content)));
    let scaffold = workspace.read("reports/annual/so-noi-vu.yaml");
    assert!(
        scaffold.contains("directives:  # Số văn bản chỉ đạo, hướng dẫn, triển khai (văn bản); kỳ Ngày 15/3: 2")
    );
    let (led, coordinated) = (scaffold.find("# CHỦ TRÌ"), scaffold.find("# PHỐI HỢP"));
    assert!(led.is_some() && led < coordinated, "leads first");
}

#[test]
fn an_ad_hoc_report_is_of_the_day() {
    let workspace = Workspace::of_repository();
    let run = workspace.run("new so-y-te --round ad-hoc");
    assert_eq!(run.code, 0, "{}", run.err);
    let text = workspace.read("reports/ad-hoc/2026-11-23-so-y-te.yaml");
    assert!(text.contains("\nround: ad-hoc\ndate: 2026-11-23\nsubject:  # nội dung báo cáo\n"), "{text}");
    let all = workspace.run("new --all --round ad-hoc").out;
    assert!(all.contains("Đã ghi 101 báo cáo để điền vào reports/ad-hoc\n1 báo cáo đã có"), "{all}");
}

#[test]
fn the_older_plan_is_taken_exactly_from_where_it_is_said_to_be() {
    let workspace = Workspace::of_repository();
    for (from, code) in [("plan", 2), ("reports/annual", 2), (".", 0)] {
        let run = workspace.run(&format!("init moi --year 2027 --from {from}"));
        assert_eq!(run.code, code, "{from}: {}{}", run.out, run.err);
        assert_eq!(run.err.contains("không tìm thấy Kế hoạch cũ"), code == 2, "{from}: {}", run.err);
        assert_eq!(workspace.path("moi").exists(), code == 0, "{from}");
    }
}
