//! The lists as other programs read them: a value a column, codes beside names.

use super::{FIGURES, Site, address, fine, numbers};
use crate::doc::Table;
use crate::measure;
use crate::model::PublicList;
use crate::view::cells::{self, day, optional};

impl Site<'_, '_> {
    /// Every list for other programs, by the name of its files.
    pub(crate) fn tables(&self) -> Vec<Table> {
        let lists = self.lists().map(|list| match list {
            PublicList::Violators => Table::of(list.id(), self.violators())
                .field("Mã", |item| &item.id)
                .field("Tổ chức, cá nhân", |item| &item.found.name.value)
                .field("Địa chỉ", |item| optional(address(self.plan, item)))
                .field("Hành vi vi phạm", |item| &item.found.violation.value)
                .field("Số quyết định", |item| optional(item.decision().map(|paper| &paper.number)))
                .field("Ngày quyết định", |item| day(item.decision().and_then(|paper| paper.date)))
                .field("Tiền phạt (đồng)", |item| fine(item.found))
                .field("Ngày công bố", |item| day(item.published()))
                .field("Nơi công bố", |item| optional(item.found.published_on.as_ref()))
                .field("Công khai đến hết ngày", |item| day(item.until()))
                .field("Mã cơ quan", |item| &item.agency.key)
                .field("Cơ quan", |item| &item.agency.name)
                .table(),
            PublicList::Warnings => Table::of(list.id(), self.warnings())
                .field("Mã", |item| &item.id)
                .field("Cảnh báo", |item| &item.found.subject.value)
                .field("Nội dung", |item| optional(item.found.content.as_ref()))
                .field("Ngày phát hành", |item| day(item.issued()))
                .field("Kênh phát hành", |item| optional(item.found.channel.as_ref()))
                .field("Mã cơ quan", |item| &item.agency.key)
                .field("Cơ quan", |item| &item.agency.name)
                .table(),
            PublicList::Hotlines => Table::of(list.id(), &self.public.hotlines)
                .field("Mã cơ quan", |(agency, _)| &agency.key)
                .field("Cơ quan", |(agency, _)| &agency.name)
                .field("Đường dây nóng", |(_, hotline)| *hotline)
                .table(),
        });
        lists.chain([self.figures()]).collect()
    }

    fn figures(&self) -> Table {
        let rounds = self.rounds.iter().zip(self.measures);
        let figures = rounds.flat_map(|(status, measures)| {
            measure::indicators(measures)
                .map(move |(indicator, total)| (status.round, status.counts, indicator, total))
        });
        Table::of(FIGURES, figures)
            .field("Mã kỳ", |(round, ..)| &round.key)
            .field("Kỳ", |(round, ..)| &round.name)
            .field("Từ ngày", |(round, ..)| round.data_from)
            .field("Đến ngày", |(round, ..)| round.data_to)
            .field("Mã chỉ tiêu", |(_, _, indicator, _)| &indicator.key)
            .field("Chỉ tiêu", |(_, _, indicator, _)| &indicator.label)
            .field("Đơn vị tính", |(_, _, indicator, _)| &indicator.unit)
            .field("Số liệu", |(.., total)| cells::value(total))
            .field("Số cơ quan có số liệu", |(.., total)| numbers(total))
            .field("Số cơ quan có báo cáo hợp lệ", |(_, counts, ..)| counts.complete)
            .field("Số cơ quan phải báo cáo", |(_, counts, ..)| counts.expected)
            .table()
    }
}
