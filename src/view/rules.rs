//! `plan explain`: the rules by topic, or one with its reason and its examples.

use super::json::values;
use crate::changes::SCHEMA_VERSION;
use crate::check;
use crate::diagnostic::Rule;
use crate::doc::{Block, Document, Shown, Style, Table, as_json};

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

as_json!(Rules, it => rules(it));

impl Shown for Rules {
    fn document(&self) -> Document {
        let (title, blocks) = match self.only {
            Some(rule) => (format!("{} ({})", rule.name, rule.severity.label()), explanation(rule)),
            None => ("Các quy tắc kiểm tra".to_owned(), self.list()),
        };
        Document::page(title, "Quy tắc", blocks)
    }

    fn rows(&self) -> Table {
        let topics = self.topics().into_iter();
        let rules = topics.flat_map(|(title, rules)| rules.into_iter().map(move |rule| (title, rule)));
        Table::of("rules", rules)
            .field("Chủ đề", |(title, _)| title)
            .field("Quy tắc", |(_, rule)| rule.name)
            .field("Mức", |(_, rule)| rule.severity.label())
            .field("Ý nghĩa", |(_, rule)| rule.summary)
            .table()
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
        let topics = self.topics().into_iter();
        let rules = topics.flat_map(|(title, rules)| rules.into_iter().map(move |rule| (title, rule)));
        let table = Table::of("rules", rules)
            .left("Quy tắc", 3, |(_, rule)| rule.name)
            .left("Mức", 1, |(_, rule)| rule.severity.label())
            .left("Ý nghĩa", 8, |(_, rule)| rule.summary)
            .under(|(title, _)| title.to_uppercase());
        vec![table.block(), Block::Hint("Xem một quy tắc: plan explain QUY_TẮC".to_owned())]
    }
}

/// The reason in sentences, then the examples as a file has them.
fn explanation(rule: &Rule) -> Vec<Block> {
    let (reason, examples) = rule.explain.split_once("\n\n").unwrap_or((rule.explain, ""));
    let mut blocks = vec![Block::body(format!("{}.", rule.summary)), Block::body(reason.replace('\n', " "))];
    if !examples.is_empty() {
        blocks.push(Block::Paragraph { style: Style::Example, text: examples.to_owned() });
    }
    blocks
}
