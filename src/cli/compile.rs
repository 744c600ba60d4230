//! `plan compile`: the consolidated report.

use std::io::Write;

use anyhow::Result;

use super::args::CompileArgs;
use super::{Outcome, Session};

pub(super) fn run(_args: &CompileArgs, _session: &Session<'_>, _out: &mut dyn Write, _err: &mut dyn Write) -> Result<Outcome> {
    anyhow::bail!("chưa có")
}
