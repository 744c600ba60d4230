//! `plan draft --format json`.

use chrono::NaiveDate;

use super::draft::Edits;
use super::json::{HeadJson, PlaceJson, head, place, values};
use crate::doc::as_json;
use crate::draft::{Against, Judged, State, typed};
use crate::source::Files;

as_json!(Edits<'_, '_>, it => draft(it));

values! {
    DraftJson<'j> = fn draft(edits: &'j Edits<'_, '_>) {
        #[serde(flatten)]
        head: HeadJson = head(edits.as_of, &edits.banner),
        round: &'j str = &edits.round.key,
        edits: Vec<EditJson<'j>> = edits.judged.iter().map(|judged| edit(judged, edits.files)).collect(),
    }

    EditJson<'j> = fn edit(judged: &'j Judged<'_>, files: &'j Files) where {
        let (edit, change) = (judged.edit, &judged.edit.change);
    } {
        /// What `plan draft drop` and `plan draft keep` take.
        id: String = change.id(),
        block: &'j str = &change.block,
        /// `replace`, `insert`, `delete` or `move`.
        kind: &'static str = change.kind.id(),
        /// The block that it stands after; of an insertion or a move.
        after: Option<&'j str> = change.after.as_deref(),
        /// What the data gave when it was edited.
        base: &'j str = &change.base,
        text: &'j str = &change.text,
        by: Option<&'j str> = edit.by.as_deref(),
        date: NaiveDate = edit.date,
        /// `applied`, `changed`, `gone`, `contested` or `moot`.
        state: &'static str = match judged.state {
            State::Applied => "applied",
            State::Changed(_) => "changed",
            State::Gone => "gone",
            State::Contested(_) => "contested",
            State::Moot => "moot",
        },
        /// What the data give by now, where that changed.
        now: Option<&'j str> = judged.state.now(),
        /// Figures of the edited draft in its text that the data do not give any more.
        moved: &'j [String] = &judged.moved,
        /// Numbers in its text that are not what the data give for the same.
        against: Vec<AgainstJson<'j>> = judged.against.iter().map(against).collect(),
        /// Whether it stands at the end of its part, because what it stood after is gone.
        displaced: bool = judged.displaced,
        /// Figures that stand in no report: whoever edited wrote them.
        typed: Vec<String> = typed(edit).into_iter().map(|(figure, _)| figure).collect(),
        #[serde(flatten)]
        place: Option<PlaceJson<'j>> = edit.span.map(|span| place(files, span)),
    }

    AgainstJson<'j> = fn against(of: &'j Against) {
        typed: &'j str = &of.typed,
        given: &'j str = &of.given,
    }
}
