//! What the plan's files declare for others to name. Reads none.

use super::{PLAN_FILE, is_task_file};
use crate::diagnostic::Rule;
use crate::record::Ids;
use crate::record::rules::{UNKNOWN_AGENCY, UNKNOWN_INDICATOR, UNKNOWN_TASK};

/// Whether something is named that nobody knows.
pub(crate) fn names_unknown(rule: &Rule) -> bool {
    [&UNKNOWN_AGENCY, &UNKNOWN_INDICATOR, &UNKNOWN_TASK].iter().any(|unknown| unknown.name == rule.name)
}

/// Whether reports are judged by what a file of the plan declares.
pub(super) fn is_judged_by(path: &str) -> bool {
    const JUDGED_BY: [Ids; 4] = [Ids::Agencies, Ids::Tasks, Ids::Rounds, Ids::Indicators];
    declared(path).iter().any(|ids| JUDGED_BY.contains(ids))
}

/// What a file of the plan declares that other files name.
pub(super) fn declared(path: &str) -> &'static [Ids] {
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
