//! Reading the files of a workspace from the disk.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use rayon::prelude::*;

use super::{Content, Files, Limits, RECEIVED, kind_of, open_plain, reason};

/// How deep under `plan/` and `reports/` files are looked for.
const MAX_DEPTH: usize = 4;

/// Reads every file under `plan/` and `reports/`. Hidden files and the leavings of editors and
/// file synchronisers are passed over; links are not followed, so nothing outside is ever read.
///
/// # Errors
/// When one of the two is no folder or cannot be listed. A single file that cannot be read is part of the result.
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

/// Reads what came, version by version: of every round, or the files of one agency.
///
/// # Errors
/// As `read`.
pub(crate) fn read_received(root: &Path) -> Result<Vec<(String, Content)>> {
    let mut files: Vec<Found> = Vec::new();
    let unreadable = |error: io::Error| {
        anyhow!("không đọc được thư mục {}: {}", root.join("reports").display(), reason(kind_of(&error)))
    };
    let Ok(rounds) = fs::read_dir(root.join("reports")) else { return Ok(Vec::new()) };
    for round in rounds {
        let name = round.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
        let folder = format!("reports/{name}/{RECEIVED}");
        if root.join(&folder).is_dir() {
            walk(root, &folder, MAX_DEPTH, &|_| true, &mut files).map_err(unreadable)?;
        }
    }
    files.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(contents(files))
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
    Ok(Files::sorted(contents(files)))
}

/// What lies at a path of the workspace: a file to be read from the disk, or what is known of it already.
type Found = (String, Result<PathBuf, Content>);

/// Reads what was found, on all cores.
fn contents(files: Vec<Found>) -> Vec<(String, Content)> {
    let content = |(path, found): Found| {
        let content = match found {
            Ok(file) => read_file(&file, Limits::of(&path)),
            Err(known) => known,
        };
        (path, content)
    };
    files.into_par_iter().map(content).collect()
}

fn walk(
    root: &Path,
    folder: &str,
    depth: usize,
    wanted: &dyn Fn(&str) -> bool,
    files: &mut Vec<Found>,
) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_leaving(&name) {
            continue;
        }
        let path = format!("{folder}/{name}");
        if !wanted(&path) {
            continue;
        }
        let kind = entry.file_type()?;
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
            } else if let Err(error) = walk(root, &path, depth - 1, wanted, files) {
                files.push((path, Err(Content::Unreadable(kind_of(&error)))));
            }
        } else if kind.is_file() {
            files.push((path, Ok(entry.path())));
        } else {
            files.push((path, Err(Content::NotAFile)));
        }
    }
    Ok(())
}

fn is_leaving(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || matches!(name, "Thumbs.db" | "desktop.ini")
}

pub(super) fn read_file(path: &Path, limits: &Limits) -> Content {
    let read = || -> io::Result<Content> {
        let mut file = open_plain(path)?;
        let size = file.metadata()?.len();
        if size > limits.bytes {
            return Ok(Content::TooLarge(size));
        }
        let mut bytes = Vec::with_capacity(size as usize + 1);
        file.read_to_end(&mut bytes)?;
        Ok(Content::from(bytes))
    };
    read().unwrap_or_else(|error| Content::Unreadable(kind_of(&error)))
}
