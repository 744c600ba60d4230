//! What the plan's files declare for others to name. Reads none.

use super::{PLAN_FILE, is_task_file};
use crate::record::Ids;

/// Whether reports are judged by what a file of the plan declares.
pub(crate) fn is_judged_by(path: &str) -> bool {
    const JUDGED_BY: [Ids; 4] = [Ids::Agencies, Ids::Tasks, Ids::Rounds, Ids::Indicators];
    declared(path).iter().any(|ids| JUDGED_BY.contains(ids))
}

/// What a file of the plan declares that other files name.
pub(crate) fn declared(path: &str) -> &'static [Ids] {
    match path {
        "plan/agencies.yaml" => &[Ids::Agencies, Ids::Groups, Ids::Parties],
        "plan/rounds.yaml" => &[Ids::Rounds],
        "plan/indicators.yaml" => &[Ids::Indicators, Ids::ComplaintFields],
        "plan/report.yaml" => &[Ids::Recipients, Ids::Themes],
        PLAN_FILE => &[Ids::FundingSources],
        _ if is_task_file(path) => &[Ids::Tasks],
        _ => &[],
    }
}
