//! `plan completions`: what a shell offers while one types. clap_complete brings the shells' scripts and
//! understands the line; here is what each kind of value can be, by the name that the help gives it, so that
//! every command has its completions from the day it is there.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use anyhow::{Context, Result};
use clap::builder::StyledStr;
use clap::{Arg, Command, ValueHint};
use clap_complete::engine::{
    ArgValueCandidates, ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter,
};
use clap_complete::env::Shells;

use super::args;
use super::environment::COMPLETE_VARIABLE;
use super::output::Out;
use super::printing::Output;
use super::{COMMANDS, Call, Environment, Outcome, schema};
use crate::check::{Clock, Depth};
use crate::diagnostic::{Severity, Sink};
use crate::draft::{Edit, where_it_stands};
use crate::lookup::{self, Item};
use crate::model::Plan;
use crate::render::Visible;
use crate::workspace::Workspace;
use crate::{check, remark, source, validate};

/// In đoạn mã để phím Tab hoàn chỉnh lệnh, tùy chọn, mã cơ quan, nhiệm vụ, kỳ báo cáo
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan completions [TÙY CHỌN] <bash|zsh|fish|powershell>",
    after_help = "Ví dụ:\n  plan completions bash        đoạn mã cho bash\n\n\
                  Để dùng mãi, ghi một dòng vào tệp khởi động:\n  \
                  ~/.bashrc                    source <(plan completions bash)\n  \
                  ~/.zshrc                     source <(plan completions zsh)\n  \
                  ~/.config/fish/config.fish   plan completions fish | source\n  \
                  PowerShell, tệp $PROFILE     plan completions powershell | Out-String | Invoke-Expression"
)]
pub(super) struct Args {
    /// Trình lệnh: bash, zsh, fish hoặc powershell
    #[arg(
        value_name = "TRÌNH_LỆNH",
        help_heading = "Tham số",
        value_parser = ["bash", "zsh", "fish", "powershell"],
        hide_possible_values = true
    )]
    shell: String,
    #[command(flatten)]
    output: Output,
}

/// What bash has between two candidates.
const BETWEEN: &str = "\u{b}";

/// Prints the script that makes a shell ask `program`.
pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let Call { environment, program, out, .. } = call;
    let shell = Shells::builtins();
    let shell = shell.completer(&args.shell).context("trình lệnh không có")?;
    // A bare name is looked for wherever the shell stands; a path, as typed, leads from here alone.
    let program = Path::new(program);
    let program = match program.components().count() {
        0 | 1 => program.to_path_buf(),
        _ => environment.current_dir.join(program),
    };
    let mut script = Vec::new();
    shell.write_registration(COMPLETE_VARIABLE, "plan", "plan", &program.to_string_lossy(), &mut script)?;
    args.output.put(Visible::from(String::from_utf8(script)?), environment, out)?;
    Ok(Outcome::Done)
}

/// Answers a shell's question: `args` are the program, `--` and the words of the line. Says nothing where there
/// is nothing to offer, and never what is wrong: the shell would print it into the line.
pub(super) fn answer(shell: &str, args: Vec<OsString>, environment: &Environment, out: &mut Out<'_>) {
    let words: Vec<OsString> = args.into_iter().skip_while(|word| word != "--").skip(1).collect();
    let shells = Shells::builtins();
    let Some(shell) = shells.completer(shell).filter(|_| !words.is_empty()) else { return };
    let mut command = with_candidates(args::command(), &environment.start(args::directory(&words)), environment);
    let mut answer = Vec::new();
    if shell.write_complete(&mut command, words, Some(&environment.current_dir), &mut answer).is_ok() {
        // bash takes candidates apart at a mark that no word holds.
        let mut shown = Visible::default();
        for (at, candidate) in String::from_utf8_lossy(&answer).split(BETWEEN).enumerate() {
            shown.mark(if at > 0 { BETWEEN } else { "" });
            shown += candidate;
        }
        // Nothing is left to tell a shell that takes no answer.
        drop(out.print(shown));
    }
}

/// Tells clap what can stand at the arguments of a command and of all below it.
fn with_candidates(command: Command, start: &Path, environment: &Environment) -> Command {
    let name = command.get_name().to_owned();
    command
        .mut_args(|arg| {
            let value = value_name(&arg).to_owned();
            if let Some(words) = words(&name, &value) {
                arg.add(ArgValueCandidates::new(move || {
                    words.iter().filter_map(|(word, help)| candidate(word, help)).collect()
                }))
            } else if value == "MÃ_NỘI_DUNG" {
                let (start, clock) = (start.to_path_buf(), Clock::on(environment.today));
                arg.add(ArgValueCandidates::new(move || remarks(&start, clock)))
            } else if value == "MÃ_CHỖ_SỬA" {
                let (start, clock) = (start.to_path_buf(), Clock::on(environment.today));
                arg.add(ArgValueCandidates::new(move || edits(&start, clock)))
            } else if let Some(kind) = kind(&value) {
                let start = start.to_path_buf();
                arg.add(ArgValueCandidates::new(move || ids(&start, kind)))
            } else if arg.get_value_hint() == ValueHint::AnyPath {
                let paths = if value == "THƯ_MỤC" { PathCompleter::dir() } else { PathCompleter::any() };
                let paths = paths.current_dir(&environment.current_dir);
                arg.add(ArgValueCompleter::new(move |current: &OsStr| {
                    let mut found = paths.complete(current);
                    found.retain(|path| path.get_value().to_str().is_some_and(|path| is_harmless(path, "/\\:")));
                    found
                }))
            } else {
                arg
            }
        })
        .mut_subcommands(|command| with_candidates(command, start, environment))
}

pub(super) fn value_name(arg: &Arg) -> &str {
    arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str())
}

/// The words of the program itself that a value can be, each with what it means. A command that lists its
/// formats as a type needs no entry.
fn words(command: &str, value: &str) -> Option<Vec<(String, String)>> {
    let known = |word: &str, help: &str| (word.to_owned(), help.to_owned());
    Some(match (command, value) {
        (_, "QUY_TẮC") => check::rules().map(|rule| known(rule.name, rule.summary)).collect(),
        (_, "MỨC") => Severity::ALL.iter().map(|severity| known(severity.id(), severity.label())).collect(),
        ("schema", "LOẠI") => schema::kinds().collect(),
        ("help", "LỆNH") => {
            let about =
                |command: &super::Command| command.clap().get_about().map(ToString::to_string).unwrap_or_default();
            COMMANDS.iter().map(|command| known(command.name, &about(command))).collect()
        }
        _ => return None,
    })
}

/// Ids and names that a plan has for a value.
pub(super) type Listed = for<'p> fn(&'p Plan) -> Vec<(Cow<'p, str>, Cow<'p, str>)>;

/// What of the plan a value names.
pub(super) fn kind(value: &str) -> Option<Listed> {
    Some(match value {
        "CƠ_QUAN" => |plan| items(plan, |item| matches!(item, Item::Agency(_))),
        "CƠ_QUAN|NHÓM" => |plan| {
            items(plan, |item| match item {
                Item::Agency(_) => true,
                Item::Group(group) => !group.open,
                _ => false,
            })
        },
        "NHIỆM_VỤ" => |plan| items(plan, |item| matches!(item, Item::Task(_))),
        "KỲ" => |plan| items(plan, |item| matches!(item, Item::Round(_))),
        "CHỈ_TIÊU" => |plan| plan.quantities().iter().map(|of| (of.key(), of.label())).collect(),
        "NHÓM" => |plan| {
            items(plan, |item| match item {
                Item::TaskGroup(_) => true,
                Item::Group(group) => !group.open,
                _ => false,
            })
        },
        "MÃ" | "MỤC" => |plan| items(plan, |_| true),
        "NƠI_NHẬN" => |plan| {
            let bodies = plan.wording.recommend_to.iter();
            bodies.map(|body| (body.id.as_str().into(), body.name.as_str().into())).collect()
        },
        _ => return None,
    })
}

fn items(plan: &Plan, wanted: fn(&Item<'_>) -> bool) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    lookup::items(plan).into_iter().filter(wanted).map(|item| (item.id().into(), item.name().into())).collect()
}

/// The ids of one kind in the workspace around `start`, with their names; none where there is no workspace or
/// its plan cannot be read.
fn ids(start: &Path, kind: Listed) -> Vec<CompletionCandidate> {
    let files = source::find_root(start).and_then(|root| source::read_plan(&root).ok());
    let Some(plan) = files.and_then(|files| validate::plan(&files, &mut Sink::default())) else {
        return Vec::new();
    };
    kind(&plan).into_iter().filter_map(|(id, name)| candidate(&id, &name)).collect()
}

/// The ids of difficulties and recommendations, with what they say; those that are settled, to be taken back, last.
fn remarks(start: &Path, clock: Clock) -> Vec<CompletionCandidate> {
    let Some(workspace) = workspace(start, clock) else { return Vec::new() };
    let mut remarks = remark::remarks(&workspace);
    remarks.sort_by_key(|remark| remark.settled.is_some());
    let told = remarks.iter().filter_map(|remark| {
        let settled = if remark.settled.is_some() { "đã giải quyết: " } else { "" };
        candidate(&remark.id, &format!("{settled}{}: {}", remark.agency.short_name, remark.text.value))
    });
    told.collect()
}

/// The ids of what people changed in the consolidated reports, with where and what.
fn edits(start: &Path, clock: Clock) -> Vec<CompletionCandidate> {
    let edits = workspace(start, clock).into_iter().flat_map(|workspace| workspace.edits);
    let told = edits.filter_map(|(_, record)| {
        let Edit { change, .. } = Edit::from(&record);
        candidate(
            &change.id(),
            &format!("{} {}: {}", change.kind.label(), where_it_stands(change.place()), change.text),
        )
    });
    told.collect()
}

fn workspace(start: &Path, clock: Clock) -> Option<Workspace> {
    source::find_root(start).and_then(|root| Workspace::open(&root, clock, Depth::Reports).ok())
}

/// A word to offer, where it may be, and what the shell shows beside it on one line.
fn candidate(word: &str, help: &str) -> Option<CompletionCandidate> {
    if !is_harmless(word, "") {
        return None;
    }
    // The library takes sequences of colour out of a text, with what one wrote between them.
    let help = String::from(Visible::from(help.split_whitespace().collect::<Vec<_>>().join(" ")));
    Some(CompletionCandidate::new(word).help((!help.is_empty()).then(|| StyledStr::from(help))))
}

/// Whether a shell takes the word for what it is and does not act on it: some put it into the line as it is, and the
/// line is run. `marks` are allowed besides letters, digits, `-`, `_` and `.`.
fn is_harmless(word: &str, marks: &str) -> bool {
    let harmless = |c: char| c.is_alphanumeric() || "-_.".contains(c) || marks.contains(c);
    !word.starts_with('-') && word.chars().all(harmless)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What nobody can list beforehand.
    const FREE: &[&str] = &["NGÀY", "NĂM", "TÊN", "SỐ", "SỐ_NGÀY", "BẢNG", "GHI_CHÚ"];

    #[test]
    fn every_value_has_its_completions() {
        fn unknown(command: &Command, found: &mut Vec<String>) {
            for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values()) {
                let value = value_name(arg);
                let known = words(command.get_name(), value).is_some()
                    || kind(value).is_some()
                    || ["MÃ_NỘI_DUNG", "MÃ_CHỖ_SỬA"].contains(&value)
                    || arg.get_value_hint() != ValueHint::Unknown
                    || !arg.get_possible_values().is_empty()
                    || FREE.contains(&value);
                if !known {
                    found.push(format!("{}: {value}: name it in words() or kind()", command.get_name()));
                }
            }
            command.get_subcommands().for_each(|command| unknown(command, found));
        }
        let mut found = Vec::new();
        unknown(&args::command(), &mut found);
        assert_eq!(found, [] as [String; 0]);
    }

    #[test]
    fn what_a_shell_would_act_on_is_not_offered() {
        for (word, help, offered) in [
            ("so-y-te", "Sở Y tế", Some("Sở Y tế")),
            ("III.5", "a\n\tb\u{1b}[31m", Some("a b\\u{1b}[31m")),
            ("$(reboot)", "", None),
            ("a b", "", None),
            ("a;b", "", None),
            ("--force", "", None),
            ("a\u{202e}b", "", None),
        ] {
            let candidate = candidate(word, help);
            let shown = candidate.as_ref().map(|candidate| candidate.get_help().map(ToString::to_string));
            assert_eq!(shown, offered.map(|help| Some(help.to_owned())), "{word}");
        }
    }
}
