use super::*;
use crate::workspace::tests::{day, fixture};

/// A report of the court that says nothing but these remarks, received on a day.
fn report(round: &str, received: &str, remarks: &str) -> (String, String) {
    let (name, told) = match round {
        "ad-hoc" => (format!("{received}-toa-an"), format!("date: {received}\nsubject: Việc khẩn\ntasks: {{}}\n")),
        _ => ("toa-an".to_owned(), "tasks: {II.2: {status: in-progress, results: Đang giải quyết.}}\n".to_owned()),
    };
    let text = format!("agency: toa-an\nround: {round}\nreceived: {received}\n{told}{remarks}");
    (format!("reports/{round}/{name}.yaml"), text)
}

/// Does something with what the court says, on the day 2026-11-25.
fn said(files: &[(String, String)], look: impl FnOnce(&Plan, &[&Remark<'_>])) {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let workspace = fixture(&files, "2026-11-25", None);
    let remarks = remarks(&workspace);
    let of_court: Vec<_> = remarks.iter().filter(|remark| remark.agency.key == "toa-an").collect();
    look(&workspace.plan, &of_court);
}

#[test]
fn a_last_day_holds_until_the_agency_asks_again_after_it() {
    let again = "recommendations: [{to: ubnd-tinh, text: Bố trí phòng xử.}]\n";
    let expires = |days: &[&str]| {
        let asked = days.iter().map(|day| format!("{{to: ubnd-tinh, text: Bố trí phòng xử, expires: {day}}}"));
        format!("recommendations: [{}]\n", asked.collect::<Vec<_>>().join(", "))
    };
    let annual = |received: &str, remarks: &str| Some(report("annual", received, remarks));
    for (days, then, last) in [
        (&["2026-11-18"][..], None, Some("2026-11-18")),
        (&["2026-11-18"], annual("2026-11-18", again), Some("2026-11-18")),
        (&["2026-11-17"], annual("2026-11-18", again), None),
        (&["2026-11-17"], annual("2026-11-18", &expires(&["2026-12-31"])), Some("2026-12-31")),
        // Who knows when it was asked again?
        (&["2026-11-18"], annual("hôm qua", again), None),
        // Said twice in one report.
        (&["2026-11-17", "2026-11-18"], None, Some("2026-11-18")),
        (&["2026-11-18", "2026-11-17"], None, Some("2026-11-18")),
        (&["2026-11-18", "null"], None, Some("2026-11-18")),
    ] {
        let first = report("consumer-day", "2026-06-05", &expires(days));
        let files: Vec<_> = [first].into_iter().chain(then.clone()).collect();
        said(&files, |_, remarks| {
            let found: Vec<_> = remarks.iter().map(|remark| remark.expires).collect();
            assert_eq!(found, [last.map(day)], "{days:?} {then:?}");
        });
    }
}

/// What was carried over from 2025: the round, the other fields, the text.
fn carried(remarks: &[(&str, &str, &str)]) -> (String, String) {
    let items = remarks.iter().enumerate().map(|(at, (round, fields, text))| {
        format!(
            "  - {{id: 0000000{at}, kind: difficulty, agency: toa-an, year: 2025, round: {round}, text: {text}{fields}}}\n"
        )
    });
    ("plan/carried.yaml".to_owned(), format!("remarks:\n{}", items.collect::<String>()))
}

#[test]
fn what_was_carried_over_is_open_from_its_day_and_without_one_from_the_first() {
    let day = |day: &str| format!(", since: {day}");
    let remarks = carried(&[
        ("annual", &day("2026-11-25"), "Hôm nay"),
        ("annual", &day("2026-11-26"), "Ngày mai"),
        ("annual", "", "Không rõ ngày"),
    ]);
    said(&[remarks], |_, remarks| {
        let texts: Vec<_> = remarks.iter().map(|remark| remark.text.value.as_str()).collect();
        assert_eq!(texts, ["Không rõ ngày", "Hôm nay"]);
    });
}

#[test]
fn what_one_report_tells_together_is_of_one_task_or_urgent() {
    let june = "difficulties:\n  - {text: Thiếu người, task: II.2}\n  - {text: Thiếu phòng}\n  - {text: Thiếu xe}\n\
                recommendations:\n  - {text: Bố trí người, task: II.2}\n  - {text: Bố trí máy, task: II.1}\n";
    let files = [
        report("consumer-day", "2026-06-05", june),
        report("annual", "2026-11-18", "difficulties: [{text: Thiếu người, task: II.2}]\n"),
        report(
            "ad-hoc",
            "2026-08-05",
            "difficulties: [{text: Mất điện}]\nrecommendations: [{text: Cấp máy phát, task: II.1}]\n",
        ),
        carried(&[
            ("annual", ", since: 2025-11-18, task: II.2", "Án tồn"),
            ("annual", ", since: 2025-11-18, task: II.2", "Án khó"),
            ("annual", ", since: 2025-11-18, task: II.1", "Kho chật"),
            ("annual", ", since: 2025-11-19, task: II.2", "Án mới"),
            ("annual", ", since: 2025-11-18", "Nhà cũ"),
            ("annual", ", since: 2025-11-18", "Xe cũ"),
            ("ad-hoc", ", since: 2025-11-18", "Lũ quét"),
            ("ad-hoc", ", since: 2025-11-18, task: II.1", "Sạt lở"),
            ("ad-hoc", ", since: 2025-11-19", "Mưa đá"),
        ]),
    ];
    said(&files, |plan, remarks| {
        let of = |text: &str| remarks.iter().find(|remark| remark.text.value == text).unwrap();
        for (one, other, together) in [
            ("Thiếu người", "Bố trí người", true),
            ("Thiếu người", "Bố trí máy", false),
            ("Thiếu người", "Thiếu phòng", false),
            ("Thiếu phòng", "Thiếu xe", false),
            ("Mất điện", "Cấp máy phát", true),
            ("Mất điện", "Thiếu phòng", false),
            ("Bố trí máy", "Cấp máy phát", false),
            ("Án tồn", "Án khó", true),
            ("Án tồn", "Kho chật", false),
            ("Án tồn", "Án mới", false),
            ("Án tồn", "Thiếu người", false),
            ("Nhà cũ", "Xe cũ", false),
            ("Nhà cũ", "Lũ quét", false),
            ("Lũ quét", "Sạt lở", true),
            ("Lũ quét", "Mưa đá", false),
            ("Lũ quét", "Mất điện", false),
        ] {
            for (one, other) in [(one, other), (other, one)] {
                assert_eq!(of(one).is_told_with(of(other), plan), together, "{one}, {other}");
            }
        }
    });
}

#[test]
fn what_is_asked_is_the_same_however_one_begins() {
    let to = Kind::Recommendation { to: Some("ubnd-tinh") };
    for (kind, key, told) in [
        (to, "tang kinh phi", "tang kinh phi"),
        (to, "de nghi tang kinh phi", "tang kinh phi"),
        (to, "kinh de nghi xem xet tang kinh phi", "tang kinh phi"),
        (to, "kien nghi quan tam tang kinh phi", "tang kinh phi"),
        (to, "de xuat tang kinh phi", "tang kinh phi"),
        // No opening: another word, another place, nothing behind it.
        (to, "de nghiep doan tang kinh phi", "de nghiep doan tang kinh phi"),
        (to, "kinh doanh hang gia", "kinh doanh hang gia"),
        (to, "tang kinh phi de nghi som", "tang kinh phi de nghi som"),
        (to, "de nghi", "de nghi"),
        (Kind::Difficulty, "de xuat cham duoc tra loi", "de xuat cham duoc tra loi"),
    ] {
        assert_eq!(asked(kind, key), told, "{key}");
    }
}
