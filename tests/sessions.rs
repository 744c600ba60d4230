//! Whole sessions as a clerk or a script has them: commands in, words, files and exit codes out.

use crate::common;

use std::collections::BTreeMap;

use common::{Problem, Workspace, environment, problems, repository, run};
use plan::Environment;
use serde_json::Value as Json;

const HEALTH: &str = "reports/annual/so-y-te.yaml";

#[test]
fn the_morning_screen_fits_a_terminal_and_says_that_the_data_are_illustrative() {
    let run = run(&environment(repository()), "status --as-of 2026-11-23");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.lines().count() <= 40, "{} lines", run.out.lines().count());
    for line in run.out.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
    for words in
        ["DỮ LIỆU MINH HỌA", "Chủ nhật 29/11", "Thứ Sáu 27/11", "QUÁ HẠN 167 NGÀY", "Bộ đội Biên phòng tỉnh"]
    {
        assert!(run.out.contains(words), "{words} in\n{}", run.out);
    }
}

#[test]
fn without_reports_everything_is_missing_and_nothing_is_illustrative() {
    let workspace = Workspace::without_reports();
    let status = workspace.run("status --format json");
    let json: Json = serde_json::from_str(&status.out).expect("JSON and nothing else");
    assert_eq!(json["illustrative"], false);
    for round in json["rounds"].as_array().expect("rounds") {
        assert_eq!((&round["counts"]["received"], &round["counts"]["missing"]), (&0.into(), &100.into()));
    }
    let compiled = workspace.run("compile --format md -o -");
    assert_eq!(compiled.code, 0, "{}", compiled.err);
    assert!(!compiled.out.contains("MINH HỌA"));
    assert!(compiled.out.contains("chưa có số liệu"), "no figure is not zero");
}

#[test]
fn one_broken_report_is_one_problem_and_blocks_no_other_view() {
    let workspace = Workspace::of_repository();
    workspace.edit(HEALTH, "results: >-", "results: \"");
    let check = workspace.run("check reports --format full");
    let broken = Problem { path: HEALTH.to_owned(), line: 11, rule: "not-yaml".to_owned() };
    assert_eq!((check.code, problems(&check.out)), (1, vec![broken]));

    let status = workspace.run("status");
    assert_eq!(status.code, 0, "{}", status.err);
    assert!(status.out.contains("CHƯA HỢP LỆ, ĐỀ NGHỊ BỔ SUNG – kỳ Năm 2026: 1 cơ quan"), "{}", status.out);

    let before = workspace.contents();
    let compile = workspace.run("compile");
    assert_eq!(compile.code, 1, "{}", compile.out);
    assert!(compile.out.contains("not-yaml"), "{}", compile.out);
    assert_eq!(workspace.contents(), before, "nothing is written");

    let skip = workspace.run("compile --skip-invalid -o tong-hop.md");
    assert_eq!(skip.code, 0, "{}", skip.err);
    let report = workspace.read("tong-hop.md");
    assert!(report.contains("Chưa hợp lệ, đề nghị bổ sung: 1"), "the annex names what was left out");
    assert!(report.contains("Một báo cáo chưa hợp lệ"), "the body says so too");
}

#[test]
fn an_output_file_is_replaced_only_when_told_to() {
    let workspace = Workspace::of_repository();
    let name = "bao-cao-annual-2026.docx";
    workspace.write(name, "của người khác");
    let refused = workspace.run("compile");
    assert_eq!((refused.code, workspace.read(name).as_str()), (2, "của người khác"), "{}", refused.err);
    assert!(refused.err.contains("--force"), "{}", refused.err);

    let first = workspace.run("compile --force");
    assert_eq!(first.code, 0, "{}", first.err);
    let once = workspace.contents().remove(name);
    assert!(once.as_ref().is_some_and(|bytes| bytes.starts_with(b"PK")));
    workspace.run("compile --force");
    assert_eq!(workspace.contents().remove(name), once, "the same input gives the same bytes");
}

#[test]
fn what_cannot_be_done_is_said_in_vietnamese_with_exit_code_2() {
    let workspace = Workspace::of_repository();
    for (line, words) in [
        ("compil", "không có lệnh “compil”"),
        ("status --foo", "không có tùy chọn “--foo”"),
        ("status --format xyz", "table, json, csv, markdown, html"),
        ("status --round nam", "annual (Năm 2026)"),
        ("status --round nam", "không có kỳ báo cáo “nam”. Các kỳ: consumer-day"),
        ("status --round 15/3", "không có kỳ báo cáo “15/3”; có phải “consumer-day” (Ngày Quyền"),
        ("compile --round anual", "không có kỳ báo cáo “anual”; có phải “annual” ("),
        ("status --agency xa-muong-l", "chọn đúng một trong các mã gần giống"),
        ("status --agency so-y-te --all", "không dùng cùng"),
        ("status --task IX.9", "không có nhiệm vụ “IX.9”"),
        ("status --group x", "không có nhóm “x”"),
        ("status --as-of 1/2/26", "năm đủ bốn chữ số"),
        ("status --as-of 31/2/2026", "ngày có trong lịch"),
        ("compile --format pdf", "docx, xlsx, json, csv, markdown, html"),
        ("compile -o bao-cao.pdf", "không biết dạng của tệp bao-cao.pdf"),
        ("compile -o khong-co/bao-cao.docx", "không ghi được tệp"),
        ("check --format pdf", "full, short, table, json, csv, markdown, html, github, sarif, junit"),
        ("check --severity fatal", "không có mức “fatal”"),
        ("check --rule not-yml", "có phải “not-yaml”?"),
        ("check khong-co.yaml", "không có tệp nào để kiểm tra"),
        ("explain not-yml", "có phải “not-yaml”?"),
        ("schema repot", "có phải “report”?"),
        ("-C khong-co check", "không có thư mục"),
        ("-C / check", "không tìm thấy Kế hoạch"),
    ] {
        let run = workspace.run(line);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{line}");
        assert!(run.err.contains(words), "{line}: {}", run.err);
        for english in ["error:", "Usage", "unexpected", "invalid", "No such", "required", "tip:"] {
            assert!(!run.err.contains(english), "{line}: {english} in {}", run.err);
        }
    }
}

#[test]
fn the_exit_code_of_status_tells_what_is_overdue() {
    let workspace = Workspace::of_repository();
    for (line, code) in [
        ("status --exit-code", 1),
        ("status --exit-code --round annual", 0),
        ("status --exit-code --round annual --as-of 2026-11-30", 1),
        ("status --exit-code --agency so-y-te", 0),
        ("status --exit-code --agency bien-phong", 1),
        ("status --exit-code --agency mttq --as-of 2027-01-01", 0),
        ("status", 0),
    ] {
        assert_eq!(workspace.run(line).code, code, "{line}");
    }
}

#[test]
fn every_view_of_status_can_be_read_in_every_format() {
    let workspace = Workspace::of_repository();
    for view in [
        "",
        "--all",
        "--overdue",
        "--agency so-y-te",
        "--task III.5",
        "--group III",
        "--group ubnd-cap-xa",
        "--round annual",
    ] {
        let json = workspace.run(&format!("status --format json {view}"));
        let json: Json = serde_json::from_str(&json.out).unwrap_or_else(|error| panic!("{view}: {error}"));
        assert_eq!(json["schema_version"], 1, "{view}");

        let csv = workspace.run(&format!("status --format csv {view}")).out;
        let widths: BTreeMap<usize, usize> = csv.lines().map(fields).fold(BTreeMap::new(), |mut widths, fields| {
            *widths.entry(fields).or_default() += 1;
            widths
        });
        assert_eq!(widths.len(), 1, "{view}: every line has as many fields: {widths:?}");
        assert!(csv.starts_with('\u{feff}'), "{view}: spreadsheets need the mark");

        let markdown = workspace.run(&format!("status --format markdown {view}")).out;
        assert!(markdown.contains("DỮ LIỆU MINH HỌA"), "{view}");
    }
}

/// How many fields a line of CSV has.
fn fields(line: &str) -> usize {
    let mut quoted = false;
    1 + line
        .chars()
        .filter(|c| {
            quoted ^= *c == '"';
            *c == ',' && !quoted
        })
        .count()
}

#[test]
fn reading_commands_touch_nothing() {
    let workspace = Workspace::of_repository();
    workspace.write("reports/annual/ghi-chu.txt", "không đọc");
    let before = workspace.contents();
    for line in [
        "",
        "status --all",
        "check",
        "check --format sarif",
        "explain",
        "explain --format csv",
        "completions bash",
        "schema report",
        "compile --format json -o -",
        "compile --round consumer-day --format md -o -",
    ] {
        workspace.run(line);
        assert!(workspace.contents() == before, "plan {line}");
    }
}

#[test]
fn the_workspace_is_found_from_anywhere_inside_it_or_by_name() {
    let workspace = Workspace::of_repository();
    let elsewhere = Workspace::empty();
    let inside = environment(&workspace.path("reports/annual"));
    let mut by_variable = environment(elsewhere.root());
    by_variable.plan_dir = Some(workspace.root().to_path_buf());
    let mut option_first = environment(elsewhere.root());
    option_first.plan_dir = Some(elsewhere.root().to_path_buf());
    let by_option = format!("-C {} check", workspace.root().display());
    for (environment, line) in [(&inside, "check"), (&by_variable, "check"), (&option_first, by_option.as_str())] {
        assert_eq!(run(environment, line).code, 0, "{line} in {}", environment.current_dir.display());
    }
    assert_eq!(run(&environment(elsewhere.root()), "check").code, 2);
}

#[test]
fn files_can_be_checked_alone_and_paths_lead_from_where_one_stands() {
    let workspace = Workspace::of_repository();
    workspace.edit(HEALTH, "received: 2026-11-18", "received: 18/11/2026");
    workspace.edit("reports/consumer-day/so-y-te.yaml", "received: 2026-06-05", "received: 5/6/2026");
    let here = environment(&workspace.path("reports/annual"));
    for (line, code, place) in [
        ("check so-y-te.yaml", 1, "so-y-te.yaml:7:11"),
        ("check ../annual", 1, "reports/annual/so-y-te.yaml:7:11"),
        ("check so-tai-chinh.yaml", 0, "Không có lỗi: đã kiểm tra 1 tệp."),
        ("check ../consumer-day --rule not-a-number", 0, "Không có lỗi"),
        ("check ..", 1, "2 lỗi"),
    ] {
        let run = run(&here, line);
        assert_eq!(run.code, code, "{line}: {}{}", run.out, run.err);
        assert!(run.out.contains(place), "{line}: {}", run.out);
    }
}

#[test]
fn the_repository_has_one_notice_and_no_other_problem() {
    let run = run(&environment(repository()), "check --format json");
    let json: Json = serde_json::from_str(&run.out).expect("JSON and nothing else");
    let rules: Vec<&str> =
        json["problems"].as_array().expect("problems").iter().filter_map(|found| found["rule"].as_str()).collect();
    assert_eq!((run.code, rules), (0, vec!["deadline-on-day-off"]), "honest data alarm nobody");
}

#[test]
fn a_warning_accepted_with_a_reason_is_listed_and_fails_nothing() {
    let workspace = Workspace::of_repository();
    let report = "reports/annual/so-y-te.yaml";
    workspace.edit(report, "document: {number: 1342/BC-SYT", "document: {number: 1342/BC-TTYT");
    assert_eq!(workspace.run("check --strict").code, 1);
    let text = workspace.read(report);
    let accepted = "accepted:\n  - {rule: paper-of-another-agency, reason: Trung tâm Y tế ký thay}\n";
    workspace.write(report, format!("{text}{accepted}"));
    let run = workspace.run("check --strict --format full");
    assert_eq!(run.code, 0, "{}", run.out);
    for words in
        ["cảnh báo, đã chấp nhận[paper-of-another-agency]", "Trung tâm Y tế ký thay", "1 vấn đề đã được chấp nhận"]
    {
        assert!(run.out.contains(words), "{words} in {}", run.out);
    }
}

/// The rules by topic: `| Đọc tệp | **not-yaml** (lỗi): …<br>… |`.
fn rules() -> String {
    let listed = run(&environment(repository()), "explain --format csv").out;
    let mut reader = csv::Reader::from_reader(listed.trim_start_matches('\u{feff}').as_bytes());
    let mut out = "| Chủ đề | Quy tắc |\n| --- | ---".to_owned();
    let mut last = String::new();
    for record in reader.records() {
        let record = record.expect("a rule");
        let [topic, rule, severity, summary] = [0, 1, 2, 3].map(|at| record[at].to_owned());
        out += &if topic == last { "<br>".to_owned() } else { format!(" |\n| {topic} | ") };
        out += &format!("**{rule}** ({severity}): {}", summary.replace('#', "\\#"));
        last = topic;
    }
    out + " |"
}

/// When a command ends with 1, as its help says: `| check | có lỗi … |`.
fn exits() -> String {
    let environment = Environment { width: 10_000, ..environment(repository()) };
    let help = run(&environment, "help").out;
    let commands = help.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next());
    let commands = commands.filter(|word| word.chars().all(|c| c.is_ascii_lowercase())).flat_map(|command| {
        let below = run(&environment, &format!("help {command}")).out;
        let below = below.split_once("\nLệnh:\n").map(|(_, below)| below.to_owned()).unwrap_or_default();
        let below = below.lines().take_while(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let names = below.into_iter().filter_map(|line| line.split_whitespace().next().map(str::to_owned));
        let names = names.map(|name| format!("{command} {name}")).collect::<Vec<_>>();
        [command.to_owned()].into_iter().chain(names)
    });
    let rows = commands.filter_map(|command| {
        let help = run(&environment, &format!("help {command}")).out;
        let (_, codes) = help.split_once("Mã thoát: 0 xong; ")?;
        let when = codes.strip_prefix("1 ")?.split("; 2 ").next()?;
        Some(format!("| `{command}` | {when} |"))
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// `UPDATE=1 cargo test readme_lists` writes the lists anew.
#[test]
fn the_readme_lists_every_rule_and_exit_code_as_the_program_does() {
    let path = repository().join("README.md");
    let mut readme = common::read(&path);
    for (start, end, listed) in [
        ("| command | 1 |\n| --- | --- |\n", "\n\n", exits()),
        ("by topic</summary>\n\n", "\n\n</details>", rules()),
    ] {
        let (before, rest) = readme.split_once(start).expect("the start of a list");
        let (shown, after) = rest.split_once(end).expect("the end of a list");
        if std::env::var_os("UPDATE").is_some() {
            readme = format!("{before}{start}{listed}{end}{after}");
            std::fs::write(&path, &readme).expect("README.md");
        } else {
            assert_eq!(shown, listed, "run: UPDATE=1 cargo test readme_lists");
        }
    }
}

#[test]
fn a_report_changed_after_it_was_accepted_shows_everywhere() {
    let workspace = Workspace::of_repository();
    let run = workspace.run("accept so-y-te toa-an so-noi-vu --round annual --by Phòng");
    assert_eq!(run.code, 1, "Sở Nội vụ has not reported: {}", run.out);
    assert!(run.out.contains("Chưa duyệt Sở Nội vụ: chưa có báo cáo kỳ Năm 2026."), "{}", run.out);
    let accepted = workspace.read("reports/annual/register.yaml");
    assert_eq!(accepted.matches("agency: ").count(), 2, "{accepted}");
    assert_eq!(workspace.run("check --strict").code, 0);

    workspace.edit("reports/annual/so-y-te.yaml", "inspections: 318", "inspections: 319");
    let words = "đã sửa sau khi duyệt ngày 23/11/2026";
    for (line, shown) in [
        ("check", words),
        ("status --agency so-y-te", words),
        ("status --agency so-y-te --format csv", words),
        ("status --agency so-y-te --format json", "\"changed\": true"),
        ("compile --format md -o -", &format!("| {}", words.replace("đã", "Đã"))),
    ] {
        let run = workspace.run(line);
        assert!(run.out.contains(shown), "{line}: {}", run.out);
    }
    assert_eq!(workspace.run("accept so-y-te --round annual").code, 0);
    assert_eq!(workspace.run("check --strict").code, 0);
    assert_eq!(workspace.read("reports/annual/register.yaml").matches("act: accept").count(), 3);

    let before = workspace.contents();
    assert_eq!(workspace.run("accept so-y-te so-noi-vu --round annual").code, 1);
    assert!(workspace.contents() == before, "nothing was accepted anew, so nothing is written");
}
