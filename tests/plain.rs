//! Only plain files are read and replaced: pipes, devices, links and folders in their places are named, wherever they lie, and
//! stay; no command waits for them.
#![cfg(unix)]

use crate::common;

use std::fs;
use std::os::unix::fs::{FileTypeExt, symlink};
use std::path::Path;
use std::process::Command;

use common::Workspace;

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().is_ok_and(|status| status.success()));
}

/// Who has not reported in the annual round.
const SILENT: &str = "xa-muong-chien";

#[test]
fn what_is_no_file_in_the_place_of_a_report_is_named_and_stays() {
    let makers: [fn(&Path); 4] = [
        pipe,
        |path| symlink("/dev/zero", path).expect("a link"),
        |path| symlink("nowhere", path).expect("a link"),
        |path| fs::create_dir(path).expect("a folder"),
    ];
    for make in makers {
        let workspace = Workspace::of_repository();
        let path = workspace.path(&format!("reports/annual/{SILENT}.yaml"));
        make(&path);
        let before = fs::symlink_metadata(&path).expect("something").file_type();
        let run = workspace.run("check --rule unreadable-file --format short");
        assert_eq!(run.code, 1, "{}", run.out);
        assert!(run.out.contains("không phải tệp"), "{}", run.out);
        let status = workspace.run("status --round annual --format json").out;
        assert!(status.contains("\"missing\": 59") && status.contains("\"blank\": \"no_file\""), "{status}");
        for line in ["status", "accept --all --by A", &format!("new {SILENT}")] {
            workspace.run(line);
        }
        assert_eq!(fs::symlink_metadata(&path).expect("something").file_type(), before);
    }
    // The nearest that is right: the same in a file of its own.
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run(&format!("new {SILENT}")).code, 0);
    assert_eq!(workspace.run("check --rule unreadable-file --format short").code, 0);
}

#[test]
fn a_workspace_whose_folders_are_none_is_looked_at_by_no_command() {
    for folder in ["plan", "reports"] {
        let workspace = Workspace::of_repository();
        fs::rename(workspace.path(folder), workspace.path("elsewhere")).expect("moved");
        symlink("elsewhere", workspace.path(folder)).expect("a link");
        for line in ["check", "status", "accept so-y-te --by A", "new so-y-te", "compile --format md -o -"] {
            let run = workspace.run(line);
            assert_eq!(run.code, 2, "{line}: {}{}", run.out, run.err);
            assert!(run.err.contains("không phải thư mục"), "{line}: {}", run.err);
        }
        assert!(workspace.path(folder).is_symlink());
    }
    // Without reports/ nobody has reported yet.
    let workspace = Workspace::of_repository();
    fs::remove_dir_all(workspace.path("reports")).expect("removed");
    assert_eq!(workspace.run("check").code, 0);
}

#[test]
fn no_command_waits_for_a_pipe_or_moves_a_file_over_one() {
    let workspace = Workspace::of_repository();
    pipe(&workspace.path("p"));
    fs::create_dir_all(workspace.path("in")).expect("a folder");
    fs::create_dir_all(workspace.path("out")).expect("a folder");
    pipe(&workspace.path("in/a.xlsx"));
    pipe(&workspace.path("out/so-y-te-annual-2026.xlsx"));
    for (line, told) in [
        ("compile --since p --format md -o -", "không phải tệp"),
        (&*format!("receive {SILENT} --on 2026-11-20 --file p"), "không phải tệp"),
        ("issue annual --number 1/BC-SCT --date 2026-11-20 --file p", "không phải tệp"),
        ("draft import p", "không phải tệp"),
        ("receive in", "không phải tệp"),
        ("receive in", "chép hẳn tệp vào chỗ đó"),
        ("form export so-y-te so-tai-chinh -o out --force", "không phải tệp"),
    ] {
        let run = workspace.run(line);
        assert_ne!(run.code, 0, "{line}: {}{}", run.out, run.err);
        assert!(format!("{}{}", run.out, run.err).contains(told), "{line}: {}{}", run.out, run.err);
    }
    for path in ["p", "in/a.xlsx", "out/so-y-te-annual-2026.xlsx"] {
        assert!(fs::metadata(workspace.path(path)).is_ok_and(|found| found.file_type().is_fifo()), "{path}");
    }
    // What the program keeps for itself may be none either.
    for name in [".plan.lock", ".plan.written"] {
        drop(fs::remove_file(workspace.path(name)));
        pipe(&workspace.path(name));
        workspace.run("compile --format md -o x.md --force");
        workspace.run("accept so-y-te --by A");
        assert!(fs::metadata(workspace.path(name)).is_ok_and(|found| found.file_type().is_fifo()), "{name}");
    }
    // A link to nowhere on the way is not taken away with what was made.
    symlink("nowhere", workspace.path("link")).expect("a link");
    assert_eq!(workspace.run("form export --all -o link").code, 2);
    assert!(workspace.path("link").is_symlink());
}

#[test]
fn a_missing_file_of_tasks_is_one_problem_and_no_state_is_told() {
    for group in ["I", "III", "V"] {
        let workspace = Workspace::of_repository();
        fs::remove_file(workspace.path(&format!("plan/tasks/{group}.yaml"))).expect("removed");
        let run = workspace.run("check --format short --severity error");
        assert!(run.out.contains(&format!("không có tệp plan/tasks/{group}.yaml")), "{}", run.out);
        assert_eq!(run.out.matches(": lỗi[").count(), 1, "{}", run.out);
        assert_eq!(workspace.run("status").code, 2);
    }
    // The last is missed by those that name its tasks.
    let workspace = Workspace::of_repository();
    fs::remove_file(workspace.path("plan/tasks/VIII.yaml")).expect("removed");
    assert_eq!(workspace.run("check").code, 1);
    let run = workspace.run("status");
    assert!(run.out.contains("Kế hoạch (plan/) còn lỗi"), "{}", run.out);
}
