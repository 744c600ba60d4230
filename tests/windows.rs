//! What only Windows does, on Windows or under wine (`.ci/windows`).

use std::fs::OpenOptions;
use std::os::windows::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Command;

use crate::common::{Workspace, environment, run};

#[test]
fn a_file_is_found_however_its_path_is_written() {
    let workspace = Workspace::of_repository();
    let root = workspace.root().display().to_string();
    workspace.edit("reports/annual/so-y-te.yaml", "inspections: 318", "inspections: 318.000");
    for path in [
        r"reports\annual\so-y-te.yaml".to_owned(),
        r"REPORTS/Annual\So-Y-Te.YAML".to_owned(),
        r".\reports\annual".to_owned(),
        format!(r"{root}\reports\annual\so-y-te.yaml"),
        root.to_uppercase(),
        root.replace('\\', "/"),
    ] {
        let found = workspace.run(&format!("check --rule not-a-number {path}"));
        assert_eq!(found.code, 1, "{path}: {}{}", found.out, found.err);
        assert!(found.out.starts_with("reports/annual/so-y-te.yaml:56:20: "), "{path}: {}", found.out);
    }
    let other = workspace.run(r"check reports\annual\so-y");
    assert_eq!((other.code, other.out.as_str()), (2, ""), "a part of a name is no name");
}

#[test]
fn a_workspace_is_named_by_drive_and_backslashes() {
    let (workspace, elsewhere) = (Workspace::of_repository(), Workspace::empty());
    let expected = workspace.run("status").out;
    let root = workspace.root().to_path_buf();
    assert!(root.to_string_lossy().contains(r":\"), "{}", root.display());
    for folder in [root.join("plan"), root.clone(), root.to_string_lossy().to_lowercase().into()] {
        let named = run(&environment(elsewhere.root()), &format!("-C {} status", folder.display()));
        assert_eq!((named.code, &named.out), (0, &expected), "-C {}: {}", folder.display(), named.err);
        let mut set = environment(elsewhere.root());
        set.plan_dir = Some(folder.clone());
        assert_eq!(run(&set, "status").out, expected, "PLAN_DIR={}", folder.display());
    }
}

#[test]
fn a_file_that_word_holds_open_is_said_to_be_open() {
    const READ_BY_OTHERS: u32 = 1;
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run("compile").code, 0);
    let before = workspace.contents();
    for shared in [0, READ_BY_OTHERS] {
        let document = workspace.path("bao-cao-annual-2026.docx");
        let held = OpenOptions::new().read(true).write(true).share_mode(shared).open(document).expect("a document");
        let run = workspace.run("compile --force");
        assert_eq!(run.code, 2, "{}", run.out);
        assert!(run.err.contains("đang mở trong chương trình khác"), "{}", run.err);
        drop(held);
        assert!(workspace.contents() == before, "nothing else is left behind");
    }
    assert_eq!(workspace.run("compile --force").code, 0);
}

#[test]
fn a_report_that_cannot_be_read_for_being_open_is_said_to_be_open() {
    let workspace = Workspace::of_repository();
    let held = OpenOptions::new().read(true).share_mode(0).open(workspace.path("reports/annual/so-y-te.yaml"));
    let run = workspace.run("check --rule unreadable-file");
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("đang mở trong chương trình khác"), "{}", run.out);
    drop(held);
}

#[test]
fn names_of_devices_are_refused_and_names_beside_them_are_not() {
    let workspace = Workspace::of_repository();
    for (name, code) in
        [("con.md", 2), ("NUL", 2), ("aux.docx", 2), ("com1.json", 2), ("a:b.md", 2), ("cong.md", 0)]
    {
        let run = workspace.run(&format!("compile -o {name}"));
        assert_eq!(run.code, code, "{name}: {}{}", run.out, run.err);
        assert_eq!(workspace.contents().contains_key(name), code == 0, "{name}");
    }
    for (line, code) in [
        ("form export so-y-te -o aux", 2),
        ("publish -o NUL", 2),
        ("init con", 2),
        ("remind --each -o com1", 2),
        ("form export so-y-te -o auxe", 0),
    ] {
        let run = workspace.run(line);
        assert_eq!((run.code, run.err.contains("Windows dành tên này")), (code, code == 2), "{line}: {}", run.err);
    }
}

#[test]
fn the_shells_leave_wildcards_to_the_program() {
    let workspace = Workspace::of_repository();
    let folder = workspace.path("biểu mẫu đã nhận");
    assert_eq!(workspace.run("form export so-y-te toa-an -o đã-nhận").code, 0);
    std::fs::rename(workspace.path("đã-nhận"), &folder).expect("a folder with blanks");
    let import = |words: &[&str], current_dir: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
        command.current_dir(current_dir).arg("-C").arg(workspace.root()).args(["form", "import"]);
        let output =
            command.args(words).args(["--on", "2026-11-20", "--dry-run"]).output().expect("the program runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let (all, one) = (import(&["*.xlsx"], &folder), import(&["so-*.xlsx"], &folder));
    assert!(all.contains("so-y-te-annual-2026.xlsx") && all.contains("toa-an-annual-2026.xlsx"), "{all}");
    assert!(one.contains("so-y-te-annual-2026.xlsx") && !one.contains("toa-an"), "{one}");
}
