//! Where templates stand in `plan/report.yaml`, and what those of each place may name. Renders nothing.

use super::sample::{self, Scope};
use crate::model::{Plan, Spanned, Wording};

/// A place of templates in `plan/report.yaml`.
pub(super) struct Place {
    pub(super) name: &'static str,
    pub(super) templates: fn(&Wording) -> Vec<&Spanned<String>>,
    /// Whether the document does without what prints nothing.
    pub(super) may_be_empty: bool,
}

/// Makes up what some places may name; nothing where nothing is written there.
type Sample = fn(&Plan) -> Option<Scope>;

pub(super) const PLACES: [(Sample, &[Place]); 8] = [
    (
        sample::report,
        &[
            Place { name: "brief", templates: brief, may_be_empty: true },
            Place { name: "bases, opening, summary_items, outline", templates: paragraphs, may_be_empty: true },
        ],
    ),
    (
        sample::group_opening,
        &[
            Place {
                name: "groups",
                templates: |wording| {
                    wording.groups.iter().flat_map(|group| group.text.iter().chain(&group.closing)).collect()
                },
                may_be_empty: true,
            },
            Place {
                name: "outline.group_opening",
                templates: |wording| {
                    wording.outline.iter().filter_map(|section| section.group_opening.as_ref()).collect()
                },
                may_be_empty: false,
            },
        ],
    ),
    (
        sample::growth,
        &[Place {
            name: "growth.after_number, growth.in_list",
            templates: |wording| {
                wording.growth.iter().flat_map(|growth| [&growth.after_number, &growth.in_list]).collect()
            },
            may_be_empty: false,
        }],
    ),
    (
        sample::growth_of_both,
        &[Place {
            name: "growth.of_both",
            templates: |wording| wording.growth.iter().map(|growth| &growth.of_both).collect(),
            may_be_empty: false,
        }],
    ),
    (
        sample::paper,
        &[
            Place {
                name: "paper.opening, paper.closing",
                templates: |wording| {
                    wording.paper.iter().flat_map(|paper| paper.opening.iter().chain(&paper.closing)).collect()
                },
                may_be_empty: true,
            },
            Place {
                name: "paper.subject",
                templates: |wording| wording.paper.iter().map(|paper| &paper.subject).collect(),
                may_be_empty: false,
            },
        ],
    ),
    (
        sample::letter,
        &[
            Place {
                name: "reminder.text, reminder.closing",
                templates: |wording| {
                    wording.reminder.iter().flat_map(|letter| letter.text.iter().chain(&letter.closing)).collect()
                },
                may_be_empty: true,
            },
            Place {
                name: "reminder.summary",
                templates: |wording| wording.reminder.iter().map(|letter| &letter.summary).collect(),
                may_be_empty: false,
            },
        ],
    ),
    (
        sample::message,
        &[Place {
            name: "reminder.message",
            templates: |wording| wording.reminder.iter().map(|letter| &letter.message).collect(),
            may_be_empty: false,
        }],
    ),
    (
        sample::petition,
        &[
            Place {
                name: "difficulties.text, difficulties.closing",
                templates: |wording| {
                    let letters = wording.difficulties.iter();
                    letters.flat_map(|letter| letter.text.iter().chain(&letter.closing)).collect()
                },
                may_be_empty: true,
            },
            Place {
                name: "difficulties.summary",
                templates: |wording| wording.difficulties.iter().map(|letter| &letter.summary).collect(),
                may_be_empty: false,
            },
        ],
    ),
];

fn brief(wording: &Wording) -> Vec<&Spanned<String>> {
    let sections = wording.brief.iter().flat_map(|brief| &brief.sections);
    let figures = sections.clone().flat_map(|section| &section.figures);
    let figures = figures.flat_map(|figure| std::iter::once(&figure.value).chain(&figure.note));
    sections.flat_map(|section| &section.text).chain(figures).collect()
}

fn paragraphs(wording: &Wording) -> Vec<&Spanned<String>> {
    let sections = wording.outline.iter();
    let texts = sections.flat_map(|section| {
        let parts = section.parts.iter().flat_map(|part| part.text.iter().chain(&part.closing));
        section.text.iter().chain(parts)
    });
    wording
        .bases
        .iter()
        .chain(&wording.opening)
        .chain(&wording.summary_items)
        .chain(texts)
        .chain(&wording.closing)
        .collect()
}

/// Every template of the wording.
pub(crate) fn templates(wording: &Wording) -> impl Iterator<Item = &Spanned<String>> {
    PLACES.into_iter().flat_map(|(_, places)| places).flat_map(|place| (place.templates)(wording))
}
