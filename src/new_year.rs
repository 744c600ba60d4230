//! A plan carried over to another year: agencies, groups, indicators, tasks and wording as they are, the dates left to
//! fill, what is open still, the figures to compare with, and a list of what somebody must look at. Edits the text at places that the parser gives, so
//! that comments and the order of things stay. Pure.

mod previous;

pub(crate) use previous::ToCompare;

use crate::remark::{Kind, Remark, remarks};
use crate::source::Files;
use crate::validate::{CARRIED, PREVIOUS};
use crate::workspace::Workspace;
use crate::yaml::{self, Part, quoted};

const HEADER: &str = "\
# Khó khăn, kiến nghị của các năm trước còn mở, do “plan init --from” chép sang: còn tính là chưa giải quyết cho đến khi
# ghi đã giải quyết bằng “plan settle” và mã ở đây. Nội dung của dữ liệu minh họa (illustrative: true) thì xóa trước khi dùng thật.
";

const WORDING: &str = "plan/report.yaml";

/// The plan of another year.
pub(crate) struct NewYear {
    /// Path and text of every file under `plan/`.
    pub(crate) files: Vec<(String, String)>,
    /// `plan/tasks/I.yaml:14` and what stands there: it still speaks of the old year.
    pub(crate) to_review: Vec<(String, String)>,
    /// How many difficulties and recommendations are open still.
    pub(crate) open: usize,
    /// Recommendations among them whose last day is past: kept until settled, and not raised again.
    pub(crate) over: usize,
    /// What the new year can be compared with.
    pub(crate) compared: Option<ToCompare>,
}

/// Carries a workspace's plan over to `year`; files that are not YAML stay as they are.
pub(crate) fn carry_over(workspace: &Workspace, year: i32) -> NewYear {
    let files = &workspace.files;
    let plan = files.iter().filter(|(_, file)| file.path.starts_with("plan/"));
    let plan = plan.filter(|(_, file)| ![CARRIED, PREVIOUS].contains(&file.path.as_str()));
    let old = old_year(files);
    let mut remarks = remarks(workspace);
    remarks.retain(|remark| remark.settled.is_none());
    let over = remarks.iter().filter(|remark| remark.is_over(workspace.as_of)).count();
    let mut carried =
        NewYear { files: Vec::new(), to_review: Vec::new(), open: remarks.len(), over, compared: None };
    if !remarks.is_empty() {
        let items: String = remarks.iter().map(|remark| item(workspace, remark)).collect();
        carried.files.push((CARRIED.to_owned(), format!("{HEADER}remarks:\n{items}")));
    }
    // Nothing is compared but with the year before.
    if let Some((text, compared)) = previous::file(workspace).filter(|_| workspace.plan.year + 1 == year) {
        carried.files.push((PREVIOUS.to_owned(), text));
        carried.compared = Some(compared);
    }
    for (id, file) in plan {
        let parts = yaml::parts(id, file.text());
        let edits = parts.iter().filter_map(|part| edit(&file.path, part, old, year)).collect();
        let text = edited(file.text(), edits);
        if let Some(old) = old {
            // The papers that a report rests on are often of the end of the year before.
            let first = if file.path == WORDING { old - 1 } else { old };
            let years: Vec<String> = (first..=old).map(|year| year.to_string()).collect();
            let is_told =
                |line: &str| years.iter().any(|year| line.contains(year)) || names_a_year_before(line, old);
            let speaks =
                text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with('#') && is_told(line));
            let places = speaks.map(|(at, line)| (format!("{}:{}", file.path, at + 1), line.trim().to_owned()));
            carried.to_review.extend(places);
        }
        carried.files.push((file.path.clone(), text));
    }
    carried
}

/// What is open, under the day, year and round that it was first said in.
fn item(workspace: &Workspace, remark: &Remark<'_>) -> String {
    let plan = &workspace.plan;
    let (kind, to) = match remark.kind {
        Kind::Difficulty => ("difficulty", None),
        Kind::Recommendation { to } => ("recommendation", to),
    };
    let round =
        || remark.said.first().and_then(|saying| saying.voice.round).map_or(&plan.ad_hoc.id, |round| &round.key);
    let (year, round) =
        remark.carried.map_or_else(|| (plan.year, round()), |carried| (carried.year.0, &carried.round));
    let is_sample = match remark.carried {
        Some(carried) => carried.illustrative,
        None => remark.said.iter().all(|saying| saying.voice.report.illustrative),
    };
    let fields = [
        ("kind", Some(kind.to_owned())),
        ("agency", Some(remark.agency.key.clone())),
        ("since", remark.since.map(|since| since.to_string())),
        ("year", Some(year.to_string())),
        ("round", Some(quoted(round))),
        ("to", to.map(str::to_owned)),
        ("task", remark.task.map(|task| task.key.clone())),
        ("theme", remark.theme.map(|theme| quoted(&theme.id))),
        ("expires", remark.expires.map(|last| last.to_string())),
        ("text", Some(quoted(&remark.text.value))),
        ("cause", remark.cause.map(|cause| quoted(&cause.value))),
        ("illustrative", is_sample.then(|| is_sample.to_string())),
    ];
    let fields = fields.into_iter().filter_map(|(key, value)| Some(format!("    {key}: {}\n", value?)));
    format!("  - id: {}\n{}", quoted(&remark.id), fields.collect::<String>())
}

/// Whether a line names an earlier year, and not as that of a day: `trong năm 2026`, not `tháng 6 năm 2026`. It is left from a
/// plan that was carried over before, and not reviewed.
fn names_a_year_before(line: &str, year: i32) -> bool {
    let line = line.to_lowercase();
    let parts: Vec<&str> = line.split("năm ").collect();
    parts.windows(2).any(|pair| {
        let told = pair[1].get(..4).and_then(|told| told.parse::<i32>().ok());
        let before = pair[0].trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
        told.is_some_and(|told| told < year) && !before.trim_end().ends_with("tháng")
    })
}

fn old_year(files: &Files) -> Option<i32> {
    let (id, file) = files.find("plan/plan.yaml")?;
    yaml::parts(id, file.text()).iter().find(|part| part.path == ["year"])?.text.parse().ok()
}

/// A range of bytes and what is to stand there.
type Edit = (std::ops::Range<usize>, String);

/// What becomes of a value in a file of the plan; `None` where it stays.
fn edit(file: &str, part: &Part, old: Option<i32>, year: i32) -> Option<Edit> {
    let path: Vec<&str> = part.path.iter().map(String::as_str).collect();
    let new = match (file, path.as_slice()) {
        ("plan/plan.yaml", ["year"]) => year.to_string(),
        ("plan/plan.yaml", ["number" | "date"]) => "null".to_owned(),
        ("plan/plan.yaml", ["title"]) | ("plan/rounds.yaml", ["rounds", _, "name" | "short_name" | "title"]) => {
            renamed(part, old, year)?
        }
        (
            "plan/rounds.yaml",
            ["rounds", _, "agencies_before" | "consolidated_before" | "data_from" | "data_to"],
        )
        | ("plan/rounds.yaml", ["rounds", _, "as_worded", "agencies" | "consolidated"]) => String::new(),
        ("plan/plan.yaml", ["peak_days", _, "from" | "to"]) => String::new(),
        ("plan/holidays.yaml", ["days_off" | "working_days"]) => "[]".to_owned(),
        (_, ["tasks", _, "time", "due"]) if part.text.starts_with(|c: char| c.is_ascii_digit()) => String::new(),
        _ => return None,
    };
    Some((part.span.start as usize..part.span.end as usize, new))
}

/// The new year in place of the old one, where a plain text names it.
fn renamed(part: &Part, old: Option<i32>, year: i32) -> Option<String> {
    let old = old?.to_string();
    let named = part.plain && part.text.contains(&old) && !part.text.contains('\n');
    named.then(|| part.text.replace(&old, &year.to_string()))
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
