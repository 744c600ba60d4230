//! Figures and states against those of an earlier round whose days a round's hold: what runs from its first day never falls
//! within it, and what was begun is not begun anew.

use std::collections::BTreeMap;

use chrono::Datelike;
use rayon::prelude::*;

use super::Check;
use super::scope::{All, Change, Now, Scope};
use crate::diagnostic::{Diagnostic, Rule, Sink};
use crate::model::{
    Agency, Answer, Plan, Quantity, Report, Reporting, Round, RoundId, TaskId, TaskStatus, Violator,
};
use crate::source::Span;
use crate::vietnamese::{date, fold, lower_first, number};

pub(super) const CHECKS: &[Check] = &[
    Check::error(
        "below-earlier-round",
        "Số lũy kế nhỏ hơn số đã báo ở kỳ trước",
        Scope::All(below_earlier_round),
        "\
Mọi số đếm, kinh phí theo nguồn, số vụ theo lĩnh vực đều lũy kế từ ngày bắt đầu lấy số liệu của kỳ (data_from), nên không thể nhỏ hơn số
của kỳ nằm trọn trong thời gian đó, cũng không thể thành “không phát sinh”, “không áp dụng”. Công cụ so tổng các nhiệm vụ, nên số chuyển sang nhiệm vụ khác không phải là giảm; nêu lý do
chưa có số cũng không phải là giảm. Thường do chỉ ghi phần phát sinh thêm, hoặc kỳ trước ghi nhầm.

Sai: kỳ consumer-day ghi inspections: 40, kỳ annual ghi inspections: 25
Sai: kỳ consumer-day ghi inspections: 40, kỳ annual ghi inspections: nothing-arose
Đúng: kỳ annual ghi inspections: 65
Đúng: kỳ annual ghi inspections: {reason: Chưa tổng hợp xong quý IV}",
    ),
    Check::warning(
        "earlier-figure-dropped",
        "Số lũy kế đã báo ở kỳ trước, kỳ này bỏ trống mà không nêu lý do",
        Scope::All(earlier_figure_dropped),
        "\
Số liệu lũy kế từ ngày bắt đầu lấy số liệu của kỳ, nên số đã báo ở kỳ nằm trong thời gian đó phải có trong số của kỳ này. Bỏ trống thì số đó mất khỏi tổng của kỳ này.
Số mà cơ quan chủ trì còn nợ đã có quy tắc khác nêu.

Sai: kỳ consumer-day ghi outreach_events: 12, kỳ annual không ghi gì
Đúng: kỳ annual ghi outreach_events: 12 nếu không thêm, hoặc {reason: lý do chưa có số}",
    ),
    Check::warning(
        "fine-below-earlier-round",
        "Tiền phạt trong danh sách vi phạm nhỏ hơn ở kỳ trước",
        Scope::All(fine_below_earlier_round),
        "\
Danh sách vi phạm đã công bố cũng lũy kế từ ngày bắt đầu lấy số liệu của kỳ: bỏ người đã báo ở kỳ trước, hay ghi tiền phạt của người đó nhỏ đi, thì tổng tiền
phạt giảm. Quyết định xử phạt đã sửa, đã hủy thì chấp nhận ở accepted kèm lý do.

Sai: kỳ consumer-day ghi {name: Hộ A, fine: 9000000}, kỳ annual ghi {name: Hộ A, fine: 900000}
Đúng: kỳ annual ghi {name: Hộ A, fine: 9000000} và thêm các vi phạm mới",
    ),
    Check::warning(
        "status-fell-back",
        "Nhiệm vụ đã báo thực hiện ở kỳ trước, kỳ này ghi chưa thực hiện",
        Scope::All(status_fell_back),
        "\
Chưa thực hiện là chưa làm việc gì của nhiệm vụ. Kỳ nằm trong thời gian lấy số liệu của kỳ này đã báo đang thực hiện, hoàn thành, thì trạng
thái ở một trong hai kỳ sai.

Sai: kỳ consumer-day ghi status: done, kỳ annual ghi status: not-started
Đúng: kỳ annual ghi status: done, hoặc in-progress nếu còn việc phải làm",
    ),
];

/// The numbers that a word took away, with where the first of them stands.
struct Lost {
    told: Vec<String>,
    place_then: Span,
    hints: Hints,
}

/// A remedy, and the one for a form.
type Hints = [String; 2];

/// From which day the figures of a round run, in words.
fn running_from(round: &Round) -> String {
    match round.data_from.ordinal() {
        1 => "từ đầu năm".to_owned(),
        _ => format!("từ ngày {}", date(round.data_from)),
    }
}

fn whole(round: &Round) -> Hints {
    let from = running_from(round);
    let told = format!("số liệu lũy kế {from}: ghi tổng số, kể cả khi không tăng, không ghi riêng phần tăng thêm");
    [told.clone(), told]
}

/// A form has no place for what is of an agency alone.
fn whole_of_both(round: &Round) -> Hints {
    let of_both =
        format!("số liệu lũy kế {}, gồm cả số của cơ quan được kế thừa: ghi tổng số", running_from(round));
    [
        format!("{of_both}; số của riêng cơ quan này thì ghi {{value: số, itself_alone: true}}"),
        format!("{of_both}; mới có số của riêng cơ quan này thì cộng thêm số mà cơ quan được kế thừa đã báo"),
    ]
}

fn below_earlier_round(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    // A word said of a whole task is one mistake, however many numbers it takes away.
    let mut words: BTreeMap<(Span, RoundId, TaskStatus), Lost> = BTreeMap::new();
    let mut report = |place, message: String, place_then, [hint, in_form]: Hints| {
        let found = Diagnostic::new(rule, place, message).hint(hint).in_form(in_form);
        sink.push(found.related(place_then, "số đã báo kỳ trước"));
    };
    for change in &all.changes {
        let (then, place_then) = change.then;
        // Hardly any has fallen: what would be said of it is made up for those alone.
        let label = || change.quantity.label();
        let told = || match change.heir_of.as_slice() {
            [] => (number(then), whole(change.round)),
            of => {
                let both = format!("{}, gồm cả số của {}", number(then), of.join(", "));
                (both, whole_of_both(change.round))
            }
        };
        match change.now {
            Now::Told(Ok(now), place) if now < then => {
                let ((before, hints), label, earlier) = (told(), label(), &change.earlier.short_name);
                let message = format!("{label}: {} nhỏ hơn số đã báo ở kỳ “{earlier}” ({before})", number(now));
                report(place, message, place_then, hints);
            }
            Now::Told(Err(word), place) => {
                let of = (place, change.earlier.id, word);
                let (before, hints) = told();
                let lost = words.entry(of).or_insert(Lost { told: Vec::new(), place_then, hints });
                lost.told.push(format!("{} {before}", lower_first(&label())));
            }
            Now::Told(Ok(_), _) | Now::Open | Now::Nothing => {}
        }
    }
    for ((place, earlier, word), Lost { told, place_then, hints }) in words {
        let earlier = &all.plan[earlier].short_name;
        let message = format!("ghi “{}”, nhưng kỳ “{earlier}” đã báo {}", word.label(), told.join("; "));
        report(place, message, place_then, hints);
    }
}

fn earlier_figure_dropped(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    let is_dropped = |change: &&Change<'_>| matches!(change.now, Now::Nothing) && !is_owed(all.plan, change);
    let mut dropped: Vec<&Change<'_>> = all.changes.iter().filter(is_dropped).collect();
    let of = |change: &&Change<'_>| (change.report.span.file, change.earlier.id);
    dropped.sort_by_key(of);
    for of_report in dropped.chunk_by(|one, next| of(one) == of(next)) {
        let [first, ..] = of_report else { continue };
        let told = |change: &&Change<'_>| format!("{} ({})", change.quantity.label(), number(change.then.0));
        let told: Vec<String> = of_report.iter().map(told).collect();
        let message = format!("bỏ trống số đã báo ở kỳ “{}”: {}", first.earlier.short_name, told.join("; "));
        let whole = format!("ghi tổng số {}, kể cả khi không tăng", running_from(first.round));
        sink.push(
            Diagnostic::new(rule, first.report.span, message)
                .hint(format!("{whole}; số liệu của nhiệm vụ chưa có thì ghi {{reason: lý do}}"))
                .in_form(format!("{whole}; số liệu của nhiệm vụ chưa có thì ghi lý do"))
                .related(first.then.1, "số đã báo kỳ trước"),
        );
    }
}

fn fine_below_earlier_round(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    for (round, agency, report) in all.round_reports() {
        let (now, mut before) = (fines(report), BTreeMap::new());
        let within = all.plan.rounds.iter().filter(|earlier| is_within(earlier, round));
        for (earlier, report) in within.filter_map(|earlier| Some((earlier, all.report(earlier, agency)?))) {
            for (name, (then, first)) in fines(report) {
                let told = before.entry(name).or_insert((then, first, earlier));
                if then >= told.0 {
                    *told = (then, first, earlier);
                }
            }
        }
        for (name, (then, first, earlier)) in before {
            let (told, fine, span) = match now.get(&name) {
                Some((fine, found)) => (number(*fine), *fine, found.name.span),
                None => ("không còn trong danh sách".to_owned(), 0, report.span),
            };
            if fine >= then {
                continue;
            }
            let (who, of, from) = (&first.name.value, &earlier.short_name, running_from(round));
            let message = format!("tiền phạt của {who}: {told}, kỳ “{of}” đã báo {}", number(then));
            let whole = format!("danh sách lũy kế {from}: ghi lại đủ");
            sink.push(
                Diagnostic::new(rule, span, message)
                    .hint(format!("{whole}; quyết định đã sửa, hủy thì chấp nhận ở accepted kèm lý do"))
                    .in_form(whole)
                    .related(first.name.span, "đã báo kỳ trước"),
            );
        }
    }
}

fn status_fell_back(all: &All<'_>, rule: &'static Rule, sink: &mut Sink) {
    let has_begun = |status: TaskStatus| matches!(status, TaskStatus::InProgress | TaskStatus::Done);
    for (round, agency, report) in all.round_reports() {
        for entry in report.tasks.iter().filter(|entry| entry.status == Some(TaskStatus::NotStarted)) {
            let within = all.plan.rounds.iter().filter(|earlier| is_within(earlier, round));
            let mut told = within.filter_map(|earlier| {
                let before = &all.report(earlier, agency)?.tasks;
                let before = before.iter().find(|before| before.key.value == entry.key.value)?;
                Some((earlier, before, before.status.filter(|status| has_begun(*status))?))
            });
            let Some((earlier, before, status)) = told.next() else { continue };
            let (now, was) = (TaskStatus::NotStarted.label(), status.label());
            let message = format!("ghi “{now}”, nhưng kỳ “{}” đã báo “{was}”", earlier.short_name);
            let found = Diagnostic::new(rule, entry.key.span, message).hint("sửa trạng thái ở kỳ ghi nhầm");
            sink.push(found.related(before.key.span, "đã báo kỳ trước"));
        }
    }
}

/// Whether the days of a round's data hold those of another and more: the year a half of it, a half a month of it.
fn is_within(other: &Round, round: &Round) -> bool {
    let days = |round: &Round| (round.data_from, round.data_to);
    other.data_from >= round.data_from && other.data_to <= round.data_to && days(other) != days(round)
}

/// By the name, folded, what somebody was fined in all, with the first entry.
fn fines(report: &Report) -> BTreeMap<String, (u128, &Violator)> {
    let mut fines = BTreeMap::new();
    for found in &report.violators {
        let name = fold(found.name.value.trim_end_matches('.'));
        let (sum, _) = fines.entry(name).or_insert((0, found));
        *sum += found.fine.map_or(0, |fine| u128::from(fine.value));
    }
    fines
}

/// Whether other rules miss it: a lead has to tell of its tasks.
fn is_owed(plan: &Plan, change: &Change<'_>) -> bool {
    let leads = |task: &TaskId| plan[*task].leads.contains(&change.agency.id);
    change.agency.reporting == Reporting::Required
        && change.quantity.indicator().is_some_and(|indicator| indicator.tasks.iter().any(leads))
}

/// Every number above zero of an earlier round, the greatest where there are several, with what became of it.
pub(super) fn changes<'c>(all: &All<'c>) -> Vec<Change<'c>> {
    let plan = all.plan;
    let quantities = plan.quantities().into_iter().filter(|quantity| quantity.is_cumulative());
    let quantities: Vec<Quantity<'_>> = quantities.collect();
    let reports: Vec<_> = all.round_reports().collect();
    let of_report = |(round, agency, report): (&'c Round, &'c Agency, &'c Report)| {
        let mut changes = Vec::new();
        let gone: Vec<&Agency> = plan.predecessors(agency.id, round).collect();
        let before = plan.rounds.iter().filter(|earlier| is_within(earlier, round)).map(|earlier| {
            let told = |of: &Agency| all.report(earlier, of);
            let own = told(agency).map(|report| (agency, report));
            // Whoever was gone by then was in its successor's figures already, and whoever was not asked is not counted.
            let others = gone.iter().filter(|of| plan.is_asked(of, earlier));
            let others: Vec<_> = others.filter_map(|of| Some((*of, told(of)?))).collect();
            (earlier, own, others)
        });
        let mut before: Vec<_> = before.collect();
        // What they reported in the round itself, while they were there, its figures contain as well.
        let sent =
            |of: &Agency| all.report(round, of).filter(|told| told.received().is_some_and(|day| of.is_there(day)));
        let others = gone.iter().filter(|of| of.reporting != Reporting::None);
        let others: Vec<_> = others.filter_map(|of| Some((*of, sent(of)?))).collect();
        if !others.is_empty() {
            let newest = before.iter().max_by_key(|(earlier, ..)| earlier.data_to);
            before.push((round, newest.and_then(|(_, own, _)| *own), others));
        }
        for quantity in quantities.iter().copied() {
            let alone = || quantity.said(plan, report).iter().any(|said| said.given.itself_alone);
            let told = before.iter().filter_map(|(earlier, own, others)| {
                let others = if others.is_empty() || alone() { &[][..] } else { others };
                let (mut sum, mut heir_of) = (None::<(u128, Span)>, Vec::new());
                for (of, before) in own.iter().chain(others) {
                    let added = quantity.added(plan, Some(round), before).filter(|(sum, _)| *sum > 0);
                    let Some((value, place)) = added else { continue };
                    sum = Some(sum.map_or((value, place), |(sum, first)| (sum + value, first)));
                    heir_of.extend((of.id != agency.id).then_some(of.name.as_str()));
                }
                Some((sum?, *earlier, heir_of))
            });
            let greatest = told.max_by_key(|((sum, _), earlier, _)| (*sum, earlier.data_to));
            if let Some((then, earlier, heir_of)) = greatest {
                let now = now(plan, quantity, report);
                changes.push(Change { quantity, agency, round, report, earlier, then, heir_of, now });
            }
        }
        changes
    };
    reports.into_par_iter().flat_map_iter(of_report).collect()
}

/// What is told now, whether it is added up or not: what another agency counts from now on has not fallen.
fn now(plan: &Plan, quantity: Quantity<'_>, report: &Report) -> Now {
    if quantity.is_unread(report) {
        return Now::Open;
    }
    let said = quantity.said(plan, report);
    if said.iter().any(|said| matches!(said.given.answer, Answer::Unanswered(Some(_)))) {
        return Now::Open;
    }
    let numbers = said.iter().filter_map(|said| Some((said.number()?, said.span)));
    if let Some((sum, place)) = numbers.reduce(|(sum, place), (value, _)| (sum + value, place)) {
        return Now::Told(Ok(sum), place);
    }
    let words = said.iter().filter_map(|said| match said.given.answer {
        Answer::NothingArose => Some((TaskStatus::NothingArose, said.span)),
        Answer::NotApplicable => Some((TaskStatus::NotApplicable, said.span)),
        _ => None,
    });
    // A task that nothing arose in says so of its figures as well.
    let of_tasks = report.tasks.iter().filter_map(|entry| {
        let of = quantity.indicator().is_some_and(|of| of.tasks.contains(&entry.key.value));
        let status @ (TaskStatus::NothingArose | TaskStatus::NotApplicable) = entry.status? else { return None };
        of.then_some((status, entry.key.span))
    });
    words.chain(of_tasks).next().map_or(Now::Nothing, |(word, place)| Now::Told(Err(word), place))
}
