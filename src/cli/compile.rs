//! `plan compile`: the consolidated report.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};

use super::drafted::{self, Drafted, Wanted};
use super::output::{self, Out};
use super::printing::{Printing, Report};
use super::refusal::refuse;
use super::{Call, Outcome, Session, known, superior, tell_unread};
use crate::changes::{Earlier, SCHEMA_VERSION};
use crate::check::Depth;
use crate::diagnostic::Diagnostic;
use crate::doc::{Document, Table};
use crate::draft::Judged;
use crate::model::{Agency, Plan, Round};
use crate::render::{Bytes, Format, Render, Visible, csv};
use crate::vietnamese::{clause, upper_first};
use crate::view::report::{self, Brief};
use crate::view::{self, paper, report_json};
use crate::workspace::Workspace;
use crate::{source, status};

/// What a format gives.
enum Output {
    File(Bytes),
    /// Files by name, for a folder.
    Files(Vec<(String, Bytes)>),
}

/// Lập báo cáo tổng hợp gửi Bộ và UBND tỉnh
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan compile [TÙY CHỌN]",
    after_help = "Ví dụ:\n  plan compile                                     báo cáo năm, tệp Word trong thư mục hiện tại\n  \
                  plan compile --round consumer-day                báo cáo Ngày Quyền của người tiêu dùng\n  \
                  plan compile -o bao-cao.xlsx                     các phụ lục và nguồn số liệu, mở bằng Excel\n  \
                  plan compile -o bao-cao.md                       dạng Markdown\n  \
                  plan compile --final                             bản chính thức để trình ký\n  \
                  plan compile --brief                             phiếu trình lãnh đạo, một trang\n  \
                  plan compile --agency xa-mai-son                 báo cáo của một cơ quan, để cơ quan đó ký\n  \
                  plan compile --for-superior -o tinh.yaml         báo cáo trong thư mục làm việc của cấp trên\n  \
                  plan compile --format csv -o so-lieu             mỗi bảng một tệp, trong thư mục so-lieu\n  \
                  plan compile --format json -o -                  dữ liệu tổng hợp, in ra màn hình"
)]
pub(super) struct Args {
    /// Kỳ báo cáo (mặc định: kỳ đang thu thập, tổng hợp)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
    /// Chỉ bảng này, với dạng csv; ví dụ indicators
    #[arg(long, value_name = "BẢNG")]
    table: Option<String>,
    /// So với bản tổng hợp trước (tệp json đã lập): nêu báo cáo mới, đã sửa, không còn và số liệu thay đổi
    #[arg(long, value_name = "TỆP.json")]
    since: Option<PathBuf>,
    /// Bỏ qua báo cáo chưa hợp lệ (nêu tên ở phụ lục tình hình gửi báo cáo), thay vì dừng lại
    #[arg(long)]
    skip_invalid: bool,
    /// Chỉ tổng hợp báo cáo đã duyệt (plan accept) và không sửa từ đó
    #[arg(long)]
    accepted_only: bool,
    /// Bản chính thức để trình ký: không mang theo bản gốc để nhận chỗ sửa; còn chỗ phải quyết định, cần xem lại thì không lập
    #[arg(long)]
    r#final: bool,
    /// Phiếu trình lãnh đạo: một trang nêu việc cần làm, con số chính, cơ quan còn thiếu, việc xin ý kiến
    #[arg(long, conflicts_with_all = ["table", "since", "final"])]
    brief: bool,
    /// Báo cáo của một cơ quan để cơ quan đó ký gửi: mã hoặc tên cơ quan
    #[arg(long, value_name = "CƠ_QUAN", conflicts_with_all = ["table", "since", "final", "brief", "skip_invalid", "accepted_only"])]
    agency: Option<String>,
    /// Báo cáo của kỳ cho thư mục làm việc của cấp trên (tệp .yaml): tổng số kèm nguồn, kiến nghị gửi cấp trên đó
    #[arg(long, conflicts_with_all = ["table", "since", "final", "brief", "agency"])]
    for_superior: bool,
    #[command(flatten)]
    printing: Printing<Report>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, err) = &mut call.open()?;
    let workspace = Workspace::open(&session.root, session.clock, Depth::Errors)?;
    let plan = &workspace.plan;
    let round = known::round_or_current(&workspace, args.round.as_deref(), err)?;
    if args.for_superior {
        if let Some(format) = args.printing.asked() {
            bail!("báo cáo cho cấp trên là tệp YAML, không có dạng {}; bỏ --format.", format.name);
        }
        if let Some(path) = args.printing.output.path(session.environment)
            && path.extension().is_some_and(|ending| ending != "yaml" && ending != "yml")
        {
            bail!("báo cáo cho cấp trên là tệp YAML: đặt tên tệp có đuôi .yaml.");
        }
        let wanted = Wanted { accepted_only: args.accepted_only, since: None };
        let blocking = workspace.blocking(round, args.skip_invalid);
        return match blocking.is_empty() {
            true => superior::write(&workspace, round, &wanted, &args.printing.output, session, (out, err)),
            false => refuse(&workspace, blocking, session, out),
        };
    }
    let format = args.printing.format(session.environment)?;
    let as_rows = matches!(format.render, Render::Rows(_));
    if args.table.is_some() && !as_rows {
        bail!("--table chỉ dùng với dạng csv: thêm --format csv, hoặc bỏ --table.");
    }
    let since = args.since.as_deref().map(|path| earlier_draft(session, path, round)).transpose()?;
    let one_page = match (args.brief, &args.agency) {
        (true, _) => Some(("phiếu trình", "--brief")),
        (_, Some(_)) => Some(("báo cáo của một cơ quan", "--agency")),
        _ => None,
    };
    if let Some((what, flag)) = one_page.filter(|_| !matches!(format.render, Render::Document(_))) {
        bail!("{what} không có dạng {}: bỏ {flag}, hoặc lập dạng docx, html, md.", format.name);
    }
    let agency = args.agency.as_deref().map(|written| reporter(plan, round, written)).transpose()?;
    let stem = match agency {
        _ if args.brief => format!("phieu-trinh-{}-{}", round.key, plan.year),
        Some(agency) => format!("bao-cao-{}-{}-{}", agency.key, round.key, plan.year),
        None => drafted::stem(plan, round),
    };
    let name = match &args.table {
        _ if !as_rows => format!("{stem}.{}", format.ending()),
        Some(table) => format!("{stem}-{table}.{}", format.ending()),
        None => format!("{stem}-{}", format.ending()),
    };
    let target = args.printing.output.target(&name, session.environment);
    // The files of a folder are known only once there are tables.
    if let Some(path) = target.as_ref().filter(|path| !path.is_dir()) {
        output::may_write(path, gives_way(path, args, session)?)?;
    }

    // The report of one agency stands or falls by itself and the plan.
    let of_agency =
        |found: &&Diagnostic| agency.is_none_or(|agency| workspace.is_of(found.span.file, round, agency));
    let mut blocking = workspace.blocking(round, args.skip_invalid);
    blocking.retain(of_agency);
    if !blocking.is_empty() {
        // What was asked for goes to standard output, and nothing in its place.
        return refuse(&workspace, blocking, session, if target.is_none() { err } else { out });
    }

    tell_unread(&workspace, err)?;
    let edits = drafted::edits(&workspace, round, workspace.as_of)?;
    let wanted = Wanted { accepted_only: args.accepted_only, since: since.as_ref() };
    let done = drafted::brief(&workspace, round, &wanted, |brief| {
        let carries = format.name == "docx" && !args.r#final;
        let mut drafted = match agency {
            Some(agency) => Drafted { document: own_paper(brief, agency)?, judged: Vec::new() },
            // The report itself is not in it, only what became of the edits.
            None if (args.brief || matches!(format.render, Render::Json)) && edits.is_empty() => Drafted::default(),
            None => drafted::drafted(brief, &edits, format.audience(), carries)?,
        };
        if args.brief {
            let page = report::note(brief).map_err(|error| output::in_template(&error, brief.files))?;
            drafted.document =
                page.ok_or_else(|| anyhow!("plan/report.yaml chưa có mẫu phiếu trình: thêm phần brief vào đó."))?;
        }
        let waits = drafted.judged.iter().any(|judged| judged.state.is_conflict());
        if args.r#final {
            if brief.status.counts.included == 0 {
                let (round, counted) = (&round.short_name, brief.counted());
                bail!("chưa lập bản chính thức (--final): kỳ {round} chưa có báo cáo {counted} nào.");
            }
            if waits || drafted.judged.iter().any(Judged::needs_a_look) {
                return unsettled(&drafted.judged, if target.is_none() { err } else { out });
            }
        }
        // A table for other programs has no room for the warning: it is said beside it.
        let aside = brief.banner.as_deref().filter(|_| as_rows);
        let beside = match (render(brief, &drafted, format, args.table.as_deref())?, &target) {
            (Output::File(bytes), None) => {
                out.print(bytes)?;
                err
            }
            (Output::File(bytes), Some(path)) => {
                let force = gives_way(path, args, session)?;
                output::remember(&session.root, [source::sha256(&bytes)]);
                output::write(path, &bytes, force)?;
                writeln!(out, "Đã ghi {}", output::shown(path, session.environment))?;
                out
            }
            (Output::Files(files), Some(folder)) if !format.is_of(folder) => {
                let kept = output::put_into_anew(&session.root, folder, &files, args.printing.output.force)?;
                let shown = output::shown(folder, session.environment);
                writeln!(out, "Đã ghi {} tệp vào {shown}{}", files.len() - kept, output::already(kept))?;
                out
            }
            (Output::Files(files), _) => {
                let ending = format!(".{}", format.ending());
                let names: Vec<&str> = files.iter().map(|(name, _)| name.trim_end_matches(&ending)).collect();
                bail!(
                    "một tệp csv chỉ chứa một bảng: thêm --table BẢNG, hoặc ghi mọi bảng vào một thư mục bằng -o.\n\
                     Các bảng: {}.",
                    names.join(", ")
                )
            }
        };
        if agency.is_some() {
            return Ok(Outcome::Done);
        }
        summary(brief, aside, beside)?;
        let ad_hoc = if args.accepted_only { status::ad_hoc(&workspace, round).len() } else { 0 };
        if ad_hoc > 0 {
            writeln!(
                beside,
                "{ad_hoc} báo cáo đột xuất để ngoài (--accepted-only): báo cáo đột xuất không có bước duyệt."
            )?;
        }
        view::draft::told(&drafted.judged).iter().try_for_each(|line| writeln!(beside, "{line}"))?;
        std::mem::forget(drafted);
        Ok(if waits { Outcome::Found } else { Outcome::Done })
    });
    // As “plan check” does.
    std::mem::forget(workspace);
    done
}

/// Whether what stands there may be written over: a file that the program wrote itself and nobody changed since, or any
/// with `--force`.
///
/// # Errors
/// When it is a draft that people changed, with how their changes are taken back.
fn gives_way(path: &Path, args: &Args, session: &Session<'_>) -> Result<bool> {
    if args.printing.output.force || !path.is_file() {
        return Ok(args.printing.output.force);
    }
    if output::is_own(&session.root, path) {
        return Ok(true);
    }
    if drafted::carries_base(path) {
        let shown = output::shown(path, session.environment);
        bail!(
            "tệp {shown} đã được sửa sau khi công cụ ghi; chưa ghi gì.\n\
             Nhận các chỗ sửa rồi chạy lại lệnh này: plan draft import {shown}\n\
             Nhận rồi mà vẫn còn nêu: số, ngày, bảng, ý kiến bên lề, đầu trang, cuối trang, chữ ẩn đã sửa không nhận được, chỉ có \
             trong tệp này.\n\
             Đổi tên tệp để giữ lại, hoặc không cần thì thêm --force."
        );
    }
    Ok(false)
}

/// Who reports to the consolidator in a round.
fn reporter<'p>(plan: &'p Plan, round: &Round, written: &str) -> Result<&'p Agency> {
    let agency = known::agency(plan, written)?;
    if plan.consolidator == Some(agency.id) {
        bail!("{} là cơ quan tổng hợp: báo cáo của cơ quan này là báo cáo tổng hợp (plan compile).", agency.name);
    }
    if !plan.is_asked(agency, round) {
        bail!("{} không phải báo cáo kỳ {}.", agency.name, round.short_name);
    }
    Ok(agency)
}

fn own_paper(brief: &Brief<'_, '_>, agency: &Agency) -> Result<Document> {
    let report = brief.status.valid_report(agency.id).ok_or_else(|| {
        anyhow!(
            "chưa có báo cáo kỳ {} của {}: nhận biểu mẫu đã điền bằng plan receive, hoặc viết tệp reports/{}/{}.yaml.",
            brief.status.round.short_name,
            agency.name,
            brief.status.round.key,
            agency.key
        )
    })?;
    let wording = brief.plan.wording.paper.as_ref();
    let wording = wording
        .ok_or_else(|| anyhow!("plan/report.yaml chưa có mẫu báo cáo của cơ quan: thêm phần paper vào đó."))?;
    paper::paper(brief, wording, agency, report).map_err(|error| output::in_template(&error, brief.files))
}

/// Why the last version cannot be made yet.
fn unsettled(judged: &[Judged<'_>], stream: &mut Out<'_>) -> Result<Outcome> {
    view::draft::told(judged).iter().try_for_each(|line| writeln!(stream, "{line}"))?;
    writeln!(stream, "Chưa lập bản chính thức (--final): còn chỗ sửa phải quyết định, xem lại nêu trên.")?;
    Ok(Outcome::Found)
}

/// The earlier draft to compare with.
fn earlier_draft(session: &Session<'_>, path: &Path, round: &Round) -> Result<Earlier> {
    let wrong = |why: String| {
        anyhow!(
            "không so sánh được với {}: {why}.\nTệp so sánh là tệp mà “plan compile --format json” đã ghi.",
            path.display()
        )
    };
    let bytes = source::read_plain(&session.environment.current_dir.join(path))
        .map_err(|error| wrong(source::reason(source::kind_of(&error)).to_owned()))?;
    let earlier: Earlier = serde_json::from_slice(&bytes).map_err(|error| {
        wrong(format!("nội dung không đúng dạng (dòng {}, cột {})", error.line(), error.column()))
    })?;
    if earlier.schema_version != SCHEMA_VERSION {
        return Err(wrong(format!(
            "tệp theo phiên bản {}, công cụ này đọc phiên bản {SCHEMA_VERSION}",
            earlier.schema_version
        )));
    }
    if earlier.round.id != round.key.as_str() {
        return Err(wrong(format!("tệp là của kỳ {}, không phải kỳ {}", earlier.round.id, round.key)));
    }
    Ok(earlier)
}

fn render(brief: &Brief<'_, '_>, drafted: &Drafted<'_>, format: &Format, table: Option<&str>) -> Result<Output> {
    match format.render {
        Render::Json => Ok(Output::File(Visible::json(&report_json::report(brief, &drafted.judged))?.into())),
        Render::Rows(render) => tables(&drafted.document, format, render, table),
        Render::Document(render) => render(&drafted.document).map(Output::File),
        _ => bail!("báo cáo không có dạng {}", format.name),
    }
}

/// One table of the document, or all, each in a file of its own.
fn tables(
    document: &Document,
    format: &Format,
    render: fn(&Table) -> Visible,
    wanted: Option<&str>,
) -> Result<Output> {
    let tables = csv::tables(document);
    let Some(wanted) = wanted else {
        let files =
            tables.iter().map(|table| (format!("{}.{}", table.name, format.ending()), render(table).into()));
        return Ok(Output::Files(files.collect()));
    };
    let found = tables.iter().find(|table| table.name == wanted).ok_or_else(|| {
        let names: Vec<&str> = tables.iter().map(|table| table.name).collect();
        anyhow!("báo cáo không có bảng “{wanted}”. Các bảng: {}.", names.join(", "))
    })?;
    Ok(Output::File(render(found).into()))
}

fn summary(brief: &Brief<'_, '_>, banner: Option<&str>, out: &mut Out<'_>) -> Result<()> {
    if let Some(banner) = banner {
        writeln!(out, "*** {banner} ***")?;
    }
    let status = brief.status;
    let counts = status.counts;
    let on_paper = match counts.paper_alone {
        0 => String::new(),
        some => format!(" {some} cơ quan mới gửi bản giấy, chưa có số liệu;"),
    };
    writeln!(
        out,
        "Kỳ {}: {} báo cáo được tổng hợp; {} cơ quan phải gửi chưa gửi;{on_paper} {} báo cáo chưa hợp lệ để ngoài.",
        status.round.short_name, counts.included, counts.missing, counts.invalid
    )?;
    if counts.not_accepted > 0 {
        writeln!(out, "{} báo cáo chưa duyệt để ngoài (--accepted-only).", counts.not_accepted)?;
    }
    let blank = status.blank().filter(|(_, blank)| blank.was_sent()).count();
    if blank > 0 {
        writeln!(out, "{blank} tệp báo cáo không có nội dung, không tính là đã gửi: plan check nêu từng tệp.")?;
    }
    let gaps = report::gaps(brief);
    if !gaps.is_empty() {
        writeln!(out, "Xem lại trước khi trình (không in trong báo cáo):")?;
        gaps.iter().try_for_each(|gap| writeln!(out, "- {}.", upper_first(clause(&gap.text))))?;
    }
    if let Some(changes) = brief.changes {
        writeln!(out, "{}", report::changes_summary(changes))?;
    }
    Ok(())
}
