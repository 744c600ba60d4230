//! `plan receive` as an office uses it: folders that are received again and again, replacements, what was changed by hand,
//! papers without data. Nothing that came is lost, and nothing newer is undone.

use serde_json::Value as Json;

use crate::common::{Run, Workspace, files, read, repository};

const HEALTH: &str = "reports/annual/so-y-te.yaml";

/// A report of the health department as its own file.
pub(crate) fn report(inspections: u32, paper: &str, day: &str) -> String {
    let sample = read(&repository().join(HEALTH));
    let paper = format!("document: {{number: {paper}, date: {day}}}");
    let lines = sample.lines().filter_map(|line| match line.split(':').next().unwrap_or_default() {
        "illustrative" | "received" | "corrections" => None,
        "document" => Some(paper.clone()),
        _ if line.trim().starts_with("inspections:") => Some(format!("      inspections: {inspections}")),
        _ => Some(line.to_owned()),
    });
    lines.filter(|line| !line.starts_with("  - {date:")).fold(String::new(), |text, line| text + &line + "\n")
}

/// An empty workspace with what lies in the folder of what came.
pub(crate) fn office(came: &[(&str, String)]) -> Workspace {
    let workspace = Workspace::without_reports();
    for (name, text) in came {
        workspace.write(&format!("came/{name}"), text);
    }
    workspace
}

/// What became of each file, by its name.
pub(crate) fn results(run: &Run) -> Vec<(String, String)> {
    let json: Json =
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err));
    let forms = json["forms"].as_array().expect("forms").iter();
    let word = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    forms.map(|form| (word(&form["file"]), word(&form["result"]))).collect()
}

pub(crate) fn pairs(found: &[(&str, &str)]) -> Vec<(String, String)> {
    found.iter().map(|(file, result)| ((*file).to_owned(), (*result).to_owned())).collect()
}

/// The versions that are kept of the health department's report.
fn versions(workspace: &Workspace) -> Vec<String> {
    let folder = workspace.path("reports/annual/received/so-y-te");
    if folder.is_dir() { files(&folder).into_keys().collect() } else { Vec::new() }
}

#[test]
fn a_folder_can_be_received_every_day() {
    let workspace = office(&[("a.yaml", report(500, "1/BC-SYT", "2026-11-16"))]);
    let first = workspace.run("receive came --on 2026-11-17 --format json");
    assert_eq!(results(&first), pairs(&[("a.yaml", "received")]), "{}", first.out);
    let text = workspace.read(HEALTH);
    assert!(text.contains("received: 2026-11-17") && text.contains("inspections: 500"), "{text}");
    let kept = versions(&workspace);
    assert!(kept.len() == 1 && kept[0].starts_with("2026-11-17-") && kept[0].len() == 24, "{kept:?}");

    // The replacement lies beside it, under a paper of its own.
    workspace.write("came/sub/b.yaml", report(550, "9/BC-SYT", "2026-11-19"));
    let second = workspace.run("receive came --on 2026-11-20 --format json");
    assert_eq!(results(&second), pairs(&[("a.yaml", "unchanged"), ("sub/b.yaml", "corrected")]), "{}", second.out);
    for moved in ["\"path\": \"tasks.III.5.figures.inspections\"", "\"old\": \"500\"", "\"new\": \"550\""] {
        assert!(second.out.contains(moved), "{moved}: {}", second.out);
    }
    let text = workspace.read(HEALTH);
    for words in ["received: 2026-11-17", "number: 1/BC-SYT", "number: 9/BC-SYT", "inspections: 550"] {
        assert!(text.contains(words), "{words}: {text}");
    }

    // Every day from then on, whatever the files are called.
    workspace.write("came/again.yaml", workspace.read("came/a.yaml"));
    let before = workspace.contents();
    let third = workspace.run("receive came --on 2026-11-21 --format json");
    let seen = [("a.yaml", "seen"), ("again.yaml", "seen"), ("sub/b.yaml", "unchanged")];
    assert_eq!((third.code, results(&third)), (0, pairs(&seen)), "{}", third.out);
    assert!(workspace.contents() == before, "nothing is written");
    assert_eq!(versions(&workspace).len(), 2);
    let shown = workspace.run("receive came --on 2026-11-21");
    assert!(shown.out.contains("đã nhận trước đây, ngày 17/11/2026"), "{}", shown.out);
    assert_eq!(workspace.run("check").code, 0, "{}", workspace.run("check").out);
}

#[test]
fn what_is_older_takes_no_newer_ones_place_unless_it_is_named() {
    let workspace = office(&[("new.yaml", report(550, "9/BC-SYT", "2026-11-19"))]);
    assert_eq!(workspace.run("receive came --on 2026-11-20").code, 0);
    workspace.write("came/old.yaml", report(500, "1/BC-SYT", "2026-11-16"));
    let refused = workspace.run("receive came --on 2026-11-21 --force");
    assert_eq!(refused.code, 1, "{}", refused.out);
    assert!(refused.out.contains("cũ hơn bản đang dùng (văn bản ngày 19/11/2026)"), "{}", refused.out);
    assert!(workspace.read(HEALTH).contains("inspections: 550"));
    let named = workspace.run("receive came/old.yaml --on 2026-11-21 --force");
    assert_eq!(named.code, 0, "{}", named.out);
    assert!(named.out.contains("III.5, Số vụ kiểm tra: 550 → 500"), "{}", named.out);
    assert!(workspace.read(HEALTH).contains("inspections: 500"));
    assert_eq!(versions(&workspace).len(), 2);
}

#[test]
fn a_replacement_may_bear_the_number_again_under_a_later_day() {
    // The number and the day of the replacement, when it came, what became of it, the first paper's day then and that of the
    // newest correction.
    for (paper, day, on, result, first, newest) in [
        ("1/BC-SYT", "2026-11-19", "2026-11-20", "corrected", "2026-11-16", Some("2026-11-19")),
        ("9/BC-SYT", "2026-11-19", "2026-11-20", "corrected", "2026-11-16", Some("2026-11-19")),
        ("1/BC-SYT", "2026-11-16", "2026-11-20", "corrected", "2026-11-16", None),
        // A slip of the day is mended: it may have been signed then.
        ("1/BC-SYT", "2026-11-17", "2026-11-20", "corrected", "2026-11-17", None),
        ("1/BC-SYT", "2026-11-21", "2026-11-20", "refused", "2026-11-16", None),
    ] {
        let workspace = office(&[("a.yaml", report(500, "1/BC-SYT", "2026-11-16"))]);
        workspace.run("receive came --on 2026-11-17");
        workspace.write("later/b.yaml", report(550, paper, day));
        for (result, line) in [(result, "receive later"), ("again", "receive came later")] {
            let run = workspace.run(&format!("{line} --on {on} --format json"));
            let results = results(&run);
            let again = results.iter().all(|(file, result)| {
                ["seen", "unchanged"].contains(&result.as_str())
                    || (result == "refused" && file.ends_with("b.yaml"))
            });
            let one = results == pairs(&[("b.yaml", result)]);
            assert!(if result == "again" { again } else { one }, "{paper}, {day}: {}", run.out);
        }
        let text = workspace.read(HEALTH);
        let days: Vec<&str> = text.lines().filter_map(|line| line.trim().strip_prefix("date: ")).collect();
        let told =
            text.lines().any(|line| line.contains("document:") && line.contains(first)) || days.contains(&first);
        assert!(told, "{paper}, {day}: {text}");
        let of_correction = text.split_once("corrections:").map_or("", |(_, corrections)| corrections);
        let has_paper = of_correction.contains("document:");
        assert_eq!(has_paper, newest.is_some(), "{paper}, {day}: {text}");
        assert!(newest.is_none_or(|newest| of_correction.contains(newest)), "{paper}, {day}: {text}");
    }
}

#[test]
fn what_was_changed_by_hand_is_not_undone_in_silence() {
    let workspace = office(&[("a.yaml", report(500, "1/BC-SYT", "2026-11-16"))]);
    workspace.run("receive came --on 2026-11-17");
    workspace.edit(HEALTH, "inspections: 500", "inspections: 505");
    let again = workspace.run("receive came --on 2026-11-18 --format json");
    assert_eq!(results(&again), pairs(&[("a.yaml", "seen")]), "{}", again.out);
    assert!(workspace.read(HEALTH).contains("inspections: 505"));

    // The replacement does not know of it.
    workspace.write(
        "came/b.yaml",
        report(500, "9/BC-SYT", "2026-11-19").replace("next_steps:", "next_steps:\n  - Kiểm tra dịp Tết"),
    );
    let refused = workspace.run("receive came --on 2026-11-20");
    assert_eq!(refused.code, 1, "{}", refused.out);
    assert!(refused.out.contains("sửa tay") && refused.out.contains("500 → 505"), "{}", refused.out);
    assert!(workspace.read(HEALTH).contains("inspections: 505"));
    // The one that says so too does.
    workspace.write(
        "came/b.yaml",
        report(505, "9/BC-SYT", "2026-11-19").replace("next_steps:", "next_steps:\n  - Kiểm tra dịp Tết"),
    );
    let taken = workspace.run("receive came/b.yaml --on 2026-11-20");
    assert_eq!(taken.code, 0, "{}", taken.out);
    assert_eq!(versions(&workspace).len(), 3, "as it came, as it was changed by hand, and what took its place");
}

#[test]
fn of_several_changes_by_hand_it_is_said_that_the_first_was_not_kept() {
    let workspace = office(&[("a.yaml", report(500, "1/BC-SYT", "2026-11-16"))]);
    workspace.run("receive came --on 2026-11-17");
    for (old, new, corrections) in [
        (500, 505, "corrections: [{date: 2026-11-19, note: a}]"),
        (505, 507, "corrections: [{date: 2026-11-19, note: a}, {date: 2026-11-21, note: b}]"),
    ] {
        workspace.edit(HEALTH, &format!("inspections: {old}"), &format!("inspections: {new}"));
        let text = workspace.read(HEALTH);
        let others = text.lines().filter(|line| !line.starts_with("corrections:"));
        workspace.write(HEALTH, others.fold(String::new(), |text, line| text + line + "\n") + corrections + "\n");
    }
    let told = |workspace: &Workspace| {
        for (day, figure, kept) in [(18, "500", true), (19, "507", false), (20, "507", false), (21, "507", true)] {
            let trace = workspace.run(&format!("--as-of 2026-11-{day} trace inspections --format markdown")).out;
            assert_eq!(!trace.contains("không được lưu"), kept, "{day}: {trace}");
            assert!(trace.contains(figure), "{day}: {trace}");
        }
    };
    told(&workspace);
    workspace.write("came/b.yaml", report(550, "9/BC-SYT", "2026-11-22"));
    assert_eq!(workspace.run("receive came/b.yaml --on 2026-11-22 --force").code, 0);
    told(&workspace);
}

#[test]
fn a_report_typed_by_hand_is_kept_before_it_is_replaced() {
    let workspace = office(&[("b.yaml", report(550, "9/BC-SYT", "2026-11-19"))]);
    workspace.write(HEALTH, report(500, "1/BC-SYT", "2026-11-16") + "received: 2026-11-17\n");
    let run = workspace.run("receive came --on 2026-11-20");
    assert_eq!(run.code, 0, "{}", run.out);
    let kept = versions(&workspace);
    assert!(kept.len() == 2 && kept[0].starts_with("2026-11-17-"), "{kept:?}");
    let then = workspace.run("--as-of 2026-11-18 trace inspections --format json");
    assert!(
        then.out.contains("\"value\": 500") && then.out.contains("received/so-y-te/2026-11-17-"),
        "{}",
        then.out
    );
    let now = workspace.run("trace inspections --format json");
    assert!(now.out.contains("\"value\": 550") && !now.out.contains("received"), "{}", now.out);
    let before = workspace.run("--as-of 2026-11-16 status --agency so-y-te --format json");
    assert!(before.code == 0 && !before.out.contains("2026-11-17"), "{}", before.out);
}

#[test]
fn what_is_written_on_a_day_that_is_past_takes_the_place_of_what_is_there() {
    let workspace = office(&[("a.yaml", report(500, "1/BC-SYT", "2026-11-16"))]);
    assert_eq!(workspace.run("receive came --on 2026-11-17").code, 0);
    workspace.write("came/b.yaml", report(550, "9/BC-SYT", "2026-11-19"));
    let run = workspace.run("--as-of 2026-11-20 receive came --format json");
    assert_eq!(results(&run), pairs(&[("a.yaml", "unchanged"), ("b.yaml", "corrected")]), "{}{}", run.out, run.err);
    assert!(workspace.read(HEALTH).contains("inspections: 550"));
    assert_eq!(workspace.run("--as-of 2026-11-21 accept so-y-te").code, 0);
    let shown = workspace.run("show so-y-te --format markdown").out;
    assert!(shown.contains("đã duyệt ngày 21/11/2026"), "{shown}");
}

#[test]
fn work_that_broke_off_is_finished_by_the_next() {
    let workspace = office(&[("a.yaml", report(500, "1/BC-SYT", "2026-11-16"))]);
    workspace.run("receive came --on 2026-11-17");
    // The version was kept, and then nothing more was written; or the disk was full.
    for empty in [false, true] {
        std::fs::remove_file(workspace.path(HEALTH)).expect("the copy in force");
        if empty {
            workspace.write(HEALTH, "");
        }
        let again = workspace.run("receive came --on 2026-11-18 --format json");
        assert_eq!(results(&again), pairs(&[("a.yaml", "received")]), "{}", again.out);
        assert!(workspace.read(HEALTH).contains("received: 2026-11-17"), "it came on its day");
    }
    assert_eq!(versions(&workspace).len(), 1);
}

#[test]
fn a_copy_in_force_that_was_deleted_is_said_to_be_gone_and_comes_back_with_its_day() {
    let old = || report(500, "1/BC-SYT", "2026-11-16");
    let office = || {
        let workspace = office(&[("a.yaml", old())]);
        assert_eq!(workspace.run("receive came --on 2026-11-17").code, 0);
        workspace.write("came/a.yaml", report(550, "9/BC-SYT", "2026-11-19"));
        assert_eq!(workspace.run("receive came --on 2026-11-20").code, 0);
        std::fs::remove_file(workspace.path(HEALTH)).expect("the copy in force");
        std::fs::remove_file(workspace.path("came/a.yaml")).expect("what came");
        workspace
    };
    let workspace = office();
    workspace.write("came/old.yaml", old());
    let refused = workspace.run("receive came --on 2026-11-21");
    assert_eq!(refused.code, 1, "{}", refused.out);
    let told = refused.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let newest = versions(&workspace).pop().expect("the newest");
    let remedy = format!("plan receive reports/annual/received/so-y-te/{newest}");
    for words in ["còn bản mới hơn", "tệp đang dùng reports/annual/so-y-te.yaml không còn", &remedy] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!workspace.path(HEALTH).exists());
    workspace.write(HEALTH, "\n");
    let emptied = workspace.run("receive came --on 2026-11-21");
    assert!(emptied.code == 1 && emptied.out.contains("còn bản mới hơn"), "{}", emptied.out);
    let back = workspace.run(&(remedy["plan ".len()..].to_owned() + " --on 2026-11-22"));
    assert_eq!(back.code, 0, "{}", back.out);
    let text = workspace.read(HEALTH);
    assert!(text.contains("received: 2026-11-17") && text.contains("inspections: 550"), "{text}");
    assert_eq!(versions(&workspace).len(), 2);

    // Both lie there: the newest is in force again, and the older one is the older one.
    std::fs::remove_file(workspace.path(HEALTH)).expect("the copy in force");
    workspace.write("came/new.yaml", report(550, "9/BC-SYT", "2026-11-19"));
    let both = workspace.run("receive came --on 2026-11-22 --format json");
    assert_eq!(results(&both), pairs(&[("new.yaml", "received"), ("old.yaml", "seen")]), "{}", both.out);
    assert!(workspace.read(HEALTH) == text);

    // What is new replaces what was in force last; that it came in time stays true.
    for (came, line) in
        [(report(560, "12/BC-SYT", "2026-11-22"), "receive came"), (old(), "receive came/b.yaml --force")]
    {
        let workspace = office();
        workspace.write("came/b.yaml", came);
        let run = workspace.run(&format!("{line} --on 2026-11-23"));
        assert_eq!(run.code, 0, "{}", run.out);
        let text = workspace.read(HEALTH);
        assert!(text.contains("received: 2026-11-17") && text.contains("date: 2026-11-23"), "{text}");
    }
}

#[test]
fn what_is_not_taken_is_named_with_why() {
    let wrong = report(500, "1/BC-SYT", "2026-11-16").replace("inspections: 500", "inspections: 1.500");
    let workspace = office(&[
        ("a.yaml", wrong),
        ("b.yaml", report(1, "2/BC-SYT", "2026-11-16").replace("so-y-te", "so-xyz")),
        ("c.yaml", "agency: [\n".to_owned()),
        ("d.pdf", "%PDF".to_owned()),
        ("e.yaml", format!("<<<<<<< HEAD\n{0}=======\n{0}>>>>>>> may-hai\n", report(2, "3/BC-SYT", "2026-11-16"))),
    ]);
    let deep = "1/2/3/4/5/6/7/8/9";
    workspace.write(&format!("came/{deep}/f.xlsx"), "");
    let run = workspace.run("receive came --on 2026-11-17 --format json");
    let expected = [
        (deep, "refused"),
        ("a.yaml", "refused"),
        ("b.yaml", "refused"),
        ("c.yaml", "refused"),
        ("d.pdf", "passed_over"),
        ("e.yaml", "refused"),
    ];
    assert_eq!((run.code, results(&run)), (1, pairs(&expected)), "{}", run.out);
    assert!(!workspace.path("reports").exists(), "nothing is written");
    let shown = workspace.run("receive came --on 2026-11-17");
    let text = workspace.read("came/a.yaml");
    let line = 1 + text.lines().position(|line| line.contains("1.500")).expect("the line");
    for words in [
        &format!("dòng {line}: lỗi: “1.500” không phải số nguyên"),
        "so-xyz",
        "không phải biểu mẫu (.xlsx) hay báo cáo (.yaml)",
        "tệp còn dấu xung đột của git",
        "thư mục nằm quá sâu",
    ] {
        assert!(shown.out.contains(words), "{words}: {}", shown.out);
    }
}

/// No name ends a line of what is told.
#[test]
#[cfg(unix)]
fn a_file_is_told_on_one_line_whatever_it_is_called() {
    let workspace = office(&[("a\nKẾT QUẢ: mọi tệp đã nhận.xlsx", String::new())]);
    for line in ["receive came --dry-run", "receive came --dry-run --format markdown", "form import came"] {
        let run = workspace.run(line);
        assert!(run.out.lines().all(|line| !line.starts_with("KẾT QUẢ:")), "{line}: {}", run.out);
        assert!(run.out.replace("\\\\", "\\").contains("a\\nKẾT"), "{line}: {}", run.out);
    }
}

#[test]
fn a_paper_without_data_is_written_down_once() {
    let workspace = office(&[("scan.pdf", "%PDF".to_owned())]);
    let line = "receive so-y-te --on 2026-11-18 --number 1342/BC-SYT --date 2026-11-17 --file came/scan.pdf --round annual";
    let run = workspace.run(line);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let register = workspace.read("reports/annual/register.yaml");
    for words in
        ["act: paper", "agency: so-y-te", "date: 2026-11-18", "\"1342/BC-SYT\"", "signed: 2026-11-17", "sha256: "]
    {
        assert!(register.contains(words), "{words}: {register}");
    }
    let again = workspace.run(line);
    assert!(again.code == 0 && again.out.contains("bỏ qua"), "{}", again.out);
    assert_eq!(workspace.read("reports/annual/register.yaml"), register);
    assert_eq!(workspace.run("check --strict").code, 0, "{}", workspace.run("check").out);
    for (line, told) in [
        ("receive so-y-te", "--on"),
        ("receive so-y-te --on 2026-11-18 --file khong-co.pdf", "không đọc được tệp khong-co.pdf"),
        ("receive so-y-te toa-an --on 2026-11-18", "một cơ quan"),
        ("receive came --note abc", "--note chỉ dùng"),
        ("receive khong-co.xlsx came", "không có tệp hoặc thư mục khong-co.xlsx"),
        ("receive came/*.xlsx", "ghi tên thư mục, không ghi dấu *: \"came\""),
    ] {
        let run = workspace.run(line);
        assert!(run.code == 2 && run.err.contains(told), "{line}: {}{}", run.out, run.err);
    }
    // A dot makes no file of a name.
    let dotted = workspace.run("receive SYT. --on 2026-11-19 --dry-run --round annual");
    assert!(dotted.code == 0 && dotted.out.contains("bản giấy của Sở Y tế"), "{}{}", dotted.out, dotted.err);
}

#[test]
fn a_report_on_another_paper_has_its_own_day_of_receipt() {
    const UNLIKE: &str = "với bản giấy 70/BC-SYT đã nhận ngày 16/11/2026, chưa có số liệu";
    for (paper, day, first, own, warned) in [
        ("170/BC-SYT", "2026-11-21", "2026-11-16", "2026-11-22", true),
        ("170/BC-SYT", "2026-11-15", "2026-11-16", "2026-11-22", true),
        // Nothing comes before it is signed.
        ("70/BC-SYT", "2026-11-21", "2026-11-22", "2026-11-22", true),
        ("70/BC-SYT", "2026-11-15", "2026-11-16", "2026-11-16", false),
        ("070 / BC-SYT", "2026-11-15", "2026-11-16", "2026-11-16", false),
    ] {
        let workspace = office(&[("syt.yaml", report(500, paper, day))]);
        let line = "receive so-y-te --on 2026-11-16 --number 70/BC-SYT --date 2026-11-15 --round annual";
        assert_eq!(workspace.run(line).code, 0);
        let run = workspace.run("receive came/syt.yaml --on 2026-11-22");
        assert!(run.code == 0 && run.out.contains(UNLIKE) == warned, "{paper} {day}: {}{}", run.out, run.err);
        let status: Json = serde_json::from_str(&workspace.run("status --format json").out).expect("JSON");
        let rounds = status["rounds"].as_array().expect("rounds");
        let annual = rounds.iter().find(|round| round["id"] == "annual").expect("the round");
        let agencies = annual["agencies"].as_array().expect("agencies");
        let health = agencies.iter().find(|agency| agency["id"] == "so-y-te").expect("the agency");
        assert_eq!(
            (&health["received"], &health["document_received"]),
            (&first.into(), &own.into()),
            "{paper} {day}"
        );
    }
}

#[test]
fn what_is_left_blank_is_not_said_to_be_0() {
    let parts = "complaints_by_field: {e_commerce: 3}\n";
    for (received, told) in [
        ("", "complaints_received để trống, chưa ghi số"),
        ("      complaints_received: {reason: đang tổng hợp}\n", "complaints_received để trống, chưa ghi số"),
        ("      complaints_received: nothing-arose\n", "complaints_received ghi “không phát sinh”"),
        ("      complaints_received: 0\n", "complaints_received ghi 0"),
    ] {
        let figures = if received.is_empty() { "" } else { "    figures:\n" };
        let report = format!(
            "agency: so-cong-thuong\nround: annual\nreceived: 2026-11-18\n{parts}\
             tasks:\n  V.1:\n    status: in-progress\n    results: Tiếp nhận phản ánh của người tiêu dùng\n{figures}{received}"
        );
        let workspace = office(&[]);
        workspace.write("reports/annual/so-cong-thuong.yaml", &report);
        let run = workspace.run("check --rule parts-do-not-add-up --format short");
        assert!(run.out.contains(told), "{told}: {}{}", run.out, run.err);
    }
}

#[test]
fn a_papers_days_are_held_to_what_reports_are() {
    let workspace = office(&[]);
    for (days, code, told) in [
        ("--on 18/11/2026 --date 2/1/2024", 2, "văn bản ngày 02/01/2024 trước ngày bắt đầu lấy số liệu"),
        ("--on 31/12/2025 --date 30/12/2025", 2, "ngày nhận 31/12/2025 trước ngày bắt đầu lấy số liệu"),
        (
            "--on 2/1/2026 --date 2/1/2026",
            0,
            "cảnh báo: ngày nhận 02/01/2026 hơn một tháng trước ngày chốt số liệu",
        ),
        ("--on 18/11/2026 --date 17/11/2026", 0, ""),
    ] {
        let run = workspace.run(&format!("receive so-noi-vu {days} --number 5/BC-SNV --round annual --dry-run"));
        assert!(run.code == code && run.err.contains(told), "{days}: {}{}", run.out, run.err);
        assert_eq!(told.is_empty(), run.err.is_empty(), "{days}: {}", run.err);
    }
}

#[test]
fn the_history_tells_what_came_and_what_it_changed() {
    let workspace = office(&[("a.yaml", report(500, "1/BC-SYT", "2026-11-16"))]);
    workspace.run("receive came --on 2026-11-17");
    workspace.run("accept so-y-te --by Phòng");
    workspace.write("came/b.yaml", report(550, "9/BC-SYT", "2026-11-19"));
    workspace.run("receive came --on 2026-11-20");
    workspace.run("extend so-y-te --until 2026-12-02 --number 12/SCT-QLTM --on 2026-11-21 --round annual");
    workspace.edit(HEALTH, "inspections: 550", "inspections: 555");
    let shown = workspace.run("show so-y-te --history --format markdown").out;
    for words in [
        "Nhận báo cáo",
        "1/BC-SYT ngày 16/11/2026",
        "III.5, Số vụ kiểm tra: 500 → 550",
        "9/BC-SYT ngày 19/11/2026",
        "Duyệt báo cáo, Phòng",
        "Gia hạn đến hết ngày 02/12/2026 (ghi vào sổ ngày 23/11/2026)",
        "Sửa tay trong tệp đang dùng",
        "III.5, Số vụ kiểm tra: 550 → 555",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let run = workspace.run("show so-y-te --history --format json");
    let json: Json = serde_json::from_str(&run.out).expect("JSON");
    let events = json["history"].as_array().expect("events").iter();
    let what: Vec<&str> = events.filter_map(|event| event["what"].as_str()).collect();
    assert_eq!(what, ["received", "replaced", "extend", "accept", "changed_by_hand"]);
    // As a list it is the history too, an event a row.
    let csv = workspace.run("show so-y-te --history --format csv").out;
    assert!(csv.starts_with("\u{feff}Ngày,Kỳ,Việc,Số văn bản,Ngày văn bản\r\n"), "{csv}");
    assert!(csv.contains("\n2026-11-17,annual,") && csv.contains(",1/BC-SYT,2026-11-16\r\n"), "{csv}");
    // On a day that is past, what came later is not there; what came on it is.
    for (day, is_second) in [("2026-11-18", false), ("2026-11-19", false), ("2026-11-20", true)] {
        let then = workspace.run(&format!("--as-of {day} show so-y-te --history --format json")).out;
        let told = ["1/BC-SYT", "9/BC-SYT", "\"what\": \"extend"].map(|words| then.contains(words));
        assert_eq!(told, [true, is_second, false], "{day}: {then}");
    }
    // Typed by hand, with its own corrections, beside another file of the agency.
    let typed = report(500, "1/BC-SYT", "2026-11-16")
        + "\ncorrections:\n  - {date: 2026-11-19, note: Sửa số, document: {number: 5/BC-SYT}}\n";
    workspace
        .write("reports/annual/so-tai-chinh.yaml", typed.replace("so-y-te", "so-tai-chinh").replace("SYT", "STC"));
    let shown = workspace.run("show so-tai-chinh --history --format markdown").out;
    // The report with its paper, the correction with its own; both where the report's paper is told.
    for (row, is_told) in [
        ("| Năm 2026 | Nhận báo cáo | 1/BC-STC ngày 16/11/2026 |", true),
        ("| Năm 2026 | Bổ sung: Sửa số | 5/BC-STC |", true),
        ("| 1/BC-STC ngày 16/11/2026; bổ sung ngày 19/11/2026 tại 5/BC-STC |", true),
        ("SYT", false),
    ] {
        assert_eq!(shown.contains(row), is_told, "{row}: {shown}");
    }
    let report = workspace.run("compile --skip-invalid --format markdown -o -").out;
    assert!(report.contains("bổ sung ngày 19/11/2026 tại 5/BC-STC: sửa số |"), "{report}");
    let json = workspace.run("compile --skip-invalid --format json -o -").out;
    let json: Json = serde_json::from_str(&json).expect("JSON");
    let submissions = json["submissions"].as_array().expect("submissions");
    let of = |id: &str| &submissions.iter().find(|of| of["agency"] == id).expect(id)["corrected_by"];
    assert_eq!(of("so-tai-chinh")[0]["paper"]["number"], "5/BC-STC");
    let other = workspace.run("show annual --history");
    assert!(other.code == 2 && other.err.contains("--history chỉ dùng"), "{}", other.err);
}

#[test]
fn what_is_of_another_year_is_refused() {
    let of = |inspections, day: &str, more: &str| report(inspections, "1/BC-SYT", day) + more;
    for (text, told) in [
        (of(500, "2025-11-16", ""), "văn bản ngày 16/11/2025 trước ngày bắt đầu lấy số liệu của kỳ (01/01/2026)"),
        (of(500, "2026-11-16", "received: 2025-11-17\n"), "tệp ghi đã nhận ngày 17/11/2025, trước kỳ số liệu"),
        (of(500, "2025-11-16", "received: 2025-11-17\n"), "báo cáo của năm khác"),
    ] {
        let workspace = office(&[("a.yaml", text)]);
        let run = workspace.run("receive came --on 2026-11-17");
        let told_of = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(run.code == 1 && told_of.contains(told), "{told}: {}", run.out);
        assert!(!workspace.path(HEALTH).exists() && versions(&workspace).is_empty(), "{told}");
    }
    let workspace = office(&[("a.yaml", of(500, "2026-01-01", "received: 2026-01-01\n"))]);
    assert_eq!(workspace.run("receive came --on 2026-11-17").code, 0, "the first day of the data");
}

#[test]
fn an_older_paper_that_is_put_in_force_again_is_told_as_that_paper() {
    let workspace = office(&[
        ("a.yaml", report(318, "1342/BC-SYT", "2026-11-17")),
        ("b.yaml", report(330, "1400/BC–SYT", "2026-11-20")),
    ]);
    for (file, on, more) in [("a", "18", ""), ("b", "21", ""), ("a", "22", "--force"), ("b", "23", "--force")] {
        let run = workspace.run(&format!("receive came/{file}.yaml --on 2026-11-{on} {more}"));
        assert_eq!(run.code, 0, "{file}: {}{}", run.out, run.err);
    }
    let history = workspace.run("--as-of 2026-11-25 show so-y-te --history").out;
    let papers: Vec<&str> = history
        .lines()
        .filter(|line| line.contains("/11/2026  Năm 2026"))
        .filter_map(|line| line.split_whitespace().find(|word| word.contains("/BC")))
        .collect();
    assert_eq!(papers, ["1342/BC-SYT", "1400/BC–SYT", "1342/BC-SYT", "1400/BC–SYT"], "{history}");
}

/// The disk may be full in the middle: what was written by then is told, and the next run does the rest.
#[test]
fn what_was_received_before_a_file_could_not_be_written_is_told() {
    let sample = |id: &str| read(&repository().join(format!("reports/annual/{id}.yaml")));
    let another = |id: &str| sample(id).replacen("illustrative: true\n", "", 1);
    let workspace =
        office(&[("a.yaml", another("bao-ptth")), ("b.yaml", another("so-gddt")), ("c.yaml", another("toa-an"))]);
    let in_the_way = workspace.path("reports/annual/received/so-gddt");
    workspace.write("reports/annual/received/so-gddt", "");
    let run = workspace.run("receive came --on 2026-11-20");
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert!(run.err.contains("Đã ghi 1 tệp trước đó: reports/annual/bao-ptth.yaml."), "{}", run.err);
    std::fs::remove_file(in_the_way).expect("removed");
    let again = workspace.run("receive came --on 2026-11-20 --format json");
    let left = pairs(&[("a.yaml", "unchanged"), ("b.yaml", "received"), ("c.yaml", "received")]);
    assert_eq!(results(&again), left, "{}", again.out);
}

#[test]
fn a_sample_is_received_once_and_takes_no_other_reports_place() {
    let workspace = Workspace::without_reports();
    let sample = crate::common::read(&crate::common::repository().join("reports/annual/so-y-te.yaml"));
    workspace.write("came/a.yaml", &sample);
    for (text, code, said) in [
        (sample.clone(), 0, "1 nhận mới"),
        (sample.clone(), 0, "nội dung như bản đang dùng"),
        (sample.replace("illustrative: true\n", ""), 1, "đang là dữ liệu minh họa"),
    ] {
        workspace.write("came/a.yaml", text);
        let run = workspace.run("receive came --on 2026-11-20");
        assert!(run.code == code && run.out.contains(said), "{said}: {} {}", run.code, run.out);
    }
}

#[test]
fn the_day_of_what_came_first_is_not_lost() {
    let bad = report(500, "1/BC-SYT", "2026-11-16").replace("inspections: 500", "inspections: nhiều");
    let workspace = office(&[("a.yaml", bad)]);
    let command = "plan receive so-y-te --on 2026-11-17 --round annual";
    let refused = workspace.run("receive came --on 2026-11-17");
    assert!(refused.code == 1 && refused.out.replace("\n    ", " ").contains(command), "{}", refused.out);
    // An agency that looks at its own file before it sends it is told nothing of that.
    let before_sending = workspace.run("form import came/a.yaml --dry-run --on 2026-11-17");
    assert!(!before_sending.out.contains("--round annual"), "{}", before_sending.out);
    assert_eq!(workspace.run(command.strip_prefix("plan ").unwrap()).code, 0);
    let again = workspace.run("receive came --on 2026-11-18");
    assert!(again.code == 1 && !again.out.contains("ngày đến của tệp"), "{}", again.out);

    let workspace = office(&[("b.yaml", report(550, "9/BC-SYT", "2026-11-16"))]);
    workspace.run("receive came/b.yaml --on 2026-11-20");
    workspace.write("came/a.yaml", report(500, "1/BC-SYT", "2026-11-14"));
    for (file, on, told) in [
        ("b.yaml", 18, "đến sớm hơn thì ghi: plan receive so-y-te --on 2026-11-18 --round annual"),
        ("b.yaml", 20, ""),
        ("a.yaml", 18, "chỉ ghi ngày đến thì: plan receive so-y-te --on 2026-11-18 --round annual"),
        ("a.yaml", 21, ""),
    ] {
        let run = workspace.run(&format!("receive came/{file} --on 2026-11-{on} --dry-run --format json"));
        assert!(run.out.contains(told), "{file} {on}: {}", run.out);
        assert_eq!(run.out.contains("--round annual"), !told.is_empty(), "{file} {on}: {}", run.out);
    }
}

/// What tells nothing of the day on which an agency sent its report leads to no command that writes that day down.
#[test]
fn no_day_is_written_down_for_what_was_not_sent() {
    let whole = || report(500, "1/BC-SYT", "2026-11-16");
    let unreadable = || whole().replace("inspections: 500", "inspections: nhiều");
    let empty = || {
        let workspace = Workspace::without_reports();
        assert_eq!(workspace.run("new so-y-te --round annual").code, 0);
        workspace.read(HEALTH)
    };
    for (what, text, on, told) in [
        ("a report with an error", unreadable(), "2026-11-17", true),
        ("one that came before it was signed", unreadable(), "2026-06-08", false),
        ("one that is right but for its day", whole(), "2026-06-08", false),
        ("one of another year", unreadable() + "received: 2025-11-17\n", "2026-11-17", false),
        ("one that comes of last year's paper", report(500, "1/BC-SYT", "2025-11-16"), "2026-11-17", false),
        ("questions alone", empty(), "2026-11-17", false),
        (
            "whose it is alone",
            "agency: so-y-te\nround: annual\ndocument: {number: 1/BC-SYT, date: 2026-11-16}\n".to_owned(),
            "2026-11-17",
            false,
        ),
    ] {
        let workspace = office(&[("a.yaml", text)]);
        let run = workspace.run(&format!("receive came --on {on} --format json"));
        assert_eq!(run.code, 1, "{what}: {}", run.out);
        assert_eq!(run.out.contains("--round annual"), told, "{what}: {}", run.out);
    }
    // The form as it was sent out, and the reminder that was never sent.
    let workspace = Workspace::of_communes(2);
    for line in ["form export xa-01 --round annual", "remind --round annual --within 30 --format eml -o thu"] {
        assert_eq!(workspace.run(line).code, 0, "{line}");
    }
    for file in ["xa-01-annual-2026.xlsx", "thu/xa-01.eml"] {
        let run = workspace.run(&format!("receive {file} --format json"));
        assert!(run.out.contains("biểu mẫu chưa điền"), "{file}: {}", run.out);
        assert!(!run.out.contains("plan receive xa-01"), "{file}: {}", run.out);
    }
}

/// An earlier copy that turns up later: its day counts, its content does not.
#[test]
fn what_came_earlier_gives_its_day_and_takes_no_newer_ones_place() {
    let (early, late) = (|| report(318, "1/BC-SYT", "2026-11-16"), || report(340, "1/BC-SYT", "2026-11-16"));
    let command = "receive so-y-te --on 2026-11-17 --round annual";
    let workspace = office(&[("late.yaml", late())]);
    assert_eq!(workspace.run("receive came/late.yaml --on 2026-11-21").code, 0);
    workspace.write("came/early.yaml", early());
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in ["receive came/early.yaml --on 2026-11-17", "receive came/early.yaml --on 2026-11-17 --force"] {
        let run = workspace.run(line);
        let out = plain(&run.out);
        for words in
            ["đến ngày 17/11/2026, trước bản đang dùng (nhận ngày 21/11/2026)", &format!("plan {command};")]
        {
            assert!(run.code == 1 && out.contains(words), "{line}: {words}: {out}");
        }
        assert!(workspace.read(HEALTH).contains("inspections: 340"), "{line}");
    }
    assert_eq!(workspace.run(command).code, 0);
    let status = workspace.run("status --agency so-y-te --format json").out;
    assert!(status.contains("2026-11-17"), "{status}");
    // It is done: nothing asks for it again.
    let again = workspace.run("receive came/early.yaml --on 2026-11-17");
    let out = plain(&again.out);
    assert!(out.contains("ngày đến đã có trong sổ") && !out.contains(command), "{out}");
    // What the agency confirms later is a correction of that day.
    assert_eq!(workspace.run("receive came/early.yaml --on 2026-11-22").code, 0);
    assert!(workspace.read(HEALTH).contains("inspections: 318"));

    // Between two that came, on the paper of both or on another: when it came, what became of it.
    for (paper, day, on, result) in [
        ("1/BC-SYT", "2026-11-16", "2026-11-18", "refused"),
        ("1/BC-SYT", "2026-11-16", "2026-11-20", "corrected"),
        ("9/BC-SYT", "2026-11-18", "2026-11-18", "corrected"),
        ("9/BC-SYT", "2026-11-15", "2026-11-18", "refused"),
    ] {
        let workspace = office(&[("a.yaml", early())]);
        assert_eq!(workspace.run("receive came --on 2026-11-17").code, 0);
        workspace.write("came/a.yaml", late());
        assert_eq!(workspace.run("receive came --on 2026-11-20").code, 0);
        workspace.write("came/b.yaml", report(330, paper, day));
        let run = workspace.run(&format!("receive came/b.yaml --on {on} --format json"));
        assert_eq!(results(&run), pairs(&[("came/b.yaml", result)]), "{paper} {day} {on}: {}", run.out);
        assert!(!run.out.contains("--round annual"), "it did not come first: {}", run.out);
    }

    // One that was known already, and one that brings the number alone, came sooner too.
    for (file, text) in [("known", early()), ("numbered", late())] {
        let unnumbered = late().replace("document: {number: 1/BC-SYT, date: 2026-11-16}\n", "");
        let first = if file == "known" { early() } else { unnumbered };
        let workspace = office(&[("a.yaml", first)]);
        assert_eq!(workspace.run("receive came --on 2026-11-19").code, 0);
        if file == "known" {
            workspace.write("came/a.yaml", late());
            assert_eq!(workspace.run("receive came --on 2026-11-20").code, 0);
        }
        workspace.write("b.yaml", text);
        let run = workspace.run("receive b.yaml --on 2026-11-17 --format json");
        assert!(
            run.code == 0 && run.out.contains(&format!("đến sớm hơn thì ghi: plan {command}")),
            "{file}: {}",
            run.out
        );
    }
}

#[test]
fn what_a_senders_system_made_of_a_file_is_no_fault_of_the_report() {
    for (name, text) in [
        ("a.yaml", "\u{feff}".to_owned() + &report(500, "1/BC-SYT", "2026-11-16")),
        ("Ba\u{301}o ca\u{301}o.yaml", report(500, "1/BC-SYT", "2026-11-16")),
        ("B¸o c¸o.yaml", report(500, "1/BC-SYT", "2026-11-16")),
        ("b\u{430}o cao.yaml", report(500, "1/BC-SYT", "2026-11-16")),
        ("b\u{fffd}o cao.yaml", report(500, "1/BC-SYT", "2026-11-16")),
        ("báo cáo – Sở Y tế.yaml", report(500, "1/BC-SYT", "2026-11-16")),
    ] {
        let workspace = office(&[(name, text)]);
        let run = workspace.run("receive came --on 2026-11-17");
        assert_eq!(run.code, 0, "{name:?}: {}", run.out);
        let check = workspace.run("check reports --format json").out;
        for rule in ["not-nfc", "unreadable-letters", "mixed-letters", "control-character"] {
            assert!(!check.contains(rule), "{name:?}: {check}");
        }
    }
}

#[test]
#[cfg(unix)]
fn a_linked_folder_is_said_to_be_one() {
    let workspace = office(&[("a.yaml", report(500, "1/BC-SYT", "2026-11-16"))]);
    workspace.write("that/b.yaml", report(500, "1/BC-SYT", "2026-11-16"));
    std::os::unix::fs::symlink(workspace.path("that"), workspace.path("came/link")).expect("a link");
    let run = workspace.run("receive came --on 2026-11-17 --format json");
    assert_eq!(results(&run), pairs(&[("a.yaml", "received"), ("link", "refused")]), "{}", run.out);
    assert!(run.out.contains("đường dẫn tắt đến một thư mục") && !run.out.contains("quá sâu"), "{}", run.out);
}
