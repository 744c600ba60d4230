//! `plan/previous.yaml`: last year's figures, round by round, each with the paper that it is taken from. `plan init --from`
//! writes it, or who has an old report at hand; without it nothing is compared with last year. Holds numbers alone: a word
//! of last year (“không phát sinh”) is no zero to grow from, and has no line here.

use chrono::{Months, NaiveDate};

use super::indicators::is_same_unit;
use super::rounds::in_order;
use super::{Plan, Round};
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{Agency, AgencyId, Indicator, IndicatorId, RoundRef};
use crate::record::rules::UNKNOWN_ROUND;
use crate::record::{Read, Reader, Shape, Table, records};
use crate::source::Spanned;

records! {
    /// Số liệu năm trước để so với cùng kỳ
    "số liệu năm trước" PreviousFile {
        /// Mã kỳ báo cáo năm nay
        rounds: Table<RoundRef, Previous>,
    }

    /// Số liệu năm trước, trong cùng thời gian lấy số liệu với một kỳ năm nay
    "số liệu cùng kỳ" Previous {
        /// Số liệu năm trước tính từ ngày
        data_from: Spanned<NaiveDate>,
        /// Số liệu năm trước tính đến ngày; phải cùng ngày, tháng với kỳ năm nay thì mới so sánh
        data_to: Spanned<NaiveDate>,
        /// Lấy từ văn bản nào: số, ngày, cơ quan ban hành
        source: String,
        /// Dữ liệu minh họa, không phải số liệu thật
        illustrative: bool,
        /// Mã chỉ tiêu trong plan/indicators.yaml: một số, hoặc số kèm số từng cơ quan
        figures: Table<IndicatorId, PreviousFigure>,
    }

    /// Tổng số năm trước, hoặc số của từng cơ quan, hoặc cả hai
    "số năm trước" PreviousParts [.any_of(&["total", "agencies"])] {
        /// Tổng số; bỏ trống thì là cộng số của các cơ quan kê ở agencies
        total: Option<u64>,
        /// Số của từng cơ quan, theo mã trong plan/agencies.yaml; chỉ kê cơ quan có số
        agencies: Table<AgencyId, PreviousShare>,
        /// Đơn vị tính của số năm trước; khác đơn vị tính của chỉ tiêu năm nay thì không so sánh. Bỏ trống thì coi là cùng đơn vị
        unit: Option<Spanned<String>>,
        /// Số vụ từ năm trước nữa chuyển sang, không nằm trong tổng số, để tính tỷ lệ
        carried_over: Option<u64>,
        /// Văn bản, khi số này lấy từ văn bản khác với văn bản chung của kỳ
        source: Option<String>,
    }

    /// Số năm trước của một cơ quan kèm điều cần nói rõ
    "số năm trước của cơ quan" PreviousTold {
        value: u64,
        /// Con số của riêng cơ quan, không gồm số của cơ quan được hợp nhất vào mình
        itself_alone: bool,
    }
}

/// An indicator's number of last year, with those of agencies as far as they are known.
#[derive(Debug)]
pub(crate) struct PreviousFigure {
    total: Option<u64>,
    pub(crate) agencies: Table<AgencyId, PreviousShare>,
    /// In which unit it was counted, where that is told: it is compared with none of another unit.
    pub(crate) unit: Option<Spanned<String>>,
    /// Cases that last year took over from the year before: of the whole of a rate, never of a sum.
    pub(crate) carried_over: u64,
    /// The paper it stands in, where that is another than the round's.
    pub(crate) source: Option<String>,
}

impl Read for PreviousFigure {
    const SHAPE: &'static Shape = &Shape::Either(
        "Số năm trước: tổng số, hoặc tổng số kèm số của từng cơ quan",
        &[<u64 as Read>::SHAPE, PreviousParts::SHAPE],
    );

    fn read(reader: &mut Reader<'_, '_>) -> Option<Self> {
        if reader.mapping_ahead()? {
            let PreviousParts { total, agencies, unit, carried_over, source, .. } = PreviousParts::read(reader)?;
            return Some(Self { total, agencies, unit, carried_over: carried_over.unwrap_or_default(), source });
        }
        let total = u64::read(reader)?;
        Some(Self { total: Some(total), agencies: Table::default(), unit: None, carried_over: 0, source: None })
    }
}

/// What an agency told last year.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PreviousShare {
    pub(crate) value: u64,
    /// Of a successor, without the figures of those that it succeeds.
    pub(crate) itself_alone: bool,
}

impl Read for PreviousShare {
    const SHAPE: &'static Shape = &Shape::Either(
        "Số năm trước của một cơ quan: con số, hoặc con số kèm điều cần nói rõ",
        &[<u64 as Read>::SHAPE, PreviousTold::SHAPE],
    );

    fn read(reader: &mut Reader<'_, '_>) -> Option<Self> {
        if reader.mapping_ahead()? {
            let PreviousTold { value, itself_alone, .. } = PreviousTold::read(reader)?;
            return Some(Self { value, itself_alone });
        }
        Some(Self { value: u64::read(reader)?, itself_alone: false })
    }
}

impl PreviousFigure {
    /// Of all agencies.
    pub(crate) fn total(&self) -> u128 {
        self.total.map_or_else(|| self.of_agencies(), u128::from)
    }

    /// Of those that are named.
    pub(crate) fn of_agencies(&self) -> u128 {
        self.agencies.iter().map(|row| u128::from(row.value.value)).sum()
    }

    /// In which unit it was counted, where that is not the one that the indicator is counted in now.
    pub(crate) fn other_unit(&self, indicator: &Indicator) -> Option<&Spanned<String>> {
        self.unit.as_ref().filter(|unit| !is_same_unit(&unit.value, &indicator.unit))
    }
}

impl Previous {
    /// Whether the data are of the same days as those of a round, a year before; the last of February is one day.
    pub(crate) fn is_of_same_days(&self, round: &Round) -> bool {
        let year = Months::new(12);
        let is_year_before = |then: NaiveDate, now: NaiveDate| then + year == now || now - year == then;
        is_year_before(self.data_from.value, round.data_from) && is_year_before(self.data_to.value, round.data_to)
    }
}

pub(crate) fn resolve(file: PreviousFile, sink: &mut Sink) -> Table<RoundRef, Previous> {
    for row in &file.rounds {
        in_order(Some(&row.data_from), Some(&row.data_to), sink);
        if row.key.value == RoundRef::AdHoc {
            let message = "báo cáo đột xuất không có số liệu cùng kỳ năm trước";
            let hint = "chỉ ghi các kỳ báo cáo có trong plan/rounds.yaml";
            sink.push(Diagnostic::new(&UNKNOWN_ROUND, row.key.span, message).hint(hint));
        }
    }
    file.rounds
}

impl Plan {
    /// Who answers on a day for what an agency told before: itself, or the first of its successors that is there; the last
    /// of them where none is.
    pub(crate) fn heir(&self, agency: AgencyId, day: NaiveDate) -> AgencyId {
        let gone = |agency: &Agency| agency.active.1.is_some_and(|until| until < day);
        let mut heir = &self[agency];
        while let Some(next) = heir.successor.filter(|_| gone(heir)) {
            heir = &self[next];
        }
        heir.id
    }
}
