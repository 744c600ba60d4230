//! What the program knows of the process it runs in, read once.

use std::io::IsTerminal;
use std::path::{Component, Path, PathBuf};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

/// The surroundings of a run; tests make their own.
#[derive(Debug, Clone)]
pub struct Environment {
    pub current_dir: PathBuf,
    /// `PLAN_DIR`: where the workspace is, unless `-C` says otherwise.
    pub plan_dir: Option<PathBuf>,
    /// [`COMPLETE_VARIABLE`]: the shell that asks what could be typed next.
    pub completing: Option<String>,
    /// Today in Asia/Ho_Chi_Minh (UTC+7, no daylight saving).
    pub today: NaiveDate,
    /// The time of that day.
    pub time: NaiveTime,
    /// Columns of the terminal.
    pub width: u16,
    /// Lines of the terminal, where what is printed goes to one.
    pub height: Option<u16>,
    /// Whether what is printed may be coloured.
    pub colour: bool,
    /// Whether a person reads what is printed, not another program.
    pub terminal: bool,
    /// Whether a person watches the error stream, where progress is shown.
    pub error_terminal: bool,
}

/// How the scripts of `plan completions` ask: the name of the shell.
pub(super) const COMPLETE_VARIABLE: &str = "PLAN_COMPLETE";

/// Columns where there is no terminal to ask.
const DEFAULT_WIDTH: u16 = 100;

impl Environment {
    /// Reads the environment of the running process.
    pub fn of_process() -> Self {
        let now = now();
        let size = terminal_size::terminal_size();
        let choice = anstream::AutoStream::choice(&std::io::stdout());
        // `CLICOLOR_FORCE=0` forces nothing, which the library takes for a value like any other.
        let unforced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value == "0");
        Self {
            current_dir: std::env::current_dir().unwrap_or_default(),
            plan_dir: std::env::var_os("PLAN_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from),
            completing: std::env::var_os(COMPLETE_VARIABLE).and_then(|shell| shell.into_string().ok()),
            today: now.date_naive(),
            time: now.time(),
            width: size.map_or(DEFAULT_WIDTH, |(width, _)| width.0).max(40),
            height: size.map(|(_, height)| height.0).filter(|_| std::io::stdout().is_terminal()),
            colour: choice != anstream::ColorChoice::Never && (!unforced || std::io::stdout().is_terminal()),
            terminal: std::io::stdout().is_terminal(),
            error_terminal: std::io::stderr().is_terminal(),
        }
    }
}

impl Environment {
    /// The moment of an entry in a register.
    pub(super) fn moment(&self) -> String {
        self.today.and_time(self.time).format("%Y-%m-%dT%H:%M:%S%.3f").to_string()
    }

    /// Where the workspace is looked for: `-C`, else `PLAN_DIR`, else where one stands.
    pub(super) fn start(&self, directory: Option<PathBuf>) -> PathBuf {
        let named = self.current_dir.join(directory.or_else(|| self.plan_dir.clone()).unwrap_or_default());
        // What is above `ke-hoach/..` is not `ke-hoach`.
        normal(&named)
    }
}

/// Without `.` and `..`, as far as the text alone tells.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = out.pop(),
            part => out.push(part),
        }
    }
    out
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn now() -> DateTime<Utc> {
    Utc::now() + TimeDelta::hours(7)
}
