//! What people change in the compiled report comes back: from the Word file into `draft.yaml`, from there into every format,
//! beside the data where those moved too.

use std::io::{Cursor, Read, Write};

use serde_json::Value as Json;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::common::{self, Run, Workspace, read, repository};

const DRAFT: &str = "reports/annual/draft.yaml";

/// Paragraphs that the report begins with here, whatever else it says: of one the data may change.
const OPENING: &str = "
opening:
  - Ngành y tế đã ban hành 9 văn bản, tổ chức 4 hội nghị với 1.355 lượt người dự; có {{ counts.received }} cơ quan đã gửi báo cáo.
  - Ngành tư pháp trong năm đã phối hợp hướng dẫn các xã, phường giải đáp pháp luật cho người dân.
  - Ngành xây dựng tính lũy kế đã kiểm tra các chợ, trung tâm thương mại trên địa bàn tỉnh.
";

/// The repository's plan with a few of its reports, and paragraphs that are known.
fn few_reports() -> Workspace {
    let workspace = Workspace::without_reports();
    for agency in ["so-y-te", "so-tu-phap", "so-xay-dung"] {
        let path = format!("reports/annual/{agency}.yaml");
        workspace.write(&path, read(&repository().join(&path)));
    }
    workspace.edit("plan/report.yaml", "\nopening:\n", OPENING);
    workspace
}

/// A file with its parts as `hand` leaves them.
fn rewritten(file: &[u8], hand: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(file)).expect("a Word file");
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").to_string();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("its content");
        if let Some(content) = hand(&name, content) {
            new.start_file(name, SimpleFileOptions::default()).expect("a part");
            new.write_all(&content).expect("its content");
        }
    }
    new.finish().expect("a file").into_inner()
}

/// A file with one more part.
fn rewritten_with(file: &[u8], name: &str, content: &str) -> Vec<u8> {
    let mut new = ZipWriter::new_append(Cursor::new(file.to_vec())).expect("a Word file");
    new.start_file(name, SimpleFileOptions::default()).expect("a part");
    new.write_all(content.as_bytes()).expect("its content");
    new.finish().expect("a file").into_inner()
}

fn part(file: &[u8], wanted: &str) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(file)).expect("a Word file");
    let mut text = String::new();
    archive.by_name(wanted).ok()?.read_to_string(&mut text).expect("its text");
    Some(text)
}

/// Does something to the body of a Word file in the workspace.
fn edit(workspace: &Workspace, source: &str, target: &str, hand: impl Fn(String) -> String) {
    let file = std::fs::read(workspace.path(source)).expect("a draft");
    let body = |name: &str, content: Vec<u8>| match name {
        "word/document.xml" => Some(hand(String::from_utf8(content).expect("UTF-8")).into_bytes()),
        _ => Some(content),
    };
    workspace.write(target, rewritten(&file, body));
}

/// Puts words in the place of others, which stand in one run.
fn words<'w>(from: &'w str, to: &'w str) -> impl Fn(String) -> String {
    move |body| {
        assert!(body.contains(from), "{from}");
        body.replacen(from, to, 1)
    }
}

/// The whole paragraph in which some words stand.
fn paragraph(body: &str, words: &str) -> std::ops::Range<usize> {
    let at = body.find(words).unwrap_or_else(|| panic!("{words}"));
    let start = body[..at].rfind("<w:p>").expect("a paragraph");
    start..at + body[at..].find("</w:p>").expect("its end") + "</w:p>".len()
}

fn ok(run: &Run) -> &str {
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    &run.out
}

fn edits(workspace: &Workspace) -> Vec<Json> {
    let run = workspace.run("draft --format json");
    let json: Json = serde_json::from_str(ok(&run)).expect("JSON");
    json["edits"].as_array().expect("edits").clone()
}

fn told<'e>(edits: &'e [Json], key: &str) -> Vec<&'e str> {
    edits.iter().map(|edit| edit[key].as_str().unwrap_or_default()).collect()
}

/// A paragraph, written anew in Word and taken back.
fn with_one_edit() -> Workspace {
    let workspace = few_reports();
    ok(&workspace.run("compile -o a.docx"));
    edit(
        &workspace,
        "a.docx",
        "b.docx",
        words("Ngành y tế đã ban hành 9 văn bản", "Ngành y tế đã kịp thời ban hành 9 văn bản"),
    );
    ok(&workspace.run("draft import b.docx --by Lan"));
    workspace
}

#[test]
fn what_it_wrote_itself_gives_way_and_what_people_changed_does_not() {
    let workspace = few_reports();
    for line in [
        "compile",
        "compile -o a.md",
        "compile -o a.html",
        "compile -o a.xlsx",
        "compile -o a.json",
        "compile --format csv -o so-lieu",
        "compile --table indicators -o a.csv",
        "calendar -o a.ics",
        "trace inspections -o a.txt",
        "publish -o cong-khai",
    ] {
        for _ in 0..2 {
            ok(&workspace.run(line));
        }
    }
    for (line, file) in [
        ("compile -o a.md", "a.md"),
        ("compile -o a.json", "a.json"),
        ("compile --format csv -o so-lieu", "so-lieu/indicators.csv"),
        ("calendar -o a.ics", "a.ics"),
        ("trace inspections -o a.txt", "a.txt"),
        ("publish -o cong-khai", "cong-khai/index.html"),
    ] {
        let changed = workspace.read(file) + "\n";
        workspace.write(file, &changed);
        let run = workspace.run(line);
        assert!(run.code == 2 && run.err.contains("--force"), "{line}: {}", run.err);
        assert_eq!(workspace.read(file), changed);
        ok(&workspace.run(&format!("{line} --force")));
        ok(&workspace.run(line));
    }
    edit(
        &workspace,
        "bao-cao-annual-2026.docx",
        "bao-cao-annual-2026.docx",
        words("Ngành y tế đã ban", "Ngành y tế tỉnh đã ban"),
    );
    let run = workspace.run("compile");
    assert!(run.code == 2 && run.err.contains("plan draft import bao-cao-annual-2026.docx"), "{}", run.err);
    assert!(run.err.contains("số, ngày, bảng") && run.err.contains("Đổi tên tệp để giữ lại"), "{}", run.err);
    ok(&workspace.run("draft import bao-cao-annual-2026.docx"));
    ok(&workspace.run("compile"));
    ok(&workspace.run("compile"));
    // What stands there from elsewhere is nobody's to replace.
    workspace.write("khac.docx", "của người khác");
    assert_eq!(workspace.run("compile -o khac.docx").code, 2);
}

#[test]
fn an_edit_stands_in_every_format_and_comes_back_once() {
    let workspace = with_one_edit();
    let known = workspace.read(DRAFT);
    assert!(
        known.contains("block: \"opening/~") && known.contains("kind: replace") && known.contains("by: \"Lan\""),
        "{known}"
    );
    for file in ["c.docx", "c.md", "c.html", "c.json"] {
        let run = workspace.run(&format!("compile -o {file}"));
        assert!(ok(&run).contains("1 chỗ người soạn sửa có trong báo cáo."), "{}", run.out);
        let bytes = std::fs::read(workspace.path(file)).expect("a file");
        let text = part_or_text(&bytes);
        assert!(text.contains("Ngành y tế đã kịp thời ban hành 9 văn bản"), "{file}");
    }
    for copy in ["b.docx", "c.docx"] {
        let run = workspace.run(&format!("draft import {copy} --by Minh"));
        assert!(ok(&run).contains("không có chỗ nào mới"), "{copy}: {}", run.out);
        assert_eq!(workspace.read(DRAFT), known, "{copy}");
    }
    assert_eq!(workspace.run("check").code, 0);
    // Written back as the data give it, it is no edit any more.
    edit(&workspace, "c.docx", "d.docx", words("đã kịp thời ban hành", "đã ban hành"));
    assert!(ok(&workspace.run("draft import d.docx")).contains("sửa lại như số liệu"));
    assert_eq!(edits(&workspace), [] as [Json; 0]);
}

fn part_or_text(bytes: &[u8]) -> String {
    if bytes.starts_with(b"PK") {
        part(bytes, "word/document.xml").expect("a body")
    } else {
        String::from_utf8_lossy(bytes).into_owned()
    }
}

#[test]
fn where_the_data_moved_too_both_are_told_and_the_data_printed_until_somebody_decides() {
    let workspace = with_one_edit();
    workspace.edit("plan/report.yaml", "ban hành 9 văn bản", "ban hành 11 văn bản");
    for _ in 0..2 {
        let run = workspace.run("compile -o c.docx");
        assert_eq!(run.code, 1, "{}", run.err);
        for both in [
            "1 chỗ phải quyết định",
            "Theo số liệu nay: Ngành y tế đã ban hành 11 văn bản",
            "Người soạn (Lan, 23/11/2026): Ngành y tế đã kịp thời ban hành 9 văn bản",
        ] {
            assert!(run.out.contains(both), "{both}: {}", run.out);
        }
        let body =
            part(&std::fs::read(workspace.path("c.docx")).expect("a draft"), "word/document.xml").expect("a body");
        assert!(body.contains("Ngành y tế đã ban hành 11 văn bản") && !body.contains("kịp thời ban hành 9"));
    }
    // Neither a last version nor an import of what was written meanwhile decides.
    let run = workspace.run("compile --final -o e.docx");
    assert!(run.code == 1 && run.out.contains("Chưa lập bản chính thức"), "{}", run.out);
    assert!(!workspace.path("e.docx").exists());
    ok(&workspace.run("draft import c.docx"));
    let waiting = edits(&workspace);
    assert_eq!(told(&waiting, "state"), ["changed"]);
    let id = waiting[0]["id"].as_str().expect("an id");

    ok(&workspace.run(&format!("draft keep {id}")));
    let run = workspace.run("compile -o c.docx");
    // What it says of the data is not true any more, and it says so.
    assert!(
        ok(&run).contains("“9 văn” mà số liệu nay không còn") || ok(&run).contains("1 chỗ người soạn sửa"),
        "{}",
        run.out
    );
    assert!(
        part(&std::fs::read(workspace.path("c.docx")).expect("a draft"), "word/document.xml")
            .expect("a body")
            .contains("kịp thời ban hành 9")
    );
    let id = edits(&workspace)[0]["id"].as_str().expect("an id").to_owned();
    ok(&workspace.run(&format!("draft drop {id}")));
    assert_eq!(edits(&workspace), [] as [Json; 0]);
    assert_eq!(workspace.run(&format!("draft drop {id}")).code, 2, "there is none");
}

#[test]
fn a_figure_that_the_data_do_not_give_any_more_is_pointed_at() {
    let workspace = few_reports();
    ok(&workspace.run("compile -o a.docx"));
    let line = "Ngành y tế đã ban hành 9 văn bản";
    edit(&workspace, "a.docx", "b.docx", |body| {
        let found = paragraph(&body, line);
        let new = "<w:p><w:r><w:t>Riêng ngành y tế tổ chức 4 hội nghị với 1.355 lượt người, phát 9.876 tờ rơi.</w:t></w:r></w:p>";
        format!("{}{new}{}", &body[..found.end], &body[found.end..])
    });
    ok(&workspace.run("draft import b.docx --by Lan"));
    assert!(!ok(&workspace.run("compile -o c.docx")).contains("cần xem lại"));
    workspace.edit("plan/report.yaml", "1.355 lượt", "1.377 lượt");
    let run = workspace.run("compile -o c.docx");
    assert!(
        ok(&run).contains("1 chỗ cần xem lại:") && run.out.contains("có “1.355” mà số liệu nay không còn"),
        "{}",
        run.out
    );

    // What no agency reported stands in trace as whoever's wrote it.
    let typed = &edits(&workspace)[0]["typed"];
    assert_eq!(typed, &Json::from(vec!["9.876"]));

    // A last version tells no number of before, unless somebody keeps it as theirs.
    let run = workspace.run("compile --final -o e.docx");
    assert!(run.code == 1 && run.out.contains("Chưa lập bản chính thức"), "{}{}", run.out, run.err);
    assert!(run.out.contains("plan draft keep MÃ") && !workspace.path("e.docx").exists());
    let id = edits(&workspace)[0]["id"].as_str().expect("an id").to_owned();
    ok(&workspace.run(&format!("draft keep {id}")));
    ok(&workspace.run("compile --final -o e.docx"));
}

#[test]
fn a_figure_typed_in_an_edit_stands_in_trace_as_its_writers() {
    let workspace = few_reports();
    ok(&workspace.run("compile -o a.docx"));
    edit(&workspace, "a.docx", "b.docx", |body| {
        let found = paragraph(&body, "Ngành y tế đã ban hành 9 văn bản");
        let new = "Đoàn liên ngành kiểm tra thêm 777 vụ, thu nộp 1,5 tỷ đồng; đưa ra xét xử 09 vụ án, giải quyết 08 vụ án.";
        let new = format!("<w:p><w:r><w:t>{new}</w:t></w:r></w:p>");
        format!("{}{new}{}", &body[..found.end], &body[found.end..])
    });
    ok(&workspace.run("draft import b.docx --by Lan"));
    for (line, figure, is_there) in [
        ("trace inspections", "777 vụ", true),
        ("trace budget_collected", "1,5 tỷ đồng", true),
        ("trace fines", "1,5 tỷ đồng", false),
        ("trace fines", "777", false),
        ("trace violations", "777", false),
        // Words of the plan for one indicator, and words for none.
        ("trace civil_cases_resolved", "8 vụ án", true),
        ("trace civil_cases_accepted", "8 vụ án", false),
        ("trace inspections", "8 vụ án", false),
        ("trace inspections", "9 vụ án", false),
        ("trace civil_cases_resolved", "9 vụ án", false),
        ("trace inspections", "1,5 tỷ", false),
        ("trace inspections --round consumer-day", "777", false),
    ] {
        let run = workspace.run(&format!("{line} --format csv"));
        let found = ok(&run)
            .lines()
            .any(|line| line.contains("người soạn ghi") && line.contains(figure) && line.contains(DRAFT));
        assert_eq!(found, is_there, "{line} {figure}: {}", run.out);
    }
    let json: Json = serde_json::from_str(ok(&workspace.run("trace inspections --format json"))).expect("JSON");
    assert_eq!((&json["typed"][0]["figure"], &json["typed"][0]["by"]), (&Json::from("777"), &Json::from("Lan")));
}

#[test]
fn the_figures_of_a_draft_are_those_of_its_tables_too() {
    let workspace = few_reports();
    ok(&workspace.run("compile -o a.docx"));
    let new = "Riêng ngành y tế kiểm tra 318 vụ; sẽ thêm 777 vụ, 99 nhiệm vụ.";
    edit(&workspace, "a.docx", "b.docx", |body| {
        let found = paragraph(&body, "Ngành y tế đã ban hành 9 văn bản");
        let body = format!("{}<w:p><w:r><w:t>{new}</w:t></w:r></w:p>{}", &body[..found.end], &body[found.end..]);
        words("<w:t xml:space=\"preserve\">318</w:t>", "<w:t xml:space=\"preserve\">381</w:t>")(body)
    });
    let run = workspace.run("draft import b.docx");
    assert!(ok(&run).contains("“318” thành “381”; bảng lập từ số liệu của các cơ quan"), "{}", run.out);
    let typed = |line: &str| -> Vec<String> {
        let json: Json =
            serde_json::from_str(ok(&workspace.run(&format!("trace {line} --format json")))).expect("JSON");
        json["typed"].as_array().unwrap().iter().map(|typed| typed["figure"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(typed("inspections"), ["777"], "318 stands in a table of the draft");
    assert_eq!(typed("tasks.done"), ["99 nhiệm"]);
    assert_eq!(typed("reports.missing"), [] as [&str; 0]);
}

#[test]
fn comments_that_go_when_the_file_is_written_anew_are_told() {
    let workspace = with_one_edit();
    workspace.edit(DRAFT, "edits:\n", "edits:\n  # Giám đốc đã xem\n");
    let id = edits(&workspace)[0]["id"].as_str().unwrap().to_owned();
    let run = workspace.run(&format!("draft drop {id}"));
    let told: Vec<&str> = ok(&run).lines().filter(|line| line.contains("không giữ được")).collect();
    assert_eq!(told, [format!("Ghi chú trong {DRAFT} không giữ được: # Giám đốc đã xem")]);
}

#[test]
fn what_two_people_touched_waits_for_a_decision_and_everything_else_is_taken_from_both() {
    let workspace = few_reports();
    ok(&workspace.run("compile -o a.docx"));
    let touched = "Ngành y tế đã ban hành 9 văn bản";
    edit(&workspace, "a.docx", "lan.docx", |body| {
        words("Ngành tư pháp trong năm", "Ngành tư pháp trong cả năm")(words(
            touched,
            "Ngành y tế ban hành 9 văn bản",
        )(body))
    });
    edit(&workspace, "a.docx", "minh.docx", |body| {
        words("Ngành xây dựng tính lũy kế", "Ngành xây dựng cộng lũy kế")(
            words(touched, "Ngành y tế có 9 văn bản")(body),
        )
    });
    ok(&workspace.run("draft import lan.docx --by Lan"));
    let run = workspace.run("draft import minh.docx --by Minh");
    assert!(run.code == 1 && run.out.contains("1 đoạn người khác cũng đã sửa khác đi"), "{}{}", run.out, run.err);
    let both = edits(&workspace);
    assert_eq!(both.iter().filter(|edit| edit["state"] == "contested").count(), 2, "{both:?}");
    assert_eq!(both.iter().filter(|edit| edit["state"] == "applied").count(), 2, "{both:?}");
    let run = workspace.run("compile -o b.md");
    assert!(
        run.code == 1 && run.out.contains("Ngành y tế ban hành") && run.out.contains("Ngành y tế có 9"),
        "{}",
        run.out
    );
    let report = workspace.read("b.md");
    assert!(
        report.contains("Ngành y tế đã ban hành 9")
            && report.contains("trong cả năm")
            && report.contains("cộng lũy kế")
    );

    let minh = both.iter().find(|edit| edit["state"] == "contested" && edit["by"] == "Minh").expect("Minh's");
    ok(&workspace.run(&format!("draft keep {}", minh["id"].as_str().expect("an id"))));
    ok(&workspace.run("compile -o b.md"));
    assert!(workspace.read("b.md").contains("Ngành y tế có 9 văn bản"));
}

#[test]
fn the_last_version_carries_no_base_and_a_draft_is_not_sent() {
    let workspace = with_one_edit();
    ok(&workspace.run("compile -o draft.docx"));
    ok(&workspace.run("compile --final -o final.docx"));
    let file = |name: &str| std::fs::read(workspace.path(name)).expect("a file");
    assert!(part(&file("draft.docx"), "customXml/item1.xml").is_some());
    assert!(part(&file("final.docx"), "customXml/item1.xml").is_none());
    assert_eq!(part(&file("draft.docx"), "word/document.xml"), part(&file("final.docx"), "word/document.xml"));
    let issue = "issue annual --number 512/BC-SCT --date 2026-11-23 --file";
    let run = workspace.run(&format!("{issue} draft.docx"));
    assert!(run.code == 2 && run.err.contains("plan compile --final"), "{}", run.err);
    assert!(!workspace.path("reports/annual/register.yaml").exists());
    ok(&workspace.run(&format!("{issue} final.docx")));
    // Without what it was written from, a copy says which file has it.
    let run = workspace.run("draft import final.docx");
    assert!(run.code == 2 && run.err.contains("--base"), "{}", run.err);
    ok(&workspace.run("draft import final.docx --base draft.docx"));
}

fn read_letter(workspace: &Workspace) -> Vec<u8> {
    ok(&workspace.run("remind --within 366 -o cv.docx"));
    std::fs::read(workspace.path("cv.docx")).expect("a letter")
}

fn read_form(workspace: &Workspace) -> Vec<u8> {
    ok(&workspace.run("form export so-y-te -o bm.xlsx"));
    std::fs::read(workspace.path("bm.xlsx")).expect("a form")
}

#[test]
fn what_is_no_draft_is_refused_with_a_remedy_and_nothing_is_written() {
    let workspace = few_reports();
    ok(&workspace.run("compile -o a.docx"));
    let draft = std::fs::read(workspace.path("a.docx")).expect("a draft");
    let body = |hand: &dyn Fn(String) -> String| {
        rewritten(&draft, |name, content| match name {
            "word/document.xml" => Some(hand(String::from_utf8(content).expect("UTF-8")).into_bytes()),
            _ => Some(content),
        })
    };
    let base = |hand: &dyn Fn(String) -> String| {
        rewritten(&draft, |name, content| match name {
            "customXml/item1.xml" => Some(hand(String::from_utf8(content).expect("UTF-8")).into_bytes()),
            _ => Some(content),
        })
    };
    let deep = "<w:sdt>".repeat(300) + &"</w:sdt>".repeat(300);
    let long = "<w:p><w:r><w:t>x</w:t></w:r></w:p>".repeat(6_000);
    let bomb = " ".repeat(70_000_000);
    let in_body = |more: String| move |body: String| body.replacen("<w:body>", &format!("<w:body>{more}"), 1);
    for (name, file, why) in [
        ("text", b"bao cao".to_vec(), "không phải tệp Word"),
        ("cut", draft[..draft.len() / 2].to_vec(), "tệp hỏng"),
        (
            "spreadsheet",
            rewritten(&draft, |name, content| (name != "word/document.xml").then_some(content)),
            "tệp hỏng",
        ),
        (
            "entities",
            body(&|body| body.replacen("<w:document", "<!DOCTYPE d [<!ENTITY a \"b\">]><w:document", 1)),
            "thực thể",
        ),
        ("unknown entity", body(&|body| body.replacen("Sở Y tế", "Sở &yte;", 1)), "tệp hỏng"),
        ("unclosed", body(&|body| body.replacen("</w:body>", "", 1)), "tệp hỏng"),
        ("deep", body(&in_body(deep)), "quá lớn"),
        ("long", body(&in_body(long)), "quá lớn"),
        ("bomb", body(&in_body(bomb)), "quá lớn"),
        ("spoilt base", base(&|base| base.replacen("as_of=\"2026-11-23\"", "as_of=\"hôm nay\"", 1)), "--base"),
        ("base twice", base(&|base| base.replacen("<line id=\"I\">", "<line id=\"I.1\">", 1)), "--base"),
        (
            "no base",
            rewritten(&draft, |name, content| (!name.starts_with("customXml/item1")).then_some(content)),
            "--base",
        ),
        ("letter", read_letter(&workspace), "không phải báo cáo tổng hợp do plan compile lập"),
        ("workbook", read_form(&workspace), "không phải tệp Word"),
        ("another year", base(&|base| base.replacen("year=\"2026\"", "year=\"2025\"", 1)), "--base"),
        ("another figure", base(&|base| base.replacen("1.355 lượt", "1.356 lượt", 1)), "--base"),
        ("half a base", base(&|base| base[..base.floor_char_boundary(base.len() / 2)].to_owned()), "--base"),
        ("cut in a tag", base(&|base| base[..base.rfind("<line").expect("a line") + 3].to_owned()), "--base"),
        (
            "fewer lines",
            base(&|base| base[..base.rfind("<line").expect("a line")].to_owned() + "</draft>"),
            "--base",
        ),
        (
            "two bases",
            rewritten_with(&draft, "customXml/item2.xml", &part(&draft, "customXml/item1.xml").expect("a base")),
            "--base",
        ),
        ("no body", body(&|body| body.replace("w:body>", "w:bodies>")), "không phải tệp Word"),
        ("two bodies", body(&|body| body.replacen("<w:body>", "<w:body></w:body><w:body>", 1)), "tệp hỏng"),
        (
            "another language",
            body(&|body| body.replacen("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "urn:w", 1)),
            "không phải tệp Word",
        ),
        ("empty body", body(&within(String::new())), "đoạn của báo cáo; chưa ghi gì"),
        ("another body", body(&within("<w:p><w:r><w:t>Đơn xin nghỉ</w:t></w:r></w:p>".repeat(12))), "--force"),
        (
            "in a box",
            body(&|body| {
                let boxed = body.replacen("<w:body>", "<w:body><w:p><w:r><w:pict><w:txbxContent>", 1);
                boxed.replacen("</w:body>", "</w:txbxContent></w:pict></w:r></w:p></w:body>", 1)
            }),
            "--force",
        ),
    ] {
        workspace.write("b.docx", file);
        let run = workspace.run("draft import b.docx");
        assert!(run.code == 2 && run.err.contains(why), "{name}: {} {}{}", run.code, run.out, run.err);
        assert!(!workspace.path(DRAFT).exists(), "{name}");
    }
    for (file, from, to, why) in [
        (
            "plan/plan.yaml",
            "province: Sơn La",
            "province: Lai Châu",
            "là dự thảo của Sơn La, không phải của Lai Châu",
        ),
        ("plan/rounds.yaml", "id: annual", "id: ca-nam", "không có kỳ báo cáo “annual”"),
    ] {
        workspace.edit(file, from, to);
        let run = workspace.run("draft import a.docx");
        assert!(run.code == 2 && run.err.contains(why), "{to}: {} {}", run.code, run.err);
        workspace.edit(file, to, from);
    }
    for (path, file) in common::files(&workspace.path("plan")) {
        workspace.write(&format!("plan/{path}"), read(&file).replace("2026", "2027"));
    }
    let run = workspace.run("draft import a.docx");
    assert!(
        run.code == 2 && run.err.contains("Kế hoạch năm 2026, không phải năm 2027"),
        "{} {}",
        run.code,
        run.err
    );
}

/// The body of a Word file with other content.
fn within(content: String) -> impl Fn(String) -> String {
    move |body| {
        let (start, end) = (body.find("<w:body>").expect("a body") + 8, body.find("</w:body>").expect("its end"));
        format!("{}{content}{}", &body[..start], &body[end..])
    }
}

#[test]
fn who_says_so_may_take_most_of_a_report_away() {
    let workspace = few_reports();
    ok(&workspace.run("compile -o a.docx"));
    edit(&workspace, "a.docx", "b.docx", within("<w:p><w:r><w:t>Chỉ còn dòng này.</w:t></w:r></w:p>".to_owned()));
    assert_eq!(workspace.run("draft import b.docx").code, 2);
    let run = workspace.run("draft import b.docx --force");
    assert!(ok(&run).contains("trong đó xóa "), "{}", run.out);
    assert!(told(&edits(&workspace), "kind").contains(&"delete"));
}

#[test]
fn a_file_that_another_program_wrote_is_read_by_what_it_says_of_itself() {
    let workspace = few_reports();
    ok(&workspace.run("compile -o a.docx"));
    let draft = std::fs::read(workspace.path("a.docx")).expect("a draft");
    const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships/";
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let strict =
        |part: String| part.replace(TYPE, STRICT).replace(main, "http://purl.oclc.org/ooxml/wordprocessingml/main");
    let prefixed = |part: String| match part.contains("urn:plan:draft:1") {
        true => {
            ["draft", "line", "table", "written"].iter().fold(part.replace("xmlns=", "xmlns:p="), |part, name| {
                part.replace(&format!("<{name}"), &format!("\n<p:{name}"))
                    .replace(&format!("</{name}"), &format!("</p:{name}"))
            })
        }
        false => part,
    };
    let hands: [(&str, &dyn Fn(String) -> String); 2] = [("strict", &strict), ("prefixed", &prefixed)];
    for (name, hand) in hands {
        let file = rewritten(&draft, |name, content| {
            let is_text = name.ends_with(".xml") || name.ends_with(".rels");
            Some(if is_text { hand(String::from_utf8(content).expect("UTF-8")).into_bytes() } else { content })
        });
        assert_ne!(file, draft, "{name}");
        workspace.write("b.docx", file);
        edit(&workspace, "b.docx", "b.docx", words("4 hội nghị", "5 hội nghị"));
        let run = workspace.run("draft import b.docx");
        assert!(ok(&run).contains("nhận 1 chỗ sửa."), "{name}: {}", run.out);
        std::fs::remove_file(workspace.path(DRAFT)).expect("what was taken");
    }
}

#[test]
fn tracked_changes_are_read_as_accepted_and_what_is_no_text_is_listed() {
    let workspace = few_reports();
    ok(&workspace.run("compile -o a.docx"));
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let by = "w:id=\"1\" w:author=\"Lan\" w:date=\"2026-11-23T08:00:00Z\"";
    let paragraph_of = |inner: &str| format!("<w:p>{inner}</w:p>");
    let set = |offset: &str, text: &str| {
        format!("<w:r><w:rPr><w:vertAlign w:val=\"{offset}\"/></w:rPr><w:t>{text}</w:t></w:r>")
    };
    let gone = format!("<w:pPr><w:rPr><w:del {by}/></w:rPr></w:pPr>");
    for (inside, text, listed) in [
        (
            paragraph_of(&format!(
                "{}<w:ins {by}>{}</w:ins><w:del {by}><w:r><w:delText>bỏ</w:delText></w:r></w:del>",
                run("Giữ "),
                run("thêm")
            )),
            Some("Giữ thêm"),
            "2 chỗ theo dõi thay đổi",
        ),
        (
            paragraph_of(&format!(
                "<w:moveFrom {by}>{}</w:moveFrom><w:moveTo {by}>{}</w:moveTo>",
                run("đi"),
                run("Đến")
            )),
            Some("Đến"),
            "theo dõi thay đổi",
        ),
        (
            format!("{}{}", paragraph_of(&format!("{gone}{}", run("Nửa đầu, "))), paragraph_of(&run("nửa sau."))),
            Some("Nửa đầu, nửa sau."),
            "",
        ),
        (
            paragraph_of(&format!("{gone}<w:del {by}><w:r><w:delText>Bỏ hết.</w:delText></w:r></w:del>")),
            None,
            "theo dõi thay đổi",
        ),
        (paragraph_of(&format!("{}<w:r><w:tab/><w:t>sau</w:t></w:r>", run("Trước"))), Some("Trước sau"), ""),
        (
            paragraph_of(&format!("{}<w:r><w:footnoteReference w:id=\"2\"/></w:r>", run("Có chú thích."))),
            Some("Có chú thích."),
            "1 chú thích cuối trang",
        ),
        (paragraph_of("<w:r><w:rPr><w:b/></w:rPr><w:t>Chữ đậm.</w:t></w:r>"), Some("Chữ đậm."), "Cách trình bày"),
        (
            paragraph_of("<w:r><w:rPr><w:caps/></w:rPr><w:t>Viết hoa.</w:t></w:r>"),
            Some("Viết hoa."),
            "Cách trình bày",
        ),
        (
            paragraph_of(&format!("{}{}{}", run("3 × 10"), set("superscript", "6"), run(" đồng"))),
            Some("3 × 10⁶ đồng"),
            "",
        ),
        (paragraph_of(&format!("{}{}", run("Khí CO"), set("subscript", "2"))), Some("Khí CO₂"), ""),
        (paragraph_of(&set("superscript", "Cả câu 12 vụ.")), Some("Cả câu 12 vụ."), ""),
        (
            paragraph_of(&format!(
                "{}<w:r><w:rPr><w:dstrike/></w:rPr><w:t>hai</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t> nét.</w:t></w:r>",
                run("Gạch ")
            )),
            Some("Gạch hai nét."),
            "nét gạch bỏ ở “hai nét.”: báo cáo vẫn in",
        ),
        (
            paragraph_of("<w:r><w:rPr><w:dstrike w:val=\"0\"/></w:rPr><w:t>Không gạch.</w:t></w:r>"),
            Some("Không gạch."),
            "",
        ),
        (
            paragraph_of("<w:r><w:rPr><w:color w:val=\"ffffff\"/></w:rPr><w:t>Chữ trắng.</w:t></w:r>"),
            Some("Chữ trắng."),
            "màu trắng, cỡ quá nhỏ của “Chữ trắng.”",
        ),
        (
            paragraph_of(
                "<w:r><w:rPr><w:color w:val=\"FFFFFF\"/><w:highlight w:val=\"black\"/></w:rPr><w:t>Trên nền.</w:t></w:r>",
            ),
            Some("Trên nền."),
            "Cách trình bày",
        ),
        (
            paragraph_of(&format!(
                "{}<w:r><w:pict><v:textbox xmlns:v=\"urn:v\"><w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox></w:pict></w:r>",
                run("Ngoài hộp."),
                run("trong hộp")
            )),
            Some("Ngoài hộp."),
            "1 hộp chữ",
        ),
        (
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ô mới</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".to_owned(),
            None,
            "1 bảng thêm",
        ),
        (paragraph_of(&run("A &amp; B &#7879; &lt;C&gt;")), Some("A & B ệ <C>"), ""),
        (
            paragraph_of(&format!("<w:r><w:rPr><w:vanish/></w:rPr><w:t>Ẩn.</w:t></w:r>{}", run("Hiện."))),
            Some("Hiện."),
            "chữ ẩn (Hidden): “Ẩn.”",
        ),
        (paragraph_of(&run("Ẩn\u{200b} chữ.")), Some("Ẩn\\\\u{200b} chữ."), "1 đoạn có ký tự ẩn"),
        (
            paragraph_of(&format!("<w:r><w:sym w:char=\"F0E0\"/></w:r>{}", run("Có ký hiệu."))),
            Some("Có ký hiệu."),
            "ký hiệu",
        ),
        (
            format!("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", paragraph_of(&run("Trong khung."))),
            Some("Trong khung."),
            "",
        ),
    ] {
        edit(&workspace, "a.docx", "b.docx", |body| {
            let found = paragraph(&body, "Ngành y tế đã ban hành 9 văn bản");
            format!("{}{inside}{}", &body[..found.end], &body[found.end..])
        });
        let run = workspace.run("draft import b.docx");
        assert!(ok(&run).contains(listed), "{inside}: {}", run.out);
        let there = workspace.path(DRAFT).exists();
        assert_eq!(there, text.is_some(), "{inside}: {}", run.out);
        if let Some(text) = text {
            let edits = workspace.read(DRAFT);
            assert!(
                edits.matches("- block:").count() == 1 && edits.contains(&format!("text: \"{text}\"")),
                "{inside}: {edits}"
            );
            std::fs::remove_file(workspace.path(DRAFT)).expect("a file");
        }
    }
    // A comment stands in a part of its own.
    let comments = format!(
        "<w:comments xmlns:w=\"urn:w\"><w:comment {by}><w:p>{}</w:p></w:comment></w:comments>",
        run("Xem lại số này")
    );
    let file = std::fs::read(workspace.path("a.docx")).expect("a draft");
    let file = rewritten_with(&file, "word/notes2.xml", &comments);
    let relationship = "<Relationship Id=\"notes\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"notes2.xml\"/></Relationships>";
    let file = rewritten(&file, |name, content| match name {
        "word/_rels/document.xml.rels" => {
            let part = String::from_utf8(content).expect("UTF-8");
            Some(part.replace("</Relationships>", relationship).into_bytes())
        }
        _ => Some(content),
    });
    workspace.write("c.docx", file);
    let run = workspace.run("draft import c.docx");
    assert!(ok(&run).contains("ý kiến bên lề của Lan, ngày 23/11/2026: Xem lại số này"), "{}", run.out);
}

#[test]
fn a_spoilt_file_of_edits_is_found_by_check_and_written_over_by_nobody() {
    let workspace = with_one_edit();
    let whole = workspace.read(DRAFT);
    for (from, to, rule) in [
        ("kind: replace", "kind: rewrite", "unknown-value"),
        ("kind: replace", "kind: insert\n    extra: 1", "unknown-key"),
        ("    date: 2026-11-23\n", "    date: 23/11/2026\n", "not-a-date"),
        ("    text: ", "    figures: []\n    tekst: ", "unknown-key"),
        ("    kind: replace\n", "", "missing-field"),
    ] {
        workspace.write(DRAFT, whole.replacen(from, to, 1));
        let run = workspace.run("check --format short");
        assert!(
            run.code == 1 && run.out.contains(&format!("lỗi[{rule}]")) && run.out.contains(DRAFT),
            "{to}: {}",
            run.out
        );
        let spoilt = workspace.read(DRAFT);
        let run = workspace.run("draft import b.docx");
        assert!(run.code == 2 && run.err.contains("plan check"), "{to}: {}", run.err);
        assert_eq!(workspace.read(DRAFT), spoilt);
    }
}

#[test]
fn a_copy_that_is_edited_further_says_again_what_its_editor_means() {
    const FILE: &str = "bao-cao-annual-2026.docx";
    const KNOWN: &str = "Ngành y tế đã ban hành 9 văn bản";
    let new = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let (before, after) =
        (new("Riêng phường Tô Hiệu xử phạt 50 triệu đồng."), new("Riêng phường Tô Hiệu xử phạt 60 triệu đồng."));
    let workspace = few_reports();
    ok(&workspace.run("compile"));
    edit(&workspace, FILE, FILE, |body| {
        let found = paragraph(&body, KNOWN);
        format!("{}{before}{}", &body[..found.end], &body[found.end..])
    });
    let by_lan = format!("draft import {FILE} --by Lan");
    assert!(ok(&workspace.run(&by_lan)).contains("nhận 1 chỗ sửa."));
    // Somebody else's stays whatever Lan does.
    edit(&workspace, FILE, "minh.docx", |body| {
        words("Ngành tư pháp trong năm", "Ngành tư pháp trong cả năm")(body.replacen(&before, "", 1))
    });
    ok(&workspace.run("draft import minh.docx --by Minh"));
    edit(&workspace, FILE, FILE, words(&before, &after));
    let run = workspace.run(&by_lan);
    assert!(
        ok(&run).contains("nhận 1 chỗ sửa.") && run.out.contains("Bỏ 1 chỗ sửa đã nhận trước từ bản này"),
        "{}",
        run.out
    );
    ok(&workspace.run("compile -o a.md"));
    let report = workspace.read("a.md");
    assert!(
        report.contains("60 triệu") && !report.contains("50 triệu") && report.contains("trong cả năm"),
        "{report}"
    );
    edit(&workspace, FILE, FILE, words(&after, ""));
    let run = workspace.run(&by_lan);
    assert!(ok(&run).contains("nhận 0 chỗ sửa.") && run.out.contains("Bỏ 1 chỗ sửa"), "{}", run.out);
    assert!(ok(&workspace.run(&by_lan)).contains("không có chỗ nào mới"));
    assert_eq!(told(&edits(&workspace), "by"), ["Minh"]);
    ok(&workspace.run("compile"));
    assert!(!part_or_text(&std::fs::read(workspace.path(FILE)).unwrap()).contains("Tô Hiệu xử phạt"));

    // Of whom nobody says who it was the edit stays.
    edit(&workspace, FILE, FILE, |body| {
        let found = paragraph(&body, KNOWN);
        format!("{}{before}{}", &body[..found.end], &body[found.end..])
    });
    ok(&workspace.run(&format!("draft import {FILE}")));
    edit(&workspace, FILE, FILE, words(&before, ""));
    let run = workspace.run(&format!("draft import {FILE}"));
    assert!(ok(&run).contains("1 chỗ sửa đã nhận trước từ bản này nay không còn trong tệp"), "{}", run.out);
    assert_eq!(edits(&workspace).len(), 2);
}

/// What somebody does to a part of a file.
type Hand<'h> = &'h dyn Fn(&str) -> String;

#[test]
fn what_stands_beside_the_text_alone_is_named_and_keeps_the_file() {
    const FILE: &str = "bao-cao-annual-2026.docx";
    let workspace = few_reports();
    ok(&workspace.run("compile"));
    let file = std::fs::read(workspace.path(FILE)).unwrap();
    let number = part_or_text(&file);
    let number = number
        .match_indices("/BC-")
        .map(|(at, _)| &number[number[..at].rfind('>').unwrap() + 1..at + 4])
        .next()
        .unwrap();
    let typed = number.replace("/BC-", "512/BC-");
    let header = |part: &str| part.replacen("<w:p>", "<w:p><w:r><w:t>MẬT</w:t></w:r></w:p><w:p>", 1);
    let number = |part: &str| part.replacen(number, &typed, 1);
    let same = |part: &str| part.to_owned();
    let hands: [(&str, Hand<'_>, &str); 4] = [
        ("word/header.xml", &header, "chữ ở đầu trang, cuối trang: “MẬT”"),
        ("word/firstHeader.xml", &header, "chữ ở đầu trang, cuối trang: “MẬT”"),
        ("word/document.xml", &number, "plan issue annual --number SỐ --date NGÀY"),
        ("word/document.xml", &same, ""),
    ];
    for (wanted, hand, told) in hands {
        let hand = |name: &str, content: Vec<u8>| match name == wanted {
            true => Some(hand(&String::from_utf8(content).unwrap()).into_bytes()),
            false => Some(content),
        };
        let edited = rewritten(&file, hand);
        workspace.write(FILE, &edited);
        let run = workspace.run(&format!("draft import {FILE}"));
        assert!(ok(&run).contains(told), "{wanted}: {}", run.out);
        assert_eq!(run.out.contains("Không nhận"), !told.is_empty(), "{wanted}: {}", run.out);
        let run = workspace.run("compile");
        assert_eq!(run.code, if told.is_empty() { 0 } else { 2 }, "{wanted}: {}{}", run.out, run.err);
        let stays = std::fs::read(workspace.path(FILE)).unwrap() == edited;
        assert!(stays || told.is_empty(), "{wanted}");
    }
}
