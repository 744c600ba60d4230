//! One cell: a number, a date or a sum as itself, everything else as text.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Worksheet, XlsxError};

use super::layout::{fitting, is_exact};
use super::{MAX_TEXT, looks};
use crate::doc::{Cell, Value};
use crate::percent;
use crate::render::visible::Visible;

const CUT: &str = "… (còn tiếp ở tệp Word)";

/// Writes a cell of a table; `formula` gives its value where it is a number.
pub(super) fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    format: &Format,
    formula: Option<String>,
) -> Result<(), XlsxError> {
    match &cell.value {
        Value::Number(number) | Value::Money(number) if is_exact(*number) => {
            let format = format.clone().unset_text_wrap().set_num_format(looks::NUMBER);
            match formula {
                Some(formula) => {
                    let formula = Formula::new(formula).set_result(number.to_string());
                    sheet.write_formula_with_format(row, column, formula, &format)?;
                }
                None => {
                    sheet.write_number_with_format(row, column, *number as f64, &format)?;
                }
            }
        }
        Value::Percent { part, whole } => {
            let percent = looks::percent(percent::places(*part, *whole));
            let format = format.clone().unset_text_wrap().set_num_format(percent);
            sheet.write_number_with_format(row, column, *part as f64 / *whole as f64, &format)?;
        }
        Value::Date(date) if let Some(date) = excel_date(*date) => {
            sheet.write_datetime_with_format(row, column, date, &format.clone().set_num_format(looks::DATE))?;
        }
        Value::Empty => {
            sheet.write_blank(row, column, format)?;
        }
        Value::Text(_) | Value::Number(_) | Value::Money(_) | Value::Date(_) => {
            text(sheet, (row, column), &cell.value.to_text(), format)?;
        }
    }
    Ok(())
}

/// Writes a text, whatever it begins with.
pub(super) fn text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, column, whole_or_cut(text), format)?;
    Ok(())
}

/// Writes a text over all of the first `columns` columns.
pub(super) fn across(
    sheet: &mut Worksheet,
    row: u32,
    columns: usize,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    match columns {
        0 | 1 => self::text(sheet, (row, 0), text, format),
        _ => sheet.merge_range(row, 0, row, (columns - 1) as u16, &whole_or_cut(text), format).map(|_| ()),
    }
}

fn whole_or_cut(text: &str) -> String {
    fitting(&Visible::from(text), CUT, MAX_TEXT)
}

/// Excel counts days from 1900 on.
fn excel_date(date: NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8).ok()
}
