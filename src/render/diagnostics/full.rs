//! For people at a terminal: each problem with its place, the source line and a mark under the exact words.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};

use super::Findings;
use crate::diagnostic::Severity;
use crate::render::visible::Visible;
use crate::source::Span;

/// Characters of a line that are shown before, in and after what is marked: the library looks at the whole line for
/// every problem, and one line can be a whole file.
const NEAR: usize = 500;

pub(in crate::render) fn render(findings: &Findings<'_>) -> Visible {
    let mut out = problems(findings);
    out += &findings.summary();
    out
}

pub(super) fn problems(findings: &Findings<'_>) -> Visible {
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
        let place = Excerpt::new(findings, diagnostic.span);
        let related = diagnostic.related.as_ref();
        let related = related.map(|(span, label)| (Excerpt::new(findings, *span), Visible::from(label.as_str())));
        let mut problem = level
            .with_name(name)
            .primary_title(shown(&findings.message(diagnostic)))
            .id(diagnostic.rule.name)
            .element(place.snippet(AnnotationKind::Primary.span(place.mark.clone())));
        if let Some((other, label)) = &related {
            let mark = AnnotationKind::Context.span(other.mark.clone()).label(&**label);
            problem = problem.element(other.snippet(mark));
        }
        let mut groups = vec![problem];
        if let Some(reason) = &diagnostic.accepted {
            groups.push(Group::with_title(Level::NOTE.with_name("lý do chấp nhận").secondary_title(shown(reason))));
        } else if let Some(hint) = &diagnostic.hint {
            groups.push(Group::with_title(Level::HELP.with_name("cách sửa").secondary_title(shown(hint))));
        }
        let rendered = place.located(renderer.render(&groups));
        out += &related.iter().fold(rendered, |rendered, (other, _)| other.located(rendered));
        out += "\n\n";
    }
    Visible::painted(&out)
}

/// The library passes on what it is given.
fn shown(text: &str) -> String {
    Visible::from(text).into()
}

/// The words that a span marks, with what stands around them in the line where it begins: enough to find the place,
/// where a block scalar may run over a page.
struct Excerpt {
    path: String,
    line: usize,
    column: usize,
    text: Visible,
    /// Bytes within `text`.
    mark: Range<usize>,
}

impl Excerpt {
    fn new(findings: &Findings<'_>, span: Span) -> Self {
        let text = findings.files.get(span.file).text();
        let (position, _) = findings.range(span);
        let (before, rest) = text.split_at(span.start as usize);
        let line_end = rest.find('\n').map_or(rest, |at| &rest[..at]).trim_end_matches('\r');
        let marked = (span.end.saturating_sub(span.start) as usize).min(line_end.len());
        let (marked, after) = line_end.split_at(marked);
        // A byte order mark is nothing that one wrote.
        let before = before.rsplit('\n').next().unwrap_or_default().trim_start_matches('\u{feff}');
        let near = |text: &str| text.char_indices().nth(NEAR).map_or(text.len(), |(at, _)| at);
        let far = before.char_indices().rev().nth(NEAR - 1).map_or(0, |(at, _)| at);
        let mut shown = Visible::from(&before[far..]);
        let start = shown.len();
        shown += &marked[..near(marked)];
        let mark = start..shown.len();
        shown += &after[..near(after)];
        if shown.is_empty() {
            // The library shows no line without a character.
            shown += " ";
        }
        Self {
            path: self::shown(&findings.path(span.file)),
            line: position.line,
            column: position.column,
            text: shown,
            mark,
        }
    }

    fn snippet<'s>(&'s self, mark: Annotation<'s>) -> Snippet<'s, Annotation<'s>> {
        Snippet::source(&*self.text).path(self.path.as_str()).line_start(self.line).annotation(mark)
    }

    /// The library counts the column in what is shown, which can be a part of the line with hidden characters written out.
    fn located(&self, rendered: String) -> String {
        let place = |column: usize| format!("{}:{}:{column}", self.path, self.line);
        let counted = self.text[..self.mark.start].chars().count() + 1;
        if counted == self.column { rendered } else { rendered.replacen(&place(counted), &place(self.column), 1) }
    }
}
