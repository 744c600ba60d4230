//! What agencies find hard and ask for, put together: by theme, by whom it is addressed to. Says which and of whom; every
//! text in full stands in an annex, and none is cut.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use indexmap::{IndexMap, IndexSet};

use super::{Brief, conflicts, lettered};
use crate::doc::Block;
use crate::model::{Agency, AgencyId, AnnexContent, Group, PartContent, Plan, Spanned, Theme as Wording};
use crate::remark::{Kind, Remark, alike};
use crate::template::scope::{Conflict, Petitions, Voiced};
use crate::vietnamese::{clause, count, date, lower_first, upper_first};
use crate::view::names;

/// Of a theme with more texts, the shortest: the reader of the body learns what is meant, that of the annex how.
const TEXTS: usize = 2;
/// Of those texts and their causes together, in words: a paragraph has 120 at most, and names who says so.
const WORDS: usize = 60;
/// Members of a folded group that are named; more are counted.
const NAMED: usize = 8;
/// Items for one addressee: what is more is put together in the last.
const ITEMS: usize = 7;
/// What has neither a theme nor a task.
const OTHER: &str = "other";

/// What is said of one theme.
pub(crate) struct Theme<'b, 'p> {
    /// Tells it from others from one writing to the next.
    pub(crate) id: String,
    pub(crate) name: &'p str,
    /// What the department says of it all.
    wording: Option<&'p Wording>,
    pub(crate) remarks: Vec<&'b Remark<'p>>,
}

impl<'b, 'p> Theme<'b, 'p> {
    /// What is said in so many texts, behind its name: one text alone needs none, and beside nothing it is no “other”.
    fn headed(&self, of: &[Self], texts: usize, told: String) -> String {
        let is_alone = of.len() == 1 && (texts == 1 || self.id == OTHER);
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

    fn count(&self) -> usize {
        self.agencies().map(|agency| agency.id).collect::<BTreeSet<AgencyId>>().len()
    }
}

/// By theme; what has none, by the group of its task; what has neither, together. Those of most agencies come first.
fn themes<'b, 'p>(plan: &'p Plan, remarks: impl Iterator<Item = &'b Remark<'p>>) -> Vec<Theme<'b, 'p>>
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

/// What to tell of a theme: of several entries the shortest that give a cause, each text once with its cause.
fn chosen<'b, 'p>(remarks: &[&'b Remark<'p>]) -> (Vec<&'b Remark<'p>>, usize) {
    let mut alike: Vec<&Remark<'p>> = alike(remarks.iter().copied()).into_iter().map(|same| same[0]).collect();
    let all = alike.len();
    let words = |text: Option<&Spanned<String>>| text.map_or(0, |text| text.value.split_whitespace().count());
    let length = |remark: &Remark<'_>| words(Some(remark.text)) + words(remark.cause);
    alike.sort_by_cached_key(|remark| {
        let caused = remark.kind != Kind::Difficulty || remark.cause.is_some();
        (!caused, length(remark))
    });
    alike.truncate(TEXTS);
    if alike.iter().map(|remark| length(remark)).sum::<usize>() > WORDS {
        alike.truncate(1);
    }
    (alike, all)
}

fn in_one<'p>(brief: &Brief<'_, '_>, texts: impl Iterator<Item = &'p Spanned<String>>) -> String {
    texts.map(|text| lower_first(&brief.quoted(clause(&text.value)))).collect::<Vec<_>>().join("; ")
}

/// Who says so, and since when where it was said before this round; of a folded group's members more than a few are counted.
fn by(brief: &Brief<'_, '_>, theme: &Theme<'_, '_>) -> String {
    let agencies: Vec<&Agency> = theme.agencies().collect();
    let many = |group: &&Group| agencies.iter().filter(|agency| group.members.contains(&agency.id)).count() > NAMED;
    let counted: Vec<&Group> = brief.plan.groups.iter().filter(|group| group.folded).filter(many).collect();
    let is_counted = |agency: &&&Agency| counted.iter().any(|group| group.members.contains(&agency.id));
    let named = names::joined(agencies.iter().filter(|agency| !is_counted(agency)).copied());
    let numbers = counted.iter().map(|group| {
        let members: BTreeSet<AgencyId> =
            agencies.iter().map(|agency| agency.id).filter(|id| group.members.contains(id)).collect();
        format!("{} {}", count(members.len() as u128), names::members(&group.name))
    });
    let since = theme.remarks.iter().filter_map(|remark| brief.before(remark)).min();
    let since = since.map(|since| format!("nêu từ ngày {}", date(since)));
    let named = (!named.is_empty()).then_some(named);
    named.into_iter().chain(numbers).chain(since).collect::<Vec<_>>().join("; ")
}

/// What is said where nobody says anything, unless nobody has reported at all.
pub(super) fn none(brief: &Brief<'_, '_>, told: &str) -> Block {
    Block::body(match brief.status.counts.included {
        0 => "Chưa có báo cáo hợp lệ nào.".to_owned(),
        1 => upper_first(told),
        _ => format!("Các {told}"),
    })
}

pub(super) fn known(part: &str, id: &str, text: String) -> [Block; 2] {
    [Block::Id(format!("{part}/{id}")), Block::body(text)]
}

pub(crate) fn difficulty_themes<'b, 'p>(brief: &Brief<'b, 'p>) -> Vec<Theme<'b, 'p>> {
    themes(brief.plan, brief.difficulties())
}

/// What is asked of who writes the report.
pub(crate) fn own_themes<'b, 'p>(brief: &Brief<'b, 'p>) -> Vec<Theme<'b, 'p>> {
    themes(brief.plan, own_petitions(brief))
}

/// What the department's words are printed for though one agency alone says it: its theme, and who says it.
pub(super) fn of_one<'b, 'p>(brief: &Brief<'b, 'p>) -> IndexSet<(&'p str, AgencyId)> {
    let difficulties = difficulty_themes(brief).into_iter();
    let difficulties =
        difficulties.filter(|theme| theme.wording.is_some_and(|wording| wording.difficulty.is_some()));
    let petitions = addressed(brief).into_iter().flat_map(|(to, _, themes)| {
        themes.into_iter().filter(move |theme| theme.remarks.iter().any(|remark| in_common(remark, to).is_some()))
    });
    let alone = difficulties.chain(petitions).filter(|theme| theme.wording.is_some() && theme.count() == 1);
    alone.map(|theme| (theme.name, theme.remarks[0].agency.id)).collect()
}

/// One paragraph a theme: what is hard, why, who says so; then what is to be said besides.
pub(super) fn difficulties(brief: &Brief<'_, '_>, besides: &[String]) -> Vec<Block> {
    let mut parts = brief.plan.wording.outline.iter().flat_map(|section| &section.parts);
    // An outline may tell causes apart.
    let causes_apart = parts.any(|part| part.content == PartContent::Causes);
    let themes = difficulty_themes(brief);
    let all = themes.len() + besides.len();
    let told = |(index, theme): (usize, &Theme<'_, '_>)| {
        let (chosen, texts) = chosen(&theme.remarks);
        let in_common = theme.wording.and_then(|wording| wording.difficulty.as_deref());
        let told = || {
            let told = theme.headed(&themes, texts, in_one(brief, chosen.iter().map(|one| one.text)));
            with_more(brief, told, texts - chosen.len(), "khó khăn")
        };
        let mut text = lettered(index, all) + &in_common.map_or_else(told, |text| clause(text).to_owned());
        let causes = match in_common {
            Some(_) => theme
                .wording
                .and_then(|wording| wording.cause.as_deref())
                .map(clause)
                .unwrap_or_default()
                .to_owned(),
            None => in_one(brief, chosen.iter().filter_map(|one| one.cause)),
        };
        if !causes.is_empty() && !causes_apart {
            text += &format!(". Nguyên nhân: {causes}");
        }
        known("difficulties", &theme.id, format!("{text} ({}).", by(brief, theme)))
    };
    let besides = besides.iter().enumerate().flat_map(|(at, text)| {
        known("difficulties", &format!("closing/{at}"), lettered(themes.len() + at, all) + text)
    });
    let none = themes.is_empty().then(|| none(brief, "báo cáo nhận được không nêu khó khăn, vướng mắc."));
    none.into_iter().chain(themes.iter().enumerate().flat_map(told)).chain(besides).collect()
}

/// Where the outline tells causes apart.
pub(super) fn causes(brief: &Brief<'_, '_>) -> Vec<Block> {
    let themes = themes(brief.plan, brief.difficulties().filter(|remark| remark.cause.is_some()));
    if themes.is_empty() {
        return vec![none(brief, "báo cáo nhận được không nêu nguyên nhân.")];
    }
    let told = |(index, theme): (usize, &Theme<'_, '_>)| {
        let (chosen, texts) = chosen(&theme.remarks);
        let causes = in_one(brief, chosen.iter().filter_map(|one| one.cause));
        let text = lettered(index, themes.len()) + &theme.headed(&themes, texts, causes);
        known("causes", &theme.id, format!("{text} ({}).", by(brief, theme)))
    };
    themes.iter().enumerate().flat_map(told).collect()
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

/// The body among those addressed that writes the report itself: it asks nothing of itself.
fn own(plan: &Plan) -> Option<&str> {
    plan.consolidator.map(|agency| plan[agency].key.as_str())
}

/// What is asked of who writes the report, and is still to be answered.
pub(super) fn own_petitions<'b, 'p>(brief: &Brief<'b, 'p>) -> impl Iterator<Item = &'b Remark<'p>> + Clone {
    let own = own(brief.plan);
    petitions(brief).filter(move |remark| own.is_some() && remark.kind == Kind::Recommendation { to: own })
}

/// Those of each addressee that are put together by theme.
fn petitions_by_addressee<'b, 'p>(brief: &Brief<'b, 'p>) -> Vec<(String, Vec<&'b Remark<'p>>)> {
    let of_each = addressed(brief).into_iter();
    of_each.flat_map(|(_, to, themes)| themes.into_iter().map(move |theme| (to.clone(), theme.remarks))).collect()
}

/// Those that still mean something on the day of the report.
fn petitions<'b, 'p>(brief: &Brief<'b, 'p>) -> impl Iterator<Item = &'b Remark<'p>> + Clone {
    let as_of = brief.as_of;
    brief.remarks.iter().filter(move |remark| remark.kind != Kind::Difficulty && !remark.is_over(as_of))
}

/// Those of each addressee, put together by theme, but for who writes the report.
pub(crate) fn addressed<'b, 'p>(brief: &Brief<'b, 'p>) -> Vec<(&'p str, String, Vec<Theme<'b, 'p>>)> {
    let own = own(brief.plan);
    let bodies = brief.plan.wording.recommend_to.iter().map(|body| (Some(body.id.as_str()), body.name.as_str()));
    let bodies = bodies.filter(|(to, _)| *to != own).chain([(None, "các cơ quan có thẩm quyền")]);
    let told = bodies.map(|(to, name)| {
        let of_body = petitions(brief).filter(|remark| remark.kind == Kind::Recommendation { to });
        let mut themes = themes(brief.plan, of_body);
        // Of many texts that have neither theme nor task each is an item, what most ask first.
        if let [only] = &themes[..]
            && only.id == OTHER
        {
            let mut texts = alike(only.remarks.iter().copied());
            if texts.len() > TEXTS {
                texts.sort_by_key(|same| Reverse(same.len()));
                let item = |remarks: Vec<&'b Remark<'p>>| Theme {
                    id: remarks[0].id.clone(),
                    name: "",
                    wording: None,
                    remarks,
                };
                themes = texts.into_iter().map(item).collect();
            }
        }
        if themes.len() > ITEMS {
            let rest = themes.split_off(ITEMS - 1).into_iter().flat_map(|theme| theme.remarks);
            themes.push(Theme {
                id: "rest".to_owned(),
                name: "Nội dung khác",
                wording: None,
                remarks: rest.collect(),
            });
        }
        (to.unwrap_or("others"), name.to_owned(), themes)
    });
    told.filter(|(.., themes)| !themes.is_empty()).collect()
}

/// Those of one addressee and one theme that ask for the same at different places.
pub(super) fn conflicting(brief: &Brief<'_, '_>) -> Vec<Conflict> {
    let places = conflicts::Places::of(brief.plan);
    let of_each = petitions_by_addressee(brief).into_iter();
    of_each.filter_map(|(to, remarks)| Some(Conflict { text: conflicts::told(&places, &remarks)?, to })).collect()
}

/// How many items the report asks of each.
pub(super) fn counted(brief: &Brief<'_, '_>) -> Vec<Petitions> {
    let count = |(id, to, themes): (&str, String, Vec<Theme<'_, '_>>)| {
        let agencies: BTreeSet<AgencyId> =
            themes.iter().flat_map(Theme::agencies).map(|agency| agency.id).collect();
        let total = themes.iter().map(|theme| theme.remarks.len()).sum();
        let remarks = || themes.iter().flat_map(|theme| &theme.remarks);
        let reworded = remarks().any(|remark| in_common(remark, id).is_some());
        Petitions { to, count: themes.len(), total, agencies: agencies.len(), reworded }
    };
    addressed(brief).into_iter().map(count).collect()
}

pub(super) fn recommendations(brief: &Brief<'_, '_>) -> Vec<Block> {
    let places = conflicts::Places::of(brief.plan);
    let mut blocks = Vec::new();
    for (index, (id, name, themes)) in addressed(brief).iter().enumerate() {
        blocks.push(Block::heading(2, format!("{}. Với {name}", index + 1)));
        for (index, theme) in themes.iter().enumerate() {
            let told = theme.wording.and(theme.remarks.first()).and_then(|remark| in_common(remark, id));
            let mut told = match told {
                Some(petition) => clause(petition).to_owned(),
                None => in_turn(brief, (themes, theme), id),
            };
            if let Some(conflict) = conflicts::told(&places, &theme.remarks) {
                told += &format!("; {conflict}; đề nghị giao một cơ quan chủ trì lập phương án");
            }
            let text = format!("{}{told} ({}).", lettered(index, themes.len()), by(brief, theme));
            blocks.extend(known(&format!("recommendations/{id}"), &theme.id, text));
        }
    }
    if blocks.is_empty() {
        let told = match own_petitions(brief).next() {
            Some(_) => "báo cáo nhận được chỉ có đề xuất đã nêu ở phần trên, không có kiến nghị với cơ quan khác.",
            None => "báo cáo nhận được không có kiến nghị, đề xuất.",
        };
        blocks.push(none(brief, told));
    }
    blocks
}

/// What the department says of the remark's theme to a body.
fn in_common<'p>(remark: &Remark<'p>, to: &str) -> Option<&'p str> {
    let petitions = &remark.theme?.petitions;
    petitions.iter().find(|one| one.to.written.value == *to).map(|one| one.text.as_str())
}

/// What the department says of the themes that are put together, then the shortest of what else is asked, and how much
/// more.
fn in_turn<'b, 'p>(brief: &Brief<'_, 'p>, (of, theme): (&[Theme<'b, 'p>], &Theme<'b, 'p>), to: &str) -> String {
    let of_themes: IndexSet<&str> = theme.remarks.iter().filter_map(|remark| in_common(remark, to)).collect();
    let others: Vec<&Remark<'_>> =
        theme.remarks.iter().copied().filter(|remark| in_common(remark, to).is_none()).collect();
    let (chosen, all) = chosen(&others);
    let texts = of_themes.len() + all;
    let of_themes = of_themes.into_iter().map(|text| lower_first(clause(text)));
    let told = of_themes.chain(chosen.iter().map(|one| lower_first(&brief.quoted(clause(&one.text.value)))));
    let told = told.collect::<Vec<_>>().join("; ");
    with_more(brief, theme.headed(of, texts, told), all - chosen.len(), "nội dung")
}

/// How many others there are, and where they stand.
fn with_more(brief: &Brief<'_, '_>, told: String, others: usize, what: &str) -> String {
    if others == 0 {
        return told;
    }
    let annex = brief.annex(AnnexContent::Details).map(|annex| format!(" nêu tại {annex}"));
    format!("{told}; và {} {what} khác{}", count(others as u128), annex.unwrap_or_default())
}

#[cfg(test)]
mod tests;
