//! How many reports stand where.

use schemars::JsonSchema;
use serde::Serialize;

use super::{AgencyStatus, Timeliness, Validity};
use crate::model::Reporting;

/// Counts over the required agencies; those only requested are counted apart, but for what becomes of reports.
#[derive(Debug, Default, Clone, Copy, Serialize, JsonSchema)]
pub(crate) struct Counts {
    pub(crate) expected: usize,
    pub(crate) received: usize,
    pub(crate) on_time: usize,
    pub(crate) late: usize,
    pub(crate) missing: usize,
    pub(crate) overdue: usize,
    /// Reports that are left out until they are mended, whoever sent them.
    pub(crate) invalid: usize,
    /// Reports that count, of those that are only asked to report too.
    pub(crate) included: usize,
    pub(crate) requested: usize,
    pub(crate) requested_received: usize,
    /// Of `invalid`, those of agencies that are only requested to report.
    #[serde(skip)]
    pub(crate) requested_invalid: usize,
    /// Among the received, those that came on paper, whose data are not there yet.
    pub(crate) paper_alone: usize,
    /// Reports that the department accepted as they are now.
    pub(crate) accepted: usize,
    /// Those left out because it did not.
    #[serde(skip)]
    pub(crate) not_accepted: usize,
    /// Valid reports of those that must report.
    #[serde(skip)]
    pub(crate) complete: usize,
}

impl<'s, 'p: 's> FromIterator<&'s AgencyStatus<'p>> for Counts {
    fn from_iter<I: IntoIterator<Item = &'s AgencyStatus<'p>>>(agencies: I) -> Self {
        let mut counts = Self::default();
        for status in agencies {
            counts.add(status);
        }
        counts
    }
}

impl Counts {
    fn add(&mut self, status: &AgencyStatus<'_>) {
        self.included += usize::from(status.validity == Validity::Valid);
        self.accepted += usize::from(status.is_accepted());
        self.not_accepted += usize::from(status.validity == Validity::NotAccepted);
        let invalid = usize::from(matches!(status.validity, Validity::Invalid(_)));
        self.invalid += invalid;
        if status.agency.reporting != Reporting::Required {
            self.requested += 1;
            self.requested_received += usize::from(status.has_report());
            self.requested_invalid += invalid;
            return;
        }
        self.expected += 1;
        self.received += usize::from(status.has_report());
        self.missing += usize::from(status.is_missing());
        self.on_time += usize::from(status.timeliness == Timeliness::OnTime);
        self.late += usize::from(matches!(status.timeliness, Timeliness::Late(_)));
        self.overdue += usize::from(status.is_overdue());
        self.complete += usize::from(status.validity == Validity::Valid);
        self.paper_alone += usize::from(status.validity == Validity::PaperAlone);
    }
}
