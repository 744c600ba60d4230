//! The lines of a document as a Word file shows them, each with an id that outlives the next writing: what the view calls
//! it, else the part it stands in and its own words.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use crate::doc::{Audience, Block, Closing, Document, Letterhead, Line, MOTTO, NATION, Row, Table};
use crate::source::sha256;
use crate::vietnamese::{composed, date, month, numbered};

/// Between the part and the words in an id that is made of both.
pub(super) const WORDS: &str = "/~";

/// What ends the text of an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I).
pub(super) const END: &str = "./.";
/// The id of the signature.
pub(super) const CLOSING: &str = "closing";

/// As texts are compared: NFC, single blanks.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in composed(text).split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded += word;
    }
    folded
}

/// Between the rows of a table in one line.
pub(crate) const ROWS: &str = " ¦ ";
/// A table with more words goes by its first row and a mark of all that it holds.
const MOST_WORDS: usize = 800;

/// A table in one line.
pub(super) fn table_line(rows: &[String]) -> String {
    let line = rows.join(ROWS);
    if line.split_whitespace().count() <= MOST_WORDS {
        return line;
    }
    let first = rows.iter().find(|row| !row.is_empty()).map_or("", String::as_str);
    format!("{first}{ROWS}#{}", &sha256(rows.join("\n"))[..16])
}

/// A line as it is compared with that of another day: the day of the document, the mark that ends its text and what it is
/// numbered by stand in it without the data having changed.
pub(crate) fn settled(text: &str, as_of: NaiveDate) -> String {
    let (_, text) = numbered(text);
    let text = text.strip_suffix(END).map_or_else(|| text.to_owned(), |text| format!("{text}."));
    days(as_of).iter().fold(text, |text, day| text.replace(day, "…"))
}

/// The ways in which a document writes a day.
pub(super) fn days(day: NaiveDate) -> [String; 2] {
    [date(day), format!("{:02} tháng {} năm {}", day.day(), month(day), day.year())]
}

/// Every line of the document that is printed on paper, in their order; `as_of` is the day that it tells of.
pub(crate) fn lines(document: &Document, as_of: NaiveDate) -> Vec<Line> {
    let mut lines = Lines { as_of, ..Lines::default() };
    for (index, section) in document.sections_for(Audience::Everyone).enumerate() {
        lines.part = if index == 0 { "opening".to_owned() } else { format!("annex-{index}") };
        lines.path = Vec::new();
        for block in &section.blocks {
            lines.block(block);
        }
    }
    lines.all
}

#[derive(Default)]
struct Lines {
    as_of: NaiveDate,
    all: Vec<Line>,
    taken: BTreeSet<String>,
    /// What the view calls the next block.
    id: Option<String>,
    part: String,
    /// The numbers of the headings above.
    path: Vec<String>,
}

impl Lines {
    fn block(&mut self, block: &Block) {
        if let Block::Id(id) = block {
            self.id = Some(id.clone());
            return;
        }
        let called = self.id.take();
        if let Block::Heading { level, text } = block {
            self.path.truncate(usize::from(level.saturating_sub(1)));
            self.path.push(number(text));
            self.part = self.path.join("-");
        }
        let called = called.or_else(|| matches!(block, Block::Heading { .. }).then(|| self.part.clone()));
        for text in printed(block) {
            self.add(called.as_deref(), folded(&text), false);
        }
        if let Some((name, rows)) = table_of(block) {
            let id = if name.is_empty() { format!("{}/table", self.part) } else { name };
            self.add(Some(&id), table_line(&rows), true);
        }
    }

    fn add(&mut self, called: Option<&str>, text: String, table: bool) {
        if text.is_empty() {
            return;
        }
        let id = match called {
            Some(id) => id.to_owned(),
            None => format!("{}{WORDS}{}", self.part, &sha256(settled(&text, self.as_of))[..8]),
        };
        let free = |id: &String| !self.taken.contains(id);
        let id = std::iter::once(id.clone()).chain((2..).map(|n| format!("{id}-{n}"))).find(free);
        if let Some(id) = id {
            self.taken.insert(id.clone());
            self.all.push(Line { id, text, table });
        }
    }
}

/// The number that a heading carries: `II. KẾT QUẢ` → `II`, `a) Nhiệm vụ` → `a`; else a mark of its words.
fn number(heading: &str) -> String {
    let word = heading.split_whitespace().next().unwrap_or_default();
    match word.strip_suffix(['.', ')']) {
        Some(number) if number.chars().all(char::is_alphanumeric) => number.to_owned(),
        _ => sha256(folded(heading))[..8].to_owned(),
    }
}

/// Whether a line is a heading: its id is its place alone, others' have their own behind that.
pub(super) fn is_heading(line: &Line) -> bool {
    !line.table && is_of_heading(&line.id)
}

pub(super) fn is_of_heading(id: &str) -> bool {
    !id.contains('/')
}

/// The heading that a line stands under; of a heading itself. Annexes begin behind the signature.
pub(super) fn heading_over(lines: &[Line], at: usize) -> Option<&Line> {
    let over = lines[..=at].iter().rev().find(|line| is_heading(line) || line.id == CLOSING);
    over.filter(|line| is_heading(line))
}

/// The words of a heading: `IV. KINH PHÍ` is the third part where one before has nothing to say.
pub(super) fn title(heading: &str) -> &str {
    match heading.split_once(' ') {
        Some((mark, title)) if mark.ends_with(['.', ')']) => title,
        _ => heading,
    }
}

/// What stands behind the id of a group in those of its own lines.
const OF_GROUP: [&str; 3] = ["text", "tasks", "closing"];

/// The group of tasks that a line tells of: its own words (`III/text/0`), or those of one of its tasks (`III.5/so-y-te`).
/// A part of the report may have the same number.
pub(super) fn group(id: &str) -> Option<&str> {
    let (part, rest) = id.split_once('/')?;
    match part.rsplit_once('.') {
        Some((group, _)) => Some(group),
        None => OF_GROUP.iter().any(|of| rest.starts_with(of)).then_some(part),
    }
}

/// The paragraphs of a block, as `render::docx` writes them.
pub(super) fn printed(block: &Block) -> Vec<String> {
    let of = |text: &str| text.lines().map(str::to_owned).collect();
    match block {
        Block::Heading { text, .. } | Block::Paragraph { text, .. } => of(text),
        Block::Subject { kind, subject } => [of(kind), of(subject)].concat(),
        Block::AnnexTitle { number, title, reference } => [of(number), of(title), of(reference)].concat(),
        Block::Addressees(lines) => lines.clone(),
        Block::Letterhead(_)
        | Block::Table(_)
        | Block::Closing(_)
        | Block::Charts(_)
        | Block::Hint(_)
        | Block::Id(_)
        | Block::Files(_) => Vec::new(),
    }
}

/// Whether a block is written as a table.
pub(super) fn is_table(block: &Block) -> bool {
    match block {
        Block::Table(table) => !table.columns.is_empty(),
        Block::Letterhead(_) | Block::Closing(_) => true,
        _ => false,
    }
}

/// What is written as a table: its id, if it has one, and the words of each of its rows.
pub(super) fn table_of(block: &Block) -> Option<(String, Vec<String>)> {
    let joined = |texts: &[&str]| folded(&texts.join(" "));
    match block {
        Block::Table(table) if !table.columns.is_empty() => {
            let id = if table.name.is_empty() { String::new() } else { format!("table/{}", table.name) };
            Some((id, rows_of(table)))
        }
        Block::Letterhead(Letterhead { superior, issuer, number, summary, place_and_date }) => {
            let superior = superior.as_deref().unwrap_or_default();
            let summary = summary.as_deref().unwrap_or_default();
            let rows = [joined(&[superior, issuer, NATION, MOTTO]), joined(&[number, summary, place_and_date])];
            Some(("letterhead".to_owned(), rows.to_vec()))
        }
        Block::Closing(Closing { recipients, authority, post, name }) => {
            let recipients = recipients.iter().map(|recipient| format!("- {recipient}"));
            let words = std::iter::once("Nơi nhận:".to_owned()).chain(recipients);
            let words = words.chain(authority.iter().cloned()).chain([post.clone()]).chain(name.clone());
            Some((CLOSING.to_owned(), vec![folded(&words.collect::<Vec<_>>().join(" "))]))
        }
        _ => None,
    }
}

fn rows_of(table: &Table) -> Vec<String> {
    let table = table.for_reading();
    let titles = table.columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>().join(" ");
    let rows = table.rows.par_iter().map(|row| match row {
        Row::Group(text) => folded(text),
        Row::Cells(cells) | Row::Total(cells) => {
            folded(&cells.iter().map(|cell| cell.value.to_text()).collect::<Vec<_>>().join(" "))
        }
    });
    rayon::iter::once(folded(&titles)).chain(rows).collect()
}

/// The parts that lines name, and what a reader calls them.
pub(super) const NAMED: [(&str, &str); 6] = [
    ("summary", "phần tóm tắt"),
    ("opening", "phần đầu báo cáo"),
    ("difficulties", "phần khó khăn, vướng mắc"),
    ("causes", "phần nguyên nhân"),
    ("recommendations", "phần kiến nghị"),
    ("next_steps", "phần nhiệm vụ kỳ tới"),
];

/// Where a paragraph stands, as a reader of the report says it: the codes of paragraphs are of the files.
pub(crate) fn where_it_stands(block: &str) -> String {
    let part = block.split_once('/').map_or(block, |(part, _)| part);
    if let Some((_, told)) = NAMED.iter().find(|(name, _)| *name == part) {
        return (*told).to_owned();
    }
    if part.contains('.') {
        return format!("nhiệm vụ {part}");
    }
    if group(block).is_some() {
        return format!("nhóm nhiệm vụ {part}");
    }
    if let Some(number) = part.strip_prefix("annex-") {
        return format!("phụ lục thứ {}", number.split('-').next().unwrap_or_default());
    }
    // A heading without a number goes by a mark of its words.
    let numbers: Vec<&str> = part.split('-').filter(|number| number.len() < 8).collect();
    if numbers.is_empty() { "trong báo cáo".to_owned() } else { format!("mục {}", numbers.join(".")) }
}

#[cfg(test)]
mod tests {
    use super::where_it_stands;

    #[test]
    fn a_paragraph_is_told_by_the_place_that_a_reader_knows() {
        for (block, told) in [
            ("summary/0", "phần tóm tắt"),
            ("III/text/0", "nhóm nhiệm vụ III"),
            ("III/closing/0", "nhóm nhiệm vụ III"),
            ("III/~0a1b2c3d", "mục III"),
            ("III/table", "mục III"),
            ("III.5/so-y-te", "nhiệm vụ III.5"),
            ("II-3-a/~0a1b2c3d", "mục II.3.a"),
            ("II-0a1b2c3d/+0a1b2c3d", "mục II"),
            ("0a1b2c3d", "trong báo cáo"),
            ("annex-2-0a1b2c3d/table", "phụ lục thứ 2"),
            ("recommendations/ubnd-tinh/other", "phần kiến nghị"),
        ] {
            assert_eq!(where_it_stands(block), told, "{block}");
        }
    }
}
