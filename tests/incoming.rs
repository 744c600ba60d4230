//! A day's register of incoming papers: what its rows name is received on their days, all of it or nothing.

use rust_xlsxwriter::{Format, Note, Workbook};

use crate::common::Workspace;
use crate::receive::{office, pairs, report, results};

const HEALTH: &str = "reports/annual/so-y-te.yaml";
const ACTS: &str = "reports/annual/register.yaml";

/// What came on a day: a report on a paper that it does not name itself, a scan, a paper.
fn arrived() -> Workspace {
    let unnamed =
        report(500, "1/BC-SYT", "2026-11-16").replace("document: {number: 1/BC-SYT, date: 2026-11-16}\n", "");
    office(&[("bao-cao/syt.yaml", unnamed), ("scan.pdf", "%PDF".to_owned())])
}

/// The same three rows under other heads, in other marks.
const TEXTS: [&str; 4] = [
    "Cơ quan,\"Số, ký hiệu\",Ngày văn bản,Ngày nhận,Tệp,Ghi chú\n\
     Sở Y tế,1342/BC-SYT,17/11/2026,18/11/2026,bao-cao/syt.yaml,\n\
     so noi vu,88/BC-SNV,17/11/2026,18/11/2026,scan.pdf,\"Báo cáo, bản giấy\"\n\
     UBND xã Mường La,5/BC-UBND,,18/11/2026,,\n",
    "\u{feff}SỔ CÔNG VĂN ĐẾN;;;;;\r\nSTT;NƠI GỬI;SỐ KÝ HIỆU;NGÀY BAN HÀNH;NGÀY ĐẾN;TRÍCH YẾU;TỆP\r\n\
     1;so-y-te;1342/BC-SYT;17-11-2026;2026-11-18;;bao-cao\\syt.yaml\r\n\
     2;Sở Nội vụ;88/BC-SNV;17/11/2026;18/11/2026;\"Báo cáo; bản giấy\";scan.pdf\r\n;;;;;;\r\n\
     3;3808;5/BC-UBND;;18.11.2026;;\r\n",
    "agency\tnumber\tdate\treceived\tfile\tnote\n\
     so y te\t1342/BC-SYT\t2026-11-17\t2026-11-18\tbao-cao/syt.yaml\t\n\
     so-noi-vu\t88/BC-SNV\t2026-11-17\t2026-11-18\tscan.pdf\tgiấy\n\
     xa-muong-la\t5/BC-UBND\t\t2026-11-18\t\t\n",
    "don vi;so;ngay van ban;ngay nhan;tep\n\
     Sở Y Tế;1342/BC-SYT;17/11/2026;18/11/2026;bao-cao/syt.yaml\n\
     Sở Nội vụ;88/BC-SNV;17/11/2026;18/11/2026;scan.pdf\n\
     Ủy ban nhân dân xã Mường La;5/BC-UBND;;18/11/2026;\n",
];

fn is_received(workspace: &Workspace, what: &str) {
    let health = workspace.read(HEALTH);
    for words in ["received: 2026-11-18", "number: 1342/BC-SYT", "date: 2026-11-17", "inspections: 500"] {
        assert!(health.contains(words), "{what}: {words}: {health}");
    }
    let acts = workspace.read(ACTS);
    let papers: Vec<&str> = acts.lines().filter(|line| line.contains("act: paper")).collect();
    assert_eq!(papers.len(), 2, "{what}: {acts}");
    for words in ["agency: so-noi-vu, date: 2026-11-18", "\"88/BC-SNV\", signed: 2026-11-17, file: \"scan.pdf\""] {
        assert!(papers[0].contains(words), "{what}: {words}: {acts}");
    }
    assert!(papers[1].contains("agency: xa-muong-la") && !papers[1].contains("signed"), "{what}: {acts}");
    assert_eq!(workspace.run("check").code, 0, "{what}: {}", workspace.run("check").out);
}

#[test]
fn a_register_is_received_however_it_is_written_and_once() {
    for (at, text) in TEXTS.iter().enumerate() {
        let workspace = arrived();
        workspace.write("came/so.csv", text);
        let preview = workspace.run("receive came/so.csv --dry-run");
        assert!(preview.code == 0 && !workspace.path("reports").exists(), "{at}: {}", preview.out);
        let run = workspace.run("receive came/so.csv");
        assert_eq!(run.code, 0, "{at}: {}{}", run.out, run.err);
        is_received(&workspace, &at.to_string());

        // Again, as part of its folder: what it names is not a file of another day, and no scan that is not taken.
        let before = workspace.contents();
        let again = workspace.run("receive came --format json");
        let words: Vec<String> = results(&again).into_iter().map(|(_, result)| result).collect();
        assert_eq!(words, ["register", "unchanged", "seen", "seen"], "{at}: {}", again.out);
        assert!(workspace.contents() == before, "{at}: nothing is written");
    }
}

#[test]
fn a_spreadsheet_is_a_register_where_its_first_rows_say_so() {
    let workspace = arrived();
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN").expect("a title");
    for (column, head) in ["Số đến", "Tác giả", "Số, ký hiệu", "Ngày văn bản", "Ngày đến", "Tệp"].iter().enumerate()
    {
        sheet.write_string(2, column as u16, *head).expect("a head");
    }
    for (row, agency, number, file) in [
        (3, "Sở Y tế", "1342/BC-SYT", "bao-cao/syt.yaml"),
        (4, "Sở Nội vụ", "88/BC-SNV", "scan.pdf"),
        (6, "UBND xã Mường La", "5/BC-UBND", ""),
    ] {
        sheet.write_number(row, 0, f64::from(row)).expect("a number");
        for (column, text) in [(1, agency), (2, number), (5, file)] {
            sheet.write_string(row, column, text).expect("a cell");
        }
        sheet.write_number_with_format(row, 4, 46344.0, &day).expect("a day");
        if !file.is_empty() {
            sheet.write_string(row, 3, "17/11/2026").expect("a day");
        }
    }
    book.save(workspace.path("came/so.xlsx")).expect("a workbook");
    let run = workspace.run("receive came/so.xlsx");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    is_received(&workspace, "a spreadsheet");
    assert!(run.out.contains("không đọc cột “Số đến”"), "{}", run.out);

    // A sheet that nobody sees is read, and told; its nearest neighbour is seen.
    for hidden in [true, false] {
        let mut book = Workbook::new();
        book.add_worksheet();
        let sheet = book.add_worksheet().set_name("Cũ").expect("a name").set_hidden(hidden);
        for (column, text) in ["Cơ quan", "Ngày nhận"].into_iter().enumerate() {
            sheet.write_string(0, column as u16, text).expect("a head");
        }
        sheet.write_string(1, 0, "Sở Y tế").expect("a cell").write_string(1, 1, "17/11/2026").expect("a cell");
        book.save(workspace.path("came/an.xlsx")).expect("a workbook");
        let run = workspace.run("receive came/an.xlsx --dry-run");
        assert_eq!((run.code, run.out.contains("trang “Cũ” đang ẩn")), (0, hidden), "{}", run.out);
    }

    // One that is too long says so, and not that it is no form; its nearest neighbour ends in the last row that is read.
    for (last, told) in
        [(5_000, "ô Sheet1!A5001 nằm quá xa: một trang chỉ đọc 5.000 dòng, 60 cột đầu"), (4_999, "Đã đọc sổ")]
    {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, agency, day) in [(0, "Cơ quan", "Ngày nhận"), (last, "Sở Y tế", "17/11/2026")] {
            sheet.write_string(row, 0, agency).expect("a cell").write_string(row, 1, day).expect("a cell");
        }
        book.save(workspace.path("came/dai.xlsx")).expect("a workbook");
        let run = workspace.run("receive came/dai.xlsx --dry-run");
        assert_eq!(run.code, u8::from(last == 5_000), "{}", run.out);
        assert!(run.out.split_whitespace().collect::<Vec<_>>().join(" ").contains(told), "{}", run.out);
    }

    // Its nearest neighbour says nothing of the kind.
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "Cơ quan").expect("a cell");
    book.save(workspace.path("came/khac.xlsx")).expect("a workbook");
    let run = workspace.run("receive came/khac.xlsx");
    assert!(run.code == 1 && run.out.contains("không phải biểu mẫu"), "{}{}", run.out, run.err);
}

#[test]
fn all_problems_are_told_at_once_and_nothing_is_half_taken() {
    for (what, from, to, told) in [
        ("an agency that nobody knows", "so noi vu", "so noi vu abc", "dòng 3, cột Cơ quan: lỗi: không có cơ quan"),
        ("several agencies", "so noi vu", "hải quan", "có thể là nhiều mục"),
        ("an encoding of before", "so noi vu", "Së Y tÕ", "(bảng mã TCVN3, phông .Vn…); có lẽ là “Sở Y tế”"),
        ("another one", "so noi vu", "Sôû Noäi vuï", "(bảng mã VNI, phông VNI-…); có lẽ là “Sở Nội vụ”"),
        ("no agency", "so noi vu", "", "dòng 3, cột Cơ quan: lỗi: chưa ghi cơ quan gửi"),
        (
            "a year of two digits",
            "17/11/2026,18/11/2026,scan",
            "17/11/2026,18/11/26,scan",
            "cột Ngày nhận: lỗi: “18/11/26”",
        ),
        (
            "no such day",
            "17/11/2026,18/11/2026,scan",
            "31/2/2026,18/11/2026,scan",
            "cột Ngày văn bản: lỗi: “31/2/2026”",
        ),
        (
            "signed after it came",
            "17/11/2026,18/11/2026,scan",
            "19/11/2026,18/11/2026,scan",
            "sau ngày nhận 18/11/2026",
        ),
        ("not come yet", "17/11/2026,18/11/2026,scan", "17/11/2026,18/11/2027,scan", "sau hôm nay"),
        ("not there", "scan.pdf", "scan-2.pdf", "dòng 3, cột Tệp: lỗi: không có tệp “scan-2.pdf”"),
        ("of another", "Sở Y tế,1342", "Sở Nội vụ,1342", "sổ ghi của Sở Nội vụ, tệp là báo cáo của Sở Y tế"),
        ("two of one head", "Ghi chú", "Ngày đến", "“Ngày nhận”, “Ngày đến” cùng là Ngày nhận"),
        ("a quote without end", "bản giấy\"", "bản giấy", "ngoặc kép"),
        ("no heads", "Cơ quan,\"Số, ký hiệu\"", "x,y", "không phải sổ công văn đến"),
    ] {
        let workspace = arrived();
        assert!(TEXTS[0].contains(from), "{what}");
        workspace.write("came/so.csv", TEXTS[0].replacen(from, to, 1));
        let run = workspace.run("receive came/so.csv");
        assert_eq!(run.code, 1, "{what}: {}{}", run.out, run.err);
        let told_on_one_line = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told_on_one_line.contains(told), "{what}: {}", run.out);
        assert!(!workspace.path("reports").exists(), "{what}: nothing is written");
    }
    // Two rows with two problems each: four.
    let workspace = arrived();
    workspace.write("came/so.csv", "Cơ quan;Ngày nhận\nabc;1/1/26\nxyz;31/2/2026\nso-y-te;18/11/2026\n");
    let run = workspace.run("receive came/so.csv --format json");
    assert_eq!(run.out.matches("\"severity\": \"error\"").count(), 4, "{}", run.out);
    assert!(run.out.contains("\"dry_run\": true"), "nothing is written: {}", run.out);
    // Old programs end lines otherwise.
    for end in ["\r", "\r\n"] {
        workspace
            .write("came/so.csv", format!("Cơ quan;Ngày nhận{end}{end}so y te;18/11/2026{end}abc;1/11/26{end}"));
        let run = workspace.run("receive came/so.csv");
        assert!(run.out.contains("dòng 4, cột Cơ quan"), "{end:?}: {}", run.out);
    }
    // What is right beside it is not told as taken, nor as what will be.
    workspace.write("came/so.csv", "Cơ quan;Ngày nhận\nso-noi-vu;18/11/2026\nabc;18/11/2026\n");
    for line in ["receive came", "receive came --dry-run"] {
        let run = workspace.run(line);
        assert!(run.code == 1 && run.out.contains("Chưa nhận") && !run.out.contains("Sẽ"), "{line}: {}", run.out);
        assert!(run.out.contains("\nChưa ghi gì: sổ công văn được nhận trọn vẹn"), "{line}: {}", run.out);
    }
    // However many rows are wrong, each is told: at length, or by its number.
    let rows = |wrong: std::ops::Range<usize>| {
        let row = |at| if wrong.contains(&at) { "Sở Không Có;31/2/2026\n" } else { "so y te;18/11/2026\n" };
        (2..203).map(row).collect::<String>()
    };
    for (wrong, told) in
        [(2..101, ""), (2..103, "và 1 dòng khác sai: dòng 102"), (20..200, "và 80 dòng khác sai: dòng 120–199")]
    {
        let workspace = arrived();
        workspace.write("came/so.csv", "Cơ quan;Ngày nhận\n".to_owned() + &rows(wrong.clone()));
        let run = workspace.run("receive came/so.csv --format json");
        assert_eq!(run.code, 1, "{}", run.out);
        assert!(run.out.contains(told), "{wrong:?}: {}", run.out);
        assert_eq!(run.out.contains("dòng khác sai"), !told.is_empty(), "{wrong:?}: {}", run.out);
    }
}

#[test]
fn a_paper_is_told_with_whether_its_data_are_there() {
    let workspace = arrived();
    let rows = "so-y-te;1342/BC-SYT;17/11/2026;18/11/2026;bao-cao/syt.yaml\nso-y-te;1343/BC-SYT;;19/11/2026;\n\
                so-noi-vu;88/BC-SNV;;18/11/2026;\n";
    workspace.write("came/so.csv", format!("Cơ quan;Số, ký hiệu;Ngày văn bản;Ngày nhận;Tệp\n{rows}"));
    let told = ["bản giấy nhận ngày 19/11/2026, đã có số liệu", "bản giấy nhận ngày 18/11/2026, chưa nhập số liệu"];
    let is_told = |line: &str| {
        let run = workspace.run(&format!("--as-of 2026-11-23 {line} --format csv"));
        assert!(run.code == 0 && told.iter().all(|told| run.out.contains(told)), "{line}: {}{}", run.out, run.err);
    };
    is_told("receive came/so.csv --dry-run");
    is_told("receive came/so.csv");
    // The data came on a day before.
    let others = "chưa có số liệu của văn bản này: đang dùng số liệu theo 1342/BC-SYT";
    for (number, told) in [("01342/BC-SYT", "đã có số liệu"), ("1350/BC-SYT", others)] {
        let rows = format!("Cơ quan;Số, ký hiệu;Ngày nhận\nso-y-te;{number};20/11/2026\n");
        workspace.write("came/so.csv", rows);
        let run = workspace.run("--as-of 2026-11-23 receive came/so.csv --format csv");
        assert!(run.out.contains(&format!("ngày 20/11/2026, {told}")), "{number}: {}{}", run.out, run.err);
    }
}

#[test]
fn a_paper_that_two_rows_tell_is_one() {
    let workspace = arrived();
    let rows =
        "Cơ quan;Số, ký hiệu;Ngày nhận;Tệp\nSở Nội vụ;;18/11/2026;\nSở Nội vụ;88/BC-SNV;18/11/2026;scan.pdf\n";
    workspace.write("came/so.csv", rows.to_owned() + "Sở Nội vụ;88/BC-SNV;18/11/2026;\n");
    let run = workspace.run("receive came/so.csv --format json");
    assert!(run.code == 0 && run.out.contains("nay thêm số"), "{}", run.out);
    let history = workspace.run("show so-noi-vu --history --format markdown").out;
    assert_eq!((history.matches("Nhận bản giấy").count(), history.contains("88/BC-SNV")), (1, true), "{history}");
    let again = workspace.run("receive came/so.csv").out;
    assert_eq!(again.matches("bỏ qua").count(), 3, "{again}");
}

#[test]
fn a_paper_that_was_taken_back_comes_again_on_purpose_alone() {
    const BACK: &str = "đã rút lại ngày 23/11/2026, bỏ qua";
    let workspace = arrived();
    let rows = |rows: &str| workspace.write("came/so.csv", format!("Cơ quan;Số;Ngày nhận\n{rows}\n"));
    let run = |line: &str| workspace.run(&format!("--as-of 2026-11-23 {line}"));
    let wrong = "Sở Nội vụ;88/BC-SNV;18/11/2026";
    rows(wrong);
    assert_eq!(run("receive came/so.csv").code, 0);
    assert_eq!(run("receive so-noi-vu --withdraw").code, 0);
    // What else of that agency is taken back on a later day says nothing of its paper.
    let next = |line: &str| workspace.run(&format!("--as-of 2026-11-24 {line}"));
    assert_eq!(next("extend so-noi-vu --until 2026-12-02 --on 2026-11-20 --round annual").code, 0);
    assert_eq!(next("extend so-noi-vu --withdraw --round annual").code, 0);
    let told = next("receive came/so.csv --dry-run --format csv").out;
    assert!(told.contains(BACK), "{told}");
    for (row, papers, is_back) in [
        (wrong, 1, true),
        // Put right, it is another.
        ("Sở Nội vụ;89/BC-SNV;18/11/2026", 2, false),
        (wrong, 2, true),
        ("Sở Nội vụ;88/BC-SNV;17/11/2026", 3, false),
    ] {
        rows(row);
        let run = run("receive came/so.csv --format csv");
        let acts = workspace.read(ACTS);
        assert_eq!((run.code, acts.matches("act: paper").count()), (0, papers), "{row}: {}{acts}", run.out);
        assert_eq!(run.out.contains(BACK), is_back, "{row}: {}", run.out);
    }
    let by_hand = run("receive so-noi-vu --on 18/11/2026 --number 88/BC-SNV");
    assert_eq!(by_hand.code, 0, "{}", by_hand.err);
    assert!(by_hand.err.contains("số 88/BC-SNV đã ghi cho bản giấy nhận ngày 17/11/2026"), "{}", by_hand.err);
    rows(wrong);
    let again = run("receive came/so.csv --format csv");
    assert!(again.out.contains("đã ghi trong sổ trước đây") && !again.out.contains(BACK), "{}", again.out);
    assert_eq!(workspace.read(ACTS).matches("act: paper").count(), 4);
}

#[test]
fn a_row_that_another_tells_already_names_it() {
    let workspace = arrived();
    let rows = "Sở Nội vụ;88/BC-SNV;18/11/2026\nSở Y tế;5/BC-SYT;18/11/2026\nSở Nội vụ;88/BC-SNV;18/11/2026\n";
    for (more, code) in [("Sở Không Có;1/BC-X;18/11/2026\n", 1), ("", 0)] {
        workspace.write("came/so.csv", format!("Cơ quan;Số;Ngày nhận\n{rows}{more}"));
        let run = workspace.run("receive came/so.csv --format csv");
        assert_eq!((run.code, run.out.contains("trùng dòng 2, bỏ qua")), (code, true), "{}", run.out);
        assert!(!run.out.contains("trong sổ trước đây"), "{}", run.out);
    }
    let again = workspace.run("receive came/so.csv --format csv").out;
    assert_eq!((again.matches("trong sổ trước đây").count(), again.contains("trùng")), (3, false), "{again}");
    // Of one number on two days one is wrong.
    workspace.write(
        "came/so.csv",
        "Cơ quan;Số;Ngày nhận\nSở Nội vụ;088/BC-SNV;19/11/2026\nSở Y tế;6/BC-SYT;19/11/2026\n",
    );
    let run = workspace.run("receive came/so.csv --format json");
    assert_eq!(run.out.matches("đã ghi cho bản giấy nhận ngày 18/11/2026").count(), 1, "{}", run.out);
}

#[test]
fn the_paper_that_a_register_names_is_the_one_that_the_report_names() {
    for (number, code) in [("1/BC-SYT", 0), ("2/BC-SYT", 1)] {
        let workspace = office(&[("syt.yaml", report(500, "1/BC-SYT", "2026-11-16"))]);
        workspace.write("came/so.csv", format!("Cơ quan;Số;Tệp\nso-y-te;{number};syt.yaml\n"));
        let undated = workspace.run("receive came/so.csv");
        assert!(undated.code == 1 && undated.out.contains("không có cột Ngày nhận"), "{}", undated.out);
        let run = workspace.run("receive came/so.csv --on 18/11/2026");
        assert_eq!(run.code, code, "{}", run.out);
        assert_eq!(run.out.contains("ghi “1/BC-SYT”, nơi nhận ghi “2/BC-SYT”"), code == 1, "{}", run.out);
        let by_hand =
            workspace.run(&format!("receive came/syt.yaml --on 18/11/2026 --number {number} --format json"));
        let expected = if code == 0 { "unchanged" } else { "refused" };
        assert_eq!(results(&by_hand), pairs(&[("came/syt.yaml", expected)]), "{}", by_hand.out);
    }
}

#[test]
fn text_that_is_no_register_stops_no_folder() {
    let phones = "Đơn vị,Điện thoại,Ghi chú\nSở Y tế,0212 3852 000,văn thư\n";
    let form = ",BÁO CÁO,,\ndocument.number,Số văn bản,1/BC-SYT,\n";
    let workspace = office(&[
        ("danh-ba.csv", phones.to_owned()),
        ("bieu-mau.csv", form.to_owned()),
        ("syt.yaml", report(500, "1/BC-SYT", "2026-11-16")),
    ]);
    let run = workspace.run("receive came --on 2026-11-18 --format json");
    let expected = [("bieu-mau.csv", "passed_over"), ("danh-ba.csv", "passed_over"), ("syt.yaml", "received")];
    assert!(run.code == 0 && run.out.contains("gửi lại dạng .xlsx"), "{}{}", run.out, run.err);
    assert_eq!(results(&run), pairs(&expected));
    assert!(workspace.path(HEALTH).is_file());
    // What is named was meant to be one, and so was what has two heads of one.
    let named = workspace.run("receive came/danh-ba.csv");
    assert!(named.code == 1 && named.out.contains("không phải sổ công văn đến"), "{}", named.out);
    workspace.write("came/so.csv", "STT,Cơ quan,Tệp\n1,Sở Y tế,syt.yaml\n");
    let refused = workspace.run("receive came --on 2026-11-18");
    assert!(refused.code == 1 && refused.out.contains("Chưa nhận được"), "{}", refused.out);
    assert!(!refused.out.contains("xem trước"), "{}", refused.out);
}

#[test]
fn what_is_wrong_with_a_register_is_said_before_what_is_not_read() {
    let workspace = office(&[]);
    workspace.write("came/so.csv", "STT,Cơ quan,Số,Ngày nhận\n1,Sở Không Có,5/BC-X,18/11/2026\n");
    let run = workspace.run("receive came/so.csv --format json");
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let problems = json["forms"][0]["problems"].as_array().expect("problems");
    let severities: Vec<&str> = problems.iter().filter_map(|problem| problem["severity"].as_str()).collect();
    assert_eq!(severities, ["error", "notice"], "{}", run.out);
}

#[test]
fn a_row_names_files_beside_or_below_its_register_alone() {
    let workspace = office(&[("below/scan.pdf", "%PDF".to_owned())]);
    workspace.write("outside.pdf", "%PDF");
    let outside = workspace.path("outside.pdf");
    let outside = outside.to_str().expect("a path");
    for (file, said) in [
        ("below/scan.pdf", ""),
        ("below/../below/scan.pdf", ""),
        ("../outside.pdf", "nằm ngoài thư mục của sổ"),
        ("..\\outside.pdf", "nằm ngoài thư mục của sổ"),
        (outside, "nằm ngoài thư mục của sổ"),
        ("../../khong-co.pdf", "không có tệp"),
    ] {
        workspace.write("came/so.csv", format!("Cơ quan;Số;Ngày nhận;Tệp\nSở Y tế;1/BC-SYT;18/11/2026;{file}\n"));
        let run = workspace.run("receive came/so.csv --dry-run");
        assert_eq!(run.code, u8::from(!said.is_empty()), "{file}: {}{}", run.out, run.err);
        assert!(run.out.contains(said), "{file}: {}", run.out);
    }
}

#[test]
fn cells_under_no_head_are_not_dropped_unseen() {
    let workspace = office(&[]);
    for (rows, code, said) in [
        ("Cơ quan,Số,Ngày nhận,Ghi chú\nSở Y tế,1/BC-SYT,18/11/2026,Báo cáo, bản giấy\n", 1, "nhiều ô hơn số cột"),
        ("Cơ quan,Số,Ngày nhận,Ghi chú\nSở Y tế,1/BC-SYT,18/11/2026,\"Báo cáo, bản giấy\"\n", 0, ""),
        ("Cơ quan,Số,Ngày nhận,Ghi chú\nSở Y tế,1/BC-SYT,18/11/2026,Báo cáo,,\n", 0, ""),
        ("Cơ quan,Số,,Ngày nhận\nSở Y tế,1/BC-SYT,hỏa tốc,18/11/2026\n", 0, "ngoài các cột có tên, ở dòng 2"),
    ] {
        workspace.write("came/so.csv", rows);
        let run = workspace.run("receive came/so.csv --dry-run");
        assert_eq!(run.code, code, "{rows}: {}{}", run.out, run.err);
        assert!(run.out.contains(said), "{rows}: {}", run.out);
    }
}

#[test]
fn a_copy_that_an_error_keeps_out_is_no_rival_of_the_one_that_mends_it() {
    // 47 violations of 40 inspections.
    let of = |inspections| report(inspections, "1/BC-SYT", "2026-11-16");
    for (came, expected) in [
        (vec![("a.yaml", of(40)), ("b.yaml", of(500))], [("a.yaml", "refused"), ("b.yaml", "received")]),
        (vec![("a.yaml", of(500)), ("b.yaml", of(550))], [("a.yaml", "refused"), ("b.yaml", "refused")]),
        (vec![("a.yaml", of(40)), ("b.yaml", of(41))], [("a.yaml", "refused"), ("b.yaml", "refused")]),
    ] {
        let workspace = office(&came);
        let run = workspace.run("receive came --on 2026-11-17 --format json");
        assert_eq!((run.code, results(&run)), (1, pairs(&expected)), "{}", run.out);
        assert_eq!(workspace.path(HEALTH).exists(), expected[1].1 == "received");
        // Each with what is wrong with it.
        assert_eq!(
            run.out.contains("lớn hơn số vụ kiểm tra"),
            came[0].1.contains("inspections: 40"),
            "{}",
            run.out
        );
        assert_eq!(run.out.contains("cùng ngày văn bản"), came[0].1.contains("inspections: 500"), "{}", run.out);
    }
}

#[test]
fn what_came_before_is_no_rival_of_the_one_that_mends_it() {
    let of = |inspections| report(inspections, "1/BC-SYT", "2026-11-16");
    let workspace = office(&[("a.yaml", of(500))]);
    for (added, expected) in [
        (None, &[("a.yaml", "received")][..]),
        (Some(("b.yaml", 550)), &[("a.yaml", "unchanged"), ("b.yaml", "corrected")]),
        (None, &[("a.yaml", "seen"), ("b.yaml", "unchanged")]),
        (Some(("c.yaml", 560)), &[("a.yaml", "seen"), ("b.yaml", "unchanged"), ("c.yaml", "corrected")]),
    ] {
        if let Some((name, inspections)) = added {
            workspace.write(&format!("came/{name}"), of(inspections));
        }
        let run = workspace.run("receive came --on 2026-11-17 --format json");
        assert_eq!(results(&run), pairs(expected), "{}", run.out);
    }
    // Of two that are new nobody knows which is right.
    for (name, inspections) in [("d.yaml", 570), ("e.yaml", 580)] {
        workspace.write(&format!("came/{name}"), of(inspections));
    }
    let run = workspace.run("receive came --on 2026-11-17 --format json");
    assert_eq!(results(&run)[3..], pairs(&[("d.yaml", "refused"), ("e.yaml", "refused")]), "{}", run.out);
    // Once somebody chose one of them, the other does not take its place; on a paper of another day it does, or chosen itself.
    for (line, expected, inspections) in [
        ("receive came/d.yaml", &[("came/d.yaml", "corrected")][..], 570),
        ("receive came", &[("d.yaml", "unchanged"), ("e.yaml", "refused")], 570),
        ("receive came", &[("d.yaml", "unchanged"), ("e.yaml", "refused")], 570),
        ("receive came/e.yaml", &[("came/e.yaml", "corrected")], 580),
        ("receive came", &[("d.yaml", "seen"), ("e.yaml", "unchanged")], 580),
        ("receive came", &[("e.yaml", "unchanged"), ("f.yaml", "corrected")], 590),
        ("receive came", &[("f.yaml", "unchanged"), ("g.yaml", "corrected")], 595),
    ] {
        if inspections == 590 {
            workspace.write("came/f.yaml", report(590, "2/BC-SYT", "2026-11-17"));
        }
        if inspections == 595 {
            workspace.write("came/g.yaml", report(595, "2/BC-SYT", "2026-11-17"));
        }
        let run = workspace.run(&format!("{line} --on 2026-11-18 --format json"));
        let found = results(&run);
        assert_eq!(found[found.len() - expected.len()..], pairs(expected), "{line}: {}", run.out);
        let in_force = workspace.read(HEALTH);
        assert!(in_force.contains(&format!("inspections: {inspections}")), "{line}: {in_force}");
    }
}

#[test]
fn rows_of_other_papers_are_passed_over_by_name() {
    const PASSED: &str = "bỏ qua văn bản không phải báo cáo ở dòng ";
    for (rows, papers, said) in [
        ("Sở Nội vụ,88/BC-SNV,18/11/2026,\nThuế tỉnh,55/GM-TTS,18/11/2026,\n", 1, "dòng 3 (giấy mời)"),
        (
            "Công ty ABC,7/TTr-ABC,18/11/2026,\nSở Y tế,9/qđ-syt,18/11/2026,\n",
            0,
            "dòng 2 (tờ trình), 3 (quyết định)",
        ),
        ("Sở Nội vụ,88/SNV-VP,18/11/2026,\nSở Y tế,,18/11/2026,\nThuế tỉnh,1234,18/11/2026,\n", 3, ""),
        ("Sở Nội vụ,88/TB-SNV,18/11/2026,scan.pdf\n", 1, ""),
    ] {
        let workspace = arrived();
        workspace.write("came/so.csv", format!("Cơ quan,Số,Ngày nhận,Tệp\n{rows}"));
        let run = workspace.run("receive came/so.csv");
        assert_eq!(run.code, 0, "{rows}: {}{}", run.out, run.err);
        let acts = if papers > 0 { workspace.read(ACTS) } else { String::new() };
        assert_eq!(acts.matches("act: paper").count(), papers, "{rows}: {acts}");
        let told = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(told.contains(PASSED), !said.is_empty(), "{rows}: {told}");
        assert!(told.contains(said), "{rows}: {told}");
    }
    // What a paper is about tells more than its number, where the register has it.
    const ABOUT: &str = "bỏ qua văn bản có trích yếu không nhắc đến “người tiêu dùng” ở dòng 2 (56/SNV-VP)";
    const DOUBT: &str = "không nhắc đến “người tiêu dùng”, xem lại";
    for (head, row, papers, said) in [
        ("Trích yếu", "56/SNV-VP,18/11/2026,V/v lịch nghỉ Tết Nguyên đán,", 0, ABOUT),
        ("Trích yếu", "56/SNV-VP,18/11/2026,V/v lịch nghỉ Tết Nguyên đán,scan.pdf", 0, ABOUT),
        ("V/v", "56/SNV-VP,18/11/2026,lịch nghỉ Tết Nguyên đán,", 0, ABOUT),
        ("Nội dung", "56/SNV-VP,18/11/2026,V/v báo cáo công tác BVQLNTD,", 1, ""),
        ("Trích yếu", "56/SNV-VP,18/11/2026,,", 1, ""),
        ("Ghi chú", "56/SNV-VP,18/11/2026,V/v lịch nghỉ Tết Nguyên đán,", 1, ""),
        ("Trích yếu", "99/BC-SNV,18/11/2026,Báo cáo ngân sách quý III,", 1, DOUBT),
        ("Trích yếu", "99/BC-SNV,18/11/2026,Báo cáo công tác bảo vệ người tiêu dùng,", 1, ""),
        ("Trích yếu", "99,18/11/2026,Báo cáo ngân sách quý III,", 1, DOUBT),
    ] {
        let workspace = arrived();
        workspace.write("came/so.csv", format!("Cơ quan,Số,Ngày nhận,{head},Tệp\nSở Nội vụ,{row}\n"));
        let run = workspace.run("receive came/so.csv");
        let acts = if papers > 0 { workspace.read(ACTS) } else { String::new() };
        assert_eq!(
            (run.code, acts.matches("act: paper").count()),
            (0, papers),
            "{head}: {row}: {}{}",
            run.out,
            run.err
        );
        let told = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(said), "{head}: {row}: {told}");
        assert_eq!(told.contains("không nhắc đến"), !said.is_empty(), "{head}: {row}: {told}");
    }
    // A sender whom nobody knows may be an agency that is misspelt.
    let workspace = arrived();
    workspace.write("came/so.csv", "Cơ quan,Số,Ngày nhận\nCông ty ABC,7/ABC,18/11/2026\n");
    assert_eq!(workspace.run("receive came/so.csv").code, 1);
}

#[test]
fn what_a_spreadsheet_shows_as_something_else_is_not_taken() {
    let day = |format: &str| Format::new().set_num_format(format);
    let month_first = "tháng đứng trước ngày";
    for (what, format, serial, wrong) in [
        ("as it is written here", day("dd/mm/yyyy"), 46_343.0, None),
        ("in the order of the norm", day("yyyy-mm-dd"), 46_332.0, None),
        ("as the system shows days", day("m/d/yyyy").set_num_format_index(14), 46_332.0, None),
        ("6 November as 11/06/2026", day("mm/dd/yyyy"), 46_332.0, Some(month_first)),
        ("17 November as 11/17/2026", day("mm/dd/yyyy"), 46_343.0, None),
        ("11 November as 11/11/2026", day("m/d/yy"), 46_337.0, None),
        ("a line through it", day("dd/mm/yyyy").set_font_strikethrough(), 46_343.0, Some("bị gạch ngang")),
    ] {
        let workspace = office(&[]);
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, head) in (0..).zip(["Cơ quan", "Số, ký hiệu", "Ngày nhận"]) {
            sheet.write(0, column, head).expect("written");
        }
        sheet.write(1, 0, "so-y-te").expect("written");
        sheet.write(1, 1, "5/BC-SYT").expect("written");
        sheet.write_with_format(1, 2, serial, &format).expect("written");
        std::fs::create_dir_all(workspace.path("came")).expect("a folder");
        book.save(workspace.path("came/so.xlsx")).expect("a workbook");
        for line in ["receive came --dry-run", "receive came"] {
            let run = workspace.run(&format!("--as-of 2026-11-23 {line}"));
            assert_eq!(run.code, u8::from(wrong.is_some()), "{what}, {line}: {}{}", run.out, run.err);
            assert!(wrong.is_none_or(|wrong| run.out.contains(wrong)), "{what}, {line}: {}", run.out);
            // Nothing of a register is taken where something of it is wrong, as it is said before.
            assert_eq!(
                run.out.contains("trọn vẹn hoặc không nhận"),
                wrong.is_some(),
                "{what}, {line}: {}",
                run.out
            );
        }
    }
}

#[test]
fn names_are_known_however_many_others_are_not() {
    let workspace = Workspace::of_repository();
    let names = [
        ("so-y-te", true),
        ("Sở Y tế", true),
        ("so y te", true),
        ("Sở YT", true),
        ("xã Mường La", true),
        ("UBND xã Mường La, tỉnh Sơn La", true),
        ("Ủy ban nhân dân xã Mường La", true),
        ("XA MUONG LA", true),
        ("Xã Không Có", false),
    ];
    let unknown: Vec<String> = (0..250).map(|at| format!("Công ty {at}")).collect();
    let rows = unknown.iter().map(String::as_str).chain(names.map(|(name, _)| name));
    let rows: String = rows.map(|name| format!("{name};18/11/2026\n")).collect();
    workspace.write("came/so.csv", format!("Cơ quan;Ngày nhận\n{rows}"));
    let run = workspace.run("receive came/so.csv --dry-run --round annual --format json");
    let results = results(&run);
    for (at, (name, known)) in (252..).zip(names) {
        let is_row = |file: &str| file.ends_with(&format!("dòng {at}"));
        assert_eq!(results.iter().any(|(file, _)| is_row(file)), known, "{name}");
    }
    assert_eq!((run.code, results.len()), (1, 9), "the register, and eight rows");
}

#[test]
fn what_is_beside_the_rows_of_a_register_is_named() {
    let workspace = office(&[]);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Sổ").expect("a name");
    let white = Format::new().set_font_color("FFFFFF");
    for (column, head) in (0..).zip(["Cơ quan", "Số", "Ngày nhận", "Tệp", "Ghi chú"]) {
        sheet.write(0, column, head).expect("written");
    }
    for (column, text) in (0..).zip(["so-y-te", "5/BC-SYT", "17/11/2026", "ban-chup.pdf"]) {
        sheet.write(1, column, text).expect("written");
    }
    let plain = Format::new();
    sheet.write_rich_string(1, 4, &[(&plain, "bản giấy, "), (&white, "thiếu phụ lục")]).expect("written");
    sheet.insert_note(1, 1, &Note::new("gửi lại lần 2")).expect("a note");
    book.add_worksheet().set_name("Nháp").expect("a name").write(0, 0, "chưa vào sổ").expect("written");
    book.add_worksheet();
    std::fs::create_dir_all(workspace.path("came")).expect("a folder");
    workspace.write("came/ban-chup.pdf", "%PDF");
    book.save(workspace.path("came/so.xlsx")).expect("a workbook");
    let run = workspace.run("--as-of 2026-11-23 receive came --format json");
    assert_eq!(
        (run.code, results(&run)),
        (0, pairs(&[("so.xlsx", "register"), ("so.xlsx, trang “Sổ” dòng 2", "paper")])),
        "{}",
        run.out
    );
    for said in ["Sổ!B2", "gửi lại lần 2”", "trang “Nháp” không có dòng tên cột", "ô E2 (chữ lẫn màu nền"]
    {
        assert_eq!(run.out.matches(said).count(), 1, "{said}: {}", run.out);
    }
    assert!(!run.out.contains("Sheet3"), "{}", run.out);
}

#[test]
fn a_list_in_a_folder_is_no_register_unless_it_is_called_so() {
    const LIST: &str = "Cơ quan;Số, ký hiệu;Ngày nhận\nSở Nội vụ;88/BC-SNV;18/11/2026\n";
    for (name, line, result) in [
        ("phu-luc.csv", "receive came", "passed_over"),
        ("soan-thao.csv", "receive came", "passed_over"),
        ("so-lieu.csv", "receive came", "passed_over"),
        ("phu-luc.csv", "receive came/phu-luc.csv", "register"),
        ("so-den.csv", "receive came", "register"),
        ("Sổ công văn đến ngày 18-11.csv", "receive came", "register"),
    ] {
        let workspace = office(&[("a.yaml", report(500, "1/BC-SYT", "2026-11-16")), (name, LIST.to_owned())]);
        let run = workspace.run(&format!("{line} --on 2026-11-18 --format json"));
        assert!(
            run.code == 0 && run.out.contains(&format!("\"result\": \"{result}\"")),
            "{name} {line}: {}",
            run.out
        );
        let is_written = workspace.path(ACTS).exists();
        assert_eq!(is_written, result == "register", "{name} {line}: {}", run.out);
    }
    // Of what is no text that can be read nobody knows that it is a register.
    let workspace = office(&[("a.yaml", report(500, "1/BC-SYT", "2026-11-16"))]);
    std::fs::write(workspace.path("came/virus.csv"), b"\xff\xfe\x41").unwrap();
    let run = workspace.run("receive came --on 2026-11-18 --format json");
    assert!(run.code == 0 && results(&run).iter().any(|(_, result)| result == "received"), "{}", run.out);
}

#[test]
fn what_a_row_is_of_is_told_by_its_number_and_its_subject() {
    let rows = "Cơ quan;Số, ký hiệu;Ngày nhận;Trích yếu\n\
                Sở Tài chính;15/QC-STC;18/11/2026;Quy chế bảo vệ quyền lợi người tiêu dùng\n\
                Sở Tư pháp;12/CTr-STP;18/11/2026;Chương trình bảo vệ quyền lợi người tiêu dùng\n\
                Thanh tra tỉnh;9/TTr-VP;18/11/2026;Báo cáo bảo vệ quyền lợi người tiêu dùng\n\
                Sở Nội vụ;88/BC-SNV;18/11/2026;Báo cáo Ngày Quyền của người tiêu dùng Việt Nam 15/3\n\
                Thuế tỉnh;90/BC-THU;18/11/2026;Báo cáo Ngày 15/3 năm 2026
                Sở Y tế;89/BC-SYT;18/11/2026;Báo cáo công tác bảo vệ quyền lợi người tiêu dùng năm 2026\n";
    let workspace = office(&[("so.csv", rows.to_owned())]);
    let run = workspace.run("receive came/so.csv --format json");
    assert_eq!(run.code, 0, "{}", run.out);
    for told in ["2 (quy chế)", "3 (chương trình)"] {
        assert!(run.out.contains(told), "{told}: {}", run.out);
    }
    assert_eq!(run.out.matches("nhắc đến kỳ khác").count(), 2, "{}", run.out);
    let acts = workspace.read(ACTS);
    for (agency, is_there) in [
        ("so-tai-chinh", false),
        ("so-tu-phap", false),
        ("thanh-tra", true),
        ("so-noi-vu", true),
        ("so-y-te", true),
    ] {
        assert_eq!(acts.contains(&format!("agency: {agency}")), is_there, "{agency}: {acts}");
    }
    workspace.run("receive so-cong-thuong --on 2026-11-18 --number 05/BC-SCT");
    let again = workspace.run("receive so-cong-thuong --on 2026-11-18 --number 5/BC-SCT");
    assert!(again.out.contains("đã ghi trong sổ trước đây"), "{}{}", again.out, again.err);
}

#[test]
fn who_is_gone_gets_no_paper_and_no_more_time_in_silence() {
    let workspace = office(&[]);
    let agencies = workspace.read("plan/agencies.yaml");
    let gone = agencies.replacen("- id: xa-muong-la\n", "- id: xa-muong-la\n    active: {until: 2026-06-30}\n", 1);
    assert_ne!(gone, agencies);
    workspace.write("plan/agencies.yaml", gone);
    let rows =
        "Cơ quan;Số, ký hiệu;Ngày nhận\nUBND xã Mường La;5/BC-UBND;18/11/2026\nSở Y tế;89/BC-SYT;18/11/2026\n";
    workspace.write("came/so.csv", rows);
    let run = workspace.run("receive came/so.csv --format json");
    assert_eq!(run.out.matches("nên không được tính").count(), 1, "{}", run.out);

    let extended = workspace.run("extend ubnd-cap-xa --until 2026-12-02 --on 2026-11-20 --round annual");
    assert!(extended.code == 0 && extended.err.contains("UBND xã Mường La"), "{}{}", extended.out, extended.err);
    let acts = workspace.read(ACTS);
    assert_eq!(acts.lines().filter(|line| line.contains("act: extend")).count(), 74, "{acts}");
    let alone = workspace.run("extend xa-muong-la --until 2026-12-02 --on 2026-11-20 --round annual");
    assert_eq!(alone.code, 2, "{}", alone.out);
}
