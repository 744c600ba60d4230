//! Nodes → model: shapes, words and ids. Returns what it could read together with every problem;
//! never stops at the first and never repairs.

mod fields;
mod illustrative;
mod plan;
mod report;
mod reviews;
mod rules;
pub(crate) mod suggest;
mod wording;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{Agency, AgencyId, List, Place, Plan, Report, Review, RoundRef, Spanned, Submission};
use crate::source::{self, Content, FileId, Files, Span};
use crate::yaml::{self, Node};

pub(crate) use fields::parse_date;

/// Every rule that reading a file can break.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    yaml::RULES.iter().chain(rules::RULES).copied()
}

/// The plan under `plan/`; `None` where too much is missing to check anything against it.
pub(crate) fn plan(files: &Files, sink: &mut Sink) -> Option<Plan> {
    plan::plan(files, sink)
}

/// Folders and links that could not be looked into: whatever they hold is not counted.
pub(crate) fn unreadable(files: &Files, sink: &mut Sink) {
    for (id, file) in files.iter().filter(|(_, file)| !file.outside && !is_read(&file.path)) {
        if matches!(file.content, Content::NotAFile | Content::TooDeep | Content::Unreadable(_)) {
            parse(files, id, sink);
        }
    }
}

/// Every `.yaml` file under `reports/`, each with its place, in the order of the paths; then the files
/// from outside, each in the place that it speaks of and instead of what lies there.
pub(crate) fn submissions(files: &Files, plan: &Plan, sink: &mut Sink) -> Vec<Submission> {
    let reports: Vec<_> = files.iter().filter(|(_, file)| file.outside || is_report(&file.path)).collect();
    // One file knows nothing of another: all cores read, and what they found is put together in order.
    let read: Vec<(Option<Report>, Sink)> = reports
        .par_iter()
        .map(|(id, _)| {
            let mut sink = Sink::default();
            let report = parse(files, *id, &mut sink).and_then(|node| report::report(&node, plan, &mut sink));
            (report, sink)
        })
        .collect();
    let mut submissions: Vec<Submission> = Vec::new();
    for ((id, file), (report, found)) in reports.into_iter().zip(read) {
        sink.append(found);
        let place = if file.outside { own_place(report.as_ref()) } else { place(&file.path, plan) };
        if file.outside {
            submissions.retain(|other| other.place != place);
        }
        submissions.push(Submission { file: id, place, report });
    }
    submissions
}

fn is_report(path: &str) -> bool {
    path.starts_with("reports/") && path.ends_with(".yaml") && !is_review(path) && !is_illustrative_day(path)
}

/// Whether the tool reads the file, as what it is by its path.
pub(crate) fn is_read(path: &str) -> bool {
    is_plan_file(path) || is_report(path) || is_review(path) || is_illustrative_day(path)
}

/// Whether the file keeps the department's acceptances of a round's reports.
fn is_review(path: &str) -> bool {
    reviews::round(path).is_some()
}

/// The acceptances of every round.
pub(crate) fn reviews(files: &Files, plan: &Plan, submissions: &[Submission], sink: &mut Sink) -> Vec<Review> {
    reviews::reviews(files, plan, submissions, sink)
}

/// The day that the workspace says its sample reports are to be looked at on.
pub(crate) fn illustrative_day(files: &Files, sink: &mut Sink) -> Option<NaiveDate> {
    illustrative::day(files, sink)
}

/// Whether the file says so.
pub(crate) fn is_illustrative_day(path: &str) -> bool {
    path == illustrative::FILE
}

/// Whether the tool reads the file as a part of the plan.
fn is_plan_file(path: &str) -> bool {
    plan::is_task_file(path) || plan::FILES.contains(&path)
}

/// Whose report a file is, from its path alone.
fn place(path: &str, plan: &Plan) -> Place {
    let parts: Vec<&str> = path.split('/').collect();
    let ["reports", folder, name] = parts.as_slice() else { return Place::Astray };
    let stem = name.strip_suffix(".yaml").unwrap_or(name);
    let known = |key: &str| plan.agencies.find(key).map(|agency| agency.id);
    let found = plan.round_ref(folder).and_then(|round| {
        if round != RoundRef::AdHoc {
            return Some(Place::of(round, known(stem)?));
        }
        let (date, rest) = stem.split_at_checked(10)?;
        Some(Place::AdHoc { date: parse_date(date)?, agency: known(rest.strip_prefix('-')?)? })
    });
    found.unwrap_or(Place::Astray)
}

/// Whose report it is by its own words.
fn own_place(report: Option<&Report>) -> Place {
    let place = |report: &Report| {
        let (agency, round) = (report.agency?.value, report.round?.value);
        Some(match report.date {
            Some(date) if round == RoundRef::AdHoc => Place::AdHoc { date: date.value, agency },
            _ => Place::of(round, agency),
        })
    };
    report.and_then(place).unwrap_or(Place::Astray)
}

/// The tree of a file; a file that cannot be read gives one problem and nothing else.
fn parse<'a>(files: &'a Files, id: FileId, sink: &mut Sink) -> Option<Node<'a>> {
    let (span, rule, message, hint) = match &files.get(id).content {
        Content::Text(text) => return yaml::parse(id, text, sink),
        Content::NotUtf8 { at, .. } => (
            Span { file: id, start: *at, end: *at },
            &rules::NOT_UTF8,
            "từ chỗ này tệp không lưu theo bảng mã UTF-8".to_owned(),
            "mở tệp bằng trình soạn thảo, chọn lưu lại với bảng mã UTF-8",
        ),
        Content::TooLarge(bytes) => (
            Span::start_of(id),
            &rules::UNREADABLE_FILE,
            format!("tệp quá lớn ({} KB)", crate::vietnamese::number(u128::from(bytes.div_ceil(1000)))),
            "một báo cáo chỉ khoảng 3–20 KB, không quá 1.000 KB; xem lại có chép nhầm tệp",
        ),
        Content::NotAFile => (
            Span::start_of(id),
            &rules::UNREADABLE_FILE,
            "đây là đường dẫn tắt hoặc thiết bị, không phải tệp".to_owned(),
            "chép hẳn tệp vào thư mục này",
        ),
        Content::TooDeep => (
            Span::start_of(id),
            &rules::UNREADABLE_FILE,
            "thư mục nằm quá sâu nên không được đọc".to_owned(),
            "đặt báo cáo tại reports/<kỳ>/<mã cơ quan>.yaml",
        ),
        Content::Unreadable(kind) => (
            Span::start_of(id),
            &rules::UNREADABLE_FILE,
            format!("không đọc được tệp: {}", source::reason(*kind)),
            "kiểm tra quyền truy cập; đóng chương trình đang mở tệp rồi chạy lại",
        ),
    };
    sink.push(Diagnostic::new(rule, span, message).hint(hint));
    None
}

/// The agency that a node names by id; an unknown one is a problem with the nearest known names.
fn known_agency(agencies: &List<Agency>, node: &Node<'_>, sink: &mut Sink) -> Option<Spanned<AgencyId>> {
    let written = fields::text(node, sink)?;
    let found = agencies.find(&written.value);
    if found.is_none() {
        sink.push(unknown_agency(agencies, &written));
    }
    found.map(|agency| Spanned { value: agency.id, span: written.span })
}

fn unknown_agency(agencies: &[Agency], written: &Spanned<String>) -> Diagnostic {
    let names = agencies.iter().flat_map(|agency| {
        let aliases = agency.aliases.iter().map(|alias| alias.value.as_str());
        std::iter::once(agency.name.as_str()).chain(aliases).map(|name| (agency.key.as_str(), name))
    });
    let hint = suggest::among(&written.value, names)
        .unwrap_or_else(|| "xem mã cơ quan trong plan/agencies.yaml".to_owned());
    let message = format!("không có cơ quan mang mã “{}”", written.value);
    Diagnostic::new(&rules::UNKNOWN_AGENCY, written.span, message).hint(hint)
}
