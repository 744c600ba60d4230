//! What an agency reports: `reports/<round>/<agency>.yaml`. Documentation of fields is in Vietnamese: editors show it.

use chrono::NaiveDate;

use super::{
    AgencyId, BodyId, FieldId, Given, IndicatorId, Paper, Round, RoundRef, RuleName, SourceId, TaskId, ThemeId,
    Total, Violator, Warning,
};
use crate::diagnostic::{Diagnostic, InForm};
use crate::record::rules::UNKNOWN_KEY;
use crate::record::{Later, Period, Read, Reader, Row, Shape, Table, Written, choices, missing, records};
use crate::source::Spanned;

records! {
    /// Báo cáo của một cơ quan trong một kỳ, hoặc báo cáo đột xuất
    "báo cáo" Report => by_round {
        /// Dữ liệu minh họa, không phải số liệu thật
        illustrative [.never_asked()]: bool,
        /// Mã cơ quan trong plan/agencies.yaml
        agency [.must().told("Cơ quan báo cáo")]: Option<Spanned<AgencyId>>,
        /// Mã kỳ báo cáo trong plan/rounds.yaml
        round [.must().told("Kỳ báo cáo")]: Option<Spanned<RoundRef>>,
        /// Ngày của báo cáo đột xuất, như trong tên tệp
        date [.ad_hoc()]: Written<Spanned<NaiveDate>>,
        /// Nội dung của báo cáo đột xuất
        subject [.ad_hoc().hint("nội dung báo cáo")]: Written<Spanned<String>>,
        /// Số, ngày của văn bản gửi báo cáo
        document [.begun()]: Written<OwnPaper>,
        signer: Option<Signer>,
        contact: Option<Contact>,
        /// Đường dây nóng tiếp nhận phản ánh, được công khai (plan publish)
        hotline [.row("Đường dây nóng tiếp nhận phản ánh (nếu có)", "Số công khai, không ghi số riêng của cá nhân").code()]: Option<Spanned<String>>,
        /// Ngày cơ quan tổng hợp nhận báo cáo lần đầu
        received [.must().not_in_form().hint("ngày {issuer} nhận")]: Option<Spanned<NaiveDate>>,
        /// Các lần sửa đổi, bổ sung
        corrections [.never_asked()]: Vec<Correction>,
        /// Của báo cáo tổng hợp: bao nhiêu cơ quan đã có báo cáo hợp lệ trong số phải báo cáo
        coverage [.never_asked()]: Option<Coverage>,
        /// Từng nhiệm vụ, theo mã trong Kế hoạch
        tasks: Table<TaskId, Account>,
        /// Kinh phí đã sử dụng theo nguồn, đồng
        funding [
            .section("remarks", "KINH PHÍ ĐÃ SỬ DỤNG").heads(&[('C', "Nguồn kinh phí"), ('D', "Số tiền (đồng)")]).last()
        ]: Table<SourceId, Total>,
        /// Khó khăn, vướng mắc
        difficulties [.section("remarks", "KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN").items(10).lines(2)]: Vec<Difficulty>,
        /// Kiến nghị, đề xuất
        recommendations [.section("remarks", "KIẾN NGHỊ, ĐỀ XUẤT").items(10).lines(2)]: Vec<Recommendation>,
        /// Phương hướng, nhiệm vụ kỳ tới
        next_steps [
            .section("remarks", "PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI").items(10)
        ]: Vec<NextStep>,
        /// Số phản ánh, yêu cầu, khiếu nại theo lĩnh vực
        complaints_by_field [
            .section("violations", "PHẢN ÁNH, YÊU CẦU, KHIẾU NẠI THEO LĨNH VỰC").head_key("complaints")
            .heads(&[('C', "Lĩnh vực"), ('D', "Số vụ")]).last()
        ]: Table<FieldId, Total>,
        /// Tổ chức, cá nhân vi phạm đã công bố công khai
        violators [.section("violations", "TỔ CHỨC, CÁ NHÂN VI PHẠM ĐÃ CÔNG BỐ CÔNG KHAI").items(20)]: Vec<Violator>,
        /// Cảnh báo đã phát hành
        warnings [.section("violations", "CẢNH BÁO ĐÃ PHÁT HÀNH").items(10)]: Vec<Warning>,
        /// Cảnh báo của plan check mà cơ quan báo cáo khẳng định là đúng, kèm lý do
        accepted [.never_asked()]: Vec<Acceptance>,
    }

    /// Văn bản gửi báo cáo: số ký hiệu và ngày; số liệu đến trước văn bản thì số để trống, văn bản đến thì điền
    "văn bản" OwnPaper {
        /// Số ký hiệu, ví dụ 278/BC-SCT
        number [
            .begun().row("Số, ký hiệu văn bản", "Ví dụ: 12/BC-UBND. Chưa có số thì để trống").code()
            .hint("số, ký hiệu, ví dụ 12/BC-{code}")
        ]: Written<Spanned<String>>,
        date [.must().row("Ngày văn bản", "Ngày/tháng/năm").hint("ngày ký")]: Option<Spanned<NaiveDate>>,
    }

    /// Người ký báo cáo
    "người ký" Signer {
        /// Chức vụ
        post [.must().row("Chức vụ người ký", "Ví dụ: Phó Chủ tịch UBND xã")]: Option<String>,
        name [.row("Họ và tên người ký", "")]: Option<String>,
    }

    /// Đầu mối liên hệ
    "đầu mối liên hệ" Contact {
        unit [.row("Đơn vị đầu mối", "Phòng, bộ phận trực tiếp theo dõi")]: Option<String>,
        name [.row("Người liên hệ", "")]: Option<String>,
        phone [.row("Điện thoại", "").code()]: Option<String>,
        email [.row("Thư điện tử", "").code()]: Option<String>,
    }

    /// Một lần sửa đổi, bổ sung; ngày nhận lần đầu vẫn giữ
    "lần bổ sung" Correction {
        /// Ngày nhận bản sửa
        date: Spanned<NaiveDate>,
        note: Option<String>,
        document: Option<Paper>,
    }

    /// Kết quả thực hiện một nhiệm vụ
    "nhiệm vụ" Account {
        status [.must().row("Trạng thái (chọn trong danh sách)", "").hint("")]: Option<TaskStatus>,
        /// Ngày hoàn thành
        completed [.row("Ngày hoàn thành, nếu đã hoàn thành", "").last()]: Option<Spanned<NaiveDate>>,
        /// Kết quả, bằng lời
        results [
            .row("Kết quả thực hiện: việc đã làm, kết quả chính, địa bàn; viết như trong báo cáo", "").lines(5)
            .hint("kết quả bằng lời; không có thì xóa dòng này và ghi reason: lý do")
        ]: Written<Spanned<String>>,
        /// Một việc nổi bật và tác dụng của nó, không quá 40 từ, thành câu đủ ý: báo cáo tổng hợp có thể nêu nguyên văn
        highlight [
            .row("Điểm nổi bật, nếu có: một việc và tác dụng của nó, không quá 40 từ", "").lines(2)
        ]: Option<Spanned<String>>,
        /// Lý do chưa thực hiện, không phát sinh hoặc không áp dụng
        reason [.row("Lý do, nếu chưa thực hiện, không phát sinh hoặc không áp dụng", "").lines(2)]: Option<Spanned<String>>,
        /// Số liệu, theo mã chỉ tiêu
        figures [.heads(&[
            ('C', "Chỉ tiêu (đơn vị tính)"), ('D', "Số liệu"), ('E', "Nếu không có số"),
            ('H', "Năm trước chuyển sang (không gồm trong số liệu)"), ('G', "Lý do, nếu chưa có số"),
        ])]: Table<IndicatorId, Given>,
        evidence [.list("Tài liệu kiểm chứng", "Tài liệu").items(3)]: Vec<Evidence>,
    }

    /// Số cơ quan đã có báo cáo hợp lệ, số cơ quan phải báo cáo
    "mức đầy đủ" Coverage {
        reported: u64,
        expected: u64,
    }

    /// Tài liệu kiểm chứng: văn bản hoặc đường dẫn
    "tài liệu kiểm chứng" Evidence [.any_of(&["document", "link"])] {
        document [.cell('G', "Tên, số ký hiệu văn bản hoặc đường dẫn")]: Option<String>,
        date [.cell('F', "Ngày văn bản")]: Option<Spanned<NaiveDate>>,
        /// Đường dẫn
        link [.in_cell_of("document", &["http://", "https://"])]: Option<String>,
    }

    /// Một khó khăn, vướng mắc
    "khó khăn" Difficulty {
        text [.cell('C', "Khó khăn, vướng mắc").hint("nội dung")]: Spanned<String>,
        cause [.cell('D', "Nguyên nhân")]: Option<Spanned<String>>,
        /// Nhiệm vụ liên quan
        task [.cell('E', "Thuộc nhiệm vụ (nếu có)").hint("mã nhiệm vụ")]: Option<TaskId>,
        /// Nhóm vấn đề, để báo cáo tổng hợp nêu cùng chỗ với nội dung của cơ quan khác
        theme [.cell('F', "Nhóm vấn đề (nếu có)").hint("mã nhóm vấn đề")]: Option<ThemeId>,
    }

    /// Một kiến nghị, đề xuất
    "kiến nghị" Recommendation {
        /// Nơi nhận kiến nghị
        to [.cell('D', "Gửi tới").hint("mã nơi nhận kiến nghị")]: Written<BodyId>,
        text [.cell('C', "Nội dung kiến nghị").hint("nội dung")]: Spanned<String>,
        /// Nhiệm vụ liên quan
        task [.cell('E', "Thuộc nhiệm vụ (nếu có)").hint("mã nhiệm vụ")]: Option<TaskId>,
        /// Nhóm vấn đề, để báo cáo tổng hợp nêu cùng chỗ với nội dung của cơ quan khác
        theme [.cell('F', "Nhóm vấn đề (nếu có)").hint("mã nhóm vấn đề")]: Option<ThemeId>,
        /// Ngày cuối kiến nghị còn ý nghĩa, khi gắn với một đợt, một dịp: sau ngày đó báo cáo không nêu lại
        expires [
            .cell('G', "Hết ý nghĩa sau ngày (nếu có)").hint("ngày cuối còn ý nghĩa, nếu gắn với một đợt, một dịp")
        ]: Option<Spanned<NaiveDate>>,
    }

    /// Một việc của kỳ tới; không nêu bao giờ làm thì viết ngay nội dung, không cần text
    "việc kỳ tới" Step {
        text [.cell('C', "Việc sẽ làm (mỗi việc một dòng)")]: Spanned<String>,
        /// Bao giờ làm: 2026-12, 2027-Q1, 2027; hoặc tháng 12/2026, quý I/2027, năm 2027
        when [.cell('D', "Bao giờ làm (ví dụ: tháng 12/2026, quý I/2027, năm 2027)").hint("tháng, quý hoặc năm, ví dụ 2027-Q1")]: Option<Period>,
    }

    /// Cảnh báo của plan check được chấp nhận
    "cảnh báo được chấp nhận" Acceptance {
        /// Tên quy tắc, xem plan explain
        rule: Later<RuleName>,
        reason: String,
    }

    /// Ngày của dữ liệu minh họa
    "ngày của dữ liệu minh họa" Illustrative {
        /// Ngày được coi là hôm nay khi mọi báo cáo đều là dữ liệu minh họa
        as_of: NaiveDate,
    }
}

choices! {
    /// Trạng thái: not-started chưa thực hiện, in-progress đang thực hiện, done hoàn thành, nothing-arose không phát
    /// sinh, not-applicable không áp dụng
    "trạng thái" UNKNOWN_STATUS TaskStatus {
        NotStarted "not-started" "chưa thực hiện",
        InProgress "in-progress" "đang thực hiện",
        Done "done" "hoàn thành",
        NothingArose "nothing-arose" "không phát sinh",
        NotApplicable "not-applicable" "không áp dụng",
    }
}

/// A highlight of more words is not quoted.
pub(crate) const HIGHLIGHT_WORDS: usize = 40;

/// What an agency will do next, and when.
#[derive(Debug)]
pub(crate) struct NextStep {
    pub(crate) text: Spanned<String>,
    pub(crate) when: Option<Period>,
}

impl Read for NextStep {
    const SHAPE: &'static Shape = &Shape::Either(
        "Một việc của kỳ tới: nội dung, hoặc nội dung và bao giờ làm",
        &[<String as Read>::SHAPE, Step::SHAPE],
    );

    fn read(reader: &mut Reader<'_, '_>) -> Option<Self> {
        // “Kiểm tra: chợ” is a sentence that lacks its quotes.
        let sentence = |text: &str| !["{", "text", "when"].iter().any(|beginning| text.starts_with(beginning));
        if reader.mapping_ahead()? && !sentence(reader.text_ahead()?) {
            return Step::read(reader).map(|Step { text, when, .. }| Self { text, when });
        }
        Spanned::read(reader).map(|text| Self { text, when: None })
    }
}

/// Ad hoc reports have a day and a subject, the others the tasks of their round.
fn by_round(report: &Report, reader: &mut Reader<'_, '_>) {
    let Some(round) = &report.round else { return };
    let (date, subject) = (&report.date, &report.subject);
    let is_ad_hoc = round.value == RoundRef::AdHoc;
    if !is_ad_hoc && report.tasks.is_missing() {
        let in_form = InForm {
            message: Some("chưa báo cáo nhiệm vụ nào"),
            remedy: Some("chọn trạng thái và điền kết quả các nhiệm vụ ở trang “Kết quả”".into()),
        };
        reader.push::<()>(Diagnostic { in_form, ..missing("tasks", report.tasks.key, report.span) });
    }
    for (name, missing, key) in
        [("date", date.is_missing(), date.key), ("subject", subject.is_missing(), subject.key)]
    {
        if is_ad_hoc && missing {
            reader.miss(name, key, report.span);
        } else if let Some(key) = key.filter(|_| !is_ad_hoc) {
            let hint = "chỉ báo cáo đột xuất có mục này";
            reader.problem::<()>(&UNKNOWN_KEY, key, format!("không có mục “{name}”"), hint);
        }
    }
}

/// What a report says of one task.
pub(crate) type Entry = Row<TaskId, Account>;

/// What a report says of one indicator.
pub(crate) type Figure = Row<IndicatorId, Given>;

impl Report {
    pub(crate) fn entry(&self, task: TaskId) -> Option<&Entry> {
        self.tasks.row(task)
    }

    /// The number of the paper that it came with, where that is known.
    pub(crate) fn number(&self) -> Option<&Spanned<String>> {
        self.document.as_ref()?.number.as_ref()
    }

    pub(crate) fn received(&self) -> Option<NaiveDate> {
        self.received.as_ref().map(|received| received.value)
    }

    /// Who counts a joint figure of it, where that is another agency: shown here, added there.
    pub(crate) fn counted_elsewhere(&self, given: &Given) -> Option<AgencyId> {
        let own = self.agency.as_ref().map(|agency| agency.value);
        given.counted_by.filter(|counter| Some(*counter) != own)
    }

    /// Whether what it answers is added to what others do: its own to count, and under a task that the round asks about.
    pub(crate) fn adds(&self, round: Option<&Round>, task: Option<TaskId>, given: &Given) -> bool {
        let is_asked = task.is_none_or(|task| round.is_none_or(|round| round.covers(task)));
        is_asked && self.counted_elsewhere(given).is_none()
    }
}

impl Evidence {
    /// The document with its date, and the link, on one line.
    pub(crate) fn text(&self) -> String {
        let document = self.document.as_ref().map(|document| match &self.date {
            Some(date) => format!("{document} ngày {}", crate::vietnamese::date(date.value)),
            None => document.clone(),
        });
        document.into_iter().chain(self.link.clone()).collect::<Vec<_>>().join(", ")
    }
}

impl Account {
    pub(crate) fn figure(&self, indicator: IndicatorId) -> Option<&Figure> {
        self.figures.row(indicator)
    }
}
