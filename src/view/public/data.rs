//! The lists as other programs read them: a value a column, codes beside names.

use super::{FIGURES, Site, address, day, fine, numbers, optional};
use crate::doc::{Align, Cell, Column, Row, Table, Value};
use crate::measure;
use crate::model::{PublicList, Violator, Warning};
use crate::public::Item;
use crate::view::cells;

impl Site<'_, '_> {
    /// Every list for other programs, by the name of its files.
    pub(crate) fn tables(&self) -> Vec<Table> {
        let lists = self.lists().map(|list| match list {
            PublicList::Violators => table(list.id(), &VIOLATOR, self.violators().map(|item| self.violator(item))),
            PublicList::Warnings => table(list.id(), &WARNING, self.warnings().map(warning)),
            PublicList::Hotlines => table(
                list.id(),
                &HOTLINE,
                self.public.hotlines.iter().map(|(agency, hotline)| {
                    vec![Cell::text(agency.key.as_str()), Cell::text(&agency.name), Cell::text(*hotline)]
                }),
            ),
        });
        lists.chain([table(FIGURES, &FIGURE, self.figures())]).collect()
    }

    fn violator(&self, item: &Item<'_, Violator>) -> Vec<Cell> {
        let Item { id, agency, found, .. } = item;
        vec![
            Cell::text(id.as_str()),
            Cell::text(&found.name.value),
            optional(address(self.plan, found)),
            Cell::text(&found.violation.value),
            found.decision.as_ref().map_or(Cell::new(Value::Empty), |paper| Cell::text(&paper.number.value)),
            day(found.decision.as_ref().and_then(|paper| paper.date)),
            fine(found),
            day(found.published),
            optional(found.published_on.as_ref()),
            day(found.until),
            Cell::text(agency.key.as_str()),
            Cell::text(&agency.name),
        ]
    }

    fn figures(&self) -> impl Iterator<Item = Vec<Cell>> {
        self.rounds.iter().zip(self.measures).flat_map(|(status, measures)| {
            let (round, counts) = (status.round, status.counts);
            measure::indicators(measures).map(move |(indicator, total)| {
                vec![
                    Cell::text(round.key.as_str()),
                    Cell::text(&round.name),
                    Cell::new(Value::Date(round.data_from)),
                    Cell::new(Value::Date(round.data_to)),
                    Cell::text(indicator.key.as_str()),
                    Cell::text(&indicator.label),
                    Cell::text(&indicator.unit),
                    cells::value(total),
                    numbers(total),
                    Cell::number(counts.complete),
                    Cell::number(counts.expected),
                ]
            })
        })
    }
}

const VIOLATOR: [&str; 12] = [
    "Mã",
    "Tổ chức, cá nhân",
    "Địa chỉ",
    "Hành vi vi phạm",
    "Số quyết định",
    "Ngày quyết định",
    "Tiền phạt (đồng)",
    "Ngày công bố",
    "Nơi công bố",
    "Công khai đến hết ngày",
    "Mã cơ quan",
    "Cơ quan",
];
const WARNING: [&str; 7] =
    ["Mã", "Cảnh báo", "Nội dung", "Ngày phát hành", "Kênh phát hành", "Mã cơ quan", "Cơ quan"];
const HOTLINE: [&str; 3] = ["Mã cơ quan", "Cơ quan", "Đường dây nóng"];
const FIGURE: [&str; 11] = [
    "Mã kỳ",
    "Kỳ",
    "Từ ngày",
    "Đến ngày",
    "Mã chỉ tiêu",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Số liệu",
    "Số cơ quan có số liệu",
    "Số cơ quan có báo cáo hợp lệ",
    "Số cơ quan phải báo cáo",
];

pub(super) fn table(name: &'static str, titles: &[&str], rows: impl Iterator<Item = Vec<Cell>>) -> Table {
    let columns = titles.iter().map(|title| Column::new(*title, 1, Align::Left)).collect();
    Table::new(name, columns, rows.map(Row::Cells))
}

fn warning(item: &Item<'_, Warning>) -> Vec<Cell> {
    let Item { id, agency, found, .. } = item;
    vec![
        Cell::text(id.as_str()),
        Cell::text(&found.subject.value),
        optional(found.content.as_ref()),
        day(found.issued),
        optional(found.channel.as_ref()),
        Cell::text(agency.key.as_str()),
        Cell::text(&agency.name),
    ]
}
