//! Problems for people: each with its place, the source line and a mark under the exact words.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};

use super::visible;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Files, Span};
use crate::vietnamese::number;

/// Every problem in full, in the order given, then nothing.
///
/// `strict` shows warnings as errors, as they count then.
pub(crate) fn full<'d>(
    diagnostics: impl Iterator<Item = &'d Diagnostic>,
    files: &Files,
    strict: bool,
    colour: bool,
) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Unicode);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let level = match severity(diagnostic, strict) {
            Severity::Error => Level::ERROR.with_name("lỗi"),
            Severity::Warning => Level::WARNING.with_name("cảnh báo"),
        };
        let message = visible(&diagnostic.message);
        let place = Excerpt::new(files, diagnostic.span);
        let mut title = level.primary_title(message).id(diagnostic.rule.name).element(place.snippet(None));
        let related = diagnostic.related.as_ref().map(|(span, label)| (Excerpt::new(files, *span), visible(label)));
        if let Some((other, label)) = &related {
            title = title.element(other.snippet(Some(label)));
        }
        let hint = diagnostic.hint.as_deref().map(visible);
        let mut groups: Vec<Group<'_>> = vec![title];
        if let Some(hint) = &hint {
            groups.push(Group::with_title(Level::HELP.with_name("cách sửa").secondary_title(hint)));
        }
        out += &renderer.render(&groups);
        out += "\n\n";
    }
    out
}

fn severity(diagnostic: &Diagnostic, strict: bool) -> Severity {
    if strict { Severity::Error } else { diagnostic.rule.severity }
}

/// The lines that a span touches, cut out of their file: the library would search the whole text
/// once for every problem.
struct Excerpt {
    path: String,
    lines: String,
    first_line: usize,
    /// Bytes within `lines`.
    range: std::ops::Range<usize>,
}

impl Excerpt {
    fn new(files: &Files, span: Span) -> Self {
        let file = files.get(span.file);
        let text = file.text();
        let (start, end) = (span.start as usize, (span.end as usize).max(span.start as usize));
        let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
        // The first line is enough to find the place; a block scalar may run over a page.
        let to = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = end.min(to).max(start);
        let lines = text[from..to].trim_end_matches('\r');
        Self {
            path: visible(&file.path),
            lines: if lines.is_empty() { " ".to_owned() } else { lines.to_owned() },
            first_line: file.position(span.start).line,
            range: start - from..end - from,
        }
    }

    fn snippet<'s>(&'s self, label: Option<&'s str>) -> Snippet<'s, annotate_snippets::Annotation<'s>> {
        let range = self.range.start..self.range.end.min(self.lines.len()).max(self.range.start);
        let kind = if label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
        Snippet::source(self.lines.as_str())
            .path(self.path.as_str())
            .line_start(self.first_line)
            .annotation(kind.span(range).label(label))
    }
}

/// The closing count: `2 lỗi, 1 cảnh báo trong 2 tệp; 104 tệp không có vấn đề.`
pub(crate) fn summary(diagnostics: &[Diagnostic], files: &Files, strict: bool) -> String {
    let count = |wanted: Severity| diagnostics.iter().filter(|d| severity(d, strict) == wanted).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let total = files.iter().count();
    let mut touched: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.span.file).collect();
    touched.dedup();
    let n = |value: usize| number(value as u128);
    if diagnostics.is_empty() {
        return format!("Không có lỗi: đã kiểm tra {} tệp.", n(total));
    }
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(format!("{} lỗi", n(errors)));
    }
    if warnings > 0 {
        parts.push(format!("{} cảnh báo", n(warnings)));
    }
    format!(
        "{} trong {} tệp; {} tệp không có vấn đề.",
        parts.join(", "),
        n(touched.len()),
        n(total - touched.len())
    )
}
