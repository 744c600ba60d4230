//! `plan trace`: where a figure comes from.

use anyhow::{Result, bail};

use super::drafted::{self, Wanted};
use super::known::{self, Traced};
use super::printing::{Listing, Printing};
use super::{Call, Outcome};
use crate::measure;
use crate::model::{Plan, Quantity, Task};
use crate::view::count::{self, Counted};
use crate::view::trace::Trace;

/// Xem một con số của báo cáo từ đâu ra: từng cơ quan báo bao nhiêu, ở tệp nào, dòng nào, số nào không tính và vì sao
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan trace [TÙY CHỌN] <CHỈ_TIÊU>",
    after_help = "Ví dụ:\n  plan trace inspections                          số vụ kiểm tra của kỳ đang tổng hợp\n  \
                  plan trace \"số vụ kiểm tra\" --task III.5       chỉ trong một nhiệm vụ\n  \
                  plan trace fines --round consumer-day -o nguon-so-lieu.csv\n  \
                  plan trace funding.state_budget                 kinh phí từ ngân sách nhà nước; mọi nguồn: funding\n  \
                  plan trace complaints_by_field.e_commerce       số vụ của một lĩnh vực\n  \
                  plan trace violators.fine                       tiền phạt trong danh sách vi phạm đã công bố\n  \
                  plan trace tasks.done                           nhiệm vụ hoàn thành, theo cơ quan nào\n  \
                  plan trace leads.I.1.reported                   cơ quan chủ trì đã báo cáo một nhiệm vụ\n  \
                  plan trace coverage.province.missing            cơ quan cấp tỉnh chưa gửi báo cáo\n  \
                  plan trace recommendations.ubnd-tinh.total      kiến nghị gửi UBND tỉnh\n  \
                  plan trace difficulties.total                   khó khăn, vướng mắc"
)]
pub(super) struct Args {
    /// Mã hoặc tên chỉ tiêu, nguồn kinh phí, lĩnh vực khiếu nại, hoặc số đếm trong báo cáo (mã như ở summary của
    /// plan compile --format json)
    #[arg(value_name = "CHỈ_TIÊU", help_heading = "Tham số", required = true)]
    indicator: Vec<String>,
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
    let (session, out, err) = &mut call.open()?;
    let workspace = session.workspace(err)?;
    let plan = &workspace.plan;
    let round = known::round_or_current(&workspace, args.round.as_deref(), err)?;
    let task = args.task.as_deref().map(|written| known::task(plan, written)).transpose()?;
    let edits = drafted::edits(&workspace, round, workspace.as_of)?;
    drafted::brief(&workspace, round, &Wanted::default(), |brief| {
        let counts = count::counts(brief);
        let quantity = match (known::traced(plan, &counts, &args.indicator.join(" "))?, task) {
            (Traced::Quantity(quantity), _) => quantity,
            (Traced::Count(count), None) => {
                args.printing.print_anew(&Counted::new(brief, count, &edits), session, out)?;
                return Ok(Outcome::Done);
            }
            (Traced::Count(count), Some(_)) => {
                bail!("{} ({}) không báo theo nhiệm vụ; bỏ --task", count.key, count.label)
            }
        };
        if let Some(task) = task {
            reported_under(plan, quantity, task)?;
        }
        let Some(measure) = measure::of_quantity(brief.measures, quantity) else {
            bail!("kỳ {} không yêu cầu báo chỉ tiêu {} ({})", round.short_name, quantity.key(), quantity.label());
        };
        args.printing.print_anew(&Trace { brief, measure, task, edits: &edits }, session, out)?;
        Ok(Outcome::Done)
    })
}

/// # Errors
/// When a quantity is not reported under a task.
fn reported_under(plan: &Plan, quantity: Quantity<'_>, task: &Task) -> Result<()> {
    let Some(indicator) = quantity.indicator() else {
        bail!("{} ({}) không báo theo nhiệm vụ; bỏ --task", quantity.key(), quantity.label());
    };
    if !indicator.tasks.contains(&task.id) {
        let tasks = plan.tasks.keys(&indicator.tasks).join(", ");
        bail!("chỉ tiêu {} không thuộc nhiệm vụ {}. Các nhiệm vụ: {tasks}.", indicator.key, task.key);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use chrono::NaiveDate;

    use super::*;
    use crate::check::{Clock, Depth};
    use crate::view::count::{Count, Thing};
    use crate::workspace::Workspace;

    fn distinct<'t, 'p: 't>(things: &[&'t Thing<'p>], of: impl Fn(&Thing<'p>) -> String) -> usize {
        things.iter().map(|thing| of(thing)).collect::<BTreeSet<String>>().len()
    }

    /// Every number of the summary in the report's JSON is what is counted one by one.
    #[test]
    fn every_count_is_made_of_what_it_counts() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let day = NaiveDate::from_ymd_opt(2026, 12, 3).unwrap();
        let workspace = Workspace::open(root, Clock::on(day), Depth::Reports).unwrap();
        for round in workspace.plan.rounds.iter() {
            let run = drafted::brief(&workspace, round, &Wanted::default(), |brief| {
                let (counts, things) = (count::counts(brief), count::things(brief));
                assert!(counts.len() > 200, "{}", counts.len());
                for Count { key, label, value } in &counts {
                    let in_it: Vec<&Thing<'_>> = things.iter().filter(|thing| thing.counts.contains(key)).collect();
                    let made_of = match key.rsplit('.').next().unwrap() {
                        "days_overdue" | "themes" => *value as usize,
                        "steps" => distinct(&in_it, |thing| thing.told.value.to_text()),
                        last if ["agencies", "silent_leads", "silent_in_part"].contains(&last)
                            || key.contains(".levels.") =>
                        {
                            distinct(&in_it, |thing| thing.agency.unwrap().key.to_string())
                        }
                        _ => in_it.len(),
                    };
                    assert_eq!((made_of, in_it.is_empty()), (*value as usize, *value == 0), "{key}");
                    assert!(label.starts_with("Số ") && !label.contains(key.as_str()), "{key}: {label}");
                    let found = known::traced(brief.plan, &counts, key)?;
                    assert!(matches!(found, Traced::Count(found) if found.key == *key), "{key}");
                }
                Ok(())
            });
            run.unwrap();
        }
    }
}
