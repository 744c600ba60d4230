//! What the office did about the reports of a round: `reports/<round>/register.yaml`, a list of acts that is only ever
//! added to. Documentation of fields is in Vietnamese: editors show it.

use chrono::NaiveDate;

use super::{Agency, AgencyId, OwnPaper, Paper, Report, RoundRef};
use crate::record::{Fingerprint, Moment, Reader, Sha256, Table, Written, choices, missing, parse_date, records};
use crate::source::{self, FileId, Spanned};
use crate::vietnamese::{clause, fold, paper_number};

records! {
    /// Một việc trong sổ theo dõi của kỳ; mỗi việc một dòng, chỉ ghi thêm, không sửa, không xóa
    "việc" Act => whole {
        act: ActKind,
        /// Mã cơ quan trong plan/agencies.yaml
        agency: Written<Spanned<AgencyId>>,
        /// Ngày của việc đó; trạng thái tính theo ngày này
        date: Spanned<NaiveDate>,
        /// Lúc ghi vào sổ
        entered: Option<Moment>,
        /// Người hoặc đơn vị thực hiện
        by: Option<String>,
        /// Số, ký hiệu văn bản
        number: Option<String>,
        /// Ngày của văn bản
        signed: Option<NaiveDate>,
        /// Gia hạn đến hết ngày này; khi rút lại: chỉ rút lần gia hạn đến hết ngày này
        until: Written<NaiveDate>,
        /// Việc được rút lại
        of: Written<ActKind>,
        /// Ngày của việc được rút lại: chỉ rút việc của ngày đó (với báo cáo tổng hợp có ghi number: chỉ bản mang số đó)
        of_date: Option<NaiveDate>,
        /// Dấu nội dung của báo cáo khi duyệt
        content: Written<Fingerprint>,
        /// Mã khó khăn, kiến nghị đã giải quyết
        id: Written<String>,
        /// Nội dung khó khăn, kiến nghị đó
        text: Option<String>,
        /// Tên tệp bản chụp hoặc bản đã ký
        file: Option<String>,
        /// Mã SHA-256 của tệp đó; ở việc duyệt là của tệp báo cáo
        sha256: Option<Sha256>,
        note: Option<String>,
        /// Dấu nội dung của từng báo cáo khi phát hành báo cáo tổng hợp
        reports: Table<AgencyId, Fingerprint>,
        /// Dấu nội dung của các báo cáo kỳ khác, báo cáo đột xuất có thể tính vào báo cáo tổng hợp đó, gộp làm một
        beside: Option<Fingerprint>,
    }

    /// Các báo cáo của một kỳ mà Sở đã duyệt, theo cách ghi trước đây
    "danh sách báo cáo đã duyệt" Accepted {
        accepted: Vec<AcceptedReport>,
    }

    /// Một báo cáo đã duyệt
    "báo cáo đã duyệt" AcceptedReport {
        agency: Spanned<AgencyId>,
        /// Ngày duyệt
        date: NaiveDate,
        /// Người hoặc đơn vị duyệt
        by: Option<String>,
        /// Mã SHA-256 của nội dung báo cáo khi duyệt
        sha256: Sha256,
    }
}

choices! {
    /// paper đã nhận văn bản; accept duyệt báo cáo; withdraw rút lại một việc; extend gia hạn; settle khó khăn, kiến nghị đã
    /// giải quyết; issue đã gửi báo cáo tổng hợp; remind đã soạn văn bản đôn đốc
    "việc" UNKNOWN_VALUE ActKind {
        Paper "paper" "nhận văn bản",
        Accept "accept" "duyệt",
        Withdraw "withdraw" "rút lại",
        Extend "extend" "gia hạn",
        Settle "settle" "giải quyết",
        Issue "issue" "gửi báo cáo tổng hợp",
        Remind "remind" "đôn đốc",
    }
}

/// What an act of a kind cannot be without: of each list of fields one.
pub(crate) const NEEDED: &[(ActKind, &[&[&str]])] = &[
    (ActKind::Paper, &[&["agency"]]),
    (ActKind::Remind, &[&["agency"]]),
    (ActKind::Accept, &[&["agency"], &["content", "sha256"]]),
    (ActKind::Withdraw, &[&["of"]]),
    (ActKind::Extend, &[&["agency"], &["until"]]),
    (ActKind::Settle, &[&["id"]]),
];

fn whole(act: &Act, reader: &mut Reader<'_, '_>) {
    // What is written and could not be read is a problem of its own.
    let is_there = |field: &&str| match *field {
        "agency" => !act.agency.is_missing(),
        "content" => !act.content.is_missing(),
        "sha256" => act.sha256.is_some(),
        "of" => !act.of.is_missing(),
        "until" => !act.until.is_missing(),
        "id" => !act.id.is_missing(),
        _ => false,
    };
    let needed = NEEDED.iter().filter(|(kind, _)| *kind == act.act).flat_map(|(_, fields)| *fields);
    for fields in needed.filter(|fields| !fields.iter().any(is_there)) {
        reader.push::<()>(missing(fields[0], None, act.span));
    }
}

/// Which act of a kind: all, those of a day, or of them that of a number.
pub(crate) type Which<'a> = Option<(NaiveDate, Option<&'a str>)>;

impl Act {
    /// The day that it was written down on, where that is known.
    pub(crate) fn entered_on(&self) -> Option<NaiveDate> {
        parse_date(self.entered_at()?.get(..10)?)
    }

    /// When it was written down, where that is known; the later is the greater.
    pub(crate) fn entered_at(&self) -> Option<&str> {
        self.entered.as_ref().map(|moment| moment.0.as_str())
    }

    /// What a withdrawal may name it by, or names, the most telling last. Of extensions the day is that until which they give
    /// time; of consolidated reports alone the number counts.
    pub(crate) fn named_by(&self) -> [Which<'_>; 3] {
        let (kind, own) = match (self.act, *self.of) {
            (ActKind::Withdraw, Some(of)) => (of, self.of_date),
            (act, _) => (act, Some(self.date.value)),
        };
        let day = match kind {
            ActKind::Extend => *self.until,
            ActKind::Issue | ActKind::Paper => own,
            _ => None,
        };
        let number = self.number.as_deref().filter(|_| kind == ActKind::Issue);
        [None, day.map(|day| (day, None)), day.map(|day| (day, number))]
    }

    /// Whether the number of a paper that came alone is that of a report's document, where both are known.
    pub(crate) fn has_number_of(&self, document: PaperRef<'_>) -> Option<bool> {
        Some(paper_number(self.number.as_deref()?) == paper_number(document.number?))
    }

    /// Whether a paper that came alone is a report's document: by their numbers, or, where one has none, by their days.
    /// Nothing comes before it is signed.
    pub(crate) fn is_paper_of(&self, document: PaperRef<'_>) -> bool {
        let days_agree = self.signed.zip(document.date).is_none_or(|(own, other)| own == other);
        document.date.is_none_or(|signed| signed <= self.date.value)
            && self.has_number_of(document).unwrap_or(days_agree)
    }

    /// An act of which nothing else is known.
    pub(crate) fn new(act: ActKind, agency: Spanned<AgencyId>, date: Spanned<NaiveDate>) -> Self {
        Self {
            act,
            agency: Some(agency).into(),
            date,
            entered: None,
            by: None,
            number: None,
            signed: None,
            until: None.into(),
            of: None.into(),
            of_date: None,
            content: None.into(),
            id: None.into(),
            text: None,
            file: None,
            sha256: None,
            note: None,
            reports: Table::default(),
            beside: None,
            span: date.span,
        }
    }
}

/// What is known of a paper, wherever it is written.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PaperRef<'p> {
    pub(crate) number: Option<&'p str>,
    pub(crate) date: Option<NaiveDate>,
}

impl<'p> From<&'p Paper> for PaperRef<'p> {
    fn from(paper: &'p Paper) -> Self {
        Self { number: Some(&paper.number.value), date: paper.date.map(|date| date.value) }
    }
}

impl<'p> From<&'p OwnPaper> for PaperRef<'p> {
    fn from(paper: &'p OwnPaper) -> Self {
        let number = paper.number.as_ref().map(|number| number.value.as_str());
        Self { number, date: paper.date.map(|date| date.value) }
    }
}

impl<'p> From<&'p Act> for PaperRef<'p> {
    fn from(act: &'p Act) -> Self {
        Self { number: act.number.as_deref(), date: act.signed }
    }
}

/// What difficulties and recommendations that say the same have in common.
pub(crate) fn remark_key(text: &Spanned<String>) -> String {
    fold(clause(&text.value))
}

/// What a difficulty or a recommendation is settled by: an id of whose it is and of the key of what it says.
pub(crate) fn remark_id(agency: &Agency, key: &str) -> String {
    source::short_id(format!("{}\u{1f}{key}", agency.key))
}

/// The first day on which a report can have raised anything: it was signed, came, or is dated then.
pub(crate) fn raised_on(report: &Report) -> Option<NaiveDate> {
    let signed = report.document.as_ref().and_then(|paper| paper.date.as_ref());
    [signed, report.received.as_ref(), report.date.as_ref()].into_iter().flatten().map(|day| day.value).min()
}

/// An act and the folder that it was written down in.
#[derive(Debug)]
pub(crate) struct Recorded {
    /// Absent where no round is of that name.
    pub(crate) round: Option<RoundRef>,
    pub(crate) act: Act,
}

/// The department's acceptance of a report.
#[derive(Debug)]
pub(crate) struct Review {
    /// Absent where no round is of that name.
    pub(crate) round: Option<RoundRef>,
    pub(crate) agency: Spanned<AgencyId>,
    pub(crate) date: NaiveDate,
    pub(crate) by: Option<String>,
    pub(crate) standing: Standing,
}

/// The report as it is now against the one accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    AsReviewed,
    Changed(FileId),
    Gone,
}
