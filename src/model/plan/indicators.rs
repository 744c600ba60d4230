//! `plan/indicators.yaml`: what is counted, by whom and how it adds up.

use indexmap::IndexSet;

use super::{Named, reject_duplicates};
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{AgencyId, Declared, IndicatorId, List, TaskId};
use crate::record::rules::MISSING_FIELD;
use crate::record::{Ids, Later, Reader, Telling, Written, choices, records};
use crate::source::Span;
use crate::vietnamese::fold;

/// The unit of money.
pub(crate) const DONG: &str = "đồng";

/// How else people write it, folded.
const ALSO_DONG: [&str; 5] = ["đ", "vnd", "vnđ", "đồng việt nam", "việt nam đồng"];

/// Whether two units are the same, however each is written.
pub(super) fn is_same_unit(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|unit| match fold(unit) {
        folded if ALSO_DONG.contains(&folded.as_str()) => DONG.to_owned(),
        folded => folded,
    });
    one == other
}

records! {
    /// Chỉ tiêu tổng hợp
    "danh mục chỉ tiêu" IndicatorsFile {
        source: Option<String>,
        indicators: Vec<IndicatorItem>,
        complaints_by_field: ComplaintFields,
    }

    /// Một chỉ tiêu
    "chỉ tiêu" IndicatorItem => derived_from {
        id: String,
        label: String,
        /// Đơn vị tính
        unit: String,
        tasks: Vec<TaskId>,
        aggregation: AggregationWord,
        /// Với chỉ tiêu tính (derived): tỷ lệ của chỉ tiêu nào trên chỉ tiêu nào
        percent: Written<Percent>,
        /// Chỉ các cơ quan này được báo số
        only: Vec<AgencyId>,
        /// Không được lớn hơn chỉ tiêu này
        at_most: Option<Later<IndicatorId>>,
        /// Cuộc tổ chức tại một nơi: nêu khi lời văn của cơ quan khác kể nơi của cơ quan cũng báo số, vì có thể tính hai lần
        at_place: bool,
        /// Cách kể số này trong lời văn, {n} ở chỗ con số, | là hoặc: {n} vụ|cuộc kiểm tra, kiểm tra {n} vụ
        in_prose: Vec<Telling>,
        source: Option<String>,
    }

    /// Tỷ lệ phần trăm
    "tỷ lệ" Percent {
        of: Later<IndicatorId>,
        over: Later<IndicatorId>,
    }

    /// Các lĩnh vực khiếu nại và chỉ tiêu mà chúng cộng thành
    "lĩnh vực khiếu nại" ComplaintFields {
        of: Later<IndicatorId>,
        fields: Vec<Labelled>,
    }

    /// Mã và nhãn
    "mục này" Labelled {
        id: String,
        label: String,
    }
}

choices! {
    /// sum cộng; latest số hiện có, lấy báo cáo mới nhất của từng cơ quan rồi cộng; derived tính từ chỉ tiêu khác
    "" UNKNOWN_VALUE AggregationWord {
        Sum "sum" "cộng",
        Latest "latest" "số hiện có",
        Derived "derived" "tính từ chỉ tiêu khác",
    }
}

#[derive(Debug)]
pub(crate) struct Indicator {
    pub(crate) id: IndicatorId,
    /// `inspections`
    pub(crate) key: String,
    pub(crate) label: String,
    pub(crate) unit: String,
    pub(crate) tasks: IndexSet<TaskId>,
    pub(crate) aggregation: Aggregation,
    /// The only agencies whose figure counts; empty: any.
    pub(crate) only: IndexSet<AgencyId>,
    /// The indicator that this one is a part of.
    pub(crate) at_most: Option<IndicatorId>,
    /// Whether it counts what is held at one place, which two agencies may both report.
    pub(crate) at_place: bool,
    /// How prose tells this figure, `{n}` being the number, `|` between words that may stand for each other, a dot at the
    /// end where no word may go on: `{n} vụ|cuộc kiểm tra`.
    pub(crate) in_prose: Vec<String>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aggregation {
    /// Added over agencies and tasks.
    Sum,
    /// A stock: each agency's newest figure, also from an earlier round, then added.
    Latest,
    /// One over the other, never typed; absent where the plan has no such indicators.
    Percent(Option<Rate>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    pub(crate) of: IndicatorId,
    pub(crate) over: IndicatorId,
}

/// The fields that complaints are counted by.
#[derive(Debug)]
pub(crate) struct Complaints {
    /// The indicator that the fields add up to; absent where the plan has none such.
    pub(crate) of: Option<IndicatorId>,
    pub(crate) fields: Vec<Named>,
}

impl Indicator {
    /// Whether the unit is money, whole đồng.
    pub(crate) fn is_money(&self) -> bool {
        self.unit == DONG
    }

    /// Whether agencies report it, instead of it being derived.
    pub(crate) fn is_typed(&self) -> bool {
        !matches!(self.aggregation, Aggregation::Percent(_))
    }

    pub(crate) fn allows(&self, agency: AgencyId) -> bool {
        self.only.is_empty() || self.only.contains(&agency)
    }
}

/// What is derived says from what.
fn derived_from(item: &IndicatorItem, reader: &mut Reader<'_, '_>) {
    if item.aggregation == AggregationWord::Derived && item.percent.is_missing() {
        let message = "chỉ tiêu tính (derived) thiếu mục “percent”";
        reader
            .push::<()>(Diagnostic::new(&MISSING_FIELD, item.span, message).hint("thêm percent: {of: …, over: …}"));
    }
}

pub(crate) fn resolve(file: IndicatorsFile, gaps: &[Ids], sink: &mut Sink) -> (List<Indicator>, Complaints) {
    let known = |item: &IndicatorItem| item.aggregation != AggregationWord::Derived || item.percent.is_some();
    let items: Vec<IndicatorItem> = file.indicators.into_iter().filter(known).collect();
    reject_duplicates(items.iter().map(|item| (item.id.as_str(), item.span)), sink);
    let (indicators, references): (Vec<_>, Vec<_>) = items.into_iter().map(indicator).unzip();
    let mut indicators = List::new(indicators);
    let names = Declared { lists: vec![&indicators], gaps };
    let of = file.complaints_by_field.of.find(&names, sink);
    let resolved: Vec<_> = references
        .into_iter()
        .map(|(at_most, percent)| {
            let rate = percent.and_then(|percent| {
                let (of, over) = (percent.of.find(&names, sink), percent.over.find(&names, sink));
                Some(Rate { of: of?, over: over? })
            });
            (at_most.and_then(|at_most| at_most.find(&names, sink)), rate)
        })
        .collect();
    for (indicator, (at_most, rate)) in indicators.iter_mut().zip(resolved) {
        indicator.at_most = at_most;
        if !indicator.is_typed() {
            indicator.aggregation = Aggregation::Percent(rate);
        }
    }
    let fields = file.complaints_by_field.fields;
    reject_duplicates(fields.iter().map(|field| (field.id.as_str(), field.span)), sink);
    let fields = fields.into_iter().map(|field| Named { id: field.id, name: field.label, span: field.span });
    (indicators, Complaints { of, fields: fields.collect() })
}

/// An indicator, and the others that it names.
fn indicator(item: IndicatorItem) -> (Indicator, (Option<Later<IndicatorId>>, Option<Percent>)) {
    let indicator = Indicator {
        id: IndicatorId::default(),
        key: item.id,
        label: item.label,
        unit: item.unit,
        tasks: item.tasks.into_iter().collect(),
        aggregation: match item.aggregation {
            AggregationWord::Sum => Aggregation::Sum,
            AggregationWord::Latest => Aggregation::Latest,
            AggregationWord::Derived => Aggregation::Percent(None),
        },
        only: item.only.into_iter().collect(),
        at_most: None,
        at_place: item.at_place,
        in_prose: item.in_prose.into_iter().map(|telling| telling.0).collect(),
        span: item.span,
    };
    (indicator, (item.at_most, item.percent.into_value()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_the_same_however_it_is_written() {
        for (one, other, is_same) in [
            ("đồng", "đồng", true),
            ("Đồng", "đồng", true),
            ("VND", "đồng", true),
            ("VNĐ", "đồng", true),
            ("đ", "Đồng Việt Nam", true),
            ("Văn  bản ", "văn bản", true),
            ("triệu đồng", "đồng", false),
            ("nghìn đồng", "đ", false),
            ("USD", "VND", false),
            ("vụ", "vụ việc", false),
            ("", "đồng", false),
        ] {
            assert_eq!(is_same_unit(one, other), is_same, "{one} {other}");
        }
    }
}
