//! The XML of a Word file, event by event, without what Word never writes: declared entities.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Why a file cannot be read, and what to do then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal(pub(crate) String);

impl Refusal {
    pub(super) fn new(why: &str, remedy: &str) -> Self {
        Self(format!("{why}.\n{remedy}."))
    }

    pub(super) fn no_word() -> Self {
        let remedy = "Mở tệp bằng Word, chọn lưu dạng .docx (Word Document), không đặt mật khẩu, rồi chạy lại";
        Self::new("không phải tệp Word dạng .docx, hoặc tệp có mật khẩu", remedy)
    }

    pub(super) fn broken() -> Self {
        Self::new("tệp hỏng, không đọc được", "Mở tệp bằng Word hoặc LibreOffice, lưu lại dạng .docx rồi chạy lại")
    }

    pub(super) fn too_much() -> Self {
        let remedy = "Một báo cáo chỉ vài MB: bỏ ảnh, tệp đính kèm trong tệp đó, lưu lại rồi chạy lại";
        Self::new("tệp quá lớn hoặc phình quá lớn khi mở", remedy)
    }
}

pub(super) fn reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader
}

/// The next event that says something.
pub(super) fn next<'x>(reader: &mut Reader<&'x [u8]>) -> Result<Event<'x>, Refusal> {
    match reader.read_event().map_err(|_| Refusal::broken())? {
        Event::DocType(_) => Err(Refusal::new(
            "tệp khai báo thực thể XML, điều mà Word không bao giờ làm",
            "Không nhận tệp này; mở bằng Word, chép nội dung sang tệp mới rồi chạy lại",
        )),
        event => Ok(event),
    }
}

/// What a reference such as `&amp;` or `&#7879;` stands for.
pub(super) fn resolved(reference: &BytesRef<'_>) -> Result<String, Refusal> {
    let known = quick_xml::escape::resolve_predefined_entity(reference.as_ref()).map(str::to_owned);
    let written = || reference.resolve_char_ref().ok().flatten().map(String::from);
    known.or_else(written).ok_or_else(Refusal::broken)
}

pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|found| found.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Explicit1_0).ok()?.into_owned())
}

/// Whether an element declares a namespace: programs that rewrite XML may give it another prefix.
pub(super) fn declares(tag: &BytesStart<'_>, namespace: &str) -> bool {
    let namespaces = tag.attributes().flatten().filter(|found| found.key.as_ref().starts_with("xmlns"));
    let mut named = namespaces.filter_map(|found| found.normalized_value(XmlVersion::Explicit1_0).ok());
    named.any(|named| named == namespace)
}
