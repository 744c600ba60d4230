//! Forms that are filled in without a spreadsheet program: their cells are put into the parts of their files.

use std::fs::{self, File};
use std::io::{Cursor, Read, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;

const STRINGS: &str = "xl/sharedStrings.xml";

/// What fills a cell with words.
pub(crate) fn words(text: &str) -> String {
    format!("<is><t>{text}</t></is>")
}

/// What fills a cell with a number.
pub(crate) fn number(value: &str) -> String {
    format!("<v>{value}</v>")
}

/// Each part of a form's file by its name.
fn parts(path: &Path) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(path).expect("a form"))).expect("a zip");
    let count = archive.len();
    let read = |at| {
        let mut file = archive.by_index(at).expect("a part");
        let mut content = String::new();
        file.read_to_string(&mut content).expect("text");
        (file.name().expect("a name").into_owned(), content)
    };
    (0..count).map(read).collect()
}

fn write(path: &Path, parts: &[(String, String)]) {
    let mut out = zip::ZipWriter::new(File::create(path).expect("a file"));
    for (name, content) in parts {
        out.start_file(name.as_str(), SimpleFileOptions::default()).expect("a part");
        out.write_all(content.as_bytes()).expect("a part");
    }
    out.finish().expect("a zip");
}

/// Puts something in place of a part of a form's file.
pub(crate) fn edit(path: &Path, part: &str, edit: impl Fn(&str) -> String) {
    let mut parts = parts(path);
    for (_, content) in parts.iter_mut().filter(|(name, _)| name == part) {
        *content = edit(content);
    }
    write(path, &parts);
}

/// Fills in cells, each of the first row whose key it names.
pub(crate) fn fill(path: &Path, cells: &[(&str, char, String)]) {
    let mut parts = parts(path);
    let strings = parts.iter().find(|(name, _)| name == STRINGS).expect("strings").1.clone();
    for (key, column, value) in cells {
        let at = strings.split("<si>").skip(1).position(|item| item.contains(&format!(">{key}<")));
        let mark =
            format!("\" t=\"s\"><v>{}</v></c>", at.unwrap_or_else(|| panic!("no {key} in {}", path.display())));
        // The hidden list of keys has no cell beside them.
        let place =
            parts.iter_mut().filter(|(name, _)| name.starts_with("xl/worksheets/")).find_map(|(_, text)| {
                let found = text.find(&mark)?;
                let row = &text[text[..found].rfind("r=\"A")? + 4..found];
                let start = text.find(&format!("<c r=\"{column}{row}\""))?;
                Some((start + text[start..].find("/>")?, text))
            });
        let (end, text) = place.unwrap_or_else(|| panic!("no empty cell {column} of {key}"));
        let kind = if value.starts_with("<is>") { " t=\"inlineStr\"" } else { "" };
        text.replace_range(end..end + 2, &format!("{kind}>{value}</c>"));
    }
    write(path, &parts);
}

/// Fills in the form of a commune of [`super::Workspace::of_communes`]: how much it did, on which paper. Every fifth has a
/// difficulty.
pub(crate) fn fill_of_commune(path: &Path, commune: u32, directives: u32, paper: Option<(u32, &str)>) {
    let mut cells = vec![
        ("tasks.I.1.status", 'G', words("Hoàn thành")),
        ("tasks.I.1.results", 'G', words(&format!("Xã Số {commune} đã phổ biến tới các bản."))),
        ("tasks.I.1.figures.directives", 'D', number(&directives.to_string())),
    ];
    if commune.is_multiple_of(5) {
        cells.push(("difficulties.1", 'C', words(&format!("Xã Số {commune} thiếu loa truyền thanh"))));
        cells.push(("difficulties.1", 'D', words("Chưa bố trí kinh phí")));
    }
    if let Some((number, day)) = paper {
        cells.push(("document.number", 'C', words(&format!("{number}/BC-UBND"))));
        cells.push(("document.date", 'C', words(day)));
    }
    fill(path, &cells);
}
