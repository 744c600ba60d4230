//! What the program answers to a shell that completes a line. What real shells make of it: `tests/readers/completions.sh`.

use crate::common;

use std::ffi::OsString;

use common::{Workspace, environment, repository, run};
use plan::Environment;

/// The answer to `words`, the last of them being typed; one line a word, its meaning after a tab.
fn answer(environment: &Environment, words: &str) -> String {
    let environment = Environment { completing: Some("fish".to_owned()), ..environment.clone() };
    let args = ["plan", "--", "plan"].into_iter().chain(words.split(' ')).map(OsString::from);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = plan::run(args, &environment, &mut out, &mut err);
    assert_eq!((code, err), (0, Vec::new()), "{words}");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn the_ids_of_the_workspace_are_offered_with_their_names() {
    let environment = environment(repository());
    for (words, line) in [
        ("status --agency so-y", "so-y-te\tSở Y tế"),
        ("status --group ubnd", "ubnd-cap-xa\tUBND các xã, phường"),
        ("status --group VII", "VIII\t"),
        ("status --task II.1", "II.1\t"),
        ("status --round ", "annual\tCông tác bảo vệ quyền lợi người tiêu dùng năm 2026"),
        ("accept so-y-te toa", "toa-an\t"),
        ("show fin", "fines\tTiền phạt vi phạm hành chính"),
        ("trace funding.st", "funding.state_budget\tKinh phí – Ngân sách nhà nước"),
        ("trace violators.f", "violators.fine\tTiền phạt"),
        ("difficulties --to ubnd", "ubnd-tinh\tUBND tỉnh"),
        ("settle cd26", "cd26ed54\tChi cục QLTT: Giao UBND các xã, phường rà soát hộ làm bánh"),
        ("form export so-y", "so-y-te\t"),
        ("check --rule not-a-n", "not-a-number\t"),
        ("explain not-a-n", "not-a-number\t"),
        ("check --format sa", "sarif\tcho công cụ quét mã\n"),
        ("check --severity e", "error\tlỗi"),
        ("compile --format do", "docx\ttệp Word\n"),
        ("remind --format t", "text\ttin nhắn ngắn\n"),
        ("schema ag", "agencies\tplan/agencies.yaml\n"),
        ("status --for", "--format\tDạng kết quả"),
        ("comp", "compile\t"),
    ] {
        let answer = answer(&environment, words);
        assert!(answer.contains(line), "{words}:\n{answer}");
    }
}

#[test]
fn the_workspace_is_the_one_that_the_line_speaks_of() {
    let elsewhere = Workspace::empty();
    let root = repository().display();
    let [inside, here, set] =
        [repository().join("reports/annual"), elsewhere.root().into(), elsewhere.root().into()];
    let [inside, here, mut set] = [inside, here, set].map(|folder: std::path::PathBuf| environment(&folder));
    set.plan_dir = Some(repository().into());
    for (what, environment, words, offered) in [
        ("in a folder inside", &inside, "status --agency so-y".to_owned(), true),
        ("-C", &here, format!("-C {root} status --agency so-y"), true),
        ("-C after the command", &here, format!("status -C {root} --agency so-y"), true),
        ("PLAN_DIR", &set, "status --agency so-y".to_owned(), true),
        ("outside", &here, "status --agency so-y".to_owned(), false),
        ("a folder that is not there", &here, "-C none status --agency so-y".to_owned(), false),
    ] {
        let expected = if offered { "so-y-te\tSở Y tế\n" } else { "" };
        assert_eq!(answer(environment, &words), expected, "{what}");
    }
}

#[test]
fn a_spoilt_workspace_offers_what_it_can_and_says_nothing() {
    let workspace = Workspace::without_reports();
    let environment = environment(workspace.root());
    workspace.edit("plan/agencies.yaml", "name: Sở Y tế", "name: \"Sở \\e[31m\\nY tế\"");
    workspace.write("$(reboot).yaml", "");
    workspace.write("báo-cáo.yaml", "");
    assert_eq!(answer(&environment, "status --agency so-y"), "so-y-te\tSở \\u{1b}[31m Y tế\n");
    assert!(!answer(&environment, "check ").contains("reboot"));
    assert_eq!(answer(&environment, "check b"), "báo-cáo.yaml\n");
    workspace.write("plan/agencies.yaml", "{");
    assert_eq!(answer(&environment, "status --agency so-y"), "");
}

#[test]
fn a_question_that_makes_no_sense_has_no_answer() {
    for (shell, line) in
        [("fish", ""), ("fish", "--"), ("csh", "-- plan status"), ("", "-- plan "), ("bash", "status")]
    {
        let environment = Environment { completing: Some(shell.to_owned()), ..environment(repository()) };
        let run = run(&environment, line);
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""), "{shell}: {line}");
    }
}

#[test]
fn the_script_names_the_program_that_printed_it() {
    let environment = environment(repository());
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = |program: &str| {
            let args = [program, "completions", shell].map(OsString::from);
            let (mut out, mut err) = (Vec::new(), Vec::new());
            assert_eq!(plan::run(args, &environment, &mut out, &mut err), 0, "{shell}");
            String::from_utf8(out).expect("UTF-8")
        };
        let path = repository().join("bin/plan");
        // Each shell writes a backslash in its own way.
        let single = |text: String| text.replace(r"\\", r"\").replace(r"\\", r"\");
        assert!(single(script("bin/plan")).contains(&*path.to_string_lossy()), "{shell}: a path is made whole");
        assert!(!script("plan").contains(&*repository().to_string_lossy()), "{shell}: a name is left to PATH");
    }
}
