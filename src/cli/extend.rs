//! `plan extend`: more time for some agencies, granted by a paper.

use anyhow::{Result, bail};
use chrono::NaiveDate;

use super::args::{day, told};
use super::writing::Writing;
use super::{Call, Outcome, known};
use crate::model::{ActKind, Agency, Reporting};
use crate::register::Line;
use crate::status;
use crate::vietnamese::{date, listed, number};

/// Who has sent already is named; more are counted.
const NAMED: usize = 5;

/// Gia hạn gửi báo cáo cho một số cơ quan: ngày cuối còn đúng hạn của cơ quan đó, hạn của kỳ giữ nguyên
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan extend [TÙY CHỌN] <CƠ_QUAN|NHÓM>...",
    after_help = "Ví dụ:\n  plan extend so-y-te --until 2026-12-02 --number 12/SCT-QLTM       hết ngày 02/12/2026\n  \
                  plan extend so-y-te toa-an --until 2026-12-02 --on 2026-11-25 --round annual\n  \
                  plan extend so-y-te --withdraw                                  rút lại việc gia hạn"
)]
pub(super) struct Args {
    /// Mã hoặc tên cơ quan, nhóm cơ quan
    #[arg(value_name = "CƠ_QUAN|NHÓM", help_heading = "Tham số", required = true)]
    agencies: Vec<String>,
    /// Gia hạn đến hết ngày này
    #[arg(long, value_name = "NGÀY", value_parser = day, required_unless_present = "withdraw")]
    until: Option<NaiveDate>,
    /// Số, ký hiệu văn bản cho gia hạn
    #[arg(long, value_name = "SỐ", value_parser = told)]
    number: Option<String>,
    /// Ngày của văn bản đó (mặc định: hôm nay)
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    on: Option<NaiveDate>,
    /// Kỳ báo cáo (mặc định: kỳ đang thu thập, tổng hợp)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
    /// Rút lại việc gia hạn
    #[arg(long, conflicts_with = "until")]
    withdraw: bool,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let writing = Writing::open(session, err)?;
    let workspace = &writing.workspace;
    let plan = &workspace.plan;
    let round = known::round_or_current(workspace, args.round.as_deref(), err)?;
    let last = round.agencies.last_on_time(&plan.holidays);
    let agencies = known::members(plan, &args.agencies)?;
    let agencies = agencies.into_iter().map(|agency| &plan[agency]);
    let (agencies, unasked): (Vec<&Agency>, Vec<_>) = agencies.partition(|agency| plan.is_asked(agency, round));
    if let ([], [agency, ..]) = (&agencies[..], &unasked[..]) {
        bail!("{} không phải gửi báo cáo kỳ {}.", agency.name, round.short_name);
    }
    known::tell_unasked(&unasked, plan, round, err)?;
    if let Some(until) = args.until.filter(|until| *until <= last) {
        bail!(
            "hạn mới {} không sau ngày cuối còn đúng hạn của kỳ {} ({}).",
            date(until),
            round.short_name,
            date(last)
        );
    }
    for agency in agencies.iter().filter(|agency| agency.reporting != Reporting::Required) {
        writeln!(
            err,
            "lưu ý: {} không bắt buộc gửi báo cáo nên không bị tính quá hạn; hạn mới chỉ để theo dõi.",
            agency.name
        )?;
    }
    let due = round.consolidated.last_on_time(&plan.holidays);
    if let Some(until) = args.until.filter(|until| *until > due) {
        let (until, due) = (date(until), date(due));
        writeln!(
            err,
            "lưu ý: hạn mới {until} sau ngày cuối gửi báo cáo tổng hợp ({due}): báo cáo gửi sau ngày đó không kịp tổng hợp."
        )?;
    }
    let status = status::round(workspace, round);
    let on = writing.day(args.on)?;
    let (mut lines, mut said, mut sent) = (Vec::new(), Vec::new(), Vec::new());
    let (name, moment) = (&round.short_name, session.environment.moment());
    for agency in agencies {
        let line = |kind| Line::new(kind, Some(&agency.key), on, &moment);
        let mut standing = workspace
            .register
            .extensions(round.id, agency.id)
            .into_iter()
            .filter_map(|act| act.until.zip(Some(act)));
        let held = standing.next();
        match (args.until, held) {
            (None, None) => bail!("{} không được gia hạn kỳ {name}.", agency.name),
            (None, Some((until, act))) => {
                writing.may_withdraw(act, on)?;
                let line = line(ActKind::Withdraw).plain("of", ActKind::Extend.id()).plain("until", until);
                lines.push(line.words("number", args.number.as_deref()));
                let before = standing.find(|(before, _)| *before < until);
                let before = before.map(|(before, _)| format!("; còn gia hạn đến hết ngày {}", date(before)));
                said.push(format!(
                    "Đã rút lại việc gia hạn của {}, kỳ {name}, đến hết ngày {}{}.",
                    agency.name,
                    date(until),
                    before.unwrap_or_default()
                ));
            }
            (Some(until), Some((held, act))) if until == held && act.number == args.number => {
                said.push(format!("{} đã được gia hạn đến hết ngày {}.", agency.name, date(until)));
            }
            (Some(until), Some((held, _))) if until < held => bail!(
                "{0} đã được gia hạn đến hết ngày {1}, sau ngày {2}; chưa ghi gì.\n\
                 Rút ngắn thì rút lại trước: plan extend {3} --round {4} --withdraw",
                agency.name,
                date(held),
                date(until),
                agency.key,
                round.key
            ),
            (Some(until), _) => {
                let own = status.agency(agency.id).filter(|own| own.has_report());
                sent.extend(own.map(|own| match own.first_received {
                    Some(day) => format!("{} (ngày {})", agency.name, date(day)),
                    None => agency.name.clone(),
                }));
                lines.push(line(ActKind::Extend).plain("until", until).words("number", args.number.as_deref()));
                said.push(format!("Đã gia hạn cho {}, kỳ {name}, đến hết ngày {}.", agency.name, date(until)));
            }
        }
    }
    writing.record(&round.key, lines, err)?;
    let more = sent.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" và {} cơ quan khác", number(more as u128)) } else { String::new() };
    if let Some(sent) = listed(sent.iter().take(NAMED), ", ") {
        let alone = "hạn mới chỉ dùng để tính báo cáo đó đúng hạn hay muộn";
        writeln!(err, "lưu ý: đã gửi báo cáo kỳ {name}: {sent}{more}; {alone}.")?;
    }
    said.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(Outcome::Done)
}
