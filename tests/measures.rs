//! A changed figure of any kind shows everywhere: in JSON, traces, changes since a draft, spreadsheets and the text.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use serde_json::Value as Json;

use crate::common::Workspace;

const REPORT: &str = "reports/annual/so-cong-thuong.yaml";
const DRAFT: &str = "compile --format json -o -";

/// A figure in the report above, what it is changed into, what is counted and how the text tells it before and after.
struct Change {
    from: &'static str,
    to: &'static str,
    id: &'static str,
    label: &'static str,
    /// What the change adds.
    more: u64,
    text: (&'static str, &'static str),
}

const CHANGES: [Change; 6] = [
    Change {
        from: "media_items: 148",
        to: "media_items: 152",
        id: "media_items",
        label: "Số tin, bài, phóng sự, chuyên mục đã đăng, phát",
        more: 4,
        text: ("504 tin, bài", "508 tin, bài"),
    },
    Change {
        from: "state_budget: 412000000",
        to: "state_budget: 1101000000",
        id: "funding.state_budget",
        label: "Kinh phí – Ngân sách nhà nước",
        more: 689_000_000,
        text: ("**3.211,5**", "**3.900,5**"),
    },
    Change {
        from: "state_budget: 412000000",
        to: "state_budget: 1101000000",
        id: "funding",
        label: "Tổng kinh phí đã sử dụng",
        more: 689_000_000,
        text: ("", ""),
    },
    Change {
        from: "banking_insurance: 8",
        to: "banking_insurance: 9",
        id: "complaints_by_field.banking_insurance",
        label: "Số vụ theo lĩnh vực – Ngân hàng, bảo hiểm",
        more: 1,
        text: ("| Ngân hàng, bảo hiểm | 21 | 8,0 |", "| Ngân hàng, bảo hiểm | 22 | 8,3 |"),
    },
    Change {
        from: "fine: 12000000",
        to: "fine: 13000000",
        id: "violators.fine",
        label: "Tiền phạt của tổ chức, cá nhân trong danh sách vi phạm đã công bố",
        more: 1_000_000,
        text: ("**111.000.000**", "**112.000.000**"),
    },
    Change {
        from: "warnings:\n",
        to: "warnings:\n  - {subject: Nước khoáng giả, issued: 2026-10-01}\n",
        id: "warnings.count",
        label: "Số cảnh báo trong danh sách cảnh báo đã phát hành",
        more: 1,
        text: ("", "Nước khoáng giả"),
    },
];

fn json(workspace: &Workspace, line: &str) -> Json {
    let run = workspace.run(line);
    assert_eq!(run.code, 0, "{line}: {}", run.err);
    serde_json::from_str(&run.out).expect("JSON")
}

fn items(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A measure in a draft.
fn measure<'j>(draft: &'j Json, id: &str) -> &'j Json {
    let mut all = items(&draft["totals"]).iter().chain(items(&draft["measures"]));
    all.find(|measure| measure["indicator"] == id).unwrap_or_else(|| panic!("no {id}"))
}

/// What the rows of the spreadsheet's list of sources add up to for an id, or for all under it.
fn in_sources(workspace: &Workspace, id: &str) -> u64 {
    assert_eq!(workspace.run("compile -o nguon.xlsx --force").code, 0);
    let bytes = std::fs::read(workspace.path("nguon.xlsx")).expect("a spreadsheet");
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a spreadsheet");
    let sheet = book.worksheet_range("Nguồn số liệu").expect("the sources");
    let of = |cell: &Data| *cell == id || cell.to_string().starts_with(&format!("{id}."));
    let rows = sheet.rows().filter(|row| of(&row[0]) && row[9] == "cộng vào");
    rows.map(|row| if let Data::Float(value) = row[8] { value as u64 } else { panic!("{:?}", row[8]) }).sum()
}

#[test]
fn a_changed_figure_of_any_kind_shows_everywhere() {
    for Change { from, to, id, label, more, text } in CHANGES {
        let workspace = Workspace::of_repository();
        let draft = json(&workspace, DRAFT);
        let before = measure(&draft, id)["value"].as_u64().expect("a sum");
        let printed = workspace.run("compile --format md -o -").out.replace('\\', "");
        assert!(printed.contains(text.0), "{id}: {}", text.0);
        assert_eq!(in_sources(&workspace, id), before, "{id}");
        workspace.write("truoc.json", draft.to_string());

        workspace.edit(REPORT, from, to);
        let after = before + more;
        let draft = json(&workspace, "compile --since truoc.json --format json -o -");
        assert_eq!(measure(&draft, id)["value"], after, "{id}");
        assert_eq!(in_sources(&workspace, id), after, "{id}");

        let traced = json(&workspace, &format!("trace {id} --format json"));
        assert_eq!((&traced["value"], traced["indicator"].as_str()), (&after.into(), Some(id)));
        assert_eq!(traced["contributions"], measure(&draft, id)["contributions"], "{id}");

        let changed = items(&draft["changes"]["figures"]).iter().find(|change| change["indicator"] == id);
        let changed = changed.unwrap_or_else(|| panic!("{id} is not told"));
        assert_eq!((&changed["before"], &changed["after"]), (&before.into(), &after.into()), "{id}");
        let [by] = items(&changed["by"]) else { panic!("{id}: {changed}") };
        assert_eq!(by["agency"], "so-cong-thuong", "{id}");

        let run = workspace.run("compile --since truoc.json --format md -o -");
        let printed = run.out.replace('\\', "");
        assert!(printed.contains(text.1), "{id}: {}", text.1);
        assert!(printed.contains(&format!("| {label} | ")), "{id}: {label}");
        assert!(!run.err.contains(" 0 số liệu thay đổi"), "{id}: {}", run.err);
    }
}

#[test]
fn every_part_stands_on_its_line_and_is_added_once() {
    let workspace = Workspace::of_repository();
    let draft = json(&workspace, DRAFT);
    assert!(items(&draft["measures"]).len() > 15);
    for measure in items(&draft["measures"]) {
        let id = measure["indicator"].as_str().expect("an id");
        let (mut sum, mut lines) = (0, Vec::new());
        for part in items(&measure["contributions"]) {
            let (value, file) = (part["value"].as_u64().expect("a number"), part["file"].as_str().expect("a file"));
            let line = part["line"].as_u64().expect("a line") as usize;
            let source = workspace.read(file);
            let written = source.lines().nth(line - 1).unwrap_or_default().trim();
            let found = match id {
                "violators.count" => written.starts_with("- name: "),
                "warnings.count" => written.starts_with("- subject: "),
                _ => written.ends_with(&format!(": {value}")),
            };
            assert!(found, "{id}: {file}:{line}: {written}");
            lines.push((file, line));
            sum += value;
        }
        assert_eq!(measure["value"].as_u64().unwrap_or_default(), sum, "{id}");
        let all = lines.len();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), all, "{id}");
    }
    let value = |id: &str| measure(&draft, id)["value"].as_u64().unwrap_or_default();
    for (whole, is_part) in [("funding", "funding."), ("complaints_by_field", "complaints_by_field.")] {
        let ids = items(&draft["measures"]).iter().filter_map(|measure| measure["indicator"].as_str());
        assert_eq!(ids.filter(|id| id.starts_with(is_part)).map(value).sum::<u64>(), value(whole), "{whole}");
    }
    assert_eq!(items(&draft["violators"]).len() as u64, value("violators.count"));
    assert_eq!(items(&draft["warnings"]).len() as u64, value("warnings.count"));
}

#[test]
fn a_draft_that_knows_indicators_alone_is_compared_by_those_alone() {
    let workspace = Workspace::of_repository();
    let mut draft = json(&workspace, DRAFT);
    draft.as_object_mut().expect("an object").remove("measures");
    workspace.write("cu.json", draft.to_string());
    workspace.edit(REPORT, "state_budget: 412000000", "state_budget: 1101000000");
    workspace.edit(REPORT, "media_items: 148", "media_items: 152");
    let changed = json(&workspace, "compile --since cu.json --format json -o -");
    let ids: Vec<&str> =
        items(&changed["changes"]["figures"]).iter().filter_map(|change| change["indicator"].as_str()).collect();
    assert_eq!(ids, ["media_items"]);
    let run = workspace.run("compile --since cu.json --format md -o -");
    assert!(run.err.ends_with("; 1 số liệu thay đổi.\n"), "{}", run.err);
}

#[test]
fn a_short_id_is_enough_where_it_means_one_thing() {
    let workspace = Workspace::of_repository();
    for (written, id) in [
        ("state_budget", "funding.state_budget"),
        ("Funding.State_Budget", "funding.state_budget"),
        ("funding", "funding"),
        ("real_estate", "complaints_by_field.real_estate"),
        // An indicator's id is its own, whatever list is called so.
        ("violators", "violators"),
        ("violators.count", "violators.count"),
        ("fine", "violators.fine"),
        ("warnings", "warnings.count"),
        ("inspections", "inspections"),
    ] {
        assert_eq!(json(&workspace, &format!("trace {written} --format json"))["indicator"], id, "{written}");
    }
    for (line, said) in [
        ("trace other", ["funding.other", "complaints_by_field.other"]),
        ("trace state_budgett", ["có phải “funding.state_budget”", "Kinh phí – Ngân sách nhà nước"]),
        ("trace funding.state-budget", ["có phải “funding.state_budget”", ""]),
        ("trace funding --task III.1", ["không báo theo nhiệm vụ", "--task"]),
    ] {
        let run = workspace.run(line);
        assert_eq!(run.code, 2, "{line}");
        assert!(said.iter().all(|words| run.err.contains(words)), "{line}: {}", run.err);
    }
}

#[test]
fn the_whole_of_a_list_names_its_parts_and_every_figure() {
    let workspace = Workspace::of_repository();
    let screen = workspace.run("trace funding").out;
    for words in [
        "xem: plan trace funding.state_budget --round",
        "Tổng kinh phí đã sử dụng: 4.862.000.000 đồng",
        "412.000.000",
    ] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
}

#[test]
fn the_report_tells_difficulties_in_the_order_and_words_of_the_list() {
    let workspace = Workspace::of_repository();
    let draft = json(&workspace, DRAFT);
    let list = json(&workspace, "difficulties --format json");
    let texts = |remarks: &[Json], kind: &str| -> Vec<String> {
        let of_kind = remarks.iter().filter(|remark| remark["kind"] == kind);
        of_kind.filter_map(|remark| Some(remark["text"].as_str()?.to_owned())).collect()
    };
    let printed = workspace.run("compile --format md -o -").out.replace('\\', "");
    for (kind, key) in [("difficulty", "difficulties"), ("recommendation", "recommendations")] {
        let told = texts(items(&draft[key]), kind);
        let mut listed = texts(items(&list["remarks"]), kind);
        listed.retain(|text| told.contains(text));
        assert_eq!(told, listed, "{key}");
        assert!(told.len() > 20, "{}", told.len());
    }
    // The body puts them together; the annex tells each as it was written.
    // What a single occasion asked for has come to its end.
    let remarks = items(&draft["difficulties"]).iter().chain(items(&draft["recommendations"]));
    for remark in remarks.filter(|remark| remark["ad_hoc"] != true) {
        let text = remark["text"].as_str().expect("a text").trim_end_matches('.');
        let (_, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
        assert!(printed.contains(rest), "not told: {text}");
    }
}
