//! Problems found in what people wrote: rules, severities, places. A failure of the tool itself is
//! an `anyhow::Error` and never a diagnostic. Lines and columns are made only when printed.

use crate::source::Span;

/// How bad a problem is. An error keeps a report out of the totals; a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    Error,
    Warning,
}

/// What can be wrong: named for what is wrong, in kebab-case.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) severity: Severity,
    /// One line for lists.
    pub(crate) summary: &'static str,
    /// Why it matters, then a wrong and a right example.
    pub(crate) explain: &'static str,
}

/// One problem at one place.
#[derive(Debug)]
pub(crate) struct Diagnostic {
    pub(crate) rule: &'static Rule,
    pub(crate) span: Span,
    pub(crate) message: String,
    /// The remedy.
    pub(crate) hint: Option<String>,
    /// The other place where two places disagree, with what stands there.
    pub(crate) related: Option<(Span, String)>,
}

impl Diagnostic {
    pub(crate) fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self { rule, span, message: message.into(), hint: None, related: None }
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub(crate) fn related(self, span: Span, label: impl Into<String>) -> Self {
        Self { related: Some((span, label.into())), ..self }
    }
}

/// Collects every problem of a run.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    diagnostics: Vec<Diagnostic>,
}

impl Sink {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Everything found, by file, then place, then rule.
    pub(crate) fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|d| (d.span, d.rule.name));
        self.diagnostics
    }
}
