//! Made-up values for a dry run: at each place nothing, one and several of all there is, and absent what can be. What
//! the plan says of itself is taken as it stands.

mod groups;
mod reports;

use std::collections::BTreeMap;

use minijinja::value::{Serde, Value, ValueKind, merge_maps};
use serde::Serialize;

use self::groups::group;
use self::reports::{SEVERAL, counts, reports};
use super::OF_INDICATORS;
use super::scope::{
    Body, Change, Common, Consolidated, Deadline, General, Group, Growth, Letter, Paper, Petition, Raised, Report,
    Urged, Urgee,
};
use crate::model::{Plan, Round};

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

    /// The fullest that can come to pass without any number of an indicator, for a template that asks for some paths of names.
    pub(super) fn without(&self, indicator: &str, asked: &[String]) -> Option<Value> {
        let fullest = self.possible.last()?;
        // Who reported is counted all the same.
        let names = OF_INDICATORS.iter().map(|name| name.trim_end_matches('.')).filter(|name| *name != "reporters");
        let names = names.filter(|name| asked.iter().any(|path| path.split('.').next() == Some(*name)));
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
    let mut full = possible.last()?.clone();
    full.change.agencies.get_or_insert(1);
    full.change.names.get_or_insert_with(|| plan.wording.issuer_name.clone());
    Some(Scope::new(full, &possible))
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
