//! Of a number of which each agency's newest answer counts: what was told in an earlier round and nobody has told anew. Says
//! of which day that is, and whose; without it a figure of May stands as one of November.

use std::collections::BTreeMap;

use super::Brief;
use crate::measure::{Amount, Contribution, Measure, Origin};
use crate::model::{Agency, Round};
use crate::template::scope::Older;
use crate::vietnamese::{date, lower_first};
use crate::view::cells;
use crate::view::{names, words};

/// What one earlier round told.
struct Part<'p> {
    round: &'p Round,
    value: u128,
    agencies: Vec<&'p Agency>,
}

/// Every indicator is there, as templates ask.
pub(super) fn of_each(brief: &Brief<'_, '_>) -> BTreeMap<String, Vec<Older>> {
    let none = brief.plan.indicators.iter().map(|indicator| (indicator.key.clone(), Vec::new()));
    let told = brief.totals().map(|(indicator, total)| {
        let older = parts(brief.status.round, total, |_| true).into_iter().filter_map(|part| {
            Some(Older {
                amount: words::in_sentence(total.quantity, Amount::Sum(part.value))?,
                until: date(part.round.data_to),
                names: names::joined_or_counted(part.agencies.clone()),
                is_all: Amount::Sum(part.value) == total.value,
            })
        });
        (indicator.key.clone(), older.collect())
    });
    none.chain(told).collect()
}

/// One sentence a number, without its full stop.
pub(super) fn told(brief: &Brief<'_, '_>) -> Vec<String> {
    brief.totals().filter_map(|(_, total)| of_total(brief.status.round, total)).collect()
}

/// What of a total of a round is of earlier ones, in a sentence without its full stop; `None` where all is of the round.
pub(crate) fn of_total(round: &Round, total: &Measure<'_>) -> Option<String> {
    let parts = parts(round, total, |_| true);
    let told = |part: &Part<'_>| {
        let (until, round) = (date(part.round.data_to), &part.round.short_name);
        format!("là số đến ngày {until} (kỳ {round}) của {}", names::joined_or_counted(part.agencies.clone()))
    };
    let of = format!("{} {}", lower_first(&total.quantity.label()), cells::value(total).value.to_text());
    match &parts[..] {
        [] => None,
        [all] if Amount::Sum(all.value) == total.value => Some(format!("{of} {}, chưa có số mới hơn", told(all))),
        parts => {
            let value = |part: &Part<'_>| cells::sum(total.quantity, part.value).value.to_text();
            let told: Vec<String> = parts.iter().map(|part| format!("{} {}", value(part), told(part))).collect();
            Some(format!("{of}: trong đó {}, chưa có số mới hơn", told.join("; ")))
        }
    }
}

/// `41 là số đến ngày 31/5/2026`, of some of the parts of a total; `None` where all are of the round.
pub(super) fn beside(
    brief: &Brief<'_, '_>,
    total: &Measure<'_>,
    of: impl Fn(&Contribution<'_>) -> bool,
) -> Option<String> {
    let sum: u128 = total.added().filter(|part| of(part)).map(|part| u128::from(part.value)).sum();
    let told = parts(brief.status.round, total, of).into_iter().map(|part| {
        let until = format!("số đến ngày {}", date(part.round.data_to));
        match cells::sum(total.quantity, part.value).value.to_text() {
            _ if part.value == sum => until,
            value => format!("{value} là {until}"),
        }
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// Round by round, the newest first; a zero changes no total.
fn parts<'p>(current: &Round, total: &Measure<'p>, of: impl Fn(&Contribution<'_>) -> bool) -> Vec<Part<'p>> {
    let mut found: Vec<Part<'p>> = Vec::new();
    for part in total.added().filter(|part| part.value > 0 && of(part)) {
        let Origin::Round(round) = part.origin else { continue };
        if round.id == current.id {
            continue;
        }
        let value = u128::from(part.value);
        match found.iter_mut().find(|found| found.round.id == round.id) {
            Some(found) => {
                found.value += value;
                found.agencies.push(part.agency);
            }
            None => found.push(Part { round, value, agencies: vec![part.agency] }),
        }
    }
    found.iter_mut().for_each(|part| part.agencies.dedup_by_key(|agency| agency.id));
    found.sort_by_key(|part| std::cmp::Reverse(part.round.data_to));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::report::tests::{BARE, brief};

    #[test]
    fn what_is_of_an_earlier_round_is_told_with_its_day() {
        let report = |round: &str, day: &str, agency: &str, hotlines: &str| {
            let path = match round {
                "ad-hoc" => format!("reports/ad-hoc/{day}-{agency}.yaml"),
                _ => format!("reports/{round}/{agency}.yaml"),
            };
            let of_day = if round == "ad-hoc" {
                format!("date: {day}\nsubject: Đường dây nóng\n")
            } else {
                String::new()
            };
            let figures = format!("status: in-progress, results: Đã làm., figures: {{hotlines: {hotlines}}}");
            let tasks = match agency {
                "xa-muong-la" => {
                    format!("  I.1: {{status: nothing-arose, reason: Không có.}}\n  II.2: {{{figures}}}\n")
                }
                _ => format!("  II.2: {{{figures}}}\n"),
            };
            let text = format!(
                "agency: {agency}\nround: {round}\n{of_day}document: {{number: 1/BC, date: {day}}}\nreceived: {day}\ntasks:\n{tasks}"
            );
            (path, text)
        };
        let may = |agency: &str, hotlines: &str| report("consumer-day", "2026-06-05", agency, hotlines);
        let now = |agency: &str, hotlines: &str| report("annual", "2026-11-18", agency, hotlines);
        let ad_hoc = report("ad-hoc", "2026-08-05", "xa-muong-la", "4");
        let of_may =
            "số đường dây nóng 4 là số đến ngày 31/5/2026 (kỳ Ngày 15/3) của xã Mường La, chưa có số mới hơn";
        let of_part = "số đường dây nóng 6: trong đó 4 là số đến ngày 31/5/2026 (kỳ Ngày 15/3) của xã Mường La, chưa có số mới hơn";
        for (reports, told, is_all) in [
            (vec![may("xa-muong-la", "4")], Some(of_may), Some(true)),
            (vec![may("xa-muong-la", "4"), now("toa-an", "2")], Some(of_part), Some(false)),
            // Told anew, by whatever report; and nothing is nothing on any day.
            (vec![may("xa-muong-la", "4"), now("xa-muong-la", "3")], None, None),
            (vec![may("xa-muong-la", "4"), now("xa-muong-la", "nothing-arose")], None, None),
            (vec![may("xa-muong-la", "4"), ad_hoc], None, None),
            (vec![may("xa-muong-la", "0"), now("toa-an", "2")], None, None),
            (vec![now("toa-an", "2")], None, None),
        ] {
            let files = reports.iter().map(|(path, text)| (path.as_str(), text.as_str()));
            let files: Vec<(&str, &str)> = BARE.into_iter().chain(files).collect();
            let (found, older) =
                brief(&files, |brief| (super::told(brief), of_each(brief).remove("hotlines").unwrap()));
            assert_eq!(found, Vec::from_iter(told), "{reports:?}");
            assert_eq!(older.first().map(|older| older.is_all), is_all, "{reports:?}");
        }
    }
}
