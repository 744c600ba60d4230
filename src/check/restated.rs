//! Figures of one agency within those of another that answers for it: they would be added twice.

use std::collections::BTreeMap;

use super::Check;
use super::scope::{All, Scope};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{Agency, Answer, Entry, IndicatorId, Plan, Quantity, Report, Round};
use crate::source::Span;
use crate::vietnamese::{listed, lower_first, number};

pub(super) const CHECKS: &[Check] = &[
    Check::error(
        "restates-another",
        "Cơ quan cấp trên hoặc cơ quan chỉ đạo chép lại số của đơn vị khác",
        Scope::All(restates_another),
        "\
Cơ quan chủ trì chỉ đạo một đơn vị (ví dụ Sở Công Thương chỉ đạo Văn phòng thường trực Ban Chỉ đạo 389) và cơ quan cấp trên của một đơn vị
chỉ báo số do chính mình làm: đơn vị kia đã báo số của họ, chép lại thì bị cộng hai lần. Công cụ nêu khi từ hai chỉ tiêu trở lên có số lớn
hơn 0 bằng nhau, với số của một đơn vị hoặc của mọi đơn vị trực thuộc cộng lại; số lớn hơn số của đơn vị kia là bình thường, vài số dưới 10
trùng nhau trong khi số khác của hai bên không bằng nhau cũng vậy.

Sai: Văn phòng thường trực báo 2.166 vụ kiểm tra, 1.028 vụ vi phạm; Sở Công Thương ghi ở nhiệm vụ III.1 cũng
  figures: {inspections: 2166, violations: 1028}
Đúng: Sở Công Thương ghi số vụ do Sở kiểm tra; không có thì
  figures: {inspections: nothing-arose, violations: nothing-arose}",
    ),
    Check::warning(
        "jump-by-anothers-figures",
        "Số tăng vọt so với kỳ trước, và hết tăng vọt khi bỏ số của đơn vị khác ra",
        Scope::All(jump_by_anothers_figures),
        "\
Cơ quan cấp trên hoặc cơ quan chỉ đạo có thể đã cộng cả số của đơn vị khác vào số của mình; đơn vị kia cũng báo số đó nên tổng bị tính hai
lần. Công cụ so với kỳ trước theo số ngày lấy số liệu của hai kỳ.

Sai: kỳ trước Sở báo 77 vụ kiểm tra; kỳ này báo 871 vụ, trong khi Chi cục thuộc Sở báo 688 vụ
Đúng: Sở báo 183 vụ, Chi cục báo 688 vụ",
    ),
    Check::warning(
        "counted-by-nobody",
        "Số của việc làm chung ghi do cơ quan khác tính, nhưng cơ quan đó không báo số",
        Scope::All(counted_by_nobody),
        "\
Số của việc làm chung (counted_by) được nêu ra mà không cộng, vì cơ quan kia đã tính. Nếu cơ quan kia không báo số cho chỉ tiêu đó,
không phải báo cáo, hoặc chỉ nêu số tổng hợp để đối chiếu, thì không ai tính.

Sai: UBND xã ghi outreach_events: {value: 3, counted_by: so-cong-thuong}, Sở Công Thương không báo outreach_events
Đúng: Sở Công Thương báo outreach_events gồm 3 cuộc đó, hoặc UBND xã ghi outreach_events: 3",
    ),
];

/// So many equal figures are no chance.
const EQUAL: usize = 2;
/// Smaller figures may be like others by chance.
const NOTABLE: u128 = 10;

/// The reports, of one round, of an agency that answers for another and of that other, or of several others together.
struct Pair<'c> {
    round: &'c Round,
    who: &'c Agency,
    report: &'c Report,
    whom: Vec<(&'c Agency, &'c Report)>,
}

impl Pair<'_> {
    fn names(&self, name: fn(&Agency) -> &str) -> String {
        let names = listed(self.whom.iter().map(|(whom, _)| name(whom)), ", ").unwrap_or_default();
        if self.whom.len() > 1 { format!("{names} cộng lại") } else { names }
    }
}

/// The numbers above zero that are added, by indicator, each with where it stands first.
type Numbers = BTreeMap<IndicatorId, Number>;
type Number = (u128, Span);

fn restates_another(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    judge(all, sink, |pair| {
        let equal = restated(pair);
        let ((_, place), (_, place_of_whom)) = equal.values().next()?;
        let told = equal.iter().map(|(id, ((value, _), _))| told(all.plan, *id, *value)).collect::<Vec<_>>();
        let message = format!("giống hệt số của {}: {}", pair.names(|whom| &whom.name), told.join("; "));
        let problem = Diagnostic::new(rule, *place, message).hint(remedy(pair));
        Some(problem.related(*place_of_whom, "số của đơn vị đó"))
    });
}

fn jump_by_anothers_figures(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    judge(all, sink, |pair| {
        let before = all.before(pair.round, pair.who).max_by_key(|(round, _)| round.data_to);
        let (earlier, before) = before.filter(|_| restated(pair).is_empty())?;
        let (before, now, theirs) = (total(pair.round, [before]), total(pair.round, [pair.report]), of_whom(pair));
        let jumps = now.iter().filter_map(|(id, (now, place))| {
            let (then, _) = before.get(id)?;
            let usual = Usual { then: *then, days: (days(earlier), days(pair.round)) };
            let theirs = theirs.iter().filter_map(|set| set.get(id));
            let explains = |(value, _): &&Number| {
                *value >= NOTABLE
                    && now.checked_sub(*value).is_some_and(|rest| rest >= *then && !usual.is_jump(rest))
            };
            let (value, place_of_whom) = theirs.filter(|_| usual.is_jump(*now)).find(explains)?;
            let told = format!(
                "{}, kỳ “{}” {}, {} báo {}",
                told(all.plan, *id, *now),
                earlier.short_name,
                number(*then),
                pair.names(|whom| &whom.short_name),
                number(*value)
            );
            Some((told, *place, *place_of_whom))
        });
        let jumps: Vec<(String, Span, Span)> = jumps.collect();
        let (_, place, place_of_whom) = jumps.first()?;
        let told = jumps.iter().map(|(told, ..)| told.as_str()).collect::<Vec<_>>().join("; ");
        let message = format!("tăng vọt, có thể đã gồm số của {}: {told}", pair.names(|whom| &whom.name));
        let problem = Diagnostic::new(rule, *place, message).hint(remedy(pair));
        Some(problem.related(*place_of_whom, "số của đơn vị đó"))
    });
}

fn counted_by_nobody(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for (round, agency, report) in all.round_reports() {
        for figure in report.tasks.iter().flat_map(|entry| &entry.figures) {
            let Some(counter) = figure.counted_by.map(|counter| &all.plan[counter]) else { continue };
            let message = match all.report(round, counter) {
                _ if counter.id == agency.id => "việc làm chung ghi do chính cơ quan mình tính".to_owned(),
                _ if counter.control_total_of.is_some() => {
                    format!("số của {} chỉ để đối chiếu, không cộng vào tổng", counter.name)
                }
                _ if !all.plan.is_asked(counter, round) => {
                    format!("{} {}", counter.name, all.plan.why_unasked(counter, round))
                }
                _ if !all.plan[figure.key.value].allows(counter.id) => {
                    format!("{} không báo {}", counter.name, lower_first(&all.plan[figure.key.value].label))
                }
                Some(report) if !counts(all.plan, round, report, figure.key.value) => {
                    format!("{} không báo {}", counter.name, lower_first(&all.plan[figure.key.value].label))
                }
                // What the counter has not sent yet may hold it.
                _ => continue,
            };
            let hint = "ghi đúng cơ quan tính số của việc làm chung; nếu không ai tính, chỉ ghi con số";
            sink.push(Diagnostic::new(rule, figure.span, message).hint(hint));
        }
    }
}

/// Whether a report adds a number.
fn counts(plan: &Plan, round: &Round, report: &Report, indicator: IndicatorId) -> bool {
    Quantity::Indicator(&plan[indicator]).added(plan, Some(round), report).is_some()
}

/// Looks at the reports of each agency that answers for others beside those of each of these; then, where nothing was found,
/// beside all of its units' together.
fn judge<'c>(all: &All<'c>, sink: &mut Sink, find: impl Fn(&Pair<'c>) -> Option<Diagnostic>) {
    let answering: Vec<_> = all.plan.answering().into_iter().collect();
    for round in &all.plan.rounds {
        for pairs in answering.chunk_by(|(one, _), (next, _)| one == next) {
            let who = &all.plan[pairs[0].0];
            let Some(report) = all.report(round, who) else { continue };
            let whom = pairs.iter().map(|(_, whom)| &all.plan[*whom]);
            let whom: Vec<_> = whom.filter_map(|whom| Some((whom, all.report(round, whom)?))).collect();
            let pair = |whom| Pair { round, who, report, whom };
            let mut found: Vec<_> = whom.iter().filter_map(|one| find(&pair(vec![*one]))).collect();
            // An office's totals are no unit's.
            let units: Vec<_> = whom.into_iter().filter(|(whom, _)| whom.control_total_of.is_none()).collect();
            if found.is_empty() && units.len() > 1 {
                found.extend(find(&pair(units)));
            }
            found.into_iter().for_each(|problem| sink.push(problem));
        }
    }
}

/// The most indicators of which both tell one number, of a task or of all tasks of each, as far as that is no chance: small
/// numbers are like others where the rest of what both tell is not. What both tell of each.
fn restated(pair: &Pair<'_>) -> BTreeMap<IndicatorId, (Number, Number)> {
    let theirs = of_whom(pair);
    let both = |own: &Numbers, theirs: &Numbers| {
        let both: BTreeMap<_, _> =
            own.iter().filter_map(|(id, own)| Some((*id, (*own, *theirs.get(id)?)))).collect();
        let (told, mut equal) = (both.len(), both);
        equal.retain(|_, ((own, _), (theirs, _))| own == theirs);
        let notable = equal.len() == told || equal.values().any(|((value, _), _)| *value >= NOTABLE);
        (equal.len() >= EQUAL && notable).then_some(equal)
    };
    let sets = sets(pair.round, pair.report);
    let found = sets.iter().flat_map(|own| theirs.iter().filter_map(move |theirs| both(own, theirs)));
    found.reduce(|most, next| if next.len() > most.len() { next } else { most }).unwrap_or_default()
}

/// What a report tells under each task, then over all.
fn sets(round: &Round, report: &Report) -> Vec<Numbers> {
    let of_tasks = report.tasks.iter().map(|entry| added(round, [(report, entry)]));
    of_tasks.chain([total(round, [report])]).collect()
}

/// As `sets`, of the other; of several only what they tell over all.
fn of_whom(pair: &Pair<'_>) -> Vec<Numbers> {
    match pair.whom[..] {
        [(_, report)] => sets(pair.round, report),
        _ => vec![total(pair.round, pair.whom.iter().map(|(_, report)| *report))],
    }
}

fn total<'r>(round: &Round, reports: impl IntoIterator<Item = &'r Report>) -> Numbers {
    added(round, reports.into_iter().flat_map(|report| report.tasks.iter().map(move |entry| (report, entry))))
}

fn added<'r>(round: &Round, entries: impl IntoIterator<Item = (&'r Report, &'r Entry)>) -> Numbers {
    let mut numbers = Numbers::new();
    for (report, entry) in entries {
        for figure in entry.figures.iter().filter(|figure| report.adds(Some(round), Some(entry.key.value), figure))
        {
            if let Answer::Value(value @ 1..) = figure.answer {
                numbers.entry(figure.key.value).or_insert((0, figure.span)).0 += u128::from(value);
            }
        }
    }
    numbers
}

/// A number of an earlier round, and how many days both rounds' data run over.
struct Usual {
    then: u128,
    days: (u128, u128),
}

impl Usual {
    /// Whether a number has grown half as much again as the days have.
    fn is_jump(&self, now: u128) -> bool {
        let (before, after) = self.days;
        now * before * 2 > self.then * after * 3
    }
}

fn days(round: &Round) -> u128 {
    (round.data_to - round.data_from).num_days().unsigned_abs().into()
}

fn told(plan: &Plan, indicator: IndicatorId, value: u128) -> String {
    format!("{} {}", lower_first(&plan[indicator].label), number(value))
}

fn remedy(pair: &Pair<'_>) -> String {
    format!(
        "chỉ ghi số do {} tự làm; số của {} do đơn vị đó báo, ghi lại là tính hai lần",
        pair.who.name,
        pair.names(|whom| &whom.name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_is_growth_well_beyond_that_of_the_days() {
        // Half of the year, then all of it: twice as much is usual, three times as much is the limit.
        for (then, days, now, jumps) in [
            (40, (150, 300), 80, false),
            (40, (150, 300), 120, false),
            (40, (150, 300), 121, true),
            (40, (150, 150), 61, true),
            (37, (150, 323), 88, false),
            (37, (150, 323), 135, true),
        ] {
            assert_eq!(Usual { then, days }.is_jump(now), jumps, "{then} {days:?} {now}");
        }
    }
}
