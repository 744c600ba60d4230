//! The letter that tells a body above promptly what agencies ask of it, with the difficulties that they ask for it in. Says
//! nothing of what is settled, or asked of others.

use super::difficulties::Digest;
use super::document;
use super::official::{self, item};
use super::template::{TemplateError, Templates};
use crate::doc::{Block, Document};
use crate::model::{Named, PetitionWording};
use crate::remark::{Remark, agencies, alike};
use crate::template::scope::{Body, General, Petition, Raised};
use crate::vietnamese::{clause, date, lower_first, sentence, upper_first};

/// The letter to `body`, of which the digest holds what is asked; `difficulties` are those that it is asked for in.
///
/// # Errors
/// When a template in `plan/report.yaml` cannot be rendered.
pub(crate) fn letter(
    digest: &Digest<'_, '_>,
    body: &Named,
    wording: &PetitionWording,
    difficulties: &[&Remark<'_>],
) -> Result<Document, TemplateError> {
    let (plan, as_of) = (digest.plan, digest.as_of);
    let (hard, asked) = (alike(difficulties.iter().copied()), alike(digest.remarks));
    let is_urgent = |alike: &&Vec<&Remark<'_>>| alike.iter().any(|remark| remark.is_urgent);
    let raised = Raised {
        recommendations: asked.len(),
        urgent: asked.iter().filter(is_urgent).count(),
        difficulties: hard.len(),
        agencies: agencies(digest.remarks),
    };
    let templates = Templates::new(Petition {
        general: General::new(plan, as_of),
        body: Body { name: body.name.clone() },
        raised,
        since: digest.new_since.map(date),
    });
    let summary = templates.render(&wording.summary)?;
    let mut text: Vec<Block> = templates.render_all(&wording.text)?.into_iter().map(Block::body).collect();
    let mut parts = vec![(&wording.difficulties_title, hard), (&wording.recommendations_title, asked)];
    parts.retain(|(_, told)| !told.is_empty());
    for (at, (title, told)) in parts.iter().enumerate() {
        // What stands alone needs no heading.
        text.extend((parts.len() > 1).then(|| Block::heading(2, format!("{}. {title}", at + 1))));
        text.extend(told.iter().filter_map(|alike| raised_by(alike)));
    }
    text.extend(templates.render_all(&wording.closing)?.into_iter().map(Block::body));
    let (head, code) = (&plan.wording, &wording.number_code);
    let addressees = vec![body.name.clone()];
    let title = format!("Khó khăn, kiến nghị báo cáo {}", body.name);
    let letter = official::letter(head, code, summary, as_of, addressees, text, &wording.recipients);
    Ok(document(plan, &digest.banner, title, vec![letter]))
}

/// An item with everyone who raised it, and since when the first of them has.
fn raised_by(alike: &[&Remark<'_>]) -> Option<Block> {
    let first = alike.iter().min_by_key(|remark| (remark.since.is_none(), remark.since))?;
    let cause = alike.iter().find_map(|remark| remark.cause);
    let cause =
        cause.map(|cause| format!(". Nguyên nhân: {}", lower_first(clause(&cause.value)))).unwrap_or_default();
    let by: Vec<&str> = alike.iter().map(|remark| remark.agency.name.as_str()).collect();
    let since = first.since.map(|since| format!("; nêu từ ngày {}", date(since))).unwrap_or_default();
    Some(item(&sentence(&format!("{}{cause} ({}{since})", upper_first(clause(&first.text.value)), by.join("; ")))))
}
