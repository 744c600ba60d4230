//! The boundaries of `src/`: what each module may name, and who alone touches the process and the
//! libraries. Reads the source as text; modules for tests may name anything.

use crate::common;

use std::collections::BTreeSet;
use std::path::Path;

/// A module and the modules that it may name. The longest row counts for what lies below it; a row
/// without names is a leaf. `cli` joins all others and has no row.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("calendar", &["record", "source"]),
    ("record", &["diagnostic", "source", "vietnamese", "yaml"]),
    ("vietnamese", &[]),
    ("diagnostic", &["source"]),
    ("characters", &[]),
    ("yaml", &["characters", "diagnostic", "source"]),
    ("model", &["calendar", "diagnostic", "record", "source", "vietnamese"]),
    ("validate", &["diagnostic", "model", "record", "source", "vietnamese", "yaml"]),
    ("register", &["model", "record", "source", "yaml"]),
    ("check", &["diagnostic", "model", "record", "register", "source", "template", "validate", "vietnamese"]),
    ("workspace", &["calendar", "check", "diagnostic", "model", "register", "source"]),
    ("status", &["model", "source", "workspace"]),
    ("measure", &["model", "source", "status", "workspace"]),
    ("remark", &["model", "vietnamese", "workspace"]),
    ("lookup", &["model", "vietnamese"]),
    ("new_year", &["source", "yaml"]),
    ("scaffold", &["model", "record", "vietnamese"]),
    ("changes", &["measure", "model", "source", "status"]),
    ("reminder", &["diagnostic", "model", "status", "workspace"]),
    ("form", &["model", "record", "source", "vietnamese", "yaml"]),
    ("template", &["model", "record", "vietnamese"]),
    ("doc", &["vietnamese"]),
    (
        "view",
        &[
            "changes",
            "diagnostic",
            "doc",
            "lookup",
            "measure",
            "model",
            "remark",
            "reminder",
            "source",
            "status",
            "template",
            "vietnamese",
            "workspace",
        ],
    ),
    ("view::rules", &["changes", "check", "diagnostic", "doc"]),
    ("view::status_json", &["calendar", "model", "status"]),
    ("render", &["characters", "doc"]),
    ("render::form", &["form"]),
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
    (&["schemars::"], &["cli", "measure", "render", "view"]),
    // One reader of YAML, one engine of templates, one guesser, and the writers of formats.
    (&["granit_parser::"], &["yaml"]),
    (&["minijinja::"], &["template", "view"]),
    (&["strsim::"], &["record"]),
    (&["sha2::"], &["source"]),
    (&["comfy_table::", "annotate_snippets::", "rust_xlsxwriter::"], &["render"]),
    (&["calamine::"], &["form"]),
    (&["serde_yaml::"], &["cli", "form"]),
    (&["zip::"], &["form", "render"]),
    (&["indicatif::"], &["cli"]),
];

/// A file of `src/`.
struct Module {
    file: String,
    /// `view::report`; `main` and `lib` for the roots.
    path: String,
    /// Without comments and modules for tests, groups after `std::` opened.
    code: String,
}

impl Module {
    fn top(&self) -> &str {
        self.path.split("::").next().unwrap_or_default()
    }

    /// The top modules that the code names, its own aside.
    fn named(&self) -> BTreeSet<String> {
        let to_root = "super::".repeat(self.path.split("::").count());
        let names = names_after(&self.code, "crate::").into_iter().chain(names_after(&self.code, &to_root));
        names.filter(|name| name != self.top()).collect()
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
            for name in names_after(&code, "std::") {
                code.push_str(&format!("std::{name}\n"));
            }
            Module { file: format!("src/{stem}.rs"), path: module, code }
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

/// The names that follow a prefix of paths, groups opened: `crate::{check, view::report}` names
/// `check` and `view`.
fn names_after(code: &str, prefix: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let first_word = |text: &str| text.chars().take_while(|&c| is_word(c)).collect::<String>();
    let mut names = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        if code[..at].ends_with(|c| is_word(c) || c == ':') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.push(first_word(rest));
            continue;
        };
        let mut depth = 0;
        let mut item = String::new();
        for c in group.chars() {
            match c {
                '}' if depth == 0 => break,
                ',' if depth == 0 => names.push(std::mem::take(&mut item)),
                _ => item.push(c),
            }
            depth += i32::from(c == '{') - i32::from(c == '}');
        }
        names.push(item);
    }
    names.iter().map(|name| first_word(name.trim_start())).filter(|name| !name.is_empty()).collect()
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

#[test]
fn names_are_found_in_every_way_of_writing_them() {
    for (code, prefix, names) in [
        ("use crate::check;", "crate::", vec!["check"]),
        ("use crate::view::{self, report};", "crate::", vec!["view"]),
        ("use crate::{\n    check,\n    view::{a, b},\n    doc,\n};", "crate::", vec!["check", "view", "doc"]),
        ("fn f(a: &crate::model::Plan) {}", "crate::", vec!["model"]),
        ("pub(crate) fn f() {}", "crate::", vec![]),
        ("use super::super::check;", "super::super::", vec!["check"]),
        ("use super::rules;", "super::super::", vec![]),
    ] {
        assert_eq!(names_after(code, prefix), names, "{code}");
    }
}
