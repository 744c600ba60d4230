//! Many hands at once, each a process of its own: what one says that it did is there, whatever the others do meanwhile.
//! Built with `RACES=50` each race is run so often.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::common::{Workspace, files, read, repository};

fn races() -> std::ops::Range<usize> {
    let given = option_env!("RACES").and_then(|given| given.parse().ok());
    0..given.unwrap_or(1)
}

/// Runs them all at once. Whoever was told that another writes, does as told and runs again.
fn at_once(workspace: &Workspace, lines: &[String]) -> Vec<Output> {
    let start = |line: &String| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
        command.current_dir(workspace.root()).args(["--as-of", "2026-11-23"]).args(line.split(' '));
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program")
    };
    let mut waiting: Vec<_> = lines.iter().map(|line| (line, start(line))).collect();
    let mut done = Vec::new();
    while !waiting.is_empty() {
        let ended = waiting.into_iter().map(|(line, child)| (line, child.wait_with_output().expect("its output")));
        let (put_off, ended): (Vec<_>, Vec<_>) =
            ended.partition(|(_, output)| said(&output.stderr).contains("đã chờ 10 giây, chưa ghi gì"));
        done.extend(ended.into_iter().map(|(_, output)| output));
        waiting = put_off.into_iter().map(|(line, _)| (line, start(line))).collect();
    }
    done
}

fn said(stream: &[u8]) -> String {
    String::from_utf8_lossy(stream).into_owned()
}

fn all_done(outputs: &[Output]) {
    for output in outputs {
        assert!(output.status.success(), "{}{}", said(&output.stdout), said(&output.stderr));
    }
}

/// Agencies with a sample of the annual round, and those samples as real reports.
fn samples(count: usize) -> Vec<(String, String)> {
    let found = files(&repository().join("reports/annual")).into_iter().filter(|(path, _)| !path.contains('/'));
    let real =
        found.map(|(path, file)| (path.replace(".yaml", ""), read(&file).replace("illustrative: true\n", "")));
    real.take(count).collect()
}

fn no_temporary_files(workspace: &Workspace) {
    let left: Vec<_> = workspace.contents().into_keys().filter(|path| path.contains(".plan-")).collect();
    assert_eq!(left, [] as [&str; 0]);
}

#[test]
fn of_twenty_acceptances_at_once_none_is_lost() {
    for _ in races() {
        let workspace = Workspace::without_reports();
        let agencies = samples(20);
        for (agency, text) in &agencies {
            workspace.write(&format!("reports/annual/{agency}.yaml"), text);
        }
        let lines: Vec<String> =
            agencies.iter().map(|(agency, _)| format!("accept {agency} --round annual")).collect();
        all_done(&at_once(&workspace, &lines));
        let register = workspace.read("reports/annual/register.yaml");
        assert_eq!(register.matches("- {act: accept").count(), 20, "{register}");
        for (agency, _) in &agencies {
            assert!(register.contains(&format!("agency: {agency},")), "{agency}: {register}");
        }
        no_temporary_files(&workspace);
    }
}

#[test]
fn a_folder_that_eight_receive_at_once_is_received_once() {
    for _ in races() {
        let workspace = Workspace::without_reports();
        let agencies = samples(12);
        for (agency, text) in &agencies {
            workspace.write(&format!("came/{agency}.yaml"), text);
        }
        all_done(&at_once(&workspace, &vec!["receive came --on 2026-11-20".to_owned(); 8]));
        for (agency, _) in &agencies {
            let kept = files(&workspace.path(&format!("reports/annual/received/{agency}")));
            assert_eq!(kept.len(), 1, "{agency}: {kept:?}");
            let in_force = workspace.read(&format!("reports/annual/{agency}.yaml"));
            assert!(kept.values().all(|version| read(version) == in_force), "{agency}");
        }
        assert_eq!(workspace.run("check --rule misplaced-report").code, 0);
        no_temporary_files(&workspace);
    }
}

#[test]
fn of_two_who_write_one_file_one_wins_and_the_other_says_so_or_writes_the_same() {
    let workspace = Workspace::without_reports();
    let line = "compile --round annual -o bao-cao.md".to_owned();
    for _ in races() {
        let (done, told): (Vec<_>, Vec<_>) = at_once(&workspace, &[line.clone(), line.clone()])
            .into_iter()
            .partition(|output| output.status.success());
        // Who comes after the other has written may put its own in place of the program's.
        assert!(!done.is_empty() && done.len() + told.len() == 2);
        for told in told {
            assert!(said(&told.stderr).contains("bao-cao.md"), "{}", said(&told.stderr));
            assert_eq!(told.status.code(), Some(2));
        }
        let whole = workspace.run("--as-of 2026-11-23 compile --round annual --format md -o -").out;
        let written = workspace.read("bao-cao.md");
        let differs = || written.lines().zip(whole.lines()).find(|(written, whole)| written != whole);
        assert!(written == whole, "a half: {} and {} bytes, {:?}", written.len(), whole.len(), differs());
        std::fs::remove_file(workspace.path("bao-cao.md")).expect("the report");
        no_temporary_files(&workspace);
    }
}

#[test]
fn of_two_who_make_a_workspace_in_one_folder_one_is_told_of_the_other() {
    for _ in races() {
        let workspace = Workspace::empty();
        std::fs::create_dir(workspace.path("a")).expect("a folder");
        let done = at_once(&workspace, &["init a".to_owned(), "init a".to_owned()]);
        let codes: BTreeSet<_> = done.iter().map(|output| output.status.code()).collect();
        assert_eq!(codes, BTreeSet::from([Some(0), Some(2)]));
        assert!(done.iter().any(|output| said(&output.stderr).contains("đã có và không trống")));
        no_temporary_files(&workspace);
    }
}

fn git(folder: &Path, line: &[&str]) -> bool {
    let who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let mut git = Command::new("git");
    git.current_dir(folder).args(who).args(line).env("GIT_CONFIG_GLOBAL", "").env("GIT_CONFIG_NOSYSTEM", "1");
    git.output().expect("git").status.success()
}

/// The registers of three clerks, whether there was one before them or not.
#[test]
fn registers_that_git_merges_say_the_same_in_every_order() {
    const CLERKS: [(&str, &[&str]); 3] = [
        ("lan", &["accept toa-an so-y-te", "extend so-noi-vu --until 2026-12-02 --number 12/SCT"]),
        (
            "minh",
            &["accept so-y-te thue", "accept thue --withdraw", "receive cong-an --on 2026-11-20 --round annual"],
        ),
        ("hoa", &["extend so-noi-vu --until 2026-12-04 --number 15/SCT", "accept thue", "accept toa-an"]),
    ];
    for before in ["", "accept xa-muong-la"] {
        let office = Workspace::empty();
        assert_eq!(office.run("init kh").code, 0);
        for (agency, text) in samples(usize::MAX) {
            office.write(&format!("kh/reports/annual/{agency}.yaml"), text);
        }
        let run = |line: &str| {
            let run = office.run(&format!("-C kh --as-of 2026-11-23 {line}"));
            assert_eq!(run.code, 0, "{line}: {}{}", run.out, run.err);
            run.out
        };
        if !before.is_empty() {
            run(before);
        }
        let folder = office.path("kh");
        let did = |line: &[&str]| assert!(git(&folder, line), "git {line:?}");
        did(&["init", "-q", "-b", "main"]);
        did(&["add", "-A"]);
        did(&["commit", "-qm", "a"]);
        for (clerk, lines) in CLERKS {
            did(&["checkout", "-q", "-b", clerk, "main"]);
            lines.iter().for_each(|line| drop(run(line)));
            did(&["add", "-A"]);
            did(&["commit", "-qm", clerk]);
        }
        let mut states = BTreeSet::new();
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            did(&["checkout", "-q", "--detach", CLERKS[order[0]].0]);
            for other in &order[1..] {
                did(&["merge", "-q", "--no-edit", CLERKS[*other].0]);
            }
            run("check");
            let acts = office.read("kh/reports/annual/register.yaml");
            let count = acts.lines().filter(|line| line.starts_with("- {")).collect::<BTreeSet<_>>().len();
            assert_eq!(count, 10 + usize::from(!before.is_empty()), "{acts}");
            states.insert(run("status --all --format json"));
        }
        assert_eq!(states.len(), 1, "{before}");
        let state = states.first().expect("a state");
        assert!(state.contains("\"extended_until\": \"2026-12-04\""), "the later act counts");
    }
}

#[test]
fn what_git_could_not_merge_is_one_problem_that_names_its_marks() {
    let workspace = Workspace::of_repository();
    workspace.run("accept so-y-te");
    for (path, line) in [
        ("reports/annual/so-y-te.yaml", "inspections: 318"),
        ("reports/consumer-day/toa-an.yaml", "agency: toa-an"),
        ("reports/annual/register.yaml", "- {act: accept"),
        ("plan/agencies.yaml", "  - id: hq-son-la"),
        ("plan/tasks/III.yaml", "tasks:"),
    ] {
        let whole = workspace.read(path);
        let at = whole.lines().find(|found| found.contains(line)).expect("the line");
        let torn = format!("<<<<<<< HEAD\n{at}\n=======\n{at} \n>>>>>>> may-hai\n");
        workspace.write(path, whole.replacen(&format!("{at}\n"), &torn, 1));
        let run = workspace.run(&format!("check {path}"));
        assert_eq!((run.code, run.out.matches("lỗi[").count()), (1, 1), "{path}: {}", run.out);
        assert!(run.out.contains("dấu xung đột của git") && run.out.contains("<<<<<<<"), "{path}: {}", run.out);
        workspace.write(path, whole);
    }
}
