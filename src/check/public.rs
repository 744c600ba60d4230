//! What is for everyone to know: nobody's telephone or identity number, and days in the order in which things are done.

use super::Check;
use super::scope::{One, Scope};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{PERSONAL_NUMBER, Paper, Plan, Report, Violator, Warning};
use crate::vietnamese::date;

pub(super) const CHECKS: &[Check] = &[Check::warning(
    PERSONAL_NUMBER,
    "Nội dung công khai có số điện thoại hoặc số căn cước của cá nhân",
    Scope::Report(personal_number),
    "\
Danh sách vi phạm và cảnh báo được đưa lên trang công khai (plan publish), nên không ghi số điện thoại, số căn cước (12 chữ số) hay số chứng
minh nhân dân (9 chữ số) của ai. Đường dây nóng của cơ quan thì ghi ở hotline (plan/agencies.yaml hoặc báo cáo) và nhắc lại trong nội dung
được; ở đó cũng không ghi số căn cước, không ghi số di động kèm tên người. Mục còn cảnh báo này thì trang công khai không nêu; số không phải của cá nhân thì chấp nhận cảnh báo ở mục accepted của báo cáo.

Sai:
  violators:
    - {name: Hộ kinh doanh A, violation: \"Bán hàng giả, liên hệ 0912 345 678\"}
Đúng:
  violators:
    - {name: Hộ kinh doanh A, violation: Bán hàng giả}",
), Check::warning(
    "public-days-out-of-order",
    "Ngày công bố vi phạm không theo thứ tự: quyết định, công bố, hết hạn công khai",
    Scope::Report(days_out_of_order),
    "\
Chỉ công bố sau khi có quyết định xử phạt và, với cá nhân, văn bản cho phép; thời hạn công khai kết thúc sau ngày công bố. Ngày gõ nhầm
thì trang công khai (plan publish) không nêu, hoặc nêu quá thời hạn.

Sai:
  violators:
    - {name: Công ty A, violation: Bán hàng giả, published: 2026-03-15, until: 2026-03-01}
Đúng:
  violators:
    - {name: Công ty A, violation: Bán hàng giả, published: 2026-03-15, until: 2027-03-15}",
)];

fn days_out_of_order(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    for violator in &one.report.violators {
        let of = |paper: &Option<Paper>| paper.as_ref().and_then(|paper| paper.date);
        let (decided, allowed) = (of(&violator.decision), of(&violator.publishable));
        let pairs = [
            ("ngày quyết định xử phạt", decided, "ngày công bố", violator.published),
            ("ngày công bố", violator.published, "ngày hết hạn công khai", violator.until),
            ("ngày văn bản cho phép nêu tên", allowed, "ngày hết hạn công khai", violator.until),
        ];
        for (first, from, second, to) in pairs {
            let (Some(from), Some(to)) = (from, to) else { continue };
            if to.value < from.value {
                let message = format!("{second} ({}) trước {first} ({})", date(to.value), date(from.value));
                let found = Diagnostic::new(rule, to.span, message).hint("xem lại hai ngày theo văn bản");
                sink.push(found.related(from.span, first));
            }
        }
    }
}

fn personal_number(one: &One<'_>, rule: &'static Rule, sink: &mut Sink) {
    let told = one.report.hotline.iter().filter_map(|hotline| Some((hotline, personal(&hotline.value)?)));
    let words = one.report.violators.iter().flat_map(Violator::words);
    let mut words = words.chain(one.report.warnings.iter().flat_map(Warning::words)).peekable();
    let known = if words.peek().is_some() { hotlines(one.plan, one.report) } else { Vec::new() };
    let words = words.filter_map(|text| Some((text, somebodys(&text.value, &known)?)));
    for (text, (run, what)) in told.chain(words) {
        let at = run.as_ptr() as usize - text.value.as_ptr() as usize;
        let place = one.files.within(text.span, &text.value, at..at + run.len());
        let message = format!("nội dung công khai có “{run}”, giống {what}");
        let hint = "bỏ số này; nếu là số công khai của cơ quan thì ghi vào mục đường dây nóng của cơ quan, không kèm tên người";
        sink.push(Diagnostic::new(rule, place, message).hint(hint));
    }
}

/// The digits of the numbers that are for everyone: those of the plan and of a report.
pub(crate) fn hotlines(plan: &Plan, report: &Report) -> Vec<String> {
    let own = report.hotline.as_ref().map(|hotline| &hotline.value);
    let hotlines = plan.agencies.iter().filter_map(|agency| agency.hotline.as_ref()).chain(own);
    let numbers = hotlines.filter(|hotline| personal(hotline).is_none()).flat_map(|hotline| numbers(hotline));
    numbers.map(|(run, _)| digits(run)).collect()
}

/// The first number in a hotline that is no office's, and what it looks like: an identity number, or a mobile telephone's
/// beside somebody's name.
pub(crate) fn personal(hotline: &str) -> Option<(&str, &'static str)> {
    let is_own = |run: &str| {
        let digits = digits(run);
        !digits.strip_prefix("84").or(digits.strip_prefix('0')).is_some_and(|rest| rest.starts_with('2'))
    };
    let is_named = names_person(hotline);
    numbers(hotline).find_map(|(run, what)| match what {
        PHONE => (is_named && is_own(run)).then_some((run, "số di động của cá nhân")),
        _ => Some((run, what)),
    })
}

/// Whether a text says whom one speaks to: `ông Sơn`, `Lò Văn A`.
fn names_person(text: &str) -> bool {
    const CALLED: [&str; 7] = ["ông", "bà", "anh", "chị", "chí", "đ/c", "cô"];
    const MIDDLE: [&str; 2] = ["Văn", "Thị"];
    let words: Vec<&str> =
        text.split([' ', ',', ':', '(', ')', ';', '-']).filter(|word| !word.is_empty()).collect();
    let is_name = |word: &&str| word.starts_with(char::is_uppercase);
    let called = words.windows(2).any(|pair| {
        let word = pair[0].to_lowercase();
        CALLED.contains(&word.as_str()) && is_name(&pair[1])
    });
    called || words.windows(3).any(|three| MIDDLE.contains(&three[1]) && is_name(&three[0]) && is_name(&three[2]))
}

/// The first number in a text that looks like somebody's and is not `known` to be for everyone, and what it looks like.
pub(crate) fn somebodys<'t>(text: &'t str, known: &[String]) -> Option<(&'t str, &'static str)> {
    numbers(text).find(|(run, _)| !known.contains(&digits(run)))
}

/// What looks like somebody's number: a run of digits, or in one that is none those parts that are (`tổ 5 - 0912 345 678`).
fn numbers(text: &str) -> impl Iterator<Item = (&str, &'static str)> {
    runs(text).flat_map(move |run| match kind(text, run) {
        Some(what) => vec![(run, what)],
        None => parts(text, run),
    })
}

fn parts<'t>(text: &'t str, run: &'t str) -> Vec<(&'t str, &'static str)> {
    let groups: Vec<(usize, &str)> = run
        .split(|c| digit(c).is_none())
        .filter(|group| !group.is_empty())
        .map(|group| (group.as_ptr() as usize - run.as_ptr() as usize, group))
        .collect();
    // The dots or commas of an amount of money part no numbers.
    let ends_at = |at: usize| !run[at..].starts_with(['.', ',']);
    let (mut found, mut first) = (Vec::new(), 0);
    while let Some(&(from, group)) = groups.get(first) {
        let begins = digits(group).len() > 2 && !run[..from].ends_with(['.', ',']);
        let told = (first..groups.len()).filter(|_| begins).find_map(|last| {
            let (at, group) = groups[last];
            let part = &run[from..at + group.len()];
            let what = kind(text, part).filter(|_| ends_at(at + group.len()))?;
            // An identity number in a run of others stands in one piece.
            (last == first || what == PHONE).then_some((last, (part, what)))
        });
        first = told.map_or(first, |(last, _)| last) + 1;
        found.extend(told.map(|(_, part)| part));
    }
    found
}

/// Digits that belong together: what parts them is a blank, dot, dash or bracket, before three digits or more up to three; or
/// a comma alone, as between thousands.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let parts = |c: char| c.is_whitespace() || ".-‐‑–)·•,".contains(c);
    let group = |text: &str| text.find(|c| digit(c).is_none()).unwrap_or(text.len());
    std::iter::from_fn(move || {
        let run = &rest[rest.find(|c| digit(c).is_some())?..];
        let (mut end, mut last) = (group(run), group(run));
        loop {
            let (gap, next) = run[end..].split_at(run[end..].find(|c| !parts(c)).unwrap_or_default());
            let next = &next[..group(next)];
            let count = digits(next).len();
            let widest = if count < 3 { 1 } else { 3 };
            let is_thousands = gap == "," && count == 3 && (3..=4).contains(&digits(&run[end - last..end]).len());
            let is_list = gap.contains(',') && !is_thousands;
            if gap.chars().count() > widest || count == 0 || is_list {
                break;
            }
            last = next.len();
            end += gap.len() + last;
        }
        rest = &run[end..];
        Some(&run[..end])
    })
}

/// A digit as ASCII has it, also where an input method for Chinese wrote it.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
        _ => None,
    }
}

fn digits(run: &str) -> String {
    run.chars().filter_map(digit).collect()
}

const PHONE: &str = "số điện thoại";

/// What a run of digits in a text looks like, where that is somebody's number.
fn kind(text: &str, run: &str) -> Option<&'static str> {
    const TAX: [&str; 4] = ["mã số thuế", "mst", "mã số doanh nghiệp", "mã vạch"];
    let at = run.as_ptr() as usize - text.as_ptr() as usize;
    let (before, after) = (&text[..at], &text[at + run.len()..]);
    // A number of a paper, a date, a code.
    let joined = |c: char| c.is_alphanumeric() || c == '/';
    let is_rest = run.contains(',') && before.ends_with(',');
    if before.ends_with(joined) || after.starts_with(joined) || is_rest {
        return None;
    }
    let named = before.trim_end_matches([' ', ':', '(', '.']).to_lowercase();
    let is_tax = TAX.iter().any(|word| named.ends_with(word));
    let digits = digits(run);
    // `+84 912 345 678`, or as messengers write it: `84912345678`.
    let is_whole = digits.len() == 11 && run.chars().count() == 11 && !after.trim_start().starts_with(['đ', 'Đ']);
    let abroad = digits.strip_prefix("84").filter(|_| before.ends_with('+') || is_whole);
    let digits = abroad.map_or(digits.clone(), |rest| format!("0{}", rest.trim_start_matches('0')));
    let zero = digits.starts_with('0');
    let second = digits.as_bytes().get(1).copied().unwrap_or_default();
    // An amount of money never begins with zero, and is in words of its own when it stands in one piece.
    let is_amount = || after.trim_start().starts_with(['đ', 'Đ']) || (run.chars().count() > digits.len() && !zero);
    match digits.len() {
        10 | 11 if zero && !is_tax && b"235789".contains(&second) => Some(PHONE),
        12 if zero => Some("số căn cước"),
        9 if !is_tax && !is_amount() => Some("số chứng minh nhân dân"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_persons_are_told_from_others() {
        const PHONE: Option<&str> = Some(super::PHONE);
        for (text, found) in [
            ("liên hệ 0912345678", PHONE),
            ("gọi 0912 345 678.", PHONE),
            ("ĐT: 0212.3852.123", PHONE),
            ("(+84 912 345 678)", PHONE),
            ("CCCD 014087001234 cấp ngày 01/02/2021", Some("số căn cước")),
            ("mã số thuế: 014087001234", Some("số căn cước")),
            ("CMND 050123456", Some("số chứng minh nhân dân")),
            ("CMND 050 123 456", Some("số chứng minh nhân dân")),
            ("số 250123456, thường trú", Some("số chứng minh nhân dân")),
            ("MST 5500123456", None),
            ("Công ty A, mã số thuế: 5500123456", None),
            ("Công ty A, mã số thuế: 0301234567", None),
            ("MST 5500123456, điện thoại 0912345678", PHONE),
            ("đơn hàng 250123456789", None),
            ("gọi 09 12 34 56 78", PHONE),
            ("(+0912 345 678)", PHONE),
            ("mục 0912  - 345 678", None),
            ("mã số thuế 0301234567", None),
            ("phạt 156000000 đồng", None),
            ("trị giá 156.000.000", None),
            ("Quyết định 0912345678/QĐ", None),
            ("tổng đài 1800 6838, 1900 1234", None),
            ("gọi (0212)  3852 345", PHONE),
            ("gọi 0912 – 345 – 678", PHONE),
            ("gọi 0912\u{2009}345\u{202f}678.", PHONE),
            ("từ 05.6.2026 đến 10.11.2026", None),
            ("từ 05.6 - 10.11.2026", None),
            ("08 vụ; 05 - 06 - 07 - 08", None),
            ("lô A0912345678", None),
            ("41 chiếc, 80 gam", None),
            ("tổ 5 - 0912345678", PHONE),
            ("Tổ 3 0912 345 678", PHONE),
            ("0912345678 – 0987654321", PHONE),
            ("0212 3852 999 - 998", PHONE),
            ("năm 2026 0912.345.678", PHONE),
            ("CMND 250123456 - 0912345678", Some("số chứng minh nhân dân")),
            ("+84 (0)912 345 678", PHONE),
            ("Zalo 84912345678", PHONE),
            ("thu 84912345678 đồng", None),
            ("thu 84.912.345.678", None),
            ("trị giá 1.091.234.567.890", None),
            ("năm 2025 - 2026", None),
            ("MST 0301234567 - 001", None),
            ("tài khoản 0711 0001 23456", None),
            ("gọi 0912,345,678", PHONE),
            ("gọi 0912·345·678", PHONE),
            ("0912345678,0987654321", PHONE),
            ("0912345678,098 765 4321", PHONE),
            ("gọi ０９１２ ３４５ ６７８", PHONE),
            ("gọi ０９１２３４５６７８", PHONE),
            ("quyết định số 012, 013, 014", None),
            ("các ngày 05,06,07,08,09", None),
            ("hệ số 0,91234567", None),
            ("phạt 156,000,000", None),
            ("trị giá 1,091,234,567,890", None),
        ] {
            assert_eq!(numbers(text).next().map(|(_, what)| what), found, "{text}");
        }
    }

    #[test]
    fn a_hotline_is_an_office_s() {
        const MOBILE: Option<&str> = Some("số di động của cá nhân");
        for (hotline, found) in [
            ("0212 3852 999 - 0212 3852 998", None),
            ("1800 6838 (giờ hành chính)", None),
            ("0912 345 678 (Phòng Quản lý thương mại)", None),
            ("UBND xã Mường Bú: 0912 345 678", None),
            ("Ban Văn hóa Thị trấn 0912 345 678", None),
            ("0212 3852 999 (gặp ông Sơn)", None),
            ("0912 345 678 (gặp ông Sơn)", MOBILE),
            ("đ/c Hà 0912.345.678", MOBILE),
            ("Đồng chí Hà: 0912.345.678", MOBILE),
            ("Lò Văn A, 0912 345 678", MOBILE),
            ("+84 912 345 678 - Cà Thị B", MOBILE),
            ("0212 3852 999, CCCD 014087001234", Some("số căn cước")),
        ] {
            assert_eq!(personal(hotline).map(|(_, what)| what), found, "{hotline}");
        }
    }
}
