//! `plan explain`: what the rules are and why.

use std::io::Write;

use anyhow::{Result, bail};

use super::Outcome;
use super::args::ExplainArgs;
use crate::check;
use crate::diagnostic::Severity;
use crate::validate::suggest;

pub(super) fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<Outcome> {
    let Some(name) = &args.rule else {
        for rule in check::rules() {
            writeln!(out, "{:<28}{:<10}{}", rule.name, word(rule.severity), rule.summary)?;
        }
        return Ok(Outcome::Done);
    };
    let Some(rule) = check::rules().find(|rule| rule.name == name) else {
        let meant = suggest::among(name, check::rules().map(|rule| (rule.name, rule.name))).unwrap_or_default();
        bail!("không có quy tắc “{name}”; {meant}\nXem danh sách: plan explain");
    };
    writeln!(out, "{} ({})\n{}\n\n{}", rule.name, word(rule.severity), rule.summary, rule.explain)?;
    Ok(Outcome::Done)
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "lỗi",
        Severity::Warning => "cảnh báo",
    }
}
