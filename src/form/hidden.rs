//! What who opens a workbook does not see of it, though it is read: so that it can be named.

use std::collections::BTreeSet;

use super::looks::Looks;
use super::problem::letters;
use crate::vietnamese;

/// No form comes near, with any number of rows inserted.
pub(super) const MAX_ROWS: u32 = 5_000;

/// What who opens a workbook does not see of a sheet: all of it, or some rows and columns, from 0.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Hidden {
    pub(crate) sheet: bool,
    /// In their order.
    pub(super) rows: Vec<u32>,
    pub(super) columns: Vec<(u32, u32)>,
    /// Single cells, by row and column: in the colour of what is behind it, or in a format that shows nothing.
    pub(super) cells: BTreeSet<(u32, u32)>,
    /// What may be hidden by formats with a condition.
    pub(super) conditional: Vec<Range>,
    /// The formats with a condition, of which the workbook tells what they do.
    pub(super) formats: Vec<Conditional>,
    /// Cells that are one: what stands in any but the first is not seen.
    pub(super) merged: Vec<Range>,
    /// How parts of texts look that stand in the same part of the file.
    pub(super) texts: Looks,
}

/// The first and the last row, the first and the last column.
pub(super) type Range = ((u32, u32), (u32, u32));

/// Formats that some cells have under a condition.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Conditional {
    pub(super) cells: Vec<Range>,
    /// By their places in the workbook.
    pub(super) formats: Vec<usize>,
    /// Whether a bar or a picture stands in place of the value.
    pub(super) hides: bool,
}

/// More ranges are taken for the whole sheet.
pub(super) const MAX_RANGES: usize = 10_000;

impl Hidden {
    /// Whether it holds a cell, at a row and a column.
    pub(super) fn holds(&self, row: u32, column: u32) -> bool {
        let single = || self.cells.contains(&(row, column)) || self.may_hold(row, column);
        self.sheet || self.holds_row(row) || self.holds_column(column) || single()
    }

    fn may_hold(&self, row: u32, column: u32) -> bool {
        let within = |(first, last): (u32, u32), at| (first..=last).contains(&at);
        self.conditional.iter().any(|(rows, columns)| within(*rows, row) && within(*columns, column))
    }

    fn holds_row(&self, row: u32) -> bool {
        self.rows.binary_search(&row).is_ok()
    }

    fn holds_column(&self, column: u32) -> bool {
        self.columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }

    /// What it holds of some cells by rows and columns, in words: `dòng 12–14, 20 và cột D`.
    pub(crate) fn told(&self, cells: &BTreeSet<(u32, u32)>) -> Option<String> {
        if self.sheet {
            return (!cells.is_empty()).then(|| "trang này".to_owned());
        }
        let rows = cells.iter().map(|(row, _)| *row).filter(|row| self.holds_row(*row));
        let rows = ranges(rows.collect(), |row| (row + 1).to_string());
        let columns = cells.iter().map(|(_, column)| *column).filter(|column| self.holds_column(*column));
        let columns = ranges(columns.collect(), letters);
        let named = |(row, column): &(u32, u32)| format!("{}{}", letters(*column), row + 1);
        let single = counted(cells.intersection(&self.cells).map(named).collect())
            .map(|single| format!("{single} (chữ lẫn màu nền hoặc quá nhỏ, hoặc định dạng không hiện gì)"));
        let may = cells.iter().filter(|(row, column)| self.may_hold(*row, *column));
        let may = counted(may.map(named).collect())
            .map(|may| format!("{may} (khi đúng điều kiện đặt ở Conditional Formatting)"));
        let told = [("dòng", rows), ("cột", columns), ("ô", single), ("ô", may)];
        let told = told.into_iter().filter_map(|(what, of)| Some(format!("{what} {}", of?)));
        vietnamese::listed(told, " và ")
    }
}

/// `12–14, 20`
fn ranges(of: BTreeSet<u32>, name: impl Fn(u32) -> String) -> Option<String> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for at in of {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == at => *last = at,
            _ => ranges.push((at, at)),
        }
    }
    let named = ranges.into_iter().map(|(first, last)| match first == last {
        true => name(first),
        false => format!("{}–{}", name(first), name(last)),
    });
    counted(named.collect())
}

/// Places by name, of which more than anybody reads are counted.
fn counted(places: Vec<String>) -> Option<String> {
    const NAMED: usize = 10;
    let more = places.len().saturating_sub(NAMED);
    let named = vietnamese::listed(places.into_iter().take(NAMED), ", ");
    vietnamese::listed(named.into_iter().chain(vietnamese::others(more, "chỗ")), " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_hidden_filtered_away_or_of_no_size() {
        for (columns, row, hidden) in [
            ("", "hidden=\"1\"", Some((1, 9))),
            ("", "hidden=\"true\"", Some((1, 9))),
            ("", "ht=\"0\" customHeight=\"1\"", Some((1, 9))),
            ("", "hidden=\"false\" ht=\"0.75\"", None),
            ("", "hidden=\"0\"", None),
            ("<col min=\"3\" max=\"5\" hidden=\"1\"/>", "", Some((0, 4))),
            ("<col min=\"5\" max=\"5\" width=\"0\"/>", "", Some((0, 4))),
            ("<col min=\"5\" max=\"5\" width=\"9\"/>", "", None),
        ] {
            let rows = format!("<row r=\"1\"/><row r=\"2\" {row}><c r=\"E2\"><v>1</v></c></row>");
            let sheet = format!("<worksheet><cols>{columns}</cols><sheetData>{rows}</sheetData></worksheet>");
            let found = super::super::sober::check(sheet.as_bytes()).unwrap();
            assert_eq!(hidden.is_some(), found != Hidden::default(), "{columns} {row}");
            assert!(hidden.is_none_or(|(row, column)| found.holds(row, column)), "{columns} {row}");
            assert!(!found.holds(0, 1), "{columns} {row}");
        }
    }

    #[test]
    fn cells_of_formats_with_a_condition_are_known_with_what_they_may_do() {
        const ALL: (u32, u32) = (0, u32::MAX);
        for (cells, ranges) in [
            ("B4", vec![((3, 3), (1, 1))]),
            ("B4 D9:E12", vec![((3, 3), (1, 1)), ((8, 11), (3, 4))]),
            ("A:C 5:6", vec![(ALL, (0, 2)), ((4, 5), ALL)]),
            ("? ", vec![]),
        ] {
            for (rule, formats, hides) in [
                ("<cfRule dxfId=\"7\"><formula>1</formula></cfRule><cfRule dxfId=\"2\"/>", vec![7, 2], false),
                ("<cfRule><dataBar showValue=\"0\"/></cfRule>", vec![], true),
                ("<cfRule><iconSet showValue=\"1\"/></cfRule>", vec![], false),
                ("<cfRule><dxf><font><color rgb=\"FFFFFFFF\"/></font></dxf></cfRule>", vec![], true),
                ("<cfRule><dxf><font><color rgb=\"FF9C0006\"/></font></dxf></cfRule>", vec![], false),
            ] {
                // As Excel has written them ever since, and as it writes them since 2010.
                let old = format!("<conditionalFormatting sqref=\"{cells}\">{rule}</conditionalFormatting>");
                let rule = rule.replace("</", "</x14:").replace("<cf", "<x14:cf").replace("<d", "<x14:d");
                let rule = rule.replace("<icon", "<x14:icon").replace("x14:formula", "formula");
                let rule = rule.replace("x14:font", "font").replace("x14:color", "color");
                let new = format!(
                    "<x14:conditionalFormatting>{rule}<xm:sqref>{cells}</xm:sqref></x14:conditionalFormatting>"
                );
                let new = format!(
                    "<extLst><ext><x14:conditionalFormattings>{new}</x14:conditionalFormattings></ext></extLst>"
                );
                for sheet in [old, new] {
                    let sheet = format!("<worksheet><sheetData/>{sheet}</worksheet>");
                    let found = super::super::sober::check(sheet.as_bytes()).unwrap();
                    let formats = formats.clone();
                    assert_eq!(found.formats, [Conditional { cells: ranges.clone(), formats, hides }], "{sheet}");
                }
            }
        }
    }

    #[test]
    fn what_is_hidden_of_some_cells_is_told_by_rows_and_columns() {
        let hidden = Hidden { rows: vec![0, 4, 5, 6, 9], columns: vec![(0, 0), (3, 4)], ..Hidden::default() };
        let single = Hidden { cells: BTreeSet::from([(6, 3), (8, 3)]), ..Hidden::default() };
        let conditional = Hidden { conditional: vec![((8, 20), (3, 3))], ..Hidden::default() };
        let many = Hidden { rows: (0..40).map(|row| 2 * row).collect(), ..Hidden::default() };
        let whole = Hidden { sheet: true, ..Hidden::default() };
        for (hidden, cells, told) in [
            (&hidden, vec![(1, 1), (7, 2)], None),
            (&hidden, vec![(4, 1), (5, 1), (6, 2), (9, 1), (8, 1)], Some("dòng 5–7, 10")),
            (&hidden, vec![(1, 3), (2, 4), (3, 3)], Some("cột D–E")),
            (&hidden, vec![(4, 4), (1, 1)], Some("dòng 5 và cột E")),
            (
                &many,
                (0..26).map(|row| (row, 1)).collect(),
                Some("dòng 1, 3, 5, 7, 9, 11, 13, 15, 17, 19 và 3 chỗ khác"),
            ),
            (
                &single,
                vec![(8, 3), (8, 4)],
                Some("ô D9 (chữ lẫn màu nền hoặc quá nhỏ, hoặc định dạng không hiện gì)"),
            ),
            (
                &conditional,
                vec![(8, 3), (9, 3), (9, 4), (7, 3)],
                Some("ô D9, D10 (khi đúng điều kiện đặt ở Conditional Formatting)"),
            ),
            (&whole, vec![(1, 1)], Some("trang này")),
            (&whole, vec![], None),
        ] {
            let cells = BTreeSet::from_iter(cells);
            assert_eq!(hidden.told(&cells).as_deref(), told, "{cells:?}");
        }
    }
}
