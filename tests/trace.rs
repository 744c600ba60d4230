//! `plan trace` and the printed report tell the same story, figure by figure.

use crate::common;

use common::Workspace;
use common::grouped;
use serde_json::{Value, json};

fn trace(workspace: &Workspace, line: &str) -> Value {
    let run = workspace.run(&format!("trace {line} --format json"));
    assert_eq!(run.code, 0, "{line}: {}", run.err);
    serde_json::from_str(&run.out).expect("JSON")
}

fn added(trace: &Value) -> u64 {
    let parts = trace["contributions"].as_array().into_iter().flatten().filter(|part| part["use"] == "added");
    parts.filter_map(|part| part["value"].as_u64()).sum()
}

#[test]
fn every_total_of_annex_one_is_traced_to_the_last_unit() {
    let workspace = Workspace::of_repository();
    for round in ["annual", "consumer-day"] {
        let printed = workspace.run(&format!("compile --round {round} --format md -o -")).out.replace('\\', "");
        let json = workspace.run(&format!("compile --round {round} --format json -o -"));
        let compiled: Value = serde_json::from_str(&json.out).unwrap();
        for total in compiled["totals"].as_array().unwrap() {
            let indicator = total["indicator"].as_str().unwrap();
            let traced = trace(&workspace, &format!("{indicator} --round {round}"));
            assert_eq!(traced["value"], total["value"], "{round} {indicator}");
            assert_eq!(traced["rate"], total["rate"], "{round} {indicator}");
            for field in ["contributions", "levels", "comparisons"] {
                assert_eq!(traced[field], total[field], "{round} {indicator}: {field}");
            }
            let Some(value) = total["value"].as_u64() else { continue };
            assert_eq!(added(&traced), value, "{round} {indicator}");
            let label = total["label"].as_str().unwrap();
            let row = printed
                .lines()
                .find(|line| line.contains(&format!("| {label} | {} |", total["unit"].as_str().unwrap())))
                .unwrap();
            assert_eq!(row.split(" | ").nth(3), Some(grouped(value).as_str()), "{round}: {row}");
        }
    }
}

#[test]
fn every_part_of_a_figure_is_traced_and_what_it_is_compared_with() {
    let workspace = Workspace::of_repository();
    let json: Value = serde_json::from_str(&workspace.run("compile --format json -o -").out).unwrap();
    let totals = json["totals"].as_array().unwrap().iter().chain(json["measures"].as_array().unwrap());
    for total in totals.filter(|total| total["value"].is_u64()) {
        let levels = total["levels"].as_array().unwrap().iter().filter_map(|level| level["value"].as_u64());
        assert_eq!(levels.sum::<u64>(), total["value"].as_u64().unwrap(), "{}", total["indicator"]);
    }
    for list in ["funding.", "complaints_by_field."] {
        let measures = json["measures"].as_array().unwrap().iter();
        let parts = measures.filter(|part| part["indicator"].as_str().unwrap().starts_with(list));
        assert_eq!(parts.filter_map(|part| part["share_per_mille"].as_u64()).sum::<u64>(), 1000, "{list}");
    }
    for (line, told) in [
        ("inspections", "UBND các xã, phường: 1.230 vụ (23 cơ quan báo số)"),
        (
            "inspections",
            "chênh lệch 498 vụ, đúng bằng số lũy kế đến ngày 31/5/2026 của 05 thành viên chưa có báo cáo hợp lệ (",
        ),
        ("funding", "UBND các xã, phường: 1.002.000.000 đồng (15 cơ quan báo số)"),
        ("funding.state_budget", "Các cơ quan, đơn vị cấp tỉnh: 2.496.000.000 đồng (13 cơ quan báo số)"),
        ("funding.state_budget", "Chiếm 66,0% tổng kinh phí đã sử dụng"),
        ("complaints_by_field.e_commerce", "Chiếm 32,7% tổng số vụ theo lĩnh vực"),
    ] {
        let printed = workspace.run(&format!("trace {line} --format markdown")).out.replace('\\', "");
        assert!(printed.contains(told), "{line}: {printed}");
    }
    // More than the silent members said last, and less than the others reported.
    for (given, told) in [
        (2167, "số đối chiếu cao hơn 499 vụ, chưa rõ do đâu; 05 thành viên chưa có báo cáo hợp lệ ("),
        (1668, "nêu 1.668 vụ; các thành viên đã báo cáo 1.668 vụ; hai số khớp nhau"),
        (1600, "số đối chiếu thấp hơn 68 vụ, chưa rõ do đâu; 05 thành viên"),
    ] {
        workspace.edit("reports/annual/vptt-bcd-389.yaml", "inspections: 2166", &format!("inspections: {given}"));
        let printed = workspace.run("trace inspections --format markdown").out.replace('\\', "");
        assert!(printed.contains(told), "{given}: {printed}");
        workspace.edit("reports/annual/vptt-bcd-389.yaml", &format!("inspections: {given}"), "inspections: 2166");
    }
}

#[test]
fn what_sentences_make_of_a_total_is_traced() {
    let workspace = Workspace::of_repository();
    for (line, told) in [
        ("violations", "Chiếm 35,4% số vụ kiểm tra; xem: plan trace inspections --round annual"),
        ("violations", "Chi cục Quản lý thị trường tỉnh: 521 vụ (50,7%), nhiều nhất"),
        ("inspections", "Sở Công Thương: 183 vụ (6,3%), cộng 02 nhiệm vụ"),
        ("complaints_received", "Từ ngày 01/6/2026: 148 vụ (56,3%)"),
        ("fines", "Thuế tỉnh: 7.438.100.000 đồng trong tổng thu nộp ngân sách nhà nước không thuộc chỉ tiêu này"),
        // What is told in a list is told under no task.
        ("warnings", "Sở Công Thương: 4 cảnh báo, nhiều nhất"),
        ("tasks.done", "Chiếm 70,4% trong tổng số 27; xem: plan trace tasks.total --round annual"),
    ] {
        let shown = workspace.run(&format!("trace {line} --round annual")).out;
        assert!(shown.lines().any(|shown| shown.trim() == told), "{line}: {told}\n{shown}");
    }
    // The same for a script; under one task nothing is said of all.
    for (line, field, told) in [
        ("violations", "of_whole", json!({"indicator": "inspections", "numerator": 1027, "denominator": 2898})),
        ("violations --task III.3", "of_whole", Value::Null),
        ("violations", "most", json!({"agency": "cc-qltt", "value": 521})),
        ("violations --task III.3", "most", Value::Null),
        ("inspections", "sums", json!([{"agency": "so-cong-thuong", "value": 183, "tasks": 2}])),
        ("fines --task III.5", "sums", json!([])),
        (
            "complaints_received",
            "since",
            json!({"indicator": "complaints_received", "value": 148, "from": "2026-06-01"}),
        ),
        ("fines", "beyond", json!({"agency": "thue", "value": 7_438_100_000_u64})),
        ("inspections", "beyond", Value::Null),
        ("resolution_rate", "left", json!(23)),
    ] {
        assert_eq!(trace(&workspace, &format!("{line} --round annual"))[field], told, "{line}: {field}");
    }
}

#[test]
fn of_a_rate_the_rows_are_what_it_is_reckoned_from() {
    let workspace = Workspace::of_repository();
    let printed = workspace.run("trace resolution_rate --round annual --format csv").out;
    let rows: Vec<&str> = printed.lines().skip(1).collect();
    let expected = [
        "Số vụ đã giải quyết,240,plan trace complaints_resolved --round annual",
        "\"Số phản ánh, yêu cầu, khiếu nại tiếp nhận\",263,plan trace complaints_received --round annual",
    ];
    assert_eq!(rows, expected, "{printed}");
}

#[test]
fn every_figure_under_a_task_is_traced() {
    let workspace = Workspace::of_repository();
    let printed = workspace.run("compile --round consumer-day --format csv --table tasks -o -").out;
    let json = workspace.run("compile --round consumer-day --format json -o -");
    let compiled: Value = serde_json::from_str(&json.out).unwrap();
    let mut held = 0;
    for total in compiled["totals"].as_array().unwrap().iter().filter(|total| total["unit"] != "đồng") {
        let (indicator, label) = (total["indicator"].as_str().unwrap(), total["label"].as_str().unwrap());
        let mut tasks: Vec<&str> =
            total["contributions"].as_array().unwrap().iter().map(|part| part["task"].as_str().unwrap()).collect();
        tasks.sort_unstable();
        tasks.dedup();
        for task in tasks {
            let traced = trace(&workspace, &format!("{indicator} --task {task} --round consumer-day"));
            let Some(value) = traced["value"].as_u64() else { continue };
            assert_eq!(added(&traced), value, "{indicator} {task}");
            let row = printed.split("\r\n").find(|row| row.contains(&format!(",{task},"))).unwrap();
            assert!(row.contains(&format!("{label}: {}", grouped(value))), "{indicator} {task}: {row}");
            held += 1;
        }
    }
    assert!(held > 30, "{held}");
}

#[test]
fn what_is_left_out_says_why() {
    let workspace = Workspace::of_repository();
    workspace.edit("reports/annual/so-y-te.yaml", "status: done", "status: finished");
    workspace.edit(
        "reports/annual/toa-an.yaml",
        "civil_cases_accepted:",
        "school_activities: 7\n      civil_cases_accepted:",
    );
    for (line, reason, value) in [
        ("inspections", "invalid_report", 318),
        ("school_activities", "not_allowed", 7),
        ("complaint_desks", "superseded", 41),
    ] {
        let traced = trace(&workspace, line);
        let left_out = traced["left_out"].as_array().unwrap();
        let found = left_out.iter().find(|part| part["reason"] == reason);
        assert_eq!(found.map(|part| part["value"].as_u64()), Some(Some(value)), "{line}: {left_out:?}");
    }
    let table = workspace.run("trace inspections --format csv");
    for row in [",318,không tính: báo cáo chưa hợp lệ,", ",2166,đối chiếu,"] {
        assert!(table.out.contains(row), "{row}: {}", table.out);
    }
}

#[test]
fn whose_report_cannot_be_read_is_named_beside_the_figure() {
    let workspace = Workspace::of_repository();
    let unread = |workspace: &Workspace, indicator: &str| trace(workspace, indicator)["unread"].clone();
    workspace.edit("reports/annual/so-y-te.yaml", "status: done", "status: finished");
    assert_eq!(unread(&workspace, "inspections"), serde_json::json!([]), "invalid, and its number is read");
    workspace.write("reports/annual/so-y-te.yaml", "agency: so-y-te\nround: annual\n  x: [");
    assert_eq!(unread(&workspace, "inspections"), serde_json::json!(["so-y-te"]));
    assert_eq!(unread(&workspace, "civil_cases_accepted"), serde_json::json!([]), "of the courts alone");
    let shown = workspace.run("trace inspections --format markdown").out;
    assert!(shown.contains("không đọc được có số này không: Sở Y tế."), "{shown}");
}

#[test]
fn a_count_is_traced_to_what_is_counted_and_what_that_rests_on() {
    let workspace = Workspace::of_repository();
    let path = workspace.path("reports/annual/bao-ptth.yaml");
    let json: Value = serde_json::from_str(&workspace.run("compile --format json -o -").out).unwrap();
    let summary = &json["summary"];
    let things = |traced: &Value, counted: bool| {
        traced["things"].as_array().unwrap().iter().filter(|thing| thing["counted"] == counted).count() as u64
    };
    for (name, value) in [
        ("tasks.done", &summary["tasks"]["done"]),
        ("counts.missing", &summary["reports"]["missing"]),
        ("coverage.province.silent_ever", &summary["coverage"][0]["silent_ever"]),
        ("funding.silent", &summary["funding_silent"]),
        ("difficulties.total", &summary["difficulties"]["total"]),
        ("petitions.ubnd-tinh.total", &summary["recommendations"][1]["total"]),
        ("next_steps.ubnd-cap-xa", &summary["next_steps"]["ubnd-cap-xa"]),
        ("leads.I.1.total", &summary["leads"][0]["total"]),
        ("leads.I.1.reported", &summary["leads"][0]["reported"]),
        ("leads.I.1.done", &summary["leads"][0]["done"]),
    ] {
        let traced = trace(&workspace, name);
        assert_eq!((&traced["value"], Some(things(&traced, true))), (value, value.as_u64()), "{name}");
    }
    // A task that is done rests on what its leads say; one that nobody speaks of, on who is silent.
    let traced = trace(&workspace, "tasks.done");
    assert!(things(&traced, false) >= 19, "{traced}");
    let rests = |thing: &&Value| thing["agency"] == "bao-ptth" && thing["counted"] == false;
    let rested = traced["things"].as_array().unwrap().iter().find(rests).unwrap();
    assert_eq!((&rested["text"], &rested["file"]), (&"hoàn thành".into(), &"reports/annual/bao-ptth.yaml".into()));
    let line = rested["line"].as_u64().unwrap() as usize;
    let written = std::fs::read_to_string(path).unwrap();
    let task = rested["task"].as_str().unwrap();
    assert!(written.lines().nth(line - 1).unwrap().contains(task), "{task}: {line}");
    let silent = workspace.run("trace tasks.no_report --format csv").out;
    assert!(silent.contains("Sở NNMT,sắp đến hạn (còn 4 ngày làm việc),so-nnmt,plan/agencies.yaml,"), "{silent}");
    // Members of a group that is counted keep no task from being told in few lines.
    assert!(!workspace.run("trace tasks.partly_reported --format csv").out.contains("chưa gửi"), "only who speaks");
}

#[test]
fn what_cannot_be_traced_says_why() {
    let workspace = Workspace::of_repository();
    for (line, why) in [
        ("trace khong-co", "không có chỉ tiêu, số đếm “khong-co”"),
        ("trace tasks.dome", "có phải “tasks.done” (Số nhiệm vụ hoàn thành)?"),
        ("trace difficulties.themes.finding.total", "có phải “difficulties.themes.funding.total”"),
        ("trace tasks", "  tasks.no_report "),
        ("trace tasks.done --task III.5", "không báo theo nhiệm vụ; bỏ --task"),
        ("trace inspections --task II.1", "chỉ tiêu inspections không thuộc nhiệm vụ II.1. Các nhiệm vụ: III.1, "),
        ("trace advice_calls --round khac", "không có kỳ báo cáo “khac”"),
        ("trace warnings_issued --task III.66", "không có nhiệm vụ “III.66”"),
    ] {
        let run = workspace.run(line);
        assert_eq!(run.code, 2, "{line}");
        assert!(run.err.contains(why), "{line}: {}", run.err);
    }
}

/// What `trace`, the annexes and `show` say of an indicator, whose only answer in the annual report is changed.
#[test]
fn an_answer_without_a_number_is_told_as_it_was_given() {
    for (answer, told, id) in [
        ("nothing-arose", "không phát sinh", "nothing_arose"),
        ("not-applicable", "không áp dụng", "not_applicable"),
        ("{reason: Đang đối chiếu}", "chưa có số, đã nêu lý do", "unanswered"),
        ("0", "0", ""),
    ] {
        let workspace = Workspace::of_repository();
        workspace.edit(
            "reports/annual/bao-ptth.yaml",
            "broadcast_minutes: 1610",
            &format!("broadcast_minutes: {answer}"),
        );
        workspace.edit("reports/consumer-day/bao-ptth.yaml", "broadcast_minutes: 690", "broadcast_minutes: 0");
        let traced = trace(&workspace, "broadcast_minutes");
        assert_eq!(traced["unknown"].as_str().unwrap_or_default(), id, "{answer}");
        assert_eq!(traced["others"].as_array().map_or(0, Vec::len), usize::from(!id.is_empty()), "{answer}");
        let label = "Thời lượng phát sóng";
        for (line, words) in [
            ("trace broadcast_minutes", format!("{label}: {told}")),
            ("trace broadcast_minutes --task II.1", format!("{label}: {told}")),
            ("show broadcast_minutes", format!("Kỳ Năm 2026: {told}")),
            ("compile --skip-invalid --format md -o -", format!("| {label} | phút | {told} |")),
            ("compile --skip-invalid --format md -o -", format!("{label}: {told}")),
            ("compile --skip-invalid --format csv --table tasks -o -", format!("{label}: {told}")),
        ] {
            let run = workspace.run(line);
            assert!(run.out.contains(&words), "{line}: {words}: {}", run.out);
        }
    }
}

#[test]
fn the_newest_answer_stands_and_what_it_replaced_is_named() {
    let workspace = Workspace::of_repository();
    let ad_hoc = |figures: &str, task: &str| {
        format!(
            "agency: hiep-hoi-dn\nround: ad-hoc\ndate: 2026-11-20\nsubject: Rà soát\ndocument: {{number: 20/BC-HHDN, \
             date: 2026-11-20}}\nreceived: 2026-11-20\ntasks:\n  {task}: {{status: in-progress, results: Đã rà soát lại, \
             figures: {{{figures}}}}}\n"
        )
    };
    let path = "reports/ad-hoc/2026-11-20-hiep-hoi-dn.yaml";
    workspace.edit(
        "reports/annual/hiep-hoi-dn.yaml",
        "complaint_desks: 73",
        "complaint_desks: {reason: Đang rà soát}",
    );
    assert_eq!(trace(&workspace, "complaint_desks")["value"], 3, "a reason is an answer");
    let printed = workspace.run("trace complaint_desks --format csv").out;
    assert!(printed.contains(",chưa có số,không có số để cộng (đang rà soát),"), "{printed}");
    assert!(printed.contains(",41 (Ngày 15/3)"), "{printed}");

    workspace.write(path, ad_hoc("complaint_desks: 60", "VII.2"));
    let traced = trace(&workspace, "complaint_desks");
    assert_eq!(traced["value"], 63);
    let newest = traced["contributions"].as_array().unwrap().iter().find(|part| part["agency"] == "hiep-hoi-dn");
    assert_eq!(newest.map(|part| (&part["round"], &part["date"])), Some((&"ad-hoc".into(), &"2026-11-20".into())));
    let shown = workspace.run("show complaint_desks").out;
    assert!(shown.contains("số của báo cáo đột"), "{shown}");

    // Where figures add up, an ad hoc one is told and not added.
    let before = trace(&workspace, "code_of_conduct")["value"].clone();
    workspace.write(path, ad_hoc("code_of_conduct: 5", "VII.2"));
    let traced = trace(&workspace, "code_of_conduct");
    assert_eq!(traced["value"], before);
    let left_out = traced["left_out"].as_array().unwrap();
    assert!(left_out.iter().any(|part| part["reason"] == "ad_hoc" && part["value"] == 5), "{left_out:?}");

    // Of several tasks, each answer replaces what stood under its own.
    workspace.edit(
        "plan/indicators.yaml",
        "tasks: [VII.2]\n    aggregation: latest",
        "tasks: [VII.1, VII.2]\n    aggregation: latest",
    );
    workspace.edit(
        "reports/annual/hiep-hoi-dn.yaml",
        "complaint_desks: {reason: Đang rà soát}",
        "complaint_desks: 73",
    );
    workspace.write(path, ad_hoc("complaint_desks: 60", "VII.1"));
    let printed = workspace.run("trace complaint_desks --format csv").out;
    let row = |told: &str| printed.lines().find(|row| row.contains(told)).unwrap_or_default();
    assert!(row(",VII.2,73,").contains(",41 (Ngày 15/3)") && row(",VII.1,60,").ends_with(','), "{printed}");
}

#[test]
fn a_draft_names_what_an_agency_answers_instead_of_its_number() {
    let workspace = Workspace::of_repository();
    let draft = workspace.run("compile --format json -o -").out;
    workspace.write("truoc.json", draft);
    workspace.edit("reports/annual/hiep-hoi-dn.yaml", "complaint_desks: 73", "complaint_desks: nothing-arose");
    let run = workspace.run("compile --since truoc.json --format json -o -");
    let changed: Value = serde_json::from_str(&run.out).expect("JSON");
    let figures = changed["changes"]["figures"].as_array().unwrap();
    assert_eq!(figures.len(), 1, "{figures:?}");
    let by = &figures[0]["by"][0];
    assert_eq!(
        (&by["before"], &by["after"], &by["unknown_after"]),
        (&73.into(), &Value::Null, &"nothing_arose".into())
    );
    let printed = workspace.run("compile --since truoc.json --format md -o -").out;
    assert!(printed.contains("73 → không phát sinh"), "{printed}");

    workspace.write("truoc.json", run.out);
    workspace.edit(
        "reports/annual/hiep-hoi-dn.yaml",
        "complaint_desks: nothing-arose",
        "complaint_desks: not-applicable",
    );
    let printed = workspace.run("compile --since truoc.json --format md -o -").out;
    assert!(printed.contains("không phát sinh → không áp dụng"), "{printed}");
    let same = workspace.run("compile --format json -o -").out;
    workspace.write("truoc.json", same);
    let printed = workspace.run("compile --since truoc.json --format md -o -");
    assert!(printed.err.contains(" 0 số liệu thay đổi"), "{}", printed.err);
}

#[test]
fn what_a_successor_tells_for_both_was_told_before_by_both() {
    let workspace = Workspace::without_reports();
    let of = |round: &str, agency: &str, number: u32, directives: &str| {
        let day = if round == "annual" { "2026-11-20" } else { "2026-06-05" };
        let (vi, times) =
            if round == "annual" { ("  VI.1: {status: in-progress, results: Đang làm.}\n", 2) } else { ("", 1) };
        let report = format!(
            "agency: {agency}\nround: {round}\ndocument: {{number: {number}/BC-UBND, date: {day}}}\nreceived: {day}\ntasks:\n  I.1: \
             {{status: done, results: Đã làm., figures: {{directives: {directives}, briefings: {times}, briefing_attendees: {times}}}}}\n{vi}"
        );
        workspace.write(&format!("reports/{round}/{agency}.yaml"), report);
    };
    workspace.edit(
        "plan/agencies.yaml",
        "commune_code: \"03781\"\n",
        "commune_code: \"03781\"\n    active: {until: 2026-07-31}\n    successor: xa-mai-son\n",
    );
    of("consumer-day", "xa-co-ma", 1, "10");
    of("consumer-day", "xa-mai-son", 2, "15");
    for (told, since) in [("25", None), ("28", Some(3)), ("{value: 19, itself_alone: true}", Some(4))] {
        of("annual", "xa-mai-son", 3, told);
        let json = workspace.run("compile --as-of 2026-12-03 --format json -o -").out;
        let json: Value = serde_json::from_str(&json).unwrap();
        let is_alone = told.contains("itself_alone");
        let gaps = json["gaps"].as_array().unwrap();
        assert_eq!(gaps.iter().any(|gap| gap["kind"] == "successor_alone"), is_alone, "{told}");
        let found = json["since"].as_array().unwrap().iter().find(|since| since["indicator"] == "directives");
        assert_eq!(found.map(|since| since["value"].as_u64().unwrap()), since, "{told}");
        let traced = workspace.run("trace directives --as-of 2026-12-03").out;
        assert_eq!(traced.contains("không cộng"), is_alone, "{traced}");
        let line = since.map(|since| format!("Từ ngày 01/6/2026: {since} văn bản"));
        assert_eq!(traced.contains("Từ ngày"), line.is_some(), "{traced}");
        assert!(line.is_none_or(|line| traced.contains(&line)), "{traced}");
    }
    // Who was there before and told nothing then: what is new is not known.
    std::fs::remove_file(workspace.path("reports/consumer-day/xa-co-ma.yaml")).unwrap();
    of("annual", "xa-mai-son", 3, "28");
    assert!(!workspace.run("trace directives --as-of 2026-12-03").out.contains("Từ ngày"));
}

/// Of an ad hoc report its day says whether the other was still there.
#[test]
fn an_ad_hoc_report_tells_for_both_from_the_day_after_the_last_of_the_other() {
    for (day, total) in [("2026-07-31", 15), ("2026-08-01", 5)] {
        let workspace = Workspace::without_reports();
        workspace.edit(
            "plan/agencies.yaml",
            "commune_code: \"03781\"\n",
            "commune_code: \"03781\"\n    active: {until: 2026-07-31}\n    successor: xa-mai-son\n",
        );
        let of = |file: &str, head: &str, day: &str, desks: u32| {
            let paper = format!("document: {{number: {desks}/BC-UBND, date: {day}}}\nreceived: {day}");
            let own = "I.1: {status: done, results: Đã làm., figures: {directives: 1, briefings: 1, briefing_attendees: 1}}";
            let desks = format!(
                "VII.2: {{status: in-progress, results: Đang làm., figures: {{complaint_desks: {desks}}}}}"
            );
            let answer = format!("tasks:\n  {own}\n  {desks}\n");
            workspace.write(&format!("reports/{file}.yaml"), format!("{head}\n{paper}\n{answer}"));
        };
        of("consumer-day/xa-co-ma", "agency: xa-co-ma\nround: consumer-day", "2026-06-05", 10);
        let head = format!("agency: xa-mai-son\nround: ad-hoc\ndate: {day}\nsubject: Đột xuất");
        of(&format!("ad-hoc/{day}-xa-mai-son"), &head, day, 5);
        let trace = trace(&workspace, "complaint_desks --round annual --as-of 2026-12-03");
        assert_eq!(added(&trace), total, "{day}: {trace}");
    }
}
