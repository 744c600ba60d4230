//! The parts of a workbook that hold its cells, as spreadsheets write them: each cell once, in its row, behind the one before
//! it, with one value. The library that reads them takes the rest for something – a number cut short, nothing, another
//! cell – so it is refused here; what spreadsheets do write is judged elsewhere. Keeps nothing.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::beside;
use super::hidden::{Conditional, Hidden, MAX_ROWS, Range};
use super::looks::{Conditioned, Runs, attribute};
use super::problem::{Refusal, broken, letters, too_much};

/// Of a part, of what stands beside its cells: the library keeps each style, sheet and relation. Spreadsheets make no more than
/// 65,490 styles of two elements each.
const MAX_ELEMENTS: usize = 200_000;
/// More strings than cells that could hold them.
const MAX_STRINGS: u64 = 1_000_000;
/// The last column and row of a sheet, from 1.
pub(super) const LAST: (u32, u32) = (16_384, 1_048_576);

/// What a part hides of the cells that it holds.
///
/// # Errors
/// When it holds cells or their texts in a way in which no spreadsheet writes them.
pub(super) fn check(part: &[u8]) -> Result<Hidden, Refusal> {
    if !is_xml(part) {
        return Ok(Hidden::default());
    }
    if !may_hold_cells(part) {
        let elements = part.windows(2).filter(|two| two[0] == b'<' && two[1] != b'/').count();
        return if elements > MAX_ELEMENTS { Err(too_many()) } else { Ok(Hidden::default()) };
    }
    let (mut reader, mut buffer, mut reading) = (Reader::from_reader(part), Vec::new(), Reading::default());
    reader.config_mut().expand_empty_elements = true;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| broken())? {
            Event::Start(tag) => reading.start(&tag)?,
            Event::End(tag) => reading.end(tag.local_name().as_ref())?,
            Event::Text(text) => reading.text(text.as_ref())?,
            Event::GeneralRef(name) if !reading.in_value() || reading.is_of(&["str", "d"]) => {
                reading.runs.text(&beside::character(&name));
            }
            Event::GeneralRef(_) | Event::CData(_) | Event::Comment(_) | Event::PI(_) if reading.in_value() => {
                return Err(reading.odd("số, chữ viết lẫn ký hiệu của XML"));
            }
            Event::DocType(_) => return Err(broken()),
            Event::Eof if reading.depth == 0 => {
                return Ok(Hidden { texts: reading.runs.texts, ..reading.hidden });
            }
            Event::Eof => return Err(broken()),
            _ => {}
        }
    }
}

fn too_many() -> Refusal {
    too_much("tệp phình quá lớn khi mở")
}

fn is_xml(part: &[u8]) -> bool {
    part.trim_ascii_start().first().is_some_and(|first| [b'<', 0xff, 0xfe, 0xef].contains(first))
}

/// Whether it says so, or may say so in another encoding than UTF-8.
fn may_hold_cells(part: &[u8]) -> bool {
    let says = |word: &[u8]| part.windows(word.len()).any(|there| there == word);
    let encoded = part.starts_with(b"\xff\xfe") || part.starts_with(b"\xfe\xff") || part.contains(&0x1b);
    encoded || says(b"sheetData") || says(b"uniqueCount")
}

#[derive(Default)]
struct Reading {
    /// How many elements are open.
    depth: usize,
    /// How many of those were seen that the library keeps.
    kept: usize,
    /// As the namespace of the sheet goes by.
    prefix: Option<String>,
    has_data: bool,
    in_data: bool,
    /// From 1, where the last one stands; 0 before any.
    row: u32,
    column: u32,
    /// The kind of the value of the cell.
    kind: String,
    /// What its value stands in, one after the other.
    values: String,
    runs: Runs,
    hidden: Hidden,
    /// Formats with a condition of later programs tell in themselves how and where.
    format: Option<Conditioned>,
    in_ranges: bool,
}

impl Reading {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        let (name, prefix) = tag.name().decompose();
        let prefix = prefix.map(|prefix| prefix.as_ref().to_owned());
        if self.in_data && prefix != self.prefix {
            return Err(broken());
        }
        match (self.depth, name.as_ref()) {
            (0, name) if name != "sheetData" => {
                self.prefix = prefix;
                if name == "sst"
                    && !attribute(tag, "uniqueCount")?.is_none_or(|count| is_number(&count, MAX_STRINGS))
                {
                    return Err(broken());
                }
            }
            (1, "sheetData") if !self.has_data && prefix == self.prefix => {
                (self.has_data, self.in_data) = (true, true)
            }
            (2, "row") if self.in_data => self.row(tag)?,
            (2, "col") if !self.in_data => self.columns(tag)?,
            (3, "c") if self.in_data => self.cell(tag)?,
            (4, "f") if self.in_data => {}
            (4, name @ ("v" | "is")) if self.in_data => self.values.extend([name, " "]),
            (5.., _) if self.in_data && !self.values.ends_with("v ") => {}
            (_, "sheetData" | "sst") => return Err(broken()),
            _ if self.in_data => return Err(broken()),
            _ => {}
        }
        if let Some(format) = &mut self.format {
            format.start(tag)?;
        }
        match name.as_ref() {
            "xf" | "font" | "fill" | "numFmt" | "sheet" | "Relationship" | "definedName" => {
                self.kept += 1;
                if self.kept > MAX_ELEMENTS {
                    return Err(too_many());
                }
            }
            "conditionalFormatting" => {
                let cells = ranges(&attribute(tag, "sqref")?.unwrap_or_default());
                self.hidden.formats.push(Conditional { cells, ..Conditional::default() });
            }
            name @ ("cfRule" | "dataBar" | "iconSet") if let Some(last) = self.hidden.formats.last_mut() => {
                let shows = attribute(tag, "showValue")?;
                last.hides |= name != "cfRule" && shows.is_some_and(|on| ["0", "false"].contains(&on.as_str()));
                last.formats.extend(attribute(tag, "dxfId")?.and_then(|id| id.parse::<usize>().ok()));
            }
            "dxf" if !self.hidden.formats.is_empty() => self.format = Some(Conditioned::default()),
            "sqref" => self.in_ranges = true,
            "mergeCell" => self.hidden.merged.extend(ranges(&attribute(tag, "ref")?.unwrap_or_default())),
            _ => self.runs.start(tag)?,
        }
        if attribute(tag, "ref")?.is_some_and(|range| !is_range(&range)) {
            return Err(broken());
        }
        self.depth += 1;
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        self.runs.end(name);
        if name == "dxf"
            && let (Some(format), Some(last)) = (self.format.take(), self.hidden.formats.last_mut())
        {
            last.hides |= format.hides();
        }
        self.in_ranges = false;
        self.depth -= 1;
        match self.depth {
            1 => self.in_data = false,
            3 if self.in_data => self.whole()?,
            _ => {}
        }
        Ok(())
    }

    fn row(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        let row = match attribute(tag, "r")? {
            Some(written) => place(&written).filter(|(column, _)| *column == 0).map(|(_, row)| row),
            None => Some(self.row + 1),
        };
        let row = row.filter(|row| (self.row + 1..=LAST.1).contains(row)).ok_or_else(broken)?;
        (self.row, self.column) = (row, 0);
        if row <= MAX_ROWS && is_hidden(tag, "ht")? {
            self.hidden.rows.push(row - 1);
        }
        Ok(())
    }

    fn columns(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        let number = |name| Ok(attribute(tag, name)?.and_then(|number| number.parse::<u32>().ok()?.checked_sub(1)));
        if is_hidden(tag, "width")?
            && let (Some(first), Some(last)) = (number("min")?, number("max")?)
        {
            self.hidden.columns.push((first, last));
        }
        Ok(())
    }

    fn cell(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        let there = match attribute(tag, "r")? {
            Some(written) => place(&written).ok_or_else(broken)?,
            None => (self.column + 1, self.row),
        };
        let before = std::mem::replace(&mut self.column, there.0);
        if there.1 != self.row || !(before + 1..=LAST.0).contains(&there.0) {
            return Err(self.odd("ô lặp lại, hoặc không nằm đúng dòng, đúng thứ tự"));
        }
        if attribute(tag, "s")?.is_some_and(|style| !is_number(&style, u32::MAX.into())) {
            return Err(broken());
        }
        self.kind = attribute(tag, "t")?.unwrap_or_else(|| "n".to_owned());
        self.values.clear();
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        self.runs.text(text);
        if let Some(last) = self.hidden.formats.last_mut().filter(|_| self.in_ranges) {
            last.cells.extend(ranges(text));
        }
        if self.in_value() && self.is_of(&["s"]) && !is_number(text, MAX_STRINGS) {
            return Err(self.odd("giá trị không thuộc loại ghi ở ô"));
        }
        Ok(())
    }

    /// Whether the value of a cell is being read.
    fn in_value(&self) -> bool {
        self.in_data && self.depth == 5 && self.values.ends_with("v ")
    }

    fn is_of(&self, kinds: &[&str]) -> bool {
        kinds.contains(&self.kind.as_str())
    }

    /// The cell that ends has one value, of its kind.
    fn whole(&self) -> Result<(), Refusal> {
        match (self.kind.as_str(), self.values.as_str()) {
            // Some programs write what it shows before it.
            ("inlineStr", "" | "is " | "v is ") => Ok(()),
            (kind, "" | "v ") if kind != "inlineStr" => Ok(()),
            _ => Err(self.odd("nhiều giá trị trong một ô, hoặc giá trị không thuộc loại ghi ở ô")),
        }
    }

    fn odd(&self, what: &str) -> Refusal {
        let letters = letters(self.column.saturating_sub(1));
        Refusal::new(
            format!(
                "tệp không do phần mềm bảng tính ghi, ô {letters}{} đọc được theo nhiều cách: {what}",
                self.row
            ),
            "mở tệp bằng Excel hoặc LibreOffice, xem lại nội dung ô đó, lưu lại dạng .xlsx",
        )
    }
}

/// Whether nobody sees a row or a column: hidden, filtered away, or of no size.
fn is_hidden(tag: &BytesStart<'_>, size: &str) -> Result<bool, Refusal> {
    let hidden = attribute(tag, "hidden")?.is_some_and(|on| ["1", "true", "on"].contains(&on.as_str()));
    let is_nothing = |size: String| size.parse::<f64>().is_ok_and(|size| size == 0.0);
    Ok(hidden || attribute(tag, size)?.is_some_and(is_nothing))
}

fn is_number(text: &str, most: u64) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u64>().is_ok_and(|number| number <= most)
}

/// The cells of `B4 D9:E12`, from 0: the first and the last row and column of each range.
fn ranges(written: &str) -> Vec<Range> {
    let range = |written: &str| {
        let (first, last) = written.split_once(':').unwrap_or((written, written));
        let (first, last) = (place(first)?, place(last)?);
        // 0 where it names none: from the first on, to the last.
        let end = |at: u32| at.checked_sub(1).unwrap_or(u32::MAX);
        Some(((first.1.saturating_sub(1), end(last.1)), (first.0.saturating_sub(1), end(last.0))))
    };
    written.split_whitespace().filter_map(range).collect()
}

/// `B4`, `B4:D9`, `A:C`.
fn is_range(written: &str) -> bool {
    let mut places = written.split(':').map(place);
    let (Some(Some(first)), rest) = (places.next(), places.next()) else { return false };
    rest.is_none_or(|last| last.is_some_and(|last| first.0 <= last.0 && first.1 <= last.1))
}

/// The column and the row of `B4`, 0 where it names none; `None` of what no sheet has.
fn place(written: &str) -> Option<(u32, u32)> {
    let letters = written.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = written.split_at(letters);
    if letters.len() > 3 || digits.len() > 7 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let column =
        letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A' + 1));
    let row = digits.bytes().fold(0, |row, digit| row * 10 + u32::from(digit - b'0'));
    let named = !digits.is_empty() && row == 0;
    (column <= LAST.0 && row <= LAST.1 && !named).then_some((column, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sheet of one row, 16.
    fn row(cells: &str) -> String {
        format!(
            "<worksheet><dimension ref=\"A1:D16\"/><sheetData><row r=\"16\">{cells}</row></sheetData></worksheet>"
        )
    }

    #[test]
    fn a_cell_that_says_two_things_is_told_from_those_that_spreadsheets_write() {
        for (cells, sober) in [
            ("<c r=\"D16\"><v>19</v></c>", true),
            ("<c r=\"D16\" t=\"n\" s=\"4\"><f>SUM(A1:A3)&amp;\"\"</f><v>1.9E1</v></c>", true),
            ("<c><v>1</v></c><c t=\"s\"><v>0</v></c><c r=\"D16\"/><c r=\"E16\"><v/></c>", true),
            ("<c r=\"D16\" t=\"str\"><f>A1</f><v>a &amp; b &#7879;</v></c>", true),
            (
                "<c r=\"D16\" t=\"inlineStr\"><is><r><t>a</t></r><r><rPr/><t>b</t></r><rPh><t>c</t></rPh></is></c>",
                true,
            ),
            ("<c r=\"D16\" t=\"inlineStr\"><v>x</v><is><t>a<!-- --><![CDATA[b]]>&#7879;</t></is></c>", true),
            ("<c r=\"D16\" t=\"b\"><v>1</v></c><c r=\"E16\" t=\"e\"><v>#N/A</v></c>", true),
            ("<c r=\"D16\"><v>1&#57;</v></c>", false),
            ("<c r=\"D16\"><v>1&nine;</v></c>", false),
            ("<c r=\"D16\"><v>1<!-- -->9</v></c>", false),
            ("<c r=\"D16\"><v><!-- -->19</v></c>", false),
            ("<c r=\"D16\"><v>1<?x?>9</v></c>", false),
            ("<c r=\"D16\"><v><![CDATA[19]]></v></c>", false),
            ("<c r=\"D16\" t=\"str\"><v>a<![CDATA[b]]></v></c>", false),
            ("<c r=\"D16\"><v>1<x/>9</v></c>", false),
            ("<c r=\"D16\"><v>1</v><v>9</v></c>", false),
            ("<c r=\"D16\"><v>1</v><is><t>9</t></is></c>", false),
            ("<c r=\"D16\" t=\"inlineStr\"><is><t>9</t></is><v>1</v></c>", false),
            ("<c r=\"D16\" t=\"inlineStr\"><v>19</v></c>", false),
            ("<c r=\"D16\"><is><t>19</t></is></c>", false),
            ("<c r=\"D16\" t=\"s\"><v>x</v></c>", false),
            ("<c r=\"D16\" s=\"x\"><v>1</v></c>", false),
            ("<c r=\"D17\"><v>19</v></c>", false),
            ("<c r=\"D&#49;6\"><v>19</v></c>", false),
            ("<c r=\"D16\" r=\"D17\"><v>19</v></c>", false),
            ("<c r=\"D16\"><v>1</v></c><c r=\"D16\"><v>9</v></c>", false),
            ("<c r=\"D16\"><v>1</v></c><c r=\"C16\"><v>9</v></c>", false),
            ("<c r=\"D16\"><v>1</v></c><x><c r=\"E16\"><v>9</v></c></x>", false),
            ("<c r=\"D16\"><x:v xmlns:x=\"urn:x\">19</x:v></c>", false),
        ] {
            assert_eq!(check(row(cells).as_bytes()).is_ok(), sober, "{cells}");
        }
        let refusal = check(row("<c r=\"D16\"><v>1&#57;</v></c>").as_bytes()).unwrap_err();
        assert!(refusal.reason.contains("ô D16"), "{refusal:?}");
    }

    #[test]
    fn rows_stand_once_and_in_order() {
        for (sheet, sober) in [
            ("<sheetData><row r=\"4\"/><row/><row r=\"1048576\"><c r=\"XFD1048576\"/></row></sheetData>", true),
            ("<sheetData/><mergeCell ref=\"A1:B2\"/><f ref=\"A1\"/><col ref=\"A:C\"/>", true),
            ("<sheetData><row r=\"4\"/><row r=\"4\"/></sheetData>", false),
            ("<sheetData><row r=\"4\"/><row r=\"3\"/></sheetData>", false),
            ("<sheetData><row r=\"4294967296\"/></sheetData>", false),
            ("<sheetData><row\n r = '1048577'/></sheetData>", false),
            ("<sheetData><row r=\"0\"/></sheetData>", false),
            ("<sheetData><row r=\"-1\"/></sheetData>", false),
            ("<sheetData><row r=\"A1\"/></sheetData>", false),
            ("<sheetData><row><c r=\"XFE1\"/></row></sheetData>", false),
            ("<sheetData><row><c r=\"AAAAAAAAAAAAA1\"/></row></sheetData>", false),
            ("<sheetData><row><c r=\"B4294967297\"/></row></sheetData>", false),
            ("<dimension ref=\"A1:ZZZ99999999999\"/><sheetData/>", false),
            ("<dimension ref=\"B9:A1\"/><sheetData/>", false),
            ("<sheetData/><sheetData><row/></sheetData>", false),
            ("<x><sheetData/></x>", false),
            ("<q:sheetData xmlns:q=\"urn:x\"><row/></q:sheetData>", false),
            ("<sheetData><row></sheetData></row>", false),
            ("<sheetData>", false),
        ] {
            assert_eq!(check(format!("<worksheet>{sheet}</worksheet>").as_bytes()).is_ok(), sober, "{sheet}");
        }
        assert!(check(b"<sheetData><row><c r=\"A9\"/></row></sheetData>").is_err());
        let utf16: Vec<u8> = "\u{feff}<a><sst/></a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(check(&utf16).is_err());
    }

    #[test]
    fn a_count_that_would_fill_the_memory_is_seen() {
        for (part, sober) in [
            ("<sst count=\"2\" uniqueCount=\"2\"/>", true),
            ("<sst uniqueCount = '99999999999'/>", false),
            ("<!-- uniqueCount=1 --><sst uniqueCount=\"99999999999999999999999\"/>", false),
            ("<sst>\u{1b}(J", false),
            ("<x><sst uniqueCount=\"2\"/></x>", false),
            ("\u{89}PNG uniqueCount sheetData", true),
        ] {
            assert_eq!(check(part.as_bytes()).is_ok(), sober, "{part}");
        }
    }
}
