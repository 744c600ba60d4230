//! Ad hoc reports beside the data of a round.

use crate::model::{Agency, Place, Report, Round};
use crate::workspace::Workspace;

/// Valid ad hoc reports dated within a round's data period, oldest first, as their names are sorted.
pub(crate) fn ad_hoc<'p>(workspace: &'p Workspace, round: &Round) -> Vec<(&'p Agency, &'p Report)> {
    let found = workspace.submissions.iter().filter_map(|submission| match submission.place {
        Place::AdHoc { date, agency } if (round.data_from..=round.data_to).contains(&date) => {
            let counts = submission.blank.is_none() && workspace.errors_in(submission.file) == 0;
            let report = submission.report.as_ref().filter(|_| counts)?;
            Some((&workspace.plan[agency], report))
        }
        _ => None,
    });
    found.collect()
}

/// Whose ad hoc reports that say something are dated after the round's data.
pub(super) fn after_data<'p>(workspace: &'p Workspace, round: &Round) -> Vec<&'p Agency> {
    let told = workspace.submissions.iter().filter(|submission| submission.blank.is_none());
    let after = told.filter_map(|submission| match submission.place {
        Place::AdHoc { date, agency } => (date > round.data_to).then(|| &workspace.plan[agency]),
        _ => None,
    });
    after.collect()
}
