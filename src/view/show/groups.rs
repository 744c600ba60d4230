//! A group of agencies with the state of its members, a group of tasks with theirs.

use super::{Subject, heading, status};
use crate::doc::Block;
use crate::model::{Group, TaskGroup};
use crate::status::Validity;
use crate::vietnamese::clause;
use crate::view::status::closer;

pub(super) fn of_agencies(subject: &Subject<'_, '_>, group: &Group) -> Vec<Block> {
    let mut blocks = vec![heading(group.name.clone())];
    if group.open {
        blocks.push(Block::item("Kế hoạch không nêu tên cơ quan nào trong nhóm này."));
        return blocks;
    }
    let there = group.members.iter().filter(|id| subject.scene.plan[**id].is_there(subject.scene.as_of));
    blocks.push(Block::item(format!("Gồm {} cơ quan, đơn vị.", there.count())));
    for round in subject.scene.rounds {
        let members = round.members(group);
        let count = |wanted: fn(Validity) -> bool| members.clone().filter(|state| wanted(state.validity)).count();
        let invalid = match count(|validity| matches!(validity, Validity::Invalid(_))) {
            0 => String::new(),
            invalid => format!(", trong đó {invalid} báo cáo chưa hợp lệ"),
        };
        blocks.push(Block::item(format!(
            "Kỳ {}: {}/{} đã gửi báo cáo{invalid}.",
            round.round.short_name,
            count(|validity| validity != Validity::NoReport),
            members.clone().count()
        )));
    }
    blocks.push(closer::agencies_table(&subject.scene, |agency| group.members.contains(&agency.id)));
    blocks
}

pub(super) fn of_tasks(subject: &Subject<'_, '_>, group: &TaskGroup) -> Vec<Block> {
    let mut blocks = vec![heading(format!("{}. {}", group.key, clause(&group.title)))];
    let round =
        status::current(&subject.scene).map(|status| format!(", trạng thái theo kỳ {}", status.round.short_name));
    blocks.push(Block::item(format!("Gồm {} nhiệm vụ{}.", group.tasks.len(), round.unwrap_or_default())));
    blocks.push(closer::tasks_table(&subject.scene, |task| group.tasks.contains(&task.id)));
    blocks
}
