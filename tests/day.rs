//! A workspace on a day, the same for every command: what had come, and which round is worked on.

use crate::common;

use common::{Workspace, environment, run};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

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
    // Of four reports every version is kept: none of theirs is there before its day.
    for (day, included, received, later) in
        [("2026-11-12", 0, 0, 38), ("2026-11-15", 4, 3, 34), ("2026-11-23", 42, 41, 0)]
    {
        let status: Json = serde_json::from_str(&workspace.run(&format!("--as-of {day} status --format json")).out)
            .expect("JSON and nothing else");
        let annual = &status["rounds"][1];
        assert_eq!(annual["counts"]["received"], received, "{day}");
        assert_eq!(annual["reports_dated_later"], later, "{day}");
        let compile = workspace.run(&format!("--as-of {day} compile --round annual --format md -o -"));
        assert!(compile.err.contains(&format!("Kỳ Năm 2026: {included} báo cáo được tổng hợp")), "{}", compile.err);
    }
}

#[test]
fn every_command_works_on_the_same_round() {
    let issue = "issue consumer-day --number 201/BC-SCT --date 2026-06-29";
    for (day, before, round, named) in [
        ("2026-06-29", "status", "consumer-day", "Ngày 15/3"),
        // A day late and not recorded as sent it is still at hand, until the data of the next are about to end.
        ("2026-06-30", "status", "consumer-day", "Ngày 15/3"),
        ("2026-06-30", issue, "annual", "Năm 2026"),
        ("2026-11-12", "status", "consumer-day", "Ngày 15/3"),
        ("2026-11-13", "status", "annual", "Năm 2026"),
    ] {
        let workspace = Workspace::of_repository();
        assert_eq!(workspace.run(&format!("--as-of {day} {before}")).code, 0, "{before} on {day}");
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

#[test]
fn the_samples_that_were_corrected_are_kept_as_they_came() {
    let files = common::files(&common::repository().join("reports"));
    let files = files.into_iter().map(|(path, file)| (path, common::read(&file)));
    let (versions, reports): (Vec<_>, Vec<_>) = files.partition(|(path, _)| path.contains("/received/"));
    let corrected: Vec<_> = reports.iter().filter(|(_, text)| text.contains("\ncorrections:\n")).collect();
    assert_eq!((corrected.len(), versions.len()), (8, 16));
    for (path, text) in corrected {
        let (round, agency) = path.trim_end_matches(".yaml").split_once('/').expect("a round");
        let folder = format!("{round}/received/{agency}/");
        let kept: Vec<_> = versions.iter().filter(|(path, _)| path.starts_with(&folder)).collect();
        let [(first, old), (second, new)] = &kept[..] else { panic!("two versions of {path}: {kept:?}") };
        assert_eq!(new, text, "{path}");
        assert!(!old.contains("corrections:") && old != text, "{first}");
        for (version, text) in [(first, old), (second, new)] {
            let sha256: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(version.ends_with(&format!("-{}.yaml", &sha256[..8])), "{version}");
        }
    }
}

#[test]
fn the_samples_can_be_seen_on_any_day_as_they_were_then() {
    let workspace = Workspace::of_repository();
    for (day, round, indicator, told) in [
        ("2026-05-01", "consumer-day", "goods_value", "chưa có số liệu"),
        ("2026-06-02", "consumer-day", "pledges", "consumer-day/received/xa-mai-son/2026-06-02-7ac47075.yaml:43"),
        ("2026-06-08", "consumer-day", "pledges", "consumer-day/xa-mai-son.yaml:45"),
        ("2026-06-09", "consumer-day", "fines", "103.500.000"),
        ("2026-06-10", "consumer-day", "inspections", "136"),
        ("2026-06-11", "consumer-day", "inspections", "142"),
        ("2026-07-01", "consumer-day", "goods_value", "58.200.000"),
        ("2026-11-18", "annual", "complaint_desks", "71"),
        ("2026-11-19", "annual", "complaint_desks", "73"),
        ("2026-11-20", "annual", "trainees", "96"),
        ("2027-01-15", "annual", "complaint_desks", "73"),
    ] {
        let said = |line: &str| {
            let run = workspace.run(&format!("--as-of {day} {line}"));
            assert_eq!(run.code, 0, "{line} on {day}: {}{}", run.out, run.err);
            assert!(!run.out.contains("không được lưu"), "{line} on {day}: {}", run.out);
            run.out
        };
        let trace = said(&format!("trace {indicator} --round {round} --format markdown"));
        assert!(trace.replace('\\', "").contains(told), "{indicator} on {day}: {trace}");
        assert!(said("check --strict").contains("1 lưu ý trong 1 tệp"), "{day}");
        if day == "2026-06-10" {
            for line in ["status", "show so-y-te", "difficulties", "remind --format text"] {
                said(line);
            }
        }
        said(&format!("compile --round {round} --format md -o -"));
    }
}

#[test]
fn where_the_version_of_a_day_was_not_kept_the_document_says_so_once() {
    let workspace = Workspace::of_repository();
    for agency in ["so-y-te", "hq-son-la"] {
        std::fs::remove_dir_all(workspace.path(&format!("reports/consumer-day/received/{agency}")))
            .expect("versions");
    }
    let told = "ố liệu của Sở Y tế, Hải quan Sơn La là số liệu hiện nay, bản trước khi bổ sung không được lưu";
    for (day, told) in
        [("2026-06-09", told), ("2026-06-10", "ố liệu của Sở Y tế là số liệu hiện nay"), ("2026-06-11", "")]
    {
        for line in [
            "compile --round consumer-day --format md -o -",
            "trace inspections --round consumer-day --format markdown",
            "status --format markdown",
        ] {
            let run = workspace.run(&format!("--as-of {day} {line}"));
            let count = run.out.matches("không được lưu").count();
            assert_eq!(
                count,
                if told.is_empty() { 0 } else { 1 + usize::from(line.starts_with("status")) },
                "{line} on {day}: {}",
                run.out
            );
            assert!(run.out.contains(told), "{line} on {day}: {}", run.out);
        }
    }
    let [reports, figures] = ["nội dung báo cáo", "số liệu"];
    for (line, what) in [
        ("show so-y-te --format markdown", figures),
        ("show III.5 --format markdown", figures),
        ("show so-nganh --round consumer-day --format markdown", figures),
        ("show inspections", figures),
        ("show consumer-day", figures),
        ("difficulties --format markdown", reports),
        ("difficulties --to ubnd-tinh -o -", reports),
        ("difficulties --to ubnd-tinh --format md -o letter.md", reports),
        ("remind --round consumer-day --within 30 --format table", reports),
        ("remind --round consumer-day --within 30 --format md -o -", reports),
    ] {
        let run = workspace.run(&format!("--as-of 2026-06-10 {line}"));
        let out = format!("{}{}", run.out, run.err).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(out.matches("không được lưu").count(), 1, "{line}: {out}");
        assert!(out.contains(&format!("của Sở Y tế là {what} hiện nay")), "{line}: {out}");
        let today = workspace.run(line.split(" -o letter").next().unwrap_or(line));
        assert!(!today.out.contains("không được lưu"), "{line}: {}", today.out);
    }
    let of_another = workspace.run("--as-of 2026-06-10 show toa-an");
    assert!(!of_another.out.contains("không được lưu"), "{}", of_another.out);
    for line in [
        "compile --round consumer-day --format json -o -",
        "trace fines --round consumer-day --format json",
        "show so-y-te --format json",
        "difficulties --format json",
        "remind --round consumer-day --format json",
    ] {
        let json: Json =
            serde_json::from_str(&workspace.run(&format!("--as-of 2026-06-10 {line}")).out).expect("JSON");
        assert_eq!(json["not_kept"], serde_json::json!(["so-y-te"]), "{line}");
    }
}

#[test]
fn a_round_that_passed_and_still_waits_is_named_with_the_way_on() {
    for (what, day, before, round) in [
        ("its last day", "2026-06-29", "status", None),
        ("the day after", "2026-06-30", "status", Some("consumer-day")),
        ("sent", "2026-06-30", "issue consumer-day --number 201/BC-SCT --date 2026-06-29", None),
        ("the next at hand", "2026-11-13", "status", None),
        ("the last of all", "2026-12-20", "status", None),
    ] {
        let workspace = Workspace::of_repository();
        assert_eq!(workspace.run(&format!("--as-of {day} {before}")).code, 0, "{what}");
        for line in ["remind --format text -o -", "trace inspections", "compile --format md -o -"] {
            let run = workspace.run(&format!("--as-of {day} {line}"));
            let told = round.map(|round| format!("plan issue {round} --number SỐ --date NGÀY; làm với kỳ khác"));
            assert_eq!(run.err.contains("làm với kỳ"), told.is_some(), "{what}: {line}: {}", run.err);
            assert!(told.is_none_or(|told| run.err.contains(&told)), "{what}: {line}: {}", run.err);
        }
    }
    for (what, before) in [
        ("a paper", "receive so-y-te --round consumer-day --on 2026-06-08 --number 1/BC-SYT --date 2026-06-05"),
        ("more time", "extend xa-muong-la --round consumer-day --until 2026-07-15"),
    ] {
        let workspace = Workspace::without_reports();
        assert_eq!(workspace.run(&format!("--as-of 2026-06-08 {before}")).code, 0, "{what}");
        let run = workspace.run("--as-of 2026-06-30 form export xa-muong-la -o .");
        assert!(
            run.err.contains("làm với kỳ Ngày 15/3") && run.out.contains("consumer-day"),
            "{what}: {}",
            run.err
        );
    }
    // Nothing is left of one in which nobody reported.
    let workspace = Workspace::without_reports();
    let run = workspace.run("--as-of 2026-11-02 form export so-y-te -o .");
    assert!(run.err.is_empty() && run.out.contains("annual-2026"), "{}{}", run.out, run.err);
}
