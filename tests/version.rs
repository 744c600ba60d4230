//! Which commit `plan --version` names, as the build script finds it.

use crate::common;

#[path = "../build.rs"]
#[expect(dead_code, clippy::print_stdout, reason = "its `main` is for Cargo")]
mod build;

use std::path::Path;
use std::process::Command;

use build::version;
use common::{Workspace, environment, repository, run};

const NUMBER: &str = env!("CARGO_PKG_VERSION");

/// A repository of one commit of 5 June 2026 in the folder.
fn commit(folder: &Path) {
    for line in ["init", "add .", "-c user.name=a -c user.email=a@b -c commit.gpgsign=false commit -m first"] {
        let mut git = Command::new("git");
        git.current_dir(folder).args(line.split(' ')).env("GIT_COMMITTER_DATE", "2026-06-05T08:00:00+07:00");
        let output = git.output().expect("git");
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_program_prints_its_version() {
    let run = run(&environment(repository()), "--version");
    assert_eq!(run.code, 0);
    assert!(run.out.starts_with(&format!("plan {NUMBER}")) && run.out.ends_with('\n'), "{}", run.out);
}

#[test]
fn the_commit_and_its_day_are_named_and_what_was_changed_since() {
    let sources = Workspace::empty();
    sources.write("src/main.rs", "fn main() {}");
    commit(sources.root());
    let clean = version("git", sources.root());
    let hash = clean.strip_prefix(&format!("{NUMBER} (commit ")).and_then(|rest| rest.strip_suffix(", 05/6/2026)"));
    assert!(
        hash.is_some_and(|hash| hash.len() == 9 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())),
        "{clean}"
    );
    sources.write("reports/so-y-te.yaml", "data are not sources");
    assert_eq!(version("git", sources.root()), clean);
    sources.write("src/main.rs", "fn main() { }");
    assert_eq!(version("git", sources.root()), clean.replace(')', ", mã nguồn đã sửa)"));
}

#[test]
fn without_a_repository_of_its_own_the_number_stands_alone() {
    let (archive, around) = (Workspace::empty(), Workspace::empty());
    around.write("plan/src/main.rs", "fn main() {}");
    commit(around.root());
    for (what, git, folder) in [
        ("no git", "no-such-git", around.root().to_owned()),
        ("no repository", "git", archive.root().to_owned()),
        ("in a repository of others", "git", around.path("plan")),
    ] {
        assert_eq!(version(git, &folder), NUMBER, "{what}");
    }
}
