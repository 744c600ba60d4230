//! Files that came → what is to be written. Each is read by itself and held against every version that came before;
//! what they tell is then checked together with everything that is there, as `plan check` would.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use anyhow::Result;
use chrono::NaiveDate;

use super::super::Session;
use super::files::{Found, Kind, is_plain, of_name, plain_name, progress, unread_folder, unreadable};
use super::judged::{Judged, Read, Rejected, Rest};
use super::judgement::{Judgement, nobodys, notice, of_problem, passed_over, refused};
use super::kept::{self, Kept, in_force};
use super::{mails, paper, rest, rivals};
use crate::arrivals::{self, Arrival};
use crate::check::{Clock, Depth};
use crate::diagnostic::Severity;
use crate::form::{self, Form, Mark, Merged, Places, Refusal, Told};
use crate::model::{Agency, Round, RoundRef};
use crate::render::Visible;
use crate::source::FileId;
use crate::view::form::{Taken, TakenAs};
use crate::workspace::Workspace;
use crate::{source, vietnamese, yaml};

/// A report that is to be written: the versions that are to be kept, and the copy in force.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) versions: Vec<Arrival>,
    pub(super) report: String,
    pub(super) is_sample: bool,
    /// As it was read; nothing where there was no file.
    pub(super) was: Option<String>,
    pub(super) text: String,
}

/// Reads files, judges them, and says what is to be written. With `force` a file that is named may take the place of a newer
/// one, or of what was changed by hand.
///
/// # Errors
/// When versions of before cannot be read.
pub(super) fn take(
    found: &[Found],
    force: bool,
    before: &Workspace,
    session: &Session<'_>,
) -> Result<(Vec<Taken>, Vec<Written>)> {
    let latest = session.clock.as_of.unwrap_or_default().max(session.clock.today);
    let alone = found.len() == 1 && found[0].named;
    let mut intake = Intake { force, alone, before, latest, versions: BTreeMap::new(), kept: BTreeMap::new() };
    let progress = progress(found.len(), session)?;
    let mut read: Vec<Result<Read, Rejected>> = found
        .iter()
        .map(|file| {
            progress.set_message(String::from(Visible::from(file.name.as_str())));
            progress.inc(1);
            intake.read(file).and_then(|read| intake.as_told(file, read))
        })
        .collect();
    progress.finish_and_clear();
    // One that is real ends the day of the samples, which may be long past.
    let samples: Vec<bool> =
        read.iter().map(|read| read.as_ref().is_ok_and(|read| kept::is_sample(&read.told))).collect();
    let ends_samples = before.on_day_of_samples && latest > before.as_of && samples.contains(&false);
    let clock = Clock { as_of: session.clock.as_of.or(ends_samples.then_some(latest)), ..session.clock };
    rest::judge(found, &mut read, before, clock)?;
    let alone = |file: &Found| Ok(take(slice::from_ref(file), force, before, session)?.0);
    let read = rivals::without_refused(found, read, alone)?;
    let agencies: BTreeSet<&str> = read.iter().flatten().map(|read| read.agency.as_str()).collect();
    for arrival in arrivals::arrivals(source::read_received(&session.root, |agency| agencies.contains(agency))?)? {
        intake.versions.entry(arrival.report.clone()).or_default().push(arrival);
    }
    let judged = intake.judge(found, read);

    // What is to be written is checked in its place, all of it at once.
    let kept = intake.kept;
    let mut files = before.files.clone();
    let changed = kept.iter().filter(|(_, kept)| kept.by.is_some());
    let added: BTreeMap<String, FileId> = changed
        .filter_map(|(report, kept)| {
            Some((report.clone(), files.add_text(found[kept.by?].name.clone(), kept.now.clone()?)))
        })
        .collect();
    let after = Workspace::on(files, clock, Depth::All)?;
    let judgement = Judgement { after: &after, added: &added };
    let taken: Vec<Taken> = found.iter().zip(judged).map(|(file, judged)| judgement.taken(file, judged)).collect();
    let right = |report: &String| added.get(report).is_some_and(|file| after.errors_in(*file) == 0);
    let written = kept.into_iter().filter(|(report, _)| right(report)).filter_map(|(report, kept)| {
        let versions = kept.versions.into_iter().skip(kept.known).collect();
        let is_sample = kept.by.is_some_and(|by| samples[by]);
        Some(Written { versions, report, is_sample, was: kept.was, text: kept.now? })
    });
    Ok((taken, written.collect()))
}

struct Intake<'i> {
    force: bool,
    /// Whether somebody named one file, and nothing else.
    alone: bool,
    before: &'i Workspace,
    /// The last day that something real can have come on: the day of samples is theirs alone.
    latest: NaiveDate,
    versions: BTreeMap<String, Vec<Arrival>>,
    kept: BTreeMap<String, Kept>,
}

impl Intake<'_> {
    fn read(&self, file: &Found) -> Result<Read, Rejected> {
        match file.kind {
            Kind::Form if of_name(&file.path).is_none() && !mails::what_to_do(&file.path).is_empty() => {
                Err(nobodys(Refusal::new(mails::NOTHING_READ, mails::what_to_do(&file.path))))
            }
            Kind::Form => self.form(file),
            Kind::Report => self.report(file),
            Kind::Other if file.content.is_none() && file.path.is_dir() => Err(nobodys(unread_folder(&file.path))),
            Kind::Other if file.content.is_none() && !is_plain(&file.path) => {
                Err(nobodys(unreadable(&std::io::ErrorKind::Unsupported.into())))
            }
            Kind::Mail | Kind::Register | Kind::Other => {
                let day = file.content.as_ref().map(|_| file.came.on);
                Err(passed_over(mails::why_passed_over(&file.path, day)))
            }
        }
    }

    fn form(&self, found: &Found) -> Result<Read, Rejected> {
        let file = found.open().map_err(|error| nobodys(unreadable(&error)))?;
        let book = form::read(file).map_err(nobodys)?;
        let mark = book.mark.clone();
        let of = Some((mark.agency.clone(), mark.round.clone()));
        let (round, agency) = self.addressed(&mark).map_err(|refusal| {
            // Last year's may lie there still.
            Rejected { is_sent: mark.year == self.before.plan.year, ..refused(of.clone(), refusal) }
        })?;
        let form = Form::new(&self.before.plan, round, agency, None);
        let filled = form::fill(&form, &book, &found.came.paper());
        let notes = filled.notes.into_iter().map(|note| of_problem(note, Severity::Warning)).collect();
        let report = format!("reports/{}/{}.yaml", mark.round, mark.agency);
        let (told, places) = (filled.told, filled.places);
        let read = Read { agency: mark.agency, round: mark.round, report, told, places, stranger: None, notes };
        if filled.problems.is_empty() {
            return Ok(read);
        }
        let problems = filled.problems.into_iter().map(|problem| of_problem(problem, Severity::Error)).collect();
        let rest = Rest { read, unread: filled.unread };
        let is_sent = !rest.says_nothing() && rest.read.may_have_come(found.came.on, &self.before.plan);
        Err(Rejected { of, result: TakenAs::Refused, problems, is_sent, rest: Some(Box::new(rest)) })
    }

    /// A report that is one already: it says itself whose it is.
    fn report(&self, file: &Found) -> Result<Read, Rejected> {
        let bytes = file.bytes(&source::Limits::REPORT).map_err(nobodys)?;
        let plan = &self.before.plan;
        let text = String::from_utf8(bytes).map_err(|_| {
            nobodys(Refusal::new("tệp không lưu theo bảng mã UTF-8", "lưu lại với bảng mã UTF-8 rồi gửi lại"))
        })?;
        // As Notepad saves it.
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        if let Some((reason, remedy)) = yaml::conflicted(&text) {
            return Err(nobodys(Refusal::new(reason, remedy)));
        }
        let words = yaml::words(&text);
        let of_key = |key: &str| words.iter().find(|(path, _)| path[..] == [key]).map(|(_, word)| word.clone());
        // A longer one names nothing.
        let word = |key: &str| of_key(key).filter(|word| word.len() < 200);
        let (agency, round) = (word("agency"), word("round"));
        let of = agency.clone().zip(round.clone());
        let refuse = |reason: String, remedy: &str| refused(of.clone(), Refusal::new(reason, remedy));
        let check = "chạy “plan check TỆP” với tệp này để xem chỗ sai";
        let (Some(agency), Some(round)) = (agency, round) else {
            return Err(refuse("không đọc được đây là báo cáo của ai, kỳ nào (agency, round)".to_owned(), check));
        };
        let Some(known) = plan.agencies.find(&agency) else {
            return Err(refuse(format!("Kế hoạch không có cơ quan mang mã “{agency}”"), check));
        };
        let report = match plan.round_ref(&round) {
            Some(RoundRef::Of(id)) => {
                // Whoever receives it says when it came now; what it says itself tells of which year it is.
                let from = plan[id].data_from;
                if let Some(came) = arrivals::received(&text).filter(|came| *came < from) {
                    let [came, from] = [came, from].map(vietnamese::date);
                    let reason =
                        format!("tệp ghi đã nhận ngày {came}, trước kỳ số liệu (từ {from}): báo cáo của năm khác");
                    let remedy = "tìm báo cáo của kỳ này; nếu gõ nhầm năm thì sửa ngày nhận trong tệp";
                    return Err(refuse(reason, remedy).of_no_day());
                }
                format!("reports/{round}/{}.yaml", known.key)
            }
            Some(RoundRef::AdHoc) => match word("date") {
                Some(date) => format!("reports/{round}/{date}-{}.yaml", known.key),
                None => return Err(refuse("báo cáo đột xuất chưa ghi ngày (date)".to_owned(), check)),
            },
            _ => return Err(refuse(format!("Kế hoạch không có kỳ báo cáo “{round}”"), check)),
        };
        let places = Places::of_report(&text);
        let told = Told::whole(text).map_err(|refusal| refused(of.clone(), refusal))?;
        Ok(Read { agency, round, report, told, places, stranger: None, notes: Vec::new() })
    }

    /// A file that came as the receiver says that it did.
    fn as_told(&self, file: &Found, mut read: Read) -> Result<Read, Rejected> {
        let of = Some((read.agency.clone(), read.round.clone()));
        if let Some(by) = file.came.by.as_ref().filter(|by| **by != read.agency) {
            let name = |key: &str| {
                self.before.plan.agencies.find(key).map_or_else(|| key.to_owned(), |known| known.name.clone())
            };
            let reason = format!("sổ ghi của {}, tệp là báo cáo của {}", name(by), name(&read.agency));
            return Err(refused(of, Refusal::new(reason, "sửa cơ quan hoặc tên tệp ở dòng đó của sổ")));
        }
        read.stranger = mails::of_stranger(file.came.senders.as_deref(), &read.agency, &self.before.plan);
        read.notes.extend(read.stranger.clone().map(notice));
        read.told.on_paper(&file.came.paper()).map_err(|refusal| refused(of, refusal))?;
        Ok(read)
    }

    /// The round and the agency that a form is of.
    fn addressed(&self, mark: &Mark) -> Result<(&Round, &Agency), Refusal> {
        let plan = &self.before.plan;
        const AGAIN: &str = "phát lại biểu mẫu (plan form export) rồi chép nội dung sang biểu mẫu mới";
        if mark.version != form::VERSION {
            let reason = format!("biểu mẫu phiên bản {}, phiên bản đang dùng là {}", mark.version, form::VERSION);
            return Err(Refusal::new(reason, AGAIN));
        }
        if mark.year != plan.year {
            let reason = format!("biểu mẫu của năm {}, Kế hoạch này của năm {}", mark.year, plan.year);
            return Err(Refusal::new(reason, AGAIN));
        }
        let Some(agency) = plan.agencies.find(&mark.agency) else {
            return Err(Refusal::new(format!("Kế hoạch không có cơ quan mang mã “{}”", mark.agency), AGAIN));
        };
        let Some(round) = plan.rounds.find(&mark.round) else {
            return Err(Refusal::new(format!("Kế hoạch không có kỳ báo cáo “{}”", mark.round), AGAIN));
        };
        if *mark != Mark::new(plan, round, agency) {
            return Err(Refusal::new("biểu mẫu của một Kế hoạch khác", AGAIN));
        }
        Ok((round, agency))
    }

    /// Files of one report are taken in the order of their papers, those on one paper in that in which they came.
    fn judge(&mut self, found: &[Found], read: Vec<Result<Read, Rejected>>) -> Vec<Judged> {
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by_key(|at| {
            let read = read[*at].as_ref().ok();
            // What others sent in an agency's name comes after what it sent itself.
            let is_strange = read.is_some_and(|read| read.stranger.is_some());
            (is_strange, read.and_then(|read| read.told.paper_day()), found[*at].came.on)
        });
        let mut new: Vec<Option<&Read>> = read.iter().map(|read| read.as_ref().ok()).collect();
        let mut doubles = rivals::doubles(found, &new);
        if doubles.iter().any(Option::is_some) {
            // What came before lies beside what mends it in a folder that is received every day.
            for (read, _) in new.iter_mut().zip(&doubles).filter(|(_, double)| double.is_some()) {
                *read = read.filter(|read| !self.came_before(read));
            }
            doubles = rivals::doubles(found, &new);
        }
        let mut read: Vec<Option<Result<Read, Rejected>>> = read.into_iter().map(Some).collect();
        let mut judged: Vec<Option<Judged>> = found.iter().map(|_| None).collect();
        for at in order {
            judged[at] = match read[at].take() {
                None => None,
                Some(Err(rejected)) => Some(Judged::Rejected(rejected)),
                Some(Ok(read)) => Some(self.one(at, &found[at], read, doubles[at].as_deref())),
            };
        }
        judged.into_iter().flatten().collect()
    }

    /// Whether what a file tells is in force, or was.
    fn came_before(&mut self, read: &Read) -> bool {
        let latest = self.latest;
        let Ok(kept) = self.kept(&read.report, kept::is_sample(&read.told)) else { return false };
        let is_same = |text: &str| matches!(form::merge(&read.told, Some(text), latest, ""), Ok(Merged::Unchanged));
        kept.now.as_deref().is_some_and(is_same)
            || kept.seen(&read.told, |version: &Arrival| is_same(&version.text)).is_some()
    }

    fn one(&mut self, at: usize, file: &Found, mut read: Read, double: Option<&str>) -> Judged {
        let of = Some((read.agency.clone(), read.round.clone()));
        let (force, alone) = (self.force && file.named, self.alone);
        let (before, is_sample) = (self.before, kept::is_sample(&read.told));
        // A sample that comes today comes on the day that samples are looked at on.
        let is_of_today = is_sample && before.on_day_of_samples && file.came.on == self.latest;
        let on = if is_of_today { before.as_of } else { file.came.on };
        if is_sample {
            read.notes.push(notice("tệp này tự ghi là dữ liệu minh họa (illustrative: true)".to_owned()));
        }
        if !is_sample && on > self.latest {
            let [on, today, samples] = [on, self.latest, before.as_of].map(vietnamese::date);
            let reason = format!("ngày nhận {on} chưa đến, hôm nay là ngày {today}");
            let remedy = format!("ghi đúng ngày nhận, ví dụ --on {today}; {samples} là ngày của dữ liệu minh họa");
            return Judged::Rejected(refused(of, Refusal::new(reason, remedy)).of_no_day());
        }
        let kept = match self.kept(&read.report, is_sample) {
            Ok(kept) => kept,
            Err(refusal) => return Judged::Rejected(refused(of, refusal)),
        };
        let name = file.path.file_name().unwrap_or_default().to_string_lossy();
        let name = plain_name(&Visible::from(&*name)).replace(['\n', '\t'], " ");
        let what = if file.kind == Kind::Form { "biểu mẫu" } else { "tệp" };
        let sender = file.came.sender().map(|sender| format!(", thư của {}", Visible::from(&*sender)));
        let origin = format!("{what} {name}{}", sender.unwrap_or_default());
        let merge =
            |old: Option<&str>, chosen: &str| form::merge(&read.told, old, on, &format!("{origin}{chosen}"));
        // Whoever brings the number alone chooses no content.
        let merged = match merge(kept.now.as_deref(), if alone { arrivals::CHOSEN } else { "" }) {
            Ok(Merged::Completed(_)) => merge(kept.now.as_deref(), ""),
            merged => merged,
        };
        let merged = match merged {
            Ok(merged) => merged,
            Err(refusal) => return Judged::Rejected(refused(of, refusal)),
        };
        if let Merged::Corrected { dropped, .. } = &merged
            && !dropped.is_empty()
        {
            let gone = "bản này không còn nội dung của nhiệm vụ đã báo lần trước";
            read.notes.push(notice(format!("{gone}: {}", dropped.join(", "))));
        }
        if matches!(merged, Merged::Unchanged) {
            if kept.is_lost() {
                kept.by = Some(at);
                return Judged::Taken(read, TakenAs::Received, Vec::new());
            }
            let sooner = kept.now.as_deref().and_then(|now| paper::sooner(&read, on, now, before));
            let note = notice(format!("nội dung như bản đang dùng{}", sooner.unwrap_or_default()));
            return Judged::Known { read, result: TakenAs::Unchanged, note, of_these: kept.by.is_some() };
        }
        let is_same = |version: &Arrival| matches!(merge(Some(&version.text), ""), Ok(Merged::Unchanged));
        if let Some(seen) = kept.seen(&read.told, is_same).filter(|_| !force).cloned() {
            if kept.is_unfinished(&seen) {
                let moved = kept.now.as_deref().map_or_else(Vec::new, |now| arrivals::moved(now, &seen.text));
                (kept.now, kept.by) = (Some(seen.text), Some(at));
                return Judged::Taken(read, TakenAs::Corrected, moved);
            }
            let newest = kept.versions.last().map_or(&seen.path, |newest| &newest.path).clone();
            let sooner = kept.now.as_deref().and_then(|now| paper::sooner(&read, on, now, before));
            return Judged::Seen { read, on: seen.day, newest, sooner: sooner.unwrap_or_default() };
        }
        if let (Some(stranger), Some(_), false) = (&read.stranger, &kept.now, force) {
            let refusal = Refusal::new(
                format!("{stranger}, mà cơ quan đã có báo cáo đang dùng"),
                "hỏi lại cơ quan; đúng là báo cáo của cơ quan thì nhận riêng tệp này, thêm --force",
            );
            return Judged::Rejected(refused(of, refusal));
        }
        if let Some(others) = double {
            let refusal = Refusal::new(
                format!("cùng cơ quan, cùng kỳ, cùng ngày văn bản với {others}"),
                "giữ lại một bản đúng rồi nhận lại; nếu là bản thay thế thì ghi số, ngày văn bản của bản đó",
            );
            return Judged::Rejected(refused(of, refusal));
        }
        let sooner = kept.now.as_deref().and_then(|now| paper::sooner(&read, on, now, before));
        match kept.accept(&read, merged, on, (force, alone), before) {
            Ok((result, moved)) => {
                kept.by = Some(at);
                read.notes.extend(sooner.map(|sooner| notice(format!("nội dung như bản đang dùng{sooner}"))));
                if result == TakenAs::Received {
                    read.notes.extend(paper::unlike(&read, before));
                }
                Judged::Taken(read, result, moved)
            }
            Err(refusal) => Judged::Rejected(refused(of, refusal)),
        }
    }

    /// The report at a path, as far as files were received.
    fn kept(&mut self, report: &str, is_sample: bool) -> Result<&mut Kept, Refusal> {
        match self.kept.entry(report.to_owned()) {
            Entry::Occupied(kept) => Ok(kept.into_mut()),
            Entry::Vacant(place) => {
                let now = in_force(self.before, report, is_sample)?;
                let mut versions = self.versions.remove(report).unwrap_or_default();
                // A sample that was deleted is no version of what takes its place.
                versions.retain(|version| is_sample || !version.is_illustrative);
                arrivals::sort(&mut versions, now.as_deref());
                if let Some((path, why)) = versions.iter().find_map(|of| Some((&of.path, of.altered()?))) {
                    // What was received before cannot be known again.
                    return Err(Refusal::new(format!("{path}: {why}"), arrivals::AS_IT_CAME));
                }
                let newest = versions.last().map(|newest| newest.text.clone());
                let was = self.before.files.find(report).map(|(_, file)| file.text().to_owned());
                Ok(place.insert(Kept {
                    known: versions.len(),
                    versions,
                    leaves: Vec::new(),
                    was,
                    now: now.or(newest),
                    by: None,
                }))
            }
        }
    }
}
