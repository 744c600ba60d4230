//! `reports/illustrative.yaml` → the day for which a workspace's sample reports were written.

use chrono::NaiveDate;

use super::fields::Fields;
use super::parse;
use crate::diagnostic::Sink;
use crate::source::Files;

pub(super) const FILE: &str = "reports/illustrative.yaml";

pub(super) fn day(files: &Files, sink: &mut Sink) -> Option<NaiveDate> {
    let (id, _) = files.find(FILE)?;
    let node = parse(files, id, sink)?;
    let mut fields = Fields::new(&node, "ngày của dữ liệu minh họa", sink)?;
    let day = fields.required_date("as_of", sink);
    fields.finish(sink);
    Some(day?.value)
}
