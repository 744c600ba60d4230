use super::super::petitions::recommendations;
use super::super::steps::next_steps;
use super::*;
use crate::view::report::tests::{BARE, brief};

/// What is printed of what a commune says in one list of its report, one line an entry: whom it is for, its task, its text.
fn told(list: &str, entries: &[(&str, &str, &str)]) -> Vec<String> {
    let entries: String = entries
        .iter()
        .map(|(to, task, text)| {
            let to = if to.is_empty() { String::new() } else { format!(", to: {to}") };
            let task = if task.is_empty() { String::new() } else { format!(", task: {task}") };
            format!("  - {{text: {text}{to}{task}}}\n")
        })
        .collect();
    let report = format!(
        "agency: xa-muong-la\nround: annual\ndocument: {{number: 1/BC-UBND, date: 2026-11-20}}\nreceived: 2026-11-20\n\
         tasks: {{I.1: {{status: done, results: Đã làm.}}}}\n{list}:\n{entries}"
    );
    let files: Vec<_> = BARE.into_iter().chain([("reports/annual/xa-muong-la.yaml", report.as_str())]).collect();
    brief(&files, |brief| {
        let blocks = if list == "difficulties" { difficulties(brief, &[]) } else { recommendations(brief) };
        let texts = blocks.into_iter().filter_map(|block| match block {
            Block::Paragraph { text, .. } => Some(text),
            _ => None,
        });
        texts.map(|text| text.replace(" (xã Mường La)", "")).collect()
    })
}

/// A text of so many words.
fn of(words: usize) -> String {
    format!("Thiếu{}", " xe".repeat(words - 1))
}

#[test]
fn a_theme_heads_what_is_said_unless_one_text_stands_alone() {
    for (entries, expected) in [
        // One petition of three addressees.
        (
            &[("bo-cong-thuong", "I.1", "Cấp xe"), ("ubnd-tinh", "I.1", "Cấp xe"), ("", "I.1", "Cấp xe")][..],
            &["Cấp xe.", "Cấp xe.", "Cấp xe."][..],
        ),
        (
            &[("ubnd-tinh", "I.1", "Cấp xe"), ("ubnd-tinh", "I.1", "Cấp loa")],
            &["Quản lý nhà nước: cấp xe; cấp loa."],
        ),
        (
            &[("ubnd-tinh", "I.1", "Cấp xe"), ("ubnd-tinh", "II.1", "Cấp loa")],
            &["a) Quản lý nhà nước: cấp xe.", "b) Kiểm tra, giải quyết: cấp loa."],
        ),
        // The same theme for two, to one of whom two texts are addressed.
        (
            &[("bo-cong-thuong", "I.1", "Cấp xe"), ("ubnd-tinh", "I.1", "Cấp xe"), ("ubnd-tinh", "I.1", "Cấp loa")],
            &["Cấp xe.", "Quản lý nhà nước: cấp xe; cấp loa."],
        ),
        (&[("ubnd-tinh", "", "Cấp xe")], &["Cấp xe."]),
        (&[("ubnd-tinh", "", "Cấp xe"), ("ubnd-tinh", "", "Cấp loa")], &["Cấp xe; cấp loa."]),
        (
            &[("ubnd-tinh", "I.1", "Cấp xe"), ("ubnd-tinh", "", "Cấp loa")],
            &["a) Quản lý nhà nước: cấp xe.", "b) Nội dung khác: cấp loa."],
        ),
    ] {
        assert_eq!(told("recommendations", entries), expected, "{entries:?}");
    }
    for (entries, expected) in [
        (&[("", "I.1", "Thiếu xe")][..], &["Thiếu xe."][..]),
        (&[("", "I.1", "Thiếu xe"), ("", "I.1", "Thiếu loa")], &["Quản lý nhà nước: thiếu xe; thiếu loa."]),
        (
            &[("", "I.1", "Thiếu xe"), ("", "II.1", "Thiếu loa")],
            &["a) Quản lý nhà nước: thiếu xe.", "b) Kiểm tra, giải quyết: thiếu loa."],
        ),
        // What is not told is counted; of long texts one is told.
        (
            &[("", "I.1", "Thiếu xe"), ("", "I.1", "Thiếu loa"), ("", "I.1", "Thiếu người phiên dịch")],
            &["Quản lý nhà nước: thiếu xe; thiếu loa; và 01 khó khăn khác."],
        ),
        (
            &[("", "I.1", "Thiếu xe"), ("", "I.1", &format!("Thiếu loa{}", " ở bản".repeat(18)))],
            &[&format!("Quản lý nhà nước: thiếu xe; thiếu loa{}.", " ở bản".repeat(18))],
        ),
        (
            &[("", "I.1", "Thiếu xe"), ("", "I.1", &format!("Thiếu loa{}", " ở bản".repeat(19)))],
            &["Quản lý nhà nước: thiếu xe; và 01 khó khăn khác."],
        ),
        // What agencies say is told while there is room; the rest is put together, two texts of it still as they are.
        (
            &[("", "I.1", &of(148)), ("", "II.1", "Thiếu loa"), ("", "", "Thiếu dầu")],
            &[
                &format!("a) Quản lý nhà nước: thiếu{}.", " xe".repeat(147)),
                "b) Kiểm tra, giải quyết: thiếu loa.",
                "c) Nội dung khác: thiếu dầu.",
            ],
        ),
        (
            &[("", "I.1", &of(149)), ("", "II.1", "Thiếu loa"), ("", "", "Thiếu dầu")],
            &[
                &format!("a) Quản lý nhà nước: thiếu{}.", " xe".repeat(148)),
                "b) Nội dung khác: thiếu loa; thiếu dầu.",
            ],
        ),
        (
            &[("", "I.1", &of(149)), ("", "II.1", "Thiếu loa"), ("", "", "Thiếu dầu"), ("", "", "Thiếu nước")],
            &[
                &format!("a) Quản lý nhà nước: thiếu{}.", " xe".repeat(148)),
                "b) Nội dung khác: kiểm tra, giải quyết (01 nội dung); các việc khác (02 nội dung).",
            ],
        ),
    ] {
        assert_eq!(told("difficulties", entries), expected, "{entries:?}");
    }
}

#[test]
fn that_nobody_says_anything_is_one_sentence_of_as_many_reports_as_there_are() {
    let parts = ["không nêu khó khăn, vướng mắc", "không nêu nguyên nhân", "không có kiến nghị, đề xuất"];
    let parts = parts.into_iter().chain(["không nêu phương hướng, nhiệm vụ"]);
    let said = |who: &str| parts.clone().map(|what| format!("{who} {what}.")).collect();
    let none: Vec<String> = vec!["Chưa có báo cáo hợp lệ nào.".to_owned(); 4];
    for (agencies, expected) in [
        (&[][..], none),
        (&[("xa-muong-la", "I.1")], said("Báo cáo được tổng hợp")),
        (&[("xa-muong-la", "I.1"), ("toa-an", "II.2")], said("Các báo cáo được tổng hợp")),
    ] {
        let reports = agencies.iter().map(|(agency, task)| {
            let text = format!(
                "agency: {agency}\nround: annual\ndocument: {{number: 1/BC-UBND, date: 2026-11-20}}\nreceived: \
                 2026-11-20\ntasks: {{{task}: {{status: done, results: Đã làm.}}}}\n"
            );
            (format!("reports/annual/{agency}.yaml"), text)
        });
        let reports: Vec<(String, String)> = reports.collect();
        let reports = reports.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let told = brief(&BARE.into_iter().chain(reports).collect::<Vec<_>>(), |brief| {
            [difficulties(brief, &[]), causes(brief), recommendations(brief), next_steps(brief)]
        });
        let texts = told.iter().flatten().filter_map(|block| match block {
            Block::Paragraph { text, .. } => Some(text.clone()),
            _ => None,
        });
        assert_eq!(texts.collect::<Vec<_>>(), expected, "{agencies:?}");
    }
}
