//! `plan receive`: what became of the files that were taken in. For JSON a field may be added within a schema
//! version, none removed or changed.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::moved::MovedJson;
use crate::diagnostic::Diagnostic;
use crate::doc::{Block, Cell, Document, Shown, Table, Tone, as_json, values};
use crate::model::Plan;
use crate::vietnamese::{counts, listed, number, others};

/// So many problems of a form tell whoever sends it back what is wrong with it.
const SHOWN: usize = 100;

/// Forms that were taken in together.
pub(crate) struct Intake {
    pub(crate) forms: Vec<Taken>,
    pub(crate) handled: Handled,
}

/// What was done with what came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Handled {
    Written,
    /// Nothing: only the outcome was asked for.
    Preview,
    /// Nothing: a register among them is wrong.
    Stopped,
    /// Nothing: an agency looks at it before it sends.
    BeforeSending,
}

values! {
    FormImportJson<'i> = fn import(intake: &'i Intake) {
        schema_version: u32 = 1,
        /// Whether nothing was written: only the outcome was asked for, or a register can be received as a whole alone.
        dry_run: bool = intake.handled != Handled::Written,
        forms: &'i [Taken] = &intake.forms,
    }
}

/// A form that was taken in, or not.
#[derive(Debug, Serialize, JsonSchema)]
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
    /// What the version in force before said otherwise.
    pub(crate) moved: Vec<MovedJson>,
    /// Who sent the mail that it is, or came with: an address.
    pub(crate) sender: Option<String>,
    /// The day that it is received on.
    pub(crate) received: Option<NaiveDate>,
    /// Whether it shows, though it is refused, that its agency sent something on that day.
    #[serde(skip)]
    pub(crate) is_sent: bool,
}

impl Taken {
    /// A file of which nothing else is known.
    pub(crate) fn new(file: &str, result: TakenAs, problems: Vec<Remark>) -> Self {
        Self {
            file: file.to_owned(),
            agency: None,
            agency_name: String::new(),
            round: None,
            result,
            path: None,
            problems,
            moved: Vec::new(),
            sender: None,
            received: None,
            is_sent: false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TakenAs {
    Received,
    Corrected,
    /// The number of its paper alone, which was not known yet.
    Completed,
    Unchanged,
    /// It came before, and what came since is in force.
    Seen,
    Refused,
    /// A paper without data, written down in the register of its round.
    Paper,
    /// A day's register of incoming papers, whose rows were received.
    Register,
    /// A mail, whose attachments were received.
    Mail,
    /// Nothing that could be received.
    PassedOver,
}

/// Something to know of a form or a report, at a place where it has one.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Remark {
    /// `error`, `warning` or `notice`.
    pub(crate) severity: &'static str,
    #[serde(skip)]
    pub(crate) label: &'static str,
    /// The rule of `plan check` that it breaks.
    pub(crate) rule: Option<&'static str>,
    /// `Kết quả!D14`; of a report that is YAML `dòng 12`.
    pub(crate) cell: Option<String>,
    pub(crate) message: String,
    pub(crate) remedy: Option<String>,
}

impl Remark {
    /// On one line, with its place first.
    fn line(&self) -> String {
        let place = self.cell.as_ref().map_or_else(String::new, |cell| format!("{cell}: "));
        let remedy = self.remedy.as_ref().map_or_else(String::new, |remedy| format!(" (cách sửa: {remedy})"));
        format!("{place}{}: {}{remedy}", self.label, self.message)
    }
}

/// What is wrong with a report and its remedy, for those who filled in a form.
pub(crate) fn worded(found: &Diagnostic, plan: &Plan) -> (String, Option<String>) {
    let mut message = found.in_form.message.map_or_else(|| found.message.clone(), str::to_owned);
    for indicator in &plan.indicators {
        let label = format!("“{}”", indicator.label);
        let with_label = format!("{} ({})", indicator.key, indicator.label);
        message = message.replace(&with_label, &label).replace(&format!("“{}”", indicator.key), &label);
        message = replace_word(&message, &indicator.key, &label);
    }
    (message, found.in_form.remedy.as_deref().or(found.hint.as_deref()).map(str::to_owned))
}

/// `text` with a word in another's place; parts of longer words stay.
fn replace_word(text: &str, word: &str, by: &str) -> String {
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
    fn words(self, handled: Handled) -> (&'static str, Tone) {
        match (self, handled) {
            (Self::Received | Self::Corrected | Self::Completed, Handled::BeforeSending) => {
                ("Gửi được", Tone::Good)
            }
            (Self::Unchanged, Handled::BeforeSending) => ("Như bản đã gửi", Tone::Muted),
            (Self::Received | Self::Corrected | Self::Completed | Self::Paper, Handled::Stopped) => {
                ("Chưa nhận", Tone::Muted)
            }
            (Self::Refused, Handled::BeforeSending) => ("Chưa gửi được", Tone::Bad),
            (Self::Received, Handled::Written) => ("Đã nhận", Tone::Good),
            (Self::Received, _) => ("Sẽ nhận", Tone::Good),
            (Self::Corrected, Handled::Written) => ("Đã nhận bổ sung", Tone::Good),
            (Self::Corrected, _) => ("Sẽ nhận bổ sung", Tone::Good),
            (Self::Completed, Handled::Written) => ("Đã ghi số văn bản", Tone::Good),
            (Self::Completed, _) => ("Sẽ ghi số văn bản", Tone::Good),
            (Self::Paper, Handled::Written) => ("Đã ghi bản giấy", Tone::Good),
            (Self::Paper, _) => ("Sẽ ghi bản giấy", Tone::Good),
            (Self::Register, _) => ("Đã đọc sổ", Tone::Muted),
            (Self::Mail, _) => ("Đã mở thư", Tone::Muted),
            (Self::Unchanged, _) => ("Không thay đổi", Tone::Muted),
            (Self::Seen, _) => ("Đã nhận trước đây", Tone::Muted),
            (Self::Refused, _) => ("Từ chối", Tone::Bad),
            (Self::PassedOver, _) => ("Không nhận", Tone::Muted),
        }
    }
}

as_json!(Intake, it => import(it));

impl Shown for Intake {
    fn document(&self) -> Document {
        let title = match self.handled {
            Handled::Written => "Kết quả nhận báo cáo",
            Handled::Preview => "Kết quả xem trước (chưa ghi gì)",
            Handled::Stopped => "Chưa nhận được (chưa ghi gì)",
            Handled::BeforeSending => "Kết quả kiểm tra trước khi gửi",
        };
        let mut blocks: Vec<Block> = self.forms.iter().flat_map(problems).collect();
        if !blocks.is_empty() {
            blocks.push(Block::heading(1, "KẾT QUẢ"));
        }
        blocks.extend([Block::Table(self.rows()), Block::body(self.summary())]);
        Document::page(title, "Kết quả", blocks)
    }

    /// A row a form.
    fn rows(&self) -> Table {
        let words = |form: &Taken| form.result.words(self.handled);
        let table = Table::of("forms", &self.forms)
            .left("Tệp", 30, |form| &form.file)
            .code("Mã cơ quan", 18, |form| form.agency.as_deref().unwrap_or_default())
            .left("Cơ quan", 24, |form| &form.agency_name);
        // Nobody reads a column in which nothing stands.
        let is_told = self.forms.iter().any(|form| !form.agency_name.is_empty());
        let table = if is_told { table } else { table.reckoning() };
        table
            .left("Kỳ", 12, |form| form.round.as_deref().unwrap_or_default())
            .reckoning()
            .left("Kết quả", 14, |form| Cell::text(words(form).0).tone(words(form).1))
            .left("Lý do, lưu ý", 40, |form| self.note(form))
            .table()
    }
}

impl Intake {
    /// `3 biểu mẫu: 2 nhận mới, 1 từ chối.`
    pub(crate) fn summary(&self) -> String {
        let count = |kind| self.forms.iter().filter(|form| form.result == kind).count();
        if self.handled == Handled::BeforeSending {
            let (bad, others) = (count(TakenAs::Refused), count(TakenAs::PassedOver));
            let forms = self.forms.len() - others;
            let parts = [(forms - bad, "gửi được"), (bad, "chưa gửi được, sửa các lỗi trên rồi kiểm tra lại")];
            let parts = listed(counts(parts), "; ");
            let parts = parts.map(|parts| format!("{} biểu mẫu: {parts}", number(forms as u128)));
            let others = counts([(others, "tệp không phải biểu mẫu, báo cáo")]);
            return listed(parts.into_iter().chain(others), "; ").unwrap_or_default() + ".";
        }
        if self.handled == Handled::Stopped {
            return "Chưa ghi gì: sổ công văn được nhận trọn vẹn hoặc không nhận; sửa các chỗ trên rồi nhận lại."
                .to_owned();
        }
        let kinds = [
            (TakenAs::Received, "nhận mới"),
            (TakenAs::Corrected, "nhận bổ sung"),
            (TakenAs::Completed, "ghi thêm số văn bản"),
            (TakenAs::Paper, "ghi bản giấy"),
            (TakenAs::Unchanged, "không thay đổi"),
            (TakenAs::Seen, "đã nhận trước đây"),
            (TakenAs::Refused, "từ chối"),
            (TakenAs::PassedOver, "không phải biểu mẫu, báo cáo"),
        ];
        let parts = listed(counts(kinds.map(|(kind, words)| (count(kind), words))), ", ");
        // What came in a mail or stands in a register is told apart from what it came in.
        let (mails, registers) = (count(TakenAs::Mail), count(TakenAs::Register));
        let within = self.forms.len() - mails - registers;
        let what = if registers > 0 { "văn bản" } else { "tệp" };
        let came = listed(counts([(mails, "thư"), (registers, "sổ công văn"), (within, what)]), ", ");
        let summary = listed([came, parts].into_iter().flatten(), ": ").unwrap_or_default();
        summary + if self.handled == Handled::Preview { ". Chưa ghi gì: chỉ xem trước." } else { "." }
    }

    fn note(&self, form: &Taken) -> String {
        let first = form.problems.first().map(|remark| match &remark.cell {
            Some(cell) => format!("{cell}: {}", remark.message),
            None => remark.message.clone(),
        });
        match (first, form.problems.len()) {
            (None, _) if self.handled == Handled::BeforeSending => "không có lỗi, cảnh báo".to_owned(),
            (None, _) => form.path.clone().unwrap_or_default(),
            (Some(first), 1) => first,
            (Some(first), count) => format!("{first}; và {} điểm khác", number((count - 1) as u128)),
        }
    }
}

/// The file, and what is to be known of it.
fn problems(form: &Taken) -> Vec<Block> {
    // What is in the row is enough.
    let known = ([TakenAs::Mail, TakenAs::Paper].contains(&form.result) && form.problems.len() == 1)
        || [TakenAs::Unchanged, TakenAs::Seen, TakenAs::PassedOver].contains(&form.result);
    if known || (form.problems.is_empty() && form.moved.is_empty()) {
        return Vec::new();
    }
    let lines = form.problems.iter().take(SHOWN).map(|remark| remark.line().replace('\n', " "));
    let more = others(form.problems.len().saturating_sub(SHOWN), "điểm")
        .map(|more| format!("… {more} (xem đủ: thêm --format json)"));
    let moved = form.moved.iter().take(SHOWN).map(MovedJson::line);
    let changes = others(form.moved.len().saturating_sub(SHOWN), "chỗ").map(|more| format!("… {more} thay đổi"));
    let told = lines.chain(more).chain(moved).chain(changes).map(Block::item);
    std::iter::once(Block::heading(1, &form.file)).chain(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn mails_and_registers_are_told_apart_from_what_they_bring() {
        use TakenAs::{Mail, Paper, PassedOver, Received, Refused, Register};
        for (results, told) in [
            (&[Received, Refused][..], "2 tệp: 1 nhận mới, 1 từ chối."),
            (&[Mail, Mail, Received, PassedOver], "2 thư, 2 tệp: 1 nhận mới, 1 không phải biểu mẫu, báo cáo."),
            (&[Mail], "1 thư."),
            (&[Register, Paper, Paper], "1 sổ công văn, 2 văn bản: 2 ghi bản giấy."),
        ] {
            let forms = results.iter().map(|result| Taken::new("a", *result, Vec::new())).collect();
            assert_eq!(Intake { forms, handled: Handled::Written }.summary(), told);
        }
    }
}
