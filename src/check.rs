//! Rules that need more than one line: between the parts of a report, between reports, and within
//! the plan. One topic a file, each with its table of rules; every rule says how much it looks at.

mod acceptance;
mod acts;
mod coverage;
mod days;
mod deadlines;
mod figures;
#[cfg(test)]
mod fixtures;
mod letters;
#[cfg(test)]
mod mutations;
mod outliers;
mod papers;
mod parts;
mod plan;
mod previous;
mod prose;
mod public;
mod reports;
mod restated;
mod reviews;
mod rounds;
mod scope;
mod strangers;
mod sums;
mod text;
mod worded;
mod wording;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::characters::is_plain;
use crate::diagnostic::{Diagnostic, Rule, Severity, Sink};
use crate::model::{EditRecord, Place, Plan, Report, Review, RoundId, Submission};
use crate::record::rules::MISSING_FIELD;
use crate::register::Register;
use crate::source::{Content, FileId, Files, PLAN_FILE};
use crate::validate;
pub(crate) use crate::validate::is_unread;
use crate::vietnamese::legible::Honest;
pub(crate) use acts::{added as doubts_of_added, odd_number, settled_before};
pub(crate) use days::of_paper;
pub(crate) use letters::garbled;
pub(crate) use papers::{newest_before, other_kind};
use prose::Wording;
pub(crate) use prose::{Owners, Phrases};
pub(crate) use public::{hotlines, personal, somebodys};
use scope::{All, One, Scope, Text, Told};

/// A rule and the search for what breaks it.
struct Check {
    rule: Rule,
    scope: Scope,
}

impl Check {
    const fn error(name: &'static str, summary: &'static str, scope: Scope, explain: &'static str) -> Self {
        Self { rule: Rule::error(name, summary, explain), scope }
    }

    const fn warning(name: &'static str, summary: &'static str, scope: Scope, explain: &'static str) -> Self {
        Self { rule: Rule::warning(name, summary, explain), scope }
    }

    const fn notice(name: &'static str, summary: &'static str, scope: Scope, explain: &'static str) -> Self {
        Self { rule: Rule::notice(name, summary, explain), scope }
    }
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
    Topic { title: "Ngày của báo cáo và của việc đã làm", checks: days::CHECKS },
    Topic { title: "Chữ viết", checks: letters::CHECKS },
    Topic { title: "Câu chữ", checks: text::CHECKS },
    Topic { title: "Nội dung công khai", checks: public::CHECKS },
    Topic { title: "Số liệu", checks: figures::CHECKS },
    Topic { title: "Một phần và toàn bộ", checks: parts::CHECKS },
    Topic { title: "Số liệu giữa các kỳ", checks: rounds::CHECKS },
    Topic { title: "Số liệu của đơn vị khác", checks: restated::CHECKS },
    Topic { title: "Số liệu cộng lại", checks: sums::CHECKS },
    Topic { title: "Số liệu khác thường", checks: outliers::CHECKS },
    Topic { title: "Duyệt báo cáo", checks: reviews::CHECKS },
    Topic { title: "Kế hoạch", checks: plan::CHECKS },
    Topic { title: "Hạn, lịch của Kế hoạch", checks: deadlines::CHECKS },
    Topic { title: "Số liệu năm trước", checks: previous::CHECKS },
    Topic { title: "Câu chữ của báo cáo tổng hợp", checks: wording::CHECKS },
];

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

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// What keeps a report from counting: its errors.
    Reports,
    /// Those of the plan as well.
    Errors,
    /// Every problem that a report has whatever others there are.
    Alone,
    /// Every problem.
    All,
}

impl Depth {
    /// The rules that look for it.
    fn checks(self) -> impl Iterator<Item = &'static Check> {
        checks().filter(move |Check { rule, scope }| match self {
            Self::Reports if matches!(scope, Scope::Plan(_) | Scope::Wording(_)) => false,
            Self::Reports | Self::Errors => rule.severity == Severity::Error,
            Self::Alone => matches!(scope, Scope::Text(_) | Scope::Report(_) | Scope::Each(_)),
            Self::All => true,
        })
    }
}

/// Everything that was read, and every problem found on the way.
pub(crate) struct Checked {
    /// Absent where the plan's own files cannot be used; no report was read then.
    pub(crate) plan: Option<Plan>,
    /// What had come by the day of the view.
    pub(crate) submissions: Vec<Submission>,
    /// What is there and dated later.
    pub(crate) later: Vec<Submission>,
    pub(crate) register: Register,
    /// The acceptances that stand.
    pub(crate) reviews: Vec<Review>,
    /// What people changed in the consolidated reports, on whatever day.
    pub(crate) edits: Vec<(RoundId, EditRecord)>,
    /// By file, place and rule.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The day of every view.
    pub(crate) as_of: NaiveDate,
    /// Whether that day is the one of the samples, which stand alone.
    pub(crate) on_day_of_samples: bool,
}

/// Reads every file and applies the rules.
pub(crate) fn run(files: &Files, clock: Clock, depth: Depth) -> Checked {
    let mut sink = Sink::default();
    // What looks at texts alone waits for no plan, and what looks at templates for no report.
    let (mut plan, of_texts) = rayon::join(|| validate::plan(files, &mut sink), || texts(files, depth));
    if let Some(plan) = &mut plan {
        let of_plan = of_plan(plan, depth);
        let is_flaw = |found: &Diagnostic| found.rule.severity == Severity::Error && is_judged_by(files, found);
        plan.is_flawed |= of_plan.iter().any(is_flaw);
        sink.append(of_plan);
    }
    validate::unreadable(files, plan.as_ref(), &mut sink);
    let ((mut submissions, mut told, judged), of_wording) = rayon::join(
        || plan.as_ref().map_or_else(Default::default, |plan| reports(files, plan, depth, &mut sink)),
        || plan.as_ref().map(|plan| of_wording(files, plan, depth)),
    );
    let acts = plan.as_ref().map_or_else(Vec::new, |plan| validate::acts(files, plan, &mut sink));
    let edits = plan.as_ref().map_or_else(Vec::new, |plan| validate::edits(files, plan, &mut sink));
    let day_of_samples =
        validate::illustrative_day(files, &mut sink).filter(|_| samples_alone(files, &submissions));
    let mut diagnostics = sink.into_diagnostics();
    let mut sink = Sink::default();
    if let Some(plan) = &mut plan {
        plan.is_flawed |= strangers::tell_once(files, plan, &mut diagnostics);
        if !plan.is_flawed {
            sink.append(judged);
        }
    }
    let today = day_of_samples.unwrap_or(clock.today);
    let as_of = clock.as_of.unwrap_or(today);
    let latest = today.max(as_of);
    let later: Vec<_> = submissions.extract_if(.., |submission| is_later(submission, as_of, latest)).collect();
    // What had not come by the day finds no fault with what had.
    let later_files: BTreeSet<FileId> = later.iter().map(|submission| submission.file).collect();
    told.retain(|told| !later_files.contains(&told.span.file));
    let register = Register::on(acts, as_of);
    let reviews = register.reviews(files, &submissions);
    if let Some(plan) = &plan {
        let of_rounds = scope::of_rounds(plan, &submissions);
        let of_rounds = of_rounds.map(|(round, agency, report)| ((round.id, agency.id), report)).collect();
        let (submissions, register, reviews) = (&submissions, &register, &reviews);
        let changes = Vec::new();
        let mut all = All { files, plan, submissions, of_rounds, register, reviews, told, changes, latest };
        if depth != Depth::Alone && !plan.is_flawed {
            all.changes = rounds::changes(&all);
        }
        let of_wording = of_wording.filter(|_| !plan.is_flawed);
        let found = of_texts.into_iter().chain(of_wording).chain(everything(&all, depth));
        found.for_each(|problems| sink.append(problems));
    }
    diagnostics.extend(sink.into_diagnostics());
    if let Some(plan) = &plan {
        strangers::tell_templates_once(files, plan, &mut diagnostics);
    }
    let in_order = |diagnostic: &Diagnostic| (diagnostic.span, diagnostic.rule.name);
    diagnostics.sort_by_key(in_order);
    one_a_field(files, &mut diagnostics);
    let is_judged = depth == Depth::All && plan.as_ref().is_some_and(|plan| !plan.is_flawed);
    acceptance::apply(&submissions, is_judged, &mut diagnostics);
    diagnostics.sort_by_key(in_order);
    let on_day_of_samples = clock.as_of.is_none() && day_of_samples.is_some();
    Checked { plan, submissions, later, register, reviews, edits, diagnostics, as_of, on_day_of_samples }
}

/// The problems of the plan by itself. Without the rest nothing is judged by what is wrong there.
fn of_plan(plan: &Plan, depth: Depth) -> Sink {
    let mut problems = Sink::default();
    for Check { rule, scope } in checks().filter(|_| !plan.is_flawed) {
        if let Scope::Plan(run) = scope
            && (rule.severity == Severity::Error || depth == Depth::All)
        {
            run(plan, rule, &mut problems);
        }
    }
    problems
}

/// Whether a problem lies where the plan says what reports are judged by.
fn is_judged_by(files: &Files, found: &Diagnostic) -> bool {
    let path = files.get(found.span.file).path.as_str();
    path == PLAN_FILE || validate::is_judged_by(path)
}

/// Of what is wrong with one word of the plan the worst is told.
fn one_a_field(files: &Files, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by_key(|found| (found.span, found.rule.severity));
    diagnostics.dedup_by(|other, worst| {
        other.span == worst.span
            && other.rule.name != worst.rule.name
            && worst.rule.severity < Severity::Notice
            && other.rule.severity < Severity::Notice
            && files.get(other.span.file).path.starts_with("plan/")
    });
}

/// Whether it asks for what is still to be filled in.
pub(crate) fn is_to_fill_in(found: &Diagnostic) -> bool {
    found.rule.name == MISSING_FIELD.name
}

/// Whether a file is the plan's, or says what day it is: with an error in it nothing is known for sure.
pub(crate) fn is_of_plan(path: &str) -> bool {
    path.starts_with("plan/") || validate::is_illustrative_day(path)
}

fn checks() -> impl Iterator<Item = &'static Check> {
    TOPICS.iter().flat_map(|topic| topic.checks)
}

/// Reads every report, and judges each where it was read: no report knows of another there. What was found in judging is
/// kept apart from what was in reading.
fn reports(files: &Files, plan: &Plan, depth: Depth, sink: &mut Sink) -> (Vec<Submission>, Vec<Told>, Sink) {
    let tasks = text::of_tasks(plan);
    let wording = Wording::new(plan, &tasks);
    let judged = validate::submissions(files, plan, sink, |submission| {
        let mut problems = Sink::default();
        let Some(one) = One::new(files, plan, &wording, submission) else { return (problems, Vec::new()) };
        for Check { rule, scope } in depth.checks().filter(|_| !plan.is_flawed) {
            if let Scope::Report(run) = scope {
                run(&one, rule, &mut problems);
            }
        }
        (problems, if depth == Depth::All { text::told_of_its_own(&one) } else { Vec::new() })
    });
    let (mut told, mut found) = (Vec::new(), Sink::default());
    let submissions = judged.into_iter().map(|(submission, (problems, of_report))| {
        found.append(problems);
        told.extend(of_report);
        submission
    });
    (submissions.collect(), told, found)
}

/// Judges the templates of the consolidated report.
fn of_wording(files: &Files, plan: &Plan, depth: Depth) -> Sink {
    let mut problems = Sink::default();
    for Check { rule, scope } in depth.checks().filter(|_| !plan.is_flawed) {
        if let Scope::Wording(run) = scope {
            run(files, plan, rule, &mut problems);
        }
    }
    problems
}

/// Judges all that was read together, each rule apart from the others.
fn everything(all: &All<'_>, depth: Depth) -> Vec<Sink> {
    let judge = |Check { rule, scope }: &'static Check| {
        let mut problems = Sink::default();
        match scope {
            Scope::All(run) | Scope::Each(run) => run(all, rule, &mut problems),
            Scope::Text(_) | Scope::Report(_) | Scope::Plan(_) | Scope::Wording(_) => {}
        }
        problems
    };
    let checks: Vec<&'static Check> = depth.checks().filter(|_| !all.plan.is_flawed).collect();
    checks.into_par_iter().map(judge).collect()
}

/// Judges the text of every file that is one.
fn texts(files: &Files, depth: Depth) -> Vec<Sink> {
    // Who asks about some reports alone is told nothing of the plan.
    let asked = files.iter().filter(|(_, file)| depth != Depth::Alone || !is_of_plan(&file.path));
    let asked = asked.filter(|(_, file)| !file.is_only_kept());
    let texts = asked.filter_map(|(id, file)| match &file.content {
        Content::Text(text) => Some((id, text.as_str())),
        _ => None,
    });
    let texts: Vec<_> = texts.collect();
    let judged = texts.into_par_iter().map_init(Honest::new, |honest, (file, text)| {
        let (mut problems, mut text) = (Sink::default(), Text { file, text, is_plain: is_plain(text), honest });
        for Check { rule, scope } in depth.checks() {
            if let Scope::Text(run) = scope {
                run(&mut text, rule, &mut problems);
            }
        }
        problems
    });
    judged.collect()
}

/// Whether a report came after `as_of`; `latest` is the last day that anything can have come on.
fn is_later(submission: &Submission, as_of: NaiveDate, latest: NaiveDate) -> bool {
    let dated = match submission.place {
        Place::AdHoc { date, .. } => Some(date),
        Place::Round { .. } | Place::Unread { .. } | Place::Astray => None,
    };
    let received = submission.report.as_ref().and_then(Report::received);
    dated.into_iter().chain(received).any(|day| as_of < day && day <= latest)
}

/// Whether the workspace's reports are samples, every one. What is outside of it says neither, nor does what is yet to be
/// filled in and is no sample; one that cannot be read is what its text says.
fn samples_alone(files: &Files, submissions: &[Submission]) -> bool {
    let is_sample = |submission: &Submission| match &submission.report {
        Some(report) => report.illustrative,
        None => files.get(submission.file).text().lines().any(|line| line.trim_end() == "illustrative: true"),
    };
    let mut within = submissions.iter().filter(|submission| !files.get(submission.file).outside);
    let mut is_any = false;
    within.all(|submission| {
        is_any |= is_sample(submission);
        is_sample(submission) || submission.blank.is_some()
    }) && is_any
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
