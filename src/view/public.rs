//! What is for everyone to know, as one page that needs no script: whoever looks for something has the browser's own search
//! over all of it. Each item has an address of its own, and each list files for other programs beside the page.

use chrono::NaiveDate;

mod data;

use super::{cells, words};
use crate::doc::{Align, Audience, Block, Cell, Column, Document, Row, Section, Shown, Style, Table, Tone, Value};
use crate::measure::{self, Measure};
use crate::model::{Agency, Plan, PublicList, PublishWording, Quantity, Spanned, Violator, Warning};
use crate::public::{Held, Item, Public, is_person};
use crate::source::Files;
use crate::status::RoundStatus;
use crate::vietnamese::{count, date, upper_first};

pub(crate) struct Site<'s, 'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) wording: &'p PublishWording,
    pub(crate) public: &'s Public<'p>,
    /// With the measures of each.
    pub(crate) rounds: &'s [RoundStatus<'p>],
    pub(crate) measures: &'s [Vec<Measure<'p>>],
    pub(crate) as_of: NaiveDate,
    pub(crate) banner: Option<String>,
    pub(crate) files: &'s Files,
}

/// The page of the site.
pub(crate) const PAGE: &str = "index.html";
/// What the list of figures is called where the others go by their words in the plan.
pub(crate) const FIGURES: &str = "figures";

/// What an item is led to by on the page.
pub(super) fn anchor(list: &str, id: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, '_' | '-') { c } else { '-' };
    format!("{list}-{}", id.chars().map(plain).collect::<String>())
}

/// What an item of a list is for everyone.
fn shown<'s, 'p, T>(items: &'s [Item<'p, T>]) -> impl Iterator<Item = &'s Item<'p, T>> {
    items.iter().filter(|item| item.held.is_none())
}

impl<'p> Site<'_, 'p> {
    /// The lists that some task of the plan makes.
    pub(crate) fn lists(&self) -> impl Iterator<Item = PublicList> {
        let made = |list: &PublicList| self.plan.tasks.iter().any(|task| task.publishes == Some(*list));
        PublicList::ALL.iter().copied().filter(made)
    }

    pub(super) fn violators(&self) -> impl Iterator<Item = &Item<'p, Violator>> {
        shown(&self.public.violators)
    }

    pub(super) fn warnings(&self) -> impl Iterator<Item = &Item<'p, Warning>> {
        shown(&self.public.warnings)
    }

    fn count(&self, list: PublicList) -> usize {
        match list {
            PublicList::Violators => self.violators().count(),
            PublicList::Warnings => self.warnings().count(),
            PublicList::Hotlines => self.public.hotlines.len(),
        }
    }

    /// How many of each list, in a sentence.
    pub(crate) fn summary(&self) -> String {
        let lists = self.lists().map(|list| format!("{} {}", count(self.count(list) as u128), list.label()));
        let rounds = self.rounds.iter().filter(|status| status.counts.included > 0).count();
        let figures = format!("số liệu {} kỳ báo cáo", count(rounds as u128));
        format!("Gồm {}.", lists.chain([figures]).collect::<Vec<_>>().join("; "))
    }

    fn list(&self, list: PublicList) -> Section {
        let (title, none) = match list {
            PublicList::Violators => {
                ("TỔ CHỨC, CÁ NHÂN VI PHẠM ĐÃ CÔNG BỐ", "Chưa có tổ chức, cá nhân vi phạm nào được công bố.")
            }
            PublicList::Warnings => ("CẢNH BÁO ĐÃ PHÁT HÀNH", "Chưa có cảnh báo nào được phát hành."),
            PublicList::Hotlines => ("ĐƯỜNG DÂY NÓNG", "Chưa có cơ quan nào báo đường dây nóng."),
        };
        let table = match list {
            PublicList::Violators => violators(self.plan, self.violators(), false),
            PublicList::Warnings => warnings(self.warnings(), false),
            PublicList::Hotlines => hotlines(self.public),
        };
        let table = match table.rows.is_empty() {
            true => paragraph(Style::Body, none),
            false => Block::Table(table),
        };
        section(list.label(), true, vec![heading(title), table, data_files(list.id())])
    }

    fn figures_section(&self) -> Section {
        let mut blocks = vec![heading("SỐ LIỆU TỪNG KỲ")];
        for (status, measures) in self.rounds.iter().zip(self.measures) {
            let (round, counts) = (status.round, status.counts);
            blocks.push(Block::Heading { level: 2, text: round.name.clone() });
            let days = format!("Số liệu tính từ ngày {} đến ngày {}", date(round.data_from), date(round.data_to));
            if counts.included == 0 {
                blocks.push(paragraph(Style::Body, format!("{days}: chưa có báo cáo hợp lệ nào.")));
                continue;
            }
            blocks.push(paragraph(
                Style::Body,
                format!(
                    "{days}, gồm báo cáo hợp lệ của {}/{} cơ quan phải báo cáo{}.",
                    counts.complete,
                    counts.expected,
                    match counts.included - counts.complete {
                        0 => String::new(),
                        others => format!(" và {others} cơ quan được đề nghị báo cáo"),
                    }
                ),
            ));
            let columns = vec![
                Column::new("Chỉ tiêu", 50, Align::Left),
                Column::new("Số liệu", 20, Align::Right),
                Column::new("Đơn vị tính", 16, Align::Left),
                Column::new("Số cơ quan có số liệu", 12, Align::Right),
            ];
            let rows = measure::indicators(measures).map(|(indicator, total)| {
                let id = anchor(FIGURES, &format!("{}-{}", round.key, indicator.key));
                Row::Cells(vec![
                    Cell::text(&indicator.label).anchored(id),
                    cells::value(total),
                    Cell::text(&indicator.unit),
                    numbers(total),
                ])
            });
            blocks.push(Block::Table(Table::new("", columns, rows)));
        }
        blocks.push(data_files(FIGURES));
        section("số liệu từng kỳ", false, blocks)
    }
}

impl Shown for Site<'_, '_> {
    fn document(&self) -> Document {
        let text = self.wording.text.iter().map(|text| paragraph(Style::Body, text));
        let told = [
            paragraph(Style::Body, format!("{} Cập nhật đến ngày {}.", self.summary(), date(self.as_of))),
            paragraph(
                Style::Note,
                "Tìm trên trang: Ctrl+F; trên điện thoại: “Tìm trong trang” của trình duyệt. Mỗi mục có địa chỉ riêng, chép từ đường dẫn ở tên mục.",
            ),
        ];
        let first = section("giới thiệu", false, text.chain(told).collect());
        let lists = self.lists().map(|list| self.list(list));
        Document {
            title: self.wording.title.clone(),
            author: self.plan.wording.issuer_name.clone(),
            banner: self.banner.clone(),
            sections: std::iter::once(first).chain(lists).chain([self.figures_section()]).collect(),
            base: None,
        }
    }

    /// Where each item stands on the page, what and whose it is.
    fn rows(&self) -> Table {
        let row = |list: &str, id: &str, what: &str, agency: &Agency, on: Option<Spanned<NaiveDate>>| {
            vec![
                Cell::text(list),
                Cell::text(format!("{PAGE}#{}", anchor(list, id))),
                Cell::text(what),
                day(on),
                Cell::text(agency.key.as_str()),
                Cell::text(&agency.name),
            ]
        };
        let rows = self.lists().flat_map(|list| -> Vec<Vec<Cell>> {
            let of = list.id();
            match list {
                PublicList::Violators => self
                    .violators()
                    .map(|item| row(of, &item.id, &item.found.name.value, item.agency, item.found.published))
                    .collect(),
                PublicList::Warnings => self
                    .warnings()
                    .map(|item| row(of, &item.id, &item.found.subject.value, item.agency, item.found.issued))
                    .collect(),
                PublicList::Hotlines => self
                    .public
                    .hotlines
                    .iter()
                    .map(|(agency, hotline)| row(of, &agency.key, hotline, agency, None))
                    .collect(),
            }
        });
        data::table("public", &["Danh sách", "Địa chỉ", "Nội dung", "Ngày", "Mã cơ quan", "Cơ quan"], rows)
    }
}

/// The list that a task makes, with what is held back and why: for the office.
pub(super) fn of_task(plan: &Plan, public: &Public<'_>, list: PublicList) -> Block {
    let table = match list {
        PublicList::Violators => violators(plan, public.violators.iter(), true),
        PublicList::Warnings => warnings(public.warnings.iter(), true),
        PublicList::Hotlines => hotlines(public),
    };
    match table.rows.is_empty() {
        true => paragraph(Style::Item, format!("Chưa có báo cáo hợp lệ nào nêu {}.", list.label())),
        false => Block::Table(table),
    }
}

fn violators<'i, 'p: 'i>(
    plan: &Plan,
    items: impl Iterator<Item = &'i Item<'p, Violator>>,
    for_office: bool,
) -> Table {
    let mut columns = vec![
        Column::new("Tổ chức, cá nhân", 22, Align::Left),
        Column::new("Địa chỉ", 16, Align::Left),
        Column::new("Hành vi vi phạm", 30, Align::Left),
        Column::new("Quyết định xử phạt", 18, Align::Left),
        Column::new("Tiền phạt (đồng)", 12, Align::Right),
        Column::new("Ngày, nơi công bố", 20, Align::Left),
        Column::new("Cơ quan báo cáo", 16, Align::Left),
    ];
    columns.extend(for_office.then(state_column));
    let rows = items.map(|item| {
        let found = item.found;
        let published = found.published.map(|day| date(day.value)).into_iter();
        let published = published.chain(found.published_on.as_ref().map(|place| place.value.clone()));
        let mut cells = vec![
            Cell::text(&found.name.value).anchored(anchor(PublicList::Violators.id(), &item.id)),
            optional(address(plan, found).or(found.address.as_ref().filter(|_| for_office))),
            Cell::text(&found.violation.value),
            found.decision.as_ref().map_or(Cell::new(Value::Empty), |paper| Cell::text(words::paper(paper))),
            fine(found),
            Cell::text(published.collect::<Vec<_>>().join(", ")),
            Cell::text(&item.agency.name),
        ];
        cells.extend(for_office.then(|| state(item.held)));
        Row::Cells(cells)
    });
    Table::new(PublicList::Violators.id(), columns, rows)
}

fn warnings<'i, 'p: 'i>(items: impl Iterator<Item = &'i Item<'p, Warning>>, for_office: bool) -> Table {
    let mut columns = vec![
        Column::new("Cảnh báo", 26, Align::Left),
        Column::new("Nội dung", 50, Align::Left),
        Column::new("Ngày phát hành", 12, Align::Center),
        Column::new("Kênh phát hành", 20, Align::Left),
        Column::new("Cơ quan", 16, Align::Left),
    ];
    columns.extend(for_office.then(state_column));
    let rows = items.map(|item| {
        let found = item.found;
        let mut cells = vec![
            Cell::text(&found.subject.value).anchored(anchor(PublicList::Warnings.id(), &item.id)),
            optional(found.content.as_ref()),
            day(found.issued),
            optional(found.channel.as_ref()),
            Cell::text(&item.agency.name),
        ];
        cells.extend(for_office.then(|| state(item.held)));
        Row::Cells(cells)
    });
    Table::new(PublicList::Warnings.id(), columns, rows)
}

fn hotlines(public: &Public<'_>) -> Table {
    let columns = vec![Column::new("Cơ quan", 40, Align::Left), Column::new("Đường dây nóng", 30, Align::Left)];
    let rows = public.hotlines.iter().map(|(agency, hotline)| {
        let id = anchor(PublicList::Hotlines.id(), &agency.key);
        Row::Cells(vec![Cell::text(&agency.name).anchored(id), Cell::text(*hotline)])
    });
    Table::new(PublicList::Hotlines.id(), columns, rows)
}

fn state_column() -> Column {
    Column::new("Trang công khai", 16, Align::Left)
}

fn state(held: Option<Held>) -> Cell {
    match held {
        None => Cell::text("có").tone(Tone::Good),
        Some(held) => Cell::text(why_held(held)).tone(Tone::Warning),
    }
}

/// Why something is not for everyone, for the office.
pub(crate) fn why_held(held: Held) -> String {
    match held {
        Held::NotAllowed => {
            "tên cá nhân, chưa có văn bản cho phép công khai (publishable); là tổ chức thì ghi kind: organisation"
                .to_owned()
        }
        Held::NotYet(day) => format!("chưa đến ngày công bố ({})", date(day)),
        Held::Over(day) => format!("hết thời hạn công khai (đến hết ngày {})", date(day)),
        Held::PersonalNumber => "có số điện thoại hoặc số căn cước; xem plan check".to_owned(),
    }
}

/// What is held back: for JSON.
pub(super) fn held_id(held: Held) -> &'static str {
    match held {
        Held::NotAllowed => "not_allowed",
        Held::NotYet(_) => "not_yet",
        Held::Over(_) => "over",
        Held::PersonalNumber => "personal_number",
    }
}

/// Where somebody lives is nobody's business.
pub(super) fn address<'v>(plan: &Plan, violator: &'v Violator) -> Option<&'v Spanned<String>> {
    violator.address.as_ref().filter(|_| !is_person(plan, violator))
}

fn fine(violator: &Violator) -> Cell {
    violator.fine.as_ref().map_or(Cell::new(Value::Empty), |fine| cells::sum(Quantity::Fines, fine.value))
}

/// How many agencies gave a number of what they type.
fn numbers(total: &Measure<'_>) -> Cell {
    if total.is_rate() { Cell::new(Value::Empty) } else { Cell::number(total.answers.numbers) }
}

fn day(day: Option<Spanned<NaiveDate>>) -> Cell {
    Cell::new(day.map_or(Value::Empty, |day| Value::Date(day.value)))
}

fn optional(text: Option<&Spanned<String>>) -> Cell {
    text.map_or(Cell::new(Value::Empty), |text| Cell::text(&text.value))
}

fn data_files(list: &str) -> Block {
    Block::Files(vec![format!("{list}.csv"), format!("{list}.json")])
}

fn section(name: &str, landscape: bool, blocks: Vec<Block>) -> Section {
    Section { name: upper_first(name), audience: Audience::Everyone, landscape, blocks }
}

fn heading(text: &str) -> Block {
    Block::Heading { level: 1, text: text.to_owned() }
}

fn paragraph(style: Style, text: impl Into<String>) -> Block {
    Block::Paragraph { style, text: text.into() }
}
