//! Decoding of mappings, lists and scalars. Every helper returns what it can and reports the rest;
//! none stops at the first problem and none guesses.

use chrono::NaiveDate;

use super::rules::{MISSING_FIELD, NOT_A_DATE, NOT_A_NUMBER, UNKNOWN_KEY, UNKNOWN_VALUE, WRONG_SHAPE};
use super::suggest;
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::Spanned;
use crate::source::Span;
use crate::yaml::{Entry, Kind, Node};

/// Larger counts and amounts are slips: the province's whole budget is under 10^14 đồng.
const MAX_WHOLE: u64 = 100_000_000_000_000;

/// A mapping being decoded: remembers which keys were asked for, so that the rest are unknown.
pub(super) struct Fields<'n, 'a> {
    span: Span,
    entries: &'n [Entry<'a>],
    known: Vec<&'static str>,
}

impl<'n, 'a> Fields<'n, 'a> {
    /// `what` names the mapping in messages: “báo cáo”, “nhiệm vụ”.
    pub(super) fn new(node: &'n Node<'a>, what: &str, sink: &mut Sink) -> Option<Self> {
        if matches!(node.kind, Kind::Null) {
            let hint = "nhập nội dung, hoặc xóa nếu không dùng";
            sink.push(Diagnostic::new(&WRONG_SHAPE, node.span, format!("{what} còn trống")).hint(hint));
            return None;
        }
        let Kind::Mapping(entries) = &node.kind else {
            let hint = "viết mỗi mục một dòng: tên_mục, dấu hai chấm, giá trị";
            sink.push(
                Diagnostic::new(&WRONG_SHAPE, node.span, format!("{what} phải gồm các mục có tên")).hint(hint),
            );
            return None;
        };
        // A mapping's own span may run over many lines: its first key is the better place to point at.
        let span = entries.first().map_or(node.span, |entry| entry.key_span);
        Some(Self { span, entries, known: Vec::new() })
    }

    /// Where to point for something that the mapping lacks.
    pub(super) fn span(&self) -> Span {
        self.span
    }

    fn entry(&mut self, key: &'static str) -> Option<&'n Entry<'a>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The value of a key that may be absent or left empty.
    pub(super) fn optional(&mut self, key: &'static str) -> Option<&'n Node<'a>> {
        let entry = self.entry(key)?;
        (!matches!(entry.value.kind, Kind::Null)).then_some(&entry.value)
    }

    /// The value of a key that must be there and filled in.
    pub(super) fn required(&mut self, key: &'static str, sink: &mut Sink) -> Option<&'n Node<'a>> {
        match self.entry(key) {
            None => {
                let message = format!("thiếu mục “{key}”");
                sink.push(
                    Diagnostic::new(&MISSING_FIELD, self.span, message).hint(format!("thêm dòng “{key}: …”")),
                );
                None
            }
            Some(entry) if matches!(entry.value.kind, Kind::Null) => {
                let message = format!("mục “{key}” còn để trống");
                sink.push(
                    Diagnostic::new(&MISSING_FIELD, entry.key_span, message).hint("điền giá trị sau dấu hai chấm"),
                );
                None
            }
            Some(entry) => Some(&entry.value),
        }
    }

    pub(super) fn required_text(&mut self, key: &'static str, sink: &mut Sink) -> Option<String> {
        self.required(key, sink).and_then(|node| text(node, sink)).map(|text| text.value)
    }

    pub(super) fn optional_text(&mut self, key: &'static str, sink: &mut Sink) -> Option<String> {
        self.optional(key).and_then(|node| text(node, sink)).map(|text| text.value)
    }

    pub(super) fn optional_date(&mut self, key: &'static str, sink: &mut Sink) -> Option<NaiveDate> {
        self.optional(key).and_then(|node| date(node, sink)).map(|date| date.value)
    }

    pub(super) fn required_date(&mut self, key: &'static str, sink: &mut Sink) -> Option<Spanned<NaiveDate>> {
        self.required(key, sink).and_then(|node| date(node, sink))
    }

    pub(super) fn flag(&mut self, key: &'static str, sink: &mut Sink) -> bool {
        self.optional(key).is_some_and(|node| match &node.kind {
            Kind::Scalar { text, plain: true } if text == "true" => true,
            Kind::Scalar { text, plain: true } if text == "false" => false,
            _ => {
                let message = format!("mục “{key}” chỉ nhận true (có) hoặc false (không)");
                sink.push(Diagnostic::new(&WRONG_SHAPE, node.span, message).hint("viết true hoặc false"));
                false
            }
        })
    }

    /// The decoded items of a list that may be absent.
    pub(super) fn list<T>(
        &mut self,
        key: &'static str,
        sink: &mut Sink,
        mut item: impl FnMut(&'n Node<'a>, &mut Sink) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = self.optional(key) else { return Vec::new() };
        items(node, key, sink).iter().filter_map(|node| item(node, sink)).collect()
    }

    pub(super) fn texts(&mut self, key: &'static str, sink: &mut Sink) -> Vec<String> {
        self.list(key, sink, |node, sink| text(node, sink).map(|text| text.value))
    }

    /// Words that may be absent, with their place.
    pub(super) fn words(&mut self, key: &'static str, sink: &mut Sink) -> Option<Spanned<String>> {
        self.optional(key).and_then(|node| text(node, sink))
    }

    /// The entries of a mapping with free keys that may be absent.
    pub(super) fn table(&mut self, key: &'static str, sink: &mut Sink) -> &'n [Entry<'a>] {
        let Some(node) = self.optional(key) else { return &[] };
        match &node.kind {
            Kind::Mapping(entries) => entries,
            _ => {
                let message = format!("mục “{key}” phải gồm các dòng “tên: giá trị” thụt vào bên dưới");
                sink.push(
                    Diagnostic::new(&WRONG_SHAPE, node.span, message)
                        .hint("viết mỗi giá trị một dòng, thụt vào 2 dấu cách"),
                );
                &[]
            }
        }
    }

    /// Reports the keys nobody asked for.
    pub(super) fn finish(self, sink: &mut Sink) {
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&&*entry.key)) {
            let candidates = self.known.iter().map(|key| (*key, *key));
            let hint = suggest::among(&entry.key, candidates)
                .unwrap_or_else(|| format!("các mục dùng được ở đây: {}", self.known.join(", ")));
            sink.push(
                Diagnostic::new(&UNKNOWN_KEY, entry.key_span, format!("không có mục “{}”", entry.key)).hint(hint),
            );
        }
    }
}

/// A list's items; anything else is a problem and no items.
pub(super) fn items<'n, 'a>(node: &'n Node<'a>, what: &str, sink: &mut Sink) -> &'n [Node<'a>] {
    match &node.kind {
        Kind::Sequence(items) => items,
        _ => {
            let message = format!("mục “{what}” phải là danh sách");
            sink.push(
                Diagnostic::new(&WRONG_SHAPE, place(node), message)
                    .hint("viết mỗi giá trị một dòng, bắt đầu bằng “- ”"),
            );
            &[]
        }
    }
}

/// Words on one or more lines; numbers and dates are words too where words are asked for.
pub(super) fn text(node: &Node<'_>, sink: &mut Sink) -> Option<Spanned<String>> {
    match &node.kind {
        Kind::Scalar { text, .. } if !text.trim().is_empty() => {
            Some(Spanned { value: text.trim_end().to_owned(), span: node.span })
        }
        Kind::Scalar { .. } | Kind::Null => {
            sink.push(
                Diagnostic::new(&MISSING_FIELD, node.span, "giá trị còn để trống")
                    .hint("điền nội dung hoặc xóa cả mục"),
            );
            None
        }
        Kind::Sequence(_) | Kind::Mapping(_) => {
            let hint = "nếu đoạn chữ có dấu hai chấm hoặc bắt đầu bằng “- ”, đặt cả đoạn trong dấu nháy: \"…\"";
            sink.push(Diagnostic::new(&WRONG_SHAPE, place(node), "chỗ này phải là một đoạn chữ").hint(hint));
            None
        }
    }
}

/// `YYYY-MM-DD`, nothing else: no other order of day and month can be misread then.
pub(super) fn date(node: &Node<'_>, sink: &mut Sink) -> Option<Spanned<NaiveDate>> {
    let written = match &node.kind {
        Kind::Scalar { text, .. } => text.trim(),
        _ => "",
    };
    if let Some(value) = parse_date(written) {
        return Some(Spanned { value, span: node.span });
    }
    let hint = match day_first(written) {
        Some(date) => format!("nếu là ngày {}, viết {date}", crate::vietnamese::date(date)),
        None => "viết năm-tháng-ngày, ví dụ 2026-06-09".to_owned(),
    };
    sink.push(Diagnostic::new(&NOT_A_DATE, place(node), format!("“{written}” không phải ngày hợp lệ")).hint(hint));
    None
}

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
    (1945..=2100).contains(&year).then(|| NaiveDate::from_ymd_opt(year as i32, number(5..7)?, number(8..10)?))?
}

/// `9/6/2026` or `09-06-2026`, the way people write dates, for the hint only.
fn day_first(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split(['/', '-', '.']).map(|part| part.parse::<u32>().ok());
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || !(2000..=2100).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year as i32, month, day)
}

/// A whole number of digits only.
pub(super) fn whole(node: &Node<'_>, sink: &mut Sink) -> Option<u64> {
    let Kind::Scalar { text, plain } = &node.kind else {
        sink.push(
            Diagnostic::new(&NOT_A_NUMBER, place(node), "chỗ này phải là một số nguyên")
                .hint("viết số liền nhau, ví dụ 1279"),
        );
        return None;
    };
    let written = text.trim();
    let (message, hint) = match written.parse::<u64>() {
        Ok(_) if !plain => (format!("số “{written}” nằm trong dấu nháy nên chỉ là chữ"), "bỏ dấu nháy".to_owned()),
        // `007` may be a code, `+5` a slip: neither is read as a number.
        Ok(value) if written == value.to_string() => {
            if value <= MAX_WHOLE {
                return Some(value);
            }
            (format!("số {written} quá lớn"), "tiền tính bằng đồng, không nhân thêm; xem lại số chữ số".to_owned())
        }
        Err(_) if !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit()) => {
            (format!("số {written} quá lớn"), "xem lại số chữ số".to_owned())
        }
        _ => (format!("“{written}” không phải số nguyên không âm"), number_hint(written)),
    };
    sink.push(Diagnostic::new(&NOT_A_NUMBER, node.span, message).hint(hint));
    None
}

fn number_hint(written: &str) -> String {
    let bare: String = written.chars().filter(|c| !matches!(c, '.' | ',' | ' ' | '_' | '\u{a0}')).collect();
    let digits = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = written.split(['.', ',', ' ', '_', '\u{a0}']).collect();
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
    if written.starts_with('-') {
        return "số liệu không thể âm; nếu cần điều chỉnh giảm, ghi số đã điều chỉnh".to_owned();
    }
    if ["triệu", "tỷ", "tỉ", "nghìn", "ngàn", "tr", "đ"]
        .iter()
        .any(|word| crate::vietnamese::fold(written).ends_with(word))
    {
        return "ghi đủ số đồng bằng chữ số, ví dụ 1,5 triệu đồng viết 1500000".to_owned();
    }
    "chỉ ghi chữ số, ví dụ 1279".to_owned()
}

/// One of a few fixed words, each with what it stands for.
pub(super) fn choice<T: Copy>(node: &Node<'_>, words: &[(&'static str, T)], sink: &mut Sink) -> Option<T> {
    let written = text(node, sink)?;
    let found = words.iter().find(|(word, _)| *word == written.value);
    if found.is_none() {
        let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let message = format!("giá trị “{}” không có trong danh mục", written.value);
        sink.push(
            Diagnostic::new(&UNKNOWN_VALUE, written.span, message)
                .hint(format!("chọn một trong: {}", list.join(", "))),
        );
    }
    found.map(|(_, value)| *value)
}

/// Where to point at a node: a collection's own span may be its first character or many lines.
pub(super) fn place(node: &Node<'_>) -> Span {
    match &node.kind {
        Kind::Mapping(entries) => entries.first().map_or(node.span, |entry| entry.key_span),
        Kind::Sequence(items) => items.first().map_or(node.span, place),
        Kind::Null | Kind::Scalar { .. } => node.span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn decode<T>(text: &str, decode: impl Fn(&Node<'_>, &mut Sink) -> Option<T>) -> (Option<T>, Vec<String>) {
        let files = Files::from_memory([("a.yaml".to_owned(), text.as_bytes().to_vec())]);
        let (id, file) = files.find("a.yaml").unwrap();
        let mut sink = Sink::default();
        let node = crate::yaml::parse(id, file.text(), &mut sink).unwrap();
        let value = decode(&node, &mut sink);
        (value, sink.into_diagnostics().into_iter().filter_map(|d| d.hint).collect())
    }

    #[test]
    fn whole_numbers_are_digits_alone() {
        for (written, value, hint) in [
            ("0", Some(0), ""),
            ("1279", Some(1279), ""),
            ("100000000000000", Some(100_000_000_000_000), ""),
            ("100000000000001", None, "xem lại số chữ số"),
            ("156.000", None, "156000 nếu dấu chấm, phẩy là ngăn cách hàng nghìn; 156 nếu là dấu thập phân"),
            ("1.279.000", None, "1279000"),
            ("1,5 triệu", None, "1500000"),
            ("-3", None, "không thể âm"),
            ("007", None, "chỉ ghi chữ số"),
            ("1_000", None, "1000"),
            ("\"12\"", None, "bỏ dấu nháy"),
            ("12 vụ", None, "chỉ ghi chữ số"),
            ("[1]", None, "viết số liền nhau"),
        ] {
            let (read, hints) = decode(written, whole);
            assert_eq!(read, value, "{written}");
            assert_eq!(hints.is_empty(), value.is_some(), "{written}");
            assert!(hints.concat().contains(hint), "{written}: {hints:?}");
        }
    }

    #[test]
    fn dates_have_one_shape() {
        for (written, read, hint) in [
            ("2026-06-09", true, ""),
            ("9/6/2026", false, "viết 2026-06-09"),
            ("2026-6-9", false, "ví dụ 2026-06-09"),
            ("2026-02-30", false, "ví dụ 2026-06-09"),
            ("99-01-01", false, "ví dụ"),
            ("0099-01-01", false, "ví dụ"),
            ("hôm qua", false, "ví dụ"),
        ] {
            let (value, hints) = decode(written, date);
            assert_eq!(value.is_some(), read, "{written}");
            assert!(hints.concat().contains(hint), "{written}: {hints:?}");
        }
    }
}
