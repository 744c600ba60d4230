//! `plan remind` as a list: who is urged, for what. For JSON a field may be added within a schema version, none removed
//! or changed.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::letter::{Occasion, list};
use crate::doc::{Audience, Block, Document, Section, Shown, Style, Table};
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
        let summary = format!("{} cơ quan phải đôn đốc.", number(self.reminders.len() as u128));
        let mut blocks = vec![Block::Paragraph { style: Style::Body, text: summary }];
        if !self.reminders.is_empty() {
            blocks.push(Block::Table(self.rows()));
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
        list(&self.occasion, &self.reminders)
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
        let (debt, days, errors) = match &reminder.debt {
            Debt::Overdue(days) => ("overdue", Some(*days), 0),
            Debt::Due(days) => ("due", Some(*days), 0),
            Debt::Invalid(problems) => ("invalid", None, problems.len()),
        };
        ReminderJson {
            agency: reminder.status.agency.key.as_str(),
            name: &reminder.status.agency.name,
            debt,
            days,
            errors,
            tasks: reminder.tasks.iter().map(|task| task.key.as_str()).collect(),
            file: reminder.status.file.map(|file| self.occasion.files.get(file).path.as_str()),
        }
    }
}
