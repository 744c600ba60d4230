//! `plan difficulties`: what agencies find hard and what they ask for, those of ad hoc reports first.

use chrono::NaiveDate;

use super::{document, words};
use crate::doc::{Block, Cell, Document, Section, Shown, Table, Tone};
use crate::model::{Agency, Named, Plan};
use crate::remark::{Kind, Remark, alike};
use crate::source::Files;
use crate::vietnamese::{clause, date, lower_first, number, sentence, upper_first, weekday};

/// What is not kept of a day that is past, in words.
pub(crate) const REPORTS: &str = "nội dung báo cáo";

/// What was asked for, and what was found.
pub(crate) struct Digest<'d, 'p> {
    pub(crate) plan: &'p Plan,
    /// Those asked for.
    pub(crate) remarks: &'d [Remark<'p>],
    /// The only body whose recommendations were asked for.
    pub(crate) to: Option<&'p Named>,
    pub(crate) new_since: Option<NaiveDate>,
    /// Whose reports are today's: corrected after the day, and not kept as they were on it.
    pub(crate) not_kept: Vec<&'p Agency>,
    pub(crate) as_of: NaiveDate,
    pub(crate) banner: Option<String>,
    pub(crate) files: &'d Files,
}

/// Where something was said that is open, in the order in which it is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    AdHoc,
    Round,
    /// In an earlier year, and not since.
    EarlierYear,
}

impl Source {
    const ALL: [Self; 3] = [Self::AdHoc, Self::Round, Self::EarlierYear];

    fn of(remark: &Remark<'_>) -> Self {
        match remark.said[..] {
            [] => Self::EarlierYear,
            _ if remark.is_urgent => Self::AdHoc,
            _ => Self::Round,
        }
    }

    /// With the names of its tables, of difficulties and of recommendations.
    fn name(self) -> (&'static str, [&'static str; 2]) {
        match self {
            Self::AdHoc => ("báo cáo đột xuất", ["ad_hoc_difficulties", "ad_hoc_recommendations"]),
            Self::Round => ("báo cáo theo kỳ", ["difficulties", "recommendations"]),
            Self::EarlierYear => ("năm trước chuyển sang", ["carried_difficulties", "carried_recommendations"]),
        }
    }
}

impl Shown for Digest<'_, '_> {
    fn document(&self) -> Document {
        let not_kept = words::not_kept(REPORTS, &self.not_kept);
        let told = std::iter::once(summary(self)).chain(over(self)).chain(not_kept);
        let mut blocks: Vec<Block> = told.map(Block::body).collect();
        for source in Source::ALL {
            let (source_name, tables) = source.name();
            let of_source = self.remarks.iter().filter(|remark| Source::of(remark) == source);
            let (difficulties, recommendations): (Vec<&Remark<'_>>, Vec<&Remark<'_>>) =
                of_source.partition(is_difficulty);
            let kinds = [("KHÓ KHĂN, VƯỚNG MẮC", difficulties), ("KIẾN NGHỊ, ĐỀ XUẤT", recommendations)];
            for ((kind, remarks), name) in kinds.iter().zip(tables).filter(|(kind, _)| !kind.1.is_empty()) {
                let count = number(remarks.len() as u128);
                let title = format!("{} – {kind}: {count}", source_name.to_uppercase());
                blocks.extend([Block::heading(1, title), Block::Table(table(self, name, remarks))]);
            }
        }
        let what = match self.to {
            Some(body) => format!("Kiến nghị gửi {}", body.name),
            None => "Khó khăn, vướng mắc và kiến nghị của các cơ quan".to_owned(),
        };
        let title = format!("{what} – {}, ngày {}", weekday(self.as_of), date(self.as_of));
        document(self.plan, &self.banner, title, vec![Section::new("Khó khăn, kiến nghị", blocks).landscape()])
    }

    /// One row a remark, for spreadsheets.
    fn rows(&self) -> Table {
        let kind = |remark: &Remark<'_>| match remark.kind {
            Kind::Difficulty => "khó khăn, vướng mắc",
            Kind::Recommendation { .. } => "kiến nghị, đề xuất",
        };
        let report = |remark: &Remark<'_>| {
            let report = remark.said.last().map(|saying| saying.voice.report);
            let papers = report.and_then(|of| words::papers(of.document.as_ref(), &of.corrections));
            let earlier = remark.carried.map(|of| format!("Kế hoạch năm {}, kỳ {}", of.year.0, of.round));
            papers.or(earlier)
        };
        Table::of("difficulties", self.remarks)
            .field("Mã", |remark| &remark.id)
            .field("Loại", kind)
            .field("Nguồn", |remark| Source::of(remark).name().0)
            .field("Từ ngày", |remark| remark.since)
            .field("Mã cơ quan", |remark| &remark.agency.key)
            .field("Cơ quan", |remark| &remark.agency.name)
            .field("Nội dung", wording)
            .field("Nguyên nhân", |remark| remark.cause.map_or("", |cause| clause(&cause.value)))
            .field("Gửi", |remark| addressee(self.plan, remark).unwrap_or_default())
            .field("Có giá trị đến", |remark| remark.expires)
            .field("Nhiệm vụ", |remark| remark.task.map_or("", |task| &task.key))
            .field("Báo cáo", report)
            .field("Tính hợp lệ", |remark| if remark.is_valid() { "Hợp lệ" } else { "Chưa hợp lệ" })
            .field("Tệp", |remark| &self.files.get(remark.text.span.file).path)
            .field("Dòng", |remark| self.files.position(remark.text.span).line)
            .table()
    }
}

fn is_difficulty(remark: &&Remark<'_>) -> bool {
    remark.kind == Kind::Difficulty
}

/// How many there are, and to whom they are addressed; or that there are none.
pub(crate) fn summary(digest: &Digest<'_, '_>) -> String {
    let since = digest.new_since.map(|day| format!(" từ ngày {} đến nay", date(day))).unwrap_or_default();
    let count = |wanted: &dyn Fn(&Remark<'_>) -> bool| {
        number(digest.remarks.iter().filter(|remark| wanted(remark)).count() as u128)
    };
    let recommended = |remark: &Remark<'_>| !is_difficulty(&remark);
    match digest.to {
        Some(body) if digest.remarks.is_empty() => format!("Không có kiến nghị nào gửi {}{since}.", body.name),
        Some(body) => {
            let urgent = count(&|remark| remark.is_urgent);
            let all = number(digest.remarks.len() as u128);
            format!(
                "{all} kiến nghị gửi {}{since}, trong đó {urgent} kiến nghị nêu trong báo cáo đột xuất.",
                body.name
            )
        }
        None if digest.remarks.is_empty() => {
            format!("Không có khó khăn, vướng mắc hay kiến nghị nào được nêu{since}.")
        }
        None => {
            let bodies =
                digest.plan.wording.recommend_to.iter().map(|body| (Some(body.id.as_str()), body.name.as_str()));
            let addressed = bodies.chain([(None, "không nêu nơi nhận")]).filter_map(|(id, name)| {
                let to = |remark: &Remark<'_>| remark.kind == Kind::Recommendation { to: id };
                digest.remarks.iter().any(to).then(|| format!("{} {}", name, count(&to)))
            });
            let addressed = addressed.collect::<Vec<_>>().join(", ");
            let addressed = if addressed.is_empty() { addressed } else { format!(" ({addressed})") };
            format!(
                "{} khó khăn, vướng mắc và {} kiến nghị{addressed}{since}.",
                count(&|remark| is_difficulty(&remark)),
                count(&recommended)
            )
        }
    }
}

/// How many recommendations nobody needs to answer any more.
fn over(digest: &Digest<'_, '_>) -> Option<String> {
    let count = digest.remarks.iter().filter(|remark| remark.is_over(digest.as_of)).count() as u128;
    let count = number(Some(count).filter(|count| *count > 0)?);
    Some(format!("{count} kiến nghị đã hết hạn, không nêu trong báo cáo tổng hợp và công văn."))
}

/// In the order of the remarks.
fn table(digest: &Digest<'_, '_>, name: &'static str, remarks: &[&Remark<'_>]) -> Table {
    // A column that would stay empty says nothing.
    let addressed = digest.to.is_none() && remarks.iter().any(|remark| !is_difficulty(remark));
    let with_task = remarks.iter().any(|remark| remark.task.is_some());
    // One trouble of several agencies is told once, with all of them.
    let alike = alike(remarks.iter().copied());
    let told = alike.iter().filter_map(|alike| {
        let first = alike.iter().min_by_key(|remark| (remark.since.is_none(), remark.since))?;
        Some((alike, *first))
    });
    let ids = |alike: &[&Remark<'_>]| alike.iter().map(|remark| remark.id.as_str()).collect::<Vec<_>>().join("\n");
    let words = |alike: &[&Remark<'_>], remark: &Remark<'_>| {
        let cause = remark.cause.map(|cause| format!("Nguyên nhân: {}", sentence(&lower_first(&cause.value))));
        let is_over = alike.iter().all(|remark| remark.is_over(digest.as_of));
        let last = alike.iter().filter_map(|remark| remark.expires).max().filter(|_| is_over);
        let over = last.map(|last| format!("(Đã hết hạn ngày {})", date(last)));
        std::iter::once(wording(remark)).chain(cause).chain(over).collect::<Vec<_>>().join("\n")
    };
    Table::of(name, told)
        .left("Mã", 2, |(alike, _)| ids(alike))
        .left("Từ ngày", 2, |(_, remark)| day(remark))
        .left("Cơ quan", 4, |(alike, _)| by(alike))
        .left("Gửi", 3, |(_, remark)| addressee(digest.plan, remark).unwrap_or("không nêu"))
        .when(addressed)
        .left("Nội dung", 12, |(alike, remark)| words(alike, remark))
        .left("Nhiệm vụ", 2, |(_, remark)| remark.task.map_or("", |task| &task.key))
        .when(with_task)
        .table()
}

fn by(alike: &[&Remark<'_>]) -> Cell {
    let name = |remark: &&Remark<'_>| match remark.is_valid() {
        true => remark.agency.name.clone(),
        false => format!("{} (báo cáo chưa hợp lệ)", remark.agency.name),
    };
    let names = Cell::text(alike.iter().map(name).collect::<Vec<_>>().join("\n"));
    if alike.iter().all(|remark| remark.is_valid()) { names } else { names.tone(Tone::Warning) }
}

fn wording(remark: &Remark<'_>) -> String {
    sentence(&upper_first(&remark.text.value))
}

fn day(remark: &Remark<'_>) -> Cell {
    remark.since.map_or_else(|| Cell::text("không rõ"), Cell::from)
}

/// The body that a recommendation is addressed to: its name, or what is written where the plan knows no such body.
fn addressee<'p>(plan: &'p Plan, remark: &Remark<'p>) -> Option<&'p str> {
    let Kind::Recommendation { to: Some(id) } = remark.kind else { return None };
    let known = plan.wording.recommend_to.iter().find(|body| body.id == id);
    Some(known.map_or(id, |body| &body.name))
}
