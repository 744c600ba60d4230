//! YAML text → a tree in which every node and key knows its place. Refuses what a report never
//! needs and an attacker does: anchors, aliases, tags, a second document, deep nesting, sheer size.
//! Scalars keep their text: what a date or a number is, `validate` decides.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, options};

use crate::characters::{is_hidden, may_be_hidden};
use crate::diagnostic::{Diagnostic, Rule, Severity, Sink};
use crate::source::{FileId, Span};

/// More nodes than any real file has; reports have a few hundred.
const MAX_NODES: usize = 20_000;
const MAX_NESTING: usize = 32;

#[derive(Debug)]
pub(crate) struct Node<'a> {
    pub(crate) span: Span,
    pub(crate) kind: Kind<'a>,
}

#[derive(Debug)]
pub(crate) enum Kind<'a> {
    /// Nothing, `~` or `null`.
    Null,
    /// `plain` is false for quoted and block scalars, which are text whatever they look like.
    Scalar {
        text: Cow<'a, str>,
        plain: bool,
    },
    Sequence(Vec<Node<'a>>),
    Mapping(Vec<Entry<'a>>),
}

#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) key: Cow<'a, str>,
    pub(crate) key_span: Span,
    pub(crate) value: Node<'a>,
}

/// The tree of a file, or `None` where it is not YAML that this tool reads; the one reason is in `sink`.
pub(crate) fn parse<'a>(file: FileId, text: &'a str, sink: &mut Sink) -> Option<Node<'a>> {
    // Most files hold none of these characters: their bytes tell it at a fraction of the cost.
    let suspect = text.bytes().any(may_be_hidden);
    let hidden = if suspect { hidden_characters(file, text) } else { Vec::new() };
    let checked = if suspect { check_characters(file, text) } else { Ok(()) };
    let result = checked.and_then(|()| Builder::new(file, text).document());
    match result {
        Ok((node, problems)) => {
            for problem in hidden.into_iter().chain(problems) {
                sink.push(problem);
            }
            Some(node)
        }
        // A hidden character is the likely reason, and the one that can be mended first.
        Err(diagnostic) => {
            sink.push(hidden.into_iter().next().unwrap_or(*diagnostic));
            None
        }
    }
}

/// Hidden characters that stand in the file itself, comments included; a byte order mark may begin it.
fn hidden_characters(file: FileId, text: &str) -> Vec<Diagnostic> {
    let ends_line = |at: usize| text.as_bytes().get(at + 1) == Some(&b'\n');
    let line_breaks = |c: char| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\r');
    text.char_indices()
        .filter(|&(at, c)| is_hidden(c) && !(at == 0 && c == '\u{feff}') && !(c == '\r' && ends_line(at)))
        .filter(|&(_, c)| !line_breaks(c))
        .map(|(at, c)| {
            let span = Span { file, start: at as u32, end: (at + c.len_utf8()) as u32 };
            hidden_character(span, c)
        })
        .collect()
}

fn hidden_character(span: Span, c: char) -> Diagnostic {
    Diagnostic::new(&CONTROL_CHARACTER, span, format!("có ký tự ẩn (U+{:04X})", u32::from(c)))
        .hint("xóa ký tự này rồi gõ lại đoạn chữ; thường do chép từ trang mạng hoặc tệp khác")
}

type Parsed<T> = Result<T, Box<Diagnostic>>;

/// Characters that end a line for some readers and not for others: they could hide text from people.
fn check_characters(file: FileId, text: &str) -> Parsed<()> {
    let hidden = text.char_indices().find(|&(at, c)| match c {
        '\u{85}' | '\u{2028}' | '\u{2029}' => true,
        '\r' => text.as_bytes().get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    match hidden {
        Some((at, c)) => Err(Box::new(
            Diagnostic::new(
                &NOT_YAML,
                Span { file, start: at as u32, end: (at + c.len_utf8()) as u32 },
                format!("ký tự xuống dòng lạ (U+{:04X}) không được dùng trong tệp", u32::from(c)),
            )
            .hint("xóa ký tự này rồi xuống dòng lại bằng phím Enter"),
        )),
        None => Ok(()),
    }
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    parser: Parser<'a, granit_parser::StrInput<'a>>,
    nodes: usize,
    /// What is wrong without keeping the tree from being built.
    problems: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(file: FileId, text: &'a str) -> Self {
        let options = options! {
            disallow_directives: true,
            emit_comments: false,
            block_scalar_eof_without_line_feed: true,
            flow_nesting_limit: MAX_NESTING,
            block_nesting_limit: MAX_NESTING,
        };
        let parser = Parser::new_from_str_with_options(text, options);
        Self { file, text, parser, nodes: 0, problems: Vec::new() }
    }

    fn document(mut self) -> Parsed<(Node<'a>, Vec<Diagnostic>)> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(..) if root.is_some() => {
                    return Err(self.refuse(
                        span,
                        "tệp có hai văn bản YAML (dòng “---” ở giữa)",
                        "tách thành hai tệp",
                    ));
                }
                Event::DocumentStart(..) => {
                    let (event, span) = self.next()?;
                    root = Some(self.node(event, span)?);
                }
                Event::StreamEnd => break,
                _ => return Err(self.refuse(span, "nội dung không đúng chỗ", "xem lại cách thụt dòng")),
            }
        }
        let root = root.unwrap_or(Node { span: Span::start_of(self.file), kind: Kind::Null });
        Ok((root, self.problems))
    }

    fn next(&mut self) -> Parsed<(Event<'a>, Span)> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or_default();
                Ok((event, self.span(range.start, range.end)))
            }
            Some(Err(error)) => {
                let at = self.place(error.marker().byte_offset().unwrap_or_default(), error.kind());
                let (message, hint) = explain(error.kind());
                Err(self.refuse(self.span(at, at), message, hint))
            }
            None => Ok((Event::StreamEnd, self.span(self.text.len(), self.text.len()))),
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

    fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: start as u32, end: end as u32 }
    }

    fn node(&mut self, event: Event<'a>, span: Span) -> Parsed<Node<'a>> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(self.refuse(
                span,
                "tệp có quá nhiều mục",
                "một báo cáo chỉ có vài trăm mục; xem lại có gửi nhầm tệp",
            ));
        }
        if event.tag().is_some() || event.anchor_id().is_some_and(|id| id > 0) || event.is_alias() {
            return Err(self.refuse(
                span,
                "ký hiệu &, * hoặc ! ở đầu giá trị không được dùng trong tệp",
                "nếu là chữ thường, đặt cả đoạn trong dấu nháy: \"…\"",
            ));
        }
        match event {
            Event::Scalar(text, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                if style == ScalarStyle::DoubleQuoted {
                    self.escaped_characters(&text, span);
                }
                let null = plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                // The parser spells an absent value `~` with a span of no length.
                let kind = if null { Kind::Null } else { Kind::Scalar { text, plain } };
                Ok(Node { span: self.trimmed(span), kind })
            }
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    let (event, item) = self.next()?;
                    if matches!(event, Event::SequenceEnd) {
                        let kind = Kind::Sequence(items);
                        return Ok(Node { span: Span { end: item.end, ..span }, kind });
                    }
                    items.push(self.node(event, item)?);
                }
            }
            Event::MappingStart(..) => self.mapping(span),
            _ => Err(self.refuse(span, "nội dung không đúng chỗ", "xem lại cách thụt dòng")),
        }
    }

    fn mapping(&mut self, span: Span) -> Parsed<Node<'a>> {
        let mut entries: Vec<Entry<'a>> = Vec::new();
        let mut seen: HashMap<Cow<'a, str>, Span> = HashMap::new();
        loop {
            let (event, place) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                let kind = Kind::Mapping(entries);
                return Ok(Node { span: Span { end: place.end, ..span }, kind });
            }
            let node = self.node(event, place)?;
            let key_span = node.span;
            let key = match node.kind {
                Kind::Scalar { text, .. } => text,
                Kind::Null => Cow::Borrowed("null"),
                Kind::Sequence(_) | Kind::Mapping(_) => {
                    return Err(self.refuse(
                        key_span,
                        "tên mục không thể là một danh sách",
                        "viết tên mục rồi dấu hai chấm",
                    ));
                }
            };
            let (event, place) = self.next()?;
            let value = self.node(event, place)?;
            if let Some(first) = seen.get(&key) {
                self.problems.push(
                    Diagnostic::new(&DUPLICATE_KEY, key_span, format!("mục “{key}” được khai hai lần"))
                        .hint("giữ một mục, chuyển nội dung cần dùng vào đó rồi xóa mục kia")
                        .related(*first, "đã khai ở đây"),
                );
                continue;
            }
            seen.insert(key.clone(), key_span);
            entries.push(Entry { key, key_span, value });
        }
    }

    /// Hidden characters that an escape makes: they do not stand in the file, but in the value.
    fn escaped_characters(&mut self, value: &str, span: Span) {
        let source = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let hidden = value.chars().find(|c| is_hidden(*c) && !source.contains(*c));
        self.problems.extend(hidden.map(|c| hidden_character(span, c)));
    }

    /// A plain or block scalar's span without the blank end that the parser may count in.
    fn trimmed(&self, span: Span) -> Span {
        let text = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        if text.trim().is_empty() {
            // Nothing stands there: the place is right after what asks for it.
            let before = self.text.get(..span.start as usize).unwrap_or_default().trim_end().len() as u32;
            return Span { start: before, end: before, ..span };
        }
        Span { end: span.start + text.trim_end().len() as u32, ..span }
    }

    fn refuse(&self, span: Span, message: &str, hint: &str) -> Box<Diagnostic> {
        Box::new(Diagnostic::new(&NOT_YAML, span, message).hint(hint))
    }
}

/// The parser's kind of error in words for people who do not know YAML, with the usual remedy.
fn explain(kind: &ErrorKind) -> (&'static str, &'static str) {
    use ErrorKind as E;
    match kind {
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar | E::InvalidQuotedScalarIndent => {
            ("dấu nháy mở ở đây không có dấu nháy đóng", "thêm dấu nháy đóng cùng loại ở cuối đoạn chữ")
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            ("còn chữ đứng sau dấu nháy đóng", "đưa phần chữ đó vào trong dấu nháy, hoặc bỏ cả hai dấu nháy")
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => {
            ("dấu \\ trong dấu nháy kép không hợp lệ", "dùng dấu nháy đơn '…', ở đó dấu \\ là chữ bình thường")
        }
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => ("dòng thụt vào bằng phím Tab", "thay bằng dấu cách, mỗi bậc 2 dấu cách"),
        E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::UnclosedFlowCollection { .. }
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator => (
            "ngoặc [ hoặc { chưa đóng, hoặc thiếu dấu phẩy giữa hai mục",
            "thêm ngoặc đóng hoặc dấu phẩy còn thiếu",
        ),
        E::MappingValueNotAllowed | E::InvalidMappingValueWhitespace | E::InvalidColonPlacement => (
            "dấu hai chấm ở đây làm đoạn chữ bị hiểu thành một mục mới",
            "đặt cả đoạn chữ trong dấu nháy: \"…\", hoặc viết sau dấu >- ở dòng trên",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey | E::MappingKeyNotAllowed => (
            "dòng này thiếu dấu hai chấm hoặc thụt vào sai",
            "mỗi mục viết: tên_mục, dấu hai chấm, dấu cách, giá trị",
        ),
        E::InvalidIndentation
        | E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::UnexpectedEofBlockMapping
        | E::UnexpectedEofBlockSequence
        | E::InvalidBlockScalarIndent
        | E::InvalidFlowScalarIndent
        | E::BlockSequenceEntryNotAllowed
        | E::CommentInterceptedScalar => (
            "dòng này thụt vào không khớp với các dòng trước",
            "các mục cùng bậc phải thẳng hàng, mỗi bậc 2 dấu cách",
        ),
        E::DirectiveDisallowed => ("dòng bắt đầu bằng dấu % không được dùng trong tệp", "xóa dòng này"),
        E::RecursionLimitExceeded => {
            ("các mục lồng nhau quá sâu", "báo cáo chỉ cần bốn, năm bậc; xem lại cách thụt dòng")
        }
        E::UnknownAnchor | E::MissingAnchorOrAliasName => (
            "ký hiệu & hoặc * ở đầu giá trị không được dùng trong tệp",
            "nếu là chữ thường, đặt cả đoạn trong dấu nháy: \"…\"",
        ),
        E::UnexpectedCharacter { .. } => {
            ("giá trị bắt đầu bằng ký hiệu đặc biệt", "đặt cả giá trị trong dấu nháy: \"…\"")
        }
        _ => ("không đọc được nội dung từ chỗ này", "xem lại dấu nháy, dấu ngoặc, dấu hai chấm và cách thụt dòng"),
    }
}

pub(crate) const RULES: &[&Rule] = &[&NOT_YAML, &DUPLICATE_KEY, &CONTROL_CHARACTER];

static CONTROL_CHARACTER: Rule = Rule {
    name: "control-character",
    severity: Severity::Error,
    summary: "Có ký tự ẩn: ký tự điều khiển, ký tự không bề rộng hoặc đảo chiều chữ",
    explain: "\
Ký tự ẩn làm chữ trên màn hình khác với chữ trong tệp, làm hỏng bảng, và có thể điều khiển màn hình của người đọc.

Sai: một ký tự không bề rộng (U+200B) nằm giữa hai chữ của “Sở Y tế”
Đúng: gõ lại “Sở Y tế”",
};

static NOT_YAML: Rule = Rule {
    name: "not-yaml",
    severity: Severity::Error,
    summary: "Tệp không phải YAML hoặc dùng ký hiệu không được phép",
    explain: "\
Tệp phải viết theo YAML đơn giản: tên mục, dấu hai chấm, giá trị; các bậc thụt vào bằng dấu cách. Khi một chỗ viết sai,
phần còn lại của tệp không đọc được, nên mỗi tệp chỉ có một lỗi loại này; các tệp khác vẫn được kiểm tra.
Ký hiệu &, *, ! ở đầu giá trị, dòng bắt đầu bằng % và văn bản thứ hai trong cùng tệp đều bị từ chối vì báo cáo không cần.

Sai:
  results: \"Đã kiểm tra 12 cơ sở
Đúng:
  results: \"Đã kiểm tra 12 cơ sở\"",
};

static DUPLICATE_KEY: Rule = Rule {
    name: "duplicate-key",
    severity: Severity::Error,
    summary: "Một mục được khai hai lần",
    explain: "\
Khi một mục được khai hai lần, không ai biết giá trị nào là đúng. Công cụ không tự chọn thay người viết.

Sai:
  figures:
    inspections: 12
    inspections: 15
Đúng:
  figures:
    inspections: 15",
};
