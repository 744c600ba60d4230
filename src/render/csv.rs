//! One table as CSV (RFC 4180) for spreadsheets: a byte order mark, so that Vietnamese survives a
//! double click on Windows, and no cell that a spreadsheet would run as a formula.

use super::visible::Visible;
use crate::doc::{Audience, Block, Document, Row, Table, Value};

/// The tables of a document, each of which is a file of its own.
pub(crate) fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.sections_for(Audience::Spreadsheets).flat_map(|section| &section.blocks);
    let tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    tables.filter(|table| !table.name.is_empty()).collect()
}

/// One line a record. Where a table has headings inside, every record names the one above it in a first
/// column. Sums are left out: whoever adds up a column would count twice.
pub(crate) fn render(table: &Table) -> Visible {
    let table = table.for_reckoning();
    let grouped = table.rows.iter().any(|row| matches!(row, Row::Group(_)));
    let mut out = Visible::default();
    out.mark("\u{feff}");
    let titles = table.columns.iter().enumerate().map(|(at, column)| {
        let unit = if are_rates(&table, at) { " (%)" } else { "" };
        text(&format!("{}{unit}", column.title))
    });
    line(grouped.then(|| text("Nhóm")).into_iter().chain(titles), &mut out);
    let mut group = "";
    for row in &table.rows {
        match row {
            Row::Group(title) => group = title,
            Row::Cells(cells) => {
                let fields = cells.iter().map(|cell| field(&cell.value));
                line(grouped.then(|| text(group)).into_iter().chain(fields), &mut out);
            }
            Row::Total(_) => {}
        }
    }
    out
}

fn line(fields: impl Iterator<Item = String>, out: &mut Visible) {
    *out += &fields.collect::<Vec<_>>().join(",");
    out.mark("\r\n");
}

/// Whether every value in a column is a percentage.
fn are_rates(table: &Table, column: usize) -> bool {
    let values = table.rows.iter().filter_map(|row| match row {
        Row::Cells(cells) => cells.get(column).map(|cell| &cell.value),
        Row::Group(_) | Row::Total(_) => None,
    });
    let mut given = values.filter(|value| !matches!(value, Value::Empty)).peekable();
    given.peek().is_some() && given.all(|value| matches!(value, Value::Percent { .. }))
}

/// Numbers without separators, the decimal point of programs, and dates as ISO 8601, so that spreadsheets and scripts read values.
fn field(value: &Value) -> String {
    match value {
        Value::Text(words) => text(words),
        Value::Number(number) | Value::Money(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Percent { .. } => value.to_text().replace(['.', '%'], "").replace(',', "."),
        Value::Empty => String::new(),
    }
}

fn text(words: &str) -> String {
    let words = String::from(Visible::from(words));
    // Some programs take the wide ones for the narrow.
    let formula = words.starts_with(['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠']);
    let guarded = if formula { format!("'{words}") } else { words };
    if guarded.contains(['"', ',', ';', '\t', '\n']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn fields_are_quoted_and_never_formulas() {
        for (words, field) in [
            ("Sở Y tế", "Sở Y tế"),
            ("tin, bài", "\"tin, bài\""),
            ("tin; bài", "\"tin; bài\""),
            ("tin\tbài", "\"tin\tbài\""),
            ("tin – bài", "tin – bài"),
            ("\"a\"", "\"\"\"a\"\"\""),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1+1", "'＝1+1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠SUM(A1)", "'＠SUM(A1)"),
            ("（1）", "（1）"),
            ("\r=1+1", "\\u{d}=1+1"),
        ] {
            assert_eq!(text(words), field);
        }
    }
}
