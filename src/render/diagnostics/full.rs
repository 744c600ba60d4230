//! For people at a terminal: each problem with its place, the source line and a mark under the exact words.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};

use super::Findings;
use crate::diagnostic::Severity;
use crate::render::visible;
use crate::source::Span;

pub(super) fn render(findings: &Findings<'_>) -> String {
    problems(findings) + &findings.summary()
}

pub(super) fn problems(findings: &Findings<'_>) -> String {
    let renderer = if findings.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Unicode);
    let mut out = String::new();
    for diagnostic in &findings.diagnostics {
        let severity = findings.severity(diagnostic);
        let level = match severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Notice => Level::NOTE,
        };
        let name = match diagnostic.accepted {
            Some(_) => format!("{}, đã chấp nhận", severity.label()),
            None => severity.label().to_owned(),
        };
        let message = visible(&diagnostic.message);
        let place = Excerpt::new(findings, diagnostic.span);
        let related = diagnostic.related.as_ref();
        let related = related.map(|(span, label)| (Excerpt::new(findings, *span), visible(label)));
        let mut problem =
            level.with_name(name).primary_title(message).id(diagnostic.rule.name).element(place.snippet(None));
        if let Some((other, label)) = &related {
            problem = problem.element(other.snippet(Some(label)));
        }
        let mut groups = vec![problem];
        if let Some(reason) = &diagnostic.accepted {
            groups
                .push(Group::with_title(Level::NOTE.with_name("lý do chấp nhận").secondary_title(visible(reason))));
        } else if let Some(hint) = &diagnostic.hint {
            groups.push(Group::with_title(Level::HELP.with_name("cách sửa").secondary_title(visible(hint))));
        }
        out += &renderer.render(&groups);
        out += "\n\n";
    }
    out
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
    fn new(findings: &Findings<'_>, span: Span) -> Self {
        let file = findings.files.get(span.file);
        let text = file.text();
        let (start, end) = (span.start as usize, (span.end as usize).max(span.start as usize));
        let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
        // The first line is enough to find the place; a block scalar may run over a page.
        let to = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = end.min(to).max(start);
        let lines = text[from..to].trim_end_matches('\r');
        Self {
            path: visible(&findings.path(span.file)),
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
