//! `plan/indicators.yaml`: what is counted, by whom and how it adds up.

use super::super::fields::{Fields, choice, text};
use super::super::rules::{MISSING_FIELD, UNKNOWN_INDICATOR};
use super::{Names, known_task, named_list, reject_duplicates, unknown};
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::{Aggregation, Complaints, Indicator, IndicatorId, Spanned, Task};
use crate::yaml::Node;

pub(super) fn indicators(
    node: &Node<'_>,
    tasks: &[&Task],
    names: &Names<'_>,
    sink: &mut Sink,
) -> Option<(Vec<Indicator>, Complaints)> {
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
    let known: Vec<(String, String)> =
        read.iter().map(|(indicator, _)| (indicator.id.to_string(), indicator.label.clone())).collect();
    reject_duplicates(read.iter().map(|(indicator, _)| (indicator.id.as_str(), indicator.span)), sink);
    let mut indicators = Vec::new();
    let mut named_elsewhere = vec![of.clone()];
    for (indicator, references) in read {
        named_elsewhere.extend(references);
        indicators.push(indicator);
    }
    for reference in named_elsewhere {
        if !known.iter().any(|(id, _)| *id == reference.value) {
            let candidates = known.iter().map(|(id, label)| (id.as_str(), label.as_str()));
            sink.push(unknown(&UNKNOWN_INDICATOR, reference.span, "chỉ tiêu", &reference.value, candidates));
        }
    }
    let of = IndicatorId::from(of.value.as_str());
    Some((indicators, Complaints { of, fields: complaint_fields }))
}

/// An indicator, and the other indicators it names.
fn indicator(
    node: &Node<'_>,
    tasks: &[&Task],
    names: &Names<'_>,
    sink: &mut Sink,
) -> Option<(Indicator, Vec<Spanned<String>>)> {
    let mut fields = Fields::new(node, "chỉ tiêu", sink)?;
    let span = fields.span();
    let id = fields.required_text("id", sink);
    let label = fields.required_text("label", sink);
    let unit = fields.required_text("unit", sink);
    let tasks = fields.list("tasks", sink, |node, sink| known_task(tasks, node, sink));
    let mut references = Vec::new();
    let written = fields.optional("percent");
    let percent = written.and_then(|node| {
        let mut fields = Fields::new(node, "tỷ lệ", sink)?;
        let of = fields.required("of", sink).and_then(|node| text(node, sink));
        let over = fields.required("over", sink).and_then(|node| text(node, sink));
        fields.finish(sink);
        let (of, over) = (of?, over?);
        let ids = (IndicatorId::from(of.value.as_str()), IndicatorId::from(over.value.as_str()));
        references.extend([of, over]);
        Some(ids)
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
    let aggregation = match (word?, percent) {
        (Word::Sum, _) => Aggregation::Sum,
        (Word::Latest, _) => Aggregation::Latest,
        (Word::Derived, Some((of, over))) => Aggregation::Percent { of, over },
        (Word::Derived, None) if written.is_some() => return None,
        (Word::Derived, None) => {
            let message = "chỉ tiêu tính (derived) thiếu mục “percent”";
            sink.push(Diagnostic::new(&MISSING_FIELD, span, message).hint("thêm percent: {of: …, over: …}"));
            return None;
        }
    };
    let at_most_id = at_most.as_ref().map(|id| IndicatorId::from(id.value.as_str()));
    references.extend(at_most);
    let id = IndicatorId::from(id?.as_str());
    Some((
        Indicator { id, label: label?, unit: unit?, tasks, aggregation, only, at_most: at_most_id, in_prose, span },
        references,
    ))
}
