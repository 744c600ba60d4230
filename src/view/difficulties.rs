//! `plan difficulties`: what agencies find hard and what they ask for, those of ad hoc reports first.

use chrono::NaiveDate;

use super::words;
use crate::doc::{Align, Audience, Block, Cell, Column, Document, Row, Section, Shown, Style, Table, Tone, Value};
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

    fn name(self) -> &'static str {
        match self {
            Self::AdHoc => "báo cáo đột xuất",
            Self::Round => "báo cáo theo kỳ",
            Self::EarlierYear => "năm trước chuyển sang",
        }
    }

    /// The names of its tables, of difficulties and of recommendations.
    fn tables(self) -> [&'static str; 2] {
        match self {
            Self::AdHoc => ["ad_hoc_difficulties", "ad_hoc_recommendations"],
            Self::Round => ["difficulties", "recommendations"],
            Self::EarlierYear => ["carried_difficulties", "carried_recommendations"],
        }
    }
}

impl Shown for Digest<'_, '_> {
    fn document(&self) -> Document {
        let not_kept = words::not_kept(REPORTS, &self.not_kept);
        let told = std::iter::once(summary(self)).chain(not_kept);
        let mut blocks: Vec<Block> = told.map(|text| Block::Paragraph { style: Style::Body, text }).collect();
        for source in Source::ALL {
            let of_source = self.remarks.iter().filter(|remark| Source::of(remark) == source);
            let (difficulties, recommendations): (Vec<&Remark<'_>>, Vec<&Remark<'_>>) =
                of_source.partition(is_difficulty);
            let kinds = [("KHÓ KHĂN, VƯỚNG MẮC", difficulties), ("KIẾN NGHỊ, ĐỀ XUẤT", recommendations)];
            for ((kind, remarks), name) in kinds.iter().zip(source.tables()).filter(|(kind, _)| !kind.1.is_empty())
            {
                let count = number(remarks.len() as u128);
                let title = format!("{} – {kind}: {count}", source.name().to_uppercase());
                blocks.extend([heading(title), Block::Table(table(self, name, remarks))]);
            }
        }
        let what = match self.to {
            Some(body) => format!("Kiến nghị gửi {}", body.name),
            None => "Khó khăn, vướng mắc và kiến nghị của các cơ quan".to_owned(),
        };
        Document {
            title: format!("{what} – {}, ngày {}", weekday(self.as_of), date(self.as_of)),
            author: self.plan.wording.issuer_name.clone(),
            banner: self.banner.clone(),
            sections: vec![Section {
                name: "Khó khăn, kiến nghị".to_owned(),
                audience: Audience::Everyone,
                landscape: true,
                blocks,
            }],
            base: None,
        }
    }

    /// One row a remark, for spreadsheets.
    fn rows(&self) -> Table {
        let titles = [
            "Mã",
            "Loại",
            "Nguồn",
            "Từ ngày",
            "Mã cơ quan",
            "Cơ quan",
            "Nội dung",
            "Nguyên nhân",
            "Gửi",
            "Nhiệm vụ",
            "Báo cáo",
            "Tính hợp lệ",
            "Tệp",
            "Dòng",
        ];
        let columns = titles.map(|title| Column::new(title, 1, Align::Left)).into();
        let rows = self.remarks.iter().map(|remark| {
            let kind =
                if is_difficulty(&remark) { "khó khăn, vướng mắc" } else { "kiến nghị, đề xuất" };
            let paper =
                remark.said.last().and_then(|saying| saying.voice.report.document.as_ref()).map(words::paper);
            let earlier = remark.carried.map(|of| format!("Kế hoạch năm {}, kỳ {}", of.year.0, of.round));
            let line = self.files.position(remark.text.span).line;
            Row::Cells(vec![
                Cell::text(remark.id.as_str()),
                Cell::text(kind),
                Cell::text(Source::of(remark).name()),
                Cell::new(remark.since.map_or(Value::Empty, Value::Date)),
                Cell::text(remark.agency.key.as_str()),
                Cell::text(&remark.agency.name),
                Cell::text(wording(remark)),
                Cell::text(remark.cause.map_or("", |cause| clause(&cause.value))),
                Cell::text(addressee(self.plan, remark).unwrap_or_default()),
                Cell::text(remark.task.map_or("", |task| task.key.as_str())),
                paper.or(earlier).map_or(Cell::new(Value::Empty), Cell::text),
                Cell::text(if remark.is_valid() { "Hợp lệ" } else { "Chưa hợp lệ" }),
                Cell::text(&self.files.get(remark.text.span.file).path),
                Cell::number(line),
            ])
        });
        Table::new("difficulties", columns, rows)
    }
}

fn is_difficulty(remark: &&Remark<'_>) -> bool {
    remark.kind == Kind::Difficulty
}

fn heading(text: String) -> Block {
    Block::Heading { level: 1, text }
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

/// In the order of the remarks.
fn table(digest: &Digest<'_, '_>, name: &'static str, remarks: &[&Remark<'_>]) -> Table {
    // A column that would stay empty says nothing.
    let addressed = digest.to.is_none() && remarks.iter().any(|remark| !is_difficulty(remark));
    let with_task = remarks.iter().any(|remark| remark.task.is_some());
    let mut columns = [("Mã", 2), ("Từ ngày", 2), ("Cơ quan", 4)]
        .map(|(title, width)| Column::new(title, width, Align::Left))
        .to_vec();
    columns.extend(addressed.then(|| Column::new("Gửi", 3, Align::Left)));
    columns.push(Column::new("Nội dung", 12, Align::Left));
    columns.extend(with_task.then(|| Column::new("Nhiệm vụ", 2, Align::Left)));
    // One trouble of several agencies is told once, with all of them.
    let rows = alike(remarks.iter().copied()).into_iter().filter_map(|alike| {
        let remark = *alike.iter().min_by_key(|remark| (remark.since.is_none(), remark.since))?;
        let ids: Vec<&str> = alike.iter().map(|remark| remark.id.as_str()).collect();
        let mut cells = vec![Cell::text(ids.join("\n")), day(remark), by(&alike)];
        cells.extend(addressed.then(|| Cell::text(addressee(digest.plan, remark).unwrap_or("không nêu"))));
        cells.push(Cell::text(match remark.cause {
            Some(cause) => {
                format!("{}\nNguyên nhân: {}", wording(remark), sentence(&lower_first(&cause.value)))
            }
            None => wording(remark),
        }));
        cells.extend(with_task.then(|| Cell::text(remark.task.map_or("", |task| task.key.as_str()))));
        Some(Row::Cells(cells))
    });
    Table::new(name, columns, rows)
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
    remark.since.map_or_else(|| Cell::text("không rõ"), |since| Cell::new(Value::Date(since)))
}

/// The body that a recommendation is addressed to: its name, or what is written where the plan knows no such body.
fn addressee<'p>(plan: &'p Plan, remark: &Remark<'p>) -> Option<&'p str> {
    let Kind::Recommendation { to: Some(id) } = remark.kind else { return None };
    let known = plan.wording.recommend_to.iter().find(|body| body.id == id);
    Some(known.map_or(id, |body| &body.name))
}
