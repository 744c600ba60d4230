//! Tells `plan --version` which commit the program is built from. The date is the commit's, so that the
//! same sources give the same program.

use std::path::Path;
use std::process::Command;

fn main() {
    // Cargo runs this in the folder of the package.
    let folder = Path::new(".");
    println!("cargo:rustc-env=PLAN_VERSION={}", version("git", folder));
    let state =
        ["HEAD", "logs/HEAD"].iter().filter_map(|name| git("git", folder, &["rev-parse", "--git-path", name]));
    for path in SOURCES.iter().map(|path| (*path).to_owned()).chain(state) {
        // Cargo runs the script every time for a path that is not there.
        if Path::new(&path).exists() {
            println!("cargo:rerun-if-changed={path}");
        }
    }
}

/// What the program is made of.
const SOURCES: [&str; 4] = ["build.rs", "Cargo.toml", "Cargo.lock", "src"];

/// `0.1.0 (commit abcdef123, 24/11/2026)`; the number alone without git or outside a repository of its own.
pub(crate) fn version(git_program: &str, folder: &Path) -> String {
    let number = env!("CARGO_PKG_VERSION");
    let git = |args: &[&str]| git(git_program, folder, args);
    // An unpacked archive may lie in a repository that is not this program's.
    let own = git(&["rev-parse", "--show-prefix"]).is_some_and(|prefix| prefix.is_empty());
    let commit =
        git(&["log", "-1", "--format=%H %cd", "--date=format:%d %m %Y"]).filter(|_| own).unwrap_or_default();
    let [hash, day, month, year] = commit.split(' ').collect::<Vec<_>>()[..] else { return number.to_owned() };
    // 05/6/2026, but 05/02/2026: as dates are written in papers.
    let month = if matches!(month, "01" | "02") { month } else { month.trim_start_matches('0') };
    let changed = git(&[&["status", "--porcelain", "--"], SOURCES.as_slice()].concat());
    let changed = if changed.is_none_or(|files| files.is_empty()) { "" } else { ", mã nguồn đã sửa" };
    let hash = hash.get(..9).unwrap_or(hash);
    format!("{number} (commit {hash}, {day}/{month}/{year}{changed})")
}

/// What git prints; `None` where there is no git, no repository, no commit.
fn git(program: &str, folder: &Path, args: &[&str]) -> Option<String> {
    let output = Command::new(program).current_dir(folder).args(args).output().ok()?;
    let printed = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| printed.trim_end().to_owned())
}
