//! A mail as a draft (RFC 5322, MIME) that mail programs open for editing. Nothing of it is made up: no clock, no random
//! marks, so that the same mail gives the same bytes. Sends nothing.

use anyhow::Result;
use chrono::NaiveTime;
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use super::visible::{Bytes, Visible};
use crate::doc::Mail;

const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// No line of quoted-printable or base64, as the parts are written, begins so.
const BOUNDARY: &str = "=_plan";
/// Eight o'clock in the time of the place (UTC+7).
const MORNING: NaiveTime = NaiveTime::from_hms_opt(1, 0, 0).expect("a time");

/// With a spreadsheet of this name attached.
///
/// # Errors
/// When the library refuses what it is given, which no mail should make it do.
pub(crate) fn render(mail: &Mail, (name, sheet): (&str, &Bytes)) -> Result<Bytes> {
    let line = |text: &str| Visible::from(text).replace(['\n', '\t'], " ");
    let address = |(name, email): &(String, String)| Address::new_address(Some(line(name)), email.clone());
    let text = String::from(Visible::from(mail.text.as_str())).replace('\n', "\r\n") + "\r\n";
    let mut builder = MessageBuilder::new()
        // Outlook and others open it as a mail that was not sent yet.
        .header("X-Unsent", Raw::new("1"))
        .message_id(mail.id.clone())
        .date(Date::new(mail.day.and_time(MORNING).and_utc().timestamp()))
        .subject(line(&mail.subject));
    if let Some(from) = &mail.from {
        builder = builder.from(address(from));
    }
    if !mail.to.is_empty() {
        builder = builder.to(Address::new_list(mail.to.iter().map(address).collect()));
    }
    let parts = vec![MimePart::new("text/plain", text), MimePart::new(SHEET, sheet.as_ref()).attachment(name)];
    Bytes::mail(
        builder.body(MimePart::new(ContentType::new("multipart/mixed").attribute("boundary", BOUNDARY), parts)),
    )
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn no_words_make_a_header_and_lines_are_short() {
        let mail = Mail {
            id: "remind.annual.so-y-te.2026-12-03@x.plan".to_owned(),
            day: NaiveDate::from_ymd_opt(2026, 12, 3).unwrap(),
            from: None,
            to: vec![("Sở Y tế\r\nBcc: ai@do.vn".to_owned(), "syt@sonla.gov.vn".to_owned())],
            subject: format!("V/v đôn đốc\nBcc: ai@do.vn {}", "báo cáo ".repeat(40)),
            text: format!("Kính gửi\n.\n--=_plan\nFrom đây {}", "dài ".repeat(400)),
        };
        let sheet = Bytes::from(Visible::from("bảng"));
        let written = render(&mail, ("so-y-te.xlsx", &sheet)).unwrap();
        assert_eq!(written, render(&mail, ("so-y-te.xlsx", &sheet)).unwrap());
        let text = str::from_utf8(written.as_ref()).unwrap();
        assert!(text.is_ascii() && text.lines().all(|line| line.len() <= 78 || line.ends_with(SHEET)), "{text}");
        let names: Vec<&str> =
            text.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with(' ')).collect();
        let names: Vec<&str> = names.iter().filter_map(|line| Some(line.split_once(':')?.0)).collect();
        assert_eq!(names, ["X-Unsent", "Message-ID", "Date", "Subject", "To", "MIME-Version", "Content-Type"]);
        assert!(text.contains("Date: Thu, 3 Dec 2026 01:00:00 +0000\r\n"), "{text}");
    }
}
