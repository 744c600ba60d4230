//! A year's consolidated figures as the next year's `plan/previous.yaml`: each round with the days of its data and where the
//! figures stand, each indicator with its sum and what each agency gave. Adds nothing up but what successors tell together.

use std::collections::BTreeMap;

use crate::measure::{self, Amount, Measure, Origin};
use crate::model::{AgencyId, Plan, Round};
use crate::status::{self, RoundStatus};
use crate::vietnamese::date;
use crate::workspace::Workspace;
use crate::yaml::quoted;

const HEADER: &str = "\
# Số liệu năm trước để so với cùng kỳ, do “plan init --from” ghi; sửa, thêm được từ báo cáo cũ. Chỉ ghi số: không phát sinh, không áp
# dụng thì không ghi, số 0 chỉ ghi khi đúng là 0. Bỏ chỉ tiêu nào khỏi Kế hoạch thì xóa số của nó ở đây. Cơ quan đã sáp nhập thì giữ trong
# plan/agencies.yaml (successor), hoặc cộng số của nó vào số của cơ quan kế thừa.
";

/// The file, and how many figures of how many rounds are in it; `None` where nobody gave a number.
pub(super) fn file(workspace: &Workspace) -> Option<(String, usize, usize)> {
    let states = status::derive(workspace);
    let (mut text, mut figures, mut rounds) = (format!("{HEADER}rounds:\n"), 0, 0);
    // A round that nobody has reported in has no figures but stocks of earlier ones.
    for status in states.iter().filter(|status| status.counts.included > 0) {
        let measures = measure::measures(workspace, &states, status);
        let known = measures.iter().filter_map(|measure| figure(&workspace.plan, status.round, measure));
        let known: Vec<String> = known.collect();
        if !known.is_empty() {
            text += &format!("{}    figures:\n{}", head(workspace, status), known.concat());
            figures += known.len();
            rounds += 1;
        }
    }
    (rounds > 0).then_some((text, figures, rounds))
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
fn figure(plan: &Plan, round: &Round, measure: &Measure<'_>) -> Option<String> {
    let indicator = measure.quantity.indicator().filter(|indicator| indicator.is_typed())?;
    let Amount::Sum(total) = measure.value else { return None };
    let last_day = round.agencies.last_on_time(&plan.holidays);
    let mut agencies: BTreeMap<AgencyId, u128> = BTreeMap::new();
    for part in measure.added().filter(|part| matches!(part.origin, Origin::Round(of) if of.id == round.id)) {
        *agencies.entry(plan.heir(part.agency.id, last_day)).or_default() += u128::from(part.value);
    }
    let mut lines = format!("      {}:\n        total: {total}\n", indicator.key);
    if !agencies.is_empty() {
        lines += "        agencies:\n";
    }
    lines.extend(agencies.iter().map(|(id, value)| format!("          {}: {value}\n", plan[*id].key)));
    if measure.carried_over > 0 {
        lines += &format!("        carried_over: {}\n", measure.carried_over);
    }
    Some(lines)
}
