//! What an office writes down of its own doing: extensions, sent reports, papers without data. Each shows on every screen
//! that speaks of its agency, counts by its day, and can be taken back by another act alone.

use serde_json::Value as Json;

use crate::common::Workspace;

fn agency(workspace: &Workspace, line: &str, id: &str) -> Json {
    let run = workspace.run(line);
    let json: Json =
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err));
    let rounds = json["rounds"].as_array().expect("rounds");
    let annual = rounds.iter().find(|round| round["id"] == "annual").expect("the round");
    let agencies = annual["agencies"].as_array().expect("agencies");
    agencies.iter().find(|agency| agency["id"] == id).expect("the agency").clone()
}

#[test]
fn an_extension_moves_the_last_day_of_those_that_it_names() {
    let workspace = Workspace::of_repository();
    let run = workspace.run("extend so-noi-vu --until 2026-12-02 --number 12/SCT-QLTM --round annual");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    for (day, id, timeliness) in [
        ("2026-11-29", "so-noi-vu", "due_soon"),
        ("2026-12-02", "so-noi-vu", "due_soon"),
        ("2026-12-03", "so-noi-vu", "overdue"),
        ("2026-12-02", "cong-an", "overdue"),
    ] {
        let found = agency(&workspace, &format!("--as-of {day} status --all --format json"), id);
        assert_eq!(found["timeliness"], timeliness, "{id} on {day}: {found}");
    }
    // On the day before it was granted nobody knew of it.
    let before = agency(&workspace, "--as-of 2026-11-22 status --all --format json", "so-noi-vu");
    assert_eq!((&before["last_on_time"], &before["extended_until"]), (&Json::from("2026-11-29"), &Json::Null));
    let words = "gia hạn đến hết ngày 02/12/2026 (văn bản số 12/SCT-QLTM)";
    for line in [
        "show so-noi-vu --format markdown",
        "status --agency so-noi-vu --format markdown",
        "compile --format md -o -",
    ] {
        let run = workspace.run(line);
        assert!(run.out.contains(words), "{line}: {}", run.out);
    }
    // Who has sent is not waited for.
    assert_eq!(workspace.run("extend so-y-te --until 2026-12-02 --round annual").code, 0);
    for (day, told) in [("2026-11-22", false), ("2026-11-30", true), ("2026-12-02", true), ("2026-12-03", false)] {
        let run = workspace.run(&format!("--as-of {day} status --format markdown"));
        let due: Vec<&str> = run.out.lines().filter(|line| line.contains("(gia hạn)")).collect();
        let row = "| Năm 2026 | Gửi báo cáo (gia hạn): Sở Nội vụ | trước ngày 30/11/2026 | Thứ Tư 02/12 |";
        assert_eq!(due.len(), usize::from(told), "{day}: {due:?}");
        assert!(due.iter().all(|line| line.starts_with(row)), "{due:?}");
    }
    let urged = workspace.run("--as-of 2026-12-01 remind --format json");
    let json: Json = serde_json::from_str(&urged.out).expect("JSON");
    let found =
        json["reminders"].as_array().expect("reminders").iter().find(|found| found["agency"] == "so-noi-vu");
    assert_eq!(found.map(|found| &found["debt"]), Some(&Json::from("due")), "{}", urged.out);
    let letter = workspace.run("--as-of 2026-12-01 remind --format markdown -o -").out;
    assert!(letter.contains("ngày làm việc, được gia hạn đến hết ngày 02/12/2026)"), "{letter}");
    assert_eq!(letter.matches("được gia hạn đến hết").count(), 1, "{letter}");

    assert_eq!(workspace.run("extend so-noi-vu --withdraw --round annual").code, 0);
    let found = agency(&workspace, "--as-of 2026-12-02 status --all --format json", "so-noi-vu");
    assert_eq!(found["timeliness"], "overdue");
    for (line, told) in [
        ("extend so-noi-vu --until 2026-11-29", "không sau ngày cuối còn đúng hạn"),
        ("extend so-noi-vu --withdraw --round annual", "không được gia hạn"),
        ("extend so-noi-vu", "--until"),
    ] {
        let run = workspace.run(line);
        assert!(run.code == 2 && run.err.contains(told), "{line}: {}{}", run.out, run.err);
    }
}

#[test]
fn of_whom_nothing_is_asked_is_said_before_anybody_works_for_it() {
    let workspace = Workspace::of_repository();
    let agencies = workspace.read("plan/agencies.yaml");
    let gone = agencies.replacen("  - id: so-noi-vu\n", "  - id: so-noi-vu\n    active: {until: 2026-11-28}\n", 1);
    assert_ne!(gone, agencies);
    for (text, said) in [(&gone, true), (&agencies, false)] {
        workspace.write("plan/agencies.yaml", text);
        for (line, file) in [
            ("new so-noi-vu --round annual", "reports/annual/so-noi-vu.yaml"),
            ("form export so-noi-vu --round annual", "so-noi-vu-annual-2026.xlsx"),
            ("receive so-noi-vu --round annual --on 2026-11-20", "reports/annual/register.yaml"),
        ] {
            let run = workspace.run(line);
            let told = "Sở Nội vụ ngừng hoạt động sau ngày 28/11/2026, nên báo cáo kỳ Năm 2026 của cơ quan này không được tính";
            assert!(run.code == 0 && run.err.contains(told) == said, "{line}: {}{}", run.out, run.err);
            std::fs::remove_file(workspace.path(file)).expect("what was written");
        }
    }
}

#[test]
fn no_extension_is_made_shorter_in_silence_and_one_alone_is_withdrawn() {
    let workspace = Workspace::of_repository();
    let extend = "extend so-noi-vu --round annual";
    let until = || {
        let found = agency(&workspace, "--as-of 2026-11-27 status --all --format json", "so-noi-vu");
        found["extended_until"].as_str().unwrap_or("none").to_owned()
    };
    for (line, code, told, extended) in [
        ("--until 2026-12-02 --number 1/SCT --on 2026-11-23", 0, "Đã gia hạn", "2026-12-02"),
        ("--until 2026-12-06 --number 2/SCT --on 2026-11-24", 0, "Đã gia hạn", "2026-12-06"),
        (
            "--until 2026-12-04 --number 3/SCT --on 2026-11-25",
            2,
            "đã được gia hạn đến hết ngày 06/12/2026",
            "2026-12-06",
        ),
        (
            "--until 2026-12-06 --number 2/SCT --on 2026-11-24",
            0,
            "đã được gia hạn đến hết ngày 06/12/2026",
            "2026-12-06",
        ),
        ("--withdraw --on 2026-11-23", 2, "trước ngày 24/11/2026 của việc được rút", "2026-12-06"),
        ("--withdraw --on 2026-11-26", 0, "còn gia hạn đến hết ngày 02/12/2026", "2026-12-02"),
        // A shorter one may take its place now; one of an earlier day that is the longer counts too.
        ("--until 2026-12-04 --number 3/SCT --on 2026-11-26", 0, "Đã gia hạn", "2026-12-04"),
        ("--until 2026-12-05 --number 4/SCT --on 2026-11-22", 0, "Đã gia hạn", "2026-12-05"),
        ("--withdraw --on 2026-11-26", 0, "còn gia hạn đến hết ngày 04/12/2026", "2026-12-04"),
        ("--withdraw --on 2026-11-26", 0, "còn gia hạn đến hết ngày 02/12/2026", "2026-12-02"),
        ("--withdraw --on 2026-11-26", 0, "đến hết ngày 02/12/2026.", "none"),
        ("--withdraw --on 2026-11-26", 2, "không được gia hạn", "none"),
    ] {
        let run = workspace.run(&format!("--as-of 2026-11-27 {extend} {line}"));
        assert!(
            run.code == code && format!("{}{}", run.out, run.err).contains(told),
            "{line}: {}{}",
            run.out,
            run.err
        );
        assert_eq!(until(), extended, "{line}");
    }
    let history = workspace.run("--as-of 2026-11-27 show so-noi-vu --history --format markdown").out;
    assert!(history.contains("Rút lại việc gia hạn đến hết ngày 06/12/2026"), "{history}");
}

#[test]
fn a_paper_that_was_written_down_for_another_is_taken_back() {
    let workspace = Workspace::of_repository();
    let state = || agency(&workspace, "status --all --format json", "so-noi-vu")["validity"].clone();
    for (line, code, told, validity) in [
        (
            "receive so-noi-vu --withdraw --round annual",
            2,
            "sổ không ghi nhận bản giấy nào của Sở Nội vụ",
            Json::Null,
        ),
        (
            "receive Sở Nội vụ --on 2026-11-20 --round annual",
            0,
            "nhận bản giấy của Sở Nội vụ",
            "paper_alone".into(),
        ),
        (
            "receive so-noi-vu --on 2026-11-21 --round annual",
            0,
            "nhận bản giấy của Sở Nội vụ",
            "paper_alone".into(),
        ),
        (
            "receive so-noi-vu --withdraw --round annual --on 2026-11-20",
            2,
            "trước ngày 21/11/2026",
            "paper_alone".into(),
        ),
        ("receive so-noi-vu --withdraw --round annual --dry-run", 0, "chưa ghi gì", "paper_alone".into()),
        (
            "receive so-noi-vu toa-an --withdraw --round annual",
            2,
            "mỗi lần chỉ nhận bản giấy của một",
            "paper_alone".into(),
        ),
        (
            "receive so-noi-vu --withdraw --round annual",
            0,
            "ngày 21/11/2026; còn bản giấy ngày 20/11/2026.",
            "paper_alone".into(),
        ),
        ("receive so-noi-vu --withdraw --round annual", 0, "ngày 20/11/2026.", Json::Null),
        (
            "receive so-noi-vu --on 2026-11-20 --round annual",
            0,
            "nhận bản giấy của Sở Nội vụ",
            "paper_alone".into(),
        ),
    ] {
        let run = workspace.run(line);
        assert!(
            run.code == code && format!("{}{}", run.out, run.err).contains(told),
            "{line}: {}{}",
            run.out,
            run.err
        );
        assert_eq!(state(), validity, "{line}");
    }
    let history = workspace.run("show so-noi-vu --history --format markdown").out;
    for day in ["20/11/2026", "21/11/2026"] {
        assert!(history.contains(&format!("Rút lại việc nhận văn bản ngày {day}")), "{day}: {history}");
    }
}

/// A slip in the day is taken back, and written down again with the day that is right.
#[test]
fn what_is_written_down_again_after_it_was_withdrawn_stands_whatever_its_day() {
    let workspace = Workspace::of_repository();
    let json = |line: &str| {
        serde_json::from_str::<Json>(&workspace.run(&format!("--as-of 2026-11-26 {line}")).out).expect("JSON")
    };
    let id = json("difficulties --format json")["remarks"][0]["id"].as_str().expect("an id").to_owned();
    let did = |line: &str| {
        let run = workspace.run(&format!("--as-of 2026-11-26 {line}"));
        assert_eq!(run.code, 0, "{line}: {}{}", run.out, run.err);
    };
    let open = || json("difficulties --format json").to_string().contains(&id);
    for (day, is_open) in [("2026-11-25", false), ("", true), ("2026-11-20", false)] {
        match day {
            "" => did(&format!("settle {id} --withdraw")),
            day => did(&format!("settle {id} --note xong --on {day}")),
        }
        assert_eq!(open(), is_open, "{day}");
    }
    did("issue consumer-day --number 1/BC-SCT --date 2026-06-29");
    did("issue consumer-day --withdraw");
    did("issue consumer-day --number 1/BC-SCT --date 2026-06-25");
    let issued = json("status --round consumer-day --format json")["rounds"][0]["issued"].clone();
    assert_eq!(issued["date"], "2026-06-25", "{issued}");
    did("extend so-noi-vu --until 2026-12-02 --on 2026-11-24 --round annual");
    did("extend so-noi-vu --withdraw --round annual");
    did("extend so-noi-vu --until 2026-12-02 --on 2026-11-20 --round annual");
    let found = agency(&workspace, "--as-of 2026-11-26 status --all --format json", "so-noi-vu");
    assert_eq!(found["extended_until"], "2026-12-02");
}

#[test]
fn what_was_taken_back_is_not_to_be_mended() {
    let workspace = Workspace::of_repository();
    let doubts = || workspace.run("check --rule implausible-act").out.matches("implausible-act").count();
    let paper = "receive so-noi-vu --on 2026-11-18 --round annual --number";
    for (line, expected) in [
        (format!("{paper} 1342"), 1),
        ("receive so-noi-vu --withdraw --round annual".to_owned(), 0),
        (format!("{paper} 1343"), 1),
        ("issue consumer-day --number 600 --date 2026-06-25".to_owned(), 2),
        ("issue consumer-day --withdraw".to_owned(), 1),
    ] {
        let run = workspace.run(&line);
        assert_eq!((run.code, doubts()), (0, expected), "{line}: {}{}", run.out, run.err);
    }
}

#[test]
fn a_group_is_granted_more_time_at_once() {
    let workspace = Workspace::of_repository();
    let run = workspace.run("extend ubnd-cap-xa --until 2026-12-02 --number 12/SCT --round annual");
    assert_eq!((run.code, run.out.matches("Đã gia hạn cho").count()), (0, 75), "{}{}", run.out, run.err);
    let run = workspace.run("extend ubnd-cap-xa so-noi-vu --until 2026-12-03 --round annual");
    assert_eq!((run.code, run.out.matches("Đã gia hạn cho").count()), (0, 76), "{}{}", run.out, run.err);
    let due = workspace.run("--as-of 2026-12-01 status --format markdown").out;
    assert!(due.contains("| Gửi báo cáo (gia hạn): 50 cơ quan |"), "{due}");
}

#[test]
fn a_paper_that_is_told_again_with_more_is_one() {
    for (what, lines, acts, shown) in [
        ("its number later", ["", "--number 88/BC-UBND"], 2, 1),
        ("its number first", ["--number 88/BC-UBND", ""], 1, 1),
        ("its day of signing later", ["--number 88/BC-UBND", "--number 88/BC-UBND --date 2026-11-19"], 2, 1),
        ("its scan later", ["--number 88/BC-UBND", "--file scan.pdf"], 2, 1),
        ("its scan first", ["--file scan.pdf", "--number 88/BC–UBND"], 2, 1),
        ("the same", ["--number 88/BC-UBND", "--number 88/BC–UBND"], 1, 1),
        ("two numbers", ["--number 88/BC-UBND", "--number 89/BC-UBND"], 2, 2),
        ("two days", ["--number 88/BC-UBND", "--on 2026-11-21"], 2, 2),
        (
            "again later",
            ["--number 88/BC-UBND --date 2026-11-19", "--number 88/BC-UBND --date 2026-11-19 --on 2026-11-21"],
            1,
            1,
        ),
        (
            "earlier",
            ["--number 88/BC-UBND --date 2026-11-19 --on 2026-11-21", "--number 88/BC-UBND --date 2026-11-19"],
            2,
            2,
        ),
        ("again later, of no day", ["--number 88/BC-UBND", "--number 88/BC-UBND --on 2026-11-21"], 2, 2),
        ("two scans", ["--file scan.pdf", "--file other.pdf"], 2, 2),
    ] {
        let workspace = Workspace::of_communes(1);
        workspace.edit("plan/report.yaml", "{{ agency.tasks }}.\"", "{{ agency.paper }}.\"");
        workspace.write("scan.pdf", "%PDF");
        workspace.write("other.pdf", "%PDF-1.7");
        for line in lines {
            let on = if line.contains("--on") { "" } else { "--on 2026-11-20" };
            let run = workspace.run(&format!("receive xa-01 --round annual {on} {line}"));
            assert_eq!(run.code, 0, "{what}: {}{}", run.out, run.err);
        }
        let register = workspace.read("reports/annual/register.yaml");
        assert_eq!(register.matches("act: paper, agency: xa-01").count(), acts, "{what}: {register}");
        let history = workspace.run("show xa-01 --history --format markdown").out;
        assert_eq!(history.matches("Nhận bản giấy").count(), shown, "{what}: {history}");
        let scans: Vec<_> = history.lines().filter(|line| line.contains(": bản chụp ")).collect();
        let differ = scans.first() != scans.last() || scans.len() < 2;
        assert!(differ && lines.concat().contains("--file") != scans.is_empty(), "{what}: {history}");
        let found = agency(&workspace, "status --all --format json", "xa-01");
        assert_eq!(found["received"], "2026-11-20", "{what}");
        let told = workspace.run("remind xa-01 --round annual --within 30 --format text").out;
        assert_eq!(told.contains("88/BC"), lines.concat().contains("88/BC"), "{what}: {told}");
    }
}

#[test]
fn a_paper_without_data_is_received_and_asked_for_its_form() {
    let workspace = Workspace::of_repository();
    let line = "receive so-noi-vu --on 2026-11-20 --number 88/BC-SNV --date 2026-11-19 --round annual";
    assert_eq!(workspace.run(line).code, 0);
    let found = agency(&workspace, "status --all --format json", "so-noi-vu");
    assert_eq!((&found["timeliness"], &found["validity"]), (&Json::from("on_time"), &Json::from("paper_alone")));
    assert_eq!(found["received"], "2026-11-20");
    for line in ["show so-noi-vu --format markdown", "status --agency so-noi-vu --format markdown"] {
        let run = workspace.run(line);
        assert!(run.out.contains("đã nhận bản giấy, chưa nhập số liệu"), "{line}: {}", run.out);
    }
    let compiled = workspace.run("compile --round annual --format md -o -").out;
    assert!(compiled.contains("88/BC-SNV"), "{compiled}");
    // The summary, the body and the annex tell it in one way.
    for told in [
        "42/100 cơ quan phải báo cáo đã gửi, trong đó 01 cơ quan mới gửi bản giấy, chưa có số liệu; 58 cơ quan chưa gửi",
        "\nMột cơ quan mới gửi bản giấy, chưa có số liệu.\n",
        "Mới gửi bản giấy, chưa có số liệu: 1",
        "báo cáo kèm số liệu của cơ quan chủ trì",
    ] {
        assert!(compiled.contains(told), "{told}: {compiled}");
    }
    let brief = workspace.run("compile --round annual --brief --format md -o -").out;
    let told = "42/100 cơ quan phải báo cáo đã gửi (01 mới gửi bản giấy, chưa có số liệu).";
    assert!(brief.contains(told), "{brief}");
    let urged = workspace.run("remind --within 30 --format text").out;
    let told = "đã nhận được báo cáo bằng văn bản (88/BC-SNV ngày 19/11/2026) nhưng chưa nhận được số liệu";
    assert!(urged.contains(told) && !urged.contains("Sở Nội vụ: Sở Công Thương chưa nhận"), "{urged}");
    // The day before it came, nothing had come.
    let before = agency(&workspace, "--as-of 2026-11-19 status --all --format json", "so-noi-vu");
    assert_eq!((&before["timeliness"], &before["validity"]), (&Json::from("not_due"), &Json::Null));
}

#[test]
fn the_first_receipt_decides_whether_a_report_was_in_time() {
    let workspace = Workspace::of_repository();
    let late =
        workspace.read("reports/annual/so-y-te.yaml").replace("received: 2026-11-18", "received: 2026-12-02");
    workspace.write("reports/annual/so-y-te.yaml", late);
    let line = "--as-of 2026-12-03 status --all --format json";
    assert_eq!(agency(&workspace, line, "so-y-te")["timeliness"], "late");
    workspace.run("--as-of 2026-12-03 receive so-y-te --on 2026-11-27 --number 1342/BC-SYT --round annual");
    let found = agency(&workspace, line, "so-y-te");
    assert_eq!((&found["timeliness"], &found["validity"]), (&Json::from("on_time"), &Json::from("valid")));
}

#[test]
fn what_changes_after_the_report_was_sent_shows_as_such() {
    let workspace = Workspace::of_repository();
    let line = "issue consumer-day --number 201/BC-SCT --date 2026-06-29";
    let run = workspace.run(line);
    assert!(run.code == 0 && run.out.contains("số 201/BC-SCT ngày 29/6/2026"), "{}{}", run.out, run.err);
    let exit = |line: &str| workspace.run(line).code;
    assert_eq!(exit("status --round consumer-day --exit-code"), 0, "nothing of it is waited for");
    assert_eq!(exit("--as-of 2026-06-28 status --round consumer-day --exit-code"), 1, "the day before it was");
    let status = workspace.run("status").out.replace("\n    ", " ");
    assert!(status.contains("đã gửi báo cáo tổng hợp số 201/BC-SCT ngày 29/6/2026.\n"), "{status}");
    workspace.edit("reports/consumer-day/so-y-te.yaml", "inspections: 142", "inspections: 143");
    let status = workspace.run("status").out.replace("\n    ", " ");
    assert!(status.contains("báo cáo thay đổi sau khi gửi: Sở Y tế."), "{status}");
    // Nobody knows of a change without a day that it was there on a day that is past.
    let again = line.replace("201", "230").replace("06-29", "07-06");
    let run = workspace.run(&again);
    assert!(run.code == 0 && run.out.contains("sửa tay mà không ghi ngày: Sở YT."), "{}{}", run.out, run.err);
    workspace.edit("reports/consumer-day/so-y-te.yaml", "\ntasks:", "\n  - {date: 2026-07-01, note: A}\ntasks:");
    let run = workspace.run(&again);
    assert!(run.code == 0 && !run.out.contains("không ghi ngày"), "{}{}", run.out, run.err);
    let status = workspace.run("status").out.replace("\n    ", " ");
    assert!(status.contains("số 230/BC-SCT ngày 06/7/2026.\n") && !status.contains("sau khi gửi"), "{status}");
    // What was written down late is of the reports of its own day.
    let report = workspace.read("reports/annual/so-y-te.yaml");
    let corrected = report.replace("inspections: 318", "inspections: 319").replace("11-17}", "11-24}");
    workspace.write("in/a.yaml", corrected.replacen("1342/BC-SYT", "1350/BC-SYT", 1));
    let run = workspace.run("--as-of 2026-12-03 receive in --on 2026-11-25");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    for (day, told) in [("2026-11-24", "thay đổi sau khi gửi: Sở Y tế"), ("2026-11-25", "")] {
        let line = format!("--as-of 2026-12-03 issue annual --number 5/BC-SCT --date {day}");
        assert_eq!(workspace.run(&line).code, 0, "{day}");
        let status = workspace.run("--as-of 2026-12-03 status").out.replace("\n    ", " ");
        let is_told = status.contains("sau khi gửi");
        assert_eq!((status.contains(told), is_told), (true, !told.is_empty()), "{day}: {status}");
        assert_eq!(workspace.run("--as-of 2026-12-03 issue annual --withdraw").code, 0, "{day}");
    }
}

#[test]
fn what_else_counts_in_a_report_that_was_sent_shows_when_it_changes() {
    const AD_HOC: &str = "reports/ad-hoc/2026-08-05-xa-muong-la.yaml";
    for (what, file, old, new, told) in [
        ("a comment", AD_HOC, "illustrative: true", "# ghi chú\nillustrative: true", false),
        ("an ad hoc report", AD_HOC, "lập hai tổ kiểm tra", "lập ba tổ kiểm tra", true),
        ("an earlier round", "reports/consumer-day/so-y-te.yaml", "inspections: 142", "inspections: 143", true),
        ("a report of its own", "reports/annual/so-y-te.yaml", "inspections: 318", "inspections: 319", false),
    ] {
        let workspace = Workspace::of_repository();
        assert_eq!(workspace.run("--as-of 2026-12-03 issue annual --number 512/BC-SCT --date 2026-12-03").code, 0);
        let changed = || {
            let json: Json =
                serde_json::from_str(&workspace.run("--as-of 2026-12-03 status --format json").out).expect("JSON");
            json["rounds"][1]["issued"]["changed_beside"].clone()
        };
        assert_eq!(changed(), false, "{what}");
        workspace.edit(file, old, new);
        assert_eq!(changed(), told, "{what}");
        let status = workspace.run("--as-of 2026-12-03 status").out.replace("\n    ", " ");
        assert_eq!(
            status.contains("báo cáo đột xuất có thể tính vào thay đổi sau khi gửi"),
            told,
            "{what}: {status}"
        );
    }
}

#[test]
fn a_sent_report_of_who_is_not_asked_any_more_is_told() {
    const AGENCIES: &str = "plan/agencies.yaml";
    const HEALTH: &str = "  - id: so-y-te\n";
    let workspace = Workspace::of_repository();
    let run = |line: &str| workspace.run(&format!("--as-of 2026-12-03 {line}"));
    let issued = || -> Json {
        let json: Json = serde_json::from_str(&run("status --format json").out).expect("JSON");
        json["rounds"][1]["issued"].clone()
    };
    let line = "issue annual --number 512/BC-SCT --date 2026-12-03";
    assert_eq!(run(line).code, 0);
    assert_eq!((&issued()["changed"], &issued()["gone"]), (&serde_json::json!([]), &Json::from(0)));
    workspace.edit(AGENCIES, HEALTH, &format!("{HEALTH}    active: {{until: 2026-08-31}}\n"));
    assert_eq!((&issued()["changed"], &issued()["gone"]), (&serde_json::json!(["so-y-te"]), &Json::from(0)));
    // Whatever was recorded between, the same is not recorded twice.
    workspace.edit(AGENCIES, "    active: {until: 2026-08-31}\n", "");
    assert_eq!(run(&line.replace("512", "530")).code, 0);
    assert!(run(line).out.contains("đã ghi trong sổ trước đây"));
    // Of an earlier version's register nobody knows.
    workspace.write(
        "reports/annual/register.yaml",
        "- {act: issue, date: 2026-12-03, reports: {so-thuong-mai: v1-0123456789abcdef}}\n",
    );
    assert_eq!((&issued()["gone"], &issued()["changed_beside"]), (&Json::from(1), &Json::Null));
}

#[test]
fn a_difficulty_is_open_until_it_is_settled() {
    let workspace = Workspace::of_repository();
    let open = || -> Vec<Json> {
        let json: Json = serde_json::from_str(&workspace.run("difficulties --format json").out).expect("JSON");
        json["remarks"].as_array().expect("remarks").clone()
    };
    let before = open();
    let urgent = before.iter().find(|found| found["ad_hoc"] == true && found["kind"] == "difficulty").expect("one");
    let (id, text) = (urgent["id"].as_str().expect("an id"), urgent["text"].as_str().expect("a text"));
    let compiled = || workspace.run("compile --round annual --format md -o -").out;
    let words = text.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    assert!(compiled().contains(&words), "{words}");

    let line = format!("settle {id} --note Đã_trả_lời --number 915/STC-NS --on 2026-11-20");
    let run = workspace.run(&line);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(workspace.run(&line).out.contains("đã được ghi là giải quyết ngày 20/11/2026"));
    assert_eq!(open().len(), before.len() - 1);
    assert!(!compiled().contains(&words));
    // On the day before it was settled it was open.
    let then = workspace.run("--as-of 2026-11-19 difficulties --format json").out;
    assert!(then.contains(id), "{then}");
    assert_eq!(workspace.run("check --strict").code, 0);
    assert_eq!(workspace.run(&format!("settle {id} --withdraw")).code, 0);
    assert_eq!(open().len(), before.len());
    // Nothing is settled before it can have been raised, nor as what another says.
    let raised = urgent["since"].as_str().expect("a day");
    for (on, told) in [("2026-01-02", "trước ngày nội dung đó được nêu"), (raised, "")] {
        let run = workspace.run(&format!("settle {id} --note A --on {on}"));
        let is_told = !run.err.is_empty();
        assert_eq!((run.code, run.err.contains(told), is_told), (0, true, !told.is_empty()), "{on}: {}", run.err);
        assert!(workspace.run("check").out.contains(told), "{on}");
        assert_eq!(workspace.run(&format!("settle {id} --withdraw")).code, 0, "{on}");
    }
    let wrong = format!("{}0", &id[..7]);
    let wrong = if wrong == id { format!("{}1", &id[..7]) } else { wrong };
    let run = workspace.run(&format!("settle {wrong} --note a"));
    assert!(run.code == 2 && run.err.contains("không có khó khăn, kiến nghị nào mang mã"), "{}", run.err);
}

#[test]
fn an_id_is_no_number_and_one_of_before_that_was_is_still_known() {
    let workspace = Workspace::of_repository();
    let report = "reports/consumer-day/so-noi-vu.yaml";
    // Its digest begins with 0e401508: nought to a spreadsheet.
    let text = workspace.read(report) + "difficulties: [{text: thieu 71 can bo, cause: Chưa được giao}]\n";
    workspace.write(report, text.replace("difficulties: []\n", ""));
    let open = || workspace.run("difficulties --format csv").out;
    assert!(open().contains("ae401508") && !open().contains("0e401508"), "{}", open());
    let kept = "- {act: settle, agency: so-noi-vu, date: 2026-06-20, id: \"0e401508\", note: Đã_giao}\n";
    let register = "reports/consumer-day/register.yaml";
    workspace.write(register, kept);
    assert!(!open().contains("ae401508"));
    assert_eq!(workspace.run("check --strict").code, 0, "{}", workspace.run("check").out);
    let known = "đã được ghi là giải quyết ngày 20/6/2026";
    // What somebody adds to a settlement is not lost in silence.
    let other = format!("{known} (“Đã_giao”); chưa ghi gì thêm.");
    for (line, code, told) in [
        ("settle 0e401508 --note Đã_giao", 0, known),
        ("settle 0e401508 --note Đã_giao --on 2026-06-20", 0, known),
        ("settle 0e401508 --note a", 2, &other),
        ("settle 0e401508 --note Đã_giao --number 9/SCT", 2, &other),
        ("settle 0e401508 --note Đã_giao --on 2026-06-21", 2, &other),
        ("settle 0e401508 --withdraw", 0, "còn mở"),
        ("settle ae401508 --note a", 0, "Đã ghi ae401508 là đã giải quyết"),
    ] {
        let run = workspace.run(line);
        let said = if code == 0 { &run.out } else { &run.err };
        assert!(run.code == code && said.contains(told), "{line}: {}{}", run.out, run.err);
    }
}

#[test]
fn what_was_said_in_an_earlier_round_goes_on_with_its_age() {
    let workspace = Workspace::of_repository();
    let report = "reports/consumer-day/so-noi-vu.yaml";
    let text =
        workspace.read(report) + "difficulties:\n  - {text: Thiếu biên chế theo dõi, cause: Chưa được giao}\n";
    workspace.write(report, text.replace("difficulties: []\n", ""));
    assert_eq!(workspace.run("check").code, 0, "{}", workspace.run("check").out);
    let compiled = workspace.run("compile --round annual --format md -o -").out;
    let told = "Sở Nội vụ (nêu từ ngày 15/6/2026) | Thiếu biên chế theo dõi. Nguyên nhân: chưa được giao.";
    assert!(compiled.contains(told), "{compiled}");
    let early = workspace.run("compile --round consumer-day --format md -o -").out;
    assert!(early.contains("Sở Nội vụ | Thiếu biên chế theo dõi. Nguyên nhân: chưa được giao."), "{early}");
}

#[test]
fn only_what_was_accepted_goes_into_the_report_where_that_is_asked_for() {
    let workspace = Workspace::of_repository();
    // Nobody accepts an ad hoc report: without those, all that is accepted is all there is.
    std::fs::remove_dir_all(workspace.path("reports/ad-hoc")).expect("a folder");
    let body = |options: &str| {
        let run = workspace.run(&format!("compile --format md -o - {options}"));
        assert_eq!(run.code, 0, "{}", run.err);
        run.out
    };
    let (told, absent) = ("đã nhận 42 báo cáo, chưa duyệt báo cáo nào", "hợp lệ nào");
    let none = body("--accepted-only");
    assert!(none.contains(told) && !none.contains(absent), "{none}");
    assert_eq!(workspace.run("accept so-y-te toa-an so-tai-chinh").code, 0);
    workspace.edit("reports/annual/so-tai-chinh.yaml", "status: done", "status: in-progress");
    workspace.edit("reports/annual/toa-an.yaml", "agency:", "# Đã đối chiếu\nagency:");
    let some = body("--accepted-only");
    assert!(some.contains("tổng hợp từ 02 báo cáo đã duyệt trong 42 báo cáo nhận được"), "{some}");
    assert!(some.contains("40 báo cáo đã gửi, chưa duyệt, chưa đưa vào số liệu"), "{some}");
    assert!(some.contains("Hai cơ quan nêu 03 khó khăn."), "{some}");
    assert!(!some.to_lowercase().contains("chưa có báo cáo của"), "{some}");
    let run = workspace.run("compile --accepted-only --format json -o -");
    assert_eq!(run.code, 0, "{}", run.err);
    let json: Json = serde_json::from_str(&run.out).expect("JSON");
    let included =
        json["submissions"].as_array().expect("submissions").iter().filter(|found| found["included"] == true);
    let ids: Vec<&str> = included.filter_map(|found| found["agency"].as_str()).collect();
    assert_eq!(ids, ["so-y-te", "toa-an"], "what was changed since is not accepted, a comment changes nothing");
    assert!(run.err.contains("báo cáo chưa duyệt để ngoài"), "{}", run.err);
    assert!(run.out.contains("báo cáo thay đổi sau khi duyệt: Sở Tài chính"), "{}", run.out);
    let status = workspace.run("status --format markdown").out;
    assert!(status.contains("báo cáo thay đổi sau khi duyệt: Sở Tài chính."), "{status}");
    assert!(status.contains("đã duyệt 2 trên 42 báo cáo hợp lệ"), "{status}");
    for round in ["annual", "consumer-day"] {
        workspace.run(&format!("accept --all --with-warnings --round {round}"));
    }
    assert_eq!(body("--accepted-only"), body(""), "all accepted");
}

#[test]
fn nothing_is_written_of_a_day_that_has_not_come() {
    let workspace = Workspace::of_repository();
    let id = {
        let json: Json = serde_json::from_str(&workspace.run("difficulties --format json").out).expect("JSON");
        json["remarks"][0]["id"].as_str().expect("an id").to_owned()
    };
    let before = workspace.contents();
    for line in [
        "issue annual --number 512/BC-SCT --date 2026-11-24".to_owned(),
        "extend so-noi-vu --until 2026-12-02 --on 2026-11-24 --round annual".to_owned(),
        format!("settle {id} --note x --on 2026-11-24"),
        "receive so-noi-vu --on 2026-11-24 --round annual".to_owned(),
        "receive reports --on 2026-11-24".to_owned(),
    ] {
        let run = workspace.run(&line);
        assert!(run.code == 2 && run.err.contains("ngày 24/11/2026 chưa đến"), "{line}: {}{}", run.out, run.err);
        assert!(
            workspace.contents().iter().all(|(file, text)| file == ".plan.lock" || before.get(file) == Some(text))
        );
    }
    let run = workspace.run("receive so-noi-vu --on 2026-11-20 --date 2026-11-21 --round annual");
    assert!(run.code == 2 && run.err.contains("ngày 21/11/2026 sau ngày nhận 20/11/2026"), "{}", run.err);
    // What is looked at as if it were later may be written as of then; and today is a day that has come.
    for line in [
        "--as-of 2026-11-24 issue annual --number 512/BC-SCT --date 2026-11-24".to_owned(),
        "extend so-noi-vu --until 2026-12-02 --on 2026-11-23 --round annual".to_owned(),
        format!("settle {id} --note x"),
        "receive so-noi-vu --on 2026-11-23 --date 2026-11-23 --round annual".to_owned(),
    ] {
        let run = workspace.run(&line);
        assert_eq!(run.code, 0, "{line}: {}", run.err);
    }
}

#[test]
fn a_report_that_was_not_sent_after_all_is_waited_for_again() {
    let workspace = Workspace::of_repository();
    let exit = || workspace.run("status --round consumer-day --exit-code").code;
    let issue = "issue consumer-day --number";
    let sent = |number: &str, day: &str| format!("{issue} {number}/BC-SCT --date 2026-{day}");
    // The last is taken back, by what it was: its number, and its day.
    for (line, code, told, overdue) in [
        ("issue consumer-day --withdraw", 2, "chưa ghi là đã gửi báo cáo tổng hợp kỳ Ngày 15/3", 1),
        (&sent("201", "06-29"), 0, "gửi báo cáo tổng hợp kỳ Ngày 15/3", 0),
        ("issue consumer-day --withdraw --number 201/BC-SCT", 2, "--withdraw", 0),
        (&sent("230", "07-06"), 0, "gửi lại báo cáo tổng hợp", 0),
        (&sent("203", "07-06"), 0, "gửi lại báo cáo tổng hợp", 0),
        (
            "issue consumer-day --withdraw",
            0,
            "số 203/BC-SCT ngày 06/7/2026; còn lần gửi số 230/BC-SCT ngày 06/7/2026.",
            0,
        ),
        (
            "issue consumer-day --withdraw",
            0,
            "số 230/BC-SCT ngày 06/7/2026; còn lần gửi số 201/BC-SCT ngày 29/6/2026.",
            0,
        ),
        (&sent("230", "07-06"), 0, "gửi lại báo cáo tổng hợp", 0),
        (
            "issue consumer-day --withdraw",
            0,
            "số 230/BC-SCT ngày 06/7/2026; còn lần gửi số 201/BC-SCT ngày 29/6/2026.",
            0,
        ),
        (
            "issue consumer-day --withdraw",
            0,
            "số 201/BC-SCT ngày 29/6/2026; kỳ Ngày 15/3 chưa gửi báo cáo tổng hợp.",
            1,
        ),
        ("issue consumer-day --withdraw", 2, "chưa ghi là đã gửi báo cáo tổng hợp kỳ Ngày 15/3", 1),
        ("issue consumer-day", 2, "--number", 1),
    ] {
        let run = workspace.run(line);
        assert!(
            run.code == code && format!("{}{}", run.out, run.err).contains(told),
            "{line}: {}{}",
            run.out,
            run.err
        );
        assert_eq!(exit(), overdue, "{line}");
        // Who did not send is named all the same, as overdue only where anybody waits.
        let status = workspace.run("status --format markdown").out;
        let lists = ["QUÁ HẠN 167 NGÀY, CHƯA GỬI", "ĐÃ GỬI BÁO CÁO TỔNG HỢP, CÒN CHƯA GỬI"];
        let named = lists.map(|list| {
            status.contains(&format!("## {list} – kỳ Ngày 15/3: 43 cơ quan\n\nBộ đội Biên phòng tỉnh;"))
        });
        assert_eq!(named, [overdue == 1, overdue == 0], "{line}: {status}");
    }
    let check = workspace.run("check reports/consumer-day/register.yaml");
    assert!(check.code == 0 && !check.out.contains("cảnh báo"), "{}", check.out);
    // As it was written down before: whichever day, all of them.
    let register = workspace.read("reports/consumer-day/register.yaml");
    let all = register.replace("of_date: 2026-07-06, number: \"203/BC-SCT\"}", "note: \"Rút\"}");
    assert_ne!(register, all);
    workspace.write("reports/consumer-day/register.yaml", all);
    assert_eq!(exit(), 1);
}

#[test]
fn a_sending_before_the_last_and_a_number_of_another_round_are_noticed() {
    let workspace = Workspace::of_repository();
    const BEFORE: &str = "sổ đã có lần gửi số 512/BC-SCT ngày 03/12/2026, sau ngày 02/12/2026";
    const ELSEWHERE: &str = "số 512/BC-SCT đã ghi cho báo cáo tổng hợp kỳ Năm 2026 ngày 03/12/2026";
    for (line, said, noticed) in [
        ("annual --number 512/BC-SCT --date 2026-12-03", "sổ: gửi báo cáo tổng hợp", ""),
        ("annual --number 530/BC-SCT --date 2026-12-02", "sổ: gửi báo cáo tổng hợp", BEFORE),
        ("annual --withdraw", "còn lần gửi số 512/BC-SCT", ""),
        ("annual --number 531/BC-SCT --date 2026-12-03", "sổ: gửi lại báo cáo tổng hợp", ""),
        ("consumer-day --number 513/BC-SCT --date 2026-12-03", "sổ: gửi báo cáo tổng hợp", ""),
        ("consumer-day --number 512/BC-SCT --date 2026-12-03", "sổ: gửi lại báo cáo tổng hợp", ELSEWHERE),
    ] {
        let run = workspace.run(&format!("--as-of 2026-12-05 issue {line}"));
        assert!(run.code == 0 && run.out.contains(said), "{line}: {}{}", run.out, run.err);
        assert_eq!(
            (run.err.contains(noticed), run.err.contains("lưu ý")),
            (true, !noticed.is_empty()),
            "{line}: {}",
            run.err
        );
    }
}

#[test]
fn what_is_doubtful_of_an_act_is_said_as_soon_as_it_is_written() {
    let workspace = Workspace::of_repository();
    for (line, told) in [
        ("issue annual --number abc --date 2026-12-03", "số văn bản “abc” không có dạng"),
        ("issue annual --number 512/BC-SCT --date 2026-12-01", ""),
        ("issue annual --number 512/BC-SCT --date 2026-12-03", "đã ghi cho báo cáo tổng hợp ngày 01/12/2026"),
        ("issue annual --number 530/BC-SCT --date 2026-12-03", ""),
        ("issue annual --withdraw", ""),
        ("issue consumer-day --number 9/BC-SCT --date 2026-03-20", "trước ngày chốt số liệu của kỳ (31/5/2026)"),
        ("issue consumer-day --number 10/BC-SCT --date 2026-06-20", ""),
        ("extend so-y-te --until 2026-12-10 --number 12/SCT-QLTM", ""),
        ("extend so-y-te --until 2026-12-11 --number =1+1", "Sở Y tế: số văn bản “=1+1” không có dạng"),
        ("extend so-y-te --until 2027-12-11 --number 13/SCT-QLTM", "hơn hai tháng sau hạn gửi báo cáo tổng hợp"),
        ("receive xa-bac-yen --on 2026-11-18 --number 0,5", "UBND xã Bắc Yên: số văn bản “0,5” không có dạng"),
        ("receive xa-bac-yen --on 2026-11-19 --number 5/BC-UBND", ""),
        ("accept so-y-te", ""),
        ("accept so-y-te --withdraw", ""),
    ] {
        let run = workspace.run(&format!("--as-of 2026-12-05 {line}"));
        assert_eq!(run.code, 0, "{line}: {}", run.err);
        let is_told = run.err.contains("cảnh báo") || !told.is_empty();
        assert_eq!((run.err.contains(told), is_told), (true, !told.is_empty()), "{line}: {}", run.err);
    }
    let late = "sau ngày cuối gửi báo cáo tổng hợp (04/12/2026)";
    let sent = "đã gửi báo cáo kỳ Năm 2026: Sở Y tế (ngày 18/11/2026); hạn mới";
    for (line, told) in [
        ("mttq --until 2026-12-12", vec!["không bắt buộc gửi báo cáo", late]),
        ("so-noi-vu --until 2026-12-05", vec![late]),
        ("cong-an --until 2026-12-04", vec![]),
        ("so-noi-vu so-y-te --until 2026-12-30", vec![late, sent]),
        ("so-y-te --withdraw", vec![]),
        ("ubnd-cap-xa --until 2026-12-04", vec![" và 21 cơ quan khác; hạn mới"]),
    ] {
        let run = workspace.run(&format!("extend {line} --round annual"));
        assert_eq!((run.code, run.err.lines().count()), (0, told.len()), "{line}: {}", run.err);
        assert!(told.iter().all(|told| run.err.contains(told)), "{line}: {}", run.err);
    }
}
