//! The schema of a kind of file says what the reader says: generated mistakes are held against both. The schema is read by
//! a few lines here that know no more of it than its standard says, and by a validator of others in `tests/readers/`.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use regex_lite::Regex;
use serde_json::Value as Json;
use serde_yaml::Value as Yaml;

use super::{FILES, text};
use crate::check::{self, Checked, Clock, Depth};
use crate::diagnostic::Sink;
use crate::model::{Accepted, Act, DraftFile, Illustrative, NEEDED, Plan, Report};
use crate::record::{self, Items, Record, Shape};
use crate::source::{self, Files};
use crate::validate;

/// A workspace in which every key of every kind of file stands.
const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/releases/0.1.0/workspace");

/// Where a file of each kind stands in it.
const PATHS: &[(&str, &str)] = &[
    ("report", "reports/annual/so-cong-thuong.yaml"),
    ("report", "reports/ad-hoc/2026-08-05-xa-muong-la.yaml"),
    ("register", "reports/annual/register.yaml"),
    ("draft", "reports/annual/draft.yaml"),
    ("accepted", "reports/annual/accepted.yaml"),
    ("illustrative", "reports/illustrative.yaml"),
    ("plan", "plan/plan.yaml"),
    ("agencies", "plan/agencies.yaml"),
    ("task", "plan/tasks/I.yaml"),
    ("rounds", "plan/rounds.yaml"),
    ("indicators", "plan/indicators.yaml"),
    ("holidays", "plan/holidays.yaml"),
    ("wording", "plan/report.yaml"),
    ("carried", "plan/carried.yaml"),
    ("previous", "plan/previous.yaml"),
];

const CARRIED: &str = "\
remarks:
  - {id: 0a1b2c3d, kind: recommendation, agency: so-cong-thuong, since: 2025-08-20, year: 2025, round: annual, to: ubnd-tinh,
     task: II.1, expires: 2026-12-31, text: Bố trí xe, cause: Chưa mua, illustrative: true}
";

const PREVIOUS: &str = "\
rounds:
  annual:
    data_from: 2025-01-01
    data_to: 2025-11-20
    source: Báo cáo số 512/BC-SCT ngày 03/12/2025
    illustrative: true
    figures:
      inspections: 41
      complaints_received: {total: 40, agencies: {so-cong-thuong: 12, xa-muong-la: {value: 0, itself_alone: true}},
        unit: vụ, carried_over: 2, source: Sổ theo dõi}
";

/// An act of each kind, the first with all that an act can hold.
const REGISTER: &str = "\
- {act: accept, agency: so-cong-thuong, date: 2026-11-20, entered: 2026-11-20T08:00:00, by: A, number: 1/BC, signed: 2026-11-19,
   until: 2026-12-02, of: accept, content: v1-0123456789abcdef, id: 0a1b2c3d, text: A, file: a.pdf, note: A,
   sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, reports: {so-cong-thuong: v1-0123456789abcdef},
   beside: v1-0123456789abcdef}
- {act: paper, agency: so-cong-thuong, date: 2026-11-20}
- {act: remind, agency: so-cong-thuong, date: 2026-11-20}
- {act: extend, agency: so-cong-thuong, date: 2026-11-20, until: 2026-12-02}
- {act: settle, date: 2026-11-20, id: 0a1b2c3d}
- {act: withdraw, date: 2026-11-20, of: settle}
- {act: issue, date: 2026-11-20}
";

/// An edit of each kind, the first with all that an edit can hold.
const DRAFT: &str = "\
edits:
  - {block: II.1/so-y-te, kind: move, after: II.1, under: II. B, base: A, text: B 12 vụ, figures: [12 vụ], by: A, date: 2026-11-20,
     as_of: 2026-11-19}
  - {block: II.1, kind: replace, base: A, text: B, date: 2026-11-20}
  - {block: II.1/+0a1b2c3d, kind: insert, text: B, date: 2026-11-20}
  - {block: II.2, kind: delete, base: A, date: 2026-11-20}
";

const ACCEPTED: &str = "\
accepted:
  - {agency: so-cong-thuong, date: 2026-11-20, by: A, sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}
";

/// Rules of which a schema can know: the others need more than one value, or more than one file.
const KNOWN: &[&str] = &[
    "unknown-key",
    "missing-field",
    "wrong-shape",
    "not-a-date",
    "not-a-number",
    "malformed-email",
    "unknown-agency",
    "unknown-task",
    "unknown-indicator",
    "unknown-round",
    "unknown-status",
    "unknown-value",
    "unacceptable-rule",
];

/// So many changes of a file are tried.
const MOST: usize = 700;

#[derive(Debug, Clone)]
enum Step {
    Key(String),
    At(usize),
}

/// A place in a file and what is put there; nothing where it is taken away.
type Change = (Vec<Step>, Option<Yaml>);

/// As many as a prime number, so that every n-th change takes its turn with each.
fn values() -> Vec<Yaml> {
    let yaml = "[null, true, false, abc, '', '   ', 12, 0, -1, 1.5, '12', 2026-06-09, 2026-02-30, 1944-12-31, 9/6/2026, 100000000000000, \
                100000000000001, [], [abc], [null], {}, {abc: abc}, khong-co, '38', 38, '02035', XIV, done, nothing-arose]";
    serde_yaml::from_str::<Vec<Yaml>>(yaml).unwrap()
}

/// Days that there are and days that there are not.
fn days() -> Vec<Yaml> {
    let years = ["1900", "1944", "1945", "1999", "2000", "2024", "2026", "2100", "2101", "226"];
    let days = |year: &'static str| {
        (0..14).flat_map(move |month| {
            [0, 1, 28, 29, 30, 31, 32].map(|day| format!("{year}-{month:02}-{day:02}").into())
        })
    };
    years
        .into_iter()
        .flat_map(days)
        .chain(["2026-6-9".into(), "2026-06-09T00:00:00".into(), " 2026-06-09".into()])
        .collect()
}

/// Every mistake, and what is none, at every place of a value of this shape.
fn changes(shape: &'static Shape, value: &Yaml, place: &[Step], found: &mut Vec<Change>) {
    let at = |step: Step| [place, &[step]].concat();
    found.extend(values().into_iter().map(|value| (place.to_vec(), Some(value))));
    match (shape, value) {
        (Shape::Date, _) if place.len() == 1 => {
            found.extend(days().into_iter().map(|day| (place.to_vec(), Some(day))))
        }
        (Shape::Record(record), Yaml::Mapping(_)) => changes_of_record(record, value, place, found),
        (Shape::List(item), Yaml::Sequence(items)) => {
            // Of one that is a file every item is another kind of act; of others the first stands for all.
            let tried = if place.is_empty() { items.len() } else { 1 };
            for (index, value) in items.iter().take(tried).enumerate() {
                changes(item, value, &at(Step::At(index)), found);
            }
        }
        (Shape::Table(_, row), Yaml::Mapping(rows)) => {
            if let Some((key, value)) = rows.iter().next() {
                found.push((at(Step::Key("khong-co".to_owned())), Some(value.clone())));
                changes(row, value, &at(Step::Key(key.as_str().unwrap().to_owned())), found);
            }
        }
        (Shape::Either(_, shapes), Yaml::Mapping(_)) => {
            let record = shapes.iter().find(|shape| matches!(shape, Shape::Record(_)));
            record.into_iter().for_each(|shape| changes(shape, value, place, found));
        }
        _ => {}
    }
}

fn changes_of_record(record: &'static Record, value: &Yaml, place: &[Step], found: &mut Vec<Change>) {
    let at = |key: &str| [place, &[Step::Key(key.to_owned())]].concat();
    found.push((at("khong_co"), Some("abc".into())));
    for field in record.fields {
        found.push((at(field.key), None));
        changes(field.shape, value.get(field.key).unwrap_or(&Yaml::Null), &at(field.key), found);
    }
}

fn changed(value: &Yaml, (place, put): &Change) -> Yaml {
    fn apply(value: &mut Yaml, place: &[Step], put: Option<&Yaml>) {
        match (place, value) {
            ([], value) => *value = put.cloned().unwrap_or_default(),
            ([Step::Key(key)], Yaml::Mapping(fields)) if put.is_none() => {
                fields.remove(key.as_str());
            }
            ([Step::Key(key), rest @ ..], Yaml::Mapping(fields)) => {
                apply(fields.entry(key.as_str().into()).or_insert(Yaml::Null), rest, put);
            }
            ([Step::At(at), rest @ ..], Yaml::Sequence(items)) => apply(&mut items[*at], rest, put),
            (place, value) => panic!("{place:?} in {value:?}"),
        }
    }
    let mut value = value.clone();
    apply(&mut value, place, put.as_ref());
    value
}

/// Whether a value is valid under a schema, as far as the words go that schemas of files are written in.
fn is_valid(schema: &Json, root: &Json, value: &Json) -> bool {
    let holds = |schema: &Json| is_valid(schema, root, value);
    let all = |schemas: &Json| schemas.as_array().unwrap().iter().map(holds).collect::<Vec<bool>>();
    let Json::Object(words) = schema else { return schema.as_bool().unwrap() };
    words.iter().all(|(word, said)| match (word.as_str(), value) {
        ("description" | "title" | "enumDescriptions" | "errorMessage", _) => true,
        ("$schema" | "$defs" | "then" | "else" | "additionalProperties", _) => true,
        ("$ref", _) => holds(&root["$defs"][said.as_str().unwrap().strip_prefix("#/$defs/").unwrap()]),
        ("type", _) => match said {
            Json::Array(kinds) => kinds.iter().any(|kind| is_of(value, kind)),
            kind => is_of(value, kind),
        },
        ("enum", _) => said.as_array().unwrap().contains(value),
        ("const", _) => said == value,
        ("pattern", Json::String(text)) => is_match(said.as_str().unwrap(), text),
        ("minimum", Json::Number(number)) => number.as_f64() >= said.as_f64(),
        ("maximum", Json::Number(number)) => number.as_f64() <= said.as_f64(),
        ("minItems", Json::Array(items)) => items.len() >= said.as_u64().unwrap() as usize,
        ("items", Json::Array(items)) => items.iter().all(|item| is_valid(said, root, item)),
        ("required", Json::Object(fields)) => {
            said.as_array().unwrap().iter().all(|key| fields.contains_key(key.as_str().unwrap()))
        }
        ("properties", Json::Object(fields)) => {
            fields.iter().all(|(key, value)| match (&said[key], &words.get("additionalProperties")) {
                (Json::Null, more) => more.is_none_or(|more| is_valid(more, root, value)),
                (schema, _) => is_valid(schema, root, value),
            })
        }
        ("anyOf", _) => all(said).contains(&true),
        ("oneOf", _) => all(said).iter().filter(|holds| **holds).count() == 1,
        ("allOf", _) => !all(said).contains(&false),
        ("not", _) => !holds(said),
        ("if", _) => words.get(if holds(said) { "then" } else { "else" }).is_none_or(holds),
        ("pattern" | "minimum" | "maximum" | "minItems" | "items" | "required" | "properties", _) => true,
        (word, _) => panic!("no word of a schema of files: {word}"),
    }) && match (words.get("properties"), words.get("additionalProperties"), value) {
        (None, Some(more), Json::Object(fields)) => fields.values().all(|value| is_valid(more, root, value)),
        _ => true,
    }
}

fn is_of(value: &Json, kind: &Json) -> bool {
    match kind.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        kind => panic!("no type of JSON: {kind}"),
    }
}

/// A pattern of a schema, made once.
fn is_match(pattern: &str, text: &str) -> bool {
    thread_local!(static KNOWN: RefCell<HashMap<String, Regex>> = RefCell::default());
    KNOWN.with_borrow_mut(|known| {
        known.entry(pattern.to_owned()).or_insert_with(|| Regex::new(pattern).unwrap()).is_match(text)
    })
}

fn workspace() -> Vec<(String, Vec<u8>)> {
    let files = source::read(Path::new(WORKSPACE)).unwrap();
    let mut files: Vec<_> = files.iter().map(|(_, file)| (file.path.clone(), file.text().into())).collect();
    files.push(("reports/illustrative.yaml".to_owned(), "as_of: 2026-12-03\n".into()));
    for (path, text) in [
        ("plan/carried.yaml", CARRIED),
        ("plan/previous.yaml", PREVIOUS),
        ("reports/annual/register.yaml", REGISTER),
        ("reports/annual/draft.yaml", DRAFT),
        ("reports/annual/accepted.yaml", ACCEPTED),
    ] {
        files.push((path.to_owned(), text.into()));
    }
    files
}

fn checked(files: &Files) -> Checked {
    check::run(files, Clock { today: "2026-12-03".parse().unwrap(), as_of: None }, Depth::All)
}

/// What the reader says of a file that a schema can know of.
fn problems(kind: &str, files: &Files, path: &str, plan: &Plan, whole: bool) -> Vec<String> {
    let (id, file) = files.find(path).unwrap();
    let mut sink = Sink::default();
    let found = match kind {
        _ if whole => checked(files).diagnostics,
        _ => {
            match kind {
                "report" => drop(record::read::<Report>(id, file, plan, &mut sink)),
                "register" => drop(record::read::<Items<Act>>(id, file, plan, &mut sink)),
                "draft" => drop(record::read::<DraftFile>(id, file, plan, &mut sink)),
                "accepted" => drop(record::read::<Accepted>(id, file, plan, &mut sink)),
                "illustrative" => drop(record::read::<Illustrative>(id, file, plan, &mut sink)),
                _ => drop(validate::plan(files, &mut sink)),
            }
            sink.into_diagnostics()
        }
    };
    let of_file = found.into_iter().filter(|found| found.span.file == id && KNOWN.contains(&found.rule.name));
    of_file.map(|found| format!("{}: {}", found.rule.name, found.message)).collect()
}

/// Whether ids are taken away that others in the file may name: that, the reader alone sees.
fn takes_ids(place: &[Step], problems: &[String]) -> bool {
    let declares = |key: &str| ["id", "agencies", "groups", "indicators"].contains(&key);
    matches!(place.last(), Some(Step::Key(key)) if declares(key))
        && problems.iter().all(|told| told.starts_with("unknown-"))
}

#[test]
fn schema_and_reader_agree_on_every_change_of_every_kind_of_file() {
    let base = workspace();
    let plan = checked(&Files::from_memory(base.clone())).plan.unwrap();
    let (mut disagree, mut kinds) = (Vec::new(), BTreeSet::new());
    for (kind, path) in PATHS {
        kinds.insert(*kind);
        let (_, _, shape) = FILES.iter().find(|(name, ..)| name == kind).unwrap();
        let schema: Json = serde_json::from_str(&text(kind, Some(&plan)).unwrap()).unwrap();
        let (_, written) = base.iter().find(|(known, _)| known == path).unwrap();
        let value: Yaml = serde_yaml::from_slice(written).unwrap();
        let as_it_is = problems(kind, &Files::from_memory(base.clone()), path, &plan, false);
        assert_eq!(as_it_is, [] as [String; 0], "{path}");
        let mut found = Vec::new();
        match shape {
            Shape::Record(record) => changes_of_record(record, &value, &[], &mut found),
            shape => changes(shape, &value, &[], &mut found),
        }
        assert!(found.len() >= 180, "{kind}: {}", found.len());
        let step = found.len().div_ceil(MOST);
        for change in found.into_iter().step_by(step) {
            let value = changed(&value, &change);
            let text = serde_yaml::to_string(&value).unwrap().into_bytes();
            let others =
                base.iter().filter(|(other, _)| other != path && (*kind == "report" || other.starts_with("plan/")));
            let files = Files::from_memory(others.cloned().chain([(path.to_string(), text)]));
            // Whether a rule exists is asked when all is read.
            let whole = matches!(change.0.first(), Some(Step::Key(key)) if key == "accepted");
            let problems = problems(kind, &files, path, &plan, whole);
            let valid = is_valid(&schema, &schema, &serde_json::to_value(&value).unwrap());
            if valid != problems.is_empty() && !(valid && takes_ids(&change.0, &problems)) {
                disagree.push(format!("{path}: {change:?}: schema {valid}, {problems:?}"));
            }
        }
    }
    assert_eq!(kinds.len(), FILES.len());
    assert!(disagree.is_empty(), "{}", disagree.join("\n"));
}

/// What another reader of YAML makes of a word, so that no schema can tell: how it is written.
#[test]
fn what_parsing_does_not_preserve() {
    let base = workspace();
    let plan = checked(&Files::from_memory(base)).plan.unwrap();
    let schema: Json = serde_json::from_str(&text("report", Some(&plan)).unwrap()).unwrap();
    const REST: &str = "agency: so-cong-thuong\nround: annual\nreceived: 2026-11-18\n";
    for (key, written, read, valid) in [
        ("inspections", "318", true, true),
        ("inspections", "318.0", false, true),
        ("inspections", "3e2", false, true),
        ("inspections", "0x13E", false, true),
        ("inspections", "0o476", false, true),
        ("inspections", "+318", false, true),
        ("inspections", "007", false, false),
        ("inspections", "\"318\"", false, false),
        ("status", "done", true, true),
        ("status", "\"done \"", true, false),
    ] {
        let (status, figure) = if key == "status" { (written, "1") } else { ("done", written) };
        let text = format!(
            "{REST}document: {{number: 1/BC-SCT, date: 2026-11-18}}\ntasks:\n  II.1:\n    status: {status}\n    results: Đã kiểm tra\n    figures: {{inspections: {figure}}}\n"
        );
        let value: Json = serde_yaml::from_str(&text).unwrap();
        let files = Files::from_memory([("reports/annual/so-cong-thuong.yaml".to_owned(), text.into_bytes())]);
        let problems = problems("report", &files, "reports/annual/so-cong-thuong.yaml", &plan, false);
        let told = (problems.is_empty(), is_valid(&schema, &schema, &value));
        assert_eq!(told, (read, valid), "{key}: {written}: {problems:?}");
    }
}

#[test]
fn an_act_of_each_kind_lacks_what_it_cannot_be_without() {
    let plan = checked(&Files::from_memory(workspace())).plan.unwrap();
    let schema: Json = serde_json::from_str(&text("register", Some(&plan)).unwrap()).unwrap();
    let all = &serde_yaml::from_str::<Vec<Yaml>>(REGISTER).unwrap()[..1];
    for (kind, needed) in NEEDED {
        for lacking in needed.iter().copied().chain([&[] as &[&str]]) {
            let mut acts = all.to_vec();
            let act = acts[0].as_mapping_mut().unwrap();
            act.insert("act".into(), kind.id().into());
            act.retain(|key, _| !lacking.contains(&key.as_str().unwrap()));
            let path = "reports/annual/register.yaml";
            let written = serde_yaml::to_string(&acts).unwrap().into_bytes();
            let files = Files::from_memory([(path.to_owned(), written)]);
            let problems = problems("register", &files, path, &plan, false);
            let valid = is_valid(&schema, &schema, &serde_json::to_value(&acts).unwrap());
            let whole = lacking.is_empty();
            assert_eq!((problems.is_empty(), valid), (whole, whole), "{}: {lacking:?}: {problems:?}", kind.id());
        }
    }
}
