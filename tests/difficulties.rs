//! `plan difficulties`: what is open, since when, and to whom it is addressed.

use crate::common;

use common::{Run, Workspace};
use serde_json::Value as Json;

/// A report of Sở Y tế that says nothing but these remarks.
fn report(round: &str, day: &str, remarks: &str) -> String {
    let head = match round {
        "ad-hoc" => format!("date: {day}\nsubject: Tình hình khẩn\ntasks: {{}}\n"),
        _ => {
            let entry = |task| format!("  {task}: {{status: nothing-arose, reason: Chưa có việc}}\n");
            format!("tasks:\n{}", ["I.1", "I.3", "III.5", "VI.1"].map(entry).concat())
        }
    };
    format!(
        "agency: so-y-te\nround: {round}\ndocument: {{number: 12/BC-SYT, date: {day}}}\nreceived: {day}\n{head}{remarks}"
    )
}

fn remarks(run: &Run) -> Vec<Json> {
    assert_eq!(run.code, 0, "{}", run.err);
    let json: Json = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error} in {}", run.out));
    json["remarks"].as_array().cloned().unwrap_or_default()
}

fn texts(remarks: &[Json]) -> Vec<(&str, &str, bool)> {
    remarks
        .iter()
        .filter_map(|remark| {
            Some((remark["text"].as_str()?, remark["since"].as_str()?, remark["ad_hoc"].as_bool()?))
        })
        .collect()
}

/// Two rounds and an ad hoc report: one remark in all, one only in the earlier round, some in one alone.
fn workspace() -> Workspace {
    let workspace = Workspace::without_reports();
    workspace.write(
        "reports/consumer-day/so-y-te.yaml",
        report("consumer-day", "2026-06-01", "difficulties:\n  - text: Thiếu  người.\n  - text: Đã xong rồi\n"),
    );
    workspace.write(
        "reports/annual/so-y-te.yaml",
        report(
            "annual",
            "2026-11-18",
            "difficulties:\n  - {text: thiếu người, cause: Chưa tuyển, task: I.1}\n  - text: Thiếu xe\n\
             recommendations:\n  - {to: ubnd-tinh, text: Bố trí xe, task: II.2}\n  - {to: bo-cong-thuong, text: Bố trí xe}\n  \
             - text: Không nêu nơi nhận\n",
        ),
    );
    workspace.write(
        "reports/ad-hoc/2026-08-05-so-y-te.yaml",
        report(
            "ad-hoc",
            "2026-08-05",
            "difficulties:\n  - text: Thiếu thuốc\nrecommendations:\n  - {to: ubnd-tinh, text: Cấp thuốc}\n",
        ),
    );
    workspace
}

#[test]
fn ad_hoc_reports_come_first_and_since_is_the_earliest_report_that_says_so() {
    let found = remarks(&workspace().run("difficulties --format json"));
    assert_eq!(
        texts(&found),
        [
            ("Thiếu thuốc", "2026-08-05", true),
            ("Cấp thuốc", "2026-08-05", true),
            ("Thiếu xe", "2026-11-18", false),
            ("Bố trí xe", "2026-11-18", false),
            ("Bố trí xe", "2026-11-18", false),
            ("Không nêu nơi nhận", "2026-11-18", false),
            ("thiếu người", "2026-06-01", false),
            // Nobody says that it is over.
            ("Đã xong rồi", "2026-06-01", false),
        ]
    );
    let old = &found[6];
    assert_eq!((&old["cause"], &old["task"]), (&"Chưa tuyển".into(), &"I.1".into()));
    assert_eq!(old["reports"].as_array().map(Vec::len), Some(2), "{old}");
    assert_eq!(found[3]["task"], "II.2", "a recommendation's task is kept too");
}

#[test]
fn options_narrow_the_list() {
    let workspace = workspace();
    for (options, expected) in [
        ("--to ubnd-tinh", vec!["Cấp thuốc", "Bố trí xe"]),
        ("--to bo-cong-thuong", vec!["Bố trí xe"]),
        ("--to so-cong-thuong", vec![]),
        ("--new-since 2026-11-18", vec!["Thiếu xe", "Bố trí xe", "Bố trí xe", "Không nêu nơi nhận"]),
        ("--new-since 2026-11-19", vec![]),
        ("--new-since 2026-08-05 --to ubnd-tinh", vec!["Cấp thuốc", "Bố trí xe"]),
        // The day of the view counts: the annual report had not come, and the earlier one was the newest.
        ("--as-of 2026-08-04", vec!["Thiếu  người.", "Đã xong rồi"]),
        ("--as-of 2026-05-31", vec![]),
    ] {
        let found = remarks(&workspace.run(&format!("difficulties {options} --format json")));
        let found: Vec<&str> = found.iter().filter_map(|remark| remark["text"].as_str()).collect();
        assert_eq!(found, expected, "{options}");
    }
}

#[test]
fn bodies_are_known_by_id_and_name_and_unknown_ones_answered_with_those_there_are() {
    let workspace = workspace();
    let ask = |to: &str| {
        let mut arguments = common::arguments("difficulties --format csv --to");
        arguments.push(to.into());
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = plan::run(arguments, &common::environment(workspace.root()), &mut out, &mut err);
        (code, String::from_utf8(out).expect("UTF-8"), String::from_utf8(err).expect("UTF-8"))
    };
    let (_, expected, _) = ask("ubnd-tinh");
    for to in ["UBND tỉnh", "ubnd tinh", "UBND-TINH", " UBND  tỉnh "] {
        let (code, out, err) = ask(to);
        assert_eq!((code, &out), (0, &expected), "{to}: {err}");
    }
    for to in ["UBND tính", "ubnd", ""] {
        let (code, out, err) = ask(to);
        assert_eq!((code, out.as_str()), (2, ""), "{to}");
        assert!(err.contains("bo-cong-thuong (Bộ Công Thương), ubnd-tinh (UBND tỉnh)"), "{to}: {err}");
    }
    assert_eq!(workspace.run("difficulties --new-since 5/8/26").code, 2);
    let [here, machine] =
        ["05/8/2026", "2026-08-05"].map(|day| workspace.run(&format!("difficulties --new-since {day}")).out);
    assert_eq!(here, machine);
}

#[test]
fn nothing_open_is_said_and_is_no_failure() {
    let without = Workspace::without_reports();
    for (line, told) in [
        ("difficulties", "Không có khó khăn, vướng mắc hay kiến nghị nào được nêu."),
        ("difficulties --to ubnd-tinh", "Không có kiến nghị nào gửi UBND tỉnh."),
        ("difficulties --new-since 2026-11-01", "được nêu từ ngày 01/11/2026 đến nay."),
        ("difficulties --format markdown", "Không có khó khăn"),
    ] {
        let run = without.run(line);
        assert_eq!(run.code, 0, "{line}: {}", run.err);
        assert!(run.out.contains(told), "{line}: {}", run.out);
    }
    assert_eq!(without.run("difficulties --format csv").out.lines().count(), 1);
    assert!(remarks(&without.run("difficulties --format json")).is_empty());
}

#[test]
fn a_wrong_figure_silences_no_difficulty() {
    let workspace = workspace();
    workspace.edit("reports/ad-hoc/2026-08-05-so-y-te.yaml", "tasks: {}", "tasks: {}\nkhac: 1");
    let run = workspace.run("difficulties");
    assert_eq!(run.code, 0, "{}", run.err);
    let text = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("(báo cáo chưa hợp lệ)") && text.contains("Thiếu thuốc."), "{}", run.out);
    let found = remarks(&workspace.run("difficulties --format json"));
    let invalid: Vec<&str> = found
        .iter()
        .filter(|remark| remark["valid"] == false)
        .filter_map(|remark| remark["text"].as_str())
        .collect();
    assert_eq!(invalid, ["Thiếu thuốc", "Cấp thuốc"]);
    let csv = workspace.run("difficulties --format csv").out;
    assert_eq!(csv.matches("Chưa hợp lệ").count(), 2, "{csv}");
}

/// The items of a report that tell who says them.
fn told(workspace: &Workspace, line: &str) -> Vec<String> {
    let run = workspace.run(&format!("compile {line} --skip-invalid --format md -o -"));
    assert_eq!(run.code, 0, "{line}: {}{}", run.out, run.err);
    let text = run.out.replace('\\', "");
    let is_letter = |mark: &str| mark.chars().count() == 1 && mark.chars().all(char::is_lowercase);
    // One alone has no letter; a part begins with how many there are.
    let unlettered =
        |line: &'_ str| line.split_once(") ").filter(|(mark, _)| is_letter(mark)).map(|(_, item)| item.to_owned());
    let parts = ["Tồn tại, hạn chế và nguyên nhân", "KIẾN NGHỊ, ĐỀ XUẤT"].map(|part| text.split_once(part));
    let lines = parts.into_iter().flatten().flat_map(|(_, rest)| {
        let end = rest.find("\n## ").or_else(|| rest.find("\nTrên đây")).unwrap_or(rest.len());
        rest[..end].lines().filter(|line| !line.starts_with("Có "))
    });
    let items = lines.map(|line| unlettered(line).unwrap_or_else(|| line.to_owned()));
    items.map(|item| item.trim_end_matches('.').to_owned()).filter(|item| item.ends_with(')')).collect()
}

#[test]
fn the_report_tells_what_its_own_reports_say_in_the_words_of_the_newest() {
    let workspace = workspace();
    let ad_hoc = "reports/ad-hoc/2026-08-05-so-y-te.yaml";
    workspace.edit(ad_hoc, "text: Thiếu thuốc", "text: THIẾU người");
    // Said in June, in August without a deadline, in November: once, urgent, as the newest words it.
    // What nobody settled goes on, with its age; what has a task stands with what else is of its group.
    let expected = [
        "Quản lý nhà nước: thiếu người. Nguyên nhân: chưa tuyển (Sở Y tế)",
        "Nội dung khác: thiếu xe; đã xong rồi (Sở Y tế; nêu từ ngày 01/6/2026)",
        "Bố trí xe (Sở Y tế)",
        "Tuyên truyền, phổ biến pháp luật: bố trí xe (Sở Y tế)",
        "Nội dung khác: cấp thuốc (Sở Y tế)",
        "Không nêu nơi nhận (Sở Y tế)",
    ];
    assert_eq!(told(&workspace, ""), expected);
    let json: Json = serde_json::from_str(&workspace.run("compile --format json -o -").out).expect("JSON");
    let first = &json["difficulties"][0];
    assert_eq!((&first["text"], &first["since"]), (&"thiếu người".into(), &"2026-06-01".into()));
    assert_eq!((first["ad_hoc"] == true, first["reports"].as_array().map(Vec::len)), (true, Some(3)), "{first}");
    assert_eq!(json["recommendations"].as_array().map(Vec::len), Some(4));

    // The round before tells only what its own reports say: the ad hoc one is of a later day than its data.
    assert_eq!(told(&workspace, "--round consumer-day"), ["Thiếu  người; đã xong rồi (Sở Y tế)"]);
    // What is not valid is in the list of difficulties and in no report, which tells what is open of the round before.
    workspace.edit(ad_hoc, "tasks: {}", "tasks: {}\nkhac: 1");
    workspace.edit("reports/annual/so-y-te.yaml", "received:", "khac: 1\nreceived:");
    let open = ["Thiếu  người; đã xong rồi (Sở Y tế; nêu từ ngày 01/6/2026)"];
    assert_eq!(told(&workspace, ""), open);
    assert!(!remarks(&workspace.run("difficulties --format json")).is_empty());
}

#[test]
fn what_several_agencies_say_is_told_once_and_an_agency_is_counted_once() {
    let workspace = workspace();
    let of = |agency: &str, code: &str, text: String| text.replace("so-y-te", agency).replace("BC-SYT", code);
    let said = "difficulties:\n  - {text: Thiếu xe, cause: Chưa mua}\n";
    for (agency, day) in [("xa-muong-la", "2026-08-05"), ("xa-mai-son", "2026-08-06"), ("thue", "2026-08-07")] {
        let ad_hoc = of(agency, "BC-UBND", report("ad-hoc", day, said));
        workspace.write(&format!("reports/ad-hoc/{day}-{agency}.yaml"), ad_hoc);
    }
    let annual = of("xa-muong-la", "BC-UBND", report("annual", "2026-11-18", said));
    let led = ["I.1", "I.3", "II.2", "II.4", "III.7", "V.1", "VI.1"];
    let entries = led.map(|task| format!("  {task}: {{status: nothing-arose, reason: Chưa có việc}}\n")).concat();
    let (head, _) = annual.split_once("tasks:\n").expect("tasks");
    workspace.write("reports/annual/xa-muong-la.yaml", format!("{head}tasks:\n{entries}{said}"));
    let told = told(&workspace, "");
    let car = "Nội dung khác: thiếu xe; thiếu thuốc; và 01 khó khăn khác. Nguyên nhân: chưa mua (Sở Y tế, Thuế tỉnh; các xã Mường La, Mai Sơn; nêu từ ngày 01/6/2026)";
    assert_eq!(told.iter().filter(|line| *line == car).count(), 1, "{told:#?}");
}

#[test]
fn every_format_tells_every_remark_under_the_banner() {
    let workspace = Workspace::of_repository();
    let found = remarks(&workspace.run("difficulties --format json"));
    assert!(found.len() > 90, "{}", found.len());
    let csv = workspace.run("difficulties --format csv").out;
    assert_eq!(csv.matches("\r\n").count(), found.len() + 1, "one row a remark");
    for format in ["table", "markdown"] {
        let out = workspace.run(&format!("difficulties --format {format}")).out;
        assert!(out.contains("DỮ LIỆU MINH HỌA"), "{format}");
        assert!(out.lines().filter(|line| format == "table" && line.chars().count() > 100).count() == 0);
        for heading in ["BÁO CÁO ĐỘT XUẤT – KHÓ KHĂN, VƯỚNG MẮC: 5", "BÁO CÁO ĐỘT XUẤT – KIẾN NGHỊ, ĐỀ XUẤT: 5"]
        {
            assert!(out.contains(heading), "{format}: {heading}");
        }
    }
}

#[test]
fn what_reports_hold_cannot_act_on_a_terminal_or_a_spreadsheet() {
    let workspace = Workspace::without_reports();
    workspace.write(
        "reports/annual/so-y-te.yaml",
        report(
            "annual",
            "2026-11-18",
            "difficulties:\n  - text: \"=cmd() \\e[31m <b> | \\u202e\"\n    cause: \"=1+1\"\n",
        ),
    );
    for (format, shown) in [("table", "\\u{1b}[31m"), ("markdown", "&lt;b"), ("csv", "'=")] {
        let out = workspace.run(&format!("difficulties --format {format}")).out;
        assert!(!out.contains(['\u{1b}', '\u{202e}']), "{format}");
        assert!(out.contains(shown) || out.contains("\\<b"), "{format}: {out}");
    }
}

#[test]
fn the_screen_reads_well() {
    let mut narrow = common::environment(common::repository());
    let workspace = Workspace::of_repository();
    narrow.current_dir = workspace.root().to_path_buf();
    narrow.width = 80;
    insta::assert_snapshot!(common::run(&narrow, "difficulties --to ubnd-tinh --new-since 2026-08-01").out);
}

/// The items of a letter in Markdown.
fn items(letter: &str) -> Vec<String> {
    let items = letter.lines().filter_map(|line| line.strip_prefix("\\- "));
    items.map(|item| item.replace('\\', "")).collect()
}

#[test]
fn a_letter_tells_a_body_what_is_open_and_asked_of_it_once_with_all_who_ask() {
    let workspace = workspace();
    let told = "difficulties:\n  - {text: Đường tắc, cause: Mưa}\nrecommendations:\n  - {to: ubnd-tinh, text: cấp thuốc.}\n  - {to: ubnd-tinh, text: Cho xe qua, expires: 2026-08-20}\n";
    let commune =
        report("ad-hoc", "2026-08-07", told).replace("so-y-te", "xa-muong-la").replace("BC-SYT", "BC-UBND");
    workspace.write("reports/ad-hoc/2026-08-07-xa-muong-la.yaml", commune);
    let line = "difficulties --to ubnd-tinh --format md -o";
    let run = workspace.run(&format!("{line} a.md"));
    assert_eq!((run.code, run.out.lines().next()), (0, Some("Đã ghi a.md")), "{}", run.err);
    // What has come to its end is asked for no more, and stays in the list.
    assert!(run.out.contains("1 kiến nghị đã hết hạn không nêu."), "{}", run.out);
    for (day, told) in [("2026-08-20", 0), ("2026-08-21", 1)] {
        let list = workspace.run(&format!("difficulties --to ubnd-tinh --as-of {day}")).out;
        assert!(list.contains("Cho xe qua"), "{list}");
        let over = ["1 kiến nghị đã hết hạn, không nêu", "(Đã hết hạn ngày 20/8/2026)", "hết hạn"];
        assert_eq!(over.map(|words| list.matches(words).count()), [told, told, 2 * told], "{day}: {list}");
    }
    let letter = workspace.read("a.md");
    assert_eq!(
        items(&letter),
        [
            "Đường tắc. Nguyên nhân: mưa (UBND xã Mường La; nêu từ ngày 07/8/2026).",
            "Thiếu thuốc (Sở Y tế; nêu từ ngày 05/8/2026).",
            "Cấp thuốc (UBND xã Mường La; Sở Y tế; nêu từ ngày 05/8/2026).",
            "Bố trí xe (Sở Y tế; nêu từ ngày 18/11/2026).",
        ]
    );
    for words in [
        "Kính gửi",
        "UBND tỉnh 02 kiến nghị chưa được giải quyết của 02 cơ quan, đơn vị, trong đó 01 kiến nghị nêu trong báo cáo đột xuất",
        "V/v báo cáo khó khăn, kiến nghị trong tổ chức các hoạt động bảo vệ",
        "xem xét, giải quyết./.",
        "GIÁM ĐỐC",
        "Lưu: VT, QLTM",
    ] {
        assert!(letter.contains(words), "{words}: {letter}");
    }
    // What is settled is told no more, nor what is older than asked for.
    let found = remarks(&workspace.run("difficulties --to ubnd-tinh --format json"));
    let car = found.iter().find(|remark| remark["text"] == "Bố trí xe").and_then(|remark| remark["id"].as_str());
    assert_eq!(workspace.run(&format!("settle {} --note x", car.expect("open"))).code, 0);
    for (options, count) in [("", 3), ("--new-since 2026-08-06", 2), ("--as-of 2026-08-06", 2)] {
        let run = workspace.run(&format!("{line} - {options}"));
        assert_eq!((run.code, items(&run.out).len()), (0, count), "{options}: {}{}", run.out, run.err);
    }
    for format in ["docx", "html"] {
        let run = workspace.run(&format!("difficulties --to UBND-TINH -o b.{format}"));
        assert_eq!(run.code, 0, "{format}: {}", run.err);
        let written = std::fs::read(workspace.path(&format!("b.{format}"))).expect("a letter");
        let is_whole = if format == "docx" { written.starts_with(b"PK") } else { written.ends_with(b"</html>\n") };
        assert!(is_whole, "{format}");
    }
    assert_eq!(workspace.run("difficulties --to ubnd-tinh --format docx").code, 0);
    assert!(workspace.path("kien-nghi-ubnd-tinh-2026.docx").is_file());
}

#[test]
fn no_letter_is_written_where_there_is_nothing_to_tell_or_nobody_to_tell_it() {
    let workspace = workspace();
    for (line, code, told) in [
        (
            "--to ubnd-tinh --new-since 2026-11-19 -o a.docx",
            0,
            "Không có kiến nghị nào gửi UBND tỉnh từ ngày 19/11/2026",
        ),
        ("-o a.docx", 2, "thêm --to và một trong: bo-cong-thuong, ubnd-tinh.\n"),
        ("--format docx", 2, "thêm --to"),
        ("--to ubnd-tinh -o a.xlsx", 2, "không biết dạng của tệp"),
    ] {
        let run = workspace.run(&format!("difficulties {line}"));
        assert_eq!(run.code, code, "{line}: {}", run.err);
        assert!(format!("{}{}", run.out, run.err).contains(told), "{line}: {}{}", run.out, run.err);
    }
    workspace.edit("reports/annual/so-y-te.yaml", "{to: bo-cong-thuong,", "{to: so-cong-thuong,");
    let run = workspace.run("difficulties --to so-cong-thuong -o a.docx");
    assert!(run.code == 2 && run.err.contains("là nơi lập công văn"), "{}", run.err);
    let wording = workspace.read("plan/report.yaml");
    let (before, _) = wording.split_once("\ndifficulties:").expect("the wording of the letter");
    workspace.write("plan/report.yaml", before);
    let run = workspace.run("difficulties --to ubnd-tinh -o a.docx");
    assert!(run.code == 2 && run.err.contains("thêm phần difficulties vào plan/report.yaml"), "{}", run.err);
    assert!(!workspace.path("a.docx").exists());
}
