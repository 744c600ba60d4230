//! Parts III to VI of the report: difficulties, causes, funding, next steps, recommendations.

use std::cmp::Reverse;

use super::{Brief, item, paragraph};
use crate::doc::Block;
use crate::measure::Amount;
use crate::model::{Agency, AnnexContent, Quantity};
use crate::record::Period;
use crate::remark::{Kind, Said, Shared, shared};
use crate::template::scope::annex;
use crate::vietnamese::{clause, date, lower_first, money_in_parts, upper_first};

/// Texts of agencies shown one by one, then one sentence for each folded group.
fn told<'p>(brief: &Brief<'_, 'p>, none: &str, what: &str, told: &[Said<'p>]) -> Vec<Block> {
    let alone = told.iter().filter(|(agency, ..)| brief.folding_group(agency).is_none());
    let mut blocks: Vec<Block> = shared(alone.copied()).iter().map(raised).collect();
    for group in brief.plan.groups.iter().filter(|group| group.folded) {
        let says = |agency: &&Agency| told.iter().any(|(other, ..)| other.id == agency.id);
        let members = brief.plan.agencies.iter().filter(|agency| group.members.contains(&agency.id)).filter(says);
        let members: Vec<&str> = members.map(|agency| agency.short_name.as_str()).collect();
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

/// An item that names who raised it.
fn raised(text: &Shared<'_>) -> Block {
    let by: Vec<&str> = text.by.iter().map(|agency| agency.name.as_str()).collect();
    let since = text.since.map(|since| format!("; nêu từ ngày {}", date(since))).unwrap_or_default();
    item(&format!("{} ({}{since}).", upper_first(clause(text.text)), by.join("; ")))
}

pub(super) fn difficulties(brief: &Brief<'_, '_>) -> Vec<Block> {
    let difficulties =
        brief.difficulties().map(|found| (found.agency, found.text, brief.before(found))).collect::<Vec<_>>();
    told(brief, "Các báo cáo nhận được không nêu khó khăn, vướng mắc.", "khó khăn, vướng mắc", &difficulties)
}

pub(super) fn causes(brief: &Brief<'_, '_>) -> Vec<Block> {
    let causes =
        brief.difficulties().filter_map(|found| Some((found.agency, found.cause?, None))).collect::<Vec<_>>();
    told(brief, "Các báo cáo nhận được không nêu nguyên nhân.", "nguyên nhân", &causes)
}

pub(super) fn funding(brief: &Brief<'_, '_>) -> Vec<Block> {
    let mut whole = None;
    let (mut sources, mut sums) = (Vec::new(), Vec::new());
    for measure in brief.measures {
        match (measure.quantity, measure.value) {
            (Quantity::Funding(None), Amount::Sum(total)) => whole = Some((total, measure.answers.numbers)),
            (Quantity::Funding(Some(source)), Amount::Sum(sum)) => {
                sources.push(lower_first(&source.name));
                sums.push(sum);
            }
            _ => {}
        }
    }
    let Some((total, agencies)) = whole else {
        return vec![paragraph("Các báo cáo nhận được không nêu kinh phí thực hiện.")];
    };
    let (total, sums) = money_in_parts(total, &sums);
    let parts: Vec<String> = sources.iter().zip(sums).map(|(source, sum)| format!("{source} {sum}")).collect();
    vec![paragraph(format!(
        "Theo báo cáo của {agencies} cơ quan, đơn vị có nêu kinh phí, tổng kinh phí đã sử dụng là {total}, gồm: {}.",
        parts.join("; ")
    ))]
}

pub(super) fn next_steps(brief: &Brief<'_, '_>) -> Vec<Block> {
    let reports = brief.voices();
    let mut steps: Vec<_> =
        reports.flat_map(|(agency, report)| report.next_steps.iter().map(move |step| (agency, step))).collect();
    steps.sort_by_key(|(_, step)| step.when.map_or((i32::MAX, 0, Reverse(0)), Period::order));
    let steps: Vec<Said<'_>> = steps.into_iter().map(|(agency, step)| (agency, &step.text, None)).collect();
    told(brief, "Các báo cáo nhận được không nêu phương hướng, nhiệm vụ.", "phương hướng, nhiệm vụ", &steps)
}

pub(super) fn recommendations(brief: &Brief<'_, '_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let addressees =
        brief.plan.wording.recommend_to.iter().map(|named| (Some(named.id.as_str()), named.name.as_str()));
    let mut index = 0;
    for (to, name) in addressees.chain([(None, "các cơ quan có thẩm quyền")]) {
        let addressed = brief.remarks.iter().filter(|remark| remark.kind == Kind::Recommendation { to });
        let texts = shared(addressed.map(|remark| (remark.agency, remark.text, brief.before(remark))));
        if !texts.is_empty() {
            index += 1;
            blocks.push(Block::Heading { level: 2, text: format!("{index}. Kiến nghị {name}") });
            blocks.extend(texts.iter().map(raised));
        }
    }
    if blocks.is_empty() {
        blocks.push(paragraph("Các báo cáo nhận được không có kiến nghị, đề xuất."));
    }
    blocks
}
