//! Where output goes: the streams of the process, and files, which are written whole or not at all, never over one that
//! is there unless told to. The one place that writes.

mod place;
mod staged;
mod written;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use rayon::prelude::*;

use super::Environment;
use crate::render::{Bytes, FORMATS, Visible};
use crate::source::{self, Files};
use crate::vietnamese::number;
use crate::view::template::TemplateError;
use place::{Place, can_be_named, place, refused, spares_inputs};
use staged::{stage, staging};
pub(super) use staged::{sweep, sweep_below};
pub(super) use written::{is_own, remember};

/// A stream of the process. What was asked for is printed, what is said beside it is written by `writeln!`.
pub(super) struct Out<'o> {
    stream: &'o mut dyn Write,
    /// What is said, kept back while all goes well (`--quiet`).
    held: Option<String>,
}

impl<'o> Out<'o> {
    pub(super) fn new(stream: &'o mut dyn Write, quiet: bool) -> Self {
        Self { stream, held: quiet.then(String::new) }
    }

    /// # Errors
    /// When the stream does not take it.
    pub(super) fn print(&mut self, what: impl Into<Bytes>) -> Result<()> {
        Ok(self.stream.write_all(what.into().as_ref())?)
    }

    /// Says what was kept back.
    ///
    /// # Errors
    /// As `print`.
    pub(super) fn release(&mut self) -> Result<()> {
        self.held.take().map_or(Ok(()), |held| self.print(Visible::from(held)))
    }

    /// # Errors
    /// As `print`.
    pub(super) fn flush(&mut self) -> Result<()> {
        Ok(self.stream.flush()?)
    }

    /// Makes `write!` and `writeln!` take it.
    ///
    /// # Errors
    /// As `print`.
    pub(super) fn write_fmt(&mut self, arguments: fmt::Arguments<'_>) -> Result<()> {
        match &mut self.held {
            Some(held) => Ok(fmt::write(held, arguments)?),
            None => self.print(Visible::from(arguments.to_string())),
        }
    }
}

/// A path as one finds it from where one stands.
pub(super) fn shown<'p>(path: &'p Path, environment: &Environment) -> std::path::Display<'p> {
    match path.strip_prefix(&environment.current_dir) {
        Ok(here) if here.as_os_str().is_empty() => Path::new(".").display(),
        Ok(within) => within.display(),
        Err(_) => path.display(),
    }
}

/// Where `-o` leads; `None` is the stream.
pub(super) fn target(path: &Path, environment: &Environment) -> Option<PathBuf> {
    let is_stream = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].iter().any(|name| path == Path::new(name));
    (!is_stream).then(|| environment.current_dir.join(path))
}

/// Says at once what `write` would say later.
///
/// # Errors
/// When nothing can be written there, or something is there already and may not be replaced.
pub(super) fn may_write(path: &Path, force: bool) -> Result<()> {
    sweep(folder_of(path));
    spares_inputs(path)?;
    if !force && path.is_file() {
        let shown = path.display();
        bail!("tệp {shown} đã có, có thể đã có người sửa.\nGhi vào nơi khác, hoặc thêm --force để ghi đè.");
    }
    place(path, force).map(|_| ())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A reader of the folder sees what was there, or the whole new file, never a half.
///
/// # Errors
/// When it cannot be written; what was there stays. Without `force`, the option, when something is there.
pub(super) fn write(path: &Path, bytes: &Bytes, force: bool) -> Result<()> {
    may_write(path, force)?;
    write_over(path, bytes, force)
}

fn write_over(path: &Path, bytes: &Bytes, force: bool) -> Result<()> {
    let written = match place(path, force)? {
        Place::Device => File::options().write(true).open(path).and_then(|mut to| to.write_all(bytes.as_ref())),
        Place::File { path, old } => {
            stage(path, bytes, old.as_ref()).and_then(|staged| staged.put(force)).and_then(|path| sync(&path))
        }
    };
    written.map_err(|error| refused(path, &error))
}

/// Puts a file in the place of what was read there as `was`, or of nothing.
///
/// # Errors
/// As `write`; when something else stands there by now.
pub(super) fn replace(path: &Path, bytes: &Bytes, was: Option<&str>) -> Result<()> {
    let is = source::read_plain(path).ok();
    if is.as_deref() != was.map(str::as_bytes) {
        bail!(
            "tệp {} vừa được người khác sửa; chưa ghi gì.\nXem lại tệp đó rồi chạy lại lệnh này.",
            path.display()
        );
    }
    make_folder(folder_of(path))?;
    write_over(path, bytes, was.is_some())
}

/// Writes a file and says so; without a path, prints.
///
/// # Errors
/// As `write`.
pub(super) fn put(
    path: Option<&Path>,
    bytes: Bytes,
    force: bool,
    environment: &Environment,
    out: &mut Out<'_>,
) -> Result<()> {
    let Some(path) = path else { return out.print(bytes) };
    write(path, &bytes, force)?;
    writeln!(out, "Đã ghi {}", shown(path, environment))
}

/// Writes files into a folder as `write_into`, over others only where `force` says so. How many were there already, just as
/// they are to be.
///
/// # Errors
/// As `write`.
pub(super) fn put_into(folder: &Path, files: &[(String, Bytes)], force: bool) -> Result<usize> {
    let missing = to_write(folder, files, force)?;
    write_into(folder, &missing, |_| force)?;
    Ok(files.len() - missing.len())
}

/// As `put_into`; files of before that the program wrote itself and nobody changed since give way.
///
/// # Errors
/// As `write`.
pub(super) fn put_into_anew(root: &Path, folder: &Path, files: &[(String, Bytes)], force: bool) -> Result<usize> {
    let there: Vec<_> = files.iter().map(|(name, _)| folder.join(name)).filter(|path| path.is_file()).collect();
    let force = force || (!there.is_empty() && there.iter().all(|path| is_own(root, path)));
    let missing = to_write(folder, files, force)?;
    remember(root, files.iter().map(|(_, bytes)| source::sha256(bytes)));
    write_into(folder, &missing, |_| force)?;
    Ok(files.len() - missing.len())
}

/// Removes files of a folder that the program wrote and nobody changed since. The names of these, and of those that stay.
pub(super) fn remove_own(root: &Path, folder: &Path, names: Vec<String>) -> (Vec<String>, Vec<String>) {
    let there = names.into_iter().filter(|name| folder.join(name).is_file());
    there.partition(|name| is_own(root, &folder.join(name)) && fs::remove_file(folder.join(name)).is_ok())
}

/// Whether a file is there just as it is to be.
pub(super) fn holds(path: &Path, bytes: &Bytes) -> bool {
    path.is_file() && fs::read(path).is_ok_and(|there| there == bytes.as_ref())
}

/// Of files that were there already, in words.
pub(super) fn already(count: usize) -> String {
    match count {
        0 => String::new(),
        count => format!("; {} tệp đã có sẵn đúng như vậy", number(count as u128)),
    }
}

/// What is to be written of files into a folder. Where some of them are there just as they are to be, a run that was killed
/// has put them there: the others are left to write.
///
/// # Errors
/// As `write`, as far as it can be said at once.
fn to_write(folder: &Path, files: &[(String, Bytes)], force: bool) -> Result<Vec<(String, Bytes)>> {
    sweep(folder_of(folder));
    let is_there = |(name, bytes): &(String, Bytes)| holds(&folder.join(name), bytes);
    let mut missing: Vec<_> = files.iter().filter(|file| force || !is_there(file)).cloned().collect();
    if missing.is_empty() {
        missing = files.to_vec();
    }
    for path in missing.iter().map(|(name, _)| folder.join(name)).filter(|path| path.is_file()) {
        may_write(&path, force)?;
    }
    Ok(missing)
}

/// Writes files into a folder, which is made where it is not there, by their paths inside it: all of them, or none as
/// far as the system lets. One that is there is replaced where `replace` says so.
///
/// # Errors
/// As `write`.
pub(super) fn write_into(folder: &Path, files: &[(String, Bytes)], replace: impl Fn(&str) -> bool) -> Result<()> {
    if !folder.is_dir() {
        can_be_named(folder)?;
    }
    // What is called like a file is not made a folder.
    let is_called = |ending: &OsStr| {
        FORMATS.iter().any(|format| format.endings.iter().any(|it| ending.eq_ignore_ascii_case(it)))
    };
    let is_one_of_them = |(name, _): &(String, Bytes)| Path::new(name).extension() == folder.extension();
    let is_file = match folder.exists() {
        true => !folder.is_dir(),
        false => folder.extension().is_some_and(is_called) || files.iter().all(is_one_of_them),
    };
    if is_file {
        bail!("{} là tệp, không phải thư mục.", folder.display());
    }
    if folder.ends_with("-") {
        bail!("lệnh này ghi vào thư mục, không in ra màn hình; nêu tên thư mục thay cho dấu -.");
    }
    let there = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    if let Some(root) = source::find_root(&there)
        && ["plan", "reports"].iter().any(|kept| there.starts_with(root.join(kept)))
    {
        bail!("{} là nơi để Kế hoạch, báo cáo; hãy ghi vào thư mục khác.", folder.display());
    }
    // What is there and no plain file is never moved over.
    for path in files.iter().map(|(name, _)| folder.join(name)).filter(|path| path.symlink_metadata().is_ok()) {
        if matches!(place(&path, true)?, Place::Device) {
            bail!("{} không phải tệp nên không ghi vào.", path.display());
        }
    }
    sweep(folder_of(folder));
    if folder.exists() {
        let mut made = Vec::new();
        return put_all(folder, files, replace, &mut made).map_err(|(name, error)| {
            // What was not there before is taken back; nothing can be done about what stays all the same.
            for path in made.iter().rev() {
                drop(if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) });
            }
            refused(&folder.join(name), &error)
        });
    }
    let make = || -> io::Result<()> {
        let beside = folder_of(folder);
        fs::create_dir_all(beside)?;
        let (staging, _held) = staging(beside)?;
        let new = staging.path().join("new");
        fs::create_dir(&new)?;
        put_all(&new, files, |_| false, &mut Vec::new()).map_err(|(_, error)| error)?;
        fs::rename(new, folder)?;
        sync(folder)
    };
    make().map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty => anyhow!(
            "thư mục {} vừa được một lệnh khác ghi; chưa ghi gì.\nXem thư mục đó; muốn lập lại thì chạy lại lệnh này.",
            folder.display()
        ),
        kind => anyhow!("không ghi được thư mục {}: {}", folder.display(), source::reason(kind)),
    })
}

/// # Errors
/// When it cannot be made.
pub(super) fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .map_err(|error| anyhow!("không tạo được thư mục {}: {}", folder.display(), source::reason(error.kind())))
}

/// Everything is on the disk before the first file stands in its place: a full disk leaves nothing. Notes what was
/// made; an error comes with the file that it is about.
fn put_all(
    folder: &Path,
    files: &[(String, Bytes)],
    replace: impl Fn(&str) -> bool,
    made: &mut Vec<PathBuf>,
) -> Result<(), (String, io::Error)> {
    let below: BTreeSet<&Path> = files.iter().map(|(name, _)| folder_of(Path::new(name))).collect();
    below.iter().for_each(|below| sweep(&folder.join(below)));
    for (name, _) in files {
        let path = folder.join(name);
        let missing = folder_of(&path)
            .ancestors()
            .take_while(|above| above.symlink_metadata().is_err())
            .map(Path::to_path_buf);
        made.extend(missing.collect::<Vec<_>>().into_iter().rev());
        fs::create_dir_all(folder_of(&path)).map_err(|error| (name.clone(), error))?;
    }
    let staged = |(name, bytes): &(String, Bytes)| {
        let path = folder.join(name);
        let old = fs::metadata(&path).ok();
        stage(if old.is_some() { fs::canonicalize(path)? } else { path }, bytes, old.as_ref())
    };
    // Each waits for the disk.
    let staged: Vec<_> = files.par_iter().map(staged).collect();
    let staged =
        files.iter().zip(staged).map(|((name, _), file)| Ok((name, file.map_err(|error| (name.clone(), error))?)));
    let mut folders = BTreeSet::new();
    for (name, file) in staged.collect::<Result<Vec<_>, _>>()? {
        let is_new = !file.path.exists();
        let path = file.put(replace(name)).map_err(|error| (name.clone(), error))?;
        folders.insert(folder_of(&path).to_path_buf());
        made.extend(is_new.then_some(path));
    }
    folders.iter().try_for_each(|folder| sync(&folder.join("."))).map_err(|error| (String::new(), error))
}

/// Makes sure that the name of a file outlives a power cut, where the system knows how.
fn sync(path: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder_of(path))?.sync_all() {
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        synced => synced,
    }
}

/// A template that cannot be rendered, with its place.
pub(super) fn in_template(error: &TemplateError, files: &Files) -> anyhow::Error {
    let span = files.within(error.template.span, &error.template.value, error.problem.at.clone());
    let position = files.position(span);
    anyhow!("{}:{}:{}: {error}", files.get(span.file).path, position.line, position.column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_meanwhile_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let bytes = Bytes::from(Visible::from("new"));
        for (replace, kept) in [(false, "meanwhile"), (true, "new")] {
            let staged = stage(path.clone(), &bytes, None).unwrap();
            fs::write(&path, "meanwhile").unwrap();
            assert_eq!(staged.put(replace).is_ok(), replace);
            assert_eq!(fs::read_to_string(&path).unwrap(), kept);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        }
    }

    #[test]
    fn of_several_files_all_or_none_stand_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let files = |names: &[&str]| -> Vec<(String, Bytes)> {
            names.iter().map(|name| ((*name).to_owned(), Visible::from("new").into())).collect()
        };
        fs::create_dir_all(folder.path().join("in/z.md")).unwrap();
        assert!(write_into(&folder.path().join("in"), &files(&["a.md", "below/b.md", "z.md"]), |_| true).is_err());
        assert_eq!(fs::read_dir(folder.path().join("in")).unwrap().count(), 1);
        write_into(&folder.path().join("new"), &files(&["a.md", "below/b.md"]), |_| false).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("new/below/b.md")).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left beside them");
    }
}
