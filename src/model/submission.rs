//! A file under `reports/`: whose it is, of what, and what it holds where it holds no report.

use chrono::NaiveDate;

use super::{AgencyId, Answer, Entry, Figure, Report, RoundId, RoundRef};
use crate::source::FileId;

/// Begins a comment at the top of a report that a form became.
pub(crate) const FROM_FORM: &str = "# Nhận từ biểu mẫu";

/// Whether the text of a report says that a form became it.
pub(crate) fn is_from_form(text: &str) -> bool {
    text.lines().take_while(|line| line.starts_with('#')).any(|line| line.starts_with(FROM_FORM))
}

/// A file under `reports/`, whether or not it could be read.
#[derive(Debug)]
pub(crate) struct Submission {
    pub(crate) file: FileId,
    pub(crate) place: Place,
    /// Absent where the file is not YAML.
    pub(crate) report: Option<Report>,
    /// Why it is no report: whoever sent it still owes one.
    pub(crate) blank: Option<Blank>,
}

/// What a file that says nothing holds all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blank {
    Nothing,
    Comments,
    /// Questions, as `plan new` writes them: no answer, no paper, no day of receipt.
    Questions,
    /// Who sent it, by which paper and when.
    Identity,
    /// The states of tasks, without a word or a figure.
    Statuses,
    /// Nothing: a folder, a link or a device bears the name.
    NoFile,
}

impl Blank {
    /// Whether somebody sent it, or was about to: questions alone are the office's own.
    pub(crate) fn was_sent(self) -> bool {
        !matches!(self, Self::Questions | Self::NoFile)
    }
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

impl Report {
    /// What it holds where it tells nothing; what cannot be read in it is a problem of its own.
    pub(crate) fn blank(&self) -> Option<Blank> {
        let answered = |figure: &Figure| figure.answer != Answer::Unanswered(None);
        let told = |entry: &Entry| {
            entry.results.is_some()
                || entry.highlight.is_some()
                || entry.reason.is_some()
                || !entry.evidence.is_empty()
                || entry.figures.iter().any(answered)
        };
        let says = self.tasks.iter().any(told)
            || self.subject.is_some()
            || !self.difficulties.is_empty()
            || !self.recommendations.is_empty()
            || !self.next_steps.is_empty()
            || !self.violators.is_empty()
            || !self.warnings.is_empty()
            || self.funding.iter().next().is_some()
            || self.complaints_by_field.iter().next().is_some();
        let paper = self.document.as_ref().is_some_and(|paper| paper.number.is_some() || paper.date.is_some());
        let identified = paper || self.received.is_some();
        match self.tasks.iter().any(|entry| entry.status.is_some()) {
            _ if says => None,
            true => Some(Blank::Statuses),
            false => Some(if identified { Blank::Identity } else { Blank::Questions }),
        }
    }
}
