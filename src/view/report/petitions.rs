//! What agencies ask for, put together by whom it is addressed to and by theme; never of who writes the report.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use indexmap::IndexSet;

use super::themes::{OTHER, TEXTS, Theme, by, difficulty_themes, known, none, themes, together, told};
use super::{Brief, conflicts, lettered};
use crate::doc::Block;
use crate::model::{AgencyId, Plan};
use crate::remark::{Kind, Remark, alike};
use crate::template::scope::{Conflict, Petitions};
use crate::vietnamese::{clause, lower_first};

/// Items for one addressee: what is more is put together in the last.
const ITEMS: usize = 7;

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

/// What several say in words of their own, for which the department has none: its theme, and in which list.
pub(super) fn unworded<'p>(brief: &Brief<'_, 'p>) -> Vec<(&'p str, String)> {
    let difficulties = difficulty_themes(brief).into_iter().map(|theme| (None, theme));
    let petitions = addressed(brief)
        .into_iter()
        .flat_map(|(to, name, themes)| themes.into_iter().map(move |theme| (Some((to, name.clone())), theme)));
    let unworded = difficulties.chain(petitions).filter_map(|(to, theme)| {
        let has_words = match &to {
            None => theme.wording?.difficulty.is_some(),
            Some((to, _)) => theme.wording.is_none() || is_reworded(&theme, to),
        };
        let list = to.map_or_else(|| "khó khăn".to_owned(), |(_, name)| format!("kiến nghị với {name}"));
        (!has_words && alike(theme.remarks.iter().copied()).len() > TEXTS).then_some((theme.name, list))
    });
    unworded.collect()
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
            let rest = together(themes.split_off(ITEMS - 1));
            themes.push(rest);
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
        let reworded = themes.iter().any(|theme| is_reworded(theme, id));
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
            Some(_) => "chỉ có đề xuất đã nêu ở phần trên, không có kiến nghị với cơ quan khác.",
            None => "không có kiến nghị, đề xuất.",
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

fn is_reworded(theme: &Theme<'_, '_>, to: &str) -> bool {
    theme.remarks.iter().any(|remark| in_common(remark, to).is_some())
}

/// What the department says of the themes that are put together, then what agencies ask besides.
fn in_turn<'b, 'p>(brief: &Brief<'_, 'p>, (of, theme): (&[Theme<'b, 'p>], &Theme<'b, 'p>), to: &str) -> String {
    let of_themes: IndexSet<&str> = theme.remarks.iter().filter_map(|remark| in_common(remark, to)).collect();
    let others: Vec<&Remark<'_>> =
        theme.remarks.iter().copied().filter(|remark| in_common(remark, to).is_none()).collect();
    let of_themes = of_themes.into_iter().map(|text| lower_first(clause(text)));
    let others = (!others.is_empty()).then(|| told(brief, &theme.id, &others).1);
    theme.headed(of, of_themes.chain(others).collect::<Vec<_>>().join("; "))
}
