//! The JSON Schema (draft 2020-12) of a kind of file, for editors that complete and check while one writes. Says what
//! the reader says, as far as a schema can.

use serde_json::{Map, Value, json};

use super::{Ids, Record, Shape, one_line};

/// The days that the reader takes, as a regular expression: real days of the years 1945 to 2100, blanks around them or not.
const DATE: &str = concat!(
    r"^\s*((19(4[5-9]|[5-9]\d)|20\d\d|2100)-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)",
    r"|02-(0[1-9]|1\d|2[0-8]))|(19(48|[57][26]|[68][048]|9[26])|20([02468][048]|[13579][26]))-02-29)\s*$"
);

/// The schema of a file of a shape; `ids` gives those of the workspace, where there are any.
pub(crate) fn file(shape: &'static Shape, title: &str, ids: &dyn Fn(Ids) -> Option<Vec<String>>) -> Value {
    let mut writer = Writer { ids, definitions: Map::new() };
    let mut schema = match shape {
        Shape::Record(record) => writer.record(record),
        shape => writer.shape(shape),
    };
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = title.into();
    if !writer.definitions.is_empty() {
        schema["$defs"] = Value::Object(writer.definitions);
    }
    schema
}

struct Writer<'i> {
    ids: &'i dyn Fn(Ids) -> Option<Vec<String>>,
    definitions: Map<String, Value>,
}

impl Writer<'_> {
    fn record(&mut self, record: &'static Record) -> Value {
        let mut properties = Map::new();
        for field in record.fields {
            let mut schema = self.shape(field.shape);
            if !field.words().is_empty() {
                schema["description"] = one_line(field.words()).into();
            }
            if field.filled {
                schema["minItems"] = 1.into();
            } else if !field.required {
                schema = nullable(schema);
            }
            for alias in field.aliases {
                properties.insert((*alias).to_owned(), schema.clone());
            }
            properties.insert(field.key.to_owned(), schema);
        }
        let present =
            |key: &&str| json!({ "required": [key], "properties": { *key: { "not": { "type": "null" } } } });
        let plain = record.fields.iter().filter(|field| field.required && field.aliases.is_empty());
        let required: Vec<&str> = plain.map(|field| field.key).collect();
        let mut schema = json!({
            "type": "object", "description": one_line(record.doc), "properties": properties, "required": required,
            "additionalProperties": false
        });
        let renamed = record.fields.iter().filter(|field| field.required && !field.aliases.is_empty());
        let renamed: Vec<Value> = renamed
            .map(|field| {
                let keys = std::iter::once(&field.key).chain(field.aliases);
                json!({ "oneOf": keys.map(|key| json!({ "required": [key] })).collect::<Vec<_>>() })
            })
            .collect();
        if !renamed.is_empty() {
            schema["allOf"] = renamed.into();
        }
        for (word, keys) in [("anyOf", record.any_of), ("oneOf", record.one_of)] {
            if !keys.is_empty() {
                schema[word] = keys.iter().map(present).collect();
            }
        }
        schema
    }

    fn shape(&mut self, shape: &'static Shape) -> Value {
        match shape {
            Shape::Words => json!({ "type": ["string", "number", "boolean"], "pattern": r"\S" }),
            Shape::Pattern(pattern, words) => {
                json!({ "type": "string", "pattern": pattern, "description": words })
            }
            Shape::Date => json!({
                "type": "string", "pattern": DATE, "description": "Ngày, viết năm-tháng-ngày, ví dụ 2026-06-09"
            }),
            Shape::Number(least, most) => json!({
                "type": "integer", "minimum": least, "maximum": most,
                "description": "Số nguyên không âm, viết liền các chữ số; tiền tính bằng đồng"
            }),
            Shape::Flag => json!({ "type": "boolean" }),
            Shape::Choice(doc, words) => {
                let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                json!({ "type": "string", "enum": words, "description": one_line(doc) })
            }
            Shape::Id(list) => match (self.ids)(*list) {
                Some(ids) => json!({ "type": "string", "enum": ids, "description": list.title() }),
                None => json!({ "type": "string", "pattern": r"\S", "description": list.title() }),
            },
            Shape::Record(record) => {
                if !self.definitions.contains_key(record.name) {
                    // Held free, so that a record within itself ends.
                    self.definitions.insert(record.name.to_owned(), Value::Null);
                    let schema = self.record(record);
                    self.definitions.insert(record.name.to_owned(), schema);
                }
                json!({ "$ref": format!("#/$defs/{}", record.name) })
            }
            Shape::List(item) => json!({ "type": "array", "items": self.shape(item) }),
            Shape::Table(list, value) => {
                let mut schema = json!({ "type": "object", "additionalProperties": self.shape(value) });
                if let Some(ids) = (self.ids)(*list) {
                    schema["propertyNames"] = json!({ "enum": ids });
                }
                schema
            }
            Shape::Either(doc, shapes) => {
                let any: Vec<Value> = shapes.iter().map(|shape| self.shape(shape)).collect();
                json!({ "anyOf": any, "description": one_line(doc) })
            }
            Shape::Nothing => json!({ "type": "null" }),
        }
    }
}

impl Ids {
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Agencies => "Mã cơ quan trong plan/agencies.yaml",
            Self::Groups => "Mã nhóm cơ quan trong plan/agencies.yaml",
            Self::Parties => "Mã cơ quan hoặc mã nhóm trong plan/agencies.yaml",
            Self::Tasks => "Mã nhiệm vụ trong plan/tasks/",
            Self::Indicators => "Mã chỉ tiêu trong plan/indicators.yaml",
            Self::Rounds => "Mã kỳ báo cáo trong plan/rounds.yaml",
            Self::FundingSources => "Mã nguồn kinh phí trong plan/plan.yaml",
            Self::ComplaintFields => "Mã lĩnh vực trong plan/indicators.yaml",
            Self::Recipients => "Mã nơi nhận kiến nghị trong plan/report.yaml",
            Self::Themes => "Mã nhóm vấn đề trong plan/report.yaml",
            Self::Rules => "Tên quy tắc, xem plan explain",
        }
    }
}

/// What may be left empty.
fn nullable(mut schema: Value) -> Value {
    let enumerated = schema.get("enum").is_some();
    match schema.get_mut("type") {
        Some(kind @ Value::String(_)) if !enumerated => {
            *kind = json!([kind.take(), "null"]);
            schema
        }
        Some(Value::Array(kinds)) => {
            kinds.push("null".into());
            schema
        }
        _ => {
            let description = schema.as_object_mut().and_then(|object| object.remove("description"));
            let mut either = json!({ "anyOf": [schema, { "type": "null" }] });
            if let Some(description) = description {
                either["description"] = description;
            }
            either
        }
    }
}
