//! An edit as `draft.yaml` keeps it: a change, whose it is, and which of its figures are the tool's.

use chrono::NaiveDate;

use super::change::Change;
use crate::model::EditRecord;
use crate::source::Span;
use crate::yaml::quoted;

/// Begins every file.
const HEADER: &str = "\
# Chỗ người soạn đã sửa trong báo cáo tổng hợp. Xem: plan draft; bỏ một chỗ: plan draft drop.
# Tệp được ghi lại mỗi lần nhận, giữ, bỏ chỗ sửa: ghi chú (#) viết thêm trong tệp không giữ được.
";

/// Lines of comments in a file that are lost when it is written anew.
pub(crate) fn comments(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter(|line| line.trim_start().starts_with('#'));
    lines.filter(|line| !HEADER.lines().any(|ours| ours == *line))
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) change: Change,
    /// Those of its figures that stood in the draft; others are whoever's wrote it.
    pub(crate) figures: Vec<String>,
    pub(crate) by: Option<String>,
    /// When it was taken in.
    pub(crate) date: NaiveDate,
    /// The day that the edited draft told of.
    pub(crate) as_of: Option<NaiveDate>,
    /// The mark of the draft that was edited; none once a person has decided of it.
    pub(crate) copy: Option<String>,
    /// Where it is written; nowhere yet for a new one.
    pub(crate) span: Option<Span>,
}

impl From<&EditRecord> for Edit {
    fn from(record: &EditRecord) -> Self {
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            change: Change {
                block: record.block.clone(),
                kind: record.kind,
                after: record.after.clone(),
                under: record.under.clone(),
                base: words(&record.base),
                text: words(&record.text),
            },
            figures: record.figures.clone(),
            by: record.by.clone(),
            date: record.date,
            as_of: record.as_of,
            copy: record.copy.clone(),
            span: Some(record.span),
        }
    }
}

/// The text of `draft.yaml`: each word of people in quotes, so that no reader of YAML takes one for anything else.
pub(crate) fn file(edits: &[Edit]) -> String {
    let mut text = HEADER.to_owned();
    text += if edits.is_empty() { "edits: []\n" } else { "edits:\n" };
    for Edit { change, figures, by, date, as_of, copy, span: _ } in edits {
        let mut line = |mark: &str, key: &str, value: String| text += &format!("  {mark} {key}: {value}\n");
        line("-", "block", quoted(&change.block));
        line(" ", "kind", change.kind.id().to_owned());
        if let Some(after) = &change.after {
            line(" ", "after", quoted(after));
        }
        if let Some(under) = &change.under {
            line(" ", "under", quoted(under));
        }
        for (key, words) in [("base", &change.base), ("text", &change.text)] {
            if !words.is_empty() {
                line(" ", key, quoted(words));
            }
        }
        if !figures.is_empty() {
            let figures: Vec<String> = figures.iter().map(|figure| quoted(figure)).collect();
            line(" ", "figures", format!("[{}]", figures.join(", ")));
        }
        if let Some(by) = by {
            line(" ", "by", quoted(by));
        }
        line(" ", "date", date.to_string());
        if let Some(as_of) = as_of {
            line(" ", "as_of", as_of.to_string());
        }
        if let Some(copy) = copy {
            line(" ", "copy", quoted(copy));
        }
    }
    text
}
