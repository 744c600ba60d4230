//! How long the stages of the program take on the repository's workspace, as far as a command ends after each: what one costs
//! by itself is its line less that of the stage before. `cargo bench --bench stages`.

use std::ffi::OsString;
use std::io;

use divan::Bencher;
use plan::Environment;

mod floor;

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

fn main() {
    divan::main();
}

/// Files → events.
#[divan::bench]
fn events() -> (usize, usize) {
    let folders = ["plan", "reports"].map(|folder| format!("{REPOSITORY}/{folder}"));
    floor::run(&folders).expect("the repository's own files are YAML")
}

/// Commands, from the first stage that is needed to the last.
const STAGES: [&str; 12] = [
    // The plan alone is read.
    "schema report",
    // Reports are read, and what decides whether they are valid; the state of rounds and tasks.
    "status",
    "show so-y-te",
    // Every rule.
    "check --format short",
    "check --format full",
    // Measures and remarks.
    "trace inspections",
    "difficulties",
    // The document, and what prints it.
    "compile --format md -o -",
    "compile --format html -o -",
    "compile --format json -o -",
    "compile --format docx -o -",
    "compile --format xlsx -o -",
];

#[divan::bench(args = STAGES)]
fn command(bencher: Bencher<'_, '_>, command: &str) {
    let words = ["plan", "-C", REPOSITORY].into_iter().chain(command.split(' '));
    let words: Vec<OsString> = words.map(OsString::from).collect();
    let environment = Environment::of_process();
    bencher.bench(|| {
        let mut out = Vec::new();
        assert!(plan::run(words.clone(), &environment, &mut out, &mut io::sink()) < 2, "{command}");
        out
    });
}

#[divan::bench]
fn form(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a folder to write into");
    let words = ["plan", "-C", REPOSITORY, "form", "export", "so-y-te", "--force", "-o"].map(OsString::from);
    let words: Vec<OsString> = words.into_iter().chain([folder.path().into()]).collect();
    let environment = Environment::of_process();
    bencher.bench(|| assert_eq!(plan::run(words.clone(), &environment, &mut io::sink(), &mut io::sink()), 0));
}
