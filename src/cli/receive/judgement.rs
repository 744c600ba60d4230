//! What became of each file, in the words of the form that it is.

use std::collections::BTreeMap;

use super::files::Found;
use super::judged::{Judged, Read, Rejected};
use crate::diagnostic::{Diagnostic, Severity, readable};
use crate::form::{Problem, Refusal};
use crate::model::Plan;
use crate::source::{FileId, Files};
use crate::vietnamese::date;
use crate::view::form::{Remark, Taken, TakenAs, worded};
use crate::view::moved::MovedJson;
use crate::workspace::Workspace;

/// What files are judged by once all that is to be written is checked together.
pub(super) struct Judgement<'j> {
    pub(super) after: &'j Workspace,
    /// The reports that are to be written.
    pub(super) added: &'j BTreeMap<String, FileId>,
}

impl Judgement<'_> {
    pub(super) fn taken(&self, file: &Found, judged: Judged) -> Taken {
        let mut is_sent = false;
        let (of, result, path, moved, problems) = match judged {
            Judged::Rejected(rejected) => {
                is_sent = rejected.is_sent;
                (rejected.of, rejected.result, None, Vec::new(), rejected.problems)
            }
            // As another file of these, which is refused: so is this one.
            Judged::Known { read, result, of_these: true, .. }
                if self.added.get(&read.report).is_some_and(|file| self.after.errors_in(*file) > 0) =>
            {
                return self.taken(file, Judged::Taken(read, result, Vec::new()));
            }
            Judged::Known { read, result, note, .. } => {
                (Some((read.agency, read.round)), result, Some(read.report), Vec::new(), vec![note])
            }
            Judged::Seen { read, on, newest, sooner } => {
                let of = Some((read.agency, read.round));
                let seen = format!("đã nhận trước đây, ngày {}", date(on));
                if self.is_in_force(&read.report) {
                    let note = notice(format!("{seen}; bản đang dùng mới hơn nên bỏ qua{sooner}"));
                    (of, TakenAs::Seen, Some(read.report), Vec::new(), vec![note])
                } else {
                    let refusal = Refusal::new(
                        format!("{seen}; sau đó còn bản mới hơn, nhưng tệp đang dùng {} không còn", read.report),
                        format!(
                            "lấy lại bản mới nhất: plan receive {newest}; nếu tệp này mới đúng thì nhận riêng tệp này, thêm --force"
                        ),
                    );
                    (of, TakenAs::Refused, None, Vec::new(), vec![of_refusal(refusal)])
                }
            }
            Judged::Taken(read, result, moved) => {
                let mut problems = self.problems(&read);
                let is_error = |problem: &Remark| problem.severity == Severity::Error.id();
                problems.sort_by_key(|problem| !is_error(problem));
                let wrong = problems.iter().any(is_error);
                is_sent = wrong && self.is_sent(&read, file);
                problems.extend(read.notes);
                let of = Some((read.agency, read.round));
                match wrong {
                    true => (of, TakenAs::Refused, None, Vec::new(), problems),
                    false => (of, result, Some(read.report), moved, problems),
                }
            }
        };
        let (agency, round) = of.unzip();
        // What is of another plan may be of an agency that this one does not know.
        let agencies = &self.after.plan.agencies;
        let named = |key: &String| agencies.find(key).map_or_else(|| key.clone(), |known| known.name.clone());
        let agency_name = agency.as_ref().map(named).unwrap_or_default();
        let moved = moved.iter().map(|moved| MovedJson::new(moved, &self.after.plan)).collect();
        Taken {
            agency,
            agency_name,
            round,
            path,
            moved,
            sender: file.came.sender(),
            received: Some(file.came.on),
            is_sent,
            ..Taken::new(&file.name, result, problems)
        }
    }

    /// Whether a report is there once everything is written.
    fn is_in_force(&self, report: &str) -> bool {
        self.added.get(report).is_some_and(|file| self.after.errors_in(*file) == 0)
            || self.after.files.find(report).is_some_and(|(_, file)| !file.text().trim().is_empty())
    }

    /// Whether a report that is refused says something, and can have come when it is said to.
    fn is_sent(&self, read: &Read, file: &Found) -> bool {
        let Some(added) = self.added.get(&read.report) else { return false };
        let mut submissions = self.after.submissions.iter().chain(&self.after.later);
        let is_blank = submissions.any(|found| found.file == *added && found.blank.is_some());
        !is_blank && read.may_have_come(file.came.on, &self.after.plan)
    }

    /// What is open in the report that a file became a part of.
    fn problems(&self, read: &Read) -> Vec<Remark> {
        let Some(file) = self.added.get(&read.report) else { return Vec::new() };
        let told = |found| of_diagnostic(found, &self.after.files, read, &self.after.plan);
        self.after.open_in(*file).map(told).collect()
    }
}

pub(super) fn nobodys(refusal: Refusal) -> Rejected {
    refused(None, refusal)
}

pub(super) fn refused(of: Option<(String, String)>, refusal: Refusal) -> Rejected {
    Rejected { of, result: TakenAs::Refused, problems: vec![of_refusal(refusal)], is_sent: true, rest: None }
}

pub(super) fn passed_over(why: String) -> Rejected {
    let problems = vec![notice(why)];
    Rejected { of: None, result: TakenAs::PassedOver, problems, is_sent: false, rest: None }
}

pub(super) fn notice(message: String) -> Remark {
    Remark {
        severity: Severity::Notice.id(),
        label: Severity::Notice.label(),
        rule: None,
        cell: None,
        message,
        remedy: None,
    }
}

pub(super) fn of_refusal(refusal: Refusal) -> Remark {
    of_problem(Problem { place: None, message: refusal.reason, remedy: refusal.remedy }, Severity::Error)
}

pub(super) fn of_problem(problem: Problem, severity: Severity) -> Remark {
    Remark {
        severity: severity.id(),
        label: severity.label(),
        rule: None,
        cell: problem.place.map(|place| place.to_string()),
        message: readable(problem.message),
        remedy: Some(problem.remedy),
    }
}

/// A problem of the report, of one that came as a form in the words of that.
pub(super) fn of_diagnostic(found: &Diagnostic, files: &Files, read: &Read, plan: &Plan) -> Remark {
    let places = &read.places;
    let (mut message, remedy) = match read.told.is_form() {
        true => worded(found, plan),
        false => (found.message.clone(), found.hint.clone()),
    };
    if let Some((span, label)) = &found.related {
        let other = files.get(span.file);
        let place = if span.file == found.span.file {
            places.find(files, *span).map(ToString::to_string)
        } else if other.outside {
            Some(other.path.clone())
        } else {
            Some(format!("{}:{}", other.path, files.position(*span).line))
        };
        if let Some(place) = place {
            message += &format!(" ({label}: {place})");
        }
    }
    Remark {
        severity: found.rule.severity.id(),
        label: found.rule.severity.label(),
        rule: Some(found.rule.name),
        cell: places.find(files, found.span).map(ToString::to_string),
        message,
        remedy,
    }
}
