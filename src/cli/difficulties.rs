//! `plan difficulties`: open difficulties and recommendations, and the letter that tells those above promptly.

use anyhow::{Result, bail};
use chrono::NaiveDate;

use super::args::day;
use super::output;
use super::printing::{Printing, Remarks};
use super::{Call, Outcome, known};
use crate::doc::Document;
use crate::model::{Named, Wording};
use crate::remark::{self, Kind, Remark};
use crate::render::{self, Format, Render};
use crate::vietnamese::{fold, number};
use crate::view;
use crate::view::difficulties::{Digest, REPORTS, summary};
use crate::view::petition;

/// Xem khó khăn, vướng mắc và kiến nghị đang được nêu, báo cáo đột xuất trước
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan difficulties [TÙY CHỌN]",
    after_help = "Gồm mọi nội dung đã nêu mà chưa giải quyết (plan settle), kể cả trong báo cáo chưa hợp lệ. “Từ ngày” là ngày của báo cáo sớm nhất mà cơ quan đó nêu cùng nội dung.\n\n\
                  Ví dụ:\n  plan difficulties                           tất cả\n  \
                  plan difficulties --to ubnd-tinh            kiến nghị gửi UBND tỉnh\n  \
                  plan difficulties --new-since 2026-11-01    mới nêu từ ngày này\n  \
                  plan difficulties -o kho-khan.csv           bảng mở bằng Excel\n  \
                  plan difficulties --to ubnd-tinh -o cong-van.docx    công văn báo cáo UBND tỉnh"
)]
pub(super) struct Args {
    /// Chỉ nội dung mới nêu từ ngày này
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    new_since: Option<NaiveDate>,
    /// Chỉ kiến nghị gửi nơi này (mã hoặc tên, mục recommend_to trong plan/report.yaml)
    #[arg(long, value_name = "NƠI_NHẬN")]
    to: Option<String>,
    #[command(flatten)]
    printing: Printing<Remarks>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let workspace = session.workspace(err)?;
    let plan = &workspace.plan;
    let to = args.to.as_ref().map(|written| known::addressee(plan, written)).transpose()?;
    let mut remarks = remark::remarks(&workspace);
    remarks.retain(|remark| remark.settled.is_none());
    let addressed = |remark: &Remark<'_>| {
        to.is_none_or(|body| remark.kind == Kind::Recommendation { to: Some(body.id.as_str()) })
    };
    // What has no day may be new.
    let new = |remark: &Remark<'_>| args.new_since.is_none_or(|day| remark.since.is_none_or(|since| since >= day));
    let (mut remarks, others): (Vec<_>, Vec<_>) =
        remarks.into_iter().partition(|remark| addressed(remark) && new(remark));
    let format = args.printing.format(session.environment)?;
    let all = remarks.len();
    // A letter asks for nothing whose day is past; the list shows it until it is settled.
    if to.is_some() && matches!(format.render, Render::Document(_)) {
        remarks.retain(|remark| !remark.is_over(workspace.as_of));
    }
    let over = all - remarks.len();
    let digest = Digest {
        plan,
        remarks: &remarks,
        to,
        new_since: args.new_since,
        not_kept: workspace.not_kept(|_| true),
        as_of: workspace.as_of,
        banner: view::illustrative_banner(&workspace),
        files: &workspace.files,
    };
    let output = &args.printing.output;
    match (to, format.render) {
        (Some(_), Render::Document(_)) if remarks.is_empty() => writeln!(out, "{}", summary(&digest))?,
        (Some(body), Render::Document(render)) => {
            let letter = render(&letter(&digest, body, &others)?)?;
            let usual = format!("kien-nghi-{}-{}.{}", body.id, plan.year, format.ending());
            let target = match is_listing(format) {
                true => output.path(session.environment),
                false => output.target(&usual, session.environment),
            };
            output::put(target.as_deref(), letter, output.force, session.environment, out)?;
            let told = if target.is_some() { out } else { err };
            let (asked, agencies) = (remark::alike(&remarks).len(), remark::agencies(&remarks));
            writeln!(told, "Công văn gửi {}: {asked} kiến nghị của {agencies} cơ quan.", body.name)?;
            view::not_kept(REPORTS, &digest.not_kept).map_or(Ok(()), |words| writeln!(told, "{words}"))?;
            if over > 0 {
                writeln!(told, "{} kiến nghị đã hết hạn không nêu.", number(over as u128))?;
            }
            let invalid = remarks.iter().filter(|remark| !remark.is_valid()).count();
            if invalid > 0 {
                let invalid = number(invalid as u128);
                writeln!(told, "{invalid} kiến nghị lấy từ báo cáo chưa hợp lệ: xem lại trước khi ký.")?;
            }
        }
        (None, Render::Document(_)) if !is_listing(format) => {
            let others = plan.wording.recommend_to.iter().filter(|body| !is_issuer(&plan.wording, body));
            let bodies: Vec<&str> = others.map(|body| body.id.as_str()).collect();
            bail!(
                "tệp Word là công văn gửi một nơi: thêm --to và một trong: {}.\nCả danh sách thì ghi ra tệp .csv, .html, .md.",
                bodies.join(", ")
            );
        }
        _ => args.printing.print_anew(&digest, session, out)?,
    }
    Ok(if workspace.unread_reports().next().is_some() { Outcome::Found } else { Outcome::Done })
}

/// Whether the format shows lists.
fn is_listing(format: &Format) -> bool {
    format.kinds.contains(&render::Kind::Listing)
}

/// An office writes no letter to itself.
fn is_issuer(wording: &Wording, body: &Named) -> bool {
    fold(&body.name) == fold(&wording.issuer_name)
}

/// The letter on what is asked of a body, with the difficulties among `others` that it is asked for in.
///
/// # Errors
/// When the plan has no wording for it, or one that cannot be used; and when the body is who writes.
fn letter(digest: &Digest<'_, '_>, body: &Named, others: &[Remark<'_>]) -> Result<Document> {
    let wording = &digest.plan.wording;
    if is_issuer(wording, body) {
        bail!("{} là nơi lập công văn; xem danh sách: plan difficulties --to {}", body.name, body.id);
    }
    let Some(wording) = &wording.difficulties else {
        bail!(
            "chưa có mẫu công văn báo cáo khó khăn, kiến nghị: thêm phần difficulties vào plan/report.yaml\n\
             (plan schema wording cho biết phần đó gồm những gì)."
        );
    };
    let is_behind = |remark: &&Remark<'_>| {
        remark.kind == Kind::Difficulty
            && digest.remarks.iter().any(|asked| remark.is_told_with(asked, digest.plan))
    };
    let behind: Vec<&Remark<'_>> = others.iter().filter(is_behind).collect();
    petition::letter(digest, body, wording, &behind).map_err(|error| output::in_template(&error, digest.files))
}
