//! Rules that need more than one line: between the parts of a report, between reports, and within
//! the plan. One topic a file, each with its table of rules; every rule looks at everything.

mod coverage;
mod figures;
mod plan;
mod reports;

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Rule, Severity, Sink};
use crate::model::{AgencyId, Place, Plan, Report, Round, Submission};
use crate::source::{FileId, Files, Span};
use crate::validate;

/// A rule and the search for what breaks it.
struct Check {
    rule: Rule,
    run: fn(&Context<'_>, &'static Rule, &mut Sink),
}

const TOPICS: &[&[Check]] = &[reports::CHECKS, coverage::CHECKS, figures::CHECKS, plan::CHECKS];

/// What the rules look at.
struct Context<'c> {
    files: &'c Files,
    plan: &'c Plan,
    submissions: &'c [Submission],
    as_of: NaiveDate,
}

impl<'c> Context<'c> {
    /// The readable reports of rounds with a deadline, with what their place says of them.
    fn round_reports(&self) -> impl Iterator<Item = (&'c Round, &'c AgencyId, &'c Report)> {
        self.submissions.iter().filter_map(|submission| match &submission.place {
            Place::Round { round, agency } => Some((self.plan.round(round)?, agency, submission.report.as_ref()?)),
            Place::AdHoc { .. } | Place::Astray => None,
        })
    }

    /// Every readable report, with the agency whose place it lies in.
    fn all_reports(&self) -> impl Iterator<Item = (&'c AgencyId, &'c Report)> {
        self.submissions.iter().filter_map(|submission| match &submission.place {
            Place::Round { agency, .. } | Place::AdHoc { agency, .. } => {
                Some((agency, submission.report.as_ref()?))
            }
            Place::Astray => None,
        })
    }
}

/// Everything that was read, and every problem found on the way.
pub(crate) struct Checked {
    /// Absent where the plan's own files cannot be used; no report was read then.
    pub(crate) plan: Option<Plan>,
    pub(crate) submissions: Vec<Submission>,
    /// By file, place and rule.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// Errors in one file; a report with any is not valid.
    pub(crate) fn errors_in(&self, file: FileId) -> usize {
        let start = self.diagnostics.partition_point(|diagnostic| diagnostic.span < Span::start_of(file));
        let of_file = self.diagnostics[start..].iter().take_while(|diagnostic| diagnostic.span.file == file);
        of_file.filter(|diagnostic| diagnostic.rule.severity == Severity::Error).count()
    }
}

/// Reads every file and applies every rule; `as_of` is today.
pub(crate) fn run(files: &Files, as_of: NaiveDate) -> Checked {
    let mut sink = Sink::default();
    let plan = validate::plan(files, &mut sink);
    let submissions = plan.as_ref().map_or_else(Vec::new, |plan| validate::submissions(files, plan, &mut sink));
    if let Some(plan) = &plan {
        let context = Context { files, plan, submissions: &submissions, as_of };
        for check in TOPICS.iter().copied().flatten() {
            (check.run)(&context, &check.rule, &mut sink);
        }
    }
    Checked { plan, submissions, diagnostics: sink.into_sorted() }
}

/// Every rule there is, those about reading first.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    let checks = TOPICS.iter().copied().flatten().map(|check| &check.rule);
    validate::rules().chain(checks)
}
