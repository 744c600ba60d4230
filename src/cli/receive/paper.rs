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
#[derive(Clone)]
pub(super) struct Paper<'p> {
    pub(super) agency: &'p Agency,
    pub(super) on: NaiveDate,
    pub(super) number: Option<String>,
    pub(super) signed: Option<NaiveDate>,
    /// Its name and SHA-256.
    pub(super) scan: Option<(String, String)>,
    pub(super) note: Option<String>,
}

/// A paper against what is written down already.
pub(super) enum Told<'p> {
    New(Paper<'p>),
    /// With what its earlier lines say of it.
    More(Paper<'p>),
    Before,
}

impl<'p> Paper<'p> {
    /// Those of an agency that are written down, the newest first.
    pub(super) fn held(register: &Register, round: RoundId, agency: &'p Agency) -> impl Iterator<Item = Self> {
        register.all_standing(round, agency.id, ActKind::Paper).map(move |act| Self {
            agency,
            on: act.date.value,
            number: act.number.clone(),
            signed: act.signed,
            scan: act.file.clone().zip(act.sha256.as_ref().map(|sha256| sha256.0.clone())),
            note: act.note.clone(),
        })
    }

    pub(super) fn against(mut self, held: impl Iterator<Item = Self>) -> Told<'p> {
        let mut held = held.filter(|held| self.is_one_with(held)).peekable();
        let Some(newest) = held.peek() else { return Told::New(self) };
        let (on, number, signed, scan) = (newest.on, newest.number.clone(), newest.signed, newest.scan.clone());
        if held.any(|held| !self.adds_to(&held)) {
            return Told::Before;
        }
        self.on = on;
        self.number = self.number.or(number);
        self.signed = self.signed.or(signed);
        self.scan = self.scan.or(scan);
        Told::More(self)
    }

    /// The same scan, or of one day, and nothing that tells them apart.
    fn is_one_with(&self, other: &Self) -> bool {
        fn agree<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        let number = |paper: &Self| paper.number.as_deref().map(paper_number);
        let is_one = match (&self.scan, &other.scan) {
            (Some((_, own)), Some((_, sha256))) => own == sha256,
            _ => self.on == other.on,
        };
        let agree = agree(number(self), number(other)) && agree(self.signed, other.signed);
        self.agency.id == other.agency.id && is_one && agree
    }

    fn adds_to(&self, other: &Self) -> bool {
        (self.number.is_some() && other.number.is_none())
            || (self.signed.is_some() && other.signed.is_none())
            || (self.scan.is_some() && other.scan.is_none())
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
    known::tell_unasked(&[agency], &workspace.plan, round, err)?;
    let scan = args.file.as_deref().map(|path| scan(path, session)).transpose()?;
    let paper = Paper { agency, on, number: args.number.clone(), signed: args.date, scan, note: args.note.clone() };
    let name = &agency.name;
    let (paper, what) = match paper.against(Paper::held(&workspace.register, round.id, agency)) {
        Told::Before => {
            writeln!(out, "Bản giấy này của {name} đã ghi trong sổ trước đây, bỏ qua.")?;
            return Ok(Outcome::Done);
        }
        Told::More(paper) => (paper, "thêm số, ngày ký, bản chụp của"),
        Told::New(paper) => (paper, "nhận"),
    };
    let day = date(paper.on);
    if args.how.dry_run {
        writeln!(out, "Sẽ ghi vào sổ: {what} bản giấy của {name} ngày {day} (chưa ghi gì).")?;
        return Ok(Outcome::Done);
    }
    writing.record(&round.key, vec![paper.line(&session.environment.moment())])?;
    writeln!(out, "Đã ghi vào sổ: {what} bản giấy của {name}, kỳ {}, ngày {day}.", round.short_name)?;
    Ok(Outcome::Done)
}
