//! Which files are received: those that are named, and those in folders and their subfolders. Opens none of them.

use std::fs;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::super::Session;
use crate::form::{Given, Refusal};
use crate::{check, source, vietnamese};

/// How deep folders are looked into.
const MAX_DEPTH: usize = 8;

/// What a file is by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Kind {
    /// A spreadsheet: another kind of spreadsheet than a form was meant as one, and is refused in words.
    Form,
    /// YAML.
    Report,
    /// A mail with what is attached to it.
    Mail,
    /// A day's register of what came in, as text; a spreadsheet tells by what it holds that it is one.
    Register,
    /// Something that nothing is read from, or no plain file.
    Other,
}

#[derive(Debug)]
pub(super) struct Found {
    /// For people: as named, in a folder from there on, on one line.
    pub(super) name: String,
    pub(super) path: PathBuf,
    /// Of what came inside another file; its path is a name alone.
    pub(super) content: Option<Vec<u8>>,
    pub(super) kind: Kind,
    /// Named by itself, not found in a folder.
    pub(super) named: bool,
    pub(super) came: Came,
}

/// How a file came.
#[derive(Debug, Clone)]
pub(super) struct Came {
    pub(super) on: NaiveDate,
    /// Of the paper that it came with, where the receiver tells it.
    pub(super) number: Option<String>,
    pub(super) signed: Option<NaiveDate>,
    /// The agency that a register names.
    pub(super) by: Option<String>,
    /// Who sent the mail that it came with, where it came with one: addresses.
    pub(super) senders: Option<Vec<String>>,
}

/// What can be read from anywhere.
pub(super) trait Source: Read + Seek {}
impl<S: Read + Seek> Source for S {}

impl Found {
    /// # Errors
    /// When the system does not open it.
    pub(super) fn open(&self) -> io::Result<Box<dyn Source + '_>> {
        Ok(match &self.content {
            Some(content) => Box::new(Cursor::new(content)),
            None => Box::new(BufReader::new(source::open_plain(&self.path)?)),
        })
    }

    /// Whether it is named itself, or called a register: `so-den.csv`, `Sổ công văn đến ngày 20-11.xlsx`.
    pub(super) fn is_meant_as_register(&self) -> bool {
        let name = vietnamese::unaccented(&self.path.file_stem().unwrap_or_default().to_string_lossy());
        let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_called_so = words.next() == Some("so");
        self.named || is_called_so && words.next().is_none_or(|next| ["den", "cong", "cv", "van"].contains(&next))
    }

    /// All that it holds.
    ///
    /// # Errors
    /// When that is more than `limits` let it be, or cannot be read.
    pub(super) fn bytes(&self, limits: &source::Limits) -> Result<Vec<u8>, Refusal> {
        let size = match &self.content {
            Some(content) => content.len() as u64,
            None => fs::metadata(&self.path).map_err(|error| unreadable(&error))?.len(),
        };
        if size > limits.bytes {
            let size = vietnamese::number(u128::from(size.div_ceil(1000)));
            return Err(Refusal::new(format!("tệp quá lớn ({size} KB)"), limits.remedy));
        }
        let mut bytes = Vec::new();
        let read = self.open().and_then(|mut file| file.read_to_end(&mut bytes));
        read.map(|_| bytes).map_err(|error| unreadable(&error))
    }
}

pub(super) fn unreadable(error: &io::Error) -> Refusal {
    let kind = source::kind_of(error);
    Refusal::new(format!("không đọc được tệp: {}", source::reason(kind)), source::remedy(kind))
}

impl Came {
    pub(super) fn sender(&self) -> Option<String> {
        vietnamese::listed(self.senders.iter().flatten(), ", ")
    }

    /// What the receiver tells of the paper.
    pub(super) fn paper(&self) -> [Given; 2] {
        let signed = self.signed.map(|day| day.to_string());
        [
            Given { path: &["document", "number"], value: self.number.clone(), option: "--number" },
            Given { path: &["document", "date"], value: signed, option: "--date" },
        ]
    }
}

/// The name of a file as it is told: one that goes on in another line would seem to be what the program says there.
pub(super) fn shown(name: &str) -> String {
    name.replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
}

/// The name of a file as it is kept in a report: with letters that its reader has, whatever the sender's system made of them.
pub(super) fn plain_name(name: &str) -> String {
    let name = vietnamese::composed(name);
    let is_foreign = |c: char| c.is_alphabetic() && !vietnamese::unaccented(c.encode_utf8(&mut [0; 4])).is_ascii();
    let is_garbled = check::garbled(&name).is_some();
    let is_lost = |c: char| c == '\u{fffd}' || is_foreign(c) || is_garbled && !c.is_ascii();
    name.chars().map(|c| if is_lost(c) { '_' } else { c }).collect()
}

/// Why nothing was read from a folder inside another.
pub(super) fn unread_folder(path: &Path) -> Refusal {
    match fs::read_dir(path) {
        Err(error) => {
            let kind = source::kind_of(&error);
            Refusal::new(format!("không đọc được thư mục: {}", source::reason(kind)), source::remedy(kind))
        }
        Ok(_) if fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) => {
            let there = path.canonicalize().unwrap_or_else(|_| path.to_owned());
            Refusal::new(
                "đó là đường dẫn tắt đến một thư mục khác nên không được đọc",
                format!("nhận thẳng thư mục đó: plan receive \"{}\"", there.display()),
            )
        }
        Ok(_) => Refusal::new(
            "thư mục nằm quá sâu nên không được đọc",
            "chép các tệp trong đó lên thư mục trên rồi nhận lại",
        ),
    }
}

/// What to say of a name that names nothing; in quotes, which a folder's name with blanks needs, no shell takes `*` for many.
pub(super) fn missing(path: &Path) -> anyhow::Error {
    let folder = path.parent().filter(|_| path.to_string_lossy().contains('*')).map(Path::display);
    let hint = folder
        .filter(|folder| !folder.to_string().is_empty())
        .map(|folder| format!("\nNhận cả thư mục thì ghi tên thư mục, không ghi dấu *: \"{folder}\""));
    anyhow!("không có tệp hoặc thư mục {}{}", path.display(), hint.unwrap_or_default())
}

/// The files under some paths, each folder's in the order of their names.
///
/// # Errors
/// When a path is not there or a folder cannot be listed, and when there is nothing to receive.
pub(super) fn find(paths: &[PathBuf], wanted: &[Kind], came: &Came, session: &Session<'_>) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for path in paths {
        let full = session.environment.current_dir.join(path);
        if full.is_dir() {
            walk(&full, "", MAX_DEPTH, came, &mut found).map_err(|error| {
                anyhow!("không đọc được thư mục {}: {}", path.display(), source::reason(source::kind_of(&error)))
            })?;
        } else if full.exists() {
            // What is named was meant to be received.
            let kind = if full.is_file() { of_name(path).unwrap_or(Kind::Form) } else { Kind::Other };
            found.push(Found {
                name: shown(&path.to_string_lossy()),
                path: full,
                content: None,
                kind,
                named: true,
                came: came.clone(),
            });
        } else {
            return Err(missing(path));
        }
    }
    for file in found.iter_mut().filter(|file| !wanted.contains(&file.kind)) {
        // Refused in words.
        file.kind = if file.kind == Kind::Register { Kind::Form } else { Kind::Other };
    }
    if found.iter().all(|file| file.kind == Kind::Other && is_plain(&file.path)) {
        let reports = if wanted.contains(&Kind::Report) { ", báo cáo (.yaml) hoặc thư (.eml)" } else { "" };
        bail!("không có biểu mẫu (.xlsx){reports} nào ở đó.");
    }
    Ok(found)
}

/// Whether it is a file itself, no link to one, pipe or device.
pub(super) fn is_plain(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
}

fn walk(folder: &Path, within: &str, depth: usize, came: &Came, found: &mut Vec<Found>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if source::is_leaving(&name) {
            continue;
        }
        let name = format!("{within}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() && depth > 0 {
            let walked = walk(&entry.path(), &format!("{name}/"), depth - 1, came, found);
            if walked.is_ok() {
                continue;
            }
        }
        let kind = of_name(Path::new(&name)).filter(|_| kind.is_file()).unwrap_or(Kind::Other);
        let (name, path) = (shown(&name), entry.path());
        found.push(Found { name, path, content: None, kind, named: false, came: came.clone() });
    }
    Ok(())
}

pub(super) fn of_name(path: &Path) -> Option<Kind> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    match ending.as_str() {
        "xlsx" | "xlsm" | "xls" | "xlsb" | "ods" => Some(Kind::Form),
        "csv" => Some(Kind::Register),
        "eml" => Some(Kind::Mail),
        "yaml" | "yml" => Some(Kind::Report),
        _ => None,
    }
}

/// How many of them are read, for who waits at a terminal.
///
/// # Errors
/// When the library refuses how it is to look.
pub(super) fn progress(count: usize, session: &Session<'_>) -> Result<ProgressBar> {
    let watched = session.environment.error_terminal && count > 1;
    let target = if watched { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(count as u64), target);
    bar.set_style(ProgressStyle::with_template("Đang đọc {bar:30} {pos}/{len} {wide_msg}")?);
    Ok(bar)
}
