//! What a rule is given to look at. One text and one report are judged by the jobs that read them, on all cores; what
//! the rules about all of them need of a report is taken down there. Finds no problem itself.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::prose::{Claim, Teller, Tokens, Wording, claims};
use crate::diagnostic::{Rule, Sink};
use crate::model::{
    Agency, AgencyId, Entry, Place, Plan, Quantity, Report, Review, Round, RoundId, Spanned, Submission,
    TaskStatus, raised_on, remark_id, remark_key,
};
use crate::register::Register;
use crate::source::{FileId, Files, Span, as_id};
use crate::vietnamese::legible::Honest;

/// How much a rule looks at, and the search for what breaks it.
pub(super) enum Scope {
    /// The text of one file, whatever the file is.
    Text(fn(&mut Text<'_>, &'static Rule, &mut Sink)),
    /// One readable report in its place.
    Report(fn(&One<'_>, &'static Rule, &mut Sink)),
    /// Everything, once all of it is read.
    All(fn(&All<'_>, &'static Rule, &mut Sink)),
    /// Each file of everything, which needs none of the others.
    Each(fn(&All<'_>, &'static Rule, &mut Sink)),
    Plan(fn(&Plan, &'static Rule, &mut Sink)),
    /// What the plan says the consolidated report is to say, where it stands in the files.
    Wording(fn(&Files, &Plan, &'static Rule, &mut Sink)),
}

/// The text of one file.
pub(super) struct Text<'t> {
    pub(super) file: FileId,
    pub(super) text: &'t str,
    /// As `characters::is_plain` says.
    pub(super) is_plain: bool,
    /// Words that are known to be right, of this file and of those that the same job judged before.
    pub(super) honest: &'t mut Honest,
}

/// A readable report that says something and is somebody's.
pub(super) struct One<'c> {
    pub(super) files: &'c Files,
    pub(super) plan: &'c Plan,
    pub(super) wording: &'c Wording<'c>,
    /// Of a report with a deadline.
    pub(super) round: Option<&'c Round>,
    pub(super) agency: &'c Agency,
    pub(super) report: &'c Report,
    accounts: OnceCell<Vec<Account<'c>>>,
}

/// What an entry tells in words, its results or its highlight, taken apart once for all rules.
pub(super) struct Account<'c> {
    pub(super) entry: &'c Entry,
    pub(super) results: &'c Spanned<String>,
    pub(super) tokens: Tokens<'c>,
    pub(super) claims: Vec<Claim>,
}

/// An account as it is compared with those of others.
pub(super) struct Told {
    pub(super) agency: AgencyId,
    pub(super) round: RoundId,
    /// The SHA-256 of its words, folded, without punctuation: those of all reports would be as large as the reports.
    pub(super) words: [u8; 32],
    pub(super) span: Span,
}

impl<'c> One<'c> {
    /// `None` where the report cannot be read or says nothing, or lies where it is nobody's.
    pub(super) fn new(
        files: &'c Files,
        plan: &'c Plan,
        wording: &'c Wording<'c>,
        submission: &'c Submission,
    ) -> Option<Self> {
        let (round, agency, report) = somebodys(plan, submission)?;
        Some(Self { files, plan, wording, round, agency, report, accounts: OnceCell::new() })
    }

    /// What the report tells in words, by its entries.
    pub(super) fn accounts(&self) -> &[Account<'c>] {
        self.accounts.get_or_init(|| {
            let entries = self.report.tasks.iter();
            let results = entries
                .flat_map(|entry| entry.results.iter().chain(&entry.highlight).map(move |told| (entry, told)));
            let teller = Teller::new(self.agency, self.plan.year, self.round);
            let account = |(entry, results): (&'c Entry, &'c Spanned<String>)| {
                let tokens = Tokens::new(&results.value);
                let claims = claims(&tokens, &self.wording.phrases, self.plan, entry.key.value, &teller);
                Account { entry, results, tokens, claims }
            };
            results.map(account).collect()
        })
    }
}

/// Everything that was read.
pub(super) struct All<'c> {
    pub(super) files: &'c Files,
    pub(super) plan: &'c Plan,
    pub(super) submissions: &'c [Submission],
    /// The reports of rounds with a deadline, by their place.
    pub(super) of_rounds: HashMap<(RoundId, AgencyId), &'c Report>,
    pub(super) register: &'c Register,
    pub(super) reviews: &'c [Review],
    pub(super) told: Vec<Told>,
    /// Empty where nothing is judged by other reports.
    pub(super) changes: Vec<Change<'c>>,
    /// The last day that anything can have come on.
    pub(super) latest: NaiveDate,
}

/// What an agency told of a quantity in an earlier round, and what it tells now.
pub(super) struct Change<'c> {
    pub(super) quantity: Quantity<'c>,
    pub(super) agency: &'c Agency,
    pub(super) round: &'c Round,
    pub(super) report: &'c Report,
    pub(super) earlier: &'c Round,
    /// The sum, above zero, and where its first number stands.
    pub(super) then: (u128, Span),
    /// Whose figures the sum holds besides the agency's own.
    pub(super) heir_of: Vec<&'c str>,
    pub(super) now: Now,
}

/// An answer over all tasks.
pub(super) enum Now {
    /// A number or a word that says that there is none, and where.
    Told(Result<u128, TaskStatus>, Span),
    /// No number with a reason, or what could not be read.
    Open,
    Nothing,
}

/// A difficulty or a recommendation, by whom it was raised, and the first day on which that can have been.
pub(super) struct Raised<'c> {
    pub(super) agency: AgencyId,
    pub(super) text: &'c str,
    /// Absent where nobody knows.
    pub(super) day: Option<NaiveDate>,
}

impl<'c> All<'c> {
    /// What an agency reported in a round.
    pub(super) fn report(&self, round: &Round, agency: &Agency) -> Option<&'c Report> {
        self.of_rounds.get(&(round.id, agency.id)).copied()
    }

    /// What an agency reported in the rounds whose figures those of a round contain.
    pub(super) fn before(&self, round: &Round, agency: &Agency) -> impl Iterator<Item = (&'c Round, &'c Report)> {
        let rounds = self.plan.rounds_within(round);
        rounds.filter_map(|earlier| Some((earlier, self.report(earlier, agency)?)))
    }

    /// The readable reports that say something and are somebody's, with what their place says of them; ad hoc ones are of no round.
    pub(super) fn reports(&self) -> impl Iterator<Item = (Option<&'c Round>, &'c Agency, &'c Report)> {
        self.submissions.iter().filter_map(|submission| somebodys(self.plan, submission))
    }

    /// The difficulties and recommendations that were raised, by the ids that they are settled by.
    pub(super) fn remarks(&self) -> BTreeMap<String, Raised<'c>> {
        let mut raised: BTreeMap<String, Raised<'_>> = BTreeMap::new();
        for (_, agency, report) in self.reports() {
            let difficulties = report.difficulties.iter().map(|found| &found.text);
            for text in difficulties.chain(report.recommendations.iter().map(|found| &found.text)) {
                let (day, id) = (raised_on(report), remark_id(agency, &remark_key(text)));
                let of = Raised { agency: agency.id, text: &text.value, day };
                let first = raised.entry(id).or_insert(of);
                first.day = first.day.min(day);
            }
        }
        for carried in &self.plan.carried {
            let of = Raised { agency: carried.agency, text: &carried.text.value, day: carried.since };
            raised.insert(as_id(&carried.id.0).into_owned(), of);
        }
        raised
    }

    /// Those of rounds with a deadline.
    pub(super) fn round_reports(&self) -> impl Iterator<Item = (&'c Round, &'c Agency, &'c Report)> {
        of_rounds(self.plan, self.submissions)
    }
}

/// As [`All::round_reports`], of these.
pub(super) fn of_rounds<'c>(
    plan: &'c Plan,
    submissions: &'c [Submission],
) -> impl Iterator<Item = (&'c Round, &'c Agency, &'c Report)> {
    let reports = submissions.iter().filter_map(|submission| somebodys(plan, submission));
    reports.filter_map(|(round, agency, report)| Some((round?, agency, report)))
}

fn somebodys<'c>(
    plan: &'c Plan,
    submission: &'c Submission,
) -> Option<(Option<&'c Round>, &'c Agency, &'c Report)> {
    if submission.blank.is_some() {
        return None;
    }
    let round = match submission.place {
        Place::Round { round, .. } => Some(&plan[round]),
        Place::AdHoc { .. } | Place::Unread { .. } | Place::Astray => None,
    };
    Some((round, &plan[submission.place.agency()?], submission.report.as_ref()?))
}
