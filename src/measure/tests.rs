use std::path::Path;

use chrono::NaiveDate;

use super::*;
use crate::check::{Clock, Depth};
use crate::source::{self, Files};
use crate::status;

mod answered;
mod compared;
mod parts;
mod succeeded;

/// A report: `round/agency` or `ad-hoc/day-agency`; then figures of a task (`II.1 inspections: 4, violations: 1`), or a word
/// for the whole task before them (`II.1 nothing-arose, inspections: 0`), and other lines of the file, divided by `|`.
type Told<'t> = (&'t str, &'t str);

fn report((path, told): &Told<'_>) -> (String, Vec<u8>) {
    let (round, name) = path.split_once('/').unwrap();
    let (mut tasks, mut rest) = (String::new(), String::new());
    let (received, agency) = match round {
        "annual" => ("2026-11-18", name),
        "ad-hoc" => (&name[..10], &name[11..]),
        _ => ("2026-06-05", name),
    };
    if round == "ad-hoc" {
        rest += &format!("date: {received}\nsubject: Đột xuất\n");
    }
    for line in told.split('|').map(str::trim) {
        match line.split_once(' ') {
            Some((task, figures)) if task.starts_with('I') => {
                let (status, figures) = match figures.split_once(", ").unwrap_or((figures, "")) {
                    (word @ ("nothing-arose" | "not-applicable"), figures) => {
                        (format!("{word}, reason: Không có ở {agency}."), figures)
                    }
                    _ => (format!("in-progress, results: Đã làm ở {agency}."), figures),
                };
                tasks += &format!("  {task}: {{status: {status}, figures: {{{figures}}}}}\n");
            }
            _ => rest += &format!("{line}\n"),
        }
    }
    let text = format!(
        "agency: {agency}\nround: {round}\ndocument: {{number: 1/BC-UBND, date: {received}}}\nreceived: {received}\n\
         tasks:\n{tasks}{rest}"
    );
    (format!("reports/{path}.yaml"), text.into_bytes())
}

/// The fixtures' workspace with these reports in place of its own, its rounds as they stand on a day.
fn judged(reports: &[Told<'_>], judge: impl FnOnce(&Workspace, &[RoundStatus<'_>])) {
    with_round("", reports, judge);
}

/// As `judged`, with one more round, before the others in the plan's list.
fn with_round(more: &str, reports: &[Told<'_>], judge: impl FnOnce(&Workspace, &[RoundStatus<'_>])) {
    with_plan(|text| text.replacen("rounds:\n", &format!("rounds:\n{more}"), 1), reports, judge);
}

/// As `judged`, with an edit of the plan's files.
fn with_plan(
    edit: impl Fn(&str) -> String,
    reports: &[Told<'_>],
    judge: impl FnOnce(&Workspace, &[RoundStatus<'_>]),
) {
    with_files(Vec::new(), edit, reports, judge);
}

/// As `with_plan`, with more files.
fn with_files(
    more: Vec<(String, Vec<u8>)>,
    edit: impl Fn(&str) -> String,
    reports: &[Told<'_>],
    judge: impl FnOnce(&Workspace, &[RoundStatus<'_>]),
) {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/workspace"));
    let read = source::read(shared).unwrap();
    let plan = read.iter().filter(|(_, file)| file.path.starts_with("plan/"));
    let plan = plan.map(|(_, file)| (file.path.clone(), edit(file.text()).into_bytes()));
    let files = Files::from_memory(plan.chain(more).chain(reports.iter().map(report)));
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let workspace = Workspace::on(files, Clock::on(today), Depth::All).unwrap();
    judge(&workspace, &status::derive(&workspace));
}

/// A measure in one line: its value, then every figure with what became of it.
fn line(measure: &Measure<'_>) -> String {
    let value = match measure.value {
        Amount::Unknown(why) => format!("{why:?}"),
        Amount::Sum(sum) => sum.to_string(),
        Amount::Percent { part, whole } => format!("{part}/{whole}"),
    };
    let figures = measure.contributions.iter().map(|part| {
        let task = part.task.map(|task| format!(" {}", task.key)).unwrap_or_default();
        format!("{}{task} {} {} {}", origin(part.origin), part.agency.key, part.value, part.verdict.id())
    });
    let others = measure.others.iter().map(|other| {
        let said = Unknown::said(other.answer).unwrap();
        let (agency, task) = (&other.agency.key, &other.task.key);
        format!("{} {task} {agency} {said:?} {}", origin(other.origin), other.verdict.id())
    });
    std::iter::once(value).chain(figures).chain(others).collect::<Vec<_>>().join("; ")
}

fn origin(origin: Origin<'_>) -> String {
    origin.day().map_or_else(|| origin.id().to_owned(), |day| day.to_string())
}

/// One more round, whose data end on a day.
fn more(data_to: &str) -> String {
    format!(
        "  - id: more\n    name: Thêm\n    short_name: Thêm\n    title: Thêm\n    as_worded: {{agencies: a, consolidated: b}}\n    \
         agencies_before: 2026-12-10\n    consolidated_before: 2026-12-20\n    data_from: 2026-01-01\n    data_to: {data_to}\n"
    )
}

/// The measures of a round, beside which another ends on the day that `annual` does.
fn holds(cases: &[(&[Told<'_>], &str, &str, &str)]) {
    for (reports, round, id, told) in cases {
        with_round(&more("2026-11-20"), reports, |workspace, rounds| {
            let current = rounds.iter().find(|status| status.round.key == *round).unwrap();
            let measures = measures(workspace, rounds, current);
            let found = measures.iter().find(|measure| measure.quantity.key() == *id).map(line);
            assert_eq!(found.as_deref().unwrap_or("not asked"), *told, "{reports:?}: {id}");
        });
    }
}

#[test]
fn a_rate_is_made_of_two_sums_and_never_over_zero() {
    for (figures, rate) in [
        ("complaints_resolved: 0, complaints_received: 0", "ZeroOverZero"),
        ("complaints_resolved: 0, complaints_received: 1", "0/1"),
        ("complaints_resolved: 3, complaints_received: 4", "3/4"),
        ("complaints_resolved: 0, complaints_received: nothing-arose", "LacksWhole"),
        ("complaints_resolved: nothing-arose, complaints_received: nothing-arose", "NothingArose"),
        ("complaints_resolved: not-applicable, complaints_received: nothing-arose", "LacksBoth"),
        ("complaints_resolved: not-applicable, complaints_received: not-applicable", "NotApplicable"),
        ("complaints_resolved: {reason: Chưa rõ}, complaints_received: 4", "LacksPart"),
        ("complaints_received: 4", "LacksPart"),
        ("hotlines: 4", "NoAnswer"),
        // Cases of last year belong to the whole.
        ("complaints_resolved: 5, complaints_received: {value: 4, carried_over: 2}", "5/6"),
        ("complaints_resolved: 1, complaints_received: {value: 0, carried_over: 2}", "1/2"),
        (
            "complaints_resolved: 4, complaints_received: {value: 4, counted_by: so-cong-thuong, carried_over: 2}",
            "NoAnswer",
        ),
        ("complaints_resolved: {value: 3, carried_over: 9}, complaints_received: 4", "3/4"),
    ] {
        holds(&[(&[("annual/toa-an", &format!("II.2 {figures}"))], "annual", "resolution_rate", rate)]);
    }
}

#[test]
fn figures_outside_the_round_do_not_count() {
    let told = "I.1 directives: 3 | I.2 directives: 4";
    holds(&[
        (
            &[("consumer-day/xa-muong-la", told)],
            "consumer-day",
            "directives",
            "3; consumer-day I.1 xa-muong-la 3 added; consumer-day I.2 xa-muong-la 4 task_outside_round",
        ),
        (
            &[("annual/xa-muong-la", told)],
            "annual",
            "directives",
            "7; annual I.1 xa-muong-la 3 added; annual I.2 xa-muong-la 4 added",
        ),
    ]);
}

#[test]
fn every_figure_that_is_left_out_says_why() {
    let stranger = ("annual/cong-ttdt", "I.1 directives: 2 | funding: {state_budget: 5}");
    let invalid = ("annual/xa-muong-la", "I.1 directives: 3 | khac: 1 | funding: {state_budget: 7}");
    let valid = ("annual/xa-muong-la", "I.1 directives: 3 | funding: {state_budget: 7}");
    holds(&[
        (
            &[stranger, invalid],
            "annual",
            "directives",
            "NoAnswer; annual I.1 cong-ttdt 2 not_counted; annual I.1 xa-muong-la 3 invalid_report",
        ),
        (
            &[stranger, valid],
            "annual",
            "directives",
            "3; annual I.1 xa-muong-la 3 added; annual I.1 cong-ttdt 2 not_counted",
        ),
        (
            &[stranger, valid],
            "annual",
            "funding.state_budget",
            "7; annual xa-muong-la 7 added; annual cong-ttdt 5 not_counted",
        ),
        (
            &[stranger, invalid],
            "annual",
            "funding",
            "NoAnswer; annual cong-ttdt 5 not_counted; annual xa-muong-la 7 invalid_report",
        ),
        (
            &[("annual/vptt-389", "II.2 civil_cases: 4"), ("annual/toa-an", "II.2 civil_cases: 6")],
            "annual",
            "civil_cases",
            "6; annual II.2 toa-an 6 added; annual II.2 vptt-389 4 not_allowed",
        ),
        (
            &[
                (
                    "annual/so-cong-thuong",
                    "I.1 directives: {value: 4, counted_by: so-cong-thuong} | I.2 directives: 1 | II.1 inspections: 1 | II.2 hotlines: 1",
                ),
                (
                    "annual/xa-muong-la",
                    "I.1 directives: {value: 3, counted_by: so-cong-thuong} | I.2 directives: {value: 2, carried_over: 9}",
                ),
            ],
            "annual",
            "directives",
            "7; annual I.1 so-cong-thuong 4 added; annual I.2 so-cong-thuong 1 added; annual I.2 xa-muong-la 2 added; \
             annual I.1 xa-muong-la 3 counted_elsewhere",
        ),
    ]);
}

#[test]
fn totals_that_contain_those_of_others_are_compared_and_what_an_agency_spent_is_added() {
    let office = "II.1 inspections: 60 | funding: {state_budget: 9} | complaints_by_field: {other: 8}";
    let member = "I.1 directives: 1 | I.2 directives: 1 | II.1 inspections: 40 | II.2 complaints_received: 2 | complaints_by_field: {other: 2}";
    let commune = "I.1 directives: 1 | II.1 inspections: 5";
    let reports = [("annual/vptt-389", office), ("annual/so-cong-thuong", member), ("annual/xa-muong-la", commune)];
    holds(&[
        (
            &reports,
            "annual",
            "inspections",
            "45; annual II.1 so-cong-thuong 40 added; annual II.1 xa-muong-la 5 added; annual II.1 vptt-389 60 control",
        ),
        (&reports, "annual", "funding.state_budget", "9; annual vptt-389 9 added"),
        (
            &reports,
            "annual",
            "complaints_by_field.other",
            "2; annual so-cong-thuong 2 added; annual vptt-389 8 control",
        ),
    ]);
    judged(&reports, |workspace, rounds| {
        let all = measures(workspace, rounds, &rounds[1]);
        let inspections = of_indicator(&all, workspace.plan.indicators.find("inspections").unwrap().id).unwrap();
        let members = workspace.plan.groups.find("bcd-389").unwrap();
        // The commune is no member, and the office's own total is none of its members'.
        assert_eq!((inspections.added_by(&members.members), inspections.control()), (Some(40), Some(60)));
        assert_eq!(inspections.under_task(workspace.plan.tasks.find("II.1").unwrap().id), Amount::Sum(45));
        let given: Vec<(&str, u128)> =
            inspections.shares().map(|share| (share.first.agency.key.as_str(), share.value)).collect();
        assert_eq!(given, [("so-cong-thuong", 40), ("xa-muong-la", 5), ("vptt-389", 60)]);
        assert_eq!(inspections.answers, Answers { numbers: 2, ..Answers::default() });
    });
}

#[test]
fn lists_are_counted_whole_and_in_parts() {
    let violators =
        "violators: [{name: A, violation: B, fine: 5}, {name: C, violation: D}, {name: E, violation: F, fine: 0}]";
    let lists = format!(
        "I.1 directives: 1 | {violators} | warnings: [{{subject: A}}] | funding: {{state_budget: 3, socialised: 4}}"
    );
    let reports = [("annual/xa-muong-la", lists.as_str())];
    let each = |value: u32| format!("annual xa-muong-la {value} added");
    holds(&[
        (&reports, "annual", "violators.count", &format!("3; {0}; {0}; {0}", each(1))),
        (&reports, "annual", "violators.fine", &format!("5; {}; {}", each(5), each(0))),
        (&reports, "annual", "warnings.count", &format!("1; {}", each(1))),
        (&reports, "annual", "funding", &format!("7; {}; {}", each(3), each(4))),
        (&reports, "annual", "funding.socialised", &format!("4; {}", each(4))),
        (&reports, "annual", "complaints_by_field", "NoAnswer"),
        (&reports, "consumer-day", "funding", "NoAnswer"),
    ]);
}

#[test]
fn an_agency_is_counted_once_by_its_most_telling_answer() {
    let none = Answers::default();
    for (figures, answers) in [
        ("I.1 directives: 0 | I.2 directives: 4", Answers { numbers: 1, ..none }),
        ("I.1 directives: 0 | I.2 directives: nothing-arose", Answers { numbers: 1, zeros: 1, ..none }),
        ("I.1 directives: nothing-arose | I.2 directives: not-applicable", Answers { nothing_arose: 1, ..none }),
        ("I.1 directives: not-applicable | I.2 directives:", Answers { not_applicable: 1, ..none }),
        ("I.1 directives: {reason: Chưa rõ}", Answers { unanswered: 1, ..none }),
        ("I.1 | II.1 inspections: 1", none),
    ] {
        judged(&[("annual/xa-muong-la", figures)], |workspace, rounds| {
            let all = measures(workspace, rounds, &rounds[1]);
            assert_eq!(
                of_indicator(&all, workspace.plan.indicators.find("directives").unwrap().id).unwrap().answers,
                answers,
                "{figures}"
            );
        });
    }
}

#[test]
fn the_round_compared_with_is_the_one_whose_data_end_last_before() {
    let told = "I.1 directives: 3";
    let spent = "I.1 directives: nothing-arose | funding: {state_budget: 3}";
    let (first, other) = (("consumer-day/xa-muong-la", told), ("more/xa-muong-la", told));
    for (data_to, reports, current, compared_with) in [
        ("2026-03-31", vec![first, other], "annual", Some("consumer-day")),
        ("2026-06-30", vec![first, other], "annual", Some("more")),
        // Only the round before: what it does not tell is not looked for further back.
        ("2026-06-30", vec![first], "annual", None),
        ("2026-11-20", vec![first, other], "annual", Some("consumer-day")),
        ("2026-03-31", vec![first, other], "consumer-day", Some("more")),
        ("2026-05-31", vec![first, other], "consumer-day", None),
        ("2026-03-31", vec![("consumer-day/xa-muong-la", spent)], "annual", None),
    ] {
        with_round(&more(data_to), &reports, |workspace, rounds| {
            let status = rounds.iter().find(|status| status.round.key == current).unwrap();
            let found = earlier(workspace, rounds, status).map(|(round, _)| round.key.as_str());
            assert_eq!(found, compared_with, "{data_to} {reports:?} {current}");
        });
    }
}
