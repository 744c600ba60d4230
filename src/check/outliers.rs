//! Figures of another order of magnitude than they should be: the slip of writing đồng as nghìn đồng or
//! triệu đồng, seen against the agency's other round or its peers (as health statistics do, by the
//! modified z-score of Iglewicz and Hoaglin). Floating point serves the judgement, never a figure.

use foldhash::{HashMap, HashMapExt};

use super::Check;
use super::scope::{All, Scope};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{AgencyId, Answer, GroupId, Quantity, Round, RoundId};
use crate::source::Span;
use crate::vietnamese::number;

pub(super) const CHECKS: &[Check] = &[Check::warning(
    "unit-slip",
    "Số lớn hoặc nhỏ khác thường khoảng 1.000 lần trở lên, có thể nhầm đơn vị hoặc gõ thừa, thiếu chữ số",
    Scope::All(unit_slip),
    "\
Tiền tính bằng đồng, số đếm tính từng cái. Ghi theo nghìn đồng hoặc triệu đồng làm tổng toàn tỉnh sai cả nghìn lần; dán nhầm hai số
thành một còn sai hơn thế. Công cụ so với kỳ
khác của cùng cơ quan, và với các cơ quan cùng loại (các xã, phường với nhau) cùng báo chỉ tiêu đó, ít nhất 8 cơ quan. Kinh phí theo
nguồn, số vụ theo lĩnh vực cũng được so như vậy; từng khoản phạt trong danh sách vi phạm được so với các khoản khác và với mức phạt thấp
nhất theo luật.

Sai (387,5 triệu đồng ghi theo triệu):
  fines: 387
Đúng:
  fines: 387500000",
)];

/// Fewer peers, the agency itself aside, say nothing.
const PEERS: usize = 8;
/// Beyond this modified z-score a value is an outlier.
const Z_LIMIT: f64 = 3.5;

/// The least fine for an administrative violation, in đồng (Luật Xử lý vi phạm hành chính 2012, Điều 23).
const LEAST_FINE: u64 = 50_000;

/// What an agency tells of a quantity in a round, all tasks together, or one fine: a positive number.
struct Given<'c> {
    agency: AgencyId,
    round: &'c Round,
    peers: Peers,
    value: u64,
    /// The greatest of the figures that it is the sum of, and where that stands.
    greatest: u64,
    span: Span,
}

/// Those whose figures are of one order: the agencies of a round in one folded group, or in none. The fines of market
/// surveillance are no measure for a commune's.
type Peers = (RoundId, Option<GroupId>);

fn unit_slip(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    let hint = "xem lại đơn vị (tiền ghi đủ số đồng, số đếm ghi từng cái) và số chữ số";
    let is_fine = |quantity: &Quantity<'_>| matches!(quantity, Quantity::Fines);
    let judged = given(all).into_iter().filter(|(quantity, _)| quantity.is_cumulative() || is_fine(quantity));
    for (quantity, given) in judged {
        let mut by_peers: HashMap<Peers, Vec<u64>> = HashMap::new();
        let mut own: HashMap<AgencyId, Vec<&Given<'_>>> = HashMap::new();
        for one in &given {
            by_peers.entry(one.peers).or_default().push(one.value);
            own.entry(one.agency).or_default().push(one);
        }
        let units = if is_fine(&quantity) { "khoản phạt" } else { "cơ quan" };
        let usual: HashMap<Peers, Usual> = by_peers
            .into_iter()
            .filter_map(|(peers, values)| Some((peers, Usual::of(values.into_iter(), units)?)))
            .collect();
        for one in &given {
            let found = match (alone(quantity, one, &own[&one.agency]), usual.get(&one.peers)) {
                (Some(found), _) => Some(found),
                (None, Some(usual)) => usual.judge(one.value).map(|message| (message, None)),
                (None, None) => None,
            };
            let Some((message, other)) = found else { continue };
            let diagnostic = Diagnostic::new(rule, one.span, format!("{}: {message}", quantity.label())).hint(hint);
            sink.push(match other {
                Some(span) => diagnostic.related(span, "số của kỳ kia"),
                None => diagnostic,
            });
        }
    }
}

/// Every positive number that agencies tell, by its quantity, without those that give the totals of others.
fn given<'c>(all: &All<'c>) -> Vec<(Quantity<'c>, Vec<Given<'c>>)> {
    let mut given: Vec<_> = all.plan.quantities().into_iter().map(|quantity| (quantity, Vec::new())).collect();
    for (round, agency, report) in all.round_reports() {
        let peers = (round.id, all.plan.folding_group(agency.id).map(|group| group.id));
        let is_whole = agency.control_total_of.is_some();
        let add = |given: &mut Vec<Given<'c>>, answer: &Answer, span, is_fine: bool| {
            let Answer::Value(value @ 1..) = *answer else { return };
            let told = given.last_mut().filter(|last| (last.agency, last.round.id) == (agency.id, round.id));
            match told.filter(|_| !is_fine) {
                Some(told) => {
                    (told.greatest, told.span) = (told.greatest, told.span).max((value, span));
                    told.value += value;
                }
                None => given.push(Given { agency: agency.id, round, peers, value, greatest: value, span }),
            }
        };
        // Indicators come first among the quantities, each in the place that its id says.
        for figure in report.tasks.iter().filter(|_| !is_whole).flat_map(|entry| &entry.figures) {
            add(&mut given[usize::from(figure.key.value)].1, &figure.answer, figure.span, false);
        }
        for (quantity, given) in &mut given {
            // What an agency spent and published is its own.
            let is_fine = matches!(quantity, Quantity::Fines);
            let is_own = is_fine || matches!(quantity, Quantity::Funding(_));
            if quantity.indicator().is_none() && (is_own || !is_whole) {
                let said = quantity.said(all.plan, report);
                said.iter().for_each(|said| add(given, &said.given.answer, said.span, is_fine));
            }
        }
    }
    given
}

/// What a number tells beside its agency's `own`, with the number of before where there is one to compare with.
fn alone(quantity: Quantity<'_>, one: &Given<'_>, own: &[&Given<'_>]) -> Option<(String, Option<Span>)> {
    if matches!(quantity, Quantity::Fines) {
        let message = || {
            let (value, least) = (number(u128::from(one.value)), number(u128::from(LEAST_FINE)));
            format!("{value} đồng nhỏ hơn mức phạt tiền thấp nhất theo luật ({least} đồng)")
        };
        return (one.value < LEAST_FINE).then(|| (message(), None));
    }
    against_other_round(one, own).map(|(message, other)| (message, Some(other)))
}

/// How many times more or less, from a thousand on, give or take a factor of three: a wrong unit, or digits too many.
fn slip(ratio: f64) -> Option<&'static str> {
    let ratio = if ratio < 1.0 { 1.0 / ratio } else { ratio };
    match ratio * 3.0 {
        ..1_000.0 => None,
        ..=9_000.0 => Some("khoảng 1.000 lần"),
        ..1_000_000.0 => Some("hơn 3.000 lần"),
        ..=9_000_000.0 => Some("khoảng 1.000.000 lần"),
        _ => Some("hơn 3.000.000 lần"),
    }
}

/// Against the agency's number of the round before in which it told one; the later one is the one to look at.
fn against_other_round(one: &Given<'_>, own: &[&Given<'_>]) -> Option<(String, Span)> {
    let before = own.iter().filter(|other| other.round.data_to < one.round.data_to);
    let earlier = before.max_by_key(|other| other.round.data_to)?;
    let times = slip(one.value as f64 / earlier.value as f64)?;
    let message = format!(
        "{} và {} (kỳ “{}”) khác nhau {times}",
        number(u128::from(one.value)),
        number(u128::from(earlier.value)),
        earlier.round.short_name
    );
    Some((message, earlier.span))
}

/// What agencies of one kind usually tell of a quantity in a round, on a logarithmic scale.
struct Usual {
    peers: usize,
    /// What the peers are.
    units: &'static str,
    median: f64,
    spread: f64,
}

impl Usual {
    /// `None` where too few report.
    fn of(sums: impl Iterator<Item = u64>, units: &'static str) -> Option<Self> {
        let mut logs: Vec<f64> = sums.map(|sum| (sum as f64).log10()).collect();
        if logs.len() <= PEERS {
            return None;
        }
        let median = median(&mut logs);
        let mut deviations: Vec<f64> = logs.iter().map(|log| (log - median).abs()).collect();
        // Peers that are all alike would make any other value an outlier: a tenth of a decade at least.
        let spread = self::median(&mut deviations).max(0.1);
        Some(Self { peers: logs.len(), units, median, spread })
    }

    fn judge(&self, value: u64) -> Option<String> {
        let z = 0.6745 * ((value as f64).log10() - self.median) / self.spread;
        let typical = 10_f64.powf(self.median);
        let times = slip(value as f64 / typical).filter(|_| z.abs() > Z_LIMIT)?;
        Some(format!(
            "{} khác {times} so với mức thường của {} {} ({})",
            number(u128::from(value)),
            self.peers,
            self.units,
            number(typical.round() as u128)
        ))
    }
}

/// The middle value; sorts. Never called with none.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len().is_multiple_of(2) { (values[middle - 1] + values[middle]) / 2.0 } else { values[middle] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_about_a_thousand_times_or_more() {
        for (ratio, times) in [
            (1.0, None),
            (333.0, None),
            (334.0, Some("khoảng 1.000 lần")),
            (1.0 / 1_000.0, Some("khoảng 1.000 lần")),
            (3_000.0, Some("khoảng 1.000 lần")),
            (3_001.0, Some("hơn 3.000 lần")),
            (1.0 / 100_000.0, Some("hơn 3.000 lần")),
            (333_334.0, Some("khoảng 1.000.000 lần")),
            (3_000_000.0, Some("khoảng 1.000.000 lần")),
            (1e14, Some("hơn 3.000.000 lần")),
        ] {
            assert_eq!(slip(ratio), times, "{ratio}");
        }
    }

    #[test]
    fn a_value_is_judged_by_enough_peers_and_by_how_far_they_lie_apart() {
        let alike = [41, 42, 43, 44, 45, 46, 47, 48];
        // Orders of magnitude are usual here: no value is out of order.
        let apart = [1, 10, 100, 1_000, 10_000, 100_000, 10, 1_000];
        for (peers, value, slips) in [
            (&alike[..], 44_000, true),
            (&alike[..7], 44_000, false),
            (&alike[..], 4_400, false),
            (&apart[..], 1_000_000, false),
        ] {
            let usual = Usual::of(peers.iter().copied().chain([value]), "cơ quan");
            let found = usual.and_then(|usual| usual.judge(value));
            assert_eq!(found.is_some(), slips, "{value} among {peers:?}: {found:?}");
        }
    }

    #[test]
    fn the_median_is_the_middle() {
        for (mut values, middle) in [(vec![3.0, 1.0, 2.0], 2.0), (vec![4.0, 1.0, 2.0, 3.0], 2.5)] {
            assert!((median(&mut values) - middle).abs() < f64::EPSILON);
        }
    }
}
