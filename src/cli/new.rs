//! `plan new`: reports to fill in.

use anyhow::Result;

use super::output;
use super::{Call, Outcome, known, schema};
use crate::render::Visible;
use crate::scaffold;
use crate::vietnamese::number;

/// Where editors find what a report may hold, and how one gets there from a report's folder.
pub(super) const SCHEMA: &str = "schemas/report.schema.json";
const TO_SCHEMA: &str = "../../schemas/report.schema.json";

/// Tạo báo cáo để điền cho một cơ quan: nhiệm vụ, chỉ tiêu, số của kỳ trước ghi sẵn
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan new [TÙY CHỌN] [CƠ_QUAN]...",
    after_help = "Ví dụ:\n  plan new so-y-te                    báo cáo kỳ đang thu thập\n  \
                  plan new \"mường la\" --round annual  một xã, một kỳ\n  \
                  plan new --all                      mọi cơ quan; báo cáo đã có được giữ nguyên\n  \
                  plan new so-y-te --round ad-hoc     báo cáo đột xuất của hôm nay"
)]
pub(super) struct Args {
    #[command(flatten)]
    chosen: known::Chosen,
    /// Kỳ báo cáo (mặc định: kỳ đang thu thập, tổng hợp); ad-hoc là báo cáo đột xuất
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let workspace = session.workspace(err)?;
    let plan = &workspace.plan;
    let ad_hoc = args.round.as_deref() == Some(plan.ad_hoc.id.as_str());
    let written = args.round.as_deref().filter(|_| !ad_hoc);
    let round = known::round_or_current(&workspace, written, err)?;
    let agencies = args.chosen.of(plan, round)?;
    if !ad_hoc {
        known::tell_unasked(&agencies, plan, round, err)?;
    }

    let folder = format!("reports/{}", if ad_hoc { &plan.ad_hoc.id } else { &round.key });
    let (mut files, mut there) = (Vec::new(), 0);
    for agency in agencies {
        let (path, text) = if ad_hoc {
            let text = scaffold::ad_hoc(plan, agency, workspace.as_of, TO_SCHEMA);
            (format!("{folder}/{}-{}.yaml", workspace.as_of, agency.key), text)
        } else {
            let earlier = workspace.report_before(round, agency.id);
            (
                format!("{folder}/{}.yaml", agency.key),
                scaffold::report(plan, round, agency, earlier.as_ref(), TO_SCHEMA),
            )
        };
        if session.root.join(&path).exists() {
            there += 1;
            if !args.chosen.all {
                writeln!(out, "Đã có {path}, không ghi đè.")?;
            }
            continue;
        }
        files.push((path, Visible::from(text).into()));
    }
    let written: Vec<String> = files.iter().map(|(path, _)| path.clone()).collect();
    if !written.is_empty() {
        if !session.root.join(SCHEMA).exists() {
            files.push((SCHEMA.to_owned(), schema::text("report", Some(plan))?.into()));
        }
        output::write_into(&session.root, &files, |_| false)?;
    }
    match written.as_slice() {
        [] => {}
        [path] => writeln!(out, "Đã ghi {path}\nĐiền xong, kiểm tra bằng: plan check {path}")?,
        paths => writeln!(out, "Đã ghi {} báo cáo để điền vào {folder}", number(paths.len() as u128))?,
    }
    if args.chosen.all && there > 0 {
        writeln!(out, "{} báo cáo đã có, không ghi đè.", number(there))?;
    }
    Ok(if written.is_empty() { Outcome::Found } else { Outcome::Done })
}
