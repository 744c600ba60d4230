//! What is wrong with a form, in words for those who filled it in: of the file as a whole, or at a cell.

use std::fmt;

use crate::vietnamese::{cut, one_line};

/// Why a file is not taken at all, in words, with the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) reason: String,
    pub(crate) remedy: String,
}

impl Refusal {
    pub(crate) fn new(reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { reason: reason.into(), remedy: remedy.into() }
    }
}

pub(super) fn too_much(reason: impl Into<String>) -> Refusal {
    Refusal::new(
        reason,
        "một biểu mẫu chỉ vài chục KB; bỏ ảnh và tệp đính kèm, hoặc chép nội dung vào biểu mẫu đã phát",
    )
}

pub(super) fn broken() -> Refusal {
    Refusal::new("tệp hỏng, không đọc được", "mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx")
}

/// A cell as people find it: `Kết quả!D14`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) sheet: String,
    /// From 0.
    pub(crate) row: u32,
    pub(crate) column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}!{}{}", self.sheet, letters(self.column), self.row + 1)
    }
}

/// A column from 0 as spreadsheets name it: `AA`.
pub(super) fn letters(column: u32) -> String {
    let (mut letters, mut rest) = (Vec::new(), column + 1);
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

/// What is wrong with a cell, and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) place: Option<Place>,
    pub(crate) message: String,
    pub(crate) remedy: String,
}

/// The beginning of a text, on one line.
pub(super) fn short(text: &str) -> String {
    const LETTERS: usize = 60;
    cut(&one_line(text), LETTERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_spreadsheets_do() {
        for (row, column, written) in
            [(0, 0, "A1"), (13, 3, "D14"), (9, 25, "Z10"), (9, 26, "AA10"), (0, 701, "ZZ1")]
        {
            assert_eq!(Place { sheet: "Kết quả".into(), row, column }.to_string(), format!("Kết quả!{written}"));
        }
    }
}
