//! `plan schema`: the JSON Schema (draft 2020-12) of a kind of file, with the ids of this workspace, for
//! editors that complete and check while one writes; and of what commands print as JSON, for scripts.

use anyhow::{Result, anyhow};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::json;

use super::output::Out;
use super::{Outcome, Session};
use crate::model::plan::{
    AgenciesFile, GeneralFile, HolidaysFile, IndicatorsFile, RoundsFile, TaskGroupFile, Wording,
};
use crate::model::{Illustrative, Plan, Report};
use crate::record::suggest;
use crate::record::{self, Ids, Names, Record};
use crate::render::Visible;
use crate::view::{difficulties_json, report_json, show_json, status_json, trace_json};
use crate::{check, source};

/// Kinds of files: the name on the command line, what the schema is called, what the file holds.
const FILES: &[(&str, &str, &Record)] = &[
    ("report", "Báo cáo", Report::RECORD),
    ("illustrative", "reports/illustrative.yaml", Illustrative::RECORD),
    ("plan", "plan/plan.yaml", GeneralFile::RECORD),
    ("agencies", "plan/agencies.yaml", AgenciesFile::RECORD),
    ("task", "plan/tasks/<nhóm>.yaml", TaskGroupFile::RECORD),
    ("rounds", "plan/rounds.yaml", RoundsFile::RECORD),
    ("indicators", "plan/indicators.yaml", IndicatorsFile::RECORD),
    ("holidays", "plan/holidays.yaml", HolidaysFile::RECORD),
    ("wording", "plan/report.yaml", Wording::RECORD),
];

/// What a command prints: its name on the command line and its type.
struct Kind {
    name: &'static str,
    schema: fn(SchemaGenerator) -> Schema,
}

fn of<T: JsonSchema>(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<T>()
}

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
    let schema = if let Some((_, title, record)) = FILES.iter().find(|(name, ..)| *name == kind) {
        let mut schema = record::schema::file(record, title, &|list| ids(list, plan));
        if let (Some(plan), "report") = (plan, kind) {
            let there =
                |key: &str| json!({ "required": [key], "properties": { key: { "not": { "type": "null" } } } });
            schema["if"] = json!({ "required": ["round"], "properties": { "round": { "const": plan.ad_hoc.id } } });
            schema["then"] = json!({ "allOf": [there("date"), there("subject")] });
            schema["else"] = there("tasks");
            schema["else"]["not"] = json!({ "anyOf": [{ "required": ["date"] }, { "required": ["subject"] }] });
        }
        schema
    } else {
        let output = OUTPUTS.iter().find(|known| known.name == kind).ok_or_else(|| unknown(kind))?;
        (output.schema)(SchemaSettings::draft2020_12().into_generator()).to_value()
    };
    Visible::json(&schema)
}

/// What `plan schema` takes.
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, ..)| *name).chain(OUTPUTS.iter().map(|kind| kind.name))
}

fn unknown(written: &str) -> anyhow::Error {
    let names: Vec<&str> = kinds().collect();
    match suggest::among(written, names.iter().map(|name| (*name, *name))) {
        Some(hint) => anyhow!("không có loại tệp “{written}”; {hint}"),
        None => anyhow!("không có loại tệp “{written}”. Các loại: {}.", names.join(", ")),
    }
}

fn ids(list: Ids, plan: Option<&Plan>) -> Option<Vec<String>> {
    let mut ids: Vec<String> = match list {
        Ids::Rules => return Some(check::rules().map(|rule| rule.name.to_owned()).collect()),
        Ids::Parties => [ids(Ids::Agencies, plan)?, ids(Ids::Groups, plan)?].concat(),
        _ => plan?.known(list).into_iter().map(|(id, _)| id.to_owned()).collect(),
    };
    ids.dedup();
    Some(ids)
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::*;

    #[test]
    fn every_kind_describes_every_field_in_vietnamese_and_closes_its_objects() {
        for (name, title, record) in FILES {
            let schema = record::schema::file(record, title, &|list| ids(list, None));
            let closed = |object: &Map<String, Value>| {
                !object.contains_key("properties") || object.get("additionalProperties") == Some(&json!(false))
            };
            let definitions = schema["$defs"].as_object().into_iter().flat_map(Map::values);
            for object in definitions.filter_map(Value::as_object).chain(schema.as_object()) {
                assert!(closed(object), "{name}: {object:?}");
            }
        }
    }
}
