//! `plan compile --agency`: the report of one agency as a document for it to sign, from what it typed. Says what the
//! agency says and nothing else; its figures are those that count for it in the consolidated report.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::cells::amount;
use super::official::{end_mark, punctuated};
use super::report::{Brief, alone_unnumbered};
use super::template::{TemplateError, Templates, common};
use super::{document, names, words};
use crate::doc::{Block, Cell, Closing, Document, Letterhead, Row, Section, Table};
use crate::measure::{Amount, amount_of};
use crate::model::{Agency, Answer, Entry, Evidence, Figure, PaperWording, Quantity, Report, TaskStatus};
use crate::template::scope::{Body, Paper};
use crate::vietnamese::{clause, date, listed, lower_first, month, roman, sentence, upper_first};

/// The report of `agency`, as the reports of its round have it.
///
/// # Errors
/// When a template in `plan/report.yaml` cannot be rendered.
pub(crate) fn paper(
    brief: &Brief<'_, '_>,
    wording: &PaperWording,
    agency: &Agency,
    report: &Report,
) -> Result<Document, TemplateError> {
    let plan = brief.plan;
    let scope =
        Paper { common: common(plan, brief.status, brief.as_of), agency: Body { name: agency.name.clone() } };
    let templates = Templates::new(scope);
    let subject = templates.render(&wording.subject)?;
    let mut blocks = vec![
        Block::Letterhead(letterhead(brief, wording, agency, report)),
        Block::Subject { kind: plan.wording.kind.clone(), subject: subject.clone() },
        Block::addressees(std::slice::from_ref(&plan.wording.issuer_name)),
    ];
    blocks.extend(templates.render_all(&wording.opening)?.into_iter().map(Block::body));
    let mut parts = vec![
        (&wording.results_title, alone_unnumbered(results(brief, agency, report))),
        (&wording.violations_title, violations(report)),
        (&wording.funding_title, funding(brief, agency, report)),
        (&wording.difficulties_title, difficulties(report)),
        (&wording.next_steps_title, next_steps(report)),
        (&wording.recommendations_title, recommendations(brief, report)),
    ];
    parts.retain(|(_, told)| !told.is_empty());
    let several = parts.len() > 1;
    for (at, (title, told)) in parts.into_iter().enumerate() {
        let number = if several { format!("{}. ", roman(at + 1)) } else { String::new() };
        blocks.push(Block::heading(1, number + title));
        blocks.extend(told);
    }
    blocks.extend(templates.render_all(&wording.closing)?.into_iter().map(Block::body));
    end_mark(&mut blocks);
    let signer = report.signer.as_ref();
    let (authority, post) =
        signature(&agency.name, signer.and_then(|signer| signer.post.as_deref()).unwrap_or_default());
    blocks.push(Block::Closing(Closing {
        recipients: punctuated(&wording.recipients),
        authority,
        post,
        name: signer.and_then(|signer| signer.name.clone()),
    }));
    let sections = vec![Section::new("Báo cáo", blocks)];
    Ok(Document { author: agency.name.clone(), ..document(plan, &brief.banner, subject, sections) })
}

/// The lines above the post, and the post, of who signs for an agency (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7): for
/// the whole of a People's Committee “TM.”, a deputy for the head “KT.”. A post stands without the agency's name.
fn signature(agency: &str, post: &str) -> (Vec<String>, String) {
    const COMMITTEES: [&str; 2] = ["UBND", "Ủy ban nhân dân"];
    let is_committee = COMMITTEES.iter().any(|committee| agency.starts_with(committee));
    let of_committee = COMMITTEES.iter().filter_map(|committee| post.find(committee)).min();
    let post = post[..of_committee.filter(|_| is_committee).unwrap_or(post.len())].trim().to_uppercase();
    let mut authority = Vec::new();
    if is_committee && !post.is_empty() {
        authority.push("TM. ỦY BAN NHÂN DÂN".to_owned());
    }
    if let Some(head) = post.strip_prefix("PHÓ ") {
        authority.push(format!("KT. {}", head.replace(" THƯỜNG TRỰC", "")));
    }
    (authority, post)
}

/// Number and day as the agency gives them; what it has not given is left to its registry.
fn letterhead(brief: &Brief<'_, '_>, wording: &PaperWording, agency: &Agency, report: &Report) -> Letterhead {
    let plan = brief.plan;
    let given = report.document.as_ref();
    let number = given.and_then(|paper| paper.number.as_ref()).map(|number| number.value.as_str());
    let code = agency.document_code.as_deref().unwrap_or_default();
    let number = number.map_or_else(|| format!("Số:        /BC-{code}"), |number| format!("Số: {number}"));
    let day = given.and_then(|paper| paper.date.as_ref()).map(|day| day.value);
    let day = day.map_or_else(
        || format!("ngày      tháng      năm {}", brief.as_of.year()),
        |day| format!("ngày {:02} tháng {} năm {}", day.day(), month(day), day.year()),
    );
    let parent = agency.parent.map(|parent| plan[parent].name.to_uppercase());
    let of_kind = wording.superiors.iter().find(|superior| agency.name.starts_with(&superior.kind));
    let place =
        if brief.folding_group(agency).is_some() { names::proper(&agency.name) } else { &plan.wording.place };
    Letterhead {
        superior: parent.or_else(|| of_kind.map(|superior| superior.name.clone())),
        issuer: agency.name.to_uppercase(),
        number,
        summary: None,
        place_and_date: format!("{place}, {day}"),
    }
}

/// Group by group: what was done, then the figures.
fn results(brief: &Brief<'_, '_>, agency: &Agency, report: &Report) -> Vec<Block> {
    let mut blocks = Vec::new();
    let groups = brief.plan.task_groups.iter().filter_map(|group| {
        let entries: Vec<&Entry> = group.tasks.iter().filter_map(|task| report.entry(*task)).collect();
        (!entries.is_empty()).then_some((group, entries))
    });
    for (index, (group, entries)) in groups.enumerate() {
        blocks.push(Block::heading(2, format!("{}. {}", index + 1, clause(&group.short_title))));
        let mut rows: Vec<(&str, String, &str, String)> = Vec::new();
        for entry in entries {
            let task = &brief.plan[entry.key.value];
            let status = entry.status.map_or("", TaskStatus::label);
            let head = format!("{} ({}, {status})", upper_first(clause(&task.short_title)), task.key);
            let account = words::entry(entry);
            blocks.push(Block::body(if account.is_empty() {
                format!("{head}.")
            } else {
                format!("{head}: {account}")
            }));
            let evidence = listed(entry.evidence.iter().map(Evidence::text), "; ");
            blocks.extend(evidence.map(|papers| Block::body(format!("Tài liệu kiểm chứng: {papers}."))));
            // In the plan's order: a form writes them in that of their ids.
            let mut figures: Vec<&Figure> = entry.figures.iter().collect();
            figures.sort_by_key(|figure| usize::from(figure.key.value));
            rows.extend(figures.into_iter().map(|figure| {
                let indicator = &brief.plan[figure.key.value];
                let given = &figure.value;
                let told = match given.answer {
                    // In full, under its unit; what is told beside a number comes in words.
                    Answer::Value(value) if given.carried_over == 0 && given.counted_by.is_none() => {
                        amount(Quantity::Indicator(indicator), Amount::Sum(value.into())).value.to_text()
                    }
                    _ => words::given(brief.plan, given, indicator),
                };
                (task.key.as_str(), indicator.label.clone(), indicator.unit.as_str(), told)
            }));
        }
        rows.extend(brief.measures.iter().filter_map(|measure| {
            let (of, label) = match measure.quantity {
                Quantity::Indicator(of) if !of.is_typed() => (of, of.label.clone()),
                Quantity::Complaints(of, Some(field)) => {
                    (of, format!("Trong đó, lĩnh vực {}", lower_first(&field.name)))
                }
                _ => return None,
            };
            let its = amount_of(brief.measures, measure, &BTreeSet::from([agency.id]));
            let unit = if measure.is_rate() { "" } else { measure.quantity.unit() };
            let told = !of.tasks.is_disjoint(&group.tasks) && !matches!(its, Amount::Unknown(_));
            told.then(|| ("", label, unit, amount(measure.quantity, its).value.to_text()))
        }));
        let table = Table::of("", &rows)
            .center("Nhiệm vụ", 10, |(task, ..)| *task)
            .left("Chỉ tiêu", 50, |(_, label, ..)| label)
            .center("Đơn vị tính", 16, |(_, _, unit, _)| *unit)
            .right("Số liệu", 28, |(.., told)| told);
        blocks.extend(table.any());
    }
    blocks
}

/// Cases by field, who was published, what was warned of.
fn violations(report: &Report) -> Vec<Block> {
    let violators = report.violators.iter().map(|violator| {
        let more = [
            violator.address.as_ref().map(|address| address.value.clone()),
            violator.decision.as_ref().map(words::paper),
        ];
        let fine = violator.fine.as_ref().map(|fine| {
            format!(
                "phạt {}",
                words::in_sentence(Quantity::Fines, Amount::Sum(fine.value.into())).unwrap_or_default()
            )
        });
        let told: Vec<String> = std::iter::once(clause(&violator.violation.value).to_owned())
            .chain(more.into_iter().flatten())
            .chain(fine)
            .chain(violator.published.map(|day| format!("công bố ngày {}", date(day.value))))
            .collect();
        Block::body(format!("- {}: {}.", violator.name.value, told.join("; ")))
    });
    let warnings = report.warnings.iter().map(|warning| {
        let issued = warning.issued.map(|day| format!(" (phát hành ngày {})", date(day.value))).unwrap_or_default();
        let content =
            warning.content.as_ref().map(|content| format!(": {}", clause(&content.value))).unwrap_or_default();
        Block::body(format!("- Cảnh báo {}{issued}{content}.", lower_first(clause(&warning.subject.value))))
    });
    violators.chain(warnings).collect()
}

fn funding(brief: &Brief<'_, '_>, agency: &Agency, report: &Report) -> Vec<Block> {
    if report.funding.is_empty() {
        return Vec::new();
    }
    let of = brief.measures.iter().filter_map(|measure| match measure.quantity {
        Quantity::Funding(source) => Some((source, measure)),
        _ => None,
    });
    let spent = of.filter_map(|(source, measure)| {
        let spent = amount_of(brief.measures, measure, &BTreeSet::from([agency.id]));
        matches!(spent, Amount::Sum(_)).then(|| (source, amount(measure.quantity, spent)))
    });
    let (sources, whole): (Vec<_>, Vec<_>) = spent.partition(|(source, _)| source.is_some());
    let mut table = Table::of("", &sources)
        .left("Nguồn kinh phí", 50, |(source, _)| source.map(|source| &source.name))
        .right("Số tiền (đồng)", 28, |(_, spent)| spent.clone())
        .table();
    table.rows.extend(whole.into_iter().map(|(_, spent)| Row::Total(vec![Cell::text("Tổng cộng"), spent])));
    if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] }
}

fn difficulties(report: &Report) -> Vec<Block> {
    let told = report.difficulties.iter().map(|found| {
        let cause =
            found.cause.as_ref().map(|cause| format!(" Nguyên nhân: {}", lower_first(&sentence(&cause.value))));
        Block::body(format!("- {}{}", upper_first(&sentence(&found.text.value)), cause.unwrap_or_default()))
    });
    told.collect()
}

fn next_steps(report: &Report) -> Vec<Block> {
    let told = report.next_steps.iter().map(|step| {
        let when = step.when.map(|when| format!(" ({})", when.words())).unwrap_or_default();
        Block::body(format!("- {}{when}.", upper_first(clause(&step.text.value))))
    });
    told.collect()
}

fn recommendations(brief: &Brief<'_, '_>, report: &Report) -> Vec<Block> {
    let told = report.recommendations.iter().map(|found| {
        let to = found.to.map_or("cơ quan có thẩm quyền", |to| &brief.plan[to].name);
        Block::body(format!("- Với {to}: {}", lower_first(&sentence(&found.text.value))))
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deputy_signs_for_the_head_and_a_committee_is_signed_for() {
        for (agency, post, lines) in [
            ("Sở Y tế", "Giám đốc", &["GIÁM ĐỐC"][..]),
            ("Sở Y tế", "Phó Giám đốc", &["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
            ("Chi cục Quản lý thị trường", "Phó Chi cục trưởng", &["KT. CHI CỤC TRƯỞNG", "PHÓ CHI CỤC TRƯỞNG"]),
            ("UBND phường Tô Hiệu", "Chủ tịch UBND phường", &["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
            ("UBND xã Mai Sơn", "Phó Chủ tịch UBND xã", &["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
            ("Ủy ban nhân dân xã A", "Phó Chủ tịch", &["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
            ("Văn phòng UBND tỉnh", "Phó Chánh Văn phòng", &["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]),
            ("Hội Nông dân", "Phó Chủ tịch Thường trực Hội", &["KT. CHỦ TỊCH HỘI", "PHÓ CHỦ TỊCH THƯỜNG TRỰC HỘI"]),
            ("UBND xã Mai Sơn", "", &[""]),
        ] {
            let (authority, post) = signature(agency, post);
            let all: Vec<String> = authority.into_iter().chain([post]).collect();
            assert_eq!(all, lines, "{agency}");
        }
    }
}
