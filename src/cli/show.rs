//! `plan show`: one agency, task, group, indicator or round; without an id, what can be asked for.

use anyhow::{Result, bail};

use super::printing::{Listing, Printing};
use super::{Call, Outcome, known};
use crate::check::Depth;
use crate::lookup::{self, Item};
use crate::view;
use crate::view::show::{self, Items, Subject};
use crate::view::status::Scene;
use crate::workspace::Workspace;
use crate::{arrivals, measure, public, source, status};

/// Xem một cơ quan, nhiệm vụ, nhóm, chỉ tiêu hoặc kỳ báo cáo
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan show [TÙY CHỌN] [MÃ|TÊN]",
    after_help = "Ví dụ:\n  plan show                          mọi thứ có thể xem: loại, mã, tên\n  \
                  plan show so-y-te                  một cơ quan: báo cáo, nhiệm vụ, lỗi, đầu mối\n  \
                  plan show Mường La                theo tên, có dấu hoặc không dấu; hoặc mã xã: plan show 03808\n  \
                  plan show III.5 --round annual     một nhiệm vụ, trong một kỳ\n  \
                  plan show so-y-te --history        bản nào đến ngày nào, theo văn bản nào, thay đổi gì\n  \
                  plan show fines -o tien-phat.csv   một chỉ tiêu, số của từng cơ quan, mở bằng Excel"
)]
pub(super) struct Args {
    /// Mã hoặc tên cơ quan, nhiệm vụ, nhóm, chỉ tiêu, kỳ báo cáo; bỏ trống để xem danh sách
    #[arg(value_name = "MÃ", help_heading = "Tham số")]
    id: Vec<String>,
    /// Chỉ kỳ báo cáo này (mã trong plan/rounds.yaml)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
    /// Với một cơ quan: nêu cả lịch sử – bản nào đến ngày nào, thay đổi gì, Sở đã làm gì
    #[arg(long)]
    history: bool,
    #[command(flatten)]
    printing: Printing<Listing>,
}

const ONE_AGENCY: &str = "--history chỉ dùng khi xem một cơ quan.";

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let workspace = Workspace::open(&session.root, session.clock, Depth::All)?;
    let plan = &workspace.plan;
    if args.id.is_empty() {
        if args.history {
            bail!(ONE_AGENCY);
        }
        let items = Items { plan, items: lookup::items(plan) };
        args.printing.print_anew(&items, session, out)?;
        return Ok(Outcome::Done);
    }
    let written = &args.id.join(" ");
    let item = known::item(plan, written)?;
    let given = args.round.as_ref().map(|written| known::round(plan, written)).transpose()?;
    let only = match item {
        Item::Round(round) if given.is_some_and(|given| given.id != round.id) => {
            bail!("“{written}” đã là một kỳ báo cáo; bỏ --round")
        }
        Item::Round(round) => Some(round),
        _ => given,
    };
    let all = status::derive(&workspace);
    let measures: Vec<_> = all.iter().map(|round| measure::measures(&workspace, &all, round)).collect();
    let public = public::public(&workspace, &all);
    let chosen =
        all.into_iter().zip(measures).filter(|(status, _)| only.is_none_or(|only| only.id == status.round.id));
    let (rounds, measures): (Vec<_>, Vec<_>) = chosen.unzip();
    let scene = Scene {
        plan,
        rounds: &rounds,
        focus: show::focus(item),
        note: Vec::new(),
        unread: workspace.unread(""),
        as_of: workspace.as_of,
        banner: view::illustrative_banner(&workspace),
    };
    let versions = match (args.history, item) {
        (false, _) => None,
        (true, Item::Agency(agency)) => {
            let of_agency = source::read_received(&session.root, |folder| folder == agency.key)?;
            Some(arrivals::arrivals(of_agency)?)
        }
        (true, _) => bail!(ONE_AGENCY),
    };
    let altered = versions.iter().flatten().filter_map(|version| Some((&version.path, version.altered()?)));
    let altered: Vec<_> = altered.collect();
    let subject = Subject {
        item,
        scene,
        measures: &measures,
        workspace: &workspace,
        versions: versions.as_deref(),
        public: &public,
    };
    args.printing.print_anew(&subject, session, out)?;
    args.printing.tell_beside(&subject.scene.unread, session.environment, err)?;
    for (path, message) in altered {
        writeln!(err, "cảnh báo: {path}: {message} (cách sửa: {}).", arrivals::AS_IT_CAME)?;
    }
    Ok(if subject.scene.unread.is_empty() && !workspace.is_unjudging() { Outcome::Done } else { Outcome::Found })
}
