//! What is shown, in which order, in which words. Derived state in, documents and JSON values out;
//! derives nothing itself.

pub(crate) mod agenda;
mod cells;
mod changes_json;
mod charts;
pub(crate) mod count;
pub(crate) mod count_json;
pub(crate) mod difficulties;
pub(crate) mod difficulties_json;
pub(crate) mod draft;
pub(crate) mod draft_json;
pub(crate) mod form;
mod json;
mod last_year;
pub(crate) mod letter;
mod measured_json;
pub(crate) mod moved;
mod names;
mod official;
pub(crate) mod paper;
pub(crate) mod petition;
mod previous_json;
pub(crate) mod public;
pub(crate) mod public_json;
pub(crate) mod reminders;
pub(crate) mod report;
pub(crate) mod report_json;
pub(crate) mod rules;
pub(crate) mod show;
pub(crate) mod show_json;
pub(crate) mod status;
pub(crate) mod status_json;
mod summary_json;
pub(crate) mod superior;
pub(crate) mod template;
pub(crate) mod trace;
pub(crate) mod trace_json;
mod words;

pub(crate) use cells::place;
pub(crate) use words::{gone, not_kept};

use crate::doc::{Document, Section};
use crate::model::{Level, Plan, Submission};
use crate::vietnamese::{date, number};
use crate::workspace::Workspace;

/// Begins every banner.
const BANNER: &str = "DỮ LIỆU MINH HỌA";

/// The warning that no screen and no document may go without while an illustrative report, or what was carried over from one, is
/// read.
pub(crate) fn illustrative_banner(workspace: &Workspace) -> Option<String> {
    let illustrative = |submissions: &[Submission]| {
        let reports = submissions.iter().filter_map(|submission| submission.report.as_ref());
        reports.filter(|report| report.illustrative).count()
    };
    let carried = workspace.plan.carried.iter().filter(|carried| carried.illustrative);
    let previous = workspace.plan.previous.iter().any(|row| row.illustrative);
    let count = match (illustrative(&workspace.submissions), carried.count()) {
        (0, 0) if previous => "số liệu mẫu năm trước".to_owned(),
        // The day is one of samples all the same.
        (0, 0) if illustrative(&workspace.later) > 0 => "chưa báo cáo mẫu nào đến".to_owned(),
        (0, 0) => return None,
        (0, count) => format!("{} khó khăn, kiến nghị mẫu năm trước", number(count as u128)),
        (count, _) => format!("{} báo cáo mẫu", number(count as u128)),
    };
    // On one line of a page's top margin either way.
    Some(match workspace.on_day_of_samples {
        true => format!("{BANNER} – xem như ngày {} ({count})", date(workspace.as_of)),
        false => format!("{BANNER} – {count}, không phải số liệu thật"),
    })
}

/// A document of whoever consolidates.
fn document(plan: &Plan, banner: &Option<String>, title: impl Into<String>, sections: Vec<Section>) -> Document {
    Document { author: plan.wording.issuer_name.clone(), banner: banner.clone(), ..Document::new(title, sections) }
}

/// The agencies of a level as a report speaks of them.
fn level(plan: &Plan, level: Level) -> &str {
    match level {
        Level::Province => plan.wording.named_agencies.as_deref().unwrap_or("Các cơ quan, đơn vị cấp tỉnh"),
        Level::Folded(group) => &plan[group].name,
        Level::Requested => "Cơ quan được đề nghị báo cáo",
    }
}

fn level_id(plan: &Plan, level: Level) -> &str {
    match level {
        Level::Province => "province",
        Level::Folded(group) => &plan[group].key,
        Level::Requested => "requested",
    }
}
