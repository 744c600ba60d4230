//! A paper or a scan that came without data: written down, so that its agency is not urged as if nothing had come.

use anyhow::{Result, bail};
use chrono::NaiveDate;

use super::super::writing::{Writing, scan};
use super::super::{Call, Outcome, known};
use super::Args;
use crate::model::{ActKind, Agency, RoundId};
use crate::register::{Line, Register};
use crate::vietnamese::{date, paper_number};

/// A paper that came without data.
pub(super) struct Paper<'p> {
    pub(super) agency: &'p Agency,
    pub(super) on: NaiveDate,
    pub(super) number: Option<String>,
    pub(super) signed: Option<NaiveDate>,
    /// Its name and SHA-256.
    pub(super) scan: Option<(String, String)>,
    pub(super) note: Option<String>,
}

impl Paper<'_> {
    /// Whether it was written down before.
    pub(super) fn is_in(&self, register: &Register, round: RoundId) -> bool {
        register.all_standing(round, self.agency.id, ActKind::Paper).any(|act| {
            let sha256 = act.sha256.as_ref().map(|sha256| sha256.0.as_str());
            self.is(act.date.value, act.number.as_deref(), sha256)
        })
    }

    /// Whether another that came before is this one.
    pub(super) fn is_again(&self, other: &Paper<'_>) -> bool {
        let sha256 = other.scan.as_ref().map(|(_, sha256)| sha256.as_str());
        other.agency.id == self.agency.id && self.is(other.on, other.number.as_deref(), sha256)
    }

    /// The same scan, or without one the same day and number.
    fn is(&self, on: NaiveDate, number: Option<&str>, sha256: Option<&str>) -> bool {
        match &self.scan {
            Some((_, own)) => sha256 == Some(own),
            None => on == self.on && number.map(paper_number) == self.number.as_deref().map(paper_number),
        }
    }

    /// As the register of its round holds it; `entered` is the moment of writing.
    pub(super) fn line(&self, entered: &str) -> Line {
        let mut line = Line::new(ActKind::Paper, Some(&self.agency.key), self.on, entered)
            .words("number", self.number.as_deref());
        if let Some(signed) = self.signed {
            line = line.plain("signed", signed);
        }
        if let Some((name, sha256)) = &self.scan {
            line = line.words("file", Some(name)).plain("sha256", sha256);
        }
        line.words("note", self.note.as_deref())
    }
}

pub(super) fn run(written: &str, args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let writing = Writing::open(session, err)?;
    let workspace = &writing.workspace;
    let agency = known::agency(&workspace.plan, written)?;
    let Some(on) = args.on else {
        bail!("nhận bản giấy của {} thì ghi ngày nhận: --on NGÀY", agency.name);
    };
    writing.day(Some(on))?;
    if let Some(signed) = args.date.filter(|signed| *signed > on) {
        bail!("văn bản ghi ngày {} sau ngày nhận {}; xem lại --date, --on.", date(signed), date(on));
    }
    let round = known::round_or_current(workspace, args.round.as_deref())?;
    let scan = args.file.as_deref().map(|path| scan(path, session)).transpose()?;
    let paper = Paper { agency, on, number: args.number.clone(), signed: args.date, scan, note: args.note.clone() };
    if paper.is_in(&workspace.register, round.id) {
        writeln!(out, "Bản giấy này của {} đã ghi trong sổ trước đây, bỏ qua.", agency.name)?;
        return Ok(Outcome::Done);
    }
    if args.how.dry_run {
        writeln!(out, "Sẽ ghi vào sổ: nhận bản giấy của {} ngày {} (chưa ghi gì).", agency.name, date(on))?;
        return Ok(Outcome::Done);
    }
    writing.record(&round.key, vec![paper.line(&session.environment.moment())])?;
    writeln!(out, "Đã ghi vào sổ: nhận bản giấy của {}, kỳ {}, ngày {}.", agency.name, round.short_name, date(on))?;
    Ok(Outcome::Done)
}
