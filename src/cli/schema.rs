//! `plan schema`: the JSON Schema (draft 2020-12) of a kind of file, with the ids of this workspace, for
//! editors that complete and check while one writes; and of what commands print as JSON, for scripts.

use anyhow::{Result, anyhow};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value, json};

use super::output::Out;
use super::{Outcome, Session};
use crate::model::Plan;
use crate::render::Visible;
use crate::validate::suggest;
use crate::view::{difficulties_json, report_json, show_json, status_json, trace_json};
use crate::{check, source, written};

/// A kind of file: its name on the command line and its type.
struct Kind {
    name: &'static str,
    schema: fn(SchemaGenerator) -> Schema,
}

fn of<T: JsonSchema>(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<T>()
}

const KINDS: &[Kind] = &[
    Kind { name: "report", schema: of::<written::Report> },
    Kind { name: "illustrative", schema: of::<written::Illustrative> },
    Kind { name: "plan", schema: of::<written::Plan> },
    Kind { name: "agencies", schema: of::<written::Agencies> },
    Kind { name: "task", schema: of::<written::TaskGroup> },
    Kind { name: "rounds", schema: of::<written::Rounds> },
    Kind { name: "indicators", schema: of::<written::Indicators> },
    Kind { name: "holidays", schema: of::<written::Holidays> },
    Kind { name: "wording", schema: of::<written::Wording> },
];

/// What commands print with `--format json`.
const OUTPUTS: &[Kind] = &[
    Kind { name: "status-output", schema: of::<status_json::StatusJson<'static>> },
    Kind { name: "compile-output", schema: of::<report_json::ReportJson<'static>> },
    Kind { name: "show-output", schema: of::<show_json::ShowJson<'static>> },
    Kind { name: "trace-output", schema: of::<trace_json::TraceJson<'static>> },
    Kind { name: "difficulties-output", schema: of::<difficulties_json::DifficultiesJson<'static>> },
];

/// In lược đồ JSON Schema của một loại tệp, để trình soạn thảo gợi ý và kiểm tra khi viết
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan schema <LOẠI>",
    after_help = "Ví dụ:\n  plan schema report > report.schema.json\n\n\
                  Rồi ghi ở dòng đầu tệp báo cáo:\n  # yaml-language-server: $schema=../../report.schema.json"
)]
pub(super) struct Args {
    /// Loại tệp: report, illustrative, plan, agencies, task, rounds, indicators, holidays, wording; hoặc kết quả dạng json:
    /// status-output, compile-output, show-output, trace-output, difficulties-output
    #[arg(value_name = "LOẠI", help_heading = "Tham số")]
    kind: String,
}

pub(super) fn run(args: &Args, session: &Session<'_>, out: &mut Out<'_>) -> Result<Outcome> {
    let files = source::read(&session.root)?;
    // A plan that cannot be read has no ids to offer; the shape of its files is known all the same.
    let plan = check::run(&files, session.clock).plan;
    out.print(text(&args.kind, plan.as_ref())?)?;
    Ok(Outcome::Done)
}

/// The schema of a kind of file, with the ids of the plan.
///
/// # Errors
/// When there is no such kind, with the kinds there are.
pub(super) fn text(kind: &str, plan: Option<&Plan>) -> Result<Visible> {
    let kind = KINDS.iter().chain(OUTPUTS).find(|known| known.name == kind).ok_or_else(|| unknown(kind))?;
    let mut schema = (kind.schema)(SchemaSettings::draft2020_12().into_generator()).to_value();
    name_ids(&mut schema, plan);
    if let (Some(plan), "report") = (plan, kind.name) {
        schema["if"] = json!({ "properties": { "round": { "const": plan.ad_hoc.id } } });
        schema["then"] = json!({ "required": ["date", "subject"] });
        schema["else"] = json!({ "required": ["tasks"] });
    }
    Visible::json(&schema)
}

/// What `plan schema` takes.
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().chain(OUTPUTS).map(|kind| kind.name)
}

fn unknown(written: &str) -> anyhow::Error {
    let names: Vec<&str> = kinds().collect();
    match suggest::among(written, names.iter().map(|name| (*name, *name))) {
        Some(hint) => anyhow!("không có loại tệp “{written}”; {hint}"),
        None => anyhow!("không có loại tệp “{written}”. Các loại: {}.", names.join(", ")),
    }
}

/// Puts the workspace's ids where a type says `x-ids` (a value) or `x-keys` (the keys of a mapping).
fn name_ids(schema: &mut Value, plan: Option<&Plan>) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(|item| name_ids(item, plan)),
        Value::Object(object) => {
            if let Some(list) = object.remove("x-ids").and_then(|list| ids(list.as_str()?, plan)) {
                object.insert("enum".into(), list);
            }
            if let Some(list) = object.remove("x-keys").and_then(|list| ids(list.as_str()?, plan)) {
                object.insert("propertyNames".into(), json!({ "enum": list }));
            }
            object.values_mut().for_each(|value| name_ids(value, plan));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn ids(list: &str, plan: Option<&Plan>) -> Option<Value> {
    if list == "rules" {
        return Some(check::rules().map(|rule| rule.name).collect());
    }
    let plan = plan?;
    let agencies = || plan.agencies.iter().map(|agency| agency.key.as_str());
    let groups = || plan.groups.iter().map(|group| group.key.as_str());
    Some(match list {
        "agencies" => agencies().collect(),
        "groups" => groups().collect(),
        "agencies_and_groups" => agencies().chain(groups()).collect(),
        "tasks" => plan.tasks.iter().map(|task| task.key.as_str()).collect(),
        "indicators" => plan.indicators.iter().map(|indicator| indicator.key.as_str()).collect(),
        "rounds" => plan.rounds.iter().map(|round| round.key.as_str()).chain([plan.ad_hoc.id.as_str()]).collect(),
        "funding_sources" => plan.funding_sources.iter().map(|source| source.id.as_str()).collect(),
        "complaint_fields" => plan.complaints.fields.iter().map(|field| field.id.as_str()).collect(),
        "recommend_to" => plan.wording.recommend_to.iter().map(|body| body.id.as_str()).collect(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Map;

    use super::*;

    #[test]
    fn every_kind_describes_every_field_in_vietnamese_and_closes_its_objects() {
        for kind in KINDS {
            let mut schema = (kind.schema)(SchemaSettings::draft2020_12().into_generator()).to_value();
            name_ids(&mut schema, None);
            let text = schema.to_string();
            assert!(!text.contains("x-ids") && !text.contains("x-keys"), "{}", kind.name);
            let closed = |object: &Map<String, Value>| {
                !object.contains_key("properties") || object.get("additionalProperties") == Some(&json!(false))
            };
            let definitions = schema["$defs"].as_object().into_iter().flat_map(Map::values);
            for object in definitions.filter_map(Value::as_object).chain(schema.as_object()) {
                assert!(closed(object), "{}: {object:?}", kind.name);
            }
        }
    }
}
