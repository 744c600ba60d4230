//! `plan receive` of mails: who sent them, on which day, what is attached; and the draft that comes back filled in.

use std::fs;

use serde_json::Value as Json;

use crate::common::form::{fill, words};
use crate::common::{Run, Workspace};
use crate::receive::{office, pairs, report, results};

const HEALTH: &str = "reports/annual/so-y-te.yaml";

/// In lines of 76 letters.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for (at, chunk) in bytes.chunks(3).enumerate() {
        let bits = chunk.iter().chain([&0, &0]).take(3).fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
        let letter = |place: usize| match place <= chunk.len() {
            true => char::from(LETTERS[(bits >> (18 - 6 * place)) as usize & 63]),
            false => '=',
        };
        text.extend((0..4).map(letter));
        if at % 19 == 18 {
            text += "\r\n";
        }
    }
    text
}

/// A mail from an address with files attached.
fn mail(from: &str, date: &str, files: &[(&str, &[u8])]) -> String {
    let part = |(name, bytes): &(&str, &[u8])| {
        let head = format!(
            "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"{name}\""
        );
        format!("--b\r\n{head}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n", base64(bytes))
    };
    let head = format!(
        "From: {from}\r\n{date}Subject: A\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n"
    );
    let files: String = files.iter().map(part).collect();
    format!(
        "{head}\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nKính gửi Sở Công Thương\r\n{files}--b--\r\n"
    )
}

const SENT: &str = "Date: Wed, 18 Nov 2026 09:12:00 +0700\r\n";

/// What is said of a file.
fn told(run: &Run, file: &str) -> String {
    let json: Json =
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err));
    let form = json["forms"].as_array().expect("forms").iter().find(|form| form["file"] == *file);
    form.unwrap_or_else(|| panic!("no {file} in {}", run.out)).to_string()
}

#[test]
fn what_is_attached_is_received_on_the_day_of_the_mail_from_whom_it_is_said() {
    let text = report(500, "1/BC-SYT", "2026-11-16");
    let sent = mail(
        "=?utf-8?B?U+G7nyBZIHThur8=?= <syt@sonla.gov.vn>",
        SENT,
        &[
            ("../../bao-cao.yaml", text.as_bytes()),
            ("CON.xlsx", b"PK\x03\x04"),
            ("scan.pdf", b"%PDF"),
            ("winmail.dat", b"x"),
        ],
    );
    let workspace = office(&[("sub/thu.eml", sent)]);
    let run = workspace.run("receive came --format json");
    let expected = [
        ("sub/thu.eml", "mail"),
        ("sub/thu.eml: bao-cao.yaml", "received"),
        ("sub/thu.eml: CON.xlsx", "refused"),
        ("sub/thu.eml: scan.pdf", "passed_over"),
        ("sub/thu.eml: winmail.dat", "passed_over"),
    ];
    assert_eq!((run.code, results(&run)), (1, pairs(&expected)), "{}", run.out);
    for (file, words) in [
        ("sub/thu.eml", "thư của Sở Y tế (syt@sonla.gov.vn), ghi nhận ngày 18/11/2026; 4 tệp kèm theo"),
        ("sub/thu.eml: bao-cao.yaml", "\"received\":\"2026-11-18\""),
        ("sub/thu.eml: bao-cao.yaml", "\"sender\":\"syt@sonla.gov.vn\""),
        ("sub/thu.eml: scan.pdf", "plan receive CƠ_QUAN --on 2026-11-18 --file TỆP"),
        ("sub/thu.eml: winmail.dat", "winmail.dat của Outlook"),
    ] {
        assert!(told(&run, file).contains(words), "{file}: {words}: {}", told(&run, file));
    }
    assert!(workspace.read(HEALTH).contains("received: 2026-11-18"), "{}", workspace.read(HEALTH));
    let outside: Vec<String> = workspace.contents().into_keys().filter(|file| file.contains("bao-cao")).collect();
    assert_eq!(outside, [] as [&str; 0], "a name is no place");
    let history = workspace.run("show so-y-te --history --format markdown").out;
    assert!(history.contains("Nhận báo cáo: tệp bao-cao.yaml, thư của syt@sonla.gov.vn"), "{history}");
    // The same folder tomorrow.
    let before = workspace.contents();
    let again = workspace.run("receive came --format json");
    assert!(results(&again)[1].1 == "unchanged" && workspace.contents() == before, "{}", again.out);
}

#[test]
fn the_later_of_mail_and_receiver_counts_and_what_cannot_be_is_said() {
    let text = report(500, "1/BC-SYT", "2026-11-16");
    for (date, on, day, words) in [
        (SENT, "", "2026-11-18", ""),
        (SENT, "--on 2026-11-20", "2026-11-20", ""),
        (SENT, "--on 2026-11-17", "2026-11-18", "đến sau ngày nhận đã nêu 17/11/2026"),
        ("", "", "2026-11-23", "thư không ghi ngày gửi"),
        ("Date: Thu, 18 Nov 2027 09:12:00 +0700\r\n", "", "2026-11-23", "ngày gửi 18/11/2027, không thể đúng"),
        ("Date: \u{1b}[31m\r\n", "", "2026-11-23", "thư không ghi ngày gửi"),
    ] {
        let workspace = office(&[("thu.eml", mail("a@b.vn", date, &[("a.yaml", text.as_bytes())]))]);
        let run = workspace.run(&format!("receive came/thu.eml {on} --format json"));
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        assert!(
            workspace.read(HEALTH).contains(&format!("received: {day}")),
            "{date} {on}: {}",
            workspace.read(HEALTH)
        );
        assert!(told(&run, "came/thu.eml").contains(words), "{date} {on}: {}", run.out);
    }
}

#[test]
fn of_two_mails_with_one_report_the_first_decides_when_it_came() {
    let text = report(500, "1/BC-SYT", "2026-11-16");
    let of = |day: &str| {
        mail(
            "syt@sonla.gov.vn",
            &format!("Date: {day} Nov 2026 09:00:00 +0700\r\n"),
            &[("a.yaml", text.as_bytes())],
        )
    };
    let workspace = office(&[("a.eml", of("20")), ("b.eml", of("18"))]);
    let run = workspace.run("receive came --format json");
    assert!(told(&run, "a.eml: a.yaml").contains("unchanged"), "{}", run.out);
    assert!(workspace.read(HEALTH).contains("received: 2026-11-18"), "{}", workspace.read(HEALTH));
}

#[test]
fn another_sender_than_the_agency_is_a_notice() {
    let text = report(500, "1/BC-SYT", "2026-11-16");
    for (from, words) in [
        ("SYT@sonla.gov.vn", None),
        ("la@gmail.com", Some("thư gửi từ la@gmail.com, không phải địa chỉ đã khai của Sở Y tế")),
        ("snv@sonla.gov.vn", Some("thư gửi từ địa chỉ của Sở Nội vụ (snv@sonla.gov.vn)")),
        ("", Some("thư không rõ người gửi, Sở Y tế đã khai địa chỉ")),
    ] {
        let workspace = office(&[("thu.eml", mail(from, SENT, &[("a.yaml", text.as_bytes())]))]);
        for (agency, email) in [("so-y-te", "syt@sonla.gov.vn"), ("so-noi-vu", "snv@sonla.gov.vn")] {
            let line = format!("  - id: {agency}\n");
            workspace.edit("plan/agencies.yaml", &line, &format!("{line}    email: {email}\n"));
        }
        let run = workspace.run("receive came --format json");
        let told = told(&run, "thu.eml: a.yaml");
        assert_eq!((run.code, told.contains("\"received\"")), (0, true), "{told}");
        let is_doubted = told.contains("thư gửi từ") || told.contains("không rõ người gửi");
        assert_eq!(is_doubted, words.is_some(), "{from}: {told}");
        assert!(told.contains(words.unwrap_or_default()), "{from}: {told}");
    }
}

#[test]
fn what_others_send_in_an_agencys_name_replaces_nothing_of_its_own() {
    let (own, others) = (report(500, "1/BC-SYT", "2026-11-16"), report(5, "1/BC-SYT", "2026-11-16"));
    let from = |sender: &str, text: &str| mail(sender, SENT, &[("a.yaml", text.as_bytes())]);
    let (true_mail, forged) = (from("syt@sonla.gov.vn", &own), from("la@gmail.com", &others));
    // Together in one folder, whatever the names say, and one after the other.
    for names in [["a.eml", "b.eml"], ["b.eml", "a.eml"]] {
        let workspace = office(&[(names[0], true_mail.clone()), (names[1], forged.clone())]);
        workspace.edit("plan/agencies.yaml", "  - id: so-y-te\n", "  - id: so-y-te\n    email: syt@sonla.gov.vn\n");
        let run = workspace.run("receive came --format json");
        assert_eq!(run.code, 1, "{}", run.out);
        let refused = told(&run, &format!("{}: a.yaml", names[1]));
        assert!(refused.contains("cơ quan đã có báo cáo đang dùng"), "{refused}");
        let in_force = || workspace.read("reports/annual/so-y-te.yaml");
        assert!(in_force().contains("inspections: 500"), "{}", in_force());
        assert_eq!(workspace.run(&format!("receive came/{}", names[1])).code, 1);
        assert!(in_force().contains("inspections: 500"), "{}", in_force());
    }
}

#[test]
fn a_register_may_name_a_mail() {
    let text =
        report(500, "1/BC-SYT", "2026-11-16").replace("document: {number: 1/BC-SYT, date: 2026-11-16}\n", "");
    let sent = mail("syt@sonla.gov.vn", SENT, &[("a.yaml", text.as_bytes()), ("a.pdf", b"%PDF")]);
    let rows = |agency: &str| {
        format!("Cơ quan,Số,Ngày văn bản,Ngày nhận,Tệp\n{agency},1342/BC-SYT,17/11/2026,19/11/2026,thu.eml\n")
    };
    let workspace = office(&[("thu.eml", sent), ("so.csv", rows("Sở Nội vụ"))]);
    let wrong = workspace.run("receive came --format json");
    assert!(
        wrong.code == 1 && wrong.out.contains("sổ ghi của Sở Nội vụ") && !workspace.path(HEALTH).exists(),
        "{}",
        wrong.out
    );
    workspace.write("came/so.csv", rows("Sở Y tế"));
    let run = workspace.run("receive came --format json");
    assert_eq!(run.code, 0, "{}", run.out);
    let health = workspace.read(HEALTH);
    for words in ["received: 2026-11-19", "number: 1342/BC-SYT", "date: 2026-11-17"] {
        assert!(health.contains(words), "{words}: {health}");
    }
}

#[test]
fn mails_within_mails_are_opened_and_what_is_none_is_refused() {
    let text = report(500, "1/BC-SYT", "2026-11-16");
    let inner = mail("syt@sonla.gov.vn", SENT, &[("a.yaml", text.as_bytes())]);
    let mut deep = inner.clone();
    for _ in 0..5 {
        deep = mail("a@b.vn", SENT, &[("trong.eml", deep.as_bytes())]);
    }
    let workspace = office(&[
        (
            "a.eml",
            mail("vt@sonla.gov.vn", "Date: Fri, 20 Nov 2026 09:00:00 +0700\r\n", &[("fw.eml", inner.as_bytes())]),
        ),
        ("b.eml", deep),
        ("c.eml", "không phải thư".to_owned()),
        ("d.eml", String::new()),
    ]);
    let run = workspace.run("receive came --format json");
    let results = results(&run);
    let of = |file: &str| results.iter().find(|(found, _)| found == file).map(|(_, result)| result.as_str());
    assert_eq!(
        (run.code, of("a.eml: fw.eml"), of("a.eml: fw.eml: a.yaml")),
        (1, Some("mail"), Some("received")),
        "{}",
        run.out
    );
    // Whoever passed it on is not who sent it.
    assert!(told(&run, "a.eml: fw.eml: a.yaml").contains("syt@sonla.gov.vn"), "{}", run.out);
    assert!(workspace.read(HEALTH).contains("received: 2026-11-18"));
    assert_eq!((of("c.eml"), of("d.eml")), (Some("refused"), Some("refused")), "{}", run.out);
    assert!(run.out.contains("quá nhiều lớp thư khác"), "{}", run.out);
    // One that is larger than servers take.
    workspace.write("lon.eml", vec![b'a'; 40_000_001]);
    let large = workspace.run("receive lon.eml");
    assert!(large.code == 1 && large.out.contains("tệp quá lớn (40.001 KB)"), "{}", large.out);
}

#[test]
fn a_draft_that_is_sent_back_filled_in_becomes_the_report() {
    let workspace = Workspace::of_communes(2);
    let drafts = workspace.run("remind --round annual --within 30 --format eml -o thu");
    assert_eq!(drafts.code, 0, "{}{}", drafts.out, drafts.err);
    // The attached form is that of `plan form export`; the agency fills it in and answers.
    assert_eq!(workspace.run("form export xa-01 --round annual").code, 0);
    let form = workspace.path("xa-01-annual-2026.xlsx");
    let attached = base64(&fs::read(&form).expect("a form"));
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    assert!(plain(&workspace.read("thu/xa-01.eml")).contains(&plain(&attached)), "the same file");
    fill(
        &form,
        &[
            ("tasks.I.1.status", 'G', words("Hoàn thành")),
            ("tasks.I.1.results", 'G', words("Xã Số 1 đã phổ biến tới các bản.")),
            ("document.number", 'C', words("12/BC-UBND")),
            ("document.date", 'C', words("17/11/2026")),
        ],
    );
    let form = fs::read(form).expect("a form");
    workspace.write("tra-loi.eml", mail("xa01@sonla.gov.vn", SENT, &[("xa-01-annual-2026.xlsx", &form)]));
    let run = workspace.run("receive tra-loi.eml --format json");
    assert!(told(&run, "tra-loi.eml: xa-01-annual-2026.xlsx").contains("\"result\":\"received\""), "{}", run.out);
    let report = workspace.read("reports/annual/xa-01.yaml");
    assert!(report.contains("received: 2026-11-18") && report.contains("thư của xa01@sonla.gov.vn"), "{report}");
}

#[test]
fn attachments_of_one_name_are_told_apart() {
    let sent = mail(
        "syt@sonla.gov.vn",
        SENT,
        &[("a.pdf", b"%PDF1"), ("a.pdf", b"%PDF2"), ("b.pdf", b"%PDF"), ("a.pdf", b"%PDF3")],
    );
    let run = office(&[("thu.eml", sent)]).run("receive came --format json");
    let names: Vec<String> = results(&run).into_iter().map(|(name, _)| name).collect();
    let expected = ["thu.eml", "thu.eml: a.pdf", "thu.eml: a.pdf (2)", "thu.eml: b.pdf", "thu.eml: a.pdf (3)"];
    assert_eq!(names, expected);
}

#[test]
fn what_a_mail_holds_beside_its_attachments_is_not_lost_in_silence() {
    let text = report(500, "1/BC-SYT", "2026-11-16");
    let sent = |files: &[(&str, &[u8])]| mail("syt@sonla.gov.vn", SENT, files);
    let whole = || sent(&[("a.yaml", text.as_bytes())]);
    let in_words =
        |words: &str| sent(&[]).replace("Kính gửi Sở Công Thương\r\n", &format!("Kính gửi\r\n\r\n{words}"));
    for (what, mail, left, said) in [
        ("one mail", whole(), None, ""),
        (
            "a mailbox",
            format!(
                "From a@b Wed Nov 18 09:00:00 2026\r\n{0}\r\nFrom c@d Wed Nov 25 09:00:00 2026\r\n{0}",
                whole()
            ),
            Some("các thư sau"),
            "chứa nhiều thư",
        ),
        ("a part behind the last", whole() + &whole(), Some("tệp trong lời thư"), "thêm --on 2026-11-18"),
        (
            "another boundary",
            whole().replace("boundary=b", "boundary=c"),
            Some("tệp trong lời thư"),
            "lưu riêng tệp đó",
        ),
        ("a file in letters", in_words("begin 644 a.xlsx\r\nM4$L#\r\nend\r\n"), Some("tệp trong lời thư"), ""),
        ("a report in words", in_words(&text), Some("lời thư"), "tệp .yaml rồi nhận, thêm --on 2026-11-18"),
        ("words about one", in_words("Báo cáo (agency: so-y-te) gửi sau.\r\n"), None, ""),
    ] {
        let workspace = office(&[("thu.eml", mail)]);
        let run = workspace.run("receive came --format json");
        let name = left.map(|left| format!("thu.eml: {left}"));
        let refused: Vec<String> =
            results(&run).into_iter().filter(|(_, result)| result == "refused").map(|(name, _)| name).collect();
        assert_eq!((run.code, refused), (u8::from(left.is_some()), Vec::from_iter(name)), "{what}: {}", run.out);
        assert!(
            run.out.contains(said) && !(left.is_some() && run.out.contains("không có tệp kèm theo\"")),
            "{what}: {}",
            run.out
        );
    }
}

#[test]
fn what_is_saved_out_of_a_mail_is_received_on_the_day_of_the_mail() {
    for (name, said) in [
        ("a.zip", "nhận các tệp bên trong, thêm --on 2026-11-18"),
        ("smime.p7m", "ra thư mục rồi nhận, thêm --on 2026-11-18"),
        ("a.pdf", "plan receive CƠ_QUAN --on 2026-11-18 --file TỆP"),
        ("a.docx", "plan receive CƠ_QUAN --on 2026-11-18 --file TỆP"),
        ("a.xls", "lưu ra rồi kiểm tra, nhận thì thêm --on 2026-11-18"),
        ("a.yaml", "lưu ra rồi kiểm tra, nhận thì thêm --on 2026-11-18"),
        ("smime.p7s", "đây là chữ ký số của thư\""),
    ] {
        let workspace = office(&[("thu.eml", mail("syt@sonla.gov.vn", SENT, &[(name, b"PK")]))]);
        let told = told(&workspace.run("receive came --format json"), &format!("thu.eml: {name}"));
        assert!(told.contains(said), "{name}: {told}");
        // Of what lies there by itself nobody knows the day.
        let workspace = office(&[(name, "PK".to_owned())]);
        let alone = workspace.run(&format!("receive came/{name} --format json"));
        assert!(!alone.out.contains("--on 2026"), "{name}: {}", alone.out);
    }
    let odd = mail("syt@sonla.gov.vn", SENT, &[("a.yaml", b"x")])
        .replace("Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: x-uuencode");
    let run = office(&[("thu.eml", odd)]).run("receive came --format json");
    let told = told(&run, "thu.eml: a.yaml");
    assert!(told.contains("kiểu mã hóa lạ (x-uuencode)") && told.contains("--on 2026-11-18"), "{told}");
}
