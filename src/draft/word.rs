//! A Word file that came from anywhere, as the lines that one reads in it: tracked changes as if accepted. Refuses what a
//! report is never like – entities, parts that unpack without end – and repairs nothing. What is no line is counted.

mod body;
mod comments;
mod lists;
mod margins;
mod runs;

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use quick_xml::events::Event;
use zip::ZipArchive;

use super::base;
use super::xml::{Refusal, attribute, next, reader};
use crate::doc::Base;
pub(crate) use body::{Found, Read as ReadLine};
use lists::Lists;

/// A report with its annexes is 0,1–2 MB, some 10 MB unpacked.
pub(crate) const MAX_BYTES: u64 = 30_000_000;
const MAX_UNPACKED: u64 = 60_000_000;
const MAX_PARTS: usize = 2_000;

/// What stands in a Word file.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) lines: Vec<ReadLine>,
    /// What it was written from, where that is still in it.
    pub(crate) base: Option<Base>,
    pub(crate) found: Found,
}

/// # Errors
/// When it is no Word file, is broken, or too large.
pub(crate) fn read(bytes: &[u8]) -> Result<Word, Refusal> {
    let mut package = Package::open(bytes)?;
    let main = package.related("", "/officeDocument")?.ok_or_else(Refusal::broken)?;
    let mut lists = match package.related(&main, "/numbering")? {
        Some(lists) => Lists::read(&package.text(&lists)?)?,
        None => Lists::default(),
    };
    if let Some(styles) = package.related(&main, "/styles")? {
        lists.read_styles(&package.text(&styles)?)?;
    }
    let (lines, mut found) = body::read(&package.text(&main)?, lists)?;
    if let Some(comments) = package.related(&main, "/comments")? {
        found.comments = comments::comments(&package.text(&comments)?)?;
    }
    let mut margins = BTreeSet::new();
    for of in ["/header", "/footer"] {
        for part in package.all_related(&main, of)? {
            margins.extend(margins::lines(&package.text(&part)?)?);
        }
    }
    found.margins = margins.into_iter().collect();
    Ok(Word { lines, base: package.base()?, found })
}

/// Whether it is a Word file that carries what it was written from, spoilt as that may be.
pub(crate) fn carries_base(bytes: &[u8]) -> bool {
    Package::open(bytes).is_ok_and(|mut package| !matches!(package.base(), Ok(None)))
}

struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
    /// How much more is unpacked.
    left: u64,
}

impl<'b> Package<'b> {
    fn open(bytes: &'b [u8]) -> Result<Self, Refusal> {
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Refusal::too_much());
        }
        if !bytes.starts_with(b"PK") {
            return Err(Refusal::no_word());
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::broken())?;
        if archive.len() > MAX_PARTS {
            return Err(Refusal::too_much());
        }
        let names = archive.file_names().map(|name| Some(name.ok()?.to_string()));
        let names: Vec<String> = names.collect::<Option<_>>().ok_or_else(Refusal::broken)?;
        if !names.iter().any(|name| name == "[Content_Types].xml") {
            return Err(Refusal::no_word());
        }
        Ok(Self { archive, names, left: MAX_UNPACKED })
    }

    /// The part that stands to another, or to the file as a whole, as the end of a type says: names are each program's own.
    fn related(&mut self, part: &str, of: &str) -> Result<Option<String>, Refusal> {
        Ok(self.all_related(part, of)?.into_iter().next())
    }

    fn all_related(&mut self, part: &str, of: &str) -> Result<Vec<String>, Refusal> {
        let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
        let within = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let relationships = within(&format!("_rels/{name}.rels"));
        if !self.names.contains(&relationships) {
            return Ok(Vec::new());
        }
        let relationships = self.text(&relationships)?;
        let mut reader = reader(&relationships);
        let mut targets = Vec::new();
        loop {
            match next(&mut reader)? {
                Event::Start(tag) if attribute(&tag, "Type").is_some_and(|kind| kind.ends_with(of)) => {
                    let target = attribute(&tag, "Target").unwrap_or_default();
                    targets.push(target.strip_prefix('/').map_or_else(|| within(&target), str::to_owned));
                }
                Event::Eof => return Ok(targets),
                _ => {}
            }
        }
    }

    fn base(&mut self) -> Result<Option<Base>, Refusal> {
        let is_item = |name: &&String| name.starts_with("customXml/") && name.ends_with(".xml");
        let mut carried = None;
        for name in self.names.iter().filter(is_item).cloned().collect::<Vec<_>>() {
            let part = self.text(&name)?;
            if part.contains(Base::NAMESPACE)
                && let Some(base) = base::carried(&part)?
                && carried.replace(base).is_some()
            {
                return Err(base::spoilt());
            }
        }
        Ok(carried)
    }

    /// What a part unpacks to; sizes that a file declares may be lies.
    fn text(&mut self, name: &str) -> Result<String, Refusal> {
        let part = self.archive.by_name(name).map_err(|_| Refusal::broken())?;
        let mut content = Vec::new();
        part.take(self.left + 1).read_to_end(&mut content).map_err(|_| Refusal::broken())?;
        self.left = self.left.checked_sub(content.len() as u64).ok_or_else(Refusal::too_much)?;
        let text = String::from_utf8(content).map_err(|_| Refusal::broken())?;
        Ok(text.trim_start_matches('\u{feff}').to_owned())
    }
}
