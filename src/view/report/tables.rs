//! Tables within the body: results by level, agency or field, what cases are about, funding. What agencies say in one place is
//! added up by what became of each figure; a table shows that it adds up.

use std::collections::BTreeSet;

use super::Brief;
use crate::doc::{Align, Block, Cell, Column, Row, Style, Table, Tone, Value};
use crate::measure::{Amount, Contribution, Measure, Unknown, Verdict, of_indicator};
use crate::model::{Agency, AgencyId, Aggregation, Group, Indicator, Quantity, TableRows, TableWording, TaskGroup};
use crate::status::AgencyStatus;
use crate::vietnamese::{lower_first, millions, millions_in_print, upper_first};
use crate::view::parts;

/// Without a table of its own, a group's figures are shown where there are so many, and up to so many.
const SHOWN: std::ops::RangeInclusive<usize> = 3..=6;

/// Numbers the tables of the body.
#[derive(Default)]
pub(super) struct Numbered(usize);

impl Numbered {
    pub(super) fn title(&mut self, title: &str) -> Block {
        self.0 += 1;
        Block::Paragraph { style: Style::Caption, text: format!("Bảng {}. {title}", self.0) }
    }
}

/// Agencies that a table speaks of in one row.
struct Party {
    name: String,
    members: BTreeSet<AgencyId>,
    /// Whether it is one of those whose totals another agency gives, too.
    compared: bool,
    /// Whether it is a folded group, whose members are not named.
    folded: bool,
}

/// A column of a table.
struct Shown<'b, 'p> {
    indicator: &'p Indicator,
    measure: &'b Measure<'p>,
    /// Of money, how many decimals of a million it takes for the column to add up.
    places: u32,
}

/// The table of a group of tasks as the wording has it, or as is usual; nothing where there is nothing to tell.
pub(super) fn of_group(
    brief: &Brief<'_, '_>,
    group: &TaskGroup,
    wording: Option<&TableWording>,
    numbered: &mut Numbered,
) -> Vec<Block> {
    let known = |measure: &Measure<'_>| !matches!(measure.value, Amount::Unknown(_));
    let indicators: Vec<&Indicator> = match wording {
        Some(table) => {
            table.indicators.iter().filter_map(|id| brief.plan.indicators.find(&id.written.value)).collect()
        }
        None => brief
            .totals()
            .filter(|(indicator, total)| known(total) && !indicator.tasks.is_disjoint(&group.tasks))
            .map(|(indicator, _)| indicator)
            .take(*SHOWN.end())
            .collect(),
    };
    let measures: Vec<(&Indicator, &Measure<'_>)> = indicators
        .into_iter()
        .filter_map(|indicator| Some((indicator, of_indicator(brief.measures, indicator.id)?)))
        .filter(|(_, measure)| known(measure))
        .collect();
    if measures.is_empty() || (wording.is_none() && measures.len() < *SHOWN.start()) {
        return Vec::new();
    }
    let rows = wording.map_or(TableRows::Level, |wording| wording.rows);
    let parties = parties(brief, rows, &measures);
    let title = wording.map_or_else(|| upper_first(&lower_first(&group.short_title)), |table| table.title.clone());
    let columns: Vec<Shown<'_, '_>> = measures
        .into_iter()
        .map(|(indicator, measure)| {
            let of_parties: Vec<u128> = parties.iter().filter_map(|party| added(measure, &party.members)).collect();
            let sum = if let Amount::Sum(sum) = measure.value { sum } else { 0 };
            Shown { indicator, measure, places: millions_in_print(sum, &of_parties) }
        })
        .collect();
    let mut blocks = vec![numbered.title(&title)];
    let table = table(brief, rows, &parties, &columns);
    let note = note(&table, &columns);
    blocks.push(Block::Table(table));
    blocks.extend(note.map(|text| Block::Paragraph { style: Style::Note, text }));
    blocks
}

fn table(brief: &Brief<'_, '_>, rows: TableRows, parties: &[Party], columns: &[Shown<'_, '_>]) -> Table {
    let first = match rows {
        TableRows::Level => "Cấp",
        TableRows::Agency => "Cơ quan, đơn vị",
        TableRows::Field => "Lĩnh vực, cơ quan",
    };
    let heads = columns.iter().map(|shown| Column::new(heading(shown.indicator), 12, Align::Right));
    let heads = std::iter::once(Column::new(first, 34, Align::Left)).chain(heads).collect();
    let row = |name: &str, cell: &dyn Fn(&Shown<'_, '_>) -> Cell| -> Vec<Cell> {
        std::iter::once(Cell::text(name)).chain(columns.iter().map(cell)).collect()
    };
    let of = |members: &BTreeSet<AgencyId>, shown: &Shown<'_, '_>| amount(shown, of_members(brief, shown, members));
    let mut lines = Vec::new();
    let control = control(brief).filter(|_| rows != TableRows::Level);
    let control = control.filter(|_| columns.iter().any(|shown| shown.measure.control().is_some()));
    let (compared, others): (Vec<_>, Vec<_>) =
        parties.iter().partition(|party| control.is_some() && party.compared);
    let quiet = |cells: Vec<Cell>| Row::Cells(cells.into_iter().map(|cell| cell.tone(Tone::Muted)).collect());
    for party in &compared {
        lines.push(Row::Cells(row(&party.name, &|shown| of(&party.members, shown))));
    }
    let members: BTreeSet<AgencyId> = compared.iter().flat_map(|party| party.members.clone()).collect();
    if compared.len() > 1 {
        lines.push(quiet(row(&format!("Cộng {:02} thành viên", compared.len()), &|shown| of(&members, shown))));
    }
    for party in &others {
        lines.push(Row::Cells(row(&party.name, &|shown| of(&party.members, shown))));
    }
    if parties.len() > 1 {
        lines.push(Row::Total(row("Tổng cộng", &|shown| amount(shown, shown.measure.value))));
    }
    if let Some((agency, _)) = control {
        let given = |shown: &Shown<'_, '_>| shown.measure.control();
        let name = format!("Đối chiếu: số của {}", agency.name);
        lines.push(quiet(row(&name, &|shown| {
            given(shown).map_or_else(blank, |sum| amount(shown, Amount::Sum(sum)))
        })));
        let difference = |shown: &Shown<'_, '_>| {
            let of_members = added(shown.measure, &members).unwrap_or(0);
            given(shown)?.checked_sub(of_members)
        };
        let name = "Chênh lệch so với các thành viên đã báo cáo";
        lines.push(quiet(row(name, &|shown| {
            difference(shown).map_or_else(blank, |sum| amount(shown, Amount::Sum(sum)))
        })));
    }
    Table::new("", heads, lines)
}

fn blank() -> Cell {
    Cell::new(Value::Empty)
}

/// Who gives totals that hold those of a group, and the group.
pub(super) fn control<'p>(brief: &Brief<'_, 'p>) -> Option<(&'p Agency, &'p Group)> {
    let plan = brief.plan;
    plan.agencies.iter().find_map(|agency| Some((agency, &plan[agency.control_total_of?])))
}

/// The head of a column: the indicator without “Số”, and what money is counted in.
fn heading(indicator: &Indicator) -> String {
    let label = upper_first(indicator.label.strip_prefix("Số ").unwrap_or(&indicator.label));
    if Quantity::Indicator(indicator).is_money() { format!("{label} (triệu đồng)") } else { label }
}

fn parties<'p>(brief: &Brief<'_, 'p>, rows: TableRows, shown: &[(&Indicator, &Measure<'_>)]) -> Vec<Party> {
    let says = |id: AgencyId| {
        let given = |part: &Contribution<'_>| part.agency.id == id && part.verdict == Verdict::Added;
        shown.iter().any(|(_, measure)| measure.contributions.iter().any(given))
    };
    let telling = |members: &[&AgencyStatus<'p>]| -> BTreeSet<AgencyId> {
        members.iter().map(|status| status.agency.id).filter(|id| says(*id)).collect()
    };
    let group = control(brief).map(|(_, group)| group);
    let mut found = Vec::new();
    let folded = |name: &str, members: &[&AgencyStatus<'p>]| {
        let telling = telling(members);
        let name = format!("{name} ({} đơn vị báo số)", telling.len());
        (!telling.is_empty()).then_some(Party { name, members: telling, compared: false, folded: true })
    };
    for (name, members) in parts(brief.plan, brief.status) {
        let folds = members.iter().all(|status| brief.folding_group(status.agency).is_some());
        match rows {
            TableRows::Level => found.extend(folded(name, &members)),
            _ if folds => found.extend(folded(name, &members)),
            _ => found.extend(members.iter().map(|status| status.agency).filter(|agency| says(agency.id)).map(
                |agency| {
                    let field = agency.field.as_ref().filter(|_| rows == TableRows::Field);
                    Party {
                        name: field
                            .map_or_else(|| agency.name.clone(), |field| format!("{field} ({})", agency.name)),
                        members: BTreeSet::from([agency.id]),
                        compared: group.is_some_and(|group| group.members.contains(&agency.id)),
                        folded: false,
                    }
                },
            )),
        }
    }
    // Whoever is named stands before those that are counted.
    found.sort_by_key(|party| party.folded);
    found
}

/// What some agencies added to a sum; `None` where none gave a number.
fn added(measure: &Measure<'_>, members: &BTreeSet<AgencyId>) -> Option<u128> {
    let of = measure.added().filter(|part| members.contains(&part.agency.id));
    of.map(|part| u128::from(part.value)).reduce(|sum, value| sum + value)
}

/// The number of some agencies, or what they say instead.
fn of_members(brief: &Brief<'_, '_>, shown: &Shown<'_, '_>, members: &BTreeSet<AgencyId>) -> Amount {
    if let Aggregation::Percent(Some(rate)) = shown.indicator.aggregation {
        let of = |id| of_indicator(brief.measures, id);
        let (part, whole) =
            (of(rate.of).and_then(|m| added(m, members)), of(rate.over).and_then(|m| added(m, members)));
        let carried = of(rate.over).map_or(0, |measure| {
            let counted = measure.added().filter(|part| members.contains(&part.agency.id));
            counted.map(|part| u128::from(part.carried_over)).sum()
        });
        return match (part, whole.map(|whole| whole + carried)) {
            (Some(part), Some(whole)) if part <= whole && whole > 0 => Amount::Percent { part, whole },
            _ => Amount::Unknown(Unknown::NoAnswer),
        };
    }
    let said = || shown.measure.unknown(|other| members.contains(&other.agency.id));
    added(shown.measure, members).map_or_else(|| Amount::Unknown(said()), Amount::Sum)
}

/// In a table every answer has a mark of its own: 0, KPS, –, blank.
fn amount(shown: &Shown<'_, '_>, amount: Amount) -> Cell {
    match amount {
        Amount::Sum(sum) if shown.measure.quantity.is_money() => Cell::text(millions(sum, shown.places)),
        Amount::Sum(sum) => Cell::number(sum),
        Amount::Percent { part, whole } => Cell::new(Value::Percent { part, whole }),
        Amount::Unknown(Unknown::NothingArose) => Cell::text(NOTHING_AROSE),
        Amount::Unknown(Unknown::NotApplicable) => Cell::text(NOT_APPLICABLE),
        Amount::Unknown(_) => blank(),
    }
}

const NOTHING_AROSE: &str = "KPS";
const NOT_APPLICABLE: &str = "–";

/// What the marks of a table mean, as far as they stand in it.
fn note(table: &Table, columns: &[Shown<'_, '_>]) -> Option<String> {
    let texts: BTreeSet<String> = table
        .rows
        .iter()
        .filter_map(|row| if let Row::Cells(cells) = row { Some(cells) } else { None })
        .flat_map(|cells| cells.iter().skip(1).map(|cell| cell.value.to_text()))
        .collect();
    let marks = [
        (NOTHING_AROSE, "“KPS”: không phát sinh"),
        (NOT_APPLICABLE, "“–”: không áp dụng"),
        ("", "ô trống: chưa có số liệu"),
    ];
    let told: Vec<&str> = marks.iter().filter(|(mark, _)| texts.contains(*mark)).map(|(_, words)| *words).collect();
    (!told.is_empty() && !columns.is_empty()).then(|| format!("Ghi chú: {}.", told.join("; ")))
}

/// What the cases are about that a group of tasks counts, the most frequent first.
pub(super) fn by_field(brief: &Brief<'_, '_>, group: &TaskGroup, numbered: &mut Numbered) -> Vec<Block> {
    let mut fields: Vec<(u128, &str)> = Vec::new();
    for measure in brief.measures {
        if let (Quantity::Complaints(of, Some(field)), Amount::Sum(cases @ 1..)) = (measure.quantity, measure.value)
            && !of.tasks.is_disjoint(&group.tasks)
        {
            fields.push((cases, &field.name));
        }
    }
    fields.sort_by_key(|(cases, _)| std::cmp::Reverse(*cases));
    let sum: u128 = fields.iter().map(|(cases, _)| cases).sum();
    if fields.len() < 2 {
        return Vec::new();
    }
    let columns = vec![
        Column::new("Lĩnh vực", 40, Align::Left),
        Column::new("Số vụ", 16, Align::Right),
        Column::new("Tỷ trọng (%)", 16, Align::Right),
    ];
    let counts: Vec<u128> = fields.iter().map(|(cases, _)| *cases).collect();
    let share = |tenths: u128| Cell::text(format!("{},{}", tenths / 10, tenths % 10));
    let rows = fields
        .iter()
        .zip(tenths_of_percent(&counts))
        .map(|((cases, name), tenths)| Row::Cells(vec![Cell::text(*name), Cell::number(*cases), share(tenths)]));
    let total = Row::Total(vec![Cell::text("Tổng cộng"), Cell::number(sum), share(1000)]);
    let table = Table::new("", columns, rows.chain([total]));
    vec![numbered.title("Phản ánh theo lĩnh vực"), Block::Table(table)]
}

/// Shares of a sum in tenths of a percent that add up to a hundred percent: what rounding down leaves goes to the largest
/// remainders.
fn tenths_of_percent(parts: &[u128]) -> Vec<u128> {
    let sum: u128 = parts.iter().sum::<u128>().max(1);
    let mut shares: Vec<u128> = parts.iter().map(|part| part * 1000 / sum).collect();
    let mut places: Vec<usize> = (0..parts.len()).collect();
    places.sort_by_key(|at| std::cmp::Reverse(parts[*at] * 1000 % sum));
    let rest = 1000 - shares.iter().sum::<u128>();
    places.iter().take(rest as usize).for_each(|at| shares[*at] += 1);
    shares
}

/// What was spent, level by level and by where it came from, in millions.
pub(super) fn funding(brief: &Brief<'_, '_>, numbered: &mut Numbered) -> Vec<Block> {
    let of = |wanted: &dyn Fn(Quantity<'_>) -> bool| {
        brief.measures.iter().filter(|m| wanted(m.quantity)).collect::<Vec<_>>()
    };
    let sources = of(&|quantity| matches!(quantity, Quantity::Funding(Some(_))));
    let sources: Vec<_> = sources.into_iter().filter(|measure| matches!(measure.value, Amount::Sum(_))).collect();
    if sources.is_empty() {
        return Vec::new();
    }
    let parties: Vec<(String, BTreeSet<AgencyId>)> = parts(brief.plan, brief.status)
        .into_iter()
        .map(|(name, members)| {
            let given =
                |id: &AgencyId| sources.iter().any(|measure| measure.added().any(|part| part.agency.id == *id));
            let members: BTreeSet<AgencyId> = members.iter().map(|status| status.agency.id).filter(given).collect();
            (format!("{name} ({} đơn vị)", members.len()), members)
        })
        .filter(|(_, members)| !members.is_empty())
        .collect();
    let of_party = |measure: &Measure<'_>, members: &BTreeSet<AgencyId>| added(measure, members).unwrap_or(0);
    let every: Vec<u128> =
        parties.iter().flat_map(|(_, members)| sources.iter().map(|m| of_party(m, members))).collect();
    let sum = every.iter().sum();
    // One precision for the whole table, so that it adds up both ways.
    let exact = |places: u32| every.iter().all(|part| (part * 10_u128.pow(places)).is_multiple_of(1_000_000));
    let places = (1..6).find(|places| exact(*places)).unwrap_or_else(|| millions_in_print(sum, &every));
    let mut columns = vec![Column::new("Cấp", 34, Align::Left)];
    columns.extend(sources.iter().filter_map(|measure| match measure.quantity {
        Quantity::Funding(Some(source)) => Some(Column::new(&source.name, 14, Align::Right)),
        _ => None,
    }));
    columns.push(Column::new("Cộng", 14, Align::Right));
    let row = |name: &str, amounts: Vec<u128>| -> Vec<Cell> {
        let total = amounts.iter().sum();
        let amounts = amounts.into_iter().chain([total]).map(|sum| Cell::text(millions(sum, places)));
        std::iter::once(Cell::text(name)).chain(amounts).collect()
    };
    let mut rows: Vec<Row> = parties
        .iter()
        .map(|(name, members)| Row::Cells(row(name, sources.iter().map(|m| of_party(m, members)).collect())))
        .collect();
    if rows.len() > 1 {
        let sums = sources.iter().map(|m| if let Amount::Sum(sum) = m.value { sum } else { 0 }).collect();
        rows.push(Row::Total(row("Tổng cộng", sums)));
    }
    vec![numbered.title("Kinh phí theo nguồn (triệu đồng)"), Block::Table(Table::new("", columns, rows))]
}

#[cfg(test)]
mod tests {
    use super::tenths_of_percent;

    #[test]
    fn shares_add_up_to_a_hundred_percent() {
        for (parts, shares) in [
            (&[1, 1, 1][..], &[334, 333, 333][..]),
            (&[91, 86, 24, 21, 12, 6, 5, 18], &[346, 327, 91, 80, 46, 23, 19, 68]),
            (&[5], &[1000]),
        ] {
            assert_eq!(tenths_of_percent(parts), shares);
            assert_eq!(shares.iter().sum::<u128>(), 1000);
        }
    }
}
