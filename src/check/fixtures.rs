//! Every rule against its fixture. A fixture is the workspace of `tests/workspace/` with some files
//! replaced, and says on the very lines which problems it must give.
//!
//! `tests/rules/<rule>.yaml` (or `<rule>.<case>.yaml`, where one workspace cannot hold all) is a row
//! of files, each begun by a line `#- path`. A line that must have a problem ends with `#! rule`, or
//! with several rules; a header so marked speaks of the file's first line. The nearest case to it that
//! is right ends with `#= rule`: every rule has one, so that it is not widened unseen. After `#~` stand
//! words that a problem of the line stands under, or is told or mended with. A word after the path stands for what text
//! cannot say:
//!
//! | word | the file |
//! | --- | --- |
//! | `base` | as in `tests/workspace/`: the header only carries marks |
//! | `missing` | is not there |
//! | `latin1` | is stored as Latin-1 |
//! | `too-large`, `link`, `locked`, `failing` | could not be read, for that reason |

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use chrono::NaiveDate;

use super::scope::Scope;
use super::{Checked, Clock, Depth, rules, run};
use crate::diagnostic::Rule;
use crate::model::Report;
use crate::record::{Read, Shape};
use crate::source::{self, Content, Files, Limits};

const TESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");

/// A problem as fixtures speak of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    path: String,
    line: usize,
    rule: String,
}

struct Fixture {
    files: BTreeMap<String, Content>,
    marks: Vec<Mark>,
    /// The rules of which a line is the nearest right case.
    kept: Vec<String>,
    /// What a problem of a line of a file says.
    said: Vec<(String, usize, String)>,
}

fn base() -> BTreeMap<String, Content> {
    let files = source::read(&Path::new(TESTS).join("workspace")).unwrap();
    files.iter().map(|(_, file)| (file.path.clone(), file.text().as_bytes().to_vec().into())).collect()
}

/// The text of every fixture by its name without `.yaml`.
fn fixtures() -> BTreeMap<String, String> {
    let entries = fs::read_dir(Path::new(TESTS).join("rules")).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect()
}

/// Headers and what follows each; before the first one may stand a note to the reader.
fn sections(text: &str) -> Vec<(&str, String)> {
    let mut sections: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(header) = line.strip_prefix("#- ") {
            sections.push((header, String::new()));
        } else if let Some((_, body)) = sections.last_mut() {
            *body += line;
        }
    }
    sections
}

/// The rules that a line names after a sign.
fn named<'t>(line: &'t str, sign: &str) -> impl Iterator<Item = &'t str> {
    let after = line.split_once(sign).map_or("", |(_, after)| after);
    after.split('#').next().unwrap_or_default().split_whitespace()
}

fn parse(text: &str) -> Fixture {
    let mut fixture = Fixture { files: base(), marks: Vec::new(), kept: Vec::new(), said: Vec::new() };
    for (header, body) in sections(text) {
        let words = header.split(" #").next().unwrap_or_default();
        let (path, word) = words.trim().split_once(' ').unwrap_or((words.trim(), ""));
        let content = match word {
            "" => Some(body.clone().into_bytes().into()),
            "base" => fixture.files.remove(path),
            "missing" => None,
            "latin1" => Some(body.chars().map(|c| u8::try_from(c).unwrap()).collect::<Vec<_>>().into()),
            "too-large" => Some(Content::TooLarge(Limits::PLAN.bytes + 1)),
            "link" => Some(Content::NotAFile),
            "locked" => Some(Content::Unreadable(ErrorKind::PermissionDenied)),
            "failing" => Some(Content::Unreadable(ErrorKind::Other)),
            _ => panic!("unknown word “{word}” after {path}"),
        };
        fixture.files.remove(path);
        fixture.files.extend(content.map(|content| (path.to_owned(), content)));
        for (line, text) in [(1, header)].into_iter().chain((1..).zip(body.split('\n'))) {
            let mark = |rule: &str| Mark { path: path.to_owned(), line, rule: rule.to_owned() };
            fixture.marks.extend(named(text, "#!").map(mark));
            fixture.kept.extend(named(text, "#=").map(str::to_owned));
            let said = text.split("#~").skip(1).map(|words| (path.to_owned(), line, words.trim().to_owned()));
            fixture.said.extend(said);
        }
    }
    fixture
}

fn check(files: BTreeMap<String, Content>) -> (Files, Checked) {
    let files = Files::from_memory(files);
    let checked = run(&files, Clock::on(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()), Depth::All);
    (files, checked)
}

/// Each problem of a run with the words that it stands under, its message and its remedy.
fn found(files: &Files, checked: &Checked) -> Vec<(Mark, String)> {
    let found = checked.diagnostics.iter().map(|diagnostic| {
        let path = files.get(diagnostic.span.file).path.clone();
        let line = files.position(diagnostic.span).line;
        let place = diagnostic.span.start as usize..diagnostic.span.end as usize;
        let words = files.get(diagnostic.span.file).text().get(place).unwrap_or_default();
        let remedy = diagnostic.hint.as_deref().unwrap_or_default();
        let told = format!("“{words}”: {}; {remedy}", diagnostic.message);
        (Mark { path, line, rule: diagnostic.rule.name.to_owned() }, told)
    });
    found.collect()
}

#[test]
fn fixtures_give_the_problems_they_mark_and_no_others() {
    let mut failures = String::new();
    for (name, text) in fixtures() {
        let Fixture { files, mut marks, said, .. } = parse(&text);
        let (files, checked) = check(files);
        let found = found(&files, &checked);
        for (path, line, words) in said {
            let says =
                |(mark, told): &(Mark, String)| (&mark.path, mark.line) == (&path, line) && told.contains(&words);
            if !found.iter().any(says) {
                failures += &format!("{name}: {path}:{line}: nobody says “{words}”\n");
            }
        }
        for (mark, message) in found {
            match marks.iter().position(|marked| *marked == mark) {
                Some(at) => drop(marks.swap_remove(at)),
                None => {
                    let Mark { path, line, rule } = mark;
                    failures += &format!("{name}: {path}:{line}: not marked: {rule}: {message}\n");
                }
            }
        }
        marks.sort();
        for Mark { path, line, rule } in marks {
            failures += &format!("{name}: {path}:{line}: marked, but no problem: {rule}\n");
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn every_rule_has_a_fixture_that_breaks_it_and_one_that_just_keeps_it() {
    let fixtures = fixtures();
    let rule_of = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    let mut missing = Vec::new();
    // No key was renamed yet: a record of its own in `record` holds that rule.
    for rule in rules().filter(|rule| rule.name != "renamed-key") {
        let own = fixtures.iter().filter(|(name, _)| rule_of(name) == rule.name);
        let own: Vec<Fixture> = own.map(|(_, text)| parse(text)).collect();
        let broken = own.iter().flat_map(|fixture| &fixture.marks).any(|mark| mark.rule == rule.name);
        let kept = own.iter().flat_map(|fixture| &fixture.kept).any(|kept| kept == rule.name);
        missing.extend((!broken).then_some(("#!", rule.name)));
        missing.extend((!kept).then_some(("#=", rule.name)));
    }
    assert_eq!(missing, [], "tests/rules/<rule>.yaml has no line marked so");
    for name in fixtures.keys() {
        assert!(rules().any(|rule| rule.name == rule_of(name)), "tests/rules/{name}.yaml is named for no rule");
    }
}

#[test]
fn the_workspace_under_the_fixtures_has_no_problem() {
    let (files, checked) = check(base());
    assert_eq!(found(&files, &checked), []);
}

/// Those who fill in a spreadsheet see no key of a file.
#[test]
fn what_is_said_of_a_form_names_no_key_of_a_file() {
    fn keys(shape: &Shape, found: &mut BTreeSet<&'static str>) {
        match shape {
            Shape::Record(record) => {
                for field in record.fields {
                    found.insert(field.key);
                    keys(field.shape, found);
                }
            }
            Shape::List(item) | Shape::Table(_, item) => keys(item, found),
            Shape::Either(_, shapes) => shapes.iter().for_each(|shape| keys(shape, found)),
            _ => {}
        }
    }
    let mut known = BTreeSet::new();
    keys(Report::SHAPE, &mut known);
    let of_rounds = |rule: &Rule| super::rounds::CHECKS.iter().any(|check| check.rule.name == rule.name);
    let of_report = |rule: &Rule| {
        super::checks().any(|check| check.rule.name == rule.name && matches!(check.scope, Scope::Report(_)))
            || of_rounds(rule)
    };
    for (name, text) in fixtures() {
        let (_, checked) = check(parse(&text).files);
        for found in checked.diagnostics.iter().filter(|found| of_report(found.rule)) {
            let remedy = found.in_form.remedy.as_deref().or(found.hint.as_deref()).unwrap_or_default();
            let words = remedy.split(|c: char| !c.is_alphabetic() && c != '_');
            // “to” is a word of the language as well.
            let named: Vec<&str> = words.filter(|word| word.len() > 2 && known.contains(word)).collect();
            assert_eq!(named, [] as [&str; 0], "{name}: {}: {remedy}", found.rule.name);
        }
    }
}
