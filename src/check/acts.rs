//! What an act of the office cannot mean: days, numbers and withdrawals that fit no round and no other act. Told of what is
//! written down, and of an act as soon as a command writes it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, Days, NaiveDate};

use super::days::long_after;
use super::papers;
use super::scope::All;
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{Act, ActKind, Agency, AgencyId, Plan, Recorded, Round, RoundRef, Which};
use crate::register::{Register, Withdrawals};
use crate::source::{Files, Span, as_id};
use crate::validate;
use crate::vietnamese::{date, paper_number};

/// Days before and after a round on which nothing is done about it any more.
const YEAR: Days = Days::new(366);

/// A longer number is none, in characters.
const LONGEST: usize = 50;

/// What is wrong, and what is to be done.
type Doubt = (String, &'static str);

pub(super) fn implausible(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    let others = Others::of(all.register);
    let settles = |recorded: &Recorded| recorded.act.act == ActKind::Settle;
    let raised = if all.register.all().any(settles) { all.remarks() } else { BTreeMap::new() };
    // What is dated after today is told as that; of what was taken back nothing is to be mended.
    let is_judged = |recorded: &&Recorded| {
        recorded.act.date.value <= all.latest && !others.taken_back.contains(&recorded.act.span)
    };
    for recorded in all.register.all().filter(is_judged) {
        let before = accepted_before_receipt(recorded, all);
        let of = recorded.act.id.as_deref().filter(|_| settles(recorded)).and_then(|id| raised.get(&*as_id(id)));
        let settled = of.and_then(|of| {
            let agency = recorded.act.agency.map_or(of.agency, |agency| agency.value);
            if agency == of.agency {
                return settled_before(recorded.act.date.value, of.day);
            }
            let [named, own] = [agency, of.agency].map(|agency| &all.plan[agency].name);
            Some((
                format!("nội dung mang mã này là của {own}, không phải của {named}"),
                "xem lại mã và cơ quan của dòng này",
            ))
        });
        let doubts = others.doubts(recorded, all.plan, all.latest).into_iter();
        for (message, hint) in doubts.chain(before).chain(settled) {
            sink.push(Diagnostic::new(rule, recorded.act.span, message).hint(hint));
        }
    }
}

/// What is doubtful of the acts that were added to a register from a byte on, each with whose it is; `latest` is the last day that
/// anything can have been done on.
pub(crate) fn added(path: &str, text: &str, from: usize, plan: &Plan, latest: NaiveDate) -> Vec<String> {
    let files = Files::from_memory([(path.to_owned(), text.as_bytes().to_vec())]);
    let register = Register::on(validate::acts(&files, plan, &mut Sink::default()), latest);
    let others = Others::of(&register);
    let new = register.all().filter(|recorded| recorded.act.span.start as usize >= from);
    let told = new.flat_map(|recorded| {
        let whose = recorded.act.agency.map(|agency| format!("{}: ", plan[agency.value].name)).unwrap_or_default();
        let doubts = others.doubts(recorded, plan, latest).into_iter();
        doubts.map(move |(message, hint)| format!("{whose}{message} (cách sửa: {hint})"))
    });
    told.collect()
}

/// What two acts are about when one withdraws the other.
type Subject = (ActKind, Option<RoundRef>, Option<AgencyId>, Option<String>);

fn subject(kind: ActKind, Recorded { round, act }: &Recorded) -> Subject {
    match (kind, &*act.id) {
        (ActKind::Settle, Some(id)) => (kind, None, None, Some(as_id(id).into_owned())),
        _ => (kind, *round, act.agency.map(|agency| agency.value), None),
    }
}

/// Acts about one thing, oldest first: the day of each, and when the first written down of it and all before was, without a
/// moment where that is not known.
type Written<'r> = Vec<(NaiveDate, Option<&'r str>)>;

/// The acts of a register by what they are about.
#[derive(Default)]
struct Others<'r> {
    /// By all that a withdrawal may name them by.
    written: HashMap<(Subject, Which<'r>), Written<'r>>,
    /// The first consolidated report of a number that stands.
    issued: HashMap<String, &'r Recorded>,
    /// What was withdrawn since.
    taken_back: BTreeSet<Span>,
}

impl<'r> Others<'r> {
    fn of(register: &'r Register) -> Self {
        let mut others = Self::default();
        for recorded in register.all() {
            let (act, subject) = (&recorded.act, subject(recorded.act.act, recorded));
            for named in act.named_by() {
                let written = others.written.entry((subject.clone(), named)).or_default();
                let first = written.last().map_or(act.entered_at(), |(_, first)| (*first).min(act.entered_at()));
                written.push((act.date.value, first));
            }
        }
        let mut withdrawals: HashMap<_, Withdrawals<'_>> = HashMap::new();
        for recorded in register.all().rev() {
            let act = &recorded.act;
            if let (ActKind::Withdraw, Some(of)) = (act.act, *act.of) {
                withdrawals.entry(subject(of, recorded)).or_default().add(act);
                continue;
            }
            let subject = subject(act.act, recorded);
            if withdrawals.get(&subject).is_some_and(|later| later.take_back(act)) {
                others.taken_back.insert(act.span);
            } else if let (ActKind::Issue, Some(number)) = (act.act, &act.number) {
                let first = others.issued.entry(paper_number(number)).or_insert(recorded);
                *first = std::cmp::min_by_key(*first, recorded, |of| (of.act.date.value, of.act.span));
            }
        }
        others
    }

    fn doubts(&self, recorded: &Recorded, plan: &Plan, latest: NaiveDate) -> Vec<Doubt> {
        let Recorded { round, act } = recorded;
        let of_round = match round {
            Some(RoundRef::Of(id)) => of_round(act, &plan[*id], plan),
            Some(RoundRef::AdHoc) => of_no_round(act),
            Some(RoundRef::Unread(_)) | None => None,
        };
        let entered = act.entered_on().filter(|entered| *entered > latest);
        let entered =
            entered.map(|day| (format!("ghi là vào sổ ngày {}, sau hôm nay", date(day)), "xem lại mục entered"));
        let signed = act.signed.filter(|signed| act.act == ActKind::Paper && *signed > act.date.value);
        let signed = signed.map(|signed| {
            let message = format!("văn bản ngày {} sau ngày nhận {}", date(signed), date(act.date.value));
            (message, "xem lại hai ngày đó")
        });
        let withdrawn = act.of.and_then(|of| self.not_withdrawn(of, recorded));
        // A withdrawal names what it takes back as that was written down.
        let own = act.number.as_deref().filter(|_| *act.of != Some(ActKind::Issue));
        let number = own.and_then(odd_number);
        let other = own.filter(|_| act.act == ActKind::Issue).and_then(|number| anothers_number(number, plan));
        let twice = self.issued_twice(recorded);
        [of_round, entered, signed, withdrawn, number, other, twice].into_iter().flatten().collect()
    }

    /// Why a withdrawal takes nothing back.
    fn not_withdrawn(&self, of: ActKind, recorded: &Recorded) -> Option<Doubt> {
        const AGAIN: &str = "việc rút nhầm thì ghi lại việc đó bằng một dòng mới";
        const WHICH: &str = "xem lại cơ quan và việc được rút lại";
        let (what, day) = (of.label(), recorded.act.date.value);
        if of == ActKind::Withdraw {
            return Some(("rút lại một việc rút lại thì không có tác dụng".to_owned(), AGAIN));
        }
        let about = subject(of, recorded);
        let Some(((first, _), _)) = self.written.get(&(about.clone(), None)).and_then(|all| all.split_first())
        else {
            return Some((format!("rút lại việc “{what}” mà sổ không ghi việc đó"), WHICH));
        };
        let [.., named] = recorded.act.named_by();
        let fitting = self.written.get(&(about, named)).map_or(&[][..], Vec::as_slice);
        let before = &fitting[..fitting.partition_point(|(of, _)| *of <= day)];
        // What is written down only after the withdrawal is none of its.
        let is_later = |first: &str| recorded.act.entered_at().is_some_and(|back| first > back);
        if before.last().is_some_and(|(_, first)| !first.is_some_and(is_later)) {
            return None;
        }
        let first = Some(*first).filter(|first| *first > day);
        let message = match first {
            Some(first) => format!(
                "rút lại việc “{what}” ngày {}, trước ngày của việc đó ({}), nên không rút gì",
                date(day),
                date(first)
            ),
            None => format!("rút lại việc “{what}” không khớp việc nào đã ghi trước đó, nên không rút gì"),
        };
        Some((
            message,
            "ghi lại việc rút bằng một dòng mới, từ ngày của việc được rút, đúng hạn (until), ngày (of_date), số của nó",
        ))
    }

    /// Whether the number of a consolidated report is that of another one, on another day or of another round.
    fn issued_twice(&self, recorded: &Recorded) -> Option<Doubt> {
        let act = &recorded.act;
        let number = act.number.as_deref().filter(|_| act.act == ActKind::Issue)?;
        let first = self.issued.get(&paper_number(number))?;
        let (day, own) = (first.act.date.value, act.date.value);
        // Numbers begin anew every year.
        let is_other = day < own && first.round == recorded.round
            || first.round != recorded.round && first.act.span != act.span && day.year() == own.year();
        let message = is_other.then(|| format!("số {number} đã ghi cho báo cáo tổng hợp ngày {}", date(day)))?;
        Some((message, "một báo cáo chỉ có một ngày; báo cáo bổ sung thì ghi số của báo cáo đó"))
    }
}

/// What is said where a consolidated report bears the code of an agency that does not consolidate; `UBND` of a commune may be that of
/// the province, which issues the plan.
fn anothers_number(number: &str, plan: &Plan) -> Option<Doubt> {
    let plain = paper_number(number);
    let consolidator = plan.consolidator.map(|id| &plan[id]);
    let own = consolidator.and_then(|agency| agency.document_code.as_deref());
    let code = papers::code(&plain, own).filter(|code| own.is_some_and(|own| !papers::names(code, own)))?;
    let is_issuers = |own: &str| plan.issuer.split(' ').any(|word| word == own);
    let names = |own: &str| papers::names(code, own) && !is_issuers(own);
    let named = |agency: &&Agency| agency.document_code.as_deref().is_some_and(names);
    let mut named = plan.agencies.iter().filter(named);
    let other = named.next().filter(|_| named.next().is_none())?;
    let message = format!("số {number} mang ký hiệu của {}", other.name);
    Some((message, "ghi số của báo cáo tổng hợp; ghi nhầm thì rút lại: plan issue KỲ --withdraw"))
}

/// What the days of an act have to do with the round that it is about.
fn of_round(act: &Act, round: &Round, plan: &Plan) -> Option<Doubt> {
    let (last, due) = (round.agencies.last_on_time(&plan.holidays), round.consolidated.before);
    if let Some(until) = act.until.filter(|_| act.act == ActKind::Extend) {
        let why = match () {
            () if until <= last => {
                format!("không sau ngày cuối đúng hạn của kỳ ({}) nên không gia hạn gì", date(last))
            }
            () => long_after(until, round)?,
        };
        return Some((format!("hạn mới {} {why}", date(until)), "xem lại năm, tháng, ngày của hạn mới"));
    }
    let is_far = |day: &NaiveDate| *day < round.data_from - YEAR || *day > due + YEAR;
    if let Some(far) = [Some(act.date.value), act.signed].into_iter().flatten().find(is_far) {
        let message = format!("ngày {} cách kỳ {} hơn một năm", date(far), round.short_name);
        return Some((message, "xem lại năm, tháng, ngày"));
    }
    if act.act != ActKind::Issue {
        return None;
    }
    if act.agency.is_some() {
        let message = "gửi báo cáo tổng hợp không phải việc của riêng một cơ quan, nên không được tính";
        return Some((message.to_owned(), "ghi một dòng mới, không có mục agency"));
    }
    let (day, close) = (act.date.value, round.data_to);
    (day < close).then(|| {
        let message =
            format!("báo cáo tổng hợp ngày {}, trước ngày chốt số liệu của kỳ ({})", date(day), date(close));
        (message, "xem lại kỳ và ngày của báo cáo; ghi nhầm thì rút lại: plan issue KỲ --withdraw")
    })
}

/// Ad hoc reports have no deadline and are consolidated with those of rounds.
fn of_no_round(act: &Act) -> Option<Doubt> {
    let is_of_round = matches!(act.act, ActKind::Extend | ActKind::Issue | ActKind::Paper);
    is_of_round.then(|| {
        let message = format!("việc “{}” ghi ở sổ của báo cáo đột xuất, nên không được tính", act.act.label());
        (message, "ghi vào sổ của một kỳ: reports/<kỳ>/register.yaml")
    })
}

/// What comes before its agency's report came was another report's; as acceptances were written before, their days were
/// those of typing.
fn accepted_before_receipt(Recorded { round, act }: &Recorded, all: &All<'_>) -> Option<Doubt> {
    let (Some(RoundRef::Of(round)), Some(agency), ActKind::Accept, Some(_)) =
        (round, *act.agency, act.act, &*act.content)
    else {
        return None;
    };
    let received = all.of_rounds.get(&(*round, agency.value))?.received.as_ref()?.value;
    (act.date.value < received).then(|| {
        let (day, received) = (date(act.date.value), date(received));
        (format!("duyệt ngày {day}, trước ngày nhận báo cáo ({received})"), "xem lại hai ngày đó")
    })
}

/// What is said of a difficulty that was settled before anybody can have raised it.
pub(crate) fn settled_before(settled: NaiveDate, raised: Option<NaiveDate>) -> Option<Doubt> {
    let raised = raised.filter(|raised| settled < *raised)?;
    let [settled, raised] = [settled, raised].map(date);
    let message = format!("ghi giải quyết ngày {settled}, trước ngày nội dung đó được nêu ({raised})");
    Some((message, "xem lại hai ngày đó; ghi nhầm thì rút lại: plan settle MÃ --withdraw"))
}

/// What is said of a number that no paper bears: digits, a stroke, and whose it is. A digit above the line is the mark of a note.
pub(crate) fn odd_number(number: &str) -> Option<Doubt> {
    let is_one = number.chars().count() <= LONGEST
        && !number.contains(|c: char| c.is_numeric() && !c.is_ascii())
        && number
            .split_once('/')
            .is_some_and(|(count, code)| count.starts_with(|c: char| c.is_ascii_digit()) && !code.is_empty());
    (!is_one).then(|| {
        let short: String = number.chars().take(LONGEST).collect();
        let more = if short.len() < number.len() { "…" } else { "" };
        (format!("số văn bản “{short}{more}” không có dạng số/ký hiệu"), "ghi như trên văn bản: 12/SCT-QLTM")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_paper_is_told_from_what_is_none() {
        for (number, odd) in [
            ("1342/BC-SYT", false),
            ("12b/BC-SYT", false),
            ("02/2026/CV-UBND", false),
            ("1342¹/BC-SYT", true),
            ("1342/BC-SYT¹", true),
            ("BC-SYT", true),
            ("1342/", true),
            ("ngày 17/11", true),
        ] {
            assert_eq!(odd_number(number).is_some(), odd, "{number}");
        }
    }
}
