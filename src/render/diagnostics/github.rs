//! Workflow commands of GitHub Actions: annotations beside the lines of a change.

use super::Findings;
use crate::diagnostic::Severity;
use crate::render::visible::Visible;

pub(in crate::render) fn render(findings: &Findings<'_>) -> Visible {
    let mut out = Visible::default();
    for found in findings.diagnostics.iter().filter(|found| found.accepted.is_none()) {
        let command = match findings.severity(found) {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Notice => "notice",
        };
        let (start, end) = findings.range(found.span);
        let hint = found.hint.as_ref().map(|hint| format!("\nCách sửa: {hint}")).unwrap_or_default();
        // Columns are taken for a range within one line only.
        let columns = if start.line == end.line {
            format!(",col={},endColumn={}", start.column, end.column)
        } else {
            String::new()
        };
        writeln!(
            out,
            "::{command} file={},line={},endLine={}{columns},title={}::{}",
            property(&findings.path(found.span.file)),
            start.line,
            end.line,
            property(found.rule.name),
            data(&format!("{}{hint}", findings.message(found)))
        );
    }
    out += &findings.summary();
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn text_cannot_end_a_command() {
        assert_eq!(data("100%\nhai"), "100%25%0Ahai");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
