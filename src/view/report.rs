//! `plan compile`: the consolidated report as a document, by the outline in `plan/report.yaml`.

mod annexes;
mod changes;
mod conflicts;
mod coverage;
mod falls;
mod gaps;
mod growth;
mod highlights;
mod note;
mod older;
mod overlaps;
mod petitions;
mod results;
mod sources;
mod steps;
mod tables;
mod template;
mod themes;

pub(crate) use changes::summary as changes_summary;
pub(crate) use coverage::{Covered, coverage, covered};
pub(crate) use gaps::{Gap, gaps};
pub(crate) use note::note;
pub(crate) use older::of_total as older_in_total;
pub(crate) use petitions::{addressed, own_themes};
pub(crate) use results::{silent_in_part, silent_leads};
pub(crate) use steps::{Steps, step_givers, steps_by_time, steps_to_come};
pub(crate) use template::{expired_ad_hoc, funding, silent};
pub(crate) use themes::{Theme, difficulty_themes};

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;
use tables::Numbered;

use super::charts;
use super::official::{self, closing, end_mark, letterhead};
use super::template::{TemplateError, Templates};
use super::words;
use crate::changes::Changes;
use crate::doc::{Audience, Block, Document, Section, Style};
use crate::measure::{self, Control, Measure};
use crate::model::{
    Agency, AgencyId, AnnexContent, AnnexWording, Entry, Group, Indicator, OutlineContent, PartContent, Plan,
    Report, Round, Spanned, TaskId,
};
use crate::remark::{Kind, Remark};
use crate::source::Files;
use crate::status::RoundStatus;
use crate::template::scope::annex_name;
use crate::vietnamese::{counted, letter, roman};

/// Units that agencies write of what no indicator counts.
const MEASURES: [&str; 10] = ["tấn", "tháng", "ngày", "giờ", "phút", "lần", "đợt", "mẫu", "lô", "hộ"];

/// What the report is made from.
pub(crate) struct Brief<'b, 'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) status: &'b RoundStatus<'p>,
    pub(crate) measures: &'b [Measure<'p>],
    /// Every round of the plan, this one included.
    pub(crate) rounds: &'b [RoundStatus<'p>],
    /// Totals of groups that agencies gave, beside the groups' own.
    pub(crate) controls: &'b [Control<'b, 'p>],
    /// The measures of the round before this one, to compare with.
    pub(crate) earlier: Option<&'b (&'p Round, Vec<Measure<'p>>)>,
    /// Ad hoc reports within the round's data period, oldest first.
    pub(crate) ad_hoc: &'b [(&'p Agency, &'p Report)],
    /// What the valid reports of the round and the ad hoc ones find hard and ask for.
    pub(crate) remarks: &'b [Remark<'p>],
    /// What changed since an earlier draft.
    pub(crate) changes: Option<&'b Changes<'p>>,
    pub(crate) as_of: NaiveDate,
    pub(crate) banner: Option<String>,
    pub(crate) files: &'b Files,
}

impl<'b, 'p> Brief<'b, 'p> {
    /// The command that tells where a figure of the round comes from.
    pub(super) fn trace(&self, key: &str) -> String {
        format!("plan trace {key} --round {}", self.status.round.key)
    }

    /// Valid reports of the round, then ad hoc ones: everything that may raise a difficulty.
    pub(super) fn voices(&self) -> impl Iterator<Item = (&'p Agency, &'p Report)> {
        self.status.valid_reports().chain(self.ad_hoc.iter().copied())
    }

    fn difficulties(&self) -> impl Iterator<Item = &'b Remark<'p>> + Clone {
        self.remarks.iter().filter(|remark| remark.kind == Kind::Difficulty)
    }

    /// The day from which something has been said that no report of this round says, and that has not come to its end.
    fn before(&self, remark: &Remark<'_>) -> Option<NaiveDate> {
        let of_round = |round: Option<&Round>| round.is_none_or(|round| round.id == self.status.round.id);
        let now = remark.said.iter().any(|saying| of_round(saying.voice.round));
        remark.since.filter(|_| !now && !remark.is_over(self.as_of))
    }

    /// Agencies with a valid report that speaks of the task.
    fn entries(&self, task: TaskId) -> impl Iterator<Item = (&'p Agency, &'p Entry)> {
        self.status.valid_reports().filter_map(move |(agency, report)| Some((agency, report.entry(task)?)))
    }

    pub(super) fn totals(&self) -> impl Iterator<Item = (&'p Indicator, &'b Measure<'p>)> {
        measure::indicators(self.measures)
    }

    /// The totals of the indicators that a task asks for.
    fn totals_of(&self, task: &'b TaskId) -> impl Iterator<Item = &'b Measure<'p>> {
        self.totals().filter(|(indicator, _)| indicator.tasks.contains(task)).map(|(_, total)| total)
    }

    /// The total of the round before, where one was given.
    fn earlier(&self, indicator: &Indicator) -> Option<&'b Measure<'p>> {
        let (_, measures) = self.earlier?;
        measure::of_indicator(measures, indicator.id)
    }

    /// The round before, where its data begin with this one's: sums of both run on.
    fn cumulated(&self) -> Option<&'p Round> {
        self.earlier.map(|(round, _)| *round).filter(|round| round.data_from == self.status.round.data_from)
    }

    /// What of a total was added since the round before, and from which day.
    pub(super) fn since(&self, total: &Measure<'_>) -> Option<(u128, NaiveDate)> {
        let round = self.cumulated()?;
        let earlier = self.earlier(total.quantity.indicator()?)?;
        let added = total.since(earlier, |heir| self.gone(heir));
        Some((added.filter(|added| *added > 0)?, round.data_to.succ_opt()?))
    }

    /// Whose figures of the round before an agency's of now contain beside its own.
    fn gone(&self, heir: AgencyId) -> Vec<AgencyId> {
        let Some((round, _)) = self.earlier else { return Vec::new() };
        let gone = self.plan.predecessors(heir, self.status.round);
        gone.filter(|of| self.plan.is_asked(of, round)).map(|of| of.id).collect()
    }

    /// The annexes that tell anything, each with its name.
    fn annexes(&self) -> impl Iterator<Item = (String, &'p AnnexWording)> {
        let annexes = self.plan.wording.annexes.iter().filter(|annex| annexes::tells(self, annex.content));
        annexes.enumerate().map(|(index, annex)| (annex_name(index), annex))
    }

    /// `Phụ lục III`; `None` where the outline lacks the annex, or it tells nothing.
    fn annex(&self, content: AnnexContent) -> Option<String> {
        self.annexes().find(|(_, annex)| annex.content == content).map(|(name, _)| name)
    }

    /// What the reports that count are: where others wait to be accepted, the accepted ones.
    pub(crate) fn counted(&self) -> &'static str {
        if self.leaves_unaccepted() { "đã duyệt" } else { "hợp lệ" }
    }

    /// Whether valid reports are left out because the department has not accepted them.
    pub(crate) fn leaves_unaccepted(&self) -> bool {
        self.status.counts.not_accepted > 0
    }

    /// What an agency wrote, its counts as the report writes its own.
    fn quoted(&self, text: &str) -> String {
        let units = self.plan.indicators.iter().filter_map(|indicator| indicator.unit.split([' ', ',']).next());
        counted(text, &units.chain(MEASURES).collect())
    }

    /// What every page says above: that the data are made up, that there are none.
    fn warning(&self) -> Option<String> {
        let empty = self.status.counts.included == 0;
        let counted = self.counted().to_uppercase();
        let empty = empty.then(|| format!("BẢN XEM TRƯỚC – CHƯA CÓ BÁO CÁO {counted} NÀO, CHƯA GỬI ĐƯỢC"));
        let told: Vec<String> = self.banner.iter().cloned().chain(empty).collect();
        (!told.is_empty()).then(|| told.join("; "))
    }

    /// Every record of the valid reports, in the order of the plan.
    pub(super) fn records<T: 'p>(
        &self,
        of: impl Fn(&'p Report) -> &'p [T],
    ) -> impl Iterator<Item = (&'p Agency, &'p T)> {
        let reports = self.status.valid_reports();
        reports.flat_map(move |(agency, report)| of(report).iter().map(move |found| (agency, found)))
    }

    pub(super) fn folding_group(&self, agency: &Agency) -> Option<&'p Group> {
        self.plan.folding_group(agency.id)
    }
}

/// The report as far as those see it whom it is for.
///
/// # Errors
/// When a template in `plan/report.yaml` cannot be rendered.
pub(crate) fn document(brief: &Brief<'_, '_>, audience: Audience) -> Result<Document, TemplateError> {
    let sources = || if audience == Audience::Spreadsheets { sources::sections(brief) } else { Vec::new() };
    let (body, (annexes, sources)) = rayon::join(|| body(brief), || rayon::join(|| annexes(brief), sources));
    let mut sections = vec![Section::new("Báo cáo", body?)];
    sections.extend(annexes);
    sections.extend(brief.changes.map(|of| changes::section(brief, of)));
    sections.push(charts::page(brief.plan, brief.rounds, brief.status, brief.as_of));
    sections.extend(sources);
    Ok(super::document(brief.plan, &brief.warning(), &brief.status.round.title, sections))
}

fn annexes(brief: &Brief<'_, '_>) -> Vec<Section> {
    let wording = &brief.plan.wording;
    let section = |(name, annex): (String, &AnnexWording)| {
        let title = Block::AnnexTitle {
            number: name.clone(),
            title: annex.title.to_uppercase(),
            reference: format!(
                "(Kèm theo Báo cáo số        /{} ngày      tháng      năm {} của {})",
                wording.number_code,
                brief.as_of.year(),
                wording.issuer_name
            ),
        };
        let blocks = std::iter::once(title).chain(annexes::blocks(brief, annex.content)).collect();
        // Only who reported and when fits on a page held upright.
        let landscape = annex.content != AnnexContent::Submissions;
        Section { landscape, ..Section::new(name, blocks) }
    };
    brief.annexes().collect::<Vec<_>>().into_par_iter().map(section).collect()
}

fn body(brief: &Brief<'_, '_>) -> Result<Vec<Block>, TemplateError> {
    let wording = &brief.plan.wording;
    let scope = template::scope(brief)?;
    let templates = Templates::new(&scope);
    let paragraphs = |written: &[Spanned<String>], style: Style| -> Result<Vec<Block>, TemplateError> {
        let texts = templates.render_all(written)?;
        Ok(texts.into_iter().map(|text| Block::Paragraph { style, text }).collect())
    };
    let mut blocks = vec![
        letterhead(wording, &wording.number_code, None, brief.as_of),
        Block::Subject { kind: wording.kind.clone(), subject: brief.status.round.title.clone() },
        Block::addressees(&wording.addressees),
    ];
    blocks.extend(paragraphs(&wording.bases, Style::Basis)?);
    blocks.extend(paragraphs(&wording.opening, Style::Body)?);
    blocks.extend(words::not_kept("số liệu", &brief.status.not_kept).map(Block::body));
    if wording.summary {
        let items = templates.render_all(&wording.summary_items)?;
        blocks.push(Block::heading(1, "TÓM TẮT"));
        blocks.extend(
            items
                .iter()
                .enumerate()
                .flat_map(|(at, text)| [Block::Id(format!("summary/{at}")), official::item(text)]),
        );
    }
    let mut numbered = Numbered::default();
    let mut sections = 0;
    for section in &wording.outline {
        let mut told = paragraphs(&section.text, Style::Body)?;
        let mut parts = 0;
        for part in &section.parts {
            let mut content = Vec::new();
            if part.content == PartContent::Submissions {
                content.extend(coverage::submissions(brief, &mut numbered));
            }
            content.extend(paragraphs(&part.text, Style::Body)?);
            let closing = templates.render_all(&part.closing)?;
            match part.content {
                PartContent::Difficulties => content.extend(themes::difficulties(brief, &closing)),
                PartContent::Causes => content.extend(themes::causes(brief)),
                PartContent::Text | PartContent::Submissions => {}
            }
            if part.content != PartContent::Difficulties {
                content.extend(closing.into_iter().map(Block::body));
            }
            if !content.is_empty() {
                parts += 1;
                told.push(Block::heading(2, format!("{parts}. {}", part.title)));
                told.extend(content);
            }
        }
        match section.content {
            OutlineContent::Text => {}
            OutlineContent::Results => {
                let before = words_of(&blocks);
                told.extend(results::blocks(brief, section, &scope, &mut numbered, &before)?);
            }
            OutlineContent::Funding => told.extend(tables::funding(brief, &mut numbered)),
            OutlineContent::NextSteps => told.extend(steps::next_steps(brief)),
            OutlineContent::Recommendations => told.extend(petitions::recommendations(brief)),
        }
        // What has nothing to say in a round is not there.
        if !told.is_empty() {
            sections += 1;
            blocks.push(Block::heading(1, format!("{}. {}", roman(sections), section.title)));
            blocks.extend(alone_unnumbered(told));
        }
    }
    blocks.extend(paragraphs(&wording.closing, Style::Body)?);
    end_mark(&mut blocks);
    blocks.push(closing(wording, &wording.recipients));
    Ok(blocks)
}

/// The paragraphs so far.
fn words_of(blocks: &[Block]) -> String {
    let texts = blocks.iter().filter_map(|block| match block {
        Block::Paragraph { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// The parts of a section: one alone has no number.
pub(super) fn alone_unnumbered(mut blocks: Vec<Block>) -> Vec<Block> {
    let mut titles = blocks.iter_mut().filter_map(|block| match block {
        Block::Heading { level: 2, text } => Some(text),
        _ => None,
    });
    if let (Some(title), None) = (titles.next(), titles.next())
        && let Some(unnumbered) = title.strip_prefix("1. ")
    {
        *title = unnumbered.to_owned();
    }
    blocks
}

/// What stands before an item: its letter; nothing before one alone.
fn lettered(index: usize, of: usize) -> String {
    if of > 1 { format!("{}) ", letter(index)) } else { String::new() }
}

#[cfg(test)]
mod tests;
