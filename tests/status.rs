//! `plan status` in every view and format, on copies of the repository's data.

use crate::common;

use common::{Run, Workspace};
use plan::Environment;
use serde_json::Value as Json;

const VIEWS: [&str; 9] = [
    "status",
    "status --all",
    "status --overdue",
    "status --round annual",
    "status --agency so-cong-thuong",
    "status --task VII.1",
    "status --group III",
    "status --group VII",
    "status --group ubnd-cap-xa",
];

fn json(run: &Run) -> Json {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error} in {}", run.out))
}

fn items(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn no_view_is_wider_than_the_terminal() {
    let workspace = Workspace::of_repository();
    let mut wide = Vec::new();
    for view in VIEWS {
        let run = workspace.run(view);
        let lines = run.out.lines().map(|line| line.chars().count());
        wide.extend(lines.filter(|columns| *columns > 100).map(|columns| (view, columns)));
    }
    assert_eq!(wide, []);
}

#[test]
fn a_small_screen_shows_what_matters_first() {
    let workspace = Workspace::of_repository();
    let on = |width, height, line: &str| {
        let screen = Environment { width, height, terminal: true, ..common::environment(workspace.root()) };
        common::run(&screen, line).out
    };
    let whole = |line: &str| on(80, None, line);
    for day in ["2026-03-01", "2026-06-08", "2026-11-23", "2026-12-03", "2026-12-20"] {
        let line = format!("--as-of {day} status");
        let first = on(80, Some(24), &line);
        assert!(first.lines().count() < 24 && whole(&line).lines().count() >= 24, "{first}");
        for told in [
            "HẠN SẮP TỚI",
            "TIẾN ĐỘ GỬI BÁO CÁO",
            " nhiệm vụ: ",
            "VIỆC TIẾP THEO\n  plan ",
            "plan status --overdue",
        ] {
            assert!(first.contains(told), "{told}: {first}");
        }
    }
    let late = on(80, Some(24), "--as-of 2026-12-20 status --round annual");
    let told = "  Kỳ Năm 2026: QUÁ HẠN 16 NGÀY, CHƯA GỬI BÁO CÁO TỔNG HỢP – hết Thứ Sáu 04/12\n";
    assert!(late.contains(told) && late.contains("plan issue annual"), "{late}");
    let overdue = on(80, Some(24), "--as-of 2026-12-03 status");
    assert!(overdue.contains("QUÁ HẠN 4 NGÀY, CHƯA GỬI – kỳ Năm 2026: 59 cơ quan\n"), "{overdue}");
    assert!(overdue.contains("plan remind (đôn đốc); plan compile"), "{overdue}");
    // One more list, of those whose deadline was moved.
    workspace.run("--as-of 2026-12-03 extend so-noi-vu --until 2026-12-10 --round annual");
    let extended = on(80, Some(24), "--as-of 2026-12-03 status");
    assert!(extended.lines().count() < 24 && extended.contains("58 cơ quan\n"), "{extended}");
    assert!(
        extended.contains("  SẮP ĐẾN HẠN (CÒN 6 NGÀY LÀM VIỆC), CHƯA GỬI – kỳ Năm 2026: 1 cơ quan"),
        "{extended}"
    );
    assert!(!extended.contains("(gia hạn)"), "{extended}");
    workspace.run("--as-of 2026-12-03 extend so-noi-vu --until 2026-12-20 --round annual");
    let extended = on(80, Some(24), "--as-of 2026-12-03 status");
    assert!(extended.lines().count() < 24 && extended.contains("gửi báo cáo (gia hạn): Sở Nội vụ –"), "{extended}");
    // A screen that takes the whole has it, and so has what goes to a file or another program.
    assert_eq!(on(80, Some(80), "status"), whole("status"));
    assert_eq!(on(80, Some(24), "status --all"), whole("status --all"));
    on(80, Some(24), "status -o first.txt");
    on(80, None, "status -o whole.txt");
    assert_eq!(workspace.read("first.txt"), workspace.read("whole.txt"));
}

#[test]
fn a_round_a_month_fits_a_small_screen() {
    let workspace = Workspace::without_reports();
    let round = |month: u32| {
        format!(
            "  - id: thang-{month}\n    name: Tháng {month}\n    short_name: Tháng {month}\n    title: Kết quả tháng {month}\n    \
             as_worded: {{agencies: trước ngày 20/{month:02}/2026, consolidated: trước ngày 25/{month:02}/2026}}\n    \
             agencies_before: 2026-{month:02}-20\n    consolidated_before: 2026-{month:02}-25\n    \
             data_from: 2026-{month:02}-01\n    data_to: 2026-{month:02}-15\n"
        )
    };
    workspace.write(
        "plan/rounds.yaml",
        format!(
            "ad_hoc: {{id: ad-hoc, name: Báo cáo đột xuất}}\nrounds:\n{}",
            (1..=12).map(round).collect::<String>()
        ),
    );
    let screen = Environment { height: Some(24), terminal: true, ..common::environment(workspace.root()) };
    for (day, told, untold) in [
        ("2026-01-03", ["Tháng 1  ", "Và 9 kỳ khác: plan status --all\n"], "Tháng 4"),
        (
            "2026-03-10",
            ["CHƯA GỬI BÁO CÁO TỔNG HỢP – hết Thứ Ba 24/02", "Và 9 kỳ khác: plan status --all\n"],
            "kỳ nữa",
        ),
        (
            "2026-09-10",
            [
                "Và 7 kỳ nữa: Tháng 2, ",
                "Và 9 kỳ khác, trong đó 6 kỳ quá hạn, còn thiếu báo cáo: plan status --all\n",
            ],
            "Tháng 10",
        ),
        ("2026-12-10", ["Tháng 12  ", "trong đó 9 kỳ quá hạn"], "Tháng 13"),
    ] {
        let first = common::run(&screen, &format!("--as-of {day} status")).out;
        assert!(first.lines().count() < 24 && !first.contains(untold), "{first}");
        assert_eq!(
            told.iter().filter(|told| !first.contains(**told)).collect::<Vec<_>>(),
            [] as [&&str; 0],
            "{first}"
        );
    }
}

#[test]
fn a_bare_plan_shows_the_overview() {
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run("").out, workspace.run("status").out);
}

#[test]
fn an_empty_reports_folder_is_as_good_as_none() {
    let (without, empty) = (Workspace::without_reports(), Workspace::without_reports());
    std::fs::create_dir(empty.path("reports")).expect("a folder");
    assert_eq!(empty.run("status").out, without.run("status").out);
}

#[test]
fn an_invalid_report_changes_no_other_agency() {
    let (whole, broken) = (Workspace::of_repository(), Workspace::of_repository());
    broken.edit("reports/annual/so-y-te.yaml", "agency: so-y-te", "agency: \"so-y-te");
    let agencies = |workspace: &Workspace| -> Vec<Json> {
        let status = json(&workspace.run("status --round annual --format json"));
        items(&status["rounds"][0]["agencies"]).to_vec()
    };
    let (before, after) = (agencies(&whole), agencies(&broken));
    let changed: Vec<&Json> =
        before.iter().zip(&after).filter(|(before, after)| before != after).map(|(_, after)| after).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert_eq!((&changed[0]["id"], &changed[0]["validity"]), (&"so-y-te".into(), &"invalid".into()));
}

#[test]
fn overdue_begins_at_midnight_of_the_day_in_the_plan() {
    let workspace = Workspace::of_repository();
    for (line, code) in [
        ("--round consumer-day --as-of 2026-06-09", 0),
        ("--round consumer-day --as-of 2026-06-10", 1),
        ("--round annual --as-of 2026-11-29", 0),
        ("--round annual --as-of 2026-11-30", 1),
        // Two tasks are due by the end of the year, and one of them is not done.
        // The office's own report came; what it makes of all is due by 29/6.
        ("--round consumer-day --agency so-cong-thuong --as-of 2026-06-29", 0),
        ("--round consumer-day --agency so-cong-thuong --as-of 2026-06-30", 1),
        ("--round consumer-day --agency so-y-te --as-of 2026-06-30", 0),
        ("--round annual --task IV.2 --as-of 2026-12-31", 0),
        ("--round annual --task IV.2 --as-of 2027-01-01", 1),
    ] {
        assert_eq!(workspace.run(&format!("status --exit-code {line}")).code, code, "{line}");
    }
}

#[test]
fn a_late_consolidated_report_is_told_until_its_sending_is_recorded() {
    let workspace = Workspace::of_repository();
    let issued = || workspace.run("--as-of 2026-12-06 issue annual --number 512/BC-SCT --date 2026-12-06").code;
    for (is_issued, day, days) in [
        (false, "2026-12-04", None),
        (false, "2026-12-05", Some(1)),
        (false, "2026-12-07", Some(3)),
        (true, "2026-12-05", Some(1)),
        (true, "2026-12-07", None),
    ] {
        if is_issued {
            assert_eq!(issued(), 0);
        }
        let line = |view: &str| workspace.run(&format!("--as-of {day} {view} --format markdown")).out;
        for view in ["", "--all", "--overdue", "--agency so-cong-thuong"] {
            let out = line(&format!("status --round annual {view}"));
            let told = days.map(|days| format!("| Thứ Sáu 04/12 | Thứ Sáu 04/12 | quá {days} ngày |\n"));
            assert!(told.is_none_or(|told| out.contains(&told)), "{day} {view}: {out}");
            let headed = out.contains("QUÁ HẠN GỬI BÁO CÁO TỔNG HỢP");
            assert_eq!(headed, days.is_some() && !view.is_empty(), "{day} {view}: {out}");
            assert_eq!(out.contains("HẠN ĐÃ QUÁ"), days.is_some() && view.is_empty(), "{day} {view}: {out}");
        }
        let own = format!("quá {} ngày |", days.unwrap_or(0));
        assert_eq!(line("show annual").contains(&own), days.is_some(), "{day}");
        // Nobody else is late with it.
        assert!(!line("status --agency so-y-te").contains("TỔNG HỢP"), "{day}");
        let found = json(&workspace.run(&format!("--as-of {day} status --round annual --format json")));
        assert_eq!(found["rounds"][0]["consolidated_days_late"], Json::from(days), "{day}");
    }
}

/// What comes by then can be sent as a supplement.
#[test]
fn who_was_given_more_time_has_it_after_the_report_was_sent() {
    let workspace = Workspace::of_repository();
    workspace.run("--as-of 2026-12-03 extend so-noi-vu --until 2026-12-10 --round annual");
    workspace.run("--as-of 2026-12-04 issue annual --number 512/BC-SCT --date 2026-12-04");
    let screen = Environment { height: Some(24), terminal: true, ..common::environment(workspace.root()) };
    for (day, whole, first) in [
        (
            "2026-12-04",
            "| Gửi báo cáo (gia hạn): Sở Nội vụ |",
            "gửi báo cáo (gia hạn): Sở Nội vụ – hết Thứ Năm 10/12",
        ),
        (
            "2026-12-10",
            "| Gửi báo cáo (gia hạn): Sở Nội vụ |",
            "gửi báo cáo (gia hạn): Sở Nội vụ – hết Thứ Năm 10/12",
        ),
        ("2026-12-11", "Mọi hạn gửi báo cáo đã qua.", "Không còn hạn nào."),
    ] {
        let line = format!("--as-of {day} status --round annual");
        let (whole_out, first_out) =
            (workspace.run(&format!("{line} --format markdown")).out, common::run(&screen, &line).out);
        assert!(whole_out.contains(whole), "{day}: {whole_out}");
        assert!(first_out.contains(first), "{day}: {first_out}");
    }
    workspace.run("--as-of 2026-12-04 extend so-noi-vu --withdraw --round annual");
    let out = workspace.run("--as-of 2026-12-04 status --round annual").out;
    assert!(out.contains("Không còn hạn nào: đã gửi báo cáo tổng hợp."), "{out}");
}

#[test]
fn a_task_that_another_round_tells_as_done_is_not_among_the_overdue() {
    const EARLY: &str = "reports/consumer-day/bao-ptth.yaml";
    const ANNUAL: &str = "reports/annual/bao-ptth.yaml";
    for (early, annual, is_told) in [
        ("done", None, false),
        ("in-progress", None, true),
        ("done", Some("in-progress"), true),
        ("in-progress", Some("done"), false),
        ("in-progress", Some("in-progress"), true),
    ] {
        let workspace = Workspace::of_repository();
        let tasks = workspace.read("plan/tasks/II.yaml");
        let at = tasks.find("    time:").expect("the time of II.1");
        let end = at + tasks[at..].find('\n').expect("an end");
        let due = "    time: {as_worded: trước ngày 01/8/2026, due: 2026-07-31}";
        workspace.write("plan/tasks/II.yaml", format!("{}{due}{}", &tasks[..at], &tasks[end..]));
        let told = |path: &str, was: &str, status: &str| {
            workspace.edit(path, &format!("II.1:\n    status: {was}\n"), &format!("II.1:\n    status: {status}\n"));
        };
        told(EARLY, "in-progress", early);
        match annual {
            Some(status) => told(ANNUAL, "done", status),
            None => std::fs::remove_file(workspace.path(ANNUAL)).expect("removed"),
        }
        for command in ["status --overdue", "status --overdue --round annual"] {
            let run = workspace.run(&format!("--as-of 2026-12-03 {command}"));
            // Of one round alone what it says counts.
            let alone = command.ends_with("annual") && annual.is_none();
            let found = run.out.split("NHIỆM VỤ QUÁ HẠN").nth(1).is_some_and(|tasks| tasks.contains("II.1"));
            assert_eq!(found, is_told || alone, "{early}, {annual:?}: {command}: {}", run.out);
        }
    }
}

#[test]
fn csv_is_what_rfc_4180_says() {
    let workspace = Workspace::of_repository();
    for view in VIEWS {
        let csv = workspace.run(&format!("{view} --format csv")).out;
        let rows = csv_rows(csv.trim_start_matches('\u{feff}'));
        let uneven = rows.iter().find(|row| row.len() != rows[0].len());
        assert_eq!(uneven, None, "{view}");
    }
}

#[test]
fn csv_and_json_tell_the_same() {
    let workspace = Workspace::of_repository();
    let status = json(&workspace.run("status --all --format json"));
    let agencies = items(&status["rounds"])
        .iter()
        .flat_map(|round| items(&round["agencies"]).iter().map(move |agency| (&round["id"], agency)));
    let expected: Vec<[&str; 3]> = agencies
        .map(|(round, agency)| {
            [round, &agency["id"], &agency["received"]].map(|value| value.as_str().unwrap_or_default())
        })
        .collect();

    let csv = workspace.run("status --all --format csv").out;
    let rows = csv_rows(csv.trim_start_matches('\u{feff}'));
    let titles = ["Kỳ", "Mã cơ quan", "Ngày nhận"];
    let columns = titles.map(|title| rows[0].iter().position(|other| other == title).expect(title));
    let found: Vec<[&str; 3]> = rows[1..].iter().map(|row| columns.map(|column| row[column].as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_row_of_a_markdown_table_has_every_cell() {
    let workspace = Workspace::of_repository();
    let cells = |row: &str| row.replace("\\|", "").matches('|').count();
    for view in VIEWS {
        let markdown = workspace.run(&format!("{view} --format markdown")).out;
        for table in markdown.split("\n\n").filter(|block| block.starts_with('|')) {
            let first = table.lines().next().map(cells);
            let uneven = table.lines().find(|row| Some(cells(row)) != first);
            assert_eq!(uneven, None, "{view}");
        }
    }
}

#[test]
fn every_view_is_a_page_with_the_banner() {
    let workspace = Workspace::of_repository();
    for view in VIEWS {
        let run = workspace.run(&format!("{view} --format html"));
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{view}");
        assert!(run.out.starts_with("<!doctype html>") && run.out.ends_with("</html>\n"), "{view}");
        assert!(run.out.contains("DỮ LIỆU MINH HỌA"), "{view}");
    }
}

/// Strictly: CRLF after every record, quotes doubled inside quotes.
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {
                assert_eq!(chars.next(), Some('\n'), "a lone carriage return");
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            '\n' if !quoted => panic!("a lone line feed"),
            c => field.push(c),
        }
    }
    assert!(row.is_empty() && field.is_empty() && !quoted, "the last record does not end");
    rows
}

#[test]
fn what_did_not_arise_is_never_counted_with_what_does_not_apply() {
    for (status, title, words) in [
        ("nothing-arose", "phát sinh", "; 01 nhiệm vụ không phát sinh."),
        ("not-applicable", "áp dụng", "; 01 nhiệm vụ không áp dụng."),
    ] {
        let workspace = Workspace::of_repository();
        workspace.write(
            "reports/annual/ngan-hang.yaml",
            format!(
                "agency: ngan-hang\nround: annual\ndocument: {{number: 9/BC-KV3, date: 2026-11-17}}\nreceived: 2026-11-18\n\
                 tasks:\n  II.5: {{status: {status}, reason: Không có hoạt động nào trong năm}}\n  III.9: {{status: done, results: Đã \
                 giám sát 12 tổ chức tín dụng.}}\n"
            ),
        );
        workspace.edit("reports/consumer-day/ngan-hang.yaml", "financial_education: 21", "financial_education: 0");
        let screen = workspace.run("status").out;
        let other = if title == "áp dụng" { "phát sinh" } else { "áp dụng" };
        assert!(screen.contains(title) && !screen.contains(other), "{status}: {screen}");
        let report = workspace.run("compile --skip-invalid --format md -o -").out;
        assert!(report.contains(words), "{status}: {report}");
        let page = workspace.run("compile --skip-invalid --format html -o -").out;
        assert!(page.contains(&format!("không {title} 1")), "{status}");
    }
}

#[test]
fn the_page_of_each_morning_begins_with_the_note_for_who_signs() {
    let workspace = Workspace::of_repository();
    let run = workspace.run("status -o index.html");
    assert_eq!(run.code, 0, "{}", run.err);
    let page = workspace.read("index.html");
    // The next morning's takes its place, unless somebody changed it.
    assert_eq!(workspace.run("status -o index.html --as-of 2026-11-24").code, 0);
    assert_eq!(workspace.run("status -o index.html").code, 0);
    workspace.write("index.html", &(page.clone() + "<!-- -->"));
    assert_eq!(workspace.run("status -o index.html").code, 2);
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(at("PHIẾU TRÌNH LÃNH ĐẠO SỞ</") < at("HẠN SẮP TỚI</h"));
    // Of the round that is asked for.
    let sent = "57/100 cơ quan phải báo cáo đã gửi";
    assert!(!page.contains(sent));
    assert!(workspace.run("status --round consumer-day --format html -o -").out.contains(sent));
    for line in ["status", "status --overdue --format html -o -", "status --format markdown -o -"] {
        assert!(!workspace.run(line).out.contains("PHIẾU TRÌNH"), "{line}");
    }
}

#[test]
fn what_is_above_a_workspace_is_not_it() {
    let workspace = Workspace::of_repository();
    for (folder, code) in [("..", 2), ("reports/../..", 2), ("plan/..", 0), ("reports/annual", 0), (".", 0)] {
        let run = workspace.run(&format!("-C {folder} status"));
        assert_eq!(run.code, code, "{folder}: {}", run.err);
    }
}
