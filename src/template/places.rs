//! Where templates stand in `plan/report.yaml`, and what those of each place may name. Renders nothing.

use super::sample::{self, Scope};
use crate::model::{Plan, Spanned, Wording};

/// A place of templates in `plan/report.yaml`.
pub(super) struct Place {
    pub(super) name: &'static str,
    pub(super) templates: Templates,
    /// Whether the document does without what prints nothing.
    pub(super) may_be_empty: bool,
}

impl Place {
    const fn of(name: &'static str, templates: Templates) -> Self {
        Self { name, templates, may_be_empty: true }
    }

    const fn filled(name: &'static str, templates: Templates) -> Self {
        Self { name, templates, may_be_empty: false }
    }
}

type Templates = fn(&Wording) -> Vec<&Spanned<String>>;

/// How what some places may name is made up; nothing where nothing is written there.
pub(super) enum Sample {
    Plan(fn(&Plan) -> Option<Scope>),
    /// Of what the paragraphs of the report may name: those have hundreds of values, which are made once.
    Report(fn(&Scope) -> Scope),
}

pub(super) const PLACES: [(Sample, &[Place]); 8] = [
    (
        Sample::Report(Scope::clone),
        &[Place::of("brief", brief), Place::of("bases, opening, summary_items, outline", paragraphs)],
    ),
    (
        Sample::Report(sample::group_opening),
        &[
            Place::of("groups", |wording| each(&wording.groups, |of| of.text.iter().chain(&of.closing))),
            Place::filled("outline.group_opening", |wording| each(&wording.outline, |of| &of.group_opening)),
        ],
    ),
    (
        Sample::Plan(sample::growth),
        &[Place::filled("growth.after_number, growth.in_list", |wording| {
            each(&wording.growth, |growth| [&growth.after_number, &growth.in_list])
        })],
    ),
    (
        Sample::Plan(sample::growth_of_both),
        &[Place::filled("growth.of_both", |wording| each(&wording.growth, |growth| [&growth.of_both]))],
    ),
    (
        Sample::Plan(sample::paper),
        &[
            Place::of("paper.opening, paper.closing", |wording| {
                each(&wording.paper, |paper| paper.opening.iter().chain(&paper.closing))
            }),
            Place::filled("paper.subject", |wording| each(&wording.paper, |paper| [&paper.subject])),
        ],
    ),
    (
        Sample::Plan(sample::letter),
        &[
            Place::of("reminder.text, reminder.closing", |wording| {
                each(&wording.reminder, |letter| letter.text.iter().chain(&letter.closing))
            }),
            Place::filled("reminder.summary", |wording| each(&wording.reminder, |letter| [&letter.summary])),
        ],
    ),
    (
        Sample::Plan(sample::message),
        &[Place::filled("reminder.message", |wording| each(&wording.reminder, |letter| [&letter.message]))],
    ),
    (
        Sample::Plan(sample::petition),
        &[
            Place::of("difficulties.text, difficulties.closing", |wording| {
                each(&wording.difficulties, |letter| letter.text.iter().chain(&letter.closing))
            }),
            Place::filled("difficulties.summary", |wording| each(&wording.difficulties, |of| [&of.summary])),
        ],
    ),
];

/// The templates of each part of the wording that is there.
fn each<'w, P: 'w, T: IntoIterator<Item = &'w Spanned<String>>>(
    parts: impl IntoIterator<Item = &'w P>,
    of: impl Fn(&'w P) -> T,
) -> Vec<&'w Spanned<String>> {
    parts.into_iter().flat_map(of).collect()
}

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
