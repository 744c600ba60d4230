//! Runs that are killed at any moment: every file is what it was or what it was to be, never half of it, and the same
//! command run again does the rest and leaves nothing beside it. Built with `KILLS=200` so many runs are killed.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use regex_lite::Regex;

use crate::common::form::fill_of_commune;
use crate::common::{Workspace, files};

/// Files by path, without the moments of entry, which differ from run to run.
type Contents = BTreeMap<String, Vec<u8>>;

/// Two offices, as their files are: before the fifty forms are received, and after.
fn offices() -> [Contents; 2] {
    let workspace = Workspace::of_communes(50);
    assert_eq!(workspace.run("form export --all --round annual -o bm").code, 0);
    for (folder, more, paper, day) in [("den", 0, 0, "16/11/2026"), ("den-lai", 1, 100, "19/11/2026")] {
        for at in 1..=50 {
            let form = std::fs::read(workspace.path(&format!("bm/xa-{at:02}-annual-2026.xlsx"))).expect("a form");
            let file = format!("{folder}/xa-{at:02}.xlsx");
            workspace.write(&file, form);
            fill_of_commune(&workspace.path(&file), at, at + more, Some((at + paper, day)));
        }
    }
    std::fs::remove_dir_all(workspace.path("bm")).expect("empty forms");
    // Folders that are there and hold something of somebody.
    for folder in ["bieu-mau", "don-doc", "so-lieu"] {
        workspace.write(&format!("{folder}/cua-toi.txt"), "của tôi");
    }
    let before = workspace.contents();
    assert_eq!(workspace.run("receive den --on 2026-11-17").code, 0);
    [before, workspace.contents()]
}

/// What is typed in which office; `R` stands for a difficulty.
const LINES: [(usize, &str); 18] = [
    (0, "new --all --round annual"),
    (0, "form export --all --round annual -o moi"),
    (0, "form export --all --round annual -o bieu-mau"),
    (0, "form import den --on 2026-11-17"),
    (0, "receive den --on 2026-11-17"),
    (0, "receive xa-muong-la --on 2026-11-18 --number 5/BC-UBND --round annual"),
    (0, "init nam-nay"),
    (1, "receive den-lai --on 2026-11-20"),
    (1, "accept --all --round annual --by Lan"),
    (1, "extend xa-muong-la vptt-389 --until 2026-12-02 --number 12/SCT --round annual"),
    (1, "settle R --note xong"),
    (1, "issue annual --number 512/BC-SCT --date 2026-11-20"),
    (1, "remind --round consumer-day --each -o moi"),
    (1, "remind --round consumer-day --each -o don-doc"),
    (1, "remind --round consumer-day -o don-doc.docx"),
    (1, "compile --round annual -o bao-cao.docx"),
    (1, "compile --round annual --format csv -o so-lieu"),
    (1, "init nam-sau --year 2027 --from ."),
];

fn office(contents: &Contents) -> Workspace {
    let workspace = Workspace::empty();
    contents.iter().for_each(|(path, bytes)| workspace.write(path, bytes));
    workspace
}

fn start(workspace: &Workspace, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
    command.current_dir(workspace.root()).args(["--as-of", "2026-11-23"]).args(line.split(' '));
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Waits until something is written, or all is done.
fn writes(workspace: &Workspace, child: &mut Child) {
    let there = || files(workspace.root()).into_keys().filter(|path| path != ".plan.lock").count();
    let before = there();
    while there() == before && child.try_wait().expect("its end").is_none() {
        sleep(Duration::from_millis(1));
    }
}

/// What lies there, and how much of it is temporary.
fn now(workspace: &Workspace) -> (Contents, usize) {
    let entered = Regex::new("entered: [^,}]*").expect("a pattern");
    let (temporary, there): (Vec<_>, Vec<_>) = files(workspace.root())
        .into_iter()
        .filter(|(path, _)| path != ".plan.lock")
        .partition(|(path, _)| path.split('/').any(|part| part.starts_with(".plan-")));
    let read = |(path, file): (String, std::path::PathBuf)| {
        let bytes = std::fs::read(file).expect("a file");
        let is_register = path.ends_with("register.yaml");
        let bytes = match String::from_utf8(bytes) {
            Ok(text) if is_register => entered.replace_all(&text, "entered").into_owned().into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(other) => other.into_bytes(),
        };
        (path, bytes)
    };
    (there.into_iter().map(read).collect(), temporary.len())
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what it is run for")]
fn a_run_that_is_killed_leaves_old_or_new_and_the_next_does_the_rest() {
    let kills = option_env!("KILLS").and_then(|given| given.parse().ok()).unwrap_or(4);
    let offices = offices();
    let remark = office(&offices[1]).run("difficulties --format json").out;
    let remark = &remark.split_once("\"id\": \"").expect("a difficulty").1[..8];
    let lines = LINES.map(|(of, line)| (&offices[of], line.replace('R', remark)));
    let mut references = BTreeMap::new();
    let (mut before, mut between, mut after, mut left) = (0, 0, 0, 0);
    for at in 0..kills {
        let (office_of, line) = &lines[at * 7 % lines.len()];
        let (old, new, took, writing) = references.entry(line.clone()).or_insert_with(|| {
            let workspace = office(office_of);
            let old = now(&workspace).0;
            let begun = Instant::now();
            let mut child = start(&workspace, line).spawn().expect("the program");
            writes(&workspace, &mut child);
            let thought = begun.elapsed();
            let output = child.wait_with_output().expect("its end");
            let took = begun.elapsed();
            assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
            let (new, temporary) = now(&workspace);
            assert!(new != old && temporary == 0, "{line}");
            (old, new, took, took - thought)
        });

        let workspace = office(office_of);
        let mut child = start(&workspace, line).spawn().expect("the program");
        // Anywhere in the time that a whole run takes, or from the moment on when it begins to write.
        let somewhere = (at as f64 * 0.618_034).fract();
        if at % 4 == 0 {
            sleep(took.mul_f64(somewhere));
        } else {
            writes(&workspace, &mut child);
            sleep(writing.mul_f64(somewhere));
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
        let (is, temporary) = now(&workspace);
        for (path, bytes) in &is {
            assert!([old.get(path), new.get(path)].contains(&Some(bytes)), "{line}: half of {path}");
        }
        for path in old.keys() {
            assert!(is.contains_key(path), "{line}: {path} is gone");
        }
        left += usize::from(temporary > 0);
        *if is == *old {
            &mut before
        } else if is == *new {
            &mut after
        } else {
            &mut between
        } += 1;

        let again = start(&workspace, line).output().expect("the program");
        let told = String::from_utf8_lossy(&again.stderr);
        // Where all was done there may be nothing left to do.
        assert!(again.status.success() || is == *new, "{line}: {told}");
        let (then, temporary) = now(&workspace);
        assert_eq!(temporary, 0, "{line}");
        let differs = then.iter().find(|(path, bytes)| new.get(*path) != Some(bytes)).map(|(path, _)| path);
        assert!(then == *new, "{line}: {differs:?}: {told}");
    }
    println!(
        "{kills} killed: {before} had written nothing, {between} some, {after} all; {left} left something temporary"
    );
}
