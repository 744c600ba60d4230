//! `plan trace`: where a figure comes from, part by part, and what is not in it.

use chrono::NaiveDate;

use super::cells::{amount, sum};
use super::{cells, words};
use crate::doc::{Align, Audience, Block, Cell, Column, Document, Row, Section, Shown, Style, Table, Tone, Value};
use crate::measure::{Amount, Contribution, Measure, Verdict};
use crate::model::{Plan, Round, Task};
use crate::source::{Files, Span};
use crate::vietnamese::{date, lower_first, number};

/// A measure and all that was reported for it.
pub(crate) struct Trace<'t, 'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) round: &'p Round,
    pub(crate) measure: &'t Measure<'p>,
    /// Of a rate or the whole of a list: the measures it is made of.
    pub(crate) made_of: Vec<&'t Measure<'p>>,
    /// Only what was reported under this task.
    pub(crate) task: Option<&'p Task>,
    pub(crate) as_of: NaiveDate,
    pub(crate) banner: Option<String>,
    pub(crate) files: &'t Files,
}

impl<'t, 'p> Trace<'t, 'p> {
    /// What is printed for the quantity, or for it under the task.
    pub(crate) fn value(&self) -> Amount {
        match (self.task, self.measure.value) {
            (Some(task), Amount::Sum(_)) => self.measure.under_task(task.id).map_or(Amount::Unknown, Amount::Sum),
            (_, value) => value,
        }
    }

    /// The figures that are shown.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &'t Contribution<'p>> {
        let task = self.task.map(|task| task.id);
        self.measure.contributions.iter().filter(move |part| task.is_none() || part.task.map(|of| of.id) == task)
    }
}

impl Shown for Trace<'_, '_> {
    fn document(&self) -> Document {
        let quantity = self.measure.quantity;
        let under = self.task.map(|task| format!(", nhiệm vụ {}", task.key)).unwrap_or_default();
        let value = amount(quantity, self.value()).value.to_text();
        let heading = match self.value() {
            Amount::Unknown => format!("{}: chưa cơ quan nào báo số", quantity.label()),
            Amount::Percent { .. } => format!("{}: {value}", quantity.label()),
            Amount::Sum(_) => format!("{}: {value} {}", quantity.label(), quantity.unit()),
        };
        let mut blocks = vec![Block::Heading { level: 1, text: heading }];
        for part in &self.made_of {
            let (of, value) = (part.quantity, cells::value(part).value.to_text());
            let more: String =
                words::beside(part.carried_over, None).iter().map(|words| format!("; {words}")).collect();
            blocks.push(item(format!("{}: {value} {}{more}; xem: plan trace {}", of.label(), of.unit(), of.key())));
        }
        if quantity.is_whole() || self.made_of.is_empty() {
            if self.task.is_none() {
                blocks.push(item(answers(self)));
            }
            let table = self.rows();
            if !table.rows.is_empty() {
                blocks.push(Block::Table(table));
            }
        }
        Document {
            title: format!("Nguồn số liệu kỳ {}{under} – ngày {}", self.round.short_name, date(self.as_of)),
            author: self.plan.wording.issuer_name.clone(),
            banner: self.banner.clone(),
            sections: vec![Section {
                name: "Nguồn số liệu".to_owned(),
                audience: Audience::Everyone,
                landscape: true,
                blocks,
            }],
        }
    }

    /// One row a figure: those added, the control total, those left out; then the sum of those added.
    fn rows(&self) -> Table {
        let columns = vec![
            Column::new("Cơ quan", 5, Align::Left),
            Column::new("Kỳ", 3, Align::Left),
            Column::new("Mã nhiệm vụ", 2, Align::Left),
            Column::new("Số liệu", 3, Align::Right),
            Column::new("Cách dùng", 5, Align::Left),
            Column::new("Tệp, dòng", 7, Align::Left),
        ];
        let quantity = self.measure.quantity;
        let row = |part: &Contribution<'_>| {
            let tone = if part.verdict == Verdict::Added { Tone::Plain } else { Tone::Muted };
            Row::Cells(vec![
                Cell::text(&part.agency.short_name),
                Cell::text(&part.round.short_name),
                Cell::text(part.task.map_or("", |task| &task.key)),
                sum(quantity, part.value).tone(tone),
                Cell::text(use_of(part)).tone(tone),
                Cell::text(place(self.files, part.span)),
            ])
        };
        let mut rows: Vec<Row> = self.parts().map(row).collect();
        if let Amount::Sum(total) = self.value() {
            let empty = || Cell::new(Value::Empty);
            rows.push(Row::Total(vec![
                Cell::text("Cộng"),
                empty(),
                empty(),
                sum(quantity, total),
                Cell::text("số in trong báo cáo"),
                empty(),
            ]));
        }
        Table::new("trace", columns, rows)
    }
}

/// `36 cơ quan báo số, trong đó 2 báo số 0; 1 không phát sinh; …`
fn answers(trace: &Trace<'_, '_>) -> String {
    let answers = trace.measure.answers;
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
    let control =
        trace.measure.control().map(|control| format!("; số đối chiếu {} không cộng vào", number(control)));
    format!("{}{}.", lower_first(&parts.join("; ")), control.unwrap_or_default())
}

/// What became of a number, with what is told beside it.
fn use_of(part: &Contribution<'_>) -> String {
    let counter = part.counted_by.map(|agency| agency.short_name.as_str());
    let beside = words::beside(part.carried_over.into(), counter);
    std::iter::once(words::verdict(part.verdict).to_owned()).chain(beside).collect::<Vec<_>>().join("; ")
}

fn place(files: &Files, span: Span) -> String {
    format!("{}:{}", files.get(span.file).path, files.position(span).line)
}

fn item(text: String) -> Block {
    Block::Paragraph { style: Style::Item, text }
}
