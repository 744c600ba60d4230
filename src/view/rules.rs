//! `plan explain`: the rules by topic, or one with its reason and its examples.

use super::json::values;
use crate::changes::SCHEMA_VERSION;
use crate::check;
use crate::diagnostic::Rule;
use crate::doc::{Align, AsJson, Block, Cell, Column, Document, Row, Shown, Style, Table};

/// Every rule, or one.
pub(crate) struct Rules {
    pub(crate) only: Option<&'static Rule>,
}

values! {
    ExplainJson = fn rules(rules: &Rules) {
        schema_version: u32 = SCHEMA_VERSION,
        topics: Vec<TopicJson> = rules.topics().into_iter().map(|(title, rules)| topic(title, rules)).collect(),
    }

    TopicJson = fn topic(title: &'static str, rules: Vec<&'static Rule>) {
        rules: Vec<RuleJson> = rules.into_iter().map(rule).collect(),
        topic: &'static str = title,
    }

    RuleJson = fn rule(rule: &'static Rule) {
        /// Why it matters, then a wrong and a right example.
        explanation: &'static str = rule.explain,
        name: &'static str = rule.name,
        /// `error`, `warning` or `notice`.
        severity: &'static str = rule.severity.id(),
        summary: &'static str = rule.summary,
    }
}

impl AsJson for Rules {
    type Json<'s> = ExplainJson;

    fn json(&self) -> ExplainJson {
        rules(self)
    }
}

impl Shown for Rules {
    fn document(&self) -> Document {
        let (title, blocks) = match self.only {
            Some(rule) => (format!("{} ({})", rule.name, rule.severity.label()), explanation(rule)),
            None => ("Các quy tắc kiểm tra".to_owned(), self.list()),
        };
        Document::page(title, "Quy tắc", blocks)
    }

    fn rows(&self) -> Table {
        let columns = ["Chủ đề", "Quy tắc", "Mức", "Ý nghĩa"].map(|title| Column::new(title, 1, Align::Left));
        let rows = self.topics().into_iter().flat_map(|(title, rules)| {
            rules.into_iter().map(move |rule| {
                let words = [title, rule.name, rule.severity.label(), rule.summary];
                Row::Cells(words.map(Cell::text).into())
            })
        });
        Table::new("rules", columns.into(), rows)
    }
}

impl Rules {
    fn topics(&self) -> Vec<(&'static str, Vec<&'static Rule>)> {
        let mut topics = check::topics();
        for (_, rules) in &mut topics {
            rules.retain(|rule| self.only.is_none_or(|only| only.name == rule.name));
        }
        topics.retain(|(_, rules)| !rules.is_empty());
        topics
    }

    fn list(&self) -> Vec<Block> {
        let columns = [("Quy tắc", 3), ("Mức", 1), ("Ý nghĩa", 8)];
        let columns = columns.map(|(title, width)| Column::new(title, width, Align::Left)).into();
        let rows = self.topics().into_iter().flat_map(|(title, rules)| {
            let rules = rules
                .into_iter()
                .map(|rule| Row::Cells([rule.name, rule.severity.label(), rule.summary].map(Cell::text).into()));
            std::iter::once(Row::Group(title.to_uppercase())).chain(rules)
        });
        vec![
            Block::Table(Table::new("rules", columns, rows)),
            Block::Hint("Xem một quy tắc: plan explain QUY_TẮC".to_owned()),
        ]
    }
}

/// The reason in sentences, then the examples as a file has them.
fn explanation(rule: &Rule) -> Vec<Block> {
    let (reason, examples) = rule.explain.split_once("\n\n").unwrap_or((rule.explain, ""));
    let paragraph = |style, text: String| Block::Paragraph { style, text };
    let mut blocks = vec![
        paragraph(Style::Body, format!("{}.", rule.summary)),
        paragraph(Style::Body, reason.replace('\n', " ")),
    ];
    if !examples.is_empty() {
        blocks.push(paragraph(Style::Example, examples.to_owned()));
    }
    blocks
}
