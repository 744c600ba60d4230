//! The rows of a workbook that is no form, as text. Knows no heads of columns.

use std::io::{Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::hidden::Hidden;
use super::margins::Margin;
use super::package::{self, Sought};
use super::problem::{Place, Problem, Refusal, broken};
use super::read::{Left, opened};
use super::written::Odd;
use super::wrong::wrong;
use super::{beside, margins, values};

/// A sheet that is none of a form's: what its rows say, days as `YYYY-MM-DD`. Rows and cells without anything are empty.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) sheet: String,
    pub(crate) rows: Vec<Vec<String>>,
    /// Cells of which nobody knows what they mean.
    pub(crate) odd: Vec<Problem>,
    /// What is beside its cells: notes, boxes, links.
    pub(crate) beside: Vec<Problem>,
    pub(crate) hidden: Hidden,
    /// Where it holds more than is read.
    pub(crate) beyond: Option<Refusal>,
}

/// The rows of a workbook that is no form.
///
/// # Errors
/// When it is a form, or is too large, encrypted or broken.
pub(crate) fn rows(mut file: impl Read + Seek) -> Result<Vec<Rows>, Refusal> {
    let parts = package::check(&mut file, Sought::Rows)?;
    let (mut hidden, looks) = beside::hidden(&mut file, parts)?;
    let mut sheets: Vec<Rows> = catch_unwind(AssertUnwindSafe(|| {
        let (mut book, names) = opened(&mut file)?;
        let from_1904 = book.has_1904_epoch();
        let mut left = Left::new(from_1904, &looks);
        let sheet = |name: String| {
            let cells = left.cells(&mut book, &name)?;
            // What a formula came to stands in its cell, unless a program wrote it that reckons nothing.
            let is_odd =
                |(place, odd): &(&(u32, u32), &Odd)| **odd != Odd::Formula || !cells.values.contains_key(place);
            let odd = cells.odd.iter().filter(is_odd).map(|((row, column), odd)| {
                let (message, remedy) = odd.told();
                ((row, column), wrong(message, remedy))
            });
            let disguised = cells.values.iter().filter_map(|((row, column), value)| {
                Some(((row, column), values::disguised(value, values::AS_TEXT)?))
            });
            let odd = odd.chain(disguised).map(|((row, column), (message, remedy))| {
                let place = Place { sheet: name.clone(), row: *row, column: *column };
                Problem { place: Some(place), message, remedy: remedy.into_owned() }
            });
            let odd = odd.collect();
            let mut rows: Vec<Vec<String>> = Vec::new();
            for ((row, column), value) in cells.values {
                let (row, column) = (row as usize, column as usize);
                rows.resize_with(rows.len().max(row + 1), Vec::new);
                let cells = &mut rows[row];
                cells.resize(cells.len().max(column + 1), String::new());
                cells[column] = values::shown(&value, from_1904);
            }
            let hidden = Hidden { cells: cells.faint, ..hidden.remove(&name).unwrap_or_default() };
            Ok(Rows { sheet: name, rows, odd, beside: Vec::new(), hidden, beyond: cells.beyond })
        };
        names.into_iter().map(sheet).collect()
    }))
    .unwrap_or_else(|_| Err(broken()))?;
    let shown = |place: &Place| {
        let sheet = sheets.iter().find(|sheet| sheet.sheet == place.sheet)?;
        sheet.rows.get(place.row as usize)?.get(place.column as usize).cloned()
    };
    let mut found = beside::find(&mut file, shown)?;
    found.extend(margins::find(&mut file)?.iter().map(Margin::told));
    for problem in found {
        let of = |sheet: &&mut Rows| problem.place.as_ref().is_some_and(|place| place.sheet == sheet.sheet);
        if let Some(sheet) = sheets.iter_mut().find(of) {
            sheet.beside.push(problem);
        }
    }
    Ok(sheets)
}
