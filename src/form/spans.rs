//! Cells that somebody merged: of several answers a spreadsheet keeps the first one alone, and nothing tells whether it was
//! meant for all.

use std::collections::{BTreeMap, BTreeSet};

use super::Sheet;
use super::problem::{Place, Problem, letters};
use super::read::SheetCells;
use super::sober::LAST;

/// What was merged of the answers of a form.
#[derive(Debug, Default)]
pub(super) struct Spans {
    /// The rows of the cells of the sheet that are to be filled in, by column. Each lies in one merged range at most.
    pub(super) answers: BTreeMap<u32, BTreeSet<u32>>,
    /// Of all sheets, the cells to be filled in of which nobody sees what stands there.
    pub(super) covered: BTreeSet<Place>,
    /// What is said of them.
    pub(super) problems: Vec<Problem>,
}

impl Spans {
    /// Takes the answers of a sheet: of each range in which anything stands none but its own first cell may be one.
    pub(super) fn of_sheet(&mut self, cells: &SheetCells, form: &Sheet) {
        let mut answers = std::mem::take(&mut self.answers);
        // A program that inserts rows may leave what the form itself merges, words in one row, where it was.
        let own: BTreeSet<[u32; 2]> = form
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .filter(|cell| cell.columns.0 < cell.columns.1)
            .map(|cell| [cell.columns.0, cell.columns.1].map(|letter| u32::from(letter) - u32::from('A')))
            .collect();
        let is_own =
            |rows: (u32, u32), columns: (u32, u32)| rows.0 == rows.1 && own.contains(&<[u32; 2]>::from(columns));
        for (rows, columns) in cells.hidden.merged.iter().filter(|(rows, columns)| !is_own(*rows, *columns)) {
            let mut covered = Vec::new();
            for (column, of) in answers.range_mut(columns.0..=columns.1) {
                let within: Vec<u32> = of.range(rows.0..=rows.1).copied().collect();
                for row in within.into_iter().filter(|row| (*row, *column) != (rows.0, columns.0)) {
                    of.remove(&row);
                    covered.push(cells.place(row, *column));
                }
            }
            let is_filled = |row, column| cells.cells.contains_key(&(row, column));
            let is_said =
                is_filled(rows.0, columns.0) || covered.iter().any(|place| is_filled(place.row, place.column));
            let Some(first) = covered.iter().min().filter(|_| is_said) else { continue };
            let is_answer = answers.get(&columns.0).is_some_and(|of| of.contains(&rows.0));
            let place = if is_answer { cells.place(rows.0, columns.0) } else { first.clone() };
            let named =
                |row: u32, column: u32| format!("{}{}", letters(column.min(LAST.0 - 1)), row.min(LAST.1 - 1) + 1);
            self.problems.push(Problem {
                place: Some(place),
                message: format!(
                    "các ô {}:{} bị gộp làm một nên mất câu trả lời của từng ô",
                    named(rows.0, columns.0),
                    named(rows.1, columns.1)
                ),
                remedy: "bỏ gộp ô, ghi câu trả lời vào từng ô".to_owned(),
            });
            self.covered.extend(covered);
        }
    }
}
