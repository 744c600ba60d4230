//! One line a problem, for editors and pipes: `path:line:column: severity[rule]: message (hint)`. The
//! form is what editors match on: it changes only with a new major version of the program.

use super::Findings;
use crate::render::visible;

pub(super) fn render(findings: &Findings<'_>) -> String {
    let mut out = String::new();
    for found in &findings.diagnostics {
        let (start, _) = findings.range(found.span);
        let tail = match (&found.accepted, &found.hint) {
            (Some(reason), _) => format!(" (đã chấp nhận: {reason})"),
            (None, Some(hint)) => format!(" (cách sửa: {hint})"),
            (None, None) => String::new(),
        };
        let severity = findings.severity(found).label();
        let line = format!(
            "{}:{}:{}: {severity}[{}]: {}{tail}",
            findings.path(found.span.file),
            start.line,
            start.column,
            found.rule.name,
            found.message
        );
        // A problem is one line whatever its words hold.
        out += &visible(&line).replace('\n', " ");
        out.push('\n');
    }
    out + &findings.summary()
}
