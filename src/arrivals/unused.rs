//! Which versions of reports are not in force, though nobody took them back. Touches no disk.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::iter::Either;
use rayon::prelude::*;

use super::{Arrival, Correction, is_illustrative, place, received, sort, version};
use crate::source::{Content, Files};
use crate::yaml;

/// A version that is not in force, though nobody changed the report by hand; or whose first day of receipt is not.
#[derive(Debug)]
pub(crate) struct Unused {
    pub(crate) version: Arrival,
    pub(crate) instead: Instead,
}

/// What is in force instead of a version.
#[derive(Debug)]
pub(crate) enum Instead {
    Nothing,
    /// What the version took the place of.
    Older(Arrival),
    /// What came elsewhere, neither of them laid over the other.
    Rival(Arrival),
    /// A later day of the first receipt.
    Later(NaiveDate),
}

/// Of the reports of which no version is in force, or an older one, the newest that was kept; and what somebody received
/// without knowing what is in force, as two do in two copies of the folder that are put together. What came first decides
/// whether a report was in time, so that the version of an earlier first receipt is told as well. With it the paths of what
/// is not as it came or cannot be read.
pub(crate) fn unused<'k>(
    kept: impl Iterator<Item = (&'k str, &'k Content)>,
    files: &Files,
) -> (Vec<Unused>, Vec<&'k str>) {
    let read = |(path, content): (&'k str, &Content)| {
        Some(match version(path, content.clone())? {
            Ok(version) if version.altered().is_none() => Either::Left(version),
            _ => Either::Right(path),
        })
    };
    let kept: Vec<_> = kept.collect();
    let (versions, flawed): (Vec<Arrival>, Vec<&str>) =
        kept.into_par_iter().filter_map(read).partition_map(|of| of);
    let mut of_agencies: BTreeMap<String, Vec<Arrival>> = BTreeMap::new();
    for version in versions {
        if let Some((folder, agency, _)) = place(&version.path) {
            of_agencies.entry(format!("reports/{folder}/{agency}.yaml")).or_default().push(version);
        }
    }
    let of_agency = |(report, mut versions): (String, Vec<Arrival>)| {
        let now = files.find(&report).map(|(_, file)| file.text());
        let in_force = versions.iter().find(|version| now == Some(&version.text));
        let is_sample = in_force.map(|version| version.is_illustrative);
        let is_sample = is_sample.unwrap_or_else(|| now.is_some_and(|now| is_illustrative(&yaml::words(now))));
        // Samples make room for what is real.
        versions.retain(|version| version.is_illustrative == is_sample);
        versions
    };
    let mut versions: BTreeMap<String, Vec<Arrival>> = BTreeMap::new();
    for version in of_agencies.into_par_iter().flat_map_iter(of_agency).collect::<Vec<_>>() {
        versions.entry(version.report.clone()).or_default().push(version);
    }
    let unused = versions.into_par_iter().flat_map_iter(|(report, mut versions)| {
        let now = files.find(&report).map(|(_, file)| file.text());
        sort(&mut versions, now);
        let in_force = versions.iter().rposition(|version| now == Some(&version.text));
        let newest = versions.len() - 1;
        let first =
            versions.iter().filter(|version| version.received.is_some()).min_by_key(|version| version.received);
        let received = || match in_force {
            Some(at) => versions[at].received,
            None => now.and_then(received),
        };
        let later = first.and_then(|first| received().filter(|now| first.received < Some(*now)));
        let sooner = first
            .zip(later)
            .map(|(first, later)| Unused { version: first.clone(), instead: Instead::Later(later) });
        let in_force = in_force.map(|at| (at, versions[at].clone()));
        let instead = |(at, version): (usize, Arrival)| {
            let instead = match &in_force {
                None if now.is_none() && at == newest => Instead::Nothing,
                Some((_, used)) if are_rivals(used, &version) => Instead::Rival(used.clone()),
                Some((used_at, used)) if *used_at < newest && at == newest => Instead::Older(used.clone()),
                _ => return None,
            };
            Some(Unused { version, instead })
        };
        versions.into_iter().enumerate().filter_map(instead).chain(sooner).collect::<Vec<_>>()
    });
    (unused.collect(), flawed)
}

/// Whether neither was laid over the other: what is laid over a version has its corrections and one more, unless it only
/// fills in the paper.
fn are_rivals(one: &Arrival, other: &Arrival) -> bool {
    let is_over = |newer: &Arrival, older: &Arrival| {
        let mut left = newer.corrections.clone();
        let mut holds = |of: &Correction| Some(left.swap_remove(left.iter().position(|one| one == of)?));
        older.corrections.iter().all(|of| holds(of).is_some()) && !left.is_empty()
    };
    !is_over(one, other) && !is_over(other, one) && one.reported != other.reported
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "reports/annual/a.yaml";

    /// A version that came on a day of November, with a figure and the files of its corrections, each of a day.
    fn came(day: u32, figure: u32, corrections: &[(u32, &str)]) -> (String, String) {
        let listed =
            corrections.iter().map(|(day, file)| format!("{{date: 2026-11-{day}, note: Bổ sung theo {file}}}"));
        let listed = listed.collect::<Vec<_>>().join(", ");
        let text = format!(
            "received: 2026-11-18\ncorrections: [{listed}]\ntasks: {{I.1: {{figures: {{x: {figure}}}}}}}\n"
        );
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        (Arrival::new(REPORT, "a", day, text.clone()).path, text)
    }

    #[test]
    fn what_came_without_knowing_of_what_is_in_force_is_not_passed_over() {
        let first = || came(18, 1, &[]);
        let numbered = |(_, text): (String, String)| {
            let text = format!("document: {{number: 1/BC}}\n{text}");
            (
                Arrival::new(REPORT, "a", chrono::NaiveDate::from_ymd_opt(2026, 11, 18).unwrap(), text.clone())
                    .path,
                text,
            )
        };
        let (one, other) = (|| came(20, 2, &[(20, "a.xlsx")]), || came(20, 3, &[(20, "b.xlsx")]));
        let both = || came(20, 4, &[(20, "a.xlsx"), (20, "b.xlsx")]);
        let by_hand = |(_, text): (String, String)| (REPORT.to_owned(), format!("{text}# đã xét\n"));
        for (what, now, versions, unused) in [
            ("one by one", both(), vec![first(), one(), both()], 0),
            ("two of one day", one(), vec![first(), one(), other()], 1),
            ("the other of them", other(), vec![first(), one(), other()], 1),
            ("forms of one name", one(), vec![first(), one(), came(20, 3, &[(20, "a.xlsx")])], 1),
            ("two more after one", both(), vec![one(), both(), came(20, 3, &[(20, "c.xlsx")])], 1),
            ("two first ones", first(), vec![first(), came(18, 2, &[])], 1),
            ("the same twice", first(), vec![first(), came(19, 1, &[])], 0),
            ("a number that came later", numbered(first()), vec![first(), numbered(first())], 0),
            ("on two days", came(21, 3, &[(21, "b.xlsx")]), vec![one(), came(21, 3, &[(21, "b.xlsx")])], 1),
            (
                "changed by hand, received",
                came(20, 5, &[(20, "a.xlsx")]),
                vec![came(19, 9, &[]), first(), came(20, 5, &[(20, "a.xlsx")])],
                0,
            ),
            ("judged by hand", by_hand(one()), vec![first(), one(), other()], 0),
            ("an older one", first(), vec![first(), one()], 1),
        ] {
            let files = Files::from_memory([(REPORT.to_owned(), now.1.into_bytes())]);
            let kept: Vec<_> = versions.into_iter().map(|(path, text)| (path, Content::Text(text))).collect();
            let (found, _) = super::unused(kept.iter().map(|(path, content)| (path.as_str(), content)), &files);
            let is_older = |of: &Unused| matches!(of.instead, Instead::Older(_));
            assert_eq!(found.len(), unused, "{what}: {found:?}");
            assert_eq!(found.iter().any(is_older), what == "an older one", "{what}");
        }
    }
}
