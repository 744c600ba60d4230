//! Documents and problems → bytes, one file a format, each with its own escaping. Renderers show
//! finished words; they compute nothing.

pub(crate) mod csv;
pub(crate) mod diagnostics;
pub(crate) mod docx;
pub(crate) mod form;
pub(crate) mod html;
pub(crate) mod markdown;
mod markup;
#[cfg(test)]
mod sample;
pub(crate) mod terminal;
pub(crate) mod visible;
mod xlsx;

use anyhow::Result;

use crate::doc::Document;

pub(crate) use visible::{Bytes, Visible};

/// A format that a document can be written in.
pub(crate) struct Format {
    /// As given to `--format`; also the file's extension.
    pub(crate) name: &'static str,
    pub(crate) render: fn(&Document) -> Result<Bytes>,
}

pub(crate) const FORMATS: &[Format] = &[
    Format { name: "docx", render: docx::render },
    Format { name: "xlsx", render: xlsx::render },
    Format { name: "html", render: |document| Ok(html::render(document).into()) },
    Format { name: "md", render: |document| Ok(markdown::render(document).into()) },
];

#[cfg(test)]
mod tests {
    use super::sample::sample;
    use super::*;
    use crate::doc::{Block, Table};

    #[test]
    fn every_format_shows_everything_that_a_document_holds() {
        for format in FORMATS {
            let bytes = (format.render)(&sample()).unwrap();
            assert_eq!(bytes, (format.render)(&sample()).unwrap(), "{}: the same bytes", format.name);
            // A zip of parts is looked into by the tests beside it.
            if let Ok(text) = str::from_utf8(bytes.as_ref()) {
                insta::assert_snapshot!(format.name, text);
            }
        }
        let plain = terminal::Screen { width: 60, colour: false };
        insta::assert_snapshot!("terminal", terminal::render(&sample(), plain));
        let coloured = terminal::Screen { width: 60, colour: true };
        insta::assert_snapshot!("terminal-coloured", terminal::render(&sample(), coloured));
        insta::assert_snapshot!("csv", csv::render(&table(&sample())));
    }

    fn table(document: &Document) -> Table {
        let blocks = document.sections.iter().flat_map(|section| &section.blocks);
        let mut tables =
            blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        tables.next().cloned().unwrap()
    }
}
