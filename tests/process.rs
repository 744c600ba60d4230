//! What the program is to the process around it: where it finds its workspace, what its exit code
//! says, and what becomes of a stream that takes nothing.

use crate::common;

use std::io;

use common::{Workspace, arguments, environment, run};

#[test]
fn the_workspace_is_found_from_wherever_one_stands() {
    let (workspace, elsewhere) = (Workspace::of_repository(), Workspace::empty());
    let root = workspace.root().display();
    let name = workspace.root().file_name().expect("a name").to_string_lossy();
    let beside = workspace.root().parent().expect("a parent");
    let inside = workspace.path("reports/annual");
    let expected = workspace.run("status").out;
    for (what, current_dir, plan_dir, line) in [
        ("inside", inside.as_path(), None, "status".to_owned()),
        ("-C", elsewhere.root(), None, format!("-C {root} status")),
        ("-C after the command", elsewhere.root(), None, format!("status -C {root}")),
        ("-C to a folder inside", elsewhere.root(), None, format!("-C {root}/plan/tasks status")),
        ("-C relative", beside, None, format!("-C {name} status")),
        ("PLAN_DIR", elsewhere.root(), Some(workspace.root()), "status".to_owned()),
        ("-C over PLAN_DIR", elsewhere.root(), Some(elsewhere.root()), format!("-C {root} status")),
    ] {
        let mut environment = environment(current_dir);
        environment.plan_dir = plan_dir.map(Into::into);
        let run = run(&environment, &line);
        assert_eq!((run.code, run.out), (0, expected.clone()), "{what}: {}", run.err);
    }
}

#[test]
fn check_fails_on_errors_and_on_warnings_only_when_strict() {
    let [clean, warned, broken] = [(); 3].map(|()| Workspace::of_repository());
    warned.write("reports/annual/so-y-te.docx", "");
    broken.edit("reports/annual/so-y-te.yaml", "agency: so-y-te", "agency: \"so-y-te");
    for (what, workspace, line, code) in [
        ("clean", &clean, "check", 0),
        ("clean", &clean, "check --strict", 0),
        ("a warning", &warned, "check", 0),
        ("a warning", &warned, "check --strict", 1),
        ("an error", &broken, "check", 1),
        ("an error", &broken, "check --strict", 1),
    ] {
        let run = workspace.run(line);
        assert_eq!(run.code, code, "{what}: {line}\n{}{}", run.out, run.err);
    }
}

/// A stream that takes nothing.
struct Failing(io::ErrorKind);

impl io::Write for Failing {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

/// The exit code and the error where nothing can be printed.
fn run_into(kind: io::ErrorKind, line: &str, workspace: &Workspace) -> (u8, String) {
    let mut err = Vec::new();
    let code = plan::run(arguments(line), &environment(workspace.root()), &mut Failing(kind), &mut err);
    (code, String::from_utf8(err).expect("UTF-8"))
}

#[test]
fn a_reader_who_leaves_is_no_error_and_a_full_disk_is() {
    let workspace = Workspace::of_repository();
    for line in ["status", "check", "explain", "schema report", "compile --format md -o -", "--help"] {
        for (kind, code) in [(io::ErrorKind::BrokenPipe, 0), (io::ErrorKind::StorageFull, 2)] {
            assert_eq!(run_into(kind, line, &workspace).0, code, "{line}: {kind}");
        }
    }
}

#[test]
fn why_nothing_can_be_printed_is_said_in_vietnamese() {
    let (_, err) = run_into(io::ErrorKind::StorageFull, "status", &Workspace::of_repository());
    let english = ["space", "storage", "device", "os error"].into_iter().find(|word| err.contains(word));
    assert_eq!(english, None, "{err}");
}

#[test]
fn files_from_windows_say_the_same_as_others() {
    let [plain, windows] = [(); 2].map(|()| Workspace::of_repository());
    for (path, bytes) in windows.contents().into_iter().filter(|(path, _)| path.ends_with(".yaml")) {
        let text = String::from_utf8(bytes).expect("UTF-8").replace('\n', "\r\n");
        windows.write(&path, format!("\u{feff}{text}"));
    }
    for line in
        ["check", "status", "show so-y-te", "trace inspections", "compile --format md -o -", "remind --format text"]
    {
        let [expected, found] = [&plain, &windows].map(|workspace| workspace.run(line));
        assert_eq!((found.code, found.out), (expected.code, expected.out), "{line}: {}", found.err);
    }
    for workspace in [&plain, &windows] {
        workspace.edit("reports/annual/so-y-te.yaml", "inspections: 318", "inspections: 318.000");
        let found = workspace.run("check --rule not-a-number");
        assert!(found.out.starts_with("reports/annual/so-y-te.yaml:56:20: "), "{}", found.out);
    }
}

#[test]
fn folders_may_have_vietnamese_names_and_blanks() {
    let workspace = Workspace::of_repository();
    let folder = workspace.path("Kế hoạch năm 2026 (tỉnh Sơn La)");
    let expected = workspace.run("status").out;
    std::fs::create_dir(&folder).expect("a folder");
    for part in ["plan", "reports"] {
        std::fs::rename(workspace.path(part), folder.join(part)).expect("moved");
    }
    let inside = environment(&folder);
    assert_eq!(run(&inside, "status").out, expected);
    let written = run(&inside, "compile -o báo-cáo.docx");
    assert_eq!((written.code, written.out.lines().next()), (0, Some("Đã ghi báo-cáo.docx")), "{}", written.err);
    assert!(folder.join("báo-cáo.docx").is_file());
    let mut outside = environment(workspace.root());
    outside.plan_dir = Some(folder);
    assert_eq!(run(&outside, "status").out, expected);
}
