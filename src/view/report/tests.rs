//! What the tests of the report's parts share.

use super::Brief;
use crate::measure::measures;
use crate::remark::remarks;
use crate::status::derive;
use crate::workspace::tests::fixture;

/// The fixtures' workspace without its reports.
pub(super) const BARE: [(&str, &str); 5] = [
    ("reports/ad-hoc/2026-08-05-xa-muong-la.yaml", ""),
    ("reports/annual/so-cong-thuong.yaml", ""),
    ("reports/annual/xa-muong-la.yaml", ""),
    ("reports/consumer-day/so-cong-thuong.yaml", ""),
    ("reports/consumer-day/xa-muong-la.yaml", ""),
];

/// The last round of that workspace with some files in the place of its own.
pub(super) fn brief<T>(files: &[(&str, &str)], told: impl FnOnce(&Brief<'_, '_>) -> T) -> T {
    let workspace = fixture(files, "2026-12-03", None);
    let rounds = derive(&workspace);
    let status = rounds.last().unwrap();
    told(&Brief {
        plan: &workspace.plan,
        status,
        measures: &measures(&workspace, &rounds, status),
        rounds: &rounds,
        controls: &[],
        earlier: None,
        ad_hoc: &[],
        remarks: &remarks(&workspace),
        changes: None,
        as_of: workspace.as_of,
        banner: None,
        files: &workspace.files,
    })
}
