//! What a report tells that is for everyone to know: who was published for a violation, what was warned of.

use chrono::NaiveDate;

use crate::record::{choices, records};
use crate::source::Spanned;

records! {
    /// Văn bản: số ký hiệu và ngày
    "văn bản" Paper {
        /// Số ký hiệu, ví dụ 278/BC-SCT
        number [.code()]: Spanned<String>,
        /// Ngày văn bản
        date [.must()]: Option<Spanned<NaiveDate>>,
    }

    /// Tổ chức, cá nhân vi phạm đã công bố công khai
    "đối tượng vi phạm" Violator {
        name [.cell('C', "Tên tổ chức, cá nhân")]: Spanned<String>,
        address [.cell('D', "Địa chỉ")]: Option<Spanned<String>>,
        violation [.cell('E', "Hành vi vi phạm")]: Spanned<String>,
        /// Quyết định xử phạt
        decision [.heads(&[('F', "Số quyết định xử phạt"), ('G', "Ngày quyết định")])]: Option<Paper>,
        /// Tiền phạt, đồng
        fine [.cell('H', "Tiền phạt (đồng)")]: Option<Spanned<u64>>,
        published [.cell('I', "Ngày công bố")]: Option<Spanned<NaiveDate>>,
        published_on [.cell('J', "Nơi công bố")]: Option<Spanned<String>>,
        /// Tổ chức hay cá nhân, khi tên không cho biết; tên cá nhân chỉ lên trang công khai khi có publishable
        kind [.cell('K', "Tổ chức hay cá nhân").hint("organisation (tổ chức) hoặc person (cá nhân), khi tên không cho biết")]: Option<ViolatorKind>,
        /// Văn bản cho phép công khai tên cá nhân
        publishable [
            .heads(&[('L', "Số văn bản cho phép nêu tên cá nhân"), ('M', "Ngày văn bản đó")])
        ]: Option<Paper>,
        /// Ngày cuối còn công khai; sau ngày đó trang công khai không nêu
        until [.cell('N', "Công khai đến hết ngày")]: Option<Spanned<NaiveDate>>,
    }

    /// Cảnh báo đã phát hành
    "cảnh báo" Warning {
        subject [.cell('C', "Cảnh báo về việc gì")]: Spanned<String>,
        content [.cell('D', "Nội dung")]: Option<Spanned<String>>,
        issued [.cell('F', "Ngày phát hành")]: Option<Spanned<NaiveDate>>,
        channel [.cell('E', "Kênh phát hành")]: Option<Spanned<String>>,
    }
}

choices! {
    /// organisation tổ chức, person cá nhân
    "" UNKNOWN_VALUE ViolatorKind {
        Organisation "organisation" "tổ chức",
        Person "person" "cá nhân",
    }
}

/// The rule on what is published.
pub(crate) const PERSONAL_NUMBER: &str = "personal-number-published";

impl Violator {
    /// What is read of it in words when it is published, each with its place.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Spanned<String>> {
        [&self.name, &self.violation].into_iter().chain(&self.address).chain(&self.published_on)
    }
}

impl Warning {
    /// As of a violator.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Spanned<String>> {
        std::iter::once(&self.subject).chain(&self.content).chain(&self.channel)
    }
}
