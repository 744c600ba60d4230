//! What agencies will do next, put together by time. Says which and of whom; every text in full stands in an annex, and none
//! is cut.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::Brief;
use super::themes::{known, none};
use crate::doc::Block;
use crate::model::{Agency, AgencyId, AnnexContent, Group, NextStep, Period};
use crate::remark::{Shared, shared};
use crate::vietnamese::{clause, count, lower_first, upper_first};
use crate::view::names;

/// Steps told of one time.
const STEPS: usize = 2;

/// What agencies will do next, and what was to be done before the day of the report.
fn steps<'p>(brief: &Brief<'_, 'p>, past: bool) -> Vec<(&'p Agency, &'p NextStep)> {
    let steps = brief
        .status
        .valid_reports()
        .flat_map(|(agency, report)| report.next_steps.iter().map(move |step| (agency, step)));
    steps.filter(|(_, step)| step.when.is_some_and(|when| when.is_before(brief.as_of)) == past).collect()
}

/// Those whose time was over before the day of the report.
pub(super) fn past_steps<'p>(brief: &Brief<'_, 'p>) -> Vec<(&'p Agency, &'p NextStep)> {
    steps(brief, true)
}

/// Those that are told one by one: what members of folded groups will do is counted apart.
pub(crate) fn steps_to_come<'p>(brief: &Brief<'_, 'p>) -> impl Iterator<Item = (&'p Agency, &'p NextStep)> {
    steps(brief, false).into_iter().filter(|(agency, _)| brief.folding_group(agency).is_none())
}

/// What is to be done at one time, each thing once, and who will do it.
pub(crate) struct Steps<'p> {
    pub(crate) when: Option<Period>,
    pub(crate) steps: Vec<Shared<'p>>,
    pub(crate) agencies: BTreeSet<AgencyId>,
}

/// By time: the nearest first, what says no time last.
pub(crate) fn steps_by_time<'p>(brief: &Brief<'_, 'p>) -> Vec<Steps<'p>> {
    let mut by_time: IndexMap<Option<Period>, Vec<(&Agency, &NextStep)>> = IndexMap::new();
    for (agency, step) in steps_to_come(brief) {
        by_time.entry(step.when).or_default().push((agency, step));
    }
    by_time.sort_by_key(|when, _| when.map_or((i32::MAX, 0, Reverse(0)), Period::order));
    let of_time = by_time.into_iter().map(|(when, mut steps)| {
        steps.sort_by_key(|(agency, _)| Some(agency.id) != brief.plan.consolidator);
        let steps = shared(steps.into_iter().map(|(agency, step)| (agency, &step.text)));
        let agencies = steps.iter().flat_map(|step| &step.by).map(|agency| agency.id).collect();
        Steps { when, steps, agencies }
    });
    of_time.collect()
}

pub(super) fn next_steps(brief: &Brief<'_, '_>) -> Vec<Block> {
    let mut items = Vec::new();
    for Steps { when, steps, agencies } in steps_by_time(brief) {
        let all = (count(steps.len() as u128), count(agencies.len() as u128));
        let told: Vec<String> = steps
            .iter()
            .take(STEPS)
            .map(|step| {
                format!(
                    "{} ({})",
                    lower_first(&brief.quoted(clause(step.text))),
                    names::joined(step.by.iter().copied())
                )
            })
            .collect();
        let title = when.map_or_else(|| "Các việc khác".to_owned(), |when| format!("Trong {}", when.words()));
        let id = when.map_or_else(|| "any".to_owned(), |when| when.words());
        let rest = if steps.len() > told.len() {
            format!(" ({} việc của {} cơ quan), trong đó", all.0, all.1)
        } else {
            String::new()
        };
        items.push((id, format!("{title}{rest}: {}.", told.join("; "))));
    }
    let annex = brief.annex(AnnexContent::Details).map(|annex| format!(" ({annex})")).unwrap_or_default();
    for (group, count_of) in step_givers(brief) {
        let count = count(count_of as u128);
        let text = format!("{}: {count} đơn vị nêu việc của kỳ tới{annex}.", upper_first(&group.name));
        items.push((group.key.clone(), text));
    }
    if items.is_empty() {
        return vec![none(brief, "báo cáo nhận được không nêu phương hướng, nhiệm vụ.")];
    }
    let is_one = items.len() == 1;
    let numbered = |(index, (id, text)): (usize, (String, String))| {
        let number = if is_one { String::new() } else { format!("{}. ", index + 1) };
        known("next_steps", &id, number + &text)
    };
    items.into_iter().enumerate().flat_map(numbered).collect()
}

/// How many members of each folded group say what they will do.
pub(crate) fn step_givers<'p>(brief: &Brief<'_, 'p>) -> Vec<(&'p Group, usize)> {
    let says = |group: &&Group| {
        let reports = brief.status.valid_reports();
        reports
            .filter(|(agency, report)| group.members.contains(&agency.id) && !report.next_steps.is_empty())
            .count()
    };
    let groups = brief.plan.groups.iter().filter(|group| group.folded);
    groups.map(|group| (group, says(&group))).filter(|(_, givers)| *givers > 0).collect()
}
