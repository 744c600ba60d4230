//! A year's consolidated figures as the next year's `plan/previous.yaml`: each round with the days of its data and where the
//! figures stand, each indicator with its sum and what each agency gave. Adds nothing up but what successors tell together.

use std::collections::{BTreeMap, BTreeSet};

use crate::measure::{self, Amount, Measure, Origin};
use crate::model::{AgencyId, Plan, Round};
use crate::status::{self, RoundStatus};
use crate::vietnamese::date;
use crate::workspace::Workspace;
use crate::yaml::quoted;

const HEADER: &str = "\
# Số liệu năm trước để so với cùng kỳ, do “plan init --from” ghi; sửa, thêm được từ báo cáo cũ. Chỉ ghi số: không phát sinh, không áp
# dụng thì không ghi, số 0 chỉ ghi khi đúng là 0. Bỏ chỉ tiêu nào khỏi Kế hoạch thì xóa số của nó ở đây. Cơ quan đã sáp nhập thì giữ trong
# plan/agencies.yaml (successor), hoặc cộng số của nó vào số của cơ quan kế thừa. unit là đơn vị tính của số năm trước: chỉ tiêu đổi đơn
# vị tính thì đổi cả số lẫn unit ở đây, nếu không thì không so sánh. Số ghi itself_alone là của riêng cơ quan, không so với số gồm cả cơ
# quan đã nhập vào; cộng thêm số của cơ quan đó thì bỏ itself_alone.
";

/// What is in the file.
pub(crate) struct ToCompare {
    /// How many figures of how many rounds.
    pub(crate) figures: usize,
    pub(crate) rounds: usize,
    /// Successors with a number of their own alone.
    pub(crate) alone: BTreeSet<AgencyId>,
}

/// The file and what is in it; `None` where nobody gave a number.
pub(super) fn file(workspace: &Workspace) -> Option<(String, ToCompare)> {
    let states = status::derive(workspace);
    let mut text = format!("{HEADER}rounds:\n");
    let mut compared = ToCompare { figures: 0, rounds: 0, alone: BTreeSet::new() };
    // A round that nobody has reported in has no figures but stocks of earlier ones.
    for status in states.iter().filter(|status| status.counts.included > 0) {
        let measures = measure::measures(workspace, &states, status);
        let alone = &mut compared.alone;
        let known = measures.iter().filter_map(|measure| figure(&workspace.plan, status.round, measure, alone));
        let known: Vec<String> = known.collect();
        if !known.is_empty() {
            text += &format!("{}    figures:\n{}", head(workspace, status), known.concat());
            compared.figures += known.len();
            compared.rounds += 1;
        }
    }
    (compared.rounds > 0).then_some((text, compared))
}

fn head(workspace: &Workspace, status: &RoundStatus<'_>) -> String {
    let Round { key, data_from, data_to, .. } = status.round;
    let source = quoted(&source(workspace, status));
    let samples = match status.valid_reports().any(|(_, report)| report.illustrative) {
        true => "    illustrative: true\n",
        false => "",
    };
    format!("  {key}:\n    data_from: {data_from}\n    data_to: {data_to}\n    source: {source}\n{samples}")
}

/// The paper that the figures stand in; where reports came or changed after it, that and the day as well, and without a
/// paper the day alone.
fn source(workspace: &Workspace, status: &RoundStatus<'_>) -> String {
    let (plan, day) = (&workspace.plan, date(workspace.as_of));
    let Some(issued) = &status.issued else {
        return format!("số liệu kỳ “{}” tổng hợp đến ngày {day}, báo cáo chưa phát hành", status.round.short_name);
    };
    let number = issued.act.number.as_ref().map(|number| format!(" số {number}")).unwrap_or_default();
    let signed = date(issued.act.signed.unwrap_or(issued.act.date.value));
    let paper = format!("Báo cáo{number} ngày {signed} của {}", plan.wording.issuer_name);
    match issued.changed.len() {
        0 => paper,
        changed => format!("{paper}, cập nhật báo cáo của {changed} cơ quan đến ngày {day}"),
    }
}

/// The lines of an indicator; of a stock the agencies that answered in this very round.
fn figure(plan: &Plan, round: &Round, measure: &Measure<'_>, alone: &mut BTreeSet<AgencyId>) -> Option<String> {
    let indicator = measure.quantity.indicator().filter(|indicator| indicator.is_typed())?;
    let Amount::Sum(total) = measure.value else { return None };
    let last_day = round.agencies.last_on_time(&plan.holidays);
    let of_round = measure.added().filter(|part| matches!(part.origin, Origin::Round(of) if of.id == round.id));
    let of_round: Vec<_> = of_round.collect();
    let told: BTreeSet<AgencyId> = of_round.iter().map(|part| part.agency.id).collect();
    let mut agencies: BTreeMap<AgencyId, (u128, bool)> = BTreeMap::new();
    for part in of_round {
        let (sum, is_alone) = agencies.entry(plan.heir(part.agency.id, last_day)).or_default();
        *sum += u128::from(part.value);
        // With the numbers of all that it succeeds beside its own, a successor's is whole again.
        *is_alone |= part.itself_alone && !plan.predecessors(part.agency.id, round).all(|of| told.contains(&of.id));
    }
    alone.extend(agencies.iter().filter(|(_, (_, is_alone))| *is_alone).map(|(id, _)| *id));
    let (key, unit) = (&indicator.key, quoted(&indicator.unit));
    let mut lines = format!("      {key}:\n        total: {total}\n        unit: {unit}\n");
    if !agencies.is_empty() {
        lines += "        agencies:\n";
    }
    lines.extend(agencies.iter().map(|(id, (value, is_alone))| match is_alone {
        true => format!("          {}: {{value: {value}, itself_alone: true}}\n", plan[*id].key),
        false => format!("          {}: {value}\n", plan[*id].key),
    }));
    if measure.carried_over > 0 {
        lines += &format!("        carried_over: {}\n", measure.carried_over);
    }
    Some(lines)
}
