//! An indicator: what it counts, how it is added up, its totals by agency.

use super::{Subject, heading, round_heading, status};
use crate::doc::{Block, Cell, Row, Table, Tone};
use crate::measure::{self, Amount, LastYear, Measure, Origin, Share, Verdict};
use crate::model::{Aggregation, Indicator, IndicatorId, Plan};
use crate::status::RoundStatus;
use crate::vietnamese::{date, listed};
use crate::view::{cells, last_year, words};

pub(super) fn blocks(subject: &Subject<'_, '_>, indicator: &Indicator) -> Vec<Block> {
    let mut blocks = vec![heading(indicator.label.clone())];
    blocks.extend(definition(subject.scene.plan, indicator).into_iter().map(Block::item));
    let current = status::current(&subject.scene).map(|status| status.round.id);
    let mut rounds: Vec<(&RoundStatus<'_>, Option<&Measure<'_>>)> = totals(subject, indicator).collect();
    rounds.sort_by_key(|(status, _)| Some(status.round.id) != current);
    for (status, total) in rounds {
        match total {
            Some(total) => blocks.extend(of_round(subject, status, indicator, total)),
            None => {
                blocks.push(Block::item(format!("Kỳ {}: chỉ tiêu không thuộc kỳ này.", status.round.short_name)))
            }
        }
    }
    blocks
}

/// Each round chosen with the indicator's total, absent where the round does not ask for it.
pub(in crate::view) fn totals<'s, 'p>(
    subject: &'s Subject<'_, 'p>,
    indicator: &Indicator,
) -> impl Iterator<Item = (&'s RoundStatus<'p>, Option<&'s Measure<'p>>)> {
    let of = |measures| measure::of_indicator(measures, indicator.id);
    subject.scene.rounds.iter().zip(subject.measures).map(move |(status, measures)| (status, of(measures)))
}

fn definition(plan: &Plan, indicator: &Indicator) -> Vec<String> {
    let label = |id: IndicatorId| format!("“{}” ({})", plan[id].label, plan[id].key);
    let tasks = plan.tasks.keys(&indicator.tasks);
    let mut lines = vec![format!("Đơn vị tính: {}. Báo trong nhiệm vụ: {}.", indicator.unit, tasks.join(", "))];
    lines.push(match indicator.aggregation {
        Aggregation::Sum => "Cách tổng hợp: cộng số của các cơ quan, các nhiệm vụ.".to_owned(),
        Aggregation::Latest => {
            "Cách tổng hợp: lấy câu trả lời mới nhất của từng cơ quan, kể cả từ kỳ trước, báo cáo đột xuất, rồi cộng lại.".to_owned()
        }
        Aggregation::Percent(Some(rate)) => {
            format!("Cách tổng hợp: tỷ lệ {} trên {}; được tính, không nhập.", label(rate.of), label(rate.over))
        }
        Aggregation::Percent(None) => "Cách tổng hợp: tỷ lệ; được tính, không nhập.".to_owned(),
    });
    let only = listed(indicator.only.iter().map(|id| &plan[*id].name), "; ");
    lines.extend(only.map(|names| format!("Chỉ nhận số của: {names}.")));
    lines.extend(indicator.at_most.map(|whole| format!("Không được lớn hơn {}.", label(whole))));
    let parts = plan.indicators.iter().filter(|other| other.at_most == Some(indicator.id));
    let parts = listed(parts.map(|part| label(part.id)), "; ");
    lines.extend(parts.map(|parts| format!("Không được nhỏ hơn: {parts}.")));
    let phrase = |phrase: &String| phrase.trim_end_matches(" .").replace("{n}", "…").replace('|', "/");
    let phrases = listed(indicator.in_prose.iter().map(|written| format!("“{}”", phrase(written))), ", ");
    lines.extend(phrases.map(|phrases| format!("Được đối chiếu với lời văn khi viết: {phrases}.")));
    lines.push(format!("Từng con số ở tệp nào, dòng nào: plan trace {}", indicator.key));
    lines
}

fn of_round(
    subject: &Subject<'_, '_>,
    status: &RoundStatus<'_>,
    indicator: &Indicator,
    total: &Measure<'_>,
) -> Vec<Block> {
    let value = cells::value(total).value.to_text();
    let title = match total.value {
        Amount::Sum(_) => format!("{value} {}", indicator.unit),
        Amount::Percent { part, whole } => {
            let number = |value| crate::vietnamese::number(value);
            format!("{value} ({}/{})", number(part), number(whole))
        }
        Amount::Unknown(_) => value,
    };
    let mut blocks = vec![round_heading(status, &title)];
    let answers = total.answers;
    let zeros = if answers.zeros > 0 { format!(" ({} báo số 0)", answers.zeros) } else { String::new() };
    let counts = [
        (answers.numbers, format!("cơ quan báo số{zeros}")),
        (answers.nothing_arose, "cơ quan báo không phát sinh".to_owned()),
        (answers.not_applicable, "cơ quan báo không áp dụng".to_owned()),
        (answers.unanswered, "cơ quan chưa có số".to_owned()),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    blocks.extend(listed(counts, "; ").map(|counts| Block::item(format!("{counts}."))));
    let (plan, files) = (subject.scene.plan, &subject.workspace.files);
    let told = |of: &LastYear<'_>| Block::item(last_year::told(plan, total.quantity, of, files));
    blocks.extend(total.last_year.as_ref().map(told));
    if !total.counted().is_empty() {
        blocks.push(Block::Table(by_agency(status, total)));
    }
    blocks
}

/// One row an agency; control totals last, marked, and not in the sum.
fn by_agency(status: &RoundStatus<'_>, total: &Measure<'_>) -> Table {
    let is_control = |share: &Share<'_, '_>| share.first.verdict == Verdict::Control;
    let (added, control): (Vec<Share<'_, '_>>, Vec<Share<'_, '_>>) =
        total.shares().partition(|share| share.first.verdict == Verdict::Added);
    let tasks = |share: &Share<'_, '_>| {
        let tasks = share.parts.iter().filter_map(|part| Some(part.task?.key.as_str()));
        tasks.collect::<Vec<_>>().join(", ")
    };
    let notes = |share: &Share<'_, '_>| {
        let control = is_control(share).then(|| "chỉ đối chiếu, không cộng".to_owned());
        let origin = match share.first.origin {
            Origin::Round(round) if round.id == status.round.id => None,
            Origin::Round(round) => Some(format!("số của kỳ {}", round.short_name)),
            Origin::AdHoc(_, day) => Some(format!("số của báo cáo đột xuất ngày {}", date(day))),
        };
        control.into_iter().chain(origin).collect::<Vec<_>>().join("; ")
    };
    let mut table = Table::of("totals", added.iter().chain(&control))
        .left("Cơ quan", 6, |share| &share.first.agency.name)
        .left("Nhiệm vụ", 3, tasks)
        .right("Số liệu", 3, |share| cells::sum(total.quantity, share.value))
        .left("Ghi chú", 4, notes)
        .toned(|share| if is_control(share) { Tone::Muted } else { Tone::Plain })
        .table();
    if !added.is_empty() {
        let sum = vec![Cell::text("Cộng"), Cell::text(""), cells::value(total), Cell::text("")];
        table.rows.insert(added.len(), Row::Total(sum));
    }
    table
}

/// One row a number given, with what became of it and where it stands.
pub(super) fn rows(subject: &Subject<'_, '_>, indicator: &Indicator) -> Table {
    let parts = totals(subject, indicator).flat_map(|(status, total)| {
        total
            .into_iter()
            .flat_map(move |total| total.counted().iter().map(move |part| (status, total.quantity, part)))
    });
    let files = &subject.workspace.files;
    Table::of("totals", parts)
        .field("Kỳ", |(status, ..)| &status.round.key)
        .field("Mã cơ quan", |(.., part)| &part.agency.key)
        .field("Cơ quan", |(.., part)| &part.agency.name)
        .field("Mã nhiệm vụ", |(.., part)| part.task.map_or("", |task| &task.key))
        .field("Số liệu", |(_, quantity, part)| cells::sum(quantity, part.value))
        .field("Cách dùng", |(.., part)| words::verdict(part.verdict))
        .field("Kỳ của số liệu", |(.., part)| part.origin.id())
        .field("Tệp", |(.., part)| &files.get(part.span.file).path)
        .field("Dòng", |(.., part)| files.position(part.span).line)
        .table()
}
