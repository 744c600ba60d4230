//! Numbers as Vietnamese administrative prose writes them: `1.250`, `1 250`, `01 nghìn 250`, `37,5 triệu đồng`, `hai mươi
//! lăm`. Knows nothing of what is counted.

use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) value: u64,
    /// Of how many, where it is written so: 15 in `13/15`.
    pub(crate) of: Option<u64>,
    /// How much the last place that is written counts: 100.000 in `37,5 triệu`.
    pub(crate) step: u64,
    /// The tokens that write it, the currency among them.
    pub(crate) at: Range<usize>,
    /// `None` where the words leave it open: `37 triệu`.
    pub(crate) is_money: Option<bool>,
}

/// Words that a number after them only names: `tháng 11`, `lần 2`; a year after `năm`.
const NUMBERED: [&str; 9] = ["tháng", "quý", "ngày", "lần", "thứ", "khóa", "điều", "khoản", "mục"];

/// How far the search for the end of one number goes.
const LONGEST: usize = 16;

const CURRENCY: [&str; 5] = ["đồng", "đ", "vnđ", "vnd", "₫"];
/// Words after which a word for a number is none: `tháng ba`, `thứ hai`, `trong năm`.
const NAMES: [&str; 23] = [
    "thứ", "tháng", "quý", "lần", "cả", "số", "khóa", "cấp", "hạng", "trong", "đầu", "cuối", "hằng", "hàng", "mỗi",
    "từng", "mấy", "nhiều", "các", "giữa", "qua", "toàn", "hết",
];

fn digit(word: &str) -> Option<u128> {
    Some(match word {
        "một" | "mốt" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" | "tư" => 4,
        "năm" | "lăm" | "nhăm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        _ => return None,
    })
}

/// Whether a number in words, of which those of `digit` are the first, may begin with a letter.
pub(super) fn may_begin(letter: char) -> bool {
    "mhbtnlsc".contains(letter.to_ascii_lowercase())
}

fn scale(word: &str) -> Option<u128> {
    Some(match word {
        "nghìn" | "ngàn" => 1_000,
        "triệu" | "tr" => 1_000_000,
        "tỷ" | "tỉ" | "tỳ" => 1_000_000_000,
        _ => return None,
    })
}

/// Every number of a text, in order. `word` gives the folded words and marks, nothing beyond; a number may begin at `starts`.
pub(super) fn read<'w>(starts: impl Iterator<Item = usize>, word: impl Fn(usize) -> &'w str) -> Vec<Number> {
    let (mut numbers, mut at) = (Vec::new(), 0);
    for start in starts {
        match (start >= at).then(|| reading(&word, start)) {
            Some(Ok(number)) => {
                at = number.at.end;
                numbers.push(number);
            }
            Some(Err(next)) => at = next,
            None => {}
        }
    }
    numbers
}

/// The number that begins at a token; where none does, the token from which on the next may begin: a row of numbers that would
/// be too large as one is none.
fn reading<'w>(word: impl Fn(usize) -> &'w str, start: usize) -> Result<Number, usize> {
    let first = word(start);
    let in_words = !first.starts_with(|c: char| c.is_ascii_digit());
    if in_words && first != "mười" && digit(first).is_none() {
        return Err(start);
    }
    let before = start.checked_sub(1).map_or("", &word);
    let year = |at: usize| matches!(word(at).parse(), Ok(1900..2100));
    let of_a_year = before == "năm" && year(start) || first == "năm" && year(start + 1);
    if of_a_year || if in_words { NAMES.contains(&before) } else { NUMBERED.contains(&before) } {
        return Err(start);
    }
    let (mut total, mut group, mut step, mut at) = (0_u128, 0_u128, 1_u128, start);
    // A tenth of `group` is what a decimal place of it counts.
    let (mut divisor, mut scaled) = (1_u128, false);
    while at < start + LONGEST {
        let token = word(at);
        if let Some(scale) = scale(token).filter(|_| at > start) {
            (total, step) = (total + group * scale / divisor, (scale / divisor).max(1));
            (group, divisor, scaled) = (0, 1, true);
        } else if let Some((digits, decimals)) = written(token) {
            // “1 250”, “01 nghìn 250”, “22 triệu 500 nghìn”
            let follows = at > start && token.len() == 3;
            let thousands = follows && !scaled && !in_words && first.len() <= 3 && !first.starts_with('0');
            if at > start && !(thousands || follows && scaled && group == 0) {
                break;
            }
            (group, divisor) = if thousands { (group * 1_000 + digits, 1) } else { (digits, decimals) };
            step = 1;
        } else if !in_words && !scaled {
            break;
        } else if let Some(digit) = digit(token).filter(|_| group.is_multiple_of(10)) {
            group += digit;
        } else {
            match token {
                "mười" => group += 10,
                "mươi" | "chục" => group = group / 10 * 10 + group % 10 * 10,
                "trăm" => group *= 100,
                "linh" | "lẻ" | "rưỡi" => group += if token == "rưỡi" { step / 2 } else { 0 },
                _ => break,
            }
        }
        // “hai nghìn tám trăm” is told to the last unit, “hai triệu rưỡi” and “một tỷ hai” are not.
        if scaled && group >= 10 && token != "rưỡi" {
            step = 1;
        }
        if total.max(group / divisor) > u128::from(u64::MAX) {
            (total, group) = (u128::from(u64::MAX) + 1, 0);
        }
        at += 1;
    }
    // A decimal of nothing countable: “1,5 ngày”.
    if at == start || divisor != 1 {
        return Err(start);
    }
    let mut of = None;
    if !scaled && word(at) == "/" && word(at + 2) != "/" {
        of = written(word(at + 1)).and_then(|(digits, _)| u64::try_from(digits).ok());
        at += if of.is_some() { 2 } else { 0 };
    }
    let currency = CURRENCY.contains(&word(at));
    let value = u64::try_from(total + group).map_err(|_| at)?;
    let is_money = if currency {
        Some(true)
    } else if step >= 100_000 {
        None
    } else {
        Some(false)
    };
    let step = u64::try_from(step).map_err(|_| at)?;
    Ok(Number { value, of, step, at: start..at + usize::from(currency), is_money })
}

/// Digits as they are written: `1.250`, `37,5` as 375 and 10.
fn written(token: &str) -> Option<(u128, u128)> {
    if !token.starts_with(|c: char| c.is_ascii_digit()) || token.len() > 24 {
        return None;
    }
    let (whole, rest) = token.split_once(',').unwrap_or((token, ""));
    let groups = |text: &str, by: char| {
        let mut groups = text.split(by);
        groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
    };
    let digits = |text: &str| text.replace(['.', ','], "").parse::<u128>().ok();
    if rest.is_empty() {
        return match whole.split_once('.') {
            // “37.5 triệu”, as a foreign keyboard writes it
            Some((_, decimals)) if !groups(whole, '.') && !decimals.contains('.') => {
                Some((digits(whole)?, 10_u128.checked_pow(decimals.len() as u32)?))
            }
            Some(_) if !groups(whole, '.') => None,
            _ => Some((digits(whole)?, 1)),
        };
    }
    if rest.contains(',') {
        return groups(token, ',').then(|| digits(token)).flatten().map(|digits| (digits, 1));
    }
    (!whole.contains('.') || groups(whole, '.')).then_some(())?;
    Some((digits(token)?, 10_u128.checked_pow(rest.len() as u32)?))
}

#[cfg(test)]
mod tests {
    use super::super::Tokens;

    #[test]
    fn numbers_are_read_as_prose_writes_them() {
        for (text, told) in [
            ("1.250 vụ, 08 vụ", &[(1_250, 1), (8, 1)][..]),
            ("1 250 vụ", &[(1_250, 1)]),
            ("1\u{202f}250 vụ", &[(1_250, 1)]),
            ("12 345 678 đồng", &[(12_345_678, 1)]),
            ("10 250 vụ, 08 250 vụ", &[(10_250, 1), (8, 1), (250, 1)]),
            ("1250 500 vụ", &[(1_250, 1), (500, 1)]),
            // As a foreign keyboard writes it.
            ("1,250,000 đồng", &[(1_250_000, 1)]),
            ("01 nghìn 25 vụ", &[(1_000, 1_000), (25, 1)]),
            ("01 nghìn 250", &[(1_250, 1)]),
            ("37,5 triệu đồng", &[(37_500_000, 100_000)]),
            ("37.5 triệu đồng", &[(37_500_000, 100_000)]),
            ("22 triệu 500 nghìn đồng", &[(22_500_000, 1_000)]),
            ("1,25 tỷ đồng và 540 nghìn", &[(1_250_000_000, 10_000_000), (540_000, 1_000)]),
            ("2.200.000 đồng, 450.000đ", &[(2_200_000, 1), (450_000, 1)]),
            ("hai vụ, mười buổi, mười hai lớp", &[(2, 1), (10, 1), (12, 1)]),
            ("hai mươi lăm vụ, một trăm linh ba vụ", &[(25, 1), (103, 1)]),
            ("một trăm hai mươi lăm vụ", &[(125, 1)]),
            ("hai triệu rưỡi", &[(2_500_000, 1_000_000)]),
            ("hai nghìn tám trăm chín mươi tám vụ", &[(2_898, 1)]),
            ("hai nghìn tám trăm vụ", &[(2_800, 1)]),
            ("hai triệu năm trăm nghìn đồng", &[(2_500_000, 1_000)]),
            ("năm 2026 100 vụ; năm 2026 vụ vi phạm giảm; năm vụ", &[(100, 1), (5, 1)]),
            ("tháng 11 vụ vi phạm giảm", &[]),
            ("trong năm vụ vi phạm; tháng ba; thứ hai", &[]),
            ("13/15 vụ", &[(13, 1)]),
            ("1,5 ngày", &[]),
            ("nhiều vụ", &[]),
            // As large as can be told, and a row of numbers that would be more as one.
            ("18 446 744 073 709 551 615 vụ, 7 vụ", &[(u64::MAX, 1), (7, 1)]),
            ("18 446 744 073 709 551 616 vụ, 7 vụ", &[(7, 1)]),
            ("101 108 115 122 129 136 143 150 157 164 171 178 185 192 vụ, 7 vụ", &[(7, 1)]),
            ("101 108 115 122 129 136 143 150 157 164 171 tỷ đồng, 7 vụ", &[(7, 1)]),
            (
                "999 999 999 999 999 999 tỷ tỷ tỷ tỷ, hai trăm trăm trăm trăm trăm trăm trăm trăm trăm trăm trăm trăm vụ, 7 vụ",
                &[(7, 1)],
            ),
        ] {
            let found: Vec<_> =
                Tokens::new(text).numbers.iter().map(|number| (number.value, number.step)).collect();
            assert_eq!(found, told, "{text}");
        }
    }
}
