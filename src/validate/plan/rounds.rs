//! `plan/rounds.yaml` and `plan/holidays.yaml`: deadlines and the days that count.

use chrono::NaiveDate;

use super::super::fields::{Fields, choice, place};
use super::super::rules::DATES_OUT_OF_ORDER;
use super::{known_task, named, reject_duplicates};
use crate::calendar::{Deadline, DeadlineRule, Holidays};
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{List, Named, Round, RoundId, Spanned, Task};
use crate::vietnamese::date;
use crate::yaml::Node;

/// `plan/rounds.yaml` as read.
pub(super) struct Rounds {
    pub(super) rounds: List<Round>,
    /// Declared, but not to be read.
    pub(super) unread: Vec<String>,
    pub(super) ad_hoc: Named,
}

pub(super) fn rounds(node: &Node<'_>, tasks: &List<Task>, sink: &mut Sink) -> Option<Rounds> {
    let mut fields = Fields::new(node, "danh mục kỳ báo cáo", sink)?;
    fields.optional_text("source", sink);
    let mut unread = Vec::new();
    let rounds = fields.list("rounds", sink, |node, sink| round(node, tasks, &mut unread, sink));
    let ad_hoc = fields.required("ad_hoc", sink).and_then(|node| Some((named(node, "name", sink)?, place(node))));
    fields.finish(sink);
    let (ad_hoc, ad_hoc_span) = ad_hoc?;
    let keys = rounds.iter().map(|round| (round.key.as_str(), round.span));
    reject_duplicates(keys.chain([(ad_hoc.id.as_str(), ad_hoc_span)]), sink);
    Some(Rounds { rounds: List::new(rounds), unread, ad_hoc })
}

fn round(node: &Node<'_>, tasks: &List<Task>, unread: &mut Vec<String>, sink: &mut Sink) -> Option<Round> {
    let mut fields = Fields::new(node, "kỳ báo cáo", sink)?;
    let span = fields.span();
    let id = fields.required_text("id", sink);
    let name = fields.required_text("name", sink);
    let short_name = fields.required_text("short_name", sink);
    let title = fields.required_text("title", sink);
    let wording = fields.required("as_worded", sink).and_then(|node| {
        let mut fields = Fields::new(node, "cách ghi hạn", sink)?;
        let agencies = fields.required_text("agencies", sink);
        let consolidated = fields.required_text("consolidated", sink);
        fields.finish(sink);
        Some((agencies?, consolidated?))
    });
    let agencies_before = fields.required_date("agencies_before", sink);
    let consolidated_before = fields.required_date("consolidated_before", sink);
    let words = [("strict", DeadlineRule::Strict), ("next-working-day", DeadlineRule::NextWorkingDay)];
    let rule = match fields.optional("deadline_rule") {
        Some(node) => choice(node, &words, sink),
        None => Some(DeadlineRule::Strict),
    };
    let data_from = fields.required_date("data_from", sink);
    let data_to = fields.required_date("data_to", sink);
    let narrowed = fields.optional("tasks").is_some();
    let tasks = fields.list("tasks", sink, |node, sink| known_task(tasks, node, sink));
    fields.optional_text("source", sink);
    fields.finish(sink);
    in_order(data_from.as_ref(), data_to.as_ref(), sink);
    let key = id?;
    let build = || -> Option<Round> {
        let ((agencies_worded, consolidated_worded), rule) = (wording?, rule?);
        let deadline =
            |day: Spanned<NaiveDate>, as_worded| Deadline { before: day.value, as_worded, rule, span: day.span };
        Some(Round {
            id: RoundId::default(),
            key: key.clone(),
            name: name?,
            short_name: short_name?,
            title: title?,
            agencies: deadline(agencies_before?, agencies_worded),
            consolidated: deadline(consolidated_before?, consolidated_worded),
            data_from: data_from?.value,
            data_to: data_to?.value,
            tasks: narrowed.then(|| tasks.into_iter().collect()),
            span,
        })
    };
    let round = build();
    if round.is_none() {
        unread.push(key);
    }
    round
}

pub(super) fn holidays(node: &Node<'_>, sink: &mut Sink) -> Option<Holidays> {
    let mut fields = Fields::new(node, "lịch nghỉ", sink)?;
    fields.optional_text("source", sink);
    let mut days_off = fields.list("days_off", sink, |node, sink| {
        let mut fields = Fields::new(node, "ngày nghỉ", sink)?;
        let from = fields.required_date("from", sink);
        let to = fields.required_date("to", sink);
        fields.required_text("name", sink);
        fields.optional_text("source", sink);
        fields.finish(sink);
        in_order(from.as_ref(), to.as_ref(), sink);
        Some((from?.value, to?.value))
    });
    let mut working_days = fields.list("working_days", sink, |node, sink| {
        let mut fields = Fields::new(node, "ngày làm bù", sink)?;
        let date = fields.required_date("date", sink);
        fields.optional_text("name", sink);
        fields.optional_text("source", sink);
        fields.finish(sink);
        date.map(|date| date.value)
    });
    fields.finish(sink);
    days_off.sort();
    working_days.sort();
    Some(Holidays { days_off, working_days })
}

/// Reports two days of which the first comes after the last.
fn in_order(from: Option<&Spanned<NaiveDate>>, to: Option<&Spanned<NaiveDate>>, sink: &mut Sink) {
    if let (Some(from), Some(to)) = (from, to)
        && from.value > to.value
    {
        let message = format!("ngày bắt đầu {} sau ngày kết thúc {}", date(from.value), date(to.value));
        sink.push(
            Diagnostic::new(&DATES_OUT_OF_ORDER, from.span, message)
                .hint("xem lại hai ngày")
                .related(to.span, "ngày kết thúc"),
        );
    }
}
