//! Tables within the body: results by level, agency or field, what cases are about, funding. Lays out what is measured, so
//! that it adds up in print.

use std::collections::BTreeSet;

use super::Brief;
use crate::doc::{Align, Block, Cell, Column, Row, Style, Table, Tone, Value};
use crate::measure::{
    Amount, Compared, Control, Measure, Of, Party, Unknown, amount_of, by_agency, by_field, by_level, made_of,
    of_indicator,
};
use crate::model::{AgencyId, Indicator, Level, Quantity, TableRows, TableWording, TaskGroup};
use crate::vietnamese::{count, fixed, fraction, lower_first, millions, millions_in_print, upper_first};
use crate::view::{level, names};

/// Fewer figures stand in sentences alone; without a table of its own, a group shows those of up to so many indicators.
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

/// A column of a table.
struct Shown<'b, 'p> {
    indicator: &'p Indicator,
    measure: &'b Measure<'p>,
    /// Of money, how many decimals of a million it takes for the column to add up.
    places: u32,
}

/// The rows of a table: who gives figures, those first whose totals another agency gives besides.
struct Parties<'b, 'p> {
    compared: Vec<Party>,
    /// All those that are compared.
    members: BTreeSet<AgencyId>,
    others: Vec<Party>,
    control: Option<&'b Control<'b, 'p>>,
}

/// The table of a group of tasks as the wording has it, or as is usual; nothing where there is nothing to tell.
pub(super) fn of_group(
    brief: &Brief<'_, '_>,
    group: &TaskGroup,
    wording: Option<&TableWording>,
    numbered: &mut Numbered,
) -> Vec<Block> {
    let known = |measure: &Measure<'_>| !matches!(measure.value, Amount::Unknown(_));
    let shown: Vec<(&Indicator, &Measure<'_>)> = match wording {
        Some(table) => {
            let named = table.indicators.iter().filter_map(|id| brief.plan.indicators.find(&id.written.value));
            let measured = named.filter_map(|of| Some((of, of_indicator(brief.measures, of.id)?)));
            measured.filter(|(_, measure)| known(measure)).collect()
        }
        None => brief
            .totals()
            .filter(|(indicator, total)| known(total) && !indicator.tasks.is_disjoint(&group.tasks))
            .take(*SHOWN.end())
            .collect(),
    };
    if shown.is_empty() || (wording.is_none() && shown.len() < *SHOWN.start()) {
        return Vec::new();
    }
    let rows = wording.map_or(TableRows::Level, |wording| wording.rows);
    let title = wording.map_or_else(|| upper_first(&lower_first(&group.short_title)), |table| table.title.clone());
    let parties = Parties::of(brief, rows, &shown);
    if shown.len() * parties.count() < *SHOWN.start() {
        return Vec::new();
    }
    let of_more: Vec<String> = shown
        .iter()
        .filter(|(of, _)| !of.tasks.is_disjoint(&group.tasks) && !of.tasks.is_subset(&group.tasks))
        .map(|(of, _)| format!("“{}” gồm cả số của nhóm nhiệm vụ khác", heading(of)))
        .collect();
    let columns: Vec<Shown<'_, '_>> = shown
        .into_iter()
        .map(|(indicator, measure)| Shown { indicator, measure, places: parties.places(measure) })
        .collect();
    let measures: Vec<&Measure<'_>> = columns.iter().map(|shown| shown.measure).collect();
    let told = carried_over(brief.measures, &measures).into_iter().chain(of_more);
    with_note(numbered.title(&title), table(brief, rows, &parties, &columns), told)
}

/// What was taken over from last year beside the numbers shown, without which more would seem settled than there was.
pub(super) fn carried_over(all: &[Measure<'_>], shown: &[&Measure<'_>]) -> Option<String> {
    let carried = shown.iter().filter(|of| of.carried_over > 0).map(|of| {
        let (label, cases) = (lower_first(&of.quantity.label()), count(of.carried_over));
        format!("{label} chưa gồm {cases} {} năm trước chuyển sang", of.quantity.unit())
    });
    let carried: Vec<String> = carried.collect();
    let of_both =
        |rate: &Measure<'_>| made_of(all, rate.quantity).iter().skip(1).any(|whole| whole.carried_over > 0);
    let rate = if shown.iter().any(|of| of.is_rate() && of_both(of)) {
        "; tỷ lệ tính trên cả hai số"
    } else {
        ""
    };
    (!carried.is_empty()).then(|| carried.join("; ") + rate)
}

impl<'b, 'p> Parties<'b, 'p> {
    fn of(brief: &Brief<'b, 'p>, rows: TableRows, shown: &[(&Indicator, &'b Measure<'p>)]) -> Self {
        let measures = shown.iter().map(|(_, measure)| *measure);
        let found = match rows {
            TableRows::Level => by_level(brief.plan, measures),
            TableRows::Agency | TableRows::Field => by_agency(brief.plan, measures),
        };
        let gives = |control: &&Control<'_, '_>| shown.iter().any(|(_, of)| control.of(of.quantity).is_some());
        let control = brief.controls.iter().filter(|_| rows != TableRows::Level).find(gives);
        let is_member = |id: &AgencyId| control.is_some_and(|control| control.group.members.contains(id));
        let (compared, others) = found.into_iter().partition(|party| party.members.iter().all(is_member));
        let compared: Vec<Party> = compared;
        let members = compared.iter().flat_map(|party| party.members.iter().copied()).collect();
        Self { compared, members, others, control }
    }

    fn count(&self) -> usize {
        self.compared.len() + self.others.len()
    }

    /// How many decimals of a million a column needs so that all that is printed in it adds up.
    fn places(&self, measure: &Measure<'_>) -> u32 {
        let of = |members: &BTreeSet<AgencyId>| measure.added_by(members).unwrap_or(0);
        let each = |parties: &[Party]| parties.iter().map(|party| of(&party.members)).collect::<Vec<_>>();
        let mut sums = vec![(of(&self.members), each(&self.compared))];
        if let Amount::Sum(sum) = measure.value {
            sums.push((sum, each(&self.compared).into_iter().chain(each(&self.others)).collect()));
        }
        if let Some(compared) = self.control.and_then(|control| control.of(measure.quantity)) {
            let (given, of_members) = (compared.given, compared.of_members.unwrap_or(0));
            let (less, more) = (given.min(of_members), given.max(of_members));
            sums.push((more, vec![less, more - less]));
        }
        millions_in_print(&sums)
    }
}

fn table(brief: &Brief<'_, '_>, rows: TableRows, parties: &Parties<'_, '_>, columns: &[Shown<'_, '_>]) -> Table {
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
    let of = |members: &BTreeSet<AgencyId>, shown: &Shown<'_, '_>| {
        amount(shown, amount_of(brief.measures, shown.measure, members))
    };
    let quiet = |cells: Vec<Cell>| Row::Cells(cells.into_iter().map(|cell| cell.tone(Tone::Muted)).collect());
    let party = |party: &Party| Row::Cells(row(&named(brief, rows, party), &|shown| of(&party.members, shown)));
    let mut lines: Vec<Row> = parties.compared.iter().map(party).collect();
    if lines.len() > 1 && parties.control.is_some() {
        let group = parties.control.map_or("", |control| &control.group.name);
        let name = format!("Cộng {} {}", count(lines.len() as u128), names::members(group));
        lines.push(quiet(row(&name, &|shown| of(&parties.members, shown))));
    }
    lines.extend(parties.others.iter().map(party));
    if parties.count() > 1 {
        lines.push(Row::Total(row("Tổng cộng", &|shown| amount(shown, shown.measure.value))));
    }
    // Only where it is of the same days and of the same agencies.
    let last_year = |shown: &Shown<'_, '_>| {
        let comparison = shown.measure.last_year.as_ref()?.comparison.as_ref().ok()?;
        comparison.both.is_none().then_some(comparison.before)
    };
    if columns.iter().any(|shown| last_year(shown).is_some()) {
        let name = format!("Cùng kỳ năm {}", brief.plan.year - 1);
        let cell = |shown: &Shown<'_, '_>| match last_year(shown) {
            Some(before) => amount(shown, before),
            None if shown.measure.last_year.is_some() => Cell::text(NOT_COMPARED),
            None => blank(),
        };
        lines.push(quiet(row(&name, &cell)));
    }
    if let Some(control) = parties.control {
        let cell = |shown: &Shown<'_, '_>, of: &dyn Fn(&Compared<'_, '_>) -> i128| {
            control.of(shown.measure.quantity).map_or_else(blank, |compared| {
                let cell = amount(shown, Amount::Sum(of(compared).unsigned_abs()));
                if of(compared) < 0 { Cell::text(format!("-{}", cell.value.to_text())) } else { cell }
            })
        };
        let name = format!("Đối chiếu: số của {}", control.agency.name);
        lines.push(quiet(row(&name, &|shown| cell(shown, &|compared| compared.given as i128))));
        let name = "Chênh lệch so với các thành viên đã báo cáo";
        lines.push(quiet(row(name, &|shown| cell(shown, &|compared| compared.difference()))));
    }
    Table::new("", heads, lines)
}

fn blank() -> Cell {
    Cell::new(Value::Empty)
}

/// Who a row speaks of: an agency, with what it looks after before its name, or how many of a level.
fn named(brief: &Brief<'_, '_>, rows: TableRows, party: &Party) -> String {
    match party.of {
        Of::Agency(id) => {
            let agency = &brief.plan[id];
            let field = agency.field.as_ref().filter(|_| rows == TableRows::Field);
            field.map_or_else(|| agency.name.clone(), |field| format!("{field} ({})", agency.name))
        }
        Of::Level(of) => of_level(brief, of, &party.members, "đơn vị báo số"),
    }
}

/// How many of a level; one alone by name.
fn of_level(brief: &Brief<'_, '_>, of: Level, members: &BTreeSet<AgencyId>, words: &str) -> String {
    match members.first().filter(|_| members.len() == 1) {
        Some(one) => brief.plan[*one].name.clone(),
        None => format!("{} ({} {words})", level(brief.plan, of), count(members.len() as u128)),
    }
}

/// The head of a column: the indicator without “Số”, and what money is counted in.
fn heading(indicator: &Indicator) -> String {
    let label = upper_first(indicator.label.strip_prefix("Số ").unwrap_or(&indicator.label));
    if Quantity::Indicator(indicator).is_money() { format!("{label} (triệu đồng)") } else { label }
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
const NOT_COMPARED: &str = "không so sánh";

/// A table under its title, and what its marks mean as far as they stand in it, then what else is to be known of it.
fn with_note(title: Block, table: Table, more: impl IntoIterator<Item = String>) -> Vec<Block> {
    let cells = table.rows.iter().filter_map(|row| if let Row::Cells(cells) = row { Some(cells) } else { None });
    let texts: BTreeSet<String> =
        cells.flat_map(|cells| cells.iter().skip(1).map(|cell| cell.value.to_text())).collect();
    let marks = [
        (NOTHING_AROSE, "“KPS”: không phát sinh"),
        (NOT_APPLICABLE, "“–”: không áp dụng"),
        (
            NOT_COMPARED,
            "“không so sánh”: có số liệu năm trước, không cùng thời gian, đơn vị tính hoặc không cùng các cơ quan",
        ),
        ("", "ô trống: chưa có số liệu"),
    ];
    let marks = marks.iter().filter(|(mark, _)| texts.contains(*mark)).map(|(_, words)| (*words).to_owned());
    let told: Vec<String> = marks.chain(more).collect();
    let mut blocks = vec![title, Block::Table(table)];
    if !told.is_empty() {
        blocks.push(Block::Paragraph { style: Style::Note, text: format!("Ghi chú: {}.", told.join("; ")) });
    }
    blocks
}

/// What the cases are about that a group of tasks counts, the most frequent first.
pub(super) fn fields(brief: &Brief<'_, '_>, group: &TaskGroup, numbered: &mut Numbered) -> Vec<Block> {
    let whole = brief.measures.iter().find_map(|measure| match (measure.quantity, measure.value) {
        (Quantity::Complaints(of, None), Amount::Sum(sum)) if !of.tasks.is_disjoint(&group.tasks) => {
            Some((of, sum))
        }
        _ => None,
    });
    let fields = by_field(brief.measures);
    let Some((of, sum)) = whole.filter(|_| fields.len() > 1) else { return Vec::new() };
    let known = fields.iter().filter_map(|(measure, cases, share)| match measure.quantity {
        Quantity::Complaints(_, Some(field)) => Some((field.name.as_str(), *cases, *share)),
        _ => None,
    });
    let whole = fields.first().map(|(.., share)| ("Tổng cộng", sum, share.whole()));
    let mut table = Table::of("", known.chain(whole))
        .left("Lĩnh vực", 40, |(name, ..)| name)
        .right("Số vụ", 16, |(_, cases, _)| Cell::number(cases))
        .right("Tỷ trọng (%)", 16, |(.., share)| fixed(share.scaled, share.places))
        .table();
    table.last_is_total();
    let all = of_indicator(brief.measures, of.id).map(|measure| measure.value);
    let without_field = match all {
        Some(Amount::Sum(all)) if sum < all => {
            Some(format!("chỉ gồm {} {} đã phân theo lĩnh vực", fraction(sum, all), of.unit))
        }
        _ => None,
    };
    with_note(numbered.title("Phản ánh theo lĩnh vực"), table, without_field)
}

/// What was spent, level by level and by where it came from, in millions.
pub(super) fn funding(brief: &Brief<'_, '_>, numbered: &mut Numbered) -> Vec<Block> {
    let known = |measure: &&Measure<'_>| matches!(measure.value, Amount::Sum(_));
    let of = brief.measures.iter().filter(|measure| matches!(measure.quantity, Quantity::Funding(_))).filter(known);
    // The sources, then the whole of them.
    let (whole, mut columns): (Vec<_>, Vec<_>) = of.partition(|measure| measure.quantity.is_whole());
    if whole.is_empty() {
        return Vec::new();
    }
    columns.extend(whole);
    let parties = by_level(brief.plan, columns.iter().copied());
    let mut rows: Vec<(String, Vec<Option<u128>>)> = Vec::new();
    for party in &parties {
        let Of::Level(of) = party.of else { continue };
        let name = of_level(brief, of, &party.members, "đơn vị");
        let added = |measure: &&Measure<'_>| measure.added_by(&party.members);
        rows.push((name, columns.iter().map(added).collect()));
    }
    let total: Vec<Option<u128>> =
        columns.iter().map(|measure| if let Amount::Sum(sum) = measure.value { Some(sum) } else { None }).collect();
    // One precision for the whole table, so that it adds up both ways.
    let of = |part: &Option<u128>| part.unwrap_or(0);
    let down =
        total.iter().enumerate().map(|(at, sum)| (of(sum), rows.iter().map(|(_, row)| of(&row[at])).collect()));
    let across = rows.iter().map(|(_, row)| row).chain([&total]).filter_map(|row| {
        let (sum, parts) = row.split_last()?;
        Some((of(sum), parts.iter().map(of).collect()))
    });
    let places = millions_in_print(&down.chain(across).collect::<Vec<_>>());
    let mut heads = vec![Column::new("Cấp", 34, Align::Left)];
    heads.extend(columns.iter().map(|measure| {
        let source = if let Quantity::Funding(Some(source)) = measure.quantity { &source.name } else { "Cộng" };
        Column::new(source, 14, Align::Right)
    }));
    let cell = |sum: &Option<u128>| sum.map_or_else(blank, |sum| Cell::text(millions(sum, places)));
    let row = |name: &str, amounts: &[Option<u128>]| -> Vec<Cell> {
        std::iter::once(Cell::text(name)).chain(amounts.iter().map(cell)).collect()
    };
    let mut lines: Vec<Row> = rows.iter().map(|(name, amounts)| Row::Cells(row(name, amounts))).collect();
    if lines.len() > 1 {
        lines.push(Row::Total(row("Tổng cộng", &total)));
    }
    with_note(numbered.title("Kinh phí theo nguồn (triệu đồng)"), Table::new("", heads, lines), None)
}
