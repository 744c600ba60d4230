//! The program's arguments: the commands, what they have in common, help in Vietnamese. The options of a command
//! stand in its own file.

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::{
    Environment, accept, check, compile, completions, difficulties, explain, form, init, man, messages, new,
    remind, schema, show, status, trace,
};
use crate::render::Visible;

const TEMPLATE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";
const STYLES: Styles =
    Styles::styled().header(AnsiColor::Cyan.on_default().bold()).literal(AnsiColor::Green.on_default());

#[derive(Debug, Parser)]
#[command(
    name = "plan",
    about = "Theo dõi, đôn đốc, tổng hợp việc thực hiện Kế hoạch từ các tệp báo cáo",
    override_usage = "plan [TÙY CHỌN] [LỆNH]",
    after_help = "Ví dụ:\n  plan                        xem tình hình hôm nay\n  plan check                  kiểm tra mọi tệp\n  \
                  plan compile                lập báo cáo tổng hợp (tệp Word)\n  plan status --help          xem cách dùng một lệnh\n\n\
                  Mã thoát: 0 không có vấn đề, 1 có vấn đề, 2 không chạy được."
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Làm việc với Kế hoạch ở thư mục này (mặc định: biến PLAN_DIR, rồi thư mục hiện tại và các thư mục phía trên)
    #[arg(short = 'C', value_name = "THƯ_MỤC", global = true, help_heading = "Tùy chọn chung")]
    pub(super) directory: Option<PathBuf>,
    /// Coi ngày này là hôm nay, viết năm-tháng-ngày
    #[arg(long, value_name = "NGÀY", value_parser = day, global = true, help_heading = "Tùy chọn chung")]
    pub(super) as_of: Option<NaiveDate>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Status(status::Args),
    Show(show::Args),
    Difficulties(difficulties::Args),
    Check(check::Args),
    Compile(compile::Args),
    Trace(trace::Args),
    Remind(remind::Args),
    Init(init::Args),
    New(new::Args),
    Form(form::Args),
    Accept(accept::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    Man(man::Args),
}

impl Default for Command {
    fn default() -> Self {
        Self::Status(status::Args::default())
    }
}

/// What is written into files, where nothing may be hidden.
pub(super) fn visible(written: &str) -> Result<String, String> {
    let is_visible = *Visible::from(written) == *written;
    is_visible.then(|| written.to_owned()).ok_or_else(|| "có ký tự ẩn hoặc ký tự điều khiển".to_owned())
}

pub(super) fn day(written: &str) -> Result<NaiveDate, String> {
    crate::record::parse_date(written).ok_or_else(|| "viết năm-tháng-ngày, ví dụ 2026-11-23".to_owned())
}

/// Why there are no arguments to work with.
pub(super) enum Stop {
    /// Help was asked for.
    Help(Visible),
    /// They are wrong, and how.
    Wrong(String),
}

pub(super) fn parse(args: impl IntoIterator<Item = OsString>, environment: &Environment) -> Result<Args, Stop> {
    let words: Vec<OsString> = args.into_iter().collect();
    let mut command = command().term_width(usize::from(environment.width));
    let parsed = command.try_get_matches_from_mut(&words).and_then(|matches| Args::from_arg_matches(&matches));
    parsed.map_err(|error| {
        if error.use_stderr() {
            return Stop::Wrong(messages::explain(&error, &named(&words)));
        }
        let help = error.render();
        Stop::Help(if environment.colour {
            Visible::painted(&help.ansi().to_string())
        } else {
            help.to_string().into()
        })
    })
}

/// The command that a line names, whatever else is wrong with it: `plan form import`.
fn named(words: &[OsString]) -> String {
    let line = command().ignore_errors(true).try_get_matches_from(words);
    let (mut name, mut rest) = ("plan".to_owned(), line.as_ref().ok());
    while let Some((command, below)) = rest.and_then(clap::ArgMatches::subcommand) {
        name += &format!(" {command}");
        rest = Some(below);
    }
    name
}

/// `-C` of a line that is being typed, whatever else is wrong with it.
pub(super) fn directory(words: &[OsString]) -> Option<PathBuf> {
    let matches = command().ignore_errors(true).try_get_matches_from(words).ok()?;
    matches.get_one::<PathBuf>("directory").cloned()
}

/// The whole program as clap knows it.
pub(super) fn command() -> clap::Command {
    localized(Args::command())
}

/// Puts Vietnamese headings, help and version flags on a command and all below it.
fn localized(command: clap::Command) -> clap::Command {
    let root = command.get_name() == "plan";
    let help = clap::Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help("Xem cách dùng")
        .help_heading("Tùy chọn chung");
    let mut command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .help_template(TEMPLATE)
        .styles(STYLES)
        .subcommand_help_heading("Lệnh")
        .mut_args(|arg| if arg.get_help_heading().is_none() { arg.help_heading("Tùy chọn") } else { arg })
        .arg(help);
    if root {
        let version = clap::Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help("Xem phiên bản")
            .help_heading("Tùy chọn chung");
        command = command.version(env!("PLAN_VERSION")).arg(version);
    }
    command.mut_subcommands(localized)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_well_formed_and_speak_vietnamese() {
        let mut command = command();
        command.build();
        command.clone().debug_assert();
        for sub in command.get_subcommands_mut() {
            let help = sub.render_long_help().to_string();
            assert!(help.contains("Ví dụ:"), "{help}");
            for english in
                ["Usage", "Options", "Arguments", "Print help", "default:", "possible values", "[OPTIONS]"]
            {
                assert!(!help.contains(english), "{english} in {help}");
            }
        }
    }
}
