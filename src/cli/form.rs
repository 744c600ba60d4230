//! `plan form`: spreadsheets that agencies fill in, out and back in.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use chrono::NaiveDate;
use rayon::prelude::*;

use super::args::{day, told};
use super::output;
use super::{Call, Environment, Outcome, known, receive};
use crate::form::{self, Form};
use crate::model::{Agency, Plan};
use crate::render::{self, Bytes};
use crate::source;
use crate::vietnamese::number;

/// Phát biểu mẫu Excel cho các cơ quan điền, và nhận biểu mẫu đã điền
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan form <LỆNH>",
    after_help = "Ví dụ:\n  plan form export --all -o bieu-mau                    biểu mẫu của mọi cơ quan phải gửi\n  \
                  plan form import da-nhan --on 2026-11-18              nhận các biểu mẫu trong một thư mục"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: FormCommand,
}

#[derive(Debug, clap::Subcommand)]
enum FormCommand {
    Export(ExportArgs),
    Import(ImportArgs),
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    match &args.command {
        FormCommand::Export(args) => export(args, call),
        FormCommand::Import(args) => import(args, call),
    }
}

/// Lập biểu mẫu Excel (.xlsx) cho từng cơ quan điền
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan form export [TÙY CHỌN] [CƠ_QUAN]...",
    after_help = "Ví dụ:\n  plan form export so-y-te                              một cơ quan, kỳ đang thu thập\n  \
                  plan form export --all --round annual -o bieu-mau     mọi cơ quan phải gửi và được đề nghị gửi"
)]
pub(super) struct ExportArgs {
    #[command(flatten)]
    chosen: known::Chosen,
    /// Kỳ báo cáo (mặc định: kỳ đang thu thập, tổng hợp)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
    /// Thư mục ghi ra (mặc định: thư mục hiện tại); một cơ quan thì nêu được tên tệp .xlsx
    #[arg(short = 'o', long, value_name = "THƯ_MỤC")]
    output: Option<PathBuf>,
    /// Ghi đè tệp đã có
    #[arg(long)]
    force: bool,
}

fn export(args: &ExportArgs, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let workspace = session.workspace(err)?;
    let plan = &workspace.plan;
    let round = known::round_or_current(&workspace, args.round.as_deref(), err)?;
    let agencies = args.chosen.of(plan, round)?;
    known::tell_unasked(&agencies, plan, round, err)?;
    let form = |agency: &Agency| {
        let form = Form::new(plan, round, agency, workspace.report_before(round, agency.id).as_ref());
        Ok((form.file_name(), render::form::render(&form)?))
    };
    // The first that cannot be made is told, not the one that was tried first.
    let written: Vec<_> = agencies.into_par_iter().map(form).collect();
    let mut written: Vec<_> = written.into_iter().collect::<Result<_>>()?;
    let mut folder = session.environment.current_dir.join(args.output.as_deref().unwrap_or(Path::new("")));
    let is_file = folder.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) && !folder.is_dir();
    if let ([(name, _)], true) = (written.as_mut_slice(), is_file) {
        *name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        folder.pop();
    }
    refuse_filled_in(&written, &folder, plan, session.environment)?;
    let kept = output::put_into(&folder, &written, args.force)?;
    match written.as_slice() {
        [(name, _)] => writeln!(out, "Đã ghi {}", output::shown(&folder.join(name), session.environment))?,
        _ => writeln!(
            out,
            "Đã ghi {} biểu mẫu kỳ {} vào {}{}",
            number((written.len() - kept) as u128),
            round.short_name,
            output::shown(&folder, session.environment),
            output::already(kept)
        )?,
    }
    Ok(Outcome::Done)
}

/// What people filled in is never written over, not even where the option says so.
///
/// # Errors
/// When one of the files to be replaced is a form in which anything was filled in.
fn refuse_filled_in(
    forms: &[(String, Bytes)],
    folder: &Path,
    plan: &Plan,
    environment: &Environment,
) -> Result<()> {
    let replaced = |(name, bytes): &(String, Bytes)| {
        let path = folder.join(name);
        (!output::holds(&path, bytes) && is_filled_in(&path, plan)).then_some(path)
    };
    let filled: Vec<PathBuf> = forms.par_iter().filter_map(replaced).collect();
    let Some(first) = filled.first() else { return Ok(()) };
    let shown = output::shown(first, environment);
    let more = match filled.len() - 1 {
        0 => String::new(),
        more => format!(" (và {} tệp khác)", number(more as u128)),
    };
    bail!(
        "tệp {shown}{more} là biểu mẫu đã có người điền; chưa ghi gì.\n\
         Nhận biểu mẫu đó: plan receive {shown}\n\
         Cần biểu mẫu trống thì ghi vào nơi khác, hoặc đổi tên, chuyển biểu mẫu đã điền đi trước."
    )
}

/// Whether a file is a form of this plan in which anything was filled in.
fn is_filled_in(path: &Path, plan: &Plan) -> bool {
    let Ok(book) = source::open_plain(path).map_err(drop).and_then(|file| form::read(file).map_err(drop)) else {
        return false;
    };
    let (round, agency) = (plan.rounds.find(&book.mark.round), plan.agencies.find(&book.mark.agency));
    let known = round.zip(agency).map(|(round, agency)| Form::new(plan, round, agency, None));
    known.is_some_and(|form| form::is_filled_in(&form, &book))
}

/// Nhận biểu mẫu đã điền, như plan receive: kiểm tra, ghi thành báo cáo trong reports/
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan form import [TÙY CHỌN] <TỆP|THƯ_MỤC>...",
    after_help = "Ví dụ:\n  plan form import so-y-te-annual-2026.xlsx             một biểu mẫu, ngày nhận là hôm nay\n  \
                  plan form import bm.xlsx --on 2026-11-18 --number 12/BC-UBND\n  \
                  plan form import da-nhan --dry-run                    xem trước, không ghi gì"
)]
pub(super) struct ImportArgs {
    /// Tệp .xlsx, hoặc thư mục chứa các tệp đó
    #[arg(value_name = "TỆP|THƯ_MỤC", help_heading = "Tham số", required = true)]
    paths: Vec<PathBuf>,
    /// Ngày nhận (mặc định: hôm nay)
    #[arg(long, value_name = "NGÀY", value_parser = day)]
    on: Option<NaiveDate>,
    /// Số, ký hiệu văn bản kèm theo, khi biểu mẫu chưa ghi; chỉ dùng khi nhận một tệp
    #[arg(long, value_name = "SỐ", value_parser = told)]
    number: Option<String>,
    #[command(flatten)]
    how: receive::How,
}

fn import(args: &ImportArgs, call: &mut Call<'_>) -> Result<Outcome> {
    let receipt = receive::Receipt {
        wanted: &[receive::Kind::Form],
        on: args.on,
        number: args.number.as_deref(),
        ..receive::Receipt::default()
    };
    receive::files(&args.paths, &receipt, &args.how, call)
}
