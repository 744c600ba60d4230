//! A paper or a scan that came without data: written down, so that its agency is not urged as if nothing had come.

use anyhow::{Result, bail};

use super::super::writing::{Writing, scan};
use super::super::{Call, Outcome, known};
use super::Args;
use crate::model::ActKind;
use crate::register::Line;
use crate::vietnamese::date;

pub(super) fn run(written: &str, args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let writing = Writing::open(session, err)?;
    let workspace = &writing.workspace;
    let agency = known::agency(&workspace.plan, written)?;
    let Some(on) = args.on else {
        bail!("nhận bản giấy của {} thì ghi ngày nhận: --on NGÀY", agency.name);
    };
    let round = known::round_or_current(workspace, args.round.as_deref())?;
    let scan = args.file.as_deref().map(|path| scan(path, session)).transpose()?;
    let known = workspace.register.about(round.id, agency.id).any(|act| {
        let same_scan =
            act.sha256.as_ref().zip(scan.as_ref()).is_some_and(|(known, (_, sha256))| known.0 == *sha256);
        act.act == ActKind::Paper
            && (same_scan || (act.date.value == on && act.number == args.number && scan.is_none()))
    });
    if known {
        writeln!(out, "Bản giấy này của {} đã ghi trong sổ trước đây, bỏ qua.", agency.name)?;
        return Ok(Outcome::Done);
    }
    let mut line = Line::new(ActKind::Paper, Some(&agency.key), on, &session.environment.moment())
        .words("number", args.number.as_deref());
    if let Some(signed) = args.date {
        line = line.plain("signed", signed);
    }
    if let Some((name, sha256)) = &scan {
        line = line.words("file", Some(name)).plain("sha256", sha256);
    }
    let line = line.words("note", args.note.as_deref());
    if args.how.dry_run {
        writeln!(out, "Sẽ ghi vào sổ: nhận bản giấy của {} ngày {} (chưa ghi gì).", agency.name, date(on))?;
        return Ok(Outcome::Done);
    }
    writing.record(&round.key, vec![line])?;
    writeln!(out, "Đã ghi vào sổ: nhận bản giấy của {}, kỳ {}, ngày {}.", agency.name, round.short_name, date(on))?;
    Ok(Outcome::Done)
}
