//! Files that are written: whole or not at all, and never over one that is there unless told to.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Result, anyhow, bail};

use super::Environment;
use crate::source::{self, Files};
use crate::view::template::TemplateError;

/// A path as one finds it from where one stands.
pub(super) fn shown<'p>(path: &'p Path, environment: &Environment) -> std::path::Display<'p> {
    match path.strip_prefix(&environment.current_dir) {
        Ok(here) if here.as_os_str().is_empty() => Path::new(".").display(),
        Ok(within) => within.display(),
        Err(_) => path.display(),
    }
}

/// # Errors
/// When something is there already and may not be replaced.
pub(super) fn may_write(path: &Path, force: bool) -> Result<()> {
    if path.exists() && !force {
        bail!("tệp {} đã có.\nThêm --force để ghi đè, hoặc ghi vào nơi khác.", path.display());
    }
    Ok(())
}

/// Writes atomically: a reader of the folder sees the old file or the whole new one, never a half.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || -> io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".plan-");
        // A temporary file is for its owner alone; a report is for whoever the folder is for.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    write().map_err(|error| anyhow!("không ghi được tệp {}: {}", path.display(), source::reason(error.kind())))
}

/// Writes files into a folder, which is made where it is not there: all of them, or none because of one that is there.
pub(super) fn write_into(folder: &Path, files: &[(String, Vec<u8>)], force: bool) -> Result<()> {
    for (name, _) in files {
        may_write(&folder.join(name), force)?;
    }
    std::fs::create_dir_all(folder).map_err(|error| {
        anyhow!("không tạo được thư mục {}: {}", folder.display(), source::reason(error.kind()))
    })?;
    files.iter().try_for_each(|(name, bytes)| write(&folder.join(name), bytes))
}

/// A template that cannot be rendered, with its place.
pub(super) fn in_template(error: &TemplateError, files: &Files) -> anyhow::Error {
    let span = files.within(error.template.span, &error.template.value, error.problem.at.clone());
    let position = files.position(span);
    anyhow!("{}:{}:{}: {error}", files.get(span.file).path, position.line, position.column)
}
