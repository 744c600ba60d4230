//! One page for who signs the report: what is to be done, the figures, who is missing, what is to be decided. The wording
//! says which; a section that has nothing to say is not printed.

use super::{Brief, item, template};
use crate::doc::{Align, Block, Cell, Column, Document, Row, Style, Table};
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
                rows.push(Row::Cells(vec![Cell::text(&figure.label), Cell::text(value), Cell::text(note)]));
            }
        }
        if texts.is_empty() && rows.is_empty() {
            continue;
        }
        index += 1;
        blocks.push(Block::Heading { level: 1, text: format!("{index}. {}", section.title) });
        blocks.extend(texts.iter().map(|text| item(text)));
        if !rows.is_empty() {
            let columns = vec![
                Column::new("Chỉ tiêu", 34, Align::Left),
                Column::new("Số liệu", 26, Align::Right),
                Column::new("Cần biết", 40, Align::Left),
            ];
            blocks.push(Block::Table(Table::new("", columns, rows)));
        }
    }
    let mut page = Document::page(wording.title.clone(), "Phiếu trình", blocks);
    page.author = brief.plan.wording.issuer_name.clone();
    page.banner = brief.warning();
    Ok(Some(page))
}
