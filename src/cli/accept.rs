//! `plan accept`: the department's review of reports, kept beside them.

use anyhow::{Result, bail};
use serde::Serialize;

use super::args::visible;
use super::output;
use super::{Call, Outcome, known};
use crate::model::{Round, RoundRef};
use crate::render::Visible;
use crate::source::Files;
use crate::status;
use crate::status::{AgencyStatus, Validity};

const HEADER: &str =
    "# Báo cáo đã duyệt, do lệnh “plan accept” ghi. Báo cáo sửa sau khi duyệt thì duyệt lại bằng lệnh đó.\n";

/// The file as it is written; what it may hold, `model` declares.
#[derive(Serialize)]
struct Accepted {
    accepted: Vec<AcceptedReport>,
}

#[derive(Serialize)]
struct AcceptedReport {
    agency: String,
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    sha256: String,
}

/// Duyệt báo cáo của cơ quan: ghi ngày, người duyệt và mã kiểm tra nội dung
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan accept [TÙY CHỌN] <CƠ_QUAN>...",
    after_help = "Ví dụ:\n  plan accept so-y-te                                   duyệt báo cáo kỳ đang tổng hợp\n  \
                  plan accept so-y-te toa-an --round annual --by \"Phòng Quản lý thương mại\"\n\n\
                  Mã thoát: 0 duyệt hết, 1 có báo cáo không duyệt được, 2 không chạy được."
)]
pub(super) struct Args {
    /// Mã hoặc tên cơ quan
    #[arg(value_name = "CƠ_QUAN", help_heading = "Tham số", required = true)]
    agencies: Vec<String>,
    /// Kỳ báo cáo (mặc định: kỳ đang thu thập, tổng hợp)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
    /// Người hoặc đơn vị duyệt
    #[arg(long, value_name = "TÊN", value_parser = visible)]
    by: Option<String>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, _) = &mut call.open()?;
    let workspace = session.workspace()?;
    let plan = &workspace.plan;
    let round = &status::round(&workspace, known::round_or_current(&workspace, args.round.as_deref())?);
    let agencies = args.agencies.iter().map(|written| known::agency(plan, written));
    let agencies: Vec<&crate::model::Agency> = agencies.collect::<Result<_>>()?;

    let path = format!("reports/{}/accepted.yaml", round.round.key);
    if workspace.files.find(&path).is_some_and(|(file, _)| workspace.errors_in(file) > 0) {
        bail!("tệp {path} có lỗi nên chưa ghi thêm được.\nChạy “plan check {path}” để xem lỗi và cách sửa.");
    }
    // What is dated later is no less written there.
    let reviews = workspace.reviews.iter().chain(&workspace.later.reviews);
    let of_round = reviews.filter(|review| review.round == Some(RoundRef::Of(round.round.id)));
    let kept = of_round.map(|review| AcceptedReport {
        agency: plan[review.agency.value].key.clone(),
        date: review.date.to_string(),
        by: review.by.clone(),
        sha256: review.sha256.clone(),
    });
    let mut accepted: Vec<AcceptedReport> = kept.collect();
    let (mut refused, mut changed, mut said) = (false, false, Vec::new());
    for agency in agencies {
        match acceptable(round.agency(agency.id), &workspace.files, round.round) {
            Ok(sha256) if accepted.iter().any(|known| known.agency == agency.key && known.sha256 == sha256) => {
                said.push(format!("Báo cáo của {} đã được duyệt, từ đó đến nay không thay đổi.", agency.name));
            }
            Ok(sha256) => {
                changed = true;
                accepted.retain(|known| known.agency != agency.key);
                accepted.push(AcceptedReport {
                    agency: agency.key.clone(),
                    date: workspace.as_of.to_string(),
                    by: args.by.clone(),
                    sha256,
                });
                said.push(format!("Đã duyệt báo cáo của {}, kỳ {}.", agency.name, round.round.short_name));
            }
            Err(why) => {
                refused = true;
                said.push(format!("Chưa duyệt {}: {why}.", agency.name));
            }
        }
    }
    accepted.sort_by_key(|report| plan.agencies.find(&report.agency).map(|agency| usize::from(agency.id)));
    if changed {
        let text = format!("{HEADER}{}", serde_yaml::to_string(&Accepted { accepted })?);
        // A file that was not there when the reviews were read is not replaced.
        let is_known = workspace.files.find(&path).is_some();
        output::write(&session.root.join(path), &Visible::from(text).into(), is_known)?;
    }
    said.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(if refused { Outcome::Found } else { Outcome::Done })
}

/// The fingerprint of a report that may be accepted, or why it may not.
fn acceptable(status: Option<&AgencyStatus<'_>>, files: &Files, round: &Round) -> Result<String, String> {
    let Some(status) = status else {
        return Err(format!("không phải gửi báo cáo kỳ {}", round.short_name));
    };
    match (status.validity, status.file) {
        (Validity::Valid, Some(file)) => Ok(files.get(file).sha256()),
        (Validity::Invalid(errors), Some(file)) => {
            Err(format!("báo cáo còn {errors} lỗi; xem: plan check {}", files.get(file).path))
        }
        _ => Err(format!("chưa có báo cáo kỳ {}", round.short_name)),
    }
}
