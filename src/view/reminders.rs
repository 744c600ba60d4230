//! `plan remind` as a list: who is urged, for what.

use super::difficulties::REPORTS;
use super::json::{HeadJson, head, values};
use super::letter::{Occasion, request, tasks};
use super::{document, names, words};
use crate::doc::{Block, Cell, Document, Section, Shown, Table, as_json};
use crate::model::Agency;
use crate::reminder::{Debt, Reminder};
use crate::source::Files;
use crate::vietnamese::{date, number, weekday};

/// Those to be urged on an occasion.
pub(crate) struct Reminders<'o, 'p> {
    pub(crate) occasion: Occasion<'o, 'p>,
    pub(crate) reminders: Vec<Reminder<'o, 'p>>,
    /// What the consolidator itself owes: told, and nobody is written to.
    pub(crate) own: Option<Reminder<'o, 'p>>,
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
        /// What the consolidator itself owes, due as the others' reports; no letter is written to it.
        own: Option<ReminderJson<'j>> = list.own.as_ref().map(|own| reminder(own, list.occasion.files)),
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

as_json!(Reminders<'_, '_>, it => remind(it));

impl Shown for Reminders<'_, '_> {
    fn document(&self) -> Document {
        let Occasion { plan, status, as_of, .. } = self.occasion;
        let summary = match self.reminders.len() {
            0 => "Không có cơ quan nào phải đôn đốc.".to_owned(),
            count => format!("{} cơ quan phải đôn đốc.", number(count as u128)),
        };
        let not_kept = words::not_kept(REPORTS, &status.not_kept);
        let told = std::iter::once(summary).chain(own_report(self)).chain(not_kept);
        let table = Table::of("reminders", &self.reminders)
            .left("Cơ quan", 4, |reminder| &reminder.status.agency.name)
            .left("Nội dung đề nghị", 6, |reminder| request(&self.occasion, reminder))
            .left("Nhiệm vụ chủ trì", 3, tasks)
            .any();
        let blocks = told.map(Block::body).chain(table).collect();
        let round = &status.round.short_name;
        let title = format!("Đôn đốc gửi báo cáo kỳ {round} – {}, ngày {}", weekday(as_of), date(as_of));
        document(plan, &self.occasion.banner, title, vec![Section::new("Danh sách", blocks)])
    }

    fn rows(&self) -> Table {
        let as_json = |found| reminder(found, self.occasion.files);
        Table::of("reminders", &self.reminders)
            .field("Mã cơ quan", |reminder| &reminder.status.agency.key)
            .field("Cơ quan", |reminder| &reminder.status.agency.name)
            .field("Tình trạng", |reminder| words::debt(&reminder.debt).1)
            .field("Số ngày", |reminder| as_json(reminder).days.map(Cell::number))
            .field("Số lỗi", Reminder::errors)
            .field("Nhiệm vụ chủ trì", tasks)
            .field("Tệp", |reminder| as_json(reminder).file.unwrap_or_default())
            .field("Thư điện tử", |reminder| reminder.status.agency.emails.join(", "))
            .table()
    }
}

/// What the consolidator itself owes, in words.
pub(crate) fn own_report(list: &Reminders<'_, '_>) -> Option<String> {
    let own = list.own.as_ref()?;
    let how = match &own.debt {
        Debt::Overdue(days) => format!("chưa có, quá hạn {days} ngày"),
        Debt::Due { days, working } => format!("chưa có, {}", words::left(*days, *working)),
        Debt::Data => "mới có bản giấy, chưa có số liệu".to_owned(),
        Debt::Invalid(_) => format!("còn {} lỗi phải sửa", number(own.errors() as u128)),
    };
    let office = &own.status.agency.name;
    Some(format!("Ngoài ra, báo cáo của chính {office} {how}; không soạn văn bản đôn đốc cho cơ quan tổng hợp."))
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
    Some(format!(
        "Thư để trống nơi nhận, vì địa chỉ viết sai hoặc chưa có địa chỉ (mục email trong plan/agencies.yaml): {who}."
    ))
}
