//! SARIF 2.1.0 (OASIS), for code scanning. Accepted problems are results with a suppression.

use serde_json::{Value, json};

use super::Findings;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::render::visible::Visible;
use crate::source::Span;

pub(in crate::render) fn render(findings: &Findings<'_>) -> anyhow::Result<Visible> {
    let results: Vec<Value> = findings.diagnostics.iter().map(|found| result(findings, found)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "plan",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": findings.rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "language": "vi-VN",
            "results": results,
        }],
    });
    Visible::json(&log)
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "help": { "text": rule.explain },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "note",
    }
}

fn result(findings: &Findings<'_>, found: &Diagnostic) -> Value {
    let hint = found.hint.as_ref().map(|hint| format!(". Cách sửa: {hint}")).unwrap_or_default();
    let mut result = json!({
        "ruleId": found.rule.name,
        "ruleIndex": findings.rules.iter().position(|rule| rule.name == found.rule.name),
        "level": level(findings.severity(found)),
        "message": { "text": format!("{}{hint}", findings.message(found)) },
        "locations": [location(findings, found.span)],
    });
    if let Some((span, label)) = &found.related {
        let mut related = location(findings, *span);
        related["message"] = json!({ "text": label });
        result["relatedLocations"] = json!([related]);
    }
    if let Some(reason) = &found.accepted {
        result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
    }
    result
}

fn location(findings: &Findings<'_>, span: Span) -> Value {
    let (start, end) = findings.range(span);
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&findings.path(span.file)) },
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    }})
}

/// A relative path as a URI reference (RFC 3986): everything but plain characters as percent signs.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encoded = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(encoded).collect()
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_uris() {
        assert_eq!(uri("reports/annual/sở y tế.yaml"), "reports/annual/s%E1%BB%9F%20y%20t%E1%BA%BF.yaml");
    }
}
