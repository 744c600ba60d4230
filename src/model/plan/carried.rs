//! `plan/carried.yaml`: what was open at the end of an earlier year and goes on until it is settled. `plan init --from`
//! writes it; who sets up no year after another has no such file.

use chrono::NaiveDate;

use crate::model::{AgencyId, BodyId, TaskId, ThemeId};
use crate::record::{RemarkId, Year, choices, records};
use crate::source::Spanned;

records! {
    /// Khó khăn, kiến nghị của các năm trước còn mở
    "danh sách nội dung năm trước" CarriedFile {
        remarks: Vec<Carried>,
    }

    /// Một khó khăn hoặc kiến nghị năm trước còn mở
    "nội dung năm trước" Carried {
        /// Mã của nội dung, như năm trước; plan settle nhận mã này
        id: RemarkId,
        kind: CarriedKind,
        /// Mã cơ quan trong plan/agencies.yaml
        agency: AgencyId,
        /// Ngày nêu lần đầu
        since: Option<NaiveDate>,
        /// Năm của Kế hoạch khi nêu lần đầu
        year: Year,
        /// Mã kỳ báo cáo khi nêu lần đầu, theo Kế hoạch năm đó
        round: String,
        /// Nơi nhận kiến nghị
        to: Option<BodyId>,
        /// Nhiệm vụ liên quan
        task: Option<TaskId>,
        /// Nhóm vấn đề, theo plan/report.yaml
        theme: Option<ThemeId>,
        /// Ngày cuối kiến nghị còn ý nghĩa: sau ngày đó báo cáo, công văn không nêu lại
        expires: Option<NaiveDate>,
        text: Spanned<String>,
        cause: Option<Spanned<String>>,
        /// Dữ liệu minh họa, không phải nội dung thật
        illustrative: bool,
    }
}

choices! {
    /// difficulty khó khăn, vướng mắc; recommendation kiến nghị, đề xuất
    "loại nội dung" UNKNOWN_VALUE CarriedKind {
        Difficulty "difficulty" "khó khăn",
        Recommendation "recommendation" "kiến nghị",
    }
}
