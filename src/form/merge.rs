//! A report that a form tells, and what is there already of its agency → the file to write. The first
//! day of receipt stays, earlier corrections and acceptances stay, and so does whatever the form has no
//! field for.

use chrono::NaiveDate;
use serde_yaml::{Mapping, Value};

use super::Form;
use super::read::Refusal;
use crate::written as w;

/// The order of a report's parts, as people write them.
const ORDER: &[&str] = &[
    "agency",
    "round",
    "document",
    "signer",
    "contact",
    "received",
    "corrections",
    "tasks",
    "funding",
    "difficulties",
    "recommendations",
    "next_steps",
    "complaints_by_field",
    "violators",
    "warnings",
    "accepted",
];
/// Begins the first line of a file that a form became.
const ORIGIN: &str = "# Nhận từ biểu mẫu";

/// What is to be done with a form.
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
    /// It tells what is there already.
    Unchanged,
}

/// `old` is the text of the agency's file, where there is one; `on` the day of receipt; `origin` the
/// name of the form's file.
///
/// # Errors
/// When what is there cannot be carried over.
pub(crate) fn merge(
    form: &Form,
    report: &w::Report,
    old: Option<&str>,
    on: NaiveDate,
    origin: &str,
) -> Result<Merged, Refusal> {
    let mut new = mapping(report)?;
    let on = Value::from(on.to_string());
    let first_line = format!("{ORIGIN} {origin}\n");
    let Some(old_text) = old else {
        new.insert("received".into(), on);
        return Ok(Merged::New(first_line + &text(new)?));
    };
    let old: Mapping = serde_yaml::from_str(old_text).map_err(|_| unusable())?;
    for (key, value) in &old {
        let covered = key.as_str().is_some_and(|key| ORDER.contains(&key));
        let kept = key.as_str().is_some_and(|key| matches!(key, "received" | "corrections" | "accepted"));
        if !covered || kept {
            new.insert(key.clone(), value.clone());
        }
    }
    let dropped = carry_tasks(form, &old, &mut new);
    if new == old {
        return Ok(Merged::Unchanged);
    }
    let note = format!("Bổ sung theo biểu mẫu {origin}");
    let correction = [("date", on), ("note", Value::from(note))];
    let correction: Mapping = correction.into_iter().map(|(key, value)| (Value::from(key), value)).collect();
    let corrections = new.entry("corrections".into()).or_insert_with(|| Value::Sequence(Vec::new()));
    corrections.as_sequence_mut().ok_or_else(unusable)?.push(correction.into());
    let comments = old_text.lines().take_while(|line| line.starts_with('#') && !line.starts_with(ORIGIN));
    let comments: String = comments.map(|line| format!("{line}\n")).collect();
    Ok(Merged::Corrected { text: comments + &first_line + &text(new)?, dropped })
}

/// Keeps tasks and figures that the form does not ask about; gives the tasks it asks about in vain.
fn carry_tasks(form: &Form, old: &Mapping, new: &mut Mapping) -> Vec<String> {
    let Some(told) = old.get("tasks").and_then(Value::as_mapping) else { return Vec::new() };
    let entries = new.entry("tasks".into()).or_insert_with(|| Mapping::new().into());
    let Some(entries) = entries.as_mapping_mut() else { return Vec::new() };
    let mut dropped = Vec::new();
    for (task, before) in told {
        let id = task.as_str().unwrap_or_default();
        if !form.task_ids().any(|asked| asked == id) {
            entries.insert(task.clone(), before.clone());
            continue;
        }
        let Some(entry) = entries.get_mut(task).and_then(Value::as_mapping_mut) else {
            dropped.push(id.to_owned());
            continue;
        };
        let figures = before.get("figures").and_then(Value::as_mapping);
        for (indicator, figure) in figures.into_iter().flatten() {
            if !form.asks_figure(id, indicator.as_str().unwrap_or_default()) {
                let figures = entry.entry("figures".into()).or_insert_with(|| Mapping::new().into());
                if let Some(figures) = figures.as_mapping_mut() {
                    figures.insert(indicator.clone(), figure.clone());
                }
            }
        }
    }
    dropped
}

fn mapping(report: &w::Report) -> Result<Mapping, Refusal> {
    match serde_yaml::to_value(report) {
        Ok(Value::Mapping(mapping)) => Ok(mapping),
        _ => Err(unusable()),
    }
}

fn text(mut report: Mapping) -> Result<String, Refusal> {
    let known = ORDER.iter().filter_map(|key| report.remove_entry(Value::from(*key)));
    let mut ordered: Mapping = known.collect();
    ordered.extend(report);
    serde_yaml::to_string(&ordered).map_err(|_| unusable())
}

fn unusable() -> Refusal {
    Refusal::new(
        "báo cáo đã có của cơ quan này không đọc được",
        "chạy “plan check”, sửa báo cáo đó rồi nhận lại biểu mẫu",
    )
}
