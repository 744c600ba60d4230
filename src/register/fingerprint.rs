//! What a report says, in brief: the path and the value of each of its fields. Comments, the order of fields, quotes, line
//! ends and the ways to fold a text do not count, nor does what the receiving office writes into it.

use crate::arrivals::OF_THE_OFFICE;
use crate::model::Report;
use crate::record::{Fingerprint, Shape};
use crate::source;
use crate::yaml;

/// The fingerprint of a report's text; all texts that are not YAML have the same.
pub(crate) fn fingerprint(text: &str) -> Fingerprint {
    let mut said: Vec<String> = yaml::words(text)
        .iter()
        .filter_map(|(path, text)| {
            let path = canonical(path);
            let is_said = path.first().is_some_and(|key| !OF_THE_OFFICE.contains(key));
            let words: Vec<&str> = text.split_whitespace().collect();
            is_said.then(|| format!("{}\u{1f}{}\u{1e}", path.join("\u{1d}"), words.join(" ")))
        })
        .collect();
    said.sort_unstable();
    Fingerprint(format!("v1-{}", &source::sha256(said.concat())[..16]))
}

/// The fingerprint of several reports together, each with its path, in whatever order.
pub(crate) fn fingerprint_of_all<'t>(reports: impl Iterator<Item = (&'t str, &'t str)>) -> Fingerprint {
    let mut all: Vec<String> = reports.map(|(path, text)| format!("{path}: {}\n", fingerprint(text).0)).collect();
    all.sort_unstable();
    Fingerprint(format!("v1-{}", &source::sha256(all.concat())[..16]))
}

/// A path with today's keys in place of those of before.
fn canonical(path: &[String]) -> Vec<&str> {
    let mut shape = Some(&Shape::Record(Report::RECORD));
    let today = |key: &'_ String| {
        let (below, field) = shape.and_then(|shape| shape.under(key)).unzip();
        shape = below;
        field.flatten().map(|field| field.key)
    };
    let names: Vec<Option<&str>> = path.iter().map(today).collect();
    path.iter().zip(names).map(|(key, name)| name.unwrap_or(key)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_reported_counts() {
        const REPORT: &str = "agency: so-y-te\nreceived: 2026-11-18\ntasks:\n  III.5:\n    status: done\n    results: Đã kiểm tra 318 cơ sở\n    figures: {inspections: 318}\n";
        let of = fingerprint;
        let same = [
            REPORT.replace('\n', "\r\n"),
            format!("\u{feff}# ghi chú\n{REPORT}"),
            REPORT.replace("status: done", "status:   \"done\"  # xong"),
            REPORT.replace("Đã kiểm tra 318 cơ sở", ">\n      Đã kiểm tra\n      318 cơ sở\n"),
            REPORT.replace("{inspections: 318}", "\n      inspections: 318"),
            REPORT.replace("received: 2026-11-18\n", "received: 2026-11-19\ncorrections: [{date: 2026-11-20}]\n"),
            REPORT.replace("    status: done\n", "") + "    status: done\n",
            format!("{REPORT}difficulties: []\nfunding:\n"),
        ];
        for text in &same {
            assert_eq!(of(text), of(REPORT), "{text}");
        }
        let other = [
            REPORT.replace("inspections: 318", "inspections: 319"),
            REPORT.replace("inspections: 318", "fines: 318"),
            REPORT.replace("III.5", "III.6"),
            REPORT.replace("done", "in-progress"),
            REPORT.replace("318 cơ sở", "318 cơ sở."),
            format!("{REPORT}next_steps: [Kiểm tra]\n"),
        ];
        for text in &other {
            assert_ne!(of(text), of(REPORT), "{text}");
        }
    }
}
