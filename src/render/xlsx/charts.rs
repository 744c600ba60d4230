//! The sheet of charts: under each title the numbers it is drawn from, and the chart, which the reader's
//! program draws from them.

use rust_xlsxwriter::{
    Chart as Drawing, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartSolidFill, ChartType,
    Workbook, Worksheet, XlsxError,
};

use super::layout::{Kind, Line, Sheet, fitting, unused_name};
use super::{cells, looks, sheet};
use crate::doc::{Align, Audience, Cell, Chart, Document, Series, Tone, shaded};
use crate::render::tones::fill;
use crate::render::visible::Visible;

const NAME: &str = "Biểu đồ";
const CATEGORY_WIDTH: f64 = 45.0;
const SERIES_WIDTH: f64 = 16.0;
/// Excel takes no longer description.
const MAX_DESCRIPTION: usize = 255;

/// Adds the sheet where the document has charts of bars; other pictures are for screens.
pub(super) fn write(workbook: &mut Workbook, document: &Document, sheets: &[Sheet<'_>]) -> Result<(), XlsxError> {
    let bars: Vec<Bars<'_>> = document.charts_for(Audience::Spreadsheets).filter_map(Bars::of).collect();
    if bars.is_empty() {
        return Ok(());
    }
    let name = unused_name(NAME, sheets);
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(&name)?;
    sheet::page(worksheet)?;
    let most = bars.iter().map(|bars| bars.series.len()).max().unwrap_or_default();
    let widths: Vec<f64> = std::iter::once(CATEGORY_WIDTH).chain(std::iter::repeat_n(SERIES_WIDTH, most)).collect();
    for (column, width) in (0..).zip(&widths) {
        worksheet.set_column_width(column, *width)?;
    }
    let mut breaks = Vec::new();
    let mut row = 0;
    for bars in bars {
        let above: Vec<Line> = std::iter::once(Line::new(Kind::Title, &bars.chart.title))
            .chain(document.banner.as_deref().map(|banner| Line::new(Kind::Banner, banner)))
            .collect();
        sheet::lines(worksheet, row, &above, &widths)?;
        let header = row + above.len() as u32;
        bars.numbers(worksheet, header)?;
        let drawn = header + bars.categories.len() as u32 + 2;
        let (drawing, height) = bars.drawing(&name, header, &widths)?;
        worksheet.insert_chart(drawn, 0, &drawing)?;
        row = drawn + height.div_ceil(looks::DEFAULT_CELL_PIXELS.0) + 1;
        breaks.push(row);
    }
    // No chart is divided between two pages.
    breaks.pop();
    worksheet.set_page_breaks(&breaks)?;
    Ok(())
}

/// A chart of at least one bar, with its numbers at hand.
struct Bars<'d> {
    chart: &'d Chart,
    categories: &'d [String],
    series: &'d [Series],
}

impl<'d> Bars<'d> {
    fn of(chart: &'d Chart) -> Option<Self> {
        chart.bars().map(|(categories, series)| Self { chart, categories, series })
    }

    /// One row a category, one column a series.
    fn numbers(&self, worksheet: &mut Worksheet, header: u32) -> Result<(), XlsxError> {
        cells::text(worksheet, (header, 0), "", &looks::header())?;
        for (row, category) in (header + 1..).zip(self.categories) {
            cells::text(worksheet, (row, 0), category, &looks::cell(Align::Left, Tone::Plain))?;
        }
        for (column, series) in (1..).zip(self.series) {
            cells::text(worksheet, (header, column), &series.name, &looks::header())?;
            for (row, value) in (header + 1..).zip(&series.values) {
                let format = looks::cell(Align::Right, Tone::Plain);
                cells::write(worksheet, (row, column), &Cell::number(*value), &format, None)?;
            }
        }
        Ok(())
    }

    /// The chart and its height in pixels.
    fn drawing(&self, sheet: &str, header: u32, widths: &[f64]) -> Result<(Drawing, u32), XlsxError> {
        let mut drawing = Drawing::new(ChartType::BarStacked);
        let last = header + self.categories.len() as u32;
        for (column, (series, lighter)) in (1..).zip(shaded(self.series)) {
            let colour = format!("#{}", fill(series.tone, lighter));
            let mut labels = ChartDataLabel::new();
            // A part that is nothing has no number on it.
            labels.show_value().set_num_format("#,##0;;").set_font(&font());
            drawing
                .add_series()
                .set_name((sheet, header, column))
                .set_categories((sheet, header + 1, 0, last, 0))
                .set_values((sheet, header + 1, column, last, column))
                .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour.as_str())))
                .set_data_label(&labels)
                .set_gap(50);
        }
        // The first category on top, as one reads.
        drawing.y_axis().set_reverse().set_font(&font());
        drawing.x_axis().set_hidden(true).set_major_gridlines(false);
        drawing.title().set_hidden();
        drawing.legend().set_position(ChartLegendPosition::Bottom).set_font(&font());
        drawing.set_alt_text(fitting(&Visible::from(self.chart.description.as_str()), "…", MAX_DESCRIPTION));
        let height = 100 + 30 * self.categories.len() as u32;
        let width: f64 = widths.iter().map(|width| width * 8.0 + 5.0).sum();
        drawing.set_width(width as u32).set_height(height);
        Ok((drawing, height))
    }
}

fn font() -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Times New Roman").set_size(12);
    font
}
