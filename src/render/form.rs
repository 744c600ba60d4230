//! A form as a spreadsheet (XLSX): locked words, unlocked fields, drop-downs, print-ready on A4.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, DataValidationErrorStyle,
    DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula,
    ProtectionOptions, Workbook, Worksheet,
};

use super::visible::Bytes;
use super::xlsx::{MAX_HEIGHT, MAX_TEXT, fitting};
use crate::form::{Cell, Content, Form, Input, LABELS, List, MARK_SHEET, MAX_WHOLE, QUESTIONS, Row, Sheet, Style};
use crate::vietnamese::number;

const FONT: &str = "Times New Roman";
/// Points of one line of text.
const LINE: f64 = 15.75;
/// Excel takes no longer words at the foot of a page, their codes among them.
const MAX_FOOTER: usize = 255;
/// Dots between thousands, whatever the computer is set to: a format has room for three sizes of numbers, the others follow.
const WHOLE: &str = r"[<1000]0;[<1000000]0\.000;0\.000\.000";
const LARGE: [(f64, &str); 2] = [(1e12, r"0\.000\.000\.000\.000"), (1e9, r"0\.000\.000\.000")];
/// Characters of a long text that a message shows.
const SHOWN: usize = 60;
/// Columns of the hidden sheet.
const LIST_COLUMN: u16 = 3;

/// # Errors
/// When words of the plan are longer than a cell can be.
pub(crate) fn render(form: &Form) -> Result<Bytes> {
    refuse_long(form)?;
    let mut book = Workbook::new();
    // It is unpacked at once.
    book.set_zip_compression_level(1);
    book.set_properties(
        &DocProperties::new()
            .set_title(&form.title)
            .set_subject(&form.agency_name)
            // The same form is the same bytes whenever it is made.
            .set_creation_datetime(&ExcelDateTime::from_ymd(u16::try_from(form.mark.year)?, 1, 1)?),
    );
    let formats = Formats::new();
    for sheet in &form.sheets {
        let page = book.add_worksheet();
        page.set_name(sheet.name)?;
        self::sheet(page, form, sheet, &formats)?;
    }
    mark(book.add_worksheet(), form)?;
    growing(&book.save_to_buffer()?, form)
}

/// Lets the rows that are filled in grow with what is typed: the library marks every height that it is
/// given as one that is to stay.
fn growing(bytes: &[u8], form: &Form) -> Result<Bytes> {
    const STAYS: &str = " customHeight=\"1\"";
    let sheet = |at: usize| format!("xl/worksheets/sheet{at}.xml");
    let hidden = sheet(form.sheets.len() + 1);
    // Its cells name the words, which stand in a part of their own.
    let is_wordless = |name: &str| ["xl/theme/theme1.xml", "xl/styles.xml", &hidden].contains(&name);
    Bytes::changed(bytes, is_wordless, |name, content| {
        let Some((_, sheet)) = (1..).zip(&form.sheets).find(|(at, _)| name == sheet(*at)) else {
            return Ok(content);
        };
        let (mut grown, mut rest) = (String::with_capacity(content.len()), content.as_str());
        for (at, _) in (2..).zip(&sheet.rows).filter(|(_, row)| asks(row)) {
            let start = rest.find(&format!("<row r=\"{at}\"")).context("a row that was written")?;
            let (before, row) = rest.split_at(start);
            let (tag, after) = row.split_at(row.find('>').context("a row's end")?);
            grown.extend([before, &tag.replace(STAYS, "")]);
            rest = after;
        }
        Ok(grown + rest)
    })
}

/// Words that are cut short would be asked of nobody.
fn refuse_long(form: &Form) -> Result<()> {
    let marks = form.mark.fields();
    let locked = form.locked(true).chain(form.locked(false)).map(|(_, _, words)| words);
    let listed = form.lists().flat_map(|(_, words)| words);
    let marks = marks.iter().map(|(_, words)| words.as_str());
    for words in locked.chain(listed).chain(marks).filter(|words| words.len() > MAX_TEXT) {
        let length = words.encode_utf16().count();
        if length > MAX_TEXT {
            bail!(
                "không lập được biểu mẫu của {}: “{}” dài {} ký tự, một ô Excel chỉ chứa {} ký tự; hãy rút ngắn đoạn đó trong plan/.",
                fitting(&form.agency_name, "…", SHOWN),
                fitting(words, "…", SHOWN),
                number(length as u128),
                number(MAX_TEXT as u128)
            );
        }
    }
    Ok(())
}

fn asks(row: &Row) -> bool {
    row.cells.iter().any(|cell| matches!(cell.content, Content::Input(..)))
}

fn sheet(page: &mut Worksheet, form: &Form, sheet: &Sheet, formats: &Formats) -> Result<()> {
    let last = u16::try_from(sheet.widths.len())?;
    page.write_string(0, 0, form.mark.of_sheet(sheet.id))?;
    page.set_column_hidden(0)?;
    page.set_row_hidden(0)?;
    for (column, width) in (1..).zip(sheet.widths) {
        page.write_string(0, column, letter(column).to_string())?;
        page.set_column_width(column, *width)?;
    }
    let mut fields: Vec<(Input, Vec<String>)> = Vec::new();
    for (at, row) in (1..).zip(&sheet.rows) {
        page.write_string(at, 0, row.key())?;
        let lines = row.cells.iter().map(|cell| lines(cell, sheet)).max().unwrap_or(1);
        let lines = lines.max(if asks(row) { row.lines } else { 1 });
        page.set_row_height(at, (LINE * f64::from(lines) * scale(row) + 2.0).min(MAX_HEIGHT))?;
        for cell in &row.cells {
            write(page, at, cell, formats)?;
            if let Content::Input(input, _) = &cell.content {
                let place = format!("{}{}", cell.columns.0, at + 1);
                match fields.iter_mut().find(|(known, _)| known == input) {
                    Some((_, places)) => places.push(place),
                    None => fields.push((*input, vec![place])),
                }
            }
        }
    }
    for (input, places) in fields {
        if let Some(validation) = validation(input, form)? {
            let (row, column) = first(&places);
            page.add_data_validation(row, column, row, column, &validation.set_multi_range(places.join(" ")))?;
        }
        if matches!(input, Input::Whole | Input::WholeOr(_)) {
            let (row, column) = first(&places);
            for (from, format) in LARGE {
                let format = Format::new().set_num_format(format);
                let rule = ConditionalFormatCellRule::GreaterThanOrEqualTo(from);
                let large = ConditionalFormatCell::new().set_rule(rule).set_format(format);
                let large = large.set_multi_range(places.join(" ")).set_stop_if_true(true);
                page.add_conditional_format(row, column, row, column, &large)?;
            }
        }
    }

    page.protect_with_options(&ProtectionOptions {
        insert_rows: true,
        delete_rows: true,
        format_rows: true,
        format_columns: true,
        ..ProtectionOptions::default()
    });
    page.set_freeze_panes(3, 0)?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    page.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    page.set_repeat_rows(1, 2)?;
    page.set_print_area(1, 1, u32::try_from(sheet.rows.len())?, last)?;
    page.set_footer(footer(&form.agency_name, sheet.name));
    Ok(())
}

/// Whose form it is, as much of it as a page's foot takes, and which page.
fn footer(agency: &str, sheet: &str) -> String {
    let (left, right) = (format!("&L&\"{FONT}\"&9"), format!("&R&\"{FONT}\"&9{sheet} – trang &P/&N"));
    // Each `&` of a name is written twice; a digit would belong to the size before it.
    let codes = [&left, &right].map(|codes| codes.encode_utf16().count()).iter().sum::<usize>() + 1;
    let name = fitting(agency, "…", (MAX_FOOTER - codes).saturating_sub(agency.matches('&').count()));
    let space = if name.starts_with(|c: char| c.is_ascii_digit()) { " " } else { "" };
    format!("{left}{space}{}{right}", name.replace('&', "&&"))
}

fn write(page: &mut Worksheet, row: u32, cell: &Cell, formats: &Formats) -> Result<()> {
    let (first, last) = (index(cell.columns.0), index(cell.columns.1));
    match &cell.content {
        Content::Label(style, words) => {
            let format = &formats.labels[style];
            if first == last {
                page.write_string_with_format(row, first, words, format)?;
            } else {
                page.merge_range(row, first, row, last, words, format)?;
            }
        }
        Content::Input(input, _) => {
            page.write_blank(row, first, formats.input(*input))?;
        }
    }
    Ok(())
}

/// How many lines a locked cell's words take, by a cautious estimate: letters of a proportional font
/// differ in width.
fn lines(cell: &Cell, sheet: &Sheet) -> u16 {
    let Content::Label(style, words) = &cell.content else { return 1 };
    let columns = usize::from(index(cell.columns.0)) - 1..usize::from(index(cell.columns.1));
    let width: u16 = sheet.widths.get(columns).unwrap_or_default().iter().sum();
    let scale = match style {
        Style::Title => 1.4,
        Style::ColumnHead | Style::Section | Style::Task | Style::Warning => 1.0,
        _ => 0.82,
    };
    let of_paragraph = |paragraph: &str| {
        let letters = paragraph.chars().count() as f64 * scale;
        (letters / f64::from(width.max(1))).ceil().max(1.0) as u16
    };
    words.split('\n').map(of_paragraph).sum()
}

/// How much higher a line of the row is than a plain one.
fn scale(row: &Row) -> f64 {
    let title = |cell: &Cell| matches!(cell.content, Content::Label(Style::Title, _));
    if row.cells.iter().any(title) { 1.4 } else { 1.0 }
}

fn validation(input: Input, form: &Form) -> Result<Option<DataValidation>> {
    let validation = DataValidation::new();
    Ok(Some(match input {
        Input::Text | Input::Code => return Ok(None),
        Input::Whole | Input::WholeOr(_) => {
            let range = DataValidationRule::Between(Formula::new("0"), Formula::new(MAX_WHOLE.to_string()));
            validation
                .allow_whole_number_formula(range)
                .set_error_title("Số liệu không hợp lệ")?
                .set_error_message(
                    "Chỉ ghi số nguyên không âm, ví dụ 1279; tiền ghi đủ số đồng. Không có số thì để trống ô này và chọn ở ô bên cạnh.",
                )?
        }
        // A computer set to another order of day and month takes a date for text: the text is read.
        Input::Date => {
            let range = DataValidationRule::Between(
                ExcelDateTime::from_ymd(2000, 1, 1)?,
                ExcelDateTime::from_ymd(2100, 12, 31)?,
            );
            validation
                .allow_date(range)
                .set_input_title("Ngày/tháng/năm")?
                .set_input_message("Ví dụ: 05/6/2026. Nhập xong xem lại ngày và tháng hiện trong ô.")?
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title("Xem lại ngày")?
                .set_error_message("Ghi ngày/tháng/năm, đủ bốn chữ số của năm, ví dụ 05/6/2026.")?
        }
        Input::Choice(list) => validation
            .allow_list_formula(Formula::new(list_range(list, form)?))
            .set_error_title("Chọn trong danh sách")?
            .set_error_message("Bấm mũi tên bên phải ô và chọn một mục trong danh sách.")?,
    }))
}

/// Where the words of a drop-down stand in the hidden sheet.
fn list_range(list: List, form: &Form) -> Result<String> {
    let at = u16::try_from(form.lists().position(|(known, _)| known == list).unwrap_or_default())?;
    let column = letter(LIST_COLUMN + at);
    let count = form.options(list).len().max(1);
    Ok(format!("='{MARK_SHEET}'!${column}$1:${column}${count}"))
}

/// The hidden sheet: whose form it is, the lists, and what each row asks.
fn mark(page: &mut Worksheet, form: &Form) -> Result<()> {
    page.set_name(MARK_SHEET)?.set_very_hidden(true);
    page.write_string(0, 0, form.mark.of_sheet("mark"))?;
    for (row, (name, value)) in (1..).zip(form.mark.fields()) {
        page.write_string(row, 0, name)?.write_string(row, 1, value)?;
    }
    for (column, (_, words)) in (LIST_COLUMN..).zip(form.lists()) {
        for (row, word) in (0..).zip(words) {
            page.write_string(row, column, word)?;
        }
    }
    for (first, asking) in [(QUESTIONS, true), (LABELS, false)] {
        for (row, (key, column, words)) in (0..).zip(form.locked(asking)) {
            page.write_string(row, first, key)?;
            page.write_string(row, first + 1, column.to_string())?;
            page.write_string(row, first + 2, words)?;
        }
    }
    page.protect();
    Ok(())
}

struct Formats {
    labels: HashMap<Style, Format>,
    text: Format,
    code: Format,
    date: Format,
    whole: Format,
    choice: Format,
}

impl Formats {
    fn new() -> Self {
        let plain = || {
            Format::new()
                .set_font_name(FONT)
                .set_font_size(12)
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
        };
        let boxed = || plain().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x9aa5b1));
        // At 12 points a line is a little higher on paper than on a screen: a row that grew to many of them would lose the last.
        let field = || {
            boxed()
                .set_font_size(11)
                .set_background_color(Color::RGB(0xfff8dc))
                .set_unlocked()
                .set_align(FormatAlign::Top)
        };
        let grey = Color::RGB(0xe8edf2);
        let labels = [
            (Style::Title, plain().set_bold().set_font_size(16).set_align(FormatAlign::Center)),
            (Style::Subtitle, plain().set_bold().set_font_size(13).set_align(FormatAlign::Center)),
            (Style::Section, plain().set_bold().set_font_color(Color::RGB(0x1f3a5f))),
            (Style::Task, boxed().set_bold().set_background_color(Color::RGB(0xd5e3f0))),
            (Style::Wording, plain().set_italic().set_align(FormatAlign::Top)),
            (Style::Warning, plain().set_bold().set_font_color(Color::RGB(0xb00020))),
            (Style::ColumnHead, boxed().set_bold().set_background_color(grey).set_align(FormatAlign::Center)),
            (Style::Question, boxed()),
            (Style::Aside, boxed().set_font_color(Color::RGB(0x52606d))),
        ];
        Self {
            labels: labels.into_iter().collect(),
            text: field(),
            code: field().set_num_format("@"),
            date: field().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
            whole: field().set_num_format(WHOLE).set_align(FormatAlign::Right),
            choice: field(),
        }
    }

    fn input(&self, input: Input) -> &Format {
        match input {
            Input::Text => &self.text,
            Input::Code => &self.code,
            Input::Date => &self.date,
            Input::Whole | Input::WholeOr(_) => &self.whole,
            Input::Choice(_) => &self.choice,
        }
    }
}

/// `B` → 1.
fn index(column: char) -> u16 {
    u16::from(column as u8 - b'A')
}

fn letter(column: u16) -> char {
    char::from(b'A' + column.min(25) as u8)
}

/// Row and column of the first of some places: `D14`.
fn first(places: &[String]) -> (u32, u16) {
    let place = places.first().map_or("A1", String::as_str);
    let (column, row) = place.split_at(1);
    (row.parse::<u32>().map_or(0, |row| row - 1), index(column.chars().next().unwrap_or('A')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_foot_of_a_page_is_one_that_excel_takes() {
        for (agency, left) in [
            ("Sở Y tế", "&9Sở Y tế&R"),
            ("389 & Ban", "&9 389 && Ban&R"),
            (&"ă".repeat(400), "ăă…&R"),
            (&"😀".repeat(400), "😀…&R"),
            (&"&".repeat(400), "&9…&R"),
        ] {
            let footer = footer(agency, "Khó khăn, kiến nghị");
            assert!(footer.contains(left) && footer.encode_utf16().count() <= MAX_FOOTER, "{footer}");
            assert!(footer.ends_with("Khó khăn, kiến nghị – trang &P/&N"), "{footer}");
        }
    }
}
