//! What people changed in a round's consolidated report: `reports/<round>/draft.yaml`. Documentation of fields is in
//! Vietnamese: editors show it.

use chrono::NaiveDate;

use crate::record::{Reader, choices, missing, records};

records! {
    /// Những chỗ người soạn đã sửa trong báo cáo tổng hợp của kỳ
    "tệp ghi chỗ sửa" DraftFile {
        edits: Vec<EditRecord>,
    }

    /// Một chỗ sửa: đoạn nào, sửa thế nào, trước đó công cụ ghi gì
    "chỗ sửa" EditRecord => whole {
        /// Mã đoạn; đoạn viết thêm có mã riêng
        block: String,
        kind: EditKind,
        /// Mã của đoạn đứng ngay trước, khi thêm hoặc chuyển đoạn; không ghi là đầu báo cáo
        after: Option<String>,
        /// Tên mục chứa đoạn đó, theo bản công cụ đã ghi: đoạn đứng trước không còn thì nội dung vẫn ở mục này
        under: Option<String>,
        /// Nội dung công cụ đã ghi ở đoạn đó; khi thêm đoạn là nội dung đoạn đứng ngay trước
        base: Option<String>,
        /// Nội dung người soạn viết; xóa đoạn thì không ghi
        text: Option<String>,
        /// Những con số trong nội dung đó mà bản công cụ ghi cũng có; số khác là số người soạn ghi
        figures: Vec<String>,
        /// Người sửa
        by: Option<String>,
        /// Ngày nhận chỗ sửa
        date: NaiveDate,
        /// Ngày tính số liệu của bản dự thảo đã sửa
        as_of: Option<NaiveDate>,
        /// Dấu của bản dự thảo đã sửa: nhận lại bản đó thì chỗ sửa của chính người sửa theo lần nhận sau
        copy: Option<String>,
    }
}

choices! {
    /// replace viết lại đoạn; insert thêm đoạn; delete xóa đoạn; move chuyển đoạn đi chỗ khác
    "cách sửa" UNKNOWN_VALUE EditKind {
        Replace "replace" "viết lại",
        Insert "insert" "thêm",
        Delete "delete" "xóa",
        Move "move" "chuyển chỗ",
    }
}

/// What an edit of a kind cannot be without.
pub(crate) const EDIT_NEEDS: &[(EditKind, &[&str])] = &[
    (EditKind::Replace, &["base", "text"]),
    (EditKind::Insert, &["text"]),
    (EditKind::Delete, &["base"]),
    (EditKind::Move, &["base", "text"]),
];

fn whole(edit: &EditRecord, reader: &mut Reader<'_, '_>) {
    let is_there = |field: &&&str| if **field == "base" { edit.base.is_some() } else { edit.text.is_some() };
    let needed = EDIT_NEEDS.iter().filter(|(kind, _)| *kind == edit.kind).flat_map(|(_, fields)| *fields);
    for field in needed.filter(|field| !is_there(field)) {
        reader.push::<()>(missing(field, None, edit.span));
    }
}
