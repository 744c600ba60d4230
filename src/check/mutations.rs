//! One bad field of the plan raises one problem, whatever rests on it: fields of each kind in the plan that comes with
//! the program are made unreadable in turn, with the reports of who leads most of its tasks beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{Clock, Depth, run};
use crate::source::{self, Files};
use crate::yaml;

/// The agency whose reports are looked at.
const REPORTING: &str = "so-cong-thuong";

/// Words that other files repeat: another word is as good there, and each place that repeats the old one is wrong.
const REPEATED: [&str; 2] = ["id", "document_code"];

/// The problems of a workspace, as places and rules.
fn problems(texts: &BTreeMap<String, String>) -> BTreeSet<String> {
    let files = Files::from_memory(texts.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())));
    let checked = run(&files, Clock::on(NaiveDate::from_ymd_opt(2026, 12, 3).unwrap()), Depth::All);
    let found = checked.diagnostics.iter().map(|found| {
        let (path, line) = (&files.get(found.span.file).path, files.position(found.span).line);
        format!("{path}:{line}: {}: {}", found.rule.name, found.message)
    });
    found.collect()
}

/// Each file of the plan with one field of every kind replaced: path, what was done, the text.
fn mutants(shipped: &Files) -> Vec<(String, String, String)> {
    let (mut mutants, mut kinds) = (Vec::new(), BTreeSet::new());
    for (id, file) in shipped.iter().filter(|(_, file)| file.path.starts_with("plan/")) {
        // Groups of tasks are all of one kind.
        let folder = file.path.rsplit_once('/').filter(|(folder, _)| *folder != "plan");
        let of = folder.map_or(file.path.as_str(), |(folder, _)| folder);
        for part in yaml::parts(id, file.text()).into_iter().filter(|part| !part.path.is_empty()) {
            // One item stands for all of a list.
            let kind: Vec<&str> =
                part.path.iter().map(|key| if key.parse::<usize>().is_ok() { "…" } else { key }).collect();
            // Sentences to be printed bear on nothing else.
            let is_sentence = of == "plan/report.yaml" && part.text.contains(' ');
            if is_sentence || !kinds.insert(format!("{of} {}", kind.join("."))) {
                continue;
            }
            let repeated = part.path.last().is_some_and(|key| REPEATED.contains(&key.as_str()));
            // No field takes a list of lists; a word may be no day, number or known id, but is a text or an id like any other.
            let is_text = part.text.is_empty() || part.text.contains(' ');
            let bad = if repeated || is_text { "[[x]]" } else { "zzz-zzz" };
            let whole = &file.text()[part.span.start as usize..part.span.end as usize];
            let end = part.span.start as usize + whole.trim_end().len();
            let mut text = file.text().to_owned();
            text.replace_range(part.span.start as usize..end, bad);
            mutants.push((file.path.clone(), format!("{} = {bad}", part.path.join(".")), text));
        }
    }
    mutants
}

#[test]
fn one_bad_field_of_the_plan_raises_one_problem() {
    let shipped = source::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let wanted = |path: &str| !path.starts_with("reports/") || path.contains(REPORTING);
    let files = shipped.iter().filter(|(_, file)| wanted(&file.path));
    let texts: BTreeMap<String, String> =
        files.map(|(_, file)| (file.path.clone(), file.text().to_owned())).collect();
    let known = problems(&texts);
    let mutants = mutants(&shipped);
    assert!(mutants.len() > 99, "{} mutants", mutants.len());
    let judged = mutants.into_par_iter().filter_map(|(path, what, text)| {
        let mut texts = texts.clone();
        texts.insert(path.clone(), text);
        let found = problems(&texts);
        let new: Vec<&str> = found.difference(&known).map(String::as_str).collect();
        (new.len() > 1).then(|| format!("{path} {what}: {}\n    {}\n", new.len(), new.join("\n    ")))
    });
    let failures: Vec<String> = judged.collect();
    assert!(failures.is_empty(), "\n{}", failures.concat());
}
