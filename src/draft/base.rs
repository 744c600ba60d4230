//! The base that a Word file carries, read back: what `render::docx::base` wrote, if nobody spoilt it.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesStart, Event};

use super::xml::{Refusal, attribute, declares, next, reader, resolved};
use crate::doc::{Base, Line, Written};
use crate::source::sha256;

/// More than any report has.
const MAX_LINES: usize = 5_000;

/// `None` where the part is another one.
///
/// # Errors
/// When it is one and cannot be read.
pub(super) fn carried(part: &str) -> Result<Option<Base>, Refusal> {
    let mut reader = reader(part);
    let mut base: Option<Base> = None;
    let mut text: Option<String> = None;
    loop {
        match (next(&mut reader).map_err(|_| spoilt())?, &mut base) {
            (Event::Start(tag), None) => {
                if !declares(&tag, Base::NAMESPACE) {
                    return Ok(None);
                }
                base = Some(head(&tag).ok_or_else(spoilt)?);
            }
            (Event::Start(tag), Some(base)) => {
                open(&tag, base).ok_or_else(spoilt)?;
                text = Some(String::new());
            }
            (Event::Text(more), _) => text.iter_mut().for_each(|text| *text += &more.xml10_content()),
            (Event::GeneralRef(reference), _) => {
                let more = resolved(&reference).map_err(|_| spoilt())?;
                text.iter_mut().for_each(|text| *text += &more);
            }
            (Event::End(tag), Some(base)) => match (text.take(), tag.local_name().as_ref()) {
                (Some(text), "written") => {
                    base.written.iter_mut().last().into_iter().for_each(|line| line.text = text.clone())
                }
                (Some(text), _) => {
                    base.source.iter_mut().last().into_iter().for_each(|line| line.text = text.clone())
                }
                (None, _) => {}
            },
            (Event::Eof, _) => break,
            _ => {}
        }
    }
    base.map(whole).transpose()
}

pub(super) fn spoilt() -> Refusal {
    let remedy = "Thêm --base TỆP_GỐC.docx, là tệp mà “plan compile” đã ghi và chưa ai sửa";
    Refusal::new("phần ghi nhớ bản gốc trong tệp đã bị sửa hoặc hỏng", remedy)
}

fn head(tag: &BytesStart<'_>) -> Option<Base> {
    Some(Base {
        round: attribute(tag, "round")?,
        year: attribute(tag, "year")?.parse().ok()?,
        province: attribute(tag, "province")?,
        as_of: attribute(tag, "as_of")?.parse().ok()?,
        edits: attribute(tag, "edits")?.split_whitespace().map(str::to_owned).collect(),
        check: attribute(tag, "check")?,
        source: Vec::new(),
        written: Vec::new(),
    })
}

fn open(tag: &BytesStart<'_>, base: &mut Base) -> Option<()> {
    let name = tag.local_name();
    match name.as_ref() {
        "written" => {
            base.written.push(Written { of: attribute(tag, "of")?, text: String::new(), table: false });
        }
        name @ ("line" | "table") => {
            let line = Line { id: attribute(tag, "id")?, text: String::new(), table: name == "table" };
            base.source.push(line);
        }
        _ => return None,
    }
    (base.source.len().max(base.written.len()) <= MAX_LINES).then_some(())
}

/// Fills in what was not told twice.
fn whole(mut base: Base) -> Result<Base, Refusal> {
    let given: BTreeMap<&str, &Line> = base.source.iter().map(|line| (line.id.as_str(), line)).collect();
    let of: BTreeSet<&str> = base.written.iter().map(|written| written.of.as_str()).collect();
    if given.len() < base.source.len() || of.len() < base.written.len() {
        return Err(spoilt());
    }
    for written in &mut base.written {
        if let Some(line) = given.get(written.of.as_str()) {
            written.table = line.table;
            if written.text.is_empty() {
                written.text = line.text.clone();
            }
        }
        if written.text.is_empty() {
            return Err(spoilt());
        }
    }
    if base.check == check(&base) { Ok(base) } else { Err(spoilt()) }
}

/// With the hash by which half of it, or another, is told from the whole.
pub(super) fn checked(base: Base) -> Base {
    Base { check: check(&base), ..base }
}

/// Of what is said, not of how the XML says it, which editors change.
fn check(base: &Base) -> String {
    let Base { round, year, province, as_of, edits, source, written, check: _ } = base;
    let mut said = format!("{round}\n{year}\n{province}\n{as_of}\n{}", edits.join(" "));
    source.iter().for_each(|line| said += &format!("\n{}\t{}\t{}", line.id, line.table, line.text));
    written.iter().for_each(|line| said += &format!("\n{}\t\t{}", line.of, line.text));
    sha256(said)
}
