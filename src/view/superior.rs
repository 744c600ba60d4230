//! `plan compile --for-superior`: a consolidated round as a report for the workspace of a superior who works with this
//! program too: totals under each task with what they are made of, how many reported, what is asked of that superior.
//! Pure: what the report is made from in, text out.

use indexmap::IndexMap;

use super::report::Brief;
use crate::measure::{self, Amount, Measure, Unknown};
use crate::model::{Named, Quantity, SuperiorWording, Task, TaskId, TaskStatus};
use crate::remark::{Kind, Remark, alike};
use crate::status::{Progress, TaskState};
use crate::vietnamese::{date, lower_first, number};
use crate::view::cells::place;
use crate::view::words;
use crate::yaml::quoted;

/// The text of the report; `to` is the superior as recommendations are addressed to it.
pub(crate) fn report(brief: &Brief<'_, '_>, wording: &SuperiorWording, to: &Named) -> String {
    let (status, plan) = (brief.status, brief.plan);
    let counts = status.counts;
    let mut out = format!(
        "# Do plan compile --for-superior lập ngày {} từ {} báo cáo {}. Mỗi con số kèm nguồn (sources): cơ quan, con số, tệp và dòng.\n",
        date(brief.as_of),
        number(counts.included as u128),
        brief.counted()
    );
    let mut line = |text: String| out += &(text + "\n");
    if brief.banner.is_some() {
        line("illustrative: true".to_owned());
    }
    line(format!("agency: {}", quoted(&wording.agency)));
    line(format!("round: {}", quoted(wording.round(&status.round.key))));
    let issued = status.issued.as_ref().map(|issued| issued.act);
    if let Some((act, number)) = issued.and_then(|act| Some((act, act.number.as_ref()?))) {
        line(format!("document: {{number: {}, date: {}}}", quoted(number), act.date.value));
    }
    let signer = &plan.wording.signer;
    let name = signer.name.iter().map(|name| format!(", name: {}", quoted(name)));
    line(format!("signer: {{post: {}{}}}", quoted(&signer.post), name.collect::<String>()));
    line(format!("received: {}  # ngày lập; nơi nhận ghi ngày nhận", brief.as_of));
    line(format!("coverage: {{reported: {}, expected: {}}}", counts.complete, counts.expected));
    line("tasks:".to_owned());
    status.tasks.iter().flat_map(|state| account(brief, wording, state)).for_each(&mut line);
    for table in ["funding", "complaints_by_field"] {
        // Several of a province may be one above.
        let mut rows: IndexMap<&str, Vec<&Measure<'_>>> = IndexMap::new();
        for measure in brief.measures.iter().filter(|measure| matches!(measure.value, Amount::Sum(_))) {
            let above = match measure.quantity {
                Quantity::Funding(Some(part)) if table == "funding" => wording.source(&part.id),
                Quantity::Complaints(_, Some(part)) if table == "complaints_by_field" => wording.field(&part.id),
                _ => None,
            };
            above.into_iter().for_each(|above| rows.entry(above).or_default().push(measure));
        }
        if !rows.is_empty() {
            line(format!("{table}:"));
        }
        rows.iter()
            .flat_map(|(above, of)| summed(brief, &format!("  {}:", quoted(above)), of, None))
            .for_each(&mut line);
    }
    let open = |remark: &&Remark<'_>| !remark.is_over(brief.as_of);
    let kinds =
        [("difficulties", Kind::Difficulty), ("recommendations", Kind::Recommendation { to: Some(&to.id) })];
    for (list, kind) in kinds {
        let told = alike(brief.remarks.iter().filter(|remark| remark.kind == kind).filter(open));
        if !told.is_empty() {
            line(format!("{list}:"));
        }
        told.iter().flat_map(|alike| remark(alike, kind, (wording, to))).for_each(&mut line);
    }
    out
}

/// What the leads of a task say together, and its totals; nothing where nobody has said anything yet.
fn account(brief: &Brief<'_, '_>, wording: &SuperiorWording, state: &TaskState<'_>) -> Vec<String> {
    let Some(task) = wording.task(&state.task.key) else { return Vec::new() };
    let totals = measure::indicators(brief.measures);
    let asked = totals.filter(|(indicator, _)| indicator.is_typed() && indicator.tasks.contains(&state.task.id));
    let figures: Vec<(&str, &Measure<'_>, Amount)> = asked
        .filter_map(|(indicator, total)| {
            Some((wording.indicator(&indicator.key)?, total, total.under_task(state.task.id)))
        })
        .filter(|(.., amount)| *amount != Amount::Unknown(Unknown::NotAsked))
        .collect();
    let told = figures.iter().any(|(.., amount)| matches!(amount, Amount::Sum(_)));
    let declares = |wanted: TaskStatus| state.declared.contains(&wanted);
    let status = match state.progress {
        Progress::Done => TaskStatus::Done,
        _ if told || declares(TaskStatus::Done) || declares(TaskStatus::InProgress) => TaskStatus::InProgress,
        // Nobody has said anything: not that nothing was done.
        Progress::NoReport => return Vec::new(),
        _ if declares(TaskStatus::NotStarted) => TaskStatus::NotStarted,
        _ if declares(TaskStatus::NothingArose) => TaskStatus::NothingArose,
        _ => TaskStatus::NotApplicable,
    };
    let of_leads = format!("{}/{} cơ quan chủ trì", state.declared.len(), state.leads);
    let (reports, reported) = match brief.leaves_unaccepted() {
        true => ("báo cáo đã duyệt", "có báo cáo đã duyệt"),
        false => ("báo cáo", "đã báo cáo"),
    };
    let how = match state.progress {
        Progress::Partly => {
            let counts = state.counts().map(|(count, status)| format!("{count} {}", status.label()));
            format!("mới có {reports} của {of_leads} ({})", counts.collect::<Vec<_>>().join(", "))
        }
        _ => {
            format!("{}, {of_leads} {reported}", lower_first(&words::progress(state).1).replace("báo cáo", reports))
        }
    };
    let how = format!("{}, nhiệm vụ {}: {how}.", brief.plan.issuer, state.task.key);
    let key = match status {
        TaskStatus::Done | TaskStatus::InProgress => "results",
        _ => "reason",
    };
    let mut lines = vec![
        format!("  {}:", quoted(task)),
        format!("    status: {}", status.id()),
        format!("    {key}: {}", quoted(&how)),
    ];
    if !figures.is_empty() {
        lines.push("    figures:".to_owned());
    }
    lines.extend(figures.iter().flat_map(|(key, total, amount)| figure(brief, key, total, *amount, state.task)));
    lines
}

/// What is answered of an indicator under a task.
fn figure(brief: &Brief<'_, '_>, key: &str, total: &Measure<'_>, amount: Amount, task: &Task) -> Vec<String> {
    let key = format!("      {}:", quoted(key));
    match amount {
        Amount::Sum(_) => summed(brief, &key, &[total], Some(task.id)),
        Amount::Unknown(Unknown::NothingArose) => vec![format!("{key} nothing-arose")],
        Amount::Unknown(Unknown::NotApplicable) => vec![format!("{key} not-applicable")],
        Amount::Unknown(why) => vec![format!("{key} {{reason: {}}}", quoted(words::unknown(why)))],
        Amount::Percent { .. } => Vec::new(),
    }
}

/// A sum under its key, and every number that it is made of: of a task, or of what is not told under one.
fn summed(brief: &Brief<'_, '_>, key: &str, of: &[&Measure<'_>], task: Option<TaskId>) -> Vec<String> {
    let parts = || of.iter().flat_map(|of| of.added()).filter(|part| part.task.map(|task| task.id) == task);
    let indent = " ".repeat(key.len() - key.trim_start().len() + 2);
    let value: u128 = parts().map(|part| u128::from(part.value)).sum();
    let carried: u64 = parts().map(|part| part.carried_over).sum();
    let mut lines = vec![key.to_owned(), format!("{indent}value: {value}")];
    let unit =
        of.iter().find_map(|of| if let Quantity::Indicator(of) = of.quantity { Some(&of.unit) } else { None });
    lines.extend(unit.map(|unit| format!("{indent}unit: {}", quoted(unit))));
    lines.extend((carried > 0).then(|| format!("{indent}carried_over: {carried}")));
    lines.push(format!("{indent}sources:"));
    lines.extend(parts().map(|part| {
        let at = place(brief.files, part.span);
        format!("{indent}  - {{of: {}, value: {}, at: {}}}", quoted(&part.agency.name), part.value, quoted(&at))
    }));
    lines
}

/// What several say alike, once.
fn remark(alike: &[&Remark<'_>], kind: Kind<'_>, (wording, to): (&SuperiorWording, &Named)) -> Vec<String> {
    let Some(first) = alike.first() else { return Vec::new() };
    let by = match alike.len() {
        1 => first.agency.name.clone(),
        several => format!("{} cơ quan", number(several as u128)),
    };
    // Without brackets: above, those who told it follow in them.
    let voiced = if kind == Kind::Difficulty { "phản ánh" } else { "đề nghị" };
    let text = format!("{}, theo {voiced} của {by}", crate::vietnamese::clause(&first.text.value));
    let mut lines = vec![format!("  - text: {}", quoted(&text))];
    lines.extend((kind != Kind::Difficulty).then(|| format!("    to: {}", quoted(&to.id))));
    lines.extend(first.cause.map(|cause| format!("    cause: {}", quoted(&cause.value))));
    let task = first.task.and_then(|task| wording.task(&task.key));
    lines.extend(task.map(|task| format!("    task: {}", quoted(task))));
    lines
}
