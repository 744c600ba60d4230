//! What the counts of the report are called.

use crate::model::{Level, Plan};
use crate::view::level;

/// What is counted by the last part of a name; an empty one stands for any other.
type Words = [(&'static str, &'static str)];

/// The words of counts, by the first part of their names.
const WORDS: &[(&[&str], &Words)] = &[
    (
        &["reports", "coverage"],
        &[
            ("expected", "cơ quan phải gửi báo cáo"),
            ("received", "cơ quan phải gửi đã gửi báo cáo"),
            ("on_time", "cơ quan gửi báo cáo đúng hạn"),
            ("late", "cơ quan gửi báo cáo muộn"),
            ("missing", "cơ quan chưa gửi báo cáo"),
            ("overdue", "cơ quan quá hạn chưa gửi báo cáo"),
            ("invalid", "báo cáo chưa hợp lệ"),
            ("included", "báo cáo được tổng hợp"),
            ("requested", "cơ quan được đề nghị báo cáo"),
            ("requested_received", "cơ quan được đề nghị đã gửi báo cáo"),
            ("paper_alone", "cơ quan mới gửi bản giấy"),
            ("accepted", "báo cáo đã duyệt"),
            ("silent_ever", "cơ quan không gửi báo cáo kỳ nào"),
        ],
    ),
    (&["days_overdue"], &[("days_overdue", "ngày quá hạn gửi báo cáo")]),
    (&["ad_hoc"], &[("ad_hoc", "báo cáo đột xuất trong thời gian lấy số liệu")]),
    (&["ad_hoc_expired"], &[("ad_hoc_expired", "kiến nghị đột xuất đã qua thời điểm thực hiện")]),
    (&["funding_reports"], &[("funding_reports", "báo cáo có nêu kinh phí")]),
    (&["funding_silent"], &[("funding_silent", "báo cáo không nêu kinh phí")]),
    (
        &["tasks", "task_groups"],
        &[
            ("total", "nhiệm vụ"),
            ("done", "nhiệm vụ hoàn thành"),
            ("in_progress", "nhiệm vụ đang thực hiện"),
            ("partly_reported", "nhiệm vụ mới có báo cáo của một phần cơ quan chủ trì"),
            ("not_started", "nhiệm vụ chưa thực hiện"),
            ("nothing_arose", "nhiệm vụ không phát sinh"),
            ("not_applicable", "nhiệm vụ không áp dụng"),
            ("no_report", "nhiệm vụ chưa có báo cáo của cơ quan chủ trì"),
            ("overdue", "nhiệm vụ quá hạn"),
            ("leads", "lượt cơ quan chủ trì"),
            ("reported", "lượt cơ quan chủ trì đã báo cáo"),
            ("silent_leads", "cơ quan chủ trì chưa báo cáo, trừ thành viên nhóm gộp"),
            (
                "silent_in_part",
                "cơ quan chủ trì chưa báo cáo nhiệm vụ mà cơ quan khác đã báo cáo, trừ thành viên nhóm gộp",
            ),
        ],
    ),
    (&["difficulties"], &[("total", "khó khăn"), ("themes", "nhóm khó khăn"), ("", "cơ quan nêu khó khăn")]),
    (
        &["recommendations", "own_recommendations"],
        &[("total", "kiến nghị"), ("themes", "nội dung kiến nghị sau khi gộp"), ("", "cơ quan kiến nghị")],
    ),
    (&["steps_by_time"], &[("steps", "việc của kỳ tới"), ("agencies", "cơ quan nêu việc của kỳ tới")]),
    (
        &["leads"],
        &[
            ("total", "cơ quan chủ trì phải báo cáo"),
            ("reported", "cơ quan chủ trì đã báo cáo"),
            ("done", "cơ quan chủ trì nêu đã hoàn thành"),
            ("in_progress", "cơ quan chủ trì nêu đang thực hiện"),
            ("not_started", "cơ quan chủ trì nêu chưa thực hiện"),
            ("nothing_arose", "cơ quan chủ trì nêu không phát sinh"),
            ("not_applicable", "cơ quan chủ trì nêu không thuộc diện thực hiện"),
        ],
    ),
    (&["next_steps"], &[("", "đơn vị nêu việc của kỳ tới")]),
];

/// What of a thing is counted, in a count's name.
pub(super) fn last(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

/// `Số nhiệm vụ hoàn thành – Kiểm tra, giám sát`
pub(super) fn label(plan: &Plan, key: &str, of: &str) -> String {
    let (first, last) = (key.split('.').next().unwrap_or_default(), last(key));
    let known = || WORDS.iter().filter(|(firsts, _)| firsts.contains(&first)).flat_map(|(_, words)| *words);
    let words = known().find(|(id, _)| *id == last).or_else(|| known().find(|(id, _)| id.is_empty()));
    let members = match last {
        "province" if key.contains(".levels.") => Some(level(plan, Level::Province)),
        "requested" if key.contains(".levels.") => Some(level(plan, Level::Requested)),
        _ => plan.groups.iter().find(|group| group.key == last).map(|group| group.name.as_str()),
    };
    let all = match (first, of) {
        ("coverage", "") => "các cơ quan phải báo cáo",
        ("steps_by_time", "") => "không nêu thời gian",
        _ => "",
    };
    let of = [of, members.unwrap_or_default(), all].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let of = if of.is_empty() { String::new() } else { format!(" – {}", of.join(", ")) };
    format!("Số {}{of}", words.map_or(key, |(_, words)| words))
}
