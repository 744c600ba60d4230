//! A report while files are received: the versions that were kept, the copy in force, and what may take its place.

use chrono::NaiveDate;

use super::judged::Read;
use super::paper;
use crate::arrivals::{self, Arrival, Moved};
use crate::form::{self, Leaves, Merged, Refusal, Told};
use crate::model::{Blank, Plan, Submission};
use crate::vietnamese;
use crate::view::form::TakenAs;
use crate::view::moved::MovedJson;
use crate::workspace::Workspace;

/// A report while files are received.
pub(super) struct Kept {
    /// Those that were there before, the newest last, and those that are new.
    pub(super) versions: Vec<Arrival>,
    pub(super) known: usize,
    /// Of each of the first versions, what it holds.
    pub(super) leaves: Vec<Leaves>,
    /// What the file held; nothing where there was none.
    pub(super) was: Option<String>,
    /// What is in force; where it is not there any more, the newest version: when it came first still counts.
    pub(super) now: Option<String>,
    /// The file that changed it last.
    pub(super) by: Option<usize>,
}

/// The text of the copy in force that what came is laid over; `is_sample`: what came is illustrative.
pub(super) fn in_force(before: &Workspace, path: &str, is_sample: bool) -> Result<Option<String>, Refusal> {
    let Some((id, file)) = before.files.find(path) else { return Ok(None) };
    let place = |all: &[Submission]| all.binary_search_by_key(&id, |submission| submission.file).ok();
    let there = [&before.submissions, &before.later].into_iter().find_map(|all| Some(&all[place(all)?]));
    match there.and_then(|submission| submission.blank) {
        Some(Blank::Nothing) => return Ok(None),
        Some(Blank::Comments) => {
            return Err(Refusal::new(
                format!("{path} đã có và chỉ gồm ghi chú"),
                "xem ghi chú trong tệp đó có phải nội dung báo cáo không; xóa tệp rồi nhận lại",
            ));
        }
        Some(Blank::Questions | Blank::Identity | Blank::Statuses | Blank::NoFile) | None => {}
    }
    match there.and_then(|submission| submission.report.as_ref()) {
        None => Err(Refusal::new(
            format!("báo cáo đã có tại {path} không đọc được"),
            "chạy “plan check”, sửa báo cáo đó rồi nhận lại",
        )),
        Some(report) if !report.illustrative && is_sample => Err(Refusal::new(
            format!("tệp này là dữ liệu minh họa, không ghép với số liệu thật đang dùng tại {path}"),
            "nhận báo cáo thật của cơ quan",
        )),
        Some(report) if report.illustrative && !is_sample => Err(Refusal::new(
            format!("{path} đang là dữ liệu minh họa, không ghép với số liệu thật"),
            "xóa tệp minh họa đó rồi nhận lại",
        )),
        Some(_) => Ok(Some(file.text().to_owned())),
    }
}

/// Whether a file says of itself that it is a sample.
pub(super) fn is_sample(told: &Told) -> bool {
    told.report.get("illustrative").is_some_and(|told| told.as_bool() == Some(true))
}

impl Kept {
    /// Whether the copy in force is not there, though versions of it are.
    pub(super) fn is_lost(&self) -> bool {
        self.by.is_none() && self.was != self.now
    }

    /// The version that a report says again, as `is_same` judges of one that may be it.
    pub(super) fn seen(&mut self, told: &Told, is_same: impl Fn(&Arrival) -> bool) -> Option<&Arrival> {
        let new = self.versions.get(self.leaves.len()..).unwrap_or_default();
        self.leaves.extend(new.iter().map(|version| Leaves::of_text(&version.text)));
        let told = Leaves::of(told);
        let mut versions = self.versions.iter().zip(&self.leaves);
        versions.find(|(version, leaves)| told.are_in(leaves) && is_same(version)).map(|(version, _)| version)
    }

    /// Whether a version was kept and then not put in force: the work broke off in between.
    pub(super) fn is_unfinished(&self, version: &Arrival) -> bool {
        let Some((newest, older)) = self.versions.split_last() else { return false };
        newest.path == version.path
            && self.now.as_deref().is_some_and(|now| older.iter().any(|other| other.text == now))
    }

    /// Puts what came in force, and keeps what it replaces; `alone`: somebody named nothing else.
    ///
    /// # Errors
    /// When it came before what is in force. Without `force`, when it is older, or would undo what was changed by hand or chosen.
    pub(super) fn accept(
        &mut self,
        read: &Read,
        merged: Merged,
        on: NaiveDate,
        (force, alone): (bool, bool),
        before: &Workspace,
    ) -> Result<(TakenAs, Vec<Moved>), Refusal> {
        let (result, text) = match merged {
            Merged::New(text) => (TakenAs::Received, text),
            Merged::Completed(text) => (TakenAs::Completed, text),
            Merged::Corrected { text, .. } => (TakenAs::Corrected, text),
            Merged::Unchanged => return Ok((TakenAs::Unchanged, Vec::new())),
        };
        let mut moved = Vec::new();
        if let Some(now) = self.now.take() {
            moved = arrivals::moved(&now, &text);
            let is_other = result == TakenAs::Corrected;
            let refusal = older(read, on, &now, before).or_else(|| self.undoing(&now, &moved, &before.plan));
            let refusal = refusal.or_else(|| chosen(&read.told, &now).filter(|_| is_other && !alone));
            let earlier = || earlier(read, on, &now, before).filter(|_| is_other);
            if let Some(refusal) = refusal.filter(|_| !force).or_else(earlier) {
                self.now = Some(now);
                return Err(refusal);
            }
            self.keep(now, &read.report, &read.agency, on);
        }
        self.versions.push(Arrival::new(&read.report, &read.agency, on, text.clone()));
        self.now = Some(text);
        Ok((result, moved))
    }

    /// Why what came may not take the place of a copy in force that was changed by hand since the newest version came.
    fn undoing(&self, now: &str, moved: &[Moved], plan: &Plan) -> Option<Refusal> {
        if self.versions.iter().any(|version| version.text == now) {
            return None;
        }
        let by_hand = arrivals::moved(&self.versions.last()?.text, now);
        let undone = by_hand.iter().filter(|change| moved.iter().any(|other| other.path == change.path));
        let undone = vietnamese::listed(undone.map(|change| MovedJson::new(change, plan).line()), "; ");
        undone.map(|undone| {
            Refusal::new(
                format!("báo cáo đang dùng đã được sửa tay ở chỗ tệp này ghi khác ({undone})"),
                "hỏi lại cơ quan; nếu tệp này đúng thì nhận riêng tệp này, thêm --force",
            )
        })
    }

    /// Makes a version of a copy in force that was none. Typed by hand, it came when it says; changed by hand, on the day that
    /// it names, or that it is found.
    fn keep(&mut self, now: String, report: &str, agency: &str, on: NaiveDate) {
        if self.versions.iter().any(|version| version.text == now) {
            return;
        }
        let newest = self.versions.last();
        let named = arrivals::days_by_hand(&now, newest).pop();
        let day = named.or_else(|| arrivals::received(&now).filter(|_| newest.is_none()));
        self.versions.push(Arrival::new(report, agency, day.unwrap_or(on), now));
    }
}

/// Why what came may not take the place of a report that came on a newer paper.
fn older(read: &Read, on: NaiveDate, now: &str, before: &Workspace) -> Option<Refusal> {
    let (own, newest) = (read.told.paper_day()?, form::newest_paper(now)?);
    (own < newest).then(|| {
        let (own, newest) = (vietnamese::date(own), vietnamese::date(newest));
        let is_first = arrivals::received(now).is_some_and(|received| on < received);
        let reason = format!("văn bản ngày {own} cũ hơn bản đang dùng (văn bản ngày {newest})");
        match is_first {
            true => Refusal::new(reason, first_day(read, on, before) + ", thêm --force"),
            false => Refusal::new(reason, "nếu đúng là bản cần dùng thì nhận riêng tệp này, thêm --force"),
        }
    })
}

/// Why what came before the copy in force does not take its place: its content is the older one, but the day on which it came
/// counts. On a newer paper it may, if what is in force did not come first.
fn earlier(read: &Read, on: NaiveDate, now: &str, before: &Workspace) -> Option<Refusal> {
    let newest = arrivals::newest_day(now).filter(|newest| on < *newest)?;
    let is_first = arrivals::received(now).is_some_and(|received| on < received);
    let is_newer = || Some(form::newest_paper(now)? < read.told.paper_day()?);
    if !read.may_have_come(on, &before.plan) || !is_first && is_newer() == Some(true) {
        return None;
    }
    let [own, newest] = [on, newest].map(vietnamese::date);
    let remedy = match is_first {
        true => first_day(read, on, before),
        false => format!("{NOTHING}; {CONFIRMED}"),
    };
    Some(Refusal::new(format!("bản này đến ngày {own}, trước bản đang dùng (nhận ngày {newest})"), remedy))
}

const NOTHING: &str = "giữ bản đang dùng thì không phải làm gì";
const CONFIRMED: &str = "cơ quan xác nhận bản này mới đúng thì nhận riêng tệp này, --on ghi ngày xác nhận";

/// What to do with what came before anything else of its agency did, but holds what is older.
fn first_day(read: &Read, on: NaiveDate, before: &Workspace) -> String {
    match paper::record_first(read, on, before) {
        Some(command) => format!("giữ bản đang dùng, chỉ ghi ngày đến thì: {command}; {CONFIRMED}"),
        None if paper::is_recorded(read, on, before) => format!("ngày đến đã có trong sổ, {NOTHING}; {CONFIRMED}"),
        None => format!("{NOTHING}; {CONFIRMED}"),
    }
}

/// Why what lies in a folder may not take the place of what somebody chose of the files on one paper.
fn chosen(told: &Told, now: &str) -> Option<Refusal> {
    let is_chosen = arrivals::origin(now).is_some_and(|origin| origin.ends_with(arrivals::CHOSEN));
    (is_chosen && told.paper_day() == form::newest_paper(now)).then(|| {
        Refusal::new(
            "khác bản đang dùng, cùng ngày văn bản mà đã được nhận riêng",
            "nếu tệp này mới đúng thì nhận riêng tệp này; bản thay thế thì ghi số, ngày văn bản của bản đó",
        )
    })
}
