//! A whole number with a slip in how it is written → what to write instead.

use super::instead::{IN_FULL, Instead, in_full, instead};

/// The remedy for what is no whole number as one writes it: the number itself, where it is plain which one is meant.
pub(crate) fn number_hint(written: &str) -> String {
    let mark = |c: char| matches!(c, '.' | ',' | '_') || c.is_whitespace();
    let bare: String = written.chars().filter(|c| !mark(*c)).collect();
    let digits = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = written.split(mark).collect();
    let thousands = digits && groups.len() > 1 && groups[1..].iter().all(|group| group.len() == 3);
    if thousands && groups[0].len() <= 3 {
        // `156.000` may be 156 or 156 000: both are named, none is chosen.
        let thousands = format!("viết liền các chữ số: {bare}");
        return if groups.len() == 2 && written.contains(['.', ',']) {
            format!("{thousands} nếu dấu chấm, phẩy là ngăn cách hàng nghìn; {} nếu là dấu thập phân", groups[0])
        } else {
            thousands
        };
    }
    if digits && bare == written && bare.starts_with('0') {
        let number = bare.trim_start_matches('0');
        return format!("bỏ số 0 ở đầu: {}", if number.is_empty() { "0" } else { number });
    }
    if let Some(hint) = slip(written) {
        return hint;
    }
    if written.starts_with('-') && written.len() > 1 {
        return "số liệu không thể âm; nếu cần điều chỉnh giảm, ghi số đã điều chỉnh".to_owned();
    }
    match instead(written) {
        Some(Instead::WithUnit { number, unit }) => match number.parse::<u64>() {
            _ if let Some(in_full) = in_full(&number, &unit) => in_full,
            Ok(_) => format!("chỉ ghi {number}, không kèm “{unit}”"),
            Err(_) => format!("không kèm “{unit}”; {}", number_hint(&number)),
        },
        Some(_) if !written.is_empty() => "không có thì xóa dòng này; đếm được đúng là không thì ghi 0".to_owned(),
        // `1 tỷ 200 triệu`
        _ if ["triệu", "tỷ", "tỉ", "nghìn", "ngàn", "tr", "đồng"]
            .iter()
            .any(|word| crate::vietnamese::fold(written).ends_with(word)) =>
        {
            format!("ghi đủ số đồng, {IN_FULL}")
        }
        _ => "chỉ ghi chữ số, ví dụ 1279".to_owned(),
    }
}

/// Of a number with a plus, decimals that are none, digits of another width, or a mark beside it above or below the line.
fn slip(written: &str) -> Option<String> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let offset = |c: char| matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '₀'..='₉');
    let narrow = |c: char| match c {
        '０'..='９' => char::from(b'0' + (u32::from(c) - u32::from('０')) as u8),
        c => c,
    };
    let narrowed: String = written.chars().map(narrow).collect();
    if narrowed != written && is_number(&narrowed) {
        return Some(format!("gõ lại bằng chữ số thường: {narrowed}"));
    }
    if let Some(number) = written.strip_prefix('+').map(str::trim_start).filter(|number| is_number(number)) {
        return Some(format!("bỏ dấu +: {number}"));
    }
    if let Some((number, decimals)) = written.split_once([',', '.'])
        && is_number(number)
        && (1..=2).contains(&decimals.len())
        && decimals.bytes().all(|byte| byte == b'0')
    {
        return Some(format!("bỏ phần thập phân: {number}"));
    }
    let number = written.trim_end_matches(offset);
    (number != written && is_number(number)).then(|| {
        format!("chữ số viết cao hoặc thấp hơn dòng là dấu chú thích thì bỏ, ghi {number}; là số mũ thì ghi đủ các chữ số")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_a_number_is_told_as_the_number() {
        for (written, hint) in [
            ("0318", "bỏ số 0 ở đầu: 318"),
            ("+318", "bỏ dấu +: 318"),
            ("318,0", "bỏ phần thập phân: 318"),
            ("318.00", "bỏ phần thập phân: 318"),
            ("３１８", "gõ lại bằng chữ số thường: 318"),
            (
                "318¹",
                "chữ số viết cao hoặc thấp hơn dòng là dấu chú thích thì bỏ, ghi 318; là số mũ thì ghi đủ các chữ số",
            ),
            ("318 vụ", "chỉ ghi 318, không kèm “vụ”"),
            ("15.000.000 đồng", "không kèm “đồng”; viết liền các chữ số: 15000000"),
            ("1.318.000đ", "không kèm “đ”; viết liền các chữ số: 1318000"),
            // Some part of it is not plain.
            ("318,5", "chỉ ghi chữ số, ví dụ 1279"),
            ("+", "không có thì xóa dòng này; đếm được đúng là không thì ghi 0"),
            ("¹", "chỉ ghi chữ số, ví dụ 1279"),
            ("1e3", "chỉ ghi chữ số, ví dụ 1279"),
        ] {
            assert_eq!(number_hint(written), hint, "{written}");
        }
    }
}
