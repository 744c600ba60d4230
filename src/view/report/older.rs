//! Of a number of which each agency's newest answer counts: what was told in an earlier round or an ad hoc report and nobody
//! has told anew. Says of which day that is, and whose; without it a figure of May stands as one of November.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Brief;
use crate::measure::{Amount, Contribution, Measure, Origin};
use crate::model::{Agency, Round};
use crate::template::scope::Older;
use crate::vietnamese::{date, lower_first};
use crate::view::cells;
use crate::view::{names, words};

/// What one earlier round, or the ad hoc reports of one day, told.
struct Part<'p> {
    /// The last day of what it tells.
    until: NaiveDate,
    /// `None` of ad hoc reports.
    round: Option<&'p Round>,
    value: u128,
    agencies: Vec<&'p Agency>,
    /// Whether it is the whole number.
    is_all: bool,
}

/// Every indicator is there, as templates ask.
pub(super) fn of_each(brief: &Brief<'_, '_>) -> BTreeMap<String, Vec<Older>> {
    let none = brief.plan.indicators.iter().map(|indicator| (indicator.key.clone(), Vec::new()));
    let told = brief.totals().map(|(indicator, total)| {
        // Of a zero a sentence says nothing to put that beside.
        let parts = parts(brief.status.round, total, |_| true).into_iter().filter(|part| part.value > 0);
        let older = parts.filter_map(|part| {
            Some(Older {
                amount: words::in_sentence(total.quantity, Amount::Sum(part.value))?,
                until: date(part.until),
                names: names::joined_or_counted(part.agencies),
                is_all: part.is_all,
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

/// What of a total of a round is of earlier ones or of ad hoc reports, in a sentence without its full stop; `None` where all is of the round.
pub(crate) fn of_total(round: &Round, total: &Measure<'_>) -> Option<String> {
    let parts = parts(round, total, |_| true);
    let told = |part: &Part<'_>| {
        let of =
            part.round.map_or("báo cáo đột xuất".to_owned(), |round| format!("kỳ {}", round.short_name));
        let names = names::joined_or_counted(part.agencies.clone());
        format!("là số đến ngày {} ({of}) của {names}", date(part.until))
    };
    let of = format!("{} {}", lower_first(&total.quantity.label()), cells::value(total).value.to_text());
    match &parts[..] {
        [] => None,
        [all] if all.is_all => Some(format!("{of} {}, chưa có số mới hơn", told(all))),
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
    let told = parts(brief.status.round, total, of).into_iter().map(|part| {
        let until = format!("số đến ngày {}", date(part.until));
        match cells::sum(total.quantity, part.value).value.to_text() {
            _ if part.is_all => until,
            value => format!("{value} là {until}"),
        }
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// The newest first. A zero changes no total: it is told where all is zero.
fn parts<'p>(current: &Round, total: &Measure<'p>, of: impl Fn(&Contribution<'_>) -> bool) -> Vec<Part<'p>> {
    let added: Vec<&Contribution<'p>> = total.added().filter(|part| of(part)).collect();
    let sum: u128 = added.iter().map(|part| u128::from(part.value)).sum();
    let mut found: Vec<Part<'p>> = Vec::new();
    let mut is_of_round = false;
    for part in added.into_iter().filter(|part| part.value > 0 || sum == 0) {
        let (until, round) = match part.origin {
            Origin::Round(round) if round.id != current.id => (round.data_to, Some(round)),
            Origin::AdHoc(_, day) if day < current.data_to => (day, None),
            Origin::Round(_) | Origin::AdHoc(..) => {
                is_of_round = true;
                continue;
            }
        };
        let value = u128::from(part.value);
        let is_same = |of: &&mut Part<'_>| of.until == until && of.round.map(|of| of.id) == round.map(|of| of.id);
        match found.iter_mut().find(is_same) {
            Some(found) => {
                found.value += value;
                found.agencies.push(part.agency);
            }
            None => found.push(Part { until, round, value, agencies: vec![part.agency], is_all: false }),
        }
    }
    found.iter_mut().for_each(|part| part.agencies.dedup_by_key(|agency| agency.id));
    found.sort_by_key(|part| std::cmp::Reverse(part.until));
    if let ([all], false) = (&mut found[..], is_of_round) {
        all.is_all = true;
    }
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
        let of_last_day = report("ad-hoc", "2026-11-20", "xa-muong-la", "4");
        let of_may =
            "số đường dây nóng 4 là số đến ngày 31/5/2026 (kỳ Ngày 15/3) của xã Mường La, chưa có số mới hơn";
        let of_ad_hoc =
            "số đường dây nóng 4 là số đến ngày 05/8/2026 (báo cáo đột xuất) của xã Mường La, chưa có số mới hơn";
        let of_both = "số đường dây nóng 5: trong đó 4 là số đến ngày 05/8/2026 (báo cáo đột xuất) của xã Mường La; 1 là số đến ngày \
                       31/5/2026 (kỳ Ngày 15/3) của Tòa án nhân dân tỉnh, chưa có số mới hơn";
        let of_nothing =
            "số đường dây nóng 0 là số đến ngày 31/5/2026 (kỳ Ngày 15/3) của xã Mường La, chưa có số mới hơn";
        let of_nothing_in_part = "số đường dây nóng 0: trong đó 0 là số đến ngày 31/5/2026 (kỳ Ngày 15/3) của xã Mường La, chưa có số \
                                  mới hơn";
        let of_part = "số đường dây nóng 6: trong đó 4 là số đến ngày 31/5/2026 (kỳ Ngày 15/3) của xã Mường La, chưa có số mới hơn";
        for (reports, told, is_all) in [
            (vec![may("xa-muong-la", "4")], Some(of_may), Some(true)),
            (vec![may("xa-muong-la", "4"), now("toa-an", "2")], Some(of_part), Some(false)),
            (vec![may("xa-muong-la", "4"), ad_hoc.clone()], Some(of_ad_hoc), Some(true)),
            (vec![may("toa-an", "1"), ad_hoc], Some(of_both), Some(false)),
            // A zero is of its day as well, and changes no other number.
            (vec![may("xa-muong-la", "0")], Some(of_nothing), None),
            (vec![may("xa-muong-la", "0"), now("toa-an", "0")], Some(of_nothing_in_part), None),
            (vec![may("xa-muong-la", "0"), now("toa-an", "2")], None, None),
            (vec![may("xa-muong-la", "4"), now("toa-an", "0")], Some(of_may), Some(true)),
            // Told anew, or of the last day of the data.
            (vec![may("xa-muong-la", "4"), of_last_day], None, None),
            (vec![may("xa-muong-la", "4"), now("xa-muong-la", "3")], None, None),
            (vec![may("xa-muong-la", "4"), now("xa-muong-la", "nothing-arose")], None, None),
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
