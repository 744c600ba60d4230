//! What could not be read: files that are no text, folders that could not be looked into. Each gives one problem.

use super::{CARRIED, HOLIDAYS, PREVIOUS, is_illustrative_day, is_read, registered, rules};
use crate::arrivals::{self, AS_IT_CAME, Flaw};
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::model::Plan;
use crate::record::rules::{NOT_UTF8, UNREADABLE_FILE};
use crate::source::{self, Content, FileId, Files, SourceFile, Span};

/// Folders and links that could not be looked into: whatever they hold is not counted.
pub(crate) fn unreadable(files: &Files, plan: Option<&Plan>, sink: &mut Sink) {
    for (id, file) in files.iter().filter(|(_, file)| !file.outside) {
        if file.is_only_kept() {
            if let Some(Flaw::Unread(why)) = arrivals::flaw(&file.path, &file.content) {
                let message = format!("không đọc được bản đã nhận: {why}");
                sink.push(Diagnostic::new(&UNREADABLE_FILE, Span::start_of(id), message).hint(AS_IT_CAME));
            }
            continue;
        }
        if file.past
            && let Some(Flaw::Altered(message)) = arrivals::flaw(&file.path, &file.content)
        {
            let message = format!("{message}, nên không biết ngày đó báo cáo ghi gì");
            sink.push(Diagnostic::new(&UNREADABLE_FILE, Span::start_of(id), message).hint(AS_IT_CAME));
        }
        if is_read(&file.path) {
            continue;
        }
        if plan.is_some_and(|plan| is_folder_of_reports(&file.path, plan)) {
            let (message, hint) = no_folder(file);
            sink.push(Diagnostic::new(&UNREADABLE_FILE, Span::start_of(id), message).hint(hint));
        } else if matches!(file.content, Content::NotAFile | Content::TooDeep | Content::Unreadable(_)) {
            text(files, id, sink);
        }
    }
}

/// What stands where reports are looked for, and what is to be done.
fn no_folder(file: &SourceFile) -> (String, String) {
    let path = &file.path;
    match file.content {
        Content::Unreadable(kind) => (
            format!("không đọc được thư mục này: {}", source::reason(kind)),
            "kiểm tra quyền truy cập thư mục rồi chạy lại".to_owned(),
        ),
        Content::NotAFile => (
            "đây là đường dẫn tắt hoặc thiết bị, không phải thư mục: không báo cáo nào ở đây được đọc".to_owned(),
            format!("đặt hẳn thư mục {path} ở đây, không để đường dẫn tắt"),
        ),
        _ => (
            "đây là tệp, không phải thư mục: không báo cáo nào ở đây được đọc".to_owned(),
            format!("chuyển tệp này đi nơi khác; báo cáo của kỳ nằm trong thư mục {path}"),
        ),
    }
}

/// Whether the reports of a round, or those without one, are looked for in the folder at a path.
fn is_folder_of_reports(path: &str, plan: &Plan) -> bool {
    path.strip_prefix("reports/").is_some_and(|folder| plan.round_ref(folder).is_some())
}

/// Whether something could not be read at a path where no report is, and what is derived from reports depends on it: a folder
/// of them, a register, the day of the samples, the days off, what came from the year before; or at that of a version that is in
/// force on the day, and is not as it came.
pub(crate) fn is_unread(found: &Diagnostic, path: &str, plan: &Plan) -> bool {
    let is_needed = [HOLIDAYS, CARRIED, PREVIOUS].contains(&path)
        || registered(path).is_some()
        || is_illustrative_day(path)
        || is_folder_of_reports(path, plan)
        || (source::is_version(path) && found.rule.name == UNREADABLE_FILE.name);
    is_needed && found.rule.severity == Severity::Error && rules().any(|rule| rule.name == found.rule.name)
}

/// What a file is that is no text, by its first bytes as they were read.
fn other_kind(lossy: &str) -> Option<&'static str> {
    const KINDS: [(&str, &str); 5] = [
        ("PK\u{3}\u{4}", "tệp Excel, Word hoặc tệp nén"),
        ("\u{fffd}\u{fffd}\u{11}\u{fffd}", "tệp Excel, Word kiểu cũ"),
        ("%PDF-", "tệp PDF"),
        ("\u{fffd}PNG", "ảnh"),
        ("\u{fffd}\u{fffd}\u{fffd}\u{fffd}\0\u{10}JFIF", "ảnh"),
    ];
    KINDS.iter().find(|(start, _)| lossy.starts_with(start)).map(|(_, kind)| *kind)
}

/// The text of a file; one that cannot be read gives one problem and nothing else.
pub(super) fn text<'a>(files: &'a Files, id: FileId, sink: &mut Sink) -> Option<&'a str> {
    let (message, hint) = match &files.get(id).content {
        Content::Text(text) => return Some(text),
        Content::NotUtf8 { lossy, .. } if let Some(kind) = other_kind(lossy) => (
            format!("là {kind}, không phải tệp văn bản (.yaml)"),
            "biểu mẫu thì để nguyên đuôi .xlsx rồi chạy plan check TỆP.xlsx; báo cáo khác thì nhập nội dung vào tệp .yaml",
        ),
        Content::NotUtf8 { at, .. } => {
            let place = Span { file: id, start: *at, end: *at };
            let message = "từ chỗ này tệp không lưu theo bảng mã UTF-8";
            let hint = "mở tệp bằng trình soạn thảo, chọn lưu lại với bảng mã UTF-8";
            sink.push(Diagnostic::new(&NOT_UTF8, place, message).hint(hint));
            return None;
        }
        Content::TooLarge(bytes) => (
            format!("tệp quá lớn ({} KB)", crate::vietnamese::number(u128::from(bytes.div_ceil(1000)))),
            files.get(id).limits().remedy,
        ),
        Content::NotAFile => (
            "đây là thư mục, đường dẫn tắt hoặc thiết bị, không phải tệp".to_owned(),
            "chép hẳn tệp vào thư mục này",
        ),
        Content::TooDeep => {
            ("thư mục nằm quá sâu nên không được đọc".to_owned(), "đặt báo cáo tại reports/<kỳ>/<mã cơ quan>.yaml")
        }
        Content::Unreadable(kind) => {
            (format!("không đọc được tệp: {}", source::reason(*kind)), source::remedy(*kind))
        }
    };
    sink.push(Diagnostic::new(&UNREADABLE_FILE, Span::start_of(id), message).hint(hint));
    None
}
