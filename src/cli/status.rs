//! `plan status`: the state of the plan on a day.

use anyhow::Result;

use super::drafted::{self, Wanted};
use super::printing::{Listing, Printing};
use super::{Call, Outcome, known, output};
use crate::check::Depth;
use crate::lookup::Item;
use crate::model::Plan;
use crate::status;
use crate::view;
use crate::view::report;
use crate::view::status::{Focus, Scene};
use crate::workspace::Workspace;

/// Xem tình hình: hạn sắp tới, ai đã gửi, ai còn thiếu, nhiệm vụ đến đâu
#[derive(Debug, Default, clap::Args)]
#[command(
    override_usage = "plan status [TÙY CHỌN]",
    after_help = "Ví dụ:\n  plan status                               một màn hình tổng quan\n  \
                  plan status --overdue                     danh sách cơ quan quá hạn\n  \
                  plan status --agency so-y-te              một cơ quan\n  \
                  plan status --group ubnd-cap-xa           từng xã, phường\n  \
                  plan status --task III.5 --round annual   một nhiệm vụ, một kỳ\n  \
                  plan status --all -o tinh-hinh.csv        bảng mở bằng Excel\n  \
                  plan status -o index.html                 trang nội bộ mỗi sáng, đầu trang là phiếu trình lãnh đạo"
)]
pub(super) struct Args {
    /// Chỉ kỳ báo cáo này (mã trong plan/rounds.yaml)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
    /// Một cơ quan: mã hoặc tên
    #[arg(long, value_name = "CƠ_QUAN", group = "focus")]
    agency: Option<String>,
    /// Một nhiệm vụ, ví dụ III.5
    #[arg(long, value_name = "NHIỆM_VỤ", group = "focus")]
    task: Option<String>,
    /// Một nhóm cơ quan (ubnd-cap-xa) hoặc nhóm nhiệm vụ (III)
    #[arg(long, value_name = "NHÓM", group = "focus")]
    group: Option<String>,
    /// Chỉ những gì quá hạn, nêu tên từng cơ quan
    #[arg(long, group = "focus")]
    overdue: bool,
    /// Mọi cơ quan và mọi nhiệm vụ, không gộp
    #[arg(long, group = "focus")]
    all: bool,
    /// Thoát với mã 1 khi có cơ quan, nhiệm vụ hoặc báo cáo tổng hợp quá hạn, dùng trong kịch bản
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    printing: Printing<Listing>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let workspace = Workspace::open(&session.root, session.clock, Depth::Reports)?;
    let plan = &workspace.plan;
    let mut rounds = status::derive(&workspace);
    let only = args.round.as_deref().map(|written| known::round(plan, written)).transpose()?;
    rounds.retain(|status| only.is_none_or(|only| only.id == status.round.id));
    let focus = focus(args, plan)?;
    let is_page = args.printing.format(session.environment)?.name == "html";
    let round = only.map_or_else(|| workspace.current_round(), Ok);
    let unread = workspace.unread("");
    let note = match (is_page, focus, round) {
        (true, Focus::Overview, Ok(round)) if unread.is_empty() => {
            drafted::brief(&workspace, round, &Wanted::default(), |brief| {
                report::note(brief).map_err(|error| output::in_template(&error, brief.files))
            })?
        }
        _ => None,
    };
    let scene = Scene {
        plan,
        rounds: &rounds,
        focus,
        note: note.map(|note| note.sections).unwrap_or_default(),
        unread,
        as_of: workspace.as_of,
        banner: view::illustrative_banner(&workspace),
    };
    args.printing.print_anew(&scene, session, out)?;
    args.printing.tell_beside(&scene.unread, session.environment, err)?;
    let is_found = workspace.is_unjudging()
        || !scene.unread.is_empty()
        || args.exit_code && view::status::anything_overdue(&scene);
    // As “plan check” does.
    std::mem::forget(workspace);
    Ok(if is_found { Outcome::Found } else { Outcome::Done })
}

fn focus<'p>(args: &Args, plan: &'p Plan) -> Result<Focus<'p>> {
    if let Some(written) = &args.agency {
        return Ok(Focus::Agency(known::agency(plan, written)?));
    }
    if let Some(written) = &args.task {
        return Ok(Focus::Task(known::task(plan, written)?));
    }
    if let Some(written) = &args.group {
        match known::group(plan, written)? {
            Item::TaskGroup(group) => return Ok(Focus::Tasks(group)),
            Item::Group(group) => return Ok(Focus::Agencies(group)),
            _ => {}
        }
    }
    Ok(match (args.overdue, args.all) {
        (true, _) => Focus::Overdue,
        (_, true) => Focus::All,
        _ => Focus::Overview,
    })
}
