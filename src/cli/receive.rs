//! `plan receive`: what came – forms, reports, papers – into the workspace. What has come before is known again, whatever
//! its file is called, so that one folder can be received every day; what is replaced was kept first.

mod files;
mod incoming;
mod intake;
mod judged;
mod judgement;
mod kept;
mod mails;
mod paper;
mod rest;
mod rivals;

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use chrono::NaiveDate;

use super::args::{day, told};
use super::printing::{Listing, Printing};
use super::writing::{self, Writing};
use super::{Call, Outcome, known, output, tell_unread};
use crate::diagnostic::Severity;
use crate::render::{Render, Visible};
use crate::vietnamese::{date, number};
use crate::view::form::{Handled, Intake, Remark, Taken, TakenAs};
use files::Came;
pub(super) use files::Kind;
use intake::Written;
pub(super) use mails::why_not_read;

/// Nhận biểu mẫu, báo cáo, văn bản của các cơ quan: kiểm tra, giữ lại từng bản, ghi vào reports/
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan receive [TÙY CHỌN] <TỆP|THƯ_MỤC|CƠ_QUAN>...",
    after_help = "Ví dụ:\n  plan receive da-nhan              mọi biểu mẫu, báo cáo, thư (.eml) trong thư mục\n  \
                  plan receive bm.xlsx --on 2026-11-18 --number 12/BC-UBND\n  \
                  plan receive so-den.csv           sổ công văn đến (.csv, .xlsx): mỗi dòng một văn bản\n  \
                  plan receive da-nhan --dry-run    xem trước, không ghi gì\n  \
                  plan receive so-y-te --on 2026-11-18 --number 1342/BC-SYT --date 2026-11-17 --file scan.pdf\n                                    \
                  mới nhận bản giấy, chưa có số liệu\n  \
                  plan receive so-y-te --withdraw   ghi nhầm: rút lại việc nhận bản giấy cuối"
)]
pub(super) struct Args {
    /// Biểu mẫu .xlsx, báo cáo .yaml, thư .eml, sổ công văn đến, thư mục chứa chúng; hoặc mã, tên cơ quan gửi bản giấy
    #[arg(value_name = "TỆP|THƯ_MỤC|CƠ_QUAN", help_heading = "Tham số", required = true)]
    things: Vec<PathBuf>,
    /// Ngày nhận (mặc định: hôm nay; với thư: ngày của thư)
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    on: Option<NaiveDate>,
    /// Số, ký hiệu văn bản kèm theo; chỉ dùng khi nhận một báo cáo
    #[arg(long, value_name = "SỐ", value_parser = told)]
    number: Option<String>,
    /// Ngày của văn bản giấy
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    date: Option<NaiveDate>,
    /// Kỳ báo cáo của bản giấy (mặc định: kỳ đang thu thập, tổng hợp)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
    /// Bản chụp của bản giấy: ghi tên và mã kiểm tra vào sổ
    #[arg(long, value_name = "TỆP")]
    file: Option<PathBuf>,
    /// Ghi chú về bản giấy
    #[arg(long, value_name = "GHI_CHÚ", value_parser = told)]
    note: Option<String>,
    /// Ghi nhầm: rút lại việc nhận bản giấy ngày cuối của cơ quan trong kỳ
    #[arg(long, conflicts_with_all = ["number", "date", "file", "note"])]
    withdraw: bool,
    #[command(flatten)]
    how: How,
}

/// How what came is received.
#[derive(Debug, clap::Args)]
pub(super) struct How {
    /// Kiểm tra và cho biết kết quả, không ghi gì
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) printing: Printing<Listing>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let start = &call.environment.current_dir;
    let (paths, agencies): (Vec<&PathBuf>, Vec<&PathBuf>) =
        args.things.iter().partition(|thing| start.join(thing).exists());
    // A name may hold a dot: “VP. UBND tỉnh”.
    let is_path = |thing: &&&PathBuf| files::of_name(thing).is_some() || thing.components().count() > 1;
    if let Some(missing) = agencies.iter().find(is_path) {
        return Err(files::missing(missing));
    }
    let of_paper =
        [("--file", args.file.is_some()), ("--note", args.note.is_some()), ("--withdraw", args.withdraw)];
    if agencies.is_empty() {
        if let Some((option, _)) = of_paper.iter().find(|(_, given)| *given) {
            bail!("{option} chỉ dùng khi nhận bản giấy của một cơ quan: plan receive CƠ_QUAN {option} …");
        }
        let receipt = Receipt {
            wanted: &[Kind::Form, Kind::Report, Kind::Register, Kind::Mail],
            on: args.on,
            number: args.number.as_deref(),
            date: args.date,
            round: args.round.as_deref(),
            ..Receipt::default()
        };
        return files(&args.things, &receipt, &args.how, call);
    }
    match (paths.as_slice(), agencies.as_slice()) {
        ([], agencies) => {
            let written: Vec<String> =
                agencies.iter().map(|agency| agency.to_string_lossy().into_owned()).collect();
            paper::run(&written, args, call)
        }
        _ => Err(files::missing(agencies[0])),
    }
}

/// What is received, and what the receiver tells of it.
#[derive(Default)]
pub(super) struct Receipt<'r> {
    pub(super) wanted: &'r [Kind],
    /// Whether an agency looks at it before it sends.
    pub(super) before_sending: bool,
    /// Whether a warning counts as what is refused does.
    pub(super) strict: bool,
    pub(super) on: Option<NaiveDate>,
    pub(super) number: Option<&'r str>,
    pub(super) date: Option<NaiveDate>,
    /// Of papers without data.
    pub(super) round: Option<&'r str>,
}

/// Receives files of the wanted kinds, and those in folders.
///
/// # Errors
/// When there is nothing to receive, or it cannot be read or written.
pub(super) fn files(paths: &[PathBuf], receipt: &Receipt<'_>, how: &How, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    // Before anything is taken in: what became of it must be told.
    let format = how.printing.format(session.environment)?;
    how.printing.output.may_write(session.environment)?;
    let writing = if how.dry_run { Writing::preview(session) } else { Writing::open(session, err) }?;
    tell_unread(&writing.workspace, err)?;
    let workspace = &writing.workspace;
    // Whatever day samples are looked at on: what is real comes by the clock.
    let today = session.clock.as_of.unwrap_or(session.clock.today);
    let came = Came {
        on: writing.may_come(receipt.on.unwrap_or(today))?,
        number: receipt.number.map(str::to_owned),
        signed: receipt.date,
        by: None,
        senders: None,
    };
    let found = files::find(paths, receipt.wanted, &came, session)?;
    let round = known::round_or_current(workspace, receipt.round, err)?;
    let incoming::Told { found, papers, registers } = incoming::open(found, receipt.on, round, workspace, session);
    let (found, mails) = mails::open(found, receipt.on, &writing);
    let received = found.iter().filter(|file| file.kind != Kind::Other).count();
    let of_one = receipt.number.is_some() || receipt.date.is_some();
    if of_one && (received != 1 || !registers.is_empty()) {
        bail!("--number, --date chỉ dùng khi nhận một báo cáo.");
    }
    if receipt.round.is_some() && registers.is_empty() {
        bail!("--round chỉ dùng khi nhận bản giấy của một cơ quan, hoặc sổ công văn đến.");
    }
    let (mut taken, written) = intake::take(&found, how.printing.output.force, workspace, session)?;
    if !receipt.before_sending {
        let told: Vec<_> = taken.iter().map(|form| paper::not_kept(form, &taken, workspace)).collect();
        for ((form, told), file) in taken.iter_mut().zip(told).zip(&found) {
            form.problems.extend(mails::saved(file, form));
            form.problems.extend(told);
        }
    }
    let (papers, lines) = incoming::papers(papers, &taken, workspace, round, &session.environment.moment());
    let of_register = found.iter().zip(&taken).filter(|(file, _)| file.came.by.is_some()).map(|(_, taken)| taken);
    let half = registers.iter().chain(of_register).any(|taken| taken.result == TakenAs::Refused);
    let handled = match how.dry_run {
        true if receipt.before_sending => Handled::BeforeSending,
        _ if half => Handled::Stopped,
        true => Handled::Preview,
        false => Handled::Written,
    };
    let mut ends_samples = false;
    if handled == Handled::Written {
        ends_samples = workspace.on_day_of_samples && written.iter().any(|written| !written.is_sample);
        // What is doubtful of papers stands in their rows.
        let done = if lines.is_empty() { Vec::new() } else { vec![writing::register(&round.key)] };
        writing.add(&round.key, lines)?;
        write(&session.root, written, done)?;
    }
    let intake = Intake { forms: mails.into_iter().chain(registers).chain(taken).chain(papers).collect(), handled };
    how.printing.print(&intake, session.environment, out)?;
    match (how.printing.output.path(session.environment), format.render) {
        // It stands in what was printed.
        (None, Render::Screen(_) | Render::Document(_)) => {}
        (None, _) => writeln!(err, "{}", intake.summary())?,
        (Some(_), _) => writeln!(out, "{}", intake.summary())?,
    }
    if ends_samples {
        let [today, samples] = [session.clock.today, workspace.as_of].map(date);
        writeln!(
            err,
            "lưu ý: đã có báo cáo thật nên từ nay tính theo ngày hôm nay ({today}), không theo ngày {samples} của dữ liệu minh họa; \
             xóa các báo cáo mẫu trong reports/ trước khi dùng thật."
        )?;
    }
    let is_warning = |remark: &Remark| remark.severity == Severity::Warning.id();
    let fails =
        |form: &Taken| form.result == TakenAs::Refused || (receipt.strict && form.problems.iter().any(is_warning));
    Ok(if intake.forms.iter().any(fails) { Outcome::Found } else { Outcome::Done })
}

/// Keeps every version, then puts the newest of each report in force: what is replaced was kept before. `done` are the files
/// that were written before.
///
/// # Errors
/// As `replace`, with what was written by then, which stays.
fn write(root: &Path, written: Vec<Written>, mut done: Vec<String>) -> Result<()> {
    written.into_iter().try_for_each(|report| keep(root, report, &mut done)).map_err(|error| {
        match done.as_slice() {
            [] => error,
            done => anyhow!(
                "{error}\nĐã ghi {} tệp trước đó: {}.\nChạy lại lệnh này để nhận tiếp.",
                number(done.len() as u128),
                done.join(", ")
            ),
        }
    })
}

fn keep(root: &Path, Written { versions, report, was, text, .. }: Written, done: &mut Vec<String>) -> Result<()> {
    let before = done.len();
    for version in versions {
        let path = root.join(&version.path);
        if !path.exists() {
            output::replace(&path, &Visible::from(version.text).into(), None)?;
            done.push(version.path);
        }
    }
    output::replace(&root.join(&report), &Visible::from(text).into(), was.as_deref())?;
    done.truncate(before);
    done.push(report);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::arrivals::Arrival;

    #[test]
    fn what_was_kept_is_told_where_its_report_could_not_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 11, 18).unwrap();
        let written = |agency: &str| {
            let (report, text) = (format!("reports/annual/{agency}.yaml"), format!("agency: {agency}\n"));
            let versions = vec![Arrival::new(&report, agency, day, text.clone())];
            Written { versions, report, is_sample: false, was: None, text }
        };
        let kept = written("b").versions.remove(0).path;
        // Somebody else put one there meanwhile.
        fs::create_dir_all(folder.path().join("reports/annual")).unwrap();
        fs::write(folder.path().join("reports/annual/b.yaml"), "agency: b").unwrap();
        let before = vec!["reports/annual/register.yaml".to_owned()];
        let error = write(folder.path(), vec![written("a"), written("b")], before).unwrap_err().to_string();
        let told = format!("Đã ghi 3 tệp trước đó: reports/annual/register.yaml, reports/annual/a.yaml, {kept}.");
        assert!(error.contains(&told), "{error}");
    }
}
