//! Agencies that are gone, and those that carry their figures on.

use super::*;

fn holds(reports: &[Told<'_>], id: &str, told: &str) {
    holds_where_it_goes("2026-07-31", reports, id, told);
}

fn holds_where_it_goes(until: &str, reports: &[Told<'_>], id: &str, told: &str) {
    holds_where(|text| going(text, until, "toa-an"), reports, id, told);
}

/// The plan's text where the commune goes on a day, and another carries its figures on.
fn going(text: &str, until: &str, successor: &str) -> String {
    let gone = format!("commune_code: \"03808\"\n    active: {{until: {until}}}\n    successor: {successor}\n");
    text.replacen("commune_code: \"03808\"\n", &gone, 1)
}

fn holds_where(edit: impl Fn(&str) -> String, reports: &[Told<'_>], id: &str, told: &str) {
    with_plan(edit, reports, |workspace, rounds| {
        let annual = rounds.iter().find(|status| status.round.key == "annual").unwrap();
        let measures = measures(workspace, rounds, annual);
        let found = measures.iter().find(|measure| measure.quantity.key() == id).map(line);
        assert_eq!(found.as_deref(), Some(told), "{reports:?}: {id}");
    });
}

#[test]
fn a_stock_of_an_agency_that_is_gone_stands_until_its_successor_answers_for_both() {
    const OLD: Told<'_> =
        ("consumer-day/xa-muong-la", "I.1 directives: 1 | II.1 inspections: 1 | II.2 hotlines: 4");
    const BEFORE: Told<'_> = ("consumer-day/toa-an", "II.2 hotlines: 2");
    let of = |figure: &str| format!("II.2 hotlines: {figure}");
    holds(&[OLD], "hotlines", "4; consumer-day II.2 xa-muong-la 4 added");
    // What the successor said while both were there was its own alone.
    let both = "6; consumer-day II.2 xa-muong-la 4 added; consumer-day II.2 toa-an 2 added";
    holds(&[OLD, BEFORE], "hotlines", both);
    for (figure, told) in [
        ("5", "5; annual II.2 toa-an 5 added; consumer-day II.2 xa-muong-la 4 succeeded"),
        ("0", "0; annual II.2 toa-an 0 added; consumer-day II.2 xa-muong-la 4 succeeded"),
        ("{value: 5, itself_alone: true}", "9; consumer-day II.2 xa-muong-la 4 added; annual II.2 toa-an 5 added"),
    ] {
        holds(&[OLD, ("annual/toa-an", &of(figure))], "hotlines", told);
    }
    // Gone after the last day of the data: who is no longer asked in the round is answered for there.
    let answer: Told<'_> = ("annual/toa-an", "II.2 hotlines: 5");
    let succeeded = "5; annual II.2 toa-an 5 added; consumer-day II.2 xa-muong-la 4 succeeded";
    holds_where_it_goes("2026-11-29", &[OLD, answer], "hotlines", succeeded);
    let both = "9; consumer-day II.2 xa-muong-la 4 added; annual II.2 toa-an 5 added";
    holds_where_it_goes("2026-11-30", &[OLD, answer], "hotlines", both);
}

#[test]
fn whoever_carries_a_stock_on_answers_for_it_in_whatever_report() {
    let old: Told<'_> = ("consumer-day/xa-muong-la", "I.1 directives: 1 | II.2 hotlines: 4");
    // The next in the line says nothing and is gone as well.
    for (heirs, told) in [
        (
            "    active: {until: 2026-08-31}\n    successor: toa-an\n",
            "5; annual II.2 toa-an 5 added; consumer-day II.2 xa-muong-la 4 succeeded",
        ),
        ("", "9; consumer-day II.2 xa-muong-la 4 added; annual II.2 toa-an 5 added"),
    ] {
        let edit = |text: &str| {
            let text = going(text, "2026-07-31", "cong-ttdt");
            text.replacen("    reporting: none\n", &format!("    reporting: none\n{heirs}"), 1)
        };
        holds_where(edit, &[old, ("annual/toa-an", "II.2 hotlines: 5")], "hotlines", told);
    }
    // What it said of another task before does not stand again; on the last day it speaks of itself alone.
    for (report, told) in [
        (
            "ad-hoc/2026-08-01-toa-an",
            "9; 2026-08-01 II.1 toa-an 7 added; consumer-day II.2 toa-an 2 added; consumer-day II.2 xa-muong-la 4 succeeded",
        ),
        (
            "ad-hoc/2026-07-31-toa-an",
            "13; consumer-day II.2 xa-muong-la 4 added; 2026-07-31 II.1 toa-an 7 added; consumer-day II.2 toa-an 2 added",
        ),
    ] {
        let edit = |text: &str| {
            let text = going(text, "2026-07-31", "toa-an");
            text.replace("tasks: [II.2], aggregation: latest", "tasks: [II.1, II.2], aggregation: latest")
        };
        let before = ("consumer-day/toa-an", "II.2 hotlines: 2");
        holds_where(edit, &[old, before, (report, "II.1 hotlines: 7")], "hotlines", told);
    }
}

#[test]
fn what_an_agency_sends_that_is_gone_is_not_added_to_its_successors_sum() {
    let reports = [
        ("annual/xa-muong-la", "I.1 directives: 1 | II.1 inspections: 3"),
        ("annual/toa-an", "II.1 inspections: 9"),
    ];
    holds(&reports, "inspections", "9; annual II.1 toa-an 9 added; annual II.1 xa-muong-la 3 not_counted");
}

#[test]
fn what_a_successor_leaves_out_by_telling_its_own_alone_is_told_with_the_reason() {
    let before: Told<'_> =
        ("consumer-day/xa-muong-la", "I.1 directives: 1 | II.1 inspections: 4 | II.2 hotlines: 4");
    let none: Told<'_> = ("consumer-day/xa-muong-la", "I.1 directives: 1 | II.1 inspections: 0 | II.2 hotlines: 4");
    let alone: Told<'_> = ("annual/toa-an", "II.1 inspections: {value: 5, itself_alone: true}");
    let both: Told<'_> = ("annual/toa-an", "II.1 inspections: 5");
    const LEFT: &str = "5; annual II.1 toa-an 5 added; consumer-day II.1 xa-muong-la 4 successor_alone";
    const ADDED: &str = "5; annual II.1 toa-an 5 added";
    for (until, reports, told) in [
        ("2026-07-31", [before, alone], LEFT),
        ("2026-07-31", [before, both], ADDED),
        ("2026-07-31", [none, alone], ADDED),
        // Who is still there is silent, not gone.
        ("2026-11-30", [before, alone], ADDED),
    ] {
        holds_where_it_goes(until, &reports, "inspections", told);
    }
}

#[test]
fn of_rounds_that_tell_of_months_each_figure_is_left_out_once() {
    let month = |id: &str, month: u32, last: u32| {
        format!(
            "  - id: {id}\n    name: Tháng\n    short_name: Tháng\n    title: Kết quả tháng\n    as_worded: {{agencies: trước ngày 06/{next}/2026, \
             consolidated: trước 20/{next}/2026}}\n    agencies_before: 2026-0{next}-06\n    consolidated_before: 2026-0{next}-20\n    \
             data_from: 2026-0{month}-01\n    data_to: 2026-0{month}-{last}\n",
            next = month + 1
        )
    };
    let more = month("april", 4, 30) + &month("may", 5, 31);
    let alone: Told<'_> = ("annual/toa-an", "II.1 inspections: {value: 5, itself_alone: true}");
    let both: Told<'_> = ("annual/toa-an", "II.1 inspections: 5");
    let april: Told<'_> = ("april/xa-muong-la", "I.1 directives: 1 | II.1 inspections: 3");
    let may: Told<'_> = ("may/xa-muong-la", "I.1 directives: 1 | II.1 inspections: 2");
    let june: Told<'_> = ("consumer-day/xa-muong-la", "I.1 directives: 1 | II.1 inspections: 4");
    let left = |of: &str| format!("5; annual II.1 toa-an 5 added{of}");
    for (reports, told) in [
        (&[may, alone][..], left("; may II.1 xa-muong-la 2 successor_alone")),
        (
            &[april, may, alone],
            left("; april II.1 xa-muong-la 3 successor_alone; may II.1 xa-muong-la 2 successor_alone"),
        ),
        // The first five months contain both.
        (&[april, may, june, alone], left("; consumer-day II.1 xa-muong-la 4 successor_alone")),
        (&[may, both], left("")),
    ] {
        let edit =
            |text: &str| going(text, "2026-07-31", "toa-an").replacen("rounds:\n", &format!("rounds:\n{more}"), 1);
        holds_where(edit, reports, "inspections", &told);
    }
}

#[test]
fn what_a_member_said_that_is_gone_is_of_the_silent_one_that_carries_it_on() {
    let reports = [
        ("annual/vptt-389", "II.1 inspections: 60"),
        (
            "annual/so-cong-thuong",
            "I.1 directives: 1 | I.2 directives: 1 | II.1 inspections: 40 | II.2 hotlines: 1",
        ),
        ("consumer-day/xa-muong-la", "I.1 directives: 1 | II.1 inspections: 20"),
    ];
    for (members, is_explained) in
        [("so-cong-thuong, toa-an, xa-muong-la", true), ("so-cong-thuong, toa-an", false)]
    {
        let edit = |text: &str| {
            let text = going(text, "2026-07-31", "toa-an");
            text.replace("members: [so-cong-thuong]", &format!("members: [{members}]"))
        };
        with_plan(edit, &reports, |workspace, rounds| {
            let all = measures(workspace, rounds, &rounds[1]);
            let earlier = earlier(workspace, rounds, &rounds[1]);
            let found = controls(&workspace.plan, &rounds[1], &all, earlier.as_ref());
            assert_eq!(found[0].is_explained(), is_explained, "{members}");
        });
    }
}
