//! A workbook for Excel: one sheet an annex, values as values, sums as formulas, charts that the program
//! draws itself. Text always stays text: nothing from a report becomes a formula.

mod cells;
mod charts;
mod layout;
mod looks;
mod sheet;
mod wrapping;

use anyhow::{Result, anyhow, bail};
use rayon::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::layout::Sheet;
use super::visible::{Bytes, Visible};
use crate::doc::Document;
use crate::vietnamese::number;

pub(super) use self::layout::fitting;

/// Excel keeps and shows this many characters of a text in a cell.
pub(super) const MAX_TEXT: usize = 32_767;
/// Excel makes no row taller, in points.
pub(super) const MAX_HEIGHT: f64 = 409.0;
const MAX_ROWS: usize = 1_048_576;
const MAX_COLUMNS: usize = 16_384;

/// # Errors
/// When the document has nothing for a sheet, or a table is larger than a sheet can be.
pub(super) fn render(document: &Document) -> Result<Bytes> {
    let sheets = layout::sheets(document);
    if sheets.is_empty() {
        bail!("văn bản này không có bảng nào để ghi vào tệp xlsx; hãy chọn dạng khác.");
    }
    let is_large = |sheet: &&Sheet<'_>| sheet.rows() > MAX_ROWS || sheet.columns() > MAX_COLUMNS;
    if let Some(sheet) = sheets.iter().find(is_large) {
        bail!(
            "bảng “{}” có {} dòng, {} cột; một trang Excel chỉ chứa {} dòng, {} cột. Ghi bảng đó ở dạng csv",
            sheet.name,
            number(sheet.rows() as u128),
            number(sheet.columns() as u128),
            number(MAX_ROWS as u128),
            number(MAX_COLUMNS as u128)
        );
    }
    workbook(document, &sheets).map_err(|error| anyhow!("không lập được tệp xlsx: {error}"))
}

fn workbook(document: &Document, sheets: &[Sheet<'_>]) -> Result<Bytes, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(Bytes::PACKED);
    let (row_height, column_width) = looks::DEFAULT_CELL_PIXELS;
    workbook.set_default_format(&looks::plain(), row_height, column_width)?;
    // A file always says when it was made; the same input has to give the same bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(Visible::from(document.title.as_str()))
        .set_author(Visible::from(document.author.as_str()))
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    for _ in sheets {
        workbook.add_worksheet();
    }
    let of_each = workbook.worksheets_mut().par_iter_mut().zip(sheets);
    of_each.try_for_each(|(worksheet, sheet)| sheet::write(worksheet, sheet, sheets))?;
    charts::write(&mut workbook, document, sheets)?;
    Bytes::workbook(&mut workbook)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;
    use crate::doc::{Align, Block, Cell, Column, Row, Section, Table, Value};
    use crate::render::sample::sample;

    /// A part of the workbook as text.
    fn part(document: &Document, name: &str) -> String {
        let mut zip = zip::ZipArchive::new(Cursor::new(render(document).unwrap().as_ref().to_vec())).unwrap();
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    fn table_of(cells: Vec<Vec<Cell>>) -> Document {
        let columns = (0..cells[0].len()).map(|_| Column::new("Cột", 10, Align::Left)).collect();
        let table = Table::new("table", columns, cells.into_iter().map(Row::Cells));
        Document::new("", vec![Section::new("Phụ lục", vec![Block::Table(table)])])
    }

    #[test]
    fn sums_are_formulas_that_carry_their_value() {
        let annex = part(&sample(), "xl/worksheets/sheet1.xml");
        let sums = [
            "<f>SUMIFS('Nguồn số liệu'!$B$4:$B$6,'Nguồn số liệu'!$A$4:$A$6,\"inspections\")</f><v>1279</v>",
            "<f>SUBTOTAL(9,C6:C7)</f><v>4200000000</v>",
        ];
        for sum in sums {
            assert!(annex.contains(sum), "{sum} in {annex}");
        }
    }

    #[test]
    fn a_document_without_a_table_is_refused() {
        let mut letter = sample();
        letter.sections.truncate(1);
        assert!(render(&letter).is_err());
    }

    #[test]
    fn what_looks_like_a_formula_stays_text() {
        let document = table_of(vec![vec![Cell::text("=HYPERLINK(\"http://a\")"), Cell::text("{=1+1}")]]);
        let sheet = part(&document, "xl/worksheets/sheet1.xml");
        assert!(!sheet.contains("<f>"), "{sheet}");
        assert!(part(&document, "xl/sharedStrings.xml").contains("<t>=HYPERLINK(\"http://a\")</t>"));
    }

    #[test]
    fn a_number_that_a_spreadsheet_would_round_is_text_with_a_remark() {
        let document = table_of(vec![
            vec![Cell::new(Value::Money(999_999_999_999_999))],
            vec![Cell::new(Value::Money(1_000_000_000_000_000))],
        ]);
        assert!(part(&document, "xl/worksheets/sheet1.xml").contains("<v>999999999999999</v>"));
        let texts = part(&document, "xl/sharedStrings.xml");
        assert!(texts.contains("<t>1.000.000.000.000.000</t>"), "{texts}");
        assert!(texts.contains("15 chữ số"), "{texts}");
    }

    #[test]
    fn a_table_larger_than_a_sheet_is_refused() {
        let columns = vec![Column::new("Cột", 10, Align::Left)];
        // The title and the head take a row each.
        let table = Table::new("table", columns, (0..MAX_ROWS - 1).map(|_| Row::Group(String::new())));
        let document = Document::new("", vec![Section::new("Nguồn số liệu", vec![Block::Table(table)])]);
        let refused = render(&document).unwrap_err().to_string();
        assert!(refused.starts_with("bảng “Nguồn số liệu” có 1.048.577 dòng, 1 cột;"), "{refused}");
    }

    #[test]
    fn a_text_longer_than_a_cell_says_where_the_rest_is() {
        let texts = part(&table_of(vec![vec![Cell::text("ă".repeat(40_000))]]), "xl/sharedStrings.xml");
        let kept = texts.chars().filter(|c| *c == 'ă').count();
        assert_eq!(kept, 32_767 - 23);
        assert!(texts.contains("ă… (còn tiếp ở tệp Word)</t>"));
    }
}
