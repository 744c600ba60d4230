//! `plan remind` as a list: who is urged, for what.

use super::difficulties::REPORTS;
use super::json::{HeadJson, head, values};
use super::letter::{Occasion, request};
use super::{names, words};
use crate::doc::{Align, AsJson, Block, Cell, Column, Document, Row, Shown, Style, Table, Value};
use crate::model::Agency;
use crate::reminder::{Debt, Reminder};
use crate::source::Files;
use crate::vietnamese::{date, number, weekday};

/// Those to be urged on an occasion.
pub(crate) struct Reminders<'o, 'p> {
    pub(crate) occasion: Occasion<'o, 'p>,
    pub(crate) reminders: Vec<Reminder<'o, 'p>>,
}

values! {
    RemindJson<'j> = fn remind(list: &'j Reminders<'_, '_>) where {
        let Occasion { as_of, banner, status, .. } = &list.occasion;
    } {
        #[serde(flatten)]
        head: HeadJson = head(*as_of, banner),
        round: &'j str = &status.round.key,
        /// Whose reports are today's: corrected after the day, and not kept as they were on it.
        not_kept: Vec<&'j str> = words::keys(&status.not_kept),
        reminders: Vec<ReminderJson<'j>> =
            list.reminders.iter().map(|found| reminder(found, list.occasion.files)).collect(),
    }

    ReminderJson<'j> = fn reminder(reminder: &'j Reminder<'_, '_>, files: &'j Files) where {
        let days = match &reminder.debt {
            Debt::Overdue(days) | Debt::Due { days, .. } => Some(*days),
            Debt::Data | Debt::Invalid(_) => None,
        };
        let file = reminder.status.file.or(reminder.status.blank.map(|(_, file)| file));
    } {
        agency: &'j str = &reminder.status.agency.key,
        name: &'j str = &reminder.status.agency.name,
        /// `overdue`, `due`, `data` (a paper came without its data) or `invalid`.
        debt: &'static str = words::debt(&reminder.debt).0,
        /// Days overdue or left, by `debt`.
        days: Option<i64> = days,
        /// Problems that keep the report from being counted.
        errors: usize = reminder.errors(),
        /// Where mail is sent to; without any a mail has no addressee.
        email: &'j [String] = &reminder.status.agency.emails,
        /// The tasks of the round that the agency leads.
        tasks: Vec<&'j str> = reminder.tasks.iter().map(|task| task.key.as_str()).collect(),
        /// The report to be mended, or the file in its place that says nothing.
        file: Option<&'j str> = file.map(|file| files.get(file).path.as_str()),
        /// What that file holds, as in the JSON of `plan status`.
        blank: Option<&'static str> = reminder.status.blank.map(|(blank, _)| words::blank(blank).0),
    }
}

impl AsJson for Reminders<'_, '_> {
    type Json<'s>
        = RemindJson<'s>
    where
        Self: 's;

    fn json(&self) -> Self::Json<'_> {
        remind(self)
    }
}

impl Shown for Reminders<'_, '_> {
    fn document(&self) -> Document {
        let Occasion { plan, status, as_of, .. } = self.occasion;
        let summary = match self.reminders.len() {
            0 => "Không có cơ quan nào phải đôn đốc.".to_owned(),
            count => format!("{} cơ quan phải đôn đốc.", number(count as u128)),
        };
        let not_kept = words::not_kept(REPORTS, &status.not_kept);
        let told = std::iter::once(summary).chain(not_kept);
        let mut blocks: Vec<Block> = told.map(|text| Block::Paragraph { style: Style::Body, text }).collect();
        if !self.reminders.is_empty() {
            let columns = [("Cơ quan", 4), ("Nội dung đề nghị", 6), ("Nhiệm vụ chủ trì", 3)];
            let columns = columns.map(|(title, width)| Column::new(title, width, Align::Left)).into();
            let rows = self.reminders.iter().map(|reminder| {
                let asked = request(&self.occasion, reminder);
                Row::Cells([reminder.status.agency.name.clone(), asked, tasks(reminder)].map(Cell::text).into())
            });
            blocks.push(Block::Table(Table::new("reminders", columns, rows)));
        }
        let round = &status.round.short_name;
        let title = format!("Đôn đốc gửi báo cáo kỳ {round} – {}, ngày {}", weekday(as_of), date(as_of));
        let (author, banner) = (plan.wording.issuer_name.clone(), self.occasion.banner.clone());
        Document { author, banner, ..Document::page(title, "Danh sách", blocks) }
    }

    fn rows(&self) -> Table {
        let titles =
            ["Mã cơ quan", "Cơ quan", "Tình trạng", "Số ngày", "Số lỗi", "Nhiệm vụ chủ trì", "Tệp", "Thư điện tử"];
        let columns = titles.map(|title| Column::new(title, 1, Align::Left)).into();
        let rows = self.reminders.iter().map(|reminder| {
            let ReminderJson { agency, name, days, errors, file, email, .. } =
                self::reminder(reminder, self.occasion.files);
            Row::Cells(vec![
                Cell::text(agency),
                Cell::text(name),
                Cell::text(words::debt(&reminder.debt).1),
                days.map_or(Cell::new(Value::Empty), Cell::number),
                Cell::number(errors),
                Cell::text(tasks(reminder)),
                Cell::text(file.unwrap_or_default()),
                Cell::text(email.join(", ")),
            ])
        });
        Table::new("reminders", columns, rows)
    }
}

/// Whose mails have no addressee, in words.
pub(crate) fn unaddressed(list: &Reminders<'_, '_>) -> Option<String> {
    const NAMED: usize = 4;
    let agencies = list.reminders.iter().map(|reminder| reminder.status.agency);
    let without: Vec<&Agency> = agencies.filter(|agency| agency.emails.is_empty()).collect();
    let who = match without.len() {
        0 => return None,
        1..=NAMED => names::joined(without.iter().copied()),
        count => format!("{} cơ quan", number(count as u128)),
    };
    Some(format!("Thư để trống nơi nhận, vì chưa có địa chỉ (mục email trong plan/agencies.yaml): {who}."))
}

fn tasks(reminder: &Reminder<'_, '_>) -> String {
    reminder.tasks.iter().map(|task| task.key.as_str()).collect::<Vec<_>>().join(", ")
}
