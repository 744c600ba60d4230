//! `plan settle`: what became of a difficulty or a recommendation, which is open until then.

use anyhow::{Result, bail};
use chrono::NaiveDate;

use super::args::{day, told};
use super::writing::Writing;
use super::{Call, Outcome};
use crate::check;
use crate::model::ActKind;
use crate::record::suggest;
use crate::register::Line;
use crate::remark::{Remark, remarks};
use crate::source::as_id;
use crate::vietnamese::{clause, date};

/// Ghi vào sổ: khó khăn, kiến nghị đã được giải quyết, trả lời
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan settle [TÙY CHỌN] <MÃ_NỘI_DUNG>... --note <GHI_CHÚ>",
    after_help = "Mã lấy ở plan difficulties.\n\n\
                  Ví dụ:\n  plan settle 0a1b2c3d --note \"Sở Tài chính đã bố trí kinh phí\" --number 915/STC-NS\n  \
                  plan settle 0a1b2c3d --withdraw                       ghi nhầm, nội dung vẫn còn mở"
)]
pub(super) struct Args {
    /// Mã của khó khăn, kiến nghị
    #[arg(value_name = "MÃ_NỘI_DUNG", help_heading = "Tham số", required = true)]
    ids: Vec<String>,
    /// Đã giải quyết thế nào
    #[arg(long, value_name = "GHI_CHÚ", value_parser = told, required_unless_present = "withdraw")]
    note: Option<String>,
    /// Số, ký hiệu văn bản trả lời, giải quyết
    #[arg(long, value_name = "SỐ", value_parser = told)]
    number: Option<String>,
    /// Ngày giải quyết (mặc định: hôm nay)
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    on: Option<NaiveDate>,
    /// Rút lại: nội dung vẫn còn mở
    #[arg(long, conflicts_with = "note")]
    withdraw: bool,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let writing = Writing::open(session, err)?;
    let workspace = &writing.workspace;
    let remarks = remarks(workspace);
    let on = writing.day(args.on)?;
    let (mut lines, mut said, mut doubts) = (Vec::new(), Vec::new(), Vec::new());
    for id in &args.ids {
        let remark = find(&remarks, id)?;
        let text = clause(&remark.text.value);
        let kind = if args.withdraw { ActKind::Withdraw } else { ActKind::Settle };
        let line = Line::new(kind, Some(&remark.agency.key), on, &session.environment.moment())
            .plain("id", format!("\"{}\"", remark.id))
            .words("text", Some(&remark.text.value));
        match remark.settled {
            None if args.withdraw => bail!("nội dung {id} chưa được ghi là đã giải quyết."),
            Some(act) if !args.withdraw => {
                let day = date(act.date.value);
                let is_it = (args.number.is_none() || args.number == act.number)
                    && args.on.is_none_or(|on| on == act.date.value)
                    && args.note == act.note;
                if !is_it {
                    bail!(
                        "{id} đã được ghi là giải quyết ngày {day}{}; chưa ghi gì thêm.\n\
                         Ghi lại cách khác thì rút lại trước: plan settle {id} --withdraw",
                        act.note.as_deref().map(|note| format!(" (“{note}”)")).unwrap_or_default()
                    );
                }
                said.push(format!("{id} đã được ghi là giải quyết ngày {day}: {text}."));
                continue;
            }
            Some(act) if args.withdraw => {
                writing.may_withdraw(act, on)?;
                lines.push(line.plain("of", ActKind::Settle.id()));
                said.push(format!("Đã rút lại; nội dung {id} còn mở: {text}."));
            }
            _ => {
                doubts.extend(check::settled_before(on, remark.raised()));
                lines.push(line.words("number", args.number.as_deref()).words("note", args.note.as_deref()));
                said.push(format!("Đã ghi {id} là đã giải quyết: {text}."));
            }
        }
    }
    writing.record(&workspace.current_round()?.key, lines, err)?;
    for (doubt, remedy) in doubts {
        writeln!(err, "cảnh báo: {doubt} (cách sửa: {remedy}).")?;
    }
    said.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(Outcome::Done)
}

/// # Errors
/// When nothing is of that id, with the nearest that is.
fn find<'r, 'p>(remarks: &'r [Remark<'p>], id: &str) -> Result<&'r Remark<'p>> {
    if let Some(found) = remarks.iter().find(|remark| remark.id == as_id(id)) {
        return Ok(found);
    }
    let open = remarks.iter().filter(|remark| remark.settled.is_none());
    match suggest::among(&as_id(id), open.map(|remark| (remark.id.as_str(), remark.id.as_str()))) {
        Some(hint) => bail!("không có khó khăn, kiến nghị nào mang mã “{id}”; {hint}"),
        None => bail!("không có khó khăn, kiến nghị nào mang mã “{id}”. Xem mã: plan difficulties"),
    }
}
