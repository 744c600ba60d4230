//! What people type who do not know the commands by heart: the answer names the line that they meant.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::common::{self, Workspace};

#[test]
fn a_line_that_is_not_understood_is_answered_by_the_right_one() {
    let workspace = Workspace::of_repository();
    for (typed, meant) in [
        ("status so-y-te", "plan status --agency so-y-te"),
        ("status Sở Y tế", "plan status --agency so-y-te"),
        ("status III.5", "plan status --task III.5"),
        ("status III", "plan status --group III"),
        ("status annual", "plan status --round annual"),
        ("status overdue", "plan status --overdue"),
        ("compile annual", "plan compile --round annual"),
        ("compile docx", "plan compile --format docx"),
        ("compile brief", "plan compile --brief"),
        ("difficulties ubnd-tinh", "plan difficulties --to ubnd-tinh"),
        ("import", "plan form import"),
        ("import", "plan draft import"),
        ("export", "plan form export"),
        ("form", "plan form export"),
        ("form so-y-te", "plan form export so-y-te"),
        ("form da-nhan.xlsx", "plan form import da-nhan.xlsx"),
        ("draft bao-cao.docx", "plan draft import bao-cao.docx"),
        ("bao-cao.docx", "plan draft import bao-cao.docx"),
        ("bieu-mau.xlsx", "plan receive bieu-mau.xlsx"),
        ("compile bao-cao.docx", "plan compile -o bao-cao.docx"),
        ("calendar lich.ics", "plan calendar -o lich.ics"),
        ("status trang.html", "plan status -o trang.html"),
        ("publish cong-khai", "plan publish -o cong-khai"),
        ("cấp trên", "plan compile --for-superior"),
        ("site", "plan publish"),
        ("ical", "plan calendar"),
        ("so-y-te", "plan show so-y-te"),
        ("validate", "plan check"),
        ("don-doc", "plan remind"),
        ("theo-doi", "plan status"),
        ("tonghop", "plan compile"),
        ("báo cáo", "plan compile"),
        ("gia hạn", "plan extend"),
        ("gia hạn Sở Y tế", "plan extend Sở Y tế"),
        ("xem so-y-te --history", "plan show so-y-te --history"),
        ("báo cáo annual", "plan compile --round annual"),
        ("lịch so-y-te", "plan calendar --agency so-y-te"),
        ("nhận da-nhan", "plan receive da-nhan"),
        ("--round annual compile", "plan compile --round annual"),
        ("status --json", "plan status --format json"),
        ("compile excel", "plan compile --format xlsx"),
        ("remind --email", "plan remind --format eml"),
        ("-v", "plan --version"),
        ("accept all", "plan accept --all"),
        ("form export all", "plan form export --all"),
        ("remind eml", "plan remind --format eml"),
        ("approve", "plan accept"),
        ("công khai", "plan publish"),
        ("nguồn fines", "plan trace fines"),
        ("ovedue", "plan status --overdue"),
        ("quá hạn", "plan status --overdue"),
        ("late --group ubnd-cap-xa", "plan status --overdue --group ubnd-cap-xa"),
        ("aprove so-y-te", "plan accept so-y-te"),
        ("edit so-y-te", "plan show so-y-te"),
        ("letter", "plan remind"),
        ("search fines", "plan show fines"),
        ("tìm kiếm fines", "plan show fines"),
        ("status 18/11/2026", "plan status --as-of 18/11/2026"),
        ("difficulties 18/11/2026", "plan difficulties --new-since 18/11/2026"),
        ("chek", "“check”"),
        ("compiel", "“compile”"),
        ("ompile", "“compile”"),
        ("compil", "plan compile"),
        ("help stat", "plan status"),
        ("draft imp", "plan draft import"),
        ("receive da-nham", "Cũng không có tệp hay thư mục “da-nham” ở đây."),
        ("receive khong-co.xlsx", "không có tệp hoặc thư mục khong-co.xlsx"),
        ("publish -o plan", "hãy ghi vào thư mục khác"),
        ("compile --format csv -o reports/so-lieu", "hãy ghi vào thư mục khác"),
        ("compile -o bao-cao", "ví dụ bao-cao.docx"),
        ("status -o tinh-hinh", "ví dụ tinh-hinh.txt"),
        ("compile --for-superior -o a.docx", "đuôi .yaml"),
        ("compile --for-superior --format json", "không có dạng json"),
        ("check annual", "plan check reports/annual"),
        ("check so-y-te", "plan check reports/annual/so-y-te.yaml"),
        ("trace so-y-te", "plan show so-y-te"),
        ("remind annual", "plan show annual"),
    ] {
        let run = workspace.run(typed);
        let named = run.err.lines().any(|line| line.contains(meant));
        assert!(run.code == 2 && named, "plan {typed}: {}: {}", run.code, run.err);
    }
    // No word, with the mark after which options end or without, asks for the first command.
    for typed in ["--", "--as-of 2026-12-03 --"] {
        let run = workspace.run(typed);
        assert!(run.code == 0 && run.out.starts_with("Tình hình thực hiện"), "plan {typed}: {}", run.err);
    }
    // What nothing is near to is answered by nothing.
    for typed in [
        "status xyzzy",
        "xyzzy",
        "form xyzzy",
        "check xyzzy",
        "print",
        "update",
        "co",
        "dieu-hanh",
        "fix",
        "draft im",
        "man -o a",
    ] {
        let run = workspace.run(typed);
        assert!(run.code == 2 && !run.err.contains("Có phải"), "plan {typed}: {}", run.err);
    }
}

#[test]
fn a_name_of_several_words_needs_no_quotes() {
    let workspace = Workspace::of_repository();
    for (typed, quoted) in [
        ("show Sở Y tế", "show so-y-te"),
        ("show mường la", "show xa-muong-la"),
        ("trace số vụ kiểm tra", "trace inspections"),
        ("remind Hải quan Sơn La --format text", "remind hq-son-la --format text"),
        ("remind cc-kiem-lam cong-an --format text", "remind cong-an cc-kiem-lam --format text"),
    ] {
        let (typed, quoted) = (workspace.run(typed), workspace.run(quoted));
        assert_eq!((typed.code, &typed.err, &typed.out), (0, &quoted.err, &quoted.out));
    }
}

#[test]
fn help_is_asked_for_as_a_command_too() {
    let workspace = Workspace::empty();
    for (typed, same) in
        [("help", "--help"), ("help status", "status --help"), ("help form export", "form export --help")]
    {
        let (typed, same) = (workspace.run(typed), workspace.run(same));
        assert_eq!((typed.code, &typed.err, &typed.out), (0, &same.err, &same.out));
    }
    assert_eq!(workspace.run("help xyzzy").code, 2);
}

#[test]
fn an_example_stands_on_its_own_line() {
    let workspace = Workspace::empty();
    let commands = |help: &str| -> Vec<String> {
        let is_name = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase());
        let names = help.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
        names.filter(|name| !name.is_empty()).filter(is_name).map(str::to_owned).collect()
    };
    let mut asked = commands(&workspace.run("--help").out);
    for of in ["form", "draft"] {
        let within = commands(&workspace.run(&format!("{of} --help")).out);
        asked.extend(within.iter().map(|command| format!("{of} {command}")));
    }
    assert!(asked.contains(&"status".to_owned()) && asked.contains(&"draft import".to_owned()), "{asked:?}");
    for command in asked {
        let help = workspace.run(&format!("{command} --help")).out;
        let Some((_, examples)) = help.split_once("Ví dụ:\n") else { continue };
        let examples = examples.split("\n\n").next().unwrap_or_default();
        let is_whole =
            |line: &&str| ["  plan ", "  man ", "          "].iter().any(|start| line.starts_with(start));
        let broken: Vec<&str> = examples.lines().filter(|line| !is_whole(line)).collect();
        assert!(broken.is_empty(), "plan {command}: {broken:#?}");
    }
}

#[test]
fn quiet_says_only_what_was_asked_for_and_what_is_wrong() {
    let workspace = Workspace::of_repository();
    let said = |line: &str| {
        let run = workspace.run(line);
        (run.code, run.out.is_empty(), run.err.is_empty())
    };
    for (line, quiet) in [
        ("compile -o a.docx -q", (0, true, true)),
        ("compile -o b.docx", (0, false, true)),
        ("form export so-y-te -o forms --quiet", (0, true, true)),
        ("check -q reports/annual/so-y-te.yaml", (0, true, true)),
        ("check reports/annual/so-y-te.yaml", (0, false, true)),
        ("status -q", (0, false, true)),
        ("compile -q -o a.docx", (0, true, true)),
        ("status --round xyzzy -q", (2, true, false)),
    ] {
        assert_eq!(said(line), quiet, "plan {line}");
    }
    workspace.edit("reports/annual/so-y-te.yaml", "inspections: 318", "inspections: 318.000");
    assert_eq!(said("check -q reports/annual/so-y-te.yaml"), (1, false, true));
    // Why something was not done is no chatter.
    assert_eq!(said("accept so-y-te -q"), (1, false, true));
}

#[test]
fn colours_are_as_they_are_asked_for() {
    let workspace = Workspace::of_repository();
    for line in ["status", "check --format full", "--help", "status --help"] {
        let is_coloured = |colour: &str| workspace.run(&format!("{line} {colour}")).out.contains('\u{1b}');
        let asked = ["", "--color auto", "--color never", "--color=never", "--color always", "--color=always"];
        assert_eq!(asked.map(is_coloured), [false, false, false, false, true, true], "plan {line}");
    }
    assert_eq!(workspace.run("status --color red").code, 2);
}

/// `plan check` with a text on its standard input.
fn check(workspace: &Workspace, arguments: &str, text: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plan"));
    command.args(common::arguments(arguments).into_iter().skip(1)).current_dir(workspace.root());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().expect("the program runs");
    process.stdin.take().expect("an input").write_all(text.as_bytes()).expect("it reads");
    let output = process.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn what_an_editor_holds_is_checked_before_it_is_saved() {
    let workspace = Workspace::of_repository();
    let saved = workspace.read("reports/annual/so-y-te.yaml");
    let typed = saved.replace("inspections: 318", "inspections: 318.000");
    for name in ["reports/annual/so-y-te.yaml", "elsewhere.yaml"] {
        let arguments = format!("check - --stdin-filename {name}");
        let (code, out, err) = check(&workspace, &arguments, &typed);
        assert_eq!((code, err.as_str()), (Some(1), ""), "{name}");
        assert!(out.starts_with(&format!("{name}:56:20: lỗi[not-a-number]")), "{out}");
    }
    assert_eq!(check(&workspace, "check - --stdin-filename reports/annual/so-y-te.yaml", &saved).0, Some(0));
    let (code, out, _) = check(&workspace, "check -", &typed);
    assert!(code == Some(1) && out.starts_with("-:56:20: "), "{out}");
    assert_eq!(check(&workspace, "check reports --stdin-filename a.yaml", &saved).0, Some(2));
    assert_eq!(workspace.read("reports/annual/so-y-te.yaml"), saved);
}

#[test]
fn a_form_is_checked_before_it_is_sent() {
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run("form export xa-muong-la -o forms").code, 0);
    let before = workspace.contents();
    let run = workspace.run("check forms/xa-muong-la-annual-2026.xlsx");
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert!(run.out.contains("biểu mẫu chưa điền") && run.out.contains("Chưa gửi được"), "{}", run.out);
    for (line, why) in [
        ("check forms/xa-muong-la-annual-2026.xlsx reports", "bằng hai lệnh"),
        ("check forms/xa-muong-la-annual-2026.xlsx --format sarif", "không có dạng sarif"),
        ("check forms/xa-muong-la-annual-2026.xlsx --rule not-a-number", "--rule không dùng"),
        ("check forms/xa-muong-la-annual-2026.xlsx --alone", "--alone không dùng"),
    ] {
        let run = workspace.run(line);
        assert!(run.code == 2 && run.err.contains(why), "plan {line}: {}", run.err);
    }
    assert!(before == workspace.contents(), "nothing is written");
}
