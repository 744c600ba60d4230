//! What stands in the place of words still to be written. Tells nothing of what is written.

use crate::vietnamese::fold;

const MARKS: [char; 8] = ['.', ',', ';', ':', '!', '?', '(', ')'];

/// What stands in the place of an account still to be written. “Sở đang cập nhật cơ sở dữ liệu” is one
/// already: the phrase counts only where it is all that a text or a bracket says.
pub(in crate::check) fn placeholder(text: &str) -> Option<&str> {
    if says_nothing(text) {
        return Some(text.trim());
    }
    let mut brackets = text.split('(').skip(1).filter_map(|rest| rest.split(')').next());
    let said = brackets.find(|part| says_nothing(part));
    said.or_else(|| has_mark(text).then(|| instruction(text).or_else(|| word_to_fill(text)))?)
}

/// Whether there is a bracket, or what words to fill are made of: “…”, “..”, “__”, “TODO”, “FIXME”, “TBD”, “xx”, “XX”. Looks at
/// bytes, many at once.
fn has_mark(text: &str) -> bool {
    let is_mark = |byte: u8, next: u8| {
        let twice = (byte == next) & ((byte == b'.') | (byte == b'_') | (byte == b'x') | (byte == b'X'));
        let word = (byte == b'T') & ((next == b'O') | (next == b'B')) | (byte == b'F') & (next == b'I');
        let ellipsis = (byte == 0x80) & (next == 0xa6);
        twice | word | ellipsis | (byte == b'[') | (byte == b'<')
    };
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(&bytes[1.min(bytes.len())..]);
    pairs.fold(false, |found, (byte, next)| found | is_mark(*byte, *next))
}

/// “Số liệu sẽ bổ sung sau.”; “đợt bổ sung sau Tết” says something.
fn says_nothing(part: &str) -> bool {
    const PHRASES: [&str; 7] =
        ["đang cập nhật", "đang tổng hợp", "cập nhật sau", "bổ sung sau", "báo cáo sau", "chưa điền", "điền sau"];
    /// What may follow them without saying more.
    const OBJECTS: [&str; 9] = ["số", "liệu", "kết", "quả", "thông", "tin", "thêm", "khi", "có"];
    const SHORT: usize = 5;
    if part.split_whitespace().nth(SHORT).is_some() {
        return false;
    }
    let part = fold(part);
    let rest = PHRASES.iter().find_map(|phrase| Some(part.split_once(phrase)?.1));
    rest.is_some_and(|rest| {
        rest.split_whitespace()
            .all(|word| OBJECTS.contains(&word.trim_matches(MARKS)) || word.trim_matches(MARKS).is_empty())
    })
}

/// “[điền số vụ]”; “[nhập khẩu từ nước ngoài]” tells of goods.
fn instruction(text: &str) -> Option<&str> {
    const TO_WRITE: [&str; 10] = ["số", "tên", "ngày", "nội", "rõ", "vào", "kết", "lý", "địa", "đơn"];
    /// Characters that hold the verb and its object.
    const VERB: usize = 14;
    let mut starts = text.match_indices(['[', '<']).map(|(start, _)| &text[start..]);
    let found = starts.find(|rest| {
        let said = rest.chars().skip(1).take(VERB).collect::<String>();
        let mut said = said.split(|c: char| !c.is_alphanumeric()).map(fold);
        match said.next().as_deref() {
            Some("điền") => true,
            Some("ghi" | "nhập") => said.next().is_some_and(|object| TO_WRITE.contains(&object.as_str())),
            _ => false,
        }
    })?;
    Some(&found[..=found.find([']', '>'])?])
}

/// A word for another, or for a part of a paper's number; the ellipsis that ends a list is honest, and so is the
/// number of a congress: “Đại hội lần thứ XX”.
fn word_to_fill(text: &str) -> Option<&str> {
    const ORDINAL: [&str; 6] = ["thứ", "khóa", "kỷ", "hội", "lần", "kỳ"];
    let ellipsis = |part: &str| part.len() > 2 && part.chars().all(|c| matches!(c, '.' | '…'));
    let filler = |part: &str| {
        let bare = part.trim_matches([',', ';', '.', ':', '(', ')', '[', ']']);
        ["TODO", "FIXME", "TBD", "xxx", "XXX", "xx", "XX"].contains(&bare)
    };
    /// Words that may stand between the last comma of a list and its ellipsis.
    const LAST: usize = 5;
    let (mut since_comma, mut before) = (usize::MAX, "");
    text.split_whitespace().find(|word| {
        let bare = word.trim_matches([',', ';', ':', '(', ')', '[', ']']);
        let numbered = bare.starts_with("XX") && ORDINAL.contains(&&*fold(before));
        let (listed, place) = (since_comma, word.as_ptr() as usize - text.as_ptr() as usize + word.len());
        since_comma = if word.ends_with([',', ';']) { 0 } else { listed.saturating_add(1) };
        before = word;
        if ellipsis(bare) {
            // “sữa, bánh kẹo …” at the end; “phát hiện … vụ” goes on.
            let goes_on = text[place..].trim_start().starts_with(char::is_lowercase);
            listed > if goes_on { 0 } else { LAST }
        } else {
            // A line to write on stands at once behind what it asks for: “Số:____”.
            !numbered && word.split('/').any(|part| filler(part) || ellipsis(part) || part.contains("___"))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_for_nothing_is_a_placeholder() {
        for (text, found) in [
            ("Đang cập nhật", Some("Đang cập nhật")),
            ("Sẽ bổ sung sau.", Some("Sẽ bổ sung sau.")),
            ("Kiểm tra 12 vụ (đang cập nhật)", Some("đang cập nhật")),
            ("Số văn bản: …", Some("…")),
            ("Đã cấp TODO, chờ ký", Some("TODO,")),
            ("Sở đang cập nhật cơ sở dữ liệu về giá để dùng chung", None),
            ("Kiểm tra sữa, thuốc… tại chợ", None),
            ("Kiểm tra sữa, thuốc, … tại chợ", None),
            ("Kiểm tra sữa, bánh kẹo …", None),
            ("Kiểm tra sữa, bánh kẹo … Phát hiện 2 vụ", None),
            ("Kiểm tra chợ, phát hiện … vụ", Some("…")),
            ("Kiểm tra ... vụ", Some("...")),
            ("Theo Công văn số …/UBND-KT", Some("…/UBND-KT")),
            ("Đã giải quyết [điền số vụ] vụ", Some("[điền số vụ]")),
            ("Hồ sơ [bản ghi âm] đã lưu", None),
            ("Số liệu đang cập nhật.", Some("Số liệu đang cập nhật.")),
            ("Kiểm tra 12 vụ (bổ sung sau)", Some("bổ sung sau")),
            ("Kiểm tra 12 vụ (đợt bổ sung sau Tết)", None),
            ("Kiểm tra 12 vụ (đang cập nhật phần mềm)", None),
            ("Thuốc lá [nhập khẩu từ nước ngoài] bị thu giữ", None),
            ("Thuốc lá [nhập số lượng] bao", Some("[nhập số lượng]")),
            ("Ý kiến [ghi nhận từ người dân]", None),
            ("Chào mừng Đại hội Đảng bộ tỉnh lần thứ XX, nhiệm kỳ 2025 - 2030", None),
            ("Hàng hóa từ thế kỷ XX", None),
            ("Chào mừng Đại hội Đảng bộ tỉnh lần thứ XX.", None),
            ("Số vụ đã xử lý: XX.", Some("XX.")),
            ("Đã xử lý XX vụ", Some("XX")),
            ("Ngày XX/11/2026 đã họp", Some("XX/11/2026")),
            ("Đã tổ chức ____ hội nghị", Some("____")),
            ("Số:_____/BC-UBND", Some("Số:_____/BC-UBND")),
            ("Tệp bao_cao__2026 đã gửi", None),
            ("Kiểm tra ........ vụ", Some("........")),
            ("Ngày ....../11/2026 đã họp", Some("....../11/2026")),
            ("Kiểm tra sữa, bánh kẹo......", None),
            ("Kiểm tra 12 vụ.. Xử lý 2 vụ", None),
        ] {
            assert_eq!(placeholder(text), found, "{text}");
        }
    }
}
