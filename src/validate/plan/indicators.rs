//! `plan/indicators.yaml`: what is counted, by whom and how it adds up.

use super::super::fields::{Fields, choice, text};
use super::super::rules::{MISSING_FIELD, UNKNOWN_INDICATOR};
use super::{Names, known_task, named_list, reject_duplicates, unknown};
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{Aggregation, Complaints, Indicator, IndicatorId, List, Rate, Spanned, Task};
use crate::yaml::Node;

pub(super) fn indicators(
    node: &Node<'_>,
    tasks: &List<Task>,
    names: &Names<'_>,
    sink: &mut Sink,
) -> Option<(List<Indicator>, Complaints)> {
    let mut fields = Fields::new(node, "danh mục chỉ tiêu", sink)?;
    fields.optional_text("source", sink);
    let read = fields.list("indicators", sink, |node, sink| indicator(node, tasks, names, sink));
    let complaints = fields.required("complaints_by_field", sink).and_then(|node| {
        let mut fields = Fields::new(node, "lĩnh vực khiếu nại", sink)?;
        let of = fields.required("of", sink).and_then(|node| text(node, sink));
        let list = named_list(&mut fields, "fields", "label", sink);
        fields.finish(sink);
        Some((of?, list))
    });
    fields.finish(sink);
    let (of, complaint_fields) = complaints?;
    reject_duplicates(read.iter().map(|(indicator, _)| (indicator.key.as_str(), indicator.span)), sink);
    let (indicators, references): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let mut indicators = List::new(indicators);
    let of = known(&indicators, &of, sink);
    let resolved: Vec<_> = references.iter().map(|references| references.resolve(&indicators, sink)).collect();
    for (indicator, (at_most, rate)) in indicators.iter_mut().zip(resolved) {
        indicator.at_most = at_most;
        if indicator.aggregation == Aggregation::Percent(None) {
            indicator.aggregation = Aggregation::Percent(rate);
        }
    }
    Some((indicators, Complaints { of, fields: complaint_fields }))
}

/// The other indicators that one names, which may come after it.
struct References {
    at_most: Option<Spanned<String>>,
    /// `of` and `over`.
    percent: Option<(Spanned<String>, Spanned<String>)>,
}

impl References {
    fn resolve(&self, indicators: &List<Indicator>, sink: &mut Sink) -> (Option<IndicatorId>, Option<Rate>) {
        let mut known = |key: &Spanned<String>| known(indicators, key, sink);
        let rate = self.percent.as_ref().and_then(|(of, over)| {
            let (of, over) = (known(of), known(over));
            Some(Rate { of: of?, over: over? })
        });
        (self.at_most.as_ref().and_then(known), rate)
    }
}

fn known(indicators: &List<Indicator>, key: &Spanned<String>, sink: &mut Sink) -> Option<IndicatorId> {
    let found = indicators.find(&key.value);
    if found.is_none() {
        let candidates = indicators.iter().map(|indicator| (indicator.key.as_str(), indicator.label.as_str()));
        sink.push(unknown(&UNKNOWN_INDICATOR, key.span, "chỉ tiêu", &key.value, candidates));
    }
    found.map(|indicator| indicator.id)
}

/// An indicator, and the other indicators it names.
fn indicator(
    node: &Node<'_>,
    tasks: &List<Task>,
    names: &Names<'_>,
    sink: &mut Sink,
) -> Option<(Indicator, References)> {
    let mut fields = Fields::new(node, "chỉ tiêu", sink)?;
    let span = fields.span();
    let id = fields.required_text("id", sink);
    let label = fields.required_text("label", sink);
    let unit = fields.required_text("unit", sink);
    let tasks = fields.list("tasks", sink, |node, sink| known_task(tasks, node, sink));
    let written = fields.optional("percent");
    let percent = written.and_then(|node| {
        let mut fields = Fields::new(node, "tỷ lệ", sink)?;
        let of = fields.required("of", sink).and_then(|node| text(node, sink));
        let over = fields.required("over", sink).and_then(|node| text(node, sink));
        fields.finish(sink);
        Some((of?, over?))
    });
    #[derive(Clone, Copy)]
    enum Word {
        Sum,
        Latest,
        Derived,
    }
    let words = [("sum", Word::Sum), ("latest", Word::Latest), ("derived", Word::Derived)];
    let word = fields.required("aggregation", sink).and_then(|node| choice(node, &words, sink));
    let only = fields.list("only", sink, |node, sink| names.agency(node, sink));
    let at_most = fields.words("at_most", sink);
    let in_prose = fields.texts("in_prose", sink);
    fields.optional_text("source", sink);
    fields.finish(sink);
    let aggregation = match (word?, &percent) {
        (Word::Sum, _) => Aggregation::Sum,
        (Word::Latest, _) => Aggregation::Latest,
        (Word::Derived, Some(_)) => Aggregation::Percent(None),
        (Word::Derived, None) if written.is_some() => return None,
        (Word::Derived, None) => {
            let message = "chỉ tiêu tính (derived) thiếu mục “percent”";
            sink.push(Diagnostic::new(&MISSING_FIELD, span, message).hint("thêm percent: {of: …, over: …}"));
            return None;
        }
    };
    let indicator = Indicator {
        id: IndicatorId::default(),
        key: id?,
        label: label?,
        unit: unit?,
        tasks: tasks.into_iter().collect(),
        aggregation,
        only: only.into_iter().collect(),
        at_most: None,
        in_prose,
        span,
    };
    Some((indicator, References { at_most, percent }))
}
