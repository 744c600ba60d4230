use std::path::Path;

use super::*;
use crate::check::Clock;
use crate::source::{self, Files};
use TaskStatus::{Done, InProgress, NotApplicable, NotStarted, NothingArose};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

#[test]
fn a_task_is_done_only_when_every_lead_says_so() {
    let year_end = Due::On(day(12, 31));
    let next_year = NaiveDate::from_ymd_opt(2027, 1, 5).unwrap();
    for (due, leads, declared, as_of, expected) in [
        (Due::NoDeadline, 1, vec![], day(11, 23), Progress::NoReport),
        (Due::NoDeadline, 1, vec![Done], day(11, 23), Progress::Done(Pace::NoDeadline)),
        (Due::NoDeadline, 2, vec![Done], day(11, 23), Progress::Ongoing(Pace::NoDeadline)),
        (Due::NoDeadline, 2, vec![Done, NothingArose], day(11, 23), Progress::Done(Pace::NoDeadline)),
        (Due::NoDeadline, 2, vec![NotStarted, NotStarted], day(11, 23), Progress::NotStarted),
        (Due::NoDeadline, 2, vec![NotStarted, NothingArose], day(11, 23), Progress::NotStarted),
        (Due::NoDeadline, 1, vec![NothingArose], day(11, 23), Progress::NothingArose),
        (Due::NoDeadline, 1, vec![NotApplicable], day(11, 23), Progress::NotApplicable),
        (Due::Unstated, 1, vec![InProgress], day(11, 23), Progress::Ongoing(Pace::NoDeadline)),
        (year_end, 1, vec![InProgress], day(11, 23), Progress::Ongoing(Pace::InTime)),
        (year_end, 1, vec![InProgress], next_year, Progress::Ongoing(Pace::Overdue)),
        (year_end, 1, vec![Done], next_year, Progress::Done(Pace::InTime)),
    ] {
        let on = day(11, 20);
        let declared: Vec<_> = declared.into_iter().map(|status| (status, on)).collect();
        assert_eq!(progress(due, leads, &declared, as_of), expected, "{due:?} {declared:?}");
    }
}

/// The rounds of the fixtures' workspace, where the commune has a line more and these are the reports:
/// `round/agency` and the text under `tasks:`.
fn derived(commune: &str, reports: &[(&str, &str)], judge: impl Fn(&[RoundStatus<'_>])) {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/workspace"));
    let read = source::read(shared).unwrap();
    let plan = read.iter().filter(|(_, file)| file.path.starts_with("plan/"));
    let code = "    commune_code: \"03808\"\n";
    let with_line = |text: &str| text.replace(code, &format!("{code}    {commune}\n"));
    let plan = plan.map(|(_, file)| (file.path.clone(), with_line(file.text()).into_bytes()));
    let reports = reports.iter().map(|(path, tasks)| {
        let (round, agency) = path.split_once('/').unwrap();
        let text = format!(
            "agency: {agency}\nround: {round}\ndocument: {{number: 1/BC-UBND, date: 2026-06-05}}\n\
             received: 2026-06-05\ntasks: {tasks}\n"
        );
        (format!("reports/{path}.yaml"), text.into_bytes())
    });
    let checked = crate::check::run(&Files::from_memory(plan.chain(reports)), Clock::on(day(11, 23)));
    judge(&derive(checked.plan.as_ref().unwrap(), &checked, day(11, 23)));
}

const TOLD: &str = "{I.1: {status: done, results: Đã ban hành văn bản., figures: {directives: 1}}}";

fn asked_of(round: &RoundStatus<'_>, key: &str) -> bool {
    round.agencies.iter().any(|status| status.agency.key == key)
}

#[test]
fn an_agency_is_asked_only_for_rounds_that_it_lived_through() {
    for (active, asked) in [
        ("{from: 2026-05-31}", [true, true]),
        ("{from: 2026-06-01}", [false, true]),
        ("{until: 2026-01-01}", [true, true]),
        ("{until: 2025-12-31}", [false, false]),
        ("{from: 2026-11-21}", [false, false]),
    ] {
        derived(&format!("active: {active}"), &[], |rounds| {
            let found: Vec<bool> = rounds.iter().map(|round| asked_of(round, "xa-muong-la")).collect();
            assert_eq!(found, asked, "{active}");
        });
    }
}

#[test]
fn what_comes_unasked_is_shown_apart_and_no_rate_exceeds_the_whole() {
    let reports = [
        ("consumer-day/xa-muong-la", TOLD),
        ("consumer-day/toa-an", TOLD),
        ("consumer-day/vptt-389", TOLD),
        ("consumer-day/cong-ttdt", TOLD),
    ];
    derived("active: {until: 2025-12-31}", &reports, |rounds| {
        let status = &rounds[0];
        let unexpected: Vec<&str> = status.unexpected.iter().map(|agency| agency.key.as_str()).collect();
        assert_eq!(unexpected, ["xa-muong-la", "cong-ttdt"]);
        assert!(status.valid_reports().all(|(agency, _)| !unexpected.contains(&agency.key.as_str())));
        let Counts { expected, received, on_time, requested, requested_received, .. } = status.counts;
        assert_eq!((expected, received, on_time, requested, requested_received), (2, 1, 1, 1, 1));
        for task in &status.tasks {
            assert!(task.reported <= task.leads, "{}", task.task.key);
        }
    });
}

#[test]
fn a_blank_form_has_not_been_received() {
    for (tasks, received) in [
        ("{}", 0),
        ("{I.1: {status: nothing-arose, results: \"\", figures: {directives: }}}", 0),
        ("{I.1: {status: nothing-arose, reason: Chưa có việc.}}", 1),
        ("{I.11: {status: done, results: Ghi nhầm số.}}", 1),
        ("{}\nnext_steps: [Tiếp tục kiểm tra.]", 1),
    ] {
        derived("", &[("annual/xa-muong-la", tasks)], |rounds| {
            let Counts { received: found, missing, .. } = rounds[1].counts;
            assert_eq!((found, missing), (received, 3 - received), "{tasks}");
        });
    }
}

#[test]
fn a_task_was_done_on_the_day_of_completion_or_else_when_the_report_came() {
    for (completed, pace) in
        [("", Pace::InTime), (", completed: 2026-12-31", Pace::InTime), (", completed: 2027-01-01", Pace::Overdue)]
    {
        let others =
            ["I.1", "II.1", "II.2"].map(|task| format!("{task}: {{status: nothing-arose, reason: Không có}}"));
        let told = format!("{{I.2: {{status: done, results: Đã sửa Quy chế.{completed}}}, {}}}", others.join(", "));
        derived("", &[("annual/so-cong-thuong", &told)], |rounds| {
            let state = rounds[1].tasks.iter().find(|state| state.task.key == "I.2").unwrap();
            assert_eq!(state.progress, Progress::Done(pace), "{completed}");
        });
    }
}

#[test]
fn a_review_is_of_one_report_of_one_round() {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/workspace"));
    let read = source::read(shared).unwrap();
    let files = read.iter().map(|(_, file)| (file.path.clone(), file.text().as_bytes().to_vec()));
    let accepted = format!("accepted: [{{agency: xa-muong-la, date: 2026-11-23, sha256: \"{:064}\"}}]\n", 0);
    let files = files.chain([("reports/annual/accepted.yaml".to_owned(), accepted.into_bytes())]);
    let checked = crate::check::run(&Files::from_memory(files), Clock::on(day(11, 23)));
    let rounds = derive(checked.plan.as_ref().unwrap(), &checked, day(11, 23));
    let reviewed = rounds.iter().flat_map(|status| {
        let reviewed = status.agencies.iter().filter(|agency| agency.review.is_some());
        reviewed.map(|agency| (status.round.key.as_str(), agency.agency.key.as_str()))
    });
    assert_eq!(reviewed.collect::<Vec<_>>(), [("annual", "xa-muong-la")]);
}
