//! What is known of a file while it is received.

use chrono::NaiveDate;

use crate::arrivals::Moved;
use crate::check;
use crate::diagnostic::Severity;
use crate::form::{Path, Places, Told};
use crate::model::{Plan, Round, RoundRef};
use crate::view::form::{Remark, TakenAs};

/// Whose a file is, and what it tells.
pub(super) struct Read {
    pub(super) agency: String,
    pub(super) round: String,
    /// Where the copy in force is.
    pub(super) report: String,
    pub(super) told: Told,
    pub(super) places: Places,
    /// Why who sent it is not known to be the agency.
    pub(super) stranger: Option<String>,
    /// What the receiver should know, whatever becomes of it.
    pub(super) notes: Vec<Remark>,
}

/// A file that cannot be taken, with its agency and round where it tells them.
pub(super) struct Rejected {
    pub(super) of: Option<(String, String)>,
    pub(super) result: TakenAs,
    pub(super) problems: Vec<Remark>,
    /// Whether it shows all the same that its agency sent something on the day that it came.
    pub(super) is_sent: bool,
    /// What could be read of a form of which not all could.
    pub(super) rest: Option<Box<Rest>>,
}

/// What a form tells of which some parts of the report could not be read.
pub(super) struct Rest {
    pub(super) read: Read,
    /// None where it may be any.
    pub(super) unread: Option<Vec<Path>>,
}

/// Whether a report of a round can have come on a day, by the day of its paper where it is known.
pub(super) fn may_have_come(on: NaiveDate, signed: Option<NaiveDate>, round: &Round, plan: &Plan) -> bool {
    let doubt = check::of_paper(on, signed, round, plan);
    signed.is_none_or(|signed| signed <= on) && doubt.is_none_or(|(severity, ..)| severity != Severity::Error)
}

impl Read {
    /// As the function of this name; what answers no round may come any day after its paper.
    pub(super) fn may_have_come(&self, on: NaiveDate, plan: &Plan) -> bool {
        let signed = self.told.paper_day();
        match plan.round_ref(&self.round) {
            Some(RoundRef::Of(round)) => may_have_come(on, signed, &plan[round], plan),
            _ => signed.is_none_or(|signed| signed <= on),
        }
    }
}

impl Rejected {
    /// The same of what tells nothing of the day on which its agency sent the report.
    pub(super) fn of_no_day(self) -> Self {
        Self { is_sent: false, ..self }
    }
}

impl Rest {
    /// Whether nobody filled in more than whose it is, on which paper and by whom it is signed.
    pub(super) fn says_nothing(&self) -> bool {
        let is_identity = |key: &str| ["agency", "round", "document", "signer"].contains(&key);
        let report = &self.read.told.report;
        let is_unread = self
            .unread
            .as_ref()
            .is_none_or(|unread| unread.iter().any(|path| path.first().is_some_and(|key| !is_identity(key))));
        // Of a form that is empty not even whose it is was put together.
        let told = report.keys().any(|key| key.as_str().is_none_or(|key| !is_identity(key)));
        report.is_empty() || !told && !is_unread
    }
}

/// What became of a file so far.
pub(super) enum Judged {
    Rejected(Rejected),
    /// Nothing new; `of_these`: since another of these files came.
    Known {
        read: Read,
        result: TakenAs,
        note: Remark,
        of_these: bool,
    },
    /// Came before, on a day, and was replaced since: by what was kept at `newest` in the end. `sooner`: what else to say of the
    /// day on which it came.
    Seen {
        read: Read,
        on: NaiveDate,
        newest: String,
        sooner: String,
    },
    Taken(Read, TakenAs, Vec<Moved>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_something_where_anything_was_filled_in_but_whose_it_is() {
        let path = |keys: &str| keys.split('.').map(str::to_owned).collect::<Path>();
        for (report, unread, nothing) in [
            ("{}", None, true),
            ("{agency: a, round: b}", Some(vec![]), true),
            ("{agency: a, round: b, document: {number: 1/BC}}", Some(vec!["document.date"]), true),
            ("{agency: a, round: b, signer: {name: A}}", Some(vec!["signer.post"]), true),
            // A cell that could not be read was filled in.
            ("{agency: a, round: b}", Some(vec!["tasks.I.1.figures.x"]), false),
            ("{agency: a, round: b}", None, false),
            ("{agency: a, round: b, difficulties: [a]}", Some(vec!["document.date"]), false),
        ] {
            let read = Read {
                agency: "a".to_owned(),
                round: "b".to_owned(),
                report: String::new(),
                told: Told::whole(report.to_owned()).unwrap(),
                places: Places::default(),
                stranger: None,
                notes: Vec::new(),
            };
            let rest = Rest { read, unread: unread.as_ref().map(|all| all.iter().copied().map(path).collect()) };
            assert_eq!(rest.says_nothing(), nothing, "{report} {unread:?}");
        }
    }
}
