//! `plan accept`: the department's review of reports, written down in the register of their round.

use anyhow::Result;
use indexmap::IndexSet;

use super::args::told;
use super::writing::Writing;
use super::{Call, Outcome, known, tell_unread};
use crate::lookup::Item;
use crate::model::{ActKind, AgencyId, Round, Standing};
use crate::register::{Line, fingerprint};
use crate::status::{self, AgencyStatus, RoundStatus, Validity};
use crate::workspace::Workspace;

/// Duyệt báo cáo của cơ quan, hoặc rút lại việc duyệt: ghi vào sổ theo dõi của kỳ
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan accept [TÙY CHỌN] <CƠ_QUAN|NHÓM>...",
    after_help = "Ví dụ:\n  plan accept so-y-te                                   duyệt báo cáo kỳ đang tổng hợp\n  \
                  plan accept so-y-te toa-an --round annual --by \"Phòng Quản lý thương mại\"\n  \
                  plan accept ubnd-cap-xa                               mọi báo cáo hợp lệ của một nhóm\n  \
                  plan accept --all                                     mọi báo cáo hợp lệ, không còn cảnh báo\n  \
                  plan accept so-y-te --withdraw                        rút lại việc duyệt"
)]
pub(super) struct Args {
    /// Mã hoặc tên cơ quan, nhóm cơ quan
    #[arg(
        value_name = "CƠ_QUAN|NHÓM",
        help_heading = "Tham số",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    agencies: Vec<String>,
    /// Mọi báo cáo đã nhận, hợp lệ, chưa duyệt
    #[arg(long)]
    all: bool,
    /// Với nhóm và --all: duyệt cả báo cáo còn cảnh báo
    #[arg(long)]
    with_warnings: bool,
    /// Rút lại việc duyệt
    #[arg(long, conflicts_with = "with_warnings")]
    withdraw: bool,
    /// Kỳ báo cáo (mặc định: kỳ đang thu thập, tổng hợp)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
    /// Người hoặc đơn vị duyệt
    #[arg(long, value_name = "TÊN", value_parser = told)]
    by: Option<String>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let writing = Writing::open(session, err)?;
    tell_unread(&writing.workspace, err)?;
    let workspace = &writing.workspace;
    let round = &status::round(workspace, known::round_or_current(workspace, args.round.as_deref(), err)?);
    let (mut lines, mut said, mut refused) = (Vec::new(), Vec::new(), false);
    let (named, among) = agencies(args, workspace, round)?;
    let act = if args.withdraw { ActKind::Withdraw } else { ActKind::Accept };
    for agency in named.iter().chain(&among) {
        let judged = if args.withdraw {
            withdrawable(workspace, round, *agency)
        } else {
            acceptable(workspace, round, *agency, !args.with_warnings && among.contains(agency))
        };
        let agency = &workspace.plan[*agency];
        let of_round = format!("báo cáo của {}, kỳ {}", agency.name, round.round.short_name);
        match judged {
            Ok(Some(content)) => {
                let line = Line::new(act, Some(&agency.key), workspace.as_of, &session.environment.moment());
                let line = match act {
                    ActKind::Withdraw => line.plain("of", ActKind::Accept.id()),
                    _ => line.plain("content", content),
                };
                lines.push(line.words("by", args.by.as_deref()));
                said.push(match act {
                    ActKind::Withdraw => format!("Đã rút lại việc duyệt {of_round}."),
                    _ => format!("Đã duyệt {of_round}."),
                });
            }
            Ok(None) => {
                said.push(format!("Báo cáo của {} đã được duyệt, từ đó đến nay không thay đổi.", agency.name));
            }
            Err(why) => {
                refused = true;
                said.push(format!("Chưa {} {}: {why}.", if args.withdraw { "rút" } else { "duyệt" }, agency.name));
            }
        }
    }
    if named.is_empty() && among.is_empty() {
        said.push(format!("Kỳ {}: không có báo cáo nào để duyệt.", round.round.short_name));
    }
    writing.record(&round.round.key, lines, err)?;
    said.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(if refused { Outcome::Found } else { Outcome::Done })
}

/// Whose reports are named one by one, and whose are meant together: of those, who has one that is not accepted yet.
fn agencies(
    args: &Args,
    workspace: &Workspace,
    round: &RoundStatus<'_>,
) -> Result<(IndexSet<AgencyId>, IndexSet<AgencyId>)> {
    let plan = &workspace.plan;
    let (mut named, mut meant) = (IndexSet::new(), IndexSet::new());
    for written in &*known::phrases(plan, &args.agencies) {
        match known::party(plan, written)? {
            Item::Agency(agency) => drop(named.insert(agency.id)),
            Item::Group(group) => meant.extend(&group.members),
            _ => {}
        }
    }
    if args.all {
        meant.extend(plan.agencies.iter().map(|agency| agency.id));
    }
    let open = |agency: &AgencyId| {
        let Some(status) = round.agency(*agency) else { return false };
        let accepted = status.review.is_some_and(|review| args.withdraw || review.standing == Standing::AsReviewed);
        status.file.is_some() && accepted == args.withdraw
    };
    Ok((named.clone(), meant.into_iter().filter(|agency| !named.contains(agency) && open(agency)).collect()))
}

/// The fingerprint of a report that may be accepted, `None` where it is accepted already, or why it may not.
fn acceptable(
    workspace: &Workspace,
    round: &RoundStatus<'_>,
    agency: AgencyId,
    without_warnings: bool,
) -> Result<Option<String>, String> {
    let status = asked(round, agency)?;
    let Some(file) = status.file else {
        return Err(format!("chưa có báo cáo kỳ {}", round.round.short_name));
    };
    let path = &workspace.files.get(file).path;
    if let Validity::Invalid(errors) = status.validity {
        return Err(format!(
            "báo cáo còn {} lỗi; xem: plan check {path}",
            crate::vietnamese::number(errors as u128)
        ));
    }
    if status.review.is_some_and(|review| review.standing == Standing::AsReviewed) {
        return Ok(None);
    }
    let warnings = workspace.warnings_in(file);
    if without_warnings && warnings > 0 {
        return Err(format!("báo cáo còn {warnings} cảnh báo; xem: plan check {path}, hoặc thêm --with-warnings"));
    }
    Ok(Some(fingerprint(workspace.files.get(file).text()).0))
}

/// Empty words where there is an acceptance to withdraw, or why there is none.
fn withdrawable(
    workspace: &Workspace,
    round: &RoundStatus<'_>,
    agency: AgencyId,
) -> Result<Option<String>, String> {
    asked(round, agency)?;
    let accepted = workspace.register.standing(round.round.id, agency, ActKind::Accept);
    accepted.map(|_| Some(String::new())).ok_or_else(|| "báo cáo chưa được duyệt".to_owned())
}

fn asked<'s, 'p>(round: &'s RoundStatus<'p>, agency: AgencyId) -> Result<&'s AgencyStatus<'p>, String> {
    let Round { short_name, .. } = round.round;
    round.agency(agency).ok_or_else(|| format!("không phải gửi báo cáo kỳ {short_name}"))
}
