//! `plan/rounds.yaml` and `plan/holidays.yaml`: deadlines and the days that count.

use chrono::NaiveDate;
use indexmap::IndexSet;

use super::{Named, reject_duplicates};
use crate::calendar::{Deadline, DeadlineRule, Holidays};
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{List, RoundId, TaskId};
use crate::record::rules::DATES_OUT_OF_ORDER;
use crate::record::{Items, Written, records};
use crate::source::{Span, Spanned};
use crate::vietnamese::date;

records! {
    /// Các kỳ báo cáo
    "danh mục kỳ báo cáo" RoundsFile {
        source: Option<String>,
        rounds: Vec<RoundItem>,
        /// Mã thư mục và tên gọi của báo cáo đột xuất
        ad_hoc: Named,
    }

    /// Một kỳ báo cáo
    "kỳ báo cáo" RoundItem {
        id: String,
        name [.must()]: Option<String>,
        short_name [.must()]: Option<String>,
        /// Trích yếu của báo cáo tổng hợp
        title [.must()]: Option<String>,
        /// Chủ đề của kỳ, nếu có
        topic: Option<String>,
        as_worded [.must()]: Option<DeadlineWords>,
        /// Các cơ quan gửi trước ngày này
        agencies_before [.must()]: Option<Spanned<NaiveDate>>,
        /// Gửi báo cáo tổng hợp trước ngày này
        consolidated_before [.must()]: Option<Spanned<NaiveDate>>,
        deadline_rule: Written<DeadlineRule>,
        /// Số liệu tính từ ngày
        data_from [.must()]: Option<Spanned<NaiveDate>>,
        /// Số liệu tính đến ngày
        data_to [.must()]: Option<Spanned<NaiveDate>>,
        /// Các nhiệm vụ phải báo cáo; bỏ trống là tất cả
        tasks: Written<Items<TaskId>>,
        source: Option<String>,
    }

    /// Hạn, đúng như Kế hoạch ghi
    "cách ghi hạn" DeadlineWords {
        agencies: String,
        consolidated: String,
    }

    /// Ngày nghỉ và ngày làm bù
    "lịch nghỉ" HolidaysFile {
        source: Option<String>,
        days_off: Vec<DaysOff>,
        working_days: Vec<WorkingDay>,
    }

    /// Một đợt nghỉ, kể cả ngày đầu và ngày cuối
    "ngày nghỉ" DaysOff {
        from [.must()]: Option<Spanned<NaiveDate>>,
        to [.must()]: Option<Spanned<NaiveDate>>,
        name [.must()]: Option<String>,
        source: Option<String>,
    }

    /// Một ngày làm bù
    "ngày làm bù" WorkingDay {
        date: Spanned<NaiveDate>,
        name: Option<String>,
        source: Option<String>,
    }
}

/// A reporting period with deadlines.
#[derive(Debug)]
pub(crate) struct Round {
    pub(crate) id: RoundId,
    /// `annual`
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) short_name: String,
    /// The subject of the consolidated report.
    pub(crate) title: String,
    /// What the round is held under, where the plan says so.
    pub(crate) topic: Option<String>,
    /// Agencies → consolidator.
    pub(crate) agencies: Deadline,
    /// Consolidator → the bodies above.
    pub(crate) consolidated: Deadline,
    pub(crate) data_from: NaiveDate,
    pub(crate) data_to: NaiveDate,
    /// Where the first and the last day of the data are written.
    pub(crate) data_spans: (Span, Span),
    /// The tasks reported on; all where the plan does not narrow them.
    pub(crate) tasks: Option<IndexSet<TaskId>>,
    pub(crate) span: Span,
}

/// The rounds, the keys of those that are declared but could not be read, and what ad hoc reports are called.
pub(crate) fn resolve(file: RoundsFile, sink: &mut Sink) -> (List<Round>, Vec<String>, Named) {
    let (mut rounds, mut unread) = (Vec::new(), Vec::new());
    for item in file.rounds {
        in_order(item.data_from.as_ref(), item.data_to.as_ref(), sink);
        let key = item.id.clone();
        match round(item) {
            Some(round) => rounds.push(round),
            None => unread.push(key),
        }
    }
    let keys = rounds.iter().map(|round| (round.key.as_str(), round.span));
    reject_duplicates(keys.chain([(file.ad_hoc.id.as_str(), file.ad_hoc.span)]), sink);
    (List::new(rounds), unread, file.ad_hoc)
}

fn round(item: RoundItem) -> Option<Round> {
    if item.deadline_rule.unread {
        return None;
    }
    let rule = item.deadline_rule.unwrap_or(DeadlineRule::Strict);
    let narrowed = item.tasks.unread.then(IndexSet::new);
    let tasks = item.tasks.as_ref().map(|tasks| tasks.0.iter().copied().collect());
    let deadline =
        |day: Spanned<NaiveDate>, as_worded| Deadline { before: day.value, as_worded, rule, span: day.span };
    let words = item.as_worded?;
    let (data_from, data_to) = (item.data_from?, item.data_to?);
    Some(Round {
        id: RoundId::default(),
        key: item.id,
        name: item.name?,
        short_name: item.short_name?,
        title: item.title?,
        topic: item.topic,
        agencies: deadline(item.agencies_before?, words.agencies),
        consolidated: deadline(item.consolidated_before?, words.consolidated),
        data_from: data_from.value,
        data_to: data_to.value,
        data_spans: (data_from.span, data_to.span),
        tasks: tasks.or(narrowed),
        span: item.span,
    })
}

pub(crate) fn holidays(file: HolidaysFile, sink: &mut Sink) -> Holidays {
    let mut days_off = Vec::new();
    for off in &file.days_off {
        in_order(off.from.as_ref(), off.to.as_ref(), sink);
        let days = off.from.zip(off.to).filter(|(from, to)| from.value <= to.value);
        days_off.extend(
            days.map(|(from, to)| Spanned { value: (from.value, to.value, off.name.clone()), span: from.span }),
        );
    }
    let mut working_days: Vec<Spanned<NaiveDate>> = file.working_days.iter().map(|day| day.date).collect();
    days_off.sort_by(|one, other| one.value.cmp(&other.value));
    working_days.sort_by_key(|day| day.value);
    Holidays { days_off, working_days }
}

/// Reports two days of which the first comes after the last.
pub(super) fn in_order(from: Option<&Spanned<NaiveDate>>, to: Option<&Spanned<NaiveDate>>, sink: &mut Sink) {
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
