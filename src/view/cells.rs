//! Cells that several views show, so that they say the same.

use chrono::NaiveDate;

use super::words;
use crate::doc::{Cell, Made, Tone, Value};
use crate::measure::{Amount, Measure};
use crate::model::{Agency, DONG, PaperRef, Plan, Quantity, Spanned, Standing, Task};
use crate::source::{Files, Span};
use crate::status::{AgencyStatus, RoundStatus, Validity};
use crate::vietnamese::{date, lower_first};

/// An agency's report in one round: when it came, whether it is valid and accepted.
pub(super) fn report(status: &AgencyStatus<'_>) -> Cell {
    let mut text = words::timeliness(status.timeliness);
    if let Some(received) = status.received {
        text += &format!(", nhận {}", date(received));
    }
    if let Some(before) = status.came_before {
        text += &format!(", {}", words::came_before(before));
    }
    if let Some(extension) = status.extension.and_then(words::extension) {
        text += &format!(", {extension}");
    }
    if status.validity == Validity::PaperAlone {
        text += &format!("; {}", lower_first(&words::validity(status.validity).1));
    }
    if let Some(last) = status.corrections.last() {
        text += &format!(", bổ sung {}", date(last.date.value));
    }
    if let Some(review) = status.review {
        text += &format!("; {}", words::review(review));
    }
    if let Some((blank, _)) = status.blank {
        text += &format!("; {}", words::blank(blank).1);
    }
    if let Validity::Invalid(_) = status.validity {
        text += &format!("; {}", words::validity(status.validity).1.to_lowercase());
        return Cell::text(text).tone(Tone::Bad);
    }
    let changed = status.review.is_some_and(|review| matches!(review.standing, Standing::Changed(_)));
    Cell::text(text).tone(if changed { Tone::Warning } else { words::timeliness_tone(status.timeliness) })
}

/// Why an agency has no report in a round to speak of.
pub(super) fn unasked(plan: &Plan, status: &RoundStatus<'_>, agency: &Agency) -> Cell {
    match plan.is_active(agency, status.round) {
        true => Cell::text("không phải gửi báo cáo"),
        false => Cell::text(format!("{}, không phải gửi báo cáo", plan.why_unasked(agency, status.round))),
    }
}

/// What an agency says of a task it leads, or why it says nothing.
pub(super) fn declared(status: &RoundStatus<'_>, agency: &Agency, task: &Task) -> Cell {
    let Some(state) = status.agency(agency.id) else { return Cell::new(Value::Empty) };
    match (status.valid_report(agency.id), state.validity) {
        (Some(report), _) => match report.entry(task.id).and_then(|entry| entry.status) {
            Some(declared) => Cell::text(declared.label()),
            None => Cell::text("không nêu trong báo cáo").tone(Tone::Warning),
        },
        (None, Validity::PaperAlone) => Cell::text("đã nhận bản giấy, chưa nhập số liệu").tone(Tone::Warning),
        (None, Validity::Invalid(_)) => {
            Cell::text(words::validity(state.validity).1.to_lowercase()).tone(Tone::Bad)
        }
        (None, _) => Cell::text(words::timeliness(state.timeliness).to_lowercase())
            .tone(words::timeliness_tone(state.timeliness)),
    }
}

/// The value of a measure.
pub(super) fn value(measure: &Measure<'_>) -> Cell {
    amount(measure.quantity, measure.value)
}

pub(super) fn amount(quantity: Quantity<'_>, amount: Amount) -> Cell {
    amount_in(quantity.unit(), amount)
}

/// Of what is counted in a unit.
pub(super) fn amount_in(unit: &str, amount: Amount) -> Cell {
    match amount {
        Amount::Unknown(why) => Cell::text(words::unknown(why)),
        Amount::Sum(value) => Cell::new(if unit == DONG { Value::Money(value) } else { Value::Number(value) }),
        Amount::Percent { part, whole } => Cell::new(Value::Percent { part, whole }),
    }
}

/// A number of a quantity.
pub(super) fn sum(quantity: Quantity<'_>, value: impl Into<u128>) -> Cell {
    amount(quantity, Amount::Sum(value.into()))
}

/// A number with its unit, or why there is none.
pub(super) fn in_words(quantity: Quantity<'_>, value: Amount) -> String {
    let told = amount(quantity, value).value.to_text();
    if matches!(value, Amount::Sum(_)) { format!("{told} {}", quantity.unit()) } else { told }
}

/// A file and a line.
pub(super) type At = (String, String);

pub(super) fn at(files: &Files, span: Span) -> At {
    (files.get(span.file).path.clone(), files.position(span).line.to_string())
}

/// Columns that say where it is written: one to read, file and line to reckon with.
pub(super) fn placed<T: Clone>(table: Made<T>, width: u16, at: impl Fn(T) -> Option<At>) -> Made<T> {
    let together = |(file, line): At| if line.is_empty() { file } else { format!("{file}:{line}") };
    table
        .left("Tệp, dòng", width, |of| at(of).map(together))
        .reading()
        .left("Tệp", width, |of| at(of).map(|(file, _)| file))
        .reckoning()
        .right("Dòng", 1, |of| at(of).and_then(|(_, line)| line.parse::<usize>().ok()))
        .reckoning()
}

pub(super) fn optional(text: Option<&Spanned<String>>) -> Cell {
    text.map(|text| &text.value).into()
}

pub(super) fn day(day: Option<Spanned<NaiveDate>>) -> Cell {
    day.map(|day| day.value).into()
}

/// A paper by number and date.
pub(super) fn paper<'p>(paper: Option<impl Into<PaperRef<'p>>>) -> Cell {
    paper.map(words::paper).into()
}

/// Where something is written: `reports/annual/so-y-te.yaml:48`.
pub(crate) fn place(files: &Files, span: Span) -> String {
    format!("{}:{}", files.get(span.file).path, files.position(span).line)
}
