//! Problems in the formats that people, editors and other programs read, one file a format. The
//! words of `short` and the fields of `json` are held by goldens: editors and scripts read them.

pub(super) mod full;
pub(super) mod github;
mod json;
pub(super) mod junit;
pub(super) mod sarif;
pub(super) mod short;
mod table;

use super::visible::Visible;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::{FileId, Files, Position, Span};
use crate::vietnamese::{self, listed, number};

pub(crate) use json::CheckJson;

/// What a check found, and how it is to be shown.
pub(crate) struct Findings<'f> {
    pub(crate) files: &'f Files,
    /// The files that were asked about, in order.
    pub(crate) checked: Vec<FileId>,
    /// Whether the file at a path could be held against all that it is to be held against.
    pub(crate) is_judged: fn(&str) -> bool,
    /// By file, place and rule.
    pub(crate) diagnostics: Vec<&'f Diagnostic>,
    /// What leads from the reader's folder to the workspace, so that paths can be clicked: empty or ending in `/`.
    pub(crate) prefix: String,
    /// Every rule there is, for formats that describe them.
    pub(crate) rules: Vec<&'static Rule>,
    pub(crate) strict: bool,
    pub(crate) colour: bool,
    /// What could not be checked, in words.
    pub(crate) note: Option<&'static str>,
}

impl Findings<'_> {
    fn path(&self, file: FileId) -> String {
        let file = self.files.get(file);
        if file.outside { file.path.clone() } else { format!("{}{}", self.prefix, file.path) }
    }

    /// A problem with its place and remedy in one go, for formats of lines.
    fn line(&self, found: &Diagnostic) -> String {
        let (start, _) = self.range(found.span);
        let tail = match (&found.accepted, &found.hint) {
            (Some(reason), _) => format!(" (đã chấp nhận: {reason})"),
            (None, Some(hint)) => format!(" (cách sửa: {hint})"),
            (None, None) => String::new(),
        };
        format!(
            "{}:{}:{}: {}[{}]: {}{tail}",
            self.path(found.span.file),
            start.line,
            start.column,
            self.severity(found).label(),
            found.rule.name,
            self.message(found)
        )
    }

    fn message(&self, found: &Diagnostic) -> String {
        match found.more {
            0 => found.message.clone(),
            more => format!("{} (và {} chỗ nữa như vậy trong tệp này)", found.message, number(more as u128)),
        }
    }

    /// First and last place of a span.
    fn range(&self, span: Span) -> (Position, Position) {
        let file = self.files.get(span.file);
        (file.position(span.start), file.position(span.end.max(span.start)))
    }

    /// How bad a problem counts: `--strict` raises warnings.
    fn severity(&self, diagnostic: &Diagnostic) -> Severity {
        if diagnostic.fails(self.strict) { Severity::Error } else { diagnostic.rule.severity }
    }

    pub(crate) fn count(&self, severity: Severity) -> usize {
        let open = self.diagnostics.iter().filter(|found| found.accepted.is_none());
        open.filter(|found| self.severity(found) == severity).map(|found| found.count()).sum()
    }

    fn accepted(&self) -> usize {
        self.diagnostics.iter().filter(|found| found.accepted.is_some()).map(|found| found.count()).sum()
    }

    /// What was found in a file.
    fn found_in(&self, file: FileId) -> &[&Diagnostic] {
        let start = self.diagnostics.partition_point(|found| found.span.file < file);
        let end = self.diagnostics.partition_point(|found| found.span.file <= file);
        &self.diagnostics[start..end]
    }

    /// The files asked about in which nothing was found: those that were judged, and the others.
    fn clean(&self) -> (Vec<FileId>, Vec<FileId>) {
        let quiet = self.checked.iter().filter(|file| self.found_in(**file).is_empty());
        quiet.partition(|file| (self.is_judged)(&self.files.get(**file).path))
    }

    /// The closing lines: `2 lỗi, 1 cảnh báo trong 2 tệp; 104 tệp không có vấn đề.`
    fn summary(&self) -> String {
        const NAMED: usize = 5;
        let (clean, unjudged) = self.clean();
        let mut lines: Vec<String> = self.note.iter().map(|note| (*note).to_owned()).collect();
        let counts = Severity::ALL.map(|severity| (self.count(severity), severity.label()));
        let found = counts.into_iter().chain([(self.accepted(), "vấn đề đã được chấp nhận")]);
        let files = |count: usize| format!("{} tệp", number(count as u128));
        let told = self.checked.len() - clean.len() - unjudged.len();
        let mut parts = match listed(vietnamese::counts(found), ", ") {
            None if clean.is_empty() && !unjudged.is_empty() => Vec::new(),
            None => vec![format!("Không có lỗi: đã kiểm tra {}", files(clean.len()))],
            Some(found) => {
                vec![format!("{found} trong {}", files(told)), format!("{} không có vấn đề", files(clean.len()))]
            }
        };
        if !unjudged.is_empty() {
            parts.push(format!("{} chưa kiểm tra hết", files(unjudged.len())));
        }
        lines.push(parts.join("; ") + ".");
        if (1..=NAMED).contains(&clean.len()) && told > 0 {
            let names: Vec<String> = clean.into_iter().map(|file| self.path(file)).collect();
            lines.push(format!("Không có vấn đề: {}", names.join(", ")));
        }
        lines.join("\n") + "\n"
    }
}

/// The problems of a run for people, without a closing count.
pub(crate) fn full(findings: &Findings<'_>) -> Visible {
    full::problems(findings)
}
