//! A table of data: columns in the shares asked for, a header on every page, rows that stay whole where they can.

use super::{
    columns::{self, PADDING, POINTS},
    grid::{self, RowLook},
    page::Page,
    paragraph::Paragraph,
};
use crate::doc::{Cell, Column, Row, Table};
use crate::render::markup::Markup;
use crate::render::metrics;

/// A table of so many rows stands on one page where it fits, so that no row of it is alone on the next.
const TOGETHER: usize = 16;

/// `noted`: its last row stands on one page with the note below.
pub(super) fn write(xml: &mut Markup, table: &Table, page: &Page, noted: bool) {
    let table = &*table.for_reading();
    // Word refuses a file with a row of no cells.
    if table.columns.is_empty() {
        return;
    }
    let widths = &columns::widths(table, page.text_width());
    grid::table(xml, "DataTable", widths, |xml| {
        let few = table.rows.len() <= TOGETHER && stands_on_one(table, widths, page);
        header(xml, &table.columns, widths, page, !table.rows.is_empty());
        xml.each(&table.rows, |xml, at, row| {
            // Of a longer one the first row and the last have another with them.
            let below = table.rows.len() - at - 1;
            let keep = match below {
                0 => noted,
                1 => true,
                _ => few || at == 0,
            };
            match row {
                Row::Cells(cells) => {
                    data(xml, Paragraph::new("TableText").keep_next(keep), cells, table, widths, page)
                }
                Row::Group(text) => group(xml, text, widths, page),
                Row::Total(cells) => {
                    data(xml, Paragraph::new("TableTotal").keep_next(keep), cells, table, widths, page)
                }
            }
        });
    });
}

fn header(xml: &mut Markup, columns: &[Column], widths: &[u64], page: &Page, keep: bool) {
    let titles = columns.iter().map(|column| column.title.as_str());
    let look = RowLook { whole: fits(titles.zip(widths.iter().copied()), page), header: true };
    let shade = |xml: &mut Markup| {
        xml.empty("w:shd", &[("w:val", &"clear"), ("w:color", &"auto"), ("w:fill", &"E7E6E6")]);
        xml.value("w:vAlign", "center");
    };
    grid::row(xml, look, |xml| {
        for (column, &width) in columns.iter().zip(widths) {
            grid::cell_with(xml, width, shade, |xml| {
                Paragraph::new("TableHead").keep_next(keep).write(xml, &column.title);
            });
        }
    });
}

fn group(xml: &mut Markup, text: &str, widths: &[u64], page: &Page) {
    let width = widths.iter().sum();
    let look = RowLook { whole: fits([(text, width)], page), header: false };
    grid::row(xml, look, |xml| {
        let span = |xml: &mut Markup| xml.value("w:gridSpan", widths.len());
        grid::cell_with(xml, width, span, |xml| Paragraph::new("TableGroup").write(xml, text));
    });
}

fn data(xml: &mut Markup, look: Paragraph, cells: &[Cell], table: &Table, widths: &[u64], page: &Page) {
    let texts: Vec<String> = cells.iter().map(|cell| cell.value.to_text()).collect();
    let whole = fits(texts.iter().map(String::as_str).zip(widths.iter().copied()), page);
    grid::row(xml, RowLook { whole, header: false }, |xml| {
        for (((column, cell), text), &width) in table.columns.iter().zip(cells).zip(&texts).zip(widths) {
            let paragraph = look.align(column.align).tone(cell.tone);
            grid::cell(xml, width, |xml| paragraph.write(xml, text));
        }
    });
}

/// Whether a table surely stands on one page below a title: one that does not would leave the title alone on its page.
fn stands_on_one(table: &Table, widths: &[u64], page: &Page) -> bool {
    let row =
        |texts: &[String]| texts.iter().zip(widths).map(|(text, width)| height(text, *width)).max().unwrap_or(0);
    let head: Vec<String> = table.columns.iter().map(|column| column.title.clone()).collect();
    let rows = table.rows.iter().map(|of| match of {
        Row::Cells(cells) | Row::Total(cells) => {
            row(&cells.iter().map(|cell| cell.value.to_text()).collect::<Vec<_>>())
        }
        Row::Group(text) => height(text, widths.iter().sum()),
    });
    (row(&head) + rows.sum::<u64>()) * 6 < page.text_height() * 5
}

fn height(text: &str, width: u64) -> u64 {
    metrics::height(text, POINTS, width.saturating_sub(PADDING))
}

/// Whether a row surely fits on a page. Word cuts off a row that may not split and is taller than its page, and the
/// height is a guess: hence half a page.
fn fits<'a>(cells: impl IntoIterator<Item = (&'a str, u64)>, page: &Page) -> bool {
    cells.into_iter().all(|(text, width)| height(text, width) * 2 < page.text_height())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_short_rows_stay_whole() {
        let page = Page::new(false);
        for (text, width, whole) in [
            ("".to_string(), 0, true),
            ("Rà soát. ".repeat(20), 3000, true),
            ("Rà soát.\n".repeat(40), 3000, false),
            ("Rà soát. ".repeat(400), 3000, false),
            ("x".repeat(10_000), 9354, false),
        ] {
            assert_eq!(fits([(text.as_str(), width)], &page), whole, "{text:.20} in {width}");
        }
    }

    #[test]
    fn a_table_that_is_taller_than_a_page_is_not_kept_on_one() {
        let page = Page::new(true);
        for (rows, words, stands) in [(6, 4, true), (6, 120, false), (16, 4, true)] {
            let row = || Row::Cells(vec![Cell::text("Rà soát. ".repeat(words))]);
            let columns = vec![Column::new("Nội dung", 1, crate::doc::Align::Left)];
            let table = Table::new("", columns, std::iter::repeat_with(row).take(rows));
            assert_eq!(stands_on_one(&table, &[5000], &page), stands, "{rows} {words}");
        }
    }
}
