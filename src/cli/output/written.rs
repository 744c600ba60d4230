//! Which files the program wrote, by their fingerprints: one of which the bytes are known was changed by nobody since and
//! may give way to the next. Kept beside `plan/`, out of git; without it every file that is there is somebody's.

use std::path::Path;

use super::{sweep, write_over};
use crate::render::Visible;
use crate::source;

const FILE: &str = ".plan.written";
/// Older ones are forgotten.
const MOST: usize = 500;

/// Whether the file is as the program wrote it, or as it was when all that it says was taken back.
pub(in super::super) fn is_own(root: &Path, path: &Path) -> bool {
    let known = known(root);
    source::sha256_of(path).is_ok_and(|sha256| known.lines().any(|line| line == sha256))
}

fn known(root: &Path) -> String {
    let bytes = source::read_plain(&root.join(FILE)).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// Files that are about to be written: a run that is killed then finds its own again. Where nothing can be kept, they are
/// nobody's to replace.
pub(in super::super) fn remember(root: &Path, fingerprints: impl IntoIterator<Item = String>) {
    sweep(root);
    let path = root.join(FILE);
    // A pipe or a link there is no list of the program's.
    if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        return;
    }
    let known = known(root);
    let mut lines: Vec<String> = known.lines().map(str::to_owned).collect();
    for fingerprint in fingerprints {
        lines.retain(|line| *line != fingerprint);
        lines.push(fingerprint);
    }
    let kept = lines[lines.len().saturating_sub(MOST)..].join("\n") + "\n";
    if kept != known {
        drop(write_over(&path, &Visible::from(kept).into(), true));
    }
}
