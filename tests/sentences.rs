//! What the report's sentences say of nothing, of one and of several, with the wording of the shipped plan.

use crate::common;

use common::Workspace;

/// A report that is all in order: an agency, its document's code, entries of tasks (`I.1 directives: 0`) and other lines.
fn report(workspace: &Workspace, agency: &str, code: &str, told: &[&str]) {
    let mut tasks = String::new();
    let mut rest = String::new();
    for line in told {
        match line.split_once(' ') {
            Some((task, figures)) if !task.ends_with(':') => {
                tasks += &format!("  {task}: {{status: done, results: Đã làm xong., figures: {{{figures}}}}}\n");
            }
            _ => rest += &format!("{line}\n"),
        }
    }
    let head = format!("agency: {agency}\nround: annual\ndocument: {{number: 1/BC-{code}, date: 2026-11-20}}\n");
    let text = format!("{head}received: 2026-11-20\ntasks:\n{tasks}{rest}");
    workspace.write(&format!("reports/annual/{agency}.yaml"), text);
}

/// The compiled report on one line; reports with errors are left out.
fn compiled(workspace: &Workspace) -> String {
    let run = workspace.run("compile --as-of 2026-12-03 --skip-invalid --format md -o -");
    assert_eq!(run.code, 0, "{}", run.err);
    run.out.replace('\\', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn nothing_is_said_as_what_it_is_and_hides_no_other_number() {
    let complaints =
        |received: &str, rest: &str| format!("V.1 advice_calls: 0, complaints_received: {received}, {rest}");
    let society = |received: &str, rest: &str| {
        vec![complaints(received, rest), "IV.1 training_classes: 0, trainees: 0".to_owned()]
    };
    let commune = |figures: &str| vec![format!("I.1 {figures}"), "VI.1 ".to_owned()];
    let inspected =
        |figures: &str| vec!["I.1 directives: 1".to_owned(), format!("III.3 {figures}"), "VI.1 ".to_owned()];
    for (agency, code, told, said, unsaid) in [
        (
            "xa-mai-son",
            "UBND",
            commune("directives: 0, briefings: 0, briefing_attendees: 0"),
            "Theo báo cáo của UBND xã Mai Sơn, trong kỳ chưa ban hành văn bản chỉ đạo, hướng dẫn nào.",
            "Chưa có số liệu về văn bản",
        ),
        (
            "xa-mai-son",
            "UBND",
            commune("directives: nothing-arose, briefings: nothing-arose, briefing_attendees: nothing-arose"),
            "Theo báo cáo nhận được, trong kỳ không phát sinh văn bản chỉ đạo, hướng dẫn.",
            "Chưa có số liệu về văn bản",
        ),
        (
            "xa-mai-son",
            "UBND",
            commune(
                "directives: {reason: Chưa đếm xong}, briefings: not-applicable, briefing_attendees: not-applicable",
            ),
            "Chưa có số liệu về văn bản chỉ đạo, hướng dẫn đã ban hành.",
            "không phát sinh văn bản",
        ),
        (
            "xa-mai-son",
            "UBND",
            commune("directives: 0, briefings: 4, briefing_attendees: 9"),
            "UBND xã Mai Sơn đã tổ chức 04 cuộc quán triệt Kết luận số 207-KL/TW, Chỉ thị số 30-CT/TW cho 09 lượt người.",
            "ban hành 0",
        ),
        (
            "xa-mai-son",
            "UBND",
            inspected(
                "inspections: 0, violations: 0, violators: 0, administrative_penalties: 0, fines: 0, budget_collected: 0",
            ),
            "Theo báo cáo của UBND xã Mai Sơn, trong kỳ không có vụ kiểm tra nào.",
            "Đã kiểm tra",
        ),
        (
            "xa-mai-son",
            "UBND",
            inspected("inspections: nothing-arose"),
            "Theo báo cáo nhận được, trong kỳ không phát sinh việc kiểm tra.",
            "không có vụ kiểm tra nào",
        ),
        (
            "hoi-bvqlntd",
            "HBVQLNTD",
            society("0", "complaints_resolved: 0, complaints_settled: 0"),
            "Theo báo cáo của Hội Bảo vệ quyền lợi người tiêu dùng tỉnh, trong kỳ không tiếp nhận phản ánh, yêu cầu, khiếu nại nào.",
            "Tiếp nhận 0",
        ),
        (
            "hoi-bvqlntd",
            "HBVQLNTD",
            society("{value: 0, carried_over: 4}", "complaints_resolved: 3, complaints_settled: 1"),
            "khiếu nại nào; giải quyết 03 vụ năm trước chuyển sang. Còn 01 vụ chưa giải quyết xong.",
            "Tiếp nhận 0",
        ),
        (
            "hoi-bvqlntd",
            "HBVQLNTD",
            society("{value: 14, carried_over: 4}", "complaints_resolved: 16, complaints_settled: 1"),
            "Tiếp nhận 14 vụ phản ánh, yêu cầu, khiếu nại, 04 vụ năm trước chuyển sang; giải quyết 16 vụ (88,9%)",
            "khiếu nại, giải quyết 16",
        ),
        (
            "hoi-bvqlntd",
            "HBVQLNTD",
            society("14", "complaints_resolved: 0, complaints_settled: 0"),
            "Tiếp nhận 14 vụ phản ánh, yêu cầu, khiếu nại, chưa giải quyết vụ nào",
            "giải quyết 0",
        ),
        (
            "hoi-bvqlntd",
            "HBVQLNTD",
            society("nothing-arose", "complaints_resolved: nothing-arose, complaints_settled: nothing-arose"),
            "Theo báo cáo nhận được, trong kỳ không phát sinh phản ánh, yêu cầu, khiếu nại.",
            "Tiếp nhận 0",
        ),
        (
            "so-gddt",
            "SGDĐT",
            vec![
                "I.1 directives: 1".to_owned(),
                "VI.1 ".to_owned(),
                "IV.2 school_activities: 5, school_students: 90".to_owned(),
            ],
            "Đã tổ chức 05 hoạt động ngoại khóa cho 90 lượt học sinh, học viên.",
            "Đã mở",
        ),
        (
            "hiep-hoi-dn",
            "HHDN",
            vec!["VII.2 code_of_conduct: {reason: Đang đếm}, complaint_desks: 4".to_owned()],
            "Có 04 doanh nghiệp có bộ phận giải quyết khiếu nại.",
            "cam kết quy tắc ứng xử với",
        ),
        (
            "xa-mai-son",
            "UBND",
            vec!["I.1 directives: 1".to_owned(), "VI.1 ".to_owned(), "funding: {state_budget: 0}".to_owned()],
            "Theo báo cáo nhận được, chưa sử dụng khoản nào.",
            "không nêu kinh phí",
        ),
        (
            "xa-mai-son",
            "UBND",
            commune("directives: 1"),
            "Báo cáo hợp lệ không nêu kinh phí thực hiện.",
            "Các báo cáo hợp lệ",
        ),
    ] {
        let workspace = Workspace::without_reports();
        report(&workspace, agency, code, &told.iter().map(String::as_str).collect::<Vec<_>>());
        let text = compiled(&workspace);
        assert!(text.contains(said), "{told:?}: {said}\n{text}");
        assert!(!text.contains(unsaid), "{told:?}: {unsaid}\n{text}");
    }
}

#[test]
fn a_report_before_the_data_end_is_told_to_be_one() {
    let workspace = Workspace::without_reports();
    report(&workspace, "xa-mai-son", "UBND", &["I.1 directives: 1", "VI.1 "]);
    let text = workspace.read("reports/annual/xa-mai-son.yaml").replace("2026-11-20", "2026-11-02");
    workspace.write("reports/annual/xa-mai-son.yaml", text);
    for (day, is_told) in [("2026-11-19", true), ("2026-11-20", false)] {
        let told = workspace.run(&format!("compile --as-of {day} -o {day}.md")).out;
        let line = "Số liệu của kỳ lấy đến ngày 20/11/2026, chưa đến ngày đó";
        assert_eq!(told.contains(line), is_told, "{day}: {told}");
    }
}

#[test]
fn a_part_of_a_whole_is_told_as_its_part() {
    // What is settled in the short way is a part of what was accepted, not of what is resolved.
    for (figures, said) in [
        (
            "5, civil_cases_resolved: 1, civil_cases_simplified: 3",
            "05 vụ án dân sự về bảo vệ quyền lợi người tiêu dùng, giải quyết 01 vụ; 03 vụ theo thủ tục rút gọn.",
        ),
        (
            "5, civil_cases_resolved: 0, civil_cases_simplified: 0",
            "05 vụ án dân sự về bảo vệ quyền lợi người tiêu dùng, chưa giải quyết vụ nào.",
        ),
        (
            "0, civil_cases_resolved: 0, civil_cases_simplified: 0",
            "Tòa án nhân dân tỉnh không thụ lý vụ án dân sự nào",
        ),
    ] {
        let workspace = Workspace::without_reports();
        report(&workspace, "toa-an", "TA", &[&format!("II.3 civil_cases_accepted: {figures}")]);
        let text = compiled(&workspace);
        assert!(text.contains(said), "{figures}: {said}\n{text}");
    }
}

#[test]
fn who_sent_what_is_counted_among_its_own() {
    let workspace = Workspace::without_reports();
    let commune = ["I.1 directives: 1", "VI.1 "];
    let overdue = |agency: &str| {
        let path = format!("reports/annual/{agency}.yaml");
        let text = workspace.read(&path).replace("2026-11-20", "2026-12-01");
        workspace.write(&path, text);
    };
    report(&workspace, "xa-mai-son", "UBND", &commune);
    overdue("xa-mai-son");
    let text = compiled(&workspace);
    assert!(text.contains("Có 01 báo cáo gửi muộn."), "{text}");
    assert!(text.contains("Cả 02 cơ quan được đề nghị báo cáo chưa gửi."), "{text}");
    report(&workspace, "xa-co-ma", "UBND", &commune);
    overdue("xa-co-ma");
    assert!(compiled(&workspace).contains("Mọi báo cáo đều gửi muộn."));
    // One that was only requested came in time, and has an error.
    report(&workspace, "toa-an", "TA", &["II.3 civil_cases_accepted: 1, civil_cases_resolved: 2"]);
    let text = compiled(&workspace);
    assert!(text.contains("Có 02 báo cáo gửi muộn."), "{text}");
    let left_out = "01 báo cáo chưa hợp lệ, kể cả 01 báo cáo của cơ quan được đề nghị, chưa tính vào số liệu.";
    assert!(text.contains(left_out), "{text}");
    let status = workspace.run("status --as-of 2026-12-03").out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(status.contains("đã gửi 1/2, 1 chưa hợp lệ"), "{status}");
    // A report with errors stands for nothing of its level.
    workspace.edit("reports/annual/xa-mai-son.yaml", "directives: 1", "directives: 1.000");
    assert!(compiled(&workspace).contains("Do mới có 1/75 xã, phường (1,3%) gửi báo cáo hợp lệ"));
    workspace.edit("reports/annual/xa-co-ma.yaml", "directives: 1", "directives: 1.000");
    assert!(compiled(&workspace).contains("Chưa có số liệu của UBND các xã, phường."));
}

#[test]
fn places_that_petitions_on_one_matter_differ_in_are_told_but_for_a_crowd() {
    let asked = |places: &[(&str, &str)]| {
        let workspace = Workspace::without_reports();
        for (agency, _) in places {
            let own = places.iter().filter(|(other, _)| other == agency).enumerate();
            let petitions = own.map(|(at, (_, place))| {
                let petition =
                    format!("Đề nghị xây dựng chợ đầu mối nông sản{} tại xã {place}.", " mới".repeat(at));
                format!("{{to: ubnd-tinh, text: {petition}, theme: storage}}")
            });
            let line = format!("recommendations: [{}]", petitions.collect::<Vec<_>>().join(", "));
            report(&workspace, agency, "UBND", &["I.1 directives: 0", "VI.1 ", &line]);
        }
        let told = workspace.run("compile --as-of 2026-12-03 --format md -o -");
        assert_eq!(told.code, 0, "{}", told.err);
        let line = told.err.lines().find(|line| line.contains("khác nhau về địa điểm")).map(str::to_owned);
        (line, compiled(&workspace))
    };
    let sides = [
        ("xa-mai-son", "Song Khủa"),
        ("xa-muong-la", "Chiềng Lao"),
        ("xa-quynh-nhai", "Chiềng Lao"),
        ("xa-song-ma", "Song Khủa"),
        ("xa-phu-yen", "Chiềng Lao"),
        ("xa-bac-yen", "Song Khủa"),
        ("xa-yen-chau", "Chiềng Lao"),
        ("xa-van-ho", "Song Khủa"),
        ("xa-thuan-chau", "Chiềng Lao"),
        ("xa-sop-cop", "Song Khủa"),
    ];
    let (line, report) = asked(&sides[..2]);
    let both = "xã Mường La đề xuất xã Chiềng Lao; xã Mai Sơn đề xuất xã Song Khủa";
    let told = format!("- Kiến nghị với UBND tỉnh khác nhau về địa điểm, {both}.");
    assert_eq!(line.as_deref(), Some(told.as_str()));
    assert!(report.contains(&format!("về địa điểm, {both}; đề nghị giao một cơ quan chủ trì")), "{report}");
    let (line, report) = asked(&sides);
    let line = line.unwrap();
    assert!(line.ends_with("; 02 cơ quan khác đề xuất các địa điểm khác."), "{line}");
    assert_eq!(line.matches(" đề xuất xã ").count(), 8, "{line}");
    assert!(report.contains("; 02 cơ quan khác đề xuất các địa điểm khác; đề nghị giao"), "{report}");
    // Who asks twice is named once, with each place once.
    let twice = [sides[0], sides[1], ("xa-mai-son", "Sốp Cộp")];
    for (sides, told) in [
        (&[sides[0], sides[1], sides[0]][..], both.to_owned()),
        (&twice, both.replace("xã Song Khủa", "xã Song Khủa, xã Sốp Cộp")),
    ] {
        let (line, report) = asked(sides);
        assert_eq!(line, Some(format!("- Kiến nghị với UBND tỉnh khác nhau về địa điểm, {told}.")));
        assert!(report.contains(&format!("về địa điểm, {told}; đề nghị")), "{report}");
    }
    // Two wishes for one place, and each for itself, are no conflict.
    assert_eq!(asked(&[sides[1], sides[2]]).0, None);
    assert_eq!(asked(&[("xa-mai-son", "Mai Sơn"), ("xa-muong-la", "Mường La")]).0, None);
}

#[test]
fn what_needs_several_agencies_is_said_where_they_are_and_not_beside() {
    const CLASSES: &str = "IV.1 training_classes: 2, trainees: 60";
    const OVERLAP: &str = "Có 02 lớp (60 lượt người) của xã Mai Sơn trùng địa bàn với lớp của Hội Bảo vệ";
    const UNCONCERNED: &str = "(01 hoàn thành, 01 không thuộc diện thực hiện)";
    let classes = |text: &str| (text.to_owned(), OVERLAP, true);
    let beside = |text: &str| (text.to_owned(), OVERLAP, false);
    let society = "hoi-bvqlntd";
    for (office, commune, (place, said, is_said)) in [
        (CLASSES, CLASSES, classes("Mở 2 lớp tại các xã Mai Sơn và Co Mạ.")),
        (CLASSES, CLASSES, beside("Mở 2 lớp tại xã Co Mạ.")),
        (CLASSES, "IV.1 training_classes: 0, trainees: 0", beside("Mở 2 lớp tại xã Mai Sơn.")),
        ("IV.1 training_classes: 0, trainees: 0", CLASSES, beside("Mở lớp tại xã Mai Sơn.")),
        (
            CLASSES,
            "IV.1 training_classes: {value: 2, counted_by: so-cong-thuong}, trainees: {value: 60, counted_by: so-cong-thuong}",
            beside("Mở 2 lớp tại xã Mai Sơn."),
        ),
    ] {
        let workspace = Workspace::without_reports();
        report(
            &workspace,
            society,
            "HBVQLNTD",
            &[office, "V.1 advice_calls: 0, complaints_received: 0, complaints_resolved: 0, complaints_settled: 0"],
        );
        workspace.edit(&format!("reports/annual/{society}.yaml"), "Đã làm xong.", &place);
        report(&workspace, "xa-mai-son", "UBND", &["I.1 directives: 1", commune, "VI.1 "]);
        let text = compiled(&workspace);
        assert_eq!(text.contains(said), is_said, "{office} {commune} {place}: {text}");
    }
    // What is no fine of what somebody else collected most of.
    for (fines, said) in [
        (100, "400 triệu đồng của Sở Y tế, trong đó 300 triệu đồng không phải tiền phạt vi phạm hành chính."),
        (400, "400 triệu đồng của Sở Y tế."),
    ] {
        let workspace = Workspace::without_reports();
        let money = |fines: u32, all: u32| {
            format!(
                "inspections: 9, violations: 8, administrative_penalties: 8, fines: {fines}000000, budget_collected: {all}000000"
            )
        };
        report(&workspace, "so-y-te", "SYT", &[&format!("III.5 {}", money(fines, 400)), "I.1 ", "I.3 ", "VI.1 "]);
        report(
            &workspace,
            "so-tai-chinh",
            "STC",
            &[&format!("III.4 {}", money(50, 50)), "I.1 ", "I.3 ", "VI.1 ", "VII.1 "],
        );
        let text = compiled(&workspace);
        assert!(text.contains(said), "{fines}: {text}");
    }
    // What is in that money the plan's wording says of who collects taxes.
    let workspace = Workspace::without_reports();
    let money = |all: u32| {
        format!(
            "III.3 inspections: 9, violations: 8, administrative_penalties: 8, fines: 50000000, budget_collected: {all}000000"
        )
    };
    report(&workspace, "thue", "TTH", &["I.1 ", "I.3 ", "VI.1 ", &money(400)]);
    report(&workspace, "xa-mai-son", "UBND", &["I.1 ", "VI.1 ", &money(50)]);
    let text = compiled(&workspace);
    let said = "400 triệu đồng của Thuế tỉnh, trong đó 350 triệu đồng là thuế truy thu, tiền chậm nộp, không phải tiền phạt";
    assert!(text.contains(said), "{text}");
    // Of a task that nobody has to do nothing is said of some.
    for (statuses, is_said) in [(["done", "not-applicable"], true), (["done", "done"], false)] {
        let workspace = Workspace::without_reports();
        for (agency, status) in ["xa-mai-son", "xa-co-ma"].into_iter().zip(statuses) {
            report(&workspace, agency, "UBND", &["I.1 ", "VI.1 "]);
            let entry = if status == "done" {
                "done, results: Đã làm xong."
            } else {
                "not-applicable, reason: Không có."
            };
            let path = format!("reports/annual/{agency}.yaml");
            let text = workspace.read(&path).replacen("done, results: Đã làm xong.", entry, 1);
            workspace.write(&path, text);
        }
        let text = compiled(&workspace);
        assert_eq!(text.contains(UNCONCERNED), is_said, "{statuses:?}: {text}");
    }
}
