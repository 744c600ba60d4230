//! What a written word is: a day, a whole number, an id. One way to read each, shared by files and spreadsheets.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::instead::{Instead, MAX_WHOLE, instead};
use super::kinds::Scalar;
use super::names::{Id, Later};
use super::rules::{NOT_A_DATE, NOT_A_NUMBER, WRONG_SHAPE};
use super::slips::number_hint;
use super::{Reader, Shape};
use crate::source::{Span, Spanned};

/// Years of days that reports and plans speak of.
const YEARS: std::ops::RangeInclusive<u32> = 1945..=2100;

/// Exactly ten bytes and a real day of the years 1945 to 2100.
pub(crate) fn parse_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |range: std::ops::Range<usize>| -> Option<u32> {
        let part = text.get(range)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let year = number(0..4)?;
    YEARS.contains(&year).then(|| NaiveDate::from_ymd_opt(year as i32, number(5..7)?, number(8..10)?))?
}

/// As files write it, or the day first: `9/6/2026`, `09-06-2026`, `9.6.2026`; the year in four digits, one kind of mark.
pub(crate) fn date_as_written(text: &str) -> Option<NaiveDate> {
    parse_date(text).or_else(|| typed(text, |[day, month]| [day, month]))
}

/// The day that is meant where the month stands first and cannot be a day: `11/17/2026`.
pub(crate) fn month_first(text: &str) -> Option<NaiveDate> {
    typed(text, |[month, day]| [day, month]).filter(|_| date_as_written(text).is_none())
}

fn typed(text: &str, in_order: fn([&str; 2]) -> [&str; 2]) -> Option<NaiveDate> {
    let [first, second, year] = parts(text)?;
    let [day, month] = in_order([first, second]);
    let short = |part: &str| (1..=2).contains(&part.len());
    if !short(day) || !short(month) || year.len() != 4 {
        return None;
    }
    parse_date(&format!("{year}-{month:0>2}-{day:0>2}"))
}

/// What stands between two marks of one kind.
fn parts(text: &str) -> Option<[&str; 3]> {
    let mark = text.chars().find(|c| matches!(c, '/' | '-' | '.'))?;
    text.split(mark).map(str::trim).collect::<Vec<_>>().try_into().ok()
}

/// The remedy for a day that is written as days are, in either order, and is not in the calendar.
pub(crate) fn no_such_day(text: &str) -> Option<&'static str> {
    let parts = parts(text)?;
    let year = match parts.map(str::len) {
        [4, 2, 2] => parts[0],
        [1..=2, 1..=2, 4] => parts[2],
        _ => return None,
    };
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.into_iter().all(is_number) || date_as_written(text).is_some() {
        return None;
    }
    Some(match year.parse().is_ok_and(|year| YEARS.contains(&year)) {
        true => "không có ngày này trong lịch; xem lại ngày, tháng",
        false => "xem lại năm: từ 1945 đến 2100",
    })
}

/// `YYYY-MM-DD`, nothing else: no other order of day and month can be misread then.
pub(super) fn date(reader: &mut Reader<'_, '_>) -> Option<(NaiveDate, Span)> {
    let (scalar, span) = reader.scalar()?;
    let written = scalar.as_ref().map_or("", |(text, _)| text.trim());
    if let Some(value) = parse_date(written) {
        return Some((value, span));
    }
    let hint = match date_as_written(written).or_else(|| month_first(written)) {
        Some(date) => format!("nếu là ngày {}, viết {date}", crate::vietnamese::date(date)),
        None => no_such_day(written).unwrap_or("viết năm-tháng-ngày, ví dụ 2026-06-09").to_owned(),
    };
    reader.problem(&NOT_A_DATE, span, format!("“{written}” không phải ngày hợp lệ"), hint)
}

/// A whole number of digits only.
pub(super) fn whole(reader: &mut Reader<'_, '_>) -> Option<(u64, Span)> {
    // The number of a figure with more to say of it: without it there is no figure.
    number(reader, if reader.key == "value" { value_hint } else { number_hint })
}

/// The number of a figure, in whose place words may stand that say why there is none.
pub(crate) fn figure(reader: &mut Reader<'_, '_>) -> Option<u64> {
    number(reader, figure_hint).map(|(value, _)| value)
}

fn number(reader: &mut Reader<'_, '_>, hint_at: fn(&str) -> String) -> Option<(u64, Span)> {
    let (scalar, span) = reader.scalar()?;
    let Some((text, plain)) = scalar else {
        return reader.problem(&NOT_A_NUMBER, span, "chỗ này phải là một số nguyên", hint_at(""));
    };
    let written = text.trim();
    let (message, hint) = match written.parse::<u64>() {
        Ok(_) if !plain && !is_quoted(reader, span) => (
            format!("số “{written}” viết dưới dấu | hoặc > nên chỉ là chữ"),
            format!("bỏ dấu đó, ghi số ngay sau dấu hai chấm: {written}"),
        ),
        Ok(_) if !plain => (format!("số “{written}” nằm trong dấu nháy nên chỉ là chữ"), "bỏ dấu nháy".to_owned()),
        // `007` may be a code, `+5` a slip: neither is read as a number.
        Ok(value) if written == "0" || !written.starts_with(['0', '+']) => {
            if value <= MAX_WHOLE {
                return Some((value, span));
            }
            (format!("số {written} quá lớn"), "tiền tính bằng đồng, không nhân thêm; xem lại số chữ số".to_owned())
        }
        Err(_) if !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit()) => {
            (format!("số {written} quá lớn"), "xem lại số chữ số".to_owned())
        }
        _ => (format!("“{written}” không phải số nguyên không âm"), hint_at(written)),
    };
    reader.problem(&NOT_A_NUMBER, span, message, hint)
}

/// Whether a word stands in quotes, not in a block of lines.
fn is_quoted(reader: &Reader<'_, '_>, word: Span) -> bool {
    reader.events.text().get(word.start as usize..).is_some_and(|word| word.starts_with(['"', '\'']))
}

fn figure_hint(written: &str) -> String {
    const NOTHING_AROSE: &str = "không phát sinh thì ghi nothing-arose";
    const NOT_APPLICABLE: &str = "không áp dụng thì ghi not-applicable";
    const NOT_YET: &str = "chưa có số thì ghi {reason: \"lý do\"}";
    match instead(written) {
        Some(Instead::NothingArose) => format!("{NOTHING_AROSE}; đếm được đúng là không thì ghi 0"),
        Some(Instead::NotApplicable) => NOT_APPLICABLE.to_owned(),
        Some(Instead::NotYet) => NOT_YET.to_owned(),
        Some(Instead::Unclear) => {
            format!("{NOTHING_AROSE}; {NOT_APPLICABLE}; {NOT_YET}; đếm được đúng là không thì ghi 0")
        }
        Some(Instead::WithUnit { number, .. }) if number == "0" => {
            format!("{}; {NOTHING_AROSE}", number_hint(written))
        }
        Some(Instead::WithUnit { .. }) | None => number_hint(written),
    }
}

fn value_hint(written: &str) -> String {
    match instead(written) {
        Some(Instead::WithUnit { .. }) | None => number_hint(written),
        Some(_) => "không có số nào thì bỏ các mục này, ghi nothing-arose hoặc not-applicable thay vào; chưa có số thì chỉ ghi \
                    reason: lý do; đếm được đúng là không thì ghi 0"
            .to_owned(),
    }
}

impl Scalar for u64 {
    const SHAPE: &'static Shape = &Shape::Number(0, MAX_WHOLE);

    fn scalar(reader: &mut Reader<'_, '_>) -> Option<(Self, Span)> {
        whole(reader)
    }
}

impl Scalar for NaiveDate {
    const SHAPE: &'static Shape = &Shape::Date;

    fn scalar(reader: &mut Reader<'_, '_>) -> Option<(Self, Span)> {
        date(reader)
    }
}

impl Scalar for String {
    const SHAPE: &'static Shape = &Shape::Words;

    fn scalar(reader: &mut Reader<'_, '_>) -> Option<(Self, Span)> {
        let (text, span) = reader.words()?;
        reader.events.warn_of_comment(span);
        // Without the blank end that a block of lines may have.
        Some((text.trim_end().to_owned(), span))
    }
}

/// Declares words of a form of their own: documentation, type, regular expression, what they are, and whether some are.
macro_rules! patterns {
    ($($(#[doc = $doc:literal])* $name:ident $pattern:literal $words:literal $holds:expr;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub(crate) struct $name(pub(crate) String);

        impl Scalar for $name {
            const SHAPE: &'static Shape = &Shape::Pattern($pattern, $words);

            fn scalar(reader: &mut Reader<'_, '_>) -> Option<(Self, Span)> {
                let (text, span) = String::scalar(reader)?;
                let holds: fn(&str) -> bool = $holds;
                if holds(&text) {
                    return Some(($name(text), span));
                }
                reader.problem(&WRONG_SHAPE, span, format!("“{text}” không phải {}", $words), "sửa lại theo đúng dạng đó")
            }
        }
    )*};
}

patterns! {
    /// The code of a commune or ward (QĐ 19/2025/QĐ-TTg), a text that may begin with 0.
    CommuneCode r"^\d{5}$" "mã đơn vị hành chính gồm 5 chữ số" |text| text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit());
    /// The number of a group of tasks.
    Roman "^[IVXL]+$" "số La Mã" |text| text.bytes().all(|b| b"IVXL".contains(&b));
    /// How prose tells a figure: one `{n}`, and words beside it.
    Telling r"^[^{}]*([^\s.{}][^{}]*\{n\}|\{n\}[^{}]*[^\s.{}])[^{}]*$" "lời kể có một {n} ở chỗ con số, ví dụ kiểm tra {n} vụ" |text| {
        let words = text.replacen("{n}", "", 1);
        words.len() < text.len() && words.contains(|c: char| c != '.' && !c.is_whitespace()) && !words.contains(['{', '}'])
    };
    /// The moment of an entry, in the time of the place; those of a later moment sort later.
    Moment r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?$" "thời điểm viết năm-tháng-ngàyTgiờ:phút:giây" |text| {
        let is_time = |time: &str| [8, 12].contains(&time.len()) && NaiveTime::parse_from_str(time, "%H:%M:%S%.f").is_ok();
        text.split_once('T').is_some_and(|(day, time)| parse_date(day).is_some() && is_time(time))
    };
    /// What a report says, in brief: a version of how it is reckoned, and sixteen hexadecimal digits.
    Fingerprint "^v\\d-[0-9a-f]{16}$" "dấu nội dung do công cụ ghi, ví dụ v1-0123456789abcdef" |text| {
        let bytes = text.as_bytes();
        let hex = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
        bytes.len() == 19 && bytes[0] == b'v' && bytes[1].is_ascii_digit() && bytes[2] == b'-' && bytes[3..].iter().all(hex)
    };
    /// What a difficulty or a recommendation is settled by.
    RemarkId "^[0-9a-f]{8}$" "mã gồm 8 chữ số hệ mười sáu" |text| {
        text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    /// The SHA-256 of a file in hexadecimal.
    Sha256 "^[0-9a-fA-F]{64}$" "mã SHA-256 gồm 64 chữ số hệ mười sáu" |text| {
        text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
    };
}

/// When something is to be done: a month, a quarter or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Period {
    year: i32,
    /// The first and the last month of it.
    months: (u32, u32),
}

impl Period {
    const PATTERN: &'static str = r"^((năm )?20\d\d|20\d\d-(0[1-9]|1[0-2])|20\d\d-Q[1-4]|tháng (0?[1-9]|1[0-2])/20\d\d|quý (I|II|III|IV)/20\d\d)$";
    const QUARTERS: [&'static str; 4] = ["I", "II", "III", "IV"];

    /// As files write it, `2026-12`, `2027-Q1`, `2027`, or in words: `tháng 12/2026`, `quý I/2027`, `năm 2027`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let year = |text: &str| -> Option<i32> {
            let digits =
                text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) && text.starts_with("20");
            digits.then(|| text.parse().ok())?
        };
        let of_month =
            |text: &str, month: &str| Some((year(text)?, month.parse().ok().filter(|m| (1..=12).contains(m))?));
        let of_quarter = |text: &str, at: usize| {
            let last = 3 * (at as u32 + 1);
            Some(Self { year: year(text)?, months: (last - 2, last) })
        };
        let single = |(year, month): (i32, u32)| Self { year, months: (month, month) };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if let Some((month, of)) = text.strip_prefix("tháng ").and_then(|rest| rest.split_once('/')) {
            return of_month(of, month).filter(|_| month.len() <= 2 && digits(month)).map(single);
        }
        if let Some((quarter, of)) = text.strip_prefix("quý ").and_then(|rest| rest.split_once('/')) {
            return of_quarter(of, Self::QUARTERS.iter().position(|known| *known == quarter)?);
        }
        match text.split_once('-') {
            None => year(text.strip_prefix("năm ").unwrap_or(text)).map(|year| Self { year, months: (1, 12) }),
            Some((of, part)) => match part.strip_prefix('Q') {
                Some(quarter) => of_quarter(of, ["1", "2", "3", "4"].iter().position(|known| *known == quarter)?),
                None => of_month(of, part).filter(|_| part.len() == 2 && digits(part)).map(single),
            },
        }
    }

    /// Inside a sentence: `tháng 12/2026`, `quý I/2027`, `năm 2027`.
    pub(crate) fn words(self) -> String {
        let Self { year, months: (first, last) } = self;
        match last - first {
            0 => format!("tháng {first}/{year}"),
            2 => format!("quý {}/{year}", Self::QUARTERS[first as usize / 3]),
            _ => format!("năm {year}"),
        }
    }

    /// Whether its last day is over.
    pub(crate) fn is_before(self, day: NaiveDate) -> bool {
        (self.year, self.months.1) < (day.year(), day.month())
    }

    /// What ends first comes first, then what begins later: a month before the quarter that it ends.
    pub(crate) fn order(self) -> (i32, u32, std::cmp::Reverse<u32>) {
        (self.year, self.months.1, std::cmp::Reverse(self.months.0))
    }
}

impl Scalar for Period {
    const SHAPE: &'static Shape = &Shape::Either(
        "Tháng, quý hoặc năm",
        &[&Shape::Pattern(Self::PATTERN, "tháng, quý hoặc năm"), &Shape::Number(2000, 2099)],
    );

    fn scalar(reader: &mut Reader<'_, '_>) -> Option<(Self, Span)> {
        let (text, span) = reader.words()?;
        if let Some(period) = Self::parse(text.trim_end()) {
            return Some((period, span));
        }
        let message = format!("“{text}” không phải tháng, quý hoặc năm");
        reader.problem(
            &WRONG_SHAPE,
            span,
            message,
            "viết 2026-12, 2027-Q1 hoặc 2027; hoặc tháng 12/2026, quý I/2027, năm 2027",
        )
    }
}

/// A year that a plan can be of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Year(pub(crate) i32);

impl Scalar for Year {
    const SHAPE: &'static Shape = &Shape::Number(2000, 2100);

    fn scalar(reader: &mut Reader<'_, '_>) -> Option<(Self, Span)> {
        let (written, span) = whole(reader)?;
        if (2000..=2100).contains(&written) {
            return Some((Self(written as i32), span));
        }
        let hint = "viết đủ bốn chữ số, ví dụ 2026";
        reader.problem(&NOT_A_NUMBER, span, format!("năm {written} không hợp lệ"), hint)
    }
}

impl<T: Id> Scalar for T {
    const SHAPE: &'static Shape = &Shape::Id(T::IDS);

    fn scalar(reader: &mut Reader<'_, '_>) -> Option<(Self, Span)> {
        let (written, span) = reader.words()?;
        match T::find(reader.names, written.trim_end(), span, reader.events.problems()) {
            Ok(id) => Some((id, span)),
            Err(problem) => reader.push(*problem?),
        }
    }
}

impl<T: Id> Scalar for Later<T> {
    const SHAPE: &'static Shape = &Shape::Id(T::IDS);

    fn scalar(reader: &mut Reader<'_, '_>) -> Option<(Self, Span)> {
        let (value, span) = String::scalar(reader)?;
        Some((Self::new(Spanned { value, span }), span))
    }
}
