//! A round: deadlines, data, tasks, counts, who is missing.

use super::{Subject, heading};
use crate::doc::Block;
use crate::model::Reporting;
use crate::status::{AgencyStatus, RoundStatus, Validity};
use crate::vietnamese::date;
use crate::view::status::overview;

pub(super) fn blocks(subject: &Subject<'_, '_>) -> Vec<Block> {
    let scene = &subject.scene;
    let mut blocks = Vec::new();
    for status in scene.rounds {
        let round = status.round;
        blocks.push(heading(round.name.clone()));
        blocks.push(Block::item(format!("Trích yếu báo cáo tổng hợp: {}.", round.title)));
        blocks.push(Block::item(format!(
            "Số liệu tính từ ngày {} đến ngày {}.",
            date(round.data_from),
            date(round.data_to)
        )));
        let all = scene.plan.tasks.iter().count();
        blocks.push(Block::item(match &round.tasks {
            None => format!("Báo cáo cả {all} nhiệm vụ."),
            Some(_) => {
                let ids: Vec<&str> = status.tasks.iter().map(|state| state.task.key.as_str()).collect();
                format!("Báo cáo {}/{all} nhiệm vụ: {}.", ids.len(), ids.join(", "))
            }
        }));
        blocks.push(heading("HẠN GỬI"));
        blocks.extend(overview::deadlines(scene, |_| true));
        blocks.extend([heading("TIẾN ĐỘ GỬI BÁO CÁO"), overview::rounds_table(scene.rounds, overview::bar)]);
        blocks.extend(overview::acts(status));
        blocks.extend(missing(subject, status));
    }
    blocks
}

/// Who sent nothing, and whose report is not valid.
fn missing(subject: &Subject<'_, '_>, status: &RoundStatus<'_>) -> Vec<Block> {
    type Wanted = fn(&AgencyStatus<'_>) -> bool;
    let lists: [(&str, Wanted); 3] = [
        ("CHƯA GỬI", |state| state.is_missing()),
        ("CHƯA HỢP LỆ, ĐỀ NGHỊ BỔ SUNG", |state| matches!(state.validity, Validity::Invalid(_))),
        ("ĐƯỢC ĐỀ NGHỊ BÁO CÁO, CHƯA GỬI", |state| {
            state.validity == Validity::NoReport && state.agency.reporting == Reporting::Requested
        }),
    ];
    let mut blocks = Vec::new();
    for (title, wanted) in lists {
        let agencies: Vec<&AgencyStatus<'_>> = status.agencies.iter().filter(|state| wanted(state)).collect();
        if !agencies.is_empty() {
            blocks.push(heading(format!("{title}: {} cơ quan", agencies.len())));
            blocks.extend(overview::names(subject.scene.plan, status, &agencies, usize::MAX));
        }
    }
    blocks
}
