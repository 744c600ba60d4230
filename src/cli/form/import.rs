//! `plan form import`.

use std::io::Write;

use anyhow::Result;

use super::super::args::FormImportArgs;
use super::super::{Outcome, Session};

pub(super) fn run(_: &FormImportArgs, _: &Session<'_>, _: &mut dyn Write, _: &mut dyn Write) -> Result<Outcome> {
    anyhow::bail!("chưa có")
}
