//! One sheet: its page, the lines above its table, the table, the lines below.

use std::collections::HashMap;

use rayon::prelude::*;
use rust_xlsxwriter::utility::cell_range;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::layout::{Kind, Line, Sheet, sum_formula};
use super::{cells, looks, wrapping};
use crate::doc::{Row, Table, Value};

/// Digits that fit across a page held sideways; a wider table is made smaller where it is printed.
const PAGE_WIDTH: f64 = 150.0;
/// The width of a sheet of text alone: a single column that is wider than a page would be cut off.
const TEXT_WIDTH: f64 = 120.0;
/// Room for the title and the button of a filter.
const MIN_WIDTH: f64 = 7.0;
const MAX_WIDTH: f64 = 255.0;

/// Writes a sheet; its sums refer to the others.
pub(super) fn write(worksheet: &mut Worksheet, sheet: &Sheet<'_>, sheets: &[Sheet<'_>]) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    page(worksheet)?;
    let widths = sheet.table.as_deref().map_or_else(|| vec![TEXT_WIDTH], widths);
    for (column, width) in (0..).zip(&widths) {
        worksheet.set_column_width(column, *width)?;
    }
    lines(worksheet, 0, &sheet.above, &widths)?;
    let mut row = sheet.header();
    if let Some(table) = sheet.table.as_deref() {
        let banner = sheet.above.last().is_some_and(|line| line.kind == Kind::Banner);
        worksheet.set_repeat_rows(row - u32::from(banner), row)?;
        worksheet.set_freeze_panes(row + 1, 0)?;
        self::table(worksheet, row, table, sheets, &widths)?;
        row += 1 + table.rows.len() as u32;
    }
    lines(worksheet, row, &sheet.below, &widths)
}

/// A4 held sideways, one page wide, with page numbers.
pub(super) fn page(worksheet: &mut Worksheet) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    worksheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    // In inches: 15 mm at the sides, 20 above and below.
    worksheet.set_margins(0.59, 0.59, 0.79, 0.79, 0.39, 0.39);
    worksheet.set_print_center_horizontally(true);
    worksheet.set_footer("&C&\"Times New Roman,Regular\"&13&P").set_header_footer_scale_with_doc(false);
    Ok(())
}

/// Lines of text from a row on, each over the width of all columns.
pub(super) fn lines(worksheet: &mut Worksheet, row: u32, lines: &[Line], widths: &[f64]) -> Result<(), XlsxError> {
    for (row, line) in (row..).zip(lines) {
        let (format, points) = match line.kind {
            Kind::Title => (looks::title().set_bold(), looks::TITLE_POINTS),
            Kind::Reference => (looks::title().set_italic(), looks::TITLE_POINTS),
            Kind::Banner => (looks::banner(), looks::POINTS),
            Kind::Heading => (looks::line().set_bold(), looks::POINTS),
            Kind::Text => (looks::line(), looks::POINTS),
            Kind::Note => (looks::line().set_italic(), looks::POINTS),
        };
        spanning(worksheet, row, &line.text, widths, (&format, points))?;
    }
    Ok(())
}

/// Writes a text over all columns.
fn spanning(
    worksheet: &mut Worksheet,
    row: u32,
    text: &str,
    widths: &[f64],
    (format, points): (&Format, u64),
) -> Result<(), XlsxError> {
    cells::across(worksheet, row, widths.len(), text, format)?;
    let lines = wrapping::lines(text, points, true, widths.iter().sum());
    worksheet.set_row_height(row, wrapping::height(lines, points))?;
    Ok(())
}

/// The columns' widths in digits: their shares, widened to a page; never too narrow for a number, which would show as `###`.
fn widths(table: &Table) -> Vec<f64> {
    let shares: f64 = table.columns.iter().map(|column| f64::from(column.width)).sum();
    let of = |(index, share): (usize, f64)| {
        let numbers = table.rows.iter().filter_map(|row| match row {
            Row::Cells(cells) | Row::Total(cells) => match cells.get(index)?.value {
                Value::Text(_) | Value::Empty => None,
                ref value => Some(value.to_text().chars().count() as f64 + 3.0),
            },
            Row::Group(_) => None,
        });
        let share = if shares < PAGE_WIDTH { share * PAGE_WIDTH / shares } else { share };
        numbers.fold(share.max(MIN_WIDTH), f64::max).min(MAX_WIDTH)
    };
    table.columns.iter().map(|column| f64::from(column.width)).enumerate().map(of).collect()
}

fn table(
    worksheet: &mut Worksheet,
    header: u32,
    table: &Table,
    sheets: &[Sheet<'_>],
    widths: &[f64],
) -> Result<(), XlsxError> {
    for (column, title) in (0..).zip(&table.columns) {
        cells::text(worksheet, (header, column), &title.title, &looks::header())?;
    }
    let titles = table.columns.iter().map(|column| column.title.as_str());
    worksheet.set_row_height(header, row_height(titles, true, widths))?;
    // One sheet has nearly all rows of a large report, and is written by one core alone.
    let heights: Vec<f64> = table.rows.par_iter().map(|row| height(row, widths)).collect();
    let mut formats = HashMap::new();
    for ((row, item), height) in (header + 1..).zip(&table.rows).zip(heights) {
        let (cells, is_total) = match item {
            Row::Group(title) => {
                spanning(worksheet, row, title, widths, (&looks::group(), looks::POINTS))?;
                continue;
            }
            Row::Cells(cells) => (cells, false),
            Row::Total(cells) => (cells, true),
        };
        for ((column, cell), look) in (0..).zip(cells).zip(&table.columns) {
            let formula = match &cell.sum_of {
                Some(sum) => sum_formula(sum, sheets),
                // SUBTOTAL leaves out what the filter hides, so that the sum is always that of the rows one
                // sees; it also skips other sums, and Excel keeps its row out of the filter.
                None => {
                    is_total.then(|| format!("SUBTOTAL(9,{})", cell_range(header + 1, column, row - 1, column)))
                }
            };
            let format = formats.entry((column, cell.tone, is_total)).or_insert_with(|| {
                let format = looks::cell(look.align, cell.tone);
                if is_total { format.set_bold() } else { format }
            });
            cells::write(worksheet, (row, column), cell, format, formula)?;
        }
        worksheet.set_row_height(row, height)?;
    }
    let last = table.rows.iter().rposition(|row| !matches!(row, Row::Total(_)));
    if let (Some(last), Some(columns)) = (last, table.columns.len().checked_sub(1)) {
        worksheet.autofilter(header, 0, header + 1 + last as u32, columns as u16)?;
    }
    Ok(())
}

/// The height of a row of a table that is one of cells.
fn height(row: &Row, widths: &[f64]) -> f64 {
    let (cells, is_total) = match row {
        Row::Group(_) => return 0.0,
        Row::Cells(cells) => (cells, false),
        Row::Total(cells) => (cells, true),
    };
    let texts = cells.iter().map(|cell| if let Value::Text(text) = &cell.value { text } else { "" });
    row_height(texts, is_total, widths)
}

/// The height of a row that shows every text whole.
fn row_height<'t>(texts: impl Iterator<Item = &'t str>, bold: bool, widths: &[f64]) -> f64 {
    let lines = texts.zip(widths).map(|(text, width)| wrapping::lines(text, looks::POINTS, bold, *width));
    wrapping::height(lines.max().unwrap_or(1), looks::POINTS)
}
