//! `plan issue`: the consolidated report was sent, or sent again with a supplement.

use anyhow::{Result, bail};
use chrono::{Datelike, NaiveDate};

use super::args::{day, told};
use super::output::Out;
use super::writing::{Writing, scan};
use super::{Call, Outcome, drafted, known};
use crate::model::{Act, ActKind, AgencyId, Round};
use crate::record::Fingerprint;
use crate::register::Line;
use crate::status;
use crate::vietnamese::{date, listed, number as whole, paper_number};
use crate::workspace::Workspace;

/// Ghi vào sổ: báo cáo tổng hợp của một kỳ đã gửi đi; báo cáo nào sửa sau đó thì hiện ra
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan issue [TÙY CHỌN] <KỲ> --number <SỐ> --date <NGÀY>",
    after_help = "Ví dụ:\n  plan issue annual --number 512/BC-SCT --date 2026-12-03\n  \
                  plan issue annual --number 530/BC-SCT --date 2026-12-10 --file bao-cao-ky.pdf   gửi bản bổ sung\n  \
                  plan issue annual --withdraw                                                    ghi nhầm: rút lại"
)]
pub(super) struct Args {
    /// Kỳ báo cáo đã gửi
    #[arg(value_name = "KỲ", help_heading = "Tham số")]
    round: String,
    /// Số, ký hiệu báo cáo tổng hợp
    #[arg(long, value_name = "SỐ", value_parser = told, required_unless_present = "withdraw")]
    number: Option<String>,
    /// Ngày của báo cáo tổng hợp
    #[arg(long, value_name = "NGÀY", value_parser = day, required_unless_present = "withdraw")]
    date: Option<NaiveDate>,
    /// Bản đã ký: ghi tên và mã kiểm tra vào sổ
    #[arg(long, value_name = "TỆP")]
    file: Option<std::path::PathBuf>,
    /// Ghi nhầm: rút lại lần gửi cuối đã ghi
    #[arg(long, conflicts_with_all = ["number", "date", "file"])]
    withdraw: bool,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let writing = Writing::open(session, err)?;
    let workspace = &writing.workspace;
    let round = known::round(&workspace.plan, &args.round)?;
    let sent: Vec<&Act> = workspace.register.issued(round.id).collect();
    let issued = sent.first().copied();
    let (on, entered) = (writing.day(args.date)?, session.environment.moment());
    if args.withdraw {
        // Of those with a moment the last that was written down, whatever day it names: a slip may name any.
        let Some(issued) = sent.iter().rev().copied().max_by_key(|act| act.entered_at()) else {
            bail!("chưa ghi là đã gửi báo cáo tổng hợp kỳ {}.", round.short_name);
        };
        writing.may_withdraw(issued, on)?;
        let line = Line::new(ActKind::Withdraw, None, on, &entered).plain("of", ActKind::Issue.id());
        let line = line.plain("of_date", issued.date.value).words("number", issued.number.as_deref());
        writing.record(&round.key, vec![line], err)?;
        // What was entered twice is one.
        let stays = match sent.iter().find(|act| act.named_by() != issued.named_by()) {
            Some(act) => format!("còn lần gửi {}", paper(act)),
            None => format!("kỳ {} chưa gửi báo cáo tổng hợp", round.short_name),
        };
        let of_round = format!("việc gửi báo cáo tổng hợp kỳ {}", round.short_name);
        writeln!(out, "Đã rút lại {of_round} {}; {stays}.", paper(issued))?;
        return Ok(Outcome::Done);
    }
    if let Some(path) = &args.file
        && drafted::carries_base(&session.environment.current_dir.join(path))
    {
        bail!(
            "{} là bản dự thảo, còn mang theo bản gốc để nhận chỗ sửa; chưa ghi gì.\n\
             Bản chính thức lập bằng: plan compile --final",
            path.display()
        );
    }
    let number = args.number.as_deref();
    notices(workspace, round, &sent, (number.unwrap_or_default(), on), err)?;
    let signed = args.file.as_deref().map(|path| scan(path, session)).transpose()?;
    let (now, beside) = sent_with(workspace, round);
    // What came since is not in it.
    let (included, beside) =
        if on < workspace.as_of { sent_with(&writing.as_of(on)?, round) } else { (now.clone(), beside) };
    let is_it = |act: &Act| {
        let reports = act.reports.iter().map(|row| (row.key.value, row.value.clone()));
        let file = signed.as_ref().map(|(_, sha256)| sha256);
        act.date.value == on
            && act.number.as_deref() == number
            && act.sha256.as_ref().map(|sha256| &sha256.0) == file
            && reports.eq(included.iter().cloned())
            && act.beside.as_ref().is_none_or(|then| *then == beside)
    };
    if sent.iter().copied().any(is_it) {
        writeln!(out, "Việc gửi báo cáo này đã ghi trong sổ trước đây, bỏ qua.")?;
        return Ok(Outcome::Done);
    }
    let mut line = Line::new(ActKind::Issue, None, on, &entered).words("number", number);
    if let Some((name, sha256)) = &signed {
        line = line.words("file", Some(name)).plain("sha256", sha256);
    }
    let key = |agency: AgencyId| &workspace.plan[agency].key;
    let written: Vec<_> = included.iter().map(|(of, content)| format!("{}: {}", key(*of), content.0)).collect();
    let line = line.plain("reports", format!("{{{}}}", written.join(", "))).plain("beside", beside.0);
    writing.record(&round.key, vec![line], err)?;
    writeln!(
        out,
        "Đã ghi vào sổ: {} kỳ {} số {} ngày {}, gồm {} báo cáo.",
        match issued {
            Some(last) if last.date.value <= on => "gửi lại báo cáo tổng hợp",
            _ => "gửi báo cáo tổng hợp",
        },
        round.short_name,
        number.unwrap_or_default(),
        date(on),
        whole(included.len() as u128)
    )?;
    let changed = included.iter().filter(|report| !now.contains(report));
    if let Some(changed) = listed(changed.map(|(of, _)| &workspace.plan[*of].short_name), ", ") {
        writeln!(out, "Đã thay đổi từ sau ngày đó, hoặc sửa tay mà không ghi ngày: {changed}.")?;
    }
    Ok(Outcome::Done)
}

/// What may be a slip of the hand: a day before that of the last sending, a number that another round has.
fn notices(
    workspace: &Workspace,
    round: &Round,
    sent: &[&Act],
    (number, on): (&str, NaiveDate),
    err: &mut Out<'_>,
) -> Result<()> {
    let is_same = |act: &&Act| act.number.as_deref().is_some_and(|of| paper_number(of) == paper_number(number));
    let mend = format!("ghi nhầm thì rút lại: plan issue {} --withdraw", round.key);
    if let Some(last) = sent.first().filter(|last| last.date.value > on) {
        writeln!(
            err,
            "lưu ý: sổ đã có lần gửi {}, sau ngày {}: lần gửi cuối vẫn là lần đó; {mend}.",
            paper(last),
            date(on)
        )?;
    }
    // Numbers begin anew every year.
    let is_it = |act: &&Act| is_same(act) && act.date.value.year() == on.year();
    for of in workspace.plan.rounds.iter().filter(|of| of.id != round.id) {
        if let Some(act) = workspace.register.issued(of.id).find(is_it) {
            writeln!(
                err,
                "lưu ý: số {number} đã ghi cho báo cáo tổng hợp kỳ {} ngày {}; {mend}.",
                of.short_name,
                date(act.date.value)
            )?;
        }
    }
    Ok(())
}

fn paper(issued: &Act) -> String {
    let number = issued.number.as_ref().map(|number| format!("số {number} ")).unwrap_or_default();
    format!("{number}ngày {}", date(issued.date.value))
}

/// What stands in the consolidated report of a round: its own reports, and the others together.
fn sent_with(workspace: &Workspace, round: &Round) -> (Vec<(AgencyId, Fingerprint)>, Fingerprint) {
    let round = &workspace.plan[round.id];
    (status::included(workspace, &status::round(workspace, round)).collect(), status::beside(workspace, round))
}
