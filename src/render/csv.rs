//! One table as CSV (RFC 4180) for spreadsheets: a byte order mark, so that Vietnamese survives a
//! double click on Windows, and no cell that a spreadsheet would run as a formula.

use crate::doc::{Row, Table, Value};

pub(crate) fn render(table: &Table) -> String {
    let mut out = String::from("\u{feff}");
    line(table.columns.iter().map(|column| text(&column.title)), &mut out);
    for row in &table.rows {
        match row {
            Row::Cells(cells) | Row::Total(cells) => line(cells.iter().map(|cell| field(&cell.value)), &mut out),
            Row::Group(title) => line(std::iter::once(text(title)), &mut out),
        }
    }
    out
}

fn line(fields: impl Iterator<Item = String>, out: &mut String) {
    *out += &fields.collect::<Vec<_>>().join(",");
    *out += "\r\n";
}

/// Numbers without separators and dates as ISO 8601, so that spreadsheets and scripts read values.
fn field(value: &Value) -> String {
    match value {
        Value::Text(words) => text(words),
        Value::Number(number) | Value::Money(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Percent { .. } => text(&value.to_text()),
        Value::Empty => String::new(),
    }
}

fn text(words: &str) -> String {
    let formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guarded = if formula { format!("'{words}") } else { words.to_owned() };
    if guarded.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn fields_are_quoted_and_never_formulas() {
        for (words, field) in [
            ("Sở Y tế", "Sở Y tế"),
            ("tin, bài", "\"tin, bài\""),
            ("\"a\"", "\"\"\"a\"\"\""),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
        ] {
            assert_eq!(text(words), field);
        }
    }
}
