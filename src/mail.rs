//! A mail as it was saved (.eml) → who sent it, when, what is attached. Hostile until read: what would cost the library more
//! than a mail is worth is refused before it looks. Names of attachments are words, never places; touches no disk.

mod left;

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{NaiveDate, TimeDelta};
use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{Addr, Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::form::Refusal;
use crate::source::Limits;
use crate::vietnamese::{number, one_line};
pub(crate) use left::Left;

/// Servers take 25 MB, which are 35 in the letters of a mail.
pub(crate) const LIMITS: Limits = Limits {
    bytes: 40_000_000,
    nodes: 0,
    remedy: "lưu các tệp kèm theo vào một thư mục rồi nhận thư mục đó, thêm --on ghi ngày của thư",
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
    /// What stands in it beside those, and is not read.
    pub(crate) left: Option<Left>,
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
    /// In what letters its bytes are written, where nobody knows how to read those.
    pub(crate) odd_letters: Option<String>,
}

/// # Errors
/// When it is no mail, or more of one than an office gets; no more than `LIMITS` are to be given.
pub(crate) fn read(bytes: &[u8]) -> Result<Mail, Refusal> {
    // As editors save it: with a mark of its letters, after empty lines.
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
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
    let left = left::left(&message, |at, part| is_attached(&message, at, part));
    let parts = message.parts.iter().enumerate();
    let attached = parts.filter(|(at, part)| is_attached(&message, *at, part));
    let is_cut = message.parts.first().is_some_and(|whole| is_open(whole, bytes));
    Some(Mail {
        is_cut,
        left,
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
    Attachment { name, bytes, is_cut: is_cut && is_last, odd_letters: odd_letters(part) }
}

/// What a part says that its bytes are written in, where it is none of the five ways there are (RFC 2045).
fn odd_letters(part: &MessagePart<'_>) -> Option<String> {
    const KNOWN: [&str; 5] = ["7bit", "8bit", "binary", "quoted-printable", "base64"];
    let written = part.content_transfer_encoding()?.trim();
    let is_known = written.is_empty() || KNOWN.iter().any(|known| written.eq_ignore_ascii_case(known));
    (!is_known).then(|| short(written, 40))
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
mod tests;
