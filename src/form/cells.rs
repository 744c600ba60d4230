//! The cells that a field is filled in with, as declared: which column, what it takes, which part of the report it is.

use super::{Cell, Content, Input, List, Target};
use crate::record::{Field, Shape, Way};

pub(super) fn input(column: char, kind: Input, target: Target) -> Cell {
    Cell { columns: (column, column), content: Content::Input(kind, target) }
}

/// The cell for a field's answer.
pub(super) fn answer(column: char, words: &'static str, path: Vec<&'static str>, field: &Field) -> Cell {
    let target = Target { required: field.required, ..Target::new(path, words) };
    input(column, Input::of(field.shape, field.ask.code), target)
}

impl Input {
    fn of(shape: &Shape, code: bool) -> Self {
        match shape {
            Shape::Date => Self::Date,
            Shape::Number(..) => Self::Whole,
            Shape::Choice(_, words) => Self::Choice(List::Words(words)),
            Shape::Id(ids) => Self::Choice(List::Ids(*ids)),
            Shape::Pattern(..) => Self::Code,
            _ if code => Self::Code,
            _ => Self::Text,
        }
    }
}

impl Target {
    pub(super) fn new(path: Vec<&'static str>, words: &'static str) -> Self {
        Self { path, words, required: false, beside: false, other: None }
    }
}

/// The cells of a list's items.
pub(super) fn of_items(list: &'static Field) -> Vec<Cell> {
    let mut cells = Vec::new();
    match list.shape {
        items if let Some(record) = items.of_items() => {
            for field in record.fields {
                match (field.ask.way, field.shape) {
                    (Way::Cell(column), _) => {
                        let mut cell = answer(column, field.ask.words, vec![field.key], field);
                        if let Content::Input(_, target) = &mut cell.content {
                            target.other = record.fields.iter().find_map(|other| match other.ask.way {
                                Way::InCellOf(of, beginnings) if of == field.key => Some((other.key, beginnings)),
                                _ => None,
                            });
                        }
                        cells.push(cell);
                    }
                    (Way::Within, Shape::Record(inner)) => {
                        cells.extend(field.ask.heads.iter().zip(inner.fields).map(|((column, head), within)| {
                            answer(*column, head, vec![field.key, within.key], within)
                        }))
                    }
                    _ => {}
                }
            }
        }
        Shape::List(item) => {
            let heads = list.ask.heads.iter();
            let kind = Input::of(item, list.ask.code);
            cells.extend(heads.map(|(column, head)| input(*column, kind, Target::new(Vec::new(), head))));
        }
        _ => {}
    }
    cells.sort_by_key(|cell| cell.columns);
    cells
}

/// The cells for a value of a table, one for each way to answer, in the columns of some heads.
pub(super) fn of_values(value: &'static Shape, heads: &[(char, &'static str)]) -> Vec<Cell> {
    let cell =
        |((kind, path, beside), (letter, head)): ((Input, Vec<&'static str>, bool), &(char, &'static str))| {
            input(*letter, kind, Target { beside, ..Target::new(path, head) })
        };
    ways(value).into_iter().zip(heads).map(cell).collect()
}

/// What is filled in, the part of the value that it is, and whether it is told beside another.
fn ways(value: &'static Shape) -> Vec<(Input, Vec<&'static str>, bool)> {
    let Shape::Either(_, shapes) = value else { return vec![(Input::of(value, false), Vec::new(), false)] };
    let words = shapes.iter().find_map(|shape| match shape {
        Shape::Choice(_, words) => Some(List::Words(words)),
        _ => None,
    });
    let mut ways = Vec::new();
    for shape in *shapes {
        match (shape, words) {
            // The words are as good in the field of the number: they can mean nothing else.
            (Shape::Number(..), Some(words)) => ways.push((Input::WholeOr(words), Vec::new(), false)),
            (Shape::Record(record), _) => {
                let asked = record.fields.iter().filter(|field| field.is_asked());
                ways.extend(asked.map(|field| (Input::of(field.shape, false), vec![field.key], field.ask.beside)));
            }
            (Shape::Nothing, _) => {}
            (shape, _) => ways.push((Input::of(shape, false), Vec::new(), false)),
        }
    }
    ways
}
