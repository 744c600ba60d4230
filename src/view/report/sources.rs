//! For spreadsheets: where every figure comes from, and the sums that are printed in sentences alone.

use super::{Brief, growth};
use crate::doc::{Audience, Block, Cell, Row, Section, SumOf, Table, Value};
use crate::measure::{Amount, Measure, Verdict};
use crate::model::{Indicator, Named, Quantity};
use crate::view::cells::{sum, value};
use crate::view::words;

const SOURCES: &str = "sources";
/// Columns of the list of sources.
const INDICATOR: usize = 0;
const VALUE: usize = 8;
const USE: usize = 9;

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
    Section::new(name, vec![Block::Table(table)]).audience(Audience::Spreadsheets).landscape()
}

/// The parts of a list and what they add up to; `None` where nobody gave a number.
fn parts<'p>(
    brief: &Brief<'_, 'p>,
    name: &'static str,
    title: &str,
    part: impl Fn(Quantity<'p>) -> Option<Option<&'p Named>>,
) -> Option<Section> {
    let summed_up = brief.measures.iter().filter(|measure| matches!(measure.value, Amount::Sum(_)));
    let (parts, whole): (Vec<_>, Vec<_>) = summed_up
        .filter_map(|measure| Some((measure, part(measure.quantity)?)))
        .partition(|(_, part)| part.is_some());
    let mut table = Table::of(name, parts)
        .left("Mã", 30, |(measure, _)| measure.quantity.key().into_owned())
        .left(title, 46, |(_, part)| part.map(|part| &part.name))
        .center("Đơn vị tính", 12, |(measure, _)| measure.quantity.unit())
        .right("Số cơ quan báo số", 12, |(measure, _)| measure.answers.numbers)
        .right("Số liệu", 20, |(measure, _)| summed(measure))
        .table();
    let (whole, _) = whole.first()?;
    let empty = || Cell::new(Value::Empty);
    table.rows.push(Row::Total(vec![empty(), Cell::text("Tổng cộng"), empty(), empty(), value(whole)]));
    Some(section(title, table))
}

/// Every total with how many gave which answer, with the round before and the control totals.
fn answers(brief: &Brief<'_, '_>) -> Table {
    let with_control = brief.totals().any(|(_, total)| total.control().is_some());
    let earlier = brief.earlier.map_or("", |(round, _)| &round.short_name);
    let of_members =
        |of| brief.controls.iter().find_map(|control| control.of(of)).and_then(|found| found.of_members);
    let control = |total: &Measure<'_>| {
        let control = total.control();
        control.map(|control| sum(total.quantity, control).sum_of(sum_of(total, Verdict::Control)))
    };
    // A derived rate has no answers of its own.
    let count = |indicator: &Indicator, count: usize| indicator.is_typed().then_some(count);
    let table = Table::of("indicators", brief.totals())
        .numbered(5)
        .left("Mã chỉ tiêu", 20, |(of, _)| &of.key)
        .left("Chỉ tiêu", 38, |(of, _)| &of.label)
        .center("Đơn vị tính", 11, |(of, _)| &of.unit)
        .right("Số liệu", 16, |(_, total)| summed(total))
        .right(format!("Kỳ {earlier}"), 14, |(of, _)| brief.earlier(of).map(value))
        .when(brief.earlier.is_some())
        .right("Số cơ quan báo số", 9, |(of, total)| count(of, total.answers.numbers))
        .right("Trong đó báo số 0", 9, |(of, total)| count(of, total.answers.zeros))
        .right("Không phát sinh", 9, |(of, total)| count(of, total.answers.nothing_arose))
        .right("Không áp dụng", 9, |(of, total)| count(of, total.answers.not_applicable))
        .right("Chưa có số", 8, |(of, total)| count(of, total.answers.unanswered))
        .right("Số đối chiếu", 16, |(_, total)| control(total))
        .when(with_control)
        .right("Cộng của các thành viên", 16, |(_, total)| {
            of_members(total.quantity).map(|members| sum(total.quantity, members))
        })
        .when(with_control);
    growth::compared(table, brief).table()
}

/// Where every figure comes from: one row a contribution, with the file and line that hold it.
fn sources(brief: &Brief<'_, '_>) -> Section {
    // The whole of a list has the rows of its parts.
    let parts = brief.measures.iter().filter(|measure| !measure.quantity.is_whole());
    let contributions =
        parts.flat_map(|measure| measure.counted().iter().map(move |part| (measure.quantity, part)));
    let table = Table::of(SOURCES, contributions)
        .left("Mã chỉ tiêu", 20, |(of, _)| of.key().into_owned())
        .left("Chỉ tiêu", 36, |(of, _)| of.label().into_owned())
        .center("Đơn vị tính", 12, |(of, _)| of.unit())
        .center("Nhiệm vụ", 9, |(_, part)| part.task.map_or("", |task| &task.key))
        .left("Mã cơ quan", 18, |(_, part)| &part.agency.key)
        .left("Cơ quan", 30, |(_, part)| &part.agency.name)
        .left("Mã kỳ", 12, |(_, part)| words::origin_key(part.origin))
        .left("Kỳ", 14, |(_, part)| words::origin(part.origin))
        .right("Số liệu", 16, |(of, part)| sum(of, part.value))
        .left("Cách dùng", 12, |(_, part)| words::verdict(part.verdict))
        .left("Tệp", 36, |(_, part)| &brief.files.get(part.span.file).path)
        .right("Dòng", 7, |(_, part)| brief.files.position(part.span).line)
        .table();
    section("Nguồn số liệu", table)
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
