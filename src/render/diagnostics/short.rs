//! One line a problem, for editors and pipes: `path:line:column: severity[rule]: message (hint)`. The
//! form is what editors match on: it changes only with a new major version of the program.

use super::Findings;
use crate::render::visible::Visible;

pub(in crate::render) fn render(findings: &Findings<'_>) -> Visible {
    let mut out = Visible::default();
    for found in &findings.diagnostics {
        // A problem is one line whatever its words hold.
        out += &(findings.line(found).replace('\n', " ") + "\n");
    }
    out += &findings.summary();
    out
}
