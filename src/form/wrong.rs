//! What is said of a cell whose value no field takes.

use std::borrow::Cow;

/// What is wrong and the remedy.
pub(super) type Wrong = (String, Cow<'static, str>);

/// What is wrong with a cell, and the remedy.
pub(super) fn wrong(message: impl Into<String>, remedy: impl Into<Cow<'static, str>>) -> Wrong {
    (message.into(), remedy.into())
}

/// With a comma before the decimals; of more digits than a spreadsheet shows the power of ten.
pub(super) fn decimal(number: f64) -> String {
    let written = if number.abs() < 1e15 { number.to_string() } else { format!("{number:e}") };
    written.replace('.', ",")
}

/// Of a cell that holds nothing that anybody wrote.
pub(super) fn unusable<T>() -> Result<T, Wrong> {
    Err(wrong("ô này là TRUE, FALSE hoặc báo lỗi công thức", "xóa ô rồi gõ lại nội dung"))
}
