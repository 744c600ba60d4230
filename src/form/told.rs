//! The cells of a filled form → the report that they tell, in the order in which it is declared; what is missing of what
//! must be there.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value as Yaml};

use super::problem::{Place, Problem};
use super::read::Workbook;
use super::written::Value;
use super::{Form, Input, Path, Places, Target, values};
use crate::model::Report;
use crate::record::{Field, Ids, Record, Shape, Way};
use crate::vietnamese::lower_first;

/// What the receiver may tell that a form leaves out.
#[derive(Debug)]
pub(crate) struct Given {
    pub(crate) path: &'static [&'static str],
    pub(crate) value: Option<String>,
    /// How it is told, for a remedy.
    pub(crate) option: &'static str,
}

/// A cell that a form asks to fill in.
#[derive(Debug)]
pub(super) struct Asked<'b> {
    pub(super) place: Place,
    pub(super) input: Input,
    pub(super) target: &'b Target,
    pub(super) value: Option<&'b Value>,
}

pub(super) fn below(path: &[String], names: &[&str]) -> Path {
    path.iter().cloned().chain(names.iter().map(|name| (*name).to_owned())).collect()
}

/// The report with the cell behind each of its parts.
pub(super) fn report(
    form: &Form,
    book: &Workbook,
    cells: &BTreeMap<Path, Asked<'_>>,
    given: &[Given],
    problems: &mut Vec<Problem>,
    notes: &mut Vec<Problem>,
) -> (Mapping, Places) {
    let (mut told, mut places) = (BTreeMap::new(), Places::default());
    for field in Report::RECORD.fields.iter().filter(|field| field.ask.way == Way::Told) {
        let key = match field.shape {
            Shape::Id(Ids::Agencies) => &form.mark.agency,
            _ => &form.mark.round,
        };
        told.insert(vec![field.key.to_owned()], Yaml::from(key.as_str()));
    }
    for (path, cell) in cells {
        if cell.target.required {
            places.add(&path[..path.len() - 1], &cell.place);
        }
        let Some(value) = cell.value else { continue };
        match values::read(value, cell.input, form, book.from_1904) {
            Ok(read) => {
                notes.extend(values::doubt(value, cell.input).map(|(message, remedy)| Problem {
                    place: Some(cell.place.clone()),
                    message,
                    remedy: remedy.into_owned(),
                }));
                let value = read;
                let path = cell.target.meant(path, &value);
                places.add(&path, &cell.place);
                told.insert(path, value);
            }
            Err((message, remedy)) => {
                problems.push(Problem { place: Some(cell.place.clone()), message, remedy: remedy.into_owned() });
            }
        }
    }
    for given in given {
        if let Some(value) = &given.value {
            told.entry(below(&[], given.path)).or_insert_with(|| Yaml::from(value.as_str()));
        }
    }
    let mut missing = Missing { cells, given, problems };
    missing.of_record(Report::RECORD, &[], &Within { must: true, before: "", after: "" });
    match value(&Shape::Record(Report::RECORD), &[], &told) {
        Some(Yaml::Mapping(report)) => (report, places),
        _ => (Mapping::new(), places),
    }
}

impl Target {
    /// What the cell may fill.
    pub(super) fn names(&self) -> impl Iterator<Item = Vec<&'static str>> {
        let other = self.other.map(|(other, _)| {
            let mut path = self.path.clone();
            path.pop();
            path.push(other);
            path
        });
        std::iter::once(self.path.clone()).chain(other)
    }

    /// The path that a value is told under, where two fields share the cell.
    fn meant(&self, path: &[String], value: &Yaml) -> Path {
        let mut path = path.to_vec();
        if let (Some((other, beginnings)), Some(text), Some(last)) = (self.other, value.as_str(), path.last_mut())
            && beginnings.iter().any(|beginning| text.starts_with(beginning))
        {
            *last = other.to_owned();
        }
        path
    }
}

/// The part of a report under a path, its fields in the order declared.
fn value(shape: &Shape, path: &[String], told: &BTreeMap<Path, Yaml>) -> Option<Yaml> {
    let alone = told.get(path);
    if alone.is_some() && under(told, path).nth(1).is_none() {
        return alone.cloned();
    }
    let part = |shape: &Shape, key: &str| value(shape, &below(path, &[key]), told);
    let mapping = |mapping: Mapping| (!mapping.is_empty()).then_some(Yaml::Mapping(mapping));
    match shape {
        Shape::Record(record) => {
            let mut first = alone.cloned();
            let told =
                |field: &Field| Some((field.key.into(), first.take().or_else(|| part(field.shape, field.key))?));
            mapping(record.fields.iter().filter_map(told).collect())
        }
        Shape::Table(_, row) => {
            let rows = keys(told, path).into_iter();
            mapping(rows.filter_map(|key| Some((key.into(), part(row, key)?))).collect())
        }
        Shape::List(item) => {
            let items: Vec<Yaml> = keys(told, path).into_iter().filter_map(|at| part(item, at)).collect();
            (!items.is_empty()).then_some(Yaml::Sequence(items))
        }
        Shape::Either(_, shapes) => shapes.iter().find_map(|shape| match (shape, value(shape, path, told)?) {
            (Shape::Record(record), value) => Some(in_brief(record, value)),
            (_, value) => Some(value),
        }),
        _ => None,
    }
}

/// An item as a record, where it is the record's first field alone.
pub(super) fn at_length(item: &Record, value: Yaml) -> Mapping {
    match value {
        Yaml::Mapping(whole) => whole,
        alone => item.fields.first().map(|field| (Yaml::from(field.key), alone)).into_iter().collect(),
    }
}

/// The first field of a record alone, where the record says nothing else.
pub(super) fn in_brief(record: &Record, value: Yaml) -> Yaml {
    match (record.fields.first(), &value) {
        (Some(field), Yaml::Mapping(told)) if told.len() == 1 => told.get(field.key).cloned().unwrap_or(value),
        _ => value,
    }
}

/// What stands under a path.
fn under<'m, T>(map: &'m BTreeMap<Path, T>, path: &[String]) -> impl Iterator<Item = (&'m Path, &'m T)> {
    map.range(path.to_vec()..).take_while(move |(known, _)| known.starts_with(path))
}

/// The keys of what stands right under a path; those of a list's items by their number.
fn keys<'m, T>(map: &'m BTreeMap<Path, T>, path: &[String]) -> Vec<&'m str> {
    let mut keys: Vec<&str> =
        under(map, path).filter_map(|(known, _)| Some(known.get(path.len())?.as_str())).collect();
    keys.dedup();
    keys.sort_by_key(|key| key.parse::<usize>().ok());
    keys
}

/// Finds what must be filled in and is not.
struct Missing<'m, 'b> {
    cells: &'m BTreeMap<Path, Asked<'b>>,
    given: &'m [Given],
    problems: &'m mut Vec<Problem>,
}

/// A record that is looked through.
struct Within<'w> {
    /// Whether it must be there.
    must: bool,
    /// What a problem and its remedy say of it.
    before: &'w str,
    after: &'w str,
}

impl Missing<'_, '_> {
    fn is_filled(&self, path: &[String]) -> bool {
        let given = || self.given.iter().any(|given| given.value.is_some() && path.iter().eq(given.path));
        under(self.cells, path).any(|(_, cell)| cell.value.is_some()) || given()
    }

    fn of_record(&mut self, record: &'static Record, path: &[String], within: &Within<'_>) {
        if !within.must && !self.is_filled(path) {
            return;
        }
        let at = |key: &str| below(path, &[key]);
        if !record.any_of.iter().any(|key| self.is_filled(&at(key))) {
            record.any_of.iter().take(1).for_each(|key| self.miss(&at(key), within));
        }
        for field in record.fields {
            let path = at(field.key);
            match field.shape {
                Shape::Record(inner) => {
                    let what = if field.doc.is_empty() { inner.what } else { field.doc.trim() };
                    let before = format!("{}có {} nhưng ", within.before, lower_first(what));
                    let optional =
                        Within { must: false, before: &before, after: ", hoặc để trống cả mục" };
                    let required = Within { must: true, ..*within };
                    self.of_record(inner, &path, if field.required { &required } else { &optional });
                }
                list if let Some(item) = list.of_items() => {
                    let within = Within { must: false, before: "dòng này ", after: ", hoặc xóa cả dòng" };
                    for at in keys(self.cells, &path) {
                        self.of_record(item, &below(&path, &[at]), &within);
                    }
                }
                Shape::Table(_, Shape::Record(row)) => {
                    for key in keys(self.cells, &path) {
                        let before = format!("{} {key} có nội dung nhưng ", row.what);
                        let within = Within { must: false, before: &before, after: "" };
                        self.of_record(row, &below(&path, &[key]), &within);
                    }
                }
                _ if field.required && !self.is_filled(&path) => self.miss(&path, within),
                _ => {}
            }
        }
    }

    /// Says so where the form asked for it.
    fn miss(&mut self, path: &[String], within: &Within<'_>) {
        let Some(cell) = self.cells.get(path) else { return };
        let (verb, remedy) = match cell.input {
            Input::Choice(_) => ("chọn", "chọn trong danh sách"),
            Input::Date => ("ghi", "điền ngày/tháng/năm vào ô này"),
            _ => ("ghi", "điền ô này"),
        };
        let words = cell.target.words.split(" (").next().unwrap_or_default();
        let message = format!("{}chưa {verb} {}", within.before, lower_first(words));
        let given = self.given.iter().find(|given| path.iter().eq(given.path));
        let given = given.map(|given| format!(", hoặc thêm {} khi nhận biểu mẫu", given.option));
        let remedy = format!("{remedy}{}{}", within.after, given.unwrap_or_default());
        self.problems.push(Problem { place: Some(cell.place.clone()), message, remedy });
    }
}
