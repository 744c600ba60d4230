//! The workspace on disk: finding it, reading its files, turning offsets into lines and columns.
//! The only module besides `cli` that touches the disk; it never interprets what it reads.

mod disk;
mod ids;
mod system;

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub(crate) use disk::{is_leaving, read, read_plan, read_received, read_some};
pub(crate) use ids::{as_id, digest, sha256, sha256_of, short_id};
pub(crate) use system::{is_of_layout, kind_of, open_plain, read_plain, reason, remedy, unusable_name};

/// What the office did about a round's reports, in the round's folder.
pub(crate) const REGISTER: &str = "register.yaml";

/// What it changed in the consolidated report of a round, in the round's folder.
pub(crate) const DRAFT: &str = "draft.yaml";

/// Its acceptances alone, as they were kept before.
pub(crate) const REVIEWS: &str = "accepted.yaml";

/// The folder in a round's folder with what came, version by version.
pub(crate) const RECEIVED: &str = "received";

/// The day for which a workspace's sample reports were written.
pub(crate) const ILLUSTRATIVE: &str = "reports/illustrative.yaml";

/// The file whose presence makes a folder a workspace.
pub(crate) const PLAN_FILE: &str = "plan/plan.yaml";

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FileId(u32);

/// A range of bytes in a file. An empty range points at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) file: FileId,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    /// A place for tests that need one and look at none.
    #[cfg(test)]
    pub(crate) fn nowhere() -> Self {
        Self::start_of(FileId(0))
    }

    /// The very beginning of a file, for what concerns the file as a whole.
    pub(crate) fn start_of(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// How much of a file is read, and what is said of one that holds more.
#[derive(Debug)]
pub(crate) struct Limits {
    pub(crate) bytes: u64,
    /// Words, lists and mappings.
    pub(crate) nodes: usize,
    pub(crate) remedy: &'static str,
}

impl Limits {
    /// Of what one agency writes: 3–20 KB, a few hundred words.
    pub(crate) const REPORT: Self = Self {
        bytes: 1_000_000,
        nodes: 20_000,
        remedy: "một báo cáo chỉ khoảng 3–20 KB, không quá 1.000 KB; xem lại có chép nhầm tệp",
    };
    /// Of what tells of every agency, however many there are: its bytes bound what is in it.
    pub(crate) const PLAN: Self = Self {
        bytes: 16_000_000,
        nodes: usize::MAX,
        remedy: "một tệp của Kế hoạch không quá 16.000 KB, đủ cho vài chục nghìn cơ quan; xem lại có chép nhầm tệp",
    };

    /// Of a file of the workspace, by its path there.
    pub(crate) fn of(path: &str) -> &'static Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let of_everyone = path.starts_with("plan/") || [REGISTER, REVIEWS, DRAFT].contains(&name);
        if of_everyone { &Self::PLAN } else { &Self::REPORT }
    }
}

/// What could be read of a file.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    Text(String),
    /// Not UTF-8 from byte `at` on; the text has U+FFFD there.
    NotUtf8 {
        lossy: String,
        at: u32,
    },
    /// Larger than its [`Limits`]; the size in bytes.
    TooLarge(u64),
    /// A link, a device or another thing that is not a plain file.
    NotAFile,
    /// A folder in so many others that what it holds is not looked for.
    TooDeep,
    Unreadable(io::ErrorKind),
}

#[derive(Debug, Clone)]
pub(crate) struct SourceFile {
    /// Relative to the workspace, with `/` on every system; of a file from outside, as it was named.
    pub(crate) path: String,
    pub(crate) content: Content,
    /// Not in the workspace: a report that is to be checked before it is sent.
    pub(crate) outside: bool,
    /// A version of a report that stands for the copy in force on a day that is past.
    pub(crate) past: bool,
    line_starts: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// A version that was kept, whether it stands for the copy in force or is looked at as what came.
    fn is_version(&self) -> bool {
        !self.outside && is_version(&self.path)
    }

    /// A version that is looked at as what came, and is no report.
    pub(crate) fn is_only_kept(&self) -> bool {
        !self.past && self.is_version()
    }

    pub(crate) fn limits(&self) -> &'static Limits {
        if self.outside { &Limits::REPORT } else { Limits::of(&self.path) }
    }

    pub(crate) fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) | Content::NotUtf8 { lossy: text, .. } => text,
            Content::TooLarge(_) | Content::NotAFile | Content::TooDeep | Content::Unreadable(_) => "",
        }
    }

    /// The content's SHA-256 in hexadecimal: equal for equal texts, however a system ends its lines.
    pub(crate) fn sha256(&self) -> String {
        sha256(self.text().trim_start_matches('\u{feff}').replace("\r\n", "\n"))
    }

    /// Built once per file, and only for files with something to point at.
    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let breaks = self.text().bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect()
        })
    }

    pub(crate) fn position(&self, offset: u32) -> Position {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= offset);
        let start = starts[line - 1] as usize;
        let before = self.text().get(start..offset as usize).unwrap_or_default();
        Position { line, column: before.chars().count() + 1 }
    }
}

/// Whether what came is kept at a path: `reports/<round>/received/…`.
pub(crate) fn is_version(path: &str) -> bool {
    path.split('/').nth(2) == Some(RECEIVED)
}

/// Every file of the workspace, in the order of their paths, and after them those from outside.
#[derive(Debug, Clone, Default)]
pub(crate) struct Files {
    files: Vec<SourceFile>,
}

impl Files {
    /// Files that are already in memory; `path` relative, with `/`.
    pub(crate) fn from_memory<C: Into<Content>>(files: impl IntoIterator<Item = (String, C)>) -> Self {
        Self::sorted(files.into_iter().map(|(path, content)| (path, content.into())).collect())
    }

    fn sorted(mut files: Vec<(String, Content)>) -> Self {
        files.sort_by(|a, b| a.0.cmp(&b.0));
        let file = |(path, content)| SourceFile {
            path,
            content,
            outside: false,
            past: false,
            line_starts: OnceLock::new(),
        };
        Self { files: files.into_iter().map(file).collect() }
    }

    /// With other files in the place of some: by path what takes its place, if anything does.
    pub(crate) fn with(self, mut others: BTreeMap<String, Option<(String, String)>>) -> Self {
        let kept = self.files.into_iter().filter_map(|file| match others.remove(&file.path) {
            None => Some((file.path, file.content)),
            Some(other) => other.map(|(path, text)| (path, Content::Text(text))),
        });
        let kept: Vec<_> = kept.collect();
        let rest = others.into_values().flatten().map(|(path, text)| (path, Content::Text(text)));
        let mut files = Self::sorted(kept.into_iter().chain(rest).collect());
        files.files.iter_mut().for_each(|file| file.past = file.is_version());
        files
    }

    /// With versions that were kept, which are looked at as what came.
    pub(crate) fn with_kept(self, versions: impl IntoIterator<Item = (String, Content)>) -> Self {
        let files = self.files.into_iter().map(|file| (file.path, file.content));
        Self::sorted(files.chain(versions).collect())
    }

    /// With a text in the place of a file of the workspace, or beside the others: what is not on the disk yet.
    pub(crate) fn with_text(self, path: String, bytes: Vec<u8>) -> Self {
        let content = Content::within(bytes, Limits::of(&path));
        let kept = self.files.into_iter().filter(|file| file.path != path).map(|file| (file.path, file.content));
        Self::sorted(kept.collect::<Vec<_>>().into_iter().chain([(path, content)]).collect())
    }

    /// Adds a file from outside the workspace, read from `path` and shown as `name`.
    pub(crate) fn add_outside(&mut self, path: &Path, name: String) -> FileId {
        self.add(name, disk::read_file(path, &Limits::REPORT))
    }

    /// Adds a report that is not on the disk yet, shown as `name`; what could not be read from there is not read here.
    pub(crate) fn add_text(&mut self, name: String, text: impl Into<Vec<u8>>) -> FileId {
        self.add(name, Content::within(text.into(), &Limits::REPORT))
    }

    fn add(&mut self, name: String, content: Content) -> FileId {
        let line_starts = OnceLock::new();
        self.files.push(SourceFile { path: name, content, outside: true, past: false, line_starts });
        FileId(self.files.len() as u32 - 1)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(index as u32), file))
    }

    pub(crate) fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    pub(crate) fn find(&self, path: &str) -> Option<(FileId, &SourceFile)> {
        let inside = self.files.partition_point(|file| !file.outside);
        let at = self.files[..inside].binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some((FileId(at as u32), &self.files[at]))
    }

    /// Where a part of a value stands within `span`, which holds the value in the file's own lines; all of `span` where it
    /// cannot be told, because of an escape in a quoted text.
    pub(crate) fn within(&self, span: Span, value: &str, part: Range<usize>) -> Span {
        let text = self.get(span.file).text();
        let written = text.get(span.start as usize..span.end as usize).unwrap_or_default();
        // Lines are folded in a value, and blanks with them: what is left stays as it is.
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let places = || written.char_indices().filter(|(_, c)| !c.is_whitespace());
        let (Some(before), Some(inside)) = (value.get(..part.start), value.get(part)) else { return span };
        let whole = letters(written);
        let Some(skipped) = whole.find(&letters(value)) else { return span };
        let first = whole[..skipped].chars().count() + letters(before).chars().count();
        let last = first + letters(inside).chars().count().saturating_sub(1);
        let (Some((start, _)), Some((end, c))) = (places().nth(first), places().nth(last)) else { return span };
        Span { start: span.start + start as u32, end: span.start + (end + c.len_utf8()) as u32, ..span }
    }

    pub(crate) fn position(&self, span: Span) -> Position {
        self.get(span.file).position(span.start)
    }
}

impl Content {
    fn within(bytes: Vec<u8>, limits: &Limits) -> Self {
        let size = bytes.len() as u64;
        if size > limits.bytes { Self::TooLarge(size) } else { bytes.into() }
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        match simdutf8::compat::from_utf8(&bytes) {
            Ok(text) => Self::Text(text.to_owned()),
            Err(error) => Self::NotUtf8 {
                at: error.valid_up_to() as u32,
                lossy: String::from_utf8_lossy(&bytes).into_owned(),
            },
        }
    }
}

/// The nearest folder from `start` upwards that holds `plan/plan.yaml`, or may hold it for others to read.
pub(crate) fn find_root(start: &Path) -> Option<PathBuf> {
    let holds = |folder: &&Path| match folder.join(PLAN_FILE).metadata() {
        Ok(found) => found.is_file(),
        Err(error) => error.kind() == io::ErrorKind::PermissionDenied,
    };
    start.ancestors().find(holds).map(Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_read_from_the_disk_is_not_read_from_memory() {
        let mut files = Files::default();
        for (size, read) in [(Limits::REPORT.bytes, true), (Limits::REPORT.bytes + 1, false)] {
            let id = files.add_text("a.yaml".to_owned(), " ".repeat(size as usize));
            assert_eq!(matches!(files.get(id).content, Content::Text(_)), read, "{size}");
        }
    }

    #[test]
    fn positions_count_characters_from_one() {
        let files = Files::from_memory([("a.yaml".into(), "một\nhai: ba\n".as_bytes().to_vec())]);
        let (_, file) = files.find("a.yaml").unwrap();
        for (offset, line, column) in [(0, 1, 1), ("mộ".len() as u32, 1, 3), (6, 2, 1), (11, 2, 6)] {
            assert_eq!(file.position(offset), Position { line, column }, "offset {offset}");
        }
    }

    #[test]
    fn a_part_of_a_value_is_found_in_the_lines_that_hold_it() {
        for (written, value, part) in [
            ("{{ a }}", "{{ a }}", "{{ a }}"),
            (">-\n    chữ đầu\n    {{ b }} hết", "chữ đầu {{ b }} hết", "{{ b }}"),
            ("\"có {{ c }}\"", "có {{ c }}", "c"),
            ("'một ''hai'' {{ d }}'", "một 'hai' {{ d }}", ""),
            ("\"\\u0061 {{ e }}\"", "a {{ e }}", ""),
        ] {
            let text = format!("key: {written}\n");
            let files = Files::from_memory([("a.yaml".to_owned(), text.clone().into_bytes())]);
            let (file, _) = files.find("a.yaml").unwrap();
            let span = Span { file, start: 5, end: 5 + written.len() as u32 };
            let at = value.find(part).unwrap();
            let found = files.within(span, value, at..at + part.len());
            // What an escape hides is shown with all around it.
            let shown = if part.is_empty() { written } else { part };
            assert_eq!(&text[found.start as usize..found.end as usize], shown);
        }
    }

    #[test]
    fn text_that_is_not_utf8_keeps_its_place() {
        let Content::NotUtf8 { at, .. } = Content::from(b"ab\xffc".to_vec()) else { panic!("decoded") };
        assert_eq!(at, 2);
    }
}
