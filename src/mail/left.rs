//! What stands in a mail beside the files that are taken from it: other mails, a file or a report among its words. Says that it
//! is there; nothing is taken of it.

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

/// What is left where it stands, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Left {
    /// Mails after the first: a mailbox was saved.
    Mails,
    /// A file in the text, or behind what the mail says are its parts.
    File,
    /// A report in the words of the mail.
    Report,
}

/// What is left in a mail of which some parts are attached.
pub(super) fn left(message: &Message<'_>, is_attached: impl Fn(usize, &MessagePart<'_>) -> bool) -> Option<Left> {
    let raw = &message.raw_message;
    let mut found = Vec::new();
    // What no part says that it holds, between those that do.
    let mut end = 0;
    for (at, part) in message.parts.iter().enumerate() {
        let (start, body) = (part.offset_header as usize, part.offset_body as usize);
        found.push(in_lines(&String::from_utf8_lossy(raw.get(end..start).unwrap_or_default()), &['\n']));
        let holds_parts = matches!(part.body, PartType::Multipart(_));
        end = end.max(if holds_parts { body } else { part.offset_end as usize });
        // One that does not say what ends its parts is taken for a file.
        let is_parts = part.content_type().is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("multipart"));
        if is_attached(at, part) && !is_parts {
            continue;
        }
        match &part.body {
            PartType::Text(text) => found.push(in_lines(text, &['\n'])),
            PartType::Html(text) => found.push(in_lines(text, &['\n', '<', '>'])),
            PartType::Binary(bytes) if is_parts => found.push(in_lines(&String::from_utf8_lossy(bytes), &['\n'])),
            _ => {}
        }
    }
    found.push(in_lines(&String::from_utf8_lossy(raw.get(end..).unwrap_or_default()), &['\n']));
    found.into_iter().flatten().min()
}

/// What is left in a text, by the lines that begin it.
fn in_lines(text: &str, ends: &[char]) -> Option<Left> {
    let (mut found, mut is_of_agency, mut is_of_round) = (None, false, false);
    let mut lines = text.split(ends).map(|line| line.trim_end_matches('\r')).peekable();
    let mut before = "";
    while let Some(line) = lines.next() {
        let next = lines.peek().copied().unwrap_or_default();
        if before.is_empty() && line.starts_with("From ") && line.contains('@') && is_header(next) {
            return Some(Left::Mails);
        }
        if names_a_file(line, next) {
            found = Some(Left::File);
        }
        is_of_agency |= says(line, "agency:");
        is_of_round |= says(line, "round:");
        before = line;
    }
    found.or((is_of_agency && is_of_round).then_some(Left::Report))
}

fn is_header(line: &str) -> bool {
    let name = line.split_once(':').map_or("", |(name, _)| name);
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Whether a line begins a file: in a part that was not taken for one, or in letters among the words.
fn names_a_file(line: &str, next: &str) -> bool {
    let begins = |word: &str| line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let names = |line: &str| ["name=", "name*"].iter().any(|key| line.to_ascii_lowercase().contains(key));
    let is_part = begins("content-disposition:") || begins("content-type:");
    let goes_on = next.starts_with([' ', '\t']);
    // As of a file: 644, or 0644.
    let is_mode = |word: &str| {
        let digits = word.strip_prefix('0').filter(|rest| rest.len() == 3).unwrap_or(word);
        digits.len() == 3 && digits.chars().all(|c| matches!(c, '0'..='7'))
    };
    let mut words = line.split(' ');
    let is_encoded = words.next() == Some("begin") && words.next().is_some_and(is_mode) && words.next().is_some();
    is_part && (names(line) || goes_on && names(next)) || is_encoded || begins("=ybegin ")
}

/// Whether a line says something under a key of a report.
fn says(line: &str, key: &str) -> bool {
    line.trim_start().strip_prefix(key).is_some_and(|word| !word.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_known_by_its_first_lines() {
        for (text, left) in [
            ("Kính gửi Sở Công Thương\n\nFrom c@d Wed Nov 25 09:00:00 2026\nFrom: c@d\n", Some(Left::Mails)),
            ("\r\nFrom c@d Wed Nov 25 09:00:00 2026\r\nReceived: from a\r\n", Some(Left::Mails)),
            ("\nFrom c@d Wed Nov 25\nX-A: b\n\nbegin 644 a.xlsx\nM\n", Some(Left::Mails)),
            // Words, and a mail that was quoted.
            ("Kính gửi\n\nFrom now on we write to a@b.vn.\nKính chào\n", None),
            ("Kính gửi\nFrom c@d Wed Nov 25 09:00:00 2026\nFrom: c@d\n", None),
            ("-----Original Message-----\nFrom: Sở Y tế <a@b.vn>\nSubject: BC\nAttachments: a.xlsx\n", None),
            (">From c@d Wed Nov 25 09:00:00 2026\nFrom: c@d\n", None),
            ("--B\nContent-Type: application/octet-stream; name=\"a.xlsx\"\n\nUEsD\n", Some(Left::File)),
            ("--B\nContent-Disposition: attachment;\n filename=\"a.xlsx\"\n\nUEsD\n", Some(Left::File)),
            ("Content-Disposition: attachment;\n filename*0*=utf-8''a.xlsx\n", Some(Left::File)),
            ("Subject: A\nContent-Type: multipart/mixed; boundary=\"_namecheap_\"\n", None),
            ("--B\nContent-Type: text/plain; charset=utf-8\n\nKính gửi\n--B--\n", None),
            ("Kính gửi\n\nbegin 644 so-y-te.xlsx\nM4$L#!!0````(`\n", Some(Left::File)),
            ("=ybegin line=128 size=9 name=a.xlsx\n", Some(Left::File)),
            ("begin 2026 với kế hoạch\n", None),
            ("begin 644\n", None),
            ("agency: so-y-te\nround: annual\ntasks:\n", Some(Left::Report)),
            ("# Báo cáo\r\n  agency: so-y-te\r\n  round: annual\r\n", Some(Left::Report)),
            ("> agency: so-y-te\n> round: annual\n", None),
            ("agency: so-y-te\nround:\n", None),
            ("agency: so-y-te\n", None),
            ("_______\nMailing list\nhttps://sonla.gov.vn\n", None),
            ("", None),
        ] {
            assert_eq!(in_lines(text, &['\n']), left, "{text}");
        }
        let html = "<html><div>agency: so-y-te</div><div>round: annual</div></html>";
        assert_eq!(in_lines(html, &['\n', '<', '>']), Some(Left::Report));
    }
}
