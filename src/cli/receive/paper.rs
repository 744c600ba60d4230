//! A paper or a scan that came without data: written down, so that its agency is not urged as if nothing had come.

use std::collections::BTreeSet;

use anyhow::{Result, anyhow, bail};
use chrono::NaiveDate;

use super::super::output::Out;
use super::super::writing::{Writing, scan};
use super::super::{Call, Outcome, Session, known};
use super::Args;
use super::judged::{Read, may_have_come};
use super::judgement::of_problem;
use crate::arrivals;
use crate::check;
use crate::diagnostic::Severity;
use crate::form::Problem;
use crate::model::{Act, ActKind, Agency, PaperRef, Round, RoundId, RoundRef};
use crate::register::{Line, Register};
use crate::vietnamese::{date, listed, paper_number};
use crate::view::form::{Remark, Taken, TakenAs};
use crate::workspace::Workspace;

/// A paper that came without data.
pub(super) struct Paper<'p> {
    pub(super) agency: &'p Agency,
    pub(super) on: NaiveDate,
    pub(super) number: Option<String>,
    pub(super) signed: Option<NaiveDate>,
    /// Its name and SHA-256.
    pub(super) scan: Option<(String, String)>,
    pub(super) note: Option<String>,
    /// The number as it is compared.
    plain: Option<String>,
}

/// A paper against what is written down already.
pub(super) enum Told<'p> {
    New(Paper<'p>),
    /// With what its earlier lines say of it.
    More(Paper<'p>),
    /// The place of one that tells as much.
    Before(usize),
}

impl<'p> Paper<'p> {
    pub(super) fn new(
        agency: &'p Agency,
        on: NaiveDate,
        [number, note]: [Option<String>; 2],
        signed: Option<NaiveDate>,
        scan: Option<(String, String)>,
    ) -> Self {
        Self { plain: number.as_deref().map(paper_number), agency, on, number, signed, scan, note }
    }

    /// Those of an agency that are written down, the oldest first.
    pub(super) fn held(register: &Register, round: RoundId, agency: &'p Agency) -> Vec<Self> {
        let held = register.all_standing(round, agency.id, ActKind::Paper);
        let mut held: Vec<Self> = held.map(|act| Self::of(act, agency)).collect();
        held.reverse();
        held
    }

    /// Those that were taken back, each with the day of that.
    pub(super) fn withdrawn(register: &Register, round: RoundId, agency: &'p Agency) -> Vec<(Self, NaiveDate)> {
        let withdrawn = register.withdrawn_papers(round, agency.id).into_iter();
        withdrawn.map(|(act, day)| (Self::of(act, agency), day)).collect()
    }

    fn of(act: &Act, agency: &'p Agency) -> Self {
        let scan = act.file.clone().zip(act.sha256.as_ref().map(|sha256| sha256.0.clone()));
        Self::new(agency, act.date.value, [act.number.clone(), act.note.clone()], act.signed, scan)
    }

    /// Against papers of its agency, the oldest first.
    pub(super) fn against(mut self, held: &[Self]) -> Told<'p> {
        let held = held.iter().enumerate().rev().filter(|(_, held)| self.is_one_with(held));
        let held: Vec<(usize, &Self)> = held.collect();
        let Some((_, newest)) = held.first() else { return Told::New(self) };
        if let Some((at, _)) = held.iter().find(|(_, held)| !self.adds_to(held)) {
            return Told::Before(*at);
        }
        self.on = newest.on;
        self.number = self.number.or_else(|| newest.number.clone());
        self.plain = self.plain.or_else(|| newest.plain.clone());
        self.signed = self.signed.or(newest.signed);
        self.scan = self.scan.or_else(|| newest.scan.clone());
        Told::More(self)
    }

    /// When it was taken back, if nothing tells it from one that was: of another day or with more it is told anew.
    pub(super) fn withdrawn_on(&self, withdrawn: &[(Self, NaiveDate)]) -> Option<NaiveDate> {
        let is_it = |other: &Self| self.on == other.on && self.is_one_with(other) && !self.adds_to(other);
        withdrawn.iter().filter(|(other, _)| is_it(other)).map(|(_, day)| *day).max()
    }

    /// What is doubtful where another paper of its agency has its number and came on another day: how bad it is, what is wrong
    /// and the remedy.
    pub(super) fn same_number(&self, held: &[Self]) -> Option<(Severity, String, &'static str)> {
        let own = self.plain.as_ref()?;
        let is_other = |held: &&Self| held.on != self.on && held.plain.as_ref() == Some(own);
        let other = held.iter().rev().find(is_other)?;
        let number = self.number.as_deref().unwrap_or_default();
        let message = format!("số {number} đã ghi cho bản giấy nhận ngày {}", date(other.on));
        let remedy =
            "một văn bản thì rút lại lần ghi sai: plan receive CƠ_QUAN --withdraw; hai văn bản thì xem lại số";
        Some((Severity::Warning, message, remedy))
    }

    /// The same scan, or of one day, and nothing that tells them apart; or of one number and day of signing, come again later.
    fn is_one_with(&self, other: &Self) -> bool {
        fn agree<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        let has_both = self.plain.is_some() && self.signed.is_some();
        let comes_again =
            has_both && self.on > other.on && (&self.plain, self.signed) == (&other.plain, other.signed);
        let is_one = match (&self.scan, &other.scan) {
            (Some((_, own)), Some((_, sha256))) => own == sha256,
            _ => self.on == other.on || comes_again,
        };
        is_one && agree(&self.plain, &other.plain) && agree(&self.signed, &other.signed)
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

pub(super) fn run(written: &[String], args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let writing = Writing::open(session, err)?;
    let workspace = &writing.workspace;
    let [written] = &*known::phrases(&workspace.plan, written) else {
        bail!("mỗi lần chỉ nhận bản giấy của một cơ quan.");
    };
    if written.contains(['/', '\\']) {
        bail!("không có tệp hay thư mục “{written}” ở đây.");
    }
    let agency = known::agency(&workspace.plan, written)
        .map_err(|error| anyhow!("{error}\nCũng không có tệp hay thư mục “{written}” ở đây."))?;
    let round = known::round_or_current(workspace, args.round.as_deref(), err)?;
    if args.withdraw {
        return withdraw(agency, round, args, &writing, session, (out, err));
    }
    let Some(on) = args.on else {
        bail!("nhận bản giấy của {} thì ghi ngày nhận: --on NGÀY", agency.name);
    };
    writing.day(Some(on))?;
    if let Some(signed) = args.date.filter(|signed| *signed > on) {
        bail!("văn bản ghi ngày {} sau ngày nhận {}; xem lại --date, --on.", date(signed), date(on));
    }
    let doubt = check::of_paper(on, args.date, round, &workspace.plan);
    if let Some((Severity::Error, message, remedy)) = &doubt {
        bail!("{message}; {remedy}. Chưa ghi gì.");
    }
    known::tell_unasked(&[agency], &workspace.plan, round, err)?;
    if let Some((severity, message, remedy)) = doubt {
        writeln!(err, "{}: {message} (cách sửa: {remedy}).", severity.label())?;
    }
    let scan = args.file.as_deref().map(|path| scan(path, session)).transpose()?;
    let paper = Paper::new(agency, on, [args.number.clone(), args.note.clone()], args.date, scan);
    let name = &agency.name;
    let held = Paper::held(&workspace.register, round.id, agency);
    let (paper, what) = match paper.against(&held) {
        Told::Before(_) => {
            writeln!(out, "Bản giấy này của {name} đã ghi trong sổ trước đây, bỏ qua.")?;
            return Ok(Outcome::Done);
        }
        Told::More(paper) => (paper, "thêm số, ngày ký hoặc bản chụp của"),
        Told::New(paper) => (paper, "nhận"),
    };
    if let Some((severity, message, remedy)) = paper.same_number(&held) {
        writeln!(err, "{}: {message} (cách sửa: {remedy}).", severity.label())?;
    }
    let day = date(paper.on);
    if args.how.dry_run {
        writeln!(out, "Sẽ ghi vào sổ: {what} bản giấy của {name} ngày {day} (chưa ghi gì).")?;
        return Ok(Outcome::Done);
    }
    writing.record(&round.key, vec![paper.line(&session.environment.moment())], err)?;
    writeln!(out, "Đã ghi vào sổ: {what} bản giấy của {name}, kỳ {}, ngày {day}.", round.short_name)?;
    Ok(Outcome::Done)
}

/// The papers of the last day on which any came from an agency for a round.
fn withdraw(
    agency: &Agency,
    round: &Round,
    args: &Args,
    writing: &Writing,
    session: &Session<'_>,
    (out, err): (&mut Out<'_>, &mut Out<'_>),
) -> Result<Outcome> {
    let (name, of_round) = (&agency.name, &round.short_name);
    let papers = writing.workspace.register.papers(round.id, agency.id);
    let Some(newest) = papers.first() else {
        bail!("sổ không ghi nhận bản giấy nào của {name}, kỳ {of_round}.");
    };
    let on = writing.day(args.on)?;
    writing.may_withdraw(newest, on)?;
    let day = newest.date.value;
    let others = papers.iter().map(|act| act.date.value).filter(|other| *other != day);
    let others: BTreeSet<NaiveDate> = others.collect();
    let stays = listed(others.into_iter().map(date), ", ");
    let stays = stays.map(|days| format!("; còn bản giấy ngày {days}")).unwrap_or_default();
    let what = format!("việc nhận bản giấy của {name}, kỳ {of_round}, ngày {}{stays}", date(day));
    if args.how.dry_run {
        writeln!(out, "Sẽ rút lại {what} (chưa ghi gì).")?;
        return Ok(Outcome::Done);
    }
    let line = Line::new(ActKind::Withdraw, Some(&agency.key), on, &session.environment.moment());
    let line = line.plain("of", ActKind::Paper.id()).plain("of_date", day);
    writing.record(&round.key, vec![line], err)?;
    writeln!(out, "Đã rút lại {what}.")?;
    Ok(Outcome::Done)
}

/// The command that writes down on what day something came, of which nothing else is kept.
pub(super) fn record_day(agency: &str, on: NaiveDate, round: &str) -> String {
    format!("plan receive {agency} --on {on} --round {round}")
}

/// What to say of what came before the day on which its agency's report is said to have come first; nothing where it cannot have
/// come then, or a paper is written down that came as early.
pub(super) fn sooner(read: &Read, on: NaiveDate, now: &str, before: &Workspace) -> Option<String> {
    let received = arrivals::received(now).filter(|received| on < *received)?;
    let command = record_first(read, on, before)?;
    Some(format!("; ngày nhận đã ghi là {}, đến sớm hơn thì ghi: {command}", date(received)))
}

/// The command that records that a report of a round came on a day, where it can have come then and that is not written down.
pub(super) fn record_first(read: &Read, on: NaiveDate, before: &Workspace) -> Option<String> {
    let is_of_round = matches!(before.plan.round_ref(&read.round), Some(RoundRef::Of(_)));
    let is_open = is_of_round && read.may_have_come(on, &before.plan) && !is_recorded(read, on, before);
    is_open.then(|| record_day(&read.agency, on, &read.round))
}

/// Whether a paper is written down that came from an agency for a round on a day or before.
pub(super) fn is_recorded(read: &Read, on: NaiveDate, before: &Workspace) -> bool {
    let Some(RoundRef::Of(round)) = before.plan.round_ref(&read.round) else { return false };
    let agency = before.plan.agencies.find(&read.agency);
    agency.is_some_and(|agency| before.register.papers(round, agency.id).iter().any(|act| act.date.value <= on))
}

/// What to say of a file that is refused: what came first decides whether its agency is late, and of this one nothing is kept.
/// Nothing where something else of the agency came, or where nothing shows that it sent anything then.
pub(super) fn not_kept(refused: &Taken, all: &[Taken], workspace: &Workspace) -> Option<Remark> {
    let is_refused = refused.result == TakenAs::Refused && refused.is_sent;
    let (agency, round) = refused.agency.as_deref().zip(refused.round.as_deref()).filter(|_| is_refused)?;
    let plan = &workspace.plan;
    let (known, of) = plan.agencies.find(agency).zip(plan.rounds.find(round))?;
    let is_there = workspace.files.find(&format!("reports/{round}/{agency}.yaml")).is_some();
    let is_same = |other: &&Taken| (other.agency.as_deref(), other.round.as_deref()) == (Some(agency), Some(round));
    let came = all.iter().filter(is_same).any(|other| other.result != TakenAs::Refused);
    let is_written = !workspace.register.papers(of.id, known.id).is_empty();
    let on = refused.received?;
    if is_there || came || is_written || !plan.is_asked(known, of) || !may_have_come(on, None, of, plan) {
        return None;
    }
    let command = record_day(agency, on, round);
    let message = "tệp bị từ chối không được giữ lại, ngày đến của tệp cũng không được ghi".to_owned();
    let remedy = format!(
        "ngày đến trước quyết định đúng hạn; đúng là báo cáo cơ quan gửi ngày đó thì ghi lại trong khi chờ bản sửa: {command}"
    );
    Some(of_problem(Problem { place: None, message, remedy }, Severity::Notice))
}

/// What to say where the first data of a round come on another document than the paper that came alone.
pub(super) fn unlike(read: &Read, before: &Workspace) -> Option<Remark> {
    let Some(RoundRef::Of(round)) = before.plan.round_ref(&read.round) else { return None };
    let agency = before.plan.agencies.find(&read.agency)?.id;
    let number = read.told.report.get("document").and_then(|paper| paper.get("number")?.as_str());
    let document = PaperRef { number, date: read.told.paper_day() };
    let papers = before.register.papers(round, agency);
    let other = papers.iter().find(|act| !act.is_paper_of(document))?;
    if papers.iter().any(|act| act.is_paper_of(document)) {
        return None;
    }
    let what = if other.has_number_of(document) == Some(false) { "số" } else { "ngày" };
    let paper = other.number.as_ref().map_or_else(String::new, |number| format!(" {number}"));
    let came = date(other.date.value);
    let problem = Problem {
        place: None,
        message: format!("văn bản khác {what} với bản giấy{paper} đã nhận ngày {came}, chưa có số liệu"),
        remedy: "một văn bản mà ghi khác thì sửa chỗ sai rồi nhận lại; văn bản thay thế thì để nguyên".to_owned(),
    };
    Some(of_problem(problem, Severity::Warning))
}
