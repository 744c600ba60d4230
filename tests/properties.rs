//! What holds whatever people write: inputs made from the same seed on every run, the smallest that fails printed. Built with
//! `CASES=10` ten times as many are tried.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngSeed, TestCaseResult, TestRunner};
use serde_json::Value as Json;
use serde_yaml::Value as Yaml;

use crate::common::form::{fill, words as cell};
use crate::common::{Run, Workspace, environment, files, list, repository};

/// Tries a property with `cases` inputs, always the same.
fn holds<S: Strategy>(cases: u32, inputs: S, property: impl Fn(S::Value) -> TestCaseResult) {
    let times = option_env!("CASES").and_then(|given| given.parse().ok()).unwrap_or(1);
    let config = Config {
        cases: cases * times,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        max_shrink_iters: 300,
        ..Config::default()
    };
    TestRunner::new(config).run(&inputs, property).unwrap_or_else(|failed| panic!("{failed}"));
}

/// The workspace of the rules' fixtures.
fn small() -> Workspace {
    let workspace = Workspace::empty();
    for (path, file) in files(&repository().join("tests/workspace")) {
        workspace.write(&path, std::fs::read(file).expect("a file"));
    }
    workspace
}

fn run(workspace: &Workspace, words: &[&str]) -> Run {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = std::iter::once("plan").chain(words.iter().copied()).map(Into::into);
    let code = plan::run(words, &environment(workspace.root()), &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    Run { code, out: text(out), err: text(err) }
}

fn json(workspace: &Workspace, line: &str) -> Json {
    let run = workspace.run(line);
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{line}: {error}: {}", run.err))
}

/// Words as people and their programs write them, and what YAML, Word, HTML or a shell might take for something else.
fn words() -> impl Strategy<Value = String> {
    const PIECES: [&str; 40] = [
        "Đã",
        "kiểm tra",
        "hòa",
        "hoà",
        "thuỷ",
        "Ðồng",
        "318",
        "1.250,5",
        "18/11/2026",
        "2026-11-18",
        "null",
        "true",
        "no",
        "~",
        "0x1F",
        "1e9",
        "007",
        "12:30",
        "- ",
        ": ",
        " #",
        "{{",
        "}}",
        "{%",
        "[",
        "]",
        "&a",
        "*a",
        "!!str",
        "|",
        ">",
        "%",
        "@",
        "`",
        "'",
        "\"",
        "\\",
        "<b>",
        "&amp;",
        "=1+1",
    ];
    prop::collection::vec(select(&PIECES[..]), 1..8).prop_map(|pieces| pieces.concat().trim().to_owned())
}

/// An act of a register as a line; some are of one moment.
fn act() -> impl Strategy<Value = String> {
    let agencies = select(vec!["so-cong-thuong", "xa-muong-la", "toa-an", "vptt-389"]);
    let moment = (16..23_u8, 16..23_u8, 8..10_u8);
    let kind = prop_oneof![
        Just("paper".to_owned()),
        Just("remind".to_owned()),
        select(vec!["a", "b"]).prop_map(|content| format!("accept, content: v1-{}", content.repeat(16))),
        select(vec!["accept", "extend", "paper", "settle", "issue"]).prop_map(|of| format!("withdraw, of: {of}")),
        (24..30_u8).prop_map(|day| format!("extend, until: 2026-11-{day}")),
        (16..23_u8).prop_map(|day| format!("withdraw, of: paper, of_date: 2026-11-{day}")),
        select(vec!["0a1b2c3d", "4e5f6071"]).prop_map(|id| format!("settle, id: \"{id}\"")),
    ];
    (kind, agencies, moment, select(vec!["Lan", "Minh"]), select(vec!["1/SCT", "2/SCT"]), words()).prop_map(
        |(kind, agency, (day, entered, hour), by, number, note)| {
            let note = serde_json::to_string(&note).expect("a string");
            format!(
                "- {{act: {kind}, agency: {agency}, date: 2026-11-{day}, entered: 2026-11-{entered}T0{hour}:00:00.000, by: {by}, \
                 number: {number}, note: {note}}}\n"
            )
        },
    )
}
const REGISTER: &str = "reports/annual/register.yaml";

/// All that is told of the state that a register leads to.
fn state(workspace: &Workspace) -> Vec<String> {
    let lines = [
        "status --all --format json",
        "difficulties --format json",
        "show xa-muong-la --history --format json",
        "calendar --format json",
        "remind --round annual --format json",
    ];
    // What was written down about the letters goes with the folder.
    let told = lines.map(|line| workspace.run(line).out);
    told.into()
}

#[test]
fn acts_that_git_merges_in_any_order_lead_to_one_state() {
    let acts = prop::collection::vec(act(), 2..9);
    let shuffled = acts.prop_flat_map(|acts| (Just(acts.clone()), Just(acts).prop_shuffle()));
    holds(60, shuffled, |(one, other)| {
        let [one, other] = [one, other].map(|acts| {
            let workspace = small();
            workspace.write(REGISTER, acts.concat());
            state(&workspace)
        });
        prop_assert_eq!(one, other);
        Ok(())
    });
}

/// A report with something in it that nobody meant.
fn spoilt() -> impl Strategy<Value = String> {
    const ODD: [&str; 24] = [
        "",
        " ",
        "\n",
        "\t",
        ":",
        "- ",
        "\"",
        "'",
        "{",
        "}",
        "[",
        "#",
        "&",
        "*",
        "!",
        "|",
        "ệ",
        "e\u{302}\u{323}",
        "\u{feff}",
        "\u{200b}",
        "\r",
        "\u{0}",
        "👍",
        "---\n",
    ];
    let report = include_str!("workspace/reports/annual/so-cong-thuong.yaml");
    let spoil = (any::<Index>(), 0..40_usize, select(&ODD[..]));
    prop::collection::vec(spoil, 1..4).prop_map(move |places| {
        let mut text: Vec<char> = report.chars().collect();
        for (at, length, odd) in places {
            let at = at.index(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, odd.chars());
        }
        text.into_iter().collect()
    })
}

#[test]
fn every_problem_has_its_place_in_its_file() {
    let workspace = small();
    holds(200, spoilt(), |report| {
        workspace.write("reports/annual/so-cong-thuong.yaml", &report);
        for problem in json(&workspace, "check --format json")["problems"].as_array().expect("problems") {
            let text = workspace.read(problem["file"].as_str().expect("a file"));
            let place = |key: &str| problem[key].as_u64().expect("a place") as usize;
            for [line, column] in [["line", "column"], ["end_line", "end_column"]] {
                let told = text.split('\n').nth(place(line) - 1);
                let columns = told.map(|told| told.chars().count() + 1);
                prop_assert!(place(column) >= 1 && Some(place(column)) <= columns, "{problem} in {report}");
            }
            let [start, end] =
                [["line", "column"], ["end_line", "end_column"]].map(|[line, column]| (place(line), place(column)));
            prop_assert!(start <= end, "{problem} in {report}");
        }
        Ok(())
    });
}

/// The figures of a commune's report; none where it sends none.
fn figures() -> impl Strategy<Value = Option<[u64; 3]>> {
    let number = prop_oneof![0..9_u64, 0..2_000_u64, 99_999_999_999_990..=100_000_000_000_000_u64];
    proptest::option::weighted(0.8, [number.clone(), number.clone(), number])
}

const COMMUNES: u32 = 4;

/// An office of communes, with the reports that came, written in that order.
fn office(reports: &[(u32, [u64; 3])]) -> Workspace {
    let workspace = Workspace::of_communes(COMMUNES);
    for (commune, [directives, inspections, violations]) in reports {
        workspace.write(
            &format!("reports/annual/xa-{commune:02}.yaml"),
            format!(
                "agency: xa-{commune:02}\nround: annual\ndocument: {{number: {commune}/BC-UBND, date: 2026-11-18}}\nreceived: 2026-11-18\n\
                 tasks:\n  I.1: {{status: done, results: Xã Số {commune} đã phổ biến tới các bản., figures: {{directives: {directives}}}}}\n  \
                 II.1: {{status: done, results: Xã Số {commune} đã kiểm tra chợ phiên., figures: {{inspections: {inspections}, violations: \
                 {violations}}}}}\n"
            ),
        );
    }
    workspace
}

fn came(figures: &[Option<[u64; 3]>]) -> Vec<(u32, [u64; 3])> {
    (1..).zip(figures).filter_map(|(commune, figures)| Some((commune, (*figures)?))).collect()
}

#[test]
fn neither_the_order_of_files_nor_the_number_of_threads_changes_a_byte() {
    let offices = prop::collection::vec(figures(), COMMUNES as usize);
    let shuffled = offices
        .prop_map(|figures| came(&figures))
        .prop_flat_map(|came| (Just(came.clone()), Just(came).prop_shuffle()));
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let pools = [pool(1), pool(3)];
    holds(40, shuffled, |(one, other)| {
        let [one, other] = [one, other].map(|reports| office(&reports));
        for line in [
            "check --format json",
            "status --all --format json",
            "difficulties",
            "compile --round annual --skip-invalid --format markdown -o -",
        ] {
            let [one, other] = [(&one, &pools[0]), (&other, &pools[1])]
                .map(|(workspace, pool)| pool.install(|| workspace.run(line)))
                .map(|run| (run.code, run.out));
            prop_assert_eq!(one, other, "{}", line);
        }
        Ok(())
    });
}

#[test]
fn one_report_more_changes_only_what_it_tells() {
    let offices = (prop::collection::vec(figures(), COMMUNES as usize), 1..=COMMUNES, [0..9_u64, 9..90, 0..9]);
    holds(60, offices, |(figures, more, told)| {
        let mut without = came(&figures);
        without.retain(|(commune, _)| *commune != more);
        let with: Vec<_> = without.iter().copied().chain([(more, told)]).collect();
        let [before, after] = [&without, &with].map(|reports| {
            let workspace = office(reports);
            let compiled = json(&workspace, "compile --round annual --skip-invalid --format json -o -");
            (json(&workspace, "status --all --format json"), compiled)
        });
        let of = |status: &Json| -> BTreeMap<(String, String), Json> {
            let rounds = status["rounds"].as_array().expect("rounds").iter();
            let agencies = rounds.flat_map(|round| {
                let agencies = round["agencies"].as_array().expect("agencies").iter();
                agencies.map(|agency| ((round["id"].to_string(), agency["id"].to_string()), agency.clone()))
            });
            agencies.collect()
        };
        let (one, other) = (of(&before.0), of(&after.0));
        let changed: BTreeSet<_> =
            one.iter().filter(|(id, agency)| other.get(*id) != Some(*agency)).map(|(id, _)| id).collect();
        let only = ("\"annual\"".to_owned(), format!("\"xa-{more:02}\""));
        prop_assert_eq!(changed, BTreeSet::from([&only]));

        let sums = |compiled: &Json| -> BTreeMap<String, u64> {
            let totals = compiled["totals"].as_array().expect("totals").iter();
            totals.map(|total| (total["indicator"].to_string(), total["value"].as_u64().unwrap_or(0))).collect()
        };
        let (mut sum, now) = (sums(&before.1), sums(&after.1));
        // The commune is no member of the inspecting board, and what it tells of that task counts all the same.
        for (id, figure) in ["directives", "inspections", "violations"].into_iter().zip(told) {
            *sum.entry(format!("\"{id}\"")).or_default() += figure;
        }
        prop_assert_eq!(sum, now);
        Ok(())
    });
}

/// What a library that the program does not read with finds in a file.
fn yaml(workspace: &Workspace, path: &str) -> Yaml {
    let text = workspace.read(path);
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn what_the_office_writes_down_is_read_as_it_was_said() {
    holds(40, [words(), words(), words()], |[by, note, other]| {
        let workspace = small();
        let remarks = json(&workspace, "difficulties --format json");
        let id = remarks["remarks"][0]["id"].as_str().expect("a difficulty");
        for (line, option, said) in [
            ("accept so-cong-thuong --round annual", "--by", &by),
            ("receive toa-an --round annual --on 2026-11-20 --number 5/BC-TA", "--note", &note),
            (&format!("settle {id}"), "--note", &other),
        ] {
            let said = format!("{option}={said}");
            let words: Vec<&str> = line.split(' ').chain([said.as_str()]).collect();
            let run = run(&workspace, &words);
            prop_assert_eq!(run.code, 0, "{}: {}", said, run.err);
        }
        let registers =
            files(&workspace.path("reports")).into_keys().filter(|path| path.ends_with("register.yaml"));
        let acts: Vec<Yaml> =
            registers.flat_map(|path| list(&yaml(&workspace, &format!("reports/{path}"))).to_vec()).collect();
        let told = |act: &str, key: &str| {
            let found = acts.iter().find(|found| found["act"].as_str() == Some(act)).expect("the act");
            found[key].as_str().map(str::to_owned)
        };
        let told = [told("accept", "by"), told("paper", "note"), told("settle", "note")];
        prop_assert_eq!(told, [Some(by), Some(note), Some(other)]);
        let check = workspace.run("check --format short");
        prop_assert_eq!(check.code, 0, "{}", check.out);
        Ok(())
    });
}

#[test]
fn what_a_form_tells_is_what_its_report_tells() {
    const FORM: &str = "bm/xa-01-annual-2026.xlsx";
    let empty = Workspace::of_communes(1);
    assert_eq!(empty.run("form export xa-01 --round annual -o bm").code, 0);
    let bytes = std::fs::read(empty.path(FORM)).expect("a form");
    let escaped = |text: &str| cell(&text.replace('&', "&amp;").replace('<', "&lt;"));
    holds(40, [words(), words(), words()], |[results, difficulty, cause]| {
        let workspace = Workspace::of_communes(1);
        workspace.write(FORM, &bytes);
        let cells = [
            ("tasks.I.1.status", 'G', cell("Hoàn thành")),
            ("tasks.I.1.results", 'G', escaped(&results)),
            ("difficulties.1", 'C', escaped(&difficulty)),
            ("difficulties.1", 'D', escaped(&cause)),
        ];
        fill(&workspace.path(FORM), &cells);
        let run = workspace.run(&format!("form import {FORM} --on 2026-11-20"));
        prop_assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        let report = yaml(&workspace, "reports/annual/xa-01.yaml");
        let told = &report["difficulties"][0];
        let told = [&report["tasks"]["I.1"]["results"], &told["text"], &told["cause"]].map(|said| said.as_str());
        prop_assert_eq!(told, [Some(&*results), Some(&*difficulty), Some(&*cause)]);
        Ok(())
    });
}
