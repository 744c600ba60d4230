//! Last year's number on a screen: where it stands, and how this year's compares with it.

use super::cells::{in_words, place};
use super::words;
use crate::measure::{Comparison, LastYear};
use crate::model::{Plan, Quantity};
use crate::source::Files;

pub(super) fn told(plan: &Plan, quantity: Quantity<'_>, last_year: &LastYear<'_>, files: &Files) -> String {
    let how = match &last_year.comparison {
        Err(why) => format!("không so sánh: {}", words::not_compared(*why)),
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
    let (value, place) = (in_words(quantity, last_year.value), place(files, last_year.span));
    format!("Cùng kỳ năm {}: {value}, theo {} ({place}); {how}.", plan.year - 1, last_year.source)
}
