//! `plan trace`: where a figure comes from.

use anyhow::{Context, Result, bail};

use super::compile::chosen_round;
use super::printing::{Listing, Printing};
use super::status::unusable_plan;
use super::{Call, Outcome, known};
use crate::model::Aggregation;
use crate::view;
use crate::view::trace::Trace;
use crate::{check, consolidate, source, status};

/// Xem một số liệu từ đâu ra: từng cơ quan báo bao nhiêu, ở tệp nào, dòng nào, số nào không tính và vì sao
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan trace [TÙY CHỌN] <CHỈ_TIÊU>",
    after_help = "Ví dụ:\n  plan trace inspections                          số vụ kiểm tra của kỳ muộn nhất\n  \
                  plan trace \"số vụ kiểm tra\" --task III.5       chỉ trong một nhiệm vụ\n  \
                  plan trace fines --round consumer-day -o nguon-so-lieu.csv"
)]
pub(super) struct Args {
    /// Mã hoặc tên chỉ tiêu
    #[arg(value_name = "CHỈ_TIÊU", help_heading = "Tham số")]
    indicator: String,
    /// Chỉ số liệu báo trong nhiệm vụ này
    #[arg(long, value_name = "NHIỆM_VỤ")]
    task: Option<String>,
    /// Kỳ báo cáo (mặc định: kỳ có số liệu đến muộn nhất)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
    #[command(flatten)]
    printing: Printing<Listing>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, _) = &mut call.open()?;
    let files = source::read(&session.root)?;
    let checked = check::run(&files, session.clock);
    let Some(plan) = &checked.plan else { return Err(unusable_plan()) };
    let round = chosen_round(plan, args.round.as_deref())?;
    let indicator = known::indicator(plan, &args.indicator)?;
    let task = args.task.as_deref().map(|written| known::task(plan, written)).transpose()?;
    if let Some(task) = task
        && !indicator.tasks.contains(&task.id)
    {
        let tasks = plan.tasks.keys(&indicator.tasks);
        bail!("chỉ tiêu {} không thuộc nhiệm vụ {}. Các nhiệm vụ: {}.", indicator.key, task.key, tasks.join(", "));
    }
    let rounds = status::derive(plan, &checked, checked.as_of);
    let current = rounds.iter().find(|status| status.round.id == round.id).context("kỳ báo cáo không có")?;
    let totals = consolidate::totals(plan, &rounds, current);
    let of = |id| totals.iter().find(|total| total.indicator.id == id);
    let Some(total) = of(indicator.id) else {
        bail!("kỳ {} không yêu cầu báo chỉ tiêu {} ({})", round.short_name, indicator.key, indicator.label);
    };
    let made_of = match indicator.aggregation {
        Aggregation::Percent(Some(rate)) => [rate.of, rate.over].into_iter().filter_map(of).collect(),
        Aggregation::Percent(None) | Aggregation::Sum | Aggregation::Latest => Vec::new(),
    };
    let left_out = consolidate::left_out(total, plan, &checked, current);
    let trace = Trace {
        plan,
        round,
        total,
        left_out: &left_out,
        made_of,
        task,
        as_of: checked.as_of,
        banner: view::illustrative_banner(&checked),
        files: &files,
    };
    args.printing.print(&trace, session.environment, out)?;
    Ok(Outcome::Done)
}
