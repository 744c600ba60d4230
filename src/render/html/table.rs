//! A table that scrolls inside its own frame where the screen is too narrow, and repeats its header on paper.

use std::fmt::Display;

use super::name;
use crate::doc::{Align, Cell, Column, Row, Table, Tone, Value};
use crate::render::markup::{Attributes, Markup};

/// A table of more rows keeps its header in sight inside a frame of its own.
const FEW_ROWS: usize = 15;
/// Room that a column needs on average before its words get broken, in `rem`.
const COLUMN_ROOM: usize = 5;
/// What draws a bar out of letters.
const SQUARES: [char; 2] = ['█', '░'];

/// `id` is the page's own; `label` is for who cannot see where the table stands.
pub(super) fn write(markup: &mut Markup, table: &Table, id: &str, label: &str) {
    let table = &*table.for_reading();
    if table.columns.is_empty() {
        return;
    }
    let class = if table.rows.len() > FEW_ROWS { "scroll tall" } else { "scroll" };
    let frame: [(&str, &dyn Display); 4] =
        [("class", &class), ("role", &"region"), ("aria-labelledby", &id), ("tabindex", &"0")];
    markup.block("div", &frame, |markup| {
        let room = format!("min-width:{}rem", table.columns.len() * COLUMN_ROOM);
        markup.block("table", &[("style", &room)], |markup| {
            markup.block("caption", &[("id", &id)], |markup| markup.text(label));
            columns(markup, &table.columns);
            // A heading inside the table is the heading of a body of its own.
            for rows in table.rows.chunk_by(|_, next| !matches!(next, Row::Group(_))) {
                markup.block("tbody", &[], |markup| {
                    markup.line();
                    markup.each(rows, |markup, _, row| self::row(markup, row, &table.columns));
                });
            }
        });
    });
}

fn columns(markup: &mut Markup, columns: &[Column]) {
    let all: u32 = columns.iter().map(|column| u32::from(column.width)).sum();
    markup.block("colgroup", &[], |markup| {
        for column in columns {
            // Words take the share that they were given, figures what they need.
            if column.align == Align::Left {
                let share = u32::from(column.width) * 100 / all.max(1);
                markup.void("col", &[("style", &format!("width:{share}%"))]);
            } else {
                markup.void("col", &[]);
            }
        }
    });
    markup.block("thead", &[], |markup| {
        markup.element("tr", &[], |markup| {
            for (at, column) in columns.iter().enumerate() {
                let class = match column.align {
                    Align::Left if Some(at) == named_by(columns) => "words named",
                    Align::Left => "words",
                    Align::Center => "",
                    Align::Right => "right",
                };
                cell(markup, "th", class, &[("scope", &"col")], |markup| markup.text(&column.title));
            }
        });
    });
}

/// The column that says what a row is of: the first of words. It stays in sight where the table scrolls.
fn named_by(columns: &[Column]) -> Option<usize> {
    columns.iter().position(|column| column.align == Align::Left)
}

fn row(markup: &mut Markup, row: &Row, columns: &[Column]) {
    let (class, cells) = match row {
        Row::Group(title) => {
            markup.block("tr", &[("class", &"group")], |markup| {
                let span = columns.len();
                markup.element("th", &[("scope", &"rowgroup"), ("colspan", &span)], |markup| markup.text(title));
            });
            return;
        }
        Row::Cells(cells) => ("", cells),
        Row::Total(cells) => ("total", cells),
    };
    let attributes: &[(&str, &dyn Display)] = &[("class", &class)];
    markup.block("tr", if class.is_empty() { &[] } else { attributes }, |markup| {
        for (at, (value, column)) in cells.iter().zip(columns).enumerate() {
            let look = looks(value, column.align);
            let named = if Some(at) == named_by(columns) { " named" } else { "" };
            cell(markup, "td", format!("{look}{named}").trim(), &[], |markup| match &value.anchor {
                None => content(markup, &value.value),
                Some(anchor) => {
                    let leads: [(&str, &dyn Display); 2] = [("id", anchor), ("href", &format!("#{anchor}"))];
                    markup.element("a", &leads, |markup| content(markup, &value.value));
                }
            });
        }
    });
}

fn cell(
    markup: &mut Markup,
    name: &'static str,
    class: &str,
    attributes: Attributes,
    content: impl FnOnce(&mut Markup),
) {
    let mut all = attributes.to_vec();
    if !class.is_empty() {
        all.push(("class", &class));
    }
    markup.element(name, &all, content);
}

fn looks(cell: &Cell, align: Align) -> String {
    let align = match align {
        Align::Left => None,
        Align::Center => Some("center"),
        Align::Right => Some("right"),
    };
    let whole = match &cell.value {
        Value::Text(text) => text.starts_with(SQUARES),
        Value::Empty => false,
        Value::Number(_) | Value::Money(_) | Value::Percent { .. } | Value::Date(_) => true,
    };
    let tone = (cell.tone != Tone::Plain).then(|| name(cell.tone));
    let classes: Vec<&str> = align.into_iter().chain(whole.then_some("whole")).chain(tone).collect();
    classes.join(" ")
}

fn content(markup: &mut Markup, value: &Value) {
    let text = value.to_text();
    if text.contains('\n') {
        for line in text.lines() {
            markup.element("p", &[], |markup| markup.text(line));
        }
        return;
    }
    // Squares that draw a bar say nothing when they are read out one by one.
    let words = text.trim_start_matches(SQUARES);
    let squares = &text[..text.len() - words.len()];
    if !squares.is_empty() {
        markup.element("span", &[("class", &"squares"), ("aria-hidden", &"true")], |markup| markup.text(squares));
    }
    markup.text(words);
}
