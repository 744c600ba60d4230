//! `plan explain`: what the rules are and why.

use std::io::Write;

use anyhow::Result;

use super::Outcome;
use super::args::ExplainArgs;
use super::check::known_rule;
use crate::check;

pub(super) fn run(args: &ExplainArgs, out: &mut dyn Write) -> Result<Outcome> {
    let Some(name) = &args.rule else {
        for (title, rules) in check::topics() {
            writeln!(out, "{}", title.to_uppercase())?;
            for rule in rules {
                writeln!(out, "  {:<28}{:<10}{}", rule.name, rule.severity.label(), rule.summary)?;
            }
            writeln!(out)?;
        }
        writeln!(out, "Xem một quy tắc: plan explain QUY_TẮC")?;
        return Ok(Outcome::Done);
    };
    let rule = known_rule(name)?;
    writeln!(out, "{} ({})\n{}.\n\n{}", rule.name, rule.severity.label(), rule.summary, rule.explain)?;
    Ok(Outcome::Done)
}
