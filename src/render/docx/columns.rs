//! How wide a table's columns are: the shares asked for, but no word or figure broken inside where the page has the
//! room. Never gives more or less than the whole width of the text.

use crate::doc::{Row, Table};
use crate::render::metrics;

/// The type size of the cells, in points, and what borders and margins of `DataTable` take from a cell, in twips.
pub(super) const POINTS: u64 = 12;
pub(super) const PADDING: u64 = 200;

pub(super) fn widths(table: &Table, total: u64) -> Vec<u64> {
    // A share of nothing still is a column.
    let shares: Vec<u64> = table.columns.iter().map(|column| u64::from(column.width.max(1))).collect();
    let wanted = split(total, &shares);
    // An equal part for each is the most that everybody can be promised.
    let most = total / table.columns.len().max(1) as u64;
    let least: Vec<u64> = longest_words(table).into_iter().map(|word| (word + PADDING).min(most)).collect();

    let over =
        |from: &[u64], to: &[u64]| -> Vec<u64> { from.iter().zip(to).map(|(a, b)| a.saturating_sub(*b)).collect() };
    let lacking = over(&least, &wanted);
    let given = split(lacking.iter().sum(), &over(&wanted, &least));
    wanted.iter().zip(lacking).zip(given).map(|((wanted, more), less)| wanted + more - less).collect()
}

/// The widest word of every column, header included.
fn longest_words(table: &Table) -> Vec<u64> {
    let mut longest: Vec<u64> = table.columns.iter().map(|column| longest_word(&column.title)).collect();
    for row in &table.rows {
        let (Row::Cells(cells) | Row::Total(cells)) = row else { continue };
        for (longest, cell) in longest.iter_mut().zip(cells) {
            *longest = longest_word(&cell.value.to_text()).max(*longest);
        }
    }
    longest
}

fn longest_word(text: &str) -> u64 {
    text.split_whitespace().map(|word| metrics::width(word, POINTS)).max().unwrap_or_default()
}

/// `total` in parts that stand to each other as `shares` and add up to it; in parts of nothing if there are none.
fn split(total: u64, shares: &[u64]) -> Vec<u64> {
    let all = shares.iter().sum::<u64>().max(1);
    let mut passed = 0;
    let mut edge = 0;
    let part = |share: &u64| {
        passed += share;
        let left = std::mem::replace(&mut edge, total * passed / all);
        edge - left
    };
    shares.iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Align, Cell, Column, Value};

    fn table(columns: &[(&str, u16)], cells: Vec<Cell>) -> Table {
        let columns = columns.iter().map(|&(title, width)| Column::new(title, width, Align::Left)).collect();
        Table::new("one", columns, [Row::Cells(cells)])
    }

    #[test]
    fn widths_add_up_to_the_text() {
        let long = "x".repeat(300);
        for columns in [
            &[("STT", 1)][..],
            &[("", 1), ("", 1), ("", 1)],
            &[("STT", 1), ("Nội dung", 31), ("Kinh phí", 13), ("Tỷ lệ", 7)],
            &[("", 0), ("", 0), ("", 5)],
            &[("STT", 1), (&long, u16::MAX), (&long, 1)],
            &[("Khuếch trương", 1); 63],
            &[("", u16::MAX); 40],
        ] {
            for total in [9354, 14286] {
                let widths = widths(&table(columns, Vec::new()), total);
                assert_eq!(widths.iter().sum::<u64>(), total, "{columns:?}");
                assert!(widths.iter().all(|&width| width > 0), "{columns:?}: {widths:?}");
            }
        }
    }

    #[test]
    fn a_figure_gets_the_room_it_needs() {
        let cells = vec![Cell::text("1"), Cell::text("Rà soát"), Cell::new(Value::Money(1_234_567_000))];
        let narrow = table(&[("STT", 1), ("Nội dung", 60), ("Số tiền", 2)], cells);
        let [number, content, money] = widths(&narrow, 9354)[..] else { panic!("three columns") };
        assert_eq!(number, metrics::width("STT", POINTS) + PADDING);
        assert_eq!(money, metrics::width("1.234.567.000", POINTS) + PADDING);
        assert_eq!(number + content + money, 9354);
    }

    #[test]
    fn shares_are_kept_where_nothing_breaks() {
        let wide = table(&[("A", 1), ("B", 2), ("C", 3)], Vec::new());
        assert_eq!(widths(&wide, 9000), [1500, 3000, 4500]);
    }
}
