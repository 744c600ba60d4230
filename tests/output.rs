//! What becomes of files that are written: devices, pipes and links, permissions, what is there already, what was said.
#![cfg(unix)]

use crate::common;

use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::process::Command;

use common::{Workspace, arguments, environment, run};

const COMPILE: &str = "compile --format md";

#[test]
fn devices_and_pipes_are_written_into_and_stay() {
    let workspace = Workspace::of_repository();
    for line in [format!("{COMPILE} -o /dev/full"), format!("{COMPILE} -o /dev/full --force")] {
        let run = workspace.run(&line);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{line}");
        assert!(run.err.contains("không ghi được tệp /dev/full: ổ đĩa đã đầy"), "{}", run.err);
        assert!(fs::metadata("/dev/full").is_ok_and(|found| found.file_type().is_char_device()));
    }
    let pipe = workspace.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()));
    let reader = std::thread::spawn(|| {
        let mut bytes = Vec::new();
        fs::File::open(pipe).and_then(|mut pipe| pipe.read_to_end(&mut bytes)).map(|_| bytes)
    });
    assert_eq!(workspace.run(&format!("{COMPILE} -o pipe")).code, 0);
    let printed = workspace.run(&format!("{COMPILE} -o -")).out;
    assert_eq!(reader.join().expect("a reader").expect("bytes"), printed.as_bytes());
    assert!(fs::metadata(workspace.path("pipe")).is_ok_and(|found| found.file_type().is_fifo()));
    // A name of the stream is the stream.
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

    for force in ["", " --force"] {
        let run = workspace.run(&format!("{COMPILE} -o dangling.md{force}"));
        assert_eq!(run.code, 2);
        assert!(run.err.contains("là liên kết đến một nơi không có"), "{}", run.err);
        assert!(!workspace.path("nowhere.md").exists());
    }
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
        ("compile --format csv -o csv", "indicators.csv đã có"),
        ("compile --format csv -o file --force", "là tệp, không phải thư mục"),
        ("form export so-y-te -o file", "là tệp, không phải thư mục"),
        (
            "form export so-y-te so-noi-vu --round annual -o bieu-mau.xlsx",
            "bieu-mau.xlsx là tệp, không phải thư mục",
        ),
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

    // Nothing can be put where a folder stands, so no acceptance is told.
    fs::create_dir(workspace.path("reports/annual/register.yaml")).expect("a folder");
    let run = run(&environment(workspace.root()), "accept so-y-te");
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
}
