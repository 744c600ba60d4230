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
    let by_time = steps_by_time(brief);
    let is_one = by_time.len() == 1;
    let mut items: Vec<(String, String)> = by_time
        .iter()
        .map(|of_time| {
            let (id, title) = match of_time.when {
                Some(when) => (when.words(), format!("Trong {}", when.words())),
                None if is_one => ("any".to_owned(), String::new()),
                None => ("any".to_owned(), "Các việc khác".to_owned()),
            };
            (id, told(brief, of_time, &title))
        })
        .collect();
    let annex = brief.annex(AnnexContent::Details).map(|annex| format!(" ({annex})")).unwrap_or_default();
    for (group, count_of) in step_givers(brief) {
        let count = count(count_of as u128);
        let text = format!("{}: {count} đơn vị nêu việc của kỳ tới{annex}.", upper_first(&group.name));
        items.push((group.key.clone(), text));
    }
    if items.is_empty() {
        return vec![none(brief, "không nêu phương hướng, nhiệm vụ.")];
    }
    let is_one = items.len() == 1;
    let numbered = |(index, (id, text)): (usize, (String, String))| {
        let number = if is_one { String::new() } else { format!("{}. ", index + 1) };
        known("next_steps", &id, number + &text)
    };
    items.into_iter().enumerate().flat_map(numbered).collect()
}

/// A few of the steps of one time, of different agencies where there are, and how many there are in all.
fn told(brief: &Brief<'_, '_>, of_time: &Steps<'_>, title: &str) -> String {
    let steps = &of_time.steps;
    let by = |step: &Shared<'_>| step.by.iter().map(|agency| agency.id).collect::<Vec<_>>();
    let mut chosen: Vec<&Shared<'_>> = steps.iter().take(1).collect();
    while chosen.len() < STEPS.min(steps.len()) {
        let is_new = |step: &&Shared<'_>| chosen.iter().all(|other| !std::ptr::eq(*other, *step));
        let is_other = |step: &&Shared<'_>| chosen.iter().all(|other| by(other) != by(step));
        chosen.extend(steps.iter().filter(is_new).find(is_other).or_else(|| steps.iter().find(is_new)));
    }
    let names = |step: &Shared<'_>| format!(" ({})", names::joined(step.by.iter().copied()));
    let is_of_all = chosen.iter().all(|step| by(step) == by(chosen[0]));
    let text = |step: &&Shared<'_>| {
        let whose = if is_of_all { String::new() } else { names(step) };
        lower_first(&brief.quoted(clause(step.text))) + &whose
    };
    let mut told = chosen.iter().map(text).collect::<Vec<_>>().join("; ");
    if is_of_all {
        told += &names(chosen[0]);
    }
    let all = (count(steps.len() as u128), count(of_time.agencies.len() as u128));
    let of = if of_time.agencies.len() > 1 { format!(" của {} cơ quan", all.1) } else { String::new() };
    match (title, steps.len() > chosen.len()) {
        ("", false) => format!("{}.", upper_first(&told)),
        ("", true) => format!("Có {} việc{of}, trong đó: {told}.", all.0),
        (title, false) => format!("{title}: {told}."),
        (title, true) => format!("{title} ({} việc{of}), trong đó: {told}.", all.0),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::report::tests::{BARE, brief};

    #[test]
    fn what_is_to_come_is_told_by_time_and_by_whom() {
        // Of the court, of the office of the committee and of the commune, each with its time where one is told.
        const NONE: &[(&str, &str)] = &[];
        for (court, office, commune, told) in [
            (NONE, NONE, NONE, &["Các báo cáo được tổng hợp không nêu phương hướng, nhiệm vụ."][..]),
            (&[("Mở lớp", "2027-01")], NONE, NONE, &["Trong tháng 1/2027: mở lớp (Tòa án nhân dân tỉnh)."]),
            (&[("Mở lớp", "")], NONE, NONE, &["Mở lớp (Tòa án nhân dân tỉnh)."]),
            (
                &[("Mở lớp", "2027"), ("In sách", "")],
                NONE,
                NONE,
                &[
                    "1. Trong năm 2027: mở lớp (Tòa án nhân dân tỉnh).",
                    "2. Các việc khác: in sách (Tòa án nhân dân tỉnh).",
                ],
            ),
            // The nearest first: a month, the quarter that it is in, the year.
            (
                &[("A", "2027"), ("B", "2027-Q1"), ("C", "2027-03"), ("D", "2026-12")],
                NONE,
                NONE,
                &[
                    "1. Trong tháng 12/2026: d (Tòa án nhân dân tỉnh).",
                    "2. Trong tháng 3/2027: c (Tòa án nhân dân tỉnh).",
                    "3. Trong quý I/2027: b (Tòa án nhân dân tỉnh).",
                    "4. Trong năm 2027: a (Tòa án nhân dân tỉnh).",
                ],
            ),
            // Past is what was to be done before the day of the report, not in the month that it is in.
            (
                &[("Mở lớp", "2026-11")],
                NONE,
                NONE,
                &["Các báo cáo được tổng hợp không nêu phương hướng, nhiệm vụ."],
            ),
            // Who says all is named once.
            (
                &[("Mở lớp", "2027"), ("In sách", "2027")],
                NONE,
                NONE,
                &["Trong năm 2027: mở lớp; in sách (Tòa án nhân dân tỉnh)."],
            ),
            (
                &[("Mở lớp", "2027"), ("In sách", "2027"), ("Họp", "2027")],
                NONE,
                NONE,
                &["Trong năm 2027 (03 việc), trong đó: mở lớp; in sách (Tòa án nhân dân tỉnh)."],
            ),
            (
                &[("Mở lớp", ""), ("In sách", ""), ("Họp", "")],
                NONE,
                NONE,
                &["Có 03 việc, trong đó: mở lớp; in sách (Tòa án nhân dân tỉnh)."],
            ),
            // Another agency comes before a second thing of the same.
            (
                &[("Mở lớp", "2027"), ("In sách", "2027")],
                &[("Tổng kết", "2027")],
                NONE,
                &[
                    "Trong năm 2027 (03 việc của 02 cơ quan), trong đó: mở lớp (Tòa án nhân dân tỉnh); tổng kết (Văn phòng \
                   thường trực Ban Chỉ đạo 389).",
                ],
            ),
            (
                &[("Mở lớp", "2027")],
                &[("Mở lớp", "2027")],
                NONE,
                &["Trong năm 2027: mở lớp (Tòa án nhân dân tỉnh, Văn phòng thường trực Ban Chỉ đạo 389)."],
            ),
            // Of communes it is counted who says anything.
            (
                &[("Mở lớp", "")],
                NONE,
                &[("Họp", "2027"), ("In sách", "")],
                &[
                    "1. Mở lớp (Tòa án nhân dân tỉnh).",
                    "2. UBND các xã, phường: 01 đơn vị nêu việc của kỳ tới (Phụ lục III).",
                ],
            ),
        ] {
            let report = |agency: &str, task: &str, steps: &[(&str, &str)]| {
                let step = |(text, when): &(&str, &str)| {
                    let when = if when.is_empty() { String::new() } else { format!(", when: {when}") };
                    format!("  - {{text: {text}{when}}}\n")
                };
                let steps: String = steps.iter().map(step).collect();
                let steps = if steps.is_empty() { steps } else { format!("next_steps:\n{steps}") };
                format!(
                    "agency: {agency}\nround: annual\ndocument: {{number: 1/BC-UBND, date: 2026-11-20}}\nreceived: \
                     2026-11-20\ntasks: {{{task}: {{status: done, results: Đã làm.}}}}\n{steps}"
                )
            };
            let reports = [
                ("reports/annual/toa-an.yaml", report("toa-an", "II.2", court)),
                ("reports/annual/vptt-389.yaml", report("vptt-389", "I.2", office)),
                ("reports/annual/xa-muong-la.yaml", report("xa-muong-la", "I.1", commune)),
            ];
            let reports = reports.iter().map(|(path, text)| (*path, text.as_str()));
            let files: Vec<_> = BARE.into_iter().chain(reports).collect();
            let said = brief(&files, |brief| {
                let texts = next_steps(brief).into_iter().filter_map(|block| match block {
                    Block::Paragraph { text, .. } => Some(text),
                    _ => None,
                });
                texts.collect::<Vec<_>>()
            });
            assert_eq!(said, told, "{court:?} {office:?} {commune:?}");
        }
    }
}
