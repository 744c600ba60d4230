//! The rules about words against sentences as communes, wards and departments write them: `tests/prose/*.txt`, of which each
//! says at its top how it came to be. A line is `honest` or `dishonest`, the task, whose report it is (a commune's where
//! nobody is named), its figures, and the sentence; what must be found in a dishonest one stands between `**`. A line begun with `missed` is one that the rules judge wrongly.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;

use crate::check::{Clock, Depth, run};
use crate::source::{self, Files};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const RULES: [&str; 5] =
    ["prose-contradicts-figure", "zero-with-results", "placeholder", "echoes-task", "copied-account"];

struct Sentence<'l> {
    line: &'l str,
    path: String,
    kind: &'l str,
    missed: bool,
    report: String,
    /// The words to be found.
    culprit: Option<&'l str>,
}

impl<'l> Sentence<'l> {
    fn new(line: &'l str, commune: &str) -> Self {
        let (missed, rest) = line.strip_prefix("missed ").map_or((false, line), |rest| (true, rest));
        let [head, figures, says] = rest.splitn(3, " | ").collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (kind, task) = head.split_once(' ').unwrap();
        let (task, agency) = task.split_once(' ').unwrap_or((task, commune));
        let report = format!(
            "agency: {agency}\nround: annual\nreceived: 2026-11-20\ntasks:\n  {task}:\n    status: done\n    results: \
             '{}'\n    figures: {{{figures}}}\n",
            says.replace("**", "").replace('\'', "''")
        );
        let path = format!("reports/annual/{agency}.yaml");
        Self { line, path, kind, missed, report, culprit: says.split("**").nth(1) }
    }

    /// What is wrong with the judgement of a sentence, if anything is.
    fn misjudged(&self, found: &[(String, String)]) -> Option<String> {
        match self.culprit {
            None if found.is_empty() => None,
            None => Some(format!("{found:?}")),
            Some(culprit) => {
                let number = culprit.split(' ').next().unwrap_or_default();
                let seen =
                    found.iter().any(|(_, place)| place.split(' ').any(|word| word.eq_ignore_ascii_case(number)));
                (!seen).then(|| format!("not found: {found:?}"))
            }
        }
    }
}

/// By the report, each problem that the rules find: the rule and the words under which it stands.
fn judged(
    plan: &BTreeMap<String, String>,
    reports: BTreeMap<String, String>,
) -> BTreeMap<String, Vec<(String, String)>> {
    let texts = plan.clone().into_iter().chain(reports);
    let files = Files::from_memory(texts.map(|(path, text)| (path, text.into_bytes())));
    let checked = run(&files, Clock::on(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()), Depth::All);
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for problem in checked.diagnostics.iter().filter(|problem| RULES.contains(&problem.rule.name)) {
        let file = files.get(problem.span.file);
        let place = file.text()[problem.span.start as usize..problem.span.end as usize].to_owned();
        found.entry(file.path.clone()).or_default().push((problem.rule.name.to_owned(), place));
    }
    found
}

#[test]
fn sentences_are_judged_as_they_are_marked() {
    let root = Path::new(ROOT);
    let plan: BTreeMap<String, String> = source::read(root)
        .unwrap()
        .iter()
        .filter(|(_, file)| file.path.starts_with("plan/"))
        .map(|(_, file)| (file.path.clone(), file.text().to_owned()))
        .collect();
    let agencies = fs::read_to_string(root.join("plan/agencies.yaml")).unwrap();
    let ids = agencies.lines().filter_map(|line| line.trim().strip_prefix("- id: "));
    let communes: Vec<&str> = ids.filter(|id| id.starts_with("xa-") || id.starts_with("phuong-")).collect();
    let mut failures = String::new();
    let mut sets: Vec<_> =
        fs::read_dir(root.join("tests/prose")).unwrap().map(|entry| entry.unwrap().path()).collect();
    sets.sort();
    for set in sets {
        let text = fs::read_to_string(&set).unwrap();
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        // One report an agency at a time.
        let mut rounds: Vec<Vec<Sentence<'_>>> = vec![Vec::new()];
        for (line, commune) in lines.into_iter().zip(communes.iter().cycle()) {
            let sentence = Sentence::new(line, commune);
            if rounds.last().unwrap().iter().any(|other| other.path == sentence.path) {
                rounds.push(Vec::new());
            }
            rounds.last_mut().unwrap().push(sentence);
        }
        for sentences in &rounds {
            let reports = sentences.iter().map(|sentence| (sentence.path.clone(), sentence.report.clone()));
            let found = judged(&plan, reports.collect());
            for sentence in sentences {
                let misjudged = sentence.misjudged(found.get(&sentence.path).map_or(&[], Vec::as_slice));
                let (count, missed) = tally.entry(sentence.kind).or_default();
                (*count, *missed) = (*count + 1, *missed + usize::from(misjudged.is_some()));
                if misjudged.is_some() != sentence.missed {
                    let name = set.file_name().unwrap().display();
                    failures += &format!("{name}: {}\n    {}\n", sentence.line, misjudged.unwrap_or_default());
                }
            }
        }
        // At most 1 alarm in 60 honest sentences, at least 27 of 30 dishonest ones found.
        for (kind, of) in [("honest", 60), ("dishonest", 10)] {
            let (count, missed) = tally[kind];
            if missed * of > count {
                failures += &format!("{}: {missed} of {count} {kind} ones misjudged\n", set.display());
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}
