//! What came, as it came: versions of reports that are written once under `received/` and never changed. The plain file of
//! a report is the copy in force; what it was on a day that is past, the versions tell. Touches no disk.

mod unused;

use std::borrow::Borrow;
use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use chrono::NaiveDate;

pub(crate) use unused::{Instead, Unused, unused};

use crate::record::parse_date;
use crate::source::{self, Content, Files, RECEIVED};
use crate::yaml;

/// The day and the note of a correction: a later version holds those of all that it was laid over.
type Correction = (NaiveDate, Option<String>);

/// A version of a report.
#[derive(Debug, Clone)]
pub(crate) struct Arrival {
    /// `reports/annual/received/so-y-te/2026-11-18-0a1b2c3d.yaml`
    pub(crate) path: String,
    /// The copy in force that it was: `reports/annual/so-y-te.yaml`.
    pub(crate) report: String,
    /// When it came.
    pub(crate) day: NaiveDate,
    pub(crate) text: String,
    /// Whether it says of itself that it is a sample.
    pub(crate) is_illustrative: bool,
    /// When the report first came, as it says.
    pub(crate) received: Option<NaiveDate>,
    /// The corrections that it holds.
    corrections: Vec<Correction>,
    /// Of all that is reported but for the paper, in whatever order.
    reported: [u8; 32],
    /// How what it says of itself is not what its path says.
    misplaced: Option<String>,
}

impl Arrival {
    /// A version of the report at `report` that came on a day.
    pub(crate) fn new(report: &str, agency: &str, day: NaiveDate, text: String) -> Self {
        let folder = report.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = format!("{folder}/{RECEIVED}/{agency}/{day}-{}.yaml", &source::sha256(&text)[..8]);
        let words = yaml::words(&text);
        Self::of(path, report.to_owned(), day, text, &words)
    }

    /// A version and its words, of which what is asked again and again is told once.
    fn of(path: String, report: String, day: NaiveDate, text: String, words: &[(Vec<String>, String)]) -> Self {
        let (is_illustrative, corrections) = (is_illustrative(words), corrections(words));
        let says = |key: &str, what: &str, there: &str| {
            let (_, word) = words.iter().find(|(path, _)| path[..] == [key])?;
            (word != there)
                .then(|| format!("bản này ghi {what} “{word}” mà nằm trong thư mục của {what} “{there}”"))
        };
        let misplaced = place(&path).and_then(|(folder, agency, _)| {
            says("agency", "cơ quan", agency).or_else(|| says("round", "kỳ", folder))
        });
        let (received, reported) = (received_in(words), reported(words));
        Self { path, report, day, text, is_illustrative, received, corrections, reported, misplaced }
    }

    /// How it is not what was kept there: its path tells whose it is, its round, and what it held when it came.
    pub(crate) fn altered(&self) -> Option<String> {
        let (.., name) = place(&self.path)?;
        // However a system ends its lines.
        let plain = self.text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let came = name.get(11..).and_then(|rest| rest.strip_suffix(".yaml")).unwrap_or_default();
        let is_as_it_came = [&self.text, &plain].iter().any(|text| source::sha256(text)[..8] == *came);
        let otherwise = || "bản này không còn như khi nhận: nội dung không khớp mã trong tên tệp".to_owned();
        self.misplaced.clone().or_else(|| (!is_as_it_came).then(otherwise))
    }
}

/// A part of a report that differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moved {
    /// The keys that lead to it: `["tasks", "III.5", "figures", "inspections"]`.
    pub(crate) path: Vec<String>,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
}

/// Begins the line on top of a version that says where it came from: `# Nhận từ biểu mẫu a.xlsx`.
pub(crate) const ORIGIN: &str = "# Nhận từ ";

/// The note of a correction that came, which where it came from follows.
pub(crate) const CAME_LATER: &str = "Bổ sung theo ";

/// Ends where a version came from that somebody named alone: what lies in a folder on the same paper does not replace it.
pub(crate) const CHOSEN: &str = ", nhận riêng";

/// The form or the file that a version came as, last where it was corrected.
pub(crate) fn origin(text: &str) -> Option<String> {
    let notes = yaml::words(text)
        .into_iter()
        .rev()
        .filter(|(path, _)| path.first().is_some_and(|key| key == "corrections"));
    let corrected = notes.filter_map(|(_, word)| word.strip_prefix(CAME_LATER).map(str::to_owned)).next();
    let first = || text.lines().find_map(|line| line.strip_prefix(ORIGIN)).map(str::to_owned);
    corrected.or_else(first)
}

/// Whether a version was made by hand from the one before it, and did not come: it says no other origin.
pub(crate) fn is_by_hand(older: &str, newer: &str) -> bool {
    let origin = |text: &str| text.lines().find_map(|line| line.strip_prefix(ORIGIN).map(str::to_owned));
    let told = |text: &str, origin: &str| {
        let is_of_it = |word: &String| word.strip_prefix(CAME_LATER) == Some(origin);
        yaml::words(text)
            .iter()
            .filter(|(path, word)| path.ends_with(&["note".to_owned()]) && is_of_it(word))
            .count()
    };
    match (origin(older), origin(newer)) {
        (Some(old), Some(new)) => old == new && told(older, &old) == told(newer, &new),
        _ => false,
    }
}

/// What the receiving office says of a report, which is no part of what is reported.
pub(crate) const OF_THE_OFFICE: &[&str] = &["received", "corrections", "accepted", "illustrative"];

fn reported(words: &[(Vec<String>, String)]) -> [u8; 32] {
    let is_reported = |key: &String| !OF_THE_OFFICE.contains(&key.as_str()) && key != "document";
    let mut reported: Vec<_> = words.iter().filter(|(path, _)| path.first().is_some_and(is_reported)).collect();
    reported.sort();
    let parts = reported.into_iter().flat_map(|(path, word)| path.iter().chain([word]));
    source::digest(parts.flat_map(|part| [part, "\0"]).collect::<String>())
}

/// What was reported otherwise in an older version than in a newer one, in the order of the newer.
pub(crate) fn moved(old: &str, new: &str) -> Vec<Moved> {
    let words = |text: &str| -> Vec<(Vec<String>, String)> {
        let mut words = yaml::words(text);
        words.retain(|(path, _)| path.first().is_some_and(|key| !OF_THE_OFFICE.contains(&key.as_str())));
        words
    };
    let (old, new) = (words(old), words(new));
    let mut before: BTreeMap<&Vec<String>, &String> = old.iter().map(|(path, text)| (path, text)).collect();
    let mut moved = Vec::new();
    for (path, text) in &new {
        let was = before.remove(path);
        if was != Some(text) {
            moved.push(Moved { path: path.clone(), old: was.cloned(), new: Some(text.clone()) });
        }
    }
    let gone =
        before.into_iter().map(|(path, text)| Moved { path: path.clone(), old: Some(text.clone()), new: None });
    moved.extend(gone);
    moved
}

/// The versions among files read from `received/` folders; what is no YAML file, a scan say, is passed over.
///
/// # Errors
/// When one cannot be read: what was reported on a day that is past is not known then.
pub(crate) fn arrivals(files: Vec<(String, Content)>) -> Result<Vec<Arrival>> {
    let arrival = |(path, content): (String, Content)| {
        let version = version(&path, content)?;
        Some(version.map_err(|why| anyhow!("không đọc được bản đã nhận {path}: {why}.\nBản đã nhận được giữ nguyên như khi đến: {AS_IT_CAME}, rồi chạy lại.")))
    };
    files.into_iter().filter_map(arrival).collect()
}

/// What is to be done about a version that is not as it came.
pub(crate) const AS_IT_CAME: &str = "chép lại từ bản lưu; tệp khác thì chuyển ra ngoài thư mục received";

/// What is wrong with a file below `received/`.
#[derive(Debug)]
pub(crate) enum Flaw {
    Unread(&'static str),
    /// It is not what was kept there.
    Altered(String),
}

/// What is wrong with a version, if anything: its name tells whose it is, its round and what it held when it came.
pub(crate) fn flaw(path: &str, content: &Content) -> Option<Flaw> {
    let version = match version(path, content.clone())? {
        Ok(version) => version,
        Err(why) => return Some(Flaw::Unread(why)),
    };
    version.altered().map(Flaw::Altered)
}

/// Whether a report says of itself, in its words, that it is a sample.
fn is_illustrative(words: &[(Vec<String>, String)]) -> bool {
    words.iter().any(|(path, word)| path[..] == ["illustrative"] && word == "true")
}

/// The folder of the round, that of the agency and the name of a version.
pub(crate) fn place(path: &str) -> Option<(&str, &str, &str)> {
    let (folder, rest) = path.strip_prefix("reports/")?.split_once('/')?;
    let (agency, name) = rest.strip_prefix(RECEIVED)?.strip_prefix('/')?.split_once('/')?;
    Some((folder, agency, name))
}

/// The version that a file is, or why it cannot be read as one; `None` of what is no YAML file.
fn version(path: &str, content: Content) -> Option<Result<Arrival, &'static str>> {
    let text = match content {
        Content::NotAFile => return Some(Err("là đường dẫn tắt hoặc thiết bị, không phải tệp, thư mục")),
        Content::TooDeep => return Some(Err("thư mục nằm quá sâu")),
        Content::Unreadable(kind) => return Some(Err(source::reason(kind))),
        _ if !path.ends_with(".yaml") => return None,
        Content::NotUtf8 { .. } => return Some(Err("không lưu theo bảng mã UTF-8")),
        Content::TooLarge(_) => return Some(Err("quá lớn, không phải một báo cáo")),
        Content::Text(text) => text,
    };
    Some(version_of(path, text))
}

fn version_of(path: &str, text: String) -> Result<Arrival, &'static str> {
    let dated =
        || place(path).and_then(|(folder, agency, name)| Some((folder, agency, parse_date(name.get(..10)?)?)));
    let (folder, agency, day) = dated().ok_or("tên tệp không bắt đầu bằng ngày nhận")?;
    let words = yaml::words(&text);
    if words.is_empty() {
        return Err("nội dung không phải YAML, có thể đã bị cắt hoặc trộn dở");
    }
    let report = match words.iter().find(|(path, _)| path[..] == ["date"]) {
        Some((_, date)) => format!("reports/{folder}/{date}-{agency}.yaml"),
        None => format!("reports/{folder}/{agency}.yaml"),
    };
    Ok(Arrival::of(path.to_owned(), report, day, text, &words))
}

/// Versions of one report from the oldest to the newest; `now` is the copy in force. Of versions of one day the one with
/// more corrections is the later, then the one that is in force.
pub(crate) fn sort(versions: &mut [impl Borrow<Arrival>], now: Option<&str>) {
    versions.sort_by_cached_key(|version| {
        let version = version.borrow();
        (version.day, version.corrections.len(), now == Some(&version.text), version.path.clone())
    });
}

/// The files as they were at the end of a day that is past: of each report the version in force then, where versions of it
/// were kept; where none was, the copy in force.
pub(crate) fn as_of(files: Files, arrivals: Vec<Arrival>, day: NaiveDate) -> Files {
    let mut versions: BTreeMap<String, Vec<Arrival>> = BTreeMap::new();
    for arrival in arrivals {
        versions.entry(arrival.report.clone()).or_default().push(arrival);
    }
    let mut then = BTreeMap::new();
    for (report, mut versions) in versions {
        let now = files.find(&report).map(|(_, file)| file.text());
        sort(&mut versions, now);
        let by_hand = now.filter(|now| versions.iter().all(|version| version.text != *now));
        // A change by hand is of the days that it names; of a day that nobody knows, it is not there on one that is past. What
        // it said on the first of several days was not kept: what it said on the last stands there, and its corrections tell.
        let is_there = |at: usize, text: &str| match at.checked_sub(1) {
            Some(before) => days_by_hand(text, Some(&versions[before])).iter().any(|named| *named <= day),
            None => received(text).is_some_and(|received| received <= day),
        };
        if by_hand.is_some_and(|now| is_there(versions.len(), now)) {
            continue;
        }
        let came = |(at, version): &(usize, &Arrival)| version.day <= day || is_there(*at, &version.text);
        let of_day = versions.iter().enumerate().rev().find(came).map(|(_, version)| version);
        if of_day.is_none_or(|version| now != Some(&version.text)) {
            then.insert(report, of_day.map(|version| (version.path.clone(), version.text.clone())));
        }
    }
    files.with(then)
}

/// The days that a change by hand names: those of the corrections since the newest version.
pub(crate) fn days_by_hand(now: &str, newest: Option<&Arrival>) -> Vec<NaiveDate> {
    let known = newest.map_or(0, |newest| newest.corrections.len());
    let is_later = |day: &NaiveDate| newest.is_none_or(|newest| *day >= newest.day);
    corrections(&yaml::words(now)).into_iter().map(|(day, _)| day).skip(known).filter(is_later).collect()
}

/// The day on which the newest of a report came, as written: its first receipt, or a correction after it.
pub(crate) fn newest_day(text: &str) -> Option<NaiveDate> {
    received(text).into_iter().chain(days_by_hand(text, None)).max()
}

/// The day of the first receipt, as written.
pub(crate) fn received(text: &str) -> Option<NaiveDate> {
    received_in(&yaml::words(text))
}

fn received_in(words: &[(Vec<String>, String)]) -> Option<NaiveDate> {
    words.iter().find(|(path, _)| path[..] == ["received"]).and_then(|(_, day)| parse_date(day))
}

/// The corrections that a report holds, in the order written.
fn corrections(words: &[(Vec<String>, String)]) -> Vec<Correction> {
    let told = |wanted: &'static str| {
        words.iter().filter_map(move |(path, word)| match &path[..] {
            [list, at, key] if list == "corrections" && key == wanted => Some((at, word)),
            _ => None,
        })
    };
    let notes: BTreeMap<_, _> = told("note").collect();
    let correction = |(at, day): (&String, &String)| Some((parse_date(day)?, notes.get(at).copied().cloned()));
    told("date").filter_map(correction).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn report(inspections: u32, corrections: &[u32]) -> String {
        let dates: Vec<String> = corrections.iter().map(|day| format!("{{date: 2026-11-{day}}}")).collect();
        format!(
            "agency: a\nreceived: 2026-11-10\ncorrections: [{}]\ntasks: {{I.1: {{figures: {{x: {inspections}}}}}}}\n",
            dates.join(", ")
        )
    }

    #[test]
    fn on_a_day_that_is_past_the_version_of_that_day_is_in_force() {
        const REPORT: &str = "reports/annual/a.yaml";
        let came = |on: u32, text: String| Arrival::new(REPORT, "a", day(on), text);
        let first = || came(10, report(1, &[]));
        let second = || came(12, report(2, &[12]));
        let third = || came(12, report(3, &[12, 12]));
        for (what, now, versions, on, figure) in [
            ("before it came", report(1, &[]), vec![first()], 9, None),
            ("on its day", report(1, &[]), vec![first()], 10, Some(1)),
            ("before it was replaced", report(2, &[12]), vec![first(), second()], 11, Some(1)),
            ("on the day it was replaced", report(2, &[12]), vec![second(), first()], 12, Some(2)),
            ("twice on one day", report(3, &[12, 12]), vec![third(), first(), second()], 12, Some(3)),
            ("changed by hand, nobody knows when", report(9, &[]), vec![first()], 11, Some(1)),
            ("changed by hand on a later day", report(9, &[13]), vec![first()], 12, Some(1)),
            ("changed by hand on that day", report(9, &[13]), vec![first()], 13, Some(9)),
            ("changed by hand on the day that it came", report(9, &[10]), vec![first()], 10, Some(9)),
            (
                "changed by hand since it was replaced, nobody knows when",
                report(9, &[12]),
                vec![second()],
                12,
                Some(2),
            ),
            ("changed by hand twice, before", report(9, &[13, 15]), vec![first()], 12, Some(1)),
            ("changed by hand twice, between", report(9, &[13, 15]), vec![first()], 14, Some(9)),
            (
                "so, and replaced",
                report(4, &[13, 15, 18]),
                vec![first(), came(15, report(9, &[13, 15])), came(18, report(4, &[13, 15, 18]))],
                14,
                Some(9),
            ),
            (
                "typed and corrected by hand, and replaced",
                report(4, &[12, 18]),
                vec![came(12, report(9, &[12])), came(18, report(4, &[12, 18]))],
                11,
                Some(9),
            ),
            ("never kept", report(9, &[13]), vec![], 9, Some(9)),
        ] {
            let files = Files::from_memory([(REPORT.to_owned(), now.into_bytes())]);
            let files = as_of(files, versions, day(on));
            let found: Vec<String> = files.iter().map(|(_, file)| file.text().to_owned()).collect();
            let expected: Vec<String> = figure.into_iter().map(|figure| format!("x: {figure}")).collect();
            assert_eq!(found.len(), expected.len(), "{what}");
            assert!(found.iter().zip(&expected).all(|(text, figure)| text.contains(figure)), "{what}: {found:?}");
        }
    }

    #[test]
    fn what_moved_is_told_with_both_values_and_what_the_office_wrote_is_not() {
        let old = "received: 2026-11-10\ntasks:\n  I.1: {status: done, figures: {x: 550, y: 1}}\n";
        let new =
            "corrections: [{date: 2026-11-12}]\ntasks:\n  I.1:\n    status: done\n    figures: {x: 500, z: 0}\n";
        let told = |key: &str, old: Option<&str>, new: Option<&str>| Moved {
            path: ["tasks", "I.1", "figures", key].map(str::to_owned).to_vec(),
            old: old.map(str::to_owned),
            new: new.map(str::to_owned),
        };
        let expected =
            [told("x", Some("550"), Some("500")), told("z", None, Some("0")), told("y", Some("1"), None)];
        assert_eq!(moved(old, new), expected);
        assert_eq!(moved(old, old), []);
    }
}
