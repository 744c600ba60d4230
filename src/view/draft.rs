//! `plan draft`: what people changed in the consolidated report, what of it stands and what waits for a decision.

use chrono::NaiveDate;

use super::trace::in_text;
use super::{BANNER, document};
use crate::doc::{Base, Block, Cell, Document, Section, Shown, Table, Tone, Written};
use crate::draft::{Change, Edit, Judged, Merged, ROWS, State, Word, typed, where_it_stands};
use crate::model::{EditKind, Plan, Round};
use crate::source::Files;
use crate::vietnamese::{counts, cut, date, listed, number, others};

/// The edits of a round's report.
pub(crate) struct Edits<'d, 'e> {
    pub(crate) plan: &'d Plan,
    pub(crate) round: &'d Round,
    pub(crate) judged: &'d [Judged<'e>],
    pub(crate) as_of: NaiveDate,
    pub(crate) banner: Option<String>,
    pub(crate) files: &'d Files,
}

impl Shown for Edits<'_, '_> {
    fn document(&self) -> Document {
        let mut blocks: Vec<Block> = told(self.judged).into_iter().map(paragraph).collect();
        if self.judged.is_empty() {
            let none = "Chưa có chỗ sửa nào. Nhận từ tệp Word đã sửa: plan draft import TỆP.docx";
            blocks.push(paragraph(none.to_owned()));
        } else {
            blocks.push(Block::heading(1, "MỌI CHỖ SỬA"));
            blocks.push(Block::Table(self.table(FIGURES, excerpt)));
            let hint = "Bỏ một chỗ sửa: plan draft drop MÃ; giữ một chỗ phải quyết định: plan draft keep MÃ.";
            blocks.push(Block::Hint(hint.to_owned()));
        }
        let title =
            format!("Chỗ sửa trong báo cáo tổng hợp kỳ {} – ngày {}", self.round.short_name, date(self.as_of));
        document(self.plan, &self.banner, title, vec![Section::new("Chỗ sửa", blocks)])
    }

    fn rows(&self) -> Table {
        self.table(
            usize::MAX,
            |change| if change.text.is_empty() { change.base.clone() } else { change.text.clone() },
        )
    }
}

impl Edits<'_, '_> {
    /// One row an edit, of whose figures so many are named.
    fn table(&self, most: usize, told: impl Fn(&Change) -> String) -> Table {
        // Short ones go by the words behind them.
        let figure = |(figure, words): (String, String)| {
            if figure.contains(' ') { in_text(&figure, &words) } else { figure }
        };
        let figures = |edit: &Edit| {
            let mut typed = typed(edit).into_iter();
            let named: Vec<String> = typed.by_ref().take(most).map(figure).collect();
            named.into_iter().chain(others(typed.len(), "số")).collect::<Vec<_>>().join("; ")
        };
        let tone = |judged: &Judged<'_>| match judged.state {
            _ if judged.state.is_conflict() => Tone::Bad,
            _ if judged.needs_a_look() || !judged.against.is_empty() => Tone::Warning,
            _ => Tone::Plain,
        };
        Table::of("edits", self.judged)
            .left("Mã", 3, |judged| judged.edit.change.id())
            .left("Đoạn", 4, |judged| where_it_stands(judged.edit.change.place()))
            .left("Cách sửa", 3, |judged| judged.edit.change.kind.label())
            .left("Nội dung", 10, |judged| told(&judged.edit.change))
            .left("Số người soạn ghi", 4, |judged| figures(judged.edit))
            .left("Người sửa", 3, |judged| judged.edit.by.as_deref().unwrap_or_default())
            .left("Ngày nhận", 3, |judged| judged.edit.date)
            .left("Tình trạng", 5, |judged| Cell::text(state(judged)).tone(tone(judged)))
            .table()
    }
}

/// So many figures of one edit are named on a screen.
const FIGURES: usize = 10;

/// As many words of a text as one knows it by: of one written anew from where it differs.
fn excerpt(change: &Change) -> String {
    const WORDS: usize = 14;
    const BEFORE: usize = 3;
    let text = if change.text.is_empty() { &change.base } else { &change.text };
    let words: Vec<&str> = text.split_whitespace().collect();
    let same = words.iter().zip(change.base.split_whitespace()).take_while(|(new, old)| **new == *old).count();
    let differs = change.kind == EditKind::Replace && same < words.len();
    let from = if differs { same.saturating_sub(BEFORE) } else { 0 };
    let to = words.len().min(from + WORDS);
    let (before, after) = (if from > 0 { "… " } else { "" }, if to < words.len() { " …" } else { "" });
    format!("{before}{}{after}", words[from..to].join(" "))
}

fn paragraph(text: String) -> Block {
    if text.starts_with(' ') { Block::item(text) } else { Block::body(text) }
}

/// What is said of an edit in a few words.
pub(super) fn state(judged: &Judged<'_>) -> &'static str {
    match judged.state {
        State::Applied if judged.displaced => "có trong báo cáo, ở cuối mục vì đoạn đứng trước không còn",
        State::Applied if !judged.moved.is_empty() => "có trong báo cáo, số liệu đã đổi",
        State::Applied if !judged.against.is_empty() => "có trong báo cáo, có số khác số liệu",
        State::Applied => "có trong báo cáo",
        State::Changed(_) => "phải quyết định: số liệu của đoạn đã đổi",
        State::Gone if judged.displaced => "phải quyết định: chỗ đã thêm, chuyển đến không còn",
        State::Gone => "phải quyết định: số liệu không còn đoạn này",
        State::Contested(None) => "phải quyết định: nhiều người sửa khác nhau",
        State::Contested(Some(_)) => "phải quyết định: nhiều người sửa khác nhau, số liệu của đoạn đã đổi",
        State::Moot => "không còn gì để xóa, chuyển",
    }
}

/// How many edits stand, and word for word what a person has to decide or look at; a line each.
pub(crate) fn told(judged: &[Judged<'_>]) -> Vec<String> {
    if judged.is_empty() {
        return Vec::new();
    }
    let count = |wanted: &dyn Fn(&Judged<'_>) -> bool| {
        number(judged.iter().filter(|judged| wanted(judged)).count() as u128)
    };
    let mut lines =
        vec![format!("{} chỗ người soạn sửa có trong báo cáo.", count(&|judged| judged.state == State::Applied))];
    if judged.iter().any(|judged| judged.state.is_conflict()) {
        let count = count(&|judged| judged.state.is_conflict());
        lines.push(format!("{count} chỗ phải quyết định; báo cáo in theo số liệu, chưa theo người soạn:"));
        for judged in judged.iter().filter(|judged| judged.state.is_conflict()) {
            lines.extend(decision(judged));
        }
        lines.push("Theo người soạn: plan draft keep MÃ; theo số liệu: plan draft drop MÃ.".to_owned());
    }
    if judged.iter().any(|judged| judged.needs_a_look()) {
        lines.push(format!("{} chỗ cần xem lại:", count(&|judged| judged.needs_a_look())));
        for judged in judged.iter().filter(|judged| judged.needs_a_look()) {
            let (id, place) = (judged.edit.change.id(), where_it_stands(judged.edit.change.place()));
            lines.push(format!("  {id}, {place}: {}", look(judged)));
        }
        let hint = "Sửa lại trong Word rồi nhận; đúng như người soạn ghi: plan draft keep MÃ; theo số liệu: plan draft drop MÃ.";
        lines.push(hint.to_owned());
    }
    let against = || judged.iter().filter(|judged| judged.state == State::Applied && !judged.against.is_empty());
    if against().next().is_some() {
        lines.push(format!(
            "{} chỗ có số khác số liệu của báo cáo, cần đối chiếu:",
            number(against().count() as u128)
        ));
        for judged in against() {
            let told = judged.against.iter().map(|of| format!("ghi “{}”, số liệu là “{}”", of.typed, of.given));
            let (id, place) = (judged.edit.change.id(), where_it_stands(judged.edit.change.place()));
            lines.push(format!("  {id}, {place}: {}", told.collect::<Vec<_>>().join("; ")));
        }
    }
    lines
}

/// Both texts.
fn decision(judged: &Judged<'_>) -> Vec<String> {
    let Edit { change, by, date: day, .. } = judged.edit;
    let gone = match &change.under {
        Some(under) => format!("mục “{under}” không còn; giữ thì đặt ở cuối báo cáo, trước phần ký"),
        None => "đoạn đứng trước không còn; giữ thì đặt ở cuối báo cáo, trước phần ký".to_owned(),
    };
    let why = match judged.state {
        State::Gone if judged.displaced => &gone,
        State::Gone => "số liệu không còn đoạn này",
        State::Contested(None) => "nhiều người sửa khác nhau",
        State::Contested(Some(_)) => "nhiều người sửa khác nhau, số liệu của đoạn này cũng đã đổi từ khi sửa",
        _ => "số liệu của đoạn này đã đổi từ khi sửa",
    };
    let whose = by.as_ref().map(|by| format!("{by}, ")).unwrap_or_default();
    let text = if change.kind == EditKind::Delete { "(xóa đoạn)" } else { &change.text };
    let mut lines = vec![format!("  {}, {}: {why}", change.id(), where_it_stands(change.place()))];
    match (judged.state.now(), &judged.state) {
        (Some(now), _) => lines.push(format!("    Theo số liệu nay: {now}")),
        (None, State::Contested(_)) if !change.base.is_empty() => {
            lines.push(format!("    Theo số liệu: {}", change.base))
        }
        _ => {}
    }
    lines.push(format!("    Người soạn ({whose}{}): {text}", date(*day)));
    lines
}

fn look(judged: &Judged<'_>) -> String {
    let figures = listed(judged.moved.iter().map(|figure| format!("“{figure}”")), ", ");
    let figures = figures.map(|figures| format!("có {figures} mà số liệu nay không còn"));
    let displaced = judged.displaced.then(|| "đoạn đứng trước không còn, nội dung đặt ở cuối mục".to_owned());
    listed(figures.into_iter().chain(displaced), "; ").unwrap_or_default()
}

/// So many comments are told of a copy; the others are counted.
const COMMENTS: usize = 100;

/// So many letters are told of what somebody wrote in the margin.
const LETTERS: usize = 1_000;

/// What came of taking a copy of a draft back.
pub(crate) struct Taken<'t> {
    pub(crate) round: &'t Round,
    pub(crate) base: &'t Base,
    pub(crate) merged: &'t Merged,
    pub(crate) word: &'t Word,
    /// The lines of the copy, each with where it comes from.
    pub(crate) read: &'t [Written],
    /// Whether the next compilation writes its file there.
    pub(crate) gives_way: bool,
}

impl Taken<'_> {
    /// A line each.
    pub(crate) fn told(&self) -> Vec<String> {
        let Merged { new, deleted, contested, undone, withdrawn, unclear, .. } = *self.merged;
        let of =
            format!("Dự thảo báo cáo kỳ {}, số liệu đến ngày {}", self.round.short_name, date(self.base.as_of));
        let mut lines = vec![match new + undone + withdrawn {
            0 => format!("{of}: không có chỗ nào mới so với bản công cụ đã ghi và các chỗ sửa đã nhận."),
            _ if deleted == 0 => format!("{of}: nhận {} chỗ sửa.", number(new as u128)),
            _ => {
                let deleted = number(deleted as u128);
                format!("{of}: nhận {} chỗ sửa, trong đó xóa {deleted} đoạn.", number(new as u128))
            }
        }];
        if undone > 0 {
            lines.push(format!("{} chỗ sửa trước đây đã được sửa lại như số liệu nên bỏ.", number(undone as u128)));
        }
        if withdrawn > 0 {
            lines.push(format!(
                "Bỏ {} chỗ sửa đã nhận trước từ bản này, nay trong tệp đã rút lại hoặc viết lại.",
                number(withdrawn as u128)
            ));
        }
        if unclear > 0 {
            lines.push(format!(
                "{} chỗ sửa đã nhận trước từ bản này nay không còn trong tệp, vẫn giữ vì khi nhận không ghi người sửa; không dùng thì \
                 plan draft drop MÃ.",
                number(unclear as u128)
            ));
        }
        if contested > 0 {
            lines.push(format!(
                "{} đoạn người khác cũng đã sửa khác đi: giữ cả hai nội dung, plan draft nêu để quyết định.",
                number(contested as u128)
            ));
        }
        let tracked = self.word.found.tracked;
        if tracked > 0 {
            lines.push(format!("{} chỗ theo dõi thay đổi: nhận như đã chấp nhận.", number(tracked as u128)));
        }
        if let Some(first) = self.word.found.hidden.first() {
            lines.push(format!(
                "{} đoạn có ký tự ẩn, thường do chép từ trang mạng, báo cáo sẽ in ra như ở đây: “{}”; gõ lại đoạn đó trong Word rồi nhận lại.",
                number(self.word.found.hidden.len() as u128),
                cut(first, 60)
            ));
        }
        let left = self.left_behind();
        if !left.is_empty() {
            lines.push("Không nhận, chỉ có trong tệp này:".to_owned());
            lines.extend(left.into_iter().map(|line| format!("  - {line}")));
            if self.gives_way {
                lines.push("Đổi tên tệp để giữ lại những điều đó trước khi chạy plan compile --force.".to_owned());
            }
        }
        if self.word.found.formatted > 0 {
            lines.push(format!(
                "Cách trình bày (đậm, nghiêng, gạch chân, màu chữ, tô màu, viết hoa) ở {} đoạn không nhận.",
                number(self.word.found.formatted as u128)
            ));
        }
        lines
    }

    /// What stands in the copy alone, and nowhere once another file takes its place.
    pub(crate) fn left_behind(&self) -> Vec<String> {
        let found = &self.word.found;
        let comments = found.comments.iter().take(COMMENTS).map(|comment| {
            let day = comment.date.get(..10).and_then(|day| day.parse().ok());
            let day = day.map(|day| format!(", ngày {}", date(day))).unwrap_or_default();
            format!("ý kiến bên lề của {}{day}: {}", cut(&comment.author, LETTERS), cut(&comment.text, LETTERS))
        });
        let tables = self.base.written.iter().filter(|line| line.table);
        let changed =
            tables.filter(|line| !self.read.iter().any(|read| read.of == line.of && read.text == line.text));
        let changed = changed.map(|line| match line.of.as_str() {
            "letterhead" => format!(
                "phần đầu văn bản đã sửa: số, ngày của báo cáo ghi bằng plan issue {} --number SỐ --date NGÀY; tên cơ quan, địa danh \
                 sửa trong plan/report.yaml",
                self.round.key
            ),
            "closing" => "phần ký, nơi nhận đã sửa: sửa trong plan/report.yaml".to_owned(),
            _ => {
                let read = self.read.iter().find(|read| read.of == line.of);
                let how = read.and_then(|read| replaced(&line.text, &read.text));
                let how = how.unwrap_or_else(|| "sửa, chuyển chỗ hoặc xóa".to_owned());
                format!(
                    "bảng “{}”: {how}; bảng lập từ số liệu của các cơ quan, sửa ở báo cáo của cơ quan",
                    heading(&line.text)
                )
            }
        });
        let new = self.read.iter().filter(|line| line.table && line.of.is_empty());
        let counted = [
            (found.comments.len().saturating_sub(COMMENTS), "ý kiến bên lề khác"),
            (new.count(), "bảng thêm"),
            (found.footnotes, "chú thích cuối trang"),
            (found.boxes, "hộp chữ, công thức, ký hiệu, tệp nhúng"),
            (found.pictures, "ảnh"),
        ];
        let quoted = |of: &[String]| {
            const TOLD: usize = 5;
            let told = of.iter().take(TOLD).map(|text| format!("“{}”", cut(text, LETTERS)));
            let more = (of.len() > TOLD).then(|| "…".to_owned());
            listed(told.chain(more), "; ")
        };
        // A banner is the program's own.
        let margins: Vec<String> = found.margins.iter().filter(|line| !line.starts_with(BANNER)).cloned().collect();
        let margins = quoted(&margins).map(|told| format!("chữ ở đầu trang, cuối trang: {told}"));
        let unseen = quoted(&found.unseen).map(|told| format!("chữ ẩn (Hidden): {told}"));
        let struck = quoted(&found.struck).map(|told| {
            format!("nét gạch bỏ ở {told}: báo cáo vẫn in như chữ thường, bỏ thì xóa hẳn trong Word rồi nhận lại")
        });
        let faint = quoted(&found.faint).map(|told| {
            format!(
                "màu trắng, cỡ quá nhỏ của {told}: báo cáo vẫn in như chữ thường, không dùng thì xóa rồi nhận lại"
            )
        });
        let unseen = unseen.into_iter().chain(struck).chain(faint);
        comments.chain(changed).chain(margins).chain(unseen).chain(counts(counted)).collect()
    }
}

/// Which words of a table others stand in for, where that is all that was changed: `“318” thành “381”`.
fn replaced(before: &str, after: &str) -> Option<String> {
    const TOLD: usize = 5;
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.split_whitespace().collect(), after.split_whitespace().collect());
    let pairs = before.iter().zip(&after).filter(|(old, new)| old != new);
    let told: Vec<String> = pairs.map(|(old, new)| format!("“{old}” thành “{new}”")).collect();
    (before.len() == after.len()
        && (1..=TOLD).contains(&told.len())
        && !before.iter().any(|word| word.starts_with('#')))
    .then(|| told.join(", "))
}

/// The words that head a table, as many as it is known by.
fn heading(line: &str) -> String {
    const WORDS: usize = 8;
    let first = line.split(ROWS).next().unwrap_or_default();
    first.split_whitespace().take(WORDS).collect::<Vec<_>>().join(" ")
}
