//! For scripts: structs of its own, so that a change inside breaks nobody. A field may be added within
//! a schema version; removing or changing one makes a new version. Paths are relative to the workspace.

use schemars::JsonSchema;
use serde::Serialize;

use super::Findings;
use crate::diagnostic::{Diagnostic, Severity};
use crate::doc::AsJson;
use crate::source::Span;

#[derive(Serialize, JsonSchema)]
pub(crate) struct CheckJson<'f> {
    schema_version: u32,
    summary: SummaryJson,
    problems: Vec<ProblemJson<'f>>,
    /// The files asked about in which nothing was found.
    clean_files: Vec<&'f str>,
}

#[derive(Serialize, JsonSchema)]
struct SummaryJson {
    files: usize,
    errors: usize,
    warnings: usize,
    notices: usize,
    accepted: usize,
}

#[derive(Serialize, JsonSchema)]
struct ProblemJson<'f> {
    rule: &'static str,
    severity: &'static str,
    message: &'f str,
    hint: Option<&'f str>,
    #[serde(flatten)]
    place: PlaceJson<'f>,
    related: Option<RelatedJson<'f>>,
    /// The reason, where the report accepts the problem.
    accepted: Option<&'f str>,
    /// How many problems of the rule in the file are counted and not listed; on the last that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
}

/// Lines and columns from 1; columns in characters; the end is exclusive.
#[derive(Serialize, JsonSchema)]
struct PlaceJson<'f> {
    file: &'f str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize, JsonSchema)]
struct RelatedJson<'f> {
    label: &'f str,
    #[serde(flatten)]
    place: PlaceJson<'f>,
}

impl AsJson for Findings<'_> {
    fn json(&self) -> impl Serialize {
        CheckJson {
            schema_version: 1,
            summary: SummaryJson {
                files: self.checked.len(),
                errors: self.count(Severity::Error),
                warnings: self.count(Severity::Warning),
                notices: self.count(Severity::Notice),
                accepted: self.accepted(),
            },
            problems: self.diagnostics.iter().map(|found| problem(self, found)).collect(),
            clean_files: self.clean().0.into_iter().map(|file| self.files.get(file).path.as_str()).collect(),
        }
    }
}

fn problem<'f>(findings: &'f Findings<'_>, found: &'f Diagnostic) -> ProblemJson<'f> {
    let related = found.related.as_ref();
    ProblemJson {
        rule: found.rule.name,
        severity: findings.severity(found).id(),
        message: &found.message,
        hint: found.hint.as_deref(),
        place: place(findings, found.span),
        related: related.map(|(span, label)| RelatedJson { label, place: place(findings, *span) }),
        accepted: found.accepted.as_deref(),
        more: (found.more > 0).then_some(found.more),
    }
}

fn place<'f>(findings: &'f Findings<'_>, span: Span) -> PlaceJson<'f> {
    let (start, end) = findings.range(span);
    PlaceJson {
        file: &findings.files.get(span.file).path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}
