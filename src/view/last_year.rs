//! Last year's number on a screen: where it stands, and how this year's compares with it.

use super::cells::{amount_in, in_words, place};
use crate::measure::{Amount, Comparison, LastYear, NotCompared, Unlike};
use crate::model::{Agency, Plan, Quantity};
use crate::source::Files;
use crate::vietnamese::listed;

pub(super) fn told(plan: &Plan, quantity: Quantity<'_>, last_year: &LastYear<'_>, files: &Files) -> String {
    let how = match &last_year.comparison {
        Err(why) => format!("không so sánh: {}", not_compared(*why)),
        Ok(Comparison { both: None, .. }) => "so sánh được với số kỳ này".to_owned(),
        Ok(Comparison { before, now, both: Some(both) }) => {
            let names: Vec<&str> = both.iter().map(|agency| agency.short_name.as_str()).collect();
            format!(
                "chỉ so sánh được {} cơ quan có số liệu cả hai năm ({}): {} năm trước, {} kỳ này",
                both.len(),
                names.join(", "),
                in_words(quantity, *before),
                in_words(quantity, *now)
            )
        }
    };
    let left = last_year.unlike.iter();
    let left = left.map(|(agency, why)| format!("{}: {}", agency.short_name, unlike(agency, why)));
    let left = listed(left, "; ").map(|told| format!("; không so {told}")).unwrap_or_default();
    let place = place(files, last_year.span);
    let value = match (last_year.value, &last_year.comparison) {
        (Amount::Unknown(_), _) => "không tính được tỷ lệ".to_owned(),
        (_, Err(NotCompared::OtherUnit)) => {
            format!("{} {}", amount_in(last_year.unit, last_year.value).value.to_text(), last_year.unit)
        }
        _ => in_words(quantity, last_year.value),
    };
    format!("Cùng kỳ năm {}: {value}, theo {} ({place}); {how}{left}.", plan.year - 1, last_year.source)
}

/// Why a number is not compared with last year's.
pub(super) fn not_compared(why: NotCompared) -> &'static str {
    match why {
        NotCompared::OtherUnit => "khác đơn vị tính",
        NotCompared::OtherDays => "khác thời gian lấy số liệu",
        NotCompared::StillOpen => "kỳ này chưa hết thời gian lấy số liệu",
        NotCompared::NoNumber => "kỳ này chưa có số liệu",
        NotCompared::Incomplete => "năm trước chỉ có tổng số, kỳ này chưa đủ cơ quan báo số",
        NotCompared::NoAgencyInBoth => "không cơ quan nào có số liệu cả hai năm",
        NotCompared::TooFew => "dưới 20 vụ việc nên không so tỷ lệ",
        NotCompared::Parts => "tử số hoặc mẫu số không so được ở mọi cơ quan",
    }
}

/// Why an agency is left out of the comparison with last year, though it gave a number in both.
pub(super) fn unlike(agency: &Agency, why: &Unlike<'_>) -> String {
    match why {
        Unlike::AloneThen(of) if of.id == agency.id => "số năm trước chỉ là của riêng cơ quan".to_owned(),
        Unlike::AloneThen(of) => format!("số năm trước của {} chỉ là của riêng cơ quan đó", of.short_name),
        Unlike::AloneNow => "số kỳ này chỉ là của riêng cơ quan, không gồm cơ quan đã nhập vào".to_owned(),
        Unlike::Lacks(of) => {
            format!("thiếu số năm trước của {}", listed(of.iter().map(|of| &of.name), ", ").unwrap_or_default())
        }
    }
}
