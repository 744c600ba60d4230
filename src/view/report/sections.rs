//! Parts III to VI of the report: difficulties, causes, funding, next steps, recommendations.

use super::results::raised;
use super::{Brief, item, paragraph};
use crate::doc::Block;
use crate::model::{Agency, AnnexContent, BodyId, Report, SourceId};
use crate::template::scope::annex;
use crate::vietnamese::{clause, fold, lower_first, money, upper_first};

/// The same remark by several agencies is printed once, with all who made it.
struct Remark<'p> {
    text: &'p str,
    by: Vec<&'p str>,
}

fn merged<'p>(remarks: impl Iterator<Item = (&'p Agency, &'p str)>) -> Vec<Remark<'p>> {
    let mut keys: Vec<String> = Vec::new();
    let mut merged: Vec<Remark<'p>> = Vec::new();
    for (agency, text) in remarks {
        let key = fold(clause(text));
        match keys.iter().position(|known| *known == key) {
            Some(index) if merged[index].by.contains(&agency.name.as_str()) => {}
            Some(index) => merged[index].by.push(&agency.name),
            None => {
                keys.push(key);
                merged.push(Remark { text, by: vec![&agency.name] });
            }
        }
    }
    merged
}

/// Remarks of agencies shown one by one, then one sentence for each folded group.
fn remarks<'p>(
    brief: &Brief<'_, 'p>,
    none: &str,
    what: &str,
    of: impl Fn(&'p Report) -> Vec<&'p str>,
) -> Vec<Block> {
    let voices: Vec<(&Agency, &str)> = brief
        .voices()
        .flat_map(|(agency, report)| of(report).into_iter().map(move |text| (agency, text)))
        .collect();
    let alone = voices.iter().filter(|(agency, _)| brief.folding_group(agency).is_none()).copied();
    let mut blocks: Vec<Block> = merged(alone).iter().map(|remark| raised(remark.text, &remark.by)).collect();
    for group in brief.plan.groups.iter().filter(|group| group.folded) {
        let mut members: Vec<&str> = voices
            .iter()
            .filter(|(agency, _)| group.members.contains(&agency.id))
            .map(|(agency, _)| agency.short_name.as_str())
            .collect();
        members.dedup();
        if !members.is_empty() {
            let annex = annex(brief.plan, AnnexContent::Details);
            let told = annex.map(|annex| format!(" (nội dung tại {annex})")).unwrap_or_default();
            let (name, count, members) = (&group.name, members.len(), members.join(", "));
            blocks.push(item(&format!("{name}: {count} đơn vị nêu {what}{told}: {members}.")));
        }
    }
    if blocks.is_empty() {
        blocks.push(paragraph(none));
    }
    blocks
}

pub(super) fn difficulties(brief: &Brief<'_, '_>) -> Vec<Block> {
    remarks(
        brief,
        "Các báo cáo nhận được không nêu khó khăn, vướng mắc.",
        "khó khăn, vướng mắc",
        |report| report.difficulties.iter().map(|difficulty| difficulty.text.value.as_str()).collect(),
    )
}

pub(super) fn causes(brief: &Brief<'_, '_>) -> Vec<Block> {
    remarks(brief, "Các báo cáo nhận được không nêu nguyên nhân.", "nguyên nhân", |report| {
        report.difficulties.iter().filter_map(|found| Some(found.cause.as_ref()?.value.as_str())).collect()
    })
}

pub(super) fn funding(brief: &Brief<'_, '_>) -> Vec<Block> {
    let reports: Vec<&Report> = brief
        .status
        .valid_reports()
        .map(|(_, report)| report)
        .filter(|report| !report.funding.is_empty())
        .collect();
    if reports.is_empty() {
        return vec![paragraph("Các báo cáo nhận được không nêu kinh phí thực hiện.")];
    }
    let of_source = |id: SourceId| -> Option<u128> {
        let amounts = reports.iter().flat_map(|report| &report.funding).filter(|row| row.key.value == id);
        amounts.fold(None, |sum, row| Some(sum.unwrap_or(0) + u128::from(row.value)))
    };
    let sums: Vec<(&str, u128)> = brief
        .plan
        .funding_sources
        .iter()
        .enumerate()
        .filter_map(|(at, source)| Some((source.name.as_str(), of_source(at.into())?)))
        .collect();
    let parts: Vec<String> =
        sums.iter().map(|(name, sum)| format!("{} {}", lower_first(name), money(*sum))).collect();
    let total: u128 = sums.iter().map(|(_, sum)| sum).sum();
    vec![paragraph(format!(
        "Theo báo cáo của {} cơ quan, đơn vị có nêu kinh phí, tổng kinh phí đã sử dụng là {}, gồm: {}.",
        reports.len(),
        money(total),
        parts.join("; ")
    ))]
}

pub(super) fn next_steps(brief: &Brief<'_, '_>) -> Vec<Block> {
    remarks(
        brief,
        "Các báo cáo nhận được không nêu phương hướng, nhiệm vụ.",
        "phương hướng, nhiệm vụ",
        |report| report.next_steps.iter().map(|step| step.value.as_str()).collect(),
    )
}

pub(super) fn recommendations(brief: &Brief<'_, '_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let bodies = brief.plan.wording.recommend_to.iter().enumerate();
    let addressees = bodies.map(|(at, named)| (Some(BodyId::from(at)), named.name.as_str()));
    let mut index = 0;
    for (id, name) in addressees.chain([(None, "các cơ quan có thẩm quyền")]) {
        let voices = brief.voices().flat_map(|(agency, report)| {
            let to = report.recommendations.iter().filter(move |remark| *remark.to == id);
            to.map(move |remark| (agency, remark.text.value.as_str()))
        });
        let remarks = merged(voices);
        if !remarks.is_empty() {
            index += 1;
            blocks.push(Block::Heading { level: 2, text: format!("{index}. Kiến nghị {name}") });
            blocks.extend(remarks.iter().map(|remark| raised(&upper_first(remark.text), &remark.by)));
        }
    }
    if blocks.is_empty() {
        blocks.push(paragraph("Các báo cáo nhận được không có kiến nghị, đề xuất."));
    }
    blocks
}
