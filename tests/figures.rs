//! What the consolidated report prints, read back from its Word file: every table adds up, and every figure of the body
//! stands in the JSON, so that one quantity has one value wherever it is told.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use serde_yaml::Value as Yaml;

use crate::common::{self, Workspace, list, repository, texts, yaml};
use docx::Block;

mod docx;
mod numbers;
mod prose;
mod tables;

const ROUNDS: [&str; 2] = ["annual", "consumer-day"];

/// A round's report, as Word and as JSON.
fn report(workspace: &Workspace, round: &str) -> (Vec<Block>, Value) {
    let run = workspace.run(&format!("compile --round {round} -o {round}.docx --force"));
    assert_eq!(run.code, 0, "{}", run.err);
    let blocks = docx::blocks(&std::fs::read(workspace.path(&format!("{round}.docx"))).expect("a report"));
    let json = workspace.run(&format!("compile --round {round} --format json -o -")).out;
    (blocks, serde_json::from_str(&json).expect("JSON"))
}

/// What stands before the first annex.
fn body(blocks: &[Block]) -> &[Block] {
    let annex = |block: &Block| matches!(block, Block::Paragraph(text) if text == "Phụ lục I");
    &blocks[..blocks.iter().position(annex).expect("annexes")]
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// All that is counted in the report's JSON.
fn measures(json: &Value) -> impl Iterator<Item = &Value> {
    array(&json["totals"]).chain(array(&json["measures"]))
}
