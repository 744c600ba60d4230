//! What is other in a report than in its version before, in words: which part by the names of the plan, and each value as
//! its declaration says that it is meant.

use schemars::JsonSchema;
use serde::Serialize;

use crate::arrivals::Moved;
use crate::model::{Period, Plan, Report};
use crate::record::{Ids, Names, Shape, parse_date};
use crate::vietnamese::{cut, date, number, one_line};

/// A part of a report that is other now.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct MovedJson {
    /// `tasks.III.5.figures.inspections`
    path: String,
    #[serde(skip)]
    line: String,
    old: Option<String>,
    new: Option<String>,
}

impl MovedJson {
    pub(crate) fn new(moved: &Moved, plan: &Plan) -> Self {
        let (label, shape) = label(&moved.path, plan);
        let value = |value: &Option<String>| match value.as_deref() {
            None => "không có".to_owned(),
            Some(text) => shape.and_then(|shape| meant(shape, text, plan)).unwrap_or_else(|| brief(text)),
        };
        Self {
            path: moved.path.join("."),
            line: format!("{label}: {} → {}", value(&moved.old), value(&moved.new)),
            old: moved.old.clone(),
            new: moved.new.clone(),
        }
    }

    /// `III.5, Số vụ kiểm tra: 318 → 319`
    pub(crate) fn line(&self) -> String {
        self.line.clone()
    }
}

/// A part of a report in words, and what can stand there where that is declared.
fn label(path: &[String], plan: &Plan) -> (String, Option<&'static Shape>) {
    let mut words: Vec<String> = Vec::new();
    let mut shape = Some(&Shape::Record(Report::RECORD));
    for key in path {
        match (shape, words.last_mut()) {
            (Some(Shape::Record(_) | Shape::Either(..)), _) => words.extend(word(key).map(str::to_owned)),
            (Some(Shape::Table(ids, _)), _) => words.push(name(plan, *ids, key).unwrap_or_else(|| key.clone())),
            (Some(Shape::List(_)), Some(list)) => {
                let at = key.parse::<usize>().map_or_else(|_| key.clone(), |at| (at + 1).to_string());
                *list += &format!(" {at}");
            }
            _ => {}
        }
        shape = shape.and_then(|shape| shape.under(key)).map(|(below, _)| below);
    }
    (if words.is_empty() { path.join(", ") } else { words.join(", ") }, shape)
}

/// What a value means as it is declared; `None` of words.
fn meant(shape: &Shape, text: &str, plan: &Plan) -> Option<String> {
    match shape {
        // A year is no amount.
        Shape::Either(_, [Shape::Pattern(..), Shape::Number(..)]) => Period::parse(text).map(Period::words),
        Shape::Either(_, shapes) => shapes.iter().find_map(|shape| meant(shape, text, plan)),
        Shape::Record(record) => meant(record.fields.first()?.shape, text, plan),
        Shape::Number(..) => text.parse().ok().map(number),
        Shape::Date => parse_date(text).map(date),
        Shape::Choice(_, words) => words.iter().find(|(id, _)| *id == text).map(|(_, label)| (*label).to_owned()),
        Shape::Id(ids) => name(plan, *ids, text),
        Shape::Flag => Some(if text == "true" { "có" } else { "không" }.to_owned()),
        _ => None,
    }
}

fn name(plan: &Plan, ids: Ids, id: &str) -> Option<String> {
    let known = plan.known(ids).into_iter().filter(|_| ids != Ids::Tasks);
    known.into_iter().find(|(known, _)| *known == id).map(|(_, name)| name.to_owned())
}

/// What a key of a report is called; `None` where what is under it says enough.
fn word(key: &str) -> Option<&str> {
    Some(match key {
        "tasks" | "figures" | "value" | "text" => return None,
        "status" => "trạng thái",
        "results" => "kết quả",
        "highlight" => "điểm nổi bật",
        "reason" => "lý do",
        "completed" => "ngày hoàn thành",
        "evidence" => "tài liệu kiểm chứng",
        "document" => "văn bản",
        "number" => "số",
        "date" => "ngày",
        "signer" => "người ký",
        "contact" => "đầu mối",
        "name" => "tên",
        "post" | "position" => "chức vụ",
        "unit" => "đơn vị",
        "email" => "thư điện tử",
        "hotline" => "đường dây nóng",
        "link" => "đường dẫn",
        "phone" => "điện thoại",
        "funding" => "kinh phí",
        "difficulties" => "khó khăn",
        "cause" => "nguyên nhân",
        "recommendations" => "kiến nghị",
        "to" => "nơi nhận",
        "task" => "nhiệm vụ",
        "theme" => "nhóm vấn đề",
        "expires" => "có giá trị đến",
        "next_steps" => "nhiệm vụ kỳ tới",
        "when" => "thời gian",
        "complaints_by_field" => "khiếu nại theo lĩnh vực",
        "carried_over" => "năm trước chuyển sang",
        "counted_by" => "cơ quan tính",
        "itself_alone" => "số của riêng cơ quan",
        "sources" => "nguồn",
        "of" => "cơ quan",
        "at" => "nơi ghi",
        "coverage" => "mức đầy đủ",
        "reported" => "đã báo cáo",
        "expected" => "phải báo cáo",
        "violators" => "đối tượng vi phạm",
        "address" => "địa chỉ",
        "violation" => "hành vi",
        "decision" => "quyết định",
        "fine" => "tiền phạt",
        "published" => "ngày công bố",
        "published_on" => "nơi công bố",
        "warnings" => "cảnh báo",
        "subject" => "trích yếu",
        "content" => "nội dung",
        "issued" => "ngày phát hành",
        "channel" => "kênh phát hành",
        "publishable" => "văn bản cho phép nêu tên",
        "until" => "công khai đến hết ngày",
        "kind" => "tổ chức hay cá nhân",
        other => other,
    })
}

/// The first words of a text.
fn brief(text: &str) -> String {
    const MOST: usize = 60;
    cut(&one_line(text), MOST)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::check::{Clock, Depth};
    use crate::source;
    use crate::workspace::Workspace;

    #[test]
    fn a_value_is_told_as_it_is_meant() {
        let files = source::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let today = chrono::NaiveDate::from_ymd_opt(2026, 12, 3).unwrap();
        let plan = Workspace::on(files, Clock::on(today), Depth::Reports).unwrap().plan;
        for (path, old, new, line) in [
            ("tasks/III.5/figures/inspections/value", "1318", "319", "III.5, Số vụ kiểm tra: 1.318 → 319"),
            (
                "tasks/III.5/figures/inspections",
                "1318",
                "nothing-arose",
                "III.5, Số vụ kiểm tra: 1.318 → không phát sinh",
            ),
            (
                "tasks/V.1/figures/complaints_received/carried_over",
                "3",
                "4",
                "V.1, Số phản ánh, yêu cầu, khiếu nại tiếp nhận, năm trước chuyển sang: 3 → 4",
            ),
            (
                "tasks/III.5/figures/inspections/sources/2/value",
                "8",
                "18",
                "III.5, Số vụ kiểm tra, nguồn 3: 8 → 18",
            ),
            ("coverage/reported", "4", "5", "mức đầy đủ, đã báo cáo: 4 → 5"),
            ("tasks/III.5/status", "done", "in-progress", "III.5, trạng thái: hoàn thành → đang thực hiện"),
            ("tasks/III.5/completed", "2026-03-05", "2026-11-20", "III.5, ngày hoàn thành: 05/3/2026 → 20/11/2026"),
            ("next_steps/0/when", "2027", "2027-Q1", "nhiệm vụ kỳ tới 1, thời gian: năm 2027 → quý I/2027"),
            ("next_steps/1", "Họp năm 2027", "Họp", "nhiệm vụ kỳ tới 2: Họp năm 2027 → Họp"),
            (
                "difficulties/2/theme",
                "staff",
                "e-commerce",
                "khó khăn 3, nhóm vấn đề: Nhân lực, phương tiện, thẩm quyền → Bán hàng trên mạng",
            ),
            ("recommendations/0/to", "ubnd-tinh", "khac", "kiến nghị 1, nơi nhận: UBND tỉnh → khac"),
            ("recommendations/0/task", "III.5", "III.6", "kiến nghị 1, nhiệm vụ: III.5 → III.6"),
            ("funding/state_budget", "85000000", "9", "kinh phí, Ngân sách nhà nước: 85.000.000 → 9"),
            // What is no amount is not written like one.
            ("contact/phone", "02123852001", "0912345678", "đầu mối, điện thoại: 02123852001 → 0912345678"),
            ("document/number", "1342", "1342/BC-SYT", "văn bản, số: 1342 → 1342/BC-SYT"),
            ("khac/1", "2027", "2028", "khac: 2027 → 2028"),
        ] {
            let path = path.split('/').map(str::to_owned).collect();
            let moved = Moved { path, old: Some(old.to_owned()), new: Some(new.to_owned()) };
            assert_eq!(MovedJson::new(&moved, &plan).line(), line);
        }
    }
}
