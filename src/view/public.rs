//! What is for everyone to know, as one page that needs no script: whoever looks for something has the browser's own search
//! over all of it. Each item has an address of its own, and each list files for other programs beside the page.

use chrono::NaiveDate;

mod data;

use super::cells::{self, day, optional, paper};
use super::{document, report};
use crate::doc::{Block, Cell, Document, Section, Shown, Table, Tone};
use crate::measure::{self, Measure};
use crate::model::{Agency, Plan, PublicList, PublishWording, Quantity, Spanned, Violator, Warning};
use crate::public::{Held, Item, Public, hides_address};
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
    /// Whether the page stands beside the files of its lists, and leads to them.
    pub(crate) in_folder: bool,
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

    /// What was told for lists that no task makes, and how much of it.
    pub(crate) fn unlisted(&self) -> impl Iterator<Item = (PublicList, usize)> {
        let listed: Vec<PublicList> = self.lists().collect();
        let unlisted = PublicList::ALL.iter().copied().filter(move |list| !listed.contains(list));
        unlisted.map(|list| (list, self.count(list))).filter(|(_, told)| *told > 0)
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
        let table = if table.rows.is_empty() { Block::body(none) } else { Block::Table(table) };
        let blocks = [Block::heading(1, title), table].into_iter().chain(self.data_files(list.id())).collect();
        Section::new(upper_first(list.label()), blocks).landscape()
    }

    fn data_files(&self, list: &str) -> Option<Block> {
        self.in_folder.then(|| Block::Files(vec![format!("{list}.csv"), format!("{list}.json")]))
    }

    fn figures_section(&self) -> Section {
        let mut blocks = vec![Block::heading(1, "SỐ LIỆU TỪNG KỲ")];
        for (status, measures) in self.rounds.iter().zip(self.measures) {
            let (round, counts) = (status.round, status.counts);
            blocks.push(Block::heading(2, &round.name));
            let open = if status.is_open { " (chưa hết thời gian lấy số liệu)" } else { "" };
            let days =
                format!("Số liệu tính từ ngày {} đến ngày {}{open}", date(round.data_from), date(round.data_to));
            if counts.included == 0 {
                blocks.push(Block::body(format!("{days}: chưa có báo cáo hợp lệ nào.")));
                continue;
            }
            let others = match counts.included - counts.complete {
                0 => String::new(),
                others => format!(" và {others} cơ quan được đề nghị báo cáo"),
            };
            blocks.push(Block::body(format!(
                "{days}, gồm báo cáo hợp lệ của {}/{} cơ quan phải báo cáo{others}.",
                counts.complete, counts.expected
            )));
            let id = |key: &str| anchor(FIGURES, &format!("{}-{key}", round.key));
            let table = Table::of("", measure::indicators(measures))
                .left("Chỉ tiêu", 50, |(of, _)| Cell::text(&of.label).anchored(id(&of.key)))
                .right("Số liệu", 20, |(_, total)| cells::value(total))
                .left("Đơn vị tính", 16, |(of, _)| &of.unit)
                .right("Số cơ quan có số liệu", 12, |(_, total)| numbers(total));
            blocks.push(table.block());
            let older = measures.iter().filter_map(|total| report::older_in_total(round, total));
            blocks.extend(older.map(|told| Block::note(format!("{}.", upper_first(&told)))));
        }
        blocks.extend(self.data_files(FIGURES));
        Section::new("Số liệu từng kỳ", blocks)
    }
}

impl Shown for Site<'_, '_> {
    fn document(&self) -> Document {
        let text = self.wording.text.iter().map(Block::body);
        let told = [
            Block::body(format!("{} Cập nhật đến ngày {}.", self.summary(), date(self.as_of))),
            Block::note(
                "Tìm trên trang: Ctrl+F; trên điện thoại: “Tìm trong trang” của trình duyệt. Mỗi mục có địa chỉ riêng, chép từ đường dẫn ở tên mục.",
            ),
        ];
        let first = Section::new("Giới thiệu", text.chain(told).collect());
        let sections = std::iter::once(first).chain(self.lists().map(|list| self.list(list)));
        let sections = sections.chain([self.figures_section()]).collect();
        document(self.plan, &self.banner, &self.wording.title, sections)
    }

    /// Where each item stands on the page, what and whose it is.
    fn rows(&self) -> Table {
        type Listed<'l> = (&'l str, &'l str, &'l Agency, Option<Spanned<NaiveDate>>);
        let items = self.lists().flat_map(|list| {
            let items: Vec<Listed<'_>> = match list {
                PublicList::Violators => self
                    .violators()
                    .map(|item| (item.id.as_str(), item.found.name.value.as_str(), item.agency, item.published()))
                    .collect(),
                PublicList::Warnings => self
                    .warnings()
                    .map(|item| (item.id.as_str(), item.found.subject.value.as_str(), item.agency, item.issued()))
                    .collect(),
                PublicList::Hotlines => self
                    .public
                    .hotlines
                    .iter()
                    .map(|(agency, hotline)| (agency.key.as_str(), *hotline, *agency, None))
                    .collect(),
            };
            items.into_iter().map(move |item| (list, item))
        });
        Table::of("public", items)
            .field("Mã danh sách", |(list, _)| list.id())
            .field("Danh sách", |(list, _)| upper_first(list.label()))
            .field("Địa chỉ trên trang", |(list, (id, ..))| format!("{PAGE}#{}", anchor(list.id(), id)))
            .field("Nội dung", |(_, (_, what, ..))| what)
            .field("Ngày", |(_, (.., on))| day(on))
            .field("Mã cơ quan", |(_, (_, _, agency, _))| &agency.key)
            .field("Cơ quan", |(_, (_, _, agency, _))| &agency.name)
            .table()
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
        true => Block::item(format!("Chưa có báo cáo hợp lệ nào nêu {}.", list.label())),
        false => Block::Table(table),
    }
}

fn violators<'i, 'p: 'i>(
    plan: &Plan,
    items: impl Iterator<Item = &'i Item<'p, Violator>>,
    for_office: bool,
) -> Table {
    let items: Vec<_> = items.collect();
    let has_until = items.iter().any(|item| item.until().is_some());
    let published = |item: &Item<'_, Violator>| {
        let place = item.found.published_on.iter().map(|place| format!(", {}", place.value));
        std::iter::once(told_day(item.published())).chain(place).collect::<String>()
    };
    let address = |item| address(plan, item).or(item.found.address.as_ref().filter(|_| for_office));
    Table::of(PublicList::Violators.id(), items)
        .left("Tổ chức, cá nhân", 22, |item| named(PublicList::Violators, &item.found.name, &item.id))
        .left("Địa chỉ", 16, |item| optional(address(item)))
        .left("Hành vi vi phạm", 30, |item| &item.found.violation.value)
        .left("Quyết định xử phạt", 18, |item| paper(item.decision()))
        .right("Tiền phạt (đồng)", 12, |item| fine(item.found))
        .left("Ngày, nơi công bố", 20, published)
        .left("Công khai đến hết ngày", 12, |item| day(item.until()))
        .when(has_until)
        .left("Cơ quan báo cáo", 16, |item| &item.agency.name)
        .left("Trang công khai", 16, |item| match item.held {
            None if hides_address(plan, item) => Cell::text(format!("có, {HIDDEN_ADDRESS}")).tone(Tone::Good),
            held => state(held),
        })
        .when(for_office)
        .table()
}

fn warnings<'i, 'p: 'i>(items: impl Iterator<Item = &'i Item<'p, Warning>>, for_office: bool) -> Table {
    Table::of(PublicList::Warnings.id(), items)
        .left("Cảnh báo", 26, |item| named(PublicList::Warnings, &item.found.subject, &item.id))
        .left("Nội dung", 50, |item| optional(item.found.content.as_ref()))
        .center("Ngày phát hành", 12, |item| told_day(item.issued()))
        .left("Kênh phát hành", 20, |item| optional(item.found.channel.as_ref()))
        .left("Cơ quan", 16, |item| &item.agency.name)
        .left("Trang công khai", 16, |item| state(item.held))
        .when(for_office)
        .table()
}

/// A day that makes an item one of a list, or that nobody told it.
fn told_day(day: Option<Spanned<NaiveDate>>) -> String {
    day.map_or_else(|| "chưa ghi ngày".to_owned(), |day| date(day.value))
}

fn hotlines(public: &Public<'_>) -> Table {
    let id = |agency: &Agency| anchor(PublicList::Hotlines.id(), &agency.key);
    Table::of(PublicList::Hotlines.id(), &public.hotlines)
        .left("Cơ quan", 40, |(agency, _)| Cell::text(&agency.name).anchored(id(agency)))
        .left("Đường dây nóng", 30, |(_, hotline)| *hotline)
        .table()
}

fn named(list: PublicList, name: &Spanned<String>, id: &str) -> Cell {
    Cell::text(&name.value).anchored(anchor(list.id(), id))
}

fn state(held: Option<Held>) -> Cell {
    match held {
        None => Cell::text("có").tone(Tone::Good),
        Some(held) => Cell::text(why_held(held)).tone(Tone::Warning),
    }
}

/// What becomes of where a person lives, for the office.
pub(crate) const HIDDEN_ADDRESS: &str = "không nêu địa chỉ của cá nhân";

/// Why something is not for everyone, for the office.
pub(crate) fn why_held(held: Held) -> String {
    match held {
        Held::NotAllowed => {
            "tên cá nhân, chưa có văn bản cho phép công khai (publishable); là tổ chức thì ghi kind: organisation"
                .to_owned()
        }
        Held::NotYet(day) => format!("chưa đến ngày được công khai ({})", date(day)),
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

pub(super) fn address<'v>(plan: &Plan, item: &Item<'v, Violator>) -> Option<&'v Spanned<String>> {
    item.found.address.as_ref().filter(|_| !hides_address(plan, item))
}

fn fine(violator: &Violator) -> Cell {
    violator.fine.as_ref().map(|fine| cells::sum(Quantity::Fines, fine.value)).into()
}

/// How many agencies gave a number of what they type.
fn numbers(total: &Measure<'_>) -> Cell {
    (!total.is_rate()).then_some(total.answers.numbers).into()
}
