//! An act as a line of its own: what is added to a register is never more than lines, so that git puts two people's together.

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::model::ActKind;
use crate::yaml;

/// Begins a register that is new.
pub(crate) const HEADER: &str = "# Sổ theo dõi của kỳ: mỗi việc một dòng, chỉ ghi thêm, không sửa, không xóa. Ghi nhầm thì rút lại bằng một dòng mới.\n";

/// A line of a register that is being written.
#[derive(Debug, Clone)]
pub(crate) struct Line(String);

impl Line {
    /// `entered` is the moment of writing, `YYYY-MM-DDThh:mm:ss`.
    pub(crate) fn new(act: ActKind, agency: Option<&str>, date: NaiveDate, entered: &str) -> Self {
        let mut line = Self(format!("- {{act: {}", act.id()));
        if let Some(agency) = agency {
            line = line.plain("agency", agency);
        }
        line.plain("date", date).plain("entered", entered)
    }

    /// A date, a number, an id: what needs no quotes.
    #[must_use]
    pub(crate) fn plain(mut self, key: &str, value: impl std::fmt::Display) -> Self {
        // Writing into a string cannot fail.
        let _ = write!(self.0, ", {key}: {value}");
        self
    }

    /// Words of people, in quotes; nothing where there are none.
    #[must_use]
    pub(crate) fn words(self, key: &str, value: Option<&str>) -> Self {
        let Some(value) = value else { return self };
        self.plain(key, yaml::quoted(value))
    }

    /// The text of a register with lines added at its end.
    pub(crate) fn added(register: Option<&str>, lines: impl IntoIterator<Item = Self>) -> String {
        let mut text = register.unwrap_or(HEADER).to_owned();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        for Self(line) in lines {
            text += &line;
            text += "}\n";
        }
        text
    }
}
