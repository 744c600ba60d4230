//! `plan calendar`: what falls on which day, as a list or as a calendar.

use anyhow::Result;

use super::printing::{Days, Printing};
use super::{Call, Outcome, known};
use crate::render::Render;
use crate::view::agenda::Agenda;
use crate::{agenda, status, view};

/// Xem các hạn, gia hạn, đợt cao điểm, nhiệm vụ có ngày; ghi thành lịch để nhập vào Outlook, điện thoại
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan calendar [TÙY CHỌN]",
    after_help = "Ví dụ:\n  plan calendar                          xem trên màn hình\n  \
                  plan calendar -o lich.ics              tệp lịch; nhập lại thì các ngày được cập nhật\n  \
                  plan calendar --agency xa-mai-son      hạn, gia hạn, nhiệm vụ của riêng một cơ quan\n  \
                  plan calendar -o lich.csv              bảng mở bằng Excel"
)]
pub(super) struct Args {
    /// Chỉ hạn, gia hạn, nhiệm vụ của cơ quan này: mã hoặc tên
    #[arg(long, value_name = "CƠ_QUAN")]
    agency: Option<String>,
    #[command(flatten)]
    printing: Printing<Days>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let workspace = session.workspace(err)?;
    let plan = &workspace.plan;
    let only = args.agency.as_deref().map(|written| known::agency(plan, written)).transpose()?;
    let rounds = status::derive(&workspace);
    let agenda = Agenda {
        plan,
        events: &agenda::events(plan, &workspace.register, &rounds, only),
        only,
        as_of: workspace.as_of,
        banner: view::illustrative_banner(&workspace),
    };
    // A calendar without an event is none.
    if agenda.events.is_empty() && matches!(args.printing.format(session.environment)?.render, Render::Calendar(_))
    {
        writeln!(out, "{}", agenda.summary())?;
    } else {
        args.printing.print_anew(&agenda, session, out)?;
    }
    Ok(Outcome::Done)
}
