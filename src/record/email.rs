//! An address of mail, as plans name them.

use super::kinds::Scalar;
use super::rules::MALFORMED_EMAIL;
use super::{Reader, Shape};
use crate::source::Span;

/// An address of mail (RFC 5322, without quotes and comments; letters and domains of other scripts are not sent to everywhere).
#[derive(Debug, Clone)]
pub(crate) struct Email(pub(crate) String);

impl Email {
    const PATTERN: &'static str = r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$";

    fn is_one(text: &str) -> bool {
        let local = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b))
        };
        let label = |part: &str| {
            let inside = part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            inside && !part.is_empty() && !part.starts_with('-') && !part.ends_with('-')
        };
        let Some((name, domain)) = text.split_once('@') else { return false };
        let Some((_, last)) = domain.rsplit_once('.') else { return false };
        let is_top = last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic());
        is_top && name.split('.').all(local) && domain.split('.').all(label)
    }
}

impl Scalar for Email {
    const SHAPE: &'static Shape = &Shape::Pattern(Self::PATTERN, "Địa chỉ thư điện tử");

    fn scalar(reader: &mut Reader<'_, '_>) -> Option<(Self, Span)> {
        let (text, span) = String::scalar(reader)?;
        if Self::is_one(&text) {
            return Some((Self(text), span));
        }
        let hint = match text.contains([',', ';', ' ']) {
            true => "mỗi địa chỉ một dòng, bắt đầu bằng “- ”, không kèm tên",
            false => "viết như vanthu@sonla.gov.vn, không dấu, không kèm tên; chưa biết thì xóa mục này",
        };
        reader.problem(&MALFORMED_EMAIL, span, format!("“{text}” không phải địa chỉ thư điện tử"), hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_place_and_nothing_else() {
        for (text, is_one) in [
            ("vanthu@sonla.gov.vn", true),
            ("van-thu.ubnd+bc_1@xa-muong-la.sonla.gov.vn", true),
            ("vanthu@sonla", false),
            ("vanthu.sonla.gov.vn", false),
            ("van..thu@sonla.gov.vn", false),
            (".vanthu@sonla.gov.vn", false),
            ("vănthư@sonla.gov.vn", false),
            ("vanthu@sơnla.vn", false),
            ("vanthu@-sonla.gov.vn", false),
            ("vanthu@sonla.gov.vn.", false),
            ("vanthu@sonla.gov.vn, syt@sonla.gov.vn", false),
            ("Văn thư <vanthu@sonla.gov.vn>", false),
            ("vanthu@sonla.gov.vn\r\nBcc: a@b.vn", false),
            ("a@b@sonla.gov.vn", false),
            ("vanthu@10.0.0.1", false),
            ("", false),
        ] {
            assert_eq!(Email::is_one(text), is_one, "{text}");
            assert_eq!(regex_lite::Regex::new(Email::PATTERN).unwrap().is_match(text), is_one, "{text}");
        }
    }
}
