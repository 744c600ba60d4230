//! What agencies find hard, put together by theme. Says which and of whom; every text in full stands in an annex, and none
//! is cut.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::{Brief, lettered};
use crate::doc::Block;
use crate::model::{Agency, AgencyId, Level, PartContent, Plan, Spanned, Theme as Wording};
use crate::remark::{Kind, Remark, alike};
use crate::template::scope::Voiced;
use crate::vietnamese::{clause, count, date, lower_first, upper_first};
use crate::view::{level, names};

/// So many texts of a theme are told; of more the shortest: the reader of the body learns what is meant, that of the annex
/// how.
pub(super) const TEXTS: usize = 2;
/// Of those texts and their causes together, in words: a paragraph has 120 at most, and names who says so.
const WORDS: usize = 40;
/// Words of agencies in all that is hard: the body is the department's.
const QUOTED: usize = 150;
/// Agencies of a level that are named; more are counted.
const NAMED: usize = 8;
/// What has neither a theme nor a task.
pub(super) const OTHER: &str = "other";
/// What is put together behind the others.
const REST: &str = "rest";

/// What is said of one theme.
pub(crate) struct Theme<'b, 'p> {
    /// Tells it from others from one writing to the next.
    pub(crate) id: String,
    pub(crate) name: &'p str,
    /// What the department says of it all.
    pub(super) wording: Option<&'p Wording>,
    pub(crate) remarks: Vec<&'b Remark<'p>>,
}

impl<'b, 'p> Theme<'b, 'p> {
    /// What is said, behind its name: one text alone needs none, and beside nothing it is no “other”.
    pub(super) fn headed(&self, of: &[Self], told: String) -> String {
        let is_alone = of.len() == 1 && (self.id == OTHER || alike(self.remarks.iter().copied()).len() == 1);
        if self.name.is_empty() || is_alone { upper_first(&told) } else { format!("{}: {told}", self.name) }
    }

    pub(crate) fn agencies(&self) -> impl Iterator<Item = &'p Agency> {
        self.remarks.iter().map(|remark| remark.agency)
    }

    /// Each of its remarks, as if nobody said anything else.
    pub(crate) fn alone(&self) -> impl Iterator<Item = Self> {
        let Self { name, wording, .. } = *self;
        self.remarks.iter().map(move |remark| Self { id: self.id.clone(), name, wording, remarks: vec![*remark] })
    }

    pub(super) fn count(&self) -> usize {
        self.agencies().map(|agency| agency.id).collect::<BTreeSet<AgencyId>>().len()
    }
}

/// By theme; what has none, by the group of its task; what has neither, together. Those of most agencies come first.
pub(super) fn themes<'b, 'p>(plan: &'p Plan, remarks: impl Iterator<Item = &'b Remark<'p>>) -> Vec<Theme<'b, 'p>>
where
    'p: 'b,
{
    let mut themes: IndexMap<String, Theme<'b, 'p>> = IndexMap::new();
    for remark in remarks {
        let group = || {
            let task = remark.task?;
            plan.task_groups.iter().find(|group| group.tasks.contains(&task.id))
        };
        let (id, name) = match (remark.theme, group()) {
            (Some(theme), _) => (theme.id.clone(), theme.name.as_str()),
            (None, Some(group)) => (group.key.clone(), group.short_title.as_str()),
            (None, None) => (OTHER.to_owned(), "Nội dung khác"),
        };
        let theme =
            themes.entry(id.clone()).or_insert(Theme { id, name, wording: remark.theme, remarks: Vec::new() });
        theme.remarks.push(remark);
    }
    let mut themes: Vec<Theme<'b, 'p>> = themes.into_values().collect();
    let place = |theme: &Theme<'_, '_>| plan.wording.themes.iter().position(|known| known.id == theme.id);
    themes.sort_by_key(|theme| (theme.id == OTHER, Reverse(theme.count()), place(theme).unwrap_or(usize::MAX)));
    themes
}

/// The shortest texts that give a cause, each once with its cause, and how many there are.
fn chosen<'b, 'p>(remarks: &[&'b Remark<'p>]) -> (Vec<&'b Remark<'p>>, usize) {
    let mut alike: Vec<&Remark<'p>> = alike(remarks.iter().copied()).into_iter().map(|same| same[0]).collect();
    let all = alike.len();
    alike.sort_by_cached_key(|remark| {
        let caused = remark.kind != Kind::Difficulty || remark.cause.is_some();
        (!caused, words(&[*remark]))
    });
    alike.truncate(TEXTS);
    if words(&alike) > WORDS {
        alike.truncate(1);
    }
    (alike, all)
}

/// Words of texts and their causes.
fn words(remarks: &[&Remark<'_>]) -> usize {
    let texts = remarks.iter().flat_map(|remark| [Some(remark.text), remark.cause]);
    texts.flatten().map(|text| text.value.split_whitespace().count()).sum()
}

/// What the department has no words for is told in those of agencies while there is room, what most say in any case; the
/// rest is put together.
fn with_rest<'b, 'p>(
    themes: Vec<Theme<'b, 'p>>,
    is_reworded: impl Fn(&Theme<'b, 'p>) -> bool,
) -> Vec<Theme<'b, 'p>> {
    let mut quoted = 0;
    let (mut told, mut rest): (Vec<Theme<'b, 'p>>, Vec<Theme<'b, 'p>>) = themes.into_iter().partition(|theme| {
        let is_first = quoted == 0;
        let is_reworded = is_reworded(theme);
        quoted += if is_reworded { 0 } else { words(&chosen(&theme.remarks).0) };
        is_reworded || is_first || quoted <= QUOTED
    });
    told.extend(if rest.len() > 1 { Some(together(rest)) } else { rest.pop() });
    told
}

pub(super) fn together<'b, 'p>(themes: Vec<Theme<'b, 'p>>) -> Theme<'b, 'p> {
    let remarks = themes.into_iter().flat_map(|theme| theme.remarks).collect();
    Theme { id: REST.to_owned(), name: "Nội dung khác", wording: None, remarks }
}

fn in_one<'p>(brief: &Brief<'_, '_>, texts: impl Iterator<Item = &'p Spanned<String>>) -> String {
    texts.map(|text| lower_first(&brief.quoted(clause(&text.value)))).collect::<Vec<_>>().join("; ")
}

/// Those of a theme that are told, and in which words; of what is put together, what it is about.
pub(super) fn told<'b, 'p>(
    brief: &Brief<'_, 'p>,
    id: &str,
    remarks: &[&'b Remark<'p>],
) -> (Vec<&'b Remark<'p>>, String) {
    let (chosen, all) = chosen(remarks);
    let themes = themes(brief.plan, remarks.iter().copied());
    if id == REST && all > TEXTS && themes.len() > 1 {
        let about = themes.iter().map(|theme| {
            let name = if theme.id == OTHER { "các việc khác".to_owned() } else { lower_first(theme.name) };
            format!("{name} ({} nội dung)", count(theme.remarks.len() as u128))
        });
        return (Vec::new(), about.collect::<Vec<_>>().join("; "));
    }
    let mut texts = in_one(brief, chosen.iter().map(|one| one.text));
    if all > chosen.len() {
        let what = if chosen[0].kind == Kind::Difficulty { "khó khăn" } else { "kiến nghị" };
        texts += &format!("; và {} {what} khác", count((all - chosen.len()) as u128));
    }
    (chosen, texts)
}

/// Who says so, and since when where it was said before this round; more than a few of a level are counted.
pub(super) fn by(brief: &Brief<'_, '_>, theme: &Theme<'_, '_>) -> String {
    let mut levels: BTreeMap<Level, BTreeSet<AgencyId>> = BTreeMap::new();
    for agency in theme.agencies() {
        levels.entry(brief.plan.level(agency)).or_default().insert(agency.id);
    }
    let of_many = theme.id == REST && theme.count() > NAMED;
    let (counted, few): (Vec<_>, Vec<_>) =
        levels.into_iter().partition(|(_, agencies)| of_many || agencies.len() > NAMED);
    let named = names::joined(few.iter().flat_map(|(_, agencies)| agencies).map(|id| &brief.plan[*id]));
    let numbers = counted.iter().map(|(of, agencies)| {
        format!("{} {}", count(agencies.len() as u128), names::members(level(brief.plan, *of)))
    });
    let since = theme.remarks.iter().filter_map(|remark| brief.before(remark)).min();
    let since = since.map(|since| format!("nêu từ ngày {}", date(since)));
    let named = (!named.is_empty()).then_some(named);
    named.into_iter().chain(numbers).chain(since).collect::<Vec<_>>().join("; ")
}

/// What is said of the reports where none says anything, unless nobody has reported at all.
pub(super) fn none(brief: &Brief<'_, '_>, told: &str) -> Block {
    let read = if brief.leaves_unaccepted() { "đã duyệt" } else { "được tổng hợp" };
    Block::body(match brief.status.counts.included {
        0 => format!("Chưa có báo cáo {} nào.", brief.counted()),
        1 => format!("Báo cáo {read} {told}"),
        _ => format!("Các báo cáo {read} {told}"),
    })
}

pub(super) fn known(part: &str, id: &str, text: String) -> [Block; 2] {
    [Block::Id(format!("{part}/{id}")), Block::body(text)]
}

pub(crate) fn difficulty_themes<'b, 'p>(brief: &Brief<'b, 'p>) -> Vec<Theme<'b, 'p>> {
    themes(brief.plan, brief.difficulties())
}

/// One paragraph a theme: what is hard, why, who says so; then what is to be said besides.
pub(super) fn difficulties<'p>(brief: &Brief<'_, 'p>, besides: &[String]) -> Vec<Block> {
    let mut parts = brief.plan.wording.outline.iter().flat_map(|section| &section.parts);
    // An outline may tell causes apart.
    let causes_apart = parts.any(|part| part.content == PartContent::Causes);
    let in_common = |theme: &Theme<'_, 'p>| theme.wording.and_then(|wording| wording.difficulty.as_deref());
    let themes = with_rest(difficulty_themes(brief), |theme| in_common(theme).is_some());
    let all = themes.len() + besides.len();
    let tell = |(index, theme): (usize, &Theme<'_, 'p>)| {
        let (text, causes) = match in_common(theme) {
            Some(text) => {
                let cause = theme.wording.and_then(|wording| wording.cause.as_deref());
                (clause(text).to_owned(), cause.map(clause).unwrap_or_default().to_owned())
            }
            None => {
                let (chosen, told) = told(brief, &theme.id, &theme.remarks);
                (theme.headed(&themes, told), in_one(brief, chosen.iter().filter_map(|one| one.cause)))
            }
        };
        let mut text = lettered(index, all) + &text;
        if !causes.is_empty() && !causes_apart {
            text += &format!(". Nguyên nhân: {causes}");
        }
        known("difficulties", &theme.id, format!("{text} ({}).", by(brief, theme)))
    };
    let besides = besides.iter().enumerate().flat_map(|(at, text)| {
        known("difficulties", &format!("closing/{at}"), lettered(themes.len() + at, all) + text)
    });
    let none = themes.is_empty().then(|| none(brief, "không nêu khó khăn, vướng mắc."));
    none.into_iter().chain(themes.iter().enumerate().flat_map(tell)).chain(besides).collect()
}

/// Where the outline tells causes apart.
pub(super) fn causes(brief: &Brief<'_, '_>) -> Vec<Block> {
    let themes = themes(brief.plan, brief.difficulties().filter(|remark| remark.cause.is_some()));
    if themes.is_empty() {
        return vec![none(brief, "không nêu nguyên nhân.")];
    }
    let themes = with_rest(themes, |theme| theme.wording.is_some_and(|wording| wording.cause.is_some()));
    let tell = |(index, theme): (usize, &Theme<'_, '_>)| {
        let in_common = theme.wording.and_then(|wording| wording.cause.as_deref());
        let of_agencies = || in_one(brief, chosen(&theme.remarks).0.iter().filter_map(|one| one.cause));
        let causes = in_common.map_or_else(of_agencies, |cause| clause(cause).to_owned());
        let text = lettered(index, themes.len()) + &theme.headed(&themes, causes);
        known("causes", &theme.id, format!("{text} ({}).", by(brief, theme)))
    };
    themes.iter().enumerate().flat_map(tell).collect()
}

/// How much is raised, by how many, of what most.
pub(super) fn voiced<'b, 'p: 'b>(
    brief: &Brief<'_, 'p>,
    remarks: impl Iterator<Item = &'b Remark<'p>> + Clone,
) -> Voiced {
    let agencies: BTreeSet<AgencyId> = remarks.clone().map(|remark| remark.agency.id).collect();
    let themes = themes(brief.plan, remarks.clone());
    Voiced {
        earlier: remarks.clone().filter(|remark| brief.before(remark).is_some()).count(),
        reworded: themes.iter().any(|theme| theme.wording.is_some_and(|wording| wording.difficulty.is_some())),
        total: remarks.count(),
        agencies: agencies.len(),
        groups: themes.len(),
        themes: themes
            .iter()
            .filter(|theme| theme.remarks.iter().any(|remark| remark.theme.is_some()))
            .map(|theme| lower_first(theme.name))
            .collect(),
    }
}

#[cfg(test)]
mod tests;
