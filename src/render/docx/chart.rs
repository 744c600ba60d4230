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
/// What a digit of a number on a bar takes, in hundredths of the longest bar.
const DIGIT: u64 = 2;
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
            .for_each(|(index, (one, lighter))| self::series(xml, one, (series, index), lighter, categories)),
    })
}

fn series(
    xml: &mut Markup,
    series: &Series,
    (all, index): (&[Series], usize),
    lighter: bool,
    categories: &[String],
) {
    xml.frame(include_str!("parts/series.xml"), |xml, name| match name {
        "index" => xml.text(&index.to_string()),
        "name" => xml.text(&series.name),
        "color" => xml.text(fill(series.tone, lighter)),
        "unlabelled" => {
            for bar in (0..categories.len()).filter(|bar| is_crowded(all, index, *bar)) {
                xml.element("c:dLbl", &[], |xml| {
                    xml.empty("c:idx", &[("val", &bar)]);
                    xml.empty("c:delete", &[("val", &1)]);
                });
            }
        }
        "categories" => points(xml, categories.iter().map(|name| Some(name.clone()))),
        // A part of nothing has no point, so that no 0 is printed over its neighbour.
        _ => points(xml, series.values.iter().map(|value| (*value > 0).then(|| value.to_string()))),
    });
}

/// Whether the number on a part of a bar would run into that of the part beside it: both are narrower than their numbers.
fn is_crowded(all: &[Series], index: usize, bar: usize) -> bool {
    let bars = all.first().map_or(0, |series| series.values.len());
    let length = |bar: usize| all.iter().map(|series| series.values[bar]).sum::<u64>();
    let longest = (0..bars).map(length).max().unwrap_or_default();
    let is_narrow = |value: u64| value * 100 < longest * DIGIT * value.to_string().len() as u64;
    let parts: Vec<(usize, u64)> =
        all.iter().map(|series| series.values[bar]).enumerate().filter(|(_, value)| *value > 0).collect();
    let at = parts.iter().position(|(of, _)| *of == index);
    let narrow = |at: usize| parts.get(at).is_some_and(|(_, value)| is_narrow(*value));
    at.is_some_and(|at| narrow(at) && (narrow(at + 1) || at.checked_sub(1).is_some_and(narrow)))
}

fn points(xml: &mut Markup, values: impl ExactSizeIterator<Item = Option<String>>) {
    xml.empty("c:ptCount", &[("val", &values.len())]);
    for (index, value) in values.enumerate() {
        let Some(value) = value else { continue };
        xml.element("c:pt", &[("idx", &index)], |xml| xml.element("c:v", &[], |xml| xml.text(&value)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Tone;

    #[test]
    fn numbers_of_narrow_parts_side_by_side_are_not_printed() {
        // The parts of a bar beside one of 75, and whose numbers are not there.
        for (parts, crowded) in [
            (&[1, 1][..], &[true, true][..]),
            (&[1, 0, 1], &[true, false, true]),
            (&[2, 2], &[false, false]),
            (&[1], &[false]),
            (&[20, 4, 1], &[false, false, false]),
            (&[20, 1, 1], &[false, true, true]),
            (&[1, 20, 1], &[false, false, false]),
        ] {
            let series = parts.iter().enumerate().map(|(at, value)| Series {
                name: at.to_string(),
                tone: Tone::Plain,
                values: vec![if at == 0 { 75 } else { 0 }, *value],
            });
            let series: Vec<Series> = series.collect();
            let told: Vec<bool> = (0..parts.len()).map(|index| is_crowded(&series, index, 1)).collect();
            assert_eq!(told, crowded, "{parts:?}");
        }
    }
}
