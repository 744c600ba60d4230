//! The files under `plan/`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Agency, Date, Group, Indicator, Paper, Task, Whole, Words};

/// Phần chung của Kế hoạch
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(title = "plan/plan.yaml", deny_unknown_fields)]
pub struct Plan {
    pub title: Words,
    /// Năm của Kế hoạch
    #[schemars(range(min = 2000, max = 2100))]
    pub year: i32,
    pub province: Words,
    /// Số Kế hoạch; null nếu văn bản không ghi
    pub number: Option<Words>,
    /// Ngày Kế hoạch; null nếu văn bản không ghi
    pub date: Option<Date>,
    /// Cơ quan ban hành
    pub issuer: Words,
    /// Cơ quan theo dõi, đôn đốc, tổng hợp
    pub consolidator: Agency,
    /// Căn cứ
    #[schemars(length(min = 1))]
    pub bases: Vec<Basis>,
    /// Mục đích
    #[serde(default)]
    pub purposes: Vec<Words>,
    /// Yêu cầu
    #[serde(default)]
    pub requirements: Vec<Words>,
    /// Thời gian cao điểm
    #[serde(default)]
    pub peak_periods: Vec<Words>,
    pub funding: Funding,
    /// Nơi nhận
    #[serde(default)]
    pub recipients: Vec<Words>,
    pub signer: PlanSigner,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Words>,
}

/// Một căn cứ và các văn bản nêu trong đó
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Basis {
    pub text: Words,
    #[serde(default)]
    pub documents: Vec<Paper>,
}

/// Kinh phí: câu chữ của Kế hoạch và các nguồn
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Funding {
    pub text: Words,
    #[serde(default)]
    pub sources: Vec<Named>,
}

/// Mã và tên
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Named {
    pub id: Words,
    pub name: Words,
}

/// Mã và nhãn
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Labelled {
    pub id: Words,
    pub label: Words,
}

/// Người ký
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct PlanSigner {
    /// Dòng trên chức vụ: TM. ỦY BAN NHÂN DÂN, KT. GIÁM ĐỐC
    #[serde(default)]
    pub authority: Vec<Words>,
    pub post: Words,
    pub name: Option<Words>,
}

/// Cơ quan và nhóm cơ quan
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(title = "plan/agencies.yaml", deny_unknown_fields)]
pub struct Agencies {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Words>,
    #[serde(default)]
    pub agencies: Vec<AgencyItem>,
    #[serde(default)]
    pub groups: Vec<GroupItem>,
}

/// Một cơ quan
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct AgencyItem {
    pub id: Words,
    pub name: Words,
    pub short_name: Words,
    /// Phần cơ quan trong ký hiệu văn bản: SCT trong 278/BC-SCT
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_code: Option<Words>,
    /// Mã đơn vị hành chính, giữ số 0 ở đầu nên phải đặt trong dấu nháy
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^\d{5}$"))]
    pub commune_code: Option<String>,
    /// Cách gọi khác
    #[serde(default)]
    pub aliases: Vec<Words>,
    pub reporting: Reporting,
    /// Số của cơ quan này đã gồm số của các thành viên nhóm: chỉ đối chiếu, không cộng
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control_total_of: Option<Group>,
    /// Cơ quan cấp trên
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Agency>,
    /// Thời gian hoạt động, nếu thành lập hoặc giải thể trong năm
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<Active>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Words>,
}

/// required phải báo cáo; requested được đề nghị báo cáo, không tính quá hạn; none không báo cáo riêng
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reporting {
    Required,
    Requested,
    None,
}

/// Ngày đầu và ngày cuối hoạt động
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Active {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// Một nhóm cơ quan
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct GroupItem {
    pub id: Words,
    pub name: Words,
    #[serde(default)]
    pub aliases: Vec<Words>,
    /// Nhóm không nêu tên ai: không suy ra thành viên
    #[serde(default)]
    pub open: bool,
    /// Gộp các thành viên thành một dòng
    #[serde(default)]
    pub folded: bool,
    /// Mã cơ quan hoặc mã nhóm khác
    #[serde(default)]
    #[schemars(extend("items" = {"type": "string", "x-ids": "agencies_and_groups"}))]
    pub members: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Words>,
}

/// Nhóm nhiệm vụ, một nhóm một tệp
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(title = "plan/tasks/<nhóm>.yaml", deny_unknown_fields)]
pub struct TaskGroup {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Words>,
    /// Số La Mã của nhóm trong phụ biểu
    #[schemars(regex(pattern = "^[IVXL]+$"))]
    pub id: String,
    pub short_title: Words,
    /// Tên nhóm trong phụ biểu
    pub title: Words,
    /// Tên nhóm trong phần lời
    pub title_in_body: Words,
    /// Số thứ tự trong phần lời
    pub number_in_body: Whole,
    pub tasks: Vec<TaskItem>,
}

/// Một nhiệm vụ, chép nguyên văn
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct TaskItem {
    pub id: Words,
    pub short_title: Words,
    #[serde(default)]
    pub content: Vec<Words>,
    /// Cơ quan chủ trì
    pub leads: Assignments,
    /// Cơ quan phối hợp; null nếu ô trống
    pub coordinators: Option<Assignments>,
    /// Thời gian thực hiện; null nếu ô trống
    pub time: Option<Time>,
}

/// Một ô phân công: nguyên văn và các cơ quan, nhóm được hiểu
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Assignments {
    pub as_worded: Words,
    #[serde(default)]
    pub assigned: Vec<Assignment>,
}

/// Đúng một cơ quan hoặc một nhóm
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Assignment {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<Agency>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// Cơ quan chủ trì chỉ đạo đơn vị này thực hiện
    #[serde(skip_serializing_if = "Option::is_none")]
    pub through: Option<Agency>,
}

/// Thời gian thực hiện
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Time {
    pub as_worded: Words,
    /// Ngày hết hạn, hoặc no-deadline (không hạn)
    pub due: Due,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Due {
    NoDeadline(NoDeadline),
    On(Date),
}

#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoDeadline {
    NoDeadline,
}

/// Các kỳ báo cáo
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(title = "plan/rounds.yaml", deny_unknown_fields)]
pub struct Rounds {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Words>,
    #[serde(default)]
    pub rounds: Vec<Round>,
    /// Mã thư mục và tên gọi của báo cáo đột xuất
    pub ad_hoc: Named,
}

/// Một kỳ báo cáo
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Round {
    pub id: Words,
    pub name: Words,
    pub short_name: Words,
    /// Trích yếu của báo cáo tổng hợp
    pub title: Words,
    pub as_worded: DeadlineWords,
    /// Các cơ quan gửi trước ngày này
    pub agencies_before: Date,
    /// Gửi báo cáo tổng hợp trước ngày này
    pub consolidated_before: Date,
    /// strict giữ nguyên hạn; next-working-day lùi sang ngày làm việc kế tiếp
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline_rule: Option<DeadlineRule>,
    /// Số liệu tính từ ngày
    pub data_from: Date,
    /// Số liệu tính đến ngày
    pub data_to: Date,
    /// Các nhiệm vụ phải báo cáo; bỏ trống là tất cả
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tasks: Option<Vec<Task>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Words>,
}

/// Hạn, đúng như Kế hoạch ghi
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct DeadlineWords {
    pub agencies: Words,
    pub consolidated: Words,
}

#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeadlineRule {
    Strict,
    NextWorkingDay,
}

/// Chỉ tiêu tổng hợp
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(title = "plan/indicators.yaml", deny_unknown_fields)]
pub struct Indicators {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Words>,
    #[serde(default)]
    pub indicators: Vec<IndicatorItem>,
    pub complaints_by_field: ComplaintFields,
}

/// Một chỉ tiêu
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct IndicatorItem {
    pub id: Words,
    pub label: Words,
    /// Đơn vị tính
    pub unit: Words,
    #[serde(default)]
    pub tasks: Vec<Task>,
    pub aggregation: Aggregation,
    /// Với chỉ tiêu tính (derived): tỷ lệ của chỉ tiêu nào trên chỉ tiêu nào
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<Percent>,
    /// Chỉ các cơ quan này được báo số
    #[serde(default)]
    pub only: Vec<Agency>,
    /// Không được lớn hơn chỉ tiêu này
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Indicator>,
    /// Cách kể số này trong lời văn, {n} ở chỗ con số: {n} vụ kiểm tra, kiểm tra {n} vụ
    #[serde(default)]
    pub in_prose: Vec<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Words>,
}

/// sum cộng; latest số hiện có, lấy báo cáo mới nhất của từng cơ quan rồi cộng; derived tính từ chỉ tiêu khác
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Aggregation {
    Sum,
    Latest,
    Derived,
}

/// Tỷ lệ phần trăm
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Percent {
    pub of: Indicator,
    pub over: Indicator,
}

/// Các lĩnh vực khiếu nại và chỉ tiêu mà chúng cộng thành
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ComplaintFields {
    pub of: Indicator,
    #[serde(default)]
    pub fields: Vec<Labelled>,
}

/// Ngày nghỉ và ngày làm bù
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(title = "plan/holidays.yaml", deny_unknown_fields)]
pub struct Holidays {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Words>,
    #[serde(default)]
    pub days_off: Vec<DaysOff>,
    #[serde(default)]
    pub working_days: Vec<WorkingDay>,
}

/// Một đợt nghỉ, kể cả ngày đầu và ngày cuối
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct DaysOff {
    pub from: Date,
    pub to: Date,
    pub name: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Words>,
}

/// Một ngày làm bù
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct WorkingDay {
    pub date: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Words>,
}

/// Mẫu báo cáo tổng hợp
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(title = "plan/report.yaml", deny_unknown_fields)]
pub struct Wording {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Words>,
    /// Cơ quan chủ quản, chữ in hoa
    #[serde(skip_serializing_if = "Option::is_none")]
    pub superior: Option<Words>,
    /// Cơ quan ban hành, chữ in hoa
    pub issuer: Words,
    /// Tên cơ quan ban hành trong câu
    pub issuer_name: Words,
    /// Ký hiệu, ví dụ BC-SCT
    pub number_code: Words,
    /// Địa danh
    pub place: Words,
    /// Tên loại văn bản
    pub kind: Words,
    /// Kính gửi
    #[serde(default)]
    pub addressees: Vec<Words>,
    /// Nơi nhận kiến nghị
    #[serde(default)]
    pub recommend_to: Vec<Named>,
    /// Căn cứ, có thể là câu mẫu
    #[serde(default)]
    pub bases: Vec<Words>,
    /// Đoạn mở đầu, câu mẫu
    #[serde(default)]
    pub opening: Vec<Words>,
    #[serde(default)]
    pub outline: Vec<Section>,
    #[serde(default)]
    pub annexes: Vec<Annex>,
    pub signer: PlanSigner,
    /// Nơi nhận
    #[serde(default)]
    pub recipients: Vec<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminder: Option<Reminder>,
}

/// Mẫu công văn đôn đốc; phần đầu văn bản và người ký như báo cáo
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Reminder {
    /// Ký hiệu, ví dụ SCT-QLTM (công văn không có tên loại)
    pub number_code: Words,
    /// Trích yếu, câu mẫu
    pub summary: Words,
    /// Các đoạn trước danh sách, câu mẫu
    #[serde(default)]
    pub text: Vec<Words>,
    /// Các đoạn sau danh sách, câu mẫu
    #[serde(default)]
    pub closing: Vec<Words>,
    /// Tên danh sách kèm theo công văn gửi nhiều cơ quan
    pub list_title: Words,
    /// Tin nhắn ngắn gửi một cơ quan, câu mẫu
    pub message: Words,
    /// Đầu mối liên hệ
    pub contact: Words,
    /// Nơi nhận
    #[serde(default)]
    pub recipients: Vec<Words>,
}

/// Một phần của báo cáo (I, II, …)
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Section {
    pub content: SectionContent,
    pub title: Words,
    #[serde(default)]
    pub text: Vec<Words>,
    /// Câu mở đầu của mỗi nhóm nhiệm vụ (phần results), câu mẫu
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_opening: Option<Words>,
    #[serde(default)]
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SectionContent {
    Text,
    Results,
    Funding,
    NextSteps,
    Recommendations,
}

/// Một mục trong phần (1, 2, …)
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Part {
    pub content: PartContent,
    pub title: Words,
    #[serde(default)]
    pub text: Vec<Words>,
}

#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PartContent {
    Text,
    Difficulties,
    Causes,
}

/// Một phụ lục
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Annex {
    pub content: AnnexContent,
    pub title: Words,
}

#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnnexContent {
    Indicators,
    Tasks,
    Submissions,
    Violators,
    Warnings,
    Details,
}
