//! The day of the samples: when it counts, and that what the README shows is there on any day.

use crate::common;

use std::fs;

use common::{Workspace, environment, files, read, repository, run};
use serde_json::Value as Json;

const DAY: &str = "reports/illustrative.yaml";
const HEALTH: &str = "reports/annual/so-y-te.yaml";
const CLOCKS: [&str; 3] = ["2025-08-20", "2026-07-14", "2031-02-01"];

/// The repository's data, with the day of the samples.
fn shipped() -> Workspace {
    let workspace = Workspace::of_repository();
    workspace.write(DAY, read(&repository().join(DAY)));
    workspace
}

/// What `plan` followed by `line` prints where the clock shows a day.
fn printed(workspace: &Workspace, clock: &str, line: &str) -> String {
    let mut environment = environment(workspace.root());
    environment.today = clock.parse().expect("a date");
    let run = run(&environment, line);
    assert_ne!(run.code, 2, "{line} on {clock}: {}", run.err);
    run.out
}

#[test]
fn the_samples_have_their_day_as_long_as_they_stand_alone() {
    type Change = fn(&Workspace);
    let (clock, samples) = ("2026-11-24", "2026-12-03");
    let nothing: Change = |_| ();
    let cases: [(&str, Change, &str, &str); 8] = [
        ("samples alone", nothing, "", samples),
        ("a day is given", nothing, "--as-of 2026-11-30", "2026-11-30"),
        ("a real report", |w| w.edit(HEALTH, "illustrative: true\n", ""), "", clock),
        ("one that nobody can read", |w| w.edit(HEALTH, "results: >-", "results: \""), "", samples),
        ("one to be filled in", |w| drop(w.run("new so-noi-vu --round annual")), "", samples),
        ("no day", |w| fs::remove_file(w.path(DAY)).expect("a file"), "", clock),
        ("a day that cannot be read", |w| w.write(DAY, "as_of: 3/12/2026\n"), "", clock),
        ("no reports", without_reports, "", clock),
    ];
    for (what, change, option, day) in cases {
        let workspace = shipped();
        change(&workspace);
        let json = printed(&workspace, clock, &format!("status --format json {option}"));
        assert_eq!(serde_json::from_str::<Json>(&json).expect("JSON")["as_of"], day, "{what}");
        let shown = printed(&workspace, clock, &format!("status {option}"));
        let banner = shown.contains("*** DỮ LIỆU MINH HỌA – xem như ngày 03/12/2026 (10");
        assert_eq!(banner, day == samples, "{what}: {shown}");
    }
}

fn without_reports(workspace: &Workspace) {
    for (path, file) in files(&workspace.path("reports")) {
        if path != "illustrative.yaml" {
            fs::remove_file(file).expect("a report");
        }
    }
}

#[test]
fn a_day_of_the_samples_that_cannot_be_read_stops_the_report() {
    let workspace = shipped();
    workspace.write(DAY, "as_of: 3/12/2026\n");
    for line in ["check", "compile --skip-invalid"] {
        let run = workspace.run(line);
        assert!(run.code == 1 && run.out.contains("not-a-date"), "{line}: {}", run.out);
    }
}

#[test]
fn what_is_written_beside_the_samples_is_of_their_day() {
    let workspace = shipped();
    for clock in CLOCKS {
        printed(&workspace, clock, "new so-y-te --round ad-hoc");
        printed(&workspace, clock, "accept so-y-te");
    }
    assert!(workspace.path("reports/ad-hoc/2026-12-03-so-y-te.yaml").is_file());
    let accepted = workspace.read("reports/annual/register.yaml");
    assert!(accepted.contains("date: 2026-12-03") && accepted.matches("date:").count() == 1, "{accepted}");
}

#[test]
fn what_is_real_among_samples_comes_by_the_clock() {
    let (sample, mark) = (read(&repository().join(HEALTH)), "illustrative: true\n");
    let real = sample.replace(mark, "");
    for (what, text, clock, option, came) in [
        ("the day of the samples is to come", &real, "2026-11-24", "", Some("2026-11-24")),
        ("it has come", &real, "2026-12-04", "", Some("2026-12-04")),
        ("it has come, and a day since is named", &real, "2026-12-20", "--on 10/12/2026", Some("2026-12-10")),
        ("a sample comes on the day of the samples", &sample, "2026-12-20", "", Some("2026-12-03")),
        ("it is to come, and is named", &real, "2026-11-24", "--on 3/12/2026", None),
        ("another is named", &real, "2026-11-24", "--on 23/11/2026", Some("2026-11-23")),
        ("a sample", &sample, "2026-11-24", "--on 3/12/2026", Some("2026-12-03")),
    ] {
        let workspace = shipped();
        fs::remove_file(workspace.path(HEALTH)).expect("a report");
        workspace.write("came.yaml", text);
        let out = printed(&workspace, clock, &format!("receive came.yaml {option}"));
        let path = workspace.path(HEALTH);
        let there = path.exists().then(|| read(&path));
        let line = came.map(|day| format!("received: {day}"));
        assert_eq!(there.is_some(), line.is_some(), "{what}: {out}");
        assert!(
            there.zip(line).is_none_or(|(text, line)| text.lines().any(|other| other.starts_with(&line))),
            "{what}"
        );
        assert_eq!(out.contains("--on 24/11/2026"), came.is_none(), "{what}: {out}");
    }
}

#[test]
fn the_readme_shows_what_the_shipped_data_give_on_any_day() {
    let readme = read(&repository().join("README.md"));
    // The first week is played elsewhere, and agencies fill forms in there.
    let (_, rest) = readme.split_once("**Xem tình hình hôm nay**").expect("the first block after the first week");
    let blocks = rest.split("```console\n").skip(1).filter_map(|block| block.split("```").next());
    let shown: Vec<(&str, &str)> = blocks
        .filter_map(|block| block.strip_prefix("$ plan ")?.split_once('\n'))
        .filter(|(command, _)| !command.starts_with("form"))
        // After the first edit of a person the commands tell of it.
        .take_while(|(command, _)| !command.starts_with("draft"))
        .collect();
    let commands: Vec<&str> = shown.iter().map(|(command, _)| *command).collect();
    assert_eq!(commands, ["status", "check", "compile"]);
    for clock in CLOCKS {
        for (command, shown) in &shown {
            let workspace = shipped();
            let line = match *command {
                "check" => {
                    workspace.edit(HEALTH, "inspections: 318", "inspections: 318.000");
                    "check --format full"
                }
                line => line,
            };
            let found = printed(&workspace, clock, line);
            let mut found = found.lines().map(str::trim_end);
            // What is left out is marked.
            let mut left_out = true;
            for line in shown.lines() {
                if line == "…" {
                    left_out = true;
                    continue;
                }
                let is_there = if left_out { found.any(|found| found == line) } else { found.next() == Some(line) };
                left_out = false;
                assert!(is_there, "{command} on {clock}: no {line:?} there (any more)");
            }
        }
    }
}

#[test]
fn every_view_of_the_shipped_data_is_the_same_on_any_day() {
    let workspace = shipped();
    for line in [
        "status --all",
        "show so-noi-vu",
        "difficulties --format html",
        "check --format json",
        "compile --format md -o -",
        "trace inspections",
        "remind --format text",
    ] {
        let [first, rest @ ..] = CLOCKS.map(|clock| printed(&workspace, clock, line));
        assert!(rest.iter().all(|other| *other == first), "{line}");
        assert!(line.starts_with("check") || first.contains("xem như ngày 03/12/2026"), "{line}: {first}");
    }
}
