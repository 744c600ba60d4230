//! The program's arguments: the commands, what they have in common, help in Vietnamese. The options of a command
//! stand in its own file.

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{ArgAction, ArgMatches, CommandFactory, Parser};

use super::{COMMANDS, Environment};
use crate::render::Visible;
use crate::vietnamese::wrapped;

const TEMPLATE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";
/// What every command takes.
const COMMON: &str = "Tùy chọn chung";
const STYLES: Styles =
    Styles::styled().header(AnsiColor::Cyan.on_default().bold()).literal(AnsiColor::Green.on_default());

#[derive(Debug, Parser)]
#[command(
    name = "plan",
    about = "Theo dõi, đôn đốc, tổng hợp việc thực hiện Kế hoạch từ các tệp báo cáo",
    override_usage = "plan [TÙY CHỌN] [LỆNH]",
    after_help = "Ví dụ:\n  plan                        xem tình hình hôm nay\n  plan check                  kiểm tra mọi tệp\n  \
                  plan compile                lập báo cáo tổng hợp (tệp Word)\n  plan help status            xem cách dùng một lệnh"
)]
pub(super) struct Args {
    /// Làm việc với Kế hoạch ở thư mục này (mặc định: biến PLAN_DIR, rồi thư mục hiện tại và các thư mục phía trên)
    #[arg(short = 'C', value_name = "THƯ_MỤC", global = true, help_heading = COMMON)]
    pub(super) directory: Option<PathBuf>,
    /// Coi ngày này là hôm nay: 23/11/2026 hoặc 2026-11-23
    #[arg(long, value_name = "NGÀY", value_parser = day, global = true, help_heading = COMMON)]
    pub(super) as_of: Option<NaiveDate>,
    /// Chỉ in kết quả được hỏi và điều không ổn, không in lời báo đã làm gì
    #[arg(short, long, global = true, help_heading = COMMON)]
    pub(super) quiet: bool,
}

/// What somebody says of an act, in one line: what says nothing could not be read again.
pub(super) fn told(written: &str) -> Result<String, String> {
    if written.trim().is_empty() {
        return Err("để trống: ghi nội dung, hoặc bỏ tùy chọn này".to_owned());
    }
    if written.contains(['\n', '\r']) {
        return Err("có dấu xuống dòng: ghi trên một dòng".to_owned());
    }
    visible(written)
}

/// What is written into files, where nothing may be hidden.
pub(super) fn visible(written: &str) -> Result<String, String> {
    let is_visible = *Visible::from(written) == *written;
    is_visible.then(|| written.to_owned()).ok_or_else(|| "có ký tự ẩn hoặc ký tự điều khiển".to_owned())
}

/// The day first, as people here write it, or as files do.
pub(super) fn day(written: &str) -> Result<NaiveDate, String> {
    let hint = || match crate::record::month_first(written) {
        Some(day) => format!("ghi ngày trước tháng: {}", crate::vietnamese::date(day)),
        None => "ghi một ngày có trong lịch, năm đủ bốn chữ số: 23/11/2026 hoặc 2026-11-23".to_owned(),
    };
    crate::record::date_as_written(written).ok_or_else(hint)
}

/// Why there are no arguments to work with.
pub(super) enum Stop {
    /// Help was asked for.
    Help(Visible),
    /// They are wrong, and how.
    Wrong(clap::Error),
}

/// What clap understands of a line; one without a command asks for the first there is.
pub(super) fn parse(words: &[OsString], environment: &Environment) -> Result<ArgMatches, Stop> {
    let width = usize::from(environment.width);
    let mut command = command().term_width(width).help_template(template(width));
    let parsed = command.try_get_matches_from_mut(words).and_then(|matches| match matches.subcommand_name() {
        Some(_) => Ok(matches),
        None => {
            let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
            let (options, rest) = words.split_at(end);
            let words = options.iter().cloned().chain([COMMANDS[0].name.into()]).chain(rest.iter().cloned());
            command.try_get_matches_from_mut(words)
        }
    });
    parsed.map_err(|error| {
        if error.use_stderr() {
            return Stop::Wrong(error);
        }
        let help = error.render();
        Stop::Help(if environment.colour {
            Visible::painted(&help.ansi().to_string())
        } else {
            help.to_string().into()
        })
    })
}

/// The help of the whole program: clap has one heading for all commands, and ours stand in groups.
fn template(width: usize) -> String {
    let (header, literal) = (STYLES.get_header(), STYLES.get_literal());
    let longest = COMMANDS.iter().map(|command| command.name.len()).max().unwrap_or(0);
    let indent = longest + 4;
    let mut template = "{about-with-newline}\nCách dùng: {usage}\n".to_owned();
    let mut group = "";
    for command in COMMANDS {
        if command.group != group {
            group = command.group;
            template += &format!("\n{header}{group}:{header:#}\n");
        }
        template += &format!("  {literal}{:longest$}{literal:#}  ", command.name);
        let about = command.clap().get_about().map(ToString::to_string).unwrap_or_default();
        template += &wrapped(&about, width.saturating_sub(indent)).join(&format!("\n{:indent$}", ""));
        template.push('\n');
    }
    template + &format!("\n{header}{COMMON}:{header:#}\n{{options}}{{after-help}}")
}

/// The command that a line names, whatever else is wrong with it: `form import`.
pub(super) fn named(words: &[OsString]) -> String {
    let line = command().ignore_errors(true).try_get_matches_from(words);
    let (mut names, mut rest) = (Vec::new(), line.as_ref().ok());
    while let Some((name, below)) = rest.and_then(clap::ArgMatches::subcommand) {
        names.push(name);
        rest = Some(below);
    }
    names.join(" ")
}

/// `-C` of a line that is being typed, whatever else is wrong with it.
pub(super) fn directory(words: &[OsString]) -> Option<PathBuf> {
    let matches = command().ignore_errors(true).try_get_matches_from(words).ok()?;
    matches.get_one::<PathBuf>("directory").cloned()
}

/// Whether what is printed is coloured: as `--color` says, of help too, which clap prints before it has read the line.
pub(super) fn colour(words: &[OsString], environment: &Environment) -> bool {
    let mut said = words.iter().map(|word| word.to_string_lossy()).skip_while(|word| !word.starts_with("--color"));
    let first = said.next().unwrap_or_default();
    match first.strip_prefix("--color=").map(str::to_owned).or_else(|| said.next().map(Into::into)).as_deref() {
        Some("always") => true,
        Some("never") => false,
        _ => environment.colour,
    }
}

/// The whole program as clap knows it.
pub(super) fn command() -> clap::Command {
    localized(Args::command().subcommands(COMMANDS.iter().map(super::Command::clap)), "")
}

/// Puts Vietnamese headings, help and version flags, and exit codes on a command and all below it.
fn localized(command: clap::Command, path: &str) -> clap::Command {
    let root = path.is_empty();
    let help = clap::Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help("Xem cách dùng")
        .help_heading(COMMON);
    let notes = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let mut command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .help_template(TEMPLATE)
        .styles(STYLES)
        .subcommand_help_heading("Lệnh")
        .mut_args(|arg| if arg.get_help_heading().is_none() { arg.help_heading("Tùy chọn") } else { arg })
        .arg(help)
        .after_help(format!("{}\n\nMã thoát: {}", notes.trim_end(), exit_codes(path)));
    if root {
        let version = clap::Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help("Xem phiên bản")
            .help_heading(COMMON);
        let colour = clap::Arg::new("color")
            .long("color")
            .value_name("MÀU")
            .value_parser(["auto", "always", "never"])
            .hide_possible_values(true)
            .global(true)
            .help("Tô màu: auto (mặc định: chỉ trên màn hình), always (luôn tô), never (không tô)")
            .help_heading(COMMON);
        command = command.version(env!("PLAN_VERSION")).args([colour, version]);
    }
    command.mut_subcommands(|below| {
        let name = below.get_name().to_owned();
        localized(below, format!("{path} {name}").trim_start())
    })
}

/// When a command ends with 1, by its words; one that is not here never does.
pub(super) const FOUND: &[(&str, &str)] = &[
    ("accept", "có báo cáo không duyệt, không rút lại được"),
    ("check", "có lỗi, với “plan check --strict” cả cảnh báo"),
    ("compile", "có lỗi nên chưa lập; hoặc đã lập, còn chỗ người soạn sửa phải quyết định"),
    ("difficulties", "có báo cáo không đọc được nên còn thiếu"),
    ("draft import", "có đoạn người khác cũng đã sửa"),
    ("form import", "có biểu mẫu bị từ chối"),
    ("new", "báo cáo nào cũng đã có, không ghi gì"),
    (
        "publish",
        "có lỗi nên chưa lập; hoặc còn báo cáo chưa hợp lệ có vi phạm, cảnh báo, đường dây nóng nên danh sách thiếu",
    ),
    ("receive", "có tệp bị từ chối"),
    (
        "show",
        "Kế hoạch có lỗi (trừ chỗ còn phải điền), hoặc có sổ theo dõi, thư mục, tệp không đọc được nên còn thiếu",
    ),
    (
        "status",
        "Kế hoạch có lỗi (trừ chỗ còn phải điền), hoặc có sổ theo dõi, thư mục, tệp không đọc được nên còn thiếu; với “plan status --exit-code”: có cơ quan, nhiệm vụ, báo cáo tổng hợp quá hạn",
    ),
];

/// What the exit codes of a command mean; of the whole program where it has no words.
fn exit_codes(path: &str) -> String {
    let found = FOUND.iter().find(|(command, _)| *command == path).map(|(_, when)| *when);
    let found = found.or_else(|| path.is_empty().then_some("có vấn đề (mỗi lệnh nêu khi nào)"));
    let found = found.map(|when| format!("1 {when}; ")).unwrap_or_default();
    format!("0 xong; {found}2 không chạy được.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_well_formed_and_speak_vietnamese() {
        let mut command = command().help_template(template(80));
        command.build();
        command.clone().debug_assert();
        let whole = command.render_long_help().to_string();
        let helps = command.get_subcommands_mut().map(|below| below.render_long_help().to_string());
        for help in helps.chain([whole]) {
            assert!(help.contains("Ví dụ:") && help.contains("Mã thoát: 0 xong; "), "{help}");
            for english in
                ["Usage", "Options", "Arguments", "Print help", "default:", "possible values", "[OPTIONS]"]
            {
                assert!(!help.contains(english), "{english} in {help}");
            }
        }
    }

    #[test]
    fn what_is_told_of_an_act_is_a_line_that_says_something() {
        for (written, is_told) in [
            ("12/SCT-QLTM", true),
            (" 12/SCT-QLTM", true),
            ("", false),
            (" \t", false),
            ("12\n- {act: accept}", false),
            ("12\u{200b}", false),
        ] {
            assert_eq!(told(written).is_ok(), is_told, "{written:?}");
        }
    }

    #[test]
    fn what_prints_json_says_so_in_the_table() {
        fn prints(command: &clap::Command) -> bool {
            let values = command.get_arguments().flat_map(clap::Arg::get_possible_values);
            values.into_iter().any(|value| value.get_name() == "json") || command.get_subcommands().any(prints)
        }
        for command in COMMANDS {
            assert_eq!(prints(&command.clap()), command.output.is_some(), "{}", command.name);
        }
    }
}
