//! The words for derived states (government usage), and the ids that JSON gives them.

use chrono::{Datelike, NaiveDate};

use crate::changes::ReportChangeKind;
use crate::doc::Tone;
use crate::measure::{Amount, Origin, Reason, Unknown, Verdict};
use crate::model::{
    Act, Agency, Answer, Blank, Correction, Coverage, Due, Entry, Given, Indicator, PaperRef, Plan, Quantity,
    Review, Standing, Task, TaskStatus,
};
use crate::reminder::Debt;
use crate::source::sha256;
use crate::status::{Pace, Progress, RoundState, TaskState, Timeliness, Validity};
use crate::vietnamese::{
    clause, count, date, listed, lower_first, money, money_in_report, month, number, one_line, percent, sentence,
    unaccented, upper_first, weekday,
};

/// Whether a report is in time: for JSON, the days that it is late, overdue or left, and for people.
fn in_time(timeliness: Timeliness) -> (&'static str, Option<i64>, String, Tone) {
    let (id, days, words, tone) = match timeliness {
        Timeliness::NotDue => ("not_due", None, "Chưa đến hạn", Tone::Muted),
        Timeliness::DueSoon { days, working } => {
            return ("due_soon", Some(days), format!("Sắp đến hạn ({})", left(days, working)), Tone::Warning);
        }
        Timeliness::Overdue(days) => ("overdue", Some(days), "Quá hạn – chưa gửi", Tone::Bad),
        Timeliness::OnTime => ("on_time", None, "Đúng hạn", Tone::Good),
        Timeliness::Late(days) => ("late", Some(days), "Gửi muộn", Tone::Warning),
        Timeliness::Undated => ("undated", None, "Đã gửi, chưa rõ ngày nhận", Tone::Warning),
        Timeliness::NotSent => ("not_sent", None, "Chưa gửi (được đề nghị báo cáo)", Tone::Muted),
    };
    let words = days.map_or_else(|| words.to_owned(), |days| format!("{words} ({days} ngày)"));
    (id, days, words, tone)
}

pub(super) fn timeliness(timeliness: Timeliness) -> String {
    in_time(timeliness).2
}

/// How long there is to the last on-time day: in working days, as the list of deadlines counts.
pub(super) fn left(days: i64, working: usize) -> String {
    match (days, working) {
        (0, _) => "hôm nay là ngày cuối".to_owned(),
        (_, 0) => "không còn ngày làm việc".to_owned(),
        (_, working) => format!("còn {working} ngày làm việc"),
    }
}

pub(super) fn timeliness_id(timeliness: Timeliness) -> (&'static str, Option<i64>) {
    let (id, days, ..) = in_time(timeliness);
    (id, days)
}

pub(super) fn timeliness_tone(timeliness: Timeliness) -> Tone {
    in_time(timeliness).3
}

/// Whether a report counts: for JSON, and for people.
pub(super) fn validity(validity: Validity) -> (Option<&'static str>, String) {
    let (id, words) = match validity {
        Validity::NoReport => return (None, String::new()),
        Validity::PaperAlone => ("paper_alone", "Đã nhận bản giấy, chưa nhập số liệu"),
        Validity::Valid => ("valid", "Hợp lệ"),
        Validity::NotAccepted => ("not_accepted", "Chưa duyệt, chưa đưa vào số liệu"),
        Validity::Invalid(errors) => {
            return (Some("invalid"), format!("Chưa hợp lệ – đề nghị bổ sung ({} lỗi)", number(errors as u128)));
        }
    };
    (Some(id), words.to_owned())
}

/// A file that says nothing: for JSON, and for people inside a sentence.
pub(super) fn blank(blank: Blank) -> (&'static str, &'static str) {
    match blank {
        Blank::Nothing => ("nothing", "tệp báo cáo trống"),
        Blank::Comments => ("comments", "tệp báo cáo chỉ có ghi chú"),
        Blank::Questions => ("questions", "báo cáo tạo sẵn chưa điền"),
        Blank::Identity => ("identity", "báo cáo chỉ nêu cơ quan, văn bản, ngày nhận"),
        Blank::Statuses => ("statuses", "báo cáo chỉ có trạng thái nhiệm vụ"),
        Blank::NoFile => ("no_file", "thư mục hoặc đường dẫn tắt mang tên báo cáo, không phải tệp"),
    }
}

/// What an agency owes: for JSON, and for people.
pub(super) fn debt(debt: &Debt<'_>) -> (&'static str, &'static str) {
    match debt {
        Debt::Overdue(_) => ("overdue", "Quá hạn"),
        Debt::Due { .. } => ("due", "Sắp đến hạn"),
        Debt::Data => ("data", "Chưa có số liệu"),
        Debt::Invalid(_) => ("invalid", "Chưa hợp lệ"),
    }
}

pub(super) fn round_state(state: RoundState) -> (&'static str, &'static str, Tone) {
    match state {
        RoundState::Collecting => ("collecting", "Đang thu thập", Tone::Plain),
        RoundState::Complete => ("complete", "Đủ báo cáo", Tone::Good),
        RoundState::Issued => ("issued", "Đã gửi báo cáo tổng hợp", Tone::Good),
        RoundState::OverdueIncomplete => ("overdue_incomplete", "Quá hạn – còn thiếu", Tone::Bad),
    }
}

/// How far a task is: for JSON, and for people.
pub(super) fn progress(state: &TaskState<'_>) -> (&'static str, String, Tone) {
    let open = |word: &str| match state.pace {
        Pace::Overdue => format!("{word}, đã quá hạn"),
        Pace::NoDeadline | Pace::InTime => word.to_owned(),
    };
    let (id, words, tone) = match (state.progress, state.pace) {
        (Progress::NoReport, _) => ("no_report", open("Chưa có báo cáo"), Tone::Muted),
        (Progress::Partly, _) => {
            let counts = state.counts().map(|(count, status)| format!("{count} {}", status.label()));
            let told = format!("Mới có báo cáo {}/{}", state.declared.len(), state.leads);
            let counts = counts.collect::<Vec<_>>().join(", ");
            ("partly_reported", format!("{} ({counts})", open(&told)), Tone::Plain)
        }
        (Progress::NotStarted, _) => ("not_started", open("Chưa thực hiện"), Tone::Warning),
        (Progress::NothingArose, _) => ("nothing_arose", "Không phát sinh".to_owned(), Tone::Plain),
        (Progress::NotApplicable, _) => ("not_applicable", "Không áp dụng".to_owned(), Tone::Plain),
        (Progress::Ongoing, Pace::NoDeadline) => {
            ("in_progress", "Đang thực hiện (không hạn)".to_owned(), Tone::Plain)
        }
        (Progress::Ongoing, Pace::InTime) => {
            ("in_progress_in_time", "Đang thực hiện trong hạn".to_owned(), Tone::Plain)
        }
        (Progress::Ongoing, Pace::Overdue) => {
            ("in_progress_overdue", "Đang thực hiện quá hạn".to_owned(), Tone::Plain)
        }
        (Progress::Done, Pace::NoDeadline) => ("done", "Hoàn thành (không hạn)".to_owned(), Tone::Good),
        (Progress::Done, Pace::InTime) => ("done_in_time", "Hoàn thành đúng hạn".to_owned(), Tone::Good),
        (Progress::Done, Pace::Overdue) => ("done_overdue", "Hoàn thành quá hạn".to_owned(), Tone::Warning),
    };
    (id, words, if state.is_overdue() { Tone::Bad } else { tone })
}

/// The id, and the words for what happened to a report between two drafts.
pub(super) fn report_change(kind: ReportChangeKind) -> (&'static str, &'static str) {
    match kind {
        ReportChangeKind::New => ("new", "Báo cáo mới"),
        ReportChangeKind::Corrected => ("corrected", "Báo cáo đã sửa, bổ sung"),
        ReportChangeKind::Withdrawn => ("withdrawn", "Báo cáo không còn"),
        ReportChangeKind::Judged => ("judged", "Kết quả kiểm tra thay đổi"),
        ReportChangeKind::Reviewed => ("reviewed", "Việc duyệt thay đổi"),
        ReportChangeKind::Scope => ("scope", "Khác phạm vi: có bản chỉ gồm báo cáo đã duyệt"),
    }
}

/// The department's acceptance, inside a sentence.
pub(super) fn review(review: &Review) -> String {
    match review.standing {
        Standing::Changed(_) => format!("đã sửa sau khi duyệt ngày {}", date(review.date)),
        Standing::AsReviewed | Standing::Gone => format!("đã duyệt ngày {}", date(review.date)),
    }
}

/// What became of a figure.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Added => "cộng vào",
        Verdict::Control => "đối chiếu",
        Verdict::LeftOut(Reason::NotAllowed) => "không tính: chỉ tiêu do cơ quan khác báo",
        Verdict::LeftOut(Reason::InvalidReport) => "không tính: báo cáo chưa hợp lệ",
        Verdict::LeftOut(Reason::TaskOutsideRound) => "không tính: nhiệm vụ không thuộc kỳ này",
        Verdict::LeftOut(Reason::Succeeded) => "không tính: đã nằm trong số của cơ quan kế thừa",
        Verdict::LeftOut(Reason::SuccessorAlone) => "không cộng: cơ quan kế thừa chỉ báo số của riêng mình",
        Verdict::LeftOut(Reason::Superseded) => "không tính: đã có câu trả lời mới hơn",
        Verdict::LeftOut(Reason::AdHoc) => "không cộng: số của báo cáo đột xuất, không phải của báo cáo kỳ",
        Verdict::LeftOut(Reason::OutsideData) => "không tính: báo cáo đột xuất ngoài thời gian lấy số liệu của kỳ",
        Verdict::LeftOut(Reason::CountedElsewhere) => "không tính: việc làm chung, cơ quan khác tính",
        Verdict::LeftOut(Reason::NotCounted) => "không tính: cơ quan không phải gửi báo cáo kỳ này",
    }
}

/// Of a report that is itself a consolidated one.
pub(super) fn coverage(of: &Coverage) -> String {
    format!("tổng hợp báo cáo của {}/{} cơ quan", number(of.reported.into()), number(of.expected.into()))
}

/// Why there is no number.
pub(super) fn unknown(why: Unknown) -> &'static str {
    match why {
        Unknown::NotAsked => "không cơ quan nào phải báo",
        Unknown::NoAnswer => "chưa có số liệu",
        Unknown::NothingArose => TaskStatus::NothingArose.label(),
        Unknown::NotApplicable => TaskStatus::NotApplicable.label(),
        Unknown::Unanswered => "chưa có số, đã nêu lý do",
        Unknown::Mixed => "không có số, mỗi nơi trả lời một khác",
        Unknown::ZeroOverZero => "không có tỷ lệ: 0 trên 0",
        Unknown::PartExceedsWhole => "không tính được: tử số lớn hơn mẫu số",
        Unknown::LacksPart => "không tính được: thiếu tử số",
        Unknown::LacksWhole => "không tính được: thiếu mẫu số",
        Unknown::LacksBoth => "không tính được: thiếu tử số, mẫu số",
    }
}

/// A number inside a sentence: `1.356 vụ`, `13,2 tỷ đồng`, `92,5%`; `None` where there is none.
pub(super) fn in_sentence(quantity: Quantity<'_>, amount: Amount) -> Option<String> {
    match amount {
        Amount::Unknown(_) => None,
        Amount::Sum(sum) if quantity.is_money() => Some(money_in_report(sum)),
        Amount::Sum(sum) => Some(format!("{} {}", count(sum), quantity.unit())),
        Amount::Percent { part, whole } => percent(part, whole),
    }
}

/// The report that an answer stands in: `Năm 2026`, `Đột xuất 05/8/2026`.
pub(super) fn origin(origin: Origin<'_>) -> String {
    match origin {
        Origin::Round(round) => round.short_name.clone(),
        Origin::AdHoc(_, day) => format!("Đột xuất {}", date(day)),
    }
}

/// By what the plan calls it, for whoever joins tables.
pub(super) fn origin_key(origin: Origin<'_>) -> &str {
    match origin {
        Origin::Round(round) => &round.key,
        Origin::AdHoc(named, _) => &named.id,
    }
}

/// `Chủ nhật 29/11`: the year stands beside it, in the deadline's wording.
pub(super) fn day(day: NaiveDate) -> String {
    format!("{} {:02}/{}", weekday(day), day.day(), month(day))
}

/// What ids that leave the workspace end with: two plans of a year and a province are told apart.
pub(super) fn domain(plan: &Plan) -> String {
    let of = sha256(unaccented(&format!("{} {}", plan.province, plan.title)));
    format!("{}.plan", &of[..8])
}

/// `bản giấy nhận lần đầu ngày 20/11/2026 (văn bản 70/BC-UBND ngày 19/11/2026)`
pub(super) fn came_before(act: &Act) -> String {
    let paper = paper(act);
    let named = if paper.is_empty() { paper } else { format!(" (văn bản {paper})") };
    format!("bản giấy nhận lần đầu ngày {}{named}", date(act.date.value))
}

/// A paper by number and date: `278/BC-SCT ngày 06/5/2026`.
pub(super) fn paper<'p>(paper: impl Into<PaperRef<'p>>) -> String {
    let PaperRef { number, date: day } = paper.into();
    let day = day.map(|day| format!("ngày {}", date(day)));
    number.map(str::to_owned).into_iter().chain(day).collect::<Vec<_>>().join(" ")
}

/// When a report was corrected, and by which paper: `20/11/2026 tại 90/BC-SCT ngày 19/11/2026`.
pub(super) fn corrected(correction: &Correction) -> String {
    let by = correction.document.as_ref().map(|document| format!(" tại {}", paper(document)));
    date(correction.date.value) + &by.unwrap_or_default()
}

/// The paper of a report, then those of its corrections; `None` where it has none of them.
pub(super) fn papers<'p>(of: Option<impl Into<PaperRef<'p>>>, corrections: &[Correction]) -> Option<String> {
    let by_paper = corrections.iter().filter(|correction| correction.document.is_some());
    let corrected = by_paper.map(|correction| format!("bổ sung ngày {}", corrected(correction)));
    listed(of.map(paper).into_iter().chain(corrected), "; ")
}

/// An extension: until when, by which paper.
pub(super) fn extension(act: &Act) -> Option<String> {
    let number = act.number.as_ref().map(|number| format!(" (văn bản số {number})")).unwrap_or_default();
    act.until.map(|until| format!("được gia hạn đến hết ngày {}{number}", date(until)))
}

pub(super) fn keys<'a>(agencies: &[&'a Agency]) -> Vec<&'a str> {
    agencies.iter().map(|agency| agency.key.as_str()).collect()
}

/// Of whom a day that is past is told with what is there today: `what`, inside a sentence.
pub(crate) fn not_kept(what: &str, agencies: &[&Agency]) -> Option<String> {
    let names = listed(agencies.iter().map(|agency| &agency.name), ", ")?;
    Some(format!("{} của {names} là {what} hiện nay, bản trước khi bổ sung không được lưu.", upper_first(what)))
}

/// What an entry says beside its status, as sentences; empty where it says nothing.
pub(super) fn entry(entry: &Entry) -> String {
    match (&*entry.results, &entry.reason) {
        (Some(results), Some(reason)) => {
            format!("{} ({}).", clause(&results.value), lower_first(clause(&reason.value)))
        }
        (Some(results), None) => sentence(&results.value),
        (None, Some(reason)) => upper_first(&sentence(&reason.value)),
        (None, None) => String::new(),
    }
}

/// `12 đơn vị hoàn thành, 14 đơn vị đang thực hiện`.
pub(super) fn statuses<'e>(entries: impl Iterator<Item = &'e Entry> + Clone) -> String {
    let count = |status| entries.clone().filter(|entry| entry.status == Some(status)).count();
    let counts = TaskStatus::ALL.iter().map(|status| (count(*status), status.label()));
    let parts = counts.filter(|(count, _)| *count > 0).map(|(count, label)| format!("{count} đơn vị {label}"));
    parts.collect::<Vec<_>>().join(", ")
}

/// A figure as a report gives it: `318`, `337,5 triệu đồng`, `không phát sinh`, `8 (năm trước chuyển sang 3)`.
pub(super) fn given(plan: &Plan, given: &Given, indicator: &Indicator) -> String {
    let answer = answer(&given.answer, indicator);
    let counter = given.counted_by.map(|counter| plan[counter].name.as_str());
    let alone = given.itself_alone.then(|| ALONE.to_owned());
    let more = listed(beside(given.carried_over.into(), counter).into_iter().chain(alone), "; ");
    more.map_or(answer.clone(), |more| format!("{answer} ({more})"))
}

/// What is told beside a number of a successor that is without those that it succeeds.
pub(super) const ALONE: &str = "số của riêng cơ quan";

/// What is told beside a number: cases of last year, and who counts it.
pub(super) fn beside(carried_over: u128, counter: Option<&str>) -> Vec<String> {
    let carried_over = (carried_over > 0).then(|| format!("năm trước chuyển sang {}", number(carried_over)));
    carried_over.into_iter().chain(counter.map(|name| format!("{name} tính"))).collect()
}

/// What is told in the place of a number that is still to come.
pub(super) const NO_NUMBER: &str = "chưa có số";

pub(super) fn answer(answer: &Answer, indicator: &Indicator) -> String {
    match answer {
        Answer::Value(value) if indicator.is_money() => money(u128::from(*value)),
        Answer::Value(value) => number(u128::from(*value)),
        Answer::NothingArose => TaskStatus::NothingArose.label().to_owned(),
        Answer::NotApplicable => TaskStatus::NotApplicable.label().to_owned(),
        Answer::Unanswered(Some(reason)) => format!("{NO_NUMBER} ({})", lower_first(clause(reason))),
        Answer::Unanswered(None) => NO_NUMBER.to_owned(),
    }
}

/// When a task falls due, as the plan words it and as it is understood.
pub(super) fn due(task: &Task) -> String {
    let meant = match task.due {
        Due::NoDeadline => "không có hạn riêng".to_owned(),
        Due::On(day) => format!("hạn {}", date(day)),
        Due::Unstated => return "không ghi trong Kế hoạch".to_owned(),
    };
    match &task.due_as_worded {
        Some(words) => format!("{words} ({meant})"),
        None => meant,
    }
}

/// Whom to turn to for what an agency that is gone by a day still owes, inside a sentence.
pub(crate) fn gone(plan: &Plan, agency: &Agency, day: NaiveDate) -> Option<String> {
    let until = agency.active.1.filter(|until| *until < day)?;
    let heir = plan.heir(agency.id, day);
    let heir = (heir != agency.id)
        .then(|| format!("; nội dung còn thiếu, phải bổ sung thì đề nghị cơ quan kế thừa là {}", plan[heir].name));
    Some(format!("cơ quan đã ngừng hoạt động sau ngày {}{}", date(until), heir.unwrap_or_default()))
}

/// The first sentences of a text, or a part of a long first one, in about `most` characters.
pub(super) fn opening(text: &str, most: usize) -> String {
    let text = one_line(text);
    let within = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    if within == text.len() {
        return text;
    }
    let begins = |at: usize| text[at + 2..].starts_with(char::is_uppercase);
    let ends = text.match_indices(". ").map(|(at, _)| at).filter(|at| begins(*at));
    let whole = text[within..].starts_with(' ');
    let blank = text[..within].rfind(' ').filter(|_| !whole).unwrap_or(within);
    match ends.take_while(|at| *at < within).last() {
        Some(end) => format!("{}. …", &text[..end]),
        None => format!("{} …", text[..blank].trim_end_matches([',', ';', ':'])),
    }
}

#[cfg(test)]
mod tests {
    use super::opening;

    #[test]
    fn long_accounts_are_cut_between_sentences_or_words() {
        for (text, most, cut) in [
            ("Đã kiểm tra 318 cơ sở.", 40, "Đã kiểm tra 318 cơ sở."),
            ("Một. Hai ba. Bốn năm sáu bảy.", 14, "Một. Hai ba. …"),
            ("Phạt 1.279 vụ, thu 4,2 tỷ đồng", 14, "Phạt 1.279 vụ …"),
            ("một\n  hai", 10, "một hai"),
            ("khôngcódấucách", 5, "không …"),
        ] {
            assert_eq!(opening(text, most), cut, "{text}");
        }
    }
}
