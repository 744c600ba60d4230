//! Cells that several views show, so that they say the same.

use super::words;
use crate::consolidate::Amount;
use crate::doc::{Cell, Tone, Value};
use crate::model::{Agency, Indicator, Standing, Task};
use crate::status::{AgencyStatus, RoundStatus, Validity};
use crate::vietnamese::date;

/// An agency's report in one round: when it came, whether it is valid and accepted.
pub(super) fn report(status: &AgencyStatus<'_>) -> Cell {
    let mut text = words::timeliness(status.timeliness);
    if let Some(received) = status.received {
        text += &format!(", nhận {}", date(received));
    }
    if let Some(last) = status.corrections.last() {
        text += &format!(", bổ sung {}", date(last.date.value));
    }
    if let Some(review) = status.review {
        text += &format!("; {}", words::review(review));
    }
    if let Validity::Invalid(_) = status.validity {
        text += &format!("; {}", words::validity(status.validity).to_lowercase());
        return Cell::text(text).tone(Tone::Bad);
    }
    let changed = status.review.is_some_and(|review| review.standing == Standing::Changed);
    Cell::text(text).tone(if changed { Tone::Warning } else { words::timeliness_tone(status.timeliness) })
}

/// What an agency says of a task it leads, or why it says nothing.
pub(super) fn declared(status: &RoundStatus<'_>, agency: &Agency, task: &Task) -> Cell {
    let Some(state) = status.agency(agency.id) else { return Cell::new(Value::Empty) };
    let report = status.valid_reports().find(|(other, _)| other.id == agency.id);
    match (report, state.validity) {
        (Some((_, report)), _) => match report.entry(task.id).and_then(|entry| entry.status) {
            Some(declared) => Cell::text(declared.label()),
            None => Cell::text("không nêu trong báo cáo").tone(Tone::Warning),
        },
        (None, Validity::Invalid(_)) => Cell::text(words::validity(state.validity).to_lowercase()).tone(Tone::Bad),
        (None, _) => Cell::text(words::timeliness(state.timeliness).to_lowercase())
            .tone(words::timeliness_tone(state.timeliness)),
    }
}

/// A total.
pub(super) fn amount(indicator: &Indicator, amount: Amount) -> Cell {
    match amount {
        Amount::Unknown => Cell::text("chưa có số liệu"),
        Amount::Sum(value) => sum(value, indicator),
        Amount::Percent { part, whole } => Cell::new(Value::Percent { part, whole }),
    }
}

/// A number of an indicator.
pub(super) fn sum(value: u128, indicator: &Indicator) -> Cell {
    Cell::new(if indicator.is_money() { Value::Money(value) } else { Value::Number(value) })
}
