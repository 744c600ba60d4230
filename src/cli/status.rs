//! `plan status`: the state of the plan on a day.

use std::io::Write;

use anyhow::{Result, anyhow, bail};

use super::args::{StatusArgs, StatusFormat};
use super::{Outcome, Session};
use crate::model::{Agency, Plan};
use crate::render::{csv, markdown, terminal};
use crate::validate::suggest;
use crate::vietnamese::fold;
use crate::view::status::{Focus, Scene};
use crate::view::{self, status_json};
use crate::{check, source, status};

pub(super) fn run(args: &StatusArgs, session: &Session<'_>, out: &mut dyn Write) -> Result<Outcome> {
    let files = source::read(&session.root)?;
    let checked = check::run(&files, session.as_of);
    let Some(plan) = &checked.plan else { return Err(unusable_plan()) };
    let mut rounds = status::derive(plan, &checked, session.as_of);
    if let Some(written) = &args.round {
        let id = known_round(plan, written)?.to_owned();
        rounds.retain(|status| status.round.id.as_str() == id);
    }
    let scene = Scene {
        plan,
        rounds: &rounds,
        focus: focus(args, plan)?,
        as_of: session.as_of,
        banner: view::illustrative_banner(&checked),
    };
    let text = match args.format {
        StatusFormat::Table => {
            let screen = terminal::Screen { width: session.environment.width, colour: session.environment.colour };
            terminal::render(&view::status::document(&scene), screen)
        }
        StatusFormat::Markdown => markdown::render(&view::status::document(&scene)),
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

/// The id of the round that `written` names.
///
/// # Errors
/// When there is none, with the ids there are.
pub(super) fn known_round<'p>(plan: &'p Plan, written: &str) -> Result<&'p str> {
    let found = plan.rounds.iter().find(|round| round.id.as_str() == written);
    found.map(|round| round.id.as_str()).ok_or_else(|| {
        let ids: Vec<&str> = plan.rounds.iter().map(|round| round.id.as_str()).collect();
        anyhow!("không có kỳ báo cáo “{written}”. Các kỳ: {}.", ids.join(", "))
    })
}

fn focus<'p>(args: &StatusArgs, plan: &'p Plan) -> Result<Focus<'p>> {
    if let Some(written) = &args.agency {
        return Ok(Focus::Agency(known_agency(plan, written)?));
    }
    if let Some(written) = &args.task {
        let task = plan.tasks().find(|task| task.id.as_str().eq_ignore_ascii_case(written));
        return task.map(Focus::Task).ok_or_else(|| {
            let candidates = plan.tasks().map(|task| (task.id.as_str(), task.short_title.as_str()));
            unknown("nhiệm vụ", written, candidates)
        });
    }
    if let Some(written) = &args.group {
        let tasks = plan.task_groups.iter().find(|group| group.id.eq_ignore_ascii_case(written));
        let agencies =
            plan.groups.iter().find(|group| group.id.as_str() == written || fold(&group.name) == fold(written));
        return match (tasks, agencies) {
            (Some(group), _) => Ok(Focus::Tasks(group)),
            (None, Some(group)) => Ok(Focus::Agencies(group)),
            (None, None) => {
                let tasks = plan.task_groups.iter().map(|group| group.id.as_str());
                let agencies = plan.groups.iter().filter(|group| !group.open).map(|group| group.id.as_str());
                let ids: Vec<&str> = agencies.chain(tasks).collect();
                bail!("không có nhóm “{written}”. Các nhóm: {}.", ids.join(", "))
            }
        };
    }
    Ok(match (args.overdue, args.all) {
        (true, _) => Focus::Overdue,
        (_, true) => Focus::All,
        _ => Focus::Overview,
    })
}

/// By id, name, short name or alias, whatever the case and tone placement.
pub(super) fn known_agency<'p>(plan: &'p Plan, written: &str) -> Result<&'p Agency> {
    let key = fold(written);
    let is_meant = |agency: &&Agency| {
        let names = [&agency.name, &agency.short_name];
        agency.id.as_str() == written
            || names
                .into_iter()
                .chain(agency.aliases.iter().map(|alias| &alias.value))
                .any(|name| fold(name) == key)
    };
    plan.agencies.iter().find(is_meant).ok_or_else(|| {
        let candidates = plan.agencies.iter().map(|agency| (agency.id.as_str(), agency.name.as_str()));
        unknown("cơ quan", written, candidates)
    })
}

fn unknown<'c>(what: &str, written: &str, candidates: impl Iterator<Item = (&'c str, &'c str)>) -> anyhow::Error {
    match suggest::among(written, candidates) {
        Some(hint) => anyhow!("không có {what} “{written}”; {hint}"),
        None => anyhow!("không có {what} “{written}”. Xem danh sách: plan status --all"),
    }
}
