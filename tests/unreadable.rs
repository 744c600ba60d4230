//! What cannot be read is never silence: whoever looks sees the place and the remedy, and nothing is written that lacks it.

use std::fs;
use std::path::Path;

use crate::common::{self, Run, Workspace};

const REGISTER: &str = "reports/annual/register.yaml";
const DRAFT: &str = "reports/annual/draft.yaml";
const ARRIVAL: &str = "reports/annual/received/xa-01/2026-11-18-0a1b2c3d.yaml";

/// Commands that say what they know and that something is missing.
const TELL: &[&str] =
    &["status", "status --all --format csv", "status -o page.html", "show xa-01", "show xa-01 --format json"];

/// Those that hand nothing out.
const REFUSE: &[&str] = &[
    "compile --round annual -o o.md",
    "compile --round annual --accepted-only -o o.docx",
    "publish -o public",
    "publish",
    "remind --round annual --format text",
    "remind --round annual -o o.docx",
    "calendar",
    "calendar -o o.ics",
    "difficulties",
    "trace inspections --round annual",
    "draft --round annual",
    "form export xa-02 --round annual -o o.xlsx",
];

/// Those that write into `reports/`.
const WRITE: &[&str] = &[
    "accept xa-01 --round annual",
    "extend xa-02 --round annual --until 2026-12-03",
    "issue annual --number 1/BC-SCT --date 2026-11-23",
    "receive elsewhere --on 2026-11-20",
];

fn report(at: u32, figure: u32) -> String {
    format!(
        "agency: xa-{at:02}\nround: annual\ndocument: {{number: {at}/BC-UBND, date: 2026-11-18}}\nreceived: 2026-11-18\n\
         tasks:\n  I.1: {{status: done, results: Xã Số {at} đã phổ biến., figures: {{directives: {figure}}}}}\n"
    )
}

/// Three communes, of which one is late with leave.
fn workspace() -> Workspace {
    let workspace = Workspace::of_communes(3);
    workspace.write("reports/annual/xa-01.yaml", report(1, 1));
    workspace.write(ARRIVAL, report(1, 1));
    workspace.write("elsewhere/xa-02.yaml", report(2, 2));
    for line in ["accept xa-01 --round annual", "extend xa-03 --round annual --until 2026-12-02"] {
        assert_eq!(workspace.run(line).code, 0, "{line}");
    }
    workspace
}

/// Puts something else in the place of a file or a folder.
fn instead(workspace: &Workspace, path: &str, put: impl FnOnce(&Path)) {
    let path = workspace.path(path);
    let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    put(&path);
}

/// Puts a link to where it was moved to in its place.
#[cfg(unix)]
fn link(workspace: &Workspace, path: &str) {
    fs::rename(workspace.path(path), workspace.path("moved")).expect("moved");
    std::os::unix::fs::symlink(workspace.path("moved"), workspace.path(path)).expect("a link");
}

type Spoil = fn(&Workspace);
type Alter = fn(&Path);

/// What is spoiled, how, and the place that is named.
type Broken = (&'static str, Spoil, &'static str);

const OF_REPORTS: &[Broken] = &[
    (
        "a conflict that nobody solved",
        |w| {
            let acts = w.read(REGISTER);
            w.write(REGISTER, format!("<<<<<<< HEAD\n{acts}=======\n{acts}>>>>>>> other\n"));
        },
        "reports/annual/register.yaml:1",
    ),
    (
        "UTF-16",
        |w| {
            let wide: Vec<u8> = w.read(REGISTER).encode_utf16().flat_map(u16::to_le_bytes).collect();
            w.write(REGISTER, [vec![0xff, 0xfe], wide].concat());
        },
        "reports/annual/register.yaml:1",
    ),
    (
        "cut off",
        |w| {
            let acts = w.read(REGISTER);
            w.write(REGISTER, &acts[..acts.len() - 20]);
        },
        "reports/annual/register.yaml:",
    ),
    ("empty", |w| w.write(REGISTER, ""), "reports/annual/register.yaml:1"),
    (
        "an act of nobody",
        |w| w.write(REGISTER, format!("{}- {{act: accept, agency: xa-99, date: 2026-11-20}}\n", w.read(REGISTER))),
        "reports/annual/register.yaml:",
    ),
    (
        "a folder",
        |w| instead(w, REGISTER, |path| fs::create_dir(path).expect("a folder")),
        "reports/annual/register.yaml:1",
    ),
    (
        "of another round",
        |w| w.write("reports/consumer-day/register.yaml", "- {act: pap\n"),
        "consumer-day/register.yaml:1",
    ),
    ("as it was before", |w| w.write("reports/annual/accepted.yaml", "accepted: [\n"), "annual/accepted.yaml:1"),
    (
        "a file for a round",
        |w| instead(w, "reports/annual", |path| fs::write(path, "x").expect("a file")),
        "reports/annual:1",
    ),
    (
        "a file for what is ad hoc",
        |w| instead(w, "reports/ad-hoc", |path| fs::write(path, "x").expect("a file")),
        "reports/ad-hoc:1",
    ),
    (
        "the day of the samples",
        |w| w.write("reports/illustrative.yaml", "as_of: [\n"),
        "reports/illustrative.yaml:1",
    ),
    #[cfg(unix)]
    ("a link for a register", |w| link(w, REGISTER), "reports/annual/register.yaml:1"),
    #[cfg(unix)]
    ("a link for a round", |w| link(w, "reports/annual"), "reports/annual:1"),
];

const OF_PLAN: &[Broken] = &[
    ("days off", |w| w.edit("plan/holidays.yaml", "from:", "form:"), "plan/holidays.yaml:"),
    ("last year", |w| w.write("plan/previous.yaml", "rounds: [\n"), "plan/previous.yaml:1"),
    ("carried over", |w| w.write("plan/carried.yaml", "remarks: [\n"), "plan/carried.yaml:1"),
];

fn told(run: &Run) -> String {
    format!("{}{}", run.out, run.err)
}

#[test]
fn without_what_cannot_be_read_nothing_is_told_as_whole_and_nothing_is_written() {
    for (what, spoil, place) in OF_REPORTS.iter().chain(OF_PLAN) {
        let workspace = workspace();
        spoil(&workspace);
        let before = workspace.contents();
        for line in TELL {
            let run = workspace.run(line);
            assert!(run.code == 1 && told(&run).contains(place), "{what}, {line}: {}\n{}", run.code, told(&run));
            let _ = fs::remove_file(workspace.path("page.html"));
        }
        let new = workspace.run("init next --year 2027 --from .");
        assert!(new.code == 2 && !workspace.path("next").exists(), "{what}: {}", new.err);
        let is_of_plan = OF_PLAN.iter().any(|(of_plan, ..)| of_plan == what);
        for line in REFUSE.iter().chain(WRITE.iter().filter(|_| !is_of_plan)) {
            let run = workspace.run(line);
            assert!(run.code > 0 && told(&run).contains(place), "{what}, {line}: {}\n{}", run.code, told(&run));
        }
        let mut after = workspace.contents();
        after.retain(|path, _| before.contains_key(path) || path != ".plan.written");
        assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "{what}");
        assert!(after == before, "{what}");
    }
}

#[test]
fn by_a_plan_with_errors_nothing_is_judged_and_nothing_is_written() {
    for (what, file, from, to) in [
        ("a key", "plan/agencies.yaml", "reporting: required", "reportin: required"),
        ("an indicator", "plan/indicators.yaml", "unit:", "unt:"),
        ("a round", "plan/rounds.yaml", "short_name: Ngày 15/3", "shrt_name: Ngày 15/3"),
    ] {
        let workspace = workspace();
        let place = format!("{file}:");
        workspace.edit(file, from, to);
        let before = workspace.contents();
        for line in TELL {
            assert_eq!(workspace.run(line).code, 1, "{what}, {line}");
            let _ = fs::remove_file(workspace.path("page.html"));
        }
        assert!(workspace.run("status --format json").out.contains("\"flawed\": true"), "{what}");
        for line in REFUSE.iter().chain(WRITE) {
            let run = workspace.run(line);
            assert!(run.code > 0 && told(&run).contains(&place), "{what}, {line}: {}\n{}", run.code, told(&run));
        }
        let mut after = workspace.contents();
        after.retain(|path, _| before.contains_key(path) || path != ".plan.written");
        assert!(after == before, "{what}");
    }
}

#[test]
fn a_report_that_cannot_be_read_is_named_where_something_is_made_without_it() {
    let note = "có báo cáo không đọc được nên kết quả không có nội dung của báo cáo đó";
    for (what, text, is_named) in [
        ("no YAML", "agency: [\n", true),
        ("UTF-16", "\u{feff}a\0b\0", true),
        // It says nothing, and something that is no answer.
        ("empty", "", false),
        ("an error", "agency: xa-02\nround: consumer-day\nxyz: 1\n", false),
    ] {
        let workspace = workspace();
        workspace.write("reports/consumer-day/xa-02.yaml", text);
        for line in [
            "difficulties",
            "difficulties --format json",
            "trace inspections --round annual",
            "form export xa-02 --round annual -o o.xlsx",
            "compile --round annual -o o.md",
            "receive elsewhere --on 2026-11-20 --dry-run",
            "accept xa-01 --round annual",
        ] {
            let run = workspace.run(line);
            let is_told = run.err.contains(note) && run.err.contains("reports/consumer-day/xa-02.yaml:1");
            assert_eq!(is_told, is_named, "{what}, {line}: {}", run.err);
            let is_partial = is_named && line.starts_with("difficulties");
            assert_eq!(run.code, u8::from(is_partial), "{what}, {line}: {}", run.err);
        }
        let review = workspace.run("init next --year 2027 --from .");
        assert_eq!(review.code, 0, "{what}: {}", review.err);
        let review = fs::read_dir(workspace.path("next")).expect("a folder").flatten();
        let review: String = review.filter_map(|entry| fs::read_to_string(entry.path()).ok()).collect();
        assert_eq!(review.contains("báo cáo cũ không đọc được"), is_named, "{what}");
    }
}

#[test]
fn what_is_absent_is_no_fault() {
    for (what, absent) in [
        ("all is there", ""),
        ("no register", REGISTER),
        ("nothing was kept as it came", "reports/annual/received"),
        ("nobody reported", "reports/annual"),
        ("no reports at all", "reports"),
    ] {
        let workspace = workspace();
        if !absent.is_empty() {
            instead(&workspace, absent, |_| {});
        }
        for line in TELL.iter().chain(REFUSE).chain(&["status --as-of 2026-11-20", "show xa-01 --history"]) {
            let run = workspace.run(line);
            assert!(run.code == 0, "{what}, {line}: {}\n{}", run.code, told(&run));
            let _ = fs::remove_dir_all(workspace.path("public"));
            for ending in ["md", "docx", "ics", "xlsx"] {
                let _ = fs::remove_file(workspace.path(&format!("o.{ending}")));
            }
        }
    }
}

#[test]
fn edits_that_cannot_be_read_are_not_left_out() {
    let workspace = workspace();
    for (text, code) in [("edits: [\n", 1), ("<<<<<<< HEAD\nedits: []\n", 1), ("edits: []\n", 0)] {
        workspace.write(DRAFT, text);
        for line in ["compile --round annual --final --format md -o -", "compile --round annual --format md -o -"] {
            let run = workspace.run(line);
            let is_named = told(&run).contains("reports/annual/draft.yaml:1");
            assert!(run.code == code && is_named == (code > 0), "{text}, {line}: {}\n{}", run.code, told(&run));
        }
        for line in
            ["draft --round annual", "trace inspections --round annual", "draft keep 0a1b2c3d --round annual"]
        {
            if code == 0 && line.contains("keep") {
                continue;
            }
            let run = workspace.run(line);
            assert_eq!(run.code > 0, code > 0, "{text}, {line}: {}", told(&run));
            assert_eq!(
                told(&run).contains("reports/annual/draft.yaml"),
                code > 0,
                "{text}, {line}: {}",
                told(&run)
            );
        }
        // It is of one report alone.
        for line in ["status", "compile --round consumer-day --format md -o -"] {
            assert_eq!(workspace.run(line).code, 0, "{text}, {line}");
        }
    }
}

#[test]
fn versions_that_cannot_be_read_are_not_passed_over() {
    let spoil: &[(&str, Spoil, bool)] = &[
        ("cut off", |w| w.write(ARRIVAL, "agency: xa-01\ntasks: {I.1: {sta"), true),
        ("no text", |w| w.write(ARRIVAL, b"\xff\xfea\0"), true),
        ("a folder", |w| instead(w, ARRIVAL, |path| fs::create_dir(path).expect("a folder")), true),
        ("renamed", |w| w.write("reports/annual/received/xa-01/ban-cuoi.yaml", report(1, 1)), true),
        ("a scan beside it", |w| w.write("reports/annual/received/xa-01/ban-chup.pdf", b"%PDF-\xff"), false),
        ("as it came", |_| {}, false),
    ];
    for (what, spoil, wrong) in spoil {
        let workspace = workspace();
        spoil(&workspace);
        // What another agency sent is no matter of them.
        assert_eq!(workspace.run("receive elsewhere --on 2026-11-20").code, 0, "{what}");
        workspace.write("own/xa-01.yaml", report(1, 3));
        let lines = ["status --as-of 2026-11-20", "show xa-01 --history", "receive own --on 2026-11-20"];
        for line in &lines[..if *wrong { 3 } else { 2 }] {
            let run = workspace.run(line);
            let is_named = told(&run).contains("reports/annual/received/xa-01/");
            assert_eq!(
                (run.code > 0, is_named && run.code > 0),
                (*wrong, *wrong),
                "{what}, {line}: {}",
                told(&run)
            );
        }
    }
}

#[test]
fn versions_that_are_not_as_they_came_are_told_and_a_system_may_end_their_lines() {
    let kept = |w: &Workspace| {
        let folder = w.path("reports/annual/received/xa-02");
        fs::read_dir(folder).expect("versions").next().expect("one").expect("one").path()
    };
    let spoil: &[(&str, Alter, bool)] = &[
        (
            "a figure",
            |path| fs::write(path, common::read(path).replace("directives: 2", "directives: 20")).expect("written"),
            true,
        ),
        (
            "renamed",
            |path| fs::rename(path, path.with_file_name("2026-11-19-0a1b2c3d.yaml")).expect("renamed"),
            true,
        ),
        ("as it came", |_| {}, false),
        ("from Windows", |path| fs::write(path, common::read(path).replace('\n', "\r\n")).expect("written"), false),
        (
            "a scan beside it",
            |path| fs::write(path.with_file_name("ban-chup.pdf"), b"%PDF-\xff").expect("written"),
            false,
        ),
    ];
    for (what, spoil, wrong) in spoil {
        let workspace = workspace();
        fs::remove_file(workspace.path(ARRIVAL)).expect("removed");
        assert_eq!(workspace.run("receive elsewhere --on 2026-11-20").code, 0, "{what}");
        spoil(&kept(&workspace));
        for line in ["check", "show xa-02 --history"] {
            let run = workspace.run(line);
            assert_eq!(told(&run).contains("không còn như khi nhận"), *wrong, "{what}, {line}: {}", told(&run));
        }
        // What was received before is not known again; of a day that is past what was in force is not known.
        let run = workspace.run("receive elsewhere --on 2026-11-21");
        assert_eq!(
            (run.code, told(&run).contains("2026-11-")),
            (u8::from(*wrong), *wrong),
            "{what}: {}",
            told(&run)
        );
        let is_in_force = *what == "a figure";
        for (line, code) in [("status", 1), ("compile --format md -o -", 1), ("trace directives", 2)] {
            let run = workspace.run(&format!("{line} --as-of 2026-11-21"));
            let is_named = told(&run).contains("không còn như khi nhận");
            let expected = if is_in_force { (code, true) } else { (0, false) };
            assert_eq!((run.code, is_named), expected, "{what}, {line}: {}", told(&run));
            assert!(!told(&run).contains("--skip-invalid"), "{what}, {line}: {}", told(&run));
        }
        // What came is not forgotten where somebody takes away what is in force.
        let is_told = || told(&workspace.run("check")).contains("arrival-not-in-force");
        let before = is_told();
        fs::remove_file(workspace.path("reports/annual/xa-02.yaml")).expect("removed");
        assert_eq!((before, is_told()), (false, !wrong), "{what}");
    }
}
