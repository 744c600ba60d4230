//! `plan/plan.yaml`: what the plan says of itself. What the code never asks for (purposes, requirements, sources) is
//! checked for its shape and stays in the file.

use chrono::NaiveDate;

use crate::model::AgencyId;
use crate::record::{Year, records};
use crate::source::Spanned;
use crate::vietnamese::fold;

records! {
    /// Phần chung của Kế hoạch
    "Kế hoạch" GeneralFile {
        title: String,
        /// Năm của Kế hoạch
        year: Spanned<Year>,
        /// Tên tỉnh, không có chữ “tỉnh”; nơi khác thì ghi cả chữ đó, viết thường: thành phố Huế, cả nước
        province: String,
        /// Số Kế hoạch; null nếu văn bản không ghi
        number: Option<String>,
        /// Ngày Kế hoạch; null nếu văn bản không ghi
        date: Option<NaiveDate>,
        /// Cơ quan ban hành
        issuer: String,
        /// Cơ quan theo dõi, đôn đốc, tổng hợp
        consolidator [.must()]: Option<AgencyId>,
        /// Căn cứ
        bases [.filled()]: Vec<Basis>,
        /// Mục đích
        purposes: Vec<String>,
        /// Yêu cầu
        requirements: Vec<String>,
        /// Thời gian cao điểm
        peak_periods: Vec<String>,
        /// Các đợt cao điểm có ngày cụ thể, để ghi vào lịch
        peak_days: Vec<PeakDays>,
        funding [.must()]: Option<Funding>,
        /// Nơi nhận
        recipients: Vec<String>,
        signer [.must()]: Option<Signature>,
        source: Option<String>,
    }

    /// Một căn cứ và các văn bản nêu trong đó
    "căn cứ" Basis {
        text: String,
        documents: Vec<BasisPaper>,
    }

    /// Văn bản: số ký hiệu và ngày
    "văn bản" BasisPaper {
        number: String,
        date: NaiveDate,
    }

    /// Một đợt cao điểm có ngày cụ thể
    "đợt cao điểm" PeakDays {
        id: String,
        name: String,
        from: Spanned<NaiveDate>,
        /// Ngày cuối; bỏ trống là chỉ một ngày
        to: Option<Spanned<NaiveDate>>,
        source: Option<String>,
    }

    /// Kinh phí: câu chữ của Kế hoạch và các nguồn
    "kinh phí" Funding {
        text [.must()]: Option<String>,
        sources: Vec<Named>,
    }

    /// Mã và tên
    "mục này" Named {
        id: String,
        name: String,
    }

    /// Người ký
    "người ký" Signature {
        /// Dòng trên chức vụ: TM. ỦY BAN NHÂN DÂN, KT. GIÁM ĐỐC
        authority: Vec<String>,
        post: String,
        name: Option<String>,
    }
}

impl Named {
    /// Whether it stands for what no other of its list does: `Khác`, `Nguồn hợp pháp khác`.
    pub(crate) fn is_rest(&self) -> bool {
        fold(&self.name).split(' ').next_back() == Some("khác")
    }
}
