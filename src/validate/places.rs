//! Whose report a file under `reports/` is, by where it lies or by what it says.

use crate::model::{Place, Plan, Report, RoundRef};
use crate::record::parse_date;

/// Whose report a file is, from its path alone.
pub(super) fn place(path: &str, plan: &Plan) -> Place {
    let parts: Vec<&str> = path.split('/').collect();
    let ["reports", folder, name] = parts.as_slice() else { return Place::Astray };
    let stem = name.strip_suffix(".yaml").unwrap_or(name);
    let known = |key: &str| plan.agencies.find(key).map(|agency| agency.id);
    let found = plan.round_ref(folder).and_then(|round| {
        if round != RoundRef::AdHoc {
            return Some(Place::of(round, known(stem)?));
        }
        let (date, rest) = stem.split_at_checked(10)?;
        Some(Place::AdHoc { date: parse_date(date)?, agency: known(rest.strip_prefix('-')?)? })
    });
    found.unwrap_or(Place::Astray)
}

/// Whose report it is by its own words.
pub(super) fn own_place(report: Option<&Report>) -> Place {
    let place = |report: &Report| {
        let (agency, round) = (report.agency?.value, report.round?.value);
        Some(match *report.date {
            Some(date) if round == RoundRef::AdHoc => Place::AdHoc { date: date.value, agency },
            _ => Place::of(round, agency),
        })
    };
    report.and_then(place).unwrap_or(Place::Astray)
}
