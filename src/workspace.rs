//! A workspace on a day: the plan, what had come by that day, and what is worked on then. Whoever looks at reports looks at
//! them through this, so that what comes later is there for nobody. Never writes, and asks no clock.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use chrono::NaiveDate;

use crate::arrivals;
use crate::calendar::{Holidays, SOON_DAYS};
use crate::check::{self, Checked, Clock, Depth};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{
    ActKind, Agency, AgencyId, Blank, Earlier, EditRecord, Place, Plan, Review, Round, RoundId, Submission,
};
use crate::register::Register;
use crate::source::{self, DRAFT, FileId, Files, Span};

/// So many places that could not be read are named; whoever mends them sees what the others are.
pub(crate) const NAMED: usize = 5;

#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) files: Files,
    pub(crate) plan: Plan,
    /// What had come by the day, each report with the corrections that had.
    pub(crate) submissions: Vec<Submission>,
    /// Where among them each report of a round is that says something.
    told: HashMap<(RoundId, AgencyId), usize>,
    /// What the office did by the day.
    pub(crate) register: Register,
    /// The department's acceptances that stand, each once for a round and an agency.
    pub(crate) reviews: Vec<Review>,
    /// What people changed in the consolidated reports, on whatever day.
    pub(crate) edits: Vec<(RoundId, EditRecord)>,
    /// What is there and dated later than the day.
    pub(crate) later: Vec<Submission>,
    /// Reports that were corrected after the day by hand, so that what they said on it is not known.
    pub(crate) rewritten: BTreeSet<FileId>,
    /// The problems of every file that were looked for, by file, place and rule.
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) as_of: NaiveDate,
    /// Whether that day is the one of the samples, which stand alone.
    pub(crate) on_day_of_samples: bool,
}

impl Workspace {
    /// Reads and checks what the folder holds.
    ///
    /// # Errors
    /// When a folder cannot be listed, and as `on`.
    pub(crate) fn open(root: &Path, clock: Clock, depth: Depth) -> Result<Self> {
        let files = source::read(root)?;
        match clock.as_of.filter(|day| *day < clock.today) {
            None => Self::on(files, clock, depth),
            Some(day) => {
                let arrivals = arrivals::arrivals(source::read_received(root, |_| true)?)?;
                Self::on(arrivals::as_of(files, arrivals, day), clock, depth)
            }
        }
    }

    /// Checks the files, and lays aside what had not come.
    ///
    /// # Errors
    /// When the plan's own files cannot be used.
    pub(crate) fn on(files: Files, clock: Clock, depth: Depth) -> Result<Self> {
        let Checked {
            plan,
            mut submissions,
            later,
            register,
            reviews,
            edits,
            diagnostics,
            as_of,
            on_day_of_samples,
        } = check::run(&files, clock, depth);
        let plan = plan.ok_or_else(|| {
            let errors = diagnostics.iter().filter(|found| found.rule.severity == Severity::Error).take(NAMED);
            let places: Vec<String> = errors.map(|found| in_one_line(found, &files)).collect();
            anyhow!(
                "phần Kế hoạch (plan/) có lỗi nên chưa xem được:\n- {}\nChạy “plan check” để xem từng lỗi và cách sửa.",
                places.join("\n- ")
            )
        })?;
        let mut rewritten = BTreeSet::new();
        for submission in &mut submissions {
            let Some(report) = &mut submission.report else { continue };
            // A day that nobody has seen yet is a problem of its own, like one that cannot be read.
            report.received = report.received.take().filter(|received| received.value <= as_of);
            let written = report.corrections.len();
            report.corrections.retain(|correction| correction.date.value <= as_of);
            if report.corrections.len() < written {
                rewritten.insert(submission.file);
            }
        }
        let told = submissions.iter().enumerate().filter_map(|(at, submission)| match submission.place {
            Place::Round { round, agency } if submission.blank.is_none() && submission.report.is_some() => {
                Some(((round, agency), at))
            }
            _ => None,
        });
        Ok(Self {
            told: told.collect(),
            files,
            plan,
            submissions,
            register,
            reviews,
            edits,
            later,
            rewritten,
            diagnostics,
            as_of,
            on_day_of_samples,
        })
    }

    /// The round that is worked on, as `current` says.
    ///
    /// # Errors
    /// When the plan has none, or all are over and one that could not be read may be the one.
    pub(crate) fn current_round(&self) -> Result<&Round> {
        let rounds = self.plan.rounds.iter().map(|round| (round, self.is_waiting(round)));
        let found = current(rounds, &self.plan.holidays, self.as_of);
        let is_open = |round: &&Round| round.consolidated.last_on_time(&self.plan.holidays) >= self.as_of;
        match (found, self.plan.rounds_to_fill()) {
            (Some(round), None) => Ok(round),
            (Some(round), _) if is_open(&round) => Ok(round),
            (_, to_fill) => bail!(to_fill.unwrap_or_default()),
        }
    }

    /// Whether a round is still to be consolidated: no sending is recorded, and it has not passed without a report, a paper or
    /// more time for somebody.
    pub(crate) fn is_waiting(&self, round: &Round) -> bool {
        let is_of = |place: Place| matches!(place, Place::Round { round: of, .. } if of == round.id);
        let has_come = |submission: &Submission| submission.blank.is_none() && is_of(submission.place);
        let has_act = |kind| self.register.with_withdrawals(round.id, kind).next().is_some();
        let is_begun =
            || self.submissions.iter().any(has_come) || has_act(ActKind::Paper) || has_act(ActKind::Extend);
        self.register.issued(round.id).next().is_none()
            && (round.consolidated.last_on_time(&self.plan.holidays) >= self.as_of || is_begun())
    }

    /// What could not be read of what is no report and what is derived from reports depends on, each with its place and
    /// its remedy: derived without it, it would be wrong. Of what lies below a folder.
    pub(crate) fn unread(&self, below: &str) -> Vec<String> {
        let unread = self.diagnostics.iter().filter(|found| self.is_unread(found));
        let unread = unread.filter(|found| self.path(found).starts_with(below)).take(NAMED);
        unread.map(|found| in_one_line(found, &self.files)).collect()
    }

    fn is_unread(&self, found: &Diagnostic) -> bool {
        check::is_unread(found, self.path(found), &self.plan)
    }

    fn path(&self, found: &Diagnostic) -> &str {
        &self.files.get(found.span.file).path
    }

    /// The workspace, where nothing below a folder is unread.
    ///
    /// # Errors
    /// When something is.
    pub(crate) fn whole(self, below: &str) -> Result<Self> {
        let unread = self.unread(below);
        if unread.is_empty() {
            return Ok(self);
        }
        bail!(
            "có chỗ không đọc được, làm tiếp thì thiếu hoặc sai; chưa làm gì:\n- {}\n\
             Sửa rồi chạy lại lệnh này. “plan check” nêu đủ từng chỗ.",
            unread.join("\n- ")
        )
    }

    /// The workspace, where reports can be judged by the plan.
    ///
    /// # Errors
    /// When the plan has errors by which it says something else.
    pub(crate) fn judged(self) -> Result<Self> {
        if !self.plan.is_flawed {
            return Ok(self);
        }
        let flaws = self.flaws().into_iter().take(NAMED).map(|found| in_one_line(found, &self.files));
        bail!(
            "Kế hoạch (plan/) còn lỗi nên các báo cáo chưa được đối chiếu, làm tiếp thì thiếu hoặc sai; chưa làm gì:\n- {}\n\
             Sửa rồi chạy lại lệnh này. “plan check plan” nêu đủ từng chỗ.",
            flaws.chain(self.plan.rounds_to_fill()).collect::<Vec<_>>().join("\n- ")
        )
    }

    /// As `judged`; a plan that is still to be filled in may be looked at.
    ///
    /// # Errors
    /// As `judged`.
    pub(crate) fn judged_or_begun(self) -> Result<Self> {
        if self.is_unjudging() { self.judged() } else { Ok(self) }
    }

    /// Whether no report is judged by the plan, and not because it is still to be filled in.
    pub(crate) fn is_unjudging(&self) -> bool {
        self.plan.is_flawed && !self.flaws().into_iter().all(check::is_to_fill_in)
    }

    /// The reports of which nothing could be read, each with its place, why and its remedy: what is derived from reports
    /// lacks what they say.
    pub(crate) fn unread_reports(&self) -> impl Iterator<Item = String> {
        let is_unread = |submission: &&Submission| {
            submission.report.is_none() && matches!(submission.blank, None | Some(Blank::NoFile))
        };
        let first = |submission: &Submission| self.open_in(submission.file).next();
        let found = self.submissions.iter().filter(is_unread).filter_map(first);
        found.map(|found| in_one_line(found, &self.files))
    }

    /// The file that keeps what people changed in the consolidated report of a round.
    pub(crate) fn draft(&self, round: &Round) -> Option<FileId> {
        self.files.find(&format!("reports/{}/{DRAFT}", round.key)).map(|(file, _)| file)
    }

    /// Errors in one file; a report with any is not valid.
    pub(crate) fn errors_in(&self, file: FileId) -> usize {
        self.found_in(file, Severity::Error)
    }

    /// Warnings in one file that nobody accepted; known where every problem was looked for.
    pub(crate) fn warnings_in(&self, file: FileId) -> usize {
        self.found_in(file, Severity::Warning)
    }

    fn found_in(&self, file: FileId, severity: Severity) -> usize {
        self.open_in(file).filter(|found| found.rule.severity == severity).map(Diagnostic::count).sum()
    }

    /// The problems of one file that nobody accepted.
    pub(crate) fn open_in(&self, file: FileId) -> impl Iterator<Item = &Diagnostic> {
        let start = self.diagnostics.partition_point(|found| found.span < Span::start_of(file));
        let of_file = self.diagnostics[start..].iter().take_while(move |found| found.span.file == file);
        of_file.filter(|found| found.accepted.is_none())
    }

    /// Whether a file is a report that had come.
    pub(crate) fn is_report(&self, file: FileId) -> bool {
        self.submissions.iter().any(|submission| submission.file == file)
    }

    /// Whether a file is of the plan, or an agency's report of a round.
    pub(crate) fn is_of(&self, file: FileId, round: &Round, agency: &Agency) -> bool {
        let place = Place::Round { round: round.id, agency: agency.id };
        let is_report = |submission: &Submission| submission.file == file && submission.place == place;
        check::is_of_plan(&self.files.get(file).path) || self.submissions.iter().any(is_report)
    }

    /// Whose reports in some places were corrected after the day and not kept as they were.
    pub(crate) fn not_kept(&self, wanted: impl Fn(Place) -> bool) -> Vec<&Agency> {
        let rewritten = self.submissions.iter().filter(|submission| self.rewritten.contains(&submission.file));
        let places = rewritten.map(|submission| submission.place).filter(|place| wanted(*place));
        let agencies: BTreeSet<AgencyId> = places.filter_map(Place::agency).collect();
        agencies.into_iter().map(|agency| &self.plan[agency]).collect()
    }

    /// What was reported in the round before, by the end of its data, for an agency and those that it succeeds.
    pub(crate) fn report_before(&self, round: &Round, agency: AgencyId) -> Option<Earlier<'_>> {
        let gone: Vec<&Agency> = self.plan.predecessors(agency, round).collect();
        let place = |earlier: &Round, of| self.told.get(&(earlier.id, of)).copied();
        let told = |earlier: &Round| {
            let others = gone.iter().filter(|of| self.plan.is_asked(of, earlier));
            let mut others: Vec<usize> = others.filter_map(|of| place(earlier, of.id)).collect();
            others.sort_unstable();
            place(earlier, agency).into_iter().chain(others).collect::<Vec<_>>()
        };
        let before = self.plan.rounds.iter().filter(|other| other.data_to < round.data_to);
        let before = before.map(|earlier| (earlier, told(earlier))).filter(|(_, told)| !told.is_empty());
        let (round, told) = before.max_by_key(|(earlier, _)| earlier.data_to)?;
        let reports = told.into_iter().filter_map(|at| self.submissions[at].report.as_ref()).collect();
        Some(Earlier { round, reports })
    }

    /// The errors that keep what is made public from being made: those of the plan, and of what could not be read.
    pub(crate) fn flaws(&self) -> Vec<&Diagnostic> {
        self.diagnostics.iter().filter(|found| self.is_flaw(found)).collect()
    }

    /// Whether it is one of those.
    pub(crate) fn is_flaw(&self, found: &Diagnostic) -> bool {
        let is_of_plan = found.rule.severity == Severity::Error && check::is_of_plan(self.path(found));
        is_of_plan || self.is_unread(found)
    }

    /// The errors that keep a round's consolidated report from being made: the flaws, those of what people changed in it, and
    /// those of the reports that would go into it unless they are to be left out. A file that says nothing is no report.
    pub(crate) fn blocking(&self, round: &Round, skip_invalid: bool) -> Vec<&Diagnostic> {
        let goes_in = |submission: &Submission| match submission.place {
            Place::Round { round: placed, .. } => placed == round.id,
            Place::Unread { .. } => false,
            // An ad hoc report serves every round, and of one astray nobody knows.
            Place::AdHoc { .. } | Place::Astray => true,
        };
        let told =
            self.submissions.iter().filter(|submission| matches!(submission.blank, None | Some(Blank::NoFile)));
        let reports =
            told.filter(|submission| !skip_invalid && goes_in(submission)).map(|submission| submission.file);
        let parts: BTreeSet<FileId> = reports.chain(self.draft(round)).collect();
        let is_in_part =
            |found: &Diagnostic| found.rule.severity == Severity::Error && parts.contains(&found.span.file);
        self.diagnostics.iter().filter(|found| self.is_flaw(found) || is_in_part(found)).collect()
    }
}

/// A problem in one line: its place, what it is, the remedy.
fn in_one_line(found: &Diagnostic, files: &Files) -> String {
    let (path, line) = (&files.get(found.span.file).path, files.position(found.span).line);
    let remedy = found.hint.as_ref().map(|hint| format!("; {hint}"));
    format!("{path}:{line}: {}{}", found.message, remedy.unwrap_or_default())
}

/// Of some rounds, each with whether it is still to be consolidated, the one that is worked on on a day: the first that is, or
/// the last. One past its last day gives way when the next is at hand: from `SOON_DAYS` before its data or its agencies' time
/// end.
pub(crate) fn current<'r>(
    rounds: impl Iterator<Item = (&'r Round, bool)>,
    holidays: &Holidays,
    day: NaiveDate,
) -> Option<&'r Round> {
    let last_day = |round: &Round| round.consolidated.last_on_time(holidays);
    let is_begun = |round: &Round| {
        let end = round.data_to.min(round.agencies.last_on_time(holidays));
        (end - day).num_days() <= SOON_DAYS
    };
    let mut rounds: Vec<(&Round, bool)> = rounds.collect();
    rounds.sort_by_key(|(round, _)| last_day(round));
    let open = rounds.iter().enumerate().find(|(at, (round, is_waiting))| {
        let gives_way = || last_day(round) < day && rounds[at + 1..].iter().any(|(next, _)| is_begun(next));
        *is_waiting && !gives_way()
    });
    open.map(|(_, (round, _))| *round).or_else(|| Some(rounds.last()?.0))
}

#[cfg(test)]
pub(crate) mod tests;
