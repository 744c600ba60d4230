//! Nothing hidden leaves the program: a workspace with hostile characters in every place that text comes from, through
//! every command in every format. The commands and formats are the program's own answer to a shell that completes a line.
#![cfg(unix)]

use crate::common;

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{Cursor, Read};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use common::{Workspace, environment, files, repository};
use plan::Environment;

/// A colour of a terminal and one of each kind of what it acts on or shows in another place, or nowhere.
const HOSTILE: &str = "\u{1b}[35;45m\u{7}\u{7f}\u{9b}31m\u{61c}\u{200b}\u{202e}\u{2066}\u{fff9}\u{e0041}";

fn is_hidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// The first hidden character of an output or of a part of it, with what stands around it; the program's own
/// marks apart: colours, the byte order mark and the line ends of CSV.
fn hidden(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        return (0..archive.len()).find_map(|at| {
            let mut part = archive.by_index(at).expect("a part");
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("a part's content");
            hidden(&content).map(|found| format!("{:?}: {found}", part.name().ok()))
        });
    }
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut rest = text.as_str();
    while let Some(at) = rest.find(is_hidden) {
        let colour = rest[at..]
            .strip_prefix("\u{1b}[")
            .map(|codes| codes.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';'));
        match colour.and_then(|end| end.strip_prefix('m')) {
            Some(after) if !rest[at..].starts_with("\u{1b}[35;45m") => rest = after,
            _ => {
                let around: String = rest[at..].chars().take(20).collect();
                let before: String = rest[..at].chars().rev().take(40).collect();
                return Some(format!("{:?} after {:?}", around, before.chars().rev().collect::<String>()));
            }
        }
    }
    None
}

/// The same in a quoted text of YAML.
const ESCAPED: &str = r"\e[35;45m\a\x7f\x9b31m\u061c\u200b\u202e\u2066\ufff9\U000E0041";
/// What a text of YAML may hold as it is.
const PRINTABLE: &str = "\u{61c}\u{200b}\u{202e}\u{2066}\u{fff9}\u{e0041}";

/// A line of YAML with something hostile at the end of its words.
fn spoilt(line: &str) -> String {
    if line.is_ascii() || !line.ends_with(char::is_alphabetic) {
        return line.to_owned();
    }
    let value = line.find(": ").map(|at| at + 2).or(line.find("- ").map(|at| at + 2));
    match value.map(|at| line.split_at(at)) {
        Some((key, value)) if !value.contains(['"', '\'', '{', '[', '>', '|', '#', ':']) => {
            format!("{key}\"{value}{ESCAPED}\"")
        }
        Some(_) => line.to_owned(),
        None => format!("{line}{PRINTABLE}"),
    }
}

/// The shared small workspace with every line changed, and hostile names of files and folders.
fn workspace(line: fn(&str) -> String) -> Workspace {
    let workspace = Workspace::empty();
    for (path, file) in files(&repository().join("tests/workspace")) {
        let lines: Vec<String> = common::read(&file).lines().map(line).collect();
        workspace.write(&path, lines.join("\n") + "\n");
    }
    workspace.write(&format!("reports/annual/so-y-te{HOSTILE}.yaml"), "agency: x\n");
    workspace.write(&format!("reports/annual/{HOSTILE}.docx"), "");
    workspace.write(&format!("reports/la{HOSTILE}/so-y-te.yaml"), format!("agency: \"{HOSTILE}\n"));
    workspace.write("reports/annual/toa-an.yaml", format!("a: b\u{2028}{HOSTILE}\n"));
    workspace.write(&format!("{HOSTILE}.xlsx"), "no spreadsheet");
    workspace.write(&format!("{HOSTILE}.json"), format!("{{\"{HOSTILE}\": 1}}"));
    workspace
}

/// What the program offers after the words of a line.
fn offered(environment: &Environment, line: &str) -> Vec<String> {
    let environment = Environment { completing: Some("fish".to_owned()), ..environment.clone() };
    let args = ["plan", "--", "plan"].into_iter().chain(line.split(' ')).map(OsString::from);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    plan::run(args, &environment, &mut out, &mut err);
    assert_eq!(hidden(&out), None, "completions of {line:?}");
    let out = String::from_utf8(out).expect("UTF-8");
    out.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

/// What is typed after a command; `H` stands for hostile characters, `O` for a place to write to, `R` for a remark.
const LINES: &[(&str, &[&str])] = &[
    (
        "status",
        &[
            "",
            "--all",
            "--overdue",
            "--agency so-cong-thuong",
            "--agency H",
            "--round H",
            "--group H",
            "--task H",
            "-o O.md",
        ],
    ),
    ("show", &["", "so-cong-thuong", "xa-muong-la", "I.1", "annual", "inspections", "H", "annual -o O.html"]),
    ("difficulties", &["", "--to H", "--new-since H"]),
    ("check", &["", "--strict", "H", "H.xlsx", "reports/laH", "-o O.txt", "--rule H", "--severity H"]),
    (
        "compile",
        &[
            "-o -",
            "--skip-invalid -o -",
            "--skip-invalid -o O",
            "-o H/O",
            "--table H -o -",
            "--since H.json -o -",
            "--format H",
        ],
    ),
    (
        "draft",
        &["", "import H.docx", "import H --by H", "import H.docx --base H.docx", "drop H", "keep H", "-o O.md"],
    ),
    ("calendar", &["", "-o O.ics", "-o O.md", "-o H/O"]),
    ("help", &["", "check", "H"]),
    ("publish", &["-o O", "-o O --round H", "H"]),
    ("trace", &["inspections", "H", "inspections --task H", "inspections --round H"]),
    ("remind", &["--within 366 -o O", "--within 366 --each -o O", "--format text", "--within H"]),
    ("init", &["O", "OH --year 2027 --from .", "O --year 2027 --from H", "."]),
    ("new", &["--all", "so-cong-thuong --round ad-hoc", "H"]),
    ("form export", &["--all -o O", "H"]),
    ("form import", &[".", "H.xlsx", "H", "H.xlsx --number H"]),
    (
        "receive",
        &[".", "H.xlsx", "H", "toa-an --on 2026-11-18 --number H --note H", "toa-an --on 2026-11-18 --file H.json"],
    ),
    (
        "extend",
        &["xa-muong-la --until 2027-12-02", "so-cong-thuong --until 2027-12-02 --number H", "H --until 2027-12-02"],
    ),
    (
        "settle",
        &["R --note done", "R --note again", "R --withdraw", "R --note H", "H --note H", "00000000 --note H"],
    ),
    (
        "issue",
        &[
            "annual --number 1/X --date 2026-11-23",
            "annual --number H --date 2026-12-02",
            "H --number 1 --date 2026-12-02",
        ],
    ),
    ("accept", &["so-cong-thuong xa-muong-la", "so-cong-thuong --by H", "H"]),
    ("explain", &["", "not-a-number", "H"]),
    ("schema", &["report", "agencies", "wording", "show-output", "H"]),
    ("completions", &["bash", "fish", "H"]),
    ("man", &["O"]),
];

/// Every command that the program offers, those below another with it.
fn commands(environment: &Environment) -> Vec<String> {
    let words = |line: &str| offered(environment, line).into_iter().filter(|word| !word.starts_with('-'));
    let below = |command: String| match command.as_str() {
        "form" => words("form ").map(|sub| format!("form {sub}")).collect(),
        _ => vec![command],
    };
    words("").flat_map(below).collect()
}

/// The ways to say in which format a command prints; one of them is not to say it.
fn formats(environment: &Environment, command: &str) -> Vec<String> {
    let takes = offered(environment, &format!("{command} --form")).iter().any(|word| word == "--format");
    let formats = if takes { offered(environment, &format!("{command} --format ")) } else { Vec::new() };
    formats.iter().map(|format| format!(" --format {format}")).chain([String::new()]).collect()
}

/// Every line of `LINES`, with and without colours, those of some commands in every format; `seen` are the outcomes
/// by command.
fn run_all(workspace: &Workspace, in_every_format: &[&str], seen: &mut BTreeSet<(&str, u8)>) -> Vec<String> {
    let environment = environment(workspace.root());
    let remarks = common::run(&environment, "difficulties --format json").out;
    let remark = remarks.split_once("\"id\": \"").map_or("00000000", |(_, id)| &id[..8]);
    let (mut found, mut runs) = (Vec::new(), 0);
    for (command, lines) in LINES {
        let formats =
            if in_every_format.contains(command) { formats(&environment, command) } else { vec![String::new()] };
        for (line, format) in lines.iter().flat_map(|line| formats.iter().map(move |format| (line, format))) {
            // What is wrong with an argument is said without a format.
            if line.contains('H') && !format.is_empty() {
                continue;
            }
            // Only what is for a terminal has colours.
            let colours: &[bool] = if format.is_empty() { &[false, true] } else { &[false] };
            for &colour in colours {
                runs += 1;
                let line = format!("{command} {line}{format}");
                let line = line.replace('O', &format!("out/{runs}")).replace('H', HOSTILE).replace('R', remark);
                let environment = Environment { colour, terminal: colour, ..environment.clone() };
                let (mut out, mut err) = (Vec::new(), Vec::new());
                let code = plan::run(common::arguments(&line), &environment, &mut out, &mut err);
                seen.insert((command, code));
                for (stream, bytes) in [("stdout", &out), ("stderr", &err)] {
                    found.extend(hidden(bytes).map(|hidden| format!("{line:?} {stream}: {hidden}")));
                }
            }
        }
    }
    for (path, file) in files(workspace.root()).into_iter().filter(|(path, _)| path.starts_with("out/")) {
        found.extend(hidden(&fs::read(file).expect("a file")).map(|hidden| format!("{path:?}: {hidden}")));
    }
    found
}

#[test]
fn nothing_hidden_leaves_the_program() {
    let raw = |line: &str| if line.is_ascii() { line.to_owned() } else { format!("{line}{HOSTILE}") };
    let [raw, quoted, clean] = [raw, spoilt, str::to_owned].map(workspace);
    let mut commands = commands(&environment(quoted.root()));
    commands.sort();
    let mut known: Vec<&str> = LINES.iter().map(|(command, _)| *command).collect();
    known.sort_unstable();
    assert_eq!(commands, known, "a command stands in LINES with what can be typed after it");
    let mut seen = BTreeSet::new();
    for (workspace, in_every_format) in [(raw, &["check"][..]), (quoted, &known), (clean, &["compile"])] {
        fs::create_dir(workspace.path("out")).expect("a folder");
        assert_eq!(run_all(&workspace, in_every_format, &mut seen), [] as [String; 0]);
    }
    for command in &known {
        assert!(seen.iter().any(|(seen, code)| seen == command && *code < 2), "{command} never worked");
    }
}

#[test]
fn nothing_hidden_leaves_the_program_by_the_way_to_the_workspace() {
    let elsewhere = Workspace::empty();
    let environment = environment(elsewhere.root());
    let here = elsewhere.path(HOSTILE);
    common::files(&repository().join("tests/workspace")).iter().for_each(|(path, file)| {
        elsewhere.write(&format!("{HOSTILE}/{path}"), fs::read(file).expect("a file"));
    });
    let not_utf8 = Path::new(OsStr::from_bytes(b"khong-co\xff\x1b[31m"));
    for (folder, line) in [
        (here.as_path(), "check --format full"),
        (here.as_path(), "check --format sarif"),
        (here.as_path(), "check khong-co"),
        (here.as_path(), "new so-cong-thuong --round ad-hoc"),
        (here.as_path(), "form export --all"),
        (here.as_path(), "remind --format html --within 366"),
        (Path::new(HOSTILE).join("khong-co").as_path(), "status"),
        (not_utf8, "status"),
    ] {
        let args = [OsString::from("plan"), "-C".into(), folder.into()].into_iter();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        plan::run(args.chain(line.split(' ').map(OsString::from)), &environment, &mut out, &mut err);
        for bytes in [&out, &err] {
            assert_eq!(hidden(bytes), None, "{folder:?} {line}");
        }
    }
}
