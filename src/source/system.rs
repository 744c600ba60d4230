//! What the systems refuse, in words for people: errors, and names that a file cannot have.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::{DRAFT, ILLUSTRATIVE, RECEIVED, REGISTER, REVIEWS};

/// The kind of an error, with what Windows says of a file that another program, Word say, keeps to itself.
pub(crate) fn kind_of(error: &io::Error) -> io::ErrorKind {
    const SHARING_VIOLATION: i32 = 32;
    const LOCK_VIOLATION: i32 = 33;
    match error.raw_os_error() {
        Some(SHARING_VIOLATION | LOCK_VIOLATION) if cfg!(windows) => io::ErrorKind::ResourceBusy,
        _ => error.kind(),
    }
}

/// Opens a file to be read, which is a plain one: a pipe would be waited for, a device never ends.
///
/// # Errors
/// When it is none, or the system does not open it.
pub(crate) fn open_plain(path: &Path) -> io::Result<File> {
    if fs::metadata(path)?.is_file() { File::open(path) } else { Err(io::ErrorKind::Unsupported.into()) }
}

/// All that a plain file holds.
///
/// # Errors
/// As [`open_plain`].
pub(crate) fn read_plain(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut open_plain(path)?, &mut bytes)?;
    Ok(bytes)
}

/// Why a file cannot have this name on every system that the workspace may be taken to; `None` where it can.
pub(crate) fn unusable_name(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = ["com", "lpt"].into_iter().find_map(|device| stem.strip_prefix(device));
    let device = matches!(&*stem, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || numbered.is_some_and(|number| number.chars().count() == 1 && "123456789¹²³".contains(number));
    let forbidden = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    if device {
        Some("Windows dành tên này cho thiết bị")
    } else if name.contains(forbidden) {
        Some("tên tệp không được có các dấu / \\ : * ? \" < > |")
    } else if name.starts_with('.') || name.ends_with(['.', ' ', '~']) {
        Some("tên tệp không được bắt đầu bằng dấu chấm hoặc kết thúc bằng dấu chấm, dấu cách, dấu ~")
    } else {
        None
    }
}

/// Whether the layout uses a name for itself where reports are named by their agencies.
pub(crate) fn is_of_layout(id: &str) -> bool {
    let names = [REGISTER, DRAFT, REVIEWS, RECEIVED, ILLUSTRATIVE];
    let stem = |name: &'static str| name.rsplit('/').next().unwrap_or(name).trim_end_matches(".yaml");
    names.iter().any(|name| stem(name).eq_ignore_ascii_case(id))
}

/// Why the system refused, in words for people.
pub(crate) fn reason(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::NotFound => "thư mục hoặc tệp không có",
        io::ErrorKind::PermissionDenied => "không có quyền truy cập",
        io::ErrorKind::StorageFull => "ổ đĩa đã đầy",
        io::ErrorKind::ReadOnlyFilesystem => "ổ đĩa chỉ cho đọc",
        io::ErrorKind::IsADirectory => "đó là thư mục, không phải tệp",
        io::ErrorKind::Unsupported => "đó là thư mục, đường dẫn tắt hoặc thiết bị, không phải tệp",
        io::ErrorKind::ResourceBusy => "tệp đang mở trong chương trình khác; đóng lại rồi thử lại",
        _ => "máy không cho phép; đóng chương trình đang mở tệp rồi thử lại",
    }
}

/// What is to be done about a file that cannot be read.
pub(crate) fn remedy(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::Unsupported | io::ErrorKind::IsADirectory => "chép hẳn tệp vào chỗ đó",
        io::ErrorKind::PermissionDenied => "kiểm tra quyền truy cập; đóng chương trình đang mở tệp rồi chạy lại",
        io::ErrorKind::NotFound => "xem lại tên tệp; tệp vừa bị xóa, đổi tên thì chép lại",
        _ => "đóng chương trình đang mở tệp rồi chạy lại; vẫn không được thì chép tệp sang ổ đĩa khác",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_some_system_refuses_are_told_from_those_beside_them() {
        for (name, usable) in [
            ("so-y-te", true),
            ("sở y tế", true),
            ("con", false),
            ("Con.yaml", false),
            ("con-annual-2026.xlsx", true),
            ("cong-an", true),
            ("nul .txt", false),
            ("com1", false),
            ("com0", true),
            ("com12", true),
            ("lpt¹", false),
            ("../so-y-te", false),
            ("a\\b", false),
            ("a:b", false),
            (".an", false),
            ("an.", false),
            ("a.n", true),
        ] {
            assert_eq!(unusable_name(name).is_none(), usable, "{name}");
        }
    }
}
