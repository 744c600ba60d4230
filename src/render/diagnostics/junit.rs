//! JUnit XML, for test dashboards: a file is a test case, a problem that counts as an error its failure.

use super::Findings;
use crate::diagnostic::Diagnostic;

pub(super) fn render(findings: &Findings<'_>) -> String {
    let failures = findings.diagnostics.iter().filter(|found| found.fails(findings.strict)).count();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  \
         <testsuite name=\"plan check\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">\n",
        findings.checked.len()
    );
    for file in &findings.checked {
        let problems: Vec<&Diagnostic> =
            findings.diagnostics.iter().filter(|found| found.span.file == *file).copied().collect();
        let path = escape(&findings.path(*file));
        out += &format!("    <testcase classname=\"plan.check\" name=\"{path}\" file=\"{path}\">\n");
        for found in problems.iter().filter(|found| found.fails(findings.strict)) {
            out += &format!(
                "      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                found.rule.name,
                escape(&found.message),
                escape(&findings.line(found))
            );
        }
        let others: Vec<String> = problems
            .iter()
            .filter(|found| !found.fails(findings.strict))
            .map(|found| findings.line(found))
            .collect();
        if !others.is_empty() {
            out += &format!("      <system-out>{}</system-out>\n", escape(&others.join("\n")));
        }
        out += "    </testcase>\n";
    }
    out + "  </testsuite>\n</testsuites>\n"
}

/// For text and attributes; what XML 1.0 cannot hold becomes U+FFFD.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\t' | '\n' => out.push(c),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn text_stays_text() {
        assert_eq!(escape("<a b=\"c\">&\u{1b}"), "&lt;a b=&quot;c&quot;&gt;&amp;\u{fffd}");
    }
}
