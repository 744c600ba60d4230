//! An agency: its reports, what it owes, what is wrong, its tasks, whom to ask.

use chrono::NaiveDate;

use super::answers::{self, Part, Role};
use super::{Subject, heading, history, status};
use crate::diagnostic::{Diagnostic, Severity};
use crate::doc::{Block, Cell, Table};
use crate::model::{Agency, Blank, Contact, Place, Plan, Report, Reporting, Submission};
use crate::source::FileId;
use crate::status::{RoundStatus, Timeliness, Validity};
use crate::vietnamese::{date, listed, number, upper_first};
use crate::view::{cells, words};

/// How many problems are told here; `plan check` tells all.
const PROBLEMS: usize = 5;

pub(super) fn blocks(subject: &Subject<'_, '_>, agency: &Agency) -> Vec<Block> {
    let mut blocks = vec![heading(agency.name.clone())];
    blocks.extend(identity(subject, agency).into_iter().map(Block::item));
    blocks.extend([heading("BÁO CÁO"), Block::Table(reports(subject, agency))]);
    let owed: Vec<String> =
        subject.rounds().into_iter().flat_map(|status| next_steps(subject, status, agency)).collect();
    if !owed.is_empty() {
        blocks.push(heading("VIỆC CẦN LÀM"));
        blocks.extend(owed.into_iter().map(Block::item));
    }
    blocks.extend(problems_told(subject, agency));
    blocks.extend(history::blocks(subject, agency));
    blocks.extend(tasks(subject, agency));
    blocks
}

fn identity(subject: &Subject<'_, '_>, agency: &Agency) -> Vec<String> {
    let plan = subject.scene.plan;
    let mut names: Vec<&str> = vec![&agency.short_name];
    names.extend(agency.aliases.iter().map(|alias| alias.value.as_str()));
    names.retain(|name| *name != agency.name);
    names.dedup();
    let below = plan.agencies.iter().filter(|of| of.parent == Some(agency.id)).map(|of| &of.name);
    let known = [
        listed(names, ", ").map(|names| format!("Tên gọi khác: {names}.")),
        agency.document_code.as_ref().map(|code| format!("Ký hiệu văn bản: {code}.")),
        agency.commune_code.as_ref().map(|code| format!("Mã đơn vị hành chính: {code}.")),
        agency.parent.map(|parent| format!("Cơ quan chủ quản: {}.", plan[parent].name)),
        listed(below, ", ").map(|below| format!("Cơ quan trực thuộc: {below}.")),
        listed(&agency.emails, ", ").map(|emails| format!("Thư điện tử: {emails}.")),
    ];
    let mut lines: Vec<String> = listed(known.into_iter().flatten(), " ").into_iter().collect();
    let reporting = match agency.reporting {
        Reporting::Required => "Phải gửi báo cáo",
        Reporting::Requested => "Được đề nghị gửi báo cáo, không tính quá hạn",
        Reporting::None => "Không phải gửi báo cáo riêng",
    };
    let groups = plan.groups.iter().filter(|group| group.members.contains(&agency.id));
    let groups = listed(groups.map(|group| &group.name), "; ").map(|groups| format!("; thuộc: {groups}"));
    lines.push(format!("{reporting}{}.", groups.unwrap_or_default()));
    lines.extend(life(plan, agency));
    if let Some(group) = agency.control_total_of {
        let group = &plan[group].name;
        lines.push(format!("Số liệu đã gồm số của {group}: chỉ đối chiếu, không cộng."));
    }
    if let Some((contact, report)) = contact(subject, agency) {
        let papers = words::papers(report.document.as_ref(), &report.corrections);
        let by = papers.map(|papers| format!(" (theo báo cáo số {papers})"));
        lines.push(format!("Đầu mối liên hệ: {}{}.", contact_words(contact), by.unwrap_or_default()));
    }
    lines
}

/// When the agency came and went, and who carries its figures on.
fn life(plan: &Plan, agency: &Agency) -> Option<String> {
    let (from, until) = agency.active;
    let day = |word: &str, day: Option<NaiveDate>| day.map(|day| format!("{word} ngày {}", date(day)));
    let days = [day("hoạt động từ", from), day("ngừng hoạt động sau", until)];
    let heir = agency.successor.map(|heir| format!("cơ quan kế thừa: {}", plan[heir].name));
    let of = plan.agencies.iter().filter(|of| of.successor == Some(agency.id)).map(|of| &of.name);
    let of = listed(of, ", ")
        .map(|of| format!("kế thừa {of}, số lũy kế gồm cả số của cơ quan đó, trừ chỗ ghi là {}", words::ALONE));
    let told = listed(days.into_iter().chain([heir, of]).flatten(), "; ")?;
    Some(format!("{}.", upper_first(&told)))
}

/// The newest contact, and the report that names it.
pub(in crate::view) fn contact<'s>(
    subject: &'s Subject<'_, '_>,
    agency: &Agency,
) -> Option<(&'s Contact, &'s Report)> {
    let reports = submissions(subject, agency).filter_map(|submission| submission.report.as_ref());
    let named = reports.filter_map(|report| Some((report.contact.as_ref()?, report)));
    named.max_by_key(|(_, report)| report.received())
}

fn contact_words(contact: &Contact) -> String {
    let phone = contact.phone.as_ref().map(|phone| format!("điện thoại {phone}"));
    let parts = [contact.name.clone(), contact.unit.clone(), phone, contact.email.clone()];
    listed(parts.into_iter().flatten(), ", ").unwrap_or_default()
}

/// The agency's files, whatever their round.
fn submissions<'s>(subject: &'s Subject<'_, '_>, agency: &Agency) -> impl Iterator<Item = &'s Submission> {
    let id = Some(agency.id);
    subject.workspace.submissions.iter().filter(move |submission| submission.place.agency() == id)
}

/// The agency's ad hoc reports, the newest first.
pub(in crate::view) fn ad_hoc<'s>(
    subject: &'s Subject<'_, '_>,
    agency: &Agency,
) -> Vec<(NaiveDate, &'s Submission)> {
    let mut found: Vec<_> = submissions(subject, agency)
        .filter_map(|submission| match submission.place {
            Place::AdHoc { date, .. } => Some((date, submission)),
            _ => None,
        })
        .collect();
    found.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    found
}

fn reports(subject: &Subject<'_, '_>, agency: &Agency) -> Table {
    let of_rounds = subject.rounds().into_iter().map(|status| {
        let state = status.agency(agency.id);
        let told = state.map_or_else(|| cells::unasked(subject.scene.plan, status, agency), cells::report);
        (
            status.round.short_name.as_str(),
            told,
            state.and_then(|state| words::papers(state.paper(), state.corrections)),
        )
    });
    let ad_hoc = ad_hoc(subject, agency).into_iter().map(|(day, submission)| {
        let report = submission.report.as_ref();
        let subject_of = report.and_then(|report| report.subject.as_ref()).map(|subject| &subject.value);
        let state = match (submission.blank, subject.workspace.errors_in(submission.file)) {
            (Some(blank), _) => format!("; {}", words::blank(blank).1),
            (None, 0) => String::new(),
            (None, errors) => format!("; {}", words::validity(Validity::Invalid(errors)).1.to_lowercase()),
        };
        let told = subject_of.map(|words| format!(": {words}")).unwrap_or_default();
        let papers = report.and_then(|report| words::papers(report.document.as_ref(), &report.corrections));
        ("Đột xuất", Cell::text(format!("{}{told}{state}", date(day))), papers)
    });
    Table::of("reports", of_rounds.chain(ad_hoc))
        .left("Kỳ", 2, |(round, ..)| round)
        .left("Tình trạng", 6, |(_, told, _)| told)
        .left("Văn bản", 4, |(.., papers)| papers.clone())
        .table()
}

/// What the agency owes in a round, by when, and with which command it begins.
fn next_steps(subject: &Subject<'_, '_>, status: &RoundStatus<'_>, agency: &Agency) -> Vec<String> {
    let Some(state) = status.agency(agency.id) else { return Vec::new() };
    let (round, id) = (&status.round.key, &agency.key);
    let name = &status.round.short_name;
    let holidays = &subject.scene.plan.holidays;
    let last = state.last_on_time;
    let deadline = if last == status.round.agencies.last_on_time(holidays) {
        status.round.agencies.in_full(holidays)
    } else {
        let working = words::day(holidays.last_working_day(last));
        format!("chậm nhất ngày {} theo gia hạn (ngày làm việc cuối: {working})", date(last))
    };
    let gone = words::gone(subject.scene.plan, agency, subject.scene.as_of);
    match (state.validity, state.timeliness) {
        (Validity::Valid | Validity::NotAccepted, _) => Vec::new(),
        _ if gone.is_some() => gone.map(|gone| format!("Kỳ {name}: {gone}.")).into_iter().collect(),
        (Validity::PaperAlone, _) => vec![
            format!("Kỳ {name}: đã nhận bản giấy, đề nghị gửi số liệu."),
            format!("Lập biểu mẫu Excel cho cơ quan điền: plan form export {id} --round {round}"),
        ],
        (Validity::Invalid(errors), _) => {
            let file = state.file.map(|file| subject.workspace.files.get(file).path.as_str()).unwrap_or_default();
            vec![format!(
                "Kỳ {name}: sửa {} lỗi rồi gửi lại báo cáo; xem từng lỗi: plan check {file}",
                number(errors as u128)
            )]
        }
        (Validity::NoReport, timeliness) => {
            let send = match timeliness {
                Timeliness::Overdue(days) => {
                    format!("Kỳ {name}: gửi ngay báo cáo, đã quá hạn {days} ngày; hạn {deadline}.")
                }
                Timeliness::NotSent => format!("Kỳ {name}: được đề nghị gửi báo cáo {deadline}."),
                _ => format!("Kỳ {name}: gửi báo cáo {deadline}."),
            };
            let path = |file: FileId| &subject.workspace.files.get(file).path;
            let new = format!("plan new {id} --round {round}");
            let write = match state.blank {
                Some((Blank::NoFile, file)) => {
                    format!("Chuyển {} đi nơi khác rồi tạo tệp báo cáo: {new}", path(file))
                }
                Some((_, file)) => format!("Điền tệp báo cáo: {}", path(file)),
                None => format!("Tạo tệp báo cáo: {new}"),
            };
            vec![send, write, format!("Lập biểu mẫu Excel cho cơ quan điền: plan form export {id} --round {round}")]
        }
    }
}

/// What is wrong with the agency's files of the rounds shown, the worst first; accepted warnings aside.
pub(in crate::view) fn problems<'s>(subject: &'s Subject<'_, '_>, agency: &Agency) -> Vec<&'s Diagnostic> {
    let shown = |submission: &&Submission| match submission.place {
        Place::Round { round, .. } => subject.scene.rounds.iter().any(|status| status.round.id == round),
        Place::Unread { .. } => false,
        Place::AdHoc { .. } | Place::Astray => true,
    };
    let files: Vec<_> = submissions(subject, agency).filter(shown).map(|submission| submission.file).collect();
    let found = subject.workspace.diagnostics.iter();
    let mut problems: Vec<&Diagnostic> =
        found.filter(|found| found.accepted.is_none() && files.contains(&found.span.file)).collect();
    problems.sort_by_key(|found| found.rule.severity);
    problems
}

fn problems_told(subject: &Subject<'_, '_>, agency: &Agency) -> Vec<Block> {
    let problems = problems(subject, agency);
    if problems.is_empty() {
        return Vec::new();
    }
    let counts = Severity::ALL.map(|severity| {
        let of = problems.iter().filter(|found| found.rule.severity == severity);
        (of.map(|found| found.count()).sum(), severity.label())
    });
    let all: usize = counts.iter().map(|(count, _)| count).sum();
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts = counts.map(|(count, label)| format!("{} {label}", number(*count as u128)));
    let mut blocks = vec![heading(format!("KIỂM TRA BÁO CÁO: {}", counts.collect::<Vec<_>>().join(", ")))];
    let told = problems.iter().take(PROBLEMS).map(|found| {
        let place = cells::place(&subject.workspace.files, found.span);
        Block::item(format!("{place}: {}: {}", found.rule.severity.label(), found.message))
    });
    blocks.extend(told);
    let mut files: Vec<&str> =
        problems.iter().map(|found| subject.workspace.files.get(found.span.file).path.as_str()).collect();
    files.sort_unstable();
    files.dedup();
    let more = all - problems.len().min(PROBLEMS);
    let more = if more > 0 { format!("Còn {} mục khác. ", number(more as u128)) } else { String::new() };
    blocks.push(Block::item(format!("{more}Xem hết, kèm cách sửa: plan check {}", files.join(" "))));
    blocks
}

fn tasks(subject: &Subject<'_, '_>, agency: &Agency) -> Vec<Block> {
    let Some(status) = status::current(&subject.scene) else { return Vec::new() };
    let (silent, shown): (Vec<Part<'_>>, Vec<Part<'_>>) = answers::of_agency(subject.scene.plan, status, agency)
        .into_iter()
        .partition(|part| part.role == Role::Coordinator && part.entry.is_none());
    let mut blocks = vec![heading(format!("NHIỆM VỤ – kỳ {}", status.round.short_name))];
    if shown.is_empty() && silent.is_empty() {
        blocks.push(Block::item("Không chủ trì, không phối hợp nhiệm vụ nào trong kỳ này."));
    }
    let reported = status
        .agency(agency.id)
        .is_some_and(|state| ![Validity::NoReport, Validity::PaperAlone].contains(&state.validity));
    // Of an agency that sent nothing there is nothing to say, task by task.
    let table = Table::of("tasks", &shown)
        .left("Mã", 1, |part| &part.task.key)
        .left("Nhiệm vụ", 6, |part| &part.task.short_title)
        .left("Vai trò", 2, |part| part.role.label())
        .left("Cơ quan báo", 3, |part| answers::declared(status, part))
        .when(reported);
    blocks.extend(table.any());
    let what = if reported { "Phối hợp, không nêu trong báo cáo" } else { "Phối hợp" };
    let silent = listed(silent.iter().map(|part| &part.task.key), ", ");
    blocks.extend(silent.map(|ids| Block::item(format!("{what}: {ids}."))));
    blocks
}

/// One row a round and task that the agency has a part in.
pub(super) fn rows(subject: &Subject<'_, '_>, agency: &Agency) -> Table {
    let plan = subject.scene.plan;
    let rounds = subject.scene.rounds.iter();
    let parts = rounds
        .flat_map(|status| answers::of_agency(plan, status, agency).into_iter().map(move |part| (status, part)));
    Table::of("tasks", &parts.collect::<Vec<_>>())
        .field("Kỳ", |(status, _)| &status.round.key)
        .field("Mã nhiệm vụ", |(_, part)| &part.task.key)
        .field("Nhiệm vụ", |(_, part)| &part.task.short_title)
        .field("Vai trò", |(_, part)| part.role.label())
        .field("Cơ quan báo", |(status, part)| answers::declared(status, part))
        .field("Kết quả", |(_, part)| part.entry.map(words::entry).unwrap_or_default())
        .field("Số liệu", |(_, part)| answers::figures(plan, part.entry).join("\n"))
        .table()
}
