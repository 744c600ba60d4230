//! Files that wait beside their place until they are whole. A run that is killed leaves what it had not put in its place;
//! the next one sweeps that away: whatever bears the name and nobody holds.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempDir};

use super::folder_of;
use crate::render::Bytes;

/// What the names of temporary files and folders begin with; some letters and digits follow.
const PREFIX: &str = ".plan-";
const RANDOM: usize = 6;

/// A file that waits beside its place, already on the disk.
pub(super) struct Staged {
    file: NamedTempFile,
    pub(super) path: PathBuf,
}

/// Has the permissions of the file that it is to replace.
pub(super) fn stage(path: PathBuf, bytes: &Bytes, old: Option<&Metadata>) -> io::Result<Staged> {
    let mut file = held(folder_of(&path))?;
    file.write_all(bytes.as_ref())?;
    if let Some(old) = old {
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, fchown};
            // Only root may give a file away; whoever may not keeps it.
            drop(fchown(file.as_file(), Some(old.uid()), Some(old.gid())));
        }
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    Ok(Staged { file, path })
}

impl Staged {
    /// Moves it into its place; without `replace` never over what has come there meanwhile.
    pub(super) fn put(self, replace: bool) -> io::Result<PathBuf> {
        let Self { file, path } = self;
        if replace {
            file.persist(&path)?
        } else {
            file.persist_noclobber(&path)?
        };
        Ok(path)
    }
}

/// A folder to make another in, and what holds it.
pub(super) fn staging(beside: &Path) -> io::Result<(TempDir, NamedTempFile)> {
    loop {
        let folder = Builder::new().prefix(PREFIX).rand_bytes(RANDOM).tempdir_in(beside)?;
        match held(folder.path()) {
            // Swept away before it was held.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            held => return Ok((folder, held?)),
        }
    }
}

/// A temporary file that no sweep takes away: it is locked as long as it is open, where the disk has locks. Where it has
/// none, nothing is ever swept.
fn held(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).rand_bytes(RANDOM);
    // A temporary file is for its owner alone; a report is for whoever the folder is for.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    loop {
        let file = builder.tempfile_in(folder)?;
        // It may have been swept away before it was locked.
        if file.as_file().lock().is_err() || file.path().exists() {
            return Ok(file);
        }
    }
}

/// Removes what runs that were killed left in a folder. What cannot be removed stays: it is in nobody's way.
pub(in super::super) fn sweep(folder: &Path) {
    for path in left(folder) {
        if path.is_dir() {
            sweep_folder(&path);
        } else if let Some(_lock) = unheld(&path) {
            drop(fs::remove_file(&path));
        }
    }
}

/// As `sweep`, in every folder below too.
pub(in super::super) fn sweep_below(folder: &Path) {
    sweep(folder);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            sweep_below(&entry.path());
        }
    }
}

/// Whoever makes one holds a file in it before anything else stands there.
fn sweep_folder(path: &Path) {
    let held = left(path);
    let mut locks: Option<Vec<File>> = held.iter().map(|path| unheld(path)).collect();
    if fs::remove_dir(path).is_err() && locks.is_some() {
        // There a file goes when it is closed, and its folder not before.
        if cfg!(windows) {
            held.iter().for_each(|path| drop(fs::remove_file(path)));
            locks = None;
        }
        drop(fs::remove_dir_all(path));
    }
    drop(locks);
}

/// The paths in a folder that bear such a name; a person's own `.plan-2025.yaml` does not.
fn left(folder: &Path) -> Vec<PathBuf> {
    let is_ours = |name: &str| {
        name.strip_prefix(PREFIX)
            .is_some_and(|rest| rest.len() == RANDOM && rest.chars().all(char::is_alphanumeric))
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(|entry| is_ours(&entry.file_name().to_string_lossy())).map(|entry| entry.path()).collect()
}

/// The lock of a file that no running process holds.
fn unheld(path: &Path) -> Option<File> {
    let file = File::options().read(true).write(true).open(path).ok()?;
    file.try_lock().ok().map(|()| file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Visible;

    #[test]
    fn what_a_dead_run_left_is_swept_and_what_a_running_one_holds_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for path in [".plan-Dead01/new/plan", ".plan-Empty1", "below"] {
            fs::create_dir_all(at(path)).unwrap();
        }
        const DEAD: [&str; 4] =
            [".plan-aaaaaa", ".plan-Dead01/.plan-bbbbbb", ".plan-Dead01/new/plan/c.yaml", "below/.plan-dddddd"];
        for name in DEAD.into_iter().chain([".plan.lock", ".plan-2025.yaml"]) {
            fs::write(at(name), "").unwrap();
        }
        let bytes = Bytes::from(Visible::from("new"));
        let running = stage(at("f.md"), &bytes, None).unwrap();
        let (made, _held) = staging(folder.path()).unwrap();
        fs::write(made.path().join("g"), "").unwrap();
        sweep_below(folder.path());
        let mut kept: Vec<PathBuf> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        kept.sort();
        let mut expected = vec![
            made.path().to_path_buf(),
            running.file.path().to_path_buf(),
            at(".plan.lock"),
            at("below"),
            at(".plan-2025.yaml"),
        ];
        expected.sort();
        assert_eq!(kept, expected);
        assert_eq!(fs::read_dir(at("below")).unwrap().count(), 0);
        assert!(made.path().join("g").exists());
        assert_eq!(running.put(false).unwrap(), at("f.md"));
    }
}
