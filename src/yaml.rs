//! YAML text → events, each with its place. Refuses what a report never needs and an attacker does: anchors, aliases,
//! tags, a second document, deep nesting, sheer size. Scalars keep their text: what a date or a number is, `record`
//! decides. Builds no tree.

mod by_hand;
mod parts;
mod problems;
mod seen;

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StrInput, options};

use crate::characters::{hidden, is_plain};
use crate::diagnostic::{Diagnostic, Sink};
use crate::source::{FileId, Limits, Span};
pub(crate) use by_hand::conflicted;
pub(crate) use parts::{Part, parts, words};
pub(crate) use problems::RULES;
use problems::{COMMENT_CUTS_TEXT, CONTROL_CHARACTER, DUPLICATE_KEY, NOT_YAML, UNCLOSED, concerns_lines, explain};
pub(crate) use seen::Seen;

const MAX_NESTING: usize = 32;

/// Words of people as a scalar in quotes; what nobody sees is written as `\u{…}`, as screens show it.
pub(crate) fn quoted(words: &str) -> String {
    let mut quoted = String::from("\"");
    let mut hidden = hidden(words).map(|(at, _)| at).peekable();
    for (at, c) in words.char_indices() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted += "\\n",
            '\t' => quoted += "\\t",
            c if hidden.next_if_eq(&at).is_some() => quoted += &format!("\\{}", c.escape_unicode()),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// What comes next in a file.
#[derive(Debug)]
pub(crate) enum Next<'a> {
    /// Nothing, `~` or `null`, as a value.
    Null,
    /// `plain` is false for quoted and block scalars, which are text whatever they look like.
    Scalar {
        text: Cow<'a, str>,
        plain: bool,
    },
    List,
    Mapping,
    /// The end of the list or mapping that is open, or of the file.
    End,
}

/// Reads a file event by event. Every method gives `None` where the file cannot be read on; the one reason is kept
/// for [`Events::finish`].
pub(crate) struct Events<'a> {
    file: FileId,
    text: &'a str,
    parser: Parser<'a, StrInput<'a>>,
    ahead: Option<(Next<'a>, Span)>,
    nodes_left: usize,
    /// Those that are listed and the number of the others: a file may be made of them.
    hidden: Sink,
    problems: Sink,
    fatal: Option<Box<Diagnostic>>,
}

impl<'a> Events<'a> {
    /// Begins to read; what stands ahead is the file's one value.
    pub(crate) fn new(file: FileId, text: &'a str, limits: &Limits) -> Self {
        let options = options! {
            disallow_directives: true,
            emit_comments: false,
            block_scalar_eof_without_line_feed: true,
            flow_nesting_limit: MAX_NESTING,
            block_nesting_limit: MAX_NESTING,
        };
        let suspect = !is_plain(text);
        let mut events = Self {
            file,
            text,
            parser: Parser::new_from_str_with_options(text, options),
            ahead: None,
            nodes_left: limits.nodes,
            hidden: if suspect { hidden_characters(file, text) } else { Sink::default() },
            problems: Sink::default(),
            fatal: if suspect { strange_line_end(file, text) } else { None },
        };
        if let Some(slip) = by_hand::conflict(text) {
            events.refuse::<()>(events.span(slip.at.start, slip.at.end), &slip.message, &slip.hint);
        }
        events.begin();
        events
    }

    /// Passes over what comes before the value; a file without one holds nothing.
    fn begin(&mut self) -> Option<()> {
        loop {
            match self.event()? {
                (Event::StreamStart, _) => {}
                (Event::DocumentStart(..), _) => return Some(()),
                _ => {
                    self.ahead = Some((Next::Null, Span::start_of(self.file)));
                    return Some(());
                }
            }
        }
    }

    /// Holds that nothing follows the value, and hands over what was found.
    pub(crate) fn finish(mut self, sink: &mut Sink) -> bool {
        self.end();
        match self.fatal {
            // A hidden character is the likely reason, and the one that can be mended first.
            Some(fatal) => {
                let hidden = self.hidden.into_diagnostics();
                sink.push(hidden.into_iter().next().unwrap_or(*fatal));
                false
            }
            None => {
                sink.append(self.hidden);
                sink.append(self.problems);
                true
            }
        }
    }

    /// What was found so far.
    pub(crate) fn problems(&self) -> &Sink {
        &self.problems
    }

    fn end(&mut self) -> Option<()> {
        loop {
            match self.event()? {
                (Event::DocumentEnd, _) => {}
                (Event::StreamEnd, _) => return Some(()),
                (Event::DocumentStart(true, _), span) => {
                    return self.refuse(span, "tệp có hai văn bản YAML (dòng “---” ở giữa)", "tách thành hai tệp");
                }
                (Event::DocumentStart(..), span) => {
                    let remedy = "bỏ dòng “...”, hoặc bỏ phần đứng sau dòng đó";
                    return self.refuse(span, "còn nội dung sau dòng “...”, là chỗ kết thúc của tệp", remedy);
                }
                (_, span) => return self.refuse(span, "nội dung không đúng chỗ", "xem lại cách thụt dòng"),
            }
        }
    }

    fn event(&mut self) -> Option<(Event<'a>, Span)> {
        if self.fatal.is_some() {
            return None;
        }
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or_default();
                Some((event, self.span(range.start, range.end)))
            }
            Some(Err(error)) => {
                let at = self.place(error.marker().byte_offset().unwrap_or_default(), error.kind());
                let (message, hint) = explain(error.kind());
                let slip = match message {
                    UNCLOSED => by_hand::cut_off(self.text, at),
                    _ => concerns_lines(error.kind()).then(|| by_hand::before(self.text, at)).flatten(),
                };
                if let Some(slip) = slip {
                    return self.refuse(self.span(slip.at.start, slip.at.end), &slip.message, &slip.hint);
                }
                self.refuse(self.span(at, at), message, hint)
            }
            None => Some((Event::StreamEnd, self.span(self.text.len(), self.text.len()))),
        }
    }

    /// Where to point for an error that the parser found at `at`: it notices a tab only after the value
    /// on the line above.
    fn place(&self, at: usize, kind: &ErrorKind) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        match kind {
            ErrorKind::TabInPlainScalar => rest.find('\t').map_or(at, |tab| at + tab),
            _ => at,
        }
    }

    fn pull(&mut self) -> Option<(Next<'a>, Span)> {
        let (event, span) = self.event()?;
        let node = usize::from(!matches!(event, Event::SequenceEnd | Event::MappingEnd));
        let Some(left) = self.nodes_left.checked_sub(node) else {
            let hint = "một báo cáo chỉ có vài trăm mục; xem lại có gửi nhầm tệp";
            return self.refuse(span, "tệp có quá nhiều mục", hint);
        };
        self.nodes_left = left;
        if event.tag().is_some() || event.anchor_id().is_some_and(|id| id > 0) || event.is_alias() {
            return self.refuse(
                span,
                "ký hiệu &, * hoặc ! ở đầu giá trị không được dùng trong tệp",
                "nếu là chữ thường, đặt cả đoạn trong dấu nháy: \"…\"",
            );
        }
        Some(match event {
            Event::Scalar(text, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                if style == ScalarStyle::DoubleQuoted {
                    self.escaped_characters(&text, span);
                }
                // The parser spells an absent value `~` with a span of no length.
                let null = plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                (if null { Next::Null } else { Next::Scalar { text, plain } }, self.trimmed(span))
            }
            Event::SequenceStart(..) => (Next::List, span),
            Event::MappingStart(..) => (Next::Mapping, span),
            Event::SequenceEnd | Event::MappingEnd => (Next::End, span),
            _ => return self.refuse(span, "nội dung không đúng chỗ", "xem lại cách thụt dòng"),
        })
    }

    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// What stands ahead, and where; a list's or a mapping's place may be its first character or many lines.
    pub(crate) fn peek(&mut self) -> Option<&(Next<'a>, Span)> {
        if self.ahead.is_none() {
            self.ahead = Some(self.pull()?);
        }
        self.ahead.as_ref()
    }

    pub(crate) fn next(&mut self) -> Option<(Next<'a>, Span)> {
        match self.ahead.take() {
            Some(ahead) => Some(ahead),
            None => self.pull(),
        }
    }

    /// The next key of the mapping that is open; `Some(None)` at its end.
    pub(crate) fn key(&mut self) -> Option<Option<(Cow<'a, str>, Span)>> {
        let (next, span) = self.next()?;
        match next {
            Next::End => Some(None),
            Next::Scalar { text, .. } => Some(Some((text, span))),
            Next::Null => Some(Some((Cow::Borrowed("null"), span))),
            Next::List | Next::Mapping => {
                self.refuse(span, "tên mục không thể là một danh sách", "viết tên mục rồi dấu hai chấm")
            }
        }
    }

    /// Reports a key that is there for the second time, and passes over its value.
    pub(crate) fn twice(&mut self, key: &str, span: Span, first: Span) -> Option<()> {
        self.problems.push(
            Diagnostic::new(&DUPLICATE_KEY, span, format!("mục “{key}” được khai hai lần"))
                .hint("giữ một mục, chuyển nội dung cần dùng vào đó rồi xóa mục kia")
                .related(first, "đã khai ở đây"),
        );
        self.skip().map(drop)
    }

    /// Passes over a value, still looking for what no file may hold; gives the place to point at for it.
    pub(crate) fn skip(&mut self) -> Option<Span> {
        let (next, mut place) = self.next()?;
        match next {
            Next::List => {
                let mut first = true;
                while !matches!(self.peek()?.0, Next::End) {
                    let item = self.skip()?;
                    if std::mem::take(&mut first) {
                        place = item;
                    }
                }
                self.next()?;
            }
            Next::Mapping => {
                if !matches!(self.peek()?.0, Next::End) {
                    place = self.peek()?.1;
                }
                let mut seen = Seen::default();
                while let Some((key, span)) = self.key()? {
                    match seen.add(&key, span) {
                        Some(first) => self.twice(&key, span, first)?,
                        None => self.skip().map(drop)?,
                    }
                }
            }
            Next::Null | Next::Scalar { .. } | Next::End => {}
        }
        Some(place)
    }

    /// Keeps a problem that does not keep the file from being read.
    pub(crate) fn push(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// Warns of a comment that is likely meant as a part of the plain text before it: one that stands apart from the text and
    /// from its own mark is a comment.
    pub(crate) fn warn_of_comment(&mut self, word: Span) {
        let (start, end) = (word.start as usize, word.end as usize);
        let after = self.text.get(end..).unwrap_or_default();
        let comment = after.trim_start_matches([' ', '\t']);
        let blanks = after.len() - comment.len();
        // The end of the line is looked for where there is a comment alone: a line may hold very many words.
        if blanks == 0 || !comment.starts_with('#') {
            return;
        }
        let comment = comment.lines().next().unwrap_or_default().trim_end();
        let plain = !self.text[start..].starts_with(['"', '\'', '|', '>']);
        let apart = blanks > 1 && !comment[1..].starts_with(char::is_alphanumeric);
        if !plain || apart || comment == "#" {
            return;
        }
        let span = self.span(end + blanks, end + blanks + comment.len());
        let message = format!("đoạn chữ dừng trước dấu #: phần “{comment}” không được đọc");
        self.problems.push(Diagnostic::new(&COMMENT_CUTS_TEXT, span, message).hint(
            "nếu là nội dung, đặt cả đoạn chữ trong dấu nháy: \"…\"; nếu là ghi chú, chuyển xuống một dòng riêng",
        ));
    }

    /// What was typed wrong in a word that was to be a key and a value: the place, what it is, the remedy.
    pub(crate) fn slip(&self, word: Span) -> Option<(Span, String, String)> {
        let slip = by_hand::within(self.text, word.start as usize..word.end as usize)?;
        Some((self.span(slip.at.start, slip.at.end), slip.message, slip.hint))
    }

    fn refuse<T>(&mut self, span: Span, message: &str, hint: &str) -> Option<T> {
        self.fatal = Some(Box::new(Diagnostic::new(&NOT_YAML, span, message).hint(hint)));
        None
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: start as u32, end: end as u32 }
    }

    /// Hidden characters that an escape makes: they do not stand in the file, but in the value.
    fn escaped_characters(&mut self, value: &str, span: Span) {
        let source = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let hidden = hidden(value).find(|(_, c)| !source.contains(*c));
        hidden.into_iter().for_each(|(_, c)| self.problems.push(hidden_character(span, c)));
    }

    /// A plain or block scalar's span without the blank end that the parser may count in.
    fn trimmed(&self, span: Span) -> Span {
        let text = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let length = text.trim_end().len() as u32;
        if length == 0 {
            // Nothing stands there: the place is right after what asks for it.
            let before = self.text.get(..span.start as usize).unwrap_or_default().trim_end().len() as u32;
            return Span { start: before, end: before, ..span };
        }
        Span { end: span.start + length, ..span }
    }
}

/// Hidden characters that stand in the file itself, comments included; a byte order mark may begin it.
fn hidden_characters(file: FileId, text: &str) -> Sink {
    let ends_line = |at: usize| text.as_bytes().get(at + 1) == Some(&b'\n');
    let line_breaks = |c: char| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\r');
    let mut found = Sink::default();
    hidden(text)
        .filter(|&(at, c)| !(at == 0 && c == '\u{feff}' || c == '\r' && ends_line(at)))
        .filter(|&(_, c)| !line_breaks(c))
        .for_each(|(at, c)| {
            let span = Span { file, start: at as u32, end: (at + c.len_utf8()) as u32 };
            found.push(hidden_character(span, c));
        });
    found
}

fn hidden_character(span: Span, c: char) -> Diagnostic {
    let hint = match c {
        // A letter of TCVN3.
        '\u{ad}' => {
            "xóa dấu gạch nối mềm này hoặc gõ lại từ đó; nếu cả đoạn là chữ TCVN3 thì chuyển cả đoạn sang Unicode"
        }
        _ => "xóa ký tự này rồi gõ lại đoạn chữ; thường do chép từ trang mạng hoặc tệp khác",
    };
    Diagnostic::new(&CONTROL_CHARACTER, span, format!("có ký tự ẩn (U+{:04X})", u32::from(c))).hint(hint)
}

/// A character that ends a line for some readers and not for others: it could hide text from people.
fn strange_line_end(file: FileId, text: &str) -> Option<Box<Diagnostic>> {
    let (at, c) = text.char_indices().find(|&(at, c)| match c {
        '\u{85}' | '\u{2028}' | '\u{2029}' => true,
        '\r' => text.as_bytes().get(at + 1) != Some(&b'\n'),
        _ => false,
    })?;
    let span = Span { file, start: at as u32, end: (at + c.len_utf8()) as u32 };
    let message = format!("ký tự xuống dòng lạ (U+{:04X}) không được dùng trong tệp", u32::from(c));
    Some(Box::new(
        Diagnostic::new(&NOT_YAML, span, message).hint("xóa ký tự này rồi xuống dòng lại bằng phím Enter"),
    ))
}
