//! `plan form import`: filled forms → reports. Every form is read by itself; what they tell is then
//! checked together with everything that is there, as `plan check` would, and only then written.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::super::args::{day, visible};
use super::super::output;
use super::super::printing::{Listing, Printing};
use super::super::{Call, Outcome, Session};
use crate::diagnostic::{Diagnostic, Severity};
use crate::form::{self, Form, Given, Mark, Merged, Places, Problem, Refusal};
use crate::model::{Agency, Blank, Plan, Round};
use crate::render::{Bytes, Render, Visible};
use crate::source::{FileId, Files};
use crate::view::form::{Intake, Remark, Taken, TakenAs};
use crate::workspace::Workspace;
use crate::{source, view};

/// A form that cannot be taken, with its agency and round where it tells them.
struct Rejected {
    of: Option<(String, String)>,
    problems: Vec<Remark>,
}

/// A form that was read and may be taken.
struct Candidate {
    mark: Mark,
    merged: Merged,
    places: Places,
    /// What the receiver should know, whatever becomes of the form.
    notes: Vec<Remark>,
}

/// Nhận biểu mẫu đã điền: kiểm tra, ghi thành báo cáo trong reports/
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan form import [TÙY CHỌN] <TỆP|THƯ_MỤC>...",
    after_help = "Ví dụ:\n  plan form import so-y-te-annual-2026.xlsx             một biểu mẫu, ngày nhận là hôm nay\n  \
                  plan form import bm.xlsx --on 2026-11-18 --number 12/BC-UBND\n  \
                  plan form import da-nhan --dry-run                    xem trước, không ghi gì\n\n\
                  Mã thoát: 0 nhận hết, 1 có biểu mẫu bị từ chối, 2 không chạy được."
)]
pub(super) struct Args {
    /// Tệp .xlsx, hoặc thư mục chứa các tệp đó
    #[arg(value_name = "TỆP|THƯ_MỤC", help_heading = "Tham số", required = true)]
    paths: Vec<PathBuf>,
    /// Ngày nhận, viết năm-tháng-ngày (mặc định: hôm nay)
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    on: Option<NaiveDate>,
    /// Số, ký hiệu văn bản kèm theo, khi biểu mẫu chưa ghi; chỉ dùng khi nhận một tệp
    #[arg(long, value_name = "SỐ", value_parser = visible)]
    number: Option<String>,
    /// Kiểm tra và cho biết kết quả, không ghi gì
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    printing: Printing<Listing>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    // Before anything is taken in: what became of it must be told.
    let format = args.printing.format(session.environment)?;
    args.printing.output.may_write(session.environment)?;
    let (forms, passed_over) = forms(&args.paths, session)?;
    if args.number.is_some() && forms.len() != 1 {
        bail!("--number chỉ dùng khi nhận một biểu mẫu; ở đây có {}.", forms.len());
    }
    let before = session.workspace()?;
    let receipt = Receipt { before: &before, on: args.on.unwrap_or(before.as_of), number: args.number.as_deref() };

    let progress = progress(forms.len(), session)?;
    let mut read = Vec::new();
    for (name, path) in &forms {
        progress.set_message(String::from(Visible::from(name.as_str())));
        read.push(receipt.candidate(name, path));
        progress.inc(1);
    }
    progress.finish_and_clear();
    refuse_doubles(&forms, &mut read);

    // A form that is to be written is checked in its place, all of them at once.
    let mut files = before.files;
    let mut added: BTreeMap<usize, FileId> = BTreeMap::new();
    for (at, candidate) in read.iter().enumerate() {
        if let Ok(Candidate { merged: Merged::New(text) | Merged::Corrected { text, .. }, .. }) = candidate {
            added.insert(at, files.add_text(forms[at].0.clone(), text.clone()));
        }
    }
    let after = Workspace::on(files, session.clock)?;

    let judgement = Judgement { after: &after };
    let (mut taken, mut reports) = (Vec::new(), Vec::new());
    for (at, ((name, _), candidate)) in forms.iter().zip(read).enumerate() {
        taken.push(match candidate {
            Err(Rejected { of, problems }) => judgement.taken(name, of, TakenAs::Refused, problems),
            Ok(candidate) => judgement.take(name, candidate, added.get(&at).copied(), &mut reports),
        });
    }
    if !args.dry_run {
        output::write_into(&session.root, &reports, |path| after.files.find(path).is_some())?;
    }
    let intake = Intake { forms: taken, passed_over, dry_run: args.dry_run };
    args.printing.print(&intake, session.environment, out)?;
    match (args.printing.output.path(session.environment), format.render) {
        // It stands in what was printed.
        (None, Render::Screen(_) | Render::Document(_)) => {}
        (None, _) => writeln!(err, "{}", intake.summary())?,
        (Some(_), _) => writeln!(out, "{}", intake.summary())?,
    }
    let refused = intake.forms.iter().any(|form| form.result == TakenAs::Refused);
    Ok(if refused { Outcome::Found } else { Outcome::Done })
}

/// Each form with its name for people; the number of other files in the folders.
fn forms(paths: &[PathBuf], session: &Session<'_>) -> Result<(Vec<(String, PathBuf)>, usize)> {
    let (mut forms, mut passed_over) = (Vec::new(), 0);
    for path in paths {
        let full = session.environment.current_dir.join(path);
        if full.is_file() {
            forms.push((path.display().to_string(), full));
            continue;
        }
        if !full.is_dir() {
            bail!("không có tệp hoặc thư mục {}", path.display());
        }
        let unreadable = |error: std::io::Error| {
            anyhow!("không đọc được thư mục {}: {}", path.display(), source::reason(error.kind()))
        };
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&full).map_err(unreadable)? {
            names.push(entry.map_err(unreadable)?.file_name());
        }
        names.sort();
        for name in names {
            let shown = name.to_string_lossy();
            // What spreadsheets leave beside a file that is open.
            if shown.starts_with("~$") || shown.starts_with('.') {
                continue;
            }
            let ending = Path::new(&name).extension().map(|ending| ending.to_string_lossy().to_lowercase());
            // Another kind of spreadsheet was meant as a form: it is refused in words, not passed over.
            if ending.is_some_and(|ending| ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv"].contains(&ending.as_str()))
            {
                forms.push((shown.clone().into_owned(), full.join(&name)));
            } else {
                passed_over += 1;
            }
        }
    }
    if forms.is_empty() {
        bail!("không có biểu mẫu (.xlsx) nào ở đó.");
    }
    Ok((forms, passed_over))
}

fn progress(count: usize, session: &Session<'_>) -> Result<ProgressBar> {
    let watched = session.environment.error_terminal && count > 1;
    let target = if watched { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(count as u64), target);
    bar.set_style(ProgressStyle::with_template("Đang đọc {bar:30} {pos}/{len} {wide_msg}")?);
    Ok(bar)
}

/// What forms are received against.
struct Receipt<'r> {
    before: &'r Workspace,
    on: NaiveDate,
    /// Of the paper, where the receiver gives it.
    number: Option<&'r str>,
}

impl Receipt<'_> {
    fn candidate(&self, name: &str, path: &Path) -> Result<Candidate, Rejected> {
        let nobody = |refusal: Refusal| Rejected { of: None, problems: vec![of_refusal(refusal)] };
        let file = File::open(path).map_err(|error| nobody(unreadable(&error)))?;
        let book = form::read(BufReader::new(file)).map_err(nobody)?;
        let mark = book.mark.clone();
        let of_mark = |problems| Rejected { of: Some((mark.agency.clone(), mark.round.clone())), problems };
        let (round, agency) = self.addressed(&mark).map_err(|refusal| of_mark(vec![of_refusal(refusal)]))?;
        let form = Form::new(&self.before.plan, round, agency, None);
        let given = Given { path: &["document", "number"], value: self.number, option: "--number" };
        let filled = form::fill(&form, &book, &given);
        let mut notes: Vec<Remark> =
            filled.notes.iter().cloned().map(|note| of_problem(note, Severity::Warning)).collect();
        if !filled.problems.is_empty() {
            let problems = filled.problems.into_iter().map(|problem| of_problem(problem, Severity::Error));
            return Err(of_mark(problems.chain(notes).collect()));
        }
        let old = self.old(&mark).map_err(|refusal| of_mark(vec![of_refusal(refusal)]))?;
        let origin = Path::new(name).file_name().unwrap_or_default().to_string_lossy();
        let origin = Visible::from(&*origin).replace(['\n', '\t'], " ");
        let merged =
            form::merge(&filled, old, self.on, &origin).map_err(|refusal| of_mark(vec![of_refusal(refusal)]))?;
        match &merged {
            Merged::Corrected { dropped, .. } if !dropped.is_empty() => notes.push(Remark {
                severity: Severity::Notice.id(),
                label: Severity::Notice.label(),
                rule: None,
                cell: None,
                message: format!(
                    "bản này không còn nội dung của nhiệm vụ đã báo lần trước: {}",
                    dropped.join(", ")
                ),
                remedy: None,
            }),
            _ => {}
        }
        Ok(Candidate { mark, merged, places: filled.places, notes })
    }

    /// The round and the agency that a form is of.
    fn addressed(&self, mark: &Mark) -> Result<(&Round, &Agency), Refusal> {
        let plan = &self.before.plan;
        const AGAIN: &str = "phát lại biểu mẫu (plan form export) rồi chép nội dung sang biểu mẫu mới";
        if mark.version != form::VERSION {
            let reason = format!("biểu mẫu phiên bản {}, phiên bản đang dùng là {}", mark.version, form::VERSION);
            return Err(Refusal::new(reason, AGAIN));
        }
        if mark.year != plan.year {
            let reason = format!("biểu mẫu của năm {}, Kế hoạch này của năm {}", mark.year, plan.year);
            return Err(Refusal::new(reason, AGAIN));
        }
        let Some(agency) = plan.agencies.find(&mark.agency) else {
            return Err(Refusal::new(format!("Kế hoạch không có cơ quan mang mã “{}”", mark.agency), AGAIN));
        };
        let Some(round) = plan.rounds.find(&mark.round) else {
            return Err(Refusal::new(format!("Kế hoạch không có kỳ báo cáo “{}”", mark.round), AGAIN));
        };
        if *mark != Mark::new(plan, round, agency) {
            return Err(Refusal::new("biểu mẫu của một Kế hoạch khác", AGAIN));
        }
        Ok((round, agency))
    }

    /// The text of the report that is there already.
    fn old(&self, mark: &Mark) -> Result<Option<&str>, Refusal> {
        let path = path(mark);
        let Some((id, file)) = self.before.files.find(&path) else { return Ok(None) };
        let mut all = self.before.submissions.iter().chain(&self.before.later);
        let there = all.find(|submission| submission.file == id);
        match there.and_then(|submission| submission.blank) {
            Some(Blank::Nothing) => return Ok(None),
            Some(Blank::Comments) => {
                return Err(Refusal::new(
                    format!("{path} đã có và chỉ gồm ghi chú"),
                    "xem ghi chú trong tệp đó có phải nội dung báo cáo không; xóa tệp rồi nhận lại biểu mẫu",
                ));
            }
            Some(Blank::Questions | Blank::Identity | Blank::Statuses) | None => {}
        }
        match there.and_then(|submission| submission.report.as_ref()) {
            None => Err(Refusal::new(
                format!("báo cáo đã có tại {path} không đọc được"),
                "chạy “plan check”, sửa báo cáo đó rồi nhận lại biểu mẫu",
            )),
            Some(report) if report.illustrative => Err(Refusal::new(
                format!("{path} đang là dữ liệu minh họa, không ghép với số liệu thật"),
                "xóa tệp minh họa đó rồi nhận lại biểu mẫu",
            )),
            Some(_) => Ok(Some(file.text())),
        }
    }
}

fn path(mark: &Mark) -> String {
    format!("reports/{}/{}.yaml", mark.round, mark.agency)
}

fn unreadable(error: &std::io::Error) -> Refusal {
    let reason = format!("không đọc được tệp: {}", source::reason(source::kind_of(error)));
    Refusal::new(reason, "đóng chương trình đang mở tệp rồi chạy lại")
}

/// Nobody but the agency knows which of two forms is the right one.
fn refuse_doubles(forms: &[(String, PathBuf)], read: &mut [Result<Candidate, Rejected>]) {
    let mut of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, candidate) in read.iter().enumerate() {
        if let Ok(candidate) = candidate {
            of.entry(path(&candidate.mark)).or_default().push(at);
        }
    }
    for doubles in of.into_values().filter(|doubles| doubles.len() > 1) {
        for &at in &doubles {
            let others: Vec<&str> =
                doubles.iter().filter(|other| **other != at).map(|other| forms[*other].0.as_str()).collect();
            let refusal = Refusal::new(
                format!("cùng cơ quan, cùng kỳ với {}", others.join(", ")),
                "giữ lại một biểu mẫu đúng rồi nhận lại; nếu là bản bổ sung thì nhận lần lượt từng tệp",
            );
            if let Ok(candidate) = &read[at] {
                let of = Some((candidate.mark.agency.clone(), candidate.mark.round.clone()));
                read[at] = Err(Rejected { of, problems: vec![of_refusal(refusal)] });
            }
        }
    }
}

/// What the candidates are judged by once all of them are checked together.
struct Judgement<'j> {
    after: &'j Workspace,
}

impl Judgement<'_> {
    /// Adds the report of a form that was found right to those that are to be written.
    fn take(
        &self,
        name: &str,
        candidate: Candidate,
        file: Option<FileId>,
        reports: &mut Vec<(String, Bytes)>,
    ) -> Taken {
        let Candidate { mark, merged, places, notes } = candidate;
        let path = path(&mark);
        let found = self.after.diagnostics.iter().filter(|found| Some(found.span.file) == file);
        let open = found.filter(|found| found.accepted.is_none());
        let mut problems: Vec<Remark> =
            open.map(|found| of_diagnostic(found, &self.after.files, &places, &self.after.plan)).collect();
        let is_error = |problem: &Remark| problem.severity == Severity::Error.id();
        problems.sort_by_key(|problem| !is_error(problem));
        let refused = problems.iter().any(is_error);
        problems.extend(notes);
        let (result, text) = match &merged {
            Merged::Unchanged => (TakenAs::Unchanged, None),
            _ if refused => (TakenAs::Refused, None),
            Merged::New(text) => (TakenAs::Received, Some(text)),
            Merged::Corrected { text, .. } => (TakenAs::Corrected, Some(text)),
        };
        reports.extend(text.map(|text| (path.clone(), Visible::from(text.as_str()).into())));
        let path = (result != TakenAs::Refused).then_some(path);
        Taken { path, ..self.taken(name, Some((mark.agency, mark.round)), result, problems) }
    }

    fn taken(&self, name: &str, of: Option<(String, String)>, result: TakenAs, problems: Vec<Remark>) -> Taken {
        let (agency, round) = of.unzip();
        // A form of another plan may be of an agency that this one does not know.
        let agencies = &self.after.plan.agencies;
        let named = |key: &String| agencies.find(key).map_or_else(|| key.clone(), |known| known.name.clone());
        let agency_name = agency.as_ref().map(named).unwrap_or_default();
        Taken { file: name.to_owned(), agency, agency_name, round, result, path: None, problems }
    }
}

fn of_refusal(refusal: Refusal) -> Remark {
    of_problem(Problem { place: None, message: refusal.reason, remedy: refusal.remedy }, Severity::Error)
}

fn of_problem(problem: Problem, severity: Severity) -> Remark {
    Remark {
        severity: severity.id(),
        label: severity.label(),
        rule: None,
        cell: problem.place.map(|place| place.to_string()),
        message: problem.message,
        remedy: Some(problem.remedy),
    }
}

/// A problem of the report in the words of its form.
fn of_diagnostic(found: &Diagnostic, files: &Files, places: &Places, plan: &Plan) -> Remark {
    let (mut message, remedy) = view::form::worded(found, plan);
    if let Some((span, label)) = &found.related {
        let other = files.get(span.file);
        let place = if span.file == found.span.file {
            places.find(files, *span).map(ToString::to_string)
        } else {
            Some(format!("{}:{}", other.path, files.position(*span).line))
        };
        if let Some(place) = place {
            message += &format!(" ({label}: {place})");
        }
    }
    Remark {
        severity: found.rule.severity.id(),
        label: found.rule.severity.label(),
        rule: Some(found.rule.name),
        cell: places.find(files, found.span).map(ToString::to_string),
        message,
        remedy,
    }
}
