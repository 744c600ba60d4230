//! The JSON Schema (draft 2020-12) of a kind of file, for editors that complete and check while one writes. Says what
//! the reader says, as far as a schema can.

use serde_json::{Map, Value, json};

use super::{Ids, Record, Shape};
use crate::vietnamese::{lower_first, one_line};

/// The days that the reader takes, as a regular expression: real days of the years 1945 to 2100, blanks around them or not.
const DATE: &str = concat!(
    r"^\s*((19(4[5-9]|[5-9]\d)|20\d\d|2100)-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)",
    r"|02-(0[1-9]|1\d|2[0-8]))|(19(48|[57][26]|[68][048]|9[26])|20([02468][048]|[13579][26]))-02-29)\s*$"
);

/// What a word or an id of a list means.
type Meaning = (String, String);

/// The schema of a file of a shape; `ids` gives those of the workspace with their names, where there are any. Editors show
/// the names beside what can be written, and `errorMessage` in the place of words of their own.
pub(crate) fn file(shape: &'static Shape, title: &str, ids: &dyn Fn(Ids) -> Option<Vec<Meaning>>) -> Value {
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
    list_types(&mut schema);
    schema
}

/// Writes every type as a list: of types in alternatives editors say in words of their own which were expected, of lists not.
fn list_types(schema: &mut Value) {
    match schema {
        Value::Object(words) => {
            if let Some(kind @ Value::String(_)) = words.get_mut("type") {
                *kind = json!([kind.take()]);
            }
            words.values_mut().for_each(list_types);
        }
        Value::Array(items) => items.iter_mut().for_each(list_types),
        _ => {}
    }
}

struct Writer<'i> {
    ids: &'i dyn Fn(Ids) -> Option<Vec<Meaning>>,
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
            "additionalProperties": false,
            "errorMessage": "phải gồm các mục có tên trong mẫu; xem lại tên mục và chỗ thụt dòng"
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
            Shape::Words => json!({
                "type": ["string", "number", "boolean"], "pattern": r"\S", "errorMessage": "cần một đoạn chữ, không để trống"
            }),
            Shape::Pattern(pattern, words) => json!({
                "type": "string", "pattern": pattern, "description": words,
                "errorMessage": format!("viết sai dạng; {words}")
            }),
            Shape::Date => json!({
                "type": "string", "pattern": DATE, "description": "Ngày, viết năm-tháng-ngày, ví dụ 2026-06-09",
                "errorMessage": "không phải một ngày có trong lịch; viết năm-tháng-ngày, ví dụ 2026-06-09"
            }),
            Shape::Number(least, most) => json!({
                "type": "integer", "minimum": least, "maximum": most,
                "description": "Số nguyên không âm, viết liền các chữ số; tiền tính bằng đồng",
                "errorMessage": "cần một số nguyên không âm, viết liền các chữ số; tiền tính bằng đồng"
            }),
            Shape::Flag => json!({ "type": "boolean", "errorMessage": "chỉ ghi true hoặc false" }),
            Shape::Choice(doc, words) => {
                let words = words.iter().map(|(word, label)| ((*word).to_owned(), (*label).to_owned()));
                one_of(&one_line(doc), words.collect())
            }
            Shape::Id(list) => match (self.ids)(*list) {
                Some(ids) => one_of(list.title(), ids),
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
                let value = self.shape(value);
                let Some(ids) = (self.ids)(*list) else {
                    return json!({ "type": "object", "additionalProperties": value });
                };
                // Not every editor reads what stands beside a reference.
                let value = if value.get("$ref").is_some() { json!({ "allOf": [value] }) } else { value };
                let properties = ids.into_iter().map(|(id, meaning)| {
                    let mut value = value.clone();
                    // Editors show that of the alternative that was written.
                    let either = value.get_mut("anyOf").and_then(Value::as_array_mut).into_iter().flatten();
                    for written in either.filter(|written| written.get("description").is_some()) {
                        written["description"] = meaning.as_str().into();
                    }
                    value["description"] = meaning.into();
                    (id, value)
                });
                json!({
                    "type": "object", "properties": properties.collect::<Map<_, _>>(), "additionalProperties": false,
                    "errorMessage": format!("phải gồm các mục, mỗi mục một mã: {}", lower_first(list.title()))
                })
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

/// One of some words, each with what it means.
fn one_of(doc: &str, words: Vec<Meaning>) -> Value {
    let (words, meanings): (Vec<String>, Vec<String>) = words.into_iter().unzip();
    json!({
        "type": "string", "enum": words, "enumDescriptions": meanings, "description": doc,
        "errorMessage": format!("không thuộc danh mục cho phép: {}", lower_first(doc))
    })
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
