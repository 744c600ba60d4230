//! What `plan compile` writes, where, and when it writes nothing.

use crate::common;

use common::Workspace;

#[test]
fn the_format_follows_the_option_then_the_ending_then_is_docx() {
    let workspace = Workspace::of_repository();
    for (line, file, begins) in [
        ("compile", "bao-cao-annual-2026.docx", "PK"),
        ("compile --round consumer-day", "bao-cao-consumer-day-2026.docx", "PK"),
        ("compile --format md", "bao-cao-annual-2026.md", "> **DỮ LIỆU MINH HỌA"),
        ("compile -o a.html", "a.html", "<!doctype html>"),
        ("compile -o a.md", "a.md", "> **DỮ LIỆU MINH HỌA"),
        ("compile -o B.MD", "B.MD", "> **DỮ LIỆU MINH HỌA"),
        ("compile -o a.json", "a.json", "{"),
        ("compile -o a.docx", "a.docx", "PK"),
        ("compile -o a.xlsx", "a.xlsx", "PK"),
        ("compile -o a.txt --format md", "a.txt", "> **DỮ LIỆU MINH HỌA"),
        ("compile -o bao-cao --format docx", "bao-cao", "PK"),
    ] {
        let run = workspace.run(line);
        assert_eq!(run.code, 0, "{line}: {}", run.err);
        let bytes = workspace.contents().remove(file).unwrap_or_else(|| panic!("{line} wrote no {file}"));
        assert!(bytes.starts_with(begins.as_bytes()), "{line}");
    }
}

#[test]
fn what_is_compiled_leaves_nothing_else_behind() {
    let workspace = Workspace::of_repository();
    let mut expected = workspace.contents();
    assert_eq!(workspace.run("compile -o bao-cao.md").code, 0);
    let mut found = workspace.contents();
    assert!(found.remove("bao-cao.md").is_some());
    let fingerprints = found.remove(".plan.written").expect("what tells its own files from others");
    assert!(found == expected);

    expected.insert("bao-cao.md".to_owned(), workspace.read("bao-cao.md").into_bytes());
    expected.insert(".plan.written".to_owned(), fingerprints);
    assert_eq!(workspace.run("compile -o plan --format md --force").code, 2, "a folder is not replaced");
    assert!(workspace.contents() == expected);
}

#[test]
fn the_same_input_gives_the_same_bytes_in_every_format() {
    let workspace = Workspace::of_repository();
    for format in ["docx", "xlsx", "html", "md", "json"] {
        let [first, second] = ["một", "hai"].map(|name| {
            let run = workspace.run(&format!("compile -o {name}.{format}"));
            assert_eq!(run.code, 0, "{format}: {}", run.err);
            workspace.contents().remove(&format!("{name}.{format}"))
        });
        assert!(first == second, "{format}");
    }
}

#[test]
fn a_report_left_out_is_named_among_those_to_be_mended() {
    let workspace = Workspace::of_repository();
    workspace.edit("reports/annual/so-y-te.yaml", "agency: so-y-te", "agency: \"so-y-te");
    let run = workspace.run("compile --skip-invalid --format md -o -");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let below = run.out.lines().skip_while(|line| !line.contains("**Chưa hợp lệ, đề nghị bổ sung: 1**")).skip(1);
    let group: Vec<&str> = below.take_while(|line| !line.starts_with("| **")).collect();
    assert!(matches!(group[..], [row] if row.contains("Sở Y tế")), "{group:?}");
}

#[test]
fn only_a_report_that_would_count_stops_a_round() {
    let broken = "illustrative: true\nagency: \"so-y-te\n";
    for (file, line, code) in [
        ("reports/annual/so-y-te.yaml", "compile", 1),
        ("reports/annual/so-y-te.yaml", "compile --round consumer-day", 0),
        ("reports/consumer-day/so-y-te.yaml", "compile --round consumer-day", 1),
        ("reports/ad-hoc/2026-08-05-so-y-te.yaml", "compile", 1),
    ] {
        let workspace = Workspace::of_repository();
        workspace.write(file, broken);
        let run = workspace.run(&format!("{line} --format md -o -"));
        assert_eq!(run.code, code, "{file}: {line}: {}", run.err);
    }
}

#[test]
fn a_draft_tells_what_changed_since_an_earlier_one() {
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run("compile -o truoc.json").code, 0);
    let same = workspace.run("compile --since truoc.json --format md -o -");
    assert!(same.out.contains("Không có báo cáo nào thay đổi"), "{}", same.err);
    assert!(same.out.contains("Không có số liệu nào thay đổi"));

    std::fs::remove_file(workspace.path("reports/annual/so-tai-chinh.yaml")).unwrap();
    workspace.edit("reports/annual/so-y-te.yaml", "inspections: 318", "inspections: 330");
    let report = workspace.read("reports/annual/so-y-te.yaml");
    workspace.write("reports/annual/so-noi-vu.yaml", report.replace("agency: so-y-te", "agency: so-noi-vu"));
    workspace
        .write("reports/annual/toa-an.yaml", workspace.read("reports/annual/toa-an.yaml").replace('\n', "\r\n"));
    let run = workspace.run("compile --since truoc.json --skip-invalid --format md -o -");
    assert_eq!(run.code, 0, "{}", run.err);
    for row in [
        "| Sở Y tế | Báo cáo đã sửa, bổ sung | có |",
        "| Sở Tài chính | Báo cáo không còn | không còn |",
        "| Sở Nội vụ | Báo cáo mới | nay có |",
        "Sở Y tế: 318 → 330",
        "Sở Tài chính: 61 → không còn báo cáo",
        "Sở Tài chính: 85.000.000 → không còn báo cáo",
        "Sở Nội vụ: chưa có báo cáo → 330",
    ] {
        assert!(run.out.contains(row), "{row}");
    }
    let ends = "1 báo cáo mới, 1 báo cáo đã sửa, bổ sung, 1 báo cáo không còn; 65 số liệu thay đổi; 2 số liệu chỉ thay đổi ở từng cơ quan, tổng số không \
                đổi.\n";
    assert!(run.err.ends_with(ends), "the ends of lines are no change: {}", run.err);
}

#[test]
fn every_printed_number_that_changed_since_a_draft_is_told() {
    type Edit = (&'static str, &'static str, &'static str);
    let office = "reports/annual/vptt-bcd-389.yaml";
    let cases: [(&[Edit], &str, &[&str]); 5] = [
        (
            &[(office, "illustrative: true", "illustrative: true  # đã xem")],
            "; 0 số liệu thay đổi.",
            &["Không có số liệu nào thay đổi"],
        ),
        (
            &[
                ("reports/annual/toa-an.yaml", "status: done", "status: in-progress"),
                ("reports/annual/bao-ptth.yaml", "status: done", "status: in-progress"),
            ],
            "; 8 số liệu thay đổi.",
            &["| Số nhiệm vụ hoàn thành | 19 | 17 |", "| Số nhiệm vụ đang thực hiện | 4 | 6 |"],
        ),
        (
            &[(office, "inspections: 2166", "inspections: 2300")],
            "; 2 số liệu thay đổi.",
            &[
                "số tổng hợp của Văn phòng thường trực Ban Chỉ đạo 389, để đối chiếu | 2.166 | 2.300 |",
                "| 498 | 632 |",
            ],
        ),
        (
            &[("reports/annual/so-y-te.yaml", "to: ubnd-tinh", "to: bo-cong-thuong")],
            " số liệu thay đổi.",
            &["| Số kiến nghị – Bộ Công Thương | 13 | 14 |", "| Số kiến nghị – UBND tỉnh | 27 | 26 |"],
        ),
        (
            &[(
                "reports/annual/so-y-te.yaml",
                "outreach_attendees: 9320",
                "outreach_attendees: {value: 9320, counted_by: so-cong-thuong}",
            )],
            " số liệu thay đổi.",
            &["Sở Y tế: 9.320 → 9.320, do Sở Công Thương tính"],
        ),
    ];
    for (edits, ends, rows) in cases {
        let workspace = Workspace::of_repository();
        assert_eq!(workspace.run("compile -o truoc.json").code, 0);
        edits.iter().for_each(|(file, then, now)| workspace.edit(file, then, now));
        let run = workspace.run("compile --since truoc.json --format md -o -");
        assert_eq!(run.code, 0, "{edits:?}: {}", run.err);
        assert!(run.err.trim_end().ends_with(ends), "{edits:?}: {}", run.err);
        let told = run.out.replace('\\', "");
        rows.iter().for_each(|row| assert!(told.contains(row), "{edits:?}: {row}: {}", &told[told.len() - 4000..]));
    }
}

#[test]
fn a_number_of_an_earlier_round_says_its_day_wherever_it_is_printed() {
    let note = "41 là số đến ngày 31/5/2026 (kỳ Ngày 15/3) của Hiệp hội doanh nghiệp tỉnh, chưa có số mới hơn";
    let told = "trong đó 41 doanh nghiệp là số đến ngày 31/5/2026 của Hiệp hội doanh nghiệp tỉnh";
    for is_silent in [true, false] {
        let workspace = Workspace::of_repository();
        if is_silent {
            std::fs::remove_file(workspace.path("reports/annual/hiep-hoi-dn.yaml")).unwrap();
        }
        let run = workspace.run("compile --format md -o -");
        let site = workspace.run("publish --format md -o -");
        for (what, text, words) in [
            ("in the text", &run.out, told),
            ("under the table", &run.out, note),
            ("of the task", &run.out, "44 (41 là số đến ngày 31/5/2026)"),
            ("to look at", &run.err, note),
            ("in public", &site.out, note),
        ] {
            assert_eq!(text.contains(words), is_silent, "{what}: {}", run.err);
        }
    }
}

#[test]
fn a_number_of_an_ad_hoc_report_says_its_day_and_whose_it_is() {
    let of = |desks: &str| {
        format!(
            "agency: xa-van-ho\nround: ad-hoc\ndate: 2026-09-20\nsubject: Tình hình giá\ndocument: {{number: 90/BC-UBND, date: \
             2026-09-20}}\nreceived: 2026-09-20\ntasks:\n  VII.2: {{status: in-progress, results: Đang làm., figures: \
             {{complaint_desks: {desks}}}}}\n"
        )
    };
    let whose = "riêng số doanh nghiệp có bộ phận giải quyết khiếu nại của xã Vân Hồ lấy theo báo cáo đột xuất";
    let day = "số đến ngày 20/9/2026 (báo cáo đột xuất) của xã Vân Hồ";
    let in_text = "doanh nghiệp là số đến ngày 20/9/2026 của xã Vân Hồ; 41 doanh nghiệp là số đến ngày 31/5/2026";
    for (desks, is_told) in [("2", [true, true, true]), ("0", [true, false, false])] {
        let workspace = Workspace::of_repository();
        for agency in ["hiep-hoi-dn", "xa-van-ho"] {
            let path = format!("reports/annual/{agency}.yaml");
            let report = workspace.read(&path);
            let kept: Vec<&str> = report.lines().filter(|line| !line.contains("complaint_desks")).collect();
            workspace.write(&path, kept.join("\n") + "\n");
        }
        workspace.write("reports/ad-hoc/2026-09-20-xa-van-ho.yaml", of(desks));
        let run = workspace.run("compile --format md -o -");
        assert_eq!(run.code, 0, "{desks}: {}", run.err);
        assert_eq!([whose, day, in_text].map(|told| run.out.contains(told)), is_told, "{desks}: {}", run.out);
    }
}

#[test]
fn a_draft_of_accepted_reports_alone_is_told_as_such() {
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run("accept so-y-te").code, 0);
    assert_eq!(workspace.run("compile --accepted-only -o duyet.json").code, 0);
    assert_eq!(workspace.run("compile -o het.json").code, 0);
    for (line, told, is_told) in [
        ("--since duyet.json", "bản trước chỉ gồm báo cáo đã duyệt, bản này gồm cả báo cáo chưa duyệt", true),
        ("--accepted-only --since het.json", "bản này chỉ gồm báo cáo đã duyệt", true),
        ("--accepted-only --since duyet.json", "Khác phạm vi", false),
        ("--since het.json", "Khác phạm vi", false),
    ] {
        let run = workspace.run(&format!("compile {line} --format md -o -"));
        assert_eq!((run.code, run.err.contains(told)), (0, is_told), "{line}: {}", run.err);
        assert!(!run.out.contains("Kết quả kiểm tra thay đổi"), "{line}");
        assert!(
            run.err.contains("0 báo cáo mới") && run.err.contains("0 báo cáo không còn"),
            "{line}: {}",
            run.err
        );
    }
}

/// By agency and day: two of one agency are two.
#[test]
fn ad_hoc_reports_that_came_changed_or_went_are_told() {
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run("compile -o truoc.json").code, 0);
    let changes = || -> Vec<(String, String, String, bool, bool)> {
        let json = workspace.run("compile --since truoc.json --skip-invalid --format json -o -").out;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let text = |change: &serde_json::Value, key: &str| change[key].as_str().unwrap_or_default().to_owned();
        let told = |change: &serde_json::Value| {
            let counted = |key: &str| change[key].as_bool().unwrap();
            let words = (text(change, "agency"), text(change, "date"), text(change, "change"));
            (words.0, words.1, words.2, counted("included_before"), counted("included_after"))
        };
        json["changes"]["reports"].as_array().unwrap().iter().map(told).collect()
    };
    assert_eq!(changes(), []);
    let (kept, gone) = ("reports/ad-hoc/2026-09-16-cc-qltt.yaml", "reports/ad-hoc/2026-08-05-xa-muong-la.yaml");
    let report = workspace.read(kept);
    workspace.write("reports/ad-hoc/2026-09-17-cc-qltt.yaml", report.replace("2026-09-16", "2026-09-17"));
    let of = |agency: &str, day: &str, kind: &str, before, after| {
        (agency.to_owned(), day.to_owned(), kind.to_owned(), before, after)
    };
    let new = of("cc-qltt", "2026-09-17", "new", false, true);
    assert_eq!(changes(), std::slice::from_ref(&new), "the other one of that agency is as it was");
    workspace.write(kept, report.replace("chỉ kiểm tra được khi", "chỉ xử lý được khi"));
    std::fs::remove_file(workspace.path(gone)).unwrap();
    let corrected = of("cc-qltt", "2026-09-16", "corrected", true, true);
    assert_eq!(changes(), [corrected, new, of("xa-muong-la", "2026-08-05", "withdrawn", true, false)]);
}

#[test]
fn what_the_plan_no_longer_has_is_named_with_what_was_printed() {
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run("compile -o truoc.json").code, 0);
    let indicators = workspace.read("plan/indicators.yaml");
    let items: Vec<&str> = indicators.split("\n  - ").filter(|item| !item.starts_with("id: leaflets\n")).collect();
    workspace.write("plan/indicators.yaml", items.join("\n  - "));
    workspace.edit("plan/report.yaml", "outreach_attendees, leaflets, banners", "outreach_attendees, banners");
    workspace.edit("plan/plan.yaml", "    - {id: socialised, name: Xã hội hóa}\n", "");
    for (file, path) in
        common::files(&workspace.path("reports")).into_iter().filter(|(file, _)| !file.ends_with("md"))
    {
        let report = common::read(&path);
        let kept = report.lines().filter(|line| !line.trim_start().starts_with("leaflets:"));
        let kept: Vec<&str> = kept.filter(|line| !line.starts_with("  socialised:")).collect();
        workspace.write(&format!("reports/{file}"), kept.join("\n") + "\n");
    }
    // Of the second one nothing was printed.
    for name in ["Sở Tài chính", "UBND xã Xím Vàng"] {
        let named = format!("    name: {name}\n");
        workspace.edit("plan/agencies.yaml", &named, &format!("{named}    active: {{until: 2026-06-30}}\n"));
    }
    let run = workspace.run("compile --since truoc.json --skip-invalid --format md -o -");
    assert_eq!(run.code, 0, "{}", run.err);
    for row in [
        "| Số tờ rơi, tờ gấp, cẩm nang phát hành | 136.100 | không còn | Kế hoạch không còn mục này |",
        "| Kinh phí – Xã hội hóa | 957.000.000 | không còn | Kế hoạch không còn mục này |",
        "| Sở Tài chính | Nay không phải báo cáo, hoặc Kế hoạch không còn | không còn |",
    ] {
        assert!(run.out.replace('\\', "").contains(row), "{row}: {}", run.out);
    }
    assert!(run.err.contains("Kế hoạch không còn 2 số liệu, 1 cơ quan của bản đó."), "{}", run.err);
    let json = workspace.run("compile --since truoc.json --skip-invalid --format json -o -").out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let ids = |list: &str, key: &str| -> Vec<String> {
        let items = json["changes"][list].as_array().unwrap().iter();
        items.map(|item| item[key].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("figures_gone", "indicator"), ["leaflets", "funding.socialised"]);
    assert_eq!(ids("agencies_gone", "agency"), ["so-tai-chinh"]);
}

#[test]
fn a_plan_lacks_its_number_until_it_has_both_that_and_its_day() {
    for (number, day, lacks) in [
        ("null", "null", true),
        ("12/KH-UBND", "null", true),
        ("null", "2026-02-01", true),
        ("12/KH-UBND", "2026-02-01", false),
    ] {
        let workspace = Workspace::of_repository();
        workspace.edit("plan/plan.yaml", "\nnumber: null", &format!("\nnumber: {number}"));
        workspace.edit("plan/plan.yaml", "\ndate: null", &format!("\ndate: {day}"));
        let run = workspace.run("compile --format json -o -");
        let told = run.out.contains("Kế hoạch chưa có số, ngày ban hành");
        assert_eq!((run.code, told), (0, lacks), "{number} {day}: {}", run.err);
    }
}

#[test]
fn only_a_draft_of_the_same_round_is_compared_with() {
    let workspace = Workspace::of_repository();
    assert_eq!(workspace.run("compile -o truoc.json").code, 0);
    let draft = workspace.read("truoc.json");
    workspace.write("sau.json", draft.replace("\"schema_version\": 1", "\"schema_version\": 2"));
    workspace.write("khac.json", "{\n  \"round\": 1\n}");
    for (line, why) in [
        (
            "compile --since truoc.json --round consumer-day -o -",
            "tệp là của kỳ annual, không phải kỳ consumer-day",
        ),
        ("compile --since sau.json -o -", "tệp theo phiên bản 2"),
        ("compile --since khac.json -o -", "nội dung không đúng dạng (dòng 2, cột"),
        ("compile --since thieu.json -o -", "thư mục hoặc tệp không có"),
        ("compile --since plan/plan.yaml -o -", "nội dung không đúng dạng (dòng 1"),
    ] {
        let run = workspace.run(line);
        assert_eq!(run.code, 2, "{line}");
        assert!(run.err.contains(why), "{line}: {}", run.err);
    }
}

#[test]
fn references_follow_the_annexes_wherever_they_stand() {
    let annexes = |kinds: &[&str]| {
        let workspace = Workspace::of_repository();
        let wording = workspace.read("plan/report.yaml");
        let line = |kind: &&str| {
            wording.lines().find(|line| line.contains(&format!("- {{content: {kind}, title"))).unwrap()
        };
        let (before, rest) = wording.split_once("annexes:\n").unwrap();
        let (_, after) = rest.split_once("signer:").unwrap();
        let kinds: Vec<&str> = kinds.iter().map(line).collect();
        workspace.write("plan/report.yaml", format!("{before}annexes:\n{}\nsigner:{after}", kinds.join("\n")));
        let run = workspace.run("compile -o a.md");
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        workspace.read("a.md")
    };
    let shipped = ["indicators", "tasks", "submissions", "violators", "warnings", "details"];
    let turned = ["details", "warnings", "violators", "submissions", "tasks", "indicators"];
    for (kinds, said) in [
        (
            &shipped[..],
            [
                "Danh sách đầy đủ tại Phụ lục III.",
                "Số liệu từng chỉ tiêu nêu tại Phụ lục I; tình trạng từng nhiệm vụ tại Phụ lục II; danh sách vi phạm đã công bố tại Phụ lục IV",
                "tổng tiền phạt 111 triệu đồng (Phụ lục IV). Đã phát hành 06 cảnh báo, trong đó Sở Công Thương 04 cảnh báo (Phụ lục V).",
                "nội dung của từng cơ quan tại Phụ lục VI.",
                "đơn vị nêu việc của kỳ tới (Phụ lục VI)",
            ],
        ),
        (
            &turned,
            [
                "Danh sách đầy đủ tại Phụ lục IV.",
                "Số liệu từng chỉ tiêu nêu tại Phụ lục VI; tình trạng từng nhiệm vụ tại Phụ lục V; danh sách vi phạm đã công bố tại Phụ lục III",
                "tổng tiền phạt 111 triệu đồng (Phụ lục III). Đã phát hành 06 cảnh báo, trong đó Sở Công Thương 04 cảnh báo (Phụ lục II).",
                "nội dung của từng cơ quan tại Phụ lục I.",
                "đơn vị nêu việc của kỳ tới (Phụ lục I)",
            ],
        ),
        (
            &["indicators", "violators"],
            [
                "01 cơ quan đã gửi.\n\nCấp tỉnh chưa gửi: ",
                "Số liệu từng chỉ tiêu nêu tại Phụ lục I; danh sách vi phạm đã công bố tại Phụ lục II.",
                "tổng tiền phạt 111 triệu đồng (Phụ lục II). Đã phát hành 06 cảnh báo, trong đó Sở Công Thương 04 cảnh báo.",
                "nhóm vấn đề dưới đây.",
                "đơn vị nêu việc của kỳ tới.",
            ],
        ),
    ] {
        let report = annexes(kinds);
        for words in said {
            assert!(report.contains(words), "{kinds:?}: {words}");
        }
        let last = report.split("Phụ lục ").skip(1).filter(|rest| rest.starts_with(['I', 'V'])).map(|rest| {
            let numeral = rest.split(|c: char| !"IVX".contains(c)).next().unwrap_or_default();
            ["I", "II", "III", "IV", "V", "VI"].iter().position(|known| *known == numeral)
        });
        assert!(last.flatten().max() < Some(kinds.len()), "{kinds:?}");
    }
}

#[test]
fn no_bracket_stands_within_another_when_a_deadline_moves() {
    let workspace = Workspace::of_repository();
    let rounds =
        workspace.read("plan/rounds.yaml").replace("deadline_rule: strict", "deadline_rule: next-working-day");
    workspace.write("plan/rounds.yaml", rounds);
    for line in [
        "compile --format md -o -",
        "remind --format md -o -",
        "--as-of 2026-12-10 remind --format md -o -",
        "remind --format text",
        "status --format markdown",
        "show annual --format markdown",
        "show so-noi-vu --format markdown",
    ] {
        let run = workspace.run(line);
        assert_eq!(run.code, 0, "{line}: {}", run.err);
        assert!(
            run.out.contains("nên lùi đến hết ngày 30/11/2026") || line.contains("12-10"),
            "{line}: {}",
            run.out
        );
        for text in run.out.lines() {
            let mut depth = 0_i32;
            let deepest = text.chars().map(|c| {
                depth += i32::from(c == '(') - i32::from(c == ')');
                depth
            });
            assert!(deepest.max().is_none_or(|deepest| deepest <= 1), "{line}: {text}");
        }
    }
}

#[test]
fn one_page_for_who_signs_tells_what_there_is_to_tell() {
    let workspace = Workspace::of_repository();
    let run = workspace.run("compile --brief");
    assert_eq!((run.code, run.out.lines().next()), (0, Some("Đã ghi phieu-trinh-annual-2026.docx")), "{}", run.err);
    let page = workspace.run("compile --brief --format md -o -").out.replace('\\', "");
    for words in [
        "PHIẾU TRÌNH",
        "chậm nhất thứ Sáu 04/12/2026",
        "| Kiểm tra; vi phạm | 2.898 vụ; 1.027 vụ |",
        "59 cơ quan chưa gửi",
        "Chênh lệch 498 vụ với số của Văn phòng thường trực Ban Chỉ đạo 389 đã giải thích được.",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // Of nothing there is a page too, without rows of what nobody reported.
    let empty = Workspace::without_reports();
    let page = empty.run("--as-of 2026-11-23 compile --brief --round annual --format md -o -");
    assert!(page.code == 0 && page.out.contains("0 báo cáo đã tổng hợp"), "{}{}", page.out, page.err);
    assert!(!page.out.contains("Con số chính") && !page.out.contains("Kiểm tra;"), "{}", page.out);
    for line in ["compile --brief --format csv", "compile --brief --format json -o -", "compile --brief --final"] {
        assert_eq!(workspace.run(line).code, 2, "{line}");
    }
    let wording = workspace.read("plan/report.yaml");
    let (before, rest) = wording.split_once("\nbrief:\n").unwrap();
    let (_, after) = rest.split_once("\ngroups:\n").unwrap();
    workspace.write("plan/report.yaml", format!("{before}\ngroups:\n{after}"));
    let run = workspace.run("compile --brief -o a.md");
    assert!(run.code == 2 && run.err.contains("thêm phần brief"), "{}", run.err);
}

#[test]
fn an_agency_gets_its_own_report_to_sign() {
    let workspace = Workspace::of_repository();
    let run = workspace.run("compile --agency hoi-bvqlntd -o hoi.md");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let told = workspace.read("hoi.md");
    for words in [
        "HỘI BẢO VỆ QUYỀN LỢI NGƯỜI TIÊU DÙNG TỈNH",
        "Số: 68/BC-HBVQLNTD",
        "*Sơn La, ngày 19 tháng 11 năm 2026*",
        "Kính gửi: Sở Công Thương",
        "| V.1 | Số vụ đã giải quyết | vụ | 113 |",
        "|  | Tỷ lệ giải quyết |  | 88,3% |",
        "| **Tổng cộng** | **228\\.000.000** |",
    ] {
        assert!(told.contains(words), "{words}");
    }
    assert!(!told.contains("| V.1 | Số phản ánh, yêu cầu, khiếu nại tiếp nhận | vụ | 88 |"), "of the department");
    let (given, turned) =
        ("      directives: 11\n      briefings: 7\n", "      briefings: 7\n      directives: 11\n");
    workspace.edit("reports/annual/xa-mai-son.yaml", given, turned);
    let commune = workspace.run("compile --agency xa-mai-son --format md -o -").out;
    let at = |label: &str| commune.find(label).expect("its row");
    assert!(at("| I.1 | Số văn bản chỉ đạo") < at("| I.1 | Số hội nghị, cuộc họp"), "the plan's order: {commune}");
    for words in
        ["*Mai Sơn, ngày 19 tháng 11 năm 2026*", "| III.3 | Tiền phạt vi phạm hành chính | đồng | 63\\.500.000 |"]
    {
        assert!(commune.contains(words), "{words}: {commune}");
    }
    // Another's mistake keeps nobody from signing; its own does.
    workspace.edit("reports/annual/so-y-te.yaml", "inspections: 318", "inspections: 318.000");
    for (line, code, words) in [
        ("compile --agency hoi-bvqlntd -o hoi.docx", 0, "Đã ghi hoi.docx"),
        ("compile --agency so-y-te -o yte.docx", 1, "“318.000” không phải số nguyên"),
        ("compile --agency cong-an -o ca.docx", 2, "chưa có báo cáo kỳ Năm 2026 của Công an tỉnh"),
        ("compile --agency so-cong-thuong", 2, "Sở Công Thương là cơ quan tổng hợp"),
        ("compile --agency hoi-bvqlntd --format json -o -", 2, "báo cáo của một cơ quan không có dạng json"),
        ("compile --agency hoi-bvqlntd --final", 2, "--final"),
        ("compile --agency khong-co", 2, "khong-co"),
    ] {
        let run = workspace.run(line);
        assert_eq!(run.code, code, "{line}: {}{}", run.out, run.err);
        assert!(format!("{}{}", run.out, run.err).contains(words), "{line}: {}{}", run.out, run.err);
    }
    assert!(!workspace.path("yte.docx").exists());
    // A mistake of the plan is everybody's.
    workspace.edit("plan/rounds.yaml", "agencies_before: 2026-11-30", "agencies_before: 2026-11-29");
    let run = workspace.run("compile --agency hoi-bvqlntd -o sai.docx");
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(!workspace.path("sai.docx").exists());
}

#[test]
fn what_other_rounds_reports_and_times_change_is_told() {
    let (rounds, consumer_day) = ("plan/rounds.yaml", "reports/consumer-day/xa-muong-la.yaml");
    type Edit = (&'static str, &'static str, &'static str);
    let cases: [(Edit, &str, &[&str]); 5] = [
        (
            (consumer_day, "", ""),
            "1 báo cáo không còn, trong đó 1 báo cáo của kỳ khác; ",
            &[
                "| UBND xã Mường La (báo cáo kỳ Ngày 15/3) | Báo cáo không còn | không còn |",
                "| Số hội nghị, hội thảo, buổi tuyên truyền: số kỳ trước | 884 | 871 |",
            ],
        ),
        (
            (consumer_day, "illustrative: true", "illustrative: true  # đã xem"),
            "1 báo cáo đã sửa, bổ sung, 0 báo cáo không còn, trong đó 1 báo cáo của kỳ khác; 0 số liệu thay đổi.",
            &["| UBND xã Mường La (báo cáo kỳ Ngày 15/3) | Báo cáo đã sửa, bổ sung | làm số của kỳ đó |"],
        ),
        (
            (rounds, "data_to: 2026-05-31", "data_to: 2026-05-30"),
            "; 0 số liệu thay đổi; 1 ngày, thời gian thay đổi.",
            &["| Kỳ Ngày 15/3: lấy số liệu đến ngày | 31/5/2026 | 30/5/2026 |", "Không có báo cáo nào thay đổi"],
        ),
        (
            ("reports/annual/xa-muong-la.yaml", "when: 2027-Q2", "when: 2027-Q3"),
            "; 0 số liệu thay đổi; 1 ngày, thời gian thay đổi.",
            &["| Thời gian việc kỳ tới của UBND xã Mường La: ", "| quý II/2027 | quý III/2027 |"],
        ),
        (
            (rounds, "short_name: Ngày 15/3", "short_name: Ngày 15/3  # đã xem"),
            "0 báo cáo không còn; 0 số liệu thay đổi.",
            &["Không có báo cáo nào thay đổi", "Không có số liệu nào thay đổi"],
        ),
    ];
    for ((file, then, now), ends, rows) in cases {
        let workspace = Workspace::of_repository();
        assert_eq!(workspace.run("compile -o truoc.json").code, 0);
        match then {
            "" => std::fs::remove_file(workspace.path(file)).unwrap(),
            then => workspace.edit(file, then, now),
        }
        let run = workspace.run("compile --since truoc.json --format md -o -");
        assert_eq!(run.code, 0, "{file}: {}", run.err);
        assert!(run.err.contains(ends), "{file}: {now}: {}", run.err);
        let told = run.out.replace('\\', "");
        rows.iter().for_each(|row| assert!(told.contains(row), "{file}: {row}: {}", &told[told.len() - 4000..]));
    }
}
