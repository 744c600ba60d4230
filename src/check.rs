//! Rules that need more than one line: between the parts of a report, between reports, and within
//! the plan. One topic a file, each with its table of rules; every rule looks at everything.

mod acceptance;
mod coverage;
mod figures;
#[cfg(test)]
mod fixtures;
mod outliers;
mod papers;
mod plan;
mod prose;
mod reports;
mod reviews;
mod sums;
mod text;

use std::cell::OnceCell;

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Rule, Severity, Sink};
use crate::model::{Agency, AgencyId, Entry, Place, Plan, Report, Review, Round, Spanned, Submission};
use crate::source::{FileId, Files, Span};
use crate::validate;
use prose::Tokens;

/// A rule and the search for what breaks it.
struct Check {
    rule: Rule,
    run: fn(&Context<'_>, &'static Rule, &mut Sink),
}

/// A group of rules, for lists.
struct Topic {
    title: &'static str,
    checks: &'static [Check],
}

const TOPICS: &[Topic] = &[
    Topic { title: "Nơi đặt và ngày nhận báo cáo", checks: reports::CHECKS },
    Topic { title: "Đủ nội dung phải báo cáo", checks: coverage::CHECKS },
    Topic { title: "Văn bản, ngày tháng", checks: papers::CHECKS },
    Topic { title: "Câu chữ", checks: text::CHECKS },
    Topic { title: "Số liệu", checks: figures::CHECKS },
    Topic { title: "Số liệu cộng lại", checks: sums::CHECKS },
    Topic { title: "Số liệu khác thường", checks: outliers::CHECKS },
    Topic { title: "Duyệt báo cáo", checks: reviews::CHECKS },
    Topic { title: "Kế hoạch", checks: plan::CHECKS },
];

/// What an entry tells in words, taken apart once for all rules.
struct Account<'c> {
    agency: &'c Agency,
    /// Of a report with a deadline.
    round: Option<&'c Round>,
    entry: &'c Entry,
    results: &'c Spanned<String>,
    tokens: Tokens<'c>,
}

/// What the rules look at.
struct Context<'c> {
    files: &'c Files,
    plan: &'c Plan,
    submissions: &'c [Submission],
    reviews: &'c [Review],
    as_of: NaiveDate,
    accounts: OnceCell<Vec<Account<'c>>>,
}

impl<'c> Context<'c> {
    /// Every account of results, in the order of the files.
    fn accounts(&self) -> &[Account<'c>] {
        self.accounts.get_or_init(|| {
            let mut accounts = Vec::new();
            for (round, agency, report) in self.reports() {
                for entry in &report.tasks {
                    if let Some(results) = &*entry.results {
                        let tokens = Tokens::new(&results.value);
                        accounts.push(Account { agency, round, entry, results, tokens });
                    }
                }
            }
            accounts
        })
    }

    /// The readable reports that are somebody's, with what their place says of them; ad hoc ones are of no round.
    fn reports(&self) -> impl Iterator<Item = (Option<&'c Round>, &'c Agency, &'c Report)> {
        self.submissions.iter().filter_map(|submission| {
            let round = match submission.place {
                Place::Round { round, .. } => Some(&self.plan[round]),
                Place::AdHoc { .. } | Place::Unread { .. } | Place::Astray => None,
            };
            Some((round, &self.plan[submission.place.agency()?], submission.report.as_ref()?))
        })
    }

    /// The readable reports of rounds with a deadline.
    fn round_reports(&self) -> impl Iterator<Item = (&'c Round, &'c Agency, &'c Report)> {
        self.reports().filter_map(|(round, agency, report)| Some((round?, agency, report)))
    }

    /// Where `words` stand within a value, however its lines are folded; the whole value where they
    /// are not found as such (an escape in a quoted text, say). Not within longer words and numbers:
    /// “12 vụ” is no part of “1.112 vụ”.
    fn locate(&self, value: Span, words: &str) -> Span {
        let text = self.files.get(value.file).text();
        let Some(within) = text.get(value.start as usize..value.end as usize) else { return value };
        let mut words = words.split_whitespace();
        let Some(first) = words.next() else { return value };
        let rest: Vec<&str> = words.collect();
        let joined = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',');
        let starts = within.match_indices(first).map(|(start, _)| start);
        let found = starts.filter(|&start| !within[..start].ends_with(joined)).find_map(|start| {
            let mut end = start + first.len();
            for word in &rest {
                let gap = within[end..].len() - within[end..].trim_start().len();
                end += gap;
                if gap == 0 || !within[end..].starts_with(word) {
                    return None;
                }
                end += word.len();
            }
            (!within[end..].starts_with(char::is_alphanumeric)).then_some((start, end))
        });
        found.map_or(value, |(start, end)| Span {
            start: value.start + start as u32,
            end: value.start + end as u32,
            ..value
        })
    }

    /// Every readable report, with the agency whose place it lies in.
    fn all_reports(&self) -> impl Iterator<Item = (&'c Agency, &'c Report)> {
        self.reports().map(|(_, agency, report)| (agency, report))
    }
}

/// What day it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    /// By the clock of the machine.
    pub(crate) today: NaiveDate,
    /// The day that is to be taken for today.
    pub(crate) as_of: Option<NaiveDate>,
}

impl Clock {
    pub(crate) fn on(today: NaiveDate) -> Self {
        Self { today, as_of: None }
    }
}

/// Everything that was read, and every problem found on the way.
pub(crate) struct Checked {
    /// Absent where the plan's own files cannot be used; no report was read then.
    pub(crate) plan: Option<Plan>,
    pub(crate) submissions: Vec<Submission>,
    /// The department's acceptances.
    pub(crate) reviews: Vec<Review>,
    /// By file, place and rule.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The day of every view.
    pub(crate) as_of: NaiveDate,
    /// Whether that day is the one of the samples, which stand alone.
    pub(crate) on_day_of_samples: bool,
}

impl Checked {
    /// Errors in one file; a report with any is not valid.
    pub(crate) fn errors_in(&self, file: FileId) -> usize {
        let start = self.diagnostics.partition_point(|diagnostic| diagnostic.span < Span::start_of(file));
        let of_file = self.diagnostics[start..].iter().take_while(|diagnostic| diagnostic.span.file == file);
        let errors = of_file.filter(|diagnostic| diagnostic.rule.severity == Severity::Error);
        errors.map(|diagnostic| 1 + diagnostic.more).sum()
    }
}

impl Checked {
    /// An agency's report of the round before, by the end of its data.
    pub(crate) fn report_before(&self, round: &Round, agency: AgencyId) -> Option<(&Round, &Report)> {
        let plan = self.plan.as_ref()?;
        let reports = self.submissions.iter().filter_map(|submission| match submission.place {
            Place::Round { round, agency: of } if of == agency => Some((&plan[round], submission.report.as_ref()?)),
            _ => None,
        });
        reports.filter(|(other, _)| other.data_to < round.data_to).max_by_key(|(other, _)| other.data_to)
    }
}

impl Checked {
    /// The errors that keep a round's consolidated report from being made: those of the plan, and those of
    /// the reports that would go into it unless they are to be left out.
    pub(crate) fn blocking(&self, files: &Files, round: &Round, skip_invalid: bool) -> Vec<&Diagnostic> {
        let goes_in = |place: Place| match place {
            Place::Round { round: placed, .. } => placed == round.id,
            Place::Unread { .. } => false,
            // An ad hoc report serves every round, and of one astray nobody knows.
            Place::AdHoc { .. } | Place::Astray => true,
        };
        let blocks = |diagnostic: &&Diagnostic| {
            let of_file = |submission: &&Submission| submission.file == diagnostic.span.file;
            let path = &files.get(diagnostic.span.file).path;
            // Without its day nobody knows what the samples are to be looked at for.
            let in_plan = path.starts_with("plan/") || validate::is_illustrative_day(path);
            let in_report = || self.submissions.iter().find(of_file).is_some_and(|found| goes_in(found.place));
            diagnostic.rule.severity == Severity::Error && (in_plan || (!skip_invalid && in_report()))
        };
        self.diagnostics.iter().filter(blocks).collect()
    }
}

/// Reads every file and applies every rule.
pub(crate) fn run(files: &Files, clock: Clock) -> Checked {
    let mut sink = Sink::default();
    let plan = validate::plan(files, &mut sink);
    validate::unreadable(files, &mut sink);
    let submissions = plan.as_ref().map_or_else(Vec::new, |plan| validate::submissions(files, plan, &mut sink));
    let reviews =
        plan.as_ref().map_or_else(Vec::new, |plan| validate::reviews(files, plan, &submissions, &mut sink));
    let day_of_samples =
        validate::illustrative_day(files, &mut sink).filter(|_| samples_alone(files, &submissions));
    let as_of = clock.as_of.or(day_of_samples).unwrap_or(clock.today);
    if let Some(plan) = &plan {
        let context =
            Context { files, plan, submissions: &submissions, reviews: &reviews, as_of, accounts: OnceCell::new() };
        for check in TOPICS.iter().flat_map(|topic| topic.checks) {
            (check.run)(&context, &check.rule, &mut sink);
        }
    }
    let mut diagnostics = sink.into_diagnostics();
    acceptance::apply(&submissions, &mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.rule.name));
    let on_day_of_samples = clock.as_of.is_none() && day_of_samples.is_some();
    Checked { plan, submissions, reviews, diagnostics, as_of, on_day_of_samples }
}

/// Whether the workspace's reports are samples, every one. What is outside of it, cannot be read or is yet to be
/// filled in says neither.
fn samples_alone(files: &Files, submissions: &[Submission]) -> bool {
    let within = submissions.iter().filter(|submission| !files.get(submission.file).outside);
    let mut reports =
        within.filter_map(|submission| submission.report.as_ref()).filter(|report| !report.is_empty());
    reports.next().is_some_and(|first| first.illustrative) && reports.all(|report| report.illustrative)
}

/// Every rule there is, by topic, those about reading first.
pub(crate) fn topics() -> Vec<(&'static str, Vec<&'static Rule>)> {
    let of_checks =
        TOPICS.iter().map(|topic| (topic.title, topic.checks.iter().map(|check| &check.rule).collect()));
    std::iter::once(("Đọc tệp", validate::rules().collect()))
        .chain(of_checks)
        .chain([("Chấp nhận cảnh báo", acceptance::RULES.to_vec())])
        .collect()
}

/// Every rule there is.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    topics().into_iter().flat_map(|(_, rules)| rules)
}
