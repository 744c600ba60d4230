//! `plan status`: the state of the plan on a day.

use std::io::Write;

use anyhow::{Result, anyhow};

use super::args::{StatusArgs, StatusFormat};
use super::{Outcome, Session, known};
use crate::lookup::Item;
use crate::model::Plan;
use crate::render::{csv, html, markdown, terminal};
use crate::view::status::{Focus, Scene};
use crate::view::{self, status_json};
use crate::{check, source, status};

pub(super) fn run(args: &StatusArgs, session: &Session<'_>, out: &mut dyn Write) -> Result<Outcome> {
    let files = source::read(&session.root)?;
    let checked = check::run(&files, session.as_of);
    let Some(plan) = &checked.plan else { return Err(unusable_plan()) };
    let mut rounds = status::derive(plan, &checked, session.as_of);
    if let Some(written) = &args.round {
        let round = known::round(plan, written)?;
        rounds.retain(|status| status.round.id == round.id);
    }
    let scene = Scene {
        plan,
        rounds: &rounds,
        focus: focus(args, plan)?,
        as_of: session.as_of,
        banner: view::illustrative_banner(&checked),
    };
    let text = match args.format {
        StatusFormat::Table => terminal::render(&view::status::document(&scene), session.screen()),
        StatusFormat::Markdown => markdown::render(&view::status::document(&scene)),
        StatusFormat::Html => html::render(&view::status::document(&scene)),
        StatusFormat::Csv => csv::render(&view::status::rows(&scene)),
        StatusFormat::Json => serde_json::to_string_pretty(&status_json::status(&scene))? + "\n",
    };
    out.write_all(text.as_bytes())?;
    Ok(if args.exit_code && view::status::anything_overdue(&scene) { Outcome::Found } else { Outcome::Done })
}

/// What to say when `plan/` cannot be read at all.
pub(super) fn unusable_plan() -> anyhow::Error {
    anyhow!("phần Kế hoạch (plan/) có lỗi nên chưa xem được.\nChạy “plan check” để xem từng lỗi và cách sửa.")
}

fn focus<'p>(args: &StatusArgs, plan: &'p Plan) -> Result<Focus<'p>> {
    if let Some(written) = &args.agency {
        return Ok(Focus::Agency(known::agency(plan, written)?));
    }
    if let Some(written) = &args.task {
        return Ok(Focus::Task(known::task(plan, written)?));
    }
    if let Some(written) = &args.group {
        match known::group(plan, written)? {
            Item::TaskGroup(group) => return Ok(Focus::Tasks(group)),
            Item::Group(group) => return Ok(Focus::Agencies(group)),
            _ => {}
        }
    }
    Ok(match (args.overdue, args.all) {
        (true, _) => Focus::Overdue,
        (_, true) => Focus::All,
        _ => Focus::Overview,
    })
}
