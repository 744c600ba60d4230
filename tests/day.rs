//! A workspace on a day, the same for every command: what had come, and which round is worked on.

use crate::common;

use common::{Workspace, environment, run};
use serde_json::Value as Json;

const HEALTH: &str = "reports/annual/so-y-te.yaml";

#[test]
fn what_comes_later_is_there_for_no_command() {
    let workspace = Workspace::of_repository();
    workspace.edit(HEALTH, "inspections: 318", "inspections: 318.000");
    for (day, there) in [("2026-11-17", false), ("2026-11-18", true)] {
        for (line, words) in [
            ("status --round annual --agency so-y-te", "chưa hợp lệ – đề nghị bổ sung"),
            ("show so-y-te", "“318.000” không phải số nguyên"),
            ("difficulties --new-since 2026-11-01", "Sở Y tế"),
            ("compile --format md -o -", "not-a-number"),
            ("remind --round annual --within 0 --format text", "Sở Y tế: "),
            ("trace violations", "Sở YT"),
        ] {
            let run = workspace.run(&format!("--as-of {day} {line}"));
            assert_eq!(run.code == 1, there && line.starts_with("compile"), "{line} on {day}: {}", run.out);
            let told = run.out.contains(words) || run.err.contains(words);
            assert_eq!(told, there, "{line} on {day}: {}{}", run.out, run.err);
        }
    }
    let check = workspace.run("--as-of 2026-11-17 check --rule not-a-number");
    assert_eq!(check.code, 1, "a file is right or wrong on any day: {}", check.out);
}

#[test]
fn a_report_of_a_day_that_nobody_has_seen_is_to_be_mended() {
    let workspace = Workspace::of_repository();
    workspace.edit(HEALTH, "received: 2026-11-18", "received: 2026-12-18");
    for (option, wrong) in
        [("", true), ("--as-of 2026-11-18", true), ("--as-of 2026-12-17", true), ("--as-of 2026-12-18", false)]
    {
        let compile = workspace.run(&format!("{option} compile --format md -o -"));
        assert_eq!((compile.code == 1, compile.err.contains("received-in-future")), (wrong, wrong), "{option}");
        let status: Json = serde_json::from_str(&workspace.run(&format!("{option} status --format json")).out)
            .expect("JSON and nothing else");
        assert_eq!(status["rounds"][1]["counts"]["invalid"], u8::from(wrong), "{option}");
    }
    assert_eq!(workspace.run("compile --format md -o - --skip-invalid").code, 0);
}

#[test]
fn status_and_report_of_an_earlier_day_agree() {
    let workspace = Workspace::of_repository();
    for (day, included, received) in [("2026-11-12", 0, 0), ("2026-11-15", 4, 3), ("2026-11-23", 42, 41)] {
        let status: Json = serde_json::from_str(&workspace.run(&format!("--as-of {day} status --format json")).out)
            .expect("JSON and nothing else");
        let annual = &status["rounds"][1];
        assert_eq!(annual["counts"]["received"], received, "{day}");
        assert_eq!(annual["reports_dated_later"], 42 - included, "{day}");
        let compile = workspace.run(&format!("--as-of {day} compile --format md -o -"));
        assert!(compile.err.contains(&format!("Kỳ Năm 2026: {included} báo cáo được tổng hợp")), "{}", compile.err);
    }
}

#[test]
fn every_command_works_on_the_same_round() {
    for (day, round, named) in [("2026-06-29", "consumer-day", "Ngày 15/3"), ("2026-06-30", "annual", "Năm 2026")]
    {
        let workspace = Workspace::of_repository();
        for (line, words) in [
            ("status", format!("NHIỆM VỤ – kỳ {named}")),
            ("show III.5", format!("Kỳ {named}: ")),
            ("compile", format!("Đã ghi bao-cao-{round}-2026.docx")),
            ("trace inspections", format!("Nguồn số liệu kỳ {named} ")),
            ("remind --within 366", format!("Đã ghi don-doc-{round}-2026.docx")),
            ("form export so-y-te", format!("Đã ghi so-y-te-{round}-2026.xlsx")),
            ("accept bien-phong", format!("chưa có báo cáo kỳ {named}.")),
            ("new bien-phong", format!("Đã ghi reports/{round}/bien-phong.yaml")),
        ] {
            let run = workspace.run(&format!("--as-of {day} {line}"));
            assert!(run.out.contains(&words), "{line} on {day}: {}{}", run.out, run.err);
        }
    }
}

#[test]
fn without_rounds_there_is_nothing_to_work_on() {
    let workspace = Workspace::without_reports();
    let rounds = workspace.read("plan/rounds.yaml");
    let (above, rest) = rounds.split_once("rounds:\n").expect("rounds");
    let (_, below) = rest.split_once("ad_hoc:").expect("ad hoc reports");
    workspace.write("plan/rounds.yaml", format!("{above}rounds: []\nad_hoc:{below}"));
    for line in ["compile", "trace fines", "remind", "accept so-y-te", "form export so-y-te", "new so-y-te"] {
        let run = workspace.run(line);
        assert_eq!(run.code, 2, "{line}");
        let told = "Kế hoạch chưa có kỳ báo cáo nào: thêm kỳ dưới mục rounds trong plan/rounds.yaml";
        assert!(run.err.contains(told), "{line}: {}", run.err);
    }
}

#[test]
fn an_acceptance_of_a_later_day_is_kept_and_not_shown() {
    let workspace = Workspace::of_repository();
    workspace.run("accept so-y-te");
    let shown = |day: &str| workspace.run(&format!("--as-of {day} status --agency so-y-te")).out.contains("uyệt");
    assert!(shown("2026-11-23") && !shown("2026-11-22"));
    let earlier = workspace.run("--as-of 2026-11-22 accept toa-an");
    assert_eq!(earlier.code, 0, "{}", earlier.out);
    let accepted = workspace.read("reports/annual/register.yaml");
    for words in ["agency: so-y-te, date: 2026-11-23", "agency: toa-an, date: 2026-11-22"] {
        assert!(accepted.contains(words), "{accepted}");
    }
}

#[test]
fn a_plan_that_cannot_be_used_is_told_by_every_command_alike() {
    let workspace = Workspace::of_repository();
    workspace.edit("plan/agencies.yaml", "agencies:", "agencies: \"");
    let inside = environment(workspace.root());
    for line in
        ["status", "show", "difficulties", "compile", "trace fines", "remind", "accept so-y-te", "new --all"]
    {
        let run = run(&inside, line);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{line}");
        assert!(run.err.contains("phần Kế hoạch (plan/) có lỗi") && run.err.contains("plan check"), "{}", run.err);
    }
}
