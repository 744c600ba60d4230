//! Forms out and back in, as far as no other program is needed; `tests/readers/forms.py` fills them in.

use crate::common;

use std::io::Write;
use std::path::Path;

use common::form::{edit, fill, number, words};
use common::{Run, Workspace};
use serde_json::Value as Json;
use zip::write::SimpleFileOptions;

const HEALTH: &str = "reports/annual/so-y-te.yaml";
const FORM: &str = "bm/so-y-te-annual-2026.xlsx";

fn exported(agencies: &str) -> Workspace {
    let workspace = Workspace::of_repository();
    let run = workspace.run(&format!("form export {agencies} -o bm"));
    assert_eq!(run.code, 0, "{}", run.err);
    workspace
}

/// Adds parts to a form's file.
fn add(path: &Path, parts: &[(&str, &str)]) {
    let bytes = std::fs::read(path).expect("a form");
    let mut out = zip::ZipWriter::new_append(std::io::Cursor::new(bytes)).expect("a zip");
    for (name, content) in parts {
        out.start_file(*name, SimpleFileOptions::default()).expect("a part");
        out.write_all(content.as_bytes()).expect("a part");
    }
    std::fs::write(path, out.finish().expect("a zip").into_inner()).expect("a file");
}

fn put(workspace: &Workspace, form: &str, key: &str, column: char, value: &str) {
    fill(&workspace.path(form), &[(key, column, value.to_owned())]);
}

/// The health department's form with the least that its report must say.
fn filled() -> Workspace {
    let workspace = exported("so-y-te");
    // Nothing arose all year: nothing was told of an earlier round either.
    for report in [HEALTH, "reports/consumer-day/so-y-te.yaml"] {
        std::fs::remove_file(workspace.path(report)).expect("the shipped report");
    }
    put(&workspace, FORM, "document.number", 'C', &words("1342/BC-SYT"));
    put(&workspace, FORM, "document.date", 'C', &words("17/11/2026"));
    for task in ["I.1", "I.3", "III.5", "VI.1"] {
        put(&workspace, FORM, &format!("tasks.{task}.status"), 'G', &words("Không phát sinh"));
        put(&workspace, FORM, &format!("tasks.{task}.reason"), 'G', &words("Chưa có vụ việc"));
    }
    workspace
}

fn forms(run: &Run) -> Vec<Json> {
    let json: Json =
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err));
    json["forms"].as_array().expect("forms").clone()
}

#[test]
fn a_form_that_somebody_filled_in_is_never_written_over() {
    let workspace = exported("so-y-te so-noi-vu");
    put(&workspace, FORM, "document.number", 'C', &words("1342/BC-SYT"));
    std::fs::copy(workspace.path(FORM), workspace.path("ex.xlsx")).expect("a copy");
    let before = workspace.contents();
    for line in ["so-y-te -o bm", "so-y-te so-noi-vu -o bm", "so-y-te -o ex.xlsx", "so-noi-vu -o ex.xlsx"] {
        for force in ["", " --force"] {
            let run = workspace.run(&format!("form export {line}{force}"));
            assert_eq!(run.code, 2, "{line}{force}: {}", run.out);
            assert!(run.err.contains("đã có người điền; chưa ghi gì"), "{line}{force}: {}", run.err);
            assert!(run.err.contains("plan receive ") && !run.err.contains("--force"), "{line}: {}", run.err);
        }
    }
    assert_eq!(workspace.contents(), before);
    // A blank one of another version, and of another agency, gives way.
    workspace.edit("plan/rounds.yaml", "short_name: Năm 2026", "short_name: Cả năm 2026");
    assert_eq!(workspace.run("form export so-noi-vu -o bm").code, 2);
    let run = workspace.run("form export so-noi-vu -o bm --force");
    assert_eq!(run.code, 0, "{}", run.err);
    let run = workspace.run("form export so-y-te -o bm/so-noi-vu-annual-2026.xlsx --force");
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn every_agency_that_is_asked_has_a_form_the_same_one_again_and_an_empty_one_is_no_report() {
    let workspace = exported("--all");
    let first = workspace.contents();
    let count = first.keys().filter(|path| path.starts_with("bm/")).count();
    assert_eq!(count, 102);
    let again = workspace.run("form export so-y-te -o bm");
    assert_eq!(again.code, 2, "nothing is replaced unless told to");
    let again = workspace.run("form export so-y-te -o bm --force");
    assert_eq!((again.code, workspace.contents() == first), (0, true), "{}", again.err);

    // A run that was killed has written some of them.
    std::fs::remove_file(workspace.path("bm/toa-an-annual-2026.xlsx")).expect("a form");
    let rest = workspace.run("form export so-y-te toa-an -o bm");
    assert_eq!((rest.code, workspace.contents() == first), (0, true), "{}", rest.err);
    assert_eq!(rest.out, "Đã ghi 1 biểu mẫu kỳ Năm 2026 vào bm; 1 tệp đã có sẵn đúng như vậy\n");
    workspace.write("bm/so-y-te-annual-2026.xlsx", "của tôi");
    std::fs::remove_file(workspace.path("bm/toa-an-annual-2026.xlsx")).expect("a form");
    assert_eq!(workspace.run("form export so-y-te toa-an -o bm").code, 2);
    assert_eq!(workspace.read("bm/so-y-te-annual-2026.xlsx"), "của tôi");
    assert_eq!(workspace.run("form export so-y-te toa-an -o bm --force").code, 0);

    // Nobody has filled any of them in.
    std::fs::remove_dir_all(workspace.path("reports")).expect("the shipped reports");
    let run = workspace.run("form import bm --format json");
    assert_eq!(run.code, 1, "{}", run.err);
    let forms = forms(&run);
    assert_eq!(forms.len(), 102);
    for form in forms {
        assert_eq!(form["result"], "refused", "{form}");
        assert_eq!(form["problems"][0]["message"], "biểu mẫu chưa điền", "{form}");
    }
    assert!(!workspace.path("reports").exists());
}

#[test]
fn a_filled_form_becomes_the_agencys_report() {
    let workspace = filled();
    let tried = workspace.run(&format!("form import {FORM} --dry-run"));
    assert_eq!((tried.code, workspace.path(HEALTH).exists()), (0, false), "{}{}", tried.out, tried.err);
    let run = workspace.run(&format!("form import {FORM} --on 2026-11-18"));
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    insta::assert_snapshot!("report", workspace.read(HEALTH));
    let check = workspace.run(&format!("check {HEALTH}"));
    assert_eq!(check.code, 0, "{}", check.out);
}

#[test]
fn a_second_form_records_a_correction_and_the_same_one_nothing() {
    let workspace = filled();
    workspace.run(&format!("form import {FORM} --on 2026-11-18"));
    let first = workspace.read(HEALTH);
    let same = workspace.run(&format!("form import {FORM} --on 2026-11-20 --format json"));
    assert_eq!(forms(&same)[0]["result"], "unchanged");
    assert_eq!(workspace.read(HEALTH), first);

    put(&workspace, FORM, "next_steps.1", 'C', &words("Kiểm tra dịp Tết"));
    let corrected = workspace.run(&format!("form import {FORM} --on 2026-11-20 --format json"));
    assert_eq!(forms(&corrected)[0]["result"], "corrected", "{}", corrected.out);
    let text = workspace.read(HEALTH);
    for words in ["received: 2026-11-18", "- date: 2026-11-20", "Kiểm tra dịp Tết"] {
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn a_question_that_the_form_did_not_have_deletes_nothing() {
    let workspace = filled();
    put(&workspace, FORM, "contact.name", 'C', &words("Nguyễn Văn A"));
    put(&workspace, FORM, "contact.phone", 'C', &words("0912345678"));
    put(&workspace, FORM, "tasks.III.5.completed", 'G', &words("10/11/2026"));
    assert_eq!(workspace.run(&format!("form import {FORM} --on 2026-11-18")).code, 0);

    // A form without two of the rows, of an earlier version: neither its sheets nor the hidden list have their keys.
    let asked = |row: &str, completed: &str| {
        let workspace = filled();
        edit(&workspace.path(FORM), "xl/sharedStrings.xml", |text| {
            text.replace(">contact.phone<", row).replace(">tasks.III.5.completed<", completed)
        });
        put(&workspace, FORM, "contact.name", 'C', &words("Trần Thị B"));
        workspace
    };
    for (row, completed, told) in [
        (">#before<", ">#before<", &["name: Trần Thị B", "phone: '0912345678'", "completed: 2026-11-10"][..]),
        (">contact.phone<", ">#before<", &["name: Trần Thị B", "completed: 2026-11-10"]),
    ] {
        let before = asked(row, completed);
        before.write(HEALTH, workspace.read(HEALTH));
        let run = before.run(&format!("form import {FORM} --on 2026-11-20 --format json"));
        assert_eq!(forms(&run)[0]["result"], "corrected", "{}", run.out);
        let text = before.read(HEALTH);
        assert!(told.iter().all(|words| text.contains(words)), "{told:?} in {text}");
        assert_eq!(text.contains("phone"), told.len() == 3, "what was asked and left blank is gone: {text}");
    }
}

#[test]
fn a_wrong_cell_is_named_and_nothing_is_written() {
    for (key, column, value, told) in [
        ("tasks.III.5.figures.fines", 'D', number("337.5"), "số nguyên"),
        ("tasks.III.5.figures.fines", 'D', number("-1"), "không thể âm"),
        ("tasks.III.5.figures.fines", 'D', words("1,5 triệu"), "số nguyên"),
        ("contact.phone", 'C', number("912345678.5"), "thành số"),
        ("tasks.II.1.results", 'G', words("Đã đăng 5 tin"), "chưa chọn trạng thái"),
        ("difficulties.1", 'D', words("Thiếu người"), "chưa ghi khó khăn"),
        ("violators.1", 'C', words("Cửa hàng A"), "chưa ghi hành vi"),
        ("tasks.I.1.evidence.1", 'F', words("5/6/2026"), "chưa ghi tên"),
        ("tasks.III.5.figures.fines", 'D', number("5"), "không phát sinh"),
    ] {
        let workspace = filled();
        put(&workspace, FORM, key, column, &value);
        let run = workspace.run(&format!("form import {FORM}"));
        assert_eq!(run.code, 1, "{key} {value}: {}{}", run.out, run.err);
        let line = run.out.lines().find(|line| line.contains(told));
        let line = line.unwrap_or_else(|| panic!("{key} {value}: {told} in {}", run.out));
        assert!(line.contains('!') && line.contains("lỗi:"), "{line}");
        assert!(!workspace.path(HEALTH).exists());
    }
}

/// As far as it cannot come of that.
#[test]
fn what_else_is_wrong_with_a_form_is_told_beside_what_cannot_be_read() {
    let (more, odd) = ("Kết quả!D47", "Kết quả!D16");
    for (what, cells, told) in [
        ("no signer", vec![], vec![more]),
        ("a signer without a post", vec![("signer.name", 'C', words("An"))], vec!["Thông tin!C21", more]),
        ("a figure of another task", vec![("tasks.I.1.figures.directives", 'D', words("vài"))], vec![odd]),
        (
            "a figure, and a paper of a day to come",
            vec![("tasks.I.1.figures.directives", 'D', words("vài")), ("document.date", 'C', words("19/11/2026"))],
            vec![odd, "Thông tin!C20"],
        ),
        ("its own state", vec![("tasks.III.5.status", 'G', words("xong"))], vec!["Kết quả!G40"]),
        ("another's state", vec![("tasks.VI.1.status", 'G', words("xong"))], vec!["Kết quả!G61", more]),
        (
            "a task without an answer, and a signer without a post",
            vec![("tasks.VI.1.status", 'G', words(" ")), ("signer.name", 'C', words("An"))],
            vec!["Thông tin!C21", "", more],
        ),
    ] {
        let workspace = exported("so-y-te");
        for report in [HEALTH, "reports/consumer-day/so-y-te.yaml"] {
            std::fs::remove_file(workspace.path(report)).expect("the shipped report");
        }
        let mut all = vec![
            ("document.number", 'C', words("1342/BC-SYT")),
            ("document.date", 'C', words("17/11/2026")),
            ("tasks.III.5.figures.inspections", 'D', number("5")),
            ("tasks.III.5.figures.violations", 'D', number("9")),
        ];
        for task in ["tasks.I.1.status", "tasks.I.3.status", "tasks.III.5.status", "tasks.VI.1.status"] {
            all.push((task, 'G', words("Đang thực hiện")));
        }
        all.retain(|(key, ..)| cells.iter().all(|(other, ..)| other != key));
        all.extend(cells);
        fill(&workspace.path(FORM), &all);
        let run = workspace.run(&format!("form import {FORM} --on 2026-11-18 --format json"));
        let found = forms(&run);
        let problems = found[0]["problems"].as_array().expect("problems").iter();
        let errors = problems.filter(|problem| problem["severity"] == "error");
        let errors: Vec<&str> = errors.map(|problem| problem["cell"].as_str().unwrap_or_default()).collect();
        assert_eq!(errors, told, "{what}: {}", run.out);
    }
}

#[test]
fn what_is_not_read_is_told_and_the_form_is_taken() {
    let workspace = filled();
    put(&workspace, FORM, "contact.name", 'C', &words("Nguyễn Văn A_x005F_x000D_"));
    put(&workspace, FORM, "contact.phone", 'C', &number("912345678"));
    put(&workspace, FORM, "funding.state_budget", 'D', &number("300000.00000000006"));
    // A note on a cell of the second sheet, as spreadsheets keep it.
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let rels = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{OFFICE}/comments\" Target=\"../comments1.xml\"/></Relationships>"
    );
    let comments = "<comments><commentList><comment ref=\"G9\"><text><t>Chưa gồm quý IV</t></text></comment></commentList></comments>";
    add(&workspace.path(FORM), &[("xl/worksheets/_rels/sheet2.xml.rels", &rels), ("xl/comments1.xml", comments)]);
    let run = workspace.run(&format!("form import {FORM} --on 2026-11-18 --format json"));
    let form = &forms(&run)[0];
    assert_eq!(form["result"], "received", "{}", run.out);
    let told = |cell: &str, words: &str| {
        let problems = form["problems"].as_array().expect("problems");
        problems.iter().any(|found| {
            found["severity"] == "warning"
                && found["cell"] == cell
                && found["message"].as_str().is_some_and(|message| message.contains(words))
        })
    };
    assert!(told("Kết quả!G9", "Chưa gồm quý IV"), "{}", run.out);
    assert!(told("Thông tin!C25", "912345678"), "{}", run.out);
    let text = workspace.read(HEALTH);
    for words in ["phone: '912345678'", "state_budget: 300000", "name: Nguyễn Văn A_x000D_"] {
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn sample_data_and_real_data_are_never_mixed() {
    let workspace = filled();
    let sample = std::fs::read(common::repository().join(HEALTH)).expect("a sample");
    workspace.write(HEALTH, &sample);
    let run = workspace.run(&format!("form import {FORM}"));
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("dữ liệu minh họa"), "{}", run.out);
    assert_eq!(workspace.read(HEALTH).into_bytes(), sample);
}

#[test]
fn a_folder_is_taken_as_far_as_it_can_be() {
    let workspace = filled();
    for (name, bytes) in [
        ("~$so-y-te.xlsx", &b"PK"[..]),
        ("so-y-te.xlsx~", &b"PK"[..]),
        ("cu.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..]),
        ("bang.csv", &b"a,b"[..]),
        ("cong-van.pdf", &b"%PDF"[..]),
    ] {
        workspace.write(&format!("bm/{name}"), bytes);
    }
    let run = workspace.run("form import bm --on 2026-11-18");
    assert_eq!(run.code, 1, "{}", run.err);
    insta::assert_snapshot!("folder", run.out);
    assert!(workspace.path(HEALTH).exists());
}

#[test]
fn two_forms_of_one_agency_are_both_refused() {
    let workspace = filled();
    std::fs::copy(workspace.path(FORM), workspace.path("bm/ban-2.xlsx")).expect("a copy");
    put(&workspace, "bm/ban-2.xlsx", "next_steps.1", 'C', &words("Kiểm tra dịp Tết"));
    let run = workspace.run("form import bm --format json");
    let results: Vec<_> = forms(&run).iter().map(|form| form["result"].clone()).collect();
    assert_eq!(results, ["refused", "refused"], "{}", run.out);
}

#[test]
fn what_cannot_be_done_is_said() {
    let workspace = exported("so-y-te");
    for (line, told) in [
        ("form export", "thiếu"),
        ("form export so-yte", "so-y-te"),
        ("form export so-y-te --all", "không dùng cùng"),
        ("form import khong-co.xlsx", "không có tệp"),
        ("form import plan", "không có biểu mẫu"),
        ("form import bm reports --number 1/BC-SYT", ""),
    ] {
        let run = workspace.run(line);
        if !told.is_empty() {
            assert_eq!(run.code, 2, "{line}: {}", run.out);
        }
        assert!(run.err.contains(told), "{line}: {}", run.err);
    }
}

#[test]
fn a_form_may_come_before_its_paper_whose_number_fills_in() {
    let blank = |workspace: &Workspace| {
        let form = workspace.path(FORM);
        workspace.write("numbered.xlsx", std::fs::read(&form).expect("a form"));
        std::fs::remove_file(&form).expect("a form");
        workspace.run("form export so-y-te -o bm --force");
        for task in ["I.1", "I.3", "III.5", "VI.1"] {
            put(workspace, FORM, &format!("tasks.{task}.status"), 'G', &words("Không phát sinh"));
            put(workspace, FORM, &format!("tasks.{task}.reason"), 'G', &words("Chưa có vụ việc"));
        }
    };
    let state = |workspace: &Workspace| {
        let json: Json = serde_json::from_str(&workspace.run("status --all --format json").out).expect("JSON");
        let agencies = json["rounds"][1]["agencies"].as_array().expect("agencies").clone();
        agencies.iter().find(|agency| agency["id"] == "so-y-te").expect("the agency").clone()
    };
    let warned = |workspace: &Workspace| {
        workspace.run("check --format short").out.contains("cảnh báo[report-without-number]")
    };
    for dated in [false, true] {
        // Without a number, with its day or without: received and counted, and asked for its number.
        let workspace = filled();
        blank(&workspace);
        if dated {
            put(&workspace, FORM, "document.date", 'C', &words("17/11/2026"));
        }
        let run = workspace.run("receive bm --on 2026-11-18 --format json");
        let came = forms(&run);
        assert_eq!((run.code, &came[0]["result"]), (0, &"received".into()), "{}", run.out);
        assert!(
            run.out.contains("báo cáo chưa có số, ký hiệu văn bản") && run.out.contains("--number"),
            "{}",
            run.out
        );
        assert_eq!((&state(&workspace)["validity"], warned(&workspace)), (&"valid".into(), true));
        assert_eq!(workspace.run("check --format short").out.matches("lỗi[").count(), 0);
        assert!(workspace.run("compile --round annual --format md -o -").code == 0);
        assert_eq!(forms(&workspace.run("receive bm --on 2026-11-19 --format json"))[0]["result"], "unchanged");
        // The number comes with the same form: no correction. The one without it, received again, takes nothing away.
        let run = workspace.run("receive numbered.xlsx --on 2026-11-20 --format json");
        assert_eq!(forms(&run)[0]["result"], "completed", "{}", run.out);
        let report = workspace.read(HEALTH);
        assert!(report.contains("number: 1342/BC-SYT") && !report.contains("corrections"), "{report}");
        assert!(report.contains("received: 2026-11-18") && !warned(&workspace), "{report}");
        assert_eq!(workspace.run("receive bm --on 2026-11-21").code, 0);
        // What is corrected without a number leaves the number that is known.
        put(&workspace, FORM, "next_steps.1", 'C', &words("Kiểm tra bếp ăn"));
        let run = workspace.run("receive bm --on 2026-11-22 --format json");
        assert_eq!(forms(&run)[0]["result"], "corrected", "{}", run.out);
        let report = workspace.read(HEALTH);
        assert!(report.contains("number: 1342/BC-SYT") && report.contains("Kiểm tra bếp ăn"), "{report}");
    }
    // The number stands in the register where the paper came by itself.
    let workspace = filled();
    blank(&workspace);
    assert_eq!(workspace.run("receive bm --on 2026-11-18").code, 0);
    workspace.run("receive so-y-te --on 2026-11-20 --number 1342/BC-SYT --date 2026-11-17 --round annual");
    assert!(!warned(&workspace));
    let shown = workspace.run("show so-y-te --format markdown").out;
    assert!(shown.contains("1342/BC-SYT ngày 17/11/2026"), "{shown}");
    // A day is asked of a number that is there.
    let workspace = exported("so-y-te");
    put(&workspace, FORM, "document.number", 'C', &words("1342/BC-SYT"));
    let run = workspace.run("receive bm --on 2026-11-18");
    assert!(run.code == 1 && run.out.contains("chưa ghi ngày văn bản"), "{}", run.out);
}

#[test]
fn long_names_and_texts_of_a_plan_are_no_affair_of_the_library() {
    let workspace = Workspace::of_repository();
    let long = format!("name: Sở Y tế {}", "và rất nhiều việc khác ".repeat(20).trim());
    workspace.edit("plan/agencies.yaml", "name: Sở Y tế", &long);
    let run = workspace.run("form export --all -o bm");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    workspace.edit(
        "plan/tasks/I.yaml",
        "short_title: Quán triệt",
        &format!("short_title: {}", "Quán triệt ".repeat(4000)),
    );
    for command in ["form export --all -o moi", "form export so-y-te -o moi", "remind --format eml -o moi"] {
        let run = workspace.run(command);
        assert_eq!(run.code, 2, "{command}");
        assert!(run.err.contains("một ô Excel chỉ chứa 32.767 ký tự; hãy rút ngắn"), "{}", run.err);
        assert!(!workspace.path("moi").exists(), "{command}");
    }
}

#[test]
fn what_no_cell_can_hold_is_refused_with_words_of_ours() {
    let workspace = Workspace::without_reports();
    let long = format!("title: {}", "Kế hoạch ".repeat(4_000));
    workspace.edit("plan/plan.yaml", "title: Tổ chức các hoạt động", &long);
    let run = workspace.run("form export so-y-te -o bieu-mau");
    assert!(run.code == 2 && run.err.contains("một ô Excel chỉ chứa 32.767 ký tự"), "{}", run.err);
}
