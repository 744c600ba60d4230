//! The files of a workspace → model, with every problem of each: which files there are, whose they are, and in which
//! order the plan's are read. What a field holds, `record` says; never stops at the first problem and never repairs.

mod declared;
mod edits;
mod places;
mod unread;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Rule, Severity, Sink};
use crate::model::{
    Accepted, AcceptedReport, Act, ActKind, Blank, Declared, Illustrative, Place, Plan, Recorded, Report,
    Submission, plan as of_plan,
};
use crate::record::rules::{self, MISSING_FIELD};
use crate::record::{self, Ids, Items, Names, Read, Table};
use crate::source::{
    Content, FileId, Files, ILLUSTRATIVE, Limits, PLAN_FILE, REGISTER, REVIEWS, SourceFile, Span, Spanned,
};
use crate::yaml::{self, Events};
pub(crate) use declared::{declared, is_judged_by};
pub(crate) use edits::edits;
use places::{own_place, place};
use unread::text;
pub(crate) use unread::{is_unread, unreadable};

/// The plan's files besides `plan/tasks/*.yaml`.
const PLAN_FILES: [&str; 6] =
    [PLAN_FILE, "plan/agencies.yaml", "plan/rounds.yaml", "plan/indicators.yaml", HOLIDAYS, WORDING];

const HOLIDAYS: &str = "plan/holidays.yaml";
/// The wording of the report to be compiled.
pub(crate) const WORDING: &str = "plan/report.yaml";

/// What was carried over from an earlier year, and last year's figures; not every plan has them.
pub(crate) const CARRIED: &str = "plan/carried.yaml";
pub(crate) const PREVIOUS: &str = "plan/previous.yaml";

/// Every rule that reading a file can break.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    yaml::RULES.iter().chain(rules::RULES).copied()
}

/// The plan under `plan/`; `None` where too much is missing to check anything against it.
pub(crate) fn plan(files: &Files, sink: &mut Sink) -> Option<Plan> {
    let mut reader = PlanReader { files, sink, read: Vec::new(), gaps: Vec::new(), is_flawed: false };
    let mut plan = reader.plan();
    match &mut plan {
        None => reader.look_at_the_rest(),
        Some(plan) => {
            let judged_by = |found: &Diagnostic| is_judged_by(&files.get(found.span.file).path);
            let is_error = |found: &Diagnostic| found.rule.severity == Severity::Error;
            plan.is_flawed |= sink.iter().any(|found| is_error(found) && judged_by(found));
        }
    }
    plan
}

/// What a file of the plan holds and what is wrong in it; neither where there is none.
struct File<'f, T> {
    path: &'f str,
    value: Option<T>,
    found: Option<Sink>,
}

impl<'f, T: Read> File<'f, T> {
    fn new(files: &Files, path: &'f str, names: &dyn Names) -> Self {
        let Some((id, _)) = files.find(path) else { return Self { path, value: None, found: None } };
        let mut found = Sink::default();
        Self { path, value: read(files, id, names, &mut found), found: Some(found) }
    }
}

struct PlanReader<'f, 's> {
    files: &'f Files,
    sink: &'s mut Sink,
    read: Vec<&'f str>,
    /// What the files that could not be read in full declare.
    gaps: Vec<Ids>,
    /// Whether there is an error in what reports are judged by.
    is_flawed: bool,
}

impl<'f> PlanReader<'f, '_> {
    /// The wording is half of what there is to read, and names nothing that the rest declares: another core reads it.
    fn plan(&mut self) -> Option<Plan> {
        let files = self.files;
        let wording = || File::new(files, WORDING, &Declared::default());
        let (plan, wording) = rayon::join(|| self.but_wording(), wording);
        let wording: Option<of_plan::Wording> = self.taken(wording);
        if let Some(wording) = &wording {
            of_plan::each_once(&wording.recommend_to, self.sink);
            let themes = wording.themes.iter().map(|theme| (theme.id.as_str(), theme.span));
            of_plan::reject_duplicates(themes, self.sink);
            let annexes = wording.annexes.iter().map(|annex| (annex.content.id(), annex.span));
            of_plan::reject_duplicates(annexes, self.sink);
        }
        let mut plan = plan?(wording?);
        (plan.gaps, plan.is_flawed) = (std::mem::take(&mut self.gaps), self.is_flawed);
        let tables = plan.wording.groups.iter().filter_map(|group| group.table.as_ref());
        for indicator in tables.flat_map(|table| &table.indicators) {
            indicator.find(&plan, self.sink);
        }
        for petition in plan.wording.themes.iter().flat_map(|theme| &theme.petitions) {
            petition.to.find(&plan, self.sink);
        }
        if let Some(superior) = &plan.wording.for_superior {
            superior.known(&plan, self.sink);
            superior.one_each(&plan, self.sink);
        }
        if files.find(CARRIED).is_some() {
            let carried: Option<of_plan::CarriedFile> = self.file(CARRIED, &plan);
            plan.carried = carried.map_or_else(Vec::new, |carried| carried.remarks);
        }
        if files.find(PREVIOUS).is_some() {
            let previous: Option<of_plan::PreviousFile> = self.file(PREVIOUS, &plan);
            plan.previous = previous.map_or_else(Table::default, |file| of_plan::previous(file, self.sink));
        }
        Some(plan)
    }

    /// Each file after those that it names ids of; one that is not YAML keeps only those from being read.
    fn but_wording(&mut self) -> Option<impl FnOnce(of_plan::Wording) -> Plan + use<>> {
        let nothing = Declared::default();
        let holidays: Option<of_plan::HolidaysFile> = self.file(HOLIDAYS, &nothing);
        let agencies: Option<of_plan::AgenciesFile> = self.file("plan/agencies.yaml", &nothing);
        let (agencies, groups) = of_plan::agencies(agencies?, &self.gaps, self.sink);
        let parties = Declared { lists: vec![&agencies, &groups], gaps: &self.gaps.clone() };
        let general: Option<of_plan::GeneralFile> = self.file(PLAN_FILE, &parties);
        let files = self.files;
        let paths: Vec<&str> =
            files.iter().map(|(_, file)| file.path.as_str()).filter(|path| is_task_file(path)).collect();
        let read: Vec<File<'_, of_plan::TaskGroupFile>> =
            paths.into_par_iter().map(|path| File::new(files, path, &parties)).collect();
        let tasks: Vec<_> = read.into_iter().map(|file| self.taken(file)).collect();
        let is_unread = tasks.iter().any(Option::is_none);
        let tasks: Vec<of_plan::TaskGroupFile> = tasks.into_iter().flatten().collect();
        if let Some(number) = of_plan::missing_group(&tasks).filter(|_| !is_unread) {
            self.lacks(&format!("plan/tasks/{number}.yaml"));
            return None;
        }
        let (task_groups, tasks) = of_plan::tasks(tasks, &groups, self.sink);
        let names = Declared { lists: vec![&agencies, &groups, &tasks], gaps: &self.gaps.clone() };
        let rounds: Option<of_plan::RoundsFile> = self.file("plan/rounds.yaml", &names);
        let indicators: Option<of_plan::IndicatorsFile> = self.file("plan/indicators.yaml", &names);
        // What else is wrong has been said by now.
        if is_unread {
            return None;
        }
        let (rounds, unread_rounds, ad_hoc) = of_plan::rounds(rounds?, self.sink);
        let (indicators, complaints) = of_plan::indicators(indicators?, &self.gaps, self.sink);
        let (general, holidays) = (general?, of_plan::holidays(holidays?, self.sink));
        let funding_sources = general.funding.map_or_else(Vec::new, |funding| funding.sources);
        of_plan::each_once(&funding_sources, self.sink);
        of_plan::peak_days(&general.peak_days, self.sink);
        let keys = agencies.iter().map(|agency| (agency.key.as_str(), agency.span));
        let keys = keys.chain(rounds.iter().map(|round| (round.key.as_str(), round.span)));
        of_plan::reject_unusable(keys.chain([(ad_hoc.id.as_str(), ad_hoc.span)]), self.sink)?;
        Some(move |wording| Plan {
            title: general.title,
            year: general.year.value.0,
            year_span: general.year.span,
            province: general.province,
            number: general.number,
            date: general.date,
            issuer: general.issuer,
            consolidator: general.consolidator,
            funding_sources,
            peak_days: general.peak_days,
            succeeded: of_plan::succeeded(&agencies),
            agencies,
            groups,
            task_groups,
            tasks,
            rounds,
            unread_rounds,
            gaps: Vec::new(),
            is_flawed: false,
            ad_hoc,
            indicators,
            complaints,
            holidays,
            wording,
            carried: Vec::new(),
            previous: Table::default(),
        })
    }

    fn file<T: Read>(&mut self, path: &'f str, names: &dyn Names) -> Option<T> {
        self.taken(File::new(self.files, path, names))
    }

    /// What a file holds; what is wrong in it is told.
    fn taken<T>(&mut self, File { path, value, found }: File<'f, T>) -> Option<T> {
        self.read.push(path);
        let Some(found) = found else {
            self.lacks(path);
            return None;
        };
        let declared = declared(path);
        // Who names what nobody knows declares it all the same.
        let errors = || found.iter().filter(|problem| problem.rule.severity == Severity::Error);
        self.is_flawed |= errors().next().is_some() && is_judged_by(path);
        if errors().any(|problem| problem.unknown.is_none()) {
            self.gaps.extend(declared);
        }
        self.sink.append(found);
        value
    }

    /// Reports a file that is not there.
    fn lacks(&mut self, path: &str) {
        // There is no place to point at but the plan's own file, which is what makes a workspace.
        if let Some((id, _)) = self.files.find(PLAN_FILE) {
            let message = format!("không có tệp {path}");
            let hint = match is_task_file(path) {
                true => {
                    "các nhóm nhiệm vụ đánh số liền nhau từ I, mỗi nhóm một tệp mang số ở mục id; mất tệp thì chép lại từ bản lưu"
                }
                false => "chép tệp này từ bản lưu của Kế hoạch vào đúng thư mục",
            };
            self.sink.push(Diagnostic::new(&MISSING_FIELD, Span::start_of(id), message).hint(hint));
        }
    }

    /// Whether the files that were not come to are YAML at all.
    fn look_at_the_rest(&mut self) {
        for (id, file) in self.files.iter() {
            if is_plan_file(&file.path)
                && !self.read.contains(&file.path.as_str())
                && let Some(text) = text(self.files, id, self.sink)
            {
                let mut events = Events::new(id, text, &Limits::PLAN);
                events.skip();
                events.finish(self.sink);
            }
        }
    }
}

fn is_task_file(path: &str) -> bool {
    path.strip_prefix("plan/tasks/").is_some_and(|name| name.ends_with(".yaml") && !name.contains('/'))
}

/// Every `.yaml` file under `reports/`, each with its place, in the order of the paths; then the files
/// from outside, each in the place that it speaks of and instead of what lies there.
///
/// Each is judged by the job that reads it; what was judged of it goes with it.
pub(crate) fn submissions<J: Send>(
    files: &Files,
    plan: &Plan,
    sink: &mut Sink,
    judge: impl Fn(&Submission) -> J + Sync,
) -> Vec<(Submission, J)> {
    let is_one = |file: &SourceFile| file.outside || (is_report(&file.path) && !file.is_only_kept());
    let reports: Vec<_> = files.iter().filter(|(_, file)| is_one(file)).collect();
    // One file knows nothing of another: all cores read, and what they found is put together in order.
    let read: Vec<(Sink, Submission, J)> = reports
        .into_par_iter()
        .map(|(file, source)| {
            let mut sink = Sink::default();
            let report = read(files, file, plan, &mut sink);
            // What came from elsewhere, and a version that stands for the copy in force, say themselves whose they are.
            let own = source.outside || source.past;
            let place = if own { own_place(report.as_ref()) } else { place(&source.path, plan) };
            let blank = blank(source, report.as_ref(), &sink);
            if blank.is_some_and(|blank| blank != Blank::NoFile) {
                // All that it lacks is one problem.
                sink = Sink::default();
            }
            let submission = Submission { file, place, report, blank };
            let judged = judge(&submission);
            (sink, submission, judged)
        })
        .collect();
    let mut submissions: Vec<(Submission, J)> = Vec::with_capacity(read.len());
    for (problems, submission, judged) in read {
        sink.append(problems);
        if files.get(submission.file).outside {
            let is_other = |place: Place| place == Place::Astray || place != submission.place;
            submissions.retain(|(other, _)| is_other(other.place));
        }
        submissions.push((submission, judged));
    }
    submissions
}

/// What a file that says nothing holds. With anything in it that cannot be read, it may say something.
fn blank(file: &SourceFile, report: Option<&Report>, problems: &Sink) -> Option<Blank> {
    let text = match &file.content {
        Content::Text(text) => text,
        Content::NotAFile => return Some(Blank::NoFile),
        _ => return None,
    };
    let is_nothing = |line: &str| {
        let said = line.split_once('#').map_or(line, |(said, _)| said).trim();
        ["", "---", "...", "~", "null", "{}", "[]"].contains(&said)
    };
    let text = text.trim_start_matches('\u{feff}');
    // However lines end: what some take for one line of comment, others read.
    if text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).all(is_nothing) {
        return Some(if text.contains('#') { Blank::Comments } else { Blank::Nothing });
    }
    report.filter(|_| problems.are_all(&MISSING_FIELD))?.blank()
}

fn is_report(path: &str) -> bool {
    path.starts_with("reports/") && path.ends_with(".yaml") && !is_kept(path) && !is_illustrative_day(path)
}

/// Whether the tool reads the file, as what it is by its path.
pub(crate) fn is_read(path: &str) -> bool {
    is_plan_file(path) || is_report(path) || is_kept(path) || is_illustrative_day(path)
}

/// Whether the file keeps what the office did about a round's reports, or what it changed in its own.
fn is_kept(path: &str) -> bool {
    registered(path).is_some() || edits::folder(path).is_some()
}

/// What the office did, in the order of the files and lines.
pub(crate) fn acts(files: &Files, plan: &Plan, sink: &mut Sink) -> Vec<Recorded> {
    let mut acts = Vec::new();
    for (id, file) in files.iter().filter(|(_, file)| !file.outside) {
        let Some((folder, name)) = registered(&file.path) else { continue };
        let round = plan.round_ref(folder);
        let found = if name == REGISTER {
            read::<Items<Act>>(files, id, plan, sink).map_or_else(Vec::new, |items| items.0)
        } else {
            let Some(read) = read::<Accepted>(files, id, plan, sink) else { continue };
            let keys =
                read.accepted.iter().map(|review| (plan[review.agency.value].key.as_str(), review.agency.span));
            of_plan::reject_duplicates(keys, sink);
            read.accepted.into_iter().map(accepted).collect()
        };
        acts.extend(found.into_iter().map(|act| Recorded { round, act }));
    }
    acts
}

/// An acceptance as it was written before there were registers.
fn accepted(report: AcceptedReport) -> Act {
    let AcceptedReport { agency, date, by, sha256, span } = report;
    let date = Spanned { value: date, span };
    Act { sha256: Some(sha256), by, ..Act::new(ActKind::Accept, agency, date) }
}

/// The folder of the round whose acts a file keeps, and the file's name.
fn registered(path: &str) -> Option<(&str, &str)> {
    let (folder, name) = path.strip_prefix("reports/")?.split_once('/')?;
    [REGISTER, REVIEWS].contains(&name).then_some((folder, name))
}

/// The day that the workspace says its sample reports are to be looked at on.
pub(crate) fn illustrative_day(files: &Files, sink: &mut Sink) -> Option<NaiveDate> {
    let (id, _) = files.find(ILLUSTRATIVE)?;
    read::<Illustrative>(files, id, &Declared::default(), sink).map(|read| read.as_of)
}

/// Whether the file says so.
pub(crate) fn is_illustrative_day(path: &str) -> bool {
    path == ILLUSTRATIVE
}

/// Whether the tool reads the file as a part of the plan.
fn is_plan_file(path: &str) -> bool {
    is_task_file(path) || PLAN_FILES.contains(&path) || [CARRIED, PREVIOUS].contains(&path)
}

/// What a file holds, as `T`.
fn read<T: Read>(files: &Files, id: FileId, names: &dyn Names, sink: &mut Sink) -> Option<T> {
    text(files, id, sink)?;
    record::read(id, files.get(id), names, sink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_comments_alone_however_its_lines_end() {
        for (text, found) in [
            ("# a\n# b\n", Some(Blank::Comments)),
            ("# a\r# b\r", Some(Blank::Comments)),
            ("# a\r\n\r\n# b\r\n", Some(Blank::Comments)),
            ("\r\r", Some(Blank::Nothing)),
            // What cannot be read may say something.
            ("# a\ragency: so-y-te\rround: annual\r", None),
            ("# a\u{2028}agency: so-y-te\n", None),
            ("# a\nagency: so-y-te\n", None),
        ] {
            let files = Files::from_memory([("reports/annual/so-y-te.yaml".to_owned(), text.as_bytes().to_vec())]);
            let (_, file) = files.iter().next().unwrap();
            assert_eq!(blank(file, None, &Sink::default()), found, "{text:?}");
        }
    }
}
