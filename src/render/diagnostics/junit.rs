//! JUnit XML, for test dashboards: a file is a test case, a problem that counts as an error its failure.

use super::Findings;
use crate::diagnostic::Diagnostic;
use crate::render::markup::Markup;
use crate::render::visible::Visible;
use crate::source::FileId;

pub(in crate::render) fn render(findings: &Findings<'_>) -> Visible {
    let (_, unjudged) = findings.clean();
    let failures = findings.diagnostics.iter().filter(|found| found.fails(findings.strict)).count();
    Markup::file("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", |xml| {
        xml.block("testsuites", &[], |xml| {
            xml.text("\n  ");
            xml.block(
                "testsuite",
                &[
                    ("name", &"plan check"),
                    ("tests", &findings.checked.len()),
                    ("failures", &failures),
                    ("errors", &0),
                    ("skipped", &unjudged.len()),
                ],
                |xml| cases(xml, findings, &unjudged),
            );
        });
    })
}

fn cases(xml: &mut Markup, findings: &Findings<'_>, unjudged: &[FileId]) {
    xml.line();
    for file in &findings.checked {
        let problems = findings.found_in(*file).iter().copied();
        let (failures, others): (Vec<&Diagnostic>, Vec<_>) =
            problems.partition(|found| found.fails(findings.strict));
        let path = findings.path(*file);
        xml.text("    ");
        xml.block("testcase", &[("classname", &"plan.check"), ("name", &path), ("file", &path)], |xml| {
            xml.line();
            if unjudged.binary_search(file).is_ok() {
                xml.text("      ");
                xml.block("skipped", &[], |_| {});
            }
            for found in failures {
                xml.text("      ");
                xml.block("failure", &[("type", &found.rule.name), ("message", &findings.message(found))], |xml| {
                    xml.text(&findings.line(found));
                });
            }
            if !others.is_empty() {
                let lines: Vec<String> = others.into_iter().map(|found| findings.line(found)).collect();
                xml.text("      ");
                xml.block("system-out", &[], |xml| xml.text(&lines.join("\n")));
            }
            xml.text("    ");
        });
    }
    xml.text("  ");
}
