//! The consolidated report as it was sent, and what changed of what stood in it.

use std::collections::HashMap;

use super::{AgencyStatus, RoundStatus, Validity, may_count};
use crate::model::{Act, Agency, AgencyId, Place, Round};
use crate::record::Fingerprint;
use crate::register::{fingerprint, fingerprint_of_all};
use crate::workspace::Workspace;

/// A consolidated report that was sent.
#[derive(Debug)]
pub(crate) struct Issued<'p> {
    pub(crate) act: &'p Act,
    /// Whose report of the round was not in it as it is now.
    pub(crate) changed: Vec<&'p Agency>,
    /// How many reports were in it of agencies that the plan names no more.
    pub(crate) gone: usize,
    /// Whether reports of other rounds or ad hoc ones that may count in it are no longer those of the time, where that is known.
    pub(crate) changed_beside: Option<bool>,
}

impl<'p> Issued<'p> {
    pub(super) fn new(workspace: &'p Workspace, status: &RoundStatus<'p>, act: &'p Act) -> Self {
        let sent: HashMap<AgencyId, &Fingerprint> =
            act.reports.iter().map(|row| (row.key.value, &row.value)).collect();
        let now: HashMap<AgencyId, Fingerprint> = included(workspace, status).collect();
        let differs = |state: &&AgencyStatus<'p>| now.get(&state.agency.id) != sent.get(&state.agency.id).copied();
        let changed = status.agencies.iter().filter(differs).map(|state| state.agency);
        // Of one that is not asked any more nothing is in it now.
        let left = act.reports.iter().map(|row| row.key.value).filter(|of| status.agency(*of).is_none());
        let changed = changed.chain(left.map(|of| &workspace.plan[of])).collect();
        let changed_beside = act.beside.as_ref().map(|then| *then != beside(workspace, status.round));
        Self { act, changed, gone: act.reports.unread.len(), changed_beside }
    }
}

/// The valid reports of a round, each with its fingerprint.
pub(crate) fn included<'w>(
    workspace: &'w Workspace,
    status: &'w RoundStatus<'_>,
) -> impl Iterator<Item = (AgencyId, Fingerprint)> + use<'w> {
    let valid = status.agencies.iter().filter(|state| state.validity == Validity::Valid);
    valid.filter_map(|state| Some((state.agency.id, fingerprint(workspace.files.get(state.file?).text()))))
}

/// The fingerprint of all valid reports that are not the round's and may count in it: ad hoc ones, and those of rounds whose
/// data end before its own.
pub(crate) fn beside(workspace: &Workspace, round: &Round) -> Fingerprint {
    let is_own = |place: Place| matches!(place, Place::Round { round: of, .. } if of == round.id);
    let others = workspace
        .submissions
        .iter()
        .filter(|submission| !is_own(submission.place) && may_count(workspace, round, submission.place))
        .filter(|submission| submission.blank.is_none() && workspace.errors_in(submission.file) == 0);
    fingerprint_of_all(others.map(|submission| {
        let file = workspace.files.get(submission.file);
        (file.path.as_str(), file.text())
    }))
}
