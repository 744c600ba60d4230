//! What became of the forms that were taken in: as a table, and as values for JSON.

use serde::Serialize;

use crate::doc::{Align, Audience, Block, Cell, Column, Document, Row, Section, Table, Tone};
use crate::vietnamese::number;

/// A form that was taken in, or not.
#[derive(Debug, Serialize)]
pub(crate) struct Taken {
    /// As it was named.
    pub(crate) file: String,
    pub(crate) agency: Option<String>,
    #[serde(skip)]
    pub(crate) agency_name: String,
    pub(crate) round: Option<String>,
    pub(crate) result: TakenAs,
    /// Where the report is, inside the workspace.
    pub(crate) path: Option<String>,
    pub(crate) problems: Vec<Remark>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TakenAs {
    Received,
    Corrected,
    Unchanged,
    Refused,
}

/// Something to know of a form, at a cell where it has one.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Remark {
    /// `error`, `warning` or `notice`
    pub(crate) severity: &'static str,
    #[serde(skip)]
    pub(crate) label: &'static str,
    /// The rule of `plan check` that it breaks.
    pub(crate) rule: Option<&'static str>,
    /// `Kết quả!D14`
    pub(crate) cell: Option<String>,
    pub(crate) message: String,
    pub(crate) remedy: Option<String>,
}

impl Remark {
    /// On one line, with its place first.
    pub(crate) fn line(&self) -> String {
        let place = self.cell.as_ref().map_or_else(String::new, |cell| format!("{cell}: "));
        let remedy = self.remedy.as_ref().map_or_else(String::new, |remedy| format!(" (cách sửa: {remedy})"));
        format!("{place}{}: {}{remedy}", self.label, self.message)
    }
}

/// A rule whose words speak of the file, and what a form says instead.
pub(crate) struct InForm {
    rule: &'static str,
    pub(crate) message: Option<&'static str>,
    pub(crate) remedy: &'static str,
}

const fn remedy(rule: &'static str, remedy: &'static str) -> InForm {
    InForm { rule, message: None, remedy }
}

const IN_FORM: &[InForm] = &[
    remedy(
        "figure-without-reason",
        "ghi số liệu, hoặc chọn “Không phát sinh”, “Không áp dụng”, hoặc ghi lý do chưa có số",
    ),
    InForm {
        message: Some("chưa báo cáo nhiệm vụ nào"),
        ..remedy("missing-field", "chọn trạng thái và điền kết quả các nhiệm vụ ở trang “Kết quả”")
    },
    remedy("status-without-account", "điền ô kết quả thực hiện, hoặc ô lý do"),
    remedy("lead-not-applicable-without-reason", "điền ô lý do"),
    remedy(
        "lead-without-entry",
        "chọn trạng thái nhiệm vụ đó ở trang “Kết quả”; nếu không có việc gì thì chọn “Không phát sinh” và ghi lý do",
    ),
    remedy("difficulty-without-cause", "điền ô nguyên nhân cùng dòng"),
    remedy("recommendation-without-addressee", "chọn ô “Gửi tới” cùng dòng"),
    remedy("empty-report", "điền kết quả các nhiệm vụ rồi gửi lại"),
    remedy("figures-with-nothing-arose", "sửa trạng thái, hoặc xóa số liệu"),
];

/// What a form says of a rule, where the rule's own words speak of the file.
pub(crate) fn in_form(rule: &str) -> Option<&'static InForm> {
    IN_FORM.iter().find(|words| words.rule == rule)
}

/// `text` with a word in another's place; parts of longer words stay.
pub(crate) fn replace_word(text: &str, word: &str, by: &str) -> String {
    let joined = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let (mut out, mut told) = (String::new(), 0);
    for (at, _) in text.match_indices(word) {
        let end = at + word.len();
        if !text[..at].ends_with(joined) && !text[end..].starts_with(joined) {
            out += &text[told..at];
            out += by;
            told = end;
        }
    }
    out + &text[told..]
}

impl TakenAs {
    fn words(self, dry_run: bool) -> (&'static str, Tone) {
        match (self, dry_run) {
            (Self::Received, false) => ("Đã nhận", Tone::Good),
            (Self::Received, true) => ("Sẽ nhận", Tone::Good),
            (Self::Corrected, false) => ("Đã nhận bổ sung", Tone::Good),
            (Self::Corrected, true) => ("Sẽ nhận bổ sung", Tone::Good),
            (Self::Unchanged, _) => ("Không thay đổi", Tone::Muted),
            (Self::Refused, _) => ("Từ chối", Tone::Bad),
        }
    }
}

/// A row a form.
pub(crate) fn table(taken: &[Taken], dry_run: bool) -> Table {
    let columns = [("Tệp", 30), ("Cơ quan", 24), ("Kết quả", 14), ("Lý do, lưu ý", 40)];
    let columns = columns.map(|(title, width)| Column::new(title, width, Align::Left)).to_vec();
    let rows = taken.iter().map(|form| {
        let (words, tone) = form.result.words(dry_run);
        Row::Cells(vec![
            Cell::text(form.file.clone()),
            Cell::text(form.agency_name.clone()),
            Cell::text(words).tone(tone),
            Cell::text(note(form)),
        ])
    });
    Table::new("forms", columns, rows)
}

fn note(form: &Taken) -> String {
    let first = form.problems.first().map(|remark| match &remark.cell {
        Some(cell) => format!("{cell}: {}", remark.message),
        None => remark.message.clone(),
    });
    match (first, form.problems.len()) {
        (None, _) => form.path.clone().unwrap_or_default(),
        (Some(first), 1) => first,
        (Some(first), count) => format!("{first}; và {} điểm khác", number((count - 1) as u128)),
    }
}

pub(crate) fn document(taken: &[Taken], dry_run: bool) -> Document {
    let title = if dry_run {
        "Kết quả xem trước biểu mẫu (chưa ghi gì)"
    } else {
        "Kết quả nhận biểu mẫu"
    };
    Document {
        title: title.to_owned(),
        author: String::new(),
        banner: None,
        sections: vec![Section {
            name: String::new(),
            audience: Audience::Everyone,
            landscape: false,
            blocks: vec![Block::Table(table(taken, dry_run))],
        }],
    }
}

/// `3 biểu mẫu: 2 nhận mới, 1 từ chối.`
pub(crate) fn summary(taken: &[Taken]) -> String {
    let kinds = [
        (TakenAs::Received, "nhận mới"),
        (TakenAs::Corrected, "nhận bổ sung"),
        (TakenAs::Unchanged, "không thay đổi"),
        (TakenAs::Refused, "từ chối"),
    ];
    let counts = kinds.map(|(kind, words)| (taken.iter().filter(|form| form.result == kind).count(), words));
    let parts = counts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, words)| format!("{} {words}", number(*count as u128))).collect();
    format!("{} biểu mẫu: {}.", number(taken.len() as u128), parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_in_other_words_are_rules_that_there_are() {
        let rules: Vec<&str> = crate::check::rules().map(|rule| rule.name).collect();
        let unknown: Vec<&str> =
            IN_FORM.iter().map(|words| words.rule).filter(|rule| !rules.contains(rule)).collect();
        assert_eq!(unknown, [] as [&str; 0]);
    }

    #[test]
    fn words_are_replaced_and_parts_of_words_are_not() {
        for (text, replaced) in [
            ("bỏ trống: fines, goods_value", "bỏ trống: Tiền phạt, goods_value"),
            ("fines", "Tiền phạt"),
            ("fines_total finesse", "fines_total finesse"),
        ] {
            assert_eq!(replace_word(text, "fines", "Tiền phạt"), replaced);
        }
    }
}
