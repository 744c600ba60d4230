//! Forms of which not all could be read: what else is wrong with them is told with that, so that they are not sent back twice.
//! Nothing of them is received.

use anyhow::Result;

use super::files::Found;
use super::judged::{Read, Rejected, Rest};
use super::judgement::of_diagnostic;
use crate::check::{Clock, Depth};
use crate::diagnostic::{Diagnostic, Severity};
use crate::form::{self, Merged, Path, Places};
use crate::source::{FileId, Files, Span};
use crate::view::form::Remark;
use crate::workspace::Workspace;

/// Adds the errors in what could be read.
///
/// # Errors
/// When the workspace cannot be checked with it.
pub(super) fn judge(
    found: &[Found],
    read: &mut [Result<Read, Rejected>],
    before: &Workspace,
    clock: Clock,
) -> Result<()> {
    let mut files = before.files.clone();
    let mut added: Vec<(&mut Rejected, Rest, FileId)> = Vec::new();
    for (file, rejected) in found.iter().zip(read).filter_map(|(file, read)| Some((file, read.as_mut().err()?))) {
        let Some(mut rest) = rejected.rest.take() else { continue };
        rejected.problems.append(&mut rest.read.notes);
        if let Ok(Merged::New(text)) = form::merge(&rest.read.told, None, file.came.on, "")
            && rest.unread.is_some()
        {
            added.push((rejected, *rest, files.add_text(file.name.clone(), text)));
        }
    }
    if added.is_empty() {
        return Ok(());
    }
    let after = Workspace::on(files, clock, Depth::All)?;
    for (rejected, rest, id) in added {
        let unread = rest.unread.unwrap_or_default();
        let errors = after.open_in(id).filter(|found| found.rule.severity == Severity::Error);
        let apart = errors.filter(|found| is_apart(found, &unread, &rest.read.places, &after.files));
        let told = apart.map(|found| of_diagnostic(found, &after.files, &rest.read, &after.plan));
        let is_note = |problem: &Remark| problem.severity != Severity::Error.id();
        let at = rejected.problems.iter().position(is_note).unwrap_or(rejected.problems.len());
        rejected.problems.splice(at..at, told);
    }
    Ok(())
}

/// Whether a problem cannot come of what could not be read: it is about none of these parts of the report, nor, where one of
/// them is a figure, about any task, whose figures are held against one another; what is at no place of the form is about all.
fn is_apart(problem: &Diagnostic, unread: &[Path], places: &Places, files: &Files) -> bool {
    let of_tasks = |path: &[String]| path.first().is_some_and(|key| key == "tasks");
    let has_figure = unread.iter().any(|path| of_tasks(path) && path.iter().any(|key| key == "figures"));
    let is_apart = |span: Span| {
        let part = form::part_at(files, span).filter(|_| places.find(files, span).is_some());
        let Some(path) = part else { return !unread.iter().any(|unread| of_tasks(unread)) };
        let section = &path[..path.len().min(if of_tasks(&path) { 2 } else { 1 })];
        let may_come = has_figure && of_tasks(&path) || unread.iter().any(|unread| unread.starts_with(section));
        !may_come
    };
    // The day of receipt is no part of the form.
    let is_asked = |span: &Span| span.file == problem.span.file && places.find(files, *span).is_some();
    let related = problem.related.iter().map(|(span, _)| *span).filter(is_asked);
    related.chain([problem.span]).all(is_apart)
}
