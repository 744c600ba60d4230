//! `plan trace --format json` of a count.

use chrono::NaiveDate;

use super::count::{Counted, Thing};
use super::json::{HeadJson, PlaceJson, head, place, values};
use super::trace::Typed;
use crate::source::Files;

values! {
    CountJson<'j> = fn count(counted: &'j Counted<'_, '_>) {
        #[serde(flatten)]
        head: HeadJson = head(counted.brief.as_of, &counted.brief.banner),
        round: &'j str = &counted.brief.status.round.key,
        /// The way to it in `summary` of the consolidated report's JSON, ids in the place of positions.
        count: &'j str = &counted.count.key,
        label: &'j str = &counted.count.label,
        value: u64 = counted.count.value,
        /// One by one, what each rests on behind it.
        things: Vec<ThingJson<'j>> =
            counted.things().map(|(told, is_counted)| thing(told, is_counted, counted.brief.files)).collect(),
        /// Figures of its unit that whoever edited the consolidated report wrote in it.
        typed: Vec<TypedJson<'j>> = counted.typed().map(|found| typed(found, counted.brief.files)).collect(),
    }

    TypedJson<'j> = fn typed(typed: Typed<'j>, files: &'j Files) where { let (edit, figure, words) = typed; } {
        figure: String = figure,
        /// The words behind it.
        words: String = words,
        /// The block of the report, as `plan draft` has it.
        block: &'j str = &edit.change.block,
        by: Option<&'j str> = edit.by.as_deref(),
        date: NaiveDate = edit.date,
        #[serde(flatten)]
        place: Option<PlaceJson<'j>> = edit.span.map(|span| place(files, span)),
    }

    ThingJson<'j> = fn thing(thing: &'j Thing<'_>, is_counted: bool, files: &'j Files) {
        agency: Option<&'j str> = thing.agency.map(|agency| agency.key.as_str()),
        task: Option<&'j str> = thing.task.map(|task| task.key.as_str()),
        text: String = thing.told.value.to_text(),
        /// False of what something counted rests on.
        counted: bool = is_counted,
        #[serde(flatten)]
        place: PlaceJson<'j> = place(files, thing.span),
    }
}
