//! This year beside last year in the report, the annex, JSON and `trace`; last year's figures as `plan init --from` writes
//! them.

use crate::common;

use common::Workspace;
use serde_json::Value as Json;

const SOURCE: &str = "Báo cáo số 512/BC-SCT ngày 03/12/2025 của Sở Công Thương";

fn previous(data_to: &str, figures: &str) -> String {
    let head = format!("    data_from: 2025-01-01\n    data_to: {data_to}\n    source: {SOURCE}\n");
    format!("rounds:\n  annual:\n{head}    figures: {{{figures}}}\n")
}

/// The report, on one line.
fn compiled(workspace: &Workspace, folder: &str, options: &str) -> String {
    let run = workspace.run(&format!("-C {folder} {options} compile --round annual --format md -o -"));
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    run.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What three agencies told last year of what the report tells of this year: 88, 47 and 128 of 263 complaints.
fn received(of: [u32; 3]) -> String {
    let [department, market, society] = of;
    format!(
        "complaints_received: {{agencies: {{so-cong-thuong: {department}, cc-qltt: {market}, hoi-bvqlntd: {society}}}}}"
    )
}

#[test]
fn each_way_of_changing_is_said() {
    let workspace = Workspace::of_repository();
    let fines = "inspections: 0, administrative_penalties: 0, fines: 0";
    for (figures, said) in [
        (
            received([80, 50, 130]),
            "khiếu nại, tăng 03 vụ (1,2%) so với cùng kỳ năm 2025 (260 vụ); giải quyết 240 vụ",
        ),
        (received([90, 50, 140]), "khiếu nại, giảm 17 vụ (6,1%) so với cùng kỳ năm 2025 (280 vụ); giải quyết"),
        (received([88, 47, 128]), "khiếu nại, bằng cùng kỳ năm 2025; giải quyết"),
        (received([2, 3, 14]), "khiếu nại, tăng 244 vụ so với cùng kỳ năm 2025 (từ 19 vụ); giải quyết"),
        (received([0, 0, 0]), "khiếu nại, cùng kỳ năm 2025 không có; giải quyết"),
        (
            "complaints_received: {total: 280, agencies: {so-cong-thuong: 80, cc-qltt: 50}}".to_owned(),
            "Tính 02 cơ quan có số liệu cả hai năm (Sở Công Thương, Chi cục Quản lý thị trường tỉnh), số phản ánh, yêu cầu, khiếu nại tiếp \
             nhận là 135 vụ, tăng 05 vụ (3,8%) so với cùng kỳ năm 2025 (130 vụ).",
        ),
        (
            format!(
                "{}, complaints_resolved: {{agencies: {{so-cong-thuong: 70, cc-qltt: 40, hoi-bvqlntd: 120}}}}",
                received([80, 50, 130])
            ),
            "Tỷ lệ giải quyết tăng 2,8 điểm phần trăm so với cùng kỳ năm 2025 (từ 88,5%).",
        ),
        (fines.to_owned(), "xử phạt hành chính 965 vụ (cùng kỳ không có) với 8,06 tỷ đồng (cùng kỳ không có)"),
        (received([80, 50, 130]), &format!("Nguồn số liệu cùng kỳ năm 2025: {SOURCE}.")),
        // One office of a hundred is no province.
        (
            "outreach_attendees: 80000".to_owned(),
            "Số liệu năm 2025 không cùng phạm vi cơ quan với kỳ này nên báo cáo không so sánh",
        ),
    ] {
        workspace.write("plan/previous.yaml", previous("2025-11-20", &figures));
        let report = compiled(&workspace, ".", "");
        assert!(report.contains(said), "{figures}: {said}");
        assert!(!report.contains("Chưa có số liệu năm 2025"), "{figures}");
    }
}

#[test]
fn a_table_tells_what_is_not_compared_from_what_is_not_known() {
    let workspace = Workspace::of_repository();
    let note = "“không so sánh”: có số liệu năm trước";
    for (resolved, row, is_noted) in [
        ("", "| Cùng kỳ năm 2025 | | 260 | | | |", false),
        (
            ", complaints_resolved: {total: 230, agencies: {so-cong-thuong: 70, cc-qltt: 40}}",
            "| Cùng kỳ năm 2025 | | 260 | không so sánh | không so sánh | |",
            true,
        ),
        // A rate of cases and of letters is none.
        (
            ", complaints_resolved: {agencies: {so-cong-thuong: 70, cc-qltt: 40, hoi-bvqlntd: 120}, unit: đơn}",
            "| Cùng kỳ năm 2025 | | 260 | không so sánh | không so sánh | |",
            true,
        ),
        (
            ", complaints_resolved: {agencies: {so-cong-thuong: 70, cc-qltt: 40, hoi-bvqlntd: 120}}",
            "| Cùng kỳ năm 2025 | | 260 | 230 | 88,5% | |",
            false,
        ),
    ] {
        let figures = format!("{}{resolved}", received([80, 50, 130]));
        workspace.write("plan/previous.yaml", previous("2025-11-20", &figures));
        let report = compiled(&workspace, ".", "");
        assert!(report.contains(row), "{figures}: {report}");
        assert_eq!(report.contains(note), is_noted, "{figures}");
        let trace = workspace.run("trace resolution_rate").out;
        let why = "không tính được tỷ lệ, theo";
        assert_eq!(trace.contains(why), figures.contains("unit: đơn"), "{figures}: {trace}");
        assert_eq!(report.contains("| 91,3% | | | không so sánh |"), resolved.contains("đơn"), "{figures}");
    }
}

/// Of rates of few, or of which one number is of some of the agencies alone, nothing is said.
#[test]
fn rates_are_compared_where_both_numbers_are_whole_and_not_of_few() {
    let workspace = Workspace::of_repository();
    for (last_year, resolved, is_said) in [
        ([2, 3, 15], "{agencies: {so-cong-thuong: 1, cc-qltt: 3, hoi-bvqlntd: 12}}", true),
        ([2, 3, 14], "{agencies: {so-cong-thuong: 1, cc-qltt: 3, hoi-bvqlntd: 12}}", false),
        ([80, 50, 130], "{agencies: {so-cong-thuong: 70, cc-qltt: 40, hoi-bvqlntd: 120}}", true),
        ([80, 50, 130], "{total: 230, agencies: {so-cong-thuong: 70, cc-qltt: 40}}", false),
    ] {
        let figures = format!("{}, complaints_resolved: {resolved}", received(last_year));
        workspace.write("plan/previous.yaml", previous("2025-11-20", &figures));
        let report = compiled(&workspace, ".", "");
        assert_eq!(report.contains("Tỷ lệ giải quyết tăng"), is_said, "{figures}");
    }
}

#[test]
fn without_last_year_or_with_other_days_it_is_said_once_and_nothing_is_compared() {
    let workspace = Workspace::of_repository();
    let none = "Chưa có số liệu năm 2025 theo cùng hệ thống chỉ tiêu nên báo cáo không so sánh với cùng kỳ.";
    let other = "Số liệu năm 2025 tính từ ngày 01/01/2025 đến ngày 31/12/2025, khác thời gian lấy số liệu của kỳ này, nên báo cáo không \
                 so sánh với cùng kỳ.";
    for (file, said) in [(None, none), (Some(previous("2025-12-31", &received([80, 50, 130]))), other)] {
        if let Some(file) = &file {
            workspace.write("plan/previous.yaml", file);
        }
        let report = compiled(&workspace, ".", "");
        assert_eq!(report.matches(said).count(), 1, "{said}");
        assert_eq!(report.matches("so với cùng kỳ").count(), 0, "{said}");
        assert_eq!(report.contains("| Cùng kỳ năm trước |"), file.is_some());
    }
}

#[test]
fn the_comparison_is_the_same_in_the_annex_in_json_and_in_a_trace() {
    let workspace = Workspace::of_repository();
    let figures =
        "complaints_received: {total: 280, agencies: {so-cong-thuong: 80, cc-qltt: 50}}, outreach_attendees: 80000";
    workspace.write("plan/previous.yaml", previous("2025-11-20", figures));
    let report = compiled(&workspace, ".", "");
    assert!(report.contains("| vụ | 263 | 3 | 280 | tăng 3,8% (2 cơ quan) |"));
    let told = workspace.run("compile -o bao-cao.md").out;
    let gap = "01 chỉ tiêu có số liệu năm 2025 nhưng không so sánh vì năm trước chỉ có tổng số, kỳ này chưa đủ cơ quan báo số: số \
               lượt người được tuyên truyền.";
    assert!(told.contains(gap), "{told}");
    let csv = workspace.run("compile --format csv --table indicators -o -").out;
    assert!(csv.contains(",280,tăng 3,8% (2 cơ quan)") || csv.contains(",280,\"tăng 3,8% (2 cơ quan)\""), "{csv}");
    assert!(report.contains("| lượt người | 84\\.860 | 35 | 80\\.000 | không so sánh |"));
    let json: Json = serde_json::from_str(&workspace.run("compile --format json -o -").out).expect("JSON");
    let trace: Json =
        serde_json::from_str(&workspace.run("trace complaints_received --format json").out).expect("JSON");
    let totals = json["totals"].as_array().expect("totals");
    let of = |id: &str| &totals.iter().find(|total| total["indicator"] == id).expect(id)["previous"];
    let previous = of("complaints_received");
    assert_eq!(&trace["previous"], previous);
    assert_eq!((&previous["value"], &previous["source"]), (&280.into(), &SOURCE.into()));
    assert_eq!((&previous["file"], &previous["line"]), (&"plan/previous.yaml".into(), &6.into()));
    assert_eq!((&previous["comparison"]["before"], &previous["comparison"]["now"]), (&130.into(), &135.into()));
    assert_eq!(previous["comparison"]["agencies"], serde_json::json!(["so-cong-thuong", "cc-qltt"]));
    assert_eq!(of("outreach_attendees")["not_compared"], "incomplete");
    assert!(of("leaflets").is_null());
    for command in ["trace", "show"] {
        let screen = workspace.run(&format!("{command} complaints_received")).out;
        let screen = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            screen.contains(&format!("Cùng kỳ năm 2025: 280 vụ, theo {SOURCE} (plan/previous.yaml:6)"))
                && screen.contains("130 vụ năm trước, 135 vụ kỳ này"),
            "{screen}"
        );
    }
}

#[test]
fn samples_of_last_year_are_marked() {
    let workspace = Workspace::without_reports();
    let figures = previous("2025-11-20", "leaflets: 10");
    let banner = "DỮ LIỆU MINH HỌA – số liệu mẫu năm trước";
    for (text, marked) in
        [(figures.replace("    source", "    illustrative: true\n    source"), true), (figures, false)]
    {
        workspace.write("plan/previous.yaml", text);
        assert_eq!(compiled(&workspace, ".", "").contains(banner), marked);
    }
}

/// A commune's report that tells of directives alone.
fn commune(at: u32, day: &str, directives: &str) -> String {
    let task =
        format!("{{status: done, results: Đã ban hành văn bản ở xã {at}., figures: {{directives: {directives}}}}}");
    format!(
        "agency: xa-{at:02}\nround: annual\ndocument: {{number: {at}/BC-UBND, date: {day}}}\nreceived: {day}\ntasks:\n  I.1: {task}\n"
    )
}

#[test]
fn a_year_is_compared_with_the_one_that_it_was_set_up_from() {
    let workspace = Workspace::of_communes(4);
    let growth = "growth:\n  after_number: \"{{ change.way }} {{ change.by }} so với {{ change.before }}\"\n  in_list: \"{{ change.way }}\"\n  \
                  of_both: \"{{ change.agencies }} xã: {{ change.now }}, {{ change.told }}\"\ngroups:\n  - group: I\n    text:\n      - \"{% if \
                  growth.directives %}{{ growth.directives }}{% endif %}{% if growth_of_both.directives %}{{ growth_of_both.directives }}{% endif %}\"\n\
                  annexes:\n";
    workspace.edit("plan/report.yaml", "annexes:\n", growth);
    let last = "reports/annual/xa-";
    for (at, directives) in [(1, "12"), (2, "20"), (3, "nothing-arose"), (4, "9")] {
        workspace.write(&format!("{last}{at:02}.yaml"), commune(at, "2026-11-18", directives));
    }
    let complaints = "  II.2: {status: done, results: Đã giải quyết 9 vụ., figures: {complaints_received: {value: 8, carried_over: 2}, \
                      complaints_resolved: 9}}\n";
    workspace.write(&format!("{last}04.yaml"), commune(4, "2026-11-18", "9") + complaints);
    let issue = |options: &str| workspace.run(&format!("--as-of 2026-12-03 issue annual {options}")).code;
    let source = |folder: &str| -> String {
        let run = workspace.run(&format!("--as-of 2026-12-20 init {folder} --year 2027 --from ."));
        assert_eq!(run.code, 0, "{}", run.err);
        let text = workspace.read(&format!("{folder}/plan/previous.yaml"));
        let line = text.lines().find_map(|line| line.trim().strip_prefix("source: "));
        line.expect("a source").trim_matches('"').to_owned()
    };
    assert_eq!(source("a"), "số liệu kỳ “Năm 2026” tổng hợp đến ngày 20/12/2026, báo cáo chưa phát hành");
    assert_eq!(issue("--number 512/BC-SCT --date 2026-12-03"), 0);
    assert_eq!(source("b"), "Báo cáo số 512/BC-SCT ngày 03/12/2026 của Sở Công Thương");
    workspace.write(&format!("{last}01.yaml"), commune(1, "2026-11-18", "13"));
    assert_eq!(
        source("moi"),
        "Báo cáo số 512/BC-SCT ngày 03/12/2026 của Sở Công Thương, cập nhật báo cáo của 1 cơ quan đến ngày 20/12/2026"
    );
    let text = workspace.read("moi/plan/previous.yaml");
    let figures = "    data_from: 2026-01-01\n    data_to: 2026-11-20\n";
    assert!(text.contains(figures), "{text}");
    let figures = "      directives:\n        total: 42\n        unit: \"văn bản\"\n        agencies:\n          xa-01: 13\n          xa-02: 20\n          xa-04: 9\n";
    assert!(text.contains(figures), "who told that nothing arose gave no number: {text}");
    let figures = "      complaints_received:\n        total: 8\n        unit: \"vụ\"\n        agencies:\n          xa-04: 8\n        carried_over: 2\n";
    assert!(text.contains(figures) && !text.contains("resolution_rate"), "{text}");
    assert!(workspace.read("moi/RA-SOAT.md").contains("plan/previous.yaml: 3 số liệu của 1 kỳ năm 2026"));

    for file in ["plan/rounds.yaml", "plan/holidays.yaml", "plan/tasks/I.yaml"] {
        workspace.write(&format!("moi/{file}"), workspace.read(file).replace("2026", "2027"));
    }
    // Xã số 2 has gone into xã số 1 since, which tells for both.
    workspace.edit(
        "moi/plan/agencies.yaml",
        "name: UBND xã Số 2,",
        "active: {until: 2027-06-30}, successor: xa-01, name: UBND xã Số 2,",
    );
    let next = "moi/reports/annual/xa-";
    let compiled = || compiled(&workspace, "moi", "--as-of 2027-11-25");
    workspace.write(&format!("{next}01.yaml"), commune(1, "2027-11-18", "40"));
    assert!(compiled().contains("01 xã: 40 văn bản, up 07 văn bản so với 33 văn bản"), "{}", compiled());
    workspace.write(&format!("{next}04.yaml"), commune(4, "2027-11-18", "11"));
    assert!(compiled().contains("up 09 văn bản so với 42 văn bản"), "{}", compiled());

    // Nothing is compared with the year before the last.
    assert_eq!(workspace.run("--as-of 2026-12-20 init sau --year 2028 --from .").code, 0);
    assert!(!workspace.path("sau/plan/previous.yaml").exists());
    assert!(workspace.read("sau/RA-SOAT.md").contains("Chưa có số liệu năm 2027"));
}

#[test]
fn what_of_last_year_is_compared_no_more_is_told_since_a_draft() {
    let parts = |desks: &str| format!("{}, complaint_desks: {{agencies: {desks}}}", received([80, 50, 130]));
    let (both, all) = ("{hiep-hoi-dn: 60, so-cong-thuong: 1}", received([80, 50, 130]));
    let of = |to: &str, figures: &str| previous(to, figures);
    let same = of("2025-11-20", &parts(both));
    for (now, told, changed) in [
        (same.clone(), "; 0 số liệu thay đổi.", &[][..]),
        (
            of("2025-11-19", &parts(both)),
            "; 2 số liệu thay đổi; 1 ngày, thời gian thay đổi.",
            &[
                "| Số phản ánh, yêu cầu, khiếu nại tiếp nhận: cùng kỳ năm 2025 | 260 | 260; không so sánh: khác thời gian lấy số liệu |",
                "| Cùng kỳ năm 2025: lấy số liệu đến ngày | 20/11/2025 | 19/11/2025 |",
            ],
        ),
        (
            of("2025-11-20", &parts("{hiep-hoi-dn: 61, so-cong-thuong: 0}")),
            "; 1 số liệu thay đổi.",
            &["cùng kỳ năm 2025 | 61; chỉ so sánh 60 của 1 cơ quan | 61; chỉ so sánh 61 của 1 cơ quan |"],
        ),
        (
            of("2025-11-20", &parts(both).replace("hoi-bvqlntd: 130}", "hoi-bvqlntd: 130}, unit: đơn")),
            "; 1 số liệu thay đổi.",
            &["| 260 | 260; không so sánh: khác đơn vị tính |"],
        ),
        (
            of(
                "2025-11-20",
                &parts(both).replace("hoi-bvqlntd: 130", "hoi-bvqlntd: {value: 130, itself_alone: true}"),
            ),
            "; 1 số liệu thay đổi.",
            &["| 260 | 260; chỉ so sánh 130 của 2 cơ quan |"],
        ),
        (of("2025-11-20", &all), "; 1 số liệu thay đổi.", &["| không có |"]),
    ] {
        let workspace = Workspace::of_repository();
        workspace.write("plan/previous.yaml", &same);
        assert_eq!(workspace.run("compile -o truoc.json").code, 0);
        workspace.write("plan/previous.yaml", &now);
        let run = workspace.run("compile --since truoc.json --format md -o -");
        assert_eq!(run.code, 0, "{now}: {}", run.err);
        assert!(run.err.contains(told), "{now}: {told}: {}", run.err);
        let printed = run.out.replace('\\', "");
        for row in changed {
            assert!(printed.contains(row), "{now}: {row}: {}", &printed[printed.len() - 3000..]);
        }
    }
}
