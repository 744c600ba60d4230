//! What a path leads to that something is to be written to, and what refuses it.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};

use super::folder_of;
use crate::source;

/// What a path leads to, links followed.
pub(super) enum Place {
    /// A file, or nothing yet.
    File { path: PathBuf, old: Option<Metadata> },
    /// A device or a pipe, which is written into and stays what it is.
    Device,
}

/// # Errors
/// Where the system lets no file or folder have the name.
pub(super) fn can_be_named(path: &Path) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // A file may begin with a dot there, what is named for an id may not.
    match source::unusable_name(name.trim_start_matches('.')).filter(|_| cfg!(windows)) {
        Some(why) => bail!("không ghi được {}: {why}.", path.display()),
        None => Ok(()),
    }
}

pub(super) fn place(path: &Path, force: bool) -> Result<Place> {
    can_be_named(path)?;
    if path.as_os_str().to_string_lossy().ends_with(std::path::is_separator) {
        bail!("{} là thư mục, không phải tệp.", path.display());
    }
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => bail!("{} là thư mục, không phải tệp.", path.display()),
        Ok(found) if found.is_file() && !force => Err(refused(path, &io::ErrorKind::AlreadyExists.into())),
        Ok(found) if found.is_file() => {
            let to = fs::canonicalize(path).map_err(|error| refused(path, &error))?;
            if path.is_symlink() && !is_near(&to, path) {
                bail!(
                    "{} là liên kết đến {}; chưa ghi gì.\nGhi thẳng vào tệp đó, hoặc xóa liên kết rồi chạy lại.",
                    path.display(),
                    to.display()
                );
            }
            Ok(Place::File { path: to, old: Some(found) })
        }
        Ok(found) if is_stream(path, &found) => Ok(Place::Device),
        Ok(_) => bail!(
            "{} không phải tệp nên không ghi vào.\nXóa hoặc đổi tên nó, hoặc ghi vào nơi khác: -o TỆP.",
            path.display()
        ),
        // Of links that lead to each other the system says something else than of one that leads nowhere.
        Err(error) if path.is_symlink() && error.kind() != io::ErrorKind::PermissionDenied => {
            bail!("{} là liên kết đến một nơi không có; hãy xóa liên kết đó hoặc ghi vào nơi khác.", path.display())
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(refused(path, &error)),
        Err(_) if !folder_of(path).is_dir() => {
            bail!("không ghi được tệp {}: không có thư mục {}", path.display(), folder_of(path).display())
        }
        Err(_) => Ok(Place::File { path: path.to_path_buf(), old: None }),
    }
}

/// Whether what a link leads to lies in the link's folder or below: no other is written into without being named.
fn is_near(to: &Path, link: &Path) -> bool {
    fs::canonicalize(folder_of(link)).is_ok_and(|folder| to.starts_with(folder))
}

/// Whether what is there takes what is written at once: a pipe that nobody reads would be waited for, unless the shell holds it
/// open.
#[cfg(unix)]
fn is_stream(path: &Path, found: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    found.file_type().is_char_device() || found.file_type().is_fifo() && path.starts_with("/dev/fd")
}

#[cfg(not(unix))]
fn is_stream(_: &Path, _: &Metadata) -> bool {
    false
}

/// # Errors
/// When what is there is what the program reads, or keeps for itself: no output takes its place, whatever is asked for.
pub(super) fn spares_inputs(path: &Path) -> Result<()> {
    let Ok(there) = fs::canonicalize(path) else { return Ok(()) };
    let within = source::find_root(&there).and_then(|root| there.strip_prefix(root).ok().map(Path::to_path_buf));
    let first = within.as_deref().and_then(|within| within.iter().next()).unwrap_or_default().to_string_lossy();
    if there.is_file()
        && (["plan", "reports"].contains(&&*first) || [".git", ".plan."].iter().any(|own| first.starts_with(own)))
    {
        bail!(
            "{} thuộc Kế hoạch, báo cáo; không ghi kết quả đè lên, dù có yêu cầu ghi đè.\nGhi vào nơi khác: -o TỆP.",
            path.display()
        );
    }
    Ok(())
}

pub(super) fn refused(path: &Path, error: &io::Error) -> anyhow::Error {
    match source::kind_of(error) {
        io::ErrorKind::AlreadyExists => {
            anyhow!("đã có tệp {}; chưa ghi gì.\nXem tệp đó rồi chạy lại lệnh này.", path.display())
        }
        // Windows says so too when it may not move a file over one that another program holds open.
        io::ErrorKind::PermissionDenied if is_held(path) => refused(path, &io::ErrorKind::ResourceBusy.into()),
        kind => anyhow!("không ghi được tệp {}: {}", path.display(), source::reason(kind)),
    }
}

fn is_held(path: &Path) -> bool {
    let opened = File::options().write(true).open(path);
    opened.is_err_and(|error| source::kind_of(&error) == io::ErrorKind::ResourceBusy)
}
