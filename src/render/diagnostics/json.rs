//! For scripts: structs of its own, so that a change inside breaks nobody. A field may be added within
//! a schema version; removing or changing one makes a new version. Paths are relative to the workspace.

use super::Findings;
use crate::diagnostic::{Diagnostic, Severity};
use crate::doc::{as_json, values};
use crate::source::Span;

as_json!(Findings<'_>, it => check(it));

values! {
    CheckJson<'f> = fn check(findings: &'f Findings<'_>) {
        schema_version: u32 = 1,
        summary: SummaryJson = summary(findings),
        problems: Vec<ProblemJson<'f>> = findings.diagnostics.iter().map(|found| problem(findings, found)).collect(),
        /// The files asked about in which nothing was found.
        clean_files: Vec<&'f str> =
            findings.clean().0.into_iter().map(|file| findings.files.get(file).path.as_str()).collect(),
    }

    SummaryJson = fn summary(findings: &Findings<'_>) {
        files: usize = findings.checked.len(),
        errors: usize = findings.count(Severity::Error),
        warnings: usize = findings.count(Severity::Warning),
        notices: usize = findings.count(Severity::Notice),
        accepted: usize = findings.accepted(),
    }

    ProblemJson<'f> = fn problem(findings: &'f Findings<'_>, found: &'f Diagnostic) where {
        let related_to = found.related.as_ref();
    } {
        rule: &'static str = found.rule.name,
        severity: &'static str = findings.severity(found).id(),
        message: &'f str = &found.message,
        hint: Option<&'f str> = found.hint.as_deref(),
        #[serde(flatten)]
        place: PlaceJson<'f> = place(findings, found.span),
        related: Option<RelatedJson<'f>> = related_to.map(|(span, label)| related(findings, *span, label)),
        /// The reason, where the report accepts the problem.
        accepted: Option<&'f str> = found.accepted.as_deref(),
        /// How many problems of the rule in the file are counted and not listed; on the last that is.
        #[serde(skip_serializing_if = "Option::is_none")]
        more: Option<usize> = (found.more > 0).then_some(found.more),
    }

    /// Lines and columns from 1; columns in characters; the end is exclusive.
    PlaceJson<'f> = fn place(findings: &'f Findings<'_>, span: Span) where {
        let (start, end) = findings.range(span);
    } {
        file: &'f str = &findings.files.get(span.file).path,
        line: usize = start.line,
        column: usize = start.column,
        end_line: usize = end.line,
        end_column: usize = end.column,
    }

    RelatedJson<'f> = fn related(findings: &'f Findings<'_>, span: Span, label: &'f str) {
        label: &'f str = label,
        #[serde(flatten)]
        place: PlaceJson<'f> = place(findings, span),
    }
}
