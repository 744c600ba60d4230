//! From a place in the YAML that a form or a report became back to the cell or the line that it came from.

use std::collections::BTreeMap;

use crate::source::{FileId, Files, Span};
use crate::yaml;

/// The cell (`Kết quả!D14`) or the line (`dòng 12`) behind each part of a report, by the keys that lead to it: `["tasks", "I.1", "results"]`;
/// items of lists by their number from 0.
#[derive(Debug, Default)]
pub(crate) struct Places(BTreeMap<Vec<String>, String>);

impl Places {
    /// The lines of a report that is YAML.
    pub(crate) fn of_report(text: &str) -> Self {
        let mut places = Self::default();
        // Once for all parts: each may stand far from the top.
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        for part in yaml::parts(FileId::default(), text) {
            let above = ends.partition_point(|end| *end < part.key.start as usize);
            places.add(&part.path, &format!("dòng {}", above + 1));
        }
        places
    }

    /// Of several cells the first counts.
    pub(super) fn add(&mut self, path: &[String], place: &impl ToString) {
        self.0.entry(path.to_vec()).or_insert_with(|| place.to_string());
    }

    /// The cell nearest to what stands at `span` of a file; `None` where it is no part of the form.
    pub(crate) fn find(&self, files: &Files, span: Span) -> Option<&str> {
        let path = part_at(files, span)?;
        let mut path = &path[..];
        loop {
            if let Some(place) = self.0.get(path) {
                return Some(place);
            }
            // A key of its own has no cell; the first one below it is the nearest.
            let below = self.0.range(path.to_vec()..).next().filter(|(known, _)| known.starts_with(path));
            if let Some((_, place)) = below.filter(|_| path.len() > 1) {
                return Some(place);
            }
            path = &path[..path.len().checked_sub(1)?];
        }
    }
}

/// The part of a report that stands at a span, by the keys that lead to it.
pub(crate) fn part_at(files: &Files, span: Span) -> Option<Vec<String>> {
    let mut parts = yaml::parts(span.file, files.get(span.file).text());
    let at = parts.iter().rposition(|part| part.key.start <= span.start)?;
    Some(parts.swap_remove(at).path)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn every_part_of_a_report_has_its_line() {
        for (text, path, line) in [
            ("agency: a\nround: b\n", &["agency"][..], "dòng 1"),
            ("agency: a\nround: b\n", &["round"], "dòng 2"),
            ("agency: a\r\nround: b\r\n", &["round"], "dòng 2"),
            ("# Ghi chú\n\nagency: a\n", &["agency"], "dòng 3"),
            ("agency: a", &[], "dòng 1"),
            (
                "tasks:\n  I.1:\n    results: >-\n      một\n      hai\n    status: done\n",
                &["tasks", "I.1", "status"],
                "dòng 6",
            ),
            ("difficulties:\n- text: a\n- text: b\n", &["difficulties", "1"], "dòng 3"),
            ("difficulties:\n- text: a\n- text: b\n", &["difficulties", "1", "text"], "dòng 3"),
        ] {
            let places = Places::of_report(text);
            let path: Vec<String> = path.iter().map(|key| (*key).to_owned()).collect();
            assert_eq!(places.0.get(&path).map(String::as_str), Some(line), "{text} {path:?}");
        }
    }

    #[test]
    fn a_report_of_the_largest_size_costs_a_moment() {
        for line in ["agency: a\n", "- text: a\n"] {
            let head = if line.starts_with('-') { "difficulties:\n" } else { "" };
            let text = head.to_owned() + &line.repeat(90_000);
            let began = Instant::now();
            Places::of_report(&text);
            // Counted anew for each part it took half a minute.
            assert!(began.elapsed() < Duration::from_secs(8), "{line}: {:?}", began.elapsed());
        }
    }
}
