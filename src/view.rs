//! What is shown, in which order, in which words. Derived state in, documents and JSON values out;
//! derives nothing itself.

pub(crate) mod report;
pub(crate) mod report_json;
pub(crate) mod status;
pub(crate) mod status_json;
mod words;

use crate::check::Checked;
use crate::vietnamese::number;

/// The warning that no screen and no document may go without while an illustrative report is read.
pub(crate) fn illustrative_banner(checked: &Checked) -> Option<String> {
    match illustrative_reports(checked) {
        0 => None,
        count => Some(format!("DỮ LIỆU MINH HỌA – {} báo cáo mẫu, không phải số liệu thật", number(count as u128))),
    }
}

fn illustrative_reports(checked: &Checked) -> usize {
    let reports = checked.submissions.iter().filter_map(|submission| submission.report.as_ref());
    reports.filter(|report| report.illustrative).count()
}
