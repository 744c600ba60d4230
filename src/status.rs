//! The derived state of every round, agency and task on a given day. Nothing here is ever stored:
//! a stored state of a round is flipped for all by the first that sends.

mod ad_hoc;
mod counts;
mod issued;
mod tasks;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::calendar::SOON_DAYS;
use crate::model::{
    Act, Agency, AgencyId, Blank, Correction, Group, Level, PaperRef, Place, Plan, Report, Reporting, Review,
    Round, RoundRef, Standing, Submission, TaskGroup, TaskId,
};
use crate::source::FileId;
use crate::workspace::Workspace;
pub(crate) use ad_hoc::ad_hoc;
pub(crate) use counts::Counts;
pub(crate) use issued::{Issued, beside, included};
use tasks::task_state;
pub(crate) use tasks::{Pace, Progress, TaskCounts, TaskState};

#[derive(Debug)]
pub(crate) struct RoundStatus<'p> {
    pub(crate) round: &'p Round,
    /// Every agency that is asked to report, in the order of the plan.
    pub(crate) agencies: Vec<AgencyStatus<'p>>,
    /// Where each agency stands among them.
    places: HashMap<AgencyId, usize>,
    pub(crate) tasks: Vec<TaskState<'p>>,
    pub(crate) counts: Counts,
    /// Reports that came from agencies nobody asked.
    pub(crate) unexpected: Vec<&'p Agency>,
    /// Of ad hoc reports dated after its data: what they tell is not in its report.
    pub(crate) after_data: Vec<&'p Agency>,
    /// Reports dated later than the day of the view, which it does not count.
    pub(crate) dated_later: usize,
    /// Whose figures are today's, though the day is past and they were corrected since: no version of that day was kept.
    pub(crate) not_kept: Vec<&'p Agency>,
    /// The sending of its consolidated report.
    pub(crate) issued: Option<Issued<'p>>,
    /// Whether days of its data are still to come.
    pub(crate) is_open: bool,
    /// Whether only what the department accepted counts.
    pub(crate) accepted_only: bool,
    /// Whether it is still to be consolidated.
    pub(crate) is_waiting: bool,
    /// Whether the last on-time day is over; more time for some does not move it.
    is_past: bool,
}

/// One agency's report in one round: two independent facts, when it came and whether it is valid.
#[derive(Debug)]
pub(crate) struct AgencyStatus<'p> {
    pub(crate) agency: &'p Agency,
    pub(crate) timeliness: Timeliness,
    pub(crate) validity: Validity,
    /// The last day that it is on time: the round's, or its own where that was extended.
    pub(crate) last_on_time: NaiveDate,
    pub(crate) extension: Option<&'p Act>,
    /// Of the first paper or scan that brought the report's document, or came in its place.
    sent_on_paper: Option<&'p Act>,
    /// What came before the report on a paper of its own, and decides whether that was in time.
    pub(crate) came_before: Option<&'p Act>,
    /// Corrected versions that have come, in the order written.
    pub(crate) corrections: &'p [Correction],
    /// When the report's document came.
    pub(crate) received: Option<NaiveDate>,
    /// When the first that came did, on whatever paper: decides whether it was in time.
    pub(crate) first_received: Option<NaiveDate>,
    /// The department's acceptance of the report.
    pub(crate) review: Option<&'p Review>,
    /// The file that holds the report.
    pub(crate) file: Option<FileId>,
    /// The file that lies in the report's place and says nothing.
    pub(crate) blank: Option<(Blank, FileId)>,
    report: Option<&'p Report>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Timeliness {
    NotDue,
    /// Until the last on-time day: days, and the working days among them, today included.
    DueSoon {
        days: i64,
        working: usize,
    },
    /// Days since the last on-time day.
    Overdue(i64),
    OnTime,
    /// Days between the last on-time day and the receipt.
    Late(i64),
    /// A file is there, but its day of receipt cannot be read.
    Undated,
    /// Only requested, and nothing came: never overdue.
    NotSent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Validity {
    NoReport,
    /// A paper came, and its data are not there yet.
    PaperAlone,
    Valid,
    /// Valid, and left out where only what the department accepted counts.
    NotAccepted,
    /// Number of errors in the file.
    Invalid(usize),
}

/// The state of a round, derived from its reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoundState {
    Collecting,
    Complete,
    OverdueIncomplete,
    /// Its consolidated report was sent: what is missing is not waited for any more.
    Issued,
}

impl<'p> RoundStatus<'p> {
    /// Leaves out what the department has not accepted as it is now.
    pub(crate) fn keep_accepted(&mut self, as_of: NaiveDate) {
        for status in self.agencies.iter_mut().filter(|status| status.validity == Validity::Valid) {
            if !status.is_accepted() {
                status.validity = Validity::NotAccepted;
            }
        }
        self.accepted_only = true;
        self.counts = self.agencies.iter().collect();
        self.tasks = self.tasks.iter().map(|state| task_state(state.task, self, as_of)).collect();
    }

    pub(crate) fn state(&self) -> RoundState {
        match self.counts {
            _ if self.issued.is_some() => RoundState::Issued,
            Counts { expected, complete, .. } if complete == expected => RoundState::Complete,
            _ if self.is_past => RoundState::OverdueIncomplete,
            _ => RoundState::Collecting,
        }
    }

    /// Who is overdue and still waited for: what was not in the consolidated report when it was sent is not.
    pub(crate) fn overdue(&self) -> impl Iterator<Item = &AgencyStatus<'p>> {
        self.agencies.iter().filter(|status| self.issued.is_none() && status.is_overdue())
    }

    /// Days since the last on-time day of its consolidated report, while no sending is recorded.
    pub(crate) fn consolidated_late(&self, plan: &Plan, as_of: NaiveDate) -> Option<i64> {
        let days = (as_of - self.round.consolidated.last_on_time(&plan.holidays)).num_days();
        (self.issued.is_none() && days > 0).then_some(days)
    }

    /// The reports that count, with their agencies, in the order of the plan.
    pub(crate) fn valid_reports(&self) -> impl Iterator<Item = (&'p Agency, &'p Report)> {
        self.agencies.iter().filter_map(|status| Some((status.agency, status.valid_report()?)))
    }

    /// The agencies in the place of whose report a file says nothing.
    pub(crate) fn blank(&self) -> impl Iterator<Item = (&'p Agency, Blank)> {
        self.agencies.iter().filter_map(|status| Some((status.agency, status.blank?.0)))
    }

    pub(crate) fn agency(&self, id: AgencyId) -> Option<&AgencyStatus<'p>> {
        self.places.get(&id).map(|place| &self.agencies[*place])
    }

    /// The members of a group that are asked, in the order of the plan.
    pub(crate) fn members(&self, group: &Group) -> impl Iterator<Item = &AgencyStatus<'p>> + Clone {
        self.agencies.iter().filter(|status| group.members.contains(&status.agency.id))
    }

    /// The agencies level by level, those of each in the order of the plan.
    pub(crate) fn levels(&self, plan: &Plan) -> BTreeMap<Level, Vec<&AgencyStatus<'p>>> {
        let mut levels: BTreeMap<Level, Vec<&AgencyStatus<'p>>> = BTreeMap::new();
        for status in &self.agencies {
            levels.entry(plan.level(status.agency)).or_default().push(status);
        }
        levels
    }

    pub(crate) fn tasks_of(&self, group: &TaskGroup) -> impl Iterator<Item = &TaskState<'p>> {
        self.tasks.iter().filter(|state| group.tasks.contains(&state.task.id))
    }

    /// What an agency reported, where that counts.
    pub(crate) fn valid_report(&self, agency: AgencyId) -> Option<&'p Report> {
        self.agency(agency)?.valid_report()
    }

    /// Absent where the round does not ask for the task.
    pub(crate) fn task(&self, id: TaskId) -> Option<&TaskState<'p>> {
        self.tasks.iter().find(|state| state.task.id == id)
    }
}

impl<'p> AgencyStatus<'p> {
    pub(crate) fn valid_report(&self) -> Option<&'p Report> {
        self.report.filter(|_| self.validity == Validity::Valid)
    }

    /// Whether the department accepted the report as it is now.
    pub(crate) fn is_accepted(&self) -> bool {
        self.review.is_some_and(|review| review.standing == Standing::AsReviewed)
    }

    /// Whether it must report, and nothing came.
    pub(crate) fn is_missing(&self) -> bool {
        self.agency.reporting == Reporting::Required && !self.has_report()
    }

    pub(crate) fn is_overdue(&self) -> bool {
        matches!(self.timeliness, Timeliness::Overdue(_))
    }

    /// The number and the day of the paper that brought the report, as far as they are known.
    pub(crate) fn paper(&self) -> Option<PaperRef<'p>> {
        let own = self.report.and_then(|report| report.document.as_ref()).map(PaperRef::from);
        let numbered = own.filter(|paper| paper.number.is_some());
        numbered.or_else(|| self.sent_on_paper.map(PaperRef::from)).or(own)
    }

    pub(crate) fn has_report(&self) -> bool {
        self.validity != Validity::NoReport
    }
}

/// The state of every round with a deadline, in the order of the plan.
pub(crate) fn derive(workspace: &Workspace) -> Vec<RoundStatus<'_>> {
    workspace.plan.rounds.iter().map(|round| self::round(workspace, round)).collect()
}

/// What lies in the places of a round's reports, with the agencies.
fn of_round<'p>(
    submissions: &'p [Submission],
    round: &'p Round,
) -> impl Iterator<Item = (AgencyId, &'p Submission)> {
    submissions.iter().filter_map(|submission| match submission.place {
        Place::Round { round: of, agency } if of == round.id => Some((agency, submission)),
        _ => None,
    })
}

/// The state of one round.
pub(crate) fn round<'p>(workspace: &'p Workspace, round: &'p Round) -> RoundStatus<'p> {
    let Workspace { plan, as_of, .. } = workspace;
    // By agency, so that a province of a hundred thousand reports is not searched for each.
    let mut submissions: Vec<Option<&Submission>> = vec![None; plan.agencies.len()];
    for (agency, submission) in of_round(&workspace.submissions, round) {
        submissions[usize::from(agency)] = Some(submission);
    }
    let says = |submission: &Submission| submission.blank.is_none();
    let later = of_round(&workspace.later, round);
    let dated_later = later.filter(|(_, submission)| says(submission)).count();
    let of = |agency: &Agency| submissions[usize::from(agency.id)];
    let asked = plan.agencies.iter().filter(|agency| plan.is_asked(agency, round));
    let agencies: Vec<AgencyStatus<'_>> =
        asked.map(|agency| agency_status(workspace, round, agency, of(agency))).collect();
    let unexpected = plan
        .agencies
        .iter()
        .filter(|agency| !plan.is_asked(agency, round) && of(agency).is_some_and(says))
        .collect();
    let counts = agencies.iter().collect();
    let places = agencies.iter().enumerate().map(|(place, status)| (status.agency.id, place)).collect();
    let tasks = Vec::new();
    let not_kept = not_kept(workspace, round);
    let mut status = RoundStatus {
        round,
        agencies,
        places,
        tasks,
        counts,
        unexpected,
        after_data: ad_hoc::after_data(workspace, round),
        dated_later,
        not_kept,
        issued: None,
        is_open: *as_of < round.data_to,
        accepted_only: false,
        is_waiting: workspace.is_waiting(round),
        is_past: round.agencies.last_on_time(&plan.holidays) < *as_of,
    };
    let tasks = plan.tasks.iter().filter(|task| round.covers(task.id));
    status.tasks = tasks.map(|task| task_state(task, &status, *as_of)).collect();
    status.issued = workspace.register.issued(round.id).next().map(|act| Issued::new(workspace, &status, act));
    status
}

/// Whose figures in a round, or carried into it, were corrected after the day and not kept as they were.
fn not_kept<'p>(workspace: &'p Workspace, round: &Round) -> Vec<&'p Agency> {
    workspace.not_kept(|place| may_count(workspace, round, place))
}

/// Whether what a report in some place tells may count in a round.
fn may_count(workspace: &Workspace, round: &Round, place: Place) -> bool {
    match place {
        Place::Round { round: of, .. } => workspace.plan[of].data_to <= round.data_to,
        Place::AdHoc { date, .. } => (round.data_from..=round.data_to).contains(&date),
        Place::Unread { .. } | Place::Astray => false,
    }
}

fn agency_status<'p>(
    workspace: &'p Workspace,
    round: &Round,
    agency: &'p Agency,
    submission: Option<&'p Submission>,
) -> AgencyStatus<'p> {
    let Workspace { plan, as_of, .. } = workspace;
    let extension = workspace.register.extensions(round.id, agency.id).first().copied();
    let last_on_time =
        round.agencies.last_on_time(&plan.holidays).max(extension.and_then(|act| *act.until).unwrap_or_default());
    let blank = submission.and_then(|submission| Some((submission.blank?, submission.file)));
    let submission = submission.filter(|submission| submission.blank.is_none());
    let report = submission.and_then(|submission| submission.report.as_ref());
    let document = report.and_then(|report| report.document.as_ref());
    let document = document.map_or(PaperRef::default(), PaperRef::from);
    let (own, others): (Vec<&Act>, Vec<&Act>) =
        workspace.register.papers(round.id, agency.id).into_iter().partition(|act| act.is_paper_of(document));
    let sent_on_paper = own.last().copied();
    let on_paper = sent_on_paper.map(|act| act.date.value);
    let received = report.and_then(Report::received).into_iter().chain(on_paper).min();
    // What came first decides whether it was in time; not a paper of the same number before it was signed.
    let before = |act: &&Act| {
        act.has_number_of(document) != Some(true) && received.is_none_or(|received| act.date.value < received)
    };
    let came_before = others.into_iter().rfind(before);
    let first_received = came_before.map(|act| act.date.value).or(received);
    let timeliness = match (submission, first_received) {
        (_, Some(received)) => match (received - last_on_time).num_days() {
            ..=0 => Timeliness::OnTime,
            days => Timeliness::Late(days),
        },
        (Some(_), None) => Timeliness::Undated,
        (None, _) if agency.reporting != Reporting::Required => Timeliness::NotSent,
        (None, _) => match (last_on_time - *as_of).num_days() {
            left if left > SOON_DAYS => Timeliness::NotDue,
            days if days >= 0 => {
                let working = plan.holidays.working_days_between(*as_of, last_on_time);
                Timeliness::DueSoon { days, working }
            }
            left => Timeliness::Overdue(-left),
        },
    };
    let validity = match submission.map(|submission| workspace.errors_in(submission.file)) {
        None if sent_on_paper.is_some() => Validity::PaperAlone,
        None => Validity::NoReport,
        Some(0) => Validity::Valid,
        Some(errors) => Validity::Invalid(errors),
    };
    let corrections = report.map_or(&[][..], |report| &report.corrections);
    let file = submission.map(|submission| submission.file);
    let of_report =
        |review: &&Review| review.round == Some(RoundRef::Of(round.id)) && review.agency.value == agency.id;
    let review = submission.and(workspace.reviews.iter().find(of_report));
    AgencyStatus {
        agency,
        timeliness,
        validity,
        last_on_time,
        extension,
        sent_on_paper,
        came_before,
        corrections,
        received,
        first_received,
        review,
        file,
        blank,
        report,
    }
}

#[cfg(test)]
mod tests;
