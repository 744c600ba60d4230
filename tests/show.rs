//! `plan show`: what each kind of item shows in each format, how it is found by its names, and that it says what
//! `plan status` says.

use crate::common;

use common::{Run, Workspace};
use serde_json::Value as Json;

/// One of every kind, and agencies of every sort.
const ITEMS: [&str; 9] =
    ["so-noi-vu", "vptt-bcd-389", "xa-muong-la", "III.1", "III", "ubnd-cap-xa", "lien-quan", "fines", "annual"];

fn json(run: &Run) -> Json {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error} in {}{}", run.out, run.err))
}

fn items(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Runs with one argument that may hold blanks.
fn show(workspace: &Workspace, words: &str, options: &str) -> Run {
    let mut arguments = common::arguments("show");
    arguments.push(words.into());
    arguments.extend(common::arguments(options).into_iter().skip(1));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = plan::run(arguments, &common::environment(workspace.root()), &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    Run { code, out: text(out), err: text(err) }
}

#[test]
fn words_that_mean_one_thing_find_it() {
    let workspace = Workspace::without_reports();
    for (words, kind, id) in [
        ("so-y-te", "agency", "so-y-te"),
        ("Sở Y tế", "agency", "so-y-te"),
        ("so y te", "agency", "so-y-te"),
        ("SYT", "agency", "so-y-te"),
        ("Sở KH&CN", "agency", "so-khcn"),
        ("03808", "agency", "xa-muong-la"),
        ("Mường La", "agency", "xa-muong-la"),
        ("muong la", "agency", "xa-muong-la"),
        ("MƯỜNG LẠN", "agency", "xa-muong-lan"),
        ("iii.5", "task", "III.5"),
        ("Kiểm tra trong lĩnh vực y tế", "task", "III.5"),
        ("III", "task_group", "III"),
        ("UBND các xã, phường", "group", "ubnd-cap-xa"),
        ("fines", "indicator", "fines"),
        ("tien phat vi pham hanh chinh", "indicator", "fines"),
        ("annual", "round", "annual"),
        ("Ngày 15/3", "round", "consumer-day"),
    ] {
        let run = show(&workspace, words, "--format json");
        assert_eq!(run.code, 0, "{words}: {}", run.err);
        let shown = json(&run);
        assert_eq!((shown["kind"].as_str(), shown["id"].as_str()), (Some(kind), Some(id)), "{words}");
    }
}

#[test]
fn words_that_mean_none_or_several_are_answered_with_candidates_and_nothing_is_guessed() {
    let workspace = Workspace::without_reports();
    for (words, told) in [
        ("muong", vec!["có thể là nhiều mục", "xa-muong-la ", "UBND xã Mường La", "và 3 mục khác"]),
        ("so-y-tee", vec!["có phải “so-y-te” (Sở Y tế)?"]),
        ("xa-muong-l", vec!["gần giống", "“xa-muong-la” (UBND xã Mường La)"]),
        ("hoàn toàn không có", vec!["không có cơ quan, nhiệm vụ, nhóm, chỉ tiêu hay kỳ báo cáo", "plan show"]),
        ("99999", vec!["không có"]),
        ("\u{1b}[31m", vec!["\\u{1b}[31m"]),
    ] {
        let run = show(&workspace, words, "");
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{words}");
        for told in told {
            assert!(run.err.contains(told), "{words}: {told}: {}", run.err);
        }
    }
    let run = workspace.run("show annual --round consumer-day");
    assert!(run.code == 2 && run.err.contains("bỏ --round"), "{}", run.err);
}

#[test]
fn every_kind_is_shown_in_every_format() {
    let workspace = Workspace::of_repository();
    let mut wrong = Vec::new();
    for item in ITEMS {
        let table = workspace.run(&format!("show {item}"));
        assert_eq!(table.code, 0, "{item}: {}", table.err);
        let wide = table.out.lines().find(|line| line.chars().count() > 100);
        wrong.extend(wide.map(|line| format!("{item} is wide: {line}")));
        let markdown = workspace.run(&format!("show {item} --format markdown")).out;
        let csv = workspace.run(&format!("show {item} --format csv")).out;
        let shown = json(&workspace.run(&format!("show {item} --format json")));
        assert_eq!((&shown["schema_version"], &shown["id"]), (&1.into(), &item.into()));
        assert_eq!(shown["illustrative"], true, "{item}");
        for (format, text) in [("table", &table.out), ("markdown", &markdown)] {
            if !text.contains("DỮ LIỆU MINH HỌA") {
                wrong.push(format!("{item} has no banner as {format}"));
            }
        }
        if !csv.starts_with("\u{feff}Kỳ,Mã") {
            wrong.push(format!("{item} has no titles as csv: {csv}"));
        }
    }
    assert_eq!(wrong, [] as [String; 0]);
}

#[test]
fn without_an_id_everything_is_listed_and_can_be_asked_for() {
    let workspace = Workspace::without_reports();
    let listed = json(&workspace.run("show --format json"));
    let listed = items(&listed["items"]);
    let count = |kind: &str| listed.iter().filter(|item| item["kind"] == kind).count();
    let agencies = common::list(&common::yaml("plan/agencies.yaml")["agencies"]).len();
    let kinds = ["agency", "task_group", "task", "indicator", "round"].map(count);
    let indicators = common::list(&common::yaml("plan/indicators.yaml")["indicators"]).len();
    assert_eq!(kinds, [agencies, 8, 27, indicators, 2]);

    let csv = workspace.run("show --format csv").out;
    assert_eq!(csv.lines().count(), listed.len() + 1);
    let table = workspace.run("show").out;
    for item in listed.iter().step_by(20) {
        let id = item["id"].as_str().unwrap_or_default();
        assert!(table.contains(id), "{id}");
        assert_eq!(workspace.run(&format!("show {id}")).code, 0, "{id}");
    }
}

#[test]
fn status_and_show_say_the_same() {
    let workspace = Workspace::of_repository();
    workspace.edit("reports/annual/so-tai-chinh.yaml", "round: annual", "round: annual\nkhac: 1");
    for agency in ["so-tai-chinh", "so-noi-vu", "toa-an", "xa-muong-la"] {
        let status = json(&workspace.run(&format!("status --agency {agency} --format json")));
        let shown = json(&workspace.run(&format!("show {agency} --format json")));
        for (status, shown) in items(&status["rounds"]).iter().zip(items(&shown["rounds"])) {
            assert_eq!(status["id"], shown["id"]);
            assert_eq!(status["agencies"][0], shown["report"], "{agency}");
            assert_eq!(status["agencies_deadline"], shown["deadline"], "{agency}");
            let led = |tasks: &Json| -> Vec<Json> {
                let lead = |task: &&Json| task.get("role").is_none_or(|role| role == "lead");
                items(tasks).iter().filter(lead).map(|task| task["id"].clone()).collect()
            };
            assert_eq!(led(&status["tasks"]), led(&shown["tasks"]), "{agency}");
        }
        let (status, shown) =
            (workspace.run(&format!("status --agency {agency}")).out, workspace.run(&format!("show {agency}")).out);
        for line in status.lines().filter_map(|line| line.strip_prefix("  Kỳ ")) {
            let (round, state) = line.trim_end_matches('.').split_once(": ").expect("a round and its state");
            let row = shown.lines().find(|line| line.starts_with(round)).unwrap_or_default();
            let begins = state.split_once("; ").map_or(state, |(begins, _)| begins);
            assert!(row.contains(begins), "{agency}: {state} in {row}");
        }
    }
    for task in ["III.5", "I.1"] {
        let status = json(&workspace.run(&format!("status --task {task} --format json")));
        let shown = json(&workspace.run(&format!("show {task} --format json")));
        for (status, shown) in items(&status["rounds"]).iter().zip(items(&shown["rounds"])) {
            assert_eq!(status["tasks"][0], shown["state"], "{task}");
        }
    }
}

#[test]
fn totals_are_those_of_the_report() {
    let workspace = Workspace::of_repository();
    let report = json(&workspace.run("compile --round annual --format json -o -"));
    for indicator in ["fines", "complaint_desks", "resolution_rate"] {
        let shown = json(&workspace.run(&format!("show {indicator} --round annual --format json")));
        let total = items(&report["totals"]).iter().find(|total| total["indicator"] == indicator).expect("a total");
        // The report's has its parts as well.
        for (key, value) in shown["rounds"][0]["total"].as_object().expect("a total") {
            assert_eq!(Some(value), total.get(key), "{indicator}: {key}");
        }
    }
    let shown = workspace.run("show fines --round annual").out;
    let lines: Vec<&str> = shown.lines().collect();
    let at = |begins: &str| lines.iter().position(|line| line.starts_with(begins)).expect("a row");
    assert!(at("Cộng") < at("Văn phòng thường trực"), "a control total is not above the sum: {shown}");
    assert!(lines[at("Văn phòng thường trực")].contains("chỉ đối chiếu, không cộng"), "{shown}");
}

#[test]
fn an_agency_is_shown_with_what_it_owes_and_what_is_wrong() {
    let workspace = Workspace::of_repository();
    let owing = workspace.run("show so-noi-vu").out;
    for told in
        ["VIỆC CẦN LÀM", "trước ngày 30/11/2026", "Thứ Sáu 27/11", "plan form export so-noi-vu --round annual"]
    {
        assert!(owing.contains(told), "{told}: {owing}");
    }
    let late = workspace.run("--as-of 2026-12-03 show so-noi-vu").out;
    assert!(late.contains("gửi ngay báo cáo, đã quá hạn 4 ngày"), "{late}");
    assert!(!workspace.run("show so-y-te").out.contains("VIỆC CẦN LÀM"));
    // Who was given more time is asked for the report by then.
    assert_eq!(workspace.run("extend so-noi-vu --until 2026-12-03 --on 2026-11-20 --round annual").code, 0);
    for (day, told) in [
        ("2026-11-23", "gửi báo cáo chậm nhất ngày 03/12/2026"),
        ("2026-12-04", "đã quá hạn 1 ngày; hạn chậm nhất"),
    ] {
        let owing = workspace.run(&format!("--as-of {day} show so-noi-vu --format markdown")).out;
        let of_round = owing.lines().find(|line| line.contains("Kỳ Năm 2026:")).expect("what is owed");
        assert!(of_round.contains(told) && !of_round.contains("30/11"), "{told}: {of_round}");
    }

    workspace.edit("reports/annual/so-y-te.yaml", "inspections: 318", "inspections: 318.000");
    let broken = workspace.run("show so-y-te").out;
    for told in [
        "sửa 1 lỗi rồi gửi lại báo cáo",
        "KIỂM TRA BÁO CÁO: 1 lỗi",
        "reports/annual/so-y-te.yaml:56: lỗi: “318.000”",
        "plan check reports/annual/so-y-te.yaml",
    ] {
        assert!(broken.contains(told), "{told}: {broken}");
    }
    let shown = json(&workspace.run("show so-y-te --format json"));
    assert_eq!(items(&shown["problems"]).len(), 1);
    assert_eq!(shown["problems"][0]["rule"], "not-a-number");
    let earlier = workspace.run("show so-y-te --round consumer-day").out;
    assert!(!earlier.contains("318.000"), "only the round asked for: {earlier}");
}

#[test]
fn problems_that_are_not_listed_one_by_one_are_counted_too() {
    for (given, counts, more) in [
        (5, "5 cảnh báo", ""),
        (6, "6 cảnh báo", "Còn 1 mục khác. "),
        (100, "100 cảnh báo", "Còn 95 mục khác. "),
        (105, "105 cảnh báo", "Còn 100 mục khác. "),
        (1_205, "1.205 cảnh báo", "Còn 1.200 mục khác. "),
    ] {
        let workspace = Workspace::of_repository();
        let several = "recommendations:\n".to_owned() + &"  - {text: Bổ sung kinh phí}\n".repeat(given);
        workspace.edit("reports/annual/so-y-te.yaml", "recommendations:\n", &several);
        let shown = workspace.run("show so-y-te").out;
        let told = [format!("KIỂM TRA BÁO CÁO: {counts}\n"), format!("  {more}Xem hết, kèm cách sửa: plan check")];
        assert!(told.iter().all(|told| shown.contains(told)), "{given}: {shown}");
        let shown = json(&workspace.run("show so-y-te --format json"));
        let counted = |found: &Json| 1 + found["more"].as_u64().unwrap_or_default();
        assert_eq!(items(&shown["problems"]).iter().map(counted).sum::<u64>(), given as u64);
    }
}

#[test]
fn the_newest_contact_is_named_with_its_report() {
    let workspace = Workspace::of_repository();
    // Of a day that is past, what came by then is told, not what was changed since.
    std::fs::remove_dir_all(workspace.path("reports/consumer-day/received")).expect("what came");
    workspace.edit(
        "reports/consumer-day/so-y-te.yaml",
        "contact: {",
        "contact: {name: Chị Hoa, phone: \"0212 3850 000\", email: hoa@example.vn, ",
    );
    for (day, told, untold) in [
        (
            "2026-11-23",
            "Đầu mối liên hệ: Chi cục An toàn vệ sinh thực phẩm (theo báo cáo số 1342/BC-SYT",
            "Chị Hoa",
        ),
        ("2026-07-01", "Đầu mối liên hệ: Chị Hoa, ", "1342/BC-SYT"),
    ] {
        let shown = workspace.run(&format!("--as-of {day} show so-y-te")).out;
        assert!(shown.contains(told) && !shown.contains(untold), "{day}: {shown}");
    }
    let shown = json(&workspace.run("--as-of 2026-07-01 show so-y-te --format json"));
    assert_eq!(shown["contact"]["phone"], "0212 3850 000");
}

#[test]
fn the_four_answers_stay_apart() {
    let workspace = Workspace::of_repository();
    let file = "reports/annual/so-y-te.yaml";
    // What was told of an earlier round could not become nothing.
    std::fs::remove_file(workspace.path("reports/consumer-day/so-y-te.yaml")).expect("the shipped report");
    workspace.edit(file, "violators: 47", "violators: nothing-arose");
    workspace.edit(file, "goods_value: 46800000", "goods_value: {reason: Chưa định giá}");
    workspace.edit(file, "administrative_penalties: 43", "administrative_penalties: not-applicable");
    let shown = json(&workspace.run("show III.5 --round annual --format json"));
    let lead = &shown["rounds"][0]["agencies"][0];
    assert_eq!((&lead["id"], &lead["role"]), (&"so-y-te".into(), &"lead".into()));
    assert!(lead["answer"]["results"].as_str().is_some_and(|results| results.contains("giò chả có hàn the")));
    let answers: Vec<(&str, &str)> = items(&lead["answer"]["figures"])
        .iter()
        .filter_map(|figure| Some((figure["indicator"].as_str()?, figure["answer"].as_str()?)))
        .collect();
    for expected in [
        ("prosecutions", "value"),
        ("violators", "nothing-arose"),
        ("administrative_penalties", "not-applicable"),
        ("goods_value", "unanswered"),
    ] {
        assert!(answers.contains(&expected), "{expected:?} in {answers:?}");
    }
    let table = workspace.run("show III.5 --round annual").out.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in ["điều tra: 0", "không phát sinh", "không áp dụng", "chưa có số (chưa định giá)"]
    {
        assert!(table.contains(told), "{told}: {table}");
    }
}

#[test]
fn who_has_a_task_and_is_in_a_group_are_those_of_the_day() {
    let workspace = Workspace::of_repository();
    for id in ["so-dttg", "xa-muong-la"] {
        workspace.edit(
            "plan/agencies.yaml",
            &format!("- id: {id}\n"),
            &format!("- id: {id}\n    active: {{until: 2026-09-30}}\n"),
        );
    }
    for (day, communes, is_there) in [("2026-09-30", 75, true), ("2026-10-01", 74, false)] {
        let task = show(&workspace, "I.1", &format!("--as-of {day} --format markdown")).out;
        let (assigned, _) = task.split_once("Kỳ ").expect("a round");
        assert!(assigned.contains(&format!("UBND các xã, phường ({communes} đơn vị)")), "{day}: {assigned}");
        assert_eq!(assigned.contains("Sở Dân tộc và Tôn giáo"), is_there, "{day}: {assigned}");
        let group = show(&workspace, "ubnd-cap-xa", &format!("--as-of {day} --format markdown")).out;
        assert!(group.contains(&format!("Gồm {communes} cơ quan, đơn vị.")), "{day}: {group}");
    }
}

#[test]
fn what_reports_hold_cannot_act_on_a_terminal_or_a_spreadsheet() {
    let workspace = Workspace::of_repository();
    let file = "reports/annual/so-y-te.yaml";
    workspace.edit(file, "contact: {unit: Chi cục", "contact: {unit: \"=HYPERLINK()\\e[31m|`<b>\", name: Chi cục");
    workspace.edit(file, "      Các đoàn kiểm tra của ngành", "      =1+1 | <script> \u{202e} Các đoàn kiểm tra");
    for line in ["show so-y-te", "show III.5", "show so-y-te --format markdown", "show III.5 --format markdown"] {
        let out = workspace.run(line).out;
        assert!(!out.contains(['\u{1b}', '\u{202e}']), "{line}");
        assert!(!line.contains("markdown") || !out.contains("<script>"), "{line}");
    }
    for line in ["show so-y-te --format csv", "show III.5 --format csv"] {
        let out = workspace.run(line).out;
        assert!(!out.contains('\u{202e}') && !out.contains(",=1") && !out.contains(",\"=1"), "{line}");
    }
}

#[test]
fn screens_read_well() {
    let workspace = Workspace::of_repository();
    let mut narrow = common::environment(workspace.root());
    narrow.width = 80;
    for (name, line) in [
        ("agency", "show so-noi-vu"),
        ("commune", "show xa-muong-la"),
        ("task", "show III.5 --round annual"),
        ("indicator", "show complaint_desks"),
        ("round", "show annual"),
    ] {
        insta::assert_snapshot!(name, common::run(&narrow, line).out);
    }
}
