//! A document on a terminal of a given width, with or without colours. Knows no terminal: what it
//! may use is told to it.

use anstyle::{AnsiColor, Style as Ansi};
use comfy_table::{Cell as TableCell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Width};

use super::visible::Visible;
use crate::doc::{Align, Audience, Block, Cell, Document, Row, Style, Table, Tone};

/// What the terminal takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Screen {
    /// In columns.
    pub(crate) width: u16,
    /// In lines, where somebody looks at them.
    pub(crate) height: Option<u16>,
    pub(crate) colour: bool,
}

/// Blank columns between two columns of a table, and the longest word: a longer one is none, and may be broken. The first of
/// these with which the table is no wider than the screen.
const LAYOUTS: [(u16, usize); 6] = [(2, 48), (2, 32), (2, 24), (2, 16), (1, 16), (1, 12)];

const BOLD: Ansi = Ansi::new().bold();
const BANNER: Ansi = Ansi::new().bold().invert().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));

pub(crate) fn render(document: &Document, screen: Screen) -> Visible {
    let mut out = Visible::default();
    let paint = |out: &mut Visible, text: &str, style: Ansi| {
        out.paint(text, if screen.colour { style } else { Ansi::new() });
        *out += "\n";
    };
    let width = usize::from(screen.width);
    wrap(&document.title, width, "").iter().for_each(|line| paint(&mut out, line, BOLD));
    if let Some(banner) = &document.banner {
        wrap(&format!("*** {banner} ***"), width, "").iter().for_each(|line| paint(&mut out, line, BANNER));
    }
    let mut after_table = false;
    for block in document.sections_for(Audience::Everyone).flat_map(|section| &section.blocks) {
        let below_table = std::mem::replace(&mut after_table, matches!(block, Block::Table(_)));
        match block {
            Block::Heading { text, .. } => {
                out += "\n";
                for line in wrap(text, width, "") {
                    paint(&mut out, &line, BOLD);
                }
            }
            Block::Paragraph { style: Style::Example, text } => {
                out += &format!("\n{text}\n");
            }
            Block::Paragraph { style, text } => {
                let indent = if *style == Style::Item { "  " } else { "" };
                if *style == Style::Body && below_table {
                    out += "\n";
                }
                for line in wrap(text, width, indent) {
                    out += &(line + "\n");
                }
            }
            Block::Hint(text) => {
                for line in wrap(text, width, "  ") {
                    out += &(line + "\n");
                }
            }
            Block::Table(table) => {
                self::table(&mut out, table, screen);
            }
            // A terminal shows no pictures, and the parts of a signed document mean nothing there.
            Block::Letterhead(_)
            | Block::Subject { .. }
            | Block::Addressees(_)
            | Block::AnnexTitle { .. }
            | Block::Charts(_)
            | Block::Closing(_)
            | Block::Id(_)
            | Block::Files(_) => {}
        }
    }
    out
}

/// Breaks at blanks; continuation lines are indented by two more columns.
fn wrap(text: &str, width: usize, indent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in Visible::from(text).lines() {
        let mut line = indent.to_owned();
        let mut blank = true;
        for word in paragraph.split_whitespace() {
            if !blank && columns(&line) + 1 + columns(word) > width {
                lines.push(std::mem::replace(&mut line, format!("{indent}  ")));
                blank = true;
            }
            if !blank {
                line.push(' ');
            }
            line += word;
            blank = false;
        }
        lines.push(line);
    }
    lines
}

fn columns(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// So many rows are laid out at once; what follows has the heads again.
const LAID_OUT: usize = 10_000;

fn table(out: &mut Visible, table: &Table, screen: Screen) {
    let table = &*table.for_reading();
    let heads = table.columns.iter().enumerate().map(|(index, column)| {
        let cell = self::cell(&two_lines(table, index)).set_alignment(alignment(column.align));
        if screen.colour { cell.fg(Color::DarkCyan) } else { cell }
    });
    let heads: Vec<TableCell> = heads.collect();
    let width = screen.width.max(40);
    // What stands at the right edge needs no blanks behind it.
    let last = heads.len().saturating_sub(1);
    let padded = |index: usize, padding: u16| if index < last { padding } else { 0 };
    let widths = |(padding, most): (u16, usize)| -> (u16, Vec<u16>) {
        (padding, (0..heads.len()).map(|index| least(table, index, most) + padded(index, padding)).collect())
    };
    let fits = |(_, widths): &(u16, Vec<u16>)| {
        widths.iter().map(|width| u32::from(*width)).sum::<u32>() <= u32::from(width)
    };
    let found = LAYOUTS.into_iter().map(widths).find(fits);
    let (padding, found) = found.unwrap_or_else(|| widths(LAYOUTS[LAYOUTS.len() - 1]));
    let constraints = table.columns.iter().zip(&found).map(|(column, width)| match column.align {
        Align::Right => ColumnConstraint::Absolute(Width::Fixed(*width)),
        Align::Left | Align::Center => ColumnConstraint::LowerBoundary(Width::Fixed(*width)),
    });
    let constraints: Vec<_> = constraints.collect();
    let none = table.rows.is_empty().then_some(&table.rows[..]);
    for rows in table.rows.chunks(LAID_OUT).chain(none) {
        let mut drawn = comfy_table::Table::new();
        drawn.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        drawn.set_width(width);
        if screen.colour {
            drawn.enforce_styling()
        } else {
            drawn.force_no_tty()
        };
        drawn.set_header(heads.clone());
        for row in rows {
            match row {
                Row::Group(title) => drawn.add_row([cell(title)]),
                Row::Cells(cells) | Row::Total(cells) => drawn
                    .add_row(cells.iter().zip(&table.columns).map(|(cell, column)| painted(cell, column.align))),
            };
        }
        for (index, (column, constraint)) in drawn.column_iter_mut().zip(&constraints).enumerate() {
            column.set_padding((0, padded(index, padding)));
            column.set_constraint(*constraint);
        }
        for line in drawn.lines() {
            out.append(&Visible::painted(&without_blanks(&line)));
            *out += "\n";
        }
    }
}

/// A line without the blanks at its end, before what ends its colours too.
fn without_blanks(line: &str) -> String {
    let (mut kept, mut ends) = (line.trim_end(), String::new());
    while let Some((before, end)) = kept.rsplit_once('\x1b').filter(|(_, end)| end.find('m') == Some(end.len() - 1))
    {
        ends.insert_str(0, &format!("\x1b{end}"));
        kept = before.trim_end();
    }
    kept.to_owned() + &ends
}

/// A number broken over two lines is a wrong number, and a word broken inside is hard to read: columns
/// of numbers are as wide as their longest one, the others at least as their longest word.
fn least(table: &Table, index: usize, longest_word: usize) -> u16 {
    let column = &table.columns[index];
    let title = two_lines(table, index);
    // On a narrow screen a heading takes as many lines as it has words.
    let is_narrow = longest_word < LAYOUTS[0].1;
    let heading = title.split(|c: char| c == '\n' || is_narrow && c == ' ').map(columns).max().unwrap_or(0);
    let longest = |text: Visible| match column.align {
        Align::Right => columns(&text),
        Align::Left | Align::Center => text.split_whitespace().map(columns).max().unwrap_or(0).min(longest_word),
    };
    texts(table, index).map(longest).chain([heading]).max().unwrap_or(0).min(LONGEST) as u16
}

/// The text of every cell in a column.
fn texts(table: &Table, index: usize) -> impl Iterator<Item = Visible> {
    table.rows.iter().filter_map(move |row| match row {
        Row::Cells(cells) | Row::Total(cells) => cells.get(index).map(|cell| cell.value.to_text().into()),
        Row::Group(_) => None,
    })
}

/// A column's heading; one wider than its column in its two most even lines.
fn two_lines(table: &Table, index: usize) -> String {
    let title = &table.columns[index].title;
    let body = texts(table, index).map(|text| columns(&text)).max().unwrap_or(0);
    let breaks = title.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at);
    match breaks.min_by_key(|&at| columns(&title[..at]).max(columns(&title[at + 1..]))) {
        Some(at) if columns(title) > body => format!("{}\n{}", &title[..at], &title[at + 1..]),
        _ => title.clone(),
    }
}

fn alignment(align: Align) -> CellAlignment {
    match align {
        Align::Left => CellAlignment::Left,
        Align::Center => CellAlignment::Center,
        Align::Right => CellAlignment::Right,
    }
}

/// Characters of a word that is not broken.
const LONGEST: usize = 1_000;

/// The library passes on what it is given, breaks a word in a time that grows with the square of its length, and counts the
/// columns of a line in 16 bits: what is as long as a file is broken before.
fn cell(text: &str) -> TableCell {
    const LINE: usize = 10_000;
    let (mut broken, mut word, mut line) = (String::new(), 0, 0);
    // A tab would move what stands in the columns after it.
    for c in Visible::from(text).chars().map(|c| if c == '\t' { ' ' } else { c }) {
        (word, line) = (if c.is_whitespace() { 0 } else { word + 1 }, line + 1);
        match c {
            '\n' => line = 0,
            _ if word > LONGEST => {
                broken.push('\n');
                (word, line) = (1, 1);
            }
            _ if word == 0 && line > LINE => {
                broken.push('\n');
                line = 0;
                continue;
            }
            _ => {}
        }
        broken.push(c);
    }
    TableCell::new(broken)
}

fn painted(cell: &Cell, align: Align) -> TableCell {
    let drawn = self::cell(&cell.value.to_text()).set_alignment(alignment(align));
    match cell.tone {
        Tone::Plain => drawn,
        Tone::Good => drawn.fg(Color::DarkGreen),
        Tone::Warning => drawn.fg(Color::DarkYellow),
        Tone::Bad => drawn.fg(Color::Red),
        Tone::Muted => drawn.fg(Color::DarkGrey),
    }
}

#[cfg(test)]
mod tests {
    use super::{LAID_OUT, Screen, table, wrap};
    use crate::doc::{Align, Block, Cell, Column, Document, Row, Table};

    #[test]
    fn a_text_as_long_as_a_file_stands_in_a_table_whole() {
        let screen = Screen { width: 80, height: None, colour: false };
        let long = |part: &str| part.repeat(200_000);
        for text in [long("hai "), long("x"), long("hai\n"), long("hai\u{a0}")] {
            let columns = vec![Column::new("Nội dung", 2, Align::Left), Column::new("Số", 1, Align::Right)];
            let cells = vec![Cell::text(text.clone()), Cell::text("7")];
            let mut drawn = super::Visible::default();
            table(&mut drawn, &Table::new("t", columns, [Row::Cells(cells)]), screen);
            let kept = |text: &str| text.chars().filter(|c| "hax".contains(*c)).count();
            assert_eq!(kept(&drawn), kept(&text), "{}", &text[..8]);
        }
    }

    #[test]
    fn a_table_of_very_many_rows_has_its_heads_again() {
        let screen = Screen { width: 80, height: None, colour: false };
        for (rows, heads) in [(0, 1), (LAID_OUT, 1), (LAID_OUT + 1, 2)] {
            let columns = vec![Column::new("Mục", 2, Align::Left)];
            let cells = (0..rows).map(|row| Row::Cells(vec![Cell::text(row.to_string())]));
            let mut drawn = super::Visible::default();
            table(&mut drawn, &Table::new("t", columns, cells), screen);
            assert_eq!((drawn.matches("Mục").count(), drawn.lines().count()), (heads, rows + heads));
        }
    }

    #[test]
    fn a_path_is_broken_where_the_screen_is_too_narrow_for_it_alone() {
        let path = "reports/annual/so-cong-thuong.yaml:231";
        for (width, whole) in [(80, true), (60, false)] {
            let screen = Screen { width, height: None, colour: false };
            let titles = [("Cơ quan", Align::Left), ("Số liệu", Align::Right), ("Tệp, dòng", Align::Left)];
            let columns = titles.map(|(title, align)| Column::new(title, 3, align)).to_vec();
            let cells = ["Sở Công Thương", "1.412.000.000", path].map(Cell::text).to_vec();
            let mut drawn = super::Visible::default();
            table(&mut drawn, &Table::new("t", columns, [Row::Cells(cells)]), screen);
            assert_eq!(drawn.contains(path), whole, "{}", &*drawn);
            assert!(drawn.lines().all(|line| super::columns(line) <= usize::from(width)), "{}", &*drawn);
        }
    }

    #[test]
    fn headings_take_more_lines_on_a_narrow_screen() {
        for (width, heading) in [(60, "Quyết định"), (40, "Quyết")] {
            let screen = Screen { width, height: None, colour: false };
            let columns = vec![Column::new("Quyết định xử phạt", 2, Align::Left); 5];
            let mut drawn = super::Visible::default();
            table(&mut drawn, &Table::new("t", columns, [Row::Cells(vec![Cell::text("1"); 5])]), screen);
            let first = drawn.lines().next().unwrap_or_default();
            assert_eq!(first.split("  ").next(), Some(heading), "{}", &*drawn);
            assert!(super::columns(first) <= usize::from(width), "{}", &*drawn);
        }
    }

    #[test]
    fn no_line_is_wider_than_the_screen_nor_ends_in_blanks() {
        let columns = [("Cơ quan", Align::Left), ("Số liệu", Align::Right), ("Tệp, dòng", Align::Left)];
        let columns = columns.map(|(title, align)| Column::new(title, 3, align)).to_vec();
        let cells = ["Sở Công Thương", "1.412.000.000", "reports/annual/so-cong-thuong.yaml:231"].map(Cell::text);
        let table = Table::new("t", columns, [Row::Cells(cells.to_vec())]);
        let title = "Nguồn số liệu kỳ Năm 2026 của cả tỉnh – ngày 03/12/2026";
        let mut document = Document::page(title, "Nguồn", vec![Block::Table(table)]);
        document.banner = Some("DỮ LIỆU MINH HỌA – xem như ngày 03/12/2026 (103 báo cáo mẫu)".to_owned());
        for width in [44, 60, 66, 67, 68, 80] {
            for colour in [false, true] {
                let shown = super::render(&document, Screen { width, height: None, colour });
                for line in shown.lines() {
                    // An escape is no column.
                    let mut plain = String::new();
                    for (at, part) in line.split('\x1b').enumerate() {
                        plain += if at == 0 { part } else { part.split_once('m').unwrap().1 };
                    }
                    assert!(super::columns(&plain) <= usize::from(width), "{width} {plain:?}");
                    assert_eq!(plain, plain.trim_end(), "{width}");
                }
            }
        }
    }

    #[test]
    fn long_text_breaks_at_blanks() {
        assert_eq!(wrap("một hai ba bốn", 8, ""), ["một hai", "  ba bốn"]);
        assert_eq!(wrap("tuyệt-đối-không-cắt", 8, "  "), ["  tuyệt-đối-không-cắt"]);
    }
}
