//! What an agency reports.

use chrono::NaiveDate;

use super::{AgencyId, IndicatorId, RoundId, RoundRef, Spanned, TaskId};
use crate::source::{FileId, Span};

/// A file under `reports/`, whether or not it could be read.
#[derive(Debug)]
pub(crate) struct Submission {
    pub(crate) file: FileId,
    pub(crate) place: Place,
    /// Absent where the file is not YAML.
    pub(crate) report: Option<Report>,
}

/// Where a file lies, which says whose report it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// `reports/<round>/<agency>.yaml`
    Round { round: RoundId, agency: AgencyId },
    /// `reports/ad-hoc/<date>-<agency>.yaml`
    AdHoc { date: NaiveDate, agency: AgencyId },
    /// Of a round that could not be read, or ad hoc on a day that could not.
    Unread { round: RoundRef, agency: AgencyId },
    /// Anywhere else: nobody's.
    Astray,
}

impl Place {
    /// The place of an agency's only report of a round.
    pub(crate) fn of(round: RoundRef, agency: AgencyId) -> Self {
        match round {
            RoundRef::Of(round) => Self::Round { round, agency },
            RoundRef::AdHoc | RoundRef::Unread(_) => Self::Unread { round, agency },
        }
    }

    pub(crate) fn agency(self) -> Option<AgencyId> {
        match self {
            Self::Round { agency, .. } | Self::AdHoc { agency, .. } | Self::Unread { agency, .. } => Some(agency),
            Self::Astray => None,
        }
    }
}

/// An agency's report. Absent items were not written, or written in a way that is a problem of its own.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) illustrative: bool,
    pub(crate) agency: Option<Spanned<AgencyId>>,
    pub(crate) round: Option<Spanned<RoundRef>>,
    /// Of an ad hoc report.
    pub(crate) date: Option<Spanned<NaiveDate>>,
    pub(crate) subject: Option<Spanned<String>>,
    pub(crate) document: Option<PaperRef>,
    pub(crate) contact: Option<Contact>,
    pub(crate) received: Option<Spanned<NaiveDate>>,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) entries: Vec<Entry>,
    /// Tasks of which something is written that could not be read; absent ones are unknown.
    pub(crate) unread_entries: Vec<Option<TaskId>>,
    /// Source id and đồng.
    pub(crate) funding: Vec<(String, u64)>,
    pub(crate) difficulties: Vec<Difficulty>,
    pub(crate) recommendations: Vec<Recommendation>,
    pub(crate) next_steps: Vec<Spanned<String>>,
    /// Field id and number of cases; the place of the first.
    pub(crate) complaints_by_field: Vec<(String, u64)>,
    pub(crate) complaints_span: Option<Span>,
    pub(crate) violators: Vec<Violator>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) accepted: Vec<Acceptance>,
    /// Where to point for what the report lacks.
    pub(crate) span: Span,
}

/// A paper by number and date.
#[derive(Debug, Clone)]
pub(crate) struct PaperRef {
    pub(crate) number: Spanned<String>,
    pub(crate) date: Option<Spanned<NaiveDate>>,
}

/// Whom to ask about a report; at least one of these is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contact {
    pub(crate) unit: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
}

/// A corrected version that came later; the first receipt date stays.
#[derive(Debug)]
pub(crate) struct Correction {
    pub(crate) date: Spanned<NaiveDate>,
    pub(crate) note: Option<String>,
}

/// The department's acceptance of a report.
#[derive(Debug)]
pub(crate) struct Review {
    /// Absent where no round is of that name.
    pub(crate) round: Option<RoundRef>,
    pub(crate) agency: Spanned<AgencyId>,
    pub(crate) date: NaiveDate,
    pub(crate) by: Option<String>,
    /// Of the report as it was accepted.
    pub(crate) sha256: String,
    pub(crate) standing: Standing,
}

/// The report as it is now against the one accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    AsReviewed,
    Changed,
    Gone,
}

/// A problem that the report's author stands by.
#[derive(Debug)]
pub(crate) struct Acceptance {
    pub(crate) rule: Spanned<String>,
    pub(crate) reason: String,
}

/// What a report says of one task.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) task: Spanned<TaskId>,
    pub(crate) status: Option<TaskStatus>,
    pub(crate) results: Option<Spanned<String>>,
    /// Why there is nothing to tell.
    pub(crate) reason: Option<Spanned<String>>,
    /// The day the task was completed.
    pub(crate) completed: Option<NaiveDate>,
    pub(crate) figures: Vec<Figure>,
    /// Whether a figure is written that could not be read: a problem of its own, not an omission.
    pub(crate) unread_figures: bool,
    /// Whether results are written that could not be read.
    pub(crate) unread_results: bool,
    pub(crate) evidence: Vec<Evidence>,
}

/// A document or a link that bears an account out.
#[derive(Debug)]
pub(crate) struct Evidence {
    /// The document with its date, and the link, on one line.
    pub(crate) text: String,
    pub(crate) date: Option<Spanned<NaiveDate>>,
}

/// A task as its agency declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TaskStatus {
    NotStarted,
    InProgress,
    Done,
    NothingArose,
    NotApplicable,
}

#[derive(Debug)]
pub(crate) struct Figure {
    pub(crate) indicator: Spanned<IndicatorId>,
    pub(crate) answer: Answer,
    pub(crate) span: Span,
}

/// Four answers that are never confused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Zero included.
    Value(u64),
    NothingArose,
    NotApplicable,
    /// No figure, with the reason where one is given.
    Unanswered(Option<String>),
}

#[derive(Debug)]
pub(crate) struct Difficulty {
    pub(crate) text: Spanned<String>,
    pub(crate) cause: Option<Spanned<String>>,
    /// The task that it concerns.
    pub(crate) task: Option<TaskId>,
}

#[derive(Debug)]
pub(crate) struct Recommendation {
    /// Id of the body addressed.
    pub(crate) to: Option<String>,
    pub(crate) text: Spanned<String>,
    /// The task that it concerns.
    pub(crate) task: Option<TaskId>,
}

/// An organisation or person in violation that was published (task VI.2).
#[derive(Debug)]
pub(crate) struct Violator {
    pub(crate) name: String,
    pub(crate) address: Option<String>,
    pub(crate) violation: String,
    pub(crate) decision: Option<PaperRef>,
    /// Đồng.
    pub(crate) fine: Option<u64>,
    pub(crate) published: Option<NaiveDate>,
    pub(crate) published_on: Option<String>,
}

/// A warning to consumers (tasks VI.3 and III.6).
#[derive(Debug)]
pub(crate) struct Warning {
    pub(crate) subject: String,
    pub(crate) content: Option<String>,
    pub(crate) issued: Option<NaiveDate>,
    pub(crate) channel: Option<String>,
}

impl TaskStatus {
    pub(crate) const ALL: [Self; 5] =
        [Self::NotStarted, Self::InProgress, Self::Done, Self::NothingArose, Self::NotApplicable];

    /// As written in a report.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::InProgress => "in-progress",
            Self::Done => "done",
            Self::NothingArose => "nothing-arose",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// As people read it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "chưa thực hiện",
            Self::InProgress => "đang thực hiện",
            Self::Done => "hoàn thành",
            Self::NothingArose => "không phát sinh",
            Self::NotApplicable => "không áp dụng",
        }
    }
}

impl Report {
    pub(crate) fn entry(&self, task: TaskId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.task.value == task)
    }

    /// Whether it tells nothing at all: statuses alone are no report.
    pub(crate) fn is_empty(&self) -> bool {
        let told = |entry: &Entry| {
            let answered = entry.figures.iter().any(|figure| figure.answer != Answer::Unanswered(None));
            entry.results.is_some()
                || entry.reason.is_some()
                || answered
                || entry.unread_figures
                || entry.unread_results
        };
        self.unread_entries.is_empty()
            && !self.entries.iter().any(told)
            && self.difficulties.is_empty()
            && self.recommendations.is_empty()
            && self.next_steps.is_empty()
            && self.violators.is_empty()
            && self.warnings.is_empty()
    }

    pub(crate) fn received(&self) -> Option<NaiveDate> {
        self.received.as_ref().map(|received| received.value)
    }
}

impl Entry {
    pub(crate) fn figure(&self, indicator: IndicatorId) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.indicator.value == indicator)
    }
}
