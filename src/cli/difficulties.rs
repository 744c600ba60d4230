//! `plan difficulties`: open difficulties and recommendations, so that those above can be told promptly.

use anyhow::Result;
use chrono::NaiveDate;

use super::args::day;
use super::printing::{Listing, Printing};
use super::{Call, Outcome, known};
use crate::remark::{self, Kind, Remark};
use crate::view;
use crate::view::difficulties::Digest;

/// Xem khó khăn, vướng mắc và kiến nghị đang được nêu, báo cáo đột xuất trước
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan difficulties [TÙY CHỌN]",
    after_help = "Gồm mọi nội dung đã nêu mà chưa giải quyết (plan settle), kể cả trong báo cáo chưa hợp lệ. “Từ ngày” là ngày của báo cáo sớm nhất mà cơ quan đó nêu cùng nội dung.\n\n\
                  Ví dụ:\n  plan difficulties                           tất cả\n  \
                  plan difficulties --to ubnd-tinh            kiến nghị gửi UBND tỉnh\n  \
                  plan difficulties --new-since 2026-11-01    mới nêu từ ngày này\n  \
                  plan difficulties -o kho-khan.csv           bảng mở bằng Excel"
)]
pub(super) struct Args {
    /// Chỉ nội dung mới nêu từ ngày này
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    new_since: Option<NaiveDate>,
    /// Chỉ kiến nghị gửi nơi này (mã hoặc tên, mục recommend_to trong plan/report.yaml)
    #[arg(long, value_name = "NƠI_NHẬN")]
    to: Option<String>,
    #[command(flatten)]
    printing: Printing<Listing>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, _) = &mut call.open()?;
    let workspace = session.workspace()?;
    let plan = &workspace.plan;
    let to = args.to.as_ref().map(|written| known::addressee(plan, written)).transpose()?;
    let mut remarks = remark::remarks(&workspace);
    let addressed = |remark: &Remark<'_>| {
        to.is_none_or(|body| remark.kind == Kind::Recommendation { to: Some(body.id.as_str()) })
    };
    // What has no day may be new.
    let new = |remark: &Remark<'_>| args.new_since.is_none_or(|day| remark.since.is_none_or(|since| since >= day));
    remarks.retain(|remark| remark.settled.is_none() && addressed(remark) && new(remark));
    let digest = Digest {
        plan,
        remarks: &remarks,
        to,
        new_since: args.new_since,
        as_of: workspace.as_of,
        banner: view::illustrative_banner(&workspace),
        files: &workspace.files,
    };
    args.printing.print(&digest, session.environment, out)?;
    Ok(Outcome::Done)
}
