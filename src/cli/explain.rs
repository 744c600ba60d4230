//! `plan explain`: what the rules are and why.

use anyhow::Result;
use serde_json::json;

use super::Outcome;
use super::args::ListFormat;
use super::check::known_rule;
use super::output::Out;
use crate::check;
use crate::doc::{Align, Cell, Column, Row, Table};
use crate::render::{Visible, csv};

/// Giải thích các quy tắc kiểm tra, kèm ví dụ sai và đúng
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "plan explain [QUY_TẮC]",
    after_help = "Ví dụ:\n  plan explain                    danh sách quy tắc\n  plan explain not-a-number       một quy tắc"
)]
pub(super) struct Args {
    /// Tên quy tắc; bỏ trống để xem danh sách
    #[arg(value_name = "QUY_TẮC", help_heading = "Tham số")]
    rule: Option<String>,
    /// Dạng danh sách: table (mặc định), csv, json, markdown
    #[arg(
        long,
        value_name = "DẠNG",
        default_value = "table",
        hide_default_value = true,
        hide_possible_values = true
    )]
    format: ListFormat,
}

pub(super) fn run(args: &Args, out: &mut Out<'_>) -> Result<Outcome> {
    match (&args.rule, args.format) {
        (Some(name), _) => {
            let rule = known_rule(name)?;
            writeln!(out, "{} ({})\n{}.\n\n{}", rule.name, rule.severity.label(), rule.summary, rule.explain)?;
        }
        (None, ListFormat::Table) => table(out)?,
        (None, ListFormat::Csv) => out.print(csv::render(&rules()))?,
        (None, ListFormat::Markdown) => markdown(out)?,
        (None, ListFormat::Json) => json_list(out)?,
    }
    Ok(Outcome::Done)
}

fn table(out: &mut Out<'_>) -> Result<()> {
    for (title, rules) in check::topics() {
        writeln!(out, "{}", title.to_uppercase())?;
        for rule in rules {
            writeln!(out, "  {:<36}{:<10}{}", rule.name, rule.severity.label(), rule.summary)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "Xem một quy tắc: plan explain QUY_TẮC")?;
    Ok(())
}

/// The table in the README.
fn markdown(out: &mut Out<'_>) -> Result<()> {
    writeln!(out, "| chủ đề | quy tắc | mức | ý nghĩa |\n| --- | --- | --- | --- |")?;
    for (title, rules) in check::topics() {
        for rule in rules {
            writeln!(out, "| {title} | `{}` | {} | {} |", rule.name, rule.severity.label(), rule.summary)?;
        }
    }
    Ok(())
}

/// A row a rule, for spreadsheets.
fn rules() -> Table {
    let columns = ["Chủ đề", "Quy tắc", "Mức", "Ý nghĩa"].map(|title| Column::new(title, 1, Align::Left));
    let topics = check::topics().into_iter();
    let rows = topics.flat_map(|(title, rules)| {
        rules.into_iter().map(move |rule| {
            let words = [title, rule.name, rule.severity.label(), rule.summary];
            Row::Cells(words.map(Cell::text).into())
        })
    });
    Table { name: "rules", columns: columns.into(), rows: rows.collect() }
}

fn json_list(out: &mut Out<'_>) -> Result<()> {
    let topic = |(title, rules): (&str, Vec<&crate::diagnostic::Rule>)| {
        let rule = |rule: &&crate::diagnostic::Rule| {
            json!({
                "name": rule.name,
                "severity": rule.severity.id(),
                "summary": rule.summary,
                "explanation": rule.explain,
            })
        };
        json!({ "topic": title, "rules": rules.iter().map(rule).collect::<Vec<_>>() })
    };
    let topics: Vec<_> = check::topics().into_iter().map(topic).collect();
    out.print(Visible::json(&json!({ "schema_version": 1, "topics": topics }))?)
}
