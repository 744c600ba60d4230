//! What a released version wrote is opened by every later one. Each folder of `tests/releases/` holds, as that
//! version left them, a workspace in which every key of every kind of file stands (so-cong-thuong's report of
//! the year is accepted), a form of xa-muong-la that was filled in with another program (`form.xlsx`), the report
//! that it became (`report.yaml`), and what `compile --format json` wrote before so-cong-thuong corrected 60
//! inspections to 65 (`since.json`); further the fields of all that it printed as JSON (`json-fields.txt`). A folder is
//! added with a release and never changed.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::common::{Workspace, files, read, repository};
use serde_json::Value as Json;
use serde_yaml::Value;

/// The folder of every release, with a copy of its workspace.
fn releases() -> Vec<(PathBuf, Workspace)> {
    let folders = fs::read_dir(repository().join("tests/releases")).expect("releases");
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.expect("a release").path()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    let with_workspace = |folder: PathBuf| {
        let workspace = Workspace::empty();
        for (path, file) in files(&folder.join("workspace")) {
            workspace.write(&path, fs::read(file).expect("a file of the release"));
        }
        (folder, workspace)
    };
    folders.into_iter().map(with_workspace).collect()
}

/// Every value of `old` is in `new`, in its place; `new` may say more.
fn keeps(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Mapping(old), Value::Mapping(new)) => {
            old.iter().all(|(key, value)| new.get(key).is_some_and(|kept| keeps(value, kept)))
        }
        (Value::Sequence(old), Value::Sequence(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| keeps(old, new))
        }
        _ => old == new,
    }
}

#[test]
fn a_workspace_has_no_problem_but_a_notice_and_one_that_was_accepted_and_its_acceptances_hold() {
    for (folder, workspace) in releases() {
        let check = workspace.run("check --strict --format json");
        assert_eq!(check.code, 0, "{}: {}{}", folder.display(), check.out, check.err);
        let problems: Json = serde_json::from_str(&check.out).expect("JSON");
        let problems = problems["problems"].as_array().expect("problems");
        let text = |problem: &Json, key: &str| problem[key].as_str().unwrap_or_default().to_owned();
        let told: Vec<_> =
            problems.iter().map(|found| ["severity", "rule", "accepted"].map(|key| text(found, key))).collect();
        // The first has been told since `folded` came, of a plan without the annex that prints it; nobody has to mend it.
        let expected =
            [["notice", "group-told-nowhere", ""], ["warning", "placeholder", "Văn bản gốc viết như vậy"]];
        assert_eq!(told, expected, "{}", folder.display());

        let shown = workspace.run("show so-cong-thuong --format markdown");
        assert!(shown.out.contains("đã duyệt ngày 23/11/2026"), "{}: {}", folder.display(), shown.out);
    }
}

#[test]
fn a_filled_form_becomes_the_same_report() {
    for (folder, workspace) in releases() {
        let form = folder.join("form.xlsx");
        let run = workspace.run(&format!("form import {} --on 2026-11-20 --format json", form.display()));
        assert_eq!(run.code, 0, "{}: {}{}", folder.display(), run.out, run.err);
        let forms: Json = serde_json::from_str(&run.out).expect("JSON");
        let form = &forms["forms"][0];
        assert_eq!((&form["result"], &form["problems"]), (&Json::from("received"), &Json::Array(Vec::new())));
        let parsed = |text: &str| serde_yaml::from_str::<Value>(text).expect("YAML");
        let (then, now) = (read(&folder.join("report.yaml")), workspace.read("reports/annual/xa-muong-la.yaml"));
        assert!(keeps(&parsed(&then), &parsed(&now)), "{}: {now}", folder.display());
        assert_eq!(workspace.run("check --strict").code, 0, "{}", folder.display());
    }
}

#[test]
fn a_draft_is_compared_with_and_nothing_else_has_changed() {
    for (folder, workspace) in releases() {
        let since = folder.join("since.json");
        let run = workspace.run(&format!("compile --round annual --since {} --format md -o -", since.display()));
        assert_eq!(run.code, 0, "{}: {}", folder.display(), run.err);
        for told in ["1 báo cáo đã sửa", "0 báo cáo mới", "1 số liệu thay đổi"] {
            assert!(run.err.contains(told), "{}: {}", folder.display(), run.err);
        }
        let row = "| Số vụ kiểm tra | 60 | 65 | Sở Công Thương: 60 → 65 |";
        assert!(run.out.contains(row), "{}: {}", folder.display(), run.out);
    }
}

/// The path of every field that a schema tells of, with its type.
fn fields(schema: &Json, root: &Json, path: &str, found: &mut BTreeSet<String>) {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
        return fields(&root["$defs"][name], root, path, found);
    }
    for schema in ["anyOf", "oneOf", "allOf"].iter().filter_map(|of| schema[of].as_array()).flatten() {
        fields(schema, root, path, found);
    }
    if !schema["items"].is_null() {
        fields(&schema["items"], root, &format!("{path}[]"), found);
    }
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        fields(schema, root, &format!("{path}.{name}"), found);
    }
    match &schema["type"] {
        Json::String(kind) => drop(found.insert(format!("{path}: {kind}"))),
        Json::Array(kinds) => {
            found.extend(kinds.iter().filter_map(Json::as_str).map(|kind| format!("{path}: {kind}")))
        }
        _ => {}
    }
}

#[test]
fn a_field_may_join_what_is_printed_as_json_and_none_goes() {
    let workspace = Workspace::of_repository();
    let kinds: Json = serde_json::from_str(&workspace.run("schema --format json").out).expect("JSON");
    let mut found = BTreeSet::new();
    for kind in kinds["kinds"].as_array().expect("kinds").iter().filter_map(|kind| kind["name"].as_str()) {
        if kind.ends_with("-output") {
            let schema: Json = serde_json::from_str(&workspace.run(&format!("schema {kind}")).out).expect("JSON");
            fields(&schema, &schema, kind, &mut found);
            assert!(found.contains(&format!("{kind}.schema_version: integer")), "{kind}");
        }
    }
    for (folder, _) in releases() {
        let old = read(&folder.join("json-fields.txt"));
        let gone: Vec<&str> = old.lines().filter(|field| !found.contains(*field)).collect();
        assert_eq!(gone, [] as [&str; 0], "{}", folder.display());
    }
}
