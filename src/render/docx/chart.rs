//! Native charts (DrawingML): a part of its own for each, and the drawing in the body that shows it. The numbers stand in
//! the part itself, so there is no workbook behind it. Word and LibreOffice draw it anew: no font and no picture is embedded.

use super::{page::Page, paragraph};
use crate::doc::{Audience, Chart, Document, Series, shaded};
use crate::render::markup::Markup;
use crate::render::tones::fill;
use crate::render::visible::Visible;

/// English metric units in a twip.
const EMU: u64 = 635;
/// Room for the title, the legend and the axis; and for each bar. Twips.
const FRAME: u64 = 1500;
const BAR: u64 = 280;
/// Between two charts side by side, in twips.
const GAP: u64 = 240;

const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";

/// The charts that a document shows, in their order; each is known by its place here.
pub(super) fn all(document: &Document) -> Vec<&Chart> {
    document.charts_for(Audience::Everyone).filter(|chart| chart.bars().is_some()).collect()
}

pub(super) fn part_name(index: usize) -> String {
    format!("word/charts/chart{}.xml", index + 1)
}

/// What `word/_rels/document.xml.rels` says of the charts.
pub(super) fn relationships(count: usize) -> String {
    let one = |n: usize| format!(r#"<Relationship Id="chart{n}" Type="{TYPE}" Target="charts/chart{n}.xml"/>"#);
    (1..=count).map(one).collect()
}

/// What `[Content_Types].xml` says of the charts.
pub(super) fn content_types(count: usize) -> String {
    let one = |n: usize| format!(r#"<Override PartName="/word/charts/chart{n}.xml" ContentType="{CONTENT}"/>"#);
    (1..=count).map(one).collect()
}

/// Charts side by side over the width of the text; `all` are those of the document.
pub(super) fn write(xml: &mut Markup, charts: &[Chart], all: &[&Chart], page: &Page) {
    let shown: Vec<(&Chart, usize)> = charts
        .iter()
        .filter_map(|chart| Some((chart, all.iter().position(|known| std::ptr::eq(*known, chart))?)))
        .collect();
    let Some(most) = shown.iter().filter_map(|(chart, _)| chart.bars()).map(|(names, _)| names.len()).max() else {
        return;
    };
    let count = shown.len() as u64;
    let width = (page.text_width() - GAP * (count - 1)) / count;
    let height = (FRAME + BAR * most as u64).min(page.text_height() / 2);
    paragraph::with_runs(xml, "Chart", |xml| {
        for (chart, index) in shown {
            xml.element("w:r", &[], |xml| drawing(xml, chart, index + 1, width * EMU, height * EMU));
        }
    });
}

fn drawing(xml: &mut Markup, chart: &Chart, number: usize, width: u64, height: u64) {
    xml.frame(include_str!("parts/drawing.xml"), |xml, name| match name {
        "width" => xml.text(&width.to_string()),
        "height" => xml.text(&height.to_string()),
        "number" => xml.text(&number.to_string()),
        _ => xml.text(&format!("{}. {}", chart.title, chart.description)),
    });
}

/// A chart's own part: horizontal bars in the order of reading, each as long as its parts together. The first category is on
/// top; the counts are printed on the bars, so their axis is not.
pub(super) fn part(chart: &Chart) -> Visible {
    let (categories, series) = chart.bars().unwrap_or_default();
    Markup::framed(include_str!("parts/chart.xml"), |xml, name| match name {
        "title" => xml.text(&chart.title),
        _ => shaded(series)
            .enumerate()
            .for_each(|(index, (one, lighter))| self::series(xml, one, index, lighter, categories)),
    })
}

fn series(xml: &mut Markup, series: &Series, index: usize, lighter: bool, categories: &[String]) {
    xml.frame(include_str!("parts/series.xml"), |xml, name| match name {
        "index" => xml.text(&index.to_string()),
        "name" => xml.text(&series.name),
        "color" => xml.text(fill(series.tone, lighter)),
        "categories" => points(xml, categories.iter().map(|name| Some(name.clone()))),
        // A part of nothing has no point, so that no 0 is printed over its neighbour.
        _ => points(xml, series.values.iter().map(|value| (*value > 0).then(|| value.to_string()))),
    });
}

fn points(xml: &mut Markup, values: impl ExactSizeIterator<Item = Option<String>>) {
    xml.empty("c:ptCount", &[("val", &values.len())]);
    for (index, value) in values.enumerate() {
        let Some(value) = value else { continue };
        xml.element("c:pt", &[("idx", &index)], |xml| xml.element("c:v", &[], |xml| xml.text(&value)));
    }
}
