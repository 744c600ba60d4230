//! `plan schema`: the JSON Schema (draft 2020-12) of a kind of file, with the ids of this workspace, for
//! editors that complete and check while one writes; and of what commands print as JSON, for scripts.

use anyhow::{Result, anyhow, bail};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value, json};

use super::printing::{Listing, Printing};
use super::{COMMANDS, Call, Outcome};
use crate::doc::{Block, Document, Shown, Table, as_json, values};
use crate::model::plan::{
    AgenciesFile, CarriedFile, GeneralFile, HolidaysFile, IndicatorsFile, PreviousFile, RoundsFile, TaskGroupFile,
    Wording,
};
use crate::model::{Accepted, Act, DraftFile, EDIT_NEEDS, EditRecord, Illustrative, NEEDED, Plan, Report};
use crate::record::suggest;
use crate::record::{self, Ids, Items, Names, Read, Shape};
use crate::render::{Render, Visible};
use crate::{check, source};

/// Kinds of files: the name on the command line, what the schema is called, what the file holds.
const FILES: &[(&str, &str, &Shape)] = &[
    ("report", "Báo cáo", Report::SHAPE),
    ("register", "reports/<kỳ>/register.yaml", Items::<Act>::SHAPE),
    ("draft", "reports/<kỳ>/draft.yaml", DraftFile::SHAPE),
    ("accepted", "reports/<kỳ>/accepted.yaml, cách ghi trước đây", Accepted::SHAPE),
    ("illustrative", "reports/illustrative.yaml", Illustrative::SHAPE),
    ("plan", "plan/plan.yaml", GeneralFile::SHAPE),
    ("agencies", "plan/agencies.yaml", AgenciesFile::SHAPE),
    ("task", "plan/tasks/<nhóm>.yaml", TaskGroupFile::SHAPE),
    ("rounds", "plan/rounds.yaml", RoundsFile::SHAPE),
    ("indicators", "plan/indicators.yaml", IndicatorsFile::SHAPE),
    ("holidays", "plan/holidays.yaml", HolidaysFile::SHAPE),
    ("wording", "plan/report.yaml", Wording::SHAPE),
    ("carried", "plan/carried.yaml", CarriedFile::SHAPE),
    ("previous", "plan/previous.yaml", PreviousFile::SHAPE),
];

/// What a command prints with `--format json`.
pub(super) struct Output {
    /// `form import`
    command: &'static str,
    schema: fn(SchemaGenerator) -> Schema,
}

impl Output {
    pub(super) const fn of<T: JsonSchema>(command: &'static str) -> Self {
        Self { command, schema: |generator| generator.into_root_schema_for::<T>() }
    }

    /// `form-import-output`
    fn name(&self) -> String {
        format!("{}-output", self.command.replace(' ', "-"))
    }
}

fn outputs() -> impl Iterator<Item = &'static Output> {
    COMMANDS.iter().filter_map(|command| command.output.as_ref())
}

/// In lược đồ JSON Schema của một loại tệp, để trình soạn thảo gợi ý và kiểm tra khi viết
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan schema [TÙY CHỌN] [LOẠI]",
    after_help = "Ví dụ:\n  plan schema                                  danh sách các loại\n  \
                  plan schema report -o report.schema.json     lược đồ của tệp báo cáo\n\n\
                  Rồi ghi ở dòng đầu tệp báo cáo:\n  # yaml-language-server: $schema=../../report.schema.json"
)]
pub(super) struct Args {
    /// Loại tệp hoặc kết quả của một lệnh; bỏ trống để xem danh sách
    #[arg(value_name = "LOẠI", help_heading = "Tham số")]
    kind: Option<String>,
    #[command(flatten)]
    printing: Printing<Listing>,
}

pub(super) fn run(args: &Args, call: &mut Call<'_>) -> Result<Outcome> {
    let (session, out, _) = &mut call.open()?;
    let Some(kind) = &args.kind else {
        args.printing.print(&Kinds, session.environment, out)?;
        return Ok(Outcome::Done);
    };
    let format = match args.printing.output.path(session.environment) {
        Some(_) => Some(args.printing.format(session.environment)?),
        None => args.printing.asked(),
    };
    if format.is_some_and(|format| !matches!(format.render, Render::Json)) {
        bail!("lược đồ chỉ có dạng json; bỏ --format, đặt tên tệp có đuôi .json.");
    }
    let files = source::read(&session.root)?;
    // A plan that cannot be read has no ids to offer; the shape of its files is known all the same.
    let plan = check::run(&files, session.clock, check::Depth::Errors).plan;
    let text = text(kind, plan.as_ref())?;
    args.printing.output.put(text, session.environment, out)?;
    Ok(Outcome::Done)
}

/// What there are schemas of.
struct Kinds;

values! {
    SchemaJson = fn listed() {
        schema_version: u32 = 1,
        kinds: Vec<KindJson> = kinds().map(kind).collect(),
    }

    KindJson = fn kind(of: (String, String)) {
        name: String = of.0,
        about: String = of.1,
    }
}

as_json!(Kinds, _it => listed());

impl Shown for Kinds {
    fn document(&self) -> Document {
        let hint = Block::Hint("In một lược đồ: plan schema LOẠI".to_owned());
        Document::page("Các loại tệp có lược đồ JSON Schema", "Lược đồ", vec![Block::Table(self.rows()), hint])
    }

    fn rows(&self) -> Table {
        Table::of("kinds", kinds())
            .left("Loại", 2, |(name, _)| name)
            .left("Nội dung", 5, |(_, about)| about)
            .table()
    }
}

/// The schema of a kind of file, with the ids of the plan.
///
/// # Errors
/// When there is no such kind, with the kinds there are.
pub(super) fn text(kind: &str, plan: Option<&Plan>) -> Result<Visible> {
    let there = |key: &str| json!({ "required": [key], "properties": { key: { "not": { "type": "null" } } } });
    let schema = if let Some((_, title, shape)) = FILES.iter().find(|(name, ..)| *name == kind) {
        let mut schema = record::schema::file(shape, title, &|list| ids(list, plan));
        if kind == "register" {
            let any = |keys: &&[&str]| json!({ "anyOf": keys.iter().map(|key| there(key)).collect::<Vec<_>>() });
            let needed =
                NEEDED.iter().map(|(act, needed)| of_kind("act", act.id(), needed.iter().map(any).collect()));
            schema["$defs"][Act::RECORD.name]["allOf"] = needed.collect();
        }
        if kind == "draft" {
            let needed = EDIT_NEEDS
                .iter()
                .map(|(edit, needed)| of_kind("kind", edit.id(), needed.iter().map(|key| there(key)).collect()));
            schema["$defs"][EditRecord::RECORD.name]["allOf"] = needed.collect();
        }
        if let (Some(plan), "report") = (plan, kind) {
            schema["if"] = json!({ "required": ["round"], "properties": { "round": { "const": plan.ad_hoc.id } } });
            schema["then"] = json!({ "allOf": [there("date"), there("subject")] });
            schema["else"] = there("tasks");
            schema["else"]["not"] = json!({ "anyOf": [{ "required": ["date"] }, { "required": ["subject"] }] });
        }
        schema
    } else {
        let output = outputs().find(|known| known.name() == kind).ok_or_else(|| unknown(kind))?;
        (output.schema)(SchemaSettings::draft2020_12().into_generator()).to_value()
    };
    Visible::json(&schema)
}

/// What a record needs where one of its words says of which kind it is.
fn of_kind(key: &str, word: &str, needed: Vec<Value>) -> Value {
    json!({ "if": { "required": [key], "properties": { key: { "const": word } } }, "then": { "allOf": needed } })
}

/// What `plan schema` takes, each with what it is.
pub(super) fn kinds() -> impl Iterator<Item = (String, String)> {
    let files = FILES.iter().map(|(name, about, _)| ((*name).to_owned(), (*about).to_owned()));
    let about = |output: &Output| format!("kết quả của plan {} --format json", output.command);
    files.chain(outputs().map(move |output| (output.name(), about(output))))
}

fn unknown(written: &str) -> anyhow::Error {
    let names: Vec<String> = kinds().map(|(name, _)| name).collect();
    match suggest::among(written, names.iter().map(|name| (name.as_str(), name.as_str()))) {
        Some(hint) => anyhow!("không có loại tệp “{written}”; {hint}"),
        None => anyhow!("không có loại tệp “{written}”. Các loại: {}.", names.join(", ")),
    }
}

/// The ids of a list in the plan, each with its name; of an indicator with its unit.
fn ids(list: Ids, plan: Option<&Plan>) -> Option<Vec<(String, String)>> {
    let named = |(id, name): (&str, &str)| (id.to_owned(), name.to_owned());
    let mut ids: Vec<_> = match list {
        Ids::Rules => check::rules().map(|rule| named((rule.name, rule.summary))).collect(),
        Ids::Parties => [ids(Ids::Agencies, plan)?, ids(Ids::Groups, plan)?].concat(),
        _ => plan?.known(list).into_iter().map(named).collect(),
    };
    ids.dedup_by(|one, other| one.0 == other.0);
    for (id, name) in &mut ids {
        let indicator = plan.filter(|_| list == Ids::Indicators).and_then(|plan| plan.indicators.find(id));
        name.extend(indicator.map(|indicator| format!(" ({})", indicator.unit)));
    }
    Some(ids)
}

#[cfg(test)]
mod agreement;

#[cfg(test)]
mod tests {
    use serde_json::Map;

    use super::*;

    #[test]
    fn every_kind_describes_every_field_in_vietnamese_and_closes_its_objects() {
        for (name, title, shape) in FILES {
            let schema = record::schema::file(shape, title, &|list| ids(list, None));
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
