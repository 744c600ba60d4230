//! Made-up values for a dry run: at each place nothing, one and several of all there is, and absent what can be. What
//! the plan says of itself is taken as it stands.

mod groups;

use std::collections::BTreeMap;

use minijinja::value::{Serde, Value, ValueKind, merge_maps};
use serde::Serialize;

use self::groups::{group, states};
use super::OF_INDICATORS;
use super::scope::{
    AdHoc, Body, Change, Common, Conflict, Consolidated, Control, Counts, Deadline, Funding, FundingSource,
    General, Group, GroupDone, Growth, Highlight, Letter, OfField, OfTask, Older, Overlap, Paper, Part, Petition,
    Petitions, Previous, Raised, Report, Silent, Since, Tasks, Top, Urged, Urgee, Violators, Voiced, annex_name,
};
use crate::model::{AnnexContent, Plan, Round};
use crate::vietnamese::date;

const SEVERAL: usize = 3;

/// What the templates of one place may name.
#[derive(Clone)]
pub(super) struct Scope {
    /// All there is, several of each.
    pub(super) full: Value,
    /// What can come to pass, the fullest last.
    pub(super) possible: Vec<Value>,
}

impl Scope {
    fn new(full: impl Serialize, cases: &[impl Serialize]) -> Self {
        Self { full: value(full), possible: cases.iter().map(value).collect() }
    }

    /// The fullest that can come to pass without any number of an indicator.
    pub(super) fn without(&self, indicator: &str) -> Option<Value> {
        let fullest = self.possible.last()?;
        // Who reported is counted all the same.
        let names = OF_INDICATORS.iter().map(|name| name.trim_end_matches('.')).filter(|name| *name != "reporters");
        let without = names.filter_map(|name| {
            let known = fullest.get_attr(name).ok()?;
            let nothing = match known.get_attr(indicator).ok()?.kind() {
                ValueKind::Seq => Value::from_iter([] as [Value; 0]),
                _ => Value::from(()),
            };
            Some((name, merge_maps([known, BTreeMap::from([(indicator, nothing)]).into()])))
        });
        Some(with(fullest, without))
    }
}

/// Of the report's paragraphs. None without a round: nothing is written then.
pub(super) fn report(plan: &Plan) -> Option<Scope> {
    let possible = reports(plan);
    let full = full_report(possible.last()?);
    Some(Scope::new(full, &possible))
}

/// Of the opening of a group of tasks, which has one task at least, in a report that may name what `report` says.
pub(super) fn group_opening(report: &Scope) -> Scope {
    let one_state = (0..7).map(|state| std::array::from_fn(|other| usize::from(other == state)));
    let several = group([SEVERAL; 7]);
    let opening = |report: &Value, group: &Group| with(report, [("group", value(group))]);
    let groups: Vec<Group> = one_state.map(group).chain([several.clone()]).collect();
    let possible = report.possible.iter().rev().cycle().zip(&groups);
    Scope {
        full: opening(&report.full, &several),
        possible: possible.map(|(report, group)| opening(report, group)).collect(),
    }
}

/// Of the agencies that are urged: who sent nothing, whose report is not valid, who sent paper alone.
type Shares = (usize, usize, usize);

/// Of the letter that urges, to several and to one.
pub(super) fn letter(plan: &Plan) -> Option<Scope> {
    let to_several = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (SEVERAL, SEVERAL, SEVERAL)].map(|urged| (None, urged));
    let to_one = urgees(plan)?.map(|(agency, urged)| (Some(agency), urged));
    letters(plan, to_several.into_iter().chain(to_one))
}

/// Of the message, which is always to one.
pub(super) fn message(plan: &Plan) -> Option<Scope> {
    letters(plan, urgees(plan)?.into_iter())
}

fn letters<A: Serialize + Clone>(plan: &Plan, cases: impl Iterator<Item = (A, Shares)>) -> Option<Scope> {
    let contact = &plan.wording.reminder.as_ref()?.contact;
    let mut letters = Vec::new();
    for ((agency, (missing, invalid, on_paper)), round) in cases.zip(plan.rounds.iter().cycle()) {
        let last = round.agencies.last_on_time(&plan.holidays);
        let consolidated = round.consolidated.last_on_time(&plan.holidays);
        // The day before, the last day itself, and after it; the consolidated report is late, or sent.
        let days = [last.pred_opt(), Some(last), last.succ_opt(), consolidated.succ_opt(), consolidated.succ_opt()];
        for (at, as_of) in days.into_iter().enumerate().filter_map(|(at, day)| Some((at, day?))) {
            letters.push(Letter {
                common: Common::new(plan, round, as_of, counts(missing + invalid + on_paper)),
                agency: agency.clone(),
                urged: Urged {
                    total: missing + invalid + on_paper,
                    missing,
                    invalid,
                    on_paper,
                    // One of several.
                    extended: usize::from(missing > 1 && at % 2 == 0),
                },
                deadline: Deadline::new(plan, round, None, as_of),
                consolidated: Consolidated {
                    passed: consolidated < as_of,
                    issued: (at == 4).then(|| "số 1/BC-SCT ngày 01/12/2026".to_owned()),
                },
                contact: contact.clone(),
            });
        }
    }
    let mut full = letters.last()?.clone();
    complete(&mut full.common.general);
    Some(Scope::new(full, &letters))
}

/// An agency that sent nothing, and leads no task or some; one whose report has an error or several; one whose paper came
/// without its data.
fn urgees(plan: &Plan) -> Option<[(Urgee, Shares); 5]> {
    let name = &plan.agencies.first()?.name;
    let urgee = |tasks: &str, errors| Urgee { name: name.clone(), tasks: tasks.to_owned(), errors, paper: None };
    let (missing, invalid, on_paper) = ((1, 0, 0), (0, 1, 0), (0, 0, 1));
    Some([
        (urgee("", 0), missing),
        (urgee("I.1, I.2", 0), missing),
        (urgee("", 1), invalid),
        (urgee("I.1, I.2", SEVERAL), invalid),
        (Urgee { paper: Some("1/BC-UBND".to_owned()), ..urgee("I.1, I.2", 0) }, on_paper),
    ])
}

/// Of the report of one agency.
pub(super) fn paper(plan: &Plan) -> Option<Scope> {
    let agency = Body { name: plan.agencies.first()?.name.clone() };
    let of_round = |round: &Round| Paper {
        common: Common::new(plan, round, round.agencies.before, counts(1)),
        agency: agency.clone(),
    };
    let possible: Vec<Paper> = plan.rounds.iter().map(of_round).collect();
    let mut full = possible.last()?.clone();
    complete(&mut full.common.general);
    full.common.round.topic.get_or_insert("Tiêu dùng an toàn".to_owned());
    Some(Scope::new(full, &possible))
}

/// Of the letter on difficulties and recommendations, which tells of one recommendation at least.
pub(super) fn petition(plan: &Plan) -> Option<Scope> {
    let as_of = plan.rounds.first()?.agencies.before;
    let petition = |(raised, since): (Raised, Option<&str>)| Petition {
        general: General::new(plan, as_of),
        body: Body { name: plan.issuer.clone() },
        raised,
        since: since.map(str::to_owned),
    };
    let one = Raised { recommendations: 1, urgent: 0, difficulties: 0, agencies: 1 };
    let several = Raised { recommendations: SEVERAL, urgent: 1, difficulties: SEVERAL, agencies: SEVERAL };
    let cases = [(one, None), (several, Some("01/11/2026"))].map(petition);
    let mut full = cases.last()?.clone();
    complete(&mut full.general);
    Some(Scope::new(full, &cases))
}

/// Of how one number changed: each way, with and without a percentage.
pub(super) fn growth(plan: &Plan) -> Option<Scope> {
    changes(plan, |_| None)
}

/// The same of some agencies, few and many.
pub(super) fn growth_of_both(plan: &Plan) -> Option<Scope> {
    changes(plan, |at| Some(if at % 3 == 0 { SEVERAL } else { 1 }))
}

fn changes(plan: &Plan, agencies: fn(usize) -> Option<usize>) -> Option<Scope> {
    let change = |(at, way): (usize, &'static str)| Growth {
        change: Change {
            label: "số vụ kiểm tra".to_owned(),
            year: (plan.year - 1).to_string(),
            way,
            by: "322 vụ".to_owned(),
            percent: (at > 4).then(|| "12,5%".to_owned()),
            now: "2.898 vụ".to_owned(),
            before: "2.576 vụ".to_owned(),
            agencies: agencies(at),
            names: agencies(at).filter(|count| *count == 1).map(|_| plan.wording.issuer_name.clone()),
            told: "tăng 322 vụ".to_owned(),
        },
    };
    let ways = ["same", "from_zero", "up", "down"].into_iter().cycle().take(8);
    let possible: Vec<Growth> = ways.enumerate().map(change).collect();
    Some(Scope::new(possible.last()?, &possible))
}

/// The same round and plan with nothing, one and several of all that is counted.
fn reports(plan: &Plan) -> Vec<Report> {
    let report = |(amount, round): (usize, &Round)| {
        let figures = |unit: &str| of_each(plan, (amount > 0).then(|| format!("{amount}{unit}")));
        let words = |value: u64| format!("{value} vụ");
        let some = (amount > 0).then_some(amount as u64);
        let several = some.filter(|value| *value > 1);
        let name = || plan.wording.issuer_name.clone();
        let part = Part {
            name: name(),
            members: "xã, phường".to_owned(),
            expected: 3 * amount,
            received: 2 * amount,
            included: amount,
            missing: amount,
            folded: amount > 1,
        };
        let voiced = Voiced {
            total: amount,
            agencies: amount,
            groups: amount,
            earlier: amount / 2,
            reworded: amount > 0,
            themes: vec!["kinh phí".to_owned(); amount],
        };
        let day = || date(round.data_to);
        let highlight =
            || Highlight { task: "I.1".to_owned(), text: "Sở tổ chức lễ phát động.".to_owned() };
        let of_task = |value| OfTask { task: "quán triệt".to_owned(), amount: words(value), value };
        Report {
            common: Common::new(plan, round, round.agencies.before, counts(amount)),
            annex: AnnexContent::ALL.iter().map(|content| (content.id(), annex(plan, *content))).collect(),
            parts: vec![part; amount],
            included: 2 * amount,
            silent: Silent {
                names: (amount > 0).then(name),
                heard: (amount > 2).then(name),
                overdue: amount,
                days: (amount > 1).then_some(4),
                varied: amount > 2,
                ever: amount,
                compared: amount > 0,
            },
            values: of_each(plan, some),
            left: figures(" vụ"),
            sole: of_each(plan, (amount == 1).then(name)),
            beyond: of_each(plan, several.map(|value| Top { agency: name(), amount: words(value), value })),
            overlaps: of_each(
                plan,
                some.map(|value| Overlap { names: name(), others: name(), amount: words(value), value }),
            ),
            older: of_each(
                plan,
                some.into_iter()
                    .map(|value| Older { amount: words(value), until: day(), names: name(), is_all: amount == 1 })
                    .collect(),
            ),
            top: of_each(plan, several.map(|value| Top { agency: name(), amount: words(value), value })),
            previous: Previous {
                year: (plan.year - 1).to_string(),
                known: amount > 0,
                same_days: amount > 1,
                data_from: (amount > 0).then(day),
                data_to: (amount > 0).then(day),
                source: (amount > 1).then(|| "Báo cáo số 1/BC-SCT".to_owned()),
                compared: amount.saturating_sub(1),
            },
            growth: figures(" vụ"),
            growth_in_list: figures("%"),
            growth_of_both: figures(" vụ."),
            by_task: of_each(plan, some.map_or_else(Vec::new, |value| vec![of_task(value); amount])),
            since: of_each(plan, several.map(|value| Since { amount: words(value), value, from: day() })),
            reporters: of_each(plan, amount),
            carried_over: figures(" vụ"),
            nothing_arose: of_each(plan, amount == 0),
            consolidated: Consolidated {
                passed: amount > 0,
                issued: (amount > 1).then(|| "số 1/BC-SCT ngày 01/12/2026".to_owned()),
            },
            groups: vec![GroupDone { title: "kiểm tra".to_owned(), tasks: amount, done: amount / 2 }; amount],
            fields: vec![OfField { name: "hàng tiêu dùng".to_owned(), value: amount as u64 }; amount],
            highlights: vec![highlight(); amount],
            violators: Violators {
                agencies: (amount > 0).then(name),
                fines: (amount > 1).then(|| "111 triệu đồng".to_owned()),
            },
            control: (amount > 0).then(|| Control {
                agency: name(),
                members: 3 * amount,
                of: "thành viên".to_owned(),
                silent: amount,
                silent_names: name(),
                equal: amount > 1,
                explained: amount == 1,
                until: (amount == 1).then(day),
                is_more: amount != 1,
                difference: "12 vụ".to_owned(),
            }),
            difficulties: voiced.clone(),
            own_petitions: voiced,
            ad_hoc: vec![AdHoc { agency: name(), date: day(), subject: "tình hình giá".to_owned() }; amount],
            ad_hoc_newest: vec!["số doanh nghiệp của UBND xã Vân Hồ".to_owned(); amount / 2],
            ad_hoc_expired: amount / 2,
            funding: Funding {
                total: (amount > 0).then(|| "4,86 tỷ đồng".to_owned()),
                alone: (amount > 0).then(|| "4,86 tỷ đồng".to_owned()),
                value: (amount > 0).then_some(4_862_000_000),
                sources: vec![
                    FundingSource {
                        name: "ngân sách nhà nước".to_owned(),
                        amount: "3,21 tỷ đồng".to_owned(),
                        share: Some("66%".to_owned()),
                        value: 3_211_500_000,
                    };
                    amount
                ],
                reports: amount,
                silent: amount,
            },
            petitions: vec![
                Petitions {
                    to: name(),
                    count: amount,
                    total: 2 * amount,
                    agencies: amount,
                    reworded: amount > 1
                };
                amount
            ],
            conflicts: vec![Conflict { to: name(), text: "về địa điểm, hai nơi".to_owned() }; amount],
            tasks: Tasks { total: 7 * amount, states: states([amount; 7]), overdue: amount },
            totals: figures(" vụ"),
            numbers: figures(""),
        }
    };
    [0, 1, SEVERAL].into_iter().zip(plan.rounds.iter().cycle()).map(report).collect()
}

/// The same of every indicator.
fn of_each<T: Clone>(plan: &Plan, value: T) -> BTreeMap<String, T> {
    plan.indicators.iter().map(|indicator| (indicator.key.clone(), value.clone())).collect()
}

fn full_report(report: &Report) -> Report {
    let mut full = report.clone();
    complete(&mut full.common.general);
    full.common.round.topic.get_or_insert("Tiêu dùng an toàn".to_owned());
    full.silent.days.get_or_insert(4);
    if let Some(control) = &mut full.control {
        control.until.get_or_insert("31/5/2026".to_owned());
    }
    full.sole.values_mut().for_each(|name| *name = Some("Sở Công Thương".to_owned()));
    full.annex.values_mut().for_each(|name| *name = Some("Phụ lục I".to_owned()));
    full
}

/// What the plan may leave open.
fn complete(general: &mut General) {
    general.plan.number.get_or_insert("1/KH-UBND".to_owned());
    general.plan.date.get_or_insert("01/01/2026".to_owned());
}

fn counts(amount: usize) -> Counts {
    Counts {
        expected: 3 * amount,
        received: 2 * amount,
        on_time: amount,
        late: amount,
        missing: amount,
        invalid: amount,
        skipped: amount,
        not_accepted: amount / 2,
        paper_alone: amount / 2,
        requested: 2 * amount,
        requested_received: amount,
        requested_skipped: amount / 2,
    }
}

/// `Phụ lục III`, by its place in the outline.
fn annex(plan: &Plan, content: AnnexContent) -> Option<String> {
    plan.wording.annexes.iter().position(|annex| annex.content == content).map(annex_name)
}

fn value(scope: impl Serialize) -> Value {
    with(&Value::from(Serde(scope)), [])
}

/// A mapping with some of its values replaced or added, by names that are looked up as they stand: templates do so very often.
fn with<'n>(known: &Value, others: impl IntoIterator<Item = (&'n str, Value)>) -> Value {
    let names = known.try_iter().into_iter().flatten();
    let known = names.filter_map(|name| Some((name.to_string(), known.get_item(&name).ok()?)));
    let others = others.into_iter().map(|(name, value)| (name.to_owned(), value));
    known.chain(others).collect::<BTreeMap<_, _>>().into()
}
