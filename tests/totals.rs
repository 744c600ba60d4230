//! The totals of the consolidated report against an addition of the YAML files that shares nothing with
//! the program: another parser, no rules, a few lines.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{list, texts, yaml};
use serde_json::Value as Json;
use serde_yaml::Value;

/// A round's reports by agency.
fn reports(round: &str) -> BTreeMap<String, Value> {
    let files = common::files(&common::repository().join("reports").join(round));
    files
        .keys()
        .map(|file| (file.trim_end_matches(".yaml").to_owned(), yaml(&format!("reports/{round}/{file}"))))
        .collect()
}

/// Every number given for an indicator: agency, task, value.
fn numbers(reports: &BTreeMap<String, Value>, indicator: &Value) -> Vec<(String, String, u64)> {
    let only: BTreeSet<&str> = texts(&indicator["only"]).into_iter().collect();
    let mut numbers = Vec::new();
    for (agency, report) in reports {
        let Some(tasks) = report["tasks"].as_mapping() else { continue };
        for (task, entry) in tasks {
            let task = task.as_str().expect("a task id");
            let value = entry["figures"][indicator["id"].as_str().expect("an id")].as_u64();
            if texts(&indicator["tasks"]).contains(&task) && (only.is_empty() || only.contains(agency.as_str())) {
                numbers.extend(value.map(|value| (agency.clone(), task.to_owned(), value)));
            }
        }
    }
    numbers
}

fn compiled(round: &str) -> Json {
    let run = common::run(
        &common::environment(common::repository()),
        &format!("compile --round {round} --format json -o -"),
    );
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).expect("JSON and nothing else")
}

fn total<'t>(compiled: &'t Json, indicator: &str) -> &'t Json {
    let totals = compiled["totals"].as_array().expect("totals");
    totals.iter().find(|total| total["indicator"] == indicator).unwrap_or_else(|| panic!("no total of {indicator}"))
}

fn tasks_of(round: &str) -> Option<BTreeSet<String>> {
    let rounds = yaml("plan/rounds.yaml");
    let round = list(&rounds["rounds"]).iter().find(|item| item["id"] == round).expect("the round");
    let tasks = texts(&round["tasks"]);
    (!tasks.is_empty()).then(|| tasks.into_iter().map(str::to_owned).collect())
}

#[test]
fn every_total_equals_an_independent_addition() {
    let agencies = yaml("plan/agencies.yaml");
    let control: BTreeSet<&str> = list(&agencies["agencies"])
        .iter()
        .filter(|agency| !agency["control_total_of"].is_null())
        .filter_map(|agency| agency["id"].as_str())
        .collect();
    for round in ["annual", "consumer-day"] {
        let (compiled, tasks) = (compiled(round), tasks_of(round));
        let mut sums: BTreeMap<String, Option<u64>> = BTreeMap::new();
        for indicator in list(&yaml("plan/indicators.yaml")["indicators"]) {
            let id = indicator["id"].as_str().expect("an id");
            let asked = |task: &&str| tasks.as_ref().is_none_or(|tasks| tasks.contains(*task));
            if !texts(&indicator["tasks"]).iter().any(asked) {
                continue;
            }
            let mut numbers = numbers(&reports(round), indicator);
            if indicator["aggregation"] == "latest" && round == "annual" {
                // Whoever did not report this time keeps the number of the round before.
                let now: BTreeSet<String> = numbers.iter().map(|(agency, ..)| agency.clone()).collect();
                let before = self::numbers(&reports("consumer-day"), indicator).into_iter();
                numbers.extend(before.filter(|(agency, ..)| !now.contains(agency)));
            }
            numbers.retain(|(agency, task, _)| !control.contains(agency.as_str()) && asked(&task.as_str()));
            let sum = (!numbers.is_empty()).then(|| numbers.iter().map(|(.., value)| value).sum());
            sums.insert(id.to_owned(), sum);
            let total = total(&compiled, id);
            if indicator["aggregation"] == "derived" {
                let sum = |key: &str| sums[indicator["percent"][key].as_str().expect("an id")];
                assert_eq!(total["rate"]["numerator"].as_u64(), sum("of"), "{round} {id}");
                assert_eq!(total["rate"]["denominator"].as_u64(), sum("over"), "{round} {id}");
            } else {
                assert_eq!(total["value"].as_u64(), sum, "{round} {id}");
            }
        }
        assert_eq!(compiled["totals"].as_array().map(Vec::len), Some(sums.len()), "{round}");
    }
}

#[test]
fn every_total_can_be_traced_to_lines_that_say_so() {
    for round in ["annual", "consumer-day"] {
        let compiled = compiled(round);
        for total in compiled["totals"].as_array().expect("totals") {
            let (id, mut added) = (total["indicator"].as_str().expect("an id"), 0);
            for part in total["contributions"].as_array().expect("contributions") {
                let file = part["file"].as_str().expect("a file");
                let text = common::read(&common::repository().join(file));
                let line =
                    part["line"].as_u64().and_then(|line| text.lines().nth(line as usize - 1)).expect("the line");
                let value = part["value"].as_u64().expect("a value");
                assert_eq!(line.trim(), format!("{id}: {value}"), "{round} {file}");
                added += if part["use"] == "added" { value } else { 0 };
            }
            if !total["value"].is_null() {
                assert_eq!(total["value"].as_u64(), Some(added), "{round} {id}");
            }
        }
    }
}
