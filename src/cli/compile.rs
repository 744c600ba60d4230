//! `plan compile`: the consolidated report.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use super::check::prefix;
use super::output::{self, Out};
use super::status::unusable_plan;
use super::{Outcome, Session, known};
use crate::changes::{self, Earlier, SCHEMA_VERSION};
use crate::doc::Document;
use crate::model::{Plan, Round};
use crate::render::diagnostics::{self, Findings};
use crate::render::{Bytes, FORMATS, Visible, csv};
use crate::source;
use crate::vietnamese::number;
use crate::view::report::{self, Brief};
use crate::view::{self, report_json};
use crate::{check, consolidate, status};

const JSON: &str = "json";
const CSV: &str = "csv";

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
                  plan compile --format csv -o so-lieu             mỗi bảng một tệp, trong thư mục so-lieu\n  \
                  plan compile --format json -o -                  dữ liệu tổng hợp, in ra màn hình"
)]
pub(super) struct Args {
    /// Kỳ báo cáo (mặc định: kỳ có số liệu đến muộn nhất)
    #[arg(long, value_name = "KỲ")]
    round: Option<String>,
    /// Tệp ghi ra; đuôi tệp chọn dạng; dấu - để in ra màn hình; với dạng csv là thư mục
    #[arg(short = 'o', long, value_name = "TỆP")]
    output: Option<PathBuf>,
    /// Dạng tệp: docx (mặc định), xlsx, html, md, csv, json
    #[arg(long, value_name = "DẠNG")]
    format: Option<String>,
    /// Chỉ bảng này, với dạng csv; ví dụ indicators
    #[arg(long, value_name = "BẢNG")]
    table: Option<String>,
    /// Ghi đè tệp đã có
    #[arg(long)]
    force: bool,
    /// So với bản tổng hợp trước (tệp json đã lập): nêu báo cáo mới, đã sửa, không còn và số liệu thay đổi
    #[arg(long, value_name = "TỆP.json")]
    since: Option<PathBuf>,
    /// Bỏ qua báo cáo chưa hợp lệ (nêu tên ở phụ lục tình hình gửi báo cáo), thay vì dừng lại
    #[arg(long)]
    skip_invalid: bool,
}

pub(super) fn run(args: &Args, session: &Session<'_>, out: &mut Out<'_>, err: &mut Out<'_>) -> Result<Outcome> {
    let files = source::read(&session.root)?;
    let checked = check::run(&files, session.clock);
    let Some(plan) = &checked.plan else { return Err(unusable_plan()) };
    let round = chosen_round(plan, args.round.as_deref())?;
    let format = chosen_format(args)?;
    let since = args.since.as_deref().map(|path| earlier_draft(session, path, round)).transpose()?;
    let stem = format!("bao-cao-{}-{}", round.key, plan.year);
    let target = match &args.table {
        _ if format != CSV => target(args, session, &format!("{stem}.{format}")),
        Some(table) => target(args, session, &format!("{stem}-{table}.csv")),
        None => target(args, session, &format!("{stem}-csv")),
    };
    // The files of a folder are known only once there are tables.
    if let Some(path) = target.as_ref().filter(|path| !path.is_dir()) {
        output::may_write(path, args.force)?;
    }

    let blocking = checked.blocking(&files, round, args.skip_invalid);
    if !blocking.is_empty() {
        let findings = Findings {
            files: &files,
            checked: Vec::new(),
            diagnostics: blocking,
            prefix: prefix(session),
            rules: Vec::new(),
            strict: false,
            colour: session.environment.colour,
            width: session.environment.width,
            note: None,
        };
        out.print(diagnostics::full(&findings))?;
        writeln!(
            out,
            "Chưa lập báo cáo: còn {} lỗi nêu trên. Đề nghị cơ quan bổ sung rồi chạy lại;\n\
             hoặc thêm --skip-invalid để lập báo cáo không có các báo cáo chưa hợp lệ.",
            number(findings.diagnostics.len() as u128)
        )?;
        return Ok(Outcome::Found);
    }

    let rounds = status::derive(plan, &checked, checked.as_of);
    let current = rounds.iter().find(|status| status.round.id == round.id).context("kỳ báo cáo không có")?;
    let totals = consolidate::totals(plan, &rounds, current);
    let earlier = consolidate::earlier(plan, &rounds, current);
    let ad_hoc = status::ad_hoc(plan, &checked, round);
    let changes = since.as_ref().map(|since| changes::changes(since, plan, current, &totals, &ad_hoc, &files));
    let brief = Brief {
        plan,
        status: current,
        totals: &totals,
        rounds: &rounds,
        earlier: earlier.as_ref(),
        changes: changes.as_ref(),
        ad_hoc: &ad_hoc,
        as_of: checked.as_of,
        banner: view::illustrative_banner(&checked),
        files: &files,
    };
    // A table for other programs has no room for the warning: it is said beside it.
    let aside = brief.banner.as_deref().filter(|_| format == CSV);
    match (render(&brief, format, args.table.as_deref())?, &target) {
        (Output::File(bytes), None) => {
            out.print(bytes)?;
            summary(&brief, aside, err)?;
            return Ok(Outcome::Done);
        }
        (Output::File(bytes), Some(path)) => {
            output::write(path, &bytes, args.force)?;
            writeln!(out, "Đã ghi {}", output::shown(path, session.environment))?;
        }
        (Output::Files(files), Some(folder)) if ending(folder).as_deref() != Some(CSV) => {
            output::write_into(folder, &files, |_| args.force)?;
            writeln!(out, "Đã ghi {} tệp vào {}", files.len(), output::shown(folder, session.environment))?;
        }
        (Output::Files(files), _) => {
            let names: Vec<&str> = files.iter().map(|(name, _)| name.trim_end_matches(".csv")).collect();
            bail!(
                "một tệp csv chỉ chứa một bảng: thêm --table BẢNG, hoặc ghi mọi bảng vào một thư mục bằng -o.\n\
                 Các bảng: {}.",
                names.join(", ")
            )
        }
    }
    summary(&brief, aside, out)?;
    Ok(Outcome::Done)
}

pub(super) fn chosen_round<'p>(plan: &'p Plan, written: Option<&str>) -> Result<&'p Round> {
    let round = match written {
        Some(written) => Some(known::round(plan, written)?),
        None => plan.rounds.iter().max_by_key(|round| round.data_to),
    };
    round.ok_or_else(|| anyhow!("Kế hoạch không có kỳ báo cáo nào (plan/rounds.yaml)"))
}

/// What `--format` takes.
pub(super) fn formats() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|format| format.name).chain([CSV, JSON])
}

/// The format by `--format`, else by the ending of `-o`, else DOCX.
fn chosen_format(args: &Args) -> Result<&'static str> {
    let wanted = args.format.clone().or_else(|| args.output.as_deref().and_then(ending));
    let wanted = wanted.unwrap_or_else(|| FORMATS[0].name.to_owned());
    let format = formats().find(|name| *name == wanted).ok_or_else(|| {
        anyhow!("không lập được báo cáo dạng “{wanted}”. Các dạng: {}.", formats().collect::<Vec<_>>().join(", "))
    })?;
    if args.table.is_some() && format != CSV {
        bail!("--table chỉ dùng với dạng csv: thêm --format csv, hoặc bỏ --table.");
    }
    Ok(format)
}

fn ending(path: &Path) -> Option<String> {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase())
}

/// The earlier draft to compare with.
fn earlier_draft(session: &Session<'_>, path: &Path, round: &Round) -> Result<Earlier> {
    let wrong = |why: String| {
        anyhow!(
            "không so sánh được với {}: {why}.\nTệp so sánh là tệp mà “plan compile --format json” đã ghi.",
            path.display()
        )
    };
    let bytes = std::fs::read(session.environment.current_dir.join(path))
        .map_err(|error| wrong(source::reason(error.kind()).to_owned()))?;
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

/// Where to write; `None` is standard output.
fn target(args: &Args, session: &Session<'_>, default: &str) -> Option<PathBuf> {
    let current = &session.environment.current_dir;
    match args.output.as_deref() {
        Some(path) => output::target(path, session.environment),
        None => Some(current.join(default)),
    }
}

fn render(brief: &Brief<'_, '_>, format: &str, table: Option<&str>) -> Result<Output> {
    if format == JSON {
        return Ok(Output::File(Visible::json(&report_json::report(brief))?.into()));
    }
    let document = report::document(brief).map_err(|error| output::in_template(&error, brief.files))?;
    if format == CSV {
        return tables(&document, table);
    }
    let format = FORMATS.iter().find(|known| known.name == format).context("dạng tệp không có")?;
    (format.render)(&document).map(Output::File)
}

/// One table of the document as CSV, or all, each in a file of its own.
fn tables(document: &Document, wanted: Option<&str>) -> Result<Output> {
    let tables = csv::tables(document);
    let Some(wanted) = wanted else {
        let files = tables.iter().map(|table| (format!("{}.csv", table.name), csv::render(table).into()));
        return Ok(Output::Files(files.collect()));
    };
    let found = tables.iter().find(|table| table.name == wanted).ok_or_else(|| {
        let names: Vec<&str> = tables.iter().map(|table| table.name).collect();
        anyhow!("báo cáo không có bảng “{wanted}”. Các bảng: {}.", names.join(", "))
    })?;
    Ok(Output::File(csv::render(found).into()))
}

fn summary(brief: &Brief<'_, '_>, banner: Option<&str>, out: &mut Out<'_>) -> Result<()> {
    if let Some(banner) = banner {
        writeln!(out, "*** {banner} ***")?;
    }
    let status = brief.status;
    let counts = status.counts;
    let included = status.valid_reports().count();
    writeln!(
        out,
        "Kỳ {}: {} báo cáo được tổng hợp; {} cơ quan phải gửi chưa gửi; {} báo cáo chưa hợp lệ để ngoài.",
        status.round.short_name, included, counts.missing, counts.invalid
    )?;
    if let Some(changes) = brief.changes {
        writeln!(out, "{}", report::changes_summary(changes))?;
    }
    Ok(())
}
