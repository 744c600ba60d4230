//! Native charts (DrawingML): a part of its own for each, and the drawing in the body that shows it. The numbers stand in
//! the part itself, so there is no workbook behind it. Word and LibreOffice draw it anew: no font and no picture is embedded.

use super::{page::Page, paragraph};
use crate::doc::{Audience, Chart, Document, Series, shaded};
use crate::render::markup::{Attributes, Markup};
use crate::render::tones::fill;
use crate::render::visible::Visible;

/// English metric units in a twip.
const EMU: u64 = 635;
/// Room for the title, the legend and the axis; and for each bar. Twips.
const FRAME: u64 = 1500;
const BAR: u64 = 280;
/// Between two charts side by side, in twips.
const GAP: u64 = 240;

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
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
    let inline: Attributes = &[
        ("xmlns:wp", &"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("distT", &0),
        ("distB", &0),
        ("distL", &0),
        ("distR", &0),
    ];
    let (name, told) = (format!("Biểu đồ {number}"), format!("{}. {}", chart.title, chart.description));
    xml.element("w:drawing", &[], |xml| {
        xml.element("wp:inline", inline, |xml| {
            xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
            xml.empty("wp:docPr", &[("id", &number), ("name", &name), ("descr", &told)]);
            xml.empty("wp:cNvGraphicFramePr", &[]);
            xml.element("a:graphic", &[("xmlns:a", &DRAWING)], |xml| {
                xml.element("a:graphicData", &[("uri", &CHART)], |xml| {
                    xml.empty("c:chart", &[("xmlns:c", &CHART), ("r:id", &format!("chart{number}"))]);
                });
            });
        });
    });
}

/// A chart's own part: horizontal bars in the order of reading, each as long as its parts together.
pub(super) fn part(chart: &Chart) -> Visible {
    let (categories, series) = chart.bars().unwrap_or_default();
    Markup::part("c:chartSpace", &[("xmlns:c", &CHART), ("xmlns:a", &DRAWING)], |xml| {
        xml.empty("c:roundedCorners", &[("val", &0)]);
        xml.element("c:chart", &[], |xml| {
            xml.element("c:title", &[], |xml| {
                xml.nested(&["c:tx", "c:rich"], |xml| {
                    xml.empty("a:bodyPr", &[]);
                    xml.element("a:p", &[], |xml| {
                        xml.element("a:pPr", &[], |xml| font(xml, "a:defRPr", 1200, true));
                        xml.element("a:r", &[], |xml| {
                            font(xml, "a:rPr", 1200, true);
                            xml.element("a:t", &[], |xml| xml.text(&chart.title));
                        });
                    });
                });
                flag(xml, "c:overlay", false);
            });
            flag(xml, "c:autoTitleDeleted", false);
            xml.element("c:plotArea", &[], |xml| {
                xml.empty("c:layout", &[]);
                xml.element("c:barChart", &[], |xml| {
                    xml.empty("c:barDir", &[("val", &"bar")]);
                    xml.empty("c:grouping", &[("val", &"stacked")]);
                    flag(xml, "c:varyColors", false);
                    for (index, (one, lighter)) in shaded(series).enumerate() {
                        xml.element("c:ser", &[], |xml| self::series(xml, one, index, lighter, categories));
                    }
                    xml.empty("c:gapWidth", &[("val", &40)]);
                    xml.empty("c:overlap", &[("val", &100)]);
                    xml.empty("c:axId", &[("val", &1)]);
                    xml.empty("c:axId", &[("val", &2)]);
                });
                axes(xml);
            });
            xml.element("c:legend", &[], |xml| {
                xml.empty("c:legendPos", &[("val", &"b")]);
                flag(xml, "c:overlay", false);
            });
            flag(xml, "c:plotVisOnly", true);
            xml.empty("c:dispBlanksAs", &[("val", &"gap")]);
        });
        xml.element("c:spPr", &[], |xml| {
            xml.empty("a:noFill", &[]);
            xml.element("a:ln", &[], |xml| xml.empty("a:noFill", &[]));
        });
        text_properties(xml);
    })
}

fn series(xml: &mut Markup, series: &Series, index: usize, lighter: bool, categories: &[String]) {
    xml.empty("c:idx", &[("val", &index)]);
    xml.empty("c:order", &[("val", &index)]);
    xml.nested(&["c:tx", "c:v"], |xml| xml.text(&series.name));
    xml.nested(&["c:spPr", "a:solidFill"], |xml| {
        xml.empty("a:srgbClr", &[("val", &fill(series.tone, lighter))]);
    });
    flag(xml, "c:invertIfNegative", false);
    xml.element("c:dLbls", &[], |xml| {
        for (name, on) in [
            ("c:showLegendKey", false),
            ("c:showVal", true),
            ("c:showCatName", false),
            ("c:showSerName", false),
            ("c:showPercent", false),
            ("c:showBubbleSize", false),
        ] {
            flag(xml, name, on);
        }
    });
    xml.nested(&["c:cat", "c:strLit"], |xml| points(xml, categories.iter().map(|name| Some(name.clone()))));
    xml.nested(&["c:val", "c:numLit"], |xml| {
        xml.element("c:formatCode", &[], |xml| xml.text("General"));
        // A part of nothing has no point, so that no 0 is printed over its neighbour.
        points(xml, series.values.iter().map(|value| (*value > 0).then(|| value.to_string())));
    });
}

fn points(xml: &mut Markup, values: impl ExactSizeIterator<Item = Option<String>>) {
    xml.empty("c:ptCount", &[("val", &values.len())]);
    for (index, value) in values.enumerate() {
        let Some(value) = value else { continue };
        xml.element("c:pt", &[("idx", &index)], |xml| xml.element("c:v", &[], |xml| xml.text(&value)));
    }
}

/// The first category on top; the counts are printed on the bars, so their axis is not.
fn axes(xml: &mut Markup) {
    let scaling = |xml: &mut Markup, order: &str| {
        xml.element("c:scaling", &[], |xml| xml.empty("c:orientation", &[("val", &order)]));
    };
    xml.element("c:catAx", &[], |xml| {
        xml.empty("c:axId", &[("val", &1)]);
        scaling(xml, "maxMin");
        flag(xml, "c:delete", false);
        xml.empty("c:axPos", &[("val", &"l")]);
        xml.empty("c:majorTickMark", &[("val", &"none")]);
        xml.empty("c:minorTickMark", &[("val", &"none")]);
        xml.empty("c:tickLblPos", &[("val", &"low")]);
        xml.empty("c:crossAx", &[("val", &2)]);
    });
    xml.element("c:valAx", &[], |xml| {
        xml.empty("c:axId", &[("val", &2)]);
        scaling(xml, "minMax");
        flag(xml, "c:delete", true);
        xml.empty("c:axPos", &[("val", &"b")]);
        xml.empty("c:crossAx", &[("val", &1)]);
    });
}

fn text_properties(xml: &mut Markup) {
    xml.element("c:txPr", &[], |xml| {
        xml.empty("a:bodyPr", &[]);
        xml.element("a:p", &[], |xml| {
            xml.element("a:pPr", &[], |xml| font(xml, "a:defRPr", 1000, false));
            xml.empty("a:endParaRPr", &[("lang", &"vi-VN")]);
        });
    });
}

/// `size` in hundredths of a point.
fn font(xml: &mut Markup, element: &'static str, size: u32, bold: bool) {
    xml.element(element, &[("lang", &"vi-VN"), ("sz", &size), ("b", &u8::from(bold))], |xml| {
        for script in ["a:latin", "a:ea", "a:cs"] {
            xml.empty(script, &[("typeface", &"Times New Roman")]);
        }
    });
}

fn flag(xml: &mut Markup, name: &'static str, on: bool) {
    xml.empty(name, &[("val", &u8::from(on))]);
}
