//! What a line that nobody understands was probably meant to be: whole lines to type instead, found in what clap knows of
//! the commands and in the names of the plan. Never runs one of them.

use std::ffi::OsString;
use std::path::Path;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::args::Stop;
use super::messages::lacks_subcommand;
use super::{Environment, args, completions};
use crate::diagnostic::Sink;
use crate::lookup;
use crate::model::Plan;
use crate::record::suggest;
use crate::vietnamese::unaccented;
use crate::{source, validate};

/// More lines than these help nobody.
const MOST: usize = 4;

/// What people who know other programs, or the work and not its commands, type; without blanks and accents.
const ELSEWHERE: &[(&str, &str)] = &[
    ("approve", "accept"),
    ("duyet", "accept"),
    ("hangui", "calendar"),
    ("ical", "calendar"),
    ("ics", "calendar"),
    ("lich", "calendar"),
    ("kiemtra", "check"),
    ("lint", "check"),
    ("validate", "check"),
    ("verify", "check"),
    ("baocao", "compile"),
    ("build", "compile"),
    ("report", "compile"),
    ("tonghop", "compile"),
    ("captren", "compile --for-superior"),
    ("superior", "compile --for-superior"),
    ("khokhan", "difficulties"),
    ("kiennghi", "difficulties"),
    ("edit", "draft"),
    ("giahan", "extend"),
    ("bieumau", "form"),
    ("congkhai", "publish"),
    ("dang", "publish"),
    ("site", "publish"),
    ("web", "publish"),
    ("website", "publish"),
    ("nhan", "receive"),
    ("nhap", "receive"),
    ("congvan", "remind"),
    ("dondoc", "remind"),
    ("letter", "remind"),
    ("nhac", "remind"),
    ("thu", "remind"),
    ("huongdan", "help"),
    ("trogiup", "help"),
    ("giaiquyet", "settle"),
    ("resolve", "settle"),
    ("find", "show"),
    ("list", "show"),
    ("ls", "show"),
    ("search", "show"),
    ("tim", "show"),
    ("timkiem", "show"),
    ("xem", "show"),
    ("theodoi", "status"),
    ("tinhhinh", "status"),
    ("trangthai", "status"),
    ("chuagui", "status --overdue"),
    ("conthieu", "status --overdue"),
    ("late", "status --overdue"),
    ("missing", "status --overdue"),
    ("overdue", "status --overdue"),
    ("quahan", "status --overdue"),
    ("nguon", "trace"),
    ("solieu", "trace"),
    ("truy", "trace"),
    ("truynguon", "trace"),
    ("phienban", "--version"),
    ("v", "--version"),
    ("version", "--version"),
];

/// Formats by the programs that open them.
const FORMATS: &[(&str, &str)] =
    &[("excel", "xlsx"), ("word", "docx"), ("mail", "eml"), ("email", "eml"), ("outlook", "ics")];

/// The lines to type instead of one that clap refused while it read the command `path` (`form export`; empty of the program).
pub(super) fn lines(error: &clap::Error, path: &str, words: &[OsString], environment: &Environment) -> Vec<String> {
    let root = args::command();
    let Some(command) = path.split_whitespace().try_fold(&root, |above, name| above.find_subcommand(name)) else {
        return Vec::new();
    };
    let kind = match error.kind() {
        kind if lacks_subcommand(kind) => {
            let about = |below: &Command| below.get_about().map(ToString::to_string).unwrap_or_default();
            let told = command.get_subcommands().map(|below| (below.get_name(), about(below)));
            return told.map(|(name, about)| format!("plan {path} {name:<8} {about}")).collect();
        }
        ErrorKind::InvalidSubcommand => ContextKind::InvalidSubcommand,
        ErrorKind::UnknownArgument => ContextKind::InvalidArg,
        _ => return Vec::new(),
    };
    let Some(ContextValue::String(word)) = error.get(kind) else { return Vec::new() };
    let at = words.iter().position(|other| other.to_str() == Some(word)).unwrap_or(words.len());
    let mut found = Vec::new();
    if let Some(bare) = word.strip_prefix('-') {
        let bare = bare.trim_start_matches('-');
        found.extend(elsewhere(bare).filter(|_| path.is_empty()).map(|name| format!("plan {name}")));
        of_options(command, path, bare, &mut found);
        found.extend(path.is_empty().then(|| moved(&root, bare, words)).flatten());
        return if found.len() > MOST { Vec::new() } else { found };
    }
    // A name of several words is told from one by what follows.
    let rest: Vec<_> = words[at..].iter().map(|word| word.to_string_lossy()).collect();
    let whole = rest.iter().take_while(|word| !word.starts_with('-')).cloned().collect::<Vec<_>>();
    if path.is_empty() {
        let begins = (1..=whole.len()).rev().find_map(|count| Some((count, elsewhere(&whole[..count].concat())?)));
        if let Some((count, name)) = begins {
            return with(name, &words[at + count..], environment);
        }
        of_commands(&root, word, &mut found);
    }
    of_beginnings(command, path, word, &mut found);
    of_options(command, path, word, &mut found);
    let start = environment.start(args::directory(words));
    let files = source::find_root(&start).and_then(|root| source::read_plan(&root).ok());
    // Words that a command is known by mean that, whatever name of the plan holds them too.
    let plan = files.filter(|_| !path.is_empty() || found.is_empty());
    if let Some(plan) = plan.and_then(|files| validate::plan(&files, &mut Sink::default())) {
        of_plan(command, path, &whole.join(" "), &plan, &mut found);
    }
    let is_there = environment.current_dir.join(word).exists();
    if found.is_empty() && !is_there {
        of_output(command, path, word, &mut found);
    }
    if found.is_empty() && (word.contains('.') || is_there) {
        of_file(command, path, word, &mut found);
    }
    if found.is_empty() && args::day(word).is_ok() {
        of_days(command, path, word, &mut found);
    }
    if found.is_empty() && path.is_empty() && near(word, root.get_subcommands().map(Command::get_name)).is_none() {
        let name = near(word, ELSEWHERE.iter().map(|(other, _)| *other)).and_then(elsewhere);
        found.extend(name.into_iter().flat_map(|name| with(name, &words[at + 1..], environment)));
    }
    let mut told = Vec::new();
    found.retain(|line| {
        !told.contains(line) && {
            told.push(line.clone());
            true
        }
    });
    if found.len() > MOST { Vec::new() } else { found }
}

/// The line to type instead of one in which a word that a command refused (`refusal` quotes it) is an option without its
/// dashes: `accept all`, `remind eml`.
pub(super) fn option(refusal: &str, words: &[OsString]) -> Option<String> {
    let (root, path) = (args::command(), args::named(words));
    let command = path.split_whitespace().try_fold(&root, |above, name| above.find_subcommand(name))?;
    let mut typed = words.iter().filter_map(|word| word.to_str());
    let word = typed.find(|word| refusal.contains(&format!("“{word}”")))?;
    let mut found = Vec::new();
    of_options(command, &path, word, &mut found);
    found.pop()
}

/// The command that people call so elsewhere.
fn elsewhere(words: &str) -> Option<&'static str> {
    let plain = unaccented(words).replace([' ', '-', '_'], "");
    ELSEWHERE.iter().find(|(other, _)| *other == plain).map(|(_, name)| *name)
}

/// The one word that differs from what was typed by a slip.
fn near<'w>(typed: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    match suggest::nearest(typed, words.map(|word| (word, word))).as_slice() {
        [(word, _)] => Some(word),
        _ => None,
    }
}

/// A command with the rest of the line; where that is not understood either, what it was probably meant to be.
fn with(name: &str, rest: &[OsString], environment: &Environment) -> Vec<String> {
    let named = std::iter::once("plan").chain(name.split(' ')).map(OsString::from);
    let line: Vec<OsString> = named.chain(rest.iter().cloned()).collect();
    match args::parse(&line, environment) {
        Err(Stop::Wrong(error))
            if [ErrorKind::UnknownArgument, ErrorKind::InvalidSubcommand].contains(&error.kind()) =>
        {
            let better = lines(&error, name, &line, environment);
            if better.is_empty() { vec![format!("plan {name}")] } else { better }
        }
        _ => vec![line.iter().map(|word| quoted(&word.to_string_lossy())).collect::<Vec<_>>().join(" ")],
    }
}

fn quoted(word: &str) -> String {
    if word.contains(char::is_whitespace) { format!("\"{word}\"") } else { word.to_owned() }
}

/// A command of which only the beginning was typed: `stat`, `draft imp`.
fn of_beginnings(command: &Command, path: &str, word: &str, found: &mut Vec<String>) {
    let above = if path.is_empty() { "plan".to_owned() } else { format!("plan {path}") };
    let begun = command.get_subcommands().map(Command::get_name).filter(|name| name.starts_with(word));
    found.extend(begun.filter(|_| word.len() > 2).map(|name| format!("{above} {name}")));
}

/// A command below another, one whose description has these words: `import`, `vuong-mac`.
fn of_commands(root: &Command, word: &str, found: &mut Vec<String>) {
    let spelt = unaccented(&word.replace(['-', '_'], " "));
    let mut described = Vec::new();
    for command in root.get_subcommands() {
        let name = command.get_name();
        if command.find_subcommand(word).is_some() {
            found.push(format!("plan {name} {word}"));
        } else if command
            .get_arguments()
            .any(|arg| arg.get_long() == Some(word) && !arg.get_action().takes_values())
        {
            found.push(format!("plan {name} --{word}"));
        } else {
            let about = command.get_about().map(|about| unaccented(&about.to_string())).unwrap_or_default();
            let words: Vec<&str> = about.split(|c: char| !c.is_alphanumeric()).collect();
            let at = format!(" {} ", words.join(" ")).find(&format!(" {spelt} ")).filter(|_| spelt.len() > 3);
            described.extend(at.map(|at| (at, format!("plan {name}"))));
        }
    }
    // What a command begins with is what it is for.
    described.sort();
    let first = described.first().map_or(0, |(at, _)| *at);
    found.extend(described.into_iter().filter(|(at, _)| *at == first).map(|(_, line)| line));
}

/// An option without its dashes, a format without its option: `overdue`, `docx`.
fn of_options(command: &Command, path: &str, word: &str, found: &mut Vec<String>) {
    let word = FORMATS.iter().find(|(other, _)| *other == word).map_or(word, |(_, format)| *format);
    let commands: Vec<&Command> = if path.is_empty() { command.get_subcommands().collect() } else { vec![command] };
    for command in commands {
        let name = if path.is_empty() { command.get_name() } else { path };
        for arg in command.get_arguments() {
            let Some(long) = arg.get_long() else { continue };
            if long == word && !path.is_empty() {
                let value = arg.get_value_names().filter(|_| arg.get_action().takes_values());
                let value =
                    value.and_then(|names| names.first()).map(|name| format!(" {name}")).unwrap_or_default();
                found.push(format!("plan {name} --{long}{value}"));
            } else if long == "format" && arg.get_possible_values().iter().any(|value| value.matches(word, true)) {
                found.push(format!("plan {name} --format {word}"));
            }
        }
    }
}

/// The line with a command's option behind the command instead of before it: `--round annual compile`.
fn moved(root: &Command, option: &str, words: &[OsString]) -> Option<String> {
    let typed: Option<Vec<&str>> = words.iter().skip(1).map(|word| word.to_str()).collect();
    let typed = typed?;
    let (at, command) = typed.iter().enumerate().find_map(|(at, word)| Some((at, root.find_subcommand(word)?)))?;
    command.get_arguments().find(|arg| arg.get_long() == Some(option))?;
    let line = [&typed[at..], &typed[..at]].concat();
    Some(line.into_iter().fold("plan".to_owned(), |line, word| format!("{line} {}", quoted(word))))
}

/// A day without its option: `status 18/11/2026`.
fn of_days(command: &Command, path: &str, day: &str, found: &mut Vec<String>) {
    let of_days = command.get_opts().filter(|arg| completions::value_name(arg) == "NGÀY");
    let options = of_days.filter_map(clap::Arg::get_long).filter(|long| *long != "as-of").chain(["as-of"]);
    let command = if path.is_empty() { "status" } else { path };
    found.extend(options.map(|long| format!("plan {command} --{long} {day}")));
}

/// A name of the plan where an option stands before such a name, or a command of its own takes it: `annual`, `so-y-te`.
fn of_plan(command: &Command, path: &str, words: &str, plan: &Plan, found: &mut Vec<String>) {
    let item = match lookup::meant(&lookup::items(plan), words, &plan.province).as_slice() {
        [item] => Some(item.id()),
        _ => None,
    };
    let named = |arg: &clap::Arg| {
        let listed = completions::kind(completions::value_name(arg))?(plan);
        let is_it = |id: &str, name: &str| item == Some(id) || id == words || unaccented(name) == unaccented(words);
        listed.iter().find(|(id, name)| is_it(id, name)).map(|(id, _)| id.to_string())
    };
    let before = found.len();
    for arg in command.get_opts() {
        if let (Some(long), Some(id)) = (arg.get_long(), named(arg)) {
            found.push(format!("plan {path} --{long} {id}"));
        }
    }
    for below in command.get_subcommands().filter(|_| !path.is_empty()) {
        found.extend(
            below.get_positionals().find_map(named).map(|id| format!("plan {path} {} {id}", below.get_name())),
        );
    }
    if let Some(id) = item.filter(|_| found.len() == before) {
        found.push(format!("plan show {id}"));
    }
}

/// A file to be written, or the folder of the site, without its option: `compile bao-cao.docx`.
fn of_output(command: &Command, path: &str, word: &str, found: &mut Vec<String>) {
    let writes = command.get_opts().any(|arg| arg.get_long() == Some("output"));
    if writes && !command.has_subcommands() && (Path::new(word).extension().is_some() || path == "publish") {
        found.push(format!("plan {path} -o {}", quoted(word)));
    }
}

/// A file where a command that takes files should stand before it.
fn of_file(command: &Command, path: &str, word: &str, found: &mut Vec<String>) {
    let takes = |command: &&Command| {
        command.get_positionals().any(|arg| completions::value_name(arg).split('|').any(|value| value == "TỆP"))
    };
    if Path::new(word).extension().is_some_and(|ending| ending == "docx") {
        return found.push(format!("plan draft import {word}"));
    }
    let below = command.get_subcommands().filter(takes);
    let above = if path.is_empty() { "plan".to_owned() } else { format!("plan {path}") };
    found.extend(below.map(|below| format!("{above} {} {}", below.get_name(), quoted(word))));
}
