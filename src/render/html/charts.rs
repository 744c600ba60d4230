//! Charts as inline SVG. Lengths across are shares of the width and letters keep their size, so that a chart fits a
//! phone as well as a page; what a colour says is said by a pattern and in words too.

use std::fmt::Display;

use chrono::{Datelike, Months, NaiveDate};

use super::name;
use crate::doc::{Chart, Event, Mark, Picture, Series, Tone, Value, shaded};
use crate::render::markup::{Attributes, Markup};
use crate::vietnamese::wrapped;

/// Characters of a label that fit beside each other on a phone.
const LINE: usize = 44;
/// Heights in pixels: of a line of text, of a bar, between two rows.
const TEXT: usize = 20;
const BAR: usize = 18;
const GAP: usize = 14;
/// Room for a swatch and its number under a bar, in pixels.
const SLOT: usize = 54;
/// Days named under the line of time, at most.
const TICKS: usize = 5;

/// The paper of every tone, drawn once a page.
pub(super) fn patterns(markup: &mut Markup) {
    markup.frame(include_str!("patterns.svg"), |_, _| {});
    markup.line();
}

/// `id` is the page's own, the beginning of every id in the chart.
pub(super) fn write(markup: &mut Markup, chart: &Chart, id: &str) {
    let class = match chart.picture {
        Picture::Bars { .. } => "bars",
        Picture::Strip(_) => "strip",
        Picture::Timeline { .. } => "timeline",
    };
    markup.block("figure", &[("class", &class)], |markup| {
        markup.block("figcaption", &[], |markup| markup.text(&chart.title));
        match &chart.picture {
            Picture::Bars { categories, series } => {
                legend(markup, shaded(series).map(|(part, lighter)| ((part.tone, lighter), part.name.clone())));
                bars(markup, chart, id, categories, series);
            }
            Picture::Strip(marks) => {
                let mut states: Vec<(Paint, &str, usize)> = Vec::new();
                for mark in marks {
                    match states.iter_mut().find(|(_, state, _)| *state == mark.state) {
                        Some((_, _, count)) => *count += 1,
                        None => states.push(((mark.tone, false), &mark.state, 1)),
                    }
                }
                legend(
                    markup,
                    states.into_iter().map(|(paint, state, count)| (paint, format!("{state}: {count}"))),
                );
                strip(markup, chart, id, marks);
            }
            Picture::Timeline { today, events } => timeline(markup, chart, id, *today, events),
        }
    });
}

/// A tone, and whether it is the lighter one of two.
type Paint = (Tone, bool);

fn legend(markup: &mut Markup, entries: impl Iterator<Item = (Paint, String)>) {
    markup.block("ul", &[("class", &"legend")], |markup| {
        for (paint, words) in entries {
            markup.block("li", &[], |markup| {
                swatch(markup, paint);
                markup.text(&words);
            });
        }
    });
}

fn swatch(markup: &mut Markup, paint: Paint) {
    markup.element("svg", &[("class", &"swatch"), ("aria-hidden", &"true")], |markup| {
        rect(markup, paint, ["0", "0", "12", "12"]);
    });
}

/// A picture with its name and everything that it shows in words.
fn picture(markup: &mut Markup, chart: &Chart, id: &str, height: usize, content: impl FnOnce(&mut Markup)) {
    let (title, description) = (format!("{id}-title"), format!("{id}-desc"));
    let attributes: [(&str, &dyn Display); 5] = [
        ("class", &"picture"),
        ("role", &"img"),
        ("aria-labelledby", &title),
        ("aria-describedby", &description),
        ("height", &height),
    ];
    markup.block("svg", &attributes, |markup| {
        markup.block("title", &[("id", &title)], |markup| markup.text(&chart.title));
        markup.block("desc", &[("id", &description)], |markup| markup.text(&chart.description));
        content(markup);
    });
}

fn bars(markup: &mut Markup, chart: &Chart, id: &str, categories: &[String], series: &[Series]) {
    let value = |part: &Series, bar: usize| part.values.get(bar).copied().map_or(0, u128::from);
    let total = |bar: usize| series.iter().map(|part| value(part, bar)).sum::<u128>();
    let longest = (0..categories.len()).map(total).max().unwrap_or_default().max(1);
    let labels: Vec<Vec<String>> = categories.iter().map(|label| wrapped(label, LINE)).collect();
    let height = labels.iter().map(|lines| (lines.len() + 1) * TEXT + BAR + GAP).sum();
    picture(markup, chart, id, height, |markup| {
        let mut y = 0;
        for (bar, lines) in labels.iter().enumerate() {
            y = text_lines(markup, y, lines);
            let mut passed = 0;
            let mut slot = 0;
            for (part, lighter) in shaded(series) {
                let value = value(part, bar);
                if value == 0 {
                    continue;
                }
                let left = share(passed, longest);
                passed += value;
                let width = share(passed, longest) - left;
                let paint = (part.tone, lighter);
                rect(markup, paint, [&percent(left), &y.to_string(), &percent(width), &BAR.to_string()]);
                rect(markup, paint, [&slot.to_string(), &(y + BAR + 5).to_string(), "12", "12"]);
                text(markup, &(slot + 17).to_string(), y + BAR + 16, "number", &Value::Number(value).to_text());
                slot += SLOT;
            }
            y += BAR + TEXT + GAP;
        }
    });
}

fn strip(markup: &mut Markup, chart: &Chart, id: &str, marks: &[Mark]) {
    const HEIGHT: usize = 28;
    picture(markup, chart, id, HEIGHT, |markup| {
        for (index, mark) in marks.iter().enumerate() {
            let edge = |index: usize| share(index as u128, marks.len() as u128);
            let width = edge(index + 1) - edge(index);
            rect(markup, (mark.tone, false), [&percent(edge(index)), "0", &percent(width), &HEIGHT.to_string()]);
        }
    });
    markup.block("ul", &[("class", &"marks")], |markup| {
        for mark in marks {
            markup.block("li", &[], |markup| {
                swatch(markup, (mark.tone, false));
                markup.element("span", &[], |markup| {
                    markup.text(&mark.label);
                    markup.text(" ");
                    markup.element("small", &[], |markup| markup.text(&mark.state));
                });
            });
        }
    });
}

/// Every event has a lane of its own, so that no words fall on others.
fn timeline(markup: &mut Markup, chart: &Chart, id: &str, today: NaiveDate, events: &[Event]) {
    let days = || events.iter().map(|event| event.date).chain([today]);
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return };
    let place = |day: NaiveDate| {
        let of = |day: NaiveDate| u128::try_from((day - first).num_days()).unwrap_or_default();
        // The marks at both ends are whole.
        200 + share(of(day), of(last).max(1)) * 96 / 100
    };
    let named = |day: NaiveDate| Value::Date(day).to_text();
    let lanes: Vec<(&Event, Vec<String>)> = events
        .iter()
        .map(|event| (event, wrapped(&format!("{}: {}", named(event.date), event.label), LINE)))
        .collect();
    let head = 2 * TEXT + GAP / 2;
    let height = head + lanes.iter().map(|(_, lines)| lines.len() * TEXT + BAR + GAP / 2).sum::<usize>();
    picture(markup, chart, id, height, |markup| {
        for day in ticks(first, last) {
            let x = percent(place(day));
            upright(markup, "tick", &x, 2 * TEXT, height);
            text(markup, &x, 2 * TEXT - 6, &anchored(place(day), "tick"), &named(day));
        }
        let x = percent(place(today));
        upright(markup, "today", &x, TEXT, height);
        text(markup, &x, TEXT - 6, &anchored(place(today), "today"), &format!("Hôm nay, {}", named(today)));
        let mut y = head;
        for (event, lines) in &lanes {
            y = text_lines(markup, y, lines);
            let middle = y + BAR / 2;
            shape(
                markup,
                "line",
                &[("class", &"lane"), ("x1", &"0"), ("x2", &"100%"), ("y1", &middle), ("y2", &middle)],
            );
            let paint = format!("url(#tone-{})", name(event.tone));
            markup.element(
                "svg",
                &[("x", &percent(place(event.date))), ("y", &middle), ("class", &"mark")],
                |markup| {
                    // What presses is an edge ahead of the others in black and white too.
                    let urgent = matches!(event.tone, Tone::Warning | Tone::Bad);
                    let outline = if urgent { "M0-9 9 0 0 9-9 0z" } else { "M-6-6h12v12h-12z" };
                    shape(markup, "path", &[("d", &outline), ("fill", &paint), ("class", &"outline")]);
                },
            );
            y += BAR + GAP / 2;
        }
    });
}

/// The first days of months between two days, as many as there is room for.
fn ticks(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
    let count = usize::try_from(months(last) - months(first)).unwrap_or_default();
    let step = count.div_ceil(TICKS).max(1);
    let month = |ahead: usize| first.with_day(1)?.checked_add_months(Months::new(u32::try_from(ahead).ok()?));
    (1..=count).step_by(step).filter_map(month).collect()
}

/// Words that begin, end or have their middle where they are, lest they leave the picture.
fn anchored(place: u128, class: &str) -> String {
    let anchor = match place {
        ..=2500 => "begins",
        7500.. => "ends",
        _ => "middle",
    };
    format!("{class} {anchor}")
}

/// Ten thousandths.
fn share(part: u128, whole: u128) -> u128 {
    part * 10_000 / whole
}

fn percent(share: u128) -> String {
    format!("{}.{:02}%", share / 100, share % 100)
}

/// Returns where the lines end.
fn text_lines(markup: &mut Markup, y: usize, lines: &[String]) -> usize {
    for (index, line) in lines.iter().enumerate() {
        text(markup, "0", y + index * TEXT + TEXT - 5, "", line);
    }
    y + lines.len() * TEXT
}

fn text(markup: &mut Markup, x: &str, y: usize, class: &str, words: &str) {
    let attributes: [(&str, &dyn Display); 3] = [("x", &x), ("y", &y), ("class", &class)];
    let used = if class.is_empty() { 2 } else { 3 };
    markup.block("text", &attributes[..used], |markup| markup.text(words));
}

fn rect(markup: &mut Markup, (tone, lighter): Paint, [x, y, width, height]: [&str; 4]) {
    let fill = format!("url(#tone-{})", name(tone));
    let class = if lighter { "part lighter" } else { "part" };
    let attributes: [(&str, &dyn Display); 6] =
        [("x", &x), ("y", &y), ("width", &width), ("height", &height), ("fill", &fill), ("class", &class)];
    shape(markup, "rect", &attributes);
}

fn upright(markup: &mut Markup, class: &str, x: &str, from: usize, to: usize) {
    shape(markup, "line", &[("class", &class), ("x1", &x), ("x2", &x), ("y1", &from), ("y2", &to)]);
}

fn shape(markup: &mut Markup, name: &'static str, attributes: Attributes) {
    markup.element(name, attributes, |_| {});
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_few_days_are_named_however_long_the_time() {
        for (first, last, named) in [
            (day(2026, 3, 5), day(2026, 3, 20), vec![]),
            (day(2026, 3, 5), day(2026, 5, 20), vec![day(2026, 4, 1), day(2026, 5, 1)]),
            (
                day(2026, 1, 31),
                day(2027, 1, 2),
                vec![day(2026, 2, 1), day(2026, 5, 1), day(2026, 8, 1), day(2026, 11, 1)],
            ),
        ] {
            assert_eq!(ticks(first, last), named);
        }
        assert!(ticks(day(1, 1, 1), NaiveDate::MAX).len() <= TICKS);
    }

    #[test]
    fn labels_are_broken_between_words() {
        let long = "x".repeat(60);
        for (label, lines) in [
            ("", vec![""]),
            ("Sở Y tế", vec!["Sở Y tế"]),
            (
                "Kỳ Ngày 15/3, gửi Bộ, UBND tỉnh trước ngày 15/6/2026",
                vec!["Kỳ Ngày 15/3, gửi Bộ, UBND tỉnh trước ngày", "15/6/2026"],
            ),
            (&long, vec![long.as_str()]),
        ] {
            assert_eq!(wrapped(label, LINE), lines);
        }
    }
}
