use super::tasks::progress;
use super::*;
use crate::model::TaskStatus::{Done, InProgress, NotApplicable, NotStarted, NothingArose};
use crate::workspace::tests::fixture;

#[test]
fn a_tasks_state_is_concluded_from_all_its_leads_or_from_none() {
    for (leads, declared, expected) in [
        (1, vec![], Progress::NoReport),
        (91, vec![NothingArose], Progress::Partly),
        (91, vec![NothingArose, NotApplicable], Progress::Partly),
        (2, vec![Done], Progress::Partly),
        (2, vec![InProgress], Progress::Partly),
        (2, vec![NotStarted], Progress::Partly),
        (1, vec![NothingArose], Progress::NothingArose),
        (1, vec![NotApplicable], Progress::NotApplicable),
        (2, vec![NotApplicable, NotApplicable], Progress::NotApplicable),
        (2, vec![NothingArose, NotApplicable], Progress::NothingArose),
        (1, vec![Done], Progress::Done),
        (3, vec![Done, NothingArose, NotApplicable], Progress::Done),
        (1, vec![InProgress], Progress::Ongoing),
        (2, vec![Done, NotStarted], Progress::Ongoing),
        (2, vec![InProgress, NothingArose], Progress::Ongoing),
        (2, vec![NotStarted, NotStarted], Progress::NotStarted),
        (2, vec![NotStarted, NothingArose], Progress::NotStarted),
    ] {
        assert_eq!(progress(leads, &declared), expected, "{declared:?} of {leads}");
    }
}

/// The fixtures' workspace without its reports.
const BARE: [(&str, &str); 5] = [
    ("reports/ad-hoc/2026-08-05-xa-muong-la.yaml", ""),
    ("reports/annual/so-cong-thuong.yaml", ""),
    ("reports/annual/xa-muong-la.yaml", ""),
    ("reports/consumer-day/so-cong-thuong.yaml", ""),
    ("reports/consumer-day/xa-muong-la.yaml", ""),
];

/// The rounds of that workspace on a day, where the commune has a line more and these are the reports:
/// `round/agency` and the text under `tasks:`.
fn derived_on(as_of: &str, commune: &str, reports: &[(&str, &str)], judge: impl Fn(&[RoundStatus<'_>])) {
    let agencies = include_str!("../../tests/workspace/plan/agencies.yaml");
    let code = "    commune_code: \"03808\"\n";
    let agencies = agencies.replace(code, &format!("{code}    {commune}\n"));
    let reports = reports.iter().map(|(path, tasks)| {
        let (round, agency) = path.split_once('/').unwrap();
        let text = format!(
            "agency: {agency}\nround: {round}\ndocument: {{number: 1/BC-UBND, date: 2026-06-05}}\n\
             received: 2026-06-05\ntasks: {tasks}\n"
        );
        (format!("reports/{path}.yaml"), text)
    });
    let reports: Vec<(String, String)> = reports.collect();
    let files = reports.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let files: Vec<_> = BARE.into_iter().chain([("plan/agencies.yaml", agencies.as_str())]).chain(files).collect();
    judge(&derive(&fixture(&files, "2026-11-23", Some(as_of))));
}

fn derived(commune: &str, reports: &[(&str, &str)], judge: impl Fn(&[RoundStatus<'_>])) {
    derived_on("2026-11-23", commune, reports, judge);
}

const TOLD: &str = "{I.1: {status: done, results: Đã ban hành văn bản., figures: {directives: 1}}}";

fn asked_of(round: &RoundStatus<'_>, key: &str) -> bool {
    round.agencies.iter().any(|status| status.agency.key == key)
}

#[test]
fn an_agency_is_asked_in_the_rounds_on_whose_last_on_time_day_it_is_there() {
    // 29/11 is a Sunday, and the round's rule moves its last day on.
    for (active, asked) in [
        ("{from: 2026-06-09}", [true, true]),
        ("{from: 2026-06-10}", [false, true]),
        ("{from: 2026-11-30}", [false, true]),
        ("{from: 2026-12-01}", [false, false]),
        ("{until: 2025-12-31}", [false, false]),
        ("{until: 2026-06-08}", [false, false]),
        ("{until: 2026-06-09}", [true, false]),
        ("{until: 2026-07-31}", [true, false]),
        ("{until: 2026-11-29}", [true, false]),
        ("{until: 2026-11-30}", [true, true]),
        ("{from: 2026-06-09, until: 2026-06-09}", [true, false]),
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
            assert!(task.declared.len() <= task.leads, "{}", task.task.key);
        }
    });
}

#[test]
fn what_comes_unasked_and_says_nothing_has_not_come() {
    for (told, unexpected) in [(TOLD, 1), ("{}", 0)] {
        derived("", &[("annual/cong-ttdt", told)], |rounds| {
            assert_eq!(rounds[1].unexpected.len(), unexpected, "{told}")
        });
    }
}

#[test]
fn a_report_is_due_soon_from_a_week_before_its_last_day_until_that_day() {
    for (on, expected) in [
        ("2026-06-01", Timeliness::NotDue),
        ("2026-06-02", Timeliness::DueSoon { days: 7, working: 6 }),
        ("2026-06-08", Timeliness::DueSoon { days: 1, working: 2 }),
        ("2026-06-09", Timeliness::DueSoon { days: 0, working: 1 }),
        ("2026-06-10", Timeliness::Overdue(1)),
    ] {
        derived_on(on, "", &[], |rounds| {
            let of =
                |key: &str| rounds[0].agencies.iter().find(|status| status.agency.key == key).unwrap().timeliness;
            assert_eq!((of("xa-muong-la"), of("toa-an")), (expected, Timeliness::NotSent), "{on}");
        });
    }
}

#[test]
fn a_blank_form_has_not_been_received() {
    for (tasks, received) in [
        ("{}", 0),
        ("{I.1: {status: nothing-arose, results: \"\", figures: {directives: }}}", 0),
        ("{I.1: {status: nothing-arose, reason: Chưa có việc.}}", 1),
        ("{I.1: {status: done, completed: 2026-06-01}}", 0),
        ("{I.1: {status: done, evidence: [{document: Công văn 12/UBND}]}}", 1),
        ("{}\nsigner: {post: Chủ tịch}\ncontact: {phone: \"0212\"}", 0),
        ("{}\nfunding: {state_budget: 0}", 1),
        // What cannot be read may say something.
        ("{}\nnext_step: [Tiếp tục kiểm tra.]", 1),
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
fn a_file_that_says_nothing_is_named_and_its_agency_is_missing() {
    const PATH: &str = "reports/annual/xa-muong-la.yaml";
    const WHO: &str = "agency: xa-muong-la\nround: annual\n";
    let questions = format!("{WHO}document:\n  number:\n  date:\nreceived:\ntasks:\n  I.1:\n    status:\n");
    let identity = format!("{WHO}document: {{number: 1/BC-UBND, date: }}\nreceived: 2026-11-20\n");
    for (text, expected) in [
        (" \n\n", Blank::Nothing),
        ("\u{feff}", Blank::Nothing),
        ("---\n", Blank::Nothing),
        ("---\nnull\n", Blank::Nothing),
        ("~", Blank::Nothing),
        ("{}\n", Blank::Nothing),
        ("# agency: xa-muong-la\n", Blank::Comments),
        ("# agency: xa-muong-la\r# round: annual\r", Blank::Comments),
        (questions.as_str(), Blank::Questions),
        (WHO, Blank::Questions),
        (identity.as_str(), Blank::Identity),
        (&format!("{identity}tasks:\n  I.1:\n  II.1: ~\ndifficulties:\n"), Blank::Identity),
    ] {
        let workspace = fixture(&[(PATH, text)], "2026-11-23", None);
        let round = &derive(&workspace)[1];
        let blank: Vec<(&str, Blank)> = round.blank().map(|(agency, blank)| (agency.key.as_str(), blank)).collect();
        assert_eq!(blank, [("xa-muong-la", expected)], "{text}");
        let state = round.agencies.iter().find(|status| status.agency.key == "xa-muong-la").unwrap();
        assert_eq!((state.validity, state.received), (Validity::NoReport, None), "{text}");
        let found: Vec<&str> = workspace.diagnostics.iter().map(|found| found.rule.name).collect();
        let rule = if expected.was_sent() { "empty-report" } else { "unfilled-report" };
        assert_eq!(found, [rule], "{text}");
        assert!(workspace.blocking(round.round, false).is_empty(), "{text}");
    }
}

#[test]
fn a_task_was_done_on_the_day_of_completion_or_else_by_the_end_of_the_data() {
    for (completed, received, pace) in [
        ("", "2026-06-05", Pace::InTime),
        ("", "2027-01-05", Pace::InTime),
        (", completed: 2026-12-31", "2027-01-05", Pace::InTime),
        (", completed: 2027-01-01", "2027-01-05", Pace::Overdue),
    ] {
        let others =
            ["I.1", "II.1", "II.2"].map(|task| format!("{task}: {{status: nothing-arose, reason: Không có}}"));
        let told = format!("{{I.2: {{status: done, results: Đã sửa Quy chế.{completed}}}, {}}}", others.join(", "));
        let report = format!(
            "agency: so-cong-thuong\nround: annual\ndocument: {{number: 9/BC-SCT, date: 2026-06-05}}\n\
             received: {received}\ntasks: {told}\n"
        );
        let files = BARE.into_iter().chain([("reports/annual/so-cong-thuong.yaml", report.as_str())]);
        let workspace = fixture(&files.collect::<Vec<_>>(), "2027-02-01", None);
        let rounds = derive(&workspace);
        let state = rounds[1].tasks.iter().find(|state| state.task.key == "I.2").unwrap();
        assert_eq!((state.progress, state.pace), (Progress::Done, pace), "{completed}, {received}");
    }
}

#[test]
fn a_task_past_its_date_is_overdue_unless_it_is_done_or_there_is_nothing_to_do() {
    for (status, overdue) in [
        (None, true),
        (Some("not-started"), true),
        (Some("in-progress"), true),
        (Some("done"), false),
        (Some("nothing-arose"), false),
        (Some("not-applicable"), false),
    ] {
        let others = ["I.1", "II.1", "II.2"].map(|task| format!("{task}: {{status: not-started, reason: Chưa}}"));
        let told = status.map(|status| {
            format!("{{I.2: {{status: {status}, results: Đã làm., reason: Chưa}}, {}}}", others.join(", "))
        });
        let reports: Vec<_> = told.iter().map(|told| ("annual/so-cong-thuong", told.as_str())).collect();
        for (on, passed) in [("2026-12-31", false), ("2027-01-01", true)] {
            derived_on(on, "", &reports, |rounds| {
                let of = |key: &str| rounds[1].tasks.iter().find(|state| state.task.key == key).unwrap();
                assert_eq!(of("I.2").is_overdue(), overdue && passed, "{status:?} on {on}");
                assert!(!of("I.1").is_overdue(), "without a date, on {on}");
                let counts: TaskCounts = rounds[1].tasks.iter().collect();
                assert_eq!(counts.overdue, usize::from(overdue && passed), "{status:?} on {on}");
            });
        }
    }
}

#[test]
fn a_task_of_two_leads_is_overdue_where_only_one_has_finished_in_time() {
    let tasks = include_str!("../../tests/workspace/plan/tasks/I.yaml");
    let of_two = "assigned: [{agency: so-cong-thuong}, {agency: vptt-389}]";
    let tasks = tasks.replace("assigned: [{agency: so-cong-thuong, through: vptt-389}]", of_two);
    let told = |agency: &str, status: &str| {
        format!(
            "agency: {agency}\nround: annual\ndocument: {{number: 9/BC-SCT, date: 2026-11-18}}\nreceived: 2026-11-18\n\
             tasks: {{I.2: {{status: {status}, results: Đã sửa Quy chế.}}, I.1: {{status: nothing-arose, reason: Không có}}, II.1: \
             {{status: nothing-arose, reason: Không có}}, II.2: {{status: nothing-arose, reason: Không có}}}}\n"
        )
    };
    let department = told("so-cong-thuong", "done, completed: 2026-10-01");
    for (status, overdue) in [("in-progress", true), ("done, completed: 2026-12-31", false)] {
        let board = told("vptt-389", status);
        let more = [
            ("plan/tasks/I.yaml", tasks.as_str()),
            ("reports/annual/so-cong-thuong.yaml", department.as_str()),
            ("reports/annual/vptt-389.yaml", board.as_str()),
        ];
        let workspace = fixture(&BARE.into_iter().chain(more).collect::<Vec<_>>(), "2027-02-01", None);
        let state = &derive(&workspace)[1].tasks[1];
        assert_eq!((state.leads, state.declared.len(), state.is_overdue()), (2, 2, overdue), "{status}");
    }
}

#[test]
fn a_round_with_a_report_to_mend_is_not_complete() {
    const LEADS: &str = "{I.1: {status: done, results: Đã làm., figures: {directives: 1}}, \
                         II.1: {status: nothing-arose, reason: Chưa có.}, II.2: {status: nothing-arose, reason: Chưa có.}}";
    let [right, wrong, empty] = [TOLD, "{I.1: {status: done, results: Đã làm., figures: {directives: -1}}}", "{}"];
    for (what, last, on_time, late) in [
        ("all there", right, RoundState::Complete, RoundState::Complete),
        // An agency that has sent is not overdue, but its round lacks a report that counts.
        ("one to mend", wrong, RoundState::Collecting, RoundState::OverdueIncomplete),
        ("one missing", empty, RoundState::Collecting, RoundState::OverdueIncomplete),
    ] {
        let reports = [
            ("consumer-day/so-cong-thuong", LEADS),
            ("consumer-day/vptt-389", right),
            ("consumer-day/xa-muong-la", last),
        ];
        for (on, expected) in [("2026-06-09", on_time), ("2026-06-10", late)] {
            derived_on(on, "", &reports, |rounds| assert_eq!(rounds[0].state(), expected, "{what} on {on}"));
        }
    }
}

#[test]
fn an_invalid_report_is_counted_whoever_sent_it_and_a_round_is_complete_without_the_requested() {
    const LEADS: &str = "{I.1: {status: done, results: Đã làm., figures: {directives: 1}}, \
                         II.1: {status: nothing-arose, reason: Chưa có.}, II.2: {status: nothing-arose, reason: Chưa có.}}";
    let reports = [
        ("consumer-day/so-cong-thuong", LEADS),
        ("consumer-day/vptt-389", TOLD),
        ("consumer-day/xa-muong-la", TOLD),
        ("consumer-day/toa-an", "{I.1: {status: xong, results: Đã làm.}}"),
    ];
    derived("", &reports, |rounds| {
        let Counts { received, requested_received, invalid, included, .. } = rounds[0].counts;
        assert_eq!((received, requested_received, invalid, included), (3, 1, 1, 3));
        assert_eq!(rounds[0].state(), RoundState::Complete);
    });
}

#[test]
fn a_review_is_of_one_report_of_one_round() {
    let accepted = format!("accepted: [{{agency: xa-muong-la, date: 2026-11-23, sha256: \"{:064}\"}}]\n", 0);
    let workspace = fixture(&[("reports/annual/accepted.yaml", &accepted)], "2026-11-23", None);
    let rounds = derive(&workspace);
    let reviewed = rounds.iter().flat_map(|status| {
        let reviewed = status.agencies.iter().filter(|agency| agency.review.is_some());
        reviewed.map(|agency| (status.round.key.as_str(), agency.agency.key.as_str()))
    });
    assert_eq!(reviewed.collect::<Vec<_>>(), [("annual", "xa-muong-la")]);
    // The report is another by now.
    assert_eq!((rounds[1].counts.received, rounds[1].counts.accepted), (2, 0));
}

#[test]
fn ad_hoc_reports_are_of_the_data_period_both_ends_included() {
    let report = |date: &str, figure: &str| {
        format!(
            "agency: xa-muong-la\nround: ad-hoc\ndate: {date}\nsubject: Giá cả ngày {date}\n\
             document: {{number: 1/BC-UBND, date: {date}}}\nreceived: {date}\n\
             tasks: {{II.1: {{status: done, results: Đã kiểm tra., figures: {{inspections: {figure}}}}}}}\n"
        )
    };
    let dates = ["2025-12-31", "2026-01-01", "2026-05-31", "2026-06-01", "2026-11-20", "2026-11-21"];
    let path = |date: &str| format!("reports/ad-hoc/{date}-xa-muong-la.yaml");
    let mut files: Vec<(String, String)> = dates.iter().map(|date| (path(date), report(date, "4"))).collect();
    files.push((path("2026-03-03"), report("2026-03-03", "bốn")));
    files.push((path("2026-03-04"), report("2026-03-04", "4")));
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain(BARE).collect();
    for (as_of, round, expected) in [
        ("2026-11-25", "consumer-day", vec!["2026-01-01", "2026-03-04", "2026-05-31"]),
        ("2026-11-25", "annual", vec!["2026-01-01", "2026-03-04", "2026-05-31", "2026-06-01", "2026-11-20"]),
        ("2026-05-31", "annual", vec!["2026-01-01", "2026-03-04", "2026-05-31"]),
        ("2026-05-30", "annual", vec!["2026-01-01", "2026-03-04"]),
    ] {
        let workspace = fixture(&files, "2026-11-25", Some(as_of));
        let found = ad_hoc(&workspace, workspace.plan.rounds.find(round).unwrap());
        let dates: Vec<String> =
            found.iter().filter_map(|(_, report)| Some(report.date.as_ref()?.value.to_string())).collect();
        assert_eq!(dates, expected, "{round} on {as_of}");
    }
}

#[test]
fn what_is_dated_later_is_counted_apart() {
    for (as_of, received, later) in [("2026-06-04", 0, 1), ("2026-06-05", 1, 0)] {
        let reports = [("consumer-day/xa-muong-la", TOLD), ("consumer-day/vptt-389", "{}")];
        derived_on(as_of, "", &reports, |rounds| {
            assert_eq!((rounds[0].counts.received, rounds[0].dated_later), (received, later), "{as_of}");
        });
    }
}

#[test]
fn the_first_paper_that_was_not_withdrawn_decides_whether_it_was_in_time() {
    const EARLY: &str = "- {act: paper, agency: xa-muong-la, date: 2026-11-20}\n";
    const LATE: &str = "- {act: paper, agency: xa-muong-la, date: 2026-12-02}\n";
    let withdrawn = |day: &str| format!("- {{act: withdraw, of: paper, agency: xa-muong-la, date: {day}}}\n");
    for (register, expected) in [
        (EARLY.to_owned(), (Validity::PaperAlone, Timeliness::OnTime)),
        (EARLY.to_owned() + LATE, (Validity::PaperAlone, Timeliness::OnTime)),
        (EARLY.to_owned() + &withdrawn("2026-11-21") + LATE, (Validity::PaperAlone, Timeliness::Late(2))),
        (EARLY.to_owned() + LATE + &withdrawn("2026-12-03"), (Validity::NoReport, Timeliness::Overdue(3))),
        (EARLY.to_owned() + &withdrawn("2026-12-05"), (Validity::PaperAlone, Timeliness::OnTime)),
    ] {
        let files = [("reports/annual/register.yaml", register.as_str()), ("reports/annual/xa-muong-la.yaml", "")];
        let workspace = fixture(&files, "2026-12-03", None);
        let round = &derive(&workspace)[1];
        let state = round.agencies.iter().find(|status| status.agency.key == "xa-muong-la").unwrap();
        assert_eq!((state.validity, state.timeliness), expected, "{register}");
    }
}

#[test]
fn a_paper_that_came_before_its_report_decides_whether_it_was_in_time() {
    let report = "agency: xa-muong-la\nround: annual\ndocument: {number: 1/BC-UBND, date: 2026-11-18}\nreceived: 2026-12-02\n\
                  tasks: {I.1: {status: done, results: Đã phổ biến., figures: {directives: 1}}}\n";
    for (day, expected) in [("2026-11-20", Timeliness::OnTime), ("2026-12-01", Timeliness::Late(1))] {
        let register = format!("- {{act: paper, agency: xa-muong-la, date: {day}}}\n");
        let files =
            [("reports/annual/register.yaml", register.as_str()), ("reports/annual/xa-muong-la.yaml", report)];
        let workspace = fixture(&files, "2026-12-03", None);
        let round = &derive(&workspace)[1];
        let state = round.agencies.iter().find(|status| status.agency.key == "xa-muong-la").unwrap();
        assert_eq!((state.validity, state.timeliness), (Validity::Valid, expected), "{day}");
    }
}
