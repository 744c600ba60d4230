//! The tests of the whole program, as one program: each file a topic. One link instead of twenty.

mod carried;
mod common;

mod alone;
mod architecture;
mod calendar;
mod compile;
mod completions;
mod day;
mod difficulties;
mod draft;
mod elsewhere;
mod figures;
mod formats;
mod forms;
mod gate;
mod growth;
mod illustrative;
mod incoming;
mod init;
mod kills;
mod limits;
mod mail;
mod measures;
mod options;
mod output;
mod plain;
mod process;
mod properties;
mod publish;
mod races;
mod receive;
mod register;
mod releases;
mod remind;
mod sentences;
mod sessions;
mod show;
mod spreadsheets;
mod status;
mod superior;
mod thirty_mistakes;
mod totals;
mod trace;
mod transcription;
mod typed;
mod unreadable;
mod vanishing;
mod version;
#[cfg(windows)]
mod windows;
mod year;

/// A file that nobody names here is a test that never runs.
#[test]
fn every_file_of_tests_is_run() {
    let main = common::read(&common::repository().join("tests/main.rs"));
    let files = common::files(&common::repository().join("tests"));
    let topics = files.keys().filter_map(|file| file.strip_suffix(".rs")).filter(|topic| !topic.contains('/'));
    let forgotten: Vec<&str> =
        topics.filter(|topic| *topic != "main" && !main.contains(&format!("mod {topic};"))).collect();
    assert_eq!(forgotten, [] as [&str; 0]);
}
