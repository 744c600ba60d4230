//! Documents and problems → bytes, one file a format, each with its own escaping. Renderers show
//! finished words; they compute nothing. [`FORMATS`] is all that anyone knows of which formats there are.

pub(crate) mod csv;
pub(crate) mod diagnostics;
mod docx;
pub(crate) mod eml;
pub(crate) mod form;
pub(crate) mod html;
mod ics;
mod markdown;
mod markup;
mod metrics;
#[cfg(test)]
mod sample;
pub(crate) mod terminal;
mod tones;
mod visible;
mod xlsx;

use std::path::Path;

use anyhow::{Result, bail};

use crate::doc::{Audience, Document, Entry, Shown, Table};
use diagnostics::Findings;
use terminal::Screen;

pub(crate) use visible::{Bytes, Visible};

/// A format that something can be written in.
#[derive(Debug)]
pub(crate) struct Format {
    /// As given to `--format`.
    pub(crate) name: &'static str,
    /// How names of its files end; the program's own end in the first.
    pub(crate) endings: &'static [&'static str],
    /// What it is for, in a few words.
    pub(crate) about: &'static str,
    pub(crate) kinds: &'static [Kind],
    pub(crate) render: Render,
}

impl Format {
    const fn new(
        name: &'static str,
        endings: &'static [&'static str],
        about: &'static str,
        kinds: &'static [Kind],
        render: Render,
    ) -> Self {
        Self { name, endings, about, kinds, render }
    }

    /// How the names of the program's own files end.
    pub(crate) fn ending(&self) -> &'static str {
        self.endings.first().unwrap_or(&self.name)
    }

    pub(crate) fn is_named(&self, word: &str) -> bool {
        self.name == word || self.endings.contains(&word)
    }

    /// Whom it shows a document to.
    pub(crate) fn audience(&self) -> Audience {
        match self.name {
            "xlsx" | "csv" => Audience::Spreadsheets,
            "html" => Audience::Screens,
            _ => Audience::Everyone,
        }
    }

    /// Whether a file of this name is one of the format.
    pub(crate) fn is_of(&self, path: &Path) -> bool {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        ending.is_some_and(|ending| self.endings.contains(&ending.as_str()))
    }
}

/// What kind of thing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What was asked for, on a screen or for other programs.
    Listing,
    /// What a check found.
    Problems,
    /// The consolidated report.
    Report,
    /// Letters that urge agencies, and the list of those.
    Letters,
    /// What agencies find hard and ask for: a list, or a letter to whom they ask.
    Remarks,
    /// What falls on which day: a list, or a calendar.
    Days,
}

/// What a format makes its bytes of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Render {
    Screen(fn(&Document, Screen) -> Visible),
    Document(fn(&Document) -> Result<Bytes>),
    Rows(fn(&Table) -> Visible),
    Calendar(fn(&Document, &[Entry]) -> Visible),
    Json,
    Problems(fn(&Findings<'_>) -> Result<Visible>),
    /// Words to be sent as they are.
    Messages,
    /// Mails to be sent, one to each.
    Mails,
}

use Kind::{Days, Letters, Listing, Problems, Remarks, Report};

const ALL: &[Kind] = &[Listing, Problems, Report, Letters, Remarks, Days];
const TABLES: &[Kind] = &[Listing, Problems, Letters, Remarks, Days];

const MARKDOWN: Render = Render::Document(|document| Ok(markdown::render(document).into()));
const HTML: Render = Render::Document(|document| Ok(html::render(document).into()));
const FULL: Render = Render::Problems(|findings| Ok(diagnostics::full::render(findings)));
const SHORT: Render = Render::Problems(|findings| Ok(diagnostics::short::render(findings)));
const GITHUB: Render = Render::Problems(|findings| Ok(diagnostics::github::render(findings)));
const JUNIT: Render = Render::Problems(|findings| Ok(diagnostics::junit::render(findings)));

/// One line a format; where several have an ending, the first that writes the kind of thing has it.
pub(crate) const FORMATS: &[Format] = &[
    Format::new("full", &["txt"], "từng vấn đề, kèm dòng chữ trong tệp và cách sửa", &[Problems], FULL),
    Format::new("short", &[], "mỗi vấn đề một dòng", &[Problems], SHORT),
    Format::new("docx", &["docx"], "tệp Word", &[Report, Letters, Remarks], Render::Document(docx::render)),
    Format::new("xlsx", &["xlsx"], "tệp Excel", &[Report], Render::Document(xlsx::render)),
    Format::new("text", &["txt"], "tin nhắn ngắn", &[Letters], Render::Messages),
    Format::new("eml", &["eml"], "thư nháp kèm biểu mẫu, mỗi cơ quan một thư", &[Letters], Render::Mails),
    Format::new("table", &["txt"], "bảng, để xem trên màn hình", TABLES, Render::Screen(terminal::render)),
    Format::new("json", &["json"], "cho chương trình khác đọc", ALL, Render::Json),
    Format::new("csv", &["csv"], "bảng mở bằng Excel", ALL, Render::Rows(csv::render)),
    Format::new("markdown", &["md"], "văn bản thuần", ALL, MARKDOWN),
    Format::new("html", &["html", "htm"], "trang xem bằng trình duyệt", ALL, HTML),
    Format::new("ics", &["ics"], "lịch, để nhập vào Outlook, điện thoại", &[Days], Render::Calendar(ics::render)),
    Format::new("github", &[], "chú thích trên GitHub", &[Problems], GITHUB),
    Format::new(
        "sarif",
        &["sarif"],
        "cho công cụ quét mã",
        &[Problems],
        Render::Problems(diagnostics::sarif::render),
    ),
    Format::new("junit", &["xml"], "cho công cụ chạy thử", &[Problems], JUNIT),
];

/// The formats that something of a kind can be written in.
pub(crate) fn formats(kind: Kind) -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(move |format| format.kinds.contains(&kind))
}

/// # Errors
/// When the format cannot show it.
pub(crate) fn shown(format: &Format, shown: &impl Shown, screen: Screen) -> Result<Bytes> {
    Ok(match format.render {
        Render::Screen(render) => {
            let whole = render(&shown.document(), screen);
            // The line to type at is there too.
            let runs_off = screen.height.is_some_and(|height| whole.lines().count() >= usize::from(height));
            let first = if runs_off { shown.first_screen() } else { None };
            first.map_or(whole, |first| render(&first, screen)).into()
        }
        Render::Document(render) => render(&shown.document())?,
        Render::Rows(render) => render(&shown.rows()).into(),
        Render::Calendar(render) => render(&shown.document(), &shown.entries()).into(),
        Render::Json => Visible::json(&shown.json())?.into(),
        Render::Problems(_) | Render::Messages | Render::Mails => {
            bail!("dạng {} không dùng cho kết quả này", format.name)
        }
    })
}

#[cfg(test)]
mod tests {
    use std::io::{self, Cursor};

    use zip::ZipArchive;

    use super::sample::{sample, sample_ending};
    use super::*;
    use crate::characters::is_hidden;
    use crate::doc::{Block, Table};

    #[test]
    fn every_format_shows_everything_that_a_document_holds() {
        for format in FORMATS {
            let Render::Document(render) = format.render else { continue };
            let bytes = render(&sample()).unwrap();
            assert_eq!(bytes, render(&sample()).unwrap(), "{}: the same bytes", format.name);
            // A zip of parts is looked into by the tests beside it.
            if let Ok(text) = str::from_utf8(bytes.as_ref()) {
                insta::assert_snapshot!(format.name, text);
            }
        }
        let plain = terminal::Screen { width: 60, height: None, colour: false };
        insta::assert_snapshot!("terminal", terminal::render(&sample(), plain));
        let coloured = terminal::Screen { width: 60, height: None, colour: true };
        insta::assert_snapshot!("terminal-coloured", terminal::render(&sample(), coloured));
        insta::assert_snapshot!("csv", csv::render(&table(&sample())));
    }

    #[test]
    fn every_format_shows_what_is_hidden() {
        let sample = sample_ending(
            "\u{1b}[35m\u{7f}\u{9b}\u{61c}\u{200b}\u{202e}\u{2066}\u{feff}\u{fffb}\u{e0041}\u{ad}\u{3164}\u{34f}\u{e0100}a\u{fe0f}",
        );
        let hidden = |text: &str| text.replace("\r\n", "\n").trim_start_matches('\u{feff}').contains(is_hidden);
        for format in FORMATS {
            let Render::Document(render) = format.render else { continue };
            let bytes = render(&sample).unwrap();
            let mut parts = vec![bytes.as_ref().to_vec()];
            if bytes.as_ref().starts_with(b"PK") {
                let mut archive = ZipArchive::new(Cursor::new(bytes.as_ref())).unwrap();
                parts = (0..archive.len())
                    .map(|at| io::read_to_string(archive.by_index(at).unwrap()).unwrap().into())
                    .collect();
            }
            assert!(parts.iter().all(|part| !hidden(&String::from_utf8_lossy(part))), "{}", format.name);
        }
        let screen = terminal::Screen { width: 60, height: None, colour: true };
        let painted = terminal::render(&sample, screen);
        assert!(!painted.contains("\u{1b}[35m") && !painted.replace('\u{1b}', "").contains(is_hidden));
        assert!(!hidden(&csv::render(&table(&sample))));
    }

    fn table(document: &Document) -> Table {
        let blocks = document.sections.iter().flat_map(|section| &section.blocks);
        let mut tables =
            blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        tables.next().cloned().unwrap()
    }
}
