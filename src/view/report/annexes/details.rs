//! What everybody reports, in their own words.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::super::Brief;
use crate::doc::{Block, Table};
use crate::model::{Agency, AgencyId, Entry, Evidence};
use crate::remark::{Kind, Remark};
use crate::source::{Span, Spanned};
use crate::vietnamese::{clause, date, lower_first, sentence, upper_first};
use crate::view::words;

/// What everybody reports, task by task, then what each finds hard, asks for and will do: the body tells the sum of it.
pub(super) fn details(brief: &Brief<'_, '_>) -> Vec<Block> {
    let tasks = brief.status.tasks.iter().map(|state| state.task);
    let entries = tasks.flat_map(|task| brief.entries(task.id).map(move |(agency, entry)| (task, agency, entry)));
    let evidence = |entry: &Entry| entry.evidence.iter().map(Evidence::text).collect::<Vec<_>>().join("\n");
    let table = Table::of("details", entries)
        .center("Mã nhiệm vụ", 8, |(task, ..)| &task.key)
        .reckoning()
        .code("Mã cơ quan", 18, |(_, agency, _)| &agency.key)
        .left("Cơ quan, đơn vị", 26, |(_, agency, _)| &agency.name)
        .left("Trạng thái", 14, |(.., entry)| entry.status.map(|status| upper_first(status.label())))
        .left("Kết quả", 80, |(.., entry)| upper_first(&words::entry(entry)))
        .left("Tài liệu kiểm chứng", 30, |(.., entry)| evidence(entry))
        .under(|(task, ..)| format!("{}. {}", task.key, task.short_title));
    table.any().into_iter().chain(voices(brief)).collect()
}

/// An agency, what is said beside its name, and what it finds hard, asks for and will do.
type Raised<'p> = (&'p Agency, String, [Vec<String>; 3]);

/// Difficulties, recommendations and next steps as each wrote them.
fn voices(brief: &Brief<'_, '_>) -> Option<Block> {
    let petition = |to: &str, text: &str| format!("Với {to}: {}", lower_first(&sentence(text)));
    let bodies = &brief.plan.wording.recommend_to;
    // What was settled, or has come to its end, does not come back.
    let open = brief.remarks.iter().filter(|remark| !remark.is_over(brief.as_of));
    let open: BTreeSet<Span> = open.flat_map(Remark::places).collect();
    let open = |text: &Spanned<String>| open.contains(&text.span);
    let now = brief.voices().filter_map(|(agency, report)| {
        let ad_hoc = report.date.as_ref().map(|_| " (báo cáo đột xuất)").unwrap_or_default();
        let difficulties = report.difficulties.iter().filter(|found| open(&found.text));
        let difficulties = difficulties.map(|found| trouble(&found.text, found.cause.as_ref()));
        let petitions = report.recommendations.iter().filter(|found| open(&found.text)).map(|found| {
            let to = found.to.map_or("cơ quan có thẩm quyền", |to| &brief.plan[to].name);
            petition(to, &found.text.value)
        });
        let next = report.next_steps.iter().map(|step| {
            let when = step.when.map(|when| format!(" ({})", when.words())).unwrap_or_default();
            sentence(&format!("{}{when}", clause(&step.text.value)))
        });
        let told = [difficulties.collect(), petitions.collect(), next.collect::<Vec<_>>()];
        told.iter().any(|told| !told.is_empty()).then(|| (agency, ad_hoc.to_owned(), told))
    });
    // What nobody settled of an earlier round or year is counted in the body, too.
    let mut before: IndexMap<(AgencyId, NaiveDate), Raised<'_>> = IndexMap::new();
    for found in brief.remarks {
        let Some(since) = brief.before(found) else { continue };
        let beside = format!(" (nêu từ ngày {})", date(since));
        let of_agency = before.entry((found.agency.id, since));
        let (.., [difficulties, petitions, _]) =
            of_agency.or_insert_with(|| (found.agency, beside, Default::default()));
        match found.kind {
            Kind::Difficulty => difficulties.push(trouble(found.text, found.cause)),
            Kind::Recommendation { to } => {
                let body = bodies.iter().find(|body| Some(body.id.as_str()) == to);
                let to = body.map_or("cơ quan có thẩm quyền", |body| &body.name);
                petitions.push(petition(to, &found.text.value));
            }
        }
    }
    Table::of("difficulties", now.chain(before.into_values()))
        .code("Mã cơ quan", 18, |(agency, ..)| &agency.key)
        .left("Cơ quan, đơn vị", 24, |(agency, beside, _)| format!("{}{beside}", agency.name))
        .left("Khó khăn, vướng mắc và nguyên nhân", 50, |(.., [told, ..])| told.join("\n"))
        .left("Kiến nghị, đề xuất", 42, |(.., [_, told, _])| told.join("\n"))
        .left("Phương hướng, nhiệm vụ", 38, |(.., [.., told])| told.join("\n"))
        .any()
}

fn trouble(text: &Spanned<String>, cause: Option<&Spanned<String>>) -> String {
    let cause = cause.map(|cause| format!(" Nguyên nhân: {}", lower_first(&sentence(&cause.value))));
    format!("{}{}", upper_first(&sentence(&text.value)), cause.unwrap_or_default())
}
