//! `plan/report.yaml`: the wording and outline of the consolidated report. Strings that hold `{{ … }}` are templates, kept
//! as written with their place; `view` renders them.

use super::{Named, Signature};
use crate::model::{BodyId, FieldId, IndicatorId, RoundRef, SourceId, TaskId};
use crate::record::{Later, Roman, choices, records};
use crate::source::Spanned;

records! {
    /// Mẫu báo cáo tổng hợp
    "mẫu báo cáo" Wording {
        source: Option<String>,
        /// Cơ quan chủ quản, chữ in hoa
        superior: Option<String>,
        /// Cơ quan ban hành, chữ in hoa
        issuer: String,
        /// Tên cơ quan ban hành trong câu
        issuer_name: String,
        /// Ký hiệu, ví dụ BC-SCT
        number_code: String,
        /// Địa danh
        place: String,
        /// Tên loại văn bản
        kind: String,
        /// Tên gọi chung các cơ quan không thuộc nhóm gộp; không có thì là “Các cơ quan, đơn vị cấp tỉnh”
        named_agencies: Option<String>,
        /// Kính gửi
        addressees: Vec<String>,
        /// Nơi nhận kiến nghị
        recommend_to: Vec<Named>,
        /// Nhóm vấn đề: khó khăn, kiến nghị của các cơ quan được nêu theo nhóm
        themes: Vec<Theme>,
        /// Căn cứ, có thể là câu mẫu
        bases: Vec<Spanned<String>>,
        /// Đoạn mở đầu, câu mẫu
        opening: Vec<Spanned<String>>,
        /// Có in phần tóm tắt hay không
        summary: bool,
        /// Các ý của phần tóm tắt, câu mẫu
        summary_items: Vec<Spanned<String>>,
        outline: Vec<OutlineSection>,
        /// Đoạn kết, câu mẫu
        closing: Vec<Spanned<String>>,
        /// Phiếu trình lãnh đạo, một trang (plan compile --brief)
        brief: Option<BriefWording>,
        /// Cách trình bày kết quả của từng nhóm nhiệm vụ; nhóm không nêu ở đây thì theo nếp chung
        groups: Vec<GroupWording>,
        /// Cách nói tăng, giảm so với cùng kỳ năm trước; không có thì không so sánh trong câu chữ
        growth: Option<GrowthWording>,
        annexes: Vec<AnnexWording>,
        /// Không có thì không lập báo cáo của từng cơ quan (plan compile --agency)
        paper: Option<PaperWording>,
        signer: Signature,
        /// Nơi nhận
        recipients: Vec<String>,
        /// Không có thì không lập công văn đôn đốc
        reminder: Option<ReminderWording>,
        /// Không có thì không lập công văn báo cáo khó khăn, kiến nghị
        difficulties: Option<PetitionWording>,
        /// Không có thì không lập báo cáo cho thư mục làm việc của cấp trên
        for_superior: Option<SuperiorWording>,
        /// Không có thì không lập trang công khai
        publish: Option<PublishWording>,
    }

    /// Báo cáo trong thư mục làm việc của cấp trên cũng dùng công cụ này (plan compile --for-superior)
    "báo cáo cho cấp trên" SuperiorWording {
        /// Mã của tỉnh trong plan/agencies.yaml của cấp trên
        agency: String,
        /// Cấp trên đó trong recommend_to: chỉ kiến nghị gửi nơi này được chuyển
        to: Later<BodyId>,
        /// Chỉ tiêu riêng của tỉnh, cấp trên không hỏi
        own_indicators: Vec<Later<IndicatorId>>,
        /// Nhiệm vụ riêng của tỉnh, cấp trên không hỏi
        own_tasks: Vec<Later<TaskId>>,
        /// Nguồn kinh phí riêng của tỉnh, cấp trên không hỏi
        own_sources: Vec<Later<SourceId>>,
        /// Lĩnh vực khiếu nại riêng của tỉnh, cấp trên không hỏi
        own_fields: Vec<Later<FieldId>>,
        /// Nhiệm vụ, chỉ tiêu, kỳ, nguồn kinh phí, lĩnh vực khiếu nại mang mã khác ở Kế hoạch của cấp trên
        renamed: Vec<Renamed>,
    }

    /// Một mã của tỉnh và mã đó ở Kế hoạch của cấp trên: {task: I.1, above: III.3}
    "mã ở cấp trên" Renamed [.any_of(&["task", "indicator", "round", "source", "field"])] {
        task: Option<Later<TaskId>>,
        indicator: Option<Later<IndicatorId>>,
        round: Option<Later<RoundRef>>,
        /// Nguồn kinh phí
        source: Option<Later<SourceId>>,
        /// Lĩnh vực khiếu nại
        field: Option<Later<FieldId>>,
        /// Mã ở Kế hoạch của cấp trên
        above: String,
    }

    /// Trang công khai (plan publish)
    "trang công khai" PublishWording {
        title: String,
        /// Các đoạn giới thiệu
        text: Vec<String>,
        /// Chữ đầu của tên tổ chức, ví dụ công ty; tên không bắt đầu như vậy được coi là của cá nhân
        organisations: Vec<String>,
    }

    /// Mẫu công văn đôn đốc; phần đầu văn bản và người ký như báo cáo
    "mẫu công văn đôn đốc" ReminderWording {
        /// Ký hiệu, ví dụ SCT-QLTM (công văn không có tên loại)
        number_code: String,
        /// Trích yếu, câu mẫu
        summary: Spanned<String>,
        /// Các đoạn trước danh sách, câu mẫu
        text: Vec<Spanned<String>>,
        /// Các đoạn sau danh sách, câu mẫu
        closing: Vec<Spanned<String>>,
        /// Tên danh sách kèm theo công văn gửi nhiều cơ quan
        list_title: String,
        /// Tin nhắn ngắn gửi một cơ quan, câu mẫu
        message: Spanned<String>,
        /// Câu trong thư điện tử, nói về biểu mẫu kèm theo thư
        attachment: Option<String>,
        /// Đầu mối liên hệ
        contact: String,
        /// Nơi nhận
        recipients: Vec<String>,
    }

    /// Mẫu công văn báo cáo khó khăn, kiến nghị với nơi nhận kiến nghị; phần đầu văn bản và người ký như báo cáo
    "mẫu công văn báo cáo khó khăn, kiến nghị" PetitionWording {
        /// Ký hiệu, ví dụ SCT-QLTM (công văn không có tên loại)
        number_code: String,
        /// Trích yếu, câu mẫu
        summary: Spanned<String>,
        /// Các đoạn trước danh sách, câu mẫu
        text: Vec<Spanned<String>>,
        /// Tên mục nêu khó khăn, vướng mắc
        difficulties_title: String,
        /// Tên mục nêu kiến nghị
        recommendations_title: String,
        /// Các đoạn sau danh sách, câu mẫu
        closing: Vec<Spanned<String>>,
        /// Nơi nhận
        recipients: Vec<String>,
    }

    /// Nhóm vấn đề; câu chung của cơ quan tổng hợp được in thay cho câu của từng cơ quan, nguyên văn từng cơ quan vẫn ở phụ lục
    "nhóm vấn đề" Theme {
        id: String,
        name: String,
        /// Câu chung về khó khăn, vướng mắc
        difficulty: Option<String>,
        /// Câu chung về nguyên nhân
        cause: Option<String>,
        /// Câu chung về kiến nghị với từng nơi nhận
        petitions: Vec<ThemePetition>,
    }

    /// Câu chung về kiến nghị với một nơi nhận
    "kiến nghị chung" ThemePetition {
        to: Later<BodyId>,
        text: String,
    }

    /// Một phần của báo cáo (I, II, …)
    "phần của báo cáo" OutlineSection {
        content: OutlineContent,
        title: String,
        text: Vec<Spanned<String>>,
        /// Câu mở đầu của mỗi nhóm nhiệm vụ (phần results), câu mẫu
        group_opening: Option<Spanned<String>>,
        parts: Vec<OutlinePart>,
    }

    /// Một mục trong phần (1, 2, …)
    "mục của báo cáo" OutlinePart {
        content: PartContent,
        title: String,
        text: Vec<Spanned<String>>,
        /// Câu sau nội dung của mục; ở mục khó khăn là các điểm sau cùng, câu mẫu
        closing: Vec<Spanned<String>>,
    }

    /// Mẫu báo cáo của một cơ quan gửi cơ quan tổng hợp
    "mẫu báo cáo của cơ quan" PaperWording {
        /// Cơ quan chủ quản in ở đầu văn bản; cơ quan có parent thì in tên cơ quan đó
        superiors: Vec<SuperiorOf>,
        /// Trích yếu, câu mẫu
        subject: Spanned<String>,
        /// Đoạn mở đầu, câu mẫu
        opening: Vec<Spanned<String>>,
        /// Tên các phần; phần không có nội dung thì không in
        results_title: String,
        violations_title: String,
        funding_title: String,
        difficulties_title: String,
        next_steps_title: String,
        recommendations_title: String,
        /// Đoạn kết, câu mẫu
        closing: Vec<Spanned<String>>,
        /// Nơi nhận
        recipients: Vec<String>,
    }

    /// Cơ quan chủ quản của các cơ quan có tên bắt đầu như nhau
    "cơ quan chủ quản" SuperiorOf {
        /// Chữ đầu của tên cơ quan, ví dụ Sở
        kind: String,
        name: String,
    }

    /// Phiếu trình lãnh đạo, một trang
    "phiếu trình" BriefWording {
        /// Đơn vị trình
        unit: String,
        title: String,
        sections [.filled()]: Vec<BriefSection>,
    }

    /// Một mục của phiếu trình; mục không có gì để nói thì không in
    "mục của phiếu trình" BriefSection {
        title: String,
        /// Các ý, câu mẫu
        text: Vec<Spanned<String>>,
        /// Các con số, mỗi số một dòng của bảng
        figures: Vec<BriefFigure>,
    }

    /// Một con số của phiếu trình; không có số thì không in dòng
    "con số của phiếu trình" BriefFigure {
        label: String,
        /// Con số, câu mẫu
        value: Spanned<String>,
        /// Điều cần biết, câu mẫu
        note: Option<Spanned<String>>,
    }

    /// Cách nói tăng, giảm so với cùng kỳ năm trước, dùng cho mọi chỉ tiêu
    "cách nói tăng, giảm" GrowthWording {
        /// Sau con số, khi so được mọi cơ quan, câu mẫu
        after_number: Spanned<String>,
        /// Trong ngoặc, ở câu liệt kê, câu mẫu
        in_list: Spanned<String>,
        /// Câu riêng, khi chỉ so được các cơ quan có số liệu cả hai năm, câu mẫu
        of_both: Spanned<String>,
    }

    /// Kết quả của một nhóm nhiệm vụ
    "nhóm nhiệm vụ trong báo cáo" GroupWording {
        /// Số của nhóm
        group: Roman,
        /// Tên ngắn trong tiêu đề
        title: Option<String>,
        /// Câu nêu kết quả chung, trước tình hình các nhiệm vụ, câu mẫu
        text: Vec<Spanned<String>>,
        table: Option<TableWording>,
        /// Câu sau bảng, câu mẫu
        closing: Vec<Spanned<String>>,
    }

    /// Bảng kết quả của một nhóm nhiệm vụ
    "bảng kết quả" TableWording {
        title: String,
        rows: TableRows,
        /// Mã chỉ tiêu, mỗi chỉ tiêu một cột
        indicators [.filled()]: Vec<Later<IndicatorId>>,
    }

    /// Một phụ lục
    "phụ lục" AnnexWording {
        content: AnnexContent,
        title: String,
    }
}

choices! {
    /// Nội dung của một phần, ngoài câu chữ của nó
    "" UNKNOWN_VALUE OutlineContent {
        Text "text" "câu chữ",
        Results "results" "kết quả các nhiệm vụ",
        Funding "funding" "kinh phí",
        NextSteps "next-steps" "phương hướng",
        Recommendations "recommendations" "kiến nghị",
    }

    /// Nội dung của một mục, ngoài câu chữ của nó
    "" UNKNOWN_VALUE PartContent {
        Text "text" "câu chữ",
        Submissions "submissions" "tình hình gửi báo cáo",
        Difficulties "difficulties" "khó khăn",
        Causes "causes" "nguyên nhân",
    }

    /// Dòng của bảng kết quả: level từng cấp, agency từng cơ quan, field từng lĩnh vực kèm cơ quan phụ trách
    "" UNKNOWN_VALUE TableRows {
        Level "level" "cấp",
        Agency "agency" "cơ quan",
        Field "field" "lĩnh vực",
    }

    /// Nội dung của một phụ lục
    "" UNKNOWN_VALUE AnnexContent {
        Indicators "indicators" "chỉ tiêu",
        Tasks "tasks" "nhiệm vụ",
        Submissions "submissions" "tình hình gửi báo cáo",
        Violators "violators" "vi phạm đã công bố",
        Warnings "warnings" "cảnh báo",
        /// What everybody reports, task by task, with what they find hard and ask for.
        Details "details" "kết quả chi tiết",
    }
}
