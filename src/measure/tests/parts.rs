//! Measures split by who gave the figures, and totals that an agency gives of others.

use super::*;
use crate::model::{Level, Plan};

/// With the commune among those whose totals the office gives.
fn with_commune(text: &str) -> String {
    text.replacen("members: [so-cong-thuong]", "members: [so-cong-thuong, xa-muong-la]", 1)
}

#[test]
fn parts_add_up_and_say_what_they_say_instead_of_a_number() {
    let reports = [
        (
            "annual/so-cong-thuong",
            "I.1 directives: 1 | I.2 directives: 1 | II.1 inspections: 40 | II.2 complaints_resolved: 3, complaints_received: 4",
        ),
        ("annual/xa-muong-la", "I.1 directives: 1 | II.1 inspections: 5 | II.2 complaints_received: nothing-arose"),
        (
            "annual/toa-an",
            "II.1 inspections: 7 | II.2 complaints_resolved: 1, complaints_received: {value: 2, carried_over: 1}",
        ),
        ("annual/vptt-389", "II.1 inspections: 60"),
    ];
    let told = |by: fn(&Plan, &[&Measure<'_>]) -> Vec<Party>, edit: fn(&str) -> String| {
        let mut lines = Vec::new();
        with_plan(edit, &reports, |workspace, rounds| {
            let (plan, all) = (&workspace.plan, measures(workspace, rounds, &rounds[1]));
            let [inspections, received, rate] = ["inspections", "complaints_received", "resolution_rate"]
                .map(|id| of_indicator(&all, plan.indicators.find(id).unwrap().id).unwrap());
            let parties = by(plan, &[inspections, received]);
            let added = |party: &Party| inspections.added_by(&party.members).unwrap_or(0);
            assert_eq!(Amount::Sum(parties.iter().map(added).sum()), inspections.value);
            for party in parties {
                let name = match party.of {
                    Of::Agency(id) => plan[id].key.clone(),
                    Of::Level(Level::Folded(group)) => plan[group].key.clone(),
                    Of::Level(level) => format!("{level:?}"),
                };
                let amounts =
                    [inspections, received, rate].map(|measure| match amount_of(&all, measure, &party.members) {
                        Amount::Sum(sum) => sum.to_string(),
                        Amount::Percent { part, whole } => format!("{part}/{whole}"),
                        Amount::Unknown(why) => format!("{why:?}"),
                    });
                lines.push(format!("{name}: {}", amounts.join(" ")));
            }
        });
        lines
    };
    let commune = "5 NothingArose LacksBoth";
    assert_eq!(
        told(|plan, measures| by_level(plan, measures.iter().copied()), str::to_owned),
        ["Province: 40 4 3/4".to_owned(), format!("ubnd-cap-xa: {commune}"), "Requested: 7 2 1/3".to_owned()]
    );
    let agencies = ["so-cong-thuong: 40 4 3/4".to_owned(), "toa-an: 7 2 1/3".to_owned()];
    assert_eq!(
        told(|plan, measures| by_agency(plan, measures.iter().copied()), str::to_owned),
        [&agencies[..], &[format!("ubnd-cap-xa: {commune}")]].concat()
    );
    // Whose totals another gives is named, whatever group folds it.
    assert_eq!(
        told(|plan, measures| by_agency(plan, measures.iter().copied()), with_commune),
        [agencies[0].clone(), format!("xa-muong-la: {commune}"), agencies[1].clone()]
    );
}

#[test]
fn a_difference_is_explained_by_what_the_silent_said_last() {
    let office = ("annual/vptt-389", "II.1 inspections: 60, violations: 9");
    let member = (
        "annual/so-cong-thuong",
        "I.1 directives: 1 | I.2 directives: 1 | II.1 inspections: 40, violations: 4 | II.2 hotlines: 1",
    );
    let before = |told| ("consumer-day/xa-muong-la", told);
    for (reports, told) in [
        (vec![member], None),
        (vec![office, member], Some("1 reported; inspections 60 - 40 = 20 (none), violations 9 - 4 = 5 (none)")),
        (
            vec![office, member, before("I.1 directives: 1 | II.1 inspections: 20, violations: 5")],
            Some("1 reported; inspections 60 - 40 = 20 (20), violations 9 - 4 = 5 (5); explained"),
        ),
        (
            vec![office, member, before("I.1 directives: 1 | II.1 inspections: 20, violations: 4")],
            Some("1 reported; inspections 60 - 40 = 20 (20), violations 9 - 4 = 5 (4)"),
        ),
        // Nobody is silent: nothing to explain it by.
        (
            vec![
                office,
                member,
                before("I.1 directives: 1 | II.1 inspections: 20, violations: 5"),
                ("annual/xa-muong-la", "I.1 directives: 1 | II.1 inspections: 21, violations: 5"),
            ],
            Some("2 reported; inspections 60 - 61 = -1 (none), violations 9 - 9 = 0 (none)"),
        ),
        (
            vec![
                office,
                (
                    "annual/so-cong-thuong",
                    "I.1 directives: 1 | I.2 directives: 1 | II.1 inspections: 70, violations: 9 | II.2 hotlines: 1",
                ),
                before("I.1 directives: 1"),
            ],
            Some("1 reported; inspections 60 - 70 = -10 (none), violations 9 - 9 = 0 (none)"),
        ),
        (
            vec![
                office,
                (
                    "annual/so-cong-thuong",
                    "I.1 directives: 1 | I.2 directives: 1 | II.1 inspections: 50, violations: 6 | II.2 hotlines: 1",
                ),
                ("annual/xa-muong-la", "I.1 directives: 1 | II.1 inspections: 10, violations: 3"),
            ],
            Some("2 reported; inspections 60 - 60 = 0 (none), violations 9 - 9 = 0 (none); equal"),
        ),
    ] {
        with_plan(with_commune, &reports, |workspace, rounds| {
            let all = measures(workspace, rounds, &rounds[1]);
            let earlier = earlier(workspace, rounds, &rounds[1]);
            let found = controls(&workspace.plan, &rounds[1], &all, earlier.as_ref());
            let compared = |compared: &Compared<'_, '_>| {
                let said = compared.said_last.map_or("none".to_owned(), |said| said.to_string());
                let (key, members) = (compared.measure.quantity.key(), compared.of_members.unwrap_or(0));
                format!("{key} {} - {members} = {} ({said})", compared.given, compared.difference())
            };
            let line = found.first().map(|control| {
                let parts: Vec<String> = control.compared.iter().map(compared).collect();
                let explained = if control.is_explained() { "; explained" } else { "" };
                let equal = if control.is_equal() { "; equal" } else { "" };
                format!("{} reported; {}{explained}{equal}", control.reported, parts.join(", "))
            });
            assert_eq!(line.as_deref(), told, "{reports:?}");
        });
    }
}
