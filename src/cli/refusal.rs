//! Why nothing is handed out: the errors that keep it from being made, and what can be done.

use anyhow::Result;

use super::check::prefix;
use super::output::Out;
use super::{Outcome, Session};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::diagnostics::{self, Findings};
use crate::vietnamese::number;
use crate::workspace::Workspace;

/// Shows what is in the way of a report, or of the page that is made public.
///
/// # Errors
/// When it cannot be printed.
pub(super) fn refuse(
    workspace: &Workspace,
    blocking: Vec<&Diagnostic>,
    session: &Session<'_>,
    stream: &mut Out<'_>,
) -> Result<Outcome> {
    let is_of_report = |found: &&Diagnostic| workspace.is_report(found.span.file) && !workspace.is_flaw(found);
    let reports_alone = blocking.iter().all(is_of_report);
    let findings = Findings {
        files: &workspace.files,
        checked: Vec::new(),
        is_judged: |_| true,
        diagnostics: blocking,
        prefix: prefix(session),
        rules: Vec::new(),
        strict: false,
        colour: session.environment.colour,
        note: None,
    };
    stream.print(diagnostics::full(&findings))?;
    let count = number(findings.count(Severity::Error) as u128);
    match reports_alone {
        true => writeln!(
            stream,
            "Chưa lập báo cáo: còn {count} lỗi nêu trên. Đề nghị cơ quan bổ sung rồi chạy lại;\n\
             hoặc chạy “plan compile --skip-invalid” để lập báo cáo không có các báo cáo chưa hợp lệ."
        ),
        // Without these no report may be left out either.
        false => writeln!(
            stream,
            "Chưa lập: còn {count} lỗi nêu trên, lập thì thiếu hoặc sai. Sửa rồi chạy lại lệnh này."
        ),
    }?;
    Ok(Outcome::Found)
}
