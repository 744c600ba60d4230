//! What becomes of files that are written: devices, pipes and links, permissions, what is there already, what was said.
#![cfg(unix)]

use crate::common;

use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::process::Command;

use common::{Workspace, arguments, environment, run};

const COMPILE: &str = "compile --format md";

#[test]
fn devices_are_written_into_and_pipes_are_not_waited_for() {
    let workspace = Workspace::of_repository();
    for line in [format!("{COMPILE} -o /dev/full"), format!("{COMPILE} -o /dev/full --force")] {
        let run = workspace.run(&line);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{line}");
        assert!(run.err.contains("không ghi được tệp /dev/full: ổ đĩa đã đầy"), "{}", run.err);
        assert!(fs::metadata("/dev/full").is_ok_and(|found| found.file_type().is_char_device()));
    }
    let pipe = workspace.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()));
    for line in [
        format!("{COMPILE} -o pipe"),
        format!("{COMPILE} -o pipe --force"),
        "status --format html -o pipe".to_owned(),
    ] {
        let run = workspace.run(&line);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{line}");
        assert!(run.err.contains("không phải tệp nên không ghi vào"), "{}", run.err);
    }
    assert!(fs::metadata(workspace.path("pipe")).is_ok_and(|found| found.file_type().is_fifo()));
    // A name of the stream is the stream.
    let printed = workspace.run(&format!("{COMPILE} -o -")).out;
    assert_eq!(workspace.run(&format!("{COMPILE} -o /dev/stdout")).out, printed);
}

#[test]
fn links_are_followed_and_what_is_replaced_keeps_its_permissions() {
    let workspace = Workspace::of_repository();
    workspace.write("elsewhere/target.md", "old");
    fs::set_permissions(workspace.path("elsewhere/target.md"), fs::Permissions::from_mode(0o640))
        .expect("permissions");
    symlink("elsewhere/target.md", workspace.path("link.md")).expect("a link");
    symlink("nowhere.md", workspace.path("dangling.md")).expect("a link");

    assert_eq!(workspace.run(&format!("{COMPILE} -o link.md")).code, 2);
    assert_eq!(workspace.read("elsewhere/target.md"), "old");
    assert_eq!(workspace.run(&format!("{COMPILE} -o link.md --force")).code, 0);
    assert!(workspace.path("link.md").is_symlink());
    assert!(workspace.read("elsewhere/target.md").len() > 1_000);
    let mode = fs::metadata(workspace.path("elsewhere/target.md")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);

    symlink("loop.md", workspace.path("loop.md")).expect("a link");
    let run = workspace.run(&format!("{COMPILE} -o loop.md"));
    assert!(run.code == 2 && run.err.contains("hãy xóa liên kết đó"), "{}", run.err);
    for force in ["", " --force"] {
        let run = workspace.run(&format!("{COMPILE} -o dangling.md{force}"));
        assert_eq!(run.code, 2);
        assert!(run.err.contains("là liên kết đến một nơi không có"), "{}", run.err);
        assert!(!workspace.path("nowhere.md").exists());
    }
}

#[test]
fn nothing_takes_the_place_of_what_the_program_reads() {
    let workspace = Workspace::of_repository();
    workspace.write(".gitattributes", "reports/*/register.yaml merge=union\n");
    let other = Workspace::of_repository();
    other.write("a.md", "old");
    symlink("plan/plan.yaml", workspace.path("to-plan.txt")).expect("a link");
    symlink("reports", workspace.path("linked")).expect("a link");
    symlink(other.path("a.md"), workspace.path("outside.md")).expect("a link");
    let before = workspace.contents();
    for (line, said) in [
        ("status --format html -o plan/plan.yaml --force", "không ghi kết quả đè lên"),
        ("compile --format md -o reports/annual/so-y-te.yaml --force", "không ghi kết quả đè lên"),
        ("compile --format md -o linked/annual/so-y-te.yaml --force", "không ghi kết quả đè lên"),
        ("calendar --format ics -o .gitattributes --force", "không ghi kết quả đè lên"),
        ("remind --format text -o to-plan.txt --force", "không ghi kết quả đè lên"),
        ("compile --format md -o outside.md --force", "là liên kết đến"),
        ("publish -o linked --force", "là nơi để Kế hoạch, báo cáo"),
    ] {
        let run = workspace.run(line);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{line}");
        assert!(run.err.contains(said), "{line}: {}", run.err);
        let mut after = workspace.contents();
        after.retain(|path, _| before.contains_key(path) || !path.starts_with(".plan"));
        assert!(after == before, "{line}");
    }
    assert_eq!(other.read("a.md"), "old");
    // What lies beside them may be replaced, and a folder may be a link.
    fs::create_dir(other.path("out")).expect("a folder");
    symlink(other.path("out"), workspace.path("away")).expect("a link");
    workspace.write("plan.yaml", "old");
    for line in ["status --format html -o plan.yaml --force", "compile --format md -o away/a.md"] {
        assert_eq!(workspace.run(line).code, 0, "{line}");
    }
    assert!(other.path("out/a.md").is_file());
}

#[test]
fn what_cannot_be_written_is_said_and_leaves_nothing() {
    let workspace = Workspace::of_repository();
    workspace.write("folder/inspections.txt", "");
    workspace.write("file", "");
    workspace.write("csv/indicators.csv", "old");
    let before = workspace.contents();
    for (line, said) in [
        ("compile -o khong-co/a.md", "không có thư mục"),
        ("compile --format md -o folder", "là thư mục, không phải tệp"),
        ("compile --format md -o moi/", "moi/ là thư mục, không phải tệp"),
        ("compile --format csv -o csv", "indicators.csv đã có"),
        ("compile --format csv -o file --force", "là tệp, không phải thư mục"),
        ("form export so-y-te -o file", "là tệp, không phải thư mục"),
        (
            "form export so-y-te so-noi-vu --round annual -o bieu-mau.xlsx",
            "bieu-mau.xlsx là tệp, không phải thư mục",
        ),
        ("form export so-y-te -o bieu-mau.CSV", "bieu-mau.CSV là tệp, không phải thư mục"),
        ("init folder", "đã có và không trống"),
        ("man file", "là tệp, không phải thư mục"),
    ] {
        let run = workspace.run(line);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{line}");
        assert!(run.err.contains(said), "{line}: {}", run.err);
        let mut after = workspace.contents();
        // What it was about to write, by its fingerprint: so that a run that is killed finds its own file again.
        after.remove(".plan.written");
        assert_eq!(after, before, "{line}");
    }
}

/// A stream that keeps all it is given to itself and then refuses it.
struct Late;

impl io::Write for Late {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::StorageFull.into())
    }
}

#[test]
fn what_is_said_to_be_done_has_been_done() {
    let workspace = Workspace::of_repository();
    let mut err = Vec::new();
    let code = plan::run(arguments("status"), &environment(workspace.root()), &mut Late, &mut err);
    assert_eq!(code, 2, "{}", String::from_utf8_lossy(&err));

    // What was written down before is said to be.
    let full = fs::File::options().write(true).open("/dev/full").expect("a device");
    for (line, told) in [("accept so-y-te --round annual", true), ("status", false)] {
        let mut err = Vec::new();
        let code = plan::run(arguments(line), &environment(workspace.root()), &mut &full, &mut err);
        let err = String::from_utf8(err).expect("UTF-8");
        assert!(code == 2 && err.contains("ổ đĩa đã đầy") && err.contains("đã ghi vào") == told, "{line}: {err}");
    }
    assert!(workspace.read("reports/annual/register.yaml").contains("agency: so-y-te"));
    fs::remove_file(workspace.path("reports/annual/register.yaml")).expect("removed");

    // Nothing can be put where a folder stands, so no acceptance is told.
    fs::create_dir(workspace.path("reports/annual/register.yaml")).expect("a folder");
    let run = run(&environment(workspace.root()), "accept so-y-te");
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
}
