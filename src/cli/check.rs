//! `plan check`: every problem of every file.

use std::io::Write;

use anyhow::Result;

use super::args::CheckArgs;
use super::{Outcome, Session};
use crate::diagnostic::Severity;
use crate::render::diagnostics;
use crate::{check, source};

pub(super) fn run(args: &CheckArgs, session: &Session<'_>, out: &mut dyn Write) -> Result<Outcome> {
    let files = source::read(&session.root)?;
    let checked = check::run(&files, session.as_of);
    let text = diagnostics::full(checked.diagnostics.iter(), &files, args.strict, session.environment.colour);
    out.write_all(text.as_bytes())?;
    if checked.plan.is_none() {
        writeln!(out, "Phần Kế hoạch (plan/) chưa đọc được nên chưa kiểm tra các báo cáo.")?;
    }
    writeln!(out, "{}", diagnostics::summary(&checked.diagnostics, &files, args.strict))?;
    let failed = checked.diagnostics.iter().any(|found| args.strict || found.rule.severity == Severity::Error);
    Ok(if failed { Outcome::Found } else { Outcome::Done })
}
