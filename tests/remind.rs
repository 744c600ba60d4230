//! Whom `plan remind` writes to, what it writes, and when it writes nothing.

use crate::common;

use common::Workspace;

#[test]
fn late_due_and_faulty_are_urged_and_nobody_else() {
    for (day, within, summary) in [
        ("2026-02-01", "7", "không có cơ quan nào phải đôn đốc"),
        ("2026-11-21", "7", "không có cơ quan nào phải đôn đốc"),
        ("2026-11-22", "7", "64 cơ quan: 0 quá hạn, 64 sắp đến hạn, 0 phải bổ sung"),
        ("2026-11-23", "7", "59 cơ quan: 0 quá hạn, 59 sắp đến hạn, 0 phải bổ sung"),
        ("2026-11-14", "15", "0 phải bổ sung"),
        ("2026-11-29", "0", "59 cơ quan: 0 quá hạn, 59 sắp đến hạn, 0 phải bổ sung"),
        ("2026-11-30", "0", "59 cơ quan: 59 quá hạn, 0 sắp đến hạn, 0 phải bổ sung"),
    ] {
        let workspace = Workspace::of_repository();
        let line = format!("--as-of {day} remind --round annual --within {within}");
        let run = workspace.run(&line);
        assert_eq!(run.code, 0, "{line}: {}", run.err);
        assert!(run.out.contains(summary), "{line}: {}", run.out);
        let written = workspace.contents().keys().any(|file| file.starts_with("don-doc"));
        assert_eq!(written, !summary.starts_with("không có"), "{line}");
    }
}

#[test]
fn a_faulty_report_is_urged_with_its_problems_in_words() {
    let workspace = Workspace::of_repository();
    workspace.edit("reports/annual/so-y-te.yaml", "inspections: 318", "inspections: 318.000");
    let run = workspace.run("--as-of 2026-11-23 remind --round annual --within 0 --format text");
    assert_eq!(run.code, 0, "{}", run.err);
    let told: Vec<&str> = run.out.lines().filter(|line| line.contains("318.000")).collect();
    assert!(
        matches!(told[..], [line] if line.starts_with("- Dòng 56: “318.000” không phải số nguyên")),
        "{}",
        run.out
    );
    assert!(run.out.contains("Sở Công Thương kính gửi Sở Y tế: báo cáo"), "{}", run.out);
}

/// Whoever filled in a spreadsheet knows questions, and nothing of lines and keys.
#[test]
fn who_sent_a_form_is_told_in_its_words() {
    let workspace = Workspace::of_repository();
    let report = "reports/annual/so-y-te.yaml";
    let edits = [("inspections: 318", "inspections: 318.000"), ("  VI.1:\n    status: nothing-arose\n", "")];
    edits.into_iter().for_each(|(old, new)| workspace.edit(report, old, new));
    workspace.edit(
        report,
        "    reason: Ngành y tế chưa được cấp tài khoản vào cơ sở dữ liệu chung về người tiêu dùng\n",
        "",
    );
    workspace.edit(report, "state_budget: 310000000", "state_budget: 310 triệu");
    let yaml =
        ["Dòng 1: thiếu nhiệm vụ VI.1", "thêm mục VI.1 dưới tasks", "Dòng 56: “318.000”", "Dòng 68: “310 triệu”"];
    let form = [
        "- thiếu nhiệm vụ VI.1",
        "chọn trạng thái nhiệm vụ đó ở trang “Kết quả”",
        "- Nhiệm vụ III.5, “Số vụ kiểm tra”: “318.000”",
        "- Mục “Kinh phí đã sử dụng theo nguồn, đồng”: “310 triệu”",
    ];
    let text = workspace.read(report);
    for (comment, words, others) in
        [("", yaml, form), ("# Đã gọi điện.\n# Nhận từ biểu mẫu so-y-te-annual-2026.xlsx\n", form, yaml)]
    {
        workspace.write(report, format!("{comment}{text}"));
        let run = workspace.run("--as-of 2026-11-23 remind --round annual --within 0 --format text");
        for word in words {
            assert!(run.out.contains(word), "{comment}: {word}: {}", run.out);
        }
        for word in others {
            assert!(!run.out.contains(word), "{comment}: {word}: {}", run.out);
        }
    }
}

#[test]
fn each_agency_gets_a_letter_of_its_own_and_none_replaces_another() {
    let workspace = Workspace::of_repository();
    let line = "--as-of 2026-12-03 remind --round annual --each -o thu --format md";
    let run = workspace.run(line);
    assert_eq!(run.code, 0, "{}", run.err);
    let letters: Vec<String> = workspace.contents().into_keys().filter(|file| file.starts_with("thu/")).collect();
    assert_eq!(letters.len(), 59);
    let letter = workspace.read("thu/so-noi-vu.md");
    for words in ["Kính gửi: Sở Nội vụ", "quá hạn 04 ngày", "Nhiệm vụ VI\\.1", "/SCT-QLTM", "V/v đôn đốc báo cáo"]
    {
        let plain = words.replace("\\.", ".");
        assert!(letter.contains(words) || letter.contains(&plain), "{words}: {letter}");
    }

    let before = workspace.contents();
    assert_eq!(workspace.run(line).code, 2, "letters are there already");
    assert!(workspace.contents() == before);
    assert_eq!(workspace.run(&format!("{line} --force")).code, 0);
    assert!(workspace.contents() == before, "the same input gives the same letters");
}

#[test]
fn a_plan_without_the_letter_says_what_to_add() {
    let workspace = Workspace::of_repository();
    let wording = workspace.read("plan/report.yaml");
    let (without, _) = wording.split_once("# Công văn đôn đốc").unwrap();
    workspace.write("plan/report.yaml", without);
    let run = workspace.run("--as-of 2026-12-03 remind");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("thêm phần reminder vào plan/report.yaml"), "{}", run.err);
}

#[test]
fn agencies_and_groups_can_be_named() {
    let workspace = Workspace::of_repository();
    let urged = |names: &str| -> Vec<String> {
        let run = workspace.run(&format!("--as-of 1/12/2026 remind {names} --round annual --format json"));
        let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        let found = json["reminders"].as_array().expect("reminders").iter();
        found.map(|found| found["agency"].as_str().expect("an agency").to_owned()).collect()
    };
    let all = urged("");
    let communes = urged("ubnd-cap-xa");
    assert!(
        communes.len() < all.len()
            && communes.iter().all(|key| key.starts_with("xa-") || key.starts_with("phuong-"))
    );
    assert_eq!(urged("so-noi-vu"), ["so-noi-vu"]);
    assert_eq!(urged("ubnd-cap-xa so-noi-vu").len(), communes.len() + 1);
    assert_eq!(urged("so-y-te"), [] as [&str; 0], "its report came");
    let nobody = workspace.run("--as-of 2026-12-01 remind so-y-te --round annual");
    assert!(nobody.code == 0 && nobody.out.contains("trong các cơ quan được nêu, không có"), "{}", nobody.out);
    assert_eq!(workspace.run("remind so-y").code, 2);
}

#[test]
fn no_agency_is_asked_to_mend_what_two_people_of_the_office_changed_at_once() {
    let workspace = Workspace::of_repository();
    let report = workspace.read("reports/annual/so-y-te.yaml");
    let conflicted = report.replacen("tasks:\n", "<<<<<<< HEAD\ntasks:\n=======\ntasks:\n>>>>>>> may-hai\n", 1);
    for (text, asked) in
        [(conflicted, false), (report.replacen("inspections: 318", "inspections: 318.000", 1), true)]
    {
        workspace.write("reports/annual/so-y-te.yaml", text);
        for format in ["text", "table", "md"] {
            let run =
                workspace.run(&format!("--as-of 2026-11-23 remind so-y-te --round annual --format {format} -o -"));
            let is_told = run.err.contains("báo cáo của Sở Y tế còn dấu xung đột của git");
            let is_asked = run.out.contains("318.000");
            assert_eq!(
                (is_asked, is_told, run.out.contains("xung đột")),
                (asked, !asked, false),
                "{format}: {}{}",
                run.out,
                run.err
            );
        }
    }
}

#[test]
fn a_message_names_the_last_day_and_the_last_working_day() {
    let workspace = Workspace::of_repository();
    workspace.run("--as-of 2026-11-23 extend cong-an --until 2026-12-02 --round annual");
    let usual = "trước ngày 30/11/2026 (ngày cuối còn đúng hạn: chủ nhật, ngày 29/11/2026; ngày làm việc cuối cùng trước hạn: thứ Sáu, ngày \
                 27/11/2026). ";
    let extended = "chậm nhất ngày 02/12/2026 theo gia hạn (ngày cuối còn đúng hạn: thứ Tư, ngày 02/12/2026). ";
    for (day, agency, told) in [
        ("2026-11-27", "so-noi-vu", usual),
        ("2026-11-29", "so-noi-vu", usual),
        ("2026-11-30", "so-noi-vu", "trước ngày 30/11/2026, đã quá hạn 01 ngày; đề nghị gửi ngay. "),
        ("2026-12-01", "cong-an", extended),
    ] {
        let out = workspace.run(&format!("--as-of {day} remind {agency} --round annual --format text")).out;
        assert!(out.contains(&format!("Hạn gửi là {told}")), "{day}: {out}");
    }
}

#[test]
fn who_is_gone_is_not_urged_and_whom_to_ask_is_told() {
    let workspace = Workspace::of_repository();
    let gone = "  - id: bien-phong\n    active: {until: 2026-09-30}\n";
    let heir = "cơ quan đã ngừng hoạt động sau ngày 30/9/2026";
    let asked = "; nội dung còn thiếu, phải bổ sung thì đề nghị cơ quan kế thừa là Công an tỉnh";
    for (successor, told) in [("", heir.to_owned()), ("    successor: cong-an\n", format!("{heir}{asked}"))] {
        let workspace = Workspace::of_repository();
        workspace.edit("plan/agencies.yaml", "  - id: bien-phong\n", &format!("{gone}{successor}"));
        for (day, is_urged) in [("2026-09-30", true), ("2026-10-01", false)] {
            let run = workspace.run(&format!("--as-of {day} remind --round consumer-day --format text"));
            assert_eq!(run.out.contains("kính gửi Bộ đội Biên phòng tỉnh"), is_urged, "{day}: {}", run.out);
            let left = format!("lưu ý: không đôn đốc Bộ đội Biên phòng tỉnh: {told}.\n");
            assert_eq!(run.err.contains(&left), !is_urged, "{day}: {}", run.err);
            let shown = workspace.run(&format!("--as-of {day} show bien-phong --format markdown")).out;
            assert_eq!(shown.contains("gửi ngay báo cáo"), is_urged, "{day}: {shown}");
            assert_eq!(shown.contains(&format!("Kỳ Ngày 15/3: {told}.")), !is_urged, "{day}: {shown}");
        }
    }
    assert!(
        !workspace
            .run("--as-of 2026-10-01 remind --round consumer-day --format text")
            .err
            .contains("không đôn đốc")
    );
}

/// Its report is due as the others', and an office writes no letter to itself.
#[test]
fn what_the_consolidator_owes_is_told_and_not_written_for() {
    let workspace = Workspace::of_repository();
    let line = "--as-of 2026-12-01 remind so-noi-vu so-cong-thuong --round annual";
    let own = "báo cáo của chính Sở Công Thương";
    let run = workspace.run(&format!("{line} --format text"));
    assert!(!run.err.contains(own), "its report came: {}", run.err);
    std::fs::remove_file(workspace.path("reports/annual/so-cong-thuong.yaml")).expect("its report");
    let run = workspace.run(&format!("{line} --format text"));
    assert!(!run.out.contains(own) && run.err.contains(&format!("{own} chưa có, quá hạn 2 ngày")), "{}", run.err);
    let run = workspace.run(&format!("{line} --format table"));
    assert!(run.out.contains("1 cơ quan phải đôn đốc.\nNgoài ra"), "{}", run.out);
    let json: serde_json::Value =
        serde_json::from_str(&workspace.run(&format!("{line} --format json")).out).expect("JSON");
    assert_eq!((&json["own"]["agency"], &json["own"]["days"]), (&"so-cong-thuong".into(), &2.into()));
    let other = workspace.run("--as-of 2026-12-01 remind so-noi-vu --round annual --format text");
    assert!(!other.err.contains(own), "{}", other.err);
}

#[test]
fn a_letter_says_what_is_true_on_its_day() {
    let workspace = Workspace::of_repository();
    let letter = |day: &str, more: &str| {
        let run = workspace.run(&format!("--as-of {day} remind so-noi-vu --round annual {more}"));
        assert_eq!(run.code, 0, "{}", run.err);
        run.out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let due = "Bộ Công Thương và UBND tỉnh trước 05/12/2026.";
    let passed = "; hạn gửi báo cáo tổng hợp (trước 05/12/2026) đã qua.";
    let sent = ". Báo cáo tổng hợp đã được gửi tại Báo cáo số 512/BC-SCT ngày 03/12/2026.";
    let md = "--format md -o -";
    for (day, words) in [("2026-11-29", due), ("2026-12-04", due), ("2026-12-05", passed)] {
        let told = letter(day, md);
        assert_eq!(
            [due, passed, sent].map(|other| told.contains(other)),
            [due, passed, sent].map(|w| w == words),
            "{day}: {told}"
        );
    }
    workspace.run("--as-of 3/12/2026 issue annual --number 512/BC-SCT --date 3/12/2026");
    for (day, words) in [("2026-12-02", due), ("2026-12-03", sent), ("2026-12-20", sent)] {
        assert!(letter(day, md).contains(words), "{day}: {}", letter(day, md));
    }
    assert!(letter("2026-12-03", "--format text").contains("để bổ sung vào báo cáo tổng hợp đã gửi"));
    // More time is more time in the letter and in the message too.
    workspace.run("--as-of 29/11/2026 extend so-noi-vu --until 10/12/2026 --number 12/SCT-QLTM --round annual");
    // A list counts in plain digits, a sentence as official papers do.
    for (more, five, one) in
        [(md, "quá hạn 5 ngày", "quá hạn 1 ngày"), ("--format text", "quá hạn 05 ngày", "quá hạn 01 ngày")]
    {
        let told = letter("2026-12-04", more);
        assert!(told.contains("chậm nhất ngày 10/12/2026 theo gia hạn") && !told.contains(five), "{told}");
        assert!(letter("2026-12-11", more).contains(one), "{}", letter("2026-12-11", more));
    }
    assert!(!letter("2026-11-28", "--format text").contains("gia hạn"), "not yet");
}

#[test]
fn a_letter_to_several_gives_nobody_a_day_that_is_not_theirs() {
    let workspace = Workspace::of_repository();
    let run = workspace
        .run("--as-of 2026-11-20 extend so-noi-vu cong-an --until 2026-12-02 --number 12/SCT --round annual");
    assert_eq!(run.code, 0, "{}", run.err);
    let letter = |day: &str, who: &str| {
        let out = workspace.run(&format!("--as-of {day} remind {who} --round annual --format md -o -")).out;
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let usual = "gửi báo cáo về Sở Công Thương trước ngày 30/11/2026 (ngày cuối";
    let at_once = "đề nghị các cơ quan, đơn vị, địa phương chưa gửi khẩn trương gửi báo cáo về Sở Công Thương";
    let own = "gửi báo cáo về Sở Công Thương chậm nhất ngày 02/12/2026 theo gia hạn (ngày cuối";
    let listed = "; 02 cơ quan, đơn vị được gia hạn thì gửi theo hạn nêu tại danh sách.";
    for (day, who, told) in [
        ("2026-11-25", "", vec![usual, listed]),
        ("2026-12-01", "", vec![at_once, listed]),
        ("2026-11-25", "so-noi-vu cong-an", vec![own]),
        ("2026-11-25", "thanh-tra xa-muong-lan", vec![usual]),
    ] {
        let letter = letter(day, who);
        let is_told = |words: &&str| letter.contains(words);
        let expected: Vec<&str> = [usual, at_once, own, listed].into_iter().filter(is_told).collect();
        assert_eq!(expected, told, "{day} {who}: {letter}");
    }
}

#[test]
fn who_was_written_to_stands_in_the_register_and_who_was_told_does_not() {
    let register = "reports/annual/register.yaml";
    let reminded = |workspace: &Workspace| {
        let acts = if workspace.path(register).exists() { workspace.read(register) } else { String::new() };
        acts.matches("{act: remind, agency: so-noi-vu, date: 2026-12-03").count()
    };
    for (line, acts) in [
        ("remind so-noi-vu", 1),
        ("remind so-noi-vu toa-an --each -o thu", 1),
        ("remind so-noi-vu --format html -o thu.html", 1),
        ("remind so-noi-vu --format md -o -", 0),
        ("remind so-noi-vu --format text -o tin-nhan.txt", 0),
        ("remind so-noi-vu --format json -o ds.json", 0),
        ("remind so-y-te", 0),
    ] {
        let workspace = Workspace::of_repository();
        let run = workspace.run(&format!("--as-of 2026-12-03 {line} --round annual"));
        assert_eq!(run.code, 0, "{line}: {}", run.err);
        assert_eq!(reminded(&workspace), acts, "{line}");
        // The same letter of the same day is not another.
        workspace.run(&format!("--as-of 2026-12-03 {line} --round annual --force"));
        assert_eq!(reminded(&workspace), acts, "{line}");
        assert_eq!(workspace.run("check").code, 0, "{line}");
        let history = workspace.run("--as-of 2026-12-03 show so-noi-vu --history").out;
        assert_eq!(history.contains("Soạn văn bản đôn đốc"), acts == 1, "{line}: {history}");
    }
}

#[test]
fn who_was_not_written_to_does_not_stand_in_the_register() {
    let register = "reports/annual/register.yaml";
    for (line, there) in [
        ("remind so-noi-vu --each -o thu", "thu"),
        ("remind so-noi-vu -o thu.docx", "thu.docx"),
        ("remind so-noi-vu -o thu/thu.docx", "thu"),
        ("remind so-noi-vu --each -o thu --format md", "thu/so-noi-vu.md"),
    ] {
        let workspace = Workspace::of_repository();
        workspace.write(there, "của người khác");
        let run = workspace.run(&format!("--as-of 2026-12-03 {line} --round annual"));
        assert_eq!(run.code, 2, "{line}");
        assert!(!workspace.path(register).exists(), "{line}: {}", workspace.read(register));
        assert_eq!(workspace.read(there), "của người khác", "{line}");
    }
    // Nor is a letter written that the register cannot tell of.
    let workspace = Workspace::of_repository();
    workspace.write(register, "- {act: remind}\n");
    let run = workspace.run("--as-of 2026-12-03 remind so-noi-vu --round annual -o thu.md");
    assert!(run.code == 2 && run.err.contains("reports/annual/register.yaml:1"), "{}", run.err);
    assert!(!workspace.path("thu.md").exists());
}

#[test]
fn a_letter_that_was_written_and_not_registered_is_registered_by_the_next_run() {
    let register = "reports/annual/register.yaml";
    for line in ["remind so-noi-vu toa-an --each -o thu", "remind so-noi-vu -o thu.docx"] {
        let workspace = Workspace::of_repository();
        let line = format!("--as-of 2026-12-03 {line} --round annual");
        assert_eq!(workspace.run(&line).code, 0);
        std::fs::remove_file(workspace.path(register)).unwrap();
        assert_eq!(workspace.run(&line).code, 0, "as after a run that was killed in between");
        assert!(workspace.read(register).contains("so-noi-vu"), "{line}");
        assert_eq!(workspace.run(&line).code, 2, "all is done");
    }
}

#[test]
fn each_agency_gets_a_draft_with_its_form_which_comes_back_as_its_report() {
    let workspace = Workspace::of_repository();
    workspace.edit(
        "plan/agencies.yaml",
        "  - id: so-noi-vu\n",
        "  - id: so-noi-vu\n    email: [snv@sonla.gov.vn, vanthu.snv@sonla.gov.vn]\n",
    );
    workspace.edit(
        "plan/agencies.yaml",
        "  - id: so-cong-thuong\n",
        "  - id: so-cong-thuong\n    email: sct@sonla.gov.vn\n",
    );
    let line = "--as-of 2026-12-03 remind so-noi-vu xa-muong-e --round annual --format eml -o thu";
    let run = workspace.run(line);
    assert_eq!(run.code, 0, "{}", run.err);
    for words in [
        "Đã ghi 2 thư nháp vào thu",
        "Đôn đốc 2 cơ quan",
        "chưa có địa chỉ (mục email trong plan/agencies.yaml): xã Mường É.",
    ] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    let register = workspace.read("reports/annual/register.yaml");
    assert_eq!(register.matches("act: remind").count(), 2, "{register}");
    let (addressed, other) = (workspace.read("thu/so-noi-vu.eml"), workspace.read("thu/xa-muong-e.eml"));
    for words in [
        "X-Unsent: 1\r\n",
        "snv@sonla.gov.vn",
        "vanthu.snv@sonla.gov.vn",
        "filename=\"so-noi-vu-annual-2026.xlsx\"",
    ] {
        assert!(addressed.contains(words), "{words}: {}", &addressed[..1500]);
    }
    assert!(addressed.contains("\r\nTo: ") && !other.contains("\r\nTo: ") && other.contains("<sct@sonla.gov.vn>"));
    // The same day again: the same drafts, nothing replaced.
    let before = workspace.contents();
    let again = workspace.run(line);
    assert_eq!((again.code, again.err.contains("đã có")), (2, true), "{}", again.err);
    assert_eq!(workspace.run(&format!("{line} --force")).code, 0);
    assert!(workspace.contents() == before, "the same input gives the same drafts");

    let list = workspace.run("--as-of 2026-12-03 remind so-noi-vu xa-muong-e --round annual --format json").out;
    let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    assert_eq!(list["reminders"][0]["email"], serde_json::json!(["snv@sonla.gov.vn", "vanthu.snv@sonla.gov.vn"]));
    assert_eq!(list["reminders"][1]["email"], serde_json::json!([]));
    let shown = workspace.run("show so-noi-vu --format markdown").out;
    assert!(shown.contains("Thư điện tử: snv@sonla.gov.vn, vanthu.snv@sonla.gov.vn."), "{shown}");
}

#[test]
fn drafts_go_into_a_folder_and_an_address_that_is_wrong_is_not_used() {
    let workspace = Workspace::of_repository();
    workspace.edit(
        "plan/agencies.yaml",
        "  - id: so-noi-vu\n",
        "  - id: so-noi-vu\n    email: Văn thư <snv@sonla.gov.vn>\n",
    );
    let run = |line: &str| workspace.run(&format!("--as-of 2026-12-03 remind so-noi-vu --round annual {line}"));
    for line in ["-o thu.eml", "--format eml -o thu.eml", "--format eml -o -"] {
        let run = run(line);
        assert_eq!((run.code, run.err.contains("-o THƯ_MỤC")), (2, true), "{line}: {}", run.err);
    }
    let check = workspace.run("check --format short");
    assert!(check.out.contains("malformed-email") && check.code == 0, "{}", check.out);
    assert!(run("--format eml -o thu").out.contains("chưa có địa chỉ"));
    assert!(!workspace.read("thu/so-noi-vu.eml").contains("snv@"));
}
