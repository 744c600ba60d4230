//! Files that come and go while the program reads: each was there or was not, and nothing else is said.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::common::Workspace;

#[test]
fn what_comes_and_goes_while_it_is_read_was_there_or_was_not() {
    const COMMUNES: u32 = 12;
    let workspace = Workspace::of_communes(COMMUNES);
    for at in 1..=COMMUNES {
        workspace.write(
            &format!("elsewhere/xa-{at:02}.yaml"),
            format!(
                "agency: xa-{at:02}\nround: annual\ndocument: {{number: {at}/BC-UBND, date: 2026-11-18}}\nreceived: 2026-11-18\n\
                 tasks:\n  I.1: {{status: done, results: Xã Số {at} đã phổ biến., figures: {{directives: {at}}}}}\n"
            ),
        );
    }
    fs::create_dir_all(workspace.path("reports/consumer-day")).expect("a folder");
    let ends = AtomicBool::new(false);
    let moves = |from: &str, to: &str| {
        fs::create_dir_all(workspace.path("reports/annual")).expect("a folder");
        for at in 1..=COMMUNES {
            let name = format!("xa-{at:02}.yaml");
            fs::rename(workspace.path(from).join(&name), workspace.path(to).join(name)).expect("moved");
        }
        // The folder itself goes too.
        let _ = fs::remove_dir(workspace.path("reports/annual"));
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            while !ends.load(Ordering::Relaxed) {
                moves("elsewhere", "reports/annual");
                moves("reports/annual", "elsewhere");
            }
        });
        for _ in 0..40 {
            for line in
                ["check", "status --all --format json", "compile --round annual --format md -o -", "show xa-01"]
            {
                let run = workspace.run(line);
                let told = format!("{}{}", run.out, run.err);
                assert_eq!(run.code, 0, "{line}: {told}");
                assert!(
                    !told.contains("không có quyền") && !told.contains("thư mục hoặc tệp không có"),
                    "{line}: {told}"
                );
            }
        }
        ends.store(true, Ordering::Relaxed);
    });
}
