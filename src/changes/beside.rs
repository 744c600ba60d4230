//! What is printed beside a figure, in an earlier draft and now.

use super::Now;
use super::earlier::{EarlierContribution, EarlierMeasure};
use crate::measure::{Amount, Measure, Verdict, of_quantity};
use crate::model::{Agency, Quantity, Round, Task};

/// What is printed beside a figure and changed, a number or none.
#[derive(Debug)]
pub(crate) struct BesideChange<'p> {
    pub(crate) quantity: Quantity<'p>,
    pub(crate) aspect: Aspect<'p>,
    pub(crate) before: Option<i128>,
    pub(crate) after: Option<i128>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Aspect<'p> {
    /// Cases taken over from last year.
    CarriedOver,
    /// An agency's total of a group.
    Control(&'p Agency),
    /// What that is more or less by than what the members reported.
    Difference(&'p Agency),
    /// What was reported under one task, where all together are as they were.
    Task(&'p Task),
    /// The sum of the round before.
    Earlier,
    /// What of it stands in another round's reports.
    OfRound(&'p Round),
    /// What of it stands in ad hoc reports.
    OfAdHoc,
}

/// What is printed beside a measure and changed: what older drafts do not say is not compared. `is_of_others`: whether the earlier
/// draft tells what it took from other rounds.
pub(super) fn beside<'p>(
    then: &EarlierMeasure,
    (of, now): (&Now<'_, 'p>, &Measure<'p>),
    is_of_others: bool,
) -> Vec<BesideChange<'p>> {
    let Now { plan, status, controls, .. } = *of;
    let mut found = Vec::new();
    let mut add = |aspect, before: Option<i128>, after: Option<i128>| {
        if before != after {
            found.push(BesideChange { quantity: now.quantity, aspect, before, after });
        }
    };
    let added = then.contributions.iter().filter(|part| part.use_ == Verdict::Added.id());
    let carried_over: i128 = added.filter_map(|part| part.carried_over).map(i128::from).sum();
    add(Aspect::CarriedOver, Some(carried_over), Some(now.carried_over as i128));
    if let Some(comparisons) = &then.comparisons {
        for agency in &plan.agencies {
            let before = comparisons.iter().find(|then| then.agency == agency.key);
            let control = controls.iter().find(|control| control.agency.id == agency.id);
            let after = control.and_then(|control| control.of(now.quantity));
            let (given, difference) =
                (after.map(|after| after.given as i128), after.map(|after| after.difference()));
            add(Aspect::Control(agency), before.map(|before| before.value), given);
            add(Aspect::Difference(agency), before.map(|before| before.difference), difference);
        }
    }
    let is_same = then.amount() == Some(now.value);
    for under in then.under_tasks.iter().filter(|_| is_same) {
        for task in status.tasks.iter().map(|state| state.task) {
            let before = under.iter().find(|before| before.task == task.key).and_then(|before| before.value);
            let is_under = now.added().any(|part| part.task.is_some_and(|of| of.id == task.id));
            let after =
                if let (true, Amount::Sum(sum)) = (is_under, now.under_task(task.id)) { Some(sum) } else { None };
            add(Aspect::Task(task), before, after.map(|sum| sum as i128));
        }
    }
    if is_of_others {
        let earlier = of.before.and_then(|(_, measures)| of_quantity(measures, now.quantity));
        let earlier = earlier.and_then(|of| if let Amount::Sum(sum) = of.value { Some(sum as i128) } else { None });
        add(Aspect::Earlier, then.earlier, earlier);
        let is_added = |part: &&EarlierContribution| part.use_ == Verdict::Added.id();
        let mut part = |aspect, id: &str| {
            let before =
                then.contributions.iter().filter(is_added).filter(|part| part.round.as_deref() == Some(id));
            let after = now.added().filter(|part| part.origin.id() == id);
            let before = before.map(|part| i128::from(part.value)).reduce(|sum, value| sum + value);
            let after = after.map(|part| i128::from(part.value)).reduce(|sum, value| sum + value);
            add(aspect, before, after);
        };
        of.others().for_each(|of| part(Aspect::OfRound(of.round), &of.round.key));
        part(Aspect::OfAdHoc, &plan.ad_hoc.id);
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;
    use crate::measure::{controls, earlier, measures};
    use crate::status::derive;
    use crate::workspace::tests::fixture;

    #[test]
    fn what_is_printed_beside_a_figure_is_compared_as_far_as_the_earlier_draft_tells_it() {
        let office = "agency: vptt-389\nround: annual\ndocument: {number: 9/BC-VPTT, date: 2026-11-18}\nreceived: 2026-11-18\n\
                      tasks: {II.1: {status: done, results: Đã tổng hợp., figures: {inspections: 60}}}\n";
        let workspace = fixture(&[("reports/annual/vptt-389.yaml", office)], "2026-12-03", None);
        let rounds = derive(&workspace);
        let measures = measures(&workspace, &rounds, &rounds[1]);
        let controls = controls(&workspace.plan, &rounds[1], &measures, None);
        let now = measures.iter().find(|now| now.quantity.key() == "inspections").unwrap();
        let Amount::Sum(sum) = now.value else { panic!("{now:?}") };
        let control = controls[0].of(now.quantity).unwrap();
        let before = earlier(&workspace, &rounds, &rounds[1]);
        let of = Now {
            plan: &workspace.plan,
            status: &rounds[1],
            rounds: &rounds,
            measures: &measures,
            controls: &controls,
            before: before.as_ref(),
            ad_hoc: &[],
            files: &workspace.files,
        };
        let of_before =
            before.as_ref().and_then(|(_, measures)| of_quantity(measures, now.quantity)).map(|of| of.value);
        let Some(Amount::Sum(sum_before)) = of_before else { panic!("{of_before:?}") };
        let comparison = |value: i128, difference: i128| json!([{"agency": controls[0].agency.key, "value": value, "difference": difference}]);
        let (given, difference) = (control.given as i128, control.difference());
        for (key, then, told) in [
            ("comparisons", comparison(given, difference), vec![]),
            ("comparisons", comparison(given - 2, difference - 2), vec!["Control", "Difference"]),
            ("comparisons", comparison(given, difference - 2), vec!["Difference"]),
            ("comparisons", json!([]), vec!["Control", "Difference"]),
            ("comparisons", Value::Null, vec![]),
            ("under_tasks", json!([{"task": "II.1", "value": sum}]), vec![]),
            (
                "under_tasks",
                json!([{"task": "II.1", "value": sum - 1}, {"task": "I.1", "value": 1}]),
                vec!["Task", "Task"],
            ),
            ("under_tasks", Value::Null, vec![]),
            ("earlier", json!(sum_before), vec![]),
            ("earlier", json!(sum_before + 1), vec!["Earlier"]),
            ("earlier", Value::Null, vec!["Earlier"]),
            (
                "contributions",
                json!([{"agency": "so-cong-thuong", "value": sum, "round": "consumer-day", "use": "added"}]),
                vec!["OfRound"],
            ),
            (
                "contributions",
                json!([{"agency": "so-cong-thuong", "value": sum, "round": "ad-hoc", "use": "added"}]),
                vec!["OfAdHoc"],
            ),
            (
                "contributions",
                json!([{"agency": "so-cong-thuong", "value": sum, "carried_over": 3, "use": "added"}]),
                vec!["CarriedOver"],
            ),
            (
                "contributions",
                json!([{"agency": "so-cong-thuong", "value": sum, "carried_over": 3, "use": "control"}]),
                vec![],
            ),
        ] {
            let mut measure = json!({
                "indicator": "inspections", "label": "Số vụ kiểm tra", "unit": "vụ", "value": sum, "contributions": [],
                "earlier": sum_before,
            });
            measure[key] = then;
            let then: EarlierMeasure = from_value(measure).unwrap();
            // An older draft says nothing of other rounds.
            let is_of_round =
                |of: &BesideChange<'_>| matches!(of.aspect, Aspect::Earlier | Aspect::OfRound(_) | Aspect::OfAdHoc);
            assert!(!beside(&then, (&of, now), false).iter().any(is_of_round), "{then:?}");
            let found = beside(&then, (&of, now), true);
            let found: Vec<&str> = found
                .iter()
                .map(|change| match change.aspect {
                    Aspect::CarriedOver => "CarriedOver",
                    Aspect::Control(_) => "Control",
                    Aspect::Difference(_) => "Difference",
                    Aspect::Task(_) => "Task",
                    Aspect::Earlier => "Earlier",
                    Aspect::OfRound(_) => "OfRound",
                    Aspect::OfAdHoc => "OfAdHoc",
                })
                .collect();
            assert_eq!(found, told, "{then:?}");
        }
    }
}
