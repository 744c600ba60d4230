//! One line a problem, for editors and pipes: `path:line:column: severity[rule]: message (hint)`. The
//! form is what editors match on: it changes only with a new major version of the program.

use super::Findings;
use crate::render::visible;

pub(super) fn render(findings: &Findings<'_>) -> String {
    let mut out = String::new();
    for found in &findings.diagnostics {
        // A problem is one line whatever its words hold.
        out += &visible(&findings.line(found)).replace('\n', " ");
        out.push('\n');
    }
    out + &findings.summary()
}
