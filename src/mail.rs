//! A mail as it was saved (.eml) → who sent it, when, what is attached. Hostile until read: what would cost the library more
//! than a mail is worth is refused before it looks. Names of attachments are words, never places; touches no disk.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{NaiveDate, TimeDelta};
use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{Addr, Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::form::Refusal;
use crate::source::Limits;
use crate::vietnamese::{number, one_line};

/// Servers take 25 MB, which are 35 in the letters of a mail.
pub(crate) const LIMITS: Limits =
    Limits {
        bytes: 40_000_000, nodes: 0, remedy: "lưu các tệp kèm theo vào một thư mục rồi nhận thư mục đó"
    };
/// Of all lines that could be headers, in bytes: those of a mail have 5–20 KB.
const MAX_HEADERS: usize = 2_000_000;
/// Lines that could begin a part.
const MAX_PARTS: usize = 10_000;
/// Headers that begin parts within parts or mails within mails: each is one frame when they are dropped.
const MAX_NESTED: usize = 200;
const MAX_ATTACHMENTS: usize = 1_000;
/// More than an address can have (RFC 5321).
const MAX_ADDRESS: usize = 320;
const MAX_NAME: usize = 120;
/// What mails call a spreadsheet (.xlsx), after `application/`.
const WORKBOOK: &str = "vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// So many are told of all that a mail says it is from, and of the days on which it was sent.
const MAX_SENDERS: usize = 10;
/// The time of the place (UTC+7).
const HOURS_EAST: i64 = 7;

#[derive(Debug)]
pub(crate) struct Mail {
    /// Everybody that it says it is from: of several nobody knows who sent it.
    pub(crate) senders: Vec<Sender>,
    /// The days that the sender's program wrote, in the time of the place: of several nobody knows which it was.
    pub(crate) sent: Vec<NaiveDate>,
    /// The day that the last server on the way wrote.
    pub(crate) arrived: Option<NaiveDate>,
    pub(crate) attachments: Vec<Attachment>,
    /// Whether it breaks off before its end.
    pub(crate) is_cut: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sender {
    pub(crate) name: Option<String>,
    pub(crate) address: String,
}

#[derive(Debug)]
pub(crate) struct Attachment {
    /// Without a path.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Whether the mail breaks off in it: the rest did not come.
    pub(crate) is_cut: bool,
}

/// # Errors
/// When it is no mail, or more of one than an office gets; no more than `LIMITS` are to be given.
pub(crate) fn read(bytes: &[u8]) -> Result<Mail, Refusal> {
    fits(bytes)?;
    // Nothing hostile is taken at a library's word.
    let read = catch_unwind(AssertUnwindSafe(|| parsed(bytes))).ok().flatten();
    let mail =
        read.ok_or_else(|| Refusal::new("không đọc được thư này", "mở bằng phần mềm thư, lưu lại dạng .eml"))?;
    match mail.attachments.len() {
        0..=MAX_ATTACHMENTS => Ok(mail),
        count => {
            Err(too_much(format!("thư có {} tệp kèm theo, quá {}", thousands(count), thousands(MAX_ATTACHMENTS))))
        }
    }
}

fn too_much(reason: String) -> Refusal {
    Refusal::new(reason, LIMITS.remedy)
}

fn thousands(count: usize) -> String {
    number(count as u128)
}

fn fits(bytes: &[u8]) -> Result<(), Refusal> {
    let (mut headers, mut parts, mut nested, mut within) = (0, 0, 0, false);
    for line in bytes.split(|byte| *byte == b'\n') {
        parts += usize::from(line.starts_with(b"--"));
        within = line.contains(&b':') || (within && line.first().is_some_and(u8::is_ascii_whitespace));
        if within {
            headers += line.len() + 1;
            let line = line.to_ascii_lowercase();
            let has = |word: &[u8]| line.windows(word.len()).any(|found| found == word);
            nested += usize::from(has(b"boundary") || has(b"rfc822") || has(b"global") || has(b"digest"));
        }
    }
    if headers > MAX_HEADERS || parts > MAX_PARTS || nested > MAX_NESTED {
        return Err(too_much("thư có quá nhiều phần, không như thư thường gửi".to_owned()));
    }
    Ok(())
}

/// `None` where nothing of a mail is there.
fn parsed(bytes: &[u8]) -> Option<Mail> {
    let parser = MessageParser::new()
        .with_mime_headers()
        .header_date(HeaderName::Date)
        .header_address(HeaderName::From)
        .header_address(HeaderName::Sender)
        .header_received(HeaderName::Received);
    let message = parser.parse(bytes)?;
    let known =
        [HeaderName::From, HeaderName::Date, HeaderName::Received, HeaderName::Subject, HeaderName::MimeVersion];
    if !known.into_iter().any(|name| message.header_raw(name).is_some()) {
        return None;
    }
    let senders = |name| {
        let addresses =
            message.header_values(name).filter_map(|value| value.as_address()).flat_map(|found| found.iter());
        addresses.take(MAX_SENDERS).filter_map(sender).collect::<Vec<_>>()
    };
    let from = senders(HeaderName::From);
    let dates = message.header_values(HeaderName::Date).filter_map(|value| day(value.as_datetime()?));
    let mut sent: Vec<NaiveDate> = dates.take(MAX_SENDERS).collect();
    sent.dedup();
    // Each server writes its own above those before.
    let received = message.received_all().next().and_then(|received| received.date.as_ref());
    let parts = message.parts.iter().enumerate();
    let attached = parts.filter(|(at, part)| is_attached(&message, *at, part));
    let is_cut = message.parts.first().is_some_and(|whole| is_open(whole, bytes));
    Some(Mail {
        is_cut,
        senders: if from.is_empty() { senders(HeaderName::Sender) } else { from },
        sent,
        arrived: received.and_then(day),
        attachments: attached.map(|(_, part)| attachment(&message, part, is_cut)).collect(),
    })
}

fn sender(from: &Addr<'_>) -> Option<Sender> {
    let address = from.address()?.trim();
    let is_one = address.contains('@') && address.len() <= MAX_ADDRESS;
    let name = from.name().map(|name| short(name, MAX_NAME)).filter(|name| !name.is_empty());
    is_one.then(|| Sender { name, address: short(address, MAX_ADDRESS) })
}

fn day(of: &mail_parser::DateTime) -> Option<NaiveDate> {
    // The library takes 31/11 for 01/12.
    let there = NaiveDate::from_ymd_opt(of.year.into(), of.month.into(), of.day.into())?;
    let there = there.and_hms_opt(of.hour.into(), of.minute.into(), of.second.min(59).into())?;
    let offset = i64::from(of.tz_hour) * 60 + i64::from(of.tz_minute);
    let east = if of.tz_before_gmt { -offset } else { offset };
    Some(there.checked_add_signed(TimeDelta::minutes(HOURS_EAST * 60 - east))?.date())
}

/// Whether no line ends the parts of a mail: the rest is missing.
fn is_open(part: &MessagePart<'_>, bytes: &[u8]) -> bool {
    let boundary = part.content_type().filter(|_| matches!(part.body, PartType::Multipart(_)));
    let boundary = boundary.and_then(|kind| kind.attribute("boundary"));
    boundary.is_some_and(|boundary| {
        let end = format!("--{boundary}--");
        let within = bytes.get(part.offset_body as usize..).unwrap_or_default();
        !within.split(|byte| *byte == b'\n').any(|line| line.starts_with(end.as_bytes()))
    })
}

/// Whether a part is a file: what is written and the pictures in it are none.
fn is_attached(message: &Message<'_>, at: usize, part: &MessagePart<'_>) -> bool {
    let named = part.attachment_name().is_some();
    let is_picture = part.content_type().is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("image"));
    let apart = part.content_disposition().is_some_and(|how| how.is_attachment());
    match part.body {
        PartType::Multipart(_) => false,
        PartType::Text(_) | PartType::Html(_) => named,
        _ if is_picture && part.content_id().is_some() && !apart => false,
        _ => named || message.attachments.contains(&(at as u32)),
    }
}

fn attachment(message: &Message<'_>, part: &MessagePart<'_>, is_cut: bool) -> Attachment {
    let within = part.offset_body as usize..part.offset_end as usize;
    let raw = message.raw_message.get(within).unwrap_or_default();
    let decoded = match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    };
    let is_mail = matches!(part.body, PartType::Message(_));
    let kind = part.content_type().and_then(|kind| kind.subtype()).unwrap_or_default();
    let unnamed = match kind {
        _ if is_mail => "thư kèm theo.eml",
        _ if kind.eq_ignore_ascii_case(WORKBOOK) => "tệp không tên.xlsx",
        _ => "tệp không tên",
    };
    let mut name =
        part.attachment_name().map(file_name).filter(|name| !name.is_empty()).unwrap_or(unnamed.to_owned());
    if is_mail && !name.to_lowercase().ends_with(".eml") {
        name += ".eml";
    }
    let is_last = part.offset_end as usize >= message.raw_message.len();
    let bytes = decoded.unwrap_or_else(|| part.contents().to_vec());
    Attachment { name, bytes, is_cut: is_cut && is_last }
}

/// What a name says after the last folder, on whichever system it was written.
fn file_name(written: &str) -> String {
    let last = written.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, ending) = last.rsplit_once('.').unwrap_or((last, ""));
    let ending = if ending.is_empty() { String::new() } else { format!(".{}", short(ending, 10)) };
    format!("{}{ending}", short(stem, MAX_NAME)).trim_matches(['.', ' ']).to_owned()
}

/// On one line, no longer than so many letters.
fn short(text: &str, letters: usize) -> String {
    one_line(text).chars().take(letters).collect()
}

#[cfg(test)]
mod tests {
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
            let text = format!(
                "{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nKính gửi\n{}--b--\n",
                part(head)
            );
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
}
