//! The boundaries of `src/`: what each module may name, and who alone touches the process and the
//! libraries. Reads the source as text; modules for tests may name anything.

mod circles;

use crate::common;

use std::collections::BTreeSet;
use std::path::Path;

/// A module and the modules that it may name. The longest row counts for what lies below it; a row
/// without names is a leaf. `cli` joins all others and has no row.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("calendar", &["record", "source", "vietnamese"]),
    ("record", &["diagnostic", "source", "vietnamese", "yaml"]),
    ("percent", &[]),
    ("vietnamese", &["characters", "percent"]),
    ("diagnostic", &["source"]),
    ("characters", &[]),
    ("yaml", &["characters", "diagnostic", "source"]),
    ("model", &["calendar", "diagnostic", "record", "source", "vietnamese"]),
    ("validate", &["arrivals", "diagnostic", "model", "record", "source", "vietnamese", "yaml"]),
    ("arrivals", &["record", "source", "yaml"]),
    ("history", &["arrivals", "model", "record", "register", "workspace", "yaml"]),
    ("register", &["arrivals", "model", "record", "source", "vietnamese", "yaml"]),
    (
        "check",
        &[
            "arrivals",
            "calendar",
            "characters",
            "diagnostic",
            "model",
            "record",
            "register",
            "source",
            "template",
            "validate",
            "vietnamese",
        ],
    ),
    ("workspace", &["arrivals", "calendar", "check", "diagnostic", "model", "register", "source"]),
    ("status", &["calendar", "model", "record", "register", "source", "workspace"]),
    ("agenda", &["model", "register", "status"]),
    ("measure", &["model", "percent", "source", "status", "workspace"]),
    // What looks like somebody's number is held back as the rule tells it.
    ("public", &["check", "model", "source", "status", "vietnamese", "workspace"]),
    ("remark", &["model", "source", "workspace"]),
    ("lookup", &["model", "vietnamese"]),
    ("mail", &["form", "source", "vietnamese"]),
    (
        "new_year",
        &["measure", "model", "remark", "source", "status", "validate", "vietnamese", "workspace", "yaml"],
    ),
    ("scaffold", &["model", "record", "vietnamese"]),
    ("changes", &["measure", "model", "source", "status"]),
    ("reminder", &["diagnostic", "model", "status", "workspace"]),
    ("form", &["arrivals", "model", "record", "source", "vietnamese", "yaml"]),
    ("template", &["model", "record", "vietnamese"]),
    ("doc", &["vietnamese"]),
    ("draft", &["characters", "doc", "model", "source", "vietnamese", "yaml"]),
    (
        "view",
        &[
            "agenda",
            "arrivals",
            "calendar",
            "changes",
            "diagnostic",
            "doc",
            "draft",
            "history",
            "lookup",
            "measure",
            "model",
            "public",
            "record",
            "remark",
            "reminder",
            "source",
            "status",
            "template",
            "vietnamese",
            "workspace",
            "yaml",
        ],
    ),
    ("view::rules", &["changes", "check", "diagnostic", "doc"]),
    // Which indicator a number of a text belongs to, as the rules read it.
    ("view::trace", &["check", "doc", "draft", "measure", "model", "source", "status", "vietnamese"]),
    ("view::status_json", &["calendar", "doc", "model", "status"]),
    ("render", &["characters", "doc", "percent", "vietnamese"]),
    ("render::form", &["form", "vietnamese"]),
    ("render::diagnostics", &["diagnostic", "doc", "source", "vietnamese"]),
];

/// What only some modules may know: words of the code, and the modules they may stand in.
const KNOWN_TO: &[(&[&str], &[&str])] = &[
    // The disk, the environment, the terminal, the clock.
    (&["std::fs", "std::env", "std::process", "std::net"], &["source", "cli", "main"]),
    (&[".exists()", ".is_file()", ".is_dir()", "read_dir("], &["source", "cli"]),
    (&["io::stdin", "io::stdout", "io::stderr"], &["cli", "main"]),
    (&["Utc::now", "Local::now", "SystemTime::now", "Instant::now"], &["cli"]),
    (&["clap::", "clap_complete::", "clap_mangen::", "terminal_size::"], &["cli"]),
    (&["anstream::"], &["cli", "main"]),
    (&["wild::"], &["main"]),
    (&["serde_json::"], &["cli", "record", "render"]),
    // One writer of files, one of JSON, one of the texts in spreadsheets.
    (
        &["fs::write", "fs::rename", "fs::remove", "fs::create", "File::create", "File::options"],
        &["cli::output", "cli::writing"],
    ),
    (&["OpenOptions", "tempfile::"], &["cli::output"]),
    (&["serde_json::to_"], &["render::visible"]),
    (&["write_string", "merge_range"], &["render::xlsx::cells", "render::form"]),
    (&["schemars::"], &["cli", "doc", "measure", "render", "status", "view"]),
    // One reader of YAML, one engine of templates, one guesser, and the writers of formats.
    (&["granit_parser::"], &["yaml"]),
    (&["minijinja::"], &["template", "view"]),
    (&["strsim::"], &["record"]),
    (&["sha2::"], &["source"]),
    (&["comfy_table::", "annotate_snippets::", "icalendar::", "mail_builder::", "rust_xlsxwriter::"], &["render"]),
    (&["calamine::"], &["form"]),
    (&["mail_parser::"], &["mail"]),
    (&["quick_xml::"], &["draft", "form"]),
    (&["csv::Reader"], &["cli::receive::incoming"]),
    (&["serde_yaml::"], &["cli", "form"]),
    (&["zip::"], &["draft", "form", "render"]),
    (&["indicatif::"], &["cli"]),
];

/// A file of `src/`.
struct Module {
    file: String,
    /// `view::report`; `main` and `lib` for the roots.
    path: String,
    /// Without comments and modules for tests, groups after `std::` opened.
    code: String,
    /// What it imports or hands on, from the root.
    imports: Vec<Vec<String>>,
}

impl Module {
    fn new(file: String, path: String, code: String) -> Self {
        let mut module = Self { file, path, code, imports: Vec::new() };
        let mut used = Vec::new();
        for (at, _) in module.code.match_indices("use ").filter(|(at, _)| !module.code[..*at].ends_with(is_word)) {
            open(&module.code[at + "use ".len()..], &[], &mut used);
        }
        module.imports = used.into_iter().filter(|path| path.len() > 1).map(|path| module.rooted(path)).collect();
        module
    }

    fn top(&self) -> &str {
        self.path.split("::").next().unwrap_or_default()
    }

    /// The top modules that the code names, its own aside.
    fn named(&self) -> BTreeSet<String> {
        let paths = self.paths().into_iter().filter_map(|path| path.into_iter().next());
        paths.filter(|name| name != self.top()).collect()
    }

    /// What the code names in this crate, from its root.
    fn paths(&self) -> Vec<Vec<String>> {
        let paths = paths(&self.code, "crate").into_iter().chain(paths(&self.code, "super"));
        paths.map(|path| self.rooted(path)).collect()
    }

    fn rooted(&self, path: Vec<String>) -> Vec<String> {
        let own = self.path.split("::");
        let above = path.iter().take_while(|word| ["super", "self"].contains(&word.as_str()));
        let kept = match path[0].as_str() {
            "crate" => return path[1..].to_vec(),
            _ => own.clone().count().saturating_sub(above.clone().filter(|word| *word == "super").count()),
        };
        own.take(kept).map(str::to_owned).chain(path[above.count()..].iter().cloned()).collect()
    }

    /// Where what it imports under this name comes from.
    fn imported(&self, name: &str) -> Option<&Vec<String>> {
        self.imports.iter().find(|imported| imported.last().is_some_and(|last| last == name))
    }

    /// Whether the name is a word of the code.
    fn has(&self, name: &str) -> bool {
        self.code.match_indices(name).any(|(at, _)| {
            !self.code[..at].ends_with(is_word) && !self.code[at + name.len()..].starts_with(is_word)
        })
    }

    /// Whether it is that module or one below it.
    fn is_in(&self, module: &str) -> bool {
        self.path.strip_prefix(module).is_some_and(|below| below.is_empty() || below.starts_with("::"))
    }

    /// The row that counts for this module.
    fn row(&self) -> Option<&'static (&'static str, &'static [&'static str])> {
        MAY_NAME.iter().filter(|(row, _)| self.is_in(row)).max_by_key(|(row, _)| row.len())
    }
}

fn modules() -> Vec<Module> {
    let files = common::files(&common::repository().join("src")).into_iter();
    let sources = files.filter_map(|(file, path)| Some((file.strip_suffix(".rs")?.to_owned(), path)));
    sources
        .filter(|(_, path)| !is_for_tests(path))
        .map(|(stem, path)| {
            let module = stem.strip_suffix("/mod").unwrap_or(&stem).replace('/', "::");
            let mut code = without_tests(&common::read(&path));
            for path in paths(&code, "std") {
                code.push_str(&path.join("::"));
                code.push('\n');
            }
            Module::new(format!("src/{stem}.rs"), module, code)
        })
        .collect()
}

/// Whether the file is a module for tests alone, as the one above it says.
fn is_for_tests(path: &Path) -> bool {
    let (Some(folder), Some(name)) = (path.parent(), path.file_stem()) else { return false };
    let above = folder.with_extension("rs");
    let declared = format!("#[cfg(test)]\nmod {};", name.to_string_lossy());
    above.is_file() && common::read(&above).contains(&declared)
}

fn without_tests(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let tests = line == "#[cfg(test)]" && lines.peek().is_some_and(|next| next.starts_with("mod "));
        if tests && lines.peek().is_some_and(|next| next.ends_with(';')) {
            lines.next();
        } else if tests {
            lines.find(|line| *line == "}");
        } else if !line.trim_start().starts_with("//") {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The paths that begin with this word, groups opened: `crate::{check, view::report}` is `crate::check` and
/// `crate::view::report`.
fn paths(code: &str, first: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(&format!("{first}::")) {
        if !code[..at].ends_with(|c| is_word(c) || c == ':') {
            open(&code[at..], &[], &mut found);
        }
    }
    found
}

/// Adds the paths that a text begins with, each after `before`; returns the rest of the text.
fn open<'c>(text: &'c str, before: &[String], found: &mut Vec<Vec<String>>) -> &'c str {
    let (mut rest, mut path) = (text.trim_start(), before.to_vec());
    loop {
        if let Some(mut group) = rest.strip_prefix('{') {
            while let Some(end) = group.find(|c: char| !c.is_whitespace() && c != ',') {
                if let Some(after) = group[end..].strip_prefix('}') {
                    return after;
                }
                let after = open(&group[end..], &path, found);
                group = &after[after.find([',', '}']).unwrap_or(after.len())..];
            }
            return "";
        }
        let (word, after) = rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
        if !word.is_empty() && (word != "self" || path.is_empty()) {
            path.push(word.to_owned());
        }
        if after.starts_with("::*") {
            path.push("*".to_owned());
        }
        match after.strip_prefix("::") {
            Some(deeper) if deeper.starts_with(|c| is_word(c) || c == '{') => rest = deeper,
            _ => {
                found.push(path);
                return after;
            }
        }
    }
}

#[test]
fn no_module_names_more_than_it_may() {
    let mut crossed = Vec::new();
    for module in modules().iter().filter(|module| !["cli", "lib", "main"].contains(&module.top())) {
        let Some((_, allowed)) = module.row() else { panic!("{} has no row in MAY_NAME", module.file) };
        let named = module.named().into_iter().filter(|name| !allowed.contains(&name.as_str()));
        crossed.extend(named.map(|name| format!("{} names {name}", module.file)));
    }
    assert_eq!(crossed, [] as [String; 0]);
}

#[test]
fn the_table_allows_nothing_that_nobody_uses() {
    let modules = modules();
    let mut unused = Vec::new();
    for row @ (name, allowed) in MAY_NAME {
        let under: Vec<&Module> = modules.iter().filter(|module| module.row() == Some(row)).collect();
        assert!(!under.is_empty(), "there is no module {name}");
        let named: BTreeSet<String> = under.iter().flat_map(|module| module.named()).collect();
        let rest = allowed.iter().filter(|allowed| !named.contains(**allowed));
        unused.extend(rest.map(|allowed| format!("{name} does not name {allowed}")));
    }
    assert_eq!(unused, [] as [String; 0]);
}

#[test]
fn the_process_and_the_libraries_are_known_to_few() {
    let mut crossed = Vec::new();
    for module in modules() {
        for (words, known_to) in
            KNOWN_TO.iter().filter(|(_, known_to)| !known_to.iter().any(|known| module.is_in(known)))
        {
            let found = words.iter().filter(|word| module.code.contains(**word));
            crossed.extend(found.map(|word| format!("{} has {word}, known to {known_to:?}", module.file)));
        }
    }
    assert_eq!(crossed, [] as [String; 0]);
}

/// A file is read in one sitting. Those of tests alone are tables of cases and may be longer.
#[test]
fn no_file_is_longer_than_400_lines() {
    let files =
        common::files(&common::repository().join("src")).into_iter().filter(|(_, path)| !is_for_tests(path));
    let lengths = files.map(|(file, path)| (file, common::read(&path).lines().count()));
    assert_eq!(lengths.filter(|(_, lines)| *lines > 400).collect::<Vec<_>>(), []);
}

#[test]
fn paths_are_found_in_every_way_of_writing_them() {
    for (code, first, found) in [
        ("use crate::check;", "crate", vec!["crate::check"]),
        ("use crate::view::{self, report};", "crate", vec!["crate::view", "crate::view::report"]),
        (
            "use crate::{\n    check as c,\n    view::{a, b::*},\n    doc,\n};",
            "crate",
            vec!["crate::check", "crate::view::a", "crate::view::b::*", "crate::doc"],
        ),
        ("fn f(a: &crate::model::Plan) {}", "crate", vec!["crate::model::Plan"]),
        ("pub(crate) fn f() {}", "crate", vec![]),
        ("use super::super::check;", "super", vec!["super::super::check"]),
        ("use super::rules::<T>();", "super", vec!["super::rules"]),
    ] {
        let told: Vec<String> = paths(code, first).iter().map(|path| path.join("::")).collect();
        assert_eq!(told, found, "{code}");
    }
}
