//! `plan check`: every problem of every file, or of some.

use std::collections::BTreeSet;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};

use super::environment::normal;
use super::printing::{Printing, Problems};
use super::receive::{self, How, Kind, Receipt};
use super::{Call, Outcome, Session};
use crate::arrivals::{self, Instead};
use crate::check::Depth;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::is_from_form;
use crate::record::suggest;
use crate::render::diagnostics::Findings;
use crate::render::{self, Render};
use crate::source::{FileId, Files, Limits};
use crate::view::form;
use crate::{check, source};

/// Kiểm tra mọi tệp của Kế hoạch và báo cáo; nêu hết các lỗi kèm vị trí và cách sửa
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan check [TÙY CHỌN] [TỆP]...",
    after_help = "Ví dụ:\n  plan check                      kiểm tra mọi tệp\n  \
                  plan check reports/annual       chỉ các báo cáo của một kỳ\n  \
                  plan check --alone bao-cao.yaml  riêng một báo cáo, không đọc báo cáo khác\n  plan check --format sarif       kết quả cho công cụ quét mã\n  plan check --strict             coi cảnh báo là lỗi\n  \
                  plan explain not-a-number       giải thích một quy tắc"
)]
pub(super) struct Args {
    /// Chỉ các tệp hoặc thư mục này (vẫn đối chiếu với Kế hoạch), kể cả biểu mẫu .xlsx trước khi gửi (dạng table, json,
    /// csv, markdown, html; json theo lược đồ form-import-output); dấu -: đọc từ đầu vào chuẩn; bỏ trống: mọi tệp
    #[arg(value_name = "TỆP", help_heading = "Tham số")]
    paths: Vec<PathBuf>,
    /// Tên của tệp mà nội dung đọc từ đầu vào chuẩn (TỆP là dấu -), như trình soạn thảo đang mở
    #[arg(long, value_name = "TỆP", requires = "paths")]
    stdin_filename: Option<PathBuf>,
    /// Chỉ đọc Kế hoạch và các báo cáo này, không đối chiếu với báo cáo khác, sổ theo dõi: nhanh hơn khi có nhiều báo cáo
    #[arg(long, requires = "paths")]
    alone: bool,
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
    if args.paths.iter().any(|path| is_form(&call.environment.current_dir.join(path))) {
        return forms(args, call);
    }
    let quiet = call.quiet;
    let (session, out, _) = &mut call.open()?;
    let format = args.printing.format(session.environment)?;
    let screen = args.printing.output.screen(session.environment);
    let least = severity(args.severity.as_deref())?;
    if let Some(name) = &args.rule {
        known_rule(name)?;
    }
    let named = args.paths.iter().map(|path| Named::new(path, args, session)).collect::<Result<Vec<_>>>()?;
    if args.stdin_filename.is_some() && named.iter().all(|named| named.text.is_none()) {
        bail!("--stdin-filename chỉ dùng khi đọc từ đầu vào chuẩn: plan check - --stdin-filename TỆP");
    }
    let mut files = if args.alone {
        source::read_some(&session.root, |path| {
            check::is_of_plan(path) || named.iter().any(|named| named.holds(path) || named.is_below(path))
        })?
    } else {
        let (files, kept) = (source::read(&session.root)?, source::read_received(&session.root, |_| true)?);
        let (unused, flawed) = arrivals::unused(kept.iter().map(|(path, content)| (&**path, content)), &files);
        let unused = unused.into_iter().flat_map(|unused| match unused.instead {
            Instead::Nothing | Instead::Later(_) => vec![unused.version.path],
            Instead::Older(used) | Instead::Rival(used) => vec![unused.version.path, used.path],
        });
        let told: BTreeSet<String> = unused.chain(flawed.into_iter().map(str::to_owned)).collect();
        files.with_kept(kept.into_iter().filter(|(path, _)| told.contains(path)))
    };
    for named in &named {
        if let (Some(inside), Some(text)) = (&named.inside, &named.text) {
            let there = files.iter().find(|(_, file)| named.holds(&file.path)).map(|(_, file)| file.path.clone());
            files = files.with_text(there.unwrap_or_else(|| inside.clone()), text.clone());
        }
    }
    let asked = asked(&named, session, &mut files)?;
    let is_of_plan = |file: &FileId| check::is_of_plan(&files.get(*file).path);
    if args.alone && asked.iter().any(is_of_plan) {
        bail!("“plan check --alone” chỉ xét báo cáo; xét tệp của Kế hoạch bằng “plan check”.");
    }
    let mut checked = check::run(&files, session.clock, if args.alone { Depth::Alone } else { Depth::All });
    // Who filled in a form mends it by its cells and questions.
    if let Some(plan) = &checked.plan {
        let of_forms = |found: &&mut Diagnostic| is_from_form(files.get(found.span.file).text());
        for found in checked.diagnostics.iter_mut().filter(of_forms) {
            (found.message, found.hint) = form::worded(found, plan);
        }
    }
    let is_flawed = checked.plan.as_ref().map(|plan| plan.is_flawed);
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
        is_judged: match is_flawed {
            None => |_| false,
            Some(true) => check::is_of_plan,
            Some(false) => |_| true,
        },
        diagnostics,
        prefix: prefix(session),
        rules: check::rules().collect(),
        strict: args.strict,
        colour: screen.colour,
        note: match is_flawed {
            None => Some("Phần Kế hoạch (plan/) chưa đọc được nên chưa kiểm tra các báo cáo."),
            Some(true) => Some("Kế hoạch (plan/) còn lỗi nên các báo cáo chưa được đối chiếu với Kế hoạch."),
            Some(false) => {
                args.alone.then_some("Chỉ xét riêng các tệp này: chưa đối chiếu với báo cáo khác và sổ theo dõi.")
            }
        },
    };
    let bytes = match format.render {
        Render::Problems(render) => render(&findings)?.into(),
        _ => render::shown(format, &findings, screen)?,
    };
    if !(quiet && findings.diagnostics.is_empty() && findings.note.is_none()) {
        args.printing.output.put(bytes, session.environment, out)?;
    }
    // Without a plan nothing is known to be right, whatever files were asked about.
    let failed = checked.plan.is_none() || findings.diagnostics.iter().any(|found| found.fails(args.strict));
    // The process ends here, and giving back every report in pieces takes a fortieth of the time of thousands.
    std::mem::forget(checked);
    Ok(if failed { Outcome::Found } else { Outcome::Done })
}

/// Checks forms as they would be received, and writes nothing.
///
/// # Errors
/// When other files are named too, an option is given that forms do not have, or the format is none of a list.
fn forms(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let of_reports = [
        ("--alone", args.alone),
        ("--rule", args.rule.is_some()),
        ("--severity", args.severity.is_some()),
        ("--stdin-filename", args.stdin_filename.is_some()),
    ];
    if let Some((option, _)) = of_reports.iter().find(|(_, given)| *given) {
        bail!("{option} không dùng khi kiểm tra biểu mẫu .xlsx.");
    }
    let other = args.paths.iter().find(|path| !is_form(path));
    if let Some(path) = other {
        bail!("kiểm tra biểu mẫu .xlsx và {} bằng hai lệnh riêng.", path.display());
    }
    let receipt =
        Receipt { wanted: &[Kind::Form], before_sending: true, strict: args.strict, ..Receipt::default() };
    let how = How { dry_run: true, printing: args.printing.of_list()? };
    receive::files(&args.paths, &receipt, &how, call)
}

/// A form, or a folder with forms and no files of the workspace.
fn is_form(path: &Path) -> bool {
    let ends = |path: &Path, with: &[&str]| {
        path.extension().is_some_and(|ending| with.iter().any(|with| ending.eq_ignore_ascii_case(with)))
    };
    let Ok(inside) = path.read_dir() else { return ends(path, &["xlsx"]) };
    let inside: Vec<PathBuf> = inside.filter_map(|entry| Some(entry.ok()?.path())).collect();
    let any = |endings: &[&str]| inside.iter().any(|path| ends(path, endings));
    any(&["xlsx"]) && !any(&["yaml", "yml"])
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

/// What stands for the standard input.
const STDIN: &str = "-";

/// What a path names.
struct Named<'a> {
    written: &'a Path,
    /// Read from the standard input, which bears the name.
    text: Option<Vec<u8>>,
    full: PathBuf,
    /// The way there from the workspace's folder, where it is in there.
    inside: Option<String>,
}

impl<'a> Named<'a> {
    /// # Errors
    /// When the standard input cannot be read.
    fn new(path: &'a Path, args: &'a Args, session: &Session<'_>) -> Result<Self> {
        let (mut written, mut text) = (path, None);
        if path == Path::new(STDIN) {
            let mut bytes = Vec::new();
            // One byte over what any file may hold is enough to say so.
            let taken = io::stdin().lock().take(Limits::PLAN.bytes + 1).read_to_end(&mut bytes);
            taken.map_err(|error| anyhow!("không đọc được đầu vào chuẩn: {}", source::reason(error.kind())))?;
            (written, text) = (args.stdin_filename.as_deref().unwrap_or(path), Some(bytes));
        }
        // Windows finds a file however its name is capitalised.
        let compared = |path: &Path| if cfg!(windows) { folded(&slashes(path)).into() } else { path.to_path_buf() };
        let root = compared(&normal(&session.root));
        let full = normal(&session.environment.current_dir.join(written));
        let inside = compared(&full).strip_prefix(&root).map(slashes).ok();
        let is_of_workspace =
            |path: &String| ["plan", "reports"].iter().any(|folder| Path::new(path).starts_with(folder));
        let inside = inside.filter(|path| path.is_empty() || is_of_workspace(path));
        Ok(Self { written, text, full, inside })
    }

    /// Whether it is a file of the workspace, or a folder around it.
    fn holds(&self, file: &str) -> bool {
        self.inside.as_ref().is_some_and(|inside| inside.is_empty() || lies_in(&folded(file), inside))
    }

    /// Whether it lies in a folder of the workspace.
    fn is_below(&self, folder: &str) -> bool {
        self.inside.as_ref().is_some_and(|inside| lies_in(inside, &folded(folder)))
    }
}

/// Whether a path is a folder or leads into it.
fn lies_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// As names are compared here.
fn folded(path: &str) -> String {
    if cfg!(windows) { path.to_lowercase() } else { path.to_owned() }
}

/// The files that are named, in order; all where nothing is. A file from outside the workspace is added: what an
/// agency checks before it sends.
///
/// # Errors
/// When a path names nothing that can be checked.
fn asked(named: &[Named<'_>], session: &Session<'_>, files: &mut Files) -> Result<Vec<FileId>> {
    if named.is_empty() {
        return Ok(files.iter().map(|(id, _)| id).collect());
    }
    let mut asked = Vec::new();
    for named in named {
        let before = asked.len();
        if named.inside.is_some() {
            asked.extend(
                files.iter().filter(|(_, file)| !file.outside && named.holds(&file.path)).map(|(id, _)| id),
            );
        } else if let Some(text) = &named.text {
            asked.push(files.add_text(slashes(named.written), text.clone()));
        } else if named.full.is_file() {
            if let Some(why) = receive::why_not_read(&named.full) {
                bail!("{}: {why}.", named.written.display());
            }
            asked.push(files.add_outside(&named.full, slashes(named.written)));
        }
        if asked.len() == before {
            let called = |path: &str| path.split(['/', '.']).any(|part| Path::new(part) == named.written);
            let meant = files.iter().map(|(_, file)| &file.path).find(|path| called(path));
            let meant = meant.map(|path| match path.rsplit_once('/') {
                Some((folder, file)) if !called(file) => folder,
                _ => path,
            });
            let meant = meant.map(|path| format!("Có phải lệnh này: plan check {path}\n")).unwrap_or_default();
            let is_outside = named.inside.is_none();
            let meant = is_outside.then(|| within(named.written, &named.full)).flatten().unwrap_or(meant);
            bail!(
                "không có tệp nào để kiểm tra ở {}.\n{meant}Kiểm tra được tệp trong plan/ và reports/ của {}, hoặc một tệp báo cáo ở nơi khác.",
                named.written.display(),
                session.root.display()
            );
        }
    }
    asked.sort();
    asked.dedup();
    Ok(asked)
}

/// So many files of a folder are named in a command.
const LISTED: usize = 5;

/// The commands that look at what lies in a folder outside the workspace, which is not looked at as a whole.
fn within(written: &Path, folder: &Path) -> Option<String> {
    let entries = folder.read_dir().ok()?.filter_map(|entry| Some(entry.ok()?.file_name()));
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    let of = |endings: &[&str]| {
        let is_of = |name: &&String| {
            let ending = Path::new(name.as_str()).extension().unwrap_or_default();
            endings.iter().any(|with| ending.eq_ignore_ascii_case(with))
        };
        let quoted = |name: &String| {
            let path = slashes(&written.join(name));
            if path.contains(' ') { format!("\"{path}\"") } else { path }
        };
        names.iter().filter(is_of).take(LISTED).map(quoted).collect::<Vec<_>>().join(" ")
    };
    let checked = [&["xlsx"][..], &["yaml", "yml"]].map(of);
    let checked = checked.iter().filter(|of_kind| !of_kind.is_empty());
    let mut lines: String = checked.map(|of_kind| format!("  kiểm tra: plan check {of_kind}\n")).collect();
    if !of(&["eml"]).is_empty() {
        lines += &format!("  xem trước việc nhận: plan receive {} --dry-run\n", slashes(written));
    }
    (!lines.is_empty()).then(|| format!("Thư mục có nhiều loại tệp thì nêu riêng từng loại:\n{lines}"))
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

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
