//! A plan carried over to another year: agencies, groups, indicators, tasks and wording as they are, the dates left to
//! fill, and a list of what somebody must look at. Edits the text at places that the parser gives, so that comments and
//! the order of things stay. Pure.

use crate::diagnostic::Sink;
use crate::source::Files;
use crate::yaml::{self, Kind, Node};

/// The plan of another year.
pub(crate) struct NewYear {
    /// Path and text of every file under `plan/`.
    pub(crate) files: Vec<(String, String)>,
    /// `plan/tasks/I.yaml:14` and what stands there: it still speaks of the old year.
    pub(crate) to_review: Vec<(String, String)>,
}

/// Carries the plan of `files` over to `year`; files that are not YAML stay as they are.
pub(crate) fn carry_over(files: &Files, year: i32) -> NewYear {
    let plan = files.iter().filter(|(_, file)| file.path.starts_with("plan/"));
    let old = old_year(files);
    let mut carried = NewYear { files: Vec::new(), to_review: Vec::new() };
    for (id, file) in plan {
        let text = match yaml::parse(id, file.text(), &mut Sink::default()) {
            Some(node) => edited(file.text(), edits(&file.path, &node, old, year)),
            None => file.text().to_owned(),
        };
        if let Some(old) = old {
            let old = old.to_string();
            let speaks = text
                .lines()
                .enumerate()
                .filter(|(_, line)| !line.trim_start().starts_with('#') && line.contains(&old));
            let places = speaks.map(|(at, line)| (format!("{}:{}", file.path, at + 1), line.trim().to_owned()));
            carried.to_review.extend(places);
        }
        carried.files.push((file.path.clone(), text));
    }
    carried
}

fn old_year(files: &Files) -> Option<i32> {
    let (id, file) = files.find("plan/plan.yaml")?;
    let node = yaml::parse(id, file.text(), &mut Sink::default())?;
    scalar(value(&node, "year")?)?.parse().ok()
}

/// A range of bytes and what is to stand there.
type Edit = (std::ops::Range<usize>, String);

fn edits(path: &str, node: &Node<'_>, old: Option<i32>, year: i32) -> Vec<Edit> {
    let mut edits = Vec::new();
    match path {
        "plan/plan.yaml" => {
            edits.extend(value(node, "year").map(|node| set(node, year.to_string())));
            edits
                .extend(["number", "date"].iter().filter_map(|key| value(node, key)).map(|node| set(node, "null")));
            edits.extend(value(node, "title").and_then(|node| renamed(node, old, year)));
        }
        "plan/rounds.yaml" => {
            for round in items(value(node, "rounds")) {
                let dates = ["agencies_before", "consolidated_before", "data_from", "data_to"];
                edits.extend(dates.iter().filter_map(|key| value(round, key)).map(|node| set(node, "")));
                let worded = value(round, "as_worded");
                let wordings = ["agencies", "consolidated"].iter().filter_map(|key| value(worded?, key));
                edits.extend(wordings.map(|node| set(node, "")));
                let names = ["name", "short_name", "title"].iter().filter_map(|key| value(round, key));
                edits.extend(names.filter_map(|node| renamed(node, old, year)));
            }
        }
        "plan/holidays.yaml" => {
            edits.extend(
                ["days_off", "working_days"].iter().filter_map(|key| value(node, key)).map(|node| set(node, "[]")),
            );
        }
        _ if path.starts_with("plan/tasks/") => {
            for task in items(value(node, "tasks")) {
                let due = value(task, "time").and_then(|time| value(time, "due"));
                let is_date = |due: &&Node<'_>| {
                    scalar(due).is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()))
                };
                edits.extend(due.filter(is_date).map(|node| set(node, "")));
            }
        }
        _ => {}
    }
    edits
}

fn set(node: &Node<'_>, text: impl Into<String>) -> Edit {
    (node.span.start as usize..node.span.end as usize, text.into())
}

/// The new year in place of the old one, where a plain text names it.
fn renamed(node: &Node<'_>, old: Option<i32>, year: i32) -> Option<Edit> {
    let old = old?.to_string();
    let text = scalar(node).filter(|text| text.contains(&old) && !text.contains('\n'))?;
    let plain = matches!(node.kind, Kind::Scalar { plain: true, .. });
    plain.then(|| set(node, text.replace(&old, &year.to_string())))
}

/// The text with every edit made, the ends of lines in front of an empty value kept.
fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut text = text.to_owned();
    for (range, new) in edits {
        let kept = text.get(range.clone()).map_or(0, |old| old.len() - old.trim_end().len());
        text.replace_range(range.start..range.end - kept, &new);
    }
    text
}

fn value<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<&'n Node<'a>> {
    match &node.kind {
        Kind::Mapping(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value),
        Kind::Null | Kind::Scalar { .. } | Kind::Sequence(_) => None,
    }
}

fn items<'n, 'a>(node: Option<&'n Node<'a>>) -> &'n [Node<'a>] {
    match node.map(|node| &node.kind) {
        Some(Kind::Sequence(items)) => items,
        _ => &[],
    }
}

fn scalar<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    if let Kind::Scalar { text, .. } = &node.kind { Some(text) } else { None }
}
