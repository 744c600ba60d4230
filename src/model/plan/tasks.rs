//! `plan/tasks/*.yaml`: groups of tasks, with what each cell of the annex stands for.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use indexmap::IndexSet;

use super::agencies::Room;
use super::{Group, reject_duplicates};
use crate::diagnostic::Sink;
use crate::model::{AgencyId, GroupId, List, TaskId};
use crate::record::{Read, Reader, Roman, Shape, choices, records};
use crate::source::Span;
use crate::vietnamese;

records! {
    /// Nhóm nhiệm vụ, một nhóm một tệp
    "nhóm nhiệm vụ" TaskGroupFile {
        source: Option<String>,
        /// Số La Mã của nhóm trong phụ biểu
        id: Roman,
        short_title: String,
        /// Tên nhóm trong phụ biểu
        title: String,
        /// Tên nhóm trong phần lời
        title_in_body [.must()]: Option<String>,
        /// Số thứ tự trong phần lời
        number_in_body [.must()]: Option<u64>,
        tasks: Vec<TaskItem>,
    }

    /// Một nhiệm vụ, chép nguyên văn
    "nhiệm vụ" TaskItem {
        id: String,
        short_title [.must()]: Option<String>,
        content: Vec<String>,
        /// Cơ quan chủ trì
        leads [.must()]: Option<Cell>,
        /// Cơ quan phối hợp; null nếu ô trống
        coordinators: Option<Cell>,
        /// Thời gian thực hiện; null nếu ô trống
        time: Option<Time>,
        /// Danh sách công khai mà nhiệm vụ này làm ra (plan publish)
        publishes: Option<PublicList>,
    }

    /// Một ô phân công: nguyên văn và các cơ quan, nhóm được hiểu
    "phân công" Cell {
        as_worded [.must()]: Option<String>,
        assigned: Vec<Assigned>,
    }

    /// Đúng một cơ quan hoặc một nhóm
    "cơ quan được phân công" Assignment [.one_of(&["agency", "group"])] {
        agency: Option<AgencyId>,
        group: Option<GroupId>,
        /// Cơ quan chủ trì chỉ đạo đơn vị này thực hiện
        through: Option<AgencyId>,
    }

    /// Thời gian thực hiện
    "thời gian" Time {
        as_worded [.must()]: Option<String>,
        /// Ngày hết hạn, hoặc no-deadline (không hạn)
        due [.must()]: Option<Due>,
    }
}

choices! {
    /// Không hạn
    "" UNKNOWN_VALUE NoDeadline {
        NoDeadline "no-deadline" "không hạn",
    }
}

choices! {
    /// violators tổ chức, cá nhân vi phạm; warnings cảnh báo; hotlines đường dây nóng
    "" UNKNOWN_VALUE PublicList {
        Violators "violators" "tổ chức, cá nhân vi phạm",
        Warnings "warnings" "cảnh báo",
        Hotlines "hotlines" "đường dây nóng",
    }
}

/// A group of tasks: `I` to `VIII` of the annex.
#[derive(Debug)]
pub(crate) struct TaskGroup {
    pub(crate) key: String,
    /// For tables.
    pub(crate) short_title: String,
    pub(crate) title: String,
    pub(crate) tasks: IndexSet<TaskId>,
}

#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) id: TaskId,
    /// `III.5`: group and number of the plan's annex
    pub(crate) key: String,
    pub(crate) short_title: String,
    /// The plan's wording, a paragraph each.
    pub(crate) content: Vec<String>,
    pub(crate) leads_as_worded: String,
    /// Every agency that leads, groups expanded, in the order of the plan, each once.
    pub(crate) leads: IndexSet<AgencyId>,
    /// Whether the cell names somebody who is not known: a problem of its own.
    pub(crate) leads_unread: bool,
    /// Agencies that the leads direct (“chỉ đạo …”): they report the figures.
    pub(crate) through: IndexSet<AgencyId>,
    /// Which of the leads directs whom; another lead of the same task answers for itself.
    pub(crate) directs: BTreeSet<(AgencyId, AgencyId)>,
    /// Absent where the plan's cell is empty.
    pub(crate) coordinators_as_worded: Option<String>,
    /// Every agency that takes part under the leads, groups expanded.
    pub(crate) coordinators: IndexSet<AgencyId>,
    /// Whether the plan also calls on agencies that it does not name (“các đơn vị có liên quan”).
    pub(crate) open_to_others: bool,
    pub(crate) due: Due,
    /// Absent where the plan's cell is empty.
    pub(crate) due_as_worded: Option<String>,
    /// What it makes for everyone to know.
    pub(crate) publishes: Option<PublicList>,
    pub(crate) span: Span,
}

/// When a task falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// “Thường xuyên”: done all the time, never late.
    NoDeadline,
    On(NaiveDate),
    /// The plan's cell is empty.
    Unstated,
}

impl Read for Due {
    const SHAPE: &'static Shape = &Shape::Either(
        "Ngày hết hạn, hoặc no-deadline (không hạn)",
        &[<NoDeadline as Read>::SHAPE, <NaiveDate as Read>::SHAPE],
    );

    fn read(reader: &mut Reader<'_, '_>) -> Option<Self> {
        if reader.word_ahead()? == Some(NoDeadline::NoDeadline.id()) {
            return NoDeadline::read(reader).map(|_| Self::NoDeadline);
        }
        NaiveDate::read(reader).map(Self::On)
    }
}

/// An assignment, or `None` where it could not be read: somebody is named all the same.
#[derive(Debug)]
pub(crate) struct Assigned(Option<Assignment>);

impl Read for Assigned {
    const SHAPE: &'static Shape = Assignment::SHAPE;

    fn read(reader: &mut Reader<'_, '_>) -> Option<Self> {
        Some(Self(Assignment::read(reader)))
    }
}

/// The number of a group between others, or of the first, of which there is no file: the plan numbers its groups one by one.
pub(crate) fn missing_group(files: &[TaskGroupFile]) -> Option<String> {
    missing_number(&files.iter().map(|file| file.id.0.as_str()).collect())
}

fn missing_number(numbers: &BTreeSet<&str>) -> Option<String> {
    let last = numbers.iter().map(|number| roman(number)).max().unwrap_or_default();
    (1..=last.max(1)).map(vietnamese::roman).find(|number| !numbers.contains(number.as_str()))
}

/// The groups by their numerals, each with its tasks, and the tasks of all.
pub(crate) fn resolve(
    mut files: Vec<TaskGroupFile>,
    groups: &List<Group>,
    sink: &mut Sink,
) -> (Vec<TaskGroup>, List<Task>) {
    reject_duplicates(files.iter().map(|file| (file.id.0.as_str(), file.span)), sink);
    files.sort_by_key(|file| roman(&file.id.0));
    let (mut task_groups, mut tasks, mut room) = (Vec::new(), Vec::new(), Room::default());
    for file in files {
        let of_group = (tasks.len()..tasks.len() + file.tasks.len()).map(TaskId::from).collect();
        tasks.extend(file.tasks.into_iter().map(|item| task(item, groups, &mut room, sink)));
        task_groups.push(TaskGroup {
            key: file.id.0,
            short_title: file.short_title,
            title: file.title,
            tasks: of_group,
        });
    }
    reject_duplicates(tasks.iter().map(|task: &Task| (task.key.as_str(), task.span)), sink);
    (task_groups, List::new(tasks))
}

fn task(item: TaskItem, groups: &List<Group>, room: &mut Room, sink: &mut Sink) -> Task {
    let leads_unread = item.leads.is_none();
    let mut has_room = |group: &Group| room.has(group.members.len(), item.span, sink);
    let (leads_as_worded, leads) = cell(item.leads, groups, &mut has_room);
    let (coordinators_as_worded, coordinators) = cell(item.coordinators, groups, &mut has_room);
    let time = item.time;
    Task {
        id: TaskId::default(),
        short_title: item.short_title.unwrap_or_else(|| item.id.clone()),
        key: item.id,
        content: item.content,
        leads_as_worded: leads_as_worded.unwrap_or_default(),
        leads: leads.agencies,
        leads_unread: leads_unread || leads.unread,
        through: leads.through,
        directs: leads.directs,
        coordinators_as_worded,
        coordinators: coordinators.agencies,
        open_to_others: leads.open || coordinators.open,
        due: time.as_ref().and_then(|time| time.due).unwrap_or(Due::Unstated),
        due_as_worded: time.and_then(|time| time.as_worded),
        publishes: item.publishes,
        span: item.span,
    }
}

/// Whom a cell of the annex stands for, groups expanded, each agency once.
#[derive(Default)]
struct Assignees {
    agencies: IndexSet<AgencyId>,
    through: IndexSet<AgencyId>,
    directs: BTreeSet<(AgencyId, AgencyId)>,
    /// Whether a group is among them that names nobody in particular.
    open: bool,
    /// Whether somebody is named who is not known.
    unread: bool,
}

fn cell(
    cell: Option<Cell>,
    groups: &List<Group>,
    has_room: &mut impl FnMut(&Group) -> bool,
) -> (Option<String>, Assignees) {
    let mut assignees = Assignees::default();
    let Some(cell) = cell else { return (None, assignees) };
    for Assigned(assignment) in cell.assigned {
        let Some(assignment) = assignment else {
            assignees.unread = true;
            continue;
        };
        assignees.through.extend(assignment.through);
        let named = match (assignment.agency, assignment.group) {
            (Some(agency), None) => IndexSet::from([agency]),
            (None, Some(group)) if has_room(&groups[usize::from(group)]) => {
                let group = &groups[usize::from(group)];
                assignees.open |= group.open;
                group.members.clone()
            }
            _ => {
                assignees.unread = true;
                continue;
            }
        };
        let directed = |lead: &AgencyId| Some((*lead, assignment.through?));
        assignees.directs.extend(named.iter().filter_map(directed));
        assignees.agencies.extend(named);
    }
    (cell.as_worded, assignees)
}

/// The value of a Roman numeral, for the order of the groups.
fn roman(numeral: &str) -> usize {
    let (mut total, mut previous) = (0_usize, 0);
    for letter in numeral.chars().rev() {
        let digit = match letter {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            _ => 50,
        };
        total = if digit < previous { total.saturating_sub(digit) } else { total + digit };
        previous = previous.max(digit);
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_between_others_is_missed() {
        let to_twelve: Vec<String> = (1..=12).map(vietnamese::roman).collect();
        let to_twelve: Vec<&str> = to_twelve.iter().map(String::as_str).collect();
        let but = |left_out: &str| to_twelve.iter().copied().filter(|number| *number != left_out).collect();
        for (numbers, missing) in [
            (vec![], Some("I")),
            (vec!["I"], None),
            (vec!["II"], Some("I")),
            (vec!["III", "I"], Some("II")),
            (but(""), None),
            (but("XII"), None),
            (but("XI"), Some("XI")),
            (but("X"), Some("X")),
            // No numeral, and of no value.
            (vec!["I", "IIIIIIIIIIIX"], None),
        ] {
            assert_eq!(missing_number(&numbers.into_iter().collect()).as_deref(), missing);
        }
    }
}
