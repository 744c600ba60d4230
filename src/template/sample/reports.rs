//! Made-up values of what the report's paragraphs may name: how much there is of everything that is counted.

use std::collections::BTreeMap;

use super::groups::states;
use crate::model::{AnnexContent, Plan, Round};
use crate::template::scope::{
    AdHoc, Common, Conflict, Consolidated, Control, Counts, Funding, FundingSource, GroupDone, Highlight, OfField,
    OfTask, Older, Overlap, Part, Petitions, Previous, Report, Silent, Since, Tasks, Top, Violators, Voiced,
    annex_name,
};
use crate::vietnamese::date;

pub(super) const SEVERAL: usize = 3;

/// The same plan with nothing, one and several of all that is counted; before the last, the fullest, several with nothing
/// beside the numbers: no last year, no one that stands out, nothing older, no money, nothing asked for.
pub(super) fn reports(plan: &Plan) -> Vec<Report> {
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
    let mut reports: Vec<Report> =
        [0, 1, SEVERAL].into_iter().zip(plan.rounds.iter().cycle()).map(report).collect();
    if let [nothing, _, several] = reports.as_slice() {
        let several = several.clone();
        let bare = Report {
            common: several.common,
            parts: several.parts,
            included: several.included,
            values: several.values,
            totals: several.totals,
            numbers: several.numbers,
            reporters: several.reporters,
            nothing_arose: several.nothing_arose,
            tasks: several.tasks,
            ..nothing.clone()
        };
        reports.insert(2, bare);
    }
    reports
}

/// The same of every indicator.
fn of_each<T: Clone>(plan: &Plan, value: T) -> BTreeMap<String, T> {
    plan.indicators.iter().map(|indicator| (indicator.key.clone(), value.clone())).collect()
}

pub(super) fn counts(amount: usize) -> Counts {
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
