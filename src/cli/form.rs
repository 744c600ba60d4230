//! `plan form`: spreadsheets that agencies fill in, out and back in.

mod import;

use std::io::Write;

use anyhow::Result;

use super::args::{FormArgs, FormCommand, FormExportArgs};
use super::compile::chosen_round;
use super::status::unusable_plan;
use super::{Outcome, Session, known, output};
use crate::check::Checked;
use crate::form::Form;
use crate::model::{Agency, AgencyId, Place, Plan, Report, Round};
use crate::vietnamese::number;
use crate::{check, render, source};

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
    let round = chosen_round(plan, args.round.as_deref())?;
    let agencies: Vec<&Agency> = if args.all {
        plan.agencies.iter().filter(|agency| agency.is_asked(round)).collect()
    } else {
        args.agencies.iter().map(|written| known::agency(plan, written)).collect::<Result<_>>()?
    };
    let mut written = Vec::new();
    for agency in agencies {
        let form = Form::new(plan, round, &agency.id, earlier(plan, &checked, round, &agency.id));
        written.push((form.file_name(), render::form::render(&form)?));
    }
    let folder = session.environment.current_dir.join(args.output.as_deref().unwrap_or(std::path::Path::new("")));
    output::write_into(&folder, &written, args.force)?;
    match written.as_slice() {
        [(name, _)] => writeln!(out, "Đã ghi {}", folder.join(name).display())?,
        _ => writeln!(out, "Đã ghi {} biểu mẫu vào {}", number(written.len() as u128), folder.display())?,
    }
    Ok(Outcome::Done)
}

/// The agency's report of the round before.
fn earlier<'c>(
    plan: &'c Plan,
    checked: &'c Checked,
    round: &Round,
    agency: &AgencyId,
) -> Option<(&'c Round, &'c Report)> {
    let reports = checked.submissions.iter().filter_map(|submission| match &submission.place {
        Place::Round { round, agency: of } if of == agency => {
            Some((plan.round(round)?, submission.report.as_ref()?))
        }
        _ => None,
    });
    reports.filter(|(other, _)| other.data_to < round.data_to).max_by_key(|(other, _)| other.data_to)
}
