use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::check;

fn leaves(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    let keys: Vec<String> = match value.kind() {
        ValueKind::Map => value.try_iter().unwrap().map(|key| key.to_string()).collect(),
        _ => Vec::new(),
    };
    match path {
        _ if OF_INDICATORS.contains(&format!("{path}.").as_str()) => _ = found.insert(format!("{path}.")),
        _ if keys.is_empty() => _ = found.insert(path.to_owned()),
        _ => keys.iter().for_each(|key| {
            let inner = format!("{path}.{key}");
            leaves(&value.get_attr(key).unwrap(), inner.trim_start_matches('.'), found);
        }),
    }
}

#[test]
fn the_wording_can_be_printed_whatever_rounds_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(root.join("plan").join(name)).unwrap();
    let shipped = read("rounds.yaml");
    let (before, ad_hoc) = shipped.split_at(shipped.find("ad_hoc:").unwrap());
    let third = "  - {id: q3, name: Quý III, short_name: Quý III, title: Kết quả quý III, as_worded: {agencies: trước \
                 10/10/2026, consolidated: trước 20/10/2026}, agencies_before: 2026-10-10, consolidated_before: \
                 2026-10-20, data_from: 2026-07-01, data_to: 2026-09-30}\n";
    let fourth = third.replace("q3", "q4");
    for more in ["".to_owned(), third.to_owned(), format!("{third}{fourth}")] {
        let rounds = format!("{before}{more}{ad_hoc}");
        let text = |path: &str| if path.ends_with("rounds.yaml") { rounds.clone() } else { read(path) };
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("plan");
        std::fs::create_dir_all(copy.join("tasks")).unwrap();
        for file in crate::source::read(root).unwrap().iter().map(|(_, file)| file.path.clone()) {
            if let Some(path) = file.strip_prefix("plan/") {
                std::fs::write(copy.join(path), text(path)).unwrap();
            }
        }
        let files = crate::source::read(folder.path()).unwrap();
        let plan = check::run(&files, check::Clock::on(chrono::NaiveDate::MIN), check::Depth::Errors).plan.unwrap();
        let found: Vec<String> = problems(&plan).into_iter().map(|(_, problem)| problem.message).collect();
        assert_eq!(found, [] as [String; 0], "{more}");
    }
}

#[test]
fn the_comments_of_the_wording_name_what_templates_may_name() {
    let files = crate::source::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let plan = check::run(&files, check::Clock::on(chrono::NaiveDate::MIN), check::Depth::Errors).plan.unwrap();
    let (_, file) = files.find("plan/report.yaml").unwrap();
    let comments = file.text().lines().filter(|line| line.starts_with('#'));
    let of_name = |c: char| c.is_ascii_lowercase() || matches!(c, '_' | '.');
    let told: BTreeSet<String> = comments
        .flat_map(|line| line.split(|c| !of_name(c)))
        .map(|word| if OF_INDICATORS.contains(&word) { word } else { word.trim_end_matches('.') })
        .map(str::to_owned)
        .collect();
    let mut named = BTreeSet::new();
    for scope in scopes(&plan) {
        leaves(&scope.unwrap().full, "", &mut named);
    }
    assert_eq!(named.difference(&told).collect::<Vec<_>>(), [] as [&String; 0], "untold");
    let paths = told.iter().filter(|word| word.contains('.') && !word.starts_with('.'));
    assert_eq!(paths.filter(|word| !named.contains(*word)).collect::<Vec<_>>(), [] as [&String; 0], "told in vain");
}

#[test]
fn what_may_be_absent_is_found_absent_whatever_else_there_is() {
    let files = crate::source::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let plan = check::run(&files, check::Clock::on(chrono::NaiveDate::MIN), check::Depth::Errors).plan.unwrap();
    let scopes = scopes(&plan);
    let dry = Dry::new(&scopes);
    let (place, scope) = places(&scopes).next().unwrap();
    let (absent, list) = ("có khi không có giá trị", "danh sách có khi không có mục nào");
    for (template, wrong, said) in [
        ("{% if totals.fines %}{{ growth.fines }}{% endif %}", "growth.fines", absent),
        ("{% if growth.fines %}{{ growth.fines }}, {{ totals.fines }}{% endif %}", "", ""),
        (r#"{% if round.id == "annual" %}{{ totals.fines }}{% endif %}"#, "totals.fines", absent),
        (r#"{% if round.id == "annual" and totals.fines %}{{ totals.fines }}{% endif %}"#, "", ""),
        (r#"{% if as_of in ["01/7/2026"] %}{{ totals.fines }}{% endif %}"#, "totals.fines", absent),
        // What there is goes with how much there is of it.
        ("{% if reporters.fines == 1 %}{{ sole.fines }}{% endif %}", "", ""),
        ("{% if included > 7 %}{{ parts[0].name }}{% endif %}", "", ""),
        ("{% set one = parts | first %}{% if one %}{{ one.name }}{% endif %}", "one", list),
        ("{% if parts %}{% set one = parts | first %}{{ one.name }}{% endif %}", "", ""),
        (r#"{{ totals.fines | default("chưa có") }}"#, "", ""),
        (r#"{{ totals.fines | default(control) }}"#, "totals.fines | default(control)", ""),
        ("{% for of in parts %}{{ of.number }}{% endfor %}", "of.number", "of.name, of.members"),
        ("{% for of in fields %}{{ of.number }}{% endfor %}", "of.number", "of.name, of.value"),
    ] {
        let found = dry.check(template, place, scope);
        let told = |problem: &Problem| {
            let said = format!("{} {}", problem.message, problem.hint.clone().unwrap_or_default());
            (template[problem.at.clone()].to_owned(), said)
        };
        let (at, told) = found.first().map(told).unwrap_or_default();
        assert!(at == wrong && told.contains(said), "{template}: {at}: {told}");
    }
}
