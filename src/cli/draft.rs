//! `plan draft`: what people change in the compiled report comes back, is listed, dropped, kept.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use chrono::NaiveDate;

use super::args::told;
use super::drafted::{self, Drafted, Wanted};
use super::output::{self, Out};
use super::printing::{Listing, Printing};
use super::writing::Writing;
use super::{Call, Outcome, Session, known};
use crate::check::Depth;
use crate::doc::{Audience, Base, Written};
use crate::draft::{self, Copy, Edit, Word};
use crate::model::Round;
use crate::record::suggest;
use crate::source::{self, as_id};
use crate::vietnamese::number;
use crate::view;
use crate::view::draft::{Edits, Taken};
use crate::workspace::Workspace;

/// Nhận, liệt kê chỗ người soạn đã sửa trong báo cáo tổng hợp; plan compile đưa vào mọi dạng báo cáo
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan draft [TÙY CHỌN] [LỆNH]",
    args_conflicts_with_subcommands = true,
    after_help = "Ví dụ:\n  plan draft                                           mọi chỗ sửa, chỗ nào phải quyết định\n  \
                  plan draft import bao-cao-annual-2026.docx           nhận chỗ sửa từ tệp Word\n  \
                  plan draft drop 0a1b2c3d                             bỏ một chỗ sửa, in theo số liệu\n  \
                  plan draft keep 0a1b2c3d                             giữ một chỗ sửa dù số liệu đã đổi"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<DraftCommand>,
    /// Kỳ báo cáo (mặc định: kỳ đang thu thập, tổng hợp)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
    #[command(flatten)]
    printing: Printing<Listing>,
}

#[derive(Debug, clap::Subcommand)]
enum DraftCommand {
    Import(ImportArgs),
    Drop(DropArgs),
    Keep(KeepArgs),
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    match &args.command {
        None => list(args, call),
        Some(DraftCommand::Import(args)) => import(args, call),
        Some(DraftCommand::Drop(args)) => decide(&args.which, call, false),
        Some(DraftCommand::Keep(args)) => decide(&args.which, call, true),
    }
}

fn list(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let workspace = session.workspace(err)?;
    let round = known::round_or_current(&workspace, args.round.as_deref(), err)?;
    let edits = drafted::edits(&workspace, round, workspace.as_of)?;
    drafted::brief(&workspace, round, &Wanted::default(), |brief| {
        let Drafted { judged, .. } = drafted::drafted(brief, &edits, Audience::Everyone, false)?;
        let shown = Edits {
            plan: &workspace.plan,
            round,
            judged: &judged,
            as_of: workspace.as_of,
            banner: view::illustrative_banner(&workspace),
            files: &workspace.files,
        };
        args.printing.print_anew(&shown, session, out)?;
        Ok(Outcome::Done)
    })
}

/// Nhận chỗ đã sửa trong tệp Word do plan compile lập
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan draft import [TÙY CHỌN] <TỆP.docx>",
    after_help = "Ví dụ:\n  plan draft import bao-cao-annual-2026.docx --by \"Nguyễn Văn A\"\n  \
                  plan draft import ban-sua.docx --base bao-cao-annual-2026.docx   tệp sửa không còn mang bản gốc\n\n\
                  Nhận chữ trong các đoạn: viết lại, thêm, xóa, chuyển chỗ; theo dõi thay đổi (track changes) thì nhận theo nội dung \
                  sau khi chấp nhận. Sửa tiếp trong chính tệp đó rồi nhận lại, cùng --by, thì lần sau thay lần trước.\n\
                  Không nhận, chỉ nêu ra: ý kiến bên lề, chữ đậm, nghiêng, gạch chân, gạch bỏ, màu chữ, tô màu, viết hoa, chữ ẩn, \
                  chữ ở đầu trang, cuối trang, bảng, ảnh, chú thích cuối trang. Lề, căn dòng, cỡ chữ: không nhận."
)]
pub(super) struct ImportArgs {
    /// Tệp Word đã sửa
    #[arg(value_name = "TỆP.docx", help_heading = "Tham số")]
    file: PathBuf,
    /// Tệp mà plan compile đã ghi, chưa sửa, khi tệp đã sửa không còn mang theo bản gốc
    #[arg(long, value_name = "GỐC.docx")]
    base: Option<PathBuf>,
    /// Người sửa
    #[arg(long, value_name = "TÊN", value_parser = told)]
    by: Option<String>,
    /// Nhận cả khi phần lớn các đoạn của báo cáo không còn trong tệp đã sửa
    #[arg(long)]
    force: bool,
}

fn import(args: &ImportArgs, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let path = session.environment.current_dir.join(&args.file);
    let bytes = drafted::read(&path)?;
    let word = word(&args.file, &bytes)?;
    let Some(base) = base(args, &word, session)? else { return Err(without_base(&args.file, &word, session)) };
    let writing = Writing::open(session, err)?;
    let workspace = &writing.workspace;
    let plan = &workspace.plan;
    if base.year != plan.year {
        bail!("{} là dự thảo của Kế hoạch năm {}, không phải năm {}.", args.file.display(), base.year, plan.year);
    }
    let province = draft::folded(&plan.province);
    if base.province != province {
        bail!("{} là dự thảo của {}, không phải của {province}.", args.file.display(), base.province);
    }
    let round = known::round(plan, &base.round)?;
    let known = drafted::edits(workspace, round, NaiveDate::MAX)?;
    let copy = Copy { base: &base, by: args.by.as_deref(), date: workspace.as_of };
    let read = draft::recognised(&base, &word.lines);
    if !args.force {
        is_edit(&args.file, &base, &read)?;
    }
    let merged = draft::merge(&known, copy, &read);
    let of_compile = session.environment.current_dir.join(drafted::stem(plan, round)).with_extension("docx");
    let taken =
        Taken { round, base: &base, merged: &merged, word: &word, read: &read, gives_way: path == of_compile };
    let changed = merged.changed(&known);
    if changed {
        write(&writing, round, &merged.edits, out)?;
    }
    taken.told().iter().try_for_each(|line| writeln!(out, "{line}"))?;
    if changed {
        writeln!(out, "Đã ghi reports/{}/{}", round.key, source::DRAFT)?;
    }
    // All that it says is known now, so that the next compilation may take its place.
    if taken.left_behind().is_empty() && merged.unclear == 0 {
        output::remember(&session.root, [source::sha256(&bytes)]);
    }
    Ok(if merged.contested > 0 { Outcome::Found } else { Outcome::Done })
}

fn word(named: &Path, bytes: &[u8]) -> Result<Word> {
    draft::read(bytes).map_err(|refusal| anyhow!("{}: {}", named.display(), refusal.0))
}

/// What the file was written from: as it says, or as another file does.
fn base(args: &ImportArgs, word: &Word, session: &Session<'_>) -> Result<Option<Base>> {
    let Some(original) = &args.base else { return Ok(word.base.clone()) };
    let bytes = drafted::read(&session.environment.current_dir.join(original))?;
    let found = self::word(original, &bytes)?.base;
    found.map(Some).ok_or_else(|| anyhow!("{} không phải tệp mà “plan compile” đã ghi.", original.display()))
}

/// Of what a report says so much stays, whatever happens to its figures: one line in this many.
const STAYS: usize = 5;

/// # Errors
/// When most of what was written is not there: nobody edits so, and a file that was cut, or holds something else, looks so.
fn is_edit(named: &Path, base: &Base, read: &[Written]) -> Result<()> {
    let there: BTreeSet<&str> = read.iter().map(|line| line.of.as_str()).collect();
    let of_text = base.written.iter().filter(|line| !line.table);
    let (kept, gone): (Vec<&Written>, Vec<&Written>) = of_text.partition(|line| there.contains(line.of.as_str()));
    if gone.len() > kept.len() {
        bail!(
            "{} không còn {} trong {} đoạn của báo cáo; chưa ghi gì.\n\
             Xem tệp có đủ nội dung, có đúng bản đã sửa không; đúng là bỏ các đoạn đó thì thêm --force.",
            named.display(),
            number(gone.len() as u128),
            number((gone.len() + kept.len()) as u128)
        );
    }
    Ok(())
}

/// Why nothing is taken from a file that does not carry what it was written from: it is no consolidated report at all, or
/// one that lost it.
fn without_base(named: &Path, word: &Word, session: &Session<'_>) -> anyhow::Error {
    match is_report(word, session) {
        Err(error) => error,
        Ok(false) => anyhow!(
            "{} không phải báo cáo tổng hợp do plan compile lập: nội dung không có gì của báo cáo kỳ nào.\n\
             Chọn đúng tệp Word mà “plan compile” đã ghi và người soạn đã sửa.",
            named.display()
        ),
        Ok(true) => anyhow!(
            "{} không còn mang theo bản gốc: đã lưu qua chương trình khác, hoặc là bản do plan compile --final lập.\n\
             Thêm --base GỐC.docx, là tệp mà “plan compile” đã ghi và chưa ai sửa.",
            named.display()
        ),
    }
}

/// Whether a file says what the report of some round says.
fn is_report(word: &Word, session: &Session<'_>) -> Result<bool> {
    let workspace = Workspace::open(&session.root, session.clock, Depth::Reports)?.whole("")?.judged_or_begun()?;
    for round in workspace.plan.rounds.iter() {
        let same = drafted::brief(&workspace, round, &Wanted::default(), |brief| {
            let source = draft::lines(&drafted::given(brief, Audience::Everyone)?, brief.as_of);
            let is_kept = |text: &str| source.iter().any(|line| !line.table && line.text == text);
            Ok(word.lines.iter().filter(|line| is_kept(&line.text)).count())
        })?;
        if same * STAYS >= word.lines.len() && same > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Says so where comments in the file go.
fn write(writing: &Writing, round: &Round, edits: &[Edit], out: &mut Out<'_>) -> Result<()> {
    let path = format!("reports/{}/{}", round.key, source::DRAFT);
    writing.replace(&path, &draft::file(edits))?;
    let old = writing.workspace.files.find(&path).map_or("", |(_, file)| file.text());
    draft::comments(old).try_for_each(|line| writeln!(out, "Ghi chú trong {path} không giữ được: {}", line.trim()))
}

/// Bỏ chỗ sửa: in theo số liệu
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan draft drop [TÙY CHỌN] <MÃ_CHỖ_SỬA>...",
    after_help = "Mã lấy ở plan draft.\n\nVí dụ:\n  plan draft drop 0a1b2c3d"
)]
pub(super) struct DropArgs {
    #[command(flatten)]
    which: Which,
}

/// Giữ chỗ sửa dù số liệu của đoạn đã đổi, hoặc trong các chỗ sửa khác nhau của một đoạn
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan draft keep [TÙY CHỌN] <MÃ_CHỖ_SỬA>...",
    after_help = "Mã lấy ở plan draft.\n\nVí dụ:\n  plan draft keep 0a1b2c3d"
)]
pub(super) struct KeepArgs {
    #[command(flatten)]
    which: Which,
}

#[derive(Debug, clap::Args)]
struct Which {
    /// Mã chỗ sửa
    #[arg(value_name = "MÃ_CHỖ_SỬA", help_heading = "Tham số", required = true)]
    ids: Vec<String>,
    /// Kỳ báo cáo (mặc định: kỳ đang thu thập, tổng hợp)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
}

/// What a person decides of some edits: that they go, or that they stand.
fn decide(which: &Which, call: &mut Call<'_>, keep: bool) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let writing = Writing::open(session, err)?;
    let workspace = &writing.workspace;
    let round = known::round_or_current(workspace, which.round.as_deref(), err)?;
    let edits = drafted::edits(workspace, round, NaiveDate::MAX)?;
    let ids: Vec<String> = edits.iter().map(|edit| edit.change.id()).collect();
    if let Some(id) = which.ids.iter().find(|id| !ids.contains(&as_id(id).into_owned())) {
        match suggest::among(id, ids.iter().map(|known| (known.as_str(), known.as_str()))) {
            Some(hint) => bail!("không có chỗ sửa nào mang mã “{id}”; {hint}"),
            None => bail!("không có chỗ sửa nào mang mã “{id}” trong kỳ {}. Xem mã: plan draft", round.short_name),
        }
    }
    let is_named = |edit: &Edit| which.ids.iter().any(|id| as_id(id) == edit.change.id());
    let decided: Vec<Edit> = if keep {
        drafted::brief(workspace, round, &Wanted::default(), |brief| {
            let source = draft::lines(&drafted::given(brief, Audience::Everyone)?, brief.as_of);
            let judged = draft::judge(&source, &edits, brief.as_of);
            Ok(draft::keep(&judged, &source, workspace.as_of, is_named))
        })?
    } else {
        edits.iter().filter(|edit| !is_named(edit)).cloned().collect()
    };
    write(&writing, round, &decided, out)?;
    let (what, count) = (if keep { "giữ" } else { "bỏ" }, number(which.ids.len() as u128));
    writeln!(
        out,
        "Đã {what} {count} chỗ sửa của báo cáo kỳ {}; ghi vào reports/{}/{}.",
        round.short_name,
        round.key,
        source::DRAFT
    )?;
    Ok(Outcome::Done)
}
