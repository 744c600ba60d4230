//! `plan trace`: where a figure comes from.

use anyhow::{Result, bail};

use super::printing::{Listing, Printing};
use super::{Call, Outcome, drafted, known};
use crate::view;
use crate::view::trace::Trace;
use crate::{measure, status};

/// Xem một số liệu từ đâu ra: từng cơ quan báo bao nhiêu, ở tệp nào, dòng nào, số nào không tính và vì sao
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan trace [TÙY CHỌN] <CHỈ_TIÊU>",
    after_help = "Ví dụ:\n  plan trace inspections                          số vụ kiểm tra của kỳ đang tổng hợp\n  \
                  plan trace \"số vụ kiểm tra\" --task III.5       chỉ trong một nhiệm vụ\n  \
                  plan trace fines --round consumer-day -o nguon-so-lieu.csv\n  \
                  plan trace funding.state_budget                 kinh phí từ ngân sách nhà nước; mọi nguồn: funding\n  \
                  plan trace complaints_by_field.e_commerce       số vụ của một lĩnh vực\n  \
                  plan trace violators.fine                       tiền phạt trong danh sách vi phạm đã công bố"
)]
pub(super) struct Args {
    /// Mã hoặc tên chỉ tiêu, nguồn kinh phí, lĩnh vực khiếu nại
    #[arg(value_name = "CHỈ_TIÊU", help_heading = "Tham số")]
    indicator: String,
    /// Chỉ số liệu báo trong nhiệm vụ này
    #[arg(long, value_name = "NHIỆM_VỤ")]
    task: Option<String>,
    /// Kỳ báo cáo (mặc định: kỳ đang thu thập, tổng hợp)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
    #[command(flatten)]
    printing: Printing<Listing>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, _) = &mut call.open()?;
    let workspace = session.workspace()?;
    let plan = &workspace.plan;
    let round = known::round_or_current(&workspace, args.round.as_deref())?;
    let quantity = known::quantity(plan, &args.indicator)?;
    let task = args.task.as_deref().map(|written| known::task(plan, written)).transpose()?;
    if let Some(task) = task {
        let Some(indicator) = quantity.indicator() else {
            bail!("{} ({}) không báo theo nhiệm vụ; bỏ --task", quantity.key(), quantity.label());
        };
        if !indicator.tasks.contains(&task.id) {
            let tasks = plan.tasks.keys(&indicator.tasks);
            bail!(
                "chỉ tiêu {} không thuộc nhiệm vụ {}. Các nhiệm vụ: {}.",
                indicator.key,
                task.key,
                tasks.join(", ")
            );
        }
    }
    let rounds = status::derive(&workspace);
    let current = &rounds[usize::from(round.id)];
    let measures = measure::measures(&workspace, &rounds, current);
    let Some(measure) = measure::of_quantity(&measures, quantity) else {
        bail!("kỳ {} không yêu cầu báo chỉ tiêu {} ({})", round.short_name, quantity.key(), quantity.label());
    };
    let earlier = measure::earlier(&workspace, &rounds, current);
    let controls = measure::controls(plan, current, &measures, earlier.as_ref());
    let edits = drafted::edits(&workspace, round);
    let trace = Trace {
        plan,
        round,
        measure,
        measures: &measures,
        controls: &controls,
        task,
        not_kept: &current.not_kept,
        edits: &edits,
        as_of: workspace.as_of,
        banner: view::illustrative_banner(&workspace),
        files: &workspace.files,
    };
    args.printing.print(&trace, session.environment, out)?;
    Ok(Outcome::Done)
}
