//! Markdown (CommonMark with tables). Text from reports cannot become markup.

use super::visible::Visible;
use crate::doc::{Align, Audience, Block, Closing, Document, Letterhead, MOTTO, NATION, Row, Style, Table};

pub(crate) fn render(document: &Document) -> Visible {
    let mut out = Visible::default();
    let blocks = || document.sections_for(Audience::Everyone).flat_map(|section| &section.blocks);
    // A signed document says what it is in its own form.
    if !blocks().any(|block| matches!(block, Block::Subject { .. })) {
        out += &format!("# {}\n\n", escape(&document.title));
    }
    if let Some(banner) = &document.banner {
        out += &format!("> **{}**\n\n", escape(banner));
    }
    for block in blocks() {
        match block {
            Block::Letterhead(letterhead) => out += &self::letterhead(letterhead),
            Block::Subject { kind, subject } => {
                out += &format!("# {}\n\n**{}**\n\n", escape(kind), escape(subject))
            }
            Block::Addressees(lines) => {
                for line in lines {
                    let (mark, text) = line.strip_prefix("- ").map_or(("", line.as_str()), |item| ("- ", item));
                    out += &format!("{mark}{}\n\n", escape(text));
                }
            }
            Block::Heading { level, text } => {
                out += &format!("{} {}\n\n", "#".repeat(usize::from(*level) + 1), escape(text));
            }
            // Nothing in a line that is indented so far is markup.
            Block::Paragraph { style: Style::Example, text } => {
                for line in text.lines() {
                    out += &format!("    {line}\n");
                }
                out += "\n";
            }
            Block::Paragraph { style, text } => {
                for paragraph in text.lines() {
                    out += &match style {
                        Style::Body | Style::Item | Style::Example => format!("{}\n\n", escape(paragraph)),
                        Style::Caption => format!("**{}**\n\n", escape(paragraph)),
                        Style::Basis | Style::Note => format!("*{}*\n\n", escape(paragraph)),
                    };
                }
            }
            Block::Hint(_) | Block::Id(_) | Block::Files(_) => {}
            Block::AnnexTitle { number, title, reference } => {
                out += &format!(
                    "---\n\n## {}\n\n**{}**\n\n*{}*\n\n",
                    escape(number),
                    escape(title),
                    escape(reference)
                );
            }
            Block::Table(table) => out += &self::table(table),
            Block::Charts(charts) => {
                for chart in charts {
                    out += &format!("**{}**\n\n{}\n\n", escape(&chart.title), escape(&chart.description));
                }
            }
            Block::Closing(closing) => out += &self::closing(closing),
        }
    }
    out
}

fn letterhead(letterhead: &Letterhead) -> String {
    let mut lines = Vec::new();
    lines.extend(letterhead.superior.as_deref());
    lines.push(&letterhead.issuer);
    lines.push(&letterhead.number);
    lines.extend(letterhead.summary.as_deref());
    let left = lines.into_iter().map(escape).collect::<Vec<_>>().join("  \n");
    format!("{left}\n\n**{NATION}**  \n**{MOTTO}**\n\n*{}*\n\n", escape(&letterhead.place_and_date))
}

fn closing(closing: &Closing) -> Visible {
    let mut out = Visible::default();
    for line in closing.authority.iter().chain([&closing.post]).chain(&closing.name).filter(|line| !line.is_empty())
    {
        out += &format!("**{}**\n\n", escape(line));
    }
    out += "***Nơi nhận:***\n\n";
    for recipient in &closing.recipients {
        out += &format!("- {}\n", escape(recipient));
    }
    out += "\n";
    out
}

fn table(table: &Table) -> String {
    let table = table.for_reading();
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = row(table.columns.iter().map(|column| cell(&column.title)).collect());
    out += &row(table
        .columns
        .iter()
        .map(|column| match column.align {
            Align::Left => "---".to_owned(),
            Align::Center => ":---:".to_owned(),
            Align::Right => "---:".to_owned(),
        })
        .collect());
    for item in &table.rows {
        out += &match item {
            Row::Cells(cells) => row(cells.iter().map(|value| cell(&value.value.to_text())).collect()),
            Row::Total(cells) => row(cells.iter().map(|value| strong(&cell(&value.value.to_text()))).collect()),
            Row::Group(title) => {
                let mut cells = vec![String::new(); table.columns.len().max(1)];
                cells[0] = strong(&cell(title));
                row(cells)
            }
        };
    }
    out.push('\n');
    out
}

fn strong(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("**{text}**") }
}

fn cell(text: &str) -> String {
    escape(text).replace('\n', "<br>")
}

/// Backslashes before whatever Markdown or HTML would act on, and before what would start a list,
/// a heading or a number at the beginning of a line.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, line) in Visible::from(text).split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        for (at, c) in line.char_indices() {
            let special = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&');
            let starts_list =
                at == 0 && matches!(c, '-' | '+' | '=') || digits > 0 && at == digits && matches!(c, '.' | ')');
            if special || starts_list {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn text_cannot_become_markup() {
        for (text, escaped) in [
            ("a|b", "a\\|b"),
            ("<script>", "\\<script\\>"),
            ("- mục", "\\- mục"),
            ("1. Tiêu đề", "1\\. Tiêu đề"),
            ("12 vụ", "12 vụ"),
            ("[x](y)", "\\[x\\](y)"),
        ] {
            assert_eq!(escape(text), escaped);
        }
    }
}
