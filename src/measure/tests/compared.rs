//! This year beside last year: what is compared with what, and when nothing is.

use super::*;

const DAYS: &str = "data_from: 2025-01-01\n    data_to: 2025-11-20";
/// All that Sở Công Thương leads.
const ALL: Told<'_> = (
    "annual/so-cong-thuong",
    "I.1 directives: 30 | I.2 directives: 2 | II.1 inspections: nothing-arose | II.2 complaints_received: 100, complaints_resolved: 90",
);
const COMMUNE: Told<'_> = ("annual/xa-muong-la", "I.1 directives: 10");
const GONE: &str = "commune_code: \"03808\"\n    active: {until: 2026-07-31}\n    successor: toa-an\n";

/// `28 → 42`, with the agencies where these are not all; or why not.
fn told(last_year: &LastYear<'_>) -> String {
    let of = |amount| match amount {
        Amount::Sum(sum) => sum.to_string(),
        Amount::Percent { part, whole } => format!("{part}/{whole}"),
        Amount::Unknown(why) => format!("{why:?}"),
    };
    match &last_year.comparison {
        Err(why) => format!("{why:?}"),
        Ok(Comparison { before, now, both }) => {
            let both = both.iter().flatten().map(|agency| format!(" {}", agency.key));
            format!("{} → {}{}", of(*before), of(*now), both.collect::<String>())
        }
    }
}

/// `xa-muong-la: lacks toa-an`
fn unlike(last_year: &LastYear<'_>) -> String {
    let told = last_year.unlike.iter().map(|(agency, why)| match why {
        Unlike::AloneThen(of) => format!("{}: {} alone then", agency.key, of.key),
        Unlike::AloneNow => format!("{}: alone now", agency.key),
        Unlike::Lacks(of) => {
            let of = of.iter().map(|of| format!(" {}", of.key)).collect::<String>();
            format!("{}: lacks{of}", agency.key)
        }
    });
    told.collect::<Vec<_>>().join("; ")
}

/// The plan's agencies edited, last year's figures, what was reported, the indicator; nothing where last year had no number.
fn holds(agency: &str, days: &str, figures: &str, reports: &[Told<'_>], id: &str, expected: &str) {
    tells(agency, days, figures, reports, id, told, expected);
}

fn tells(
    agency: &str,
    days: &str,
    figures: &str,
    reports: &[Told<'_>],
    id: &str,
    told: fn(&LastYear<'_>) -> String,
    expected: &str,
) {
    let previous =
        format!("rounds:\n  annual:\n    {days}\n    source: Báo cáo số 1\n    figures: {{{figures}}}\n");
    let more = vec![("plan/previous.yaml".to_owned(), previous.into_bytes())];
    let edit = |text: &str| text.replacen("commune_code: \"03808\"\n", agency, 1);
    with_files(more, edit, reports, |workspace, rounds| {
        let annual = rounds.iter().find(|status| status.round.key == "annual").unwrap();
        let measures = measures(workspace, rounds, annual);
        let found = measures.iter().find(|measure| measure.quantity.key() == id).unwrap();
        let found = found.last_year.as_ref().map(told);
        assert_eq!(found.unwrap_or_default(), expected, "{figures}: {reports:?}");
    });
}

#[test]
fn only_the_same_agencies_are_compared() {
    let by_agency = "directives: {agencies: {so-cong-thuong: 20, xa-muong-la: 8}}";
    let partly = "directives: {total: 40, agencies: {so-cong-thuong: 20}}";
    let nothing = ("annual/xa-muong-la", "I.1 directives: nothing-arose");
    let to_come = ("annual/xa-muong-la", "I.1 directives: {reason: Chưa tổng hợp}");
    let zero = ("annual/xa-muong-la", "I.1 directives: 0");
    for (figures, reports, expected) in [
        (by_agency, &[ALL, COMMUNE][..], "28 → 42"),
        (by_agency, &[ALL, zero], "28 → 32"),
        (by_agency, &[ALL], "20 → 32 so-cong-thuong"),
        (by_agency, &[ALL, nothing], "20 → 32 so-cong-thuong"),
        ("directives: {agencies: {so-cong-thuong: 20}}", &[ALL, COMMUNE], "20 → 32 so-cong-thuong"),
        ("directives: {agencies: {xa-muong-la: 8}}", &[ALL], "NoAgencyInBoth"),
        // Of last year's sum nobody knows whose it is: compared when nobody is missing.
        ("directives: 28", &[ALL, COMMUNE], "28 → 42"),
        ("directives: 28", &[ALL, nothing], "28 → 32"),
        ("directives: 28", &[ALL, to_come], "Incomplete"),
        ("directives: 28", &[ALL], "Incomplete"),
        (partly, &[ALL, COMMUNE], "40 → 42"),
        (partly, &[ALL], "20 → 32 so-cong-thuong"),
        // Nothing of all is nothing of each.
        ("directives: 0", &[ALL], "0 → 32"),
        ("directives: {agencies: {xa-muong-la: 0}}", &[ALL], "0 → 32"),
        ("directives: 28", &[COMMUNE], "Incomplete"),
    ] {
        holds("commune_code: \"03808\"\n", DAYS, figures, reports, "directives", expected);
    }
}

#[test]
fn a_successor_is_compared_where_all_that_it_tells_of_is_known() {
    for (figures, court, expected) in [
        ("so-cong-thuong: 20, xa-muong-la: 8, toa-an: 2", "15", "30 → 47"),
        ("so-cong-thuong: 20, xa-muong-la: 8", "15", "20 → 32 so-cong-thuong"),
        (
            "so-cong-thuong: 20, xa-muong-la: 8, toa-an: 2",
            "{value: 9, itself_alone: true}",
            "20 → 32 so-cong-thuong",
        ),
    ] {
        let court = ("annual/toa-an", &*format!("I.2 directives: {court}"));
        holds(
            GONE,
            DAYS,
            &format!("directives: {{agencies: {{{figures}}}}}"),
            &[ALL, court],
            "directives",
            expected,
        );
    }
    let figures = "directives: {agencies: {so-cong-thuong: 20, xa-muong-la: 8}}";
    holds(GONE, DAYS, figures, &[ALL], "directives", "20 → 32 so-cong-thuong");
}

#[test]
fn what_is_of_a_successor_alone_is_compared_with_no_more_than_that() {
    let alone = "agencies: {so-cong-thuong: 20, toa-an: {value: 2, itself_alone: true}}";
    let whole = "agencies: {so-cong-thuong: 20, toa-an: 2}";
    // Gone before last year's data end: its successor told of both, or of itself alone.
    let before = GONE.replace("2026-07-31", "2025-06-30");
    // Gone with their last day: asked for nothing.
    let with = GONE.replace("2026-07-31", "2025-11-20");
    let of_both = "20 → 32 so-cong-thuong";
    for (gone, figures, court, expected, why) in [
        (&*before, alone, "15", of_both, "toa-an: toa-an alone then"),
        (&*before, whole, "15", "22 → 47", ""),
        (&*before, alone, "{value: 15, itself_alone: true}", "22 → 47", ""),
        (&*before, alone, "nothing-arose", of_both, ""),
        (&*with, whole, "15", "22 → 47", ""),
        (&*with, alone, "15", of_both, "toa-an: toa-an alone then"),
        (GONE, whole, "15", of_both, "toa-an: lacks xa-muong-la"),
        (GONE, "agencies: {so-cong-thuong: 20, xa-muong-la: 8}", "15", of_both, "toa-an: lacks toa-an"),
        (
            GONE,
            "agencies: {so-cong-thuong: 20, toa-an: 2, xa-muong-la: 8}",
            "{value: 9, itself_alone: true}",
            of_both,
            "toa-an: alone now",
        ),
        // Nothing of itself alone is not nothing of both.
        (
            &*before,
            "agencies: {toa-an: {value: 0, itself_alone: true}}",
            "15",
            "NoAgencyInBoth",
            "toa-an: toa-an alone then",
        ),
        (&*before, "agencies: {toa-an: 0}", "15", "0 → 47", ""),
        // A sum of unnamed agencies is of all that were there.
        (GONE, "total: 40, agencies: {so-cong-thuong: 20}", "15", "40 → 47", ""),
        (GONE, "total: 40, agencies: {so-cong-thuong: 20}", "{value: 9, itself_alone: true}", of_both, ""),
        (
            &*before,
            "total: 40, agencies: {toa-an: {value: 2, itself_alone: true}}",
            "15",
            "NoAgencyInBoth",
            "toa-an: toa-an alone then",
        ),
    ] {
        let court = ("annual/toa-an", &*format!("I.2 directives: {court}"));
        let figures = format!("directives: {{{figures}}}");
        holds(gone, DAYS, &figures, &[ALL, court], "directives", expected);
        tells(gone, DAYS, &figures, &[ALL, court], "directives", unlike, why);
    }
}

#[test]
fn a_number_is_compared_with_one_of_its_own_unit() {
    let of = "agencies: {so-cong-thuong: 20, xa-muong-la: 8}";
    for (unit, expected, value) in [
        ("", "28 → 42", "văn bản"),
        (", unit: văn bản", "28 → 42", "văn bản"),
        // As people write it.
        (", unit: \"Văn  bản\"", "28 → 42", "văn bản"),
        (", unit: nghìn văn bản", "OtherUnit", "nghìn văn bản"),
    ] {
        let figures = format!("directives: {{{of}{unit}}}");
        holds("commune_code: \"03808\"\n", DAYS, &figures, &[ALL, COMMUNE], "directives", expected);
        let unit = |last_year: &LastYear<'_>| last_year.unit.to_owned();
        tells("commune_code: \"03808\"\n", DAYS, &figures, &[ALL, COMMUNE], "directives", unit, value);
    }
    // No rate is made of numbers of other units, and none of other days hides it.
    let of = |unit: &str| {
        format!(
            "complaints_received: {{agencies: {{so-cong-thuong: 80}}{unit}}}, complaints_resolved: {{agencies: {{so-cong-thuong: 60}}}}"
        )
    };
    for (unit, days, rate, received) in [
        (", unit: vụ", DAYS, "60/80 → 90/100", "80 → 100"),
        (", unit: lượt", DAYS, "OtherUnit", "OtherUnit"),
        (", unit: lượt", "data_from: 2025-01-01\n    data_to: 2025-12-31", "OtherUnit", "OtherUnit"),
    ] {
        holds("commune_code: \"03808\"\n", days, &of(unit), &[ALL], "resolution_rate", rate);
        holds("commune_code: \"03808\"\n", days, &of(unit), &[ALL], "complaints_received", received);
    }
}

#[test]
fn what_is_of_other_days_or_has_no_number_is_not_compared() {
    let year = "data_from: 2025-01-01\n    data_to: 2025-12-31";
    let early = ("consumer-day/so-cong-thuong", "I.1 directives: 1 | II.1 inspections: 1 | II.2 hotlines: 4");
    let hotlines = ("annual/xa-muong-la", "I.1 directives: 1 | II.2 hotlines: 6");
    for (days, figures, reports, id, expected) in [
        (year, "directives: {agencies: {so-cong-thuong: 20}}", &[ALL][..], "directives", "OtherDays"),
        (DAYS, "inspections: 30", &[ALL], "inspections", "NoNumber"),
        // A stock of June is not one of November.
        (DAYS, "hotlines: {agencies: {so-cong-thuong: 2}}", &[early], "hotlines", "NoAgencyInBoth"),
        (
            DAYS,
            "hotlines: {agencies: {so-cong-thuong: 2, xa-muong-la: 5}}",
            &[early, hotlines],
            "hotlines",
            "5 → 6 xa-muong-la",
        ),
    ] {
        holds("commune_code: \"03808\"\n", days, figures, reports, id, expected);
    }
}

#[test]
fn rates_are_compared_where_both_numbers_are_of_all() {
    let few = (
        "annual/so-cong-thuong",
        "I.1 directives: 1 | I.2 directives: 1 | II.1 inspections: 1 | II.2 complaints_received: 19, complaints_resolved: 10",
    );
    let other = ("annual/xa-muong-la", "I.1 directives: 1 | II.2 complaints_received: 4, complaints_resolved: 2");
    let of = "agencies: {so-cong-thuong: 80}";
    let figures = |more: &str| {
        format!("complaints_received: {{{of}{more}}}, complaints_resolved: {{agencies: {{so-cong-thuong: 60}}}}")
    };
    for (figures, reports, expected) in [
        (figures(""), &[ALL][..], "60/80 → 90/100"),
        (figures(", carried_over: 20"), &[ALL], "60/100 → 90/100"),
        (figures(""), &[few], "TooFew"),
        (figures(""), &[ALL, other], "Parts"),
        ("complaints_received: 60, complaints_resolved: 60".to_owned(), &[ALL], "Parts"),
        // Of nothing, and of less than what is part of it, there is no rate.
        ("complaints_received: 0, complaints_resolved: 0".to_owned(), &[ALL], ""),
        ("complaints_received: 59, complaints_resolved: 60".to_owned(), &[ALL], ""),
    ] {
        holds("commune_code: \"03808\"\n", DAYS, &figures, reports, "resolution_rate", expected);
    }
}

#[test]
fn only_of_what_adds_up_over_the_year_is_told_what_was_added() {
    let early = ("consumer-day/so-cong-thuong", "I.1 directives: 12 | II.1 inspections: 1 | II.2 hotlines: 4");
    let late = (
        "annual/so-cong-thuong",
        "I.1 directives: 30 | I.2 directives: 2 | II.1 inspections: 1 | II.2 hotlines: 9",
    );
    judged(&[early, late], |workspace, rounds| {
        let annual = rounds.iter().find(|status| status.round.key == "annual").unwrap();
        let now = measures(workspace, rounds, annual);
        let (_, before) = earlier(workspace, rounds, annual).unwrap();
        let added = |id: &str| {
            let of = |all: &[Measure<'_>]| all.iter().position(|measure| measure.quantity.key() == id).unwrap();
            now[of(&now)].since(&before[of(&before)], |_| Vec::new())
        };
        assert_eq!([added("directives"), added("hotlines")], [Some(20), None]);
    });
}

#[test]
fn a_change_is_of_sums_with_a_share_from_twenty_or_of_rates_in_points() {
    let rate = |part, whole| Amount::Percent { part, whole };
    for (before, now, change, share) in [
        (Amount::Sum(2576), Amount::Sum(2898), Change::Up(322), Some((322, 2576))),
        (Amount::Sum(20), Amount::Sum(15), Change::Down(5), Some((5, 20))),
        (Amount::Sum(19), Amount::Sum(24), Change::Up(5), None),
        (Amount::Sum(19), Amount::Sum(0), Change::Down(19), None),
        (Amount::Sum(24), Amount::Sum(24), Change::Same, None),
        (Amount::Sum(0), Amount::Sum(0), Change::Same, None),
        (Amount::Sum(0), Amount::Sum(24), Change::FromZero, None),
        (rate(230, 260), rate(240, 263), Change::Up(28), None),
        (rate(0, 50), rate(1, 50), Change::Up(20), None),
        // 66,7% beside 66,7%: what is printed alike did not change.
        (rate(2000, 3000), rate(2001, 3001), Change::Same, None),
        // 99,99% beside 100,0%, beside 66,7%, beside 99,98%.
        (rate(10_000, 10_000), rate(9999, 10_000), Change::Down(1), None),
        (rate(2000, 3000), rate(9999, 10_000), Change::Up(3329), None),
        (rate(9998, 10_000), rate(9999, 10_000), Change::Up(1), None),
    ] {
        let comparison = Comparison { before, now, both: None };
        assert_eq!((comparison.change(), comparison.share()), (change, share), "{before:?} {now:?}");
    }
}
