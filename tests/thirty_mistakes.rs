//! Thirty mistakes in one report are thirty problems, each on its line: none hides another, none is
//! found twice, and nothing right is called wrong.

use crate::common;

use common::{Problem, Workspace, problems};

const PATH: &str = "reports/annual/so-y-te.yaml";

/// `#!` at the end of a line names the rule that the line breaks.
const REPORT: &str = r#"illustrative: true #! lead-without-entry
agency: so-yte #! unknown-agency
round: anual #! unknown-round
document: {number: 1279/BC-SYT, date: 18/11/2026} #! not-a-date
signer: {name: Nguyễn Văn A} #! missing-field
contact: {unit: Văn phòng, fax: "02123852379"} #! unknown-key
received: 2026-11-18
corrections:
  - {date: 2026-11-10, note: Bổ sung số liệu} #! correction-before-receipt
  - {date: 2026-12-01, note: Bổ sung số liệu} #! received-in-future
tasks:
  I.1:
    status: xong #! unknown-status
    results: Đã quán triệt tới toàn thể công chức, viên chức.
    figures:
      directives: 1.279 #! not-a-number
      briefings: "4" #! not-a-number
      briefing_attendees: -20 #! not-a-number
  I.3:
    status: #! missing-field
  II.2:
    status: done
    figures:
      outreach_events: 3
      outreach_events: 4 #! duplicate-key
      leaflet: 500 #! unknown-indicator
      pledges: 12 #! figure-of-another-task
  II.3:
    status: in-progress
    figures:
      civil_cases_accepted: 3 #! figure-not-allowed
  III.5:
    status: in-progress
    completed: 2026-02-30 #! not-a-date
    figures:
      inspections: 12 #! below-earlier-round
      violations: 15 #! part-exceeds-whole
      fines: 1,5 triệu #! not-a-number
      prosecutions: nothing-arose
    evidence:
      - {date: 2026-05-05} #! wrong-shape
  III.15: #! unknown-task
    status: not-applicable
  V.1:
    status: in-progress
    figures:
      resolution_rate: 95 #! figure-not-allowed
funding:
  state_budget: 180000000
  sponsors: 5000000 #! unknown-value
difficulties:
  - {cause: Thiếu người} #! missing-field
recommendations:
  - {to: bo-ct, text: Cấp tài khoản cho cấp xã} #! unknown-value
next_steps: Tiếp tục kiểm tra #! wrong-shape
violators:
  - {name: Hộ kinh doanh, violation: Bán sữa giả, fine: 200000000000000} #! not-a-number
figure: 12 #! unknown-key
"#;

/// Without a mistake; the report above must not fall below it.
const EARLIER_REPORT: &str = "\
illustrative: true
agency: so-y-te
round: consumer-day
document: {number: 500/BC-SYT, date: 2026-06-02}
received: 2026-06-02
tasks:
  I.1: {status: in-progress}
  I.3: {status: in-progress}
  III.5:
    status: in-progress
    figures: {inspections: 40, violations: 5}
";

fn marked(path: &str, text: &str) -> Vec<Problem> {
    let marks = text.lines().enumerate().filter_map(|(index, line)| Some((index + 1, line.split_once(" #! ")?.1)));
    marks.map(|(line, rule)| Problem { path: path.to_owned(), line, rule: rule.to_owned() }).collect()
}

fn workspace() -> Workspace {
    let workspace = Workspace::without_reports();
    workspace.write("reports/consumer-day/so-y-te.yaml", EARLIER_REPORT);
    workspace.write(PATH, REPORT);
    workspace
}

#[test]
fn each_mistake_is_one_problem_on_its_line() {
    let expected = marked(PATH, REPORT);
    assert_eq!(expected.len(), 30);
    let run = workspace().run("check reports --format full --severity error");
    assert_eq!(problems(&run.out), expected, "{}", run.out);
}

#[test]
fn thirty_problems_are_counted_as_thirty() {
    let run = workspace().run("check reports --format full --severity error");
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("30 lỗi trong 1 tệp"), "{}", run.out);
}

#[test]
fn every_problem_says_how_to_mend_it() {
    let run = workspace().run("check reports --format full --severity error");
    let silent = run.out.split("\n\n").find(|problem| problem.contains("╭▸") && !problem.contains("\ncách sửa: "));
    assert_eq!(silent, None);
}

#[test]
fn words_that_say_that_there_is_nothing_are_led_to_that_answer() {
    const NONE: &str = "không có thì xóa mục này";
    let workspace = workspace();
    for (line, remedy) in [
        ("next_steps: không", NONE),
        ("next_steps: Không phát sinh", NONE),
        ("next_steps: Không có kinh phí tập huấn", "bắt đầu bằng “- ”"),
        ("funding: không có", NONE),
        ("funding: 120000000", "thụt vào 2 dấu cách"),
        ("funding: {state_budget: nothing-arose}", "đếm được đúng là không thì ghi 0"),
        ("tasks: {V.1: {status: done, figures: {advice_calls: nothing_arose}}}", "ghi nothing-arose"),
        (
            "tasks: {V.1: {status: done, figures: {advice_calls: {value: không phát sinh, carried_over: 2}}}}",
            "bỏ các mục này",
        ),
        ("tasks: {V.1: {status: done, figures: {advice_calls: {value: 12 lượt, carried_over: 2}}}}", "chỉ ghi 12"),
        (
            "tasks: {V.1: {status: done, figures: {advice_calls: {reason: Không phát sinh}}}}",
            "thay cả mục bằng nothing-arose",
        ),
        ("tasks: {V.1: {status: done, figures: {advice_calls: 1e3}}}", "chỉ ghi chữ số"),
    ] {
        workspace.write(PATH, format!("agency: so-y-te\nround: annual\nreceived: 2026-11-18\n{line}\n"));
        let run = workspace.run("check reports/annual --format short");
        assert!(run.out.contains(remedy), "{line}: {}", run.out);
    }
}

#[test]
fn a_slip_in_a_number_or_a_day_is_told_as_it_is() {
    let workspace = workspace();
    let figure = |written: &str| format!("tasks: {{V.1: {{status: done, figures: {{advice_calls: {written}}}}}}}");
    let date = |written: &str| format!("document: {{number: 12/BC-SYT, date: {written}}}");
    for (line, remedy) in [
        (figure("0318"), "bỏ số 0 ở đầu: 318"),
        (figure("+318"), "bỏ dấu +: 318"),
        (figure("\"318,0\""), "bỏ phần thập phân: 318"),
        (figure("\"318\""), "bỏ dấu nháy"),
        (
            "tasks:\n  V.1:\n    status: done\n    figures:\n      advice_calls: |\n        318".to_owned(),
            "bỏ dấu đó, ghi số ngay sau dấu hai chấm: 318",
        ),
        (date("2026-02-30"), "không có ngày này trong lịch"),
        (date("2026-13-01"), "không có ngày này trong lịch"),
        (date("9999-12-31"), "xem lại năm"),
        (date("2026-1-5"), "viết năm-tháng-ngày"),
        ("...\nĐã kiểm tra".to_owned(), "bỏ dòng “...”"),
        ("---\nagency: so-y-te".to_owned(), "tách thành hai tệp"),
    ] {
        workspace.write(PATH, format!("agency: so-y-te\nround: annual\nreceived: 2026-11-18\n{line}\n"));
        let run = workspace.run("check reports/annual --format short");
        assert!(run.out.contains(remedy), "{line}: {}", run.out);
    }
}

#[test]
fn a_near_miss_is_told_what_was_meant() {
    let workspace = workspace();
    for (line, remedy) in [
        ("tasks: {Nhiệm vụ III.5: {status: done}}", "có phải “III.5”"),
        ("tasks: {\"Mục III,8\": {status: done}}", "có phải “III.8”"),
        ("tasks: {3.5: {status: done}}", "có phải “III.5”"),
        ("tasks: {III.5: {status: đã xong}}", "có phải “done”"),
        ("tasks: {III.5: {status: đang triển khai}}", "có phải “in-progress”"),
        ("tasks: {III.5: {status: không thuộc thẩm quyền}}", "có phải “not-applicable”"),
        ("tasks: {III.5: {status: tốt}}", "chọn một trong: not-started"),
        ("difficulties: [{text: Thiếu người, cause: ít, theme: nhân lực}]", "có phải “staff”"),
        ("recommendations: [{text: Bố trí người, to: tỉnh}]", "có phải “ubnd-tinh”"),
        ("accepted: [{rule: paper-number, reason: đúng}]", "paper-number-form"),
    ] {
        workspace.write(PATH, format!("agency: so-y-te\nround: annual\nreceived: 2026-11-18\n{line}\n"));
        let run = workspace.run("check reports/annual --format short");
        assert!(run.out.contains(remedy), "{line}: {}", run.out);
    }
    for (written, remedy) in [
        ("Mường Xyz", "gần giống nhất: “xa-muong-"),
        ("UBND xã Chiềng Mới", "“xa-chieng-mai”"),
        ("Sở Y tế Sơn La", "có phải “so-y-te”"),
        ("Cục Thuế", "“thue”"),
    ] {
        workspace.write(PATH, format!("agency: {written}\nround: annual\nreceived: 2026-11-18\n"));
        let run = workspace.run("check reports/annual --format short");
        assert!(run.out.contains(remedy), "{written}: {}", run.out);
    }
}

#[test]
fn a_whole_that_another_agency_counts_is_named() {
    let workspace = Workspace::without_reports();
    let report = |received: &str| {
        format!(
            "agency: xa-muong-la\nround: annual\ndocument: {{number: 12/BC-UBND, date: 2026-11-17}}\nreceived: 2026-11-18\n\
             tasks:\n  V.1:\n    status: done\n    results: Đã giải quyết.\n    figures:\n      complaints_received: {received}\n      \
             complaints_resolved: 5\n"
        )
    };
    for (received, told) in [
        (
            "{value: 10, counted_by: so-cong-thuong}",
            "do báo cáo này tính, nhưng số phản ánh, yêu cầu, khiếu nại tiếp nhận do Sở Công Thương tính",
        ),
        ("nothing-arose", "ghi “không phát sinh”"),
        ("4", "lớn hơn số phản ánh, yêu cầu, khiếu nại tiếp nhận (4)"),
    ] {
        workspace.write("reports/annual/xa-muong-la.yaml", report(received));
        let run = workspace.run("check --rule part-exceeds-whole --format short");
        assert!(run.out.contains(told), "{received}: {}", run.out);
    }
}

#[test]
fn no_round_is_taken_for_one_that_cannot_be_read() {
    let workspace = Workspace::of_repository();
    let rounds = workspace.read("plan/rounds.yaml");
    workspace.write("plan/rounds.yaml", rounds.replace("agencies_before: 2026-11-30", "agencies_before: 30-11-26"));
    for command in ["remind", "accept so-y-te", "form export so-y-te", "receive so-y-te --on 2026-11-18", "compile"]
    {
        let run = workspace.run(command);
        assert_eq!(run.code, 2, "{command}: {}{}", run.out, run.err);
        assert!(run.err.contains("annual chưa điền đủ hoặc điền sai"), "{command}: {}", run.err);
    }
    // While the round before is open it is the one that is worked on, and by such a plan its reports are not judged either.
    let run = workspace.run("--as-of 2026-06-05 remind --format text");
    assert!(run.code == 2 && run.err.contains("plan/rounds.yaml:31: “30-11-26” không phải ngày"), "{}", run.err);
    workspace.write("plan/rounds.yaml", rounds);
    assert_eq!(workspace.run("--as-of 2026-06-05 remind --format text").code, 0);
}

#[test]
fn one_wrong_field_of_the_plan_is_one_problem() {
    for (path, right, wrong) in [
        ("plan/indicators.yaml", "- id: inspections\n", "- id: inspection\n"),
        ("plan/indicators.yaml", "    aggregation: sum\n", "    aggregation: summ\n"),
        ("plan/tasks/III.yaml", "- id: III.3\n", "- id: III.33\n"),
        ("plan/agencies.yaml", "- id: so-y-te\n", "- id: so-yte\n"),
        ("plan/agencies.yaml", "- id: ubnd-cap-xa\n", "- id: ubnd-cap-xaa\n"),
        ("plan/tasks/IV.yaml", "{agency: so-cong-thuong}", "{agency: so-cong-thuongg}"),
        // What only reports, templates and folders name.
        ("plan/rounds.yaml", "- id: annual\n", "- id: anual\n"),
        ("plan/rounds.yaml", "- id: consumer-day\n", "- id: quy-hai\n"),
        ("plan/rounds.yaml", "  id: ad-hoc\n", "  id: dot-xuat\n"),
        ("plan/indicators.yaml", "- id: leaflets\n", "- id: to-roi\n"),
        ("plan/indicators.yaml", "{id: telecom,", "{id: vien-thong,"),
        ("plan/tasks/VI.yaml", "- id: VI.1\n", "- id: VI.9\n"),
        ("plan/plan.yaml", "id: socialised", "id: socialized"),
        ("plan/report.yaml", "- id: e-commerce\n", "- id: ecommerce\n"),
        ("plan/report.yaml", "{id: ubnd-tinh,", "{id: ubnd-tinh-son-la,"),
        // A key, a day, a year, an id given twice.
        ("plan/agencies.yaml", "    short_name: Sở YT\n", "    shortname: Sở YT\n"),
        ("plan/rounds.yaml", "data_to: 2026-11-20", "data_to: 2025-11-20"),
        ("plan/rounds.yaml", "data_from: 2026-01-01", "data_from: 2062-01-01"),
        ("plan/rounds.yaml", "data_to: 2026-05-31", "data_to: 2027-05-31"),
        ("plan/rounds.yaml", "consolidated_before: 2026-12-05", "consolidated_before: 2026-05-12"),
        ("plan/plan.yaml", "year: 2026", "year: 2027"),
        ("plan/indicators.yaml", "- id: briefings\n", "- id: directives\n"),
        ("plan/rounds.yaml", "- id: annual\n", "- id: consumer-day\n"),
        ("plan/agencies.yaml", "- id: so-y-te\n", "- id: so-tai-chinh\n"),
    ] {
        let workspace = Workspace::of_repository();
        let text = workspace.read(path);
        assert!(text.contains(right), "{path}: {right}");
        workspace.write(path, text.replacen(right, wrong, 1));
        let run = workspace.run("check --severity warning --format short");
        assert_eq!(
            run.out.matches(": lỗi[").count() + run.out.matches(": cảnh báo[").count(),
            1,
            "{wrong}: {}",
            run.out
        );
        assert!(run.out.contains("chưa được đối chiếu với Kế hoạch"), "{wrong}: {}", run.out);
    }
}
