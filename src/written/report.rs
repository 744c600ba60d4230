//! `reports/<kỳ>/<cơ quan>.yaml`

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Agency, Date, Paper, Task, Whole, Words};

/// Báo cáo của một cơ quan trong một kỳ, hoặc báo cáo đột xuất
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(title = "Báo cáo", deny_unknown_fields)]
pub struct Report {
    /// Dữ liệu minh họa, không phải số liệu thật
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub illustrative: bool,
    pub agency: Agency,
    /// Mã kỳ báo cáo trong plan/rounds.yaml
    #[schemars(extend("x-ids" = "rounds"))]
    pub round: String,
    /// Ngày của báo cáo đột xuất, như trong tên tệp
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Nội dung của báo cáo đột xuất
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Words>,
    /// Số, ngày của văn bản gửi báo cáo
    pub document: Paper,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signer: Option<Signer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Ngày cơ quan tổng hợp nhận báo cáo lần đầu
    pub received: Date,
    /// Các lần sửa đổi, bổ sung
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// Từng nhiệm vụ, theo mã trong Kế hoạch
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("x-keys" = "tasks"))]
    pub tasks: BTreeMap<String, Entry>,
    /// Kinh phí đã sử dụng theo nguồn, đồng
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("x-keys" = "funding_sources"))]
    pub funding: BTreeMap<String, Whole>,
    /// Khó khăn, vướng mắc
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub difficulties: Vec<Difficulty>,
    /// Kiến nghị, đề xuất
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recommendations: Vec<Recommendation>,
    /// Phương hướng, nhiệm vụ kỳ tới
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next_steps: Vec<Words>,
    /// Số phản ánh, yêu cầu, khiếu nại theo lĩnh vực
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("x-keys" = "complaint_fields"))]
    pub complaints_by_field: BTreeMap<String, Whole>,
    /// Tổ chức, cá nhân vi phạm đã công bố công khai
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violators: Vec<Violator>,
    /// Cảnh báo đã phát hành
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
    /// Cảnh báo của plan check mà cơ quan báo cáo khẳng định là đúng, kèm lý do
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<Acceptance>,
}

/// Người ký báo cáo
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Signer {
    /// Chức vụ
    pub post: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
}

/// Đầu mối liên hệ
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Contact {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Words>,
}

/// Một lần sửa đổi, bổ sung
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Correction {
    /// Ngày nhận bản sửa
    pub date: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Paper>,
}

/// Kết quả thực hiện một nhiệm vụ
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Entry {
    pub status: Status,
    /// Ngày hoàn thành
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed: Option<Date>,
    /// Kết quả, bằng lời
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<Words>,
    /// Lý do chưa thực hiện, không phát sinh hoặc không áp dụng
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Words>,
    /// Số liệu, theo mã chỉ tiêu
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("x-keys" = "indicators"))]
    pub figures: BTreeMap<String, Option<Figure>>,
    /// Tài liệu kiểm chứng
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// Trạng thái: not-started chưa thực hiện, in-progress đang thực hiện, done hoàn thành, nothing-arose không phát
/// sinh, not-applicable không áp dụng
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    NotStarted,
    InProgress,
    Done,
    NothingArose,
    NotApplicable,
}

/// Một số liệu: số nguyên (kể cả 0), nothing-arose, not-applicable, hoặc lý do chưa có số
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Figure {
    Value(Whole),
    Answer(Answer),
    Unanswered(Unanswered),
}

/// nothing-arose không phát sinh, not-applicable không áp dụng
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    NothingArose,
    NotApplicable,
}

/// Chưa có số, kèm lý do
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Unanswered {
    pub reason: Words,
}

/// Tài liệu kiểm chứng: văn bản hoặc đường dẫn
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Evidence {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<Words>,
}

/// Một khó khăn, vướng mắc
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Difficulty {
    pub text: Words,
    /// Nguyên nhân
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<Task>,
}

/// Một kiến nghị, đề xuất
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Recommendation {
    /// Nơi nhận kiến nghị
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-ids" = "recommend_to"))]
    pub to: Option<String>,
    pub text: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<Task>,
}

/// Tổ chức, cá nhân vi phạm đã công bố công khai
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Violator {
    pub name: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Words>,
    /// Hành vi vi phạm
    pub violation: Words,
    /// Quyết định xử phạt
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Paper>,
    /// Tiền phạt, đồng
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fine: Option<Whole>,
    /// Ngày công bố
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// Nơi công bố
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_on: Option<Words>,
}

/// Cảnh báo tới người tiêu dùng
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Warning {
    pub subject: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Words>,
    /// Ngày phát hành
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<Date>,
    /// Kênh phát hành
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Words>,
}

/// Các báo cáo của một kỳ mà Sở đã duyệt
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(title = "reports/<kỳ>/accepted.yaml", deny_unknown_fields)]
pub struct Accepted {
    pub accepted: Vec<AcceptedReport>,
}

/// Một báo cáo đã duyệt
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct AcceptedReport {
    pub agency: Agency,
    /// Ngày duyệt
    pub date: Date,
    /// Người hoặc đơn vị duyệt
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Words>,
    /// Mã SHA-256 của nội dung báo cáo khi duyệt
    pub sha256: Words,
}

/// Ngày của dữ liệu minh họa
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(title = "reports/illustrative.yaml", deny_unknown_fields)]
pub struct Illustrative {
    /// Ngày được coi là hôm nay khi mọi báo cáo đều là dữ liệu minh họa
    pub as_of: Date,
}

/// Cảnh báo được chấp nhận
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Acceptance {
    /// Tên quy tắc, xem plan explain
    #[schemars(extend("x-ids" = "rules"))]
    pub rule: String,
    pub reason: Words,
}
