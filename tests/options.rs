//! What a text tells a reader to type is an option of the command that it names, or of the one that says it.

use crate::common;

use std::collections::BTreeMap;

/// The commands that say what a file holds, where it is not the one that the file is named for.
const SAID_BY: &[(&str, &[&str])] = &[
    ("cli/form", &["form export"]),
    ("cli/draft", &["draft import"]),
    ("draft/base", &["draft import"]),
    ("cli/receive/intake", &["form import", "receive"]),
    ("cli/receive/judgement", &["form import", "receive"]),
    ("cli/receive/kept", &["form import", "receive"]),
    ("cli/receive/files", &["receive"]),
    ("cli/receive/mails", &["receive"]),
    ("cli/receive/incoming", &["receive"]),
    ("cli/receive/incoming/table", &["receive"]),
    ("mail", &["receive"]),
    ("check/papers", &["receive"]),
    ("cli/receive/paper", &["receive"]),
    ("cli/receive/judgement", &["receive"]),
    // Of a file that is there: whoever lacks the option calls none of the functions that speak of it.
    ("cli/output", &["check", "compile", "form export", "man", "remind", "status"]),
    ("cli/printing", &["check", "compile", "difficulties", "explain", "remind", "show", "status", "trace"]),
    ("cli/known", &["accept", "compile", "extend", "form export", "new", "receive", "remind", "trace"]),
    ("cli/args", &["status"]),
    ("cli/messages", &["status"]),
    // Of the program itself.
    ("cli/meant", &[]),
    ("view/form", &["form import"]),
];

/// The texts of a source but for its tests; of a command its documentation too, which help shows.
fn texts(file: &str, code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]\n").next().unwrap_or_default();
    let (comments, code): (Vec<&str>, Vec<&str>) =
        code.lines().map(str::trim_start).partition(|line| line.starts_with("//"));
    let code = code.join("\n").replace("'\"'", "").replace("\\\"", "”").replace("\\n", "\n");
    let documentation = comments.into_iter().filter(|line| file.starts_with("cli/") && line.starts_with("/// "));
    code.split('"').skip(1).step_by(2).chain(documentation).map(str::to_owned).collect()
}

/// The options that a text names, each with the words of the last `plan …` before it.
fn named(text: &str) -> Vec<(String, Vec<&str>)> {
    let is_option = |c: char| c.is_ascii_lowercase() || c == '-';
    let options = text.match_indices("--").filter(|(at, _)| !text[..*at].ends_with(is_option));
    let named = options.map(|(at, _)| {
        let option = text[at..].chars().take_while(|&c| is_option(c)).collect();
        let sentence = text[..at].rsplit(['\n', ',', ';', '“', '(']).next().unwrap_or_default();
        let command = sentence.rsplit_once("plan ").map(|(_, words)| words.split_whitespace().take(2).collect());
        (option, command.unwrap_or_default())
    });
    named.filter(|(option, _): &(String, _)| option.contains(char::is_alphanumeric)).collect()
}

#[test]
fn no_text_names_an_option_that_its_command_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let environment = common::environment(folder.path());
    let mut helps: BTreeMap<String, String> = BTreeMap::new();
    let mut has = |command: &str, option: &str| {
        let help = || common::run(&environment, &format!("{command} --help")).out;
        let help = helps.entry(command.to_owned()).or_insert_with(help);
        help.split(|c: char| c.is_whitespace() || c == ',').any(|word| word == option)
    };
    let mut lacking = Vec::new();
    for (file, path) in common::files(&common::repository().join("src")) {
        let Some(stem) = file.strip_suffix(".rs").filter(|stem| !stem.ends_with("tests")) else { continue };
        let own = [stem.strip_prefix("cli/").unwrap_or_default()];
        let said_by = SAID_BY.iter().find(|(file, _)| *file == stem).map_or(&own[..], |(_, commands)| commands);
        for text in texts(&file, &common::read(&path)) {
            for (option, command) in named(&text) {
                let known = match command[..] {
                    // Whichever it is, it is put in when the text is made.
                    [first, ..] if first.starts_with('{') => true,
                    [first, second] => has(&format!("{first} {second}"), &option) || has(first, &option),
                    [first] => has(first, &option),
                    _ => said_by.iter().all(|command| has(command, &option)),
                };
                if !known {
                    lacking.push(format!("{file}: {option} {command:?} in {text:?}"));
                }
            }
        }
    }
    assert_eq!(lacking, [] as [String; 0]);
}
