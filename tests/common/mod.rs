//! What the tests of the whole program share: the repository's own data, copies of it to spoil, and
//! runs of the program inside the test.
#![allow(dead_code, reason = "no test file uses all of it")]

pub(crate) mod form;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use plan::Environment;
use serde_yaml::Value;
use tempfile::TempDir;

/// The day of the view wherever a test names none.
pub(crate) const TODAY: &str = "2026-11-23";

/// Whole, on Windows with its drive even where the tests were built elsewhere.
pub(crate) fn repository() -> &'static Path {
    static REPOSITORY: LazyLock<PathBuf> =
        LazyLock::new(|| std::path::absolute(env!("CARGO_MANIFEST_DIR")).expect("a folder"));
    &REPOSITORY
}

pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A YAML file of the repository, read by a library that the program does not read with.
pub(crate) fn yaml(relative: &str) -> Value {
    serde_yaml::from_str(&read(&repository().join(relative))).unwrap_or_else(|error| panic!("{relative}: {error}"))
}

pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_sequence().map_or(&[], Vec::as_slice)
}

pub(crate) fn texts(value: &Value) -> Vec<&str> {
    list(value).iter().filter_map(Value::as_str).collect()
}

/// Every file under a folder by its path inside it, with `/` on every system.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, PathBuf> {
    fn walk(folder: &Path, prefix: &str, found: &mut BTreeMap<String, PathBuf>) {
        let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries.map(|entry| entry.expect("a folder entry")) {
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{path}/"), found);
            } else {
                found.insert(path, entry.path());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

/// What a run of the program left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A process in `current_dir`, without a terminal, on [`TODAY`].
pub(crate) fn environment(current_dir: &Path) -> Environment {
    Environment {
        current_dir: current_dir.to_path_buf(),
        plan_dir: None,
        completing: None,
        today: TODAY.parse().expect("a date"),
        // Acts of one day are told apart by their time.
        time: Environment::of_process().time,
        width: 100,
        colour: false,
        terminal: false,
        height: None,
        error_terminal: false,
    }
}

/// `arguments` as typed after `plan`, divided at blanks.
pub(crate) fn arguments(arguments: &str) -> Vec<OsString> {
    std::iter::once("plan").chain(arguments.split_whitespace()).map(OsString::from).collect()
}

pub(crate) fn run(environment: &Environment, line: &str) -> Run {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = plan::run(arguments(line), environment, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    Run { code, out: text(out), err: text(err) }
}

/// A workspace of its own, removed at the end of the test.
pub(crate) struct Workspace {
    folder: TempDir,
}

impl Workspace {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The repository's plan, and no reports.
    pub(crate) fn without_reports() -> Self {
        let workspace = Self::empty();
        workspace.copy("plan");
        workspace
    }

    /// The repository's plan and reports, on the day of the clock.
    pub(crate) fn of_repository() -> Self {
        let workspace = Self::without_reports();
        workspace.copy("reports");
        fs::remove_file(workspace.path("reports/illustrative.yaml")).expect("the day of the samples");
        workspace
    }

    /// The small plan with so many communes more, `xa-01` and on, and no reports.
    pub(crate) fn of_communes(count: u32) -> Self {
        let workspace = Self::empty();
        for (path, file) in files(&repository().join("tests/workspace/plan")) {
            workspace.write(&format!("plan/{path}"), read(&file));
        }
        let commune = |at: u32| {
            let name = format!("name: UBND xã Số {at}, short_name: xã Số {at}, document_code: UBND");
            format!("  - {{id: xa-{at:02}, {name}, reporting: required}}\n")
        };
        let communes: String = (1..=count).map(commune).collect();
        let ids: Vec<String> = (1..=count).map(|at| format!("xa-{at:02}")).collect();
        let agencies = "plan/agencies.yaml";
        workspace.edit(agencies, "  - id: toa-an\n", &format!("{communes}  - id: toa-an\n"));
        workspace.edit(agencies, "members: [xa-muong-la]", &format!("members: [{}]", ids.join(", ")));
        workspace
    }

    fn copy(&self, folder: &str) {
        for (path, file) in files(&repository().join(folder)) {
            self.write(&format!("{folder}/{path}"), fs::read(file).expect("a file of the repository"));
        }
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root().join(relative)
    }

    pub(crate) fn read(&self, relative: &str) -> String {
        read(&self.path(relative))
    }

    pub(crate) fn write(&self, relative: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write in");
        fs::write(path, contents).expect("a file to write");
    }

    /// Replaces the first `from` in a file, which must be there.
    pub(crate) fn edit(&self, relative: &str, from: &str, to: &str) {
        let text = self.read(relative);
        assert!(text.contains(from), "{relative} has no {from:?}");
        self.write(relative, text.replacen(from, to, 1));
    }

    /// Every file with its bytes.
    pub(crate) fn contents(&self) -> BTreeMap<String, Vec<u8>> {
        files(self.root()).into_iter().map(|(path, file)| (path, fs::read(file).expect("a file"))).collect()
    }

    pub(crate) fn run(&self, line: &str) -> Run {
        run(&environment(self.root()), line)
    }
}

/// 1279 as `1.279`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

/// A problem as `plan check` prints it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) rule: String,
}

/// Each problem's title names its rule, the line after it its place: `╭▸ path:line:column`.
pub(crate) fn problems(printed: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut rule = None;
    for line in printed.lines() {
        let titled = ["lỗi[", "cảnh báo[", "lưu ý["].iter().find_map(|level| line.strip_prefix(level));
        if let Some((name, _)) = titled.and_then(|rest| rest.split_once(']')) {
            rule = Some(name.to_owned());
        }
        if let Some(place) = line.trim_start().strip_prefix("╭▸ ") {
            let [_column, line, path] = place.rsplitn(3, ':').collect::<Vec<_>>()[..] else {
                panic!("no place in {place:?}")
            };
            let line = line.parse().unwrap_or_else(|_| panic!("no line in {place:?}"));
            let rule = rule.take().unwrap_or_else(|| panic!("no rule above {place:?}"));
            problems.push(Problem { path: path.to_owned(), line, rule });
        }
    }
    problems
}
