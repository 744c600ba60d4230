//! A report that came, and what is there already of its agency → the file to write. The first
//! day of receipt stays, earlier corrections and acceptances stay, and so does whatever the form did not ask.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_yaml::{Mapping, Value};

use super::Path;
use super::problem::Refusal;
use super::quoted::quoted;
use super::told::{Given, at_length, below, in_brief};
use crate::arrivals::{CAME_LATER, ORIGIN};
use crate::model::Report;
use crate::record::{Field, Ids, Record, Shape, parse_date};
use crate::source::FileId;
use crate::vietnamese::paper_number;
use crate::yaml;

/// What came: a report, whole or as far as a form asked for it.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// Without the day of receipt and corrections, which are for the receiver to say.
    pub(crate) report: Mapping,
    /// What a form asked, items of lists under an empty key; a report of its own tells everything.
    pub(super) asked: Option<BTreeSet<Path>>,
    /// A report of its own as it was written: `156.000` is not 156.
    text: Option<String>,
    /// What that text says of its paper.
    paper: Option<Value>,
}

/// What is to be done with what came.
#[derive(Debug)]
pub(crate) enum Merged {
    /// The agency's first report: the text of its file.
    New(String),
    /// A corrected report.
    Corrected {
        text: String,
        /// Tasks that were told of before and are no more.
        dropped: Vec<String>,
    },
    /// The number of a paper that was not known yet, and nothing else.
    Completed(String),
    /// It tells what is there already.
    Unchanged,
}

impl Told {
    pub(super) fn form(report: Mapping, asked: BTreeSet<Path>) -> Self {
        Self { report, asked: Some(asked), text: None, paper: None }
    }

    /// A report of its own.
    ///
    /// # Errors
    /// When it is no mapping all the same.
    pub(crate) fn whole(text: String) -> Result<Self, Refusal> {
        let mut report = of_today(&text)?;
        report.retain(|key, _| !key.as_str().is_some_and(is_of_receiver));
        let paper = report.get("document").cloned();
        Ok(Self { report, asked: None, text: Some(text), paper })
    }

    /// Puts what the receiver tells of its paper where the report says nothing of it.
    ///
    /// # Errors
    /// When it says something else.
    pub(crate) fn on_paper(&mut self, paper: &[Given]) -> Result<(), Refusal> {
        for Given { path, value, .. } in paper {
            let (Some(value), [key, field]) = (value, path) else { continue };
            let there = self.report.entry((*key).into()).or_insert_with(|| Mapping::new().into());
            let there = there.as_mapping_mut().ok_or_else(unusable)?;
            let told = there.entry((*field).into()).or_insert_with(|| value.as_str().into());
            let told = match told {
                Value::Number(number) => number.to_string(),
                told => told.as_str().unwrap_or_default().to_owned(),
            };
            if told != *value {
                return Err(Refusal::new(
                    format!("văn bản của báo cáo này ghi “{told}”, nơi nhận ghi “{value}”"),
                    "đối chiếu với bản giấy, sửa chỗ sai rồi nhận lại",
                ));
            }
        }
        Ok(())
    }

    /// The text to write of a report: its own, as far as it has one, with what the receiver says of it.
    fn written(&self, report: Mapping) -> Result<String, Refusal> {
        let Some(own) = &self.text else { return text(report) };
        let mut own = own.clone();
        // The paper of a replacement is the correction's; the report's is the first.
        let other_paper = report.get("document") != self.paper.as_ref();
        let is_put = |key: &str| is_of_receiver(key) || (other_paper && key == "document");
        let parts = yaml::parts(FileId::default(), &own);
        let of_receiver = parts.iter().rev().filter(|part| matches!(&part.path[..], [key] if is_put(key)));
        for part in of_receiver {
            let start = part.key.start as usize;
            let end = start + written_out(&own[start..part.span.end as usize]).len();
            let end = own[end..].find('\n').map_or(own.len(), |at| end + at + 1);
            own.replace_range(start..end, "");
        }
        let first = own.find(|c: char| c != '\u{feff}').unwrap_or_default();
        let mut own = own[first..]
            .lines()
            .skip_while(|line| line.starts_with(ORIGIN))
            .fold(String::new(), |own, line| own + line + "\n");
        let said: Mapping = report.into_iter().filter(|(key, _)| key.as_str().is_some_and(is_put)).collect();
        own += &serde_yaml::to_string(&said).map_err(|_| unusable())?;
        Ok(own)
    }

    /// The day of its paper.
    pub(crate) fn paper_day(&self) -> Option<NaiveDate> {
        parse_date(self.report.get("document")?.get("date")?.as_str()?)
    }
}

/// A part without what follows it: the span of a block reaches as far as the next key.
fn written_out(part: &str) -> &str {
    let mut part = part.trim_end();
    while let Some((before, last)) = part.rsplit_once('\n')
        && last.starts_with('#')
    {
        part = before.trim_end();
    }
    part
}

fn is_of_receiver(key: &str) -> bool {
    ["received", "corrections"].contains(&key)
}

/// The day of the newest paper that a report came with.
pub(crate) fn newest_paper(report: &str) -> Option<NaiveDate> {
    let words = yaml::words(report);
    let of_paper = |path: &[String]| match path {
        [paper, date] => paper == "document" && date == "date",
        [list, _, paper, date] => list == "corrections" && paper == "document" && date == "date",
        _ => false,
    };
    words.iter().filter(|(path, _)| of_paper(path)).filter_map(|(_, text)| parse_date(text)).max()
}

/// `old` is the text of the agency's file, where there is one; `on` the day of receipt; `origin` what it came from, as
/// “biểu mẫu a.xlsx”.
///
/// # Errors
/// When what is there cannot be carried over.
pub(crate) fn merge(told: &Told, old: Option<&str>, on: NaiveDate, origin: &str) -> Result<Merged, Refusal> {
    let mut new = told.report.clone();
    let on = Value::from(on.to_string());
    let first_line = format!("{ORIGIN}{origin}\n");
    let Some(old_text) = old else {
        let received = std::iter::once((Value::from("received"), on));
        return Ok(Merged::New(first_line + &told.written(new.into_iter().chain(received).collect())?));
    };
    let old = of_today(old_text)?;
    // What does not know its number yet knows no better than what does.
    let numbered = number(&new).is_some();
    if let (Some(_), false, Some(first)) = (number(&old), numbered, old.get("document")) {
        new.insert("document".into(), first.clone());
    }
    let mut keeper = Keeper { asked: told.asked.as_ref(), dropped: Vec::new() };
    let mut new = keeper.record(Report::RECORD, &[], &old, new);
    let paper = if numbered { paper(&old, &mut new) } else { None };
    if new == old && paper.is_none() {
        return Ok(Merged::Unchanged);
    }
    let is_comment = |line: &&str| told.text.is_none() && line.starts_with('#') && !line.starts_with(ORIGIN);
    let comments: String = old_text.lines().take_while(is_comment).map(|line| format!("{line}\n")).collect();
    let told_of =
        |report: &Mapping| report.clone().into_iter().filter(|(key, _)| key != "document").collect::<Mapping>();
    if paper.is_none() && told_of(&new) == told_of(&old) && number(&old).is_none() {
        return Ok(Merged::Completed(comments + &first_line + &told.written(new)?));
    }
    let note = format!("{CAME_LATER}{origin}");
    let mut correction = Mapping::from_iter([("date".into(), on), ("note".into(), note.into())]);
    correction.extend(paper.map(|paper| ("document".into(), paper)));
    let corrections = new.entry("corrections".into()).or_insert_with(|| Value::Sequence(Vec::new()));
    corrections.as_sequence_mut().ok_or_else(unusable)?.push(correction.into());
    Ok(Merged::Corrected { text: comments + &first_line + &told.written(new)?, dropped: keeper.dropped })
}

/// The first paper of a report stays the report's; what comes on another than the newest is a correction on that paper. A
/// paper of the same number that was signed after it came is another one.
fn paper(old: &Mapping, new: &mut Mapping) -> Option<Value> {
    let first = old.get("document")?.clone();
    let told = new.get("document")?.clone();
    number(old)?;
    let corrections = old.get("corrections").and_then(Value::as_sequence).into_iter().flatten();
    let papers = std::iter::once((&first, old.get("received")))
        .chain(corrections.filter_map(|correction| Some((correction.get("document")?, correction.get("date")))));
    let plain = |paper: &Value| paper.get("number").and_then(Value::as_str).map(paper_number);
    let day = |day: Option<&Value>| parse_date(day?.as_str()?);
    let (own, signed) = (plain(&told), day(told.get("date")));
    let may_be = |came| signed.zip(day(came)).is_none_or(|(signed, came)| signed <= came);
    let is_own = |(paper, came)| plain(paper) == own && (*paper == told || may_be(came));
    let is_own: Vec<bool> = papers.map(is_own).collect();
    if is_own.first() != Some(&true) {
        new.insert("document".into(), first);
    }
    let is_known = is_own.last() == Some(&true) || new == old && is_own.contains(&true);
    (!is_known).then_some(told)
}

/// The number of the paper that a report came with.
fn number(report: &Mapping) -> Option<&Value> {
    report.get("document")?.get("number")
}

/// Keeps of an earlier report what was not asked.
struct Keeper<'f> {
    asked: Option<&'f BTreeSet<Path>>,
    dropped: Vec<String>,
}

impl Keeper<'_> {
    fn asks_within(&self, path: &[String]) -> bool {
        let Some(asked) = self.asked else {
            return path.first().is_none_or(|key| !is_of_receiver(key));
        };
        asked.range(path.to_vec()..).next().is_some_and(|asked| asked.starts_with(path))
    }

    fn value(&mut self, shape: &'static Shape, path: &[String], old: &Value, new: Option<Value>) -> Option<Value> {
        if !self.asks_within(path) {
            return new.or_else(|| Some(old.clone()));
        }
        match (shape, old, new) {
            (Shape::Record(record), Value::Mapping(old), new) => {
                let told = new.as_ref().and_then(Value::as_mapping).cloned().unwrap_or_default();
                let withdrawn = record.fields.iter().any(|field| {
                    let missing = field.required && !told.contains_key(field.key);
                    missing && self.asks_within(&below(path, &[field.key]))
                });
                let kept = if withdrawn { told } else { self.record(record, path, old, told) };
                (!kept.is_empty()).then_some(Value::Mapping(kept))
            }
            (Shape::Table(ids, row), Value::Mapping(old), new) => {
                let mut rows = new.as_ref().and_then(Value::as_mapping).cloned().unwrap_or_default();
                for (key, old) in old {
                    let id = key.as_str().unwrap_or_default();
                    match self.value(row, &below(path, &[id]), old, rows.get(key).cloned()) {
                        Some(kept) => {
                            rows.insert(key.clone(), kept);
                        }
                        None if *ids == Ids::Tasks => self.dropped.push(id.to_owned()),
                        None => {}
                    }
                }
                (!rows.is_empty()).then_some(Value::Mapping(rows))
            }
            (list, Value::Sequence(old), Some(Value::Sequence(new))) if let Some(item) = list.of_items() => {
                let mut old: Vec<Mapping> = old.iter().map(|old| at_length(item, old.clone())).collect();
                let path = below(path, &[""]);
                let kept = new.into_iter().map(|new| {
                    let new = at_length(item, new);
                    let same = |old: &Mapping| self.is_of_one(item, &path, old, &new);
                    let before = old.iter().position(same).map(|at| old.remove(at)).unwrap_or_default();
                    let kept = Value::Mapping(self.record(item, &path, &before, new));
                    if matches!(list, Shape::List(Shape::Either(..))) { in_brief(item, kept) } else { kept }
                });
                Some(Value::Sequence(kept.collect()))
            }
            (Shape::Either(..), Value::Mapping(old), Some(new)) => {
                let asked = |key: &Value| key.as_str().is_some_and(|key| self.asks_within(&below(path, &[key])));
                let more =
                    old.clone().into_iter().filter(|(key, _)| key != "value" && key != "reason" && !asked(key));
                Some(with_beside(new, more.collect()))
            }
            (_, _, new) => new,
        }
    }

    /// In the order declared; what is not declared comes last.
    fn record(&mut self, record: &'static Record, path: &[String], old: &Mapping, mut new: Mapping) -> Mapping {
        let mut kept = Mapping::new();
        for field in record.fields {
            let told = new.remove(field.key);
            let value = match old.get(field.key) {
                Some(old) => self.value(field.shape, &below(path, &[field.key]), old, told),
                None => told,
            };
            kept.extend(value.map(|value| (Value::from(field.key), value)));
        }
        for (key, value) in old {
            if !record.fields.iter().any(|field| Some(field.key) == key.as_str()) {
                kept.insert(key.clone(), value.clone());
            }
        }
        kept
    }

    /// Whether two items of a list are the same thing told twice, by the fields that an item cannot be without.
    fn is_of_one(&self, item: &Record, path: &[String], old: &Mapping, new: &Mapping) -> bool {
        let mut names = item.fields.iter().filter(|field| {
            (field.required || item.any_of.contains(&field.key)) && self.asks_within(&below(path, &[field.key]))
        });
        let is_same = |field: &Field| old.get(field.key) == new.get(field.key);
        names.next().is_some_and(is_same) && names.all(is_same)
    }
}

/// A new number or reason with what was told beside the old one and is not asked; a word stands alone.
fn with_beside(new: Value, more: Mapping) -> Value {
    let answer = match new {
        new if more.is_empty() => return new,
        Value::Mapping(told) => told,
        Value::Number(_) => Mapping::from_iter([("value".into(), new)]),
        word => return word,
    };
    answer.into_iter().chain(more).collect::<Mapping>().into()
}

/// A report under today's keys.
fn of_today(text: &str) -> Result<Mapping, Refusal> {
    match serde_yaml::from_str(text).map(|report| renamed(&Shape::Record(Report::RECORD), report)) {
        Ok(Value::Mapping(report)) => Ok(report),
        _ => Err(unusable()),
    }
}

/// With today's key in place of each of before.
fn renamed(shape: &'static Shape, old: Value) -> Value {
    match (shape, old) {
        (Shape::Record(_) | Shape::Table(..), Value::Mapping(old)) => {
            let rename = |(key, value): (Value, Value)| match key.as_str().and_then(|key| shape.under(key)) {
                Some((below, Some(field))) => (field.key.into(), renamed(below, value)),
                Some((below, None)) => (key, renamed(below, value)),
                None => (key, value),
            };
            Mapping::from_iter(old.into_iter().map(rename)).into()
        }
        (Shape::List(item), Value::Sequence(old)) => {
            old.into_iter().map(|value| renamed(item, value)).collect::<Vec<_>>().into()
        }
        (_, value) => value,
    }
}

fn text(mut report: Mapping) -> Result<String, Refusal> {
    let known = Report::RECORD.fields.iter().filter_map(|field| report.remove_entry(field.key));
    let mut ordered: Mapping = known.collect();
    ordered.extend(report);
    serde_yaml::to_string(&ordered).map(quoted).map_err(|_| unusable())
}

fn unusable() -> Refusal {
    Refusal::new(
        "báo cáo đã có của cơ quan này không đọc được",
        "chạy “plan check”, sửa báo cáo đó rồi nhận lại biểu mẫu",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_sender_wrote_of_receipts_is_left_out_and_nothing_else() {
        let rest = "agency: a\n# of tasks\ntasks:\n  I.1: {status: done}\n";
        for own in [
            "corrections: [{date: 2026-11-20}]\n",
            "corrections:\n  - {date: 2026-11-20, note: b}\n  - date: 2026-11-21\n",
            "corrections:\n- date: 2026-11-20\n",
            "received: 2026-11-18  # by post\ncorrections:\n  - date: 2026-11-20 # c\n",
        ] {
            for (before, after) in [("agency: a\n", "# of tasks\ntasks:\n  I.1: {status: done}\n"), (rest, "")] {
                let told = Told::whole(format!("{before}{own}{after}")).unwrap();
                let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
                let Ok(Merged::New(text)) = merge(&told, None, day, "tệp a.yaml") else { panic!("{own}") };
                assert_eq!(text, format!("{ORIGIN}tệp a.yaml\n{rest}received: 2026-11-22\n"), "{own}");
            }
        }
    }

    #[test]
    fn keys_of_before_are_kept_as_those_of_today() {
        const PHONE: Field = Field::new("phone_number", "", false, &Shape::Words).renamed_from(&["phone"]);
        const CONTACT: &Record = &Record::new("Contact", "", "", &[PHONE]);
        const FIELDS: &[Field] = &[
            Field::new("contacts", "", false, &Shape::List(&Shape::Record(CONTACT))),
            Field::new("of", "", false, &Shape::Table(Ids::Tasks, &Shape::Record(CONTACT))),
        ];
        const REPORT: &Shape = &Shape::Record(&Record::new("Report", "", "", FIELDS));
        let read = |text: &str| serde_yaml::from_str::<Value>(text).unwrap();
        let old = "{contacts: [{phone: a, x: 1}], of: {I.1: {phone: b}, phone: {phone_number: c}}, phone: d}";
        let new = "{contacts: [{phone_number: a, x: 1}], of: {I.1: {phone_number: b}, phone: {phone_number: c}}, phone: d}";
        assert_eq!(renamed(REPORT, read(old)), read(new));
    }
}
