//! Arguments, exit codes, and the one place that knows the process: clock, environment, terminal.
//! One file a command; each reads as what the command does.

mod accept;
mod args;
mod check;
mod compile;
mod completions;
mod difficulties;
mod environment;
mod explain;
mod form;
mod init;
mod known;
mod man;
mod messages;
mod new;
mod output;
mod printing;
mod remind;
mod schema;
mod show;
mod status;
mod trace;

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};

use crate::check::Clock;
use crate::source;
use args::{Args, Command, Stop};
use output::Out;

pub use environment::Environment;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// The command worked, and found what its exit code tells: errors, something overdue.
    Found,
}

/// What every command works with.
struct Session<'e> {
    root: PathBuf,
    clock: Clock,
    environment: &'e Environment,
}

/// Runs the program: `args` with the program's name first, `out` and `err` for what it prints.
/// Returns the exit code: 0 done, 1 problems found, 2 could not work.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let (mut out, mut err) = (Out(out), Out(err));
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(shell) = &environment.completing {
        completions::answer(shell, args, environment, &mut out);
        return 0;
    }
    let program = args.first().cloned().unwrap_or_default();
    let result = match args::parse(args, environment) {
        Ok(args) => execute(args, &program, environment, &mut out, &mut err),
        Err(Stop::Help(text)) => out.print(text).map(|()| Outcome::Done),
        Err(Stop::Wrong(why)) => Err(anyhow!(why)),
    };
    // What a stream keeps to itself can still be refused.
    match result.and_then(|outcome| out.flush().map(|()| outcome)) {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::Found) => 1,
        // Whoever reads a part of the output and leaves has had what they wanted.
        Err(error) if refusal(&error) == Some(io::ErrorKind::BrokenPipe) => 0,
        Err(error) => {
            let text = match refusal(&error) {
                Some(kind) => format!("không in được kết quả: {}", source::reason(kind)),
                None => error.to_string(),
            };
            // Nothing more can be done when even the error stream is gone.
            let _ = writeln!(err, "lỗi: {text}");
            2
        }
    }
}

/// Why the system refused to take what is printed; other refusals come in words of their own.
fn refusal(error: &anyhow::Error) -> Option<io::ErrorKind> {
    error.downcast_ref::<io::Error>().map(io::Error::kind)
}

fn execute(
    args: Args,
    program: &OsStr,
    environment: &Environment,
    out: &mut Out<'_>,
    err: &mut Out<'_>,
) -> Result<Outcome> {
    let start = environment.start(args.directory);
    let session = || Session::open(&start, Clock { today: environment.today, as_of: args.as_of }, environment);
    match args.command.unwrap_or_default() {
        Command::Form(args) => form::run(&args, &session()?, out, err),
        Command::Init(args) => init::run(&args, environment, out),
        Command::Explain(args) => explain::run(&args, environment, out),
        Command::Check(args) => check::run(&args, &session()?, out),
        Command::Status(args) => status::run(&args, &session()?, out),
        Command::Show(args) => show::run(&args, &session()?, out),
        Command::Difficulties(args) => difficulties::run(&args, &session()?, out),
        Command::Schema(args) => schema::run(&args, &session()?, out),
        Command::Compile(args) => compile::run(&args, &session()?, out, err),
        Command::New(args) => new::run(&args, &session()?, out),
        Command::Accept(args) => accept::run(&args, &session()?, out),
        Command::Trace(args) => trace::run(&args, &session()?, out),
        Command::Remind(args) => remind::run(&args, &session()?, out),
        Command::Completions(args) => completions::script(&args, program, environment, out),
        Command::Man(args) => man::run(&args, environment, out),
    }
}

impl<'e> Session<'e> {
    fn open(start: &Path, clock: Clock, environment: &'e Environment) -> Result<Self> {
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
}
