//! `plan new`: reports to fill in.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result, anyhow};

use super::args::NewArgs;
use super::status::unusable_plan;
use super::{Outcome, Session, known, output, schema};
use crate::check::Checked;
use crate::model::{Agency, AgencyId, Place, Plan, Report, Round};
use crate::vietnamese::number;
use crate::{check, scaffold, source, status};

/// Where editors find what a report may hold, and how one gets there from a report's folder.
pub(super) const SCHEMA: &str = "schemas/report.schema.json";
const TO_SCHEMA: &str = "../../schemas/report.schema.json";

pub(super) fn run(args: &NewArgs, session: &Session<'_>, out: &mut dyn Write) -> Result<Outcome> {
    let files = source::read(&session.root)?;
    let checked = check::run(&files, session.as_of);
    let Some(plan) = &checked.plan else { return Err(unusable_plan()) };
    let ad_hoc = args.round.as_deref() == Some(plan.ad_hoc.id.as_str());
    let round = match &args.round {
        Some(written) if !ad_hoc => known::round(plan, written)?,
        _ => {
            let rounds = status::derive(plan, &checked, session.as_of);
            status::current(plan, &rounds, session.as_of)
                .context("Kế hoạch không có kỳ báo cáo nào (plan/rounds.yaml)")?
                .round
        }
    };
    let agencies: Vec<&Agency> = if args.all {
        plan.agencies.iter().filter(|agency| agency.is_asked(round)).collect()
    } else {
        args.agencies.iter().map(|written| known::agency(plan, written)).collect::<Result<_>>()?
    };

    let (mut written, mut there) = (Vec::new(), 0);
    for agency in agencies {
        let (path, text) = if ad_hoc {
            let path = format!("reports/{}/{}-{}.yaml", plan.ad_hoc.id, session.as_of, agency.id);
            (path, scaffold::ad_hoc(plan, agency, session.as_of, TO_SCHEMA))
        } else {
            let earlier = earlier(plan, &checked, round, &agency.id);
            let text = scaffold::report(plan, round, agency, earlier, TO_SCHEMA);
            (format!("reports/{}/{}.yaml", round.id, agency.id), text)
        };
        let target = session.root.join(&path);
        if target.exists() {
            there += 1;
            if !args.all {
                writeln!(out, "Đã có {path}, không ghi đè.")?;
            }
            continue;
        }
        let folder = target.parent().unwrap_or(&session.root);
        fs::create_dir_all(folder).map_err(|error| {
            anyhow!("không tạo được thư mục {}: {}", folder.display(), source::reason(error.kind()))
        })?;
        output::write(&target, text.as_bytes())?;
        written.push(path);
    }
    if !written.is_empty() && !session.root.join(SCHEMA).exists() {
        let text = schema::text("report", Some(plan))?;
        output::write_into(
            &session.root.join("schemas"),
            &[("report.schema.json".to_owned(), text.into_bytes())],
            false,
        )?;
    }
    match written.as_slice() {
        [] => {}
        [path] => writeln!(out, "Đã ghi {path}\nĐiền xong, kiểm tra bằng: plan check {path}")?,
        paths => writeln!(out, "Đã ghi {} báo cáo để điền vào reports/{}", number(paths.len() as u128), round.id)?,
    }
    if args.all && there > 0 {
        writeln!(out, "{} báo cáo đã có, không ghi đè.", number(there))?;
    }
    Ok(if written.is_empty() { Outcome::Found } else { Outcome::Done })
}

/// The agency's report of the round before.
pub(super) fn earlier<'c>(
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
