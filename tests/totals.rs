//! Every figure of the consolidated report, added up a second time from the files by a reader of its
//! own, and traced back to the line it was written on.

use crate::common;

use std::collections::BTreeMap;

use common::{list, repository, texts, yaml};
use serde_json::Value as Json;
use serde_yaml::Value;

const ROUNDS: [&str; 2] = ["consumer-day", "annual"];

/// The plan's files that say how figures add up.
struct Plan {
    agencies: Value,
    rounds: Value,
    indicators: Value,
}

/// A round's reports by agency.
struct Round {
    id: String,
    data_to: String,
    /// `None`: every task.
    tasks: Option<Vec<String>>,
    reports: BTreeMap<String, Value>,
}

/// A figure as an agency gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Number(u64),
    NothingArose,
    NotApplicable,
    Unanswered,
}

/// A number that a total is made of or compared with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    agency: String,
    task: String,
    round: String,
    value: u64,
    control: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Total {
    value: Option<u64>,
    /// Numerator and denominator of a rate.
    rate: Option<(u64, u64)>,
    control: Option<u64>,
    /// Agencies by answer: numbers, among them zeros, nothing arose, not applicable, unanswered.
    answers: [u64; 5],
    parts: Vec<Part>,
}

impl Plan {
    fn read() -> Self {
        Self {
            agencies: yaml("plan/agencies.yaml"),
            rounds: yaml("plan/rounds.yaml"),
            indicators: yaml("plan/indicators.yaml"),
        }
    }

    fn indicator(&self, id: &str) -> &Value {
        let found = list(&self.indicators["indicators"]).iter().find(|indicator| text(&indicator["id"]) == id);
        found.unwrap_or_else(|| panic!("no indicator {id}"))
    }

    /// The indicators that a round asks for, in the order of the plan.
    fn asked(&self, round: &Round) -> Vec<&str> {
        let asked = list(&self.indicators["indicators"]).iter();
        let asked = asked.filter(|indicator| texts(&indicator["tasks"]).iter().any(|task| round.covers(task)));
        asked.map(|indicator| text(&indicator["id"])).collect()
    }

    /// Whether an agency's totals already contain those of others.
    fn is_control(&self, agency: &str) -> bool {
        let found = list(&self.agencies["agencies"]).iter().find(|other| text(&other["id"]) == agency);
        found.unwrap_or_else(|| panic!("no agency {agency}")).get("control_total_of").is_some()
    }

    fn round(&self, id: &str) -> Round {
        let found = list(&self.rounds["rounds"]).iter().find(|round| text(&round["id"]) == id);
        let round = found.unwrap_or_else(|| panic!("no round {id}"));
        let files = common::files(&repository().join("reports").join(id)).into_keys();
        let files = files.filter(|file| !file.starts_with("received/"));
        let reports = files.map(|file| {
            let agency = file.strip_suffix(".yaml").expect("a YAML file").to_owned();
            (agency, yaml(&format!("reports/{id}/{file}")))
        });
        Round {
            id: id.to_owned(),
            data_to: text(&round["data_to"]).to_owned(),
            tasks: round.get("tasks").map(|tasks| texts(tasks).into_iter().map(str::to_owned).collect()),
            reports: reports.collect(),
        }
    }

    fn total(&self, id: &str, round: &Round) -> Total {
        let indicator = self.indicator(id);
        if text(&indicator["aggregation"]) == "derived" {
            let sum = |key: &str| self.total(text(&indicator["percent"][key]), round).value;
            let rate = sum("of").zip(sum("over")).filter(|(_, over)| *over > 0);
            return Total { rate, ..Total::default() };
        }
        let only = texts(&indicator["only"]);
        let mut total = Total::default();
        for (agency, (given_in, answers)) in self.figures(id, round) {
            assert!(only.is_empty() || only.contains(&agency.as_str()), "{agency} may not report {id}");
            let control = self.is_control(&agency);
            for (task, answer) in &answers {
                if let Answer::Number(value) = *answer {
                    let sum = if control { &mut total.control } else { &mut total.value };
                    *sum = Some(sum.unwrap_or(0) + value);
                    let (agency, task, round) = (agency.clone(), task.clone(), given_in.clone());
                    total.parts.push(Part { agency, task, round, value, control });
                }
            }
            if !control {
                count(answers.values().copied(), &mut total.answers);
            }
        }
        total.parts.sort();
        total
    }

    /// What each agency answers for an indicator, by task, and in which round: a sum looks at its own
    /// round alone, a stock takes each agency's newest.
    fn figures(&self, id: &str, round: &Round) -> BTreeMap<String, (String, BTreeMap<String, Answer>)> {
        let mut rounds = vec![];
        if text(&self.indicator(id)["aggregation"]) == "latest" {
            rounds
                .extend(ROUNDS.iter().map(|other| self.round(other)).filter(|other| other.data_to < round.data_to));
            rounds.sort_by(|one, other| one.data_to.cmp(&other.data_to));
        }
        let mut figures = BTreeMap::new();
        for round in rounds.iter().chain([round]) {
            for (agency, report) in &round.reports {
                let answers = round.answers(report, self.indicator(id));
                if !answers.is_empty() {
                    figures.insert(agency.clone(), (round.id.clone(), answers));
                }
            }
        }
        figures
    }
}

impl Round {
    fn covers(&self, task: &str) -> bool {
        self.tasks.as_ref().is_none_or(|tasks| tasks.iter().any(|other| other == task))
    }

    /// A report's answers for an indicator, by task of the round: to the figure, or else to the whole of a task that asks for it.
    fn answers(&self, report: &Value, indicator: &Value) -> BTreeMap<String, Answer> {
        let (asked, only) = (texts(&indicator["tasks"]), texts(&indicator["only"]));
        let may = only.is_empty() || only.contains(&text(&report["agency"]));
        let given = |task: &str, entry: &Value| {
            let figure = entry.get("figures").and_then(|figures| figures.get(text(&indicator["id"])));
            let whole = figure.is_none() && may && asked.contains(&task);
            let word = entry.get("status").filter(|_| whole).map(text);
            let whole = match word {
                Some("nothing-arose") => Some(Answer::NothingArose),
                Some("not-applicable") => Some(Answer::NotApplicable),
                _ => None,
            };
            figure.map(answer).or(whole)
        };
        let tasks = report["tasks"].as_mapping().expect("tasks").iter();
        let tasks = tasks.map(|(task, entry)| (text(task), entry)).filter(|(task, _)| self.covers(task));
        tasks.filter_map(|(task, entry)| Some((task.to_owned(), given(task, entry)?))).collect()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value:?}"))
}

fn answer(figure: &Value) -> Answer {
    match figure {
        Value::Number(number) => Answer::Number(number.as_u64().expect("a whole number")),
        Value::String(word) if word == "nothing-arose" => Answer::NothingArose,
        Value::String(word) if word == "not-applicable" => Answer::NotApplicable,
        Value::Null | Value::Mapping(_) => Answer::Unanswered,
        other => panic!("no figure: {other:?}"),
    }
}

/// One agency counts once, by the most telling of its answers.
fn count(answers: impl Iterator<Item = Answer> + Clone, counts: &mut [u64; 5]) {
    let any = |wanted: Answer| answers.clone().any(|answer| answer == wanted);
    let numbers: Vec<u64> = answers
        .clone()
        .filter_map(|answer| if let Answer::Number(value) = answer { Some(value) } else { None })
        .collect();
    let [with_number, zeros, nothing_arose, not_applicable, unanswered] = counts;
    if !numbers.is_empty() {
        *with_number += 1;
        *zeros += u64::from(numbers.iter().all(|value| *value == 0));
    } else if any(Answer::NothingArose) {
        *nothing_arose += 1;
    } else if any(Answer::NotApplicable) {
        *not_applicable += 1;
    } else {
        *unanswered += 1;
    }
}

/// What `plan compile` says of a round.
fn compiled(round: &str) -> Json {
    let line = format!("compile --round {round} --format json -o -");
    let run = common::run(&common::environment(repository()), &line);
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).expect("JSON")
}

fn items(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn word(value: &Json) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

fn part(contribution: &Json) -> Part {
    Part {
        agency: word(&contribution["agency"]).to_owned(),
        task: word(&contribution["task"]).to_owned(),
        round: word(&contribution["round"]).to_owned(),
        value: contribution["value"].as_u64().expect("a whole number"),
        control: match word(&contribution["use"]) {
            "added" => false,
            "control" => true,
            other => panic!("no use: {other}"),
        },
    }
}

/// A total as the JSON has it, in the terms of this test.
fn total(json: &Json) -> Total {
    let rate = |key: &str| json["rate"][key].as_u64();
    let kinds = ["numbers", "zeros", "nothing_arose", "not_applicable", "unanswered"];
    let mut parts: Vec<Part> = items(&json["contributions"]).iter().map(part).collect();
    parts.sort();
    Total {
        value: json["value"].as_u64(),
        rate: rate("numerator").zip(rate("denominator")),
        control: json["control_total"].as_u64(),
        answers: kinds.map(|kind| json["answers"][kind].as_u64().expect("a count")),
        parts,
    }
}

#[test]
fn every_indicator_of_the_round_is_there_in_the_order_of_the_plan() {
    let plan = Plan::read();
    for id in ROUNDS {
        let json = compiled(id);
        let indicators: Vec<&str> = items(&json["totals"]).iter().map(|total| word(&total["indicator"])).collect();
        assert_eq!(indicators, plan.asked(&plan.round(id)), "{id}");
    }
}

#[test]
fn every_total_is_what_the_files_add_up_to() {
    let plan = Plan::read();
    for id in ROUNDS {
        let (json, round) = (compiled(id), plan.round(id));
        for json in items(&json["totals"]) {
            let indicator = word(&json["indicator"]);
            assert_eq!(total(json), plan.total(indicator, &round), "{id} {indicator}");
        }
    }
}

#[test]
fn contributions_add_up_to_the_value_and_control_totals_stay_apart() {
    for round in ROUNDS {
        for json in items(&compiled(round)["totals"]) {
            let total = total(json);
            for (what, whole, control) in [("value", total.value, false), ("control", total.control, true)] {
                let parts = total.parts.iter().filter(|part| part.control == control).map(|part| part.value);
                assert_eq!(parts.reduce(|one, other| one + other), whole, "{round} {}: {what}", json["indicator"]);
            }
        }
    }
}

#[test]
fn every_contribution_stands_on_its_line() {
    for round in ROUNDS {
        for json in items(&compiled(round)["totals"]) {
            for contribution in items(&json["contributions"]) {
                let (file, part) = (word(&contribution["file"]), part(contribution));
                assert_eq!(file, format!("reports/{}/{}.yaml", part.round, part.agency));
                let line = contribution["line"].as_u64().expect("a line") as usize;
                let source = common::read(&repository().join(file));
                let written = source.lines().nth(line - 1).unwrap_or_default().trim();
                let figure = format!("{}: {}", word(&json["indicator"]), part.value);
                assert_eq!(written, figure, "{file}:{line}");
                let task = source.lines().take(line).filter_map(task_of).last();
                assert_eq!(task, Some(part.task.as_str()), "{file}:{line}");
            }
        }
    }
}

/// The task whose entry a line opens: two blanks, its id, a colon.
fn task_of(line: &str) -> Option<&str> {
    let key = line.strip_prefix("  ")?.strip_suffix(':')?;
    (key.starts_with(['I', 'V']) && key.contains('.')).then_some(key)
}

#[test]
fn a_stock_is_the_newest_answer_of_each_agency() {
    let report = |round: &str, date: &str, figure: &str| {
        format!(
            "agency: hiep-hoi-dn\nround: {round}\ndocument: {{number: 1/BC-HHDN, date: {date}}}\nreceived: {date}\n\
             tasks:\n  VII.2:\n    status: in-progress\n    figures:\n      {figure}\n"
        )
    };
    for (now, value, taken_from) in [
        ("complaint_desks: 73", Some(73), vec!["annual"]),
        ("complaint_desks: 0", Some(0), vec!["annual"]),
        ("complaint_desks: nothing-arose", None, vec![]),
        ("code_of_conduct: 12", Some(41), vec!["consumer-day"]),
    ] {
        let workspace = common::Workspace::without_reports();
        let before = report("consumer-day", "2026-06-08", "complaint_desks: 41");
        workspace.write("reports/consumer-day/hiep-hoi-dn.yaml", before);
        workspace.write("reports/annual/hiep-hoi-dn.yaml", report("annual", "2026-11-18", now));
        let run = workspace.run("compile --format json -o -");
        assert_eq!(run.code, 0, "{now}: {}{}", run.out, run.err);
        let json: Json = serde_json::from_str(&run.out).expect("JSON");
        let desks = items(&json["totals"]).iter().find(|total| word(&total["indicator"]) == "complaint_desks");
        let desks = total(desks.expect("the stock"));
        assert_eq!(desks.value, value, "{now}");
        assert_eq!(desks.parts.iter().map(|part| part.round.as_str()).collect::<Vec<_>>(), taken_from, "{now}");
    }
}
