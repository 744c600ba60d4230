//! Which of an agency's answers counts, and what is said where none is a number.

use super::{Told, holds, judged, line, with_plan};
use crate::measure::{Amount, Unknown, measures, of_indicator};

#[test]
fn of_a_stock_the_newest_answer_stands_whatever_it_is() {
    let before = "consumer-day II.2 toa-an 2";
    for (now, told) in [
        ("hotlines: 5", format!("5; annual II.2 toa-an 5 added; {before} superseded")),
        ("hotlines: 0", format!("0; annual II.2 toa-an 0 added; {before} superseded")),
        (
            "hotlines: nothing-arose",
            format!("NothingArose; {before} superseded; annual II.2 toa-an NothingArose added"),
        ),
        (
            "hotlines: not-applicable",
            format!("NotApplicable; {before} superseded; annual II.2 toa-an NotApplicable added"),
        ),
        (
            "hotlines: {reason: Chưa rõ}",
            format!("Unanswered; {before} superseded; annual II.2 toa-an Unanswered added"),
        ),
        // What was left blank, or not asked about, is no answer.
        ("hotlines:", format!("2; {before} added")),
        ("complaints_received: 1", format!("2; {before} added")),
    ] {
        let now = format!("II.2 {now}");
        let reports = [("consumer-day/toa-an", "II.2 hotlines: 2"), ("annual/toa-an", &now)];
        holds(&[(&reports, "annual", "hotlines", &told)]);
    }
    let (two, open) = ("II.2 hotlines: 2", "II.2 hotlines: {reason: Chưa rõ}");
    let open_now = "annual II.2 toa-an Unanswered added";
    holds(&[
        (
            &[("consumer-day/toa-an", open), ("annual/toa-an", open)],
            "annual",
            "hotlines",
            &format!("Unanswered; {open_now}; consumer-day II.2 toa-an Unanswered superseded"),
        ),
        (
            &[("consumer-day/toa-an", open), ("annual/toa-an", two)],
            "annual",
            "hotlines",
            "2; annual II.2 toa-an 2 added; consumer-day II.2 toa-an Unanswered superseded",
        ),
        // Of blanks alone the newest stands.
        (
            &[("consumer-day/toa-an", "II.2 hotlines:"), ("annual/toa-an", "II.2 hotlines:")],
            "annual",
            "hotlines",
            "NoAnswer; annual II.2 toa-an NoAnswer added",
        ),
        // A round serves none that ends before it or with it.
        (&[("more/toa-an", two)], "annual", "hotlines", "NoAnswer"),
        (&[("annual/toa-an", two)], "consumer-day", "hotlines", "NoAnswer"),
        // Of a sum only the round's own figures are asked for.
        (
            &[
                ("consumer-day/toa-an", "II.2 complaints_received: 2"),
                ("annual/toa-an", "II.2 complaints_received: {reason: Chưa rõ}"),
            ],
            "annual",
            "complaints_received",
            &format!("Unanswered; {open_now}"),
        ),
    ]);
}

#[test]
fn ad_hoc_reports_answer_for_a_stock_by_their_day_and_are_never_added_to_a_sum() {
    let (two, five, seven) = ("II.2 hotlines: 2", "II.2 hotlines: 5", "II.2 hotlines: 7");
    let (spring, annual) = (("consumer-day/toa-an", two), ("annual/toa-an", five));
    let cases: &[(&[Told<'_>], &str, &str)] = &[
        (
            &[spring, ("ad-hoc/2026-08-05-toa-an", seven)],
            "annual",
            "7; 2026-08-05 II.2 toa-an 7 added; consumer-day II.2 toa-an 2 superseded",
        ),
        // Before the newest version of the annual report, and after it.
        (
            &[annual, ("ad-hoc/2026-11-17-toa-an", seven)],
            "annual",
            "5; annual II.2 toa-an 5 added; 2026-11-17 II.2 toa-an 7 superseded",
        ),
        (
            &[annual, ("ad-hoc/2026-11-18-toa-an", seven)],
            "annual",
            "5; annual II.2 toa-an 5 added; 2026-11-18 II.2 toa-an 7 superseded",
        ),
        (
            &[annual, ("ad-hoc/2026-11-19-toa-an", seven)],
            "annual",
            "7; 2026-11-19 II.2 toa-an 7 added; annual II.2 toa-an 5 superseded",
        ),
        (
            &[
                ("annual/toa-an", "II.2 hotlines: 5 | corrections: [{date: 2026-11-19}]"),
                ("ad-hoc/2026-11-19-toa-an", seven),
            ],
            "annual",
            "5; annual II.2 toa-an 5 added; 2026-11-19 II.2 toa-an 7 superseded",
        ),
        (
            &[annual, ("ad-hoc/2026-11-19-toa-an", "II.2 hotlines: nothing-arose")],
            "annual",
            "NothingArose; annual II.2 toa-an 5 superseded; 2026-11-19 II.2 toa-an NothingArose added",
        ),
        (
            &[annual, ("ad-hoc/2026-11-19-toa-an", "II.2 hotlines: {reason: Đang rà soát}")],
            "annual",
            "Unanswered; annual II.2 toa-an 5 superseded; 2026-11-19 II.2 toa-an Unanswered added",
        ),
        // On the last day of the data and the day after.
        (&[("ad-hoc/2026-11-20-toa-an", seven)], "annual", "7; 2026-11-20 II.2 toa-an 7 added"),
        (
            &[annual, ("ad-hoc/2026-11-21-toa-an", seven)],
            "annual",
            "5; annual II.2 toa-an 5 added; 2026-11-21 II.2 toa-an 7 outside_data",
        ),
        (
            &[spring, ("ad-hoc/2026-08-05-toa-an", seven)],
            "consumer-day",
            "2; consumer-day II.2 toa-an 2 added; 2026-08-05 II.2 toa-an 7 outside_data",
        ),
        (
            &[annual, ("ad-hoc/2026-11-19-toa-an", "II.2 hotlines: 7 | khac: 1")],
            "annual",
            "5; annual II.2 toa-an 5 added; 2026-11-19 II.2 toa-an 7 invalid_report",
        ),
        (
            &[annual, ("ad-hoc/2026-11-19-cong-ttdt", seven)],
            "annual",
            "5; annual II.2 toa-an 5 added; 2026-11-19 II.2 cong-ttdt 7 not_counted",
        ),
        // The newest of two, and two agencies on one day.
        (
            &[("ad-hoc/2026-08-05-toa-an", two), ("ad-hoc/2026-09-05-toa-an", seven)],
            "annual",
            "7; 2026-09-05 II.2 toa-an 7 added; 2026-08-05 II.2 toa-an 2 superseded",
        ),
        (
            &[("ad-hoc/2026-08-05-toa-an", two), ("ad-hoc/2026-08-05-xa-muong-la", seven)],
            "annual",
            "9; 2026-08-05 II.2 xa-muong-la 7 added; 2026-08-05 II.2 toa-an 2 added",
        ),
    ];
    for (reports, round, told) in cases {
        holds(&[(reports, round, "hotlines", told)]);
    }
    let urgent = "II.1 inspections: 4 | II.2 complaints_received: nothing-arose | funding: {state_budget: 5}";
    let reports = [("annual/toa-an", "II.1 inspections: 3"), ("ad-hoc/2026-08-05-toa-an", urgent)];
    for (id, told) in [
        ("inspections", "3; annual II.1 toa-an 3 added; 2026-08-05 II.1 toa-an 4 ad_hoc"),
        ("complaints_received", "NoAnswer; 2026-08-05 II.2 toa-an NothingArose ad_hoc"),
        ("funding", "NoAnswer; 2026-08-05 toa-an 5 ad_hoc"),
    ] {
        holds(&[(&reports, "annual", id, told)]);
    }
}

#[test]
fn where_nobody_gives_a_number_no_answer_is_taken_for_another() {
    let (toa_an, xa) = ("annual/toa-an", "annual/xa-muong-la");
    for (one, other, why) in [
        ("nothing-arose", "nothing-arose", Unknown::NothingArose),
        ("not-applicable", "not-applicable", Unknown::NotApplicable),
        ("{reason: Chưa rõ}", "{reason: Chưa đo}", Unknown::Unanswered),
        ("nothing-arose", "not-applicable", Unknown::Mixed),
        ("nothing-arose", "{reason: Chưa rõ}", Unknown::Mixed),
        ("nothing-arose", "", Unknown::NothingArose),
        ("", "", Unknown::NoAnswer),
    ] {
        let figures = |answer: &str| format!("I.1 directives: 1 | II.1 inspections: {answer}");
        let (one, other) = (figures(one), figures(other));
        judged(&[(toa_an, &one), (xa, &other)], |workspace, rounds| {
            let all = measures(workspace, rounds, &rounds[1]);
            let inspections = workspace.plan.indicators.find("inspections").unwrap();
            let found = of_indicator(&all, inspections.id).unwrap();
            assert_eq!(found.value, Amount::Unknown(why), "{one} {other}");
            let task = workspace.plan.tasks.find("II.1").unwrap().id;
            assert_eq!(found.under_task(task), Amount::Unknown(why), "{one} {other}");
        });
    }
    // Under each task what was answered there.
    judged(&[(xa, "I.1 directives: nothing-arose | I.2 directives: 4")], |workspace, rounds| {
        let all = measures(workspace, rounds, &rounds[1]);
        let directives = of_indicator(&all, workspace.plan.indicators.find("directives").unwrap().id).unwrap();
        let under = |task: &str| directives.under_task(workspace.plan.tasks.find(task).unwrap().id);
        assert_eq!((under("I.1"), under("I.2")), (Amount::Unknown(Unknown::NothingArose), Amount::Sum(4)));
    });
}

#[test]
fn an_ad_hoc_report_answers_for_the_tasks_that_it_names_a_rounds_for_all() {
    let both = ("annual/toa-an", "II.1 hotlines: 5 | II.2 hotlines: 3");
    let before = ("consumer-day/toa-an", "II.1 hotlines: 9 | II.2 hotlines: 9");
    let cases: [(&[Told<'_>], &str); 5] = [
        (
            &[both, ("ad-hoc/2026-11-19-toa-an", "II.1 hotlines: 7")],
            "10; 2026-11-19 II.1 toa-an 7 added; annual II.2 toa-an 3 added; annual II.1 toa-an 5 superseded",
        ),
        (
            &[both, ("ad-hoc/2026-11-19-toa-an", "II.1 hotlines: nothing-arose")],
            "3; annual II.2 toa-an 3 added; annual II.1 toa-an 5 superseded; 2026-11-19 II.1 toa-an NothingArose added",
        ),
        (
            &[both, ("ad-hoc/2026-11-19-toa-an", "II.1 hotlines: 7 | II.2 hotlines: 0")],
            "7; 2026-11-19 II.1 toa-an 7 added; 2026-11-19 II.2 toa-an 0 added; annual II.1 toa-an 5 superseded; \
             annual II.2 toa-an 3 superseded",
        ),
        // What moves to another task in the next round is not there twice.
        (
            &[before, ("annual/toa-an", "II.1 hotlines: | II.2 hotlines: 18")],
            "18; annual II.2 toa-an 18 added; consumer-day II.1 toa-an 9 superseded; consumer-day II.2 toa-an 9 superseded; \
             annual II.1 toa-an NoAnswer added",
        ),
        (
            &[before, both],
            "8; annual II.1 toa-an 5 added; annual II.2 toa-an 3 added; consumer-day II.1 toa-an 9 superseded; \
             consumer-day II.2 toa-an 9 superseded",
        ),
    ];
    let edit =
        |text: &str| text.replace("tasks: [II.2], aggregation: latest", "tasks: [II.1, II.2], aggregation: latest");
    for (reports, told) in cases {
        with_plan(edit, reports, |workspace, rounds| {
            let annual = rounds.iter().find(|status| status.round.key == "annual").unwrap();
            let all = measures(workspace, rounds, annual);
            let hotlines = all.iter().find(|measure| measure.quantity.key() == "hotlines").unwrap();
            assert_eq!(line(hotlines), told, "{reports:?}");
            // One agency, in however many reports.
            assert_eq!(hotlines.answers.numbers, 1, "{reports:?}");
        });
    }
}

#[test]
fn a_rounds_report_replaces_no_answer_to_what_the_round_does_not_ask() {
    let before = ("consumer-day/toa-an", "II.1 hotlines: 9 | II.2 hotlines: 4");
    let edit = |text: &str| {
        let asked = text.replace("tasks: [II.2], aggregation: latest", "tasks: [II.1, II.2], aggregation: latest");
        asked.replace("data_to: 2026-11-20\n", "data_to: 2026-11-20\n    tasks: [II.1]\n")
    };
    with_plan(edit, &[before, ("annual/toa-an", "II.1 hotlines: 5")], |workspace, rounds| {
        let annual = rounds.iter().find(|status| status.round.key == "annual").unwrap();
        let all = measures(workspace, rounds, annual);
        let hotlines = all.iter().find(|measure| measure.quantity.key() == "hotlines").unwrap();
        assert_eq!(
            line(hotlines),
            "9; annual II.1 toa-an 5 added; consumer-day II.2 toa-an 4 added; consumer-day II.1 toa-an 9 superseded"
        );
    });
}

#[test]
fn an_answer_for_a_whole_task_is_one_to_each_of_its_numbers_that_has_none_of_its_own() {
    let before = ("consumer-day/toa-an", "II.2 hotlines: 2");
    for (now, id, told) in [
        // Of a stock just as if it were said of the figure.
        (
            "II.2 not-applicable",
            "hotlines",
            "NotApplicable; consumer-day II.2 toa-an 2 superseded; annual II.2 toa-an NotApplicable added",
        ),
        (
            "II.2 nothing-arose",
            "hotlines",
            "NothingArose; consumer-day II.2 toa-an 2 superseded; annual II.2 toa-an NothingArose added",
        ),
        (
            "II.2 not-applicable, hotlines:",
            "hotlines",
            "NotApplicable; consumer-day II.2 toa-an 2 superseded; annual II.2 toa-an NotApplicable added",
        ),
        ("II.2 nothing-arose", "complaints_received", "NothingArose; annual II.2 toa-an NothingArose added"),
        // What the figure says by itself stands.
        ("II.2 nothing-arose, complaints_received: 0", "complaints_received", "0; annual II.2 toa-an 0 added"),
        (
            "II.2 nothing-arose, complaints_received: not-applicable",
            "complaints_received",
            "NotApplicable; annual II.2 toa-an NotApplicable added",
        ),
        (
            "II.2 nothing-arose, complaints_received: {reason: Chưa rõ}",
            "complaints_received",
            "Unanswered; annual II.2 toa-an Unanswered added",
        ),
        // A task that is under way answers nothing, and another task nothing of this one.
        ("II.2 complaints_received: 9", "hotlines", "2; consumer-day II.2 toa-an 2 added"),
        ("II.1 nothing-arose", "hotlines", "2; consumer-day II.2 toa-an 2 added"),
    ] {
        holds(&[(&[before, ("annual/toa-an", now)], "annual", id, told)]);
    }
    // Whoever is silent beside it has said nothing; and a commune, which is not asked for the task, neither.
    let commune = ("annual/xa-muong-la", "I.1 directives: 1 | II.2 nothing-arose");
    holds(&[
        (&[commune], "annual", "complaints_received", "NoAnswer"),
        // Nor may a department tell what the court alone counts.
        (&[("annual/so-cong-thuong", "II.2 nothing-arose")], "annual", "civil_cases", "NoAnswer"),
        (
            &[("annual/xa-muong-la", "I.1 not-applicable | I.2 directives: 4")],
            "annual",
            "directives",
            "4; annual I.2 xa-muong-la 4 added; annual I.1 xa-muong-la NotApplicable added",
        ),
        (
            &[("ad-hoc/2026-08-05-toa-an", "II.2 nothing-arose")],
            "annual",
            "complaints_received",
            "NoAnswer; 2026-08-05 II.2 toa-an NothingArose ad_hoc",
        ),
    ]);
}

#[test]
fn nothing_arose_where_it_did_not_for_those_leads_to_whom_a_task_applies() {
    let (nothing, beside) = ("II.2 nothing-arose", "I.1 nothing-arose | I.2 nothing-arose | II.1 nothing-arose");
    let department = |word: &str| format!("{beside} | II.2 {word}");
    for (department, court, why) in [
        (department("nothing-arose"), "II.2 not-applicable", Unknown::NothingArose),
        (department("not-applicable"), nothing, Unknown::NothingArose),
        (department("not-applicable"), "II.2 not-applicable", Unknown::NotApplicable),
        // A number that is still to come, and a task that goes on.
        (
            department("nothing-arose, complaints_received: {reason: Chưa rõ}"),
            "II.2 not-applicable",
            Unknown::Mixed,
        ),
        (department("complaints_received: nothing-arose"), "II.2 not-applicable", Unknown::Mixed),
        // Of who is silent nothing is known: what was said is told.
        (department("nothing-arose"), "I.1 directives: 1", Unknown::NothingArose),
    ] {
        let reports = [("annual/so-cong-thuong", department.as_str()), ("annual/toa-an", court)];
        judged(&reports, |workspace, rounds| {
            let all = measures(workspace, rounds, &rounds[1]);
            let found = all.iter().find(|measure| measure.quantity.key() == "complaints_received").unwrap();
            assert_eq!(found.value, Amount::Unknown(why), "{reports:?}");
            let own = found.answers;
            let agencies = own.numbers + own.nothing_arose + own.not_applicable + own.unanswered;
            assert_eq!(agencies, if court.starts_with("I.1") { 1 } else { 2 }, "{reports:?}");
        });
    }
}
