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
        let lines =
            ["check", "status --all --format json", "compile --round annual --format md -o -", "show xa-01"];
        let wrong = lines.iter().cycle().take(40 * lines.len()).find_map(|line| {
            let run = workspace.run(line);
            let told = format!("{}{}", run.out, run.err);
            let is_well =
                run.code == 0 && !told.contains("không có quyền") && !told.contains("thư mục hoặc tệp không có");
            (!is_well).then(|| format!("{line}: {} {told}", run.code))
        });
        // Whatever was found, or nobody would ever end the moves.
        ends.store(true, Ordering::Relaxed);
        assert_eq!(wrong, None);
    });
}
