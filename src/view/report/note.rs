//! One page for who signs the report: what is to be done, the figures, who is missing, what is to be decided. The wording
//! says which; a section that has nothing to say is not printed.

use super::{Brief, template};
use crate::doc::{Block, Document, Section, Style, Table};
use crate::view::document;
use crate::view::official::item;
use crate::view::template::{TemplateError, Templates};

/// `None` where the wording has no such page.
///
/// # Errors
/// When a template in `plan/report.yaml` cannot be rendered.
pub(crate) fn note(brief: &Brief<'_, '_>) -> Result<Option<Document>, TemplateError> {
    let Some(wording) = &brief.plan.wording.brief else { return Ok(None) };
    let templates = Templates::new(template::scope(brief)?);
    let mut blocks = vec![
        Block::Paragraph { style: Style::Caption, text: wording.unit.clone() },
        Block::Subject { kind: wording.title.clone(), subject: brief.status.round.title.clone() },
    ];
    let mut index = 0;
    for section in &wording.sections {
        let texts = templates.render_all(&section.text)?;
        let mut rows = Vec::new();
        for figure in &section.figures {
            let value = templates.render(&figure.value)?;
            let note = figure.note.as_ref().map(|note| templates.render(note)).transpose()?;
            if !value.is_empty() {
                let note = note.unwrap_or_default();
                rows.push((&figure.label, value, note));
            }
        }
        if texts.is_empty() && rows.is_empty() {
            continue;
        }
        index += 1;
        blocks.push(Block::heading(1, format!("{index}. {}", section.title)));
        blocks.extend(texts.iter().map(|text| item(text)));
        let table = Table::of("", rows)
            .left("Chỉ tiêu", 34, |(label, ..)| label)
            .right("Số liệu", 26, |(_, value, _)| value)
            .left("Cần biết", 40, |(.., note)| note);
        blocks.extend(table.any());
    }
    let sections = vec![Section::new("Phiếu trình", blocks)];
    Ok(Some(document(brief.plan, &brief.warning(), &wording.title, sections)))
}
