//! For spreadsheets: where every figure comes from, and the sums that are printed in sentences alone.

use super::{Brief, growth};
use crate::doc::{Align, Audience, Block, Cell, Column, Row, Section, SumOf, Table, Value};
use crate::measure::{Amount, Measure, Verdict};
use crate::model::{Named, Quantity};
use crate::view::cells::{sum, value};
use crate::view::words;

const SOURCES: &str = "sources";
/// Columns of the list of sources.
const INDICATOR: usize = 0;
const VALUE: usize = 7;
const USE: usize = 8;

pub(super) fn sections(brief: &Brief<'_, '_>) -> Vec<Section> {
    let funding = parts(brief, "funding", "Nguồn kinh phí", |quantity| match quantity {
        Quantity::Funding(source) => Some(source),
        _ => None,
    });
    let complaints = parts(brief, "complaints_by_field", "Lĩnh vực", |quantity| match quantity {
        Quantity::Complaints(_, field) => Some(field),
        _ => None,
    });
    let answers = section("Chỉ tiêu, từng loại trả lời", answers(brief));
    [answers].into_iter().chain(funding).chain(complaints).chain([sources(brief)]).collect()
}

fn section(name: &str, table: Table) -> Section {
    Section {
        name: name.to_owned(),
        audience: Audience::Spreadsheets,
        landscape: true,
        blocks: vec![Block::Table(table)],
    }
}

/// The parts of a list and what they add up to; `None` where nobody gave a number.
fn parts<'p>(
    brief: &Brief<'_, 'p>,
    name: &'static str,
    title: &str,
    part: impl Fn(Quantity<'p>) -> Option<Option<&'p Named>>,
) -> Option<Section> {
    let columns = vec![
        Column::new("Mã", 30, Align::Left),
        Column::new(title, 46, Align::Left),
        Column::new("Đơn vị tính", 12, Align::Center),
        Column::new("Số cơ quan báo số", 12, Align::Right),
        Column::new("Số liệu", 20, Align::Right),
    ];
    let mut rows = Vec::new();
    let mut total = None;
    for (measure, part) in brief.measures.iter().filter_map(|measure| Some((measure, part(measure.quantity)?))) {
        match (part, measure.value) {
            (_, Amount::Unknown(_) | Amount::Percent { .. }) => {}
            (None, Amount::Sum(_)) => {
                let empty = || Cell::new(Value::Empty);
                total = Some(Row::Total(vec![empty(), Cell::text("Tổng cộng"), empty(), empty(), value(measure)]));
            }
            (Some(part), Amount::Sum(_)) => {
                rows.push(Row::Cells(vec![
                    Cell::text(measure.quantity.key()),
                    Cell::text(&part.name),
                    Cell::text(measure.quantity.unit()),
                    Cell::number(measure.answers.numbers),
                    summed(measure),
                ]));
            }
        }
    }
    rows.push(total?);
    Some(section(title, Table::new(name, columns, rows)))
}

/// Every total with how many gave which answer, with the round before and the control totals.
fn answers(brief: &Brief<'_, '_>) -> Table {
    let with_control = brief.totals().any(|(_, total)| total.control().is_some());
    let mut columns = vec![
        Column::new("STT", 5, Align::Center),
        Column::new("Mã chỉ tiêu", 20, Align::Left),
        Column::new("Chỉ tiêu", 38, Align::Left),
        Column::new("Đơn vị tính", 11, Align::Center),
        Column::new("Số liệu", 16, Align::Right),
        Column::new("Số cơ quan báo số", 9, Align::Right),
        Column::new("Trong đó báo số 0", 9, Align::Right),
        Column::new("Không phát sinh", 9, Align::Right),
        Column::new("Không áp dụng", 9, Align::Right),
        Column::new("Chưa có số", 8, Align::Right),
    ];
    if let Some((round, _)) = brief.earlier {
        columns.insert(5, Column::new(format!("Kỳ {}", round.short_name), 14, Align::Right));
    }
    if with_control {
        columns.push(Column::new("Số đối chiếu", 16, Align::Right));
        columns.push(Column::new("Cộng của các thành viên", 16, Align::Right));
    }
    let compared = growth::columns(brief);
    let compares = !compared.is_empty();
    columns.extend(compared);
    let rows = brief.totals().enumerate().map(|(index, (indicator, total))| {
        let answers = total.answers;
        let mut cells = vec![
            Cell::number(index + 1),
            Cell::text(indicator.key.as_str()),
            Cell::text(&indicator.label),
            Cell::text(&indicator.unit),
            summed(total),
        ];
        if brief.earlier.is_some() {
            cells.push(brief.earlier(indicator).map_or_else(|| Cell::new(Value::Empty), value));
        }
        let counts =
            [answers.numbers, answers.zeros, answers.nothing_arose, answers.not_applicable, answers.unanswered];
        // A derived rate has no answers of its own.
        let derived = !indicator.is_typed();
        cells.extend(counts.map(|count| if derived { Cell::new(Value::Empty) } else { Cell::number(count) }));
        if with_control {
            let empty = || Cell::new(Value::Empty);
            let control = |control: u128| sum(total.quantity, control).sum_of(sum_of(total, Verdict::Control));
            cells.push(total.control().map_or_else(empty, control));
            let mut compared = brief.controls.iter().filter_map(|control| control.of(total.quantity));
            let of_members = compared.next().and_then(|compared| compared.of_members);
            cells.push(of_members.map_or_else(empty, |members| sum(total.quantity, members)));
        }
        cells.extend(growth::cells(indicator, total.last_year.as_ref()).into_iter().filter(|_| compares));
        Row::Cells(cells)
    });
    Table::new("indicators", columns, rows)
}

/// Where every figure comes from: one row a contribution, with the file and line that hold it.
fn sources(brief: &Brief<'_, '_>) -> Section {
    let columns = vec![
        Column::new("Mã chỉ tiêu", 20, Align::Left),
        Column::new("Chỉ tiêu", 36, Align::Left),
        Column::new("Đơn vị tính", 12, Align::Center),
        Column::new("Nhiệm vụ", 9, Align::Center),
        Column::new("Mã cơ quan", 18, Align::Left),
        Column::new("Cơ quan", 30, Align::Left),
        Column::new("Kỳ", 14, Align::Left),
        Column::new("Số liệu", 16, Align::Right),
        Column::new("Cách dùng", 12, Align::Left),
        Column::new("Tệp", 36, Align::Left),
        Column::new("Dòng", 7, Align::Right),
    ];
    // The whole of a list has the rows of its parts.
    let parts = brief.measures.iter().filter(|measure| !measure.quantity.is_whole());
    let contributions =
        parts.flat_map(|measure| measure.counted().iter().map(move |part| (measure.quantity, part)));
    let rows = contributions.map(|(quantity, part)| {
        Row::Cells(vec![
            Cell::text(quantity.key()),
            Cell::text(quantity.label()),
            Cell::text(quantity.unit()),
            Cell::text(part.task.map_or("", |task| &task.key)),
            Cell::text(part.agency.key.as_str()),
            Cell::text(&part.agency.name),
            Cell::text(words::origin(part.origin)),
            sum(quantity, part.value),
            Cell::text(words::verdict(part.verdict)),
            Cell::text(&brief.files.get(part.span.file).path),
            Cell::number(brief.files.position(part.span).line),
        ])
    });
    section("Nguồn số liệu", Table::new(SOURCES, columns, rows))
}

/// The value of a measure, which a spreadsheet adds up from the list of sources.
fn summed(measure: &Measure<'_>) -> Cell {
    let cell = value(measure);
    if matches!(measure.value, Amount::Sum(_)) { cell.sum_of(sum_of(measure, Verdict::Added)) } else { cell }
}

fn sum_of(measure: &Measure<'_>, verdict: Verdict) -> SumOf {
    SumOf {
        table: SOURCES,
        column: VALUE,
        matching: vec![(INDICATOR, measure.quantity.key().into_owned()), (USE, words::verdict(verdict).to_owned())],
    }
}
