use super::*;

fn of(text: &str) -> Result<Mail, Refusal> {
    read(text.replace('\n', "\r\n").as_bytes())
}

const HEAD: &str = "From: =?utf-8?B?U+G7nyBZIHThur8=?= <syt@sonla.gov.vn>\nDate: Wed, 18 Nov 2026 23:30:00 +0000\nMIME-Version: 1.0\n";

#[test]
fn who_sent_it_and_when_in_the_time_of_the_place() {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    let syt = "syt@sonla.gov.vn";
    for (head, addresses, sent, arrived) in [
        // Half past six in the morning here.
        (HEAD, syt, vec![day(11, 19)], None),
        ("From: syt@sonla.gov.vn\nDate: Wed, 18 Nov 2026 16:59:59 -0000\n", syt, vec![day(11, 18)], None),
        (
            "From: syt@sonla.gov.vn\nDate: Wed, 18 Nov 2026 10:00:00 +0700\nDate: Thu, 19 Nov 2026 10:00:00 +0700\n",
            syt,
            vec![day(11, 18), day(11, 19)],
            None,
        ),
        (
            "From: syt@sonla.gov.vn\nDate: Wed, 18 Nov 2026 10:00:00 +0700\nDate: Wed, 18 Nov 2026 03:00:00 +0000\n",
            syt,
            vec![day(11, 18)],
            None,
        ),
        ("From: syt@sonla.gov.vn\nDate: hôm qua\n", syt, vec![], None),
        ("From: syt@sonla.gov.vn\nDate: Wed, 31 Nov 2026 10:00:00 +0700\n", syt, vec![], None),
        ("From: syt@sonla.gov.vn\nFrom: ai@do.vn\nSubject: A\n", "syt@sonla.gov.vn ai@do.vn", vec![], None),
        ("Sender: <syt@sonla.gov.vn>\nSubject: A\n", syt, vec![], None),
        ("From: Sở Y tế\nSubject: A\n", "", vec![], None),
        (
            "Received: from a by b; Thu, 03 Dec 2026 09:00:00 +0700\nReceived: from x by a; Sun, 29 Nov 2026 09:00:00 +0700\n\
          Date: Sun, 29 Nov 2026 09:00:00 +0700\nFrom: a@b.vn, syt@sonla.gov.vn\n",
            "a@b.vn syt@sonla.gov.vn",
            vec![day(11, 29)],
            Some(day(12, 3)),
        ),
    ] {
        let mail = of(&format!("{head}\nNội dung\n")).unwrap();
        let found: Vec<&str> = mail.senders.iter().map(|sender| sender.address.as_str()).collect();
        assert_eq!((&*found.join(" "), mail.sent, mail.arrived), (addresses, sent, arrived), "{head}");
        assert!(mail.attachments.is_empty());
    }
    let named = of(&format!("{HEAD}\nA\n")).unwrap().senders.remove(0);
    assert_eq!(named.name.as_deref(), Some("Sở Y tế"));
    for before in ["\u{feff}", "\n\n", "\u{feff}\n \n"] {
        let mail = of(&format!("{before}{HEAD}\nA\n")).unwrap();
        assert_eq!((mail.senders.len(), mail.sent.len()), (1, 1), "{before:?}");
    }
    for none in ["", "chỉ là chữ", "%PDF-1.7\n%âãÏÓ\n1 0 obj\n", "PK\u{3}\u{4}"] {
        assert!(of(none).is_err(), "{none:?}");
    }
}

#[test]
fn names_of_attachments_are_words_and_what_is_written_is_no_file() {
    let part = |head: &str| format!("--b\n{head}\n\nagency: so-y-te\n");
    for (head, name) in [
        ("Content-Disposition: attachment; filename=\"../../x.yaml\"", Some("x.yaml")),
        ("Content-Disposition: attachment; filename=\"C:\\\\Users\\\\a\\\\x.yaml\"", Some("x.yaml")),
        ("Content-Disposition: attachment; filename=\"/etc/passwd\"", Some("passwd")),
        ("Content-Disposition: attachment; filename=\"..\"", Some("tệp không tên")),
        ("Content-Disposition: inline; filename=x.yaml", Some("x.yaml")),
        ("Content-Type: text/plain; name=\"=?utf-8?Q?b=C3=A1o_c=C3=A1o.yaml?=\"", Some("báo cáo.yaml")),
        ("Content-Disposition: attachment; filename*=utf-8''b%C3%A1o%20c%C3%A1o.yaml", Some("báo cáo.yaml")),
        ("Content-Type: application/octet-stream", Some("tệp không tên")),
        (
            "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Some("tệp không tên.xlsx"),
        ),
        ("Content-Type: text/plain; charset=utf-8", None),
        ("Content-Type: image/png; name=logo.png\nContent-ID: <logo>\nContent-Disposition: inline", None),
        ("Content-Type: image/png; name=scan.png\nContent-Disposition: attachment", Some("scan.png")),
    ] {
        let text =
            format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nKính gửi\n{}--b--\n", part(head));
        let mail = of(&text).unwrap();
        let names: Vec<&str> = mail.attachments.iter().map(|attached| attached.name.as_str()).collect();
        assert_eq!(names, Vec::from_iter(name), "{head}");
        assert!(mail.attachments.iter().all(|attached| attached.bytes == b"agency: so-y-te"), "{head}");
    }
}

#[test]
fn a_mail_within_a_mail_is_a_file_and_bytes_are_those_that_were_sent() {
    let inner = "From: xa@sonla.gov.vn\nSubject: A\n\nagency: xa";
    let text = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b\n\
         Content-Type: text/plain; charset=iso-8859-1; name=a.yaml\nContent-Transfer-Encoding: base64\n\n4bqldA==\n--b--\n"
    );
    let mail = of(&text).unwrap();
    let found: Vec<(&str, String)> = mail
        .attachments
        .iter()
        .map(|of| (of.name.as_str(), String::from_utf8(of.bytes.clone()).unwrap()))
        .collect();
    assert_eq!(found, [("thư kèm theo.eml", inner.replace('\n', "\r\n")), ("a.yaml", "ất".to_owned())]);
    assert_eq!(read(&mail.attachments[0].bytes).unwrap().senders[0].address, "xa@sonla.gov.vn");
}

#[test]
fn what_stands_beside_the_parts_of_a_mail_is_known_to_be_there() {
    let part = "Content-Disposition: attachment; filename=a.yaml\n\nagency: a\nround: b\n";
    let mixed = format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n{part}--b--\n");
    let words = format!("{HEAD}Content-Type: text/plain; charset=utf-8\n\nKính gửi\n");
    let unclosed = mixed.replace("boundary=b", "charset=utf-8");
    let encoded = "YWdlbmN5OiBhCnJvdW5kOiBiCg==\n";
    for (text, left) in [
        (mixed.clone(), None),
        (words.clone(), None),
        (format!("{mixed}\n_____\nDanh sách thư của tỉnh\n"), None),
        (format!("{mixed}--b\n{part}--b--\n"), Some(Left::File)),
        (mixed.replace("boundary=b", "boundary=c"), Some(Left::File)),
        (unclosed, Some(Left::File)),
        (format!("{mixed}\nFrom c@d Wed Nov 25 09:00:00 2026\n{mixed}"), Some(Left::Mails)),
        (format!("{words}\nFrom c@d Wed Nov 25 09:00:00 2026\n{words}"), Some(Left::Mails)),
        (format!("{words}begin 644 a.xlsx\nM4$L#\n`\nend\n"), Some(Left::File)),
        (format!("{words}agency: a\nround: b\n"), Some(Left::Report)),
        (format!("{HEAD}Content-Transfer-Encoding: base64\n\n{encoded}"), Some(Left::Report)),
        // A mail within is opened as one.
        (
            format!(
                "{HEAD}Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n{mixed}--x--\n"
            ),
            None,
        ),
    ] {
        assert_eq!(of(&text).unwrap().left, left, "{text}");
    }
}

#[test]
fn letters_that_nobody_knows_are_named() {
    for (letters, odd) in [
        ("x-uuencode", Some("x-uuencode")),
        ("X-Custom", Some("X-Custom")),
        ("base64", None),
        ("BASE64", None),
        ("8bit", None),
        ("quoted-printable", None),
    ] {
        let part =
            format!("Content-Disposition: attachment; filename=a.yaml\nContent-Transfer-Encoding: {letters}");
        let text = format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n{part}\n\nYQ==\n--b--\n");
        assert_eq!(of(&text).unwrap().attachments[0].odd_letters.as_deref(), odd, "{letters}");
    }
}

#[test]
fn what_a_mail_breaks_off_in_is_not_taken_for_the_whole() {
    let part = |name: &str| format!("--b\nContent-Disposition: attachment; filename={name}\n\nagency: a\n");
    let parts = [part("a.yaml"), part("b.yaml")].concat();
    let inner = "--i\nContent-Disposition: attachment; filename=c.yaml\n\nagency: c\n";
    let nested = format!("--b\nContent-Type: multipart/mixed; boundary=i\n\n{inner}");
    for (body, cut) in [
        (format!("{parts}--b--\n"), vec![]),
        (format!("{parts}--b--"), vec![]),
        // What begins then is missing, what stands before it is whole.
        (format!("{parts}--b"), vec![]),
        (parts.clone(), vec!["b.yaml"]),
        (format!("{parts}{nested}--i--\n"), vec![]),
        (format!("{parts}{nested}"), vec!["c.yaml"]),
        // Programs that forget the inner end there are.
        (format!("{parts}{nested}--b--\n"), vec![]),
    ] {
        let mail = of(&format!("{HEAD}Content-Type: multipart/mixed; boundary=\"b\"\n\n{body}")).unwrap();
        let named =
            mail.attachments.iter().filter(|attached| attached.is_cut).map(|attached| attached.name.as_str());
        assert_eq!(named.collect::<Vec<_>>(), cut, "{body}");
    }
    assert!(!of(&format!("{HEAD}\nKính gửi\n")).unwrap().is_cut);
}

#[test]
fn what_costs_more_than_a_mail_is_refused_at_once() {
    let part = "--b\nContent-Disposition: attachment; filename=a.txt\n\na\n";
    let mixed = format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n");
    let nested = |count: usize| {
        let levels = (0..count).map(|at| format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n"));
        format!("{HEAD}{}", levels.collect::<String>())
    };
    for (text, why) in [
        (mixed.clone() + &part.repeat(1_000), None),
        (mixed.clone() + &part.repeat(1_001), Some("1.001 tệp kèm theo")),
        (mixed.clone() + &"--b\n\n".repeat(20_000), Some("quá nhiều phần")),
        (nested(100), None),
        (nested(5_000), Some("quá nhiều phần")),
        (HEAD.to_owned() + &"Content-Type: message/rfc822\n\n".repeat(5_000), Some("quá nhiều phần")),
        (format!("{HEAD}To: {}\n\n", "a@b.vn,".repeat(400_000)), Some("quá nhiều phần")),
        (HEAD.to_owned() + &"A: b\n".repeat(500_000), Some("quá nhiều phần")),
    ] {
        match (of(&text), why) {
            (Ok(_), None) => {}
            (Err(refusal), Some(why)) => assert!(refusal.reason.contains(why), "{}", refusal.reason),
            (found, why) => panic!("{why:?}: {found:?}"),
        }
    }
}
