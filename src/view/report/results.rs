//! Part II of the report: what came of every task. Leads in their own words, groups of communes
//! folded into counts and the few that stand out.

use indexmap::IndexSet;

use super::template::{in_words, states, with_unit};
use super::{Brief, letter, paragraph};
use crate::doc::Block;
use crate::measure::{Amount, Measure, Unknown};
use crate::model::{
    Agency, AgencyId, Aggregation, AnnexContent, Entry, Group, Indicator, Named, OutlineSection, Quantity,
    TaskGroup,
};
use crate::status::{Progress, TaskCounts, TaskState};
use crate::template::scope::{self, GroupOpening};
use crate::vietnamese::{clause, lower_first, number};
use crate::view::template::{TemplateError, Templates};
use crate::view::words;

/// How many members of a folded group are named as standing out.
const OUTSTANDING: usize = 3;
/// Up to how many missing members of a folded group are named in the text.
const NAMED: usize = 10;

pub(super) fn blocks(
    brief: &Brief<'_, '_>,
    section: &OutlineSection,
    scope: &scope::Report,
) -> Result<Vec<Block>, TemplateError> {
    let mut blocks = Vec::new();
    let mut index = 0;
    for group in &brief.plan.task_groups {
        let tasks: Vec<&TaskState<'_>> = brief.status.tasks_of(group).collect();
        if tasks.is_empty() {
            continue;
        }
        index += 1;
        blocks.push(Block::Heading { level: 2, text: format!("{index}. {}", clause(&group.title)) });
        if let Some(opening) = &section.group_opening {
            let scope = GroupOpening { report: scope, group: words_of(group, &tasks) };
            blocks.push(paragraph(Templates::new(scope).render(opening)?));
        }
        for (index, state) in tasks.iter().enumerate() {
            let title = format!("{}) {}", letter(index), state.task.short_title);
            blocks.push(Block::Id(state.task.key.clone()));
            blocks.push(Block::Heading { level: 3, text: title });
            blocks.extend(task(brief, state));
        }
    }
    Ok(blocks)
}

/// What the opening may say of its group.
fn words_of(group: &TaskGroup, tasks: &[&TaskState<'_>]) -> scope::Group {
    let counts: TaskCounts = tasks.iter().copied().collect();
    scope::Group {
        id: group.key.clone(),
        title: group.title.clone(),
        tasks: counts.total,
        states: states(&counts),
        leads: counts.leads,
        reported: counts.reported,
    }
}

fn task(brief: &Brief<'_, '_>, state: &TaskState<'_>) -> Vec<Block> {
    let task = state.task;
    let known = |of: &str, text: String| [Block::Id(format!("{}/{of}", task.key)), paragraph(text)];
    if state.progress == Progress::NoReport {
        let leads = &task.leads_as_worded;
        let missing = format!("Chưa có báo cáo hợp lệ của cơ quan chủ trì ({leads}).");
        let mut blocks = known("missing", missing).to_vec();
        blocks.extend(standing(state).into_iter().flat_map(|text| known("standing", text)));
        blocks.extend(figures(brief, state).into_iter().flat_map(|text| known("figures", text)));
        return blocks;
    }
    let mut blocks: Vec<Block> = standing(state).into_iter().flat_map(|text| known("standing", text)).collect();
    let mut missing: Vec<&str> = Vec::new();
    for lead in asked(brief, &task.leads) {
        if brief.folding_group(lead).is_some() {
            continue;
        }
        match brief.status.valid_report(lead.id).and_then(|report| report.entry(task.id)) {
            Some(entry) => blocks.extend(known(&lead.key, account(lead, entry))),
            None => missing.push(&lead.name),
        }
    }
    if !missing.is_empty() {
        blocks.extend(known("missing", format!("Chưa có báo cáo hợp lệ của: {}.", missing.join("; "))));
    }
    for group in brief.plan.groups.iter().filter(|group| group.folded) {
        if !group.members.is_disjoint(&task.leads) {
            blocks.extend(known(&group.key, folded(brief, state, group)));
        }
    }
    blocks.extend(figures(brief, state).into_iter().flat_map(|text| known("figures", text)));
    blocks.extend(complaints(brief, state).into_iter().flat_map(|text| known("complaints", text)));
    blocks
}

/// What the leads' own words do not tell: that others are silent, or that the date has passed.
fn standing(state: &TaskState<'_>) -> Option<String> {
    let told = state.is_overdue() || state.progress == Progress::Partly;
    told.then(|| format!("Trạng thái: {}.", lower_first(&words::progress(state).1)))
}

/// Those of some leads that report in the round.
fn asked<'b>(brief: &'b Brief<'_, '_>, leads: &'b IndexSet<AgencyId>) -> impl Iterator<Item = &'b Agency> + Clone {
    leads.iter().filter_map(|lead| Some(brief.status.agency(*lead)?.agency))
}

/// An agency's own words, or which of the four other answers it gave.
pub(super) fn account(agency: &Agency, entry: &Entry) -> String {
    format!("{}: {}", agency.name, words::entry(entry))
}

/// `UBND các xã, phường: 26/75 đơn vị báo cáo; 12 hoàn thành, 14 đang thực hiện. Nổi bật: …`
fn folded(brief: &Brief<'_, '_>, state: &TaskState<'_>, group: &Group) -> String {
    let members: Vec<_> =
        brief.entries(state.task.id).filter(|(agency, _)| group.members.contains(&agency.id)).collect();
    let leads = asked(brief, &state.task.leads).filter(|lead| group.members.contains(&lead.id));
    let mut text = format!("{}: {}/{} đơn vị báo cáo", group.name, members.len(), leads.clone().count());
    let counts = words::statuses(members.iter().map(|(_, entry)| *entry));
    if !counts.is_empty() {
        text += &format!(", trong đó {counts}");
    }
    let silent = leads.filter(|lead| !members.iter().any(|(agency, _)| agency.id == lead.id));
    let missing: Vec<&str> = silent.map(|lead| lead.short_name.as_str()).collect();
    match missing.len() {
        0 => {}
        1..=NAMED => {
            text += &format!("; còn {} đơn vị chưa có báo cáo hợp lệ: {}", missing.len(), missing.join(", "))
        }
        many => {
            let annex = scope::annex(brief.plan, AnnexContent::Submissions);
            let named = annex.map(|annex| format!(" ({annex})")).unwrap_or_default();
            text += &format!("; còn {many} đơn vị chưa có báo cáo hợp lệ{named}");
        }
    }
    text.push('.');
    if let Some(outstanding) = outstanding(brief, state, group) {
        text += &format!(" Nổi bật: {outstanding}.");
    }
    text
}

/// The members with the largest figures of the task's first indicator.
fn outstanding(brief: &Brief<'_, '_>, state: &TaskState<'_>, group: &Group) -> Option<String> {
    let is_sum = |total: &&Measure<'_>| {
        total.quantity.indicator().is_some_and(|indicator| indicator.aggregation == Aggregation::Sum)
    };
    let total = brief.totals_of(&state.task.id).find(is_sum)?;
    let mut members: Vec<_> = total
        .added()
        .filter(|part| part.value > 0 && part.task.is_some_and(|task| task.id == state.task.id))
        .filter(|part| group.members.contains(&part.agency.id))
        .collect();
    members.sort_by_key(|part| std::cmp::Reverse(part.value));
    let named: Vec<String> = members
        .iter()
        .take(OUTSTANDING)
        .map(|part| {
            format!("{} ({} {})", part.agency.short_name, number(u128::from(part.value)), total.quantity.unit())
        })
        .collect();
    (!named.is_empty()).then(|| named.join(", "))
}

/// `Số liệu tổng hợp của nhiệm vụ: số vụ kiểm tra: 1.356; …`: what was reported under it, by whomever.
fn figures(brief: &Brief<'_, '_>, state: &TaskState<'_>) -> Option<String> {
    let mut compared = false;
    let parts: Vec<String> = brief
        .totals()
        .filter(|(indicator, _)| indicator.tasks.contains(&state.task.id))
        .filter_map(|(indicator, total)| {
            let value = figure(total, state)?;
            let earlier = brief.earlier(indicator).and_then(|earlier| figure(earlier, state));
            compared |= earlier.is_some();
            let earlier = earlier.map(|value| format!(" ({value})")).unwrap_or_default();
            Some(format!("{}: {value}{earlier}", lower_first(&indicator.label)))
        })
        .collect();
    let round = brief.earlier.filter(|_| compared).map(|(round, _)| &round.short_name);
    let compared = round.map(|name| format!(" (trong ngoặc: số của kỳ {name})")).unwrap_or_default();
    (!parts.is_empty()).then(|| format!("Số liệu tổng hợp của nhiệm vụ{compared}: {}.", parts.join("; ")))
}

/// `Phân theo lĩnh vực: thương mại điện tử 42 vụ; …`, under the tasks of the indicator they add up to.
fn complaints(brief: &Brief<'_, '_>, state: &TaskState<'_>) -> Option<String> {
    let mut fields: Vec<(u128, &Named, &Indicator)> = brief
        .measures
        .iter()
        .filter_map(|measure| match (measure.quantity, measure.value) {
            (Quantity::Complaints(of, Some(field)), Amount::Sum(count @ 1..)) => Some((count, field, of)),
            _ => None,
        })
        .filter(|(.., of)| of.tasks.contains(&state.task.id))
        .collect();
    fields.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    let parts: Vec<String> = fields
        .iter()
        .map(|(count, field, of)| format!("{} {} {}", lower_first(&field.name), number(*count), of.unit))
        .collect();
    (!parts.is_empty()).then(|| format!("Phân theo lĩnh vực: {}.", parts.join("; ")))
}

fn figure(total: &Measure<'_>, state: &TaskState<'_>) -> Option<String> {
    match total.under_task(state.task.id) {
        Amount::Percent { .. } => with_unit(total),
        Amount::Sum(sum) => Some(in_words(sum, total)),
        Amount::Unknown(Unknown::NoAnswer | Unknown::NotAsked) => None,
        Amount::Unknown(why) => Some(words::unknown(why).to_owned()),
    }
}
