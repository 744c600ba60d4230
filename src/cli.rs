//! Arguments, exit codes, and the one place that knows the process: clock, environment, terminal.
//! One file a command; each reads as what the command does.

mod accept;
mod args;
mod calendar;
mod check;
mod compile;
mod completions;
mod difficulties;
mod draft;
mod drafted;
mod environment;
mod explain;
mod extend;
mod form;
mod help;
mod init;
mod issue;
mod known;
mod man;
mod meant;
mod messages;
mod new;
mod output;
mod printing;
mod publish;
mod receive;
mod refusal;
mod remind;
mod schema;
mod settle;
mod show;
mod status;
mod superior;
mod trace;
mod writing;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::{ArgMatches, FromArgMatches};

use crate::check::{Clock, Depth};
use crate::render::diagnostics::CheckJson;
use crate::source;
use crate::vietnamese::others;
use crate::view::agenda::CalendarJson;
use crate::view::difficulties_json::DifficultiesJson;
use crate::view::draft_json::DraftJson;
use crate::view::form::FormImportJson;
use crate::view::public_json::PublishJson;
use crate::view::reminders::RemindJson;
use crate::view::report_json::ReportJson;
use crate::view::rules::ExplainJson;
use crate::view::show_json::ShownJson;
use crate::view::status_json::StatusJson;
use crate::view::trace_json::TracedJson;
use crate::workspace::{NAMED, Workspace};
use args::{Args, Stop};
use output::Out;
use schema::Output;

pub use environment::Environment;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// The command worked, and found what its exit code tells: errors, something overdue.
    Found,
}

/// What a command works with.
struct Call<'c> {
    /// Where the workspace is looked for.
    start: PathBuf,
    clock: Clock,
    environment: &'c Environment,
    /// As the program was called.
    program: OsString,
    /// Whether only what was asked for and what is wrong is printed.
    quiet: bool,
    out: Out<'c>,
    err: Out<'c>,
}

/// The workspace that a command works in.
struct Session<'e> {
    root: PathBuf,
    clock: Clock,
    environment: &'e Environment,
}

/// A command: what clap knows of it, what it does, what it prints as JSON.
struct Command {
    name: &'static str,
    group: &'static str,
    options: fn(clap::Command) -> clap::Command,
    run: fn(&ArgMatches, &mut Call<'_>) -> Result<Outcome>,
    output: Option<Output>,
}

/// One line a group, one file a command; help, manual and completions keep the order.
macro_rules! commands {
    ($($group:literal: $($command:ident $(-> $output:literal $json:ty)?),+;)+) => {
        const COMMANDS: &[Command] = &[$($(Command {
            name: stringify!($command),
            group: $group,
            options: <$command::Args as clap::Args>::augment_args,
            run: |matches, call| $command::run(&$command::Args::from_arg_matches(matches)?, call),
            output: commands!(@output $($output $json)?),
        }),+),+];
    };
    (@output) => { None };
    (@output $output:literal $json:ty) => { Some(Output::of::<$json>($output)) };
}

commands! {
    "Theo dõi":
        status -> "status" StatusJson<'static>,
        show -> "show" ShownJson<'static>,
        difficulties -> "difficulties" DifficultiesJson<'static>,
        calendar -> "calendar" CalendarJson<'static>,
        trace -> "trace" TracedJson<'static>;
    "Nhận và xử lý":
        form -> "form import" FormImportJson<'static>,
        receive -> "receive" FormImportJson<'static>,
        new,
        check -> "check" CheckJson<'static>,
        explain -> "explain" ExplainJson,
        accept,
        extend,
        settle;
    "Soạn":
        compile -> "compile" ReportJson<'static>,
        draft -> "draft" DraftJson<'static>,
        remind -> "remind" RemindJson<'static>,
        publish -> "publish" PublishJson<'static>,
        issue;
    "Thiết lập":
        init,
        schema -> "schema" schema::SchemaJson,
        completions,
        man,
        help;
}

/// Commands that write first and say so then.
const RECORD: [&str; 5] = ["accept", "extend", "settle", "issue", "receive"];

/// What is said of them when nothing can be printed any more.
const RECORDED: &str = ".\nViệc phải ghi thì đã ghi vào thư mục của Kế hoạch; xem lại: plan show MÃ --history";

impl Command {
    fn clap(&self) -> clap::Command {
        (self.options)(clap::Command::new(self.name))
    }
}

/// Runs the program: `args` with the program's name first, `out` and `err` for what it prints.
/// Returns the exit code: 0 done, 1 problems found, 2 could not work.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(shell) = &environment.completing {
        completions::answer(shell, args, environment, &mut Out::new(out, false));
        return 0;
    }
    let environment = &Environment { colour: args::colour(&args, environment), ..environment.clone() };
    let result = match args::parse(&args, environment) {
        Ok(matches) => execute(&matches, &args, environment, &mut *out, &mut *err).map_err(|error| {
            match meant::option(&error.to_string(), &args) {
                Some(line) => anyhow!("{error}\nCó phải lệnh này: {line}"),
                None => error,
            }
        }),
        Err(Stop::Help(text)) => Out::new(out, false).print(text).map(|()| Outcome::Done),
        Err(Stop::Wrong(error)) => Err(misunderstood(&error, &args, environment)),
    };
    let (mut out, mut err) = (Out::new(out, false), Out::new(err, false));
    // What a stream keeps to itself can still be refused.
    match result.and_then(|outcome| out.flush().map(|()| outcome)) {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::Found) => 1,
        // Whoever reads a part of the output and leaves has had what they wanted.
        Err(error) if refusal(&error) == Some(io::ErrorKind::BrokenPipe) => 0,
        Err(error) => {
            let text = match refusal(&error) {
                Some(kind) => {
                    let done = error.downcast_ref::<&str>().copied().unwrap_or_default();
                    format!("không in được kết quả: {}{done}", source::reason(kind))
                }
                None => error.to_string(),
            };
            // Nothing more can be done when even the error stream is gone.
            let _ = writeln!(err, "lỗi: {text}");
            2
        }
    }
}

/// What is wrong with a line, and the lines that were probably meant.
fn misunderstood(error: &clap::Error, words: &[OsString], environment: &Environment) -> anyhow::Error {
    let path = args::named(words);
    anyhow!(messages::explain(error, &path, &meant::lines(error, &path, words, environment)))
}

/// Why the system refused to take what is printed; other refusals come in words of their own.
fn refusal(error: &anyhow::Error) -> Option<io::ErrorKind> {
    error.downcast_ref::<io::Error>().map(io::Error::kind)
}

fn execute<'c>(
    matches: &ArgMatches,
    words: &[OsString],
    environment: &'c Environment,
    out: &'c mut dyn Write,
    err: &'c mut dyn Write,
) -> Result<Outcome> {
    let args = Args::from_arg_matches(matches)?;
    let mut call = Call {
        start: environment.start(args.directory),
        clock: Clock { today: environment.today, as_of: args.as_of },
        environment,
        program: words.first().cloned().unwrap_or_default(),
        quiet: args.quiet,
        out: Out::new(out, args.quiet),
        err: Out::new(err, args.quiet),
    };
    let (name, matches) = matches.subcommand().context("câu lệnh không có lệnh nào")?;
    let command = COMMANDS.iter().find(|command| command.name == name).context("không có lệnh này")?;
    let outcome = (command.run)(matches, &mut call).map_err(|error| match refusal(&error) {
        Some(_) if RECORD.contains(&name) => error.context(RECORDED),
        _ => error,
    })?;
    if outcome == Outcome::Found {
        call.out.release()?;
        call.err.release()?;
    }
    Ok(outcome)
}

impl<'c> Call<'c> {
    /// The workspace, and the streams.
    fn open(&mut self) -> Result<(Session<'c>, &mut Out<'c>, &mut Out<'c>)> {
        let session = Session::open(&self.start, self.clock, self.environment)?;
        Ok((session, &mut self.out, &mut self.err))
    }
}

impl<'e> Session<'e> {
    fn open(start: &Path, clock: Clock, environment: &'e Environment) -> Result<Self> {
        if start.as_os_str().is_empty() {
            bail!("thư mục đang đứng không còn; chuyển sang thư mục khác rồi chạy lại.");
        }
        if !start.is_dir() {
            bail!("không có thư mục {}", start.display());
        }
        let Some(root) = source::find_root(start) else {
            bail!(
                "không tìm thấy Kế hoạch: không có tệp {} trong {} và các thư mục phía trên.\n\
                 Hãy chuyển vào thư mục của Kế hoạch, hoặc chỉ thư mục đó bằng -C THƯ_MỤC.\n\
                 Chưa có thư mục nào thì tạo mới: plan init ke-hoach",
                source::PLAN_FILE,
                start.display()
            );
        };
        Ok(Self { root, clock, environment })
    }

    /// What the session's folder holds, as of its day, with the errors of reports; which reports could not be read is told.
    ///
    /// # Errors
    /// When something could not be read without which what is said or written would be wrong.
    fn workspace(&self, err: &mut Out<'_>) -> Result<Workspace> {
        let workspace = Workspace::open(&self.root, self.clock, Depth::Reports)?.whole("")?.judged_or_begun()?;
        tell_unread(&workspace, err)?;
        Ok(workspace)
    }
}

/// Names the reports that could not be read, where what follows is made without them.
fn tell_unread(workspace: &Workspace, err: &mut Out<'_>) -> Result<()> {
    let mut unread = workspace.unread_reports();
    let named: Vec<String> = unread.by_ref().take(NAMED).collect();
    if !named.is_empty() {
        writeln!(err, "lưu ý: có báo cáo không đọc được nên kết quả không có nội dung của báo cáo đó:")?;
        let more = others(unread.count(), "báo cáo").map(|more| format!("{more}.\n")).unwrap_or_default();
        write!(err, "- {}\n{more}", named.join("\n- "))?;
    }
    Ok(())
}
