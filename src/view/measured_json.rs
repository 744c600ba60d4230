//! Measures as JSON prints them: how each is split by level, and what it is compared with.

use super::json::{RateJson, amount, values};
use super::{level, level_id, words};
use crate::measure::{self, Amount, Compared, Control, Measure, Unknown};
use crate::model::{Agency, Level, Plan, Quantity, Task};
use crate::status::RoundStatus;

values! {
    /// What a measure is of the agencies of one level.
    LevelJson<'j> = fn level_of(plan: &'j Plan, of: Level, agencies: usize, of_level: Amount) where {
        let (value, rate, unknown) = amount(of_level);
    } {
        /// `province`, the id of a folded group, or `requested`: who is only asked to report.
        level: &'j str = level_id(plan, of),
        name: &'j str = level(plan, of),
        /// How many of them gave a number.
        agencies: usize = agencies,
        value: Option<u128> = value,
        rate: Option<RateJson> = rate,
        /// Why there is neither.
        unknown: Option<Unknown> = unknown,
    }

    /// Who gave most, where others gave something too.
    MostJson<'j> = fn most(agency: &'j Agency, value: u64) {
        agency: &'j str = &agency.key,
        value: u64 = value,
    }

    /// What a measure is under one task.
    UnderTaskJson<'j> = fn under_task(task: &'j Task, of_task: Amount) where {
        let (value, _, unknown) = amount(of_task);
    } {
        task: &'j str = &task.key,
        value: Option<u128> = value,
        /// Why there is none.
        unknown: Option<Unknown> = unknown,
    }

    /// An agency's total of a group, beside what the group's members reported.
    ComparedJson<'j> = fn compared(control: &Control<'_, 'j>, compared: &Compared<'_, 'j>) {
        agency: &'j str = &control.agency.key,
        value: u128 = compared.given,
        /// What the members reported; absent where none gave a number.
        of_members: Option<u128> = compared.of_members,
        /// Negative where the members report more.
        difference: i128 = compared.difference(),
        /// What the members without a report in this round said in the round before.
        said_last: Option<u128> = compared.said_last,
        /// Whether that is the whole difference.
        explained: bool = control.explains(compared),
    }

    /// An agency that gives totals of a group.
    ControlJson<'j> = fn control(control: &Control<'_, 'j>) {
        agency: &'j str = &control.agency.key,
        group: &'j str = &control.group.key,
        /// How many members have a report that counts, and who has none.
        reported: usize = control.reported,
        silent: Vec<&'j str> = words::keys(&control.silent),
        /// The last day of what the silent members said last.
        until: Option<chrono::NaiveDate> = control.until,
        /// Of every measure that it gives.
        equal: bool = control.is_equal(),
        explained: bool = control.is_explained(),
    }
}

/// Every level that gave a number.
pub(super) fn levels<'j>(plan: &'j Plan, measures: &[Measure<'_>], measure: &Measure<'_>) -> Vec<LevelJson<'j>> {
    let levels = measure::levels(plan, measures, measure).into_iter();
    levels.map(|(of, agencies, amount)| level_of(plan, of, agencies, amount)).collect()
}

/// Every task of the round that an indicator is asked under, of one that agencies type.
pub(super) fn under_tasks<'j>(status: &RoundStatus<'j>, measure: &Measure<'_>) -> Vec<UnderTaskJson<'j>> {
    let indicator = measure.quantity.indicator().filter(|indicator| indicator.is_typed());
    let is_asked = |task: &Task| indicator.is_some_and(|indicator| indicator.tasks.contains(&task.id));
    let tasks = status.tasks.iter().map(|state| state.task).filter(|task| is_asked(task));
    tasks.map(|task| under_task(task, measure.under_task(task.id))).collect()
}

pub(super) fn comparisons<'j>(controls: &[Control<'_, 'j>], of: Quantity<'_>) -> Vec<ComparedJson<'j>> {
    controls.iter().filter_map(|control| Some(compared(control, control.of(of)?))).collect()
}
