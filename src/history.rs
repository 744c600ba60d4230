//! What happened to an agency's reports: what came when and what it changed, what was changed by hand, what the office did.
//! Pure: versions and acts in, events out, by their own day.

use chrono::NaiveDate;

use crate::arrivals::{self, Arrival, Moved};
use crate::model::{Act, Agency, Correction, PaperRef, Place, Report, RoundRef};
use crate::record::parse_date;
use crate::register::told_once;
use crate::workspace::Workspace;
use crate::yaml;

/// One thing that happened.
#[derive(Debug)]
pub(crate) struct Event<'h> {
    /// Absent where nobody knows.
    pub(crate) day: Option<NaiveDate>,
    /// The folder of `reports/` that it is about: a round, or ad hoc reports.
    pub(crate) folder: &'h str,
    pub(crate) what: What<'h>,
}

#[derive(Debug)]
pub(crate) enum What<'h> {
    /// The first report, or the one that stands alone.
    Came {
        paper: Option<Paper>,
        file: &'h str,
        /// The form, the file, the mail that it came as.
        origin: Option<String>,
    },
    /// A version that took another's place.
    Replaced {
        paper: Option<Paper>,
        file: &'h str,
        origin: Option<String>,
        moved: Vec<Moved>,
    },
    /// A correction that was written into the report by hand.
    Corrected {
        correction: &'h Correction,
    },
    /// What somebody wrote into the copy in force otherwise than it came.
    ChangedByHand {
        moved: Vec<Moved>,
    },
    Did(&'h Act),
}

/// Number and day of a paper, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paper {
    pub(crate) number: Option<String>,
    pub(crate) date: Option<NaiveDate>,
}

impl<'p> From<&'p Paper> for PaperRef<'p> {
    fn from(paper: &'p Paper) -> Self {
        Self { number: paper.number.as_deref(), date: paper.date }
    }
}

/// What is known by the day of the workspace, the oldest first; `versions` are all that came.
pub(crate) fn history<'h>(workspace: &'h Workspace, agency: &Agency, versions: &'h [Arrival]) -> Vec<Event<'h>> {
    let plan = &workspace.plan;
    let mut events = Vec::new();
    for submission in &workspace.submissions {
        if submission.place.agency() != Some(agency.id) {
            continue;
        }
        let file = workspace.files.get(submission.file);
        let folder = match submission.place {
            Place::Round { round, .. } => plan[round].key.as_str(),
            Place::AdHoc { .. } => plan.ad_hoc.id.as_str(),
            Place::Unread { .. } | Place::Astray => continue,
        };
        let known = |version: &&Arrival| version.day <= workspace.as_of;
        // A version may stand for the copy in force of a day that is past.
        let report = versions.iter().find(|version| version.path == file.path).map_or(&file.path, |of| &of.report);
        let mut versions: Vec<&Arrival> = versions.iter().filter(|of| of.report == *report).filter(known).collect();
        arrivals::sort(&mut versions, Some(file.text()));
        let reported = submission.report.as_ref();
        match versions.as_slice() {
            [] => events.extend(typed(folder, &file.path, file.text(), reported)),
            [first, rest @ ..] => {
                let what = What::Came {
                    paper: paper(&first.text),
                    file: &first.path,
                    origin: arrivals::origin(&first.text),
                };
                events.push(Event { day: Some(first.day), folder, what });
                events.extend(versions.iter().zip(rest).map(|(old, new)| {
                    let moved = arrivals::moved(&old.text, &new.text);
                    let what = match arrivals::is_by_hand(&old.text, &new.text) {
                        true => What::ChangedByHand { moved },
                        false => {
                            let (paper, origin) = (paper(&new.text), arrivals::origin(&new.text));
                            What::Replaced { paper, file: &new.path, origin, moved }
                        }
                    };
                    Event { day: Some(new.day), folder, what }
                }));
                let newest = rest.last().unwrap_or(first);
                let moved = arrivals::moved(&newest.text, file.text());
                if !moved.is_empty() {
                    let named = arrivals::days_by_hand(file.text(), Some(newest));
                    let day = named.into_iter().rfind(|named| *named <= workspace.as_of);
                    events.push(Event { day, folder, what: What::ChangedByHand { moved } });
                }
            }
        }
    }
    events.extend(acts(workspace, agency));
    events.sort_by_key(|event| (event.day.is_none(), event.day));
    events
}

/// A report of which no version was kept.
fn typed<'h>(folder: &'h str, file: &'h str, text: &str, report: Option<&'h Report>) -> Vec<Event<'h>> {
    let came = What::Came { paper: first_paper(text), file, origin: arrivals::origin(text) };
    let came = Event { day: report.and_then(Report::received), folder, what: came };
    let corrections = report.into_iter().flat_map(|report| &report.corrections).map(|correction| {
        let what = What::Corrected { correction };
        Event { day: Some(correction.date.value), folder, what }
    });
    std::iter::once(came).chain(corrections).collect()
}

fn acts<'h>(workspace: &'h Workspace, agency: &Agency) -> Vec<Event<'h>> {
    let plan = &workspace.plan;
    let folder = |round: Option<RoundRef>| match round {
        Some(RoundRef::Of(id)) => plan[id].key.as_str(),
        _ => plan.ad_hoc.id.as_str(),
    };
    let once = told_once(workspace.register.about_agency(agency.id).collect()).into_iter();
    once.map(|(round, act)| Event { day: Some(act.date.value), folder: folder(round), what: What::Did(act) })
        .collect()
}

/// The newest paper of a version: of its last correction, or of the report.
fn paper(text: &str) -> Option<Paper> {
    let words = yaml::words(text);
    let of_correction = words.iter().rev().find_map(|(path, _)| match &path[..] {
        [list, at, paper, _] if list == "corrections" && paper == "document" => Some(at.clone()),
        _ => None,
    });
    match of_correction {
        Some(at) => read(&words, &["corrections", &at, "document"]),
        None => read(&words, &["document"]),
    }
}

fn first_paper(text: &str) -> Option<Paper> {
    read(&yaml::words(text), &["document"])
}

fn read(words: &[(Vec<String>, String)], below: &[&str]) -> Option<Paper> {
    let word = |key: &str| {
        let wanted = |path: &[String]| path.iter().map(String::as_str).eq(below.iter().copied().chain([key]));
        words.iter().find(|(path, _)| wanted(path)).map(|(_, word)| word.clone())
    };
    let (number, date) = (word("number"), word("date").and_then(|date| parse_date(&date)));
    (number.is_some() || date.is_some()).then_some(Paper { number, date })
}
