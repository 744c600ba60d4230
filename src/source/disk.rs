//! Reading the files of a workspace from the disk.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use rayon::prelude::*;

use super::{Content, Files, Limits, RECEIVED, kind_of, open_plain, reason};

/// How deep under `plan/` and `reports/` files are looked for.
const MAX_DEPTH: usize = 4;

/// How often a folder that is refused is asked for, and how long after: what is being deleted is refused in many ways on Windows,
/// and is gone a moment later. Elsewhere it is gone at once.
const TRIES: usize = if cfg!(windows) { 6 } else { 1 };
const SOON: Duration = Duration::from_millis(2);

/// How many bytes are read of all files together: twice what a hundred thousand reports hold, and less than a machine has.
const MOST_BYTES: u64 = 1_000_000_000;

/// Reads every file under `plan/` and `reports/`. Hidden files and the leavings of editors and
/// file synchronisers are passed over; links are not followed, so nothing outside is ever read.
///
/// # Errors
/// When one of the two is no folder or cannot be listed, or all is more than anybody reports. A single file that cannot be
/// read is part of the result; what is gone by the time when it is read never was there.
pub(crate) fn read(root: &Path) -> Result<Files> {
    read_folders(root, &["plan", "reports"], &|_| true)
}

/// As `read`, of `reports/` the folders and files that are wanted alone.
///
/// # Errors
/// As `read`.
pub(crate) fn read_some(root: &Path, wanted: impl Fn(&str) -> bool) -> Result<Files> {
    read_folders(root, &["plan", "reports"], &|path| path.starts_with("plan/") || wanted(path))
}

/// Reads what came, version by version, of every round and the agencies that are wanted.
///
/// # Errors
/// As `read`.
pub(crate) fn read_received(root: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<(String, Content)>> {
    let is_wanted = |path: &str| path.split('/').nth(3).is_none_or(&wanted);
    let mut files: Vec<Found> = Vec::new();
    let unreadable = |error: io::Error| {
        anyhow!("không đọc được thư mục {}: {}", root.join("reports").display(), reason(kind_of(&error)))
    };
    let Some(rounds) = still_there(fs::read_dir(root.join("reports"))).map_err(unreadable)? else {
        return Ok(Vec::new());
    };
    for round in rounds {
        let name = round.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
        let folder = format!("reports/{name}/{RECEIVED}");
        match fs::symlink_metadata(root.join(&folder)) {
            Ok(found) if found.is_dir() => {
                walk(root, &folder, MAX_DEPTH, &is_wanted, &mut files).map_err(unreadable)?;
            }
            Ok(_) => files.push((folder, Err(Content::NotAFile))),
            // None, or beside a file that is no folder of a round.
            Err(_) => {}
        }
    }
    files.sort_by(|one, other| one.0.cmp(&other.0));
    contents(files, MOST_BYTES)
}

/// Reads the files under `plan/` alone, for what needs no reports.
///
/// # Errors
/// As `read`.
pub(crate) fn read_plan(root: &Path) -> Result<Files> {
    read_folders(root, &["plan"], &|_| true)
}

fn read_folders(root: &Path, folders: &[&str], wanted: &dyn Fn(&str) -> bool) -> Result<Files> {
    let mut files: Vec<Found> = Vec::new();
    for folder in folders {
        let path = root.join(folder);
        match fs::symlink_metadata(&path) {
            // Without reports/ nobody has reported yet: a state, not a failure.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Ok(found) if !found.is_dir() => bail!(
                "{} là đường dẫn tắt hoặc tệp, không phải thư mục.\nĐặt hẳn thư mục {folder} ở đó rồi chạy lại.",
                path.display()
            ),
            _ => walk(root, folder, MAX_DEPTH, wanted, &mut files).map_err(|error| {
                anyhow!("không đọc được thư mục {}: {}", path.display(), reason(kind_of(&error)))
            })?,
        }
    }
    Ok(Files::sorted(contents(files, MOST_BYTES)?))
}

/// What lies at a path of the workspace: a file to be read from the disk, or what is known of it already.
type Found = (String, Result<PathBuf, Content>);

/// Reads what was found, on all cores.
///
/// # Errors
/// When all together is more than `most` bytes.
fn contents(files: Vec<Found>, most: u64) -> Result<Vec<(String, Content)>> {
    let read = AtomicU64::new(0);
    let content = |(path, found): Found| {
        let content = match found {
            Ok(file) => read_file(&file, Limits::of(&path)),
            Err(known) => known,
        };
        let bytes = if let Content::Text(text) = &content { text.len() as u64 } else { 0 };
        (read.fetch_add(bytes, Ordering::Relaxed) + bytes <= most).then_some((path, content))
    };
    let mut contents: Vec<_> = files.into_par_iter().map(content).collect::<Option<_>>().context(
        "các tệp trong plan/ và reports/ cộng lại quá 1.000 MB nên không đọc.\nMột báo cáo chỉ khoảng 3–20 KB: chuyển những tệp lớn, \
         không phải báo cáo, sang thư mục khác rồi chạy lại.",
    )?;
    contents.retain(|(_, content)| !matches!(content, Content::Unreadable(io::ErrorKind::NotFound)));
    Ok(contents)
}

fn walk(
    root: &Path,
    folder: &str,
    depth: usize,
    wanted: &dyn Fn(&str) -> bool,
    files: &mut Vec<Found>,
) -> io::Result<()> {
    let Some(entries) = still_there(fs::read_dir(root.join(folder)))? else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_leaving(&name) {
            continue;
        }
        let path = format!("{folder}/{name}");
        if !wanted(&path) {
            continue;
        }
        let Some(kind) = still_there(entry.file_type())? else { continue };
        if kind.is_dir() && name == RECEIVED && folder.starts_with("reports/") && !folder.contains(RECEIVED) {
            // Read by whoever asks what was.
            continue;
        }
        if kind.is_dir() {
            if name.ends_with(".yaml") {
                // Somebody takes it for the report.
                files.push((path, Err(Content::NotAFile)));
            } else if depth == 0 {
                files.push((path, Err(Content::TooDeep)));
            } else {
                let so_far = files.len();
                let mut left = TRIES;
                let walked = loop {
                    let walked = walk(root, &path, depth - 1, wanted, files);
                    left -= 1;
                    if walked.is_ok() || left == 0 {
                        break walked;
                    }
                    files.truncate(so_far);
                    thread::sleep(SOON);
                };
                if let Err(error) = walked {
                    files.push((path, Err(Content::Unreadable(kind_of(&error)))));
                }
            }
        } else if kind.is_file() {
            files.push((path, Ok(entry.path())));
        } else {
            files.push((path, Err(Content::NotAFile)));
        }
    }
    Ok(())
}

/// What the system says of something that was listed, unless it is gone since.
fn still_there<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        found => found.map(Some),
    }
}

/// Whether a name is that of what editors and spreadsheets leave beside a file, or what systems keep for themselves.
pub(crate) fn is_leaving(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || matches!(name, "Thumbs.db" | "desktop.ini")
}

pub(super) fn read_file(path: &Path, limits: &Limits) -> Content {
    let read = || -> io::Result<Content> {
        let file = open_plain(path)?;
        let size = file.metadata()?.len();
        if size > limits.bytes {
            return Ok(Content::TooLarge(size));
        }
        let mut bytes = Vec::with_capacity(size as usize + 1);
        // It may have grown since.
        file.take(limits.bytes + 1).read_to_end(&mut bytes)?;
        Ok(Content::within(bytes, limits))
    };
    read().unwrap_or_else(|error| Content::Unreadable(kind_of(&error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_beside_files_has_names_of_its_own() {
        for (name, is_left) in [
            ("~$so-y-te.xlsx", true),
            (".so-y-te.yaml.swp", true),
            ("so-y-te.xlsx~", true),
            ("Thumbs.db", true),
            ("desktop.ini", true),
            ("so-y-te~1.xlsx", false),
            ("thumbs.yaml", false),
            ("$so-y-te.xlsx", false),
        ] {
            assert_eq!(is_leaving(name), is_left, "{name}");
        }
    }

    #[test]
    fn of_what_was_listed_what_is_gone_never_was_and_all_together_has_a_limit() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().join("a.yaml");
        fs::write(&here, "một").unwrap();
        let gone = ("reports/annual/b.yaml".to_owned(), Ok(folder.path().join("b.yaml")));
        let listed = || vec![("reports/annual/a.yaml".to_owned(), Ok(here.clone())), gone.clone()];
        for (most, read) in [(4, None), (5, Some(1))] {
            assert_eq!(contents(listed(), most).ok().map(|contents| contents.len()), read, "{most}");
        }
        let mut files = Vec::new();
        walk(folder.path(), "reports", MAX_DEPTH, &|_| true, &mut files).unwrap();
        assert!(files.is_empty());
    }
}
