//! What the fuzz targets share: a small workspace that input is put into, runs of the program inside it, and readers of
//! what it writes. Each target is one function; what it finds wrong, it panics about.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use html5gum::{Token, Tokenizer};
use mail_parser::MessageParser;
use plan::Environment;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const DAY: &str = "2026-11-23";
const REPORT: &str = "reports/annual/xa-muong-la.yaml";

/// A file in the place of another of the workspace, which comes back.
struct Put(&'static str, Option<Vec<u8>>);

impl Put {
    fn new(path: &'static str, bytes: &[u8]) -> Self {
        let file = office().join(path);
        let before = fs::read(&file).ok();
        fs::write(file, bytes).expect("a file");
        Self(path, before)
    }
}

impl Drop for Put {
    fn drop(&mut self) {
        let file = office().join(self.0);
        match &self.1 {
            Some(bytes) => fs::write(file, bytes).expect("as it was"),
            None => fs::remove_file(file).expect("removed"),
        }
    }
}

/// The workspace of the rules' fixtures, copied where this process may write.
fn office() -> &'static Path {
    static OFFICE: OnceLock<PathBuf> = OnceLock::new();
    OFFICE.get_or_init(|| {
        // A panic that the program catches is none; libFuzzer sees the others.
        std::panic::set_hook(Box::new(|panic| eprintln!("{panic}")));
        let root = std::env::temp_dir().join(format!("plan-fuzz-{}", std::process::id()));
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../workspace"), &root);
        root
    })
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a file");
        }
    }
}

/// Runs a line, which ends as a line may end and prints nothing that a terminal obeys.
fn run(line: &str) -> String {
    let environment = Environment {
        current_dir: office().to_owned(),
        plan_dir: None,
        completing: None,
        today: DAY.parse().expect("a day"),
        time: "08:00:00".parse().expect("a time"),
        width: 100,
        colour: false,
        ..Environment::of_process()
    };
    let words = std::iter::once("plan").chain(line.split(' ')).map(Into::into);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = plan::run(words, &environment, &mut out, &mut err);
    let [out, err] = [out, err].map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
    assert!(code <= 2, "{line} ends with {code}");
    assert!(code < 2 || err.starts_with("lỗi: "), "{line}: {err}");
    let obeyed = |c: char| c.is_control() && !"\n\r".contains(c) || "\u{202e}\u{2066}\u{200b}\u{fffe}".contains(c);
    assert!(!out.contains(obeyed) && !err.contains(obeyed), "{line}: {out:?} {err:?}");
    out
}

/// Looks for problems, each of which has its place in its file.
fn check() {
    let found: serde_json::Value = serde_json::from_str(&run("check --format json")).expect("JSON");
    for problem in found["problems"].as_array().expect("problems") {
        let bytes = fs::read(office().join(problem["file"].as_str().expect("a file"))).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let [line, column] = ["line", "column"].map(|key| problem[key].as_u64().expect("a place") as usize);
        let told = text.split('\n').nth(line - 1).unwrap_or_else(|| panic!("no such line: {problem}"));
        assert!((1..=told.chars().count() + 1).contains(&column), "no such column: {problem}");
    }
}

/// Looks for problems, and at one of the views; the length of the input says which.
fn look(input: &[u8]) {
    const VIEWS: [&str; 6] = [
        "status --all --format json",
        "show xa-muong-la --history",
        "difficulties",
        "calendar",
        "trace inspections --round annual",
        "compile --round annual --skip-invalid --format markdown -o -",
    ];
    check();
    run(VIEWS[input.len() % VIEWS.len()]);
}

pub fn report(input: &[u8]) {
    let _put = Put::new(REPORT, input);
    look(input);
}

/// The first byte chooses the file.
pub fn plan(input: &[u8]) {
    static FILES: OnceLock<Vec<(&str, Vec<u8>)>> = OnceLock::new();
    let files = FILES.get_or_init(|| {
        let names = ["plan", "agencies", "rounds", "indicators", "holidays", "report", "tasks/II"];
        let files = names.map(|name| &*format!("plan/{name}.yaml").leak()).map(|path| (path, read(path)));
        seeds(files.into())
    });
    let Some((which, text)) = input.split_first() else { return };
    let _put = Put::new(files[usize::from(*which) % files.len()].0, text);
    look(text);
}

fn read(path: &str) -> Vec<u8> {
    fs::read(office().join(path)).expect("a file")
}

/// Writes what a target begins with where `SEEDS` names a folder: each part after the byte that chooses it.
fn seeds<N>(parts: Vec<(N, Vec<u8>)>) -> Vec<(N, Vec<u8>)> {
    if let Some(folder) = std::env::var_os("SEEDS").map(PathBuf::from) {
        for (at, (_, content)) in parts.iter().enumerate() {
            let seed = [&[at as u8], content.as_slice()].concat();
            fs::write(folder.join(format!("seed-{at}")), seed).expect("a file");
        }
    }
    parts
}

pub fn register(input: &[u8]) {
    let _put = Put::new("reports/annual/register.yaml", input);
    look(input);
}

/// A day's list of papers that came.
pub fn incoming(input: &[u8]) {
    let _put = Put::new("den.csv", input);
    run("receive den.csv --dry-run");
}

pub fn mail(input: &[u8]) {
    let _put = Put::new("thu.eml", input);
    run("receive thu.eml --dry-run");
}

/// The first byte chooses the part of the file that the rest stands in the place of.
pub fn form(input: &[u8]) {
    static PARTS: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    let parts = PARTS.get_or_init(|| {
        run("form export xa-muong-la --round annual -o bieu-mau");
        seeds(parts(&read("bieu-mau/xa-muong-la-annual-2026.xlsx")))
    });
    let _put = Put::new("den.xlsx", &with_part(parts, input));
    run("check den.xlsx");
    run("receive den.xlsx --dry-run");
}

/// As `form`.
pub fn draft(input: &[u8]) {
    static PARTS: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    let parts = PARTS.get_or_init(|| {
        run("compile --round annual -o goc.docx");
        seeds(parts(&read("goc.docx")))
    });
    let _put = Put::new("sua.docx", &with_part(parts, input));
    let _draft = Put::new("reports/annual/draft.yaml", b"");
    run("draft import sua.docx");
    run("compile --round annual --format markdown -o -");
}

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let count = archive.len();
    let part = |at| {
        let mut file = archive.by_index(at).expect("a part");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("a part");
        (file.name().expect("a name").into_owned(), content)
    };
    (0..count).map(part).collect()
}

fn with_part(parts: &[(String, Vec<u8>)], input: &[u8]) -> Vec<u8> {
    let Some((which, content)) = input.split_first() else { return Vec::new() };
    let which = usize::from(*which) % (parts.len() + 1);
    if which == parts.len() {
        return content.to_vec();
    }
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (at, (name, whole)) in parts.iter().enumerate() {
        out.start_file(name.as_str(), stored).expect("a part");
        out.write_all(if at == which { content } else { whole }).expect("a part");
    }
    out.finish().expect("a zip").into_inner()
}

/// The words of every kind that stand in plans and reports, with the input in the place of some.
const WORDS: [(&str, &[&str]); 5] = [
    ("plan/agencies.yaml", &["UBND xã Mường La", "xã Mường La\n"]),
    ("plan/indicators.yaml", &["Số vụ kiểm tra", "Thương mại điện tử"]),
    ("plan/rounds.yaml", &["Bảo vệ người tiêu dùng năm 2026\n", "Kết quả bảo vệ người tiêu dùng năm 2026"]),
    (
        "reports/annual/so-cong-thuong.yaml",
        &[
            "Đã kiểm tra các chợ trung tâm và chợ phiên.",
            "Kinh phí giám định còn thiếu.",
            "Chưa được bố trí dự toán.",
            "Ban hành biểu mẫu báo cáo thống nhất.",
            "\"Tiếp tục kiểm tra: hàng giả, hàng nhập lậu.\"",
            "Hộ kinh doanh số 01",
            "Bán hàng không rõ nguồn gốc",
            "Mỹ phẩm giả",
            "Không mua mỹ phẩm không có nhãn phụ.",
        ],
    ),
    ("reports/ad-hoc/2026-08-05-xa-muong-la.yaml", &["Giá hàng hóa thiết yếu sau lũ"]),
];

/// The bytes of every file that the lines write, in a workspace that tells `input` wherever somebody may tell something.
fn told(input: &[u8], lines: &[&str]) -> Vec<(PathBuf, Vec<u8>)> {
    let input = String::from_utf8_lossy(input);
    let quoted = |at: usize| serde_json::to_string(&format!("{at} {input}")).expect("a string of YAML too");
    let put = |(path, words): &(&'static str, &[&str])| {
        let text = fs::read_to_string(office().join(path)).expect("a file");
        let text = words.iter().enumerate().fold(text, |text, (at, word)| {
            assert!(text.contains(word), "{path}: {word}");
            text.replacen(word.trim_end(), &quoted(at), 1)
        });
        Put::new(path, text.as_bytes())
    };
    let _files: Vec<Put> = WORDS.iter().map(put).collect();
    let out = office().join("out");
    fs::create_dir(&out).expect("a folder");
    lines.iter().for_each(|line| drop(run(line)));
    let written = files(&out);
    fs::remove_dir_all(out).expect("removed");
    let _ = fs::remove_file(office().join("reports/consumer-day/register.yaml"));
    let _ = fs::remove_file(office().join("reports/annual/register.yaml"));
    written
}

fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(
            |path| if path.is_dir() { files(&path) } else { vec![(path.clone(), fs::read(path).expect("a file"))] },
        )
        .collect()
}

/// Parts that are XML, each whole.
fn whole_xml(package: &[u8]) {
    for (name, content) in parts(package) {
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let mut reader = quick_xml::Reader::from_reader(content.as_slice());
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                Event::Eof => break,
                Event::Start(tag) | Event::Empty(tag) => {
                    for attribute in tag.attributes() {
                        attribute.unwrap_or_else(|error| panic!("{name}: {error}"));
                    }
                }
                Event::GeneralRef(name) => {
                    let known = ["amp", "lt", "gt", "quot", "apos"].contains(&&*name);
                    assert!(known || name.resolve_char_ref().is_ok_and(|c| c.is_some_and(in_xml)), "{name:?}");
                }
                Event::Text(text) => assert!(text.chars().all(in_xml), "{name}"),
                _ => {}
            }
        }
    }
}

/// Whether XML 1.0 has a character at all.
fn in_xml(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

pub fn docx(input: &[u8]) {
    let lines = [
        "compile --round annual --skip-invalid -o out/a.docx",
        "remind --round annual -o out/b.docx",
        "difficulties --to bo-cong-thuong -o out/c.docx",
    ];
    told(input, &lines).iter().for_each(|(_, bytes)| whole_xml(bytes));
}

pub fn xlsx(input: &[u8]) {
    let lines = [
        "compile --round annual --skip-invalid -o out/a.xlsx",
        "form export xa-muong-la so-cong-thuong --round annual -o out",
    ];
    told(input, &lines).iter().for_each(|(_, bytes)| whole_xml(bytes));
}

pub fn csv(input: &[u8]) {
    let lines = [
        "compile --round annual --skip-invalid --format csv -o out/csv",
        "status --all -o out/a.csv",
        "difficulties -o out/b.csv",
    ];
    for (path, bytes) in told(input, &lines) {
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let columns = reader.headers().unwrap_or_else(|error| panic!("{}: {error}", path.display())).len();
        for record in reader.records() {
            let record = record.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert_eq!(record.len(), columns, "{}", path.display());
            // A spreadsheet reckons what begins so.
            let formula = |cell: &&str| {
                cell.starts_with(['=', '+', '-', '@', '\t']) && cell.parse::<f64>().is_err() && *cell != "-"
            };
            assert_eq!(record.iter().find(formula), None, "{}", path.display());
        }
    }
}

pub fn html(input: &[u8]) {
    let lines = [
        "compile --round annual --skip-invalid -o out/a.html",
        "status --all -o out/b.html",
        "difficulties -o out/c.html",
        "publish -o out/d.html",
    ];
    for (path, bytes) in told(input, &lines) {
        for token in Tokenizer::new(bytes.as_slice()).flatten() {
            let Token::StartTag(tag) = token else { continue };
            let name = String::from_utf8_lossy(&tag.name).into_owned();
            let harmful = ["script", "iframe", "object", "embed", "base", "form"].contains(&name.as_str());
            assert!(!harmful, "{}: <{name}>", path.display());
            for (key, value) in &tag.attributes {
                let [key, value] = [key.as_slice(), value.as_slice()].map(String::from_utf8_lossy);
                let runs = key.starts_with("on") || value.trim_start().to_lowercase().starts_with("javascript:");
                assert!(!runs, "{}: {key}={value}", path.display());
            }
        }
    }
}

pub fn calendar(input: &[u8]) {
    for (path, bytes) in told(input, &["calendar -o out/a.ics", "calendar --agency xa-muong-la -o out/b.ics"]) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let whole = icalendar::parser::unfold(&text);
        let read =
            icalendar::parser::read_calendar(&whole).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let known = |name: &str| ["VEVENT", "VTIMEZONE", "VALARM"].contains(&name);
        assert!(read.components.iter().all(|component| known(component.name.as_str())), "{}", path.display());
    }
}

/// Mails, each with one subject and whom it goes to, whatever the words are.
pub fn letters(input: &[u8]) {
    for (path, bytes) in told(input, &["remind --round annual --within 30 --format eml -o out/thu"]) {
        let mail = MessageParser::new().parse(&bytes).unwrap_or_else(|| panic!("{}: no mail", path.display()));
        let subjects = mail.headers().iter().filter(|header| header.name().eq_ignore_ascii_case("subject")).count();
        assert_eq!(subjects, 1, "{}", path.display());
        assert_eq!(mail.bcc().map(|_| ()), None, "{}", path.display());
    }
}
