//! `plan check`: every problem of every file, or of some.

use std::path::{Component, Path, PathBuf};

use anyhow::{Result, anyhow, bail};

use super::printing::{Printing, Problems};
use super::{Call, Outcome, Session};
use crate::diagnostic::Severity;
use crate::record::suggest;
use crate::render::diagnostics::Findings;
use crate::render::{self, Render};
use crate::source::{FileId, Files};
use crate::{check, source};

/// Kiểm tra mọi tệp của Kế hoạch và báo cáo; nêu hết các lỗi kèm vị trí và cách sửa
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan check [TÙY CHỌN] [TỆP]...",
    after_help = "Ví dụ:\n  plan check                      kiểm tra mọi tệp\n  \
                  plan check reports/annual       chỉ các báo cáo của một kỳ\n  \
                  plan check --format sarif       kết quả cho công cụ quét mã\n  plan check --strict             coi cảnh báo là lỗi\n  \
                  plan explain not-a-number       giải thích một quy tắc\n\nMã thoát: 0 không có lỗi, 1 có lỗi, 2 không chạy được."
)]
pub(super) struct Args {
    /// Chỉ các tệp hoặc thư mục này (vẫn đối chiếu với Kế hoạch); bỏ trống: mọi tệp
    #[arg(value_name = "TỆP", help_heading = "Tham số")]
    paths: Vec<PathBuf>,
    /// Chỉ quy tắc này
    #[arg(long, value_name = "QUY_TẮC")]
    rule: Option<String>,
    /// Chỉ từ mức này trở lên: error (lỗi), warning (cảnh báo), notice (lưu ý)
    #[arg(long, value_name = "MỨC")]
    severity: Option<String>,
    /// Coi cảnh báo là lỗi
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    printing: Printing<Problems>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, _) = &mut call.open()?;
    let format = args.printing.format(session.environment)?;
    let screen = args.printing.output.screen(session.environment);
    let least = severity(args.severity.as_deref())?;
    if let Some(name) = &args.rule {
        known_rule(name)?;
    }
    let mut files = source::read(&session.root)?;
    let asked = asked(&args.paths, session, &mut files)?;
    let checked = check::run(&files, session.clock, check::Depth::All);
    let wanted = |rule: &crate::diagnostic::Rule| {
        rule.severity <= least && args.rule.as_ref().is_none_or(|name| rule.name == name)
    };
    let diagnostics = checked
        .diagnostics
        .iter()
        .filter(|found| wanted(found.rule) && asked.binary_search(&found.span.file).is_ok())
        .collect();
    let findings = Findings {
        files: &files,
        checked: asked,
        diagnostics,
        prefix: prefix(session),
        rules: check::rules().collect(),
        strict: args.strict,
        colour: screen.colour,
        note: match &checked.plan {
            None => Some("Phần Kế hoạch (plan/) chưa đọc được nên chưa kiểm tra các báo cáo."),
            Some(plan) if plan.is_flawed => {
                Some("Kế hoạch (plan/) còn lỗi nên các báo cáo chưa được đối chiếu với Kế hoạch.")
            }
            Some(_) => None,
        },
    };
    let bytes = match format.render {
        Render::Problems(render) => render(&findings)?.into(),
        _ => render::shown(format, &findings, screen)?,
    };
    args.printing.output.put(bytes, session.environment, out)?;
    // Without a plan nothing is known to be right, whatever files were asked about.
    let failed = checked.plan.is_none() || findings.diagnostics.iter().any(|found| found.fails(args.strict));
    Ok(if failed { Outcome::Found } else { Outcome::Done })
}

/// The least bad severity to show.
fn severity(written: Option<&str>) -> Result<Severity> {
    let Some(written) = written else { return Ok(Severity::Notice) };
    Severity::ALL.into_iter().find(|severity| severity.id() == written).ok_or_else(|| {
        let ids = Severity::ALL.map(|severity| format!("{} ({})", severity.id(), severity.label()));
        anyhow!("không có mức “{written}”. Các mức: {}.", ids.join(", "))
    })
}

/// # Errors
/// When there is no such rule, with the nearest names.
pub(super) fn known_rule(name: &str) -> Result<&'static crate::diagnostic::Rule> {
    check::rules().find(|rule| rule.name == name).ok_or_else(|| {
        let hint = suggest::among(name, check::rules().map(|rule| (rule.name, rule.name)));
        let hint = hint.map(|hint| format!("; {hint}")).unwrap_or_default();
        anyhow!("không có quy tắc “{name}”{hint}\nXem danh sách: plan explain")
    })
}

/// The files that the paths name, in order; all where there are none. A file from outside the workspace
/// is added: what an agency checks before it sends.
///
/// # Errors
/// When a path names nothing that can be checked.
fn asked(paths: &[PathBuf], session: &Session<'_>, files: &mut Files) -> Result<Vec<FileId>> {
    if paths.is_empty() {
        return Ok(files.iter().map(|(id, _)| id).collect());
    }
    // Windows finds a file however its name is capitalised.
    let folded = |text: String| if cfg!(windows) { text.to_lowercase() } else { text };
    let compared = |path: &Path| if cfg!(windows) { folded(slashes(path)).into() } else { path.to_path_buf() };
    let root = compared(&normal(&session.root));
    let mut asked = Vec::new();
    for path in paths {
        let full = normal(&session.environment.current_dir.join(path));
        let before = asked.len();
        match compared(&full).strip_prefix(&root).map(slashes) {
            Ok(inside) if full.exists() => {
                let of_path = |file: &str| {
                    let below = |rest: &str| rest.is_empty() || rest.starts_with('/');
                    inside.is_empty() || folded(file.to_owned()).strip_prefix(&inside).is_some_and(below)
                };
                asked.extend(files.iter().filter(|(_, file)| of_path(&file.path)).map(|(id, _)| id));
            }
            Err(_) if full.is_file() => asked.push(files.add_outside(&full, slashes(path))),
            _ => {}
        }
        if asked.len() == before {
            bail!(
                "không có tệp nào để kiểm tra ở {}.\nKiểm tra được tệp trong plan/ và reports/ của {}, hoặc một tệp báo cáo ở nơi khác.",
                path.display(),
                session.root.display()
            );
        }
    }
    asked.sort();
    asked.dedup();
    Ok(asked)
}

/// What leads from the reader's folder to the workspace.
pub(super) fn prefix(session: &Session<'_>) -> String {
    let (here, root) = (normal(&session.environment.current_dir), normal(&session.root));
    if let Ok(below) = root.strip_prefix(&here) {
        let below = slashes(below);
        return if below.is_empty() { below } else { below + "/" };
    }
    match here.strip_prefix(&root) {
        Ok(inside) => "../".repeat(inside.components().count()),
        Err(_) => slashes(&root) + "/",
    }
}

/// Without `.` and `..`, as far as the text alone tells.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
