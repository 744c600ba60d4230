//! `plan trace`: where a figure comes from, part by part, and what is not in it.

use chrono::NaiveDate;

use super::cells::amount;
use super::trace_json::{self, TraceJson};
use super::words;
use crate::consolidate::{Amount, LeftOut, Total, Use};
use crate::doc::{Align, Audience, Block, Cell, Column, Document, Row, Section, Shown, Style, Table, Tone, Value};
use crate::model::{Plan, Round, Task};
use crate::source::{Files, Span};
use crate::vietnamese::{date, lower_first, number};

/// A total and all that was reported for it.
pub(crate) struct Trace<'t, 'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) round: &'p Round,
    pub(crate) total: &'t Total<'p>,
    pub(crate) left_out: &'t [LeftOut<'p>],
    /// Of a rate: the totals it is made of.
    pub(crate) made_of: Vec<&'t Total<'p>>,
    /// Only what was reported under this task.
    pub(crate) task: Option<&'p Task>,
    pub(crate) as_of: NaiveDate,
    pub(crate) banner: Option<String>,
    pub(crate) files: &'t Files,
}

impl Trace<'_, '_> {
    /// What is printed for the indicator, or for it under the task.
    pub(crate) fn value(&self) -> Amount {
        match (self.task, self.total.value) {
            (Some(task), Amount::Sum(_)) => self.total.under_task(task.id).map_or(Amount::Unknown, Amount::Sum),
            (_, value) => value,
        }
    }

    pub(crate) fn is_shown(&self, task: &Task) -> bool {
        self.task.is_none_or(|wanted| wanted.id == task.id)
    }
}

impl Shown for Trace<'_, '_> {
    type Json<'s>
        = TraceJson<'s>
    where
        Self: 's;

    fn document(&self) -> Document {
        document(self)
    }

    fn rows(&self) -> Table {
        rows(self)
    }

    fn json(&self) -> Self::Json<'_> {
        trace_json::trace(self)
    }
}

fn document(trace: &Trace<'_, '_>) -> Document {
    let indicator = &trace.total.indicator;
    let under = trace.task.map(|task| format!(", nhiệm vụ {}", task.key)).unwrap_or_default();
    let heading = match trace.value() {
        Amount::Unknown => format!("{}: chưa cơ quan nào báo số", indicator.label),
        value @ Amount::Percent { .. } => {
            format!("{}: {}", indicator.label, amount(indicator, value).value.to_text())
        }
        value @ Amount::Sum(_) => {
            format!("{}: {} {}", indicator.label, amount(indicator, value).value.to_text(), indicator.unit)
        }
    };
    let mut blocks = vec![Block::Heading { level: 1, text: heading }];
    for part in &trace.made_of {
        let value = amount(part.indicator, part.value).value.to_text();
        blocks.push(item(format!(
            "{}: {value} {}; xem: plan trace {}",
            part.indicator.label, part.indicator.unit, part.indicator.key
        )));
    }
    if trace.made_of.is_empty() {
        if trace.task.is_none() {
            blocks.push(item(answers(trace)));
        }
        let table = rows(trace);
        if !table.rows.is_empty() {
            blocks.push(Block::Table(table));
        }
    }
    Document {
        title: format!("Nguồn số liệu kỳ {}{under} – ngày {}", trace.round.short_name, date(trace.as_of)),
        author: trace.plan.wording.issuer_name.clone(),
        banner: trace.banner.clone(),
        sections: vec![Section {
            name: "Nguồn số liệu".to_owned(),
            audience: Audience::Everyone,
            landscape: true,
            blocks,
        }],
    }
}

/// One row a figure: those added, the control total, those left out; then the sum of those added.
fn rows(trace: &Trace<'_, '_>) -> Table {
    let columns = vec![
        Column::new("Cơ quan", 5, Align::Left),
        Column::new("Kỳ", 3, Align::Left),
        Column::new("Mã nhiệm vụ", 2, Align::Left),
        Column::new("Số liệu", 3, Align::Right),
        Column::new("Cách dùng", 5, Align::Left),
        Column::new("Tệp, dòng", 7, Align::Left),
    ];
    let indicator = trace.total.indicator;
    let cell =
        |value: u128| Cell::new(if indicator.is_money() { Value::Money(value) } else { Value::Number(value) });
    let row = |agency: &str, round: &Round, task: &str, value: u64, use_: &str, span: Span, tone| {
        Row::Cells(vec![
            Cell::text(agency),
            Cell::text(&round.short_name),
            Cell::text(task),
            cell(u128::from(value)).tone(tone),
            Cell::text(use_).tone(tone),
            Cell::text(place(trace.files, span)),
        ])
    };
    let parts = trace.total.contributions.iter().filter(|part| trace.is_shown(part.task));
    let mut rows: Vec<Row> = parts
        .map(|part| {
            let tone = if part.use_ == Use::Added { Tone::Plain } else { Tone::Muted };
            let task = part.task.key.as_str();
            row(&part.agency.short_name, part.round, task, part.value, words::usage(part.use_), part.span, tone)
        })
        .collect();
    rows.extend(trace.left_out.iter().filter(|part| trace.is_shown(part.task)).map(|part| {
        let (_, why) = words::reason(part.reason);
        row(&part.agency.short_name, part.round, part.task.key.as_str(), part.value, why, part.span, Tone::Muted)
    }));
    if let Amount::Sum(sum) = trace.value() {
        let empty = || Cell::new(Value::Empty);
        rows.push(Row::Total(vec![
            Cell::text("Cộng"),
            empty(),
            empty(),
            cell(sum),
            Cell::text("số in trong báo cáo"),
            empty(),
        ]));
    }
    Table::new("trace", columns, rows)
}

/// `36 cơ quan báo số, trong đó 2 báo số 0; 1 không phát sinh; …`
fn answers(trace: &Trace<'_, '_>) -> String {
    let answers = trace.total.answers;
    let mut parts = vec![format!("{} cơ quan báo số", number(answers.numbers as u128))];
    for (count, what) in [
        (answers.zeros, "trong đó báo số 0"),
        (answers.nothing_arose, "không phát sinh"),
        (answers.not_applicable, "không áp dụng"),
        (answers.unanswered, "chưa có số"),
    ] {
        if count > 0 {
            parts.push(format!("{} {what}", number(count as u128)));
        }
    }
    let control = trace.total.control().map(|control| format!("; số đối chiếu {} không cộng vào", number(control)));
    format!("{}{}.", lower_first(&parts.join("; ")), control.unwrap_or_default())
}

fn place(files: &Files, span: Span) -> String {
    format!("{}:{}", files.get(span.file).path, files.position(span).line)
}

fn item(text: String) -> Block {
    Block::Paragraph { style: Style::Item, text }
}
