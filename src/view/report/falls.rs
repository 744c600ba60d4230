//! Totals below those of the round before though both run from the same day: mostly because who reported then has not yet
//! reported now. Says so, and of whom; mends nothing.

use std::collections::BTreeSet;

use super::Brief;
use crate::measure::{Amount, Measure, Reason, Verdict};
use crate::model::{Agency, Indicator, Quantity};
use crate::vietnamese::{count, date, lower_first};
use crate::view::cells::sum;
use crate::view::names;

/// A total that fell.
struct Fall<'p> {
    indicator: &'p Indicator,
    before: u128,
    now: u128,
    /// Who gave a number then, and none that counts now.
    silent: Vec<&'p Agency>,
}

/// What fell because somebody is silent, then what fell otherwise: one sentence each, without its full stop.
pub(super) fn told(brief: &Brief<'_, '_>) -> Vec<String> {
    let Some(round) = brief.cumulated() else { return Vec::new() };
    let (silent, heard): (Vec<Fall<'_>>, Vec<Fall<'_>>) =
        brief.totals().filter_map(|(of, total)| fall(brief, of, total)).partition(|fall| !fall.silent.is_empty());
    let told = [silent, heard].into_iter().filter(|falls| !falls.is_empty()).map(|falls| {
        let figures = falls.iter().map(|fall| {
            let [now, before] =
                [fall.now, fall.before].map(|of| sum(Quantity::Indicator(fall.indicator), of).value.to_text());
            format!("{} {now} (kỳ đó {before})", lower_first(&fall.indicator.label))
        });
        let silent: Vec<&Agency> = falls.iter().flat_map(|fall| fall.silent.iter().copied()).collect();
        let why = match silent.is_empty() {
            true => "không do thiếu báo cáo, cần đối chiếu".to_owned(),
            false => format!(
                "{} có số ở kỳ đó, chưa có số liệu {} kỳ này",
                names::joined_or_counted(silent),
                brief.counted()
            ),
        };
        format!(
            "{} chỉ tiêu thấp hơn kỳ {} dù cùng lũy kế từ ngày {}: {}; {why}",
            count(falls.len() as u128),
            round.short_name,
            date(round.data_from),
            figures.collect::<Vec<_>>().join("; ")
        )
    });
    told.collect()
}

fn fall<'p>(brief: &Brief<'_, 'p>, indicator: &'p Indicator, total: &Measure<'p>) -> Option<Fall<'p>> {
    let earlier = brief.earlier(indicator)?;
    let (Amount::Sum(now), Amount::Sum(before)) = (total.value, earlier.value) else { return None };
    if now >= before || !Quantity::Indicator(indicator).is_cumulative() {
        return None;
    }
    let mut heard = total.heard(|heir| brief.gone(heir));
    let elsewhere = |verdict| verdict == Verdict::LeftOut(Reason::CountedElsewhere);
    heard.extend(total.contributions.iter().filter(|of| elsewhere(of.verdict)).map(|of| of.agency.id));
    let of_before = earlier.added().filter(|part| part.value > 0 && !heard.contains(&part.agency.id));
    let mut named = BTreeSet::new();
    let silent = of_before.map(|part| part.agency).filter(|agency| named.insert(agency.id)).collect();
    Some(Fall { indicator, before, now, silent })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{earlier, measures};
    use crate::status::derive;
    use crate::view::report::tests::BARE;
    use crate::workspace::tests::fixture;

    #[test]
    fn a_sum_below_that_of_the_round_before_is_told_with_who_is_silent() {
        const DIRECTIVES: &str =
            "chỉ tiêu thấp hơn kỳ Ngày 15/3 dù cùng lũy kế từ ngày 01/01/2026: số văn bản chỉ đạo";
        let silent = |figures: &str| {
            Some(format!("01 {DIRECTIVES} {figures}; xã Mường La có số ở kỳ đó, chưa có số liệu hợp lệ kỳ này"))
        };
        let heard =
            |figures: &str| Some(format!("01 {DIRECTIVES} {figures}; không do thiếu báo cáo, cần đối chiếu"));
        let none = None::<&str>;
        // What a department and a commune said then, what they say now.
        for (before, after, first, told) in [
            ((4, Some(3)), (Some("5"), none), "2026-01-01", silent("5 (kỳ đó 7)")),
            // A report whose figure fell is not valid.
            ((4, Some(3)), (Some("5"), Some("1")), "2026-01-01", silent("5 (kỳ đó 7)")),
            // As many, or more, say nothing, whoever is silent; nor does what nobody told then, or what nobody tells now.
            ((4, Some(3)), (Some("7"), none), "2026-01-01", None),
            ((4, Some(3)), (Some("4"), Some("3")), "2026-01-01", None),
            ((4, None), (Some("4"), none), "2026-01-01", None),
            ((4, Some(3)), (none, none), "2026-01-01", None),
            // Who leaves the count to another has spoken.
            (
                (4, Some(3)),
                (Some("5"), Some("{value: 3, counted_by: so-cong-thuong}")),
                "2026-01-01",
                heard("5 (kỳ đó 7)"),
            ),
            // Of other days there is nothing to compare.
            ((4, Some(3)), (Some("5"), none), "2026-03-01", None),
        ] {
            let report = |round: &str, received: &str, agency: &str, directives: &str| {
                let quiet = "{status: nothing-arose, reason: Không có.}";
                let led = if agency == "xa-muong-la" { &[][..] } else { &["I.2", "II.1", "II.2"] };
                let led: String = led.iter().map(|task| format!("  {task}: {quiet}\n")).collect();
                format!(
                    "agency: {agency}\nround: {round}\ndocument: {{number: 1/BC-UBND, date: {received}}}\nreceived: \
                     {received}\ntasks:\n  I.1: {{status: done, results: Đã làm., figures: {{directives: \
                     {directives}}}}}\n{led}"
                )
            };
            let then = |agency: &str, value: u32| report("consumer-day", "2026-06-05", agency, &value.to_string());
            let now = |agency: &str, value: &str| report("annual", "2026-11-20", agency, value);
            let reports = [
                ("reports/consumer-day/so-cong-thuong.yaml", Some(then("so-cong-thuong", before.0))),
                ("reports/consumer-day/xa-muong-la.yaml", before.1.map(|value| then("xa-muong-la", value))),
                ("reports/annual/so-cong-thuong.yaml", after.0.map(|value| now("so-cong-thuong", value))),
                ("reports/annual/xa-muong-la.yaml", after.1.map(|value| now("xa-muong-la", value))),
            ];
            let rounds =
                std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/workspace/plan/rounds.yaml"));
            let rounds = rounds.unwrap().replacen("data_from: 2026-01-01", &format!("data_from: {first}"), 1);
            let reports = reports.iter().filter_map(|(path, text)| Some((*path, text.as_deref()?)));
            let files: Vec<_> = BARE.into_iter().chain(reports).chain([("plan/rounds.yaml", &*rounds)]).collect();
            let workspace = fixture(&files, "2026-12-03", None);
            let rounds = derive(&workspace);
            let status = rounds.last().unwrap();
            let said = super::told(&Brief {
                plan: &workspace.plan,
                status,
                measures: &measures(&workspace, &rounds, status),
                rounds: &rounds,
                controls: &[],
                earlier: earlier(&workspace, &rounds, status).as_ref(),
                ad_hoc: &[],
                remarks: &[],
                changes: None,
                as_of: workspace.as_of,
                banner: None,
                files: &workspace.files,
            });
            assert_eq!(said, Vec::from_iter(told), "{before:?} {after:?} {first}");
        }
    }
}
