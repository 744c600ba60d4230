//! The files as people and programs write them: types that give the JSON Schema of `plan schema` and
//! that serde writes. Reading does not go through them, since it needs places and every problem at
//! once; tests hold both to the same files. Documentation here is in Vietnamese: editors show it.

mod plan;
mod report;

use schemars::JsonSchema;
use serde::Serialize;

pub use plan::*;
pub use report::*;

/// Ngày, viết năm-tháng-ngày, ví dụ 2026-06-09
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Date(#[schemars(regex(pattern = r"^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"))] pub String);

/// Mã cơ quan trong plan/agencies.yaml
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("x-ids" = "agencies"))]
pub struct Agency(pub String);

/// Mã nhóm cơ quan trong plan/agencies.yaml
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("x-ids" = "groups"))]
pub struct Group(pub String);

/// Mã nhiệm vụ trong plan/tasks/
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("x-ids" = "tasks"))]
pub struct Task(pub String);

/// Mã chỉ tiêu trong plan/indicators.yaml
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("x-ids" = "indicators"))]
pub struct Indicator(pub String);

/// Đoạn chữ, không để trống
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Words(#[schemars(length(min = 1))] pub String);

/// Số nguyên không âm, viết liền các chữ số; tiền tính bằng đồng
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Whole(#[schemars(range(min = 0, max = 100_000_000_000_000_u64))] pub u64);

/// Văn bản: số ký hiệu và ngày
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Paper {
    /// Số ký hiệu, ví dụ 278/BC-SCT
    pub number: Words,
    pub date: Date,
}
