//! `plan remind` as a list: who is urged, for what. For JSON a field may be added within a schema version, none removed
//! or changed.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::letter::{Occasion, request};
use super::words;
use crate::doc::{Align, Audience, Block, Cell, Column, Document, Row, Section, Shown, Style, Table, Value};
use crate::reminder::{Debt, Reminder};
use crate::vietnamese::{date, number, weekday};

/// Those to be urged on an occasion.
pub(crate) struct Reminders<'o, 'p> {
    pub(crate) occasion: Occasion<'o, 'p>,
    pub(crate) reminders: Vec<Reminder<'o, 'p>>,
}

#[derive(Serialize, JsonSchema)]
pub(crate) struct RemindJson<'r> {
    schema_version: u32,
    as_of: NaiveDate,
    /// Set while any report read is illustrative.
    illustrative: bool,
    round: &'r str,
    reminders: Vec<ReminderJson<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct ReminderJson<'r> {
    agency: &'r str,
    name: &'r str,
    /// `overdue`, `due` or `invalid`.
    debt: &'static str,
    /// Days overdue or left, by `debt`.
    days: Option<i64>,
    /// Problems that keep the report from being counted.
    errors: usize,
    /// The tasks of the round that the agency leads.
    tasks: Vec<&'r str>,
    /// The report to be mended.
    file: Option<&'r str>,
}

impl Shown for Reminders<'_, '_> {
    type Json<'s>
        = RemindJson<'s>
    where
        Self: 's;

    fn document(&self) -> Document {
        let Occasion { plan, status, as_of, .. } = self.occasion;
        let summary = match self.reminders.len() {
            0 => "Không có cơ quan nào phải đôn đốc.".to_owned(),
            count => format!("{} cơ quan phải đôn đốc.", number(count as u128)),
        };
        let mut blocks = vec![Block::Paragraph { style: Style::Body, text: summary }];
        if !self.reminders.is_empty() {
            let columns = [("Cơ quan", 4), ("Nội dung đề nghị", 6), ("Nhiệm vụ chủ trì", 3)];
            let columns = columns.map(|(title, width)| Column::new(title, width, Align::Left)).into();
            let rows = self.reminders.iter().map(|reminder| {
                let asked = request(&self.occasion, reminder);
                Row::Cells([reminder.status.agency.name.clone(), asked, tasks(reminder)].map(Cell::text).into())
            });
            blocks.push(Block::Table(Table::new("reminders", columns, rows)));
        }
        Document {
            title: format!(
                "Đôn đốc gửi báo cáo kỳ {} – {}, ngày {}",
                status.round.short_name,
                weekday(as_of),
                date(as_of)
            ),
            author: plan.wording.issuer_name.clone(),
            banner: self.occasion.banner.clone(),
            sections: vec![Section {
                name: "Danh sách".to_owned(),
                audience: Audience::Everyone,
                landscape: true,
                blocks,
            }],
        }
    }

    fn rows(&self) -> Table {
        let titles = ["Mã cơ quan", "Cơ quan", "Tình trạng", "Số ngày", "Số lỗi", "Nhiệm vụ chủ trì", "Tệp"];
        let columns = titles.map(|title| Column::new(title, 1, Align::Left)).into();
        let rows = self.reminders.iter().map(|reminder| {
            let ReminderJson { agency, name, days, errors, file, .. } = self.reminder(reminder);
            Row::Cells(vec![
                Cell::text(agency),
                Cell::text(name),
                Cell::text(words::debt(&reminder.debt).1),
                days.map_or(Cell::new(Value::Empty), Cell::number),
                Cell::number(errors),
                Cell::text(tasks(reminder)),
                Cell::text(file.unwrap_or_default()),
            ])
        });
        Table::new("reminders", columns, rows)
    }

    fn json(&self) -> Self::Json<'_> {
        RemindJson {
            schema_version: 1,
            as_of: self.occasion.as_of,
            illustrative: self.occasion.banner.is_some(),
            round: self.occasion.status.round.key.as_str(),
            reminders: self.reminders.iter().map(|reminder| self.reminder(reminder)).collect(),
        }
    }
}

impl Reminders<'_, '_> {
    fn reminder<'r>(&'r self, reminder: &'r Reminder<'_, '_>) -> ReminderJson<'r> {
        let (days, errors) = match &reminder.debt {
            Debt::Overdue(days) | Debt::Due(days) => (Some(*days), 0),
            Debt::Invalid(problems) => (None, problems.len()),
        };
        ReminderJson {
            agency: reminder.status.agency.key.as_str(),
            name: &reminder.status.agency.name,
            debt: words::debt(&reminder.debt).0,
            days,
            errors,
            tasks: reminder.tasks.iter().map(|task| task.key.as_str()).collect(),
            file: reminder.status.file.map(|file| self.occasion.files.get(file).path.as_str()),
        }
    }
}

fn tasks(reminder: &Reminder<'_, '_>) -> String {
    reminder.tasks.iter().map(|task| task.key.as_str()).collect::<Vec<_>>().join(", ")
}
