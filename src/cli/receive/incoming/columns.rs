//! The columns of a register of incoming papers, by the heads that they may have.

use crate::vietnamese::unaccented;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Agency,
    Number,
    Date,
    Received,
    File,
    /// What the paper is about.
    Subject,
    Note,
}

/// Columns, what each is called here, and the heads that it may have: without accents and marks.
pub(super) const COLUMNS: &[(Column, &str, &[&str])] = &[
    (
        Column::Agency,
        "Cơ quan",
        &[
            "co quan",
            "don vi",
            "noi gui",
            "co quan gui",
            "don vi gui",
            "co quan don vi",
            "co quan ban hanh",
            "noi ban hanh",
            "ten co quan",
            "ten don vi",
            "tac gia",
            "agency",
            "sender",
            "from",
        ],
    ),
    (
        Column::Number,
        "Số, ký hiệu",
        &["so", "ky hieu", "so ky hieu", "so va ky hieu", "so ky hieu van ban", "so van ban", "so hieu", "number"],
    ),
    (
        Column::Date,
        "Ngày văn bản",
        &["ngay van ban", "ngay ban hanh", "ngay ky", "ngay thang van ban", "ngay cua van ban", "date", "signed"],
    ),
    (
        Column::Received,
        "Ngày nhận",
        &["ngay nhan", "ngay den", "ngay nhan van ban", "ngay van ban den", "received", "received on"],
    ),
    (Column::File, "Tệp", &["tep", "ten tep", "tep dinh kem", "tep kem theo", "file", "file dinh kem", "ban chup"]),
    (
        Column::Subject,
        "Trích yếu",
        &[
            "trich yeu",
            "trich yeu noi dung",
            "trich yeu van ban",
            "noi dung",
            "noi dung van ban",
            "trich yeu noi dung van ban",
            "ten loai va trich yeu",
            "ten loai va trich yeu noi dung",
            "ten loai va trich yeu noi dung van ban",
            "v v",
            "ve viec",
            "subject",
        ],
    ),
    (Column::Note, "Ghi chú", &["ghi chu", "note", "notes"]),
];

/// Heads of a day of which only the other columns tell what day it is: beside “Ngày đến”, as registers have them, the paper's.
const DAYS: &[&str] = &["ngay", "ngay thang", "ngay thang nam"];

impl Column {
    /// Words about a paper, which lists of other things have as well, and which may stand in several columns.
    pub(super) fn is_of_words(self) -> bool {
        matches!(self, Self::Subject | Self::Note)
    }
}

/// A head without accents and marks.
fn plain(head: &str) -> String {
    let plain = unaccented(head);
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

pub(super) fn is_day(head: &str) -> bool {
    DAYS.contains(&plain(head).as_str())
}

/// The column of a head.
pub(super) fn named(head: &str) -> Option<Column> {
    let head = plain(head);
    COLUMNS.iter().find(|(_, _, heads)| heads.contains(&head.as_str())).map(|(column, ..)| *column)
}
