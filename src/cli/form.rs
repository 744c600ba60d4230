//! `plan form`: spreadsheets that agencies fill in, out and back in.

mod import;

use std::io::Write;

use anyhow::Result;

use super::args::{FormArgs, FormCommand, FormExportArgs};
use super::status::unusable_plan;
use super::{Outcome, Session, known, output};
use crate::form::Form;
use crate::model::Agency;
use crate::vietnamese::number;
use crate::{check, render, source, status};

pub(super) fn run(
    args: &FormArgs,
    session: &Session<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome> {
    match &args.command {
        FormCommand::Export(args) => export(args, session, out),
        FormCommand::Import(args) => import::run(args, session, out, err),
    }
}

fn export(args: &FormExportArgs, session: &Session<'_>, out: &mut dyn Write) -> Result<Outcome> {
    let files = source::read(&session.root)?;
    let checked = check::run(&files, session.as_of);
    let Some(plan) = &checked.plan else { return Err(unusable_plan()) };
    let rounds = status::derive(plan, &checked, session.as_of);
    let round = known::round_or_current(plan, &rounds, args.round.as_deref(), session.as_of)?.round;
    let agencies: Vec<&Agency> = if args.all {
        plan.agencies.iter().filter(|agency| agency.is_asked(round)).collect()
    } else {
        args.agencies.iter().map(|written| known::agency(plan, written)).collect::<Result<_>>()?
    };
    let mut written = Vec::new();
    for agency in agencies {
        let form = Form::new(plan, round, &agency.id, checked.report_before(round, &agency.id));
        written.push((form.file_name(), render::form::render(&form)?));
    }
    let folder = session.environment.current_dir.join(args.output.as_deref().unwrap_or(std::path::Path::new("")));
    output::write_into(&folder, &written, args.force)?;
    match written.as_slice() {
        [(name, _)] => writeln!(out, "Đã ghi {}", output::shown(&folder.join(name), session.environment))?,
        _ => writeln!(
            out,
            "Đã ghi {} biểu mẫu vào {}",
            number(written.len() as u128),
            output::shown(&folder, session.environment)
        )?,
    }
    Ok(Outcome::Done)
}
